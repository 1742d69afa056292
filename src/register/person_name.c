/* Other names of person.h: 旧姓, 通称, 被保険者証の表記. All of them are searched. */
#include "base/str.h"
#include "jp/kana.h"
#include "register/gate.h"
#include "register/keys.h"
#include "register/person.h"
#include "sql/q_register_person.h"
#include "sql/tables.h"
#include "store/tx.h"

const char *person_name_kind_ja(const char *kind)
{
	return str_eq(kind, "former") ? "旧姓・以前の氏名" : str_eq(kind, "alias") ? "通称" : str_eq(kind, "card") ? "被保険者証の表記"
		: str_eq(kind, "other") ? "その他" : "";
}

err person_name_list(struct ctx *c, int64_t person_id, struct person_name **v, size_t *n)
{
	struct q_person_name_list_row *r;
	TRY(policy_check(c, person_id, CLASS_NAMECARD, ACTION_SEE));
	TRY(q_person_name_list(c, &(struct q_person_name_list_in){.person_id = person_id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct person_name);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct person_name){r[i].id, r[i].version, r[i].pid, r[i].kind, r[i].name, r[i].kana, r[i].note, r[i].from_on, r[i].to_on};
	return OK;
}

struct name_job {
	int64_t person_id;
	struct person_name *n;
	const char *pid, *reason;
};

static err save_tx(struct ctx *c, void *arg)
{
	struct name_job *j = arg;
	struct t_person_name r;
	row_init(&T_person_name, &r);
	if (j->n->id) {
		TRY(row_load(c, &T_person_name, j->n->id, &r));
		if (r.person_id != j->person_id)
			return ERR_NOTFOUND;
	}
	r.person_id = j->person_id;
	r.kind = j->n->kind;
	r.name = j->n->name;
	r.kana = j->n->kana;
	r.note = j->n->note;
	r.from_on = j->n->from_on;
	r.to_on = j->n->to_on;
	if (j->n->id) {
		r.version = j->n->version;
		TRY(row_save(c, &T_person_name, &r, NULL));
	} else {
		TRY(row_insert(c, &T_person_name, &r));
	}
	TRY(keys_rebuild(c, j->person_id));
	j->n->id = r.id;
	j->n->pid = r.pid;
	j->n->version = r.version;
	return OK;
}

err person_name_save(struct ctx *c, int64_t person_id, struct person_name *n)
{
	TRY(policy_check(c, person_id, CLASS_NAMECARD, ACTION_WRITE));
	size_t before = c->n_faults;
	n->name = str_trim(c->arena, str_or(n->name, ""));
	n->kana = kana_katakana(c->arena, str_or(n->kana, ""));
	n->note = str_or(n->note, "");
	if (!*n->name)
		fault_add(c, "name", ERR_REQUIRED, "氏名を入力してください。");
	if (!*person_name_kind_ja(n->kind))
		fault_add(c, "kind", ERR_NOT_CHOICE, "旧姓・通称などの種類を選んでください。");
	if (*n->kana && !kana_is_reading(n->kana))
		fault_add(c, "kana", ERR_INPUT, "フリガナは、かな（カタカナ・ひらがな）だけで入力してください。");
	if (n->from_on != CIVIL_NONE && n->to_on != CIVIL_NONE && n->to_on < n->from_on)
		fault_add(c, "to_on", ERR_PERIOD_ORDER, NULL);
	gate_length(c, "name", "氏名", n->name, 60);
	gate_length(c, "kana", "フリガナ", n->kana, 80);
	gate_length(c, "note", "メモ", n->note, 400);
	return c->n_faults > before ? c->faults[before].code : tx_run(c, save_tx, &(struct name_job){.person_id = person_id, .n = n});
}

static err retire_tx(struct ctx *c, void *arg)
{
	struct name_job *j = arg;
	struct t_person_name r;
	TRY(row_find(c, &T_person_name, j->pid, &r));
	if (r.person_id != j->person_id)
		return ERR_NOTFOUND;
	TRY(row_retire(c, &T_person_name, r.id, j->reason));
	return keys_rebuild(c, j->person_id);
}

err person_name_retire(struct ctx *c, int64_t person_id, const char *pid, const char *reason)
{
	TRY(policy_check(c, person_id, CLASS_NAMECARD, ACTION_WRITE));
	return tx_run(c, retire_tx, &(struct name_job){.person_id = person_id, .pid = pid, .reason = str_or(reason, "")});
}
