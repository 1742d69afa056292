/* region/tab — tabulation of surveys: the one function behind page, CSV, Excel, PDF and `tsunagi survey tabulate`.
 *
 * This header is the data model in and the tables out; what counts stands in tab_ask.h. Pure: no store, no clock, no policy. The
 * caller (region/survey*) passes the gate, loads a `struct tab_data`, says whether the reader is the owner, and prints the result.
 *
 * The data are columnar: one line per answer (one unit in one round, or one anonymous sheet), one column per question. Everything is
 * borrowed by the tabulation and stays unchanged; results are arena and borrow texts from the data, which must live as long.
 *
 * Rules (community-process §5): shares and means are exact integer fractions, rounded half-up at the last printed digit; a figure
 * carries its base in words; an empty base gives 「該当なし」, never 0 % or NaN; what a branch hid (TAB_HIDDEN) is never counted;
 * "no answer" is never "no". Question keys are stable and unique, printed numbers are not (C-168).
 * Units: civil days, counts int64. Errors: ERR_TAB_DATA, ERR_TAB_QUESTION, ERR_TAB_UNIT, ERR_TAB_KIND.
 * Tests: tests/unit/test_tab*.c, named after C-167…C-193 and X-01…X-07.
 */
#ifndef TSU_REGION_TAB_H
#define TSU_REGION_TAB_H

#include "base/arena.h"
#include "base/civil.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TAB_OPTIONS_MAX = 64, TAB_ROUNDS_MAX = 64 };

/* ---- what goes in ------------------------------------------------------------------------------------------------ */

enum tab_kind { TAB_SINGLE, TAB_MULTI, TAB_NUMBER, TAB_DATE, TAB_TEXT };
/* How an answer was given. */
enum tab_mode { TAB_WEB, TAB_PAPER, TAB_MAIL, TAB_FAX, TAB_FILE, TAB_MODES };
/* State of one answer to one question. Zero is HIDDEN, so what a loader forgets is not counted. */
enum tab_state {
	TAB_HIDDEN,   /* not asked: a condition hid it, or the question is not in that round */
	TAB_BLANK,    /* asked, left blank: 無回答 */
	TAB_VALUE,    /* bits / number / text hold it */
	TAB_NA,       /* 該当なし */
	TAB_REFUSED,  /* 答えない */
	TAB_UNKNOWN,  /* 不明 */
	TAB_STATES
};

struct tab_option {
	const char *code, *label;
};

/* One wording of a question. A changed wording or option opens a new series, tabulated apart (C-174). */
struct tab_series {
	const char *label;      /* the wording; NULL = the question's label */
	uint64_t options;       /* options offered, bit i = options[i]; 0 = all */
};

struct tab_question {
	const char *key;        /* stable and unique in the survey */
	const char *no;         /* as printed: "Q7"; may repeat or be "" (C-168) */
	const char *label;      /* the whole question */
	const char *label_short;/* for heads and charts; "" or NULL = label */
	const char *section;    /* heading above it; "" none */
	const char *asked_if;   /* the condition in words before 「回答」: 「「実施あり」とした」; "" or NULL none */
	const char *unit;       /* of a NUMBER: "回"; "" none */
	const char *role;       /* which question a sentence may use: did programme occasion timing reason effect plan plan_programme; "" none */
	enum tab_kind kind;
	const struct tab_option *options; /* SINGLE, MULTI: in the order of the paper, at most 64 */
	size_t n_options;
	const char *of_key, *of_option;   /* NUMBER that counts one option of a MULTI (or SINGLE) question; NULL otherwise */
	const uint8_t *series;  /* [n_rounds] wording in force: 1.. ; 0 = not asked in that round. NULL = 1 everywhere */
	const struct tab_series *wordings; /* [n_wordings], wordings[s - 1]; may be NULL when nothing changed */
	size_t n_wordings;
};

struct tab_round {
	const char *key, *name; /* 第1四半期 */
	civil from, to;         /* period asked about; CIVIL_NONE if not set */
	civil asked_on;         /* day of the request (it may lie before `to`: C-173, X-06) */
	bool planned;           /* nobody was asked yet: asked_on is the day planned for it */
	bool not_begun;         /* the period asked about begins after the day of the tabulation */
	civil closes_on;        /* CIVIL_NONE if open */
	bool finished;          /* the period asked about is over on the day of the tabulation */
	int64_t n_invited;      /* for anonymous surveys; < 0: count the units' invitations */
};

struct tab_unit {
	const char *id, *label; /* public id or code; name as printed */
	uint64_t invited;       /* bit r: invited in rounds[r] */
};

/* A property of units, for crosses: area, form (直営・委託), size. */
struct tab_trait {
	const char *key, *label;
	const struct tab_option *options; /* values in order, at most 64 */
	size_t n_options;
	const int *of_unit;     /* [n_units] index into options; -1 not known */
};

struct tab_column {
	uint8_t *state;         /* [n_answers] enum tab_state */
	uint64_t *bits;         /* SINGLE (one bit), MULTI; NULL otherwise */
	int64_t *number;        /* NUMBER; DATE as civil; NULL otherwise */
	const char **text;      /* TEXT; may be there for the "other" text of SINGLE/MULTI; NULL otherwise */
};

struct tab_answers {
	size_t n;
	const uint32_t *unit_of;   /* index into units; anonymous: anything, not read */
	const uint8_t *round_of;   /* index into rounds */
	const uint8_t *mode_of;    /* enum tab_mode */
	const civil *answered_on;  /* NULL if not known */
	const char *const *entered_by; /* who typed a paper, fax or mailed sheet in; "" the respondent; NULL if not known */
};

/* Coding of one free-text question (C-183). A text may stand in several groups. */
struct tab_coded {
	uint32_t answer;
	uint64_t first, second;    /* bit set of groups by the first and second coder */
	bool has_first, has_second;
	const char *quote;         /* words that may be printed, already anonymised; NULL none */
};
struct tab_coding {
	const char *key;           /* the TEXT question */
	const struct tab_option *groups; /* at most 64 */
	size_t n_groups;
	const struct tab_coded *coded;
	size_t n_coded;
};

struct tab_data {
	const char *title, *purpose;
	const char *method;        /* 調査方法 in words; "" = made from the modes */
	const char *frame;         /* what the frame counts: 「支所・出張所を含む施設」; "" none (C-176) */
	civil frame_on;            /* day of the list; CIVIL_NONE */
	const char *place;         /* word before the number of units: 「市内」; "" none */
	const char *unit_word;     /* 地域包括支援センター */
	const char *unit_short;    /* センター; "" = unit_word */
	const char *unit_counter;  /* か所, 人, 件 */
	const char *record_word;   /* what one line is called in bases and totals; NULL or "" = 回答 */
	bool anonymous;            /* every answer is its own unit; rules per unit are refused */
	bool owner;                /* the reader may see small cells; never for an anonymous survey */
	bool western;              /* print dates as 2024年4月1日 instead of 令和6年4月1日 */
	int64_t small_cell;        /* counts 1 … small_cell - 1 are hidden; 0 or 1: nothing is */
	civil as_of;               /* day of the tabulation, printed; CIVIL_NONE not printed */

	const struct tab_round *rounds;
	size_t n_rounds;           /* 1 … 64 */
	const struct tab_unit *units;
	size_t n_units;
	const uint64_t *waiting;   /* [n_units] bit r: on the list of rounds[r], but not asked yet; NULL = who is on the list was asked */
	const struct tab_trait *traits;
	size_t n_traits;
	const struct tab_question *questions;
	size_t n_questions;
	struct tab_answers answers;
	const struct tab_column *columns; /* [n_questions] */
	const struct tab_coding *codings;
	size_t n_codings;
};

/* Columns for d->answers.n lines, all TAB_HIDDEN: what a loader fills. Arena. */
struct tab_column *tab_columns_new(struct arena *a, const struct tab_data *d);
/* NULL if there is none. */
const struct tab_question *tab_question_find(const struct tab_data *d, const char *key);
/* The first question with that role, NULL if none. Sentences ask by role, never by printed number (C-185). */
const struct tab_question *tab_question_role(const struct tab_data *d, const char *role);

/* ---- what comes out ---------------------------------------------------------------------------------------------- */

enum tab_counts { TAB_OF_UNITS, TAB_OF_ANSWERS, TAB_OF_TICKS, TAB_OF_TEXTS, TAB_OF_INVITED };

/* What a figure is counted over. Figures are made only together with one (§5.2). */
struct tab_base {
	enum tab_counts counts;
	bool cumulative;        /* 延べ: a unit may count several times; false = 実 */
	int64_t n;
	bool n_hidden;          /* n itself is a small cell: print nothing */
	const char *counter;    /* behind a count of records that are no answers: 人; NULL = 件 */
	const char *words;      /* without n: 「回答（延べ）」 「一度でも「実施あり」と回答した地域包括支援センター（実数）」; never NULL */
};

enum tab_cell_kind {
	TAB_CELL_EMPTY,         /* nothing belongs here */
	TAB_CELL_COUNT,         /* num */
	TAB_CELL_SHARE,         /* num / den as per cent */
	TAB_CELL_MEAN,          /* num / den */
	TAB_CELL_POINTS,        /* difference of two shares; num / den as points, signed */
	TAB_CELL_TEXT,
	TAB_CELL_NONE,          /* 該当なし: the base is empty */
	TAB_CELL_SECRET         /* x: hidden as a small cell, or so that no small cell follows by subtraction (C-193) */
};
struct tab_cell {
	enum tab_cell_kind kind;
	int64_t num, den;       /* 0 when SECRET */
	int places;             /* printed decimals */
	const char *text;       /* what is printed, always there: 「64%」 「39」 「該当なし」 「x」 「」 */
};

enum tab_share_of { TAB_SHARE_COLUMN, TAB_SHARE_ROW, TAB_SHARE_ALL };

struct tab_col {
	const char *group;      /* upper head, the same for neighbours: 第1四半期; "" none */
	const char *head;       /* 件数, 割合, 平均 … */
	enum tab_cell_kind kind;/* COUNT, SHARE, MEAN, POINTS or TEXT */
	enum tab_share_of share_of; /* of a SHARE: whose base is 100 % */
	struct tab_base base;   /* of the column; for TEXT words may be "" */
	bool unfinished;        /* the period of that round is not over */
};
/* The upper head as printed: marked if the period of its round is not over, unless it says so itself. Arena. */
const char *tab_col_group(struct arena *a, const struct tab_col *c);
struct tab_row {
	const char *code, *label;
	bool total;             /* the line of the base, not a category */
	bool no_answer;         /* 無回答, 不明 …: never part of "no" */
	struct tab_base base;   /* of the row, in crosses; words NULL if not used */
	struct tab_cell *cells; /* [n_cols] */
};

enum tab_chart { TAB_CHART_NONE, TAB_CHART_PIE, TAB_CHART_BAR, TAB_CHART_STACKED, TAB_CHART_LINE,
	TAB_CHART_GROUPED /* where several may be ticked: a bar per round or group beside the others, as a share of the answers; the ticks are no whole */ };

struct tab_table {
	const char *id;         /* stable in the report: "q.did", "ever.did", "cross.did.area" */
	const char *key;        /* question key, "" if none */
	const char *no;         /* printed number, "" if none */
	const char *title;      /* without the base: print tab_base_text(base) beside it, always */
	int series;             /* wording counted; 0 = not a question's */
	struct tab_base base;   /* of the whole table */
	struct tab_col *cols;
	size_t n_cols, cap_cols;
	struct tab_row *rows;
	size_t n_rows, cap_rows;
	const char **notes;     /* rule used, denominators, rounding, hidden cells, unfinished periods */
	size_t n_notes, cap_notes;
	enum tab_chart chart;
	bool secret;            /* at least one cell is SECRET */
};

/* The base as printed: 「回答（延べ） n=81」; a hidden n is 「n=x」. Arena. */
const char *tab_base_text(struct arena *a, const struct tab_base *b);
/* Equal cell by cell, bases and notes too (C-192). *why (may be NULL): where they differ; arena. */
bool tab_table_equal(struct arena *a, const struct tab_table *x, const struct tab_table *y, const char **why);
/* A table all of whose figures have a base: what tab_report and the tests insist on. NULL, or what lacks one; arena. */
const char *tab_table_fault(struct arena *a, const struct tab_table *t);

enum tab_section_kind {
	TAB_SEC_SUMMARY, TAB_SEC_OUTLINE, TAB_SEC_RESPONSE, TAB_SEC_QUESTION, TAB_SEC_EVER, TAB_SEC_MEAN, TAB_SEC_CROSS, TAB_SEC_TEXT, TAB_SEC_OWN
};
struct tab_item {           /* 調査対象｜市内の…（61か所） */
	const char *head, *text;
};
struct tab_section {
	enum tab_section_kind kind;
	const char *title;
	const struct tab_item *items;     /* outline */
	size_t n_items;
	const char **words;     /* sentences */
	size_t n_words;
	struct tab_table **tables;
	size_t n_tables;
	const char *note;       /* 考察 under the section, written by the owner; NULL or "" none */
	const char *note_key;   /* what it belongs to; NULL or "": the section takes none */
};
struct tab_report {
	const char *mark;       /* 公表用, on every page; NULL or "" none */
	const char *title;
	const char *unit;       /* label of the unit it was made for; "" the whole */
	struct tab_section *sections;
	size_t n_sections;
};

#endif
