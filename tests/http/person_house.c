/* Makes a small demo house in a new folder for tests/http/test_person.py: an insurer, two centres with an area each, an office of
 * care managers, their staff and ready accounts. Prints one JSON object with the public ids. All people are invented.
 * Usage: person_house DIR */
#include "access/account.h"
#include "access/door.h"
#include "access/policy.h"
#include "access/session.h"
#include "base/clock.h"
#include "base/house.h"
#include "base/str.h"
#include "register/org.h"
#include "register/staff.h"
#include "register/territory.h"
#include "store/migrate.h"

#include <stdio.h>
#include <stdlib.h>

static const char PASSWORD[] = "shiroi-neko-ga-hashiru-2026";
static const uint8_t SECRET[CREDENTIAL_TOTP_SECRET] = "12345678901234567890";

struct made {
	struct org insurer, centre, north, office;
	struct area zone, north_zone;
};

static err make_org(struct ctx *c, struct org *o, const char *kind, const char *name, const char *form, int64_t insurer)
{
	org_init(o);
	o->kind = kind;
	o->name = name;
	o->form = form;
	o->insurer_org_id = insurer;
	return org_create(c, o);
}

static err make_area(struct ctx *c, struct area *a, const char *code, const char *name, int64_t insurer, int64_t centre, const char *town)
{
	area_init(a);
	a->code = code;
	a->name = name;
	a->level = "zone";
	a->insurer_org_id = insurer;
	TRY(area_create(c, a));
	TRY(territory_assign(c, centre, a->id, "charge", civil_from(2020, 4, 1), CIVIL_OPEN));
	struct town_area t = {.pid = "", .insurer_org_id = insurer, .area_id = a->id, .city = "見本市",
	                      .town = town, .from_on = civil_from(2020, 4, 1), .to_on = CIVIL_OPEN};
	return town_area_add(c, &t);
}

static err make_account(struct ctx *c, const char *hash, const char *login, const char *name, int role, int64_t org, const char *post)
{
	struct staff s;
	int64_t id;
	staff_init(&s);
	s.name = name;
	TRY(staff_create(c, &s, org, post, civil_from(2024, 4, 1), CIVIL_OPEN));
	struct account_new n = {.login = login, .name = name, .role = role, .org_id = org, .staff_id = s.id, .until_on = CIVIL_NONE};
	return account_make_ready(c, &n, hash, SECRET, &id);
}

static err fill(struct ctx *c, struct made *m)
{
	char hash[CREDENTIAL_HASH_TEXT];
	TRY(credential_hash(PASSWORD, hash));
	TRY(make_org(c, &m->insurer, "insurer", "見本市", "", INT_NULL));
	TRY(make_org(c, &m->centre, "centre", "見本市中央地域包括支援センター", "direct", m->insurer.id));
	TRY(make_org(c, &m->north, "centre", "見本市北地域包括支援センター", "commissioned", m->insurer.id));
	TRY(make_org(c, &m->office, "home_cm", "みどり居宅介護支援事業所", "", m->insurer.id));
	TRY(make_area(c, &m->zone, "01", "中央圏域", m->insurer.id, m->centre.id, "中央"));
	TRY(make_area(c, &m->north_zone, "02", "北圏域", m->insurer.id, m->north.id, "北町"));
	TRY(make_account(c, hash, "hana", "試験 花子", ROLE_CENTRE_NURSE, m->centre.id, "phn"));
	TRY(make_account(c, hash, "jiro", "試験 次郎", ROLE_CENTRE_SOCIAL, m->centre.id, "social_worker"));
	TRY(make_account(c, hash, "osa", "試験 長子", ROLE_CENTRE_HEAD, m->centre.id, "head"));
	TRY(make_account(c, hash, "kita", "試験 北男", ROLE_CENTRE_NURSE, m->north.id, "phn"));
	TRY(make_account(c, hash, "midori", "試験 緑", ROLE_CM, m->office.id, "cm"));
	TRY(make_account(c, hash, "hoken", "試験 保子", ROLE_INSURER, m->insurer.id, "insurer"));
	return OK;
}

int main(int argc, char **argv)
{
	struct arena *a = arena_new((size_t)64 << 20);
	struct house h = {0};
	struct ctx c;
	struct made m;
	if (argc != 2 || !a)
		return 2;
	err e = door_make(argv[1], true);
	if (e == OK)
		e = door_house(a, argv[1], &h);
	h.share_dir = getenv("TSUNAGI_SHARE");
	ctx_init(&c, a, clock_now_ms());
	c.house = &h;
	if (e == OK)
		e = door_db(&h, &c.db);
	if (e == OK)
		e = migrate_run(&c, NULL, "test", NULL);
	session_act_as_console(&c, "test", "test");
	if (e == OK)
		e = fill(&c, &m);
	if (e != OK) {
		fprintf(stderr, "person_house: %s\n", err_name(e));
		for (size_t i = 0; i < c.n_faults; i++)
			fprintf(stderr, "%s: %s\n", c.faults[i].field, c.faults[i].message);
		return 1;
	}
	printf("{\"insurer\":\"%s\",\"centre\":\"%s\",\"north\":\"%s\",\"office\":\"%s\",\"zone\":\"%s\",\"north_zone\":\"%s\"}\n", m.insurer.pid,
		m.centre.pid, m.north.pid, m.office.pid, m.zone.pid, m.north_zone.pid);
	door_close(&h, c.db);
	arena_free(a);
	return 0;
}
