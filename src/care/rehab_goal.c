#include "care/rehab_goal.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/rehab_own.h"
#include "jp/era.h"
#include "law/codes.h"
#include "law/numbers.h"
#include "register/bin.h"
#include "register/gen.h"
#include "register/person.h"
#include "register/task.h"
#include "register/timeline.h"
#include "sql/q_rehab.h"
#include "store/tx.h"

#define TABLE "rehab_goal"

enum { TEXT = 2000, LINE = 200 };

/* ---- shared by care/rehab_* ------------------------------------------------------------------------------------------ */

err rehab_same_person(struct ctx *c, int64_t a, int64_t b)
{
	struct t_person x, y;
	TRY(row_load(c, &T_person, a, &x));
	TRY(row_load(c, &T_person, b, &y));
	return x.cluster_id == y.cluster_id ? OK : ERR_NOTFOUND;
}

err rehab_number(struct ctx *c, const char *id, int *n)
{
	int64_t v;
	TRY(law_number(c->house->law, id, c->today, &v));
	*n = (int)v;
	return OK;
}

err rehab_manager_of(struct ctx *c, int64_t person_id, struct rehab_manager *out)
{
	struct q_rehab_manager_of_row r;
	*out = (struct rehab_manager){.org_name = "", .staff_name = ""};
	TRY(q_rehab_manager_of(c, &(struct q_rehab_manager_of_in){.person_id = person_id}, &r, &out->found));
	if (out->found) {
		out->org_id = r.org_id;
		out->staff_id = r.staff_id == INT_NULL ? 0 : r.staff_id;
		out->org_name = r.org_name;
		out->staff_name = str_or(r.staff_name, "");
	}
	return OK;
}

const char *rehab_type_label(struct ctx *c, const char *code) { return str_blank(code) ? "" : law_code_label(c->house->law, "rehab_service", code); }

/* ---- the days of a course --------------------------------------------------------------------------------------------- */

/* By the numbers of today. */
static err goal_due(struct ctx *c, const struct t_rehab_goal *g, struct rehab_wanted *v, size_t *n)
{
	struct rehab_numbers no;
	TRY(rehab_number(c, "rehab_first_days", &no.first_days));
	TRY(rehab_number(c, "rehab_again_months", &no.again_months));
	TRY(rehab_number(c, "rehab_ahead_months", &no.ahead_months));
	TRY(rehab_number(c, "rehab_end_months", &no.end_months));
	struct rehab_course k = {.started_on = g->started_on, .end_on = g->end_on, .ended_on = g->ended_on, .known_on = g->known_on == CIVIL_NONE ? civil_of_instant(g->created_ms) : g->known_on,
		.is_facility = law_code_valid(c->house->law, "rehab_facility", g->type_code, c->today)};
	*n = rehab_due_of(&k, &no, c->today, v);
	return OK;
}

/* Is this one due before the course was recorded, and not asked for? */
static bool is_before(const struct rehab_wanted *v, size_t n, const struct t_rehab_review *r)
{
	for (size_t k = 0; k < n; k++)
		if (v[k].due == r->due_on && str_eq(v[k].kind, r->kind))
			return v[k].before;
	return false;
}

/* ---- read ------------------------------------------------------------------------------------------------------------ */

static err goal_open(struct ctx *c, const char *pid, enum action a, struct t_rehab_goal *row)
{
	TRY(row_find(c, &T_rehab_goal, pid, row));
	TRY(policy_check_record(c, row->person_id, CLASS_CARE, a));
	return row->retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

static err reviews_of(struct ctx *c, int64_t goal_id, struct t_rehab_review **v, size_t *n)
{
	struct q_rehab_review_of_goal_row *r;
	TRY(q_rehab_review_of_goal(c, &(struct q_rehab_review_of_goal_in){.goal_id = goal_id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct t_rehab_review);
	for (size_t i = 0; i < *n; i++)
		TRY(row_load(c, &T_rehab_review, r[i].id, &(*v)[i]));
	return OK;
}

static err view_of(struct ctx *c, struct rehab_goal_view *v)
{
	struct q_rehab_goal_names_row n;
	TRY(q_rehab_goal_names(c, &(struct q_rehab_goal_names_in){.id = v->row.id}, &n));
	v->person_pid = n.person_pid;
	v->person_name = n.person_name;
	v->org_name = n.org_name;
	v->staff_name = str_or(n.staff_name, "");
	v->provider_name = n.provider_name ? n.provider_name : v->row.provider;
	v->updated_by = str_or(n.updated_by, "");
	v->type_label = rehab_type_label(c, v->row.type_code);
	v->may_write = policy_check(c, v->row.person_id, CLASS_CARE, ACTION_WRITE) == OK;
	v->is_open = str_blank(v->row.goal) || v->row.end_on == CIVIL_NONE;
	v->is_ended = v->row.ended_on != CIVIL_NONE && v->row.ended_on < c->today;
	struct rehab_wanted due[REHAB_WANTED];
	size_t n_due;
	TRY(goal_due(c, &v->row, due, &n_due));
	TRY(reviews_of(c, v->row.id, &v->reviews, &v->n_reviews));
	v->before = ARENA_ARRAY(c->arena, v->n_reviews + 1, bool);
	for (size_t i = 0; i < v->n_reviews; i++)
		v->before[i] = v->reviews[i].done_on == CIVIL_NONE && is_before(due, n_due, &v->reviews[i]);
	return OK;
}

err rehab_goal_get(struct ctx *c, const char *pid, struct rehab_goal_view *out)
{
	*out = (struct rehab_goal_view){0};
	TRY(goal_open(c, pid, ACTION_SEE, &out->row));
	return view_of(c, out);
}

err rehab_goal_list(struct ctx *c, const char *person_pid, struct rehab_goal_view **v, size_t *n)
{
	int64_t person;
	struct q_rehab_goal_of_person_row *ids;
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_SEE));
	TRY(q_rehab_goal_of_person(c, &(struct q_rehab_goal_of_person_in){.person_id = person}, &ids, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct rehab_goal_view);
	for (size_t i = 0; i < *n; i++) {
		TRY(row_load(c, &T_rehab_goal, ids[i].id, &(*v)[i].row));
		TRY(view_of(c, &(*v)[i]));
	}
	return OK;
}

err rehab_goal_history(struct ctx *c, const char *pid, struct rehab_goal_version **v, size_t *n)
{
	struct t_rehab_goal row;
	struct row_version *h;
	TRY(goal_open(c, pid, ACTION_SEE, &row));
	TRY(row_history(c, &T_rehab_goal, row.id, &h, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct rehab_goal_version);
	for (size_t i = 0; i < *n; i++) {
		(*v)[i].at_ms = h[i].at_ms;
		(*v)[i].by = h[i].by;
		TRY(row_at_version(c, &T_rehab_goal, row.id, h[i].version, &(*v)[i].row));
	}
	return OK;
}

err rehab_goal_of_review(struct ctx *c, const char *review_pid, struct rehab_goal_view *out)
{
	struct t_rehab_review r;
	struct t_rehab_goal g;
	TRY(row_find(c, &T_rehab_review, review_pid, &r));
	TRY(policy_check_record(c, r.person_id, CLASS_CARE, ACTION_SEE));
	TRY(row_load(c, &T_rehab_goal, r.goal_id, &g));
	return r.retired_ms == INT_NULL ? rehab_goal_get(c, g.pid, out) : ERR_NOTFOUND;
}

err rehab_goal_init(struct ctx *c, const char *person_pid, const char *service_pid, struct t_rehab_goal *row)
{
	struct q_rehab_service_find_row s;
	row_init(&T_rehab_goal, row);
	TRY(person_id(c, person_pid, &row->person_id));
	TRY(policy_check(c, row->person_id, CLASS_CARE, ACTION_WRITE));
	row->org_id = c->actor.org_id;
	row->staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	row->set_on = c->today;
	if (str_blank(service_pid))
		return OK;
	TRY(q_rehab_service_find(c, &(struct q_rehab_service_find_in){.pid = service_pid}, &s));
	TRY(rehab_same_person(c, row->person_id, s.person_id));
	row->type_code = s.type_code;
	row->provider_org_id = s.org_id;
	row->provider = s.office;
	row->goal = s.goal;
	struct q_rehab_service_since_row since;
	TRY(q_rehab_service_since(c, &(struct q_rehab_service_since_in){.cluster_id = s.cluster_id, .type_code = s.type_code}, &since));
	row->started_on = since.since != CIVIL_NONE ? since.since : s.from_on;
	return OK;
}

/* ---- the reviews that follow ------------------------------------------------------------------------------------------- */

static err review_task(struct ctx *c, const struct t_rehab_goal *g, const struct t_rehab_review *r)
{
	struct rehab_manager m;
	TRY(rehab_manager_of(c, g->person_id, &m));
	int64_t staff = m.found && m.org_id == r->org_id ? m.staff_id : g->staff_id == INT_NULL ? 0 : g->staff_id;
	bool end = str_eq(r->kind, "end"), first = str_eq(r->kind, "first");
	const char *what = rehab_type_label(c, g->type_code);
	return task_put(c, &(struct task_new){.kind = "rehab", .person_id = g->person_id, .record_class = CLASS_CARE, .org_id = r->org_id, .assignee_staff_id = staff, .due_on = r->due_on,
		.title = end ? arena_fmt(c->arena, "%sを終える前のリハビリテーション会議", what) : first ? arena_fmt(c->arena, "%sの最初の計画", what) : arena_fmt(c->arena, "%sの計画の見直し", what),
		.reason = end ? arena_fmt(c->arena, "%sに終わる予定です。終わる前の1か月のうちに、次の場（通いの場、総合事業など）の担当者を招いて会議を開き、ケアプランへ引き継ぎます。", era_text(c->arena, g->end_on))
		      : first ? "施設では、始めてからおおむね2週間のうちに計画をつくります。" : "おおむね3か月ごとに評価し、計画を見直します。",
		.table_name = "rehab_review", .row_id = r->id, .row_pid = g->pid}, NULL);
}

/* Open ones that are not wanted any more go, missing ones come; what was done stays and is not asked for again. */
static err follow_reviews(struct ctx *c, const struct t_rehab_goal *g)
{
	struct rehab_wanted v[REHAB_WANTED];
	struct t_rehab_review *old;
	size_t n, n_old;
	bool held[REHAB_WANTED] = {false};
	TRY(goal_due(c, g, v, &n));
	TRY(reviews_of(c, g->id, &old, &n_old));
	for (size_t i = 0; i < n_old; i++) {
		bool keep = old[i].done_on != CIVIL_NONE;
		for (size_t k = 0; k < n; k++)
			if (v[k].due == old[i].due_on && str_eq(v[k].kind, old[i].kind))
				keep = held[k] = true;
		if (!keep) {
			TRY(task_settle(c, "rehab_review", old[i].id, NULL, "予定が変わりました"));
			TRY(row_retire(c, &T_rehab_review, old[i].id, "schedule"));
		} else if (old[i].done_on == CIVIL_NONE && is_before(v, n, &old[i])) {
			TRY(task_settle(c, "rehab_review", old[i].id, NULL, "記録する前に期限が過ぎていました"));
		} else if (old[i].done_on == CIVIL_NONE) {
			TRY(review_task(c, g, &old[i]));
		}
	}
	for (size_t k = 0; k < n; k++) {
		struct t_rehab_review r;
		if (held[k])
			continue;
		row_init(&T_rehab_review, &r);
		r.person_id = g->person_id;
		r.goal_id = g->id;
		r.org_id = g->org_id;
		r.kind = v[k].kind;
		r.due_on = v[k].due;
		TRY(row_insert(c, &T_rehab_review, &r));
		if (!v[k].before)
			TRY(review_task(c, g, &r));
	}
	return OK;
}

static err review_finish(struct ctx *c, struct t_rehab_review *r, civil on, const char *note, int64_t meeting_id)
{
	struct t_rehab_goal g;
	r->done_on = on;
	r->note = note;
	r->meeting_id = meeting_id;
	TRY(row_save(c, &T_rehab_review, r, NULL));
	TRY(task_settle(c, "rehab_review", r->id, NULL, "見直しを記録しました"));
	TRY(row_load(c, &T_rehab_goal, r->goal_id, &g));
	TRY(timeline_add(c, &(struct timeline_new){.person_id = g.person_id, .at_on = on, .kind = "rehab", .record_class = CLASS_CARE, .org_id = r->org_id,
		.title = arena_fmt(c->arena, "%s（%s）", law_code_label(c->house->law, "rehab_review", r->kind), rehab_type_label(c, g.type_code)), .summary = note,
		.table_name = "rehab_review", .row_id = r->id, .row_pid = g.pid}));
	return follow_reviews(c, &g);
}

struct done_in {
	const char *pid, *note;
	civil on;
};

static err done_tx(struct ctx *c, void *arg)
{
	struct done_in *in = arg;
	struct t_rehab_review r;
	struct t_rehab_goal g;
	TRY(row_find(c, &T_rehab_review, in->pid, &r));
	TRY(policy_check_record(c, r.person_id, CLASS_CARE, ACTION_WRITE));
	if (r.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	TRY(row_load(c, &T_rehab_goal, r.goal_id, &g));
	if (g.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	size_t before = c->n_faults;
	if (r.done_on != CIVIL_NONE)
		(void)fault_add(c, "done_on", ERR_INPUT, "この見直しは、もう記録されています。画面を開き直してください。");
	if (str_eq(r.kind, "end"))
		(void)fault_add(c, "done_on", ERR_INPUT, "終わる前の会議は、「リハビリテーション会議」で記録し、確定すると済みになります。");
	if (in->on == CIVIL_NONE)
		(void)fault_add(c, "done_on", ERR_REQUIRED, "「見直した日」を入力してください。");
	else if (in->on > c->today)
		(void)fault_add(c, "done_on", ERR_DATE_FUTURE, "「見直した日」に、これから先の日付は入力できません。");
	gen_check_text(c, "note", "分かったこと・変えたこと", in->note, true, TEXT);
	return c->n_faults > before ? ERR_INPUT : review_finish(c, &r, in->on, in->note, INT_NULL);
}

err rehab_review_done(struct ctx *c, const char *review_pid, civil on_day, const char *note)
{
	return tx_run(c, done_tx, &(struct done_in){review_pid, note, on_day});
}

err rehab_review_by_meeting(struct ctx *c, const struct t_rehab_meeting *m)
{
	struct t_rehab_review *r;
	size_t n;
	int again;
	if (m->goal_id == INT_NULL)
		return OK;
	bool end = str_eq(m->kind, "end");
	struct t_rehab_review *past = NULL;
	struct t_rehab_goal g;
	struct rehab_wanted v[REHAB_WANTED];
	size_t n_v;
	TRY(rehab_number(c, "rehab_again_months", &again));
	TRY(row_load(c, &T_rehab_goal, m->goal_id, &g));
	TRY(goal_due(c, &g, v, &n_v));
	TRY(reviews_of(c, m->goal_id, &r, &n));
	for (size_t i = 0; i < n; i++) {
		/* a plan or review answers the next one that is not farther off than one interval */
		bool fits = end ? str_eq(r[i].kind, "end") : !str_eq(r[i].kind, "end") && r[i].due_on < civil_add_months(m->held_on, again);
		if (r[i].done_on != CIVIL_NONE || !fits)
			continue;
		if (!is_before(v, n_v, &r[i]))
			return review_finish(c, &r[i], m->held_on, "リハビリテーション会議", m->id);
		if (r[i].due_on > civil_add_months(m->held_on, -again))
			past = &r[i];
	}
	/* a conference of long ago written down afterwards: the review of its own time */
	return past ? review_finish(c, past, m->held_on, "リハビリテーション会議", m->id) : OK;
}

/* ---- save ------------------------------------------------------------------------------------------------------------ */

/* How it ended and where the person went on (C-207): said with the end, never without. */
static void check_next(struct ctx *c, struct t_rehab_goal *r)
{
	size_t n;
	r->ended_how = str_or(r->ended_how, "");
	r->next_note = str_trim(c->arena, str_or(r->next_note, ""));
	char **v = str_split(c->arena, str_or(r->next_places, ""), '|', &n);
	if (*r->ended_how && !law_code_valid(c->house->law, "rehab_ended", r->ended_how, c->today))
		(void)fault_add(c, "ended_how", ERR_NOT_CHOICE, "「終わりかた」は、一覧から選んでください。");
	for (size_t i = 0; i < n; i++)
		if (!str_blank(v[i]) && !law_code_valid(c->house->law, "rehab_next_place", v[i], c->today))
			(void)fault_add(c, "next_places", ERR_NOT_CHOICE, "「次の場」は、一覧から選んでください。");
	gen_check_text(c, "next_note", "次の場の名前", r->next_note, false, LINE);
	if (r->ended_on == CIVIL_NONE && (*r->ended_how || !str_blank(r->next_places) || *r->next_note || r->next_seen_on != CIVIL_NONE))
		(void)fault_add(c, "ended_on", ERR_REQUIRED, "「終わりかた」や「次の場」は、終わったときの記録です。「終えた日」を入力してください。");
	if (r->ended_on != CIVIL_NONE && str_blank(r->ended_how))
		(void)fault_add(c, "ended_how", ERR_REQUIRED, "「終わりかた」を選んでください。");
	if (r->next_seen_on == CIVIL_NONE)
		return;
	if (str_blank(r->next_places))
		(void)fault_add(c, "next_places", ERR_REQUIRED, "「通い始めたことを確かめた日」があるときは、「次の場」を選んでください。");
	if (r->next_seen_on > c->today)
		(void)fault_add(c, "next_seen_on", ERR_DATE_FUTURE, "「通い始めたことを確かめた日」に、これから先の日付は入力できません。");
	else if (r->ended_on != CIVIL_NONE && r->next_seen_on < r->ended_on)
		(void)fault_add(c, "next_seen_on", ERR_INPUT, "「通い始めたことを確かめた日」が「終えた日」より前になっています。日付を確かめてください。");
}

static err check(struct ctx *c, struct t_rehab_goal *r)
{
	size_t before = c->n_faults;
	r->goal = str_lf(c->arena, str_trim(c->arena, str_or(r->goal, "")));
	r->provider = str_trim(c->arena, str_or(r->provider, ""));
	r->note = str_lf(c->arena, str_or(r->note, ""));
	if (!law_code_valid(c->house->law, "rehab_service", str_or(r->type_code, ""), c->today))
		(void)fault_add(c, "type_code", ERR_NOT_CHOICE, "「サービス」を一覧から選んでください。");
	gen_check_text(c, "provider", "事業所", r->provider, false, LINE);
	gen_check_text(c, "goal", "目標", r->goal, false, TEXT);
	gen_check_text(c, "note", "見込み・話し合ったこと", r->note, false, TEXT);
	if (r->set_on == CIVIL_NONE)
		(void)fault_add(c, "set_on", ERR_REQUIRED, "「決めた日」を入力してください。");
	else if (r->set_on > c->today)
		(void)fault_add(c, "set_on", ERR_DATE_FUTURE, "「決めた日」に、これから先の日付は入力できません。");
	if (r->end_on != CIVIL_NONE && r->started_on != CIVIL_NONE && r->end_on < r->started_on)
		(void)fault_add(c, "end_on", ERR_INPUT, "「終わりの予定日」が「始めた日」より前になっています。日付を確かめてください。");
	if (r->ended_on != CIVIL_NONE && r->started_on != CIVIL_NONE && r->ended_on < r->started_on)
		(void)fault_add(c, "ended_on", ERR_INPUT, "「終えた日」が「始めた日」より前になっています。日付を確かめてください。");
	if (r->ended_on != CIVIL_NONE && r->ended_on > c->today)
		(void)fault_add(c, "ended_on", ERR_DATE_FUTURE, "「終えた日」に、これから先の日付は入力できません。予定は「終わりの予定日」に入れます。");
	check_next(c, r);
	return c->n_faults > before ? ERR_INPUT : OK;
}

static err tell(struct ctx *c, const struct t_rehab_goal *r)
{
	const char *type = rehab_type_label(c, r->type_code);
	TRY(timeline_touch(c, TABLE, r->id));
	return timeline_add(c, &(struct timeline_new){.person_id = r->person_id, .at_on = r->ended_on != CIVIL_NONE ? r->ended_on : r->set_on, .kind = "rehab", .record_class = CLASS_CARE,
		.org_id = r->org_id, .title = r->ended_on != CIVIL_NONE ? arena_fmt(c->arena, "%sを終えた", type) : arena_fmt(c->arena, "%sの目標と終わり", type),
		.summary = arena_fmt(c->arena, "%s（終わりの予定: %s）", str_blank(r->goal) ? "目標は未定" : r->goal, r->end_on == CIVIL_NONE ? "未定" : era_text(c->arena, r->end_on)),
		.table_name = TABLE, .row_id = r->id, .row_pid = r->pid});
}

struct saving {
	const char *person_pid;
	struct t_rehab_goal *row;
	struct row_conflict **conflict;
};

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_rehab_goal *r = s->row, old;
	int64_t person;
	TRY(person_id(c, s->person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_WRITE));
	if (r->id) {
		TRY(goal_open(c, r->pid, ACTION_WRITE, &old));
		TRY(rehab_same_person(c, person, old.person_id));
		r->person_id = old.person_id;
		r->org_id = old.org_id;
		r->known_on = old.known_on;
	}
	if (!r->id || r->started_on != old.started_on)
		r->known_on = c->today;
	TRY(check(c, r));
	TRY(r->id ? row_save(c, &T_rehab_goal, r, s->conflict) : row_insert(c, &T_rehab_goal, r));
	TRY(follow_reviews(c, r));
	return tell(c, r);
}

err rehab_goal_save(struct ctx *c, const char *person_pid, struct t_rehab_goal *row, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	return tx_run(c, save_tx, &(struct saving){person_pid, row, conflict ? conflict : &none});
}

static err retire_tx(struct ctx *c, void *arg)
{
	const char **a = arg;
	struct t_rehab_goal row;
	TRY(goal_open(c, a[0], ACTION_WRITE, &row));
	return bin_put(c, &(struct bin_put){.table = &T_rehab_goal, .row_id = row.id, .row_pid = row.pid, .person_id = row.person_id, .org_id = row.org_id, .record_class = CLASS_CARE,
		.reason = a[1], .title = arena_fmt(c->arena, "%sの目標と終わり", rehab_type_label(c, row.type_code))}, &a[2]);
}

err rehab_goal_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	const char *a[3] = {pid, reason, NULL};
	TRY(tx_run(c, retire_tx, a));
	if (bin_pid)
		*bin_pid = a[2];
	return OK;
}

err rehab_goal_follow_bin(struct ctx *c, int64_t row_id, bool alive)
{
	struct q_rehab_review_binned_row *t;
	size_t n;
	TRY(q_rehab_review_binned(c, &(struct q_rehab_review_binned_in){.goal_id = row_id, .gone = alive}, &t, &n));
	for (size_t i = 0; i < n; i++)
		TRY(alive ? row_restore(c, &T_task, t[i].id) : row_retire(c, &T_task, t[i].id, "record"));
	return OK;
}
