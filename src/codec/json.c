#include "codec/json.h"

#include "base/str.h"

#include <string.h>

const struct json_limits JSON_LIMITS_DEFAULT = {(size_t)8 << 20, 64, 400000};

struct reader {
	struct arena *a;
	const char *start, *p, *end;
	struct json_limits lim;
	size_t values;
	const char *why; /* static Japanese reason of the first fault */
	err code;
};

static err fail(struct reader *r, err code, const char *why)
{
	if (!r->why) {
		r->why = why;
		r->code = code;
	}
	return r->code;
}

static void skip_space(struct reader *r)
{
	while (r->p < r->end && (*r->p == ' ' || *r->p == '\t' || *r->p == '\n' || *r->p == '\r'))
		r->p++;
}

static int hex4(const char *p)
{
	int v = 0;
	for (int i = 0; i < 4; i++) {
		char c = p[i];
		int d = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
		if (d < 0)
			return -1;
		v = v * 16 + d;
	}
	return v;
}

/* p stands behind "\u". */
static err read_unicode(struct reader *r, struct buf *b)
{
	int hi = r->end - r->p >= 4 ? hex4(r->p) : -1;
	if (hi <= 0)
		return fail(r, ERR_JSON, "\\u のあとの書き方が正しくありません");
	r->p += 4;
	uint32_t cp = (uint32_t)hi;
	if (hi >= 0xDC00 && hi <= 0xDFFF)
		return fail(r, ERR_JSON, "\\u の組み合わせが正しくありません");
	if (hi >= 0xD800 && hi <= 0xDBFF) {
		int lo = r->end - r->p >= 6 && r->p[0] == '\\' && r->p[1] == 'u' ? hex4(r->p + 2) : -1;
		if (lo < 0xDC00 || lo > 0xDFFF)
			return fail(r, ERR_JSON, "\\u の組み合わせが正しくありません");
		r->p += 6;
		cp = 0x10000u + (((uint32_t)hi - 0xD800u) << 10) + ((uint32_t)lo - 0xDC00u);
	}
	buf_utf8(b, cp);
	return OK;
}

static err read_escape(struct reader *r, struct buf *b)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	char c = *r->p++;
	if (c == 'u')
		return read_unicode(r, b);
	const char *at = c ? strchr(from, c) : NULL;
	if (!at)
		return fail(r, ERR_JSON, "\\ のあとの文字が正しくありません");
	buf_char(b, to[at - from]);
	return OK;
}

/* p stands behind the opening quote. */
static err read_string(struct reader *r, const char **out)
{
	const char *from = r->p;
	while (r->p < r->end && *r->p != '"' && *r->p != '\\' && (unsigned char)*r->p >= 0x20)
		r->p++;
	if (r->p < r->end && *r->p == '"') { /* the usual case: nothing escaped */
		*out = arena_strn(r->a, from, (size_t)(r->p++ - from));
		return OK;
	}
	struct buf b = buf_new(r->a);
	buf_add(&b, from, (size_t)(r->p - from));
	while (r->p < r->end && *r->p != '"') {
		if ((unsigned char)*r->p < 0x20)
			return fail(r, ERR_JSON, "文字列の中に改行などの制御文字があります");
		if (*r->p != '\\') {
			buf_char(&b, *r->p++);
			continue;
		}
		if (++r->p == r->end)
			break;
		TRY(read_escape(r, &b));
	}
	if (r->p == r->end)
		return fail(r, ERR_JSON, "文字列が閉じられていません");
	r->p++;
	*out = b.p ? b.p : "";
	return OK;
}

static bool digit(const char *p, const char *end)
{
	return p < end && *p >= '0' && *p <= '9';
}

/* The length of a JSON number at p, 0 if there is none. */
static size_t number_length(const char *p, const char *end)
{
	const char *s = p;
	if (p < end && *p == '-')
		p++;
	if (!digit(p, end))
		return 0;
	if (*p == '0')
		p++;
	else
		while (digit(p, end))
			p++;
	if (p < end && *p == '.') {
		p++;
		if (!digit(p, end))
			return 0;
		while (digit(p, end))
			p++;
	}
	if (p < end && (*p == 'e' || *p == 'E')) {
		p++;
		if (p < end && (*p == '+' || *p == '-'))
			p++;
		if (!digit(p, end))
			return 0;
		while (digit(p, end))
			p++;
	}
	return (size_t)(p - s);
}

static err read_value(struct reader *r, size_t depth, struct json **out);

static void grow(struct arena *a, struct json *v)
{
	if (v->n < v->cap)
		return;
	size_t cap = v->cap ? v->cap * 2 : 4;
	struct json **items = ARENA_ARRAY(a, cap, struct json *);
	if (v->n)
		memcpy(items, v->items, v->n * sizeof *items);
	v->items = items;
	if (v->type == JSON_OBJECT) {
		const char **keys = ARENA_ARRAY(a, cap, const char *);
		if (v->n)
			memcpy(keys, v->keys, v->n * sizeof *keys);
		v->keys = keys;
	}
	v->cap = cap;
}

static uint32_t key_hash(const char *s)
{
	uint32_t h = 2166136261u;
	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	return h ^ h >> 15;
}

/* Refuse two equal keys; with many keys through a table, so that a hostile object costs no square. */
static err check_keys(struct reader *r, const struct json *v)
{
	size_t cap = 8;
	while (cap < v->n * 2)
		cap *= 2;
	struct arena_mark m = arena_mark_get(r->a);
	const char **slots = ARENA_ARRAY(r->a, cap, const char *);
	err e = OK;
	for (size_t i = 0; i < v->n && !e; i++) {
		size_t at = key_hash(v->keys[i]) & (cap - 1);
		for (; slots[at] && !e; at = (at + 1) & (cap - 1))
			if (str_eq(slots[at], v->keys[i]))
				e = fail(r, ERR_JSON, "同じ名前の項目が2つあります");
		slots[at] = v->keys[i];
	}
	arena_rewind(r->a, m);
	return e;
}

static err read_members(struct reader *r, size_t depth, struct json *v, char close)
{
	skip_space(r);
	if (r->p < r->end && *r->p == close) {
		r->p++;
		return OK;
	}
	for (;;) {
		const char *key = NULL;
		skip_space(r);
		if (v->type == JSON_OBJECT) {
			if (r->p == r->end || *r->p != '"')
				return fail(r, ERR_JSON, "項目の名前（\" で始まる）がありません");
			r->p++;
			TRY(read_string(r, &key));
			skip_space(r);
			if (r->p == r->end || *r->p != ':')
				return fail(r, ERR_JSON, "項目の名前のあとに : がありません");
			r->p++;
		}
		struct json *m;
		TRY(read_value(r, depth + 1, &m));
		grow(r->a, v);
		if (key)
			v->keys[v->n] = key;
		v->items[v->n++] = m;
		skip_space(r);
		if (r->p < r->end && *r->p == ',') {
			r->p++;
			continue;
		}
		if (r->p < r->end && *r->p == close) {
			r->p++;
			return v->type == JSON_OBJECT ? check_keys(r, v) : OK;
		}
		return fail(r, ERR_JSON, close == '}' ? "「,」か「}」がありません" : "「,」か「]」がありません");
	}
}

static bool word(struct reader *r, const char *w)
{
	size_t n = strlen(w);
	if ((size_t)(r->end - r->p) < n || memcmp(r->p, w, n) != 0)
		return false;
	r->p += n;
	return true;
}

static err read_value(struct reader *r, size_t depth, struct json **out)
{
	if (depth > r->lim.depth)
		return fail(r, ERR_LIMIT, "入れ子が深すぎます");
	if (++r->values > r->lim.values)
		return fail(r, ERR_LIMIT, "値の数が多すぎます");
	skip_space(r);
	if (r->p == r->end)
		return fail(r, ERR_JSON, "途中で終わっています");
	struct json *v = ARENA_NEW(r->a, struct json);
	*out = v;
	char c = *r->p;
	if (c == '{' || c == '[') {
		r->p++;
		v->type = c == '{' ? JSON_OBJECT : JSON_ARRAY;
		return read_members(r, depth, v, c == '{' ? '}' : ']');
	}
	if (c == '"') {
		r->p++;
		v->type = JSON_STRING;
		return read_string(r, &v->text);
	}
	if (word(r, "null"))
		return OK;
	v->type = JSON_BOOL;
	v->boolean = c == 't';
	if (word(r, "true") || word(r, "false"))
		return OK;
	v->type = JSON_NUMBER;
	size_t n = number_length(r->p, r->end);
	if (!n)
		return fail(r, ERR_JSON, "値として読めません");
	if (n > 64)
		return fail(r, ERR_LIMIT, "数のけたが多すぎます");
	v->text = arena_strn(r->a, r->p, n);
	r->p += n;
	return OK;
}

static const char *place(struct reader *r)
{
	size_t line = 1, column = 1;
	for (const char *p = r->start; p < r->p; p++) {
		if (*p == '\n') {
			line++;
			column = 1;
		} else if (((unsigned char)*p & 0xC0) != 0x80) {
			column++;
		}
	}
	return arena_fmt(r->a, "%zu行目の%zu文字目: %s", line, column, r->why);
}

err json_parse(struct arena *a, const char *text, size_t n, const struct json_limits *lim, struct json **out,
	const char **why)
{
	struct reader r = {.a = a, .start = text, .p = text, .end = text + n, .lim = lim ? *lim : JSON_LIMITS_DEFAULT};
	struct json *v = NULL;
	err e = OK;
	if (n > r.lim.bytes)
		e = fail(&r, ERR_LIMIT, "長すぎます");
	else if (!str_utf8_valid(text, n))
		e = fail(&r, ERR_NOT_UTF8, "文字コードが UTF-8 ではありません");
	else
		e = read_value(&r, 1, &v);
	if (!e) {
		skip_space(&r);
		if (r.p != r.end)
			e = fail(&r, ERR_JSON, "値のあとに余分な文字があります");
	}
	if (e) {
		if (why)
			*why = place(&r);
		return e;
	}
	*out = v;
	return OK;
}

bool json_is(const struct json *v, enum json_type t)
{
	return v && v->type == t;
}

const struct json *json_get(const struct json *object, const char *key)
{
	if (!json_is(object, JSON_OBJECT))
		return NULL;
	for (size_t i = 0; i < object->n; i++)
		if (str_eq(object->keys[i], key))
			return object->items[i];
	return NULL;
}

const struct json *json_at(const struct json *array, size_t i)
{
	return json_is(array, JSON_ARRAY) && i < array->n ? array->items[i] : NULL;
}

const struct json *json_path(const struct json *v, const char *path)
{
	while (v && *path) {
		char key[128];
		size_t n = strcspn(path, ".");
		if (n >= sizeof key)
			return NULL;
		memcpy(key, path, n);
		key[n] = 0;
		int64_t i;
		if (v->type == JSON_ARRAY)
			v = str_int(key, &i) && i >= 0 ? json_at(v, (size_t)i) : NULL;
		else
			v = json_get(v, key);
		path += n + (path[n] == '.');
	}
	return v;
}

const char *json_text(const struct json *v, const char *if_not_text)
{
	return json_is(v, JSON_STRING) ? v->text : if_not_text;
}

const char *json_get_text(const struct json *object, const char *key, const char *if_not_text)
{
	return json_text(json_get(object, key), if_not_text);
}

bool json_bool(const struct json *v, bool if_not_bool)
{
	return json_is(v, JSON_BOOL) ? v->boolean : if_not_bool;
}

bool json_int(const struct json *v, int64_t *out)
{
	return json_scaled(v, 0, out);
}

bool json_scaled(const struct json *v, int scale, int64_t *out)
{
	return json_is(v, JSON_NUMBER) && json_scaled_text(v->text, scale, out);
}

/* Digits with a point and an exponent, moved by scale: the digits are gathered without leading zeros, then the
 * places behind the moved point must all be zero. */
bool json_scaled_text(const char *s, int scale, int64_t *out)
{
	size_t len = s ? strlen(s) : 0;
	if (!len || len > 64 || number_length(s, s + len) != len)
		return false;
	bool minus = *s == '-';
	char digits[72];
	long n = 0, places = 0, exponent = 0;
	bool behind = false;
	for (s += minus; *s && *s != 'e' && *s != 'E'; s++) {
		if (*s == '.') {
			behind = true;
			continue;
		}
		places += behind;
		digits[n++] = *s;
	}
	if (*s) {
		bool down = s[1] == '-';
		for (s += 1 + (s[1] == '-' || s[1] == '+'); *s; s++)
			exponent = exponent < 10000 ? exponent * 10 + (*s - '0') : exponent;
		if (down)
			exponent = -exponent;
	}
	long shift = exponent - places + scale; /* zeros to add behind, or places to cut */
	for (; shift < 0 && n > 0; shift++)
		if (digits[--n] != '0')
			return false;
	int64_t v = 0;
	for (long i = 0; i < n; i++)
		if (__builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, digits[i] - '0', &v))
			return false;
	for (; v && shift > 0; shift--)
		if (__builtin_mul_overflow(v, 10, &v))
			return false;
	*out = minus ? -v : v;
	return true;
}

struct json *json_new(struct arena *a, enum json_type t)
{
	struct json *v = ARENA_NEW(a, struct json);
	v->type = t;
	return v;
}

struct json *json_new_text(struct arena *a, const char *s)
{
	struct json *v = json_new(a, s ? JSON_STRING : JSON_NULL);
	if (s)
		v->text = arena_str(a, s);
	return v;
}

struct json *json_new_int(struct arena *a, int64_t n)
{
	return json_new_scaled(a, n, 0);
}

struct json *json_new_scaled(struct arena *a, int64_t n, int scale)
{
	uint64_t u = n < 0 ? 0 - (uint64_t)n : (uint64_t)n, unit = 1;
	for (int i = 0; i < scale; i++)
		unit *= 10;
	struct json *v = json_new(a, JSON_NUMBER);
	const char *minus = n < 0 ? "-" : "";
	v->text = scale > 0 ? arena_fmt(a, "%s%llu.%0*llu", minus, (unsigned long long)(u / unit), scale,
				      (unsigned long long)(u % unit))
			    : arena_fmt(a, "%s%llu", minus, (unsigned long long)u);
	return v;
}

struct json *json_new_number(struct arena *a, const char *as_written)
{
	struct json *v = json_new(a, JSON_NUMBER);
	size_t n = strlen(as_written);
	v->text = n && number_length(as_written, as_written + n) == n ? arena_str(a, as_written) : "0";
	return v;
}

struct json *json_new_bool(struct arena *a, bool on)
{
	struct json *v = json_new(a, JSON_BOOL);
	v->boolean = on;
	return v;
}

void json_set(struct arena *a, struct json *object, const char *key, struct json *v)
{
	for (size_t i = 0; i < object->n; i++)
		if (str_eq(object->keys[i], key)) {
			object->items[i] = v;
			return;
		}
	grow(a, object);
	object->keys[object->n] = arena_str(a, key);
	object->items[object->n++] = v;
}

void json_add(struct arena *a, struct json *array, struct json *v)
{
	grow(a, array);
	array->items[array->n++] = v;
}
