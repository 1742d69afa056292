/* The list of persons: switches, area, 五十音, order, keyset pages; and the search box of every page (F001, F005, F006). */
#include "web/pages/person.h"

#include "base/str.h"
#include "register/ranks.h"
#include "tmpl/person_list.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/route.h"

static const char *const SCOPES[] = {"mine", "supported", "everyone", "search"};
static const char *const SCOPE_WORDS[] = {"自分の担当", "センターで支援中", "見られる人すべて"};
static const struct ui_choice SORTS[] = {{.value = "kana", .label = "五十音順"}, {.value = "birth", .label = "生年月日の早い順"}, {.value = "new", .label = "登録の新しい順"}};
static const struct formin_field QUERY[] = {
	{.name = "scope", .label = "表示する人", .kind = FORMIN_CODE, .max = 20}, {.name = "sort", .label = "並べ方", .kind = FORMIN_CODE, .max = 20},
	{.name = "area", .label = "区域", .kind = FORMIN_PID},        {.name = "row", .label = "五十音", .kind = FORMIN_INT, .lo = 0, .hi = 9},
	{.name = "ended", .label = "死亡・転出も", .kind = FORMIN_BOOL}, {.name = "after", .label = "続き", .kind = FORMIN_PID},
	{.name = "search", .label = "検索", .kind = FORMIN_PID},
};
static const struct formin_field CHOICE[] = {
	{.name = "scope", .label = "表示する人", .kind = FORMIN_CODE, .max = 20}, {.name = "to_scope", .label = "表示する人", .kind = FORMIN_CODE, .max = 20},
	{.name = "row", .label = "五十音", .kind = FORMIN_CODE, .max = 5},       {.name = "to_row", .label = "五十音", .kind = FORMIN_CODE, .max = 5},
	{.name = "sort", .label = "並べ方", .kind = FORMIN_CODE, .max = 20},     {.name = "area", .label = "区域", .kind = FORMIN_PID},
	{.name = "ended", .label = "死亡・転出も", .kind = FORMIN_BOOL},
};
static const struct formin_field SEARCH[] = {{.name = "text", .label = "さがす言葉", .kind = FORMIN_TEXT, .max = 100}};

static int index_of(const char *const *words, int n, const char *w, int otherwise)
{
	for (int i = 0; i < n; i++)
		if (str_eq(words[i], w))
			return i;
	return otherwise;
}

static enum list_sort sort_of(const char *w, enum list_sort otherwise)
{
	for (int i = 0; i < 3; i++)
		if (str_eq(SORTS[i].value, w))
			return (enum list_sort)i;
	return otherwise;
}

static int row_of(const char *w)
{
	int64_t n;
	return str_int(w, &n) && n >= 0 && n <= 9 ? (int)n : -1;
}

static const char *path_of(struct req *r, const struct person_list_choice *ch)
{
	return arena_fmt(r->arena, "/persons?scope=%s&sort=%s&area=%s&row=%s&ended=%s", SCOPES[ch->scope], SORTS[ch->sort].value,
		str_or(ch->area_pid, ""), ch->kana_row < 0 ? "" : arena_fmt(r->arena, "%d", ch->kana_row), ch->with_ended ? "1" : "");
}

const char *until_word(struct arena *a, civil until, civil today, const char **kind)
{
	*kind = "";
	if (until == CIVIL_NONE || until == CIVIL_OPEN)
		return "";
	int left = (int)(until - today);
	if (left > 60)
		return "";
	*kind = left <= 14 ? "bad" : left <= 30 ? "warn" : "note";
	return left < 0 ? "期限切れ" : left == 0 ? "今日まで" : arena_fmt(a, "あと%d日", left);
}

/* What the row says about the certification; a locked class says so instead of a blank. */
static void fill_category(struct req *r, const struct person_list_fact *f, struct person_list_row *row)
{
	row->category = f->care_open ? "認定なし" : "同意なし";
	row->until = CIVIL_NONE;
	row->until_word = row->until_kind = "";
	if (!f->care_open)
		return;
	if (f->level) {
		row->category = ranks_label_ja(CODE_LEVEL, f->level);
		row->until = f->to_on == CIVIL_OPEN ? CIVIL_NONE : f->to_on;
	}
	row->until_word = until_word(r->arena, row->until, r->c->today, &row->until_kind);
	if (f->application && (!f->level || f->is_ended))
		row->category = certification_status_label_ja(f->application);
}

static err fill_rows(struct req *r, struct person_list_view *v, struct person_hit *hits)
{
	struct person_list_fact *facts;
	TRY(person_list_facts(r->c, hits, v->n_rows, &facts));
	v->rows = ARENA_ARRAY(r->arena, v->n_rows + 1, struct person_list_row);
	for (size_t i = 0; i < v->n_rows; i++) {
		v->rows[i] = (struct person_list_row){.h = &hits[i], .age = civil_age(hits[i].birth_on, r->c->today), .phone = facts[i].phone};
		if (hits[i].birth_on == CIVIL_NONE)
			v->rows[i].age = -1;
		look_person(r, hits[i].id);
		fill_category(r, &facts[i], &v->rows[i]);
	}
	return OK;
}

static err fill_filters(struct req *r, struct person_list_view *v, const struct person_list_choice *ch)
{
	TRY(zone_filter_field(r, ch->area_pid, &v->area));
	v->sort = (struct ui_field){.name = "sort", .label = "並べ方", .value = SORTS[ch->sort].value, .choices = SORTS, .n_choices = 3};
	v->ended = (struct ui_field){.name = "ended", .label = "亡くなった方・転出した方も表示する", .value = ch->with_ended ? "1" : ""};
	v->scope = SCOPES[ch->scope == LIST_SEARCH ? LIST_EVERYONE : ch->scope];
	v->row = ch->kana_row < 0 ? "" : arena_fmt(r->arena, "%d", ch->kana_row);
	for (int i = 0; i < 3; i++) {
		struct person_list_choice one = *ch;
		one.scope = (enum list_scope)i;
		one.count_most = LIST_COUNT_MOST;
		v->switches[i] = (struct person_list_switch){.value = SCOPES[i], .label = SCOPE_WORDS[i], .chosen = ch->scope == (enum list_scope)i};
		TRY(person_list_count(r->c, &one, &v->switches[i].count));
	}
	for (int i = 0; i < 10; i++)
		v->kana[i] = (struct person_list_switch){.value = arena_fmt(r->arena, "%d", i), .label = search_row_label(i), .chosen = ch->kana_row == i,
		                                         .count = INT64_MIN};
	return OK;
}

/* The typed text behind a search id: the line q=… */
static err search_text(struct req *r, const char *pid, const char **out)
{
	const char *params;
	TRY(search_get(r->c, pid, &params));
	*out = str_starts(params, "q=") ? params + 2 : params;
	return OK;
}

err page_person_list(struct req *r)
{
	struct person_list_choice ch;
	struct person_list_view v = {.search_text = "", .search = "", .next_path = "", .first_path = ""};
	formin_read_query(r, QUERY, FORMIN_N(QUERY));
	if (r->query.n == (size_t)(*req_query(r, "done") != '\0') + (size_t)(*req_query(r, "undo") != '\0'))
		TRY(person_list_choice_get(r->c, &ch));
	else
		person_list_choice_init(&ch);
	if (*req_query(r, "scope") || *req_query(r, "sort") || *req_query(r, "row")) {
		ch.scope = (enum list_scope)index_of(SCOPES, 3, req_query(r, "scope"), LIST_EVERYONE);
		ch.sort = sort_of(req_query(r, "sort"), LIST_BY_KANA);
		ch.kana_row = row_of(req_query(r, "row"));
	}
	if (*req_query(r, "area"))
		ch.area_pid = req_query(r, "area");
	if (*req_query(r, "ended"))
		ch.with_ended = true;
	ch.limit = r->who.list_rows;
	ch.after = req_query(r, "after");
	struct page_view *page = page_view(r, "利用者の一覧");
	page->wide = true;
	v.page = page;
	TRY(fill_filters(r, &v, &ch));
	if (*req_query(r, "search")) {
		ch.scope = LIST_SEARCH;
		ch.with_ended = true;
		ch.search_pid = req_query(r, "search");
		v.is_search = true;
		v.search = ch.search_pid;
		page->title = "検索結果";
		for (int i = 0; i < 3; i++)
			v.switches[i].chosen = false;
		TRY(search_text(r, ch.search_pid, &v.search_text));
	}
	struct person_hit *hits;
	const char *next;
	TRY(person_list(r->c, &ch, &hits, &v.n_rows, &next));
	v.n_total = v.is_search ? (int64_t)v.n_rows : v.switches[ch.scope].count;
	v.at_least = !v.is_search && v.n_total >= LIST_COUNT_MOST;
	TRY(fill_rows(r, &v, hits));
	if (*next)
		v.next_path = arena_fmt(r->arena, "%s&after=%s", path_of(r, &ch), next);
	if (*ch.after)
		v.first_path = path_of(r, &ch);
	tmpl_person_list(res_page(r), &v);
	return OK;
}

/* The switches: kept for the account, then shown under an address that can be bookmarked. */
err page_person_choose(struct req *r)
{
	struct person_list_choice ch;
	TRY(formin_read(r, CHOICE, FORMIN_N(CHOICE)));
	person_list_choice_init(&ch);
	const char *scope = req_has(r, "to_scope") ? req_field(r, "to_scope") : req_field(r, "scope");
	const char *row = req_has(r, "to_row") ? req_field(r, "to_row") : req_field(r, "row");
	ch.scope = (enum list_scope)index_of(SCOPES, 3, scope, LIST_EVERYONE);
	ch.sort = sort_of(req_field(r, "sort"), LIST_BY_KANA);
	ch.kana_row = row_of(row);
	ch.area_pid = req_field(r, "area");
	ch.with_ended = formin_bool(r, "ended");
	TRY(person_list_choice_save(r->c, &ch));
	return res_redirect(r, "%s", path_of(r, &ch));
}

err page_person_search(struct req *r)
{
	struct person_hit *hits;
	size_t n;
	bool more;
	const char *pid;
	TRY(formin_read(r, SEARCH, FORMIN_N(SEARCH)));
	const char *text = req_field(r, "text");
	if (str_blank(text))
		return res_redirect(r, "/persons");
	TRY(person_find(r->c, text, 2, &hits, &n, &more));
	if (n == 1 && !more && hits[0].score >= 90)
		return res_redirect(r, "/persons/%s", hits[0].pid);
	TRY(search_save(r->c, arena_fmt(r->arena, "q=%s", text), &pid));
	return res_redirect(r, "/persons?search=%s", pid);
}
