#include "register/keys.h"

#include "base/buf.h"
#include "base/house.h"
#include "base/map.h"
#include "base/str.h"
#include "jp/fold.h"
#include "jp/kana.h"
#include "sql/q_register_person.h"
#include "sql/tables.h"
#include "store/revision.h"

#include <string.h>

const char *keys_end(struct ctx *c, const char *prefix)
{
	return arena_fmt(c->arena, "%s\xf4\x8f\xbf\xbf", prefix);
}

const struct fold_table *keys_table(const struct ctx *c)
{
	return c->house ? c->house->fold : NULL;
}

static const char *cut(struct ctx *c, const char *key)
{
	const char *p = key;
	for (int i = 0; i < KEY_MAX_CHARS; i++)
		if (!str_next(&p))
			return key;
	return arena_strn(c->arena, key, (size_t)(p - key));
}

const char *keys_name(struct ctx *c, const char *name)
{
	return cut(c, fold_name(keys_table(c), c->arena, name));
}

static uint32_t half_digit(uint32_t u)
{
	return u >= 0xFF10 && u <= 0xFF19 ? u - 0xFF10 + '0' : u;
}

const char *keys_half_digits(struct ctx *c, const char *text)
{
	struct buf b = buf_new(c->arena);
	for (uint32_t u; (u = str_next(&text)) != 0;)
		buf_utf8(&b, half_digit(u));
	return b.n ? b.p : "";
}

const char *keys_digits(struct ctx *c, const char *text)
{
	struct buf b = buf_new(c->arena);
	for (uint32_t u; (u = str_next(&text)) != 0;) {
		u = half_digit(u);
		if (u >= '0' && u <= '9')
			buf_char(&b, (char)u);
		else if (b.n == 0 && (u == 'H' || u == 'h' || u == 0xFF28 || u == 0xFF48))
			buf_char(&b, 'H');
	}
	return b.n ? b.p : "";
}

struct keys {
	struct ctx *c;
	struct map seen;
	int64_t person_id, cluster_id;
};

static err put(struct keys *k, int kind, const char *key)
{
	const char *mark = arena_fmt(k->c->arena, "%d:%s", kind, key);
	if (!*key || map_get(&k->seen, mark))
		return OK;
	map_set(&k->seen, mark, k);
	return q_person_key_add(k->c, &(struct q_person_key_add_in){.person_id = k->person_id, .kind = kind, .key = key,
		.cluster_id = k->cluster_id}, NULL);
}

static err put_name(struct keys *k, const char *name)
{
	if (!name || str_blank(name))
		return OK;
	const char *key = keys_name(k->c, name);
	TRY(put(k, KEY_HEAD, key));
	for (const char *p = key; str_next(&p) && *p;)
		TRY(put(k, KEY_MIDDLE, p));
	return OK;
}

/* ウ after the オ and ウ columns and オ after the オ column only lengthen. Folded readings are large katakana without marks. */
const char *keys_short(struct ctx *c, const char *key)
{
	static const uint32_t o_column[] = {0x30AA, 0x30B3, 0x30BD, 0x30C8, 0x30CE, 0x30DB, 0x30E2, 0x30E8, 0x30ED};
	static const uint32_t u_column[] = {0x30A6, 0x30AF, 0x30B9, 0x30C4, 0x30CC, 0x30D5, 0x30E0, 0x30E6, 0x30EB};
	struct buf b = buf_new(c->arena);
	uint32_t before = 0;
	for (uint32_t u; (u = str_next(&key)) != 0;) {
		bool o = false, uu = false;
		for (int i = 0; i < 9; i++) {
			o |= before == o_column[i];
			uu |= before == u_column[i];
		}
		if ((u == 0x30A6 && (o || uu)) || (u == 0x30AA && o))
			continue;
		buf_utf8(&b, u);
		before = u;
	}
	return b.n ? b.p : "";
}

/* The short form of a reading and of its later words, where it differs: romaji needs the beginnings only. */
static err put_short(struct keys *k, const char *kana)
{
	const char *from = kana;
	for (const char *p = kana;;) {
		const char *at = p;
		uint32_t u = str_next(&p);
		if (u && u != ' ' && u != 0x3000)
			continue;
		const char *key = keys_name(k->c, from), *cut_key = keys_short(k->c, key);
		if (!str_eq(key, cut_key))
			TRY(put(k, KEY_SHORT, cut_key));
		if (!u || !*at)
			return OK;
		from = p;
	}
}

/* The whole number, and what follows each hyphen: people remember the last four digits. */
static err put_phone(struct keys *k, const char *phone)
{
	const char *whole = keys_digits(k->c, phone);
	if (strlen(whole) < 4)
		return OK;
	TRY(put(k, KEY_PHONE, whole));
	const char *half = keys_half_digits(k->c, phone);
	for (const char *p = half; *p; p++)
		if (*p == '-' || *p == ')') {
			const char *rest = keys_digits(k->c, p + 1);
			if (strlen(rest) >= 4)
				TRY(put(k, KEY_PHONE, rest));
		}
	size_t n = strlen(whole);
	return n > 4 ? put(k, KEY_PHONE, arena_str(k->c->arena, whole + n - 4)) : OK;
}

err keys_rebuild(struct ctx *c, int64_t person_id)
{
	struct t_person p;
	TRY(row_load(c, &T_person, person_id, &p));
	struct keys k = {c, map_new(c->arena), person_id, p.cluster_id};
	TRY(q_person_key_clear(c, &(struct q_person_key_clear_in){.person_id = person_id}, NULL));
	TRY(put_name(&k, p.name));
	TRY(put_name(&k, p.kana));
	TRY(put_short(&k, p.kana));
	struct q_person_names_of_row *names;
	size_t n;
	TRY(q_person_names_of(c, &(struct q_person_names_of_in){.person_id = person_id}, &names, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(put_name(&k, names[i].name));
		TRY(put_name(&k, names[i].kana));
		TRY(put_short(&k, names[i].kana));
	}
	TRY(put_phone(&k, p.phone));
	TRY(put_phone(&k, p.mobile));
	return OK;
}

/* --- towns --- */

static int kanji_digit(uint32_t u)
{
	static const uint32_t digits[] = {0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D};
	for (int i = 0; i < 9; i++)
		if (digits[i] == u)
			return i + 1;
	return u == 0x5341 ? 10 : 0; /* 十 */
}

/* 二十三丁目 → 23; *after points behind the numeral. 0 if it is not a numeral that 丁目 follows. */
static int64_t kanji_chome(const char *p, const char **after)
{
	int64_t tens = 0, ones = 0;
	bool any = false;
	for (;;) {
		const char *q = p;
		int d = kanji_digit(str_next(&q));
		if (!d)
			break;
		if (d == 10) {
			tens = (ones ? ones : 1) * 10;
			ones = 0;
		} else {
			ones = d;
		}
		any = true;
		p = q;
	}
	*after = p;
	return any && str_starts(p, "丁目") ? tens + ones : 0;
}

static const char *skip_prefecture(const char *text)
{
	static const char *const whole[] = {"東京都", "北海道", "京都府", "大阪府"};
	for (size_t i = 0; i < 4; i++)
		if (str_starts(text, whole[i]))
			return text + strlen(whole[i]);
	const char *p = text;
	for (int i = 0; i < 4; i++) {
		uint32_t u = str_next(&p);
		if (!u)
			break;
		if (u == 0x770C && i >= 2) /* 県 */
			return p;
	}
	return text;
}

/* Reads the numbers after the base: 1丁目2番3号, 1-2-3, １の２. */
static void read_numbers(struct town_key *k, const char *p)
{
	while (*p && k->n_numbers < 4) {
		const char *q = p, *after;
		uint32_t u = half_digit(str_next(&q));
		int64_t n = 0;
		if (u >= '0' && u <= '9') {
			after = p;
			for (;;) {
				q = after;
				u = half_digit(str_next(&q));
				if (u < '0' || u > '9' || n > 99999)
					break;
				n = n * 10 + (u - '0');
				after = q;
			}
		} else if ((n = kanji_chome(p, &after)) == 0) {
			p = q;
			continue;
		}
		if (k->n_numbers == 0) {
			k->is_chome = str_starts(after, "丁目");
			k->is_banchi = str_starts(after, "番");
		}
		k->numbers[k->n_numbers++] = n;
		p = after;
	}
}

struct town_key town_key_of(struct ctx *c, const char *text)
{
	struct town_key k = {.base = ""};
	text = skip_prefecture(str_trim(c->arena, text));
	const char *p = text;
	while (*p) {
		const char *q = p, *after;
		uint32_t u = half_digit(str_next(&q));
		if ((u >= '0' && u <= '9') || kanji_chome(p, &after))
			break;
		p = q;
	}
	k.base = fold_name(keys_table(c), c->arena, arena_strn(c->arena, text, (size_t)(p - text)));
	read_numbers(&k, p);
	return k;
}

const char *town_key_text(struct ctx *c, const char *city, const char *town)
{
	struct town_key k = town_key_of(c, arena_fmt(c->arena, "%s%s", city, town));
	return k.n_numbers ? arena_fmt(c->arena, "%s#%lld", k.base, (long long)k.numbers[0]) : k.base;
}
