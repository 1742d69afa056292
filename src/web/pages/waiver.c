/* 例外の記録: the list of a person or of the own office, the form with the rule in its address, one record. */
#include "web/pages/office_record.h"

#include "base/str.h"
#include "register/draft.h"
#include "tmpl/case_waiver.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/record.h"
#include "web/route.h"

static err list(struct req *r, const char *person_pid, const char *org_pid)
{
	struct page_view *page = page_view(r, "例外の記録");
	struct waiver_list_view v = {.page = page, .of_person = *person_pid != '\0'};
	struct duty_waiver_view *rows;
	TRY(office_subject_open(r, page, person_pid, org_pid, &v.s));
	TRY(duty_waiver_list(r->c, person_pid, &rows, &v.n_rows));
	v.rows = rows;
	tmpl_waiver_list(res_page(r), &v);
	return OK;
}

err page_waivers(struct req *r) { return list(r, req_param(r, "pid"), ""); }
err page_org_waivers(struct req *r) { return list(r, "", req_param(r, "pid")); }

/* ---- the form -------------------------------------------------------------------------------------------------------------- */

static void choices(struct req *r, const struct t_duty_waiver *row, bool of_office, struct waiver_edit_view *v)
{
	struct duty_waiver_kind *k;
	struct duty_waiver_rule *u;
	size_t n, n_rules;
	duty_waiver_kinds(r->c, row->rule, &k, &n);
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		c[i] = (struct ui_choice){.value = k[i].kind, .label = k[i].label};
	v->kind = (struct ui_field){.name = "kind", .label = "理由の区分", .value = n == 1 ? k[0].kind : row->kind, .choices = c, .n_choices = n, .required = true};
	duty_waiver_rules(r->c, of_office, &u, &n_rules);
	struct ui_choice *d = ARENA_ARRAY(r->arena, n_rules + 1, struct ui_choice);
	for (size_t i = 0; i < n_rules; i++) {
		d[i] = (struct ui_choice){.value = u[i].id, .label = u[i].title};
		if (str_eq(u[i].id, row->rule))
			v->rule_title = u[i].title;
	}
	v->rule = (struct ui_field){.name = "rule", .label = "守れなかった決まり", .value = row->rule, .choices = d, .n_choices = n_rules, .optional_blank = true, .required = true};
}

static err edit(struct req *r, const char *person_pid, const char *org_pid, const char *case_pid, const struct t_duty_waiver *row, err e)
{
	struct office_subject s;
	struct page_view *page = page_view(r, row->id ? "例外の記録を直す" : "例外の理由を記録する");
	TRY(office_subject_open(r, page, person_pid, org_pid, &s));
	page->n_tabs = 0;
	struct waiver_edit_view v = {.page = page, .row = row, .case_pid = case_pid, .is_new = row->id == 0, .rule_title = ""};
	choices(r, row, *person_pid == '\0', &v);
	v.chooses_rule = !*v.rule_title;
	int months = v.chooses_rule ? 0 : duty_waiver_months(r->c, row->rule);
	v.limit = months == 0 ? "" : arena_fmt(r->arena, "一度に書けるのは%dか月までです。その後も続くときは、もう一度書きます。", months);
	v.action = row->id ? arena_fmt(r->arena, "/waivers/%s", row->pid) : v.chooses_rule ? arena_fmt(r->arena, "%s/new", s.waivers) : s.waivers;
	page->back_path = row->id ? v.action : s.waivers;
	page->back_label = "例外の記録";
	page->state = row->id ? STATE_SAVED : STATE_NEW;
	page->base_version = row->version;
	if (!v.chooses_rule) {
		page->draft_key = row->id ? arena_fmt(r->arena, "waiver/%s", row->pid)
		                : *person_pid ? arena_fmt(r->arena, "person/%s/waiver/%s", person_pid, row->rule) : arena_fmt(r->arena, "waiver/new/%s", row->rule);
		page->draft_class = *person_pid ? "care" : "meeting";
	}
	tmpl_waiver_edit(res_page_of(r, e), &v);
	return OK;
}

static err ask(struct req *r, const char *person_pid, const char *org_pid)
{
	static const struct formin_field query[] = {{.name = "rule", .label = "決まり", .kind = FORMIN_CODE, .max = 40}, {.name = "kind", .label = "区分", .kind = FORMIN_CODE, .max = 40},
		{.name = "case", .label = "ケース", .kind = FORMIN_PID}};
	struct t_duty_waiver row;
	formin_read_query(r, query, FORMIN_N(query));
	duty_waiver_init(r->c, &row);
	row.rule = str_or(req_query(r, "rule"), "");
	row.kind = str_or(req_query(r, "kind"), "");
	return edit(r, person_pid, org_pid, str_or(req_query(r, "case"), ""), &row, OK);
}

err page_waiver_new(struct req *r) { return ask(r, req_param(r, "pid"), ""); }
err page_org_waiver_new(struct req *r) { return ask(r, "", req_param(r, "pid")); }

static const struct formin_field FIELDS[] = {
	{.name = "rule", .label = "守れなかった決まり", .kind = FORMIN_CODE, .max = 40},
	{.name = "kind", .label = "理由の区分", .kind = FORMIN_CODE, .max = 40},
	{.name = "case", .label = "ケース", .kind = FORMIN_PID},
	{.name = "ground", .label = "理由", .kind = FORMIN_LINES, .max = 2000},
	{.name = "from_on", .label = "いつから", .kind = FORMIN_DAY},
	{.name = "to_on", .label = "いつまで", .kind = FORMIN_DAY},
};

static err read(struct req *r, struct t_duty_waiver *row)
{
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	if (e != OK && e != ERR_INPUT)
		return e;
	if (!row->id)
		row->rule = req_field(r, "rule");
	TRY(e);
	row->kind = req_field(r, "kind");
	row->ground = req_field(r, "ground");
	row->from_on = formin_day(r, "from_on");
	row->to_on = formin_day(r, "to_on");
	return OK;
}

static err create(struct req *r, const char *person_pid, const char *org_pid)
{
	struct t_duty_waiver row;
	struct office_subject s;
	TRY(office_subject_open(r, page_view(r, ""), person_pid, org_pid, &s));
	duty_waiver_init(r->c, &row);
	err e = read(r, &row);
	if (e == OK)
		e = duty_waiver_save(r->c, person_pid, req_field(r, "case"), &row, NULL);
	if (page_is_input(e))
		return edit(r, person_pid, org_pid, req_field(r, "case"), &row, e);
	TRY(e);
	TRY(draft_discard(r->c, *person_pid ? arena_fmt(r->arena, "person/%s/waiver/%s", person_pid, row.rule) : arena_fmt(r->arena, "waiver/new/%s", row.rule)));
	return res_done(r, "created", "/waivers/%s", row.pid);
}

err page_waiver_create(struct req *r) { return create(r, req_param(r, "pid"), ""); }
err page_org_waiver_create(struct req *r) { return create(r, "", req_param(r, "pid")); }

/* ---- one ------------------------------------------------------------------------------------------------------------------- */

static err open_one(struct req *r, struct duty_waiver_view *v)
{
	TRY(duty_waiver_get(r->c, req_param(r, "pid"), v));
	if (*v->person_pid)
		look_person(r, v->row.person_id);
	return OK;
}

err page_waiver(struct req *r)
{
	struct duty_waiver_view v;
	struct office_subject s;
	struct page_view *page = page_view(r, "例外の記録");
	TRY(open_one(r, &v));
	TRY(office_subject_open(r, page, v.person_pid, v.org_pid, &s));
	page->n_tabs = 0;
	record_shown(r, page, v.row.updated_ms, v.updated_by, s.waivers, "例外の記録");
	tmpl_waiver_show(res_page(r), &(struct waiver_show_view){page, &v});
	return OK;
}

err page_waiver_edit(struct req *r)
{
	struct duty_waiver_view v;
	TRY(open_one(r, &v));
	if (!v.may_write)
		return ERR_DENIED;
	return edit(r, v.person_pid, v.org_pid, v.case_pid, &v.row, OK);
}

err page_waiver_save(struct req *r)
{
	struct duty_waiver_view v;
	struct row_conflict *conflict = NULL;
	TRY(open_one(r, &v));
	err e = read(r, &v.row);
	if (e == OK) {
		v.row.version = formin_int(r, "base");
		e = duty_waiver_save(r->c, v.person_pid, v.case_pid, &v.row, &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/waivers/%s", v.row.pid));
	if (page_is_input(e))
		return edit(r, v.person_pid, v.org_pid, v.case_pid, &v.row, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "waiver/%s", v.row.pid)));
	return res_done(r, "saved", "/waivers/%s", v.row.pid);
}

static err bin_of(struct req *r, struct duty_waiver_view *v, struct record_bin *b)
{
	TRY(open_one(r, v));
	if (!v->may_write)
		return ERR_DENIED;
	*b = (struct record_bin){.title = "例外の記録をごみ箱へ移す", .person_pid = v->person_pid, .path = arena_fmt(r->arena, "/waivers/%s", v->row.pid),
		.back_path = *v->person_pid ? arena_fmt(r->arena, "/persons/%s/waivers", v->person_pid) : arena_fmt(r->arena, "/orgs/%s/waivers", v->org_pid),
		.sentence = "この例外の記録をごみ箱へ移します。", .more = "決まりを守れなかった扱いに戻ります。30日のあいだは元に戻せます。"};
	return OK;
}

err page_waiver_retire_ask(struct req *r)
{
	struct duty_waiver_view v;
	struct record_bin b;
	TRY(bin_of(r, &v, &b));
	return record_bin_ask(r, &b, OK);
}

err page_waiver_retire(struct req *r)
{
	struct duty_waiver_view v;
	struct record_bin b;
	TRY(bin_of(r, &v, &b));
	return record_bin_put(r, &b, v.row.pid, duty_waiver_retire);
}
