#include "region/survey_asked.h"

#include "base/str.h"

/* Asked is whose request went out: by mail or letter, or among the surveys an organisation of the house finds in its own work from the day of
 * the request on. Where answers came although nothing of this went out, the round was asked by other means: all its list. */
static void asked_of_round(const struct survey_asking *l, const struct tab_data *d, struct tab_round *x, size_t r, const uint64_t *came, uint64_t any_came, uint64_t *waiting)
{
	const struct t_survey_round *row = &l->rounds[r];
	bool shown = !l->survey->is_anonymous && !row->is_outside && row->opens_on <= l->today, otherwise = false, sent = false;
	civil first = CIVIL_NONE;
	int64_t n = 0;
	for (size_t i = 0; i < l->n_invited[r]; i++) {
		const struct q_survey_invited_ids_row *v = &l->invited[r][i];
		bool out = !str_eq(v->state, "waiting");
		civil on = out && v->sent_on != CIVIL_NONE ? v->sent_on : out || (shown && v->is_org) ? row->opens_on : CIVIL_NONE;
		if (on != CIVIL_NONE && (first == CIVIL_NONE || on < first))
			first = on;
		sent = sent || out;
		n += out;
	}
	otherwise = !sent && l->survey->is_anonymous && any_came >> r & 1;
	for (size_t i = 0; i < l->n_invited[r]; i++) {
		const struct q_survey_invited_ids_row *v = &l->invited[r][i];
		size_t at = (size_t)v->target_id;
		bool out = !str_eq(v->state, "waiting");
		if (!at || out || (shown && v->is_org))
			continue;
		waiting[at - 1] |= (uint64_t)1 << r;
		otherwise = otherwise || (!sent && !l->survey->is_anonymous && came[at - 1] >> r & 1);
	}
	for (size_t u = 0; otherwise && u < d->n_units; u++)
		waiting[u] &= ~((uint64_t)1 << r);
	x->planned = first == CIVIL_NONE && !(any_came >> r & 1);
	if (first != CIVIL_NONE)
		x->asked_on = first;
	else if (!x->planned && x->asked_on > l->today) /* answered before the day that was planned: nobody noted when it was asked */
		x->asked_on = CIVIL_NONE;
	if (l->survey->is_anonymous)
		x->n_invited = otherwise ? (int64_t)l->n_invited[r] : n;
}

void survey_asked(const struct survey_asking *l, struct tab_data *d, struct tab_round *rounds)
{
	uint64_t *waiting = ARENA_ARRAY(l->a, d->n_units + 1, uint64_t), *came = ARENA_ARRAY(l->a, d->n_units + 1, uint64_t), any = 0;
	for (size_t k = 0; k < d->answers.n; k++) {
		uint64_t round = (uint64_t)1 << d->answers.round_of[k];
		any |= round;
		if (!l->survey->is_anonymous)
			came[d->answers.unit_of[k]] |= round;
	}
	for (size_t r = 0; r < l->n_rounds; r++)
		asked_of_round(l, d, &rounds[r], r, came, any, waiting);
	d->waiting = waiting;
}
