#include "base/ctx.h"
#include "base/pid.h"
#include "base/str.h"
#include "sql/all.h"
#include "sql/q_try.h"
#include "sql/tables.h"
#include "store/db.h"
#include "store/migrate.h"
#include "store/revision.h"
#include "store/rowjson.h"
#include "store/tx.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define AOK(e) assert_string_equal(err_name(e), "OK")
#define AERR(e, name) assert_string_equal(err_name(e), #name)

static const int64_t NOW = 1795248000000; /* 2026-11-21T08:00Z */

static void world(struct ctx *c, struct arena *a)
{
	ctx_init(c, a, NOW);
	AOK(db_open(":memory:", DB_CREATE, &c->db));
	c->actor.account_id = 7;
	c->actor.org_id = 3;
	c->actor.role_class = 2;
	AOK(migrate_run(c, NULL, "test", NULL));
	store_set_change_hook(NULL);
}

static err add_row(struct ctx *c, void *arg)
{
	struct { const struct table_desc *t; void *row; } *p = arg;
	return row_insert(c, p->t, p->row);
}

static void insert(struct ctx *c, const struct table_desc *t, void *row)
{
	struct { const struct table_desc *t; void *row; } arg = {t, row};
	AOK(tx_run(c, add_row, &arg));
}

static struct t_visit visit(struct ctx *c, const char *note)
{
	struct t_visit v;
	row_init(&T_visit, &v);
	v.org_id = 3;
	v.record_class = CLASS_CONSULTATION;
	v.note = note;
	insert(c, &T_visit, &v);
	return v;
}

static struct t_person person(struct ctx *c, const char *name, int64_t cluster)
{
	struct t_person p;
	row_init(&T_person, &p);
	p.name = name;
	p.cluster_id = cluster;
	insert(c, &T_person, &p);
	return p;
}

static void every_kind_round(void **state)
{
	struct ctx c;
	world(&c, *state);
	struct t_visit v, w;
	row_init(&T_visit, &v);
	assert_true(v.minutes == INT_NULL && v.visit_on == CIVIL_NONE && v.plan == NULL && v.sketch.p == NULL);
	assert_string_equal(v.note, "");
	v.org_id = 3;
	v.note = "「𠮷野」さん\n二行目\"'\\";
	v.visit_on = civil_from(2026, 2, 28);
	v.minutes = -5;
	v.is_done = true;
	v.sketch = (struct blob){"a\0b", 3};
	insert(&c, &T_visit, &v);
	assert_true(pid_valid(v.pid) && v.id > 0 && v.version == 1 && v.created_ms == NOW && v.updated_by == 7);
	AOK(row_load(&c, &T_visit, v.id, &w));
	assert_string_equal(w.note, v.note);
	assert_int_equal(w.visit_on, v.visit_on);
	assert_true(w.minutes == -5 && w.is_done && w.at_ms == INT_NULL && w.plan == NULL && w.person_id == INT_NULL);
	assert_int_equal(w.sketch.n, 3);
	assert_memory_equal(w.sketch.p, "a\0b", 3);
	memset(&w, 0, sizeof w);
	AOK(row_find(&c, &T_visit, v.pid, &w));
	assert_true(w.id == v.id);
	AERR(row_find(&c, &T_visit, "nosuch", &w), NOTFOUND);
	AERR(row_load(&c, &T_visit, 99, &w), NOTFOUND);
	AERR(row_insert(&c, &T_visit, &v), BUG); /* outside a transaction */
	memset(&w, 0, sizeof w);
	row_init(&T_visit, &w);
	AOK(rowjson_read(c.arena, &T_visit, rowjson_write(c.arena, &T_visit, &v), &w));
	assert_string_equal(rowjson_write(c.arena, &T_visit, &w), rowjson_write(c.arena, &T_visit, &v));
	assert_memory_equal(w.sketch.p, "a\0b", 3);
	static const char *const bad[] = {"", "{", "{\"id\":}", "{\"id\":1", "{\"note\":\"x}", "{\"visit_on\":\"2026-02-30\"}", "{\"id\":1}x",
		"{\"note\":\"\\u00e9\"}", "{\"sketch\":\"zz\"}", "[]"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		AERR(rowjson_read(c.arena, &T_visit, bad[i], &w), DB);
	db_close(c.db);
}

static void grant(struct ctx *c, int64_t cluster, int64_t classes, int64_t relation, int64_t account, const char *from, const char *to)
{
	struct q_grant_add_row r = {0};
	struct q_grant_add_in in = {.org_id = 3, .account_id = account, .role_classes = 2, .cluster_id = cluster, .classes = classes,
		.relation = relation};
	assert_true(civil_parse(from, &in.from_on) && civil_parse(to, &in.to_on));
	AOK(q_grant_add(c, &in, &r));
	assert_true(r.id > 0);
}

static size_t seen(struct ctx *c)
{
	struct q_visit_list_row *rows;
	size_t n;
	struct q_visit_list_in in = Q_VISIT_LIST_NONE;
	in.limit = 100;
	AOK(q_visit_list(c, &in, &rows, &n));
	return n;
}

/* Each condition of the scope alone decides. */
static void scope_decides(void **state)
{
	struct ctx c;
	world(&c, *state);
	struct t_person p = person(&c, "試験 花子", 500);
	struct t_visit v;
	row_init(&T_visit, &v);
	v.person_id = p.id;
	v.org_id = 9;
	v.record_class = CLASS_CARE;
	insert(&c, &T_visit, &v);
	c.may[CLASS_I_CARE][ACTION_SEE] = 4;
	assert_int_equal(seen(&c), 0);
	static const struct {
		int64_t cluster, classes, relation, account;
		const char *from, *to;
		size_t n;
	} cases[] = {
		{501, 2, 4, 0, "2026-01-01", "9999-12-31", 0}, /* another person */
		{500, 8, 4, 0, "2026-01-01", "9999-12-31", 0}, /* another class */
		{500, 2, 8, 0, "2026-01-01", "9999-12-31", 0}, /* a relation that gives nothing */
		{500, 2, 4, 8, "2026-01-01", "9999-12-31", 0}, /* another account */
		{500, 2, 4, 0, "2026-11-22", "9999-12-31", 0}, /* from tomorrow */
		{500, 2, 4, 0, "2026-01-01", "2026-11-20", 0}, /* until yesterday */
		{500, 3, 4, 7, "2026-11-21", "2026-11-21", 1},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		grant(&c, cases[i].cluster, cases[i].classes, cases[i].relation, cases[i].account, cases[i].from, cases[i].to);
		assert_int_equal(seen(&c), cases[i].n);
	}
	c.actor.role_class = 4;
	assert_int_equal(seen(&c), 0);
	c.actor.role_class = 2;
	c.actor.org_id = 4;
	assert_int_equal(seen(&c), 0);
	c.actor.system = true;
	assert_int_equal(seen(&c), 1);
	c.actor.system = false;
	c.actor.org_id = 3;
	struct q_visit_writable_row r;
	bool found = true;
	AOK(q_visit_writable(&c, &(struct q_visit_writable_in){.id = v.id}, &r, &found));
	assert_false(found);
	c.may[CLASS_I_CARE][ACTION_WRITE] = 12;
	AOK(q_visit_writable(&c, &(struct q_visit_writable_in){.id = v.id}, &r, &found));
	assert_true(found);
	/* a record about nobody: the organisation's own, if the role may */
	visit(&c, "だれのでもない");
	assert_int_equal(seen(&c), 1);
	c.may_own[ACTION_SEE] = CLASS_CONSULTATION;
	assert_int_equal(seen(&c), 2);
	c.actor.org_id = 4;
	assert_int_equal(seen(&c), 0);
	db_close(c.db);
}

static err count_note(struct ctx *c, const struct q_visit_walk_row *row, void *arg)
{
	struct { int n; size_t used; int stop; } *p = arg;
	arena_alloc(c->arena, 1000);
	struct q_visit_count_row k;
	TRY(q_visit_count(c, &k)); /* a statement inside a statement */
	assert_int_equal(k.n, 3);
	assert_true(row->id > 0);
	p->n++;
	return p->n == p->stop ? ERR_LIMIT : OK;
}

static void filters_and_kinds(void **state)
{
	struct ctx c;
	world(&c, *state);
	c.actor.system = true;
	struct t_visit a = visit(&c, "b");
	visit(&c, "a");
	struct t_visit d;
	row_init(&T_visit, &d);
	d.note = "c";
	d.visit_on = civil_from(2026, 4, 1);
	d.is_done = true;
	d.sketch = (struct blob){"", 0};
	insert(&c, &T_visit, &d);
	struct q_visit_list_in in = Q_VISIT_LIST_NONE;
	struct q_visit_list_row *rows;
	size_t n;
	in.limit = 10;
	AOK(q_visit_list(&c, &in, &rows, &n));
	assert_int_equal(n, 3);
	assert_string_equal(rows[0].note, "a");
	assert_true(rows[0].visit_on == CIVIL_NONE && rows[0].minutes == INT_NULL && !rows[0].is_done && !rows[0].sketch.p);
	in.sort = Q_VISIT_LIST_SORT_DAY;
	AOK(q_visit_list(&c, &in, &rows, &n));
	assert_string_equal(rows[0].note, "c");
	assert_true(rows[0].sketch.p != NULL && rows[0].sketch.n == 0);
	in.from_on = civil_from(2026, 4, 1);
	AOK(q_visit_list(&c, &in, &rows, &n));
	assert_int_equal(n, 1);
	in.from_on = civil_from(2026, 4, 2);
	AOK(q_visit_list(&c, &in, &rows, &n));
	assert_int_equal(n, 0);
	in.from_on = CIVIL_NONE;
	in.done_only = true;
	AOK(q_visit_list(&c, &in, &rows, &n));
	assert_int_equal(n, 1);
	in.sort = 2;
	AERR(q_visit_list(&c, &in, &rows, &n), BUG);
	struct { int n; size_t used; int stop; } arg = {0, arena_used(c.arena), 0};
	AOK(q_visit_walk(&c, count_note, &arg));
	assert_int_equal(arg.n, 3);
	arg.n = 0;
	arg.stop = 2;
	AERR(q_visit_walk(&c, count_note, &arg), LIMIT);
	int64_t changed = 9;
	AOK(q_visit_note_set(&c, &(struct q_visit_note_set_in){.id = a.id, .note = "新", .plan = NULL}, &changed));
	assert_true(changed == 1);
	AOK(q_visit_note_set(&c, &(struct q_visit_note_set_in){.id = 99, .note = ""}, &changed));
	assert_true(changed == 0);
	struct q_clock_show_row k;
	AOK(q_clock_show(&c, &k));
	assert_true(k.org == 3 && k.account == 7 && k.day == civil_from(2026, 11, 21) && k.now == NOW && k.everything);
	struct q_visit_writable_row w;
	bool found = true;
	AOK(q_visit_writable(&c, &(struct q_visit_writable_in){.id = 99}, &w, &found));
	assert_false(found);
	db_close(c.db);
}

/* --- transactions --- */

struct steps {
	int runs, fail_first;
	err with;
	struct t_visit *row;
};

static err step_fn(struct ctx *c, void *arg)
{
	struct steps *s = arg;
	s->runs++;
	if (s->row)
		TRY(row_insert(c, &T_visit, s->row));
	if (s->runs <= s->fail_first) {
		fault_add(c, "x", ERR_RANGE, "試し");
		return s->with;
	}
	return OK;
}

static int64_t visits(struct ctx *c)
{
	struct q_visit_count_row k;
	AOK(q_visit_count(c, &k));
	return k.n;
}

static err swallow(struct ctx *c, void *arg)
{
	err e = tx_run(c, step_fn, arg);
	(void)e;
	return OK;
}

static void tx_retries_and_joins(void **state)
{
	struct ctx c;
	world(&c, *state);
	struct t_visit v;
	row_init(&T_visit, &v);
	struct steps s = {0, 3, ERR_RETRY, &v};
	AOK(tx_run(&c, step_fn, &s));
	assert_int_equal(s.runs, 4);
	assert_int_equal(visits(&c), 1);
	assert_int_equal(c.n_faults, 0);
	s = (struct steps){0, 100, ERR_RETRY, NULL};
	AERR(tx_run(&c, step_fn, &s), RETRY);
	assert_int_equal(s.runs, 6);
	fault_clear(&c);
	row_init(&T_visit, &v);
	s = (struct steps){0, 1, ERR_INPUT, &v};
	AERR(tx_run(&c, step_fn, &s), INPUT);
	assert_int_equal(s.runs, 1);
	assert_int_equal(c.n_faults, 1); /* the faults of the final try stay */
	assert_true(v.id == 0 && v.version == 0 && v.pid[0] == '\0'); /* put back */
	assert_int_equal(visits(&c), 1);
	/* an inner failure that the outer one forgets still rolls back */
	s = (struct steps){0, 1, ERR_INPUT, &v};
	AERR(tx_run(&c, swallow, &s), INPUT);
	assert_int_equal(visits(&c), 1);
	assert_int_equal(c.tx_depth, 0);
	db_close(c.db);
}

/* --- history --- */

struct save {
	struct t_visit *row;
	struct row_conflict *conflict;
	const char *what;
	int64_t id, version;
};

static err save_fn(struct ctx *c, void *arg)
{
	struct save *s = arg;
	if (str_eq(s->what, "retire"))
		return row_retire(c, &T_visit, s->id, "まちがい");
	if (str_eq(s->what, "restore"))
		return row_restore(c, &T_visit, s->id);
	if (str_eq(s->what, "revert"))
		return row_revert(c, &T_visit, s->id, s->version);
	return row_save(c, &T_visit, s->row, &s->conflict);
}

static err save(struct ctx *c, struct t_visit *row, struct row_conflict **k)
{
	struct save s = {.row = row};
	err e = tx_run(c, save_fn, &s);
	if (k)
		*k = s.conflict;
	return e;
}

static err act(struct ctx *c, const char *what, int64_t id, int64_t version)
{
	struct save s = {.what = what, .id = id, .version = version};
	return tx_run(c, save_fn, &s);
}

static void three_way(void **state)
{
	struct ctx c;
	world(&c, *state);
	struct t_visit v = visit(&c, "元"), mine = v, theirs = v;
	struct row_conflict *k;
	c.actor.account_id = 8;
	theirs.plan = "相手の計画";
	AOK(save(&c, &theirs, NULL));
	assert_true(theirs.version == 2);
	c.actor.account_id = 7;
	c.now_ms += 1000;
	mine.note = "自分の記録";
	AOK(save(&c, &mine, &k)); /* different fields: both stay */
	assert_null(k);
	assert_true(mine.version == 3);
	assert_string_equal(mine.plan, "相手の計画");
	/* the same field to the same value: no conflict */
	struct t_visit same = theirs;
	same.note = "自分の記録";
	AOK(save(&c, &same, &k));
	/* the same field to different values */
	struct t_visit late = v;
	late.note = "遅れて来た記録";
	late.minutes = 30;
	AERR(save(&c, &late, &k), CONFLICT);
	assert_non_null(k);
	assert_int_equal(k->n, 1);
	assert_string_equal(k->fields[0].column, "note");
	assert_string_equal(k->fields[0].base, "元");
	assert_string_equal(k->fields[0].theirs, "自分の記録");
	assert_string_equal(k->fields[0].mine, "遅れて来た記録");
	assert_true(k->theirs_by == 7 && k->theirs_version == 4 && k->theirs_ms == NOW + 1000);
	assert_true(late.version == 1); /* put back: the page shows it again as it was */
	assert_string_equal(late.note, "遅れて来た記録");
	struct t_visit now;
	AOK(row_load(&c, &T_visit, v.id, &now));
	assert_string_equal(now.note, "自分の記録");
	assert_true(now.minutes == INT_NULL);
	/* the loser's text is kept, the rollback notwithstanding */
	struct t_conflict_text kept;
	AOK(row_find(&c, &T_conflict_text, k->text_pid, &kept));
	assert_non_null(strstr(kept.mine, "遅れて来た記録"));
	assert_non_null(strstr(kept.mine, "\"minutes\":30"));
	assert_string_equal(kept.fields, "note");
	assert_true(kept.account_id == 7 && kept.base_version == 1 && kept.theirs_version == 4);
	/* the editor chose: mine on top of theirs */
	late.version = k->theirs_version;
	AOK(save(&c, &late, &k));
	assert_true(late.version == 5);
	late.version = 9;
	AERR(save(&c, &late, &k), BUG);
	db_close(c.db);
}

static int hook_calls;
static int64_t hook_person;
static err hook_gives;

static err hook(struct ctx *c, const char *action, const char *table, int64_t row_id, int64_t person_id)
{
	assert_true(c->tx_depth > 0 && action && row_id > 0);
	assert_true(strcmp(table, "visit") == 0 || strcmp(table, "person") == 0);
	hook_calls++;
	hook_person = person_id;
	return hook_gives;
}

static void history_bin_undo(void **state)
{
	struct ctx c;
	world(&c, *state);
	hook_calls = 0;
	hook_gives = OK;
	store_set_change_hook(hook);
	struct t_person p = person(&c, "試験 一郎", 1);
	assert_true(hook_person == p.id);
	struct t_visit v = visit(&c, "一"), w;
	assert_true(hook_person == INT_NULL);
	c.now_ms = NOW + 60000;
	v.note = "二";
	v.person_id = p.id;
	AOK(save(&c, &v, NULL));
	assert_true(hook_person == p.id);
	AOK(row_at(&c, &T_visit, v.id, NOW + 59999, &w));
	assert_string_equal(w.note, "一");
	assert_true(w.person_id == INT_NULL);
	AOK(row_at(&c, &T_visit, v.id, NOW + 60000, &w));
	assert_string_equal(w.note, "二");
	AERR(row_at(&c, &T_visit, v.id, NOW - 1, &w), NOTFOUND);
	AOK(act(&c, "retire", v.id, 0));
	AERR(act(&c, "retire", v.id, 0), NOTFOUND);
	/* who saves on a page of a row that went to the bin meanwhile is told, and loses nothing */
	struct row_conflict *k;
	v.note = "ごみ箱の間に";
	AERR(save(&c, &v, &k), CONFLICT);
	assert_string_equal(k->fields[0].column, "retired_ms");
	c.now_ms += (int64_t)30 * 86400000 + 1;
	AERR(act(&c, "restore", v.id, 0), NOTFOUND);
	c.now_ms -= 1;
	AOK(act(&c, "restore", v.id, 0));
	AERR(act(&c, "restore", v.id, 0), NOTFOUND);
	AOK(act(&c, "revert", v.id, 1));
	AOK(row_load(&c, &T_visit, v.id, &w));
	assert_true(w.version == 5 && w.person_id == INT_NULL && w.retired_ms == INT_NULL);
	assert_string_equal(w.note, "一");
	AERR(act(&c, "revert", v.id, 77), NOTFOUND);
	struct row_version *h;
	size_t n;
	AOK(row_history(&c, &T_visit, v.id, &h, &n));
	assert_int_equal(n, 5);
	static const char *const actions[] = {"revert", "restore", "retire", "save", "insert"};
	for (size_t i = 0; i < 5; i++)
		assert_string_equal(h[i].action, actions[i]);
	assert_string_equal(h[2].reason, "まちがい");
	assert_int_equal(hook_calls, 6);
	/* an audit that cannot be written stops the change */
	hook_gives = ERR_IO;
	w.note = "監査なし";
	AERR(save(&c, &w, NULL), IO);
	AOK(row_load(&c, &T_visit, v.id, &w));
	assert_string_equal(w.note, "一");
	store_set_change_hook(NULL);
	db_close(c.db);
}

/* Every call of the engine fails once: nothing half is ever stored, and the row in hand is as before. */
static void fail_the_nth(void **state)
{
	struct ctx c;
	world(&c, *state);
	hook_gives = OK;
	struct t_visit v = visit(&c, "前");
	static const err faults[] = {ERR_DB, ERR_DISK_FULL, ERR_RETRY};
	for (size_t f = 0; f < 3; f++)
		for (long nth = 1;; nth++) {
			struct t_visit mine = v, w;
			struct row_version *h;
			size_t before, after;
			AOK(row_history(&c, &T_visit, v.id, &h, &before));
			mine.note = arena_fmt(c.arena, "後 %zu %ld", f, nth);
			db_fail_nth(nth, faults[f]);
			err e = save(&c, &mine, NULL);
			bool struck = db_fail_left() == 0;
			db_fail_nth(0, OK);
			assert_false(db_in_tx(c.db));
			AOK(row_load(&c, &T_visit, v.id, &w));
			AOK(row_history(&c, &T_visit, v.id, &h, &after));
			if (faults[f] == ERR_RETRY || !struck)
				AOK(e);
			else
				assert_int_equal(e, faults[f]);
			assert_int_equal(after, before + (e == OK));
			assert_true(h[0].version == w.version);
			assert_string_equal(w.note, e == OK ? mine.note : v.note);
			assert_true(mine.version == w.version);
			if (e == OK)
				v = w;
			if (!struck) {
				assert_in_range(nth, 6, 40);
				break;
			}
		}
	db_close(c.db);
}

static err retire_person(struct ctx *c, void *arg)
{
	(void)arg;
	struct t_visit v;
	row_init(&T_visit, &v);
	TRY(row_insert(c, &T_visit, &v));
	for (;;)
		arena_alloc(c->arena, 100000);
}

static void arena_escape_rolls_back(void **state)
{
	struct ctx c;
	world(&c, *state);
	jmp_buf out;
	arena_set_escape(c.arena, &out);
	if (setjmp(out) == 0) {
		err e = tx_run(&c, retire_person, NULL);
		(void)e;
		fail();
	}
	arena_set_escape(c.arena, NULL);
	arena_reset(c.arena);
	tx_recover(&c);
	assert_false(db_in_tx(c.db));
	assert_int_equal(visits(&c), 0);
	visit(&c, "その後");
	db_close(c.db);
}

static void unique_and_readers(void **state)
{
	char dir[] = "/tmp/tsu-store-XXXXXX", path[64], name[80];
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/t.db", dir);
	struct ctx c, r;
	ctx_init(&c, *state, NOW);
	AOK(db_open(path, DB_CREATE, &c.db));
	AOK(migrate_run(&c, NULL, "test", NULL));
	struct t_person p = person(&c, "一", 1), q = p;
	struct { const struct table_desc *t; void *row; } arg = {&T_person, &q};
	AERR(tx_run(&c, add_row, &arg), UNIQUE); /* the same pid */
	ctx_init(&r, *state, NOW);
	AOK(db_open(path, DB_READ, &r.db));
	AOK(row_load(&r, &T_person, p.id, &q));
	/* one state for all reads of a view; its end, and any writing of one's own, shows the newest */
	tx_view_begin(&r);
	AOK(row_load(&r, &T_person, p.id, &q));
	tx_view_begin(&c);
	AOK(row_load(&c, &T_person, p.id, &q));
	struct t_person later = person(&c, "二", 2);
	assert_false(c.tx_view);
	AOK(row_load(&c, &T_person, later.id, &q));
	AERR(row_load(&r, &T_person, later.id, &q), NOTFOUND);
	tx_view_end(&r);
	AOK(row_load(&r, &T_person, later.id, &q));
	q.pid = NULL;
	err e = tx_run(&r, add_row, &arg);
	assert_int_equal(e, ERR_DB);
	db_close(r.db);
	db_close(c.db);
	AERR(db_open("/nonexistent/x.db", DB_WRITE, &c.db), DB);
	for (size_t i = 0; i < 3; i++) {
		snprintf(name, sizeof name, "%s%s", path, (const char *[]){"", "-wal", "-shm"}[i]);
		unlink(name);
	}
	rmdir(dir);
}

/* Several processes add rows at once: each acknowledged one is there, no version twice. */
static void several_writers(void **state)
{
	enum { WRITERS = 4, EACH = 25 };
	char dir[] = "/tmp/tsu-store-XXXXXX", path[64], name[80];
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/t.db", dir);
	struct ctx c;
	ctx_init(&c, *state, NOW);
	AOK(db_open(path, DB_CREATE, &c.db));
	AOK(migrate_run(&c, NULL, "test", NULL));
	struct t_visit v = visit(&c, "0");
	db_close(c.db);
	for (int k = 0; k < WRITERS; k++)
		if (fork() == 0) {
			int done = 0;
			if (db_open(path, DB_WRITE, &c.db) != OK)
				_exit(99);
			for (int i = 0; i < EACH; i++) {
				struct t_visit w;
				if (row_load(&c, &T_visit, v.id, &w) != OK)
					_exit(98);
				/* the writer's own field: never a conflict with the others */
				if (k == 0)
					w.note = arena_fmt(c.arena, "%d", i);
				else if (k == 1)
					w.plan = arena_fmt(c.arena, "%d", i);
				else if (k == 2)
					w.minutes = i;
				else
					w.at_ms = i;
				done += save(&c, &w, NULL) == OK;
			}
			db_close(c.db);
			_exit(done);
		}
	int total = 0, status;
	for (int k = 0; k < WRITERS; k++) {
		wait(&status);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) <= EACH);
		total += WEXITSTATUS(status);
	}
	assert_int_equal(total, WRITERS * EACH);
	AOK(db_open(path, DB_WRITE, &c.db));
	AOK(row_load(&c, &T_visit, v.id, &v));
	assert_int_equal(v.version, 1 + total);
	assert_string_equal(v.note, "24");
	assert_string_equal(v.plan, "24");
	assert_true(v.minutes == 24 && v.at_ms == 24);
	db_close(c.db);
	for (size_t i = 0; i < 3; i++) {
		snprintf(name, sizeof name, "%s%s", path, (const char *[]){"", "-wal", "-shm"}[i]);
		unlink(name);
	}
	rmdir(dir);
}

static void dialect(void **state)
{
	struct arena *a = *state;
	assert_string_equal(migrate_to_postgres(a, "CREATE TABLE t (id INTEGER PRIMARY KEY, -- [id] INTEGER\n n INTEGER, b BLOB,\n"
		" k TEXT CHECK (k IN ('STRICT','INTEGER')), x_INTEGER TEXT) STRICT;"),
		"CREATE TABLE t (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, -- [id] INTEGER\n n BIGINT, b BYTEA,\n"
		" k TEXT CHECK (k IN ('STRICT','INTEGER')), x_INTEGER TEXT) ;");
	/* a statement for SQLite alone is left out, what follows it is not */
	assert_string_equal(migrate_to_postgres(a, "CREATE INDEX i ON t (k);\n-- [sqlite] long keys\nCREATE INDEX j ON t (k, b);\nCREATE INDEX l ON t (n);\n"),
		"CREATE INDEX i ON t (k);\n\nCREATE INDEX l ON t (n);\n");
	assert_string_equal(migrate_to_postgres(a, "-- [sqlite] long keys\nCREATE INDEX j ON t (k, b);\n"), "\n");
}

static void schema_refusals(void **state)
{
	struct ctx c;
	world(&c, *state);
	size_t n = 9;
	AOK(migrate_pending(&c, &n));
	assert_int_equal(n, 0);
	AOK(db_exec(c.db, "UPDATE schema_version SET sha256 = 'other' WHERE name = '0001_try'"));
	AERR(migrate_pending(&c, &n), SCHEMA_DIFF);
	AERR(migrate_run(&c, NULL, "test", &n), SCHEMA_DIFF);
	AOK(db_exec(c.db, "DELETE FROM schema_version WHERE name = '0001_try'"));
	AERR(migrate_run(&c, NULL, "test", &n), DB); /* the tables are there already: the version is refused whole */
	AOK(migrate_pending(&c, &n));
	assert_int_equal(n, 1);
	AOK(db_exec(c.db, "INSERT INTO schema_version VALUES ('0900_future', 'x', 0, 'y')"));
	AERR(migrate_run(&c, NULL, "test", &n), SCHEMA_NEWER);
	db_close(c.db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(every_kind_round), UNIT(scope_decides), UNIT(filters_and_kinds), UNIT(tx_retries_and_joins), UNIT(three_way),
		UNIT(history_bin_undo), UNIT(fail_the_nth), UNIT(arena_escape_rolls_back), UNIT(unique_and_readers),
		UNIT(several_writers), UNIT(dialect), UNIT(schema_refusals),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
