#include "fuzz_forms.h"
#include "form/fhirmap.h"

/* Byte 0 chooses the form; the rest is a QuestionnaireResponse. What is read is written and read again, equal. */
FUZZ(a, data, n)
{
	struct json *v;
	const char *why = NULL;
	struct answers *as, *back;
	civil day;
	if (!n || json_parse(a, (const char *)data + 1, n - 1, NULL, &v, &why))
		return;
	const struct form_def *d = fuzz_form(data[0]);
	if (fhir_authored(a, v, &day, &why))
		MUST_HOLD(why && day == CIVIL_NONE);
	why = NULL;
	if (fhir_answers(a, d, v, &as, &why)) {
		MUST_HOLD(why && *why);
		return;
	}
	const char *text = json_to_text(a, fhir_response(a, as, NULL, NULL), false);
	MUST_HOLD(json_parse(a, text, strlen(text), NULL, &v, &why) == OK);
	MUST_HOLD(fhir_answers(a, d, v, &back, &why) == OK);
	MUST_HOLD(answers_equal(as, back));
}
