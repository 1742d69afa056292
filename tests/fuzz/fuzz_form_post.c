#include "fuzz_forms.h"

/* Byte 0 chooses the form; the rest is name=value pairs split by newlines. Nothing typed is lost: a field is a value, a
 * fault, or a blank; good answers go through JSON and the scores without a difference. */
FUZZ(a, data, n)
{
	if (!n || !str_utf8_valid((const char *)data + 1, n - 1))
		return;
	const struct form_def *d = fuzz_form(data[0]);
	size_t lines;
	char **line = str_split(a, arena_strn(a, (const char *)data + 1, n - 1), '\n', &lines);
	struct form_field *f = ARENA_ARRAY(a, lines + 1, struct form_field);
	size_t k = 0;
	for (size_t i = 0; i < lines; i++) {
		char *eq = strchr(line[i], '=');
		if (!eq)
			continue;
		*eq = 0;
		f[k++] = (struct form_field){line[i], eq + 1};
	}
	struct ctx c;
	ctx_init(&c, a, civil_instant_start(civil_from(2026, 11, 20)));
	struct answers *as, *back;
	struct form_typed typed;
	err e = answers_read(&c, d, f, k, &as, &typed);
	MUST_HOLD((e == OK) == (c.n_faults == 0));
	MUST_HOLD(typed.n <= k && typed.n <= c.n_faults);
	struct form_warnings w = {0};
	size_t before = c.n_faults;
	e = answers_validate(&c, as, false, &w);
	MUST_HOLD((e == OK) == (c.n_faults == before));
	const char *why = NULL;
	struct json *v = answers_to_json(a, as);
	MUST_HOLD(answers_from_json(a, d, v, &back, &why) == OK);
	MUST_HOLD(answers_equal(as, back));
	struct form_result r;
	form_score(a, as, c.today, &r);
	for (size_t i = 0; i < r.n; i++)
		MUST_HOLD(r.outcomes[i].min <= r.outcomes[i].max && *r.explained[i]);
}
