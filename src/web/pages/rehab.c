/* リハビリ of a person: overview, goals and ends, the reviews; the list over all people. */
#include "web/pages/rehab.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "jp/era.h"
#include "law/numbers.h"
#include "tmpl/rehab_goal.h"
#include "tmpl/rehab_home.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/interest.h"
#include "web/pages/person.h"
#include "web/pages/record.h"
#include "web/route.h"

err rehab_page(struct req *r, struct page_view *page, const char *person_pid)
{
	TRY(person_page_head(r, page, person_pid));
	page->back_path = arena_fmt(r->arena, "/persons/%s/rehab", person_pid);
	page->back_label = "リハビリ";
	return OK;
}

/* ---- overview -------------------------------------------------------------------------------------------------------- */

struct rehab_unset_shown *rehab_unset_shown_of(struct req *r, const struct rehab_unset_row *v, size_t n)
{
	struct rehab_unset_shown *out = ARENA_ARRAY(r->arena, n + 1, struct rehab_unset_shown);
	for (size_t i = 0; i < n; i++) {
		/* who may only read goes to the page that shows what there is */
		bool writes = policy_check(r->c, v[i].person_id, CLASS_CARE, ACTION_WRITE) == OK;
		const char *to = *v[i].goal_pid ? arena_fmt(r->arena, writes ? "/rehab-goals/%s/edit" : "/rehab-goals/%s", v[i].goal_pid)
			: writes ? arena_fmt(r->arena, "/persons/%s/rehab/goals/new?service=%s", v[i].person_pid, v[i].service_pid) : arena_fmt(r->arena, "/persons/%s/rehab", v[i].person_pid);
		out[i] = (struct rehab_unset_shown){.r = &v[i], .path = to, .act = writes ? "目標と終わりを決める" : "記録を見る", .since = v[i].months < 0 ? "始めた日は不明" : arena_fmt(r->arena, "%sから（%dか月）", era_text(r->arena, v[i].since), v[i].months),
			.lack = v[i].no_goal && v[i].no_end ? "目標と終わりがありません" : v[i].no_goal ? "目標がありません" : "終わりがありません"};
	}
	return out;
}

err page_rehab(struct req *r)
{
	struct page_view *page = page_view(r, "リハビリ");
	struct person_card card;
	struct rehab_goal_view *goals;
	struct rehab_meeting_view *meetings;
	struct rehab_info_view *infos;
	struct rehab_unset_row *unset;
	struct interest_sheet *interests;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	struct rehab_home_view v = {.page = page, .base = arena_fmt(r->arena, "/persons/%s/rehab", card.p.pid), .may_write = card.view.may[ACTION_WRITE] & CLASS_CARE};
	TRY(rehab_goal_list(r->c, card.p.pid, &goals, &v.n_goals));
	TRY(rehab_unset_of(r->c, card.p.pid, &unset, &v.n_unset));
	TRY(rehab_meeting_list(r->c, card.p.pid, &meetings, &v.n_meetings));
	TRY(rehab_info_list(r->c, card.p.pid, &infos, &v.n_infos));
	TRY(interest_list(r->c, card.p.pid, &interests, &v.n_interests));
	v.interests = interests;
	v.goals = goals;
	v.infos = infos;
	v.unset = rehab_unset_shown_of(r, unset, v.n_unset);
	v.meetings = ARENA_ARRAY(r->arena, v.n_meetings + 1, struct rehab_meeting_shown);
	for (size_t i = 0; i < v.n_meetings; i++)
		v.meetings[i] = (struct rehab_meeting_shown){&meetings[i], code_label(r, "rehab_meeting_kind", meetings[i].row.kind), code_label(r, "rehab_meeting_state", meetings[i].row.status),
			meetings[i].is_closed ? "ok" : "warn"};
	tmpl_rehab_home(res_page(r), &v);
	return OK;
}

err page_rehab_unset(struct req *r)
{
	struct page_view *page = page_view(r, "目標か終わりのないリハビリ");
	struct rehab_unset_row *rows;
	struct rehab_list_view v = {.page = page};
	TRY(rehab_unset_list(r->c, &rows, &v.n_rows, &v.more));
	TRY(law_number(r->c->house->law, "rehab_long_months", r->c->today, &v.long_months));
	for (size_t i = 0; i < v.n_rows; i++) {
		look_person(r, rows[i].person_id);
		v.n_long += rows[i].is_long;
	}
	v.rows = rehab_unset_shown_of(r, rows, v.n_rows);
	page->back_path = "/caseload";
	page->back_label = "ケースの一覧";
	tmpl_rehab_list(res_page(r), &v);
	return OK;
}

/* ---- a goal ---------------------------------------------------------------------------------------------------------- */

static const struct formin_field GOAL[] = {
	{.name = "type_code", .label = "サービス", .kind = FORMIN_CODE, .max = 10},
	{.name = "provider", .label = "事業所", .kind = FORMIN_TEXT, .max = 200},
	{.name = "started_on", .label = "始めた日", .kind = FORMIN_DAY},
	{.name = "goal", .label = "目標", .kind = FORMIN_LINES, .max = 2000},
	{.name = "end_on", .label = "終わりの予定日", .kind = FORMIN_DAY},
	{.name = "set_on", .label = "決めた日", .kind = FORMIN_DAY},
	{.name = "ended_on", .label = "終えた日", .kind = FORMIN_DAY},
	{.name = "ended_how", .label = "終わりかた", .kind = FORMIN_CODE, .max = 10},
	{.name = "next_places", .label = "次の場", .kind = FORMIN_CODE, .max = 20, .repeat = true},
	{.name = "next_note", .label = "次の場の名前", .kind = FORMIN_TEXT, .max = 200},
	{.name = "next_seen_on", .label = "通い始めたことを確かめた日", .kind = FORMIN_DAY},
	{.name = "note", .label = "見込み・話し合ったこと", .kind = FORMIN_LINES, .max = 2000},
	{.name = "service", .label = "計画のサービス", .kind = FORMIN_CODE, .max = 40},
	{.name = "wish", .label = "興味・関心から加えるもの", .kind = FORMIN_CODE, .max = 40, .repeat = true},
};

static err edit(struct req *r, const char *person_pid, const char *service, const struct t_rehab_goal *row, err e)
{
	struct page_view *page = page_view(r, row->id ? "リハビリの目標と終わりを直す" : "リハビリの目標と終わりを決める");
	TRY(rehab_page(r, page, person_pid));
	struct rehab_goal_edit_view v = {.page = page, .row = row, .type = choice_field(r, "type_code", "サービス", "rehab_service", row->type_code)};
	v.type.required = v.type.optional_blank = true;
	TRY(interest_wish_field(r, person_pid, &v.wish));
	v.ended_how = choice_field(r, "ended_how", "終わりかた", "rehab_ended", row->ended_how);
	v.ended_how.optional_blank = true;
	v.next_places = codes_field(r, "next_places", "次の場", "rehab_next_place", row->next_places);
	v.action = record_form(r, page, &(struct record_frame){.person_pid = person_pid, .pid = row->pid, .what = "rehab-goal", .list = "rehab/goals", .one = "/rehab-goals",
		.label = row->id ? "目標と終わり" : "リハビリ", .draft_class = "care", .version = row->version});
	if (!row->id)
		page->back_path = arena_fmt(r->arena, "/persons/%s/rehab", person_pid);
	v.service = service;
	tmpl_rehab_goal_edit(res_page_of(r, e), &v);
	return OK;
}

static err read(struct req *r, const char *person_pid, struct t_rehab_goal *row)
{
	TRY(formin_read(r, GOAL, FORMIN_N(GOAL)));
	row->type_code = req_field(r, "type_code");
	if (!str_eq(row->provider, req_field(r, "provider")))
		row->provider_org_id = INT_NULL; /* another office than the register's: as written */
	row->provider = req_field(r, "provider");
	row->started_on = formin_day(r, "started_on");
	TRY(interest_goal_with(r, person_pid, req_field(r, "goal"), codes_joined(r, "wish"), &row->goal));
	row->end_on = formin_day(r, "end_on");
	row->set_on = formin_day(r, "set_on");
	row->ended_on = formin_day(r, "ended_on");
	row->note = req_field(r, "note");
	if (row->id) { /* how it ended: asked of a course that is there */
		row->ended_how = req_field(r, "ended_how");
		row->next_places = codes_joined(r, "next_places");
		row->next_note = req_field(r, "next_note");
		row->next_seen_on = formin_day(r, "next_seen_on");
	}
	return OK;
}

err page_rehab_goal_new(struct req *r)
{
	struct t_rehab_goal row;
	const char *person = req_param(r, "pid"), *service = str_or(req_query(r, "service"), "");
	TRY(rehab_goal_init(r->c, person, service, &row));
	TRY(interest_goal_with(r, person, row.goal, str_or(req_query(r, "wish"), ""), &row.goal));
	return edit(r, person, service, &row, OK);
}

err page_rehab_goal_create(struct req *r)
{
	struct t_rehab_goal row;
	const char *person = req_param(r, "pid"), *service = req_field(r, "service");
	TRY(rehab_goal_init(r->c, person, service, &row));
	look_person(r, row.person_id);
	err e = read(r, person, &row);
	if (e == OK)
		e = rehab_goal_save(r->c, person, &row, NULL);
	if (page_is_input(e))
		return edit(r, person, service, &row, e);
	TRY(e);
	TRY(record_draft_done(r, person, "", "rehab-goal", true));
	return res_done(r, "created", "/rehab-goals/%s", row.pid);
}

static err open_goal(struct req *r, struct rehab_goal_view *g)
{
	TRY(rehab_goal_get(r->c, req_param(r, "pid"), g));
	look_person(r, g->row.person_id);
	return OK;
}

err page_rehab_goal_edit(struct req *r)
{
	struct rehab_goal_view g;
	TRY(open_goal(r, &g));
	if (!g.may_write)
		return ERR_DENIED;
	return edit(r, g.person_pid, "", &g.row, OK);
}

err page_rehab_goal_save(struct req *r)
{
	struct rehab_goal_view g;
	struct row_conflict *conflict = NULL;
	TRY(open_goal(r, &g));
	err e = read(r, g.person_pid, &g.row);
	if (e == OK) {
		g.row.version = formin_int(r, "base");
		e = rehab_goal_save(r->c, g.person_pid, &g.row, &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/rehab-goals/%s", g.row.pid));
	if (page_is_input(e))
		return edit(r, g.person_pid, "", &g.row, e);
	TRY(e);
	TRY(record_draft_done(r, "", g.row.pid, "rehab-goal", false));
	return res_done(r, "saved", "/rehab-goals/%s", g.row.pid);
}

/* ---- one ------------------------------------------------------------------------------------------------------------- */

static void reviews(struct req *r, const struct rehab_goal_view *g, struct rehab_goal_show_view *v)
{
	v->reviews = ARENA_ARRAY(r->arena, g->n_reviews + 1, struct rehab_review_shown);
	for (size_t i = 0; i < g->n_reviews; i++) {
		const struct t_rehab_review *x = &g->reviews[i];
		bool open = x->done_on == CIVIL_NONE, before = g->before[i], late = open && x->due_on < r->c->today, end = str_eq(x->kind, "end");
		v->reviews[i] = (struct rehab_review_shown){.r = x, .kind = code_label(r, "rehab_review", x->kind), .state = !open ? "済み" : before ? "記録する前" : late ? "期限を過ぎています" : "予定",
			.tag = !open ? "ok" : before ? "" : late ? "bad" : "note", .action = open && !before && !end && g->may_write ? arena_fmt(r->arena, "/rehab-reviews/%s/done", x->pid) : ""};
		v->n_before += before;
		if (!v->next && *v->reviews[i].action)
			v->next = &v->reviews[i];
		if (open && end) {
			v->end_open = true;
			v->end_from = x->due_on;
		}
	}
}

static err versions(struct req *r, const struct rehab_goal_view *g, struct rehab_goal_show_view *v)
{
	struct rehab_goal_version *h;
	size_t n;
	TRY(rehab_goal_history(r->c, g->row.pid, &h, &n));
	v->versions = ARENA_ARRAY(r->arena, n + 1, struct rehab_version_shown);
	for (size_t i = 0; i < n; i++)
		v->versions[v->n_versions++] = (struct rehab_version_shown){&h[i].row, h[i].at_ms, account_word(r, h[i].by)};
	return OK;
}

static err show(struct req *r, const struct rehab_goal_view *g, err e)
{
	struct page_view *page = page_view(r, "リハビリの目標と終わり");
	struct rehab_goal_show_view v = {.page = page, .g = g, .base = arena_fmt(r->arena, "/rehab-goals/%s", g->row.pid), .person_base = arena_fmt(r->arena, "/persons/%s/rehab", g->person_pid),
		.end_from = CIVIL_NONE, .ended_how = *g->row.ended_how ? code_label(r, "rehab_ended", g->row.ended_how) : "",
		.next_places = codes_labels(r, "rehab_next_place", g->row.next_places)};
	TRY(rehab_page(r, page, g->person_pid));
	page->state = STATE_SAVED;
	page->state_note = saved_note(r, g->row.updated_ms, g->updated_by);
	reviews(r, g, &v);
	TRY(versions(r, g, &v));
	tmpl_rehab_goal_show(res_page_of(r, e), &v);
	return OK;
}

err page_rehab_goal(struct req *r)
{
	struct rehab_goal_view g;
	TRY(open_goal(r, &g));
	return show(r, &g, OK);
}

static const struct formin_field DONE[] = {
	{.name = "done_on", .label = "見直した日", .kind = FORMIN_DAY},
	{.name = "note", .label = "分かったこと・変えたこと", .kind = FORMIN_LINES, .max = 2000},
};

err page_rehab_review_done(struct req *r)
{
	struct rehab_goal_view g;
	TRY(rehab_goal_of_review(r->c, req_param(r, "pid"), &g));
	look_person(r, g.row.person_id);
	err e = formin_read(r, DONE, FORMIN_N(DONE));
	if (e == OK)
		e = rehab_review_done(r->c, req_param(r, "pid"), formin_day(r, "done_on"), req_field(r, "note"));
	if (page_is_input(e))
		return show(r, &g, e);
	TRY(e);
	return res_done(r, "saved", "/rehab-goals/%s", g.row.pid);
}

static err goal_bin(struct req *r, struct rehab_goal_view *g, struct record_bin *b)
{
	TRY(open_goal(r, g));
	if (!g->may_write)
		return ERR_DENIED;
	*b = (struct record_bin){.title = "リハビリの目標をごみ箱へ移す", .person_pid = g->person_pid, .path = arena_fmt(r->arena, "/rehab-goals/%s", g->row.pid),
		.back_path = arena_fmt(r->arena, "/persons/%s/rehab", g->person_pid), .sentence = "まちがって作った目標をごみ箱へ移します。見直しの仕事も消えます。",
		.more = "終えたサービスは、ごみ箱へ移さずに「終えた日」を入れてください。30日のあいだは元に戻せます。"};
	return OK;
}

err page_rehab_goal_retire_ask(struct req *r)
{
	struct rehab_goal_view g;
	struct record_bin b;
	TRY(goal_bin(r, &g, &b));
	return record_bin_ask(r, &b, OK);
}

err page_rehab_goal_retire(struct req *r)
{
	struct rehab_goal_view g;
	struct record_bin b;
	TRY(goal_bin(r, &g, &b));
	return record_bin_put(r, &b, g.row.pid, rehab_goal_retire);
}
