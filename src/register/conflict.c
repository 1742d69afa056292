#include "register/conflict.h"

#include "access/policy.h"
#include "base/pid.h"
#include "base/str.h"
#include "codec/json.h"
#include "register/bin.h"
#include "register/gen.h"
#include "sql/q_record.h"
#include "store/rowjson.h"
#include "store/tx.h"

#include <string.h>

err conflict_list(struct ctx *c, const struct table_desc *t, int64_t row_id, int64_t person_id, int record_class,
	struct conflict_row **v, size_t *n)
{
	TRY(policy_check(c, person_id, record_class, ACTION_SEE));
	TRY(bin_row_of(c, t, row_id, person_id));
	struct q_record_conflict_list_row *rows;
	TRY(q_record_conflict_list(c, &(struct q_record_conflict_list_in){.table_name = t->name, .row_id = row_id}, &rows, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct conflict_row);
	for (size_t i = 0; i < *n; i++) {
		const struct q_record_conflict_list_row *r = &rows[i];
		(*v)[i] = (struct conflict_row){.pid = r->pid, .columns = r->fields, .name = str_or(r->account_name, ""),
			.account_id = r->account_id, .at_ms = r->at_ms, .base_version = r->base_version,
			.theirs_version = r->theirs_version, .is_own = r->account_id == c->actor.account_id};
	}
	return OK;
}

static const struct col_desc *column_named(const struct table_desc *t, const char *name)
{
	for (size_t i = 0; i < t->n_cols; i++)
		if (str_eq(t->cols[i].name, name))
			return &t->cols[i];
	return NULL;
}

static size_t width(enum col_kind k)
{
	return k == COL_TEXT || k == COL_PID ? sizeof(const char *) : k == COL_DAY ? sizeof(civil) : k == COL_BOOL ? sizeof(bool)
		: k == COL_BLOB ? sizeof(struct blob) : sizeof(int64_t);
}

struct taking {
	const struct table_desc *t;
	const char *pid;
	int64_t row_id;
};

static err take_tx(struct ctx *c, void *arg)
{
	const struct taking *g = arg;
	struct q_record_conflict_find_row r;
	bool found;
	TRY(q_record_conflict_find(c, &(struct q_record_conflict_find_in){.pid = g->pid}, &r, &found));
	if (!found || !str_eq(r.table_name, g->t->name) || r.row_id != g->row_id)
		return ERR_NOTFOUND;
	void *row = arena_alloc(c->arena, g->t->size), *mine = arena_alloc(c->arena, g->t->size), *old = arena_alloc(c->arena, g->t->size);
	TRY(row_load(c, g->t, g->row_id, row));
	TRY(rowjson_read(c->arena, g->t, r.mine, mine));
	memcpy(old, row, g->t->size);
	size_t n;
	char **names = str_split(c->arena, r.fields, ',', &n);
	for (size_t i = 0; i < n; i++) {
		const struct col_desc *col = column_named(g->t, names[i]);
		if (col && !str_eq(names[i], "retired_ms") && !str_eq(names[i], "person_id"))
			memcpy((char *)row + col->offset, (char *)mine + col->offset, width(col->kind));
	}
	TRY(row_save(c, g->t, row, NULL));
	const struct gen_kind *k = gen_kind_of(g->t->name);
	if (!k)
		return OK;
	TRY(gen_gives(c, k, old, row));
	return gen_follow(c, k, g->row_id, true);
}

err conflict_take_mine(struct ctx *c, const struct table_desc *t, int64_t row_id, int64_t person_id, int record_class, const char *pid)
{
	TRY(policy_check(c, person_id, record_class, ACTION_WRITE));
	TRY(bin_row_of(c, t, row_id, person_id));
	if (!pid || !pid_valid(pid))
		return ERR_NOTFOUND;
	return tx_run(c, take_tx, &(struct taking){t, pid, row_id});
}

err conflict_text_mine(struct ctx *c, const struct table_desc *t, const char *pid, struct conflict_field **v, size_t *n)
{
	struct q_record_conflict_find_row r;
	bool found;
	if (!pid || !pid_valid(pid))
		return ERR_NOTFOUND;
	TRY(q_record_conflict_find(c, &(struct q_record_conflict_find_in){.pid = pid}, &r, &found));
	if (!found || !str_eq(r.table_name, t->name))
		return ERR_NOTFOUND;
	struct json *mine;
	TRY(json_parse(c->arena, r.mine, strlen(r.mine), NULL, &mine, NULL));
	char **names = str_split(c->arena, r.fields, ',', n);
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct conflict_field);
	for (size_t i = 0; i < *n; i++) {
		const struct json *value = json_get(mine, names[i]);
		const char *text = value && (value->type == JSON_STRING || value->type == JSON_NUMBER) ? value->text
				   : value && value->type == JSON_BOOL ? (value->boolean ? "はい" : "いいえ")
							       : "";
		(*v)[i] = (struct conflict_field){names[i], text};
	}
	return OK;
}
