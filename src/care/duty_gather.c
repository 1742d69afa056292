/* The rows of a range of cases, side by side in the order of their case, made into subjects. */
#include "care/duty_known.h"
#include "care/duty_keep.h"
#include "care/duty_own.h"
#include "care/duty_short.h"

#include "base/house.h"
#include "base/str.h"
#include "care/plan_check.h"
#include "jp/era.h"
#include "sql/q_duty.h"
#include "sql/tables.h"
#include "store/revision.h"
#include "store/tx.h"

#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

enum { LONG_RUN = 1000 };
static const size_t SCRATCH = (size_t)128 << 20;

civil duty_default_from(civil on)
{
	struct ymd d = civil_ymd(on);
	return civil_add_months(civil_from(d.y, d.m, 1), -1);
}

const char *duty_recipient(struct arena *a, const char *kind, int64_t org_id, const char *name)
{
	if (org_id != INT_NULL && org_id > 0)
		return arena_fmt(a, "%s:%lld", kind, (long long)org_id);
	return str_eq(kind, "self") ? "self:0" : arena_fmt(a, "%s:%s", kind, name);
}

/* ---- values -------------------------------------------------------------------------------------------------------------------------- */

static int symbol_of(const struct duty_values *v, const char *name)
{
	if (!v->names)
		return duty_symbol(v->t, name);
	size_t i = (size_t)((uint64_t)(uintptr_t)name * 0x9E3779B97F4A7C15u >> 57);
	if (v->names->name[i] != name) {
		v->names->symbol[i] = duty_symbol(v->t, name);
		v->names->name[i] = name;
	}
	return v->names->symbol[i];
}

void duty_values_add(struct duty_values *v, const char *name, const char *text)
{
	int symbol = symbol_of(v, name);
	if (symbol < 0 || v->n == DUTY_VALUES)
		return; /* no rule asks for it */
	v->v[v->n++] = duty_value_named(v->t, symbol, text);
}

void duty_values_day(struct duty_values *v, const char *name, civil day)
{
	int symbol = symbol_of(v, name);
	if (day == CIVIL_NONE || symbol < 0 || v->n == DUTY_VALUES)
		return;
	v->v[v->n++] = duty_value_day(v->t, v->a, symbol, day);
}

void duty_values_int(struct duty_values *v, const char *name, int64_t n)
{
	if (n != INT_NULL)
		duty_values_add(v, name, arena_fmt(v->a, "%lld", (long long)n));
}

void duty_values_keep(struct duty_values *v, const struct duty_value **out, size_t *n)
{
	*out = arena_copy(v->a, v->v, (v->n ? v->n : 1) * sizeof v->v[0]);
	*n = v->n;
}

/* ---- the range ------------------------------------------------------------------------------------------------------------------------ */

struct range {
	struct q_duty_cases_row *k;
	struct q_duty_plans_row *plan;
	struct q_duty_services_row *service;
	struct q_duty_targets_row *target;
	struct q_duty_certs_row *cert;
	struct q_duty_insured_row *insured;
	struct q_duty_disabled_row *disabled;
	struct q_duty_facts_row *fact;
	size_t n, n_plan, n_service, n_target, n_cert, n_insured, n_disabled, n_fact;
};

static int by_case_and_day(const void *x, const void *y)
{
	const struct q_duty_facts_row *a = x, *b = y;
	if (a->case_id != b->case_id)
		return a->case_id < b->case_id ? -1 : 1;
	return a->on_day < b->on_day ? -1 : a->on_day > b->on_day;
}

/* What stood at that instant and has changed since joins what still stands; what was written later is left to the judging. */
static err add_past(struct ctx *c, const struct q_duty_facts_past_in *in, struct range *r)
{
	struct q_duty_facts_past_row *past;
	size_t n;
	TRY(q_duty_facts_past(c, in, &past, &n));
	struct q_duty_facts_row *all = ARENA_ARRAY(c->arena, r->n_fact + n + 1, struct q_duty_facts_row);
	for (size_t i = 0; i < r->n_fact; i++)
		all[i] = r->fact[i];
	for (size_t i = 0; i < n; i++)
		all[r->n_fact + i] = (struct q_duty_facts_row){past[i].case_id, past[i].id, past[i].code, past[i].on_day, past[i].recorded_ms, past[i].table_name, past[i].row_id, past[i].body};
	r->fact = all;
	r->n_fact += n;
	if (n)
		qsort(all, r->n_fact, sizeof all[0], by_case_and_day);
	return OK;
}

static int by_case_day_and_id(const void *x, const void *y)
{
	const struct q_duty_facts_row *a = x, *b = y;
	int first = by_case_and_day(x, y);
	return first ? first : a->id < b->id ? -1 : a->id > b->id;
}

/* By case and day, within a day as they were written. An index gives them so for each person; only clusters of several people are not. */
static void in_order(struct q_duty_facts_row *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (by_case_day_and_id(&v[i - 1], &v[i]) > 0) {
			qsort(v, n, sizeof v[0], by_case_day_and_id);
			return;
		}
}

static int by_case_and_application(const void *x, const void *y)
{
	const struct q_duty_certs_row *a = x, *b = y;
	if (a->case_id != b->case_id)
		return a->case_id < b->case_id ? -1 : 1;
	if (a->applied_on != b->applied_on)
		return a->applied_on < b->applied_on ? -1 : 1; /* none at all comes first, as CIVIL_NONE is below every day */
	return a->id < b->id ? -1 : a->id > b->id;
}

static void certs_in_order(struct q_duty_certs_row *v, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (by_case_and_application(&v[i - 1], &v[i]) > 0) {
			qsort(v, n, sizeof v[0], by_case_and_application);
			return;
		}
}

static err read_range(struct ctx *c, const struct duty_query *q, int64_t after, int64_t upto, int64_t limit, struct range *r)
{
	int64_t org = q->org_id ? q->org_id : INT_NULL;
	struct q_duty_cases_in cases = {.after = after, .upto = upto, .org_id = org, .person_id = q->person_id ? q->person_id : INT_NULL,
		.case_id = q->case_id ? q->case_id : INT_NULL, .staff_id = q->staff_id ? q->staff_id : INT_NULL,
		.from_on = q->known_ms ? CIVIL_NONE : q->from, .limit = limit};
	TRY(q_duty_cases(c, &cases, &r->k, &r->n));
	if (q->known_ms) /* with what is in the bin by now */
		TRY(duty_known_cases(c, q, after, limit, &r->k, &r->n));
	if (r->n == 0)
		return OK;
	int64_t lo = r->k[0].id, hi = r->k[r->n - 1].id, staff = cases.staff_id, cluster = q->person_id ? r->k[0].cluster_id : INT_NULL;
	civil from = cases.from_on;
	if (r->n == 1)
		org = staff = cluster = INT_NULL; /* one case: its id says enough */
	TRY(q_duty_plans(c, &(struct q_duty_plans_in){lo, hi, org, staff, cluster, from}, &r->plan, &r->n_plan));
	if (r->n_plan) {
		TRY(q_duty_services(c, &(struct q_duty_services_in){lo, hi, org, staff, cluster, from}, &r->service, &r->n_service));
		TRY(q_duty_targets(c, &(struct q_duty_targets_in){lo, hi, org, staff, cluster, from}, &r->target, &r->n_target));
	}
	TRY(q_duty_certs(c, &(struct q_duty_certs_in){lo, hi, org, staff, cluster, from}, &r->cert, &r->n_cert));
	certs_in_order(r->cert, r->n_cert);
	TRY(q_duty_insured(c, &(struct q_duty_insured_in){lo, hi, q->on, org, staff, cluster, from}, &r->insured, &r->n_insured));
	TRY(q_duty_disabled(c, &(struct q_duty_disabled_in){lo, hi, q->on, staff, cluster, from}, &r->disabled, &r->n_disabled));
	TRY(q_duty_facts(c, &(struct q_duty_facts_in){lo, hi, q->on, org, staff, cluster, from}, &r->fact, &r->n_fact));
	in_order(r->fact, r->n_fact);
	return q->known_ms ? add_past(c, &(struct q_duty_facts_past_in){lo, hi, q->on, q->known_ms, org, staff, cluster, from}, r) : OK;
}

/* The rows of each list that belong to one case; every list is in the order of case ids, so one step forward finds them. */
#define TAKE(list, count, field, id, first, n) \
	do { \
		while ((first) < (count) && (list)[first].field < (id)) \
			(first)++; \
		(n) = 0; \
		while ((first) + (n) < (count) && (list)[(first) + (n)].field == (id)) \
			(n)++; \
	} while (0)

struct slice { /* of one case */
	const struct q_duty_cases_row *k;
	const struct q_duty_plans_row *plan;
	const struct q_duty_services_row *service;
	const struct q_duty_targets_row *target;
	const struct q_duty_certs_row *cert;
	const struct q_duty_insured_row *insured;
	const struct q_duty_facts_row *fact;
	size_t n_plan, n_service, n_target, n_cert, n_insured, n_fact;
	bool disabled;
};
struct place {
	size_t plan, service, target, cert, insured, disabled, fact;
};

static void slice_of(const struct range *r, size_t i, struct place *p, struct slice *s)
{
	int64_t id = r->k[i].id;
	size_t n;
	s->k = &r->k[i];
	TAKE(r->plan, r->n_plan, case_id, id, p->plan, s->n_plan);
	s->plan = r->plan + p->plan;
	TAKE(r->service, r->n_service, case_id, id, p->service, s->n_service);
	s->service = r->service + p->service;
	TAKE(r->target, r->n_target, case_id, id, p->target, s->n_target);
	s->target = r->target + p->target;
	TAKE(r->cert, r->n_cert, case_id, id, p->cert, s->n_cert);
	s->cert = r->cert + p->cert;
	TAKE(r->insured, r->n_insured, case_id, id, p->insured, s->n_insured);
	s->insured = r->insured + p->insured;
	TAKE(r->fact, r->n_fact, case_id, id, p->fact, s->n_fact);
	s->fact = r->fact + p->fact;
	TAKE(r->disabled, r->n_disabled, case_id, id, p->disabled, n);
	s->disabled = n > 0;
}

/* ---- as known then --------------------------------------------------------------------------------------------------------------------- */

static err case_known(struct ctx *c, int64_t known_ms, struct q_duty_cases_row *k, bool *was)
{
	struct t_care_case row;
	err e = row_at(c, &T_care_case, k->id, known_ms, &row);
	*was = e == OK && row.retired_ms == INT_NULL;
	if (e != OK)
		return e == ERR_NOTFOUND ? OK : e;
	k->kind = row.kind;
	k->contract_on = row.contract_on;
	k->start_on = row.start_on;
	k->end_on = row.end_on;
	return OK;
}

static err plan_known(struct ctx *c, int64_t known_ms, struct q_duty_plans_row *p, bool *was)
{
	struct t_plan row;
	err e = row_at(c, &T_plan, p->id, known_ms, &row);
	*was = e == OK && row.retired_ms == INT_NULL && !str_eq(row.status, "cancelled");
	if (e != OK)
		return e == ERR_NOTFOUND ? OK : e;
	p->status = row.status;
	p->create_on = row.create_on;
	p->consented_on = row.consented_on;
	p->from_on = row.from_on;
	p->to_on = row.to_on;
	p->ended_on = row.ended_on;
	p->change_kind = row.change_kind;
	p->change_minor_code = row.change_minor_code;
	p->change_judged_by = row.change_judged_by;
	p->change_reason = row.change_reason;
	p->is_provisional = row.is_provisional;
	p->level = row.level;
	p->expected_level = row.expected_level;
	p->wish_family = row.wish_family;
	return OK;
}

static err cert_known(struct ctx *c, int64_t known_ms, struct q_duty_certs_row *r, bool *was)
{
	struct t_certification row;
	err e = row_at(c, &T_certification, r->id, known_ms, &row);
	*was = e == OK && row.retired_ms == INT_NULL;
	if (e != OK)
		return e == ERR_NOTFOUND ? OK : e;
	r->status = row.status;
	r->apply_kind = row.apply_kind;
	r->level = row.level;
	r->applied_on = row.applied_on;
	r->decided_on = row.decided_on;
	r->from_on = row.from_on;
	r->to_on = row.to_on;
	r->disease_code = row.disease_code;
	return OK;
}

#define KEEP_KNOWN(list, count, known) \
	do { \
		size_t kept = 0; \
		for (size_t i = 0; i < (count); i++) { \
			bool was; \
			TRY(known(c, q->known_ms, &(list)[i], &was)); \
			if (was) \
				(list)[kept++] = (list)[i]; \
		} \
		(count) = kept; \
	} while (0)

static err as_known(struct ctx *c, const struct duty_query *q, struct range *r)
{
	if (!q->known_ms || r->n == 0)
		return OK;
	int64_t lo = r->k[0].id, hi = r->k[r->n - 1].id;
	TRY(duty_known_plans(c, q, lo, hi, &r->plan, &r->n_plan));
	TRY(duty_known_certs(c, q, lo, hi, &r->cert, &r->n_cert));
	TRY(duty_known_services(c, q, lo, hi, &r->service, &r->n_service));
	TRY(duty_known_targets(c, q, lo, hi, &r->target, &r->n_target));
	KEEP_KNOWN(r->k, r->n, case_known);
	KEEP_KNOWN(r->plan, r->n_plan, plan_known);
	KEEP_KNOWN(r->cert, r->n_cert, cert_known);
	certs_in_order(r->cert, r->n_cert); /* the day of the application may have been another */
	return OK;
}

/* ---- one case --------------------------------------------------------------------------------------------------------------------------- */

static bool in_use(const struct q_duty_plans_row *p)
{
	return p->from_on != CIVIL_NONE && (str_eq(p->status, "consented") || str_eq(p->status, "delivered") || str_eq(p->status, "provisional") ||
	                                    str_eq(p->status, "replaced") || str_eq(p->status, "ended"));
}

static bool is_draft(const struct q_duty_plans_row *p) { return str_eq(p->status, "draft") || str_eq(p->status, "explained"); }

static civil plan_end(const struct q_duty_plans_row *p)
{
	civil to = p->to_on == CIVIL_NONE ? CIVIL_OPEN : p->to_on;
	return p->ended_on != CIVIL_NONE && p->ended_on < to ? p->ended_on : to;
}

static bool runs_before(const struct slice *s, const struct q_duty_plans_row *p)
{
	for (size_t i = 0; i < s->n_plan; i++)
		if (&s->plan[i] != p && in_use(&s->plan[i]) && s->plan[i].from_on <= p->from_on && plan_end(&s->plan[i]) >= p->from_on)
			return true;
	return false;
}

struct sums { /* over the services of a plan */
	bool medical, other;
	int64_t lifeaid;
};

static struct sums sums_of(const struct slice *s, int64_t plan_id)
{
	struct sums out = {0};
	for (size_t i = 0; i < s->n_service; i++) {
		const struct q_duty_services_row *v = &s->service[i];
		if (v->plan_id != plan_id)
			continue;
		out.medical = out.medical || plan_type_is_medical(v->type_code);
		out.other = out.other || !str_eq(v->actor, "formal");
		if (v->life_support) /* a month of 31 days where only the week is told, as the check of the plan does */
			out.lifeaid += v->times_month != INT_NULL ? v->times_month : v->times_week != INT_NULL ? (v->times_week * 31 + 6) / 7 : 0;
	}
	return out;
}

/* What was done up to the consent to a version (or its first day, if that came first) was done for that version: the next one asks for its own
 * visit, meeting and opinion after that day (13条16号: a change goes through 3号 to 12号 again). No later than the day it was drafted. */
static civil since_of(const struct q_duty_plans_row *before, const struct q_duty_plans_row *p)
{
	if (!before)
		return CIVIL_NONE;
	civil made = before->consented_on != CIVIL_NONE && before->consented_on < before->from_on ? before->consented_on : before->from_on;
	if (made == CIVIL_NONE)
		made = before->create_on;
	return made + 1 < p->create_on ? made + 1 : p->create_on;
}

static bool is_minor(const struct q_duty_plans_row *p) { return str_eq(p->change_kind, "minor"); }

/* The meeting (or inquiry) in which the equipment of this version was looked at: of its own making, but where a 軽微な変更 leaves it out. */
static civil last_meeting(const struct slice *s, civil since, civil before)
{
	civil day = CIVIL_NONE;
	for (size_t i = 0; i < s->n_fact; i++)
		if ((str_eq(s->fact[i].code, "REC-SCM") || str_eq(s->fact[i].code, "REC-INQ")) && s->fact[i].on_day <= before && (since == CIVIL_NONE || s->fact[i].on_day >= since))
			day = s->fact[i].on_day; /* they stand by day */
	return day;
}

static const struct q_duty_certs_row *cert_on(const struct slice *s, civil on)
{
	const struct q_duty_certs_row *found = NULL;
	for (size_t i = 0; i < s->n_cert; i++) {
		const struct q_duty_certs_row *r = &s->cert[i];
		if (str_eq(r->status, "certified") && r->from_on != CIVIL_NONE && r->from_on <= on && (r->to_on == CIVIL_NONE || r->to_on >= on))
			found = r;
	}
	return found;
}

/* 短期入所: the days within the certification that holds on the day asked, or on that day of the plan which is next to it. */
static void short_values(struct duty_values *v, const struct slice *s, const struct duty_stays *stays, const struct q_duty_plans_row *p, civil on)
{
	civil from = p->from_on == CIVIL_NONE ? p->create_on : p->from_on, to = plan_end(p), day = on < from ? from : on > to ? to : on;
	const struct q_duty_certs_row *cert = cert_on(s, day);
	if ((!in_use(p) && !is_draft(p)) || !cert || cert->to_on == CIVIL_NONE || cert->to_on == CIVIL_OPEN)
		return;
	int64_t days = duty_short_days(stays, p, cert->from_on, cert->to_on, v->a);
	if (days == INT_NULL)
		return;
	duty_values_day(v, "counted_on", day);
	duty_values_int(v, "short_days", days);
	duty_values_int(v, "cert_days", cert->to_on - cert->from_on + 1);
}

/* since: from this day on an act is one for this version; CIVIL_NONE: there was none before it. */
static void plan_values(struct duty_values *v, const struct slice *s, const struct q_duty_plans_row *p, civil since)
{
	struct sums sum = sums_of(s, p->id);
	bool minor = is_minor(p);
	v->n = 0;
	duty_values_day(v, "made_on", p->create_on);
	duty_values_day(v, "agreed_on", p->consented_on);
	duty_values_day(v, "since", since);
	duty_values_add(v, "minor", minor ? p->change_minor_code : "");
	duty_values_add(v, "minor_by", minor && p->change_judged_by != INT_NULL ? "staff" : "");
	duty_values_add(v, "minor_why", minor ? p->change_reason : "");
	duty_values_add(v, "medical", sum.medical ? "true" : "false");
	duty_values_add(v, "level", p->level);
	duty_values_int(v, "lifeaid_times", sum.lifeaid);
	duty_values_day(v, "lifeaid_since", civil_add_months(p->create_on, -12));
	duty_values_day(v, "eval_to", is_draft(p) ? CIVIL_NONE : p->to_on);
	duty_values_add(v, "other_services", sum.other ? "true" : "false");
	duty_values_add(v, "author_licensed", p->licensed ? "true" : "false");
	duty_values_add(v, "provisional", p->is_provisional ? "true" : "false");
}

static size_t plan_children(struct duty_values *v, const struct slice *s, const struct q_duty_plans_row *p, civil since,
                            const struct duty_part *parent, struct duty_part *out)
{
	size_t n = 0;
	civil from = p->from_on == CIVIL_NONE ? p->create_on : p->from_on, to = plan_end(p);
	for (size_t i = 0; i < s->n_target; i++) {
		const struct q_duty_targets_row *t = &s->target[i];
		if (t->plan_id != p->id)
			continue;
		v->n = 0;
		duty_values_add(v, "label", t->name);
		duty_values_add(v, "office", t->name);
		duty_values_add(v, "wants_plan", str_blank(t->reason) ? "true" : "false");
		struct duty_part *o = &out[n++];
		*o = (struct duty_part){.kind = symbol_of(v, t->what == 1 ? "recipient" : "provider"), .from = from, .to = to, .parent = parent,
			.id = t->what == 1 ? duty_recipient(v->a, t->kind, t->org_id, t->name) : t->name};
		duty_values_keep(v, &o->v, &o->n);
	}
	civil checked = last_meeting(s, is_minor(p) ? CIVIL_NONE : since, p->consented_on != CIVIL_NONE ? p->consented_on : from);
	for (size_t i = 0; i < s->n_service; i++) {
		const struct q_duty_services_row *x = &s->service[i];
		bool sale = plan_type_is_sale(x->type_code);
		if (x->plan_id != p->id || !plan_type_is_equipment(x->type_code))
			continue;
		v->n = 0;
		duty_values_add(v, "use", sale ? "sale" : "rental");
		duty_values_add(v, "reason", x->reason);
		duty_values_day(v, "checked_on", checked);
		duty_values_day(v, "from", x->from_on != CIVIL_NONE ? x->from_on : from);
		struct duty_part *o = &out[n++];
		*o = (struct duty_part){.kind = symbol_of(v, "equipment"), .id = x->pid, .from = from, .to = to, .parent = parent};
		duty_values_keep(v, &o->v, &o->n);
	}
	return n;
}

/* The days in which a plan is in use and benefits are managed (13条14号: each month of them): one span for plans that follow each other without
 * a day between. Where a plan has run out and none follows, nothing is managed and no month is asked for. */
static size_t active_spans(struct duty_values *v, const struct slice *s, struct duty_part *out)
{
	civil end = s->k->end_on == CIVIL_NONE ? CIVIL_OPEN : s->k->end_on, after = CIVIL_NONE;
	int kind = symbol_of(v, "active");
	size_t n = 0;
	for (;;) {
		const struct q_duty_plans_row *next = NULL;
		for (size_t i = 0; i < s->n_plan; i++) {
			const struct q_duty_plans_row *p = &s->plan[i];
			if (in_use(p) && p->from_on <= end && plan_end(p) >= p->from_on && plan_end(p) > after && (!next || p->from_on < next->from_on))
				next = p;
		}
		if (!next)
			return n;
		after = plan_end(next);
		if (n && (out[n - 1].to == CIVIL_OPEN || next->from_on <= out[n - 1].to + 1))
			out[n - 1].to = after < end ? after : end;
		else
			out[n++] = (struct duty_part){.kind = kind, .id = "", .from = next->from_on, .to = after < end ? after : end};
	}
}

/* A running case without a plan in use on that day, and none agreed for a day to come: since when, for the rows of the house. */
static size_t without_plan(struct duty_values *v, const struct slice *s, civil on, struct duty_part *out)
{
	const struct q_duty_cases_row *k = s->k;
	civil last = CIVIL_NONE;
	bool draft = false;
	if (k->start_on == CIVIL_NONE || k->start_on > on || (k->end_on != CIVIL_NONE && k->end_on <= on))
		return 0;
	for (size_t i = 0; i < s->n_plan; i++) {
		const struct q_duty_plans_row *p = &s->plan[i];
		draft = draft || is_draft(p);
		if (!in_use(p))
			continue;
		if (plan_end(p) >= on)
			return 0;
		last = plan_end(p) > last ? plan_end(p) : last;
	}
	bool lapsed = last != CIVIL_NONE;
	civil from = lapsed ? last + 1 : k->start_on;
	const char *more = draft ? "、原案を作成中" : "";
	v->n = 0;
	duty_values_add(v, "label", lapsed ? arena_fmt(v->a, "計画の期間は%sまで%s", era_text(v->a, last), more) : arena_fmt(v->a, "支援を始めて%d日%s", on - from, more));
	*out = (struct duty_part){.kind = symbol_of(v, lapsed ? "lapsed" : "unplanned"), .id = "", .from = from, .to = CIVIL_OPEN};
	duty_values_keep(v, &out->v, &out->n);
	return 1;
}

static void case_parts(struct duty_values *v, const struct slice *s, civil on, struct duty_subject *out)
{
	struct duty_part *parts = ARENA_ARRAY(v->a, 2 * s->n_plan + s->n_target + s->n_service + 1, struct duty_part);
	const struct duty_stays stays = {.plan = s->plan, .service = s->service, .fact = s->fact, .n_plan = s->n_plan, .n_service = s->n_service, .n_fact = s->n_fact,
		.in_use = in_use, .end = plan_end};
	const struct q_duty_plans_row *before = NULL; /* the last version that came into use */
	bool any_stay = duty_short_any(&stays);
	size_t n = 0;
	for (size_t i = 0; i < s->n_plan; i++) {
		const struct q_duty_plans_row *p = &s->plan[i];
		struct duty_part *o = &parts[n++];
		/* a draft that follows a plan in use begins nothing yet: its first day is a wish until it is agreed to */
		*o = (struct duty_part){.kind = symbol_of(v, "plan"), .id = p->pid, .from = is_draft(p) && runs_before(s, p) ? CIVIL_NONE : p->from_on, .to = plan_end(p)};
		civil since = since_of(before, p);
		plan_values(v, s, p, since);
		if (any_stay)
			short_values(v, s, &stays, p, on);
		duty_values_keep(v, &o->v, &o->n);
		bool agreed = in_use(p);
		if (agreed)
			n += plan_children(v, s, p, since, o, parts + n);
		if (agreed)
			before = p;
	}
	n += active_spans(v, s, parts + n);
	n += without_plan(v, s, on, parts + n);
	out->parts = parts;
	out->n_parts = n;
}

static const char *office_kind(const char *org_kind)
{
	if (str_eq(org_kind, "centre") || str_eq(org_kind, "branch") || str_eq(org_kind, "zaikai"))
		return "hokatsu";
	return str_eq(org_kind, "home_cm") || str_eq(org_kind, "prevention_cm") ? "kyotaku" : "";
}

static civil first_shared(const struct slice *s)
{
	for (size_t i = 0; i < s->n_fact; i++)
		if (str_eq(s->fact[i].code, "REC-SCM") || str_eq(s->fact[i].code, "REC-INQ"))
			return s->fact[i].on_day;
	return CIVIL_NONE;
}

/* 事業対象者, for the time of each such certification. */
static void target_values(struct duty_values *v, const struct slice *s)
{
	for (size_t i = 0; i < s->n_cert; i++) {
		const struct q_duty_certs_row *r = &s->cert[i];
		if (str_eq(r->status, "certified") && str_eq(str_or(r->level, ""), "target") && r->from_on != CIVIL_NONE && v->n < DUTY_VALUES)
			v->v[v->n++] = duty_value_dated(v->t, "target", "true", r->from_on, r->to_on == CIVIL_NONE ? CIVIL_OPEN : r->to_on);
	}
}

/* What the insurer has set for the day on which the case ended. */
static const char *completion_rule(const struct law_catalogue *law, const struct duty_run *r, const struct duty_subject *k)
{
	const struct law_param *p = law_param_find(law, "completion_rule");
	return p ? law_param_text(p, &r->settings.params, k->insurer, k->ended_on, NULL) : "";
}

static void case_attrs(struct duty_values *v, const struct slice *s, civil on, const char *completion, struct duty_subject *out)
{
	const struct q_duty_cases_row *k = s->k;
	struct ymd d = civil_ymd(on);
	civil shared = first_shared(s);
	bool family = false;
	for (size_t i = 0; i < s->n_plan; i++)
		family = family || !str_blank(s->plan[i].wish_family);
	v->n = 0;
	duty_values_add(v, "kind", k->kind);
	duty_values_day(v, "contract_on", k->contract_on);
	duty_values_day(v, "start_on", k->start_on);
	struct duty_keep keep = duty_keep_of(v->a, completion, k->end_on, on, s->fact, k->end_on == CIVIL_NONE ? 0 : s->n_fact);
	duty_values_day(v, "completed_on", keep.completed_on);
	duty_values_add(v, "hold", keep.hold ? "true" : "false");
	duty_values_day(v, "first_shared_on", shared);
	duty_values_day(v, "family_shared_on", family ? shared : CIVIL_NONE);
	duty_values_add(v, "disability", s->disabled ? "true" : "false");
	duty_values_add(v, "office_kind", office_kind(k->org_kind));
	duty_values_add(v, "designated", str_eq(k->org_kind, "centre") || str_eq(k->org_kind, "prevention_cm") ? "true" : "false");
	target_values(v, s);
	duty_values_day(v, "month_on", civil_from(d.y, d.m, 1));
	duty_values_keep(v, &out->attrs, &out->n_attrs);
}

/* ---- evidence ----------------------------------------------------------------------------------------------------------------------------- */

static bool has_name(const struct duty_fact *f, int name)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].name == name)
			return true;
	return false;
}

static bool light(const char *level) { return str_starts(level, "s") || str_eq(level, "target"); }

/* What a certification cannot know when it is written: the day of consent to the plan that follows, and whether the result is on the
 * other side of what a provisional plan expected. */
static void cert_more(struct duty_values *v, const struct slice *s, struct duty_fact *f)
{
	const struct q_duty_plans_row *next = NULL, *expected = NULL;
	bool supported = false; /* a plan was in use when it was decided: the duties of a running support begin there */
	const struct duty_value *level = NULL;
	int level_name = symbol_of(v, "level");
	for (size_t i = 0; i < s->n_plan; i++) {
		const struct q_duty_plans_row *p = &s->plan[i];
		if (!next && p->consented_on != CIVIL_NONE && p->consented_on >= f->on_day)
			next = p;
		supported = supported || (in_use(p) && p->from_on <= f->on_day);
		if (p->is_provisional && p->create_on <= f->on_day && *p->expected_level)
			expected = p;
	}
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].name == level_name)
			level = &f->v[i];
	v->n = 0;
	if (!supported)
		duty_values_add(v, "before", "true");
	if (next && !has_name(f, symbol_of(v, "plan_on")))
		duty_values_day(v, "plan_on", next->consented_on);
	if (expected && level && *level->text && !has_name(f, symbol_of(v, "unlike_plan")))
		duty_values_add(v, "unlike_plan", light(level->text) != light(expected->expected_level) ? "true" : "false");
	if (v->n == 0)
		return;
	struct duty_value *all = ARENA_ARRAY(v->a, f->n + v->n, struct duty_value);
	for (size_t i = 0; i < f->n; i++)
		all[i] = f->v[i];
	for (size_t i = 0; i < v->n; i++)
		all[f->n + i] = v->v[i];
	f->v = all;
	f->n += v->n;
}

static void case_facts(struct duty_values *v, const struct slice *s, struct duty_subject *out)
{
	struct duty_fact *facts = ARENA_ARRAY(v->a, s->n_fact + 1, struct duty_fact);
	int cert = duty_code(v->t, "REC-CERT");
	size_t n = 0;
	for (size_t i = 0; i < s->n_fact; i++) {
		const struct q_duty_facts_row *e = &s->fact[i];
		if (!duty_fact_read(v->t, v->a, e->code, e->on_day, e->recorded_ms, e->table_name, e->row_id, e->body, &facts[n]))
			continue; /* one unreadable row does not take the list away; `duty rebuild --check` tells of it */
		if (facts[n].code < 0)
			continue; /* no rule asks for it */
		if (facts[n].code == cert)
			cert_more(v, s, &facts[n]);
		n++;
	}
	out->facts = facts;
	out->n_facts = n;
}

/* ---- the person --------------------------------------------------------------------------------------------------------------------------- */

/* Another certification took its place, or was asked for in another way: nothing is left to renew. */
static bool followed(const struct slice *s, const struct q_duty_certs_row *r)
{
	for (size_t i = 0; i < s->n_cert; i++) {
		const struct q_duty_certs_row *o = &s->cert[i];
		if (o == r || str_eq(o->status, "withdrawn") || str_eq(o->apply_kind, "renew"))
			continue;
		if ((o->from_on != CIVIL_NONE && r->from_on != CIVIL_NONE && o->from_on > r->from_on) || (o->applied_on != CIVIL_NONE && r->to_on != CIVIL_NONE && r->from_on != CIVIL_NONE && o->applied_on > r->from_on))
			return true;
	}
	return false;
}

static void person_of(struct duty_values *v, const struct slice *s, civil on, struct duty_subject *out)
{
	const struct q_duty_certs_row *cert = cert_on(s, on);
	const char *category = s->n_insured ? s->insured[s->n_insured - 1].category : "";
	struct duty_part *parts = ARENA_ARRAY(v->a, s->n_cert + 1, struct duty_part);
	bool target = cert && str_eq(str_or(cert->level, ""), "target");
	v->n = 0;
	duty_values_day(v, "birth_on", s->k->birth_on);
	duty_values_add(v, "insured_health", str_eq(category, "2") ? "true" : "");
	duty_values_add(v, "insured_class", str_eq(category, "1") ? "first" : str_eq(category, "2") ? "second" : "");
	duty_values_add(v, "target", target ? "true" : "false");
	duty_values_day(v, "target_on", target ? cert->from_on : CIVIL_NONE);
	duty_values_keep(v, &out->attrs, &out->n_attrs);
	for (size_t i = 0; i < s->n_cert; i++) {
		const struct q_duty_certs_row *r = &s->cert[i];
		if (str_eq(r->apply_kind, "checklist") || str_eq(r->status, "withdrawn"))
			continue;
		char text[CIVIL_TEXT] = "";
		if (r->applied_on != CIVIL_NONE)
			civil_text(r->applied_on, text);
		bool runs = s->k->end_on == CIVIL_NONE || r->to_on == CIVIL_NONE || s->k->end_on > r->to_on;
		v->n = 0;
		duty_values_day(v, "from", r->from_on);
		duty_values_day(v, "to", r->to_on == CIVIL_OPEN ? CIVIL_NONE : r->to_on);
		duty_values_day(v, "applied_on", r->applied_on);
		duty_values_add(v, "applied_text", arena_str(v->a, text));
		duty_values_add(v, "tokutei", str_blank(r->disease_code) ? "false" : "true");
		duty_values_add(v, "wants_renewal", str_eq(r->status, "certified") && runs && !followed(s, r) ? "true" : "false");
		struct duty_part *o = &parts[out->n_parts++];
		*o = (struct duty_part){.kind = symbol_of(v, "cert"), .id = r->pid, .from = r->from_on == CIVIL_NONE ? r->applied_on : r->from_on,
			.to = r->to_on == CIVIL_NONE ? CIVIL_OPEN : r->to_on};
		duty_values_keep(v, &o->v, &o->n);
	}
	out->parts = parts;
}

/* ---- classes ------------------------------------------------------------------------------------------------------------------------------ */

/* Evidence that may be of another class than care: its rules are judged only where that class is seen. */
static const struct {
	const char *code;
	unsigned class;
} OTHER_CLASS[] = {
#define DUTY_CLASS(code, class) {code, class},
#include "care/duty_classes.tbl.h"
#undef DUTY_CLASS
};

static bool blind_to(const struct duty_rule *r, unsigned blind)
{
	const struct duty_rule_view *w = duty_rule_view(r);
	for (size_t i = 0; blind && i < sizeof OTHER_CLASS / sizeof OTHER_CLASS[0]; i++)
		if ((OTHER_CLASS[i].class & blind) && (strstr(w->evidence, OTHER_CLASS[i].code) || strstr(w->params, OTHER_CLASS[i].code)))
			return true;
	return false;
}

static err judge(struct ctx *c, struct duty_run *r, const struct duty_about *about, const struct duty_subject *s)
{
	struct duty_ask ask = {.on = r->q->on, .from = r->q->from, .known_ms = r->q->known_ms, .rule = r->q->rule, .all = r->q->all,
	                       .params = &r->settings.params, .calendar = duty_run_calendar(r, about->insurer_org_id), .day_text = era_text, .month_text = era_text_month};
	struct duty_lines lines = {0};
	duty_judge(c->house->law, r->scratch, &ask, s, &lines);
	size_t kept = 0;
	for (size_t i = 0; i < lines.n; i++)
		if (!blind_to(lines.v[i].rule, about->blind))
			lines.v[kept++] = lines.v[i];
	lines.n = kept;
	return r->fn(c, about, &ask, &lines, r->arg);
}

err duty_run_judge(struct ctx *c, struct duty_run *r, const struct duty_about *about, const struct duty_subject *s) { return judge(c, r, about, s); }

/* The insurer of the person's card; where there is none, that of the organisation. */
static int64_t insurer_of(const struct slice *s)
{
	if (s->n_insured && s->insured[s->n_insured - 1].insurer_org_id != INT_NULL)
		return s->insured[s->n_insured - 1].insurer_org_id;
	return s->k->insurer_org_id;
}

/* Classes that the actor may not see of this person. */
static unsigned blind_of(const struct q_duty_cases_row *r)
{
	return (r->meeting ? 0U : (unsigned)CLASS_MEETING) | (r->medical ? 0U : (unsigned)CLASS_MEDICAL) | (r->benefit ? 0U : (unsigned)CLASS_BENEFIT);
}

static struct duty_about about_of(const struct slice *s)
{
	const struct q_duty_cases_row *k = s->k;
	return (struct duty_about){.kind = DUTY_CASE, .id = k->id, .person_id = k->person_id, .cluster_id = k->cluster_id, .org_id = k->org_id,
		.staff_id = k->staff_id == INT_NULL ? 0 : k->staff_id, .case_pid = k->pid, .case_kind = k->kind, .person_pid = k->person_pid,
		.name = k->name, .kana = k->kana, .staff_pid = str_or(k->staff_pid, ""), .staff_name = str_or(k->staff_name, ""), .org_pid = k->org_pid,
		.org_name = k->org_name, .insurer_org_id = insurer_of(s),
		.start_on = k->start_on, .end_on = k->end_on,
		.blind = blind_of(k)};
}

static err one_case(struct ctx *c, struct duty_run *r, const struct slice *s)
{
	struct duty_values v = {.t = c->house->law->duties, .a = r->scratch, .names = &r->names};
	struct duty_about about = about_of(s);
	struct duty_subject k = {.kind = DUTY_CASE, .id = s->k->id, .insurer = duty_run_insurer(r, about.insurer_org_id), .ended_on = s->k->end_on};
	case_facts(&v, s, &k);
	if (r->subjects & DUTY_OF_CASE) {
		case_attrs(&v, s, r->q->on, completion_rule(c->house->law, r, &k), &k);
		case_parts(&v, s, r->q->on, &k);
		TRY(judge(c, r, &about, &k));
	}
	if (!(r->subjects & DUTY_OF_PERSON) || !s->k->is_first)
		return OK;
	struct duty_subject p = {.kind = DUTY_PERSON, .id = s->k->person_id, .insurer = duty_run_insurer(r, about.insurer_org_id), .ended_on = CIVIL_NONE, .facts = k.facts, .n_facts = k.n_facts};
	about.kind = DUTY_PERSON;
	about.id = s->k->person_id;
	person_of(&v, s, r->q->on, &p);
	return judge(c, r, &about, &p);
}

err duty_run_cases(struct ctx *c, struct duty_run *r, int64_t after, int64_t upto, int64_t limit)
{
	size_t done = 0;
	for (;;) {
		struct range range = {0};
		struct arena *keep = c->arena;
		c->arena = r->scratch; /* the rows of the range go when the next is read; what fn keeps lies in the ctx's own */
		err e = read_range(c, r->q, after, upto, limit, &range);
		size_t read = range.n;
		if (read)
			after = range.k[read - 1].id;
		if (e == OK && read)
			e = as_known(c, r->q, &range);
		c->arena = keep;
		TRY(e);
		struct place place = {0};
		for (size_t i = 0; i < range.n; i++) {
			struct slice s = {0};
			slice_of(&range, i, &place, &s);
			TRY(one_case(c, r, &s));
		}
		arena_rewind(r->scratch, r->mark);
		if ((int64_t)read < limit)
			return OK;
		done += read;
		if (done >= LONG_RUN) /* more than any page shows: fewer statements for the same rows */
			limit = DUTY_LONG_RANGE;
	}
}

static err all(struct ctx *c, struct duty_run *r)
{
	TRY(duty_run_settings(c, r));
	r->mark = arena_mark_get(r->scratch);
	if (r->subjects & (DUTY_OF_CASE | DUTY_OF_PERSON))
		TRY(duty_run_cases(c, r, 0, INT_NULL, DUTY_RANGE));
	if ((r->subjects & (DUTY_OF_OFFICE | DUTY_OF_INSURER)) && !r->q->person_id && !r->q->case_id)
		return duty_run_orgs(c, r);
	return OK;
}

void duty_query_days(const struct ctx *c, struct duty_query *q)
{
	if (q->on == CIVIL_NONE)
		q->on = c->today;
	if (q->from == CIVIL_NONE)
		q->from = duty_default_from(q->on);
}

err duty_gather(struct ctx *c, const struct duty_query *q, duty_fn fn, void *arg)
{
	struct duty_query query = *q;
	duty_query_days(c, &query);
	struct duty_run r = {.q = &query, .fn = fn, .arg = arg, .scratch = arena_new(SCRATCH),
	                     .subjects = q->subjects ? q->subjects : DUTY_OF_CASE | DUTY_OF_PERSON};
	struct arena *own = c->arena;
	jmp_buf full;
	volatile err e = ERR_NOMEM;
	if (r.scratch && setjmp(full) == 0) {
		arena_set_escape(r.scratch, &full);
		e = all(c, &r);
	} else if (r.scratch) {
		c->arena = own;
		tx_recover(c);
	}
	arena_free(r.scratch);
	return e;
}
