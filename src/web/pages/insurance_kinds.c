/* What is asked for each kind of period record. Data, no acts. */
#include "web/pages/insurance.h"

#include "base/str.h"
#include "jp/era.h"
#include "register/carer.h"
#include "register/disability.h"
#include "register/household.h"
#include "register/ranks.h"
#include "register/relation.h"

#define NOTE {.name = "note", .label = "備考", .kind = REC_LINES, .max = 2000}
#define FROM(l) {.name = "from_on", .label = (l), .kind = REC_DAY, .required = true}
#define TO(l) {.name = "to_on", .label = (l), .kind = REC_OPEN_DAY, .help = "決まっていないときは空のままにします"}
#define TEXT(n, l) {.name = (n), .label = (l), .kind = REC_TEXT, .max = 200}
#define DAY(n, l) {.name = (n), .label = (l), .kind = REC_DAY}

static err levels(struct req *r, int64_t person_id, int64_t stored, struct ui_field *f)
{
	(void)person_id;
	(void)stored;
	size_t n = ranks_count(CODE_LEVEL);
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		c[i] = (struct ui_choice){.value = ranks_code(CODE_LEVEL, i), .label = ranks_label_ja(CODE_LEVEL, ranks_code(CODE_LEVEL, i))};
	f->choices = c;
	f->n_choices = n;
	f->optional_blank = true;
	return OK;
}

static const struct gen_code *ratios(size_t *n)
{
	static const struct gen_code v[] = {{"1", "1割"}, {"2", "2割"}, {"3", "3割"}};
	*n = 3;
	return v;
}

static const struct gen_code *limits(size_t *n)
{
	static const struct gen_code v[] = {{"70", "70％"}, {"60", "60％"}};
	*n = 2;
	return v;
}

static const struct gen_code *rank_kinds(size_t *n)
{
	static const struct gen_code v[] = {{"adl", "障害高齢者の日常生活自立度"}, {"dementia", "認知症高齢者の日常生活自立度"}};
	*n = 2;
	return v;
}

/* Both scales in one list; the check of the record says which value belongs to which scale. */
static err rank_values(struct req *r, int64_t person_id, int64_t stored, struct ui_field *f)
{
	(void)person_id;
	(void)stored;
	size_t k = 0, n_adl = ranks_count(CODE_ADL), n_dementia = ranks_count(CODE_DEMENTIA);
	struct ui_choice *c = ARENA_ARRAY(r->arena, n_adl + n_dementia, struct ui_choice);
	for (size_t i = 0; i < n_adl; i++, k++)
		c[k] = (struct ui_choice){.value = ranks_code(CODE_ADL, i), .label = ranks_label_ja(CODE_ADL, ranks_code(CODE_ADL, i))};
	for (size_t i = 0; i < n_dementia; i++) {
		const char *code = ranks_code(CODE_DEMENTIA, i);
		if (!str_eq(code, "self")) /* 自立 is in both scales */
			c[k++] = (struct ui_choice){.value = code, .label = ranks_label_ja(CODE_DEMENTIA, code)};
	}
	f->choices = c;
	f->n_choices = k;
	f->optional_blank = true;
	return OK;
}

static const struct gen_code *disability_levels(size_t *n)
{
	static const struct gen_code v[] = {{"0", "非該当"}, {"1", "区分1"}, {"2", "区分2"}, {"3", "区分3"}, {"4", "区分4"}, {"5", "区分5"}, {"6", "区分6"}};
	*n = 7;
	return v;
}

static err benefit_refs(struct req *r, int64_t person_id, int64_t stored, struct ui_field *f)
{
	struct t_disability_benefit *v;
	size_t n;
	TRY(disability_benefit_list(r->c, person_id, GEN_ALL, &v, &n));
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++) {
		c[i] = (struct ui_choice){.value = v[i].pid, .label = arena_fmt(r->arena, "%s %s（%s）", disability_benefit_kind_label_ja(v[i].kind), v[i].number,
			gen_period_ja(r->c, v[i].from_on, v[i].to_on))};
		if (v[i].id == stored)
			f->value = v[i].pid;
	}
	f->choices = c;
	f->n_choices = n;
	f->optional_blank = true;
	return OK;
}

static err benefit_id(struct req *r, const char *pid, int64_t person_id, int64_t *id)
{
	struct t_disability_benefit row;
	TRY(disability_benefit_find(r->c, pid, &row));
	*id = row.id;
	return row.person_id == person_id ? OK : ERR_NOTFOUND;
}

static err relation_refs(struct req *r, int64_t person_id, int64_t stored, struct ui_field *f)
{
	struct relation_view *v;
	size_t n, k = 0;
	TRY(relation_list(r->c, person_id, &v, &n));
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++) {
		if (v[i].is_back)
			continue;
		c[k++] = (struct ui_choice){.value = v[i].row.pid, .label = arena_fmt(r->arena, "%s（%s）", v[i].name, v[i].label)};
		if (v[i].row.id == stored)
			f->value = v[i].row.pid;
	}
	f->choices = c;
	f->n_choices = k;
	f->optional_blank = true;
	return OK;
}

static err relation_id(struct req *r, const char *pid, int64_t person_id, int64_t *id)
{
	struct t_relation row;
	TRY(relation_find(r->c, pid, &row));
	*id = row.id;
	return row.person_id == person_id ? OK : ERR_NOTFOUND;
}

static const struct record_field INSURED[] = {
	{.name = "insurer_no", .label = "保険者番号", .kind = REC_TEXT, .required = true, .max = 20, .width = "m", .help = "数字6けた"},
	{.name = "insured_no", .label = "被保険者番号", .kind = REC_TEXT, .required = true, .max = 20, .width = "m", .help = "数字10けた、または H と数字9けた"},
	{.name = "category", .label = "被保険者の区分", .kind = REC_CODE, .required = true, .choices = insurance_category_choices},
	FROM("資格の始まり（取得日）"), TO("資格の終わり"),
	{.name = "card_address", .label = "被保険者証の住所が現住所と違う（住所地特例など）", .kind = REC_BOOL}, NOTE,
};
static const struct record_field CERT[] = {
	{.name = "status", .label = "認定の状態", .kind = REC_CODE, .required = true, .choices = certification_status_choices,
	 .help = "申請中は状態です。要介護状態区分は、結果が出てから入れます"},
	{.name = "apply_kind", .label = "申請の種類", .kind = REC_CODE, .required = true, .choices = certification_apply_choices},
	DAY("applied_on", "申請日"), DAY("decided_on", "認定日"),
	{.name = "level", .label = "要介護状態区分", .kind = REC_CODE, .refs = levels, .width = "m"},
	DAY("from_on", "有効期間の始まり"),
	{.name = "to_on", .label = "有効期間の満了日", .kind = REC_OPEN_DAY},
	{.name = "period_reason", .label = "期間が法令の範囲を外れる理由（災害の特例など）", .kind = REC_TEXT, .max = 500},
	{.name = "insurer_no", .label = "保険者番号", .kind = REC_TEXT, .max = 20, .width = "m"},
	{.name = "disease_code", .label = "特定疾病（第2号被保険者）", .kind = REC_CODE, .choices = certification_disease_choices},
	DAY("survey_on", "認定調査の日"), DAY("opinion_on", "主治医意見書の日"), DAY("postponed_on", "延期通知の日"), DAY("expected_on", "処理見込日"),
	{.name = "council_opinion", .label = "認定審査会の意見", .kind = REC_LINES, .max = 4000},
	{.name = "service_designation", .label = "サービスの種類の指定", .kind = REC_LINES, .max = 1000}, NOTE,
};
static const struct record_field BURDEN[] = {
	{.name = "ratio", .label = "利用者負担の割合", .kind = REC_NUMBER_CODE, .required = true, .choices = ratios},
	FROM("適用の始まり"), {.name = "to_on", .label = "適用の終わり", .kind = REC_DAY, .required = true, .help = "ふつうは翌年の7月31日です"},
	{.name = "limited_percent", .label = "給付制限中の給付率", .kind = REC_NUMBER_CODE, .choices = limits},
	{.name = "reason", .label = "理由", .kind = REC_CODE, .choices = burden_reason_choices}, NOTE,
};
static const struct record_field AID[] = {
	{.name = "law_no", .label = "法別番号", .kind = REC_TEXT, .required = true, .max = 10, .width = "s", .help = "数字2けた（生活保護は12）"},
	{.name = "payer_no", .label = "負担者番号", .kind = REC_TEXT, .max = 20, .width = "m"},
	{.name = "recipient_no", .label = "受給者番号", .kind = REC_TEXT, .max = 20, .width = "m"},
	{.name = "own_share_yen", .label = "本人支払額（月）", .kind = REC_INT, .unit = "円", .width = "s"}, FROM("始まり"), TO("終わり"), NOTE,
};
static const struct record_field RANK[] = {
	{.name = "kind", .label = "自立度の種類", .kind = REC_CODE, .required = true, .choices = rank_kinds},
	{.name = "value", .label = "判定", .kind = REC_CODE, .required = true, .refs = rank_values, .width = "m"},
	{.name = "judged_on", .label = "判定日", .kind = REC_DAY, .required = true},
	{.name = "source", .label = "もとにした資料", .kind = REC_CODE, .required = true, .choices = rank_source_choices},
	TEXT("judged_by", "判定した人・医療機関"), NOTE,
};
static const struct record_field D_CERT[] = {
	{.name = "kind", .label = "手帳の種類", .kind = REC_CODE, .required = true, .choices = disability_cert_kind_choices},
	{.name = "grade", .label = "等級", .kind = REC_TEXT, .max = 20, .width = "s", .help = "例: 2級、A（指定難病にはありません）"},
	TEXT("part", "障害名・部位・病名"), TEXT("number", "番号"), TEXT("issuer", "交付した自治体"), FROM("交付日・有効期間の始まり"), TO("有効期限"), NOTE,
};
static const struct record_field D_BENEFIT[] = {
	{.name = "kind", .label = "受給者証の種類", .kind = REC_CODE, .required = true, .choices = disability_benefit_kind_choices},
	{.name = "number", .label = "受給者証番号", .kind = REC_TEXT, .max = 20, .width = "m", .help = "数字10けた"},
	{.name = "city_no", .label = "市町村番号", .kind = REC_TEXT, .max = 20, .width = "s", .help = "数字6けた"},
	FROM("始まり"), TO("終わり"), {.name = "limit_yen", .label = "利用者負担上限月額", .kind = REC_INT, .unit = "円", .width = "s"}, NOTE,
};
static const struct record_field D_DECISION[] = {
	{.name = "benefit_id", .label = "受給者証", .kind = REC_REF, .required = true, .refs = benefit_refs, .ref_id = benefit_id},
	{.name = "service", .label = "サービスの種類", .kind = REC_TEXT, .required = true, .max = 100}, TEXT("amount", "支給量"), FROM("始まり"), TO("終わり"),
	TEXT("provider", "利用している事業所"), NOTE,
};
static const struct record_field D_LEVEL[] = {
	{.name = "level", .label = "障害支援区分", .kind = REC_NUMBER_CODE, .required = true, .choices = disability_levels}, DAY("decided_on", "認定日"),
	FROM("始まり"), TO("終わり"), {.name = "city_no", .label = "認定した市町村の番号", .kind = REC_TEXT, .max = 20, .width = "s"}, NOTE,
};
static const struct record_field HOUSEHOLD[] = {
	{.name = "kind", .label = "世帯の形", .kind = REC_CODE, .required = true, .choices = household_kind_choices},
	{.name = "size", .label = "世帯の人数（本人を入れて）", .kind = REC_INT, .unit = "人", .width = "s"}, FROM("この形になった日"), TO("終わり"), NOTE,
};
static const struct record_field CARER[] = {
	{.name = "relation_id", .label = "介護をしている方", .kind = REC_REF, .required = true, .refs = relation_refs, .ref_id = relation_id,
	 .help = "先に「家族・関係者」へ登録してください"},
	{.name = "works", .label = "仕事", .kind = REC_CODE, .required = true, .choices = carer_works_choices},
	TEXT("occupation", "職業・勤め先"), {.name = "employment", .label = "働き方", .kind = REC_CODE, .choices = carer_employment_choices},
	TEXT("work_days", "勤務日"), TEXT("work_hours", "勤務時間帯"), TEXT("leave_kind", "使っている制度（介護休業・介護休暇など）"),
	DAY("leave_from_on", "休業の始まり"), DAY("leave_to_on", "休業の終わり"),
	{.name = "leave_days_used", .label = "介護休業の使った日数", .kind = REC_INT, .unit = "日", .width = "s", .help = "対象家族1人につき通算93日まで"},
	{.name = "care_hours_week", .label = "介護にあてている時間（週）", .kind = REC_INT, .unit = "時間", .width = "s"},
	{.name = "health", .label = "介護者の健康", .kind = REC_LINES, .max = 1000}, {.name = "strain", .label = "負担・困りごと", .kind = REC_LINES, .max = 2000},
	{.name = "is_young", .label = "若い介護者（ヤングケアラーなど）の可能性がある", .kind = REC_BOOL}, FROM("この状態になった日"), TO("終わり"), NOTE,
};

static void fresh_burden(struct req *r, void *row)
{
	struct t_burden *b = row;
	burden_year(r->c->today, &b->from_on, &b->to_on);
}

#define N(a) (sizeof(a) / sizeof((a)[0]))
static const struct record_page PAGES[] = {
	{"insured", "被保険者証", "被保険者証を加える", &GEN_INSURANCE, INSURED, N(INSURED), "insurance", false, NULL},
	{"certification", "要介護・要支援認定", "認定・申請を加える", &GEN_CERTIFICATION, CERT, N(CERT), "insurance", false, NULL},
	{"burden", "負担割合", "負担割合を加える", &GEN_BURDEN, BURDEN, N(BURDEN), "insurance", false, fresh_burden},
	{"public-aid", "公費", "公費を加える", &GEN_PUBLIC_AID, AID, N(AID), "insurance", false, NULL},
	{"rank", "日常生活自立度", "自立度の判定を加える", &GEN_RANK, RANK, N(RANK), "insurance", false, NULL},
	{"disability-cert", "障害者手帳・指定難病", "手帳を加える", &GEN_DISABILITY_CERT, D_CERT, N(D_CERT), "insurance", true, NULL},
	{"disability-benefit", "受給者証", "受給者証を加える", &GEN_DISABILITY_BENEFIT, D_BENEFIT, N(D_BENEFIT), "insurance", true, NULL},
	{"disability-decision", "支給決定", "支給決定を加える", &GEN_DISABILITY_DECISION, D_DECISION, N(D_DECISION), "insurance", true, NULL},
	{"disability-level", "障害支援区分", "障害支援区分を加える", &GEN_DISABILITY_LEVEL, D_LEVEL, N(D_LEVEL), "insurance", true, NULL},
	{"household", "世帯", "世帯のようすを加える", &GEN_HOUSEHOLD, HOUSEHOLD, N(HOUSEHOLD), "family", false, NULL},
	{"carer", "介護者の仕事・負担", "介護者のようすを加える", &GEN_CARER, CARER, N(CARER), "family", false, NULL},
};

const struct record_page *record_pages(size_t *n)
{
	*n = N(PAGES);
	return PAGES;
}

const struct record_page *record_page_of(const char *slug)
{
	for (size_t i = 0; i < N(PAGES); i++)
		if (str_eq(PAGES[i].slug, slug))
			return &PAGES[i];
	return NULL;
}
