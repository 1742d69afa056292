/* People of the register are chosen for the frame of a survey. */
#include "base/str.h"
#include "tmpl/survey_people.h"
#include "web/pages/common.h"
#include "web/pages/survey.h"
#include "web/route.h"

enum { ROWS = 50 };
static const struct ui_choice SCOPES[] = {{.value = "everyone", .label = "見られる人すべて"}, {.value = "supported", .label = "こちらの機関で支援中"}, {.value = "mine", .label = "自分の担当"}};
static const struct formin_field QUERY[] = {{.name = "scope", .label = "表示する人", .kind = FORMIN_CODE, .max = 20}, {.name = "area", .label = "圏域", .kind = FORMIN_PID},
	{.name = "search", .label = "検索", .kind = FORMIN_PID}, {.name = "after", .label = "続き", .kind = FORMIN_PID}, {.name = "added", .label = "加えた人数", .kind = FORMIN_INT},
	{.name = "present", .label = "名簿にいた人数", .kind = FORMIN_INT}, {.name = "ended", .label = "加えなかった人数", .kind = FORMIN_INT}};

static void choice_of(const char *scope, const char *area, const char *search, struct person_list_choice *ch)
{
	person_list_choice_init(ch);
	ch->scope = *search ? LIST_SEARCH : str_eq(scope, "mine") ? LIST_MINE : str_eq(scope, "supported") ? LIST_SUPPORTED : LIST_EVERYONE;
	ch->area_pid = area;
	ch->search_pid = search;
	ch->limit = ROWS;
}

static const char *path_of(struct req *r, const char *survey, const char *scope, const char *area, const char *search)
{
	return *search ? arena_fmt(r->arena, "/surveys/%s/targets/people?search=%s", survey, search)
		: arena_fmt(r->arena, "/surveys/%s/targets/people?scope=%s&area=%s", survey, *scope ? scope : "everyone", area);
}

static err rows(struct req *r, const struct t_survey *s, const struct person_list_choice *ch, struct survey_people_view *v)
{
	struct person_hit *hits;
	const char *next;
	bool *has;
	TRY(person_list(r->c, ch, &hits, &v->n_rows, &next));
	TRY(survey_frame_has(r->c, s->id, hits, v->n_rows, &has));
	v->rows = ARENA_ARRAY(r->arena, v->n_rows + 1, struct survey_people_row);
	for (size_t i = 0; i < v->n_rows; i++) {
		v->rows[i] = (struct survey_people_row){&hits[i], has[i]};
		v->n_free += !has[i];
		look_person(r, hits[i].id);
	}
	const char *here = path_of(r, s->pid, v->keep_scope, v->keep_area, v->keep_search);
	v->next_path = *next ? arena_fmt(r->arena, "%s&after=%s", here, next) : "";
	v->first_path = *ch->after ? here : "";
	return OK;
}

static int64_t count_in_query(struct req *r, const char *name)
{
	int64_t n;
	return str_int(req_query(r, name), &n) && n > 0 ? n : 0;
}

/* What may follow from the address, and from the form that was refused. */
static err show(struct req *r, const char *scope, const char *area, const char *search, err e)
{
	struct t_survey s;
	struct page_view *page;
	struct person_list_choice ch;
	TRY(survey_page(r, "利用者から名簿に加える", &s, &page));
	TRY(survey_gate(r->c, &s, ACTION_WRITE));
	struct survey_people_view v = {.page = page, .s = &s, .keep_scope = scope, .keep_area = area, .keep_search = search, .is_search = *search != '\0'};
	choice_of(scope, area, search, &ch);
	if (e == OK) {
		ch.after = req_query(r, "after");
		v.has_result = *req_query(r, "added") != '\0';
		v.added = count_in_query(r, "added");
		v.present = count_in_query(r, "present");
		v.ended = count_in_query(r, "ended");
	}
	page->back_path = arena_fmt(r->arena, "/surveys/%s/targets", s.pid);
	page->back_label = "名簿";
	v.scope = (struct ui_field){.name = "scope", .label = "表示する人", .value = *scope ? scope : "everyone", .choices = SCOPES, .n_choices = FORMIN_N(SCOPES)};
	v.text = (struct ui_field){.name = "text", .label = "名前・ふりがな・生年月日・被保険者番号でさがす", .max_chars = 100, .no_draft = true};
	TRY(zone_filter_field(r, area, &v.area));
	TRY(rows(r, &s, &ch, &v));
	tmpl_survey_people(res_page_of(r, e), &v);
	return OK;
}

err page_survey_people(struct req *r)
{
	formin_read_query(r, QUERY, FORMIN_N(QUERY));
	return show(r, req_query(r, "scope"), req_query(r, "area"), req_query(r, "search"), OK);
}

/* Nothing personal in an address: what was typed lies on the server. */
err page_survey_people_find(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "text", .label = "さがす言葉", .max = 100}};
	struct t_survey s;
	const char *pid;
	TRY(survey_get(r->c, req_param(r, "pid"), &s));
	TRY(survey_gate(r->c, &s, ACTION_WRITE));
	TRY(formin_read(r, fields, FORMIN_N(fields)));
	if (str_blank(req_field(r, "text")))
		return res_redirect(r, "%s", path_of(r, s.pid, "", "", ""));
	TRY(search_save(r->c, arena_fmt(r->arena, "q=%s", req_field(r, "text")), &pid));
	return res_redirect(r, "%s", path_of(r, s.pid, "", "", pid));
}

err page_survey_people_add(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "person", .label = "加える方", .kind = FORMIN_PID, .repeat = true}, {.name = "act", .label = "すること", .kind = FORMIN_CODE, .max = 8},
		{.name = "scope", .label = "表示する人", .kind = FORMIN_CODE, .max = 20}, {.name = "area", .label = "圏域", .kind = FORMIN_PID}, {.name = "search", .label = "検索", .kind = FORMIN_PID}};
	struct survey_people done = {0};
	const char **pids = NULL, *survey = req_param(r, "pid");
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK && str_eq(req_field(r, "act"), "all")) {
		struct person_list_choice ch;
		choice_of(req_field(r, "scope"), req_field(r, "area"), req_field(r, "search"), &ch);
		e = survey_frame_list(r->c, survey, &ch, &done);
		if (e == ERR_LIMIT)
			e = fault_add(r->c, "scope", ERR_INPUT, "一度に加えられるのは %d人までです。圏域を選ぶなどして、人数を減らしてください。", SURVEY_PEOPLE_MOST);
	} else if (e == OK) {
		size_t n = req_all(r, "person", &pids);
		e = n ? survey_frame_people(r->c, survey, pids, n, &done) : fault_add(r->c, "person", ERR_REQUIRED, "加える方を選んでください。");
	}
	if (page_is_input(e))
		return show(r, req_field(r, "scope"), req_field(r, "area"), req_field(r, "search"), e);
	TRY(e);
	return res_redirect(r, "%s&added=%lld&present=%lld&ended=%lld", path_of(r, survey, req_field(r, "scope"), req_field(r, "area"), req_field(r, "search")),
		(long long)done.added, (long long)done.present, (long long)done.ended);
}
