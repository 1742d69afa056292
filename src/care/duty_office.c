/* Offices, centres and insurers as subjects of their own duties. */
#include "base/house.h"
#include "base/str.h"
#include "care/conc_report.h"
#include "care/duty_hc.h"
#include "care/duty_own.h"
#include "care/office_terms.h"
#include "law/caseload_count.h"
#include "register/evidence.h"
#include "sql/q_care_case.h"
#include "sql/q_duty.h"

err duty_run_settings(struct ctx *c, struct duty_run *r) { return insurer_settings_load(c, c->arena, r->q->known_ms, &r->settings); }

const char *duty_run_insurer(const struct duty_run *r, int64_t insurer_org_id) { return insurer_settings_name(&r->settings, insurer_org_id); }

const struct law_calendar *duty_run_calendar(const struct duty_run *r, int64_t insurer_org_id) { return insurer_settings_calendar(&r->settings, insurer_org_id); }

struct staffing {
	bool manager;
	struct duty_hc_posts hc;
	int64_t care_managers;
};

/* Who counts: 保健師 or 看護師, 社会福祉士, 主任介護支援専門員 (介護保険法施行規則140条の66); the manager is a full-time 主任介護支援専門員
 * (居宅基準3条). Rows stand by staff member, one for each licence. */
static err staffing_of(struct ctx *c, int64_t org_id, civil on, struct staffing *out)
{
	struct q_duty_org_posts_row *v;
	size_t n;
	int64_t counted = 0, hc_counted = 0;
	*out = (struct staffing){0};
	TRY(q_duty_org_posts(c, &(struct q_duty_org_posts_in){.org_id = org_id, .on_day = on}, &v, &n));
	for (size_t i = 0; i < n; i++) {
		const char *p = str_or(v[i].profession, "");
		bool chief = str_eq(p, "chief_cm");
		bool nurse = str_eq(p, "phn") || str_eq(p, "nurse"), social = str_eq(p, "social_worker");
		out->hc.nurse = out->hc.nurse || nurse;
		out->hc.social_worker = out->hc.social_worker || social;
		out->hc.chief = out->hc.chief || chief;
		if (nurse || social || chief) {
			out->hc.full_time = out->hc.full_time || v[i].is_full_time;
			out->hc.n += v[i].staff_id != hc_counted;
			hc_counted = v[i].staff_id;
		}
		out->manager = out->manager || (chief && v[i].is_full_time && str_eq(v[i].role, "head"));
		if ((chief || str_eq(p, "cm")) && v[i].staff_id != counted) {
			counted = v[i].staff_id;
			out->care_managers++;
		}
	}
	return OK;
}

/* The last half-year that had ended on the day. The filing day before it is moved: the rule moves it itself (param.conc_filing_shift). */
static err concentration(struct ctx *c, const struct duty_run *run, struct duty_values *v, const struct q_duty_orgs_row *o, civil on)
{
	struct conc_report r;
	struct law_half_year last = law_half_year_before(on);
	struct conc_terms terms;
	conc_terms_of(c, &run->settings, o->insurer_org_id, last.to, &terms);
	TRY(conc_report(c, o->id, o->valid_from, last.to, &terms, &r));
	duty_values_day(v, "conc_to", last.to);
	duty_values_day(v, "conc_file_by", last.file_by);
	duty_values_add(v, "conc_filed", r.judged && r.filed ? "true" : "false");
	return OK;
}

static err office_attrs(struct ctx *c, const struct duty_run *run, struct duty_values *v, const struct q_duty_orgs_row *o, civil on)
{
	struct q_duty_org_cases_row *k;
	struct q_caseload_taken_row *taken;
	struct staffing st;
	struct law_caseload load;
	size_t n;
	int64_t home = 0, prevention = 0;
	struct ymd d = civil_ymd(on);
	civil month = civil_from(d.y, d.m, 1);
	bool centre = str_eq(o->kind, "centre"), link;
	TRY(staffing_of(c, o->id, on, &st));
	TRY(q_duty_org_cases(c, &(struct q_duty_org_cases_in){.org_id = o->id, .on_day = on}, &k, &n));
	for (size_t i = 0; i < n; i++)
		*(str_eq(k[i].kind, "home") ? &home : &prevention) += str_eq(k[i].kind, "home") || str_eq(k[i].kind, "prevention") ? k[i].n : 0;
	duty_values_add(v, "office_kind", centre ? "hokatsu" : "kyotaku");
	duty_values_day(v, "opened_on", o->valid_from);
	duty_values_day(v, "month_on", month);
	duty_values_add(v, "manager_ok", st.manager ? "true" : "false");
	duty_values_add(v, "three_professions", st.hc.nurse && st.hc.social_worker && st.hc.chief ? "true" : "false");
	TRY(office_has_link(c, o->id, on, &link));
	duty_values_add(v, "link_used", link ? "yes" : "no");
	if (centre)
		return duty_hc_values(c, run, v, o->id, o->insurer_org_id, on, &st.hc);
	TRY(concentration(c, run, v, o, on));
	TRY(q_caseload_taken(c, &(struct q_caseload_taken_in){.org_id = o->id, .on_day = on, .first_on = on, .last_on = on}, &taken, &n));
	for (size_t i = 0; i < n; i++)
		prevention += taken[i].n;
	if (st.care_managers == 0)
		return OK;
	err e = law_caseload(c->house->law, month, &(struct law_caseload_in){.home = home, .prevention = prevention, .fte_100 = st.care_managers * 100, .link = link}, &load);
	if (e == ERR_NOTFOUND)
		return OK; /* the law of that month is in no table: nothing to compare with */
	TRY(e);
	duty_values_int(v, "caseload_parts", load.parts);
	duty_values_int(v, "cm_parts", load.divisor * st.care_managers);
	return OK;
}

/* Rows that no rule asks for, and unreadable ones, are left out (`duty rebuild --check` tells of those). */
static void add_fact(struct ctx *c, struct duty_run *r, struct duty_fact *facts, size_t *n, const struct evidence_row *e)
{
	const struct duty_table *t = c->house->law->duties;
	if (duty_code(t, e->code) >= 0 && duty_fact_read(t, r->scratch, e->code, e->on_day, e->recorded_ms, e->table_name, e->row_id, e->body, &facts[*n]))
		(*n)++;
}

static err one_org(struct ctx *c, struct duty_run *r, const struct q_duty_orgs_row *o)
{
	struct duty_values v = {.t = c->house->law->duties, .a = r->scratch};
	bool insurer = str_eq(o->kind, "insurer");
	int64_t insurer_id = insurer ? o->id : o->insurer_org_id;
	struct q_duty_org_facts_row *e;
	size_t n;
	struct duty_about about = {.kind = insurer ? DUTY_INSURER : DUTY_OFFICE, .id = o->id, .org_id = o->id, .insurer_org_id = insurer_id, .case_pid = "",
		.case_kind = "", .person_pid = "", .name = "", .kana = "", .staff_pid = "", .staff_name = "", .org_pid = o->pid, .org_name = o->name,
		.start_on = CIVIL_NONE, .end_on = CIVIL_NONE};
	struct duty_subject s = {.kind = about.kind, .id = o->id, .insurer = duty_run_insurer(r, insurer_id), .ended_on = CIVIL_NONE};
	if (insurer) {
		struct ymd d = civil_ymd(r->q->on);
		duty_values_day(&v, "opened_on", o->valid_from);
		duty_values_day(&v, "year_on", civil_from(d.m < 4 ? d.y - 1 : d.y, 4, 1));
	} else {
		TRY(office_attrs(c, r, &v, o, r->q->on));
	}
	duty_values_keep(&v, &s.attrs, &s.n_attrs);
	TRY(q_duty_org_facts(c, &(struct q_duty_org_facts_in){.org_id = o->id, .on_day = r->q->on}, &e, &n));
	struct q_duty_org_facts_past_row *past = NULL;
	size_t n_past = 0;
	if (r->q->known_ms)
		TRY(q_duty_org_facts_past(c, &(struct q_duty_org_facts_past_in){.org_id = o->id, .on_day = r->q->on, .known_ms = r->q->known_ms}, &past, &n_past));
	struct duty_fact *facts = ARENA_ARRAY(r->scratch, n + n_past + 1, struct duty_fact);
	for (size_t i = 0; i < n; i++)
		add_fact(c, r, facts, &s.n_facts, &(struct evidence_row){.code = e[i].code, .on_day = e[i].on_day, .recorded_ms = e[i].recorded_ms,
			.table_name = e[i].table_name, .row_id = e[i].row_id, .body = e[i].body});
	for (size_t i = 0; i < n_past; i++)
		add_fact(c, r, facts, &s.n_facts, &(struct evidence_row){.code = past[i].code, .on_day = past[i].on_day, .recorded_ms = past[i].recorded_ms,
			.table_name = past[i].table_name, .row_id = past[i].row_id, .body = past[i].body});
	s.facts = facts;
	return duty_run_judge(c, r, &about, &s);
}

err duty_run_orgs(struct ctx *c, struct duty_run *r)
{
	struct q_duty_orgs_row *v;
	size_t n;
	TRY(q_duty_orgs(c, &(struct q_duty_orgs_in){.org_id = r->q->org_id ? r->q->org_id : INT_NULL}, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (r->subjects & (unsigned)(str_eq(v[i].kind, "insurer") ? DUTY_OF_INSURER : DUTY_OF_OFFICE))
			TRY(one_org(c, r, &v[i]));
	return OK;
}
