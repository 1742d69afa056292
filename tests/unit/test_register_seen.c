/* What changed since I last looked (register/seen): whose lines are new to whom, what a mark clears, merged records, rights. */
#include "unit.h"

#include "record_world.h"

#include "register/person_list.h"
#include "register/seen.h"

struct line {
	int64_t person, row;
	int record_class;
	const char *title;
};

static err put_tx(struct ctx *c, void *arg)
{
	const struct line *l = arg;
	return timeline_add(c, &(struct timeline_new){.person_id = l->person, .at_on = D(2026, 1, 5), .kind = "visit", .record_class = l->record_class,
		.title = l->title, .table_name = "t", .row_id = l->row});
}

static void put(struct world *w, int64_t person, int64_t row, int record_class, const char *title)
{
	struct line l = {person, row, record_class, title};
	w->c.now_ms += 1000;
	ok(tx_run(&w->c, put_tx, &l));
}

static err touch_tx(struct ctx *c, void *arg) { return timeline_touch(c, "t", *(const int64_t *)arg); }

static size_t fresh(struct world *w, int64_t person)
{
	struct timeline_entry *v;
	size_t n;
	int64_t counted;
	struct timeline_filter f = TIMELINE_ALL(person);
	f.fresh = true;
	ok(seen_fresh(&w->c, person, 200, &v, &n));
	ok(timeline_count(&w->c, &f, &counted));
	assert_int_equal(counted, n); /* the number and the filter of the time line are the same rows */
	for (size_t i = 1; i < n; i++)
		assert_true(v[i - 1].changed_ms <= v[i].changed_ms);
	return n;
}

static const char *pid_of(struct world *w, int64_t person)
{
	struct t_person p;
	ok(row_load(&w->c, &T_person, person, &p));
	return p.pid;
}

static void read_all(struct world *w, int64_t person)
{
	int64_t ms;
	ok(seen_newest(&w->c, person, &ms));
	ok(seen_mark(&w->c, pid_of(w, person), ms));
}

static void new_lines(void **state)
{
	struct world *w = *state;
	int64_t row = 1;
	nurse2(w);
	put(w, 1, 1, CLASS_CARE, "a");
	nurse(w);
	assert_int_equal(fresh(w, 1), 0); /* never read: told of nothing */
	read_all(w, 1);
	assert_int_equal(fresh(w, 1), 0);
	put(w, 1, 2, CLASS_CARE, "own");
	assert_int_equal(fresh(w, 1), 0); /* one's own line is no news */
	nurse2(w);
	assert_int_equal(fresh(w, 1), 0);
	put(w, 1, 3, CLASS_CARE, "b");
	put(w, 1, 1, CLASS_CARE, "a"); /* says the same: nobody is told */
	nurse(w);
	assert_int_equal(fresh(w, 1), 1);
	nurse2(w);
	put(w, 1, 1, CLASS_CARE, "a, longer");
	nurse(w);
	assert_int_equal(fresh(w, 1), 2);
	read_all(w, 1);
	assert_int_equal(fresh(w, 1), 0);
	nurse2(w);
	w->c.now_ms += 1000;
	ok(tx_run(&w->c, touch_tx, &row)); /* saved again under the same words */
	nurse(w);
	assert_int_equal(fresh(w, 1), 1);
}

/* A mark stands for what was shown, and never goes back or ahead of the clock. */
static void marks(void **state)
{
	struct world *w = *state;
	struct timeline_entry *v;
	size_t n;
	read_all(w, 1);
	nurse2(w);
	for (int i = 1; i <= 5; i++)
		put(w, 1, i, CLASS_CARE, "x");
	nurse(w);
	ok(seen_fresh(&w->c, 1, 3, &v, &n));
	assert_int_equal(n, 3);
	ok(seen_mark(&w->c, pid_of(w, 1), v[2].changed_ms));
	assert_int_equal(fresh(w, 1), 2);
	ok(seen_mark(&w->c, pid_of(w, 1), 0));
	assert_int_equal(fresh(w, 1), 2);
	ok(seen_mark(&w->c, pid_of(w, 1), INT64_MAX - 1));
	assert_int_equal(fresh(w, 1), 0);
	nurse2(w);
	put(w, 1, 6, CLASS_CARE, "later");
	nurse(w);
	assert_int_equal(fresh(w, 1), 1);
	assert_int_equal(count_of(w, "person_seen", "account_id = 11"), 1);
	assert_int_equal(count_of(w, "audit_entry", "table_name = 'person_seen'"), 0);
}

/* What the reader may not open is not counted and moves no mark. */
static void rights(void **state)
{
	struct world *w = *state;
	int64_t before, after;
	struct seen_marks m;
	nurse2(w);
	put(w, 1, 1, CLASS_CARE, "a");
	nurse(w);
	read_all(w, 1);
	ok(seen_newest(&w->c, 1, &before));
	be(w, 99, 1, ROLE_CENTRE_HEAD);
	put(w, 1, 2, CLASS_RIGHTS, "secret");
	nurse(w);
	assert_int_equal(fresh(w, 1), 0);
	ok(seen_newest(&w->c, 1, &after));
	assert_int_equal(after, before);
	stranger(w);
	is_err(seen_mark(&w->c, pid_of(w, 1), 5), ERR_NOTFOUND);
	is_err(seen_marks(&w->c, 1, &m), ERR_NOTFOUND);
	is_err(seen_newest(&w->c, 1, &after), ERR_NOTFOUND);
	assert_int_equal(count_of(w, "person_seen", "account_id = 21"), 0);
}

/* The list of people: only the actor's own work, each with the number that its page shows; a merged record joins without a word. */
static void people(void **state)
{
	struct world *w = *state;
	struct seen_person *v;
	size_t n;
	int64_t count;
	const struct seen_filter all = {.staff_id = INT_NULL}, mine = {.staff_id = 111};
	read_all(w, 1);
	read_all(w, 2);
	nurse2(w);
	put(w, 1, 1, CLASS_CARE, "a");
	put(w, 1, 2, CLASS_CARE, "b");
	put(w, 2, 3, CLASS_CARE, "c");
	nurse(w);
	ok(seen_people(&w->c, &all, &v, &n));
	assert_int_equal(n, 0); /* nobody's case, charge or pin */
	ok(person_pin(&w->c, pid_of(w, 1), true));
	ok(person_pin(&w->c, pid_of(w, 2), true));
	ok(seen_people(&w->c, &mine, &v, &n));
	ok(seen_people_count(&w->c, &mine, &count));
	assert_int_equal(n, 2);
	assert_int_equal(count, 2);
	assert_int_equal(v[0].cluster_id, 2); /* the newest change first */
	assert_int_equal(seen_of(v, n, 1), 2);
	assert_int_equal(seen_of(v, n, 2), 1);
	assert_int_equal(seen_of(v, n, 3), 0);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(v[i].n, fresh(w, v[i].cluster_id));
	world_sql(w, "UPDATE person SET cluster_id = 1 WHERE id = 2");
	ok(seen_people(&w->c, &all, &v, &n));
	assert_int_equal(n, 1);
	assert_int_equal(v[0].n, 3);
	read_all(w, 1); /* both records of the cluster */
	world_sql(w, "UPDATE person SET cluster_id = 2 WHERE id = 2");
	assert_int_equal(fresh(w, 1), 0);
	assert_int_equal(fresh(w, 2), 0);
	ok(seen_people_count(&w->c, &all, &count));
	assert_int_equal(count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {RECORD(new_lines), RECORD(marks), RECORD(rights), RECORD(people)};
	return cmocka_run_group_tests_name("register_seen", tests, NULL, NULL);
}
