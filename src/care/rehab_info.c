#include "care/rehab_info.h"

#include "access/policy.h"
#include "base/str.h"
#include "care/children.h"
#include "care/rehab_own.h"
#include "register/bin.h"
#include "register/gen.h"
#include "register/person.h"
#include "register/staff.h"
#include "register/task.h"
#include "register/timeline.h"
#include "sql/q_rehab.h"
#include "store/tx.h"

#define TABLE "rehab_info"

enum { TEXT = 2000, LINE = 200, TASK_DAYS = 7 };

static const char *const ITEMS[REHAB_INFO_ITEMS][2] = {
	{"wishes", "① 本人・家族の希望と、これから利用したい社会参加の取組"},
	{"abilities", "② 基本的動作・応用的動作・社会適応の能力と、改善の見込み"},
	{"care_ways", "③ 能力を保ち、高める介護の方法と気を付けること"},
	{"surroundings", "④ 環境の調整と、家具・用具などの工夫"},
	{"other", "⑤ その他"},
};

const char *rehab_info_label(size_t i) { return i < REHAB_INFO_ITEMS ? ITEMS[i][1] : ""; }
const char *rehab_info_column(size_t i) { return i < REHAB_INFO_ITEMS ? ITEMS[i][0] : ""; }

static const char **cell(struct t_rehab_info *r, size_t i) { return row_column(&T_rehab_info, r, ITEMS[i][0]); }

/* ---- read ------------------------------------------------------------------------------------------------------------ */

static err info_at(struct ctx *c, const char *pid, enum action a, struct t_rehab_info *row)
{
	TRY(row_find(c, &T_rehab_info, pid, row));
	TRY(policy_check_record(c, row->person_id, CLASS_CARE, a));
	return row->retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

static err view_of(struct ctx *c, struct rehab_info_view *v)
{
	struct q_rehab_info_names_row n;
	TRY(q_rehab_info_names(c, &(struct q_rehab_info_names_in){.id = v->row.id}, &n));
	v->person_pid = n.person_pid;
	v->person_name = n.person_name;
	v->org_name = n.org_name;
	v->staff_name = str_or(n.staff_name, "");
	v->goal_pid = str_or(n.goal_pid, "");
	v->goal_label = rehab_type_label(c, str_or(n.goal_type, ""));
	v->updated_by = str_or(n.updated_by, "");
	v->to_org_name = str_or(n.to_org_name, "");
	v->to_staff_name = str_or(n.to_staff_name, "");
	v->read_by = str_or(n.read_by, "");
	v->n_empty = 0;
	for (size_t i = 0; i < REHAB_INFO_ITEMS; i++) {
		v->items[i] = (struct rehab_info_item){ITEMS[i][0], ITEMS[i][1], *cell(&v->row, i)};
		v->n_empty += str_blank(v->items[i].text);
	}
	v->is_sent = v->row.sent_on != CIVIL_NONE;
	v->may_write = policy_check(c, v->row.person_id, CLASS_CARE, ACTION_WRITE) == OK;
	v->may_read = v->is_sent && v->may_write && v->row.read_on == CIVIL_NONE && v->row.to_org_id == c->actor.org_id;
	return rehab_manager_of(c, v->row.person_id, &v->manager);
}

err rehab_info_get(struct ctx *c, const char *pid, struct rehab_info_view *out)
{
	*out = (struct rehab_info_view){0};
	TRY(info_at(c, pid, ACTION_SEE, &out->row));
	return view_of(c, out);
}

err rehab_info_list(struct ctx *c, const char *person_pid, struct rehab_info_view **v, size_t *n)
{
	int64_t person;
	struct q_rehab_info_of_person_row *ids;
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_SEE));
	TRY(q_rehab_info_of_person(c, &(struct q_rehab_info_of_person_in){.person_id = person}, &ids, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct rehab_info_view);
	for (size_t i = 0; i < *n; i++) {
		TRY(row_load(c, &T_rehab_info, ids[i].id, &(*v)[i].row));
		TRY(view_of(c, &(*v)[i]));
	}
	return OK;
}

err rehab_info_init(struct ctx *c, const char *person_pid, const char *goal_pid, struct t_rehab_info *row)
{
	struct staff s;
	row_init(&T_rehab_info, row);
	TRY(person_id(c, person_pid, &row->person_id));
	TRY(policy_check(c, row->person_id, CLASS_CARE, ACTION_WRITE));
	row->org_id = c->actor.org_id;
	row->staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	row->made_on = c->today;
	if (row->staff_id != INT_NULL && staff_load(c, row->staff_id, &s) == OK)
		row->author = s.name;
	if (!str_blank(goal_pid)) {
		struct rehab_goal_view g;
		TRY(rehab_goal_get(c, goal_pid, &g));
		TRY(rehab_same_person(c, row->person_id, g.row.person_id));
		row->goal_id = g.row.id;
	}
	return OK;
}

/* ---- save ------------------------------------------------------------------------------------------------------------ */

static err check(struct ctx *c, struct t_rehab_info *r)
{
	size_t before = c->n_faults;
	r->author = str_trim(c->arena, str_or(r->author, ""));
	gen_check_text(c, "author", "書いた人", r->author, true, LINE);
	for (size_t i = 0; i < REHAB_INFO_ITEMS; i++) {
		*cell(r, i) = str_lf(c->arena, str_or(*cell(r, i), ""));
		gen_check_text(c, ITEMS[i][0], ITEMS[i][1], *cell(r, i), false, TEXT);
	}
	if (r->made_on == CIVIL_NONE)
		(void)fault_add(c, "made_on", ERR_REQUIRED, "「作成日」を入力してください。");
	else if (r->made_on > c->today)
		(void)fault_add(c, "made_on", ERR_DATE_FUTURE, "「作成日」に、これから先の日付は入力できません。");
	return c->n_faults > before ? ERR_INPUT : OK;
}

static err tell(struct ctx *c, const struct t_rehab_info *r)
{
	bool sent = r->sent_on != CIVIL_NONE;
	TRY(timeline_touch(c, TABLE, r->id));
	return timeline_add(c, &(struct timeline_new){.person_id = r->person_id, .at_on = sent ? r->sent_on : r->made_on, .kind = "rehab", .record_class = CLASS_CARE, .org_id = r->org_id,
		.title = arena_fmt(c->arena, "介護支援専門員への情報提供（%s）", sent ? "送付" : "作成中"), .summary = r->wishes, .table_name = TABLE, .row_id = r->id, .row_pid = r->pid});
}

struct saving {
	const char *person_pid;
	struct t_rehab_info *row;
	struct row_conflict **conflict;
};

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_rehab_info *r = s->row, old;
	int64_t person;
	TRY(person_id(c, s->person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_WRITE));
	if (r->id) {
		TRY(info_at(c, r->pid, ACTION_WRITE, &old));
		TRY(rehab_same_person(c, person, old.person_id));
		if (old.sent_on != CIVIL_NONE)
			return fault_add(c, "", ERR_INPUT, "送ったあとの情報提供は直せません。直したいことは、新しい情報提供に書いて送ってください。");
		r->person_id = old.person_id;
		r->org_id = old.org_id;
		r->goal_id = old.goal_id;
		r->sent_on = old.sent_on;
	}
	TRY(check(c, r));
	TRY(r->id ? row_save(c, &T_rehab_info, r, s->conflict) : row_insert(c, &T_rehab_info, r));
	return tell(c, r);
}

err rehab_info_save(struct ctx *c, const char *person_pid, struct t_rehab_info *row, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	return tx_run(c, save_tx, &(struct saving){person_pid, row, conflict ? conflict : &none});
}

/* ---- send and read ----------------------------------------------------------------------------------------------------- */

struct sending {
	const char *pid;
	bool accept;
};

static err send_tx(struct ctx *c, void *arg)
{
	const struct sending *in = arg;
	struct rehab_info_view v;
	TRY(rehab_info_get(c, in->pid, &v));
	TRY(policy_check_record(c, v.row.person_id, CLASS_CARE, ACTION_WRITE));
	if (v.is_sent)
		return fault_add(c, "", ERR_INPUT, "この情報提供は、もう送られています。");
	if (!v.manager.found)
		return fault_add(c, "accept", ERR_INPUT, "この方には担当の介護支援専門員（支援中のケース）がありません。ケースを作ってから送ってください。");
	if (v.n_empty == REHAB_INFO_ITEMS)
		return fault_add(c, "accept", ERR_REQUIRED, "五つの項目がどれも空です。書いてから送ってください。");
	if (v.n_empty && !in->accept)
		return fault_add(c, "accept", ERR_REQUIRED, "書かれていない項目が%zuあります。このまま送ってよいときは、下の確認に印を付けて、もう一度「送る」を押してください。", v.n_empty);
	v.row.sent_on = c->today;
	v.row.sent_by = c->actor.account_id;
	v.row.to_org_id = v.manager.org_id;
	v.row.to_staff_id = v.manager.staff_id ? v.manager.staff_id : INT_NULL;
	v.row.is_gap_known = v.n_empty > 0;
	TRY(row_save(c, &T_rehab_info, &v.row, NULL));
	TRY(task_put(c, &(struct task_new){.kind = "rehab", .person_id = v.row.person_id, .record_class = CLASS_CARE, .org_id = v.manager.org_id, .assignee_staff_id = v.manager.staff_id,
		.due_on = c->today + TASK_DAYS, .title = "リハビリの情報提供を読む", .reason = "リハビリの事業所から、五つの項目の情報提供が届きました。読んで、ケアプランに生かします。",
		.table_name = TABLE, .row_id = v.row.id, .row_pid = v.row.pid}, NULL));
	return tell(c, &v.row);
}

err rehab_info_send(struct ctx *c, const char *pid, bool accept) { return tx_run(c, send_tx, &(struct sending){pid, accept}); }

static err read_tx(struct ctx *c, void *arg)
{
	struct rehab_info_view v;
	TRY(rehab_info_get(c, arg, &v));
	if (!v.may_read)
		return ERR_DENIED;
	v.row.read_on = c->today;
	v.row.read_by = c->actor.account_id;
	TRY(row_save(c, &T_rehab_info, &v.row, NULL));
	return task_settle(c, TABLE, v.row.id, NULL, "読みました");
}

err rehab_info_read(struct ctx *c, const char *pid) { return tx_run(c, read_tx, (void *)pid); }

static err retire_tx(struct ctx *c, void *arg)
{
	const char **a = arg;
	struct t_rehab_info row;
	TRY(info_at(c, a[0], ACTION_WRITE, &row));
	return bin_put(c, &(struct bin_put){.table = &T_rehab_info, .row_id = row.id, .row_pid = row.pid, .person_id = row.person_id, .org_id = row.org_id, .record_class = CLASS_CARE,
		.reason = a[1], .title = "介護支援専門員への情報提供"}, &a[2]);
}

err rehab_info_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	const char *a[3] = {pid, reason, NULL};
	TRY(tx_run(c, retire_tx, a));
	if (bin_pid)
		*bin_pid = a[2];
	return OK;
}
