/* A centre at work for the tests of care/: the house of record_world with law, forms and fold table loaded, real accounts
 * and staff. Org 1: nurse 11, nurse2 12, clerk 14, social worker 15, head 16; org 2: nurse 21, social worker 25.
 * Each account n has staff n + 100 with a post. CARE(f) is a test; actor: the nurse of org 1, who has the case of persons 1
 * and 2; person 3 belongs to nobody here. */
#ifndef TSU_TESTS_CARE_WORLD_H
#define TSU_TESTS_CARE_WORLD_H

#include "record_world.h"

#include "care/consult.h"
#include "care/start.h"
#include "codec/pdf_font.h"
#include "form/define.h"
#include "jp/fold.h"
#include "law/tables.h"
#include "register/bin.h"
#include "register/cluster.h"
#include "register/person.h"
#include "register/task.h"
#include "register/timeline.h"
#include "store/file.h"

static inline void clerk(struct world *w) { be(w, 14, 1, ROLE_CENTRE_CLERK); }
static inline void social(struct world *w) { be(w, 15, 1, ROLE_CENTRE_SOCIAL); }
static inline void head(struct world *w) { be(w, 16, 1, ROLE_CENTRE_HEAD); }
static inline void social2(struct world *w) { be(w, 25, 2, ROLE_CENTRE_SOCIAL); }

static inline const char *prs(struct world *w, int64_t id) { return arena_fmt(w->arena, "prs%023lld", (long long)id); }
static inline const char *stf(struct world *w, int64_t account) { return arena_fmt(w->arena, "stf%023lld", (long long)account + 100); }

static inline void care_account(struct world *w, int id, int org, int role)
{
	world_sql(w, "INSERT INTO account (id, pid, version, login, name, role, org_id, staff_id, state, created_ms, created_by,"
		" updated_ms, updated_by) VALUES (%d, 'acc%023d', 1, 'user%d', '見本 職員%d', '%s', %d, %d, 'active', 0, 0, 0, 0)", id, id, id, id,
		role_code(role), org, id + 100);
	world_sql(w, "INSERT INTO staff (id, pid, version, name, created_ms, created_by, updated_ms, updated_by)"
		" VALUES (%d, 'stf%023d', 1, '見本 職員%d', 0, 0, 0, 0)", id + 100, id + 100, id);
	world_sql(w, "INSERT INTO staff_post (pid, version, staff_id, org_id, from_on, created_ms, created_by, updated_ms, updated_by)"
		" VALUES ('pst%023d', 1, %d, %d, '2020-04-01', 0, 0, 0, 0)", id, id + 100, org);
}

static inline int care_open(void **state)
{
	if (record_open(state) != 0)
		return -1;
	struct world *w = *state;
	const char *root = getenv("TSUNAGI_ROOT");
	struct fold_table *fold;
	struct form_catalogue *forms;
	struct form_problems problems = {0};
	care_start();
	ok(fold_open(w->arena, arena_fmt(w->arena, "%s/share/jp/itaiji.tsv", root), &fold, NULL));
	ok(form_load(w->arena, arena_fmt(w->arena, "%s/forms", root), &forms, &problems));
	ok(file_store_open(w->arena, w->dir, &w->house.files));
	w->house.fold = fold;
	w->house.forms = forms;
	care_account(w, 11, 1, ROLE_CENTRE_NURSE);
	care_account(w, 12, 1, ROLE_CENTRE_NURSE);
	care_account(w, 14, 1, ROLE_CENTRE_CLERK);
	care_account(w, 15, 1, ROLE_CENTRE_SOCIAL);
	care_account(w, 16, 1, ROLE_CENTRE_HEAD);
	care_account(w, 21, 2, ROLE_CENTRE_NURSE);
	care_account(w, 25, 2, ROLE_CENTRE_SOCIAL);
	nurse(w);
	return 0;
}

#define CARE(f) cmocka_unit_test_setup_teardown(f, care_open, world_close)

/* The same with fonts, for what is printed; care_close closes them, or nothing if the test opened none. */
static inline int care_open_fonts(void **state)
{
	if (care_open(state) != 0)
		return -1;
	struct world *w = *state;
	ok(pdf_fonts_open(w->arena, NULL, &w->house.fonts));
	return 0;
}

static inline int care_close(void **state)
{
	pdf_fonts_close(((struct world *)*state)->house.fonts);
	return world_close(state);
}

#define CARE_PRINT(f) cmocka_unit_test_setup_teardown(f, care_open_fonts, care_close)

/* The first fault of a field, or "" */
static inline const char *fault_text(const struct ctx *c, const char *field)
{
	const struct fault *f = fault_of(c, field);
	return f ? f->message : "";
}

/* A telephone call about a person ("" = unknown), good as it is. */
static inline struct consult_input call(const char *person_pid)
{
	return (struct consult_input){.pid = "", .person_pid = person_pid, .person_label = *person_pid ? "" : "駅前の団地の80代の女性",
		.received_on = "", .received_time = "", .channel = "phone", .source = "family", .urgency = "", .caller_name = "見本 一郎",
		.caller_relation = "長男", .caller_phone = "03-0000-0000", .content = "最近もの忘れがある。\n火の始末が心配。", .wish = "",
		.response_text = "", .minutes = "15", .status = "", .next_action = "", .next_on = "", .close_reason = "",
		.assignee_pid = ""};
}

static inline const char *saved(struct world *w, const struct consult_input *in)
{
	const char *pid = NULL;
	fault_clear(&w->c);
	err e = consult_save(&w->c, in, &pid, NULL);
	for (size_t i = 0; e != OK && i < w->c.n_faults; i++)
		print_error("%s: %s\n", w->c.faults[i].field, w->c.faults[i].message);
	assert_int_equal(e, OK);
	return pid;
}

static inline const char *iso(struct world *w, civil day)
{
	char *text = arena_alloc(w->arena, CIVIL_TEXT);
	civil_text(day, text);
	return text;
}

/* What the edit page would send back unchanged. */
static inline struct consult_input edit_of(struct world *w, const char *pid)
{
	struct consult_view v;
	ok(consult_get(&w->c, pid, &v));
	return (struct consult_input){.pid = v.pid, .version = v.version, .person_pid = v.person_pid, .person_label = v.person_label,
		.channel = v.channel, .source = v.source, .urgency = v.urgency, .caller_name = v.caller_name,
		.caller_relation = v.caller_relation, .caller_phone = v.caller_phone, .content = v.content, .wish = v.wish,
		.response_text = v.response_text, .classes = v.classes, .n_classes = v.n_classes, .responses = v.responses,
		.n_responses = v.n_responses, .minutes = v.minutes == INT_NULL ? "" : arena_fmt(w->arena, "%lld", (long long)v.minutes),
		.status = v.status, .next_action = v.next_action,
		.next_on = iso(w, v.next_on),
		.close_reason = v.close_reason, .assignee_pid = v.assignee_pid};
}

static inline int64_t listed(struct world *w, struct consult_filter f)
{
	struct consult_row *rows;
	size_t n;
	int64_t total, count;
	f.limit = 500;
	ok(consult_list(&w->c, &f, &rows, &n, &total));
	ok(consult_count(&w->c, &f, &count));
	assert_int_equal(n, total);
	assert_int_equal(count, total);
	f.count_most = total; /* a bound cuts the number, and nothing else */
	if (total > 1)
		f.count_most--;
	ok(consult_count(&w->c, &f, &count));
	assert_int_equal(count, total > 1 ? total - 1 : total);
	struct consult_open_figures open; /* counted together: the same figures */
	bool plain = f.only && !f.status && !f.class_code && !f.person_pid && f.from_on == CIVIL_NONE && f.to_on == CIVIL_NONE;
	ok(consult_open_count(&w->c, f.person_pid ? NULL : f.assignee, &open));
	if (plain && strcmp(f.only, "open") == 0)
		assert_int_equal(open.open, total);
	if (plain && strcmp(f.only, "idle") == 0)
		assert_int_equal(open.idle, total);
	if (plain && strcmp(f.only, "overdue") == 0)
		assert_int_equal(open.overdue, total);
	return total;
}
#define ANY .from_on = CIVIL_NONE, .to_on = CIVIL_NONE

static inline int64_t on_timeline(struct world *w, int64_t person)
{
	struct timeline_filter f = TIMELINE_ALL(person);
	int64_t n;
	ok(timeline_count(&w->c, &f, &n));
	return n;
}

static inline int64_t open_tasks(struct world *w)
{
	struct task_filter f = TASK_OPEN();
	int64_t n;
	ok(task_count(&w->c, &f, &n));
	return n;
}

#endif
