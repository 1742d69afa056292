#include "fuzz.h"
#include "jp/postal.h"

static err row(void *arg, const struct postal_row *r)
{
	size_t *count = arg;
	++*count;
	MUST_HOLD(strlen(r->code) == 7 && *r->prefecture && *r->city);
	const char *all[] = {r->prefecture, r->city, r->town, r->prefecture_kana, r->city_kana, r->town_kana, r->note};
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		MUST_HOLD(str_utf8_valid(all[i], strlen(all[i])));
	return OK;
}

FUZZ(a, data, n)
{
	struct postal_report r;
	size_t count = 0;
	MUST_HOLD(postal_read(a, (const char *)data, n, row, &count, &r) == OK);
	MUST_HOLD(count == r.n_rows && (r.n_bad == 0) == (r.first_bad_line == 0));
	char code[8];
	const char *text = arena_strn(a, (const char *)data, n);
	if (str_utf8_valid(text, strlen(text)) && postal_even(text, code))
		MUST_HOLD(strlen(code) == 7);
}
