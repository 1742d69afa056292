/* evidence — 証拠記録: the one input of the law evaluators. Record codes and their required fields are those of the
 * reference rules §0.3, kept as data in register/evidence.tbl.h.
 *
 * Each context writes evidence in the transaction of its record; the same record and code again replaces the row. The
 * body is a JSON object holding exactly the fields the code asks for; a field that is missing is an error of the
 * program (ERR_BUG), an empty one is a fact the evaluators judge.
 * Cursor: rows in the order (person, code, day, id), arena rewound after each; only classes the actor may see; the
 * house's own jobs (actor.system) see all. Tests: tests/unit/test_register_b_flow.c.
 */
#ifndef TSU_REGISTER_EVIDENCE_H
#define TSU_REGISTER_EVIDENCE_H

#include "base/ctx.h"

struct evidence_new {
	const char *code;        /* "REC-CERT" … */
	int64_t person_id;       /* 0 = none (REC-STAFF, REC-COMM) */
	int64_t org_id;          /* 0 = the actor's */
	int record_class;        /* one class bit */
	civil on_day;            /* the day that counts */
	const char *table_name;
	int64_t row_id;
	const char *body;        /* JSON object; keys: evidence_fields(code) */
};
/* A body from typed fields: 't' text, 'd' day (null if none), 'b' yes/no, 'n' number (null if INT_NULL). Arena. */
struct evidence_field {
	const char *name;
	char type;
	const char *text;
	civil day;
	bool yes;
	int64_t number;
};
const char *evidence_body(struct ctx *c, const struct evidence_field *f, size_t n);

/* Inside the transaction of the record; no gate of its own. */
MUST err evidence_add(struct ctx *c, const struct evidence_new *in);
/* The record does not bear this code any more (its kind changed). Inside its transaction. */
MUST err evidence_drop(struct ctx *c, const char *table_name, int64_t row_id, const char *code);
MUST err evidence_hide(struct ctx *c, const char *table_name, int64_t row_id, bool hidden);

struct evidence_row {
	int64_t id, person_id /* 0 none */, org_id, recorded_ms, row_id;
	const char *code, *table_name, *body;
	int record_class;
	civil on_day;
};
struct evidence_filter {
	int64_t person_id;       /* 0 = all the actor may see */
	const char *code;        /* NULL = all */
	civil from_on, to_on;    /* CIVIL_NONE = open; inclusive */
	int64_t known_ms;        /* only what was recorded up to then; 0 = all */
};
#define EVIDENCE_ALL() {.from_on = CIVIL_NONE, .to_on = CIVIL_NONE}
MUST err evidence_cursor(struct ctx *c, const struct evidence_filter *f,
	err (*fn)(struct ctx *c, const struct evidence_row *row, void *arg), void *arg);

/* Names of the required fields of a code, blank-separated; NULL if the code is unknown. Static. */
const char *evidence_fields(const char *code);
const char *evidence_label_ja(const char *code); /* static; "" if unknown */

#endif
