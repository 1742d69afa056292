#include "register/search.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/pid.h"
#include "base/str.h"
#include "jp/era.h"
#include "jp/fold.h"
#include "jp/kana.h"
#include "register/find.h"
#include "register/gate.h"
#include "register/keys.h"
#include "sql/q_register_person.h"
#include "store/tx.h"

#include <stdlib.h>
#include <string.h>

/* FEW: grants of an organisation up to which a search begins with its people (an estimate; tests/bench_register.c measures). */
enum { MAX_WORDS = 4, FEW = 300, MAX_CANDS = 512 };

_Static_assert(sizeof(struct q_person_find_key_row) == sizeof(struct q_person_find_few_row) &&
	sizeof(struct q_person_find_key_in) == sizeof(struct q_person_find_few_in), "the two statements differ only in their way");

struct cand {
	int64_t person_id, cluster_id;
	int score;
	enum hit_why why;
	const char *key; /* what was looked for, folded; NULL for numbers and dates */
};

struct finder {
	struct ctx *c;
	int limit;      /* rows asked for of each range */
	bool few, more; /* few: the organisation's grants are few: begin with its people */
	struct cand v[MAX_CANDS];
	size_t n;
	const char *typed; /* as typed, for the tie of equal keys */
};

static void add(struct finder *f, int64_t person_id, int64_t cluster_id, int score, enum hit_why why, const char *key)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].cluster_id == cluster_id) {
			if (score > f->v[i].score)
				f->v[i] = (struct cand){person_id, cluster_id, score, why, key};
			return;
		}
	if (f->n < MAX_CANDS)
		f->v[f->n++] = (struct cand){person_id, cluster_id, score, why, key};
	else
		f->more = true;
}

/* One range of the key index; other words must stand somewhere in the keys of the same person. */
static err range(struct finder *f, int kind, const char *key, const char *const *others, size_t n_others, int exact, int prefix,
	enum hit_why why)
{
	struct ctx *c = f->c;
	struct q_person_find_key_row *r;
	size_t n;
	struct q_person_find_key_in in = {.kind = kind, .key_from = key, .key_to = keys_end(c, key), .limit = f->limit};
	if (n_others > 0) {
		in.t2_from = others[0];
		in.t2_to = keys_end(c, others[0]);
	}
	if (n_others > 1) {
		in.t3_from = others[1];
		in.t3_to = keys_end(c, others[1]);
	}
	if (f->few)
		TRY(q_person_find_few(c, (const struct q_person_find_few_in *)&in, (struct q_person_find_few_row **)&r, &n));
	else
		TRY(q_person_find_key(c, &in, &r, &n));
	f->more |= n == (size_t)f->limit;
	for (size_t i = 0; i < n; i++)
		add(f, r[i].person_id, r[i].cluster_id, str_eq(r[i].key, key) ? exact : prefix, why, key);
	return OK;
}

/* --- the kinds of words --- */

struct words {
	const char *v[MAX_WORDS];
	size_t n;
	const char *number; /* digits, "" if none */
	civil birth;
};

static bool is_number(struct ctx *c, const char *word, const char **digits)
{
	*digits = keys_digits(c, word);
	if (strlen(*digits) < 4)
		return false;
	const char *rest = fold_name(NULL, c->arena, word); /* marks gone: what is left must be digits, with an H in front at most */
	for (const char *p = rest; *p; p++)
		if (!(*p >= '0' && *p <= '9') && !(p == rest && (*p == 'H' || *p == 'h')))
			return false;
	return true;
}

/* Birth dates may hold spaces (昭和15年 3月2日): the whole is tried first. */
static void split(struct ctx *c, const char *text, struct words *w)
{
	*w = (struct words){.number = "", .birth = CIVIL_NONE};
	if (era_guess(text, &w->birth))
		return;
	w->birth = CIVIL_NONE;
	const char *number;
	if (is_number(c, text, &number)) {
		w->number = number;
		return;
	}
	struct buf b = buf_new(c->arena);
	for (const char *p = text;;) {
		uint32_t u = str_next(&p);
		bool blank = u == 0 || u == ' ' || u == '\t' || u == 0x3000 || u == '\n' || u == '\r';
		if (!blank) {
			buf_utf8(&b, u);
			continue;
		}
		civil day;
		if (b.n && era_guess(b.p, &day))
			w->birth = day;
		else if (b.n && is_number(c, b.p, &number))
			w->number = number;
		else if (b.n && w->n < MAX_WORDS)
			w->v[w->n++] = b.p;
		if (!u)
			break;
		b = buf_new(c->arena);
	}
}

static err by_number(struct finder *f, const char *digits)
{
	size_t n = strlen(digits), m;
	struct q_person_find_insured_row *r;
	if (n == 10) {
		TRY(q_person_find_insured(f->c, &(struct q_person_find_insured_in){.insured_no = digits, .limit = f->limit}, &r, &m));
		for (size_t i = 0; i < m; i++)
			add(f, r[i].person_id, r[i].cluster_id, 100, HIT_INSURED, NULL);
	}
	return digits[0] == 'H' ? OK : range(f, KEY_PHONE, digits, NULL, 0, n >= 9 ? 95 : 70, 60, HIT_PHONE);
}

static bool all_kana(const char *key)
{
	for (uint32_t u; (u = str_next(&key)) != 0;)
		if (u < 0x30A1 || u > 0x30FC)
			return false;
	return true;
}

static err by_key(struct finder *f, const char *key)
{
	enum hit_why why = all_kana(key) ? HIT_KANA : HIT_NAME;
	TRY(range(f, KEY_HEAD, key, NULL, 0, 95, 85, why));
	/* One letter in the middle says nothing when there are beginnings with it already. */
	const char *p = key;
	bool one = str_next(&p) && !*p;
	if (one && f->n > 0)
		return OK;
	/* Nor does the middle when the beginnings fill the answer: it never stands before them. */
	if (f->n >= (size_t)f->limit - 1)
		return OK;
	return range(f, KEY_MIDDLE, key, NULL, 0, 75, 60, why);
}

/* 花子 山田, 山田 ハナコ: the longest word leads, the others must be there too. */
static err by_words(struct finder *f, const char *const *keys, size_t n)
{
	const char *others[MAX_WORDS];
	size_t lead = 0, k = 0;
	for (size_t i = 1; i < n; i++)
		if (strlen(keys[i]) > strlen(keys[lead]))
			lead = i;
	for (size_t i = 0; i < n; i++)
		if (i != lead)
			others[k++] = keys[i];
	enum hit_why why = all_kana(keys[lead]) ? HIT_KANA : HIT_NAME;
	TRY(range(f, KEY_HEAD, keys[lead], others, k, 90, 80, why));
	return range(f, KEY_MIDDLE, keys[lead], others, k, 90, 70, why);
}

static err by_romaji(struct finder *f, const struct words *w)
{
	const char *out[KANA_READINGS], *text = w->v[0];
	for (size_t i = 1; i < w->n; i++)
		text = arena_fmt(f->c->arena, "%s %s", text, w->v[i]);
	size_t n = kana_romaji(f->c->arena, text, out);
	for (size_t i = 0; i < n; i++)
		TRY(by_key(f, keys_name(f->c, out[i])));
	if (n) /* kyoko for キョウコ */
		TRY(range(f, KEY_SHORT, keys_short(f->c, keys_name(f->c, out[0])), NULL, 0, 80, 65, HIT_KANA));
	return OK;
}

static err by_names(struct finder *f, const struct words *w)
{
	struct ctx *c = f->c;
	const char *keys[MAX_WORDS], *whole = "";
	size_t n = 0;
	for (size_t i = 0; i < w->n; i++) {
		const char *key = keys_name(c, w->v[i]);
		if (!*key)
			continue;
		keys[n++] = key;
		whole = arena_fmt(c->arena, "%s%s", whole, key);
	}
	if (!n)
		return OK;
	TRY(by_key(f, whole));
	if (n == 2 && f->n == 0) /* 花子 山田 */
		TRY(by_key(f, arena_fmt(c->arena, "%s%s", keys[1], keys[0])));
	if (n > 1 && f->n == 0)
		TRY(by_words(f, keys, n));
	const char *p = whole;
	uint32_t first = str_next(&p);
	return (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') ? by_romaji(f, w) : OK;
}

/* A birth date with or without words: few people share a day, so the day leads. Romaji may be read in several ways. */
static err by_birth_key(struct finder *f, civil birth, const char *key1, const char *key2)
{
	struct q_person_find_birth_in in = {.birth_on = birth, .limit = f->limit};
	struct q_person_find_birth_row *r;
	size_t n;
	if (key1) {
		in.t1_from = key1;
		in.t1_to = keys_end(f->c, key1);
	}
	if (key2) {
		in.t2_from = key2;
		in.t2_to = keys_end(f->c, key2);
	}
	TRY(q_person_find_birth(f->c, &in, &r, &n));
	f->more |= n == (size_t)f->limit;
	for (size_t i = 0; i < n; i++)
		add(f, r[i].person_id, r[i].cluster_id, key1 ? 98 : 90, HIT_BIRTH, NULL);
	return OK;
}

static err by_birth(struct finder *f, const struct words *w)
{
	struct ctx *c = f->c;
	const char *out[KANA_READINGS], *key1 = w->n > 0 ? keys_name(c, w->v[0]) : NULL, *key2 = w->n > 1 ? keys_name(c, w->v[1]) : NULL;
	TRY(by_birth_key(f, w->birth, key1, key2));
	size_t n = w->n == 1 ? kana_romaji(c->arena, w->v[0], out) : 0;
	for (size_t i = 0; i < n; i++)
		TRY(by_birth_key(f, w->birth, keys_name(c, out[i]), NULL));
	return n ? by_birth_key(f, w->birth, keys_short(c, keys_name(c, out[0])), NULL) : OK;
}

/* --- what is shown --- */

void find_hit_of(const struct q_person_front_row *r, struct ctx *c, struct person_hit *h)
{
	*h = (struct person_hit){.id = r->id, .pid = r->pid, .name = r->name, .kana = r->kana, .sex = r->sex, .birth_on = r->birth_on,
		.birth_text = r->birth_text, .home_address = r->home_address, .area_id = r->area_id, .area_name = str_or(r->area_name, ""),
		.lives_alone = r->lives_alone, .is_unnamed = r->is_unnamed, .is_dead = r->death_on != CIVIL_NONE,
		.is_moved_out = r->moved_out_on != CIVIL_NONE && r->moved_out_on <= c->today, .score = 0, .matched = ""};
}

/* The other name (or the name of the merged record) that holds the key. */
static err matched_name(struct ctx *c, const struct cand *k, struct person_hit *h)
{
	if (!k->key || strstr(keys_name(c, h->name), k->key) || strstr(keys_name(c, h->kana), k->key))
		return OK;
	struct q_person_names_of_row *names;
	struct q_person_front_row own;
	size_t n;
	bool found;
	TRY(q_person_names_of(c, &(struct q_person_names_of_in){.person_id = k->person_id}, &names, &n));
	for (size_t i = 0; i < n; i++)
		if (strstr(keys_name(c, names[i].name), k->key) || strstr(keys_name(c, names[i].kana), k->key)) {
			h->matched = names[i].name;
			h->why = HIT_OTHER_NAME;
			return OK;
		}
	if (k->person_id == h->id)
		return OK;
	TRY(q_person_front(c, &(struct q_person_front_in){.id = k->person_id}, &own, &found));
	if (found) {
		h->matched = own.name;
		h->why = HIT_OTHER_NAME;
	}
	return OK;
}

static const char *plain(struct ctx *c, const char *text)
{
	struct buf b = buf_new(c->arena);
	for (uint32_t u; (u = str_next(&text)) != 0;)
		if (u != ' ' && u != 0x3000)
			buf_utf8(&b, u);
	return b.n ? b.p : "";
}

/* Equal keys: the very letters typed (髙, ダ) come first, then the living and present. */
static void refine(struct ctx *c, const char *typed, struct person_hit *h)
{
	const char *t = plain(c, typed), *k = plain(c, kana_katakana(c->arena, typed));
	if (*t && str_starts(plain(c, h->name), t))
		h->score += 4;
	if (*k && str_starts(plain(c, h->kana), k))
		h->score += 4;
	if (h->is_dead || h->is_moved_out)
		h->score -= 3;
	h->score = h->score > 100 ? 100 : h->score;
}

static int by_score(const void *a, const void *b)
{
	const struct person_hit *x = a, *y = b;
	if (x->score != y->score)
		return y->score - x->score;
	int k = strcmp(x->kana, y->kana);
	return k ? k : (x->id > y->id) - (x->id < y->id);
}

static int by_cand(const void *a, const void *b)
{
	const struct cand *x = a, *y = b;
	return x->score != y->score ? y->score - x->score : (x->cluster_id > y->cluster_id) - (x->cluster_id < y->cluster_id);
}

static err show(struct finder *f, int limit, struct person_hit **hits, size_t *n)
{
	struct ctx *c = f->c;
	size_t most = (size_t)limit * 2;
	qsort(f->v, f->n, sizeof f->v[0], by_cand);
	*hits = ARENA_ARRAY(c->arena, f->n ? f->n : 1, struct person_hit);
	*n = 0;
	for (size_t i = 0; i < f->n && *n < most; i++) {
		struct q_person_front_row r;
		bool found;
		TRY(q_person_front(c, &(struct q_person_front_in){.id = f->v[i].cluster_id}, &r, &found));
		if (!found || r.retired_ms != INT_NULL)
			TRY(q_person_front(c, &(struct q_person_front_in){.id = f->v[i].person_id}, &r, &found));
		if (!found || r.retired_ms != INT_NULL)
			continue;
		struct person_hit *h = &(*hits)[(*n)++];
		find_hit_of(&r, c, h);
		h->score = f->v[i].score;
		h->why = f->v[i].why;
		TRY(matched_name(c, &f->v[i], h));
		refine(c, f->typed, h);
	}
	qsort(*hits, *n, sizeof **hits, by_score);
	if (*n > (size_t)limit) {
		*n = (size_t)limit;
		f->more = true;
	}
	return OK;
}

err find_few(struct ctx *c, int64_t limit, bool *few)
{
	struct q_person_grant_few_row r;
	*few = false;
	if (c->actor.system)
		return OK;
	TRY(q_person_grant_few(c, &(struct q_person_grant_few_in){.limit = limit + 1}, &r));
	*few = r.n <= limit;
	return OK;
}

/* With g grants in a house of n people, a page is found after about 20 n / g entries of the order, or by reading and sorting
 * the people of g grants. Taking two of those for one of these: even at g = sqrt(10 n). */
err find_few_of_list(struct ctx *c, bool *few)
{
	struct q_person_how_many_row r;
	int64_t g = 1;
	TRY(q_person_how_many(c, &r));
	while (g * g < 10 * r.n)
		g *= 2;
	return find_few(c, g, few);
}

err person_find(struct ctx *c, const char *text, int limit, struct person_hit **hits, size_t *n, bool *more)
{
	TRY(gate_logged_in(c));
	limit = limit <= 0 ? 20 : limit > SEARCH_MAX ? SEARCH_MAX : limit;
	struct finder *f = ARENA_NEW(c->arena, struct finder);
	struct words w;
	f->c = c;
	f->limit = limit * 2 + 1;
	f->typed = str_trim(c->arena, str_or(text, ""));
	*n = 0;
	*hits = NULL;
	*more = false;
	if (!*f->typed || str_count(f->typed) > 200)
		return OK;
	TRY(find_few(c, FEW, &f->few));
	split(c, f->typed, &w);
	if (w.birth != CIVIL_NONE) /* 山田 S15.3.2: both must fit */
		TRY(by_birth(f, &w));
	if (*w.number || (w.n == 0 && w.birth != CIVIL_NONE && strlen(keys_digits(c, f->typed)) >= 6))
		TRY(by_number(f, *w.number ? w.number : keys_digits(c, f->typed)));
	if (w.n && w.birth == CIVIL_NONE)
		TRY(by_names(f, &w));
	TRY(show(f, limit, hits, n));
	*more = f->more && *n == (size_t)limit;
	return OK;
}

/* --- the row of the 五十音 table --- */

const char *search_row_label(int row) { return kana_row_label(row); }

void find_row_range(struct ctx *c, int row, const char **from, const char **to)
{
	const char *letters = kana_row_letters(row), *p = letters, *last = letters;
	while (*p) {
		last = p;
		str_next(&p);
	}
	const char *second = letters;
	str_next(&second);
	*from = arena_strn(c->arena, letters, (size_t)(second - letters));
	*to = keys_end(c, last);
}

err person_find_row(struct ctx *c, int row, int limit, const char *after_kana, int64_t after_id, struct person_hit **hits, size_t *n)
{
	TRY(gate_logged_in(c));
	if (row < 0 || row > 9)
		return ERR_NOT_CHOICE;
	struct q_person_page_in in = {.zone_id = INT_NULL, .area_id = INT_NULL, .after_kana = str_or(after_kana, ""), .after_id = after_id,
		.after_birth = CIVIL_NONE, .limit = limit <= 0 ? 20 : limit > SEARCH_MAX ? SEARCH_MAX : limit, .sort = Q_PERSON_PAGE_SORT_KANA};
	find_row_range(c, row, &in.kana_from, &in.kana_to);
	TRY(find_few_of_list(c, &in.few));
	struct q_person_page_row *r;
	TRY(q_person_page(c, &in, &r, n));
	*hits = ARENA_ARRAY(c->arena, *n ? *n : 1, struct person_hit);
	for (size_t i = 0; i < *n; i++)
		find_hit_of_page(&r[i], c, &(*hits)[i]);
	return OK;
}

/* --- saved searches --- */

struct save_job {
	const char *params;
	char pid[PID_TEXT];
};

static err save_tx(struct ctx *c, void *arg)
{
	struct save_job *j = arg;
	return q_saved_search_put(c, &(struct q_saved_search_put_in){.pid = j->pid, .params = j->params}, NULL);
}

err search_save(struct ctx *c, const char *params, const char **pid)
{
	TRY(gate_logged_in(c));
	if (strlen(params) > 4000)
		return ERR_TOO_LONG;
	struct save_job j = {.params = params};
	pid_make(j.pid);
	TRY(tx_run(c, save_tx, &j));
	*pid = arena_str(c->arena, j.pid);
	return OK;
}

err search_get(struct ctx *c, const char *pid, const char **params)
{
	struct q_saved_search_get_row r;
	bool found;
	TRY(gate_logged_in(c));
	TRY(q_saved_search_get(c, &(struct q_saved_search_get_in){.pid = pid}, &r, &found));
	if (!found)
		return ERR_NOTFOUND;
	*params = r.params;
	return OK;
}

struct sweep_job {
	int64_t before, n;
};

static err sweep_tx(struct ctx *c, void *arg)
{
	struct sweep_job *j = arg;
	return q_saved_search_sweep(c, &(struct q_saved_search_sweep_in){.before_ms = j->before}, &j->n);
}

err search_sweep(struct ctx *c, int64_t older_than_ms, int64_t *n)
{
	if (!c->actor.system)
		return ERR_DENIED;
	struct sweep_job j = {older_than_ms, 0};
	TRY(tx_run(c, sweep_tx, &j));
	*n = j.n;
	return OK;
}
