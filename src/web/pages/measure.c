#include "web/pages/measure.h"

#include "access/policy.h"
#include "base/str.h"
#include "codec/svg.h"
#include "jp/era.h"
#include "tmpl/rehab_measure.h"
#include "web/pages/common.h"
#include "web/route.h"

enum { WIDTH = 1100, HEIGHT = 420, LEFT = 90, RIGHT = 60, TOP = 40, BOTTOM = 80, LETTER = 20, MARKS = 5, INSET = 50 };

static int at_x(const struct measure_course *k, civil on)
{
	int64_t days = k->last->on - k->first->on;
	return days ? LEFT + INSET + (int)((int64_t)(WIDTH - LEFT - RIGHT - 2 * INSET) * (on - k->first->on) / days) : (LEFT + WIDTH - RIGHT) / 2;
}

static int at_y(const struct measure_course *k, int64_t sum) { return HEIGHT - BOTTOM - (int)((HEIGHT - TOP - BOTTOM) * sum / k->m->max); }

/* The sums over the days; the same numbers stand in the table. */
static const char *line_of(struct req *r, const struct measure_course *k)
{
	struct svg g = svg_begin(r->arena, WIDTH, HEIGHT, arena_fmt(r->arena, "line-%s", k->m->form_id), arena_fmt(r->arena, "%sの合計の移り変わり", k->m->label),
		arena_fmt(r->arena, "横は評価した日、縦は合計（0から%d点）です。同じ数字が下の表にあります。", k->m->max));
	for (int i = 0; i <= MARKS; i++) {
		int64_t sum = (int64_t)k->m->max * i / MARKS;
		svg_line(&g, LEFT, at_y(k, sum), WIDTH - RIGHT, at_y(k, sum), (struct svg_paint){.stroke = "#c9d2d6", .width = 1});
		svg_text(&g, LEFT - 12, at_y(k, sum) + 7, LETTER, "end", arena_fmt(r->arena, "%lld", (long long)sum));
	}
	int *xy = ARENA_ARRAY(r->arena, 2 * k->n + 2, int);
	size_t n = 0;
	for (size_t i = 0; i < k->n; i++)
		if (k->v[i].complete) {
			xy[2 * n] = at_x(k, k->v[i].on);
			xy[2 * n++ + 1] = at_y(k, k->v[i].sum);
		}
	if (n > 1)
		svg_polyline(&g, xy, n, (struct svg_paint){.stroke = "#006069", .width = 4});
	for (size_t i = 0; i < k->n; i++)
		if (k->v[i].complete) {
			int x = at_x(k, k->v[i].on), y = at_y(k, k->v[i].sum);
			svg_circle(&g, x, y, 7, (struct svg_paint){.fill = "#006069"});
			svg_text(&g, x, y - 14, LETTER, "middle", arena_fmt(r->arena, "%lld", (long long)k->v[i].sum));
		}
	svg_text(&g, at_x(k, k->first->on), HEIGHT - 30, LETTER, "middle", era_text(r->arena, k->first->on));
	if (k->n_complete > 1)
		svg_text(&g, at_x(k, k->last->on), HEIGHT - 30, LETTER, "middle", era_text(r->arena, k->last->on));
	return svg_end(&g);
}

static const char *change_of(struct req *r, const struct measure_course *k)
{
	if (k->n_complete < 2)
		return "";
	return k->change > 0 ? arena_fmt(r->arena, "+%lld点（上がった）", (long long)k->change) : k->change < 0 ? arena_fmt(r->arena, "−%lld点（下がった）", (long long)-k->change) : "変わらない";
}

err page_measures(struct req *r)
{
	struct page_view *page = page_view(r, "ADL・IADLの評価");
	struct person_card card;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	person_tab(page, "/rehab");
	page->back_path = arena_fmt(r->arena, "/persons/%s/rehab", card.p.pid);
	page->back_label = "リハビリ";
	struct measures_view v = {.page = page, .person_pid = card.p.pid, .n = measure_count(), .may_write = card.view.may[ACTION_WRITE] & CLASS_CARE};
	v.v = ARENA_ARRAY(r->arena, v.n, struct measure_shown);
	for (size_t i = 0; i < v.n; i++) {
		struct measure_course *k = ARENA_NEW(r->arena, struct measure_course);
		TRY(measure_course_of(r->c, card.p.pid, measure_at(i), k));
		v.v[i] = (struct measure_shown){.c = k, .change = change_of(r, k), .new_path = arena_fmt(r->arena, "/persons/%s/measures/%s/new", card.p.pid, k->m->form_id)};
		if (k->n_complete)
			v.v[i].svg = (struct html_safe){line_of(r, k)};
	}
	tmpl_measure_list(res_page(r), &v);
	return OK;
}

err measure_show(struct req *r, const struct response_view *rv, err e)
{
	const struct form_def *d = rv->def;
	const struct rule_outcome *o = form_outcome(rv->result, "total");
	struct page_view *page = page_view(r, d->name);
	TRY(person_page_head(r, page, rv->person_pid));
	page->state = STATE_SAVED;
	page->state_note = saved_note(r, rv->updated_ms, rv->updated_by);
	page->back_path = arena_fmt(r->arena, "/persons/%s/measures", rv->person_pid);
	page->back_label = "ADL・IADLの評価";
	struct measure_show_view v = {.page = page, .r = rv, .complete = o && o->min == o->max, .total = o ? rule_show(r->arena, o) : "", .source = o ? o->rule->source : "",
		.may_print = policy_check(r->c, rv->person_id, d->class_bit, ACTION_PRINT) == OK};
	v.answers = ARENA_ARRAY(r->arena, d->n_items + 1, struct measure_answer);
	for (size_t i = 0; i < d->n_items; i++)
		if (d->items[i].type != ITEM_DERIVED)
			v.answers[v.n_answers++] = (struct measure_answer){d->items[i].no, d->items[i].label, answers_text(rv->answers, d->items[i].path)};
	tmpl_measure_show(res_page_of(r, e), &v);
	return OK;
}
