#include "codec/json.h"

#include <stdlib.h>
#include <string.h>

void json_write_text(struct buf *b, const char *s)
{
	buf_char(b, '"');
	for (const char *from = s; s && *from;) {
		const char *p = from;
		while ((unsigned char)*p >= 0x20 && *p != '"' && *p != '\\' && *p != '<' && (unsigned char)*p != 0xE2)
			p++;
		buf_add(b, from, (size_t)(p - from));
		from = p;
		if (!*p)
			break;
		if ((unsigned char)*p == 0xE2) { /* perhaps U+2028 or U+2029 */
			bool line = (unsigned char)p[1] == 0x80 && ((unsigned char)p[2] == 0xA8 || (unsigned char)p[2] == 0xA9);
			if (line)
				buf_str(b, (unsigned char)p[2] == 0xA8 ? "\\u2028" : "\\u2029");
			else
				buf_char(b, *p);
			from += line ? 3 : 1;
			continue;
		}
		switch (*p) {
		case '"': buf_str(b, "\\\""); break;
		case '\\': buf_str(b, "\\\\"); break;
		case '\n': buf_str(b, "\\n"); break;
		case '\r': buf_str(b, "\\r"); break;
		case '\t': buf_str(b, "\\t"); break;
		default: buf_fmt(b, "\\u%04x", (unsigned)(unsigned char)*p);
		}
		from++;
	}
	buf_char(b, '"');
}

struct member {
	const char *key;
	const struct json *v;
};

static int by_key(const void *x, const void *y)
{
	return strcmp(((const struct member *)x)->key, ((const struct member *)y)->key);
}

static void write_object(struct buf *b, const struct json *v, bool canonical)
{
	struct member *m = ARENA_ARRAY(b->arena, v->n ? v->n : 1, struct member);
	for (size_t i = 0; i < v->n; i++)
		m[i] = (struct member){v->keys[i], v->items[i]};
	if (canonical && v->n)
		qsort(m, v->n, sizeof *m, by_key);
	buf_char(b, '{');
	for (size_t i = 0; i < v->n; i++) {
		if (i)
			buf_char(b, ',');
		json_write_text(b, m[i].key);
		buf_char(b, ':');
		json_write(b, m[i].v, canonical);
	}
	buf_char(b, '}');
}

void json_write(struct buf *b, const struct json *v, bool canonical)
{
	if (!v) {
		buf_str(b, "null");
		return;
	}
	switch (v->type) {
	case JSON_NULL: buf_str(b, "null"); return;
	case JSON_BOOL: buf_str(b, v->boolean ? "true" : "false"); return;
	case JSON_NUMBER: buf_str(b, v->text); return;
	case JSON_STRING: json_write_text(b, v->text); return;
	case JSON_OBJECT: write_object(b, v, canonical); return;
	case JSON_ARRAY:
		buf_char(b, '[');
		for (size_t i = 0; i < v->n; i++) {
			if (i)
				buf_char(b, ',');
			json_write(b, v->items[i], canonical);
		}
		buf_char(b, ']');
	}
}

const char *json_to_text(struct arena *a, const struct json *v, bool canonical)
{
	struct buf b = buf_new(a);
	json_write(&b, v, canonical);
	return b.p;
}
