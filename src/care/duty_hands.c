/* A whole house judged by several processors: threads that share nothing but the law, the ranges and a counter. */
#include "base/house.h"
#include "care/duty_own.h"
#include "sql/q_duty.h"
#include "store/open.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdatomic.h>
#include <string.h>

static const size_t HAND_MEMORY = (size_t)512 << 20, HAND_SCRATCH = (size_t)128 << 20;

struct work {
	const struct duty_query *q;
	unsigned subjects;
	duty_fn fn;
	duty_done_fn done;
	const struct q_duty_borders_row *border;
	size_t n;             /* ranges: one more than borders */
	atomic_size_t next;
	atomic_bool stop;     /* a hand has failed: nobody begins anything more */
};

struct hand {
	struct ctx c;
	struct duty_run run;
	struct arena *arena;
	struct work *work;
	void *arg;
	bool first, runs;
	pthread_t thread;
	err e;
};

bool duty_hands_may(const struct ctx *c, const struct duty_query *q)
{
	return c->tx_depth == 0 && c->house->data_dir && !q->org_id && !q->person_id && !q->case_id && !q->staff_id && !q->known_ms;
}

static err ranges(struct hand *h)
{
	struct work *w = h->work;
	TRY(duty_run_settings(&h->c, &h->run));
	h->run.mark = arena_mark_get(h->run.scratch);
	if (h->first && (h->run.subjects & (DUTY_OF_OFFICE | DUTY_OF_INSURER)))
		TRY(duty_run_orgs(&h->c, &h->run));
	while (!atomic_load(&w->stop) && (h->run.subjects & (DUTY_OF_CASE | DUTY_OF_PERSON))) {
		size_t i = atomic_fetch_add(&w->next, 1);
		if (i >= w->n)
			break;
		TRY(duty_run_cases(&h->c, &h->run, i ? w->border[i - 1].id : 0, i + 1 < w->n ? w->border[i].id : INT_NULL, DUTY_LONG_RANGE));
	}
	if (w->done)
		w->done(h->arg);
	return OK;
}

static err opened(struct hand *h)
{
	TRY(store_open(&h->c, h->c.house->data_dir, true));
	store_long_read(&h->c);
	return ranges(h);
}

static void *hand_main(void *arg)
{
	struct hand *h = arg;
	jmp_buf full;
	if (setjmp(full) == 0) {
		arena_set_escape(h->arena, &full);
		arena_set_escape(h->run.scratch, &full);
		h->e = opened(h);
	} else {
		h->e = ERR_NOMEM;
	}
	store_close(&h->c);
	arena_set_escape(h->arena, NULL);
	if (h->e != OK)
		atomic_store(&h->work->stop, true);
	return NULL;
}

static bool prepared(const struct ctx *c, struct hand *h, struct work *w, void *arg)
{
	h->arena = arena_new(HAND_MEMORY);
	h->run = (struct duty_run){.q = w->q, .subjects = w->subjects, .fn = w->fn, .arg = arg, .scratch = arena_new(HAND_SCRATCH)};
	h->c = *c;
	h->c.arena = h->arena;
	h->c.db = NULL;
	h->c.tx_view = false;
	h->c.faults = NULL;
	h->c.n_faults = h->c.cap_faults = 0;
	h->work = w;
	h->arg = arg;
	return h->arena && h->run.scratch;
}

/* Nothing of the caller's arena is touched while threads run: if it were full, its escape would leave them behind. */
static void all_hands(struct hand *h, int n)
{
	for (int i = 1; i < n; i++)
		h[i].runs = pthread_create(&h[i].thread, NULL, hand_main, &h[i]) == 0; /* fewer hands do the same work */
	hand_main(&h[0]);
	for (int i = 1; i < n; i++)
		if (h[i].runs)
			(void)pthread_join(h[i].thread, NULL);
}

static err taken_over(struct ctx *c, struct hand *h, int n, err e)
{
	for (int i = 0; i < n; i++) {
		arena_free(h[i].run.scratch);
		if (e == OK)
			e = h[i].e;
	}
	for (int i = 0; i < n; i++)
		if (h[i].arena && (e != OK || !arena_adopt(c->arena, h[i].arena))) {
			arena_free(h[i].arena);
			e = e == OK ? ERR_NOMEM : e;
		}
	return e;
}

err duty_gather_by_hands(struct ctx *c, const struct duty_query *q, int hands, duty_fn fn, duty_done_fn done, void *const *args)
{
	struct duty_query query = *q;
	struct work w = {.q = &query, .fn = fn, .done = done, .subjects = q->subjects ? q->subjects : DUTY_OF_CASE | DUTY_OF_PERSON};
	struct hand *h = ARENA_ARRAY(c->arena, DUTY_HANDS_MOST, struct hand);
	struct q_duty_borders_row *border;
	int n = hands < 1 ? 1 : hands > DUTY_HANDS_MOST ? DUTY_HANDS_MOST : hands;
	bool ready = true;
	duty_query_days(c, &query);
	TRY(q_duty_borders(c, &(struct q_duty_borders_in){.step = DUTY_LONG_RANGE}, &border, &w.n));
	w.border = border;
	w.n++;
	for (int i = 0; i < n; i++)
		ready = prepared(c, &h[i], &w, args[i]) && ready;
	h[0].first = true;
	if (ready)
		all_hands(h, n);
	return taken_over(c, h, n, ready ? OK : ERR_NOMEM);
}
