#include "care/plan_assist.h"

#include "base/str.h"
#include "care/plan_check.h"
#include "jp/week_text.h"
#include "register/org.h"
#include "store/revision.h"

const char *plan_clock_ja(struct arena *a, int min)
{
	bool next = min > 1440;
	int m = next ? min - 1440 : min;
	return arena_fmt(a, "%s%d:%02d", next ? "翌" : "", m / 60, m % 60);
}

static int days_of(unsigned mask)
{
	int n = 0;
	for (int i = 0; i < 7; i++)
		n += (mask >> i) & 1;
	return n;
}

void plan_service_complete(struct ctx *c, struct t_plan_service *s)
{
	struct org o;
	unsigned days = week_days_of_code(s->days);
	if (str_blank(s->type) && !str_blank(s->type_code))
		s->type = plan_type_label_ja(s->type_code);
	if (s->org_id != INT_NULL && org_load(c, s->org_id, &o) == OK) {
		if (str_blank(s->office))
			s->office = o.name;
		if (str_blank(s->office_no))
			s->office_no = str_or(o.office_no, "");
	}
	if (str_blank(s->actor) && (s->org_id != INT_NULL || !str_blank(s->type_code)))
		s->actor = "formal";
	if (str_blank(s->covered) && !str_blank(s->type_code))
		s->covered = "Y";
	else if (str_blank(s->covered) && !str_blank(s->actor) && !str_eq(s->actor, "formal"))
		s->covered = "N";
	if (days && s->times_week == INT_NULL)
		s->times_week = days_of(days);
	if (days && str_blank(s->freq))
		s->freq = days == 0x7F ? "毎日" : arena_fmt(c->arena, "週%d回（%s）", days_of(days), week_days_ja(c->arena, days));
}

static bool has_slot(const struct plan_tree *t, int64_t service_id, int dow)
{
	for (size_t i = 0; i < t->n_slots; i++)
		if (t->slots[i].service_id == service_id && t->slots[i].dow == dow)
			return true;
	return false;
}

err plan_week_missing(struct ctx *c, const struct plan_tree *t, struct plan_slot_new **v, size_t *n)
{
	*v = ARENA_ARRAY(c->arena, 7 * t->n_services + 1, struct plan_slot_new);
	*n = 0;
	for (size_t i = 0; i < t->n_services; i++) {
		const struct t_plan_service *s = &t->services[i];
		unsigned days = week_days_of_code(s->days);
		if (s->time_from == INT_NULL || s->time_to == INT_NULL)
			continue;
		for (int d = 0; d < 7; d++) {
			if (!(days & 1u << d) || has_slot(t, s->id, d + 1))
				continue;
			struct plan_slot_new *x = &(*v)[(*n)++];
			row_init(&T_plan_slot, &x->row);
			x->row.dow = d + 1;
			x->row.from_min = s->time_from;
			x->row.to_min = s->time_to < s->time_from ? s->time_to + 1440 : s->time_to;
			x->row.service = *s->type ? s->type : s->content;
			x->service_key = s->pid;
		}
	}
	return OK;
}

civil plan_month_on(const struct t_plan *p) { return p->from_on != CIVIL_NONE ? p->from_on : p->plan_on; }

err plan_slot_was_changed(struct ctx *c, const struct plan_tree *t, const char *pid, int64_t version, const struct t_plan_slot *typed, bool *changed)
{
	struct t_plan_slot now, base;
	TRY(row_find(c, &T_plan_slot, pid, &now));
	if (now.plan_id != t->plan.id)
		return ERR_NOTFOUND;
	TRY(row_at_version(c, &T_plan_slot, now.id, version, &base));
	*changed = base.dow != typed->dow || base.from_min != typed->from_min || base.to_min != typed->to_min || !str_eq(base.service, typed->service) ||
	           !str_eq(base.note, typed->note);
	return OK;
}
