#include "main/demo_world.h"

#include "access/demo_secret.h"
#include "access/policy.h"
#include "base/log.h"
#include "base/str.h"
#include "exchange/transfer.h"
#include "main/demo_acts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BATCH = 400, YEARS_DAYS = 745 };

static int by_time(const void *a, const void *b)
{
	const struct demo_event *x = a, *y = b;
	if (x->at_ms != y->at_ms)
		return x->at_ms < y->at_ms ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

/* Nothing is written about somebody after the end, but the end itself. */
static bool is_over(const struct demo_event *e, civil day)
{
	const struct demo_person *p = e->person ? e->person : e->consult && *e->consult->pid ? NULL : e->consult ? e->consult->person : NULL;
	return p && p->end_on != CIVIL_NONE && day > p->end_on && e->run != demo_act_end;
}

struct batch {
	struct demo *d;
	size_t from, to;
};

static err run_batch(struct ctx *c, void *arg)
{
	struct batch *b = arg;
	for (size_t i = b->from; i < b->to; i++) {
		struct demo_event *e = &b->d->events[i];
		c->now_ms = e->at_ms;
		c->today = civil_of_instant(e->at_ms);
		if (is_over(e, c->today))
			continue;
		demo_as(b->d, c, e->who);
		c->faults = NULL; /* of an act before that found nothing to do */
		c->n_faults = c->cap_faults = 0;
		err r = e->run(b->d, c, e);
		if (r != OK) {
			b->d->failed = e;
			return r;
		}
	}
	return OK;
}

static err town(struct ctx *c, void *arg) { return demo_make_town(arg, c); }

/* The work's memory goes after each batch; nothing in the plan points into it. */
void demo_forget(struct ctx *c, struct arena_mark m)
{
	c->faults = NULL;
	c->n_faults = c->cap_faults = 0;
	arena_rewind(c->arena, m);
}

static void plan(struct demo *d)
{
	demo_plan_people(d);
	demo_plan_consults(d);
	demo_plan_checklists(d);
	demo_plan_assessments(d);
	demo_plan_plans(d);
	demo_plan_visits(d);
	demo_plan_hospital(d);
	demo_plan_renewals(d);
	demo_plan_commissions(d);
	demo_plan_dispatches(d);
	demo_plan_whole(d);
	qsort(d->events, d->n_events, sizeof *d->events, by_time);
	while (d->n_events && d->events[d->n_events - 1].at_ms > d->now_ms)
		d->n_events--;
}

static err hash_of(struct demo *d)
{
	char hash[CREDENTIAL_HASH_TEXT];
	TRY(credential_hash(DEMO_PASSWORD, hash));
	d->password_hash = arena_str(d->arena, hash);
	return OK;
}

err demo_prepare(struct demo *d, struct ctx *c, const char *share_dir)
{
	rand_seed(d->chance);
	d->now_ms = c->now_ms - c->now_ms % 60000;
	c->now_ms = d->now_ms;
	d->today = c->today;
	d->start_on = demo_weekday(d->today - YEARS_DAYS);
	TRY(demo_read_lists(d, share_dir));
	TRY(hash_of(d));
	demo_logins_fill(d);
	return OK;
}

err demo_as_others(struct demo *d, struct ctx *c, err (*all)(struct ctx *, void *), void *arg)
{
	struct actor before = c->actor;
	c->now_ms = d->now_ms;
	c->today = d->today;
	err e = transfer_batch(c, all, arg);
	c->actor = before;
	policy_load(c);
	return e;
}

err demo_run(struct demo *d, struct ctx *c, const char *share_dir, uint64_t seed)
{
	d->chance = seed;
	TRY(demo_prepare(d, c, share_dir));
	struct arena_mark m = arena_mark_get(c->arena);
	TRY(transfer_batch(c, town, d));
	demo_forget(c, m);
	TRY(demo_make_snippets(d, c, share_dir));
	demo_forget(c, m);
	plan(d);
	for (size_t i = 0; i < d->n_events; i += BATCH) {
		struct batch b = {d, i, i + BATCH < d->n_events ? i + BATCH : d->n_events};
		TRY(transfer_batch(c, run_batch, &b));
		demo_forget(c, m);
	}
	TRY(demo_make_office_records(d, c));
	demo_forget(c, m);
	TRY(demo_make_survey(d, c, share_dir));
	demo_forget(c, m);
	TRY(demo_make_rehab(d, c));
	demo_forget(c, m);
	TRY(demo_make_moves(d, c));
	demo_forget(c, m);
	return OK;
}
