#include "care/interest.h"

#include "base/str.h"

static const char *const CODES[INTEREST_STATES] = {"doing", "want_to_try", "interested"};
static const char *const LABELS[INTEREST_STATES] = {"している", "してみたい", "興味がある"};

const char *interest_state_code(enum interest_state s) { return CODES[s]; }
const char *interest_state_label(enum interest_state s) { return LABELS[s]; }

err interest_list(struct ctx *c, const char *person_pid, struct interest_sheet **v, size_t *n)
{
	struct response_row *rows;
	TRY(response_list(c, person_pid, INTEREST_FORM, &rows, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct interest_sheet);
	for (size_t i = 0; i < *n; i++) {
		struct response_view r;
		TRY(response_get(c, rows[i].pid, &r));
		struct interest_sheet *x = &(*v)[i];
		*x = (struct interest_sheet){.pid = rows[i].pid, .org_name = rows[i].org_name, .staff_name = rows[i].staff_name, .on = rows[i].answered_on, .answers = r.answers};
		for (int s = 0; s < INTEREST_STATES; s++) {
			const struct rule_outcome *o = form_outcome(r.result, CODES[s]);
			x->counts[s] = o ? o->min : 0;
		}
	}
	return OK;
}

/* ---- lines ----------------------------------------------------------------------------------------------------------- */

static bool marks_of(const struct answers *as, const struct form_item *it, bool out[INTEREST_STATES])
{
	const struct answer *a = answers_get(as, it->path);
	bool any = false;
	for (size_t k = 0; a && a->blank == BLANK_NONE && k < it->n_options; k++)
		for (int s = 0; s < INTEREST_STATES; s++)
			if (str_eq(it->options[k].code, CODES[s]) && a->set >> k & 1)
				any = out[s] = true;
	return any;
}

/* その他: what was written beside the marks. */
static const char *label_of(struct arena *a, const struct answers *as, const struct form_item *it)
{
	const char *name = arena_fmt(a, "%s_name", it->path);
	return answers_item(as, name) && answers_has(as, name) ? answers_text(as, name) : it->label;
}

struct lines {
	struct interest_line *v;
	size_t n;
};

static void add(struct arena *a, struct lines *l, const struct answers *as, const struct form_item *it, bool later)
{
	bool marks[INTEREST_STATES] = {false};
	if (it->type != ITEM_CODES || !marks_of(as, it, marks))
		return;
	const char *label = label_of(a, as, it);
	struct interest_line *x = NULL;
	for (size_t i = 0; i < l->n && !x; i++)
		if (str_eq(l->v[i].label, label))
			x = &l->v[i];
	if (!x) {
		x = &l->v[l->n++];
		*x = (struct interest_line){.id = "", .label = label};
	}
	for (int s = 0; s < INTEREST_STATES; s++)
		*(later ? &x->now[s] : &x->then[s]) |= marks[s];
	if (later)
		x->id = it->path;
}

size_t interest_lines(struct arena *a, const struct answers *then, const struct answers *now, struct interest_line **v)
{
	size_t n_then = then ? then->def->n_items : 0, n_now = now->def->n_items;
	struct lines l = {ARENA_ARRAY(a, n_then + n_now + 1, struct interest_line), 0};
	for (size_t i = 0; i < n_now || i < n_then; i++) { /* side by side, so the order of the form is kept */
		if (i < n_now)
			add(a, &l, now, &now->def->items[i], true);
		if (i < n_then)
			add(a, &l, then, &then->def->items[i], false);
	}
	for (size_t i = 0; then && i < l.n; i++) {
		struct interest_line *x = &l.v[i];
		x->began = x->now[INTEREST_DOING] && !x->then[INTEREST_DOING];
		x->stopped = x->then[INTEREST_DOING] && !x->now[INTEREST_DOING];
		for (int s = 0; s < INTEREST_STATES; s++)
			x->moved = x->moved || x->then[s] != x->now[s];
	}
	*v = l.v;
	return l.n;
}

err interest_wishes(struct ctx *c, const char *person_pid, struct interest_line **v, size_t *n, civil *on)
{
	struct interest_sheet *sheets;
	size_t n_sheets, all;
	*n = 0;
	*on = CIVIL_NONE;
	*v = NULL;
	TRY(interest_list(c, person_pid, &sheets, &n_sheets));
	if (!n_sheets)
		return OK;
	*on = sheets[0].on;
	all = interest_lines(c->arena, NULL, sheets[0].answers, v);
	for (size_t i = 0; i < all; i++)
		if (!(*v)[i].now[INTEREST_DOING])
			(*v)[(*n)++] = (*v)[i];
	return OK;
}
