/* fhirmap — HL7 FHIR R4 Questionnaire and QuestionnaireResponse from definitions and answers, and back.
 *
 * linkId = item->link_id. Kinds of blank travel as the extension data-absent-reason on the answerless item
 * (該当なし not-applicable, 答えない asked-declined, 不明 asked-unknown, 未記入 = item absent). Partial dates travel as
 * valueDate of the known precision (YYYY, YYYY-MM) where exact, with the typed words and the bounds in an extension
 * of our own, so that a round trip loses nothing. Responses hold answers only; derived items are not sent.
 * Source: HL7 FHIR R4 (4.0.1) Questionnaire, QuestionnaireResponse; forms-careplan §1, exchange-fhir §4.
 * Errors: ERR_FHIR, ERR_JSON with a plain Japanese reason. Ownership: arena.
 * Tests: tests/unit/test_form_fhir.c, tests/fuzz/fuzz_form_fhir.c. */
#ifndef TSU_FORM_FHIRMAP_H
#define TSU_FORM_FHIRMAP_H

#include "form/answer.h"

struct json *fhir_questionnaire(struct arena *a, const struct form_def *d);
/* authored: "2026-04-01" or an instant; NULL leaves it out. subject: a reference such as "Patient/xyz" or NULL. */
struct json *fhir_response(struct arena *a, const struct answers *as, const char *authored, const char *subject);

/* The day a response was authored; *day CIVIL_NONE if it does not say. ERR_FHIR if the text is no date. */
MUST err fhir_authored(struct arena *a, const struct json *response, civil *day, const char **why);
/* Items may stand in groups at any depth. Refused: another resource type, an unknown or repeated linkId, a wrong value
 * type or a value out of its range. */
MUST err fhir_answers(struct arena *a, const struct form_def *d, const struct json *response, struct answers **out,
	const char **why);

#endif
