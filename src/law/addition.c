#include "law/addition.h"

#include "base/str.h"

static err take(const struct law_catalogue *law, const char *code, civil on, struct law_addition *out)
{
	const struct law_number *n = law_number_find(law, code, on);
	if (!n)
		return ERR_NOTFOUND;
	out->code = n->id;
	out->units = n->value;
	out->source = n->source;
	out->confidence = n->confidence;
	return OK;
}

static struct law_addition nothing(const char *why) { return (struct law_addition){.code = "", .why = why, .source = "", .confidence = ""}; }

static const char *day(struct arena *a, civil d)
{
	char text[CIVIL_TEXT];
	civil_text(d, text);
	return arena_str(a, text);
}

err law_addition_plain(const struct law_catalogue *law, const char *code, civil on, const char *why, struct law_addition *out)
{
	*out = nothing(why);
	return take(law, code, on, out);
}

err law_addition_hospital(const struct law_catalogue *law, struct arena *a, const struct law_calendar *k, civil admitted_on, bool after_hours,
                          civil told_on, struct law_addition *out)
{
	int64_t days;
	*out = nothing("");
	TRY(law_number(law, "add_hosp_days", admitted_on, &days));
	if (told_on == CIVIL_NONE) {
		out->why = "情報を提供した日が記録されていません";
		return OK;
	}
	civil first = admitted_on + (after_hours ? 1 : 0), second = admitted_on + (civil)days;
	if (after_hours && !law_open_day(k, second))
		second++;
	out->why = arena_fmt(a, "入院 %s%s、情報提供 %s: (Ⅰ)は%sまで、(Ⅱ)は%sまで", day(a, admitted_on), after_hours ? "（営業時間外）" : "", day(a, told_on), day(a, first), day(a, second));
	if (told_on <= first)
		return take(law, "add_hosp_1", admitted_on, out);
	return told_on <= second ? take(law, "add_hosp_2", admitted_on, out) : OK;
}

err law_addition_leave(const struct law_catalogue *law, struct arena *a, civil discharged_on, int times, int conferences, struct law_addition *out)
{
	*out = nothing(arena_fmt(a, "退院・退所 %s、情報を受けた回数 %d回、うち会議 %d回", day(a, discharged_on), times, conferences));
	if (times <= 0)
		return OK;
	const char *code = conferences <= 0 ? (times == 1 ? "add_leave_1_talk" : "add_leave_2_talk")
	                                    : times == 1 ? "add_leave_1_meet" : times == 2 ? "add_leave_2_meet" : "add_leave_3_meet";
	return take(law, code, discharged_on, out);
}

err law_addition_terminal(const struct law_catalogue *law, struct arena *a, civil death_on, const civil *visits, size_t n, struct law_addition *out)
{
	int64_t window, need, days = 0;
	*out = nothing("");
	TRY(law_number(law, "add_terminal_days", death_on, &window));
	TRY(law_number(law, "add_terminal_visits", death_on, &need));
	civil from = death_on - (civil)window;
	for (size_t i = 0; i < n; i++) {
		bool counts = visits[i] >= from && visits[i] <= death_on;
		for (size_t k = 0; k < i && counts; k++)
			counts = visits[k] != visits[i];
		days += counts;
	}
	out->why = arena_fmt(a, "死亡 %s、%sからの訪問の日数 %lld日（%lld日以上）", day(a, death_on), day(a, from), (long long)days, (long long)need);
	return days >= need ? take(law, "add_terminal", death_on, out) : OK;
}
