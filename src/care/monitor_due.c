#include "care/monitor_due.h"

#include "base/str.h"
#include "jp/era.h"

/* What a kind of case asks for; numbers by name, so that only the dated file says how many. */
static const struct pace {
	const char *kind, *months, *visits;
	bool calendar;  /* by calendar month from the start; else periods from the month after */
	bool contacts;  /* contact and a record in months without an interview */
	const char *interview, *home, *source;
} PACES[] = {
	{"home", "mon_home_months", "mon_home_visit_months", true, false, "R-CM-13-14-monthly", "R-CM-13-14-home", "居宅基準13条14号"},
	{"prevention", "mon_prevention_months", "mon_prevention_visit_periods", false, true, "R-YB-30-16-3m", "R-YB-30-16-home", "予防基準30条16号"},
	{"prev_a", "mon_prev_a_months", "mon_prev_a_visit_periods", false, true, "R-CMY-A", "R-CMY-A-home", "平27老振発0605第1号（予防基準30条16号に準じる）"},
	{"prev_b", "mon_prev_b_months", "mon_prev_b_visit_periods", false, false, "R-CMY-B", "R-CMY-B", "平27老振発0605第1号"},
};

struct judging {
	const struct law_catalogue *law;
	struct arena *a;
	const struct monitor_facts *f;
	const struct pace *p;
	int64_t months, visits;
	civil today;
	struct monitor_due *out;
};

static int64_t month_no(civil day)
{
	struct ymd d = civil_ymd(day);
	return (int64_t)d.y * 12 + d.m - 1;
}
static civil month_first(int64_t no) { return civil_from((int)(no / 12), (int)(no % 12) + 1, 1); }
static civil month_last(int64_t no) { return civil_eom((int)(no / 12), (int)(no % 12) + 1); }

static bool begin(struct judging *j, const struct law_catalogue *law, struct arena *a, const struct monitor_facts *f, civil on)
{
	*j = (struct judging){.law = law, .a = a, .f = f, .today = on};
	for (size_t i = 0; i < sizeof PACES / sizeof PACES[0]; i++)
		if (str_eq(PACES[i].kind, f->kind))
			j->p = &PACES[i];
	if (!j->p)
		return false;
	const struct law_number *m = law_number_find(law, j->p->months, on), *v = law_number_find(law, j->p->visits, on);
	if (!m || !v || f->start_on == CIVIL_NONE)
		return false;
	j->months = m->value;
	j->visits = v->value;
	return true;
}

/* Periods count from 0; negative = before the first. */
static int64_t first_month(const struct judging *j) { return month_no(j->f->start_on) + (j->p->calendar ? 0 : 1); }
static int64_t period_of(const struct judging *j, civil day)
{
	int64_t k = month_no(day) - first_month(j);
	return k >= 0 ? k / j->months : -((-k + j->months - 1) / j->months);
}
static civil period_from(const struct judging *j, int64_t k) { return month_first(first_month(j) + k * j->months); }
static civil period_to(const struct judging *j, int64_t k) { return month_last(first_month(j) + (k + 1) * j->months - 1); }

bool monitor_period(const struct law_catalogue *law, const struct monitor_facts *f, civil day, civil *from, civil *to)
{
	struct judging j;
	if (!begin(&j, law, NULL, f, day))
		return false;
	int64_t k = period_of(&j, day);
	*from = period_from(&j, k);
	*to = period_to(&j, k);
	return true;
}

static bool is_interview(enum monitor_method m) { return m == MONITOR_VISIT || m == MONITOR_VIDEO || m == MONITOR_EXCUSED; }

/* Newest act up to a day, of interviews (visit_only: at home); the day, or CIVIL_NONE. */
static civil last_of(const struct judging *j, civil until, bool visit_only)
{
	civil day = CIVIL_NONE;
	for (size_t i = 0; i < j->f->n_acts; i++) {
		const struct monitor_act *a = &j->f->acts[i];
		if (a->on <= until && (visit_only ? a->method == MONITOR_VISIT : is_interview(a->method)) && (day == CIVIL_NONE || a->on > day))
			day = a->on;
	}
	return day;
}

static bool any_in(const struct judging *j, civil from, civil to, bool record)
{
	for (size_t i = 0; i < j->f->n_acts; i++) {
		const struct monitor_act *a = &j->f->acts[i];
		if (a->on >= from && a->on <= to && (!record || a->method != MONITOR_CONTACT))
			return true;
	}
	return false;
}

static bool excused(const struct judging *j, civil from, civil to)
{
	for (size_t i = 0; i < j->f->n_acts; i++)
		if (j->f->acts[i].method == MONITOR_EXCUSED && j->f->acts[i].on >= from && j->f->acts[i].on <= to)
			return true;
	return false;
}

/* The last period by which the home must be visited again: visits periods after the last one with a visit. */
static int64_t visit_period(const struct judging *j)
{
	civil last = last_of(j, j->today, true);
	int64_t k = last == CIVIL_NONE ? -1 : period_of(j, last);
	return (k < -1 ? -1 : k) + j->visits;
}

static const char *said(const struct judging *j, civil last)
{
	const char *start = arena_fmt(j->a, "支援の開始: %s", era_text(j->a, j->f->start_on));
	if (last == CIVIL_NONE)
		return arena_fmt(j->a, "%s、まだ記録がありません", start);
	return arena_fmt(j->a, "%s、前回: %s", start, era_text(j->a, last));
}

static void add(struct judging *j, struct monitor_duty d)
{
	d.overdue = d.due_on < j->today;
	j->out->v[j->out->n++] = d;
}

/* The interview of the first period that has none after the last interview. */
static void interview(struct judging *j)
{
	civil last = last_of(j, j->today, false);
	int64_t k = last == CIVIL_NONE ? 0 : period_of(j, last) + 1;
	if (k < 0)
		k = 0;
	int64_t v = visit_period(j);
	struct monitor_due *o = j->out;
	civil from = period_from(j, k);
	if (k == 0 && from < j->f->start_on)
		from = j->f->start_on;
	o->interview_from = from;
	o->interview_due = period_to(j, k);
	o->must_visit = k >= v;
	const char *often = j->p->calendar && j->months == 1 ? "毎月1回" : arena_fmt(j->a, "%lldか月に1回", (long long)j->months);
	add(j, (struct monitor_duty){.rule = j->p->interview, .label = "モニタリング（面接と記録）", .source = j->p->source, .from_on = from,
		.due_on = o->interview_due, .at_home = o->must_visit, .inputs = said(j, last),
		.sentence = arena_fmt(j->a, "%sまでに%s、本人に面接して結果を記録します（%s）。%s", era_text(j->a, o->interview_due), often, j->p->source,
			o->must_visit ? "今回は居宅を訪問します。" : "条件がそろえば、テレビ電話も使えます。")});
	if (j->visits > 1 && v > k)
		add(j, (struct monitor_duty){.rule = j->p->home, .label = "居宅の訪問", .source = j->p->source, .from_on = period_from(j, v), .due_on = period_to(j, v),
			.at_home = true, .inputs = said(j, last_of(j, j->today, true)),
			.sentence = arena_fmt(j->a, "%sまでに居宅を訪問します。訪問しないまま%lldか月を過ごすことはできません（%s）。", era_text(j->a, period_to(j, v)),
				(long long)j->visits * j->months, j->p->source)});
}

/* 予防: the month in which the evaluation period ends, and a marked change. */
static void must(struct judging *j)
{
	civil end = j->f->eval_end_on;
	if (end != CIVIL_NONE && end != CIVIL_OPEN) {
		civil from = month_first(month_no(end)), to = month_last(month_no(end));
		bool visited = last_of(j, to, true) != CIVIL_NONE && last_of(j, to, true) >= from;
		if (!visited && !excused(j, from, to))
			add(j, (struct monitor_duty){.rule = "R-YB-30-16-must", .label = "評価期間が終わる月の訪問", .source = "予防基準30条16号ハ", .from_on = from, .due_on = to,
				.at_home = true, .inputs = arena_fmt(j->a, "評価期間の終わり: %s", era_text(j->a, end)),
				.sentence = arena_fmt(j->a, "評価期間が終わる%sのうちに、居宅を訪問して面接します。テレビ電話は使えません。", era_text_month(j->a, civil_ymd(end).y, civil_ymd(end).m))});
	}
	if (j->f->changed_on != CIVIL_NONE) {
		civil v = last_of(j, j->today, true);
		if (v == CIVIL_NONE || v < j->f->changed_on)
			add(j, (struct monitor_duty){.rule = "R-YB-30-16-must", .label = "著しい変化のあったときの訪問", .source = "予防基準30条16号ハ", .from_on = j->f->changed_on,
				.due_on = month_last(month_no(j->f->changed_on)), .at_home = true, .inputs = arena_fmt(j->a, "変化のあった日: %s", era_text(j->a, j->f->changed_on)),
				.sentence = "状況に著しい変化がありました。すみやかに居宅を訪問して面接します。"});
	}
}

/* 予防: this month has neither contact nor a result yet. */
static void monthly(struct judging *j)
{
	int64_t m = month_no(j->today);
	if (m < first_month(j))
		return;
	civil from = month_first(m), to = month_last(m);
	const char *in = arena_fmt(j->a, "%sの支援経過とモニタリング", era_text_month(j->a, civil_ymd(from).y, civil_ymd(from).m));
	if (!any_in(j, from, to, false))
		add(j, (struct monitor_duty){.rule = "R-YB-30-16-off", .label = "訪問しない月の連絡", .source = "予防基準30条16号ニ", .from_on = from, .due_on = to, .inputs = in,
			.sentence = "訪問しない月も、事業所を訪ねるなどして面接に努め、できないときは電話などで連絡します。"});
	if (!any_in(j, from, to, true))
		add(j, (struct monitor_duty){.rule = "R-YB-30-16-rec", .label = "結果の記録", .source = "予防基準30条16号ホ", .from_on = from, .due_on = to, .inputs = in,
			.sentence = "少なくとも1か月に1回、モニタリングの結果を記録します。支援経過の「モニタリングの結果を含む」でも記録できます。"});
}

static void sort_duties(struct monitor_due *o)
{
	for (size_t i = 1; i < o->n; i++)
		for (size_t k = i; k > 0 && o->v[k].due_on < o->v[k - 1].due_on; k--) {
			struct monitor_duty x = o->v[k];
			o->v[k] = o->v[k - 1];
			o->v[k - 1] = x;
		}
}

void monitor_judge(const struct law_catalogue *law, struct arena *a, const struct monitor_facts *f, civil on, struct monitor_due *out)
{
	struct judging j;
	*out = (struct monitor_due){.interview_due = CIVIL_NONE, .interview_from = CIVIL_NONE, .why = ""};
	if (!begin(&j, law, a, f, on)) {
		out->why = str_eq(f->kind, "prev_c") ? "介護予防ケアマネジメントCは初回のみで、モニタリングはありません。"
		         : f->start_on == CIVIL_NONE ? "使っている計画がまだないので、モニタリングの期限はありません。"
		                                     : "この日に使えるモニタリングの規則がありません。";
		return;
	}
	j.out = out;
	out->v = ARENA_ARRAY(a, 8, struct monitor_duty);
	interview(&j);
	if (j.p->contacts) {
		must(&j);
		monthly(&j);
	}
	sort_duties(out);
	for (size_t i = 0; i < out->n; i++) /* a visit that is due no later than the interview makes the interview a visit */
		if (out->v[i].at_home && out->v[i].due_on <= out->interview_due)
			out->must_visit = true;
	out->why = out->v[0].sentence;
}

const char *monitor_video_refused(const struct law_catalogue *law, struct arena *a, const struct monitor_facts *f, civil on)
{
	struct judging j;
	if (!begin(&j, law, a, f, on))
		return "この支援の種類と日では、テレビ電話によるモニタリングの規則がありません。居宅を訪問してください。";
	if (j.visits < 2)
		return arena_fmt(a, "%sは、テレビ電話によるモニタリングは認められていません（%s）。居宅を訪問してください。", era_text(a, on), j.p->source);
	int64_t k = period_of(&j, on);
	if (k >= visit_period(&j))
		return arena_fmt(a, "居宅の訪問が%sからないため、今回はテレビ電話を使えません。少なくとも%lldか月に1回は居宅を訪問します（%s）。",
			last_of(&j, on, true) == CIVIL_NONE ? "支援の開始" : era_text(a, last_of(&j, on, true)), (long long)j.visits * j.months, j.p->source);
	if (j.p->contacts && f->eval_end_on != CIVIL_NONE && f->eval_end_on != CIVIL_OPEN && month_no(f->eval_end_on) == month_no(on))
		return "評価期間が終わる月は、居宅を訪問して面接します。テレビ電話は使えません（予防基準30条16号ハ）。";
	return NULL;
}
