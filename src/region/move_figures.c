#include "region/move_figures.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "jp/era.h"
#include "law/codes.h"
#include "law/numbers.h"
#include "region/dispatch.h"
#include "region/dispatch_figures.h"
#include "region/dispatch_own.h"
#include "region/tab_own.h"
#include "region/tally.h"
#include "register/org.h"
#include "register/territory.h"
#include "sql/q_move.h"

#include <string.h>

#define SHORT_TERM "c" /* 短期集中予防サービス, code list rehab_service */

/* One course that ended. */
struct ended {
	int64_t person_id, cluster_id, area_id, org_id; /* area_id INT_NULL: not known */
	const char *goal_pid, *person_pid, *person_name, *type, *how, *places, *area, *org, *centre;
	civil on, seen_on;
	bool away; /* not in the base of the share */
};
struct counting {
	struct ctx *c;
	struct move_figures *f;
	struct ended *v;
	size_t n;
	struct tally *y;
	const struct tab *t;
	struct tab_report *r;
	const char *stayed; /* 「入院・死亡…のほかの」, before the record word */
};

const char *figures_period(struct ctx *c, civil year_on, int quarter, civil *from, civil *to)
{
	int year = civil_fiscal_year(year_on);
	*from = civil_add_months(civil_from(year, 4, 1), quarter ? (quarter - 1) * 3 : 0);
	*to = civil_add_months(*from, quarter ? 3 : 12) - 1;
	return quarter ? arena_fmt(c->arena, "%s 第%d四半期", era_text_fiscal(c->arena, year), quarter) : era_text_fiscal(c->arena, year);
}

/* ---- whose ------------------------------------------------------------------------------------------------------------ */

static err span_of(struct ctx *c, enum action a, enum move_span *span, int64_t *insurer)
{
	struct org o;
	TRY(policy_check_own(c, c->actor.org_id, CLASS_STATISTICS, a));
	TRY(dispatch_town_of(c, insurer));
	TRY(org_load(c, c->actor.org_id, &o));
	*span = *insurer == o.id ? MOVE_TOWN : *insurer != INT_NULL ? MOVE_NUMBERS : dispatch_is_centre(c) ? MOVE_AREAS : MOVE_OWN;
	if (*span == MOVE_NUMBERS)
		TRY(dispatch_town_gate(c, *insurer, a));
	return OK;
}

static const char *const WHOSE[] = {
	[MOVE_TOWN] = "市区町村の全体（見ることのできる人の記録）",
	[MOVE_AREAS] = "このセンターが担当する圏域",
	[MOVE_OWN] = "この事業所が記録したもの",
	[MOVE_NUMBERS] = "市区町村の全体（数だけ。少ない数は x と表示します）",
};

/* ---- load -------------------------------------------------------------------------------------------------------------- */

static bool in_list(struct ctx *c, const char *list, const char *code) { return !str_blank(code) && law_code_valid(c->house->law, list, code, c->today); }

static void take(struct counting *k, const struct ended *e, const char *places, const char *meeting)
{
	struct ended *x = &k->v[k->n++];
	*x = *e;
	x->places = !str_blank(places) ? places : str_or(meeting, "");
	x->area = str_or(e->area, "");
	x->away = in_list(k->c, "rehab_ended_away", e->how);
}

static err load_people(struct counting *k, int64_t insurer)
{
	struct ctx *c = k->c;
	struct q_move_ended_in in = Q_MOVE_ENDED_NONE;
	struct q_move_ended_row *r;
	size_t n;
	in.from_on = k->f->from;
	in.to_on = k->f->to;
	if (k->f->span == MOVE_TOWN)
		in.insurer_org_id = insurer;
	else if (k->f->span == MOVE_AREAS)
		in.area_org_id = c->actor.org_id;
	else
		in.own_org_id = c->actor.org_id;
	TRY(q_move_ended(c, &in, &r, &n));
	k->v = ARENA_ARRAY(c->arena, n + 1, struct ended);
	for (size_t i = 0; i < n; i++)
		take(k, &(struct ended){.person_id = r[i].person_id, .cluster_id = r[i].cluster_id, .area_id = r[i].area_id, .org_id = r[i].org_id, .goal_pid = r[i].goal_pid,
			.person_pid = r[i].person_pid, .person_name = r[i].person_name, .type = r[i].type_code, .how = r[i].ended_how, .area = r[i].area_name, .org = r[i].org_name,
			.on = r[i].ended_on, .seen_on = r[i].next_seen_on}, r[i].next_places, r[i].meeting_places);
	return OK;
}

static err load_numbers(struct counting *k, int64_t insurer)
{
	struct q_move_ended_town_row *r;
	size_t n;
	TRY(q_move_ended_town(k->c, &(struct q_move_ended_town_in){.from_on = k->f->from, .to_on = k->f->to, .insurer_org_id = insurer}, &r, &n));
	k->v = ARENA_ARRAY(k->c->arena, n + 1, struct ended);
	for (size_t i = 0; i < n; i++)
		take(k, &(struct ended){.cluster_id = r[i].cluster_id, .area_id = r[i].area_id, .org_id = r[i].org_id, .type = r[i].type_code, .how = r[i].ended_how,
			.area = r[i].area_name, .org = r[i].org_name, .on = r[i].ended_on, .seen_on = r[i].next_seen_on}, r[i].next_places, r[i].meeting_places);
	return OK;
}

/* The centre that had the area in charge on the day. Where several share it: the one that recorded the course, else all their names. */
static err centre_of(struct ctx *c, const struct ended *e, const char **out)
{
	struct org_area *v;
	size_t n;
	struct buf b = buf_new(c->arena);
	*out = "";
	if (e->area_id == INT_NULL)
		return OK;
	TRY(territory_of_area(c, e->area_id, e->on, &v, &n));
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(v[i].role, "charge"))
			continue;
		if (v[i].org_id == e->org_id) {
			*out = v[i].org_name;
			return OK;
		}
		buf_fmt(&b, "%s%s", b.n ? "・" : "", v[i].org_name);
	}
	*out = b.n ? b.p : "";
	return OK;
}

static err centres(struct counting *k)
{
	for (size_t i = 0; i < k->n; i++) {
		const struct ended *e = &k->v[i];
		size_t same = 0; /* asked before: the same area, day and recorder */
		while (same < i && (k->v[same].area_id != e->area_id || k->v[same].on != e->on || k->v[same].org_id != e->org_id))
			same++;
		if (same < i)
			k->v[i].centre = k->v[same].centre;
		else
			TRY(centre_of(k->c, e, &k->v[i].centre));
	}
	return OK;
}

/* ---- the lines of the tables ---------------------------------------------------------------------------------------------- */

static void options(struct counting *k, const char *key, const char *list)
{
	size_t n;
	const struct law_code **v = law_code_list(k->c->house->law, k->c->arena, list, k->c->today, &n);
	for (size_t i = 0; i < n; i++)
		tally_option(k->y, key, v[i]->code, v[i]->label);
}

static const char *stayed_words(struct ctx *c)
{
	size_t n;
	const struct law_code **v = law_code_list(c->house->law, c->arena, "rehab_ended_away", c->today, &n);
	struct buf b = buf_new(c->arena);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s", b.n ? "・" : "", v[i]->label);
	return n ? arena_fmt(c->arena, "%sのほかの", b.p) : "";
}

static const char *quarter_name(struct ctx *c, civil on)
{
	civil from, to, year;
	int q;
	dispatch_quarter_of(on, &from, &to, &q, &year);
	return arena_fmt(c->arena, "第%d四半期", q);
}

/* Any of the record's places in the list of what the fee looks at. */
static bool fee_place(struct ctx *c, const char *places)
{
	size_t n;
	char **v = str_split(c->arena, places, '|', &n);
	for (size_t i = 0; i < n; i++)
		if (in_list(c, "rehab_move_place", v[i]))
			return true;
	return false;
}

static const char *service_label(struct ctx *c, const char *code) { return law_code_label(c->house->law, "rehab_service", code); }

/* Those that have a section of their own stand in the tables even when nothing of them ended. */
static void services_of(struct counting *k)
{
	size_t n;
	const struct law_code **v = law_code_list(k->c->house->law, k->c->arena, "rehab_move_service", k->c->today, &n);
	for (size_t i = 0; i < n; i++)
		tally_value(k->y, "service", service_label(k->c, v[i]->code));
	tally_value(k->y, "service", service_label(k->c, SHORT_TERM));
}

static void prepare(struct counting *k)
{
	struct tally *y = k->y;
	tally_question(y, "how", "終わりかた", "", TAB_SINGLE);
	options(k, "how", "rehab_ended");
	tally_option(y, "how", "none", "終わりかたの記録なし");
	tally_question(y, "has", "次の場の有無", k->stayed, TAB_SINGLE);
	tally_option(y, "has", "yes", "次の場あり");
	tally_option(y, "has", "no", "次の場の記録なし");
	tally_question(y, "next", "次の場", k->stayed, TAB_MULTI);
	options(k, "next", "rehab_next_place");
	tally_option(y, "next", "none", "次の場の記録なし");
	tally_question(y, "seen", "次の場に通い始めたことの確認", arena_fmt(k->c->arena, "%s次の場のある", k->stayed), TAB_SINGLE);
	tally_option(y, "seen", "yes", "確かめた");
	tally_option(y, "seen", "no", "確かめた日の記録なし");
	tally_question(y, "fee", "移行支援加算で見る次の場の有無", k->stayed, TAB_SINGLE);
	tally_option(y, "fee", "seen", "あり（通い始めたことを確かめた）");
	tally_option(y, "fee", "yes", "あり（確かめた日の記録なし）");
	tally_option(y, "fee", "no", "なし");
	tally_trait(y, "service", "サービス");
	tally_trait(y, "area", "圏域");
	tally_trait(y, "centre", "センター");
	tally_trait(y, "quarter", "四半期");
	services_of(k);
	for (int q = 1; q <= DISPATCH_QUARTERS; q++)
		if (!k->f->quarter || k->f->quarter == q)
			tally_value(y, "quarter", arena_fmt(k->c->arena, "第%d四半期", q));
}

static void put(struct counting *k, size_t i)
{
	struct ctx *c = k->c;
	const struct ended *e = &k->v[i];
	size_t n;
	char **places = str_split(c->arena, e->places, '|', &n);
	bool has = !str_blank(e->places), seen = e->seen_on != CIVIL_NONE;
	tally_set(k->y, "how", i, str_blank(e->how) ? "none" : e->how);
	tally_cut(k->y, "service", i, service_label(c, e->type));
	tally_cut(k->y, "area", i, e->area);
	tally_cut(k->y, "centre", i, e->centre);
	tally_cut(k->y, "quarter", i, quarter_name(c, e->on));
	if (e->away)
		return;
	tally_set(k->y, "has", i, has ? "yes" : "no");
	for (size_t p = 0; p < n; p++)
		if (!str_blank(places[p]))
			tally_set(k->y, "next", i, places[p]);
	if (!has)
		tally_set(k->y, "next", i, "none");
	else
		tally_set(k->y, "seen", i, seen ? "yes" : "no");
	if (in_list(c, "rehab_move_service", e->type))
		tally_set(k->y, "fee", i, !fee_place(c, e->places) ? "no" : seen ? "seen" : "yes");
}

/* Areas, centres and services in the order of their names, whatever the order of the records. */
static void values_of(struct counting *k, const char *key, const char *(*of)(struct ctx *, const struct ended *))
{
	const char **v = ARENA_ARRAY(k->c->arena, k->n + 1, const char *);
	size_t n = 0;
	for (size_t i = 0; i < k->n; i++) {
		const char *s = of(k->c, &k->v[i]);
		size_t at = 0;
		while (at < n && strcmp(v[at], s) < 0)
			at++;
		if (str_blank(s) || (at < n && str_eq(v[at], s)))
			continue;
		for (size_t m = n++; m > at; m--)
			v[m] = v[m - 1];
		v[at] = s;
	}
	for (size_t i = 0; i < n; i++)
		tally_value(k->y, key, v[i]);
}
static const char *area_of(struct ctx *c, const struct ended *e) { (void)c; return e->area; }
static const char *centre_name_of(struct ctx *c, const struct ended *e) { (void)c; return e->centre; }
static const char *service_of(struct ctx *c, const struct ended *e) { return service_label(c, e->type); }

/* ---- the sections ---------------------------------------------------------------------------------------------------------- */

static err one(struct counting *k, struct tab_section *s, const char *key, struct tab_table **x)
{
	TRY(tab_question_table(k->t, &(struct tab_ask){.key = key}, x));
	tally_table(k->c->arena, s, *x);
	return OK;
}

/* key by a trait, shares of each column; service "": all of them */
static err cut(struct counting *k, struct tab_section *s, const char *key, const char *by, const char *service, struct tab_table **x)
{
	struct tab_cross_ask ask = {.rows = {.key = key}, .by = TAB_BY_TRAIT, .by_key = by, .show = TAB_SHOW_COLUMN};
	if (*service) {
		ask.rows.filter.trait = "service";
		ask.rows.filter.trait_value = service;
	}
	TRY(tab_cross(k->t, &ask, x));
	if (*service)
		(*x)->title = arena_fmt(k->c->arena, "%s（%s）", (*x)->title, service);
	tally_table(k->c->arena, s, *x);
	return OK;
}

static void outline(struct counting *k)
{
	struct arena *a = k->c->arena;
	struct tab_section *s = tally_section(a, k->r, TAB_SEC_OUTLINE, "集計のしかた");
	int64_t people = 0;
	for (size_t i = 0; i < k->n; i++) {
		size_t same = 0;
		while (same < i && k->v[same].cluster_id != k->v[i].cluster_id)
			same++;
		people += same == i;
	}
	tally_item(a, s, "期間", arena_fmt(a, "%s（%s〜%s）", k->f->period, era_text(a, k->f->from), era_text(a, k->f->to)));
	tally_item(a, s, "範囲", WHOSE[k->f->span]);
	tally_item(a, s, "数えたもの", "リハビリと短期集中予防サービスのうち、「終えた日」がこの期間にあるもの。1つのサービスの終わりを1件と数えます。");
	if (k->f->span != MOVE_NUMBERS)
		tally_item(a, s, "実人数", arena_fmt(a, "%s件、実人数%s人（同じ人が2つのサービスを終えたときは2件）", tab_text_int(a, (int64_t)k->n), tab_text_int(a, people)));
	tally_item(a, s, "次の場", "終わりの記録の「次の場」。書かれていないときは、終わる前のリハビリテーション会議で決めた次の場を数えます。");
	tally_item(a, s, "圏域とセンター", "終えた日に住んでいた日常生活圏域と、その日にその圏域を担当していたセンターです。");
	tally_item(a, s, "集計した日", era_text(a, k->c->today));
}

static err endings(struct counting *k)
{
	struct arena *a = k->c->arena;
	struct tab_section *s = tally_section(a, k->r, TAB_SEC_QUESTION, "終わりかた");
	struct tab_table *x;
	TRY(one(k, s, "how", &x));
	const char *sum = tally_sum(a, x, 0);
	if (*sum)
		tally_words(a, s, sum);
	tally_words(a, s, arena_fmt(a, "次の場の割合は、%s終わった利用を母数とします。", k->stayed));
	return OK;
}

static err next_places(struct counting *k)
{
	struct arena *a = k->c->arena;
	struct tab_section *s = tally_section(a, k->r, TAB_SEC_QUESTION, "次の場につながった割合");
	struct tab_table *x;
	TRY(one(k, s, "has", &x));
	tally_words(a, s, tally_say(a, x, "yes", 0));
	const char *sum = tally_sum(a, x, 0);
	if (*sum)
		tally_words(a, s, sum);
	if (!k->n) /* nothing to cut */
		return OK;
	TRY(cut(k, s, "has", "area", "", &x));
	TRY(cut(k, s, "has", "centre", "", &x));
	if (!k->f->quarter)
		TRY(cut(k, s, "has", "quarter", "", &x));
	s = tally_section(a, k->r, TAB_SEC_QUESTION, "どこへ移ったか");
	TRY(one(k, s, "next", &x));
	TRY(one(k, s, "seen", &x));
	tally_words(a, s, tally_say(a, x, "yes", 0));
	return OK;
}

static err services(struct counting *k)
{
	struct arena *a = k->c->arena;
	struct tab_section *s = tally_section(a, k->r, TAB_SEC_QUESTION, "サービスごと");
	struct tab_table *x;
	TRY(cut(k, s, "has", "service", "", &x));
	if (k->f->span == MOVE_NUMBERS) /* a part beside its whole would tell small cells by subtraction */
		return OK;
	TRY(cut(k, s, "next", "service", "", &x));
	const char *c = service_label(k->c, SHORT_TERM);
	s = tally_section(a, k->r, TAB_SEC_QUESTION, arena_fmt(a, "%sを終えた人", c));
	TRY(cut(k, s, "has", "area", c, &x));
	x->id = "c.has.area";
	tally_words(a, s, tally_say(a, x, "yes", x->n_cols - 2));
	TRY(cut(k, s, "next", "area", c, &x));
	x->id = "c.next.area";
	return OK;
}

/* What the fee looks at, shown and not claimed: whether it may be charged stands in 告示 and 留意事項通知. */
static err fee(struct counting *k)
{
	struct arena *a = k->c->arena;
	struct tab_section *s = tally_section(a, k->r, TAB_SEC_QUESTION, "移行支援加算を考えるときの数");
	struct tab_table *x;
	size_t n;
	const struct law_code **v = law_code_list(k->c->house->law, a, "rehab_move_service", k->c->today, &n);
	for (size_t i = 0; i < n; i++) {
		struct tab_ask ask = {.key = "fee", .filter = {.trait = "service", .trait_value = service_label(k->c, v[i]->code)}};
		TRY(tab_question_table(k->t, &ask, &x));
		x->id = arena_fmt(a, "fee.%s", v[i]->code);
		x->title = arena_fmt(a, "%s：%s", v[i]->label, x->title);
		tally_table(a, s, x);
	}
	tally_words(a, s, "移行支援加算を算定できるかどうかは、この集計では判定していません。評価の対象とする期間、除く人、移ったことの確かめかた、割合の基準は、告示と留意事項通知で確かめてください。");
	tally_words(a, s, "見る次の場は、法令の表「移行支援加算で見る次の場」のものです（範囲は要確認）。");
	return OK;
}

static err report(struct counting *k)
{
	struct ctx *c = k->c;
	const char *title = "リハビリ・短期集中予防サービスを終えたあとの次の場";
	int64_t below;
	TRY(law_number(c->house->law, "move_small_cell", c->today, &below));
	k->stayed = stayed_words(c);
	k->y = tally_new(c->arena, k->n, title, "終わった利用", "件");
	prepare(k);
	values_of(k, "area", area_of);
	values_of(k, "centre", centre_name_of);
	values_of(k, "service", service_of);
	for (size_t i = 0; i < k->n; i++)
		put(k, i);
	TRY(tally_open(k->y, &(struct tally_ask){.period = k->f->period, .from = k->f->from, .to = k->f->to, .as_of = c->today, .owner = k->f->span != MOVE_NUMBERS,
		.small_cell = below}, &k->t));
	k->r = ARENA_NEW(c->arena, struct tab_report);
	*k->r = (struct tab_report){.title = arena_fmt(c->arena, "%s（%s）", title, k->f->period), .unit = ""};
	outline(k);
	TRY(endings(k));
	TRY(next_places(k));
	if (k->n)
		TRY(services(k));
	if (k->n && k->f->span != MOVE_NUMBERS)
		TRY(fee(k));
	k->f->data = tally_data(k->y);
	k->f->report = k->r;
	return OK;
}

/* Who has no next place, newest first. */
static void without_place(struct counting *k)
{
	struct move_figures *f = k->f;
	f->left = ARENA_ARRAY(k->c->arena, MOVE_LEFT_MOST, struct move_left);
	for (size_t i = k->n; i-- > 0;) {
		const struct ended *e = &k->v[i];
		if (e->away || !str_blank(e->places))
			continue;
		if (f->n_left == MOVE_LEFT_MOST) {
			f->more_left = true;
			return;
		}
		f->left[f->n_left++] = (struct move_left){.person_id = e->person_id, .person_pid = e->person_pid, .person_name = e->person_name, .goal_pid = e->goal_pid,
			.type_label = service_label(k->c, e->type), .area_name = e->area, .org_name = e->org, .ended_on = e->on,
			.how_label = str_blank(e->how) ? "" : law_code_label(k->c->house->law, "rehab_ended", e->how)};
	}
}

err move_figures(struct ctx *c, const struct move_ask *ask, struct move_figures *out)
{
	struct counting k = {.c = c, .f = out};
	int64_t insurer;
	*out = (struct move_figures){.quarter = ask->quarter};
	TRY(span_of(c, ask->action, &out->span, &insurer));
	if (out->span == MOVE_NUMBERS)
		out->quarter = 0;
	out->period = figures_period(c, ask->year_on, out->quarter, &out->from, &out->to);
	out->whose = WHOSE[out->span];
	if (out->span == MOVE_NUMBERS)
		TRY(load_numbers(&k, insurer));
	else
		TRY(load_people(&k, insurer));
	TRY(centres(&k));
	TRY(report(&k));
	if (out->span != MOVE_NUMBERS)
		without_place(&k);
	return OK;
}
