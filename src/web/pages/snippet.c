#include "web/pages/snippet.h"

#include "base/str.h"
#include "codec/json.h"
#include "register/draft.h"
#include "tmpl/snippet_snippet.h"
#include "web/formin.h"
#include "web/guard.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/route.h"

static const char *const levels[] = {"own", "office", "town"};
enum { LEVELS = 3, BOX_LEAST = 2, BOX_MOST = 10, BOX_CHARS = 45 };

/* ---- lists ------------------------------------------------------------------------------------------------------ */

static const char *joined(struct arena *a, const char *const *v, size_t n)
{
	const char *all = "";
	for (size_t i = 0; i < n; i++)
		all = arena_fmt(a, "%s%s%s", all, *all ? "、" : "", v[i]);
	return all;
}

static int lines_of(const char *text)
{
	size_t lines = 1, chars = 0;
	for (const char *p = text; *p;) {
		bool end = str_next(&p) == '\n';
		chars = end ? 0 : chars + 1;
		lines += end || chars % BOX_CHARS == 0;
	}
	return lines < BOX_LEAST ? BOX_LEAST : lines > BOX_MOST ? BOX_MOST : (int)lines;
}

static struct ui_field category_filter(struct req *r, const char *chosen)
{
	struct ui_field f = choice_field(r, "category", "分類", "snippet_category", chosen);
	struct ui_choice *v = ARENA_ARRAY(r->arena, f.n_choices + 1, struct ui_choice);
	v[0] = (struct ui_choice){.value = "", .label = "すべて"};
	for (size_t i = 0; i < f.n_choices; i++)
		v[i + 1] = f.choices[i];
	f.choices = v;
	f.n_choices++;
	return f;
}

/* By level, in the order of the list; facts NULL: as they are kept. */
static void group(struct req *r, struct snippet_list_view *v, const struct snippet *s, size_t n, const struct snippet_facts *facts)
{
	for (size_t k = 0; k < LEVELS; k++) {
		struct snippet_group *g = &v->groups[v->n_groups];
		*g = (struct snippet_group){.code = levels[k], .label = code_label(r, "snippet_level", levels[k]), .who = ""};
		g->rows = ARENA_ARRAY(r->arena, n + 1, struct snippet_shown);
		for (size_t i = 0; i < n; i++) {
			if (!str_eq(s[i].row.level, levels[k]))
				continue;
			struct snippet_filled f = {.text = s[i].row.body};
			if (facts)
				snippet_fill(r->arena, s[i].row.body, facts, &f);
			g->who = s[i].owner;
			g->rows[g->n_rows++] = (struct snippet_shown){.s = &s[i], .category = code_label(r, "snippet_category", s[i].row.category),
				.text = f.text, .open = joined(r->arena, f.open, f.n_open), .rows = lines_of(f.text)};
		}
		v->n_groups += g->n_rows > 0;
	}
	v->n_all = n;
}

static const struct formin_field FILTER[] = {{.name = "category", .label = "分類", .kind = FORMIN_CODE}};

static err show_list(struct req *r, const char *text, const char *category)
{
	struct page_view *page = page_view(r, "定型文");
	struct snippet_list_view v = {.page = page, .text = text, .category = category_filter(r, category), .person_pid = "", .is_search = *text != 0};
	struct snippet *s, *away;
	size_t n;
	page->wide = true;
	page->back_path = "/settings/account";
	page->back_label = "自分の設定";
	v.csv_path = arena_fmt(r->arena, "/snippets/export.csv?category=%s", category);
	v.cp932_path = arena_fmt(r->arena, "/snippets/export.csv?charset=cp932&category=%s", category);
	TRY(snippet_list(r->c, &(struct snippet_filter){.category = category, .text = text}, &s, &n));
	TRY(snippet_list(r->c, &(struct snippet_filter){.put_away = true}, &away, &v.n_away));
	group(r, &v, s, n, NULL);
	v.away = away;
	size_t kept = 0; /* only what the reader can bring back */
	for (size_t i = 0; i < v.n_away; i++)
		if (away[i].may_write)
			away[kept++] = away[i];
	v.n_away = kept;
	tmpl_snippet_list(res_page(r), &v);
	return OK;
}

err page_snippets(struct req *r)
{
	formin_read_query(r, FILTER, FORMIN_N(FILTER));
	return show_list(r, "", str_or(req_query(r, "category"), ""));
}

err page_snippet_search(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "text", .label = "さがす言葉", .max = 100}, {.name = "category", .label = "分類", .kind = FORMIN_CODE}};
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (page_is_input(e)) {
		fault_clear(r->c);
		return show_list(r, "", "");
	}
	TRY(e);
	return show_list(r, req_field(r, "text"), req_field(r, "category"));
}

err page_person_snippets(struct req *r)
{
	struct page_view *page = page_view(r, "定型文（この方の記録を入れたもの）");
	struct snippet_list_view v = {.page = page, .text = "", .of_person = true};
	struct snippet_facts facts;
	struct snippet *s;
	size_t n;
	formin_read_query(r, FILTER, FORMIN_N(FILTER));
	const char *category = str_or(req_query(r, "category"), "");
	TRY(person_page_head(r, page, req_param(r, "pid")));
	v.person_pid = page->person->pid;
	v.category = category_filter(r, category);
	page->back_path = arena_fmt(r->arena, "/persons/%s", v.person_pid);
	page->back_label = "この方の画面";
	TRY(snippet_facts(r->c, v.person_pid, &facts, NULL));
	TRY(snippet_list(r->c, &(struct snippet_filter){.category = category}, &s, &n));
	group(r, &v, s, n, &facts);
	tmpl_snippet_person(res_page(r), &v);
	return OK;
}

/* ---- for assets/snippet.js --------------------------------------------------------------------------------------- */

static struct json *item(struct req *r, const struct snippet *s, const struct snippet_facts *facts)
{
	struct arena *a = r->arena;
	struct json *o = json_new(a, JSON_OBJECT), *open = json_new(a, JSON_ARRAY);
	struct snippet_filled f;
	snippet_fill(a, s->row.body, facts, &f);
	for (size_t i = 0; i < f.n_open; i++)
		json_add(a, open, json_new_text(a, f.open[i]));
	json_set(a, o, "word", json_new_text(a, s->row.word));
	json_set(a, o, "key", json_new_text(a, s->row.word_fold));
	json_set(a, o, "title", json_new_text(a, s->row.title));
	json_set(a, o, "category", json_new_text(a, code_label(r, "snippet_category", s->row.category)));
	json_set(a, o, "level", json_new_text(a, code_label(r, "snippet_level", s->row.level)));
	json_set(a, o, "find", json_new_text(a, snippet_key(r->c, arena_fmt(a, "%s %s", s->row.title, s->row.body))));
	json_set(a, o, "text", json_new_text(a, f.text));
	json_set(a, o, "open", open);
	return o;
}

static err answer(struct req *r, const char *person_pid)
{
	struct snippet_facts facts;
	struct snippet *s;
	size_t n;
	int64_t person;
	struct json *o = json_new(r->arena, JSON_OBJECT), *items = json_new(r->arena, JSON_ARRAY);
	TRY(snippet_facts(r->c, person_pid, &facts, &person));
	if (person)
		look_person(r, person);
	TRY(snippet_list(r->c, &(struct snippet_filter){.text = NULL}, &s, &n));
	for (size_t i = 0; i < n; i++)
		json_add(r->arena, items, item(r, &s[i], &facts));
	json_set(r->arena, o, "blank", json_new_text(r->arena, SNIPPET_BLANK));
	json_set(r->arena, o, "items", items);
	json_write(res_json(r, OK), o, false);
	return OK;
}

err page_snippet_fill(struct req *r) { return answer(r, NULL); }
err page_person_snippet_fill(struct req *r) { return answer(r, req_param(r, "pid")); }

/* ---- one -------------------------------------------------------------------------------------------------------- */

static err level_field(struct req *r, const char *stored, struct ui_field *f)
{
	struct ui_choice *v = ARENA_ARRAY(r->arena, LEVELS, struct ui_choice);
	*f = (struct ui_field){.name = "level", .label = "使う人", .value = stored, .choices = v, .required = true};
	for (size_t i = 0; i < LEVELS; i++) {
		bool may;
		TRY(snippet_may_write(r->c, levels[i], &may));
		if (may)
			v[f->n_choices++] = (struct ui_choice){.value = levels[i], .label = code_label(r, "snippet_level", levels[i])};
	}
	return OK;
}

static err show_edit(struct req *r, const struct snippet *s, err e)
{
	bool is_new = s->row.id == 0, read_only = !is_new && !s->may_write;
	struct page_view *page = page_view(r, is_new ? "定型文を登録する" : read_only ? s->row.title : "定型文を直す");
	struct snippet_edit_view v = {.page = page, .row = &s->row, .is_new = is_new, .may_write = s->may_write, .owner = s->owner,
		.action = is_new ? "/snippets" : arena_fmt(r->arena, "/snippets/%s", s->row.pid), .level_label = code_label(r, "snippet_level", s->row.level),
		.category_label = code_label(r, "snippet_category", s->row.category)};
	page->back_path = "/snippets";
	page->back_label = "定型文";
	if (!read_only) {
		page->draft_key = is_new ? "snippet:new" : arena_fmt(r->arena, "snippet:%s", s->row.pid);
		page->base_version = is_new ? 0 : s->row.version;
	}
	TRY(level_field(r, s->row.level, &v.level));
	v.category = choice_field(r, "category", "分類", "snippet_category", s->row.category);
	v.category.required = true;
	v.places = snippet_place_list(&v.n_places);
	if (read_only)
		tmpl_snippet_show(res_page_of(r, e), &v);
	else
		tmpl_snippet_edit(res_page_of(r, e), &v);
	return OK;
}

static const struct formin_field FIELDS[] = {{.name = "level", .label = "使う人", .kind = FORMIN_CODE},
	{.name = "word", .label = "呼び出し語", .max = SNIPPET_WORD_MAX + 2}, {.name = "title", .label = "名前", .max = SNIPPET_TITLE_MAX},
	{.name = "category", .label = "分類", .kind = FORMIN_CODE}, {.name = "body", .label = "本文", .kind = FORMIN_LINES, .max = SNIPPET_BODY_MAX}};

static err read(struct req *r, struct t_snippet *row)
{
	TRY(formin_read(r, FIELDS, FORMIN_N(FIELDS)));
	if (!row->id)
		row->level = req_field(r, "level");
	row->word = req_field(r, "word");
	row->title = req_field(r, "title");
	row->category = req_field(r, "category");
	row->body = req_field(r, "body");
	return OK;
}

err page_snippet_new(struct req *r)
{
	struct snippet s = {.owner = "", .may_write = true}, from;
	const char *pid = str_or(req_query(r, "from"), "");
	snippet_init(&s.row);
	if (*pid) { /* one's own copy of a text of the office or the municipality */
		TRY(snippet_get(r->c, pid, &from));
		s.row.word = from.row.word;
		s.row.title = from.row.title;
		s.row.category = from.row.category;
		s.row.body = from.row.body;
	}
	return show_edit(r, &s, OK);
}

err page_snippet_create(struct req *r)
{
	struct snippet s = {.owner = "", .may_write = true};
	snippet_init(&s.row);
	err e = read(r, &s.row);
	if (e == OK)
		e = snippet_save(r->c, &s.row, NULL);
	if (page_is_input(e)) {
		s.row.id = 0;
		return show_edit(r, &s, e);
	}
	TRY(e);
	TRY(draft_discard(r->c, "snippet:new"));
	return res_done(r, "created", "/snippets");
}

err page_snippet(struct req *r)
{
	struct snippet s;
	TRY(snippet_get(r->c, req_param(r, "pid"), &s));
	if (s.row.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	return show_edit(r, &s, OK);
}

err page_snippet_save(struct req *r)
{
	struct snippet s;
	struct row_conflict *conflict = NULL;
	TRY(snippet_get(r->c, req_param(r, "pid"), &s));
	err e = read(r, &s.row);
	if (e == OK) {
		s.row.version = formin_int(r, "base");
		e = snippet_save(r->c, &s.row, &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/snippets/%s", s.row.pid));
	if (page_is_input(e))
		return show_edit(r, &s, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "snippet:%s", s.row.pid)));
	return res_done(r, "saved", "/snippets?%s", guard_undo(r, arena_fmt(r->arena, "/undo/snippet/%s", s.row.pid)));
}

err page_snippet_retire(struct req *r)
{
	const char *pid = req_param(r, "pid");
	TRY(snippet_retire(r->c, pid));
	return res_done(r, "deleted", "/snippets?%s", guard_undo(r, arena_fmt(r->arena, "/undo/snippet/%s", pid)));
}

err page_snippet_restore(struct req *r)
{
	TRY(snippet_restore(r->c, req_param(r, "pid")));
	return res_done(r, "restored", "/snippets");
}

err page_undo_snippet(struct req *r)
{
	TRY(snippet_undo(r->c, req_param(r, "pid")));
	return res_done(r, "restored", "/snippets");
}
