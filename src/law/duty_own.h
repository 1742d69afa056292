/* law/duty_own — inside of law/duty: rules as compiled at load, and what the evaluators share. For law/duty*.c only. */
#ifndef TSU_LAW_DUTY_OWN_H
#define TSU_LAW_DUTY_OWN_H

#include "base/map.h"
#include "law/concentration.h"
#include "law/duty.h"
#include "law/numbers.h"

/* Words the evaluators themselves know; they are the first symbols of every table. */
#define DUTY_WORDS(X) X(id) X(from) X(to) X(day) X(blank) X(how) X(tv) X(home) X(agreed_on) X(parties_on) X(three_items) X(kind) X(from_on) \
	X(to_on) X(ground) X(written_on) X(active) X(tokudan) X(period_from) X(plan) X(cert) X(label)
enum duty_word {
	DUTY_NO_WORD = -1,
#define X(name) W_##name,
	DUTY_WORDS(X)
#undef X
	W_true, /* "true": a word of C */
	W_COUNT
};

enum duty_scope { REF_SUBJECT, REF_EVENT, REF_PART, REF_FACT };
struct duty_ref {
	bool set;
	enum duty_scope scope;
	int part, name; /* part: kind of part (REF_PART); name: a symbol */
};
enum duty_op { OP_IS, OP_IS_NOT, OP_HAS, OP_GE, OP_LE, OP_GT, OP_LT };
struct duty_term {
	struct duty_ref ref;
	enum duty_op op;
	const int *symbols;
	const char *const *texts;
	size_t n;
	int64_t number;
};
struct duty_cond {
	const struct duty_term *v;
	size_t n;
};
/* A number: literal, a name of law/numbers.tsv (rows by date), or a parameter of the insurer. */
struct duty_count {
	bool set;
	int64_t literal;
	const struct law_number *const *rows;
	size_t n_rows;
	const struct law_param *param;
};
struct duty_link {
	int field;
	bool prefix; /* ^ : the fact's text begins with it; else equal */
	const char *before, *after; /* constant text around the value */
	struct duty_ref ref;
};
enum duty_unit { UNIT_DAY, UNIT_MONTH, UNIT_YEAR, UNIT_EOM /* end of the n-th month after */, UNIT_OPEN /* n open days */ };

enum { DUTY_CODES = 4, DUTY_ANCHORS = 3, DUTY_LINKS = 3, DUTY_FIELDS = 16, DUTY_EXC = 10, DUTY_BY = 8 };
struct duty_param_set { /* one field per parameter; duty_params.c has the table */
	int each, span, by, written, from_field, to_field, revoked, month_field;
	struct duty_ref anchor[DUTY_ANCHORS];
	size_t n_anchors;
	struct duty_ref since, fee_from, value, of, value2, of2, bound_by;
	int event, alt, exc_with;
	struct duty_cond event_if, need, alt_need, exc_if, skip;
	struct duty_count n, bound, den, bound2, den2, grace, notice, count, number;
	struct {
		const char *suffix;
		struct duty_count n;
	} bounds[DUTY_BY];
	size_t n_bounds;
	const char *bound_prefix;
	enum duty_unit unit, unit_of;
	bool per_month, tv, early, by_periods, whole_month, least, exc_act;
	const struct law_param *shift, *exc_notify;
	enum law_shift shift_fixed;
	struct duty_link links[DUTY_LINKS];
	size_t n_links;
	int fields[DUTY_FIELDS];
	size_t n_fields;
	int exc_warn[DUTY_EXC];
	size_t n_exc_warn;
};
struct duty_rule {
	struct duty_rule_view view;
	enum duty_kind kind;
	enum duty_strength strength;
	enum duty_apply_by apply_by;
	enum duty_subject_kind subject;
	struct duty_cond applies;
	int codes[DUTY_CODES], exceptions[DUTY_EXC];
	size_t n_codes, n_exceptions;
	struct duty_param_set p;
};
struct duty_table {
	struct duty_rule *rules; /* by subject, then file order */
	size_t n_rules, first[DUTY_INSURER + 2];
	struct map symbols, codes; /* text → index + 1 */
	const char **symbol_text, **code_text;
	int n_symbols, n_codes, cap_symbols;
	uint64_t lengths[256]; /* of the symbols, by first byte: bit n = one of n bytes; 63: that or more */
	int exc, tvok, notify; /* codes the evaluators ask for themselves */
	struct arena *keep;
	struct law_catalogue *law;
};

/* ---- load (duty_load.c, duty_params.c, duty_term.c) */
/* Of a text (cut into pieces, to live as long as the catalogue): for fuzzing and for looking at a newer table before it is used. */
MUST err duty_load_text(struct ctx *c, struct arena *keep, char *text, struct law_catalogue *cat);
int duty_intern(struct duty_table *t, const char *word);
const char *duty_ref_parse(struct duty_table *t, const char *text, enum duty_scope plain, struct duty_ref *out); /* NULL or a fault */
const char *duty_cond_parse(struct ctx *c, struct duty_table *t, const char *text, enum duty_scope plain, struct duty_cond *out);
const char *duty_count_parse(struct duty_table *t, const char *text, struct duty_count *out);
const char *duty_params_parse(struct ctx *c, struct duty_table *t, struct duty_rule *r); /* NULL or a fault in plain words */

/* ---- judging (duty_judge.c) */
struct duty_env {
	const struct law_catalogue *law;
	const struct duty_table *t;
	const struct duty_ask *ask;
	const struct duty_subject *s;
	struct arena *a;
	struct duty_lines *out;
	const struct duty_fact **by; /* the facts that exist, by code and day */
	uint16_t *start;             /* of each code in by; n_codes + 1 */
	const struct duty_rule *r;
	const struct duty_part *part;
	const struct duty_fact *event;
	civil half_from;             /* half_year: the period that the figures must be of; CIVIL_NONE else */
	int month;                   /* monthly with month_field: the month a fact must name; 0 else */
};
struct duty_hit {
	const struct duty_fact *in, *after; /* in lo..hi (the latest if `latest`, else the earliest), and the earliest after hi */
	int count;
	bool latest;
};
void duty_index(struct duty_env *e); /* fills by and start */
bool duty_ref_value(const struct duty_env *e, const struct duty_ref *r, const struct duty_fact *fact, civil on, struct duty_value *out);
civil duty_ref_day(const struct duty_env *e, const struct duty_ref *r, civil on);
bool duty_cond_holds(const struct duty_env *e, const struct duty_cond *k, const struct duty_fact *fact, civil on);
const struct duty_value *duty_field(const struct duty_fact *f, int name); /* NULL: not there */
civil duty_field_day(const struct duty_fact *f, int name);               /* W_day: the fact's own day */
int64_t duty_count_of(const struct duty_env *e, const struct duty_count *k, civil on, int64_t otherwise);
const struct law_number *duty_count_row(const struct duty_count *k, civil on);
int duty_term_of(const struct duty_env *e, const struct duty_count *k, civil on, int otherwise);
civil duty_unit_add(const struct duty_env *e, civil day, int n, enum duty_unit unit, civil on);
void duty_search(const struct duty_env *e, civil lo, civil hi, struct duty_hit *h);
const struct duty_fact *duty_exception(const struct duty_env *e, civil lo, civil hi, bool *warn_only);
/* What an exception lacks to excuse the days lo..hi. */
enum duty_refusal { EXC_TAKEN, EXC_ELSEWHERE /* of another matter or of other days */, EXC_KIND, EXC_GROUND, EXC_WRITTEN, EXC_LAPSED, EXC_RECORD, EXC_TOLD };
enum duty_refusal duty_refused(const struct duty_env *e, const struct duty_fact *f, civil lo, civil hi);
/* NULL: the fact counts; else the first thing it lacks, in a few words (duty_words.c). */
const char *duty_lack_of(const struct duty_env *e, const struct duty_fact *f, civil hi);
const struct duty_fact *duty_alternative(const struct duty_env *e, civil lo, civil hi);
const struct duty_fact *duty_mended(const struct duty_env *e, civil lo, civil hi, const struct duty_fact *after, civil *day);
bool duty_tv_valid(const struct duty_env *e, const struct duty_fact *f);
bool duty_in_force(const struct duty_env *e, civil ref);
enum duty_status duty_unmet(const struct duty_rule *r);
/* The days a fact counts by in this rule. */
civil duty_fact_day(const struct duty_env *e, const struct duty_fact *f);
bool duty_fact_counts(const struct duty_env *e, const struct duty_fact *f, const struct duty_cond *need, civil hi);
struct duty_line duty_line_new(const struct duty_env *e, civil anchor, civil lo, civil hi);
void duty_emit(struct duty_env *e, struct duty_line *l);
void duty_settle(struct duty_env *e, struct duty_line *l); /* search, exceptions, status by the day asked */
civil duty_anchor(const struct duty_env *e);

/* ---- kinds (duty_acts.c, duty_months.c, duty_states.c): one instance of a rule */
#define X(name) void duty_kind_##name(struct duty_env *e);
DUTY_KINDS(X)
#undef X

#endif
