#include "register/seen.h"

#include "access/policy.h"
#include "base/str.h"
#include "register/gate.h"
#include "register/person.h"
#include "sql/q_record.h"
#include "store/tx.h"

enum { LINES_MAX = 200, PEOPLE_MAX = 500 };

err seen_marks(struct ctx *c, int64_t person_id, struct seen_marks *out)
{
	struct q_record_seen_of_row *r;
	TRY(policy_check(c, person_id, CLASS_NAMECARD, ACTION_SEE));
	TRY(q_record_seen_of(c, &(struct q_record_seen_of_in){.person_id = person_id}, &r, &out->n));
	out->person_id = ARENA_ARRAY(c->arena, out->n + 1, int64_t);
	out->ms = ARENA_ARRAY(c->arena, out->n + 1, int64_t);
	for (size_t i = 0; i < out->n; i++) {
		out->person_id[i] = r[i].person_id;
		out->ms[i] = r[i].seen_ms;
	}
	return OK;
}

bool seen_is_new(const struct ctx *c, const struct seen_marks *m, const struct timeline_entry *e)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->person_id[i] == e->person_id)
			return e->changed_ms > m->ms[i] && e->changed_by != c->actor.account_id;
	return false;
}

err seen_fresh(struct ctx *c, int64_t person_id, int limit, struct timeline_entry **v, size_t *n)
{
	struct q_record_seen_fresh_row *r;
	TRY(policy_check(c, person_id, CLASS_NAMECARD, ACTION_SEE));
	TRY(q_record_seen_fresh(c, &(struct q_record_seen_fresh_in){.person_id = person_id,
		.limit = limit <= 0 || limit > LINES_MAX ? LINES_MAX : limit}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct timeline_entry);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct timeline_entry){r[i].id, r[i].person_id, r[i].at_ms, r[i].on_day, r[i].kind, (int)r[i].record_class, r[i].org_id,
			r[i].title, r[i].summary, r[i].table_name, r[i].row_pid, r[i].row_id,
			r[i].created_ms, r[i].changed_ms, r[i].changed_by};
	return OK;
}

err seen_newest(struct ctx *c, int64_t person_id, int64_t *ms)
{
	struct q_record_seen_newest_row r;
	TRY(policy_check(c, person_id, CLASS_NAMECARD, ACTION_SEE));
	TRY(q_record_seen_newest(c, &(struct q_record_seen_newest_in){.person_id = person_id}, &r));
	*ms = r.ms == INT_NULL ? 0 : r.ms;
	return OK;
}

struct mark_job {
	int64_t person_id, ms;
};

static err mark_tx(struct ctx *c, void *arg)
{
	const struct mark_job *j = arg;
	return q_record_seen_mark(c, &(struct q_record_seen_mark_in){.person_id = j->person_id, .seen_ms = j->ms}, NULL);
}

err seen_mark(struct ctx *c, const char *person_pid, int64_t upto_ms)
{
	struct mark_job j = {.ms = upto_ms < 0 ? 0 : upto_ms > c->now_ms ? c->now_ms : upto_ms};
	TRY(gate_logged_in(c));
	TRY(person_id(c, person_pid, &j.person_id));
	return tx_run(c, mark_tx, &j);
}

err seen_people(struct ctx *c, const struct seen_filter *f, struct seen_person **v, size_t *n)
{
	struct q_record_seen_people_row *r;
	TRY(q_record_seen_people(c, &(struct q_record_seen_people_in){.staff_id = f->staff_id, .all = f->staff_id == INT_NULL, .offset = f->offset,
		.limit = f->limit ? f->limit : PEOPLE_MAX}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct seen_person);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct seen_person){r[i].cluster_id, r[i].pid, r[i].name, r[i].n, r[i].newest_ms};
	return OK;
}

err seen_people_count(struct ctx *c, const struct seen_filter *f, int64_t *n)
{
	struct q_record_seen_people_count_row r;
	TRY(q_record_seen_people_count(c, &(struct q_record_seen_people_count_in){.staff_id = f->staff_id, .all = f->staff_id == INT_NULL}, &r));
	*n = r.n;
	return OK;
}

int64_t seen_of(const struct seen_person *v, size_t n, int64_t cluster_id)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].cluster_id == cluster_id)
			return v[i].n;
	return 0;
}
