/* アセスメント: list, the reader's page with what is missing, the acts, ICF view, comparison, versions, paper. */
#include "web/pages/assess.h"

#include "base/house.h"
#include "base/str.h"
#include "care/assess_paper.h"
#include "law/codes.h"
#include "tmpl/assess_show.h"
#include "web/formin.h"
#include "web/guard.h"
#include "web/pages/columns.h"
#include "web/pages/common.h"
#include "web/pages/person.h"
#include "web/route.h"

/* ---- list -------------------------------------------------------------------------------------------------- */

err page_assess_list(struct req *r)
{
	struct page_view *page = page_view(r, "アセスメント");
	struct person_card card;
	struct assess_row *rows;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	struct assess_list_view v = {.page = page, .person_pid = card.p.pid, .may_write = card.view.may[ACTION_WRITE] & CLASS_CARE};
	TRY(assess_list(r->c, card.p.pid, &rows, &v.n_rows));
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct assess_list_row);
	for (size_t i = 0; i < v.n_rows; i++)
		v.rows[i] = (struct assess_list_row){.a = &rows[i], .status = code_label(r, "assess_status", rows[i].status), .view = code_label(r, "assess_view", rows[i].view),
			.reason = code_label(r, "assess_reason", rows[i].reason), .is_draft = str_eq(rows[i].status, "draft"), .is_older = i + 1 < v.n_rows,
			.before_pid = i + 1 < v.n_rows ? rows[i + 1].pid : ""};
	tmpl_assess_list(res_page(r), &v);
	return OK;
}

static const struct formin_field COPY[] = {{.name = "from", .label = "写すもと", .kind = FORMIN_PID, .required = true}};

err page_assess_copy(struct req *r)
{
	const char *pid;
	struct assess_view from;
	TRY(formin_read(r, COPY, FORMIN_N(COPY)));
	TRY(assess_get(r->c, req_field(r, "from"), &from));
	if (!str_eq(from.person_pid, req_param(r, "pid")))
		return ERR_NOTFOUND;
	TRY(assess_copy(r->c, req_field(r, "from"), &pid));
	return res_done(r, "copied", "/assessments/%s/edit", pid);
}

/* ---- the reader's page ------------------------------------------------------------------------------------- */

static err older(struct req *r, const struct assess_view *v, const char **pid)
{
	struct assess_row *rows;
	size_t n;
	*pid = "";
	TRY(assess_list(r->c, v->person_pid, &rows, &n));
	for (size_t i = 0; i + 1 < n; i++)
		if (str_eq(rows[i].pid, v->row.pid))
			*pid = rows[i + 1].pid;
	return OK;
}

static err show(struct req *r, err e)
{
	struct assess_view v;
	struct assess_gap *gaps;
	struct issue_sheet_row *sheets;
	TRY(assess_get(r->c, req_param(r, "pid"), &v));
	struct page_view *page = page_view(r, "アセスメント");
	TRY(person_page_head(r, page, v.person_pid));
	bool is_draft = str_eq(v.row.status, "draft"), areas_first = str_eq(v.row.view, "prevention");
	page->state = is_draft ? STATE_SAVED : STATE_FINAL;
	page->state_note = is_draft ? saved_note(r, v.row.updated_ms, v.updated_by) : arena_fmt(r->arena, "%s 確定 %s", saved_note(r, v.row.updated_ms, v.updated_by), v.confirmed_by);
	page->back_path = arena_fmt(r->arena, "/persons/%s/assessments", v.person_pid);
	page->back_label = "アセスメントの一覧";
	struct assess_show_view s = {.page = page, .v = &v, .n_items = v.n_items, .is_draft = is_draft, .areas_first = areas_first,
		.status = code_label(r, "assess_status", v.row.status), .view = code_label(r, "assess_view", v.row.view), .reason = code_label(r, "assess_reason", v.row.reason),
		.place = code_label(r, "assess_place", v.row.place), .other_view = areas_first ? "home" : "prevention",
		.other_view_label = code_label(r, "assess_view", areas_first ? "home" : "prevention"), .untouched = assess_untouched(&v)};
	assess_boxes(r, &v, &s.items, s.areas);
	TRY(assess_missing(r->c, &v, &gaps, &s.n_gaps));
	s.gaps = gaps;
	TRY(issue_sheet_list(r->c, v.row.pid, &sheets, &s.n_sheets));
	s.sheets = sheets;
	TRY(older(r, &v, &s.before_pid));
	tmpl_assess_show(res_page_of(r, e), &s);
	return OK;
}

err page_assess_show(struct req *r) { return show(r, OK); }

static const struct formin_field CONFIRM[] = {{.name = "accept", .label = "見直しました", .kind = FORMIN_BOOL}};

err page_assess_confirm(struct req *r)
{
	TRY(formin_read(r, CONFIRM, FORMIN_N(CONFIRM)));
	err e = assess_confirm(r->c, req_param(r, "pid"), formin_bool(r, "accept"));
	if (page_is_input(e)) {
		bool asks = fault_of(r->c, "accept") != NULL;
		if (!asks) { /* the page itself lists what is missing, with links into the form */
			fault_clear(r->c);
			(void)fault_add(r->c, "", ERR_INPUT, "まだ確定できません。「確定する前に」の一覧にあるところを書いてから、もう一度確定してください。");
		}
		return show(r, e);
	}
	TRY(e);
	const char *pid = req_param(r, "pid");
	return res_redirect(r, "/assessments/%s?done=finished&%s", pid, guard_undo(r, arena_fmt(r->arena, "/undo/assessment/%s", pid)));
}

static const struct formin_field NONE[] = {{.name = "reason", .label = "理由", .kind = FORMIN_TEXT, .max = 500}};

err page_assess_reopen(struct req *r)
{
	TRY(formin_read(r, NONE, FORMIN_N(NONE)));
	TRY(assess_reopen(r->c, req_param(r, "pid")));
	return res_done(r, "reopened", "/assessments/%s", req_param(r, "pid"));
}

err page_undo_assess(struct req *r) { return page_assess_reopen(r); }

static const struct formin_field VIEW[] = {{.name = "view", .label = "様式の見せ方", .kind = FORMIN_CODE, .required = true}};

err page_assess_view(struct req *r)
{
	TRY(formin_read(r, VIEW, FORMIN_N(VIEW)));
	err e = assess_set_view(r->c, req_param(r, "pid"), req_field(r, "view"));
	if (page_is_input(e))
		return show(r, e);
	TRY(e);
	return res_done(r, "saved", "/assessments/%s", req_param(r, "pid"));
}

err page_assess_retire(struct req *r)
{
	const char *bin;
	struct assess_view v;
	TRY(formin_read(r, NONE, FORMIN_N(NONE)));
	TRY(assess_get(r->c, req_param(r, "pid"), &v));
	err e = assess_retire(r->c, req_param(r, "pid"), req_field(r, "reason"), &bin);
	if (page_is_input(e))
		return show(r, e);
	TRY(e);
	return res_redirect(r, "/persons/%s/assessments?done=deleted&%s", v.person_pid, guard_undo(r, arena_fmt(r->arena, "/undo/trash/%s", bin)));
}

/* ---- ICF, comparison, versions ----------------------------------------------------------------------------- */

static err open_page(struct req *r, const char *title, struct assess_view *v, struct page_view **page)
{
	TRY(assess_get(r->c, req_param(r, "pid"), v));
	*page = page_view(r, title);
	TRY(person_page_head(r, *page, v->person_pid));
	(*page)->back_path = arena_fmt(r->arena, "/assessments/%s", v->row.pid);
	(*page)->back_label = "アセスメント";
	return OK;
}

err page_assess_icf(struct req *r)
{
	struct assess_view v;
	struct page_view *page;
	TRY(open_page(r, "生活機能の見取り図（ICF）", &v, &page));
	struct assess_icf_view iv = {.page = page, .v = &v};
	TRY(assess_icf(r->c, &v, iv.boxes));
	tmpl_assess_icf(res_page(r), &iv);
	return OK;
}

err page_assess_compare(struct req *r)
{
	struct assess_view before, after;
	struct page_view *page;
	struct assess_difference *rows;
	TRY(open_page(r, "アセスメントをくらべる", &after, &page));
	TRY(assess_get(r->c, req_query(r, "with"), &before));
	struct assess_compare_view v = {.page = page, .before = &before, .after = &after};
	TRY(assess_compare(r->c, &before, &after, &rows, &v.n_rows));
	v.rows = rows;
	tmpl_assess_compare(res_page(r), &v);
	return OK;
}

static const char *act_word(const char *action)
{
	static const char *const words[][2] = {{"insert", "作成"}, {"save", "変更"}, {"retire", "ごみ箱へ移した"}, {"restore", "ごみ箱から戻した"}, {"revert", "元の版に戻した"}};
	for (size_t i = 0; i < 5; i++)
		if (str_eq(words[i][0], action))
			return words[i][1];
	return "";
}

/* The sub-items of a kept text, in words. */
static const char *detail_words(struct req *r, const char *code, const char *detail)
{
	size_t n;
	struct buf b = buf_new(r->arena);
	const struct law_assess_item **defs = law_assess_list(r->c->house->law, r->arena, r->c->today, true, &n);
	for (size_t i = 0; i < n; i++) {
		const char *v = str_eq(defs[i]->code, code) && *defs[i]->part ? assess_detail(r->c, detail, defs[i]->part) : "";
		if (!str_blank(v))
			buf_fmt(&b, "%s%s: %s", b.n ? "、" : "", defs[i]->label, assess_value_words(r->c, defs[i], v));
	}
	return b.n ? b.p : "（空欄）";
}

static void conflict_shown(struct req *r, const struct assess_conflict *c, struct assess_conflict_shown *s)
{
	struct buf b = buf_new(r->arena);
	size_t n;
	char **names = str_split(r->arena, c->columns, ',', &n);
	for (size_t i = 0; i < n; i++) {
		const char *label = column_label(c->table, str_trim(r->arena, names[i]));
		if (*label)
			buf_fmt(&b, "%s%s", b.n ? "、" : "", label);
	}
	*s = (struct assess_conflict_shown){.c = c, .columns = b.n ? b.p : "", .texts = ARENA_ARRAY(r->arena, c->n_text + 1, struct assess_text_shown)};
	for (size_t i = 0; i < c->n_text; i++)
		if (*column_label(c->table, c->text[i][0]))
			s->texts[s->n_texts++] = (struct assess_text_shown){column_label(c->table, c->text[i][0]),
				str_eq(c->text[i][0], "detail") ? detail_words(r, c->code, c->text[i][1]) : column_words(r, c->table, c->text[i][0], c->text[i][1])};
}

static err history(struct req *r, err e)
{
	struct assess_view a;
	struct page_view *page;
	struct assess_version *rows;
	struct assess_conflict *conflicts;
	TRY(open_page(r, "アセスメントの変更の履歴", &a, &page));
	struct assess_history_view v = {.page = page, .pid = a.row.pid, .may_write = a.may_write};
	TRY(assess_history(r->c, a.row.pid, &rows, &v.n_rows));
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct assess_version_shown);
	for (size_t i = 0; i < v.n_rows; i++)
		v.rows[i] = (struct assess_version_shown){&rows[i], account_word(r, rows[i].by), act_word(rows[i].action)};
	TRY(assess_conflicts(r->c, a.row.pid, &conflicts, &v.n_conflicts));
	v.conflicts = ARENA_ARRAY(r->arena, v.n_conflicts + 1, struct assess_conflict_shown);
	for (size_t i = 0; i < v.n_conflicts; i++)
		conflict_shown(r, &conflicts[i], &v.conflicts[i]);
	tmpl_assess_history(res_page_of(r, e), &v);
	return OK;
}

err page_assess_history(struct req *r) { return history(r, OK); }

static const struct formin_field REVERT[] = {
	{.name = "version", .label = "版", .kind = FORMIN_INT, .lo = 1, .hi = 1000000, .required = true},
	{.name = "code", .label = "項目", .kind = FORMIN_CODE, .max = 40},
};

err page_assess_revert(struct req *r)
{
	TRY(formin_read(r, REVERT, FORMIN_N(REVERT)));
	err e = assess_revert(r->c, req_param(r, "pid"), req_field(r, "code"), formin_int(r, "version"));
	if (page_is_input(e))
		return history(r, e);
	TRY(e);
	return res_done(r, "restored", "/assessments/%s/history", req_param(r, "pid"));
}

static const struct formin_field TAKE[] = {{.name = "code", .label = "項目", .kind = FORMIN_CODE, .max = 40}};

err page_assess_conflict_take(struct req *r)
{
	TRY(formin_read(r, TAKE, FORMIN_N(TAKE)));
	err e = assess_conflict_take(r->c, req_param(r, "pid"), req_field(r, "code"), req_param(r, "cpid"));
	if (page_is_input(e))
		return history(r, e);
	TRY(e);
	return res_done(r, "restored", "/assessments/%s/history", req_param(r, "pid"));
}

/* ---- paper ------------------------------------------------------------------------------------------------- */

static err paper(struct req *r, enum assess_form form, enum paper_kind kind, const char *name)
{
	const char *bytes;
	size_t n;
	struct assess_view v;
	TRY(assess_get(r->c, req_param(r, "pid"), &v));
	look_person(r, v.row.person_id);
	look_as(r, ACTION_PRINT);
	TRY(assess_paper(r->c, form, v.row.pid, kind, &bytes, &n));
	if (kind == PAPER_PDF)
		return res_pdf(r, bytes, n, name);
	return res_file(r, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes, n, name);
}

err page_assess_pdf(struct req *r) { return paper(r, ASSESS_FORM, PAPER_PDF, "assessment.pdf"); }
err page_assess_sheet(struct req *r) { return paper(r, ASSESS_FORM, PAPER_SHEET, "assessment.xlsx"); }
err page_assess_icf_pdf(struct req *r) { return paper(r, ASSESS_FORM_ICF, PAPER_PDF, "icf.pdf"); }
