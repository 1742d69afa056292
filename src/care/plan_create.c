#include "care/plan_create.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/str.h"
#include "care/mandate.h"
#include "care/plan_follow.h"
#include "register/certification.h"
#include "register/ranks.h"
#include "sql/q_commission.h"
#include "sql/q_plan.h"
#include "store/revision.h"
#include "store/tx.h"

#include <string.h>

const char *plan_kind_of_case(const char *case_kind) { return str_eq(case_kind, "home") ? "home" : "prevention"; }

/* ---- what is known --------------------------------------------------------------------------------------------------- */

static err fill_certification(struct ctx *c, struct t_plan *p)
{
	struct certification_state s;
	TRY(certification_state(c, p->person_id, (struct gen_asof){p->plan_on, CIVIL_NONE}, &s));
	p->cert_status = s.has_application ? "1" : s.has_current ? "2" : "";
	p->level = s.level;
	if (s.has_current) {
		p->certification_id = s.current.id;
		p->cert_on = s.current.decided_on;
		p->cert_from_on = s.current.from_on;
		p->cert_to_on = s.current.to_on == CIVIL_OPEN ? CIVIL_NONE : s.current.to_on;
		p->committee_opinion = str_blank(s.current.service_designation)
			? s.current.council_opinion
			: arena_fmt(c->arena, "%s%sサービスの種類の指定: %s", s.current.council_opinion,
			            *s.current.council_opinion ? "\n" : "", s.current.service_designation);
	}
	if (s.has_application) { /* 申請中は申請日 (forms-careplan §3.1) */
		p->cert_on = s.application.applied_on;
		if (!s.has_current)
			p->certification_id = s.application.id;
	}
	p->support_level = str_eq(p->kind, "prevention") ? ranks_code_out(CODE_LEVEL, CODE_YOBO, s.level) : "";
	return OK;
}

static err staff_name(struct ctx *c, int64_t id, const char **name)
{
	struct t_staff s;
	*name = "";
	if (!id || id == INT_NULL)
		return OK;
	TRY(row_load(c, &T_staff, id, &s));
	*name = s.name;
	return OK;
}

static err fill_author(struct ctx *c, const struct t_care_case *k, struct t_plan *p)
{
	bool commissioned = c->actor.org_id && c->actor.org_id != k->org_id;
	const char *charge;
	p->author_org_id = commissioned ? c->actor.org_id : INT_NULL;
	p->staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : k->staff_id;
	TRY(staff_name(c, p->staff_id, &p->author_name));
	if (!str_eq(p->kind, "prevention"))
		return OK;
	TRY(staff_name(c, k->staff_id, &charge));
	p->plan_kind = str_eq(k->kind, "prevention") ? "1" : "2";
	p->consignment = commissioned ? "2" : "1";
	p->author_center = commissioned ? charge : p->author_name;
	p->author_cm = commissioned ? p->author_name : "";
	return OK;
}

static err fill_class(struct ctx *c, const struct t_care_case *k, struct t_plan *p)
{
	struct q_plan_first_of_org_row first;
	TRY(q_plan_first_of_org(c, &(struct q_plan_first_of_org_in){.person_id = p->person_id, .org_id = p->org_id, .kind = p->kind}, &first));
	bool known = first.first_on != CIVIL_NONE || k->first_plan_on != CIVIL_NONE;
	p->first_plan_on = k->first_plan_on != CIVIL_NONE ? k->first_plan_on : first.first_on != CIVIL_NONE ? first.first_on : p->plan_on;
	p->class_first = !known;
	p->class_continued = known;
	p->class_referred = !known && str_eq(k->referred_by, "office");
	return OK;
}

static err fill_known(struct ctx *c, const struct t_care_case *k, struct t_plan *p)
{
	p->create_on = p->plan_on = c->today;
	p->from_on = c->today;
	TRY(fill_certification(c, p));
	if (p->cert_from_on != CIVIL_NONE && p->cert_from_on > p->from_on)
		p->from_on = p->cert_from_on;
	p->to_on = p->cert_to_on;
	TRY(fill_author(c, k, p));
	TRY(fill_class(c, k, p));
	if (!str_eq(p->kind, "prevention"))
		return OK;
	struct q_plan_checklist_newest_row r;
	bool found = false;
	TRY(q_plan_checklist_newest(c, &(struct q_plan_checklist_newest_in){.person_id = p->person_id, .on_day = p->plan_on}, &r, &found));
	p->response_id = found ? r.id : INT_NULL;
	return OK;
}

/* ---- a new row of a case ------------------------------------------------------------------------------------------------ */

static err begin(struct ctx *c, const struct t_care_case *k, const char *kind, struct t_plan *p)
{
	if (k->retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	if (str_eq(k->status, "closed"))
		return fault_add(c, "", ERR_PLAN_STATE, "終了したケースには計画を作れません。ケースを開き直すか、新しいケースを作ってください。");
	if (!str_eq(kind, "home") && !str_eq(kind, "prevention"))
		return fault_add(c, "kind", ERR_NOT_CHOICE, "「計画の種類」は、表示されている中から選んでください。");
	struct q_plan_numbers_row n;
	TRY(q_plan_numbers(c, &(struct q_plan_numbers_in){.case_id = k->id, .kind = kind}, &n));
	if (n.drafts)
		return fault_add(c, "", ERR_PLAN_STATE, "このケースには、作りかけの原案がすでにあります。その原案を続けるか、取りやめてから作ってください。");
	row_init(&T_plan, p);
	p->person_id = k->person_id;
	p->org_id = k->org_id;
	p->case_id = k->id;
	p->kind = kind;
	p->status = "draft";
	p->version_no = n.version_no + 1;
	p->change_kind = n.agreed ? "full" : "first";
	return fill_known(c, k, p);
}

static err blank_areas(struct ctx *c, const struct t_plan *p)
{
	static const char *const areas[] = {"move", "home", "social", "health"};
	for (size_t i = 0; str_eq(p->kind, "prevention") && i < 4; i++) {
		struct t_plan_area a;
		row_init(&T_plan_area, &a);
		a.plan_id = p->id;
		a.person_id = p->person_id;
		a.area = areas[i];
		TRY(row_insert(c, &T_plan_area, &a));
	}
	return OK;
}

/* ---- from an assessment --------------------------------------------------------------------------------------------------- */

static err add_need(struct ctx *c, const struct t_plan *p, int64_t no, const char *code, const char *text)
{
	struct t_plan_need n;
	row_init(&T_plan_need, &n);
	n.plan_id = p->id;
	n.person_id = p->person_id;
	n.no = no;
	n.item_code = code;
	n.whose = str_starts(code, "a21") ? "family" : "person";
	n.text = text;
	return row_insert(c, &T_plan_need, &n);
}

static err areas_of(struct ctx *c, const struct t_plan *p, int64_t *no)
{
	struct q_plan_assessed_areas_row *a;
	size_t n;
	TRY(q_plan_assessed_areas(c, &(struct q_plan_assessed_areas_in){.assessment_id = p->assessment_id}, &a, &n));
	if (!n)
		return blank_areas(c, p);
	for (size_t i = 0; i < n; i++) {
		struct t_plan_area row;
		row_init(&T_plan_area, &row);
		row.plan_id = p->id;
		row.person_id = p->person_id;
		row.area = a[i].area;
		row.status_text = a[i].status_text;
		row.intent = a[i].intent;
		row.has_issue = a[i].has_issue;
		row.issue = a[i].issue;
		TRY(row_insert(c, &T_plan_area, &row));
		if (str_eq(a[i].has_issue, "1"))
			TRY(add_need(c, p, ++*no, a[i].area, a[i].issue));
	}
	return OK;
}

static err needs_of(struct ctx *c, const struct t_plan *p)
{
	int64_t no = 0;
	if (str_eq(p->kind, "prevention"))
		TRY(areas_of(c, p, &no));
	if (no) /* the areas have said it */
		return OK;
	struct q_plan_issue_items_row *r;
	size_t n;
	TRY(q_plan_issue_items(c, &(struct q_plan_issue_items_in){.assessment_id = p->assessment_id}, &r, &n));
	for (size_t i = 0; i < n; i++)
		TRY(add_need(c, p, ++no, r[i].code, str_blank(r[i].judgement) ? r[i].fact : r[i].judgement));
	return OK;
}

static err assessment_into(struct ctx *c, const char *pid, struct t_plan *p)
{
	struct t_assessment a;
	row_init(&T_assessment, &a);
	TRY(row_find(c, &T_assessment, pid, &a));
	TRY(policy_check_record(c, a.person_id, CLASS_CARE, ACTION_SEE));
	if (a.retired_ms != INT_NULL || a.person_id != p->person_id)
		return ERR_NOTFOUND;
	p->assessment_id = a.id;
	if (str_eq(p->kind, "home")) {
		p->wish_person = a.wish_person;
		p->wish_family = a.wish_family;
		p->analysis = a.overall;
	}
	return OK;
}

/* ---- create ----------------------------------------------------------------------------------------------------------------- */

struct creating {
	const char *case_pid, *kind, *assessment_pid, *from_pid;
	const char *pid;
};

static err open_case(struct ctx *c, int64_t id, const char *pid, struct t_care_case *k)
{
	TRY(pid ? row_find(c, &T_care_case, pid, k) : row_load(c, &T_care_case, id, k));
	TRY(policy_check_record(c, k->person_id, CLASS_CARE, ACTION_WRITE));
	if (c->actor.system || k->org_id == c->actor.org_id)
		return mandate_record(c, k->person_id, k->id, MANDATE_PLAN);
	/* Another organisation's case: only the office that took it on (F052). */
	bool taken;
	TRY(mandate_taken(c, k->person_id, k->id, MANDATE_PLAN, &taken));
	return taken ? OK : fault_add(c, "", ERR_PLAN_STATE, "ほかの機関のケースに計画を作れるのは、原案の委託を引き受けた事業所だけです。");
}

static err finish(struct ctx *c, const struct t_plan *p, const char **pid)
{
	struct plan_tree t;
	TRY(plan_load(c, p->id, &t));
	TRY(plan_follow(c, &t));
	*pid = p->pid;
	return OK;
}

static err create_tx(struct ctx *c, void *arg)
{
	struct creating *x = arg;
	struct t_care_case k;
	struct t_plan p;
	TRY(open_case(c, 0, x->case_pid, &k));
	row_init(&T_plan, &p);
	TRY(begin(c, &k, x->kind, &p));
	if (!str_blank(x->assessment_pid))
		TRY(assessment_into(c, x->assessment_pid, &p));
	TRY(row_insert(c, &T_plan, &p));
	TRY(p.assessment_id == INT_NULL ? blank_areas(c, &p) : needs_of(c, &p));
	return finish(c, &p, &x->pid);
}

err plan_create(struct ctx *c, const char *case_pid, const char *kind, const char *from_assessment_pid, const char **pid)
{
	struct creating x = {.case_pid = case_pid, .kind = kind, .assessment_pid = from_assessment_pid};
	TRY(tx_run(c, create_tx, &x));
	*pid = x.pid;
	return OK;
}

/* ---- copy --------------------------------------------------------------------------------------------------------------------- */

static bool any_text(enum plan_part part, struct arena *a, const void *row)
{
	for (size_t i = 0; i < plan_field_count(); i++)
		if (plan_field_at(i)->part == part && plan_field_at(i)->is_marked &&
		    !str_blank(plan_value(a, plan_part(part)->table, row, plan_field_at(i)->column)))
			return true;
	return false;
}

static void head_texts(struct ctx *c, const struct t_plan *from, struct t_plan *to, bool marked)
{
	struct buf marks = buf_new(c->arena);
	for (size_t i = 0; i < plan_field_count(); i++) {
		const struct plan_field *f = plan_field_at(i);
		if (f->part != PLAN_HEAD || !f->is_marked)
			continue;
		plan_copy_value(&T_plan, to, from, f->column);
		if (!str_blank(plan_value(c->arena, &T_plan, to, f->column)))
			buf_fmt(&marks, "%s%s", marks.n ? "|" : "", f->column);
	}
	static const char *const plain[] = {"life_support_reason", "life_support_other", "prog_move", "prog_eiyo", "prog_oral",
	                                    "prog_tojikomori", "prog_mono", "prog_utsu", "ref_no"};
	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
		plan_copy_value(&T_plan, to, from, plain[i]);
	to->copied_untouched = marked && marks.n ? marks.p : "";
}

struct twin {
	int64_t from, to;
};

static int64_t twin_of(const struct twin *v, size_t n, int64_t from)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].from == from)
			return v[i].to;
	return INT_NULL;
}

/* One part into the new plan; twins of the parents in, twins of its own rows out. */
static err copy_part(struct ctx *c, const struct plan_tree *from, const struct t_plan *to, enum plan_part part, bool marked,
                     const struct twin *parents, size_t n_parents, struct twin **twins, size_t *n_twins)
{
	const struct plan_part_desc *d = plan_part(part);
	const struct table_desc *t = d->table;
	const char *rows = plan_rows(from, part, n_twins);
	*twins = ARENA_ARRAY(c->arena, *n_twins + 1, struct twin);
	for (size_t i = 0; i < *n_twins; i++) {
		void *row = arena_copy(c->arena, rows + i * t->size, t->size);
		int64_t *id = row_column(t, row, "id"), old = *id, *origin = row_column(t, row, "origin_id");
		*id = 0;
		*(const char **)row_column(t, row, "pid") = "";
		*(int64_t *)row_column(t, row, "plan_id") = to->id;
		*(int64_t *)row_column(t, row, "person_id") = to->person_id;
		*(bool *)row_column(t, row, "is_untouched") = marked && (any_text(part, c->arena, row) || part == PLAN_SLOT);
		if (origin && *origin == INT_NULL)
			*origin = old;
		if (d->parent) {
			int64_t *up = row_column(t, row, d->parent);
			*up = *up == INT_NULL ? INT_NULL : twin_of(parents, n_parents, *up);
		}
		TRY(row_insert(c, t, row));
		(*twins)[i] = (struct twin){old, *(int64_t *)row_column(t, row, "id")};
	}
	return OK;
}

err plan_copy_into(struct ctx *c, const struct plan_tree *from, struct t_plan *row, bool marked)
{
	struct twin *of[PLAN_PARTS] = {NULL};
	size_t n[PLAN_PARTS] = {0};
	head_texts(c, &from->plan, row, marked);
	row->previous_id = from->plan.id;
	TRY(row_insert(c, &T_plan, row));
	for (int p = 0; p < PLAN_PARTS; p++) {
		enum plan_part up = plan_part((enum plan_part)p)->parent_part;
		TRY(copy_part(c, from, row, (enum plan_part)p, marked, up < PLAN_PARTS ? of[up] : NULL, up < PLAN_PARTS ? n[up] : 0, &of[p],
		              &n[p]));
	}
	return from->n_areas ? OK : blank_areas(c, row);
}

static err copy_tx(struct ctx *c, void *arg)
{
	struct creating *x = arg;
	struct plan_tree from;
	struct t_care_case k;
	struct t_plan p;
	TRY(plan_get(c, x->from_pid, &from));
	TRY(open_case(c, from.plan.case_id, NULL, &k));
	row_init(&T_plan, &p);
	TRY(begin(c, &k, from.plan.kind, &p));
	p.assessment_id = from.plan.assessment_id;
	TRY(plan_copy_into(c, &from, &p, true));
	return finish(c, &p, &x->pid);
}

err plan_copy(struct ctx *c, const char *pid, const char **new_pid)
{
	struct creating x = {.from_pid = pid};
	TRY(tx_run(c, copy_tx, &x));
	*new_pid = x.pid;
	return OK;
}

/* ---- marks ------------------------------------------------------------------------------------------------------------------- */

bool plan_head_untouched(const struct t_plan *p, const char *column)
{
	size_t n = strlen(column);
	for (const char *s = p->copied_untouched; s && (s = strstr(s, column)); s += n)
		if ((s == p->copied_untouched || s[-1] == '|') && (s[n] == '|' || s[n] == '\0'))
			return true;
	return false;
}

int plan_untouched_percent(const struct plan_tree *t)
{
	size_t all = 0, left = 0;
	for (int p = 0; p <= PLAN_PARTS; p++) {
		size_t n;
		const struct table_desc *d = plan_part((enum plan_part)p)->table;
		char *rows = plan_rows(t, (enum plan_part)p, &n);
		for (size_t i = 0; i < n; i++)
			for (size_t f = 0; f < plan_field_count(); f++) {
				const struct plan_field *x = plan_field_at(f);
				if (x->part != (enum plan_part)p || !x->is_marked)
					continue;
				void *row = rows + i * d->size;
				size_t chars = str_count(*(const char **)row_column(d, row, x->column));
				bool mark = p == PLAN_HEAD ? plan_head_untouched(&t->plan, x->column) : *(bool *)row_column(d, row, "is_untouched");
				all += chars;
				left += mark ? chars : 0;
			}
	}
	return all ? (int)(100 * left / all) : -1;
}
