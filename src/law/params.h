/* law/params — what insurers (保険者) may set: the keys with type, default, bounds and source (law/params.tsv), and looking one up.
 *
 * A value holds for an insurer from a day to a day; where none is set, the default of the table holds. A value outside the bounds is
 * never used: the default is, and law_param_refused says why (the page that takes the values shows that sentence).
 * Types: int (whole number in `unit`), choice (one of lower's words, "|" between), days (ISO days, "|" between).
 * Pure. Ownership: borrowed. Errors at load: ERR_FORM_DEF naming file and line. Tests: tests/unit/test_duty_law.c.
 */
#ifndef TSU_LAW_PARAMS_H
#define TSU_LAW_PARAMS_H

#include "law/tables.h"

struct law_param {
	const char *key, *type, *fallback, *lower, *upper, *unit, *meaning, *source, *confidence;
	int64_t number, least, most; /* type int */
};

/* One value that an insurer has set. */
struct duty_param_value {
	const char *key, *insurer, *value;
	civil from, to;
};
struct duty_params {
	const struct duty_param_value *v;
	size_t n;
};

MUST err law_params_load(struct ctx *c, struct arena *keep, const struct law_source *src, struct law_catalogue *cat);
const struct law_param *law_param_find(const struct law_catalogue *law, const char *key); /* NULL: no such key */
/* The value in force and, in *set if not NULL, the insurer's row it comes from (NULL: the default). params, insurer may be NULL. */
const char *law_param_text(const struct law_param *p, const struct duty_params *params, const char *insurer, civil on,
                           const struct duty_param_value **set);
int64_t law_param_int(const struct law_param *p, const struct duty_params *params, const char *insurer, civil on);
/* NULL: may be set; else why not, in plain words (arena). */
const char *law_param_refused(const struct law_param *p, struct arena *a, const char *value);

/* What the key means, without the list of its choices. Arena or borrowed. */
const char *law_param_label(struct arena *a, const struct law_param *p);
/* The word of a choice without its code; the code itself if the meaning does not say. */
const char *law_param_choice_word(struct arena *a, const struct law_param *p, const char *code);
/* A value in words: 「2年」, 「申請」 (days by day_text; NULL: ISO). */
const char *law_param_words(struct arena *a, const struct law_param *p, const char *value, const char *(*day_text)(struct arena *, civil));

#endif
