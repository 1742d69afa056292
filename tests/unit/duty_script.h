/* Reads tests/unit/duty_cases.txt: subjects and facts in words, and what the duties must say.
 *   case NAME RULE          a new case                     and NAME   as the case before, with changes
 *   on DAY, from DAY        the day asked, the window      known DAY  as known at the end of that day
 *   is name=value …         attributes                     set key=value  a parameter of the insurer
 *   part KIND ID FROM..TO [parent=ID] name=value …         drop CODE  without the facts of the code
 *   fact CODE DAY [rec=DAY] name=value …                   want ANCHOR:STATUS[:due=D][:done=D][:mended=D][:act=CODE] … | none
 *   P1 P2 P3 P4 P5 P8 P9 NAME RULE [due=DAY]               a pattern of reference rules §0.6; `act CODE {} …` is the fact whose day varies */
#ifndef TSU_TESTS_DUTY_SCRIPT_H
#define TSU_TESTS_DUTY_SCRIPT_H

#include "base/str.h"
#include "law/duty_own.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SCRIPT_ATTRS = 32, SCRIPT_PARTS = 16, SCRIPT_FACTS = 32, SCRIPT_PARAMS = 4 };
struct script_fact {
	char *words[24];
	size_t n;
};
struct script {
	const char *name, *rule, *pattern;
	struct duty_value attrs[SCRIPT_ATTRS];
	struct duty_part parts[SCRIPT_PARTS];
	struct script_fact facts[SCRIPT_FACTS], act;
	struct duty_param_value params[SCRIPT_PARAMS];
	size_t n_attrs, n_parts, n_facts, n_params;
	civil on, from, due, ended_on;
	int64_t known_ms;
	char **want;
	size_t n_want;
	int line;
};

static inline civil script_day(const char *text)
{
	civil d = CIVIL_NONE;
	char first[CIVIL_TEXT];
	if (strlen(text) == 7) {
		snprintf(first, sizeof first, "%s-01", text);
		text = first;
	}
	if (*text && !civil_parse(text, &d))
		fail_msg("not a day: %s", text);
	return d;
}

static inline char *script_replace(struct arena *a, const char *text, const char *day)
{
	const char *at = strstr(text, "{}");
	return at ? arena_fmt(a, "%.*s%s%s", (int)(at - text), text, day, at + 2) : arena_str(a, text);
}

static inline bool script_pair(struct arena *a, const char *word, const char **name, const char **value)
{
	const char *eq = strchr(word, '=');
	if (!eq)
		return false;
	*name = arena_strn(a, word, (size_t)(eq - word));
	*value = arena_str(a, eq + 1);
	return true;
}

static inline size_t script_values(const struct duty_table *t, struct arena *a, char **words, size_t n, struct duty_value *out)
{
	size_t k = 0;
	const char *name = "", *value = "";
	for (size_t i = 0; i < n; i++) {
		if (!script_pair(a, words[i], &name, &value))
			fail_msg("not a pair: %s", words[i]);
		if (duty_symbol(t, name) < 0)
			fail_msg("no rule asks for %s", name);
		out[k++] = duty_value(t, name, value);
	}
	return k;
}

/* words: CODE DAY … */
static inline struct duty_fact script_fact_of(const struct duty_table *t, struct arena *a, const struct script_fact *f, const char *day)
{
	char *rest[24];
	size_t n = 0;
	struct duty_fact out = {.code = duty_code(t, f->words[0]), .on_day = script_day(script_replace(a, f->words[1], day)), .table = "test", .row_id = 1};
	assert_true(out.code >= 0);
	out.recorded_ms = civil_instant_start(out.on_day);
	for (size_t i = 2; i < f->n; i++)
		if (str_starts(f->words[i], "rec="))
			out.recorded_ms = civil_instant_start(script_day(f->words[i] + 4));
		else
			rest[n++] = script_replace(a, f->words[i], day);
	struct duty_value *v = ARENA_ARRAY(a, n + 1, struct duty_value);
	out.n = script_values(t, a, rest, n, v);
	out.v = v;
	return out;
}

static inline void script_part(const struct duty_table *t, struct arena *a, struct script *s, char **w, size_t n)
{
	assert_true(n >= 3 && s->n_parts < SCRIPT_PARTS);
	struct duty_part *p = &s->parts[s->n_parts++];
	char *dots = strstr(w[2], "..");
	assert_non_null(dots);
	*p = (struct duty_part){.kind = duty_symbol(t, w[0]), .id = w[1], .from = script_day(arena_strn(a, w[2], (size_t)(dots - w[2]))),
		.to = dots[2] ? script_day(dots + 2) : CIVIL_OPEN};
	assert_true(p->kind >= 0);
	struct duty_value *v = ARENA_ARRAY(a, n, struct duty_value);
	for (size_t i = 3; i < n; i++) {
		if (str_starts(w[i], "parent=")) {
			for (size_t k = 0; k + 1 < s->n_parts; k++)
				if (str_eq(s->parts[k].id, w[i] + 7))
					p->parent = (const struct duty_part *)(uintptr_t)(k + 1); /* by number: a copied script has parts of its own */
			assert_non_null(p->parent);
			continue;
		}
		p->n += script_values(t, a, &w[i], 1, v + p->n);
	}
	p->v = v;
}

static inline void script_attr(const struct duty_table *t, struct arena *a, struct script *s, char *word)
{
	struct duty_value v;
	(void)script_values(t, a, &word, 1, &v);
	for (size_t i = 0; i < s->n_attrs; i++)
		if (s->attrs[i].name == v.name) {
			s->attrs[i] = v;
			return;
		}
	assert_true(s->n_attrs < SCRIPT_ATTRS);
	s->attrs[s->n_attrs++] = v;
}

static inline void script_line(const struct duty_table *t, struct arena *a, struct script *s, char **w, size_t n)
{
	const char *name = "", *value = "";
	if (str_eq(w[0], "on")) s->on = script_day(w[1]);
	else if (str_eq(w[0], "from")) s->from = script_day(w[1]);
	else if (str_eq(w[0], "ended")) s->ended_on = script_day(w[1]);
	else if (str_eq(w[0], "known")) s->known_ms = civil_instant_start(script_day(w[1]) + 1) - 1;
	else if (str_eq(w[0], "is"))
		for (size_t i = 1; i < n; i++)
			script_attr(t, a, s, w[i]);
	else if (str_eq(w[0], "part")) script_part(t, a, s, w + 1, n - 1);
	else if (str_eq(w[0], "fact") || str_eq(w[0], "act")) {
		assert_true(n - 1 <= 24 && n > 2 && s->n_facts < SCRIPT_FACTS);
		struct script_fact *f = *w[0] == 'a' ? &s->act : &s->facts[s->n_facts++];
		f->n = n - 1;
		memcpy(f->words, w + 1, (n - 1) * sizeof *w);
	} else if (str_eq(w[0], "set")) {
		assert_true(script_pair(a, w[1], &name, &value) && s->n_params < SCRIPT_PARAMS);
		s->params[s->n_params++] = (struct duty_param_value){name, "T", value, INT32_MIN, CIVIL_OPEN};
	} else if (str_eq(w[0], "drop")) {
		size_t k = 0;
		for (size_t i = 0; i < s->n_facts; i++)
			if (!str_eq(s->facts[i].words[0], w[1]))
				s->facts[k++] = s->facts[i];
		assert_true(k < s->n_facts);
		s->n_facts = k;
	} else if (str_eq(w[0], "want") || str_eq(w[0], "none")) {
		s->want = w + 1;
		s->n_want = n - 1;
	} else
		fail_msg("line %d: %s", s->line, w[0]);
}

/* Calls fn for every case and pattern; returns their number. */
static inline int script_each(const struct duty_table *t, struct arena *a, const char *path, void (*fn)(const struct script *, void *), void *arg)
{
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	char text[2048];
	struct script *s = ARENA_NEW(a, struct script);
	int count = 0, line = 0;
	bool open = false;
	while (fgets(text, sizeof text, f)) {
		line++;
		text[strcspn(text, "\n")] = '\0';
		if (!*text || *text == '#')
			continue;
		size_t n, k = 0;
		char **w = str_split(a, text, ' ', &n);
		for (size_t i = 0; i < n; i++)
			if (*w[i])
				w[k++] = w[i];
		bool fresh = str_eq(w[0], "case") || (w[0][0] == 'P' && w[0][1] >= '1' && w[0][1] <= '9'), again = str_eq(w[0], "and");
		if (!fresh && !again) {
			script_line(t, a, s, w, k);
			continue;
		}
		if (open) {
			fn(s, arg);
			count++;
		}
		open = true;
		if (fresh)
			*s = (struct script){.rule = w[2], .pattern = *w[0] == 'P' ? w[0] : NULL, .on = CIVIL_NONE, .from = CIVIL_NONE, .due = CIVIL_NONE, .ended_on = CIVIL_NONE};
		s->name = w[1];
		s->want = NULL;
		s->n_want = 0;
		s->line = line;
		if (fresh && k > 3 && str_starts(w[3], "due="))
			s->due = script_day(w[3] + 4);
	}
	if (open) {
		fn(s, arg);
		count++;
	}
	fclose(f);
	return count;
}

/* The subject of a script; variant: the day of the act, NULL without it. */
static inline struct duty_subject script_subject(const struct duty_table *t, struct arena *a, const struct script *s, const char *act_day, const struct script_fact *act)
{
	const struct duty_rule *r = NULL;
	for (size_t i = 0; i < t->n_rules && !r; i++)
		if (str_eq(t->rules[i].view.id, s->rule))
			r = &t->rules[i];
	if (!r)
		fail_msg("line %d: no rule %s", s->line, s->rule);
	struct duty_fact *facts = ARENA_ARRAY(a, s->n_facts + 2, struct duty_fact) /* room for one more */;
	size_t n = 0;
	for (size_t i = 0; i < s->n_facts; i++)
		facts[n++] = script_fact_of(t, a, &s->facts[i], "");
	if (act_day)
		facts[n++] = script_fact_of(t, a, act ? act : &s->act, act_day);
	struct duty_part *parts = arena_copy(a, s->parts, sizeof s->parts);
	for (size_t i = 0; i < s->n_parts; i++)
		if (parts[i].parent)
			parts[i].parent = &parts[(uintptr_t)parts[i].parent - 1];
	return (struct duty_subject){.kind = r->subject, .id = 1, .insurer = "T", .ended_on = s->ended_on, .attrs = arena_copy(a, s->attrs, sizeof s->attrs), .parts = parts,
		.facts = facts, .n_attrs = s->n_attrs, .n_parts = s->n_parts, .n_facts = n};
}

#endif
