/* The figures of one centre and one period: what the quarterly survey is filled from. The year: dispatch_year.c. */
#include "region/dispatch_figures.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "law/codes.h"
#include "region/dispatch_own.h"
#include "sql/q_dispatch.h"

enum { MONTHS = 3 };

void dispatch_quarter_of(civil day, civil *from, civil *to, int *number, civil *year_on)
{
	int year = civil_fiscal_year(day), month = civil_ymd(day).m;
	*year_on = civil_from(year, 4, 1);
	*number = ((month + 8) % 12) / MONTHS + 1;
	*from = civil_add_months(*year_on, (*number - 1) * MONTHS);
	*to = civil_add_months(*from, MONTHS) - 1;
}

/* The codes of a list that any of the rows has, in the order of the list. */
static const char *set_of(struct ctx *c, const char *list, const char *const *codes, size_t n, civil on)
{
	size_t n_list;
	const struct law_code **v = law_code_list(c->house->law, c->arena, list, on, &n_list);
	struct buf b = buf_new(c->arena);
	for (size_t k = 0; k < n_list; k++)
		for (size_t i = 0; i < n; i++)
			if (dispatch_has(codes[i], v[k]->code)) {
				buf_fmt(&b, "%s%s", b.n ? "|" : "", v[k]->code);
				break;
			}
	return b.n ? b.p : "";
}

static const char *notes_of(struct ctx *c, const char *const *notes, size_t n)
{
	struct buf b = buf_new(c->arena);
	for (size_t i = 0; i < n; i++)
		if (!str_blank(notes[i]))
			buf_fmt(&b, "%s%s", b.n ? "、" : "", notes[i]);
	return b.n ? b.p : "";
}

static void count(struct dispatch_quarter *q, const struct q_dispatch_counted_row *r)
{
	q->activities++;
	q->in_programme += r->in_programme;
	q->outside += !r->in_programme;
	q->case_conf += str_eq(r->occasion, "case_conf");
	q->visit += str_eq(r->occasion, "visit");
	q->other += str_eq(r->occasion, "other");
}

/* The rating more than half of the rated dispatches got. */
static const char *most(const struct q_dispatch_effects_row *e, size_t n)
{
	static const char *const LEVELS[] = {"very", "good", "neither", "none"};
	size_t rated = 0;
	for (size_t i = 0; i < n; i++)
		rated += e[i].dispatch_id != INT_NULL;
	for (size_t k = 0; k < sizeof LEVELS / sizeof LEVELS[0]; k++) {
		size_t got = 0;
		for (size_t i = 0; i < n; i++)
			got += e[i].dispatch_id != INT_NULL && str_eq(e[i].rating, LEVELS[k]);
		if (got * 2 > rated)
			return LEVELS[k];
	}
	return "";
}

static err effects_of(struct ctx *c, int64_t org_id, civil from, civil to, struct dispatch_quarter *out)
{
	struct q_dispatch_effects_row *e;
	size_t n;
	TRY(q_dispatch_effects(c, &(struct q_dispatch_effects_in){.insurer_org_id = INT_NULL, .org_id = org_id, .from_on = from, .to_on = to}, &e, &n));
	for (size_t i = 0; i < n; i++)
		if (e[i].dispatch_id == INT_NULL) {
			out->effect = e[i].rating;
			out->effect_aspects = e[i].aspects;
			out->effect_comment = e[i].comment;
		}
	if (!*out->effect)
		out->effect_by_dispatch = most(e, n);
	return OK;
}

static err plans_of(struct ctx *c, int64_t org_id, civil to, struct dispatch_quarter *out)
{
	struct q_dispatch_nonuse_last_row x;
	struct t_dispatch_nonuse r;
	bool found;
	TRY(q_dispatch_nonuse_last(c, &(struct q_dispatch_nonuse_last_in){.org_id = org_id, .on_day = to}, &x, &found));
	if (!found)
		return OK;
	TRY(row_load(c, &T_dispatch_nonuse, x.id, &r));
	out->plans_joint = r.plans_joint;
	out->plans_use = r.plans_use;
	out->nonuse_reasons = r.reasons;
	out->nonuse_comment = r.comment;
	return OK;
}

err dispatch_quarter(struct ctx *c, int64_t org_id, civil from, civil to, struct dispatch_quarter *out)
{
	struct q_dispatch_counted_row *r;
	size_t n, held = 0;
	int64_t insurer;
	*out = (struct dispatch_quarter){.used = "", .timings = "", .reasons = "", .timing_notes = "", .reason_notes = "", .effect = "", .effect_aspects = "",
		.effect_comment = "", .effect_by_dispatch = "", .plans_joint = "", .plans_use = "", .nonuse_reasons = "", .nonuse_comment = ""};
	err e = policy_check_own(c, org_id, CLASS_STATISTICS, ACTION_SEE);
	if (e == ERR_NOTFOUND) {
		TRY(dispatch_insurer_of(c, org_id, &insurer));
		e = dispatch_town_gate(c, insurer, ACTION_SEE);
	}
	TRY(e);
	TRY(q_dispatch_counted(c, &(struct q_dispatch_counted_in){.insurer_org_id = INT_NULL, .org_id = org_id, .from_on = from, .to_on = to}, &r, &n));
	const char **text[4];
	for (size_t k = 0; k < 4; k++)
		text[k] = ARENA_ARRAY(c->arena, n + 1, const char *);
	for (size_t i = 0; i < n; i++) {
		if (str_eq(r[i].state, "inquiry") && r[i].inquiry_on >= from && r[i].inquiry_on <= to)
			out->inquiries++;
		if (r[i].held_on == CIVIL_NONE || r[i].held_on < from || r[i].held_on > to)
			continue;
		count(out, &r[i]);
		text[0][held] = r[i].timings;
		text[1][held] = r[i].reasons;
		text[2][held] = r[i].timing_note;
		text[3][held++] = r[i].reason_note;
	}
	out->did = out->activities > 0;
	out->used = !out->did ? "" : out->in_programme ? "yes" : "no";
	out->timings = set_of(c, "dispatch_timing", text[0], held, to);
	out->reasons = set_of(c, "dispatch_reason", text[1], held, to);
	out->timing_notes = notes_of(c, text[2], held);
	out->reason_notes = notes_of(c, text[3], held);
	TRY(effects_of(c, org_id, from, to, out));
	return plans_of(c, org_id, to, out);
}
