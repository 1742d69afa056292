#include "care/illness.h"

#include "access/policy.h"
#include "base/str.h"
#include "jp/era.h"
#include "jp/numbers.h"
#include "register/bin.h"
#include "register/person.h"
#include "sql/q_care.h"
#include "store/tx.h"

static struct illness of_row(const struct t_illness *r)
{
	return (struct illness){.id = r->id, .version = r->version, .pid = r->pid, .when_text = r->when_text, .disease = r->disease,
	                        .doctor = r->doctor, .is_primary = r->is_primary, .tel = r->tel, .course = r->course,
	                        .treatment = r->treatment};
}

err illness_list(struct ctx *c, const char *person_pid, struct illness **v, size_t *n)
{
	int64_t id;
	TRY(person_id(c, person_pid, &id));
	TRY(policy_check(c, id, CLASS_MEDICAL, ACTION_SEE));
	struct q_illness_of_person_row *r;
	TRY(q_illness_of_person(c, &(struct q_illness_of_person_in){.person_id = id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct illness);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct illness){.id = r[i].id, .version = r[i].version, .pid = r[i].pid, .when_text = r[i].when_text,
		                           .disease = r[i].disease, .doctor = r[i].doctor, .is_primary = r[i].is_primary,
		                           .tel = r[i].tel, .course = r[i].course, .treatment = r[i].treatment};
	return OK;
}

err illness_get(struct ctx *c, const char *pid, struct illness *out, int64_t *person_id)
{
	struct t_illness row;
	TRY(row_find(c, &T_illness, pid, &row));
	TRY(policy_check_record(c, row.person_id, CLASS_MEDICAL, ACTION_SEE));
	if (row.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	*out = of_row(&row);
	*person_id = row.person_id;
	return OK;
}

static err read(struct ctx *c, const struct illness *in, struct t_illness *row)
{
	static const struct gen_code primary[] = {{"1", "主治医・意見作成者"}, {"2", "それ以外"}};
	static const struct gen_code course[] = {{"01", "治療中"}, {"02", "経過観察中"}, {"03", "その他"}}; /* S1 */
	size_t before = c->n_faults;
	row->when_text = str_trim(c->arena, str_or(in->when_text, ""));
	row->when_sort = CIVIL_NONE;
	if (!str_blank(row->when_text)) {
		struct era_date d;
		if (era_parse_partial(c, "when_text", row->when_text, &d) == OK)
			row->when_sort = d.from;
	}
	row->disease = str_trim(c->arena, str_or(in->disease, ""));
	row->doctor = str_trim(c->arena, str_or(in->doctor, ""));
	row->is_primary = str_or(in->is_primary, "");
	row->course = str_or(in->course, "");
	row->treatment = str_lf(c->arena, str_or(in->treatment, ""));
	gen_check_text(c, "disease", "病名", row->disease, true, 200);
	gen_check_text(c, "doctor", "医療機関・医師名", row->doctor, false, 200);
	gen_check_text(c, "treatment", "治療中の内容", row->treatment, false, 2000);
	GEN_CHECK_CODE(c, "is_primary", "主治医・意見作成者", primary, row->is_primary, false);
	GEN_CHECK_CODE(c, "course", "経過", course, row->course, false);
	if (!number_phone(c->arena, str_or(in->tel, ""), &row->tel) && !str_blank(in->tel))
		(void)fault_add(c, "tel", ERR_INPUT, "「電話番号」は、0から始まる10けたか11けたの番号を入力してください。");
	return c->n_faults == before ? OK : ERR_INPUT;
}

struct saving {
	const char *person_pid, *pid;
	const struct illness *in;
	struct row_conflict **conflict;
};

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	int64_t id;
	struct t_illness row;
	TRY(person_id(c, s->person_pid, &id));
	TRY(policy_check(c, id, CLASS_MEDICAL, ACTION_WRITE));
	row_init(&T_illness, &row);
	if (!str_blank(s->in->pid)) {
		TRY(row_find(c, &T_illness, s->in->pid, &row));
		TRY(policy_check_record(c, row.person_id, CLASS_MEDICAL, ACTION_WRITE));
		struct t_person a, b;
		TRY(row_load(c, &T_person, id, &a));
		TRY(row_load(c, &T_person, row.person_id, &b));
		if (a.cluster_id != b.cluster_id)
			return ERR_NOTFOUND;
		TRY(read(c, s->in, &row));
		row.version = s->in->version;
		TRY(row_save(c, &T_illness, &row, s->conflict));
	} else {
		row.person_id = id;
		TRY(read(c, s->in, &row));
		TRY(row_insert(c, &T_illness, &row));
	}
	s->pid = row.pid;
	return OK;
}

err illness_save(struct ctx *c, const char *person_pid, const struct illness *in, const char **pid,
                 struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	struct saving s = {.person_pid = person_pid, .in = in, .conflict = conflict ? conflict : &none};
	TRY(tx_run(c, save_tx, &s));
	*pid = s.pid;
	return OK;
}

static err retire_tx(struct ctx *c, void *arg)
{
	const char *const *a = arg;
	struct t_illness row;
	TRY(row_find(c, &T_illness, a[0], &row));
	TRY(policy_check_record(c, row.person_id, CLASS_MEDICAL, ACTION_WRITE));
	if (row.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	return bin_put(c, &(struct bin_put){.table = &T_illness, .row_id = row.id, .row_pid = row.pid, .person_id = row.person_id,
	                                    .record_class = CLASS_MEDICAL, .reason = a[1],
	                                    .title = arena_fmt(c->arena, "病歴: %s", row.disease)}, NULL);
}

err illness_retire(struct ctx *c, const char *pid, const char *reason)
{
	const char *a[2] = {pid, reason};
	return tx_run(c, retire_tx, a);
}
