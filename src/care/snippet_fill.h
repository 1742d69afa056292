/* snippet_fill — the places ｛氏名｝ ｛年齢｝ … of a 定型文 and what they become for one person (F050).
 *
 * Filled from the record of the person asked for and of no other, at the moment of use; nothing is kept. What the record does not
 * hold, or the actor may not see (主治医 is medical, 目標 is care), stays as SNIPPET_BLANK, so a place that is still to be
 * written shows; which places those are is told beside. The text of a place is put in as it is and never read for places again.
 * Gate: the name card of the person (ERR_NOTFOUND); the classes of the single values by their own modules.
 * Ownership: arena. Tests: tests/unit/test_care_snippet.c. */
#ifndef TSU_CARE_SNIPPET_FILL_H
#define TSU_CARE_SNIPPET_FILL_H

#include "base/ctx.h"

#define SNIPPET_BLANK "＿＿"

enum snippet_place {
#define PLACE(name, word, person, example, meaning) PLACE_##name,
#include "care/snippet_places.tbl.h"
#undef PLACE
	PLACE_COUNT
};
struct snippet_place_info {
	const char *word, *example, *meaning; /* static; the word without ｛｝ */
	bool of_person;
};
const struct snippet_place_info *snippet_place_list(size_t *n);

/* The value of every place for one person; "" = not known here. */
struct snippet_facts {
	const char *v[PLACE_COUNT];
};
/* person_pid NULL or "": only what does not need a person. *person_id (may be NULL): for the log of looks; 0 if none. */
MUST err snippet_facts(struct ctx *c, const char *person_pid, struct snippet_facts *out, int64_t *person_id);

struct snippet_filled {
	const char *text;
	const char **open; /* words of the places that stayed blank, each once, in order */
	size_t n_open;
};
void snippet_fill(struct arena *a, const char *body, const struct snippet_facts *f, struct snippet_filled *out);

/* A fault on the field that names the places nobody knows, each once, and those there are. */
void snippet_check_places(struct ctx *c, const char *field, const char *body);
/* As a body is kept: LF, no blank end, {氏名} as ｛氏名｝. Arena. */
const char *snippet_body(struct arena *a, const char *text);

#endif
