/* Who lives in the demo town, and what becomes of them: planned without touching the store. */
#include "main/demo_world.h"

#include "access/policy.h"
#include "base/str.h"
#include "main/demo_acts.h"
#include "register/certification.h"

#include <stdio.h>
#include <string.h>

static int draw_age(struct demo *d)
{
	static const struct {
		int weight, from, to;
	} bands[] = {{6, 40, 64}, {19, 65, 69}, {21, 70, 74}, {19, 75, 79}, {15, 80, 84}, {11, 85, 89}, {6, 90, 94}, {3, 95, 101}};
	int r = demo_below(d, 100);
	for (size_t i = 0; i < sizeof bands / sizeof bands[0]; i++) {
		if (r < bands[i].weight)
			return demo_between(d, bands[i].from, bands[i].to);
		r -= bands[i].weight;
	}
	return 72;
}

/* Names of a generation: a given name written in kana alone is one of before the war. */
static bool is_old_name(const struct demo_name *g) { return str_eq(g->name, g->kana); }

static bool is_womans(const char *young)
{
	static const char *const ends[] = {"子", "美", "穂", "織", "衣", "恵"};
	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++)
		if (str_ends(young, ends[i]))
			return true;
	return false;
}

static const struct demo_name *given_name(struct demo *d, int sex, int age)
{
	for (;;) {
		const struct demo_names *l = age < 56 ? &d->young : sex == 1 ? &d->men : &d->women;
		const struct demo_name *g = &l->v[demo_below(d, (int)l->n)];
		if (age < 56 ? is_womans(g->name) == (sex == 2) : !is_old_name(g) || age >= 86)
			return g;
	}
}

static void name_person(struct demo *d, struct demo_person *p, int age, const struct demo_name *surname)
{
	const struct demo_name *g = given_name(d, p->sex, age);
	p->surname = surname->name;
	p->surname_kana = surname->kana;
	p->name = arena_fmt(d->arena, "%s %s", surname->name, g->name);
	p->kana = arena_fmt(d->arena, "%s %s", surname->kana, g->kana);
}

static void place_person(struct demo *d, struct demo_person *p)
{
	p->town = demo_below(d, DEMO_TOWNS);
	p->zone = p->town / 4;
	p->block = demo_between(d, 1, 38);
	p->house = demo_between(d, 1, 24);
	p->phone = arena_fmt(d->arena, "0000-%02d-%04d", demo_between(d, 10, 99), demo_below(d, 10000));
}

/* When the house hears of somebody, and when it ends. */
static void time_person(struct demo *d, struct demo_person *p, int age)
{
	bool first_load = demo_percent(d, 78);
	int days = d->today - d->start_on;
	p->known_on = first_load ? d->start_on + demo_between(d, 1, 30) : d->start_on + demo_between(d, 31, days - 12);
	if (civil_attain_age(p->birth_on, 40) > p->known_on)
		p->known_on = civil_attain_age(p->birth_on, 40) + 30; /* 40 when the house is asked about them, not before */
	if (p->known_on > d->today - 6)
		p->known_on = d->today - 6;
	p->known_on = demo_weekday(p->known_on);
	p->by_city = first_load && demo_percent(d, 55);
	p->end_on = CIVIL_NONE;
	int room = d->today - 3 - (p->known_on + 90);
	if (room > 0 && demo_percent(d, age >= 85 ? 11 : age >= 75 ? 5 : 2)) {
		p->end_on = p->known_on + 90 + demo_below(d, room);
		p->dies = demo_percent(d, age >= 75 ? 85 : 40);
	}
}

static void make_person(struct demo *d, struct demo_person *p, int index, int age, civil birth)
{
	p->birth_on = birth;
	p->office = -1;
	p->n_certs = 0;
	p->frailty = (age - 65) * 2 + demo_between(d, -10, 35);
	p->frailty = p->frailty < 3 ? 3 : p->frailty > 95 ? 95 : p->frailty;
	p->has_disability = demo_percent(d, age < 65 ? 40 : 4);
	/* 被保険者番号: ten digits; people on public assistance below 65 without a health insurance: H (みなし2号) */
	int number = 100000 + index * 7 + 3;
	p->insured_no = age < 65 && index % 5 == 0 ? arena_fmt(d->arena, "H%09d", number) : arena_fmt(d->arena, "%010d", number);
	time_person(d, p, age);
}

static void make_spouse(struct demo *d, struct demo_person *p, struct demo_person *s, int index)
{
	*s = *p;
	s->sex = 3 - p->sex;
	civil birth = p->birth_on + demo_between(d, -1500, 1500);
	if (civil_age(birth, d->today) < 65)
		birth = civil_add_months(d->today, -12 * 65) - demo_between(d, 40, 300);
	if (civil_age(birth, d->today) > 101)
		birth = civil_add_months(d->today, -12 * 101);
	struct demo_name surname = {p->surname, p->surname_kana};
	int age = civil_age(birth, d->today);
	name_person(d, s, age, &surname);
	make_person(d, s, index, age, birth);
	/* One household is registered on one day and by one hand. */
	s->known_on = p->known_on;
	s->by_city = p->by_city;
	s->end_on = CIVIL_NONE;
	s->alone = p->alone = false;
	s->spouse = p;
	p->spouse = s;
}

/* --- certification --- */

static const char *const levels[] = {"s1", "s2", "c1", "c2", "c3", "c4", "c5"};
enum { N_LEVELS = 7 };

static int wants_cert(int age)
{
	return age < 65 ? 72 : age < 70 ? 3 : age < 75 ? 6 : age < 80 ? 13 : age < 85 ? 28 : age < 90 ? 50 : 74;
}

static struct demo_cert *cert_add(struct demo_person *p, const char *kind, int level, civil applied, civil decided, civil from, int months)
{
	struct demo_cert *k = &p->cert[p->n_certs++];
	*k = (struct demo_cert){.kind = kind, .level = levels[level], .applied_on = applied, .decided_on = decided, .from_on = from,
		.to_on = certification_end(from, months)};
	return k;
}

static int step_level(struct demo *d, int level)
{
	static const int steps[] = {-1, 0, 0, 0, 0, 1, 1, 2};
	level += steps[demo_below(d, 8)];
	return level < 0 ? 0 : level >= N_LEVELS ? N_LEVELS - 1 : level;
}

/* 区分変更 in the middle of a long period: the new one begins on the day of the application. */
static struct demo_cert *maybe_change(struct demo *d, struct demo_person *p, struct demo_cert *k, int *level)
{
	civil last = k->to_on < d->today ? k->to_on : d->today;
	civil mid = k->from_on + (last - k->from_on) * 2 / 3;
	if (*level >= N_LEVELS - 1 || mid <= k->decided_on + 60 || mid + 75 > k->to_on || mid + 45 > d->today || !demo_percent(d, 14))
		return k;
	*level += 1;
	return cert_add(p, "change", *level, mid, mid + demo_between(d, 20, 40), mid, demo_percent(d, 60) ? 12 : 6);
}

static void plan_certs(struct demo *d, struct demo_person *p, int age)
{
	civil earliest = civil_attain_age(p->birth_on, age < 65 ? 40 : 65) + 20;
	civil applied = d->today - demo_between(d, 12, 2300);
	applied = applied < earliest ? earliest : applied;
	if (applied > d->today - 3 || !demo_percent(d, wants_cert(age)))
		return;
	int level = demo_below(d, 10) < 6 ? demo_below(d, 3) : demo_below(d, 5);
	civil decided = applied + demo_between(d, 18, 42);
	struct demo_cert *k = cert_add(p, "new", level, applied, decided, applied, demo_percent(d, 50) ? 12 : 6);
	if (demo_percent(d, 3)) {
		k->level = "none";
		return;
	}
	while (p->n_certs < DEMO_CERTS - 2 && k->decided_on <= d->today) {
		k = maybe_change(d, p, k, &level);
		civil renew = k->to_on - demo_between(d, 8, 55);
		if (renew > d->today || k->decided_on >= renew)
			return;
		if (demo_percent(d, 4)) {
			p->expired = k->to_on < d->today;
			return;
		}
		int next = step_level(d, level);
		int months = next == level ? (demo_percent(d, 50) ? 36 : 24) : demo_percent(d, 50) ? 24 : 12;
		level = next;
		k = cert_add(p, "renew", level, renew, renew + demo_between(d, 18, 40), k->to_on + 1, months);
	}
}

/* --- events of a person --- */

static void plan_burden(struct demo *d, struct demo_person *p, int city)
{
	if (!p->n_certs || str_eq(p->cert[0].level, "none"))
		return;
	civil first = p->cert[0].decided_on > p->known_on ? p->cert[0].decided_on + 1 : p->known_on + 1;
	if (first > d->today)
		return;
	demo_plan(d, demo_instant(d, first), city, p, demo_act_burden);
	for (int y = civil_ymd(first).y; y <= civil_ymd(d->today).y; y++)
		if (civil_from(y, 7, 18) > first + 3)
			demo_plan(d, demo_instant(d, civil_from(y, 7, 18)), city, p, demo_act_burden);
}

void demo_plan_person_records(struct demo *d, struct demo_person *p)
{
	int nurse = demo_who_zone(d, p->zone, ROLE_CENTRE_NURSE), city = demo_who(d, "city");
	int64_t known = p->known_ms = demo_instant(d, p->known_on);
	demo_plan(d, known, p->by_city ? city : nurse, p, demo_act_register);
	demo_plan(d, known + 30000, nurse, p, demo_act_insurance);
	civil first = civil_attain_age(p->birth_on, 65);
	if (p->n_certs && first > p->known_on && p->cert[0].applied_on > p->known_on && p->cert[0].applied_on < first)
		demo_plan(d, demo_instant(d, p->cert[0].applied_on) - 1, nurse, p, demo_act_insurance);
	if (first > p->known_on)
		demo_plan(d, demo_instant(d, first + 3), nurse, p, demo_act_insurance)->n = 1;
	for (size_t i = 0; i < p->n_certs; i++) {
		struct demo_cert *k = &p->cert[i];
		bool before = k->decided_on <= p->known_on;
		if (!before) {
			int64_t at = k->applied_on <= p->known_on ? known + 60000 : demo_instant(d, k->applied_on);
			demo_plan(d, at, nurse, p, demo_act_apply)->n = (int)i;
		}
		demo_plan(d, before ? known + 60000 : demo_instant(d, k->decided_on), nurse, p, demo_act_certify)->n = (int)i;
	}
	plan_burden(d, p, city);
	if (demo_percent(d, p->n_certs ? 90 : 55))
		demo_plan(d, demo_instant(d, p->known_on + 3), nurse, p, demo_act_family);
	/* Some sixty people have their family drawn: a fixed day of theirs, so that nobody else's chance moves. */
	size_t index = (size_t)(p - d->people), every = d->n_people / 60 + 1;
	if (index % every == every / 2)
		demo_plan(d, civil_instant_start(demo_weekday(p->known_on + 6)) + 15 * 3600000, nurse, p, demo_act_drawing)->n = (int)(index / every);
	if (p->has_disability && !p->by_city)
		demo_plan(d, demo_instant(d, p->known_on + 4), nurse, p, demo_act_disability);
	if (p->end_on != CIVIL_NONE)
		demo_plan(d, civil_instant_start(p->end_on + 1) + 9 * 3600000, demo_who_zone(d, p->zone, ROLE_CENTRE_HEAD), p, demo_act_end);
}

void demo_plan_people(struct demo *d)
{
	d->people = ARENA_ARRAY(d->arena, d->n_people, struct demo_person);
	for (size_t i = 0; i < d->n_people; i++) {
		struct demo_person *p = &d->people[i];
		int age = draw_age(d);
		civil birth = civil_add_months(d->today, -12 * age) - demo_between(d, 1, 360);
		p->sex = demo_percent(d, age > 80 ? 66 : 54) ? 2 : 1;
		name_person(d, p, age, &d->surnames.v[demo_below(d, (int)d->surnames.n)]);
		place_person(d, p);
		p->alone = demo_percent(d, age < 65 ? 20 : 38);
		make_person(d, p, (int)i, age, birth);
		if (age >= 65 && i + 1 < d->n_people && demo_percent(d, 22)) {
			make_spouse(d, p, p + 1, (int)i + 1);
			i++;
		}
	}
	for (size_t i = 0; i < d->n_people; i++)
		plan_certs(d, &d->people[i], civil_age(d->people[i].birth_on, d->today));
	for (size_t i = 0; i < d->n_people; i++)
		demo_plan_person_records(d, &d->people[i]);
}
