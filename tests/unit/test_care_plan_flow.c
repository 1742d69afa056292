/* care/plan_flow, plan_deliver, plan_fill: explained, agreed, in use as 暫定, delivered, changed. */
#include "plan_world.h"

#include "care/meeting.h"
#include "care/monitor.h"
#include "care/plan_check.h"
#include "care/plan_deliver.h"
#include "care/plan_diff.h"
#include "care/plan_fill.h"
#include "care/plan_flow.h"
#include "care/plan_minor.h"
#include "register/bin.h"
#include "register/issued.h"

#define FLOW(f) CARE_PRINT(f)

static const char *ready(struct world *w)
{
	certified(w, "c2", w->c.today - 60, w->c.today + 300);
	const char *pid = plan_new(w, "home", "home");
	full_plan(w, pid);
	return pid;
}

static void explain(struct world *w, const char *pid)
{
	err e = plan_explain(&w->c, pid, &(struct plan_explain){.on = w->c.today, .warnings_ok = true, .untouched_ok = true});
	for (size_t i = 0; e != OK && i < w->c.n_faults; i++)
		print_error("%s: %s\n", w->c.faults[i].field, w->c.faults[i].message);
	assert_int_equal(e, OK);
}

static struct plan_consent_new consent(struct world *w)
{
	return (struct plan_consent_new){.explained_on = CIVIL_NONE, .told_benefit = true, .agreed_on = w->c.today, .agreed_by = "self",
		.agreed_name = "", .agreed_relation = "", .how = "sign", .electronic_ok_on = CIVIL_NONE, .signature = "", .note = ""};
}

static void agree(struct world *w, const char *pid)
{
	struct plan_consent_new in = consent(w);
	explain(w, pid);
	err e = plan_consent(&w->c, pid, &in);
	for (size_t i = 0; e != OK && i < w->c.n_faults; i++)
		print_error("%s: %s\n", w->c.faults[i].field, w->c.faults[i].message);
	assert_int_equal(e, OK);
}

static void hand_over_all(struct world *w, const char *pid)
{
	struct plan_tree t = tree(w, pid);
	for (size_t i = 0; i < t.n_deliveries; i++)
		ok(plan_deliver(&w->c, pid, &(struct plan_delivery_edit){.pid = t.deliveries[i].pid, .version = t.deliveries[i].version,
			.how = "hand", .sent_on = w->c.today, .received_on = CIVIL_NONE}, NULL));
}

static void no_consent_before_it_was_explained(void **state)
{
	struct world *w = *state;
	const char *pid = ready(w);
	struct plan_consent_new in = consent(w);
	is_err(plan_consent(&w->c, pid, &in), ERR_PLAN_STATE);
	fault_clear(&w->c);
	is_err(plan_explain(&w->c, pid, &(struct plan_explain){.on = w->c.today + 1}), ERR_DATE_FUTURE);
	fault_clear(&w->c);
	is_err(plan_explain(&w->c, pid, &(struct plan_explain){.on = w->c.today}), ERR_REQUIRED); /* warnings are to be read */
	assert_non_null(fault_of(&w->c, "warnings_ok"));
	fault_clear(&w->c);
	explain(w, pid);
	assert_string_equal(tree(w, pid).plan.status, "explained");
	/* a change of what was explained makes it an 原案 again */
	struct plan_tree t = tree(w, pid);
	t.plan.overall_policy = "見守りを増やす";
	ok(plan_save(&w->c, &(struct plan_edit){.pid = pid, .head = &t.plan}, NULL, NULL));
	t = tree(w, pid);
	assert_string_equal(t.plan.status, "draft");
	assert_true(t.plan.explained_on == CIVIL_NONE);
}

static void a_block_stops_the_explanation(void **state)
{
	struct world *w = *state;
	const char *pid = ready(w);
	struct plan_tree t = tree(w, pid);
	t.services[0].to_on = t.plan.cert_to_on + 10; /* outside the certificate */
	t.goals[0].short_to_on = t.plan.to_on + 10;   /* outside the plan */
	struct plan_child k[] = {{PLAN_SERVICE, t.services[0].pid, "", &t.services[0], false}, {PLAN_GOAL, t.goals[0].pid, "", &t.goals[0], false}};
	ok(plan_save(&w->c, &(struct plan_edit){.pid = pid, .children = k, .n_children = 2}, NULL, NULL)); /* kept as typed */
	is_err(plan_explain(&w->c, pid, &(struct plan_explain){.on = w->c.today, .warnings_ok = true}), ERR_PLAN_BLOCKED);
	bool service = false, goal = false;
	for (size_t i = 0; i < w->c.n_faults; i++) {
		service = service || strstr(w->c.faults[i].message, "認定の有効期間");
		goal = goal || strstr(w->c.faults[i].message, "計画期間");
	}
	assert_true(service);
	assert_true(goal);
	assert_string_equal(tree(w, pid).plan.status, "draft");
}

static void consent_freezes_and_prepares(void **state)
{
	struct world *w = *state;
	const char *pid = ready(w);
	agree(w, pid);
	struct plan_tree t = tree(w, pid);
	assert_string_equal(t.plan.status, "consented");
	assert_int_equal(t.plan.consented_on, w->c.today);
	assert_true(t.is_frozen);
	assert_int_equal(t.n_consents, 1);
	assert_int_equal(strlen(t.consents[0].content_sha), 64);
	assert_string_equal(t.consents[0].content_sha, plan_content_sha(&w->c, &t));
	assert_int_equal(t.n_deliveries, 2); /* the client and one provider */
	assert_string_equal(t.deliveries[0].kind, "self");
	assert_int_equal(t.deliveries[1].org_id, 3);
	assert_int_equal(t.n_provider_plans, 1);
	assert_int_equal(t.provider_plans[0].due_on, w->c.today + 30);
	assert_int_equal(count_of(w, "evidence", "code = 'REC-CONSENT'"), 1);
	assert_int_equal(count_of(w, "evidence", "code = 'REC-DRAFT'"), 1);
	assert_int_equal(count_of(w, "evidence", "code = 'REC-SVCPLAN'"), 1);
	assert_int_equal(count_of(w, "task", "kind = 'document' AND state = 'open'"), 2);
	assert_int_equal(count_of(w, "task", "kind = 'provider_plan' AND state = 'open'"), 1);
	assert_int_equal(count_of(w, "issued_doc", "table_name = 'plan' AND purpose = 'agreed'"), 3);
	assert_int_equal(count_of(w, "care_case", "first_plan_on IS NOT NULL"), 1);
	/* any save is refused in one sentence */
	t.plan.analysis = "書きかえ";
	is_err(plan_save(&w->c, &(struct plan_edit){.pid = pid, .head = &t.plan}, NULL, NULL), ERR_PLAN_FROZEN);
	assert_string_equal(err_sentence_ja(ERR_PLAN_FROZEN), "同意済みの計画は直せません。");
	struct plan_consent_new in = consent(w);
	fault_clear(&w->c);
	is_err(plan_consent(&w->c, pid, &in), ERR_PLAN_STATE);
}

static void bad_consents(void **state)
{
	struct world *w = *state;
	const char *pid = ready(w);
	explain(w, pid);
	struct plan_consent_new in = consent(w);
	in.how = "electronic";
	is_err(plan_consent(&w->c, pid, &in), ERR_REQUIRED);
	assert_non_null(fault_of(&w->c, "electronic_ok_on"));
	fault_clear(&w->c);
	in.electronic_ok_on = w->c.today + 1;
	is_err(plan_consent(&w->c, pid, &in), ERR_PERIOD_ORDER);
	fault_clear(&w->c);
	in = consent(w);
	in.agreed_on = w->c.today - 1;
	is_err(plan_consent(&w->c, pid, &in), ERR_PERIOD_ORDER); /* before it was explained */
	fault_clear(&w->c);
	in = consent(w);
	in.agreed_by = "family";
	in.told_benefit = false;
	is_err(plan_consent(&w->c, pid, &in), ERR_REQUIRED);
	assert_non_null(fault_of(&w->c, "agreed_name"));
	assert_non_null(fault_of(&w->c, "agreed_relation"));
	assert_non_null(fault_of(&w->c, "told_benefit"));
	fault_clear(&w->c);
	in = consent(w);
	in.signature = "data:image/png;base64,AAAA";
	is_err(plan_consent(&w->c, pid, &in), ERR_INPUT);
	assert_non_null(fault_of(&w->c, "signature"));
	assert_int_equal(count_of(w, "plan_consent", "1 = 1"), 0);
	assert_string_equal(tree(w, pid).plan.status, "explained");
}

static void a_drawn_signature_is_kept(void **state)
{
	struct world *w = *state;
	const char *pid = ready(w);
	explain(w, pid);
	struct plan_consent_new in = consent(w);
	in.signature = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
	ok(plan_consent(&w->c, pid, &in));
	struct plan_tree t = tree(w, pid);
	assert_int_equal(strlen(t.consents[0].signature_sha), 64);
	assert_int_equal(count_of(w, "stored_file", "owner_table = 'plan_consent' AND type = 'image/png'"), 1);
}

static void provisional_needs_reason_and_deadline(void **state)
{
	struct world *w = *state;
	const char *pid = ready(w);
	is_err(plan_provisional(&w->c, pid, &(struct plan_provisional){.reason = "", .until = CIVIL_NONE}), ERR_REQUIRED);
	fault_clear(&w->c);
	is_err(plan_provisional(&w->c, pid, &(struct plan_provisional){.reason = "退院が早まった", .until = w->c.today + 400}), ERR_RANGE);
	fault_clear(&w->c);
	ok(plan_provisional(&w->c, pid, &(struct plan_provisional){.reason = "退院が早まった", .until = w->c.today + 14}));
	struct plan_tree t = tree(w, pid);
	assert_string_equal(t.plan.status, "provisional");
	assert_true(t.is_frozen);
	assert_true(t.plan.consented_on == CIVIL_NONE);
	assert_int_equal(count_of(w, "evidence", "code = 'REC-CONSENT'"), 0);
	assert_int_equal(count_of(w, "task", arena_fmt(w->arena, "kind = 'plan_due' AND due_on = '%s'", iso(w, w->c.today + 14))), 1);
	const char *next = NULL; /* nothing agreed to that could be changed by word */
	is_err(plan_change(&w->c, pid, &(struct plan_change){.kind = "minor", .minor_code = "minor_day", .reason = "曜日", .judged_on = CIVIL_NONE,
		.agreed_on = CIVIL_NONE, .plan_on = CIVIL_NONE}, &next), ERR_PLAN_STATE);
	fault_clear(&w->c);
	/* the consent comes later, on the same version */
	struct plan_consent_new in = consent(w);
	in.explained_on = w->c.today;
	ok(plan_consent(&w->c, pid, &in));
	t = tree(w, pid);
	assert_string_equal(t.plan.status, "consented");
	assert_false(t.plan.is_provisional);
	assert_int_equal(t.n_deliveries, 2); /* not doubled */
}

static void delivered_when_all_have_it(void **state)
{
	struct world *w = *state;
	const char *pid = ready(w);
	struct plan_unsent *u;
	size_t n;
	is_err(plan_deliver(&w->c, pid, &(struct plan_delivery_edit){.pid = "", .kind = "family", .name = "長男"}, NULL), ERR_PLAN_STATE);
	fault_clear(&w->c);
	agree(w, pid);
	ok(plan_unsent_list(&w->c, 0, &u, &n));
	assert_int_equal(n, 2);
	struct plan_tree t = tree(w, pid);
	is_err(plan_deliver(&w->c, pid, &(struct plan_delivery_edit){.pid = t.deliveries[0].pid, .version = 1, .how = "",
		.sent_on = w->c.today, .received_on = CIVIL_NONE}, NULL), ERR_REQUIRED);
	fault_clear(&w->c);
	hand_over_all(w, pid);
	t = tree(w, pid);
	assert_string_equal(t.plan.status, "delivered");
	assert_int_equal(t.plan.delivered_on, w->c.today);
	assert_int_equal(count_of(w, "evidence", "code = 'REC-DELIV' AND table_name = 'plan_delivery'"), 2);
	assert_int_equal(count_of(w, "task", "kind = 'document' AND state = 'open'"), 0);
	assert_int_equal(count_of(w, "task", "kind = 'plan_due' AND state = 'open'"), 1);
	assert_int_equal(count_of(w, "issued_recipient", "kind = 'office'"), 3); /* three sheets */
	ok(plan_unsent_list(&w->c, 0, &u, &n));
	assert_int_equal(n, 0);
	ok(provider_plan_save(&w->c, pid, &(struct provider_plan_edit){.pid = t.provider_plans[0].pid, .version = t.provider_plans[0].version,
		.asked_on = w->c.today, .received_on = w->c.today, .due_on = CIVIL_NONE, .asked_how = "fax"}, NULL));
	assert_int_equal(count_of(w, "task", "kind = 'provider_plan' AND state = 'open'"), 0);
	/* a reprint is byte-equal */
	struct issued_view *docs;
	ok(issued_list(&w->c, 1, "plan", t.plan.id, &docs, &n));
	assert_int_equal(n, 3);
	const void *a, *b;
	size_t na, nb;
	struct t_issued_doc row;
	ok(issued_read(&w->c, docs[0].row.pid, &a, &na, &row));
	world_sql(w, "UPDATE person SET name = '別名 花子' WHERE id = 1");
	ok(issued_read(&w->c, docs[0].row.pid, &b, &nb, &row));
	assert_int_equal(na, nb);
	assert_memory_equal(a, b, na);
}

static void a_medical_service_goes_to_the_doctor(void **state)
{
	struct world *w = *state;
	const char *pid = ready(w);
	struct plan_tree t = tree(w, pid);
	t.services[0].type_code = "13";
	t.services[0].type = "訪問看護";
	t.services[0].doctor_order_on = w->c.today;
	struct plan_child k[] = {{PLAN_SERVICE, t.services[0].pid, "", &t.services[0], false}};
	ok(plan_save(&w->c, &(struct plan_edit){.pid = pid, .children = k, .n_children = 1}, NULL, NULL));
	agree(w, pid);
	t = tree(w, pid);
	assert_int_equal(t.n_deliveries, 3);
	assert_string_equal(t.deliveries[2].kind, "doctor");
	assert_string_equal(t.deliveries[2].name, "主治医");
}

static void a_full_change_replaces_when_agreed(void **state)
{
	struct world *w = *state;
	const char *pid = ready(w), *next = NULL, *other = NULL;
	agree(w, pid);
	is_err(plan_change(&w->c, pid, &(struct plan_change){.kind = "full", .reason = "", .judged_on = CIVIL_NONE, .agreed_on = CIVIL_NONE,
		.plan_on = CIVIL_NONE}, &next), ERR_REQUIRED);
	fault_clear(&w->c);
	ok(plan_change(&w->c, pid, &(struct plan_change){.kind = "full", .reason = "入院で状態が変わった", .judged_on = CIVIL_NONE,
		.agreed_on = CIVIL_NONE, .plan_on = CIVIL_NONE}, &next));
	struct plan_tree t = tree(w, next);
	assert_int_equal(t.plan.version_no, 2);
	assert_int_equal(t.plan.revision_no, 0);
	assert_string_equal(t.plan.change_reason, "入院で状態が変わった");
	assert_string_equal(t.previous_pid, pid);
	assert_string_equal(tree(w, pid).plan.status, "consented"); /* still in force */
	is_err(plan_change(&w->c, pid, &(struct plan_change){.kind = "full", .reason = "もう一つ", .judged_on = CIVIL_NONE,
		.agreed_on = CIVIL_NONE, .plan_on = CIVIL_NONE}, &other), ERR_PLAN_STATE);
	fault_clear(&w->c);
	/* more than 80 % is copied: asked once */
	is_err(plan_explain(&w->c, next, &(struct plan_explain){.on = w->c.today, .warnings_ok = true}), ERR_REQUIRED);
	assert_non_null(fault_of(&w->c, "untouched_ok"));
	fault_clear(&w->c);
	agree(w, next);
	assert_string_equal(tree(w, pid).plan.status, "replaced");
	assert_string_equal(tree(w, next).plan.status, "consented");
	bool found;
	ok(plan_current(&w->c, 1, NULL, w->c.today, &t, &found));
	assert_true(found);
	assert_string_equal(t.plan.pid, next);
}

/* A renewal agreed before its period begins: until then the old plan is the one that is monitored. */
static void agreed_early(void **state)
{
	struct world *w = *state;
	const char *pid = ready(w), *next = NULL;
	struct plan_tree t;
	struct monitor_tree m;
	bool found;
	agree(w, pid);
	ok(plan_change(&w->c, pid, &(struct plan_change){.kind = "full", .reason = "更新", .judged_on = CIVIL_NONE, .agreed_on = CIVIL_NONE, .plan_on = CIVIL_NONE}, &next));
	civil start = w->c.today + 20;
	world_sql(w, "UPDATE plan SET from_on = '%s', to_on = '%s', analysis = '新しい言葉' WHERE pid = '%s'", iso(w, start), iso(w, start + 300), next);
	agree(w, next);
	struct plan_tree old = tree(w, pid);
	assert_string_equal(old.plan.status, "replaced");
	assert_int_equal(old.plan.ended_on, start - 1);
	for (int i = 0; i < 2; i++) {
		ok(plan_current(&w->c, 1, NULL, start - 1 + i, &t, &found));
		assert_true(found);
		assert_string_equal(t.plan.pid, i ? next : pid);
	}
	ok(monitor_new(&w->c, prs(w, 1), "", &m));
	assert_string_equal(m.plan_pid, pid);
	w->c.today = start;
	ok(monitor_new(&w->c, prs(w, 1), "", &m));
	assert_string_equal(m.plan_pid, next);
}

static void a_minor_change_stays_on_the_sheet(void **state)
{
	struct world *w = *state;
	const char *pid = ready(w), *next = NULL;
	agree(w, pid);
	struct plan_change in = {.kind = "minor", .reason = "家族の都合で曜日を変える", .judged_on = CIVIL_NONE, .agreed_on = CIVIL_NONE,
		.plan_on = CIVIL_NONE, .no_meeting = ""};
	is_err(plan_change(&w->c, pid, &in, &next), ERR_REQUIRED);
	assert_non_null(fault_of(&w->c, "minor_code"));
	fault_clear(&w->c);
	in.minor_code = "minor_rent_to_buy"; /* not among the nine */
	is_err(plan_change(&w->c, pid, &in, &next), ERR_NOT_CHOICE);
	fault_clear(&w->c);
	static const char *const never[] = {"add_office", "equip_other"}; /* T-CM-39, T-CM-40: the notice calls them none, and it is said */
	for (int i = 0; i < 2; i++) {
		in.minor_code = never[i];
		is_err(plan_change(&w->c, pid, &in, &next), ERR_NOT_CHOICE);
		assert_non_null(strstr(fault_text(&w->c, "minor_code"), "Vol.959"));
		assert_non_null(strstr(fault_text(&w->c, "minor_code"), i ? "MC-01" : "MC-02"));
		fault_clear(&w->c);
	}
	struct plan_minor m;
	ok(plan_minor_judge(&w->c, "minor_day", w->c.today, &m));
	assert_string_equal(m.outcome, "minor");
	assert_true(strstr(m.source, "Vol.959") && *m.reason && *m.label && *m.rule);
	in.minor_code = "minor_day";
	ok(plan_change(&w->c, pid, &in, &next));
	struct plan_tree t = tree(w, next);
	assert_int_equal(t.plan.version_no, 1);
	assert_int_equal(t.plan.revision_no, 1);
	assert_false(t.needs[0].is_untouched);
	t.services[0].freq = "週1回（水曜日）";
	struct plan_child k[] = {{PLAN_SERVICE, t.services[0].pid, "", &t.services[0], false}};
	ok(plan_save(&w->c, &(struct plan_edit){.pid = next, .children = k, .n_children = 1}, NULL, NULL));
	is_err(plan_minor_settle(&w->c, next, CIVIL_NONE), ERR_REQUIRED); /* the client's 了解 */
	fault_clear(&w->c);
	ok(plan_minor_settle(&w->c, next, w->c.today));
	assert_string_equal(tree(w, next).plan.status, "consented");
	assert_string_equal(tree(w, pid).plan.status, "replaced");
	/* the sheet keeps the old words, struck through */
	struct fill f;
	t = tree(w, next);
	ok(plan_fill(&w->c, &t, "kyotaku-2", &f));
	const struct answer *a = answers_get(f.as, "rows.0.freq");
	assert_non_null(a);
	assert_non_null(strstr(a->text, "週1回（水曜日）"));
	assert_non_null(strstr(a->text, "変更前：週1回"));
	assert_non_null(a->marked);
}

/* T-CM-40: an office more than before is no 軽微な変更, whatever example was chosen; one in the place of another may be. */
static void an_office_more_is_not_minor(void **state)
{
	struct world *w = *state;
	const char *pid = ready(w), *next = NULL, *office;
	agree(w, pid);
	struct plan_change in = {.kind = "minor", .minor_code = "minor_count", .reason = "週1回ふやす", .judged_on = CIVIL_NONE, .agreed_on = CIVIL_NONE,
		.plan_on = CIVIL_NONE, .no_meeting = ""};
	ok(plan_change(&w->c, pid, &in, &next));
	struct plan_tree t = tree(w, next);
	struct t_plan_service more = t.services[0], other = t.services[0];
	more.id = 0;
	more.pid = "";
	more.org_id = INT_NULL;
	more.office = "あたらしい訪問介護";
	struct plan_child k[] = {{PLAN_SERVICE, "", t.goals[0].pid, &more, false}};
	ok(plan_save(&w->c, &(struct plan_edit){.pid = next, .children = k, .n_children = 1}, NULL, NULL));
	t = tree(w, next);
	ok(plan_minor_added(&w->c, &t, &office));
	assert_string_equal(office, "あたらしい訪問介護");
	is_err(plan_minor_settle(&w->c, next, w->c.today), ERR_NOT_CHOICE);
	assert_non_null(strstr(fault_text(&w->c, ""), "あたらしい訪問介護"));
	assert_non_null(strstr(fault_text(&w->c, ""), "MC-02"));
	assert_string_equal(tree(w, next).plan.status, "draft");
	fault_clear(&w->c);
	/* the old office goes: one in the place of the other */
	struct plan_child gone[] = {{PLAN_SERVICE, other.pid, "", &other, true}};
	ok(plan_save(&w->c, &(struct plan_edit){.pid = next, .children = gone, .n_children = 1}, NULL, NULL));
	t = tree(w, next);
	ok(plan_minor_added(&w->c, &t, &office));
	assert_string_equal(office, "");
}

/* What a 軽微な変更 takes out and adds stays on the sheet: struck through behind what is left, the day of the change before it. */
static void a_minor_change_strikes_what_it_takes_out(void **state)
{
	struct world *w = *state;
	const char *pid = ready(w), *next = NULL;
	agree(w, pid);
	struct plan_change in = {.kind = "minor", .minor_code = "minor_count", .reason = "本人の希望で回数を減らす", .judged_on = CIVIL_NONE, .agreed_on = CIVIL_NONE,
		.plan_on = CIVIL_NONE, .no_meeting = ""};
	ok(plan_change(&w->c, pid, &in, &next));
	struct plan_tree t = tree(w, next);
	const char *goal = t.goals[0].pid;
	size_t services = t.n_services;
	struct t_plan_service more;
	row_init(&T_plan_service, &more);
	more.content = "体操の会";
	more.type = "通いの場";
	more.freq = "週1回";
	more.no = 9;
	const char *old = t.services[0].content;
	struct plan_child k[] = {{PLAN_SERVICE, t.services[0].pid, "", &t.services[0], true}, {PLAN_SERVICE, "n1", goal, &more, false}};
	ok(plan_save(&w->c, &(struct plan_edit){.pid = next, .children = k, .n_children = 2}, NULL, NULL));
	t = tree(w, next);
	struct fill f;
	ok(plan_fill(&w->c, &t, "kyotaku-2", &f));
	const struct answer *list = answers_get(f.as, "rows"), *gone = NULL, *fresh = NULL, *freq = NULL;
	assert_int_equal(list->n_rows, services + 1);
	size_t gone_at = 0, fresh_at = 0;
	for (size_t i = 0; i < list->n_rows; i++) {
		const struct answer *x = answers_get(f.as, arena_fmt(w->c.arena, "rows.%zu.content", i));
		if (x && x->marked && strstr(x->text, arena_fmt(w->c.arena, "変更前：%s", old))) {
			gone = x;
			gone_at = i;
			freq = answers_get(f.as, arena_fmt(w->c.arena, "rows.%zu.freq", i));
		}
		if (x && strstr(x->text, "体操の会")) {
			fresh = x;
			fresh_at = i;
		}
	}
	assert_non_null(gone);
	assert_non_null(strstr(gone->text, "削除"));
	assert_non_null(strstr(gone->marked, "\uFDD0"));
	assert_true(!freq || !strstr(freq->text, "削除")); /* the day stands at the head of the row alone */
	assert_non_null(fresh);
	assert_non_null(strstr(fresh->text, "追加"));
	assert_true(gone_at > fresh_at);
	/* a need taken out: the whole row, under a number of its own */
	struct plan_child need[] = {{PLAN_NEED, t.needs[0].pid, "", &t.needs[0], true}};
	const char *text = t.needs[0].text;
	ok(plan_save(&w->c, &(struct plan_edit){.pid = next, .children = need, .n_children = 1}, NULL, NULL));
	t = tree(w, next);
	ok(plan_fill(&w->c, &t, "kyotaku-2", &f));
	list = answers_get(f.as, "rows");
	const struct answer *last = answers_get(f.as, arena_fmt(w->c.arena, "rows.%zu.need_text", list->n_rows - 1));
	assert_non_null(last);
	assert_non_null(strstr(last->text, text));
	assert_non_null(last->marked);
	const char *pdf;
	size_t n;
	ok(plan_paper(&w->c, next, "kyotaku-2", PAPER_PDF, &pdf, &n));
	assert_memory_equal(pdf, "%PDF-", 5);
}

static void the_forms_say_what_the_rows_say(void **state)
{
	struct world *w = *state;
	const char *pid = ready(w);
	struct plan_tree t = tree(w, pid);
	struct t_plan_slot night;
	row_init(&T_plan_slot, &night);
	night.service = "夜間の見守り";
	night.dow = 7;
	night.from_min = 1320;
	night.to_min = 1800; /* 22:00 to 6:00 of Monday */
	struct plan_child k[] = {{PLAN_SLOT, "n", "", &night, false}};
	ok(plan_save(&w->c, &(struct plan_edit){.pid = pid, .children = k, .n_children = 1}, NULL, NULL));
	t = tree(w, pid);
	struct fill f;
	ok(plan_fill(&w->c, &t, "kyotaku-1", &f));
	assert_string_equal(answers_get(f.as, "analysis")->text, "歩く力を取り戻したい");
	assert_string_equal(answers_get(f.as, "care_level")->text, "c2");
	assert_string_equal(answers_get(f.as, "author")->text, "見本 職員11");
	ok(plan_fill(&w->c, &t, "kyotaku-2", &f));
	assert_string_equal(answers_get(f.as, "rows.0.need_text")->text, "屋外の歩行が不安定");
	assert_string_equal(answers_get(f.as, "rows.0.covered")->text, "Y");
	assert_string_equal(answers_get(f.as, "rows.0.office")->text, "東デイサービス");
	ok(plan_fill(&w->c, &t, "kyotaku-3", &f));
	assert_int_equal(answers_get(f.as, "slots")->n_rows, 3); /* the night is two */
	assert_string_equal(answers_get(f.as, "slots.2.dow")->text, "1");
	assert_int_equal(answers_get(f.as, "slots.2.to_min")->num, 360);
	const char *pdf;
	size_t n;
	ok(plan_paper(&w->c, pid, "kyotaku-2", PAPER_PDF, &pdf, &n));
	assert_memory_equal(pdf, "%PDF-", 5);
	ok(plan_paper(&w->c, pid, "kyotaku-2", PAPER_SHEET, &pdf, &n));
	assert_memory_equal(pdf, "PK", 2);
	is_err(plan_paper(&w->c, pid, "yobo-keikaku", PAPER_PDF, &pdf, &n), ERR_NOTFOUND);
}

static void end_and_cancel(void **state)
{
	struct world *w = *state;
	const char *pid = ready(w);
	is_err(plan_end(&w->c, pid, w->c.today, "転居"), ERR_PLAN_STATE);
	fault_clear(&w->c);
	is_err(plan_cancel(&w->c, pid, ""), ERR_REQUIRED);
	fault_clear(&w->c);
	ok(plan_cancel(&w->c, pid, "入院したため"));
	assert_string_equal(tree(w, pid).plan.status, "cancelled");
	const char *again = NULL;
	struct plan_tree t = tree(w, pid);
	ok(plan_create(&w->c, t.case_pid, "home", NULL, &again));
	full_plan(w, again);
	agree(w, again);
	is_err(plan_cancel(&w->c, again, "やめる"), ERR_PLAN_STATE);
	fault_clear(&w->c);
	is_err(plan_end(&w->c, again, w->c.today - 400, "転居"), ERR_PERIOD_ORDER);
	fault_clear(&w->c);
	ok(plan_end(&w->c, again, w->c.today, "転居"));
	assert_int_equal(count_of(w, "task", "kind = 'plan_due' AND state = 'open'"), 0);
}

/* F124: asked for per office; a returned plan needs another approval. */
static void approval_where_the_office_asks_for_it(void **state)
{
	struct world *w = *state;
	const char *pid = ready(w);
	struct plan_explain in = {.on = w->c.today, .warnings_ok = true, .untouched_ok = true};
	world_sql(w, "UPDATE org SET wants_approval = 1 WHERE id = 1");
	is_err(plan_explain(&w->c, pid, &in), ERR_PLAN_STATE);
	assert_non_null(strstr(fault_text(&w->c, ""), "承認が要ります"));
	is_err(plan_provisional(&w->c, pid, &(struct plan_provisional){.reason = "急ぐ", .until = w->c.today + 20}), ERR_PLAN_STATE);
	ok(plan_comment_add(&w->c, pid, "ask_approval", NULL, ""));
	head(w);
	w->c.now_ms += 1000;
	ok(plan_comment_add(&w->c, pid, "approve", NULL, ""));
	w->c.now_ms += 1000;
	ok(plan_comment_add(&w->c, pid, "return", NULL, "目標が遠い"));
	is_err(plan_explain(&w->c, pid, &in), ERR_PLAN_STATE);
	w->c.now_ms += 1000;
	ok(plan_comment_add(&w->c, pid, "approve", NULL, ""));
	fault_clear(&w->c);
	agree(w, pid);
	/* off: nothing asks */
	world_sql(w, "UPDATE org SET wants_approval = 0 WHERE id = 1");
	struct plan_approval a;
	struct plan_tree t = tree(w, pid);
	ok(plan_approval_of(&w->c, &t, &a));
	assert_false(a.wants || a.lacks || a.voided);
	assert_non_null(a.approved);
}

/* F124: an approval is one of what stood there; a change of the head or of a row below voids it, and so does one after the explanation. */
static void a_change_voids_the_approval(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	const char *pid = ready(w);
	struct plan_explain in = {.on = c->today, .warnings_ok = true, .untouched_ok = true};
	struct plan_approval a;
	struct plan_tree t = tree(w, pid);
	const char *seen = plan_content_sha(c, &t);
	world_sql(w, "UPDATE org SET wants_approval = 1 WHERE id = 1");
	head(w);
	ok(plan_comment_add(c, pid, "approve", seen, ""));
	/* a comment and the centre's opinion are no content */
	ok(plan_comment_add(c, pid, "comment", NULL, "よく書けています"));
	ok(plan_center_check(c, pid, "妥当です", c->today));
	t = tree(w, pid);
	ok(plan_approval_of(c, &t, &a));
	assert_true(a.wants && !a.lacks && !a.voided);
	/* a word of a goal: the row below the head */
	nurse(w);
	t.goals[0].short_text = "杖で庭を一回りする";
	struct plan_child k = {.part = PLAN_GOAL, .key = t.goals[0].pid, .parent_key = "", .row = &t.goals[0]};
	ok(plan_save(c, &(struct plan_edit){.pid = pid, .children = &k, .n_children = 1}, NULL, NULL));
	t = tree(w, pid);
	ok(plan_approval_of(c, &t, &a));
	assert_true(a.lacks && a.voided);
	is_err(plan_explain(c, pid, &in), ERR_PLAN_STATE);
	assert_non_null(strstr(fault_text(c, ""), "無効になりました"));
	fault_clear(c);
	/* who read the plan before the change cannot approve it unread */
	head(w);
	is_err(plan_comment_add(c, pid, "approve", seen, ""), ERR_INPUT);
	fault_clear(c);
	ok(plan_comment_add(c, pid, "approve", plan_content_sha(c, &t), ""));
	nurse(w);
	ok(plan_explain(c, pid, &in));
	/* changed after the explanation: 原案 again, and no approval */
	t = tree(w, pid);
	t.plan.overall_policy = "家での暮らしを続ける";
	ok(plan_save(c, &(struct plan_edit){.pid = pid, .head = &t.plan}, NULL, NULL));
	t = tree(w, pid);
	assert_string_equal(t.plan.status, "draft");
	ok(plan_approval_of(c, &t, &a));
	assert_true(a.voided);
	is_err(plan_provisional(c, pid, &(struct plan_provisional){.reason = "急ぐ", .until = c->today + 20}), ERR_PLAN_STATE);
	fault_clear(c);
	/* 暫定 writes the level expected; that is no edit, and the consent after it needs no other approval */
	head(w);
	ok(plan_comment_add(c, pid, "approve", NULL, ""));
	nurse(w);
	ok(plan_provisional(c, pid, &(struct plan_provisional){.reason = "急ぐ", .until = c->today + 20, .expected_level = "c2"}));
	t = tree(w, pid);
	ok(plan_approval_of(c, &t, &a));
	assert_false(a.lacks || a.voided);
}

/* 13条15号: a renewed certification asks for a meeting, which settles it; a plan made later has taken it up. */
static void a_renewal_asks_for_a_meeting(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_certification k;
	const char *pid = ready(w);
	agree(w, pid);
#define OPEN "kind = 'meeting' AND table_name = 'certification' AND state = 'open' AND retired_ms IS NULL"
	assert_int_equal(count_of(w, "task", OPEN), 0); /* a first certification asks for none */
	world_sql(w, "UPDATE plan SET plan_on = '%s'", iso(w, c->today - 50));
	certification_init(&k);
	k.person_id = 1;
	k.status = "certified";
	k.apply_kind = "renew";
	k.level = "c3";
	k.applied_on = c->today - 10;
	k.decided_on = c->today;
	k.from_on = c->today + 301;
	k.to_on = certification_end(k.from_on, 12);
	k.insurer_no = "139999";
	k.period_reason = "見本";
	ok(certification_save(c, &k, NULL));
	assert_int_equal(count_of(w, "task", OPEN " AND org_id = 1 AND assignee_staff_id = 111 AND reason LIKE '%居宅基準13条15号%R-CM-13-15-renewal%'"), 1);
	struct ymd d = civil_ymd(c->today);
	assert_int_equal(count_of(w, "task", arena_fmt(w->arena, OPEN " AND due_on = '%s'", iso(w, civil_eom(d.y, d.m)))), 1);
	/* to the bin and back */
	const char *bin;
	ok(certification_retire(c, k.pid, "まちがい", &bin));
	assert_int_equal(count_of(w, "task", OPEN), 0);
	ok(bin_restore(c, bin));
	assert_int_equal(count_of(w, "task", OPEN), 1);
	/* the meeting settles it; opened again it is asked for again */
	struct t_care_meeting m;
	ok(meeting_init(c, prs(w, 1), pid, &m));
	m.reason = "renew";
	m.held_on = c->today;
	m.place = "自宅";
	m.held_from = "14:00";
	m.held_to = "15:00";
	m.user_attend = m.family_attend = "○";
	m.author_name = "見本 職員11";
	m.topics = m.discussion = m.conclusion = m.remaining = "いまの計画を続ける";
	ok(meeting_save(c, prs(w, 1), &m, NULL));
	world_sql(w, "UPDATE care_meeting_member SET attend = 'came'");
	assert_int_equal(count_of(w, "task", OPEN), 1);
	ok(meeting_close(c, m.pid));
	assert_int_equal(count_of(w, "task", OPEN), 0);
	ok(meeting_reopen(c, m.pid));
	assert_int_equal(count_of(w, "task", OPEN), 1);
	/* a plan made after the decision has taken it up */
	world_sql(w, "UPDATE plan SET plan_on = '%s'", iso(w, c->today + 1));
	ok(certification_find(c, k.pid, &k));
	k.note = "確かめた";
	ok(certification_save(c, &k, NULL));
	assert_int_equal(count_of(w, "task", OPEN), 0);
}

static void talk(void **state)
{
	struct world *w = *state;
	const char *pid = ready(w);
	ok(plan_comment_add(&w->c, pid, "ask_approval", NULL, ""));
	assert_int_equal(count_of(w, "task", "title = '計画の承認' AND state = 'open'"), 1);
	is_err(plan_comment_add(&w->c, pid, "approve", NULL, ""), ERR_INPUT); /* not one's own */
	fault_clear(&w->c);
	head(w);
	ok(plan_comment_add(&w->c, pid, "approve", NULL, "よく書けています"));
	assert_int_equal(count_of(w, "task", "title = '計画の承認' AND state = 'open'"), 0);
	assert_int_equal(tree(w, pid).n_comments, 2);
	ok(plan_center_check(&w->c, pid, "妥当です", w->c.today));
	assert_string_equal(tree(w, pid).plan.center_opinion, "妥当です");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FLOW(no_consent_before_it_was_explained), FLOW(a_block_stops_the_explanation), FLOW(consent_freezes_and_prepares),
		FLOW(bad_consents), FLOW(a_drawn_signature_is_kept), FLOW(provisional_needs_reason_and_deadline),
		FLOW(delivered_when_all_have_it), FLOW(a_medical_service_goes_to_the_doctor), FLOW(a_full_change_replaces_when_agreed),
		FLOW(agreed_early), FLOW(a_minor_change_stays_on_the_sheet), FLOW(an_office_more_is_not_minor), FLOW(a_minor_change_strikes_what_it_takes_out), FLOW(the_forms_say_what_the_rows_say), FLOW(end_and_cancel), FLOW(talk),
		FLOW(approval_where_the_office_asks_for_it), FLOW(a_change_voids_the_approval), FLOW(a_renewal_asks_for_a_meeting),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
