/* ctx — what every function of the house knows about the act it serves: who acts, for which organisation and
 * purpose, when, with whose memory, on which connection, and where input faults are collected.
 *
 * One ctx lives for one request, one command or one slice of a job. Nothing below main/ and web/server reads a
 * clock: `now_ms` and `today` are given. `may` is the policy of the actor, worked out once by access/policy:
 * for each record class and action the set (bit mask) of relations that permit it; the SQL scope binds it.
 * Ownership: all pointers are borrowed from the maker of the ctx. Tests: tests/unit/test_base.c.
 */
#ifndef TSU_BASE_CTX_H
#define TSU_BASE_CTX_H

#include "base/arena.h"
#include "base/civil.h"
#include "base/err.h"

enum record_class_bit {
#define CLASS(name, bit, code, label) CLASS_##name = (bit),
#include "base/classes.tbl.h"
#undef CLASS
};
enum record_class_index {
#define CLASS(name, bit, code, label) CLASS_I_##name,
#include "base/classes.tbl.h"
#undef CLASS
	CLASS_COUNT
};
const char *class_label_ja(int class_bit); /* static; "" if unknown */
const char *class_code(int class_bit);     /* static */
int class_index(int class_bit);            /* -1 if unknown */

enum action { ACTION_SEE, ACTION_WRITE, ACTION_PRINT, ACTION_EXPORT, ACTION_GIVE, ACTION_COUNT };

struct actor {
	int64_t account_id; /* 0: nobody logged in */
	int64_t staff_id;
	int64_t org_id;
	int role;            /* access/policy's enum role; 0: none */
	uint32_t role_class; /* access/policy's role class bit; filled by policy_load */
	bool system;         /* the audited console user or a house job acting for all (export, migrate, demo) */
	const char *login;   /* for the audit; never a client's name */
	const char *purpose; /* e.g. "page", "job:print", "cli:export" */
};

struct fault {
	const char *field;   /* the input's name; "" for the whole form */
	err code;
	const char *message; /* plain Japanese, names the field and the mend; arena */
	const char *offer;   /* a value to offer instead (ISO or as typed), or NULL; arena */
};

struct db;    /* store/db.h */
struct house; /* process-wide read-only catalogues (forms, fold tables, law); main/ fills it */

struct ctx {
	struct arena *arena;
	struct db *db;
	const struct house *house;
	struct actor actor;
	uint32_t may[CLASS_COUNT][ACTION_COUNT]; /* masks of relations */
	uint32_t may_own[ACTION_COUNT];          /* mask of class bits allowed on records without a person that the actor's organisation owns */
	int64_t now_ms;
	civil today;
	struct fault *faults;
	size_t n_faults, cap_faults;
	const char *request_id; /* for the log; never personal */
	int tx_depth;           /* store/tx: 0 outside a transaction */
	err tx_doom;            /* store/tx: a joined part failed, so the whole rolls back */
	struct tx_note *tx_notes; /* store/tx: what to put back or to do when it ends */
	bool tx_view;           /* store/tx: statements outside a transaction read one state of the data */
};

/* A ctx with a clock and memory and nobody logged in. */
void ctx_init(struct ctx *c, struct arena *a, int64_t now_ms);

/* Collect an input fault; the message is printf-formatted Japanese, NULL takes the table's sentence and mend.
 * Returns code, so that `return fault_add(...)` reads well. */
err fault_add(struct ctx *c, const char *field, err code, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* Give the last fault a value to offer. */
void fault_offer(struct ctx *c, const char *value);
const struct fault *fault_of(const struct ctx *c, const char *field); /* NULL if none */
void fault_clear(struct ctx *c);

#endif
