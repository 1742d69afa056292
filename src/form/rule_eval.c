/* Bounds of expressions over all completions of the blanks.
 *
 * eval() is interval arithmetic: sound (no completion lies outside) and, where every blank stands once, tight. Where
 * one blank stands in several places intervals may be loose, so bound() looks for a completion that attains the
 * bound: branch on a blank that still matters, better half first, cut what cannot beat the best found. The budget
 * stops hostile forms; what is then not known stays open, never guessed. */
#include "base/str.h"
#include "form/rules.h"

#include <string.h>

/* FEW: with more open blanks than this each of them is named as missing; with fewer, only those that can still turn
 * the outcome (who has three answers to go must not ask for a fourth). */
enum { BUDGET = 200000, BUDGET_RELEVANT = 20000, SMALL = 64, LEAF = 8, FEW = 8 };

struct range {
	int64_t lo, hi;
	uint64_t must, may; /* RT_SET: certain and possible options */
};

struct ev {
	const struct answers *root, *row;
	civil today;
	struct range *dom, *dom_row;
	long budget;
};

static struct range point(int64_t v)
{
	return (struct range){v, v, 0, 0};
}

static bool is_point(const struct range *r)
{
	return r->lo == r->hi && r->must == r->may;
}

static bool varies(const struct form_item *it)
{
	switch (it->type) {
	case ITEM_BOOL: case ITEM_INT: case ITEM_DEC: case ITEM_CODE: case ITEM_CODES: case ITEM_DATE: case ITEM_PARTIAL_DATE:
	case ITEM_YM: case ITEM_TIME: return true;
	default: return false;
	}
}

/* What a blank may become. */
static struct range domain(const struct form_item *it, civil today)
{
	uint64_t all = it->n_options >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << it->n_options) - 1;
	civil last = it->future_ok ? civil_from(2999, 12, 31) : today;
	switch (it->type) {
	case ITEM_BOOL: return (struct range){0, 1, 0, 0};
	case ITEM_INT: case ITEM_DEC: return (struct range){it->min, it->max, 0, 0};
	case ITEM_CODE: return (struct range){0, (int64_t)it->n_options - 1, 0, 0};
	case ITEM_CODES: return (struct range){0, 0, 0, all};
	case ITEM_DATE: case ITEM_PARTIAL_DATE: return (struct range){civil_from(1868, 1, 25), last, 0, 0};
	case ITEM_YM: return (struct range){1868 * 12, 2999 * 12 + 11, 0, 0};
	case ITEM_TIME: return (struct range){0, 24 * 60 - 1, 0, 0};
	default: return point(0);
	}
}

static struct range start(const struct form_item *it, const struct answer *v, civil today)
{
	if (!varies(it))
		return point(0);
	if (v->blank != BLANK_NONE)
		return domain(it, today);
	if (it->type == ITEM_CODES)
		return (struct range){0, 0, v->set, v->set};
	if (it->type == ITEM_PARTIAL_DATE) {
		if (v->part.from == CIVIL_NONE)
			return domain(it, today);
		return (struct range){v->part.from, v->part.to, 0, 0};
	}
	return point(v->num);
}

static struct range *domains(struct arena *a, const struct answers *as, civil today)
{
	if (!as)
		return NULL;
	struct range *d = ARENA_ARRAY(a, as->n ? as->n : 1, struct range);
	for (size_t i = 0; i < as->n; i++)
		d[i] = start(&as->items[i], &as->a[i], today);
	return d;
}

static struct range *slot(const struct ev *x, const struct form_item *it)
{
	return it->parent ? &x->dom_row[it->index] : &x->dom[it->index];
}

static const struct answer *answer_of(const struct ev *x, const struct form_item *it)
{
	return it->parent ? &x->row->a[it->index] : &x->root->a[it->index];
}

static int64_t add(int64_t a, int64_t b)
{
	int64_t r;
	return __builtin_add_overflow(a, b, &r) ? (a < 0 ? INT64_MIN : INT64_MAX) : r;
}

static int64_t sub(int64_t a, int64_t b)
{
	int64_t r;
	return __builtin_sub_overflow(a, b, &r) ? (a < 0 ? INT64_MIN : INT64_MAX) : r;
}

static int64_t mul(int64_t a, int64_t b)
{
	int64_t r;
	return __builtin_mul_overflow(a, b, &r) ? ((a < 0) == (b < 0) ? INT64_MAX : INT64_MIN) : r;
}

/* a/b to the nearest, halves away from zero; total: by zero gives 0. */
static int64_t divide(int64_t a, int64_t b)
{
	if (b == 0)
		return 0;
	__int128 n = a, d = b;
	bool minus = (n < 0) != (d < 0);
	n = n < 0 ? -n : n;
	d = d < 0 ? -d : d;
	__int128 q = (2 * n + d) / (2 * d);
	return minus ? (q > (__int128)INT64_MAX ? INT64_MIN : (int64_t)-q) : (q > INT64_MAX ? INT64_MAX : (int64_t)q);
}

static void widen(struct range *r, int64_t v)
{
	r->lo = v < r->lo ? v : r->lo;
	r->hi = v > r->hi ? v : r->hi;
}

static struct range corners(struct range a, struct range b, int64_t (*f)(int64_t, int64_t))
{
	struct range r = point(f(a.lo, b.lo));
	widen(&r, f(a.lo, b.hi));
	widen(&r, f(a.hi, b.lo));
	widen(&r, f(a.hi, b.hi));
	return r;
}

static struct range quotient(struct range a, struct range b)
{
	if (b.lo > 0 || b.hi < 0)
		return corners(a, b, divide);
	struct range r = point(0); /* the divisor may be 0 */
	if (b.hi > 0) {
		struct range p = corners(a, (struct range){1, b.hi, 0, 0}, divide);
		widen(&r, p.lo);
		widen(&r, p.hi);
	}
	if (b.lo < 0) {
		struct range p = corners(a, (struct range){b.lo, -1, 0, 0}, divide);
		widen(&r, p.lo);
		widen(&r, p.hi);
	}
	return r;
}

static struct range points(const struct ev *x, const struct form_item *it)
{
	struct range d = *slot(x, it), r;
	if (it->type == ITEM_CODES) {
		r = point(0);
		for (size_t i = 0; i < it->n_options; i++) {
			int64_t p = it->options[i].points;
			bool must = d.must >> i & 1, may = d.may >> i & 1;
			if (must || (may && p < 0))
				r.lo = add(r.lo, p);
			if (must || (may && p > 0))
				r.hi = add(r.hi, p);
		}
		return r;
	}
	bool yes_no = it->type == ITEM_BOOL; /* options[0] is "true" */
	r = point(it->options[yes_no ? 1 - d.lo : d.lo].points);
	for (int64_t i = d.lo + 1; i <= d.hi; i++)
		widen(&r, it->options[yes_no ? 1 - i : i].points);
	return r;
}

static struct range eval(struct ev *x, const struct rule_expr *e);

static struct range fold(struct ev *x, const struct rule_expr *e)
{
	struct range r = eval(x, e->args[0]);
	for (size_t i = 1; i < e->n; i++) {
		struct range b = eval(x, e->args[i]);
		switch (e->op) {
		case OP_SUM: case OP_COUNT: r.lo = add(r.lo, b.lo); r.hi = add(r.hi, b.hi); break;
		case OP_MIN: case OP_AND: r.lo = b.lo < r.lo ? b.lo : r.lo; r.hi = b.hi < r.hi ? b.hi : r.hi; break;
		default: r.lo = b.lo > r.lo ? b.lo : r.lo; r.hi = b.hi > r.hi ? b.hi : r.hi; break;
		}
	}
	return r;
}

static struct range compare(const struct rule_expr *e, struct range a, struct range b)
{
	bool yes, no; /* for certain */
	switch (e->op) {
	case OP_LT: yes = a.hi < b.lo; no = a.lo >= b.hi; break;
	case OP_LE: yes = a.hi <= b.lo; no = a.lo > b.hi; break;
	default: yes = a.lo == a.hi && b.lo == b.hi && a.lo == b.lo; no = a.hi < b.lo || b.hi < a.lo; break;
	}
	return (struct range){yes, !no, 0, 0};
}

static struct range leaf(struct ev *x, const struct rule_expr *e)
{
	const struct form_item *it = e->item;
	switch (e->op) {
	case OP_NUM: return point(e->num);
	case OP_TODAY: return point(x->today);
	case OP_RULE: return eval(x, e->rule->expr);
	case OP_POINTS: return points(x, it);
	case OP_ANSWERED: return point(answer_of(x, it)->blank == BLANK_NONE);
	case OP_ROWS: return point((int64_t)answer_of(x, it)->n_rows);
	case OP_IS: {
		struct range d = *slot(x, it);
		return (struct range){d.lo == d.hi && d.lo == e->num, d.lo <= e->num && e->num <= d.hi, 0, 0};
	}
	case OP_HAS: {
		struct range d = *slot(x, it);
		return (struct range){(int64_t)(d.must >> e->num & 1), (int64_t)(d.may >> e->num & 1), 0, 0};
	}
	default: return *slot(x, it);
	}
}

static struct range eval(struct ev *x, const struct rule_expr *e)
{
	x->budget--;
	if (!e->n)
		return leaf(x, e);
	struct range a, b;
	switch (e->op) {
	case OP_SUM: case OP_COUNT: case OP_MIN: case OP_MAX: case OP_AND: case OP_OR: return fold(x, e);
	case OP_NOT: a = eval(x, e->args[0]); return (struct range){!a.hi, !a.lo, 0, 0};
	case OP_IF:
		a = eval(x, e->args[0]);
		if (a.lo == a.hi)
			return eval(x, e->args[a.lo ? 1 : 2]);
		b = eval(x, e->args[1]);
		a = eval(x, e->args[2]);
		widen(&b, a.lo);
		widen(&b, a.hi);
		return b;
	default: break;
	}
	a = eval(x, e->args[0]);
	b = eval(x, e->args[1]);
	switch (e->op) {
	case OP_SUB: return (struct range){sub(a.lo, b.hi), sub(a.hi, b.lo), 0, 0};
	case OP_DAYS: return (struct range){b.lo - a.hi, b.hi - a.lo, 0, 0};
	case OP_MUL: return corners(a, b, mul);
	case OP_DIV: return quotient(a, b);
	case OP_AGE: return (struct range){civil_age((civil)a.hi, (civil)b.lo), civil_age((civil)a.lo, (civil)b.hi), 0, 0};
	case OP_AGE_LAW:
		return (struct range){civil_age((civil)a.hi, (civil)b.lo + 1), civil_age((civil)a.lo, (civil)b.hi + 1), 0, 0};
	default: return compare(e, a, b);
	}
}

/* A blank that still makes a difference to e, or NULL. */
static const struct form_item *pick(struct ev *x, const struct rule_expr *e)
{
	struct range r = eval(x, e);
	if (is_point(&r))
		return NULL;
	if (e->op == OP_RULE)
		return pick(x, e->rule->expr);
	if (!e->n)
		return e->item && !is_point(slot(x, e->item)) ? e->item : NULL;
	for (size_t i = 0; i < e->n; i++) {
		const struct form_item *it = pick(x, e->args[i]);
		if (it)
			return it;
	}
	return NULL;
}

/* The parts a domain is split into: k-th of n. Small ones value by value, sets bit by bit, large ones in halves. */
static int parts(const struct range *d)
{
	if (d->must != d->may)
		return 2;
	return d->hi - d->lo < LEAF ? (int)(d->hi - d->lo) + 1 : 2;
}

static struct range part(const struct range *d, int k)
{
	struct range r = *d;
	if (d->must != d->may) {
		uint64_t open = d->may & ~d->must, bit = open & (~open + 1);
		if (k)
			r.must |= bit;
		else
			r.may &= ~bit;
		return r;
	}
	if (d->hi - d->lo < LEAF)
		return point(d->lo + k);
	int64_t mid = d->lo + (d->hi - d->lo) / 2;
	return k ? (struct range){mid + 1, d->hi, 0, 0} : (struct range){d->lo, mid, 0, 0};
}

/* The most (sign 1) or least (sign -1) of e; *best holds the best attained so far, times sign. */
static void search(struct ev *x, const struct rule_expr *e, int sign, int64_t *best, bool *exact)
{
	struct range r = eval(x, e);
	int64_t sure = sign > 0 ? r.lo : -r.hi, hope = sign > 0 ? r.hi : -r.lo;
	if (sure > *best)
		*best = sure;
	if (hope <= *best)
		return;
	if (x->budget < 0) {
		*best = hope;
		*exact = false;
		return;
	}
	const struct form_item *it = pick(x, e);
	if (!it) { /* cannot be with exact operations; stay sound */
		*best = hope;
		*exact = false;
		return;
	}
	struct range *d = slot(x, it), keep = *d;
	int n = parts(&keep), order[LEAF];
	int64_t value[LEAF];
	for (int k = 0; k < n; k++) {
		*d = part(&keep, k);
		struct range h = eval(x, e);
		int64_t v = sign > 0 ? h.hi : -h.lo;
		int at = k;
		for (; at > 0 && value[at - 1] < v; at--) {
			value[at] = value[at - 1];
			order[at] = order[at - 1];
		}
		value[at] = v;
		order[at] = k;
	}
	for (int k = 0; k < n && hope > *best; k++) {
		*d = part(&keep, order[k]);
		search(x, e, sign, best, exact);
	}
	*d = keep;
}

static int64_t bound(struct ev *x, const struct rule_expr *e, int sign, bool *exact)
{
	int64_t best = INT64_MIN;
	struct range r = eval(x, e);
	if (r.lo == r.hi)
		return r.lo;
	best = sign > 0 ? r.lo : -r.hi;
	x->budget = BUDGET;
	search(x, e, sign, &best, exact);
	return sign > 0 ? best : -best;
}

/* Is there a completion of the others for which it = v0 and it = v give different values? */
static bool differ(struct ev *x, const struct rule_expr *e, struct range *d, struct range v0, struct range v)
{
	*d = v0;
	struct range a = eval(x, e);
	const struct form_item *next = pick(x, e);
	*d = v;
	struct range b = eval(x, e);
	if (!next)
		next = pick(x, e);
	if (a.lo > b.hi || a.hi < b.lo || x->budget < 0)
		return true;
	if (a.lo == a.hi && b.lo == b.hi)
		return false;
	if (!next)
		return true;
	struct range *o = slot(x, next), keep = *o;
	int n = parts(&keep);
	bool found = false;
	for (int k = 0; k < n && !found; k++) {
		*o = part(&keep, k);
		found = differ(x, e, d, v0, v);
	}
	*o = keep;
	return found;
}

static bool matters(struct ev *x, const struct rule_expr *e, const struct form_item *it)
{
	struct range *d = slot(x, it), keep = *d;
	if (keep.must != keep.may || keep.hi - keep.lo >= SMALL)
		return true; /* many values: it stands in a part that is still open */
	bool found = false;
	for (int64_t v = keep.lo + 1; v <= keep.hi && !found; v++) {
		x->budget = BUDGET_RELEVANT;
		found = differ(x, e, d, point(keep.lo), point(v));
	}
	*d = keep;
	return found;
}

/* Mark the items of e: all of them, or only those in parts that are still open. */
static void mark(struct ev *x, const struct rule_expr *e, bool open_only, bool *seen)
{
	if (open_only) {
		struct range r = eval(x, e);
		if (is_point(&r))
			return;
	}
	if (e->op == OP_RULE)
		mark(x, e->rule->expr, open_only, seen);
	if (e->item && !e->item->parent && (!open_only || !is_point(slot(x, e->item))))
		seen[e->item->index] = true;
	if (open_only && e->op == OP_IF) { /* a branch that cannot be taken does not count */
		struct range c = eval(x, e->args[0]);
		if (is_point(&c)) {
			mark(x, e->args[c.lo ? 1 : 2], true, seen);
			return;
		}
	}
	for (size_t i = 0; i < e->n; i++)
		mark(x, e->args[i], open_only, seen);
}

static size_t list(struct arena *a, const struct answers *as, const bool *seen, const struct form_item ***out)
{
	const struct form_item **v = ARENA_ARRAY(a, as->n + 1, const struct form_item *);
	size_t n = 0;
	for (size_t i = 0; i < as->n; i++)
		if (seen[i])
			v[n++] = &as->items[i];
	*out = v;
	return n;
}

void rule_eval(struct arena *a, const struct answers *as, const struct rule *r, civil today, struct rule_outcome *out)
{
	struct ev x = {.root = as, .today = today, .dom = domains(a, as, today)};
	*out = (struct rule_outcome){.rule = r, .exact = true};
	out->min = bound(&x, r->expr, -1, &out->exact);
	out->max = bound(&x, r->expr, 1, &out->exact);
	bool *seen = ARENA_ARRAY(a, as->n + 1, bool);
	mark(&x, r->expr, false, seen);
	out->n_inputs = list(a, as, seen, &out->inputs);
	memset(seen, 0, as->n * sizeof *seen);
	if (out->min != out->max) {
		mark(&x, r->expr, true, seen);
		size_t open = 0;
		for (size_t i = 0; i < as->n; i++)
			open += seen[i];
		for (size_t i = 0; i < as->n && open <= FEW; i++)
			seen[i] = seen[i] && matters(&x, r->expr, &as->items[i]);
	}
	out->n_missing = list(a, as, seen, &out->missing);
}

void rule_bounds(const struct answers *as, const struct rule *r, civil today, struct rule_outcome *out)
{
	struct arena_mark m = arena_mark_get(as->arena);
	struct ev x = {.root = as, .today = today, .dom = domains(as->arena, as, today)};
	*out = (struct rule_outcome){.rule = r, .exact = true};
	out->min = bound(&x, r->expr, -1, &out->exact);
	out->max = bound(&x, r->expr, 1, &out->exact);
	arena_rewind(as->arena, m);
}

enum tri outcome_tri(const struct rule_outcome *o)
{
	return o->min ? TRI_YES : o->max ? TRI_MAYBE : TRI_NO;
}

enum tri rule_test(const struct answers *root, const struct answers *row, const struct rule_expr *e, civil today)
{
	struct arena_mark m = arena_mark_get(root->arena);
	struct ev x = {.root = root, .row = row, .today = today, .dom = domains(root->arena, root, today),
		.dom_row = domains(root->arena, row, today)};
	bool exact = true;
	int64_t lo = bound(&x, e, -1, &exact), hi = bound(&x, e, 1, &exact);
	arena_rewind(root->arena, m);
	return lo ? TRI_YES : hi ? TRI_MAYBE : TRI_NO;
}
