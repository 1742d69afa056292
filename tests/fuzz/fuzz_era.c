#include "fuzz.h"
#include "jp/era.h"

FUZZ(a, data, n)
{
	struct ctx c;
	struct era_date d, again;
	ctx_init(&c, a, 1795000000000);
	const char *text = arena_strn(a, (const char *)data, n);
	err e = era_parse_partial(&c, "f", text, &d);
	MUST_HOLD((e == OK) == (c.n_faults == 0));
	if (e != OK) {
		MUST_HOLD(str_utf8_valid(c.faults[0].message, strlen(c.faults[0].message)));
		if (c.faults[0].offer && e == ERR_DATE_ERA) /* what is offered is right */
			MUST_HOLD(era_parse_partial(&c, "f", c.faults[0].offer, &again) == OK);
		return;
	}
	MUST_HOLD((d.from == CIVIL_NONE) == (d.precision == ERA_UNKNOWN));
	MUST_HOLD(d.from <= d.to);
	if (d.day != CIVIL_NONE) {
		MUST_HOLD(d.day == d.from && d.day == d.to);
		MUST_HOLD(era_parse(&c, "f", era_text_both(a, d.day), &again) == OK && again.day == d.day);
	}
}
