/* The day counts of the flow, as dated data (care/plan_terms.tbl.h). */
#include "base/str.h"
#include "care/plan_flow.h"

static const struct term {
	const char *code;
	int days;
	const char *from, *to, *source, *confidence;
} TERMS[] = {
#define PLAN_TERM(code, days, from, to, source, confidence) {code, days, from, to, source, confidence},
#include "care/plan_terms.tbl.h"
#undef PLAN_TERM
};

static const struct term *term_on(const char *code, civil on)
{
	for (size_t i = 0; i < sizeof TERMS / sizeof TERMS[0]; i++) {
		civil from = CIVIL_NONE, to = CIVIL_OPEN;
		if (!str_eq(TERMS[i].code, code) || (*TERMS[i].from && !civil_parse(TERMS[i].from, &from)) ||
		    (*TERMS[i].to && !civil_parse(TERMS[i].to, &to)))
			continue;
		if (from <= on && on <= to)
			return &TERMS[i];
	}
	return NULL;
}

int plan_term_days(const char *code, civil on)
{
	const struct term *t = term_on(code, on);
	return t ? t->days : 0;
}

const char *plan_term_source(const char *code, civil on)
{
	const struct term *t = term_on(code, on);
	return t ? t->source : "";
}
