#include "form/cases.h"

#include "base/str.h"
#include "form/loader.h"
#include "form/score.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static const struct rule_outcome *by_code(const struct form_result *r, enum rule_kind kind, const char *code)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->outcomes[i].rule->kind == kind && str_eq(r->outcomes[i].rule->code, code))
			return &r->outcomes[i];
	return NULL;
}

static void check_scores(struct loader *l, const struct json *want, const struct form_result *r)
{
	for (size_t i = 0; want && i < want->n; i++) {
		const struct json *v = want->items[i];
		const struct rule_outcome *o = by_code(r, RULE_SCORE, want->keys[i]);
		o = o ? o : by_code(r, RULE_VALUE, want->keys[i]);
		int64_t lo, hi;
		int scale = o ? o->rule->scale : 0;
		bool pair = v->type == JSON_ARRAY;
		if (!o || !json_scaled(pair ? json_at(v, 0) : v, scale, &lo) || !json_scaled(pair ? json_at(v, 1) : v, scale, &hi))
			loader_problem(l, want->keys[i], "得点の名前か値が正しくありません");
		else if (o->min != lo || o->max != hi)
			loader_problem(l, want->keys[i], "%lld〜%lld のはずが %lld〜%lld です", (long long)lo, (long long)hi,
				(long long)o->min, (long long)o->max);
	}
}

static void check_criteria(struct loader *l, const struct json *want, const struct form_result *r)
{
	for (size_t i = 0; want && i < want->n; i++) {
		const struct json *v = want->items[i];
		const struct rule_outcome *o = by_code(r, RULE_CATEGORY, want->keys[i]);
		enum tri t = v->type == JSON_NULL ? TRI_MAYBE : v->boolean ? TRI_YES : TRI_NO;
		if (!o || outcome_tri(o) != t)
			loader_problem(l, want->keys[i], "判定が違います（%s）", o ? rule_show(l->a, o) : "式がありません");
	}
}

static void check_missing(struct loader *l, const struct json *want, const struct form_result *r)
{
	for (size_t i = 0; want && i < want->n; i++) {
		const struct json *v = want->items[i];
		const struct rule_outcome *o = form_outcome(r, want->keys[i]);
		bool same = o && v->type == JSON_ARRAY && v->n == o->n_missing;
		for (size_t k = 0; same && k < v->n; k++)
			same = str_eq(json_text(v->items[k], ""), o->missing[k]->path);
		if (!same)
			loader_problem(l, want->keys[i], "足りない項目の一覧が違います");
	}
}

void form_check_case(struct arena *a, const struct form_def *d, const char *name, const char *text, struct form_problems *p)
{
	struct loader l = {.a = a, .p = p, .file = arena_fmt(a, "%s/%s/cases/%s", d->id, d->version, name)};
	struct json *v;
	const char *why = "";
	if (json_parse(a, text, strlen(text), NULL, &v, &why)) {
		loader_problem(&l, "", "%s", why);
		return;
	}
	civil on = CIVIL_NONE;
	struct answers *as;
	const struct json *want = json_get(v, "expect");
	if (!loader_keys(&l, "", v, "about on answers expect") || !loader_keys(&l, "expect", want, "scores criteria result missing pages text"))
		return;
	if (!civil_parse(json_get_text(v, "on", ""), &on)) {
		loader_problem(&l, "on", "日付が正しくありません");
		return;
	}
	if (answers_from_json(a, d, v, &as, &why)) {
		loader_problem(&l, "answers", "%s", why);
		return;
	}
	struct form_result r;
	form_score(a, as, on, &r);
	check_scores(&l, json_get(want, "scores"), &r);
	check_criteria(&l, json_get(want, "criteria"), &r);
	check_missing(&l, json_get(want, "missing"), &r);
	const char *code = json_get_text(want, "result", NULL);
	if (code && !str_eq(code, form_result_code(&r)))
		loader_problem(&l, "result", "%s のはずが %s です", code, form_result_code(&r));
}

err form_text_file(struct arena *a, const char *path, const char **text) { return loader_slurp(a, path, false, text); }

static int by_name(const void *x, const void *y)
{
	return strcmp(*(const char *const *)x, *(const char *const *)y);
}

err form_check_cases(struct arena *a, const struct form_def *d, struct form_problems *p, size_t *n)
{
	enum { MOST = 1000 };
	const char *dir = arena_fmt(a, "%s/cases", d->dir);
	size_t before = p->n, k = 0;
	*n = 0;
	DIR *f = opendir(dir);
	if (!f)
		return OK;
	const char **names = ARENA_ARRAY(a, MOST, const char *);
	for (struct dirent *e; k < MOST && (e = readdir(f));)
		if (str_ends(e->d_name, ".json"))
			names[k++] = arena_str(a, e->d_name);
	closedir(f);
	qsort(names, k, sizeof *names, by_name);
	for (; *n < k; ++*n) {
		const char *text;
		TRY(loader_slurp(a, arena_fmt(a, "%s/%s", dir, names[*n]), false, &text));
		form_check_case(a, d, names[*n], text, p);
	}
	return p->n == before ? OK : ERR_FORM_DEF;
}
