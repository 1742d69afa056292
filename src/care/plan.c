#include "care/plan.h"

#include "access/policy.h"
#include "base/str.h"
#include "care/mandate.h"
#include "care/plan_follow.h"
#include "register/bin.h"
#include "register/gen.h"
#include "register/person.h"
#include "sql/q_plan.h"
#include "store/tx.h"

#include <sodium.h>

/* ---- words --------------------------------------------------------------------------------------------------- */

static const struct gen_code STATUS[] = {
	{"draft", "原案"}, {"explained", "説明済"}, {"provisional", "暫定（同意待ち）"}, {"consented", "同意済"},
	{"delivered", "確定（交付済）"}, {"replaced", "変更により終了"}, {"ended", "終了"}, {"cancelled", "取りやめ"},
};

const char *plan_kind_ja(const char *kind)
{
	return str_eq(kind, "prevention") ? "介護予防サービス・支援計画" : "居宅サービス計画";
}

const char *plan_status_ja(const char *status) { return GEN_LABEL(STATUS, status); }

bool plan_status_frozen(const char *status) { return !str_eq(status, "draft") && !str_eq(status, "explained"); }

const char *plan_version_ja(struct arena *a, int64_t version_no, int64_t revision_no)
{
	return revision_no ? arena_fmt(a, "第%lld版（軽微な変更 %lld）", (long long)version_no, (long long)revision_no)
	                   : arena_fmt(a, "第%lld版", (long long)version_no);
}

/* ---- reading -------------------------------------------------------------------------------------------------- */

err plan_open(struct ctx *c, const char *pid, enum action a, struct t_plan *row)
{
	TRY(row_find(c, &T_plan, pid, row));
	TRY(a == ACTION_WRITE ? mandate_record(c, row->person_id, row->case_id, MANDATE_PLAN) : policy_check_record(c, row->person_id, CLASS_CARE, a));
	return row->retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

/* What stands in q_plan_parts as the number of a part, with where it goes. */
struct shelf {
	const struct table_desc *table;
	void **rows;
	size_t *n;
};
#define SHELVES 10

static void shelves(struct plan_tree *t, struct shelf v[SHELVES])
{
	struct shelf all[SHELVES] = {
		{&T_plan_area, (void **)&t->areas, &t->n_areas}, {&T_plan_need, (void **)&t->needs, &t->n_needs},
		{&T_plan_goal, (void **)&t->goals, &t->n_goals}, {&T_plan_service, (void **)&t->services, &t->n_services},
		{&T_plan_slot, (void **)&t->slots, &t->n_slots}, {&T_plan_activity, (void **)&t->activities, &t->n_activities},
		{&T_plan_consent, (void **)&t->consents, &t->n_consents},
		{&T_plan_delivery, (void **)&t->deliveries, &t->n_deliveries},
		{&T_provider_plan, (void **)&t->provider_plans, &t->n_provider_plans},
		{&T_plan_comment, (void **)&t->comments, &t->n_comments},
	};
	for (size_t i = 0; i < SHELVES; i++)
		v[i] = all[i];
}

static err load_parts(struct ctx *c, struct plan_tree *t)
{
	struct q_plan_parts_row *r;
	size_t n, count[SHELVES] = {0};
	struct shelf v[SHELVES];
	shelves(t, v);
	TRY(q_plan_parts(c, &(struct q_plan_parts_in){.plan_id = t->plan.id}, &r, &n));
	for (size_t i = 0; i < n; i++)
		count[r[i].part]++;
	for (size_t k = 0; k < SHELVES; k++) {
		*v[k].rows = arena_array(c->arena, count[k] + 1, v[k].table->size);
		*v[k].n = 0;
	}
	for (size_t i = 0; i < n; i++) {
		struct shelf *s = &v[r[i].part];
		TRY(row_load(c, s->table, r[i].id, (char *)*s->rows + (*s->n)++ * s->table->size));
	}
	return OK;
}

static err tree_of(struct ctx *c, const struct t_plan *row, struct plan_tree *t)
{
	*t = (struct plan_tree){.plan = *row};
	TRY(load_parts(c, t));
	struct q_plan_names_row nm;
	TRY(q_plan_names(c, &(struct q_plan_names_in){.plan_id = row->id}, &nm));
	t->person_pid = nm.person_pid;
	t->person_name = nm.person_name;
	t->case_pid = nm.case_pid;
	t->org_pid = nm.org_pid;
	t->org_name = nm.org_name;
	t->author_org_name = str_or(nm.author_org_name, "");
	t->staff_name = str_or(nm.staff_name, "");
	t->previous_pid = str_or(nm.previous_pid, "");
	t->assessment_pid = str_or(nm.assessment_pid, "");
	t->own_words = str_or(nm.own_words, "");
	t->may_write = mandate_record(c, row->person_id, row->case_id, MANDATE_PLAN) == OK;
	t->is_frozen = plan_status_frozen(row->status);
	return OK;
}

err plan_get(struct ctx *c, const char *pid, struct plan_tree *out)
{
	struct t_plan row;
	TRY(plan_open(c, pid, ACTION_SEE, &row));
	return tree_of(c, &row, out);
}

err plan_load(struct ctx *c, int64_t id, struct plan_tree *out)
{
	struct t_plan row;
	TRY(row_load(c, &T_plan, id, &row));
	TRY(policy_check_record(c, row.person_id, CLASS_CARE, ACTION_SEE));
	return row.retired_ms == INT_NULL ? tree_of(c, &row, out) : ERR_NOTFOUND;
}

err plan_current(struct ctx *c, int64_t person_id, const char *kind, civil on, struct plan_tree *out, bool *found)
{
	*found = false;
	TRY(policy_check(c, person_id, CLASS_CARE, ACTION_SEE));
	struct q_plan_in_force_row r;
	struct q_plan_in_force_in in = Q_PLAN_IN_FORCE_NONE;
	bool there = false;
	in.person_id = person_id;
	in.kind = kind;
	in.on_day = on;
	TRY(q_plan_in_force(c, &in, &r, &there));
	if (!there)
		return OK;
	TRY(plan_load(c, r.id, out));
	*found = true;
	return OK;
}

#define ROW_OF(r)                                                                                                      \
	(struct plan_row){(r).id, (r).person_id, (r).case_id, (r).version_no, (r).revision_no, (r).updated_ms, (r).pid,    \
	                  (r).kind, (r).status, (r).change_kind, (r).level, (r).org_name, (r).author_name,                  \
	                  (r).is_provisional, (r).provisional_until, (r).plan_on, (r).from_on, (r).to_on,                   \
	                  (r).consented_on, (r).delivered_on}

err plan_list(struct ctx *c, const char *person_pid, const char *kind, struct plan_row **v, size_t *n)
{
	int64_t id;
	TRY(person_id(c, person_pid, &id));
	TRY(policy_check(c, id, CLASS_CARE, ACTION_SEE));
	struct q_plan_of_person_row *r;
	struct q_plan_of_person_in in = Q_PLAN_OF_PERSON_NONE;
	in.person_id = id;
	in.kind = kind;
	TRY(q_plan_of_person(c, &in, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct plan_row);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = ROW_OF(r[i]);
	return OK;
}

err plan_of_case(struct ctx *c, int64_t case_id, struct plan_row **v, size_t *n)
{
	struct t_care_case k;
	TRY(row_load(c, &T_care_case, case_id, &k));
	TRY(policy_check_record(c, k.person_id, CLASS_CARE, ACTION_SEE));
	struct q_plan_of_case_row *r;
	TRY(q_plan_of_case(c, &(struct q_plan_of_case_in){.case_id = case_id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct plan_row);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = ROW_OF(r[i]);
	return OK;
}

void *plan_rows(const struct plan_tree *t, enum plan_part p, size_t *n)
{
	switch (p) {
	case PLAN_AREA: *n = t->n_areas; return t->areas;
	case PLAN_NEED: *n = t->n_needs; return t->needs;
	case PLAN_GOAL: *n = t->n_goals; return t->goals;
	case PLAN_SERVICE: *n = t->n_services; return t->services;
	case PLAN_SLOT: *n = t->n_slots; return t->slots;
	case PLAN_ACTIVITY: *n = t->n_activities; return t->activities;
	default: *n = 1; return (void *)(uintptr_t)&t->plan;
	}
}

/* ---- content sum ------------------------------------------------------------------------------------------------- */

static void add_text(crypto_hash_sha256_state *h, const char *s)
{
	size_t n = 0;
	while (s[n])
		n++;
	crypto_hash_sha256_update(h, (const unsigned char *)s, n + 1); /* with its end: "ab"+"c" is not "a"+"bc" */
}

const char *plan_content_sha(struct ctx *c, const struct plan_tree *t)
{
	crypto_hash_sha256_state h;
	unsigned char sum[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_init(&h);
	for (int p = PLAN_PARTS; p >= 0; p--) {
		size_t n;
		const struct plan_part_desc *d = plan_part((enum plan_part)p);
		const char *rows = plan_rows(t, (enum plan_part)p, &n);
		for (size_t i = 0; i < n; i++) {
			const void *row = rows + i * d->table->size;
			add_text(&h, d->code);
			add_text(&h, plan_value(c->arena, d->table, row, "pid"));
			if (d->parent)
				add_text(&h, plan_value(c->arena, d->table, row, d->parent));
			for (size_t f = 0; f < plan_field_count(); f++)
				if (plan_field_at(f)->part == (enum plan_part)p)
					add_text(&h, plan_value(c->arena, d->table, row, plan_field_at(f)->column));
		}
	}
	crypto_hash_sha256_final(&h, sum);
	char *hex = arena_alloc(c->arena, 2 * sizeof sum + 1);
	return sodium_bin2hex(hex, 2 * sizeof sum + 1, sum, sizeof sum);
}

/* ---- history and bin ----------------------------------------------------------------------------------------------- */

err plan_history(struct ctx *c, const char *pid, struct row_version **v, size_t *n)
{
	struct t_plan row;
	TRY(plan_open(c, pid, ACTION_SEE, &row));
	return row_history(c, &T_plan, row.id, v, n);
}

err plan_changes(struct ctx *c, const char *pid, struct plan_change_note **v, size_t *n)
{
	struct t_plan row;
	struct q_plan_changes_row *r;
	TRY(plan_open(c, pid, ACTION_SEE, &row));
	TRY(q_plan_changes(c, &(struct q_plan_changes_in){.plan_id = row.id, .limit = 300}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct plan_change_note);
	for (size_t i = 0; i < *n; i++) {
		struct plan_change_note *k = &(*v)[i];
		*k = (struct plan_change_note){.at_ms = r[i].at_ms, .action = r[i].action, .who = str_or(r[i].who, ""), .what = plan_part(PLAN_HEAD)->label};
		if (str_eq(r[i].table_name, "plan"))
			k->version = r[i].version;
		for (int p = 0; p < PLAN_PARTS; p++)
			if (str_eq(plan_part((enum plan_part)p)->table->name, r[i].table_name))
				k->what = plan_part((enum plan_part)p)->label;
	}
	return OK;
}

struct reverting {
	const char *pid;
	int64_t at_ms;
};

static int64_t number_of(const struct table_desc *t, const void *row, int column)
{
	return *(const int64_t *)(const void *)((const char *)row + t->cols[column].offset);
}

/* One row below the head as it stood at the instant. taking_out: only what was not there then, so that nothing stands in the way of
 * what comes back. */
static err revert_part(struct ctx *c, const struct table_desc *t, int64_t id, int64_t at_ms, bool taking_out)
{
	void *now = arena_alloc(c->arena, t->size), *then = arena_alloc(c->arena, t->size);
	TRY(row_load(c, t, id, now));
	err e = row_at(c, t, id, at_ms, then);
	if (e != OK && e != ERR_NOTFOUND)
		return e;
	bool was = e == OK && number_of(t, then, t->retired_ms) == INT_NULL, is = number_of(t, now, t->retired_ms) == INT_NULL;
	if (taking_out)
		return is && !was ? row_retire(c, t, id, "revert") : OK;
	if (!was || (is && number_of(t, then, t->version) == number_of(t, now, t->version)))
		return OK;
	if (!is) {
		e = row_restore(c, t, id);
		if (e == ERR_NOTFOUND)
			return fault_add(c, "", ERR_INPUT, "この時点に戻すには、%d日より前に外した行が要ります。もう戻せないので、計画を開いて書き足してください。", BIN_DAYS);
		TRY(e);
	}
	return row_revert(c, t, id, number_of(t, then, t->version));
}

static err revert_parts(struct ctx *c, int64_t plan_id, int64_t at_ms)
{
	struct q_plan_parts_ever_row *r;
	size_t n;
	TRY(q_plan_parts_ever(c, &(struct q_plan_parts_ever_in){.plan_id = plan_id}, &r, &n));
	for (size_t i = n; i-- > 0;) /* services before the goals they serve */
		TRY(revert_part(c, plan_part((enum plan_part)r[i].part)->table, r[i].id, at_ms, true));
	for (size_t i = 0; i < n; i++)
		TRY(revert_part(c, plan_part((enum plan_part)r[i].part)->table, r[i].id, at_ms, false));
	return OK;
}

static err revert_tx(struct ctx *c, void *arg)
{
	const struct reverting *x = arg;
	struct t_plan row, old;
	TRY(plan_open(c, x->pid, ACTION_WRITE, &row));
	if (plan_status_frozen(row.status))
		return fault_add(c, "", ERR_PLAN_FROZEN, NULL);
	TRY(row_at(c, &T_plan, row.id, x->at_ms, &old));
	for (size_t i = 0; i < plan_field_count(); i++)
		if (plan_field_at(i)->part == PLAN_HEAD)
			plan_copy_value(&T_plan, &row, &old, plan_field_at(i)->column);
	if (str_eq(row.status, "explained")) { /* what was explained is no longer what stands there */
		row.status = "draft";
		row.explained_on = CIVIL_NONE;
		row.explained_by_staff_id = INT_NULL;
	}
	TRY(row_save(c, &T_plan, &row, NULL));
	TRY(revert_parts(c, row.id, x->at_ms));
	struct plan_tree t;
	TRY(plan_load(c, row.id, &t));
	return plan_follow(c, &t);
}

err plan_revert(struct ctx *c, const char *pid, int64_t at_ms)
{
	struct reverting x = {pid, at_ms};
	return tx_run(c, revert_tx, &x);
}

struct retiring {
	const char *pid, *reason, *bin_pid;
};

static err retire_tx(struct ctx *c, void *arg)
{
	struct retiring *r = arg;
	struct t_plan row;
	TRY(plan_open(c, r->pid, ACTION_WRITE, &row));
	if (plan_status_frozen(row.status))
		return fault_add(c, "reason", ERR_PLAN_FROZEN,
		                 "利用者に示した計画は捨てられません。使わないときは「終了」または「取りやめ」にしてください。");
	if (str_blank(r->reason))
		return fault_add(c, "reason", ERR_REQUIRED, "ごみ箱に移す理由を書いてください。");
	return bin_put(c, &(struct bin_put){
		.table = &T_plan, .row_id = row.id, .row_pid = row.pid, .person_id = row.person_id, .org_id = row.org_id,
		.record_class = CLASS_CARE, .reason = r->reason,
		.title = arena_fmt(c->arena, "%s %s", plan_kind_ja(row.kind), plan_version_ja(c->arena, row.version_no, row.revision_no))},
		&r->bin_pid);
}

err plan_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	struct retiring r = {.pid = pid, .reason = reason};
	TRY(tx_run(c, retire_tx, &r));
	if (bin_pid)
		*bin_pid = r.bin_pid;
	return OK;
}
