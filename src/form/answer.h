/* answer — the answers to a form: one typed value or one kind of blank per item.
 *
 * 未記入 (not asked or skipped), 該当なし, 答えない and 不明 are different facts and all survive saving, FHIR and
 * print; for scores each of them counts as missing. Pure: no store, no web; ctx gives memory, today and faults.
 * Units: decimals scaled by the item's places; 年月 as months since year 0 (y*12+m-1); time as minutes of the day.
 * Ownership: arena (c->arena or the one given to answers_new); the definition is borrowed.
 * Errors: input faults go to fault_add under the item's path ("med.0.when"), all at once.
 * Tests: tests/unit/test_form_answer.c, tests/fuzz/fuzz_form_post.c. */
#ifndef TSU_FORM_ANSWER_H
#define TSU_FORM_ANSWER_H

#include "base/ctx.h"
#include "form/define.h"
#include "form/mark.h"
#include "jp/era.h"

enum blank_kind {
	BLANK_UNANSWERED, /* 未記入; zero, so that a fresh answer is blank */
	BLANK_NONE,       /* there is a value */
	BLANK_NA,         /* 該当なし */
	BLANK_REFUSED,    /* 答えない */
	BLANK_UNKNOWN,    /* 不明 */
	BLANK_COUNT
};
const char *blank_code(enum blank_kind b);  /* "unanswered" "na" "refused" "unknown"; static; "" for a value */
const char *blank_label(enum blank_kind b); /* 未記入 …; static */
bool blank_parse(const char *code, enum blank_kind *out);

struct answer {
	enum blank_kind blank;
	const char *text;     /* TEXT MEMO REF IMG: the text; CODE: the code; else NULL */
	const char *marked;   /* 見え消し for paper (form/mark.h); NULL = text as it is */
	int64_t num;          /* INT; DEC scaled; BOOL 0/1; DATE civil; YM; TIME; CODE: index of the option */
	uint64_t set;         /* CODES: bit i = options[i] */
	struct era_date part; /* PARTIAL_DATE: the words as typed, and the days they can mean */
	struct answers **rows; /* LIST */
	size_t n_rows;
};

struct answers {
	struct arena *arena;
	const struct form_def *def;
	const struct form_item *items; /* of this level: def->items, or a list's children */
	size_t n;
	struct answer *a;              /* n of them */
};

struct answers *answers_new(struct arena *a, const struct form_def *d); /* all 未記入, lists without rows */
struct answers *answers_copy(struct arena *a, const struct answers *from);

/* Reading. path: "kcl01" or "med.0.when". NULL if there is no such item or row. */
const struct answer *answers_get(const struct answers *as, const char *path);
const struct form_item *answers_item(const struct answers *as, const char *path);
bool answers_has(const struct answers *as, const char *path); /* a value, not a blank */
const char *answers_text(const struct answers *as, const char *path); /* as shown to people: answer_show; "" if blank */
int64_t answers_num(const struct answers *as, const char *path, int64_t if_blank);

/* Writing. Each refuses a wrong type or an unknown path with ERR_FORM_FIELD. Rows of lists come into being up to
 * max_rows. answers_set reads the text a person or a file gave and is the one all other edges use:
 * BOOL "true"/"false"/"Y"/"N"/code, CODE the code, CODES codes with commas, dates ISO or Japanese, numbers in either
 * width; "" is 未記入; "blank:na" etc. the other kinds. ERR_* of the value is returned, nothing is collected. */
MUST err answers_set(struct answers *as, const char *path, const char *text);
MUST err answers_set_blank(struct answers *as, const char *path, enum blank_kind b);
MUST err answers_set_text(struct answers *as, const char *path, const char *text); /* TEXT MEMO REF IMG, taken as it is */
/* Words of which some are struck through; TEXT and MEMO. */
MUST err answers_set_marked(struct answers *as, const char *path, const struct mark_step *steps, size_t n);
MUST err answers_set_int(struct answers *as, const char *path, int64_t v);         /* INT, DEC scaled, BOOL, YM, TIME */
MUST err answers_set_date(struct answers *as, const char *path, civil day);        /* DATE, PARTIAL_DATE */
MUST err answers_set_partial(struct answers *as, const char *path, const struct era_date *p);
MUST err answers_set_code(struct answers *as, const char *path, const char *code); /* CODE; CODES: adds it */

/* From a POST: names are paths ("kcl01", "med.0.when"), CODES may come several times, "<path>.blank" carries a kind
 * of blank, "<list>.rows" nothing. Names of the form "x.y" with unknown x are refused (ERR_FORM_FIELD); names that
 * start with "_" (form token and the like) are skipped. Every fault is collected in c; text that could not be read
 * is kept in *typed (path → text) so that the page can show it again. Rows that are wholly empty are dropped. */
struct form_field {
	const char *name, *value;
};
struct form_typed {
	struct form_field *fields;
	size_t n;
};
MUST err answers_read(struct ctx *c, const struct form_def *d, const struct form_field *fields, size_t n,
	struct answers **out, struct form_typed *typed);

/* Required, conditions, lengths, checks of rules.json; faults collected, warnings too if w is not NULL. draft = true
 * leaves out what is merely missing. */
struct form_warning {
	const char *field, *rule, *message;
};
struct form_warnings {
	struct form_warning *w;
	size_t n, cap;
};
MUST err answers_validate(struct ctx *c, const struct answers *as, bool draft, struct form_warnings *w);
bool answers_shown(const struct answers *as, const struct form_item *it, civil today); /* shown_when holds or may hold */

/* What a person reads: 「はい」「令和8年4月1日」「昭和20年頃」(as typed)「53.4」; kinds of blank by label, 未記入 as "". */
const char *answer_show(struct arena *a, const struct form_item *it, const struct answer *v);
/* What a form field holds: ISO dates, codes, plain digits; "" for blanks. */
const char *answer_field(struct arena *a, const struct form_item *it, const struct answer *v);

/* Which items moved between two answers of one form (perhaps two versions of it: matched by path). Lists row by row. */
struct answer_diff {
	const char *path;             /* "med.0.when" */
	const struct form_item *item;
	const struct answer *before, *after; /* NULL: no such row or item on that side */
};
size_t answers_diff(struct arena *a, const struct answers *before, const struct answers *after, struct answer_diff **out);
bool answers_equal(const struct answers *x, const struct answers *y);

/* The stored form: {"form","version","sha256","answers":{…}}; 未記入 items are left out. Reading refuses unknown
 * items and wrong types (ERR_JSON, *why in Japanese). */
struct json *answers_to_json(struct arena *a, const struct answers *as);
MUST err answers_from_json(struct arena *a, const struct form_def *d, const struct json *v, struct answers **out, const char **why);

#endif
