/* arena — all memory of one request, one job or one catalogue.
 *
 * Handlers allocate and never free; the arena goes as a whole. It is capped, so a hostile body cannot eat the
 * machine. When the cap (or the machine) is reached, arena_alloc does not return: it jumps to the escape point
 * that the owner of the arena set (the server's request guard, a test), which answers ERR_NOMEM. Without an
 * escape point the process stops. So no caller checks for NULL. Never allocate from an arena inside a callback
 * of a C library whose frames must not be skipped (SQLite functions, libmicrohttpd callbacks below the guard).
 *
 * malloc is used nowhere but in this module. Under ASan the unused tail of every block is poisoned.
 * Units: bytes. Memory is zeroed. Ownership: the arena is owned by its maker; what it hands out is "arena".
 * Tests: tests/unit/test_base.c, with fail-the-N-th-call.
 */
#ifndef TSU_BASE_ARENA_H
#define TSU_BASE_ARENA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/* A new arena that may hold at most cap_bytes. Owned; NULL only if the machine has no memory at all. */
struct arena *arena_new(size_t cap_bytes);
void arena_free(struct arena *a); /* NULL is allowed */
void arena_reset(struct arena *a); /* forget everything, keep the first block */

/* Where to jump when the arena is full; NULL takes the point away. The jmp_buf is borrowed. */
void arena_set_escape(struct arena *a, jmp_buf *escape);

void *arena_alloc(struct arena *a, size_t n_bytes) __attribute__((returns_nonnull, malloc));
/* n * size with overflow treated as "full". */
void *arena_array(struct arena *a, size_t n, size_t size) __attribute__((returns_nonnull, malloc));
void *arena_copy(struct arena *a, const void *p, size_t n_bytes) __attribute__((returns_nonnull));
char *arena_str(struct arena *a, const char *s) __attribute__((returns_nonnull)); /* NULL gives "" */
char *arena_strn(struct arena *a, const char *s, size_t n) __attribute__((returns_nonnull));
char *arena_fmt(struct arena *a, const char *fmt, ...) __attribute__((returns_nonnull, format(printf, 2, 3)));
char *arena_vfmt(struct arena *a, const char *fmt, va_list ap) __attribute__((returns_nonnull));

size_t arena_used(const struct arena *a);

/* All that `from` holds becomes a's, where it lies; `from` is gone. False, and nothing done: a's cap does not allow it. A mark of `a` made
 * before still works: rewinding to it frees what was taken over. */
bool arena_adopt(struct arena *a, struct arena *from) __attribute__((warn_unused_result));

/* Rewind: give back all that was allocated since the mark (for loops over many rows). */
struct arena_mark {
	void *block;
	size_t used, total;
};
struct arena_mark arena_mark_get(const struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark m);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, n, type) ((type *)arena_array((a), (n), sizeof(type)))

/* Tests only: the N-th allocation from now on (1 = the next) behaves as if the arena were full; 0 = off. */
void arena_fail_nth(long n);

#endif
