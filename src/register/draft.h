/* draft — what somebody has typed and not yet saved (F139; U18–U20). It lives on the server, so it survives a closed
 * tab, a dead PC and the end of the session. Opening a page writes nothing; only draft_save does.
 *
 * A draft is seen by its owner alone. A supervisor may hand drafts of the own organisation over to a colleague who may
 * write that person's records: the supervisor sees whose and what about, never the text. Saved text is kept as typed,
 * with no check but its size. Which of two texts is newer is told by instants of the server alone (seen_ms), never by the
 * clock of a PC: a writer that does not know the stored draft gets ERR_CONFLICT instead of writing over it. When the record is saved, the writer calls draft_discard in the same transaction.
 * Limits: 200 kB of fields a draft, 200 drafts an account (the save is refused with a sentence, nothing is dropped).
 * Ownership: arena. Errors: ERR_LIMIT, ERR_NOTFOUND, ERR_DENIED, ERR_NOT_UTF8, ERR_JSON, ERR_CONFLICT.
 * Tests: tests/unit/test_register_b_flow.c.
 */
#ifndef TSU_REGISTER_DRAFT_H
#define TSU_REGISTER_DRAFT_H

#include "base/ctx.h"

#define DRAFT_MAX_BYTES (200 * 1024)
#define DRAFT_MAX_COUNT 200

struct draft {
	int64_t id, account_id;
	const char *pid;
	const char *key;          /* page and record, e.g. "person/<pid>/basic"; ≤ 200 bytes */
	const char *title;        /* what it is, for the list; no client's name */
	int64_t subject_person_id;/* 0 = none */
	int record_class;         /* class bit of what is being written; 0 = none */
	const char *fields;       /* JSON object: input name → text as typed */
	const char *focus;        /* the input and line the caret was on; may be NULL */
	int64_t base_version;     /* version of the record the typing started from; 0 = a new record */
	int64_t created_ms, updated_ms; /* updated_ms grows with every save, also within one millisecond */
	int64_t seen_ms;          /* draft_save only: updated_ms of the draft this text follows; 0 = knows of none, INT_NULL = whatever is stored */
	int64_t from_account_id;  /* who typed it, after a hand-over; 0 = the owner */
	int64_t handed_ms;        /* INT_NULL = never */
};

/* Insert or replace the actor's draft of d->key. On OK d->id, pid and updated_ms are filled. ERR_CONFLICT: the stored draft is
 * another than d->seen_ms says; nothing is written. A draft that is gone meanwhile is begun anew. */
MUST err draft_save(struct ctx *c, struct draft *d);
/* The actor's own draft; *found false = none. A draft that was handed over to the actor asks the gate of its person. */
MUST err draft_get(struct ctx *c, const char *key, struct draft *out, bool *found);
MUST err draft_list(struct ctx *c, struct draft **v, size_t *n); /* own, newest first; fields are NULL */
MUST err draft_discard(struct ctx *c, const char *key); /* no error if there is none */

/* Supervisors (policy_may_manage_accounts_of): drafts of an organisation's accounts, without their text. */
MUST err draft_list_org(struct ctx *c, int64_t org_id, struct draft **v, size_t *n);
/* To another active account of the same organisation. If that account has a draft of the same key, the handed one gets
 * the key with "#2" and so on: nothing is overwritten. */
MUST err draft_hand_over(struct ctx *c, const char *pid, int64_t to_account_id);

#endif
