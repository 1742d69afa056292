#include "care/duty.h"

#include "base/house.h"
#include "base/str.h"
#include "jp/era.h"
#include "sql/q_duty.h"

#include <stdlib.h>
#include <string.h>

static const int RANK[DUTY_STATUSES] = {
	[DUTY_BLOCKED] = 0, [DUTY_OVERDUE] = 1, [DUTY_DUE] = 2, [DUTY_WARNED] = 3, [DUTY_WAIVED] = 4, [DUTY_DONE] = 5, [DUTY_FUTURE] = 6, [DUTY_NOT_APPLICABLE] = 7,
};

int64_t duty_known_ms(civil day) { return civil_instant_start(day + 1) - 1; }

/* ---- keeping what a run hands on: it lives only until the next range ------------------------------------------------------------------- */

struct keeping {
	const struct duty_list_query *q;
	struct duty_list *out;
};

static const char *keep(struct ctx *c, const char *text) { return text && *text ? arena_str(c->arena, text) : ""; }

static const struct duty_about *keep_about(struct ctx *c, const struct duty_about *a)
{
	struct duty_about *p = ARENA_NEW(c->arena, struct duty_about), o = *a;
	o.case_pid = keep(c, a->case_pid);
	o.case_kind = keep(c, a->case_kind);
	o.person_pid = keep(c, a->person_pid);
	o.name = keep(c, a->name);
	o.kana = keep(c, a->kana);
	o.staff_pid = keep(c, a->staff_pid);
	o.staff_name = keep(c, a->staff_name);
	o.org_pid = keep(c, a->org_pid);
	o.org_name = keep(c, a->org_name);
	*p = o;
	return p;
}

static const struct duty_explanation *keep_why(struct ctx *c, const struct duty_ask *ask, const struct duty_line *l)
{
	struct duty_explanation *x = ARENA_NEW(c->arena, struct duty_explanation);
	duty_explain(c->house->law, c->arena, ask, l, x);
	struct duty_input *in = ARENA_ARRAY(c->arena, x->n_inputs + 1, struct duty_input);
	for (size_t i = 0; i < x->n_inputs; i++)
		in[i] = (struct duty_input){keep(c, x->inputs[i].label), keep(c, x->inputs[i].shown), keep(c, x->inputs[i].from)};
	x->inputs = in;
	x->title = keep(c, x->title);
	x->computation = keep(c, x->computation);
	x->source = keep(c, x->source);
	x->confidence = keep(c, x->confidence);
	x->consequence = keep(c, x->consequence);
	x->mend = keep(c, x->mend);
	return x;
}

static const char *text_of(const struct ctx *c, const struct duty_part *p, const char *name)
{
	int want = duty_symbol(c->house->law->duties, name);
	for (size_t i = 0; want >= 0 && i < p->n; i++)
		if (p->v[i].name == want)
			return p->v[i].text;
	return "";
}

static const char *target_of(struct ctx *c, const struct duty_line *l)
{
	const struct duty_part *p = l->part;
	if (!p)
		return "";
	const char *label = text_of(c, p, "label");
	if (*label)
		return arena_str(c->arena, label);
	if (p->from == CIVIL_NONE || p->kind == duty_symbol(c->house->law->duties, "active"))
		return "";
	return arena_fmt(c->arena, "%s%sから", p->kind == duty_symbol(c->house->law->duties, "cert") ? "認定 " : "計画 ", era_text(c->arena, p->from));
}

static enum duty_strength strength_of(const struct duty_rule_view *r)
{
	return str_eq(r->strength, "effort") ? DUTY_EFFORT : str_eq(r->strength, "block") ? DUTY_BLOCK : str_eq(r->strength, "inform") ? DUTY_INFORM : DUTY_MUST;
}

static bool is_kept_record(const struct duty_rule_view *r) { return str_eq(r->kind, "retention"); }

static bool is_open(const struct duty_line *l, const struct duty_ask *ask)
{
	if (is_kept_record(duty_rule_view(l->rule)))
		return false; /* it only says how long the papers stay */
	switch (l->status) {
	case DUTY_BLOCKED:
	case DUTY_DUE:
		return true;
	case DUTY_WARNED:
		return l->done_on == CIVIL_NONE && (l->hi == CIVIL_NONE || l->hi >= ask->on || l->mended_on == CIVIL_NONE);
	case DUTY_OVERDUE:
		return l->mended_on == CIVIL_NONE;
	default:
		return false;
	}
}

bool duty_is_house(const struct duty_rule_view *r) { return str_eq(r->consequence, "house"); }

/* What the house itself asks for waits however long, as no law gives it a day: it stands among all that is open, late or not. */
static bool waits(const struct duty_line *l) { return l->status == DUTY_WARNED && duty_is_house(duty_rule_view(l->rule)); }

static bool wanted(const struct duty_list_query *q, const struct duty_ask *ask, const struct duty_line *l, const struct duty_rule_view *r)
{
	unsigned statuses = q->statuses ? q->statuses : ~DUTY_SEES(DUTY_NOT_APPLICABLE);
	const unsigned open = DUTY_SEES(DUTY_OVERDUE) | DUTY_SEES(DUTY_DUE);
	bool seen = (statuses & DUTY_SEES(l->status)) || (waits(l) && (statuses & open) == open);
	if (!seen || (q->only_open && !is_open(l, ask)))
		return false;
	if (q->soon_days > 0 && l->status == DUTY_DUE && l->due_on != CIVIL_NONE && l->due_on > ask->on + (civil)q->soon_days)
		return false;
	if (q->family && !str_starts(r->id, q->family))
		return false;
	if (q->only_money && !str_eq(r->consequence, "unten_gensan") && !str_eq(r->consequence, "no_claim"))
		return false;
	return !q->consequence || str_eq(q->consequence, r->consequence);
}

static struct duty_item item_of(struct ctx *c, const struct keeping *k, const struct duty_about *about, const struct duty_ask *ask, const struct duty_line *l)
{
	const struct duty_rule_view *r = duty_rule_view(l->rule);
	const struct duty_fact *f = l->fact ? l->fact : l->other;
	return (struct duty_item){.about = about, .status = l->status, .rule = r, .strength = strength_of(r), .target = target_of(c, l),
		.part = l->part ? keep(c, l->part->id) : "",
		.anchor = l->anchor, .lo = l->lo, .hi = l->hi, .due_on = l->due_on, .done_on = l->done_on, .mended_on = l->mended_on, .before_fee = l->before_fee, .open = is_open(l, ask),
		.fact_code = f && f->table ? duty_code_text(c->house->law->duties, f->code) : "",
		.fact_table = f ? keep(c, f->table) : "", .fact_row = f ? f->row_id : 0, .fact_on = f ? f->on_day : CIVIL_NONE,
		.event_table = l->event ? keep(c, l->event->table) : "", .event_row = l->event ? l->event->row_id : 0,
		.why = k->q->why ? keep_why(c, ask, l) : NULL};
}

static void add(struct ctx *c, struct duty_list *o, struct duty_item item)
{
	if (o->n == o->cap) {
		size_t cap = o->cap ? o->cap * 2 : 64;
		struct duty_item *v = ARENA_ARRAY(c->arena, cap, struct duty_item);
		for (size_t i = 0; i < o->n; i++)
			v[i] = o->v[i];
		o->v = v;
		o->cap = cap;
	}
	o->v[o->n++] = item;
}

static err hand_on(struct ctx *c, const struct keeping *k, const struct duty_about *about, const struct duty_ask *ask, const struct duty_line *l)
{
	struct arena_mark m = arena_mark_get(c->arena);
	struct duty_item item = item_of(c, k, about, ask, l);
	err e = k->q->each(c, &item, k->q->each_arg);
	arena_rewind(c->arena, m);
	return e;
}

static err take(struct ctx *c, const struct duty_about *about, const struct duty_ask *ask, const struct duty_lines *lines, void *arg)
{
	struct keeping *k = arg;
	const struct duty_about *own = NULL;
	k->out->n_subjects++;
	k->out->blind |= about->blind;
	for (size_t i = 0; i < lines->n; i++) {
		const struct duty_line *l = &lines->v[i];
		k->out->count[l->status]++;
		k->out->n_open += is_open(l, ask) && (l->status != DUTY_WARNED || waits(l));
		if (!wanted(k->q, ask, l, duty_rule_view(l->rule)))
			continue;
		if (k->q->each) {
			TRY(hand_on(c, k, about, ask, l));
			continue;
		}
		if (!own)
			own = keep_about(c, about);
		add(c, k->out, item_of(c, k, own, ask, l));
	}
	return OK;
}

static civil sort_day(const struct duty_item *i)
{
	civil d = i->due_on != CIVIL_NONE ? i->due_on : i->anchor;
	return d == CIVIL_NONE ? CIVIL_OPEN : d;
}

/* Among what is late, what costs money or rights comes before what is only a matter of guidance. */
static int weight(const struct duty_item *i)
{
	static const char *const order[] = {"block_save", "unten_gensan", "no_claim", "conc_gensan", "abuse_gensan", "bcp_gensan", "no_benefit"};
	for (int k = 0; k < 7; k++)
		if (str_eq(order[k], i->rule->consequence))
			return k;
	return 7;
}

static int rank(const struct duty_item *i) { return is_kept_record(i->rule) ? 2 * RANK[DUTY_FUTURE] : RANK[i->status] * 2 + !i->open; }

static int by_weight(const void *x, const void *y)
{
	const struct duty_item *a = x, *b = y;
	int ra = rank(a), rb = rank(b);
	civil da = sort_day(a), db = sort_day(b);
	if (ra != rb)
		return ra < rb ? -1 : 1;
	if (a->status == DUTY_OVERDUE && weight(a) != weight(b))
		return weight(a) - weight(b);
	if (da != db)
		return da < db ? -1 : 1;
	int names = strcmp(a->about->kana, b->about->kana);
	if (names)
		return names;
	int rules = strcmp(a->rule->id, b->rule->id);
	if (rules || a->about->id != b->about->id)
		return rules ? rules : a->about->id < b->about->id ? -1 : 1;
	int targets = strcmp(a->target, b->target);
	return targets ? targets : a->anchor < b->anchor ? -1 : a->anchor > b->anchor ? 1 : strcmp(a->part, b->part);
}

static void sort(struct duty_list *l)
{
	if (l->n)
		qsort(l->v, l->n, sizeof l->v[0], by_weight);
}

static void sort_part(void *arg) { sort(((struct keeping *)arg)->out); }

/* Each part stands in order: the first of all heads is the next. */
static void merge(struct ctx *c, const struct duty_list *part, int n, struct duty_list *out)
{
	size_t at[DUTY_HANDS_MOST] = {0};
	for (int p = 0; p < n; p++) {
		out->cap += part[p].n;
		out->n_subjects += part[p].n_subjects;
		out->n_open += part[p].n_open;
		out->blind |= part[p].blind;
		for (int s = 0; s < DUTY_STATUSES; s++)
			out->count[s] += part[p].count[s];
	}
	out->v = ARENA_ARRAY(c->arena, out->cap + 1, struct duty_item);
	while (out->n < out->cap) {
		int first = -1;
		for (int p = 0; p < n; p++)
			if (at[p] < part[p].n && (first < 0 || by_weight(&part[p].v[at[p]], &part[first].v[at[first]]) < 0))
				first = p;
		out->v[out->n++] = part[first].v[at[first]++];
	}
}

static err by_hands(struct ctx *c, const struct duty_list_query *q, struct duty_list *out)
{
	struct duty_list part[DUTY_HANDS_MOST] = {0};
	struct keeping k[DUTY_HANDS_MOST] = {0};
	void *args[DUTY_HANDS_MOST] = {0};
	int n = q->hands < DUTY_HANDS_MOST ? q->hands : DUTY_HANDS_MOST;
	for (int i = 0; i < n; i++) {
		k[i] = (struct keeping){q, &part[i]};
		args[i] = &k[i];
	}
	TRY(duty_gather_by_hands(c, &q->q, n, take, sort_part, args));
	merge(c, part, n, out);
	return OK;
}

err duty_list(struct ctx *c, const struct duty_list_query *q, struct duty_list *out)
{
	*out = (struct duty_list){0};
	if (q->hands > 1 && !q->each && duty_hands_may(c, &q->q))
		return by_hands(c, q, out);
	TRY(duty_gather(c, &q->q, take, &(struct keeping){q, out}));
	sort(out);
	return OK;
}

err duty_record_pid(struct ctx *c, const struct duty_item *i, const char **pid)
{
	struct q_duty_fact_pid_row row;
	bool found;
	*pid = "";
	if (!i->fact_row)
		return OK;
	TRY(q_duty_fact_pid(c, &(struct q_duty_fact_pid_in){.table_name = i->fact_table, .row_id = i->fact_row}, &row, &found));
	if (found)
		*pid = row.row_pid;
	return OK;
}

err duty_event_of(struct ctx *c, const struct duty_item *i, struct duty_event *out)
{
	struct q_duty_fact_pid_row row;
	bool found;
	*out = (struct duty_event){"", "", 0};
	if (!i->event_row)
		return OK;
	TRY(q_duty_fact_pid(c, &(struct q_duty_fact_pid_in){.table_name = i->event_table, .row_id = i->event_row}, &row, &found));
	if (found)
		*out = (struct duty_event){row.row_pid, row.name, row.person_id};
	return OK;
}

/* ---- words -------------------------------------------------------------------------------------------------------------------------------- */

const char *duty_state_ja(const struct duty_item *i)
{
	if (is_kept_record(i->rule) && i->status == DUTY_BLOCKED)
		return "保存中";
	if (i->status == DUTY_OVERDUE && !i->open)
		return "遅れて済み";
	return duty_status_ja(i->status);
}

const char *duty_when_ja(struct arena *a, const struct duty_item *i)
{
	switch (i->status) {
	case DUTY_DONE:
		return i->done_on == CIVIL_NONE ? "" : arena_fmt(a, "%sに済み", era_text(a, i->done_on));
	case DUTY_WAIVED:
		return i->fact_on == CIVIL_NONE ? "" : arena_fmt(a, "%sに理由を記録", era_text(a, i->fact_on));
	case DUTY_OVERDUE:
		if (i->mended_on != CIVIL_NONE)
			return arena_fmt(a, "期限は%s、%sに済み", i->due_on == CIVIL_NONE ? "なし" : era_text(a, i->due_on), era_text(a, i->mended_on));
		return i->due_on == CIVIL_NONE ? "" : arena_fmt(a, "期限は%sでした", era_text(a, i->due_on));
	case DUTY_FUTURE:
		return i->lo == CIVIL_NONE ? "" : arena_fmt(a, "%sから", era_text(a, i->lo));
	default:
		return i->due_on == CIVIL_NONE ? "" : arena_fmt(a, "%sまで", era_text(a, i->due_on));
	}
}
