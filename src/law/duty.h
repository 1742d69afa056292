/* law/duty — every legal duty of a case, person, office or insurer, computed, dated and explained.
 *
 * What a duty is stands in law/duties.tsv (dated rows: rule, version, whom it concerns, evaluator kind, parameters, evidence, exceptions,
 * consequence, source). Here are the evaluator kinds (X-macro DUTY_KINDS) and nothing of the law itself: no rule number, no day count.
 * In: a subject with named, dated attributes, its parts (plan versions, providers, recipients, spans in which it is active,
 * certifications …) and its facts (evidence rows of register/evidence). Out: lines, one per rule and period or anchor.
 * "As of D, as known on D2": facts after D or recorded after D2 do not exist; the version of a rule is chosen by apply_by (day of the act,
 * month of service, day of application). Attributes and parts are given by the caller as they were known on D2.
 * A blank counts against whoever should have written it: `=` and the comparisons are false for a blank, `!=` is true.
 * Nothing here reads a clock or a time zone. Speed: judging makes lines without texts; duty_explain makes the texts of one line.
 * Units: civil days, months as periods of days, instants ms UTC. Ownership: results arena; strings borrowed from catalogue and input.
 * Sources: reference rules §0.3–0.6, §1–3; design §5; docs/decisions/014-duties.md. Tests: test_duty_load.c, test_duty_kinds.c,
 * test_duty_rules.c, test_duty_law.c.
 */
#ifndef TSU_LAW_DUTY_H
#define TSU_LAW_DUTY_H

#include "law/calendar.h"
#include "law/decide.h"
#include "law/params.h"

/* DUTY_KIND(name, label): what each asks.
 *  order        an act not after the anchor                     periods      one act in each n months from the month after the anchor
 *  due          an act from the anchor to n days/months after   visit_within at home once in n months (or periods); テレビ電話 between
 *  each_target  the same for each provider or recipient         monthly      one act in each month that is active
 *  on_event     an act in the month of an event                 since_last   again within n months
 *  fields       a record has its fields filled in               covers       an order or consent covers the span of the part
 *  threshold    a share or number against a bound               half_year    the figures of the right half-year were used
 *  windows      an act in the days before an end                age          a birthday of the law
 *  retention    nothing is thrown away too early                holds        a state that must be so
 *  standing     what must be there without a gap: a plan, a person in charge, or an act again within n months; one line for each gap */
#define DUTY_KINDS(X) X(order) X(due) X(each_target) X(on_event) X(fields) X(threshold) X(windows) X(retention) X(monthly) X(periods) \
	X(visit_within) X(since_last) X(covers) X(half_year) X(age) X(holds) X(standing)
enum duty_kind {
#define X(name) DUTY_KIND_##name,
	DUTY_KINDS(X)
#undef X
	DUTY_KIND_COUNT
};
enum duty_strength { DUTY_MUST, DUTY_EFFORT, DUTY_BLOCK, DUTY_INFORM };
enum duty_apply_by { DUTY_BY_ACT, DUTY_BY_MONTH, DUTY_BY_APPLICATION };
enum duty_status {
	DUTY_FUTURE,         /* its time has not begun */
	DUTY_DUE,            /* open, in time */
	DUTY_DONE,
	DUTY_OVERDUE,        /* not kept; mended_on tells when it was made good */
	DUTY_WAIVED,         /* an exception that the rule accepts, written down */
	DUTY_BLOCKED,        /* the act that needs it may not be saved */
	DUTY_WARNED,         /* not done, but no duty (努力義務, おおむね) */
	DUTY_NOT_APPLICABLE  /* only with ask.all */
};
const char *duty_status_code(enum duty_status s); /* static: future, due, done … */
const char *duty_status_ja(enum duty_status s);   /* static */
const char *duty_kind_code(enum duty_kind k);     /* static */

/* ---- what is judged --------------------------------------------------------------------------------------------------------- */

enum duty_subject_kind { DUTY_CASE, DUTY_PERSON, DUTY_OFFICE, DUTY_INSURER };

/* A named value, dated. Made by duty_value; name -1: no rule asks for it, it may be left out. */
struct duty_value {
	const char *text;  /* "" blank; yes/no are "true"/"false"; days ISO */
	int64_t number;    /* INT_NULL if not a whole number */
	int name, symbol;
	civil day;         /* CIVIL_NONE if not a day */
	civil from, to;    /* when it held */
};
struct duty_part { /* a plan version, a provider or recipient in it, a span, a certification … */
	int kind;          /* duty_symbol(table, "plan") */
	const char *id;    /* what facts call it (REC-DELIV.version, .to) */
	civil from, to;    /* CIVIL_NONE unknown, CIVIL_OPEN without end */
	const struct duty_part *parent;
	const struct duty_value *v;
	size_t n;
};
struct duty_fact { /* one row of register/evidence */
	int code;          /* duty_code(table, "REC-MON"); -1: no rule asks for it */
	civil on_day;
	int64_t recorded_ms, row_id;
	const char *table;
	const struct duty_value *v;
	size_t n;
};
struct duty_subject {
	enum duty_subject_kind kind;
	int64_t id;
	const char *insurer; /* whose parameters hold; "" or NULL: the defaults */
	civil ended_on;      /* nothing falls due after this day; CIVIL_NONE: it goes on */
	const struct duty_value *attrs;
	const struct duty_part *parts;
	const struct duty_fact *facts;
	size_t n_attrs, n_parts, n_facts;
};
int duty_symbol(const struct duty_table *t, const char *word); /* -1: no rule uses the word */
int duty_code(const struct duty_table *t, const char *code);   /* -1: no rule asks for this evidence */
const char *duty_code_text(const struct duty_table *t, int code); /* borrowed; "" if unknown */
struct duty_value duty_value(const struct duty_table *t, const char *name, const char *text);
/* The same where the name's number is known, and of a day without reading its text again. */
struct duty_value duty_value_named(const struct duty_table *t, int name, const char *text);
struct duty_value duty_value_day(const struct duty_table *t, struct arena *a, int name, civil day);
struct duty_value duty_value_dated(const struct duty_table *t, const char *name, const char *text, civil from, civil to);
/* A fact of an evidence row; the body is parsed once and only fields that rules ask for are kept; of a code
 * that no rule asks for (-1) nothing is. False: the body is no JSON object. */
bool duty_fact_read(const struct duty_table *t, struct arena *a, const char *code, civil on_day, int64_t recorded_ms, const char *table_name,
                    int64_t row_id, const char *body, struct duty_fact *out);

/* ---- asking ------------------------------------------------------------------------------------------------------------------- */

struct duty_rule;

struct duty_ask {
	civil on;            /* as of this day */
	civil from;          /* lines of periods that ended before are left out, unless still open */
	int64_t known_ms;    /* as known then; 0: everything */
	const char *rule;    /* only this rule id; NULL: all */
	const struct duty_params *params; /* NULL: the defaults */
	const struct law_calendar *calendar; /* NULL: national holidays */
	bool all;            /* also not_applicable */
	const char *(*day_text)(struct arena *, civil); /* how days are written in explanations; NULL: ISO */
	const char *(*month_text)(struct arena *, int y, int m); /* the same of a month; NULL: 「2026年5月」 */
};
struct duty_line {
	const struct duty_rule *rule;
	const struct duty_subject *subject;
	const struct duty_part *part;   /* the plan, provider …; NULL */
	const struct duty_fact *event;  /* the fact that raised it; NULL */
	const struct duty_fact *fact;   /* that satisfied it; NULL */
	const struct duty_fact *other;  /* the exception, or the fact that stood in its place */
	enum duty_status status;
	civil anchor;                   /* the day or the first day of the month or period that it is about */
	civil lo, hi;                   /* days in which the act counts; lo CIVIL_NONE: any time before */
	civil due_on, done_on, mended_on; /* CIVIL_NONE if none */
	int count;                      /* facts that count in lo..hi */
	bool before_fee;                /* not kept before the month whose fee it takes away: that month has a line of its own if it comes to it */
	int64_t have, bound, of;        /* numbers compared (threshold, n of a period …); INT_NULL if none */
};
struct duty_lines {
	struct duty_line *v;
	size_t n, cap;
};
/* Appends to out (zeroed by the caller; n = 0 uses its room again). */
void duty_judge(const struct law_catalogue *law, struct arena *a, const struct duty_ask *ask, const struct duty_subject *s, struct duty_lines *out);

/* ---- explaining ---------------------------------------------------------------------------------------------------------------- */

struct duty_input {
	const char *label, *shown, *from; /* from: where the value stands (evidence, attribute, law/numbers.tsv …), plain words */
};
struct duty_explanation {
	const char *title;        /* what is asked */
	struct duty_input *inputs;
	size_t n_inputs;
	const char *computation;  /* 「4月の面接: 2026-04-30 居宅訪問 1件 → 適合」 */
	const char *source, *confidence, *consequence, *mend;
	civil valid_from;
	bool untold;              /* an exception is written that counts once the insurer has been told or asked (REC-NOTIFY tokudan) */
};
void duty_explain(const struct law_catalogue *law, struct arena *a, const struct duty_ask *ask, const struct duty_line *line, struct duty_explanation *out);

/* ---- the table ------------------------------------------------------------------------------------------------------------------ */

/* What pages show of a rule; the rest is law/duty_own.h. */
struct duty_rule_view {
	const char *id, *title, *subject, *kind, *params, *evidence, *exceptions, *consequence, *mend, *apply_by, *strength, *applies, *source, *confidence;
	int version;
	civil from, to;
};
const struct duty_rule_view *duty_rule_view(const struct duty_rule *r); /* borrowed from the law */
size_t duty_rule_count(const struct law_catalogue *law);
const struct duty_rule *duty_rule_at(const struct law_catalogue *law, size_t i);
const struct duty_rule *duty_rule_find(const struct law_catalogue *law, const char *id, civil on); /* NULL: none holds */
/* The days in which the law knows a kind of exception (dates of the list exc_kind of codes.tsv; to CIVIL_OPEN: without end): a waiver that
 * outlasts them excuses nothing afterwards. False: the list does not know the kind. */
bool duty_exception_days(const struct law_catalogue *law, const char *kind, civil *from, civil *to);
/* The first symbol of the table without a word in law/names.tsv, or NULL. */
const char *duty_names_missing(const struct law_catalogue *law, struct arena *a);

MUST err duty_load(struct ctx *c, struct arena *keep, const struct law_source *src, struct law_catalogue *cat);

#endif
