/* The figures of a fiscal year: totals, per centre, per quarter, means and shares with their base (C-199, C-201, C-202). */
#include "region/dispatch_figures.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "law/codes.h"
#include "region/dispatch_own.h"
#include "register/org.h"
#include "sql/q_dispatch.h"

struct cell;
struct counting {
	struct dispatch_year *y;
	int64_t org_id, insurer_org_id; /* INT_NULL: not asked by it */
	struct cell *cells;             /* centre × quarter */
};
struct cell {
	int64_t did, used, conf, visit; /* activities; in the programme; by occasion */
};

static int quarter_no(civil day)
{
	civil from, to, year;
	int number;
	dispatch_quarter_of(day, &from, &to, &number, &year);
	return number - 1;
}

/* Half-up on the exact fraction; "" without a base. */
static const char *whole_percent(struct ctx *c, int64_t n, int64_t of)
{
	return of ? arena_fmt(c->arena, "%lld", (long long)((200 * n + of) / (2 * of))) : "";
}

static const char *one_decimal(struct ctx *c, int64_t sum, int64_t of)
{
	if (!of)
		return "";
	int64_t tenths = (20 * sum + of) / (2 * of);
	return arena_fmt(c->arena, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
}

/* ---- lines by a code list ------------------------------------------------------------------------------------------- */

static struct dispatch_line *lines_of(struct ctx *c, const char *list, size_t *n)
{
	const struct law_code **v = law_code_list(c->house->law, c->arena, list, c->today, n);
	struct dispatch_line *l = ARENA_ARRAY(c->arena, *n + 1, struct dispatch_line);
	for (size_t i = 0; i < *n; i++)
		l[i] = (struct dispatch_line){.code = v[i]->code, .label = v[i]->label};
	return l;
}

static struct dispatch_share *shares_of(struct ctx *c, const char *list, size_t *n)
{
	const struct law_code **v = law_code_list(c->house->law, c->arena, list, c->today, n);
	struct dispatch_share *l = ARENA_ARRAY(c->arena, *n + 1, struct dispatch_share);
	for (size_t i = 0; i < *n; i++)
		l[i] = (struct dispatch_share){.code = v[i]->code, .label = v[i]->label, .percent = ""};
	return l;
}

static void add(struct dispatch_line *l, size_t n, const char *codes, int at)
{
	for (size_t i = 0; i < n; i++)
		if (dispatch_has(codes, l[i].code)) {
			l[i].n[at]++;
			l[i].all++;
		}
}

static void share_add(struct dispatch_share *l, size_t n, const char *codes, int64_t by)
{
	for (size_t i = 0; i < n; i++)
		if (dispatch_has(codes, l[i].code))
			l[i].n += by;
}

static void share_end(struct ctx *c, struct dispatch_share *l, size_t n, int64_t of)
{
	for (size_t i = 0; i < n; i++) {
		l[i].of = of;
		l[i].percent = whole_percent(c, l[i].n, of);
	}
}

/* ---- centres ----------------------------------------------------------------------------------------------------------- */

static err centres(struct ctx *c, struct counting *k)
{
	struct dispatch_year *y = k->y;
	struct q_dispatch_nonuses_row *r;
	size_t n;
	TRY(q_dispatch_nonuses(c, &(struct q_dispatch_nonuses_in){.insurer_org_id = k->insurer_org_id, .from_on = y->from, .to_on = y->to}, &r, &n));
	y->centres = ARENA_ARRAY(c->arena, n + 2, struct dispatch_centre_year);
	for (size_t i = 0; i < n; i++)
		if (k->org_id == INT_NULL || r[i].org_id == k->org_id)
			y->centres[y->n_centres++] = (struct dispatch_centre_year){.org_id = r[i].org_id, .org_pid = r[i].org_pid, .org_name = r[i].org_name};
	if (k->org_id != INT_NULL && !y->n_centres) { /* a branch: counted by itself for itself */
		struct org o;
		TRY(org_load(c, k->org_id, &o));
		y->centres[y->n_centres++] = (struct dispatch_centre_year){.org_id = o.id, .org_pid = o.pid, .org_name = o.name};
	}
	k->cells = ARENA_ARRAY(c->arena, (y->n_centres + 1) * DISPATCH_QUARTERS, struct cell);
	for (size_t i = 0; i < y->n_centres * DISPATCH_QUARTERS; i++)
		k->cells[i] = (struct cell){0};
	return OK;
}

/* Another organisation that asked (a branch, a centre that has closed) gets a line of its own. */
static err centre_of(struct ctx *c, struct counting *k, int64_t org_id, size_t *at)
{
	struct dispatch_year *y = k->y;
	for (*at = 0; *at < y->n_centres; ++*at)
		if (y->centres[*at].org_id == org_id)
			return OK;
	struct org o;
	TRY(org_load(c, org_id, &o));
	struct dispatch_centre_year *more = ARENA_ARRAY(c->arena, y->n_centres + 2, struct dispatch_centre_year);
	struct cell *cells = ARENA_ARRAY(c->arena, (y->n_centres + 2) * DISPATCH_QUARTERS, struct cell);
	for (size_t i = 0; i < y->n_centres; i++)
		more[i] = y->centres[i];
	for (size_t i = 0; i < (y->n_centres + 1) * DISPATCH_QUARTERS; i++)
		cells[i] = i < y->n_centres * DISPATCH_QUARTERS ? k->cells[i] : (struct cell){0};
	more[y->n_centres] = (struct dispatch_centre_year){.org_id = o.id, .org_pid = o.pid, .org_name = o.name};
	y->centres = more;
	y->n_centres++;
	k->cells = cells;
	return OK;
}

/* ---- activities ---------------------------------------------------------------------------------------------------------- */

static void pay(struct ctx *c, struct dispatch_year *y, const struct q_dispatch_counted_row *r)
{
	size_t i = 0;
	if (!r->in_programme || r->rehab_org_id == INT_NULL)
		return;
	while (i < y->n_payees && !str_eq(y->payees[i].org_name, r->rehab_org_name))
		i++;
	if (i == y->n_payees) {
		struct dispatch_payee *more = ARENA_ARRAY(c->arena, i + 1, struct dispatch_payee);
		for (size_t k = 0; k < i; k++)
			more[k] = y->payees[k];
		more[i] = (struct dispatch_payee){.org_name = str_or(r->rehab_org_name, "")};
		y->payees = more;
		y->n_payees++;
	}
	y->payees[i].dispatches++;
	if (r->fee_yen == INT_NULL) {
		y->payees[i].without_fee++;
		return;
	}
	y->payees[i].yen += r->fee_yen;
	y->yen += r->fee_yen;
}

static err activity(struct ctx *c, struct counting *k, const struct q_dispatch_counted_row *r)
{
	struct dispatch_year *y = k->y;
	int q = quarter_no(r->held_on);
	size_t at;
	TRY(centre_of(c, k, r->org_id, &at));
	struct dispatch_centre_year *o = &y->centres[at];
	y->activities++;
	y->in_programme += r->in_programme;
	y->outside += !r->in_programme;
	o->n[q]++;
	o->all++;
	o->in_programme += r->in_programme;
	o->outside += !r->in_programme;
	o->case_conf += str_eq(r->occasion, "case_conf");
	o->visit += str_eq(r->occasion, "visit");
	o->other += str_eq(r->occasion, "other");
	struct cell *of = &k->cells[at * DISPATCH_QUARTERS + (size_t)q];
	of->did++;
	of->used += r->in_programme;
	of->conf += str_eq(r->occasion, "case_conf");
	of->visit += str_eq(r->occasion, "visit");
	add(y->occasions, y->n_occasions, r->occasion, q);
	add(y->timings, y->n_timings, r->timings, q);
	add(y->reasons, y->n_reasons, r->reasons, q);
	add(y->programme, y->n_programme, r->in_programme ? "yes" : "no", q);
	if (!r->in_programme)
		add(y->partners, y->n_partners, r->partner_kind, q);
	pay(c, y, r);
	return OK;
}

static bool in(civil day, const struct dispatch_year *y) { return day != CIVIL_NONE && day >= y->from && day <= y->to; }

static err activities(struct ctx *c, struct counting *k)
{
	struct dispatch_year *y = k->y;
	struct q_dispatch_counted_row *r;
	size_t n, at;
	TRY(q_dispatch_counted(c, &(struct q_dispatch_counted_in){.insurer_org_id = k->org_id == INT_NULL ? k->insurer_org_id : INT_NULL, .org_id = k->org_id, .from_on = y->from,
		.to_on = y->to}, &r, &n));
	for (size_t i = 0; i < n; i++) {
		if (in(r[i].held_on, y))
			TRY(activity(c, k, &r[i]));
		if (in(r[i].requested_on, y) && r[i].in_programme) {
			y->requests++;
			y->requests_q[quarter_no(r[i].requested_on)]++;
		}
		if (str_eq(r[i].state, "cancelled") && in(r[i].ended_on, y)) {
			y->cancelled++;
			y->cancelled_q[quarter_no(r[i].ended_on)]++;
		}
		if (!str_eq(r[i].state, "inquiry") || !in(r[i].inquiry_on, y))
			continue;
		TRY(centre_of(c, k, r[i].org_id, &at));
		y->inquiries++;
		y->inquiries_q[quarter_no(r[i].inquiry_on)]++;
		y->centres[at].inquiries++;
	}
	for (size_t i = 0; i < y->n_centres; i++) {
		y->centres_did += y->centres[i].all > 0;
		y->centres_used += y->centres[i].in_programme > 0;
		for (size_t q = 0; q < DISPATCH_QUARTERS; q++) {
			y->did_q[q] += k->cells[i * DISPATCH_QUARTERS + q].did > 0;
			y->used_q[q] += k->cells[i * DISPATCH_QUARTERS + q].used > 0;
		}
	}
	for (int q = 0; q < DISPATCH_QUARTERS; q++) {
		y->answers_did += y->did_q[q];
		y->answers_used += y->used_q[q];
		if (civil_add_months(y->from, 3 * q) <= c->today)
			y->pairs += (int64_t)y->n_centres;
	}
	return OK;
}

/* ---- means ------------------------------------------------------------------------------------------------------------- */

/* A mean stands with its base: per option those that had it (C-180), and those that did anything at all. */
static void means(struct ctx *c, struct counting *k)
{
	struct dispatch_year *y = k->y;
	int64_t conf = 0, visit = 0, had_conf = 0, had_visit = 0;
	for (size_t i = 0; i < y->n_centres * DISPATCH_QUARTERS; i++) {
		conf += k->cells[i].conf;
		visit += k->cells[i].visit;
		had_conf += k->cells[i].conf > 0;
		had_visit += k->cells[i].visit > 0;
	}
	const struct dispatch_mean all[] = {
		{.label = "事例検討会の平均回数（四半期ごと）", .sum = conf, .of = had_conf, .base_ja = "分母: 事例検討会があったセンターと四半期の組"},
		{.label = "アセスメント訪問の平均回数（四半期ごと）", .sum = visit, .of = had_visit, .base_ja = "分母: アセスメント訪問があったセンターと四半期の組"},
		{.label = "事例検討会の平均回数（連携した四半期あたり）", .sum = conf, .of = y->answers_did, .base_ja = "分母: 連携を実施したセンターと四半期の組"},
		{.label = "アセスメント訪問の平均回数（連携した四半期あたり）", .sum = visit, .of = y->answers_did, .base_ja = "分母: 連携を実施したセンターと四半期の組"},
		{.label = "連携の平均回数（実施したセンターあたり）", .sum = y->activities, .of = y->centres_did, .base_ja = "分母: この年度に一度でも連携したセンター"},
		{.label = "連携の平均回数（全センターあたり）", .sum = y->activities, .of = (int64_t)y->n_centres, .base_ja = "分母: 対象のすべてのセンター"},
	};
	y->n_means = sizeof all / sizeof all[0];
	y->means = ARENA_ARRAY(c->arena, sizeof all / sizeof all[0], struct dispatch_mean);
	for (size_t i = 0; i < y->n_means; i++) {
		y->means[i] = all[i];
		y->means[i].mean = one_decimal(c, all[i].sum, all[i].of);
	}
}

/* ---- effect, declines, goals, follow-ups, non-use ------------------------------------------------------------------------ */

static int level_of(const char *rating)
{
	static const char *const LEVELS[] = {"very", "good", "neither", "none"};
	for (int i = 0; i < DISPATCH_QUARTERS; i++)
		if (str_eq(rating, LEVELS[i]))
			return i;
	return -1;
}

static err effects(struct ctx *c, struct counting *k, int64_t insurer)
{
	struct dispatch_year *y = k->y;
	struct q_dispatch_effects_row *e;
	size_t n;
	int64_t single = 0, quarters = 0;
	TRY(q_dispatch_effects(c, &(struct q_dispatch_effects_in){.insurer_org_id = insurer, .org_id = k->org_id, .from_on = y->from, .to_on = y->to}, &e, &n));
	for (size_t i = 0; i < n; i++) {
		bool of_one = e[i].dispatch_id != INT_NULL;
		int level = level_of(e[i].rating);
		share_add(of_one ? y->effects : y->effects_quarter, of_one ? y->n_effects : y->n_effects_quarter, e[i].rating, 1);
		single += of_one;
		quarters += !of_one;
		if (level >= 0)
			add(of_one ? y->aspects : y->aspects_quarter, y->n_aspects, e[i].aspects, level);
	}
	share_end(c, y->effects, y->n_effects, single);
	share_end(c, y->effects_quarter, y->n_effects_quarter, quarters);
	return OK;
}

static err declines(struct ctx *c, struct counting *k, int64_t insurer)
{
	struct dispatch_year *y = k->y;
	struct q_dispatch_declined_row *r;
	size_t n;
	int64_t declined = 0;
	TRY(q_dispatch_declined(c, &(struct q_dispatch_declined_in){.insurer_org_id = insurer, .org_id = k->org_id, .from_on = y->from, .to_on = y->to}, &r, &n));
	for (size_t i = 0; i < n; i++) {
		y->offers += r[i].n;
		if (!str_eq(r[i].state, "declined"))
			continue;
		declined += r[i].n;
		share_add(y->declines, y->n_declines, r[i].decline_reason, r[i].n);
	}
	share_end(c, y->declines, y->n_declines, declined);
	return OK;
}

static err outcomes(struct ctx *c, struct counting *k, int64_t insurer)
{
	struct dispatch_year *y = k->y;
	struct q_dispatch_goals_row *g;
	struct q_dispatch_results_row *r;
	size_t n;
	int64_t done = 0;
	y->goal = (struct dispatch_share){.code = "goal", .label = "助言を受けて計画の目標が変わった派遣・連携"};
	TRY(q_dispatch_goals(c, &(struct q_dispatch_goals_in){.insurer_org_id = insurer, .org_id = k->org_id, .from_on = y->from, .to_on = y->to}, &g, &n));
	for (size_t i = 0; i < n; i++) {
		y->goal.of += g[i].n;
		y->goal.n += str_eq(g[i].goal_changed, "yes") ? g[i].n : 0;
	}
	y->goal.percent = whole_percent(c, y->goal.n, y->goal.of);
	TRY(q_dispatch_results(c, &(struct q_dispatch_results_in){.insurer_org_id = insurer, .org_id = k->org_id, .from_on = y->from, .to_on = y->to}, &r, &n));
	for (size_t i = 0; i < n; i++) {
		done += r[i].n;
		share_add(y->results, y->n_results, r[i].result, r[i].n);
	}
	share_end(c, y->results, y->n_results, done);
	return OK;
}

static err nonuse(struct ctx *c, struct counting *k)
{
	struct dispatch_year *y = k->y;
	struct q_dispatch_nonuses_row *r;
	struct t_dispatch_nonuse x;
	size_t n;
	TRY(q_dispatch_nonuses(c, &(struct q_dispatch_nonuses_in){.insurer_org_id = k->insurer_org_id, .from_on = y->from, .to_on = y->to}, &r, &n));
	for (size_t i = 0; i < n; i++) {
		if (r[i].joint || (k->org_id != INT_NULL && r[i].org_id != k->org_id))
			continue;
		y->nonuse_centres++;
		if (r[i].nonuse_id == INT_NULL)
			continue;
		TRY(row_load(c, &T_dispatch_nonuse, r[i].nonuse_id, &x));
		share_add(y->nonuse, y->n_nonuse, x.reasons, 1);
		y->plans_joint += str_eq(x.plans_joint, "yes");
		y->plans_use += str_eq(x.plans_use, "yes");
	}
	share_end(c, y->nonuse, y->n_nonuse, y->nonuse_centres);
	return OK;
}

static void prepare(struct ctx *c, struct dispatch_year *y)
{
	y->occasions = lines_of(c, "dispatch_occasion", &y->n_occasions);
	y->timings = lines_of(c, "dispatch_timing", &y->n_timings);
	y->reasons = lines_of(c, "dispatch_reason", &y->n_reasons);
	y->partners = lines_of(c, "dispatch_partner", &y->n_partners);
	y->aspects = lines_of(c, "dispatch_aspect", &y->n_aspects);
	y->aspects_quarter = lines_of(c, "dispatch_aspect", &y->n_aspects);
	y->effects = shares_of(c, "dispatch_effect", &y->n_effects);
	y->effects_quarter = shares_of(c, "dispatch_effect", &y->n_effects_quarter);
	y->declines = shares_of(c, "dispatch_decline", &y->n_declines);
	y->results = shares_of(c, "dispatch_result", &y->n_results);
	y->nonuse = shares_of(c, "dispatch_nonuse", &y->n_nonuse);
	y->programme = ARENA_ARRAY(c->arena, 2, struct dispatch_line);
	y->programme[0] = (struct dispatch_line){.code = "yes", .label = "派遣事業の活用あり"};
	y->programme[1] = (struct dispatch_line){.code = "no", .label = "派遣事業の活用なし"};
	y->n_programme = 2;
}

err dispatch_year(struct ctx *c, int64_t insurer_org_id, civil year_on, struct dispatch_year *out)
{
	struct counting k = {.y = out, .org_id = INT_NULL, .insurer_org_id = insurer_org_id};
	*out = (struct dispatch_year){0};
	out->from = civil_from(civil_fiscal_year(year_on), 4, 1);
	out->to = civil_add_months(out->from, 12) - 1;
	err e = dispatch_town_gate(c, insurer_org_id, ACTION_SEE);
	if (e == ERR_NOTFOUND && dispatch_is_centre(c)) { /* a centre: its own numbers */
		int64_t own;
		TRY(policy_check_own(c, c->actor.org_id, CLASS_STATISTICS, ACTION_SEE));
		TRY(dispatch_insurer_of(c, c->actor.org_id, &own));
		k.org_id = c->actor.org_id;
		e = own == insurer_org_id ? OK : ERR_NOTFOUND;
	}
	TRY(e);
	int64_t insurer = k.org_id == INT_NULL ? insurer_org_id : INT_NULL;
	prepare(c, out);
	TRY(centres(c, &k));
	TRY(activities(c, &k));
	means(c, &k);
	TRY(effects(c, &k, insurer));
	TRY(declines(c, &k, insurer));
	TRY(outcomes(c, &k, insurer));
	return nonuse(c, &k);
}
