/* cases — the golden answers of a form: forms/<id>/<version>/cases/<name>.json, each
 * {"about": text, "on": day, "answers": stored answers, "expect": {"scores": {code: n or [min, max]},
 *  "criteria": {code: true/false/null}, "result": code, "missing": {rule code: [paths]}, "pages": n, "text": [words on paper]}}.
 * Every case must come out as written; `form check` and the tests run them (pages and text: tests/unit/test_print_care.c). Errors: ERR_FORM_DEF with problems, ERR_IO.
 * Tests: tests/unit/test_form_score.c. */
#ifndef TSU_FORM_CASES_H
#define TSU_FORM_CASES_H

#include "form/define.h"

/* *n counts the cases run. A form without a folder `cases` has none. */
MUST err form_check_cases(struct arena *a, const struct form_def *d, struct form_problems *p, size_t *n);
/* The text of one case file; arena. ERR_IO. */
MUST err form_text_file(struct arena *a, const char *path, const char **text);
/* One case given as text. */
void form_check_case(struct arena *a, const struct form_def *d, const char *name, const char *text, struct form_problems *p);

#endif
