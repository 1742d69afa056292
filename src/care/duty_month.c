#include "care/duty_month.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/case.h"
#include "jp/era.h"
#include "register/gate.h"
#include "register/insurer_param.h"
#include "register/org.h"
#include "sql/q_duty.h"
#include "store/revision.h"
#include "store/tx.h"

#include <stdlib.h>
#include <string.h>

enum { LOOK_BACK = 24, REASON_MOST = 400 };

static civil first_of(civil day)
{
	struct ymd d = civil_ymd(day);
	return civil_from(d.y, d.m, 1);
}

static civil last_of(civil day)
{
	struct ymd d = civil_ymd(day);
	return civil_eom(d.y, d.m);
}

/* The lines of the month: what takes a part of the fee away, or all of it. */
static bool counts_in_month(const struct duty_rule_view *r) { return str_eq(r->consequence, "unten_gensan") || str_eq(r->consequence, "no_claim"); }

static bool is_of(const struct duty_item *i, civil month_on) { return i->anchor != CIVIL_NONE && first_of(i->anchor) == month_on; }

/* ---- who is reduced --------------------------------------------------------------------------------------------------------------------- */

struct judged {
	const struct duty_list *all;
	civil month_on;
	enum law_penalty_mix mix;
};

static err penalty_of(struct ctx *c, const struct judged *j, size_t from, size_t to, struct duty_month *out)
{
	struct law_violation *w = ARENA_ARRAY(c->arena, to - from + 1, struct law_violation);
	struct law_penalty_month *p;
	size_t n = 0, n_p;
	for (size_t i = from; i < to; i++) {
		const struct duty_item *x = &j->all->v[i];
		if (x->status == DUTY_OVERDUE && str_eq(x->rule->consequence, "unten_gensan") && x->anchor != CIVIL_NONE && !x->before_fee)
			w[n++] = (struct law_violation){x->rule->id, law_month_of(x->anchor)};
	}
	if (n == 0)
		return OK;
	err e = law_penalty(c->house->law, c->arena, w, n, j->mix, &p, &n_p);
	if (e == ERR_NOTFOUND)
		return OK; /* a month before the rates that the tables know */
	TRY(e);
	for (size_t i = 0; i < n_p; i++) {
		if (p[i].month != law_month_of(j->month_on))
			continue;
		size_t last = i;
		while (last + 1 < n_p && p[last + 1].month == p[last].month + 1)
			last++;
		struct duty_month_case *k = &out->cases[out->n_cases++];
		*k = (struct duty_month_case){.about = *j->all->v[from].about, .percent = p[i].percent, .row = p[i].row,
			.first = law_month_first(p[i].month - p[i].row + 1), .last = law_month_first(p[last].month), .rules = p[i].rules, .n_rules = p[i].n_rules};
		k->titles = ARENA_ARRAY(c->arena, k->n_rules + 1, const char *);
		for (size_t r = 0; r < k->n_rules; r++) {
			const struct duty_rule *rule = duty_rule_find(c->house->law, k->rules[r], j->month_on);
			k->titles[r] = rule ? duty_rule_view(rule)->title : k->rules[r];
		}
		return OK;
	}
	return OK;
}

/* The units of the reduced cases, and what the lacks of the office take from all. */
static err units_of(struct ctx *c, struct duty_month *m)
{
	struct duty_fee_case *r;
	size_t n;
	struct duty_fee_cut *cuts = ARENA_ARRAY(c->arena, m->n_cases + 1, struct duty_fee_cut);
	TRY(duty_fee_cases(c, m->month_on, m->last_on, &r, &n));
	for (size_t i = 0; i < m->n_cases; i++) {
		struct duty_month_case *k = &m->cases[i];
		size_t at = 0;
		k->units = INT_NULL;
		cuts[i] = (struct duty_fee_cut){k->about.id, k->percent};
		while (at < n && r[at].case_id != k->about.id)
			at++;
		if (at == n)
			continue;
		k->step = r[at].step;
		k->base = r[at].base;
		if (k->base)
			k->units = law_penalty_units(k->base->value, k->percent);
	}
	return duty_lacks_read(c, m->month_on, r, n, cuts, m->n_cases, &m->lacks);
}

static int by_case(const void *x, const void *y)
{
	const struct duty_item *a = x, *b = y;
	int kana = strcmp(a->about->kana, b->about->kana);
	if (kana)
		return kana;
	if (a->about->id != b->about->id)
		return a->about->id < b->about->id ? -1 : 1;
	return a->anchor < b->anchor ? -1 : a->anchor > b->anchor;
}

/* ---- reading ------------------------------------------------------------------------------------------------------------------------------ */

static err load_row(struct ctx *c, civil month_on, struct t_month_close *row)
{
	struct q_month_of_row found;
	bool there;
	row_init(&T_month_close, row);
	TRY(q_month_of(c, &(struct q_month_of_in){.org_id = c->actor.org_id, .month_on = month_on}, &found, &there));
	return there ? row_load(c, &T_month_close, found.id, row) : OK;
}

static void reasons_of(struct duty_month_line *l, const struct q_month_reasons_row *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (r[i].case_id == l->i.about->id && str_eq(r[i].rule, l->i.rule->id) && r[i].anchor_on == l->i.anchor && str_eq(r[i].target, l->i.part)) {
			l->reason = r[i].reason;
			l->reason_by = str_or(r[i].updated_by, "");
			l->reason_ms = r[i].updated_ms;
		}
}

/* What still waits for a record or a reason stands first. */
static int what_waits_first(const void *x, const void *y)
{
	const struct duty_month_line *a = x, *b = y;
	return !*a->reason != !*b->reason ? (*a->reason ? 1 : -1) : by_case(&a->i, &b->i);
}

static err lines_of(struct ctx *c, const struct duty_list *all, struct duty_month *out)
{
	struct q_month_reasons_row *r;
	size_t n;
	TRY(q_month_reasons(c, &(struct q_month_reasons_in){.org_id = c->actor.org_id, .month_on = out->month_on}, &r, &n));
	out->v = ARENA_ARRAY(c->arena, all->n + 1, struct duty_month_line);
	for (size_t i = 0; i < all->n; i++) {
		const struct duty_item *x = &all->v[i];
		if (!is_of(x, out->month_on))
			continue;
		out->n_kept += x->status == DUTY_DONE;
		out->n_waived += x->status == DUTY_WAIVED;
		if ((x->status != DUTY_OVERDUE && x->status != DUTY_DUE && x->status != DUTY_BLOCKED) || x->before_fee)
			continue; /* what costs nothing yet is a line of the plan's first month, if it lasts until then */
		if (x->status == DUTY_OVERDUE && x->mended_on != CIVIL_NONE && x->mended_on <= out->last_on && !str_eq(x->rule->consequence, "unten_gensan"))
			continue; /* made good within the month */
		struct duty_month_line *l = &out->v[out->n++];
		*l = (struct duty_month_line){.i = *x, .reason = "", .reason_by = ""};
		reasons_of(l, r, n);
		out->n_without += !*l->reason;
	}
	/* a month is closed only when each line has its reason, and reasons are not changed after that */
	if (out->row.id > 0 && out->row.is_closed && out->row.lines > (int64_t)(out->n - out->n_without))
		out->n_gone = out->row.lines - (int64_t)(out->n - out->n_without);
	if (out->n)
		qsort(out->v, out->n, sizeof out->v[0], what_waits_first);
	return OK;
}

static err months_back(struct ctx *c, civil month_on, bool why, struct duty_list *all)
{
	struct duty_list_query q = {.why = why, .only_money = true,
		.q = {.on = c->today < month_on ? month_on : c->today, .from = civil_add_months(month_on, -LOOK_BACK), .org_id = c->actor.org_id, .subjects = DUTY_OF_CASE}};
	TRY(duty_list(c, &q, all));
	size_t kept = 0;
	for (size_t i = 0; i < all->n; i++) /* a case taken on by commission is the centre's, and so is its fee */
		if (all->v[i].about->org_id == c->actor.org_id)
			all->v[kept++] = all->v[i];
	all->n = kept;
	return OK;
}

/* Whether different failures of neighbouring months make one row is the insurer's to say (penalty_mix). */
static err mix_of(struct ctx *c, civil on, enum law_penalty_mix *mix)
{
	struct insurer_settings set;
	struct org o;
	const struct law_param *p = law_param_find(c->house->law, "penalty_mix");
	*mix = LAW_PENALTY_TOGETHER;
	if (!p || c->actor.org_id <= 0)
		return OK;
	TRY(org_load(c, c->actor.org_id, &o));
	TRY(insurer_settings_load(c, c->arena, 0, &set));
	if (str_eq(law_param_text(p, &set.params, insurer_settings_name(&set, o.insurer_org_id), on, NULL), "by_rule"))
		*mix = LAW_PENALTY_BY_RULE;
	return OK;
}

err duty_month_read(struct ctx *c, civil day, bool why, struct duty_month *out)
{
	struct duty_list all;
	*out = (struct duty_month){.month_on = first_of(day), .last_on = last_of(day)};
	TRY(load_row(c, out->month_on, &out->row));
	TRY(months_back(c, out->month_on, why, &all));
	if (all.n)
		qsort(all.v, all.n, sizeof all.v[0], by_case);
	TRY(lines_of(c, &all, out));
	struct judged j = {.all = &all, .month_on = out->month_on};
	TRY(mix_of(c, out->month_on, &j.mix));
	out->cases = ARENA_ARRAY(c->arena, all.n + 1, struct duty_month_case);
	for (size_t from = 0; from < all.n;) {
		size_t to = from;
		while (to < all.n && all.v[to].about->id == all.v[from].about->id)
			to++;
		TRY(penalty_of(c, &j, from, to, out));
		from = to;
	}
	TRY(units_of(c, out));
	out->may_close = out->last_on < c->today && out->n_without == 0;
	return OK;
}

err duty_month_list(struct ctx *c, struct duty_month_row **v, size_t *n)
{
	struct q_month_list_row *r;
	TRY(q_month_list(c, &(struct q_month_list_in){.org_id = c->actor.org_id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct duty_month_row);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct duty_month_row){r[i].pid, r[i].month_on, r[i].closed_on, r[i].is_closed, r[i].lines};
	return OK;
}

/* ---- writing ------------------------------------------------------------------------------------------------------------------------------ */

static err gate_close(const struct ctx *c) { return (c->may_own[ACTION_WRITE] & CLASS_MEETING) || c->actor.system ? OK : ERR_DENIED; }

struct closing {
	civil month_on;
	const char *reason; /* NULL: close */
	int64_t lines;
};

static err close_tx(struct ctx *c, void *arg)
{
	const struct closing *k = arg;
	struct t_month_close row;
	struct row_conflict *conflict = NULL;
	TRY(load_row(c, k->month_on, &row));
	bool fresh = row.id <= 0;
	row.org_id = c->actor.org_id;
	row.month_on = k->month_on;
	row.is_closed = !k->reason;
	if (k->reason) {
		row.reopen_reason = k->reason;
	} else {
		row.closed_on = c->today;
		row.lines = k->lines;
		row.reopen_reason = "";
	}
	return fresh ? row_insert(c, &T_month_close, &row) : row_save(c, &T_month_close, &row, &conflict);
}

err duty_month_close(struct ctx *c, civil day)
{
	struct duty_month m;
	TRY(gate_close(c));
	TRY(duty_month_read(c, day, false, &m));
	if (m.last_on >= c->today)
		return fault_add(c, "month", ERR_RANGE, "%sはまだ終わっていません。月が終わってから締めてください。", era_text_month(c->arena, civil_ymd(day).y, civil_ymd(day).m));
	if (m.n_without)
		return fault_add(c, "month", ERR_REQUIRED, "理由のない行が%zu件あります。記録を入れるか、行ごとに理由を書いてから締めてください。", m.n_without);
	if (m.row.id > 0 && m.row.is_closed)
		return OK; /* pressed twice */
	return tx_run(c, close_tx, &(struct closing){m.month_on, NULL, (int64_t)m.n});
}

err duty_month_reopen(struct ctx *c, civil day, const char *reason)
{
	struct t_month_close row;
	TRY(gate_close(c));
	TRY(load_row(c, first_of(day), &row));
	if (row.id <= 0 || !row.is_closed)
		return ERR_NOTFOUND;
	if (str_blank(reason))
		return fault_add(c, "reason", ERR_REQUIRED, "締めを開く理由を書いてください。理由は履歴に残ります。");
	return tx_run(c, close_tx, &(struct closing){first_of(day), reason, 0});
}

struct reason_in {
	struct t_month_reason row;
	bool gone;
};

static err reason_tx(struct ctx *c, void *arg)
{
	struct reason_in *in = arg;
	struct row_conflict *conflict = NULL;
	if (in->gone)
		return row_retire(c, &T_month_reason, in->row.id, "理由の取り消し");
	return in->row.id > 0 ? row_save(c, &T_month_reason, &in->row, &conflict) : row_insert(c, &T_month_reason, &in->row);
}

err duty_month_reason(struct ctx *c, civil day, const char *case_pid, const char *rule, civil anchor, const char *target, const char *reason)
{
	struct case_view k;
	struct t_month_close close;
	struct q_month_reasons_row *r;
	struct reason_in in = {0};
	size_t n;
	TRY(case_get(c, case_pid, &k));
	TRY(policy_check(c, k.row.person_id, CLASS_CARE, ACTION_WRITE));
	TRY(load_row(c, first_of(day), &close));
	if (close.id > 0 && close.is_closed)
		return fault_add(c, "reason", ERR_RANGE, "この月は締めてあります。理由を直すときは、先に締めを開いてください。");
	if (!duty_rule_find(c->house->law, rule, anchor) || first_of(anchor) != first_of(day))
		return ERR_NOTFOUND;
	gate_length(c, "reason", "理由", reason, REASON_MOST);
	if (c->n_faults)
		return ERR_INPUT;
	TRY(q_month_reasons(c, &(struct q_month_reasons_in){.org_id = c->actor.org_id, .month_on = first_of(day)}, &r, &n));
	row_init(&T_month_reason, &in.row);
	for (size_t i = 0; i < n; i++)
		if (r[i].case_id == k.row.id && str_eq(r[i].rule, rule) && r[i].anchor_on == anchor && str_eq(r[i].target, target))
			TRY(row_load(c, &T_month_reason, r[i].id, &in.row));
	in.gone = str_blank(reason);
	if (in.gone && in.row.id <= 0)
		return fault_add(c, "reason", ERR_REQUIRED, "この行を残す理由と、これからすることを書いてください。");
	in.row.person_id = k.row.person_id;
	in.row.org_id = c->actor.org_id;
	in.row.case_id = k.row.id;
	in.row.month_on = first_of(day);
	in.row.rule = rule;
	in.row.anchor_on = anchor;
	in.row.target = target;
	in.row.reason = reason;
	return tx_run(c, reason_tx, &in);
}

static err guard(struct ctx *c, int64_t org_id, civil day, const char *field, const char *what, const char *why)
{
	struct q_month_of_row found;
	struct t_month_close row;
	bool there;
	TRY(q_month_of(c, &(struct q_month_of_in){.org_id = org_id, .month_on = first_of(day)}, &found, &there));
	if (!there)
		return OK;
	TRY(row_load(c, &T_month_close, found.id, &row));
	if (!row.is_closed)
		return OK;
	struct ymd d = civil_ymd(day);
	return fault_add(c, field, ERR_RANGE, "%sは%sに締めてあるので、%sを書けません（%s）。「月の締め」の画面で締めを開いてから、もう一度保存してください。",
	                 era_text_month(c->arena, d.y, d.m), era_text(c->arena, row.closed_on), what, why);
}

err duty_month_guard(struct ctx *c, int64_t org_id, civil day, const char *field, const char *what)
{
	return day == CIVIL_NONE ? OK : guard(c, org_id, day, field, what, "居宅基準13条14号・予防基準30条16号の記録は、その月の分として数えます");
}

err duty_month_guard_rule(struct ctx *c, int64_t org_id, civil from, civil to, const char *rule, const char *field, const char *what)
{
	enum { MONTHS_MOST = 24 };
	const struct duty_rule *r = from == CIVIL_NONE ? NULL : duty_rule_find(c->house->law, rule, from);
	if (!r || to == CIVIL_NONE || !counts_in_month(duty_rule_view(r)))
		return OK;
	const char *why = arena_fmt(c->arena, "「%s」（%s）の、その月の判定が変わります", duty_rule_view(r)->title, duty_rule_view(r)->source);
	civil month = first_of(from);
	for (int i = 0; i < MONTHS_MOST && month <= to; i++, month = civil_add_months(month, 1))
		TRY(guard(c, org_id, month, field, what, why));
	return OK;
}
