/* household — 世帯 as told on a day: kind, number of members, who of the related persons lives there (F012). Class family.
 * Errors: ERR_RANGE (fewer in number than named), ERR_PERIOD_*. Tests: tests/unit/test_register_b_family.c. */
#ifndef TSU_REGISTER_HOUSEHOLD_H
#define TSU_REGISTER_HOUSEHOLD_H

#include "register/relation.h"

extern const struct gen_kind GEN_HOUSEHOLD;
GEN_FACE(household, t_household);

const char *household_kind_label_ja(const char *kind);
/* The named members: ids of relations of the same client. The set replaces the old one (stable rows for those who stay). */
MUST err household_set_members(struct ctx *c, const char *pid, const int64_t *relation_ids, size_t n);
MUST err household_members(struct ctx *c, const char *pid, int64_t **relation_ids, size_t *n);

GEN_CHOICES(household_kind_choices);

#endif
