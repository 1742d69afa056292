#include "care/routing.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/consult_follow.h"
#include "care/evidence_writers.h"
#include "care/mandate.h"
#include "care/routing_snapshot.h"
#include "jp/era.h"
#include "law/codes.h"
#include "register/bin.h"
#include "register/certification.h"
#include "register/ranks.h"
#include "register/task.h"
#include "register/timeline.h"
#include "sql/q_care.h"
#include "store/tx.h"

#include <string.h>

#define CHECKLIST "kihon-checklist"
enum { INPUT_MAX = 12 };

/* ---- the inputs -------------------------------------------------------------------------------------------- */

static const char *yes_no_ja(const char *v) { return str_eq(v, "yes") ? "はい" : str_eq(v, "no") ? "いいえ" : "未確認"; }

static void put(struct routing_proposal *p, const char *name, const char *label, const char *value, const char *shown)
{
	p->inputs[p->n_inputs++] = (struct law_input){name, label, str_or(value, ""), str_or(shown, "未確認")};
}

static bool has_service(const struct routing_answers *a, const char *code)
{
	for (size_t i = 0; i < a->n_services; i++)
		if (str_eq(a->services[i], code))
			return true;
	return false;
}

/* Services are ticked from a list: nothing ticked means "not yet asked", not "none". A, B and C as in R-CMY-A, -B, -C. */
static void put_services(struct routing_proposal *p, const struct routing_answers *a)
{
	bool asked = a->n_services > 0;
	bool kind_a = has_service(a, "designated") || has_service(a, "short_term");
	bool kind_b = has_service(a, "other_service"), kind_c = has_service(a, "resident");
	const char *label = "使いたいサービス";
	put(p, "svc_a", label, !asked ? "" : kind_a ? "yes" : "no", !asked ? NULL : kind_a ? "指定事業者・短期集中を使う" : "指定事業者・短期集中は使わない");
	put(p, "svc_b", label, !asked ? "" : kind_b ? "yes" : "no", !asked ? NULL : kind_b ? "緩和した基準のサービスを使う" : "緩和した基準のサービスは使わない");
	put(p, "svc_c", label, !asked ? "" : kind_c ? "yes" : "no", !asked ? NULL : kind_c ? "住民主体の支援を使う" : "住民主体の支援は使わない");
}

static err put_age(struct ctx *c, struct routing_proposal *p, const struct t_person *person, civil on)
{
	if (person->birth_on == CIVIL_NONE) {
		put(p, "insured", "生年月日（65歳以上か）", "", NULL);
		return OK;
	}
	const char *kind = certification_insured_class(person->birth_on, on);
	const char *words = str_eq(kind, "first") ? "第1号被保険者（65歳以上）" : str_eq(kind, "second") ? "第2号被保険者（40〜64歳）" : "40歳未満";
	put(p, "insured", "年齢", kind, arena_fmt(c->arena, "%d歳・%s", civil_age(person->birth_on, on), words));
	return OK;
}

static err put_certification(struct ctx *c, struct routing_proposal *p, int64_t person_id, civil on)
{
	struct certification_state st;
	TRY(certification_state(c, person_id, (struct gen_asof){on, CIVIL_NONE}, &st));
	bool certified = st.has_current && ranks_level_group(st.level) > 0; /* 要支援 or 要介護; not 非該当, not 事業対象者 */
	/* Who is certified stays so while a renewal or a change is being decided. */
	const char *cert = certified ? "certified" : st.has_application ? "applying" : "none";
	const char *level = st.has_current ? st.level : "unknown";
	const char *words = certified ? (st.has_application ? "認定あり（更新・変更を申請中）" : "認定あり")
	                              : st.has_application ? "申請中" : "認定なし";
	put(p, "cert", "要介護認定", cert, words);
	put(p, "level", "要介護状態区分", level, st.has_current ? ranks_label_ja(CODE_LEVEL, st.level) : words);
	if (st.has_current)
		p->certification_id = st.current.id;
	return OK;
}

static err put_checklist(struct ctx *c, struct routing_proposal *p, int64_t person_id, civil on)
{
	struct q_response_of_person_row *rows;
	size_t n;
	TRY(q_response_of_person(c, &(struct q_response_of_person_in){.person_id = person_id, .form_id = CHECKLIST}, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (rows[i].answered_on > on)
			continue;
		const char *code = rows[i].result_code;
		const char *words = str_eq(code, "eligible") ? "事業対象者の基準に該当" : str_eq(code, "not-eligible") ? "該当しない" : "判定不能（未回答あり）";
		put(p, "checklist", "基本チェックリスト", code,
		    arena_fmt(c->arena, "%s（%s記入）", words, era_text(c->arena, rows[i].answered_on)));
		p->response_id = rows[i].id;
		p->response_pid = rows[i].pid;
		return OK;
	}
	put(p, "checklist", "基本チェックリスト", "none", "まだ行っていない");
	return OK;
}

static void handins(struct ctx *c, struct routing_proposal *p, const char *codes)
{
	if (str_blank(codes))
		return;
	char **v = str_split(c->arena, codes, '|', &p->n_handin);
	p->handin = (const char **)v;
	p->handin_label = ARENA_ARRAY(c->arena, p->n_handin, const char *);
	for (size_t i = 0; i < p->n_handin; i++)
		p->handin_label[i] = law_code_label(c->house->law, "routing_handin", v[i]);
}

static err propose(struct ctx *c, const struct t_person *person, const struct routing_answers *a, civil on,
                   struct routing_proposal *p)
{
	*p = (struct routing_proposal){.response_id = INT_NULL, .certification_id = INT_NULL, .response_pid = ""};
	p->inputs = ARENA_ARRAY(c->arena, INPUT_MAX, struct law_input);
	TRY(put_age(c, p, person, on));
	TRY(put_certification(c, p, person->id, on));
	TRY(put_checklist(c, p, person->id, on));
	put(p, "wish", "希望", a->wish, str_blank(a->wish) ? NULL : law_code_label(c->house->law, "routing_wish", a->wish));
	put(p, "needs_cert", "明らかに要介護認定が必要か", a->needs_cert, yes_no_ja(a->needs_cert));
	put(p, "tokutei", "特定疾病が原因か（40〜64歳）", a->tokutei, yes_no_ja(a->tokutei));
	put(p, "use_benefit", "予防給付のサービスを使うか", a->use_benefit, yes_no_ja(a->use_benefit));
	put_services(p, a);
	TRY(law_decide(c, c->house->law, "routing", on, p->inputs, p->n_inputs, &p->decision));
	if (p->decision.rule) {
		p->route = p->decision.rule->outcome;
		p->route_label = law_code_label(c->house->law, "routing_route", p->route);
		handins(c, p, p->decision.rule->handin);
	}
	return OK;
}

static err person_for(struct ctx *c, const char *pid, enum action a, struct t_person *p)
{
	TRY(row_find(c, &T_person, pid, p));
	return a == ACTION_WRITE ? mandate_person(c, p->id) : policy_check(c, p->id, CLASS_CARE, a);
}

err routing_propose(struct ctx *c, const char *person_pid, const struct routing_answers *a, civil on,
                    struct routing_proposal *out)
{
	struct t_person p;
	TRY(person_for(c, person_pid, ACTION_SEE, &p));
	return propose(c, &p, a, on, out);
}

/* ---- save -------------------------------------------------------------------------------------------------- */

static err answer_check(struct ctx *c, const char *field, const char *label, const char *v)
{
	if (str_blank(v) || str_eq(v, "yes") || str_eq(v, "no"))
		return OK;
	return fault_add(c, field, ERR_NOT_CHOICE, "「%s」は「はい」か「いいえ」を選んでください。", label);
}

static err answers_check(struct ctx *c, const struct routing_answers *a)
{
	size_t before = c->n_faults;
	if (!str_blank(a->wish) && !law_code_valid(c->house->law, "routing_wish", a->wish, c->today))
		(void)fault_add(c, "wish", ERR_NOT_CHOICE, "「希望」は、表示されている中から選んでください。");
	(void)!answer_check(c, "needs_cert", "明らかに要介護認定が必要か", a->needs_cert);
	(void)!answer_check(c, "tokutei", "特定疾病が原因か", a->tokutei);
	(void)!answer_check(c, "use_benefit", "予防給付のサービスを使うか", a->use_benefit);
	for (size_t i = 0; i < a->n_services; i++)
		if (!law_code_valid(c->house->law, "routing_service", a->services[i], c->today))
			(void)fault_add(c, "services", ERR_NOT_CHOICE, "「使いたいサービス」は、表示されている中から選んでください。");
	return c->n_faults == before ? OK : ERR_INPUT;
}

static err route_check(struct ctx *c, const struct routing_input *in, const struct routing_proposal *p, const char **route)
{
	*route = str_blank(in->route) ? p->route : in->route;
	if (!*route)
		return fault_add(c, "route", ERR_REQUIRED,
		                 "まだ振り分け先を決められません。「%s」を確かめるか、振り分け先と理由を自分で選んでください。",
		                 p->decision.n_missing ? p->decision.missing[0] : "希望");
	if (!law_code_valid(c->house->law, "routing_route", *route, c->today))
		return fault_add(c, "route", ERR_NOT_CHOICE, "「振り分け先」は、表示されている中から選んでください。");
	if (!str_eq(*route, p->route) && str_blank(in->override_reason))
		return fault_add(c, "override_reason", ERR_REQUIRED,
		                 "提案と違う振り分け先にするときは、「提案と違う理由」を書いてください。");
	return OK;
}

/* Which papers go with a route: those of the deciding row, or of any row with that outcome if the user chose it. */
static const char *handin_of(const struct law_catalogue *law, const struct routing_proposal *p, const char *route)
{
	if (p->decision.rule && str_eq(p->route, route))
		return p->decision.rule->handin;
	for (size_t i = 0; i < law->n_rules; i++)
		if (str_eq(law->rules[i].table, "routing") && str_eq(law->rules[i].outcome, route))
			return law->rules[i].handin;
	return "";
}

/* The next tasks of a route. C-023: whoever was routed after a call only is met in person before the plan. */
static err tasks(struct ctx *c, const struct t_routing *row, bool met)
{
	struct task_new t = {.person_id = row->person_id, .record_class = CLASS_CARE, .org_id = row->org_id,
	                     .assignee_staff_id = row->staff_id == INT_NULL ? 0 : row->staff_id, .table_name = "routing",
	                     .row_id = row->id, .row_pid = row->pid};
	bool care = str_starts(row->route, "cm_") || str_eq(row->route, "yobo_shien");
	if (str_eq(row->route, "checklist")) {
		t.kind = "checklist_again", t.due_on = row->decided_on + 7;
		t.title = "基本チェックリストを行う", t.reason = "振り分けの結果、基本チェックリストで確かめることになりました。";
		TRY(task_put(c, &t, NULL));
	}
	if (str_eq(row->route, "apply") || str_eq(row->route, "wait")) {
		t.kind = "cert_result", t.due_on = certification_decision_due(row->decided_on);
		t.title = "認定の結果を確かめる", t.reason = "申請から30日以内に結果か延期の通知が出ます（介護保険法第27条第11項）。";
		TRY(task_put(c, &t, NULL));
	}
	if (care && !met) {
		t.kind = "visit", t.due_on = row->decided_on + 7;
		t.title = "本人と会ってアセスメントする", t.reason = "電話や家族の話だけで始めたときは、本人と面接します。";
		TRY(task_put(c, &t, NULL));
	}
	if (care) {
		t.kind = "plan_due", t.due_on = civil_add_months(row->decided_on, 1);
		t.title = "介護予防サービス・支援計画の作成を始める", t.reason = "振り分けで介護予防ケアマネジメント等に決まりました。";
		TRY(task_put(c, &t, NULL));
	}
	if (!str_eq(row->handin, "[]")) {
		t.kind = "routing_handin", t.due_on = row->decided_on + 14;
		t.title = "書類の提出を確かめる", t.reason = "振り分けに必要な書類がまだ出ていません。";
		TRY(task_put(c, &t, NULL));
	}
	return OK;
}

/* A later decision takes the place of the earlier ones: their open tasks would ask for what nobody needs any more. */
static err supersede(struct ctx *c, const struct t_routing *row)
{
	struct q_routing_of_person_row *r;
	size_t n;
	TRY(q_routing_of_person(c, &(struct q_routing_of_person_in){.person_id = row->person_id}, &r, &n));
	for (size_t i = 0; i < n; i++)
		if (r[i].id != row->id && r[i].decided_on <= row->decided_on)
			TRY(task_settle(c, "routing", r[i].id, NULL, "新しい振り分けで置きかわりました。"));
	return OK;
}

struct saving {
	const struct routing_input *in;
	const char *pid;
};

/* Spoken with the person face to face? A call, a letter or the family's words are not. */
static bool met_in_person(const struct t_consult *consult)
{
	return str_eq(consult->source, "self") && (str_eq(consult->channel, "visit_office") || str_eq(consult->channel, "home_visit") ||
	                                           str_eq(consult->channel, "desk"));
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	const struct routing_input *in = s->in;
	struct t_person person;
	TRY(person_for(c, in->person_pid, ACTION_WRITE, &person));
	TRY(answers_check(c, &in->answers));
	struct t_routing row;
	row_init(&T_routing, &row);
	row.decided_on = c->today;
	if (!str_blank(in->decided_on)) {
		struct era_date d;
		TRY(era_parse(c, "decided_on", in->decided_on, &d));
		TRY(era_check_past(c, "decided_on", d.day));
		row.decided_on = d.day;
	}
	struct routing_proposal p;
	TRY(propose(c, &person, &in->answers, row.decided_on, &p));
	TRY(route_check(c, in, &p, &row.route));
	bool met = false;
	if (!str_blank(in->consult_pid)) {
		struct t_consult consult;
		TRY(consult_origin(c, in->consult_pid, person.id, &consult));
		row.consult_id = consult.id;
		met = met_in_person(&consult);
	}
	row.person_id = person.id;
	row.org_id = c->actor.org_id;
	row.staff_id = c->actor.staff_id ? c->actor.staff_id : INT_NULL;
	row.response_id = p.response_id;
	row.certification_id = p.certification_id;
	row.stage = p.response_id != INT_NULL ? "checklist" : p.certification_id != INT_NULL ? "certification" : "intake";
	row.proposed_route = str_or(p.route, "");
	row.override_reason = str_trim(c->arena, str_or(in->override_reason, ""));
	row.note = str_lf(c->arena, str_or(in->note, ""));
	row.inputs = snapshot_inputs(c, &p);
	row.judgement = snapshot_judgement(c, &p);
	row.handin = snapshot_handin(c, handin_of(c->house->law, &p, row.route));
	TRY(row_insert(c, &T_routing, &row));
	TRY(timeline_add(c, &(struct timeline_new){
		.person_id = person.id, .at_on = row.decided_on, .kind = "routing", .record_class = CLASS_CARE, .org_id = row.org_id,
		.title = arena_fmt(c->arena, "振り分け: %s", law_code_label(c->house->law, "routing_route", row.route)),
		.summary = p.decision.rule && str_eq(p.route, row.route) ? p.decision.rule->reason : row.override_reason,
		.table_name = "routing", .row_id = row.id, .row_pid = row.pid}));
	TRY(supersede(c, &row));
	TRY(tasks(c, &row, met));
	s->pid = row.pid;
	return OK;
}

err routing_save(struct ctx *c, const struct routing_input *in, const char **pid)
{
	struct saving s = {.in = in};
	TRY(tx_run(c, save_tx, &s));
	*pid = s.pid;
	return OK;
}

/* ---- read -------------------------------------------------------------------------------------------------- */

static err view_of(struct ctx *c, const struct t_routing *row, struct routing_view *v)
{
	struct q_routing_names_row names;
	TRY(q_routing_names(c, &(struct q_routing_names_in){.id = row->id}, &names));
	const struct law_catalogue *law = c->house->law;
	*v = (struct routing_view){
		.id = row->id, .version = row->version, .pid = row->pid, .person_pid = names.person_pid,
		.consult_pid = str_or(names.consult_pid, ""), .route = row->route,
		.route_label = law_code_label(law, "routing_route", row->route),
		.proposed_route_label = str_blank(row->proposed_route) ? "" : law_code_label(law, "routing_route", row->proposed_route),
		.override_reason = row->override_reason, .note = row->note, .org_name = names.org_name,
		.staff_name = str_or(names.staff_name, ""), .decided_on = row->decided_on,
		.may_write = mandate_person(c, row->person_id) == OK};
	TRY(snapshot_read_inputs(c, row->inputs, v));
	TRY(snapshot_read_judgement(c, row->judgement, v));
	return snapshot_read_handin(c, row->handin, v);
}

err routing_get(struct ctx *c, const char *pid, struct routing_view *out)
{
	struct t_routing row;
	TRY(row_find(c, &T_routing, pid, &row));
	TRY(policy_check_record(c, row.person_id, CLASS_CARE, ACTION_SEE));
	if (row.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	return view_of(c, &row, out);
}

err routing_list(struct ctx *c, const char *person_pid, struct routing_view **rows, size_t *n)
{
	struct t_person p;
	TRY(person_for(c, person_pid, ACTION_SEE, &p));
	struct q_routing_of_person_row *r;
	TRY(q_routing_of_person(c, &(struct q_routing_of_person_in){.person_id = p.id}, &r, n));
	*rows = ARENA_ARRAY(c->arena, *n + 1, struct routing_view);
	for (size_t i = 0; i < *n; i++) {
		struct t_routing row;
		TRY(row_load(c, &T_routing, r[i].id, &row));
		TRY(view_of(c, &row, &(*rows)[i]));
	}
	return OK;
}

/* ---- papers ------------------------------------------------------------------------------------------------ */

struct handing {
	const char *pid, *code, *on;
};

/* Papers that are a notification in law (届出) are evidence; which ones is the list routing_notify, its label tells to whom. The request for a
 * plan (計画作成依頼届) is what a duty asks for, so it stands for the routing; else the paper handed in last.
 * The number of the receipt is not known here and stays an empty fact. */
err routing_evidence(struct ctx *c, int64_t row_id)
{
	struct t_routing row;
	struct routing_view v = {0};
	const char *code = NULL;
	civil day = CIVIL_NONE;
	TRY(row_load(c, &T_routing, row_id, &row));
	TRY(snapshot_read_handin(c, row.handin, &v));
	for (size_t i = 0; i < v.n_handins; i++) {
		const struct routing_handin *h = &v.handins[i];
		bool asked = !str_eq(h->code, "apply_form"), was = code && !str_eq(code, "apply_form");
		if (h->handed_on == CIVIL_NONE || !law_code_valid(c->house->law, "routing_notify", h->code, row.decided_on))
			continue;
		if (!code || asked > was || (asked == was && h->handed_on >= day)) {
			code = h->code;
			day = h->handed_on;
		}
	}
	const struct evidence_field f[] = {{.name = "kind", .type = 't', .text = str_or(code, "")}, {.name = "on_day", .type = 'd', .day = day},
		{.name = "to", .type = 't', .text = code ? law_code_label(c->house->law, "routing_notify", code) : ""},
		{.name = "receipt_no", .type = 't', .text = ""}};
	const struct evidence_new e = {.code = "REC-NOTIFY", .person_id = row.person_id, .org_id = row.org_id, .record_class = CLASS_CARE, .on_day = day,
		.body = evidence_body(c, f, sizeof f / sizeof f[0])};
	return evidence_set(c, "routing", row.id, &e, code != NULL, row.retired_ms == INT_NULL);
}

static err handin_tx(struct ctx *c, void *arg)
{
	const struct handing *h = arg;
	struct t_routing row;
	TRY(row_find(c, &T_routing, h->pid, &row));
	TRY(mandate_person(c, row.person_id));
	if (row.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	civil day = c->today;
	if (!str_blank(h->on)) {
		struct era_date d;
		TRY(era_parse(c, "handed_on", h->on, &d));
		TRY(era_check_past(c, "handed_on", d.day));
		day = d.day;
	}
	bool all = false;
	TRY(snapshot_handin_done(c, &row.handin, h->code, day, &all));
	struct row_conflict *conflict = NULL;
	TRY(row_save(c, &T_routing, &row, &conflict));
	TRY(routing_evidence(c, row.id));
	return all ? task_settle(c, "routing", row.id, "routing_handin", "書類がすべて提出されました。") : OK;
}

err routing_handin_done(struct ctx *c, const char *pid, const char *code, const char *on)
{
	struct handing h = {pid, code, on};
	return tx_run(c, handin_tx, &h);
}

/* ---- bin ------------------------------------------------------------------------------------------------------ */

static err retire_tx(struct ctx *c, void *arg)
{
	const char *const *a = arg;
	struct t_routing row;
	TRY(row_find(c, &T_routing, a[0], &row));
	TRY(mandate_person(c, row.person_id));
	if (row.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	if (str_blank(a[1]))
		return fault_add(c, "reason", ERR_REQUIRED, "ごみ箱に移す理由を書いてください。");
	return bin_put(c, &(struct bin_put){
		.table = &T_routing, .row_id = row.id, .row_pid = row.pid, .person_id = row.person_id, .org_id = row.org_id,
		.record_class = CLASS_CARE, .reason = a[1],
		.title = arena_fmt(c->arena, "振り分け: %s", law_code_label(c->house->law, "routing_route", row.route))}, NULL);
}

err routing_retire(struct ctx *c, const char *pid, const char *reason)
{
	const char *a[2] = {pid, reason};
	return tx_run(c, retire_tx, a);
}
