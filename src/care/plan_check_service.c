/* The rules about services: chain to 第3表, providers, certification, equipment, medical services, 生活援助. */
#include "base/house.h"
#include "base/str.h"
#include "care/plan_check_in.h"
#include "jp/era.h"
#include "law/numbers.h"
#include "register/org.h"
#include "store/revision.h"

#define EACH_SERVICE(s, k)                                                                                                 \
	for (const struct t_plan_service *s = (k)->t->services; s < (k)->t->services + (k)->t->n_services; s++)

static const char *named(struct ctx *c, const struct t_plan_service *s) { return plan_row_ja(c, PLAN_SERVICE, s); }

static bool is_formal(const struct t_plan_service *s) { return str_eq(s->actor, "formal") || *s->type_code || str_eq(s->covered, "Y"); }

err check_service_frequency(struct ctx *c, struct checking *k)
{
	EACH_SERVICE(s, k)
		if (!check_prevention(k) && str_blank(s->freq) && s->times_week == INT_NULL && s->times_month == INT_NULL)
			check_tell(c, k, PLAN_SERVICE, s->pid, "freq", "%sに頻度がありません。週に何回、月に何回などを書いてください。", named(c, s));
	return OK;
}

err check_service_provider(struct ctx *c, struct checking *k)
{
	EACH_SERVICE(s, k)
		if (is_formal(s) && str_blank(s->office) && s->org_id == INT_NULL)
			check_tell(c, k, PLAN_SERVICE, s->pid, "office", "%sに、サービスを行う事業所がありません。事業所を選ぶか、名前を書いてください。", named(c, s));
	return OK;
}

err check_service_covered(struct ctx *c, struct checking *k)
{
	EACH_SERVICE(s, k)
		if (str_blank(s->covered))
			check_tell(c, k, PLAN_SERVICE, s->pid, "covered", "%sが保険給付の対象か（※1）が決まっていません。「対象」か「対象外」を選んでください。", named(c, s));
	return OK;
}

err check_slot_orphan(struct ctx *c, struct checking *k)
{
	for (size_t i = 0; i < k->t->n_slots; i++)
		if (k->t->slots[i].service_id == INT_NULL && str_blank(k->t->slots[i].service))
			check_tell(c, k, PLAN_SLOT, k->t->slots[i].pid, "service", "%sに、サービスの名前がありません。第2表のサービスを選ぶか、この予定を消してください。",
			           plan_row_ja(c, PLAN_SLOT, &k->t->slots[i]));
		else if (k->t->slots[i].service_id == INT_NULL)
			check_tell(c, k, PLAN_SLOT, k->t->slots[i].pid, "service", "%sが、第2表のどの援助内容にもありません。第2表に書くか、結び付ける援助内容を選んでください。",
			           plan_row_ja(c, PLAN_SLOT, &k->t->slots[i]));
	return OK;
}

err check_service_not_in_week(struct ctx *c, struct checking *k)
{
	EACH_SERVICE(s, k) {
		bool weekly = (*s->days && !str_eq(s->days, "0000000")) || s->time_from != INT_NULL, there = false;
		for (size_t i = 0; i < k->t->n_slots; i++)
			there = there || k->t->slots[i].service_id == s->id;
		if (weekly && !there)
			check_tell(c, k, PLAN_SERVICE, s->pid, "days", "%sは曜日や時間が決まっていますが、第3表（週間サービス計画表）にありません。第3表に入れてください。",
			           named(c, s));
	}
	return OK;
}

/* Periods of benefit services lie inside the certificate; while the result is open the plan is 暫定 and told so elsewhere. */
err check_service_outside(struct ctx *c, struct checking *k)
{
	const struct t_plan *p = &k->t->plan;
	if (p->cert_from_on == CIVIL_NONE || str_eq(p->cert_status, "1") || str_eq(p->level, "target"))
		return OK;
	EACH_SERVICE(s, k)
		if (!str_eq(s->covered, "N") && is_formal(s) &&
		    ((s->from_on != CIVIL_NONE && s->from_on < p->cert_from_on) ||
		     (p->cert_to_on != CIVIL_NONE && s->to_on != CIVIL_NONE && s->to_on > p->cert_to_on)))
			check_tell(c, k, PLAN_SERVICE, s->pid, s->from_on != CIVIL_NONE && s->from_on < p->cert_from_on ? "from_on" : "to_on",
			           "%sの期間が、認定の有効期間（%s〜%s）の外にあります。期間を直すか、更新の結果が出てから新しい計画に位置付けてください。結果が出ているときは、計画の認定の欄を次の認定に直してください。", named(c, s),
			           era_text(c->arena, p->cert_from_on), p->cert_to_on == CIVIL_NONE ? "" : era_text(c->arena, p->cert_to_on));
	return OK;
}

err check_service_beyond_plan(struct ctx *c, struct checking *k)
{
	const struct t_plan *p = &k->t->plan;
	EACH_SERVICE(s, k)
		if ((s->from_on != CIVIL_NONE && p->from_on != CIVIL_NONE && s->from_on < p->from_on) ||
		    (s->to_on != CIVIL_NONE && p->to_on != CIVIL_NONE && s->to_on > p->to_on))
			check_tell(c, k, PLAN_SERVICE, s->pid, "to_on", "%sの期間が、計画期間より長くなっています。期間を確かめてください。", named(c, s));
	return OK;
}

err check_equipment_reason(struct ctx *c, struct checking *k)
{
	EACH_SERVICE(s, k)
		if (plan_type_is_equipment(s->type_code) && str_blank(s->reason))
			check_tell(c, k, PLAN_SERVICE, s->pid, "reason",
			           check_equipment(s->type_code) == 'S'
			               ? "%sを位置付ける理由がありません。特定福祉用具販売は、必要な理由を計画に書いてください。"
			               : "%sを位置付ける理由がありません。福祉用具貸与は、必要な理由（続けるときは続ける理由）を計画に書いてください。",
			           named(c, s));
	return OK;
}

err check_medical_order(struct ctx *c, struct checking *k)
{
	EACH_SERVICE(s, k)
		if (check_is_medical(s->type_code, 1) && s->doctor_order_on == CIVIL_NONE)
			check_tell(c, k, PLAN_SERVICE, s->pid, "doctor_order_on", "%sは医療サービスです。主治医等の指示があるときだけ位置付けられます。指示（意見）を受けた日を入力してください。",
			           named(c, s));
	return OK;
}

err check_medical_order_some(struct ctx *c, struct checking *k)
{
	EACH_SERVICE(s, k)
		if (check_is_medical(s->type_code, 2) && s->doctor_order_on == CIVIL_NONE)
			check_tell(c, k, PLAN_SERVICE, s->pid, "doctor_order_on", "%sで看護のサービスを使うときは、主治医等の指示が要ります。指示を受けた日を入力してください。",
			           named(c, s));
	return OK;
}

/* ---- 生活援助 ------------------------------------------------------------------------------------------------------------------------- */

static bool any_life_support(const struct checking *k)
{
	EACH_SERVICE(s, k)
		if (s->life_support)
			return true;
	return false;
}

err check_life_support_reason(struct ctx *c, struct checking *k)
{
	const struct t_plan *p = &k->t->plan;
	if (!any_life_support(k))
		return OK;
	if (str_blank(p->life_support_reason))
		check_tell(c, k, PLAN_HEAD, "", "life_support_reason", "生活援助中心型の訪問介護があります。第1表の「生活援助中心型の算定理由」を選んでください。");
	else if (str_eq(p->life_support_reason, "3") && str_blank(p->life_support_other))
		check_tell(c, k, PLAN_HEAD, "", "life_support_other", "「生活援助中心型の算定理由」が「その他」です。理由を書いてください。");
	return OK;
}

err check_life_support_idle(struct ctx *c, struct checking *k)
{
	if (!any_life_support(k) && !str_blank(k->t->plan.life_support_reason))
		check_tell(c, k, PLAN_HEAD, "", "life_support_reason", "生活援助中心型の訪問介護がないのに、算定理由が選ばれています。確かめてください。");
	return OK;
}

/* From so many times a month the plan is reported (law/numbers.tsv: lifeaid_<level>). */
err check_life_support_count(struct ctx *c, struct checking *k)
{
	const struct t_plan *p = &k->t->plan;
	int64_t times = 0;
	EACH_SERVICE(s, k)
		if (s->life_support)
			times += s->times_month != INT_NULL ? s->times_month : s->times_week != INT_NULL ? (s->times_week * 31 + 6) / 7 : 0;
	const struct law_number *most = law_number_find(c->house->law, arena_fmt(c->arena, "lifeaid_%s", str_or(p->level, "")), p->plan_on);
	if (!most || times < most->value)
		return OK;
	struct ymd d = civil_ymd(civil_add_months(p->plan_on, 1));
	check_tell(c, k, PLAN_HEAD, "", "analysis", "生活援助中心型が月%lld回になり、届出が要る回数（月%lld回以上）です。必要な理由を計画に書き、%sまでに市町村へ届け出てください。",
	           (long long)times, (long long)most->value, era_text(c->arena, civil_eom(d.y, d.m)));
	return OK;
}

/* ---- providers --------------------------------------------------------------------------------------------------------------------------- */

err check_provider_closed(struct ctx *c, struct checking *k)
{
	EACH_SERVICE(s, k) {
		struct t_org o;
		if (s->org_id == INT_NULL)
			continue;
		TRY(row_load(c, &T_org, s->org_id, &o));
		civil from = s->from_on != CIVIL_NONE ? s->from_on : k->t->plan.plan_on, to = s->to_on != CIVIL_NONE ? s->to_on : from;
		if (o.retired_ms != INT_NULL || (o.valid_from != CIVIL_NONE && from < o.valid_from) || to > o.valid_to)
			check_tell(c, k, PLAN_SERVICE, s->pid, "office", "%sの事業所「%s」は、サービスの期間中に指定がないか、閉じています。事業所か期間を直してください。",
			           named(c, s), o.name);
	}
	return OK;
}

err check_provider_no(struct ctx *c, struct checking *k)
{
	EACH_SERVICE(s, k) {
		const char *no = s->office_no;
		if (str_eq(s->covered, "Y") && str_blank(no))
			check_tell(c, k, PLAN_SERVICE, s->pid, "office_no", "%sに事業所番号がありません。指定を受けた事業所か確かめてください。", named(c, s));
		else if (!str_blank(no) && str_count(no) != 10)
			check_tell(c, k, PLAN_SERVICE, s->pid, "office_no", "%sの事業所番号が10けたではありません。番号を確かめてください。", named(c, s));
	}
	return OK;
}

err check_choice(struct ctx *c, struct checking *k)
{
	EACH_SERVICE(s, k)
		if (is_formal(s) && !str_eq(s->covered, "N") && (s->options_shown == INT_NULL || s->options_shown < 2) && str_blank(s->choice_reason))
			check_tell(c, k, PLAN_SERVICE, s->pid, "options_shown", "%sについて、複数の事業所を紹介した記録も、この事業所を選んだ理由もありません。どちらかを書いてください。",
			           named(c, s));
	return OK;
}
