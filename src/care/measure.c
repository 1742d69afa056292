#include "care/measure.h"

#include "base/str.h"

static const struct measure MEASURES[] = {{"barthel", "バーセルインデックス（ADL）", 100}, {"fai", "FAI（IADL）", 45}};

size_t measure_count(void) { return sizeof MEASURES / sizeof MEASURES[0]; }
const struct measure *measure_at(size_t i) { return i < measure_count() ? &MEASURES[i] : NULL; }

const struct measure *measure_find(const char *form_id)
{
	for (size_t i = 0; i < measure_count(); i++)
		if (str_eq(MEASURES[i].form_id, form_id))
			return &MEASURES[i];
	return NULL;
}

err measure_course_of(struct ctx *c, const char *person_pid, const struct measure *m, struct measure_course *out)
{
	struct response_row *rows;
	struct response_view v;
	*out = (struct measure_course){.m = m};
	TRY(response_list(c, person_pid, m->form_id, &rows, &out->n));
	out->v = ARENA_ARRAY(c->arena, out->n + 1, struct measure_point);
	for (size_t i = 0; i < out->n; i++) {
		const struct response_row *r = &rows[out->n - 1 - i];
		struct measure_point *p = &out->v[i];
		TRY(response_get(c, r->pid, &v));
		const struct rule_outcome *o = form_outcome(v.result, "total");
		*p = (struct measure_point){.pid = r->pid, .org_name = r->org_name, .staff_name = r->staff_name, .on = r->answered_on};
		p->complete = o && o->min == o->max && o->n_missing == 0;
		p->sum = p->complete ? o->min : 0;
		if (!p->complete)
			continue;
		out->n_complete++;
		out->first = out->first ? out->first : p;
		out->last = p;
	}
	if (out->n_complete > 1)
		out->change = out->last->sum - out->first->sum;
	return OK;
}
