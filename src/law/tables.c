#include "law/tables.h"

#include "base/buf.h"
#include "base/str.h"
#include "law/assess_items.h"
#include "law/calendar.h"
#include "law/decide.h"
#include "law/duty.h"
#include "law/files.h"
#include "law/numbers.h"
#include "law/params.h"

#include <stdio.h>
#include <string.h>

static err read_file(struct ctx *c, struct arena *keep, const char *path, char **out)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return fault_add(c, "", ERR_IO, "法令データのファイル「%s」を開けません。置き場所を確かめてください。", path);
	struct buf b = buf_new(keep);
	char chunk[8192];
	size_t k;
	while ((k = fread(chunk, 1, sizeof chunk, f)) > 0 && b.n < LAW_FILE_MAX)
		buf_add(&b, chunk, k);
	bool bad = ferror(f) != 0;
	fclose(f);
	if (bad || b.n >= LAW_FILE_MAX)
		return fault_add(c, "", ERR_IO, "法令データのファイル「%s」を読めません。", path);
	if (!str_utf8_valid(b.p, b.n))
		return fault_add(c, "", ERR_NOT_UTF8, "法令データのファイル「%s」が UTF-8 ではありません。", path);
	*out = b.p;
	return OK;
}

err law_file_text(struct ctx *c, struct arena *keep, const struct law_source *src, const char *name, char **out)
{
	for (size_t i = 0; i < src->n_over; i++)
		if (str_eq(src->over[i].file, name)) {
			*out = arena_str(keep, src->over[i].text);
			return OK;
		}
	return read_file(c, keep, arena_fmt(c->arena, "%s/%s", src->dir, name), out);
}

err law_row_fault(struct ctx *c, const struct law_row *r, const char *why)
{
	return fault_add(c, "", ERR_FORM_DEF, "%s の %d 行目: %s", r->file, r->line, why);
}

err law_cell_fault(struct ctx *c, const struct law_row *r, size_t col, const char *why)
{
	const char *name = r->head;
	for (size_t i = 0; i < col && *name; i++)
		name += strcspn(name, "\t") + (name[strcspn(name, "\t")] == '\t');
	return fault_add(c, "", ERR_FORM_DEF, "%s の %d 行目「%.*s」の列（左から %zu 番目）: %s", r->file, r->line, (int)strcspn(name, "\t"), name, col + 1, why);
}

err law_row_filled(struct ctx *c, const struct law_row *r, uint32_t cols)
{
	for (size_t i = 0; i < r->n; i++)
		if ((cols & 1u << i) && !*r->field[i])
			return law_cell_fault(c, r, i, "空です。書き入れてください。");
	return OK;
}

bool law_from_open(civil from) { return from <= civil_from(1900, 1, 1); }

err law_row_period(struct ctx *c, const struct law_row *r, size_t col, civil *from, civil *to)
{
	*from = civil_from(1900, 1, 1);
	*to = CIVIL_OPEN;
	if (*r->field[col] && !civil_parse(r->field[col], from))
		return law_cell_fault(c, r, col, "有効期間の始まりが日付ではありません（例: 2027-04-01）。");
	if (*r->field[col + 1] && !civil_parse(r->field[col + 1], to))
		return law_cell_fault(c, r, col + 1, "有効期間の終わりが日付ではありません（例: 2027-03-31）。");
	if (*to < *from)
		return law_cell_fault(c, r, col + 1, "有効期間の終わりが始まりより前です。");
	return OK;
}

static size_t split_tabs(char *line, const char **field, size_t max)
{
	size_t n = 0;
	for (;;) {
		if (n == max)
			return max + 1;
		field[n++] = line;
		char *t = strchr(line, '\t');
		if (!t)
			return n;
		*t = '\0';
		line = t + 1;
	}
}

struct reading {
	const char *name, *head;
	bool every_row;
	law_row_fn fn;
	void *arg;
};

/* One fault for a bad row: what a part of it said before is in the sentence about the row. */
static void one_fault(struct ctx *c, size_t before)
{
	if (c->n_faults <= before + 1)
		return;
	c->faults[before] = c->faults[c->n_faults - 1];
	c->n_faults = before + 1;
}

static err read_row(struct ctx *c, const struct reading *w, struct law_row *r, char *line, size_t columns)
{
	size_t before = c->n_faults;
	r->n = split_tabs(line, r->field, sizeof r->field / sizeof r->field[0]);
	err e = r->n == columns ? w->fn(c, r, w->arg)
		: law_row_fault(c, r, arena_fmt(c->arena, "列の数が見出しと違います（見出しは %zu 列、この行は %zu 列%s）。", columns, r->n,
			r->n > sizeof r->field / sizeof r->field[0] ? "以上" : ""));
	one_fault(c, before);
	return e;
}

static err read_rows(struct ctx *c, const struct reading *w, char *text)
{
	struct law_row r = {.file = w->name, .head = w->head};
	size_t columns = 1, before = c->n_faults;
	for (const char *p = w->head; *p; p++)
		columns += *p == '\t';
	bool head_seen = false;
	for (char *line = text, *next; line && *line; line = next) {
		r.line++;
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		size_t len = strlen(line);
		if (len && line[len - 1] == '\r')
			line[len - 1] = '\0';
		if (!*line || *line == '#')
			continue;
		if (!head_seen) {
			if (!str_eq(line, w->head))
				return law_row_fault(c, &r, "見出しの行が決まった形と違います。");
			head_seen = true;
			continue;
		}
		err e = read_row(c, w, &r, line, columns);
		if (e != OK && (e != ERR_FORM_DEF || !w->every_row || c->n_faults - before >= LAW_FAULTS))
			return e;
	}
	return c->n_faults > before ? ERR_FORM_DEF : OK;
}

err law_read_text(struct ctx *c, const char *name, char *text, const char *head, law_row_fn fn, void *arg)
{
	return read_rows(c, &(struct reading){name, head, false, fn, arg}, text);
}

err law_read_tsv(struct ctx *c, struct arena *keep, const struct law_source *src, const char *name, const char *head, law_row_fn fn, void *arg)
{
	char *text = NULL;
	TRY(law_file_text(c, keep, src, name, &text));
	return read_rows(c, &(struct reading){name, head, src->every_row, fn, arg}, text);
}

struct loading {
	struct arena *keep;
	struct law_code *codes;
	size_t n_codes, cap_codes;
	struct law_rule *rules;
	size_t n_rules, cap_rules;
	struct law_number *numbers;
	size_t n_numbers, cap_numbers;
	struct law_name *names;
	size_t n_names, cap_names;
};

void *law_grow(struct arena *keep, void *old, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return old;
	*cap = *cap ? *cap * 2 : 64;
	void *p = arena_array(keep, *cap, size);
	if (n)
		memcpy(p, old, n * size);
	return p;
}

/* list code label valid_from valid_to source confidence */
static err code_row(struct ctx *c, const struct law_row *r, void *arg)
{
	struct loading *l = arg;
	l->codes = law_grow(l->keep, l->codes, l->n_codes, &l->cap_codes, sizeof *l->codes);
	struct law_code *k = &l->codes[l->n_codes];
	*k = (struct law_code){r->field[0], r->field[1], r->field[2], r->field[5], r->field[6], 0, 0};
	TRY(law_row_filled(c, r, 1u << 0 | 1u << 1 | 1u << 2));
	TRY(law_row_period(c, r, 3, &k->from, &k->to));
	for (size_t i = 0; i < l->n_codes; i++)
		if (str_eq(l->codes[i].list, k->list) && str_eq(l->codes[i].code, k->code) &&
		    l->codes[i].from <= k->to && k->from <= l->codes[i].to)
			return law_cell_fault(c, r, 3, "同じコードの有効期間が重なっています。");
	l->n_codes++;
	return OK;
}

/* table id condition outcome reason handin valid_from valid_to source confidence */
static err rule_row(struct ctx *c, const struct law_row *r, void *arg)
{
	struct loading *l = arg;
	l->rules = law_grow(l->keep, l->rules, l->n_rules, &l->cap_rules, sizeof *l->rules);
	struct law_rule *k = &l->rules[l->n_rules];
	*k = (struct law_rule){.table = r->field[0], .id = r->field[1], .condition = r->field[2], .outcome = r->field[3],
	                       .reason = r->field[4], .handin = r->field[5], .source = r->field[8], .confidence = r->field[9]};
	TRY(law_row_filled(c, r, 1u << 0 | 1u << 1 | 1u << 3 | 1u << 4 | 1u << 8));
	TRY(law_row_period(c, r, 6, &k->from, &k->to));
	struct law_term *terms;
	if (law_condition_parse(c, l->keep, k->condition, &terms, &k->n_terms) != OK)
		return law_cell_fault(c, r, 2, "条件が読めません。");
	k->terms = terms;
	l->n_rules++;
	return OK;
}

/* id value unit meaning valid_from valid_to source confidence */
static err number_row(struct ctx *c, const struct law_row *r, void *arg)
{
	struct loading *l = arg;
	l->numbers = law_grow(l->keep, l->numbers, l->n_numbers, &l->cap_numbers, sizeof *l->numbers);
	struct law_number *k = &l->numbers[l->n_numbers];
	*k = (struct law_number){.id = r->field[0], .unit = r->field[2], .meaning = r->field[3], .source = r->field[6], .confidence = r->field[7]};
	TRY(law_row_filled(c, r, 1u << 0 | 1u << 1 | 1u << 3 | 1u << 6 | 1u << 7));
	if (!str_int(r->field[1], &k->value))
		return law_cell_fault(c, r, 1, "値が整数ではありません。");
	TRY(law_row_period(c, r, 4, &k->from, &k->to));
	for (size_t i = 0; i < l->n_numbers; i++)
		if (str_eq(l->numbers[i].id, k->id) && l->numbers[i].from <= k->to && k->from <= l->numbers[i].to)
			return law_cell_fault(c, r, 4, "同じ名前の有効期間が重なっています。");
	l->n_numbers++;
	return OK;
}

/* kind key label */
static err name_row(struct ctx *c, const struct law_row *r, void *arg)
{
	struct loading *l = arg;
	l->names = law_grow(l->keep, l->names, l->n_names, &l->cap_names, sizeof *l->names);
	struct law_name *k = &l->names[l->n_names];
	*k = (struct law_name){r->field[0], r->field[1], r->field[2]};
	TRY(law_row_filled(c, r, 1u << 0 | 1u << 1 | 1u << 2));
	for (size_t i = 0; i < l->n_names; i++)
		if (str_eq(l->names[i].kind, k->kind) && str_eq(l->names[i].key, k->key))
			return law_cell_fault(c, r, 1, "同じコードの名称が2つあります。");
	l->n_names++;
	return OK;
}

static err load_names_and_codes(struct ctx *c, struct arena *keep, const struct law_source *src, struct loading *l)
{
	TRY(law_read_tsv(c, keep, src, "codes.tsv", law_file_head("codes.tsv"), code_row, l));
	TRY(law_read_tsv(c, keep, src, "decisions.tsv", law_file_head("decisions.tsv"), rule_row, l));
	TRY(law_read_tsv(c, keep, src, "numbers.tsv", law_file_head("numbers.tsv"), number_row, l));
	return law_read_tsv(c, keep, src, "names.tsv", law_file_head("names.tsv"), name_row, l);
}

err law_load_from(struct ctx *c, struct arena *keep, const struct law_source *src, const struct law_catalogue **out)
{
	struct loading l = {.keep = keep};
	TRY(load_names_and_codes(c, keep, src, &l));
	char *version = NULL;
	TRY(law_file_text(c, keep, src, "VERSION", &version));
	version = arena_strn(keep, str_or(version, ""), strcspn(str_or(version, ""), "\r\n"));
	struct law_catalogue *cat = ARENA_NEW(keep, struct law_catalogue);
	*cat = (struct law_catalogue){.codes = l.codes, .n_codes = l.n_codes, .rules = l.rules, .n_rules = l.n_rules, .numbers = l.numbers,
	                              .n_numbers = l.n_numbers, .names = l.names, .n_names = l.n_names, .version = version};
	TRY(law_assess_load(c, keep, src, cat));
	TRY(law_calendar_load(c, keep, src, cat));
	TRY(law_params_load(c, keep, src, cat));
	TRY(duty_load(c, keep, src, cat));
	*out = cat;
	return OK;
}

err law_load(struct ctx *c, struct arena *keep, const char *dir, const struct law_catalogue **out)
{
	return law_load_from(c, keep, &(struct law_source){.dir = dir}, out);
}
