/* Who is of which generation, and who stands beside whom. */
#include "care/genogram_layout.h"

#include <limits.h>
#include <string.h>

/* ---- unions: a couple or a parent alone with the children of it ---- */

static bool is_couple(enum geno_kind k) { return k <= GENO_PARTNER; }

static int add_union(struct geno_work *w, int a, int b, enum geno_kind kind, int tie)
{
	struct geno_union *u = &w->u[w->n_unions];
	*u = (struct geno_union){.member = {a, b}, .n_members = (a >= 0) + (b >= 0), .kind = kind, .tie = tie,
	                         .order = tie >= 0 ? w->ties[tie].order : 0};
	if (a < 0 && b >= 0) {
		u->member[0] = b;
		u->member[1] = GENO_NOBODY;
	}
	u->child = ARENA_ARRAY(w->a, w->n + 1, int);
	u->child_tie = ARENA_ARRAY(w->a, w->n + 1, int);
	return w->n_unions++;
}

static int find_union(const struct geno_work *w, int a, int b)
{
	for (int i = 0; i < w->n_unions; i++)
		if ((w->u[i].member[0] == a && w->u[i].member[1] == b) || (w->u[i].member[0] == b && w->u[i].member[1] == a))
			return i;
	return -1;
}

static void add_child(struct geno_work *w, int u, int child, int tie)
{
	struct geno_union *v = &w->u[u];
	for (int i = 0; i < v->n_children; i++)
		if (v->child[i] == child)
			return;
	v->child[v->n_children] = child;
	v->child_tie[v->n_children++] = tie;
	w->parents[child] = u;
}

/* Children hang from both parents together; two of them who are not said to be a couple still share the child. */
static void unions_of_parents(struct geno_work *w)
{
	for (size_t c = 0; c < w->n; c++) {
		int parent[2] = {GENO_NOBODY, GENO_NOBODY}, tie[2] = {-1, -1}, n = 0;
		for (size_t t = 0; t < w->n_ties; t++) {
			struct geno_tie *v = &w->ties[t];
			if ((v->kind != GENO_PARENT && v->kind != GENO_ADOPTED) || v->b != (int)c || n == 2 || (n == 1 && parent[0] == v->a))
				continue;
			parent[n] = v->a;
			tie[n++] = (int)t;
			v->drawn = true;
		}
		if (!n)
			continue;
		int u = find_union(w, parent[0], parent[1]);
		if (u < 0)
			u = add_union(w, parent[0], parent[1], GENO_PARENT, -1);
		add_child(w, u, (int)c, tie[0]);
	}
}

/* Brothers and sisters whose parents are not in the picture share a bar; else they hang from the same parents. */
static void unions_of_siblings(struct geno_work *w)
{
	for (size_t round = 0; round < 2; round++)
		for (size_t t = 0; t < w->n_ties; t++) {
			struct geno_tie *v = &w->ties[t];
			if (v->kind != GENO_SIBLING || v->a == v->b)
				continue;
			int pa = w->parents[v->a], pb = w->parents[v->b];
			v->drawn = pa == pb && pa >= 0;
			if (pa >= 0 && pb < 0)
				add_child(w, pa, v->b, (int)t);
			else if (pb >= 0 && pa < 0)
				add_child(w, pb, v->a, (int)t);
			else if (pa < 0 && round == 1) {
				int u = add_union(w, GENO_NOBODY, GENO_NOBODY, GENO_SIBLING, -1);
				add_child(w, u, v->a, -1);
				add_child(w, u, v->b, (int)t);
			}
			v->drawn = w->parents[v->a] == w->parents[v->b] && w->parents[v->a] >= 0;
		}
}

static void make_unions(struct geno_work *w)
{
	w->u = ARENA_ARRAY(w->a, w->n_ties + w->n + 1, struct geno_union);
	for (size_t t = 0; t < w->n_ties; t++) {
		struct geno_tie *v = &w->ties[t];
		if (!is_couple(v->kind) || v->a == v->b)
			continue;
		v->drawn = true;
		int u = find_union(w, v->a, v->b);
		if (u < 0)
			add_union(w, v->a, v->b, v->kind, (int)t);
		else if (v->order >= w->u[u].order) { /* the same two once more: the later state counts */
			w->u[u].kind = v->kind;
			w->u[u].order = v->order;
			w->u[u].tie = (int)t;
		}
	}
	unions_of_parents(w);
	unions_of_siblings(w);
}

/* ---- generations ---- */

static bool step(struct geno_work *w, bool *known, const struct geno_union *u)
{
	int base = INT_MIN; /* generation of the couple */
	for (int i = 0; i < u->n_members; i++)
		if (known[u->member[i]])
			base = w->generation[u->member[i]];
	for (int i = 0; base == INT_MIN && i < u->n_children; i++)
		if (known[u->child[i]])
			base = w->generation[u->child[i]] - 1;
	if (base == INT_MIN)
		return false;
	bool moved = false;
	for (int i = 0; i < u->n_members; i++)
		if (!known[u->member[i]]) {
			w->generation[u->member[i]] = base;
			moved = known[u->member[i]] = true;
		}
	for (int i = 0; i < u->n_children; i++)
		if (!known[u->child[i]]) {
			w->generation[u->child[i]] = base + 1;
			moved = known[u->child[i]] = true;
		}
	return moved;
}

static void spread(struct geno_work *w, bool *known)
{
	for (bool moved = true; moved;) {
		moved = false;
		for (int i = 0; i < w->n_unions; i++)
			moved |= step(w, known, &w->u[i]);
	}
}

/* What contradicts the generations leaves the picture; the table names it. */
static void drop_misfits(struct geno_work *w)
{
	for (int i = 0; i < w->n_unions; i++) {
		struct geno_union *u = &w->u[i];
		int base = INT_MIN;
		if (u->n_members == 2 && w->generation[u->member[0]] != w->generation[u->member[1]]) {
			if (u->tie >= 0)
				w->ties[u->tie].drawn = false;
			u->n_members = 1; /* the children stay with the one of the right generation, if any */
			if (u->n_children && w->generation[u->child[0]] != w->generation[u->member[0]] + 1)
				u->member[0] = u->member[1];
			u->member[1] = GENO_NOBODY;
			u->tie = -1;
			u->kind = GENO_PARENT;
		}
		if (u->n_members)
			base = w->generation[u->member[0]];
		else if (u->n_children)
			base = w->generation[u->child[0]] - 1;
		int kept = 0;
		for (int k = 0; k < u->n_children; k++) {
			if (w->generation[u->child[k]] == base + 1) {
				u->child[kept] = u->child[k];
				u->child_tie[kept++] = u->child_tie[k];
				continue;
			}
			w->parents[u->child[k]] = -1;
			if (u->child_tie[k] >= 0)
				w->ties[u->child_tie[k]].drawn = false;
		}
		u->n_children = kept;
	}
}

static int client_of(const struct geno_work *w)
{
	for (size_t i = 0; i < w->n; i++)
		if (w->p[i].is_client)
			return (int)i;
	return 0;
}

/* A generation of which nobody is in the picture (the hint of one apart) has no row. */
static void number_rows(struct geno_work *w)
{
	int row[GENO_ROWS_MAX] = {0};
	for (size_t i = 0; i < w->n; i++)
		row[w->generation[i]] = 1;
	for (int g = 0; g < GENO_ROWS_MAX; g++)
		row[g] = row[g] ? w->n_rows++ : -1;
	for (size_t i = 0; i < w->n; i++)
		w->generation[i] = row[w->generation[i]];
}

static void find_generations(struct geno_work *w)
{
	bool *known = ARENA_ARRAY(w->a, w->n + 1, bool);
	int client = client_of(w), low = INT_MAX;
	known[client] = true;
	spread(w, known);
	for (size_t i = 0; i < w->n; i++)
		if (!known[i]) { /* those apart, and all who hang on them */
			known[i] = true;
			w->generation[i] = w->p[i].generation;
			spread(w, known);
		}
	for (size_t i = 0; i < w->n; i++)
		low = w->generation[i] < low ? w->generation[i] : low;
	for (size_t i = 0; i < w->n; i++) {
		w->generation[i] -= low;
		if (w->generation[i] >= GENO_ROWS_MAX)
			w->generation[i] = GENO_ROWS_MAX - 1;
	}
	number_rows(w);
	drop_misfits(w);
}

/* ---- rows: blocks that are put side by side ---- */

struct block {
	int *v[GENO_ROWS_MAX];
	int n[GENO_ROWS_MAX];
};

static void put(struct geno_work *w, struct block *b, int row, const int *v, int n)
{
	if (!n)
		return;
	int *all = ARENA_ARRAY(w->a, (size_t)(b->n[row] + n), int);
	if (b->n[row])
		memcpy(all, b->v[row], (size_t)b->n[row] * sizeof *all);
	memcpy(all + b->n[row], v, (size_t)n * sizeof *all);
	b->v[row] = all;
	b->n[row] += n;
}

static void put_row(struct geno_work *w, struct block *b, const struct block *from, int row)
{
	put(w, b, row, from->v[row], from->n[row]);
}

static void join(struct geno_work *w, struct block *b, const struct block *from)
{
	for (int r = 0; r < GENO_ROWS_MAX; r++)
		put_row(w, b, from, r);
}

enum side { FREE, LEFTMOST, RIGHTMOST };
static struct block block_of(struct geno_work *w, int person, int from, enum side side);

/* The order of brothers and sisters: as set by hand, else by birth, else as given. */
static bool before(const struct geno_work *w, int x, int y)
{
	const struct geno_person *a = &w->p[x], *b = &w->p[y];
	if (a->order && b->order && a->order != b->order)
		return a->order < b->order;
	if (a->born && b->born && a->born != b->born)
		return a->born < b->born;
	return x < y;
}

static void sort_children(struct geno_work *w, struct geno_union *u)
{
	for (int i = 1; i < u->n_children; i++)
		for (int k = i; k > 0 && before(w, u->child[k], u->child[k - 1]); k--) {
			int c = u->child[k], t = u->child_tie[k];
			u->child[k] = u->child[k - 1];
			u->child_tie[k] = u->child_tie[k - 1];
			u->child[k - 1] = c;
			u->child_tie[k - 1] = t;
		}
}

static struct block children_of(struct geno_work *w, int union_no)
{
	struct block b = {0};
	const struct geno_union *u = &w->u[union_no];
	for (int i = 0; i < u->n_children; i++)
		if (!w->seen[u->child[i]]) {
			struct block c = block_of(w, u->child[i], union_no, FREE);
			join(w, &b, &c);
		}
	return b;
}

static int spouse_in(const struct geno_union *u, int person) { return u->member[0] == person ? u->member[1] : u->member[0]; }

/* Marriages of a person but `from`, in order. */
static int marriages(const struct geno_work *w, int person, int from, int *list)
{
	int n = 0;
	for (int i = 0; i < w->n_unions; i++) {
		const struct geno_union *u = &w->u[i];
		if (i == from || u->n_members == 0 || (u->member[0] != person && u->member[1] != person))
			continue;
		int k = n++;
		for (; k > 0 && w->u[list[k - 1]].order > u->order; k--)
			list[k] = list[k - 1];
		list[k] = i;
	}
	return n;
}

/* One marriage to the left or right of the person: the spouse beside, the children below. */
static void marry(struct geno_work *w, struct block *part, int person, int u, bool right)
{
	int row = w->generation[person], spouse = spouse_in(&w->u[u], person);
	struct block s = {0}, c = children_of(w, u), all = {0};
	if (spouse >= 0 && !w->seen[spouse])
		s = block_of(w, spouse, u, right ? LEFTMOST : RIGHTMOST);
	if (right) {
		all = *part;
		for (int r = 0; r < GENO_ROWS_MAX; r++) {
			put_row(w, &all, r == row ? &s : &c, r);
			put_row(w, &all, r == row ? &c : &s, r);
		}
	} else {
		for (int r = 0; r < GENO_ROWS_MAX; r++) {
			put_row(w, &all, r == row ? &c : &s, r);
			put_row(w, &all, r == row ? &s : &c, r);
		}
		join(w, &all, part);
	}
	*part = all;
}

/* Left or right? Two marriages stand on both sides in their order, of three the last is at the right. */
static int split_marriages(const struct geno_work *w, int person, int n, enum side side)
{
	if (side != FREE)
		return side == LEFTMOST ? 0 : n;
	return n == 1 ? (w->p[person].sex == GENO_WOMAN ? 1 : 0) : n ? n - 1 : 0;
}

static bool has_people(const struct block *b)
{
	for (int r = 0; r < GENO_ROWS_MAX; r++)
		if (b->n[r])
			return true;
	return false;
}

struct kin_blocks {
	struct block left, right, father, mother;
};

static void add_parents(struct geno_work *w, int person, int u, enum side side, bool in_laws, struct kin_blocks *k)
{
	const struct geno_union *p = &w->u[u];
	bool passed = false;
	for (int i = 0; i < p->n_children; i++) {
		int c = p->child[i];
		passed |= c == person;
		if (c == person || w->seen[c])
			continue;
		bool left = side == RIGHTMOST || (side == FREE && (in_laws || !passed));
		struct block b = block_of(w, c, u, FREE);
		join(w, left ? &k->left : &k->right, &b);
	}
	int first = p->member[0], second = p->member[1];
	if (second >= 0 && w->p[first].sex == GENO_WOMAN && w->p[second].sex != GENO_WOMAN) {
		first = p->member[1];
		second = p->member[0];
	}
	if (first >= 0 && !w->seen[first])
		k->father = block_of(w, first, u, second >= 0 ? RIGHTMOST : FREE);
	if (second >= 0 && !w->seen[second])
		k->mother = block_of(w, second, u, LEFTMOST);
}

/* A person and all who are reached from there without going through `from`. */
static struct block block_of(struct geno_work *w, int person, int from, enum side side)
{
	int row = w->generation[person], *list = ARENA_ARRAY(w->a, (size_t)w->n_unions + 1, int);
	w->seen[person] = true;
	int n = marriages(w, person, from, list), n_left = split_marriages(w, person, n, side);
	struct block left = {0}, right = {0}, b = {0};
	for (int i = n_left; i < n; i++)
		marry(w, &right, person, list[i], true);
	for (int i = n_left - 1; i >= 0; i--)
		marry(w, &left, person, list[i], false);
	struct kin_blocks k = {0};
	int u = w->parents[person];
	bool in_laws = row > 0 && right.n[row - 1];
	if (u >= 0 && u != from)
		add_parents(w, person, u, side, in_laws, &k);
	for (int r = 0; r < GENO_ROWS_MAX; r++) {
		bool below = r >= row;
		if (below) /* half-brothers and -sisters stand outside */
			put_row(w, &b, &k.father, r);
		put_row(w, &b, &k.left, r);
		put_row(w, &b, &left, r);
		if (r == row)
			put(w, &b, row, &person, 1);
		if (!below) {
			put_row(w, &b, &k.father, r);
			put_row(w, &b, &k.mother, r);
		}
		put_row(w, &b, &right, r);
		put_row(w, &b, &k.right, r);
		if (below)
			put_row(w, &b, &k.mother, r);
	}
	return b;
}

void geno_order(struct geno_work *w)
{
	w->generation = ARENA_ARRAY(w->a, w->n + 1, int);
	w->seen = ARENA_ARRAY(w->a, w->n + 1, bool);
	w->parents = ARENA_ARRAY(w->a, w->n + 1, int);
	for (size_t i = 0; i < w->n; i++)
		w->parents[i] = -1;
	make_unions(w);
	find_generations(w);
	for (int i = 0; i < w->n_unions; i++)
		sort_children(w, &w->u[i]);
	struct block all = block_of(w, client_of(w), -1, FREE);
	for (size_t i = 0; i < w->n; i++)
		if (!w->seen[i]) {
			struct block b = block_of(w, (int)i, -1, FREE);
			if (has_people(&b))
				join(w, &all, &b);
		}
	for (int r = 0; r < w->n_rows; r++) {
		w->row[r] = all.v[r];
		w->n_row[r] = all.n[r];
	}
}
