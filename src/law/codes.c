#include "law/codes.h"

#include "base/str.h"

const char *law_code_label(const struct law_catalogue *law, const char *list, const char *code)
{
	const char *found = code ? code : "";
	for (size_t i = 0; i < law->n_codes; i++)
		if (str_eq(law->codes[i].list, list) && str_eq(law->codes[i].code, code))
			found = law->codes[i].label; /* the last row is the newest wording */
	return found;
}

bool law_code_valid(const struct law_catalogue *law, const char *list, const char *code, civil on)
{
	for (size_t i = 0; i < law->n_codes; i++) {
		const struct law_code *k = &law->codes[i];
		if (k->from <= on && on <= k->to && str_eq(k->list, list) && str_eq(k->code, code))
			return true;
	}
	return false;
}

const struct law_code **law_code_list(const struct law_catalogue *law, struct arena *a, const char *list, civil on,
                                      size_t *n)
{
	const struct law_code **v = ARENA_ARRAY(a, law->n_codes + 1, const struct law_code *);
	*n = 0;
	for (size_t i = 0; i < law->n_codes; i++)
		if (law->codes[i].from <= on && on <= law->codes[i].to && str_eq(law->codes[i].list, list))
			v[(*n)++] = &law->codes[i];
	return v;
}
