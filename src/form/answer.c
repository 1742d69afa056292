/* The tree of answers: making, finding, typed reading and writing, comparing. */
#include "form/answer_in.h"

#include "base/str.h"

#include <string.h>

static const struct {
	const char *code, *label;
} blanks[BLANK_COUNT] = {
	[BLANK_NONE] = {"", ""},
	[BLANK_UNANSWERED] = {"unanswered", "未記入"},
	[BLANK_NA] = {"na", "該当なし"},
	[BLANK_REFUSED] = {"refused", "答えない"},
	[BLANK_UNKNOWN] = {"unknown", "不明"},
};

const char *blank_code(enum blank_kind b)
{
	return (unsigned)b < BLANK_COUNT ? blanks[b].code : "";
}

const char *blank_label(enum blank_kind b)
{
	return (unsigned)b < BLANK_COUNT ? blanks[b].label : "";
}

bool blank_parse(const char *code, enum blank_kind *out)
{
	for (int i = 0; i < BLANK_COUNT; i++)
		if (i != BLANK_NONE && str_eq(blanks[i].code, code)) {
			*out = (enum blank_kind)i;
			return true;
		}
	return false;
}

static struct answers *level(struct arena *a, const struct form_def *d, const struct form_item *items, size_t n)
{
	struct answers *as = ARENA_NEW(a, struct answers);
	*as = (struct answers){.arena = a, .def = d, .items = items, .n = n, .a = ARENA_ARRAY(a, n ? n : 1, struct answer)};
	for (size_t i = 0; i < n; i++)
		as->a[i].part.day = as->a[i].part.from = as->a[i].part.to = CIVIL_NONE;
	return as;
}

struct answers *answers_new(struct arena *a, const struct form_def *d)
{
	return level(a, d, d->items, d->n_items);
}

struct answers *answers_copy(struct arena *a, const struct answers *from)
{
	struct answers *as = level(a, from->def, from->items, from->n);
	for (size_t i = 0; i < from->n; i++) {
		struct answer *v = &as->a[i];
		*v = from->a[i];
		if (v->text)
			v->text = arena_str(a, v->text);
		if (v->marked)
			v->marked = arena_str(a, v->marked);
		if (v->part.words)
			v->part.words = arena_str(a, v->part.words);
		if (!v->n_rows)
			continue;
		size_t room = 1; /* as add_row keeps it */
		while (room < v->n_rows)
			room *= 2;
		v->rows = ARENA_ARRAY(a, room, struct answers *);
		for (size_t k = 0; k < v->n_rows; k++)
			v->rows[k] = answers_copy(a, from->a[i].rows[k]);
	}
	return as;
}

/* The place a path names; rows are made when grow is set. */
struct place {
	struct answers *level;
	size_t i;
};

static err add_row(struct answers *as, const struct form_item *it, struct answer *v)
{
	if (v->n_rows >= (size_t)it->max_rows)
		return ERR_LIMIT;
	/* the array's room is the power of two above its rows: a record of thousands is not copied for each of them */
	if ((v->n_rows & (v->n_rows - 1)) == 0) {
		struct answers **rows = ARENA_ARRAY(as->arena, v->n_rows ? v->n_rows * 2 : 1, struct answers *);
		if (v->n_rows)
			memcpy(rows, v->rows, v->n_rows * sizeof *rows);
		v->rows = rows;
	}
	v->rows[v->n_rows++] = level(as->arena, as->def, it->children, it->n_children);
	v->blank = BLANK_NONE;
	return OK;
}

static err find(struct answers *as, const char *path, bool grow, struct place *out)
{
	size_t n = strcspn(path, "."), i = 0;
	while (i < as->n && !(strlen(as->items[i].id) == n && memcmp(as->items[i].id, path, n) == 0))
		i++;
	if (i == as->n)
		return ERR_FORM_FIELD;
	*out = (struct place){as, i};
	if (!path[n])
		return OK;
	const struct form_item *it = &as->items[i];
	struct answer *v = &as->a[i];
	const char *p = path + n + 1;
	size_t digits = strspn(p, "0123456789");
	if (it->type != ITEM_LIST || !digits || digits > 4 || p[digits] != '.')
		return ERR_FORM_FIELD;
	size_t row = 0;
	for (size_t k = 0; k < digits; k++)
		row = row * 10 + (size_t)(p[k] - '0');
	if (row >= (size_t)it->max_rows)
		return grow ? ERR_LIMIT : ERR_FORM_FIELD;
	if (row >= v->n_rows && !grow)
		return ERR_NOTFOUND;
	while (row >= v->n_rows)
		TRY(add_row(as, it, v));
	return find(v->rows[row], p + digits + 1, grow, out);
}

const struct answer *answers_get(const struct answers *as, const char *path)
{
	struct place at;
	return find((struct answers *)as, path, false, &at) ? NULL : &at.level->a[at.i];
}

const struct form_item *answers_item(const struct answers *as, const char *path)
{
	return form_item_find(as->def, path);
}

bool answers_has(const struct answers *as, const char *path)
{
	const struct answer *v = answers_get(as, path);
	return v && v->blank == BLANK_NONE;
}

const char *answers_text(const struct answers *as, const char *path)
{
	struct place at;
	if (find((struct answers *)as, path, false, &at))
		return "";
	const struct answer *v = &at.level->a[at.i];
	return v->blank == BLANK_NONE ? answer_show(as->arena, &at.level->items[at.i], v) : "";
}

int64_t answers_num(const struct answers *as, const char *path, int64_t if_blank)
{
	const struct answer *v = answers_get(as, path);
	return v && v->blank == BLANK_NONE ? v->num : if_blank;
}

/* The place for writing, emptied. */
static err writable(struct answers *as, const char *path, const struct form_item **it, struct answer **v)
{
	struct place at;
	TRY(find(as, path, true, &at));
	*it = &at.level->items[at.i];
	*v = &at.level->a[at.i];
	if ((*it)->type == ITEM_DERIVED || (*it)->type == ITEM_DISPLAY)
		return ERR_FORM_FIELD;
	return OK;
}

err answer_put(struct answers *as, const char *path, const struct answer *from)
{
	const struct form_item *it;
	struct answer *v;
	TRY(writable(as, path, &it, &v));
	*v = *from;
	return OK;
}

err answer_add_row(struct answers *as, const struct form_item *list, struct answers **row)
{
	struct answer *v = &as->a[list->index];
	TRY(add_row(as, list, v));
	*row = v->rows[v->n_rows - 1];
	return OK;
}

static void clear(struct answer *v, enum blank_kind b)
{
	*v = (struct answer){.blank = b};
	v->part.day = v->part.from = v->part.to = CIVIL_NONE;
}

err answers_set_blank(struct answers *as, const char *path, enum blank_kind b)
{
	const struct form_item *it;
	struct answer *v;
	TRY(writable(as, path, &it, &v));
	if ((unsigned)b >= BLANK_COUNT || b == BLANK_NONE)
		return ERR_FORM_FIELD;
	clear(v, b);
	return OK;
}

err answers_set_text(struct answers *as, const char *path, const char *text)
{
	const struct form_item *it;
	struct answer *v;
	TRY(writable(as, path, &it, &v));
	if (it->type != ITEM_TEXT && it->type != ITEM_MEMO && it->type != ITEM_REF && it->type != ITEM_IMG)
		return ERR_FORM_FIELD;
	clear(v, text && *text ? BLANK_NONE : BLANK_UNANSWERED);
	if (v->blank == BLANK_NONE)
		v->text = arena_str(as->arena, text);
	return OK;
}

err answers_set_marked(struct answers *as, const char *path, const struct mark_step *steps, size_t n)
{
	const struct form_item *it;
	struct answer *v;
	TRY(answers_set_text(as, path, mark_plain(as->arena, steps, n)));
	TRY(writable(as, path, &it, &v));
	if (it->type != ITEM_TEXT && it->type != ITEM_MEMO)
		return ERR_FORM_FIELD;
	for (size_t i = 0; i < n && v->blank == BLANK_NONE; i++)
		if (steps[i].struck && *steps[i].text)
			v->marked = mark_paper(as->arena, steps, n);
	return OK;
}

err answers_set_int(struct answers *as, const char *path, int64_t num)
{
	const struct form_item *it;
	struct answer *v;
	TRY(writable(as, path, &it, &v));
	switch (it->type) {
	case ITEM_INT: case ITEM_DEC:
		if (num < it->min || num > it->max)
			return ERR_RANGE;
		break;
	case ITEM_BOOL:
		if (num != 0 && num != 1)
			return ERR_RANGE;
		break;
	case ITEM_TIME:
		if (num < 0 || num >= 24 * 60)
			return ERR_RANGE;
		break;
	case ITEM_YM:
		if (num < 1868 * 12 || num > 2999 * 12 + 11)
			return ERR_RANGE;
		break;
	default: return ERR_FORM_FIELD;
	}
	clear(v, BLANK_NONE);
	v->num = num;
	return OK;
}

err answers_set_date(struct answers *as, const char *path, civil day)
{
	const struct form_item *it;
	struct answer *v;
	TRY(writable(as, path, &it, &v));
	if (it->type != ITEM_DATE && it->type != ITEM_PARTIAL_DATE)
		return ERR_FORM_FIELD;
	clear(v, day == CIVIL_NONE ? BLANK_UNANSWERED : BLANK_NONE);
	if (day == CIVIL_NONE)
		return OK;
	v->num = day;
	if (it->type == ITEM_PARTIAL_DATE)
		v->part = (struct era_date){.precision = ERA_DAY, .day = day, .from = day, .to = day,
			.words = era_text(as->arena, day)};
	return OK;
}

err answers_set_partial(struct answers *as, const char *path, const struct era_date *p)
{
	const struct form_item *it;
	struct answer *v;
	TRY(writable(as, path, &it, &v));
	if (it->type != ITEM_PARTIAL_DATE)
		return ERR_FORM_FIELD;
	clear(v, BLANK_NONE);
	v->part = *p;
	v->part.words = arena_str(as->arena, p->words);
	v->num = p->from;
	return OK;
}

err answers_set_code(struct answers *as, const char *path, const char *code)
{
	const struct form_item *it;
	struct answer *v;
	TRY(writable(as, path, &it, &v));
	if (it->type != ITEM_CODE && it->type != ITEM_CODES)
		return ERR_FORM_FIELD;
	const struct form_option *o = form_option_find(it, code);
	if (!o)
		return ERR_NOT_CHOICE;
	uint64_t set = v->blank == BLANK_NONE ? v->set : 0;
	clear(v, BLANK_NONE);
	if (it->type == ITEM_CODES) {
		v->set = set | (uint64_t)1 << (o - it->options);
	} else {
		v->num = o - it->options;
		v->text = o->code;
	}
	return OK;
}

static bool same_rows(const struct answer *x, const struct answer *y)
{
	if (x->n_rows != y->n_rows)
		return false;
	for (size_t i = 0; i < x->n_rows; i++)
		if (!answers_equal(x->rows[i], y->rows[i]))
			return false;
	return true;
}

static bool same(const struct form_item *it, const struct answer *x, const struct answer *y)
{
	if (it->type == ITEM_LIST && !x->n_rows && !y->n_rows)
		return x->blank == y->blank || (x->blank <= BLANK_NONE && y->blank <= BLANK_NONE); /* no rows = 未記入 */
	if (x->blank != y->blank)
		return false;
	if (x->blank != BLANK_NONE)
		return true;
	switch (it->type) {
	case ITEM_TEXT: case ITEM_MEMO: case ITEM_REF: case ITEM_IMG: case ITEM_CODE: return str_eq(x->text, y->text);
	case ITEM_CODES: return x->set == y->set;
	case ITEM_PARTIAL_DATE:
		return x->part.from == y->part.from && x->part.to == y->part.to && x->part.about == y->part.about
			&& x->part.precision == y->part.precision && str_eq(x->part.words, y->part.words);
	case ITEM_LIST: return same_rows(x, y);
	default: return x->num == y->num;
	}
}

bool answers_equal(const struct answers *x, const struct answers *y)
{
	if (x->n != y->n || x->items != y->items)
		return false;
	for (size_t i = 0; i < x->n; i++)
		if (!same(&x->items[i], &x->a[i], &y->a[i]))
			return false;
	return true;
}

struct diffs {
	struct arena *a;
	struct answer_diff *d;
	size_t n, cap;
};

static void moved(struct diffs *g, const char *path, const struct form_item *it, const struct answer *x,
	const struct answer *y)
{
	if (g->n == g->cap) {
		size_t cap = g->cap ? g->cap * 2 : 16;
		struct answer_diff *d = ARENA_ARRAY(g->a, cap, struct answer_diff);
		if (g->n)
			memcpy(d, g->d, g->n * sizeof *d);
		g->d = d;
		g->cap = cap;
	}
	g->d[g->n++] = (struct answer_diff){path, it, x, y};
}

static size_t position(const struct answers *as, const char *id)
{
	size_t i = 0;
	while (i < as->n && !str_eq(as->items[i].id, id))
		i++;
	return i;
}

/* Two versions of a form may differ: items are matched by name, options by code. */
static bool moved_value(const struct form_item *x, const struct answer *a, const struct form_item *y,
	const struct answer *b)
{
	if (x == y)
		return !same(x, a, b);
	if (x->type != y->type || (x->type == ITEM_DEC && x->scale != y->scale))
		return a->blank != b->blank || a->blank == BLANK_NONE;
	if (x->type == ITEM_CODES && a->blank == BLANK_NONE && b->blank == BLANK_NONE) {
		for (size_t i = 0; i < x->n_options; i++) {
			const struct form_option *o = form_option_find(y, x->options[i].code);
			bool in_b = o && (b->set >> (o - y->options) & 1);
			if ((a->set >> i & 1) != in_b)
				return true;
		}
		return __builtin_popcountll(a->set) != __builtin_popcountll(b->set);
	}
	return !same(x, a, b);
}

static void diff_levels(struct diffs *g, const char *prefix, const struct answers *x, const struct answers *y)
{
	for (size_t side = 0; side < 2; side++) {
		const struct answers *here = side ? y : x, *there = side ? x : y;
		for (size_t i = 0; here && i < here->n; i++) {
			const struct form_item *it = &here->items[i];
			if (it->type == ITEM_DERIVED || it->type == ITEM_DISPLAY)
				continue;
			size_t k = there ? position(there, it->id) : 0;
			bool found = there && k < there->n;
			if (side && found)
				continue; /* already seen from the other side */
			const char *path = arena_fmt(g->a, "%s%s", prefix, it->id);
			const struct answer *a = &here->a[i], *b = found ? &there->a[k] : NULL;
			if (it->type == ITEM_LIST) {
				/* here is not NULL inside this loop. NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
				size_t rows = b && b->n_rows > a->n_rows ? b->n_rows : a->n_rows;
				for (size_t r = 0; r < rows; r++) {
					struct answers *ra = r < a->n_rows ? a->rows[r] : NULL, *rb = b && r < b->n_rows ? b->rows[r] : NULL;
					diff_levels(g, arena_fmt(g->a, "%s.%zu.", path, r), side ? rb : ra, side ? ra : rb);
				}
				/* a is a cell of here. NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
			} else if (b ? moved_value(it, a, &there->items[k], b) : a->blank != BLANK_UNANSWERED) {
				moved(g, path, it, side ? b : a, side ? a : b);
			}
		}
	}
}

size_t answers_diff(struct arena *a, const struct answers *before, const struct answers *after, struct answer_diff **out)
{
	struct diffs g = {.a = a};
	diff_levels(&g, "", before, after);
	*out = g.d;
	return g.n;
}
