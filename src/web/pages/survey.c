/* 調査: the list, one survey with its steps, its basics, what will change. */
#include "web/pages/survey.h"

#include "access/policy.h"
#include "base/str.h"
#include "exchange/front_carry.h"
#include "jp/era.h"
#include "region/survey_tool.h"
#include "register/draft.h"
#include "tmpl/survey_survey.h"
#include "web/pages/conflict.h"
#include "web/pages/record.h"
#include "web/route.h"

void survey_tabs(struct page_view *page, const struct t_survey *s)
{
	static const char *const tabs[][2] = {{"/surveys/%s", "概要"}, {"/surveys/%s/questions", "質問"}, {"/surveys/%s/targets", "名簿"}, {"/surveys/%s/rounds", "回と依頼"},
		{"/surveys/%s/report", "集計と報告書"}, {"/surveys/%s/files", "ファイル"}};
	page_tabs(page, s->pid, tabs, sizeof tabs / sizeof tabs[0]);
	page->back_path = "/surveys";
	page->back_label = "調査の一覧";
	page->wide = true;
}

bool survey_may(struct req *r, const struct t_survey *s, enum action a) { return survey_gate(r->c, s, a) == OK; }

err survey_page(struct req *r, const char *title, struct t_survey *s, struct page_view **page)
{
	struct survey_steps st;
	TRY(survey_get(r->c, req_param(r, "pid"), s));
	*page = page_view(r, arena_fmt(r->arena, "%s：%s", s->title, title));
	survey_tabs(*page, s);
	if (!survey_may(r, s, ACTION_WRITE))
		return OK;
	TRY(survey_steps_of(r, s, &st));
	if (st.next && !str_eq(st.next->path, r->path)) {
		(*page)->next_path = st.next->path;
		(*page)->next_label = st.next->act;
	}
	return OK;
}

const struct ui_choice *survey_choice_list(struct req *r, enum survey_list which, size_t *n)
{
	const struct survey_word *w = survey_words(which, n);
	struct ui_choice *v = ARENA_ARRAY(r->arena, *n + 1, struct ui_choice);
	for (size_t i = 0; i < *n; i++)
		v[i] = (struct ui_choice){.value = w[i].code, .label = w[i].label};
	return v;
}

void survey_count_lines(const struct import_lines *said, int64_t *good, int64_t *bad)
{
	*good = *bad = 0;
	for (size_t i = 0; i < said->n; i++)
		++*(said->v[i].is_bad ? bad : good);
}

static struct ui_field unit_field(struct req *r, const char *value)
{
	struct ui_field f = {.name = "unit", .label = "調査の単位", .value = value, .required = true, .help = "だれに聞く調査か。数え方（か所・人）と報告書の言葉が決まります。"};
	f.choices = survey_choice_list(r, SURVEY_UNITS, &f.n_choices);
	return f;
}

/* ---- the list --------------------------------------------------------------------------------------------------------------- */

static const char *own_state(const struct survey_own *o, const char **kind)
{
	*kind = str_eq(o->state, "submitted") ? "ok" : o->is_open ? "warn" : "note";
	return str_eq(o->state, "submitted") ? "提出済み" : str_eq(o->state, "partial") ? "途中" : o->is_open ? "未回答" : "回答なし（締切）";
}

static err list(struct req *r, err e)
{
	struct survey_list_view v = {.page = page_view(r, "調査")};
	struct survey_line *s;
	struct survey_own *own;
	struct survey_template *t;
	size_t n;
	TRY(survey_list(r->c, &s, &n));
	v.rows = ARENA_ARRAY(r->arena, n + 1, struct survey_list_row);
	for (size_t i = 0; i < n; i++)
		v.rows[v.n_rows++] = (struct survey_list_row){&s[i], survey_label(SURVEY_UNITS, s[i].unit), s[i].is_anonymous ? "無記名" : "記名"};
	struct ui_choice *copy = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		copy[i] = (struct ui_choice){.value = s[i].pid, .label = s[i].title};
	v.copy = (struct ui_field){.name = "copy", .label = "写す調査", .choices = copy, .n_choices = n, .optional_blank = true};
	TRY(survey_own_list(r->c, &own, &n));
	v.own = ARENA_ARRAY(r->arena, n + 1, struct survey_own_row);
	for (size_t i = 0; i < n; i++) {
		v.own[i] = (struct survey_own_row){.o = &own[i]};
		v.own[i].state = own_state(&own[i], &v.own[i].state_kind);
	}
	v.n_own = n;
	TRY(survey_templates(r->c, &t, &v.n_templates));
	v.templates = t;
	v.may_write = policy_check_own(r->c, r->c->actor.org_id, CLASS_STATISTICS, ACTION_WRITE) == OK;
	v.may_carry = front_carry_gate(r->c) == OK;
	v.title = (struct ui_field){.name = "title", .label = "調査名", .max_chars = 120};
	v.unit = unit_field(r, "centre");
	tmpl_survey_list(res_page_of(r, e), &v);
	return OK;
}

err page_surveys(struct req *r) { return list(r, OK); }

static err create(struct req *r, const char **pid)
{
	static const struct formin_field fields[] = {{.name = "template", .label = "ひな形", .kind = FORMIN_CODE, .max = 40}, {.name = "title", .label = "調査名", .max = 200},
		{.name = "unit", .label = "調査の単位", .kind = FORMIN_CODE, .max = 20}, {.name = "copy", .label = "写す調査", .kind = FORMIN_PID}};
	struct t_survey s;
	TRY(formin_read(r, fields, FORMIN_N(fields)));
	if (*req_field(r, "template"))
		return survey_from_template(r->c, req_field(r, "template"), pid);
	if (*req_field(r, "copy")) {
		TRY(survey_get(r->c, req_field(r, "copy"), &s));
		return survey_copy(r->c, req_field(r, "copy"), *req_field(r, "title") ? req_field(r, "title") : arena_fmt(r->arena, "%s（写し）", s.title), pid);
	}
	survey_init(r->c, &s);
	s.title = req_field(r, "title");
	s.unit = req_field(r, "unit");
	TRY(survey_save(r->c, &s, NULL));
	*pid = s.pid;
	return OK;
}

err page_survey_create(struct req *r)
{
	const char *pid = "";
	err e = create(r, &pid);
	if (page_is_input(e))
		return list(r, e);
	TRY(e);
	return res_done(r, "created", "/surveys/%s", pid);
}

/* ---- one survey ---------------------------------------------------------------------------------------------------------------- */

const char *survey_round_state(const struct t_survey_round *r, civil today, const char **kind)
{
	const char *k = "note", *word = "予定";
	if (survey_round_is_open(r, today))
		k = "ok", word = "回答受付中";
	else if (r->closed_on != CIVIL_NONE || today > r->closes_on)
		k = "note", word = "締切";
	*kind = k;
	return word;
}

static err home(struct req *r, err e)
{
	struct t_survey s;
	struct page_view *page;
	struct t_survey_outcome *o;
	struct survey_tool_view tool;
	struct survey_home_view v = {0};
	TRY(survey_page(r, "概要", &s, &page));
	v.page = page;
	v.s = &s;
	v.unit = survey_label(SURVEY_UNITS, s.unit);
	v.named = s.is_anonymous ? "無記名（だれの回答か、だれにもわかりません）" : "記名（だれの回答かがわかり、督促や前もっての記入ができます）";
	v.prefill = *s.prefill ? "リハビリ専門職との連携の記録から" : "しない";
	struct survey_steps st;
	TRY(survey_steps_of(r, &s, &st));
	v.steps = st.v;
	v.n_steps = st.n;
	TRY(survey_tool_of(r->c, &s, &tool));
	v.tool = &tool;
	TRY(survey_outcomes(r->c, s.id, &o, &v.n_outcomes));
	v.outcomes = o;
	v.may_write = survey_may(r, &s, ACTION_WRITE);
	for (size_t i = 0; i < v.n_outcomes; i++)
		v.may_tell = v.may_tell || (v.may_write && o[i].told_on == CIVIL_NONE);
	v.content = (struct ui_field){.name = "content", .label = "変えること", .required = true, .max_chars = 400, .rows = 2, .no_snippet = true};
	v.who = (struct ui_field){.name = "who", .label = "担当", .max_chars = 80, .width = "m"};
	v.due_on = (struct ui_field){.name = "due_on", .label = "いつまでに", .has_day = true, .day = CIVIL_NONE};
	tmpl_survey_home(res_page_of(r, e), &v);
	return OK;
}

err page_survey(struct req *r) { return home(r, OK); }

/* ---- basics -------------------------------------------------------------------------------------------------------------------- */

static err edit(struct req *r, struct t_survey *s, struct page_view *page, err e)
{
	static const struct ui_choice named[] = {{.value = "0", .label = "記名"}, {.value = "1", .label = "無記名"}};
	static const struct ui_choice prefill[] = {{.value = "", .label = "しない"}, {.value = "dispatch", .label = "リハビリ専門職との連携の記録から"}};
	struct t_survey_round *rounds;
	size_t n;
	TRY(survey_rounds(r->c, s->id, &rounds, &n));
	struct survey_edit_view v = {.page = page, .s = s, .action = arena_fmt(r->arena, "/surveys/%s", s->pid), .begun = n > 0, .unit = unit_field(r, s->unit)};
	page->draft_key = arena_fmt(r->arena, "survey/%s", s->pid);
	page->draft_class = "statistics";
	page->base_version = s->version;
	v.named = (struct ui_field){.name = "is_anonymous", .label = "記名・無記名", .value = s->is_anonymous ? "1" : "0", .choices = named, .n_choices = 2, .required = true,
		.help = "無記名では、回答と回答者を結びつけるものを一切残しません。回を作ったあとは変えられません。"};
	v.prefill = (struct ui_field){.name = "prefill", .label = "記録からの前もっての記入", .value = s->prefill, .choices = prefill, .n_choices = 2};
	tmpl_survey_edit(res_page_of(r, e), &v);
	return OK;
}

err page_survey_edit(struct req *r)
{
	struct t_survey s;
	struct page_view *page;
	TRY(survey_page(r, "基本の事項", &s, &page));
	TRY(survey_gate(r->c, &s, ACTION_WRITE));
	return edit(r, &s, page, OK);
}

static const struct formin_field BASICS[] = {
	{.name = "title", .label = "調査名", .max = 200}, {.name = "purpose", .label = "調査目的", .kind = FORMIN_LINES, .max = 4000}, {.name = "unit", .label = "調査の単位", .kind = FORMIN_CODE, .max = 20},
	{.name = "target_words", .label = "調査対象", .max = 300}, {.name = "frame_words", .label = "名簿の数え方", .max = 300}, {.name = "frame_on", .label = "名簿の日", .kind = FORMIN_DAY},
	{.name = "is_anonymous", .label = "記名・無記名", .kind = FORMIN_CODE, .max = 1}, {.name = "prefill", .label = "記録からの前もっての記入", .kind = FORMIN_CODE, .max = 20},
	{.name = "small_cell", .label = "伏せる人数", .kind = FORMIN_INT}, {.name = "greeting", .label = "依頼文", .kind = FORMIN_LINES, .max = 4000}, {.name = "contact", .label = "問い合わせ先", .max = 300},
	{.name = "period_from", .label = "調査期間の始まり", .kind = FORMIN_DAY}, {.name = "period_to", .label = "調査期間の終わり", .kind = FORMIN_DAY}, {.name = "note", .label = "メモ", .kind = FORMIN_LINES, .max = 4000}};

static err read_basics(struct req *r, struct t_survey *s)
{
	TRY(formin_read(r, BASICS, FORMIN_N(BASICS)));
	s->title = req_field(r, "title");
	s->purpose = req_field(r, "purpose");
	s->unit = req_field(r, "unit");
	s->target_words = req_field(r, "target_words");
	s->frame_words = req_field(r, "frame_words");
	s->frame_on = formin_day(r, "frame_on");
	if (req_has(r, "is_anonymous"))
		s->is_anonymous = str_eq(req_field(r, "is_anonymous"), "1");
	s->prefill = req_field(r, "prefill");
	s->small_cell = formin_int(r, "small_cell") == INT_NULL ? 0 : formin_int(r, "small_cell");
	s->greeting = req_field(r, "greeting");
	s->contact = req_field(r, "contact");
	s->period_from = formin_day(r, "period_from");
	s->period_to = formin_day(r, "period_to");
	s->note = req_field(r, "note");
	s->version = formin_int(r, "base");
	return OK;
}

err page_survey_save(struct req *r)
{
	struct t_survey s;
	struct page_view *page;
	struct row_conflict *conflict = NULL;
	TRY(survey_page(r, "基本の事項", &s, &page));
	err e = read_basics(r, &s);
	if (e == OK)
		e = survey_save(r->c, &s, &conflict);
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/surveys/%s", s.pid));
	if (page_is_input(e) || e == ERR_SURVEY_FIXED)
		return edit(r, &s, page, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "survey/%s", s.pid)));
	return res_done(r, "saved", "/surveys/%s", s.pid);
}

/* ---- to the bin ------------------------------------------------------------------------------------------------------------------ */

static err bin_of(struct req *r, struct t_survey *s, struct record_bin *b)
{
	TRY(survey_get(r->c, req_param(r, "pid"), s));
	TRY(survey_gate(r->c, s, ACTION_WRITE));
	*b = (struct record_bin){.title = "調査をごみ箱へ移す", .person_pid = "", .path = arena_fmt(r->arena, "/surveys/%s", s->pid), .back_path = "/surveys",
		.sentence = arena_fmt(r->arena, "調査「%s」をごみ箱へ移します。", s->title), .more = "回答用のリンクはそのまま残り、届いた回答もなくなりません。30日のあいだは元に戻せます。"};
	return OK;
}

err page_survey_retire_ask(struct req *r)
{
	struct t_survey s;
	struct record_bin b;
	TRY(bin_of(r, &s, &b));
	return record_bin_ask(r, &b, OK);
}

err page_survey_retire(struct req *r)
{
	struct t_survey s;
	struct record_bin b;
	TRY(bin_of(r, &s, &b));
	return record_bin_put(r, &b, s.pid, survey_retire);
}

/* ---- what will change ------------------------------------------------------------------------------------------------------------- */

err page_survey_outcome(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "content", .label = "変えること", .kind = FORMIN_LINES, .max = 1000}, {.name = "who", .label = "担当", .max = 200}, {.name = "due_on", .label = "いつまでに", .kind = FORMIN_DAY}};
	struct t_survey s;
	struct t_survey_outcome o;
	TRY(survey_get(r->c, req_param(r, "pid"), &s));
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK) {
		survey_outcome_init(&s, &o);
		o.content = req_field(r, "content");
		o.who = req_field(r, "who");
		o.due_on = formin_day(r, "due_on");
		e = survey_outcome_save(r->c, &o, NULL);
	}
	if (page_is_input(e))
		return home(r, e);
	TRY(e);
	return res_done(r, "saved", "/surveys/%s", s.pid);
}

err page_survey_outcome_retire(struct req *r)
{
	TRY(survey_outcome_retire(r->c, req_param(r, "opid")));
	return res_done(r, "saved", "/surveys/%s", req_param(r, "pid"));
}

err page_survey_tell(struct req *r)
{
	err e = survey_outcome_tell(r->c, req_param(r, "pid"));
	if (page_is_input(e))
		return home(r, e);
	TRY(e);
	return res_done(r, "survey_told", "/surveys/%s", req_param(r, "pid"));
}
