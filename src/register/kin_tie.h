/* kin_tie — ties between two relatives of a client, and the place of one among brothers and sisters (F034). Class family.
 *
 * The register tells relations to the client alone; whose child a grandchild is, whom a child married and in which order
 * stands here. NULL for one of the two means the client. relation ids must be relations of the same client.
 * Errors: ERR_NOT_CHOICE, ERR_PERIOD_ORDER, ERR_NOTFOUND, of policy_check. Tests: tests/unit/test_care_drawing.c. */
#ifndef TSU_REGISTER_KIN_TIE_H
#define TSU_REGISTER_KIN_TIE_H

#include "register/gen.h"

extern const struct gen_kind GEN_KIN_TIE, GEN_KIN_PLACE;
GEN_FACE(kin_tie, t_kin_tie);
GEN_FACE(kin_place, t_kin_place);

GEN_CHOICES(kin_tie_kind_choices);

/* Is this the relation of the person or of one merged with them? ERR_NOTFOUND if not. */
MUST err kin_own_relation(struct ctx *c, int64_t person_id, int64_t relation_id);

#endif
