/* str — helpers on NUL-terminated UTF-8. Text inside the house is always valid UTF-8 without NUL: web/formin,
 * codec/ and main/ check it at the edge. Tests: tests/unit/test_base.c. */
#ifndef TSU_BASE_STR_H
#define TSU_BASE_STR_H

#include "base/arena.h"

#include <stdbool.h>

bool str_eq(const char *a, const char *b);        /* NULL equals only NULL */
bool str_blank(const char *s);                    /* NULL, empty, or only white space (U+3000 too) */
bool str_starts(const char *s, const char *prefix);
bool str_ends(const char *s, const char *suffix);
const char *str_or(const char *s, const char *if_null); /* borrowed */

/* A copy without white space (ASCII and U+3000) at both ends. Arena. */
char *str_trim(struct arena *a, const char *s);
/* CRLF and CR become LF. Arena. */
char *str_lf(struct arena *a, const char *s);

bool str_utf8_valid(const char *p, size_t n); /* strict: no overlongs, surrogates, NUL, > U+10FFFF */
/* The next code point of valid UTF-8; *s moves on. 0 at the end. */
uint32_t str_next(const char **s);
size_t str_count(const char *s); /* code points */

/* Parse a whole string as a decimal integer, ASCII digits with an optional sign. False if anything else. */
bool str_int(const char *s, int64_t *out);

/* part of whole in per cent with one decimal, rounded half up: 「66.7%」; 「–」 when there is no whole. Neither may be negative. Arena. */
const char *str_percent(struct arena *a, int64_t part, int64_t of);

/* Split at a single byte; the parts are arena copies. */
char **str_split(struct arena *a, const char *s, char sep, size_t *n);

#endif
