#include "care/conc_report.h"

#include "base/house.h"
#include "base/str.h"
#include "law/codes.h"
#include "law/penalty.h"
#include "register/org.h"
#include "sql/q_duty.h"

#include <stdlib.h>

struct span {
	int64_t case_id;
	civil from, to;
};

/* Months of the period in which one of the spans of the case lies; the spans of a case stand together. */
static int64_t months_of(const struct span *s, size_t n, civil from, civil to)
{
	int64_t months = 0;
	for (int m = law_month_of(from); m <= law_month_of(to); m++) {
		civil first = law_month_first(m), last = law_month_last(m);
		for (size_t i = 0; i < n; i++)
			if (s[i].from <= last && s[i].to >= first && s[i].to >= from && s[i].from <= to) {
				months++;
				break;
			}
	}
	return months;
}

static int64_t count(const struct span *s, size_t n, civil from, civil to)
{
	int64_t all = 0;
	for (size_t i = 0; i < n;) {
		size_t k = i;
		while (k < n && s[k].case_id == s[i].case_id)
			k++;
		all += months_of(s + i, k - i, from, to);
		i = k;
	}
	return all;
}

static int by_case(const void *x, const void *y)
{
	const struct span *a = x, *b = y;
	return a->case_id < b->case_id ? -1 : a->case_id > b->case_id;
}

static void put_top(struct conc_share *s, const char *name, int64_t plans)
{
	size_t at = s->n_top;
	while (at > 0 && s->top[at - 1].plans < plans)
		at--;
	if (at == CONC_TOP || plans == 0)
		return;
	if (s->n_top < CONC_TOP)
		s->n_top++;
	for (size_t i = s->n_top - 1; i > at; i--)
		s->top[i] = s->top[i - 1];
	s->top[at] = (struct conc_corp){name, plans};
}

static err one_service(struct ctx *c, int64_t org_id, const struct conc_report *o, struct conc_share *s)
{
	struct q_conc_plans_row *r;
	size_t n;
	TRY(q_conc_plans(c, &(struct q_conc_plans_in){.org_id = org_id, .from_on = o->judged_from, .to_on = o->judged_to, .service = s->service}, &r, &n));
	struct span *all = ARENA_ARRAY(c->arena, n + 1, struct span);
	for (size_t i = 0; i < n; i++)
		all[i] = (struct span){r[i].case_id, r[i].from_on, r[i].to_on};
	for (size_t i = 0; i < n;) { /* rows stand by corporation, within it by case */
		size_t k = i;
		while (k < n && r[k].corp_id == r[i].corp_id && (r[i].corp_id != INT_NULL || str_eq(r[k].corp, r[i].corp)))
			k++;
		put_top(s, r[i].corp, count(all + i, k - i, o->judged_from, o->judged_to));
		i = k;
	}
	if (n)
		qsort(all, n, sizeof all[0], by_case);
	s->plans = count(all, n, o->judged_from, o->judged_to);
	return OK;
}

static err all_plans(struct ctx *c, int64_t org_id, struct conc_report *o)
{
	struct q_conc_all_row *r;
	size_t n;
	TRY(q_conc_all(c, &(struct q_conc_all_in){.org_id = org_id, .from_on = o->judged_from, .to_on = o->judged_to}, &r, &n));
	struct span *all = ARENA_ARRAY(c->arena, n + 1, struct span);
	for (size_t i = 0; i < n; i++)
		all[i] = (struct span){r[i].case_id, r[i].from_on, r[i].to_on};
	o->plans = count(all, n, o->judged_from, o->judged_to);
	o->months = law_month_of(o->judged_to) - law_month_of(o->judged_from) + 1;
	return OK;
}

/* Reasons of the office by service; offices_near and the accepted services for the judgement. */
static err reasons_of(struct ctx *c, int64_t org_id, struct conc_report *o, struct law_conc_service *in, struct law_conc_office *office)
{
	struct office_reason *r;
	size_t n;
	TRY(office_reasons(c, org_id, o->period.from, o->period.to, &r, &n));
	for (size_t i = 0; i < o->n; i++) {
		struct conc_share *s = &o->v[i];
		s->reasons = ARENA_ARRAY(c->arena, n + 1, struct office_reason);
		for (size_t k = 0; k < n; k++) {
			if (r[k].number != 2 && !str_eq(r[k].service, s->service))
				continue;
			s->reasons[s->n_reasons++] = r[k];
			if (r[k].number == 1 && r[k].offices != INT_NULL)
				in[i].offices_near = r[k].offices;
		}
	}
	for (size_t k = 0; k < n; k++) {
		office->special_area = office->special_area || r[k].number == 2;
		if (r[k].number >= 5) {
			const char **list = r[k].number == 5 ? &office->accepted : &office->accepted_6;
			*list = **list ? arena_fmt(c->arena, "%s|%s", *list, r[k].service) : r[k].service;
		}
	}
	return OK;
}

err conc_report(struct ctx *c, int64_t org_id, civil designated_on, civil day, const struct conc_terms *terms, struct conc_report *out)
{
	const struct law_catalogue *law = c->house->law;
	struct law_calendar national = law_calendar_of(law, NULL, 0);
	*out = (struct conc_report){.period = law_half_year_of(day)};
	out->judged = law_conc_judged(&out->period, designated_on, terms->skip_partial, &out->judged_from);
	out->judged_to = law_month_last(law_month_of(c->today));
	if (out->judged_to > out->period.to || out->period.from > c->today)
		out->judged_to = out->period.to;
	out->file_by = law_shift_day(terms->calendar ? terms->calendar : &national, out->period.file_by, terms->shift);
	if (!out->judged)
		return OK;
	const struct law_code **codes = law_code_list(law, c->arena, "conc_service", out->period.to, &out->n);
	out->v = ARENA_ARRAY(c->arena, out->n + 1, struct conc_share);
	struct law_conc_service *in = ARENA_ARRAY(c->arena, out->n + 1, struct law_conc_service);
	struct law_conc_result *result = ARENA_ARRAY(c->arena, out->n + 1, struct law_conc_result);
	TRY(all_plans(c, org_id, out));
	for (size_t i = 0; i < out->n; i++) {
		out->v[i] = (struct conc_share){.service = codes[i]->code, .label = codes[i]->label};
		TRY(one_service(c, org_id, out, &out->v[i]));
		in[i] = (struct law_conc_service){out->v[i].service, out->v[i].plans, out->v[i].n_top ? out->v[i].top[0].plans : 0, -1};
	}
	struct law_conc_office office = {.months = out->months, .plans = out->plans, .accepted = "", .accepted_6 = ""};
	TRY(reasons_of(c, org_id, out, in, &office));
	err e = law_conc_judge(law, c->arena, &out->period, &office, in, out->n, result);
	out->judged = e != ERR_NOTFOUND; /* no bound of that time stands in the tables */
	if (!out->judged)
		return OK;
	TRY(e);
	for (size_t i = 0; i < out->n; i++) {
		out->v[i].result = result[i];
		out->bound_percent = result[i].bound_percent;
		out->over = out->over || result[i].over;
		out->reduced = out->reduced || result[i].reduced;
	}
	out->filed = out->over || terms->file_all;
	return OK;
}

static const char *setting(struct ctx *c, const struct insurer_settings *s, int64_t insurer_org_id, const char *key, civil on)
{
	const struct law_param *p = law_param_find(c->house->law, key);
	return p ? law_param_text(p, &s->params, insurer_settings_name(s, insurer_org_id), on, NULL) : "";
}

void conc_terms_of(struct ctx *c, const struct insurer_settings *settings, int64_t insurer_org_id, civil on, struct conc_terms *out)
{
	*out = (struct conc_terms){.shift = LAW_SHIFT_NONE, .calendar = insurer_settings_calendar(settings, insurer_org_id),
	                           .skip_partial = str_eq(setting(c, settings, insurer_org_id, "conc_partial", on), "skip"),
	                           .file_all = str_eq(setting(c, settings, insurer_org_id, "conc_file_all", on), "yes")};
	if (!law_shift_parse(setting(c, settings, insurer_org_id, "conc_filing_shift", on), &out->shift))
		out->shift = LAW_SHIFT_NONE;
}

err conc_report_own(struct ctx *c, civil day, struct conc_report *out)
{
	struct insurer_settings settings;
	struct conc_terms terms;
	struct org o;
	TRY(org_load(c, c->actor.org_id, &o));
	TRY(insurer_settings_load(c, c->arena, 0, &settings));
	conc_terms_of(c, &settings, o.insurer_org_id, law_half_year_of(day).to, &terms);
	return conc_report(c, o.id, o.valid_from, day, &terms, out);
}
