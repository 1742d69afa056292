/* duty_case — inside of care/duty*: one case and its person as subjects of judging (design.md §5), from rows that are read already.
 *
 * Nothing is read or stored here; everything made lies in v->a. The rows are the caller's and outlive the subjects.
 * Tests: tests/unit/test_care_duty.c. */
#ifndef TSU_CARE_DUTY_CASE_H
#define TSU_CARE_DUTY_CASE_H

#include "care/duty_own.h"
#include "sql/q_duty.h"

struct duty_slice { /* of one case */
	const struct q_duty_cases_row *k;
	const struct q_duty_plans_row *plan;
	const struct q_duty_services_row *service;
	const struct q_duty_targets_row *target;
	const struct q_duty_certs_row *cert;
	const struct q_duty_insured_row *insured;
	const struct q_duty_facts_row *fact;
	size_t n_plan, n_service, n_target, n_cert, n_insured, n_fact;
	bool disabled;
};

void duty_case_facts(struct duty_values *v, const struct duty_slice *s, struct duty_subject *out);
/* completion: what an insurer lets the keeping of records begin with (params of law/). */
void duty_case_attrs(struct duty_values *v, const struct duty_slice *s, civil on, const char *completion, struct duty_subject *out);
void duty_case_parts(struct duty_values *v, const struct duty_slice *s, civil on, struct duty_subject *out);
void duty_person_of(struct duty_values *v, const struct duty_slice *s, civil on, struct duty_subject *out);

#endif
