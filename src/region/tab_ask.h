/* region/tab_ask — what can be asked of the data of region/tab, and the tables that answer.
 *
 * Open the data once with tab_open (it checks them and sorts every option into bit sets), then ask as often as needed; all crosses of
 * 10,000 answers and 40 questions take well under a second. A zeroed `struct tab_ask` with a key is a good question: per answer, all
 * rounds, base = answers asked, whole per cent.
 *
 * Ownership: results arena of tab_open. Errors: ERR_TAB_DATA (data contradict themselves; *why says where), ERR_TAB_QUESTION (no such
 * question, option, round, trait or unit), ERR_TAB_UNIT (a rule per unit in an anonymous survey), ERR_TAB_KIND (that table cannot be
 * made from that kind of question). Source of the rules: community-process §4.15, §5. Tests: tests/unit/test_tab*.c.
 */
#ifndef TSU_REGION_TAB_ASK_H
#define TSU_REGION_TAB_ASK_H

#include "region/tab.h"

struct tab; /* opened data */
MUST err tab_open(struct arena *a, const struct tab_data *d, const struct tab **out, const char **why);

/* How several rounds of one unit become one (C-178). The rule is printed under the table. */
enum tab_rule {
	TAB_PER_ANSWER,    /* no rule: answers are counted, 延べ */
	TAB_LAST_ANSWERED, /* the last answer that is not blank: what unit-level opinions use (§5.4) */
	TAB_LATEST,        /* the last round in which the unit was asked, blank or not */
	TAB_FIRST,         /* the first round in which it was asked */
	TAB_ANY,           /* the option was chosen in at least one round */
	TAB_ALL            /* the option was chosen in every round answered */
};
enum tab_ever_is { TAB_EVER_OFF, TAB_EVER_YES, TAB_EVER_NEVER, TAB_EVER_NEVER_OR_SILENT };

/* Whom to count. Zero = everybody. */
struct tab_filter {
	uint64_t rounds;        /* bit set; 0 = all */
	const char *unit;       /* id of one unit; NULL all */
	const char *trait, *trait_value; /* key and code; NULL all */
	enum tab_ever_is ever;  /* only units that chose ever_option of ever_key in some round / in none (§5.3) */
	const char *ever_key, *ever_option;
};

enum tab_mean_of { /* denominators of a mean (C-180), bits */
	TAB_MEAN_TICKED = 1,    /* answers that ticked that option (the default) */
	TAB_MEAN_EITHER = 2,    /* answers that ticked at least one of the options counted */
	TAB_MEAN_ANSWERING = 4, /* answers with any answer to the question */
	TAB_MEAN_ALL = 8,       /* answers asked the question */
	TAB_MEAN_UNITS = 16,    /* units that ticked that option in some round */
	TAB_MEAN_FRAME = 32     /* units in the frame */
};

struct tab_ask {
	const char *key;        /* question */
	int series;             /* wording; 0 = the newest */
	struct tab_filter filter;
	enum tab_rule rule;
	const char *option;     /* of TAB_ANY, TAB_ALL and tab_ever: the "yes" */
	bool by_round;          /* a group of columns per round before the total (per answer only) */
	bool answered_only;     /* base without blanks, 不明 …; told in a note */
	bool of_ticks;          /* MULTI: base = ticks instead of answers (C-181) */
	bool force100;          /* make shares of a single choice add up to 100, told in a note */
	bool fold_silent;       /* tab_ever: "no answer" goes into "never", told in a note (§5.3) */
	int places;             /* decimals of shares; 0 = whole per cent */
	unsigned mean_of;       /* set of enum tab_mean_of; 0 = TAB_MEAN_TICKED */
};

/* How many wordings the question has had in the rounds (1 when nothing changed; 0 when it was never asked). */
size_t tab_series_count(const struct tab *t, const char *key);

/* SINGLE, MULTI: options × (rounds and) total. NUMBER: sum, answers, mean. DATE: months. TEXT: groups of the coding, or how many wrote. */
MUST err tab_question_table(const struct tab *t, const struct tab_ask *ask, struct tab_table **out);
/* At least once / never / no answer, over the units of the frame (C-177). */
MUST err tab_ever(const struct tab *t, const struct tab_ask *ask, struct tab_table **out);
/* Sum, denominator and mean of every NUMBER question that counts options of the question `key`, one line per option and base. */
MUST err tab_mean_table(const struct tab *t, const struct tab_ask *ask, struct tab_table **out);
/* Share of each option in two rounds (indexes) and the difference in points. ERR_TAB_KIND if the wording changed between them. */
MUST err tab_compare(const struct tab *t, const struct tab_ask *ask, size_t from_round, size_t to_round, struct tab_table **out);

/* The same of any two sets of rounds, of this tabulation or of another (last year's survey), matched by question key. ERR_TAB_QUESTION if a side
 * never asked it, ERR_TAB_KIND if wording or options differ between or within the sides. */
struct tab_side {
	const struct tab *t;
	uint64_t rounds;        /* bit set, not 0 */
	const char *name;       /* 令和7年度 */
};
MUST err tab_compare_sides(const struct tab_ask *ask, const struct tab_side *from, const struct tab_side *to, struct tab_table **out);

/* Cross table (C-184). The rows are ask->key; the columns: another question, a trait of units, the rounds or the modes. */
enum tab_by { TAB_BY_QUESTION, TAB_BY_TRAIT, TAB_BY_ROUND, TAB_BY_MODE };
enum { TAB_SHOW_COLUMN = 1, TAB_SHOW_ROW = 2, TAB_SHOW_ALL = 4 };
struct tab_cross_ask {
	struct tab_ask rows;
	enum tab_by by;
	const char *by_key;     /* question or trait */
	int by_series;
	unsigned show;          /* set of TAB_SHOW_*; 0 = all three */
};
MUST err tab_cross(const struct tab *t, const struct tab_cross_ask *ask, struct tab_table **out);

/* Invited, answered, rate with one decimal, not answered; per round and overall (C-175). */
MUST err tab_response(const struct tab *t, const struct tab_filter *f, struct tab_table **out);
/* Units that did not answer in some round to which they were invited. Owner of a named survey only, otherwise no rows and a note. */
MUST err tab_nonanswer(const struct tab *t, const struct tab_filter *f, struct tab_table **out);
/* web, paper, mail, fax, file (C-171), with who typed it in. */
MUST err tab_modes(const struct tab *t, const struct tab_filter *f, struct tab_table **out);

/* Groups of a coded free text: texts per group, and quotes (C-183). ERR_TAB_QUESTION if nobody coded it. */
MUST err tab_coding_table(const struct tab *t, const struct tab_ask *ask, struct tab_table **out);
/* In how many of the texts coded twice the coders agree, per group and overall. */
MUST err tab_coding_agreement(const struct tab *t, const struct tab_ask *ask, struct tab_table **out);
/* The texts themselves, with round and (named survey) unit. For the owner only, who codes them; otherwise no rows and a note. */
MUST err tab_text_list(const struct tab *t, const struct tab_ask *ask, struct tab_table **out);

/* What the reader must know of the rounds: asked before the period was over, period not finished, answers that came early (C-173). */
size_t tab_round_notes(const struct tab *t, const struct tab_filter *f, const char ***out);

/* §5.11: do the parts, printed with `places` decimals (values times 10^places), agree with the printed total? Exactly; within half a
 * unit of the last digit per part (then *note says so; arena); or not (ERR_INPUT, *note says by how much). */
MUST err tab_parts_total(struct arena *a, const int64_t *parts, size_t n, int64_t total, int places, const char **note);

#endif
