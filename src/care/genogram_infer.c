/* From relations to the client to ties between any two: only where there is one answer. */
#include "care/genogram.h"

#include "base/str.h"

#include <string.h>

/* ---- what a 続柄 says of the sex ---- */

static bool ends(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);
	return n >= m && str_eq(text + n - m, end);
}

enum geno_sex genogram_sex_of_kin(const char *label)
{
	static const char *const men[] = {"夫", "父", "男", "兄", "弟", "息子", "おじ", "叔父", "伯父", "甥", "婿", "祖父", "義父", "養父"},
	                         *const women[] = {"妻", "母", "女", "姉", "妹", "娘", "おば", "叔母", "伯母", "姪", "嫁", "祖母", "義母", "養母"};
	for (size_t i = 0; i < sizeof women / sizeof women[0]; i++)
		if (ends(label, women[i]))
			return GENO_WOMAN;
	for (size_t i = 0; i < sizeof men / sizeof men[0]; i++)
		if (ends(label, men[i]))
			return GENO_MAN;
	return GENO_UNKNOWN;
}

/* ---- ties ---- */

struct infer {
	struct ctx *c;
	struct genogram *g;
	size_t cap;
	bool *has_parent, *has_spouse, *has_sibling; /* said by hand */
};

static const char *words_of(enum geno_kind k)
{
	static const char *const words[] = {"婚姻", "別居中の夫婦", "離婚", "内縁", "親と子", "養親と養子", "きょうだい"};
	return words[k];
}

static bool same_pair(const struct geno_tie *t, int a, int b) { return (t->a == a && t->b == b) || (t->a == b && t->b == a); }
static bool is_couple(enum geno_kind k) { return k <= GENO_PARTNER; }

static int find_tie(const struct genogram *g, bool couple, int a, int b)
{
	for (size_t i = 0; i < g->n_ties; i++)
		if (same_pair(&g->geno_ties[i], a, b) && is_couple(g->geno_ties[i].kind) == couple)
			return (int)i;
	return -1;
}

static void add(struct infer *f, enum geno_kind kind, int a, int b, const struct t_kin_tie *row)
{
	struct genogram *g = f->g;
	if (a < 0 || b < 0 || a == b || g->n_ties >= f->cap || find_tie(g, is_couple(kind), a, b) >= 0)
		return;
	g->geno_ties[g->n_ties] = (struct geno_tie){.kind = kind, .a = a, .b = b,
	                                            .order = row && row->sort_no != INT_NULL ? (int)row->sort_no : 0};
	g->ties[g->n_ties++] = (struct genogram_tie){.pid = row ? row->pid : "", .version = row ? row->version : 0, .row = row, .a = a, .b = b,
	                                             .words = words_of(kind)};
}

static const char *kind_of(const struct genogram *g, size_t i)
{
	const struct relation_view *r = g->who[i].rel;
	return !r ? "" : r->is_back ? relation_kin_inverse(r->row.kind) : r->row.kind;
}

static bool is(const struct genogram *g, size_t i, const char *kind) { return str_eq(kind_of(g, i), kind); }

/* The one of that kind; -1 if there is none or more than one. */
static int only(const struct genogram *g, const char *kind)
{
	int found = -1;
	for (size_t i = 1; i < g->n; i++)
		if (is(g, i, kind)) {
			if (found >= 0)
				return -1;
			found = (int)i;
		}
	return found;
}

/* 「長男の妻」, 「孫（長男の子）」: the one relative of that kind whose own 続柄 stands before の; -1 if none or in doubt. */
static int named_in(const struct genogram *g, size_t i, const char *kind)
{
	const char *label = g->people[i].kin;
	int found = -1;
	for (size_t k = 1; k < g->n; k++) {
		const char *own = g->people[k].kin, *at = k == i || !is(g, k, kind) ? NULL : strstr(label, own);
		if (!at || !*own || !str_starts(at + strlen(own), "の"))
			continue;
		if (found >= 0)
			return -1;
		found = (int)k;
	}
	return found;
}

static int named_or_only(const struct genogram *g, size_t i, const char *kind)
{
	int named = named_in(g, i, kind);
	return named >= 0 || strstr(g->people[i].kin, "の") ? named : only(g, kind);
}

/* The one who is or was married to somebody; -1 if none or more. */
static int only_spouse(const struct genogram *g, int who)
{
	int found = -1;
	for (size_t i = 0; i < g->n_ties; i++) {
		const struct geno_tie *t = &g->geno_ties[i];
		if (!is_couple(t->kind) || (t->a != who && t->b != who))
			continue;
		if (found >= 0)
			return -1;
		found = t->a == who ? t->b : t->a;
	}
	return found;
}

static bool has_spouse(const struct genogram *g, int who)
{
	for (size_t i = 0; i < g->n_ties; i++)
		if (is_couple(g->geno_ties[i].kind) && (g->geno_ties[i].a == who || g->geno_ties[i].b == who))
			return true;
	return false;
}

static void child_of(struct infer *f, int parent, int child, enum geno_kind kind, bool both)
{
	if (parent < 0 || f->has_parent[child])
		return;
	int other = both ? only_spouse(f->g, parent) : -1;
	add(f, kind, parent, child, NULL);
	add(f, kind, other, child, NULL);
}

static void said(struct infer *f, const struct t_kin_tie *rows, size_t n)
{
	static const char *const codes[] = {"couple", "separated", "ex_couple", "partner", "parent_child", "adopted", "sibling"};
	for (size_t i = 0; i < n; i++) {
		int a = -1, b = -1, kind = -1;
		for (size_t k = 0; k < f->g->n; k++) {
			a = f->g->who[k].relation_id == rows[i].a_relation_id ? (int)k : a;
			b = f->g->who[k].relation_id == rows[i].b_relation_id ? (int)k : b;
		}
		for (int k = 0; k < 7; k++)
			if (str_eq(codes[k], rows[i].kind))
				kind = k;
		if (a < 0 || b < 0 || kind < 0) /* one of the two is not in the picture any more */
			continue;
		add(f, (enum geno_kind)kind, a, b, &rows[i]);
		if (kind == GENO_PARENT || kind == GENO_ADOPTED)
			f->has_parent[b] = true;
		else if (kind == GENO_SIBLING)
			f->has_sibling[a] = f->has_sibling[b] = true;
		else
			f->has_spouse[a] = f->has_spouse[b] = true;
	}
}

/* The client's own marriages: those that ended first, then by the day they began. */
static void own_marriages(struct infer *f)
{
	struct genogram *g = f->g;
	for (size_t i = 1; i < g->n; i++) {
		const struct relation_view *r = g->who[i].rel;
		bool spouse = is(g, i, "spouse"), over = r->row.to_on < f->c->today && !g->people[i].deceased;
		if (spouse || is(g, i, "ex_spouse"))
			add(f, spouse && !over ? GENO_COUPLE : GENO_EX, 0, (int)i, NULL);
		else if (is(g, i, "partner"))
			add(f, GENO_PARTNER, 0, (int)i, NULL);
		else
			continue;
		struct geno_tie *t = &g->geno_ties[find_tie(g, true, 0, (int)i)];
		if (!t->order)
			t->order = t->kind == GENO_EX ? 11 : g->people[i].deceased ? 12 : t->kind == GENO_PARTNER ? 14 : 13;
	}
}

static void parents(struct infer *f)
{
	struct genogram *g = f->g;
	int man = -1, woman = -1, n = 0;
	for (size_t i = 1; i < g->n; i++) {
		if (!is(g, i, "parent"))
			continue;
		n++;
		man = g->people[i].sex == GENO_MAN ? (int)i : man;
		woman = g->people[i].sex == GENO_WOMAN ? (int)i : woman;
		if (!f->has_parent[0])
			add(f, GENO_PARENT, (int)i, 0, NULL);
	}
	if (n == 2 && man >= 0 && woman >= 0)
		add(f, GENO_COUPLE, man, woman, NULL);
	for (size_t i = 1; i < g->n; i++) {
		int spouse;
		if (is(g, i, "step_parent") && strstr(g->people[i].kin, "養") && !f->has_parent[0])
			add(f, GENO_ADOPTED, (int)i, 0, NULL);
		else if (is(g, i, "step_parent") && !f->has_spouse[i])
			add(f, GENO_COUPLE, only(g, "parent"), (int)i, NULL);
		else if (is(g, i, "parent_in_law") && (spouse = only(g, "spouse")) >= 0 && !f->has_parent[spouse])
			add(f, GENO_PARENT, (int)i, spouse, NULL);
		else if (is(g, i, "grandparent")) {
			bool father = strstr(g->people[i].kin, "父方") || str_starts(g->people[i].kin, "父の"),
			     mother = strstr(g->people[i].kin, "母方") || str_starts(g->people[i].kin, "母の");
			int of = father ? man : mother ? woman : only(g, "parent");
			if (of >= 0 && !f->has_parent[of])
				add(f, GENO_PARENT, (int)i, of, NULL);
		}
	}
}

static void brothers_and_sisters(struct infer *f)
{
	struct genogram *g = f->g;
	for (size_t i = 1; i < g->n; i++) {
		const char *kin = g->people[i].kin;
		int spouse = only(g, "spouse");
		if (is(g, i, "sibling") && !f->has_sibling[i] && !f->has_parent[i])
			add(f, GENO_SIBLING, 0, (int)i, NULL);
		else if (is(g, i, "sibling_in_law") && (str_starts(kin, "夫の") || str_starts(kin, "妻の")) && spouse >= 0 && !f->has_sibling[i])
			add(f, GENO_SIBLING, spouse, (int)i, NULL);
		else if (is(g, i, "sibling_in_law") && !f->has_spouse[i])
			add(f, GENO_COUPLE, named_in(g, i, "sibling"), (int)i, NULL);
		else if (is(g, i, "uncle_aunt") && !f->has_sibling[i]) {
			int parent = only(g, "parent");
			for (size_t k = 1; k < g->n; k++)
				if (is(g, k, "parent") && ((g->people[k].sex == GENO_MAN && str_starts(kin, "父の")) ||
				                           (g->people[k].sex == GENO_WOMAN && str_starts(kin, "母の"))))
					parent = (int)k;
			if (parent >= 0)
				add(f, GENO_SIBLING, parent, (int)i, NULL);
		}
	}
}

static void descendants(struct infer *f)
{
	struct genogram *g = f->g;
	for (size_t i = 1; i < g->n; i++)
		if (is(g, i, "child"))
			child_of(f, 0, (int)i, GENO_PARENT, true);
		else if (is(g, i, "step_child") && strstr(g->people[i].kin, "養"))
			child_of(f, 0, (int)i, GENO_ADOPTED, true);
		else if (is(g, i, "step_child"))
			child_of(f, only_spouse(g, 0), (int)i, GENO_PARENT, false);
	for (size_t i = 1; i < g->n; i++) {
		if (!is(g, i, "child_in_law") || f->has_spouse[i])
			continue;
		int child = named_or_only(g, i, "child");
		if (child >= 0 && (!has_spouse(g, child) || named_in(g, i, "child") >= 0))
			add(f, strstr(g->people[i].kin, "元") ? GENO_EX : GENO_COUPLE, child, (int)i, NULL);
	}
	for (size_t i = 1; i < g->n; i++)
		if (is(g, i, "grandchild"))
			child_of(f, named_or_only(g, i, "child"), (int)i, GENO_PARENT, true);
		else if (is(g, i, "nephew_niece"))
			child_of(f, named_or_only(g, i, "sibling"), (int)i, GENO_PARENT, true);
}

/* A child that was tied to one parent alone belongs to that parent's only marriage too; a partner who is not known is put
 * into the picture as a person of their own. */
static void second_parents(struct infer *f)
{
	struct genogram *g = f->g;
	for (size_t child = 0; child < g->n; child++) {
		int parent = -1, n = 0;
		for (size_t t = 0; t < g->n_ties; t++)
			if (g->geno_ties[t].kind == GENO_PARENT && g->geno_ties[t].b == (int)child) {
				parent = g->geno_ties[t].a;
				n++;
			}
		if (n == 1 && f->has_parent[child])
			add(f, GENO_PARENT, only_spouse(g, parent), (int)child, NULL);
	}
}

void genogram_infer(struct ctx *c, struct genogram *g, const struct t_kin_tie *rows, size_t n)
{
	struct infer f = {.c = c, .g = g, .cap = n + 4 * g->n + 8};
	g->geno_ties = ARENA_ARRAY(c->arena, f.cap, struct geno_tie);
	g->ties = ARENA_ARRAY(c->arena, f.cap, struct genogram_tie);
	f.has_parent = ARENA_ARRAY(c->arena, g->n + 1, bool);
	f.has_spouse = ARENA_ARRAY(c->arena, g->n + 1, bool);
	f.has_sibling = ARENA_ARRAY(c->arena, g->n + 1, bool);
	said(&f, rows, n);
	own_marriages(&f);
	parents(&f);
	brothers_and_sisters(&f);
	descendants(&f);
	second_parents(&f);
}
