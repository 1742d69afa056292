/* The intake screen (F016): new and edit are the same page; 「本人を探す」 looks the person up without leaving it. */
#include "base/pid.h"
#include "base/str.h"
#include "jp/era.h"
#include "register/draft.h"
#include "tmpl/consult_consult.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/consult.h"
#include "web/route.h"

static const struct formin_field FIELDS[] = {
	{.name = "find", .label = "本人を探す", .kind = FORMIN_TEXT, .max = 100},
	{.name = "person", .label = "本人", .kind = FORMIN_CODE, .max = 26},
	{.name = "person_label", .label = "本人のようす", .kind = FORMIN_TEXT},
	{.name = "received_on", .label = "受付日", .kind = FORMIN_TEXT, .max = 40},
	{.name = "received_time", .label = "受付時刻", .kind = FORMIN_TEXT, .max = 20},
	{.name = "channel", .label = "相談の方法", .kind = FORMIN_CODE},
	{.name = "source", .label = "相談者（だれから）", .kind = FORMIN_CODE},
	{.name = "caller_name", .label = "相談者の氏名", .kind = FORMIN_TEXT},
	{.name = "caller_relation", .label = "続柄・関係", .kind = FORMIN_TEXT},
	{.name = "caller_phone", .label = "電話番号", .kind = FORMIN_TEXT},
	{.name = "content", .label = "相談内容", .kind = FORMIN_LINES},
	{.name = "wish", .label = "希望・本人の言葉", .kind = FORMIN_LINES},
	{.name = "response_text", .label = "対応内容", .kind = FORMIN_LINES},
	{.name = "classes", .label = "相談の分類", .kind = FORMIN_CODE, .repeat = true},
	{.name = "responses", .label = "対応の種類", .kind = FORMIN_CODE, .repeat = true},
	{.name = "urgency", .label = "緊急度", .kind = FORMIN_CODE},
	{.name = "minutes", .label = "所要時間", .kind = FORMIN_TEXT, .max = 10},
	{.name = "status", .label = "状況", .kind = FORMIN_CODE},
	{.name = "next_action", .label = "次にすること", .kind = FORMIN_TEXT},
	{.name = "next_on", .label = "いつまでに", .kind = FORMIN_TEXT, .max = 40},
	{.name = "close_reason", .label = "終結の理由", .kind = FORMIN_TEXT},
	{.name = "assignee", .label = "担当者", .kind = FORMIN_CODE, .max = 26},
};

static struct ui_field many(struct ui_field f, const char **values, size_t n)
{
	f.values = (const char *const *)values;
	f.n_values = n;
	return f;
}

/* The people found, and before them the one chosen already, if the search now says something else. */
static err find_hits(struct req *r, struct consult_edit_view *v, const char *text)
{
	struct person_hit *found = NULL, *hits;
	bool there = !pid_valid(v->chosen);
	size_t n = 0;
	if (!str_blank(text))
		TRY(person_find(r->c, text, 10, &found, &n, &v->more));
	for (size_t i = 0; i < n; i++)
		there = there || str_eq(found[i].pid, v->chosen);
	hits = ARENA_ARRAY(r->arena, n + 2, struct person_hit);
	if (!there) {
		struct person p;
		TRY(person_get(r->c, v->chosen, &p));
		hits[0] = (struct person_hit){.id = p.id, .pid = p.pid, .name = p.name, .kana = p.kana, .birth_on = p.birth_on,
		                              .birth_text = str_or(p.birth_text, ""), .home_address = str_or(p.home.address, ""), .matched = ""};
	}
	for (size_t i = 0; i < n; i++)
		hits[i + !there] = found[i];
	v->n_hits = n + !there;
	for (size_t i = 0; i < v->n_hits; i++)
		look_person(r, hits[i].id);
	v->hits = hits;
	v->searched = true;
	return OK;
}

/* Calls about two people are two drafts. */
static const char *new_key(struct req *r, const char *person_pid)
{
	return str_blank(person_pid) ? "consult:new" : arena_fmt(r->arena, "person/%s/consult/new", person_pid);
}

static err edit(struct req *r, const struct consult_view *c, bool is_new, const char *find, err e)
{
	struct page_view *page = page_view(r, is_new ? "相談を受ける" : "相談の記録を直す");
	page->state = is_new ? STATE_NEW : STATE_SAVED;
	page->base_version = c->version;
	if (page->posted && formin_int(r, "base") != INT_NULL)
		page->base_version = formin_int(r, "base"); /* shown again: still the version the typing started from */
	page->draft_key = is_new ? new_key(r, c->person_pid) : arena_fmt(r->arena, "consult:%s", c->pid);
	page->back_path = is_new ? "/consults" : arena_fmt(r->arena, "/consults/%s", c->pid);
	page->back_label = is_new ? "相談の一覧" : "相談の記録";
	if (c->person_id != INT_NULL)
		TRY(person_page_head(r, page, c->person_pid));
	char t[CIVIL_TIME_TEXT];
	civil_time_text(c->received_ms, t);
	struct consult_edit_view v = {
		.page = page, .action = is_new ? "/consults" : arena_fmt(r->arena, "/consults/%s", c->pid), .c = c, .is_new = is_new,
		.channel = choice_field(r, "channel", "相談の方法", "consult_channel", c->channel),
		.source = choice_field(r, "source", "相談者（だれから）", "consult_source", c->source),
		.urgency = choice_field(r, "urgency", "緊急度", "consult_urgency", c->urgency),
		.status = choice_field(r, "status", "状況", "consult_status", c->status),
		.classes = many(choice_field(r, "classes", "相談の分類", "consult_class", NULL), c->classes, c->n_classes),
		.responses = many(choice_field(r, "responses", "対応の種類", "consult_response", NULL), c->responses, c->n_responses),
		.assignee = {.name = "assignee", .label = "担当者", .value = c->assignee_pid},
		.received_time = arena_str(r->arena, t + 11),
		.minutes = c->minutes == INT_NULL ? "" : arena_fmt(r->arena, "%lld", (long long)c->minutes)};
	v.channel.required = v.source.required = true;
	v.source.optional_blank = true;
	v.classes.help = "いくつでも選べます。「虐待の疑い」「成年後見」「消費者被害」を選ぶと、権利擁護の担当者だけが見られる記録になります。";
	TRY(choices_staff(r, &v.assignee.choices, &v.assignee.n_choices));
	v.chosen = req_field(r, "person");
	if (is_new && c->person_id == INT_NULL && (!str_blank(find) || !str_blank(v.chosen)))
		TRY(find_hits(r, &v, find));
	tmpl_consult_edit(res_page_of(r, e), &v);
	return OK;
}

static struct consult_view empty(struct req *r)
{
	return (struct consult_view){.pid = "", .person_id = INT_NULL, .person_pid = "", .person_name = "", .person_kana = "",
	                             .person_label = "", .assignee_pid = "", .assignee_name = "", .channel = "phone", .source = "",
	                             .urgency = "normal", .status = "received", .caller_name = "", .caller_relation = "",
	                             .caller_phone = "", .content = "", .wish = "", .response_text = "", .minutes = INT_NULL,
	                             .next_action = "", .next_on = CIVIL_NONE, .closed_on = CIVIL_NONE, .close_reason = "",
	                             .received_ms = r->c->now_ms};
}

static err about(struct req *r, struct consult_view *c, const char *person_pid)
{
	struct person p;
	TRY(person_get(r->c, person_pid, &p));
	c->person_id = p.id;
	c->person_pid = p.pid;
	c->person_name = p.name;
	return OK;
}

err page_consult_new(struct req *r)
{
	struct consult_view c = empty(r);
	const char *person = req_query(r, "person");
	if (!str_blank(person))
		TRY(about(r, &c, person));
	return edit(r, &c, true, "", OK);
}

err page_consult_edit(struct req *r)
{
	struct consult_view c;
	TRY(consult_get(r->c, req_param(r, "pid"), &c));
	if (!c.may_write)
		return ERR_DENIED;
	return edit(r, &c, false, "", OK);
}

/* 「探す」 on the intake screen: the same page again with what was typed and the people found. Writes nothing. */
err page_consult_find(struct req *r)
{
	struct consult_view c = empty(r);
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	return edit(r, &c, true, e == OK ? req_field(r, "find") : "", e);
}

static void input_of(struct req *r, struct consult_input *in)
{
	const char *person = req_field(r, "person");
	*in = (struct consult_input){
		.version = formin_int(r, "base") == INT_NULL ? 0 : formin_int(r, "base"),
		.person_pid = str_eq(person, "new") || str_eq(person, "unknown") ? "" : person,
		.person_label = req_field(r, "person_label"), .received_on = req_field(r, "received_on"),
		.received_time = req_field(r, "received_time"), .channel = req_field(r, "channel"),
		.source = req_field(r, "source"), .urgency = req_field(r, "urgency"), .caller_name = req_field(r, "caller_name"),
		.caller_relation = req_field(r, "caller_relation"), .caller_phone = req_field(r, "caller_phone"),
		.content = req_field(r, "content"), .wish = req_field(r, "wish"), .response_text = req_field(r, "response_text"),
		.minutes = req_field(r, "minutes"), .status = req_field(r, "status"), .next_action = req_field(r, "next_action"),
		.next_on = req_field(r, "next_on"), .close_reason = req_field(r, "close_reason"),
		.assignee_pid = req_field(r, "assignee")};
	const char **v;
	in->n_classes = req_all(r, "classes", &v);
	in->classes = (const char *const *)v;
	in->n_responses = req_all(r, "responses", &v);
	in->responses = (const char *const *)v;
	/* A person about to be registered is described by what was searched for until the link is made. */
	if (str_eq(person, "new") && str_blank(in->person_label))
		in->person_label = str_blank(req_field(r, "find")) ? "新しく登録する方" : req_field(r, "find");
}

err page_consult_create(struct req *r)
{
	struct consult_view c = empty(r);
	struct consult_input in = {0};
	const char *pid = NULL;
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	if (e == OK) {
		input_of(r, &in);
		e = consult_save(r->c, &in, &pid, NULL);
	}
	/* The page was opened for a person: there is no search on it. */
	const char *known = req_has(r, "find") ? "" : req_field(r, "person");
	if (page_is_input(e)) {
		if (!str_blank(known))
			TRY(about(r, &c, known));
		return edit(r, &c, true, req_field(r, "find"), e);
	}
	TRY(e);
	TRY(draft_discard(r->c, new_key(r, known)));
	/* Who takes a call of rights protection down need not belong to its team: the record is kept and is the team's. */
	struct consult_view kept;
	e = consult_get(r->c, pid, &kept);
	if (e == ERR_NOTFOUND)
		return res_done(r, "to_team", "/consults");
	TRY(e);
	if (str_eq(req_field(r, "person"), "new"))
		return res_done(r, "saved", "/persons/new?consult=%s", pid);
	return res_done(r, "saved", "/consults/%s", pid);
}

err page_consult_save(struct req *r)
{
	struct consult_view c;
	TRY(consult_get(r->c, req_param(r, "pid"), &c));
	struct consult_input in = {0};
	struct row_conflict *conflict = NULL;
	const char *pid = NULL;
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	if (e == OK) {
		input_of(r, &in);
		in.pid = c.pid;
		if (str_blank(in.person_pid))
			in.person_pid = c.person_pid;
		e = consult_save(r->c, &in, &pid, &conflict);
	}
	if (page_is_input(e))
		return edit(r, &c, false, "", e);
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/consults/%s/edit", c.pid));
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "consult:%s", c.pid)));
	return res_done(r, "saved", "/consults/%s", pid);
}
