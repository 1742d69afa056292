#include "care/approval.h"

#include "base/str.h"
#include "sql/q_approval.h"

#include <stdlib.h>

enum { MINUTE = 60000, HOUR = 60, DAY = 1440 };

void approval_word(struct approval_clock *k, const char *word, int64_t at_ms)
{
	if (str_eq(word, "ask_approval")) {
		*k = (struct approval_clock){.asked_ms = at_ms, .took_ms = INT_NULL, .waits = true};
	} else if (str_eq(word, "approve")) {
		if (k->asked_ms != INT_NULL && k->took_ms == INT_NULL)
			k->took_ms = at_ms - k->asked_ms;
		k->waits = false;
	} else if (str_eq(word, "return") || str_eq(word, "done")) {
		k->waits = false;
	}
}

const char *approval_span_ja(struct arena *a, int64_t ms)
{
	if (ms == INT_NULL)
		return "";
	int64_t minutes = ms / MINUTE;
	return minutes < HOUR ? arena_fmt(a, "%lld分", (long long)minutes)
	     : minutes < DAY ? arena_fmt(a, "%lld時間", (long long)minutes / HOUR) : arena_fmt(a, "%lld日", (long long)minutes / DAY);
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static int by_asked(const void *a, const void *b)
{
	return by_number(&((const struct approval_wait *)a)->asked_ms, &((const struct approval_wait *)b)->asked_ms);
}

static void wait_for(struct approval_report *out, struct approval_sum *sum, const struct q_approval_words_row *r, int64_t asked_ms, const char *who)
{
	sum->n_waiting++;
	out->waits[out->n_waits++] = (struct approval_wait){.is_case = r->is_case, .pid = r->pid, .label = r->label, .person_pid = r->person_pid,
		.person_name = r->person_name, .who = who, .person_id = r->person_id, .asked_ms = asked_ms};
}

static void sum_of(struct ctx *c, const struct q_approval_words_row *v, size_t n_v, struct approval_sum *sum, struct approval_report *out)
{
	int64_t *took = ARENA_ARRAY(c->arena, n_v + 1, int64_t);
	size_t n = 0;
	struct approval_clock k = APPROVAL_CLOCK();
	const char *who = "";
	for (size_t i = 0; i < n_v; i++) {
		bool had = k.took_ms != INT_NULL;
		approval_word(&k, v[i].word, v[i].at_ms);
		if (str_eq(v[i].word, "ask_approval"))
			who = str_or(v[i].who, "");
		sum->n_returned += str_eq(v[i].word, "return");
		if (!had && k.took_ms != INT_NULL)
			took[n++] = k.took_ms;
		if (i + 1 < n_v && v[i + 1].row_id == v[i].row_id)
			continue;
		if (k.waits && v[i].is_open) /* what was given up or is in use already waits for nobody */
			wait_for(out, sum, &v[i], k.asked_ms, who);
		k = APPROVAL_CLOCK();
	}
	qsort(took, n, sizeof *took, by_number);
	sum->n_approved = (int64_t)n;
	sum->middle_ms = n ? took[(n - 1) / 2] : INT_NULL;
	sum->most_ms = n ? took[n - 1] : INT_NULL;
}

err approval_report(struct ctx *c, civil since, struct approval_report *out)
{
	struct q_approval_words_row *v;
	size_t n, plans = 0;
	*out = (struct approval_report){0};
	TRY(q_approval_words(c, &(struct q_approval_words_in){.since_ms = civil_instant_start(since)}, &v, &n));
	out->waits = ARENA_ARRAY(c->arena, n + 1, struct approval_wait);
	while (plans < n && !v[plans].is_case)
		plans++;
	sum_of(c, v, plans, &out->plans, out);
	sum_of(c, v + plans, n - plans, &out->cases, out);
	qsort(out->waits, out->n_waits, sizeof *out->waits, by_asked);
	return OK;
}
