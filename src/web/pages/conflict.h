/* pages/conflict — two people saved the same field: 元 / 相手 / 自分 side by side (F143; U21, U22).
 *
 * Nothing was written; what was typed stays: the page posts every typed field to the same address again, based on the
 * other's version. For each disputed field the reader picks 相手, 自分 or 両方. The losing text is kept by the store
 * (競合の記録). Works without script. */
#ifndef TSU_WEB_PAGES_CONFLICT_H
#define TSU_WEB_PAGES_CONFLICT_H

#include "register/gen.h"
#include "web/page.h"

struct conflict_code {
	const char *code, *label;
	bool is_mine;
};
struct conflict_field {
	const char *name, *label;
	const char *base_words, *theirs_words, *mine_words; /* as people say them */
	const char *theirs, *mine, *both; /* as the form sends them */
	bool typed;     /* the form has a field of this name, so it can be picked */
	bool may_join;  /* text: both may stay */
	bool is_many;   /* several codes, each of which can be kept */
	struct conflict_code *codes;
	size_t n_codes;
};

struct conflict_view {
	const struct page_view *page;
	const char *action, *cancel_path, *theirs_by;
	int64_t theirs_ms, theirs_version;
	struct conflict_field *fields;
	size_t n_fields;
	const struct pair *others;
	size_t n_others;
};

struct form_def;
struct form_item;
/* The item bound to a column of a table; NULL: none. What a stored value of it is called by people (choices, rows of a list, days). */
const struct form_item *conflict_item(const struct form_def *def, const char *table, const char *column, const char *list_column);
const char *conflict_words(struct req *r, const struct form_def *def, const struct form_item *it, const char *stored);
/* As page_conflict, for a filled form: the columns of the conflict are paths of items of the definition, the values what their
 * fields hold; a list is JSON rows ([{column id: text}]), which form_fields_read takes in place of its cells. */
MUST err page_conflict_form(struct req *r, const struct row_conflict *conflict, const struct form_def *def, const char *cancel_path);

/* Renders the page (409) for the POST in hand. cancel_path: where 「自分の変更をやめる」 leads. */
MUST err page_conflict(struct req *r, const struct row_conflict *conflict, const char *cancel_path);

#endif
