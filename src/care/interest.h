/* interest — 興味・関心チェックシート (別紙様式2-1; 3-1 asks the same): what a person does, wants to do and is interested in, by date (C-209).
 * The form is data (forms/kyomi-kanshin, kind answers); each sheet is a response of its day and stays. The numbers are those judged when
 * the sheet was saved, so whoever may see the person's care records sees the same ones.
 *
 * Source: 介護保険最新情報Vol.1217 別紙様式2-1; names of items and states: LIFE (forms-rehab §7.4).
 * Gate: of care/intake. Ownership: arena. Errors: of care/intake. Tests: tests/unit/test_care_interest.c, tests/http/test_interest.py. */
#ifndef TSU_CARE_INTEREST_H
#define TSU_CARE_INTEREST_H

#include "care/intake.h"

#define INTEREST_FORM "kyomi-kanshin"

enum interest_state { INTEREST_DOING, INTEREST_WANT, INTEREST_CURIOUS, INTEREST_STATES };
const char *interest_state_code(enum interest_state s);  /* doing want_to_try interested */
const char *interest_state_label(enum interest_state s); /* している してみたい 興味がある */

struct interest_sheet {
	const char *pid, *org_name, *staff_name;
	civil on;
	int64_t counts[INTEREST_STATES];
	const struct answers *answers;
};
/* Newest first. */
MUST err interest_list(struct ctx *c, const char *person_pid, struct interest_sheet **v, size_t *n);

/* An activity that has a mark on either sheet. */
struct interest_line {
	const char *id, *label;     /* id: of the item on the later sheet ("" if it stands only on the earlier one) */
	bool then[INTEREST_STATES], now[INTEREST_STATES];
	bool began, stopped, moved; /* になった・でなくなった「している」; moved: any mark differs */
};
/* What was written as その他 is known by its words. then may be NULL: nothing is began, stopped or moved. In the order of the form. */
size_t interest_lines(struct arena *a, const struct answers *then, const struct answers *now, struct interest_line **v);

/* What the newest sheet says is wanted or of interest and not done yet: candidates for a goal. *on: its day, CIVIL_NONE: there is no sheet. */
MUST err interest_wishes(struct ctx *c, const char *person_pid, struct interest_line **v, size_t *n, civil *on);

#endif
