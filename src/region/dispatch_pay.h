/* dispatch_pay — 謝金明細: what is owed to the therapists' organisations for the dispatches held in a period, one line per dispatch.
 *
 * Dispatches of the programme alone, by the day they were held; the fee is the one that was set when it was held (dispatch_fee_on), so a later
 * change of the fee changes nothing. A dispatch for which no fee was set stands with an empty amount and is counted.
 * Gate: the town (its insurer or the body that runs the programme); print and export for paper and file. Units: yen. Ownership: arena.
 * Errors: ERR_NOTFOUND, ERR_DENIED, ERR_PERIOD_ORDER ("to"). Tests: tests/unit/test_region_dispatch_figures.c, tests/http/test_dispatch.py. */
#ifndef TSU_REGION_DISPATCH_PAY_H
#define TSU_REGION_DISPATCH_PAY_H

#include "region/dispatch_paper.h"

struct dispatch_pay_line {
	int64_t org_id;
	const char *org, *org_pid, *pid, *centre, *therapist, *occasion; /* org: whom it is paid; pid: of the dispatch */
	civil held_on;
	int64_t yen;                /* INT_NULL: no fee was set for the day */
};
struct dispatch_pay {
	civil from, to;
	struct dispatch_pay_line *lines; /* by organisation, then day */
	size_t n;
	int64_t yen, without_fee;
};
/* org_pid: one organisation; "" all. */
MUST err dispatch_pay(struct ctx *c, int64_t insurer_org_id, const char *org_pid, civil from, civil to, struct dispatch_pay *out);
/* Lines with a subtotal behind each organisation and the sum at the end, as people read them: DISPATCH_PAY_COLS cells each. */
enum { DISPATCH_PAY_COLS = 6 };
const char *const *dispatch_pay_head(void);
const char *const *dispatch_pay_cells(struct ctx *c, const struct dispatch_pay *p, size_t *n_rows);
MUST err dispatch_paper_pay(struct ctx *c, int64_t insurer_org_id, const char *org_pid, civil from, civil to, struct dispatch_paper *out);
/* One line per dispatch, no sums; amounts as plain numbers, days ISO. */
MUST err dispatch_pay_csv(struct ctx *c, int64_t insurer_org_id, const char *org_pid, civil from, civil to, const char **bytes, size_t *n);

#endif
