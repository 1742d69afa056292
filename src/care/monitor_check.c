/* What must hold before a モニタリング is saved: all faults at once, each with its mend. */
#include "care/monitor_own.h"

#include "base/house.h"
#include "base/str.h"
#include "jp/era.h"
#include "law/codes.h"
#include "register/gen.h"

enum { WORDS = 10000 };

static void code(struct ctx *c, const char *field, const char *label, const char *list, const char *value, bool required)
{
	if (str_blank(value)) {
		if (required)
			(void)fault_add(c, field, ERR_REQUIRED, "「%s」を選んでください。", label);
	} else if (!law_code_valid(c->house->law, list, value, c->today)) {
		(void)fault_add(c, field, ERR_NOT_CHOICE, "「%s」は、一覧から選んでください。", label);
	}
}

static void when(struct ctx *c, const struct t_monitoring *r)
{
	if (r->mon_on == CIVIL_NONE)
		(void)fault_add(c, "mon_on", ERR_REQUIRED, "「実施日」を入力してください。");
	else if (r->mon_on > c->today)
		(void)fault_add(c, "mon_on", ERR_INPUT, "「実施日」が今日より後になっています。訪問がすんでから記録してください。予定は「次回予定」に入力します。");
	if (r->mon_from != INT_NULL && r->mon_to != INT_NULL && r->mon_to <= r->mon_from)
		(void)fault_add(c, "mon_to", ERR_INPUT, "「終了時刻」が「開始時刻」より前になっています。時刻を確かめてください。");
	if (r->next_on != CIVIL_NONE && r->mon_on != CIVIL_NONE && r->next_on <= r->mon_on)
		(void)fault_add(c, "next_on", ERR_INPUT, "「次回予定」は「実施日」より後の日を入力してください。");
}

/* 13条14号・30条16号: interview with the person; whoever was not met needs a word. */
static void met(struct ctx *c, const struct t_monitoring *r)
{
	size_t n;
	char **v = str_split(c->arena, r->interviewee, '|', &n);
	bool self = false, any = false;
	for (size_t i = 0; i < n; i++) {
		if (str_blank(v[i]))
			continue;
		code(c, "interviewee", "面接した相手", "mon_interviewee", v[i], false);
		self = self || str_eq(v[i], "self");
		any = true;
	}
	if (!any)
		(void)fault_add(c, "interviewee", ERR_REQUIRED, "「面接した相手」を選んでください。");
	else if (!self && str_blank(r->interviewee_note))
		(void)fault_add(c, "interviewee_note", ERR_REQUIRED, "本人に面接していません。「本人に会えない理由」を入力してください。");
	gen_check_text(c, "place", "場所", r->place, true, 80);
}

static void special(struct ctx *c, const struct t_monitoring *r)
{
	if (str_blank(r->special_code))
		(void)fault_add(c, "special_code", ERR_REQUIRED, "訪問もテレビ電話もできなかったときは、「特段の事情」を選んでください。");
	else if (!law_code_valid(c->house->law, "mon_special", r->special_code, r->mon_on == CIVIL_NONE ? c->today : r->mon_on))
		(void)fault_add(c, "special_code", ERR_NOT_CHOICE,
			"「特段の事情」は利用者の事情に限ります。テレビ電話の機器の不具合や事業所の都合は当たりません（令和6年度介護報酬改定Q&A Vol.1 問110）。居宅を訪問してください。");
	gen_check_text(c, "special_reason", "特段の事情の内容", r->special_reason, true, WORDS);
}

/* R-CM-13-14-tvcond, -home; R-YB-30-16-home, -must. */
static err video(struct ctx *c, const struct t_care_case *k, const struct monitor_tree *t)
{
	const struct t_monitoring *r = &t->row;
	struct monitor_facts f;
	size_t infos = 0, before;
	bool typed;
	if (r->mon_on == CIVIL_NONE)
		return OK;
	TRY(monitor_facts_of(c, k, r->id, &f));
	const char *why = monitor_video_refused(c->house->law, c->arena, &f, r->mon_on);
	if (why)
		(void)fault_add(c, "method", ERR_INPUT, "%s", why);
	if (r->is_changed)
		(void)fault_add(c, "method", ERR_INPUT, "状況に著しい変化があるときは、テレビ電話ではなく居宅を訪問して面接します。");
	if (r->consent_on == CIVIL_NONE)
		(void)fault_add(c, "consent_on", ERR_REQUIRED, "テレビ電話には、文書による利用者の同意が必要です。「文書で同意した日」を入力するか、居宅を訪問してください。");
	else if (r->consent_on > r->mon_on)
		(void)fault_add(c, "consent_on", ERR_INPUT, "文書の同意（%s）が面接の後になっています。同意の前のテレビ電話は認められません。", era_text(c->arena, r->consent_on));
	gen_check_text(c, "consent_text", "同意した文書", r->consent_text, true, 120);
	before = c->n_faults;
	TRY(monitor_had_typed(c, t, &typed));
	err e = monitor_check_agreement(c, r, typed);
	if (e != OK && c->n_faults == before)
		return e;
	for (size_t i = 0; i < t->n_infos; i++)
		infos += !monitor_info_blank(&t->infos[i]);
	if (!infos)
		(void)fault_add(c, "info.0.content", ERR_REQUIRED, "テレビ電話では分からないことを、サービスの担当者から聞いて1件以上書いてください。");
	return OK;
}

static void rows(struct ctx *c, const struct monitor_tree *t, bool required)
{
	for (size_t i = 0; i < t->n_services; i++) {
		const struct t_monitoring_service *s = &t->services[i];
		const char *field = arena_fmt(c->arena, "svc.%zu.executed", i);
		code(c, field, arena_fmt(c->arena, "サービス %zu の実施状況", i + 1), "mon_executed", s->executed, required);
		gen_check_text(c, arena_fmt(c->arena, "svc.%zu.reason", i), arena_fmt(c->arena, "サービス %zu の理由", i + 1), s->reason,
			str_eq(s->executed, "part") || str_eq(s->executed, "none"), WORDS);
	}
	for (size_t i = 0; i < t->n_goals; i++) {
		const char *field = arena_fmt(c->arena, "goal.%zu.status", i);
		code(c, field, arena_fmt(c->arena, "目標 %zu の達成度", i + 1), "mon_status", t->goals[i].status, required);
		gen_check_text(c, arena_fmt(c->arena, "goal.%zu.note", i), arena_fmt(c->arena, "目標 %zu の根拠", i + 1), t->goals[i].note, false, WORDS);
	}
	for (size_t i = 0; i < t->n_infos; i++) {
		if (monitor_info_blank(&t->infos[i]))
			continue;
		gen_check_text(c, arena_fmt(c->arena, "info.%zu.office", i), "情報をくれた事業所・担当者", t->infos[i].office, true, 80);
		gen_check_text(c, arena_fmt(c->arena, "info.%zu.content", i), "担当者から得た情報", t->infos[i].content, true, WORDS);
	}
	for (size_t i = 0; i < t->n_shares; i++) {
		const struct t_monitoring_share *s = &t->shares[i];
		if (monitor_share_blank(s))
			continue;
		gen_check_text(c, arena_fmt(c->arena, "share.%zu.to_name", i), "伝えた相手", s->to_name, true, 80);
		gen_check_text(c, arena_fmt(c->arena, "share.%zu.content", i), "伝えた内容", s->content, true, WORDS);
		if (!s->agreed)
			(void)fault_add(c, arena_fmt(c->arena, "share.%zu.agreed", i), ERR_REQUIRED, "主治医などに情報を伝えるには、本人の同意が必要です。同意を得てから記録してください（13条13号の2）。");
	}
}

static void findings(struct ctx *c, const struct t_monitoring *r)
{
	gen_check_text(c, "user_wish", "利用者の意向・満足度", r->user_wish, true, WORDS);
	gen_check_text(c, "family_wish", "家族の意向・満足度", r->family_wish, false, WORDS);
	gen_check_text(c, "condition", "心身の状態・生活の変化", r->condition, true, WORDS);
	code(c, "new_issue", "新たな課題", "mon_issue", r->new_issue, true);
	gen_check_text(c, "new_issue_text", "新たな課題の内容", r->new_issue_text, str_eq(r->new_issue, "1"), WORDS);
	code(c, "plan_change", "計画変更の要否", "mon_plan_change", r->plan_change, true);
	gen_check_text(c, "plan_change_reason", "計画変更の要否の理由", r->plan_change_reason, *r->plan_change && !str_eq(r->plan_change, "none"), WORDS);
}

err monitor_check(struct ctx *c, const struct t_care_case *k, const struct monitor_tree *t)
{
	size_t before = c->n_faults;
	const struct t_monitoring *r = &t->row;
	bool excused = str_eq(r->method, "other");
	when(c, r);
	code(c, "method", "方法", "mon_method", r->method, true);
	if (excused) {
		special(c, r);
		rows(c, t, false);
		return c->n_faults == before ? OK : ERR_INPUT;
	}
	met(c, r);
	if (str_eq(r->method, "video"))
		TRY(video(c, k, t));
	rows(c, t, true);
	findings(c, r);
	return c->n_faults == before ? OK : ERR_INPUT;
}
