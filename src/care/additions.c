#include "care/additions.h"

#include "base/house.h"
#include "base/str.h"
#include "care/duty_month.h"
#include "care/hospital_paper.h"
#include "care/office_terms.h"
#include "sql/q_duty.h"
#include "sql/q_fee.h"

#include <stdlib.h>
#include <string.h>

struct listing {
	struct addition_row *v;
	size_t n, cap;
	civil from, to;
};

static struct addition_row *more(struct ctx *c, struct listing *l, int64_t id, const char *pid, const char *name, const char *kana)
{
	if (l->n == l->cap) {
		size_t cap = l->cap ? l->cap * 2 : 32;
		struct addition_row *v = ARENA_ARRAY(c->arena, cap, struct addition_row);
		for (size_t i = 0; i < l->n; i++)
			v[i] = l->v[i];
		l->v = v;
		l->cap = cap;
	}
	struct addition_row *x = &l->v[l->n];
	*x = (struct addition_row){.person_id = id, .person_pid = pid, .name = name, .kana = kana, .but = ""};
	return x;
}

/* Keeps the row unless no rule of that month is known. */
static err keep(struct ctx *c, struct listing *l, struct addition_row *x, const char *family, civil on, err e)
{
	if (e == ERR_NOTFOUND)
		return OK;
	TRY(e);
	const struct law_number *n = *x->a.code ? law_number_find(c->house->law, x->a.code, on) : NULL;
	const char *cut = n ? strchr(n->meaning, ':') : NULL;
	x->label = !n ? family : cut ? arena_strn(c->arena, n->meaning, (size_t)(cut - n->meaning)) : n->meaning;
	l->n++;
	return OK;
}

static bool within(const struct listing *l, civil d) { return d != CIVIL_NONE && d >= l->from && d <= l->to; }

static err stays(struct ctx *c, struct listing *l)
{
	const struct law_catalogue *law = c->house->law;
	enum { DAYS_AFTER = 7 };
	struct law_calendar k;
	struct q_add_stays_row *r;
	size_t n;
	TRY(office_calendar(c, c->actor.org_id, l->from, l->to + DAYS_AFTER, &k));
	TRY(q_add_stays(c, &(struct q_add_stays_in){.org_id = c->actor.org_id, .from_on = l->from, .to_on = l->to}, &r, &n));
	for (size_t i = 0; i < n; i++) {
		if (within(l, r[i].admitted_on)) {
			struct addition_row *x = more(c, l, r[i].person_id, r[i].person_pid, r[i].name, r[i].kana);
			x->table = "hospital_stay";
			x->pid = r[i].pid;
			TRY(keep(c, l, x, "入院時情報連携加算", r[i].admitted_on, law_addition_hospital(law, c->arena, &k, r[i].admitted_on, r[i].after_hours, r[i].told_on, &x->a)));
		}
		int times, conferences;
		civil last;
		bool is_conference;
		if (!within(l, r[i].discharged_on) || !r[i].hearing)
			continue;
		TRY(hospital_hearings(c, r[i].hearing, &times, &conferences, &last, &is_conference));
		struct addition_row *x = more(c, l, r[i].person_id, r[i].person_pid, r[i].name, r[i].kana);
		x->table = "hospital_stay";
		x->pid = r[i].pid;
		x->but = "初回加算を算定する月は、算定できません";
		TRY(keep(c, l, x, "退院・退所加算", r[i].discharged_on, law_addition_leave(law, c->arena, r[i].discharged_on, times, conferences, &x->a)));
	}
	return OK;
}

static bool reduced(const struct duty_month *m, const char *case_pid)
{
	for (size_t i = 0; i < m->n_cases; i++)
		if (str_eq(m->cases[i].about.case_pid, case_pid))
			return true;
	return false;
}

/* The plan's last day in use. */
static civil last_day(const struct q_fee_plans_row *r)
{
	const civil ends[] = {r->to_on, r->ended_on, r->case_end_on};
	civil last = CIVIL_OPEN;
	for (size_t i = 0; i < 3; i++)
		if (ends[i] != CIVIL_NONE && ends[i] < last)
			last = ends[i];
	return last;
}

/* Whole months before the one that begins on month_on in which the office neither supported the person at home nor claimed, counted back to
 * `most`. r[0..n): the office's earlier plans. A month spent wholly in hospital is no month of support. */
static err blank_months(struct ctx *c, const struct q_fee_plans_row *r, size_t n, int64_t cluster_id, civil month_on, int64_t most, int64_t *out)
{
	struct q_fee_away_row *away;
	struct q_fee_bills_row *bills;
	size_t n_away, n_bills;
	civil since = civil_add_months(month_on, -(int)most);
	TRY(q_fee_away(c, &(struct q_fee_away_in){.cluster_id = cluster_id, .from_on = since, .to_on = month_on}, &away, &n_away));
	TRY(q_fee_bills(c, &(struct q_fee_bills_in){.cluster_id = cluster_id, .org_id = c->actor.org_id, .from_on = since, .to_on = month_on}, &bills, &n_bills));
	for (*out = 0; *out < most; ++*out) {
		civil first = civil_add_months(month_on, -(int)*out - 1), last = civil_add_months(first, 1) - 1;
		bool supported = false, billed = false, gone = false;
		for (size_t i = 0; i < n; i++)
			supported = supported || (r[i].from_on <= last && last_day(&r[i]) >= first);
		for (size_t i = 0; i < n_away; i++)
			gone = gone || (away[i].admitted_on <= first && (away[i].discharged_on == CIVIL_NONE || away[i].discharged_on > last));
		for (size_t i = 0; i < n_bills; i++)
			billed = billed || bills[i].month_on == first;
		if (billed || (supported && !gone))
			return OK;
	}
	return OK;
}

/* Levels of the certification that holds on the plan's first day and of the one before it; since: that certification's first day. */
static err levels_of(struct ctx *c, int64_t cluster_id, civil on, struct law_first_in *in, civil *since)
{
	struct q_fee_levels_row *v;
	size_t n;
	in->level = in->level_before = "";
	*since = CIVIL_NONE;
	TRY(q_fee_levels(c, &(struct q_fee_levels_in){.cluster_id = cluster_id, .on_day = on}, &v, &n));
	if (n == 0 || (v[n - 1].to_on != CIVIL_NONE && v[n - 1].to_on < on))
		return OK;
	in->level = v[n - 1].level;
	*since = v[n - 1].from_on;
	if (n > 1)
		in->level_before = v[n - 2].level;
	return OK;
}

/* r[0..n): plans of one person and kind by first day, r[at] begins in the month. */
static err first_of(struct ctx *c, const struct q_fee_plans_row *r, size_t at, civil month_on, struct law_addition *out)
{
	struct law_first_in in = {.prevention = !str_eq(r[at].kind, "home"), .on = r[at].from_on, .before = at > 0, .first_of_level = true, .level = "", .level_before = ""};
	int64_t gap;
	civil since;
	TRY(law_number(c->house->law, "add_first_gap", in.on, &gap));
	if (at > 0)
		TRY(blank_months(c, r, at, r[at].cluster_id, month_on, gap, &in.blank_months));
	TRY(levels_of(c, r[at].cluster_id, in.on, &in, &since));
	for (size_t i = 0; i < at; i++)
		if (since == CIVIL_NONE || (r[i].from_on >= since && !str_eq(r[i].change_kind, "minor")))
			in.first_of_level = false;
	return law_addition_first(c->house->law, c->arena, &in, out);
}

/* Once a month and person: the first plan of the month that holds. */
static err firsts(struct ctx *c, struct listing *l)
{
	struct q_fee_plans_row *r;
	struct duty_month m = {0};
	bool read = false;
	size_t n;
	TRY(q_fee_plans(c, &(struct q_fee_plans_in){.org_id = c->actor.org_id, .from_on = l->from, .to_on = l->to}, &r, &n));
	for (size_t i = 0, k; i < n; i = k) {
		bool held = false;
		for (k = i; k < n && r[k].cluster_id == r[i].cluster_id && str_eq(r[k].kind, r[i].kind); k++) {
			struct law_addition a;
			if (held || r[k].from_on < l->from || str_eq(r[k].change_kind, "minor"))
				continue;
			err e = first_of(c, r + i, k - i, l->from, &a);
			if (e == ERR_NOTFOUND || (e == OK && !*a.code))
				continue; /* no rule of that time; or a plan like others, which lacks nothing */
			TRY(e);
			if (!read)
				TRY(duty_month_read(c, l->from, false, &m));
			held = read = true;
			struct addition_row *x = more(c, l, r[k].person_id, r[k].person_pid, r[k].name, r[k].kana);
			x->table = "care_case";
			x->pid = r[k].case_pid;
			x->but = reduced(&m, r[k].case_pid) ? "この月は運営基準減算にあたるので、算定できません" : "退院・退所加算と合わせては算定できません";
			x->a = a;
			TRY(keep(c, l, x, "初回加算", r[k].from_on, OK));
		}
	}
	return OK;
}

static err commissions(struct ctx *c, struct listing *l)
{
	struct q_add_commissions_row *r;
	size_t n;
	TRY(q_add_commissions(c, &(struct q_add_commissions_in){.org_id = c->actor.org_id, .from_on = l->from, .to_on = l->to}, &r, &n));
	for (size_t i = 0; i < n; i++) {
		struct addition_row *x = more(c, l, r[i].person_id, r[i].person_pid, r[i].name, r[i].kana);
		x->table = "commission";
		x->pid = r[i].pid;
		x->but = "1人につき1回です";
		TRY(keep(c, l, x, "委託連携加算", r[i].on_day, law_addition_plain(c->house->law, "add_commission", r[i].on_day, "この月に委託が始まっています", &x->a)));
	}
	return OK;
}

/* Once a month; the first entry of the month counts. */
static err clinics(struct ctx *c, struct listing *l)
{
	struct q_add_clinics_row *r;
	size_t n;
	TRY(q_add_clinics(c, &(struct q_add_clinics_in){.org_id = c->actor.org_id, .from_on = l->from, .to_on = l->to}, &r, &n));
	for (size_t i = 0; i < n; i++) {
		if (i && r[i].person_id == r[i - 1].person_id)
			continue;
		struct addition_row *x = more(c, l, r[i].person_id, r[i].person_pid, r[i].name, r[i].kana);
		x->table = "care_log";
		x->pid = r[i].pid;
		x->but = "同席への本人の同意と、計画などへの記録は、記録では判定していません";
		TRY(keep(c, l, x, "通院時情報連携加算", r[i].at_on, law_addition_plain(c->house->law, "add_clinic", r[i].at_on, "この月に、受診に同席して情報をやりとりした記録があります", &x->a)));
	}
	return OK;
}

static err deaths(struct ctx *c, struct listing *l)
{
	struct q_add_deaths_row *r;
	int64_t window;
	size_t n;
	err known = law_number(c->house->law, "add_terminal_days", l->from, &window);
	if (known == ERR_NOTFOUND)
		return OK; /* no such addition in that month */
	TRY(known);
	TRY(q_add_deaths(c, &(struct q_add_deaths_in){.org_id = c->actor.org_id, .from_on = l->from, .to_on = l->to, .since_on = l->from - (civil)window}, &r, &n));
	for (size_t i = 0; i < n;) {
		civil *visits = ARENA_ARRAY(c->arena, n - i + 1, civil);
		size_t k = i, n_visits = 0;
		for (; k < n && str_eq(r[k].case_pid, r[i].case_pid); k++)
			if (r[k].visit_on != CIVIL_NONE)
				visits[n_visits++] = r[k].visit_on;
		struct addition_row *x = more(c, l, r[i].person_id, r[i].person_pid, r[i].name, r[i].kana);
		x->table = "care_case";
		x->pid = r[i].case_pid;
		x->but = "医師の診断、24時間の連絡体制、同意、主治医と事業者への情報の提供は、記録では判定していません";
		TRY(keep(c, l, x, "ターミナルケアマネジメント加算", r[i].death_on, law_addition_terminal(c->house->law, c->arena, r[i].death_on, visits, n_visits, &x->a)));
		i = k;
	}
	return OK;
}

static int by_use(const void *x, const void *y)
{
	const struct addition_row *a = x, *b = y;
	if (!*a->a.code != !*b->a.code)
		return *a->a.code ? -1 : 1;
	int label = strcmp(a->label, b->label);
	return label ? label : strcmp(a->kana, b->kana);
}

err additions_of_month(struct ctx *c, civil month_on, struct addition_row **v, size_t *n)
{
	struct ymd d = civil_ymd(month_on);
	struct listing l = {.from = civil_from(d.y, d.m, 1), .to = civil_eom(d.y, d.m)};
	TRY(stays(c, &l));
	TRY(firsts(c, &l));
	TRY(commissions(c, &l));
	TRY(clinics(c, &l));
	TRY(deaths(c, &l));
	if (l.n)
		qsort(l.v, l.n, sizeof l.v[0], by_use);
	*v = l.v;
	*n = l.n;
	return OK;
}
