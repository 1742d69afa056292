/* law/rule_words — a rule of the duties in words, for people who read the table (「制度の表」). Decides nothing: the codes do.
 * What law/names.tsv does not name is shown by its code. Pure. Ownership: arena or borrowed. Tests: tests/unit/test_law_newer.c.
 */
#ifndef TSU_LAW_RULE_WORDS_H
#define TSU_LAW_RULE_WORDS_H

#include "law/duty.h"

/* 「種類が居宅介護支援」 one condition a line; "" if there is none. */
const char *law_rule_condition(const struct law_catalogue *law, struct arena *a, const char *condition);
struct law_rule_param {
	const char *name, *label, *words;
	const char *key; /* of law/params.tsv, where an insurer may set it; "" */
};
/* The parameters of a version, with the numbers of the law that hold on the day. */
struct law_rule_param *law_rule_params(const struct law_catalogue *law, struct arena *a, const struct duty_rule_view *r, civil on, size_t *n);
/* Codes with | between, in words of a list, 「、」 between. */
const char *law_rule_codes(const struct law_catalogue *law, struct arena *a, const char *list, const char *codes);

#endif
