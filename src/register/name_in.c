#include "register/name_in.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/str.h"
#include "jp/fold.h"
#include "register/gate.h"
#include "register/keys.h"
#include "sql/q_register_person.h"

#include <string.h>

enum { LEAST_WRITTEN = 2, LEAST_READING = 4, MOST_KEYS = 50 };

static bool all_kana(const char *key)
{
	for (uint32_t u; (u = str_next(&key)) != 0;)
		if (u < 0x30A1 || u > 0x30FC)
			return false;
	return true;
}

/* Long enough to be told from an ordinary word. */
static bool is_name(const char *key) { return str_count(key) >= (size_t)(all_kana(key) ? LEAST_READING : LEAST_WRITTEN); }

/* At most KEY_MAX_CHARS letters of a folded text, as the keys of the index are cut. */
static const char *head(struct ctx *c, const char *p, int chars)
{
	const char *end = p;
	for (int i = 0; i < chars && *end; i++)
		str_next(&end);
	return arena_strn(c->arena, p, (size_t)(end - p));
}

/* Does a name begin here? `seen`: texts that were asked already. */
static err begins(struct ctx *c, const char *p, struct map *seen, bool *found)
{
	struct q_person_named_in_row *v;
	size_t n;
	const char *rest = head(c, p, KEY_MAX_CHARS);
	if (str_count(rest) < LEAST_WRITTEN || map_get(seen, rest))
		return OK;
	map_set(seen, rest, seen);
	TRY(q_person_named_in(c, &(struct q_person_named_in_in){.key_from = head(c, p, LEAST_WRITTEN), .rest = rest, .limit = MOST_KEYS}, &v, &n));
	for (size_t i = 0; i < n && !*found; i++)
		*found = is_name(v[i].key);
	return OK;
}

static err in_words(struct ctx *c, const char *words, struct map *seen, bool *found)
{
	const char *p = fold_name(keys_table(c), c->arena, words);
	while (*p && !*found) {
		TRY(begins(c, p, seen, found));
		str_next(&p);
	}
	return OK;
}

/* Signs behind which another word begins; spaces and ・ may stand inside a name. */
static bool ends_words(uint32_t u)
{
	static const char *const signs = "、。，．,.!?！？:：;；「」『』（）()［］[]｛｝{}〔〕【】<>＜＞〈〉《》/／|｜~〜～…*＊※●○◎■□◆◇▲△▼▽→←↑↓=＝+＋#＃";
	if (u == 0 || u == '\n' || u == '\r' || u == '\t')
		return true;
	for (const char *p = signs; *p;)
		if (str_next(&p) == u)
			return true;
	return false;
}

err name_in_text(struct ctx *c, const char *text, int *line)
{
	TRY(gate_logged_in(c));
	struct map seen = map_new(c->arena);
	struct buf b = buf_new(c->arena);
	bool found = false;
	int at = 1;
	*line = 0;
	for (;;) {
		uint32_t u = str_next(&text);
		if (!ends_words(u)) {
			buf_utf8(&b, u);
			continue;
		}
		if (b.n)
			TRY(in_words(c, b.p, &seen, &found));
		if (found) {
			*line = at;
			return OK;
		}
		if (u == 0)
			return OK;
		at += u == '\n';
		b = buf_new(c->arena);
	}
}
