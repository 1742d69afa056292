#include "register/gen.h"

#include "base/pid.h"
#include "base/str.h"
#include "jp/era.h"
#include "register/bin.h"
#include "register/carer.h"
#include "register/certification.h"
#include "register/consent.h"
#include "register/disability.h"
#include "register/ecomap.h"
#include "register/household.h"
#include "register/insurance.h"
#include "register/kin_tie.h"
#include "register/ranks.h"
#include "register/relation.h"
#include "register/timeline.h"
#include "store/tx.h"

#include <assert.h>
#include <string.h>

static const struct gen_kind *const kinds[] = {
	&GEN_INSURANCE, &GEN_CERTIFICATION, &GEN_BURDEN, &GEN_PUBLIC_AID, &GEN_RANK, &GEN_DISABILITY_CERT,
	&GEN_DISABILITY_BENEFIT, &GEN_DISABILITY_DECISION, &GEN_DISABILITY_LEVEL, &GEN_RELATION, &GEN_HOUSEHOLD, &GEN_CARER,
	&GEN_CONSENT, &GEN_KIN_TIE, &GEN_KIN_PLACE, &GEN_ECOMAP_NODE, &GEN_ECOMAP_TIE,
};

const struct gen_kind *gen_kind_of(const char *table_name)
{
	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (str_eq(kinds[i]->table->name, table_name))
			return kinds[i];
	return NULL;
}

/* --- columns by the table's description --- */

static void *column(const struct gen_kind *k, const void *row, int i)
{
	return (char *)(uintptr_t)row + k->table->cols[i].offset;
}

static int64_t number(const struct gen_kind *k, const void *row, int i)
{
	int64_t v;
	memcpy(&v, column(k, row, i), sizeof v);
	return v;
}

static int64_t id_of(const struct gen_kind *k, const void *row) { return number(k, row, k->table->id); }
static int64_t person_of(const struct gen_kind *k, const void *row) { return number(k, row, k->table->person_id); }
static bool is_retired(const struct gen_kind *k, const void *row)
{
	return number(k, row, k->table->retired_ms) != INT_NULL;
}

static const char *pid_of(const struct gen_kind *k, const void *row)
{
	const char *p;
	memcpy(&p, column(k, row, k->table->pid), sizeof p);
	return p;
}

void gen_init(const struct gen_kind *k, void *row)
{
	row_init(k->table, row);
	for (size_t i = 0; i < k->table->n_cols; i++) {
		civil open = CIVIL_OPEN;
		if (k->table->cols[i].kind == COL_DAY && !k->table->cols[i].nullable && str_eq(k->table->cols[i].name, "to_on"))
			memcpy(column(k, row, (int)i), &open, sizeof open);
	}
}

/* --- checks --- */

const char *gen_period_ja(struct ctx *c, civil from, civil to)
{
	return arena_fmt(c->arena, "%s〜%s", era_text(c->arena, from), era_text(c->arena, to));
}

void gen_check_period(struct ctx *c, const char *from_field, civil from, const char *to_field, civil to)
{
	if (from == CIVIL_NONE)
		(void)fault_add(c, from_field, ERR_REQUIRED, "始まりの日を入力してください。");
	else if (to != CIVIL_NONE && to < from)
		(void)fault_add(c, to_field, ERR_PERIOD_ORDER, "終わりの日（%s）が始まりの日（%s）より前です。どちらかを直してください。",
			era_text(c->arena, to), era_text(c->arena, from));
}

void gen_check_text(struct ctx *c, const char *field, const char *label, const char *text, bool required, size_t max_chars)
{
	if (str_blank(text)) {
		if (required)
			(void)fault_add(c, field, ERR_REQUIRED, "%sを入力してください。", label);
		return;
	}
	size_t n = str_count(text);
	if (n > max_chars)
		(void)fault_add(c, field, ERR_TOO_LONG, "%sは%zu文字までです。いま%zu文字あります。短くしてください。", label, max_chars, n);
}

const char *gen_label(const struct gen_code *t, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(t[i].code, code))
			return t[i].label;
	return "";
}

void gen_check_code(struct ctx *c, const char *field, const char *label, const struct gen_code *t, size_t n, const char *code,
	bool required)
{
	if (str_blank(code)) {
		if (required)
			(void)fault_add(c, field, ERR_REQUIRED, "%sを選んでください。", label);
		return;
	}
	if (!*gen_label(t, n, code))
		(void)fault_add(c, field, ERR_NOT_CHOICE, "%sに選択肢にない値が入っています。選び直してください。", label);
}

/* --- reading --- */

/* The gate of one record that was found by its id or pid: invisible and unknown give the same answer. */
static err gate(struct ctx *c, const struct gen_kind *k, const void *row, enum action a)
{
	return policy_check_record(c, person_of(k, row), k->class_bit, a);
}

static err find_any(struct ctx *c, const struct gen_kind *k, const char *pid, void *row, enum action a)
{
	if (!pid || !pid_valid(pid))
		return ERR_NOTFOUND;
	TRY(row_find(c, k->table, pid, row));
	return gate(c, k, row, a);
}

err gen_find(struct ctx *c, const struct gen_kind *k, const char *pid, void *row)
{
	TRY(find_any(c, k, pid, row, ACTION_SEE));
	return is_retired(k, row) ? ERR_NOTFOUND : OK;
}

static bool holds_on(const struct gen_kind *k, const void *row, civil on)
{
	civil from, to;
	k->period(row, &from, &to);
	return from != CIVIL_NONE && from <= on && (to == CIVIL_NONE || to >= on);
}

err gen_list(struct ctx *c, const struct gen_kind *k, int64_t person_id, struct gen_asof asof, void **rows, size_t *n)
{
	TRY(policy_check(c, person_id, k->class_bit, ACTION_SEE));
	bool then = asof.known_on != CIVIL_NONE;
	int64_t *ids;
	size_t n_ids, kept = 0;
	TRY(k->ids(c, person_id, then, &ids, &n_ids));
	char *all = arena_array(c->arena, n_ids ? n_ids : 1, k->table->size);
	for (size_t i = 0; i < n_ids; i++) {
		void *row = all + kept * k->table->size;
		if (then) {
			err e = row_at(c, k->table, ids[i], civil_instant_start(asof.known_on + 1) - 1, row);
			if (e == ERR_NOTFOUND)
				continue;
			TRY(e);
		} else {
			TRY(row_load(c, k->table, ids[i], row));
		}
		if (is_retired(k, row) || (asof.on != CIVIL_NONE && !holds_on(k, row, asof.on)))
			continue;
		kept++;
	}
	*rows = all;
	*n = kept;
	return OK;
}

err gen_at(struct ctx *c, const struct gen_kind *k, int64_t person_id, struct gen_asof asof, void *row, bool *found)
{
	if (asof.on == CIVIL_NONE)
		asof.on = c->today;
	void *rows;
	size_t n;
	TRY(gen_list(c, k, person_id, asof, &rows, &n));
	*found = n > 0;
	if (n)
		memcpy(row, rows, k->table->size);
	return OK;
}

err gen_history(struct ctx *c, const struct gen_kind *k, const char *pid, struct row_version **v, size_t *n)
{
	void *row = arena_alloc(c->arena, k->table->size);
	TRY(find_any(c, k, pid, row, ACTION_SEE));
	return row_history(c, k->table, id_of(k, row), v, n);
}

/* --- writing --- */

static err refuse_overlap(struct ctx *c, const struct gen_kind *k, const void *row)
{
	civil from, to, f, t;
	k->period(row, &from, &to);
	if (!k->refuse_overlap || from == CIVIL_NONE)
		return OK;
	int64_t *ids;
	size_t n;
	TRY(k->ids(c, person_of(k, row), false, &ids, &n));
	err code = OK;
	for (size_t i = 0; i < n; i++) {
		if (ids[i] == id_of(k, row))
			continue;
		void *other = arena_alloc(c->arena, k->table->size);
		TRY(row_load(c, k->table, ids[i], other));
		k->period(other, &f, &t);
		if (f == CIVIL_NONE || (k->same_series && !k->same_series(row, other)))
			continue;
		civil end = to == CIVIL_NONE ? CIVIL_OPEN : to, other_end = t == CIVIL_NONE ? CIVIL_OPEN : t;
		if (f > end || from > other_end)
			continue;
		code = fault_add(c, "from_on", k->overlap_code,
			"%sの期間が重なっています。入力した記録は「%s」、すでにある記録は「%s」です。どちらかの期間を直してください。", k->label,
			k->text(c, row), k->text(c, other));
	}
	return code;
}

static err note(struct ctx *c, const struct gen_kind *k, const void *row)
{
	if (!k->timeline)
		return OK;
	civil from, to;
	k->period(row, &from, &to);
	civil day = k->day ? k->day(row) : from;
	int64_t at = day == CIVIL_NONE ? number(k, row, k->table->created_ms) : civil_instant_start(day);
	return timeline_add(c, &(struct timeline_new){.person_id = person_of(k, row), .at_ms = at, .kind = k->timeline,
		.record_class = k->class_bit, .title = k->text(c, row), .table_name = k->table->name, .row_id = id_of(k, row),
		.row_pid = pid_of(k, row)});
}

/* Set once at start by the rooms above. */
static struct {
	const char *table;
	err (*fn)(struct ctx *c, const void *row, bool alive);
} hooks[8];
static size_t n_hooks;

void gen_on_follow(const char *table, err (*fn)(struct ctx *c, const void *row, bool alive))
{
	for (size_t i = 0; i < n_hooks; i++)
		if (str_eq(hooks[i].table, table))
			return;
	assert(n_hooks < sizeof hooks / sizeof hooks[0]);
	hooks[n_hooks].table = table;
	hooks[n_hooks++].fn = fn;
}

static err tell_others(struct ctx *c, const struct gen_kind *k, const void *row, bool alive)
{
	for (size_t i = 0; i < n_hooks; i++)
		if (str_eq(hooks[i].table, k->table->name))
			TRY(hooks[i].fn(c, row, alive));
	return OK;
}

err gen_follow(struct ctx *c, const struct gen_kind *k, int64_t row_id, bool alive)
{
	void *row = arena_alloc(c->arena, k->table->size);
	TRY(row_load(c, k->table, row_id, row));
	if (alive)
		TRY(refuse_overlap(c, k, row));
	if (k->after)
		TRY(k->after(c, row, alive));
	TRY(tell_others(c, k, row, alive));
	return alive ? note(c, k, row) : OK;
}

err gen_back(struct ctx *c, const struct gen_kind *k, int64_t row_id)
{
	void *row = arena_alloc(c->arena, k->table->size);
	TRY(row_load(c, k->table, row_id, row));
	TRY(refuse_overlap(c, k, row));
	if (k->opens)
		TRY(k->after(c, row, true));
	return tell_others(c, k, row, true);
}

err gen_gives(struct ctx *c, const struct gen_kind *k, const void *old, const void *row)
{
	return k->gives ? k->gives(c, old, row) : OK;
}

struct saving {
	const struct gen_kind *k;
	void *row, *arg;
	struct row_conflict **conflict;
};

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	const struct gen_kind *k = s->k;
	tx_keep(c, s->row, k->table->size);
	int64_t id = id_of(k, s->row);
	void *old = NULL;
	if (id) {
		old = arena_alloc(c->arena, k->table->size);
		TRY(row_load(c, k->table, id, old));
		/* A record never changes hands: else a row of an unseen person could be pulled over. */
		if (person_of(k, old) != person_of(k, s->row) || is_retired(k, old))
			return ERR_NOTFOUND;
	}
	if (k->before)
		TRY(k->before(c, s->row, s->arg));
	if (id)
		TRY(row_save(c, k->table, s->row, s->conflict));
	else
		TRY(row_insert(c, k->table, s->row));
	TRY(timeline_touch(c, k->table->name, id_of(k, s->row)));
	TRY(gen_gives(c, k, old, s->row));
	/* After the merge with another's save: two harmless changes may overlap together. */
	TRY(refuse_overlap(c, k, s->row));
	if (k->after)
		TRY(k->after(c, s->row, true));
	TRY(tell_others(c, k, s->row, true));
	return note(c, k, s->row);
}

err gen_save_with(struct ctx *c, const struct gen_kind *k, void *row, void *arg, struct row_conflict **conflict)
{
	TRY(policy_check(c, person_of(k, row), k->class_bit, ACTION_WRITE));
	size_t n = c->n_faults;
	k->check(c, row);
	if (c->n_faults > n)
		return c->faults[n].code;
	return tx_run(c, save_tx, &(struct saving){k, row, arg, conflict});
}

err gen_save(struct ctx *c, const struct gen_kind *k, void *row, struct row_conflict **conflict)
{
	return gen_save_with(c, k, row, NULL, conflict);
}

struct retiring {
	const struct gen_kind *k;
	const char *pid, *reason, **bin_pid;
};

static err retire_tx(struct ctx *c, void *arg)
{
	struct retiring *r = arg;
	const struct gen_kind *k = r->k;
	void *row = arena_alloc(c->arena, k->table->size);
	TRY(find_any(c, k, r->pid, row, ACTION_WRITE));
	if (is_retired(k, row))
		return ERR_NOTFOUND;
	const char *text = k->text(c, row);
	return bin_put(c, &(struct bin_put){.table = k->table, .row_id = id_of(k, row), .row_pid = r->pid,
		.person_id = person_of(k, row), .record_class = k->class_bit,
		.title = str_starts(text, k->label) ? text : arena_fmt(c->arena, "%s: %s", k->label, text), .reason = r->reason}, r->bin_pid);
}

err gen_retire(struct ctx *c, const struct gen_kind *k, const char *pid, const char *reason, const char **bin_pid)
{
	return tx_run(c, retire_tx, &(struct retiring){k, pid, reason, bin_pid});
}

struct reverting {
	const struct gen_kind *k;
	const char *pid;
	int64_t version; /* 0: the one before */
};

static err revert_tx(struct ctx *c, void *arg)
{
	struct reverting *r = arg;
	const struct gen_kind *k = r->k;
	void *row = arena_alloc(c->arena, k->table->size);
	TRY(find_any(c, k, r->pid, row, ACTION_WRITE));
	if (is_retired(k, row))
		return ERR_NOTFOUND;
	int64_t id = id_of(k, row), person = person_of(k, row);
	void *old = arena_alloc(c->arena, k->table->size);
	memcpy(old, row, k->table->size);
	if (r->version)
		TRY(row_revert(c, k->table, id, r->version));
	else
		TRY(bin_undo(c, k->table, id, person, k->class_bit));
	TRY(row_load(c, k->table, id, row));
	if (person_of(k, row) != person || is_retired(k, row))
		return ERR_NOTFOUND;
	TRY(gen_gives(c, k, old, row));
	return gen_follow(c, k, id, true);
}

err gen_undo(struct ctx *c, const struct gen_kind *k, const char *pid)
{
	return tx_run(c, revert_tx, &(struct reverting){k, pid, 0});
}

err gen_revert(struct ctx *c, const struct gen_kind *k, const char *pid, int64_t to_version)
{
	return to_version > 0 ? tx_run(c, revert_tx, &(struct reverting){k, pid, to_version}) : ERR_NOTFOUND;
}
