#include "care/case.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/case_talk.h"
#include "care/commission.h"
#include "care/evidence_writers.h"
#include "care/mandate.h"
#include "care/retire.h"
#include "jp/era.h"
#include "law/codes.h"
#include "law/numbers.h"
#include "register/gen.h"
#include "register/grant.h"
#include "register/insurer_param.h"
#include "register/org.h"
#include "register/person.h"
#include "register/staff.h"
#include "register/task.h"
#include "register/timeline.h"
#include "sql/q_care_case.h"
#include "sql/q_register_org.h"
#include "store/tx.h"

bool case_is_prevention(const char *kind) { return !str_eq(kind, "home"); }

const char *case_state(const struct t_care_case *r, civil today)
{
	if (r->end_on != CIVIL_NONE && r->end_on <= today)
		return "closed";
	if (r->start_on != CIVIL_NONE && r->start_on <= today)
		return str_eq(r->status, "paused") ? "paused" : "active";
	return r->expl_on != CIVIL_NONE || r->contract_on != CIVIL_NONE ? "preparing" : "referred";
}

void case_init(struct ctx *c, struct t_care_case *row)
{
	row_init(&T_care_case, row);
	row->org_id = c->actor.org_id;
	row->kind = "home";
	row->referred_on = c->today;
}

/* ---- read -------------------------------------------------------------------------------------------------- */

static err view_of(struct ctx *c, struct case_view *v)
{
	struct q_case_names_row n;
	TRY(q_case_names(c, &(struct q_case_names_in){.id = v->row.id}, &n));
	v->person_pid = n.person_pid;
	v->person_name = n.person_name;
	v->org_pid = n.org_pid;
	v->org_name = n.org_name;
	v->org_kind = n.org_kind;
	v->staff_pid = str_or(n.staff_pid, "");
	v->staff_name = str_or(n.staff_name, "");
	v->expl_by_name = str_or(n.expl_by, "");
	v->updated_by = str_or(n.updated_by, "");
	v->may_write = mandate_case(c, &v->row) == OK;
	v->row.status = case_state(&v->row, c->today);
	return OK;
}

err case_get(struct ctx *c, const char *pid, struct case_view *out)
{
	TRY(row_find(c, &T_care_case, pid, &out->row));
	TRY(policy_check_record(c, out->row.person_id, CLASS_CARE, ACTION_SEE));
	if (out->row.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	return view_of(c, out);
}

err case_list(struct ctx *c, const char *person_pid, bool with_closed, struct case_view **v, size_t *n)
{
	int64_t person;
	struct q_case_of_person_row *ids;
	size_t n_ids;
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_SEE));
	TRY(q_case_of_person(c, &(struct q_case_of_person_in){.person_id = person, .running = !with_closed}, &ids, &n_ids));
	*v = ARENA_ARRAY(c->arena, n_ids + 1, struct case_view);
	*n = n_ids;
	for (size_t i = 0; i < n_ids; i++) {
		TRY(row_load(c, &T_care_case, ids[i].id, &(*v)[i].row));
		TRY(view_of(c, &(*v)[i]));
	}
	return OK;
}

err case_running(struct ctx *c, int64_t person_id, int64_t org_id, const char *kind, struct t_care_case *row, bool *found)
{
	struct q_case_running_row r;
	TRY(policy_check(c, person_id, CLASS_CARE, ACTION_SEE));
	TRY(q_case_running(c, &(struct q_case_running_in){.person_id = person_id, .org_id = org_id, .kind = str_blank(kind) ? NULL : kind},
	                   &r, found));
	return *found ? row_load(c, &T_care_case, r.id, row) : OK;
}

/* ---- checks ------------------------------------------------------------------------------------------------- */

static void check_code(struct ctx *c, const char *field, const char *label, const char *list, const char *code, bool required)
{
	if (str_blank(code)) {
		if (required)
			(void)fault_add(c, field, ERR_REQUIRED, "「%s」を選んでください。", label);
	} else if (!law_code_valid(c->house->law, list, code, c->today)) {
		(void)fault_add(c, field, ERR_NOT_CHOICE, "「%s」は、一覧から選んでください。", label);
	}
}

static void check_codes(struct ctx *c, const char *field, const char *label, const char *list, const char *codes)
{
	size_t n;
	char **v = str_split(c->arena, codes, '|', &n);
	for (size_t i = 0; i < n; i++)
		if (!str_blank(v[i]))
			check_code(c, field, label, list, v[i], false);
}

static void check_past(struct ctx *c, const char *field, const char *label, civil d)
{
	if (d != CIVIL_NONE && d > c->today)
		(void)fault_add(c, field, ERR_INPUT, "「%s」が今日より後になっています。行った日を入力してください。", label);
}

static void check_order(struct ctx *c, const char *field, const char *first, civil a, const char *second, civil b)
{
	if (a != CIVIL_NONE && b != CIVIL_NONE && a > b)
		(void)fault_add(c, field, ERR_INPUT, "「%s」（%s）が「%s」（%s）より前になっています。日付を確かめてください。", second,
		                era_text(c->arena, b), first, era_text(c->arena, a));
}

static err check(struct ctx *c, struct t_care_case *r)
{
	size_t before = c->n_faults;
	check_code(c, "kind", "支援の種類", "case_kind", r->kind, true);
	check_code(c, "referred_by", "依頼した人", "case_source", r->referred_by, false);
	check_codes(c, "expl_items", "説明した項目", "case_expl_item", r->expl_items);
	gen_check_text(c, "referred_note", "依頼の内容", r->referred_note, false, 4000);
	gen_check_text(c, "expl_to", "説明した相手", r->expl_to, false, 80);
	gen_check_text(c, "expl_doc_version", "説明した文書の版", r->expl_doc_version, false, 80);
	gen_check_text(c, "note", "備考", r->note, false, 4000);
	check_past(c, "referred_on", "依頼を受けた日", r->referred_on);
	check_past(c, "expl_on", "説明した日", r->expl_on);
	check_past(c, "contract_on", "契約日", r->contract_on);
	check_past(c, "notice_on", "届出の日", r->notice_on);
	/* 基準4条1項: 説明 and 同意 come before the support begins */
	check_order(c, "contract_on", "説明した日", r->expl_on, "契約日", r->contract_on);
	check_order(c, "start_on", "説明した日", r->expl_on, "支援の開始日", r->start_on);
	check_order(c, "start_on", "契約日", r->contract_on, "支援の開始日", r->start_on);
	check_order(c, "end_on", "支援の開始日", r->start_on, "終了日", r->end_on);
	if (r->start_on != CIVIL_NONE && r->contract_on == CIVIL_NONE)
		(void)fault_add(c, "contract_on", ERR_REQUIRED, "支援を始めるには、先に重要事項を説明して契約します。「契約日」を入力してください。");
	if (r->contract_on != CIVIL_NONE && r->expl_on == CIVIL_NONE)
		(void)fault_add(c, "expl_on", ERR_REQUIRED, "契約の前に重要事項の説明が必要です。「説明した日」を入力してください。");
	if (r->expl_on != CIVIL_NONE && str_blank(r->expl_to))
		(void)fault_add(c, "expl_to", ERR_REQUIRED, "「説明した相手」を入力してください。");
	return c->n_faults == before ? OK : ERR_INPUT;
}

static err check_single(struct ctx *c, const struct t_care_case *r)
{
	struct q_case_running_row other;
	bool found;
	if (r->end_on != CIVIL_NONE)
		return OK;
	TRY(q_case_running(c, &(struct q_case_running_in){.person_id = r->person_id, .org_id = r->org_id, .kind = r->kind}, &other, &found));
	if (found && other.id != r->id)
		return fault_add(c, "kind", ERR_INPUT, "この人の同じ種類のケースが、もう動いています。そのケースを開いて続けてください。");
	return OK;
}

/* ---- what follows ------------------------------------------------------------------------------------------------ */

/* What the person's insurer has set for the day of the end (retention_years): the same years as R-CM-29-records and R-YB-28-records count. */
static err keep_years(struct ctx *c, const struct t_care_case *r, int64_t *years)
{
	const struct law_param *p = law_param_find(c->house->law, "retention_years");
	struct insurer_settings set;
	struct q_case_insurer_row o;
	if (!p)
		return ERR_BUG;
	TRY(insurer_settings_load(c, c->arena, 0, &set));
	TRY(q_case_insurer(c, &(struct q_case_insurer_in){.person_id = r->person_id, .org_id = r->org_id, .on_day = r->end_on}, &o));
	*years = law_param_int(p, &set.params, insurer_settings_name(&set, o.insurer_org_id), r->end_on);
	return OK;
}

static err follow_rights(struct ctx *c, const struct t_care_case *r, bool alive)
{
	civil from = r->referred_on == CIVIL_NONE ? c->today : r->referred_on;
	struct grant_new g = {.org_id = r->org_id, .person_id = r->person_id, .relation = RELATION_CASE, .from_on = from, .to_on = CIVIL_NONE,
		.via_table = "care_case", .via_id = r->id};
	int64_t finish, years;
	TRY(grant_end(c, "care_case", r->id, c->today, NULL)); /* what an earlier state gave: an end taken back takes the records' right back */
	if (!alive)
		return OK;
	if (r->end_on == CIVIL_NONE)
		return grant_write(c, &g);
	TRY(law_number(c->house->law, "case_finish_days", c->today, &finish));
	TRY(keep_years(c, r, &years));
	g.to_on = r->end_on + (civil)finish;
	if (g.to_on >= g.from_on)
		TRY(grant_write(c, &g));
	g.relation = RELATION_RECORDS;
	g.from_on = g.to_on + 1;
	g.to_on = civil_add_months(r->end_on, (int)years * 12);
	return g.to_on < g.from_on ? OK : grant_write(c, &g);
}

/* 担当: whoever the case names is the main charge of the organisation; the end of the case ends it. */
static err follow_charge(struct ctx *c, const struct t_care_case *r)
{
	struct charge *v;
	size_t n;
	const char *pid;
	TRY(charge_list(c, r->person_id, r->end_on == CIVIL_NONE ? c->today : r->end_on, &v, &n));
	for (size_t i = 0; i < n; i++) {
		if (v[i].org_id != r->org_id || !str_eq(v[i].role, "main"))
			continue;
		if (r->end_on != CIVIL_NONE && r->end_on <= c->today && v[i].to_on > r->end_on)
			return charge_end(c, v[i].pid, r->end_on, "支援の終了");
		if (v[i].staff_id == r->staff_id)
			return OK;
	}
	if (r->end_on != CIVIL_NONE || r->staff_id == INT_NULL)
		return OK;
	return charge_begin(c, r->person_id, r->org_id, r->staff_id, "main", c->today, &pid);
}

/* REC-EXPL: the explanation; REC-CONSENT: 個人情報 (23条3項), told in the same paper; REC-NOTIFY: 計画作成依頼届 (介護保険法46条4項). */
static const char *privacy_of(struct ctx *c, const struct t_care_case *r)
{
	size_t n;
	bool self = false, family = false;
	char **v = str_split(c->arena, r->expl_items, '|', &n);
	for (size_t i = 0; i < n; i++) {
		self = self || str_eq(v[i], "privacy_self");
		family = family || str_eq(v[i], "privacy_family");
	}
	return self && family ? "self|family" : self ? "self" : family ? "family" : "";
}

static struct evidence_new put(struct ctx *c, const struct t_care_case *r, const char *code, civil on, const struct evidence_field *f, size_t n)
{
	return (struct evidence_new){.code = code, .person_id = r->person_id, .org_id = r->org_id, .record_class = CLASS_CARE, .on_day = on,
		.body = evidence_body(c, f, n)};
}

err case_evidence(struct ctx *c, int64_t row_id)
{
	struct t_care_case row, *r = &row;
	struct evidence_new v[3];
	size_t n = 0;
	TRY(row_load(c, &T_care_case, row_id, r));
	const char *privacy = privacy_of(c, r);
	if (r->expl_on != CIVIL_NONE) {
		const struct evidence_field f[] = {
			{.name = "explained_on", .type = 'd', .day = r->expl_on},
			{.name = "explained_by", .type = 'n', .number = r->expl_by_staff_id},
			{.name = "to", .type = 't', .text = r->expl_to},
			{.name = "items", .type = 't', .text = r->expl_items},
			{.name = "doc_version", .type = 't', .text = r->expl_doc_version},
			{.name = "agreed", .type = 'b', .yes = r->contract_on != CIVIL_NONE},
		};
		v[n++] = put(c, r, "REC-EXPL", r->expl_on, f, sizeof f / sizeof f[0]);
	}
	if (r->expl_on != CIVIL_NONE && *privacy) {
		const struct evidence_field f[] = {
			{.name = "agreed_on", .type = 'd', .day = r->expl_on},
			{.name = "target", .type = 't', .text = "privacy"},
			{.name = "agreed_by", .type = 't', .text = r->expl_to},
			{.name = "how", .type = 't', .text = "paper"},
			{.name = "electronic_ok_on", .type = 'd', .day = CIVIL_NONE},
			{.name = "privacy", .type = 't', .text = privacy},
		};
		v[n++] = put(c, r, "REC-CONSENT", r->expl_on, f, sizeof f / sizeof f[0]);
	}
	if (r->notice_on != CIVIL_NONE) {
		const struct evidence_field f[] = {
			{.name = "kind", .type = 't', .text = str_eq(r->kind, "home") ? "kyotaku_request" : str_eq(r->kind, "prevention") ? "yobo_request" : "cm_request"},
			{.name = "on_day", .type = 'd', .day = r->notice_on},
			{.name = "to", .type = 't', .text = "市町村（介護保険の担当）"},
			{.name = "receipt_no", .type = 't', .text = ""},
		};
		v[n++] = put(c, r, "REC-NOTIFY", r->notice_on, f, sizeof f / sizeof f[0]);
	}
	return evidence_set(c, "care_case", r->id, v, n, r->retired_ms == INT_NULL);
}

static err follow(struct ctx *c, const struct t_care_case *r)
{
	const char *kind = law_code_label(c->house->law, "case_kind", r->kind);
	const char *state = case_state(r, c->today);
	civil day = str_eq(state, "closed") ? r->end_on : r->start_on != CIVIL_NONE ? r->start_on
	          : r->contract_on != CIVIL_NONE ? r->contract_on : r->referred_on;
	TRY(follow_rights(c, r, true));
	TRY(follow_charge(c, r));
	TRY(case_evidence(c, r->id));
	TRY(timeline_add(c, &(struct timeline_new){.person_id = r->person_id, .at_on = day == CIVIL_NONE ? c->today : day, .kind = "service",
		.record_class = CLASS_CARE, .org_id = r->org_id, .title = arena_fmt(c->arena, "%s（%s）", kind, law_code_label(c->house->law, "case_status", state)),
		.summary = str_eq(state, "closed") ? law_code_label(c->house->law, "case_end", r->end_reason) : NULL,
		.table_name = "care_case", .row_id = r->id, .row_pid = r->pid}));
	if (str_eq(state, "closed"))
		TRY(commission_follow_case(c, r->id));
	if (str_eq(state, "closed") || r->first_plan_on != CIVIL_NONE) /* a monitoring stays due as long as the case runs */
		return task_settle(c, "care_case", r->id, str_eq(state, "closed") ? NULL : "plan_due", "ケースの状態が変わりました");
	return task_put(c, &(struct task_new){.kind = "plan_due", .person_id = r->person_id, .record_class = CLASS_CARE, .org_id = r->org_id,
		.assignee_staff_id = r->staff_id == INT_NULL ? 0 : r->staff_id, .due_on = r->start_on,
		.title = r->contract_on == CIVIL_NONE ? "重要事項の説明と契約" : "アセスメントと計画の作成",
		.reason = arena_fmt(c->arena, "%sの依頼を受けています。支援を始める前に、説明・契約・アセスメント・計画・同意がそろいます（基準4条・13条）。", kind),
		.table_name = "care_case", .row_id = r->id, .row_pid = r->pid}, NULL);
}

err case_follow_bin(struct ctx *c, int64_t row_id, bool alive)
{
	struct t_care_case r;
	TRY(row_load(c, &T_care_case, row_id, &r));
	return follow_rights(c, &r, alive);
}

/* ---- save --------------------------------------------------------------------------------------------------------- */

struct saving {
	const char *person_pid, *org_pid, *staff_pid;
	struct t_care_case *row;
	struct row_conflict **conflict;
};

static err org_of(struct ctx *c, const char *pid, struct t_care_case *r)
{
	if (str_blank(pid))
		return r->org_id ? OK : fault_add(c, "org", ERR_REQUIRED, "「担当する機関」を選んでください。");
	struct org o;
	err e = org_get(c, pid, &o);
	if (e == ERR_NOTFOUND)
		return fault_add(c, "org", ERR_NOT_CHOICE, "「担当する機関」は、一覧から選んでください。");
	TRY(e);
	const char *kind = org_kind_class(o.kind);
	if (!str_eq(kind, "cm") && !str_eq(kind, "centre"))
		return fault_add(c, "org", ERR_INPUT, "「担当する機関」には、居宅介護支援事業所か地域包括支援センターなどを選んでください。");
	if (o.id != c->actor.org_id)
		TRY(policy_check(c, r->person_id, CLASS_NAMECARD, ACTION_GIVE)); /* handing somebody over opens the record to them */
	r->org_id = o.id;
	return OK;
}

static err staff_of(struct ctx *c, const char *pid, struct t_care_case *r)
{
	if (str_blank(pid)) {
		r->staff_id = INT_NULL;
		return OK;
	}
	struct staff s;
	struct q_staff_has_post_row has;
	err e = staff_get(c, pid, &s);
	if (e == ERR_NOTFOUND)
		return fault_add(c, "staff", ERR_NOT_CHOICE, "「担当者」は、一覧から選んでください。");
	TRY(e);
	TRY(q_staff_has_post(c, &(struct q_staff_has_post_in){.staff_id = s.id, .org_id = r->org_id}, &has));
	if (!has.n)
		return fault_add(c, "staff", ERR_INPUT, "「担当者」は、いまその機関に所属している職員から選んでください。");
	r->staff_id = s.id;
	return OK;
}

static err same_person(struct ctx *c, int64_t a, int64_t b)
{
	struct t_person x, y;
	TRY(row_load(c, &T_person, a, &x));
	TRY(row_load(c, &T_person, b, &y));
	return x.cluster_id == y.cluster_id ? OK : ERR_NOTFOUND;
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_care_case *r = s->row;
	int64_t person;
	TRY(person_id(c, s->person_pid, &person));
	if (r->id) {
		struct t_care_case stored;
		TRY(row_load(c, &T_care_case, r->id, &stored));
		r->person_id = stored.person_id;
		r->org_id = stored.org_id;
		TRY(mandate_case(c, &stored));
		TRY(same_person(c, person, r->person_id));
	} else {
		TRY(mandate_person(c, person));
		r->person_id = person;
		TRY(org_of(c, s->org_pid, r));
	}
	err e = staff_of(c, s->staff_pid, r);
	if (e != OK && e != ERR_INPUT && e != ERR_NOT_CHOICE)
		return e;
	err e2 = check(c, r);
	if (e != OK || e2 != OK)
		return ERR_INPUT;
	TRY(check_single(c, r));
	r->status = case_state(r, c->today);
	if (r->id)
		TRY(row_save(c, &T_care_case, r, s->conflict));
	else
		TRY(row_insert(c, &T_care_case, r));
	TRY(timeline_touch(c, "care_case", r->id));
	return follow(c, r);
}

err case_save(struct ctx *c, const char *person_pid, struct t_care_case *row, const char *org_pid, const char *staff_pid,
              struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	struct saving s = {person_pid, org_pid, staff_pid, row, conflict ? conflict : &none};
	return tx_run(c, save_tx, &s);
}

/* ---- end ------------------------------------------------------------------------------------------------------------ */

struct ending {
	const char *pid, *reason, *note;
	civil end_on;
};

static err writable(struct ctx *c, const char *pid, struct t_care_case *r)
{
	TRY(row_find(c, &T_care_case, pid, r));
	TRY(mandate_case(c, r));
	return r->retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

err case_check_end(struct ctx *c, const struct t_care_case *r, civil end_on, const char *reason, const char *note, bool ahead)
{
	size_t before = c->n_faults;
	if (end_on == CIVIL_NONE)
		(void)fault_add(c, "end_on", ERR_REQUIRED, "「終了日（完結の日）」を入力してください。");
	if (!ahead)
		check_past(c, "end_on", "終了日（完結の日）", end_on);
	check_order(c, "end_on", "支援の開始日", r->start_on, "終了日（完結の日）", end_on);
	check_code(c, "end_reason", "終了の理由", "case_end", reason, true);
	gen_check_text(c, "end_note", "終了の内容", note, false, 4000);
	return c->n_faults > before ? ERR_INPUT : OK;
}

static err close_tx(struct ctx *c, void *arg)
{
	const struct ending *in = arg;
	struct t_care_case r;
	TRY(writable(c, in->pid, &r));
	TRY(case_check_end(c, &r, in->end_on, in->reason, in->note, false));
	TRY(case_use_approval(c, &r, in->end_on, in->reason, in->note));
	r.end_on = in->end_on;
	r.end_reason = in->reason;
	r.end_note = str_or(in->note, "");
	r.status = "closed";
	TRY(row_save(c, &T_care_case, &r, NULL));
	return follow(c, &r);
}

err case_close(struct ctx *c, const char *pid, civil end_on, const char *reason, const char *note)
{
	struct ending in = {pid, reason, note, end_on};
	return tx_run(c, close_tx, &in);
}

static err reopen_tx(struct ctx *c, void *arg)
{
	const char *const *pid = arg;
	struct t_care_case r;
	TRY(writable(c, *pid, &r));
	if (r.end_on == CIVIL_NONE)
		return OK;
	r.end_on = CIVIL_NONE;
	r.end_reason = r.end_note = "";
	r.status = "active";
	TRY(check_single(c, &r));
	r.status = case_state(&r, c->today);
	TRY(row_save(c, &T_care_case, &r, NULL));
	return follow(c, &r);
}

err case_reopen(struct ctx *c, const char *pid) { return tx_run(c, reopen_tx, &pid); }

static err bin_gate(struct ctx *c, const void *row) { return mandate_case(c, row); }
static const char *bin_title(struct ctx *c, const void *row)
{
	return arena_fmt(c->arena, "ケース: %s", law_code_label(c->house->law, "case_kind", ((const struct t_care_case *)row)->kind));
}

static err bin_refused(struct ctx *c, const void *row)
{
	struct q_case_used_row used;
	TRY(q_case_used(c, &(struct q_case_used_in){.case_id = ((const struct t_care_case *)row)->id}, &used));
	if (used.n)
		return fault_add(c, "reason", ERR_INPUT, "このケースには計画やアセスメント、原案委託があります。ごみ箱に移すかわりに「終了する」を使ってください。");
	return OK;
}

err case_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	return retire_record(c, &(struct retire_kind){&T_care_case, CLASS_CARE, bin_title, bin_gate, bin_refused}, pid, reason, bin_pid);
}
