#include "care/plan_fill.h"

#include "base/str.h"
#include "care/intake.h"
#include "care/plan_assist.h"
#include "form/mark.h"
#include "jp/era.h"
#include "register/org.h"
#include "store/revision.h"

static const char *const HOME[] = {"kyotaku-1", "kyotaku-2", "kyotaku-3"};
static const char *const PREVENTION[] = {"yobo-keikaku"};

const char *const *plan_forms(const char *kind, size_t *n)
{
	bool prevention = str_eq(kind, "prevention");
	*n = prevention ? 1 : 3;
	return prevention ? PREVENTION : HOME;
}

struct filling {
	struct ctx *c;
	struct fill *f;
	const struct plan_tree *t;
	struct plan_tree first; /* the sheet as first made, for 見え消し */
	bool marks;
};

/* ---- 見え消し ------------------------------------------------------------------------------------------------------------- */

/* The row of a sheet that goes back to the same row as this one does; NULL if the sheet has none. */
static const void *row_like(const struct plan_tree *sheet, enum plan_part part, const void *like)
{
	size_t n;
	const struct table_desc *t = plan_part(part)->table;
	int64_t *origin = row_column(t, (void *)(uintptr_t)like, "origin_id"), *id = row_column(t, (void *)(uintptr_t)like, "id");
	if (!origin)
		return NULL;
	int64_t root = *origin == INT_NULL ? *id : *origin;
	const char *rows = plan_rows(sheet, part, &n);
	for (size_t i = 0; i < n; i++) {
		void *row = (void *)(uintptr_t)(rows + i * t->size);
		int64_t o = *(int64_t *)row_column(t, row, "origin_id");
		if ((o == INT_NULL ? *(int64_t *)row_column(t, row, "id") : o) == root)
			return row;
	}
	return NULL;
}

/* The row of the first sheet that the row of now goes back to. */
static const void *row_then(const struct filling *g, enum plan_part part, const void *now)
{
	if (!g->marks)
		return NULL;
	return part == PLAN_HEAD ? (const void *)&g->first.plan : row_like(&g->first, part, now);
}

/* The text of now; where the first sheet said something else, that struck through and the day of the change before it. */
static err put_marked(const struct filling *g, const char *path, const char *was, const char *now)
{
	if (!g->marks || !was || str_eq(was, now)) {
		return str_blank(now) ? OK : answers_set_text(g->f->as, path, now);
	}
	const struct mark_step steps[] = {
		{arena_fmt(g->c->arena, "（%s変更）", era_text_short(g->c->arena, g->t->plan.plan_on)), false}, {was, true}, {now, false}};
	if (str_blank(was) && str_blank(now))
		return OK;
	return answers_set_marked(g->f->as, path, steps, 3);
}

static const char *cell_path(const struct filling *g, const char *list, size_t row, const char *id)
{
	for (size_t i = 0; i < g->f->def->n_items; i++)
		if (str_eq(g->f->def->items[i].binding, list))
			return arena_fmt(g->c->arena, "%s.%zu.%s", g->f->def->items[i].path, row, id);
	return NULL;
}

struct cell {
	const char *id;
	enum plan_part part;
	const char *(*words)(struct ctx *c, const void *row);
	bool head; /* the first words of its row: before them stands the day of a change of the whole row */
};

/* A cell of words out of a row of now and the same row then. gone: a row of the first sheet that stands no more, struck through. */
static err put_cell(const struct filling *g, const char *list, size_t row, const struct cell *k, const void *now, bool gone)
{
	const char *path = cell_path(g, list, row, k->id);
	if (!path || !now)
		return OK;
	const void *then = gone ? NULL : row_then(g, k->part, now);
	const char *text = k->words(g->c, now);
	if (!g->marks || then)
		return put_marked(g, path, then ? k->words(g->c, then) : NULL, text);
	const struct mark_step steps[] = {
		{k->head ? arena_fmt(g->c->arena, "（%s%s）", era_text_short(g->c->arena, g->t->plan.plan_on), gone ? "削除" : "追加") : "", false}, {text, gone}};
	return str_blank(text) ? OK : answers_set_marked(g->f->as, path, steps, 2);
}

static err put_number(const struct filling *g, const char *list, size_t row, const char *id, int64_t v)
{
	return v == INT_NULL ? OK : fill_cell(g->f, list, row, id, arena_fmt(g->c->arena, "%lld", (long long)v));
}

/* ---- words of the columns ---------------------------------------------------------------------------------------------------- */

static const char *period(struct ctx *c, const char *printed, civil from, civil to)
{
	if (*printed || (from == CIVIL_NONE && to == CIVIL_NONE))
		return printed;
	return arena_fmt(c->arena, "%s〜%s", from == CIVIL_NONE ? "" : era_text_short(c->arena, from),
	                 to == CIVIL_NONE ? "" : era_text_short(c->arena, to));
}

#define WORDS(name, type, expr)                                                                                            \
	static const char *name(struct ctx *c, const void *row)                                                            \
	{                                                                                                                  \
		const struct type *x = row;                                                                                \
		(void)c;                                                                                                   \
		return expr;                                                                                               \
	}
WORDS(need_text, t_plan_need, x->text)
WORDS(need_proposal, t_plan_need, x->proposal)
WORDS(need_intent, t_plan_need, x->intent)
WORDS(need_goal, t_plan_need, x->goal)
WORDS(goal_long, t_plan_goal, x->long_text)
WORDS(goal_long_period, t_plan_goal, period(c, x->long_period, x->long_from_on, x->long_to_on))
WORDS(goal_short, t_plan_goal, x->short_text)
WORDS(goal_short_period, t_plan_goal, period(c, x->short_period, x->short_from_on, x->short_to_on))
WORDS(goal_point, t_plan_goal, x->point)
WORDS(goal_selfcare, t_plan_goal, x->selfcare)
WORDS(goal_formal, t_plan_goal, x->formal)
WORDS(svc_type, t_plan_service, x->type)
WORDS(svc_office, t_plan_service, x->office)
WORDS(svc_period, t_plan_service, period(c, x->period, x->from_on, x->to_on))

/* 福祉用具 without its reason in the text has it behind the content (13条22号・23号). */
static const char *svc_content(struct ctx *c, const void *row)
{
	const struct t_plan_service *s = row;
	return str_blank(s->reason) ? s->content : arena_fmt(c->arena, "%s%s【理由】%s", s->content, *s->content ? "\n" : "", s->reason);
}

static const char *svc_freq(struct ctx *c, const void *row)
{
	const struct t_plan_service *s = row;
	if (!str_blank(s->freq))
		return s->freq;
	if (s->times_week != INT_NULL)
		return arena_fmt(c->arena, "週%lld回", (long long)s->times_week);
	return s->times_month != INT_NULL ? arena_fmt(c->arena, "月%lld回", (long long)s->times_month) : "";
}

/* ---- 第2表 and the table of the 予防 form ------------------------------------------------------------------------------------- */

/* A line of the table; gone: its row stands on the first sheet alone. Numbers join the lines of one need and goal on paper. */
struct line {
	const struct t_plan_need *need;
	const struct t_plan_goal *goal;
	const struct t_plan_service *service;
	bool need_gone, goal_gone, service_gone;
	int64_t need_no, goal_no;
};
struct table {
	const struct filling *g;
	struct line *v;
	size_t n;
	int64_t need_last, goal_last; /* highest number given so far: of rows taken out the next ones, so that none joins another */
};

static bool is_first(const struct table *b, const struct plan_tree *sheet) { return sheet == &b->g->first; }

/* Rows of the first sheet that still stand are not among those taken out. */
static bool passed_over(const struct table *b, const struct plan_tree *sheet, enum plan_part part, const void *row)
{
	return is_first(b, sheet) && row_like(b->g->t, part, row);
}

static void services_below(struct table *b, const struct plan_tree *sheet, int64_t goal_id, struct line at)
{
	for (size_t i = 0; i < sheet->n_services; i++) {
		if (sheet->services[i].goal_id != goal_id || passed_over(b, sheet, PLAN_SERVICE, &sheet->services[i]))
			continue;
		at.service = &sheet->services[i];
		at.service_gone = is_first(b, sheet);
		b->v[b->n++] = at;
	}
}

static void goals_below(struct table *b, const struct plan_tree *sheet, int64_t need_id, struct line at)
{
	for (size_t i = 0; i < sheet->n_goals; i++) {
		const struct t_plan_goal *goal = &sheet->goals[i];
		size_t before = b->n;
		if (goal->need_id != need_id || passed_over(b, sheet, PLAN_GOAL, goal))
			continue;
		at.goal = goal;
		at.goal_gone = is_first(b, sheet);
		at.goal_no = at.goal_gone ? b->goal_last + 1 : goal->no;
		b->goal_last = at.goal_no > b->goal_last ? at.goal_no : b->goal_last;
		services_below(b, sheet, goal->id, at);
		const struct t_plan_goal *then = at.goal_gone ? NULL : row_then(b->g, PLAN_GOAL, goal);
		if (then)
			services_below(b, &b->g->first, then->id, at);
		if (b->n == before)
			b->v[b->n++] = at;
	}
}

static void needs_of(struct table *b, const struct plan_tree *sheet)
{
	for (size_t i = 0; i < sheet->n_needs; i++) {
		const struct t_plan_need *need = &sheet->needs[i];
		size_t before = b->n;
		if (passed_over(b, sheet, PLAN_NEED, need))
			continue;
		struct line at = {.need = need, .need_gone = is_first(b, sheet)};
		at.need_no = at.need_gone ? b->need_last + 1 : need->no;
		b->need_last = at.need_no > b->need_last ? at.need_no : b->need_last;
		b->goal_last = 0;
		goals_below(b, sheet, need->id, at);
		const struct t_plan_need *then = at.need_gone ? NULL : row_then(b->g, PLAN_NEED, need);
		if (then)
			goals_below(b, &b->g->first, then->id, at);
		if (b->n == before)
			b->v[b->n++] = at;
	}
}

/* Need by need, goal by goal, service by service; what has nothing below it stands alone. On the sheet of a 軽微な変更 what was taken
 * out stands struck through behind what is left of its goal, need or table. */
static struct table lines(const struct filling *g)
{
	size_t most = g->t->n_needs + g->t->n_goals + g->t->n_services + 1;
	if (g->marks)
		most += g->first.n_needs + g->first.n_goals + g->first.n_services;
	struct table b = {.g = g, .v = ARENA_ARRAY(g->c->arena, most, struct line)};
	needs_of(&b, g->t);
	if (g->marks)
		needs_of(&b, &g->first);
	return b;
}

static const struct cell HOME_CELLS[] = {
	{"need_text", PLAN_NEED, need_text, true}, {"long", PLAN_GOAL, goal_long, true}, {"long_period", PLAN_GOAL, goal_long_period, false},
	{"short", PLAN_GOAL, goal_short, false}, {"short_period", PLAN_GOAL, goal_short_period, false}, {"content", PLAN_SERVICE, svc_content, true},
	{"type", PLAN_SERVICE, svc_type, false}, {"office", PLAN_SERVICE, svc_office, false}, {"freq", PLAN_SERVICE, svc_freq, false},
	{"period", PLAN_SERVICE, svc_period, false},
};
static const struct cell YOBO_CELLS[] = {
	{"total_issue", PLAN_NEED, need_text, true}, {"proposal", PLAN_NEED, need_proposal, false}, {"intent", PLAN_NEED, need_intent, false},
	{"goal", PLAN_NEED, need_goal, false}, {"point", PLAN_GOAL, goal_point, true}, {"selfcare", PLAN_GOAL, goal_selfcare, false},
	{"formal", PLAN_GOAL, goal_formal, false}, {"type", PLAN_SERVICE, svc_type, true}, {"office", PLAN_SERVICE, svc_office, false},
	{"period", PLAN_SERVICE, svc_period, false},
};

static const void *row_of(const struct line *l, enum plan_part part)
{
	return part == PLAN_NEED ? (const void *)l->need : part == PLAN_GOAL ? (const void *)l->goal : (const void *)l->service;
}

static bool gone_of(const struct line *l, enum plan_part part)
{
	return part == PLAN_NEED ? l->need_gone : part == PLAN_GOAL ? l->goal_gone : l->service_gone;
}

static err fill_table(const struct filling *g, bool prevention)
{
	const char *list = prevention ? "plan.yobo_rows" : "plan.rows";
	const struct cell *cells = prevention ? YOBO_CELLS : HOME_CELLS;
	size_t n_cells = prevention ? sizeof YOBO_CELLS / sizeof YOBO_CELLS[0] : sizeof HOME_CELLS / sizeof HOME_CELLS[0];
	const struct table b = lines(g);
	for (size_t i = 0; i < b.n; i++) {
		const struct line *l = &b.v[i];
		TRY(put_number(g, list, i, prevention ? "issue_no" : "need_no", l->need_no));
		if (l->goal)
			TRY(put_number(g, list, i, prevention ? "plan_no" : "goal_no", l->goal_no));
		if (l->service)
			TRY(put_number(g, list, i, "svc_no", l->service->no));
		if (l->service && !prevention && !l->service_gone) {
			TRY(fill_cell(g->f, list, i, "covered", l->service->covered));
			TRY(fill_cell(g->f, list, i, "office_no", l->service->office_no));
		}
		for (size_t k = 0; k < n_cells; k++)
			TRY(put_cell(g, list, i, &cells[k], row_of(l, cells[k].part), gone_of(l, cells[k].part)));
	}
	return OK;
}

/* ---- 第3表 ------------------------------------------------------------------------------------------------------------------------ */

static err fill_slot(const struct filling *g, size_t row, const struct t_plan_slot *s, int64_t dow, int64_t from, int64_t to)
{
	const char *name = s->service;
	for (size_t i = 0; str_blank(name) && i < g->t->n_services; i++)
		if (g->t->services[i].id == s->service_id)
			name = *g->t->services[i].type ? g->t->services[i].type : g->t->services[i].content;
	TRY(fill_cell(g->f, "plan_slot", row, "service", name));
	TRY(put_number(g, "plan_slot", row, "dow", dow));
	TRY(put_number(g, "plan_slot", row, "from_min", from));
	TRY(put_number(g, "plan_slot", row, "to_min", to));
	return fill_cell(g->f, "plan_slot", row, "note", s->note);
}

static err fill_week(const struct filling *g)
{
	size_t row = 0;
	for (size_t i = 0; i < g->t->n_slots; i++) {
		const struct t_plan_slot *s = &g->t->slots[i];
		bool over = s->to_min > 1440 && s->from_min < 1440;
		TRY(fill_slot(g, row++, s, s->dow, s->from_min, over ? 1440 : s->to_min));
		if (over)
			TRY(fill_slot(g, row++, s, s->dow % 7 + 1, 0, s->to_min - 1440));
	}
	return fill_rows(g->f, "plan_activity", &T_plan_activity, g->t->activities, g->t->n_activities);
}

/* ---- the whole ---------------------------------------------------------------------------------------------------------------------- */

static err fill_office(const struct filling *g)
{
	const struct t_plan *p = &g->t->plan;
	struct t_org office, centre;
	TRY(row_load(g->c, &T_org, p->author_org_id != INT_NULL ? p->author_org_id : p->org_id, &office));
	TRY(row_load(g->c, &T_org, p->org_id, &centre));
	TRY(fill_row(g->f, &T_org, &office));
	return fill_text(g->f, "center.name", centre.name);
}

static err fill_consent(const struct filling *g)
{
	TRY(fill_text(g->f, "plan_consent.print_box", "true"));
	if (!g->t->n_consents)
		return OK;
	return fill_row(g->f, &T_plan_consent, &g->t->consents[g->t->n_consents - 1]);
}

static err fill_areas(const struct filling *g)
{
	for (size_t i = 0; i < g->t->n_areas; i++) {
		const struct t_plan_area *a = &g->t->areas[i];
		TRY(fill_text(g->f, arena_fmt(g->c->arena, "plan_area.%s.status_text", a->area), a->status_text));
		TRY(fill_text(g->f, arena_fmt(g->c->arena, "plan_area.%s.intent", a->area), a->intent));
		TRY(fill_text(g->f, arena_fmt(g->c->arena, "plan_area.%s.has_issue", a->area), a->has_issue));
		TRY(fill_text(g->f, arena_fmt(g->c->arena, "plan_area.%s.issue", a->area), a->issue));
	}
	return OK;
}

/* Counts of the checklist that the plan names; a score that is still open is left blank (判定不能). */
static err fill_counts(const struct filling *g)
{
	static const char *const counts[][2] = {{"move", "motor"}, {"eiyo", "nutrition"}, {"oral", "oral"}, {"tojikomori", "homebound"},
	                                        {"mono", "cognition"}, {"utsu", "depression"}};
	if (g->t->plan.response_id == INT_NULL)
		return OK;
	struct t_response row;
	struct response_view r;
	TRY(row_load(g->c, &T_response, g->t->plan.response_id, &row));
	err e = response_get(g->c, row.pid, &r);
	if (e == ERR_NOTFOUND || e == ERR_DENIED)
		return OK; /* in the bin, or not for this reader */
	TRY(e);
	for (size_t i = 0; r.result && i < sizeof counts / sizeof counts[0]; i++) {
		const struct rule_outcome *o = form_outcome(r.result, counts[i][1]);
		if (o && o->min == o->max)
			TRY(fill_text(g->f, arena_fmt(g->c->arena, "response.kcl_cnt_%s", counts[i][0]),
			              arena_fmt(g->c->arena, "%lld", (long long)o->min)));
	}
	return OK;
}

/* The memo columns of the head: those of the first sheet stay readable. */
static err mark_head(const struct filling *g)
{
	for (size_t i = 0; g->marks && i < g->f->def->n_items; i++) {
		const struct form_item *it = &g->f->def->items[i];
		if ((it->type != ITEM_MEMO && it->type != ITEM_TEXT) || !str_starts(it->binding, "plan."))
			continue;
		const char *column = it->binding + sizeof "plan." - 1;
		if (!*plan_field_label_ja(PLAN_HEAD, column))
			continue;
		TRY(put_marked(g, it->path, plan_value(g->c->arena, &T_plan, &g->first.plan, column),
		               plan_value(g->c->arena, &T_plan, &g->t->plan, column)));
	}
	return OK;
}

/* The sheet as first made: back over the 軽微な変更 to revision 0. */
static err first_sheet(struct ctx *c, const struct plan_tree *t, struct filling *g)
{
	int64_t id = t->plan.previous_id;
	g->marks = false;
	if (!t->plan.revision_no || id == INT_NULL)
		return OK;
	for (int steps = 0; steps < 100; steps++) {
		TRY(plan_load(c, id, &g->first));
		if (!g->first.plan.revision_no || g->first.plan.previous_id == INT_NULL)
			break;
		id = g->first.plan.previous_id;
	}
	g->marks = true;
	return OK;
}

err plan_fill(struct ctx *c, const struct plan_tree *t, const char *form_id, struct fill *f)
{
	struct filling g = {.c = c, .f = f, .t = t};
	bool prevention = str_eq(form_id, "yobo-keikaku");
	TRY(fill_begin(c, form_id, t->plan.create_on, t->plan.person_id, f));
	TRY(fill_register(f, t->plan.plan_on));
	TRY(fill_row(f, &T_plan, &t->plan));
	TRY(fill_office(&g));
	TRY(fill_consent(&g));
	TRY(first_sheet(c, t, &g));
	TRY(mark_head(&g));
	if (str_eq(form_id, "kyotaku-2") || prevention)
		TRY(fill_table(&g, prevention));
	if (str_eq(form_id, "kyotaku-3")) {
		TRY(fill_day(f, "plan.from_on", plan_month_on(&t->plan))); /* 「何月分より」: as the page says */
		TRY(fill_week(&g));
	}
	if (prevention) {
		TRY(fill_areas(&g));
		TRY(fill_counts(&g));
	}
	return OK;
}

err plan_source(struct ctx *c, const struct plan_tree *t, const char *form_id, struct view_source *s)
{
	struct fill *f = ARENA_NEW(c->arena, struct fill);
	TRY(plan_fill(c, t, form_id, f));
	const char *status = t->plan.status;
	*s = (struct view_source){.f = f, .table_name = "plan", .row_id = t->plan.id, .row_version = t->plan.version};
	if (str_eq(status, "draft") || str_eq(status, "explained"))
		s->notice = "原案";
	else if (str_eq(status, "provisional") || t->plan.is_provisional)
		s->notice = "暫定";
	else if (str_eq(status, "cancelled"))
		s->notice = "取りやめ";
	return OK;
}

err plan_paper(struct ctx *c, const char *pid, const char *form_id, enum paper_kind kind, const char **bytes, size_t *n)
{
	struct plan_tree t;
	struct view_source s;
	size_t n_forms;
	TRY(plan_get(c, pid, &t));
	const char *const *forms = plan_forms(t.plan.kind, &n_forms);
	for (size_t i = 0; i < n_forms; i++)
		if (str_eq(forms[i], form_id)) {
			TRY(plan_source(c, &t, form_id, &s));
			return view_paper(c, &s, kind, bytes, n);
		}
	return ERR_NOTFOUND;
}
