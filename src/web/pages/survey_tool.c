#include "web/pages/survey_tool.h"

#include "base/house.h"
#include "base/str.h"
#include "tmpl/survey_tool.h"
#include "web/formin.h"
#include "web/pages/survey.h"
#include "web/route.h"

static const struct ui_choice DECISIONS[] = {{.value = "", .label = "まだ決めていない"}, {.value = "taken", .label = "取り入れた"}, {.value = "not_taken", .label = "取り入れない"}};

static void row_of(struct req *r, const struct t_survey_request *q, const char *typed_at, struct survey_request_row *x)
{
	bool typed = str_eq(q->pid, typed_at);
	*x = (struct survey_request_row){.q = q, .word = "まだ決めていない", .kind = "warn", .refused = typed};
	if (str_eq(q->decision, "taken"))
		x->word = "取り入れた", x->kind = "ok";
	else if (str_eq(q->decision, "not_taken"))
		x->word = "取り入れない", x->kind = "note";
	x->decision = (struct ui_field){.name = "decision", .label = "どうするか", .value = typed ? req_field(r, "decision") : q->decision, .choices = DECISIONS, .n_choices = FORMIN_N(DECISIONS)};
	x->reason = (struct ui_field){.name = "reason", .label = "理由、または新しい版のどこに入れたか", .value = typed ? req_field(r, "reason") : q->reason, .max_chars = 400};
}

/* typed_at: the request whose decision was just refused; "" = none */
static err show(struct req *r, const char *typed_at, err e)
{
	struct t_survey s;
	struct page_view *page;
	struct survey_tool_view tool;
	struct t_survey_request *q;
	struct survey_word *w;
	size_t n;
	TRY(survey_page(r, "様式の使用調査", &s, &page));
	TRY(survey_tool_of(r->c, &s, &tool));
	struct survey_tool_page_view v = {.page = page, .s = &s, .tool = &tool, .may_write = survey_may(r, &s, ACTION_WRITE)};
	page->back_path = arena_fmt(r->arena, "/surveys/%s", s.pid);
	page->back_label = "概要";
	TRY(survey_tool_sheets(r->c, &s, &w, &n));
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	c[0] = (struct ui_choice){.value = "", .label = "様式の使用調査ではない"};
	for (size_t i = 0; i < n; i++)
		c[i + 1] = (struct ui_choice){.value = w[i].code, .label = w[i].label};
	v.sheet = (struct ui_field){.name = "sheet", .label = "調べる様式", .value = req_has(r, "sheet") ? req_field(r, "sheet") : tool.code, .choices = c, .n_choices = n + 1,
		.help = "この機関の調査で確定した質問の版か、このプログラムの様式の版を選びます。"};
	v.content = (struct ui_field){.name = "content", .label = "要望", .required = true, .max_chars = 400, .rows = 2, .no_snippet = true, .help = "人の名前を入れずに書きます。"};
	TRY(survey_requests(r->c, s.id, &q, &v.n_rows));
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct survey_request_row);
	for (size_t i = 0; i < v.n_rows; i++)
		row_of(r, &q[i], typed_at, &v.rows[i]);
	tmpl_survey_tool(res_page_of(r, e), &v);
	return OK;
}

err page_survey_tool(struct req *r) { return show(r, "", OK); }

static err end(struct req *r, const char *typed_at, const char *flash, err e)
{
	if (page_is_input(e))
		return show(r, typed_at, e);
	TRY(e);
	return res_done(r, flash, "/surveys/%s/tool", req_param(r, "pid"));
}

err page_survey_tool_save(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "sheet", .label = "調べる様式", .max = 120}, {.name = "seen", .label = "見た版", .kind = FORMIN_INT, .required = true}};
	err e = formin_read(r, fields, FORMIN_N(fields));
	return end(r, "", "saved", e == OK ? survey_tool_set(r->c, req_param(r, "pid"), req_field(r, "sheet"), formin_int(r, "seen")) : e);
}

err page_survey_request_add(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "content", .label = "要望", .kind = FORMIN_LINES, .max = 1200}};
	err e = formin_read(r, fields, FORMIN_N(fields));
	return end(r, "", "saved", e == OK ? survey_request_add(r->c, req_param(r, "pid"), req_field(r, "content")) : e);
}

err page_survey_request_groups(struct req *r)
{
	int64_t added = 0;
	err e = formin_read(r, NULL, 0);
	if (e == OK)
		e = survey_request_groups(r->c, req_param(r, "pid"), &added);
	return end(r, "", added ? "created" : "survey_none_new", e);
}

err page_survey_request_decide(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "decision", .label = "どうするか", .kind = FORMIN_CODE, .max = 12}, {.name = "reason", .label = "理由", .max = 1200},
		{.name = "seen", .label = "見た版", .kind = FORMIN_INT, .lo = 1, .required = true}};
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = survey_request_decide(r->c, req_param(r, "pid"), req_param(r, "qpid"), req_field(r, "decision"), req_field(r, "reason"), formin_int(r, "seen"));
	return end(r, req_param(r, "qpid"), "saved", e);
}

err page_survey_request_retire(struct req *r)
{
	return end(r, "", "saved", survey_request_retire(r->c, req_param(r, "pid"), req_param(r, "qpid")));
}

/* ---- on the pages of the sheet ------------------------------------------------------------------------------------------------ */

static void view_of(struct req *r, const struct survey_tool_use *u, size_t n, bool is_before, const char *what, struct tool_use_view *v)
{
	for (size_t i = 0; i < n; i++) {
		struct tool_use_view *x = &v[i];
		*x = (struct tool_use_view){.u = &u[i], .what = what, .is_before = is_before, .taken = ARENA_ARRAY(r->arena, u[i].n_requests + 1, const struct t_survey_request *),
			.not_taken = ARENA_ARRAY(r->arena, u[i].n_requests + 1, const struct t_survey_request *)};
		for (size_t k = 0; k < u[i].n_requests; k++) {
			const struct t_survey_request *q = &u[i].requests[k];
			if (str_eq(q->decision, "taken"))
				x->taken[x->n_taken++] = q;
			else if (str_eq(q->decision, "not_taken"))
				x->not_taken[x->n_not_taken++] = q;
			else
				x->n_open++;
		}
	}
}

static struct tool_use_view *both(struct req *r, const struct survey_tool_use *before, size_t n_before, const struct survey_tool_use *now, size_t n_now, size_t *n)
{
	struct tool_use_view *v = ARENA_ARRAY(r->arena, n_before + n_now + 1, struct tool_use_view);
	view_of(r, before, n_before, true, "前の版の使用調査", v);
	view_of(r, now, n_now, false, "この版の使用調査", v + n_before);
	*n = n_before + n_now;
	return v;
}

err tool_uses_of_form(struct req *r, const struct t_survey_form *f, struct tool_use_view **v, size_t *n)
{
	struct survey_tool_use *before = NULL, *now;
	struct t_survey_form prev;
	size_t n_before = 0, n_now;
	bool found;
	TRY(survey_form_before(r->c, f, &prev, &found));
	if (found)
		TRY(survey_tool_uses(r->c, &prev, &before, &n_before));
	TRY(survey_tool_uses(r->c, f, &now, &n_now));
	*v = both(r, before, n_before, now, n_now, n);
	return OK;
}

err tool_uses_of_def(struct req *r, const struct form_def *def, struct tool_use_view **v, size_t *n)
{
	struct survey_tool_use *before = NULL, *now;
	size_t n_before = 0, n_now;
	const struct form_def *prev = survey_tool_form_before(r->c->house->forms, def);
	if (prev)
		TRY(survey_tool_form_uses(r->c, prev, &before, &n_before));
	TRY(survey_tool_form_uses(r->c, def, &now, &n_now));
	*v = both(r, before, n_before, now, n_now, n);
	return OK;
}
