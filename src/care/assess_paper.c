#include "care/assess_paper.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/assess_own.h"
#include "care/issue_sheet.h"
#include "care/printables_of.h"
#include "sql/q_assess.h"

/* The form of the day; a record older than the form takes the first one. */
static err begin(struct ctx *c, const char *form_id, civil on, int64_t person_id, struct fill *f)
{
	return fill_begin(c, form_id, form_find(c->house->forms, form_id, on) ? on : c->today, person_id, f);
}

static err item_fill(struct ctx *c, struct fill *f, const struct assess_item *it)
{
	const struct t_assessment_item *r = &it->row;
	const char *k = arena_fmt(c->arena, "assessment_item.%s", it->def->code);
	TRY(fill_text(f, arena_fmt(c->arena, "%s.state", k), r->state));
	TRY(fill_text(f, arena_fmt(c->arena, "%s.detail", k), assess_part_words(c, it, true)));
	TRY(fill_text(f, arena_fmt(c->arena, "%s.fact", k), r->fact));
	TRY(fill_text(f, arena_fmt(c->arena, "%s.judgement", k), r->judgement));
	TRY(fill_text(f, arena_fmt(c->arena, "%s.is_issue", k), r->is_issue ? "true" : "false"));
	TRY(fill_text(f, arena_fmt(c->arena, "%s.source", k), r->source));
	return fill_day(f, arena_fmt(c->arena, "%s.as_of", k), r->as_of);
}

err assess_fill(struct ctx *c, const char *pid, struct fill *f, int64_t *row_id, int64_t *row_version)
{
	struct assess_view v;
	TRY(assess_get(c, pid, &v));
	TRY(begin(c, "assessment", v.row.done_on, v.row.person_id, f));
	TRY(fill_row(f, &T_assessment, &v.row));
	TRY(fill_text(f, "staff.name", v.staff_name));
	for (size_t i = 0; i < v.n_items; i++)
		TRY(item_fill(c, f, &v.items[i]));
	for (size_t i = 0; i < ASSESS_AREAS; i++) {
		const struct t_assessment_area *a = &v.areas[i];
		TRY(fill_text(f, arena_fmt(c->arena, "assessment_area.%s.status_text", a->area), a->status_text));
		TRY(fill_text(f, arena_fmt(c->arena, "assessment_area.%s.intent", a->area), a->intent));
		TRY(fill_text(f, arena_fmt(c->arena, "assessment_area.%s.has_issue", a->area), a->has_issue));
		TRY(fill_text(f, arena_fmt(c->arena, "assessment_area.%s.issue", a->area), a->issue));
	}
	*row_id = v.row.id;
	*row_version = v.row.version;
	return fill_register(f, v.row.done_on);
}

err assess_icf_fill(struct ctx *c, const char *pid, struct fill *f, int64_t *row_id, int64_t *row_version)
{
	struct assess_view v;
	struct assess_icf boxes[ASSESS_ICF_BOXES];
	TRY(assess_get(c, pid, &v));
	TRY(assess_icf(c, &v, boxes));
	TRY(begin(c, "icf", v.row.done_on, v.row.person_id, f));
	TRY(fill_row(f, &T_assessment, &v.row));
	for (size_t i = 0; i < ASSESS_ICF_BOXES; i++)
		TRY(fill_text(f, arena_fmt(c->arena, "assessment_icf.%s", boxes[i].code), boxes[i].text));
	for (size_t i = 0; i < v.n_items; i++) /* the boxes say only what may be seen; the paper must say that there is more */
		if (v.items[i].locked)
			f->locked[f->n_locked++] = v.items[i].def->code;
	*row_id = v.row.id;
	*row_version = v.row.version;
	return fill_register(f, v.row.done_on);
}

static err lines_fill(struct ctx *c, struct fill *f, const struct issue_sheet_view *v)
{
	size_t n = 0;
	for (size_t i = 0; i < v->n_lines; i++) {
		const struct t_issue_sheet_row *r = &v->lines[i].row;
		if (!str_starts(r->code, "free")) {
			const char *k = arena_fmt(c->arena, "issue_sheet_row.%s", r->code);
			TRY(fill_text(f, arena_fmt(c->arena, "%s.now", k), r->now));
			TRY(fill_text(f, arena_fmt(c->arena, "%s.factor", k), r->factor));
			TRY(fill_text(f, arena_fmt(c->arena, "%s.prospect", k), r->prospect));
			TRY(fill_text(f, arena_fmt(c->arena, "%s.note", k), r->note));
		} else if (!str_blank(r->label) || !str_blank(r->now) || !str_blank(r->note)) {
			TRY(fill_cell(f, "issue_sheet_row", n, "label", r->label));
			TRY(fill_cell(f, "issue_sheet_row", n, "now", r->now));
			TRY(fill_cell(f, "issue_sheet_row", n, "factor", r->factor));
			TRY(fill_cell(f, "issue_sheet_row", n, "prospect", r->prospect));
			TRY(fill_cell(f, "issue_sheet_row", n++, "note", r->note));
		}
	}
	n = 0;
	for (size_t i = 0; i < v->n_needs; i++) {
		const struct t_issue_sheet_need *r = &v->needs[i];
		if (str_blank(r->outlook) && str_blank(r->need))
			continue;
		TRY(fill_cell(f, "issue_sheet_need", n, "outlook", r->outlook));
		TRY(fill_cell(f, "issue_sheet_need", n, "need", r->need));
		TRY(fill_cell(f, "issue_sheet_need", n++, "need_order", r->need_order));
	}
	return OK;
}

err issue_sheet_fill(struct ctx *c, const char *pid, struct fill *f, int64_t *row_id, int64_t *row_version)
{
	struct issue_sheet_view v;
	TRY(issue_sheet_get(c, pid, &v));
	TRY(begin(c, "kadai-seiri", v.row.create_on, v.row.person_id, f));
	TRY(fill_row(f, &T_issue_sheet, &v.row));
	TRY(lines_fill(c, f, &v));
	*row_id = v.row.id;
	*row_version = v.row.version;
	return fill_register(f, v.row.create_on);
}

/* Paper of an assessment that is not confirmed says so. */
static err notice_of(struct ctx *c, struct view_source *s)
{
	struct t_assessment row;
	TRY(row_load(c, &T_assessment, s->row_id, &row));
	if (str_eq(row.status, "draft"))
		s->notice = s->f->n_locked ? "作成中。閲覧の権限がない項目は空欄です" : "作成中（確定していません）";
	return OK;
}

static err source_of(struct ctx *c, enum assess_form form, const char *pid, struct fill *f, struct view_source *s)
{
	static const char *const tables[] = {"assessment", "assessment", "issue_sheet"};
	*s = (struct view_source){.f = f, .table_name = tables[form]};
	if (form == ASSESS_FORM_ISSUE)
		return issue_sheet_fill(c, pid, f, &s->row_id, &s->row_version);
	TRY(form == ASSESS_FORM ? assess_fill(c, pid, f, &s->row_id, &s->row_version) : assess_icf_fill(c, pid, f, &s->row_id, &s->row_version));
	return notice_of(c, s);
}

err assess_paper(struct ctx *c, enum assess_form form, const char *pid, enum paper_kind kind, const char **bytes, size_t *n)
{
	struct fill f;
	struct view_source s;
	TRY(source_of(c, form, pid, &f, &s));
	return view_paper(c, &s, kind, bytes, n);
}

err assess_issue(struct ctx *c, enum assess_form form, const char *pid, const char *purpose, const char **issued_pid)
{
	struct fill f;
	struct view_source s;
	TRY(source_of(c, form, pid, &f, &s));
	return view_issue(c, &s, purpose, NULL, 0, issued_pid);
}

/* ---- for many people ------------------------------------------------------------------------------------------ */

static err add_one(struct ctx *c, enum assess_form form, const char *pid, struct printable_docs *out)
{
	struct fill *f = ARENA_NEW(c->arena, struct fill);
	struct view_source s;
	TRY(source_of(c, form, pid, f, &s));
	printable_add_fill(c, out, f, s.notice);
	return OK;
}

static err assessments(struct ctx *c, enum assess_form form, const struct person *p, const struct printable_period *period, struct printable_docs *out)
{
	struct assess_row *rows;
	size_t n;
	TRY(policy_check(c, p->id, CLASS_CARE, ACTION_PRINT));
	TRY(assess_list(c, p->pid, &rows, &n));
	for (size_t i = n; i-- > 0;) /* the list has the newest first */
		if (printable_in(period, rows[i].done_on) && !(period->newest && i > 0 && printable_in(period, rows[i - 1].done_on)))
			TRY(add_one(c, form, rows[i].pid, out));
	return OK;
}

err printables_assessment(struct ctx *c, const struct person *p, const struct printable_period *period, struct printable_docs *out)
{
	return assessments(c, ASSESS_FORM, p, period, out);
}

err printables_icf(struct ctx *c, const struct person *p, const struct printable_period *period, struct printable_docs *out)
{
	return assessments(c, ASSESS_FORM_ICF, p, period, out);
}

err printables_issue_sheet(struct ctx *c, const struct person *p, const struct printable_period *period, struct printable_docs *out)
{
	struct q_issue_sheet_of_person_row *rows;
	size_t n;
	TRY(policy_check(c, p->id, CLASS_CARE, ACTION_PRINT));
	TRY(q_issue_sheet_of_person(c, &(struct q_issue_sheet_of_person_in){.person_id = p->id}, &rows, &n));
	for (size_t i = n; i-- > 0;)
		if (printable_in(period, rows[i].create_on) && !(period->newest && i > 0 && printable_in(period, rows[i - 1].create_on)))
			TRY(add_one(c, ASSESS_FORM_ISSUE, rows[i].pid, out));
	return OK;
}
