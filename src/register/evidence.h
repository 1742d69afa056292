/* evidence — 証拠記録: the one input of the law evaluators. Record codes and their required fields are those of the
 * reference rules §0.3, kept as data in register/evidence.tbl.h.
 *
 * Each context writes evidence in the transaction of its record; the same record and code again replaces the row, and what it said until
 * then goes to evidence_past (so do rows dropped or hidden), so that "as known on a day" can be asked. The
 * body is a JSON object holding exactly the fields the code asks for; a field that is missing is an error of the
 * program (ERR_BUG), an empty one is a fact the evaluators judge.
 * Cursor: rows in the order (person, code, day, id), arena rewound after each; only classes the actor may see; the
 * house's own jobs (actor.system) see all. Tests: tests/unit/test_register_b_flow.c.
 */
#ifndef TSU_REGISTER_EVIDENCE_H
#define TSU_REGISTER_EVIDENCE_H

#include "base/ctx.h"
#include "store/table.h"

enum { EVIDENCE_NO_ORG = -1 };
struct evidence_new {
	const char *code;        /* "REC-CERT" … */
	int64_t person_id;       /* 0 = none (REC-STAFF, REC-COMM) */
	int64_t org_id;          /* 0 = the actor's; EVIDENCE_NO_ORG: of no organisation (a certification, a consent) */
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
/* All that a record says: these rows (table_name and row_id of each may be left out) are added or changed, its other codes dropped. Not alive
 * (in the bin, not confirmed): hidden, and what is kept stays as it was first written. The one form of a writer. */
MUST err evidence_set(struct ctx *c, const char *table_name, int64_t row_id, const struct evidence_new *v, size_t n, bool alive);

/* ---- writers: record → evidence, from the record alone ------------------------------------------------------------------
 * Every table whose records write evidence names its function once at start (register_start, care_start). The saves of the record call
 * the same function, the bin calls it when a record comes back, and care/evidence_rebuild proves with it that table and records agree. */
typedef err evidence_writer(struct ctx *c, int64_t row_id);
void evidence_on_write(const struct table_desc *table, evidence_writer *fn); /* for start-up */
size_t evidence_writer_count(void);
const struct table_desc *evidence_writer_at(size_t i, evidence_writer **fn);
/* The writer of the table; without one the rows are only shown or hidden. Inside a transaction. */
MUST err evidence_write(struct ctx *c, const struct table_desc *table, int64_t row_id, bool alive);

/* Rows of one record as they stand, hidden ones too, by code. */
struct evidence_own {
	int64_t person_id /* 0 none */, org_id;
	const char *code, *body;
	int record_class;
	civil on_day;
	bool hidden;
};
MUST err evidence_of_row(struct ctx *c, const char *table_name, int64_t row_id, struct evidence_own **v, size_t *n);

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
