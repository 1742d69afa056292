/* The codes of evidence in law/codes.tsv are those of register/evidence.tbl.h, and no duty asks a record for a field it cannot have. */
#include "base/str.h"
#include "law/codes.h"
#include "law/duty_own.h"
#include "register/evidence.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *code, *fields;
} optional[] = {
#define EVIDENCE(code, label, fields)
#define EVIDENCE_OPTIONAL(code, fields) {code, fields},
#include "register/evidence.tbl.h"
#undef EVIDENCE
#undef EVIDENCE_OPTIONAL
};

static const char *const all[] = {
#define EVIDENCE(code, label, fields) code,
#include "register/evidence.tbl.h"
#undef EVIDENCE
};

static const struct law_catalogue *load(struct arena *a)
{
	const struct law_catalogue *law = NULL;
	struct ctx *c = ARENA_NEW(a, struct ctx);
	ctx_init(c, a, 0);
	assert_int_equal(law_load(c, a, arena_fmt(a, "%s/law", getenv("TSUNAGI_ROOT")), &law), OK);
	return law;
}

static void same_codes(void **state)
{
	const struct law_catalogue *law = load(*state);
	assert_int_equal(law->duties->n_codes, sizeof all / sizeof all[0]);
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		assert_true(duty_code(law->duties, all[i]) >= 0);
		assert_string_equal(law_code_label(law, "evidence", all[i]), evidence_label_ja(all[i]));
	}
}

struct asking {
	struct arena *a;
	const struct duty_table *t;
	const struct duty_rule *r;
	int n;
};

static bool word_in(struct arena *a, const char *words, const char *word)
{
	size_t n;
	char **v = str_split(a, words, ' ', &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], word))
			return true;
	return false;
}

static void asks(struct asking *k, int code, int name)
{
	if (code < 0 || name < 0 || name == W_day)
		return;
	const char *c = k->t->code_text[code], *f = k->t->symbol_text[name];
	bool have = word_in(k->a, evidence_fields(c), f);
	for (size_t i = 0; i < sizeof optional / sizeof optional[0] && !have; i++)
		have = str_eq(optional[i].code, c) && word_in(k->a, optional[i].fields, f);
	if (!have)
		fail_msg("%s asks %s for %s", k->r->view.id, c, f);
	k->n++;
}

static void asks_cond(struct asking *k, int code, const struct duty_cond *cond, enum duty_scope scope)
{
	for (size_t i = 0; i < cond->n; i++)
		if (cond->v[i].ref.scope == scope)
			asks(k, code, cond->v[i].ref.name);
}

/* Of two codes that one rule takes, one may lack the field: then its facts do not count. So the fields are asked of the first. */
static void known_fields(void **state)
{
	const struct law_catalogue *law = load(*state);
	struct asking k = {.a = *state, .t = law->duties};
	for (size_t i = 0; i < law->duties->n_rules; i++) {
		const struct duty_rule *r = k.r = &law->duties->rules[i];
		int code = r->n_codes ? r->codes[0] : -1;
		const int fields[] = {r->p.by, r->p.written, r->p.from_field, r->p.to_field, r->p.revoked, r->p.month_field};
		for (size_t f = 0; f < sizeof fields / sizeof fields[0]; f++)
			asks(&k, code, fields[f]);
		for (size_t f = 0; f < r->p.n_links; f++)
			asks(&k, code, r->p.links[f].field);
		for (size_t f = 0; f < r->p.n_fields; f++)
			asks(&k, r->p.event, r->p.fields[f]);
		for (size_t f = 0; f < r->p.n_anchors; f++)
			if (r->p.anchor[f].scope == REF_EVENT)
				asks(&k, r->p.event, r->p.anchor[f].name);
		const struct duty_ref *refs[] = {&r->p.since, &r->p.value, &r->p.of, &r->p.value2, &r->p.of2, &r->p.bound_by};
		for (size_t f = 0; f < sizeof refs / sizeof refs[0]; f++)
			if (refs[f]->set && refs[f]->scope == REF_EVENT)
				asks(&k, r->p.event, refs[f]->name);
		asks_cond(&k, r->kind == DUTY_KIND_fields || r->kind == DUTY_KIND_holds ? r->p.event : code, &r->p.need, REF_FACT);
		asks_cond(&k, r->p.event, &r->p.event_if, REF_EVENT);
		asks_cond(&k, r->p.alt, &r->p.alt_need, REF_FACT);
		asks_cond(&k, r->p.exc_with, &r->p.exc_if, REF_FACT);
	}
	assert_true(k.n > 100);
}

/* ---- what the gatherers give, and what reads what an insurer may set ---- */

static const char *source(struct arena *a, const char *path)
{
	FILE *f = fopen(arena_fmt(a, "%s/%s", getenv("TSUNAGI_ROOT"), path), "r");
	assert_non_null(f);
	char *text = arena_alloc(a, 1 << 17);
	text[fread(text, 1, (1 << 17) - 1, f)] = '\0';
	fclose(f);
	return text;
}

static const char *gatherers(struct arena *a)
{
	return arena_fmt(a, "%s%s%s%s", source(a, "src/care/duty_gather.c"), source(a, "src/care/duty_case.c"), source(a, "src/care/duty_office.c"), source(a, "src/care/duty_hc.c"));
}

/* Is the name the one that a gatherer gives a value to? */
static bool given(struct arena *a, const char *text, const char *name)
{
	static const char *const ways[] = {"duty_values_add(v, \"%s\"", "duty_values_day(v, \"%s\"", "duty_values_int(v, \"%s\"", "duty_values_add(&v, \"%s\"",
		"duty_values_day(&v, \"%s\"", "duty_value_dated(v->t, \"%s\""};
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		size_t at = strcspn(ways[i], "%");
		if (strstr(text, arena_fmt(a, "%.*s%s\"", (int)at, ways[i], name)))
			return true;
	}
	return false;
}

static void asks_gatherer(struct asking *k, const char *text, const struct duty_ref *r)
{
	if (!r->set || (r->scope != REF_SUBJECT && r->scope != REF_PART) || (r->scope == REF_PART && (r->name == W_from || r->name == W_to || r->name == W_id)))
		return;
	const char *name = k->t->symbol_text[r->name];
	if (!given(k->a, text, name))
		fail_msg("%s asks for %s, and nothing under src/care gives it: the rule can never fire", k->r->view.id, name);
	k->n++;
}

static void asks_gatherer_cond(struct asking *k, const char *text, const struct duty_cond *c)
{
	for (size_t i = 0; i < c->n; i++)
		asks_gatherer(k, text, &c->v[i].ref);
}

static void attributes_are_given(void **state)
{
	const struct law_catalogue *law = load(*state);
	struct asking k = {.a = *state, .t = law->duties};
	const char *text = gatherers(k.a);
	for (size_t i = 0; i < law->duties->n_rules; i++) {
		const struct duty_rule *r = k.r = &law->duties->rules[i];
		const struct duty_param_set *p = &r->p;
		const struct duty_cond *conds[] = {&r->applies, &p->skip, &p->need, &p->alt_need, &p->event_if, &p->exc_if};
		const struct duty_ref *refs[] = {&p->since, &p->value, &p->of, &p->value2, &p->of2, &p->bound_by};
		for (size_t c = 0; c < sizeof conds / sizeof conds[0]; c++)
			asks_gatherer_cond(&k, text, conds[c]);
		for (size_t c = 0; c < sizeof refs / sizeof refs[0]; c++)
			asks_gatherer(&k, text, refs[c]);
		for (size_t c = 0; c < p->n_anchors; c++)
			asks_gatherer(&k, text, &p->anchor[c]);
		for (size_t c = 0; c < p->n_links; c++)
			asks_gatherer(&k, text, &p->links[c].ref);
	}
	assert_true(k.n > 150);
	assert_false(given(k.a, text, "no_such_attribute"));
}

/* Every key of law/params.tsv is read by a rule, or by the reader that is named here. */
static void parameters_are_read(void **state)
{
	struct arena *a = *state;
	const struct law_catalogue *law = load(a);
	static const struct {
		const char *key, *path;
	} readers[] = {{"completion_rule", "src/care/duty_gather.c"}, {"penalty_mix", "src/care/duty_month.c"}, {"conc_partial", "src/care/conc_report.c"},
		{"conc_file_all", "src/care/conc_report.c"}, {"closed_days", "src/register/insurer_param.c"}, {"hc_large_step", "src/care/duty_hc.c"}};
	for (size_t i = 0; i < law->n_params; i++) {
		const char *key = law->params[i].key;
		bool found = false;
		for (size_t k = 0; k < law->duties->n_rules && !found; k++) {
			const char *p = law->duties->rules[k].view.params;
			found = strstr(p, arena_fmt(a, "param.%s", key)) || strstr(p, arena_fmt(a, "exc_notify=%s", key));
		}
		for (size_t k = 0; k < sizeof readers / sizeof readers[0] && !found; k++)
			found = str_eq(readers[k].key, key) && strstr(source(a, readers[k].path), arena_fmt(a, "\"%s\"", key));
		if (!found)
			fail_msg("nothing reads %s: what an insurer sets there changes nothing", key);
	}
	assert_true(law->n_params > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(same_codes), UNIT(known_fields), UNIT(attributes_are_given), UNIT(parameters_are_read)};
	return cmocka_run_group_tests_name("duty_evidence", tests, NULL, NULL);
}
