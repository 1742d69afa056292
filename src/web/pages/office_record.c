#include "web/pages/office_record.h"

#include "access/policy.h"
#include "base/str.h"
#include "care/children.h"
#include "care/consult_follow.h"
#include "jp/era.h"
#include "register/draft.h"
#include "register/org.h"
#include "tmpl/case_office_record.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/record.h"
#include "web/route.h"

/* ---- whom it is about ---------------------------------------------------------------------------------------------------- */

static err person_subject(struct req *r, struct page_view *page, const char *pid, struct office_subject *s)
{
	struct person_card card;
	TRY(person_page(r, page, pid, &card));
	*s = (struct office_subject){.person_pid = card.p.pid, .org_pid = "", .base = arena_fmt(r->arena, "/persons/%s", card.p.pid), .label = "届出・引き継ぎなど",
		.may_write = card.view.may[ACTION_WRITE] & CLASS_CARE};
	person_tab(page, "/office-records");
	s->list = arena_fmt(r->arena, "%s/office-records", s->base);
	return OK;
}

err office_subject_open(struct req *r, struct page_view *page, const char *person_pid, const char *org_pid, struct office_subject *s)
{
	struct org o;
	if (!str_blank(person_pid)) {
		TRY(person_subject(r, page, person_pid, s));
	} else {
		TRY(org_get(r->c, org_pid, &o));
		if (o.id != r->c->actor.org_id)
			return ERR_NOTFOUND;
		*s = (struct office_subject){.person_pid = "", .org_pid = o.pid, .base = arena_fmt(r->arena, "/orgs/%s", o.pid), .label = "事業所の記録",
			.may_write = policy_check_own(r->c, o.id, CLASS_MEETING, ACTION_WRITE) == OK};
		s->list = arena_fmt(r->arena, "%s/records", s->base);
		page->back_path = s->base;
		page->back_label = o.name;
	}
	s->waivers = arena_fmt(r->arena, "%s/waivers", s->base);
	return OK;
}

static bool of_person(const struct office_subject *s) { return *s->person_pid != '\0'; }

/* ---- list ------------------------------------------------------------------------------------------------------------------ */

static struct office_row_shown shown(struct req *r, const struct office_record_view *v)
{
	const char *text = *v->row.content ? v->row.content : *v->row.partner ? v->row.partner : v->row.doc_no;
	return (struct office_row_shown){.path = arena_fmt(r->arena, "/office-records/%s", v->row.pid), .label = v->kind->label, .what = v->what_ja,
		.who = *v->staff_name ? v->staff_name : v->org_name, .text = consult_one_line(r->arena, text, 60), .on_day = v->row.on_day};
}

static void kinds_of(struct req *r, struct office_list_view *v)
{
	size_t n = office_kind_count();
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	v->kinds = ARENA_ARRAY(r->arena, n, struct office_kind_shown);
	c[0] = (struct ui_choice){.value = "", .label = "すべて"};
	for (size_t i = 0; i < n; i++) {
		const struct office_kind *k = office_kind_at(i);
		if (!office_kind_open(r->c, k, v->of_person))
			continue;
		v->kinds[v->n_kinds++] = (struct office_kind_shown){arena_fmt(r->arena, "%s/new?kind=%s", v->s.list, k->code), k->label, k->source};
		c[v->n_kinds] = (struct ui_choice){.value = k->code, .label = k->label};
	}
	v->kind = (struct ui_field){.name = "kind", .label = "種類", .value = str_or(req_query(r, "kind"), ""), .choices = c, .n_choices = v->n_kinds + 1};
}

static err list(struct req *r, const char *person_pid, const char *org_pid)
{
	static const struct formin_field query[] = {{.name = "kind", .label = "種類", .kind = FORMIN_CODE, .max = 20}};
	struct page_view *page = page_view(r, *person_pid ? "届出・引き継ぎなどの記録" : "事業所の記録");
	struct office_list_view v = {.page = page, .of_person = *person_pid != '\0'};
	struct office_record_view *rows;
	formin_read_query(r, query, FORMIN_N(query));
	TRY(office_subject_open(r, page, person_pid, org_pid, &v.s));
	kinds_of(r, &v);
	const char *kind = *v.kind.value ? v.kind.value : NULL;
	if (!v.of_person) {
		TRY(office_record_count(r->c, kind, &v.total));
		v.pager = pager_of(r, v.total);
		v.pager.path = arena_fmt(r->arena, "%s?kind=%s", v.s.list, v.kind.value);
		v.with_pager = true;
	}
	TRY(office_record_list(r->c, person_pid, kind, v.with_pager ? (int)((v.pager.page - 1) * v.pager.per_page) : 0, (int)v.pager.per_page, &rows, &v.n_rows));
	if (v.of_person)
		v.total = (int64_t)v.n_rows;
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct office_row_shown);
	for (size_t i = 0; i < v.n_rows; i++)
		v.rows[i] = shown(r, &rows[i]);
	tmpl_office_list(res_page(r), &v);
	return OK;
}

err page_office_records(struct req *r) { return list(r, req_param(r, "pid"), ""); }
err page_org_records(struct req *r) { return list(r, "", req_param(r, "pid")); }

/* ---- the form -------------------------------------------------------------------------------------------------------------- */

enum { MOST_FIELDS = 12 };

static void *cell(const struct t_office_record *row, const char *column) { return row_column(&T_office_record, (void *)row, column); }

static struct office_field_shown field_of(struct req *r, const struct office_field *f, const struct t_office_record *row)
{
	struct office_field_shown o = {.f = {.name = f->column, .label = f->label, .required = f->required, .help = *f->help ? f->help : NULL},
		.is_text = f->type == 't' || f->type == 'n' || f->type == 'i' || f->type == 'm', .is_area = f->type == 'a', .is_day = f->type == 'd', .is_tick = f->type == 'b' || f->type == 'c'};
	if (o.is_day) {
		o.f.day = *(const civil *)cell(row, f->column);
		o.f.has_day = true;
	} else if (o.is_tick) {
		o.f.value = *(const bool *)cell(row, f->column) ? "1" : "";
	} else if (f->type == 'n') {
		int64_t n = *(const int64_t *)cell(row, f->column);
		o.f.value = n == INT_NULL ? "" : arena_fmt(r->arena, "%lld", (long long)n);
		o.f.mode = "numeric";
		o.f.width = "s";
	} else if (f->type == 'm') {
		civil d = *(const civil *)cell(row, f->column);
		o.f.value = d == CIVIL_NONE ? "" : era_text_month(r->arena, civil_ymd(d).y, civil_ymd(d).m);
		o.f.width = "m";
	} else {
		o.f.value = *(const char *const *)cell(row, f->column);
		o.f.rows = 3;
		o.f.mode = f->type == 'i' ? "numeric" : NULL;
	}
	return o;
}

static err edit(struct req *r, const char *person_pid, const char *org_pid, const struct t_office_record *row, err e)
{
	const struct office_kind *k = office_kind_find(row->kind);
	struct office_subject s;
	size_t n;
	if (!k || !office_kind_open(r->c, k, *person_pid != '\0'))
		return ERR_NOTFOUND;
	struct page_view *page = page_view(r, row->id ? arena_fmt(r->arena, "%sを直す", k->label) : k->label);
	TRY(office_subject_open(r, page, person_pid, org_pid, &s));
	page->n_tabs = 0;
	page->back_path = row->id ? arena_fmt(r->arena, "/office-records/%s", row->pid) : s.list;
	page->back_label = row->id ? k->label : s.label;
	page->state = row->id ? STATE_SAVED : STATE_NEW;
	page->draft_key = row->id ? arena_fmt(r->arena, "office-record/%s", row->pid)
	                : of_person(&s) ? arena_fmt(r->arena, "person/%s/office-record/%s", s.person_pid, k->code) : arena_fmt(r->arena, "office-record/new/%s", k->code);
	page->draft_class = of_person(&s) ? class_code(k->record_class) : "meeting";
	page->base_version = row->version;
	struct office_edit_view v = {.page = page, .row = row, .kind = k->code, .source = k->source, .day_label = k->day_label, .has_what = *k->list,
		.action = row->id ? arena_fmt(r->arena, "/office-records/%s", row->pid) : s.list};
	if (v.has_what) {
		v.what = choice_field(r, "what", k->what_label, k->list, row->what);
		v.what.required = true;
	}
	const struct office_field *f = office_fields(k->code, &n);
	v.fields = ARENA_ARRAY(r->arena, n + 1, struct office_field_shown);
	for (size_t i = 0; i < n && v.n_fields < MOST_FIELDS; i++)
		v.fields[v.n_fields++] = field_of(r, office_field_at(f, i), row);
	tmpl_office_edit(res_page_of(r, e), &v);
	return OK;
}

static const struct formin_field FIELDS[] = {
	{.name = "kind", .label = "記録の種類", .kind = FORMIN_CODE, .max = 20},
	{.name = "what", .label = "種類", .kind = FORMIN_CODE, .max = 40},
	{.name = "on_day", .label = "日", .kind = FORMIN_DAY},
	{.name = "partner", .label = "相手・参加した人", .kind = FORMIN_LINES, .max = 4000},
	{.name = "content", .label = "内容", .kind = FORMIN_LINES, .max = 4000},
	{.name = "handling", .label = "処置・理由", .kind = FORMIN_LINES, .max = 4000},
	{.name = "state", .label = "心身の状況", .kind = FORMIN_LINES, .max = 4000},
	{.name = "hours", .label = "時間", .kind = FORMIN_TEXT, .max = 200},
	{.name = "doc_no", .label = "番号・版", .kind = FORMIN_TEXT, .max = 200},
	{.name = "from_on", .label = "始まり", .kind = FORMIN_TEXT, .max = 40},
	{.name = "to_on", .label = "終わり", .kind = FORMIN_DAY},
	{.name = "other_on", .label = "日", .kind = FORMIN_DAY},
	{.name = "is_yes", .label = "確かめた", .kind = FORMIN_BOOL},
	{.name = "units", .label = "単位数", .kind = FORMIN_INT, .lo = 0, .hi = 999999},
};

/* A day, or for the kinds of a month that month: kept as its first day. */
static err read_from(struct req *r, const char *kind, civil *out)
{
	const char *text = req_field(r, "from_on");
	size_t n;
	bool month = false;
	struct era_date d;
	const struct office_field *f = office_fields(kind, &n);
	for (size_t i = 0; i < n; i++)
		month = month || office_field_at(f, i)->type == 'm';
	*out = CIVIL_NONE;
	if (str_blank(text))
		return OK;
	TRY(month ? era_parse_partial(r->c, "from_on", text, &d) : era_parse(r->c, "from_on", text, &d));
	*out = month ? civil_from(civil_ymd(d.from).y, civil_ymd(d.from).m, 1) : d.day;
	return OK;
}

static err read(struct req *r, struct t_office_record *row)
{
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	if (e != OK && e != ERR_INPUT)
		return e;
	if (!row->id)
		row->kind = req_field(r, "kind");
	TRY(e);
	row->what = req_field(r, "what");
	row->on_day = formin_day(r, "on_day");
	row->partner = req_field(r, "partner");
	row->content = req_field(r, "content");
	row->handling = req_field(r, "handling");
	row->state = req_field(r, "state");
	row->hours = req_field(r, "hours");
	row->doc_no = req_field(r, "doc_no");
	row->to_on = formin_day(r, "to_on");
	row->other_on = formin_day(r, "other_on");
	row->is_yes = formin_bool(r, "is_yes");
	row->units = formin_int(r, "units");
	return read_from(r, row->kind, &row->from_on);
}

static err ask(struct req *r, const char *person_pid, const char *org_pid)
{
	static const struct formin_field query[] = {{.name = "kind", .label = "種類", .kind = FORMIN_CODE, .max = 20}, {.name = "what", .label = "区分", .kind = FORMIN_CODE, .max = 40},
		{.name = "from_on", .label = "始まり", .kind = FORMIN_DAY}, {.name = "to_on", .label = "終わり", .kind = FORMIN_DAY}};
	struct t_office_record row;
	formin_read_query(r, query, FORMIN_N(query));
	office_record_init(r->c, str_or(req_query(r, "kind"), ""), &row);
	row.what = str_or(req_query(r, "what"), "");
	civil from, to;
	if (civil_parse(str_or(req_query(r, "from_on"), ""), &from))
		row.from_on = from;
	if (civil_parse(str_or(req_query(r, "to_on"), ""), &to))
		row.to_on = to;
	return edit(r, person_pid, org_pid, &row, OK);
}

err page_office_record_new(struct req *r) { return ask(r, req_param(r, "pid"), ""); }
err page_org_record_new(struct req *r) { return ask(r, "", req_param(r, "pid")); }

static err create(struct req *r, const char *person_pid, const char *org_pid)
{
	struct t_office_record row;
	struct office_subject s;
	TRY(office_subject_open(r, page_view(r, ""), person_pid, org_pid, &s));
	office_record_init(r->c, "", &row);
	err e = read(r, &row);
	if (e == OK)
		e = office_record_save(r->c, person_pid, &row, NULL);
	if (page_is_input(e) && office_kind_find(row.kind))
		return edit(r, person_pid, org_pid, &row, e);
	TRY(e);
	TRY(draft_discard(r->c, of_person(&s) ? arena_fmt(r->arena, "person/%s/office-record/%s", s.person_pid, row.kind) : arena_fmt(r->arena, "office-record/new/%s", row.kind)));
	return res_done(r, "created", "/office-records/%s", row.pid);
}

err page_office_record_create(struct req *r) { return create(r, req_param(r, "pid"), ""); }
err page_org_record_create(struct req *r) { return create(r, "", req_param(r, "pid")); }

/* ---- one ------------------------------------------------------------------------------------------------------------------- */

static err open_one(struct req *r, struct office_record_view *v)
{
	TRY(office_record_get(r->c, req_param(r, "pid"), v));
	if (*v->person_pid)
		look_person(r, v->row.person_id);
	return OK;
}

static const char *text_of(struct req *r, const struct office_field *f, const struct t_office_record *row)
{
	const struct office_field_shown o = field_of(r, f, row);
	if (o.is_day)
		return o.f.day == CIVIL_NONE ? "" : era_text(r->arena, o.f.day);
	return o.is_tick ? (*o.f.value ? "はい" : "いいえ") : str_or(o.f.value, "");
}

err page_office_record(struct req *r)
{
	struct office_record_view v;
	struct office_subject s;
	size_t n;
	TRY(open_one(r, &v));
	struct page_view *page = page_view(r, v.kind->label);
	TRY(office_subject_open(r, page, v.person_pid, v.org_pid, &s));
	page->n_tabs = 0;
	record_shown(r, page, v.row.updated_ms, v.updated_by, s.list, s.label);
	struct office_show_view view = {.page = page, .v = &v};
	const struct office_field *f = office_fields(v.kind->code, &n);
	view.facts = ARENA_ARRAY(r->arena, n + 1, struct office_fact);
	for (size_t i = 0; i < n; i++)
		view.facts[view.n_facts++] = (struct office_fact){office_field_at(f, i)->label, text_of(r, office_field_at(f, i), &v.row)};
	tmpl_office_show(res_page(r), &view);
	return OK;
}

err page_office_record_edit(struct req *r)
{
	struct office_record_view v;
	TRY(open_one(r, &v));
	if (!v.may_write)
		return ERR_DENIED;
	return edit(r, v.person_pid, v.org_pid, &v.row, OK);
}

err page_office_record_save(struct req *r)
{
	struct office_record_view v;
	struct row_conflict *conflict = NULL;
	TRY(open_one(r, &v));
	err e = read(r, &v.row);
	if (e == OK) {
		v.row.version = formin_int(r, "base");
		e = office_record_save(r->c, v.person_pid, &v.row, &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/office-records/%s", v.row.pid));
	if (page_is_input(e))
		return edit(r, v.person_pid, v.org_pid, &v.row, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "office-record/%s", v.row.pid)));
	return res_done(r, "saved", "/office-records/%s", v.row.pid);
}

static err bin_of(struct req *r, struct office_record_view *v, struct record_bin *b)
{
	TRY(open_one(r, v));
	if (!v->may_write)
		return ERR_DENIED;
	*b = (struct record_bin){.title = "記録をごみ箱へ移す", .person_pid = v->person_pid, .path = arena_fmt(r->arena, "/office-records/%s", v->row.pid),
		.back_path = *v->person_pid ? arena_fmt(r->arena, "/persons/%s/office-records", v->person_pid) : arena_fmt(r->arena, "/orgs/%s/records", v->org_pid),
		.sentence = arena_fmt(r->arena, "「%s」の記録をごみ箱へ移します。", v->kind->label),
		.more = "決まりを守ったかの判定にも使われなくなります。30日のあいだは元に戻せます。"};
	return OK;
}

err page_office_record_retire_ask(struct req *r)
{
	struct office_record_view v;
	struct record_bin b;
	TRY(bin_of(r, &v, &b));
	return record_bin_ask(r, &b, OK);
}

err page_office_record_retire(struct req *r)
{
	struct office_record_view v;
	struct record_bin b;
	TRY(bin_of(r, &v, &b));
	return record_bin_put(r, &b, v.row.pid, office_record_retire);
}
