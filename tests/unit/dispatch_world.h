/* The dispatch programme at work for the tests of region/: care_world with an insurer (org 50) to which the centres 1 and 2 belong, a body of
 * therapists (org 60) with a physio- and an occupational therapist, and a second one (61). Today is 18 November 2026, a Wednesday. */
#ifndef TSU_TESTS_DISPATCH_WORLD_H
#define TSU_TESTS_DISPATCH_WORLD_H

#include "care_world.h"

#include "codec/pdf_font.h"
#include "region/dispatch.h"
#include "region/dispatch_match.h"
#include "region/dispatch_report.h"
#include "region/dispatch_town.h"
#include "region/start.h"

static inline void officer(struct world *w) { be(w, 51, 50, ROLE_INSURER); }
static inline void therapist(struct world *w) { be(w, 61, 60, ROLE_REHAB); }
static inline void therapist2(struct world *w) { be(w, 62, 61, ROLE_REHAB); }

static inline void dispatch_org(struct world *w, int id, const char *kind, const char *name)
{
	world_sql(w, "INSERT INTO org (id, pid, version, kind, name, created_ms, created_by, updated_ms, updated_by) VALUES (%d, 'org%023d', 1, '%s', '%s', 0, 0, 0, 0)", id, id, kind, name);
}

/* A therapist who can go on Mondays to Fridays. */
static inline const char *person_to_send(struct world *w, const char *name, const char *profession, int64_t area)
{
	struct dispatch_therapist_view t;
	dispatch_therapist_init(&w->c, &t);
	t.row.name = name;
	t.row.profession = profession;
	t.row.from_on = D(2026, 4, 1);
	for (int d = 0; d < 5; d++)
		t.week[d] = (struct dispatch_hours){"13:00", "17:00"};
	if (area)
		t.areas[t.n_areas++] = area;
	ok(dispatch_therapist_save(&w->c, &t, NULL));
	return t.row.pid;
}

static inline int dispatch_open_world(void **state)
{
	if (care_open(state) != 0)
		return -1;
	struct world *w = *state;
	region_start();
	ok(pdf_fonts_open(w->arena, NULL, &w->house.fonts));
	dispatch_org(w, 50, "insurer", "青葉市");
	dispatch_org(w, 60, "rehab_body", "青葉リハビリ専門職会");
	dispatch_org(w, 61, "hospital", "青葉病院");
	world_sql(w, "UPDATE org SET insurer_org_id = 50 WHERE id IN (1, 2, 60, 61)");
	dispatch_org(w, 52, "insurer", "緑市");
	world_sql(w, "UPDATE org SET kind = 'home_cm', insurer_org_id = 52 WHERE id = 3");
	for (int i = 1; i <= 2; i++)
		world_sql(w, "INSERT INTO area (id, pid, version, code, name, level, insurer_org_id, created_ms, created_by, updated_ms, updated_by)"
			" VALUES (%d, 'are%023d', 1, '%d', '圏域%d', 'zone', 50, 0, 0, 0, 0)", i, i, i, i);
	care_account(w, 51, 50, ROLE_INSURER);
	care_account(w, 61, 60, ROLE_REHAB);
	care_account(w, 62, 61, ROLE_REHAB);
	nurse(w);
	return 0;
}

#define DISPATCH(f) cmocka_unit_test_setup_teardown(f, dispatch_open_world, care_close)

/* A good request, not yet saved. */
static inline struct t_dispatch a_request(struct world *w)
{
	struct t_dispatch d;
	ok(dispatch_init(&w->c, "requested", &d));
	d.requested_on = D(2026, 11, 10);
	d.occasion = "visit";
	d.timings = "first|review";
	d.reasons = "independence";
	d.case_label = "80代女性・要支援2";
	d.wish = "歩き方を見てほしい";
	return d;
}

static inline void saved_dispatch(struct world *w, struct t_dispatch *d)
{
	err e = dispatch_save(&w->c, d, NULL);
	for (size_t i = 0; e != OK && i < w->c.n_faults; i++)
		print_error("%s: %s\n", w->c.faults[i].field, w->c.faults[i].message);
	assert_int_equal(e, OK);
}

static inline struct t_dispatch now_of(struct world *w, const char *pid)
{
	struct dispatch_view v;
	ok(dispatch_get(&w->c, pid, &v));
	return v.row;
}

/* Joint work that was held, outside the programme unless in_programme (then straight into the table: its steps are tried elsewhere). */
static inline int64_t held(struct world *w, int64_t org, civil on, const char *occasion, const char *partner, bool in_programme)
{
	struct t_dispatch d;
	be(w, org == 1 ? 16 : 25, org, ROLE_CENTRE_HEAD);
	ok(dispatch_init(&w->c, "held", &d));
	d.held_on = on;
	d.occasion = occasion;
	d.conference = str_eq(occasion, "case_conf") ? "case_study" : "";
	d.timings = "first";
	d.reasons = "links";
	d.case_label = "70代男性";
	d.partner_kind = partner;
	d.partner = "みほん";
	saved_dispatch(w, &d);
	if (in_programme)
		world_sql(w, "UPDATE dispatch SET in_programme = 1, requested_on = held_on, rehab_org_id = 60, fee_yen = 8000 WHERE id = %lld", (long long)d.id);
	return d.id;
}

#endif
