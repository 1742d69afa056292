#include "care/commission.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/evaluate.h"
#include "care/evidence_writers.h"
#include "care/mandate.h"
#include "care/plan_flow.h"
#include "care/retire.h"
#include "law/codes.h"
#include "register/gen.h"
#include "register/grant.h"
#include "register/org.h"
#include "register/person.h"
#include "register/task.h"
#include "register/timeline.h"
#include "sql/q_commission.h"
#include "store/tx.h"

static const struct commission_move MOVES[] = {
	{"accept", "引き受ける", "requested", "accepted", COMMISSION_OFFICE, ""},
	{"refuse", "引き受けない", "requested", "refused", COMMISSION_OFFICE, "引き受けない理由"},
	{"withdraw", "依頼を取り下げる", "requested", "withdrawn", COMMISSION_CENTRE, "取り下げる理由"},
	{"submit", "原案を提出する", "accepted|returned|approved|eval_approved", "submitted", COMMISSION_OFFICE, ""},
	{"approve", "原案を確認した", "submitted", "approved", COMMISSION_CENTRE, "地域包括支援センターの意見"},
	{"return", "原案を差し戻す", "submitted", "returned", COMMISSION_CENTRE, "差し戻す理由"},
	{"eval_submit", "評価を提出する", "approved|eval_returned", "eval_submitted", COMMISSION_OFFICE, ""},
	{"eval_approve", "評価を確認した", "eval_submitted", "eval_approved", COMMISSION_CENTRE, ""},
	{"eval_return", "評価を差し戻す", "eval_submitted", "eval_returned", COMMISSION_CENTRE, "差し戻す理由"},
	{"end", "委託を終了する", "accepted|submitted|returned|approved|eval_submitted|eval_returned|eval_approved", "ended", COMMISSION_CENTRE, "終了の理由"},
};
enum { N_MOVES = sizeof MOVES / sizeof MOVES[0] };

static bool is_over(const char *status) { return str_eq(status, "refused") || str_eq(status, "withdrawn") || str_eq(status, "ended"); }

bool commission_kind(const char *k) { return str_eq(k, "prevention") || str_eq(k, "prev_a"); }

enum commission_side commission_turn(const char *status)
{
	if (is_over(status))
		return COMMISSION_NOBODY;
	return str_eq(status, "submitted") || str_eq(status, "eval_submitted") || str_eq(status, "eval_approved") ? COMMISSION_CENTRE
	                                                                                                             : COMMISSION_OFFICE;
}

void commission_init(struct ctx *c, struct t_commission *row)
{
	row_init(&T_commission, row);
	row->org_id = c->actor.org_id;
	row->scope = "plan|monitoring|evaluation";
	row->start_on = c->today;
	row->until_on = c->today + 364;
	row->status = "requested";
}

/* ---- read -------------------------------------------------------------------------------------------------- */

static enum commission_side side_of(const struct ctx *c, const struct t_commission *r)
{
	return r->org_id == c->actor.org_id ? COMMISSION_CENTRE : r->office_org_id == c->actor.org_id ? COMMISSION_OFFICE : COMMISSION_NOBODY;
}

/* A request that waits for its answer goes to the office with the name card; all else is of class care. */
static int class_of(const struct ctx *c, const struct t_commission *r)
{
	return side_of(c, r) == COMMISSION_OFFICE && str_eq(r->status, "requested") ? CLASS_NAMECARD : CLASS_CARE;
}

/* Whoever is neither of the two does not learn that there is one; the office only while its grant holds. */
static err open_row(struct ctx *c, const char *pid, struct t_commission *r)
{
	TRY(row_find(c, &T_commission, pid, r));
	TRY(policy_check_record(c, r->person_id, class_of(c, r), ACTION_SEE));
	return r->retired_ms == INT_NULL && side_of(c, r) != COMMISSION_NOBODY ? OK : ERR_NOTFOUND;
}

static err view_of(struct ctx *c, struct commission_view *v)
{
	struct q_commission_names_row n;
	TRY(q_commission_names(c, &(struct q_commission_names_in){.id = v->row.id}, &n));
	v->person_pid = n.person_pid;
	v->person_name = n.person_name;
	v->case_pid = n.case_pid;
	v->org_pid = n.org_pid;
	v->org_name = n.org_name;
	v->office_pid = n.office_pid;
	v->office_name = n.office_name;
	v->staff_name = str_or(n.staff_name, "");
	v->office_staff_name = str_or(n.office_staff_name, "");
	v->plan_pid = str_or(n.plan_pid, "");
	v->evaluation_pid = str_or(n.evaluation_pid, "");
	v->updated_by = str_or(n.updated_by, "");
	v->side = side_of(c, &v->row);
	v->turn = commission_turn(v->row.status);
	v->sees_care = policy_check(c, v->row.person_id, CLASS_CARE, ACTION_SEE) == OK;
	/* The answer of the office is its own to give, though it only sees the name card. */
	v->may_write = class_of(c, &v->row) == CLASS_NAMECARD || policy_check(c, v->row.person_id, CLASS_CARE, ACTION_WRITE) == OK;
	v->lapsed = !is_over(v->row.status) && v->row.until_on < c->today;
	return OK;
}

err commission_get(struct ctx *c, const char *pid, struct commission_view *out)
{
	TRY(open_row(c, pid, &out->row));
	return view_of(c, out);
}

err commission_events(struct ctx *c, const struct commission_view *m, struct commission_event **v, size_t *n)
{
	struct q_commission_events_row *r;
	struct t_commission again;
	TRY(open_row(c, m->row.pid, &again));
	TRY(q_commission_events(c, &(struct q_commission_events_in){.commission_id = again.id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct commission_event);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct commission_event){r[i].id, r[i].at_ms, r[i].event, r[i].body, r[i].org_name, str_or(r[i].staff_name, ""),
		                                    str_or(r[i].plan_pid, ""), str_or(r[i].evaluation_pid, "")};
	return OK;
}

err commission_list(struct ctx *c, const char *case_pid, bool open, int limit, int offset, struct commission_row **v, size_t *n,
                    int64_t *total)
{
	struct t_care_case k = {.id = INT_NULL};
	struct q_commission_list_row *r;
	struct q_commission_count_row count;
	if (!str_blank(case_pid)) {
		TRY(row_find(c, &T_care_case, case_pid, &k));
		TRY(policy_check_record(c, k.person_id, CLASS_CARE, ACTION_SEE));
	}
	TRY(q_commission_count(c, &(struct q_commission_count_in){.case_id = k.id, .open = open}, &count));
	TRY(q_commission_list(c, &(struct q_commission_list_in){.case_id = k.id, .open = open, .limit = limit ? limit : 50, .offset = offset}, &r, n));
	*total = count.n;
	*v = ARENA_ARRAY(c->arena, *n + 1, struct commission_row);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct commission_row){r[i].id, r[i].person_id, r[i].org_id, r[i].pid, r[i].person_name, r[i].org_name, r[i].office_name,
			r[i].status, r[i].status_on, r[i].until_on, is_over(r[i].status) ? 0 : c->today - r[i].status_on, commission_turn(r[i].status)};
	return OK;
}

static bool listed(struct ctx *c, const char *codes, const char *code)
{
	size_t n;
	char **v = str_split(c->arena, codes, '|', &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], code))
			return true;
	return false;
}

const struct commission_move **commission_steps(struct ctx *c, const struct commission_view *m, size_t *n)
{
	const struct commission_move **v = ARENA_ARRAY(c->arena, N_MOVES, const struct commission_move *);
	*n = 0;
	for (size_t i = 0; m->may_write && i < N_MOVES; i++)
		if (MOVES[i].side == m->side && listed(c, MOVES[i].from, m->row.status))
			v[(*n)++] = &MOVES[i];
	return v;
}

/* ---- what follows ------------------------------------------------------------------------------------------------ */

static const char *office_name(struct ctx *c, const struct t_commission *r)
{
	struct org o;
	return org_load(c, r->office_org_id, &o) == OK ? o.name : "";
}

static err follow_rights(struct ctx *c, const struct t_commission *r, bool alive)
{
	if (!alive || is_over(r->status))
		return grant_end(c, "commission", r->id, c->today, NULL);
	if (r->until_on < c->today)
		return OK; /* the grant has run out by itself */
	/* from the day of the request, whatever the step: a right that began anew with each step would hide since when the office could see */
	return grant_write(c, &(struct grant_new){.org_id = r->office_org_id, .person_id = r->person_id, .relation = RELATION_COMMISSION,
		.classes = str_eq(r->status, "requested") ? CLASS_NAMECARD : 0, .from_on = civil_of_instant(r->created_ms), .to_on = r->until_on,
		.via_table = "commission", .via_id = r->id});
}

static const char *ask(const char *status)
{
	static const struct gen_code asks[] = {{"requested", "委託を引き受けるか答える"}, {"accepted", "計画の原案を作って提出する"},
		{"submitted", "提出された原案を確かめる"}, {"returned", "差し戻された原案を直す"}, {"approved", "評価を提出する"},
		{"eval_submitted", "提出された評価を確かめる"}, {"eval_returned", "差し戻された評価を直す"}, {"eval_approved", "委託を続けるか終えるか決める"}};
	return GEN_LABEL(asks, status);
}

/* Until when the side whose turn it is should have moved; never after the commission itself. */
static civil due_of(const struct ctx *c, const struct t_commission *r)
{
	const char *s = r->status;
	if (str_eq(s, "approved") || str_eq(s, "eval_approved"))
		return r->until_on;
	const char *term = str_eq(s, "requested") ? "commission_answer" : commission_turn(s) == COMMISSION_CENTRE ? "commission_check" : "commission_write";
	civil due = c->today + plan_term_days(term, c->today);
	return due < r->until_on ? due : r->until_on;
}

static err follow_task(struct ctx *c, const struct t_commission *r)
{
	const char *status = r->status;
	bool centre = commission_turn(status) == COMMISSION_CENTRE;
	int64_t who = centre ? r->staff_id : r->office_staff_id;
	TRY(task_settle(c, "commission", r->id, "commission", "次の段階に進みました。"));
	if (is_over(status))
		return OK;
	return task_put(c, &(struct task_new){.kind = "commission", .person_id = r->person_id, .org_id = centre ? r->org_id : r->office_org_id,
		.record_class = str_eq(status, "requested") ? CLASS_NAMECARD : CLASS_CARE, .assignee_staff_id = who == INT_NULL ? 0 : who,
		.due_on = due_of(c, r), .title = arena_fmt(c->arena, "原案委託: %s", ask(status)),
		.reason = arena_fmt(c->arena, "いまの状態は「%s」です。", law_code_label(c->house->law, "commission_status", status)),
		.table_name = "commission", .row_id = r->id, .row_pid = r->pid}, NULL);
}

/* HOUSE-COMMISSION side=given and HOUSE-MINUTES kind=commission of the centre: the commission stands once it was taken (予防基準12条). */
err commission_evidence(struct ctx *c, int64_t row_id)
{
	struct t_commission r;
	struct evidence_new v[2];
	size_t n = 0;
	TRY(row_load(c, &T_commission, row_id, &r));
	bool stands = r.start_on != CIVIL_NONE && !str_eq(r.status, "requested") && !str_eq(r.status, "refused") && !str_eq(r.status, "withdrawn");
	if (stands) {
		const struct evidence_field f[] = {{.name = "side", .type = 't', .text = "given"}, {.name = "start_on", .type = 'd', .day = r.start_on},
			{.name = "load_checked_on", .type = 'd', .day = CIVIL_NONE}};
		v[n++] = (struct evidence_new){.code = "HOUSE-COMMISSION", .person_id = r.person_id, .org_id = r.org_id, .record_class = CLASS_CARE,
			.on_day = r.start_on, .body = evidence_body(c, f, 3)};
	}
	if (r.council_on != CIVIL_NONE) {
		const struct evidence_field f[] = {{.name = "held_on", .type = 'd', .day = r.council_on}, {.name = "kind", .type = 't', .text = "commission"}};
		v[n++] = (struct evidence_new){.code = "HOUSE-MINUTES", .person_id = r.person_id, .org_id = r.org_id, .record_class = CLASS_CARE,
			.on_day = r.council_on, .body = evidence_body(c, f, 2)};
	}
	return evidence_set(c, "commission", r.id, v, n, r.retired_ms == INT_NULL);
}

/* HOUSE-COMMISSION side=taken of the office, at its acceptance (居宅基準13条26号). */
err commission_event_evidence(struct ctx *c, int64_t row_id)
{
	struct t_commission_event e;
	struct t_commission r;
	TRY(row_load(c, &T_commission_event, row_id, &e));
	TRY(row_load(c, &T_commission, e.commission_id, &r));
	civil on = r.start_on != CIVIL_NONE ? r.start_on : civil_of_instant(e.at_ms);
	const struct evidence_field f[] = {{.name = "side", .type = 't', .text = "taken"}, {.name = "start_on", .type = 'd', .day = on},
		{.name = "load_checked_on", .type = 'd', .day = r.load_checked_on}};
	const struct evidence_new v = {.code = "HOUSE-COMMISSION", .person_id = r.person_id, .org_id = r.office_org_id, .record_class = CLASS_CARE,
		.on_day = on, .body = evidence_body(c, f, 3)};
	return evidence_set(c, "commission_event", e.id, &v, str_eq(e.event, "accept"), e.retired_ms == INT_NULL && r.retired_ms == INT_NULL);
}

/* The commission and its acceptance, after any change of either. */
static err follow_evidence(struct ctx *c, int64_t id)
{
	struct q_commission_accepts_row *e;
	size_t n;
	TRY(commission_evidence(c, id));
	TRY(q_commission_accepts(c, &(struct q_commission_accepts_in){.commission_id = id}, &e, &n));
	for (size_t i = 0; i < n; i++)
		TRY(commission_event_evidence(c, e[i].id));
	return OK;
}

static err follow(struct ctx *c, const struct t_commission *r, const char *event, const char *body)
{
	struct t_commission_event e;
	row_init(&T_commission_event, &e);
	e.person_id = r->person_id;
	e.commission_id = r->id;
	e.org_id = c->actor.org_id;
	e.staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	e.at_ms = c->now_ms;
	e.event = event;
	e.plan_id = str_eq(event, "submit") || str_eq(event, "approve") || str_eq(event, "return") ? r->plan_id : INT_NULL;
	e.evaluation_id = str_starts(event, "eval_") ? r->evaluation_id : INT_NULL;
	e.body = str_lf(c->arena, str_or(body, ""));
	TRY(row_insert(c, &T_commission_event, &e));
	TRY(follow_evidence(c, r->id));
	if (str_eq(event, "request") || str_eq(event, "accept") || is_over(r->status))
		TRY(follow_rights(c, r, true));
	TRY(timeline_add(c, &(struct timeline_new){.person_id = r->person_id, .at_ms = e.at_ms, .kind = "plan", .record_class = CLASS_CARE,
		.org_id = e.org_id, .title = arena_fmt(c->arena, "原案委託: %s", law_code_label(c->house->law, "commission_event", event)),
		.summary = office_name(c, r), .table_name = "commission_event", .row_id = e.id, .row_pid = r->pid}));
	return follow_task(c, r);
}

err commission_follow_case(struct ctx *c, int64_t case_id)
{
	struct q_commission_running_row *v;
	size_t n;
	TRY(q_commission_running(c, &(struct q_commission_running_in){.case_id = case_id}, &v, &n));
	for (size_t i = 0; i < n; i++) {
		struct t_commission r;
		TRY(row_load(c, &T_commission, v[i].id, &r));
		bool asked = str_eq(r.status, "requested");
		r.status = asked ? "withdrawn" : "ended";
		r.status_on = r.ended_on = c->today;
		TRY(row_save(c, &T_commission, &r, NULL));
		TRY(follow(c, &r, asked ? "withdraw" : "end", "ケースの終了"));
	}
	return OK;
}

err commission_follow_bin(struct ctx *c, int64_t row_id, bool alive)
{
	struct t_commission r;
	struct q_commission_events_row *e;
	size_t n;
	TRY(row_load(c, &T_commission, row_id, &r));
	TRY(q_commission_events(c, &(struct q_commission_events_in){.commission_id = row_id}, &e, &n));
	for (size_t i = 0; i < n; i++)
		TRY(timeline_hide(c, "commission_event", e[i].id, !alive));
	TRY(follow_evidence(c, row_id));
	return follow_rights(c, &r, alive);
}

/* ---- request and change ---------------------------------------------------------------------------------------------- */

struct saving {
	const char *person_pid, *case_pid, *office_pid;
	struct t_commission *row;
	struct row_conflict **conflict;
};

static void check(struct ctx *c, const struct t_commission *r)
{
	size_t n;
	char **v = str_split(c->arena, r->scope, '|', &n);
	if (str_blank(r->scope))
		(void)fault_add(c, "scope", ERR_REQUIRED, "「委託する業務」を選んでください。");
	for (size_t i = 0; i < n && !str_blank(r->scope); i++)
		if (!law_code_valid(c->house->law, "commission_scope", v[i], c->today))
			(void)fault_add(c, "scope", ERR_NOT_CHOICE, "「委託する業務」は、一覧から選んでください。");
	if (r->council_on == CIVIL_NONE)
		(void)fault_add(c, "council_on", ERR_REQUIRED,
		                "「運営協議会の議を経た日」を入力してください。委託には地域包括支援センター運営協議会の議が要ります（予防基準12条1号）。");
	else if (r->council_on > c->today)
		(void)fault_add(c, "council_on", ERR_DATE_FUTURE, "「運営協議会の議を経た日」に、これから先の日付は入力できません。");
	if (r->until_on == CIVIL_NONE)
		(void)fault_add(c, "until_on", ERR_REQUIRED, "「委託の終わりの日」を入力してください。");
	else if (r->until_on < c->today)
		(void)fault_add(c, "until_on", ERR_PERIOD_ORDER, "「委託の終わりの日」が今日より前です。日付を直してください。");
	if (r->start_on != CIVIL_NONE && r->until_on != CIVIL_NONE && r->start_on > r->until_on)
		(void)fault_add(c, "start_on", ERR_PERIOD_ORDER, "「委託の始まりの日」が終わりの日より後です。日付を直してください。");
	gen_check_text(c, "note", "「依頼の内容」", r->note, false, 4000);
	gen_check_text(c, "documents", "「渡す書類」", r->documents, false, 1000);
}

static err case_given(struct ctx *c, const char *pid, int64_t person, struct t_commission *r)
{
	struct t_care_case k;
	struct t_person a, b;
	struct q_commission_open_of_case_row open;
	if (str_blank(pid))
		return fault_add(c, "case", ERR_REQUIRED, "「委託するケース」を選んでください。");
	TRY(row_find(c, &T_care_case, pid, &k));
	TRY(row_load(c, &T_person, person, &a));
	TRY(row_load(c, &T_person, k.person_id, &b));
	if (k.retired_ms != INT_NULL || a.cluster_id != b.cluster_id || k.org_id != c->actor.org_id)
		return ERR_NOTFOUND;
	if (!commission_kind(k.kind) || (k.end_on != CIVIL_NONE && k.end_on <= c->today))
		return fault_add(c, "case", ERR_INPUT, "委託できるのは、動いている介護予防支援か介護予防ケアマネジメントAのケースです。");
	TRY(q_commission_open_of_case(c, &(struct q_commission_open_of_case_in){.case_id = k.id}, &open));
	if (open.n)
		return fault_add(c, "case", ERR_INPUT, "このケースはもう委託しています。その委託を終えてから依頼してください。");
	r->case_id = k.id;
	r->person_id = k.person_id;
	return OK;
}

static err office_given(struct ctx *c, const char *pid, struct t_commission *r)
{
	struct org o;
	if (str_blank(pid))
		return fault_add(c, "office", ERR_REQUIRED, "「委託する事業所」を選んでください。");
	err e = org_get(c, pid, &o);
	if (e == ERR_NOTFOUND || (e == OK && (!str_eq(o.kind, "home_cm") || o.id == c->actor.org_id)))
		return fault_add(c, "office", ERR_NOT_CHOICE, "「委託する事業所」には、居宅介護支援事業所を一覧から選んでください。");
	TRY(e);
	r->office_org_id = o.id;
	return OK;
}

static err request(struct ctx *c, const struct saving *s, int64_t person)
{
	struct t_commission *r = s->row;
	size_t before = c->n_faults;
	TRY(policy_check(c, person, CLASS_NAMECARD, ACTION_GIVE)); /* it opens the record to another organisation */
	err e = case_given(c, s->case_pid, person, r);
	if (e != OK && c->n_faults == before)
		return e;
	size_t now = c->n_faults;
	e = office_given(c, s->office_pid, r);
	if (e != OK && c->n_faults == now)
		return e;
	check(c, r);
	if (c->n_faults > before)
		return ERR_INPUT;
	r->org_id = c->actor.org_id;
	r->staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	r->status = "requested";
	r->status_on = c->today;
	TRY(row_insert(c, &T_commission, r));
	return follow(c, r, "request", r->note);
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_commission *r = s->row;
	size_t before = c->n_faults;
	int64_t person;
	TRY(person_id(c, s->person_pid, &person));
	TRY(mandate_person(c, person));
	if (!r->id)
		return request(c, s, person);
	struct t_commission old;
	TRY(open_row(c, r->pid, &old));
	TRY(mandate_person(c, old.person_id));
	if (side_of(c, &old) != COMMISSION_CENTRE)
		return ERR_DENIED;
	if (is_over(old.status))
		return fault_add(c, "", ERR_INPUT, "終わった委託は直せません。");
	check(c, r);
	if (c->n_faults > before)
		return ERR_INPUT;
	TRY(row_save(c, &T_commission, r, s->conflict));
	TRY(follow_evidence(c, r->id));
	return follow_rights(c, r, true);
}

err commission_save(struct ctx *c, const char *person_pid, struct t_commission *row, const char *case_pid, const char *office_pid,
                    struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	struct saving s = {person_pid, case_pid, office_pid, row, conflict ? conflict : &none};
	return tx_run(c, save_tx, &s);
}

/* ---- steps ------------------------------------------------------------------------------------------------------------ */

struct stepping {
	const char *pid, *event, *body, *decision;
	bool load_checked;
};

static err draft_of(struct ctx *c, struct t_commission *r)
{
	struct q_commission_draft_row d;
	bool found = false;
	TRY(q_commission_draft(c, &(struct q_commission_draft_in){.case_id = r->case_id, .office_org_id = r->office_org_id}, &d, &found));
	if (!found)
		return fault_add(c, "event", ERR_INPUT, "提出する原案がありません。先に計画の原案を作ってください。");
	r->plan_id = d.id;
	return OK;
}

static err evaluation_found(struct ctx *c, const struct t_commission *r, struct q_commission_evaluation_row *v, bool *found)
{
	return q_commission_evaluation(c, &(struct q_commission_evaluation_in){.case_id = r->case_id, .office_org_id = r->office_org_id}, v, found);
}

err commission_evaluation_pid(struct ctx *c, const struct commission_view *m, const char **pid)
{
	struct q_commission_evaluation_row v;
	struct t_commission again;
	bool found = false;
	TRY(open_row(c, m->row.pid, &again));
	TRY(evaluation_found(c, &again, &v, &found));
	*pid = found ? v.pid : "";
	return OK;
}

/* The evaluation handed in; what the centre says of it is written into the record itself. */
static err evaluation_of(struct ctx *c, struct t_commission *r, const struct stepping *s)
{
	struct q_commission_evaluation_row v;
	struct t_evaluation row;
	bool found = false;
	if (str_eq(s->event, "eval_submit")) {
		TRY(evaluation_found(c, r, &v, &found));
		if (!found)
			return fault_add(c, "event", ERR_INPUT, "提出する評価表がありません。先に「評価をする」から評価表を書いてください。");
		r->evaluation_id = v.id;
		return OK;
	}
	if (!str_eq(s->event, "eval_approve") || r->evaluation_id == INT_NULL)
		return OK;
	TRY(row_load(c, &T_evaluation, r->evaluation_id, &row));
	if (*row.center_decision)
		return OK; /* written on the sheet itself */
	if (str_blank(s->decision))
		(void)fault_add(c, "decision", ERR_REQUIRED, "「地域包括支援センターの判断」を選んでください。");
	if (str_blank(s->body))
		(void)fault_add(c, "body", ERR_REQUIRED, "「地域包括支援センターの意見」を書いてください。");
	if (str_blank(s->decision) || str_blank(s->body))
		return ERR_INPUT;
	return evaluate_opine(c, row.pid, s->body, s->decision);
}

/* What the step does to the plan itself. */
static err plan_of(struct ctx *c, const struct t_commission *r, const struct stepping *s)
{
	struct t_plan p;
	bool approve = str_eq(s->event, "approve");
	if (!approve && !str_eq(s->event, "return"))
		return OK;
	TRY(row_load(c, &T_plan, r->plan_id, &p));
	return approve ? plan_center_check(c, p.pid, s->body, c->today) : plan_comment_add(c, p.pid, "return", NULL, s->body);
}

static err step_tx(struct ctx *c, void *arg)
{
	const struct stepping *s = arg;
	struct commission_view v;
	const struct commission_move *m = NULL;
	size_t n;
	TRY(commission_get(c, s->pid, &v));
	if (!v.may_write)
		return ERR_DENIED;
	const struct commission_move **open = commission_steps(c, &v, &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(open[i]->event, s->event))
			m = open[i];
	if (!m)
		return fault_add(c, "event", ERR_INPUT, "この委託はいま「%s」なので、その操作はできません。画面を開き直して確かめてください。",
		                 law_code_label(c->house->law, "commission_status", v.row.status));
	size_t before = c->n_faults;
	if (*m->words && str_blank(s->body))
		(void)fault_add(c, "body", ERR_REQUIRED, "「%s」を書いてください。", m->words);
	gen_check_text(c, "body", "「伝えること」", s->body, false, 2000);
	if (c->n_faults > before)
		return ERR_INPUT;
	struct t_commission *r = &v.row;
	if (str_eq(s->event, "submit"))
		TRY(draft_of(c, r));
	TRY(plan_of(c, r, s));
	TRY(evaluation_of(c, r, s));
	if (str_eq(s->event, "accept"))
		r->load_checked_on = s->load_checked ? c->today : CIVIL_NONE;
	if (str_eq(s->event, "accept"))
		r->office_staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	r->status = m->to;
	r->status_on = c->today;
	if (is_over(m->to))
		r->ended_on = c->today;
	TRY(row_save(c, &T_commission, r, NULL));
	return follow(c, r, s->event, s->body);
}

err commission_step(struct ctx *c, const char *pid, const char *event, const char *body, const char *decision)
{
	return commission_step_checked(c, pid, event, body, decision, false);
}

err commission_step_checked(struct ctx *c, const char *pid, const char *event, const char *body, const char *decision, bool load_checked)
{
	struct stepping s = {pid, event, body, decision, load_checked};
	return tx_run(c, step_tx, &s);
}

/* ---- bin ---------------------------------------------------------------------------------------------------------------- */

static const char *bin_title(struct ctx *c, const void *row) { return arena_fmt(c->arena, "原案委託: %s", office_name(c, row)); }

static err bin_gate(struct ctx *c, const void *row)
{
	const struct t_commission *r = row;
	struct t_commission seen;
	TRY(open_row(c, r->pid, &seen));
	return side_of(c, r) == COMMISSION_CENTRE ? OK : ERR_DENIED;
}

static err bin_refused(struct ctx *c, const void *row)
{
	return str_eq(((const struct t_commission *)row)->status, "requested")
		? OK : fault_add(c, "reason", ERR_INPUT, "事業所が答えた委託は、ごみ箱に移せません。「委託を終了」を使ってください。");
}

err commission_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	return retire_record(c, &(struct retire_kind){&T_commission, CLASS_CARE, bin_title, bin_gate, bin_refused}, pid, reason, bin_pid);
}
