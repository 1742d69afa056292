#include "register/timeline.h"

#include "access/policy.h"
#include "base/str.h"
#include "sql/q_record.h"

static const struct {
	const char *code, *label;
} kinds[] = {
#define TIMELINE_KIND(code, label) {code, label},
#include "register/timeline.tbl.h"
#undef TIMELINE_KIND
};

size_t timeline_kind_count(void) { return sizeof kinds / sizeof kinds[0]; }
const char *timeline_kind_code(size_t i) { return i < timeline_kind_count() ? kinds[i].code : ""; }

const char *timeline_kind_label_ja(const char *kind)
{
	for (size_t i = 0; i < timeline_kind_count(); i++)
		if (str_eq(kinds[i].code, kind))
			return kinds[i].label;
	return "";
}

err timeline_add(struct ctx *c, const struct timeline_new *in)
{
	if (c->tx_depth == 0 || !*timeline_kind_label_ja(in->kind) || class_index(in->record_class) < 0 || str_blank(in->title) ||
	    str_blank(in->table_name) || in->person_id <= 0)
		return ERR_BUG;
	int64_t at = in->at_ms;
	if (!at)
		at = in->at_on != CIVIL_NONE && in->at_on != 0 ? civil_instant_start(in->at_on) : c->now_ms;
	return q_record_timeline_put(c, &(struct q_record_timeline_put_in){.person_id = in->person_id, .at_ms = at,
		.on_day = civil_of_instant(at), .kind = in->kind, .record_class = in->record_class,
		.org_id = in->org_id ? in->org_id : c->actor.org_id, .title = in->title, .summary = str_or(in->summary, ""),
		.table_name = in->table_name, .row_id = in->row_id, .row_pid = str_or(in->row_pid, "")}, NULL);
}

err timeline_touch(struct ctx *c, const char *table_name, int64_t row_id)
{
	if (c->tx_depth == 0)
		return ERR_BUG;
	return q_record_timeline_touch(c, &(struct q_record_timeline_touch_in){.table_name = table_name, .row_id = row_id}, NULL);
}

err timeline_hide(struct ctx *c, const char *table_name, int64_t row_id, bool hidden)
{
	if (c->tx_depth == 0)
		return ERR_BUG;
	return q_record_timeline_hide(c, &(struct q_record_timeline_hide_in){.table_name = table_name, .row_id = row_id,
		.is_hidden = hidden}, NULL);
}

err timeline_hide_kind(struct ctx *c, const char *table_name, int64_t row_id, const char *kind, bool hidden)
{
	if (c->tx_depth == 0)
		return ERR_BUG;
	return q_record_timeline_hide_kind(c, &(struct q_record_timeline_hide_kind_in){.table_name = table_name, .row_id = row_id, .kind = kind,
		.is_hidden = hidden}, NULL);
}

err timeline_list(struct ctx *c, const struct timeline_filter *f, struct timeline_entry **v, size_t *n, bool *more)
{
	TRY(policy_check(c, f->person_id, CLASS_NAMECARD, ACTION_SEE));
	int limit = f->limit <= 0 ? 50 : f->limit > 200 ? 200 : f->limit;
	struct q_record_timeline_list_row *rows;
	size_t got;
	TRY(q_record_timeline_list(c, &(struct q_record_timeline_list_in){.person_id = f->person_id,
		.org_id = f->org_id ? f->org_id : INT_NULL, .kind = f->kind, .record_class = f->record_class ? f->record_class : INT_NULL,
		.from_on = f->from_on, .to_on = f->to_on, .before_ms = f->before_id ? f->before_ms : INT_NULL, .before_id = f->before_id,
		.fresh = f->fresh, .limit = limit + 1}, &rows, &got));
	*more = got > (size_t)limit;
	*n = *more ? (size_t)limit : got;
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct timeline_entry);
	for (size_t i = 0; i < *n; i++) {
		const struct q_record_timeline_list_row *r = &rows[i];
		(*v)[i] = (struct timeline_entry){r->id, r->person_id, r->at_ms, r->on_day, r->kind, (int)r->record_class, r->org_id,
			r->title, r->summary, r->table_name, r->row_pid, r->row_id,
			r->created_ms, r->changed_ms, r->changed_by};
	}
	return OK;
}

err timeline_count(struct ctx *c, const struct timeline_filter *f, int64_t *n)
{
	TRY(policy_check(c, f->person_id, CLASS_NAMECARD, ACTION_SEE));
	struct q_record_timeline_count_row row;
	TRY(q_record_timeline_count(c, &(struct q_record_timeline_count_in){.person_id = f->person_id,
		.org_id = f->org_id ? f->org_id : INT_NULL, .kind = f->kind, .record_class = f->record_class ? f->record_class : INT_NULL,
		.from_on = f->from_on, .to_on = f->to_on, .fresh = f->fresh}, &row));
	*n = row.n;
	return OK;
}

err timeline_orgs(struct ctx *c, int64_t person_id, struct timeline_org **v, size_t *n)
{
	struct q_record_timeline_orgs_row *rows;
	TRY(policy_check(c, person_id, CLASS_NAMECARD, ACTION_SEE));
	TRY(q_record_timeline_orgs(c, &(struct q_record_timeline_orgs_in){.person_id = person_id}, &rows, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct timeline_org);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct timeline_org){rows[i].pid, rows[i].name};
	return OK;
}
