/* tsunagi synth --people N --data DIR [--seed S] — many invented people for benches: the frame of the demo town, and N people
 * with names, insured numbers, certifications and grants through the bulk path (exchange/transfer_synth). */
#include "access/door.h"
#include "base/clock.h"
#include "base/house.h"
#include "base/str.h"
#include "exchange/transfer.h"
#include "exchange/transfer_synth.h"
#include "main/commands.h"
#include "main/demo_world.h"
#include "main/session_ctx.h"
#include "store/migrate.h"

#include <stdio.h>
#include <string.h>

enum { BATCH = 1000, MOST = 2000000 };

static int usage(void)
{
	fputs("使い方: tsunagi synth --people 人数 --data フォルダー [--seed 数]\n"
	      "速さを測るための架空の人を、まとめて作ります（変更の履歴は作りません）。フォルダーは新しいものを指定します。\n", stderr);
	return 2;
}

static void draw(struct demo *d, struct ctx *c, size_t index, struct synth_person *p)
{
	static const char *const levels[] = {"s1", "s2", "c1", "c2", "c3", "c4", "c5"};
	int man = demo_below(d, 2), town = demo_below(d, DEMO_TOWNS);
	const struct demo_names *given = man ? &d->men : &d->women;
	const struct demo_name *s = &d->surnames.v[demo_below(d, (int)d->surnames.n)], *g = &given->v[demo_below(d, (int)given->n)];
	struct demo_person at = {.town = town, .block = demo_between(d, 1, 400), .house = demo_between(d, 1, 60)};
	*p = (struct synth_person){.name = arena_fmt(c->arena, "%s %s", s->name, g->name), .kana = arena_fmt(c->arena, "%s　%s", s->kana, g->kana),
		.sex = man ? "1" : "2", .postal = demo_postal(&at), .address = demo_address(c, &at),
		.phone = arena_fmt(c->arena, "0000-%02d-%04d", demo_between(d, 10, 99), demo_below(d, 10000)), .insurer_no = DEMO_INSURER_NO,
		.insured_no = arena_fmt(c->arena, "%010zu", index + 1),
		.place = arena_fmt(c->arena, "%d-%d", town, town == 4 ? at.block % 3 : 0),
		.birth_on = civil_add_months(d->today, -12 * demo_between(d, 65, 98)) - demo_between(d, 1, 360), .own_org_id = d->place[PLACE_CENTRE1 + town / 4].id,
		.insurer_org_id = d->place[PLACE_CITY].id};
	if (demo_percent(d, 19)) {
		p->level = levels[demo_below(d, 7)];
		p->from_on = d->today - demo_between(d, 30, 300);
		p->to_on = civil_add_months(civil_from(civil_ymd(p->from_on).y, civil_ymd(p->from_on).m, 1), 13) - 1;
	}
}

static err town(struct ctx *c, void *arg) { return demo_make_town(arg, c); }

static err fill(struct demo *d, struct ctx *c)
{
	TRY(demo_prepare(d, c, c->house->share_dir));
	struct arena_mark m = arena_mark_get(c->arena);
	TRY(transfer_batch(c, town, d));
	demo_forget(c, m);
	int64_t began = clock_monotonic_us();
	for (size_t i = 0; i < d->n_people; i += BATCH) {
		size_t n = d->n_people - i < BATCH ? d->n_people - i : BATCH;
		struct synth_person *v = ARENA_ARRAY(c->arena, n, struct synth_person);
		for (size_t k = 0; k < n; k++)
			draw(d, c, i + k, &v[k]);
		TRY(transfer_synth_add(c, v, n));
		demo_forget(c, m);
		if ((i / BATCH + 1) % 50 == 0)
			fprintf(stderr, "%zu人\n", i + n);
	}
	int64_t us = clock_monotonic_us() - began + 1;
	printf("%zu人を%lld.%lld秒で作りました（1秒に%lld人）。\n", d->n_people, (long long)(us / 1000000), (long long)(us / 100000 % 10),
		(long long)((int64_t)d->n_people * 1000000 / us));
	return OK;
}

int cmd_synth(int argc, char **argv)
{
	const char *dir = session_ctx_data(&argc, argv), *people = cli_option(&argc, argv, "--people"), *seed = cli_option(&argc, argv, "--seed");
	int64_t n = 0, number = 1;
	struct session_ctx s;
	int rc = cli_rest(argc, argv);
	if (rc)
		return rc;
	if (argc > 1 || !people || !str_int(people, &n) || n < 1 || n > MOST || (seed && !str_int(seed, &number)))
		return usage();
	rc = demo_open_new(&s, dir, "cli:synth");
	if (rc)
		return rc;
	struct demo d = {.arena = arena_new((size_t)256 << 20), .n_people = (size_t)n, .chance = (uint64_t)number};
	err e = d.arena ? fill(&d, &s.ctx) : ERR_NOMEM;
	if (e != OK)
		rc = session_ctx_fail(&s, e);
	arena_free(d.arena);
	session_ctx_close(&s);
	return rc;
}
