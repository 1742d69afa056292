#include "law/params.h"

#include "base/str.h"
#include "law/decide.h"
#include "law/files.h"

#include <string.h>

struct loading {
	struct arena *keep;
	struct law_param *v;
	size_t n, cap;
};

static bool all_days(const char *value)
{
	for (const char *p = value; *p;) {
		char day[CIVIL_TEXT] = "";
		size_t len = strcspn(p, "|");
		civil on;
		if (len != CIVIL_TEXT - 1)
			return false;
		memcpy(day, p, len);
		if (!civil_parse(day, &on))
			return false;
		p += len + (p[len] == '|');
	}
	return true;
}

static bool fits(const struct law_param *p, const char *value)
{
	int64_t v;
	if (str_eq(p->type, "choice"))
		return law_list_has(p->lower, value);
	if (str_eq(p->type, "days"))
		return all_days(value);
	return str_int(value, &v) && v >= p->least && v <= p->most;
}

/* key type default lower upper unit meaning source confidence */
static err param_row(struct ctx *c, const struct law_row *r, void *arg)
{
	struct loading *l = arg;
	l->v = law_grow(l->keep, l->v, l->n, &l->cap, sizeof *l->v);
	struct law_param *p = &l->v[l->n];
	*p = (struct law_param){r->field[0], r->field[1], r->field[2], r->field[3], r->field[4], r->field[5], r->field[6], r->field[7], r->field[8], 0, 0, 0};
	TRY(law_row_filled(c, r, 1u << 0 | 1u << 6 | 1u << 7 | 1u << 8));
	if (!str_eq(p->type, "int") && !str_eq(p->type, "choice") && !str_eq(p->type, "days"))
		return law_cell_fault(c, r, 1, "型は int・choice・days のどれかです。");
	if (str_eq(p->type, "int") && (!str_int(p->lower, &p->least) || !str_int(p->upper, &p->most)))
		return law_cell_fault(c, r, 3, "下限か上限が整数ではありません。");
	if (!fits(p, p->fallback))
		return law_cell_fault(c, r, 2, "既定値が、型または上下限に合いません。");
	(void)str_int(p->fallback, &p->number);
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->v[i].key, p->key))
			return law_cell_fault(c, r, 0, "同じ名前が2つあります。");
	l->n++;
	return OK;
}

err law_params_load(struct ctx *c, struct arena *keep, const struct law_source *src, struct law_catalogue *cat)
{
	struct loading l = {.keep = keep};
	TRY(law_read_tsv(c, keep, src, "params.tsv", law_file_head("params.tsv"), param_row, &l));
	cat->params = l.v;
	cat->n_params = l.n;
	return OK;
}

const struct law_param *law_param_find(const struct law_catalogue *law, const char *key)
{
	for (size_t i = 0; i < law->n_params; i++)
		if (str_eq(law->params[i].key, key))
			return &law->params[i];
	return NULL;
}

const char *law_param_text(const struct law_param *p, const struct duty_params *params, const char *insurer, civil on,
                           const struct duty_param_value **set)
{
	if (set)
		*set = NULL;
	for (size_t i = 0; params && insurer && i < params->n; i++) {
		const struct duty_param_value *v = &params->v[i];
		if (on < v->from || on > v->to || !str_eq(v->key, p->key) || !str_eq(v->insurer, insurer) || !fits(p, v->value))
			continue;
		if (set)
			*set = v;
		return v->value;
	}
	return p->fallback;
}

int64_t law_param_int(const struct law_param *p, const struct duty_params *params, const char *insurer, civil on)
{
	int64_t v = p->number;
	if (params && params->n)
		(void)str_int(law_param_text(p, params, insurer, on, NULL), &v);
	return v;
}

const char *law_param_refused(const struct law_param *p, struct arena *a, const char *value)
{
	if (fits(p, value))
		return NULL;
	if (str_eq(p->type, "choice"))
		return arena_fmt(a, "「%s」は、%s のどれかを選んでください。", p->meaning, p->lower);
	if (str_eq(p->type, "days"))
		return arena_fmt(a, "「%s」は、日付（例: 2026-12-29）を「|」で区切って入れてください。", p->meaning);
	return arena_fmt(a, "「%s」は、%s から %s までの整数（%s）で入れてください。", p->meaning, p->lower, p->upper, p->unit);
}
