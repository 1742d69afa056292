/* The shipped forms, loaded once for the fuzz targets of the form room. */
#ifndef TSU_TESTS_FUZZ_FORMS_H
#define TSU_TESTS_FUZZ_FORMS_H

#include "fuzz.h"
#include "form/score.h"

static inline const struct form_def *fuzz_form(int which)
{
	static struct form_catalogue *c;
	static struct arena *a; /* kept, so that the leak check sees it */
	if (!c) {
		a = arena_new((size_t)64 << 20);
		struct form_problems p = {0};
		const char *root = getenv("TSUNAGI_ROOT");
		MUST_HOLD(form_load(a, arena_fmt(a, "%s/forms", root ? root : "."), &c, &p) == OK);
	}
	return c->defs[(size_t)which % c->n_defs];
}

#endif
