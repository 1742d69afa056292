/* region/tab_own — inside of the tabulation: bit sets, dimensions, building of tables. For region/tab*.c and their tests only. */
#ifndef TSU_REGION_TAB_OWN_H
#define TSU_REGION_TAB_OWN_H

#include "region/tab_ask.h"

/* One question as bit sets over the answers. */
struct tab_qset {
	uint64_t *asked;             /* not HIDDEN, and in a round where the question stands */
	uint64_t *state[TAB_STATES]; /* [TAB_HIDDEN] is NULL */
	uint64_t **option;           /* [n_options], only answers with TAB_VALUE */
};
struct tab {
	struct arena *a;
	const struct tab_data *d;
	size_t answer_words, unit_words;
	uint64_t **round;            /* [n_rounds] over the answers */
	struct tab_qset *q;          /* [n_questions] */
	size_t *first;               /* answers of unit u in order of rounds: by_unit[first[u]] … by_unit[first[u + 1] - 1]; NULL if anonymous */
	uint32_t *by_unit;
};

/* ---- sets -------------------------------------------------------------------------------------------------------- */
static inline void tab_bit_set(uint64_t *s, size_t i)
{
	s[i / 64] |= (uint64_t)1 << (i % 64);
}
static inline bool tab_bit(const uint64_t *s, size_t i)
{
	return s[i / 64] >> (i % 64) & 1;
}
uint64_t *tab_set_new(struct arena *a, size_t words);
uint64_t *tab_set_all(struct arena *a, size_t n);                /* bits 0 … n - 1 */
uint64_t *tab_set_and(struct arena *a, const uint64_t *x, const uint64_t *y, size_t words);
int64_t tab_set_count(const uint64_t *x, size_t words);
int64_t tab_set_count2(const uint64_t *x, const uint64_t *y, size_t words);
int64_t tab_set_count3(const uint64_t *x, const uint64_t *y, const uint64_t *z, size_t words);

/* ---- dimensions: what can stand in the rows or columns of a table, over answers or over units -------------------------- */
struct tab_dim_item {
	const char *code, *label;
	bool no_answer, unfinished;
	const uint64_t *set;
};
struct tab_dim {
	const char *label;
	struct tab_dim_item *items;
	size_t n;
	const uint64_t *asked;       /* to whom it applies: the base */
	bool exclusive;              /* each member of asked is in exactly one item */
	bool rounds;                 /* the items are rounds */
	int series;
	const char *note;            /* NULL none */
};
extern const struct tab_option TAB_BLANK_WORDS[TAB_STATES]; /* 無回答 該当なし 答えない 不明 */
MUST err tab_dim_question(const struct tab *t, const char *key, int series, bool answered_only, struct tab_dim *out);
MUST err tab_dim_rule(const struct tab *t, const struct tab_ask *ask, struct tab_dim *out); /* over the units */
MUST err tab_dim_trait(const struct tab *t, const char *key, bool of_units, struct tab_dim *out);
void tab_dim_rounds(const struct tab *t, uint64_t rounds, struct tab_dim *out);
void tab_dim_modes(const struct tab *t, struct tab_dim *out);

/* Which answers / units the filter lets through. Units: those of the frame (invited, or answered) in these rounds. */
MUST err tab_answers_of(const struct tab *t, const struct tab_filter *f, const uint64_t **out);
MUST err tab_units_of(const struct tab *t, const struct tab_filter *f, const uint64_t **out);
uint64_t tab_rounds_of(const struct tab *t, const struct tab_filter *f);
uint64_t tab_rounds_of_series(const struct tab *t, const struct tab_question *q, int series);
int tab_series_newest(const struct tab *t, const struct tab_question *q);
/* [n_units] 1 chose the option in some answered round, 0 answered and never chose it, -1 no answer. */
MUST err tab_ever_of(const struct tab *t, const char *key, const char *option, uint64_t rounds, int8_t **out);

MUST err tab_question_of(const struct tab *t, const char *key, const struct tab_question **q);
int tab_option_of(const struct tab_question *q, const char *code); /* -1 */

/* ---- numbers ------------------------------------------------------------------------------------------------------- */
/* num * 10^places * factor / den, half-up on the magnitude; exact. den > 0. */
int64_t tab_half_up(int64_t num, int64_t den, int64_t factor, int places);
const char *tab_text_int(struct arena *a, int64_t v);                 /* 4,452 */
const char *tab_text_scaled(struct arena *a, int64_t v, int places);  /* 258, 1 -> 25.8 */
const char *tab_text_share(struct arena *a, int64_t num, int64_t den, int places); /* 64%; 該当なし if den is 0 */
const char *tab_text_day(const struct tab *t, civil day);             /* era or western, as the data say */
/* Whole units of the last digit that add up to 100 %, by largest remainder; ties go to the larger count, then the earlier line. */
void tab_force_100(struct arena *a, const int64_t *num, size_t n, int64_t den, int places, int64_t *out);

/* ---- building tables -------------------------------------------------------------------------------------------------- */
/* Base words are required everywhere: a table or column of figures cannot be begun without. */
struct tab_table *tab_table_new(struct arena *a, const char *id, const char *key, const char *no, const char *title, struct tab_base base);
struct tab_col *tab_col_add(struct arena *a, struct tab_table *t, const char *group, const char *head, enum tab_cell_kind kind, struct tab_base base);
/* A column of text after the rows were made; its cells are empty text. Returns its index. */
size_t tab_col_append(struct arena *a, struct tab_table *t, const char *group, const char *head);
/* After all columns but those of tab_col_append. */
struct tab_row *tab_row_add(struct arena *a, struct tab_table *t, const char *code, const char *label);
void tab_note_secret(const struct tab *t, struct tab_table *out); /* what x means, if the table has one */
void tab_note_add(struct arena *a, struct tab_table *t, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
struct tab_cell tab_cell_count(struct arena *a, int64_t v);
struct tab_cell tab_cell_share(struct arena *a, int64_t num, int64_t den, int places);
struct tab_cell tab_cell_mean(struct arena *a, int64_t num, int64_t den, int places);
struct tab_cell tab_cell_points(struct arena *a, int64_t n1, int64_t d1, int64_t n2, int64_t d2, int places); /* second minus first */
struct tab_cell tab_cell_text(const char *s);
struct tab_cell tab_cell_none(void);
struct tab_cell tab_cell_secret(void);

/* Words of a base: 「「実施あり」とした回答（延べ）」. q may be NULL. */
struct tab_base tab_base_answers(const struct tab *t, const struct tab_question *q, const struct tab_filter *f, int64_t n, bool cumulative);
struct tab_base tab_base_units(const struct tab *t, const struct tab_filter *f, int64_t n);
const char *tab_unit_short(const struct tab_data *d);
const char *tab_record_word(const struct tab_data *d); /* 回答, or what the data count */
const char *tab_question_short(const struct tab_question *q);

/* The table of two dimensions, or of one (cols NULL): all counting tables end here. */
struct tab_grid_ask {
	const char *id, *title;
	const struct tab_question *q;   /* NULL if the rows are none */
	const struct tab_question *base_q; /* whose condition names the base; NULL = q */
	const struct tab_filter *filter;
	const struct tab_dim *rows, *cols;
	const uint64_t *members;        /* the population */
	bool of_units, cumulative;
	bool of_ticks, force100, answered_only, open; /* open: no small cell is hidden (response, modes) */
	unsigned show;                  /* TAB_SHOW_*; 0 = column shares */
	int places;
	enum tab_chart chart;
};
void tab_grid_table(const struct tab *t, const struct tab_grid_ask *g, struct tab_table **out);
MUST err tab_number_table(const struct tab *t, const struct tab_ask *ask, struct tab_table **out); /* a NUMBER question by itself */
bool tab_several_rounds(const struct tab *t, const struct tab_filter *f); /* is a count of answers cumulative? */
void tab_series_note(const struct tab *t, const struct tab_question *q, struct tab_table *out);
/* The cell of the first row with that code and the nth column, NULL if there is none. */
const struct tab_cell *tab_cell_of(const struct tab_table *t, const char *code, size_t col);

/* ---- small cells (C-193) ------------------------------------------------------------------------------------------------- */
/* The threshold in force for this reader; 0 = nothing is hidden. */
int64_t tab_hide_below(const struct tab_data *d);
/* Parts of a total that is printed: marks what must not be. v >= 0. */
void tab_hide_line(int64_t below, const int64_t *v, size_t n, uint8_t *hide);
/* (nr + 1) × (nc + 1) counts, last row and last column the totals: marks what must not be printed so that no small cell follows from
 * the rest. Totals are hidden by their own line only, so that tables which share a total agree on it. */
void tab_hide_grid(struct arena *a, int64_t below, const int64_t *v, size_t nr, size_t nc, uint8_t *hide);

#endif
