#include "law/newer.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/str.h"
#include "law/calendar.h"
#include "law/codes.h"
#include "law/duty.h"
#include "law/numbers.h"

#include <stdlib.h>
#include <string.h>

const char *law_change_ja(enum law_change how)
{
	static const char *const words[LAW_CHANGES] = {"増える行", "終わる行", "変わる行", "なくなる行"};
	return words[how];
}

/* ---- rows of a text ---------------------------------------------------------------------------------------------------------------- */

struct rows {
	struct arena *a;
	const struct law_file *f;
	struct law_text_row *v;
	size_t n, cap, n_cols;
	struct map by_key;
};

static const char *key_of(struct arena *a, const char *const *field, size_t n, uint32_t cols)
{
	struct buf b = buf_new(a);
	for (size_t i = 0; i < n; i++)
		if (cols & 1u << i)
			buf_fmt(&b, "%s%s", b.n ? " " : "", field[i]);
	return b.n ? b.p : "";
}

static err take_row(struct ctx *c, const struct law_row *r, void *arg)
{
	struct rows *x = arg;
	(void)c;
	x->v = law_grow(x->a, x->v, x->n, &x->cap, sizeof *x->v);
	const char **field = ARENA_ARRAY(x->a, r->n, const char *);
	memcpy(field, r->field, r->n * sizeof *field);
	x->v[x->n] = (struct law_text_row){r->line, field, key_of(x->a, field, r->n, x->f->key)};
	x->n_cols = r->n;
	map_set(&x->by_key, x->v[x->n].key, (void *)(uintptr_t)(x->n + 1));
	x->n++;
	return OK;
}

static void rows_read(struct arena *a, const struct law_file *f, const char *text, struct rows *out)
{
	struct ctx c;
	ctx_init(&c, a, 0);
	*out = (struct rows){.a = a, .f = f, .by_key = map_new(a)};
	if (law_read_text(&c, f->name, arena_str(a, text), f->head, take_row, out) != OK)
		return; /* what could be read before the fault */
}

void law_text_rows(struct arena *a, const struct law_file *f, const char *text, struct law_text_row **v, size_t *n, size_t *n_cols)
{
	struct rows x;
	rows_read(a, f, text, &x);
	*v = x.v;
	*n = x.n;
	*n_cols = x.n_cols;
}

static size_t row_at_key(const struct rows *x, const char *key) { return (size_t)(uintptr_t)map_get(&x->by_key, key); }

size_t law_column(const struct law_file *f, const char *name)
{
	size_t col = 0, len = strlen(name);
	for (const char *p = f->head; *p; col++) {
		size_t n = strcspn(p, "\t");
		if (n == len && strncmp(p, name, n) == 0)
			return col;
		p += n + (p[n] == '\t');
	}
	return SIZE_MAX;
}

const char *law_column_name(struct arena *a, const struct law_file *f, size_t col)
{
	const char *p = f->head;
	while (col--)
		p += strcspn(p, "\t") + 1;
	return arena_strn(a, p, strcspn(p, "\t"));
}

/* ---- what changes ------------------------------------------------------------------------------------------------------------------ */

static const char *title_of(const struct law_file *f, const struct law_text_row *r)
{
	static const char *const columns[] = {"title", "meaning", "label", "name", "reason"};
	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
		size_t col = law_column(f, columns[i]);
		if (col != SIZE_MAX)
			return r->field[col];
	}
	return "";
}

static void add_cells(struct arena *a, const struct law_file *f, size_t n_cols, const struct law_text_row *now, const struct law_text_row *then, struct law_row_diff *d)
{
	size_t end = law_column(f, "valid_to");
	d->cells = ARENA_ARRAY(a, n_cols + 1, struct law_cell_diff);
	for (size_t i = 0; i < n_cols; i++) {
		const char *x = now ? now->field[i] : "", *y = then ? then->field[i] : "";
		if (str_eq(x, y))
			continue;
		d->cells[d->n++] = (struct law_cell_diff){law_column_name(a, f, i), x, y};
		if (i == end && now && then && !*x)
			d->how = LAW_ENDED;
	}
}

static void put(struct law_diff *out, struct law_row_diff d)
{
	out->n_of[d.how]++;
	out->v[out->n++] = d;
}

void law_diff_texts(struct arena *a, const struct law_file *f, const char *now, const char *then, struct law_diff *out)
{
	struct rows x, y;
	rows_read(a, f, now, &x);
	rows_read(a, f, then, &y);
	*out = (struct law_diff){.v = ARENA_ARRAY(a, x.n + y.n + 1, struct law_row_diff), .n_now = x.n, .n_then = y.n};
	for (size_t i = 0; i < y.n; i++) {
		size_t at = row_at_key(&x, y.v[i].key);
		const struct law_text_row *old = at ? &x.v[at - 1] : NULL;
		struct law_row_diff d = {.how = old ? LAW_CHANGED : LAW_ADDED, .line = y.v[i].line, .key = y.v[i].key, .title = title_of(f, &y.v[i])};
		add_cells(a, f, y.n_cols, old, &y.v[i], &d);
		if (d.n)
			put(out, d);
	}
	for (size_t i = 0; i < x.n; i++) {
		if (row_at_key(&y, x.v[i].key))
			continue;
		struct law_row_diff d = {.how = LAW_GONE, .key = x.v[i].key, .title = title_of(f, &x.v[i])};
		add_cells(a, f, x.n_cols, &x.v[i], NULL, &d);
		put(out, d);
	}
}

/* ---- is it right? ------------------------------------------------------------------------------------------------------------------ */

/* What the table in force names and the new one does not. */
static void check_gone(struct ctx *c, const struct law_file *f, const struct rows *now, const struct rows *then)
{
	struct map there = map_new(c->arena), said = map_new(c->arena);
	for (size_t i = 0; i < then->n; i++)
		map_set(&there, key_of(c->arena, then->v[i].field, then->n_cols, f->group), (void *)1);
	for (size_t i = 0; f->group && i < now->n; i++) {
		const char *key = key_of(c->arena, now->v[i].field, now->n_cols, f->group);
		if (map_get(&there, key) || map_get(&said, key))
			continue;
		map_set(&said, key, (void *)1);
		(void)fault_add(c, "", ERR_FORM_DEF, "%s に「%s」（%s）の行がありません。%s", f->name, key, title_of(f, &now->v[i]),
			law_column(f, "valid_to") == SIZE_MAX ? "前の記録で使われているので、行を残してください。"
			: "前の記録がその行で判定されているので、終わった行は消さずに、「valid_to」に最後の日を書いてください。");
	}
}

static const struct law_text_row *row_of_number(const struct rows *then, const struct law_number *k)
{
	for (size_t i = 0; i < then->n; i++) {
		civil from;
		if (str_eq(then->v[i].field[0], k->id) && (law_from_open(k->from) ? !*then->v[i].field[4] : civil_parse(then->v[i].field[4], &from) && from == k->from))
			return &then->v[i];
	}
	return NULL;
}

static void check_numbers(struct ctx *c, const struct law_catalogue *law, const struct rows *now, const struct rows *then, civil on)
{
	for (size_t i = 0; i < law->n_numbers; i++) {
		const struct law_number *k = &law->numbers[i], *next = NULL;
		for (size_t j = 0; j < law->n_numbers; j++)
			if (str_eq(law->numbers[j].id, k->id) && law->numbers[j].from > k->from && (!next || law->numbers[j].from < next->from))
				next = &law->numbers[j];
		const struct law_text_row *r = next ? row_of_number(then, next) : NULL;
		if (r && next->from != k->to + 1)
			(void)fault_add(c, "", ERR_FORM_DEF, "numbers.tsv の %d 行目「valid_from」の列: %s の有効期間が、前の値の終わりの翌日から始まっていません（すき間があります）。", r->line, k->id);
	}
	for (size_t i = 0; i < now->n; i++) {
		civil from = CIVIL_NONE, to = CIVIL_OPEN;
		const char *const *f = now->v[i].field;
		if ((*f[4] && (!civil_parse(f[4], &from) || from > on)) || (*f[5] && (!civil_parse(f[5], &to) || to < on)))
			continue;
		if (!law_number_find(law, f[0], on))
			(void)fault_add(c, "", ERR_FORM_DEF, "numbers.tsv の「%s」に、今日使える値がありません。今日を含む行を残してください。", f[0]);
	}
}

static void check_codes(struct ctx *c, const struct law_catalogue *law, const struct rows *now, civil on)
{
	struct map said = map_new(c->arena);
	for (size_t i = 0; i < now->n; i++) {
		size_t n;
		civil from = CIVIL_NONE, to = CIVIL_OPEN;
		const char *const *f = now->v[i].field;
		bool today = (!*f[3] || (civil_parse(f[3], &from) && from <= on)) && (!*f[4] || (civil_parse(f[4], &to) && to >= on));
		if (!today || map_get(&said, f[0]))
			continue;
		map_set(&said, f[0], (void *)1);
		(void)law_code_list(law, c->arena, f[0], on, &n);
		if (!n)
			(void)fault_add(c, "", ERR_FORM_DEF, "codes.tsv の一覧「%s」に、今日選べるものが1つもありません。", f[0]);
	}
}

static void check_holidays(struct ctx *c, const struct law_catalogue *law, const struct rows *now)
{
	struct law_calendar k = law_calendar_of(law, NULL, 0);
	for (size_t i = 0, said = 0; i < now->n; i++) {
		civil day;
		int y = civil_parse(now->v[i].field[0], &day) ? civil_ymd(day).y : 0;
		if (y == 0 || law_calendar_known(&k, day) || said == (size_t)y)
			continue;
		said = (size_t)y;
		(void)fault_add(c, "", ERR_FORM_DEF, "holidays.tsv に %d 年の祝日がありません。前の年の分も残してください。", y);
	}
}

static void check_consequences(struct ctx *c, const struct law_catalogue *law, const struct law_file *f, const struct rows *then)
{
	size_t col = law_column(f, "consequence");
	for (size_t i = 0; i < then->n; i++) {
		const char *code = then->v[i].field[col];
		bool known = false;
		for (size_t k = 0; k < law->n_codes && !known; k++)
			known = str_eq(law->codes[k].list, "duty_consequence") && str_eq(law->codes[k].code, code);
		if (!known)
			(void)fault_add(c, "", ERR_FORM_DEF, "duties.tsv の %d 行目「consequence」の列（左から %zu 番目）: 規則 %s: codes.tsv の duty_consequence にない帰結「%s」です。", then->v[i].line, col + 1,
				then->v[i].field[0], code);
	}
}

static err load_with(struct ctx *c, const struct law_source *src, const struct law_file *f, const char *text, const struct law_catalogue **law)
{
	struct law_overlay *over = ARENA_ARRAY(c->arena, src->n_over + 1, struct law_overlay);
	struct law_source with = {.dir = src->dir, .over = over, .every_row = true};
	over[with.n_over++] = (struct law_overlay){f->name, text};
	for (size_t i = 0; i < src->n_over; i++)
		if (!str_eq(src->over[i].file, f->name))
			over[with.n_over++] = src->over[i];
	return law_load_from(c, c->arena, &with, law);
}

err law_newer_check(struct ctx *c, const struct law_source *src, const struct law_file *f, const char *text, civil on, const struct law_catalogue **law)
{
	size_t before = c->n_faults;
	char *now_text;
	struct rows now, then;
	if (strlen(text) >= LAW_FILE_MAX)
		return fault_add(c, "", ERR_LIMIT, "ファイルが大きすぎます（%d MBまで）。", LAW_FILE_MAX >> 20);
	TRY(law_file_text(c, c->arena, src, f->name, &now_text));
	TRY(load_with(c, src, f, text, law));
	rows_read(c->arena, f, now_text, &now);
	rows_read(c->arena, f, text, &then);
	if (!then.n)
		return fault_add(c, "", ERR_FORM_DEF, "%s に行が1つもありません。", f->name);
	check_gone(c, f, &now, &then);
	if (str_eq(f->name, "numbers.tsv"))
		check_numbers(c, *law, &now, &then, on);
	else if (str_eq(f->name, "codes.tsv"))
		check_codes(c, *law, &now, on);
	else if (str_eq(f->name, "holidays.tsv"))
		check_holidays(c, *law, &now);
	else if (str_eq(f->name, "duties.tsv"))
		check_consequences(c, *law, f, &then);
	return c->n_faults > before ? ERR_FORM_DEF : OK;
}
