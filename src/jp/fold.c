#include "jp/fold.h"

#include "base/str.h"
#include "jp/fold_step.h"
#include "jp/kana.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

/* Planes 0 to 3, 256 code points a page; a page exists only where the table has a pair. */
enum { N_PAGES = 0x400, STACK_KEY = 512, LONGEST_LINE = 4096 };

struct fold_table {
	uint32_t *page[N_PAGES];
	size_t n;
};

uint32_t fold_kanji(const struct fold_table *t, uint32_t c)
{
	if (!t || c >> 8 >= N_PAGES || !t->page[c >> 8])
		return c;
	uint32_t to = t->page[c >> 8][c & 0xFF];
	return to ? to : c;
}

/* --- reading the table --- */

static bool read_pair(const char *line, size_t n, uint32_t *from, uint32_t *to)
{
	if (!str_utf8_valid(line, n) || n > 64)
		return false;
	char copy[65];
	memcpy(copy, line, n);
	copy[n] = '\0';
	const char *p = copy;
	*from = str_next(&p);
	if (*p++ != '\t')
		return false;
	*to = str_next(&p);
	return *to && (*p == '\0' || *p == '\t' || *p == '\r') && *from != *to && *from >> 8 < N_PAGES &&
	       *from >= 0x80;
}

static bool add_pair(struct arena *a, struct fold_table *t, uint32_t from, uint32_t to)
{
	uint32_t **page = &t->page[from >> 8];
	if (!*page)
		*page = ARENA_ARRAY(a, 256, uint32_t);
	uint32_t *slot = &(*page)[from & 0xFF];
	if (*slot && *slot != to)
		return false;
	t->n += *slot == 0;
	*slot = to;
	return true;
}

/* Follow chains (a → b → c gives a → c) so that folding is idempotent. False: a circle. */
static bool settle(struct fold_table *t)
{
	for (size_t i = 0; i < N_PAGES; i++)
		for (size_t k = 0; t->page[i] && k < 256; k++) {
			uint32_t c = t->page[i][k];
			size_t steps = 0;
			for (uint32_t next; c && (next = fold_kanji(t, c)) != c; c = next)
				if (++steps > t->n)
					return false;
			t->page[i][k] = c;
		}
	return true;
}

err fold_read(struct arena *a, const char *tsv, size_t n, struct fold_table **out, int *line)
{
	struct fold_table *t = ARENA_NEW(a, struct fold_table);
	int at = 0;
	for (const char *p = tsv, *end = tsv + n; p < end;) {
		const char *nl = memchr(p, '\n', (size_t)(end - p));
		size_t len = (size_t)((nl ? nl : end) - p);
		uint32_t from, to;
		at++;
		if (line)
			*line = at;
		if (at == 1 && len >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) {
			p += 3;
			len -= 3;
		}
		if (len && *p != '#' && *p != '\r' &&
		    (!read_pair(p, len, &from, &to) || !add_pair(a, t, from, to)))
			return ERR_INPUT;
		p = nl ? nl + 1 : end;
	}
	if (!settle(t))
		return ERR_INPUT;
	*out = t;
	return OK;
}

err fold_open(struct arena *a, const char *path, struct fold_table **out, int *line)
{
	if (line)
		*line = 0;
	FILE *f = fopen(path, "rbe");
	if (!f)
		return ERR_IO;
	/* Measured and read with the file closed before any allocation can jump away. */
	long size = fseek(f, 0, SEEK_END) == 0 ? ftell(f) : -1;
	fclose(f);
	if (size < 0 || size > 16 << 20)
		return ERR_IO;
	char *text = arena_alloc(a, (size_t)size + 1);
	f = fopen(path, "rbe");
	if (!f)
		return ERR_IO;
	size_t n = fread(text, 1, (size_t)size, f);
	bool bad = ferror(f) != 0;
	fclose(f);
	return bad ? ERR_IO : fold_read(a, text, n, out, line);
}

size_t fold_count(const struct fold_table *t) { return t->n; }

/* --- one code point at a time --- */

static bool keeps(uint32_t c)
{
	switch (utf8proc_category((utf8proc_int32_t)c)) {
	case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LL: case UTF8PROC_CATEGORY_LT: case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO: case UTF8PROC_CATEGORY_ND: case UTF8PROC_CATEGORY_NL: case UTF8PROC_CATEGORY_NO:
		return true;
	default:
		return false;
	}
}

/* A code point that needs no decomposition: what the key has for it, 0 = nothing. */
static uint32_t plain(const struct fold_table *t, uint32_t c)
{
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : c >= 'A' && c <= 'Z' ? c + 32 : 0;
	if ((c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF))
		return fold_kanji(t, c);
	if ((c >= 0x3041 && c <= 0x3096) || (c >= 0x3099 && c <= 0x309C) || (c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC)
		return kana_base(c);
	uint32_t k = fold_kanji(t, c);
	return k != c || keeps(c) ? k : 0;
}

static bool is_repeat(uint32_t c)
{
	return c == 0x3005 || c == 0x303B || c == 0x309D || c == 0x309E || c == 0x30FD || c == 0x30FE;
}

size_t fold_step(const struct fold_table *t, uint32_t c, uint32_t last, uint32_t out[FOLD_STEP])
{
	if (is_repeat(c)) {
		out[0] = last;
		return last != 0;
	}
	bool direct = c < 0x80 || (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FA) ||
		(c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF);
	if (direct || fold_kanji(t, c) != c) {
		out[0] = plain(t, c);
		return out[0] != 0;
	}
	if ((c >= 0xFF66 && c <= 0xFF9F) || c == 0x30FC) {
		out[0] = kana_base(c);
		return out[0] != 0;
	}
	utf8proc_int32_t parts[FOLD_STEP];
	int bound = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, parts, FOLD_STEP,
		UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, &bound);
	size_t k = 0;
	for (utf8proc_ssize_t i = 0; i < n && i < FOLD_STEP; i++) {
		uint32_t to = plain(t, (uint32_t)parts[i]);
		if (to)
			out[k++] = to;
	}
	return k;
}

static size_t utf8_put(char out[4], uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	return (size_t)utf8proc_encode_char((utf8proc_int32_t)c, (utf8proc_uint8_t *)out);
}

size_t fold_name_into(const struct fold_table *t, const char *text, char *out, size_t cap)
{
	size_t need = 0, n = 0;
	uint32_t last = 0, step[FOLD_STEP];
	bool full = cap == 0;
	for (uint32_t c; (c = str_next(&text)) != 0;) {
		size_t k = fold_step(t, c, last, step);
		for (size_t i = 0; i < k; i++) {
			char u[4];
			size_t len = utf8_put(u, step[i]);
			need += len;
			full = full || n + len >= cap;
			if (!full) {
				memcpy(out + n, u, len);
				n += len;
			}
			last = step[i];
		}
	}
	if (cap)
		out[n] = '\0';
	return need;
}

const char *fold_name(const struct fold_table *t, struct arena *a, const char *text)
{
	char key[STACK_KEY];
	if (!text)
		return "";
	size_t need = fold_name_into(t, text, key, sizeof key);
	if (need < sizeof key)
		return arena_strn(a, key, need);
	char *big = arena_alloc(a, need + 1);
	fold_name_into(t, text, big, need + 1);
	return big;
}

size_t fold_bigrams(struct arena *a, const char *key, int64_t **out)
{
	size_t n = 0, count = str_count(key);
	int64_t *g = ARENA_ARRAY(a, count ? count : 1, int64_t);
	uint32_t prev = str_next(&key);
	*out = g;
	if (count == 1)
		g[n++] = (int64_t)prev << 24;
	for (uint32_t c; prev && (c = str_next(&key)) != 0; prev = c) {
		int64_t gram = (int64_t)prev << 24 | c;
		size_t i = 0;
		while (i < n && g[i] != gram)
			i++;
		if (i == n)
			g[n++] = gram;
	}
	return n;
}
