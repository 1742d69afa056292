/* page — what every page shows around its content (templates/layout), and the fields of forms (templates/parts).
 *
 * A page's view struct holds `const struct page_view *page`, made by page_view(r, title); the handler then adds what it
 * has: the person's header, tabs, the state of the record, a draft key. The layout shows collected faults (ctx) as the
 * error summary by itself, and ui_* fields show what was typed rather than what is stored when a form comes back.
 * Ownership: arena of the request. Tests: tests/unit/test_web.c. */
#ifndef TSU_WEB_PAGE_H
#define TSU_WEB_PAGE_H

#include "web/req.h"
#include "web/res_html.h"

enum page_state { STATE_NONE, STATE_NEW, STATE_DRAFT, STATE_SAVED, STATE_FINAL }; /* 未作成 下書き 保存済 確定 */

struct menu_item {
	const char *path, *label;
	bool current;
};

struct tab {
	const char *path, *label;
	bool current;
	int64_t count; /* INT64_MIN: none */
};
/* Tabs in two rows: the groups, and below them the tabs of the current one. */
struct tab_group {
	const char *label, *path; /* leads to its first tab that is open to the reader */
	const struct tab *tabs;
	size_t n_tabs;
	bool current;
};

/* The header part of every page about one person. "" and CIVIL_NONE where unknown. */
struct person_head {
	const char *pid, *name, *kana;
	civil birth_on;
	int age;                 /* -1 unknown */
	const char *sex_label;
	const char *category;    /* 要支援1, 事業対象者, … */
	civil category_until;    /* end of validity */
	int days_left;           /* to category_until; INT32_MIN none */
	const char *area_label;
	const char *locked;      /* 同意なし（…）; "" if nothing is locked */
	const char **alerts;
	size_t n_alerts;
};

struct page_view {
	const struct req *r;
	const char *title;
	const char *org_name, *user_name, *role_label;
	const char *csrf, *once, *account_pid;
	const char *path;
	bool in, demo, posted, can_search, can_consult;
	int text_size;
	const struct menu_item *menu;
	size_t n_menu;
	const struct fault *faults;
	size_t n_faults;
	const char *flash, *flash_undo; /* sentence; local address of the undo POST or "" */
	const char *problem, *problem_mend; /* an error that is not about a field */
	/* set by the handler */
	const struct person_head *person;
	const struct tab *tabs;
	size_t n_tabs;
	struct tab_group *tab_groups;   /* none: the tabs stand in one row */
	size_t n_tab_groups;
	enum page_state state;
	const char *state_note;         /* "令和8年4月1日 14:03 佐藤" */
	const char *draft_key;          /* "" : no autosave on this page */
	const char *draft_class;        /* record class code of what is written; "" none */
	int64_t base_version;           /* what the form was filled from; 0 for a new record */
	const char *back_path, *back_label;
	const char *next_path, *next_label; /* what is to be done next, elsewhere; "" = nothing */
	bool wide, bare;                /* use the whole width; without menu (login) */
	bool handed;                    /* in the client's own hands: no menu, no search, no way to other records, large letters */
	const char *css, *js;           /* addresses with content hash */
	const char *more_js;            /* a second script of this page; "" or NULL = none */
	const char *snippet_js;         /* "" where nobody writes about people */
	const char *tokens_css;
};

/* Filled from the request: user, menu, faults, flash, tokens. Change it as you like before rendering. */
struct page_view *page_view(struct req *r, const char *title);
/* The usual end of a handler that failed while saving a form: `return page_again(r, e)` is for errors that are not
 * INPUT; for INPUT render your form once more with res_page_of(r, e). True: show the form again. */
bool page_is_input(err e);
const char *page_state_word(enum page_state s);
/* Tabs from a static list; the one whose path ends as the page's path is current. Paths may hold one %s (the pid). */
void page_tabs(struct page_view *v, const char *pid, const char *const (*path_label)[2], size_t n);

/* ---- fields: {{call ui_text(v.page, &(struct ui_field){.name = "kana", .label = "ふりがな"})}} ---- */
struct ui_choice {
	const char *value, *label;
	bool disabled;
};
struct ui_field {
	const char *name, *label;
	const char *value;        /* as stored; NULL = "" */
	civil day;                /* for ui_date, with has_day */
	bool has_day;
	const char *help;
	bool required, readonly, no_draft, no_snippet; /* no_snippet: a long field that takes no 定型文 */
	int max_chars;            /* 0: none shown */
	int rows;                 /* textarea; 0 = 4 */
	const char *type;         /* input type: text (NULL), tel, email, password, search, number */
	const char *mode;         /* inputmode: numeric, kana … */
	const char *autocomplete; /* "off" unless told */
	const char *unit;         /* after the box: 円, kg */
	const char *width;        /* "s" "m" "l" (NULL: full) */
	const char *kana_of;      /* name of the field whose typing fills this one (U07) */
	const char *postal_to;    /* prefix of the address fields this postal code fills (U08) */
	const struct ui_choice *choices;
	size_t n_choices;
	const char *const *values; /* chosen ones of a checkbox group, as stored */
	size_t n_values;
	bool optional_blank;      /* radio: offer 未記入; select: an empty first line */
	const char *note;         /* mark on a copied or filled value: 前回から, 台帳から */
};

/* What the templates ask. */
const char *ui_value(const struct page_view *p, const struct ui_field *f);
bool ui_chosen(const struct page_view *p, const struct ui_field *f, const char *value);
const struct fault *ui_fault(const struct page_view *p, const char *name); /* NULL if none */
const char *ui_offer(const struct page_view *p, const char *name); /* what the fault offers, a day in 和暦; "" if nothing */
const char *ui_describedby(const struct page_view *p, const struct ui_field *f);
const char *ui_date_hint(const struct page_view *p, const struct ui_field *f); /* 令和…（西暦…）…歳 */
/* 令和…（西暦…）, with 満年齢 beside a birth date; "" if text is no whole day */
const char *page_date_hint(struct arena *a, const char *text, civil today, bool birth);
const char *ui_input_type(const struct ui_field *f);

/* ---- an error as a page (templates/layout/error.html) ---- */
struct error_view {
	struct page_view *page;
	const char *mend, *next;
	int number;
	bool login;
	const char **typed; /* what was sent, so that no word is lost */
	size_t n_typed;
};

/* ---- lists ---- */
struct pager {
	const char *path;    /* local, with its query but without page: "/persons?search=…" */
	int64_t page, n_pages, n_rows, per_page;
	bool at_least;       /* n_rows and n_pages were counted up to a bound: "200 件以上" */
};
struct pager pager_of(struct req *r, int64_t n_rows); /* page from ?page=, size from the user's setting */

/* A list that may be very long is counted up to a bound, for the gate is asked of each row (docs/decisions/009-lists-and-counts.md).
 * LIST_COUNT_MOST is the bound of a number that stands alone; pager_most that of the page asked for, so that the next pages
 * are there; pager_of_most is pager_of for such a number. */
enum { LIST_COUNT_MOST = 200 };
int64_t pager_most(struct req *r);
struct pager pager_of_most(struct req *r, int64_t n_rows, int64_t most);
const char *pager_path(const struct page_view *p, const struct pager *g, int64_t page);

#endif
