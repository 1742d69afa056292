/* survey_prefill — what the records already say, as answers (F081): the quarter's joint work with rehabilitation professionals. */
#include <stdio.h>
#include "base/str.h"
#include "region/dispatch_figures.h"
#include "region/survey_seat.h"

/* Of what fill sets: the items of which the records' silence says 0 or none (opinions and notes are no such items). */
bool survey_prefill_covers(const char *path)
{
	static const char *const items[] = {"did", "programme", "occasion", "occasion_case_conf_n", "occasion_visit_n", "occasion_other_n", "timing", "reason"};
	for (size_t i = 0; i < sizeof items / sizeof items[0]; i++)
		if (str_eq(path, items[i]))
			return true;
	return false;
}

static void set(struct answers *as, const char *path, const char *text)
{
	/* a survey changed by its owner may lack the item or the option: then nothing is filled in */
	if (text && *text && answers_item(as, path) && answers_set(as, path, text) != OK)
		return;
}

static void set_count(struct answers *as, const char *option, int64_t n)
{
	if (n <= 0 || !answers_item(as, "occasion"))
		return;
	char path[64];
	snprintf(path, sizeof path, "occasion_%s_n", option);
	if (answers_set_code(as, "occasion", option) != OK || !answers_item(as, path))
		return;
	if (answers_set_int(as, path, n) != OK)
		return;
}

/* 「a|b」 → 「a,b」 */
static const char *codes(struct arena *a, const char *bars)
{
	char *s = arena_str(a, str_or(bars, ""));
	for (char *p = s; *p; p++)
		if (*p == '|')
			*p = ',';
	return s;
}

static void fill(struct ctx *c, struct answers *as, const struct dispatch_quarter *q)
{
	set(as, "did", q->did ? "yes" : "no");
	set(as, "plan", q->plans_joint);
	set(as, "plan_programme", q->plans_use);
	if (!q->did) {
		set(as, "no_reason_text", q->nonuse_comment);
		return;
	}
	set(as, "programme", str_eq(q->used, "yes") ? "used" : "unused");
	set_count(as, "case_conf", q->case_conf);
	set_count(as, "visit", q->visit);
	set_count(as, "other", q->other);
	set(as, "timing", codes(c->arena, q->timings));
	set(as, "timing_other", q->timing_notes);
	set(as, "reason", codes(c->arena, q->reasons));
	set(as, "reason_other", q->reason_notes);
	set(as, "effect", *q->effect ? q->effect : q->effect_by_dispatch);
	set(as, "effect_text", q->effect_comment);
}

err survey_prefill(struct ctx *c, const struct t_survey *s, const struct t_survey_round *r, const struct form_def *def, int64_t org_id, struct answers **out)
{
	struct dispatch_quarter q;
	*out = NULL;
	if (!str_eq(s->prefill, "dispatch") || s->is_anonymous)
		return OK;
	err e = dispatch_quarter(c, org_id, r->period_from, r->period_to, &q);
	if (e == ERR_DENIED || e == ERR_NOTFOUND)
		return OK; /* who asks has no sight of that organisation's records: it answers for itself */
	TRY(e);
	*out = answers_new(c->arena, def);
	fill(c, *out, &q);
	return OK;
}
