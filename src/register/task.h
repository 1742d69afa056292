/* task — 今日の仕事 (F018, F122): what has to be done, by whom, until when, and why it is here.
 *
 * A task belongs to an organisation, may be given to one of its staff, and may be about a person, a consultation or
 * neither. Who may see the record class of the person sees the task; tasks without a person are seen by the
 * organisation that owns them, those of a matter of rights protection by who sees the matter: its team alone. Every number on the first page is task_count of the very filter that task_list takes,
 * so the number and the rows behind its link cannot differ.
 * Days are civil; overdue = due_on before today. Ownership: arena.
 * Errors: ERR_REQUIRED, ERR_NOT_CHOICE, ERR_NOTFOUND, ERR_DENIED, ERR_CONFLICT (somebody was faster).
 * Tests: tests/unit/test_register_b_flow.c.
 */
#ifndef TSU_REGISTER_TASK_H
#define TSU_REGISTER_TASK_H

#include "store/revision.h"

/* TASK_KIND(code, label): register/task.tbl.h */
const char *task_kind_label_ja(const char *kind); /* static; "" if unknown */
size_t task_kind_count(void);
const char *task_kind_code(size_t i); /* static */

struct task_new {
	const char *kind;
	int64_t person_id;         /* 0 = none */
	int64_t consult_id;        /* 0 = none */
	int record_class;          /* one class bit */
	int64_t org_id;            /* 0 = the actor's; another organisation's: a task sent there */
	int64_t assignee_staff_id; /* 0 = anybody in the organisation */
	civil due_on;              /* CIVIL_NONE = no limit */
	const char *title;         /* one line */
	const char *reason;        /* plain words: the rule or the record; may be NULL */
	const char *table_name;    /* the record behind it; may be NULL */
	int64_t row_id;
	const char *row_pid;       /* for the link; may be NULL */
};
/* Inside a transaction. An open task of the same kind, record and organisation is renewed instead of doubled.
 * Gate: none of its own when called by the writer of the record; *id may be NULL. */
MUST err task_put(struct ctx *c, const struct task_new *in, int64_t *id);
/* The record behind it is settled: closes its open tasks (kind NULL = all kinds). Inside a transaction. */
MUST err task_settle(struct ctx *c, const char *table_name, int64_t row_id, const char *kind, const char *note);

/* By hand, from a page: gate WRITE on the task's class (person) or own organisation. */
MUST err task_add(struct ctx *c, const struct task_new *in, const char **pid);
MUST err task_done(struct ctx *c, const char *pid, const char *note);
MUST err task_waive(struct ctx *c, const char *pid, const char *note); /* note is required */
MUST err task_reopen(struct ctx *c, const char *pid);
MUST err task_assign(struct ctx *c, const char *pid, int64_t staff_id /* 0 = anybody */);
MUST err task_set_due(struct ctx *c, const char *pid, civil due_on, const char *why);

/* One filter for the list and for the number. TASK_OPEN() gives all open ones of the actor's organisation. */
struct task_filter {
	int64_t org_id;            /* 0 = the actor's */
	int64_t assignee_staff_id; /* 0 = all */
	bool unassigned;           /* only those nobody has */
	int64_t person_id;         /* 0 = all */
	int64_t consult_id;        /* 0 = all */
	const char *kind;          /* NULL = all */
	const char *state;         /* NULL = open */
	civil due_from, due_to;    /* CIVIL_NONE = open end; inclusive; tasks without a day drop out when one is set */
	int limit, offset;         /* list only; 0 = 50 */
};
#define TASK_OPEN() {.due_from = CIVIL_NONE, .due_to = CIVIL_NONE}

struct task_row {
	int64_t id, version, person_id /* 0 none */, consult_id /* 0 none */, org_id, assignee_staff_id /* 0 none */, row_id;
	const char *pid, *kind, *state, *title, *reason, *table_name, *row_pid, *done_note;
	const char *person_pid, *person_name; /* "" if none */
	int record_class;
	civil due_on;
	bool overdue;
	int64_t done_ms; /* INT_NULL if not done */
};
MUST err task_list(struct ctx *c, const struct task_filter *f, struct task_row **v, size_t *n);
MUST err task_count(struct ctx *c, const struct task_filter *f, int64_t *n);
MUST err task_find(struct ctx *c, const char *pid, struct task_row *out);

/* The numbers of the first page, each with its filter to build the link from. */
struct task_number {
	const char *code, *label; /* static: overdue today week unassigned mine all */
	struct task_filter filter;
	int64_t n;
};
#define TASK_NUMBERS 6
MUST err task_numbers(struct ctx *c, struct task_number out[TASK_NUMBERS]);
/* The filter of one number by its code, for the page behind the link; ERR_NOTFOUND if unknown. */
MUST err task_number_filter(const struct ctx *c, const char *code, struct task_filter *out);

#endif
