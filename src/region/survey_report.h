/* survey_report — the report of one survey: its answers tabulated (region/tab_report), with the tables asked for beside the usual ones.
 *
 * One function for page, PDF, Excel, CSV, JSON and the command line, so that they cannot differ (C-192). The owner gets all; an
 * organisation that was asked gets its own answers beside the figures of all, small cells hidden.
 * Gate: survey_gate of the survey for `action`; survey_own_get for an asked organisation. Ownership: arena.
 * Errors: those of the gate, ERR_NOTFOUND (round, target, table), ERR_TAB_*. Source: community-process §4.15 (C-171, C-174 … C-189).
 * Tests: tests/http/test_survey_report.py. */
#ifndef TSU_REGION_SURVEY_REPORT_H
#define TSU_REGION_SURVEY_REPORT_H

#include "access/policy.h"
#include "region/survey_data.h"
#include "region/survey_round.h"
#include "region/tab_report.h"

/* 考察: remarks of the owner under the sections, kept as survey_cut of kind "note"; row_key is the key of the question or one of these. */
#define SURVEY_NOTE_RESPONSE "@response"
#define SURVEY_NOTE_EVER "@ever"
#define SURVEY_NOTE_WHOLE "@whole"

/* Codes of what can be chosen, with their words; static. */
struct survey_pick {
	const char *code, *label;
};
enum survey_picks { SURVEY_PICK_RULE, SURVEY_PICK_MEAN, SURVEY_PICK_CUT };
const struct survey_pick *survey_picks(enum survey_picks which, size_t *n);
const char *survey_pick_label(enum survey_picks which, const char *code); /* "" if unknown */
enum tab_rule survey_rule_of(const char *code);  /* last answer that is not blank for an unknown one */
unsigned survey_mean_of(const char *code);       /* set of enum tab_mean_of */

struct survey_report_ask {
	const char *round;      /* public id; "" all rounds */
	const char *unit;       /* public id of a target: its own answers beside all; "" the whole */
	const char *rule, *mean;/* codes; "" the usual ones */
	bool fold_silent;       /* 無回答 into 「一度も」, told in a note */
	bool force100, of_ticks, one_place;
	bool exact;             /* no round words (約6割) in the sentences */
	const char *table;      /* only this table; "" all */
	int year;               /* fiscal year of the periods asked about; 0 all */
	const char *from, *to;  /* the two sides compared (region/survey_compare); "" the last two rounds with answers */
	bool publish;           /* 公表用: rounds that are over, together; small cells hidden, no names of targets (C-193) */
	enum action action;     /* what for: ACTION_SEE, ACTION_PRINT, ACTION_EXPORT */
};
struct survey_report {
	struct t_survey survey;
	const struct tab_data *data;
	const struct tab_report *report;
	const char *counter;    /* か所 */
	const char *const *rounds; /* public ids of data->rounds */
	const char *round_name; /* of the round asked for; "" all */
};
/* All members of `ask` that are texts must be there ("" if not wanted). */
void survey_report_ask_init(struct survey_report_ask *ask);
MUST err survey_report_make(struct ctx *c, const char *survey_pid, const struct survey_report_ask *ask, struct survey_report *out);
/* For an organisation that was asked, by its own invitation, once its round is over (ERR_SURVEY_OPEN before); all rounds that are over,
 * together; ask->unit and ask->round are not read. */
MUST err survey_report_own(struct ctx *c, const char *invitation_pid, const struct survey_report_ask *ask, struct survey_report *out);

#endif
