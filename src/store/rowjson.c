#include "store/rowjson.h"

#include "base/buf.h"
#include "base/str.h"
#include "store/value.h"

#include <inttypes.h>
#include <string.h>

static void put_text(struct buf *b, const char *s)
{
	buf_char(b, '"');
	for (; *s; s++) {
		unsigned char ch = (unsigned char)*s;
		if (ch == '"' || ch == '\\')
			buf_fmt(b, "\\%c", ch);
		else if (ch < 0x20)
			buf_fmt(b, "\\u%04x", ch);
		else
			buf_char(b, *s);
	}
	buf_char(b, '"');
}

const char *rowjson_write(struct arena *a, const struct table_desc *t, const void *row)
{
	struct buf b = buf_new(a);
	buf_char(&b, '{');
	for (size_t i = 0; i < t->n_cols; i++) {
		const struct col_desc *col = &t->cols[i];
		const char *p = (const char *)row + col->offset;
		buf_fmt(&b, "%s\"%s\":", i ? "," : "", col->name);
		if (col->kind == COL_BOOL) {
			buf_str(&b, *(const bool *)p ? "true" : "false");
		} else if (value_absent(col, row)) {
			buf_str(&b, col->kind == COL_TEXT && !col->nullable ? "\"\"" : "null");
		} else if (col->kind == COL_TEXT || col->kind == COL_PID) {
			put_text(&b, *(const char *const *)p);
		} else if (col->kind == COL_DAY) {
			char day[CIVIL_TEXT];
			civil_text(*(const civil *)p, day);
			buf_fmt(&b, "\"%s\"", day);
		} else if (col->kind == COL_BLOB) {
			struct blob v = *(const struct blob *)p;
			buf_char(&b, '"');
			for (size_t k = 0; k < v.n; k++)
				buf_fmt(&b, "%02x", ((const unsigned char *)v.p)[k]);
			buf_char(&b, '"');
		} else {
			buf_fmt(&b, "%" PRId64, *(const int64_t *)p);
		}
	}
	buf_char(&b, '}');
	return b.p;
}

static int hex_digit(char ch)
{
	return ch >= '0' && ch <= '9' ? ch - '0' : ch >= 'a' && ch <= 'f' ? ch - 'a' + 10 : -1;
}

/* *p at the opening quote; leaves it behind the closing one. NULL: malformed. */
static const char *get_text(struct arena *a, const char **p)
{
	struct buf b = buf_new(a);
	buf_str(&b, "");
	const char *s = *p;
	if (*s++ != '"')
		return NULL;
	while (*s && *s != '"') {
		if (*s != '\\') {
			buf_char(&b, *s++);
			continue;
		}
		s++;
		if (*s == 'u') {
			int v = 0;
			for (int i = 1; i <= 4; i++) {
				int d = s[i] ? hex_digit(s[i]) : -1;
				if (d < 0)
					return NULL;
				v = v * 16 + d;
			}
			if (v >= 0x20)
				return NULL; /* our writer escapes control characters alone */
			buf_char(&b, (char)v);
			s += 5;
		} else if (*s == '"' || *s == '\\') {
			buf_char(&b, *s++);
		} else {
			return NULL;
		}
	}
	if (*s != '"')
		return NULL;
	*p = s + 1;
	return b.n ? b.p : arena_str(a, "");
}

static err set_text(struct arena *a, const struct col_desc *col, const char *s, void *row)
{
	char *at = (char *)row + col->offset;
	if (col->kind == COL_TEXT || col->kind == COL_PID) {
		*(const char **)(void *)at = s;
		return OK;
	}
	if (col->kind == COL_DAY)
		return civil_parse(s, (civil *)(void *)at) ? OK : ERR_DB;
	if (col->kind != COL_BLOB)
		return ERR_DB;
	size_t n = strlen(s) / 2;
	unsigned char *v = arena_alloc(a, n);
	for (size_t i = 0; i < n; i++) {
		int hi = hex_digit(s[2 * i]), lo = hex_digit(s[2 * i + 1]);
		if (hi < 0 || lo < 0)
			return ERR_DB;
		v[i] = (unsigned char)(hi << 4 | lo);
	}
	*(struct blob *)(void *)at = (struct blob){v, n};
	return OK;
}

static err set_plain(const struct col_desc *col, const char *s, void *row)
{
	char *at = (char *)row + col->offset;
	if (strcmp(s, "null") == 0) {
		value_set_absent(col, row);
		return OK;
	}
	if (col->kind == COL_BOOL) {
		*(bool *)(void *)at = strcmp(s, "true") == 0;
		return OK;
	}
	if (col->kind == COL_TEXT || col->kind == COL_PID || col->kind == COL_DAY || col->kind == COL_BLOB)
		return ERR_DB;
	return str_int(s, (int64_t *)(void *)at) ? OK : ERR_DB;
}

err rowjson_read(struct arena *a, const struct table_desc *t, const char *json, void *row)
{
	const char *p = json;
	if (*p++ != '{')
		return ERR_DB;
	while (*p && *p != '}') {
		const char *name = get_text(a, &p), *text = NULL;
		if (!name || *p++ != ':')
			return ERR_DB;
		if (*p == '"') {
			if (!(text = get_text(a, &p)))
				return ERR_DB;
		}
		size_t n = text ? 0 : strcspn(p, ",}");
		const char *plain = text ? NULL : arena_strn(a, p, n);
		p += n;
		for (size_t i = 0; i < t->n_cols; i++)
			if (strcmp(t->cols[i].name, name) == 0)
				TRY(text ? set_text(a, &t->cols[i], text, row) : set_plain(&t->cols[i], plain, row));
		if (*p == ',')
			p++;
		else if (*p != '}')
			return ERR_DB;
	}
	return *p == '}' && p[1] == '\0' ? OK : ERR_DB;
}
