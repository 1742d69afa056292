/* rehab_own — what the files of care/rehab_* share. For care/ alone. Tests: tests/unit/test_care_rehab.c. */
#ifndef TSU_CARE_REHAB_OWN_H
#define TSU_CARE_REHAB_OWN_H

#include "base/ctx.h"

MUST err rehab_same_person(struct ctx *c, int64_t a, int64_t b); /* ERR_NOTFOUND: two people */
MUST err rehab_number(struct ctx *c, const char *id, int *n);    /* of law/numbers.tsv, today */
const char *rehab_type_label(struct ctx *c, const char *code);   /* of a service; "" */

#endif
