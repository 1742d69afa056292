/* Acts on the family picture: each writes the register's own rows and can be undone. */
#include "access/policy.h"
#include "base/str.h"
#include "care/genogram.h"
#include "register/person.h"
#include "store/tx.h"

/* ---- people ---- */

struct saving {
	const char *person_pid;
	const struct genogram_person_input *in;
	const struct genogram_tie_input *tie;
	struct row_conflict **conflict;
};

static err tie_write(struct ctx *c, struct genogram *g, const struct drawing_act *act, const struct genogram_tie_input *in,
                     struct row_conflict **conflict);

static void take_contact(const struct genogram_person_input *in, struct t_contact *k)
{
	k->name = in->name;
	k->kana = in->kana;
	k->sex = in->sex;
	k->birth_year = in->birth_year;
	k->is_deceased = in->is_deceased || in->deceased_on != CIVIL_NONE;
	k->deceased_on = in->deceased_on;
}

static void take_relation(const struct genogram_person_input *in, struct t_relation *r)
{
	r->kind = in->kind;
	r->label = in->label;
	r->living = in->living;
	r->is_key_person = in->is_key_person;
	r->is_main_carer = in->is_main_carer;
}

/* relation and contact in one act; the versions before are those in the tables. */
static err write_person(struct ctx *c, const struct drawing_act *act, struct t_relation *r, struct t_contact *k, struct row_conflict **conflict)
{
	struct t_relation old_r = {.version = 0};
	struct t_contact old_k = {.version = 0};
	if (r->id)
		TRY(row_load(c, &T_relation, r->id, &old_r));
	if (k && k->id)
		TRY(row_load(c, &T_contact, k->id, &old_k));
	TRY(k ? relation_save_contact(c, r, k, conflict) : relation_save(c, r, conflict));
	if (k)
		TRY(drawing_wrote(c, act, &T_contact, k->id, old_k.version, k->version));
	return drawing_wrote(c, act, &T_relation, r->id, old_r.version, r->version);
}

static err new_person(struct ctx *c, struct genogram *g, const struct saving *s, const struct drawing_act *act)
{
	const struct genogram_person_input *in = s->in;
	struct t_relation r;
	struct t_contact k;
	relation_init(&r);
	contact_init(&k);
	r.person_id = g->person_id;
	take_relation(in, &r);
	take_contact(in, &k);
	TRY(write_person(c, act, &r, &k, s->conflict));
	if (str_blank(in->tie_kind) || str_blank(in->tie_to))
		return OK;
	bool up = str_eq(in->tie_kind, "child_of"); /* the new one is the child */
	struct genogram fresh;
	TRY(genogram_get(c, s->person_pid, &fresh));
	struct genogram_tie_input tie = {.pid = "", .a = up ? in->tie_to : r.pid, .b = up ? r.pid : in->tie_to, .note = "",
		.kind = up ? "parent_child" : str_eq(in->tie_kind, "parent_of") ? "parent_child" : in->tie_kind, .from_on = CIVIL_NONE,
		.to_on = CIVIL_NONE, .sort_no = INT_NULL};
	return tie_write(c, &fresh, act, &tie, s->conflict);
}

static err old_person(struct ctx *c, struct genogram *g, const struct saving *s, const struct drawing_act *act)
{
	const struct genogram_person_input *in = s->in;
	int at = genogram_find(g, in->key);
	struct t_relation r;
	if (at < 1)
		return ERR_NOTFOUND;
	const struct genogram_entry *e = &g->who[at];
	if (!e->may_edit)
		return ERR_DENIED;
	TRY(relation_find(c, in->key, &r));
	take_relation(in, &r);
	r.version = in->version;
	if (!e->is_contact)
		return write_person(c, act, &r, NULL, s->conflict);
	struct t_contact k;
	TRY(contact_find(c, e->rel->shown_pid, &k));
	take_contact(in, &k);
	k.version = in->contact_version;
	return write_person(c, act, &r, &k, s->conflict);
}

static err person_tx(struct ctx *c, void *arg)
{
	const struct saving *s = arg;
	struct genogram g;
	struct drawing_act act;
	bool is_new = str_blank(s->in->key);
	TRY(genogram_get(c, s->person_pid, &g));
	TRY(drawing_begin(c, g.person_id, DRAWING_GENOGRAM, is_new ? "家族を加えた" : "家族の内容を変えた", &act));
	return is_new ? new_person(c, &g, s, &act) : old_person(c, &g, s, &act);
}

err genogram_person_save(struct ctx *c, const char *person_pid, const struct genogram_person_input *in, struct row_conflict **conflict)
{
	return tx_run(c, person_tx, &(struct saving){.person_pid = person_pid, .in = in, .conflict = conflict});
}

struct removing {
	const char *person_pid, *pid, *reason;
};

static err person_remove_tx(struct ctx *c, void *arg)
{
	const struct removing *r = arg;
	struct genogram g;
	struct drawing_act act;
	TRY(genogram_get(c, r->person_pid, &g));
	int at = genogram_find(&g, r->pid);
	if (at < 1)
		return ERR_NOTFOUND;
	if (!g.who[at].may_edit)
		return ERR_DENIED;
	TRY(drawing_begin(c, g.person_id, DRAWING_GENOGRAM, "家族を外した", &act));
	return drawing_removed(c, &act, &GEN_RELATION, r->pid, r->reason);
}

err genogram_person_remove(struct ctx *c, const char *person_pid, const char *key, const char *reason)
{
	return tx_run(c, person_remove_tx, &(struct removing){person_pid, key, reason});
}

/* ---- ties ---- */

static bool couple_code(const char *kind) { return !str_eq(kind, "parent_child") && !str_eq(kind, "adopted") && !str_eq(kind, "sibling"); }

/* The tie of the same two and the same sort, so that a divorce changes the marriage instead of standing beside it. */
static const struct t_kin_tie *same_tie(const struct genogram *g, int a, int b, const char *kind)
{
	for (size_t i = 0; i < g->n_ties; i++) {
		const struct genogram_tie *t = &g->ties[i];
		if (t->row && couple_code(t->row->kind) == couple_code(kind) && ((t->a == a && t->b == b) || (t->a == b && t->b == a)))
			return t->row;
	}
	return NULL;
}

static err tie_write(struct ctx *c, struct genogram *g, const struct drawing_act *act, const struct genogram_tie_input *in,
                     struct row_conflict **conflict)
{
	int a = genogram_find(g, in->a), b = genogram_find(g, in->b);
	size_t before = c->n_faults;
	struct t_kin_tie row;
	if (a < 0)
		(void)fault_add(c, "a", ERR_REQUIRED, "つなぐ人を選んでください。");
	if (b < 0)
		(void)fault_add(c, "b", ERR_REQUIRED, "つなぐ相手を選んでください。");
	if (c->n_faults > before)
		return ERR_INPUT;
	const struct t_kin_tie *same = same_tie(g, a, b, in->kind);
	kin_tie_init(&row);
	row.person_id = g->person_id;
	if (!str_blank(in->pid)) {
		TRY(kin_tie_find(c, in->pid, &row));
		row.version = in->version;
	} else if (same) {
		row = *same;
	}
	row.a_relation_id = g->who[a].relation_id;
	row.b_relation_id = g->who[b].relation_id;
	row.kind = in->kind;
	row.from_on = in->from_on;
	row.to_on = in->to_on == CIVIL_NONE ? CIVIL_OPEN : in->to_on;
	row.sort_no = in->sort_no;
	row.note = in->note;
	return drawing_save(c, act, &GEN_KIN_TIE, &row, conflict);
}

static err tie_tx(struct ctx *c, void *arg)
{
	const struct saving *s = arg;
	struct genogram g;
	struct drawing_act act;
	TRY(genogram_get(c, s->person_pid, &g));
	TRY(drawing_begin(c, g.person_id, DRAWING_GENOGRAM, "つながりを変えた", &act));
	return tie_write(c, &g, &act, s->tie, s->conflict);
}

err genogram_tie_save(struct ctx *c, const char *person_pid, const struct genogram_tie_input *in, struct row_conflict **conflict)
{
	return tx_run(c, tie_tx, &(struct saving){.person_pid = person_pid, .tie = in, .conflict = conflict});
}

static err tie_remove_tx(struct ctx *c, void *arg)
{
	const struct removing *r = arg;
	struct genogram g;
	struct drawing_act act;
	bool found = false;
	TRY(genogram_get(c, r->person_pid, &g));
	for (size_t i = 0; i < g.n_ties; i++)
		found |= g.ties[i].row && str_eq(g.ties[i].pid, r->pid);
	if (!found)
		return ERR_NOTFOUND;
	TRY(drawing_begin(c, g.person_id, DRAWING_GENOGRAM, "つながりを外した", &act));
	return drawing_removed(c, &act, &GEN_KIN_TIE, r->pid, r->reason);
}

err genogram_tie_remove(struct ctx *c, const char *person_pid, const char *tie_pid, const char *reason)
{
	return tx_run(c, tie_remove_tx, &(struct removing){person_pid, tie_pid, reason});
}

/* ---- the order of brothers and sisters ---- */

struct moving {
	const char *person_pid, *key;
	bool right;
};

/* Who hangs from the same bar, from left to right as drawn. */
static size_t sibship(struct ctx *c, struct genogram *g, int at, int *list)
{
	struct geno_layout *l = geno_layout(c->arena, &GENO_SIZE_PAGE, g->people, g->n, g->geno_ties, g->n_ties);
	size_t n = 0;
	bool *in = ARENA_ARRAY(c->arena, g->n + 1, bool);
	in[at] = true;
	for (size_t t = 0; t < g->n_ties; t++)
		for (size_t k = 0; k < g->n_ties; k++) {
			const struct geno_tie *x = &g->geno_ties[t], *y = &g->geno_ties[k];
			bool child_x = x->kind == GENO_PARENT || x->kind == GENO_ADOPTED, child_y = y->kind == GENO_PARENT || y->kind == GENO_ADOPTED;
			if (child_x && child_y && x->a == y->a && x->b == at)
				in[y->b] = true;
		}
	for (size_t round = 0; round < 2; round++)
		for (size_t t = 0; t < g->n_ties; t++)
			if (g->geno_ties[t].kind == GENO_SIBLING && (in[g->geno_ties[t].a] || in[g->geno_ties[t].b]))
				in[g->geno_ties[t].a] = in[g->geno_ties[t].b] = true;
	for (size_t i = 0; i < g->n; i++) {
		if (!in[i] || l->at[i].row != l->at[at].row)
			continue;
		size_t k = n++;
		for (; k > 0 && l->at[list[k - 1]].x > l->at[i].x; k--)
			list[k] = list[k - 1];
		list[k] = (int)i;
	}
	return n;
}

static err set_place(struct ctx *c, const struct genogram *g, const struct drawing_act *act, int who, int sort_no)
{
	struct t_kin_place *rows, row;
	size_t n;
	TRY(kin_place_list(c, g->person_id, GEN_ALL, &rows, &n));
	kin_place_init(&row);
	row.person_id = g->person_id;
	row.relation_id = g->who[who].relation_id;
	for (size_t i = 0; i < n; i++)
		if (rows[i].relation_id == g->who[who].relation_id)
			row = rows[i];
	if (row.id && row.sort_no == sort_no)
		return OK;
	row.sort_no = sort_no;
	return drawing_save(c, act, &GEN_KIN_PLACE, &row, NULL);
}

static err move_tx(struct ctx *c, void *arg)
{
	const struct moving *m = arg;
	struct genogram g;
	struct drawing_act act;
	TRY(genogram_get(c, m->person_pid, &g));
	int at = genogram_find(&g, m->key), *list = ARENA_ARRAY(c->arena, g.n + 1, int);
	if (at < 0)
		return ERR_NOTFOUND;
	size_t n = sibship(c, &g, at, list), i = 0;
	while (i < n && list[i] != at)
		i++;
	if (m->right ? i + 1 >= n : i == 0)
		return fault_add(c, "", ERR_RANGE, "これより%sには動かせません。並びを変えられるのは、きょうだいの間だけです。", m->right ? "右" : "左");
	size_t other = m->right ? i + 1 : i - 1;
	list[i] = list[other];
	list[other] = at;
	TRY(drawing_begin(c, g.person_id, DRAWING_GENOGRAM, "並びを変えた", &act));
	for (size_t k = 0; k < n; k++)
		TRY(set_place(c, &g, &act, list[k], (int)k + 1));
	return OK;
}

err genogram_move(struct ctx *c, const char *person_pid, const char *key, bool right)
{
	return tx_run(c, move_tx, &(struct moving){person_pid, key, right});
}
