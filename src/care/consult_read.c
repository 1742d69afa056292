/* Reading consultations; writing is consult.c. */
#include "access/policy.h"
#include "base/str.h"
#include "care/consult.h"
#include "care/consult_follow.h"
#include "register/person.h"
#include "sql/q_care.h"
#include "sql/tables.h"
#include "store/revision.h"

static err codes_of(struct ctx *c, struct consult_view *v)
{
	struct q_consult_codes_row *rows;
	size_t n;
	TRY(q_consult_codes(c, &(struct q_consult_codes_in){.consult_id = v->id}, &rows, &n));
	v->classes = ARENA_ARRAY(c->arena, n + 1, const char *);
	v->responses = ARENA_ARRAY(c->arena, n + 1, const char *);
	for (size_t i = 0; i < n; i++) {
		if (str_eq(rows[i].kind, "class"))
			v->classes[v->n_classes++] = rows[i].code;
		else
			v->responses[v->n_responses++] = rows[i].code;
	}
	return OK;
}

static err entries_of(struct ctx *c, struct consult_view *v)
{
	struct q_consult_entries_row *rows;
	TRY(q_consult_entries(c, &(struct q_consult_entries_in){.consult_id = v->id}, &rows, &v->n_entries));
	v->entries = ARENA_ARRAY(c->arena, v->n_entries + 1, struct consult_entry_view);
	for (size_t i = 0; i < v->n_entries; i++)
		v->entries[i] = (struct consult_entry_view){
			.pid = rows[i].pid, .channel = rows[i].channel, .counterpart = rows[i].counterpart,
			.content = rows[i].content, .staff_name = str_or(rows[i].staff_name, ""), .at_ms = rows[i].at_ms,
			.minutes = rows[i].minutes, .version = rows[i].version, .reached = rows[i].reached};
	return OK;
}

static int64_t staff_id(const struct ctx *c) { return c->actor.staff_id > 0 ? c->actor.staff_id : -1; }

err consult_get(struct ctx *c, const char *pid, struct consult_view *out)
{
	struct q_consult_view_row r;
	TRY(q_consult_view(c, &(struct q_consult_view_in){.pid = pid, .team = policy_rights_team(c, ACTION_SEE), .staff_id = staff_id(c)}, &r));
	*out = (struct consult_view){
		.id = r.id, .version = r.version, .person_id = r.person_id, .pid = r.pid, .person_pid = str_or(r.person_pid, ""),
		.person_name = str_or(r.person_name, ""), .person_kana = str_or(r.person_kana, ""), .person_label = r.person_label,
		.org_name = r.org_name, .assignee_name = str_or(r.assignee_name, ""), .assignee_pid = str_or(r.assignee_pid, ""),
		.record_class = (int)r.record_class, .received_ms = r.received_ms, .linked_ms = r.linked_ms,
		.linked_by = str_or(r.linked_by, ""), .channel = r.channel, .source = r.source, .urgency = r.urgency,
		.status = r.status, .caller_name = r.caller_name, .caller_relation = r.caller_relation,
		.caller_phone = r.caller_phone, .content = r.content, .wish = r.wish, .response_text = r.response_text,
		.minutes = r.minutes, .next_action = r.next_action, .next_on = r.next_on, .closed_on = r.closed_on,
		.close_reason = r.close_reason, .area_name = str_or(r.area_name, "")};
	struct t_consult row;
	TRY(row_load(c, &T_consult, r.id, &row));
	out->may_write = consult_gate(c, &row, ACTION_WRITE) == OK;
	TRY(codes_of(c, out));
	return entries_of(c, out);
}

static struct consult_row row_of(const char *pid, const char *person_pid, const char *person_name, const char *label,
                                 const char *content, const char *status, const char *urgency, const char *channel,
                                 const char *next_action, const char *assignee, int64_t received_ms, civil next_on,
                                 int64_t record_class, int64_t person_id)
{
	return (struct consult_row){
		.pid = pid, .person_pid = str_or(person_pid, ""), .person_name = str_or(person_name, ""), .person_label = label,
		.content = content, .status = status, .urgency = urgency, .channel = channel, .next_action = next_action,
		.assignee_name = str_or(assignee, ""), .received_ms = received_ms, .next_on = next_on,
		.record_class = (int)record_class, .person_id = person_id};
}

/* The filter as the statements want it; list and number use the same. */
static err filter_of(struct ctx *c, const struct consult_filter *f, struct q_consult_count_in *in)
{
	int64_t assignee = INT_NULL;
	if (str_eq(f->assignee, "me")) {
		assignee = staff_id(c);
	} else if (!str_blank(f->assignee)) {
		struct t_staff s;
		TRY(row_find(c, &T_staff, f->assignee, &s));
		assignee = s.id;
	}
	*in = (struct q_consult_count_in){.status = str_blank(f->status) ? NULL : f->status,
	                                  .class_code = str_blank(f->class_code) ? NULL : f->class_code,
	                                  .assignee_id = assignee, .from_on = f->from_on, .to_on = f->to_on,
	                                  .only = str_blank(f->only) ? NULL : f->only,
	                                  .unlinked = str_eq(str_or(f->only, ""), "unlinked"),
	                                  .open = !str_blank(f->only) && !str_eq(f->only, "unlinked"),
	                                  .team = policy_rights_team(c, ACTION_SEE), .staff_id = staff_id(c),
	                                  .most = f->count_most > 0 ? f->count_most : INT64_MAX};
	return OK;
}

/* The person of a filter, gated; *id 0 if the filter names none. */
static err filter_person(struct ctx *c, const struct consult_filter *f, int64_t *id)
{
	*id = 0;
	return str_blank(f->person_pid) ? OK : person_id(c, f->person_pid, id);
}

static struct q_consult_of_person_in of_person(const struct q_consult_count_in *in, int64_t person)
{
	return (struct q_consult_of_person_in){.person_id = person, .status = in->status, .class_code = in->class_code,
	                                       .assignee_id = in->assignee_id, .from_on = in->from_on, .to_on = in->to_on,
	                                       .only = in->only};
}

static err count_of(struct ctx *c, const struct q_consult_count_in *in, int64_t person, int64_t *total)
{
	if (person) {
		struct q_consult_of_person_count_row r;
		TRY(q_consult_of_person_count(c, &(struct q_consult_of_person_count_in){.person_id = person, .status = in->status,
			.class_code = in->class_code, .assignee_id = in->assignee_id, .from_on = in->from_on, .to_on = in->to_on,
			.only = in->only, .most = in->most}, &r));
		*total = r.n;
		return OK;
	}
	struct q_consult_count_row r;
	TRY(q_consult_count(c, in, &r));
	*total = r.n;
	return OK;
}

err consult_count(struct ctx *c, const struct consult_filter *f, int64_t *total)
{
	struct q_consult_count_in in;
	int64_t person;
	TRY(filter_person(c, f, &person));
	TRY(filter_of(c, f, &in));
	return count_of(c, &in, person, total);
}

err consult_open_count(struct ctx *c, const char *assignee, struct consult_open_figures *out)
{
	struct q_consult_count_in in;
	struct q_consult_open_count_row r;
	TRY(filter_of(c, &(struct consult_filter){.assignee = assignee, .from_on = CIVIL_NONE, .to_on = CIVIL_NONE}, &in));
	TRY(q_consult_open_count(c, &(struct q_consult_open_count_in){.assignee_id = in.assignee_id, .team = in.team,
	                                                              .staff_id = in.staff_id}, &r));
	*out = (struct consult_open_figures){r.n_open, r.n_idle, r.n_overdue};
	return OK;
}

#define ROWS(r)                                                                                                     \
	*rows = ARENA_ARRAY(c->arena, *n + 1, struct consult_row);                                                  \
	for (size_t i = 0; i < *n; i++)                                                                             \
	(*rows)[i] = row_of((r)[i].pid, (r)[i].person_pid, (r)[i].person_name, (r)[i].person_label, (r)[i].content, \
	                    (r)[i].status, (r)[i].urgency, (r)[i].channel, (r)[i].next_action, (r)[i].assignee_name, \
	                    (r)[i].received_ms, (r)[i].next_on, (r)[i].record_class, (r)[i].person_id)

err consult_list(struct ctx *c, const struct consult_filter *f, struct consult_row **rows, size_t *n, int64_t *total)
{
	struct q_consult_count_in in;
	int64_t person, limit = f->limit ? f->limit : 50;
	TRY(filter_person(c, f, &person));
	TRY(filter_of(c, f, &in));
	if (total)
		TRY(count_of(c, &in, person, total));
	if (person) {
		struct q_consult_of_person_in p = of_person(&in, person);
		struct q_consult_of_person_row *r;
		p.offset = f->offset;
		p.limit = limit;
		p.sort = f->sort == CONSULT_BY_NEXT ? Q_CONSULT_OF_PERSON_SORT_NEXT : Q_CONSULT_OF_PERSON_SORT_RECEIVED;
		TRY(q_consult_of_person(c, &p, &r, n));
		ROWS(r);
		return OK;
	}
	struct q_consult_list_row *r;
	TRY(q_consult_list(c, &(struct q_consult_list_in){.status = in.status, .class_code = in.class_code,
	                                                  .assignee_id = in.assignee_id, .from_on = in.from_on,
	                                                  .to_on = in.to_on, .only = in.only, .team = in.team,
	                                                  .staff_id = in.staff_id, .offset = f->offset, .limit = limit,
	                                                  .sort = f->sort == CONSULT_BY_NEXT ? Q_CONSULT_LIST_SORT_NEXT
	                                                                                     : Q_CONSULT_LIST_SORT_RECEIVED},
	                   &r, n));
	ROWS(r);
	return OK;
}

/* ---- figures (C-013) --------------------------------------------------------------------------------------------- */

err consult_count_by(struct ctx *c, const char *by, civil from, civil to, struct consult_figure **v, size_t *n, int64_t *total)
{
	int team = policy_rights_team(c, ACTION_SEE);
	TRY(consult_count(c, &(struct consult_filter){.from_on = from, .to_on = to}, total));
	if (from == CIVIL_NONE)
		from = civil_from(1900, 1, 1);
	if (to == CIVIL_NONE)
		to = CIVIL_OPEN;
	if (str_eq(by, "class") || str_eq(by, "response")) {
		struct q_consult_count_by_code_row *r;
		TRY(q_consult_count_by_code(c, &(struct q_consult_count_by_code_in){.kind = by, .from_on = from, .to_on = to,
			.team = team, .staff_id = staff_id(c)}, &r, n));
		*v = ARENA_ARRAY(c->arena, *n + 1, struct consult_figure);
		for (size_t i = 0; i < *n; i++)
			(*v)[i] = (struct consult_figure){r[i].code, r[i].n};
		return OK;
	}
	if (!str_eq(by, "channel") && !str_eq(by, "source") && !str_eq(by, "month") && !str_eq(by, "area"))
		return ERR_NOTFOUND;
	struct q_consult_count_by_row *r;
	TRY(q_consult_count_by(c, &(struct q_consult_count_by_in){.by = by, .from_on = from, .to_on = to, .team = team,
		.staff_id = staff_id(c)}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct consult_figure);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct consult_figure){r[i].code, r[i].n};
	return OK;
}
