/* law/duty: kinds that ask for an act before or after a day. */
#include "law/duty_own.h"
#include "law/penalty.h"

static int last_month(const struct duty_env *e)
{
	civil end = e->ask->on;
	if (e->s->ended_on != CIVIL_NONE && e->s->ended_on < end)
		end = e->s->ended_on;
	for (const struct duty_part *p = e->part; p; p = p->parent)
		if (p->to != CIVIL_NONE && p->to < end)
			end = p->to;
	return law_month_of(end);
}

/* fee_from: the first month whose fee a lack takes away (「当該計画に係る月」: that of the plan, whenever it was drafted); the anchor's where
 * the rule names none; -1: there is no such month yet. */
static int fee_month(const struct duty_env *e, civil anchor)
{
	if (!e->r->p.fee_from.set)
		return law_month_of(anchor);
	civil from = duty_ref_day(e, &e->r->p.fee_from, CIVIL_NONE);
	if (from == CIVIL_NONE)
		return -1;
	return law_month_of(from) > law_month_of(anchor) ? law_month_of(from) : law_month_of(anchor);
}

/* per=month: the lack goes on month by month until it is made good. The month in which that happens is kept again (R-CM-PEN-3), so its
 * line is done. Each month asks its own version of the rule, with what that version needs. */
static void month_lines(struct duty_env *e, civil anchor, const struct duty_line *first)
{
	struct duty_hit h = {0};
	bool warn;
	int m = first->before_fee ? fee_month(e, anchor) : law_month_of(anchor) + 1, last = last_month(e);
	duty_search(e, first->lo, first->hi, &h);
	if (h.in || m < 0 || m > last || (duty_alternative(e, first->lo, first->hi) && duty_exception(e, first->lo, first->hi, &warn)) ||
	    (e->r->p.alt < 0 && duty_exception(e, first->lo, first->hi, &warn)))
		return;
	civil mended;
	const struct duty_fact *by = duty_mended(e, first->lo, first->hi, h.after, &mended);
	if (mended != CIVIL_NONE && law_month_of(mended) < last)
		last = law_month_of(mended);
	if (e->ask->from != CIVIL_NONE && law_month_of(e->ask->from) > m)
		m = law_month_of(e->ask->from);
	for (; m <= last; m++) {
		if (!duty_in_force(e, law_month_first(m)))
			continue;
		struct duty_line l = duty_line_new(e, law_month_first(m), first->lo, law_month_last(m));
		l.due_on = first->hi;
		l.mended_on = mended;
		l.status = duty_unmet(e->r);
		if (mended != CIVIL_NONE && mended <= l.hi) {
			l.status = DUTY_DONE;
			l.done_on = mended;
			l.fact = by;
		}
		duty_emit(e, &l);
	}
}

static void act(struct duty_env *e, civil anchor, civil lo, civil hi)
{
	struct duty_line l = duty_line_new(e, anchor, lo, hi);
	l.before_fee = e->r->p.per_month && fee_month(e, anchor) != law_month_of(anchor);
	if (duty_in_force(e, anchor)) {
		duty_settle(e, &l);
		/* notice: long before the day it is told of as still far off */
		if (l.status == DUTY_DUE && e->r->p.notice.set && e->ask->on < anchor - duty_term_of(e, &e->r->p.notice, e->ask->on, 0))
			l.status = DUTY_FUTURE;
		duty_emit(e, &l);
	}
	if (e->r->p.per_month && e->ask->on > hi && e->r->strength == DUTY_MUST)
		month_lines(e, anchor, &l);
}

static civil since_of(const struct duty_env *e, civil otherwise)
{
	civil d = duty_ref_day(e, &e->r->p.since, CIVIL_NONE);
	return d == CIVIL_NONE ? otherwise : d;
}

void duty_kind_order(struct duty_env *e)
{
	civil anchor = duty_anchor(e);
	if (anchor != CIVIL_NONE)
		act(e, anchor, since_of(e, CIVIL_NONE), anchor);
}

void duty_kind_due(struct duty_env *e)
{
	civil anchor = duty_anchor(e);
	if (anchor == CIVIL_NONE)
		return;
	int n = duty_term_of(e, &e->r->p.n, anchor, 0);
	act(e, anchor, since_of(e, e->r->p.early ? CIVIL_NONE : anchor), duty_unit_add(e, anchor, n, e->r->p.unit, anchor));
}

void duty_kind_each_target(struct duty_env *e)
{
	if (e->r->p.n.set)
		duty_kind_due(e);
	else
		duty_kind_order(e);
}

/* Without n: in the month of the event. */
void duty_kind_on_event(struct duty_env *e)
{
	civil anchor = duty_anchor(e);
	if (anchor == CIVIL_NONE)
		return;
	int m = law_month_of(anchor);
	civil hi = e->r->p.n.set ? duty_unit_add(e, anchor, duty_term_of(e, &e->r->p.n, anchor, 0), e->r->p.unit, anchor) : law_month_last(m);
	act(e, anchor, since_of(e, e->r->p.early ? CIVIL_NONE : e->r->p.n.set ? anchor : law_month_first(m)), hi);
}

void duty_kind_half_year(struct duty_env *e)
{
	civil anchor = duty_anchor(e);
	if (anchor == CIVIL_NONE)
		return;
	e->half_from = law_half_year_before(anchor).from;
	act(e, anchor, CIVIL_NONE, anchor);
	e->half_from = CIVIL_NONE;
}

/* [end − n, end]; whom an accepted hindrance kept from it has until `number` months after the hindrance ended. */
void duty_kind_windows(struct duty_env *e)
{
	bool warn;
	civil to = duty_anchor(e);
	if (to == CIVIL_NONE || to == CIVIL_OPEN || !duty_in_force(e, to))
		return;
	struct duty_line l = duty_line_new(e, to, to - duty_term_of(e, &e->r->p.n, to, 0), to);
	const struct duty_fact *exc = duty_exception(e, to, to, &warn);
	civil ended = exc ? duty_field_day(exc, W_to_on) : CIVIL_NONE;
	if (ended != CIVIL_NONE && e->r->p.number.set) {
		l.hi = l.due_on = civil_add_months(ended, duty_term_of(e, &e->r->p.number, to, 0));
		if (l.hi < to)
			l.hi = l.due_on = to;
	}
	struct duty_hit h = {0};
	duty_search(e, l.lo, l.hi, &h);
	l.count = h.count;
	l.fact = h.in;
	l.other = l.hi > to ? exc : NULL;
	l.done_on = h.in ? duty_fact_day(e, h.in) : CIVIL_NONE;
	l.mended_on = h.after ? duty_fact_day(e, h.after) : CIVIL_NONE;
	l.status = h.in ? DUTY_DONE : e->ask->on < l.lo ? DUTY_FUTURE : e->ask->on <= l.hi ? DUTY_DUE : duty_unmet(e->r);
	duty_emit(e, &l);
}
