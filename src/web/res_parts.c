/* Small pages of the house itself: fragments for assets/app.js, the display settings. */
#include "access/account.h"
#include "access/once.h"
#include "access/session.h"
#include "base/house.h"
#include "base/str.h"
#include "codec/json.h"
#include "register/address.h"
#include "tmpl/layout_house.h"
#include "web/formin.h"
#include "web/res_parts.h"
#include "web/route.h"

#include <string.h>

err page_health(struct req *r)
{
	buf_str(res_page(r), "ok\n");
	r->res.type = "text/plain; charset=utf-8";
	return OK;
}

/* What a date field shows beside itself. The text is not stored and not logged. */
err page_part_date(struct req *r)
{
	buf_str(res_page(r), page_date_hint(r->arena, req_query(r, "text"), r->c->today, !str_blank(req_query(r, "birth"))));
	r->res.type = "text/plain; charset=utf-8";
	return OK;
}

err page_part_postal(struct req *r)
{
	struct postal_fill *v;
	size_t n;
	struct json *list = json_new(r->arena, JSON_ARRAY);
	TRY(postal_fill(r->c, req_query(r, "postal"), &v, &n));
	for (size_t i = 0; i < n; i++) {
		struct json *o = json_new(r->arena, JSON_OBJECT), *areas = json_new(r->arena, JSON_OBJECT);
		json_set(r->arena, o, "address", json_new_text(r->arena, v[i].address));
		for (int k = 0; k < AREA_SLOTS; k++)
			if (v[i].area_id[k] != INT_NULL)
				json_set(r->arena, areas, v[i].area_pid[k], json_new_text(r->arena, v[i].area_name[k]));
		json_set(r->arena, o, "areas", areas);
		json_add(r->arena, list, o);
	}
	json_write(res_json(r, OK), list, false);
	return OK;
}

/* Where a form that was sent from this page led: the page asks when one comes back to it. path "": nowhere, the token is unspent;
 * "/": to a page, not to a record. */
err page_part_saved(struct req *r)
{
	const char *location;
	struct json *o = json_new(r->arena, JSON_OBJECT);
	TRY(once_led(r->c, req_query(r, "once"), &location));
	json_set(r->arena, o, "path", json_new_text(r->arena, location ? arena_strn(r->arena, location, strcspn(location, "?#")) : ""));
	json_write(res_json(r, OK), o, false);
	return OK;
}

/* ---- display ---- */

static const struct ui_choice SIZES[] = {{"standard", "標準", false}, {"large", "大", false}, {"xlarge", "特大", false}};

static const struct formin_field DISPLAY_FIELDS[] = {
	{.name = "text_size", .label = "文字の大きさ", .kind = FORMIN_CODE, .required = true, .choices = SIZES, .n_choices = 3},
	{.name = "list_rows", .label = "一覧の1ページの件数", .kind = FORMIN_INT, .lo = 10, .hi = 200, .required = true},
	{.name = "idle_min", .label = "操作がないときにロックするまでの時間", .kind = FORMIN_INT, .lo = 5, .hi = 120, .required = true},
};

static err show_display(struct req *r, err e)
{
	const struct session *s = r->session;
	struct house_view v = {.page = page_view(r, "表示の設定"), .sizes = SIZES, .n_sizes = 3, .size = s->account.text_size,
		.rows = arena_fmt(r->arena, "%d", s->account.list_rows), .idle = arena_fmt(r->arena, "%d", s->account.idle_min)};
	tmpl_layout_display(res_page_of(r, e), &v);
	return OK;
}

err page_display(struct req *r) { return show_display(r, OK); }

err page_display_save(struct req *r)
{
	err e = formin_read(r, DISPLAY_FIELDS, FORMIN_N(DISPLAY_FIELDS));
	if (e == OK)
		e = account_save_prefs(r->c, &(struct account_prefs){.text_size = req_field(r, "text_size"),
			.idle_min = (int)formin_int(r, "idle_min"), .list_rows = (int)formin_int(r, "list_rows")});
	if (page_is_input(e))
		return show_display(r, e);
	TRY(e);
	return res_done(r, "settings", "/settings/display");
}
