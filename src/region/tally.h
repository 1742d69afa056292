/* tally — records of any kind counted by the one tabulation (region/tab): the courses of rehabilitation that ended, the people in preventive care.
 *
 * The survey pages load answers; other figures make a tally: one line per record, a few single or multiple questions, and traits to cut by. What
 * comes out is a tab (base in words beside every figure, half-up on exact fractions, 該当なし on an empty base, small cells hidden for everybody but
 * the owner) and a tab_report for page, PDF, CSV and JSON. Pure. Ownership: arena; texts are borrowed. Errors: ERR_TAB_* of tab_open.
 * Source: community-process §5. Tests: tests/unit/test_region_move.c, test_region_reable.c.
 */
#ifndef TSU_REGION_TALLY_H
#define TSU_REGION_TALLY_H

#include "region/tab_report.h"

enum { TALLY_QUESTIONS = 8, TALLY_TRAITS = 6 };

struct tally;
/* record_word: what one line is called in bases: 「終わった利用」; counter: the word behind its count: 件, 人 */
struct tally *tally_new(struct arena *a, size_t n_records, const char *title, const char *record_word, const char *counter);
/* asked_if: the condition in words before the record word; "" none. A record counts in a question only when it is set. */
void tally_question(struct tally *t, const char *key, const char *label, const char *asked_if, enum tab_kind kind);
void tally_option(struct tally *t, const char *key, const char *code, const char *label);
void tally_set(struct tally *t, const char *key, size_t record, const char *code); /* MULTI: again for each */
/* What tables are cut by. Values come in the order of tally_value, then as they appear; over 64, the rest is 「そのほか」. label "" = 不明. */
void tally_trait(struct tally *t, const char *key, const char *label);
void tally_value(struct tally *t, const char *key, const char *label);
void tally_cut(struct tally *t, const char *key, size_t record, const char *label);

struct tally_ask {
	const char *period;     /* printed name of the period: 令和8年度 */
	civil from, to, as_of;
	bool owner;             /* may see small cells */
	int64_t small_cell;
};
MUST err tally_open(struct tally *t, const struct tally_ask *ask, const struct tab **out);
const struct tab_data *tally_data(const struct tally *t);

/* ---- the report ---- */
struct tab_section *tally_section(struct arena *a, struct tab_report *r, enum tab_section_kind kind, const char *title);
void tally_words(struct arena *a, struct tab_section *s, const char *words);
void tally_item(struct arena *a, struct tab_section *s, const char *head, const char *text);
void tally_table(struct arena *a, struct tab_section *s, struct tab_table *x);
/* 「終わった利用51件のうち、「次の場あり」は39件（76%）です。」 from the count and the share (columns col, col + 1) of a row; hidden or empty ones say so. */
const char *tally_say(struct arena *a, const struct tab_table *x, const char *code, size_t col);
/* 「12件＋39件＝51件」: the parts of a single choice and their total, in words; "" when something of it is hidden. */
const char *tally_sum(struct arena *a, const struct tab_table *x, size_t col);

#endif
