/* What follows from an assessment: gaps, needs, ICF boxes, differences. */
#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "care/assess_own.h"
#include "care/copied.h"
#include "care/plan_diff.h"
#include "codec/json.h"
#include "law/codes.h"

static const char *label(struct ctx *c, const char *list, const char *code) { return str_blank(code) ? "" : law_code_label(c->house->law, list, code); }

static bool is_scale(const struct assess_part *p) { return str_starts(p->def->kind, "assess_"); }

/* BMI from height and weight, one place: the paper forms print it beside them (forms-careplan §1.3). */
static void bmi(struct ctx *c, const struct assess_item *it, struct buf *b)
{
	int64_t cm10, kg10;
	const char *h = assess_detail(c, it->row.detail, "height"), *w = assess_detail(c, it->row.detail, "weight");
	if (!str_eq(it->def->code, "a10_health") || !json_scaled_text(h, 1, &cm10) || !json_scaled_text(w, 1, &kg10) || cm10 <= 0)
		return;
	int64_t tenth = (kg10 * 10000000 / (cm10 * cm10) + 5) / 10; /* 1/100, half away from zero */
	buf_fmt(b, "%sBMI %lld.%lld", b->n ? "／" : "", (long long)(tenth / 10), (long long)(tenth % 10));
}

/* Scales are told by their value, the heaviest first; what is no trouble only where all is asked for. */
const char *assess_part_words(struct ctx *c, const struct assess_item *it, bool all)
{
	static const char *const values[] = {"full", "part", "watch", "trouble", "self", "ok"};
	struct buf b = buf_new(c->arena);
	for (size_t k = 0; k < (all ? 6 : 4); k++) {
		size_t n = 0;
		for (size_t i = 0; i < it->n_parts; i++) {
			const struct assess_part *p = &it->parts[i];
			if (!is_scale(p) || !str_eq(p->value, values[k]))
				continue;
			if (n++ == 0)
				buf_fmt(&b, "%s%s: ", b.n ? "／" : "", assess_value_words(c, p->def, p->value));
			buf_fmt(&b, "%s%s", n > 1 ? "、" : "", p->def->label);
		}
	}
	for (size_t i = 0; i < it->n_parts; i++)
		if (!is_scale(&it->parts[i]) && !str_blank(it->parts[i].value))
			buf_fmt(&b, "%s%s %s", b.n ? "／" : "", it->parts[i].def->label, assess_value_words(c, it->parts[i].def, it->parts[i].value));
	bmi(c, it, &b);
	return b.n ? b.p : "";
}

/* ---- gaps -------------------------------------------------------------------------------------------------- */

struct gaps {
	struct assess_gap *v;
	size_t n;
};

static void gap(struct gaps *g, const char *field, const char *message) { g->v[g->n++] = (struct assess_gap){field, message}; }

static void head_gaps(const struct t_assessment *row, struct gaps *g, const struct ctx *c)
{
	if (row->done_on == CIVIL_NONE || row->done_on > c->today)
		gap(g, "done_on", "「実施日」を、今日までの日で入れてください。");
	if (str_blank(row->reason))
		gap(g, "reason", "「アセスメントの理由」を選んでください。");
	if (str_blank(row->place))
		gap(g, "place", "「実施した場所」を選んでください。");
	else if (!str_eq(row->place, "home") && str_blank(row->place_reason))
		gap(g, "place_reason", "居宅でないところで行ったときは、「居宅でない理由」を書いてください。");
	if (str_blank(row->interviewee))
		gap(g, "interviewee", "「面接した相手」を書いてください。");
	if (!row->met_person)
		gap(g, "met_person", "「本人に面接した」に印がありません。アセスメントは本人に面接して行います。");
	if (!row->purpose_told)
		gap(g, "purpose_told", "「面接の趣旨を説明し、理解を得た」に印がありません。");
}

static void item_gaps(struct ctx *c, const struct assess_view *v, struct gaps *g)
{
	for (size_t i = 0; i < v->n_items; i++)
		if (!v->items[i].locked && str_blank(v->items[i].row.state))
			gap(g, arena_fmt(c->arena, "%s.state", v->items[i].def->code),
			    arena_fmt(c->arena, "「%d %s」の状態（記入済・該当なし・確認中）を選んでください。", v->items[i].def->no, v->items[i].def->label));
}

static void area_gaps(struct ctx *c, const struct assess_view *v, struct gaps *g)
{
	for (size_t i = 0; i < ASSESS_AREAS; i++) {
		const struct t_assessment_area *a = &v->areas[i];
		const char *name = label(c, "assess_area", a->area);
		if (str_blank(a->status_text))
			gap(g, arena_fmt(c->arena, "%s.status_text", a->area), arena_fmt(c->arena, "「%s」の現在の状況を書いてください。", name));
		if (str_blank(a->has_issue))
			gap(g, arena_fmt(c->arena, "%s.has_issue", a->area), arena_fmt(c->arena, "「%s」の課題の有無を選んでください。", name));
		else if (str_eq(a->has_issue, "1") && str_blank(a->issue))
			gap(g, arena_fmt(c->arena, "%s.issue", a->area), arena_fmt(c->arena, "「%s」の課題（背景・原因）を書いてください。", name));
	}
}

/* 課題分析標準項目 binds 居宅介護支援 (13条6号), the four areas bind 介護予防 (30条6号): the view in front is what must be complete. */
err assess_missing(struct ctx *c, const struct assess_view *v, struct assess_gap **out, size_t *n)
{
	struct gaps g = {.v = ARENA_ARRAY(c->arena, v->n_items + 3 * ASSESS_AREAS + 8, struct assess_gap)};
	head_gaps(&v->row, &g, c);
	if (str_eq(v->row.view, "prevention"))
		area_gaps(c, v, &g);
	else
		item_gaps(c, v, &g);
	*out = g.v;
	*n = g.n;
	return OK;
}

static const char *const COPIED_HEAD[] = {"wish_person", "wish_family", "advocate", "overall"};

bool assess_head_untouched(const struct assess_view *v, const char *column) { return copied_is(&T_assessment, &v->row, v->source, column); }

int assess_untouched(const struct assess_view *v)
{
	int all = 0, left = 0;
	if (v->row.copied_from_id == INT_NULL)
		return 0;
	const char *const texts[] = {v->row.wish_person, v->row.wish_family, v->row.advocate, v->row.overall};
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		all += !str_blank(texts[i]);
		left += assess_head_untouched(v, COPIED_HEAD[i]);
	}
	for (size_t i = 0; i < v->n_items; i++) {
		const struct t_assessment_item *r = &v->items[i].row;
		if (v->items[i].locked || (!r->is_untouched && str_blank(r->state) && str_blank(r->fact)))
			continue;
		all++;
		left += r->is_untouched;
	}
	for (size_t i = 0; i < ASSESS_AREAS; i++) {
		if (!v->areas[i].is_untouched && str_blank(v->areas[i].status_text))
			continue;
		all++;
		left += v->areas[i].is_untouched;
	}
	return all ? left * 100 / all : 0;
}

/* ---- needs ------------------------------------------------------------------------------------------------- */

err assess_needs(struct ctx *c, const struct assess_view *v, struct assess_need **out, size_t *n)
{
	*out = ARENA_ARRAY(c->arena, v->n_items + ASSESS_AREAS + v->n_carers + 1, struct assess_need);
	*n = 0;
	for (size_t i = 0; i < v->n_items; i++) {
		const struct assess_item *it = &v->items[i];
		if (it->locked || !it->row.is_issue)
			continue;
		const char *text = !str_blank(it->row.judgement) ? it->row.judgement : !str_blank(it->row.fact) ? it->row.fact : assess_part_words(c, it, false);
		(*out)[(*n)++] = (struct assess_need){it->def->code, it->def->label, text, "person"};
	}
	for (size_t i = 0; i < ASSESS_AREAS; i++)
		if (str_eq(v->areas[i].has_issue, "1") && !str_blank(v->areas[i].issue))
			(*out)[(*n)++] = (struct assess_need){v->areas[i].area, label(c, "assess_area", v->areas[i].area), v->areas[i].issue, "person"};
	for (size_t i = 0; i < v->n_carers; i++)
		if (!str_blank(v->carers[i].value[ASSESS_CARER_FIELDS - 1]))
			(*out)[(*n)++] = (struct assess_need){"a21_family", v->carers[i].name, v->carers[i].value[ASSESS_CARER_FIELDS - 1], "family"};
	return OK;
}

/* ---- ICF --------------------------------------------------------------------------------------------------- */

err assess_icf(struct ctx *c, const struct assess_view *v, struct assess_icf out[ASSESS_ICF_BOXES])
{
	size_t n;
	const struct law_code **boxes = law_code_list(c->house->law, c->arena, "assess_icf", c->today, &n);
	for (size_t k = 0; k < ASSESS_ICF_BOXES; k++) {
		struct buf b = buf_new(c->arena);
		const char *code = k < n ? boxes[k]->code : "";
		for (size_t i = 0; i < v->n_items; i++) {
			const struct assess_item *it = &v->items[i];
			if (it->locked || !str_eq(str_blank(it->row.icf) ? it->def->icf : it->row.icf, code))
				continue;
			const char *parts = assess_part_words(c, it, true);
			if (str_blank(it->row.fact) && !*parts)
				continue;
			buf_fmt(&b, "%s【%s】%s%s%s", b.n ? "\n" : "", it->def->label, it->row.fact, !str_blank(it->row.fact) && *parts ? " " : "", parts);
		}
		if (str_eq(code, "personal") && !str_blank(v->row.own_words))
			buf_fmt(&b, "%s【本人の言葉】%s", b.n ? "\n" : "", v->row.own_words);
		if (str_eq(code, "personal") && !str_blank(v->row.wish_person))
			buf_fmt(&b, "%s【本人の意向】%s", b.n ? "\n" : "", v->row.wish_person);
		out[k] = (struct assess_icf){code, k < n ? boxes[k]->label : "", b.n ? b.p : ""};
	}
	return OK;
}

/* ---- two assessments --------------------------------------------------------------------------------------- */

struct differing {
	struct ctx *c;
	struct assess_difference *v;
	size_t n, cap;
};

static void differ(struct differing *d, const char *name, const char *field, const char *before, const char *after)
{
	if (str_eq(str_or(before, ""), str_or(after, "")) || d->n == d->cap)
		return;
	d->v[d->n++] = (struct assess_difference){name, field, str_or(before, ""), str_or(after, ""), NULL, 0};
}

/* Free text: also which words went and which came. */
static void differ_text(struct differing *d, const char *name, const char *field, const char *before, const char *after)
{
	size_t n = d->n;
	differ(d, name, field, before, after);
	if (d->n == n || str_blank(before) || str_blank(after))
		return;
	struct assess_difference *x = &d->v[n];
	text_diff(d->c->arena, x->before, x->after, &x->pieces, &x->n_pieces);
}

static const char *yes(bool b) { return b ? "はい" : "いいえ"; }

static void differ_item(struct differing *d, const struct assess_item *a, const struct assess_item *b)
{
	struct ctx *c = d->c;
	const char *name = arena_fmt(c->arena, "%d %s", b->def->no, b->def->label);
	differ(d, name, "状態", label(c, "assess_state", a->row.state), label(c, "assess_state", b->row.state));
	differ_text(d, name, "事実", a->row.fact, b->row.fact);
	for (size_t i = 0; i < b->n_parts; i++) {
		const char *key = b->parts[i].def->part;
		(str_eq(b->parts[i].def->kind, "text") ? differ_text : differ)(d, name, b->parts[i].def->label, assess_value_words(c, b->parts[i].def, assess_detail(c, a->row.detail, key)),
		       assess_value_words(c, b->parts[i].def, b->parts[i].value));
	}
	differ_text(d, name, "見立て", a->row.judgement, b->row.judgement);
	differ(d, name, "課題に挙げる", yes(a->row.is_issue), yes(b->row.is_issue));
}

err assess_compare(struct ctx *c, const struct assess_view *before, const struct assess_view *after, struct assess_difference **v, size_t *n)
{
	if (before->row.person_id != after->row.person_id && !str_eq(before->person_pid, after->person_pid))
		return ERR_NOTFOUND;
	struct differing d = {.c = c, .cap = 600, .v = ARENA_ARRAY(c->arena, 600, struct assess_difference)};
	const struct t_assessment *a = &before->row, *b = &after->row;
	differ(&d, "実施", "理由", label(c, "assess_reason", a->reason), label(c, "assess_reason", b->reason));
	differ(&d, "実施", "場所", label(c, "assess_place", a->place), label(c, "assess_place", b->place));
	differ_text(&d, "実施", "面接した相手", a->interviewee, b->interviewee);
	differ_text(&d, "本人", "本人の言葉", a->own_words, b->own_words);
	differ_text(&d, "本人", "本人の主訴・意向", a->wish_person, b->wish_person);
	differ_text(&d, "家族等", "家族等の主訴・意向", a->wish_family, b->wish_family);
	for (size_t i = 0; i < after->n_items; i++)
		for (size_t k = 0; k < before->n_items; k++)
			if (str_eq(after->items[i].def->code, before->items[k].def->code) && !after->items[i].locked && !before->items[k].locked)
				differ_item(&d, &before->items[k], &after->items[i]);
	for (size_t i = 0; i < ASSESS_AREAS; i++) {
		const struct t_assessment_area *x = &before->areas[i], *y = &after->areas[i];
		const char *name = label(c, "assess_area", y->area);
		differ_text(&d, name, "現在の状況", x->status_text, y->status_text);
		differ_text(&d, name, "意欲・意向", x->intent, y->intent);
		differ(&d, name, "課題の有無", label(c, "assess_has_issue", x->has_issue), label(c, "assess_has_issue", y->has_issue));
		differ_text(&d, name, "課題（背景・原因）", x->issue, y->issue);
	}
	differ_text(&d, "まとめ", "総合所見", a->overall, b->overall);
	*v = d.v;
	*n = d.n;
	return OK;
}
