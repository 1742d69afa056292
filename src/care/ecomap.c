#include "care/ecomap.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/str.h"
#include "register/kin_tie.h"
#include "register/org.h"
#include "register/person.h"
#include "register/relation.h"
#include "store/tx.h"

/* ---- read ---- */

static bool holds(civil from, civil to, civil on) { return (from == CIVIL_NONE || from <= on) && to >= on; }

static const char *label(const struct gen_code *(*choices)(size_t *n), const char *code)
{
	size_t n;
	const struct gen_code *v = choices(&n);
	return gen_label(v, n, code);
}

static err node_of(struct ctx *c, const struct t_ecomap_node *row, const struct relation_view *rel, size_t n_rel, civil on, struct ecomap_node *v)
{
	*v = (struct ecomap_node){.row = row, .name = row->label, .kind_label = label(ecomap_kind_choices, row->kind), .detail = "", .org_pid = "",
	                          .relation_pid = "", .holds = holds(row->from_on, row->to_on, on)};
	if (row->org_id != INT_NULL) {
		struct org o;
		TRY(org_load(c, row->org_id, &o));
		v->org_pid = o.pid;
		v->detail = org_kind_label_ja(o.kind);
		v->name = *row->label ? row->label : o.name;
	}
	for (size_t i = 0; i < n_rel && row->relation_id != INT_NULL; i++)
		if (rel[i].row.id == row->relation_id) {
			v->relation_pid = rel[i].row.pid;
			v->detail = rel[i].label;
			v->person_id = rel[i].shown_person_id;
			v->name = *row->label ? row->label : rel[i].name;
		}
	if (!*v->name) /* the relation went to the bin */
		v->name = "（外された方）";
	return OK;
}

static const char *tie_words(struct ctx *c, const struct t_ecomap_tie *t)
{
	struct buf b = buf_new(c->arena);
	buf_fmt(&b, "%s", label(ecomap_strength_choices, t->strength));
	buf_str(&b, t->is_stress ? "、ストレスあり" : "");
	buf_str(&b, str_eq(t->flow, "out") ? "、→" : str_eq(t->flow, "in") ? "、←" : str_eq(t->flow, "both") ? "、↔" : "");
	return b.p;
}

static int index_of(const struct ecomap *e, int64_t node_id)
{
	for (size_t i = 0; i < e->n_nodes; i++)
		if (e->nodes[i].row->id == node_id)
			return (int)i;
	return -1;
}

err ecomap_get(struct ctx *c, const char *person_pid, civil on, struct ecomap *e)
{
	struct person p;
	struct t_ecomap_node *nodes;
	struct t_ecomap_tie *ties;
	struct relation_view *rel;
	size_t n_rel, n_ties;
	TRY(person_get(c, person_pid, &p));
	*e = (struct ecomap){.person_id = p.id, .person_pid = p.pid, .name = p.name, .sex = p.sex, .on = on == CIVIL_NONE ? c->today : on,
	                     .may_write = policy_check(c, p.id, CLASS_FAMILY, ACTION_WRITE) == OK};
	TRY(ecomap_node_list(c, p.id, GEN_ALL, &nodes, &e->n_nodes));
	TRY(ecomap_tie_list(c, p.id, GEN_ALL, &ties, &n_ties));
	TRY(relation_list(c, p.id, &rel, &n_rel));
	e->nodes = ARENA_ARRAY(c->arena, e->n_nodes + 1, struct ecomap_node);
	e->ties = ARENA_ARRAY(c->arena, n_ties + 1, struct ecomap_tie);
	for (size_t i = 0; i < e->n_nodes; i++)
		TRY(node_of(c, &nodes[i], rel, n_rel, e->on, &e->nodes[i]));
	for (size_t i = 0; i < n_ties; i++) {
		struct ecomap_tie t = {.row = &ties[i], .a = -1, .b = index_of(e, ties[i].b_node_id), .words = tie_words(c, &ties[i]),
		                       .holds = holds(ties[i].from_on, ties[i].to_on, e->on)};
		if (ties[i].a_node_id != INT_NULL && (t.a = index_of(e, ties[i].a_node_id)) < 0)
			continue;
		if (t.b >= 0)
			e->ties[e->n_ties++] = t;
	}
	return OK;
}

err ecomap_offer(struct ctx *c, int64_t person_id, int64_t org_id, const char *name, bool *exists)
{
	struct t_ecomap_node *nodes;
	size_t n;
	*exists = false;
	TRY(ecomap_node_list(c, person_id, GEN_ALL, &nodes, &n));
	for (size_t i = 0; i < n; i++)
		if (holds(nodes[i].from_on, nodes[i].to_on, c->today))
			*exists |= (org_id != INT_NULL && nodes[i].org_id == org_id) || (!str_blank(name) && str_eq(nodes[i].label, name));
	return OK;
}

/* ---- acts ---- */

struct acting {
	const char *person_pid, *key, *reason;
	const struct ecomap_node_input *node;
	const struct ecomap_tie_input *tie;
	bool later;
	struct row_conflict **conflict;
};

static err begin(struct ctx *c, const struct acting *a, const char *title, struct ecomap *e, struct drawing_act *act)
{
	TRY(ecomap_get(c, a->person_pid, CIVIL_NONE, e));
	return drawing_begin(c, e->person_id, DRAWING_ECOMAP, title, act);
}

static int find(const struct ecomap *e, const char *pid)
{
	for (size_t i = 0; i < e->n_nodes; i++)
		if (str_eq(e->nodes[i].row->pid, pid))
			return (int)i;
	return -1;
}

static err relation_id(struct ctx *c, const char *pid, int64_t *out)
{
	struct t_relation r;
	*out = INT_NULL;
	if (str_blank(pid))
		return OK;
	TRY(relation_find(c, pid, &r));
	*out = r.id;
	return OK;
}

static err node_tx(struct ctx *c, void *arg)
{
	const struct acting *a = arg;
	const struct ecomap_node_input *in = a->node;
	struct ecomap e;
	struct drawing_act act;
	struct t_ecomap_node row;
	bool is_new = str_blank(in->pid);
	TRY(begin(c, a, is_new ? "資源を加えた" : "資源を変えた", &e, &act));
	ecomap_node_init(&row);
	if (!is_new) {
		int at = find(&e, in->pid);
		if (at < 0)
			return ERR_NOTFOUND;
		row = *e.nodes[at].row;
		row.version = in->version;
	} else {
		row.person_id = e.person_id;
		row.sort_no = e.n_nodes ? e.nodes[e.n_nodes - 1].row->sort_no + 1 : 1;
	}
	TRY(relation_id(c, in->relation_pid, &row.relation_id));
	row.org_id = in->org_id;
	row.label = in->label;
	row.kind = in->kind;
	row.note = in->note;
	row.from_on = in->from_on;
	row.to_on = in->to_on == CIVIL_NONE ? CIVIL_OPEN : in->to_on;
	TRY(drawing_save(c, &act, &GEN_ECOMAP_NODE, &row, a->conflict));
	if (!is_new || str_blank(in->strength))
		return OK;
	struct t_ecomap_tie tie;
	ecomap_tie_init(&tie);
	tie.person_id = e.person_id;
	tie.b_node_id = row.id;
	tie.strength = in->strength;
	tie.flow = in->flow;
	tie.is_stress = in->is_stress;
	tie.from_on = row.from_on;
	return drawing_save(c, &act, &GEN_ECOMAP_TIE, &tie, a->conflict);
}

err ecomap_node_save_act(struct ctx *c, const char *person_pid, const struct ecomap_node_input *in, struct row_conflict **conflict)
{
	return tx_run(c, node_tx, &(struct acting){.person_pid = person_pid, .node = in, .conflict = conflict});
}

static err end_of(struct ctx *c, const struct ecomap *e, const char *key, const char *field, int64_t *id)
{
	*id = INT_NULL;
	if (str_eq(key, "me"))
		return OK;
	int at = find(e, key);
	if (at < 0)
		return fault_add(c, field, ERR_REQUIRED, "つなぐものを選んでください。");
	*id = e->nodes[at].row->id;
	return OK;
}

static err tie_tx(struct ctx *c, void *arg)
{
	const struct acting *a = arg;
	const struct ecomap_tie_input *in = a->tie;
	struct ecomap e;
	struct drawing_act act;
	struct t_ecomap_tie row;
	bool is_new = str_blank(in->pid);
	TRY(begin(c, a, is_new ? "つながりを加えた" : "つながりを変えた", &e, &act));
	ecomap_tie_init(&row);
	row.person_id = e.person_id;
	for (size_t i = 0; i < e.n_ties && !is_new; i++)
		if (str_eq(e.ties[i].row->pid, in->pid))
			row = *e.ties[i].row;
	if (!is_new && !row.id)
		return ERR_NOTFOUND;
	if (!is_new)
		row.version = in->version;
	int64_t from, to;
	TRY(end_of(c, &e, in->a, "a", &from));
	TRY(end_of(c, &e, in->b, "b", &to));
	const char *flow = in->flow;
	if (to == INT_NULL) { /* the client is always the first; the arrow turns with it */
		to = from;
		from = INT_NULL;
		flow = str_eq(flow, "out") ? "in" : str_eq(flow, "in") ? "out" : flow;
	}
	if (to == INT_NULL)
		return fault_add(c, "b", ERR_REQUIRED, "つなぐ相手を選んでください。");
	row.a_node_id = from;
	row.b_node_id = to;
	row.strength = in->strength;
	row.flow = flow;
	row.is_stress = in->is_stress;
	row.note = in->note;
	row.from_on = in->from_on;
	row.to_on = in->to_on == CIVIL_NONE ? CIVIL_OPEN : in->to_on;
	return drawing_save(c, &act, &GEN_ECOMAP_TIE, &row, a->conflict);
}

err ecomap_tie_save_act(struct ctx *c, const char *person_pid, const struct ecomap_tie_input *in, struct row_conflict **conflict)
{
	return tx_run(c, tie_tx, &(struct acting){.person_pid = person_pid, .tie = in, .conflict = conflict});
}

static err remove_tx(struct ctx *c, void *arg)
{
	const struct acting *a = arg;
	struct ecomap e;
	struct drawing_act act;
	TRY(begin(c, a, "図から外した", &e, &act));
	int at = find(&e, a->key);
	bool done = false;
	for (size_t i = 0; i < e.n_ties; i++)
		if (str_eq(e.ties[i].row->pid, a->key) || (at >= 0 && (e.ties[i].a == at || e.ties[i].b == at))) {
			TRY(drawing_removed(c, &act, &GEN_ECOMAP_TIE, e.ties[i].row->pid, a->reason));
			done = true;
		}
	if (at >= 0)
		return drawing_removed(c, &act, &GEN_ECOMAP_NODE, a->key, a->reason);
	return done ? OK : ERR_NOTFOUND;
}

err ecomap_remove(struct ctx *c, const char *person_pid, const char *key, const char *reason)
{
	return tx_run(c, remove_tx, &(struct acting){.person_pid = person_pid, .key = key, .reason = reason});
}

static err move_tx(struct ctx *c, void *arg)
{
	const struct acting *a = arg;
	struct ecomap e;
	struct drawing_act act;
	TRY(begin(c, a, "並びを変えた", &e, &act));
	int at = find(&e, a->key);
	if (at < 0)
		return ERR_NOTFOUND;
	size_t i = (size_t)at, other = a->later ? i + 1 : i - 1;
	if (a->later ? other >= e.n_nodes : i == 0)
		return fault_add(c, "", ERR_RANGE, "これより%sには動かせません。", a->later ? "後ろ" : "前");
	for (size_t k = 0; k < e.n_nodes; k++) {
		struct t_ecomap_node row = *e.nodes[k == i ? other : k == other ? i : k].row;
		if (row.sort_no == (int64_t)k + 1)
			continue;
		row.sort_no = (int64_t)k + 1;
		TRY(drawing_save(c, &act, &GEN_ECOMAP_NODE, &row, NULL));
	}
	return OK;
}

err ecomap_move(struct ctx *c, const char *person_pid, const char *node_pid, bool later)
{
	return tx_run(c, move_tx, &(struct acting){.person_pid = person_pid, .key = node_pid, .later = later});
}
