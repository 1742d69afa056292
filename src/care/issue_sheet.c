#include "care/issue_sheet.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "care/assess_own.h"
#include "care/children.h"
#include "jp/era.h"
#include "law/codes.h"
#include "register/bin.h"
#include "register/timeline.h"
#include "sql/q_assess.h"
#include "sql/q_care.h"
#include "store/tx.h"

#include <string.h>

enum { NEED_LINES = 6, TEXT_CHARS = 2000, LINE_CHARS = 200 };

/* ---- marks of what people typed ---------------------------------------------------------------------------- */

bool issue_sheet_is_edited(const char *edited, const char *column)
{
	size_t n = strlen(column);
	for (const char *p = str_or(edited, ""); *p;) {
		size_t k = strcspn(p, "|");
		if (k == n && strncmp(p, column, n) == 0)
			return true;
		p += k + (p[k] == '|');
	}
	return false;
}

static const char *mark(struct ctx *c, const char *edited, const char *column)
{
	return issue_sheet_is_edited(edited, column) ? edited : arena_fmt(c->arena, "%s%s%s", edited, *edited ? "|" : "", column);
}

/* Typed into a cell: the text, and the mark. */
static void type(struct ctx *c, const char **cell, const char **edited, const char *column, const char *typed)
{
	if (str_eq(*cell, typed))
		return;
	*cell = typed;
	*edited = mark(c, *edited, column);
}

/* ---- read -------------------------------------------------------------------------------------------------- */

static err open_sheet(struct ctx *c, const char *pid, enum action a, struct t_issue_sheet *row)
{
	TRY(row_find(c, &T_issue_sheet, pid, row));
	TRY(policy_check_record(c, row->person_id, CLASS_CARE, a));
	return row->retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

static const char **barrier_at(struct t_issue_sheet *row, size_t i)
{
	const char **all[ISSUE_BARRIERS] = {&row->barrier_1, &row->barrier_2, &row->barrier_3, &row->barrier_4, &row->barrier_5, &row->barrier_6};
	return all[i];
}

static err view_of(struct ctx *c, struct t_issue_sheet *row, struct issue_sheet_view *v)
{
	struct t_assessment a;
	struct person p;
	size_t n_defs, n;
	*v = (struct issue_sheet_view){.row = *row, .staff_name = "", .updated_by = "", .may_write = policy_check(c, row->person_id, CLASS_CARE, ACTION_WRITE) == OK};
	TRY(person_load(c, row->person_id, &p));
	v->person_pid = p.cluster_pid;
	TRY(row_load(c, &T_assessment, row->assessment_id, &a));
	v->assessment_pid = a.retired_ms == INT_NULL ? a.pid : "";
	v->assessed_on = a.done_on;
	for (size_t i = 0; i < ISSUE_BARRIERS; i++)
		v->barrier[i] = *barrier_at(&v->row, i);
	const struct law_issue_row **defs = law_issue_list(c->house->law, c->arena, row->create_on, &n_defs);
	struct q_issue_sheet_rows_row *rows;
	TRY(q_issue_sheet_rows(c, &(struct q_issue_sheet_rows_in){.issue_sheet_id = row->id}, &rows, &n));
	v->lines = ARENA_ARRAY(c->arena, n_defs + 1, struct issue_sheet_line);
	v->n_lines = n_defs;
	for (size_t i = 0; i < n_defs; i++) {
		v->lines[i].def = defs[i];
		row_init(&T_issue_sheet_row, &v->lines[i].row);
		v->lines[i].row.code = defs[i]->code;
		v->lines[i].row.no = defs[i]->no;
	}
	for (size_t k = 0; k < n; k++) {
		struct t_issue_sheet_row r;
		TRY(row_load(c, &T_issue_sheet_row, rows[k].id, &r));
		for (size_t i = 0; i < n_defs; i++)
			if (str_eq(defs[i]->code, r.code))
				v->lines[i].row = r;
	}
	struct q_issue_sheet_needs_row *needs;
	TRY(q_issue_sheet_needs(c, &(struct q_issue_sheet_needs_in){.issue_sheet_id = row->id}, &needs, &v->n_needs));
	v->needs = ARENA_ARRAY(c->arena, v->n_needs + 1, struct t_issue_sheet_need);
	for (size_t i = 0; i < v->n_needs; i++)
		TRY(row_load(c, &T_issue_sheet_need, needs[i].id, &v->needs[i]));
	struct q_care_account_name_row who;
	struct q_care_staff_name_row staff;
	bool found = false;
	TRY(q_care_account_name(c, &(struct q_care_account_name_in){.account_id = row->updated_by}, &who, &found));
	if (found)
		v->updated_by = who.name;
	found = false;
	if (row->staff_id != INT_NULL)
		TRY(q_care_staff_name(c, &(struct q_care_staff_name_in){.staff_id = row->staff_id}, &staff, &found));
	if (found)
		v->staff_name = staff.name;
	return OK;
}

err issue_sheet_get(struct ctx *c, const char *pid, struct issue_sheet_view *out)
{
	struct t_issue_sheet row;
	TRY(open_sheet(c, pid, ACTION_SEE, &row));
	return view_of(c, &row, out);
}

err issue_sheet_list(struct ctx *c, const char *assessment_pid, struct issue_sheet_row **v, size_t *n)
{
	struct t_assessment a;
	struct q_issue_sheets_row *r;
	TRY(assess_open(c, assessment_pid, ACTION_SEE, &a));
	TRY(q_issue_sheets(c, &(struct q_issue_sheets_in){.assessment_id = a.id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct issue_sheet_row);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct issue_sheet_row){.pid = r[i].pid, .staff_name = str_or(r[i].staff_name, ""), .create_on = r[i].create_on, .id = r[i].id,
		                                   .updated_ms = r[i].updated_ms};
	return OK;
}

/* ---- proposals --------------------------------------------------------------------------------------------- */

/* How heavy a value of a scale is: the place in its list; -1 none. */
static int weight(struct ctx *c, const char *scale, const char *value)
{
	size_t n;
	const struct law_code **v = law_code_list(c->house->law, c->arena, scale, c->today, &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i]->code, value))
			return (int)i;
	return -1;
}

/* The heaviest of the sub-items of a row, as a code of the row's scale; "" if nothing is said. items: "|code|" of what it came from. */
static const char *now_of(struct ctx *c, struct assess_view *v, const struct law_issue_row *def)
{
	size_t n, n_codes;
	char **parts = str_blank(def->from_parts) ? NULL : str_split(c->arena, def->from_parts, ' ', &n);
	int worst = -1;
	for (size_t i = 0; parts && i < n; i++) {
		char *dot = strchr(parts[i], '.');
		if (!dot)
			continue;
		*dot = '\0';
		struct assess_item *it = assess_item_of(v, parts[i]);
		if (!it || it->locked || it->def->class_bit != CLASS_CARE)
			continue;
		int w = weight(c, def->scale, assess_detail(c, it->row.detail, dot + 1));
		worst = w > worst ? w : worst;
	}
	const struct law_code **codes = law_code_list(c->house->law, c->arena, def->scale, c->today, &n_codes);
	return worst < 0 ? "" : codes[worst]->code;
}

struct proposal {
	const char *barrier[ISSUE_BARRIERS], *barrier_item[ISSUE_BARRIERS];
	size_t n_barriers;
	const char *wish;
	struct assess_need *needs;
	size_t n_needs;
	struct assess_view now, before;
	bool has_before;
};

static const char *first_line(struct ctx *c, const char *text)
{
	size_t n = strcspn(text, "\n");
	return str_trim(c->arena, arena_strn(c->arena, text, n));
}

static err propose(struct ctx *c, const struct t_assessment *a, struct proposal *p)
{
	struct assess_need *all;
	size_t n;
	*p = (struct proposal){0};
	TRY(assess_view_of(c, a, false, &p->now));
	struct t_assessment before;
	if (a->copied_from_id != INT_NULL) {
		TRY(row_load(c, &T_assessment, a->copied_from_id, &before));
		p->has_before = before.retired_ms == INT_NULL && policy_check(c, before.person_id, CLASS_CARE, ACTION_SEE) == OK;
	}
	if (p->has_before)
		TRY(assess_view_of(c, &before, false, &p->before));
	TRY(assess_needs(c, &p->now, &all, &n));
	p->needs = ARENA_ARRAY(c->arena, n + 1, struct assess_need);
	for (size_t i = 0; i < n; i++) {
		const struct law_assess_item *def = law_assess_find(c->house->law, all[i].item_code, "");
		if (!str_eq(all[i].whose, "person") || (def && def->class_bit != CLASS_CARE))
			continue;
		p->needs[p->n_needs++] = all[i];
		if (def && p->n_barriers < ISSUE_BARRIERS) {
			p->barrier[p->n_barriers] = str_blank(all[i].text) ? def->label : first_line(c, all[i].text);
			p->barrier_item[p->n_barriers++] = def->code;
		}
	}
	const char *own = str_blank(a->wish_person) ? "" : arena_fmt(c->arena, "本人: %s", a->wish_person);
	const char *family = str_blank(a->wish_family) ? "" : arena_fmt(c->arena, "家族等: %s", a->wish_family);
	p->wish = arena_fmt(c->arena, "%s%s%s", own, *own && *family ? "\n" : "", family);
	return OK;
}

static void line_of(struct ctx *c, struct proposal *p, const struct law_issue_row *def, struct t_issue_sheet_row *r)
{
	const char *now = now_of(c, &p->now, def), *was = p->has_before ? now_of(c, &p->before, def) : "";
	int w = weight(c, def->scale, now), w0 = weight(c, def->scale, was);
	struct buf factor = buf_new(c->arena);
	for (size_t i = 0; i < p->n_barriers && w > 0; i++)
		if (strstr(def->from_parts, arena_fmt(c->arena, "%s.", p->barrier_item[i])))
			buf_fmt(&factor, "%s%zu", factor.n ? "|" : "", i + 1);
	if (!issue_sheet_is_edited(r->edited, "now"))
		r->now = now;
	if (!issue_sheet_is_edited(r->edited, "factor"))
		r->factor = factor.n ? factor.p : "";
	if (!issue_sheet_is_edited(r->edited, "prospect"))
		r->prospect = w < 0 || w0 < 0 ? "" : w < w0 ? "improve" : w > w0 ? "worse" : "keep";
}

static err put_row(struct ctx *c, const struct table_desc *t, void *row, int64_t id)
{
	return id ? row_save(c, t, row, NULL) : row_insert(c, t, row);
}

static bool free_line(const struct t_issue_sheet_need *r)
{
	return str_blank(r->edited) && str_blank(r->item_code) && str_blank(r->need) && str_blank(r->outlook);
}

/* Needs keep their line; a line nobody typed in whose item is no issue any more becomes free. */
static err needs_fill(struct ctx *c, const struct t_issue_sheet *sheet, struct issue_sheet_view *v, const struct proposal *p)
{
	size_t n = v->n_needs, want = n + p->n_needs + NEED_LINES;
	struct t_issue_sheet_need *lines = ARENA_ARRAY(c->arena, want, struct t_issue_sheet_need);
	for (size_t i = 0; i < n; i++) {
		lines[i] = v->needs[i];
		bool still = false;
		for (size_t k = 0; k < p->n_needs; k++)
			still = still || str_eq(p->needs[k].item_code, lines[i].item_code);
		if (!still && str_blank(lines[i].edited))
			lines[i].item_code = lines[i].need = lines[i].outlook = lines[i].need_order = "";
	}
	for (size_t i = n; i < want; i++) {
		row_init(&T_issue_sheet_need, &lines[i]);
		lines[i].issue_sheet_id = sheet->id;
		lines[i].person_id = sheet->person_id;
		lines[i].no = i ? lines[i - 1].no + 1 : 1;
	}
	size_t used = n;
	for (size_t k = 0; k < p->n_needs; k++) {
		size_t at = want;
		for (size_t i = 0; i < want && at == want; i++)
			if (str_eq(lines[i].item_code, p->needs[k].item_code))
				at = i;
		for (size_t i = 0; i < want && at == want; i++)
			if (free_line(&lines[i]))
				at = i;
		lines[at].item_code = p->needs[k].item_code;
		if (!issue_sheet_is_edited(lines[at].edited, "need"))
			lines[at].need = p->needs[k].text;
		if (!issue_sheet_is_edited(lines[at].edited, "need_order"))
			lines[at].need_order = arena_fmt(c->arena, "%zu", k + 1);
		used = at + 1 > used ? at + 1 : used;
	}
	used = used < NEED_LINES ? NEED_LINES : used;
	for (size_t i = 0; i < used; i++)
		if (!lines[i].id || !row_same(&T_issue_sheet_need, &lines[i], &v->needs[i]))
			TRY(put_row(c, &T_issue_sheet_need, &lines[i], lines[i].id));
	return OK;
}

static err fill_rows(struct ctx *c, struct t_issue_sheet *sheet, struct issue_sheet_view *v, struct proposal *p)
{
	struct t_issue_sheet was = *sheet;
	for (size_t i = 0; i < ISSUE_BARRIERS; i++)
		if (!issue_sheet_is_edited(sheet->edited, arena_fmt(c->arena, "barrier_%zu", i + 1)))
			*barrier_at(sheet, i) = i < p->n_barriers ? p->barrier[i] : "";
	if (!issue_sheet_is_edited(sheet->edited, "wish"))
		sheet->wish = p->wish;
	if (!row_same(&T_issue_sheet, sheet, &was))
		TRY(row_save(c, &T_issue_sheet, sheet, NULL));
	for (size_t i = 0; i < v->n_lines; i++) {
		struct t_issue_sheet_row r = v->lines[i].row;
		line_of(c, p, v->lines[i].def, &r);
		r.issue_sheet_id = sheet->id;
		r.person_id = sheet->person_id;
		if (!r.id || !row_same(&T_issue_sheet_row, &r, &v->lines[i].row))
			TRY(put_row(c, &T_issue_sheet_row, &r, r.id));
	}
	return needs_fill(c, sheet, v, p);
}

static err follow(struct ctx *c, const struct t_issue_sheet *row)
{
	return timeline_add(c, &(struct timeline_new){.person_id = row->person_id, .at_on = row->create_on, .kind = "document", .record_class = CLASS_CARE,
		.org_id = row->org_id, .title = "課題整理総括表", .summary = "", .table_name = "issue_sheet", .row_id = row->id, .row_pid = row->pid});
}

/* ---- make, make anew --------------------------------------------------------------------------------------- */

struct making {
	const char *pid, *text, *out;
};

static err make_tx(struct ctx *c, void *arg)
{
	struct making *m = arg;
	struct t_assessment a;
	struct t_issue_sheet row;
	struct issue_sheet_view v;
	struct proposal p;
	TRY(assess_open(c, m->pid, ACTION_WRITE, &a));
	TRY(propose(c, &a, &p));
	row_init(&T_issue_sheet, &row);
	row.person_id = a.person_id;
	row.org_id = c->actor.org_id;
	row.assessment_id = a.id;
	row.staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	row.create_on = c->today;
	TRY(row_insert(c, &T_issue_sheet, &row));
	TRY(view_of(c, &row, &v));
	TRY(fill_rows(c, &row, &v, &p));
	m->out = row.pid;
	return follow(c, &row);
}

err issue_sheet_make(struct ctx *c, const char *assessment_pid, const char **pid)
{
	struct making m = {.pid = assessment_pid};
	TRY(tx_run(c, make_tx, &m));
	*pid = m.out;
	return OK;
}

static err remake_tx(struct ctx *c, void *arg)
{
	const struct making *m = arg;
	struct t_assessment a;
	struct t_issue_sheet row;
	struct issue_sheet_view v;
	struct proposal p;
	TRY(open_sheet(c, m->pid, ACTION_WRITE, &row));
	TRY(row_load(c, &T_assessment, row.assessment_id, &a));
	if (a.retired_ms != INT_NULL)
		return fault_add(c, "", ERR_INPUT, "もとのアセスメントがごみ箱にあります。アセスメントを元に戻してから、作り直してください。");
	TRY(propose(c, &a, &p));
	TRY(view_of(c, &row, &v));
	return fill_rows(c, &row, &v, &p);
}

err issue_sheet_remake(struct ctx *c, const char *pid)
{
	struct making m = {.pid = pid};
	return tx_run(c, remake_tx, &m);
}

static err retire_tx(struct ctx *c, void *arg)
{
	struct making *m = arg;
	struct t_issue_sheet row;
	TRY(open_sheet(c, m->pid, ACTION_WRITE, &row));
	if (str_blank(m->text))
		return fault_add(c, "reason", ERR_REQUIRED, "ごみ箱に移す理由を書いてください。");
	return bin_put(c, &(struct bin_put){.table = &T_issue_sheet, .row_id = row.id, .row_pid = row.pid, .person_id = row.person_id, .org_id = row.org_id,
		.record_class = CLASS_CARE, .reason = m->text, .title = arena_fmt(c->arena, "課題整理総括表（%s）", era_text(c->arena, row.create_on))}, &m->out);
}

err issue_sheet_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	struct making m = {.pid = pid, .text = reason};
	TRY(tx_run(c, retire_tx, &m));
	if (bin_pid)
		*bin_pid = m.out;
	return OK;
}

/* ---- save -------------------------------------------------------------------------------------------------- */

struct saving {
	const struct issue_sheet_input *in;
	struct assess_clashes *clash;
	bool bad, clashed;
};

static const char *memo(struct ctx *c, const char *field, const char *label, const char *typed, size_t max)
{
	char *t = str_lf(c->arena, str_or(typed, ""));
	if (str_count(t) > max)
		(void)fault_add(c, field, ERR_TOO_LONG, "「%s」は%zu文字までです（いま%zu文字）。短くしてください。", label, max, str_count(t));
	return t;
}

static const char *code(struct ctx *c, const char *field, const char *label, const char *list, const char *typed)
{
	if (!str_blank(typed) && !law_code_valid(c->house->law, list, typed, c->today))
		(void)fault_add(c, field, ERR_NOT_CHOICE, "「%s」は、表示されている中から選んでください。", label);
	return str_or(typed, "");
}

/* ①–⑥ in order, once each. */
static const char *factors(struct ctx *c, const char *field, const char *typed)
{
	struct buf b = buf_new(c->arena);
	for (int k = 1; k <= ISSUE_BARRIERS; k++)
		if (strchr(str_or(typed, ""), '0' + k))
			buf_fmt(&b, "%s%d", b.n ? "|" : "", k);
	for (const char *p = str_or(typed, ""); *p; p++)
		if (!strchr("123456|", *p)) {
			(void)fault_add(c, field, ERR_NOT_CHOICE, "「要因」は、①から⑥の中から選んでください。");
			break;
		}
	return b.n ? b.p : "";
}

/* Marks of two people are joined: first the row with the marks of now, then with both. */
static err save_marked(struct ctx *c, struct saving *s, const struct table_desc *t, void *row, const char **edited, const char *stored_marks,
                       int64_t sheet_id, int64_t person_id, const char *prefix, const char *label)
{
	const char *mine = *edited;
	struct child_conflicts more = {0};
	struct row_conflict *one = NULL;
	*edited = stored_marks;
	err e;
	if (t == &T_issue_sheet) {
		e = row_save(c, t, row, &one);
	} else {
		struct child_edit edit = {.row = row};
		e = children_save(c, t, "issue_sheet_id", sheet_id, person_id, &edit, 1, &more);
		one = more.n ? more.v[0] : NULL;
	}
	if (e == ERR_CONFLICT && one) {
		assess_clash_row(c, s->clash, prefix, label, one);
		s->clashed = true;
		return OK;
	}
	TRY(e);
	size_t n;
	char **v = str_split(c->arena, mine, '|', &n);
	const char *both = *edited;
	for (size_t i = 0; i < n; i++)
		if (!str_blank(v[i]))
			both = mark(c, both, v[i]);
	if (str_eq(both, *edited))
		return OK;
	*edited = both;
	return row_save(c, t, row, NULL);
}

static err head_save(struct ctx *c, struct saving *s, struct t_issue_sheet *row)
{
	const struct issue_sheet_input *in = s->in;
	struct t_issue_sheet was = *row;
	size_t before = c->n_faults;
	row->create_on = in->row.create_on;
	if (row->create_on == CIVIL_NONE && !fault_of(c, "create_on"))
		(void)fault_add(c, "create_on", ERR_REQUIRED, "「作成日」を入力してください。");
	else if (row->create_on != CIVIL_NONE && row->create_on > c->today && !fault_of(c, "create_on"))
		(void)fault_add(c, "create_on", ERR_DATE_FUTURE, "「作成日」に、これから先の日付は入力できません。");
	type(c, &row->wish, &row->edited, "wish", memo(c, "wish", "利用者及び家族の生活に対する意向", in->row.wish, TEXT_CHARS));
	for (size_t i = 0; i < ISSUE_BARRIERS; i++) {
		const char *column = arena_fmt(c->arena, "barrier_%zu", i + 1);
		type(c, barrier_at(row, i), &row->edited, column, str_trim(c->arena, memo(c, column, "阻害要因", in->barrier[i], LINE_CHARS)));
	}
	if (c->n_faults > before) {
		s->bad = true;
		return OK;
	}
	if (row_same(&T_issue_sheet, row, &was) && in->row.version == was.version)
		return OK;
	row->version = in->row.version;
	return save_marked(c, s, &T_issue_sheet, row, &row->edited, was.edited, 0, 0, "", "");
}

static err line_save(struct ctx *c, struct saving *s, const struct t_issue_sheet *sheet, const struct issue_sheet_line *line, const struct t_issue_sheet_row *in)
{
	struct t_issue_sheet_row r = line->row;
	const char *k = line->def->code;
	size_t before = c->n_faults;
	type(c, &r.now, &r.edited, "now", code(c, arena_fmt(c->arena, "%s.now", k), line->def->label, line->def->scale, in->now));
	type(c, &r.factor, &r.edited, "factor", factors(c, arena_fmt(c->arena, "%s.factor", k), in->factor));
	type(c, &r.prospect, &r.edited, "prospect", code(c, arena_fmt(c->arena, "%s.prospect", k), "改善／維持の可能性", "issue_prospect", in->prospect));
	type(c, &r.note, &r.edited, "note", memo(c, arena_fmt(c->arena, "%s.note", k), "備考", in->note, TEXT_CHARS));
	if (str_starts(k, "free"))
		type(c, &r.label, &r.edited, "label", str_trim(c->arena, memo(c, arena_fmt(c->arena, "%s.label", k), "自由に書く行の名前", in->label, LINE_CHARS)));
	if (c->n_faults > before) {
		s->bad = true;
		return OK;
	}
	r.version = in->version;
	return save_marked(c, s, &T_issue_sheet_row, &r, &r.edited, line->row.edited, sheet->id, sheet->person_id, k, line->def->label);
}

static err need_save(struct ctx *c, struct saving *s, const struct t_issue_sheet *sheet, const struct issue_sheet_view *v, const struct t_issue_sheet_need *in)
{
	struct t_issue_sheet_need r;
	const char *prefix = arena_fmt(c->arena, "need%lld", (long long)in->no);
	row_init(&T_issue_sheet_need, &r);
	r.no = in->no;
	for (size_t i = 0; i < v->n_needs; i++)
		if (v->needs[i].no == in->no)
			r = v->needs[i];
	const char *marks = r.edited, *order = str_trim(c->arena, str_or(in->need_order, ""));
	size_t before = c->n_faults;
	int64_t no;
	if (str_eq(order, "-") || str_eq(order, "－") || str_eq(order, "ー"))
		order = "−";
	if (*order && !str_eq(order, "−") && (!str_int(order, &no) || no < 1 || no > 99))
		(void)fault_add(c, arena_fmt(c->arena, "%s.need_order", prefix), ERR_RANGE, "「優先順位」は1から99の数字か、今回の計画に載せないときは「−」を入れてください。");
	type(c, &r.outlook, &r.edited, "outlook", memo(c, arena_fmt(c->arena, "%s.outlook", prefix), "見通し", in->outlook, TEXT_CHARS));
	type(c, &r.need, &r.edited, "need", memo(c, arena_fmt(c->arena, "%s.need", prefix), "生活全般の解決すべき課題（ニーズ）", in->need, TEXT_CHARS));
	type(c, &r.need_order, &r.edited, "need_order", order);
	if (c->n_faults > before) {
		s->bad = true;
		return OK;
	}
	if (!r.id && str_blank(r.need) && str_blank(r.outlook))
		return OK;
	r.version = in->version ? in->version : r.version;
	return save_marked(c, s, &T_issue_sheet_need, &r, &r.edited, marks, sheet->id, sheet->person_id, prefix,
	                   arena_fmt(c->arena, "見通しとニーズ %lld行目", (long long)in->no));
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_issue_sheet row;
	struct issue_sheet_view v;
	TRY(open_sheet(c, s->in->pid, ACTION_WRITE, &row));
	TRY(view_of(c, &row, &v));
	s->bad = s->clashed = false;
	*s->clash = (struct assess_clashes){.versions = ARENA_ARRAY(c->arena, s->in->n_rows + s->in->n_needs + 2, struct assess_pair)};
	TRY(head_save(c, s, &row));
	for (size_t i = 0; i < s->in->n_rows; i++)
		for (size_t k = 0; k < v.n_lines; k++)
			if (str_eq(v.lines[k].def->code, s->in->rows[i].row.code) && v.lines[k].row.id && s->in->rows[i].row.version)
				TRY(line_save(c, s, &row, &v.lines[k], &s->in->rows[i].row));
	for (size_t i = 0; i < s->in->n_needs; i++)
		TRY(need_save(c, s, &row, &v, &s->in->needs[i].row));
	if (s->bad)
		return ERR_INPUT;
	return s->clashed ? ERR_CONFLICT : follow(c, &row);
}

err issue_sheet_save(struct ctx *c, const struct issue_sheet_input *in, struct assess_clashes *clash)
{
	struct assess_clashes none;
	struct saving s = {.in = in, .clash = clash ? clash : &none};
	return tx_run(c, save_tx, &s);
}
