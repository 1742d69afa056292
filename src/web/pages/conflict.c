#include "web/pages/conflict.h"

#include "access/account.h"
#include "base/str.h"
#include "codec/json.h"
#include "form/answer.h"
#include "tmpl/consult_conflict.h"
#include "web/formin.h"
#include "web/pages/columns.h"

#include <string.h>

static bool disputed(const struct row_conflict *c, const char *name)
{
	for (size_t i = 0; i < c->n; i++)
		if (str_eq(column_field(c->table->name, c->fields[i].column), name))
			return true;
	return false;
}

static bool own_field(const char *name)
{
	return str_eq(name, "csrf") || str_eq(name, "once") || str_eq(name, "base");
}

/* Every code that stands on one side; those of mine are chosen. */
static void add_codes(struct req *r, const char *table, const struct row_conflict_field *f, struct conflict_field *out)
{
	size_t n_mine, n_theirs;
	const char **mine = column_codes(r, str_or(f->mine, ""), &n_mine), **theirs = column_codes(r, str_or(f->theirs, ""), &n_theirs);
	struct conflict_code *v = ARENA_ARRAY(r->arena, n_mine + n_theirs + 1, struct conflict_code);
	for (size_t i = 0; i < n_mine; i++)
		v[out->n_codes++] = (struct conflict_code){mine[i], column_code_word(r, table, f->column, mine[i]), true};
	for (size_t i = 0; i < n_theirs; i++) {
		bool there = false;
		for (size_t k = 0; k < n_mine; k++)
			there = there || str_eq(mine[k], theirs[i]);
		if (!there)
			v[out->n_codes++] = (struct conflict_code){theirs[i], column_code_word(r, table, f->column, theirs[i]), false};
	}
	out->codes = v;
}

/* Two columns may stand behind one box (a birth date, whole or as it is known): the box is asked for once. */
static bool joined(struct req *r, const char *table, const struct row_conflict_field *f, struct conflict_view *v)
{
	for (size_t i = 0; i < v->n_fields; i++) {
		struct conflict_field *o = &v->fields[i];
		if (!str_eq(o->name, column_field(table, f->column)))
			continue;
		if (str_blank(o->theirs) && !str_blank(f->theirs)) {
			o->theirs = column_value(r, table, f->column, f->theirs);
			o->theirs_words = column_words(r, table, f->column, f->theirs);
		}
		if (!str_blank(f->mine))
			o->mine_words = column_words(r, table, f->column, f->mine);
		return true;
	}
	return false;
}

static void add_field(struct req *r, const struct row_conflict *c, const struct row_conflict_field *f, struct conflict_view *v)
{
	const char *table = c->table->name, *label = column_label(table, f->column), *name = column_field(table, f->column);
	if (!*label || joined(r, table, f, v))
		return;
	enum column_pick pick = column_pick(table, f->column);
	struct conflict_field *o = &v->fields[v->n_fields++];
	*o = (struct conflict_field){.name = name, .label = label, .base_words = column_words(r, table, f->column, str_or(f->base, "")),
		.theirs_words = column_words(r, table, f->column, str_or(f->theirs, "")),
		.mine_words = column_words(r, table, f->column, str_or(f->mine, "")), .theirs = column_value(r, table, f->column, str_or(f->theirs, ""))};
	o->mine = req_has(r, name) ? req_field(r, name) : column_value(r, table, f->column, str_or(f->mine, ""));
	/* A box that is not ticked is not sent; so a yes or no counts as asked too. */
	bool asked = req_has(r, name) || str_eq(str_or(f->mine, ""), "いいえ");
	o->is_many = asked && pick == PICK_MANY;
	o->typed = asked && (pick == PICK_ONE || pick == PICK_JOIN);
	o->may_join = pick == PICK_JOIN;
	o->both = arena_fmt(r->arena, "%s\n%s", o->theirs, o->mine);
	if (o->is_many)
		add_codes(r, table, f, o);
}

static void put(struct conflict_view *v, struct pair *others, const char *name, const char *value)
{
	others[v->n_others++] = (struct pair){name, value};
}

/* Two columns may stand behind one box (a birth date, whole or as it is known): only the one that says something goes along. */
static bool said_elsewhere(const struct row_conflict *c, const struct row_conflict_field *f)
{
	const char *table = c->table->name, *name = column_field(table, f->column);
	for (size_t i = 0; i < c->n_carried; i++)
		if (&c->carried[i] != f && str_blank(f->theirs) && !str_blank(c->carried[i].theirs) &&
		    str_eq(column_field(table, c->carried[i].column), name))
			return true;
	return false;
}

/* What the other changed and the reader did not touch goes on as the other left it: the page is posted again on top of the
 * other's version and must not take that back. done marks the fields of the form that are settled by it. */
static void carry(struct req *r, const struct row_conflict *c, struct conflict_view *v, struct pair *others, bool *done)
{
	for (size_t i = 0; i < c->n_carried; i++) {
		const struct row_conflict_field *f = &c->carried[i];
		const char *table = c->table->name, *name = column_field(table, f->column), *is = str_or(f->theirs, "");
		bool is_time = str_eq(f->column, "received_ms") && strlen(is) >= 16, is_many = column_pick(table, f->column) == PICK_MANY;
		if (is_time)
			name = "received_on";
		if (said_elsewhere(c, f) || disputed(c, name) || (!req_has(r, name) && !f->is_yes_no && !is_many))
			continue;
		for (size_t k = 0; k < r->form.n; k++)
			done[k] = done[k] || str_eq(r->form.v[k].name, name) || (is_time && str_eq(r->form.v[k].name, "received_time"));
		size_t n = 0;
		const char **codes = is_many ? column_codes(r, is, &n) : NULL;
		for (size_t k = 0; k < n; k++)
			put(v, others, name, codes[k]);
		if (is_time) {
			put(v, others, name, arena_strn(r->arena, is, 10));
			put(v, others, "received_time", arena_str(r->arena, is + 11));
		} else if (!is_many) {
			put(v, others, name, column_value(r, table, f->column, is));
		}
	}
}

static const struct form_item *item_of(const struct form_def *def, const char *path)
{
	for (size_t i = 0; i < def->n_items; i++)
		if (str_eq(def->items[i].path, path))
			return &def->items[i];
	return NULL;
}

static const char EMPTY[] = "（空欄）";

/* The rows of a list, one line each. */
static const char *rows_words(struct req *r, const struct form_item *it, const char *held)
{
	struct json *rows;
	struct buf b = buf_new(r->arena);
	if (json_parse(r->arena, held, strlen(held), NULL, &rows, NULL) != OK || !json_is(rows, JSON_ARRAY))
		return held;
	for (size_t i = 0; i < rows->n; i++) {
		bool begun = false;
		for (size_t k = 0; k < it->n_children; k++) {
			const char *cell = json_get_text(rows->items[i], it->children[k].id, "");
			if (str_blank(cell))
				continue;
			buf_fmt(&b, "%s%s: %s", begun ? "、" : b.n ? "\n" : "", it->children[k].short_label, cell);
			begun = true;
		}
	}
	return b.n ? b.p : EMPTY;
}

/* What a field of the form holds, as people say it. */
static const char *item_words(struct req *r, const struct form_def *def, const struct form_item *it, const char *held)
{
	if (str_blank(held))
		return EMPTY;
	if (it->type == ITEM_LIST)
		return rows_words(r, it, held);
	struct answers *as = answers_new(r->arena, def);
	const char *words = answers_set(as, it->path, held) == OK ? answers_text(as, it->path) : held;
	return str_blank(words) ? held : words;
}

const struct form_item *conflict_item(const struct form_def *def, const char *table, const char *column, const char *list_column)
{
	size_t n = strlen(table);
	for (size_t i = 0; i < def->n_items; i++) {
		const char *b = def->items[i].binding;
		if ((strncmp(b, table, n) == 0 && b[n] == '.' && str_eq(b + n + 1, column)) || (list_column && def->items[i].type == ITEM_LIST && str_eq(column, list_column)))
			return &def->items[i];
	}
	return NULL;
}

const char *conflict_words(struct req *r, const struct form_def *def, const struct form_item *it, const char *stored)
{
	if (it->type == ITEM_BOOL)
		return item_words(r, def, it, str_eq(stored, "1") ? "Y" : str_eq(stored, "0") ? "N" : "");
	if (it->type != ITEM_CODES)
		return item_words(r, def, it, stored);
	char *s = arena_str(r->arena, stored);
	for (char *p = s; *p; p++)
		if (*p == '|')
			*p = ',';
	return item_words(r, def, it, s);
}

/* Both sides in one: two texts one after the other, the rows of both lists. */
static const char *both_of(struct req *r, const struct form_item *it, const char *theirs, const char *mine)
{
	struct json *a, *b;
	if (it->type != ITEM_LIST)
		return arena_fmt(r->arena, "%s\n%s", theirs, mine);
	if (json_parse(r->arena, theirs, strlen(theirs), NULL, &a, NULL) != OK || !json_is(a, JSON_ARRAY) ||
	    json_parse(r->arena, mine, strlen(mine), NULL, &b, NULL) != OK || !json_is(b, JSON_ARRAY))
		return mine;
	for (size_t i = 0; i < b->n; i++)
		json_add(r->arena, a, b->items[i]);
	return json_to_text(r->arena, a, false);
}

/* The fields of an item: its path, and of a list the cells below it. */
static void settle(struct req *r, const char *path, bool *done)
{
	size_t n = strlen(path);
	for (size_t k = 0; k < r->form.n; k++)
		done[k] = done[k] || (strncmp(r->form.v[k].name, path, n) == 0 && (!r->form.v[k].name[n] || r->form.v[k].name[n] == '.'));
}

/* A column of the record that is no item of the form, but a field of its page. */
static void beside_form(struct req *r, const struct row_conflict *c, const struct row_conflict_field *f, struct conflict_view *v, struct pair *others, bool *done)
{
	const char *table = c->table->name, *name = column_field(table, f->column), *is = str_or(f->theirs, "");
	bool is_many = column_pick(table, f->column) == PICK_MANY;
	size_t n = 0;
	const char **codes = is_many ? column_codes(r, is, &n) : NULL;
	for (size_t k = 0; k < r->form.n; k++)
		done[k] = done[k] || str_eq(r->form.v[k].name, name);
	if (f < c->fields || f >= c->fields + c->n) {
		for (size_t k = 0; k < n; k++)
			put(v, others, name, codes[k]);
		if (!is_many)
			put(v, others, name, column_value(r, table, f->column, is));
	} else {
		add_field(r, c, f, v);
	}
}

static void items(struct req *r, const struct row_conflict *c, const struct form_def *def, struct conflict_view *v, struct pair *others, bool *done)
{
	for (size_t i = 0; i < c->n_carried; i++) {
		if (!item_of(def, c->carried[i].column)) {
			beside_form(r, c, &c->carried[i], v, others, done);
			continue;
		}
		settle(r, c->carried[i].column, done);
		put(v, others, c->carried[i].column, c->carried[i].theirs);
	}
	for (size_t i = 0; i < c->n; i++) {
		const struct row_conflict_field *f = &c->fields[i];
		const struct form_item *it = item_of(def, f->column);
		if (!it) {
			beside_form(r, c, f, v, others, done);
			continue;
		}
		settle(r, f->column, done);
		v->fields[v->n_fields++] = (struct conflict_field){.name = f->column, .label = it->label, .base_words = item_words(r, def, it, f->base),
			.theirs_words = item_words(r, def, it, f->theirs), .mine_words = item_words(r, def, it, f->mine), .theirs = f->theirs, .mine = f->mine,
			.both = both_of(r, it, f->theirs, f->mine), .typed = true, .may_join = it->type == ITEM_MEMO || it->type == ITEM_LIST};
	}
}

static err conflict_page(struct req *r, const struct row_conflict *c, const struct form_def *def, const char *cancel_path)
{
	struct page_view *page = page_view(r, "ほかの人の変更と重なりました");
	page->draft_key = "";
	struct conflict_view v = {.page = page, .action = r->path, .cancel_path = cancel_path, .theirs_by = "ほかの人",
	                          .theirs_ms = c->theirs_ms, .theirs_version = c->theirs_version, };
	const char *who;
	TRY(account_name(r->c, c->theirs_by, &who));
	if (!str_blank(who))
		v.theirs_by = who;
	v.fields = ARENA_ARRAY(r->arena, c->n + 1, struct conflict_field);
	v.n_fields = 0;
	for (size_t i = 0; !def && i < c->n; i++)
		add_field(r, c, &c->fields[i], &v);
	struct pair *others = ARENA_ARRAY(r->arena, r->form.n + 2 * c->n_carried + 100, struct pair);
	bool *done = ARENA_ARRAY(r->arena, r->form.n + 1, bool);
	if (def)
		items(r, c, def, &v, others, done);
	else
		carry(r, c, &v, others, done);
	for (size_t i = 0; i < r->form.n; i++)
		if (!done[i] && !own_field(r->form.v[i].name) && (def || !disputed(c, r->form.v[i].name)))
			others[v.n_others++] = r->form.v[i];
	v.others = others;
	tmpl_conflict_page(res_page_of(r, ERR_CONFLICT), &v);
	return OK;
}

err page_conflict(struct req *r, const struct row_conflict *c, const char *cancel_path) { return conflict_page(r, c, NULL, cancel_path); }

err page_conflict_form(struct req *r, const struct row_conflict *c, const struct form_def *def, const char *cancel_path)
{
	return conflict_page(r, c, def, cancel_path);
}
