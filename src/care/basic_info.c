#include "care/basic_info.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/basic_info_fill.h"
#include "codec/json.h"
#include "form/print.h"
#include "register/issued.h"
#include "register/person.h"
#include "register/timeline.h"
#include "sql/q_care.h"
#include "store/revision.h"
#include "store/tx.h"

#define FORM "riyosha-kihon-joho"

/* ---- read -------------------------------------------------------------------------------------------------- */

static const struct form_def *def_on(struct ctx *c, civil day) { return form_find(c->house->forms, FORM, day); }

static err view_of(struct ctx *c, const struct person *p, const struct t_basic_info *row, bool is_new,
                   struct basic_info_view *v)
{
	civil day = row->consult_on == CIVIL_NONE ? c->today : row->consult_on;
	const struct form_def *def = def_on(c, day);
	if (!def)
		return fault_add(c, "consult_date", ERR_FORM_DATE, "その相談日に有効な利用者基本情報の様式がありません。相談日を確かめてください。");
	*v = (struct basic_info_view){.id = row->id, .version = row->version, .person_id = p->id, .person_pid = p->pid,
	                              .pid = is_new ? "" : row->pid, .def = def, .updated_ms = row->updated_ms, .updated_by = "",
	                              .may_write = policy_check(c, p->id, CLASS_CARE, ACTION_WRITE) == OK};
	v->answers = answers_new(c->arena, def);
	v->from_register = ARENA_ARRAY(c->arena, def->n_items + 1, const char *);
	v->locked = ARENA_ARRAY(c->arena, def->n_items + 1, const char *);
	TRY(basic_info_fill_own(c, row, v));
	return basic_info_fill_register(c, p, day, v);
}

static void blank_row(struct ctx *c, const struct person *p, struct t_basic_info *row)
{
	row_init(&T_basic_info, row);
	row->person_id = p->id;
	row->consult_on = c->today;
	row->consignment = "1";
	row->consult_count = "01";
	row->author_name = str_or(c->actor.login, "");
}

err basic_info_get(struct ctx *c, const char *person_pid, const char *pid, struct basic_info_view *out)
{
	struct person p;
	struct t_basic_info row;
	TRY(person_get(c, person_pid, &p));
	TRY(policy_check(c, p.id, CLASS_CARE, ACTION_SEE));
	bool is_new = str_blank(pid);
	if (is_new) {
		blank_row(c, &p, &row);
		struct t_staff s;
		if (c->actor.staff_id && row_load(c, &T_staff, c->actor.staff_id, &s) == OK) {
			row.author_name = s.name;
			row.author_staff_id = s.id;
		}
		return view_of(c, &p, &row, true, out);
	}
	TRY(row_find(c, &T_basic_info, pid, &row));
	struct t_person owner;
	TRY(row_load(c, &T_person, row.person_id, &owner));
	if (owner.cluster_id != p.cluster_id)
		return ERR_NOTFOUND;
	return view_of(c, &p, &row, false, out);
}

err basic_info_list(struct ctx *c, const char *person_pid, struct basic_info_row **rows, size_t *n)
{
	int64_t id;
	TRY(person_id(c, person_pid, &id));
	TRY(policy_check(c, id, CLASS_CARE, ACTION_SEE));
	struct q_basic_info_of_person_row *r;
	TRY(q_basic_info_of_person(c, &(struct q_basic_info_of_person_in){.person_id = id}, &r, n));
	*rows = ARENA_ARRAY(c->arena, *n + 1, struct basic_info_row);
	for (size_t i = 0; i < *n; i++)
		(*rows)[i] = (struct basic_info_row){r[i].pid, r[i].author_name, r[i].consult_on, r[i].version};
	return OK;
}

/* ---- save -------------------------------------------------------------------------------------------------- */

struct saving {
	const struct basic_info_input *in;
	const char *pid;
	struct row_conflict **conflict;
};

static err one_per_day(struct ctx *c, int64_t person_id, const struct t_basic_info *row)
{
	struct q_basic_info_of_person_row *r;
	size_t n;
	TRY(q_basic_info_of_person(c, &(struct q_basic_info_of_person_in){.person_id = person_id}, &r, &n));
	for (size_t i = 0; i < n; i++)
		if (r[i].consult_on == row->consult_on && r[i].id != row->id)
			return fault_add(c, "consult_date", ERR_UNIQUE,
			                 "同じ相談日の利用者基本情報がすでにあります。相談日を変えるか、すでにあるほうを直してください。");
	return OK;
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_basic_info row;
	int64_t person;
	TRY(person_id(c, s->in->person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_WRITE));
	row_init(&T_basic_info, &row);
	bool is_new = str_blank(s->in->pid);
	if (is_new) {
		row.person_id = person;
		row.org_id = c->actor.org_id;
	} else {
		TRY(row_find(c, &T_basic_info, s->in->pid, &row));
		TRY(policy_check_record(c, row.person_id, CLASS_CARE, ACTION_WRITE));
	}
	TRY(basic_info_read_own(c, s->in->answers, &row));
	if (row.consult_on == CIVIL_NONE)
		return fault_add(c, "consult_date", ERR_REQUIRED, "「相談日」を入力してください。");
	if (row.consult_on > c->today)
		return fault_add(c, "consult_date", ERR_DATE_FUTURE, "「相談日」に、これから先の日付は入力できません。");
	TRY(one_per_day(c, person, &row));
	if (is_new) {
		TRY(row_insert(c, &T_basic_info, &row));
	} else {
		row.version = s->in->version;
		TRY(row_save(c, &T_basic_info, &row, s->conflict));
	}
	TRY(timeline_add(c, &(struct timeline_new){.person_id = row.person_id, .at_on = row.consult_on, .kind = "document",
	                                           .record_class = CLASS_CARE, .org_id = row.org_id, .title = "利用者基本情報",
	                                           .summary = "", .table_name = "basic_info", .row_id = row.id,
	                                           .row_pid = row.pid}));
	s->pid = row.pid;
	return OK;
}

err basic_info_save(struct ctx *c, const struct basic_info_input *in, const char **pid, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	struct saving s = {.in = in, .conflict = conflict ? conflict : &none};
	TRY(tx_run(c, save_tx, &s));
	*pid = s.pid;
	return OK;
}
