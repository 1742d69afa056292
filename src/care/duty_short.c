#include "care/duty_short.h"

#include "base/str.h"
#include "care/plan_check.h"
#include "codec/json.h"

#include <string.h>

/* A day is cut into so many parts that a week and a month of any length divide it without a rest. */
enum { WEEK = 7, MONTHS_ALL = 28 * 29 * 30 * 31, PARTS = WEEK * MONTHS_ALL };

static civil later(civil a, civil b) { return a == CIVIL_NONE || (b != CIVIL_NONE && b > a) ? b : a; }
static civil sooner(civil a, civil b) { return a == CIVIL_NONE || (b != CIVIL_NONE && b < a) ? b : a; }

/* Parts of days that one service foresees between two days of one month. */
static int64_t foreseen(const struct q_duty_services_row *v, civil from, civil to, int64_t month_days)
{
	civil lo = later(from, v->from_on), hi = sooner(to, v->to_on);
	if (!plan_type_is_short_stay(v->type_code) || hi < lo)
		return 0;
	int64_t days = hi - lo + 1;
	if (v->times_month != INT_NULL)
		return v->times_month * days * (PARTS / month_days);
	return v->times_week == INT_NULL ? 0 : v->times_week * days * (PARTS / WEEK);
}

static bool has_stays(const struct duty_stays *s, const struct q_duty_plans_row *p)
{
	for (size_t i = 0; i < s->n_service; i++)
		if (s->service[i].plan_id == p->id && plan_type_is_short_stay(s->service[i].type_code))
			return true;
	return false;
}

bool duty_short_any(const struct duty_stays *s)
{
	for (size_t i = 0; i < s->n_service; i++)
		if (plan_type_is_short_stay(s->service[i].type_code))
			return true;
	for (size_t i = 0; i < s->n_fact; i++)
		if (str_eq(s->fact[i].code, "HOUSE-SHORT"))
			return true;
	return false;
}

/* What is written down for the month, the last one written; INT_NULL: nothing. */
static int64_t used(const struct duty_stays *s, civil month, struct arena *a)
{
	char name[CIVIL_TEXT];
	int64_t days = INT_NULL;
	civil_text(month, name);
	name[7] = '\0';
	for (size_t i = 0; i < s->n_fact; i++) {
		struct json *o;
		int64_t n;
		if (!str_eq(s->fact[i].code, "HOUSE-SHORT") || json_parse(a, s->fact[i].body, strlen(s->fact[i].body), NULL, &o, NULL) != OK)
			continue;
		if (str_eq(json_text(json_get(o, "month"), ""), name) && json_int(json_get(o, "days"), &n))
			days = n;
	}
	return days;
}

/* Parts of days of a month by all plans up to p. */
static int64_t planned(const struct duty_stays *s, const struct q_duty_plans_row *p, civil begin, civil lo, civil hi, int64_t month_days)
{
	int64_t sum = 0;
	for (size_t i = 0; i < s->n_plan; i++) {
		const struct q_duty_plans_row *o = &s->plan[i];
		if (o != p && (!s->in_use(o) || o->from_on >= begin))
			continue;
		civil from = later(lo, o == p ? begin : o->from_on), to = sooner(hi, s->end(o));
		if (o != p)
			to = sooner(to, begin - 1);
		for (size_t k = 0; k < s->n_service && from <= to; k++)
			if (s->service[k].plan_id == o->id)
				sum += foreseen(&s->service[k], from, to, month_days);
	}
	return sum;
}

int64_t duty_short_days(const struct duty_stays *s, const struct q_duty_plans_row *p, civil from, civil to, struct arena *a)
{
	civil begin = p->from_on == CIVIL_NONE ? p->create_on : p->from_on, last = sooner(to, s->end(p));
	int64_t days = 0, parts = 0;
	bool any = has_stays(s, p);
	struct ymd d = civil_ymd(from);
	for (civil month = civil_from(d.y, d.m, 1); month <= last; month = civil_add_months(month, 1)) {
		civil end = civil_add_months(month, 1) - 1;
		int64_t n = used(s, month, a);
		any = any || (n != INT_NULL && end >= begin);
		if (n != INT_NULL)
			days += n;
		else
			parts += planned(s, p, begin, later(month, from), sooner(end, last), end - month + 1);
	}
	return any ? days + parts / PARTS : INT_NULL;
}
