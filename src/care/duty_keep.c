#include "care/duty_keep.h"

#include "base/str.h"
#include "codec/json.h"

#include <string.h>

static civil day_of(const struct json *o, const char *name)
{
	civil day;
	return civil_parse(json_get_text(o, name, ""), &day) ? day : CIVIL_NONE;
}

struct duty_keep duty_keep_of(struct arena *a, const char *completion_rule, civil end_on, civil on, const struct q_duty_facts_row *fact, size_t n)
{
	struct duty_keep k = {.completed_on = end_on};
	bool by_fee = str_eq(completion_rule, "fee_received");
	civil fee = CIVIL_NONE;
	for (size_t i = 0; i < n; i++) {
		bool bill = by_fee && str_eq(fact[i].code, "REC-BILL");
		struct json *o;
		if ((!bill && (!str_eq(fact[i].code, "HOUSE-CHANGE") || !strstr(fact[i].body, "\"hold\""))) || json_parse(a, fact[i].body, strlen(fact[i].body), NULL, &o, NULL) != OK)
			continue;
		civil got = bill ? day_of(o, "received_on") : CIVIL_NONE;
		if (got != CIVIL_NONE && got <= on && (fee == CIVIL_NONE || got > fee))
			fee = got;
		civil from = day_of(o, "from_on"), to = day_of(o, "to_on");
		if (!bill && str_eq(json_get_text(o, "kind", ""), "hold") && from != CIVIL_NONE && from <= on && (to == CIVIL_NONE || to >= on))
			k.hold = true;
	}
	if (!by_fee || end_on == CIVIL_NONE)
		return k;
	if (fee != CIVIL_NONE && fee >= end_on)
		k.completed_on = fee;
	else
		k.hold = true;
	return k;
}
