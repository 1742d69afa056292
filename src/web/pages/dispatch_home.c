/* リハビリ専門職: the lists, who can go in the next 14 days. */
#include "web/pages/dispatch.h"

#include "access/policy.h"
#include "base/str.h"
#include "jp/era.h"
#include "register/org.h"
#include "register/staff.h"
#include "register/territory.h"
#include "tmpl/dispatch_home.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/dispatch_parts.h"
#include "web/route.h"

#include <stdlib.h>

err dispatch_self(struct req *r, struct dispatch_self *out)
{
	struct dispatch_programme_view p;
	struct org o;
	*out = (struct dispatch_self){.programme = "", .insurer_org_id = INT_NULL};
	TRY(dispatch_programme_get(r->c, &p));
	out->programme = p.row.name;
	out->centre = dispatch_is_centre(r->c);
	TRY(dispatch_town_of(r->c, &out->insurer_org_id));
	out->town = out->insurer_org_id != INT_NULL;
	TRY(org_load(r->c, r->c->actor.org_id, &o));
	out->rehab = str_eq(o.kind, "rehab_body") || str_eq(org_kind_class(o.kind), "medical") || str_eq(org_kind_class(o.kind), "provider");
	out->may_write = (r->c->may_own[ACTION_WRITE] & CLASS_STATISTICS) != 0;
	out->may_print = (r->c->may_own[ACTION_PRINT] & CLASS_STATISTICS) != 0;
	return dispatch_example_count(r->c, &out->examples);
}

const char *dispatch_tag(const char *state)
{
	return str_eq(state, "inquiry") ? "note" : str_eq(state, "requested") || str_eq(state, "offered") ? "warn" : str_eq(state, "accepted") || str_eq(state, "done") ? "ok" : "note";
}

/* ---- lists ------------------------------------------------------------------------------------------------------- */

static struct dispatch_row_shown shown(struct req *r, const struct dispatch_view *v)
{
	const struct t_dispatch *d = &v->row;
	struct dispatch_row_shown o = {.path = arena_fmt(r->arena, "/dispatch/%s", d->pid), .state = code_label(r, "dispatch_state", d->state), .tag = dispatch_tag(d->state),
		.urgent = str_eq(d->urgency, "urgent"), .label = *d->case_label ? d->case_label : ""};
	o.what = *d->occasion ? code_label(r, "dispatch_occasion", d->occasion) : "問い合わせ";
	o.who = *v->therapist_name ? v->therapist_name : *d->partner ? d->partner : *d->partner_kind ? code_label(r, "dispatch_partner", d->partner_kind) : "";
	o.on_day = d->held_on != CIVIL_NONE ? d->held_on : d->planned_on != CIVIL_NONE ? d->planned_on : d->requested_on != CIVIL_NONE ? d->requested_on : d->inquiry_on;
	o.day_ja = d->held_on != CIVIL_NONE ? "実施" : d->planned_on != CIVIL_NONE ? "予定" : d->requested_on != CIVIL_NONE ? "依頼" : "問い合わせ";
	if (!(v->sides & DISPATCH_CENTRE))
		o.label = arena_fmt(r->arena, "%s%s%s", v->org_name, *o.label ? "　" : "", o.label);
	return o;
}

static const struct formin_field WHICH[] = {{.name = "which", .label = "一覧", .kind = FORMIN_CODE, .max = 20}};

err page_dispatch(struct req *r)
{
	struct page_view *page = page_view(r, "リハビリ専門職");
	struct dispatch_home_view v = {.page = page};
	struct dispatch_filter f = DISPATCH_ALL();
	struct dispatch_view *rows;
	formin_read_query(r, WHICH, FORMIN_N(WHICH));
	TRY(dispatch_self(r, &v.self));
	v.which = str_eq(req_query(r, "which"), "over") ? "over" : str_eq(req_query(r, "which"), "inquiry") ? "inquiry" : "open";
	f.which = "over";
	TRY(dispatch_count(r->c, &f, &v.n_over));
	f.which = "inquiry";
	TRY(dispatch_count(r->c, &f, &v.n_inquiry));
	f.which = "open";
	TRY(dispatch_count(r->c, &f, &v.n_open));
	f.which = v.which;
	v.pager = pager_of(r, str_eq(v.which, "over") ? v.n_over : str_eq(v.which, "inquiry") ? v.n_inquiry : v.n_open);
	v.pager.path = arena_fmt(r->arena, "/dispatch?which=%s", v.which);
	f.limit = (int)v.pager.per_page;
	f.offset = (int)((v.pager.page - 1) * v.pager.per_page);
	TRY(dispatch_list(r->c, &f, &rows, &v.n_rows));
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct dispatch_row_shown);
	for (size_t i = 0; i < v.n_rows; i++)
		v.rows[i] = shown(r, &rows[i]);
	v.lead = v.self.town ? "センターからの問い合わせと依頼です。急ぎのもの、古いものから並びます。" : v.self.centre ? "リハビリ専門職への問い合わせ、派遣の依頼、派遣事業のほかの連携の記録です。" :
		"打診された派遣と、引き受けた派遣です。";
	tmpl_dispatch_home(res_page(r), &v);
	return OK;
}

/* ---- who can go ---------------------------------------------------------------------------------------------------- */

static int by_shown(const void *x, const void *y)
{
	const struct dispatch_free_shown *a = x, *b = y;
	return a->f->any != b->f->any ? (a->f->any ? -1 : 1) : a->f->therapist_id < b->f->therapist_id ? -1 : a->f->therapist_id > b->f->therapist_id;
}

static const char *const WEEK[] = {"月", "火", "水", "木", "金", "土", "日"};

err dispatch_free_fill(struct req *r, int64_t area_id, const char *profession, struct dispatch_free_table *out)
{
	struct dispatch_free *f;
	civil first = r->c->today + 1;
	*out = (struct dispatch_free_table){0};
	TRY(dispatch_free_list(r->c, area_id, profession, first, &f, &out->n_rows));
	out->rows = ARENA_ARRAY(r->arena, out->n_rows + 1, struct dispatch_free_shown);
	for (size_t k = 0; k < out->n_rows; k++) {
		struct buf b = buf_new(r->arena);
		for (int i = 0; i < DISPATCH_DAYS; i++) {
			struct ymd d = civil_ymd(first + i);
			if (*f[k].day[i].from)
				buf_fmt(&b, "%s%d/%d（%s）%s–%s", b.n ? "、" : "", d.m, d.d, WEEK[civil_weekday(first + i) - 1], f[k].day[i].from, f[k].day[i].to);
		}
		out->rows[k] = (struct dispatch_free_shown){.f = &f[k], .profession = profession_label_ja(f[k].profession), .areas = *f[k].area_names ? f[k].area_names : "すべての圏域",
			.days = b.n ? b.p : ""};
	}
	if (out->n_rows)
		qsort(out->rows, out->n_rows, sizeof *out->rows, by_shown);
	return OK;
}

err dispatch_area_field(struct req *r, int64_t area_id, struct ui_field *out)
{
	struct area *a;
	size_t n;
	TRY(area_list(r->c, "zone", r->c->today, &a, &n));
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 2, struct ui_choice);
	*out = (struct ui_field){.name = "area", .label = "圏域", .choices = c, .n_choices = n, .optional_blank = true, .value = ""};
	for (size_t i = 0; i < n; i++) {
		c[i] = (struct ui_choice){.value = a[i].pid, .label = a[i].name};
		if (a[i].id == area_id)
			out->value = a[i].pid;
	}
	return OK;
}

err dispatch_area_read(struct req *r, const char *pid, int64_t *id)
{
	struct area a;
	*id = INT_NULL;
	if (str_blank(pid))
		return OK;
	err e = area_get(r->c, pid, &a);
	if (e == ERR_NOTFOUND)
		return fault_add(r->c, "area", ERR_NOT_CHOICE, "「圏域」は、一覧から選んでください。");
	TRY(e);
	*id = a.id;
	return OK;
}

struct ui_field dispatch_profession_field(struct req *r, const char *label, const char *stored)
{
	struct ui_choice *c = ARENA_ARRAY(r->arena, 3, struct ui_choice);
	static const char *const codes[] = {"pt", "ot", "st"};
	for (size_t i = 0; i < 3; i++)
		c[i] = (struct ui_choice){.value = codes[i], .label = profession_label_ja(codes[i])};
	return (struct ui_field){.name = "profession", .label = label, .value = stored, .choices = c, .n_choices = 3, .optional_blank = true};
}

static const struct formin_field FREE[] = {{.name = "area", .label = "圏域", .kind = FORMIN_PID}, {.name = "profession", .label = "職種", .kind = FORMIN_CODE, .max = 10}};

err page_dispatch_free(struct req *r)
{
	struct page_view *page = page_view(r, "14日のうちに行ける専門職");
	struct dispatch_free_view v = {.page = page};
	int64_t area;
	formin_read_query(r, FREE, FORMIN_N(FREE));
	if (dispatch_area_read(r, str_or(req_query(r, "area"), ""), &area) != OK)
		return ERR_NOTFOUND;
	TRY(dispatch_area_field(r, area, &v.area));
	v.profession = dispatch_profession_field(r, "職種", str_or(req_query(r, "profession"), ""));
	TRY(dispatch_free_fill(r, area, str_or(req_query(r, "profession"), ""), &v.table));
	page->wide = true;
	page->back_path = "/dispatch";
	page->back_label = "リハビリ専門職";
	tmpl_dispatch_free(res_page(r), &v);
	return OK;
}
