/* Family pictures and ecomaps of some sixty people. */
#include "base/str.h"
#include "care/ecomap.h"
#include "care/genogram.h"
#include "main/demo_acts.h"

static const struct kin {
	int shape;
	const char *kind, *of_man, *of_woman, *given, *kana;
	int sex, after, dead_ago;
	bool together;
	const char *tie, *tie_to;
} kin[] = {
#define KIN(shape, kind, of_man, of_woman, given, kana, sex, after, dead_ago, together, tie, tie_to)                                \
	{shape, kind, of_man, of_woman, given, kana, sex, after, dead_ago, together, tie, tie_to},
#include "main/demo_families.tbl.h"
#undef KIN
};
enum { N_KIN = sizeof kin / sizeof kin[0], SHAPES = 10 };

/* The key of the relative whose 続柄 is, or begins with, these words; "" if there is none. */
static const char *key_of(const struct genogram *g, const char *label)
{
	for (size_t i = 1; i < g->n; i++)
		if (str_eq(g->people[i].kin, label))
			return g->who[i].key;
	for (size_t i = 1; i < g->n; i++)
		if (*label && str_starts(g->people[i].kin, label))
			return g->who[i].key;
	return "";
}

static bool has_couple(const struct genogram *g, const char *kind)
{
	for (size_t i = 1; i < g->n; i++)
		if (str_eq(g->who[i].rel->row.kind, kind))
			return true;
	return false;
}

static err add_kin(struct ctx *c, const struct demo_person *p, const struct kin *k)
{
	struct genogram g;
	TRY(genogram_get(c, p->pid, &g));
	const char *label = p->sex == 1 ? k->of_man : k->of_woman;
	struct row_conflict *conflict = NULL;
	bool named = *key_of(&g, label) && str_eq(g.people[genogram_find(&g, key_of(&g, label))].kin, label);
	if (named || (str_eq(k->kind, "partner") && has_couple(&g, "spouse")))
		return OK;
	int year = civil_ymd(p->birth_on).y + k->after, now = civil_ymd(c->today).y;
	bool together = k->together && !p->alone;
	struct genogram_person_input in = {.key = "", .kind = k->kind, .label = label, .living = k->dead_ago ? "" : together ? "together" : "apart",
		.name = arena_fmt(c->arena, "%s %s", p->surname, k->given), .kana = arena_fmt(c->arena, "%s %s", p->surname_kana, k->kana),
		.sex = k->sex == 0 ? (p->sex == 1 ? "2" : "1") : k->sex == 1 ? "1" : "2", .birth_year = year < now ? year : now - 1,
		.is_deceased = k->dead_ago > 0, .deceased_on = k->dead_ago ? civil_from(now - k->dead_ago, 5, 12) : CIVIL_NONE, .tie_kind = "", .tie_to = ""};
	if (in.deceased_on != CIVIL_NONE && civil_ymd(in.deceased_on).y < in.birth_year)
		in.deceased_on = CIVIL_NONE;
	bool of_me = str_eq(k->tie, "parent_of_me");
	const char *to = of_me ? "me" : key_of(&g, k->tie_to);
	if (*k->tie && *to) {
		in.tie_kind = of_me ? "child_of" : k->tie;
		in.tie_to = to;
	}
	return genogram_person_save(c, p->pid, &in, &conflict);
}

static err add_node(struct ctx *c, const struct demo_person *p, int64_t org_id, const char *relation, const char *label, const char *kind,
                    const char *strength, const char *flow, bool stress, civil from, civil to)
{
	struct row_conflict *conflict = NULL;
	return ecomap_node_save_act(c, p->pid, &(struct ecomap_node_input){.pid = "", .org_id = org_id, .relation_pid = relation, .label = label,
		.kind = kind, .note = "", .from_on = from, .to_on = to, .strength = strength, .flow = flow, .is_stress = stress}, &conflict);
}

static err ecomap(struct demo *d, struct ctx *c, const struct demo_person *p, int n)
{
	static const enum demo_place places[] = {PLACE_DAY1, PLACE_HELP1, PLACE_DAY2, PLACE_HELP2, PLACE_NURSING};
	static const char *const friends[] = {"隣の田村さん", "老人クラブ", "近くの商店", "菩提寺", "体操の仲間"};
	struct genogram g;
	civil since = c->today - 200;
	TRY(genogram_get(c, p->pid, &g));
	for (size_t i = 1; i < g.n && i < 4; i++)
		if (!g.people[i].deceased)
			TRY(add_node(c, p, INT_NULL, g.who[i].key, "", "family", g.people[i].together ? "strong" : i % 2 ? "normal" : "weak", "both", i == 3, CIVIL_NONE, CIVIL_NONE));
	TRY(add_node(c, p, d->place[PLACE_CENTRE1 + p->zone].id, "", "", "official", "normal", "in", false, since, CIVIL_NONE));
	if (p->n_certs)
		TRY(add_node(c, p, d->place[places[n % 5]].id, "", "", str_eq(p->cert[0].level, "c5") ? "medical" : "care", "normal", "in", n % 3 == 0, c->today - 60, CIVIL_NONE));
	TRY(add_node(c, p, INT_NULL, "", "かかりつけ医", "medical", "normal", "in", false, CIVIL_NONE, CIVIL_NONE));
	TRY(add_node(c, p, INT_NULL, "", friends[n % 5], n % 5 == 0 ? "friend" : "community", "weak", "both", false, CIVIL_NONE, CIVIL_NONE));
	return add_node(c, p, INT_NULL, "", friends[(n + 2) % 5], "community", "strong", "out", false, CIVIL_NONE, n % 2 ? c->today - 90 : CIVIL_NONE);
}

err demo_act_drawing(struct demo *d, struct ctx *c, struct demo_event *e)
{
	const struct demo_person *p = e->person;
	int shape = e->n % SHAPES;
	for (int i = 0; i < N_KIN; i++)
		if (kin[i].shape == shape)
			TRY(add_kin(c, p, &kin[i]));
	return e->n % 2 ? OK : ecomap(d, c, p, e->n);
}
