#include "law/numbers.h"

#include "base/str.h"

const struct law_number *law_number_find(const struct law_catalogue *law, const char *id, civil on)
{
	for (size_t i = 0; i < law->n_numbers; i++)
		if (str_eq(law->numbers[i].id, id) && law->numbers[i].from <= on && on <= law->numbers[i].to)
			return &law->numbers[i];
	return NULL;
}

const char *law_unit_ja(const char *unit) { return str_eq(unit, "月") ? "か月" : unit; }

err law_number(const struct law_catalogue *law, const char *id, civil on, int64_t *value)
{
	const struct law_number *n = law_number_find(law, id, on);
	if (!n)
		return ERR_NOTFOUND;
	*value = n->value;
	return OK;
}
