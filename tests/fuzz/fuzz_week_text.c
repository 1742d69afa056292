#include "fuzz.h"
#include "jp/week_text.h"

FUZZ(a, data, n)
{
	const char *text = arena_strn(a, (const char *)data, n), *why = NULL;
	struct week_entry e;
	int min;
	if (!str_utf8_valid(text, strlen(text)))
		return;
	if (week_text_parse(a, text, &e, &why)) {
		MUST_HOLD(e.days && e.days < 128);
		MUST_HOLD(e.from_min >= 0 && e.from_min <= e.to_min && e.to_min <= 2880);
		MUST_HOLD(!str_blank(e.text) && str_utf8_valid(e.text, strlen(e.text)) && str_utf8_valid(e.note, strlen(e.note)));
	} else {
		MUST_HOLD(why && *why);
	}
	if (week_time_parse(text, &min))
		MUST_HOLD(min >= 0 && min <= 2880);
}
