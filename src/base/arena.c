#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAVE_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAVE_ASAN 1
#endif
#endif
#ifdef HAVE_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

enum { FIRST_BLOCK = 16 * 1024, ALIGN = 16 };

struct block {
	struct block *prev;
	size_t cap, used;
	max_align_t data[];
};

struct arena {
	struct block *top;
	size_t cap_total, total; /* total: bytes held in blocks */
	jmp_buf *escape;
};

/* Test hook; the only mutable global of base/ beside the clock, see docs/architecture.md. */
static long fail_countdown;

void arena_fail_nth(long n) { fail_countdown = n; }

static char *bytes(struct block *b) { return (char *)b->data; }

static struct block *block_new(size_t cap)
{
	struct block *b = malloc(sizeof *b + cap);
	if (!b)
		return NULL;
	b->prev = NULL;
	b->cap = cap;
	b->used = 0;
	POISON(bytes(b), cap);
	return b;
}

static void block_free(struct block *b)
{
	UNPOISON(bytes(b), b->cap);
	free(b);
}

struct arena *arena_new(size_t cap_bytes)
{
	struct arena *a = calloc(1, sizeof *a);
	if (!a)
		return NULL;
	size_t first = cap_bytes < FIRST_BLOCK ? cap_bytes : FIRST_BLOCK;
	a->cap_total = cap_bytes;
	a->top = block_new(first);
	if (!a->top) {
		free(a);
		return NULL;
	}
	a->total = first;
	return a;
}

void arena_free(struct arena *a)
{
	if (!a)
		return;
	while (a->top) {
		struct block *prev = a->top->prev;
		block_free(a->top);
		a->top = prev;
	}
	free(a);
}

static void pop_block(struct arena *a)
{
	struct block *b = a->top;
	a->top = b->prev;
	a->total -= b->cap;
	block_free(b);
}

void arena_reset(struct arena *a)
{
	while (a->top->prev)
		pop_block(a);
	a->top->used = 0;
	POISON(bytes(a->top), a->top->cap);
}

void arena_set_escape(struct arena *a, jmp_buf *escape) { a->escape = escape; }

_Noreturn static void full(struct arena *a)
{
	if (a->escape)
		longjmp(*a->escape, 1);
	static const char msg[] = "arena full and nobody to tell\n";
	fwrite(msg, 1, sizeof msg - 1, stderr);
	abort();
}

static char *take(struct arena *a, size_t n)
{
	if (fail_countdown > 0 && --fail_countdown == 0)
		full(a);
	if (n > SIZE_MAX / 2)
		full(a);
	size_t need = (n + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	if (need == 0)
		need = ALIGN;
	if (a->top->cap - a->top->used < need) {
		size_t cap = a->top->cap * 2 > need ? a->top->cap * 2 : need;
		if (cap > a->cap_total - a->total)
			cap = need;
		if (a->total > a->cap_total || need > a->cap_total - a->total)
			full(a);
		struct block *b = block_new(cap);
		if (!b)
			full(a);
		b->prev = a->top;
		a->top = b;
		a->total += cap;
	}
	char *p = bytes(a->top) + a->top->used;
	a->top->used += need;
	UNPOISON(p, n);
	return p;
}

void *arena_alloc(struct arena *a, size_t n) { return memset(take(a, n), 0, n); }

void *arena_array(struct arena *a, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / 2 / size)
		full(a);
	return arena_alloc(a, n * size);
}

void *arena_copy(struct arena *a, const void *p, size_t n)
{
	void *q = take(a, n);
	if (n)
		memcpy(q, p, n);
	return q;
}

char *arena_strn(struct arena *a, const char *s, size_t n)
{
	char *q = take(a, n + 1);
	if (n)
		memcpy(q, s, n);
	q[n] = '\0';
	return q;
}

char *arena_str(struct arena *a, const char *s) { return s ? arena_strn(a, s, strlen(s)) : arena_strn(a, "", 0); }

char *arena_vfmt(struct arena *a, const char *fmt, va_list ap)
{
	va_list ap2;
	va_copy(ap2, ap);
	int n = vsnprintf(NULL, 0, fmt, ap2);
	va_end(ap2);
	if (n < 0)
		n = 0;
	char *p = arena_alloc(a, (size_t)n + 1);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	return p;
}

char *arena_fmt(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	char *p = arena_vfmt(a, fmt, ap);
	va_end(ap);
	return p;
}

size_t arena_used(const struct arena *a)
{
	size_t n = 0;
	for (const struct block *b = a->top; b; b = b->prev)
		n += b->used;
	return n;
}

bool arena_adopt(struct arena *a, struct arena *from)
{
	if (a->total > a->cap_total || from->total > a->cap_total - a->total)
		return false;
	struct block *last = from->top;
	while (last->prev)
		last = last->prev;
	last->prev = a->top;
	a->top = from->top;
	a->total += from->total;
	free(from);
	return true;
}

struct arena_mark arena_mark_get(const struct arena *a)
{
	return (struct arena_mark){a->top, a->top->used, a->total};
}

void arena_rewind(struct arena *a, struct arena_mark m)
{
	while ((void *)a->top != m.block)
		pop_block(a);
	POISON(bytes(a->top) + m.used, a->top->used - m.used);
	a->top->used = m.used;
}
