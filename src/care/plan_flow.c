#include "care/plan_flow.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/plan_check.h"
#include "care/plan_create.h"
#include "care/plan_deliver.h"
#include "care/plan_follow.h"
#include "care/plan_minor.h"
#include "jp/era.h"
#include "law/codes.h"
#include "register/gen.h"
#include "sql/q_plan.h"
#include "store/file.h"
#include "store/revision.h"
#include "register/task.h"
#include "store/tx.h"

#include <sodium.h>
#include <string.h>

static const struct gen_code HOWS[] = {{"sign", "署名"}, {"seal", "記名押印"}, {"electronic", "電磁的方法"}, {"proxy_sign", "代筆"}};
static const struct gen_code WHO[] = {{"self", "本人"}, {"agent", "代理人・代筆者"}, {"family", "家族"}, {"guardian", "成年後見人等"}};

const char *plan_how_ja(const char *how) { return GEN_LABEL(HOWS, how); }
const char *plan_agreed_by_ja(const char *agreed_by) { return GEN_LABEL(WHO, agreed_by); }

struct acting {
	const char *pid, *reason, *new_pid;
	civil on;
	const struct plan_explain *explain;
	const struct plan_consent_new *consent;
	const struct plan_provisional *provisional;
	const struct plan_change *change;
};

/* ---- common ------------------------------------------------------------------------------------------------------------------ */

static err open_tree(struct ctx *c, const char *pid, struct plan_tree *t)
{
	struct t_plan row;
	TRY(plan_open(c, pid, ACTION_WRITE, &row));
	return plan_load(c, row.id, t);
}

static bool is(const struct plan_tree *t, const char *status) { return str_eq(t->plan.status, status); }

static err wrong_state(struct ctx *c, const struct plan_tree *t, const char *what)
{
	return fault_add(c, "", ERR_PLAN_STATE, "この計画はいま「%s」なので、%s。", plan_status_ja(t->plan.status), what);
}

/* Blocks become faults that name their row; the page shows them with links. */
static err no_blocks(struct ctx *c, const struct plan_tree *t, size_t *warnings)
{
	struct plan_problem *v;
	size_t n, before = c->n_faults;
	TRY(plan_check(c, t, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].is_block)
			(void)fault_add(c, "problems", ERR_PLAN_BLOCKED, "%s", v[i].sentence);
	*warnings = n - (c->n_faults - before);
	return c->n_faults == before ? OK : ERR_PLAN_BLOCKED;
}

static err approved(struct ctx *c, const struct plan_tree *t)
{
	struct plan_approval a;
	TRY(plan_approval_of(c, t, &a));
	if (!a.lacks)
		return OK;
	return fault_add(c, "", ERR_PLAN_STATE, a.voided
		? "承認のあとで計画が直されたため、承認は無効になりました。「確認・承認」でもう一度承認を頼み、承認を受けてから進めてください。"
		: "この事業所では、計画の説明の前にほかの職員の承認が要ります。「確認・承認」で承認を頼み、承認を受けてから進めてください。");
}

static err write(struct ctx *c, struct plan_tree *t)
{
	TRY(row_save(c, &T_plan, &t->plan, NULL));
	TRY(plan_load(c, t->plan.id, t));
	return plan_follow(c, t);
}

/* ---- explained ----------------------------------------------------------------------------------------------------------------- */

static err explain_tx(struct ctx *c, void *arg)
{
	struct acting *x = arg;
	const struct plan_explain *in = x->explain;
	struct plan_tree t;
	size_t warnings, before = c->n_faults;
	TRY(open_tree(c, x->pid, &t));
	if (!is(&t, "draft"))
		return wrong_state(c, &t, "説明を記録できません");
	if (in->on == CIVIL_NONE)
		(void)fault_add(c, "explained_on", ERR_REQUIRED, "「説明した日」を入力してください。");
	else if (in->on > c->today)
		(void)fault_add(c, "explained_on", ERR_DATE_FUTURE, "「説明した日」に、これから先の日付は入力できません。");
	if (c->n_faults > before)
		return c->faults[before].code;
	TRY(approved(c, &t));
	TRY(no_blocks(c, &t, &warnings));
	int untouched = plan_untouched_percent(&t);
	if (untouched > 80 && !in->untouched_ok)
		(void)fault_add(c, "untouched_ok", ERR_REQUIRED, "文の%d%%が前の版から写したままです。いまの本人に合っているか読み直し、このままでよければ印を付けてください。", untouched);
	if (warnings && !in->warnings_ok)
		(void)fault_add(c, "warnings_ok", ERR_REQUIRED, "注意が%zu件あります。読んで、このまま進めるときは印を付けてください。", warnings);
	if (c->n_faults > before)
		return c->faults[before].code;
	t.plan.status = "explained";
	t.plan.explained_on = in->on;
	t.plan.explained_by_staff_id = in->by_staff_id ? in->by_staff_id : c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	return write(c, &t);
}

err plan_explain(struct ctx *c, const char *pid, const struct plan_explain *in)
{
	struct acting x = {.pid = pid, .explain = in};
	return tx_run(c, explain_tx, &x);
}

static err back_tx(struct ctx *c, void *arg)
{
	struct acting *x = arg;
	struct plan_tree t;
	TRY(open_tree(c, x->pid, &t));
	if (!is(&t, "explained"))
		return wrong_state(c, &t, "原案に戻せません");
	t.plan.status = "draft";
	t.plan.explained_on = CIVIL_NONE;
	t.plan.explained_by_staff_id = INT_NULL;
	return write(c, &t);
}

err plan_back(struct ctx *c, const char *pid, const char *reason)
{
	struct acting x = {.pid = pid, .reason = reason};
	return tx_run(c, back_tx, &x);
}

/* ---- in use: agreed, or as 暫定 -------------------------------------------------------------------------------------------------- */

/* The version before it ends the day before this one begins: before its period, where it was agreed early. */
static err replace_others(struct ctx *c, const struct plan_tree *t)
{
	civil start = t->plan.from_on != CIVIL_NONE && t->plan.from_on > t->plan.plan_on ? t->plan.from_on : t->plan.plan_on;
	struct q_plan_in_use_others_row *v;
	size_t n;
	TRY(q_plan_in_use_others(c, &(struct q_plan_in_use_others_in){.case_id = t->plan.case_id, .kind = t->plan.kind, .plan_id = t->plan.id}, &v, &n));
	for (size_t i = 0; i < n; i++) {
		struct plan_tree old;
		TRY(plan_load(c, v[i].id, &old));
		old.plan.status = "replaced";
		old.plan.ended_on = start > old.plan.plan_on ? start - 1 : old.plan.plan_on;
		old.plan.end_reason = arena_fmt(c->arena, "%sに変更", plan_version_ja(c->arena, t->plan.version_no, t->plan.revision_no));
		TRY(write(c, &old));
	}
	return OK;
}

/* 初回作成日 of the case follows its first plan in use. */
static err first_plan(struct ctx *c, const struct plan_tree *t)
{
	struct t_care_case k;
	TRY(row_load(c, &T_care_case, t->plan.case_id, &k));
	if (k.first_plan_on != CIVIL_NONE)
		return OK;
	k.first_plan_on = t->plan.plan_on;
	TRY(row_save(c, &T_care_case, &k, NULL));
	return task_settle(c, "care_case", k.id, "plan_due", "計画ができました");
}

static err into_use(struct ctx *c, struct plan_tree *t)
{
	TRY(write(c, t));
	TRY(replace_others(c, t));
	TRY(first_plan(c, t));
	TRY(plan_issue(c, t, "agreed"));
	TRY(plan_deliver_prepare(c, t));
	return plan_load(c, t->plan.id, t);
}

/* ---- consent ------------------------------------------------------------------------------------------------------------------------ */

static void check_person(struct ctx *c, const struct plan_consent_new *in)
{
	GEN_CHECK_CODE(c, "agreed_by", "「同意した人」", WHO, in->agreed_by, true);
	GEN_CHECK_CODE(c, "how", "「同意の方法」", HOWS, in->how, true);
	gen_check_text(c, "agreed_name", "「同意した人の氏名」", in->agreed_name, !str_eq(in->agreed_by, "self"), 100);
	gen_check_text(c, "agreed_relation", "「続柄・関係」", in->agreed_relation, !str_eq(in->agreed_by, "self"), 50);
	gen_check_text(c, "note", "「メモ」", in->note, false, 1000);
	if (!in->told_benefit)
		(void)fault_add(c, "told_benefit", ERR_REQUIRED, "保険給付の対象かどうかを区分して説明したことを確かめ、印を付けてください（基準13条10号）。");
}

static void check_consent(struct ctx *c, const struct plan_tree *t, const struct plan_consent_new *in, civil explained)
{
	(void)t;
	check_person(c, in);
	if (explained == CIVIL_NONE)
		(void)fault_add(c, "explained_on", ERR_REQUIRED, "「説明した日」を入力してください。");
	if (in->agreed_on == CIVIL_NONE)
		(void)fault_add(c, "agreed_on", ERR_REQUIRED, "「同意した日」を入力してください。");
	else if (in->agreed_on > c->today)
		(void)fault_add(c, "agreed_on", ERR_DATE_FUTURE, "「同意した日」に、これから先の日付は入力できません。");
	else if (explained != CIVIL_NONE && in->agreed_on < explained)
		(void)fault_add(c, "agreed_on", ERR_PERIOD_ORDER, "「同意した日」が「説明した日」（%s）より前です。どちらかを直してください。", era_text(c->arena, explained));
	if (!str_eq(in->how, "electronic"))
		return;
	if (in->electronic_ok_on == CIVIL_NONE)
		(void)fault_add(c, "electronic_ok_on", ERR_REQUIRED, "電磁的方法で同意を得るには、先に本人の承諾が要ります。「承諾を得た日」を入力してください。");
	else if (in->agreed_on != CIVIL_NONE && in->electronic_ok_on > in->agreed_on)
		(void)fault_add(c, "electronic_ok_on", ERR_PERIOD_ORDER, "「承諾を得た日」が「同意した日」より後です。どちらかを直してください。");
}

/* "data:image/png;base64,…" of the drawing → bytes; nothing drawn is no error. */
static err drawn(struct ctx *c, const char *url, struct blob *out)
{
	static const char head[] = "data:image/png;base64,";
	*out = (struct blob){NULL, 0};
	if (str_blank(url))
		return OK;
	size_t n = strlen(url), len = 0;
	unsigned char *bytes = arena_alloc(c->arena, n + 1);
	if (!str_starts(url, head) ||
	    sodium_base642bin(bytes, n, url + sizeof head - 1, n - (sizeof head - 1), NULL, &len, NULL, sodium_base64_VARIANT_ORIGINAL) != 0 ||
	    strcmp(file_sniff((struct blob){bytes, len}), "image/png") != 0)
		return fault_add(c, "signature", ERR_INPUT, "手書きの署名を読めませんでした。書き直すか、紙に署名してスキャンを添えてください。");
	*out = (struct blob){bytes, len};
	return OK;
}

static err keep_file(struct ctx *c, const struct t_plan_consent *k, int64_t org_id, struct blob bytes, const char *name, const char **sha)
{
	if (!bytes.p)
		return OK;
	const char *type = file_sniff(bytes);
	if (!str_starts(type, "image/") && !str_eq(type, "application/pdf"))
		return fault_add(c, "scan", ERR_INPUT, "「署名のスキャン」は、写真（JPEG・PNG）か PDF のファイルを選んでください。");
	struct t_stored_file f;
	row_init(&T_stored_file, &f);
	f.name = name;
	f.record_class = CLASS_CARE;
	f.person_id = k->person_id;
	f.org_id = org_id;
	f.owner_table = "plan_consent";
	f.owner_id = k->id;
	TRY(file_put(c, bytes, &f));
	*sha = f.sha256;
	return OK;
}

static err insert_consent(struct ctx *c, const struct plan_tree *t, const struct plan_consent_new *in, civil explained, struct blob sign)
{
	struct t_plan_consent k;
	row_init(&T_plan_consent, &k);
	k.person_id = t->plan.person_id;
	k.plan_id = t->plan.id;
	k.explained_on = explained;
	k.explained_by_staff_id = t->plan.explained_by_staff_id;
	k.told_benefit = in->told_benefit;
	k.agreed_on = in->agreed_on;
	k.agreed_by = in->agreed_by;
	k.agreed_name = str_blank(in->agreed_name) ? t->person_name : str_trim(c->arena, in->agreed_name);
	k.agreed_relation = str_eq(in->agreed_by, "self") ? "" : str_trim(c->arena, str_or(in->agreed_relation, ""));
	k.how = in->how;
	k.electronic_ok_on = str_eq(in->how, "electronic") ? in->electronic_ok_on : CIVIL_NONE;
	k.row_version = t->plan.version;
	k.content_sha = plan_content_sha(c, t);
	k.note = str_or(in->note, "");
	TRY(row_insert(c, &T_plan_consent, &k));
	const char *sha = "";
	TRY(keep_file(c, &k, t->plan.org_id, in->scan, str_blank(in->scan_name) ? "署名" : in->scan_name, &sha));
	TRY(keep_file(c, &k, t->plan.org_id, sign, "署名.png", &sha));
	if (*sha) {
		k.signature_sha = sha;
		TRY(row_save(c, &T_plan_consent, &k, NULL));
	}
	return plan_follow_consent(c, &t->plan, &k);
}

static err consent_tx(struct ctx *c, void *arg)
{
	struct acting *x = arg;
	const struct plan_consent_new *in = x->consent;
	struct plan_tree t;
	struct blob sign;
	size_t before = c->n_faults, warnings;
	TRY(open_tree(c, x->pid, &t));
	if (is(&t, "draft"))
		return fault_add(c, "", ERR_PLAN_STATE, "まだ説明が記録されていません。原案を確かめて「説明」を記録してから、同意を記録してください。");
	if (!is(&t, "explained") && !is(&t, "provisional"))
		return wrong_state(c, &t, "同意を記録できません");
	civil explained = in->explained_on != CIVIL_NONE ? in->explained_on : t.plan.explained_on;
	check_consent(c, &t, in, explained);
	err e = drawn(c, in->signature, &sign);
	if (c->n_faults > before)
		return e != OK ? e : c->faults[before].code;
	TRY(approved(c, &t));
	TRY(no_blocks(c, &t, &warnings));
	TRY(insert_consent(c, &t, in, explained, sign));
	t.plan.status = "consented";
	t.plan.explained_on = explained;
	t.plan.consented_on = in->agreed_on;
	if (!str_eq(t.plan.cert_status, "1")) { /* while the result is open it stays 暫定 */
		t.plan.is_provisional = false;
		t.plan.provisional_until = CIVIL_NONE;
	}
	return into_use(c, &t);
}

err plan_consent(struct ctx *c, const char *pid, const struct plan_consent_new *in)
{
	struct acting x = {.pid = pid, .consent = in};
	return tx_run(c, consent_tx, &x);
}

/* ---- 暫定 --------------------------------------------------------------------------------------------------------------------------------- */

static err provisional_tx(struct ctx *c, void *arg)
{
	struct acting *x = arg;
	const struct plan_provisional *in = x->provisional;
	struct plan_tree t;
	size_t before = c->n_faults, warnings;
	int most = plan_term_days("provisional_max", c->today);
	TRY(open_tree(c, x->pid, &t));
	if (t.is_frozen)
		return wrong_state(c, &t, "暫定にできません");
	gen_check_text(c, "reason", "同意の前に使い始める「理由」", in->reason, true, 1000);
	if (in->until == CIVIL_NONE)
		(void)fault_add(c, "until", ERR_REQUIRED, "「暫定の期限」を入力してください。");
	else if (in->until < c->today)
		(void)fault_add(c, "until", ERR_RANGE, "「暫定の期限」は、今日より後の日を入力してください。");
	else if (most && in->until > c->today + most)
		(void)fault_add(c, "until", ERR_RANGE, "「暫定の期限」は、今日から%d日（%s）までにしてください。", most, era_text(c->arena, c->today + most));
	if (c->n_faults > before)
		return c->faults[before].code;
	TRY(approved(c, &t));
	TRY(no_blocks(c, &t, &warnings));
	t.plan.status = "provisional";
	t.plan.is_provisional = true;
	t.plan.provisional_reason = in->reason;
	t.plan.provisional_until = in->until;
	if (!str_blank(in->expected_level))
		t.plan.expected_level = in->expected_level;
	return into_use(c, &t);
}

err plan_provisional(struct ctx *c, const char *pid, const struct plan_provisional *in)
{
	struct acting x = {.pid = pid, .provisional = in};
	return tx_run(c, provisional_tx, &x);
}

/* ---- change ---------------------------------------------------------------------------------------------------------------------------------- */

static bool in_use(const struct plan_tree *t) { return is(t, "provisional") || is(t, "consented") || is(t, "delivered"); }

/* What the notice says: never a 軽微な変更 that it calls none. */
static err check_minor(struct ctx *c, const char *field, const char *change, civil on, const char *what, const char *mend)
{
	struct plan_minor m;
	TRY(plan_minor_judge(c, change, on, &m));
	if (!str_eq(m.outcome, "full"))
		return OK;
	return fault_add(c, field, ERR_NOT_CHOICE, "%s「%s」に当たるので、軽微な変更になりません。%s（判定 %s、%s）。%s", what, m.change, m.label, m.rule, m.source, mend);
}

static void check_change(struct ctx *c, const struct plan_change *in)
{
	bool minor = str_eq(in->kind, "minor");
	if (!minor && !str_eq(in->kind, "full"))
		(void)fault_add(c, "change_kind", ERR_NOT_CHOICE, "「変更の種類」は、通常の変更か軽微な変更を選んでください。");
	gen_check_text(c, "reason", minor ? "軽微と判断した「理由」" : "「変更の理由」", in->reason, true, 1000);
	if (in->plan_on != CIVIL_NONE && in->plan_on > c->today + 92)
		(void)fault_add(c, "plan_on", ERR_RANGE, "「計画作成（変更）日」が3か月より先です。日付を確かめてください。");
	if (!minor)
		return;
	if (str_blank(in->minor_code))
		(void)fault_add(c, "minor_code", ERR_REQUIRED, "軽微な変更に「当てはまる例」を選んでください。どれにも当たらないときは、通常の変更です。");
	else if (check_minor(c, "minor_code", in->minor_code, c->today, "", "「変更の種類」で「通常の変更」を選んでください。") != OK)
		return;
	else if (!law_code_valid(c->house->law, "plan_minor", in->minor_code, c->today))
		(void)fault_add(c, "minor_code", ERR_NOT_CHOICE, "「当てはまる例」は、表示されている中から選んでください。");
	if (in->agreed_on != CIVIL_NONE && in->agreed_on > c->today)
		(void)fault_add(c, "agreed_on", ERR_DATE_FUTURE, "「本人の了解を得た日」に、これから先の日付は入力できません。");
	if (in->judged_on != CIVIL_NONE && in->judged_on > c->today)
		(void)fault_add(c, "judged_on", ERR_DATE_FUTURE, "「判断した日」に、これから先の日付は入力できません。");
}

/* A 軽微な変更 goes on on the same sheet: its dates and numbers stay, the day of the change is its own. */
static err minor_row(struct ctx *c, const struct plan_tree *from, const struct plan_change *in, struct t_plan *p)
{
	struct q_plan_revision_max_row m;
	TRY(q_plan_revision_max(c, &(struct q_plan_revision_max_in){.case_id = from->plan.case_id, .kind = from->plan.kind,
		.version_no = from->plan.version_no}, &m));
	*p = from->plan;
	p->id = 0;
	p->pid = "";
	p->revision_no = m.revision_no + 1;
	p->change_minor_code = in->minor_code;
	p->change_judged_by = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	p->change_judged_on = in->judged_on != CIVIL_NONE ? in->judged_on : c->today;
	p->change_agreed_on = in->agreed_on;
	p->change_no_meeting = str_or(in->no_meeting, "");
	p->explained_on = p->consented_on = p->delivered_on = p->ended_on = CIVIL_NONE;
	p->explained_by_staff_id = INT_NULL;
	p->center_opinion = "";
	p->center_checked_on = CIVIL_NONE;
	p->center_checked_by = INT_NULL;
	return OK;
}

static err full_row(struct ctx *c, const struct plan_tree *from, struct t_plan *p)
{
	const char *pid;
	TRY(plan_copy(c, from->plan.pid, &pid));
	return row_find(c, &T_plan, pid, p);
}

static err change_tx(struct ctx *c, void *arg)
{
	struct acting *x = arg;
	const struct plan_change *in = x->change;
	struct plan_tree from, t;
	struct q_plan_numbers_row n;
	struct t_plan p;
	size_t before = c->n_faults;
	bool minor = str_eq(in->kind, "minor");
	TRY(open_tree(c, x->pid, &from));
	if (!in_use(&from))
		return wrong_state(c, &from, "ここからは変更できません。使っている版から変更してください");
	TRY(q_plan_numbers(c, &(struct q_plan_numbers_in){.case_id = from.plan.case_id, .kind = from.plan.kind}, &n));
	if (n.drafts)
		return fault_add(c, "", ERR_PLAN_STATE, "作りかけの原案がすでにあります。その原案を続けるか、取りやめてから変更してください。");
	if (minor && is(&from, "provisional")) /* there is no consent yet on which a 軽微な変更 could stand */
		return fault_add(c, "change_kind", ERR_PLAN_STATE, "まだ同意を得ていない暫定の計画には、軽微な変更はできません。先に同意を記録するか、通常の変更にしてください。");
	check_change(c, in);
	if (c->n_faults > before)
		return c->faults[before].code;
	if (minor)
		TRY(minor_row(c, &from, in, &p));
	else
		TRY(full_row(c, &from, &p));
	p.status = "draft";
	p.change_kind = in->kind;
	p.change_reason = in->reason;
	p.plan_on = in->plan_on != CIVIL_NONE ? in->plan_on : c->today;
	if (minor)
		TRY(plan_copy_into(c, &from, &p, false));
	else
		TRY(row_save(c, &T_plan, &p, NULL));
	TRY(plan_load(c, p.id, &t));
	TRY(plan_follow(c, &t));
	x->new_pid = p.pid;
	return OK;
}

err plan_change(struct ctx *c, const char *pid, const struct plan_change *in, const char **new_pid)
{
	struct acting x = {.pid = pid, .change = in};
	TRY(tx_run(c, change_tx, &x));
	*new_pid = x.new_pid;
	return OK;
}

static err minor_tx(struct ctx *c, void *arg)
{
	struct acting *x = arg;
	struct plan_tree t;
	size_t warnings;
	TRY(open_tree(c, x->pid, &t));
	if (t.is_frozen || !str_eq(t.plan.change_kind, "minor"))
		return wrong_state(c, &t, "軽微な変更として確定できません");
	civil on = x->on != CIVIL_NONE ? x->on : t.plan.change_agreed_on;
	if (on == CIVIL_NONE)
		return fault_add(c, "agreed_on", ERR_REQUIRED, "「本人の了解を得た日」を入力してください。軽微な変更でも、説明と了解が要ります。");
	if (on > c->today)
		return fault_add(c, "agreed_on", ERR_DATE_FUTURE, "「本人の了解を得た日」に、これから先の日付は入力できません。");
	const char *office;
	TRY(plan_minor_added(c, &t, &office));
	if (*office)
		TRY(check_minor(c, "", "add_office", t.plan.plan_on, arena_fmt(c->arena, "前の版にない事業所「%s」が加わっています。", office),
			"事業所を足すときは、この原案を取りやめて、使っている版から「通常の変更」をしてください。"));
	TRY(approved(c, &t));
	TRY(no_blocks(c, &t, &warnings));
	t.plan.status = "consented";
	t.plan.change_agreed_on = t.plan.explained_on = t.plan.consented_on = on;
	return into_use(c, &t);
}

err plan_minor_settle(struct ctx *c, const char *pid, civil agreed_on)
{
	struct acting x = {.pid = pid, .on = agreed_on};
	return tx_run(c, minor_tx, &x);
}

/* ---- end, cancel --------------------------------------------------------------------------------------------------------------------------------- */

static err end_tx(struct ctx *c, void *arg)
{
	struct acting *x = arg;
	struct plan_tree t;
	size_t before = c->n_faults;
	TRY(open_tree(c, x->pid, &t));
	if (!in_use(&t))
		return wrong_state(c, &t, "終了にできません");
	gen_check_text(c, "reason", "「終了の理由」", x->reason, true, 1000);
	if (x->on == CIVIL_NONE)
		(void)fault_add(c, "ended_on", ERR_REQUIRED, "「終了の日」を入力してください。");
	else if (x->on < t.plan.plan_on)
		(void)fault_add(c, "ended_on", ERR_PERIOD_ORDER, "「終了の日」が計画作成日より前です。日付を直してください。");
	if (c->n_faults > before)
		return c->faults[before].code;
	t.plan.status = "ended";
	t.plan.ended_on = x->on;
	t.plan.end_reason = x->reason;
	return write(c, &t);
}

err plan_end(struct ctx *c, const char *pid, civil on, const char *reason)
{
	struct acting x = {.pid = pid, .on = on, .reason = reason};
	return tx_run(c, end_tx, &x);
}

static err cancel_tx(struct ctx *c, void *arg)
{
	struct acting *x = arg;
	struct plan_tree t;
	size_t before = c->n_faults;
	TRY(open_tree(c, x->pid, &t));
	if (t.is_frozen)
		return wrong_state(c, &t, "取りやめにできません。終了の日を決めて「終了」にしてください");
	gen_check_text(c, "reason", "「取りやめの理由」", x->reason, true, 1000);
	if (c->n_faults > before)
		return c->faults[before].code;
	t.plan.status = "cancelled";
	t.plan.ended_on = c->today;
	t.plan.end_reason = x->reason;
	return write(c, &t);
}

err plan_cancel(struct ctx *c, const char *pid, const char *reason)
{
	struct acting x = {.pid = pid, .reason = reason};
	return tx_run(c, cancel_tx, &x);
}

/* ---- next step ------------------------------------------------------------------------------------------------------------------------------------- */

struct plan_step plan_next(const struct plan_tree *t)
{
	const char *s = t->plan.status;
	if (!t->may_write)
		return (struct plan_step){"", "", ""};
	if (str_eq(s, "draft") && str_eq(t->plan.change_kind, "minor"))
		return (struct plan_step){"/minor", "軽微な変更を確定する", "内容を直したら、本人の了解を得た日を記録します。"};
	if (str_eq(s, "draft"))
		return (struct plan_step){"/explain", "内容を確かめて説明する", "足りないところを確かめ、本人に説明した日を記録します。"};
	if (str_eq(s, "explained"))
		return (struct plan_step){"/consent", "同意を記録する", "文書による同意（署名など）を記録すると、計画は直せなくなります。"};
	if (str_eq(s, "provisional"))
		return (struct plan_step){"/consent", "同意を記録する", "暫定で使っています。期限までに同意を得てください。"};
	if (str_eq(s, "consented"))
		return (struct plan_step){"/delivery", "交付を記録する", "利用者と担当者に渡した日を記録すると、計画は確定します。"};
	for (size_t i = 0; str_eq(s, "delivered") && i < t->n_provider_plans; i++)
		if (t->provider_plans[i].received_on == CIVIL_NONE && !*t->provider_plans[i].not_needed_reason)
			return (struct plan_step){"/providers", "個別サービス計画を確かめる", "まだ届いていない個別サービス計画があります。"};
	return (struct plan_step){"", "", ""};
}
