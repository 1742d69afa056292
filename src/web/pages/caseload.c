#include "web/pages/caseload.h"

#include "base/str.h"
#include "care/plan.h"
#include "codec/csv.h"
#include "codec/svg.h"
#include "jp/era.h"
#include "register/ranks.h"
#include "register/staff.h"
#include "tmpl/case_caseload.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/duty.h"
#include "web/route.h"

static const struct formin_field FILTER[] = {{.name = "staff", .label = "担当者", .kind = FORMIN_CODE, .max = 40},
	{.name = "kind", .label = "支援の種類", .kind = FORMIN_CODE}, {.name = "only", .label = "しぼりこみ", .kind = FORMIN_CODE},
	{.name = "sort", .label = "並び順", .kind = FORMIN_CODE}};
static const struct ui_choice ONLY[] = {{.value = "", .label = "すべて"}, {.value = "noplan", .label = "同意のある計画がない"},
	{.value = "ending", .label = "計画の期間がもうすぐ終わる"}, {.value = "monitoring", .label = "今月のモニタリングがまだ"},
	{.value = "overdue", .label = "期限を過ぎた仕事がある"}, {.value = "idle", .label = "担当者が決まっていない"}};
static const struct ui_choice SORT[] = {{.value = "kana", .label = "かな"}, {.value = "due", .label = "期限の近い順"}, {.value = "start", .label = "開始の早い順"}};

static struct ui_field kind_field(struct req *r, const char *stored)
{
	struct ui_field f = choice_field(r, "kind", "支援の種類", "case_kind", stored);
	struct ui_choice *v = ARENA_ARRAY(r->arena, f.n_choices + 1, struct ui_choice);
	v[0] = (struct ui_choice){.value = "", .label = "すべて"};
	for (size_t i = 0; i < f.n_choices; i++)
		v[i + 1] = f.choices[i];
	f.choices = v;
	f.n_choices++;
	return f;
}

static struct caseload_shown shown(struct req *r, const struct caseload_row *x)
{
	civil today = r->c->today;
	return (struct caseload_shown){.r = x, .kind = code_label(r, "case_kind", x->kind), .status = code_label(r, "case_status", x->status),
		.plan_status = *x->plan_status ? code_label(r, "plan_status", x->plan_status) : "計画なし",
		.level = *x->level ? ranks_label_ja(CODE_LEVEL, x->level) : "認定なし",
		.due_kind = x->next_due_on == CIVIL_NONE ? "" : x->next_due_on < today ? "bad" : x->next_due_on <= today + 7 ? "warn" : "note"};
}

err page_caseload(struct req *r)
{
	formin_read_query(r, FILTER, FORMIN_N(FILTER));
	const char *staff = str_or(req_query(r, "staff"), ""), *kind = str_or(req_query(r, "kind"), ""), *only = str_or(req_query(r, "only"), ""),
	           *sort = str_or(req_query(r, "sort"), "");
	struct caseload_filter f = {.staff = staff, .kind = kind, .only = only,
		.sort = str_eq(sort, "due") ? CASELOAD_BY_DUE : str_eq(sort, "start") ? CASELOAD_BY_START : CASELOAD_BY_KANA};
	struct caseload_view v = {.page = page_view(r, "ケースの一覧"), .kind = kind_field(r, kind),
		.only = {.name = "only", .label = "しぼりこみ", .value = only, .choices = ONLY, .n_choices = FORMIN_N(ONLY)},
		.sort = {.name = "sort", .label = "並び順", .value = *sort ? sort : "kana", .choices = SORT, .n_choices = FORMIN_N(SORT)}};
	struct caseload_row *rows;
	TRY(staff_filter_field(r, staff, &v.staff));
	TRY(caseload_count(r->c, &f, &v.total));
	v.pager = pager_of(r, v.total);
	v.pager.path = arena_fmt(r->arena, "/caseload?staff=%s&kind=%s&only=%s&sort=%s", staff, kind, only, sort);
	f.offset = (v.pager.page - 1) * v.pager.per_page;
	f.limit = v.pager.per_page;
	TRY(caseload_list(r->c, &f, &rows, &v.n_rows));
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct caseload_shown);
	for (size_t i = 0; i < v.n_rows; i++) {
		v.rows[i] = shown(r, &rows[i]);
		look_person(r, rows[i].person_id);
	}
	tmpl_case_caseload(res_page(r), &v);
	return OK;
}

/* ---- the supervisor's view --------------------------------------------------------------------------------------- */

enum { BAR_LEFT = 230, BAR_MOST = 760, BAR_STEP = 38, BAR_HEAD = 28, WIDTH = 1160, LETTER = 20 };

/* A bar per care manager against the line where the fee steps down. */
static const char *bars(struct req *r, const struct caseload_summary *s, const struct caseload_sum_view *v)
{
	int64_t most = s->step * s->divisor;
	for (size_t i = 0; i < s->n; i++)
		most = s->v[i].parts > most ? s->v[i].parts : most;
	if (!most)
		most = 1;
	int h = (int)s->n * BAR_STEP + 12 + BAR_HEAD;
	struct svg g = svg_begin(r->arena, WIDTH, h, "bars-caseload", "取扱件数", "担当者ごとの取扱件数を横の棒で表した図です。縦の線は逓減が始まる件数です。同じ数字が表にあります。");
	for (size_t i = 0; i < s->n; i++) {
		int y = (int)i * BAR_STEP + 8 + BAR_HEAD, w = (int)(s->v[i].parts * BAR_MOST / most);
		svg_text(&g, BAR_LEFT - 12, y + 20, LETTER, "end", v->rows[i].name);
		svg_rect(&g, BAR_LEFT, y, w > 2 ? w : 2, BAR_STEP - 12, (struct svg_paint){.fill = "#006069"});
		svg_text(&g, BAR_LEFT + w + 10, y + 20, LETTER, "start", v->rows[i].parts);
	}
	if (s->step) {
		int x = BAR_LEFT + (int)(s->step * s->divisor * BAR_MOST / most);
		svg_text(&g, x, 20, LETTER - 2, "middle", arena_fmt(r->arena, "逓減 %s以上", v->step_ja));
		svg_line(&g, x, BAR_HEAD, x, h - 2, (struct svg_paint){.stroke = "#b00020", .width = 3, .dash = "8 5", .title = "逓減が始まる件数"});
	}
	return svg_end(&g);
}

static err overdue_of(struct req *r, const struct caseload_person *p, struct caseload_sum_row *row)
{
	struct caseload_filter f = {.staff = p->staff_pid, .only = *p->staff_pid ? "overdue" : "idle"};
	row->overdue_path = arena_fmt(r->arena, "/caseload?staff=%s&only=%s", p->staff_pid, f.only);
	row->path = *p->staff_pid ? arena_fmt(r->arena, "/caseload?staff=%s", p->staff_pid) : "/caseload?only=idle";
	return caseload_count(r->c, &f, &row->overdue);
}

static err duties_of(struct req *r, const struct caseload_summary *s, struct caseload_sum_view *v)
{
	const char **pids = ARENA_ARRAY(r->arena, s->n + 1, const char *);
	int64_t *counts = ARENA_ARRAY(r->arena, s->n + 1, int64_t);
	char day[CIVIL_TEXT];
	civil_text(v->on, day);
	for (size_t i = 0; i < s->n; i++)
		pids[i] = s->v[i].staff_pid;
	TRY(duty_overdue_by_staff(r, v->on, pids, s->n, counts));
	for (size_t i = 0; i < s->n; i++) {
		v->rows[i].duties = counts[i];
		v->rows[i].duties_path = *pids[i] ? arena_fmt(r->arena, "/duties?staff=%s&state=overdue&on=%s", pids[i], day) : "";
	}
	return OK;
}

static err fill(struct req *r, struct caseload_summary *s, struct caseload_sum_view *v)
{
	TRY(caseload_summary(r->c, v->on, s));
	for (size_t i = 0; i < CASELOAD_LEVELS; i++) {
		const char *code = caseload_level(i);
		v->levels[i] = *code ? ranks_label_ja(CODE_LEVEL, code) : "認定なし";
	}
	v->s = s;
	v->parts = caseload_parts_ja(r->arena, s->office.parts, s->office.divisor);
	v->fte = staff_fte_ja(r->arena, s->fte_100);
	v->step_ja = s->step ? arena_fmt(r->arena, "%lld件", (long long)s->step) : "";
	v->step_source = s->step_source;
	v->n_rows = s->n;
	v->rows = ARENA_ARRAY(r->arena, s->n + 1, struct caseload_sum_row);
	for (size_t i = 0; i < s->n; i++) {
		const struct caseload_person *p = &s->v[i];
		v->rows[i] = (struct caseload_sum_row){.p = p, .name = *p->staff_name ? p->staff_name : "担当者なし",
			.parts = caseload_parts_ja(r->arena, p->parts, s->divisor), .total = p->home + p->prevention + p->other, .managed = p->managed_home + p->managed_prevention, .fte = p->staff_id == INT_NULL ? "" : staff_fte_ja(r->arena, p->fte_100),
			.tag = p->at_step ? "逓減の件数以上" : p->near_step ? "逓減まで5件以内" : "", .tag_kind = p->at_step ? "bad" : "warn"};
		TRY(overdue_of(r, p, &v->rows[i]));
	}
	v->svg = (struct html_safe){bars(r, s, v)};
	return duties_of(r, s, v);
}

static const struct formin_field QUERY[] = {{.name = "on", .label = "いつの時点", .kind = FORMIN_DAY}};

static civil day_asked(struct req *r)
{
	struct era_date d;
	formin_read_query(r, QUERY, FORMIN_N(QUERY)); /* drops what is no day */
	const char *text = str_or(req_query(r, "on"), "");
	return *text && era_parse(r->c, "on", text, &d) == OK ? d.from : r->c->today;
}

/* What the approvals of the last twelve months took, and who waits for one (F124). */
static err approvals(struct req *r, struct caseload_sum_view *v)
{
	struct approval_report *a = ARENA_NEW(r->arena, struct approval_report);
	v->since = civil_add_months(r->c->today, -12);
	TRY(approval_report(r->c, v->since, a));
	const struct approval_sum *sums[] = {&a->plans, &a->cases};
	static const char *const labels[] = {"計画", "ケースの終了"};
	for (size_t i = 0; i < 2; i++)
		v->approvals[i] = (struct caseload_approval){labels[i], approval_span_ja(r->arena, sums[i]->middle_ms), approval_span_ja(r->arena, sums[i]->most_ms), sums[i]};
	v->waits = ARENA_ARRAY(r->arena, a->n_waits + 1, struct caseload_wait);
	v->n_waits = a->n_waits;
	for (size_t i = 0; i < a->n_waits; i++) {
		const struct approval_wait *w = &a->waits[i];
		v->waits[i] = (struct caseload_wait){w, w->is_case ? "ケースの終了" : plan_kind_ja(w->label),
			arena_fmt(r->arena, w->is_case ? "/cases/%s/talk" : "/plans/%s/talk", w->pid), approval_span_ja(r->arena, r->c->now_ms - w->asked_ms)};
		look_person(r, w->person_id);
	}
	return OK;
}

err page_caseload_summary(struct req *r)
{
	struct caseload_summary s;
	struct page_view *page = page_view(r, "担当件数");
	struct caseload_sum_view v = {.page = page, .on = day_asked(r)};
	char day[CIVIL_TEXT];
	civil_text(v.on, day);
	v.csv_path = arena_fmt(r->arena, "/caseload/summary.csv?on=%s", day);
	page->back_path = "/caseload";
	page->back_label = "ケースの一覧";
	TRY(fill(r, &s, &v));
	TRY(approvals(r, &v));
	tmpl_case_caseload_sum(res_page(r), &v);
	return OK;
}

err page_caseload_summary_csv(struct req *r)
{
	struct caseload_summary s;
	struct caseload_sum_view v = {.on = day_asked(r)};
	const char *bytes;
	size_t n;
	char day[CIVIL_TEXT];
	TRY(fill(r, &s, &v));
	civil_text(v.on, day);
	struct csv_writer w = csv_writer_new(r->arena, CSV_BOM | CSV_EXCEL);
	static const char *const head[] = {"時点", "担当者", "居宅介護支援", "介護予防支援", "介護予防ケアマネジメント", "受託の介護予防支援", "常勤換算", "取扱件数", "期限を過ぎた仕事のある人", "期限を過ぎた務め", "給付管理する人"};
	for (size_t i = 0; i < FORMIN_N(head); i++)
		csv_put(&w, head[i]);
	for (size_t i = 0; i < CASELOAD_LEVELS; i++)
		csv_put(&w, v.levels[i]);
	csv_end(&w);
	for (size_t i = 0; i < v.n_rows; i++) {
		csv_put(&w, day);
		csv_put(&w, v.rows[i].name);
		csv_put_int(&w, v.rows[i].p->home);
		csv_put_int(&w, v.rows[i].p->prevention);
		csv_put_int(&w, v.rows[i].p->other);
		csv_put_int(&w, v.rows[i].p->taken);
		csv_put(&w, v.rows[i].fte);
		csv_put(&w, v.rows[i].parts);
		csv_put_int(&w, v.rows[i].overdue);
		csv_put_int(&w, v.rows[i].duties);
		csv_put_int(&w, v.rows[i].managed);
		for (size_t k = 0; k < CASELOAD_LEVELS; k++)
			csv_put_int(&w, v.rows[i].p->by_level[k]);
		csv_end(&w);
	}
	TRY(csv_finish(&w, NULL, &bytes, &n, NULL));
	return res_file(r, "text/csv; charset=utf-8", bytes, n, arena_fmt(r->arena, "tanto-kensu-%s.csv", day));
}
