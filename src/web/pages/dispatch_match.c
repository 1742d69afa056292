/* The coordinator's page: suggestions with their reasons, and an offer to one of them or by hand (C-196). */
#include "web/pages/dispatch.h"

#include "base/str.h"
#include "jp/era.h"
#include "register/staff.h"
#include "tmpl/dispatch_match.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/route.h"

static const struct formin_field WHO[] = {{.name = "who", .label = "選んだ専門職", .kind = FORMIN_PID}};

static err match(struct req *r, err e)
{
	struct dispatch_view d;
	struct dispatch_suggestion *s;
	size_t n;
	TRY(dispatch_get(r->c, req_param(r, "pid"), &d));
	TRY(dispatch_suggest(r->c, d.row.pid, &s, &n));
	const char *place;
	TRY(dispatch_place(r->c, d.row.pid, &place));
	struct page_view *page = page_view(r, "派遣する専門職を決める");
	struct dispatch_match_view v = {.page = page, .d = &d, .base = arena_fmt(r->arena, "/dispatch/%s", d.row.pid), .n_rows = n, .what = code_label(r, "dispatch_occasion", d.row.occasion), .place = place,
		.latest = dispatch_latest(r->c, &d.row), .urgency = code_label(r, "dispatch_urgency", d.row.urgency)};
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	v.rows = ARENA_ARRAY(r->arena, n + 1, struct dispatch_suggest_shown);
	for (size_t i = 0; i < n; i++) {
		char iso[CIVIL_TEXT];
		civil_text(s[i].on_day, iso);
		v.rows[i] = (struct dispatch_suggest_shown){.s = &s[i], .profession = profession_label_ja(s[i].who->profession),
			.day = s[i].on_day == CIVIL_NONE ? "" : era_text_week(r->arena, s[i].on_day), .iso = arena_str(r->arena, iso),
			.hours = *s[i].hours.from ? arena_fmt(r->arena, "%s–%s", s[i].hours.from, s[i].hours.to) : ""};
		c[i] = (struct ui_choice){.value = s[i].who->therapist_pid, .label = arena_fmt(r->arena, "%s（%s・%s）", s[i].who->name, v.rows[i].profession, s[i].who->org_name)};
	}
	formin_read_query(r, WHO, FORMIN_N(WHO));
	for (size_t i = 0; i < n; i++)
		if (str_eq(s[i].who->therapist_pid, str_or(req_query(r, "who"), "")))
			v.chosen = &s[i];
	v.therapist = (struct ui_field){.name = "therapist", .label = "派遣する専門職", .choices = c, .n_choices = n, .optional_blank = true, .required = true, .value = v.chosen ? v.chosen->who->therapist_pid : ""};
	page->back_path = v.base;
	page->back_label = "連携の記録";
	tmpl_dispatch_match(res_page_of(r, e), &v);
	return OK;
}

err page_dispatch_match(struct req *r) { return match(r, OK); }

static const struct formin_field OFFER[] = {
	{.name = "therapist", .label = "派遣する専門職", .kind = FORMIN_PID},
	{.name = "on_day", .label = "派遣する日", .kind = FORMIN_DAY},
	{.name = "time_from", .label = "始まりの時刻", .kind = FORMIN_TEXT, .max = 20},
	{.name = "time_to", .label = "終わりの時刻", .kind = FORMIN_TEXT, .max = 20},
};

err page_dispatch_offer(struct req *r)
{
	err e = formin_read(r, OFFER, FORMIN_N(OFFER));
	if (e == OK)
		e = dispatch_offer_make(r->c, req_param(r, "pid"), req_field(r, "therapist"), formin_day(r, "on_day"), req_field(r, "time_from"), req_field(r, "time_to"));
	if (page_is_input(e))
		return match(r, e);
	TRY(e);
	return res_done(r, "offered", "/dispatch/%s", req_param(r, "pid"));
}
