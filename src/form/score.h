/* score — all rules of a form over one set of answers, and the two texts made of them: the answer of
 * `tsunagi form score` and the snapshot kept beside a saved response (judgements that left the house are never
 * recomputed). Clinical and legal sources stand in each rule. Ownership: arena. Errors: ERR_JSON.
 * Tests: tests/unit/test_form_score.c. */
#ifndef TSU_FORM_SCORE_H
#define TSU_FORM_SCORE_H

#include "form/rules.h"

struct form_result {
	const struct form_def *def;
	struct rule_outcome *outcomes; /* one per rule that is no check, in the order of rules.json */
	const char **explained;        /* one text each */
	size_t n;
	const struct rule_outcome *result; /* the rule of kind result; NULL if the form has none */
};

/* today decides blanks that are dates and the word `today`; use the day of the record. */
void form_score(struct arena *a, const struct answers *as, civil today, struct form_result *out);
const struct rule_outcome *form_outcome(const struct form_result *r, const char *rule_id); /* NULL if unknown */
const char *form_explained(const struct form_result *r, const char *rule_id);              /* "" if unknown */
/* "eligible" "not-eligible" "undetermined"; "" if the form has no result. */
const char *form_result_code(const struct form_result *r);
const char *form_result_label(const struct form_result *r); /* 該当 / 非該当 / 判定不能 */

/* {"form","version","scores":{…},"criteria":[…],"result":{"code"}}; missing are link ids. */
struct json *form_result_json(struct arena *a, const struct form_result *r);

/* Everything, to be kept; and back. Rules the definition no longer has cannot occur: the version is the same. */
struct json *form_result_snapshot(struct arena *a, const struct form_result *r);
MUST err form_result_restore(struct arena *a, const struct form_def *d, const struct json *v, struct form_result *out);

#endif
