/* What the parts of care/visit_plan share. For care/visit_plan*.c alone. */
#ifndef TSU_CARE_VISIT_PLAN_OWN_H
#define TSU_CARE_VISIT_PLAN_OWN_H

#include "care/visit_plan.h"

/* All faults of a plan at once, with those that the caller found in what was typed; finds its case. old: as stored, NULL = new. */
MUST err visit_check(struct ctx *c, struct t_visit_plan *row, const struct t_visit_plan *old);
/* Deadlines and meetings of times that nobody has read yet. */
MUST err visit_warn(struct ctx *c, const struct t_visit_plan *row, const struct t_visit_plan *old, const char *accepted, struct visit_warning *out);
/* The place of a new or moved plan in its day: before the first one with a later time, else at the end. */
MUST err visit_place(struct ctx *c, struct t_visit_plan *row);

#endif
