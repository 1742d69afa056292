/* law/duty: which rules a subject meets, which facts count, and what becomes of a line. The kinds stand in duty_acts.c, duty_months.c and
 * duty_states.c. */
#include "base/str.h"
#include "law/duty_own.h"
#include "law/penalty.h"

#include <string.h>

/* ---- facts --------------------------------------------------------------------------------------------------------------------------- */

static bool exists(const struct duty_env *e, const struct duty_fact *f)
{
	return f->code >= 0 && f->on_day <= e->ask->on && (!e->ask->known_ms || f->recorded_ms <= e->ask->known_ms);
}

/* The facts that exist, by code, within a code by day: counted once per subject, so that no rule walks over all of them. */
void duty_index(struct duty_env *e)
{
	size_t n = e->s->n_facts > UINT16_MAX ? UINT16_MAX : e->s->n_facts;
	e->by = ARENA_ARRAY(e->a, n + 1, const struct duty_fact *);
	e->start = ARENA_ARRAY(e->a, (size_t)e->t->n_codes + 1, uint16_t);
	uint16_t *next = ARENA_ARRAY(e->a, (size_t)e->t->n_codes + 1, uint16_t);
	for (size_t i = 0; i < n; i++)
		if (exists(e, &e->s->facts[i]))
			e->start[e->s->facts[i].code + 1]++;
	for (int k = 1; k <= e->t->n_codes; k++) {
		e->start[k] = (uint16_t)(e->start[k] + e->start[k - 1]);
		next[k] = e->start[k];
	}
	for (size_t i = 0; i < n; i++) {
		const struct duty_fact *f = &e->s->facts[i];
		if (!exists(e, f))
			continue;
		size_t at = next[f->code]++, first = e->start[f->code];
		for (; at > first && e->by[at - 1]->on_day > f->on_day; at--)
			e->by[at] = e->by[at - 1];
		e->by[at] = f;
	}
}

civil duty_fact_day(const struct duty_env *e, const struct duty_fact *f) { return duty_field_day(f, e->r->p.by); }

static bool linked(const struct duty_env *e, const struct duty_fact *f)
{
	for (size_t i = 0; i < e->r->p.n_links; i++) {
		const struct duty_link *l = &e->r->p.links[i];
		const struct duty_value *have = duty_field(f, l->field);
		struct duty_value want;
		if (!have || !duty_ref_value(e, &l->ref, NULL, CIVIL_NONE, &want) || !str_starts(have->text, l->before))
			return false;
		const char *rest = have->text + strlen(l->before);
		if (!str_starts(rest, want.text))
			return false;
		rest += strlen(want.text);
		if (l->prefix ? !str_starts(rest, l->after) : !str_eq(rest, l->after))
			return false;
	}
	return true;
}

/* A テレビ電話 counts only if consent and agreement were there on that day and the three things held (居宅基準13条14号ロ(1)(2)). */
bool duty_tv_valid(const struct duty_env *e, const struct duty_fact *f)
{
	const struct duty_value *how = duty_field(f, W_how);
	if (!how || how->symbol != W_tv)
		return true;
	for (size_t i = e->start[e->t->tvok]; i < e->start[e->t->tvok + 1]; i++) {
		const struct duty_fact *k = e->by[i];
		civil agreed = duty_field_day(k, W_agreed_on), parties = duty_field_day(k, W_parties_on);
		const struct duty_value *three = duty_field(k, W_three_items);
		if (agreed != CIVIL_NONE && parties != CIVIL_NONE && agreed <= f->on_day && parties <= f->on_day && three && three->symbol == W_true)
			return true;
	}
	return false;
}

/* "2026-05"; -1: no month */
static int month_of_text(const char *text)
{
	char day[CIVIL_TEXT] = "0000-00-01";
	civil first;
	if (strlen(text) != 7)
		return -1;
	memcpy(day, text, 7);
	return civil_parse(day, &first) ? law_month_of(first) : -1;
}

bool duty_fact_counts(const struct duty_env *e, const struct duty_fact *f, const struct duty_cond *need, civil hi)
{
	const struct duty_param_set *p = &e->r->p;
	if (!duty_cond_holds(e, need, f, CIVIL_NONE) || !linked(e, f) || (p->tv && !duty_tv_valid(e, f)))
		return false;
	if (e->half_from != CIVIL_NONE && duty_field_day(f, W_period_from) != e->half_from)
		return false;
	if (p->revoked >= 0 && e->r->kind != DUTY_KIND_covers) {
		civil gone = duty_field_day(f, p->revoked);
		if (gone != CIVIL_NONE && gone <= hi)
			return false;
	}
	if (e->month) {
		const struct duty_value *m = duty_field(f, p->month_field);
		if (!m || month_of_text(m->text) != e->month)
			return false;
	}
	if (p->written < 0)
		return true;
	civil written = duty_field_day(f, p->written);
	return written != CIVIL_NONE && written <= hi + duty_term_of(e, &p->grace, hi, 0);
}

void duty_search(const struct duty_env *e, civil lo, civil hi, struct duty_hit *h)
{
	for (size_t k = 0; k < e->r->n_codes; k++)
		for (size_t i = e->start[e->r->codes[k]]; i < e->start[e->r->codes[k] + 1]; i++) {
			const struct duty_fact *f = e->by[i];
			civil day = duty_fact_day(e, f);
			if (day == CIVIL_NONE || (lo != CIVIL_NONE && day < lo) || !duty_fact_counts(e, f, &e->r->p.need, hi))
				continue;
			if (day > hi) {
				if (!h->after || day < duty_fact_day(e, h->after))
					h->after = f;
				continue;
			}
			h->count++;
			if (!h->in || (h->latest ? day >= duty_fact_day(e, h->in) : day < duty_fact_day(e, h->in)))
				h->in = f;
		}
}

static bool one_of(const int *v, size_t n, int symbol)
{
	for (size_t i = 0; i < n; i++)
		if (symbol >= 0 && v[i] == symbol)
			return true;
	return false;
}

bool duty_exception_days(const struct law_catalogue *law, const char *kind, civil *from, civil *to)
{
	bool known = false;
	*from = CIVIL_OPEN;
	*to = CIVIL_NONE;
	for (size_t i = 0; i < law->n_codes; i++)
		if (str_eq(law->codes[i].list, "exc_kind") && str_eq(law->codes[i].code, kind)) {
			*from = law->codes[i].from < *from ? law->codes[i].from : *from;
			*to = law->codes[i].to > *to ? law->codes[i].to : *to;
			known = true;
		}
	return known;
}

/* Does the exception reach into the period? An end that is not written leaves it open. within: only the days that the law gives its kind
 * (a 経過措置 ends with the law, whatever was written). */
static bool reaches(const struct duty_env *e, const struct duty_fact *f, const char *kind, bool within, civil lo, civil hi)
{
	civil from = duty_field_day(f, W_from_on), to = duty_field_day(f, W_to_on), first, last;
	if (from == CIVIL_NONE)
		from = f->on_day;
	if (within && duty_exception_days(e->law, kind, &first, &last)) {
		from = first > from ? first : from;
		to = last < CIVIL_OPEN && (to == CIVIL_NONE || last < to) ? last : to;
	}
	return from <= hi && (to == CIVIL_NONE || (to >= from && (lo == CIVIL_NONE || to >= lo)));
}

/* exc_act: what excuses how an act was done must hold on the day of the act (or on the last day it could be done), not somewhere in the long
 * time since the version before: one day in hospital a year ago excuses nothing of today. */
static bool excuses(const struct duty_env *e, const struct duty_fact *f, const char *kind, bool within, civil lo, civil hi)
{
	if (!e->r->p.exc_act)
		return reaches(e, f, kind, within, lo, hi);
	bool held = reaches(e, f, kind, within, hi, hi);
	for (size_t k = 0; k < e->r->n_codes && !held; k++)
		for (size_t i = e->start[e->r->codes[k]]; i < e->start[e->r->codes[k] + 1] && !held; i++) {
			civil day = duty_fact_day(e, e->by[i]);
			held = day != CIVIL_NONE && (lo == CIVIL_NONE || day >= lo) && day <= hi && reaches(e, f, kind, within, day, day);
		}
	return held;
}

static bool any_between(const struct duty_env *e, int code, const struct duty_cond *need, civil lo, civil hi)
{
	for (size_t i = e->start[code]; i < e->start[code + 1]; i++)
		if ((lo == CIVIL_NONE || e->by[i]->on_day >= lo) && e->by[i]->on_day <= hi && duty_cond_holds(e, need, e->by[i], CIVIL_NONE))
			return true;
	return false;
}

/* What an insurer asks for beside the record: REC-NOTIFY, kind tokudan. */
static bool told_insurer(const struct duty_env *e, civil lo, civil hi)
{
	const struct law_param *p = e->r->p.exc_notify;
	if (!p || str_eq(law_param_text(p, e->ask->params, e->s->insurer, hi, NULL), "record"))
		return true;
	for (size_t i = e->start[e->t->notify]; i < e->start[e->t->notify + 1]; i++) {
		const struct duty_value *kind = duty_field(e->by[i], W_kind);
		if (kind && kind->symbol == W_tokudan && e->by[i]->on_day >= lo && e->by[i]->on_day <= hi)
			return true;
	}
	return false;
}

/* 「monitoring」 of monitoring:device: a kind that the rule does not accept, of a matter it knows. */
static bool same_matter(const struct duty_env *e, const char *kind)
{
	size_t n = strcspn(kind, ":");
	for (size_t i = 0; i < e->r->n_exceptions; i++) {
		const char *own = e->t->symbol_text[e->r->exceptions[i]];
		if (strcspn(own, ":") == n && strncmp(own, kind, n) == 0)
			return true;
	}
	return false;
}

enum duty_refusal duty_refused(const struct duty_env *e, const struct duty_fact *f, civil lo, civil hi)
{
	const struct duty_rule *r = e->r;
	const struct duty_value *kind = duty_field(f, W_kind), *ground = duty_field(f, W_ground);
	if (!kind || !excuses(e, f, kind->text, false, lo, hi))
		return EXC_ELSEWHERE;
	if (!one_of(r->exceptions, r->n_exceptions, kind->symbol))
		return same_matter(e, kind->text) ? EXC_KIND : EXC_ELSEWHERE;
	if (!ground || str_blank(ground->text))
		return EXC_GROUND;
	if (duty_field_day(f, W_written_on) == CIVIL_NONE)
		return EXC_WRITTEN;
	if (!excuses(e, f, kind->text, true, lo, hi))
		return EXC_LAPSED;
	if (r->p.exc_with >= 0 && !any_between(e, r->p.exc_with, &r->p.exc_if, lo, hi))
		return EXC_RECORD;
	return told_insurer(e, lo, hi) ? EXC_TAKEN : EXC_TOLD;
}

const struct duty_fact *duty_exception(const struct duty_env *e, civil lo, civil hi, bool *warn_only)
{
	const struct duty_rule *r = e->r;
	*warn_only = false;
	if (r->n_exceptions + r->p.n_exc_warn == 0)
		return NULL;
	const struct duty_fact *warned = NULL;
	for (size_t i = e->start[e->t->exc]; i < e->start[e->t->exc + 1]; i++) {
		const struct duty_fact *f = e->by[i];
		const struct duty_value *kind = duty_field(f, W_kind);
		if (duty_refused(e, f, lo, hi) == EXC_TAKEN)
			return f;
		if (kind && one_of(r->p.exc_warn, r->p.n_exc_warn, kind->symbol) && excuses(e, f, kind->text, true, lo, hi))
			warned = f;
	}
	*warn_only = warned != NULL;
	return warned;
}

/* The record that stands in the place of the act (an inquiry in the place of a meeting); it needs a written exception beside it. */
const struct duty_fact *duty_alternative(const struct duty_env *e, civil lo, civil hi)
{
	if (e->r->p.alt < 0)
		return NULL;
	for (size_t i = e->start[e->r->p.alt]; i < e->start[e->r->p.alt + 1]; i++) {
		const struct duty_fact *f = e->by[i];
		if ((lo == CIVIL_NONE || f->on_day >= lo) && f->on_day <= hi && duty_cond_holds(e, &e->r->p.alt_need, f, CIVIL_NONE))
			return f;
	}
	return NULL;
}

/* What made a lack good after hi: the act itself, or the record that stands in its place with its exception; the earlier. */
const struct duty_fact *duty_mended(const struct duty_env *e, civil lo, civil hi, const struct duty_fact *after, civil *day)
{
	bool warn;
	const struct duty_fact *best = after;
	*day = after ? duty_fact_day(e, after) : CIVIL_NONE;
	if (e->r->p.alt < 0)
		return best;
	for (size_t i = e->start[e->r->p.alt]; i < e->start[e->r->p.alt + 1]; i++) {
		const struct duty_fact *f = e->by[i];
		if (f->on_day <= hi || (best && f->on_day >= *day) || !duty_cond_holds(e, &e->r->p.alt_need, f, CIVIL_NONE) ||
		    !duty_exception(e, lo, f->on_day, &warn) || warn)
			continue;
		best = f;
		*day = f->on_day;
	}
	return best;
}

/* ---- numbers and days ------------------------------------------------------------------------------------------------------------------- */

const struct law_number *duty_count_row(const struct duty_count *k, civil on)
{
	for (size_t i = 0; i < k->n_rows; i++)
		if (on >= k->rows[i]->from && on <= k->rows[i]->to)
			return k->rows[i];
	return NULL;
}

int64_t duty_count_of(const struct duty_env *e, const struct duty_count *k, civil on, int64_t otherwise)
{
	if (!k->set)
		return otherwise;
	if (k->param)
		return law_param_int(k->param, e->ask->params, e->s->insurer, on);
	if (!k->n_rows)
		return k->literal;
	const struct law_number *row = duty_count_row(k, on);
	return row ? row->value : otherwise;
}

/* A count of days, months or periods. A table may say anything; more than a thousand years is nobody's term. */
int duty_term_of(const struct duty_env *e, const struct duty_count *k, civil on, int otherwise)
{
	enum { MOST = 12000 };
	int64_t n = duty_count_of(e, k, on, otherwise);
	return n < 0 ? 0 : n > MOST ? MOST : (int)n;
}

static const struct law_calendar *calendar_of(const struct duty_env *e, struct law_calendar *own)
{
	if (e->ask->calendar)
		return e->ask->calendar;
	*own = law_calendar_of(e->law, NULL, 0);
	return own;
}

civil duty_unit_add(const struct duty_env *e, civil day, int n, enum duty_unit unit, civil on)
{
	struct law_calendar own;
	const struct law_calendar *k = calendar_of(e, &own);
	enum law_shift how = e->r->p.shift_fixed;
	civil to = day;
	if (unit == UNIT_DAY)
		to = day + n;
	else if (unit == UNIT_OPEN)
		for (int i = 0; i < n; i++)
			to = law_next_open(k, to + 1);
	else if (unit == UNIT_EOM)
		to = law_month_last(law_month_of(day) + n);
	else
		to = civil_add_months(day, n * (unit == UNIT_YEAR ? 12 : 1));
	if (to == CIVIL_NONE)
		return CIVIL_OPEN; /* beyond the calendar */
	if (e->r->p.shift)
		(void)law_shift_parse(law_param_text(e->r->p.shift, e->ask->params, e->s->insurer, on, NULL), &how);
	return law_shift_day(k, to, how);
}

/* The earliest of the days named. */
civil duty_anchor(const struct duty_env *e)
{
	const struct duty_param_set *p = &e->r->p;
	civil first = CIVIL_NONE;
	for (size_t i = 0; i < p->n_anchors; i++) {
		civil d = duty_ref_day(e, &p->anchor[i], CIVIL_NONE);
		if (d != CIVIL_NONE && (first == CIVIL_NONE || d < first))
			first = d;
	}
	return p->n_anchors || !e->event ? first : e->event->on_day;
}

/* ---- lines ------------------------------------------------------------------------------------------------------------------------------- */

static civil applied_on(const struct duty_env *e, civil otherwise)
{
	static const char name[] = "applied_on";
	int symbol = duty_symbol(e->t, name);
	civil d = CIVIL_NONE;
	if (e->event)
		d = duty_field_day(e->event, symbol);
	if (d == CIVIL_NONE && e->part) {
		struct duty_ref r = {true, REF_PART, e->part->kind, symbol};
		d = duty_ref_day(e, &r, CIVIL_NONE);
	}
	return d == CIVIL_NONE ? otherwise : d;
}

/* Does this version of the rule hold for that day, and does it concern the subject? */
bool duty_in_force(const struct duty_env *e, civil ref)
{
	const struct duty_rule *r = e->r;
	civil day = r->apply_by == DUTY_BY_APPLICATION ? applied_on(e, ref) : ref;
	if (day < r->view.from || day > r->view.to || !duty_cond_holds(e, &r->applies, NULL, ref))
		return false;
	if (!r->p.skip.n || !duty_cond_holds(e, &r->p.skip, NULL, ref))
		return true;
	if (e->ask->all) {
		struct duty_line l = duty_line_new(e, ref, CIVIL_NONE, ref);
		l.status = DUTY_NOT_APPLICABLE;
		duty_emit((struct duty_env *)e, &l);
	}
	return false;
}

enum duty_status duty_unmet(const struct duty_rule *r)
{
	return r->strength == DUTY_MUST ? DUTY_OVERDUE : r->strength == DUTY_BLOCK ? DUTY_BLOCKED : DUTY_WARNED;
}

struct duty_line duty_line_new(const struct duty_env *e, civil anchor, civil lo, civil hi)
{
	return (struct duty_line){.rule = e->r, .subject = e->s, .part = e->part, .event = e->event, .anchor = anchor, .lo = lo, .hi = hi, .due_on = hi,
		.done_on = CIVIL_NONE, .mended_on = CIVIL_NONE, .have = INT_NULL, .bound = INT_NULL, .of = INT_NULL};
}

/* Old lines that are settled are of no interest; open ones are, however old. */
static bool wanted(const struct duty_env *e, const struct duty_line *l)
{
	civil last = l->hi;
	if (l->rule->kind != DUTY_KIND_retention && e->s->ended_on != CIVIL_NONE && l->anchor > e->s->ended_on)
		return false;
	if (e->ask->from == CIVIL_NONE || last >= e->ask->from)
		return true;
	bool open = l->status == DUTY_OVERDUE || l->status == DUTY_BLOCKED || l->status == DUTY_WARNED || l->status == DUTY_DUE;
	return open && (l->mended_on == CIVIL_NONE || l->mended_on >= e->ask->from);
}

void duty_emit(struct duty_env *e, struct duty_line *l)
{
	struct duty_lines *o = e->out;
	if (!wanted(e, l))
		return;
	if (o->n == o->cap) {
		size_t cap = o->cap ? o->cap * 2 : 64;
		struct duty_line *v = ARENA_ARRAY(e->a, cap, struct duty_line);
		if (o->n)
			memcpy(v, o->v, o->n * sizeof *v);
		o->v = v;
		o->cap = cap;
	}
	o->v[o->n++] = *l;
}

void duty_settle(struct duty_env *e, struct duty_line *l)
{
	struct duty_hit h = {.latest = l->lo == CIVIL_NONE};
	bool warn;
	duty_search(e, l->lo, l->hi, &h);
	l->count = h.count;
	l->fact = h.in;
	if (h.in && h.count >= duty_count_of(e, &e->r->p.count, l->hi, 1)) {
		l->status = DUTY_DONE;
		l->done_on = duty_fact_day(e, h.in);
		return;
	}
	l->fact = NULL;
	const struct duty_fact *alt = duty_alternative(e, l->lo, l->hi);
	civil last = e->month ? law_month_last(e->month) : l->hi; /* what is handed in after its month is excused for the month alone */
	const struct duty_fact *exc = e->r->p.alt < 0 || alt ? duty_exception(e, l->lo, last, &warn) : NULL;
	l->other = exc;
	if (exc && !warn) {
		l->status = alt ? DUTY_DONE : DUTY_WAIVED;
		l->fact = alt;
		l->done_on = alt ? alt->on_day : CIVIL_NONE;
		return;
	}
	(void)duty_mended(e, l->lo, l->hi, h.after, &l->mended_on);
	if (l->lo != CIVIL_NONE && e->ask->on < l->lo)
		l->status = DUTY_FUTURE;
	else if (e->r->strength == DUTY_BLOCK)
		l->status = DUTY_BLOCKED;
	else if (e->ask->on <= l->due_on)
		l->status = DUTY_DUE;
	else
		l->status = exc ? DUTY_WARNED : duty_unmet(e->r);
}

/* ---- walking the rules --------------------------------------------------------------------------------------------------------------------- */

static void (*const kinds[])(struct duty_env *) = {
#define X(name) duty_kind_##name,
	DUTY_KINDS(X)
#undef X
};

static void each_event(struct duty_env *e)
{
	int code = e->r->p.event;
	e->event = NULL;
	if (code < 0) {
		kinds[e->r->kind](e);
		return;
	}
	for (size_t i = e->start[code]; i < e->start[code + 1]; i++) {
		e->event = e->by[i];
		if (duty_cond_holds(e, &e->r->p.event_if, NULL, e->event->on_day))
			kinds[e->r->kind](e);
	}
}

/* A rule whose condition no value of the subject can ever fulfil is left at once. */
static bool possible(const struct duty_env *e, const struct duty_rule *r)
{
	for (size_t i = 0; i < r->applies.n; i++) {
		const struct duty_term *t = &r->applies.v[i];
		if (t->ref.scope != REF_SUBJECT || t->op != OP_IS)
			continue;
		bool one = false;
		for (size_t k = 0; k < e->s->n_attrs && !one; k++)
			one = e->s->attrs[k].name == t->ref.name && one_of(t->symbols, t->n, e->s->attrs[k].symbol);
		if (!one && !one_of(t->symbols, t->n, W_blank))
			return false;
	}
	return r->view.from <= e->ask->on;
}

void duty_judge(const struct law_catalogue *law, struct arena *a, const struct duty_ask *ask, const struct duty_subject *s, struct duty_lines *out)
{
	const struct duty_table *t = law->duties;
	struct duty_env e = {.law = law, .t = t, .ask = ask, .s = s, .a = a, .out = out, .half_from = CIVIL_NONE};
	duty_index(&e);
	for (size_t i = t->first[s->kind]; i < t->first[s->kind + 1]; i++) {
		e.r = &t->rules[i];
		e.part = NULL;
		e.half_from = CIVIL_NONE;
		e.month = 0;
		if ((ask->rule && !str_eq(ask->rule, e.r->view.id)) || !possible(&e, e.r))
			continue;
		if (e.r->p.each < 0) {
			each_event(&e);
			continue;
		}
		for (size_t k = 0; k < s->n_parts; k++)
			if (s->parts[k].kind == e.r->p.each) {
				e.part = &s->parts[k];
				each_event(&e);
			}
	}
}
