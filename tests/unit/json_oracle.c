/* jansson as the oracle of test_json.c; apart, because its names would meet ours. */
#include "json_oracle.h"

#include <jansson.h>

bool oracle_accepts(const char *text, size_t n)
{
	json_error_t e;
	json_t *j = json_loadb(text, n, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &e);
	json_decref(j);
	return j != NULL;
}

bool oracle_equal(const char *x, const char *y)
{
	json_error_t e;
	json_t *a = json_loads(x, JSON_DECODE_ANY, &e), *b = json_loads(y, JSON_DECODE_ANY, &e);
	bool same = a && b && json_equal(a, b);
	json_decref(a);
	json_decref(b);
	return same;
}
