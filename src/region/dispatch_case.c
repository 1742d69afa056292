/* Whose case it is: the person, under consent (個人情報保護法27条); the report and the follow-up that are there go into the person's record. */
#include "region/dispatch.h"

#include "access/policy.h"
#include "base/str.h"
#include "jp/era.h"
#include "region/dispatch_own.h"
#include "register/consent.h"
#include "register/person.h"
#include "sql/q_dispatch.h"
#include "store/tx.h"

struct tying {
	const char *pid, *person_pid, *by, *how, *note;
	civil on;
};

/* What the person lets go, out of what a dispatch opens: what the actor may pass on. */
static err classes_of(struct ctx *c, int64_t person_id, int64_t *classes)
{
	*classes = CLASS_NAMECARD;
	for (int bit = 1; bit <= POLICY_DISPATCH; bit <<= 1)
		if ((POLICY_DISPATCH & bit) && policy_check(c, person_id, bit, ACTION_GIVE) == OK)
			*classes |= bit;
	return OK;
}

static void check_consent(struct ctx *c, const struct tying *in)
{
	if (in->on == CIVIL_NONE)
		(void)fault_add(c, "agreed_on", ERR_REQUIRED, "「同意日」を入力してください。");
	else if (in->on > c->today)
		(void)fault_add(c, "agreed_on", ERR_DATE_FUTURE, "「同意日」に、これから先の日付は入力できません。");
	if (str_blank(in->by) || !*consent_agreed_by_label_ja(in->by))
		(void)fault_add(c, "agreed_by", ERR_REQUIRED, "「同意した人」を選んでください。");
	if (str_blank(in->how) || !*consent_how_label_ja(in->how))
		(void)fault_add(c, "how", ERR_REQUIRED, "「同意の方法」を選んでください。");
}

/* What was written before the consent joins the person's record. */
static err join(struct ctx *c, int64_t dispatch_id, int64_t person_id)
{
	struct q_dispatch_report_id_row x;
	struct q_dispatch_follow_id_row y;
	struct t_dispatch_report report;
	struct t_dispatch_follow follow;
	bool found;
	TRY(q_dispatch_report_id(c, &(struct q_dispatch_report_id_in){.dispatch_id = dispatch_id}, &x, &found));
	if (found) {
		TRY(row_load(c, &T_dispatch_report, x.id, &report));
		report.person_id = person_id;
		TRY(row_save(c, &T_dispatch_report, &report, NULL));
	}
	TRY(q_dispatch_follow_id(c, &(struct q_dispatch_follow_id_in){.dispatch_id = dispatch_id}, &y, &found));
	if (found) {
		TRY(row_load(c, &T_dispatch_follow, y.id, &follow));
		follow.person_id = person_id;
		TRY(row_save(c, &T_dispatch_follow, &follow, NULL));
	}
	return OK;
}

static err tie_tx(struct ctx *c, void *arg)
{
	const struct tying *in = arg;
	struct t_dispatch r;
	struct q_dispatch_case_of_row old;
	struct t_dispatch_case k;
	int64_t person;
	bool found;
	TRY(dispatch_open(c, in->pid, DISPATCH_CENTRE, &r, NULL));
	size_t before = c->n_faults;
	err e = person_id(c, in->person_pid, &person);
	if (e == ERR_NOTFOUND)
		return fault_add(c, "person", ERR_REQUIRED, "利用者を選んでください。");
	TRY(e);
	TRY(policy_check_record(c, person, CLASS_CARE, ACTION_GIVE));
	check_consent(c, in);
	TRY(q_dispatch_case_of(c, &(struct q_dispatch_case_of_in){.dispatch_id = r.id}, &old, &found));
	if (found)
		(void)fault_add(c, "person", ERR_INPUT, "この派遣には、もう利用者が結び付いています。");
	if (dispatch_state_in(&r, "done|cancelled"))
		(void)fault_add(c, "person", ERR_INPUT, "終わった派遣には、利用者を結び付けられません。");
	if (c->n_faults > before)
		return ERR_INPUT;
	row_init(&T_dispatch_case, &k);
	k.person_id = person;
	k.org_id = r.org_id;
	k.dispatch_id = r.id;
	TRY(classes_of(c, person, &k.classes));
	k.agreed_on = in->on;
	k.agreed_by = in->by;
	k.how = in->how;
	TRY(row_insert(c, &T_dispatch_case, &k));
	TRY(join(c, r.id, person));
	return dispatch_settle(c, &r, false);
}

err dispatch_case_tie(struct ctx *c, const char *dispatch_pid, const char *person_pid, civil agreed_on, const char *agreed_by, const char *how)
{
	return tx_run(c, tie_tx, &(struct tying){.pid = dispatch_pid, .person_pid = person_pid, .by = agreed_by, .how = how, .on = agreed_on});
}

static err withdraw_tx(struct ctx *c, void *arg)
{
	const struct tying *in = arg;
	struct t_dispatch r;
	struct q_dispatch_case_seen_row seen;
	struct t_dispatch_case k;
	bool found;
	TRY(dispatch_open(c, in->pid, DISPATCH_CENTRE, &r, NULL));
	TRY(q_dispatch_case_seen(c, &(struct q_dispatch_case_seen_in){.dispatch_id = r.id}, &seen, &found));
	if (!found)
		return ERR_NOTFOUND;
	TRY(row_load(c, &T_dispatch_case, seen.id, &k));
	TRY(policy_check_record(c, k.person_id, CLASS_CARE, ACTION_WRITE));
	size_t before = c->n_faults;
	if (k.withdrawn_on != CIVIL_NONE)
		(void)fault_add(c, "withdrawn_on", ERR_INPUT, "この同意は、もう撤回されています。");
	else if (in->on == CIVIL_NONE || in->on > c->today || in->on < k.agreed_on)
		(void)fault_add(c, "withdrawn_on", ERR_INPUT, "「撤回日」は、同意日（%s）から今日までの日付にしてください。", era_text(c->arena, k.agreed_on));
	gen_check_text(c, "withdrawn_note", "撤回の理由・聞き取り", in->note, true, DISPATCH_LINE);
	if (c->n_faults > before)
		return ERR_INPUT;
	k.withdrawn_on = in->on;
	k.note = in->note;
	TRY(row_save(c, &T_dispatch_case, &k, NULL));
	return dispatch_settle(c, &r, false);
}

err dispatch_case_withdraw(struct ctx *c, const char *dispatch_pid, civil on, const char *note)
{
	return tx_run(c, withdraw_tx, &(struct tying){.pid = dispatch_pid, .on = on, .note = note});
}
