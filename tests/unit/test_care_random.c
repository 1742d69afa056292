/* 2,000 random sequences of what people do with consultations; after every act the record, its task, its time line, its
 * codes and its grants agree, and nobody outside the team finds a matter of rights protection. The seed is fixed and named. */
#include "care_world.h"

enum { SEQUENCES = 2000, MAX_ACTS = 7 };

static uint64_t seed;
static int chance(int n)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (int)((seed >> 33) % (uint64_t)n);
}

struct play {
	struct world *w;
	const char *pid, *bin;
	int64_t id;
	int done[12];
};

static const char *const CLASSES[] = {"life", "money", "dementia", "abuse"};

/* Fields moved at random; errors are part of the play. */
static void random_step(struct consult_input *in)
{
	static const char *const status[] = {"received", "active", "watching", "closed"};
	static const char *const days[] = {"", "R8.11.10", "R8.11.18", "R8.12.1"};
	in->status = status[chance(4)];
	in->next_on = days[chance(4)];
	in->next_action = chance(5) ? "電話" : "";
	in->close_reason = chance(4) ? "解決" : "";
}

static void actor(struct play *p)
{
	if (chance(3))
		nurse(p->w);
	else
		social(p->w);
}

static void start(struct play *p)
{
	struct consult_input in = call(chance(3) ? prs(p->w, 1 + chance(2)) : "");
	in.classes = &CLASSES[chance(8) ? chance(3) : 3];
	in.n_classes = 1;
	if (chance(2)) {
		in.next_on = "R8.11.20";
		in.next_action = "訪問";
	}
	p->pid = saved(p->w, &in);
	p->bin = NULL;
	struct consult_view v;
	ok(consult_get(&p->w->c, p->pid, &v));
	p->id = v.id;
}

static void act(struct play *p)
{
	struct ctx *c = &p->w->c;
	struct consult_view v;
	const char *pid;
	int what = chance(8);
	err e = OK;
	actor(p);
	if (consult_get(c, p->pid, &v) != OK && !(p->bin && what == 7))
		return;
	switch (what) {
	case 0:
	case 1: {
		struct consult_input in = edit_of(p->w, p->pid);
		random_step(&in);
		if (!chance(4))
			in.classes = &CLASSES[chance(6) ? chance(3) : 3], in.n_classes = 1;
		e = consult_save(c, &in, &pid, NULL);
		break;
	}
	case 2: { /* an older page: merged, or refused whole */
		struct consult_input in = edit_of(p->w, p->pid), first = in;
		random_step(&first);
		first.wish = arena_fmt(p->w->arena, "%d", chance(2));
		e = consult_save(c, &first, &pid, NULL);
		fault_clear(c);
		random_step(&in);
		in.wish = arena_fmt(p->w->arena, "%d", chance(2));
		if (e == OK)
			e = consult_save(c, &in, &pid, NULL);
		break;
	}
	case 3:
	case 4: {
		struct consult_input step = {0};
		random_step(&step);
		e = consult_entry_add(c, &(struct consult_entry_input){.consult_pid = p->pid, .channel = "phone", .content = chance(6) ? "話した" : "",
			.reached = chance(3), .consult_version = v.version, .status = chance(3) ? step.status : "", .next_action = step.next_action,
			.next_on = step.next_on, .close_reason = step.close_reason});
		break;
	}
	case 5: e = consult_link_person(c, p->pid, prs(p->w, 1 + chance(3)), chance(3) ? "人違いだった" : ""); break;
	case 6:
		e = consult_retire(c, p->pid, chance(4) ? "誤り" : "");
		if (e == OK) {
			struct bin_row *b;
			size_t n;
			ok(bin_list(c, 0, 1, 0, &b, &n));
			assert_int_equal(n, 1);
			assert_string_equal(b[0].row_pid, p->pid);
			p->bin = b[0].pid;
		}
		break;
	case 7:
		if (p->bin) {
			e = bin_restore(c, p->bin);
			p->bin = NULL;
		}
		break;
	}
	if (e != OK && err_class_of(e) != ERR_CLASS_INPUT && e != ERR_CONFLICT && e != ERR_NOTFOUND)
		fail_msg("act %d: %s", what, err_name(e));
	if (e == OK)
		p->done[what]++;
	fault_clear(c);
}

/* One number; sql is a literal, whose address the store keeps as the key of the statement. ?1 consultation, ?2 person,
 * ?3 class, ?4 and ?5 texts. */
static int64_t number(struct play *p, const char *sql, int64_t person, int64_t record_class, const char *a, const char *b)
{
	struct db_stmt *st;
	bool row;
	ok(db_get(p->w->db, sql, 0, sql, "iiitt", &st));
	db_bind_int(st, 1, p->id);
	db_bind_int(st, 2, person);
	db_bind_int(st, 3, record_class);
	db_bind_text(st, 4, a);
	db_bind_text(st, 5, b);
	ok(db_step(st, &row));
	int64_t n = db_int(st, 0);
	db_done(st);
	return n;
}

#define OPEN_TASK "SELECT COUNT(*) FROM task WHERE table_name = 'consult' AND row_id = ?1 AND state = 'open' AND retired_ms IS NULL"
#define ON_TIMELINE                                                                                                          \
	"SELECT COUNT(*) FROM timeline WHERE ((table_name = 'consult' AND row_id = ?1) OR (table_name = 'consult_entry' AND" \
	" row_id IN (SELECT id FROM consult_entry WHERE consult_id = ?1)))"

static void agree(struct play *p, int sequence)
{
	struct world *w = p->w;
	struct t_consult r;
	ok(row_load(&w->c, &T_consult, p->id, &r));
	bool alive = r.retired_ms == INT_NULL, linked = r.person_id != INT_NULL;
	int64_t person = linked ? r.person_id : 0, cls = r.record_class;
	int64_t open = number(p, OPEN_TASK, 0, 0, "", "");
	bool wanted = alive && !str_eq(r.status, "closed") && r.next_on != CIVIL_NONE;
	if (open != wanted)
		fail_msg("sequence %d: %d open tasks, wanted %d", sequence, (int)open, wanted);
	if (wanted && number(p, OPEN_TASK " AND due_on = ?4 AND title = ?5", 0, 0, iso(w, r.next_on), r.next_action) != 1)
		fail_msg("sequence %d: the task says something else", sequence);
	if (number(p, "SELECT COUNT(*) FROM task WHERE table_name = 'consult' AND row_id = ?1 AND retired_ms IS NULL AND"
		" (COALESCE(person_id, 0) <> ?2 OR record_class <> ?3)", person, cls, "", ""))
		fail_msg("sequence %d: a task of another class or person", sequence);
	int64_t entries = number(p, "SELECT COUNT(*) FROM consult_entry WHERE consult_id = ?1", 0, 0, "", "");
	int64_t shown = number(p, ON_TIMELINE " AND is_hidden = 0", 0, 0, "", "");
	if (shown != (alive && linked ? 1 + entries : 0))
		fail_msg("sequence %d: %d on the time line, %d entries, alive %d, linked %d", sequence, (int)shown, (int)entries, alive, linked);
	if (number(p, ON_TIMELINE " AND (person_id <> ?2 OR record_class <> ?3)", person, cls, "", ""))
		fail_msg("sequence %d: time line of another person or class", sequence);
	int64_t listed_codes = *r.classes ? 1 : 0;
	for (const char *q = r.classes; *q; q++)
		listed_codes += *q == '|';
	if (number(p, "SELECT COUNT(*) FROM consult_class WHERE consult_id = ?1 AND kind = 'class' AND"
		" '|' || ?4 || '|' NOT LIKE '%|' || code || '|%'", 0, 0, r.classes, "") ||
		number(p, "SELECT COUNT(*) FROM consult_class WHERE consult_id = ?1 AND kind = 'class'", 0, 0, "", "") != listed_codes)
		fail_msg("sequence %d: codes differ from the row (%s)", sequence, r.classes);
	bool rights = cls == CLASS_RIGHTS;
	if (strstr(r.classes, "abuse") && !rights)
		fail_msg("sequence %d: a rights matter in the open", sequence);
#define GRANTS "SELECT COUNT(*) FROM access_grant WHERE via_table = 'consult' AND via_id = ?1 AND account_id IN "
	int64_t group = number(p, GRANTS "(15, 16)", 0, 0, "", ""), taker = number(p, GRANTS "(11)", 0, 0, "", "");
	bool closed = str_eq(r.status, "closed");
	if (group != (rights && linked ? 2 : 0))
		fail_msg("sequence %d: %d grants of the group", sequence, (int)group);
	/* who took it has one while it is open; of what is closed only if it was open to the taker before, and not for longer than today */
	if (rights && linked ? !closed && taker != 1 : taker != 0)
		fail_msg("sequence %d: %d grants of who took it, closed %d", sequence, (int)taker, closed);
	if (closed && alive && number(p, GRANTS "(11) AND to_on > ?4", 0, 0, iso(w, w->c.today), ""))
		fail_msg("sequence %d: the taker of what is closed keeps it", sequence);
	assert_true((r.closed_on != CIVIL_NONE) == str_eq(r.status, "closed"));
	nurse2(w);
	struct consult_view v;
	err e = consult_get(&w->c, p->pid, &v);
	if (e != (alive && !rights ? OK : ERR_NOTFOUND))
		fail_msg("sequence %d: the colleague gets %s", sequence, err_name(e));
	nurse(w);
	if (alive && rights && linked && !taker)
		return; /* another matter of the person may still let the taker in */
	assert_true(consult_get(&w->c, p->pid, &v) == (alive ? OK : ERR_NOTFOUND)); /* who took it finds it while the right lasts */
}

static void sequences_agree(void **state)
{
	struct play p = {.w = *state};
	for (int s = 0; s < SEQUENCES; s++) {
		struct arena_mark m = arena_mark_get(p.w->arena);
		seed = 20261118u + (uint64_t)s * 7919u;
		nurse(p.w);
		start(&p);
		agree(&p, s);
		for (int n = 1 + chance(MAX_ACTS), i = 0; i < n; i++) {
			act(&p);
			agree(&p, s);
		}
		p.w->c.faults = NULL; /* a request begins with none, and with fresh memory */
		p.w->c.n_faults = p.w->c.cap_faults = 0;
		arena_rewind(p.w->arena, m);
	}
	for (int i = 0; i < 8; i++)
		assert_true(p.done[i] > 20); /* every act took place */
}

int main(void)
{
	const struct CMUnitTest tests[] = {CARE(sequences_agree)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
