#include "care/duty_known.h"

#include "base/str.h"
#include "care/children.h"
#include "sql/q_duty_known.h"
#include "sql/tables.h"
#include "store/revision.h"

static int64_t or_null(int64_t id) { return id ? id : INT_NULL; }

err duty_known_cases(struct ctx *c, const struct duty_query *q, int64_t after, int64_t limit, struct q_duty_cases_row **v, size_t *n)
{
	struct q_known_cases_row *r;
	TRY(q_known_cases(c, &(struct q_known_cases_in){.after = after, .known_ms = q->known_ms, .org_id = or_null(q->org_id), .person_id = or_null(q->person_id),
		.case_id = or_null(q->case_id), .staff_id = or_null(q->staff_id), .limit = limit}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct q_duty_cases_row);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct q_duty_cases_row){.id = r[i].id, .pid = r[i].pid, .person_id = r[i].person_id, .cluster_id = r[i].cluster_id, .person_pid = r[i].person_pid,
			.name = r[i].name, .kana = r[i].kana, .birth_on = r[i].birth_on, .org_id = r[i].org_id, .org_pid = r[i].org_pid, .org_name = r[i].org_name,
			.org_kind = r[i].org_kind, .insurer_org_id = r[i].insurer_org_id, .staff_id = r[i].staff_id, .staff_pid = r[i].staff_pid, .staff_name = r[i].staff_name,
			.kind = r[i].kind, .contract_on = r[i].contract_on, .start_on = r[i].start_on, .end_on = r[i].end_on, .is_first = r[i].is_first,
			.meeting = r[i].meeting, .medical = r[i].medical, .benefit = r[i].benefit};
	return OK;
}

err duty_known_plans(struct ctx *c, const struct duty_query *q, int64_t lo, int64_t hi, struct q_duty_plans_row **v, size_t *n)
{
	struct q_known_plans_row *r;
	TRY(q_known_plans(c, &(struct q_known_plans_in){.lo = lo, .hi = hi, .known_ms = q->known_ms, .org_id = or_null(q->org_id)}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct q_duty_plans_row);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct q_duty_plans_row){.id = r[i].id, .pid = r[i].pid, .case_id = r[i].case_id, .status = r[i].status, .create_on = r[i].create_on,
			.consented_on = r[i].consented_on, .from_on = r[i].from_on, .to_on = r[i].to_on, .ended_on = r[i].ended_on, .change_kind = r[i].change_kind,
			.change_minor_code = r[i].change_minor_code, .change_judged_by = r[i].change_judged_by, .change_reason = r[i].change_reason,
			.is_provisional = r[i].is_provisional, .level = r[i].level, .expected_level = r[i].expected_level, .wish_family = r[i].wish_family, .licensed = r[i].licensed};
	return OK;
}

err duty_known_certs(struct ctx *c, const struct duty_query *q, int64_t lo, int64_t hi, struct q_duty_certs_row **v, size_t *n)
{
	struct q_known_certs_row *r;
	TRY(q_known_certs(c, &(struct q_known_certs_in){.lo = lo, .hi = hi, .known_ms = q->known_ms, .org_id = or_null(q->org_id)}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct q_duty_certs_row);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct q_duty_certs_row){.case_id = r[i].case_id, .id = r[i].id, .pid = r[i].pid, .status = r[i].status, .apply_kind = r[i].apply_kind,
			.level = r[i].level, .applied_on = r[i].applied_on, .decided_on = r[i].decided_on, .from_on = r[i].from_on, .to_on = r[i].to_on,
			.disease_code = r[i].disease_code};
	return OK;
}

/* Did the row stand then, and what did it say? */
static err stood(struct ctx *c, const struct table_desc *t, int64_t id, int64_t known_ms, void *row, bool *was)
{
	err e = row_at(c, t, id, known_ms, row);
	*was = e == OK && *(const int64_t *)row_column(t, row, "retired_ms") == INT_NULL;
	return e == ERR_NOTFOUND ? OK : e;
}

err duty_known_services(struct ctx *c, const struct duty_query *q, int64_t lo, int64_t hi, struct q_duty_services_row **v, size_t *n)
{
	struct q_known_services_row *r;
	size_t n_rows;
	*n = 0;
	TRY(q_known_services(c, &(struct q_known_services_in){.lo = lo, .hi = hi, .known_ms = q->known_ms, .org_id = or_null(q->org_id)}, &r, &n_rows));
	*v = ARENA_ARRAY(c->arena, n_rows + 1, struct q_duty_services_row);
	for (size_t i = 0; i < n_rows; i++) {
		struct t_plan_service s;
		bool was;
		TRY(stood(c, &T_plan_service, r[i].id, q->known_ms, &s, &was));
		if (was)
			(*v)[(*n)++] = (struct q_duty_services_row){.case_id = r[i].case_id, .plan_id = r[i].plan_id, .pid = r[i].pid, .actor = s.actor, .type_code = s.type_code,
				.times_week = s.times_week, .times_month = s.times_month, .life_support = s.life_support, .reason = s.reason, .from_on = s.from_on, .to_on = s.to_on};
	}
	return OK;
}

err duty_known_targets(struct ctx *c, const struct duty_query *q, int64_t lo, int64_t hi, struct q_duty_targets_row **v, size_t *n)
{
	struct q_known_targets_row *r;
	size_t n_rows;
	*n = 0;
	TRY(q_known_targets(c, &(struct q_known_targets_in){.lo = lo, .hi = hi, .known_ms = q->known_ms, .org_id = or_null(q->org_id)}, &r, &n_rows));
	*v = ARENA_ARRAY(c->arena, n_rows + 1, struct q_duty_targets_row);
	for (size_t i = 0; i < n_rows; i++) {
		struct q_duty_targets_row *to = &(*v)[*n];
		bool was;
		if (r[i].what == 1) {
			struct t_plan_delivery d;
			TRY(stood(c, &T_plan_delivery, r[i].id, q->known_ms, &d, &was));
			if (!was || (!str_eq(d.kind, "self") && !str_eq(d.kind, "office")))
				continue;
			*to = (struct q_duty_targets_row){.what = 1, .case_id = r[i].case_id, .plan_id = r[i].plan_id, .kind = d.kind, .org_id = d.org_id, .name = d.name, .reason = ""};
		} else {
			struct t_provider_plan p;
			TRY(stood(c, &T_provider_plan, r[i].id, q->known_ms, &p, &was));
			if (!was)
				continue;
			*to = (struct q_duty_targets_row){.what = 2, .case_id = r[i].case_id, .plan_id = r[i].plan_id, .kind = "office", .org_id = p.org_id, .name = p.office,
				.reason = p.not_needed_reason};
		}
		++*n;
	}
	return OK;
}
