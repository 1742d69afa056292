#include "web/page.h"

#include "base/house.h"
#include "base/str.h"
#include "jp/era.h"
#include "web/asset.h"
#include "web/guard.h"
#include "web/route.h"

#include <string.h>

static const struct {
	const char *path, *label;
	uint32_t right;
} menu[] = {
#define MENU(path, label, right) {path, label, right},
#include "web/menu.tbl.h"
#undef MENU
	{NULL, NULL, 0},
};

static const struct {
	const char *name, *sentence;
} flashes[] = {
#define FLASH(name, sentence) {#name, sentence},
#include "web/flash.tbl.h"
#undef FLASH
};

static bool is_current(const char *path, const char *item)
{
	size_t n = strlen(item);
	if (strcmp(item, "/") == 0)
		return strcmp(path, "/") == 0;
	return strncmp(path, item, n) == 0 && (path[n] == '\0' || path[n] == '/' || path[n] == '?');
}

static void fill_menu(struct page_view *v, const struct req *r)
{
	struct menu_item *items = ARENA_ARRAY(r->arena, sizeof menu / sizeof menu[0], struct menu_item);
	const char *path = is_current(r->path, "/areas") ? "/orgs" : r->path; /* the areas stand under the organisations */
	if (strncmp(r->path, "/survey-", strlen("/survey-")) == 0) /* rounds, answers: part of a survey */
		path = "/surveys";
	else if (strncmp(r->path, "/dispatch-", strlen("/dispatch-")) == 0)
		path = "/dispatch";
	for (size_t i = 0; menu[i].path; i++)
		if (r->who.rights & menu[i].right)
			items[v->n_menu++] = (struct menu_item){menu[i].path, menu[i].label, is_current(path, menu[i].path)};
	v->menu = items;
}

static const char *flash_of(const struct req *r)
{
	const char *name = req_query(r, "done");
	for (size_t i = 0; i < sizeof flashes / sizeof flashes[0]; i++)
		if (strcmp(flashes[i].name, name) == 0)
			return flashes[i].sentence;
	return "";
}

struct page_view *page_view(struct req *r, const char *title)
{
	struct page_view *v = ARENA_NEW(r->arena, struct page_view);
	*v = (struct page_view){
		.r = r, .title = title, .org_name = r->who.org_name, .user_name = r->who.user_name, .role_label = r->who.role_label,
		.csrf = r->who.csrf, .once = guard_once(r), .account_pid = r->who.account_pid, .path = r->path, .in = r->who.in, .handed = r->who.handed,
		.demo = r->c->house && r->c->house->demo, .can_search = (r->who.rights & RIGHT_CASE) != 0, .can_consult = (r->who.rights & RIGHT_CONSULT) != 0, .posted = r->method != METHOD_GET, .text_size = r->who.text_size,
		.faults = r->c->faults, .n_faults = r->c->n_faults, .flash = flash_of(r), .flash_undo = guard_undo_path(r), .problem = "",
		.problem_mend = "", .state_note = "", .draft_key = "", .draft_class = "", .back_path = "", .back_label = "", .next_path = "", .next_label = "",
		.css = asset_path("app.css"), .js = asset_path("app.js"), .more_js = "",
		.snippet_js = r->who.rights & RIGHT_CASE ? asset_path("snippet.js") : "", .tokens_css = asset_path("tokens.css"),
	};
	fill_menu(v, r);
	return v;
}

bool page_is_input(err e) { return err_class_of(e) == ERR_CLASS_INPUT; }

const char *page_state_word(enum page_state s)
{
	static const char *const words[] = {"", "未作成", "下書き", "保存済", "確定"};
	return words[s];
}

void page_tabs(struct page_view *v, const char *pid, const char *const (*path_label)[2], size_t n)
{
	struct arena *a = v->r->arena;
	struct tab *tabs = ARENA_ARRAY(a, n, struct tab);
	size_t best = n, best_len = 0;
	for (size_t i = 0; i < n; i++) {
		const char *at = strstr(path_label[i][0], "%s");
		const char *path = at ? arena_fmt(a, "%.*s%s%s", (int)(at - path_label[i][0]), path_label[i][0], pid, at + 2) : path_label[i][0];
		tabs[i] = (struct tab){.path = path, .label = path_label[i][1], .count = INT64_MIN};
		if (is_current(v->path, path) && strlen(path) > best_len) {
			best = i;
			best_len = strlen(path);
		}
	}
	if (best < n)
		tabs[best].current = true;
	v->tabs = tabs;
	v->n_tabs = n;
}

/* ---- fields ---- */

const char *ui_value(const struct page_view *p, const struct ui_field *f)
{
	if (f->type && strcmp(f->type, "password") == 0)
		return "";
	const char *typed = p->posted ? pairs_get(&p->r->form, f->name) : NULL;
	if (typed)
		return typed;
	if (f->has_day)
		return era_text(p->r->arena, f->day);
	return str_or(f->value, "");
}

bool ui_chosen(const struct page_view *p, const struct ui_field *f, const char *value)
{
	/* A form that came back: an unticked box is not sent, so what counts is only what was sent. */
	if (p->posted && p->r->form.n > 0) {
		bool sent = false;
		for (size_t i = 0; i < p->r->form.n; i++) {
			if (strcmp(p->r->form.v[i].name, f->name) != 0)
				continue;
			sent = true;
			if (strcmp(p->r->form.v[i].value, value) == 0)
				return true;
		}
		return !sent && value[0] == '\0';
	}
	for (size_t i = 0; i < f->n_values; i++)
		if (str_eq(f->values[i], value))
			return true;
	return f->n_values == 0 && strcmp(str_or(f->value, ""), value) == 0;
}

const struct fault *ui_fault(const struct page_view *p, const char *name) { return fault_of(p->r->c, name); }

const char *ui_offer(const struct page_view *p, const char *name)
{
	const struct fault *f = ui_fault(p, name);
	civil day;
	if (!f || !f->offer)
		return "";
	return civil_parse(f->offer, &day) ? era_text(p->r->arena, day) : f->offer;
}

const char *ui_describedby(const struct page_view *p, const struct ui_field *f)
{
	struct buf b = buf_new(p->r->arena);
	if (f->help)
		buf_fmt(&b, "h-%s", f->name);
	if (ui_fault(p, f->name))
		buf_fmt(&b, "%se-%s", b.n > 0 ? " " : "", f->name);
	return b.p;
}

const char *ui_input_type(const struct ui_field *f) { return f->type ? f->type : "text"; }

const char *page_date_hint(struct arena *a, const char *text, civil today, bool birth)
{
	civil day;
	if (str_blank(text) || !era_guess(text, &day))
		return "";
	int age = birth && day <= today ? civil_age(day, today) : -1;
	return age >= 0 ? arena_fmt(a, "%s %d歳", era_text_both(a, day), age) : era_text_both(a, day);
}

const char *ui_date_hint(const struct page_view *p, const struct ui_field *f)
{
	return page_date_hint(p->r->arena, ui_value(p, f), p->r->c->today, strstr(f->name, "birth") != NULL);
}

/* ---- lists ---- */

static int64_t rows_per_page(const struct req *r) { return r->who.list_rows > 0 ? r->who.list_rows : 20; }

int64_t pager_most(struct req *r)
{
	return (req_query_int(r, "page", 1, 1, 1000000) - 1) * rows_per_page(r) + LIST_COUNT_MOST;
}

struct pager pager_of(struct req *r, int64_t n_rows) { return pager_of_most(r, n_rows, INT64_MAX); }

struct pager pager_of_most(struct req *r, int64_t n_rows, int64_t most)
{
	int64_t per = rows_per_page(r);
	int64_t pages = n_rows > 0 ? (n_rows + per - 1) / per : 1;
	struct buf path = buf_new(r->arena);
	buf_str(&path, r->path);
	char sep = '?';
	for (size_t i = 0; i < r->query.n; i++) {
		if (strcmp(r->query.v[i].name, "page") == 0 || strcmp(r->query.v[i].name, "done") == 0 || strcmp(r->query.v[i].name, "undo") == 0)
			continue;
		buf_char(&path, sep);
		html_urlpart(&path, r->query.v[i].name);
		buf_char(&path, '=');
		html_urlpart(&path, r->query.v[i].value);
		sep = '&';
	}
	return (struct pager){.path = path.p, .page = req_query_int(r, "page", 1, 1, pages), .n_pages = pages, .n_rows = n_rows, .per_page = per,
		.at_least = n_rows >= most};
}

const char *pager_path(const struct page_view *p, const struct pager *g, int64_t page)
{
	return arena_fmt(p->r->arena, "%s%cpage=%lld", g->path, strchr(g->path, '?') ? '&' : '?', (long long)page);
}
