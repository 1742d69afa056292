#include "register/certification.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "jp/era.h"
#include "law/numbers.h"
#include "register/evidence.h"
#include "register/ranks.h"
#include "register/task.h"
#include "sql/q_record.h"

#include <string.h>

static const struct gen_code statuses[] = {
	{"applying_new", "新規申請中"}, {"applying_renew", "更新申請中"}, {"applying_change", "区分変更申請中"}, {"certified", "認定済"},
	{"withdrawn", "取下げ"}, {"rejected", "却下"},
};
/* States that follow from the dates and are never typed. */
static const struct gen_code dated[] = {{"none", "認定なし"}, {"expired", "期限切れ"}};
static const struct gen_code apply_kinds[] = {
	{"new", "新規"}, {"renew", "更新"}, {"change", "区分変更"}, {"checklist", "基本チェックリスト（事業対象者）"}, {"transfer", "転入の引継ぎ"},
};
static const struct gen_code diseases[] = {
#define DISEASE(code, label) {code, label},
#include "register/diseases.tbl.h"
#undef DISEASE
};

const char *certification_status_label_ja(const char *status)
{
	const char *label = GEN_LABEL(statuses, status);
	return *label ? label : GEN_LABEL(dated, status);
}

const char *certification_apply_label_ja(const char *kind) { return GEN_LABEL(apply_kinds, kind); }
const char *certification_disease_label_ja(const char *code) { return GEN_LABEL(diseases, code); }
bool certification_is_applying(const char *status) { return status && str_starts(status, "applying_"); }

static bool is_certified(const struct t_certification *r) { return str_eq(r->status, "certified"); }

/* --- the law's periods --- */

/* Which numbers of law/numbers.tsv bound which kind of application. */
static const struct {
	const char *kind, *rule_id, *usual, *most, *most_same;
} bounds[] = {
	{"new", "R-NT-VALID-NEW", "cert_new_usual", "cert_new_most", "cert_new_most"},
	{"change", "R-NT-VALID-NEW", "cert_new_usual", "cert_new_most", "cert_new_most"},
	{"renew", "R-NT-VALID-RENEW", "cert_renew_usual", "cert_renew_most", "cert_renew_same_most"},
	{"transfer", "R-NT-MOVE", "cert_move_usual", "cert_move_most", "cert_move_most"},
};

/* A number that nobody has confirmed bounds nothing: the period is typed by hand then. */
static bool sure_number(const struct law_catalogue *law, const char *id, civil on, const struct law_number **out)
{
	*out = law_number_find(law, id, on);
	return *out && !str_eq((*out)->confidence, "要確認");
}

bool certification_rule(const struct ctx *c, const char *apply_kind, civil applied_on, struct certification_rule *out)
{
	const struct law_catalogue *law = c->house->law;
	const struct law_number *usual, *least, *most, *same;
	for (size_t i = 0; applied_on != CIVIL_NONE && i < sizeof bounds / sizeof bounds[0]; i++) {
		if (!str_eq(bounds[i].kind, apply_kind))
			continue;
		if (!sure_number(law, bounds[i].usual, applied_on, &usual) || !sure_number(law, "cert_least", applied_on, &least) ||
		    !sure_number(law, bounds[i].most, applied_on, &most) || !sure_number(law, bounds[i].most_same, applied_on, &same))
			return false;
		*out = (struct certification_rule){bounds[i].kind, (int)usual->value, (int)least->value, (int)most->value, (int)same->value, bounds[i].rule_id, most->source,
			most->confidence};
		return true;
	}
	return false;
}

civil certification_end(civil from_on, int months)
{
	struct ymd d = civil_ymd(from_on);
	/* A period that begins on the first ends n months later; a broken month comes on top (R-NT-VALID-NEW). */
	civil last = civil_add_months(civil_from(d.y, d.m, 1), d.d == 1 ? months - 1 : months);
	struct ymd e = civil_ymd(last);
	return civil_eom(e.y, e.m);
}

err certification_propose(struct ctx *c, const struct certification_propose *in, struct certification_period *out)
{
	struct certification_rule rule;
	if (!certification_rule(c, in->apply_kind, in->applied_on, &rule))
		return fault_add(c, "applied_on", ERR_CERT_PERIOD, "%sの有効期間の決まりが、この申請日にはありません。期間は手で入力してください。",
			certification_apply_label_ja(in->apply_kind));
	bool renew = str_eq(in->apply_kind, "renew");
	if (renew && in->prev_to_on == CIVIL_NONE)
		return fault_add(c, "prev_to_on", ERR_REQUIRED, "更新の期間を決めるには、前の認定の満了日が必要です。");
	bool same = in->level && in->prev_level && *in->level && str_eq(in->level, in->prev_level);
	int most = same ? rule.most_same_months : rule.most_months;
	int months = in->months ? in->months : rule.usual_months;
	if (months < rule.least_months || months > most)
		return fault_add(c, "months", ERR_CERT_PERIOD, "%s%sの有効期間は%dか月から%dか月までです（%s）。%dか月は設定できません。",
			certification_apply_label_ja(in->apply_kind), renew ? same ? "（前回と同じ区分）" : "（前回と違う区分）" : "",
			rule.least_months, most, rule.source, months);
	civil from = renew ? in->prev_to_on + 1 : in->applied_on;
	*out = (struct certification_period){from, certification_end(from, months), months, rule.least_months, most, rule};
	return OK;
}

void certification_renew_window(civil to_on, civil *from, civil *to)
{
	*from = to_on - 60;
	*to = to_on;
}

civil certification_decision_due(civil applied_on) { return civil_days_after(applied_on, 30); }

const char *certification_insured_class(civil birth, civil on)
{
	if (birth == CIVIL_NONE || on == CIVIL_NONE)
		return "none";
	if (on >= civil_attain_age(birth, 65))
		return "first";
	return on >= civil_attain_age(birth, 40) ? "second" : "none";
}

bool certification_cause_ok(civil birth, civil applied_on, const char *disease_code)
{
	const char *cls = certification_insured_class(birth, applied_on);
	if (str_eq(cls, "first"))
		return true;
	return str_eq(cls, "second") && *certification_disease_label_ja(disease_code);
}

/* --- the rows --- */

static err ids(struct ctx *c, int64_t person_id, bool with_retired, int64_t **out, size_t *n)
{
	struct q_record_certification_ids_row *rows;
	TRY(q_record_certification_ids(c, &(struct q_record_certification_ids_in){.person_id = person_id, .with_retired = with_retired},
		&rows, n));
	*out = (int64_t *)rows;
	return OK;
}

/* The range of the law for a decided row; the months are counted as the law counts them. */
static void check_range(struct ctx *c, const struct t_certification *r)
{
	struct certification_rule rule;
	if (!str_blank(r->period_reason) || r->superseded_on != CIVIL_NONE || r->from_on == CIVIL_NONE || r->to_on == CIVIL_NONE ||
	    !certification_rule(c, r->apply_kind, r->applied_on, &rule))
		return;
	civil least = certification_end(r->from_on, rule.least_months), most = certification_end(r->from_on, rule.most_same_months);
	if (r->to_on >= least && r->to_on <= most)
		return;
	(void)fault_add(c, "to_on", ERR_CERT_PERIOD,
		"%sの有効期間は%dか月から%dか月まで（満了日は%sから%s）です（%s）。災害などの特例で外れるときは、その理由を書いてください。",
		certification_apply_label_ja(r->apply_kind), rule.least_months, rule.most_same_months, era_text(c->arena, least),
		era_text(c->arena, most), rule.source);
}

static void check_decided(struct ctx *c, struct t_certification *r)
{
	if (str_blank(r->level)) {
		(void)fault_add(c, "level", ERR_REQUIRED, "認定の結果（要介護状態区分）を選んでください。");
		return;
	}
	bool checklist = str_eq(r->apply_kind, "checklist");
	if (checklist != str_eq(r->level, "target"))
		(void)fault_add(c, "level", ERR_NOT_CHOICE, checklist ? "基本チェックリストによる区分は「事業対象者」だけです。"
								      : "「事業対象者」は基本チェックリストによる区分です。申請の種類を選び直してください。");
	if (str_eq(r->level, "none")) {
		/* 非該当: a result without a period */
		r->from_on = r->to_on = CIVIL_NONE;
		return;
	}
	if (checklist && r->to_on == CIVIL_NONE)
		r->to_on = CIVIL_OPEN;
	gen_check_period(c, "from_on", r->from_on, "to_on", r->to_on);
	if (r->to_on == CIVIL_NONE)
		(void)fault_add(c, "to_on", ERR_REQUIRED, "有効期間の満了日を入力してください。");
	if (r->decided_on != CIVIL_NONE && r->applied_on != CIVIL_NONE && r->decided_on < r->applied_on)
		(void)fault_add(c, "decided_on", ERR_PERIOD_ORDER, "認定日が申請日より前です。どちらかを直してください。");
	check_range(c, r);
}

static void check(struct ctx *c, void *row)
{
	struct t_certification *r = row;
	if (*GEN_LABEL(dated, str_or(r->status, "")))
		(void)fault_add(c, "status", ERR_NOT_CHOICE, "「認定なし」と「期限切れ」は日付から分かる状態なので、入力できません。");
	else
		GEN_CHECK_CODE(c, "status", "認定の状態", statuses, r->status, true);
	if (certification_is_applying(r->status))
		r->apply_kind = r->status + strlen("applying_");
	GEN_CHECK_CODE(c, "apply_kind", "申請の種類", apply_kinds, r->apply_kind, true);
	if (!str_blank(r->level) && !*ranks_label_ja(CODE_LEVEL, r->level))
		(void)fault_add(c, "level", ERR_NOT_CHOICE, "要介護状態区分に選択肢にない値が入っています。選び直してください。");
	if (!str_blank(r->insurer_no)) {
		r->insurer_no = insurance_fold_number(c, r->insurer_no);
		(void)!insurance_check_insurer_no(c, "insurer_no", r->insurer_no);
	}
	if (!str_blank(r->disease_code) && !*certification_disease_label_ja(r->disease_code))
		(void)fault_add(c, "disease_code", ERR_NOT_CHOICE, "特定疾病は16の病名から選んでください。");
	if (r->applied_on == CIVIL_NONE && !str_eq(r->apply_kind, "transfer") && !is_certified(r))
		(void)fault_add(c, "applied_on", ERR_REQUIRED, "申請日を入力してください。");
	if (r->applied_on != CIVIL_NONE && r->applied_on > c->today)
		(void)fault_add(c, "applied_on", ERR_DATE_FUTURE, "申請日がこれから先の日付（%s）です。確かめてください。",
			era_text(c->arena, r->applied_on));
	if (r->decided_on != CIVIL_NONE && r->decided_on > c->today)
		(void)fault_add(c, "decided_on", ERR_DATE_FUTURE, "認定日がこれから先の日付（%s）です。確かめてください。",
			era_text(c->arena, r->decided_on));
	gen_check_text(c, "council_opinion", "審査会の意見", r->council_opinion, false, 4000);
	gen_check_text(c, "service_designation", "サービスの種類の指定", r->service_designation, false, 1000);
	if (is_certified(r)) {
		check_decided(c, r);
		return;
	}
	if (!str_blank(r->level))
		(void)fault_add(c, "level", ERR_NOT_CHOICE, "結果が出るまでは要介護状態区分を入れられません。申請中は状態であって区分ではありません。");
	r->level = NULL;
	r->from_on = r->to_on = CIVIL_NONE;
}

static void period(const void *row, civil *from, civil *to)
{
	const struct t_certification *r = row;
	bool holds = is_certified(r) && r->from_on != CIVIL_NONE;
	*from = holds ? r->from_on : CIVIL_NONE;
	*to = holds ? r->to_on : CIVIL_NONE;
}

static civil day_of(const void *row)
{
	const struct t_certification *r = row;
	return is_certified(r) && r->from_on != CIVIL_NONE ? r->from_on : r->applied_on;
}

static const char *text(struct ctx *c, const void *row)
{
	const struct t_certification *r = row;
	if (is_certified(r) && str_eq(r->level, "none"))
		return arena_fmt(c->arena, "非該当（申請日 %s）", era_text(c->arena, r->applied_on));
	if (is_certified(r))
		return arena_fmt(c->arena, "%s（%s）", ranks_label_ja(CODE_LEVEL, r->level), gen_period_ja(c, r->from_on, r->to_on));
	return arena_fmt(c->arena, "%s（申請日 %s）", certification_status_label_ja(r->status), era_text(c->arena, r->applied_on));
}

static err after(struct ctx *c, const void *row, bool alive)
{
	const struct t_certification *r = row;
	bool applying = alive && certification_is_applying(r->status);
	if (applying)
		TRY(task_put(c, &(struct task_new){.kind = "cert_result", .person_id = r->person_id, .record_class = CLASS_CARE,
			.due_on = certification_decision_due(r->applied_on), .title = "認定の結果を確かめる",
			.reason = arena_fmt(c->arena, "%sに申請。結果は申請から30日以内（介護保険法27条11項）", era_text(c->arena, r->applied_on)),
			.table_name = "certification", .row_id = r->id, .row_pid = r->pid}, NULL));
	else
		TRY(task_settle(c, "certification", r->id, "cert_result", "認定の結果を記録"));
	return certification_evidence(c, r->id);
}

/* REC-EXC cert:postponed: the notice of 27条11項ただし書, with the day it names (処理見込日). */
static size_t postponed(struct ctx *c, const struct t_certification *r, struct evidence_new *v)
{
	if (r->postponed_on == CIVIL_NONE)
		return 0;
	const struct evidence_field f[] = {
		{"kind", 't', .text = "cert:postponed"}, {"from_on", 'd', .day = r->postponed_on},
		{"to_on", 'd', .day = r->expected_on}, {"ground", 't', .text = "市町村からの延期の通知"},
		{"written_on", 'd', .day = r->postponed_on}, {"written_by", 'n', .number = INT_NULL},
	};
	*v = (struct evidence_new){.code = "REC-EXC", .person_id = r->person_id, .org_id = EVIDENCE_NO_ORG, .record_class = CLASS_CARE,
		.on_day = r->postponed_on, .body = evidence_body(c, f, sizeof f / sizeof f[0])};
	return 1;
}

err certification_evidence(struct ctx *c, int64_t row_id)
{
	struct t_certification r;
	struct evidence_new v[2];
	TRY(row_load(c, &T_certification, row_id, &r));
	const struct evidence_field f[] = {
		{"applied_on", 'd', .day = r.applied_on}, {"apply_kind", 't', .text = r.apply_kind},
		{"decided_on", 'd', .day = r.decided_on}, {"level", 't', .text = str_or(r.level, "")},
		{"from_on", 'd', .day = r.from_on}, {"to_on", 'd', .day = r.to_on},
		{"council_opinion", 't', .text = r.council_opinion}, {"service_designation", 't', .text = r.service_designation},
		{"status", 't', .text = r.status}, {"postponed_on", 'd', .day = r.postponed_on},
		{"disease_code", 't', .text = r.disease_code}, {"noted", 'b', .yes = *r.council_opinion || *r.service_designation},
	};
	civil on = r.decided_on != CIVIL_NONE ? r.decided_on : r.applied_on != CIVIL_NONE ? r.applied_on : r.from_on;
	v[0] = (struct evidence_new){.code = "REC-CERT", .person_id = r.person_id, .org_id = EVIDENCE_NO_ORG, .record_class = CLASS_CARE,
		.on_day = on == CIVIL_NONE ? civil_of_instant(r.created_ms) : on, .body = evidence_body(c, f, sizeof f / sizeof f[0])};
	size_t n = 1 + postponed(c, &r, &v[1]);
	return evidence_set(c, "certification", r.id, v, n, r.retired_ms == INT_NULL);
}

static err load_all(struct ctx *c, int64_t person_id, struct t_certification **rows, size_t *n)
{
	int64_t *list;
	TRY(ids(c, person_id, false, &list, n));
	*rows = ARENA_ARRAY(c->arena, *n ? *n : 1, struct t_certification);
	for (size_t i = 0; i < *n; i++)
		TRY(row_load(c, &T_certification, list[i], &(*rows)[i]));
	return OK;
}

/* The limit that depends on the level before, one open application at a time, and the closing of what runs. */
static err before(struct ctx *c, void *row, void *arg)
{
	struct t_certification *r = row, *all;
	size_t n;
	TRY(load_all(c, r->person_id, &all, &n));
	bool applying = certification_is_applying(r->status), closing = arg != NULL;
	const struct t_certification *prev = NULL;
	for (size_t i = 0; i < n; i++) {
		struct t_certification *o = &all[i];
		if (o->id == r->id)
			continue;
		if (applying && certification_is_applying(o->status))
			return fault_add(c, "status", ERR_CERT_OPEN, "「%s」がまだ結果待ちです。先にその申請の結果か取下げを記録してください。", text(c, o));
		if (!is_certified(o) || o->from_on == CIVIL_NONE || r->from_on == CIVIL_NONE || o->from_on >= r->from_on)
			continue;
		if (!prev || o->from_on > prev->from_on)
			prev = o;
		if (closing && is_certified(r) && o->to_on >= r->from_on) {
			o->to_on = r->from_on - 1;
			o->superseded_on = r->from_on;
			TRY(row_save(c, &T_certification, o, NULL));
			TRY(after(c, o, true));
		}
	}
	struct certification_rule rule;
	if (is_certified(r) && str_eq(r->apply_kind, "renew") && str_blank(r->period_reason) && r->superseded_on == CIVIL_NONE &&
	    r->from_on != CIVIL_NONE && prev && !str_eq(prev->level, r->level) &&
	    certification_rule(c, "renew", r->applied_on, &rule) && r->to_on > certification_end(r->from_on, rule.most_months))
		return fault_add(c, "to_on", ERR_CERT_PERIOD,
			"前回（%s）と区分が違う更新の有効期間は%dか月（%s）までです（%s）。特例のときは理由を書いてください。",
			ranks_label_ja(CODE_LEVEL, prev->level), rule.most_months,
			era_text(c->arena, certification_end(r->from_on, rule.most_months)), rule.source);
	return OK;
}

const struct gen_kind GEN_CERTIFICATION = {.label = "認定", .table = &T_certification, .class_bit = CLASS_CARE,
	.timeline = "certification", .refuse_overlap = true, .overlap_code = ERR_CERT_OVERLAP, .ids = ids, .check = check,
	.period = period, .day = day_of, .text = text, .after = after, .before = before};
GEN_FACE_C(certification, t_certification, GEN_CERTIFICATION);

err certification_save_closing(struct ctx *c, struct t_certification *row, struct row_conflict **conflict)
{
	static char closing;
	return gen_save_with(c, &GEN_CERTIFICATION, row, &closing, conflict);
}

/* --- advice --- */

static void advise(struct advice *v, size_t *n, bool when, const char *field, const char *message)
{
	if (when)
		v[(*n)++] = (struct advice){field, message};
}

err certification_advice(struct ctx *c, const struct t_certification *r, struct advice **v, size_t *n)
{
	TRY(policy_check(c, r->person_id, CLASS_CARE, ACTION_SEE));
	struct t_certification *all;
	size_t n_all;
	TRY(load_all(c, r->person_id, &all, &n_all));
	civil prev_to = CIVIL_NONE; /* the last day of the newest decided period before this one */
	for (size_t i = 0; i < n_all; i++)
		if (all[i].id != r->id && is_certified(&all[i]) && all[i].from_on != CIVIL_NONE && all[i].to_on != CIVIL_OPEN &&
		    (r->from_on == CIVIL_NONE || all[i].from_on < r->from_on) && all[i].to_on > prev_to)
			prev_to = all[i].to_on;
	struct t_person person;
	TRY(row_load(c, &T_person, r->person_id, &person));
	struct advice *a = ARENA_ARRAY(c->arena, 8, struct advice);
	size_t k = 0;
	bool renew = str_eq(r->apply_kind, "renew"), holds = is_certified(r) && r->from_on != CIVIL_NONE;
	bool from_day = str_eq(r->apply_kind, "new") || str_eq(r->apply_kind, "change");
	struct ymd end = civil_ymd(holds && r->to_on != CIVIL_NONE && r->to_on != CIVIL_OPEN ? r->to_on : civil_from(2000, 1, 31));
	advise(a, &k, r->superseded_on == CIVIL_NONE && end.d != civil_ymd(civil_eom(end.y, end.m)).d, "to_on",
		"満了日が月の末日ではありません。被保険者証の満了日を確かめてください。");
	advise(a, &k, holds && from_day && r->applied_on != CIVIL_NONE && r->from_on != r->applied_on, "from_on",
		"新規と区分変更の効力は申請日からです。有効期間の始まりが申請日と違います。");
	advise(a, &k, holds && renew && prev_to != CIVIL_NONE && r->from_on != prev_to + 1, "from_on",
		"更新の効力は前の満了日の翌日からです。有効期間の始まりを確かめてください。");
	advise(a, &k, renew && prev_to != CIVIL_NONE && r->applied_on != CIVIL_NONE && (r->applied_on < prev_to - 60 || r->applied_on > prev_to),
		"applied_on", "更新申請ができるのは、満了日の60日前から満了日までです。申請日を確かめてください。");
	civil on = r->applied_on != CIVIL_NONE ? r->applied_on : r->from_on;
	advise(a, &k, !str_eq(r->apply_kind, "checklist") && !str_eq(str_or(r->level, ""), "none") && person.birth_on != CIVIL_NONE &&
		on != CIVIL_NONE && !certification_cause_ok(person.birth_on, on, r->disease_code), "disease_code",
		"申請日に65歳になっていない方の認定には、16の特定疾病のどれかが原因であることが必要です。特定疾病を確かめてください。");
	*v = a;
	*n = k;
	return OK;
}

/* --- what holds on a day --- */

/* Was the application still open on the day? A decided row tells by its own dates when the result came. */
static bool open_on(const struct t_certification *r, civil on)
{
	if (r->applied_on == CIVIL_NONE || r->applied_on > on)
		return false;
	if (certification_is_applying(r->status))
		return true;
	return false;
}

err certification_state(struct ctx *c, int64_t person_id, struct gen_asof asof, struct certification_state *out)
{
	civil on = asof.on == CIVIL_NONE ? c->today : asof.on;
	struct t_certification *rows;
	size_t n;
	TRY(certification_list(c, person_id, (struct gen_asof){CIVIL_NONE, asof.known_on}, &rows, &n));
	struct certification_state s = {.status = "none", .level = "", .prev_level = ""};
	for (size_t i = 0; i < n; i++) {
		const struct t_certification *r = &rows[i];
		civil from, to;
		period(r, &from, &to);
		if (open_on(r, on)) {
			s.has_application = true;
			s.application = *r;
		} else if (from == CIVIL_NONE || from > on) {
			continue;
		} else if (to >= on) {
			s.has_current = true;
			s.current = *r;
		} else if (!s.has_last || s.last.to_on < to) {
			s.has_last = true;
			s.last = *r;
		}
	}
	if (s.has_current)
		s.level = ranks_code_in(CODE_LEVEL, CODE_OURS, s.current.level);
	const char *prev = s.has_last ? ranks_code_in(CODE_LEVEL, CODE_OURS, s.last.level) : NULL;
	s.prev_level = str_or(prev, "");
	s.level = str_or(s.level, "");
	if (s.has_application)
		s.status = str_eq(s.application.status, "applying_new")     ? "applying_new"
			   : str_eq(s.application.status, "applying_renew") ? "applying_renew"
									    : "applying_change";
	else if (s.has_current)
		s.status = "certified";
	else if (s.has_last)
		s.status = "expired";
	*out = s;
	return OK;
}

GEN_CHOICES_C(certification_apply_choices, apply_kinds);
GEN_CHOICES_C(certification_disease_choices, diseases);
GEN_CHOICES_C(certification_status_choices, statuses);
