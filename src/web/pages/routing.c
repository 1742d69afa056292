#include "web/pages/routing.h"

#include "base/str.h"
#include "register/draft.h"
#include "tmpl/routing_routing.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/route.h"

static const struct formin_field FIELDS[] = {
	{.name = "consult", .label = "相談", .kind = FORMIN_CODE, .max = 26},
	{.name = "wish", .label = "希望", .kind = FORMIN_CODE},
	{.name = "needs_cert", .label = "明らかに要介護認定が必要か", .kind = FORMIN_CODE},
	{.name = "tokutei", .label = "特定疾病が原因か", .kind = FORMIN_CODE},
	{.name = "use_benefit", .label = "予防給付のサービスを使うか", .kind = FORMIN_CODE},
	{.name = "services", .label = "使いたいサービス", .kind = FORMIN_CODE, .repeat = true},
	{.name = "decided_on", .label = "振り分けの日", .kind = FORMIN_TEXT, .max = 40},
	{.name = "route", .label = "振り分け先", .kind = FORMIN_CODE},
	{.name = "override_reason", .label = "提案と違う理由", .kind = FORMIN_TEXT},
	{.name = "note", .label = "メモ", .kind = FORMIN_LINES},
};
static const struct ui_choice YES_NO[] = {{.value = "yes", .label = "はい"}, {.value = "no", .label = "いいえ"}};

static void answers_of(struct req *r, struct routing_answers *a)
{
	const char **v;
	*a = (struct routing_answers){.wish = req_field(r, "wish"), .needs_cert = req_field(r, "needs_cert"),
	                              .tokutei = req_field(r, "tokutei"), .use_benefit = req_field(r, "use_benefit")};
	a->n_services = req_all(r, "services", &v);
	a->services = (const char *const *)v;
}

static struct ui_field yes_no(const char *name, const char *label, const char *value, const char *help)
{
	return (struct ui_field){.name = name, .label = label, .value = value, .help = help, .choices = YES_NO,
	                         .n_choices = FORMIN_N(YES_NO), .optional_blank = true};
}

static const char *truth_ja(enum law_truth t)
{
	return t == LAW_TRUE ? "当てはまる" : t == LAW_FALSE ? "当てはまらない" : "未確認";
}

static err edit(struct req *r, const char *consult, err e)
{
	struct page_view *page = page_view(r, "振り分け");
	const char *pid = req_param(r, "pid");
	TRY(person_page_head(r, page, pid));
	page->state = STATE_NEW;
	page->draft_key = arena_fmt(r->arena, "person/%s/routing", pid);
	page->back_path = arena_fmt(r->arena, "/persons/%s/routings", pid);
	page->back_label = "振り分けの一覧";
	struct routing_answers a;
	answers_of(r, &a);
	struct routing_edit_view v = {.page = page, .person_pid = pid, .consult_pid = consult};
	TRY(routing_propose(r->c, pid, &a, r->c->today, &v.p));
	v.wish = choice_field(r, "wish", "希望", "routing_wish", a.wish);
	v.needs_cert = yes_no("needs_cert", "明らかに要介護認定が必要か", a.needs_cert, "寝たきりに近い、認知症で一人では暮らせないなど。");
	v.tokutei = yes_no("tokutei", "16の特定疾病が原因か（40〜64歳の方）", a.tokutei, NULL);
	v.use_benefit = yes_no("use_benefit", "予防給付のサービス（訪問看護・福祉用具など）を使うか", a.use_benefit, NULL);
	v.services = choice_field(r, "services", "使いたい総合事業のサービス", "routing_service", NULL);
	v.services.values = a.services;
	v.services.n_values = a.n_services;
	v.services.help = "いくつでも選べます。何も選ばないあいだは「未確認」として扱います。";
	v.route = choice_field(r, "route", "提案と違う振り分け先にするとき", "routing_route", req_field(r, "route"));
	v.route.optional_blank = true;
	for (size_t i = 0; i < v.p.n_inputs; i++)
		if (str_eq(v.p.inputs[i].name, "insured"))
			v.asks_tokutei = !str_eq(v.p.inputs[i].value, "first");
	v.n_rows = v.p.decision.n_rows;
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct routing_row_shown);
	for (size_t i = 0; i < v.n_rows; i++) {
		const struct law_rule_result *x = &v.p.decision.rows[i];
		v.rows[i] = (struct routing_row_shown){x->rule->id, x->rule->reason, x->rule->source, truth_ja(x->truth),
		                                       x->rule == v.p.decision.rule};
	}
	tmpl_routing_edit(res_page_of(r, e), &v);
	return OK;
}

err page_routing_new(struct req *r) { return edit(r, req_query(r, "consult"), OK); }

/* 「提案を見る」: works the proposal out with what was answered so far; writes nothing. */
err page_routing_propose(struct req *r)
{
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	return edit(r, req_field(r, "consult"), e);
}

err page_routing_create(struct req *r)
{
	const char *person = req_param(r, "pid"), *pid = NULL;
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	if (e == OK) {
		struct routing_input in = {.person_pid = person, .consult_pid = req_field(r, "consult"),
		                           .decided_on = req_field(r, "decided_on"), .route = req_field(r, "route"),
		                           .override_reason = req_field(r, "override_reason"), .note = req_field(r, "note")};
		answers_of(r, &in.answers);
		e = routing_save(r->c, &in, &pid);
	}
	if (page_is_input(e))
		return edit(r, req_field(r, "consult"), e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "person/%s/routing", person)));
	return res_done(r, "saved", "/routings/%s", pid);
}

static err show(struct req *r, struct routing_view *v, err e)
{
	struct page_view *page = page_view(r, "振り分けの記録");
	TRY(person_page_head(r, page, v->person_pid));
	page->state = STATE_FINAL;
	page->state_note = arena_fmt(r->arena, "%s %s", v->org_name, v->staff_name);
	page->back_path = arena_fmt(r->arena, "/persons/%s/routings", v->person_pid);
	page->back_label = "振り分けの一覧";
	struct routing_show_view view = {.page = page, .v = v};
	tmpl_routing_show(res_page_of(r, e), &view);
	return OK;
}

err page_routing_show(struct req *r)
{
	struct routing_view v;
	TRY(routing_get(r->c, req_param(r, "pid"), &v));
	return show(r, &v, OK);
}

static const struct formin_field HANDIN[] = {
	{.name = "code", .label = "書類", .kind = FORMIN_CODE, .required = true},
	{.name = "handed_on", .label = "提出した日", .kind = FORMIN_TEXT, .max = 40},
};

err page_routing_handin(struct req *r)
{
	struct routing_view v;
	TRY(routing_get(r->c, req_param(r, "pid"), &v));
	err e = formin_read(r, HANDIN, FORMIN_N(HANDIN));
	if (e == OK)
		e = routing_handin_done(r->c, v.pid, req_field(r, "code"), req_field(r, "handed_on"));
	if (page_is_input(e))
		return show(r, &v, e);
	TRY(e);
	return res_done(r, "saved", "/routings/%s", v.pid);
}

err page_person_routings(struct req *r)
{
	struct page_view *page = page_view(r, "振り分け");
	struct person_card card;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	struct routing_list_view v = {.page = page, .person_pid = card.p.pid};
	struct routing_view *rows;
	TRY(routing_list(r->c, card.p.pid, &rows, &v.n_rows));
	v.rows = rows;
	tmpl_routing_list(res_page(r), &v);
	return OK;
}
