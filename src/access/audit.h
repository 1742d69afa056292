/* audit — who changed what, and who looked at whom; written so that tampering is found.
 *
 * Changes: one row of audit_entry per change, in the same transaction. hash = keyed BLAKE2b(previous hash, entry) with a
 * key from house.key. Ids only, never content. The last (number, hash) is also kept in DIR/audit.head after each
 * commit, and an anchor line (`tsunagi audit head`) can be printed or sent elsewhere: that finds truncation and a chain
 * recomputed by someone who holds the key.
 * Looks: DIR/access-YYYY-MM.db (month in JST), chained in itself, appended before the body is sent; denials too.
 *
 * Sources: 個人情報保護法 33条 (開示), 厚生労働省 医療情報システムの安全管理に関するガイドライン (アクセスログ).
 * Ownership: arena. Errors: ERR_AUDIT_BROKEN only from the functions that verify. Tests: tests/unit/test_access_audit.c. */
#ifndef TSU_ACCESS_AUDIT_H
#define TSU_ACCESS_AUDIT_H

#include "base/ctx.h"

/* Inside a transaction. action: "insert" "save" "retire" "restore" "revert" of row_*, or a word of the caller's
 * ("login", "export", "merge"…). person_id 0 or INT_NULL: none. */
MUST err audit_change(struct ctx *c, const char *action, const char *table, int64_t row_id, int64_t person_id);
/* Make the store call audit_change for every row_*; once per process (main, tests). */
void audit_hook_store(void);
/* DIR/audit.head := the end of the chain. audit_change has it done after each commit. */
MUST err audit_head_write(struct ctx *c);

/* The process's log of looks: opens DIR/access-YYYY-MM.db when the first look of a month is written. One per process
 * (it may be made before fork as long as nothing was looked at); house.looks. Lives in the arena; close before the arena goes. */
struct look_log;
struct look_log *look_log_new(struct arena *a, const char *data_dir);
void look_log_close(struct look_log *l); /* NULL is allowed */

/* Looks. action: "view" "list" "print" "export" "api" "denied"; what: the route's audit name. n may be 0 (nothing written). */
MUST err audit_look(struct ctx *c, const char *action, const char *what, const int64_t *person_ids, size_t n);

/* The months' files there are, oldest first ("2026-11"). Arena. */
MUST err audit_look_months(struct ctx *c, const char ***v, size_t *n);

struct audit_look_row {
	int64_t at_ms, account_id, org_id;
	const char *login, *name, *action, *what, *purpose;
	int64_t n_persons; /* 1: this person alone; more: a list */
};
/* The ids of all records merged with this one. ERR_NOTFOUND. No gate: audit_looks_of passes it for each. Arena. */
MUST err audit_person_ids(struct ctx *c, const char *person_pid, int64_t **ids, size_t *n);
/* F115: every look at the person (one id or all of a cluster), newest last, months [from, to]. */
MUST err audit_looks_of(struct ctx *c, const int64_t *person_ids, size_t n_ids, civil from, civil to,
	struct audit_look_row **v, size_t *n);

/* For the administrator: refused looks and failed logins since a day, newest first, at most `limit` of each; whom they were
 * about is not told. login "" = an unknown one. */
struct audit_denial {
	int64_t at_ms, account_id, n_persons;
	const char *login, *name, *what; /* the page's audit name; "" for a login */
};
MUST err audit_denials(struct ctx *c, civil from, int limit, struct audit_denial **v, size_t *n);
MUST err audit_login_failures(struct ctx *c, civil from, int limit, struct audit_denial **v, size_t *n);
/* Bytes of the main data file and the months' files: how long audit_verify will take. */
MUST err audit_size(struct ctx *c, int64_t *bytes);

struct audit_report {
	int64_t entries;      /* main chain */
	int64_t looks;        /* all monthly files */
	int64_t files;
	size_t n_faults;
	const char **faults;  /* Japanese, each names the file, the number and the kind; arena */
};
/* Reads all; OK also when faults were found (n_faults). anchor_file may be NULL. */
MUST err audit_verify(struct ctx *c, const char *anchor_file, struct audit_report *out);

struct audit_head {
	int64_t seq;
	char hash[65];
};
MUST err audit_head_read(struct ctx *c, struct audit_head *out);
/* "tsunagi-anchor 1 <seq> <hash> <YYYY-MM-DD>", and kept in table anchor. Arena. */
MUST err audit_anchor_make(struct ctx *c, const char *place, const char **line);

/* One line of an anchor file: true with *out; false if it is no anchor line. Pure (fuzzed). */
bool audit_anchor_parse(const char *line, struct audit_head *out);

#endif
