/* house_state — the state of the house itself for 「このシステムについて」: applied versions of the data, room on the disk,
 * the last backup (`tsunagi backup` leaves DIR/backup.last). Says nothing of any person.
 * Gate: anybody logged in; the disk and the backup only an administrator (else INT_NULL). Units: bytes, ms. Ownership: arena.
 * Tests: tests/unit/test_web_pages_admin.c. */
#ifndef TSU_REGISTER_HOUSE_STATE_H
#define TSU_REGISTER_HOUSE_STATE_H

#include "base/ctx.h"

struct house_version {
	const char *name, *sha256, *program;
	int64_t applied_ms;
};

struct house_state {
	struct house_version *versions;
	size_t n_versions;
	int64_t data_bytes, free_bytes; /* the data file; free on its disk */
	int64_t backup_ms;              /* INT_NULL: never, or not known */
};

MUST err house_state(struct ctx *c, struct house_state *out);

#endif
