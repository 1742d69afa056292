/* carer — 家族介護者 and their work: occupation, hours, 介護休業 and what is left of it, strain, a possibly young carer (F012;
 * rules §6). One row per state of a carer; the carer is a relation of the client. Class family.
 * 介護休業: 93 days in all for one 対象家族 (育児・介護休業法11条・15条), dated in carer.tbl.h.
 * Errors: ERR_NOT_CHOICE, ERR_RANGE, ERR_PERIOD_*. Tests: tests/unit/test_register_b_family.c. */
#ifndef TSU_REGISTER_CARER_H
#define TSU_REGISTER_CARER_H

#include "register/gen.h"

extern const struct gen_kind GEN_CARER;
GEN_FACE(carer, t_carer);

const char *carer_works_label_ja(const char *works);
/* Days of 介護休業 that are left by the law of the day, INT_NULL if the used ones are not known. */
int64_t carer_leave_days_left(const struct t_carer *row, civil on);

GEN_CHOICES(carer_works_choices);
GEN_CHOICES(carer_employment_choices);

#endif
