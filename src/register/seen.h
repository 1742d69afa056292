/* seen — what changed since I last looked, for each person (F145; docs/decisions/012-what-changed-since.md).
 *
 * A mark for each account and record: how far its time line has been read. A line is new to an account that has a mark if somebody else
 * wrote it, or changed what it says, after that; who never read the line of a person has no mark and is told of nothing. Marks stand
 * beside the records: they are written by a POST alone, have no history, are not in the audit chain and are shown to nobody else.
 * Only lines the actor may see count. Costs: the index of changes gives no more rows than are new; a list of people is one statement.
 * Ownership: arena. Errors: of the gate (ERR_NOTFOUND invisible). Tests: tests/unit/test_register_seen.c, tests/http/test_seen.py.
 */
#ifndef TSU_REGISTER_SEEN_H
#define TSU_REGISTER_SEEN_H

#include "register/timeline.h"

struct seen_marks {
	int64_t *person_id, *ms;  /* of the records of one cluster */
	size_t n;                 /* 0: never read */
};
MUST err seen_marks(struct ctx *c, int64_t person_id, struct seen_marks *out);
bool seen_is_new(const struct ctx *c, const struct seen_marks *m, const struct timeline_entry *e);

/* New lines of a person, the oldest change first; limit 1..200. */
MUST err seen_fresh(struct ctx *c, int64_t person_id, int limit, struct timeline_entry **v, size_t *n);
/* The newest change the actor may see of a person; 0: nothing. What a page shows as a whole is read up to there. */
MUST err seen_newest(struct ctx *c, int64_t person_id, int64_t *ms);

/* Read up to there (an instant that seen_newest or an entry said); a mark never goes back, nor beyond now. */
MUST err seen_mark(struct ctx *c, const char *person_pid, int64_t upto_ms);

struct seen_person {
	int64_t cluster_id;       /* the person in front */
	const char *pid, *name;
	int64_t n, newest_ms;     /* new lines, the newest change among them */
};
struct seen_filter {
	int64_t staff_id;         /* INT_NULL: the whole organisation's people; else those in this person's charge, and the account's pins */
	int64_t offset, limit;    /* limit 0 = 500 */
};
/* People of the actor's work (running cases, 担当, pins) with new lines, the newest change first. */
MUST err seen_people(struct ctx *c, const struct seen_filter *f, struct seen_person **v, size_t *n);
MUST err seen_people_count(struct ctx *c, const struct seen_filter *f, int64_t *n);
/* New lines of one of these people; 0 if none. */
int64_t seen_of(const struct seen_person *v, size_t n, int64_t cluster_id);

#endif
