/* モニタリング: the list with what is due and the attainment of each goal over time, the record with its rows, paper, bin. */
#include "web/pages/visit.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "codec/svg.h"
#include "jp/era.h"
#include "tmpl/visit_monitor.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/person.h"
#include "web/pages/record.h"
#include "web/pages/record_history.h"
#include "web/route.h"

#include <string.h>

enum { MORE_ROWS = 2 };
#define TYPED "typed" /* the agreement that was typed before meetings were chosen */

/* ---- the list --------------------------------------------------------------------------------------------------------- */

enum { GRAPH_LEFT = 90, GRAPH_STEP = 150, GRAPH_ROW = 160, GRAPH_H = 84, GRAPH_WIDTH = 1100 };

/* Height of an attainment in the picture; -1: not judged. */
static int level(const char *status)
{
	static const char *const order[] = {"worse", "same", "better", "done"};
	for (int i = 0; i < 4; i++)
		if (str_eq(order[i], status))
			return i;
	return -1;
}

static const char *short_day(struct req *r, civil d)
{
	struct ymd y = civil_ymd(d);
	return arena_fmt(r->arena, "%d/%d", y.m, y.d);
}

/* One strip per goal: a line through its attainments, each with its word, so that no colour is needed. */
static const char *graph(struct req *r, const struct mon_list_view *v, const struct monitor_line *lines)
{
	int w = GRAPH_LEFT + (int)v->n_days * GRAPH_STEP + 60, h = (int)v->n_trend * GRAPH_ROW + 10;
	w = w < GRAPH_WIDTH ? GRAPH_WIDTH : w; /* a short history is not drawn larger than life */
	struct svg g = svg_begin(r->arena, w, h, "trend", "短期目標の達成度の推移", "目標ごとに、モニタリングの日の達成度を線で表した図です。同じ内容が下の表にあります。");
	for (size_t i = 0; i < v->n_trend; i++) {
		int top = (int)i * GRAPH_ROW + 8, *xy = ARENA_ARRAY(r->arena, 2 * lines[i].n + 2, int);
		size_t n = 0;
		svg_text(&g, 4, top + 20, 20, "start", arena_fmt(r->arena, "目標%zu", i + 1));
		svg_line(&g, GRAPH_LEFT, top + 36 + GRAPH_H, w - 10, top + 36 + GRAPH_H, (struct svg_paint){.stroke = "#8a9499", .width = 1});
		for (size_t k = 0; k < lines[i].n; k++) {
			size_t col = 0;
			while (col < v->n_days && v->days[col] != lines[i].v[k].on)
				col++;
			int l = level(lines[i].v[k].status), x = GRAPH_LEFT + (int)col * GRAPH_STEP + 30, y = top + 36 + GRAPH_H - 8 - l * 20;
			if (l < 0)
				continue;
			xy[2 * n] = x;
			xy[2 * n + 1] = y;
			n++;
			svg_circle(&g, x, y, 6, (struct svg_paint){.fill = "#006069"});
			svg_text(&g, x + 10, y - 6, 18, "start", code_label(r, "mon_status", lines[i].v[k].status));
			svg_text(&g, x, top + 36 + GRAPH_H + 20, 16, "middle", short_day(r, lines[i].v[k].on));
		}
		if (n > 1)
			svg_polyline(&g, xy, n, (struct svg_paint){.stroke = "#006069", .width = 3, .fill = "none"});
	}
	return svg_end(&g);
}

static err trend(struct req *r, struct mon_list_view *v)
{
	struct monitor_line *lines;
	size_t most = 0;
	TRY(monitor_trend(r->c, v->person_pid, &lines, &v->n_trend));
	for (size_t i = 0; i < v->n_trend; i++)
		most += lines[i].n;
	v->days = ARENA_ARRAY(r->arena, most + 1, civil);
	for (size_t i = 0; i < v->n_trend; i++)
		for (size_t k = 0; k < lines[i].n; k++) { /* sorted, each once */
			size_t at = 0;
			while (at < v->n_days && v->days[at] < lines[i].v[k].on)
				at++;
			if (at < v->n_days && v->days[at] == lines[i].v[k].on)
				continue;
			for (size_t x = v->n_days++; x > at; x--)
				v->days[x] = v->days[x - 1];
			v->days[at] = lines[i].v[k].on;
		}
	v->trend = ARENA_ARRAY(r->arena, v->n_trend + 1, struct trend_row);
	for (size_t i = 0; i < v->n_trend; i++) {
		v->trend[i] = (struct trend_row){lines[i].goal, ARENA_ARRAY(r->arena, v->n_days + 1, struct trend_cell)};
		for (size_t d = 0; d < v->n_days; d++) {
			v->trend[i].cells[d] = (struct trend_cell){"", ""};
			for (size_t k = 0; k < lines[i].n; k++)
				if (lines[i].v[k].on == v->days[d])
					v->trend[i].cells[d] = (struct trend_cell){code_label(r, "mon_status", lines[i].v[k].status), lines[i].v[k].note};
		}
	}
	if (v->n_trend)
		v->svg = (struct html_safe){graph(r, v, lines)};
	return OK;
}

static err due(struct req *r, struct mon_list_view *v)
{
	struct case_view *k;
	size_t n;
	struct monitor_due d;
	v->none = "動いているケースがないので、モニタリングの期限はありません。";
	TRY(case_list(r->c, v->person_pid, false, &k, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(monitor_due_of(r->c, &k[i].row, r->c->today, &d));
		v->none = d.why;
		if (d.n) {
			v->duties = d.v;
			v->n_duties = d.n;
			return OK;
		}
	}
	return OK;
}

err page_monitorings(struct req *r)
{
	struct page_view *page = page_view(r, "モニタリング");
	struct person_card card;
	struct monitor_tree *m;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	person_tab(page, "/log");
	struct mon_list_view v = {.page = page, .person_pid = card.p.pid, .may_write = card.view.may[ACTION_WRITE] & CLASS_CARE, .none = ""};
	TRY(monitor_list(r->c, card.p.pid, &m, &v.n_rows));
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct mon_row_shown);
	for (size_t i = 0; i < v.n_rows; i++)
		v.rows[i] = (struct mon_row_shown){&m[i].row, m[i].row.pid, code_label(r, "mon_method", m[i].row.method), code_label(r, "mon_plan_change", m[i].row.plan_change),
			str_eq(m[i].row.plan_change, "none") ? "ok" : "warn", m[i].row.author_name};
	TRY(due(r, &v));
	TRY(trend(r, &v));
	tmpl_mon_list(res_page(r), &v);
	return OK;
}

/* ---- edit --------------------------------------------------------------------------------------------------------------- */

static const struct formin_field FIELDS[] = {
	{.name = "plan", .label = "計画", .kind = FORMIN_PID},
	{.name = "mon_on", .label = "実施日", .kind = FORMIN_DAY, .required = true},
	{.name = "mon_from", .label = "開始時刻", .kind = FORMIN_TEXT, .max = 20},
	{.name = "mon_to", .label = "終了時刻", .kind = FORMIN_TEXT, .max = 20},
	{.name = "method", .label = "方法", .kind = FORMIN_CODE, .required = true},
	{.name = "special_code", .label = "特段の事情", .kind = FORMIN_CODE},
	{.name = "special_reason", .label = "特段の事情の内容", .kind = FORMIN_LINES, .max = 10000},
	{.name = "special_to_on", .label = "特段の事情が続く見込みの日", .kind = FORMIN_DAY},
	{.name = "place", .label = "場所", .kind = FORMIN_TEXT, .max = 80},
	{.name = "interviewee", .label = "面接した相手", .kind = FORMIN_CODE, .repeat = true},
	{.name = "interviewee_note", .label = "本人に会えない理由・面接した家族など", .kind = FORMIN_TEXT, .max = 200},
	{.name = "consent_on", .label = "文書で同意した日", .kind = FORMIN_DAY},
	{.name = "consent_text", .label = "同意した文書", .kind = FORMIN_TEXT, .max = 120},
	{.name = "agree_meeting", .label = "合意した会議", .kind = FORMIN_CODE, .max = 40},
	{.name = "user_wish", .label = "利用者の意向・満足度", .kind = FORMIN_LINES, .max = 10000},
	{.name = "family_wish", .label = "家族の意向・満足度", .kind = FORMIN_LINES, .max = 10000},
	{.name = "condition", .label = "心身の状態・生活の変化", .kind = FORMIN_LINES, .max = 10000},
	{.name = "is_changed", .label = "著しい変化", .kind = FORMIN_BOOL},
	{.name = "new_issue", .label = "新たな課題", .kind = FORMIN_CODE},
	{.name = "new_issue_text", .label = "新たな課題の内容", .kind = FORMIN_LINES, .max = 10000},
	{.name = "plan_change", .label = "計画変更の要否", .kind = FORMIN_CODE},
	{.name = "plan_change_reason", .label = "計画変更の要否の理由", .kind = FORMIN_LINES, .max = 10000},
	{.name = "wants_assess", .label = "再アセスメントが必要", .kind = FORMIN_BOOL},
	{.name = "next_on", .label = "次回予定", .kind = FORMIN_DAY},
	{.name = "svc.*", .label = "サービス", .kind = FORMIN_LINES, .max = 10000},
	{.name = "goal.*", .label = "目標", .kind = FORMIN_LINES, .max = 10000},
	{.name = "info.*", .label = "担当者から得た情報", .kind = FORMIN_LINES, .max = 10000},
	{.name = "share.*", .label = "伝えた情報", .kind = FORMIN_LINES, .max = 10000},
};

static const char *name(struct req *r, const char *part, size_t i, const char *column) { return arena_fmt(r->arena, "%s.%zu.%s", part, i, column); }

static struct mon_line line(struct req *r, const char *part, size_t i, const char *pid, int64_t version)
{
	return (struct mon_line){.pid = pid, .version = version, .pid_name = name(r, part, i, "pid"), .version_name = name(r, part, i, "version"), .head = "", .sub = "",
		.number = arena_fmt(r->arena, "%zu", i + 1)};
}

static void lines_of(struct req *r, const struct monitor_tree *t, struct mon_edit_view *v)
{
	v->n_services = t->n_services;
	v->n_goals = t->n_goals;
	v->n_infos = t->n_infos + MORE_ROWS;
	v->n_shares = t->n_shares + MORE_ROWS;
	v->services = ARENA_ARRAY(r->arena, v->n_services + 1, struct mon_line);
	v->goals = ARENA_ARRAY(r->arena, v->n_goals + 1, struct mon_line);
	v->infos = ARENA_ARRAY(r->arena, v->n_infos + 1, struct mon_line);
	v->shares = ARENA_ARRAY(r->arena, v->n_shares + 1, struct mon_line);
	for (size_t i = 0; i < t->n_services; i++) {
		const struct t_monitoring_service *s = &t->services[i];
		struct mon_line *l = &v->services[i];
		*l = line(r, "svc", i, s->pid, s->version);
		l->head = arena_fmt(r->arena, "%s%s%s%s%s", s->type, *s->type && *s->content ? "　" : "", s->content, *s->office ? "　" : "", s->office);
		l->pick = choice_field(r, name(r, "svc", i, "executed"), l->head, "mon_executed", s->executed);
		l->words = (struct ui_field){.name = name(r, "svc", i, "reason"), .label = "未実施・変更の理由", .value = s->reason};
	}
	for (size_t i = 0; i < t->n_goals; i++) {
		const struct t_monitoring_goal *g = &t->goals[i];
		struct mon_line *l = &v->goals[i];
		*l = line(r, "goal", i, g->pid, g->version);
		l->head = *g->period ? arena_fmt(r->arena, "%s（%s）", g->short_text, g->period) : g->short_text;
		l->pick = choice_field(r, name(r, "goal", i, "status"), l->head, "mon_status", g->status);
		l->words = (struct ui_field){.name = name(r, "goal", i, "note"), .label = "根拠", .value = g->note};
	}
	for (size_t i = 0; i < v->n_infos; i++) {
		static const struct t_monitoring_info blank = {.pid = "", .office = "", .content = "", .on_day = CIVIL_NONE};
		const struct t_monitoring_info *x = i < t->n_infos ? &t->infos[i] : &blank;
		struct mon_line *l = &v->infos[i];
		*l = line(r, "info", i, str_or(x->pid, ""), x->version);
		l->on = (struct ui_field){.name = name(r, "info", i, "on_day"), .label = "日", .day = x->on_day, .has_day = true};
		l->office = (struct ui_field){.name = name(r, "info", i, "office"), .label = "事業所・担当者", .value = x->office};
		l->words = (struct ui_field){.name = name(r, "info", i, "content"), .label = "内容", .value = x->content, .rows = 2};
	}
	for (size_t i = 0; i < v->n_shares; i++) {
		static const struct t_monitoring_share blank = {.pid = "", .to_name = "", .content = "", .on_day = CIVIL_NONE};
		const struct t_monitoring_share *x = i < t->n_shares ? &t->shares[i] : &blank;
		struct mon_line *l = &v->shares[i];
		*l = line(r, "share", i, str_or(x->pid, ""), x->version);
		l->on = (struct ui_field){.name = name(r, "share", i, "on_day"), .label = "日", .day = x->on_day, .has_day = true};
		l->office = (struct ui_field){.name = name(r, "share", i, "to_name"), .label = "相手", .value = x->to_name};
		l->words = (struct ui_field){.name = name(r, "share", i, "content"), .label = "内容", .value = x->content, .rows = 2};
		l->agreed = (struct ui_field){.name = name(r, "share", i, "agreed"), .label = "本人の同意を得た", .value = x->agreed ? "1" : ""};
	}
}

/* The meetings to choose from; an agreement from before meetings were chosen stays one of the choices. */
static err agreement_of(struct req *r, const struct monitor_tree *t, struct mon_edit_view *v)
{
	struct monitor_agreement *m;
	size_t n, k = 0;
	bool typed;
	TRY(monitor_agreements(r->c, t->person_pid, &m, &n));
	TRY(monitor_had_typed(r->c, t, &typed));
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 2, struct ui_choice);
	const char *stored = "";
	if (typed) {
		c[k++] = (struct ui_choice){.value = TYPED, .label = arena_fmt(r->arena, "入力ずみの合意: %s %s", era_text(r->arena, t->row.agree_on), t->row.agree_text)};
		stored = TYPED;
	}
	for (size_t i = 0; i < n; i++) {
		c[k++] = (struct ui_choice){.value = m[i].pid, .label = m[i].label};
		if (m[i].meeting_id == t->row.agree_meeting_id)
			stored = m[i].pid;
	}
	v->agreement = (struct ui_field){.name = "agree_meeting", .label = "合意した会議", .value = stored, .choices = c, .n_choices = k, .optional_blank = true,
		.help = k ? "三つのことの合意は、選んだ会議の記録（第4表）から写ります" : "確定したサービス担当者会議の記録がありません。先に会議を記録し、合意に印を付けて確定してください"};
	v->meetings_path = arena_fmt(r->arena, "/persons/%s/meetings", t->person_pid);
	return OK;
}

/* What is due and whether a テレビ電話 could be used today, told before anybody goes. */
static err hints(struct req *r, const struct monitor_tree *t, struct mon_edit_view *v)
{
	struct case_view k;
	struct monitor_facts f;
	struct monitor_due d;
	TRY(case_get(r->c, t->case_pid, &k));
	TRY(monitor_facts_of(r->c, &k.row, t->row.id, &f));
	v->video_refused = str_or(monitor_video_refused(r->c->house->law, r->arena, &f, r->c->today), "");
	monitor_judge(r->c->house->law, r->arena, &f, r->c->today, &d);
	v->why = d.why;
	return OK;
}

static bool fault_of_share(const struct ctx *c)
{
	for (size_t i = 0; i < c->n_faults; i++)
		if (strncmp(c->faults[i].field, "share.", 6) == 0)
			return true;
	return false;
}

static err edit(struct req *r, const struct monitor_tree *t, err e)
{
	const struct t_monitoring *m = &t->row;
	bool is_new = !m->id;
	struct page_view *page = page_view(r, is_new ? "モニタリングを記録する" : "モニタリングを直す");
	TRY(person_page_head(r, page, t->person_pid));
	const char *action = record_form(r, page, &(struct record_frame){.person_pid = t->person_pid, .pid = m->pid, .what = "monitoring", .list = "monitorings", .one = "/monitorings",
		.label = "モニタリング", .draft_class = "care", .version = m->version});
	struct mon_edit_view v = {.page = page, .row = m, .is_new = is_new, .plan_pid = t->plan_pid, .from = record_clock(r, m->mon_from), .to = record_clock(r, m->mon_to),
		.action = action,
		.method = choice_field(r, "method", "方法", "mon_method", m->method), .special = choice_field(r, "special_code", "特段の事情", "mon_special", m->special_code),
		.interviewee = codes_field(r, "interviewee", "面接した相手", "mon_interviewee", m->interviewee), .issue = choice_field(r, "new_issue", "新たな課題", "mon_issue", m->new_issue),
		.change = choice_field(r, "plan_change", "計画変更の要否", "mon_plan_change", m->plan_change)};
	v.method.required = true;
	v.special.optional_blank = true;
	v.open_video = str_eq(m->method, "video");
	v.open_special = str_eq(m->method, "other");
	v.open_share = t->n_shares > 0 || fault_of_share(r->c);
	lines_of(r, t, &v);
	TRY(agreement_of(r, t, &v));
	TRY(hints(r, t, &v));
	tmpl_mon_edit(res_page_of(r, e), &v);
	return OK;
}

err page_monitoring_new(struct req *r)
{
	struct monitor_tree t;
	err e = monitor_new(r->c, req_param(r, "pid"), "", &t);
	if (e == ERR_PLAN_STATE) {
		fault_clear(r->c); /* nobody typed anything: the page says what to do first */
		struct page_view *page = page_view(r, "モニタリングを記録する");
		TRY(person_page_head(r, page, req_param(r, "pid")));
		page->back_path = arena_fmt(r->arena, "/persons/%s/monitorings", req_param(r, "pid"));
		page->back_label = "モニタリング";
		tmpl_mon_noplan(res_page_of(r, e), &(struct mon_list_view){.page = page, .person_pid = req_param(r, "pid")});
		return OK;
	}
	TRY(e);
	look_person(r, t.row.person_id);
	return edit(r, &t, OK);
}

static const char *cell(struct req *r, const char *part, size_t i, const char *column) { return str_or(req_field(r, name(r, part, i, column)), ""); }

static int64_t number(struct req *r, const char *part, size_t i, const char *column)
{
	int64_t v;
	return str_int(cell(r, part, i, column), &v) ? v : 0;
}

static civil cell_day(struct req *r, const char *part, size_t i)
{
	struct era_date d;
	const char *text = cell(r, part, i, "on_day");
	if (str_blank(text) || era_parse(r->c, name(r, part, i, "on_day"), text, &d) != OK)
		return CIVIL_NONE; /* a fault is noted */
	return d.from;
}

static void read_rows(struct req *r, struct monitor_tree *t)
{
	for (size_t i = 0; i < t->n_services; i++) {
		t->services[i].executed = cell(r, "svc", i, "executed");
		t->services[i].reason = cell(r, "svc", i, "reason");
		t->services[i].version = number(r, "svc", i, "version");
	}
	for (size_t i = 0; i < t->n_goals; i++) {
		t->goals[i].status = cell(r, "goal", i, "status");
		t->goals[i].note = cell(r, "goal", i, "note");
		t->goals[i].version = number(r, "goal", i, "version");
	}
	size_t stored = t->n_infos;
	struct t_monitoring_info *infos = ARENA_ARRAY(r->arena, stored + MORE_ROWS + 1, struct t_monitoring_info);
	for (size_t i = 0; i < stored + MORE_ROWS; i++) {
		if (i < stored)
			infos[i] = t->infos[i];
		else
			row_init(&T_monitoring_info, &infos[i]);
		infos[i].no = (int64_t)i + 1;
		infos[i].on_day = cell_day(r, "info", i);
		infos[i].office = cell(r, "info", i, "office");
		infos[i].content = cell(r, "info", i, "content");
		infos[i].version = number(r, "info", i, "version");
	}
	t->infos = infos;
	t->n_infos = stored + MORE_ROWS;
	stored = t->n_shares;
	struct t_monitoring_share *shares = ARENA_ARRAY(r->arena, stored + MORE_ROWS + 1, struct t_monitoring_share);
	for (size_t i = 0; i < stored + MORE_ROWS; i++) {
		if (i < stored)
			shares[i] = t->shares[i];
		else
			row_init(&T_monitoring_share, &shares[i]);
		shares[i].no = (int64_t)i + 1;
		shares[i].on_day = cell_day(r, "share", i);
		shares[i].to_name = cell(r, "share", i, "to_name");
		shares[i].content = cell(r, "share", i, "content");
		shares[i].agreed = *cell(r, "share", i, "agreed") != '\0';
		shares[i].version = number(r, "share", i, "version");
	}
	t->shares = shares;
	t->n_shares = stored + MORE_ROWS;
}

static err read(struct req *r, struct monitor_tree *t)
{
	struct t_monitoring *m = &t->row;
	size_t before = r->c->n_faults;
	TRY(formin_read(r, FIELDS, FORMIN_N(FIELDS)));
	m->mon_on = formin_day(r, "mon_on");
	m->mon_from = record_minutes(r, "mon_from", "開始時刻");
	m->mon_to = record_minutes(r, "mon_to", "終了時刻");
	m->method = req_field(r, "method");
	m->special_code = req_field(r, "special_code");
	m->special_reason = req_field(r, "special_reason");
	m->special_to_on = formin_day(r, "special_to_on");
	m->place = req_field(r, "place");
	m->interviewee = codes_joined(r, "interviewee");
	m->interviewee_note = req_field(r, "interviewee_note");
	m->consent_on = formin_day(r, "consent_on");
	m->consent_text = req_field(r, "consent_text");
	if (!str_eq(req_field(r, "agree_meeting"), TYPED) && monitor_agree(r->c, t, req_field(r, "agree_meeting")) != OK && r->c->n_faults == before)
		return ERR_BUG;
	m->user_wish = req_field(r, "user_wish");
	m->family_wish = req_field(r, "family_wish");
	m->condition = req_field(r, "condition");
	m->is_changed = formin_bool(r, "is_changed");
	m->new_issue = req_field(r, "new_issue");
	m->new_issue_text = req_field(r, "new_issue_text");
	m->plan_change = req_field(r, "plan_change");
	m->plan_change_reason = req_field(r, "plan_change_reason");
	m->wants_assess = formin_bool(r, "wants_assess");
	m->next_on = formin_day(r, "next_on");
	read_rows(r, t);
	return r->c->n_faults == before ? OK : ERR_INPUT;
}

/* A page shown again has its spare rows anew. */
static void trim(struct monitor_tree *t)
{
	while (t->n_infos > 0 && str_blank(t->infos[t->n_infos - 1].pid))
		t->n_infos--;
	while (t->n_shares > 0 && str_blank(t->shares[t->n_shares - 1].pid))
		t->n_shares--;
}

static err conflict_or_edit(struct req *r, struct monitor_tree *t, struct row_conflict *conflict, err e)
{
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/monitorings/%s", t->row.pid));
	trim(t);
	return edit(r, t, e);
}

err page_monitoring_create(struct req *r)
{
	struct monitor_tree t;
	const char *plan = str_or(req_field(r, "plan"), "");
	TRY(monitor_new(r->c, req_param(r, "pid"), plan, &t));
	look_person(r, t.row.person_id);
	err e = read(r, &t);
	if (e == OK)
		e = monitor_save(r->c, &t, NULL);
	if (page_is_input(e))
		return conflict_or_edit(r, &t, NULL, e);
	TRY(e);
	TRY(record_draft_done(r, t.person_pid, "", "monitoring", true));
	return res_done(r, "saved", "/monitorings/%s", t.row.pid);
}

static err open_one(struct req *r, struct monitor_tree *t)
{
	TRY(monitor_get(r->c, req_param(r, "pid"), t));
	look_person(r, t->row.person_id);
	return OK;
}

err page_monitoring_edit(struct req *r)
{
	struct monitor_tree t;
	TRY(open_one(r, &t));
	if (!t.may_write)
		return ERR_DENIED;
	return edit(r, &t, OK);
}

err page_monitoring_save(struct req *r)
{
	struct monitor_tree t;
	struct row_conflict *conflict = NULL;
	TRY(open_one(r, &t));
	err e = read(r, &t);
	if (e == OK) {
		t.row.version = formin_int(r, "base");
		e = monitor_save(r->c, &t, &conflict);
	}
	if (e == ERR_CONFLICT || page_is_input(e))
		return conflict_or_edit(r, &t, conflict, e);
	TRY(e);
	TRY(record_draft_done(r, "", t.row.pid, "monitoring", false));
	return res_done(r, "saved", "/monitorings/%s", t.row.pid);
}

/* ---- one record ------------------------------------------------------------------------------------------------------------ */

err page_monitoring_show(struct req *r)
{
	struct monitor_tree t;
	struct page_view *page = page_view(r, "モニタリング");
	TRY(open_one(r, &t));
	TRY(person_page_head(r, page, t.person_pid));
	const struct t_monitoring *m = &t.row;
	record_shown(r, page, m->updated_ms, t.updated_by, arena_fmt(r->arena, "/persons/%s/monitorings", t.person_pid), "モニタリングの一覧");
	struct mon_show_view v = {.page = page, .t = &t, .method = code_label(r, "mon_method", m->method), .special = code_label(r, "mon_special", m->special_code),
		.interviewee = codes_labels(r, "mon_interviewee", m->interviewee), .issue = code_label(r, "mon_issue", m->new_issue),
		.change = code_label(r, "mon_plan_change", m->plan_change), .next_path = "", .next_label = "",
		.at = arena_fmt(r->arena, "%s%s%s%s", era_text_week(r->arena, m->mon_on), m->mon_from == INT_NULL ? "" : arena_fmt(r->arena, "　%s", record_clock(r, m->mon_from)),
			m->mon_to == INT_NULL ? "" : "〜", record_clock(r, m->mon_to)),
		.executed = ARENA_ARRAY(r->arena, t.n_services + 1, const char *), .status = ARENA_ARRAY(r->arena, t.n_goals + 1, const char *),
		.may_print = policy_check(r->c, m->person_id, CLASS_CARE, ACTION_PRINT) == OK};
	for (size_t i = 0; i < t.n_services; i++)
		v.executed[i] = code_label(r, "mon_executed", t.services[i].executed);
	for (size_t i = 0; i < t.n_goals; i++)
		v.status[i] = code_label(r, "mon_status", t.goals[i].status);
	if (t.may_write && (str_eq(m->plan_change, "minor") || str_eq(m->plan_change, "full"))) {
		v.next_path = arena_fmt(r->arena, "/plans/%s/change?kind=%s", t.plan_pid, m->plan_change);
		v.next_label = str_eq(m->plan_change, "minor") ? "軽微な変更に進む" : "計画の変更に進む";
	} else if (t.may_write && m->wants_assess) {
		v.next_path = arena_fmt(r->arena, "/persons/%s/assessments/new", t.person_pid);
		v.next_label = "再アセスメントに進む";
	}
	tmpl_mon_show(res_page(r), &v);
	return OK;
}

err page_monitoring_history(struct req *r)
{
	struct monitor_tree t;
	struct history_act *v;
	size_t n;
	struct page_view *page = page_view(r, "モニタリングの変更の履歴");
	TRY(open_one(r, &t));
	TRY(monitor_history(r->c, t.row.pid, &v, &n));
	TRY(person_page_head(r, page, t.person_pid));
	page->back_path = arena_fmt(r->arena, "/monitorings/%s", t.row.pid);
	page->back_label = "モニタリング";
	const struct history_more more = {.revert = t.may_write ? arena_fmt(r->arena, "/monitorings/%s/revert", t.row.pid) : NULL};
	return record_history_page(r, page, v, n, &more);
}

/* What the check of a save finds wrong with the old words (a month closed since, a visit that is due now) is said by the error page. */
err page_monitoring_revert(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "at", .label = "戻す時点", .kind = FORMIN_INT, .lo = 1, .hi = 9007199254740991, .required = true}};
	struct monitor_tree t;
	TRY(open_one(r, &t));
	TRY(formin_read(r, fields, FORMIN_N(fields)));
	TRY(monitor_revert(r->c, t.row.pid, formin_int(r, "at")));
	return res_done(r, "restored", "/monitorings/%s/history", t.row.pid);
}

static err paper(struct req *r, enum paper_kind kind)
{
	struct monitor_tree t;
	const char *bytes;
	size_t n;
	TRY(open_one(r, &t));
	look_as(r, ACTION_PRINT);
	TRY(monitor_paper(r->c, t.row.pid, kind, &bytes, &n));
	return record_paper(r, kind, bytes, n, "monitoring");
}

err page_monitoring_pdf(struct req *r) { return paper(r, PAPER_PDF); }
err page_monitoring_sheet(struct req *r) { return paper(r, PAPER_SHEET); }

static err open_bin(struct req *r, struct monitor_tree *m, struct record_bin *b)
{
	TRY(open_one(r, m));
	*b = (struct record_bin){.title = "モニタリングをごみ箱へ移す", .person_pid = m->person_pid, .path = arena_fmt(r->arena, "/monitorings/%s", m->row.pid),
		.back_path = arena_fmt(r->arena, "/persons/%s/monitorings", m->person_pid),
		.sentence = arena_fmt(r->arena, "%sのモニタリングをごみ箱へ移します。", era_text(r->arena, m->row.mon_on)),
		.more = "支援経過の記録も一緒に見えなくなります。30日のあいだは元に戻せます。"};
	return OK;
}

err page_monitoring_retire_ask(struct req *r)
{
	struct monitor_tree m;
	struct record_bin b;
	TRY(open_bin(r, &m, &b));
	return record_bin_ask(r, &b, OK);
}

err page_monitoring_retire(struct req *r)
{
	struct monitor_tree m;
	struct record_bin b;
	TRY(open_bin(r, &m, &b));
	return record_bin_put(r, &b, m.row.pid, monitor_retire);
}
