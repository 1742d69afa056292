#include "region/survey_tool.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "register/gen.h"
#include "sql/q_survey.h"
#include "store/tx.h"

#include <string.h>

enum { CONTENT_CHARS = 400, REASON_CHARS = 400 };
static const char SURVEY_CODE[] = "survey-", FORM_CODE[] = "form-";

/* ---- the sheet ----------------------------------------------------------------------------------------------------------- */

static const char *form_code(struct arena *a, const struct form_def *d) { return arena_fmt(a, "%s%s@%s", FORM_CODE, d->id, d->version); }
static const char *form_label(struct arena *a, const struct form_def *d) { return arena_fmt(a, "%s（%s 版）", d->name, d->version); }
static const char *survey_label_of(struct arena *a, const char *title, int64_t no) { return arena_fmt(a, "%s 第%lld版", title, (long long)no); }

err survey_tool_sheets(struct ctx *c, const struct t_survey *s, struct survey_word **v, size_t *n)
{
	const struct form_catalogue *all = c->house->forms;
	struct q_survey_sheet_list_row *r;
	size_t n_rows, n_defs = all ? all->n_defs : 0;
	TRY(q_survey_sheet_list(c, &(struct q_survey_sheet_list_in){.but_survey_id = s->id}, &r, &n_rows));
	*v = ARENA_ARRAY(c->arena, n_rows + n_defs + 1, struct survey_word);
	*n = 0;
	for (size_t i = 0; i < n_rows; i++)
		(*v)[(*n)++] = (struct survey_word){arena_fmt(c->arena, "%s%s", SURVEY_CODE, r[i].pid), survey_label_of(c->arena, r[i].title, r[i].no)};
	for (size_t i = 0; i < n_defs; i++)
		(*v)[(*n)++] = (struct survey_word){form_code(c->arena, all->defs[i]), form_label(c->arena, all->defs[i])};
	return OK;
}

static err tool_row(struct ctx *c, int64_t survey_id, struct t_survey_tool *row)
{
	struct q_survey_tool_of_row r;
	bool found;
	TRY(q_survey_tool_of(c, &(struct q_survey_tool_of_in){.survey_id = survey_id}, &r, &found));
	if (found)
		return row_load(c, &T_survey_tool, r.id, row);
	row_init(&T_survey_tool, row);
	row->survey_id = survey_id;
	return OK;
}

/* A version of a survey. The sheet's survey may have gone to the bin meanwhile: then it is told by its name alone. */
static err of_survey(struct ctx *c, const struct t_survey_tool *row, struct survey_tool_view *out)
{
	struct t_survey_form f, *forms;
	struct t_survey sheet;
	size_t n;
	TRY(row_load(c, &T_survey_form, row->subject_form_id, &f));
	TRY(row_load(c, &T_survey, f.survey_id, &sheet));
	TRY(survey_gate(c, &sheet, ACTION_SEE));
	out->code = arena_fmt(c->arena, "%s%s", SURVEY_CODE, f.pid);
	out->label = survey_label_of(c->arena, sheet.title, f.no);
	if (sheet.retired_ms != INT_NULL)
		return OK;
	out->survey_pid = sheet.pid;
	out->form_pid = f.pid;
	TRY(survey_forms(c, sheet.id, &forms, &n));
	for (size_t i = 0; i < n; i++)
		if (forms[i].no > f.no) {
			out->next_label = survey_label_of(c->arena, sheet.title, forms[i].no);
			out->next_pid = forms[i].pid;
			return OK;
		}
	return OK;
}

const struct form_def *survey_tool_form_before(const struct form_catalogue *all, const struct form_def *def)
{
	const struct form_def *best = NULL;
	for (size_t i = 0; i < all->n_defs; i++) {
		const struct form_def *d = all->defs[i];
		if (str_eq(d->id, def->id) && d->from < def->from && (!best || d->from > best->from))
			best = d;
	}
	return best;
}

static void of_form(struct ctx *c, const struct t_survey_tool *row, struct survey_tool_view *out)
{
	const struct form_catalogue *all = c->house->forms;
	const struct form_def *d = all ? form_find_version(all, row->form_id, row->form_version) : NULL;
	out->code = arena_fmt(c->arena, "%s%s@%s", FORM_CODE, row->form_id, row->form_version);
	out->label = d ? form_label(c->arena, d) : arena_fmt(c->arena, "%s（%s 版）", row->form_id, row->form_version);
	for (size_t i = 0; d && i < all->n_defs; i++)
		if (survey_tool_form_before(all, all->defs[i]) == d)
			out->next_label = form_label(c->arena, all->defs[i]);
}

err survey_tool_of(struct ctx *c, const struct t_survey *s, struct survey_tool_view *out)
{
	struct t_survey_tool row;
	*out = (struct survey_tool_view){.code = "", .label = "", .survey_pid = "", .form_pid = "", .next_label = "", .next_pid = ""};
	TRY(tool_row(c, s->id, &row));
	out->version = row.version;
	if (row.subject_form_id != INT_NULL)
		return of_survey(c, &row, out);
	if (*row.form_id)
		of_form(c, &row, out);
	return OK;
}

struct setting {
	const char *survey_pid, *code;
	int64_t seen;
};

static err read_code(struct ctx *c, const struct t_survey *s, const char *code, struct t_survey_tool *row)
{
	struct survey_word *v;
	size_t n, at = 0;
	row->subject_form_id = INT_NULL;
	row->form_id = row->form_version = "";
	if (!*code)
		return OK;
	TRY(survey_tool_sheets(c, s, &v, &n));
	while (at < n && !str_eq(v[at].code, code))
		at++;
	if (at == n)
		return fault_add(c, "sheet", ERR_NOT_CHOICE, "「調べる様式」は、一覧から選んでください。");
	if (str_starts(code, SURVEY_CODE)) {
		struct t_survey_form f;
		TRY(row_find(c, &T_survey_form, code + strlen(SURVEY_CODE), &f));
		row->subject_form_id = f.id;
		return OK;
	}
	const char *id = code + strlen(FORM_CODE), *mark = strchr(id, '@');
	row->form_id = arena_strn(c->arena, id, (size_t)(mark - id));
	row->form_version = mark + 1;
	return OK;
}

static err set_tx(struct ctx *c, void *arg)
{
	const struct setting *in = arg;
	struct t_survey s;
	struct t_survey_tool row, was;
	TRY(survey_get(c, in->survey_pid, &s));
	TRY(survey_gate(c, &s, ACTION_WRITE));
	TRY(tool_row(c, s.id, &row));
	if (row.version != in->seen)
		return fault_add(c, "sheet", ERR_INPUT, "「調べる様式」は、ほかの人が先に保存しています。上のいまの様式と見くらべて、正しいほうを選び、もう一度決めてください。");
	was = row;
	TRY(read_code(c, &s, in->code, &row));
	if (row_same(&T_survey_tool, &was, &row))
		return OK;
	return row.id ? row_save(c, &T_survey_tool, &row, NULL) : row_insert(c, &T_survey_tool, &row);
}

err survey_tool_set(struct ctx *c, const char *survey_pid, const char *code, int64_t seen)
{
	return tx_run(c, set_tx, &(struct setting){survey_pid, str_or(code, ""), seen});
}

/* ---- requests ------------------------------------------------------------------------------------------------------------ */

err survey_requests(struct ctx *c, int64_t survey_id, struct t_survey_request **v, size_t *n)
{
	struct q_survey_request_ids_row *r;
	TRY(q_survey_request_ids(c, &(struct q_survey_request_ids_in){.survey_id = survey_id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct t_survey_request);
	for (size_t i = 0; i < *n; i++)
		TRY(row_load(c, &T_survey_request, r[i].id, &(*v)[i]));
	return OK;
}

struct asking {
	const char *survey_pid, *pid, *content, *decision, *reason;
	int64_t added, seen;
	struct t_survey s;
	struct t_survey_request *have, row;
	size_t n_have;
};

static err begin(struct ctx *c, struct asking *a)
{
	a->added = 0;
	TRY(survey_get(c, a->survey_pid, &a->s));
	TRY(survey_gate(c, &a->s, ACTION_WRITE));
	return survey_requests(c, a->s.id, &a->have, &a->n_have);
}

static err put(struct ctx *c, struct asking *a, const char *content, int64_t group_id, int64_t n_texts)
{
	struct t_survey_request row;
	row_init(&T_survey_request, &row);
	row.survey_id = a->s.id;
	row.sort = (a->n_have ? a->have[a->n_have - 1].sort : 0) + ++a->added;
	row.content = content;
	row.group_id = group_id;
	row.n_texts = n_texts;
	return row_insert(c, &T_survey_request, &row);
}

static err add_tx(struct ctx *c, void *arg)
{
	struct asking *a = arg;
	size_t before = c->n_faults;
	TRY(begin(c, a));
	gen_check_text(c, "content", "要望", a->content, true, CONTENT_CHARS);
	return c->n_faults > before ? ERR_INPUT : put(c, a, a->content, INT_NULL, INT_NULL);
}

err survey_request_add(struct ctx *c, const char *survey_pid, const char *content) { return tx_run(c, add_tx, &(struct asking){.survey_pid = survey_pid, .content = content}); }

static err groups_tx(struct ctx *c, void *arg)
{
	struct asking *a = arg;
	struct q_survey_group_ids_row *g;
	struct q_survey_group_texts_row *t;
	size_t n, n_texts;
	TRY(begin(c, a));
	TRY(q_survey_group_ids(c, &(struct q_survey_group_ids_in){.survey_id = a->s.id}, &g, &n));
	TRY(q_survey_group_texts(c, &(struct q_survey_group_texts_in){.survey_id = a->s.id}, &t, &n_texts));
	for (size_t i = 0; i < n; i++) {
		struct t_survey_group row;
		int64_t texts = 0;
		bool has = false;
		for (size_t k = 0; k < a->n_have; k++)
			has = has || a->have[k].group_id == g[i].id;
		for (size_t k = 0; k < n_texts; k++)
			texts = t[k].group_id == g[i].id ? t[k].n : texts;
		if (has || texts == 0)
			continue;
		TRY(row_load(c, &T_survey_group, g[i].id, &row));
		TRY(put(c, a, row.label, row.id, texts));
	}
	return OK;
}

err survey_request_groups(struct ctx *c, const char *survey_pid, int64_t *added)
{
	struct asking a = {.survey_pid = survey_pid};
	err e = tx_run(c, groups_tx, &a);
	*added = a.added;
	return e;
}

static err find(struct ctx *c, struct asking *a)
{
	TRY(begin(c, a));
	for (size_t i = 0; i < a->n_have; i++)
		if (str_eq(a->have[i].pid, a->pid)) {
			a->row = a->have[i];
			return OK;
		}
	return ERR_NOTFOUND;
}

static err decide_tx(struct ctx *c, void *arg)
{
	struct asking *a = arg;
	size_t before = c->n_faults;
	TRY(find(c, a));
	if (a->row.version != a->seen)
		return fault_add(c, "reason", ERR_INPUT, "この要望をどうするかは、ほかの人が先に保存しています。上の表のいまの内容と見くらべて、残すほうでもう一度決めてください。");
	if (*a->decision && !str_eq(a->decision, "taken") && !str_eq(a->decision, "not_taken"))
		(void)fault_add(c, "decision", ERR_NOT_CHOICE, "「どうするか」は、一覧から選んでください。");
	gen_check_text(c, "reason", "理由", a->reason, str_eq(a->decision, "not_taken"), REASON_CHARS);
	if (c->n_faults > before)
		return ERR_INPUT;
	if (!str_eq(a->row.decision, a->decision))
		a->row.decided_on = *a->decision ? c->today : CIVIL_NONE;
	a->row.decision = a->decision;
	a->row.reason = a->reason;
	return row_save(c, &T_survey_request, &a->row, NULL);
}

err survey_request_decide(struct ctx *c, const char *survey_pid, const char *request_pid, const char *decision, const char *reason, int64_t seen)
{
	return tx_run(c, decide_tx, &(struct asking){.survey_pid = survey_pid, .pid = request_pid, .decision = decision, .reason = reason, .seen = seen});
}

static err retire_tx(struct ctx *c, void *arg)
{
	struct asking *a = arg;
	TRY(find(c, a));
	return row_retire(c, &T_survey_request, a->row.id, "要望を外す");
}

err survey_request_retire(struct ctx *c, const char *survey_pid, const char *request_pid)
{
	return tx_run(c, retire_tx, &(struct asking){.survey_pid = survey_pid, .pid = request_pid});
}

/* ---- from the sheet ------------------------------------------------------------------------------------------------------ */

static err use_of(struct ctx *c, int64_t survey_id, const char *pid, const char *title, struct survey_tool_use *u)
{
	*u = (struct survey_tool_use){.survey_pid = pid, .title = title};
	return survey_requests(c, survey_id, &u->requests, &u->n_requests);
}

err survey_tool_uses(struct ctx *c, const struct t_survey_form *f, struct survey_tool_use **v, size_t *n)
{
	struct q_survey_tool_by_form_row *r;
	TRY(q_survey_tool_by_form(c, &(struct q_survey_tool_by_form_in){.subject_form_id = f->id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct survey_tool_use);
	for (size_t i = 0; i < *n; i++)
		TRY(use_of(c, r[i].survey_id, r[i].pid, r[i].title, &(*v)[i]));
	return OK;
}

err survey_form_before(struct ctx *c, const struct t_survey_form *f, struct t_survey_form *out, bool *found)
{
	struct t_survey_form *v;
	size_t n;
	*found = false;
	TRY(survey_forms(c, f->survey_id, &v, &n));
	for (size_t i = 0; i < n && v[i].no < f->no; i++) {
		*out = v[i];
		*found = true;
	}
	return OK;
}

err survey_tool_form_uses(struct ctx *c, const struct form_def *def, struct survey_tool_use **v, size_t *n)
{
	struct q_survey_tool_by_sheet_row *r;
	TRY(q_survey_tool_by_sheet(c, &(struct q_survey_tool_by_sheet_in){.form_id = def->id, .form_version = def->version}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct survey_tool_use);
	for (size_t i = 0; i < *n; i++)
		TRY(use_of(c, r[i].survey_id, r[i].pid, r[i].title, &(*v)[i]));
	return OK;
}
