/* account — who may log in: set-up of the first administrator, invitations, stopping, renewal of secrets.
 *
 * No account exists before set-up. `tsunagi init` prints a one-time code; account_enrol with it makes the first
 * administrator. Every further account is invited (account_invite gives a one-time enrolment code to hand over) and
 * becomes usable when its owner has chosen a password and confirmed a TOTP code. Accounts unused for 90 days stop;
 * when an organisation leaves, all its accounts stop (F118). A stopped account's sessions end at once.
 * Codes are valid for 7 days (set-up: 3 days), once.
 * Gate: invite, stop, reset and list need policy_may_manage_accounts_of. Ownership: arena.
 * Errors: ERR_SETUP_CODE (unknown, used, expired: one sentence), ERR_UNIQUE (login taken), ERR_DENIED, ERR_INPUT.
 * Tests: tests/unit/test_access.c. */
#ifndef TSU_ACCESS_ACCOUNT_H
#define TSU_ACCESS_ACCOUNT_H

#include "access/credential.h"

#define ACCOUNT_UNUSED_DAYS 90
#define ACCOUNT_CODE_DAYS 7
#define ACCOUNT_SETUP_DAYS 3

struct account {
	int64_t id;
	const char *pid, *login, *name;
	int role;
	int64_t org_id;        /* 0: belongs to no organisation (system administrator) */
	int64_t staff_id;      /* INT_NULL: none */
	const char *state;     /* "invited" "active" "stopped" */
	const char *stopped_reason; /* "" "unused" "org_left" "expired", or by hand: "by_hand" "left" "moved" "lost" "review" */
	const char *text_size; /* "standard" "large" "xlarge" */
	int idle_min;          /* minutes until the idle lock */
	int list_rows;         /* rows per list page */
	civil until_on;        /* guest: last day; CIVIL_NONE = no end */
	civil used_on;         /* last day of a login; the day of creation if never */
	civil reviewed_on;     /* yearly review; CIVIL_NONE = never */
	bool has_totp;
	int64_t paper_left;    /* unused paper codes */
	int64_t version;
};

MUST err account_count(struct ctx *c, int64_t *n); /* 0: show the set-up page */
MUST err account_find(struct ctx *c, const char *pid, struct account *out);
MUST err account_find_login(struct ctx *c, const char *login, struct account *out); /* --as ACCOUNT; folded like a login */
MUST err account_org_id(struct ctx *c, const char *org_pid, int64_t *org_id); /* for the command line; ERR_NOTFOUND */
/* Display name for 「だれが」 beside a record the reader may see; "" if there is no such account. Arena. */
MUST err account_name(struct ctx *c, int64_t id, const char **name);
MUST err account_list(struct ctx *c, int64_t org_id /* INT_NULL = all the actor manages */, struct account **v, size_t *n);

/* The one-time code of `tsunagi init`; ERR_DENIED if an account exists already. Older codes end. */
MUST err account_setup_code(struct ctx *c, const char **code);

struct account_new {
	const char *login;   /* 3..32 of a-z 0-9 . _ - ; folded to small half-width letters */
	const char *name;    /* display name, ≤ 60 */
	int role;
	int64_t org_id, staff_id; /* staff_id INT_NULL if none */
	civil until_on;      /* CIVIL_NONE = no end */
};
/* May the actor give this role: an administrator every one, the head of an office those of the own kind of workplace. */
bool account_may_give_role(const struct ctx *c, int role);
/* Makes the account (state invited) and a code to hand over; faults on "login", "name", "role", "until_on". */
MUST err account_invite(struct ctx *c, const struct account_new *in, int64_t *id, const char **code);

/* Enrolment in two pages. Begin: what to show for this code (for the set-up code login and name are "" and asked).
 * Nothing is spent. */
struct enrolment {
	bool first;          /* set-up: the person also chooses login and name */
	const char *login, *name;
	const char *totp_uri, *totp_text; /* for QR and typing; uri is "" while the login is not known: use account_enrol_uri */
	uint8_t secret[CREDENTIAL_TOTP_SECRET];
};
MUST err account_enrol_begin(struct ctx *c, const char *code, const char *source, struct enrolment *out);
/* Finish: `hash` comes from credential_hash of a password that passed credential_check_password. login and name count
 * only for the set-up code. The code is spent, the account active; paper codes are given this once.
 * A wrong TOTP code spends nothing (ERR_TOTP). */
MUST err account_enrol_finish(struct ctx *c, const char *code, const char *source, const char *login, const char *name,
	const char *hash, const char *totp, int64_t *account_id, const char *paper[CREDENTIAL_PAPER_CODES]);

/* Demo and tests: an active account without the pages. Only in a data folder marked demo, or the console. */
MUST err account_make_ready(struct ctx *c, const struct account_new *in, const char *hash,
	const uint8_t secret[CREDENTIAL_TOTP_SECRET], int64_t *id);

MUST err account_stop(struct ctx *c, int64_t id, const char *reason); /* a code of those above */
const char *account_stopped_ja(const char *reason); /* static; 「停止」 if unknown */
MUST err account_resume(struct ctx *c, int64_t id);
MUST err account_stop_org(struct ctx *c, int64_t org_id, int64_t *n);   /* the organisation leaves */
MUST err account_stop_unused(struct ctx *c, int64_t *n);                /* daily job: unused 90 days, expired guests */
MUST err account_review(struct ctx *c, int64_t id);                     /* yearly review done today */
/* A new enrolment code: password and TOTP are set anew by the owner; sessions end. */
MUST err account_reset(struct ctx *c, int64_t id, const char **code);
MUST err account_set_password(struct ctx *c, int64_t id, const char *hash); /* own account only; all its sessions end */
MUST err account_paper_codes(struct ctx *c, int64_t id, const char *paper[CREDENTIAL_PAPER_CODES]); /* old ones end */

struct account_prefs {
	const char *text_size;
	int idle_min, list_rows; /* 5..120; 10..200 */
};
MUST err account_save_prefs(struct ctx *c, const struct account_prefs *in);

#endif
