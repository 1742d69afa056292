/* What every unit test includes: cmocka, and UNIT(f) for a test whose *state is a fresh 64 MB arena. */
#ifndef TSU_TESTS_UNIT_H
#define TSU_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"

static inline int unit_arena(void **state)
{
	*state = arena_new((size_t)64 << 20);
	return *state ? 0 : -1;
}

static inline int unit_arena_free(void **state)
{
	arena_free(*state);
	return 0;
}

#define UNIT(f) cmocka_unit_test_setup_teardown(f, unit_arena, unit_arena_free)

#endif
