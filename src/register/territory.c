#include "register/territory.h"

#include "access/policy.h"
#include "base/pid.h"
#include "base/str.h"
#include "jp/fold.h"
#include "register/gate.h"
#include "register/keys.h"
#include "register/person_area.h"
#include "sql/q_register_org.h"
#include "sql/tables.h"
#include "store/tx.h"

static const struct {
	const char *code, *label;
} levels[] = {
#define AREA_LEVEL(code, label, slot) {code, label},
#include "register/area_levels.tbl.h"
#undef AREA_LEVEL
};
enum { N_LEVELS = sizeof levels / sizeof levels[0] };

/* The levels a person has a column for; AREA_LEVEL's third word names the slot. */
static const char *const slot_levels[AREA_SLOTS] = {
	[AREA_SLOT_ZONE] = "zone", [AREA_SLOT_ELEMENTARY] = "elementary", [AREA_SLOT_JUNIOR] = "junior",
	[AREA_SLOT_MINSEI] = "minsei", [AREA_SLOT_DISTRICT] = "district",
};

size_t area_level_count(void) { return N_LEVELS; }
const char *area_level_code(size_t i) { return i < N_LEVELS ? levels[i].code : ""; }
const char *area_slot_level(enum area_slot slot) { return slot >= 0 && slot < AREA_SLOTS ? slot_levels[slot] : ""; }

const char *area_level_label_ja(const char *code)
{
	for (int i = 0; i < N_LEVELS; i++)
		if (str_eq(levels[i].code, code))
			return levels[i].label;
	return "";
}

void area_init(struct area *a)
{
	*a = (struct area){.pid = "", .code = "", .name = "", .level = "", .note = "", .insurer_org_id = INT_NULL,
		.parent_area_id = INT_NULL, .valid_from = CIVIL_NONE, .valid_to = CIVIL_OPEN};
}

#define AREA_COLUMNS(X) \
	X(insurer_org_id) X(code) X(name) X(level) X(parent_area_id) X(sort) X(valid_from) X(valid_to) X(note)

static void to_row(struct ctx *c, const struct area *a, struct t_area *r)
{
#define X(f) r->f = a->f;
	AREA_COLUMNS(X)
#undef X
	r->name_fold = arena_fmt(c->arena, "%s %s", fold_org(keys_table(c), c->arena, a->code), fold_org(keys_table(c), c->arena, a->name));
}

static void of_row(const struct t_area *r, struct area *a)
{
	area_init(a);
#define X(f) a->f = r->f;
	AREA_COLUMNS(X)
#undef X
	a->id = r->id;
	a->pid = r->pid;
	a->version = r->version;
	a->is_retired = r->retired_ms != INT_NULL;
}

static err check(struct ctx *c, struct area *a)
{
	size_t before = c->n_faults;
	a->name = str_trim(c->arena, str_or(a->name, ""));
	a->code = str_trim(c->arena, str_or(a->code, ""));
	a->level = str_or(a->level, "");
	a->note = str_or(a->note, "");
	if (!*a->name)
		fault_add(c, "name", ERR_REQUIRED, "区域の名前を入力してください。");
	gate_length(c, "name", "区域の名前", a->name, 60);
	gate_length(c, "code", "番号", a->code, 20);
	gate_length(c, "note", "メモ", a->note, 2000);
	if (!*area_level_label_ja(a->level))
		fault_add(c, "level", ERR_NOT_CHOICE, "区域の種類を選んでください。");
	if (a->valid_from != CIVIL_NONE && a->valid_to < a->valid_from)
		fault_add(c, "valid_to", ERR_PERIOD_ORDER, NULL);
	int64_t up = a->parent_area_id;
	for (int i = 0; up != INT_NULL && i < 20; i++) { /* a circle would hang every report */
		struct t_area p;
		if (up == a->id || i == 19) {
			fault_add(c, "parent", ERR_INPUT, "区域を、それ自身の中に置くことはできません。");
			break;
		}
		TRY(row_load(c, &T_area, up, &p));
		up = p.parent_area_id;
	}
	return c->n_faults > before ? ERR_INPUT : OK;
}

static err create_tx(struct ctx *c, void *arg)
{
	struct area *a = arg;
	struct t_area r;
	row_init(&T_area, &r);
	to_row(c, a, &r);
	TRY(row_insert(c, &T_area, &r));
	of_row(&r, a);
	return OK;
}

err area_create(struct ctx *c, struct area *a)
{
	TRY(gate_territory(c));
	TRY(check(c, a));
	return tx_run(c, create_tx, a);
}

err area_load(struct ctx *c, int64_t id, struct area *out)
{
	struct t_area r;
	TRY(gate_logged_in(c));
	TRY(row_load(c, &T_area, id, &r));
	of_row(&r, out);
	return OK;
}

err area_get(struct ctx *c, const char *pid, struct area *out)
{
	struct t_area r;
	TRY(gate_logged_in(c));
	TRY(row_find(c, &T_area, pid, &r));
	of_row(&r, out);
	return OK;
}

struct area_job {
	struct area *a;
	struct row_conflict **conflict;
	const char *reason;
	int64_t id;
};

static err save_tx(struct ctx *c, void *arg)
{
	struct area_job *j = arg;
	struct t_area r;
	TRY(row_load(c, &T_area, j->id, &r));
	to_row(c, j->a, &r);
	r.version = j->a->version;
	TRY(row_save(c, &T_area, &r, j->conflict));
	of_row(&r, j->a);
	return OK;
}

err area_save(struct ctx *c, struct area *a, struct row_conflict **conflict)
{
	struct area now;
	TRY(gate_territory(c));
	TRY(area_get(c, a->pid, &now));
	a->id = now.id;
	TRY(check(c, a));
	return tx_run(c, save_tx, &(struct area_job){a, conflict, NULL, now.id});
}

static err retire_tx(struct ctx *c, void *arg)
{
	struct area_job *j = arg;
	return j->reason ? row_retire(c, &T_area, j->id, j->reason) : row_restore(c, &T_area, j->id);
}

err area_retire(struct ctx *c, const char *pid, const char *reason)
{
	struct area a;
	TRY(gate_territory(c));
	TRY(area_get(c, pid, &a));
	return tx_run(c, retire_tx, &(struct area_job){&a, NULL, str_or(reason, ""), a.id});
}

err area_restore(struct ctx *c, const char *pid)
{
	struct area a;
	TRY(gate_territory(c));
	TRY(area_get(c, pid, &a));
	return tx_run(c, retire_tx, &(struct area_job){&a, NULL, NULL, a.id});
}

static err list(struct ctx *c, const char *level, civil on, const char *fold, struct area **v, size_t *n)
{
	struct q_area_list_row *rows;
	TRY(gate_logged_in(c));
	TRY(q_area_list(c, &(struct q_area_list_in){.level = level, .on_day = on, .fold = fold}, &rows, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct area);
	for (size_t i = 0; i < *n; i++)
		TRY(area_load(c, rows[i].id, &(*v)[i]));
	return OK;
}

err area_list(struct ctx *c, const char *level, civil on, struct area **v, size_t *n)
{
	return list(c, level, on, NULL, v, n);
}

err area_find(struct ctx *c, const char *text, const char *level, struct area **v, size_t *n)
{
	const char *fold = fold_org(keys_table(c), c->arena, str_or(text, ""));
	*n = 0;
	*v = NULL;
	return *fold ? list(c, level, CIVIL_NONE, gate_like(c, fold), v, n) : OK;
}

static bool is_exactly(struct ctx *c, const char *text, const char *fold)
{
	return *text && str_eq(fold_org(keys_table(c), c->arena, text), fold);
}

err area_named(struct ctx *c, const char *text, const char *level, struct area *out, size_t *n)
{
	struct area *v;
	size_t found;
	const char *fold = fold_org(keys_table(c), c->arena, text);
	*n = 0;
	if (pid_valid(text)) {
		err e = area_get(c, text, out);
		*n = e == OK;
		return e == ERR_NOTFOUND ? OK : e;
	}
	TRY(area_find(c, text, level, &v, &found));
	for (size_t i = 0; i < found; i++) {
		struct area_alias *al;
		size_t k;
		bool same = is_exactly(c, v[i].name, fold) || is_exactly(c, v[i].code, fold);
		TRY(area_alias_list(c, v[i].id, &al, &k));
		for (size_t x = 0; x < k && !same; x++)
			same = is_exactly(c, al[x].name, fold);
		if (same && (*n)++ == 0)
			*out = v[i];
	}
	return OK;
}

struct area_alias_job {
	int64_t area_id;
	const char *name;
};

static err alias_tx(struct ctx *c, void *arg)
{
	struct area_alias_job *j = arg;
	const char *fold = fold_org(keys_table(c), c->arena, j->name);
	struct q_area_alias_list_row *old;
	size_t n;
	TRY(q_area_alias_list(c, &(struct q_area_alias_list_in){.area_id = j->area_id}, &old, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(old[i].name_fold, fold))
			return OK;
	struct t_area_alias r;
	row_init(&T_area_alias, &r);
	r.area_id = j->area_id;
	r.name = j->name;
	r.name_fold = fold;
	return row_insert(c, &T_area_alias, &r);
}

err area_alias_list(struct ctx *c, int64_t area_id, struct area_alias **v, size_t *n)
{
	struct q_area_alias_list_row *r;
	TRY(gate_logged_in(c));
	TRY(q_area_alias_list(c, &(struct q_area_alias_list_in){.area_id = area_id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct area_alias);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct area_alias){r[i].pid, r[i].name};
	return OK;
}

static err alias_remove_tx(struct ctx *c, void *arg)
{
	return row_retire(c, &T_area_alias, *(int64_t *)arg, "");
}

err area_alias_remove(struct ctx *c, int64_t area_id, const char *alias_pid)
{
	struct t_area_alias r;
	TRY(gate_territory(c));
	TRY(row_find(c, &T_area_alias, alias_pid, &r));
	if (r.area_id != area_id)
		return ERR_NOTFOUND;
	return tx_run(c, alias_remove_tx, &r.id);
}

err area_alias_add(struct ctx *c, int64_t area_id, const char *name)
{
	struct area a;
	TRY(gate_territory(c));
	TRY(area_load(c, area_id, &a));
	name = str_trim(c->arena, str_or(name, ""));
	if (!*name)
		return fault_add(c, "alias", ERR_REQUIRED, "別の呼び名を入力してください。");
	size_t before = c->n_faults;
	gate_length(c, "alias", "別の呼び名", name, 60);
	if (c->n_faults > before)
		return ERR_INPUT;
	return tx_run(c, alias_tx, &(struct area_alias_job){area_id, name});
}

/* --- who serves an area --- */

struct assign_job {
	int64_t org_id, area_id, from_org, n;
	const char *role;
	civil from_on, to_on;
};

static err assign_tx(struct ctx *c, void *arg)
{
	struct assign_job *j = arg;
	struct t_org_area r;
	row_init(&T_org_area, &r);
	r.org_id = j->org_id;
	r.area_id = j->area_id;
	r.role = j->role;
	r.from_on = j->from_on;
	r.to_on = j->to_on;
	TRY(row_insert(c, &T_org_area, &r));
	return person_area_grants(c, j->area_id, j->org_id, j->role, j->from_on, j->to_on, &j->n);
}

err territory_assign(struct ctx *c, int64_t org_id, int64_t area_id, const char *role, civil from_on, civil to_on)
{
	struct t_org o;
	struct area a;
	TRY(gate_territory(c));
	TRY(area_load(c, area_id, &a));
	TRY(row_load(c, &T_org, org_id, &o));
	if (to_on == CIVIL_NONE)
		to_on = CIVIL_OPEN;
	if (!str_eq(role, "charge") && !str_eq(role, "branch") && !str_eq(role, "cover"))
		return fault_add(c, "role", ERR_NOT_CHOICE, "担当・ブランチ・活動範囲のどれかを選んでください。");
	if (from_on != CIVIL_NONE && to_on < from_on)
		return fault_add(c, "to_on", ERR_PERIOD_ORDER, NULL);
	struct org_area *now;
	size_t n;
	TRY(territory_of_area(c, area_id, CIVIL_NONE, &now, &n));
	for (size_t i = 0; i < n; i++)
		if (now[i].org_id == org_id && str_eq(now[i].role, role) && (from_on == CIVIL_NONE || now[i].to_on >= from_on) &&
			(now[i].from_on == CIVIL_NONE || now[i].from_on <= to_on))
			return fault_add(c, "from_on", ERR_INPUT, "この期間は、すでに同じ機関が担当しています。");
	return tx_run(c, assign_tx, &(struct assign_job){.org_id = org_id, .area_id = area_id, .role = role, .from_on = from_on, .to_on = to_on});
}

static err move_tx(struct ctx *c, void *arg)
{
	struct assign_job *j = arg;
	struct q_org_area_list_row *rows;
	size_t n, ended = 0;
	civil to_on = CIVIL_NONE, last = j->from_on - 1;
	TRY(q_org_area_list(c, &(struct q_org_area_list_in){.org_id = j->from_org, .area_id = j->area_id, .role = j->role, .on_day = CIVIL_NONE,
		.until_open = true, .from_day = j->from_on}, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		struct t_org_area r;
		TRY(row_load(c, &T_org_area, rows[i].id, &r));
		if (to_on == CIVIL_NONE || r.to_on > to_on)
			to_on = r.to_on;
		ended++;
		if (r.from_on != CIVIL_NONE && r.from_on > last) {
			TRY(row_retire(c, &T_org_area, r.id, "担当の変更"));
			continue;
		}
		r.to_on = last;
		TRY(row_save(c, &T_org_area, &r, NULL));
	}
	if (!ended)
		return fault_add(c, "from_org", ERR_INPUT, "この日から先、この機関はこの区域を担当していません。");
	TRY(person_area_grants_end(c, j->area_id, j->from_org, j->role, last));
	j->to_on = to_on;
	return assign_tx(c, j);
}

err territory_move(struct ctx *c, int64_t area_id, int64_t from_org, int64_t to_org, civil from_on, int64_t *n_persons)
{
	struct t_org o;
	struct area a;
	TRY(gate_territory(c));
	TRY(area_load(c, area_id, &a));
	TRY(row_load(c, &T_org, from_org, &o));
	TRY(row_load(c, &T_org, to_org, &o));
	if (from_on == CIVIL_NONE)
		return fault_add(c, "from_on", ERR_REQUIRED, "いつから変わるかを入力してください。");
	if (from_org == to_org)
		return fault_add(c, "to_org", ERR_INPUT, "今と同じ機関です。別の機関を選んでください。");
	struct assign_job j = {.org_id = to_org, .area_id = area_id, .from_org = from_org, .role = "charge", .from_on = from_on};
	TRY(tx_run(c, move_tx, &j));
	if (n_persons)
		*n_persons = j.n;
	return OK;
}

static err end_tx(struct ctx *c, void *arg)
{
	struct assign_job *j = arg;
	struct t_org_area r;
	TRY(row_load(c, &T_org_area, j->n, &r));
	TRY(person_area_grants_end(c, r.area_id, r.org_id, r.role, j->to_on));
	if (r.from_on != CIVIL_NONE && r.from_on > j->to_on)
		return row_retire(c, &T_org_area, r.id, "担当の取りやめ");
	r.to_on = j->to_on;
	return row_save(c, &T_org_area, &r, NULL);
}

err territory_end(struct ctx *c, const char *org_area_pid, civil last_day)
{
	struct t_org_area r;
	TRY(gate_territory(c));
	TRY(row_find(c, &T_org_area, org_area_pid, &r));
	if (last_day == CIVIL_NONE)
		return fault_add(c, "last_day", ERR_REQUIRED, "担当の最後の日を入力してください。");
	if (r.to_on < last_day)
		return fault_add(c, "last_day", ERR_INPUT, "この担当は、その日より前に終わっています。日付を確かめてください。");
	return tx_run(c, end_tx, &(struct assign_job){.n = r.id, .to_on = last_day});
}

static err org_areas(struct ctx *c, const struct q_org_area_list_in *in, struct org_area **v, size_t *n)
{
	struct q_org_area_list_row *r;
	TRY(gate_logged_in(c));
	TRY(q_org_area_list(c, in, &r, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct org_area);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct org_area){r[i].id, r[i].org_id, r[i].area_id, r[i].pid, r[i].role, r[i].org_name, r[i].area_name,
			r[i].area_code, r[i].from_on, r[i].to_on};
	return OK;
}

err territory_of_org(struct ctx *c, int64_t org_id, civil on, struct org_area **v, size_t *n)
{
	return org_areas(c, &(struct q_org_area_list_in){.org_id = org_id, .area_id = INT_NULL, .on_day = on, .from_day = CIVIL_NONE}, v, n);
}

err territory_of_area(struct ctx *c, int64_t area_id, civil on, struct org_area **v, size_t *n)
{
	return org_areas(c, &(struct q_org_area_list_in){.org_id = INT_NULL, .area_id = area_id, .on_day = on, .from_day = CIVIL_NONE}, v, n);
}

err territory_count(struct ctx *c, const char *level, civil on, struct area_count **v, size_t *n)
{
	struct q_territory_count_row *r;
	TRY(gate_logged_in(c));
	civil today = c->today;
	c->today = on < today ? on : today; /* the rights of that day: a centre's report on last year stays as it was */
	err e = q_territory_count(c, &(struct q_territory_count_in){.level = level, .on_day = on}, &r, n);
	c->today = today;
	TRY(e);
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct area_count);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct area_count){r[i].area_id, r[i].org_id, r[i].persons, r[i].area_name, r[i].area_code, str_or(r[i].org_name, "")};
	return OK;
}

err territory_insurer(struct ctx *c, int64_t *org_id)
{
	struct q_org_name_row own;
	struct q_org_list_row *all;
	bool found = false;
	size_t n;
	*org_id = INT_NULL;
	if (c->actor.org_id > 0)
		TRY(q_org_name(c, &(struct q_org_name_in){.id = c->actor.org_id}, &own, &found));
	if (found && str_eq(own.kind, "insurer"))
		*org_id = c->actor.org_id;
	else if (found)
		*org_id = own.insurer_org_id;
	if (*org_id != INT_NULL)
		return OK;
	struct q_org_list_in in = Q_ORG_LIST_NONE;
	in.kind = "insurer";
	in.form = "";
	in.is_core = in.insurer_org_id = in.branch_of_org_id = -1;
	in.limit = 2;
	in.offset = 0;
	TRY(q_org_list(c, &in, &all, &n));
	if (n == 1)
		*org_id = all[0].id;
	return OK;
}

err area_level_word(struct ctx *c, const char *code, const char **word)
{
	int64_t insurer;
	struct q_label_get_row r;
	bool found;
	*word = area_level_label_ja(code);
	TRY(territory_insurer(c, &insurer));
	TRY(q_label_get(c, &(struct q_label_get_in){.org_id = insurer == INT_NULL ? -1 : insurer, .key = arena_fmt(c->arena, "area.%s", code)}, &r,
		&found));
	if (found)
		*word = r.text;
	return OK;
}

err territory_mismatch(struct ctx *c, civil on, struct area_mismatch **v, size_t *n)
{
	struct q_territory_mismatch_row *r;
	TRY(gate_logged_in(c));
	TRY(q_territory_mismatch(c, &(struct q_territory_mismatch_in){.on_day = on}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n ? *n : 1, struct area_mismatch);
	for (size_t i = 0; i < *n; i++) {
		struct org_area *centres;
		size_t m;
		const char *names = "";
		TRY(territory_of_area(c, r[i].zone_id, on, &centres, &m));
		for (size_t k = 0; k < m; k++)
			if (str_eq(centres[k].role, "charge"))
				names = *names ? arena_fmt(c->arena, "%s、%s", names, centres[k].org_name) : centres[k].org_name;
		(*v)[i] = (struct area_mismatch){r[i].area_id, r[i].zone_id, r[i].area_name, r[i].area_level, r[i].zone_name, names, r[i].towns};
	}
	return OK;
}
