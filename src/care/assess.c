#include "care/assess.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/assess_own.h"
#include "care/children.h"
#include "care/evidence_writers.h"
#include "care/mandate.h"
#include "law/codes.h"
#include "register/person.h"
#include "register/timeline.h"
#include "sql/q_assess.h"
#include "store/revision.h"
#include "store/tx.h"

const char *const ASSESS_AREA[ASSESS_AREAS] = {"move", "home", "social", "health"};
const char *const ASSESS_CARER_FIELD[ASSESS_CARER_FIELDS] = {"will", "burden", "work", "self", "goal"};

err assess_open(struct ctx *c, const char *pid, enum action a, struct t_assessment *row)
{
	TRY(row_find(c, &T_assessment, pid, row));
	TRY(a == ACTION_WRITE ? mandate_record(c, row->person_id, row->case_id, MANDATE_PLAN) : policy_check_record(c, row->person_id, CLASS_CARE, a));
	return row->retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

static const char *title_of(struct ctx *c, const struct t_assessment *row)
{
	const char *why = str_blank(row->reason) ? "" : law_code_label(c->house->law, "assess_reason", row->reason);
	return arena_fmt(c->arena, "アセスメント%s%s%s%s", *why ? "（" : "", why, *why ? "）" : "", str_eq(row->status, "draft") ? " 作成中" : "");
}

/* ---- what follows a record --------------------------------------------------------------------------------- */

/* REC-EXC assess:away: why the person was not met at home (13条7号). */
static size_t away(struct ctx *c, const struct t_assessment *r, struct evidence_new *v)
{
	if (str_blank(r->place) || str_eq(r->place, "home") || str_blank(r->place_reason))
		return 0;
	const struct evidence_field f[] = {
		{.name = "kind", .type = 't', .text = "assess:away"},
		{.name = "from_on", .type = 'd', .day = r->done_on},
		{.name = "to_on", .type = 'd', .day = r->done_on},
		{.name = "ground", .type = 't', .text = r->place_reason},
		{.name = "written_on", .type = 'd', .day = r->confirmed_on},
		{.name = "written_by", .type = 'n', .number = r->staff_id},
	};
	*v = (struct evidence_new){.code = "REC-EXC", .person_id = r->person_id, .org_id = r->org_id, .record_class = CLASS_CARE, .on_day = r->done_on,
		.body = evidence_body(c, f, sizeof f / sizeof f[0])};
	return 1;
}

err assess_evidence(struct ctx *c, int64_t row_id)
{
	struct t_assessment row;
	struct q_assess_stated_row stated;
	struct evidence_new v[2];
	TRY(row_load(c, &T_assessment, row_id, &row));
	TRY(q_assess_stated(c, &(struct q_assess_stated_in){.assessment_id = row_id}, &stated));
	const struct evidence_field f[] = {
		{.name = "done_on", .type = 'd', .day = row.done_on}, {.name = "place", .type = 't', .text = row.place},
		{.name = "at_home", .type = 'b', .yes = str_eq(row.place, "home")}, {.name = "met_person", .type = 'b', .yes = row.met_person},
		{.name = "met_family", .type = 'b', .yes = row.met_family},
		{.name = "items", .type = 'n', .number = stated.items + (str_eq(row.view, "prevention") ? stated.areas : 0)},
		{.name = "purpose_told", .type = 'b', .yes = row.purpose_told}};
	v[0] = (struct evidence_new){.code = "REC-ASSESS", .person_id = row.person_id, .org_id = row.org_id, .record_class = CLASS_CARE,
		.on_day = row.done_on, .body = evidence_body(c, f, sizeof f / sizeof f[0])};
	size_t n = 1 + away(c, &row, &v[1]);
	return evidence_set(c, "assessment", row.id, v, n, row.retired_ms == INT_NULL && str_eq(row.status, "confirmed"));
}

err assess_follow(struct ctx *c, const struct t_assessment *row)
{
	TRY(timeline_add(c, &(struct timeline_new){.person_id = row->person_id, .at_on = row->done_on, .kind = "assessment",
		.record_class = CLASS_CARE, .org_id = row->org_id, .title = title_of(c, row),
		.summary = law_code_label(c->house->law, "assess_view", row->view), .table_name = "assessment", .row_id = row->id, .row_pid = row->pid}));
	return assess_evidence(c, row->id);
}

err assess_complete(struct ctx *c, const struct t_assessment *row)
{
	struct assess_view v;
	struct assess_gap *gaps;
	size_t n;
	TRY(assess_view_of(c, row, false, &v));
	TRY(assess_missing(c, &v, &gaps, &n));
	for (size_t i = 0; i < n; i++)
		if (!fault_of(c, gaps[i].field))
			(void)fault_add(c, gaps[i].field, ERR_REQUIRED, "%s", gaps[i].message);
	return n ? ERR_INPUT : OK;
}

err assess_settle(struct ctx *c, const struct t_assessment *row)
{
	if (str_eq(row->status, "confirmed"))
		TRY(assess_complete(c, row));
	return assess_follow(c, row);
}

/* ---- save -------------------------------------------------------------------------------------------------- */

struct saving {
	const struct assess_input *in;
	struct assess_clashes *clash;
	struct t_assessment row;
};

static void clash_add(struct ctx *c, struct assess_clashes *k, struct assess_clash one)
{
	if (k->n == k->cap) {
		size_t cap = k->cap ? 2 * k->cap : 16;
		struct assess_clash *v = ARENA_ARRAY(c->arena, cap, struct assess_clash);
		for (size_t i = 0; i < k->n; i++)
			v[i] = k->v[i];
		k->v = v;
		k->cap = cap;
	}
	k->v[k->n++] = one;
}

static const char *label_of(struct ctx *c, const char *code)
{
	const struct law_assess_item *def = law_assess_find(c->house->law, code, "");
	return def ? arena_fmt(c->arena, "%d %s", def->no, def->label) : law_code_label(c->house->law, "assess_area", code);
}

/* The words of one key of the detail: a sub-item's label, or a field of a carer. */
static const char *part_label(struct ctx *c, const char *code, const char *key)
{
	const struct law_assess_item *p = law_assess_find(c->house->law, code, key);
	return arena_fmt(c->arena, "%s：%s", label_of(c, code), p ? p->label : "家族・介護者");
}

static void clash_detail(struct ctx *c, struct assess_clashes *k, const char *code, const struct row_conflict_field *f)
{
	const char *const all[] = {str_or(f->base, ""), str_or(f->theirs, ""), str_or(f->mine, "")};
	const char **keys;
	size_t n = assess_detail_keys(c, all, 3, &keys);
	for (size_t i = 0; i < n; i++) {
		const char *b = assess_detail(c, all[0], keys[i]), *t = assess_detail(c, all[1], keys[i]), *m = assess_detail(c, all[2], keys[i]);
		if (str_eq(t, b))
			continue;
		const struct law_assess_item *p = law_assess_find(c->house->law, code, keys[i]);
		clash_add(c, k, (struct assess_clash){.name = arena_fmt(c->arena, "%s.d.%s", code, keys[i]), .table = "", .column = "", .label = part_label(c, code, keys[i]),
			.part = p, .base = b, .theirs = t, .mine = m, .disputed = !str_eq(m, t),
			.is_text = !p || str_eq(p->kind, "text")});
	}
}

/* What two people changed in one row, as fields of the page. */
void assess_clash_row(struct ctx *c, struct assess_clashes *k, const char *prefix, const char *label, const struct row_conflict *r)
{
	static const char *const text[] = {"fact", "judgement", "status_text", "intent", "issue", "reason_note", "place_reason", "own_words", "told",
	                                   "understood", "wish_person", "wish_family", "overall", "advocate", "interviewee", "note", "outlook",
	                                   "need", "wish", "barrier_1", "barrier_2", "barrier_3", "barrier_4", "barrier_5", "barrier_6"};
	static const char *const derived[] = {"is_untouched", "record_class", "edited", "no", "item_code"};
	const char *dot = *prefix ? "." : "";
	k->theirs_by = r->theirs_by;
	k->theirs_ms = r->theirs_ms;
	k->versions[k->n_versions++] = (struct assess_pair){*prefix ? arena_fmt(c->arena, "%s.version", prefix) : "base",
	                                                    arena_fmt(c->arena, "%lld", (long long)r->theirs_version)};
	for (size_t pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < (pass ? r->n_carried : r->n); i++) {
			const struct row_conflict_field *f = pass ? &r->carried[i] : &r->fields[i];
			bool is_text = false, is_derived = false;
			for (size_t t = 0; t < sizeof derived / sizeof derived[0]; t++)
				is_derived = is_derived || str_eq(derived[t], f->column);
			if (is_derived)
				continue;
			if (str_eq(f->column, "detail")) {
				clash_detail(c, k, prefix, f);
				continue;
			}
			for (size_t t = 0; t < sizeof text / sizeof text[0]; t++)
				is_text = is_text || str_eq(text[t], f->column);
			clash_add(c, k, (struct assess_clash){.name = arena_fmt(c->arena, "%s%s%s", prefix, dot, f->column), .table = r->table->name,
				.column = f->column, .label = label, .base = str_or(f->base, ""), .theirs = str_or(f->theirs, ""),
				.mine = str_or(f->mine, ""), .disputed = pass == 0, .is_text = is_text, .is_yes_no = f->is_yes_no});
		}
}

static void item_init(struct t_assessment_item *row, const struct law_assess_item *def)
{
	row_init(&T_assessment_item, row);
	row->code = def->code;
	row->record_class = def->class_bit;
	row->detail = "{}";
}

/* The blank items and areas of a new assessment stand from the start, also those this actor may not write. */
err assess_children_make(struct ctx *c, const struct t_assessment *head)
{
	size_t n;
	const struct law_assess_item **defs = law_assess_list(c->house->law, c->arena, head->done_on, false, &n);
	for (size_t i = 0; i < n; i++) {
		struct t_assessment_item row;
		item_init(&row, defs[i]);
		row.assessment_id = head->id;
		row.person_id = head->person_id;
		TRY(row_insert(c, &T_assessment_item, &row));
	}
	for (size_t i = 0; i < ASSESS_AREAS; i++) {
		struct t_assessment_area row;
		row_init(&T_assessment_area, &row);
		row.assessment_id = head->id;
		row.person_id = head->person_id;
		row.area = ASSESS_AREA[i];
		TRY(row_insert(c, &T_assessment_area, &row));
	}
	return OK;
}

/* Details merge by key before the row does: what both left in peace is settled here, a real clash is left to the row. */
static err detail_ready(struct ctx *c, const struct t_assessment_item *stored, struct t_assessment_item *mine, const char **later)
{
	*later = NULL;
	if (mine->version >= stored->version)
		return OK;
	struct t_assessment_item base;
	bool clash;
	TRY(row_at_version(c, &T_assessment_item, stored->id, mine->version, &base));
	const char *merged = assess_detail_merge(c, base.detail, stored->detail, mine->detail, &clash);
	if (clash) { /* only what both changed is in dispute */
		mine->detail = merged;
		return OK;
	}
	if (!str_eq(merged, stored->detail))
		*later = merged;
	mine->detail = stored->detail;
	return OK;
}

static err items_save(struct ctx *c, const struct assess_input *in, const struct t_assessment *head, bool fresh, struct assess_clashes *k)
{
	struct assess_view v;
	TRY(assess_view_of(c, head, false, &v));
	bool bad = false, clash = false;
	for (size_t i = 0; i < in->n_items; i++) {
		const struct assess_item_input *x = &in->items[i];
		struct assess_item *it = assess_item_of(&v, x->code);
		if (!it || it->locked || !it->may_write)
			continue;
		struct t_assessment_item row = it->row, stored = it->row;
		if (!row.id)
			item_init(&row, it->def);
		if (assess_input_item(c, it->def, x, &row) != OK) {
			bad = true;
			continue;
		}
		const char *later = NULL;
		row.version = fresh || !x->row.version ? stored.version : x->row.version;
		if (row.id)
			TRY(detail_ready(c, &stored, &row, &later));
		struct child_conflicts more = {0};
		struct child_edit edit = {.row = &row};
		err e = children_save(c, &T_assessment_item, "assessment_id", head->id, head->person_id, &edit, 1, &more);
		if (e == ERR_CONFLICT && more.n) {
			assess_clash_row(c, k, x->code, label_of(c, x->code), more.v[0]);
			clash = true;
			continue;
		}
		TRY(e);
		if (later) {
			row.detail = later;
			TRY(row_save(c, &T_assessment_item, &row, NULL));
		}
	}
	for (size_t i = 0; i < ASSESS_AREAS; i++) {
		struct t_assessment_area row = v.areas[i];
		if (!in->areas[i].version && !fresh)
			continue;
		if (assess_input_area(c, &in->areas[i], &row) != OK) {
			bad = true;
			continue;
		}
		if (!fresh)
			row.version = in->areas[i].version;
		struct child_conflicts more = {0};
		struct child_edit edit = {.row = &row};
		err e = children_save(c, &T_assessment_area, "assessment_id", head->id, head->person_id, &edit, 1, &more);
		if (e == ERR_CONFLICT && more.n) {
			assess_clash_row(c, k, row.area, label_of(c, row.area), more.v[0]);
			clash = true;
			continue;
		}
		TRY(e);
	}
	return bad ? ERR_INPUT : clash ? ERR_CONFLICT : OK;
}

err assess_head_new(struct ctx *c, const char *person_pid, struct t_assessment *row)
{
	int64_t person;
	struct q_assess_case_of_row k;
	bool found = false;
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_WRITE));
	row_init(&T_assessment, row);
	row->person_id = person;
	row->org_id = c->actor.org_id;
	row->staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	row->view = "home";
	row->status = "draft";
	TRY(q_assess_case_of(c, &(struct q_assess_case_of_in){.person_id = person}, &k, &found));
	if (found)
		row->case_id = k.id;
	return mandate_record(c, person, row->case_id, MANDATE_PLAN);
}

static void check_only(struct ctx *c, const struct assess_input *in)
{
	for (size_t i = 0; i < in->n_items; i++) {
		const struct law_assess_item *def = law_assess_find(c->house->law, in->items[i].code, "");
		struct t_assessment_item row;
		if (!def)
			continue;
		item_init(&row, def);
		(void)!assess_input_item(c, def, &in->items[i], &row);
	}
	for (size_t i = 0; i < ASSESS_AREAS; i++) {
		struct t_assessment_area row;
		row_init(&T_assessment_area, &row);
		row.area = ASSESS_AREA[i];
		(void)!assess_input_area(c, &in->areas[i], &row);
	}
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	const struct assess_input *in = s->in;
	struct t_assessment *row = &s->row;
	bool fresh = str_blank(in->pid);
	*s->clash = (struct assess_clashes){.versions = ARENA_ARRAY(c->arena, in->n_items + ASSESS_AREAS + 2, struct assess_pair)};
	TRY(fresh ? assess_head_new(c, in->person_pid, row) : assess_open(c, in->pid, ACTION_WRITE, row));
	struct t_assessment stored = *row;
	err head = assess_input_head(c, &in->row, row), e = OK;
	if (fresh) {
		if (head != OK) { /* the rest is looked at too, so that all faults are told at once */
			check_only(c, in);
			return head;
		}
		TRY(row_insert(c, &T_assessment, row));
		TRY(assess_children_make(c, row));
	} else if (head == OK && !(row_same(&T_assessment, row, &stored) && in->row.version == stored.version)) {
		struct row_conflict *conflict = NULL;
		row->version = in->row.version;
		e = row_save(c, &T_assessment, row, &conflict);
		if (e == ERR_CONFLICT && conflict)
			assess_clash_row(c, s->clash, "", "", conflict);
		else
			TRY(e);
	}
	err items = items_save(c, in, fresh || e == OK ? row : &stored, fresh, s->clash);
	if (head != OK || items == ERR_INPUT)
		return ERR_INPUT;
	if (e == ERR_CONFLICT || items == ERR_CONFLICT)
		return ERR_CONFLICT;
	TRY(items);
	TRY(timeline_touch(c, "assessment", row->id));
	return assess_settle(c, row);
}

err assess_save(struct ctx *c, const struct assess_input *in, const char **pid, struct assess_clashes *clash)
{
	struct assess_clashes none;
	struct saving s = {.in = in, .clash = clash ? clash : &none};
	TRY(tx_run(c, save_tx, &s));
	*pid = s.row.pid;
	return OK;
}
