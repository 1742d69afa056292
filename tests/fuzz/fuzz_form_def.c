#include "fuzz.h"
#include "form/rules.h"

/* A whole definition, as a survey author could send it: form, rules and meta split by 0x1E. It loads or it says why. */
FUZZ(a, data, n)
{
	if (!str_utf8_valid((const char *)data, n))
		return;
	size_t parts;
	char **p = str_split(a, arena_strn(a, (const char *)data, n), '\x1E', &parts);
	struct form_problems problems = {0};
	struct form_def *d = NULL;
	struct form_text t = {.id = "t", .version = "2020-01-01", .form = p[0], .rules = parts > 1 ? p[1] : NULL,
		.meta = parts > 2 ? p[2] : "{\"name\":\"n\",\"notice\":\"n\",\"source\":\"s\",\"kind\":\"answers\",\"class\":\"care\","
					     "\"retention_years\":5,\"retention_source\":\"s\"}"};
	err e = form_build(a, &t, &d, &problems);
	MUST_HOLD((e == OK) == (problems.n == 0) && (e == OK) == (d != NULL));
	if (e)
		return;
	struct answers *as = answers_new(a, d);
	for (size_t i = 0; i < d->rules->n; i++) {
		struct rule_outcome o;
		rule_eval(a, as, &d->rules->rules[i], civil_from(2026, 11, 20), &o);
		MUST_HOLD(o.min <= o.max && *rule_explain(a, as, &o, civil_from(2026, 11, 20)));
	}
}
