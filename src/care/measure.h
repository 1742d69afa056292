/* measure — a scale filled again and again (Barthel Index, FAI): the sums over time, at the start and now (C-210). The form is data
 * (forms/barthel, forms/fai: kind answers with a score `total`), so a further scale is a folder and a line of MEASURES.
 * A sum is there only if every item is answered; the others are shown as not complete, never as 0.
 * Gate: of care/intake. Units: points. Ownership: arena. Tests: tests/unit/test_care_rehab.c. */
#ifndef TSU_CARE_MEASURE_H
#define TSU_CARE_MEASURE_H

#include "care/intake.h"

struct measure {
	const char *form_id, *label;
	int max;
};
size_t measure_count(void);
const struct measure *measure_at(size_t i);
const struct measure *measure_find(const char *form_id); /* NULL: the form is none */

struct measure_point {
	const char *pid, *org_name, *staff_name;
	civil on;
	bool complete;
	int64_t sum;
};
struct measure_course {
	const struct measure *m;
	struct measure_point *v; /* oldest first */
	size_t n, n_complete;
	const struct measure_point *first, *last; /* complete ones; NULL: none */
	int64_t change;
};
MUST err measure_course_of(struct ctx *c, const char *person_pid, const struct measure *m, struct measure_course *out);

#endif
