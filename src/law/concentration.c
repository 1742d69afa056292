#include "law/concentration.h"

#include "base/str.h"
#include "law/decide.h"

struct law_half_year law_half_year_of(civil day)
{
	struct ymd t = civil_ymd(day);
	if (t.m >= 3 && t.m <= 8)
		return (struct law_half_year){civil_from(t.y, 3, 1), civil_from(t.y, 8, 31), civil_from(t.y, 9, 15), civil_from(t.y, 10, 1), civil_from(t.y + 1, 3, 31)};
	int y = t.m <= 2 ? t.y - 1 : t.y;
	return (struct law_half_year){civil_from(y, 9, 1), civil_eom(y + 1, 2), civil_from(y + 1, 3, 15), civil_from(y + 1, 4, 1), civil_from(y + 1, 9, 30)};
}

struct law_half_year law_half_year_before(civil day) { return law_half_year_of(law_half_year_of(day).from - 1); }

civil law_shift_day(const struct law_calendar *k, civil day, enum law_shift how)
{
	return how == LAW_SHIFT_PREV ? law_prev_open(k, day) : how == LAW_SHIFT_NEXT ? law_next_open(k, day) : day;
}

bool law_shift_parse(const char *word, enum law_shift *out)
{
	static const char *const words[] = {"none", "prev", "next"};
	for (int i = 0; i < 3; i++)
		if (str_eq(words[i], word)) {
			*out = (enum law_shift)i;
			return true;
		}
	return false;
}

struct bounds {
	int64_t percent, near, month_plans, service_plans;
};

static err bounds_of(const struct law_catalogue *law, civil on, struct bounds *b)
{
	TRY(law_number(law, "conc_percent", on, &b->percent));
	TRY(law_number(law, "conc_near_offices", on, &b->near));
	TRY(law_number(law, "conc_month_plans", on, &b->month_plans));
	return law_number(law, "conc_service_plans", on, &b->service_plans);
}

static int reason_of(const struct bounds *b, const struct law_conc_office *o, const struct law_conc_service *s)
{
	if (s->offices_near >= 0 && s->offices_near < b->near)
		return 1;
	if (o->special_area)
		return 2;
	if (o->months > 0 && o->plans <= b->month_plans * o->months)
		return 3;
	if (o->months > 0 && s->plans <= b->service_plans * o->months)
		return 4;
	if (law_list_has(str_or(o->accepted, ""), s->service))
		return 5;
	return law_list_has(str_or(o->accepted_6, ""), s->service) ? 6 : 0;
}

static const char *why_of(struct arena *a, const struct bounds *b, const struct law_conc_office *o, const struct law_conc_service *s, int reason)
{
	static const char *const text[] = {"正当な理由に当たる記録がない", "①通常の実施地域の事業所が %lld か所未満（%lld か所）", "②特別地域居宅介護支援加算を受けている",
		"③1か月平均の計画が %lld 件以下（%lld 件 ÷ %lld か月）", "④このサービスの計画が1か月平均 %lld 件以下（%lld 件 ÷ %lld か月）", "⑤質が高いことによる希望などが認められている",
		"⑥保険者が認めた、そのほかの理由がある"};
	switch (reason) {
	case 1: return arena_fmt(a, text[1], (long long)b->near, (long long)s->offices_near);
	case 3: return arena_fmt(a, text[3], (long long)b->month_plans, (long long)o->plans, (long long)o->months);
	case 4: return arena_fmt(a, text[4], (long long)b->service_plans, (long long)s->plans, (long long)o->months);
	default: return text[reason];
	}
}

err law_conc_judge(const struct law_catalogue *law, struct arena *a, const struct law_half_year *period, const struct law_conc_office *o,
                   const struct law_conc_service *s, size_t n, struct law_conc_result *out)
{
	struct bounds b;
	TRY(bounds_of(law, period->to, &b));
	for (size_t i = 0; i < n; i++) {
		struct law_conc_result *r = &out[i];
		*r = (struct law_conc_result){.service = s[i].service, .bound_percent = b.percent};
		r->over = s[i].plans > 0 && s[i].top_plans * 100 > b.percent * s[i].plans;
		r->reason = r->over ? reason_of(&b, o, &s[i]) : 0;
		r->reduced = r->over && r->reason == 0;
		const char *share = arena_fmt(a, "最大の法人 %lld 件 ÷ 計画 %lld 件", (long long)s[i].top_plans, (long long)s[i].plans);
		r->why = !r->over ? arena_fmt(a, "%s は %lld%% を超えない → 届出は要らない", share, (long long)b.percent)
		                  : arena_fmt(a, "%s は %lld%% を超える → 届出が要る。%s → %s", share, (long long)b.percent,
		                              why_of(a, &b, o, &s[i], r->reason), r->reduced ? "減算" : "減算しない");
	}
	return OK;
}

bool law_conc_judged(const struct law_half_year *period, civil designated_on, bool skip_partial, civil *from)
{
	*from = designated_on != CIVIL_NONE && designated_on > period->from ? designated_on : period->from;
	return *from <= period->to && !(skip_partial && *from > period->from);
}

civil law_conc_keep_until(const struct law_half_year *period, int64_t years) { return civil_add_months(period->to, (int)years * 12); }
