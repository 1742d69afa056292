#include "fuzz.h"
#include "jp/cp932.h"

FUZZ(a, data, n)
{
	struct cp932_report r, r2;
	char *text, *back, *bytes;
	size_t len;
	err e = cp932_decode(a, (const char *)data, n, &text, &r);
	MUST_HOLD((e == OK) == (r.n == 0));
	MUST_HOLD(str_utf8_valid(text, strlen(text)));
	err e2 = cp932_encode(a, text, NULL, &bytes, &len, &r2);
	MUST_HOLD((e2 == OK) == (r2.n == 0));
	MUST_HOLD(cp932_decode(a, bytes, len, &back, &r) == OK);
	MUST_HOLD(str_count(back) == str_count(text));
	if (e2 == OK && e == OK)
		MUST_HOLD(str_eq(back, text));
	cp932_sentence(a, &r2);
	const char *raw = arena_strn(a, (const char *)data, n);
	if (str_utf8_valid(raw, strlen(raw)) && cp932_encode(a, raw, NULL, &bytes, &len, &r2) == OK)
		MUST_HOLD(cp932_decode(a, bytes, len, &back, &r) == OK && str_count(back) == str_count(raw));
}
