/* The rows of a range of cases, side by side in the order of their case, made into subjects. */
#include "care/duty_case.h"
#include "care/duty_known.h"
#include "care/duty_own.h"

#include "base/house.h"
#include "base/str.h"
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

struct place {
	size_t plan, service, target, cert, insured, disabled, fact;
};

static void slice_of(const struct range *r, size_t i, struct place *p, struct duty_slice *s)
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

/* What the insurer has set for the day on which the case ended. */
static const char *completion_rule(const struct law_catalogue *law, const struct duty_run *r, const struct duty_subject *k)
{
	const struct law_param *p = law_param_find(law, "completion_rule");
	return p ? law_param_text(p, &r->settings.params, k->insurer, k->ended_on, NULL) : "";
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
static int64_t insurer_of(const struct duty_slice *s)
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

static struct duty_about about_of(const struct duty_slice *s)
{
	const struct q_duty_cases_row *k = s->k;
	return (struct duty_about){.kind = DUTY_CASE, .id = k->id, .person_id = k->person_id, .cluster_id = k->cluster_id, .org_id = k->org_id,
		.staff_id = k->staff_id == INT_NULL ? 0 : k->staff_id, .case_pid = k->pid, .case_kind = k->kind, .person_pid = k->person_pid,
		.name = k->name, .kana = k->kana, .staff_pid = str_or(k->staff_pid, ""), .staff_name = str_or(k->staff_name, ""), .org_pid = k->org_pid,
		.org_name = k->org_name, .insurer_org_id = insurer_of(s),
		.start_on = k->start_on, .end_on = k->end_on,
		.blind = blind_of(k)};
}

static err one_case(struct ctx *c, struct duty_run *r, const struct duty_slice *s)
{
	struct duty_values v = {.t = c->house->law->duties, .a = r->scratch, .names = &r->names};
	struct duty_about about = about_of(s);
	struct duty_subject k = {.kind = DUTY_CASE, .id = s->k->id, .insurer = duty_run_insurer(r, about.insurer_org_id), .ended_on = s->k->end_on};
	duty_case_facts(&v, s, &k);
	if (r->subjects & DUTY_OF_CASE) {
		duty_case_attrs(&v, s, r->q->on, completion_rule(c->house->law, r, &k), &k);
		duty_case_parts(&v, s, r->q->on, &k);
		TRY(judge(c, r, &about, &k));
	}
	if (!(r->subjects & DUTY_OF_PERSON) || !s->k->is_first)
		return OK;
	struct duty_subject p = {.kind = DUTY_PERSON, .id = s->k->person_id, .insurer = duty_run_insurer(r, about.insurer_org_id), .ended_on = CIVIL_NONE, .facts = k.facts, .n_facts = k.n_facts};
	about.kind = DUTY_PERSON;
	about.id = s->k->person_id;
	duty_person_of(&v, s, r->q->on, &p);
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
			struct duty_slice s = {0};
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
