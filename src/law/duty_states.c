/* law/duty: kinds that look at a state — fields, bounds, orders that cover, birthdays, what must be kept. */
#include "base/str.h"
#include "law/duty_own.h"

static void state_line(struct duty_env *e, struct duty_line *l, bool met)
{
	bool warn;
	const struct duty_fact *exc = met ? NULL : duty_exception(e, l->lo == CIVIL_NONE ? l->hi : l->lo, l->hi, &warn);
	l->other = exc;
	l->status = met ? DUTY_DONE : exc && !warn ? DUTY_WAIVED : duty_unmet(e->r);
	duty_emit(e, l);
}

/* White space is blank; a box that is not ticked is not filled in. */
static bool filled(const struct duty_fact *f, int name)
{
	const struct duty_value *v = duty_field(f, name);
	return v && !str_blank(v->text) && !str_eq(v->text, "false");
}

void duty_kind_fields(struct duty_env *e)
{
	civil day = e->event->on_day;
	if (!duty_in_force(e, day))
		return;
	struct duty_line l = duty_line_new(e, day, day, day);
	bool all = duty_cond_holds(e, &e->r->p.need, e->event, day);
	for (size_t i = 0; i < e->r->p.n_fields; i++) {
		bool one = filled(e->event, e->r->p.fields[i]);
		l.count += one;
		all = all && one;
	}
	l.fact = all ? e->event : NULL;
	l.done_on = all ? day : CIVIL_NONE;
	state_line(e, &l, all);
}

static int64_t number_of(const struct duty_env *e, const struct duty_ref *r, civil on, int64_t otherwise)
{
	struct duty_value v;
	if (!r->set)
		return otherwise;
	return duty_ref_value(e, r, NULL, on, &v) ? v.number : INT_NULL;
}

static int64_t bound_of(const struct duty_env *e, civil on)
{
	const struct duty_param_set *p = &e->r->p;
	struct duty_value v;
	if (!p->n_bounds)
		return duty_count_of(e, &p->bound, on, INT_NULL);
	if (!duty_ref_value(e, &p->bound_by, NULL, on, &v))
		return INT_NULL;
	for (size_t i = 0; i < p->n_bounds; i++)
		if (str_eq(p->bounds[i].suffix, v.text))
			return duty_count_of(e, &p->bounds[i].n, on, INT_NULL);
	return INT_NULL;
}

/* value ÷ of against bound ÷ den, as fractions; -1: a number is not known */
static int over(const struct duty_env *e, int64_t value, int64_t of, int64_t bound, int64_t den)
{
	__int128 l = (__int128)value * den, r = (__int128)bound * of;
	if (value == INT_NULL || of == INT_NULL || bound == INT_NULL || of <= 0)
		return -1;
	return e->r->p.least ? l >= r : l > r;
}

void duty_kind_threshold(struct duty_env *e)
{
	const struct duty_param_set *p = &e->r->p;
	civil anchor = duty_anchor(e);
	if (anchor == CIVIL_NONE || !duty_in_force(e, anchor))
		return;
	struct duty_line l = duty_line_new(e, anchor, anchor, anchor);
	l.have = number_of(e, &p->value, anchor, INT_NULL);
	l.of = number_of(e, &p->of, anchor, 1);
	l.bound = bound_of(e, anchor);
	int reached = over(e, l.have, l.of, l.bound, duty_count_of(e, &p->den, anchor, 1));
	if (reached == 1 && p->value2.set)
		reached = over(e, number_of(e, &p->value2, anchor, INT_NULL), number_of(e, &p->of2, anchor, 1),
		               duty_count_of(e, &p->bound2, anchor, INT_NULL), duty_count_of(e, &p->den2, anchor, 1));
	if (reached != 1) {
		l.status = DUTY_NOT_APPLICABLE;
		if (e->ask->all)
			duty_emit(e, &l);
		return;
	}
	if (!e->r->n_codes) {
		state_line(e, &l, false);
		return;
	}
	civil since = duty_ref_day(e, &p->since, CIVIL_NONE);
	l.lo = since == CIVIL_NONE ? anchor : since;
	l.hi = l.due_on = duty_unit_add(e, anchor, duty_term_of(e, &p->n, anchor, 0), p->unit, anchor);
	duty_settle(e, &l);
	duty_emit(e, &l);
}

/* An order that holds through the whole span. What was taken back by the day asked does not hold. */
void duty_kind_covers(struct duty_env *e)
{
	const struct duty_param_set *p = &e->r->p;
	civil from = duty_anchor(e);
	civil to = e->event || !e->part || e->part->to == CIVIL_NONE ? from : e->part->to;
	if (from == CIVIL_NONE || !duty_in_force(e, from))
		return;
	struct duty_line l = duty_line_new(e, from, from, from);
	for (size_t c = 0; c < e->r->n_codes && !l.fact; c++)
		for (size_t i = e->start[e->r->codes[c]]; i < e->start[e->r->codes[c] + 1] && !l.fact; i++) {
			const struct duty_fact *f = e->by[i];
			civil a = duty_field_day(f, p->from_field), b = p->to_field < 0 ? CIVIL_NONE : duty_field_day(f, p->to_field);
			civil gone = p->revoked < 0 ? CIVIL_NONE : duty_field_day(f, p->revoked);
			if (a != CIVIL_NONE && a <= from && (b == CIVIL_NONE || b >= to) && (gone == CIVIL_NONE || gone > (e->event ? from : e->ask->on)) &&
			    duty_fact_counts(e, f, &p->need, from))
				l.fact = f;
		}
	l.done_on = l.fact ? l.fact->on_day : CIVIL_NONE;
	l.count = l.fact != NULL;
	if (!l.fact && e->r->strength != DUTY_BLOCK && e->ask->on <= from) {
		l.status = DUTY_DUE;
		duty_emit(e, &l);
		return;
	}
	state_line(e, &l, l.fact != NULL);
}

void duty_kind_age(struct duty_env *e)
{
	civil birth = duty_anchor(e);
	if (birth == CIVIL_NONE)
		return;
	civil day = civil_attain_age(birth, duty_term_of(e, &e->r->p.n, e->ask->on, 0));
	struct duty_line l = duty_line_new(e, day, day, day);
	if (!duty_in_force(e, e->ask->on) || day - e->ask->on > duty_term_of(e, &e->r->p.notice, e->ask->on, 366))
		return;
	l.status = e->ask->on < day ? DUTY_FUTURE : DUTY_DONE;
	l.done_on = e->ask->on < day ? CIVIL_NONE : day;
	duty_emit(e, &l);
}

/* need: while it holds (a dispute, an audit), nothing is thrown away whatever the days say. */
void duty_kind_retention(struct duty_env *e)
{
	const struct duty_param_set *p = &e->r->p;
	civil done = duty_anchor(e);
	if (done == CIVIL_NONE || !duty_in_force(e, done))
		return;
	struct duty_line l = duty_line_new(e, done, done, duty_unit_add(e, done, duty_term_of(e, &p->n, done, 0), p->unit, done));
	struct duty_fact const *thrown = NULL;
	for (size_t c = 0; c < e->r->n_codes && !thrown; c++)
		for (size_t i = e->start[e->r->codes[c]]; i < e->start[e->r->codes[c] + 1] && !thrown; i++)
			if (duty_fact_day(e, e->by[i]) >= done && duty_fact_day(e, e->by[i]) <= l.hi)
				thrown = e->by[i];
	bool held = p->need.n && duty_cond_holds(e, &p->need, NULL, e->ask->on);
	l.fact = thrown;
	l.count = held;
	l.status = thrown ? DUTY_OVERDUE : held || e->ask->on <= l.hi ? DUTY_BLOCKED : DUTY_DONE;
	duty_emit(e, &l);
}

/* need must hold on the anchor (or the day asked). */
void duty_kind_holds(struct duty_env *e)
{
	civil day = e->r->p.n_anchors || e->event ? duty_anchor(e) : e->ask->on;
	if (day == CIVIL_NONE || !duty_in_force(e, day))
		return;
	struct duty_line l = duty_line_new(e, day, day, day);
	bool met = duty_cond_holds(e, &e->r->p.need, e->event, day);
	l.done_on = met ? day : CIVIL_NONE;
	state_line(e, &l, met);
}
