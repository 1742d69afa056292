/* dispatch_figures — the numbers of joint work with rehabilitation professionals: of a year and of a quarter (C-195…C-202, F082; seed 000).
 *
 * A dispatch counts on held_on, in the period of that day, once for its occasion; each of its timings and reasons counts once (複数回答). An
 * inquiry that was not turned counts as an inquiry only, on inquiry_on. A mean or share has its denominator beside it (base_ja); rounding is
 * half-up on exact fractions. Fiscal quarters: 4–6, 7–9, 10–12, 1–3.
 * Gate: class statistics: the centre its own, the town all of its municipality. Ownership: arena. Errors: ERR_NOTFOUND, ERR_DENIED.
 * Tests: tests/unit/test_region_dispatch_figures.c.
 */
#ifndef TSU_REGION_DISPATCH_FIGURES_H
#define TSU_REGION_DISPATCH_FIGURES_H

#include "base/ctx.h"

enum { DISPATCH_QUARTERS = 4 };

/* --- one centre, one period: what the quarterly survey is filled from --- */
struct dispatch_quarter {
	bool did;                        /* any joint activity held in the period, in the programme or not (Q2) */
	int64_t activities;
	int64_t in_programme, outside;   /* of the activities; both may be > 0 */
	const char *used;                /* "yes" (any in the programme), "no", "" without activity (Q3) */
	int64_t case_conf, visit, other; /* occasions with counts (Q4); they add up to activities */
	const char *timings, *reasons;   /* sets of codes in the order of the code list, | between; "" none (Q5, Q6) */
	const char *timing_notes, *reason_notes; /* その他 in words, 、 between */
	const char *effect;              /* rating of the quarter; else "" (Q7) */
	const char *effect_aspects, *effect_comment;
	const char *effect_by_dispatch;  /* the rating most of its dispatches got, when the quarter has none of its own; "" none, or no majority */
	const char *plans_joint, *plans_use; /* newest dispatch_nonuse of the centre up to `to`: "yes" "no" "" */
	const char *nonuse_reasons, *nonuse_comment;
	int64_t inquiries;               /* informal questions made in the period that were never turned */
};
MUST err dispatch_quarter(struct ctx *c, int64_t org_id, civil from, civil to, struct dispatch_quarter *out);

/* First and last day of the fiscal quarter in which the day lies; its number 1…4; first day of its fiscal year. */
void dispatch_quarter_of(civil day, civil *from, civil *to, int *number, civil *year_on);

/* --- a fiscal year --- */
struct dispatch_line {
	const char *code, *label;
	int64_t n[DISPATCH_QUARTERS], all;
};
struct dispatch_share {
	const char *code, *label;
	int64_t n, of;                   /* of = the base */
	const char *percent;             /* "31" or "" when of is 0 */
};
struct dispatch_mean {
	const char *label;
	int64_t sum, of;
	const char *mean;                /* one decimal, "" when of is 0 */
	const char *base_ja;             /* 分母 in words */
};
struct dispatch_centre_year {
	int64_t org_id;
	const char *org_pid, *org_name;
	int64_t n[DISPATCH_QUARTERS], all, in_programme, outside, case_conf, visit, other, inquiries;
};
struct dispatch_payee {
	const char *org_name;
	int64_t dispatches, yen, without_fee; /* without_fee: held, and no fee was set for the day */
};
struct dispatch_year {
	civil from, to;
	int64_t activities, in_programme, outside, inquiries, requests, cancelled, offers;
	int64_t requests_q[DISPATCH_QUARTERS], inquiries_q[DISPATCH_QUARTERS], cancelled_q[DISPATCH_QUARTERS]; /* by the quarter of their day */
	int64_t did_q[DISPATCH_QUARTERS], used_q[DISPATCH_QUARTERS]; /* centres with any in the quarter; with any in the programme */
	int64_t pairs;                   /* centres × quarters that have begun: the base of answers_did */
	struct dispatch_centre_year *centres; /* every centre of the municipality (the actor's own for a centre), by name */
	size_t n_centres;
	int64_t centres_did, centres_used, answers_did; /* centres with any; with any in the programme; centre × quarter with any */
	int64_t answers_used;            /* of answers_did: with any in the programme */
	struct dispatch_line *occasions, *timings, *reasons, *programme, *partners; /* per quarter */
	size_t n_occasions, n_timings, n_reasons, n_programme, n_partners;
	struct dispatch_mean *means;
	size_t n_means;
	struct dispatch_share *effects, *effects_quarter; /* per dispatch; per centre and quarter */
	size_t n_effects, n_effects_quarter;
	struct dispatch_line *aspects, *aspects_quarter; /* n[i]: by level very good neither none; tags of ratings per dispatch, per centre and quarter */
	size_t n_aspects;
	struct dispatch_share *declines; /* of all declined offers */
	size_t n_declines;
	struct dispatch_share goal;      /* dispatches with a changed goal, of those with a report */
	struct dispatch_share *results;  /* of the follow-ups done */
	size_t n_results;
	struct dispatch_payee *payees;
	size_t n_payees;
	int64_t yen;
	struct dispatch_share *nonuse;   /* reason groups, of the centres without joint work */
	size_t n_nonuse;
	int64_t nonuse_centres, plans_joint, plans_use;
};
/* insurer_org_id: the town's own; of a centre its insurer, and only the centre's own numbers come. year_on: any day of the fiscal year. */
MUST err dispatch_year(struct ctx *c, int64_t insurer_org_id, civil year_on, struct dispatch_year *out);
/* The year as lines of one table, for paper and CSV: 表, 項目, 第1…第4四半期, 年度計, 割合・平均, 分母. "" = does not apply. */
enum { DISPATCH_SHEET = 9 };
struct dispatch_sheet {
	const char *const *cells; /* n_rows × DISPATCH_SHEET */
	size_t n_rows;
};
const char *const *dispatch_sheet_head(void); /* DISPATCH_SHEET words; static */
void dispatch_year_sheet(struct ctx *c, const struct dispatch_year *y, struct dispatch_sheet *out);
/* As CSV (UTF-8 with BOM, cells safe for Excel). Needs ACTION_EXPORT. */
MUST err dispatch_year_csv(struct ctx *c, int64_t insurer_org_id, civil year_on, const char **bytes, size_t *n);

#endif
