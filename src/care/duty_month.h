/* duty_month — closing a month: what of the month stands open, who is reduced for it, and the reason of each line that stays (F070).
 *
 * A line belongs to the month in which its first day lies; a duty that goes on makes one line per month (decision 014). "Open" lines of the
 * list are those whose lack reduces the fee or stops the claim (consequence unten_gensan, no_claim). The month can be closed when it is over
 * and each open line has a reason. While it is closed, monitorings of that month and exceptions that reach into it are refused to the same
 * organisation (duty_month_guard) until somebody opens it again with a reason. Other papers (a consent found later …) may still change what
 * is judged: the month then says which lines have come and how many have gone since it was closed.
 * Units: the basic 単位 by level at the month's end and the step that falls to the case by its day of contract (care/caseload), times the
 * share; other reductions (同一建物 …) and additions come on top and are not reckoned here (R-FE-05, 06). What the office itself lacks
 * (虐待防止・業務継続計画, R-FE-07) is care/duty_lack.
 * 運営基準減算: months from law/penalty over every month from the first plan on; first month 50/100, then 0 (平12厚告20号 イ注6).
 * Gate: read and reasons — class care of each person; closing and opening — as other records of the office itself (class meeting, own).
 * Units: civil days; a month is its first day. Ownership: arena.
 * Errors: ERR_INPUT with faults ("reason", "month"), ERR_CONFLICT, ERR_NOTFOUND, ERR_DENIED.
 * Tests: tests/unit/test_care_duty.c, tests/http/test_duty.py.
 */
#ifndef TSU_CARE_DUTY_MONTH_H
#define TSU_CARE_DUTY_MONTH_H

#include "care/duty.h"
#include "care/duty_lack.h"
#include "law/penalty.h"
#include "sql/tables.h"

struct duty_month_line {
	struct duty_item i;
	const char *reason, *reason_by; /* "" while there is none */
	int64_t reason_ms;
};
struct duty_month_case { /* a case whose fee is reduced in the month */
	struct duty_about about;
	int64_t percent;          /* of the fee in the month: 50 or 0 */
	int row;                  /* how-manieth month in a row */
	civil first, last;        /* first and last reduced month of that row, as known today */
	const char **rules, **titles;
	size_t n_rules;
	int step;                 /* (ⅰ)–(ⅲ) of 居宅介護支援費 as 1–3; 0: unknown */
	const struct law_number *base; /* its basic 単位; NULL: unknown (no level at the month's end, or no units of that time) */
	int64_t units;            /* what is left of it: base × percent; INT_NULL unknown */
};
struct duty_month {
	civil month_on, last_on;
	struct t_month_close row; /* id 0: never closed */
	struct duty_month_line *v;
	size_t n, n_without;      /* open lines; of these, without a reason (of a closed month: that have come since) */
	int64_t n_gone;           /* of a closed month: lines left at the closing that the records have answered since */
	struct duty_month_case *cases;
	size_t n_cases;
	struct duty_lacks lacks;  /* by which everybody's fee is reduced */
	int64_t n_kept, n_waived; /* lines of the month that were kept or excused */
	bool may_close;           /* it is over and nothing is without a reason */
};
/* month_on: any day of the month. */
MUST err duty_month_read(struct ctx *c, civil month_on, bool why, struct duty_month *out);
/* The line is named by case, rule, first day and target, as the page got them. reason "" takes it away. */
MUST err duty_month_reason(struct ctx *c, civil month_on, const char *case_pid, const char *rule, civil anchor, const char *target, const char *reason);
MUST err duty_month_close(struct ctx *c, civil month_on);
MUST err duty_month_reopen(struct ctx *c, civil month_on, const char *reason);
struct duty_month_row {
	const char *pid;
	civil month_on, closed_on;
	bool is_closed;
	int64_t lines;
};
MUST err duty_month_list(struct ctx *c, struct duty_month_row **v, size_t *n);

/* Before a record of that day is written: a fault of `field` and ERR_INPUT if the organisation has closed the month. */
MUST err duty_month_guard(struct ctx *c, int64_t org_id, civil day, const char *field, const char *what);
/* The same for what holds from..to and bears on one rule: nothing is asked of rules that take no fee away. */
MUST err duty_month_guard_rule(struct ctx *c, int64_t org_id, civil from, civil to, const char *rule, const char *field, const char *what);

#endif
