#include "register/disability.h"

#include "base/buf.h"
#include "base/str.h"
#include "jp/era.h"
#include "register/insurance.h"
#include "sql/q_record.h"

#include <string.h>

static const struct gen_code cert_kinds[] = {
	{"physical", "身体障害者手帳"}, {"intellectual", "療育手帳"}, {"mental", "精神障害者保健福祉手帳"}, {"intractable", "指定難病"},
};
static const struct gen_code benefit_kinds[] = {
	{"service", "障害福祉サービス"}, {"consult", "地域相談支援"}, {"medical", "自立支援医療"}, {"community", "地域生活支援事業"},
	{"child", "障害児通所支援"},
};

const char *disability_cert_kind_label_ja(const char *kind) { return GEN_LABEL(cert_kinds, kind); }
const char *disability_benefit_kind_label_ja(const char *kind) { return GEN_LABEL(benefit_kinds, kind); }

#define IDS(fn, query)                                                                                               \
	static err fn(struct ctx *c, int64_t person_id, bool with_retired, int64_t **out, size_t *n)                 \
	{                                                                                                            \
		struct q_##query##_row *rows;                                                                        \
		TRY(q_##query(c, &(struct q_##query##_in){.person_id = person_id, .with_retired = with_retired}, &rows, n)); \
		*out = (int64_t *)rows;                                                                              \
		return OK;                                                                                           \
	}
IDS(cert_ids, record_disability_cert_ids)
IDS(benefit_ids, record_disability_benefit_ids)
IDS(decision_ids, record_disability_decision_ids)
IDS(level_ids, record_disability_level_ids)

#define PERIOD(fn, type)                                                                                             \
	static void fn(const void *row, civil *from, civil *to)                                                      \
	{                                                                                                            \
		*from = ((const struct type *)row)->from_on;                                                         \
		*to = ((const struct type *)row)->to_on;                                                             \
	}
PERIOD(cert_period, t_disability_cert)
PERIOD(benefit_period, t_disability_benefit)
PERIOD(decision_period, t_disability_decision)
PERIOD(level_period, t_disability_level)

/* --- 手帳 --- */

static void cert_check(struct ctx *c, void *row)
{
	struct t_disability_cert *r = row;
	GEN_CHECK_CODE(c, "kind", "手帳の種類", cert_kinds, r->kind, true);
	bool intractable = str_eq(r->kind, "intractable");
	gen_check_text(c, "grade", "等級", r->grade, !intractable, 20);
	gen_check_text(c, "part", intractable ? "病名" : "障害名", r->part, intractable, 200);
	gen_check_text(c, "number", "番号", r->number, false, 40);
	gen_check_text(c, "issuer", "交付した自治体", r->issuer, false, 60);
	gen_check_text(c, "note", "備考", r->note, false, 2000);
	gen_check_period(c, "from_on", r->from_on, "to_on", r->to_on);
}

static const char *cert_text(struct ctx *c, const void *row)
{
	const struct t_disability_cert *r = row;
	return arena_fmt(c->arena, "%s%s%s%s%s（%s）", disability_cert_kind_label_ja(r->kind), *r->grade ? " " : "", r->grade,
		*r->part ? " " : "", r->part, gen_period_ja(c, r->from_on, r->to_on));
}

const struct gen_kind GEN_DISABILITY_CERT = {.label = "障害者手帳・難病", .table = &T_disability_cert, .class_bit = CLASS_DISABILITY,
	.timeline = "disability", .ids = cert_ids, .check = cert_check, .period = cert_period, .text = cert_text};
GEN_FACE_C(disability_cert, t_disability_cert, GEN_DISABILITY_CERT);

/* --- 受給者証 --- */

static void benefit_check(struct ctx *c, void *row)
{
	struct t_disability_benefit *r = row;
	GEN_CHECK_CODE(c, "kind", "受給者証の種類", benefit_kinds, r->kind, true);
	r->number = insurance_fold_number(c, r->number);
	r->city_no = insurance_fold_number(c, r->city_no);
	if (*r->number && (strlen(r->number) != 10 || strspn(r->number, "0123456789") != 10) && !str_eq(r->kind, "medical"))
		(void)fault_add(c, "number", ERR_RANGE, "受給者証番号は数字10けたです。受給者証を確かめてください。");
	if (*r->city_no && (strlen(r->city_no) != 6 || strspn(r->city_no, "0123456789") != 6))
		(void)fault_add(c, "city_no", ERR_RANGE, "市町村番号は数字6けたです。受給者証を確かめてください。");
	if (r->limit_yen != INT_NULL && (r->limit_yen < 0 || r->limit_yen > 1000000))
		(void)fault_add(c, "limit_yen", ERR_RANGE, "利用者負担上限月額は0円から1,000,000円までで入力してください。");
	gen_check_period(c, "from_on", r->from_on, "to_on", r->to_on);
}

static bool benefit_same(const void *a, const void *b)
{
	return str_eq(((const struct t_disability_benefit *)a)->kind, ((const struct t_disability_benefit *)b)->kind);
}

static const char *benefit_text(struct ctx *c, const void *row)
{
	const struct t_disability_benefit *r = row;
	return arena_fmt(c->arena, "%sの受給者証（%s）", disability_benefit_kind_label_ja(r->kind), gen_period_ja(c, r->from_on, r->to_on));
}

const struct gen_kind GEN_DISABILITY_BENEFIT = {.label = "受給者証", .table = &T_disability_benefit, .class_bit = CLASS_DISABILITY,
	.timeline = "disability", .refuse_overlap = true, .overlap_code = ERR_PERIOD_OVERLAP, .ids = benefit_ids,
	.check = benefit_check, .same_series = benefit_same, .period = benefit_period, .text = benefit_text};
GEN_FACE_C(disability_benefit, t_disability_benefit, GEN_DISABILITY_BENEFIT);

/* --- 支給決定 --- */

static void decision_check(struct ctx *c, void *row)
{
	struct t_disability_decision *r = row;
	gen_check_text(c, "service", "サービスの種類", r->service, true, 100);
	gen_check_text(c, "amount", "支給量", r->amount, false, 100);
	gen_check_text(c, "provider", "利用している事業所", r->provider, false, 100);
	gen_check_period(c, "from_on", r->from_on, "to_on", r->to_on);
}

static err decision_before(struct ctx *c, void *row, void *arg)
{
	(void)arg;
	struct t_disability_decision *r = row;
	struct t_disability_benefit b;
	TRY(row_load(c, &T_disability_benefit, r->benefit_id, &b));
	if (b.person_id != r->person_id || b.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	if (r->from_on < b.from_on || r->to_on > b.to_on)
		return fault_add(c, "to_on", ERR_RANGE, "支給決定の期間は受給者証の期間（%s）の中にしてください。", gen_period_ja(c, b.from_on, b.to_on));
	return OK;
}

static bool decision_same(const void *a, const void *b)
{
	return str_eq(((const struct t_disability_decision *)a)->service, ((const struct t_disability_decision *)b)->service);
}

static const char *decision_text(struct ctx *c, const void *row)
{
	const struct t_disability_decision *r = row;
	return arena_fmt(c->arena, "支給決定 %s %s（%s）", r->service, r->amount, gen_period_ja(c, r->from_on, r->to_on));
}

const struct gen_kind GEN_DISABILITY_DECISION = {.label = "支給決定", .table = &T_disability_decision, .class_bit = CLASS_DISABILITY,
	.timeline = "disability", .refuse_overlap = true, .overlap_code = ERR_PERIOD_OVERLAP, .ids = decision_ids,
	.check = decision_check, .same_series = decision_same, .period = decision_period, .text = decision_text,
	.before = decision_before};
GEN_FACE_C(disability_decision, t_disability_decision, GEN_DISABILITY_DECISION);

/* --- 障害支援区分 --- */

static void level_check(struct ctx *c, void *row)
{
	struct t_disability_level *r = row;
	if (r->level < 0 || r->level > 6)
		(void)fault_add(c, "level", ERR_NOT_CHOICE, "障害支援区分は非該当または区分1から6までです。");
	gen_check_period(c, "from_on", r->from_on, "to_on", r->to_on);
}

static const char *level_text(struct ctx *c, const void *row)
{
	const struct t_disability_level *r = row;
	const char *p = gen_period_ja(c, r->from_on, r->to_on);
	return r->level ? arena_fmt(c->arena, "障害支援区分%lld（%s）", (long long)r->level, p)
			: arena_fmt(c->arena, "障害支援区分 非該当（%s）", p);
}

const struct gen_kind GEN_DISABILITY_LEVEL = {.label = "障害支援区分", .table = &T_disability_level, .class_bit = CLASS_DISABILITY,
	.timeline = "disability", .refuse_overlap = true, .overlap_code = ERR_PERIOD_OVERLAP, .ids = level_ids,
	.check = level_check, .period = level_period, .text = level_text};
GEN_FACE_C(disability_level, t_disability_level, GEN_DISABILITY_LEVEL);

/* --- 利用者基本情報 --- */

err disability_boxes(struct ctx *c, int64_t person_id, struct gen_asof asof, struct disability_boxes *out)
{
	if (asof.on == CIVIL_NONE)
		asof.on = c->today;
	struct t_disability_cert *rows;
	size_t n;
	TRY(disability_cert_list(c, person_id, asof, &rows, &n));
	struct disability_boxes b = {0};
	struct buf note = buf_new(c->arena);
	for (size_t i = 0; i < n; i++) {
		const struct t_disability_cert *r = &rows[i];
		b.physical |= str_eq(r->kind, "physical");
		b.intellectual |= str_eq(r->kind, "intellectual");
		b.mental |= str_eq(r->kind, "mental");
		b.intractable |= str_eq(r->kind, "intractable");
		buf_fmt(&note, "%s%s%s%s%s%s", note.n ? "、" : "", disability_cert_kind_label_ja(r->kind), *r->grade ? " " : "", r->grade,
			*r->part ? " " : "", r->part);
	}
	b.note = note.n ? note.p : "";
	*out = b;
	return OK;
}

GEN_CHOICES_C(disability_cert_kind_choices, cert_kinds);
GEN_CHOICES_C(disability_benefit_kind_choices, benefit_kinds);
