/* まとめ印刷: choose people by a list, forms and a period; the job does the rest (F132, U35, U36). */
#include "web/pages/print.h"

#include "base/str.h"
#include "care/bulk_print.h"
#include "job/job.h"
#include "jp/era.h"
#include "register/person.h"
#include "register/search.h"
#include "tmpl/print_print.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/route.h"

static const struct formin_field QUERY[] = {{.name = "search", .label = "検索", .kind = FORMIN_PID}, {.name = "chosen", .label = "選んだ人", .kind = FORMIN_PID}};
static const struct ui_choice WHICH[] = {{.value = "newest", .label = "期間のいちばん新しい1件"}, {.value = "all", .label = "期間のすべて"}};
#define PERSONS {.name = "person", .label = "選ぶ人", .kind = FORMIN_PID, .repeat = true}, {.name = "text", .label = "探す人", .kind = FORMIN_TEXT, .max = 100}, \
	{.name = "act", .label = "操作", .kind = FORMIN_CODE, .max = 10}
static const struct formin_field FIELDS[] = {
	{.name = "who", .label = "印刷する人", .kind = FORMIN_CODE, .max = 20, .required = true},
	{.name = "search", .label = "検索", .kind = FORMIN_PID},
	PERSONS,
	{.name = "form", .label = "様式", .kind = FORMIN_CODE, .max = 40, .repeat = true},
	{.name = "from", .label = "期間の始まり", .kind = FORMIN_DAY},
	{.name = "to", .label = "期間の終わり", .kind = FORMIN_DAY},
	{.name = "which", .label = "印刷する記録", .kind = FORMIN_CODE, .max = 20, .choices = WHICH, .n_choices = 2},
	{.name = "both_sides", .label = "両面", .kind = FORMIN_BOOL},
};
static const struct formin_field FINDING[] = { /* as FIELDS, nothing required */
	{.name = "who", .label = "印刷する人", .kind = FORMIN_CODE, .max = 20},
	{.name = "search", .label = "検索", .kind = FORMIN_PID},
	PERSONS,
	{.name = "form", .label = "様式", .kind = FORMIN_CODE, .max = 40, .repeat = true},
	{.name = "from", .label = "期間の始まり", .kind = FORMIN_TEXT, .max = 40},
	{.name = "to", .label = "期間の終わり", .kind = FORMIN_TEXT, .max = 40},
	{.name = "which", .label = "印刷する記録", .kind = FORMIN_CODE, .max = 20},
	{.name = "both_sides", .label = "両面", .kind = FORMIN_BOOL},
};
enum { FOUND_MOST = 50 };
static const char *const LISTS[] = {"自分の担当", "センターで支援中", "見られる人すべて"}; /* LIST_MINE … LIST_EVERYONE */

/* One box per person: those ticked so far, then what the search found. */
static err person_boxes(struct req *r, const struct bulk_print_choice *k, struct print_view *v)
{
	struct person_hit *hits = NULL;
	size_t n_hits = 0, n = 0;
	bool more = false;
	if (*k->text)
		TRY(person_find(r->c, k->text, FOUND_MOST, &hits, &n_hits, &more));
	struct ui_choice *box = ARENA_ARRAY(r->arena, k->n_persons + n_hits + 1, struct ui_choice);
	for (size_t i = 0; i < k->n_persons; i++) {
		struct person p;
		err e = person_get(r->c, k->persons[i], &p);
		if (e == ERR_NOTFOUND || e == ERR_DENIED)
			continue;
		TRY(e);
		look_person(r, p.id);
		box[n++] = (struct ui_choice){.value = p.pid, .label = arena_fmt(r->arena, "%s（%s）%s", p.name, p.kana, p.birth_on == CIVIL_NONE ? "" : era_text_short(r->arena, p.birth_on))};
	}
	size_t ticked = n;
	for (size_t i = 0; i < n_hits; i++) {
		bool there = false;
		for (size_t q = 0; q < ticked; q++)
			there = there || str_eq(box[q].value, hits[i].pid);
		look_person(r, hits[i].id);
		if (!there)
			box[n++] = (struct ui_choice){.value = hits[i].pid, .label = arena_fmt(r->arena, "%s（%s）%s", hits[i].name, hits[i].kana,
				hits[i].birth_on == CIVIL_NONE ? "" : era_text_short(r->arena, hits[i].birth_on))};
	}
	v->persons = (struct ui_field){.name = "person", .label = "印刷する人", .choices = box, .n_choices = n, .values = k->persons, .n_values = k->n_persons};
	v->said = !*k->text ? "" : !n_hits ? "見つかりませんでした。字やかなを変えて探してください。"
	        : arena_fmt(r->arena, "%zu人見つかりました。%s", n_hits, more ? "ほかにもいます。字を足してしぼってください。" : "");
	return OK;
}

static err who_choices(struct req *r, const char *search, bool choosing, struct ui_field *f)
{
	struct ui_choice *who = ARENA_ARRAY(r->arena, 5, struct ui_choice);
	size_t n = 0;
	if (*search)
		who[n++] = (struct ui_choice){.value = "search", .label = "検索結果の人"};
	who[n++] = (struct ui_choice){.value = "chosen", .label = "下で選んだ人"};
	for (size_t i = 0; i < 3; i++) {
		struct person_list_choice ch;
		int64_t count;
		person_list_choice_init(&ch);
		ch.scope = (enum list_scope)i;
		TRY(person_list_count(r->c, &ch, &count));
		who[n++] = (struct ui_choice){.value = bulk_print_list_name(ch.scope), .label = arena_fmt(r->arena, "%s（%lld人）", LISTS[i], (long long)count)};
	}
	*f = (struct ui_field){.name = "who", .label = "印刷する人", .required = true, .value = *search ? "search" : choosing ? "chosen" : "mine", .choices = who, .n_choices = n,
	                       .help = "五十音順に、一度に1,000人まで印刷できます。"};
	return OK;
}

static err show(struct req *r, const char *search, const struct bulk_print_choice *k, bool choosing, err e)
{
	struct print_view v = {.page = page_view(r, "まとめ印刷"), .search = search};
	size_t n_forms;
	TRY(who_choices(r, search, choosing, &v.who));
	TRY(person_boxes(r, k, &v));
	const struct printable *all = printables(&n_forms);
	struct ui_choice *forms = ARENA_ARRAY(r->arena, n_forms + 1, struct ui_choice);
	for (size_t i = 0; i < n_forms; i++)
		forms[i] = (struct ui_choice){.value = all[i].form_id, .label = all[i].label};
	v.text = (struct ui_field){.name = "text", .label = "探す人", .value = k->text};
	v.forms = (struct ui_field){.name = "form", .label = "様式", .required = true, .choices = forms, .n_choices = n_forms, .values = k->forms, .n_values = k->n_forms};
	v.from = (struct ui_field){.name = "from", .label = "期間の始まり", .value = k->from, .help = "空欄なら、はじめの記録からです。"};
	v.to = (struct ui_field){.name = "to", .label = "期間の終わり", .value = k->to, .help = "空欄なら、いちばん新しい記録までです。"};
	v.which = (struct ui_field){.name = "which", .label = "印刷する記録", .value = *k->which ? k->which : "newest", .choices = WHICH, .n_choices = 2,
	                            .help = "支援経過は、どちらでも期間のすべてを印刷します。"};
	v.both_sides = (struct ui_field){.name = "both_sides", .label = "両面印刷のため、人ごとに新しい用紙から始める", .value = k->both_sides || !choosing ? "1" : ""};
	tmpl_print_order(res_page_of(r, e), &v);
	return OK;
}

static const struct bulk_print_choice NOTHING = {.text = "", .from = "", .to = "", .which = ""};

err page_print(struct req *r)
{
	struct bulk_print_choice k = NOTHING;
	formin_read_query(r, QUERY, FORMIN_N(QUERY));
	const char *chosen = req_query(r, "chosen");
	if (*chosen)
		TRY(bulk_print_choice_get(r->c, chosen, &k));
	return show(r, req_query(r, "search"), &k, *chosen != '\0', OK);
}

static struct bulk_print_choice choice_of(struct req *r)
{
	const char **persons, **forms;
	struct bulk_print_choice k = {.text = req_field(r, "text"), .from = req_field(r, "from"), .to = req_field(r, "to"), .which = req_field(r, "which"),
	                              .both_sides = formin_bool(r, "both_sides")};
	k.n_persons = req_all(r, "person", &persons);
	k.n_forms = req_all(r, "form", &forms);
	k.persons = persons;
	k.forms = forms;
	return k;
}

/* Keeps what is ticked and comes back with the people found. */
static err find(struct req *r)
{
	const char *pid;
	err e = formin_read(r, FINDING, FORMIN_N(FINDING));
	struct bulk_print_choice k = choice_of(r);
	if (page_is_input(e))
		return show(r, "", &k, true, e);
	TRY(e);
	TRY(bulk_print_choice_save(r->c, &k, &pid));
	return res_redirect(r, "/print?chosen=%s", pid);
}

static err people_of(struct req *r, struct bulk_print_order *o)
{
	bool more = false;
	const char *who = req_field(r, "who");
	person_list_choice_init(&o->list);
	if (str_eq(who, "chosen")) {
		struct bulk_print_choice k = choice_of(r);
		if (k.n_persons == 0)
			return fault_add(r->c, "who", ERR_REQUIRED, "「人を選ぶ」で探して、印刷する人に印を付けてください。");
		if (k.n_persons > BULK_PRINT_CHOSEN)
			return fault_add(r->c, "who", ERR_LIMIT, "一人ずつ選べるのは%d人までです。", BULK_PRINT_CHOSEN);
		TRY(bulk_print_choice_save(r->c, &k, &o->chosen_pid));
	} else if (!bulk_print_list_of(who, &o->list.scope)) {
		return fault_add(r->c, "who", ERR_NOT_CHOICE, NULL);
	}
	o->list.search_pid = req_field(r, "search");
	o->list.with_ended = o->list.scope == LIST_SEARCH; /* as the page of people shows a search */
	TRY(bulk_print_persons(r->c, o, &more));
	return more ? fault_add(r->c, "who", ERR_LIMIT, "一度に印刷できるのは%d人までです。検索や担当の一覧で人をしぼってください。", BULK_PRINT_PERSONS) : OK;
}

static err order_of(struct req *r, struct bulk_print_order *o)
{
	const char **forms;
	size_t n = req_all(r, "form", &forms);
	for (size_t i = 0; i < n && i < BULK_PRINT_FORMS; i++)
		o->form_ids[o->n_forms++] = forms[i];
	civil to = formin_day(r, "to");
	o->period = (struct printable_period){formin_day(r, "from"), to == CIVIL_NONE ? CIVIL_OPEN : to, !str_eq(req_field(r, "which"), "all")};
	o->both_sides = formin_bool(r, "both_sides");
	TRY(people_of(r, o));
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
	if (str_eq(req_field(r, "act"), "find"))
		return find(r);
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	if (e == OK)
		e = order_of(r, &o);
	rename_faults(r);
	if (page_is_input(e) || (e == ERR_LIMIT && r->c->n_faults)) {
		struct bulk_print_choice k = choice_of(r);
		k.text = "";
		return show(r, req_field(r, "search"), &k, str_eq(req_field(r, "who"), "chosen"), ERR_INPUT);
	}
	TRY(e);
	TRY(job_start(r->c, "bulk_print", bulk_print_params(r->c, &o), CLASS_CARE, &pid));
	return res_done(r, "queued", "/jobs/%s", pid);
}
