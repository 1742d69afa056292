/* 集計と報告書: the report as a page and as files; the report of an organisation that was asked. */
#include "web/pages/survey_report.h"

#include "base/house.h"
#include "base/str.h"
#include "jp/era.h"
#include "region/survey_compare.h"
#include "region/tab_chart.h"
#include "region/tab_pdf.h"
#include "region/tab_xlsx.h"
#include "register/org.h"
#include "tmpl/survey_report.h"
#include "web/pages/survey.h"
#include "web/route.h"

#include <string.h>

static const struct formin_field QUERY[] = {{.name = "round", .label = "回", .kind = FORMIN_PID}, {.name = "rule", .label = "回のまとめかた", .kind = FORMIN_CODE, .max = 12},
	{.name = "mean", .label = "平均の母数", .kind = FORMIN_CODE, .max = 12}, {.name = "unit", .label = "回答者", .kind = FORMIN_PID}, {.name = "fold", .label = "無回答", .kind = FORMIN_BOOL},
	{.name = "whole", .label = "合計100", .kind = FORMIN_BOOL}, {.name = "ticks", .label = "選択数を母数に", .kind = FORMIN_BOOL}, {.name = "places", .label = "小数", .kind = FORMIN_BOOL},
	{.name = "table", .label = "表", .kind = FORMIN_CODE, .max = 120}, {.name = "year", .label = "年度", .kind = FORMIN_CODE, .max = 4},
	{.name = "from", .label = "比べるもと", .kind = FORMIN_CODE, .max = 26}, {.name = "to", .label = "比べる先", .kind = FORMIN_CODE, .max = 26}, {.name = "public", .label = "公表用", .kind = FORMIN_BOOL}};

void survey_report_tab(struct req *r, struct page_view *page)
{
	struct tab *v = ARENA_ARRAY(r->arena, page->n_tabs + 1, struct tab);
	for (size_t i = 0; i < page->n_tabs; i++) {
		v[i] = page->tabs[i];
		v[i].current = str_ends(v[i].path, "/report");
	}
	page->tabs = v;
}

/* ---- view ------------------------------------------------------------------------------------------------------------------- */

static struct report_head *groups_of(struct arena *a, const struct tab_table *t, size_t *n)
{
	struct report_head *v = ARENA_ARRAY(a, t->n_cols + 1, struct report_head);
	bool any = false;
	*n = 0;
	for (size_t c = 0; c < t->n_cols; c++) {
		const char *g = str_or(t->cols[c].group, "");
		any = any || *g;
		if (*n && str_eq(t->cols[c - 1].group, g))
			v[*n - 1].span++;
		else
			v[(*n)++] = (struct report_head){tab_col_group(a, &t->cols[c]), 1};
	}
	*n = any ? *n : 0;
	return v;
}

static bool same_base(const struct tab_base *x, const struct tab_base *y)
{
	return x->n == y->n && x->n_hidden == y->n_hidden && str_eq(x->words, y->words);
}

static const char *const *heads_of(struct arena *a, const struct tab_table *t)
{
	const char **v = ARENA_ARRAY(a, t->n_cols + 1, const char *);
	for (size_t c = 0; c < t->n_cols; c++) {
		const struct tab_col *k = &t->cols[c];
		const char *n = k->base.n_hidden ? "n=x" : arena_fmt(a, "n=%lld", (long long)k->base.n);
		v[c] = k->kind == TAB_CELL_TEXT || same_base(&k->base, &t->base) ? k->head
			: arena_fmt(a, "%s\n%s", k->head, k->base.counts == t->base.counts ? n : tab_base_text(a, &k->base)); /* what is counted stands under the title */
	}
	return v;
}

static const char *const *labels_of(struct arena *a, const struct tab_table *t)
{
	const char **v = ARENA_ARRAY(a, t->n_rows + 1, const char *);
	for (size_t i = 0; i < t->n_rows; i++)
		v[i] = t->rows[i].base.words && !t->rows[i].total ? arena_fmt(a, "%s（%s）", t->rows[i].label, tab_base_text(a, &t->rows[i].base)) : t->rows[i].label;
	return v;
}

static const char *with_table(struct arena *a, const char *base, const char *query, const char *id)
{
	return arena_fmt(a, "%s.csv%s%stable=%s", base, query, *query ? "&" : "?", id);
}

static void table_of(struct arena *a, const struct survey_report *r, const struct tab_table *t, const char *base, const char *query, size_t no, struct report_table *v)
{
	struct tab_picture pics[TAB_CHARTS_MAX];
	*v = (struct report_table){.t = t, .title = str_blank(t->no) ? t->title : arena_fmt(a, "%s %s", t->no, t->title), .base = tab_base_text(a, &t->base), .csv = with_table(a, base, query, t->id),
		.anchor = arena_fmt(a, "t%zu", no), .heads = heads_of(a, t), .labels = labels_of(a, t), .wide = t->n_cols > 4};
	v->groups = groups_of(a, t, &v->n_groups);
	v->n_pictures = tab_charts(a, t, r->counter, pics);
	for (size_t i = 0; i < v->n_pictures; i++)
		v->pictures[i] = (struct html_safe){drawing_svg(a, pics[i].drawing, arena_fmt(a, "c%zu-%zu", no, i))};
}

/* The coding of the question that the section's text table is about. */
static const char *coding_of(struct arena *a, const struct survey_report *r, const struct tab_section *s)
{
	for (size_t i = 0; i < s->n_tables; i++) {
		const struct tab_question *q = tab_question_find(r->data, s->tables[i]->key);
		if (s->kind == TAB_SEC_TEXT && q && q->kind == TAB_TEXT)
			return arena_fmt(a, "/surveys/%s/coding/%s", r->survey.pid, q->key);
	}
	return "";
}

void report_view_fill(struct arena *a, const struct survey_report *r, const char *base, const char *query, struct survey_report_view *v)
{
	size_t no = 0;
	v->title = r->report->title;
	v->unit = r->report->unit;
	v->sections = ARENA_ARRAY(a, r->report->n_sections + 1, struct report_section);
	for (size_t i = 0; i < r->report->n_sections; i++) {
		const struct tab_section *s = &r->report->sections[i];
		struct report_section *x = &v->sections[v->n_sections++];
		*x = (struct report_section){.s = s, .anchor = arena_fmt(a, "s%zu", i + 1), .coding = v->may_write ? coding_of(a, r, s) : "", .tables = ARENA_ARRAY(a, s->n_tables + 1, struct report_table)};
		for (size_t k = 0; k < s->n_tables; k++)
			table_of(a, r, s->tables[k], base, query, ++no, &x->tables[x->n_tables++]);
	}
}

/* ---- what is asked for ---------------------------------------------------------------------------------------------------------- */

static void ask_of(struct req *r, struct survey_report_ask *k)
{
	formin_read_query(r, QUERY, FORMIN_N(QUERY));
	survey_report_ask_init(k);
	k->round = str_or(req_query(r, "round"), "");
	k->unit = str_or(req_query(r, "unit"), "");
	k->rule = str_or(req_query(r, "rule"), "");
	k->mean = str_or(req_query(r, "mean"), "");
	k->table = str_or(req_query(r, "table"), "");
	int64_t year;
	k->year = str_int(str_or(req_query(r, "year"), ""), &year) && year > 0 && year < 10000 ? (int)year : 0;
	k->from = str_or(req_query(r, "from"), "");
	k->to = str_or(req_query(r, "to"), "");
	k->publish = str_eq(req_query(r, "public"), "1");
	k->fold_silent = str_eq(req_query(r, "fold"), "1");
	k->force100 = str_eq(req_query(r, "whole"), "1");
	k->of_ticks = str_eq(req_query(r, "ticks"), "1");
	k->one_place = str_eq(req_query(r, "places"), "1");
}

static void put(struct buf *b, const char *name, const char *value)
{
	if (!str_blank(value))
		buf_fmt(b, "%s%s=%s", b->n ? "&" : "?", name, value);
}

/* The choice as a query again; unknown codes are left out. */
static const char *query_of(struct req *r, const struct survey_report_ask *k)
{
	struct buf b = buf_new(r->arena);
	put(&b, "round", k->round);
	put(&b, "unit", k->unit);
	put(&b, "year", k->year ? arena_fmt(r->arena, "%d", k->year) : "");
	put(&b, "from", k->from);
	put(&b, "to", k->to);
	put(&b, "public", k->publish ? "1" : "");
	put(&b, "rule", *survey_pick_label(SURVEY_PICK_RULE, k->rule) ? k->rule : "");
	put(&b, "mean", *survey_pick_label(SURVEY_PICK_MEAN, k->mean) ? k->mean : "");
	put(&b, "fold", k->fold_silent ? "1" : "");
	put(&b, "whole", k->force100 ? "1" : "");
	put(&b, "ticks", k->of_ticks ? "1" : "");
	put(&b, "places", k->one_place ? "1" : "");
	return b.n ? b.p : "";
}

static struct ui_field picks_field(struct req *r, const char *name, const char *label, enum survey_picks which, const char *value)
{
	size_t n;
	const struct survey_pick *p = survey_picks(which, &n);
	struct ui_choice *v = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct ui_choice){.value = p[i].code, .label = p[i].label};
	return (struct ui_field){.name = name, .label = label, .value = *survey_pick_label(which, value) ? value : p[0].code, .choices = v, .n_choices = n};
}

static void fields_of(struct req *r, const struct survey_report *x, const struct survey_report_ask *k, struct survey_report_view *v)
{
	const struct tab_data *d = x->data;
	struct ui_choice *rounds = ARENA_ARRAY(r->arena, d->n_rounds + 1, struct ui_choice), *units = ARENA_ARRAY(r->arena, d->n_units + 1, struct ui_choice);
	rounds[0] = (struct ui_choice){.value = "", .label = "すべての回"};
	for (size_t i = 0; i < d->n_rounds; i++)
		rounds[i + 1] = (struct ui_choice){.value = x->rounds[i], .label = d->rounds[i].name};
	v->round = (struct ui_field){.name = "round", .label = "回", .value = k->round, .choices = rounds, .n_choices = d->owner ? d->n_rounds + 1 : 0}; /* see survey_report: others get all rounds together */
	v->rule = picks_field(r, "rule", "今後の予定などの意見の、回のまとめかた", SURVEY_PICK_RULE, k->rule);
	v->mean = picks_field(r, "mean", "平均の母数", SURVEY_PICK_MEAN, k->mean);
	v->fold = (struct ui_field){.name = "fold", .label = "どの回にも回答がない回答者を「一度も…ない」に含める", .value = k->fold_silent ? "1" : ""};
	v->force100 = (struct ui_field){.name = "whole", .label = "割合の合計を100%に合わせる", .value = k->force100 ? "1" : ""};
	v->ticks = (struct ui_field){.name = "ticks", .label = "複数回答の割合を、選ばれた数を母数にして出す", .value = k->of_ticks ? "1" : ""};
	v->places = (struct ui_field){.name = "places", .label = "割合を小数第1位まで出す", .value = k->one_place ? "1" : ""};
	units[0] = (struct ui_choice){.value = "", .label = "全体"};
	for (size_t i = 0; i < d->n_units; i++)
		units[i + 1] = (struct ui_choice){.value = d->units[i].id, .label = d->units[i].label};
	v->of_unit = (struct ui_field){.name = "unit", .label = "1つの回答者の報告書", .value = k->unit, .choices = units, .n_choices = d->anonymous || v->own ? 0 : d->n_units + 1};
}

/* Rounds and years of this survey; for the earlier side the other surveys of the house too. */
static err sides_of(struct req *r, const struct survey_report *x, const struct survey_report_ask *k, struct survey_report_view *v)
{
	const struct tab_data *d = x->data;
	int years[TAB_ROUNDS_MAX];
	size_t n_years = survey_years(d, years), n_others, n = 0, n_own;
	struct survey_line *others;
	TRY(survey_list(r->c, &others, &n_others));
	struct ui_choice *c = ARENA_ARRAY(r->arena, d->n_rounds + n_years + n_others + 1, struct ui_choice), *y = ARENA_ARRAY(r->arena, n_years + 1, struct ui_choice);
	c[n++] = (struct ui_choice){.value = "", .label = "自動（回答のある新しい2回）"};
	y[0] = (struct ui_choice){.value = "", .label = "すべての年度"};
	for (size_t i = 0; i < n_years; i++) {
		y[i + 1] = (struct ui_choice){.value = arena_fmt(r->arena, "%d", years[i]), .label = era_text_fiscal(r->arena, years[i])};
		c[n++] = (struct ui_choice){.value = arena_fmt(r->arena, "y%d", years[i]), .label = arena_fmt(r->arena, "%s（全部の回）", era_text_fiscal(r->arena, years[i]))};
	}
	for (size_t i = 0; i < d->n_rounds; i++)
		c[n++] = (struct ui_choice){.value = x->rounds[i], .label = n_years > 1 && d->rounds[i].from != CIVIL_NONE
			? arena_fmt(r->arena, "%s %s", era_text_fiscal(r->arena, civil_fiscal_year(d->rounds[i].from)), d->rounds[i].name) : d->rounds[i].name};
	n_own = n;
	for (size_t i = 0; i < n_others; i++)
		if (!str_eq(others[i].pid, x->survey.pid) && others[i].n_rounds)
			c[n++] = (struct ui_choice){.value = others[i].pid, .label = others[i].opens_on == CIVIL_NONE ? arena_fmt(r->arena, "別の調査：%s", others[i].title)
				: arena_fmt(r->arena, "別の調査（%s〜）：%s", era_text_short(r->arena, others[i].opens_on), others[i].title)};
	v->year = (struct ui_field){.name = "year", .label = "年度", .value = k->year ? arena_fmt(r->arena, "%d", k->year) : "", .choices = y, .n_choices = d->owner && n_years > 1 ? n_years + 1 : 0};
	v->from = (struct ui_field){.name = "from", .label = "比べるもと（前の回・前の年度・前の調査）", .value = k->from, .choices = c, .n_choices = n,
		.help = "別の調査とは、記号と文と選択肢が同じ質問だけを比べます。"};
	v->to = (struct ui_field){.name = "to", .label = "比べる先（この調査）", .value = k->to, .choices = c, .n_choices = n_own};
	v->public_ = (struct ui_field){.name = "public", .label = "公表用にする（少ない数と回答者の名前を出さず、受付の終わった回をまとめて出す）", .value = k->publish ? "1" : ""};
	return OK;
}

/* 考察 of each section that takes one, as it is stored. What could not be saved stays as typed. */
static err notes_of(struct req *r, const struct survey_report *x, struct survey_report_view *v)
{
	struct t_survey_cut *cuts;
	size_t n;
	TRY(survey_cuts(r->c, x->survey.id, &cuts, &n));
	for (size_t i = 0; i < v->n_sections; i++) {
		struct report_section *s = &v->sections[i];
		const char *key = str_or(s->s->note_key, "");
		bool typed = v->page->posted && str_eq(str_or(req_field(r, "note_row"), ""), key);
		s->note_pid = "";
		if (!*key)
			continue;
		for (size_t k = 0; k < n; k++)
			if (str_eq(cuts[k].what, "note") && str_eq(cuts[k].row_key, key)) {
				s->note_pid = cuts[k].pid;
				s->note_version = cuts[k].version;
			}
		for (size_t f = 0; typed && f < r->c->n_faults; f++)
			s->note_bad = s->note_bad ? s->note_bad : r->c->faults[f].message;
		s->note = (struct ui_field){.name = arena_fmt(r->arena, "note_%zu", i), .label = s->s->kind == TAB_SEC_SUMMARY ? "調査全体についての考察" : "考察", .rows = 4, .max_chars = 2000, .no_snippet = true,
			.value = typed ? str_or(req_field(r, "content"), "") : str_or(s->s->note, "")};
	}
	return OK;
}

static const struct report_link *files_of(struct req *r, const char *base, const char *query, size_t *n)
{
	static const char *const ends[][2] = {{"PDF（A4の報告書）", "pdf"}, {"Excel（表ごとのシートと図）", "xlsx"}, {"CSV", "csv"}, {"JSON", "json"}};
	struct report_link *v = ARENA_ARRAY(r->arena, FORMIN_N(ends), struct report_link);
	for (*n = 0; *n < FORMIN_N(ends); ++*n)
		v[*n] = (struct report_link){ends[*n][0], arena_fmt(r->arena, "%s.%s%s", base, ends[*n][1], query)};
	return v;
}

/* ---- pages ------------------------------------------------------------------------------------------------------------------------ */

static err report_page(struct req *r, struct page_view *page, const struct survey_report *x, const struct survey_report_ask *k, const char *base, bool own, err e)
{
	const char *query = query_of(r, k);
	struct survey_report_view v = {.page = page, .action = base, .own = own, .why_empty = ""};
	v.may_write = !own && survey_may(r, &x->survey, ACTION_WRITE);
	report_view_fill(r->arena, x, base, query, &v);
	fields_of(r, x, k, &v);
	v.query = query;
	v.publish = k->publish;
	if (!own)
		TRY(sides_of(r, x, k, &v));
	if (v.may_write && !k->publish && !*k->unit)
		TRY(notes_of(r, x, &v));
	v.files = files_of(r, base, query, &v.n_files);
	v.cuts_path = v.may_write ? arena_fmt(r->arena, "/surveys/%s/cuts", x->survey.pid) : "";
	v.cuts_post = arena_fmt(r->arena, "/surveys/%s/cuts", x->survey.pid);
	v.coding_path = v.may_write ? arena_fmt(r->arena, "/surveys/%s/coding", x->survey.pid) : "";
	tmpl_survey_report(res_page_of(r, e), &v);
	return OK;
}

err page_survey_report(struct req *r) { return survey_report_show(r, OK); }

err survey_report_show(struct req *r, err bad)
{
	struct t_survey s;
	struct page_view *page;
	struct survey_report_ask k;
	struct survey_report x;
	TRY(survey_page(r, "集計と報告書", &s, &page));
	ask_of(r, &k);
	k.table = "";
	err e = survey_report_make(r->c, s.pid, &k, &x);
	if (e == ERR_SURVEY_NO_ROUND) {
		struct survey_report_view v = {.page = page, .why_empty = k.publish ? "公表用の報告書に入れるのは、受付の終わった回だけです。まだ終わった回がありません。"
			: "この調査には、まだ回がありません。回を作って依頼すると、ここで集計できます。", .action = "", .title = s.title, .unit = "", .cuts_path = "", .coding_path = ""};
		tmpl_survey_report(res_page(r), &v);
		return OK;
	}
	TRY(e);
	return report_page(r, page, &x, &k, arena_fmt(r->arena, "/surveys/%s/report", s.pid), false, bad);
}

/* ---- files ------------------------------------------------------------------------------------------------------------------------- */

enum report_file { FILE_PDF, FILE_XLSX, FILE_CSV, FILE_JSON };

static err sender_of(struct req *r, const struct t_survey *s, const char **out)
{
	struct org o;
	TRY(org_load(r->c, s->org_id, &o));
	*out = o.name;
	return OK;
}

static err file_of(struct req *r, const struct survey_report *x, enum report_file f)
{
	const char *bytes, *sender;
	size_t n;
	switch (f) {
	case FILE_PDF:
		TRY(sender_of(r, &x->survey, &sender));
		TRY(tab_pdf(r->arena, r->c->house->fonts, x->report, &(struct tab_paper){.sender = sender, .counter = x->counter, .round = x->round_name, .on = r->c->today, .now_ms = r->c->now_ms}, &bytes, &n));
		return res_pdf(r, bytes, n, "chosa-hokoku.pdf");
	case FILE_XLSX:
		TRY(tab_xlsx(r->arena, x->report, r->c->now_ms, &bytes, &n));
		return res_file(r, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes, n, "chosa-hokoku.xlsx");
	case FILE_CSV:
		TRY(tab_csv(r->arena, x->report, &bytes, &n));
		return res_file(r, "text/csv; charset=utf-8", bytes, n, "chosa-hokoku.csv");
	default:
		bytes = tab_json(r->arena, x->report);
		return res_file(r, "application/json; charset=utf-8", bytes, strlen(bytes), "chosa-hokoku.json");
	}
}

static err report_file(struct req *r, enum report_file f)
{
	struct survey_report_ask k;
	struct survey_report x;
	ask_of(r, &k);
	k.action = f == FILE_PDF ? ACTION_PRINT : ACTION_EXPORT;
	look_as(r, k.action);
	TRY(survey_report_make(r->c, req_param(r, "pid"), &k, &x));
	return file_of(r, &x, f);
}

err page_survey_report_pdf(struct req *r) { return report_file(r, FILE_PDF); }
err page_survey_report_xlsx(struct req *r) { return report_file(r, FILE_XLSX); }
err page_survey_report_csv(struct req *r) { return report_file(r, FILE_CSV); }
err page_survey_report_json(struct req *r) { return report_file(r, FILE_JSON); }

/* ---- an organisation that was asked ---------------------------------------------------------------------------------------------------- */

static err own_report(struct req *r, struct survey_report_ask *k, struct survey_report *x)
{
	ask_of(r, k);
	k->unit = "";
	return survey_report_own(r->c, req_param(r, "pid"), k, x);
}

/* The round is still open: from when the figures of all can be read. */
static err not_yet(struct req *r)
{
	struct survey_answer_view a;
	struct t_survey_round round;
	struct t_survey s;
	TRY(survey_own_get(r->c, req_param(r, "pid"), &a, &round, &s));
	struct page_view *page = page_view(r, arena_fmt(r->arena, "%s：こちらの回答と全体", s.title));
	struct survey_report_view v = {.page = page, .why_empty = survey_totals_from(r, &round), .action = "", .title = s.title, .unit = "", .cuts_path = "", .coding_path = "", .own = true};
	page->back_path = arena_fmt(r->arena, "/survey-answers/%s", req_param(r, "pid"));
	page->back_label = "届いた調査";
	tmpl_survey_report(res_page(r), &v);
	return OK;
}

err page_survey_own_report(struct req *r)
{
	struct survey_report_ask k;
	struct survey_report x;
	err e = own_report(r, &k, &x);
	if (e == ERR_SURVEY_OPEN)
		return not_yet(r);
	TRY(e);
	struct page_view *page = page_view(r, arena_fmt(r->arena, "%s：こちらの回答と全体", x.survey.title));
	page->back_path = arena_fmt(r->arena, "/survey-answers/%s", req_param(r, "pid"));
	page->back_label = "届いた調査";
	page->wide = true;
	return report_page(r, page, &x, &k, arena_fmt(r->arena, "/survey-answers/%s/report", req_param(r, "pid")), true, OK);
}

static err own_file(struct req *r, enum report_file f)
{
	struct survey_report_ask k;
	struct survey_report x;
	look_as(r, f == FILE_PDF ? ACTION_PRINT : ACTION_EXPORT);
	TRY(own_report(r, &k, &x));
	return file_of(r, &x, f);
}

err page_survey_own_report_pdf(struct req *r) { return own_file(r, FILE_PDF); }
err page_survey_own_report_xlsx(struct req *r) { return own_file(r, FILE_XLSX); }
err page_survey_own_report_csv(struct req *r) { return own_file(r, FILE_CSV); }
err page_survey_own_report_json(struct req *r) { return own_file(r, FILE_JSON); }
