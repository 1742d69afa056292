#include "law/tables.h"

#include "base/buf.h"
#include "base/str.h"
#include "law/assess_items.h"
#include "law/calendar.h"
#include "law/decide.h"
#include "law/duty.h"
#include "law/numbers.h"
#include "law/params.h"

#include <stdio.h>
#include <string.h>

enum { FILE_MAX = 4 << 20 };

static err read_file(struct ctx *c, struct arena *keep, const char *path, char **out)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return fault_add(c, "", ERR_IO, "法令データのファイル「%s」を開けません。置き場所を確かめてください。", path);
	struct buf b = buf_new(keep);
	char chunk[8192];
	size_t k;
	while ((k = fread(chunk, 1, sizeof chunk, f)) > 0 && b.n < FILE_MAX)
		buf_add(&b, chunk, k);
	bool bad = ferror(f) != 0;
	fclose(f);
	if (bad || b.n >= FILE_MAX)
		return fault_add(c, "", ERR_IO, "法令データのファイル「%s」を読めません。", path);
	if (!str_utf8_valid(b.p, b.n))
		return fault_add(c, "", ERR_NOT_UTF8, "法令データのファイル「%s」が UTF-8 ではありません。", path);
	*out = b.p;
	return OK;
}

err law_row_fault(struct ctx *c, const struct law_row *r, const char *why)
{
	return fault_add(c, "", ERR_FORM_DEF, "%s の %d 行目: %s", r->file, r->line, why);
}

bool law_from_open(civil from) { return from <= civil_from(1900, 1, 1); }

err law_row_period(struct ctx *c, const struct law_row *r, size_t col, civil *from, civil *to)
{
	*from = civil_from(1900, 1, 1);
	*to = CIVIL_OPEN;
	if (*r->field[col] && !civil_parse(r->field[col], from))
		return law_row_fault(c, r, "有効期間の始まりが日付ではありません。");
	if (*r->field[col + 1] && !civil_parse(r->field[col + 1], to))
		return law_row_fault(c, r, "有効期間の終わりが日付ではありません。");
	if (*to < *from)
		return law_row_fault(c, r, "有効期間の終わりが始まりより前です。");
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

err law_read_text(struct ctx *c, const char *name, char *text, const char *head, err (*fn)(struct ctx *, const struct law_row *, void *), void *arg)
{
	struct law_row r = {.file = name};
	size_t columns = 1;
	for (const char *p = head; *p; p++)
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
			if (!str_eq(line, head))
				return law_row_fault(c, &r, "見出しの行が決まった形と違います。");
			head_seen = true;
			continue;
		}
		r.n = split_tabs(line, r.field, sizeof r.field / sizeof r.field[0]);
		if (r.n != columns)
			return law_row_fault(c, &r, "列の数が見出しと違います。");
		TRY(fn(c, &r, arg));
	}
	return OK;
}

err law_read_tsv(struct ctx *c, struct arena *keep, const char *dir, const char *name, const char *head,
                 err (*fn)(struct ctx *, const struct law_row *, void *), void *arg)
{
	char *text = NULL;
	TRY(read_file(c, keep, arena_fmt(c->arena, "%s/%s", dir, name), &text));
	return law_read_text(c, name, text, head, fn, arg);
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
	if (!*k->list || !*k->code || !*k->label)
		return law_row_fault(c, r, "一覧・コード・名称のどれかが空です。");
	TRY(law_row_period(c, r, 3, &k->from, &k->to));
	for (size_t i = 0; i < l->n_codes; i++)
		if (str_eq(l->codes[i].list, k->list) && str_eq(l->codes[i].code, k->code) &&
		    l->codes[i].from <= k->to && k->from <= l->codes[i].to)
			return law_row_fault(c, r, "同じコードの有効期間が重なっています。");
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
	if (!*k->table || !*k->id || !*k->outcome || !*k->reason || !*k->source)
		return law_row_fault(c, r, "表・規則・結果・理由・出典のどれかが空です。");
	TRY(law_row_period(c, r, 6, &k->from, &k->to));
	struct law_term *terms;
	if (law_condition_parse(c, l->keep, k->condition, &terms, &k->n_terms) != OK)
		return law_row_fault(c, r, "条件が読めません。");
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
	if (!*k->id || !*k->source || !str_int(r->field[1], &k->value))
		return law_row_fault(c, r, "名前・出典が空か、値が整数ではありません。");
	TRY(law_row_period(c, r, 4, &k->from, &k->to));
	for (size_t i = 0; i < l->n_numbers; i++)
		if (str_eq(l->numbers[i].id, k->id) && l->numbers[i].from <= k->to && k->from <= l->numbers[i].to)
			return law_row_fault(c, r, "同じ名前の有効期間が重なっています。");
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
	if (!*k->kind || !*k->key || !*k->label)
		return law_row_fault(c, r, "種類・コード・名称のどれかが空です。");
	for (size_t i = 0; i < l->n_names; i++)
		if (str_eq(l->names[i].kind, k->kind) && str_eq(l->names[i].key, k->key))
			return law_row_fault(c, r, "同じコードの名称が2つあります。");
	l->n_names++;
	return OK;
}

err law_load(struct ctx *c, struct arena *keep, const char *dir, const struct law_catalogue **out)
{
	struct loading l = {.keep = keep};
	TRY(law_read_tsv(c, keep, dir, "codes.tsv", "list\tcode\tlabel\tvalid_from\tvalid_to\tsource\tconfidence",
	                 code_row, &l));
	TRY(law_read_tsv(c, keep, dir, "decisions.tsv",
	                 "table\tid\tcondition\toutcome\treason\thandin\tvalid_from\tvalid_to\tsource\tconfidence", rule_row,
	                 &l));
	TRY(law_read_tsv(c, keep, dir, "numbers.tsv", "id\tvalue\tunit\tmeaning\tvalid_from\tvalid_to\tsource\tconfidence", number_row, &l));
	TRY(law_read_tsv(c, keep, dir, "names.tsv", "kind\tkey\tlabel", name_row, &l));
	char *version;
	TRY(read_file(c, keep, arena_fmt(c->arena, "%s/VERSION", dir), &version));
	version[strcspn(version, "\r\n")] = '\0';
	struct law_catalogue *cat = ARENA_NEW(keep, struct law_catalogue);
	*cat = (struct law_catalogue){.codes = l.codes, .n_codes = l.n_codes, .rules = l.rules, .n_rules = l.n_rules, .numbers = l.numbers,
	                              .n_numbers = l.n_numbers, .names = l.names, .n_names = l.n_names, .version = version};
	TRY(law_assess_load(c, keep, dir, cat));
	TRY(law_calendar_load(c, keep, dir, cat));
	TRY(law_params_load(c, keep, dir, cat));
	TRY(duty_load(c, keep, dir, cat));
	*out = cat;
	return OK;
}
