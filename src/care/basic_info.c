#include "care/basic_info.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/basic_info_fill.h"
#include "care/mandate.h"
#include "codec/json.h"
#include "form/print.h"
#include "jp/era.h"
#include "register/bin.h"
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
	                              .may_write = mandate_record(c, p->id, INT_NULL, MANDATE_PLAN) == OK};
	struct q_care_account_name_row who;
	bool known = false;
	if (!is_new)
		TRY(q_care_account_name(c, &(struct q_care_account_name_in){.account_id = row->updated_by}, &who, &known));
	if (known)
		v->updated_by = who.name;
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

/* A row of one of the person's records; another person's is not found. */
static err open_row(struct ctx *c, const char *pid, int64_t cluster_id, enum action a, struct t_basic_info *row)
{
	struct t_person owner;
	TRY(row_find(c, &T_basic_info, pid, row));
	TRY(policy_check_record(c, row->person_id, CLASS_CARE, a));
	TRY(row_load(c, &T_person, row->person_id, &owner));
	return owner.cluster_id == cluster_id ? OK : ERR_NOTFOUND;
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
	TRY(open_row(c, pid, p.cluster_id, ACTION_SEE, &row));
	if (row.retired_ms != INT_NULL)
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

static bool moved(struct ctx *c, const struct answers *from, const struct answers *typed, const struct form_item *it)
{
	struct answer_diff *d;
	size_t n = answers_diff(c->arena, from, typed, &d);
	for (size_t i = 0; i < n; i++)
		if ((d[i].item->parent ? d[i].item->parent : d[i].item)->index == it->index)
			return true;
	return false;
}

/* What another page owns is not changed through this one: a value that differs is refused, naming the page. What the
 * register says may hang on the 相談日: the value of the day the page was opened with is as good as that of the day typed. */
static err register_untouched(struct ctx *c, const struct answers *typed, const struct basic_info_view *now,
                              const struct basic_info_view *opened)
{
	static const struct {
		const char *prefix, *page;
	} owners[] = {{"person.", "基本情報"}, {"insurance.", "保険・認定"}, {"certification.", "保険・認定"}, {"rank.", "保険・認定"},
	              {"response.", "基本チェックリスト"}, {"disability.", "障害福祉"}, {"contact.", "家族・関係者"},
	              {"family.", "家族・関係者"}, {"illness", "現病歴・既往歴"}};
	/* answers_diff fills d for its n. NOLINTBEGIN(clang-analyzer-core.*) */
	struct answer_diff *d;
	size_t before = c->n_faults, n = answers_diff(c->arena, now->answers, typed, &d);
	for (size_t i = 0; i < n; i++) {
		const struct form_item *it = d[i].item->parent ? d[i].item->parent : d[i].item;
		if (!it->from_register || !answers_has(typed, it->path))
			continue; /* not sent at all: the page shows them as text */
		if (opened->def == typed->def && !moved(c, opened->answers, typed, it))
			continue;
		const char *page = "もとの";
		for (size_t k = 0; k < sizeof owners / sizeof owners[0]; k++)
			if (str_starts(it->binding, owners[k].prefix))
				page = owners[k].page;
		if (!fault_of(c, it->id))
			(void)fault_add(c, it->id, ERR_FORM_FIELD, "「%s」は台帳の値です。直すときは「%s」の画面で直してください。", it->label, page);
	}
	return c->n_faults == before ? OK : ERR_INPUT;
	/* NOLINTEND(clang-analyzer-core.*) */
}

/* Everything typed is checked (lengths, choices, rules); what is merely missing stops nobody here. */
static err check(struct ctx *c, const struct basic_info_input *in, const struct person *p, const struct t_basic_info *row,
                 bool is_new)
{
	struct basic_info_view now, opened;
	struct t_basic_info as_typed = *row;
	err e = OK;
	const struct answer *day = answers_get(in->answers, "consult_date");
	if (!day || day->blank != BLANK_NONE)
		return fault_add(c, "consult_date", ERR_REQUIRED, "「相談日」を入力してください。");
	if ((civil)day->num > c->today)
		e = fault_add(c, "consult_date", ERR_DATE_FUTURE, "「相談日」に、これから先の日付は入力できません。");
	as_typed.consult_on = (civil)day->num;
	TRY(view_of(c, p, &as_typed, is_new, &now));
	TRY(view_of(c, p, row, is_new, &opened)); /* a new row has no day yet: today */
	err untouched = register_untouched(c, in->answers, &now, &opened), valid = answers_validate(c, in->answers, true, NULL);
	return e != OK ? e : untouched != OK ? untouched : valid;
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_basic_info row;
	struct person p;
	TRY(person_get(c, s->in->person_pid, &p));
	TRY(mandate_record(c, p.id, INT_NULL, MANDATE_PLAN));
	int64_t person = p.id;
	row_init(&T_basic_info, &row);
	bool is_new = str_blank(s->in->pid);
	if (is_new) {
		row.person_id = person;
		row.org_id = c->actor.org_id;
		row.author_staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	} else {
		TRY(open_row(c, s->in->pid, p.cluster_id, ACTION_WRITE, &row));
	}
	TRY(check(c, s->in, &p, &row, is_new));
	TRY(basic_info_read_own(c, s->in->answers, &row));
	TRY(one_per_day(c, person, &row));
	if (is_new) {
		TRY(row_insert(c, &T_basic_info, &row));
	} else {
		row.version = s->in->version;
		TRY(row_save(c, &T_basic_info, &row, s->conflict));
	}
	TRY(timeline_touch(c, "basic_info", row.id));
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

/* ---- bin ------------------------------------------------------------------------------------------------------ */

static err retire_tx(struct ctx *c, void *arg)
{
	const char *const *a = arg;
	struct person p;
	struct t_basic_info row;
	TRY(person_get(c, a[0], &p));
	TRY(open_row(c, a[1], p.cluster_id, ACTION_WRITE, &row));
	if (row.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	if (str_blank(a[2]))
		return fault_add(c, "reason", ERR_REQUIRED, "ごみ箱に移す理由を書いてください。");
	return bin_put(c, &(struct bin_put){
		.table = &T_basic_info, .row_id = row.id, .row_pid = row.pid, .person_id = row.person_id, .org_id = row.org_id,
		.record_class = CLASS_CARE, .reason = a[2],
		.title = arena_fmt(c->arena, "利用者基本情報（相談日 %s）", era_text(c->arena, row.consult_on))}, NULL);
}

err basic_info_retire(struct ctx *c, const char *person_pid, const char *pid, const char *reason)
{
	const char *a[3] = {person_pid, pid, reason};
	return tx_run(c, retire_tx, a);
}
