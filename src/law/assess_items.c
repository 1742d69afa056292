#include "law/assess_items.h"

#include "base/buf.h"
#include "base/str.h"
#include "law/files.h"

#include <string.h>

struct loading {
	struct arena *keep;
	struct law_assess_item *items;
	size_t n_items, cap_items;
	struct law_issue_row *rows;
	size_t n_rows, cap_rows;
};

static void *grow(struct arena *keep, void *old, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return old;
	*cap = *cap ? *cap * 2 : 128;
	void *p = arena_array(keep, *cap, size);
	if (n)
		memcpy(p, old, n * size);
	return p;
}

static bool class_of(const char *code, int *bit)
{
	static const struct {
		const char *code;
		int bit;
	} classes[] = {
#define CLASS(NAME, bit, code, label) {code, bit},
#include "base/classes.tbl.h"
#undef CLASS
	};
	for (size_t i = 0; i < sizeof classes / sizeof classes[0]; i++)
		if (str_eq(classes[i].code, code)) {
			*bit = classes[i].bit;
			return true;
		}
	return false;
}

/* code no part label kind icf class area old valid_from valid_to source confidence */
static err item_row(struct ctx *c, const struct law_row *r, void *arg)
{
	struct loading *l = arg;
	int64_t no;
	l->items = grow(l->keep, l->items, l->n_items, &l->cap_items, sizeof *l->items);
	struct law_assess_item *k = &l->items[l->n_items];
	*k = (struct law_assess_item){.code = r->field[0], .part = r->field[2], .label = r->field[3], .kind = r->field[4], .icf = r->field[5],
	                              .area = r->field[7], .old = r->field[8], .source = r->field[11], .confidence = r->field[12]};
	if (!*k->code || !*k->label || !*k->kind || !*k->icf || !*k->source)
		return law_row_fault(c, r, "コード・名称・種類・ICF・出典のどれかが空です。");
	if (!str_int(r->field[1], &no) || no < 1 || no > 99)
		return law_row_fault(c, r, "番号が読めません。");
	k->no = (int)no;
	if (!class_of(r->field[6], &k->class_bit))
		return law_row_fault(c, r, "記録区分が読めません。");
	TRY(law_row_period(c, r, 9, &k->from, &k->to));
	for (size_t i = 0; i < l->n_items; i++)
		if (str_eq(l->items[i].code, k->code) && str_eq(l->items[i].part, k->part) && l->items[i].from <= k->to && k->from <= l->items[i].to)
			return law_row_fault(c, r, "同じ項目の有効期間が重なっています。");
	l->n_items++;
	return OK;
}

/* code no group label scale from valid_from valid_to source confidence */
static err issue_row(struct ctx *c, const struct law_row *r, void *arg)
{
	struct loading *l = arg;
	int64_t no;
	l->rows = grow(l->keep, l->rows, l->n_rows, &l->cap_rows, sizeof *l->rows);
	struct law_issue_row *k = &l->rows[l->n_rows];
	*k = (struct law_issue_row){.code = r->field[0], .group = r->field[2], .label = r->field[3], .scale = r->field[4],
	                            .from_parts = r->field[5], .source = r->field[8], .confidence = r->field[9]};
	if (!*k->code || !*k->label || !*k->scale || !*k->source)
		return law_row_fault(c, r, "コード・名称・尺度・出典のどれかが空です。");
	if (!str_int(r->field[1], &no) || no < 1 || no > 99)
		return law_row_fault(c, r, "番号が読めません。");
	k->no = (int)no;
	TRY(law_row_period(c, r, 6, &k->from, &k->to));
	l->n_rows++;
	return OK;
}

err law_assess_load(struct ctx *c, struct arena *keep, const struct law_source *src, struct law_catalogue *out)
{
	struct loading l = {.keep = keep};
	TRY(law_read_tsv(c, keep, src, "assess_items.tsv", law_file_head("assess_items.tsv"), item_row, &l));
	TRY(law_read_tsv(c, keep, src, "issue_rows.tsv", law_file_head("issue_rows.tsv"), issue_row, &l));
	out->assess = l.items;
	out->n_assess = l.n_items;
	out->issue_rows = l.rows;
	out->n_issue_rows = l.n_rows;
	return OK;
}

/* The day itself, or the first day of the first list where it lies before. */
static civil day_of(const struct law_catalogue *law, civil on)
{
	civil first = CIVIL_OPEN;
	for (size_t i = 0; i < law->n_assess; i++)
		if (law->assess[i].from < first)
			first = law->assess[i].from;
	return on < first ? first : on;
}

const struct law_assess_item **law_assess_list(const struct law_catalogue *law, struct arena *a, civil on, bool parts, size_t *n)
{
	const struct law_assess_item **v = ARENA_ARRAY(a, law->n_assess + 1, const struct law_assess_item *);
	civil day = day_of(law, on);
	*n = 0;
	for (size_t i = 0; i < law->n_assess; i++)
		if (law->assess[i].from <= day && day <= law->assess[i].to && (parts || !*law->assess[i].part))
			v[(*n)++] = &law->assess[i];
	return v;
}

const struct law_assess_item *law_assess_find(const struct law_catalogue *law, const char *code, const char *part)
{
	const struct law_assess_item *found = NULL;
	for (size_t i = 0; i < law->n_assess; i++)
		if (str_eq(law->assess[i].code, code) && str_eq(law->assess[i].part, part))
			found = &law->assess[i];
	return found;
}

static bool among(const char *list, const char *word)
{
	size_t n = strlen(word);
	for (const char *p = list; n && *p;) {
		size_t k = strcspn(p, "|");
		if (k == n && strncmp(p, word, n) == 0)
			return true;
		p += k + (p[k] == '|');
	}
	return false;
}

const struct law_assess_item *law_assess_by_name(const struct law_catalogue *law, const char *label)
{
	for (size_t i = 0; i < law->n_assess; i++)
		if (!*law->assess[i].part && str_eq(law->assess[i].label, label))
			return &law->assess[i];
	for (size_t i = 0; i < law->n_assess; i++)
		if (!*law->assess[i].part && among(law->assess[i].old, label))
			return &law->assess[i];
	return NULL;
}

const struct law_issue_row **law_issue_list(const struct law_catalogue *law, struct arena *a, civil on, size_t *n)
{
	const struct law_issue_row **v = ARENA_ARRAY(a, law->n_issue_rows + 1, const struct law_issue_row *);
	*n = 0;
	for (size_t i = 0; i < law->n_issue_rows; i++)
		if (law->issue_rows[i].from <= on && on <= law->issue_rows[i].to)
			v[(*n)++] = &law->issue_rows[i];
	return v;
}

const struct law_issue_row *law_issue_find(const struct law_catalogue *law, const char *code)
{
	const struct law_issue_row *found = NULL;
	for (size_t i = 0; i < law->n_issue_rows; i++)
		if (str_eq(law->issue_rows[i].code, code))
			found = &law->issue_rows[i];
	return found;
}
