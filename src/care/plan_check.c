#include "care/plan_check.h"

#include "base/house.h"
#include "base/str.h"
#include "care/intake.h"
#include "care/plan_check_in.h"
#include "jp/cp932.h"
#include "jp/era.h"
#include "register/certification.h"
#include "register/evidence.h"
#include "register/ranks.h"

/* ---- rules and kinds as data ------------------------------------------------------------------------------------------- */

#define KIND_H 'H'
#define KIND_Y 'Y'
#define KIND_A 'A'
#define LEVEL_B true
#define LEVEL_W false

static const struct check_rule {
	const char *code;
	err (*fn)(struct ctx *c, struct checking *k);
	bool is_block;
	char kinds;
	const char *from, *to, *source, *confidence;
} RULES[] = {
#define PLAN_CHECK(code, fn, level, kinds, from, to, source, confidence)                                                   \
	{#code, check_##fn, LEVEL_##level, KIND_##kinds, from, to, source, confidence},
#include "care/plan_checks.tbl.h"
#undef PLAN_CHECK
};

static const struct plan_type {
	const char *code, *label;
	int medical;
	char equipment;
} TYPES[] = {
#define PLAN_TYPE(code, label, medical, equipment) {code, label, medical, equipment},
#include "care/plan_types.tbl.h"
#undef PLAN_TYPE
};

static const struct plan_type *type_of(const char *code)
{
	for (size_t i = 0; i < plan_type_count(); i++)
		if (str_eq(TYPES[i].code, code))
			return &TYPES[i];
	return NULL;
}

size_t plan_type_count(void) { return sizeof TYPES / sizeof TYPES[0]; }
const char *plan_type_code(size_t i) { return TYPES[i].code; }
const char *plan_type_label_ja(const char *code) { return type_of(code) ? type_of(code)->label : ""; }
bool plan_type_is_medical(const char *code) { return type_of(code) && type_of(code)->medical == 1; }
bool plan_type_is_equipment(const char *code) { return check_equipment(code) == 'L' || check_equipment(code) == 'S'; }
bool plan_type_is_sale(const char *code) { return check_equipment(code) == 'S'; }
bool plan_type_is_short_stay(const char *code) { return check_equipment(code) == 'T'; }
bool plan_type_has_no_plan(const char *code) { return check_equipment(code) == 'N'; }
bool check_is_medical(const char *code, int level) { return type_of(code) && type_of(code)->medical == level; }
char check_equipment(const char *code) { return type_of(code) ? type_of(code)->equipment : ' '; }
bool check_prevention(const struct checking *k) { return str_eq(k->t->plan.kind, "prevention"); }

/* ---- telling --------------------------------------------------------------------------------------------------------------- */

static const char *short_text(struct arena *a, const char *text)
{
	const char *p = text;
	for (size_t n = 0; *p && *p != '\n' && n < 20; n++)
		(void)str_next(&p);
	return arena_fmt(a, "%s%s", arena_strn(a, text, (size_t)(p - text)), *p ? "…" : "");
}

const char *plan_row_ja(struct ctx *c, enum plan_part part, const void *row)
{
	if (part == PLAN_NEED) {
		const struct t_plan_need *n = row;
		return arena_fmt(c->arena, "課題%lld「%s」", (long long)n->no, short_text(c->arena, n->text));
	}
	if (part == PLAN_GOAL) {
		const struct t_plan_goal *g = row;
		const char *text = *g->short_text ? g->short_text : *g->long_text ? g->long_text : g->point;
		return arena_fmt(c->arena, "目標%lld「%s」", (long long)g->no, short_text(c->arena, text));
	}
	if (part == PLAN_SERVICE) {
		const struct t_plan_service *s = row;
		return arena_fmt(c->arena, "サービス%lld「%s」", (long long)s->no, short_text(c->arena, *s->type ? s->type : s->content));
	}
	if (part == PLAN_SLOT) {
		const struct t_plan_slot *s = row;
		static const char *const days[] = {"", "月", "火", "水", "木", "金", "土", "日"};
		return arena_fmt(c->arena, "第3表 %s曜日 %lld:%02lld「%s」", days[s->dow >= 1 && s->dow <= 7 ? s->dow : 0],
		                 (long long)s->from_min / 60, (long long)s->from_min % 60, short_text(c->arena, s->service));
	}
	if (part == PLAN_AREA) {
		static const char *const areas[][2] = {{"move", "運動・移動"}, {"home", "日常生活（家庭生活）"},
		                                       {"social", "社会参加、対人関係・コミュニケーション"}, {"health", "健康管理"}};
		for (size_t i = 0; i < 4; i++)
			if (str_eq(areas[i][0], ((const struct t_plan_area *)row)->area))
				return arena_fmt(c->arena, "【%s】", areas[i][1]);
	}
	if (part == PLAN_ACTIVITY)
		return arena_fmt(c->arena, "活動「%s」", short_text(c->arena, ((const struct t_plan_activity *)row)->text));
	return plan_part(part)->label;
}

void check_tell(struct ctx *c, struct checking *k, enum plan_part part, const char *key, const char *column, const char *fmt, ...)
{
	if (k->n == k->cap) {
		size_t cap = k->cap ? 2 * k->cap : 16;
		struct plan_problem *v = ARENA_ARRAY(c->arena, cap, struct plan_problem);
		for (size_t i = 0; i < k->n; i++)
			v[i] = k->v[i];
		k->v = v;
		k->cap = cap;
	}
	va_list ap;
	va_start(ap, fmt);
	k->v[k->n++] = (struct plan_problem){.code = k->rule->code, .is_block = k->rule->is_block,
		.sentence = arena_vfmt(c->arena, fmt, ap), .part = part, .key = key, .column = column, .source = k->rule->source,
		.confidence = k->rule->confidence};
	va_end(ap);
}

err plan_check(struct ctx *c, const struct plan_tree *t, struct plan_problem **v, size_t *n)
{
	struct checking k = {.t = t};
	for (size_t i = 0; i < sizeof RULES / sizeof RULES[0]; i++) {
		const struct check_rule *r = &RULES[i];
		civil from = CIVIL_NONE, to = CIVIL_OPEN;
		if (*r->from && !civil_parse(r->from, &from))
			return ERR_BUG;
		if (*r->to && !civil_parse(r->to, &to))
			return ERR_BUG;
		if (t->plan.plan_on < from || t->plan.plan_on > to || (r->kinds != 'A' && (r->kinds == 'Y') != check_prevention(&k)))
			continue;
		k.rule = r;
		TRY(r->fn(c, &k));
	}
	struct plan_problem *out = ARENA_ARRAY(c->arena, k.n + 1, struct plan_problem);
	*n = 0;
	for (int block = 1; block >= 0; block--) /* what stops comes first */
		for (size_t i = 0; i < k.n; i++)
			if (k.v[i].is_block == (block == 1))
				out[(*n)++] = k.v[i];
	*v = out;
	return OK;
}

const char *plan_problem_path(struct arena *a, const struct plan_tree *t, const struct plan_problem *p)
{
	const char *plan_pid = t->plan.pid;
	static const char *const first[PLAN_PARTS] = {[PLAN_AREA] = "status_text", [PLAN_NEED] = "text", [PLAN_GOAL] = "short_text", [PLAN_SERVICE] = "content"};
	if (str_eq(p->code, "no_meeting"))
		return arena_fmt(a, "/persons/%s/meetings/new?plan=%s", t->person_pid, plan_pid);
	if (str_eq(p->code, "no_assessment"))
		return arena_fmt(a, "/persons/%s/assessments", t->person_pid);
	if (p->part == PLAN_SLOT || p->part == PLAN_ACTIVITY || str_eq(p->code, "service_not_in_week"))
		return arena_fmt(a, "/plans/%s/week", plan_pid);
	if (p->part == PLAN_HEAD)
		return *p->column ? arena_fmt(a, "/plans/%s/edit#f-%s", plan_pid, p->column) : arena_fmt(a, "/plans/%s/edit", plan_pid);
	return *p->key ? arena_fmt(a, "/plans/%s/edit#f-%s.%s.%s", plan_pid, plan_part(p->part)->code, p->key, *p->column ? p->column : first[p->part])
	               : arena_fmt(a, "/plans/%s/edit", plan_pid);
}

size_t plan_blocks(const struct plan_problem *v, size_t n)
{
	size_t blocks = 0;
	for (size_t i = 0; i < n; i++)
		blocks += v[i].is_block ? 1 : 0;
	return blocks;
}

/* ---- the chain: need → goal → service (F044) ----------------------------------------------------------------------------------- */

err check_no_need(struct ctx *c, struct checking *k)
{
	if (k->t->n_needs == 0)
		check_tell(c, k, PLAN_NEED, "", "", "課題（ニーズ）が1つもありません。課題を書いてください。");
	for (size_t i = 0; i < k->t->n_needs; i++)
		if (str_blank(k->t->needs[i].text))
			check_tell(c, k, PLAN_NEED, k->t->needs[i].pid, "text", "課題%lldの文が空です。課題を書くか、この行を消してください。",
			           (long long)k->t->needs[i].no);
	return OK;
}

err check_need_no_goal(struct ctx *c, struct checking *k)
{
	for (size_t i = 0; i < k->t->n_needs; i++) {
		const struct t_plan_need *n = &k->t->needs[i];
		bool has = false;
		for (size_t g = 0; g < k->t->n_goals; g++)
			has = has || k->t->goals[g].need_id == n->id;
		if (!has || (check_prevention(k) && str_blank(n->goal)))
			check_tell(c, k, PLAN_NEED, n->pid, check_prevention(k) ? "goal" : "", "%sに、目標がありません。目標を書いてください。",
			           plan_row_ja(c, PLAN_NEED, n));
	}
	return OK;
}

err check_goal_no_service(struct ctx *c, struct checking *k)
{
	for (size_t i = 0; i < k->t->n_goals; i++) {
		const struct t_plan_goal *g = &k->t->goals[i];
		bool has = check_prevention(k) && !str_blank(g->selfcare);
		for (size_t s = 0; s < k->t->n_services; s++)
			has = has || k->t->services[s].goal_id == g->id;
		if (!has)
			check_tell(c, k, PLAN_GOAL, g->pid, "", "%sに、援助内容（サービスや家族・地域の支え）がありません。だれが何をするかを書いてください。",
			           plan_row_ja(c, PLAN_GOAL, g));
	}
	return OK;
}

err check_goal_text(struct ctx *c, struct checking *k)
{
	for (size_t i = 0; i < k->t->n_goals; i++) {
		const struct t_plan_goal *g = &k->t->goals[i];
		if (str_blank(g->long_text) || str_blank(g->short_text))
			check_tell(c, k, PLAN_GOAL, g->pid, str_blank(g->long_text) ? "long_text" : "short_text",
			           "%sの「%s」が空です。書かない理由がなければ書いてください。", plan_row_ja(c, PLAN_GOAL, g),
			           str_blank(g->long_text) ? "長期目標" : "短期目標");
	}
	return OK;
}

/* ---- periods --------------------------------------------------------------------------------------------------------------------- */

err check_period_missing(struct ctx *c, struct checking *k)
{
	const struct t_plan *p = &k->t->plan;
	if (p->from_on == CIVIL_NONE || p->to_on == CIVIL_NONE)
		check_tell(c, k, PLAN_HEAD, "", p->from_on == CIVIL_NONE ? "from_on" : "to_on", "「計画期間」の%sの日がありません。入力してください。",
		           p->from_on == CIVIL_NONE ? "始まり" : "終わり");
	for (size_t i = 0; i < k->t->n_goals && !check_prevention(k); i++) {
		const struct t_plan_goal *g = &k->t->goals[i];
		if (g->short_from_on == CIVIL_NONE && !str_blank(g->short_text) && str_blank(g->short_period))
			check_tell(c, k, PLAN_GOAL, g->pid, "short_from_on", "%sの短期目標に期間がありません。始まりの日を入力してください。", plan_row_ja(c, PLAN_GOAL, g));
		if (g->long_from_on == CIVIL_NONE && !str_blank(g->long_text) && str_blank(g->long_period))
			check_tell(c, k, PLAN_GOAL, g->pid, "long_from_on", "%sの長期目標に期間がありません。始まりの日を入力してください。", plan_row_ja(c, PLAN_GOAL, g));
	}
	return OK;
}

static bool outside(civil from, civil to, civil lo, civil hi)
{
	return (from != CIVIL_NONE && lo != CIVIL_NONE && from < lo) || (to != CIVIL_NONE && hi != CIVIL_NONE && to > hi) ||
	       (from != CIVIL_NONE && hi != CIVIL_NONE && from > hi) || (to != CIVIL_NONE && lo != CIVIL_NONE && to < lo);
}

static const char *span(struct ctx *c, civil from, civil to)
{
	return arena_fmt(c->arena, "%s〜%s", from == CIVIL_NONE ? "" : era_text(c->arena, from), to == CIVIL_NONE ? "" : era_text(c->arena, to));
}

/* A long-term goal may run beyond one plan (it is carried over); it must not lie wholly beside it. */
err check_goal_outside(struct ctx *c, struct checking *k)
{
	const struct t_plan *p = &k->t->plan;
	for (size_t i = 0; i < k->t->n_goals; i++) {
		const struct t_plan_goal *g = &k->t->goals[i];
		/* a goal carried over from the version before began when it began; only its end is a matter of this one */
		civil begin = p->previous_id == INT_NULL ? p->from_on : CIVIL_NONE;
		bool over = begin == CIVIL_NONE && p->from_on != CIVIL_NONE && g->short_to_on != CIVIL_NONE && g->short_to_on < p->from_on;
		if (over || outside(g->short_from_on, g->short_to_on, begin, p->to_on))
			check_tell(c, k, PLAN_GOAL, g->pid, "short_to_on", "%sの短期目標の期間（%s）が、計画期間（%s）の外にあります。どちらかを直してください。",
			           plan_row_ja(c, PLAN_GOAL, g), span(c, g->short_from_on, g->short_to_on), span(c, p->from_on, p->to_on));
		if ((g->long_from_on != CIVIL_NONE && p->to_on != CIVIL_NONE && g->long_from_on > p->to_on) ||
		    (g->long_to_on != CIVIL_NONE && p->from_on != CIVIL_NONE && g->long_to_on < p->from_on))
			check_tell(c, k, PLAN_GOAL, g->pid, "long_to_on", "%sの長期目標の期間（%s）が、計画期間（%s）の外にあります。どちらかを直してください。",
			           plan_row_ja(c, PLAN_GOAL, g), span(c, g->long_from_on, g->long_to_on), span(c, p->from_on, p->to_on));
	}
	return OK;
}

err check_goal_crossing(struct ctx *c, struct checking *k)
{
	for (size_t i = 0; i < k->t->n_goals; i++) {
		const struct t_plan_goal *g = &k->t->goals[i];
		if (outside(g->short_from_on, g->short_to_on, g->long_from_on, g->long_to_on))
			check_tell(c, k, PLAN_GOAL, g->pid, "short_to_on", "%sの短期目標の期間（%s）が、長期目標の期間（%s）からはみ出しています。期間を直してください。",
			           plan_row_ja(c, PLAN_GOAL, g), span(c, g->short_from_on, g->short_to_on),
			           span(c, g->long_from_on, g->long_to_on));
	}
	return OK;
}

/* ---- certification ------------------------------------------------------------------------------------------------------------------ */

err plan_cert_news(struct ctx *c, const struct plan_tree *t, const char **sentence)
{
	const struct t_plan *p = &t->plan;
	struct certification_state s;
	*sentence = "";
	civil on = p->plan_on > c->today ? p->plan_on : c->today;
	TRY(certification_state(c, p->person_id, (struct gen_asof){on, CIVIL_NONE}, &s));
	if (p->from_on > on) { /* a plan for the next period stands on the renewed certification, once that is decided */
		struct certification_state next;
		TRY(certification_state(c, p->person_id, (struct gen_asof){p->from_on, CIVIL_NONE}, &next));
		if (next.has_current)
			s = next;
	}
	if (!s.has_current)
		return OK;
	civil to = s.current.to_on == CIVIL_OPEN ? CIVIL_NONE : s.current.to_on;
	if (str_eq(s.level, p->level) && to == p->cert_to_on && s.current.from_on == p->cert_from_on &&
	    (s.has_application || !str_eq(p->cert_status, "1")))
		return OK;
	*sentence = arena_fmt(c->arena, "%s認定は%s（%s）です。計画の認定の欄と違います。認定の欄を確かめ、会議で変更の要否を検討してください。",
	                      str_eq(p->cert_status, "1") && !s.has_application ? "認定の結果が出ています。" : "「保険・認定」の記録では、",
	                      ranks_label_ja(CODE_LEVEL, s.level), span(c, s.current.from_on, to));
	return OK;
}

err check_cert_changed(struct ctx *c, struct checking *k)
{
	const char *news;
	TRY(plan_cert_news(c, k->t, &news));
	if (*news)
		check_tell(c, k, PLAN_HEAD, "", "cert_from_on", "%s", news);
	return OK;
}

err check_cert_applying(struct ctx *c, struct checking *k)
{
	if (str_eq(k->t->plan.cert_status, "1"))
		check_tell(c, k, PLAN_HEAD, "", "cert_status", "認定は申請中です。結果が出るまでは暫定の計画になります。見込みの区分と、結果が出たときに見直すことを説明してください。");
	return OK;
}

err check_no_certification(struct ctx *c, struct checking *k)
{
	const struct t_plan *p = &k->t->plan;
	if (!str_eq(p->cert_status, "1") && !str_eq(p->level, "target") && (p->cert_from_on == CIVIL_NONE || str_blank(p->level)))
		check_tell(c, k, PLAN_HEAD, "", "cert_from_on", "認定の有効期間か要介護状態区分がありません。被保険者証を確かめて、「保険・認定」に記録してください。");
	return OK;
}

err check_opinion_missing(struct ctx *c, struct checking *k)
{
	if (str_blank(k->t->plan.committee_opinion))
		check_tell(c, k, PLAN_HEAD, "", "committee_opinion", "「介護認定審査会の意見及びサービスの種類の指定」が空です。被保険者証に記載がなければ「なし」と書いてください。");
	return OK;
}

/* ---- 予防 ----------------------------------------------------------------------------------------------------------------------------- */

err check_goal_of_life(struct ctx *c, struct checking *k)
{
	if (str_blank(k->t->plan.goal_day) && str_blank(k->t->plan.goal_year))
		check_tell(c, k, PLAN_HEAD, "", "goal_day", "「目標とする生活」の1日と1年が、どちらも空です。どちらかを書いてください。");
	return OK;
}

err check_area_issue(struct ctx *c, struct checking *k)
{
	for (size_t i = 0; i < k->t->n_areas; i++) {
		const struct t_plan_area *a = &k->t->areas[i];
		if (str_blank(a->has_issue))
			check_tell(c, k, PLAN_AREA, a->pid, "has_issue", "%sの課題の有無が決まっていません。有・無を選んでください。", plan_row_ja(c, PLAN_AREA, a));
		else if (str_eq(a->has_issue, "1") && str_blank(a->issue))
			check_tell(c, k, PLAN_AREA, a->pid, "issue", "%sは課題が「有」ですが、課題（背景・原因）が空です。書いてください。", plan_row_ja(c, PLAN_AREA, a));
	}
	return OK;
}

err check_program_no(struct ctx *c, struct checking *k)
{
	static const char *const programs[][2] = {{"prog_move", "c2"}, {"prog_eiyo", "c3"}, {"prog_oral", "c4"}, {"prog_tojikomori", "c5"},
	                                          {"prog_mono", "c6"}, {"prog_utsu", "c7"}};
	struct response_view r;
	bool found = false;
	err e = response_latest(c, k->t->plan.person_id, "kihon-checklist", k->t->plan.plan_on, &r, &found);
	if (e == ERR_DENIED || e == ERR_NOTFOUND)
		return OK;
	TRY(e);
	for (size_t i = 0; found && r.result && i < sizeof programs / sizeof programs[0]; i++) {
		const struct rule_outcome *o = form_outcome(r.result, programs[i][1]);
		const char *value = plan_value(c->arena, &T_plan, &k->t->plan, programs[i][0]);
		if (o && outcome_tri(o) == TRI_YES && str_eq(value, "2"))
			check_tell(c, k, PLAN_HEAD, "", programs[i][0], "基本チェックリスト（%s）では「%s」に当たりますが、「%s」が「否」です。理由があるか確かめてください。",
			           era_text(c->arena, r.answered_on), o->rule->meaning, plan_field_label_ja(PLAN_HEAD, programs[i][0]));
	}
	return OK;
}

/* ---- what comes before: assessment, meeting -------------------------------------------------------------------------------------------- */

struct seeking {
	civil on;
	bool found;
};

static err seen(struct ctx *c, const struct evidence_row *row, void *arg)
{
	struct seeking *s = arg;
	(void)c;
	s->found = s->found || row->on_day <= s->on;
	return OK;
}

static err any_evidence(struct ctx *c, int64_t person_id, const char *code, civil from, civil to, bool *found)
{
	struct seeking s = {.on = to};
	struct evidence_filter f = EVIDENCE_ALL();
	f.person_id = person_id;
	f.code = code;
	f.from_on = from;
	f.to_on = to;
	TRY(evidence_cursor(c, &f, seen, &s));
	*found = *found || s.found;
	return OK;
}

err check_no_assessment(struct ctx *c, struct checking *k)
{
	const struct t_plan *p = &k->t->plan;
	bool found = str_eq(p->change_kind, "minor") || p->assessment_id != INT_NULL;
	if (!found)
		TRY(any_evidence(c, p->person_id, "REC-ASSESS", CIVIL_NONE, c->today, &found));
	if (!found)
		check_tell(c, k, PLAN_HEAD, "", "assessment_id", "アセスメントの記録がありません。居宅を訪問し、本人と家族に面接して課題を把握してから、計画を説明してください。");
	return OK;
}

/* A meeting or inquiry that belongs to this version: held after the draft before it was agreed, at the latest today. */
err check_no_meeting(struct ctx *c, struct checking *k)
{
	const struct t_plan *p = &k->t->plan;
	bool found = str_eq(p->change_kind, "minor");
	civil from = CIVIL_NONE;
	if (p->previous_id != INT_NULL) {
		struct t_plan before;
		TRY(row_load(c, &T_plan, p->previous_id, &before));
		from = before.consented_on != CIVIL_NONE ? before.consented_on + 1 : CIVIL_NONE;
	}
	if (!found)
		TRY(any_evidence(c, p->person_id, "REC-SCM", from, c->today, &found));
	if (!found)
		TRY(any_evidence(c, p->person_id, "REC-INQ", from, c->today, &found));
	if (!found)
		check_tell(c, k, PLAN_HEAD, "", "", "この原案についてのサービス担当者会議（または照会）の記録がありません。同意の前に会議を開くか、開けない理由と照会の内容を記録してください。");
	return OK;
}

/* A commissioned draft: the centre's check comes before explanation and consent. */
const char *plan_centre_news(struct ctx *c, const struct plan_tree *t)
{
	const struct t_plan *p = &t->plan;
	if (!str_eq(p->consignment, "2") && (p->author_org_id == INT_NULL || p->author_org_id == p->org_id))
		return "";
	if (p->center_checked_on == CIVIL_NONE)
		return p->consented_on == CIVIL_NONE
			? "委託された原案ですが、地域包括支援センターの確認がまだです。確認を受けてから、説明と同意に進んでください。"
			: arena_fmt(c->arena, "同意（%s）を得ていますが、地域包括支援センターの確認がまだです。委託した地域包括支援センターに確かめてください。",
			            era_text(c->arena, p->consented_on));
	if (p->consented_on == CIVIL_NONE || p->consented_on >= p->center_checked_on)
		return "";
	return arena_fmt(c->arena, "同意の日（%s）が、地域包括支援センターの確認の日（%s）より前です。日付を確かめ、確認した内容で説明し直したかを支援経過に残してください。",
	                 era_text(c->arena, p->consented_on), era_text(c->arena, p->center_checked_on));
}

err check_centre_first(struct ctx *c, struct checking *k)
{
	const char *news = plan_centre_news(c, k->t);
	if (*news)
		check_tell(c, k, PLAN_HEAD, "", "center_checked_on", "%s", news);
	return OK;
}

/* ---- characters --------------------------------------------------------------------------------------------------------------------------- */

err check_cp932(struct ctx *c, struct checking *k)
{
	for (int p = PLAN_PARTS; p >= 0; p--) {
		size_t n;
		const struct table_desc *d = plan_part((enum plan_part)p)->table;
		const char *rows = plan_rows(k->t, (enum plan_part)p, &n);
		for (size_t i = 0; i < n; i++)
			for (size_t f = 0; f < plan_field_count(); f++) {
				const struct plan_field *x = plan_field_at(f);
				if (x->part != (enum plan_part)p || !*x->label)
					continue;
				const void *row = rows + i * d->size;
				struct cp932_report bad = {0};
				char *bytes;
				size_t len;
				err e = cp932_encode(c->arena, plan_value(c->arena, d, row, x->column), c->house ? c->house->fold : NULL, &bytes, &len, &bad);
				if (e == ERR_CP932)
					check_tell(c, k, x->part, p == PLAN_PARTS ? "" : plan_value(c->arena, d, row, "pid"), x->column,
					           "%s%s「%s」に、データ連携で使えない文字があります: %s。代わりの文字を考えてください（紙の印刷はできます）。",
					           p == PLAN_PARTS ? "" : plan_row_ja(c, x->part, row), p == PLAN_PARTS ? "" : "の", x->label,
					           cp932_sentence(c->arena, &bad));
				else
					TRY(e);
			}
	}
	return OK;
}
