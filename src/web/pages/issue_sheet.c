/* 課題整理総括表: one page to read and to edit; cells that people typed are marked. */
#include "base/house.h"
#include "base/str.h"
#include "care/assess_paper.h"
#include "register/draft.h"
#include "tmpl/assess_sheet.h"
#include "web/formin.h"
#include "web/guard.h"
#include "web/pages/assess.h"
#include "web/pages/common.h"
#include "web/route.h"

enum { SPARE_NEEDS = 2 };

static const struct ui_choice FACTORS[] = {{.value = "1", .label = "①"}, {.value = "2", .label = "②"}, {.value = "3", .label = "③"},
                                           {.value = "4", .label = "④"}, {.value = "5", .label = "⑤"}, {.value = "6", .label = "⑥"}};

static const char *key_of(struct req *r, const struct issue_sheet_view *s)
{
	return arena_fmt(r->arena, "person/%s/issue-sheet/%s", s->person_pid, s->row.pid);
}

static const char *base_of(struct req *r, const char *prefix, int64_t version)
{
	const char *sent = req_field(r, arena_fmt(r->arena, "%s.version", prefix));
	return *sent ? sent : arena_fmt(r->arena, "%lld", (long long)version);
}

static const char *edited_note(bool edited) { return edited ? "手で直した" : NULL; }

static void line_shown(struct req *r, const struct issue_sheet_line *l, const char *group_before, struct issue_line_shown *x)
{
	const char *k = l->def->code;
	const struct t_issue_sheet_row *row = &l->row;
	size_t n;
	*x = (struct issue_line_shown){.l = l, .code = k, .label = l->def->label, .group = l->def->group, .is_free = str_starts(k, "free"),
		.first_of_group = *l->def->group && !str_eq(l->def->group, group_before), .base = base_of(r, k, row->version),
		.edited = {issue_sheet_is_edited(row->edited, "now"), issue_sheet_is_edited(row->edited, "factor"), issue_sheet_is_edited(row->edited, "prospect"),
		           issue_sheet_is_edited(row->edited, "note")}};
	const char *label = x->is_free && *row->label ? row->label : l->def->label;
	x->now = choice_field(r, arena_fmt(r->arena, "%s.now", k), arena_fmt(r->arena, "%s: 現在", label), l->def->scale, row->now);
	x->prospect = choice_field(r, arena_fmt(r->arena, "%s.prospect", k), arena_fmt(r->arena, "%s: 改善／維持の可能性", label), "issue_prospect", row->prospect);
	x->note = (struct ui_field){.name = arena_fmt(r->arena, "%s.note", k), .label = arena_fmt(r->arena, "%s: 備考", label), .value = row->note};
	x->name = (struct ui_field){.name = arena_fmt(r->arena, "%s.label", k), .label = "自由に書く行の名前", .value = row->label};
	x->factor = (struct ui_field){.name = arena_fmt(r->arena, "%s.factor", k), .label = arena_fmt(r->arena, "%s: 要因", label), .choices = FACTORS, .n_choices = 6};
	x->factor.values = (const char *const *)str_split(r->arena, row->factor, '|', &n);
	x->factor.n_values = str_blank(row->factor) ? 0 : n;
}

static void need_shown(struct req *r, const struct t_issue_sheet_need *row, struct issue_need_shown *x)
{
	const char *k = arena_fmt(r->arena, "need%lld", (long long)row->no);
	*x = (struct issue_need_shown){.no = row->no, .base = base_of(r, k, row->version), .edited = {issue_sheet_is_edited(row->edited, "outlook"),
		issue_sheet_is_edited(row->edited, "need"), issue_sheet_is_edited(row->edited, "need_order")}};
	x->outlook = (struct ui_field){.name = arena_fmt(r->arena, "%s.outlook", k), .label = arena_fmt(r->arena, "%lld行目: 見通し", (long long)row->no), .value = row->outlook};
	x->need = (struct ui_field){.name = arena_fmt(r->arena, "%s.need", k), .label = arena_fmt(r->arena, "%lld行目: ニーズ", (long long)row->no), .value = row->need};
	x->need_order = (struct ui_field){.name = arena_fmt(r->arena, "%s.need_order", k), .label = arena_fmt(r->arena, "%lld行目: 優先順位", (long long)row->no), .value = row->need_order};
}

static err show(struct req *r, struct issue_sheet_view *s, err e)
{
	struct page_view *page = page_view(r, "課題整理総括表");
	TRY(person_page_head(r, page, s->person_pid));
	page->wide = true;
	page->state = STATE_SAVED;
	page->state_note = saved_note(r, s->row.updated_ms, s->updated_by);
	page->base_version = s->row.version;
	if (page->posted && formin_int(r, "base") != INT_NULL)
		page->base_version = formin_int(r, "base");
	if (s->may_write) {
		page->draft_key = key_of(r, s);
		page->draft_class = "care";
	}
	page->back_path = *s->assessment_pid ? arena_fmt(r->arena, "/assessments/%s", s->assessment_pid) : arena_fmt(r->arena, "/persons/%s/assessments", s->person_pid);
	page->back_label = *s->assessment_pid ? "アセスメント" : "アセスメントの一覧";
	struct issue_sheet_page_view v = {.page = page, .s = s, .n_lines = s->n_lines};
	for (size_t i = 0; i < ISSUE_BARRIERS; i++) {
		const char *name = arena_fmt(r->arena, "barrier_%zu", i + 1);
		v.edited_barrier[i] = issue_sheet_is_edited(s->row.edited, name);
		v.barrier[i] = (struct ui_field){.name = name, .label = FACTORS[i].label, .value = s->barrier[i], .rows = 2, .note = edited_note(v.edited_barrier[i])};
	}
	v.edited_wish = issue_sheet_is_edited(s->row.edited, "wish");
	v.wish = (struct ui_field){.name = "wish", .label = "利用者及び家族の生活に対する意向", .value = s->row.wish, .rows = 3, .note = edited_note(v.edited_wish)};
	v.lines = ARENA_ARRAY(r->arena, s->n_lines + 1, struct issue_line_shown);
	for (size_t i = 0; i < s->n_lines; i++)
		line_shown(r, &s->lines[i], i ? s->lines[i - 1].def->group : "", &v.lines[i]);
	v.needs = ARENA_ARRAY(r->arena, s->n_needs + SPARE_NEEDS, struct issue_need_shown);
	int64_t last = 0;
	for (size_t i = 0; i < s->n_needs; i++) {
		need_shown(r, &s->needs[i], &v.needs[v.n_needs++]);
		last = s->needs[i].no > last ? s->needs[i].no : last;
	}
	for (int64_t i = 1; i <= SPARE_NEEDS; i++) {
		struct t_issue_sheet_need blank;
		row_init(&T_issue_sheet_need, &blank);
		blank.no = last + i;
		need_shown(r, &blank, &v.needs[v.n_needs++]);
	}
	tmpl_issue_sheet_page(res_page_of(r, e), &v);
	return OK;
}

err page_issue_sheet(struct req *r)
{
	struct issue_sheet_view s;
	TRY(issue_sheet_get(r->c, req_param(r, "pid"), &s));
	return show(r, &s, OK);
}

static const struct formin_field NONE[] = {{.name = "reason", .label = "理由", .kind = FORMIN_TEXT, .max = 500}};

err page_issue_sheet_make(struct req *r)
{
	const char *pid;
	TRY(formin_read(r, NONE, FORMIN_N(NONE)));
	TRY(issue_sheet_make(r->c, req_param(r, "pid"), &pid));
	return res_done(r, "created", "/issue-sheets/%s", pid);
}

/* ---- save -------------------------------------------------------------------------------------------------- */

struct declared {
	struct formin_field *v;
	size_t n;
};

static void declare(struct req *r, struct declared *d, const char *prefix, const char *column, const char *label, enum formin_kind kind, int max, bool repeat)
{
	d->v[d->n++] = (struct formin_field){.name = *prefix ? arena_fmt(r->arena, "%s.%s", prefix, column) : column, .label = label, .kind = kind, .max = max, .repeat = repeat};
}

static err read_fields(struct req *r, const struct issue_sheet_view *s, size_t n_needs)
{
	struct declared d = {.v = ARENA_ARRAY(r->arena, 10 + ISSUE_BARRIERS + 6 * s->n_lines + 4 * n_needs, struct formin_field)};
	declare(r, &d, "", "create_on", "作成日", FORMIN_DAY, 0, false);
	declare(r, &d, "", "wish", "利用者及び家族の生活に対する意向", FORMIN_LINES, 2000, false);
	declare(r, &d, "", "act", "操作", FORMIN_CODE, 20, false);
	for (size_t i = 0; i < ISSUE_BARRIERS; i++)
		declare(r, &d, "", arena_fmt(r->arena, "barrier_%zu", i + 1), "阻害要因", FORMIN_LINES, 200, false);
	for (size_t i = 0; i < s->n_lines; i++) {
		const char *k = s->lines[i].def->code, *label = s->lines[i].def->label;
		declare(r, &d, k, "version", label, FORMIN_INT, 0, false);
		declare(r, &d, k, "now", label, FORMIN_CODE, 0, false);
		declare(r, &d, k, "factor", "要因", FORMIN_TEXT, 20, true);
		declare(r, &d, k, "prospect", "改善／維持の可能性", FORMIN_CODE, 0, false);
		declare(r, &d, k, "note", "備考", FORMIN_LINES, 2000, false);
		declare(r, &d, k, "label", "自由に書く行の名前", FORMIN_TEXT, 200, false);
	}
	for (size_t i = 1; i <= n_needs; i++) {
		const char *k = arena_fmt(r->arena, "need%zu", i);
		declare(r, &d, k, "version", "ニーズ", FORMIN_INT, 0, false);
		declare(r, &d, k, "outlook", "見通し", FORMIN_LINES, 2000, false);
		declare(r, &d, k, "need", "ニーズ", FORMIN_LINES, 2000, false);
		declare(r, &d, k, "need_order", "優先順位", FORMIN_TEXT, 10, false);
	}
	return formin_read(r, d.v, d.n);
}

static const char *at(struct req *r, const char *prefix, const char *column) { return req_field(r, arena_fmt(r->arena, "%s.%s", prefix, column)); }

static int64_t version_at(struct req *r, const char *prefix)
{
	int64_t v = formin_int(r, arena_fmt(r->arena, "%s.version", prefix));
	return v == INT_NULL ? 0 : v;
}

static void input_of(struct req *r, const struct issue_sheet_view *s, size_t n_needs, struct issue_sheet_input *in)
{
	*in = (struct issue_sheet_input){.pid = s->row.pid, .row = s->row};
	in->row.version = formin_int(r, "base") == INT_NULL ? s->row.version : formin_int(r, "base");
	in->row.create_on = formin_day(r, "create_on");
	in->row.wish = req_field(r, "wish");
	for (size_t i = 0; i < ISSUE_BARRIERS; i++)
		in->barrier[i] = req_field(r, arena_fmt(r->arena, "barrier_%zu", i + 1));
	in->rows = ARENA_ARRAY(r->arena, s->n_lines + 1, struct issue_sheet_row_in);
	for (size_t i = 0; i < s->n_lines; i++) {
		const char *k = s->lines[i].def->code, **v;
		struct t_issue_sheet_row *row = &in->rows[in->n_rows++].row;
		struct buf factor = buf_new(r->arena);
		size_t n = req_all(r, arena_fmt(r->arena, "%s.factor", k), &v);
		for (size_t j = 0; j < n; j++)
			buf_fmt(&factor, "%s%s", factor.n ? "|" : "", v[j]);
		*row = s->lines[i].row;
		row->version = version_at(r, k);
		row->now = at(r, k, "now");
		row->factor = factor.n ? factor.p : "";
		row->prospect = at(r, k, "prospect");
		row->note = at(r, k, "note");
		row->label = at(r, k, "label");
	}
	in->needs = ARENA_ARRAY(r->arena, n_needs + 1, struct issue_sheet_need_in);
	for (size_t i = 1; i <= n_needs; i++) {
		const char *k = arena_fmt(r->arena, "need%zu", i);
		if (!req_has(r, arena_fmt(r->arena, "%s.version", k)))
			continue;
		struct t_issue_sheet_need *row = &in->needs[in->n_needs++].row;
		row_init(&T_issue_sheet_need, row);
		row->no = (int64_t)i;
		row->version = version_at(r, k);
		row->outlook = at(r, k, "outlook");
		row->need = at(r, k, "need");
		row->need_order = at(r, k, "need_order");
	}
}

err page_issue_sheet_save(struct req *r)
{
	struct issue_sheet_view s;
	struct issue_sheet_input in;
	struct assess_clashes clash = {0};
	TRY(issue_sheet_get(r->c, req_param(r, "pid"), &s));
	if (!s.may_write)
		return ERR_DENIED;
	size_t n_needs = SPARE_NEEDS;
	for (size_t i = 0; i < s.n_needs; i++)
		n_needs = (size_t)s.needs[i].no + SPARE_NEEDS > n_needs ? (size_t)s.needs[i].no + SPARE_NEEDS : n_needs;
	err e = read_fields(r, &s, n_needs);
	if (e == OK) {
		input_of(r, &s, n_needs, &in);
		e = issue_sheet_save(r->c, &in, &clash);
	}
	if (e == OK && str_eq(req_field(r, "act"), "remake"))
		e = issue_sheet_remake(r->c, s.row.pid);
	if (page_is_input(e))
		return show(r, &s, e);
	if (e == ERR_CONFLICT && clash.n_versions)
		return assess_conflict_page(r, &clash, arena_fmt(r->arena, "/issue-sheets/%s", s.row.pid));
	TRY(e);
	TRY(draft_discard(r->c, key_of(r, &s)));
	return res_done(r, str_eq(req_field(r, "act"), "remake") ? "remade" : "saved", "/issue-sheets/%s", s.row.pid);
}

err page_issue_sheet_retire(struct req *r)
{
	struct issue_sheet_view s;
	const char *bin;
	TRY(formin_read(r, NONE, FORMIN_N(NONE)));
	TRY(issue_sheet_get(r->c, req_param(r, "pid"), &s));
	err e = issue_sheet_retire(r->c, s.row.pid, req_field(r, "reason"), &bin);
	if (page_is_input(e))
		return show(r, &s, e);
	TRY(e);
	return res_redirect(r, "/persons/%s/assessments?done=deleted&%s", s.person_pid, guard_undo(r, arena_fmt(r->arena, "/undo/trash/%s", bin)));
}

static err paper(struct req *r, enum paper_kind kind)
{
	const char *bytes;
	size_t n;
	struct issue_sheet_view s;
	TRY(issue_sheet_get(r->c, req_param(r, "pid"), &s));
	look_person(r, s.row.person_id);
	look_as(r, ACTION_PRINT);
	TRY(assess_paper(r->c, ASSESS_FORM_ISSUE, s.row.pid, kind, &bytes, &n));
	if (kind == PAPER_PDF)
		return res_pdf(r, bytes, n, "kadai-seiri.pdf");
	return res_file(r, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes, n, "kadai-seiri.xlsx");
}

err page_issue_sheet_pdf(struct req *r) { return paper(r, PAPER_PDF); }
err page_issue_sheet_xlsx(struct req *r) { return paper(r, PAPER_SHEET); }
