/* What is done with a dispatch: saved, turned, answered, held, ended; the person behind it, under consent. */
#include "region/dispatch.h"

#include "access/policy.h"
#include "base/str.h"
#include "jp/era.h"
#include "region/dispatch_match.h"
#include "region/dispatch_own.h"
#include "region/dispatch_pool.h"
#include "register/bin.h"
#include "register/consent.h"
#include "register/grant.h"
#include "register/person.h"
#include "register/task.h"
#include "sql/q_dispatch.h"
#include "store/tx.h"

static const char TABLE[] = "dispatch", ASKED[] = "dispatch", FOLLOW[] = "dispatch_follow";
enum { MINUTES_MOST = 24 * 60, SOON_DAYS = 7 };

/* ---- who is next ------------------------------------------------------------------------------------------------- */

static err put(struct ctx *c, const struct t_dispatch *r, int64_t org_id, civil due, const char *title, const char *reason)
{
	return task_put(c, &(struct task_new){.kind = ASKED, .record_class = CLASS_STATISTICS, .org_id = org_id, .due_on = due, .title = title, .reason = reason,
		.table_name = TABLE, .row_id = r->id, .row_pid = r->pid}, NULL);
}

static err tasks(struct ctx *c, const struct t_dispatch *r)
{
	int64_t town;
	TRY(dispatch_coordinator(c, r->insurer_org_id, &town));
	if (str_eq(r->state, "inquiry")) {
		if (r->answered_on != CIVIL_NONE)
			return task_settle(c, TABLE, r->id, ASKED, "返事をしました");
		return put(c, r, town, r->inquiry_on, "リハビリ専門職についての問い合わせに返事をする", "地域包括支援センターから問い合わせがありました。");
	}
	if (str_eq(r->state, "requested"))
		return put(c, r, town, str_eq(r->urgency, "urgent") ? c->today : r->requested_on + SOON_DAYS, "派遣する専門職を調整する", "派遣の依頼に、まだだれにも打診していません。");
	if (str_eq(r->state, "accepted"))
		return put(c, r, r->org_id, r->planned_on, "派遣の実施を記録する", arena_fmt(c->arena, "%sに派遣を受けます。済んだら実施日を入れてください。", era_text(c->arena, r->planned_on)));
	return OK; /* offered: the offer has its own; held: the report and the follow-up have theirs */
}

/* The therapist's organisation sees the person from acceptance until the dispatch is done. */
static err grants(struct ctx *c, const struct t_dispatch *r, bool alive)
{
	struct q_dispatch_case_of_row k;
	bool found;
	TRY(q_dispatch_case_of(c, &(struct q_dispatch_case_of_in){.dispatch_id = r->id}, &k, &found));
	if (!found)
		return OK;
	bool open = alive && dispatch_state_in(r, "accepted|held") && r->rehab_org_id != INT_NULL;
	if (!open || (k.withdrawn_on != CIVIL_NONE && k.withdrawn_on <= c->today))
		return grant_end(c, "dispatch_case", k.id, c->today, NULL);
	TRY(grant_end_others(c, "dispatch_case", k.id, r->rehab_org_id, c->today));
	return grant_write(c, &(struct grant_new){.org_id = r->rehab_org_id, .role_classes = ROLE_CLASS_REHAB, .person_id = k.person_id, .classes = (int)k.classes,
		.relation = RELATION_DISPATCH, .from_on = c->today, .to_on = CIVIL_NONE, .via_table = "dispatch_case", .via_id = k.id});
}

err dispatch_settle(struct ctx *c, const struct t_dispatch *r, bool moved)
{
	if (moved)
		TRY(task_settle(c, TABLE, r->id, ASKED, "次の段階に進みました"));
	TRY(tasks(c, r));
	return grants(c, r, true);
}

err dispatch_move(struct ctx *c, struct t_dispatch *r, const char *state)
{
	r->state = state;
	TRY(row_save(c, &T_dispatch, r, NULL));
	return dispatch_settle(c, r, true);
}

err dispatch_follow_bin(struct ctx *c, int64_t row_id, bool alive)
{
	struct t_dispatch r;
	TRY(row_load(c, &T_dispatch, row_id, &r));
	return grants(c, &r, alive);
}

/* ---- checks ------------------------------------------------------------------------------------------------------ */

static void check_day(struct ctx *c, const char *field, const char *label, civil day, civil from, const char *from_ja)
{
	if (day == CIVIL_NONE)
		(void)fault_add(c, field, ERR_REQUIRED, "「%s」を入力してください。", label);
	else if (day > c->today)
		(void)fault_add(c, field, ERR_DATE_FUTURE, "「%s」に、これから先の日付は入力できません。", label);
	else if (from != CIVIL_NONE && day < from)
		(void)fault_add(c, field, ERR_PERIOD_ORDER, "「%s」は、%s（%s）からあとの日付にしてください。", label, from_ja, era_text(c->arena, from));
}

static void check_inquiry(struct ctx *c, const struct t_dispatch *r)
{
	check_day(c, "inquiry_on", "問い合わせた日", r->inquiry_on, CIVIL_NONE, "");
	dispatch_check_code(c, "inquiry_how", "問い合わせの方法", "dispatch_how", r->inquiry_how, true);
	gen_check_text(c, "inquiry_text", "聞きたいこと", r->inquiry_text, true, DISPATCH_TEXT);
}

/* C-197: a サービス担当者会議 is no case conference. */
static void check_occasion(struct ctx *c, const struct t_dispatch *r)
{
	dispatch_check_code(c, "occasion", "連携の機会", "dispatch_occasion", r->occasion, true);
	dispatch_check_code(c, "conference", "会議の種類", "dispatch_conference", r->conference, str_eq(r->occasion, "case_conf"));
	if (str_eq(r->occasion, "case_conf") && str_eq(r->conference, "service_meeting"))
		(void)fault_add(c, "occasion", ERR_INPUT, "サービス担当者会議は、事例検討会に数えません。「連携の機会」を「その他」にするか、「会議の種類」を直してください。");
}

static void check_request(struct ctx *c, const struct t_dispatch *r)
{
	check_occasion(c, r);
	dispatch_check_codes(c, "timings", "連携の時期", "dispatch_timing", r->timings, true);
	dispatch_check_codes(c, "reasons", "連携の理由", "dispatch_reason", r->reasons, true);
	gen_check_text(c, "timing_note", "その他の時期", r->timing_note, dispatch_has(r->timings, "other"), DISPATCH_LINE);
	gen_check_text(c, "reason_note", "その他の理由", r->reason_note, dispatch_has(r->reasons, "other"), DISPATCH_LINE);
	gen_check_text(c, "case_label", "事例のあらまし（氏名は書かない）", r->case_label, str_eq(r->occasion, "visit"), DISPATCH_LINE);
	gen_check_text(c, "wish", "専門職に望むこと", r->wish, r->in_programme, DISPATCH_TEXT);
	gen_check_text(c, "place", "場所", r->place, false, DISPATCH_LINE);
	dispatch_check_code(c, "urgency", "急ぎの度合い", "dispatch_urgency", r->urgency, r->in_programme);
	if (*r->profession && !dispatch_has("pt|ot|st", r->profession))
		(void)fault_add(c, "profession", ERR_NOT_CHOICE, "「希望する職種」は、一覧から選んでください。");
}

static void check_joint(struct ctx *c, const struct t_dispatch *r)
{
	check_day(c, "held_on", "実施した日", r->held_on, CIVIL_NONE, "");
	if (r->minutes != INT_NULL && (r->minutes < 1 || r->minutes > MINUTES_MOST))
		(void)fault_add(c, "minutes", ERR_RANGE, "「かかった時間」は 1 分から %d 分までで入力してください。", MINUTES_MOST);
	if (r->in_programme)
		return;
	dispatch_check_code(c, "partner_kind", "連携した相手", "dispatch_partner", r->partner_kind, true);
	gen_check_text(c, "partner", "相手の事業所・病院の名前", r->partner, str_eq(r->partner_kind, "other"), DISPATCH_LINE);
}

static err check(struct ctx *c, const struct t_dispatch *r)
{
	size_t before = c->n_faults;
	if (r->inquiry_on != CIVIL_NONE || str_eq(r->state, "inquiry"))
		check_inquiry(c, r);
	if (!str_eq(r->state, "inquiry"))
		check_request(c, r);
	if (r->in_programme && !str_eq(r->state, "inquiry"))
		check_day(c, "requested_on", "依頼した日", r->requested_on, r->inquiry_on, "問い合わせた日");
	if (dispatch_state_in(r, "held|done"))
		check_joint(c, r);
	return c->n_faults == before ? OK : ERR_INPUT;
}

/* ---- save -------------------------------------------------------------------------------------------------------- */

err dispatch_init(struct ctx *c, const char *state, struct t_dispatch *row)
{
	row_init(&T_dispatch, row);
	if (!dispatch_is_centre(c))
		return ERR_DENIED;
	TRY(policy_check_own(c, c->actor.org_id, CLASS_STATISTICS, ACTION_WRITE));
	row->org_id = c->actor.org_id;
	TRY(dispatch_insurer_of(c, row->org_id, &row->insurer_org_id));
	TRY(dispatch_area_of(c, row->org_id, c->today, &row->area_id));
	row->staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	row->state = state;
	row->in_programme = !str_eq(state, "held");
	row->urgency = row->in_programme ? "normal" : "";
	if (str_eq(state, "inquiry"))
		row->inquiry_on = c->today;
	else if (str_eq(state, "requested"))
		row->requested_on = c->today;
	else
		row->held_on = c->today;
	return OK;
}

struct saving {
	struct t_dispatch *row;
	struct row_conflict **conflict;
	civil on;
};

/* What a form never changes. */
static void keep(struct t_dispatch *r, const struct t_dispatch *old)
{
	r->org_id = old->org_id;
	r->insurer_org_id = old->insurer_org_id;
	r->rehab_org_id = old->rehab_org_id;
	r->therapist_id = old->therapist_id;
	r->fee_yen = old->fee_yen;
	r->in_programme = old->in_programme;
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_dispatch *r = s->row, old;
	if (!r->id) {
		struct t_dispatch fresh;
		if (!dispatch_state_in(r, "inquiry|requested|held"))
			return ERR_BUG;
		TRY(dispatch_init(c, r->state, &fresh));
		keep(r, &fresh);
		TRY(check(c, r));
		TRY(row_insert(c, &T_dispatch, r));
		return dispatch_settle(c, r, false);
	}
	TRY(dispatch_open(c, r->pid, DISPATCH_CENTRE, &old, NULL));
	if (str_eq(old.state, "cancelled"))
		return fault_add(c, "", ERR_INPUT, "取りやめた依頼は直せません。新しく依頼してください。");
	keep(r, &old);
	r->state = s->on == CIVIL_NONE ? old.state : "requested";
	TRY(check(c, r));
	TRY(row_save(c, &T_dispatch, r, s->conflict));
	return dispatch_settle(c, r, !str_eq(old.state, r->state));
}

err dispatch_save(struct ctx *c, struct t_dispatch *row, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	return tx_run(c, save_tx, &(struct saving){row, conflict ? conflict : &none, CIVIL_NONE});
}

err dispatch_turn(struct ctx *c, struct t_dispatch *row, civil on, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	struct t_dispatch old;
	TRY(dispatch_open(c, row->pid, DISPATCH_CENTRE, &old, NULL));
	if (!str_eq(old.state, "inquiry"))
		return fault_add(c, "requested_on", ERR_INPUT, "この問い合わせは、もう依頼に進んでいます。");
	row->requested_on = on;
	row->in_programme = true;
	if (on == CIVIL_NONE)
		return fault_add(c, "requested_on", ERR_REQUIRED, "「依頼した日」を入力してください。");
	return tx_run(c, save_tx, &(struct saving){row, conflict ? conflict : &none, on});
}

/* ---- acts -------------------------------------------------------------------------------------------------------- */

struct act {
	const char *pid, *text;
	civil on, due;
	int64_t minutes;
};

static err answer_tx(struct ctx *c, void *arg)
{
	const struct act *in = arg;
	struct t_dispatch r;
	TRY(dispatch_open(c, in->pid, DISPATCH_TOWN, &r, NULL));
	size_t before = c->n_faults;
	gen_check_text(c, "answer", "返事", in->text, true, DISPATCH_TEXT);
	check_day(c, "answered_on", "返事をした日", in->on, r.inquiry_on, "問い合わせた日");
	if (r.inquiry_on == CIVIL_NONE)
		(void)fault_add(c, "answer", ERR_INPUT, "この依頼には、問い合わせの記録がありません。");
	if (c->n_faults > before)
		return ERR_INPUT;
	r.inquiry_answer = in->text;
	r.answered_on = in->on;
	TRY(row_save(c, &T_dispatch, &r, NULL));
	return dispatch_settle(c, &r, false);
}

err dispatch_answer(struct ctx *c, const char *pid, const char *answer, civil on)
{
	return tx_run(c, answer_tx, &(struct act){.pid = pid, .text = answer, .on = on});
}

static err follow_due(struct ctx *c, const struct t_dispatch *r, civil due)
{
	struct t_dispatch_follow f;
	struct q_dispatch_case_of_row k;
	int64_t town;
	bool found;
	row_init(&T_dispatch_follow, &f);
	TRY(q_dispatch_case_of(c, &(struct q_dispatch_case_of_in){.dispatch_id = r->id}, &k, &found));
	f.person_id = found && k.withdrawn_on == CIVIL_NONE ? k.person_id : INT_NULL;
	f.dispatch_id = r->id;
	f.org_id = r->org_id;
	f.due_on = due;
	TRY(row_insert(c, &T_dispatch_follow, &f));
	TRY(dispatch_coordinator(c, r->insurer_org_id, &town));
	const int64_t orgs[] = {r->org_id, town};
	for (size_t i = 0; i < 2; i++)
		TRY(task_put(c, &(struct task_new){.kind = FOLLOW, .record_class = CLASS_STATISTICS, .org_id = orgs[i], .due_on = due, .title = "派遣のあとのフォロー",
			.reason = "約束した時期に、利用者がどうなったかを確かめます。結果を入れると消えます。", .table_name = TABLE, .row_id = r->id, .row_pid = r->pid}, NULL));
	return OK;
}

static err hold_tx(struct ctx *c, void *arg)
{
	const struct act *in = arg;
	struct t_dispatch r;
	TRY(dispatch_open(c, in->pid, DISPATCH_CENTRE | DISPATCH_REHAB, &r, NULL));
	if (!str_eq(r.state, "accepted"))
		return fault_add(c, "held_on", ERR_INPUT, "実施日を入れられるのは、日程が決まった派遣です。");
	size_t before = c->n_faults;
	check_day(c, "held_on", "実施した日", in->on, r.requested_on, "依頼した日");
	if (in->minutes != INT_NULL && (in->minutes < 1 || in->minutes > MINUTES_MOST))
		(void)fault_add(c, "minutes", ERR_RANGE, "「かかった時間」は 1 分から %d 分までで入力してください。", MINUTES_MOST);
	if (in->due != CIVIL_NONE && in->on != CIVIL_NONE && in->due <= in->on)
		(void)fault_add(c, "follow_due_on", ERR_PERIOD_ORDER, "「フォローの予定日」は、実施した日よりあとの日付にしてください。");
	gen_check_text(c, "held_note", "実施のメモ", in->text, false, DISPATCH_TEXT);
	if (c->n_faults > before)
		return ERR_INPUT;
	r.held_on = in->on;
	r.minutes = in->minutes;
	r.held_note = in->text;
	TRY(dispatch_fee_on(c, r.insurer_org_id, r.rehab_org_id, in->on, &r.fee_yen));
	TRY(dispatch_move(c, &r, "held"));
	if (in->due != CIVIL_NONE)
		TRY(follow_due(c, &r, in->due));
	return put(c, &r, r.rehab_org_id, in->on + SOON_DAYS, "助言の報告を書く", "派遣が済みました。見立てと助言を報告してください。");
}

err dispatch_hold(struct ctx *c, const char *pid, civil held_on, int64_t minutes, const char *note, civil follow_due_on)
{
	return tx_run(c, hold_tx, &(struct act){.pid = pid, .text = str_or(note, ""), .on = held_on, .due = follow_due_on, .minutes = minutes});
}

static err end_offers(struct ctx *c, const struct t_dispatch *r)
{
	struct q_dispatch_offers_row *o;
	size_t n;
	TRY(q_dispatch_offers(c, &(struct q_dispatch_offers_in){.dispatch_id = r->id}, &o, &n));
	for (size_t i = 0; i < n; i++) {
		struct t_dispatch_offer f;
		TRY(row_load(c, &T_dispatch_offer, o[i].id, &f));
		if (!str_eq(f.state, "offered") && !str_eq(f.state, "accepted"))
			continue;
		f.state = "withdrawn";
		f.answered_on = c->today;
		TRY(row_save(c, &T_dispatch_offer, &f, NULL));
	}
	return OK;
}

static err cancel_tx(struct ctx *c, void *arg)
{
	const struct act *in = arg;
	struct t_dispatch r;
	TRY(dispatch_open(c, in->pid, DISPATCH_CENTRE | DISPATCH_TOWN, &r, NULL));
	size_t before = c->n_faults;
	gen_check_text(c, "end_reason", "取りやめる理由", in->text, true, DISPATCH_TEXT);
	if (!dispatch_state_in(&r, "inquiry|requested|offered|accepted"))
		(void)fault_add(c, "end_reason", ERR_INPUT, "実施した派遣や終わった派遣は、取りやめにできません。");
	if (c->n_faults > before)
		return ERR_INPUT;
	TRY(end_offers(c, &r));
	r.ended_on = c->today;
	r.end_reason = in->text;
	return dispatch_move(c, &r, "cancelled");
}

err dispatch_cancel(struct ctx *c, const char *pid, const char *reason) { return tx_run(c, cancel_tx, &(struct act){.pid = pid, .text = reason}); }

static err end_tx(struct ctx *c, void *arg)
{
	const struct act *in = arg;
	struct t_dispatch r;
	struct q_dispatch_follow_id_row f;
	bool found;
	TRY(dispatch_open(c, in->pid, DISPATCH_CENTRE, &r, NULL));
	size_t before = c->n_faults;
	gen_check_text(c, "end_reason", "フォローなしで終える理由", in->text, true, DISPATCH_TEXT);
	TRY(q_dispatch_follow_id(c, &(struct q_dispatch_follow_id_in){.dispatch_id = r.id}, &f, &found));
	if (!str_eq(r.state, "held"))
		(void)fault_add(c, "end_reason", ERR_INPUT, "終えられるのは、実施した派遣です。");
	else if (found)
		(void)fault_add(c, "end_reason", ERR_INPUT, "フォローの約束があります。結果を入れると終わります。");
	if (c->n_faults > before)
		return ERR_INPUT;
	r.ended_on = c->today;
	r.end_reason = in->text;
	return dispatch_move(c, &r, "done");
}

err dispatch_end(struct ctx *c, const char *pid, const char *reason) { return tx_run(c, end_tx, &(struct act){.pid = pid, .text = reason}); }

static err retire_tx(struct ctx *c, void *arg)
{
	const char **in = arg;
	struct t_dispatch r;
	TRY(dispatch_open(c, in[0], DISPATCH_CENTRE, &r, NULL));
	if (str_blank(in[1]))
		return fault_add(c, "reason", ERR_REQUIRED, "ごみ箱に移す理由を書いてください。");
	if (dispatch_state_in(&r, "offered|accepted"))
		return fault_add(c, "reason", ERR_INPUT, "専門職に打診している依頼は、先に「取りやめる」で断りを入れてください。");
	return bin_put(c, &(struct bin_put){.table = &T_dispatch, .row_id = r.id, .row_pid = r.pid, .org_id = r.org_id, .record_class = CLASS_STATISTICS,
		.title = str_eq(r.state, "inquiry") ? "リハビリ専門職への問い合わせ" : "リハビリ専門職との連携", .reason = in[1]}, &in[2]);
}

err dispatch_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	const char *in[] = {pid, reason, NULL};
	TRY(tx_run(c, retire_tx, in));
	if (bin_pid)
		*bin_pid = in[2];
	return OK;
}
