/* What every fuzz target includes. A target runs inside one arena that is emptied after each input; when an input
 * fills the arena, the target ends quietly, as the request guard would. MUST_HOLD stops the run with the condition. */
#ifndef TSU_TESTS_FUZZ_H
#define TSU_TESTS_FUZZ_H

#include "base/ctx.h"
#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MUST_HOLD(cond)                                                                                             \
	do {                                                                                                        \
		if (!(cond)) {                                                                                      \
			fprintf(stderr, "does not hold: %s (%s:%d)\n", #cond, __FILE__, __LINE__);                  \
			abort();                                                                                    \
		}                                                                                                   \
	} while (0)

/* FUZZ(a, data, n) { … } defines the target. */
#define FUZZ(a, data, n)                                                                                            \
	static void fuzz_one(struct arena *a, const uint8_t *data, size_t n);                                       \
	int LLVMFuzzerTestOneInput(const uint8_t *input, size_t input_n);                                           \
	int LLVMFuzzerTestOneInput(const uint8_t *input, size_t input_n)                                            \
	{                                                                                                           \
		static struct arena *arena;                                                                         \
		jmp_buf escape;                                                                                     \
		if (!arena)                                                                                         \
			arena = arena_new((size_t)64 << 20);                                                        \
		arena_set_escape(arena, &escape);                                                                   \
		if (setjmp(escape) == 0)                                                                            \
			fuzz_one(arena, input, input_n);                                                            \
		arena_set_escape(arena, NULL);                                                                      \
		arena_reset(arena);                                                                                 \
		return 0;                                                                                           \
	}                                                                                                           \
	static void fuzz_one(struct arena *a, const uint8_t *data, size_t n)

#endif
