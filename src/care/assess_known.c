/* What the register holds, beside the items: shown, never typed again. A class that is closed to the reader says nothing. */
#include "base/buf.h"
#include "base/str.h"
#include "care/assess_own.h"
#include "care/illness.h"
#include "jp/era.h"
#include "register/carer.h"
#include "register/certification.h"
#include "register/disability.h"
#include "register/insurance.h"
#include "register/ranks.h"
#include "register/relation.h"
#include "sql/q_assess.h"

enum { KNOWN_MAX = 60 };

static void add(struct ctx *c, struct assess_view *v, const char *code, const char *source, const char *text)
{
	struct assess_item *it = assess_item_of(v, code);
	if (!it || it->locked || str_blank(text))
		return;
	if (!it->known)
		it->known = ARENA_ARRAY(c->arena, KNOWN_MAX, struct assess_known);
	if (it->n_known < KNOWN_MAX)
		it->known[it->n_known++] = (struct assess_known){it->def->code, text, source};
}

static void add2(struct ctx *c, struct assess_view *v, const char *code, const char *source, const char *label, const char *text)
{
	if (!str_blank(text))
		add(c, v, code, source, arena_fmt(c->arena, "%s: %s", label, text));
}

static err closed_is_nothing(err e) { return e == ERR_DENIED || e == ERR_NOTFOUND ? OK : e; }

static err insured(struct ctx *c, const struct person *p, struct assess_view *v, struct gen_asof asof)
{
	struct t_person_insurance ins;
	struct certification_state st;
	bool found = false;
	TRY(insurance_at(c, p->id, asof, &ins, &found));
	if (found)
		add(c, v, "a03_social_security", "保険・認定", arena_fmt(c->arena, "介護保険 保険者番号 %s 被保険者番号 %s", ins.insurer_no, ins.insured_no));
	TRY(certification_state(c, p->id, asof, &st));
	if (st.has_current) {
		add(c, v, "a08_cert", "保険・認定", arena_fmt(c->arena, "%s（%s）", ranks_label_ja(CODE_LEVEL, st.level),
		    gen_period_ja(c, st.current.from_on, st.current.to_on)));
		add2(c, v, "a08_cert", "保険・認定", "審査会の意見", st.current.council_opinion);
	}
	if (st.has_application)
		add(c, v, "a08_cert", "保険・認定", arena_fmt(c->arena, "認定を申請中（%s）", era_text(c->arena, st.application.applied_on)));
	static const struct {
		const char *kind, *code;
		enum code_kind codes;
	} ranks[] = {{"adl", "a05_adl_rank", CODE_ADL}, {"dementia", "a06_dem_rank", CODE_DEMENTIA}};
	for (size_t i = 0; i < 2; i++) {
		struct t_person_rank r;
		TRY(rank_newest(c, p->id, ranks[i].kind, asof, &r, &found));
		if (found)
			add(c, v, ranks[i].code, "保険・認定", arena_fmt(c->arena, "%s（%s 判定）", ranks_label_ja(ranks[i].codes, r.value), era_text(c->arena, r.judged_on)));
	}
	return OK;
}

static err security(struct ctx *c, const struct person *p, struct assess_view *v, struct gen_asof asof)
{
	int ratio = 0;
	struct disability_boxes b;
	TRY(closed_is_nothing(burden_ratio(c, p->id, asof.on, &ratio)));
	if (ratio > 0)
		add(c, v, "a03_social_security", "保険・認定", arena_fmt(c->arena, "利用者負担 %d割", ratio));
	err e = disability_boxes(c, p->id, asof, &b);
	if (e == OK) {
		if (b.physical || b.intellectual || b.mental || b.intractable)
			add(c, v, "a03_social_security", "障害福祉", arena_fmt(c->arena, "手帳など: %s%s%s%s %s", b.physical ? "身体 " : "", b.intellectual ? "療育 " : "",
			    b.mental ? "精神 " : "", b.intractable ? "難病" : "", b.note));
		return OK;
	}
	return closed_is_nothing(e);
}

static err life(struct ctx *c, const struct person *p, struct assess_view *v)
{
	struct q_assess_basic_info_row b;
	bool found = false;
	TRY(q_assess_basic_info(c, &(struct q_assess_basic_info_in){.person_id = p->id}, &b, &found));
	if (!found)
		return OK;
	const char *from = arena_fmt(c->arena, "利用者基本情報 %s", era_text_short(c->arena, b.consult_on));
	add2(c, v, "a02_life", from, "今までの生活", b.life_history);
	add2(c, v, "a02_life", from, "すごし方", b.day_overview);
	add2(c, v, "a15_rhythm", from, "1日の生活", b.day_overview);
	add2(c, v, "a20_social", from, "趣味・楽しみ", b.hobby);
	add2(c, v, "a20_social", from, "友人・地域との関係", b.relation);
	add2(c, v, "a04_resources", from, "公的サービス", b.svc_public);
	add2(c, v, "a04_resources", from, "非公的サービス", b.svc_informal);
	return OK;
}

static err ill(struct ctx *c, const struct person *p, struct assess_view *v)
{
	struct illness *r;
	size_t n = 0;
	struct assess_item *it = assess_item_of(v, "a10_health");
	if (!it || it->locked)
		return OK;
	TRY(closed_is_nothing(illness_list(c, p->pid, &r, &n)));
	for (size_t i = 0; i < n; i++)
		add(c, v, "a10_health", "現病歴・既往歴", arena_fmt(c->arena, "%s %s %s %s", r[i].when_text, r[i].disease, r[i].doctor, r[i].treatment));
	return OK;
}

static err family(struct ctx *c, const struct person *p, struct assess_view *v)
{
	struct relation_view *r;
	size_t n = 0;
	struct assess_item *it = assess_item_of(v, "a21_family");
	if (!it || it->locked)
		return OK;
	TRY(closed_is_nothing(relation_list(c, p->id, &r, &n)));
	for (size_t i = 0; i < n; i++)
		add(c, v, "a21_family", "家族・関係者", arena_fmt(c->arena, "%s %s%s%s%s", r[i].label, r[i].name, r[i].row.is_key_person ? "（キーパーソン）" : "",
		    r[i].row.is_main_carer ? "（主介護者）" : "", r[i].deceased ? "（故人）" : ""));
	return OK;
}

err assess_known(struct ctx *c, const struct person *p, struct assess_view *v)
{
	struct gen_asof asof = {v->row.done_on == CIVIL_NONE ? c->today : v->row.done_on, CIVIL_NONE};
	add(c, v, "a01_basic", "基本情報", arena_fmt(c->arena, "%s（%s）%s", p->name, p->kana, p->birth_on == CIVIL_NONE ? "" :
	    arena_fmt(c->arena, " %s生", era_text(c->arena, p->birth_on))));
	add2(c, v, "a01_basic", "基本情報", "住所", p->home.address);
	add2(c, v, "a01_basic", "基本情報", "電話", str_blank(p->phone) ? p->mobile : p->phone);
	TRY(closed_is_nothing(insured(c, p, v, asof)));
	TRY(security(c, p, v, asof));
	TRY(life(c, p, v));
	TRY(ill(c, p, v));
	return family(c, p, v);
}

const char *assess_carer_key(struct ctx *c, const char *carer_pid, const char *field) { return arena_fmt(c->arena, "c_%s_%s", carer_pid, field); }

static const char *facts_of(struct ctx *c, const struct t_carer *r, civil on)
{
	struct buf b = buf_new(c->arena);
	int64_t left = carer_leave_days_left(r, on);
	buf_fmt(&b, "就労: %s%s%s", carer_works_label_ja(r->works), *r->occupation ? " " : "", r->occupation);
	if (*r->work_days || *r->work_hours)
		buf_fmt(&b, "（%s%s%s）", r->work_days, *r->work_days && *r->work_hours ? " " : "", r->work_hours);
	if (r->care_hours_week != INT_NULL)
		buf_fmt(&b, "　介護 週%lld時間", (long long)r->care_hours_week);
	if (left != INT_NULL)
		buf_fmt(&b, "　介護休業の残り %lld日", (long long)left);
	if (*r->health)
		buf_fmt(&b, "　健康: %s", r->health);
	if (*r->strain)
		buf_fmt(&b, "　負担: %s", r->strain);
	return b.p;
}

err assess_carers(struct ctx *c, const struct person *p, struct assess_view *v)
{
	struct gen_asof asof = {v->row.done_on == CIVIL_NONE ? c->today : v->row.done_on, CIVIL_NONE};
	struct assess_item *it = assess_item_of(v, "a21_family");
	struct t_carer *rows;
	struct relation_view *rel;
	size_t n = 0, n_rel = 0;
	if (!it || it->locked)
		return OK;
	TRY(closed_is_nothing(carer_list(c, p->id, asof, &rows, &n)));
	if (!n)
		return OK;
	TRY(relation_list(c, p->id, &rel, &n_rel));
	v->carers = ARENA_ARRAY(c->arena, n, struct assess_carer);
	for (size_t i = 0; i < n; i++) {
		struct assess_carer *k = &v->carers[v->n_carers];
		*k = (struct assess_carer){.pid = rows[i].pid, .facts = facts_of(c, &rows[i], asof.on)};
		for (size_t j = 0; j < n_rel; j++)
			if (rel[j].row.id == rows[i].relation_id)
				k->name = arena_fmt(c->arena, "%s %s", rel[j].label, rel[j].name);
		if (!k->name)
			continue; /* a relation the reader may not see */
		for (size_t f = 0; f < ASSESS_CARER_FIELDS; f++)
			k->value[f] = assess_detail(c, it->row.detail, assess_carer_key(c, rows[i].pid, ASSESS_CARER_FIELD[f]));
		v->n_carers++;
	}
	return OK;
}
