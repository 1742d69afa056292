/* buf — growing text or bytes in an arena. Always NUL-terminated at p[n]; p is "arena".
 * Growing copies, so a pointer into p is good only until the next add. Tests: tests/unit/test_base.c. */
#ifndef TSU_BASE_BUF_H
#define TSU_BASE_BUF_H

#include "base/arena.h"

struct buf {
	struct arena *arena;
	char *p;
	size_t n, cap;
};

struct buf buf_new(struct arena *a);
void buf_add(struct buf *b, const void *p, size_t n);
void buf_str(struct buf *b, const char *s); /* NULL adds nothing */
void buf_char(struct buf *b, char c);
void buf_utf8(struct buf *b, uint32_t code_point);
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#endif
