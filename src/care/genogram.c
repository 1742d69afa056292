#include "care/genogram.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "jp/era.h"
#include "register/household.h"
#include "register/person.h"

#include <stdlib.h>
#include <string.h>

/* Not of the family: in the picture only with a part in the care. */
static bool is_kin(const char *kind)
{
	static const char *const others[] = {"friend", "neighbor", "minsei", "guardian", "guarantor", "landlord", "professional", "supported", "other"};
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
		if (str_eq(kind, others[i]))
			return false;
	return true;
}

/* Where one without a tie stands: beside those of the generation the word tells. */
static int generation_of(const char *kind)
{
	static const struct {
		const char *kind;
		int g;
	} rows[] = {{"parent", -1}, {"step_parent", -1}, {"parent_in_law", -1}, {"uncle_aunt", -1}, {"grandparent", -2}, {"child", 1},
	            {"step_child", 1}, {"child_in_law", 1}, {"nephew_niece", 1}, {"grandchild", 2}};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (str_eq(rows[i].kind, kind))
			return rows[i].g;
	return 0;
}

static enum geno_sex sex_of(const char *code) { return str_eq(code, "1") ? GENO_MAN : str_eq(code, "2") ? GENO_WOMAN : GENO_UNKNOWN; }

static int age_of(civil birth, int64_t birth_year, bool deceased, civil death, civil today)
{
	civil at = deceased ? death : today;
	if (at == CIVIL_NONE)
		return -1;
	if (birth != CIVIL_NONE)
		return civil_age(birth, at);
	return birth_year == INT_NULL ? -1 : (int)(civil_ymd(at).y - birth_year);
}

static err client(struct ctx *c, const struct person *p, struct genogram *g)
{
	bool dead = p->death_on != CIVIL_NONE;
	g->people[0] = (struct geno_person){.key = "me", .name = p->name, .kin = "本人", .sex = sex_of(p->sex), .deceased = dead, .is_client = true,
		.born = p->birth_on == CIVIL_NONE ? 0 : civil_ymd(p->birth_on).y, .age = age_of(p->birth_on, INT_NULL, dead, p->death_on, c->today)};
	g->who[0] = (struct genogram_entry){.key = "me", .relation_id = INT_NULL, .sex = p->sex, .birth_year = INT_NULL, .deceased_on = p->death_on,
	                                    .in_picture = true};
	return OK;
}

static err relative(struct ctx *c, const struct relation_view *r, struct genogram *g)
{
	const char *kind = r->is_back ? relation_kin_inverse(r->row.kind) : r->row.kind;
	struct geno_person *p = &g->people[g->n];
	struct genogram_entry *e = &g->who[g->n];
	civil birth = CIVIL_NONE;
	*e = (struct genogram_entry){.key = r->row.pid, .relation_id = r->row.id, .rel = r, .may_edit = !r->is_back && g->may_write,
	                             .in_picture = true, .sex = "", .birth_year = INT_NULL, .deceased_on = CIVIL_NONE};
	if (r->shown_person_id) {
		struct person other;
		TRY(person_load(c, r->shown_person_id, &other));
		e->sex = other.sex;
		birth = other.birth_on;
		e->deceased_on = other.death_on;
	} else {
		struct t_contact k;
		TRY(row_load(c, &T_contact, r->row.contact_id, &k));
		e->is_contact = true;
		e->sex = k.sex;
		e->birth_year = k.birth_year;
		e->deceased_on = k.deceased_on;
		e->contact_version = k.version;
	}
	*p = (struct geno_person){.key = e->key, .name = r->name, .kin = r->label, .sex = sex_of(e->sex), .deceased = r->deceased,
		.is_key = !r->is_back && r->row.is_key_person, .is_carer = !r->is_back && r->row.is_main_carer,
		.together = str_eq(r->row.living, "together") && !r->deceased, .generation = generation_of(kind),
		.born = birth != CIVIL_NONE ? civil_ymd(birth).y : e->birth_year == INT_NULL ? 0 : (int)e->birth_year,
		.age = age_of(birth, e->birth_year, r->deceased, e->deceased_on, c->today)};
	if (p->sex == GENO_UNKNOWN && !str_eq(e->sex, "9")) {
		p->sex = genogram_sex_of_kin(r->label);
		e->sex_guessed = p->sex != GENO_UNKNOWN;
	}
	g->n++;
	return OK;
}

/* The other side's record of somebody who is in the picture already is the same person. */
static bool twice(const struct relation_view *v, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (v[i].shown_person_id && v[k].shown_person_id == v[i].shown_person_id)
			return true;
	return false;
}

static err relatives(struct ctx *c, struct relation_view *v, size_t n, struct genogram *g)
{
	for (size_t i = 0; i < n; i++) {
		const char *kind = v[i].is_back ? relation_kin_inverse(v[i].row.kind) : v[i].row.kind;
		bool part = v[i].row.is_key_person || v[i].row.is_main_carer || str_eq(v[i].row.living, "together");
		if (twice(v, i) || (!is_kin(kind) && (v[i].is_back || !part)))
			continue;
		if (g->n >= GENO_PEOPLE_MAX)
			g->n_left_out++;
		else
			TRY(relative(c, &v[i], g));
	}
	return OK;
}

/* Who is named in the household of today lives there too. */
static err household(struct ctx *c, struct genogram *g)
{
	struct t_household row;
	bool found, any = false;
	int64_t *members;
	size_t n;
	TRY(household_at(c, g->person_id, (struct gen_asof){c->today, CIVIL_NONE}, &row, &found));
	if (found) {
		TRY(household_members(c, row.pid, &members, &n));
		for (size_t i = 1; i < g->n; i++)
			for (size_t k = 0; k < n; k++)
				if (g->who[i].relation_id == members[k] && !g->people[i].deceased && !str_eq(g->who[i].rel->row.living, "apart"))
					g->people[i].together = true;
	}
	for (size_t i = 1; i < g->n; i++)
		any |= g->people[i].together;
	g->people[0].together = any && !g->people[0].deceased;
	return OK;
}

static err places(struct ctx *c, struct genogram *g)
{
	struct t_kin_place *rows;
	size_t n;
	TRY(kin_place_list(c, g->person_id, GEN_ALL, &rows, &n));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < g->n; k++)
			if (g->who[k].relation_id == rows[i].relation_id)
				g->people[k].order = g->who[k].order = (int)rows[i].sort_no;
	return OK;
}

err genogram_get(struct ctx *c, const char *person_pid, struct genogram *g)
{
	struct person p;
	struct relation_view *v;
	struct t_kin_tie *rows;
	size_t n, n_rows;
	TRY(person_get(c, person_pid, &p));
	*g = (struct genogram){.person_id = p.id, .person_pid = p.pid, .name = p.name, .n = 1,
	                       .may_write = policy_check(c, p.id, CLASS_FAMILY, ACTION_WRITE) == OK};
	TRY(relation_list(c, p.id, &v, &n));
	g->people = ARENA_ARRAY(c->arena, n + 1, struct geno_person);
	g->who = ARENA_ARRAY(c->arena, n + 1, struct genogram_entry);
	TRY(client(c, &p, g));
	TRY(relatives(c, v, n, g));
	TRY(household(c, g));
	TRY(places(c, g));
	TRY(kin_tie_list(c, p.id, GEN_ALL, &rows, &n_rows));
	genogram_infer(c, g, rows, n_rows);
	return OK;
}

int genogram_find(const struct genogram *g, const char *key)
{
	for (size_t i = 0; i < g->n; i++)
		if (str_eq(g->who[i].key, key))
			return (int)i;
	return -1;
}

const struct drawing *genogram_drawing(struct ctx *c, struct genogram *g, const struct geno_size *size)
{
	struct geno_layout *l = geno_layout(c->arena, size, g->people, g->n, g->geno_ties, g->n_ties);
	size_t together = 0, dead = 0;
	for (size_t i = 0; i < g->n; i++) {
		g->who[i].loose = l->at[i].loose;
		together += g->people[i].together;
		dead += g->people[i].deceased;
	}
	for (size_t i = 0; i < g->n_ties; i++)
		g->ties[i].drawn = g->geno_ties[i].drawn;
	return geno_draw(c->arena, l, g->people, g->n, "家族構成図（ジェノグラム）",
	                 arena_fmt(c->arena, "本人を含む%zu人。%d世代。同居%zu人、亡くなった方%zu人。くわしくは一覧をご覧ください。", g->n, l->n_rows, together, dead));
}

err genogram_pdf(struct ctx *c, const char *person_pid, const char **bytes, size_t *n)
{
	enum { W = PDF_A4_H, H = PDF_A4_W, EDGE = 120 };
	struct genogram g;
	TRY(genogram_get(c, person_pid, &g));
	TRY(policy_check(c, g.person_id, CLASS_FAMILY, ACTION_PRINT));
	const struct drawing *d = genogram_drawing(c, &g, &GENO_SIZE_PAGE);
	struct pdf *p = pdf_new(c->arena, c->house->fonts, &(struct pdf_info){.title = "家族構成図", .now_ms = c->now_ms});
	struct pdf_style head = {.face = PDF_GOTHIC, .size_pt10 = 150}, foot = {.face = PDF_GOTHIC, .size_pt10 = 80, .align = PDF_RIGHT};
	char t[CIVIL_TIME_TEXT];
	civil_time_text(c->now_ms, t);
	pdf_page_add(p, W, H);
	pdf_text_put(p, "家族構成図（ジェノグラム）", &head, EDGE, EDGE, W - 2 * EDGE, 80);
	head.size_pt10 = 110;
	head.align = PDF_RIGHT;
	pdf_text_put(p, arena_fmt(c->arena, "%s　様　　%s現在", g.name, era_text(c->arena, c->today)), &head, EDGE, EDGE + 10, W - 2 * EDGE, 60);
	drawing_pdf(p, d, EDGE, EDGE + 110, W - 2 * EDGE, H - 2 * EDGE - 180);
	pdf_text_put(p, arena_fmt(c->arena, "作成 %s", t), &foot, EDGE, H - EDGE - 30, W - 2 * EDGE, 40);
	return pdf_write(p, bytes, n);
}
