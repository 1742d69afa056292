/* Lists of named values, by the symbols of the table of duties. */
#include "care/duty_own.h"

#include "base/str.h"

int duty_values_symbol(const struct duty_values *v, const char *name)
{
	if (!v->names)
		return duty_symbol(v->t, name);
	size_t i = (size_t)((uint64_t)(uintptr_t)name * 0x9E3779B97F4A7C15u >> 57);
	if (v->names->name[i] != name) {
		v->names->symbol[i] = duty_symbol(v->t, name);
		v->names->name[i] = name;
	}
	return v->names->symbol[i];
}

void duty_values_add(struct duty_values *v, const char *name, const char *text)
{
	int symbol = duty_values_symbol(v, name);
	if (symbol < 0 || v->n == DUTY_VALUES)
		return; /* no rule asks for it */
	v->v[v->n++] = duty_value_named(v->t, symbol, text);
}

void duty_values_day(struct duty_values *v, const char *name, civil day)
{
	int symbol = duty_values_symbol(v, name);
	if (day == CIVIL_NONE || symbol < 0 || v->n == DUTY_VALUES)
		return;
	v->v[v->n++] = duty_value_day(v->t, v->a, symbol, day);
}

void duty_values_int(struct duty_values *v, const char *name, int64_t n)
{
	if (n != INT_NULL)
		duty_values_add(v, name, arena_fmt(v->a, "%lld", (long long)n));
}

void duty_values_keep(struct duty_values *v, const struct duty_value **out, size_t *n)
{
	*out = arena_copy(v->a, v->v, (v->n ? v->n : 1) * sizeof v->v[0]);
	*n = v->n;
}
