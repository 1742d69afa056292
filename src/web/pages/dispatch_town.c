/* The programme's outline with examples (C-212), centres without joint work (C-202), the year (C-201). */
#include "web/pages/dispatch.h"

#include "access/policy.h"
#include "base/str.h"
#include "jp/era.h"
#include "region/dispatch_paper.h"
#include "register/draft.h"
#include "register/org.h"
#include "register/staff.h"
#include "register/territory.h"
#include "tmpl/dispatch_town.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/dispatch_parts.h"
#include "web/pages/record.h"
#include "web/route.h"

#include <string.h>

static void back(struct page_view *page, const char *path, const char *label)
{
	page->back_path = path;
	page->back_label = label;
}

/* ---- outline --------------------------------------------------------------------------------------------------------- */

err page_dispatch_about(struct req *r)
{
	struct dispatch_programme_view p;
	struct dispatch_example_view *x;
	struct page_view *page = page_view(r, "リハビリ専門職派遣事業のご案内");
	struct dispatch_about_view v = {.page = page, .p = &p};
	TRY(dispatch_programme_get(r->c, &p));
	TRY(dispatch_example_list(r->c, &x, &v.n_examples));
	v.examples = x;
	for (size_t i = 0; i < v.n_examples; i++)
		v.n_released += x[i].row.is_released;
	v.links = str_split(r->arena, p.row.links, '\n', &v.n_links);
	v.may_example = (r->c->may_own[ACTION_WRITE] & CLASS_STATISTICS) != 0;
	v.may_ask = v.may_example && dispatch_is_centre(r->c);
	back(page, "/dispatch", "リハビリ専門職");
	tmpl_dispatch_about(res_page(r), &v);
	return OK;
}

static const struct formin_field ABOUT[] = {
	{.name = "name", .label = "事業の名前", .kind = FORMIN_TEXT, .max = 200},
	{.name = "outline", .label = "事業のあらまし", .kind = FORMIN_LINES, .max = 4000},
	{.name = "ask_how", .label = "気軽な問い合わせのしかた", .kind = FORMIN_LINES, .max = 4000},
	{.name = "phone", .label = "電話", .kind = FORMIN_TEXT, .max = 40},
	{.name = "email", .label = "メール", .kind = FORMIN_TEXT, .max = 100},
	{.name = "links", .label = "研修・手引きの案内", .kind = FORMIN_LINES, .max = 4000},
	{.name = "follow_weeks", .label = "フォローまでの週数", .kind = FORMIN_INT, .lo = 1, .hi = 52},
	{.name = "runner", .label = "調整を行う機関", .kind = FORMIN_PID},
};

static err about_edit(struct req *r, const struct dispatch_programme_view *p, err e)
{
	struct page_view *page = page_view(r, "事業の案内を直す");
	struct dispatch_about_edit_view v = {.page = page, .p = p, .weeks = p->row.follow_weeks == INT_NULL ? "" : arena_fmt(r->arena, "%lld", (long long)p->row.follow_weeks)};
	TRY(dispatch_org_field(r, "runner", "調整を行う機関", p->row.runner_org_id, &v.runner));
	v.runner.help = "委託しているときに選びます。空けておくと、保険者が調整します。";
	back(page, "/dispatch/about", "事業のご案内");
	page->state = p->row.id ? STATE_SAVED : STATE_NEW;
	page->draft_key = "dispatch/about";
	page->draft_class = "statistics";
	page->base_version = p->row.version;
	tmpl_dispatch_about_edit(res_page_of(r, e), &v);
	return OK;
}

static err about_open(struct req *r, struct dispatch_programme_view *p)
{
	TRY(dispatch_programme_get(r->c, p));
	if (!p->may_write)
		return ERR_DENIED;
	if (!p->row.id)
		p->row.follow_weeks = 4;
	return OK;
}

err page_dispatch_about_edit(struct req *r)
{
	struct dispatch_programme_view p;
	TRY(about_open(r, &p));
	return about_edit(r, &p, OK);
}

err page_dispatch_about_save(struct req *r)
{
	struct dispatch_programme_view p;
	struct row_conflict *conflict = NULL;
	TRY(about_open(r, &p));
	err e = formin_read(r, ABOUT, FORMIN_N(ABOUT));
	if (e == OK)
		e = dispatch_org_read(r, "runner", "調整を行う機関", &p.row.runner_org_id);
	if (e == OK) {
		p.row.name = req_field(r, "name");
		p.row.outline = req_field(r, "outline");
		p.row.ask_how = req_field(r, "ask_how");
		p.row.phone = req_field(r, "phone");
		p.row.email = req_field(r, "email");
		p.row.links = req_field(r, "links");
		p.row.follow_weeks = formin_int(r, "follow_weeks");
		if (p.row.id)
			p.row.version = formin_int(r, "base");
		e = dispatch_programme_save(r->c, &p.row, &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, "/dispatch/about");
	if (page_is_input(e))
		return about_edit(r, &p, e);
	TRY(e);
	TRY(draft_discard(r->c, "dispatch/about"));
	return res_done(r, "saved", "/dispatch/about");
}

/* ---- examples -------------------------------------------------------------------------------------------------------- */

static const struct formin_field EXAMPLE[] = {
	{.name = "title", .label = "題", .kind = FORMIN_TEXT, .max = 200},
	{.name = "occasion", .label = "連携の機会", .kind = FORMIN_CODE, .max = 20},
	{.name = "profession", .label = "職種", .kind = FORMIN_CODE, .max = 10},
	{.name = "case_text", .label = "事例", .kind = FORMIN_LINES, .max = 4000},
	{.name = "advice", .label = "助言", .kind = FORMIN_LINES, .max = 4000},
	{.name = "possible", .label = "できるようになったこと", .kind = FORMIN_LINES, .max = 4000},
};
static const struct formin_field OF[] = {{.name = "of", .label = "もとの連携", .kind = FORMIN_PID}};

static err example_edit(struct req *r, const struct t_dispatch_example *row, err e)
{
	struct page_view *page = page_view(r, row->id ? "事例を直す" : "紹介する事例を書く");
	struct dispatch_example_edit_view v = {.page = page, .row = row, .action = row->id ? arena_fmt(r->arena, "/dispatch-examples/%s", row->pid) : "/dispatch-examples"};
	v.occasion = choice_field(r, "occasion", "連携の機会", "dispatch_occasion", row->occasion);
	v.occasion.optional_blank = true;
	v.profession = dispatch_profession_field(r, "職種", row->profession);
	back(page, row->id ? v.action : "/dispatch/about", row->id ? "事例" : "事業のご案内");
	page->state = row->id ? STATE_SAVED : STATE_NEW;
	page->draft_key = row->id ? arena_fmt(r->arena, "dispatch-example/%s", row->pid) : "dispatch-example/new";
	page->draft_class = "statistics";
	page->base_version = row->version;
	tmpl_dispatch_example_edit(res_page_of(r, e), &v);
	return OK;
}

static err example_save(struct req *r, struct t_dispatch_example *row)
{
	struct row_conflict *conflict = NULL;
	const char *key = row->id ? arena_fmt(r->arena, "dispatch-example/%s", row->pid) : "dispatch-example/new";
	err e = formin_read(r, EXAMPLE, FORMIN_N(EXAMPLE));
	if (e == OK) {
		row->title = req_field(r, "title");
		row->occasion = req_field(r, "occasion");
		row->profession = req_field(r, "profession");
		row->case_text = req_field(r, "case_text");
		row->advice = req_field(r, "advice");
		row->possible = req_field(r, "possible");
		if (row->id)
			row->version = formin_int(r, "base");
		e = dispatch_example_save(r->c, row, &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, "/dispatch/about");
	if (page_is_input(e))
		return example_edit(r, row, e);
	TRY(e);
	TRY(draft_discard(r->c, key));
	return res_done(r, "saved", "/dispatch-examples/%s", row->pid);
}

err page_dispatch_example_new(struct req *r)
{
	struct t_dispatch_example row;
	formin_read_query(r, OF, FORMIN_N(OF));
	TRY(dispatch_example_init(r->c, str_or(req_query(r, "of"), ""), &row));
	return example_edit(r, &row, OK);
}

err page_dispatch_example_create(struct req *r)
{
	struct t_dispatch_example row;
	TRY(dispatch_example_init(r->c, "", &row));
	return example_save(r, &row);
}

err page_dispatch_example(struct req *r)
{
	struct dispatch_example_view x;
	TRY(dispatch_example_get(r->c, req_param(r, "pid"), &x));
	struct page_view *page = page_view(r, x.row.title);
	struct dispatch_example_show_view v = {.page = page, .x = &x, .occasion = *x.row.occasion ? code_label(r, "dispatch_occasion", x.row.occasion) : "",
		.profession = *x.row.profession ? profession_label_ja(x.row.profession) : ""};
	record_shown(r, page, x.row.updated_ms, x.org_name, "/dispatch/about", "事業のご案内");
	tmpl_dispatch_example(res_page(r), &v);
	return OK;
}

static err example_open(struct req *r, struct dispatch_example_view *x)
{
	TRY(dispatch_example_get(r->c, req_param(r, "pid"), x));
	return x->may_write ? OK : ERR_DENIED;
}

err page_dispatch_example_edit(struct req *r)
{
	struct dispatch_example_view x;
	TRY(example_open(r, &x));
	return example_edit(r, &x.row, OK);
}

err page_dispatch_example_save(struct req *r)
{
	struct dispatch_example_view x;
	TRY(example_open(r, &x));
	return example_save(r, &x.row);
}

static err release(struct req *r, bool released)
{
	TRY(formin_read(r, NULL, 0));
	TRY(dispatch_example_release(r->c, req_param(r, "pid"), released));
	return res_done(r, "saved", "/dispatch-examples/%s", req_param(r, "pid"));
}

err page_dispatch_example_release(struct req *r) { return release(r, true); }
err page_dispatch_example_hide(struct req *r) { return release(r, false); }

static err example_bin(struct req *r, struct dispatch_example_view *x, struct record_bin *b)
{
	TRY(example_open(r, x));
	if (x->row.org_id != r->c->actor.org_id) /* the coordinator hides one, its writer throws it away */
		return ERR_DENIED;
	*b = (struct record_bin){.title = "事例をごみ箱へ移す", .person_pid = "", .path = arena_fmt(r->arena, "/dispatch-examples/%s", x->row.pid), .back_path = "/dispatch/about",
		.sentence = "この事例をごみ箱へ移します。", .more = "案内の画面に出なくなります。30日のあいだは元に戻せます。"};
	return OK;
}

err page_dispatch_example_retire_ask(struct req *r)
{
	struct dispatch_example_view x;
	struct record_bin b;
	TRY(example_bin(r, &x, &b));
	return record_bin_ask(r, &b, OK);
}

err page_dispatch_example_retire(struct req *r)
{
	struct dispatch_example_view x;
	struct record_bin b;
	TRY(example_bin(r, &x, &b));
	return record_bin_put(r, &b, x.row.pid, dispatch_example_retire);
}

/* ---- centres without joint work ------------------------------------------------------------------------------------------ */

static const char *yes_ja(const char *code) { return str_eq(code, "yes") ? "あり" : str_eq(code, "no") ? "なし" : ""; }

static civil year_asked(struct req *r, const char **text)
{
	static const struct formin_field q[] = {{.name = "y", .label = "年度", .kind = FORMIN_INT, .lo = 2000, .hi = 2999}};
	formin_read_query(r, q, 1);
	int64_t y = req_query_int(r, "y", civil_fiscal_year(r->c->today), 2000, 2999);
	*text = arena_fmt(r->arena, "%lld", (long long)y);
	return civil_from((int)y, 4, 1);
}

err page_dispatch_nonuses(struct req *r)
{
	struct page_view *page = page_view(r, "連携していないセンター");
	struct dispatch_nonuses_view v = {.page = page, .may_write = (r->c->may_own[ACTION_WRITE] & CLASS_STATISTICS) != 0};
	struct dispatch_nonuse_view *x;
	int64_t insurer;
	const char *text;
	civil from = year_asked(r, &text), to = civil_add_months(from, 12) - 1;
	TRY(dispatch_town_of(r->c, &insurer));
	v.town = insurer != INT_NULL;
	TRY(dispatch_nonuse_list(r->c, from, to, &x, &v.n_rows));
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct dispatch_nonuse_shown);
	struct ui_field groups = choice_field(r, "reasons", "", "dispatch_nonuse", "");
	for (size_t g = 0; g < groups.n_choices && g < sizeof v.groups / sizeof v.groups[0]; g++)
		v.groups[v.n_groups++] = (struct dispatch_share){.code = groups.choices[g].value, .label = groups.choices[g].label, .of = (int64_t)v.n_rows};
	for (size_t i = 0; i < v.n_rows; i++) {
		v.rows[i] = (struct dispatch_nonuse_shown){&x[i], codes_labels(r, "dispatch_nonuse", x[i].row.reasons), yes_ja(x[i].row.plans_joint), yes_ja(x[i].row.plans_use)};
		v.plans_joint += str_eq(x[i].row.plans_joint, "yes");
		v.plans_use += str_eq(x[i].row.plans_use, "yes");
		for (size_t g = 0; g < v.n_groups; g++)
			v.groups[g].n += strstr(x[i].row.reasons, v.groups[g].code) != NULL;
	}
	v.period = era_text_fiscal(r->arena, civil_fiscal_year(from));
	back(page, "/dispatch", "リハビリ専門職");
	tmpl_dispatch_nonuses(res_page(r), &v);
	return OK;
}

static const struct formin_field NONUSE[] = {
	{.name = "org", .label = "センター", .kind = FORMIN_PID},
	{.name = "on_day", .label = "聞いた日", .kind = FORMIN_DAY},
	{.name = "reasons", .label = "連携していない理由", .kind = FORMIN_CODE, .max = 20, .repeat = true},
	{.name = "comment", .label = "理由（自由記載）", .kind = FORMIN_LINES, .max = 4000},
	{.name = "plans_joint", .label = "連携の予定", .kind = FORMIN_CODE, .max = 10},
	{.name = "plans_use", .label = "派遣事業の活用の予定", .kind = FORMIN_CODE, .max = 10},
	{.name = "start_on", .label = "始める予定の日", .kind = FORMIN_DAY},
	{.name = "contact_due_on", .label = "連絡する期限", .kind = FORMIN_DAY},
	{.name = "seen", .label = "版", .kind = FORMIN_INT},
};

static err nonuse_edit(struct req *r, const struct t_dispatch_nonuse *row, err e)
{
	struct org o;
	int64_t insurer;
	TRY(org_load(r->c, row->org_id, &o));
	TRY(dispatch_town_of(r->c, &insurer));
	struct page_view *page = page_view(r, arena_fmt(r->arena, "連携していない理由と予定（%s）", o.name));
	struct dispatch_nonuse_edit_view v = {.page = page, .row = row, .org_name = o.name, .org_pid = o.pid,
		.action = row->id ? arena_fmt(r->arena, "/dispatch-nonuse/%s", row->pid) : "/dispatch-nonuse",
		.may_contact = row->id && insurer == row->insurer_org_id, .contact_path = row->id ? arena_fmt(r->arena, "/dispatch-nonuse/%s/contact", row->pid) : ""};
	v.reasons = codes_field(r, "reasons", "連携していない理由（いくつでも）", "dispatch_nonuse", row->reasons);
	v.joint = dispatch_yes_no(r, "plans_joint", "これから、リハビリ専門職と連携する予定がありますか", row->plans_joint);
	v.use = dispatch_yes_no(r, "plans_use", "これから、派遣事業を活用する予定がありますか", row->plans_use);
	back(page, "/dispatch-nonuse", "連携していないセンター");
	page->state = row->id ? STATE_SAVED : STATE_NEW;
	tmpl_dispatch_nonuse(res_page_of(r, e), &v);
	return OK;
}

static const struct formin_field ORG[] = {{.name = "org", .label = "センター", .kind = FORMIN_PID}};

static err nonuse_new(struct req *r, const char *org_pid, struct t_dispatch_nonuse *row)
{
	struct org o = {0};
	if (!str_blank(org_pid))
		TRY(org_get(r->c, org_pid, &o));
	return dispatch_nonuse_init(r->c, o.id, row);
}

err page_dispatch_nonuse_new(struct req *r)
{
	struct t_dispatch_nonuse row;
	formin_read_query(r, ORG, 1);
	TRY(nonuse_new(r, str_or(req_query(r, "org"), ""), &row));
	return nonuse_edit(r, &row, OK);
}

static err nonuse_save(struct req *r, struct t_dispatch_nonuse *row, err e)
{
	if (e == OK) {
		row->on_day = formin_day(r, "on_day");
		row->reasons = codes_joined(r, "reasons");
		row->comment = req_field(r, "comment");
		row->plans_joint = req_field(r, "plans_joint");
		row->plans_use = req_field(r, "plans_use");
		row->start_on = formin_day(r, "start_on");
		row->contact_due_on = formin_day(r, "contact_due_on");
		if (row->id)
			row->version = formin_int(r, "seen");
		e = dispatch_nonuse_save(r->c, row, NULL);
	}
	if (page_is_input(e))
		return nonuse_edit(r, row, e);
	TRY(e);
	return res_done(r, "saved", "/dispatch-nonuse/%s", row->pid);
}

err page_dispatch_nonuse_create(struct req *r)
{
	struct t_dispatch_nonuse row;
	err e = formin_read(r, NONUSE, FORMIN_N(NONUSE));
	if (e != OK && !page_is_input(e))
		return e;
	TRY(nonuse_new(r, req_field(r, "org"), &row));
	return nonuse_save(r, &row, e);
}

err page_dispatch_nonuse(struct req *r)
{
	struct dispatch_nonuse_view x;
	TRY(dispatch_nonuse_get(r->c, req_param(r, "pid"), &x));
	return nonuse_edit(r, &x.row, OK);
}

err page_dispatch_nonuse_save(struct req *r)
{
	struct dispatch_nonuse_view x;
	TRY(dispatch_nonuse_get(r->c, req_param(r, "pid"), &x));
	return nonuse_save(r, &x.row, formin_read(r, NONUSE, FORMIN_N(NONUSE)));
}

static const struct formin_field CONTACT[] = {{.name = "contacted_on", .label = "連絡した日", .kind = FORMIN_DAY}, {.name = "contact_note", .label = "連絡の結果", .kind = FORMIN_LINES, .max = 4000}};

err page_dispatch_nonuse_contact(struct req *r)
{
	struct dispatch_nonuse_view x;
	TRY(dispatch_nonuse_get(r->c, req_param(r, "pid"), &x));
	err e = formin_read(r, CONTACT, FORMIN_N(CONTACT));
	if (e == OK)
		e = dispatch_nonuse_contact(r->c, x.row.pid, formin_day(r, "contacted_on"), req_field(r, "contact_note"));
	if (page_is_input(e))
		return nonuse_edit(r, &x.row, e);
	TRY(e);
	return res_done(r, "saved", "/dispatch-nonuse/%s", x.row.pid);
}

/* ---- the year ---------------------------------------------------------------------------------------------------------- */

static err insurer_of(struct req *r, int64_t *insurer)
{
	TRY(dispatch_town_of(r->c, insurer));
	if (*insurer == INT_NULL)
		TRY(territory_insurer(r->c, insurer));
	return *insurer == INT_NULL ? ERR_NOTFOUND : OK;
}

err page_dispatch_year(struct req *r)
{
	struct dispatch_year y;
	const char *text;
	int64_t insurer;
	civil from = year_asked(r, &text);
	TRY(insurer_of(r, &insurer));
	TRY(dispatch_year(r->c, insurer, from, &y));
	struct page_view *page = page_view(r, arena_fmt(r->arena, "リハビリ専門職との連携　%sの集計", era_text_fiscal(r->arena, civil_fiscal_year(from))));
	struct dispatch_year_view v = {.page = page, .y = &y, .head = dispatch_sheet_head(), .may_print = (r->c->may_own[ACTION_PRINT] & CLASS_STATISTICS) != 0,
		.may_export = (r->c->may_own[ACTION_EXPORT] & CLASS_STATISTICS) != 0, .prev = arena_fmt(r->arena, "/dispatch/year?y=%d", civil_fiscal_year(from) - 1),
		.next = arena_fmt(r->arena, "/dispatch/year?y=%d", civil_fiscal_year(from) + 1), .print_path = arena_fmt(r->arena, "/dispatch/year/print?y=%s", text),
		.csv_path = arena_fmt(r->arena, "/dispatch/year/csv?y=%s", text)};
	int64_t town;
	TRY(dispatch_town_of(r->c, &town));
	v.pay_path = town == INT_NULL ? "" : arena_fmt(r->arena, "/dispatch/pay?y=%s", text);
	dispatch_year_sheet(r->c, &y, &v.sheet);
	v.rows = ARENA_ARRAY(r->arena, v.sheet.n_rows + 1, struct dispatch_sheet_row);
	for (size_t i = 0; i < v.sheet.n_rows; i++)
		v.rows[i] = (struct dispatch_sheet_row){v.sheet.cells + i * DISPATCH_SHEET, v.sheet.cells + i * DISPATCH_SHEET + 2};
	page->wide = true;
	back(page, "/dispatch", "リハビリ専門職");
	tmpl_dispatch_year(res_page(r), &v);
	return OK;
}

err page_dispatch_year_csv(struct req *r)
{
	const char *text, *bytes;
	int64_t insurer;
	size_t n;
	civil from = year_asked(r, &text);
	TRY(insurer_of(r, &insurer));
	look_as(r, ACTION_EXPORT);
	TRY(dispatch_year_csv(r->c, insurer, from, &bytes, &n));
	return res_file(r, "text/csv; charset=utf-8", bytes, n, arena_fmt(r->arena, "rehab-renkei-%s.csv", text));
}

err page_dispatch_year_print(struct req *r)
{
	struct dispatch_paper p;
	const char *text;
	int64_t insurer;
	civil from = year_asked(r, &text);
	TRY(insurer_of(r, &insurer));
	look_as(r, ACTION_PRINT);
	TRY(dispatch_paper_year(r->c, insurer, from, &p));
	return res_pdf(r, p.bytes, p.n, p.name);
}
