/* ecomap — what stands around a client and how it is tied (F035): rows with dates. Class family.
 * Errors: ERR_REQUIRED, ERR_NOT_CHOICE, ERR_PERIOD_ORDER, ERR_NOTFOUND, of policy_check. Tests: tests/unit/test_care_drawing.c. */
#ifndef TSU_REGISTER_ECOMAP_H
#define TSU_REGISTER_ECOMAP_H

#include "register/gen.h"

extern const struct gen_kind GEN_ECOMAP_NODE, GEN_ECOMAP_TIE;
GEN_FACE(ecomap_node, t_ecomap_node);
GEN_FACE(ecomap_tie, t_ecomap_tie);

GEN_CHOICES(ecomap_kind_choices);
GEN_CHOICES(ecomap_strength_choices);
GEN_CHOICES(ecomap_flow_choices);

#endif
