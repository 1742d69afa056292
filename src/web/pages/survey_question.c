/* The questions of a survey: list, one question, preview, publishing, a published version. */
#include "base/str.h"
#include "care/consult_follow.h"
#include "jp/era.h"
#include "register/draft.h"
#include "tmpl/survey_question.h"
#include "web/asset.h"
#include "web/pages/conflict.h"
#include "web/pages/form_fields.h"
#include "web/pages/survey.h"
#include "web/pages/survey_tool.h"
#include "web/route.h"

enum { CHOICE_CHARS = 20 };

/* ---- list ------------------------------------------------------------------------------------------------------------------- */

static const char *shown_words(struct req *r, const struct t_survey_question *all, size_t n, const struct t_survey_question *q)
{
	for (size_t i = 0; *q->shown_key && i < n; i++) {
		struct survey_choice *v;
		size_t n_v, n_codes;
		if (!str_eq(all[i].key, q->shown_key) || survey_choices(r->c, "options", all[i].options, &v, &n_v) != OK)
			continue;
		struct buf b = buf_new(r->arena);
		char **code = str_split(r->arena, q->shown_codes, ',', &n_codes);
		for (size_t k = 0; k < n_codes; k++)
			for (size_t j = 0; j < n_v; j++)
				if (str_eq(v[j].code, str_trim(r->arena, code[k])))
					buf_fmt(&b, "%s「%s」", b.n ? "か" : "", v[j].label);
		return arena_fmt(r->arena, "%sで%sと答えた方だけ", *all[i].printed_no ? all[i].printed_no : all[i].label, b.n ? b.p : "");
	}
	return "";
}

static err questions(struct req *r, const char *const *problems, size_t n_problems, err e)
{
	struct t_survey s;
	struct page_view *page;
	struct t_survey_question *q;
	struct t_survey_form *f;
	size_t n;
	TRY(survey_page(r, "質問", &s, &page));
	TRY(survey_questions(r->c, s.id, &q, &n));
	struct survey_questions_view v = {.page = page, .s = &s, .problems = problems, .n_problems = n_problems, .may_write = survey_may(r, &s, ACTION_WRITE),
		.may_print = survey_may(r, &s, ACTION_PRINT)};
	v.rows = ARENA_ARRAY(r->arena, n + 1, struct survey_question_row);
	for (size_t i = 0; i < n; i++)
		v.rows[v.n_rows++] = (struct survey_question_row){.q = &q[i], .kind = survey_label(SURVEY_KINDS, q[i].kind), .shown = shown_words(r, q, n, &q[i]), .first = i == 0, .last = i + 1 == n,
			.new_section = *q[i].section && (i == 0 || !str_eq(q[i].section, q[i - 1].section))};
	TRY(survey_forms(r->c, s.id, &f, &v.n_forms));
	v.forms = f;
	tmpl_survey_questions(res_page_of(r, e), &v);
	return OK;
}

err page_survey_questions(struct req *r) { return questions(r, NULL, 0, OK); }

err page_survey_publish(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "note", .label = "変えた理由", .max = 1000}};
	struct t_survey_form f;
	const char **problems = NULL;
	size_t n = 0;
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = survey_publish(r->c, req_param(r, "pid"), req_field(r, "note"), &f, &problems, &n);
	if (page_is_input(e))
		return questions(r, (const char *const *)problems, n, e);
	TRY(e);
	return res_done(r, "survey_fixed", "/surveys/%s/questions", req_param(r, "pid"));
}

err page_survey_preview(struct req *r)
{
	struct t_survey s;
	struct page_view *page;
	const struct form_def *def = NULL;
	const char **problems;
	struct form_fields ff = {0};
	struct survey_preview_view v = {0};
	TRY(survey_page(r, "プレビュー", &s, &page));
	TRY(survey_preview(r->c, &s, &def, &problems, &v.n_problems));
	page->n_tabs = 0; /* a page of the questions: back to them */
	page->back_path = arena_fmt(r->arena, "/surveys/%s/questions", s.pid);
	page->back_label = "質問";
	v.page = page;
	v.s = &s;
	v.problems = (const char *const *)problems;
	if (def) {
		form_fields_of(r, answers_new(r->arena, def), &(struct form_fields_marks){.branches = true}, &ff);
		page->more_js = asset_path("front.js");
		v.ff = &ff;
	}
	tmpl_survey_preview(res_page(r), &v);
	return OK;
}

err page_survey_version(struct req *r)
{
	struct t_survey s;
	struct t_survey_form *f;
	struct survey_change *ch;
	size_t n;
	TRY(survey_get(r->c, req_param(r, "pid"), &s));
	TRY(survey_forms(r->c, s.id, &f, &n));
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(f[i].pid, req_param(r, "fpid")))
			continue;
		struct page_view *page = page_view(r, arena_fmt(r->arena, "%s：質問の第%lld版", s.title, (long long)f[i].no));
		struct survey_version_view v = {.page = page, .s = &s, .f = &f[i]};
		page->back_path = arena_fmt(r->arena, "/surveys/%s/questions", s.pid);
		page->back_label = "質問";
		TRY(survey_form_changes(r->c, &f[i], &ch, &v.n_changes));
		v.changes = ch;
		TRY(tool_uses_of_form(r, &f[i], &v.uses, &v.n_uses));
		tmpl_survey_version(res_page(r), &v);
		return OK;
	}
	return ERR_NOTFOUND;
}

/* ---- one -------------------------------------------------------------------------------------------------------------------- */

/* The questions a condition can name, and their options in words. */
static err keys_before(struct req *r, const struct t_survey_question *q, struct survey_question_view *out)
{
	struct t_survey_question *all;
	size_t n, n_v;
	TRY(survey_questions(r->c, q->survey_id, &all, &n));
	struct ui_choice *v = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	struct ui_field *f = &out->shown_key;
	out->before = ARENA_ARRAY(r->arena, n + 1, struct survey_options_row);
	*f = (struct ui_field){.name = "shown_key", .label = "どの質問の答えで決まるか", .value = q->shown_key, .optional_blank = true, .choices = v, .help = "空欄なら、いつも聞きます。この質問より前の、選択肢のある質問から選びます。"};
	for (size_t i = 0; i < n && all[i].id != q->id; i++) {
		struct survey_choice *o;
		struct buf b = buf_new(r->arena);
		if (!*all[i].options || str_eq(all[i].kind, "matrix") || survey_choices(r->c, "options", all[i].options, &o, &n_v) != OK)
			continue;
		v[f->n_choices++] = (struct ui_choice){.value = all[i].key, .label = arena_fmt(r->arena, "%s %s", all[i].printed_no, consult_one_line(r->arena, all[i].label, CHOICE_CHARS))};
		for (size_t k = 0; k < n_v; k++)
			buf_fmt(&b, "%s「%s」", k ? " " : "", o[k].label);
		out->before[out->n_before++] = (struct survey_options_row){v[f->n_choices - 1].label, b.n ? b.p : ""};
	}
	return OK;
}

static const char *number_text(struct req *r, int64_t v) { return v == INT_NULL ? "" : arena_fmt(r->arena, "%lld", (long long)v); }

static err edit(struct req *r, const struct t_survey *s, const struct t_survey_question *q, err e)
{
	struct page_view *page = page_view(r, q->id ? "質問を直す" : "質問を加える");
	struct survey_question_view v = {.page = page, .s = s, .q = q, .is_new = !q->id,
		.action = q->id ? arena_fmt(r->arena, "/survey-questions/%s", q->pid) : arena_fmt(r->arena, "/surveys/%s/questions", s->pid)};
	page->back_path = arena_fmt(r->arena, "/surveys/%s/questions", s->pid);
	page->back_label = "質問";
	page->draft_key = q->id ? arena_fmt(r->arena, "survey-question/%s", q->pid) : arena_fmt(r->arena, "survey/%s/question", s->pid);
	page->draft_class = "statistics";
	page->base_version = q->version;
	v.kind = (struct ui_field){.name = "kind", .label = "質問の形", .value = q->kind, .required = true};
	v.kind.choices = survey_choice_list(r, SURVEY_KINDS, &v.kind.n_choices);
	v.role = (struct ui_field){.name = "role", .label = "報告書での役割", .value = q->role, .optional_blank = true, .help = "報告書の文が、この質問の数字を使うときに選びます。"};
	v.role.choices = survey_choice_list(r, SURVEY_ROLES, &v.role.n_choices);
	v.lowest = (struct ui_field){.name = "lowest", .label = "いちばん小さい数", .value = number_text(r, q->lowest), .width = "s", .mode = "numeric"};
	v.highest = (struct ui_field){.name = "highest", .label = "いちばん大きい数", .value = number_text(r, q->highest), .width = "s", .mode = "numeric"};
	TRY(keys_before(r, q, &v));
	tmpl_survey_question(res_page_of(r, e), &v);
	return OK;
}

static const struct formin_field FIELDS[] = {
	{.name = "next", .label = "次の質問へ", .kind = FORMIN_BOOL}, {.name = "section", .label = "見出し", .max = 300}, {.name = "key", .label = "項目名", .max = 60}, {.name = "printed_no", .label = "印刷する番号", .max = 60}, {.name = "label", .label = "質問", .kind = FORMIN_LINES, .max = 1000},
	{.name = "help", .label = "答え方", .max = 1000}, {.name = "kind", .label = "質問の形", .kind = FORMIN_CODE, .max = 20}, {.name = "options", .label = "選択肢", .kind = FORMIN_LINES, .max = 10000},
	{.name = "parts", .label = "表の行", .kind = FORMIN_LINES, .max = 10000}, {.name = "other_code", .label = "その他の記入欄", .max = 60}, {.name = "asks_detail", .label = "選んだものごとの記入欄", .kind = FORMIN_BOOL},
	{.name = "is_required", .label = "必ず答える", .kind = FORMIN_BOOL}, {.name = "shown_key", .label = "表示する条件", .max = 60}, {.name = "shown_codes", .label = "表示する条件の記号", .max = 300},
	{.name = "unit_word", .label = "単位", .max = 60}, {.name = "lowest", .label = "いちばん小さい数", .kind = FORMIN_INT}, {.name = "highest", .label = "いちばん大きい数", .kind = FORMIN_INT}, {.name = "role", .label = "報告書での役割", .kind = FORMIN_CODE, .max = 20}};

static err read(struct req *r, struct t_survey_question *q)
{
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	if (e != OK && e != ERR_INPUT)
		return e;
	q->section = req_field(r, "section");
	q->key = req_field(r, "key");
	q->printed_no = req_field(r, "printed_no");
	q->label = str_trim(r->arena, req_field(r, "label"));
	q->help = req_field(r, "help");
	q->kind = req_field(r, "kind");
	q->options = req_field(r, "options");
	q->parts = req_field(r, "parts");
	q->other_code = req_field(r, "other_code");
	q->asks_detail = *req_field(r, "asks_detail") != 0;
	q->is_required = *req_field(r, "is_required") != 0;
	q->shown_key = req_field(r, "shown_key");
	q->shown_codes = req_field(r, "shown_codes");
	q->unit_word = req_field(r, "unit_word");
	q->role = req_field(r, "role");
	TRY(e);
	q->lowest = formin_int(r, "lowest");
	q->highest = formin_int(r, "highest");
	return OK;
}

err page_survey_question_new(struct req *r)
{
	struct t_survey s;
	struct t_survey_question q;
	TRY(survey_get(r->c, req_param(r, "pid"), &s));
	TRY(survey_gate(r->c, &s, ACTION_WRITE));
	struct t_survey_question *all;
	size_t n;
	survey_question_init(&s, &q);
	TRY(survey_questions(r->c, s.id, &all, &n));
	if (n > 0)
		q.section = all[n - 1].section; /* most questions go on under the same head */
	return edit(r, &s, &q, OK);
}

err page_survey_question_create(struct req *r)
{
	struct t_survey s;
	struct t_survey_question q;
	TRY(survey_get(r->c, req_param(r, "pid"), &s));
	survey_question_init(&s, &q);
	err e = read(r, &q);
	if (e == OK)
		e = survey_question_save(r->c, &q, NULL);
	if (page_is_input(e)) {
		q.id = 0;
		return edit(r, &s, &q, e);
	}
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "survey/%s/question", s.pid)));
	return res_done(r, "saved", formin_bool(r, "next") ? "/surveys/%s/questions/new" : "/surveys/%s/questions", s.pid);
}

static err open_one(struct req *r, struct t_survey_question *q, struct t_survey *s)
{
	TRY(survey_question_get(r->c, req_param(r, "pid"), q));
	return survey_load(r->c, q->survey_id, s);
}

err page_survey_question(struct req *r)
{
	struct t_survey s;
	struct t_survey_question q;
	TRY(open_one(r, &q, &s));
	TRY(survey_gate(r->c, &s, ACTION_WRITE));
	return edit(r, &s, &q, OK);
}

err page_survey_question_save(struct req *r)
{
	struct t_survey s;
	struct t_survey_question q;
	struct row_conflict *conflict = NULL;
	TRY(open_one(r, &q, &s));
	err e = read(r, &q);
	if (e == OK) {
		q.version = formin_int(r, "base");
		e = survey_question_save(r->c, &q, &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/survey-questions/%s", q.pid));
	if (page_is_input(e))
		return edit(r, &s, &q, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "survey-question/%s", q.pid)));
	return res_done(r, "saved", "/surveys/%s/questions", s.pid);
}

static err questions_of(struct req *r, const struct t_survey *s, err e)
{
	for (size_t i = 0; i < r->params.n; i++)
		if (str_eq(r->params.v[i].name, "pid"))
			r->params.v[i].value = s->pid;
	return questions(r, NULL, 0, e);
}

err page_survey_question_move(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "to", .label = "向き", .kind = FORMIN_CODE, .max = 4}};
	struct t_survey s;
	struct t_survey_question q;
	TRY(formin_read(r, fields, FORMIN_N(fields)));
	TRY(open_one(r, &q, &s));
	err e = survey_question_move(r->c, q.pid, str_eq(req_field(r, "to"), "up") ? -1 : 1);
	if (page_is_input(e))
		return questions_of(r, &s, e);
	TRY(e);
	return res_redirect(r, "/surveys/%s/questions", s.pid);
}

err page_survey_question_retire(struct req *r)
{
	struct t_survey s;
	struct t_survey_question q;
	TRY(open_one(r, &q, &s));
	err e = survey_question_retire(r->c, q.pid);
	if (page_is_input(e))
		return questions_of(r, &s, e);
	TRY(e);
	return res_done(r, "survey_out", "/surveys/%s/questions", s.pid);
}
