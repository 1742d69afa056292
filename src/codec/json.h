/* json — read JSON into a tree in an arena, look things up in it, build trees, write them.
 *
 * Strict RFC 8259: UTF-8 only, no comments, no trailing commas, no duplicate keys (refused: two readers would see
 * two different answers), no lone surrogates, no U+0000 in text. Objects keep the order of their keys. A number
 * stays the text it was written as, so that no decimal passes through a binary float; json_int and json_scaled
 * turn it into integers. Limits guard against hostile input: bytes, depth, number of values.
 * Why an own reader and not a library: docs/decisions/004-json-reader.md.
 * Ownership: trees are arena; text passed to the builders is copied. Errors: ERR_JSON, ERR_LIMIT, ERR_NOT_UTF8.
 * Tests: tests/unit/test_json.c (jansson as the oracle), tests/fuzz/fuzz_json.c. */
#ifndef TSU_CODEC_JSON_H
#define TSU_CODEC_JSON_H

#include "base/buf.h"
#include "base/err.h"

enum json_type { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json {
	enum json_type type;
	bool boolean;       /* JSON_BOOL */
	const char *text;   /* JSON_STRING: the text; JSON_NUMBER: as written */
	size_t n, cap;      /* JSON_ARRAY, JSON_OBJECT: members */
	struct json **items;
	const char **keys;  /* JSON_OBJECT only */
};

struct json_limits {
	size_t bytes, depth, values;
};
extern const struct json_limits JSON_LIMITS_DEFAULT; /* 8 MB, 64 deep, 400,000 values */

/* Parse the whole of text[0..n). lim NULL = default. On error *why (if not NULL) gets a plain Japanese reason with
 * line and column (arena). */
MUST err json_parse(struct arena *a, const char *text, size_t n, const struct json_limits *lim, struct json **out,
	const char **why);

/* Looking up; v may be NULL everywhere and gives NULL / false / the default. */
const struct json *json_get(const struct json *object, const char *key);
const struct json *json_at(const struct json *array, size_t i);
const struct json *json_path(const struct json *v, const char *path); /* "item.0.answer.0.valueDecimal" */
const char *json_text(const struct json *v, const char *if_not_text); /* a JSON_STRING's text */
const char *json_get_text(const struct json *object, const char *key, const char *if_not_text);
bool json_is(const struct json *v, enum json_type t);
bool json_bool(const struct json *v, bool if_not_bool);
/* A number without fraction that fits; 1e3 and 1.0 count as integers. */
bool json_int(const struct json *v, int64_t *out);
/* A number times 10^scale, exact: false if it has more places than scale (trailing zeros apart) or does not fit. */
bool json_scaled(const struct json *v, int scale, int64_t *out);
/* The same for a decimal in text ("53.4"). */
bool json_scaled_text(const char *decimal, int scale, int64_t *out);

/* Building. */
struct json *json_new(struct arena *a, enum json_type t); /* null, {}, [] */
struct json *json_new_text(struct arena *a, const char *s);  /* NULL gives null */
struct json *json_new_int(struct arena *a, int64_t v);
struct json *json_new_scaled(struct arena *a, int64_t v, int scale); /* 534, 1 -> 53.4; always scale places */
struct json *json_new_number(struct arena *a, const char *as_written); /* must be a JSON number */
struct json *json_new_bool(struct arena *a, bool v);
void json_set(struct arena *a, struct json *object, const char *key, struct json *v); /* replaces */
void json_add(struct arena *a, struct json *array, struct json *v);

/* Writing: compact. Canonical = keys sorted by bytes. Everything below U+0020, quote and backslash is escaped, and
 * also U+2028, U+2029 and "<" so that the text may stand in a script-free HTML data attribute or log line. */
void json_write(struct buf *b, const struct json *v, bool canonical);
void json_write_text(struct buf *b, const char *s); /* one quoted string */
const char *json_to_text(struct arena *a, const struct json *v, bool canonical);

#endif
