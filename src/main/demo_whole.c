/* The office of the first care manager keeps its people as the law asks: each has a plan in use with assessment, meeting, consent and copies, and
 * a visit every month. Whoever has a story of plans of his own keeps that; whose case has just begun waits for the plan. Two people were not
 * visited last month (demo_office closes the months but the last). Draws no chance, so the rest of the town stays as it is. */
#include "base/str.h"
#include "main/demo_acts.h"

enum { BEGUN = 6, DRAFTED = 8, BEHIND = 2 };

static int mix(const struct demo_person *p, int salt, int n)
{
	uint64_t z = (uint64_t)(uint32_t)p->birth_on * 0x9FB21C651E98DF25u + (uint64_t)(p->block * 509 + p->house * 97 + salt * 6007 + p->sex);
	z = (z ^ z >> 32) * 0xC2B2AE3D27D4EB4Fu;
	return (int)((z ^ z >> 32) % (uint64_t)n);
}

static bool has_story(const struct demo *d, const struct demo_person *p)
{
	for (size_t i = 0; i < d->n_events; i++)
		if (d->events[i].person == p && d->events[i].run == demo_act_assess)
			return true;
	return false;
}

/* The certification of today, if it is one of 要介護; and since when the office has the person. */
static const struct demo_cert *cert_of(const struct demo *d, const struct demo_person *p, civil *begun)
{
	const struct demo_cert *now = NULL;
	*begun = CIVIL_NONE;
	for (size_t i = 0; i < p->n_certs; i++) {
		const struct demo_cert *k = &p->cert[i];
		if (k->decided_on == CIVIL_NONE || k->decided_on > d->today)
			continue;
		if (k->level[0] != 'c')
			*begun = CIVIL_NONE;
		else if (*begun == CIVIL_NONE)
			*begun = k->decided_on > p->known_on ? k->decided_on : p->known_on;
		now = k;
	}
	return now && now->level[0] == 'c' && now->to_on >= d->today ? now : NULL;
}

static struct demo_event *at(struct demo *d, struct demo_person *p, civil day, int hour, err (*run)(struct demo *, struct ctx *, struct demo_event *))
{
	return demo_plan(d, civil_instant_start(demo_weekday(day)) + (hour * 60 + mix(p, hour, 50)) * 60000LL, 0, p, run);
}

/* A visit in each month from the plan's first one on; those behind were last seen two months ago. */
static void visits(struct demo *d, struct demo_person *p, civil first, civil month)
{
	for (int k = 0; first <= d->today; k++, first = civil_add_months(first, 1)) {
		civil day = demo_weekday(first + 8 + mix(p, 60 + k, 15));
		if (day > d->today || (p->behind && first >= civil_add_months(month, -1)))
			continue;
		at(d, p, day, 14, demo_act_visit)->m = 10 + k;
	}
}

static void keep(struct demo *d, struct demo_person *p, civil first, civil month)
{
	civil draft = demo_weekday(first - DRAFTED), agreed = demo_weekday(draft + 4);
	at(d, p, draft - 3, 10, demo_act_assess)->m = d->today - draft + 3;
	at(d, p, draft, 16, demo_act_plan)->m = d->today - draft;
	at(d, p, agreed, 11, demo_act_agree)->m = d->today - draft;
	struct demo_event *e = at(d, p, draft + 15, 9, demo_act_visit);
	e->n = 2;
	visits(d, p, first, month);
}

void demo_plan_whole(struct demo *d)
{
	civil month = civil_from(civil_ymd(d->today).y, civil_ymd(d->today).m, 1);
	int behind = 0;
	for (size_t i = 0; i < d->n_people; i++) {
		struct demo_person *p = &d->people[i];
		civil begun;
		const struct demo_cert *k = cert_of(d, p, &begun);
		if (!k || p->end_on != CIVIL_NONE || demo_office_of(p) != PLACE_OFFICE1 || has_story(d, p))
			continue;
		civil first = civil_add_months(month, -2 - mix(p, 50, 3)), since = begun > k->decided_on ? begun : k->decided_on;
		while (first <= month && first - DRAFTED - 3 < since + BEGUN)
			first = civil_add_months(first, 1);
		if (first > month)
			continue; /* the plan is still to come */
		p->whole = true;
		p->behind = behind < BEHIND && first < civil_add_months(month, -1);
		behind += p->behind;
		keep(d, p, first, month);
	}
}
