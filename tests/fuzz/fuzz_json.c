#include "fuzz.h"
#include "codec/json.h"

/* What is accepted is written and read again: equal text, compact and canonical; refusals always say why. */
FUZZ(a, data, n)
{
	struct json *v, *again;
	const char *why = NULL;
	struct json_limits lim = {4096, 32, 3000};
	if (json_parse(a, (const char *)data, n, &lim, &v, &why)) {
		MUST_HOLD(why && *why && str_utf8_valid(why, strlen(why)));
		return;
	}
	for (int canonical = 0; canonical < 2; canonical++) {
		const char *text = json_to_text(a, v, canonical);
		MUST_HOLD(str_utf8_valid(text, strlen(text)));
		MUST_HOLD(json_parse(a, text, strlen(text), NULL, &again, &why) == OK);
		MUST_HOLD(str_eq(json_to_text(a, again, canonical), text));
	}
	int64_t num;
	if (v->type == JSON_NUMBER && json_scaled(v, 3, &num)) {
		int64_t back;
		MUST_HOLD(json_scaled(json_new_scaled(a, num, 3), 3, &back) && back == num);
	}
}
