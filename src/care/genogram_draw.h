/* genogram_draw — a laid-out family as a picture with its legend. Pure. Only signs that occur stand in the legend.
 * Every person is a group whose key is people[i].key, so that a page can find the shape again.
 * Ownership: arena. Tests: tests/unit/test_care_genogram.c. */
#ifndef TSU_CARE_GENOGRAM_DRAW_H
#define TSU_CARE_GENOGRAM_DRAW_H

#include "care/genogram_layout.h"
#include "codec/draw.h"

struct drawing *geno_draw(struct arena *a, const struct geno_layout *l, const struct geno_person *people, size_t n,
                          const char *title, const char *desc);
/* 「長女、52歳、別居」: what a screen reader says of a shape. Arena. */
const char *geno_words(struct arena *a, const struct geno_person *p);
/* The two texts below a shape; name "" in the small size. Arena. */
void geno_label(struct arena *a, const struct geno_size *s, const struct geno_person *p, const char **name, const char **second);

#endif
