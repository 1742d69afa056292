/* The form of an informal question, a request, and joint work outside the programme (C-194, C-195): one form, three beginnings. */
#include "web/pages/dispatch.h"

#include "base/str.h"
#include "jp/era.h"
#include "register/draft.h"
#include "tmpl/dispatch_edit.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/dispatch_parts.h"
#include "web/pages/record.h"
#include "web/route.h"

static const struct formin_field FIELDS[] = {
	{.name = "mode", .label = "種類", .kind = FORMIN_CODE, .max = 20},
	{.name = "inquiry_on", .label = "問い合わせた日", .kind = FORMIN_DAY},
	{.name = "inquiry_how", .label = "問い合わせの方法", .kind = FORMIN_CODE, .max = 20},
	{.name = "inquiry_text", .label = "聞きたいこと", .kind = FORMIN_LINES, .max = 4000},
	{.name = "requested_on", .label = "依頼した日", .kind = FORMIN_DAY},
	{.name = "occasion", .label = "連携の機会", .kind = FORMIN_CODE, .max = 20},
	{.name = "conference", .label = "会議の種類", .kind = FORMIN_CODE, .max = 20},
	{.name = "timings", .label = "連携の時期", .kind = FORMIN_CODE, .max = 20, .repeat = true},
	{.name = "timing_note", .label = "その他の時期", .kind = FORMIN_TEXT, .max = 200},
	{.name = "reasons", .label = "連携の理由", .kind = FORMIN_CODE, .max = 20, .repeat = true},
	{.name = "reason_note", .label = "その他の理由", .kind = FORMIN_TEXT, .max = 200},
	{.name = "case_label", .label = "事例のあらまし", .kind = FORMIN_TEXT, .max = 200},
	{.name = "wish", .label = "専門職に望むこと", .kind = FORMIN_LINES, .max = 4000},
	{.name = "profession", .label = "希望する職種", .kind = FORMIN_CODE, .max = 10},
	{.name = "area", .label = "圏域", .kind = FORMIN_PID},
	{.name = "urgency", .label = "急ぎの度合い", .kind = FORMIN_CODE, .max = 20},
	{.name = "wished1", .label = "希望日（第1）", .kind = FORMIN_DAY},
	{.name = "wished2", .label = "希望日（第2）", .kind = FORMIN_DAY},
	{.name = "wished3", .label = "希望日（第3）", .kind = FORMIN_DAY},
	{.name = "place", .label = "場所", .kind = FORMIN_TEXT, .max = 200},
	{.name = "held_on", .label = "実施した日", .kind = FORMIN_DAY},
	{.name = "minutes", .label = "かかった時間", .kind = FORMIN_INT, .lo = 1, .hi = 1440},
	{.name = "partner_kind", .label = "連携した相手", .kind = FORMIN_CODE, .max = 20},
	{.name = "partner", .label = "相手の名前", .kind = FORMIN_TEXT, .max = 200},
	{.name = "held_note", .label = "実施のメモ", .kind = FORMIN_LINES, .max = 4000},
};

static const char *state_of_mode(const char *mode) { return str_eq(mode, "joint") ? "held" : str_eq(mode, "request") ? "requested" : "inquiry"; }

static void fields(struct req *r, struct dispatch_edit_view *v)
{
	const struct t_dispatch *d = v->row;
	v->how = choice_field(r, "inquiry_how", "問い合わせの方法", "dispatch_how", d->inquiry_how);
	v->how.required = true;
	v->occasion = choice_field(r, "occasion", "連携の機会", "dispatch_occasion", d->occasion);
	v->occasion.required = true;
	v->conference = choice_field(r, "conference", "会議の種類", "dispatch_conference", d->conference);
	v->conference.optional_blank = true;
	v->conference.help = "事例検討会のときと、その他の機会のときに選びます。サービス担当者会議は、事例検討会に数えません。";
	v->timings = codes_field(r, "timings", "連携の時期（いくつでも）", "dispatch_timing", d->timings);
	v->timings.required = true;
	v->reasons = codes_field(r, "reasons", "連携の理由（いくつでも）", "dispatch_reason", d->reasons);
	v->reasons.required = true;
	v->urgency = choice_field(r, "urgency", "急ぎの度合い", "dispatch_urgency", d->urgency);
	v->profession = dispatch_profession_field(r, "希望する職種", d->profession);
	v->profession.help = "決まっていなければ空けておきます。";
	v->partner_kind = choice_field(r, "partner_kind", "連携した相手", "dispatch_partner", d->partner_kind);
	v->partner_kind.required = true;
	v->minutes = d->minutes == INT_NULL ? "" : arena_fmt(r->arena, "%lld", (long long)d->minutes);
	size_t n;
	char **day = str_split(r->arena, d->wished_days, '|', &n);
	for (size_t i = 0; i < 3; i++)
		if (i >= n || !civil_parse(day[i], &v->wished[i]))
			v->wished[i] = CIVIL_NONE;
}

static err edit(struct req *r, const struct t_dispatch *d, bool turning, err e)
{
	struct dispatch_self self;
	bool is_new = !d->id, held = str_eq(d->state, "held") || str_eq(d->state, "done");
	const char *mode = !d->in_programme ? "joint" : str_eq(d->state, "inquiry") && !turning ? "inquiry" : "request";
	const char *title = turning ? "問い合わせを依頼にする" : str_eq(mode, "joint") ? "派遣事業のほかの連携を記録する" : str_eq(mode, "inquiry") ? "リハビリ専門職に問い合わせる" : "リハビリ専門職の派遣を依頼する";
	struct page_view *page = page_view(r, is_new || turning ? title : "連携の記録を直す");
	struct dispatch_edit_view v = {.page = page, .row = d, .mode = mode, .is_new = is_new, .turning = turning, .in_programme = d->in_programme,
		.with_inquiry = d->inquiry_on != CIVIL_NONE || str_eq(mode, "inquiry"), .with_request = !str_eq(mode, "inquiry"), .self = &self};
	TRY(dispatch_self(r, &self));
	v.action = is_new ? "/dispatch" : arena_fmt(r->arena, turning ? "/dispatch/%s/turn" : "/dispatch/%s", d->pid);
	fields(r, &v);
	TRY(dispatch_area_field(r, d->area_id, &v.area));
	if (d->in_programme)
		v.area.help = "専門職は、この圏域を担当している人から探します。空けておくと、センターの担当圏域で探します。";
	if (v.with_request && d->in_programme && !held)
		TRY(dispatch_free_fill(r, d->area_id, d->profession, &v.free));
	page->back_path = is_new ? "/dispatch" : arena_fmt(r->arena, "/dispatch/%s", d->pid);
	page->back_label = is_new ? "リハビリ専門職" : "連携の記録";
	page->state = is_new ? STATE_NEW : STATE_SAVED;
	page->draft_key = is_new ? arena_fmt(r->arena, "dispatch/new/%s", mode) : arena_fmt(r->arena, "dispatch/%s%s", d->pid, turning ? "/turn" : "");
	page->draft_class = "statistics";
	page->base_version = d->version;
	tmpl_dispatch_edit(res_page_of(r, e), &v);
	return OK;
}

static const char *wished(struct req *r)
{
	static const char *const names[] = {"wished1", "wished2", "wished3"};
	struct buf b = buf_new(r->arena);
	for (size_t i = 0; i < 3; i++) {
		civil day = formin_day(r, names[i]);
		char text[CIVIL_TEXT];
		if (day == CIVIL_NONE)
			continue;
		civil_text(day, text);
		buf_fmt(&b, "%s%s", b.n ? "|" : "", text);
	}
	return b.n ? b.p : "";
}

static void read_request(struct req *r, struct t_dispatch *d)
{
	d->occasion = req_field(r, "occasion");
	d->conference = req_field(r, "conference");
	d->timings = codes_joined(r, "timings");
	d->timing_note = req_field(r, "timing_note");
	d->reasons = codes_joined(r, "reasons");
	d->reason_note = req_field(r, "reason_note");
	d->case_label = req_field(r, "case_label");
	d->wish = req_field(r, "wish");
	d->place = req_field(r, "place");
}

/* Only what the form in hand shows is taken. */
static err read(struct req *r, struct t_dispatch *d, bool request)
{
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	if (e != OK && e != ERR_INPUT)
		return e;
	bool held = str_eq(d->state, "held") || str_eq(d->state, "done");
	if (req_has(r, "inquiry_text")) {
		d->inquiry_on = formin_day(r, "inquiry_on");
		d->inquiry_how = req_field(r, "inquiry_how");
		d->inquiry_text = req_field(r, "inquiry_text");
	}
	if (request)
		read_request(r, d);
	if (request && d->in_programme && !held) {
		d->requested_on = formin_day(r, "requested_on");
		d->urgency = req_field(r, "urgency");
		d->profession = req_field(r, "profession");
		d->wished_days = wished(r);
	}
	if (request && !d->in_programme) {
		d->partner_kind = req_field(r, "partner_kind");
		d->partner = req_field(r, "partner");
	}
	if (request && held) {
		d->held_on = formin_day(r, "held_on");
		d->minutes = formin_int(r, "minutes");
		d->held_note = req_field(r, "held_note");
	}
	err area = dispatch_area_read(r, req_field(r, "area"), &d->area_id);
	return e != OK ? e : area;
}

static const struct formin_field MODE[] = {{.name = "mode", .label = "種類", .kind = FORMIN_CODE, .max = 20}};

err page_dispatch_new(struct req *r)
{
	struct t_dispatch d;
	formin_read_query(r, MODE, FORMIN_N(MODE));
	TRY(dispatch_init(r->c, state_of_mode(str_or(req_query(r, "mode"), "")), &d));
	return edit(r, &d, false, OK);
}

err page_dispatch_create(struct req *r)
{
	struct t_dispatch d;
	const char *mode = str_or(pairs_get(&r->form, "mode"), "");
	TRY(dispatch_init(r->c, state_of_mode(mode), &d));
	err e = read(r, &d, !str_eq(d.state, "inquiry"));
	if (e == OK)
		e = dispatch_save(r->c, &d, NULL);
	if (page_is_input(e))
		return edit(r, &d, false, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "dispatch/new/%s", mode)));
	return res_done(r, str_eq(mode, "request") ? "dispatch_asked" : "created", "/dispatch/%s", d.pid);
}

static err open_own(struct req *r, struct dispatch_view *v)
{
	TRY(dispatch_get(r->c, req_param(r, "pid"), v));
	return v->may_write && !str_eq(v->row.state, "cancelled") ? OK : ERR_DENIED;
}

err page_dispatch_edit(struct req *r)
{
	struct dispatch_view v;
	TRY(open_own(r, &v));
	return edit(r, &v.row, false, OK);
}

static err save(struct req *r, bool turning)
{
	struct dispatch_view v;
	struct row_conflict *conflict = NULL;
	TRY(open_own(r, &v));
	struct t_dispatch d = v.row;
	err e = read(r, &d, turning || !str_eq(d.state, "inquiry"));
	if (e == OK) {
		d.version = formin_int(r, "base");
		e = turning ? dispatch_turn(r->c, &d, formin_day(r, "requested_on"), &conflict) : dispatch_save(r->c, &d, &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/dispatch/%s", v.row.pid));
	if (page_is_input(e)) {
		d.state = v.row.state;
		return edit(r, &d, turning, e);
	}
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "dispatch/%s%s", v.row.pid, turning ? "/turn" : "")));
	return res_done(r, "saved", "/dispatch/%s", v.row.pid);
}

err page_dispatch_save(struct req *r) { return save(r, false); }
err page_dispatch_turn_save(struct req *r) { return save(r, true); }

err page_dispatch_turn(struct req *r)
{
	struct dispatch_view v;
	TRY(open_own(r, &v));
	if (!str_eq(v.row.state, "inquiry"))
		return ERR_NOTFOUND;
	v.row.requested_on = r->c->today;
	if (v.row.area_id == INT_NULL)
		TRY(dispatch_area_of(r->c, v.row.org_id, r->c->today, &v.row.area_id));
	if (!*v.row.urgency)
		v.row.urgency = "normal";
	if (!*v.row.wish)
		v.row.wish = v.row.inquiry_text;
	return edit(r, &v.row, true, OK);
}
