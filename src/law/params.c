#include "law/params.h"

#include "base/buf.h"
#include "base/str.h"
#include "law/decide.h"
#include "law/files.h"
#include "law/numbers.h"

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
	return arena_fmt(a, "「%s」は、%s から %s までの整数（%s）で入れてください。", p->meaning, p->lower, p->upper, law_unit_ja(p->unit));
}

/* ---- words ------------------------------------------------------------------------------------------------------- */

/* 「意味: code=言葉、code=言葉」: where the list begins, or NULL. */
static const char *choices_of(const struct law_param *p)
{
	const char *at = str_eq(p->type, "choice") ? strstr(p->meaning, ": ") : NULL;
	return at ? at + 2 : NULL;
}

const char *law_param_label(struct arena *a, const struct law_param *p)
{
	const char *list = choices_of(p);
	return list ? arena_strn(a, p->meaning, (size_t)(list - p->meaning) - 2) : p->meaning;
}

const char *law_param_choice_word(struct arena *a, const struct law_param *p, const char *code)
{
	size_t n = strlen(code);
	for (const char *at = choices_of(p); at && *at;) {
		const char *end = strstr(at, "、");
		size_t len = end ? (size_t)(end - at) : strlen(at);
		if (len > n + 1 && strncmp(at, code, n) == 0 && at[n] == '=')
			return arena_strn(a, at + n + 1, len - n - 1);
		at = end ? end + strlen("、") : NULL;
	}
	return code;
}

const char *law_param_words(struct arena *a, const struct law_param *p, const char *value, const char *(*day_text)(struct arena *, civil))
{
	if (str_eq(p->type, "choice"))
		return law_param_choice_word(a, p, value);
	if (!str_eq(p->type, "days"))
		return arena_fmt(a, "%s%s", value, law_unit_ja(p->unit));
	struct buf b = buf_new(a);
	size_t n = 0;
	char **v = *value ? str_split(a, value, '|', &n) : NULL;
	for (size_t i = 0; v && i < n; i++) {
		civil day;
		buf_fmt(&b, "%s%s", i ? "、" : "", day_text && civil_parse(v[i], &day) ? day_text(a, day) : v[i]);
	}
	return b.n ? b.p : "なし";
}
