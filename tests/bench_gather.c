/* bench_gather DIR [DAY] — every case and person of a house read from its data file and judged on one day (care/duty_gather), by the
 * console, once with the file cold to this process, once again, and once by two hands (duty_gather_by_hands). Prints subjects, lines, open lines, seconds of CPU and on the wall, the
 * largest memory held. Aim: 100,000 cases in 2 s (design §11). The folder: tests/bench_cases.py. Measure with a build without sanitizers. */
#include "access/door.h"
#include "access/session.h"
#include "base/clock.h"
#include "base/str.h"
#include "care/duty.h"
#include "law/tables.h"
#include "store/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

struct told {
	long cases, people, lines, open;
	uint64_t print; /* of everything judged, so that two programs can be compared */
};

#define FNV 14695981039346656037u

static double seconds(clockid_t of)
{
	struct timespec t;
	clock_gettime(of, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A subject's hash; the sum over all of them does not ask in which order they came. */
static void mix(uint64_t *h, uint64_t v) { *h = (*h ^ v) * 1099511628211u; }

static err count(struct ctx *c, const struct duty_about *about, const struct duty_ask *ask, const struct duty_lines *lines, void *arg)
{
	struct told *t = arg;
	uint64_t h = FNV;
	(void)c;
	(void)ask;
	*(about->kind == DUTY_CASE ? &t->cases : &t->people) += 1;
	t->lines += (long)lines->n;
	mix(&h, (uint64_t)about->id);
	for (size_t i = 0; i < lines->n; i++) {
		const struct duty_line *l = &lines->v[i];
		t->open += (l->status == DUTY_OVERDUE && l->mended_on == CIVIL_NONE) || l->status == DUTY_DUE || l->status == DUTY_BLOCKED;
		mix(&h, (uint64_t)l->status << 56 ^ (uint64_t)(uint32_t)l->due_on << 24 ^ (uint64_t)(uint32_t)l->mended_on ^ (uint64_t)(l->fact ? l->fact->row_id : 0));
	}
	t->print += h;
	return OK;
}

int main(int argc, char **argv)
{
	static struct house house;
	static struct ctx c;
	const struct law_catalogue *law;
	struct arena *a = arena_new((size_t)256 << 20);
	if (argc < 2 || !a)
		return 2;
	ctx_init(&c, a, clock_now_ms());
	const char *root = getenv("TSUNAGI_SHARE") ? getenv("TSUNAGI_SHARE") : ".";
	if (door_house(a, argv[1], &house) != OK || door_db(&house, &c.db) != OK || law_load(&c, a, arena_fmt(a, "%s/law", root), &law) != OK)
		return 1;
	house.law = law;
	c.house = &house;
	session_act_as_console(&c, "bench", "bench");
	struct duty_query q = {.on = CIVIL_NONE, .from = CIVIL_NONE};
	if (argc > 2 && !civil_parse(argv[2], &q.on))
		return 2;
	static const char *const names[] = {"read and judged", "again", "by two hands"};
	for (int i = 0; i < 3; i++) {
		struct told t[2] = {0};
		struct arena_mark m = arena_mark_get(a);
		double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), wall = seconds(CLOCK_MONOTONIC);
		err e = i < 2 ? duty_gather(&c, &q, count, &t[0]) : duty_gather_by_hands(&c, &q, 2, count, NULL, (void *[DUTY_HANDS_MOST]){&t[0], &t[1]});
		cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
		wall = seconds(CLOCK_MONOTONIC) - wall;
		arena_rewind(a, m);
		struct rusage r;
		getrusage(RUSAGE_SELF, &r);
		if (e != OK) {
			fprintf(stderr, "%s\n", err_name(e));
			return 1;
		}
		printf("%s\t%ld cases\t%ld people\t%ld lines\t%ld open\t%.2f s of CPU\t%.2f s\t%ld MB\t%016llx\n", names[i], t[0].cases + t[1].cases,
		       t[0].people + t[1].people, t[0].lines + t[1].lines, t[0].open + t[1].open, cpu, wall, r.ru_maxrss / 1024,
		       (unsigned long long)(t[0].print + t[1].print));
	}
	db_close(c.db);
	arena_free(a);
	return 0;
}
