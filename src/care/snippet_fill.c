#include "care/snippet_fill.h"

#include "access/account.h"
#include "base/buf.h"
#include "base/str.h"
#include "care/illness.h"
#include "care/plan.h"
#include "jp/era.h"
#include "jp/kana.h"
#include "register/certification.h"
#include "register/person.h"
#include "register/ranks.h"
#include "register/staff.h"
#include "sql/q_register_org.h"

#include <string.h>

static const struct snippet_place_info places[] = {
#define PLACE(name, word, person, example, meaning) {word, example, meaning, person},
#include "care/snippet_places.tbl.h"
#undef PLACE
};

const struct snippet_place_info *snippet_place_list(size_t *n)
{
	*n = PLACE_COUNT;
	return places;
}

/* ---- the text --------------------------------------------------------------------------------------------------- */

enum { WORD_MOST = 20 };
static const char OPEN[] = "｛", CLOSE[] = "｝";

/* A place at p: its word (arena) and where the text goes on; NULL if none begins here. A brace that is not closed within
 * WORD_MOST letters of the same line is an ordinary sign. */
static const char *place_at(struct arena *a, const char *p, const char **rest)
{
	bool wide = str_starts(p, OPEN);
	if (!wide && *p != '{')
		return NULL;
	const char *from = p + (wide ? strlen(OPEN) : 1), *at = from;
	for (int i = 0; i <= WORD_MOST; i++) {
		const char *here = at;
		uint32_t u = str_next(&at);
		if (u == 0 || u == '\n' || u == '{' || u == 0xFF5B)
			return NULL;
		if (u == '}' || u == 0xFF5D) {
			*rest = at;
			return str_trim(a, arena_strn(a, from, (size_t)(here - from)));
		}
	}
	return NULL;
}

static int place_of(const char *word)
{
	for (int i = 0; i < PLACE_COUNT; i++)
		if (str_eq(places[i].word, word))
			return i;
	return -1;
}

/* One place, or one sign, further on. */
static const char *step(struct arena *a, const char *p, const char **word)
{
	const char *rest = p;
	*word = place_at(a, p, &rest);
	if (!*word)
		str_next(&rest);
	return rest;
}

static bool noted(const char *const *v, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], word))
			return true;
	return false;
}

void snippet_fill(struct arena *a, const char *body, const struct snippet_facts *f, struct snippet_filled *out)
{
	struct buf b = buf_new(a);
	*out = (struct snippet_filled){.open = ARENA_ARRAY(a, PLACE_COUNT, const char *)};
	while (*body) {
		const char *word, *rest = step(a, body, &word);
		int i = word ? place_of(word) : -1;
		if (i < 0) {
			buf_add(&b, body, (size_t)(rest - body));
			body = rest;
			continue;
		}
		bool blank = str_blank(f->v[i]);
		buf_str(&b, blank ? SNIPPET_BLANK : f->v[i]);
		if (blank && !noted(out->open, out->n_open, places[i].word))
			out->open[out->n_open++] = places[i].word;
		body = rest;
	}
	out->text = b.n ? b.p : "";
}

static const char *known_words(struct arena *a)
{
	struct buf b = buf_new(a);
	for (int i = 0; i < PLACE_COUNT; i++)
		buf_fmt(&b, "%s%s%s", OPEN, places[i].word, CLOSE);
	return b.p;
}

const char *snippet_body(struct arena *a, const char *text)
{
	struct buf b = buf_new(a);
	size_t full = 0; /* up to the last sign that is no blank */
	for (const char *p = str_lf(a, str_or(text, "")), *word; *p;) {
		const char *rest = step(a, p, &word), *sign = p;
		if (word)
			buf_fmt(&b, "%s%s%s", OPEN, word, CLOSE);
		else
			buf_add(&b, p, (size_t)(rest - p));
		uint32_t u = str_next(&sign);
		if (u != ' ' && u != '\n' && u != '\t' && u != 0x3000)
			full = b.n;
		p = rest;
	}
	return b.n ? arena_strn(a, b.p, full) : "";
}

void snippet_check_places(struct ctx *c, const char *field, const char *body)
{
	struct buf unknown = buf_new(c->arena);
	for (const char *p = body, *word; *p;) {
		p = step(c->arena, p, &word);
		if (!word || place_of(word) >= 0)
			continue;
		const char *whole = arena_fmt(c->arena, "%s%s%s", OPEN, word, CLOSE);
		if (!(unknown.n && strstr(unknown.p, whole)))
			buf_str(&unknown, whole);
	}
	if (unknown.n)
		(void)fault_add(c, field, ERR_INPUT, "「本文」の%sは、差しこみの言葉にありません。使えるのは%sです。", unknown.p, known_words(c->arena));
}

/* ---- the facts -------------------------------------------------------------------------------------------------- */

/* What the actor may not see is not known here. */
static bool closed(err e) { return e == ERR_DENIED || e == ERR_NOTFOUND; }

static const char *day_text(struct arena *a, civil d) { return d == CIVIL_NONE || d == CIVIL_OPEN ? "" : era_text(a, d); }

static err of_certification(struct ctx *c, int64_t person, struct snippet_facts *f)
{
	struct certification_state st;
	err e = certification_state(c, person, (struct gen_asof){c->today, CIVIL_NONE}, &st);
	if (e != OK || !st.has_current)
		return closed(e) ? OK : e;
	f->v[PLACE_LEVEL] = ranks_label_ja(CODE_LEVEL, st.level);
	f->v[PLACE_LEVEL_TO] = day_text(c->arena, st.current.to_on);
	return OK;
}

static err of_illness(struct ctx *c, const char *pid, struct snippet_facts *f)
{
	struct illness *v;
	size_t n;
	err e = illness_list(c, pid, &v, &n);
	if (e != OK)
		return closed(e) ? OK : e;
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].is_primary, "1") && !str_blank(v[i].doctor)) {
			f->v[PLACE_DOCTOR] = v[i].doctor;
			f->v[PLACE_ILLNESS] = str_or(v[i].disease, "");
			return OK;
		}
	return OK;
}

static err of_plan(struct ctx *c, int64_t person, struct snippet_facts *f)
{
	struct plan_tree t;
	bool found = false;
	err e = plan_current(c, person, NULL, c->today, &t, &found);
	if (e != OK || !found)
		return closed(e) ? OK : e;
	f->v[PLACE_GOAL_DAY] = t.plan.goal_day;
	f->v[PLACE_GOAL_YEAR] = t.plan.goal_year;
	f->v[PLACE_PLAN_TO] = day_text(c->arena, t.plan.to_on);
	if (t.n_needs > 0) {
		f->v[PLACE_NEED] = t.needs[0].text;
		f->v[PLACE_GOAL] = t.needs[0].goal; /* 予防: the goal stands with the need */
	}
	if (t.n_goals > 0) {
		f->v[PLACE_GOAL_LONG] = t.goals[0].long_text;
		if (!str_blank(t.goals[0].short_text))
			f->v[PLACE_GOAL] = t.goals[0].short_text;
	}
	return OK;
}

static err of_charge(struct ctx *c, int64_t person, struct snippet_facts *f)
{
	struct charge *v;
	size_t n;
	err e = charge_list(c, person, c->today, &v, &n);
	if (e != OK)
		return closed(e) ? OK : e;
	for (size_t i = 0; i < n; i++)
		if (v[i].org_id == c->actor.org_id && str_eq(v[i].role, "main"))
			f->v[PLACE_CHARGE] = v[i].staff_name;
	return OK;
}

static err of_person(struct ctx *c, const char *pid, struct snippet_facts *f, int64_t *id)
{
	struct person_card card;
	TRY(person_open(c, pid, &card));
	const struct person *p = &card.p;
	int age = civil_age(p->birth_on, c->today);
	*id = p->id;
	f->v[PLACE_NAME] = p->name;
	f->v[PLACE_KANA] = kana_hiragana(c->arena, p->kana);
	f->v[PLACE_AGE] = p->birth_on == CIVIL_NONE || age < 0 ? "" : arena_fmt(c->arena, "%d歳", age);
	f->v[PLACE_BIRTH] = p->birth_on == CIVIL_NONE ? str_or(p->birth_text, "") : era_text(c->arena, p->birth_on);
	f->v[PLACE_SEX] = person_sex_ja(p->sex);
	f->v[PLACE_LIVING] = person_living_ja(p->lives_alone);
	f->v[PLACE_ZONE] = p->area_name[AREA_SLOT_ZONE];
	TRY(of_certification(c, p->id, f));
	TRY(of_illness(c, p->pid, f));
	TRY(of_plan(c, p->id, f));
	return of_charge(c, p->id, f);
}

static err of_actor(struct ctx *c, struct snippet_facts *f)
{
	struct q_org_name_row o;
	struct ymd d = civil_ymd(c->today);
	bool found = false;
	f->v[PLACE_TODAY] = era_text(c->arena, c->today);
	f->v[PLACE_MONTH] = arena_fmt(c->arena, "%d月", d.m);
	f->v[PLACE_NEXT] = arena_fmt(c->arena, "%d月", d.m % 12 + 1);
	if (c->actor.account_id > 0)
		TRY(account_name(c, c->actor.account_id, &f->v[PLACE_ME]));
	if (c->actor.org_id > 0)
		TRY(q_org_name(c, &(struct q_org_name_in){.id = c->actor.org_id}, &o, &found));
	f->v[PLACE_OFFICE] = found ? o.name : "";
	return OK;
}

err snippet_facts(struct ctx *c, const char *person_pid, struct snippet_facts *out, int64_t *person_id)
{
	int64_t id = 0;
	for (int i = 0; i < PLACE_COUNT; i++)
		out->v[i] = "";
	TRY(of_actor(c, out));
	if (!str_blank(person_pid))
		TRY(of_person(c, person_pid, out, &id));
	if (person_id)
		*person_id = id;
	return OK;
}
