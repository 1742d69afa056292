/* dispatch_pool — who can be sent: therapists of an organisation, their areas, days and hours, and the fee (F080; C-196).
 *
 * A therapist can go on a day that the weekly pattern or a single day names, unless a day off takes it away or an open offer or accepted
 * dispatch is there already at that time. No area listed = every area.
 * Gate: read — the own organisation, and everybody who may ask or coordinates in its municipality; write — the own organisation, the
 * fee: the insurer and the administrator. Units: civil days, "HH:MM", yen per dispatch. Ownership: arena.
 * Errors: faults by column name, ERR_PERIOD_ORDER, ERR_PERIOD_OVERLAP (fee), ERR_CONFLICT, ERR_NOTFOUND, ERR_DENIED.
 * Tests: tests/unit/test_region_dispatch.c.
 */
#ifndef TSU_REGION_DISPATCH_POOL_H
#define TSU_REGION_DISPATCH_POOL_H

#include "sql/tables.h"
#include "store/revision.h"

enum { DISPATCH_AREAS = 64, DISPATCH_DAYS = 14, DISPATCH_WEEK = 7 };

struct dispatch_hours {
	const char *from, *to;     /* "13:00"; "" both = not that day */
};
struct dispatch_therapist_view {
	struct t_dispatch_therapist row;
	const char *org_pid, *org_name, *staff_pid, *staff_name;
	int64_t areas[DISPATCH_AREAS];
	size_t n_areas;
	const char *area_names;    /* 「みなみ、きた」; "" = every area */
	struct dispatch_hours week[DISPATCH_WEEK]; /* Monday first */
	bool may_write;
};
void dispatch_therapist_init(struct ctx *c, struct dispatch_therapist_view *v); /* of the actor's organisation */
MUST err dispatch_therapist_get(struct ctx *c, const char *pid, struct dispatch_therapist_view *out);
/* The row, its areas and its week in one. row.id 0 = new. */
MUST err dispatch_therapist_save(struct ctx *c, struct dispatch_therapist_view *v, struct row_conflict **conflict);
MUST err dispatch_therapist_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);
/* Of one organisation, or (INT_NULL) all of the municipality the actor may ask, by organisation and name. */
MUST err dispatch_therapist_list(struct ctx *c, int64_t org_id, struct dispatch_therapist_view **v, size_t *n);

/* Single days (slot) and days off beside the week, from `from` on, by day. */
MUST err dispatch_time_list(struct ctx *c, const char *therapist_pid, civil from, struct t_dispatch_time **v, size_t *n);
MUST err dispatch_time_add(struct ctx *c, const char *therapist_pid, const char *kind, civil on, const char *from, const char *to, const char *note);
MUST err dispatch_time_remove(struct ctx *c, const char *therapist_pid, const char *pid);

struct dispatch_free {
	int64_t therapist_id, org_id;
	const char *therapist_pid, *name, *profession, *org_name, *area_names;
	struct dispatch_hours day[DISPATCH_DAYS]; /* from the first day asked for */
	int64_t load;              /* dispatches accepted or offered from 28 days before to 28 days after the first day */
	bool any;                  /* free on at least one of the days */
};
/* Who can go in the DISPATCH_DAYS days from `from` on. area_id INT_NULL and profession "" = any. */
MUST err dispatch_free_list(struct ctx *c, int64_t area_id, const char *profession, civil from, struct dispatch_free **v, size_t *n);

/* Yen per dispatch to the organisation on the day; INT_NULL if the insurer has set none. */
MUST err dispatch_fee_on(struct ctx *c, int64_t insurer_org_id, int64_t org_id, civil on, int64_t *yen);
struct dispatch_fee_view {
	struct t_dispatch_fee row;
	const char *org_name;      /* "" = all others */
};
MUST err dispatch_fee_list(struct ctx *c, int64_t insurer_org_id, struct dispatch_fee_view **v, size_t *n);
MUST err dispatch_fee_get(struct ctx *c, const char *pid, struct t_dispatch_fee *out);
MUST err dispatch_fee_save(struct ctx *c, struct t_dispatch_fee *row, struct row_conflict **conflict);
MUST err dispatch_fee_retire(struct ctx *c, const char *pid, const char *reason);

#endif
