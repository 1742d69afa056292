#include "care/duty_waiver.h"

#include "care/duty_month.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/mandate.h"
#include "care/retire.h"
#include "jp/era.h"
#include "law/codes.h"
#include "law/duty_span.h"
#include "register/evidence.h"
#include "register/gen.h"
#include "register/person.h"
#include "register/timeline.h"
#include "sql/q_house_record.h"
#include "store/tx.h"

enum { GROUND_MAX = 2000 };

const char *duty_waiver_path(struct arena *a, const char *person_pid, const char *org_pid, const char *rule, const char *kind, const char *case_pid)
{
	bool of_person = !str_blank(str_or(person_pid, ""));
	return arena_fmt(a, "/%s/%s/waivers/new?rule=%s%s%s%s%s", of_person ? "persons" : "orgs", of_person ? person_pid : org_pid, rule,
	                 str_blank(str_or(kind, "")) ? "" : "&kind=", str_or(kind, ""), str_blank(str_or(case_pid, "")) ? "" : "&case=", str_or(case_pid, ""));
}

/* ---- what the law accepts -------------------------------------------------------------------------------------------- */

void duty_waiver_kinds(struct ctx *c, const char *rule, struct duty_waiver_kind **v, size_t *n)
{
	const struct duty_rule *r = duty_rule_find(c->house->law, rule, c->today);
	const char *const *kinds = NULL;
	*n = 0;
	if (r)
		kinds = duty_span_kinds(c->arena, r, n);
	*v = ARENA_ARRAY(c->arena, *n + 1, struct duty_waiver_kind);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct duty_waiver_kind){kinds[i], law_code_label(c->house->law, "exc_kind", kinds[i])};
}

static bool of_office_rule(const char *subject) { return str_eq(subject, "office") || str_eq(subject, "insurer"); }

void duty_waiver_rules(struct ctx *c, bool of_office, struct duty_waiver_rule **v, size_t *n)
{
	size_t all = duty_rule_count(c->house->law);
	*v = ARENA_ARRAY(c->arena, all + 1, struct duty_waiver_rule);
	*n = 0;
	for (size_t i = 0; i < all; i++) {
		const struct duty_rule *r = duty_rule_at(c->house->law, i);
		const struct duty_rule_view *w = duty_rule_view(r);
		if (str_blank(str_or(w->exceptions, "")) || of_office_rule(w->subject) != of_office || duty_rule_find(c->house->law, w->id, c->today) != r)
			continue;
		(*v)[(*n)++] = (struct duty_waiver_rule){w->id, w->title};
	}
}

int duty_waiver_months(struct ctx *c, const char *rule)
{
	const struct duty_rule *r = duty_rule_find(c->house->law, rule, c->today);
	return r ? duty_span_months(c->house->law, r, c->today) : 0;
}

/* ---- read ------------------------------------------------------------------------------------------------------------- */

void duty_waiver_init(struct ctx *c, struct t_duty_waiver *row)
{
	row_init(&T_duty_waiver, row);
	row->org_id = c->actor.org_id;
	row->staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	row->from_on = row->to_on = CIVIL_NONE;
	row->written_on = c->today;
}

static err gate(struct ctx *c, const struct t_duty_waiver *r, enum action a)
{
	if (r->person_id == INT_NULL)
		return policy_check_own(c, r->org_id, CLASS_MEETING, a);
	TRY(policy_check_record(c, r->person_id, (int)r->record_class, a));
	return a == ACTION_WRITE ? mandate_record(c, r->person_id, r->case_id, MANDATE_LOG) : OK;
}

static const char *title_of(struct ctx *c, const char *rule)
{
	const struct duty_rule *r = duty_rule_find(c->house->law, rule, c->today);
	return r ? duty_rule_view(r)->title : rule;
}

static err view_of(struct ctx *c, struct duty_waiver_view *v)
{
	struct q_duty_waiver_names_row n;
	TRY(q_duty_waiver_names(c, &(struct q_duty_waiver_names_in){.id = v->row.id}, &n));
	v->person_pid = str_or(n.person_pid, "");
	v->person_name = str_or(n.person_name, "");
	v->org_pid = n.org_pid;
	v->org_name = n.org_name;
	v->case_pid = str_or(n.case_pid, "");
	v->staff_name = str_or(n.staff_name, "");
	v->updated_by = str_or(n.updated_by, "");
	v->rule_title = title_of(c, v->row.rule);
	v->kind_ja = law_code_label(c->house->law, "exc_kind", v->row.kind);
	v->may_write = gate(c, &v->row, ACTION_WRITE) == OK;
	return OK;
}

err duty_waiver_get(struct ctx *c, const char *pid, struct duty_waiver_view *out)
{
	*out = (struct duty_waiver_view){0};
	TRY(row_find(c, &T_duty_waiver, pid, &out->row));
	TRY(gate(c, &out->row, ACTION_SEE));
	return out->row.retired_ms == INT_NULL ? view_of(c, out) : ERR_NOTFOUND;
}

static err load(struct ctx *c, int64_t id, struct duty_waiver_view *v)
{
	TRY(row_load(c, &T_duty_waiver, id, &v->row));
	return view_of(c, v);
}

err duty_waiver_list(struct ctx *c, const char *person_pid, struct duty_waiver_view **v, size_t *n)
{
	if (str_blank(person_pid)) {
		struct q_duty_waiver_of_org_row *r;
		TRY(policy_check_own(c, c->actor.org_id, CLASS_MEETING, ACTION_SEE));
		TRY(q_duty_waiver_of_org(c, &(struct q_duty_waiver_of_org_in){.org_id = c->actor.org_id}, &r, n));
		*v = ARENA_ARRAY(c->arena, *n + 1, struct duty_waiver_view);
		for (size_t i = 0; i < *n; i++)
			TRY(load(c, r[i].id, &(*v)[i]));
		return OK;
	}
	struct q_duty_waiver_of_person_row *r;
	int64_t person;
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_SEE));
	TRY(q_duty_waiver_of_person(c, &(struct q_duty_waiver_of_person_in){.person_id = person}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct duty_waiver_view);
	for (size_t i = 0; i < *n; i++)
		TRY(load(c, r[i].id, &(*v)[i]));
	return OK;
}

/* ---- checks ------------------------------------------------------------------------------------------------------------ */

static void check_kind(struct ctx *c, const struct t_duty_waiver *r)
{
	struct duty_waiver_kind *k;
	size_t n;
	bool accepted = false;
	const struct duty_rule *rule = str_blank(r->rule) ? NULL : duty_rule_find(c->house->law, r->rule, c->today);
	if (str_blank(r->rule))
		(void)fault_add(c, "rule", ERR_REQUIRED, "「守れなかった決まり」を選んでください。");
	else if (!rule || of_office_rule(duty_rule_view(rule)->subject) != (r->person_id == INT_NULL))
		(void)fault_add(c, "rule", ERR_NOT_CHOICE, "「守れなかった決まり」は、一覧から選んでください。");
	if (!rule)
		return;
	duty_waiver_kinds(c, r->rule, &k, &n);
	for (size_t i = 0; i < n; i++)
		accepted = accepted || str_eq(k[i].kind, r->kind);
	if (str_blank(r->kind))
		(void)fault_add(c, "kind", ERR_REQUIRED, "「理由の区分」を選んでください。");
	else if (!accepted)
		(void)fault_add(c, "kind", ERR_NOT_CHOICE, "その「理由の区分」は、この決まりの例外になりません。一覧から選び直してください。");
}

/* A 経過措置 ends with the law, whatever is written. True: the days are faulty. */
static bool check_law(struct ctx *c, const struct t_duty_waiver *r)
{
	civil first, last;
	if (str_blank(r->kind) || !duty_exception_days(c->house->law, r->kind, &first, &last))
		return false;
	const char *label = law_code_label(c->house->law, "exc_kind", r->kind);
	size_t before = c->n_faults;
	if (r->from_on < first)
		(void)fault_add(c, "from_on", ERR_RANGE, "「%s」が使えるのは%sからです。「いつから」を直してください。", label, era_text(c->arena, first));
	else if (r->from_on > last)
		(void)fault_add(c, "from_on", ERR_RANGE, "「%s」が使えるのは%sまでです。その後の日には、ほかの理由を選んでください。", label, era_text(c->arena, last));
	else if (r->to_on > last)
		(void)fault_add(c, "to_on", ERR_RANGE, "「%s」が使えるのは%sまでです。「いつまで」をその日までにしてください。", label, era_text(c->arena, last));
	return c->n_faults > before;
}

/* One period of the rule from its first day on, and from today on (a hindrance that goes on is written again then). */
static void check_days(struct ctx *c, const struct t_duty_waiver *r)
{
	int months = str_blank(r->rule) ? 0 : duty_waiver_months(c, r->rule);
	if (r->from_on == CIVIL_NONE)
		(void)fault_add(c, "from_on", ERR_REQUIRED, "「いつから」を入力してください。");
	if (r->to_on == CIVIL_NONE)
		(void)fault_add(c, "to_on", ERR_REQUIRED, "「いつまで」を入力してください。続いている間は、今の期間の終わりの日を入れます。");
	if (r->from_on == CIVIL_NONE || r->to_on == CIVIL_NONE)
		return;
	if (r->to_on < r->from_on) {
		(void)fault_add(c, "to_on", ERR_PERIOD_ORDER, "「いつまで」が「いつから」より前になっています。日付を直してください。");
		return;
	}
	if (check_law(c, r) || !months)
		return;
	civil last = civil_add_months(r->from_on, months) - 1, latest = civil_add_months(c->today, months);
	if (r->to_on > last)
		(void)fault_add(c, "to_on", ERR_INPUT, "この決まりの例外は%dか月までです。「いつまで」を%sまでにしてください。その後も続くときは、もう一度書きます。", months,
		                era_text(c->arena, last));
	else if (r->to_on > latest)
		(void)fault_add(c, "to_on", ERR_INPUT, "「いつまで」が先すぎます。%sまでの日付にしてください。", era_text(c->arena, latest));
}

static err check(struct ctx *c, const struct t_duty_waiver *r)
{
	size_t before = c->n_faults;
	check_kind(c, r);
	check_days(c, r);
	if (str_blank(r->ground))
		(void)fault_add(c, "ground", ERR_REQUIRED, "理由を書いてください。");
	else
		gen_check_text(c, "ground", "理由", r->ground, false, GROUND_MAX);
	return c->n_faults == before ? OK : ERR_INPUT;
}

/* ---- what follows -------------------------------------------------------------------------------------------------------- */

err duty_waiver_evidence(struct ctx *c, int64_t row_id)
{
	struct t_duty_waiver r;
	TRY(row_load(c, &T_duty_waiver, row_id, &r));
	const struct evidence_field f[] = {
		{.name = "kind", .type = 't', .text = r.kind},
		{.name = "from_on", .type = 'd', .day = r.from_on},
		{.name = "to_on", .type = 'd', .day = r.to_on},
		{.name = "ground", .type = 't', .text = r.ground},
		{.name = "written_on", .type = 'd', .day = r.written_on},
		{.name = "written_by", .type = 'n', .number = r.staff_id},
	};
	const struct evidence_new v = {.code = "REC-EXC", .person_id = r.person_id == INT_NULL ? 0 : r.person_id, .org_id = r.org_id,
		.record_class = (int)r.record_class, .on_day = r.from_on, .body = evidence_body(c, f, sizeof f / sizeof f[0])};
	return evidence_set(c, "duty_waiver", r.id, &v, 1, r.retired_ms == INT_NULL);
}

static err follow(struct ctx *c, const struct t_duty_waiver *r)
{
	TRY(duty_waiver_evidence(c, r->id));
	if (r->person_id == INT_NULL)
		return OK;
	return timeline_add(c, &(struct timeline_new){.person_id = r->person_id, .at_on = r->from_on, .kind = "progress", .record_class = (int)r->record_class,
		.org_id = r->org_id, .title = arena_fmt(c->arena, "例外の記録: %s", law_code_label(c->house->law, "exc_kind", r->kind)),
		.summary = title_of(c, r->rule), .table_name = "duty_waiver", .row_id = r->id, .row_pid = r->pid});
}

/* ---- save ---------------------------------------------------------------------------------------------------------------- */

struct saving {
	const char *person_pid, *case_pid;
	struct t_duty_waiver *row;
	struct row_conflict **conflict;
};

static err subject_of(struct ctx *c, const struct saving *s)
{
	struct t_duty_waiver *r = s->row;
	r->org_id = c->actor.org_id;
	if (str_blank(s->person_pid)) {
		r->person_id = r->case_id = INT_NULL;
		r->record_class = CLASS_MEETING;
		return OK;
	}
	TRY(person_id(c, s->person_pid, &r->person_id));
	TRY(policy_check(c, r->person_id, CLASS_CARE, ACTION_WRITE));
	r->record_class = CLASS_CARE;
	r->case_id = INT_NULL;
	if (str_blank(s->case_pid))
		return OK;
	struct t_care_case k;
	struct t_person a, b;
	TRY(row_find(c, &T_care_case, s->case_pid, &k));
	TRY(row_load(c, &T_person, r->person_id, &a));
	TRY(row_load(c, &T_person, k.person_id, &b));
	if (a.cluster_id != b.cluster_id || k.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	r->person_id = k.person_id;
	r->case_id = k.id;
	return OK;
}

/* A closed month is not excused afterwards, nor is what it was closed with taken away. */
static err month_guard(struct ctx *c, const struct t_duty_waiver *r, const char *field)
{
	return r->person_id == INT_NULL ? OK : duty_month_guard_rule(c, r->org_id, r->from_on, r->to_on, r->rule, field, "例外の記録");
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_duty_waiver *r = s->row, stored;
	if (r->id) {
		TRY(row_load(c, &T_duty_waiver, r->id, &stored));
		TRY(gate(c, &stored, ACTION_WRITE));
		TRY(month_guard(c, &stored, "from_on"));
	} else {
		TRY(subject_of(c, s));
		TRY(gate(c, r, ACTION_WRITE));
	}
	TRY(check(c, r));
	TRY(month_guard(c, r, "from_on"));
	if (r->id)
		TRY(row_save(c, &T_duty_waiver, r, s->conflict));
	else
		TRY(row_insert(c, &T_duty_waiver, r));
	return follow(c, r);
}

err duty_waiver_save(struct ctx *c, const char *person_pid, const char *case_pid, struct t_duty_waiver *row, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	struct saving s = {person_pid, str_or(case_pid, ""), row, conflict ? conflict : &none};
	return tx_run(c, save_tx, &s);
}

/* ---- bin ----------------------------------------------------------------------------------------------------------------- */

static const char *bin_title(struct ctx *c, const void *row)
{
	return arena_fmt(c->arena, "例外の記録: %s", law_code_label(c->house->law, "exc_kind", ((const struct t_duty_waiver *)row)->kind));
}

static err bin_gate(struct ctx *c, const void *row) { return gate(c, row, ACTION_WRITE); }

err duty_waiver_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	struct t_duty_waiver r;
	TRY(row_find(c, &T_duty_waiver, pid, &r));
	TRY(gate(c, &r, ACTION_SEE));
	TRY(month_guard(c, &r, "reason"));
	return retire_record(c, &(struct retire_kind){&T_duty_waiver, (int)r.record_class, bin_title, bin_gate, NULL}, pid, reason, bin_pid);
}
