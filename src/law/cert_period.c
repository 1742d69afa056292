#include "law/cert_period.h"

#include "base/str.h"
#include "law/codes.h"

static const char *words_of(enum law_apply k)
{
	return k == LAW_APPLY_RENEW ? "更新" : k == LAW_APPLY_CHANGE ? "区分変更" : "新規";
}

static err bounds_of(const struct law_catalogue *law, const struct law_cert *in, struct law_cert_period *out, int64_t *usual)
{
	bool renew = in->kind == LAW_APPLY_RENEW;
	bool same = renew && !str_blank(in->level) && str_eq(in->level, in->old_level);
	TRY(law_number(law, renew ? "cert_renew_usual" : "cert_new_usual", in->applied_on, usual));
	TRY(law_number(law, "cert_least", in->applied_on, &out->least));
	return law_number(law, same ? "cert_renew_same_most" : renew ? "cert_renew_most" : "cert_new_most", in->applied_on, &out->most);
}

/* n months that end with a month: the month of the first day counts whole only if that day is the first. */
static civil end_of(civil from, int64_t months)
{
	struct ymd d = civil_ymd(from);
	civil last = civil_add_months(civil_from(d.y, d.m, 1), (int)months - (d.d == 1 ? 1 : 0));
	struct ymd e = civil_ymd(last);
	return civil_eom(e.y, e.m);
}

err law_cert_period(const struct law_catalogue *law, struct arena *a, const struct law_cert *in, struct law_cert_period *out, const char **why)
{
	int64_t usual;
	*out = (struct law_cert_period){0};
	TRY(bounds_of(law, in, out, &usual));
	out->months = in->months ? in->months : usual;
	if (out->months < out->least || out->months > out->most) {
		*why = arena_fmt(a, "%sの認定の有効期間は %lld か月から %lld か月までです。%lld か月にはできません。", words_of(in->kind),
		                 (long long)out->least, (long long)out->most, (long long)out->months);
		return ERR_RANGE;
	}
	out->from = in->kind == LAW_APPLY_RENEW ? in->old_to + 1 : in->applied_on;
	out->to = end_of(out->from, out->months);
	char from[CIVIL_TEXT], to[CIVIL_TEXT];
	civil_text(out->from, from);
	civil_text(out->to, to);
	*why = in->kind == LAW_APPLY_RENEW
		? arena_fmt(a, "前の有効期間の翌日 %s から %lld か月 → %s まで", from, (long long)out->months, to)
		: arena_fmt(a, "申請日 %s から。%s %lld か月 → %s まで", from, civil_ymd(out->from).d == 1 ? "その月から" : "申請した月の残りと", (long long)out->months, to);
	return OK;
}

err law_renewal_window(const struct law_catalogue *law, civil to, civil *first, civil *last)
{
	int64_t days;
	TRY(law_number(law, "renew_window_days", to, &days));
	*first = to - (civil)days;
	*last = to;
	return OK;
}

civil law_renewal_late(civil hindrance_to) { return civil_add_months(hindrance_to, 1); }

err law_decision_due(const struct law_catalogue *law, civil applied_on, civil *due)
{
	int64_t days;
	TRY(law_number(law, "cert_decision_days", applied_on, &days));
	*due = civil_days_after(applied_on, (int)days);
	return OK;
}

enum law_insured law_insured_on(const struct law_catalogue *law, civil birth, bool has_health_insurance, civil on)
{
	int64_t first, second;
	if (birth == CIVIL_NONE || law_number(law, "age_first", on, &first) != OK || law_number(law, "age_second", on, &second) != OK)
		return LAW_INSURED_NONE;
	if (on >= civil_attain_age(birth, (int)first))
		return LAW_INSURED_FIRST;
	return has_health_insurance && on >= civil_attain_age(birth, (int)second) ? LAW_INSURED_SECOND : LAW_INSURED_NONE;
}

bool law_may_certify(const struct law_catalogue *law, civil birth, bool has_health_insurance, const char *disease, civil on)
{
	enum law_insured k = law_insured_on(law, birth, has_health_insurance, on);
	return k == LAW_INSURED_FIRST || (k == LAW_INSURED_SECOND && !str_blank(disease) && law_code_valid(law, "tokutei", disease, on));
}
