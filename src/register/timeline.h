/* timeline — the one time line of a person across organisations (F019): 相談, 経過, 会議, 計画, 連絡, 文書, 認定, 同意 …
 *
 * Every writer of a record calls timeline_add in the record's own transaction; the entry carries the record's class, so
 * the list shows to each reader exactly what the reader may open. Saving the same record again replaces its entry
 * (same table, row, kind and person). Titles and summaries never say more than the class of the entry allows.
 * Reads: class gate per row (scope_row), by cluster, newest first, keyset pages. 2,000 entries: one page of 50 < 5 ms.
 * Ownership: arena. Errors: of policy_check. Tests: tests/unit/test_register_b_flow.c.
 */
#ifndef TSU_REGISTER_TIMELINE_H
#define TSU_REGISTER_TIMELINE_H

#include "base/ctx.h"

/* KIND(code, label): register/timeline.tbl.h */
const char *timeline_kind_label_ja(const char *kind); /* static; "" if unknown */
size_t timeline_kind_count(void);
const char *timeline_kind_code(size_t i); /* static */

struct timeline_new {
	int64_t person_id;
	int64_t at_ms;           /* when it happened; 0 = take at_on */
	civil at_on;             /* used when at_ms is 0: 00:00 JST of the day; both empty = now */
	const char *kind;        /* a code of timeline.tbl.h */
	int record_class;        /* one class bit */
	int64_t org_id;          /* 0 = the actor's organisation */
	const char *title;       /* one line */
	const char *summary;     /* may be NULL */
	const char *table_name;  /* the record behind it */
	int64_t row_id;
	const char *row_pid;     /* for the link; may be NULL */
};
/* Inside the transaction of the record. Passes no gate of its own: the record's writer has. */
MUST err timeline_add(struct ctx *c, const struct timeline_new *in);
/* The record was saved again: its line counts as changed though it may say the same. Inside the transaction of the record. */
MUST err timeline_touch(struct ctx *c, const char *table_name, int64_t row_id);
/* The record went to the bin or came back. */
MUST err timeline_hide(struct ctx *c, const char *table_name, int64_t row_id, bool hidden);

/* One kind of entry of a record that may have several: a withdrawal that was taken back. */
MUST err timeline_hide_kind(struct ctx *c, const char *table_name, int64_t row_id, const char *kind, bool hidden);

struct timeline_filter {
	int64_t person_id;
	int64_t org_id;          /* 0 = all */
	const char *kind;        /* NULL = all */
	int record_class;        /* 0 = all the reader may see */
	civil from_on, to_on;    /* CIVIL_NONE = open; inclusive. Remember: a zeroed filter means 1970-01-01, use TIMELINE_ALL */
	bool fresh;              /* only what is new to the actor (register/seen) */
	int64_t before_ms, before_id; /* keyset: the last entry of the page before; 0 = first page */
	int limit;               /* 1..200; 0 = 50 */
};
#define TIMELINE_ALL(person) {.person_id = (person), .from_on = CIVIL_NONE, .to_on = CIVIL_NONE}

struct timeline_entry {
	int64_t id, person_id, at_ms;
	civil on_day;
	const char *kind;
	int record_class;
	int64_t org_id;
	const char *title, *summary, *table_name, *row_pid;
	int64_t row_id;
	int64_t created_ms, changed_ms, changed_by; /* first written; when the line last said something new, and the account behind it */
};
/* Needs the name card (ERR_NOTFOUND if the person is invisible). *more tells that another page follows. */
MUST err timeline_list(struct ctx *c, const struct timeline_filter *f, struct timeline_entry **v, size_t *n, bool *more);
struct timeline_org {
	const char *pid, *name;
};
/* The organisations behind the entries the actor may see, by name. */
MUST err timeline_orgs(struct ctx *c, int64_t person_id, struct timeline_org **v, size_t *n);
/* How many entries the filter gives; the same rows. */
MUST err timeline_count(struct ctx *c, const struct timeline_filter *f, int64_t *n);

#endif
