/* 訪問の予定: the month as a table, the day with its order and its paper. */
#include "web/pages/visit_plan.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "jp/era.h"
#include "law/calendar.h"
#include "register/staff.h"
#include "tmpl/visit_calendar.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/route.h"

#include <stdlib.h>

enum { SHOWN = 5, DUE_SHOWN = 3, DUE_LISTED = 200, WEEKS = 6 };

static const struct formin_field QUERY[] = {{.name = "day", .label = "日", .kind = FORMIN_DAY}, {.name = "month", .label = "月", .kind = FORMIN_CODE, .max = 7},
	{.name = "who", .label = "職員", .kind = FORMIN_CODE, .max = 40}};

err visit_staff_field(struct req *r, const char *who, struct ui_field *f, int64_t *id, const char **name)
{
	struct staff_row *s;
	size_t n;
	TRY(staff_list(r->c, &(struct staff_filter){.org_id = r->c->actor.org_id, .on = r->c->today}, &s, &n));
	struct ui_choice *v = ARENA_ARRAY(r->arena, n + 2, struct ui_choice);
	v[0] = (struct ui_choice){.value = "me", .label = "自分"};
	v[1] = (struct ui_choice){.value = "all", .label = "事業所全体"};
	*id = str_eq(who, "all") ? INT_NULL : r->c->actor.staff_id > 0 ? r->c->actor.staff_id : -1;
	*name = str_eq(who, "all") ? "事業所全体" : r->who.user_name;
	for (size_t i = 0; i < n; i++) {
		v[i + 2] = (struct ui_choice){.value = s[i].pid, .label = s[i].name};
		if (str_eq(s[i].pid, who)) {
			*id = s[i].id;
			*name = s[i].name;
		}
	}
	*f = (struct ui_field){.name = "who", .label = "職員", .value = who, .choices = v, .n_choices = n + 2};
	return OK;
}

static const char *iso(struct req *r, civil on)
{
	char text[CIVIL_TEXT];
	civil_text(on, text);
	return arena_str(r->arena, text);
}

static const char *who_asked(struct req *r)
{
	const char *who = str_or(req_query(r, "who"), "");
	return *who ? who : "me";
}

static const char *day_path(struct req *r, civil on, const char *who) { return arena_fmt(r->arena, "/visits?day=%s&who=%s", iso(r, on), who); }

static const char *month_path(struct req *r, civil on, const char *who)
{
	struct ymd d = civil_ymd(on);
	return arena_fmt(r->arena, "/visits?month=%04d-%02d&who=%s", d.y, d.m, who);
}

/* ---- the month ---------------------------------------------------------------------------------------------------------- */

/* First day of the month asked for; of this one if the address says none. */
static civil month_asked(struct req *r)
{
	const char *m = str_or(req_query(r, "month"), "");
	civil first;
	if (*m && civil_parse(arena_fmt(r->arena, "%s-01", m), &first))
		return first;
	struct ymd d = civil_ymd(r->c->today);
	return civil_from(d.y, d.m, 1);
}

static void cell_of(struct req *r, struct visit_cell *x, civil on, civil first, const char *who)
{
	struct law_calendar k = law_calendar_of(r->c->house->law, NULL, 0);
	const struct law_holiday *h = law_holiday_find(&k, on);
	struct ymd d = civil_ymd(on), m = civil_ymd(first);
	*x = (struct visit_cell){.on = on, .day = d.d, .in_month = d.m == m.m, .is_today = on == r->c->today, .is_shut = h || civil_weekday(on) > 5,
		.holiday = h ? h->name : "", .path = day_path(r, on, who), .label = era_text_week(r->arena, on)};
}

/* v by day; called off ones are left to the day's page. */
static void visits_into(struct req *r, struct visit_month_view *m, civil from, const struct visit_line *v, size_t n)
{
	struct visit_line *stand = ARENA_ARRAY(r->arena, n + 1, struct visit_line);
	size_t k = 0;
	for (size_t i = 0; i < n; i++)
		if (!str_eq(v[i].state, "cancelled"))
			stand[k++] = v[i];
	for (size_t i = 0; i < k;) {
		struct visit_cell *x = &m->weeks[(stand[i].on - from) / 7].d[(stand[i].on - from) % 7];
		x->v = stand + i;
		for (; i < k && stand[i].on == x->on; i++) {
			x->n_all++;
			if (x->in_month) {
				m->n_visits++;
				m->n_late += stand[i].late;
			}
			if (x->n_all <= SHOWN) {
				x->n++;
				look_person(r, stand[i].person_id);
			}
		}
		x->n_more = x->n_all - x->n;
	}
}

static err dues_into(struct req *r, struct visit_month_view *m, civil from, civil to, int64_t staff)
{
	struct visit_due *d;
	size_t n;
	TRY(visit_due_list(r->c, &(struct visit_due_filter){.staff_id = staff, .from_on = from, .to_on = to, .limit = 5000}, &d, &n));
	struct visit_due *open = ARENA_ARRAY(r->arena, n + 1, struct visit_due);
	size_t used = 0;
	for (size_t i = 0; i < n;) {
		struct visit_cell *x = &m->weeks[(d[i].due_on - from) / 7].d[(d[i].due_on - from) % 7];
		x->due = open + used;
		for (; i < n && d[i].due_on == x->on; i++) {
			x->n_due++;
			if (d[i].visit_on != CIVIL_NONE)
				continue;
			x->n_unplanned++;
			if (x->n_due_shown == DUE_SHOWN)
				continue;
			open[used++] = d[i];
			x->n_due_shown++;
			look_person(r, d[i].person_id);
		}
		x->n_due_more = (size_t)x->n_unplanned - x->n_due_shown;
	}
	return OK;
}

static err page_month(struct req *r)
{
	const char *who = who_asked(r), *name;
	civil first = month_asked(r), from = first - (civil_weekday(first) - 1);
	struct ymd d = civil_ymd(first);
	civil last = civil_eom(d.y, d.m);
	int64_t staff;
	struct visit_line *v;
	size_t n;
	struct visit_month_view m = {.page = page_view(r, "訪問の予定"), .month = arena_fmt(r->arena, "%04d-%02d", d.y, d.m), .month_ja = era_text_month(r->arena, d.y, d.m),
		.prev_path = month_path(r, first - 1, who), .next_path = month_path(r, last + 1, who), .this_path = month_path(r, r->c->today, who),
		.choose_path = "/visits/new", .unplanned_path = str_eq(who, "all") ? "/work/monitoring_unplanned" : "/work/monitoring_unplanned?who=me",
		.all = str_eq(who, "all"), .n_weeks = (size_t)(last - from) / 7 + 1, .weeks = ARENA_ARRAY(r->arena, WEEKS, struct visit_week)};
	civil to = from + (civil)m.n_weeks * 7 - 1;
	TRY(visit_staff_field(r, who, &m.staff, &staff, &name));
	for (size_t w = 0; w < m.n_weeks; w++)
		for (int i = 0; i < 7; i++)
			cell_of(r, &m.weeks[w].d[i], from + (civil)w * 7 + i, first, who);
	TRY(visit_plan_list(r->c, &(struct visit_filter){staff, from, to}, &v, &n));
	visits_into(r, &m, from, v, n);
	TRY(dues_into(r, &m, from, to, staff));
	struct ymd now = civil_ymd(r->c->today);
	TRY(visit_due_count(r->c, staff, civil_eom(now.y, now.m), &m.n_unplanned));
	struct page_view *page = (struct page_view *)m.page;
	page->wide = true;
	tmpl_visit_month(res_page(r), &m);
	return OK;
}

/* ---- the day ---------------------------------------------------------------------------------------------------------------- */

const char *visit_state_word(struct req *r, const char *state, civil on, const char **kind)
{
	bool late = str_eq(state, "planned") && on < r->c->today;
	*kind = str_eq(state, "done") ? "ok" : late ? "bad" : "note";
	return late ? "記録がまだ" : code_label(r, "visit_state", state);
}

static void rows_of(struct req *r, struct visit_day_view *d, const struct visit_line *v, size_t n)
{
	d->rows = ARENA_ARRAY(r->arena, n + 1, struct visit_day_row);
	d->n_rows = n;
	for (size_t i = 0; i < n; i++) {
		struct visit_day_row *x = &d->rows[i];
		bool stands = !str_eq(v[i].state, "cancelled");
		*x = (struct visit_day_row){.v = &v[i], .is_first = v[i].no == 1, .may_write = policy_check(r->c, v[i].person_id, CLASS_CARE, ACTION_WRITE) == OK};
		x->state = visit_state_word(r, v[i].state, v[i].on, &x->state_kind);
		d->n_stand += stands;
		d->may_order |= stands && x->may_write;
		look_person(r, v[i].person_id);
	}
	for (size_t i = 0; i < n; i++)
		d->rows[i].is_last = (size_t)v[i].no == d->n_stand;
	d->may_order = d->may_order && !d->all && d->n_stand > 1;
}

/* Next dates of records for whom no visit stands in the list: the others are the same thing twice. */
static void only_unplanned(struct visit_day_view *d)
{
	size_t kept = 0;
	for (size_t i = 0; i < d->day.n_planned; i++) {
		bool planned = false;
		for (size_t k = 0; k < d->n_rows; k++)
			planned |= d->rows[k].v->person_id == d->day.planned[i].person_id;
		if (!planned)
			d->day.planned[kept++] = d->day.planned[i];
	}
	d->day.n_planned = kept;
}

static err page_day(struct req *r, civil on)
{
	const char *who = who_asked(r), *name;
	int64_t staff;
	struct visit_line *v;
	struct visit_due *due;
	size_t n;
	struct visit_cell cell;
	cell_of(r, &cell, on, on, who);
	struct page_view *page = page_view(r, "1日の訪問の予定");
	struct visit_day_view d = {.page = page, .on = on, .on_iso = iso(r, on), .on_ja = cell.label, .holiday = cell.holiday, .who = who,
		.prev_path = day_path(r, on - 1, who), .next_path = day_path(r, on + 1, who), .month_path = month_path(r, on, who), .all = str_eq(who, "all"),
		.pdf_path = arena_fmt(r->arena, "/visits/pdf?day=%s&who=%s", iso(r, on), who), .choose_path = arena_fmt(r->arena, "/visits/new?day=%s", iso(r, on))};
	TRY(visit_staff_field(r, who, &d.staff, &staff, &name));
	TRY(visit_plan_list(r->c, &(struct visit_filter){staff, on, on}, &v, &n));
	rows_of(r, &d, v, n);
	TRY(visit_due_list(r->c, &(struct visit_due_filter){.staff_id = staff, .from_on = on, .to_on = on, .unplanned = true, .limit = DUE_LISTED}, &due, &d.n_due));
	d.due = due;
	for (size_t i = 0; i < d.n_due; i++)
		look_person(r, due[i].person_id);
	TRY(care_log_day(r->c, staff, on, &d.day));
	d.done_at = ARENA_ARRAY(r->arena, d.day.n_done + 1, const char *);
	for (size_t i = 0; i < d.day.n_done; i++) {
		d.done_at[i] = visit_clock(r->c, d.day.done[i].at_min, INT_NULL);
		look_person(r, d.day.done[i].person_id);
	}
	only_unplanned(&d);
	for (size_t i = 0; i < d.day.n_planned; i++)
		look_person(r, d.day.planned[i].person_id);
	page->back_path = d.month_path;
	page->back_label = "訪問の予定（月）";
	page->wide = true;
	tmpl_visit_day(res_page(r), &d);
	return OK;
}

/* The day of the address; CIVIL_NONE if it names none. */
static civil day_asked(struct req *r)
{
	struct era_date d;
	const char *text = str_or(req_query(r, "day"), "");
	return *text && era_parse(r->c, "day", text, &d) == OK ? d.day : CIVIL_NONE;
}

err page_visits(struct req *r)
{
	formin_read_query(r, QUERY, FORMIN_N(QUERY));
	civil on = day_asked(r);
	return on == CIVIL_NONE ? page_month(r) : page_day(r, on);
}

err page_visits_pdf(struct req *r)
{
	const char *bytes, *name;
	size_t n, n_v;
	int64_t staff;
	struct ui_field f;
	struct visit_line *v;
	formin_read_query(r, QUERY, FORMIN_N(QUERY));
	civil on = day_asked(r);
	if (on == CIVIL_NONE)
		on = r->c->today;
	TRY(visit_staff_field(r, who_asked(r), &f, &staff, &name));
	TRY(visit_plan_list(r->c, &(struct visit_filter){staff, on, on}, &v, &n_v));
	look_as(r, ACTION_PRINT);
	for (size_t i = 0; i < n_v; i++)
		if (policy_check(r->c, v[i].person_id, CLASS_CARE, ACTION_PRINT) == OK)
			look_person(r, v[i].person_id);
	TRY(visit_plan_paper(r->c, staff, name, on, &bytes, &n));
	return res_pdf(r, bytes, n, arena_fmt(r->arena, "homon-%s.pdf", iso(r, on)));
}

static const struct formin_field ARRANGE[] = {{.name = "day", .label = "日", .kind = FORMIN_DAY, .required = true},
	{.name = "who", .label = "職員", .kind = FORMIN_CODE, .max = 40, .required = true}, {.name = "how", .label = "並べ方", .kind = FORMIN_CODE, .required = true}};

err page_visits_arrange(struct req *r)
{
	const char *name;
	int64_t staff;
	struct ui_field f;
	TRY(formin_read(r, ARRANGE, FORMIN_N(ARRANGE)));
	TRY(visit_staff_field(r, req_field(r, "who"), &f, &staff, &name));
	civil on = formin_day(r, "day");
	if (staff != INT_NULL) /* the whole organisation has no order of its own */
		TRY(visit_plan_arrange(r->c, staff, on, str_eq(req_field(r, "how"), "time") ? VISIT_BY_TIME : VISIT_BY_TOWN));
	return res_done(r, "arranged", "%s", day_path(r, on, req_field(r, "who")));
}
