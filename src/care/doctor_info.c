#include "care/doctor_info.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/own_form.h"
#include "care/printables_of.h"
#include "care/retire.h"
#include "jp/era.h"
#include "law/codes.h"
#include "register/consent.h"
#include "care/evidence_writers.h"
#include "register/gen.h"
#include "register/org.h"
#include "register/person.h"
#include "register/task.h"
#include "register/timeline.h"
#include "sql/q_liaison.h"
#include "store/tx.h"

#include <stdlib.h>

#define FORM "jushin-joho"

/* Once sent, what was sent stands; the answer comes later. */
static bool may_set(const void *row, const char *column)
{
	return str_eq(((const struct t_doctor_info *)row)->state, "received") || str_starts(column, "repl");
}
static const struct own_form OWN = {.t = &T_doctor_info, .may_set = may_set};

/* ---- read -------------------------------------------------------------------------------------------------------- */

static err names(struct ctx *c, struct doctor_info *d)
{
	struct q_liaison_names_row n;
	TRY(q_liaison_names(c, &(struct q_liaison_names_in){.person_id = d->row.person_id, .staff_id = d->row.staff_id, .to_org_id = d->row.to_org_id,
	                                                    .account_id = d->row.updated_by}, &n));
	d->person_pid = n.person_pid;
	d->staff_name = str_or(n.staff_name, "");
	d->to_org_pid = str_or(n.to_org_pid, "");
	d->to_office = str_blank(n.to_org_name) ? d->row.to_office : n.to_org_name;
	d->updated_by = str_or(n.updated_by, "");
	d->may_write = policy_check(c, d->row.person_id, CLASS_MEDICAL, ACTION_WRITE) == OK;
	return OK;
}

static err fill_paper(struct ctx *c, struct doctor_info *d)
{
	struct t_org org;
	civil day = d->row.made_on == CIVIL_NONE ? c->today : d->row.made_on;
	TRY(names(c, d));
	TRY(fill_begin(c, FORM, day, d->row.person_id, &d->fill));
	TRY(own_form_fill(&d->fill, &OWN, &d->row));
	TRY(fill_text(&d->fill, "doctor_info.to_office", d->to_office));
	TRY(row_load(c, &T_org, d->row.org_id, &org));
	TRY(fill_row(&d->fill, &T_org, &org));
	TRY(fill_text(&d->fill, "staff.name", d->staff_name));
	d->fixed = own_form_fixed(c, &OWN, d->fill.def, &d->row, &d->n_fixed);
	return fill_register(&d->fill, day);
}

err doctor_info_new(struct ctx *c, const char *person_pid, struct doctor_info *out)
{
	*out = (struct doctor_info){0};
	int64_t person;
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_MEDICAL, ACTION_WRITE));
	row_init(&T_doctor_info, &out->row);
	out->row.person_id = person;
	out->row.org_id = c->actor.org_id;
	out->row.staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	out->row.state = "received";
	out->row.received_on = out->row.made_on = c->today;
	return fill_paper(c, out);
}

static err open_row(struct ctx *c, const char *pid, enum action a, struct t_doctor_info *r)
{
	TRY(row_find(c, &T_doctor_info, pid, r));
	TRY(policy_check_record(c, r->person_id, CLASS_MEDICAL, a));
	return r->retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

err doctor_info_get(struct ctx *c, const char *pid, struct doctor_info *out)
{
	*out = (struct doctor_info){0};
	TRY(open_row(c, pid, ACTION_SEE, &out->row));
	return fill_paper(c, out);
}

err doctor_info_list(struct ctx *c, const char *person_pid, struct doctor_info **v, size_t *n)
{
	int64_t person;
	struct q_doctor_infos_row *ids;
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_MEDICAL, ACTION_SEE));
	TRY(q_doctor_infos(c, &(struct q_doctor_infos_in){.person_id = person}, &ids, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct doctor_info);
	for (size_t i = 0; i < *n; i++) {
		(*v)[i] = (struct doctor_info){0};
		TRY(row_load(c, &T_doctor_info, ids[i].id, &(*v)[i].row));
		TRY(names(c, &(*v)[i]));
	}
	return OK;
}

/* ---- save ---------------------------------------------------------------------------------------------------------- */

static const char *topics_ja(struct ctx *c, const char *codes)
{
	size_t n;
	char **v = str_split(c->arena, codes, '|', &n);
	struct buf b = buf_new(c->arena);
	for (size_t i = 0; i < n; i++)
		if (!str_blank(v[i]))
			buf_fmt(&b, "%s%s", b.n ? "・" : "", law_code_label(c->house->law, "doctor_topic", v[i]));
	return b.n ? b.p : "情報";
}

static struct evidence_new put(struct ctx *c, const struct t_doctor_info *r, const char *code, civil on, const struct evidence_field *f, size_t n)
{
	return (struct evidence_new){.code = code, .person_id = r->person_id, .org_id = r->org_id, .record_class = CLASS_MEDICAL, .on_day = on,
		.body = evidence_body(c, f, n)};
}

/* HOUSE-INFO-IN: what was received; then REC-MEDINFO if it was passed on, REC-EXC medinfo:not_needed if it need not be (13条13号の2). */
err doctor_info_evidence(struct ctx *c, int64_t row_id)
{
	struct t_doctor_info row, *r = &row;
	struct evidence_new v[2];
	size_t n = 0;
	struct org o;
	TRY(row_load(c, &T_doctor_info, row_id, r));
	if (r->to_org_id != INT_NULL && org_load(c, r->to_org_id, &o) == OK)
		r->to_office = o.name;
	if (r->received_on != CIVIL_NONE) {
		const struct evidence_field f[] = {{.name = "from", .type = 't', .text = r->from_office}, {.name = "kind", .type = 't', .text = r->topic}};
		v[n++] = put(c, r, "HOUSE-INFO-IN", r->received_on, f, 2);
	}
	if (str_eq(r->state, "sent")) {
		const struct evidence_field f[] = {
			{.name = "on_day", .type = 'd', .day = r->sent_on},
			{.name = "to", .type = 't', .text = arena_fmt(c->arena, "%s %s", r->to_office, r->to_name)},
			{.name = "content", .type = 't', .text = r->topic},
			{.name = "agreed", .type = 'b', .yes = true},
		};
		v[n++] = put(c, r, "REC-MEDINFO", r->sent_on, f, sizeof f / sizeof f[0]);
	} else if (str_eq(r->state, "not_needed")) {
		civil on = r->received_on != CIVIL_NONE ? r->received_on : civil_of_instant(r->updated_ms);
		const struct evidence_field f[] = {
			{.name = "kind", .type = 't', .text = "medinfo:not_needed"},
			{.name = "from_on", .type = 'd', .day = on},
			{.name = "to_on", .type = 'd', .day = on},
			{.name = "ground", .type = 't', .text = r->not_needed},
			{.name = "written_on", .type = 'd', .day = civil_of_instant(r->updated_ms)},
			{.name = "written_by", .type = 'n', .number = r->staff_id},
		};
		v[n++] = put(c, r, "REC-EXC", on, f, sizeof f / sizeof f[0]);
	}
	return evidence_set(c, "doctor_info", r->id, v, n, r->retired_ms == INT_NULL);
}

static err follow(struct ctx *c, const struct t_doctor_info *r)
{
	bool sent = str_eq(r->state, "sent");
	TRY(doctor_info_evidence(c, r->id));
	TRY(timeline_add(c, &(struct timeline_new){.person_id = r->person_id, .at_on = sent ? r->sent_on : r->received_on, .kind = "message",
		.record_class = CLASS_MEDICAL, .org_id = r->org_id, .table_name = "doctor_info", .row_id = r->id, .row_pid = r->pid,
		.title = arena_fmt(c->arena, "%sの情報（%s）", topics_ja(c, r->topic), law_code_label(c->house->law, "doctor_info_state", r->state)),
		.summary = sent ? law_code_label(c->house->law, "doctor_kind", r->to_kind) : NULL}));
	if (!str_eq(r->state, "received"))
		return task_settle(c, "doctor_info", r->id, NULL, sent ? "主治医などに提供しました" : "提供しないと判断しました");
	return task_put(c, &(struct task_new){.kind = "document", .person_id = r->person_id, .record_class = CLASS_MEDICAL, .org_id = r->org_id,
		.assignee_staff_id = r->staff_id == INT_NULL ? 0 : r->staff_id, .due_on = r->received_on, .title = "主治医などへの情報提供",
		.reason = arena_fmt(c->arena, "%sに受けた%sの情報が、まだ主治医などに伝わっていません（基準13条13号の2）。", era_text(c->arena, r->received_on), topics_ja(c, r->topic)),
		.table_name = "doctor_info", .row_id = r->id, .row_pid = r->pid}, NULL);
}

static void check_code(struct ctx *c, const char *field, const char *label, const char *list, const char *code, bool required)
{
	if (str_blank(code)) {
		if (required)
			(void)fault_add(c, field, ERR_REQUIRED, "「%s」を選んでください。", label);
	} else if (!law_code_valid(c->house->law, list, code, c->today)) {
		(void)fault_add(c, field, ERR_NOT_CHOICE, "「%s」は、一覧から選んでください。", label);
	}
}

static void check(struct ctx *c, const struct t_doctor_info *r)
{
	check_code(c, "to_kind", "伝える相手", "doctor_kind", r->to_kind, true);
	check_code(c, "consent_how", "同意の記録のしかた", "consent_record_how", r->consent_how, false);
	gen_check_text(c, "from_office", "情報を受けた事業所・人", r->from_office, true, 200);
	if (r->received_on == CIVIL_NONE)
		(void)fault_add(c, "received_on", ERR_REQUIRED, "「情報を受けた日」を入力してください。");
	else if (r->received_on > c->today)
		(void)fault_add(c, "received_on", ERR_DATE_FUTURE, "「情報を受けた日」に、これから先の日付は入力できません。");
	if (r->consent_on != CIVIL_NONE && r->consent_on > c->today)
		(void)fault_add(c, "consent_date", ERR_DATE_FUTURE, "「本人の同意を得た日」に、これから先の日付は入力できません。");
	if (r->made_on == CIVIL_NONE)
		(void)fault_add(c, "made_date", ERR_REQUIRED, "「作成年月日」を入力してください。");
	if (str_blank(r->topic))
		(void)fault_add(c, "topic", ERR_REQUIRED, "「伝える内容」を一つ以上選んでください。");
}

struct saving {
	struct doctor_info *d;
	const struct doctor_info_input *in;
	struct row_conflict **conflict;
};

static err take(struct ctx *c, struct t_doctor_info *r, const struct doctor_info_input *in)
{
	struct org o;
	r->to_kind = in->to_kind;
	r->from_office = in->from_office;
	r->received_on = in->received_on;
	r->consent_topic = in->consent_topic;
	r->consent_how = in->consent_how;
	r->to_org_id = INT_NULL;
	if (str_blank(in->to_org_pid))
		return OK;
	err e = org_get(c, in->to_org_pid, &o);
	if (e == ERR_NOTFOUND)
		return fault_add(c, "to_org", ERR_NOT_CHOICE, "「登録されている医療機関・薬局」は、一覧から選んでください。");
	TRY(e);
	r->to_org_id = o.id;
	return OK;
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_doctor_info *r = &s->d->row;
	TRY(policy_check_record(c, r->person_id, CLASS_MEDICAL, ACTION_WRITE));
	if (str_eq(r->state, "received")) {
		err e = take(c, r, s->in);
		if (e != OK && e != ERR_NOT_CHOICE)
			return e;
	}
	TRY(own_form_read(c, &OWN, s->in->typed, r->person_id, r));
	err valid = answers_validate(c, s->in->typed, true, NULL);
	check(c, r);
	if (valid != OK || c->n_faults)
		return valid != OK ? valid : ERR_INPUT;
	if (r->id) {
		r->version = s->in->version;
		TRY(row_save(c, &T_doctor_info, r, s->conflict));
	} else {
		TRY(row_insert(c, &T_doctor_info, r));
	}
	TRY(timeline_touch(c, "doctor_info", r->id));
	return follow(c, r);
}

err doctor_info_save(struct ctx *c, struct doctor_info *d, const struct doctor_info_input *in, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	struct saving s = {d, in, conflict ? conflict : &none};
	return tx_run(c, save_tx, &s);
}

/* ---- consent and sending ------------------------------------------------------------------------------------------------ */

static bool covers(struct ctx *c, const char *agreed, const char *topics)
{
	size_t n, m;
	char **want = str_split(c->arena, topics, '|', &n), **have = str_split(c->arena, agreed, '|', &m);
	for (size_t i = 0; i < n; i++) {
		bool found = str_blank(want[i]);
		for (size_t k = 0; k < m; k++)
			found |= str_eq(want[i], have[k]);
		if (!found)
			return false;
	}
	return true;
}

static err check_consent(struct ctx *c, const struct doctor_info *d, civil on)
{
	const struct t_doctor_info *r = &d->row;
	bool holds = false;
	if (r->consent_on != CIVIL_NONE && r->consent_on <= on && !str_blank(r->consent_by) && !str_blank(r->consent_how) && covers(c, r->consent_topic, r->topic))
		return OK;
	if (r->to_org_id != INT_NULL)
		TRY(consent_holds(c, r->person_id, r->to_org_id, CLASS_MEDICAL, on, &holds));
	if (holds)
		return OK;
	return fault_add(c, "sent_on", ERR_INPUT, "%sについて、この相手に伝えることへの本人の同意が記録されていません。「本人の同意を得た日」「同意した人」「同意の記録のしかた」"
	                 "「同意した内容」を入力して保存するか、「同意」の画面でこの医療機関・薬局への同意を記録してから提供してください（提供日までの同意が必要です）。", topics_ja(c, r->topic));
}

struct sending {
	const char *pid, *how, **issued_pid;
	civil on;
};


static err keep_copy(struct ctx *c, const struct doctor_info *d, const char **issued_pid)
{
	const struct t_doctor_info *r = &d->row;
	struct view_source s = {.f = &d->fill, .table_name = "doctor_info", .row_id = r->id, .row_version = r->version};
	struct issued_recipient to = {.kind = "doctor", .name = arena_fmt(c->arena, "%s%s%s", d->to_office, str_blank(r->to_name) ? "" : "　", r->to_name),
		.org_id = r->to_org_id == INT_NULL ? 0 : r->to_org_id, .on_day = r->sent_on,
		.how = str_eq(r->sent_how, "fax") ? "fax" : str_eq(r->sent_how, "mail") ? "post" : str_eq(r->sent_how, "electronic") ? "electronic" : "hand"};
	return view_issue(c, &s, "sent", &to, 1, issued_pid);
}

static err send_tx(struct ctx *c, void *arg)
{
	const struct sending *in = arg;
	struct doctor_info d;
	TRY(doctor_info_get(c, in->pid, &d));
	TRY(policy_check_record(c, d.row.person_id, CLASS_MEDICAL, ACTION_WRITE));
	if (!str_eq(d.row.state, "received"))
		return fault_add(c, "sent_on", ERR_INPUT, "この情報は、もう提供したか、提供しないと判断しています。");
	size_t before = c->n_faults;
	if (in->on == CIVIL_NONE)
		(void)fault_add(c, "sent_on", ERR_REQUIRED, "「提供した日」を入力してください。");
	else if (in->on > c->today || in->on < d.row.received_on)
		(void)fault_add(c, "sent_on", ERR_INPUT, "「提供した日」は、情報を受けた日（%s）から今日までの日付にしてください。", era_text(c->arena, d.row.received_on));
	check_code(c, "sent_how", "提供した方法", "hospital_told_how", in->how, true);
	if (str_blank(d.to_office))
		(void)fault_add(c, "sent_on", ERR_REQUIRED, "「医療機関・薬局」を入力して保存してから提供してください。");
	if (c->n_faults > before)
		return ERR_INPUT;
	TRY(check_consent(c, &d, in->on));
	d.row.state = "sent";
	d.row.sent_on = in->on;
	d.row.sent_how = in->how;
	TRY(row_save(c, &T_doctor_info, &d.row, NULL));
	TRY(keep_copy(c, &d, in->issued_pid));
	return follow(c, &d.row);
}

err doctor_info_send(struct ctx *c, const char *pid, civil on, const char *how, const char **issued_pid)
{
	struct sending in = {pid, how, issued_pid, on};
	return tx_run(c, send_tx, &in);
}

static err not_needed_tx(struct ctx *c, void *arg)
{
	const char *const *in = arg;
	struct t_doctor_info r;
	TRY(open_row(c, in[0], ACTION_WRITE, &r));
	if (!str_eq(r.state, "received"))
		return fault_add(c, "not_needed", ERR_INPUT, "この情報は、もう提供したか、提供しないと判断しています。");
	gen_check_text(c, "not_needed", "提供しないと判断した理由", in[1], true, 4000);
	if (c->n_faults)
		return ERR_INPUT;
	r.state = "not_needed";
	r.not_needed = in[1];
	TRY(row_save(c, &T_doctor_info, &r, NULL));
	return follow(c, &r);
}

err doctor_info_not_needed(struct ctx *c, const char *pid, const char *reason)
{
	const char *in[] = {pid, reason};
	return tx_run(c, not_needed_tx, in);
}

static const char *bin_title(struct ctx *c, const void *row) { return arena_fmt(c->arena, "主治医などへの情報（%s）", topics_ja(c, ((const struct t_doctor_info *)row)->topic)); }

static err bin_gate(struct ctx *c, const void *row) { return policy_check_record(c, ((const struct t_doctor_info *)row)->person_id, CLASS_MEDICAL, ACTION_WRITE); }

err doctor_info_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	return retire_record(c, &(struct retire_kind){&T_doctor_info, CLASS_MEDICAL, bin_title, bin_gate, NULL}, pid, reason, bin_pid);
}

err doctor_info_print(struct ctx *c, const struct doctor_info *d, enum paper_kind kind, const char **bytes, size_t *n)
{
	struct view_source s = {.f = &d->fill, .table_name = "doctor_info", .row_id = d->row.id, .row_version = d->row.version,
	                        .notice = str_eq(d->row.state, "sent") ? NULL : "未提供"};
	return view_paper(c, &s, kind, bytes, n);
}

static int by_made(const void *a, const void *b)
{
	const struct doctor_info *x = a, *y = b;
	return x->row.made_on != y->row.made_on ? (x->row.made_on > y->row.made_on) - (x->row.made_on < y->row.made_on) : (x->row.id > y->row.id) - (x->row.id < y->row.id);
}

err printables_doctor_info(struct ctx *c, const struct person *p, const struct printable_period *period, struct printable_docs *out)
{
	struct doctor_info *v;
	size_t n, last = SIZE_MAX;
	TRY(policy_check(c, p->id, CLASS_MEDICAL, ACTION_PRINT));
	TRY(doctor_info_list(c, p->pid, &v, &n));
	qsort(v, n, sizeof *v, by_made);
	for (size_t i = 0; i < n; i++)
		if (printable_in(period, v[i].row.made_on))
			last = i;
	for (size_t i = 0; i < n; i++) {
		if (!printable_in(period, v[i].row.made_on) || (period->newest && i != last))
			continue;
		struct doctor_info *d = ARENA_NEW(c->arena, struct doctor_info);
		TRY(doctor_info_get(c, v[i].row.pid, d));
		printable_add_fill(c, out, &d->fill, str_eq(d->row.state, "sent") ? NULL : "未提供");
	}
	return OK;
}
