/* まとめ印刷: choose people by a list, forms and a period; the job does the rest (F132, U35, U36). */
#include "web/pages/print.h"

#include "base/str.h"
#include "care/bulk_print.h"
#include "job/job.h"
#include "tmpl/print_print.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/route.h"

static const struct formin_field QUERY[] = {{.name = "search", .label = "検索", .kind = FORMIN_PID}};
static const struct ui_choice WHICH[] = {{.value = "newest", .label = "期間のいちばん新しい1件"}, {.value = "all", .label = "期間のすべて"}};
static const struct formin_field FIELDS[] = {
	{.name = "who", .label = "印刷する人", .kind = FORMIN_CODE, .max = 20, .required = true},
	{.name = "search", .label = "検索", .kind = FORMIN_PID},
	{.name = "form", .label = "様式", .kind = FORMIN_CODE, .max = 40, .repeat = true},
	{.name = "from", .label = "期間の始まり", .kind = FORMIN_DAY},
	{.name = "to", .label = "期間の終わり", .kind = FORMIN_DAY},
	{.name = "which", .label = "印刷する記録", .kind = FORMIN_CODE, .max = 20, .choices = WHICH, .n_choices = 2},
	{.name = "both_sides", .label = "両面", .kind = FORMIN_BOOL},
};
static const char *const LISTS[] = {"自分の担当", "センターで支援中", "見られる人すべて"}; /* LIST_MINE … LIST_EVERYONE */

static err show(struct req *r, const char *search, err e)
{
	struct print_view v = {.page = page_view(r, "まとめ印刷"), .search = search};
	struct ui_choice *who = ARENA_ARRAY(r->arena, 4, struct ui_choice);
	size_t n = 0, n_forms;
	if (*search)
		who[n++] = (struct ui_choice){.value = "search", .label = "検索結果の人"};
	for (size_t i = 0; i < 3; i++) {
		struct person_list_choice ch;
		int64_t count;
		person_list_choice_init(&ch);
		ch.scope = (enum list_scope)i;
		TRY(person_list_count(r->c, &ch, &count));
		who[n++] = (struct ui_choice){.value = bulk_print_list_name(ch.scope), .label = arena_fmt(r->arena, "%s（%lld人）", LISTS[i], (long long)count)};
	}
	const struct printable *all = printables(&n_forms);
	struct ui_choice *forms = ARENA_ARRAY(r->arena, n_forms + 1, struct ui_choice);
	for (size_t i = 0; i < n_forms; i++)
		forms[i] = (struct ui_choice){.value = all[i].form_id, .label = all[i].label};
	v.who = (struct ui_field){.name = "who", .label = "印刷する人", .required = true, .value = *search ? "search" : "mine", .choices = who, .n_choices = n,
	                          .help = "五十音順に、一度に1,000人まで印刷できます。"};
	v.forms = (struct ui_field){.name = "form", .label = "様式", .required = true, .choices = forms, .n_choices = n_forms};
	v.from = (struct ui_field){.name = "from", .label = "期間の始まり", .help = "空欄なら、はじめの記録からです。"};
	v.to = (struct ui_field){.name = "to", .label = "期間の終わり", .help = "空欄なら、いちばん新しい記録までです。"};
	v.which = (struct ui_field){.name = "which", .label = "印刷する記録", .value = "newest", .choices = WHICH, .n_choices = 2};
	v.both_sides = (struct ui_field){.name = "both_sides", .label = "両面印刷のため、人ごとに新しい用紙から始める", .value = "1"};
	tmpl_print_order(res_page_of(r, e), &v);
	return OK;
}

err page_print(struct req *r)
{
	formin_read_query(r, QUERY, FORMIN_N(QUERY));
	return show(r, req_query(r, "search"), OK);
}

static err order_of(struct req *r, struct bulk_print_order *o)
{
	const char **forms;
	size_t n = req_all(r, "form", &forms);
	bool more = false;
	person_list_choice_init(&o->list);
	if (!bulk_print_list_of(req_field(r, "who"), &o->list.scope))
		return fault_add(r->c, "who", ERR_NOT_CHOICE, NULL);
	o->list.search_pid = req_field(r, "search");
	o->list.with_ended = o->list.scope == LIST_SEARCH; /* as the page of people shows a search */
	for (size_t i = 0; i < n && i < BULK_PRINT_FORMS; i++)
		o->form_ids[o->n_forms++] = forms[i];
	civil to = formin_day(r, "to");
	o->period = (struct printable_period){formin_day(r, "from"), to == CIVIL_NONE ? CIVIL_OPEN : to, !str_eq(req_field(r, "which"), "all")};
	o->both_sides = formin_bool(r, "both_sides");
	TRY(bulk_print_persons(r->c, o, &more));
	if (more)
		return fault_add(r->c, "who", ERR_LIMIT, "一度に印刷できるのは%d人までです。検索や担当の一覧で人をしぼってください。", BULK_PRINT_PERSONS);
	return bulk_print_check(r->c, o);
}

/* The faults of the order stand beside the fields of this page. */
static void rename_faults(struct req *r)
{
	for (size_t i = 0; i < r->c->n_faults; i++) {
		struct fault *f = &r->c->faults[i];
		f->field = str_eq(f->field, "persons") ? "who" : str_eq(f->field, "forms") ? "form" : f->field;
	}
}

err page_print_start(struct req *r)
{
	struct bulk_print_order o = {0};
	const char *pid;
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	if (e == OK)
		e = order_of(r, &o);
	rename_faults(r);
	if (page_is_input(e) || (e == ERR_LIMIT && r->c->n_faults))
		return show(r, req_field(r, "search"), ERR_INPUT);
	TRY(e);
	TRY(job_start(r->c, "bulk_print", bulk_print_params(r->c, &o), CLASS_CARE, &pid));
	return res_done(r, "queued", "/jobs/%s", pid);
}
