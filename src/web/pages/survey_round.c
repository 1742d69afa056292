/* The rounds of a survey: when it is asked, who has answered, closing; answers entered for others and by the own organisation. */
#include "base/str.h"
#include "jp/era.h"
#include "region/survey_differ.h"
#include "register/draft.h"
#include "tmpl/survey_round.h"
#include "web/asset.h"
#include "web/pages/conflict.h"
#include "web/pages/form_fields.h"
#include "web/pages/front.h"
#include "web/pages/survey.h"
#include "web/route.h"

/* ---- list ---------------------------------------------------------------------------------------------------------------------- */

static const char *share_of(struct req *r, const struct survey_rate *k) { return k->invited ? str_percent(r->arena, k->submitted, k->invited) : "–"; }

static int fiscal_year(civil day)
{
	struct ymd d = civil_ymd(day);
	return d.m >= 4 ? d.y : d.y - 1;
}

static err rounds(struct req *r, err e)
{
	struct t_survey s;
	struct page_view *page;
	struct t_survey_round *v;
	struct t_survey_form *f;
	size_t n, n_forms;
	TRY(survey_page(r, "回と依頼", &s, &page));
	TRY(survey_rounds(r->c, s.id, &v, &n));
	TRY(survey_forms(r->c, s.id, &f, &n_forms));
	struct survey_rounds_view view = {.page = page, .s = &s, .year = fiscal_year(r->c->today), .may_write = survey_may(r, &s, ACTION_WRITE), .has_form = n_forms > 0};
	view.rows = ARENA_ARRAY(r->arena, n + 1, struct survey_round_row);
	for (size_t i = 0; i < n; i++) {
		struct survey_round_row *x = &view.rows[view.n_rows++];
		*x = (struct survey_round_row){.r = &v[i]};
		TRY(survey_rate_of(r->c, v[i].pid, &x->rate));
		x->state = survey_round_state(&v[i], r->c->today, &x->kind);
		x->share = share_of(r, &x->rate);
	}
	tmpl_survey_rounds(res_page_of(r, e), &view);
	return OK;
}

err page_survey_rounds(struct req *r) { return rounds(r, OK); }

err page_survey_quarters(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "year", .label = "年度（西暦）", .kind = FORMIN_INT, .lo = 2000, .hi = 2100, .required = true}};
	int64_t added = 0;
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = survey_rounds_quarters(r->c, req_param(r, "pid"), (int)formin_int(r, "year"), &added);
	if (page_is_input(e))
		return rounds(r, e);
	TRY(e);
	return res_done(r, added ? "created" : "survey_none_new", "/surveys/%s/rounds", req_param(r, "pid"));
}

/* ---- one round: dates ------------------------------------------------------------------------------------------------------------ */

static err edit(struct req *r, const struct t_survey *s, const struct t_survey_round *x, err e)
{
	struct page_view *page = page_view(r, x->id ? "回を直す" : "回を加える");
	struct survey_round_edit_view v = {.page = page, .s = s, .r = x, .action = x->id ? arena_fmt(r->arena, "/survey-rounds/%s", x->pid) : arena_fmt(r->arena, "/surveys/%s/rounds", s->pid)};
	static const struct ui_choice places[] = {{.value = "0", .label = "このサーバーで受け付ける"}, {.value = "1", .label = "外の回答用サーバーで受け付ける（ファイルで受け渡す）"}};
	struct t_survey_form *f;
	size_t n;
	TRY(survey_forms(r->c, s->id, &f, &n));
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		c[i] = (struct ui_choice){.value = f[n - 1 - i].pid, .label = arena_fmt(r->arena, "第%lld版（%s 確定）", (long long)f[n - 1 - i].no, era_text(r->arena, f[n - 1 - i].published_on))};
	v.form = (struct ui_field){.name = "form", .label = "質問の版", .choices = c, .n_choices = n, .value = n ? c[0].value : ""};
	for (size_t i = 0; i < n; i++)
		if (f[i].id == x->form_id)
			v.form.value = f[i].pid;
	v.outside = (struct ui_field){.name = "is_outside", .label = "回答の場所", .choices = places, .n_choices = 2, .value = x->is_outside ? "1" : "0"};
	page->back_path = x->id ? arena_fmt(r->arena, "/survey-rounds/%s", x->pid) : arena_fmt(r->arena, "/surveys/%s/rounds", s->pid);
	page->back_label = x->id ? x->name : "回と依頼";
	page->draft_key = x->id ? arena_fmt(r->arena, "survey-round/%s", x->pid) : arena_fmt(r->arena, "survey/%s/round", s->pid);
	page->draft_class = "statistics";
	page->base_version = x->version;
	tmpl_survey_round_edit(res_page_of(r, e), &v);
	return OK;
}

static err read(struct req *r, const struct t_survey *s, struct t_survey_round *x)
{
	static const struct formin_field fields[] = {{.name = "name", .label = "回の名前", .max = 120}, {.name = "form", .label = "質問の版", .kind = FORMIN_PID}, {.name = "is_outside", .label = "回答の場所", .kind = FORMIN_CODE, .max = 1},
		{.name = "period_from", .label = "対象の期間の始まり", .kind = FORMIN_DAY}, {.name = "period_to", .label = "対象の期間の終わり", .kind = FORMIN_DAY}, {.name = "opens_on", .label = "依頼の日", .kind = FORMIN_DAY},
		{.name = "closes_on", .label = "締切", .kind = FORMIN_DAY}, {.name = "remind_days", .label = "督促の日", .max = 60}};
	struct t_survey_form *f;
	size_t n;
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e != OK && e != ERR_INPUT)
		return e;
	x->name = req_field(r, "name");
	x->remind_days = req_field(r, "remind_days");
	x->is_outside = str_eq(req_field(r, "is_outside"), "1");
	TRY(survey_forms(r->c, s->id, &f, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(f[i].pid, req_field(r, "form")))
			x->form_id = f[i].id;
	TRY(e);
	x->period_from = formin_day(r, "period_from");
	x->period_to = formin_day(r, "period_to");
	x->opens_on = formin_day(r, "opens_on");
	x->closes_on = formin_day(r, "closes_on");
	return OK;
}

err page_survey_round_new(struct req *r)
{
	struct t_survey s;
	struct t_survey_round x;
	TRY(survey_get(r->c, req_param(r, "pid"), &s));
	TRY(survey_gate(r->c, &s, ACTION_WRITE));
	survey_round_init(&s, &x);
	return edit(r, &s, &x, OK);
}

err page_survey_round_create(struct req *r)
{
	struct t_survey s;
	struct t_survey_round x;
	TRY(survey_get(r->c, req_param(r, "pid"), &s));
	survey_round_init(&s, &x);
	err e = read(r, &s, &x);
	if (e == OK)
		e = survey_round_save(r->c, &x, NULL);
	if (page_is_input(e)) {
		x.id = 0;
		return edit(r, &s, &x, e);
	}
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "survey/%s/round", s.pid)));
	return res_done(r, "saved", "/survey-rounds/%s", x.pid);
}

static err open_one(struct req *r, struct t_survey_round *x, struct t_survey *s)
{
	TRY(survey_round_get(r->c, req_param(r, "pid"), x));
	return survey_load(r->c, x->survey_id, s);
}

err page_survey_round_edit(struct req *r)
{
	struct t_survey s;
	struct t_survey_round x;
	TRY(open_one(r, &x, &s));
	TRY(survey_gate(r->c, &s, ACTION_WRITE));
	return edit(r, &s, &x, OK);
}

err page_survey_round_save(struct req *r)
{
	struct t_survey s;
	struct t_survey_round x;
	struct row_conflict *conflict = NULL;
	TRY(open_one(r, &x, &s));
	err e = read(r, &s, &x);
	if (e == OK) {
		x.version = formin_int(r, "base");
		e = survey_round_save(r->c, &x, &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/survey-rounds/%s/edit", x.pid));
	if (page_is_input(e) || e == ERR_SURVEY_FIXED)
		return edit(r, &s, &x, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "survey-round/%s", x.pid)));
	return res_done(r, "saved", "/survey-rounds/%s", x.pid);
}

/* ---- one round: who has answered --------------------------------------------------------------------------------------------------- */

static const struct ui_choice WHOM[] = {{.value = "", .label = "すべて"}, {.value = "silent", .label = "まだ提出していない"}, {.value = "answered", .label = "提出した"}, {.value = "bounced", .label = "メールが届かなかった"}, {.value = "unsent", .label = "まだ依頼していない"}, {.value = "differs", .label = "記録と違う"}};

static enum survey_whom whom_of(const char *code)
{
	return str_eq(code, "silent") ? SURVEY_SILENT : str_eq(code, "answered") ? SURVEY_ANSWERED : str_eq(code, "bounced") ? SURVEY_BOUNCED : str_eq(code, "unsent") ? SURVEY_UNSENT : SURVEY_ALL;
}

static void seat_words(const struct survey_seat *s, bool anonymous, struct survey_seat_row *x)
{
	x->s = s;
	x->mode = survey_label(SURVEY_MODES, s->mode);
	x->kind = "note";
	if (str_eq(s->answer_state, "submitted"))
		x->state = "提出済み", x->kind = "ok";
	else if (str_eq(s->inv.state, "declined"))
		x->state = "辞退";
	else if (str_eq(s->inv.state, "bounced"))
		x->state = "メールが届かない", x->kind = "bad";
	else if (str_eq(s->answer_state, "partial"))
		x->state = "途中", x->kind = "warn";
	else if (str_eq(s->answer_state, "opened"))
		x->state = "開いた", x->kind = "warn";
	else if (str_eq(s->inv.state, "sent"))
		x->state = anonymous ? "依頼済み" : "開いていない", x->kind = anonymous ? "note" : "warn";
	else
		x->state = "まだ依頼していない";
}

/* The rows of the list; with 「記録と違う」 chosen only those that differ. */
static err seat_rows(struct req *r, const struct survey_seat *seats, size_t n, struct survey_round_view *v)
{
	int64_t *differing = NULL;
	bool only = str_eq(v->whom, "differs");
	v->rows = ARENA_ARRAY(r->arena, n + 1, struct survey_seat_row);
	if (v->compares)
		TRY(survey_differing(r->c, v->r->pid, seats, n, &differing));
	for (size_t i = 0; i < n; i++) {
		struct survey_seat_row x = {.differs = differing ? differing[i] : INT_NULL};
		if (only && (x.differs == INT_NULL || x.differs == 0))
			continue;
		seat_words(&seats[i], v->s->is_anonymous, &x);
		v->n_differ += x.differs != INT_NULL && x.differs > 0;
		v->rows[v->n_rows++] = x;
	}
	return OK;
}

static err show(struct req *r, err e)
{
	static const struct formin_field query[] = {{.name = "whom", .label = "表示", .kind = FORMIN_CODE, .max = 12}};
	struct t_survey s;
	struct t_survey_round x;
	struct survey_rate rate;
	struct survey_seat *seats;
	size_t n;
	TRY(open_one(r, &x, &s));
	formin_read_query(r, query, FORMIN_N(query));
	const char *whom = str_or(req_query(r, "whom"), "");
	TRY(survey_rate_of(r->c, x.pid, &rate));
	if (s.is_anonymous && (whom_of(whom) == SURVEY_SILENT || whom_of(whom) == SURVEY_ANSWERED))
		whom = "";
	TRY(survey_seats(r->c, x.pid, whom_of(whom), &seats, &n));
	struct page_view *page = page_view(r, arena_fmt(r->arena, "%s %s", s.title, x.name));
	struct survey_round_view v = {.page = page, .s = &s, .r = &x, .rate = &rate, .share = share_of(r, &rate), .is_open = survey_round_is_open(&x, r->c->today),
		.is_early = survey_round_is_early(&x, r->c->today), .may_write = survey_may(r, &s, ACTION_WRITE), .whom = whom};
	page->back_path = arena_fmt(r->arena, "/surveys/%s/rounds", s.pid);
	page->back_label = "回と依頼";
	page->wide = true;
	v.state = survey_round_state(&x, r->c->today, &v.kind);
	v.is_over = x.closed_on != CIVIL_NONE || r->c->today > x.closes_on;
	v.not_asked = v.is_over || rate.frame < rate.invited ? 0 : rate.frame - rate.invited;
	v.compares = !s.is_anonymous && !str_blank(s.prefill);
	v.may_export = survey_may(r, &s, ACTION_EXPORT);
	TRY(seat_rows(r, seats, n, &v));
	v.modes = ARENA_ARRAY(r->arena, rate.n_modes + 1, struct survey_mode_row);
	for (size_t i = 0; i < rate.n_modes; i++)
		v.modes[v.n_modes++] = (struct survey_mode_row){survey_label(SURVEY_MODES, rate.modes[i].mode), rate.modes[i].n};
	v.filter = (struct ui_field){.name = "whom", .label = "表示", .value = whom, .choices = WHOM, .n_choices = s.is_anonymous ? 0 : FORMIN_N(WHOM) - !v.compares};
	tmpl_survey_round(res_page_of(r, e), &v);
	return OK;
}

err page_survey_round(struct req *r) { return show(r, OK); }

err page_survey_differing(struct req *r)
{
	const char *bytes;
	size_t n;
	TRY(survey_differing_csv(r->c, req_param(r, "pid"), &bytes, &n));
	return res_file(r, "text/csv; charset=utf-8", bytes, n, "chosa-kiroku-chigai.csv");
}

static err act(struct req *r, err e, const char *flash)
{
	if (page_is_input(e))
		return show(r, e);
	TRY(e);
	return res_done(r, flash, "/survey-rounds/%s", req_param(r, "pid"));
}

err page_survey_invite(struct req *r)
{
	int64_t added = 0;
	err e = survey_invite(r->c, req_param(r, "pid"), &added);
	return act(r, e, added ? "survey_invited" : "survey_none_new");
}

err page_survey_collect(struct req *r)
{
	int64_t n = 0;
	err e = survey_collect(r->c, req_param(r, "pid"), true, &n);
	return act(r, e, n ? "survey_collected" : "survey_none_new");
}

err page_survey_close(struct req *r) { return act(r, survey_round_close(r->c, req_param(r, "pid")), "survey_closed"); }
err page_survey_reopen(struct req *r) { return act(r, survey_round_reopen(r->c, req_param(r, "pid")), "survey_reopened"); }

/* ---- answers ------------------------------------------------------------------------------------------------------------------------ */

static err diffs(struct req *r, const struct survey_answer_view *a, struct survey_answer_page_view *v)
{
	struct survey_difference *d;
	if (!a->row.id)
		return OK;
	TRY(survey_differences(r->c, a->prefill, a->answers, &d, &v->n_diffs));
	v->diffs = d;
	return OK;
}

static const char *const *noted(struct req *r, const struct survey_answer_view *a, size_t *n)
{
	const char **v = ARENA_ARRAY(r->arena, a->def->n_items + 1, const char *);
	*n = 0;
	for (size_t i = 0; a->prefill && !a->row.id && i < a->def->n_items; i++)
		if (answers_has(a->prefill, a->def->items[i].path))
			v[(*n)++] = a->def->items[i].id;
	return (const char *const *)v;
}

static void fields_of(struct req *r, const struct survey_answer_view *a, const struct answers *as, struct form_fields *ff)
{
	struct form_fields_marks m = {.noted_as = "記録から", .branches = true};
	m.noted = noted(r, a, &m.n_noted);
	form_fields_of(r, as, &m, ff);
}

static const char *answer_state(const struct survey_answer_view *a) { return str_eq(a->row.state, "submitted") ? "提出済み" : a->row.id ? "途中" : "未回答"; }

static const char *period_of(struct req *r, const struct t_survey_round *x)
{
	return arena_fmt(r->arena, "%sから%sまで", era_text(r->arena, x->period_from), era_text(r->arena, x->period_to));
}

static struct ui_field mode_field(struct req *r, const char *value)
{
	size_t n;
	const struct ui_choice *all = survey_choice_list(r, SURVEY_MODES, &n);
	struct ui_choice *v = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	struct ui_field f = {.name = "_mode", .label = "回答の届き方", .value = value, .required = true, .choices = v};
	for (size_t i = 0; i < n; i++)
		if (!str_eq(all[i].value, "web") && !str_eq(all[i].value, "inside"))
			v[f.n_choices++] = all[i];
	return f;
}

static const char *const OWN_FIELDS[] = {"_mode", "_note", "_serial", "_submit"};

struct staff_entry {
	struct t_survey s;
	struct t_survey_round round;
	struct survey_answer_view a;
	const struct answers *as; /* what stands in the fields */
};

static err entry_page(struct req *r, struct staff_entry *x, err e)
{
	struct form_fields ff;
	struct page_view *page = page_view(r, arena_fmt(r->arena, "%s の回答", x->a.target_label));
	struct survey_answer_page_view v = {.page = page, .action = arena_fmt(r->arena, "/survey-invitations/%s", x->a.invitation_pid), .title = x->s.title, .round_name = x->round.name,
		.target = x->a.target_label, .lead = "紙・ファクス・電話などで届いた回答を、代わりに入力します。だれが、どの方法で届いたものを入力したかが残ります。", .by_staff = true,
		.may_write = survey_may(r, &x->s, ACTION_WRITE), .is_early = survey_round_is_early(&x->round, r->c->today), .is_given = x->a.row.id != 0, .has_prefill = x->a.prefill != NULL,
		.closes = era_text(r->arena, x->round.closes_on), .state = answer_state(&x->a), .period = period_of(r, &x->round)};
	page->back_path = arena_fmt(r->arena, "/survey-rounds/%s", x->round.pid);
	page->back_label = x->round.name;
	page->draft_key = arena_fmt(r->arena, "survey-invitation/%s", x->a.invitation_pid);
	page->draft_class = "statistics";
	page->base_version = x->a.row.version;
	fields_of(r, &x->a, x->as ? x->as : x->a.answers, &ff);
	v.ff = &ff;
	v.mode = mode_field(r, x->a.row.id ? x->a.row.mode : "mail");
	v.note = (struct ui_field){.name = "_note", .label = "代わりに入力した理由", .value = x->a.row.id ? x->a.row.entry_note : "", .max_chars = 200};
	v.serial = (struct ui_field){.name = "_serial", .label = "用紙の受付番号", .value = "", .width = "s", .mode = "numeric", .help = "用紙に印刷された番号を入れると、別の回答者の用紙でないことを確かめます。空欄でもかまいません。"};
	TRY(diffs(r, &x->a, &v));
	page->more_js = asset_path("front.js");
	tmpl_survey_answer(res_page_of(r, e), &v);
	return OK;
}

static err entry_open(struct req *r, struct staff_entry *x)
{
	struct survey_seat seat;
	*x = (struct staff_entry){0};
	TRY(survey_answer_get(r->c, req_param(r, "pid"), &x->a));
	TRY(survey_seat_get(r->c, req_param(r, "pid"), &seat));
	TRY(survey_round_by_id(r->c, seat.inv.round_id, &x->round));
	return survey_load(r->c, x->round.survey_id, &x->s);
}

err page_survey_entry(struct req *r)
{
	struct staff_entry x;
	TRY(entry_open(r, &x));
	return entry_page(r, &x, OK);
}

err page_survey_entry_save(struct req *r)
{
	struct staff_entry x;
	struct answers *as = NULL;
	struct form_typed typed;
	int64_t serial = INT_NULL;
	TRY(entry_open(r, &x));
	err e = form_fields_read(r, x.a.def, OWN_FIELDS, FORMIN_N(OWN_FIELDS), &as, &typed);
	if (e != OK && !page_is_input(e))
		return e;
	x.as = as;
	if (!str_blank(req_field(r, "_serial")) && !str_int(str_trim(r->arena, req_field(r, "_serial")), &serial))
		e = fault_add(r->c, "_serial", ERR_NOT_NUMBER, "「用紙の受付番号」は半角の数字で入力してください。");
	if (e == OK)
		e = survey_answer_enter(r->c, x.a.invitation_pid, serial, as, req_field(r, "_mode"), req_field(r, "_note"), str_eq(req_field(r, "_submit"), "1"), formin_int(r, "base"));
	if (page_is_input(e) || e == ERR_SURVEY_OTHER)
		return entry_page(r, &x, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "survey-invitation/%s", x.a.invitation_pid)));
	return res_done(r, "saved", "/survey-rounds/%s", x.round.pid);
}

/* ---- an anonymous sheet of paper ------------------------------------------------------------------------------------------------------ */

static err sheet_page(struct req *r, const struct t_survey *s, const struct t_survey_round *round, const struct form_def *def, const struct answers *as, err e)
{
	struct form_fields ff;
	struct page_view *page = page_view(r, arena_fmt(r->arena, "%s %s：紙の回答を入力する", s->title, round->name));
	struct survey_answer_page_view v = {.page = page, .action = arena_fmt(r->arena, "/survey-rounds/%s/sheet", round->pid), .title = s->title, .round_name = round->name, .target = "",
		.lead = "無記名の用紙を1枚ずつ入力します。ほかの回答と混ぜて、だれの回答かわからない形でしまいます。入力したあとは直せません。", .by_staff = true, .may_write = survey_may(r, s, ACTION_WRITE),
		.is_early = survey_round_is_early(round, r->c->today), .closes = era_text(r->arena, round->closes_on), .state = "", .period = period_of(r, round), .mode = mode_field(r, "mail")};
	page->back_path = arena_fmt(r->arena, "/survey-rounds/%s", round->pid);
	page->back_label = round->name;
	form_fields_of(r, as ? as : answers_new(r->arena, def), &(struct form_fields_marks){.branches = true}, &ff);
	v.ff = &ff;
	page->more_js = asset_path("front.js");
	tmpl_survey_answer(res_page_of(r, e), &v);
	return OK;
}

static err sheet_open(struct req *r, struct t_survey_round *x, struct t_survey *s, const struct form_def **def)
{
	struct t_survey_form *f;
	size_t n;
	TRY(open_one(r, x, s));
	TRY(survey_gate(r->c, s, ACTION_WRITE));
	TRY(survey_forms(r->c, s->id, &f, &n));
	for (size_t i = 0; i < n; i++)
		if (f[i].id == x->form_id)
			return s->is_anonymous ? survey_form_def(r->c, &f[i], def) : ERR_NOTFOUND;
	return ERR_NOTFOUND;
}

err page_survey_sheet(struct req *r)
{
	struct t_survey s;
	struct t_survey_round x;
	const struct form_def *def;
	TRY(sheet_open(r, &x, &s, &def));
	return sheet_page(r, &s, &x, def, NULL, OK);
}

err page_survey_sheet_save(struct req *r)
{
	struct t_survey s;
	struct t_survey_round x;
	const struct form_def *def;
	struct answers *as = NULL;
	struct form_typed typed;
	TRY(sheet_open(r, &x, &s, &def));
	err e = form_fields_read(r, def, OWN_FIELDS, FORMIN_N(OWN_FIELDS), &as, &typed);
	if (e != OK && !page_is_input(e))
		return e;
	if (e == OK)
		e = survey_anon_enter(r->c, x.pid, as, req_field(r, "_mode"));
	if (page_is_input(e))
		return sheet_page(r, &s, &x, def, as, e);
	TRY(e);
	return res_done(r, "survey_sheet", "/survey-rounds/%s/sheet", x.pid);
}

const char *survey_totals_from(struct req *r, const struct t_survey_round *round)
{
	return arena_fmt(r->arena, "全体の集計は、この回の受付が終わったあと（%s から）読めます。受付のあいだは、ほかの回答が届くようすがわからないように、調査をした機関だけが見ます。",
		era_text(r->arena, round->closes_on + 1));
}

/* ---- the own organisation answers ------------------------------------------------------------------------------------------------------- */

static err own_page(struct req *r, const struct survey_answer_view *a, const struct t_survey_round *round, const struct t_survey *s, const struct answers *as, err e)
{
	struct form_fields ff;
	bool open = survey_round_is_open(round, r->c->today);
	struct page_view *page = page_view(r, arena_fmt(r->arena, "%s %s", s->title, round->name));
	struct survey_answer_page_view v = {.page = page, .action = arena_fmt(r->arena, "/survey-answers/%s", a->invitation_pid), .title = s->title, .round_name = round->name, .target = a->target_label,
		.lead = s->greeting, .may_write = open, .is_early = survey_round_is_early(round, r->c->today), .is_given = a->row.id != 0, .has_prefill = a->prefill != NULL,
		.closes = era_text(r->arena, round->closes_on), .state = answer_state(a), .period = period_of(r, round)};
	page->back_path = "/surveys";
	page->back_label = "調査";
	if (!survey_round_is_over(round, r->c->today))
		v.totals = survey_totals_from(r, round);
	else if (str_eq(a->row.state, "submitted"))
		v.report = arena_fmt(r->arena, "/survey-answers/%s/report", a->invitation_pid);
	if (open) {
		page->draft_key = arena_fmt(r->arena, "survey-answer/%s", a->invitation_pid);
		page->draft_class = "statistics";
	}
	page->base_version = a->row.version;
	fields_of(r, a, as ? as : a->answers, &ff);
	v.ff = &ff;
	TRY(diffs(r, a, &v));
	page->more_js = asset_path("front.js");
	tmpl_survey_answer(res_page_of(r, e), &v);
	return OK;
}

err page_survey_own(struct req *r)
{
	struct survey_answer_view a;
	struct t_survey_round round;
	struct t_survey s;
	TRY(survey_own_get(r->c, req_param(r, "pid"), &a, &round, &s));
	return own_page(r, &a, &round, &s, NULL, OK);
}

err page_survey_own_save(struct req *r)
{
	struct survey_answer_view a;
	struct t_survey_round round;
	struct t_survey s;
	struct answers *as = NULL;
	struct form_typed typed;
	TRY(survey_own_get(r->c, req_param(r, "pid"), &a, &round, &s));
	err e = form_fields_read(r, a.def, OWN_FIELDS, FORMIN_N(OWN_FIELDS), &as, &typed);
	if (e != OK && !page_is_input(e))
		return e;
	bool submit = str_eq(req_field(r, "_submit"), "1");
	if (e == OK)
		e = survey_own_save(r->c, a.invitation_pid, as, submit, formin_int(r, "base"));
	if (page_is_input(e) || e == ERR_SURVEY_CLOSED || e == ERR_CONFLICT)
		return own_page(r, &a, &round, &s, as, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "survey-answer/%s", a.invitation_pid)));
	return res_done(r, submit ? "survey_handed" : "saved", "/survey-answers/%s", a.invitation_pid);
}
