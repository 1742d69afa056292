#include "region/reable_figures.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "jp/era.h"
#include "law/codes.h"
#include "region/dispatch.h"
#include "region/move_figures.h"
#include "region/tab_own.h"
#include "region/tally.h"
#include "register/org.h"
#include "sql/q_move.h"

#include <string.h>

#define IMPROVED "improved" /* 自立・サービスの利用なし, code list case_end */
#define LIKELY "likely"     /* code list case_prospect */

struct counting {
	struct ctx *c;
	struct reable_figures *f;
	struct q_reable_cases_row *v;
	size_t n;
	const struct tab *t;
	struct tally *y;
	struct tab_report *r;
	bool town;
};

/* ---- load -------------------------------------------------------------------------------------------------------------- */

static err cases(struct ctx *c, const struct reable_figures *f, int64_t insurer, int64_t org, struct q_reable_cases_row **v, size_t *n)
{
	return q_reable_cases(c, &(struct q_reable_cases_in){.from_on = f->from, .to_on = f->to, .insurer_org_id = insurer, .org_id = org}, v, n);
}

/* Rows come by organisation, person and start: the last of a person stays, with the first judgement that said likely, and the newest of any. */
static void once_each(struct q_reable_cases_row *v, size_t *n)
{
	size_t kept = 0;
	for (size_t i = 0; i < *n; i++) {
		struct q_reable_cases_row *last = kept ? &v[kept - 1] : NULL;
		if (!last || last->org_id != v[i].org_id || last->cluster_id != v[i].cluster_id) {
			v[kept++] = v[i];
			continue;
		}
		struct q_reable_cases_row was = *last;
		*last = v[i];
		if (was.likely_on != CIVIL_NONE)
			last->likely_on = was.likely_on;
		if (!last->prospect) {
			last->prospect = was.prospect;
			last->on_day = was.on_day;
			last->reason = was.reason;
			last->aim = was.aim;
			last->judge = was.judge;
		}
	}
	*n = kept;
}

static bool ended(const struct reable_figures *f, const struct q_reable_cases_row *x) { return x->end_on != CIVIL_NONE && x->end_on <= f->to; }
static bool regained(const struct reable_figures *f, const struct q_reable_cases_row *x) { return ended(f, x) && str_eq(x->end_reason, IMPROVED); }

/* ---- tables -------------------------------------------------------------------------------------------------------------- */

static void options(struct counting *k, const char *key, const char *list)
{
	size_t n;
	const struct law_code **v = law_code_list(k->c->house->law, k->c->arena, list, k->c->today, &n);
	for (size_t i = 0; i < n; i++)
		tally_option(k->y, key, v[i]->code, v[i]->label);
}

/* Of the reasons for an end those that occur; improved always. */
static void endings(struct counting *k)
{
	size_t n;
	const struct law_code **v = law_code_list(k->c->house->law, k->c->arena, "case_end", k->c->today, &n);
	for (size_t i = 0; i < n; i++) {
		bool seen = str_eq(v[i]->code, IMPROVED);
		for (size_t m = 0; m < k->n && !seen; m++)
			seen = k->v[m].likely_on != CIVIL_NONE && ended(k->f, &k->v[m]) && str_eq(k->v[m].end_reason, v[i]->code);
		if (seen)
			tally_option(k->y, "outcome", v[i]->code, v[i]->label);
	}
	tally_option(k->y, "outcome", "none", "終わった理由の記録なし");
}

static void prepare(struct counting *k)
{
	size_t n;
	const struct law_code **kinds = law_code_list(k->c->house->law, k->c->arena, "case_kind", k->c->today, &n);
	const char *likely = law_code_label(k->c->house->law, "case_prospect", LIKELY);
	tally_question(k->y, "prospect", "改善の見込み", "", TAB_SINGLE);
	options(k, "prospect", "case_prospect");
	tally_option(k->y, "prospect", "none", "見立ての記録なし");
	tally_question(k->y, "regained", "再自立", arena_fmt(k->c->arena, "「%s」とした", likely), TAB_SINGLE);
	tally_option(k->y, "regained", "yes", "自立してサービスを終えた");
	tally_option(k->y, "regained", "no", "そのほか");
	tally_question(k->y, "outcome", "いまの状況・終わった理由", arena_fmt(k->c->arena, "「%s」とした", likely), TAB_SINGLE);
	tally_option(k->y, "outcome", "running", "続いている");
	endings(k);
	tally_trait(k->y, "org", "センター");
	tally_trait(k->y, "kind", "計画の種類");
	for (size_t i = 0; i < n; i++)
		if (!str_eq(kinds[i]->code, "home"))
			tally_value(k->y, "kind", kinds[i]->label);
}

static void put(struct counting *k, size_t i)
{
	const struct q_reable_cases_row *x = &k->v[i];
	tally_cut(k->y, "org", i, x->org_name);
	tally_cut(k->y, "kind", i, law_code_label(k->c->house->law, "case_kind", x->kind));
	if (x->likely_on == CIVIL_NONE) {
		tally_set(k->y, "prospect", i, x->prospect ? x->prospect : "none");
		return;
	}
	tally_set(k->y, "prospect", i, LIKELY);
	tally_set(k->y, "regained", i, regained(k->f, x) ? "yes" : "no");
	tally_set(k->y, "outcome", i, !ended(k->f, x) ? "running" : str_blank(x->end_reason) ? "none" : x->end_reason);
}

static err one(struct counting *k, struct tab_section *s, const char *key, struct tab_table **x)
{
	TRY(tab_question_table(k->t, &(struct tab_ask){.key = key}, x));
	tally_table(k->c->arena, s, *x);
	return OK;
}

static err cut(struct counting *k, struct tab_section *s, const char *key, const char *by)
{
	struct tab_table *x;
	TRY(tab_cross(k->t, &(struct tab_cross_ask){.rows = {.key = key}, .by = TAB_BY_TRAIT, .by_key = by, .show = TAB_SHOW_COLUMN}, &x));
	tally_table(k->c->arena, s, x);
	return OK;
}

static void outline(struct counting *k)
{
	struct arena *a = k->c->arena;
	struct tab_section *s = tally_section(a, k->r, TAB_SEC_OUTLINE, "集計のしかた");
	tally_item(a, s, "期間", arena_fmt(a, "%s（%s〜%s）", k->f->period, era_text(a, k->f->from), era_text(a, k->f->to)));
	tally_item(a, s, "範囲", k->f->whose);
	tally_item(a, s, "数えた人", "介護予防支援か介護予防ケアマネジメント（A・B・C）の支援が、この期間に一日でもあった人。センターごとに1人と数え、期間のうちにケースが替わった人は最後のケースで数えます。");
	tally_item(a, s, "改善の見込みあり", "期間の終わりまでに、一度でも「改善の見込みあり」と記録した人。あとで見立てが変わっても、この中に残します。");
	tally_item(a, s, "再自立", "ケースの終了の理由が「自立・サービスの利用なし」で、終了日がこの期間にあること。");
	tally_item(a, s, "集計した日", era_text(a, k->c->today));
}

static err sections(struct counting *k)
{
	struct arena *a = k->c->arena;
	struct tab_table *x;
	outline(k);
	struct tab_section *s = tally_section(a, k->r, TAB_SEC_QUESTION, "再自立した割合");
	TRY(one(k, s, "regained", &x));
	tally_words(a, s, tally_say(a, x, "yes", 0));
	if (k->town && k->n)
		TRY(cut(k, s, "regained", "org"));
	if (k->n)
		TRY(cut(k, s, "regained", "kind"));
	s = tally_section(a, k->r, TAB_SEC_QUESTION, "見込みのある人のいま");
	TRY(one(k, s, "outcome", &x));
	const char *sum = tally_sum(a, x, 0);
	if (*sum)
		tally_words(a, s, sum);
	s = tally_section(a, k->r, TAB_SEC_QUESTION, "改善の見込み");
	TRY(one(k, s, "prospect", &x));
	tally_words(a, s, tally_say(a, x, LIKELY, 0));
	sum = tally_sum(a, x, 0);
	if (*sum)
		tally_words(a, s, sum);
	if (k->town && k->n)
		TRY(cut(k, s, "prospect", "org"));
	return k->n ? cut(k, s, "prospect", "kind") : OK;
}

static err report(struct counting *k)
{
	struct ctx *c = k->c;
	const char *title = "改善の見込みと再自立（リエイブルメント）";
	k->y = tally_new(c->arena, k->n, title, "利用者", "人");
	prepare(k);
	for (size_t i = 0; i < k->n; i++)
		put(k, i);
	TRY(tally_open(k->y, &(struct tally_ask){.period = k->f->period, .from = k->f->from, .to = k->f->to, .as_of = c->today, .owner = true}, &k->t));
	k->r = ARENA_NEW(c->arena, struct tab_report);
	*k->r = (struct tab_report){.title = arena_fmt(c->arena, "%s（%s）", title, k->f->period), .unit = ""};
	TRY(sections(k));
	k->f->data = tally_data(k->y);
	k->f->report = k->r;
	return OK;
}

/* ---- the list -------------------------------------------------------------------------------------------------------------- */

static struct reable_person person_of(struct counting *k, const struct q_reable_cases_row *x)
{
	const struct law_catalogue *law = k->c->house->law;
	return (struct reable_person){.person_id = x->person_id, .person_pid = x->person_pid, .person_name = x->person_name, .case_pid = x->case_pid,
		.kind_label = law_code_label(law, "case_kind", x->kind), .org_name = x->org_name, .now_label = law_code_label(law, "case_prospect", str_or(x->prospect, "")),
		.reason = str_or(x->reason, ""), .aim = str_or(x->aim, ""), .judge = str_or(x->judge, ""), .on_day = x->on_day, .likely_on = x->likely_on, .start_on = x->start_on,
		.end_on = ended(k->f, x) ? x->end_on : CIVIL_NONE, .regained = regained(k->f, x),
		.outcome = !ended(k->f, x) ? "続いている" : str_blank(x->end_reason) ? "終了" : law_code_label(law, "case_end", x->end_reason)};
}

static void list(struct counting *k, const struct q_reable_cases_row *v, size_t n)
{
	struct reable_figures *f = k->f;
	f->list = ARENA_ARRAY(k->c->arena, REABLE_LIST_MOST, struct reable_person);
	for (int over = 0; over < 2; over++)
		for (size_t i = 0; i < n; i++) {
			if (v[i].likely_on == CIVIL_NONE || ended(f, &v[i]) != (over == 1))
				continue;
			if (f->n_list == REABLE_LIST_MOST) {
				f->more = true;
				return;
			}
			f->list[f->n_list++] = person_of(k, &v[i]);
		}
}

err reable_figures(struct ctx *c, civil year_on, enum action action, struct reable_figures *out)
{
	struct counting k = {.c = c, .f = out};
	struct q_reable_cases_row *seen;
	int64_t insurer;
	size_t n_seen;
	struct org o;
	*out = (struct reable_figures){0};
	TRY(policy_check_own(c, c->actor.org_id, CLASS_STATISTICS, action));
	TRY(dispatch_town_of(c, &insurer));
	TRY(org_load(c, c->actor.org_id, &o));
	k.town = insurer == o.id;
	out->period = figures_period(c, year_on, 0, &out->from, &out->to);
	out->whose = k.town ? "市区町村のすべてのセンター（見ることのできる人のケース）" : arena_fmt(c->arena, "%sのケース", o.name);
	TRY(cases(c, out, k.town ? insurer : INT_NULL, k.town ? INT_NULL : o.id, &k.v, &k.n));
	once_each(k.v, &k.n);
	TRY(report(&k));
	if (k.town) {
		list(&k, k.v, k.n);
		return OK;
	}
	TRY(cases(c, out, INT_NULL, INT_NULL, &seen, &n_seen));
	once_each(seen, &n_seen);
	list(&k, seen, n_seen);
	return OK;
}
