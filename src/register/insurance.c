#include "register/insurance.h"

#include "access/policy.h"
#include "base/str.h"
#include "jp/era.h"
#include "jp/numbers.h"
#include "sql/q_record.h"

#include <string.h>

static const struct gen_code categories[] = {
	{"1", "第1号被保険者"}, {"2", "第2号被保険者"}, {"h", "生活保護単独（みなし2号など）"},
};
static const struct gen_code burden_reasons[] = {
	{"yearly", "毎年8月の更新"}, {"income", "所得の更正"}, {"household", "世帯の異動"}, {"age65", "65歳到達"}, {"other", "その他"},
};

/* --- numbers --- */

const char *insurance_fold_number(struct ctx *c, const char *typed)
{
	return number_even(c->arena, str_or(typed, ""));
}

static bool all_digits(const char *s)
{
	return *s && strspn(s, "0123456789") == strlen(s);
}

err insurance_check_insured_no(struct ctx *c, const char *field, const char *no)
{
	if (str_blank(no))
		return fault_add(c, field, ERR_REQUIRED, "被保険者番号を入力してください。");
	size_t n = strlen(no);
	bool h = no[0] == 'H';
	if ((n == 10 && all_digits(no)) || (n == 10 && h && all_digits(no + 1)))
		return OK;
	if (!all_digits(h ? no + 1 : no))
		return fault_add(c, field, ERR_INSURED_NO,
			"被保険者番号は数字10けたです（生活保護単独の方は H と数字9けた）。数字のほかの文字を消してください。");
	if (n == 9) {
		err e = fault_add(c, field, ERR_INSURED_NO,
			h ? "被保険者番号が H と数字8けたで、あと1けた足りません。被保険者証の番号を確かめてください。"
			  : "被保険者番号が9けたで、あと1けた足りません。先頭の0が落ちている場合は「0%s」、生活保護単独の方は「H%s」です。被保険者証の番号を確かめてください。",
			no, no);
		if (!h)
			fault_offer(c, arena_fmt(c->arena, "0%s", no));
		return e;
	}
	if (n < 10)
		return fault_add(c, field, ERR_INSURED_NO, "被保険者番号が%zuけたで、あと%zuけた足りません。被保険者証の番号を確かめてください。", n,
			10 - n);
	return fault_add(c, field, ERR_INSURED_NO, "被保険者番号が%zuけたで、%zuけた多くなっています。被保険者証の番号を確かめてください。", n,
		n - 10);
}

err insurance_check_insurer_no(struct ctx *c, const char *field, const char *no)
{
	if (str_blank(no))
		return fault_add(c, field, ERR_REQUIRED, "保険者番号を入力してください。");
	size_t n = strlen(no);
	if (!all_digits(no))
		return fault_add(c, field, ERR_INSURER_NO, "保険者番号は数字6けたです。数字のほかの文字を消してください。");
	if (n == 6)
		return OK;
	if (n == 5) {
		err e = fault_add(c, field, ERR_INSURER_NO,
			"保険者番号が5けたで、あと1けた足りません。先頭の0が落ちている場合は「0%s」です。被保険者証を確かめてください。", no);
		fault_offer(c, arena_fmt(c->arena, "0%s", no));
		return e;
	}
	return fault_add(c, field, ERR_INSURER_NO, "保険者番号が%zuけたです。6けたの番号を被保険者証で確かめてください。", n);
}

/* --- 被保険者資格 --- */

static err insurance_ids(struct ctx *c, int64_t person_id, bool with_retired, int64_t **ids, size_t *n)
{
	struct q_record_insurance_ids_row *rows;
	TRY(q_record_insurance_ids(c, &(struct q_record_insurance_ids_in){.person_id = person_id, .with_retired = with_retired}, &rows, n));
	*ids = (int64_t *)rows;
	return OK;
}

static void insurance_check(struct ctx *c, void *row)
{
	struct t_person_insurance *r = row;
	r->insurer_no = insurance_fold_number(c, r->insurer_no);
	r->insured_no = insurance_fold_number(c, r->insured_no);
	(void)!insurance_check_insurer_no(c, "insurer_no", r->insurer_no);
	(void)!insurance_check_insured_no(c, "insured_no", r->insured_no);
	if (str_blank(r->category) && r->insured_no[0] == 'H')
		r->category = "h";
	GEN_CHECK_CODE(c, "category", "被保険者の区分", categories, r->category, true);
	gen_check_period(c, "from_on", r->from_on, "to_on", r->to_on);
	gen_check_text(c, "note", "備考", r->note, false, 2000);
}

static void insurance_period(const void *row, civil *from, civil *to)
{
	const struct t_person_insurance *r = row;
	*from = r->from_on;
	*to = r->to_on;
}

static const char *insurance_text(struct ctx *c, const void *row)
{
	const struct t_person_insurance *r = row;
	return arena_fmt(c->arena, "保険者 %s 被保険者番号 %s（%s）", r->insurer_no, r->insured_no, gen_period_ja(c, r->from_on, r->to_on));
}

const struct gen_kind GEN_INSURANCE = {.label = "被保険者資格", .table = &T_person_insurance, .class_bit = CLASS_CARE,
	.timeline = "insurance", .refuse_overlap = true, .overlap_code = ERR_PERIOD_OVERLAP, .ids = insurance_ids,
	.check = insurance_check, .period = insurance_period, .text = insurance_text};
GEN_FACE_C(insurance, t_person_insurance, GEN_INSURANCE);

err insurance_advice(struct ctx *c, const struct t_person_insurance *row, struct advice **v, size_t *n)
{
	TRY(policy_check(c, row->person_id, CLASS_CARE, ACTION_SEE));
	struct advice *a = ARENA_ARRAY(c->arena, 8, struct advice);
	size_t k = 0;
	if (number_check_insurer(row->insurer_no) == NUMBER_DIGIT)
		a[k++] = (struct advice){"insurer_no", "保険者番号の検証番号（末尾の数字）が計算と合いません。打ちまちがいがないか確かめてください。このまま保存もできます。"};
	if ((row->insured_no[0] == 'H') != str_eq(row->category, "h"))
		a[k++] = (struct advice){"category", "H で始まる番号は生活保護単独の方の番号です。区分と番号の組み合わせを確かめてください。"};
	struct q_record_cluster_row cluster;
	bool found;
	TRY(q_record_cluster(c, &(struct q_record_cluster_in){.person_id = row->person_id}, &cluster, &found));
	struct q_record_insurance_same_row *same;
	size_t n_same;
	TRY(q_record_insurance_same(c, &(struct q_record_insurance_same_in){.insurer_no = row->insurer_no, .insured_no = row->insured_no,
		.cluster_id = found ? cluster.cluster_id : 0}, &same, &n_same));
	bool seen = false;
	for (size_t i = 0; i < n_same && !seen; i++)
		seen = policy_check(c, same[i].person_id, CLASS_CARE, ACTION_SEE) == OK;
	if (n_same)
		a[k++] = (struct advice){"insured_no", seen ? "同じ保険者番号と被保険者番号の方がほかにも登録されています。番号の打ちまちがいか、同じ人の二重の登録ではないか確かめてください。"
							    : "この番号は確認が必要です。保険者に確かめてください。"};
	*v = a;
	*n = k;
	return OK;
}

/* --- 負担割合 --- */

static err burden_ids(struct ctx *c, int64_t person_id, bool with_retired, int64_t **ids, size_t *n)
{
	struct q_record_burden_ids_row *rows;
	TRY(q_record_burden_ids(c, &(struct q_record_burden_ids_in){.person_id = person_id, .with_retired = with_retired}, &rows, n));
	*ids = (int64_t *)rows;
	return OK;
}

void burden_year(civil day, civil *from, civil *to)
{
	struct ymd d = civil_ymd(day);
	int y = d.m >= 8 ? d.y : d.y - 1;
	*from = civil_from(y, 8, 1);
	*to = civil_from(y + 1, 7, 31);
}

static void burden_check(struct ctx *c, void *row)
{
	struct t_burden *r = row;
	if (r->ratio < 1 || r->ratio > 3)
		(void)fault_add(c, "ratio", ERR_NOT_CHOICE, "負担割合は1割・2割・3割から選んでください。");
	if (r->limited_percent != INT_NULL && r->limited_percent != 70 && r->limited_percent != 60)
		(void)fault_add(c, "limited_percent", ERR_NOT_CHOICE, "給付制限の給付率は70％か60％です。");
	GEN_CHECK_CODE(c, "reason", "適用の理由", burden_reasons, r->reason, false);
	gen_check_period(c, "from_on", r->from_on, "to_on", r->to_on);
	if (r->from_on == CIVIL_NONE || r->to_on == CIVIL_NONE)
		return;
	civil from, to;
	burden_year(r->from_on, &from, &to);
	if (r->to_on > to) {
		(void)fault_add(c, "to_on", ERR_RANGE, "負担割合の適用は8月1日から翌年7月31日までです。終わりの日を%sまでにしてください。",
			era_text(c->arena, to));
		char iso[CIVIL_TEXT];
		civil_text(to, iso);
		fault_offer(c, arena_str(c->arena, iso));
	}
}

static void burden_period(const void *row, civil *from, civil *to)
{
	const struct t_burden *r = row;
	*from = r->from_on;
	*to = r->to_on;
}

static const char *burden_text(struct ctx *c, const void *row)
{
	const struct t_burden *r = row;
	return arena_fmt(c->arena, "負担割合 %lld割%s（%s）", (long long)r->ratio, r->limited_percent != INT_NULL ? "・給付制限あり" : "",
		gen_period_ja(c, r->from_on, r->to_on));
}

const struct gen_kind GEN_BURDEN = {.label = "負担割合", .table = &T_burden, .class_bit = CLASS_BENEFIT, .timeline = "burden",
	.refuse_overlap = true, .overlap_code = ERR_PERIOD_OVERLAP, .ids = burden_ids, .check = burden_check,
	.period = burden_period, .text = burden_text};
GEN_FACE_C(burden, t_burden, GEN_BURDEN);

err burden_ratio(struct ctx *c, int64_t person_id, civil day, int *ratio)
{
	struct ymd d = civil_ymd(day);
	struct t_burden row;
	bool found;
	TRY(burden_at(c, person_id, (struct gen_asof){civil_from(d.y, d.m, 1), CIVIL_NONE}, &row, &found));
	*ratio = found ? (int)row.ratio : 0;
	return OK;
}

int burden_benefit_percent(const struct t_burden *row)
{
	return row->limited_percent != INT_NULL ? (int)row->limited_percent : 100 - 10 * (int)row->ratio;
}

/* --- 公費 --- */

static err public_aid_ids(struct ctx *c, int64_t person_id, bool with_retired, int64_t **ids, size_t *n)
{
	struct q_record_public_aid_ids_row *rows;
	TRY(q_record_public_aid_ids(c, &(struct q_record_public_aid_ids_in){.person_id = person_id, .with_retired = with_retired}, &rows, n));
	*ids = (int64_t *)rows;
	return OK;
}

static void digits_of(struct ctx *c, const char *field, const char *label, const char *no, size_t want, bool required)
{
	if (str_blank(no)) {
		if (required)
			(void)fault_add(c, field, ERR_REQUIRED, "%sを入力してください。", label);
		return;
	}
	if (!all_digits(no) || strlen(no) != want)
		(void)fault_add(c, field, ERR_RANGE, "%sは数字%zuけたです。いまは「%s」です。確かめてください。", label, want, no);
}

static void public_aid_check(struct ctx *c, void *row)
{
	struct t_public_aid *r = row;
	r->law_no = insurance_fold_number(c, r->law_no);
	r->payer_no = insurance_fold_number(c, r->payer_no);
	r->recipient_no = insurance_fold_number(c, r->recipient_no);
	digits_of(c, "law_no", "法別番号", r->law_no, 2, true);
	digits_of(c, "payer_no", "負担者番号", r->payer_no, 8, false);
	digits_of(c, "recipient_no", "受給者番号", r->recipient_no, 7, false);
	if (r->own_share_yen != INT_NULL && (r->own_share_yen < 0 || r->own_share_yen > 10000000))
		(void)fault_add(c, "own_share_yen", ERR_RANGE, "本人支払額は0円から10,000,000円までで入力してください。");
	gen_check_period(c, "from_on", r->from_on, "to_on", r->to_on);
}

static bool public_aid_same(const void *a, const void *b)
{
	return str_eq(((const struct t_public_aid *)a)->law_no, ((const struct t_public_aid *)b)->law_no);
}

static void public_aid_period(const void *row, civil *from, civil *to)
{
	const struct t_public_aid *r = row;
	*from = r->from_on;
	*to = r->to_on;
}

static const char *public_aid_text(struct ctx *c, const void *row)
{
	const struct t_public_aid *r = row;
	return arena_fmt(c->arena, "公費 法別%s%s（%s）", r->law_no, str_eq(r->law_no, "12") ? " 生活保護" : "",
		gen_period_ja(c, r->from_on, r->to_on));
}

const struct gen_kind GEN_PUBLIC_AID = {.label = "公費", .table = &T_public_aid, .class_bit = CLASS_BENEFIT, .timeline = "burden",
	.refuse_overlap = true, .overlap_code = ERR_PERIOD_OVERLAP, .ids = public_aid_ids, .check = public_aid_check,
	.same_series = public_aid_same, .period = public_aid_period, .text = public_aid_text};
GEN_FACE_C(public_aid, t_public_aid, GEN_PUBLIC_AID);

GEN_CHOICES_C(insurance_category_choices, categories);
GEN_CHOICES_C(burden_reason_choices, burden_reasons);
