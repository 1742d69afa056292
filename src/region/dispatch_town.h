/* dispatch_town — what a municipality keeps for the programme: outline, released examples (C-212), and the centres that do no joint work
 * with the reasons, the plan to start and the coordinator's contact (C-202).
 *
 * Gate: outline and released examples — anybody logged in of the municipality; writing the outline — the insurer and the body that runs it;
 * an example — its writer (a centre or the town), releasing — the town; non-use — the centre its own, the town all. Ownership: arena.
 * Errors: faults by column name, ERR_CONFLICT, ERR_NOTFOUND, ERR_DENIED. Tests: tests/unit/test_region_dispatch.c.
 */
#ifndef TSU_REGION_DISPATCH_TOWN_H
#define TSU_REGION_DISPATCH_TOWN_H

#include "sql/tables.h"
#include "store/revision.h"

struct dispatch_programme_view {
	struct t_dispatch_programme row;   /* id 0: nothing is written yet */
	const char *insurer_pid, *insurer_name, *runner_name;
	bool may_write;
};
/* Of the actor's municipality; found false without one. */
MUST err dispatch_programme_get(struct ctx *c, struct dispatch_programme_view *out);
MUST err dispatch_programme_save(struct ctx *c, struct t_dispatch_programme *row, struct row_conflict **conflict);

struct dispatch_example_view {
	struct t_dispatch_example row;
	const char *org_name;
	bool may_write, may_release;
};
/* Released ones of the municipality, and those of the own organisation (the town: all), newest first. */
MUST err dispatch_example_list(struct ctx *c, struct dispatch_example_view **v, size_t *n);
MUST err dispatch_example_get(struct ctx *c, const char *pid, struct dispatch_example_view *out);
MUST err dispatch_example_init(struct ctx *c, const char *dispatch_pid /* "" */, struct t_dispatch_example *row);
MUST err dispatch_example_save(struct ctx *c, struct t_dispatch_example *row, struct row_conflict **conflict);
MUST err dispatch_example_release(struct ctx *c, const char *pid, bool released);
MUST err dispatch_example_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);
MUST err dispatch_example_count(struct ctx *c, int64_t *n); /* released */

struct dispatch_nonuse_view {
	struct t_dispatch_nonuse row;      /* the newest of the centre; id 0 = nothing said */
	int64_t org_id;
	const char *org_pid, *org_name;
	int64_t joint;                     /* joint activities in the period asked for */
};
/* Every centre of the municipality without joint work held in the period, with what it said last; a centre sees itself. */
MUST err dispatch_nonuse_list(struct ctx *c, civil from, civil to, struct dispatch_nonuse_view **v, size_t *n);
MUST err dispatch_nonuse_get(struct ctx *c, const char *pid, struct dispatch_nonuse_view *out);
MUST err dispatch_nonuse_init(struct ctx *c, int64_t org_id /* 0 = the actor's */, struct t_dispatch_nonuse *row);
MUST err dispatch_nonuse_save(struct ctx *c, struct t_dispatch_nonuse *row, struct row_conflict **conflict); /* contact_due_on: a task of the coordinator */
MUST err dispatch_nonuse_contact(struct ctx *c, const char *pid, civil on, const char *note); /* closes the task */

#endif
