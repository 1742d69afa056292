/* person_area — the areas a person lives in over time, and the grants that follow from them. For register/ alone.
 *
 * The row of person_area is the reason (via) of the grants of the centres that serve the area (AREA) and of the branches
 * in it (BRANCH). All functions stand inside a transaction and pass no gate. Tests: tests/unit/test_register_a.c. */
#ifndef TSU_REGISTER_PERSON_AREA_H
#define TSU_REGISTER_PERSON_AREA_H

#include "register/territory.h"

/* From today on the person lives in these areas (INT_NULL: none). What stays is left alone. */
MUST err person_area_set(struct ctx *c, int64_t person_id, const int64_t area_id[AREA_SLOTS], bool is_manual);
/* The areas of the person's record. */
struct t_person;
void person_area_of_row(const struct t_person *p, int64_t area_id[AREA_SLOTS]);
void person_area_to_row(const int64_t area_id[AREA_SLOTS], struct t_person *p);

/* An organisation begins, or ends, to serve an area: grants of all who live there. role as in org_area. */
MUST err person_area_grants(struct ctx *c, int64_t area_id, int64_t org_id, const char *role, civil from_on, civil to_on, int64_t *n);
MUST err person_area_grants_end(struct ctx *c, int64_t area_id, int64_t org_id, const char *role, civil last_on);

#endif
