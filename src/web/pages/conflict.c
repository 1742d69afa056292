#include "web/pages/conflict.h"

#include "access/account.h"
#include "base/str.h"
#include "tmpl/consult_conflict.h"

/* Japanese names of columns that can be disputed; a column without a name here shows as it is called. */
static const char *const NAMES[][2] = {
	{"content", "相談内容"}, {"wish", "希望・本人の言葉"}, {"response_text", "対応内容"}, {"next_action", "次にすること"},
	{"next_on", "いつまでに"}, {"status", "状況"}, {"close_reason", "終結の理由"}, {"caller_name", "相談者の氏名"},
	{"caller_relation", "続柄・関係"}, {"caller_phone", "電話番号"}, {"person_label", "本人のようす"}, {"urgency", "緊急度"},
	{"channel", "相談の方法"}, {"source", "相談者（だれから）"}, {"minutes", "所要時間"}, {"answers", "回答"},
	{"name", "氏名"}, {"kana", "フリガナ"}, {"birth_on", "生年月日"}, {"home_address", "住所"}, {"phone", "電話"}, {"mobile", "携帯電話"},
	{"note", "メモ"}, {"sex", "性別"}, {"retired_ms", "ごみ箱"}, {"home_postal", "郵便番号"}, {"lives_alone", "世帯の状況"},
};

static const char *label_of(const char *column)
{
	for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++)
		if (str_eq(NAMES[i][0], column))
			return NAMES[i][1];
	return column;
}

static bool disputed(const struct row_conflict *c, const char *name)
{
	for (size_t i = 0; i < c->n; i++)
		if (str_eq(c->fields[i].column, name))
			return true;
	return false;
}

static bool own_field(const char *name)
{
	return str_eq(name, "csrf") || str_eq(name, "once") || str_eq(name, "base");
}

err page_conflict(struct req *r, const struct row_conflict *c, const char *cancel_path)
{
	struct page_view *page = page_view(r, "ほかの人の変更と重なりました");
	page->draft_key = "";
	struct conflict_view v = {.page = page, .action = r->path, .cancel_path = cancel_path, .theirs_by = "ほかの人",
	                          .theirs_ms = c->theirs_ms, .theirs_version = c->theirs_version, .n_fields = c->n};
	const char *who;
	TRY(account_name(r->c, c->theirs_by, &who));
	if (!str_blank(who))
		v.theirs_by = who;
	v.fields = ARENA_ARRAY(r->arena, c->n + 1, struct conflict_field);
	for (size_t i = 0; i < c->n; i++) {
		const struct row_conflict_field *f = &c->fields[i];
		const char *mine = req_has(r, f->column) ? req_field(r, f->column) : str_or(f->mine, "");
		v.fields[i] = (struct conflict_field){
			.name = f->column, .label = label_of(f->column), .base = str_or(f->base, ""), .theirs = str_or(f->theirs, ""),
			.mine = mine, .both = arena_fmt(r->arena, "%s\n%s", str_or(f->theirs, ""), mine), .typed = req_has(r, f->column)};
	}
	struct pair *others = ARENA_ARRAY(r->arena, r->form.n + 1, struct pair);
	for (size_t i = 0; i < r->form.n; i++)
		if (!own_field(r->form.v[i].name) && !disputed(c, r->form.v[i].name))
			others[v.n_others++] = r->form.v[i];
	v.others = others;
	tmpl_conflict_page(res_page_of(r, ERR_CONFLICT), &v);
	return OK;
}
