#include "register/person.h"

#include "access/audit.h"
#include "base/str.h"
#include "register/bin.h"
#include "register/grant.h"
#include "register/keys.h"
#include "register/person_area.h"
#include "register/person_row.h"
#include "register/timeline.h"
#include "sql/q_register_org.h"
#include "sql/q_register_person.h"
#include "store/tx.h"

#include <string.h>

static bool may_register(const struct ctx *c)
{
	return c->actor.system || (c->actor.org_id > 0 && c->may[CLASS_I_NAMECARD][ACTION_WRITE] != 0);
}

/* The row behind a pid if the actor may do that with the name card; the invisible and the absent look alike. */
static err find(struct ctx *c, const char *pid, enum action a, struct t_person *r)
{
	TRY(row_find(c, &T_person, pid, r));
	return policy_check(c, r->id, CLASS_NAMECARD, a);
}

err person_check(struct ctx *c, const struct person_input *in)
{
	struct t_person r;
	if (!may_register(c))
		return ERR_DENIED;
	row_init(&T_person, &r);
	return person_row_fill(c, in, &r);
}

/* --- what follows from a saved record: keys, areas, grants --- */

static err insurer_grant(struct ctx *c, int64_t person_id, int64_t insurer_org_id)
{
	if (insurer_org_id == INT_NULL)
		return OK;
	return grant_write(c, &(struct grant_new){.org_id = insurer_org_id, .person_id = person_id, .relation = RELATION_INSURER,
		.from_on = CIVIL_NONE, .to_on = CIVIL_NONE, .via_table = "person", .via_id = person_id});
}

static err follow(struct ctx *c, const struct t_person *r, int64_t old_insurer)
{
	int64_t area_id[AREA_SLOTS];
	TRY(keys_rebuild(c, r->id));
	person_area_of_row(r, area_id);
	TRY(person_area_set(c, r->id, area_id, r->is_area_manual));
	if (old_insurer == r->insurer_org_id)
		return OK;
	if (old_insurer != INT_NULL)
		TRY(q_person_insurer_grant_end(c, &(struct q_person_insurer_grant_end_in){.person_id = r->id, .relation = RELATION_INSURER,
			.to_on = c->today - 1}, NULL));
	return insurer_grant(c, r->id, r->insurer_org_id);
}

static err note_time(struct ctx *c, const struct t_person *r, const char *title)
{
	return timeline_add(c, &(struct timeline_new){.person_id = r->id, .at_ms = c->now_ms, .at_on = CIVIL_NONE, .kind = "person",
		.record_class = CLASS_NAMECARD, .title = title, .table_name = "person", .row_id = r->id, .row_pid = r->pid});
}

/* --- create --- */

struct create_job {
	struct t_person row;
	struct duplicate_probe probe;
	const char *why; /* NULL: no candidate */
};

static err create_tx(struct ctx *c, void *arg)
{
	struct create_job *j = arg;
	struct t_person r = j->row;
	TRY(row_insert(c, &T_person, &r));
	TRY(q_person_cluster_set(c, &(struct q_person_cluster_set_in){.id = r.id, .cluster_id = r.id}, NULL));
	r.cluster_id = r.id;
	TRY(grant_write(c, &(struct grant_new){.org_id = r.own_org_id, .person_id = r.id, .relation = RELATION_REGISTRAR, .from_on = CIVIL_NONE,
		.to_on = CIVIL_NONE, .via_table = "person", .via_id = r.id}));
	TRY(follow(c, &r, INT_NULL));
	if (j->why)
		TRY(duplicate_keep(c, r.id, &j->probe, j->why));
	TRY(note_time(c, &r, "登録"));
	j->row = r;
	return OK;
}

/* The console acts for nobody: the person belongs to the insurer, else to the centre of the area. */
static err owner(struct ctx *c, const struct t_person *r, int64_t *org_id)
{
	struct org_area *oa;
	size_t n = 0;
	*org_id = c->actor.org_id;
	if (*org_id > 0)
		return OK;
	if (r->area_id != INT_NULL)
		TRY(territory_of_area(c, r->area_id, c->today, &oa, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(oa[i].role, "charge")) {
			*org_id = oa[i].org_id;
			return OK;
		}
	*org_id = r->insurer_org_id;
	return *org_id != INT_NULL ? OK : fault_add(c, "", ERR_INPUT, "どの機関の登録かが決まりません。圏域か保険者を選んでください。");
}

err person_create(struct ctx *c, const struct person_input *in, struct duplicate_list *dup, const char **pid)
{
	struct create_job j = {0};
	if (!may_register(c))
		return ERR_DENIED;
	row_init(&T_person, &j.row);
	*dup = (struct duplicate_list){0};
	TRY(person_row_fill(c, in, &j.row));
	TRY(owner(c, &j.row, &j.row.own_org_id));
	j.probe = (struct duplicate_probe){.name = in->is_unnamed ? "" : j.row.name, .kana = j.row.kana, .birth_on = j.row.birth_on,
		.address = j.row.home_address, .phone = *j.row.phone ? j.row.phone : j.row.mobile};
	TRY(duplicate_check(c, &j.probe, dup));
	if (dup->n || dup->unseen) {
		if (!in->duplicate_reason || str_blank(in->duplicate_reason))
			return fault_add(c, "duplicate_reason", ERR_PERSON_DUP, dup->n ? "同じ人かもしれない記録があります。別の人であれば、理由を書いて保存してください。"
				: "確認が必要です。別の人と分かっていれば、理由を書いて保存してください。");
		j.why = str_trim(c->arena, in->duplicate_reason);
	}
	TRY(tx_run(c, create_tx, &j));
	*pid = j.row.pid;
	return OK;
}

/* --- read --- */

err person_load(struct ctx *c, int64_t id, struct person *out)
{
	struct t_person r;
	TRY(policy_check(c, id, CLASS_NAMECARD, ACTION_SEE));
	TRY(row_load(c, &T_person, id, &r));
	return person_of_row(c, &r, out);
}

err person_get(struct ctx *c, const char *pid, struct person *out)
{
	struct t_person r;
	TRY(find(c, pid, ACTION_SEE, &r));
	return person_of_row(c, &r, out);
}

err person_id(struct ctx *c, const char *pid, int64_t *id)
{
	struct q_person_id_of_pid_row r;
	bool found;
	TRY(q_person_id_of_pid(c, &(struct q_person_id_of_pid_in){.pid = pid}, &r, &found));
	if (!found)
		return ERR_NOTFOUND;
	*id = r.id;
	return OK;
}

/* --- save --- */

struct save_job {
	int64_t id, version;
	const struct t_person *mine;
	struct row_conflict **conflict;
	int64_t out_version;
};

/* The columns person_row_fill sets; everything else stays as it is stored. */
static void take_fields(struct t_person *to, const struct t_person *m)
{
	struct t_person keep = *to;
	*to = *m;
	to->id = keep.id;
	to->pid = keep.pid;
	to->version = keep.version;
	to->cluster_id = keep.cluster_id;
	to->own_org_id = keep.own_org_id;
	to->photo_sha = keep.photo_sha;
	to->created_ms = keep.created_ms;
	to->created_by = keep.created_by;
	to->updated_ms = keep.updated_ms;
	to->updated_by = keep.updated_by;
	to->retired_ms = keep.retired_ms;
}

/* Folded columns follow their sources; a page has nothing to choose there. */
static void drop_derived(struct row_conflict *cf)
{
	size_t k = 0;
	for (size_t i = 0; i < cf->n; i++)
		if (!str_ends(cf->fields[i].column, "_fold"))
			cf->fields[k++] = cf->fields[i];
	cf->n = k;
}

static err save_tx(struct ctx *c, void *arg)
{
	struct save_job *j = arg;
	struct t_person r;
	TRY(row_load(c, &T_person, j->id, &r));
	int64_t cluster_id = r.cluster_id, insurer = r.insurer_org_id;
	take_fields(&r, j->mine);
	r.version = j->version;
	TRY(row_save(c, &T_person, &r, j->conflict));
	if (r.cluster_id != cluster_id)
		TRY(q_person_cluster_set(c, &(struct q_person_cluster_set_in){.id = r.id, .cluster_id = cluster_id}, NULL));
	TRY(timeline_touch(c, "person", r.id));
	TRY(follow(c, &r, insurer));
	j->out_version = r.version;
	return OK;
}

err person_save(struct ctx *c, const char *pid, int64_t base_version, const struct person_input *in, struct row_conflict **conflict,
	int64_t *version)
{
	struct t_person r, mine;
	struct row_conflict *cf = NULL;
	TRY(find(c, pid, ACTION_WRITE, &r));
	if (r.retired_ms != INT_NULL)
		return fault_add(c, "", ERR_INPUT, "この人の記録はごみ箱にあります。元に戻してから直してください。");
	row_init(&T_person, &mine);
	TRY(person_row_fill(c, in, &mine));
	struct save_job j = {.id = r.id, .version = base_version, .mine = &mine, .conflict = &cf};
	err e = tx_run(c, save_tx, &j);
	if (e == ERR_CONFLICT && cf)
		drop_derived(cf);
	if (conflict)
		*conflict = cf;
	if (e == OK)
		*version = j.out_version;
	return e;
}

/* --- bin and history --- */

struct act_job {
	struct t_person r;
	const char *reason;
	int64_t to_version;
};

static err retire_tx(struct ctx *c, void *arg)
{
	struct act_job *j = arg;
	return bin_put(c, &(struct bin_put){.table = &T_person, .row_id = j->r.id, .row_pid = j->r.pid, .person_id = j->r.id,
		.record_class = CLASS_NAMECARD, .title = arena_fmt(c->arena, "%s さんの登録", j->r.name), .reason = j->reason}, NULL);
}

err person_retire(struct ctx *c, const char *pid, const char *reason)
{
	struct act_job j = {.reason = reason};
	TRY(find(c, pid, ACTION_WRITE, &j.r));
	if (!reason || str_blank(reason))
		return fault_add(c, "reason", ERR_REQUIRED, "削除する理由を入力してください。");
	return tx_run(c, retire_tx, &j);
}

static err restore_tx(struct ctx *c, void *arg)
{
	struct act_job *j = arg;
	struct q_person_bin_of_row b;
	bool found;
	TRY(q_person_bin_of(c, &(struct q_person_bin_of_in){.person_id = j->r.id}, &b, &found));
	return found ? bin_restore(c, b.pid) : ERR_NOTFOUND;
}

err person_restore(struct ctx *c, const char *pid)
{
	struct act_job j = {0};
	TRY(find(c, pid, ACTION_WRITE, &j.r));
	return tx_run(c, restore_tx, &j);
}

static err revert_tx(struct ctx *c, void *arg)
{
	struct act_job *j = arg;
	struct t_person r;
	TRY(row_revert(c, &T_person, j->r.id, j->to_version));
	TRY(q_person_cluster_set(c, &(struct q_person_cluster_set_in){.id = j->r.id, .cluster_id = j->r.cluster_id}, NULL));
	TRY(row_load(c, &T_person, j->r.id, &r));
	return follow(c, &r, j->r.insurer_org_id);
}

err person_revert(struct ctx *c, const char *pid, int64_t to_version)
{
	struct act_job j = {.to_version = to_version};
	TRY(find(c, pid, ACTION_WRITE, &j.r));
	return tx_run(c, revert_tx, &j);
}

err person_history(struct ctx *c, const char *pid, struct row_version **v, size_t *n)
{
	struct t_person r;
	TRY(find(c, pid, ACTION_SEE, &r));
	return row_history(c, &T_person, r.id, v, n);
}
