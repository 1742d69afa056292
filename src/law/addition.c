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

/* 1–5 of 要介護; 0: none of these. */
static int care_step(const char *level) { return level[0] == 'c' && level[1] >= '1' && level[1] <= '5' && !level[2] ? level[1] - '0' : 0; }

static const char *level_ja(struct arena *a, const char *level) { return arena_fmt(a, "%s%s", level[0] == 's' ? "要支援" : "要介護", level + 1); }

err law_addition_first(const struct law_catalogue *law, struct arena *a, const struct law_first_in *in, struct law_addition *out)
{
	const char *code = in->prevention ? "add_first_yobo" : "add_first";
	int64_t gap, steps;
	*out = nothing("");
	TRY(law_number(law, "add_first_gap", in->on, &gap));
	TRY(law_number(law, "add_first_steps", in->on, &steps));
	int now = care_step(in->level), was = care_step(in->level_before), apart = now > was ? now - was : was - now;
	if (!in->before) {
		out->why = "この月に、この事業所の最初の計画が始まっています";
		return take(law, code, in->on, out);
	}
	if (in->blank_months >= gap) {
		out->why = arena_fmt(a, "前の計画の後、支援も算定もない月が%lldか月続いてから、新しい計画が始まっています", (long long)gap);
		return take(law, code, in->on, out);
	}
	if (!in->prevention && in->first_of_level && now && in->level_before[0] == 's') {
		out->why = arena_fmt(a, "%sから%sに変わった後の、最初の計画です", level_ja(a, in->level_before), level_ja(a, in->level));
		return take(law, code, in->on, out);
	}
	if (!in->prevention && in->first_of_level && now && was && apart >= steps) {
		out->why = arena_fmt(a, "%sから%sに、%d区分変わった後の、最初の計画です（%lld区分以上）", level_ja(a, in->level_before), level_ja(a, in->level), apart, (long long)steps);
		return take(law, code, in->on, out);
	}
	out->why = arena_fmt(a, "新しい計画ではありません（支援も算定もない月が%lldか月続いていない）", (long long)gap);
	return OK;
}

void law_hospital_days(const struct law_calendar *k, civil admitted_on, bool after_hours, int64_t n1, int64_t n2, int64_t more, civil *first, civil *second)
{
	*first = admitted_on + (civil)n1 + (after_hours || !law_open_day(k, admitted_on) ? (civil)more : 0);
	*second = admitted_on + (civil)n2;
	if (after_hours && !law_open_day(k, *second))
		*second += (civil)more;
}

err law_addition_hospital(const struct law_catalogue *law, struct arena *a, const struct law_calendar *k, civil admitted_on, bool after_hours,
                          civil told_on, struct law_addition *out)
{
	int64_t days, more;
	*out = nothing("");
	TRY(law_number(law, "add_hosp_days", admitted_on, &days));
	if (told_on == CIVIL_NONE) {
		out->why = "情報を提供した日が記録されていません";
		return OK;
	}
	TRY(law_number(law, "hosp_info_after_hours", admitted_on, &more));
	civil first, second;
	law_hospital_days(k, admitted_on, after_hours, 0, days, more, &first, &second);
	out->why = arena_fmt(a, "入院 %s%s、情報提供 %s: (Ⅰ)は%sまで、(Ⅱ)は%sまで", day(a, admitted_on),
		after_hours ? "（営業時間外）" : law_open_day(k, admitted_on) ? "" : "（営業日以外）", day(a, told_on), day(a, first), day(a, second));
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
