/* Showing, listing and linking consultations; the intake form is consult_edit.c. */
#include "web/pages/consult.h"

#include "base/str.h"
#include "register/draft.h"
#include "tmpl/consult_consult.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/route.h"

/* ---- one ------------------------------------------------------------------------------------------------------ */

static const char **labels(struct req *r, const char *list, const char **codes, size_t n)
{
	const char **v = ARENA_ARRAY(r->arena, n + 1, const char *);
	for (size_t i = 0; i < n; i++)
		v[i] = code_label(r, list, codes[i]);
	return v;
}

static err show(struct req *r, struct consult_view *c, err e)
{
	struct page_view *page = page_view(r, "相談の記録");
	if (c->person_id != INT_NULL)
		TRY(person_page_head(r, page, c->person_pid));
	page->back_path = "/consults";
	page->back_label = "相談の一覧";
	page->state = str_eq(c->status, "closed") ? STATE_FINAL : STATE_SAVED;
	page->state_note = code_label(r, "consult_status", c->status);
	page->base_version = c->version;
	page->draft_key = arena_fmt(r->arena, "consult-entry:%s", c->pid);
	bool overtaken = r->c->n_faults == 1 && str_eq(r->c->faults[0].field, "status"); /* the next step of now is what is asked about */
	if (page_is_input(e) && !overtaken && formin_int(r, "base") != INT_NULL)
		c->version = page->base_version = formin_int(r, "base"); /* still the version the typing started from */
	struct consult_show_view v = {
		.page = page, .c = c, .channel = code_label(r, "consult_channel", c->channel),
		.source = code_label(r, "consult_source", c->source), .urgency = code_label(r, "consult_urgency", c->urgency),
		.status = code_label(r, "consult_status", c->status),
		.classes = labels(r, "consult_class", c->classes, c->n_classes),
		.responses = labels(r, "consult_response", c->responses, c->n_responses),
		.entry_channel = choice_field(r, "channel", "方法", "consult_channel", "phone"),
		.entry_status = choice_field(r, "status", "状況", "consult_status", str_eq(c->status, "received") ? "active" : c->status),
		.minutes = c->minutes == INT_NULL ? "" : arena_fmt(r->arena, "%lld分", (long long)c->minutes),
		.rights = c->record_class == CLASS_RIGHTS};
	v.entries = ARENA_ARRAY(r->arena, c->n_entries + 1, struct consult_entry_shown);
	for (size_t i = 0; i < c->n_entries; i++)
		v.entries[i] = (struct consult_entry_shown){&c->entries[i], code_label(r, "consult_channel", c->entries[i].channel)};
	tmpl_consult_show(res_page_of(r, e), &v);
	return OK;
}

err page_consult_show(struct req *r)
{
	struct consult_view c;
	TRY(consult_get(r->c, req_param(r, "pid"), &c));
	return show(r, &c, OK);
}

/* ---- 経過 ------------------------------------------------------------------------------------------------------ */

static const struct formin_field ENTRY[] = {
	{.name = "at_on", .label = "日付", .kind = FORMIN_TEXT, .max = 40},
	{.name = "at_time", .label = "時刻", .kind = FORMIN_TEXT, .max = 20},
	{.name = "channel", .label = "方法", .kind = FORMIN_CODE},
	{.name = "counterpart", .label = "相手", .kind = FORMIN_TEXT},
	{.name = "content", .label = "経過の内容", .kind = FORMIN_LINES},
	{.name = "missed", .label = "つながらなかった", .kind = FORMIN_BOOL},
	{.name = "minutes", .label = "所要時間", .kind = FORMIN_TEXT, .max = 10},
	{.name = "status", .label = "状況", .kind = FORMIN_CODE},
	{.name = "next_action", .label = "次にすること", .kind = FORMIN_TEXT},
	{.name = "next_on", .label = "いつまでに", .kind = FORMIN_TEXT, .max = 40},
	{.name = "close_reason", .label = "終結の理由", .kind = FORMIN_TEXT},
};

err page_consult_entry(struct req *r)
{
	struct consult_view c;
	const char *pid = req_param(r, "pid");
	TRY(consult_get(r->c, pid, &c));
	err e = formin_read(r, ENTRY, FORMIN_N(ENTRY));
	if (e == OK)
		e = consult_entry_add(r->c, &(struct consult_entry_input){
			.consult_pid = pid, .at_on = req_field(r, "at_on"), .at_time = req_field(r, "at_time"),
			.channel = req_field(r, "channel"), .counterpart = req_field(r, "counterpart"),
			.content = req_field(r, "content"), .minutes = req_field(r, "minutes"), .reached = !formin_bool(r, "missed"),
			.status = req_field(r, "status"), .next_action = req_field(r, "next_action"),
			.next_on = req_field(r, "next_on"), .close_reason = req_field(r, "close_reason"),
			.consult_version = formin_int(r, "base")});
	if (page_is_input(e))
		return show(r, &c, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "consult-entry:%s", pid)));
	return res_done(r, "saved", "/consults/%s", pid);
}

/* ---- list ------------------------------------------------------------------------------------------------------ */

static const struct formin_field FILTER[] = {
	{.name = "status", .label = "状況", .kind = FORMIN_CODE}, {.name = "class", .label = "分類", .kind = FORMIN_CODE},
	{.name = "who", .label = "担当", .kind = FORMIN_CODE},    {.name = "only", .label = "しぼりこみ", .kind = FORMIN_CODE},
};
static const struct ui_choice WHO[] = {{.value = "", .label = "センター全体"}, {.value = "me", .label = "自分の担当"}};
static const struct ui_choice ONLY[] = {
	{.value = "", .label = "すべて"}, {.value = "open", .label = "終結していない"}, {.value = "idle", .label = "次の対応が決まっていない"},
	{.value = "overdue", .label = "次の対応が遅れている"}, {.value = "today", .label = "今日が期限"}, {.value = "unlinked", .label = "本人がまだ分からない"},
};

static const char *first_line(struct req *r, const char *text)
{
	const char *p = text;
	for (int i = 0; *p && *p != '\n' && i < 60; i++)
		(void)str_next(&p);
	return arena_fmt(r->arena, "%s%s", arena_strn(r->arena, text, (size_t)(p - text)), *p ? "…" : "");
}

static void fill_rows(struct req *r, struct consult_list_view *v, struct consult_row *rows)
{
	struct consult_list_row *out = ARENA_ARRAY(r->arena, v->n_rows + 1, struct consult_list_row);
	for (size_t i = 0; i < v->n_rows; i++) {
		out[i] = (struct consult_list_row){&rows[i], code_label(r, "consult_status", rows[i].status),
		                                   code_label(r, "consult_channel", rows[i].channel),
		                                   code_label(r, "consult_urgency", rows[i].urgency), first_line(r, rows[i].content)};
		if (rows[i].person_id != INT_NULL)
			look_person(r, rows[i].person_id);
	}
	v->rows = out;
}

static struct ui_field with_all(struct req *r, struct ui_field f)
{
	struct ui_choice *v = ARENA_ARRAY(r->arena, f.n_choices + 1, struct ui_choice);
	v[0] = (struct ui_choice){.value = "", .label = "すべて"};
	for (size_t i = 0; i < f.n_choices; i++)
		v[i + 1] = f.choices[i];
	f.choices = v;
	f.n_choices++;
	return f;
}

err page_consult_list(struct req *r)
{
	formin_read_query(r, FILTER, FORMIN_N(FILTER));
	const char *status = req_query(r, "status"), *class_code = req_query(r, "class"), *who = req_query(r, "who"),
	           *only = req_query(r, "only");
	struct consult_list_view v = {.page = page_view(r, "相談"), .today = r->c->today};
	v.filter = (struct consult_filter){.status = status, .class_code = class_code, .assignee = who, .only = only,
	                                   .from_on = CIVIL_NONE, .to_on = CIVIL_NONE, .sort = CONSULT_BY_RECEIVED};
	int64_t total;
	v.filter.count_most = pager_most(r);
	TRY(consult_count(r->c, &v.filter, &total));
	v.pager = pager_of_most(r, total, v.filter.count_most);
	v.pager.path = arena_fmt(r->arena, "/consults?status=%s&class=%s&who=%s&only=%s", status, class_code, who, only);
	v.filter.offset = (v.pager.page - 1) * v.pager.per_page;
	v.filter.limit = v.pager.per_page;
	struct consult_row *rows;
	TRY(consult_list(r->c, &v.filter, &rows, &v.n_rows, NULL));
	fill_rows(r, &v, rows);
	v.status = with_all(r, choice_field(r, "status", "状況", "consult_status", status));
	v.class_code = with_all(r, choice_field(r, "class", "分類", "consult_class", class_code));
	v.who = (struct ui_field){.name = "who", .label = "担当", .value = who, .choices = WHO, .n_choices = FORMIN_N(WHO)};
	v.only = (struct ui_field){.name = "only", .label = "しぼりこみ", .value = only, .choices = ONLY, .n_choices = FORMIN_N(ONLY)};
	tmpl_consult_list(res_page(r), &v);
	return OK;
}

err page_person_consults(struct req *r)
{
	struct page_view *page = page_view(r, "相談");
	struct person_card card;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	struct consult_list_view v = {.page = page, .today = r->c->today, .of_person = true};
	struct consult_row *rows;
	v.filter = (struct consult_filter){.person_pid = card.p.pid, .from_on = CIVIL_NONE, .to_on = CIVIL_NONE};
	TRY(consult_list(r->c, &v.filter, &rows, &v.n_rows, NULL));
	fill_rows(r, &v, rows);
	tmpl_consult_list(res_page(r), &v);
	return OK;
}

/* ---- link later ------------------------------------------------------------------------------------------------- */

static const struct formin_field LINK[] = {
	{.name = "text", .label = "本人を探す", .kind = FORMIN_TEXT, .max = 100},
	{.name = "person", .label = "本人", .kind = FORMIN_PID},
	{.name = "reason", .label = "付けかえる理由", .kind = FORMIN_TEXT},
};

static err link_page(struct req *r, struct consult_view *c, const char *text, err e)
{
	struct page_view *page = page_view(r, "相談の本人を付ける");
	page->back_path = arena_fmt(r->arena, "/consults/%s", c->pid);
	page->back_label = "相談の記録";
	struct consult_link_view v = {.page = page, .c = c, .chosen = req_field(r, "person"), .text = text};
	TRY(person_hits(r, text, &v.hits, &v.n_hits, &v.searched));
	tmpl_consult_link(res_page_of(r, e), &v);
	return OK;
}

err page_consult_link(struct req *r)
{
	struct consult_view c;
	TRY(consult_get(r->c, req_param(r, "pid"), &c));
	if (!c.may_write)
		return ERR_DENIED;
	return link_page(r, &c, "", OK);
}

err page_consult_link_find(struct req *r)
{
	struct consult_view c;
	TRY(consult_get(r->c, req_param(r, "pid"), &c));
	err e = formin_read(r, LINK, FORMIN_N(LINK));
	return link_page(r, &c, e == OK ? req_field(r, "text") : "", e);
}

err page_consult_link_save(struct req *r)
{
	struct consult_view c;
	const char *pid = req_param(r, "pid");
	TRY(consult_get(r->c, pid, &c));
	err e = formin_read(r, LINK, FORMIN_N(LINK));
	if (e == OK)
		e = consult_link_person(r->c, pid, req_field(r, "person"), req_field(r, "reason"));
	if (page_is_input(e))
		return link_page(r, &c, req_field(r, "text"), e);
	TRY(e);
	return res_done(r, "saved", "/consults/%s", pid);
}

/* ---- bin --------------------------------------------------------------------------------------------------------- */

static const struct formin_field RETIRE[] = {{.name = "reason", .label = "理由", .kind = FORMIN_TEXT, .required = true}};

err page_consult_retire(struct req *r)
{
	struct consult_view c;
	TRY(consult_get(r->c, req_param(r, "pid"), &c));
	err e = formin_read(r, RETIRE, FORMIN_N(RETIRE));
	if (page_is_input(e))
		return show(r, &c, e);
	TRY(e);
	TRY(consult_retire(r->c, c.pid, req_field(r, "reason")));
	return res_done(r, "deleted", "/consults");
}
