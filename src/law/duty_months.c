/* law/duty: kinds that ask again and again — months, periods of months, intervals. */
#include "law/duty_own.h"
#include "law/penalty.h"

struct span {
	civil from, to;
};

static bool overlaps(const struct duty_part *p, civil lo, civil hi)
{
	return p->from != CIVIL_NONE && p->from <= hi && (p->to == CIVIL_NONE || p->to >= lo);
}

/* Is the subject (or the part the rule is about) active in these days? */
static bool active(const struct duty_env *e, civil lo, civil hi)
{
	if (e->part)
		return overlaps(e->part, lo, hi);
	for (size_t i = 0; i < e->s->n_parts; i++)
		if (e->s->parts[i].kind == e->r->p.span && overlaps(&e->s->parts[i], lo, hi))
			return true;
	return false;
}

/* First and last day of being active, up to the day asked; from CIVIL_NONE: never. */
static struct span whole(const struct duty_env *e)
{
	struct span w = {CIVIL_NONE, CIVIL_NONE};
	for (size_t i = 0; i < e->s->n_parts; i++) {
		const struct duty_part *p = &e->s->parts[i];
		if ((e->part ? p != e->part : p->kind != e->r->p.span) || p->from == CIVIL_NONE)
			continue;
		if (w.from == CIVIL_NONE || p->from < w.from)
			w.from = p->from;
		civil to = p->to == CIVIL_NONE ? CIVIL_OPEN : p->to;
		if (to > w.to)
			w.to = to;
	}
	return w;
}

struct months {
	int first, last;
};

/* The months to look at: active, asked for, begun. */
static bool months_of(const struct duty_env *e, struct months *m)
{
	struct span w = whole(e);
	if (w.from == CIVIL_NONE || w.from > e->ask->on)
		return false;
	m->first = law_month_of(e->ask->from != CIVIL_NONE && e->ask->from > w.from ? e->ask->from : w.from);
	m->last = law_month_of(w.to < e->ask->on ? w.to : e->ask->on);
	return m->first <= m->last;
}

void duty_kind_monthly(struct duty_env *e)
{
	struct months m;
	const struct duty_param_set *p = &e->r->p;
	if (!months_of(e, &m))
		return;
	if (p->month_field >= 0 && p->grace.set) /* what is handed in for a month falls due in the next */
		m.first--;
	for (int k = m.first; k <= m.last; k++) {
		civil lo = law_month_first(k), hi = law_month_last(k);
		if (!active(e, lo, hi) || !duty_in_force(e, lo))
			continue;
		struct duty_line l = duty_line_new(e, lo, lo, hi);
		civil grace = duty_term_of(e, &p->grace, lo, 0);
		l.due_on = hi + grace;
		if (p->month_field >= 0) {
			e->month = k;
			l.hi = l.due_on;
		}
		duty_settle(e, &l);
		e->month = 0;
		duty_emit(e, &l);
	}
}

/* Periods of n months from the month after the anchor: P1, P2 …; the number of the period that holds the day, from 0; −1 before. */
static int period_at(int base, int n, civil day)
{
	int m = law_month_of(day) - base;
	return m < 0 || n < 1 ? -1 : m / n;
}

static struct span period(int base, int n, int k)
{
	return (struct span){law_month_first(base + k * n), law_month_last(base + (k + 1) * n - 1)};
}

void duty_kind_periods(struct duty_env *e)
{
	civil anchor = duty_anchor(e);
	struct span w = whole(e);
	if (anchor == CIVIL_NONE || w.from == CIVIL_NONE)
		return;
	int n = duty_term_of(e, &e->r->p.n, e->ask->on, 0);
	int base = law_month_of(anchor) + 1;
	int last = period_at(base, n, w.to < e->ask->on ? w.to : e->ask->on);
	int first = e->ask->from == CIVIL_NONE ? 0 : period_at(base, n, e->ask->from);
	for (int k = first < 0 ? 0 : first; n > 0 && k <= last; k++) {
		struct span s = period(base, n, k);
		if (!active(e, s.from, s.to) || !duty_in_force(e, s.from))
			continue;
		struct duty_line l = duty_line_new(e, s.from, s.from, s.to);
		l.have = k + 1;
		duty_settle(e, &l);
		duty_emit(e, &l);
	}
}

/* What happened in one unit (a month or a period): a visit at home, or a テレビ電話 that counts. */
struct unit {
	const struct duty_fact *visit, *tv;
};

static struct unit look(const struct duty_env *e, struct span s)
{
	struct unit u = {0};
	for (size_t c = 0; c < e->r->n_codes; c++)
		for (size_t i = e->start[e->r->codes[c]]; i < e->start[e->r->codes[c] + 1]; i++) {
			const struct duty_fact *f = e->by[i];
			const struct duty_value *how = duty_field(f, W_how);
			if (!how || f->on_day < s.from || f->on_day > s.to || !duty_cond_holds(e, &e->r->p.need, f, CIVIL_NONE))
				continue;
			if (how->symbol == W_home && !u.visit)
				u.visit = f;
			if (how->symbol == W_tv && !u.tv && duty_tv_valid(e, f))
				u.tv = f;
		}
	return u;
}

/* Units before the beginning, and those in which no plan was in use, do not count against anybody. */
static bool unit_asked(const struct duty_env *e, int k, int first, int base, int months)
{
	struct span s = period(base, months, k);
	return k >= first && active(e, s.from, s.to);
}

/* One unit of visit_within: a visit in it; or a テレビ電話 that counts, with a visit in one of the n−1 units before
 * (「連続する2期間とも訪問0なら2期間目で違反」). */
static void visit_unit(struct duty_env *e, struct span s, int k, int first, int base, int months, int n)
{
	bool warn;
	struct duty_line l = duty_line_new(e, s.from, s.from, s.to);
	struct unit u = look(e, s);
	l.of = n;
	l.fact = u.visit;
	bool asked = true; /* for a visit in all of the units looked at */
	for (int back = 1; !l.fact && u.tv && back < n; back++) {
		asked = asked && unit_asked(e, k - back, first, base, months);
		l.fact = k - back >= first ? look(e, period(base, months, k - back)).visit : NULL;
	}
	if (!l.fact && u.tv && !asked)
		l.fact = u.tv;
	l.count = u.visit != NULL;
	const struct duty_fact *exc = l.fact ? NULL : duty_exception(e, s.from, s.to, &warn);
	l.other = l.fact && u.tv && !u.visit ? u.tv : exc;
	l.done_on = l.fact ? l.fact->on_day : CIVIL_NONE;
	l.status = l.fact ? DUTY_DONE : exc && !warn ? DUTY_WAIVED : e->ask->on <= s.to ? DUTY_DUE : duty_unmet(e->r);
	duty_emit(e, &l);
}

void duty_kind_visit_within(struct duty_env *e)
{
	const struct duty_param_set *p = &e->r->p;
	struct span w = whole(e);
	civil anchor = p->by_periods ? duty_anchor(e) : w.from;
	if (anchor == CIVIL_NONE || w.from == CIVIL_NONE || w.from > e->ask->on)
		return;
	int months = p->by_periods ? duty_term_of(e, &p->number, e->ask->on, 1) : 1;
	int base = law_month_of(anchor) + (p->by_periods ? 1 : 0);
	int last = period_at(base, months, w.to < e->ask->on ? w.to : e->ask->on);
	int from = e->ask->from == CIVIL_NONE ? 0 : period_at(base, months, e->ask->from);
	for (int k = from < 0 ? 0 : from; k <= last; k++) {
		struct span s = period(base, months, k);
		if (active(e, s.from, s.to) && duty_in_force(e, s.from))
			visit_unit(e, s, k, 0, base, months, duty_term_of(e, &p->n, s.from, 1));
	}
}

void duty_kind_since_last(struct duty_env *e)
{
	const struct duty_param_set *p = &e->r->p;
	struct duty_hit h = {.latest = true};
	bool warn;
	civil start = duty_anchor(e);
	duty_search(e, CIVIL_NONE, e->ask->on, &h);
	civil base = h.in ? duty_fact_day(e, h.in) : start;
	if (base == CIVIL_NONE)
		return;
	if (base < e->r->view.from && e->ask->on >= e->r->view.from && !h.in)
		base = e->r->view.from; /* the duty began with the rule */
	if (!duty_in_force(e, e->ask->on))
		return;
	struct duty_line l = duty_line_new(e, base, CIVIL_NONE, duty_unit_add(e, base, duty_term_of(e, &p->n, e->ask->on, 0), p->unit, e->ask->on));
	l.fact = h.in;
	l.done_on = h.in ? base : CIVIL_NONE;
	const struct duty_fact *exc = duty_exception(e, l.hi, e->ask->on, &warn);
	l.other = exc;
	if (e->ask->on <= l.hi)
		l.status = h.in && l.hi - e->ask->on > duty_term_of(e, &p->notice, e->ask->on, 30) ? DUTY_DONE : DUTY_DUE;
	else
		l.status = exc && !warn ? DUTY_WAIVED : duty_unmet(e->r);
	duty_emit(e, &l);
}

/* ---- what must be there without a gap ------------------------------------------------------------------------------------------------- */

/* Up to which day everything is in order, and by which record. */
struct cover {
	civil to, base; /* base: the day of that record, or where the counting began */
	const struct duty_fact *fact;
};

/* The last day a record answers for: n months on, else until it ended. */
static civil answers_until(const struct duty_env *e, const struct duty_fact *f, civil day)
{
	const struct duty_param_set *p = &e->r->p;
	civil to = p->n.set ? duty_unit_add(e, day, duty_term_of(e, &p->n, day, 0), p->unit, day) : CIVIL_OPEN;
	civil ended = p->to_field < 0 ? CIVIL_NONE : duty_field_day(f, p->to_field);
	return ended != CIVIL_NONE && ended < to ? ended : to;
}

/* The record with the earliest day that carries the cover further; of those that begin within it, the one that carries it furthest. */
static const struct duty_fact *next_cover(const struct duty_env *e, const struct cover *k)
{
	const struct duty_fact *best = NULL;
	for (size_t c = 0; c < e->r->n_codes; c++)
		for (size_t i = e->start[e->r->codes[c]]; i < e->start[e->r->codes[c] + 1]; i++) {
			const struct duty_fact *f = e->by[i];
			civil day = duty_fact_day(e, f), to = day == CIVIL_NONE ? CIVIL_NONE : answers_until(e, f, day);
			if (day == CIVIL_NONE || to <= k->to || !duty_fact_counts(e, f, &e->r->p.need, e->ask->on))
				continue;
			civil other = best ? duty_fact_day(e, best) : CIVIL_NONE;
			bool within = day <= k->to + 1;
			if (!best || (within ? other > k->to + 1 || to > answers_until(e, best, other) : day < other))
				best = f;
		}
	return best;
}

static void standing_line(struct duty_env *e, const struct cover *k, bool covered, civil mended)
{
	bool warn;
	bool again = e->r->p.n.set;
	struct duty_line l = duty_line_new(e, covered || again ? k->base : k->to + 1, CIVIL_NONE, k->to);
	if (k->to == CIVIL_OPEN)
		l.due_on = CIVIL_NONE;
	l.fact = covered || again ? k->fact : NULL;
	if (covered) {
		bool soon = k->to != CIVIL_OPEN && k->to - e->ask->on <= duty_term_of(e, &e->r->p.notice, e->ask->on, 30);
		l.status = k->fact && !soon ? DUTY_DONE : DUTY_DUE;
		l.done_on = k->fact ? k->base : CIVIL_NONE;
	} else {
		l.mended_on = mended;
		l.other = duty_exception(e, k->to + 1, mended == CIVIL_NONE ? e->ask->on : mended, &warn);
		l.status = l.other && !warn ? DUTY_WAIVED : duty_unmet(e->r);
	}
	duty_emit(e, &l);
}

void duty_kind_standing(struct duty_env *e)
{
	const struct duty_param_set *p = &e->r->p;
	civil start = duty_anchor(e);
	if (start > e->ask->on || !duty_in_force(e, e->ask->on))
		return;
	if (start < e->r->view.from) /* the duty began with the rule; so it does where nobody has written down since when the office is open */
		start = e->r->view.from;
	struct cover k = {p->n.set ? duty_unit_add(e, start, duty_term_of(e, &p->n, start, 0), p->unit, start) : start - 1, start, NULL};
	for (const struct duty_fact *f; (f = next_cover(e, &k));) {
		civil day = duty_fact_day(e, f);
		if (day > k.to + 1)
			standing_line(e, &k, false, day);
		k = (struct cover){answers_until(e, f, day), day, f};
	}
	standing_line(e, &k, k.to >= e->ask->on, CIVIL_NONE);
}
