/* person_row — from what a page sent to a row of table person, and back. For register/ alone.
 * Ownership: arena. Tests: tests/unit/test_register_a.c. */
#ifndef TSU_REGISTER_PERSON_ROW_H
#define TSU_REGISTER_PERSON_ROW_H

#include "register/person.h"
#include "sql/tables.h"

/* Checks everything, collects all faults (ERR_INPUT) and fills the row's columns that a page may set, the derived ones
 * too. The areas are found from the address unless they are given. id, version, cluster and own_org are left alone. */
MUST err person_row_fill(struct ctx *c, const struct person_input *in, struct t_person *r);
/* The record as the callers see it; areas with their names. */
MUST err person_of_row(struct ctx *c, const struct t_person *r, struct person *out);

#endif
