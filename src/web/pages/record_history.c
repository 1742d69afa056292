#include "web/pages/record_history.h"

#include "base/str.h"
#include "tmpl/person_changes.h"
#include "web/pages/columns.h"
#include "web/pages/conflict.h"
#include "web/pages/person.h"

static const char *action_word(const char *action, bool is_part)
{
	return str_eq(action, "insert") ? is_part ? "加えた" : "登録" : str_eq(action, "retire") ? is_part ? "外した" : "ごみ箱へ移した"
	     : str_eq(action, "restore") ? is_part ? "戻した" : "ごみ箱から戻した" : str_eq(action, "revert") ? "元の版に戻した" : "直した";
}

static bool form_words(struct req *r, const char *table, const struct row_change *x, const struct history_more *more, struct history_part_shown *p)
{
	const struct form_item *it = more && more->def ? conflict_item(more->def, table, x->column, more->list_column) : NULL;
	if (!it)
		return false;
	struct history_field_shown *f = &p->fields[p->n_fields++];
	*f = (struct history_field_shown){.label = it->label, .before = conflict_words(r, more->def, it, str_or(x->before, "")), .after = conflict_words(r, more->def, it, str_or(x->after, ""))};
	f->same = str_eq(f->before, f->after);
	if (it->type == ITEM_TEXT)
		text_diff(r->arena, x->before, x->after, &f->pieces, &f->n_pieces);
	return true;
}

static void field(struct req *r, const char *table, const struct row_change *x, const struct history_more *more, struct history_part_shown *p)
{
	if (form_words(r, table, x, more, p))
		return;
	const char *label = column_label(table, x->column);
	if (!*label || str_eq(x->column, "retired_ms")) /* derived; going and coming is the act itself */
		return;
	struct history_field_shown *f = &p->fields[p->n_fields++];
	*f = (struct history_field_shown){.label = label, .before = column_words(r, table, x->column, x->before), .after = column_words(r, table, x->column, x->after)};
	f->same = str_eq(f->before, f->after);
	if (column_pick(table, x->column) == PICK_JOIN)
		text_diff(r->arena, x->before, x->after, &f->pieces, &f->n_pieces);
}

err record_history_page(struct req *r, struct page_view *page, const struct history_act *v, size_t n, const struct history_more *more)
{
	struct record_history_view out = {.page = page, .acts = ARENA_ARRAY(r->arena, n + 1, struct history_act_shown),
		.revert = more ? str_or(more->revert, "") : ""};
	bool has_head = false;
	for (size_t i = 0; i < n; i++) {
		struct history_act_shown *a = out.n_acts ? &out.acts[out.n_acts - 1] : NULL;
		bool is_part = !str_blank(v[i].what);
		if (!a || a->at_ms != v[i].at_ms || (!is_part && has_head)) { /* two saves in one moment stay two */
			has_head = false;
			a = &out.acts[out.n_acts++];
			*a = (struct history_act_shown){.at = *out.revert && out.n_acts > 1 && v[i].at_ms != v[0].at_ms ? arena_fmt(r->arena, "%lld", (long long)v[i].at_ms) : "", .at_ms = v[i].at_ms, .who = account_word(r, v[i].by), .action = is_part ? "直した" : action_word(v[i].action, false),
				.reason = str_or(v[i].reason, ""), .parts = ARENA_ARRAY(r->arena, n - i + 1, struct history_part_shown)};
		}
		has_head = has_head || !is_part;
		if (str_eq(a->action, "登録")) /* made with it */
			continue;
		struct history_part_shown *p = &a->parts[a->n_parts];
		*p = (struct history_part_shown){.what = v[i].what, .action = action_word(v[i].action, is_part), .fields = ARENA_ARRAY(r->arena, v[i].n + 1, struct history_field_shown)};
		for (size_t k = 0; k < v[i].n; k++)
			field(r, v[i].table, &v[i].v[k], more, p);
		if (p->n_fields || (is_part && !str_eq(v[i].action, "save")))
			a->n_parts++;
	}
	tmpl_person_changes(res_page(r), &out);
	return OK;
}
