/* What the parts of care/evaluate share. For care/evaluate*.c alone. */
#ifndef TSU_CARE_EVALUATE_OWN_H
#define TSU_CARE_EVALUATE_OWN_H

#include "care/evaluate.h"

bool evaluate_is_prevention(const struct t_evaluation *r);
/* Time line, 支援経過, tasks. Inside the save's transaction. */
MUST err evaluate_follow(struct ctx *c, const struct evaluate_tree *t);

#endif
