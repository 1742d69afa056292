/* door — how a process gets from a data folder to a house with key, log of looks and database.
 *
 * DIR/ (0700) holds tsunagi.db, house.key, audit.head, access-YYYY-MM.db, `demo` if it is a demo folder,
 * `outside` if it is an outside front. Order: door_make
 * once (init, demo) → door_house → door_db (after fork, one per process; it is closed with door_close).
 * Ownership: house parts live in the arena. Errors: ERR_IO, ERR_KEY, ERR_DB, ERR_UNIQUE (a house is there already).
 * Tests: tests/unit/test_access.c. */
#ifndef TSU_ACCESS_DOOR_H
#define TSU_ACCESS_DOOR_H

#include "base/ctx.h"
#include "base/house.h"

/* Make the folder, the key and an empty database (the caller migrates). */
MUST err door_make(const char *data_dir, bool demo);
/* The same for the host that the world sees: marked as outside, so that no account can be made and only links are served. */
MUST err door_make_outside(const char *data_dir);
/* Fills key, looks, data_dir and demo of *h, sets the store's change hook, readies credential. */
MUST err door_house(struct arena *a, const char *data_dir, struct house *h);
MUST err door_db(const struct house *h, struct db **out);
void door_close(const struct house *h, struct db *db); /* both may be NULL */

#endif
