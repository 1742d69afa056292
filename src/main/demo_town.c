/* The town's frame: organisations, areas, staff, accounts, postal codes. Made by the console. */
#include "main/demo_world.h"

#include "access/account.h"
#include "access/demo_secret.h"
#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "jp/numbers.h"
#include "register/address.h"
#include "register/org.h"
#include "register/staff.h"
#include "register/territory.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *kind, *name, *short_name, *form;
	bool core;
	enum demo_place operator;
	int town;
} places[DEMO_PLACES] = {
#define DEMO_PLACE(name, kind, full, short_name, form, core, operator, town)                                          \
	[PLACE_##name] = {kind, full, short_name, form, (core) != 0, PLACE_##operator, town},
#include "main/demo_places.tbl.h"
#undef DEMO_PLACE
};

/* Invented numbers with a right check digit: prefecture 99 does not exist. */
static const char *office_no(struct ctx *c, int i)
{
	const char *nine = arena_fmt(c->arena, "997%06d", 130000 + i);
	return arena_fmt(c->arena, "%s%d", nine, number_digit_office(arena_fmt(c->arena, "%s0", nine)));
}

static err make_place(struct demo *d, struct ctx *c, int i)
{
	struct org o;
	org_init(&o);
	const char *class = org_kind_class(places[i].kind);
	bool city = i == PLACE_CITY;
	o.kind = places[i].kind;
	o.name = places[i].name;
	o.short_name = places[i].short_name;
	o.form = places[i].form;
	o.is_core = places[i].core;
	if (places[i].operator != PLACE_NOWHERE)
		o.operator_org_id = d->place[places[i].operator].id;
	if (i == PLACE_BRANCH)
		o.branch_of_org_id = d->place[PLACE_CENTRE2].id;
	if (i == PLACE_WELFARE)
		o.parent_org_id = d->place[PLACE_CITY].id;
	o.insurer_org_id = city ? INT_NULL : d->place[PLACE_CITY].id;
	o.insurer_no = city ? DEMO_INSURER_NO : "";
	if (!city && (str_eq(class, "centre") || str_eq(class, "cm") || str_eq(class, "provider") || str_eq(class, "disability")))
		o.office_no = office_no(c, i);
	o.municipality = DEMO_CITY;
	o.municipality_code = "99201";
	o.phone = arena_fmt(c->arena, "0000-00-%04d", 1000 + i);
	o.postal = arena_fmt(c->arena, "%07d", places[i].town + 1);
	o.address = arena_fmt(c->arena, "つなぎ県" DEMO_CITY "%s%s%d番地%d", demo_town_name(places[i].town), places[i].town == 4 ? "一丁目" : "",
		i % 9 + 1, i % 4 + 1);
	o.valid_from = civil_from(2006, 4, 1);
	if (str_eq(class, "cm"))
		o.capacity = 44 * (1 + i % 4);
	TRY(org_create(c, &o));
	d->place[i].id = o.id;
	snprintf(d->place[i].pid, PID_TEXT, "%s", o.pid);
	return OK;
}

static err make_area(struct demo *d, struct ctx *c, const char *code, const char *name, const char *level, int64_t parent, int sort,
	int64_t *id)
{
	struct area a;
	area_init(&a);
	a.code = code;
	a.name = name;
	a.level = level;
	a.parent_area_id = parent;
	a.sort = sort;
	a.insurer_org_id = d->place[PLACE_CITY].id;
	a.valid_from = civil_from(2006, 4, 1);
	TRY(area_create(c, &a));
	*id = a.id;
	return OK;
}

/* A town with 丁目 is entered once for each of them. */
static err lies_in(struct demo *d, struct ctx *c, int town, int64_t area_id)
{
	static const char *const parts[] = {"一丁目", "二丁目", "三丁目"};
	int n = town == 4 ? 3 : 1;
	for (int i = 0; i < n; i++) {
		struct town_area t = {.insurer_org_id = d->place[PLACE_CITY].id, .city = DEMO_CITY,
			.town = n == 1 ? demo_town_name(town) : arena_fmt(c->arena, "%s%s", demo_town_name(town), parts[i]), .area_id = area_id,
			.from_on = CIVIL_NONE, .to_on = CIVIL_NONE};
		TRY(town_area_add(c, &t));
	}
	return OK;
}

static err make_areas(struct demo *d, struct ctx *c)
{
	static const char *const zones[DEMO_ZONES] = {"北部圏域", "中央圏域", "南部圏域"}, *const codes[DEMO_ZONES] = {"①", "②", "③"};
	static const char *const schools[] = {"青葉小学校区", "梅が丘小学校区", "大橋小学校区", "新田小学校区", "谷下小学校区", "湊小学校区"};
	static const char *const juniors[] = {"青葉中学校区", "大橋中学校区", "湊中学校区"};
	static const char *const districts[] = {"北地区", "川端地区", "丘の手地区", "浜手地区"};
	int64_t zone[DEMO_ZONES] = {0}, id;
	for (int z = 0; z < DEMO_ZONES; z++) {
		TRY(make_area(d, c, codes[z], zones[z], "zone", INT_NULL, z, &zone[z]));
		TRY(territory_assign(c, d->place[PLACE_CENTRE1 + z].id, zone[z], "charge", civil_from(2018, 4, 1), CIVIL_NONE));
		TRY(make_area(d, c, "", juniors[z], "junior", INT_NULL, z, &id));
		for (int t = z * 4; t < z * 4 + 4; t++) {
			TRY(lies_in(d, c, t, zone[z]));
			TRY(lies_in(d, c, t, id));
		}
	}
	for (int s = 0; s < 6; s++) {
		TRY(make_area(d, c, "", schools[s], "elementary", zone[s / 2], s, &id));
		TRY(lies_in(d, c, s * 2, id));
		TRY(lies_in(d, c, s * 2 + 1, id));
		if (s == 2) /* 大橋 and 川原町: where the branch stands */
			TRY(territory_assign(c, d->place[PLACE_BRANCH].id, id, "branch", civil_from(2020, 4, 1), CIVIL_NONE));
	}
	for (int k = 0; k < 4; k++) { /* the second and the third reach over two zones, as real districts do (C-002) */
		TRY(make_area(d, c, "", districts[k], "district", INT_NULL, k, &id));
		for (int t = k * 3; t < k * 3 + 3; t++)
			TRY(lies_in(d, c, t, id));
	}
	for (int t = 0; t < DEMO_TOWNS; t++) {
		TRY(make_area(d, c, "", arena_fmt(c->arena, "%s民生委員区", demo_town_name(t)), "minsei", zone[t / 4], t, &id));
		TRY(lies_in(d, c, t, id));
	}
	return OK;
}

static err make_staff(struct demo *d, struct ctx *c, const char *name, const char *kana, enum demo_place place, const char *post,
	const char *profession, struct staff *s)
{
	staff_init(s);
	s->name = name;
	s->kana = kana;
	s->contact_level = "region";
	s->register_purpose = "デモ";
	TRY(staff_create(c, s, d->place[place].id, post, civil_from(2019, 4, 1), CIVIL_NONE));
	if (str_eq(profession, "none") || !*profession)
		return OK;
	struct staff_licence l = {.profession = profession, .licence_no = arena_fmt(c->arena, "デモ%05lld", (long long)s->id),
		.from_on = civil_from(2010, 4, 1) + (civil)(s->id * 37 % 2000), .expires_on = CIVIL_NONE, .pid = ""};
	if (str_eq(profession, "cm") || str_eq(profession, "chief_cm"))
		l.expires_on = d->today + 60 + (civil)(s->id * 61 % 1500); /* renewed every five years */
	return staff_licence_save(c, s->id, &l);
}

static err make_login(struct demo *d, struct ctx *c, struct demo_login *l, const uint8_t secret[CREDENTIAL_TOTP_SECRET])
{
	struct staff s = {.id = INT_NULL};
	struct account_new in = {.login = l->login, .name = l->name, .role = l->role, .staff_id = INT_NULL, .until_on = CIVIL_NONE};
	if (l->place != PLACE_NOWHERE) {
		TRY(make_staff(d, c, l->name, l->kana, l->place, l->post, l->profession, &s));
		snprintf(l->staff_pid, PID_TEXT, "%s", s.pid);
		in.org_id = d->place[l->place].id;
		in.staff_id = s.id;
	}
	int64_t id;
	TRY(account_make_ready(c, &in, d->password_hash, secret, &id));
	l->actor = (struct actor){.account_id = id, .staff_id = s.id == INT_NULL ? 0 : s.id, .org_id = in.org_id, .role = l->role,
		.login = l->login, .purpose = "demo"};
	return OK;
}

/* 民生委員 of each town and people of offices who have no account. */
static err make_helpers(struct demo *d, struct ctx *c)
{
	for (int t = 0; t < DEMO_TOWNS; t++) {
		const struct demo_name *sur = &d->surnames.v[(size_t)(t * 17 + 40) % d->surnames.n];
		const struct demo_names *given = t % 2 ? &d->women : &d->men;
		const struct demo_name *g = &given->v[(size_t)(t * 5 + 3) % given->n];
		struct staff s;
		TRY(make_staff(d, c, arena_fmt(c->arena, "%s %s", sur->name, g->name), arena_fmt(c->arena, "%s %s", sur->kana, g->kana),
			PLACE_MINSEI, t == 0 ? "chief_minsei" : "minsei", "", &s));
	}
	for (int i = PLACE_OFFICE1; i <= PLACE_OFFICE12; i++) {
		const struct demo_name *sur = &d->surnames.v[(size_t)(i * 11 + 7) % d->surnames.n], *g = &d->young.v[(size_t)i % d->young.n];
		struct staff s;
		TRY(make_staff(d, c, arena_fmt(c->arena, "%s %s", sur->name, g->name), arena_fmt(c->arena, "%s %s", sur->kana, g->kana),
			(enum demo_place)i, "cm", "cm", &s));
	}
	return OK;
}

static err load_postal(struct ctx *c, const char *share_dir)
{
	struct postal_done done;
	char *bytes = arena_alloc(c->arena, 1 << 16);
	FILE *f = fopen(arena_fmt(c->arena, "%s/share/jp/postal-demo.csv", share_dir), "rb");
	if (!f)
		return ERR_IO;
	size_t n = fread(bytes, 1, 1 << 16, f);
	fclose(f);
	return postal_import(c, bytes, n, &done);
}

err demo_make_town(struct demo *d, struct ctx *c)
{
	uint8_t secret[CREDENTIAL_TOTP_SECRET];
	TRY(demo_secret_bytes(c, secret));
	TRY(load_postal(c, c->house->share_dir));
	for (int i = 0; i < DEMO_PLACES; i++)
		TRY(make_place(d, c, i));
	TRY(org_alias_add(c, d->place[PLACE_CENTRE1].id, "北包括"));
	TRY(org_alias_add(c, d->place[PLACE_HOSPITAL1].id, "つなぎ市民病院"));
	TRY(make_areas(d, c));
	for (size_t i = 0; i < d->n_logins; i++)
		TRY(make_login(d, c, &d->login[i], secret));
	return make_helpers(d, c);
}
