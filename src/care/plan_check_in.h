/* plan_check's own: the rule in hand and how its functions tell a problem. For care/plan_check*.c alone. */
#ifndef TSU_CARE_PLAN_CHECK_IN_H
#define TSU_CARE_PLAN_CHECK_IN_H

#include "care/plan_check.h"

struct check_rule;
struct checking {
	const struct plan_tree *t;
	const struct check_rule *rule; /* in hand */
	struct plan_problem *v;
	size_t n, cap;
};

/* Where it is, and the sentence. */
void check_tell(struct ctx *c, struct checking *k, enum plan_part part, const char *key, const char *column, const char *fmt, ...)
	__attribute__((format(printf, 6, 7)));
bool check_is_medical(const char *type_code, int level);
char check_equipment(const char *type_code); /* 'L' 'S' 'N' or ' ' */
bool check_prevention(const struct checking *k);

#define PLAN_CHECK(code, fn, level, kinds, from, to, source, confidence) err check_##fn(struct ctx *c, struct checking *k);
#include "care/plan_checks.tbl.h"
#undef PLAN_CHECK

#endif
