#include "care/caseload.h"

#include "base/house.h"
#include "base/str.h"
#include "care/case.h"
#include "care/office_terms.h"
#include "law/numbers.h"
#include "register/seen.h"
#include "register/staff.h"
#include "sql/q_care_case.h"

static const char *const LEVELS[CASELOAD_LEVELS] = {"target", "s1", "s2", "c1", "c2", "c3", "c4", "c5", "none", ""};
enum { NEAR = 5 };

const char *caseload_level(size_t i) { return i < CASELOAD_LEVELS ? LEVELS[i] : ""; }

const char *caseload_parts_ja(struct arena *a, int64_t parts, int64_t divisor)
{
	if (divisor <= 1 || parts % divisor == 0)
		return arena_fmt(a, "%lld", (long long)(divisor ? parts / divisor : parts));
	return arena_fmt(a, "%lldと%lld/%lld", (long long)(parts / divisor), (long long)(parts % divisor), (long long)divisor);
}

/* The filter as the statements take it. */
static err inputs(struct ctx *c, const struct caseload_filter *f, struct q_caseload_count_in *in)
{
	int64_t notice;
	struct ymd d = civil_ymd(c->today);
	*in = (struct q_caseload_count_in)Q_CASELOAD_COUNT_NONE;
	if (str_eq(f->staff, "me")) {
		in->staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : -1;
	} else if (!str_blank(f->staff)) {
		struct staff s;
		TRY(staff_get(c, f->staff, &s));
		in->staff_id = s.id;
	}
	if (!str_blank(f->kind))
		in->kind = f->kind;
	if (str_blank(f->only))
		return OK;
	if (str_eq(f->only, "noplan")) {
		in->noplan = true;
	} else if (str_eq(f->only, "ending")) {
		TRY(law_number(c->house->law, "plan_end_notice", c->today, &notice));
		in->ending_by = c->today + (civil)notice;
	} else if (str_eq(f->only, "monitoring")) {
		in->since = civil_from(d.y, d.m, 1);
	} else if (str_eq(f->only, "overdue")) {
		in->overdue = true;
	} else if (str_eq(f->only, "idle")) {
		in->idle = true;
	} else {
		return ERR_NOTFOUND;
	}
	return OK;
}

err caseload_count(struct ctx *c, const struct caseload_filter *f, int64_t *n)
{
	struct q_caseload_count_in in;
	struct q_caseload_count_row r;
	TRY(inputs(c, f, &in));
	TRY(q_caseload_count(c, &in, &r));
	*n = r.n;
	return OK;
}

err caseload_list(struct ctx *c, const struct caseload_filter *f, struct caseload_row **rows, size_t *n)
{
	struct q_caseload_count_in k;
	struct q_caseload_list_row *r;
	TRY(inputs(c, f, &k));
	struct q_caseload_list_in in = {.staff_id = k.staff_id, .kind = k.kind, .noplan = k.noplan, .ending_by = k.ending_by, .since = k.since,
		.overdue = k.overdue, .idle = k.idle, .offset = f->offset, .limit = f->limit ? f->limit : 50,
		.sort = f->sort == CASELOAD_BY_DUE ? Q_CASELOAD_LIST_SORT_DUE : f->sort == CASELOAD_BY_START ? Q_CASELOAD_LIST_SORT_START
		      : Q_CASELOAD_LIST_SORT_KANA};
	TRY(q_caseload_list(c, &in, &r, n));
	struct seen_person *seen = NULL;
	size_t n_seen = 0;
	if (*n)
		TRY(seen_people(c, &(struct seen_filter){.staff_id = k.staff_id}, &seen, &n_seen));
	*rows = ARENA_ARRAY(c->arena, *n + 1, struct caseload_row);
	for (size_t i = 0; i < *n; i++) {
		struct t_care_case t = {.start_on = r[i].start_on, .contract_on = r[i].contract_on, .expl_on = r[i].expl_on, .end_on = CIVIL_NONE, .status = r[i].status};
		(*rows)[i] = (struct caseload_row){.cluster_id = r[i].cluster_id, .n_new = seen_of(seen, n_seen, r[i].cluster_id), .pid = r[i].pid, .person_pid = r[i].person_pid, .name = r[i].name, .kana = r[i].kana, .kind = r[i].kind,
			.status = case_state(&t, c->today), .staff_name = str_or(r[i].staff_name, ""), .plan_pid = str_or(r[i].plan_pid, ""),
			.plan_status = str_or(r[i].plan_status, ""), .level = str_or(r[i].level, ""), .person_id = r[i].person_id, .start_on = r[i].start_on,
			.plan_to_on = r[i].plan_to_on, .mon_on = r[i].mon_on, .next_due_on = r[i].next_due_on, .cert_to_on = r[i].cert_to_on};
	}
	return OK;
}

static size_t column_of(const char *level)
{
	for (size_t i = 0; i < CASELOAD_LEVELS; i++)
		if (str_eq(LEVELS[i], str_or(level, "")))
			return i;
	return CASELOAD_LEVELS - 1;
}

static void count_in(struct caseload_person *p, const struct q_caseload_on_row *r)
{
	*(str_eq(r->kind, "home") ? &p->home : str_eq(r->kind, "prevention") ? &p->prevention : &p->other) += r->n;
	p->by_level[column_of(r->level)] += r->n;
	if (r->managed && str_eq(r->kind, "home"))
		p->managed_home += r->n;
	else if (r->managed && str_eq(r->kind, "prevention"))
		p->managed_prevention += r->n;
}

static struct caseload_person *person_of(struct caseload_summary *s, int64_t staff_id, const char *pid, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].staff_id == staff_id)
			return &s->v[i];
	struct caseload_person *p = &s->v[s->n++];
	*p = (struct caseload_person){.staff_pid = str_or(pid, ""), .staff_name = str_or(name, ""), .staff_id = staff_id, .fte_100 = STAFF_FTE_ONE};
	return p;
}

/* 常勤換算 of each row, and of the office: its care managers; without a licence on record, whoever is in charge of a case. */
static err fte_of(struct ctx *c, civil on, struct caseload_summary *s)
{
	struct staff_fte *f;
	size_t n;
	int64_t licensed = 0, in_charge = 0;
	TRY(staff_fte_on(c, c->actor.org_id, on, &f, &n));
	for (size_t i = 0; i < n; i++)
		licensed += f[i].is_care_manager ? f[i].fte_100 : 0;
	for (size_t i = 0; i < s->n; i++) {
		for (size_t k = 0; k < n; k++)
			if (f[k].staff_id == s->v[i].staff_id)
				s->v[i].fte_100 = f[k].fte_100;
		in_charge += s->v[i].staff_id == INT_NULL ? 0 : s->v[i].fte_100;
	}
	s->fte_100 = licensed ? licensed : in_charge;
	return OK;
}

/* The borders by law/caseload_count; a time that its tables do not know leaves the plain count. */
static err judge(struct ctx *c, civil on, struct caseload_summary *s)
{
	err e = OK;
	s->divisor = 1;
	for (size_t i = 0; i < s->n; i++) {
		struct caseload_person *p = &s->v[i];
		struct law_caseload l;
		const struct law_caseload_in in = {.home = p->managed_home, .prevention = p->managed_prevention, .fte_100 = p->fte_100, .link = s->link};
		s->home += p->home;
		s->prevention += p->prevention + p->taken;
		s->managed_home += in.home;
		s->managed_prevention += in.prevention;
		p->parts = in.home + in.prevention;
		e = law_caseload(c->house->law, on, &in, &l);
		if (e == ERR_NOTFOUND)
			continue;
		TRY(e);
		s->divisor = l.divisor;
		s->step = l.step_1;
		p->parts = l.parts;
		p->at_step = l.over_1;
		p->near_step = !l.over_1 && (l.parts + NEAR * l.divisor) * 100 >= l.step_1 * l.divisor * p->fte_100;
	}
	if (s->fte_100 <= 0 || (s->home == 0 && s->prevention == 0))
		return OK;
	e = law_caseload(c->house->law, on, &(struct law_caseload_in){.home = s->managed_home, .prevention = s->managed_prevention, .fte_100 = s->fte_100, .link = s->link}, &s->office);
	return e == ERR_NOTFOUND ? OK : e;
}

err caseload_summary(struct ctx *c, civil on, struct caseload_summary *out)
{
	struct q_caseload_on_row *r;
	struct q_caseload_taken_row *t;
	size_t n, n_taken;
	*out = (struct caseload_summary){.step_source = ""};
	TRY(office_has_link(c, c->actor.org_id, on, &out->link));
	const struct law_number *step = law_number_find(c->house->law, out->link ? "cm_step_link_1" : "cm_step_1", on);
	if (step)
		out->step_source = step->source;
	struct ymd d = civil_ymd(on);
	civil first = civil_from(d.y, d.m, 1), last = civil_eom(d.y, d.m);
	TRY(q_caseload_on(c, &(struct q_caseload_on_in){.on_day = on, .first_on = first, .last_on = last}, &r, &n));
	TRY(q_caseload_taken(c, &(struct q_caseload_taken_in){.org_id = c->actor.org_id, .on_day = on, .first_on = first, .last_on = last}, &t, &n_taken));
	out->v = ARENA_ARRAY(c->arena, n + n_taken + 1, struct caseload_person);
	for (size_t i = 0; i < n; i++)
		count_in(person_of(out, r[i].staff_id, r[i].staff_pid, r[i].staff_name), &r[i]);
	for (size_t i = 0; i < n_taken; i++) {
		struct caseload_person *p = person_of(out, t[i].staff_id, t[i].staff_pid, t[i].staff_name);
		p->taken += t[i].n;
		p->managed_prevention += t[i].managed;
	}
	TRY(fte_of(c, on, out));
	return judge(c, on, out);
}
