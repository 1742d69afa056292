/* Acts on one organisation: other spellings, staff and posts, areas served and moved (C-001), its end. */
#include "web/pages/org_parts.h"

#include "base/str.h"
#include "jp/numbers.h"
#include "web/formin.h"
#include "web/pages/org.h"
#include "web/route.h"

static err done(struct req *r, err e)
{
	if (page_is_input(e))
		return page_org_again(r, e);
	TRY(e);
	return res_done(r, "saved", "/orgs/%s", req_param(r, "pid"));
}

err page_org_alias(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "alias", .label = "別の書き方", .kind = FORMIN_TEXT, .max = 200}};
	struct org o;
	TRY(org_get(r->c, req_param(r, "pid"), &o));
	err e = formin_read(r, fields, 1);
	return done(r, e != OK ? e : org_alias_add(r->c, o.id, req_field(r, "alias")));
}

err page_org_alias_remove(struct req *r)
{
	TRY(formin_read(r, NULL, 0));
	return done(r, org_alias_remove(r->c, req_param(r, "apid")));
}

err page_org_staff(struct req *r)
{
	static const struct formin_field fields[] = {
		{.name = "name", .label = "氏名", .kind = FORMIN_TEXT, .max = 60}, {.name = "kana", .label = "フリガナ", .kind = FORMIN_TEXT, .max = 80},
		{.name = "role", .label = "役割", .kind = FORMIN_CODE},            {.name = "from_on", .label = "いつから", .kind = FORMIN_DAY, .required = true},
	};
	struct org o;
	struct staff s;
	TRY(org_get(r->c, req_param(r, "pid"), &o));
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK) {
		staff_init(&s);
		s.name = req_field(r, "name");
		s.kana = req_field(r, "kana");
		e = staff_create(r->c, &s, o.id, req_field(r, "role"), formin_day(r, "from_on"), CIVIL_OPEN);
	}
	return done(r, e);
}

/* The open 担当 go to the successor; without one the reason is asked for. */
err page_org_post_end(struct req *r)
{
	static const struct formin_field fields[] = {
		{.name = "last_day", .label = "最後の日", .kind = FORMIN_DAY, .required = true}, {.name = "successor", .label = "後任", .kind = FORMIN_PID},
		{.name = "end_note", .label = "理由", .kind = FORMIN_TEXT, .max = 500},
	};
	struct staff s;
	int64_t successor = INT_NULL;
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK && *req_field(r, "successor")) {
		e = staff_get(r->c, req_field(r, "successor"), &s);
		successor = e == OK ? s.id : INT_NULL;
	}
	return done(r, e != OK ? e : staff_post_end(r->c, req_param(r, "ppid"), formin_day(r, "last_day"), successor, req_field(r, "end_note")));
}

/* How much of a full-time post it is, from a day on (常勤換算; R-FE-05). */
err page_org_post_fte(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "fte", .label = "常勤換算", .kind = FORMIN_TEXT, .max = 8, .required = true},
	                                             {.name = "fte_from", .label = "いつから", .kind = FORMIN_DAY, .required = true}};
	int64_t fte = 0;
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK && !staff_fte_parse(number_even(r->arena, req_field(r, "fte")), &fte))
		e = fault_add(r->c, "fte", ERR_INPUT, "「常勤換算」は、0.5 のような数で入力してください。1 が常勤1人です。");
	return done(r, e != OK ? e : staff_post_fte(r->c, req_param(r, "ppid"), formin_day(r, "fte_from"), fte));
}

static const struct formin_field AREA[] = {
	{.name = "area", .label = "区域", .kind = FORMIN_PID, .required = true}, {.name = "area_from", .label = "いつから", .kind = FORMIN_DAY, .required = true},
};

err page_org_area(struct req *r)
{
	struct org o;
	struct area a;
	TRY(org_get(r->c, req_param(r, "pid"), &o));
	err e = formin_read(r, AREA, FORMIN_N(AREA));
	if (e == OK)
		e = area_get(r->c, req_field(r, "area"), &a);
	return done(r, e != OK ? e : territory_assign(r->c, o.id, a.id, str_eq(o.kind, "branch") ? "branch" : "charge", formin_day(r, "area_from"), CIVIL_OPEN));
}

/* From the day on another centre serves the area; what was before stays as it was. */
err page_org_area_move(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "to_org", .label = "移す先", .kind = FORMIN_PID, .required = true},
	                                             {.name = "move_from", .label = "いつから", .kind = FORMIN_DAY, .required = true}};
	struct org from, to;
	struct area a;
	TRY(org_get(r->c, req_param(r, "pid"), &from));
	TRY(area_get(r->c, req_param(r, "apid"), &a));
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = org_get(r->c, req_field(r, "to_org"), &to);
	return done(r, e != OK ? e : territory_move(r->c, a.id, from.id, to.id, formin_day(r, "move_from"), NULL));
}

err page_org_close(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "close_on", .label = "最後の日", .kind = FORMIN_DAY, .required = true},
	                                             {.name = "reason", .label = "閉じる理由", .kind = FORMIN_TEXT, .max = 500}};
	err e = formin_read(r, fields, FORMIN_N(fields));
	return done(r, e != OK ? e : org_close(r->c, req_param(r, "pid"), formin_day(r, "close_on"), req_field(r, "reason"), NULL));
}
