/* Two people changed the same fields of an assessment or 課題整理総括表: 元 / 相手 / 自分 over all rows on one page (F143). */
#include "access/account.h"
#include "base/str.h"
#include "jp/era.h"
#include "tmpl/consult_conflict.h"
#include "web/pages/assess.h"
#include "web/pages/columns.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"

static const char *words(struct req *r, const struct assess_clash *k, const char *v)
{
	const char *w = k->part ? assess_value_words(r->c, k->part, v) : *k->table ? column_words(r, k->table, k->column, v) : v;
	return str_blank(w) ? "（空欄）" : w;
}

static const char *sent(const struct assess_clash *k, const char *v) { return !k->is_yes_no ? v : str_eq(v, "はい") ? "1" : ""; }

static const char *title(struct req *r, const struct assess_clash *k)
{
	if (!*k->table)
		return k->label;
	return arena_fmt(r->arena, "%s%s%s", k->label, *k->label ? "：" : "", column_label(k->table, k->column));
}

static bool settled(const struct assess_clashes *k, const char *name)
{
	for (size_t i = 0; i < k->n; i++)
		if (str_eq(k->v[i].name, name))
			return true;
	for (size_t i = 0; i < k->n_versions; i++)
		if (str_eq(k->versions[i].key, name))
			return true;
	return str_eq(name, "csrf") || str_eq(name, "once") || str_eq(name, "base") || str_eq(name, "act");
}

err assess_conflict_page(struct req *r, const struct assess_clashes *k, const char *cancel_path)
{
	struct page_view *page = page_view(r, "ほかの人の変更と重なりました");
	page->draft_key = "";
	int64_t base = 0;
	(void)!str_int(req_field(r, "base"), &base);
	struct conflict_view v = {.page = page, .action = r->path, .cancel_path = cancel_path, .theirs_by = "ほかの人", .theirs_ms = k->theirs_ms};
	const char *who;
	TRY(account_name(r->c, k->theirs_by, &who));
	if (!str_blank(who))
		v.theirs_by = who;
	v.fields = ARENA_ARRAY(r->arena, k->n + 1, struct conflict_field);
	struct pair *others = ARENA_ARRAY(r->arena, r->form.n + k->n + k->n_versions + 1, struct pair);
	for (size_t i = 0; i < k->n_versions; i++)
		if (str_eq(k->versions[i].key, "base"))
			(void)!str_int(k->versions[i].value, &base);
		else
			others[v.n_others++] = (struct pair){k->versions[i].key, k->versions[i].value};
	v.theirs_version = base;
	for (size_t i = 0; i < k->n; i++) {
		const struct assess_clash *f = &k->v[i];
		if (!f->disputed) {
			others[v.n_others++] = (struct pair){f->name, sent(f, f->theirs)};
			continue;
		}
		v.fields[v.n_fields++] = (struct conflict_field){.name = f->name, .label = title(r, f), .base_words = words(r, f, f->base),
			.theirs_words = words(r, f, f->theirs), .mine_words = words(r, f, f->mine), .theirs = sent(f, f->theirs), .mine = sent(f, f->mine),
			.both = arena_fmt(r->arena, "%s\n%s", f->theirs, f->mine), .typed = true, .may_join = f->is_text};
	}
	for (size_t i = 0; i < r->form.n; i++)
		if (!settled(k, r->form.v[i].name))
			others[v.n_others++] = r->form.v[i];
	v.others = others;
	tmpl_conflict_page(res_page_of(r, ERR_CONFLICT), &v);
	return OK;
}
