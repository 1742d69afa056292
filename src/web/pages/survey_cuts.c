/* 集計の指定: tables of the report beyond the usual ones, and 事例紹介 (C-180, C-184, C-189). */
#include "base/str.h"
#include "care/consult_follow.h"
#include "tmpl/survey_cuts.h"
#include "web/pages/survey.h"
#include "web/pages/survey_report.h"
#include "web/route.h"

static const char *question_label(const struct tab_data *d, const char *key)
{
	const struct tab_question *q = tab_question_find(d, key);
	return q ? q->label : "（今の質問にはありません）";
}

static const char *unit_label(const struct tab_data *d, const char *id)
{
	for (size_t u = 0; u < d->n_units; u++)
		if (str_eq(d->units[u].id, id))
			return d->units[u].label;
	return "（名簿にありません）";
}

static struct survey_cut_row row_of(struct req *r, const struct tab_data *d, const struct t_survey_cut *x)
{
	struct survey_cut_row v = {.x = x, .what = survey_pick_label(SURVEY_PICK_CUT, x->what), .rows = question_label(d, x->row_key), .cols = "", .base = ""};
	if (str_eq(x->what, "cross"))
		v.cols = question_label(d, x->col_key);
	else if (str_eq(x->what, "trait"))
		v.cols = arena_fmt(r->arena, "属性：%s", x->col_key);
	else if (str_eq(x->what, "rule"))
		v.base = survey_pick_label(SURVEY_PICK_RULE, x->base);
	else if (str_eq(x->what, "mean"))
		v.base = survey_pick_label(SURVEY_PICK_MEAN, x->base);
	else if (str_eq(x->what, "case")) {
		v.rows = unit_label(d, x->row_key);
		v.base = x->content;
	}
	return v;
}

/* ---- fields ------------------------------------------------------------------------------------------------------------- */

enum of_questions { OF_CHOICE, OF_COUNTED };
enum { CHOICE_CHARS = 14 };

static struct ui_field question_field(struct req *r, const struct tab_data *d, const char *name, const char *label, enum of_questions which)
{
	struct ui_choice *v = ARENA_ARRAY(r->arena, d->n_questions + 1, struct ui_choice);
	struct ui_field f = {.name = name, .label = label, .choices = v, .required = true};
	for (size_t i = 0; i < d->n_questions; i++) {
		const struct tab_question *q = &d->questions[i];
		bool fits = q->kind == TAB_SINGLE || q->kind == TAB_MULTI, counted = false;
		for (size_t k = 0; k < d->n_questions; k++)
			counted = counted || str_eq(d->questions[k].of_key, q->key);
		if (!fits || (which == OF_COUNTED && !counted))
			continue;
		/* short enough to be read whole in a narrow list: what it is for, else its beginning */
		const char *role = survey_label(SURVEY_ROLES, q->role), *words = *role ? role : consult_one_line(r->arena, q->label, CHOICE_CHARS);
		v[f.n_choices++] = (struct ui_choice){.value = q->key, .label = str_blank(q->no) ? words : arena_fmt(r->arena, "%s %s", q->no, words)};
	}
	return f;
}

static struct ui_field pick_field(struct req *r, const char *name, const char *label, enum survey_picks which)
{
	size_t n;
	const struct survey_pick *p = survey_picks(which, &n);
	struct ui_choice *v = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct ui_choice){.value = p[i].code, .label = p[i].label};
	return (struct ui_field){.name = name, .label = label, .required = true, .choices = v, .n_choices = n};
}

static struct ui_field trait_field(struct req *r, const struct tab_data *d)
{
	struct ui_choice *v = ARENA_ARRAY(r->arena, d->n_traits + 1, struct ui_choice);
	for (size_t i = 0; i < d->n_traits; i++)
		v[i] = (struct ui_choice){.value = d->traits[i].key, .label = d->traits[i].label};
	return (struct ui_field){.name = "trait_col", .label = "列にする属性", .required = true, .choices = v, .n_choices = d->n_traits, .help = "名簿にある属性です。"};
}

static struct ui_field target_field(struct req *r, const struct tab_data *d)
{
	struct ui_choice *v = ARENA_ARRAY(r->arena, d->n_units + 1, struct ui_choice);
	for (size_t u = 0; u < d->n_units; u++)
		v[u] = (struct ui_choice){.value = d->units[u].id, .label = d->units[u].label};
	return (struct ui_field){.name = "case_row", .label = "紹介する回答者", .required = true, .choices = v, .n_choices = d->anonymous ? 0 : d->n_units};
}

static err show(struct req *r, err e)
{
	struct t_survey s;
	struct page_view *page;
	struct tab_data *d;
	struct t_survey_cut *cuts;
	size_t n;
	struct survey_cuts_view v = {0};
	TRY(survey_page(r, "集計の指定", &s, &page));
	TRY(survey_data_load(r->c, s.pid, "", &d));
	TRY(survey_cuts(r->c, s.id, &cuts, &n));
	survey_report_tab(r, page);
	page->back_path = arena_fmt(r->arena, "/surveys/%s/report", s.pid);
	page->back_label = "集計と報告書";
	v.page = page;
	v.s = &s;
	v.action = arena_fmt(r->arena, "/surveys/%s/cuts", s.pid);
	v.may_write = survey_may(r, &s, ACTION_WRITE);
	v.rows = ARENA_ARRAY(r->arena, n + 1, struct survey_cut_row);
	for (size_t i = 0; i < n; i++)
		if (!str_eq(cuts[i].what, "note")) /* written on the report itself */
			v.rows[v.n_rows++] = row_of(r, d, &cuts[i]);
	v.cross_row = question_field(r, d, "cross_row", "行にする質問", OF_CHOICE);
	v.cross_col = question_field(r, d, "cross_col", "列にする質問", OF_CHOICE);
	v.trait_row = question_field(r, d, "trait_row", "行にする質問", OF_CHOICE);
	v.trait_col = trait_field(r, d);
	v.rule_row = question_field(r, d, "rule_row", "まとめる質問", OF_CHOICE);
	v.rule_base = pick_field(r, "rule_base", "回のまとめかた", SURVEY_PICK_RULE);
	v.mean_row = question_field(r, d, "mean_row", "回数を聞いた質問", OF_COUNTED);
	v.mean_base = pick_field(r, "mean_base", "平均の母数", SURVEY_PICK_MEAN);
	v.case_row = target_field(r, d);
	v.content = (struct ui_field){.name = "content", .label = "連携内容", .required = true, .rows = 4, .max_chars = 2000, .no_snippet = true,
		.help = "回答をもとに、個人や回答者の名前を書かずにまとめてください。回数は回答から入ります。"};
	v.effect = (struct ui_field){.name = "effect", .label = "効果", .rows = 3, .max_chars = 2000, .no_snippet = true, .help = "計画や利用者の意欲にもたらした効果など。"};
	tmpl_survey_cuts(res_page_of(r, e), &v);
	return OK;
}

err page_survey_cuts(struct req *r) { return show(r, OK); }

static const struct formin_field FIELDS[] = {{.name = "what", .label = "集計の種類", .kind = FORMIN_CODE, .max = 10, .required = true}, {.name = "cross_row", .label = "行にする質問", .max = 60},
	{.name = "cross_col", .label = "列にする質問", .max = 60}, {.name = "trait_row", .label = "行にする質問", .max = 60}, {.name = "trait_col", .label = "列にする属性", .max = 100},
	{.name = "rule_row", .label = "まとめる質問", .max = 60}, {.name = "rule_base", .label = "回のまとめかた", .kind = FORMIN_CODE, .max = 12}, {.name = "mean_row", .label = "回数を聞いた質問", .max = 60},
	{.name = "mean_base", .label = "平均の母数", .kind = FORMIN_CODE, .max = 12}, {.name = "case_row", .label = "紹介する回答者", .kind = FORMIN_PID},
	{.name = "content", .label = "連携内容", .kind = FORMIN_LINES, .max = 4000}, {.name = "note_row", .label = "考察を書くところ", .max = 60},
	{.name = "note_version", .label = "版", .kind = FORMIN_INT}, {.name = "effect", .label = "効果", .kind = FORMIN_LINES, .max = 4000}};

/* 考察 of a section: a new one, a changed one, or an emptied one, which is taken away. Its history is that of its row. */
static err note_save(struct req *r, const struct t_survey *s)
{
	struct t_survey_cut x, *all;
	struct row_conflict *conflict = NULL;
	size_t n;
	const char *key = str_or(req_field(r, "note_row"), ""), *text = str_or(req_field(r, "content"), "");
	survey_cut_init(s, &x);
	TRY(survey_cuts(r->c, s->id, &all, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(all[i].what, "note") && str_eq(all[i].row_key, key))
			x = all[i];
	if (str_blank(text))
		return x.id ? survey_cut_retire(r->c, x.pid) : OK;
	if (x.id && formin_int(r, "note_version") != x.version) {
		(void)fault_add(r->c, "content", ERR_CONFLICT, "この考察は、ほかの人が先に書きかえました。今の文は「%s」です。見くらべて、もう一度保存してください。", x.content);
		return ERR_INPUT;
	}
	x.what = "note";
	x.row_key = key;
	x.content = text;
	return survey_cut_save(r->c, &x, &conflict);
}

err page_survey_cut_save(struct req *r)
{
	struct t_survey s;
	struct t_survey_cut x;
	TRY(survey_get(r->c, req_param(r, "pid"), &s));
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	if (str_eq(str_or(req_field(r, "what"), ""), "note")) {
		e = e == OK ? note_save(r, &s) : e;
		if (page_is_input(e))
			return survey_report_show(r, e);
		TRY(e);
		return res_done(r, "saved", "/surveys/%s/report", s.pid);
	}
	if (e == OK) {
		const char *what = req_field(r, "what");
		survey_cut_init(&s, &x);
		x.what = what;
		x.row_key = req_field(r, arena_fmt(r->arena, "%s_row", what));
		x.col_key = req_field(r, arena_fmt(r->arena, "%s_col", what));
		x.base = req_field(r, arena_fmt(r->arena, "%s_base", what));
		if (str_eq(what, "case")) {
			x.content = req_field(r, "content");
			x.effect = req_field(r, "effect");
		}
		e = survey_cut_save(r->c, &x, NULL);
	}
	if (page_is_input(e))
		return show(r, e);
	TRY(e);
	return res_done(r, "saved", "/surveys/%s/cuts", s.pid);
}

err page_survey_cut_retire(struct req *r)
{
	TRY(survey_cut_retire(r->c, req_param(r, "xpid")));
	return res_done(r, "saved", "/surveys/%s/cuts", req_param(r, "pid"));
}
