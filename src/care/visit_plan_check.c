/* What stands against a planned visit: faults, the deadline of モニタリング, two visits at one time. */
#include "care/visit_plan_own.h"

#include "base/house.h"
#include "base/str.h"
#include "care/case.h"
#include "care/mandate.h"
#include "care/monitor.h"
#include "jp/era.h"
#include "law/codes.h"
#include "register/gen.h"
#include "register/person.h"
#include "register/staff.h"
#include "sql/q_visit_plan.h"

enum { NOTE_MAX = 2000, PLACE_MAX = 80, FARTHEST_DAYS = 400, STAFF_MOST = 1000 };

/* ---- faults ------------------------------------------------------------------------------------------------------------- */

static void check_day(struct ctx *c, const struct t_visit_plan *r, const struct t_visit_plan *old)
{
	if (r->planned_on == CIVIL_NONE)
		(void)fault_add(c, "planned_on", ERR_REQUIRED, "「訪問する日」を入力してください。");
	else if (r->planned_on < c->today && !(old && old->planned_on == r->planned_on))
		(void)fault_add(c, "planned_on", ERR_INPUT, "「訪問する日」が今日より前になっています。これからの日を入力してください。行った訪問は、支援経過かモニタリングに記録します。");
	else if (r->planned_on > c->today + FARTHEST_DAYS)
		(void)fault_add(c, "planned_on", ERR_INPUT, "「訪問する日」が1年以上先になっています。年を確かめてください。");
}

static void check_times(struct ctx *c, const struct t_visit_plan *r)
{
	if (fault_of(c, "from_min") || fault_of(c, "to_min"))
		return; /* what was typed is no time: said by the page */
	if ((r->from_min != INT_NULL && (r->from_min < 0 || r->from_min > 1439)) || (r->to_min != INT_NULL && (r->to_min < 0 || r->to_min > 1440)))
		(void)fault_add(c, "from_min", ERR_INPUT, "時刻は 10:00 のように入力してください。");
	else if (r->to_min != INT_NULL && r->from_min == INT_NULL)
		(void)fault_add(c, "from_min", ERR_INPUT, "終わりの時刻だけが入っています。「始まり」の時刻も入力してください。");
	else if (r->to_min != INT_NULL && r->to_min <= r->from_min)
		(void)fault_add(c, "to_min", ERR_INPUT, "「終わり」が「始まり」より前か同じ時刻になっています。時刻を確かめてください。");
}

/* Who goes is at work here on that day; somebody who has left since keeps a plan that is not touched. */
static err check_staff(struct ctx *c, const struct t_visit_plan *r, const struct t_visit_plan *old)
{
	struct staff_row *s;
	size_t n;
	if (!r->staff_id) {
		(void)fault_add(c, "staff", ERR_REQUIRED, "「訪問する職員」を選んでください。");
		return OK;
	}
	if (old && old->staff_id == r->staff_id && old->planned_on == r->planned_on)
		return OK;
	TRY(staff_list(c, &(struct staff_filter){.org_id = r->org_id, .on = r->planned_on == CIVIL_NONE ? c->today : r->planned_on, .limit = STAFF_MOST}, &s, &n));
	for (size_t i = 0; i < n; i++)
		if (s[i].id == r->staff_id)
			return OK;
	(void)fault_add(c, "staff", ERR_NOT_CHOICE, "「訪問する職員」は、その日にこの機関で働いている職員から選んでください。");
	return OK;
}

/* The case of the day: the organisation's own, else one it took on. All of the own closed by then: a fault. */
static err find_case(struct ctx *c, struct t_visit_plan *r)
{
	struct person p;
	struct case_view *v;
	size_t n;
	civil closed = CIVIL_NONE;
	bool own = false;
	TRY(person_load(c, r->person_id, &p));
	TRY(case_list(c, p.pid, true, &v, &n));
	r->case_id = INT_NULL;
	for (size_t i = 0; i < n; i++) {
		const struct t_care_case *k = &v[i].row;
		bool covers = k->end_on == CIVIL_NONE || k->end_on >= r->planned_on, mine = k->org_id == c->actor.org_id;
		if (mine && !covers && (closed == CIVIL_NONE || k->end_on > closed))
			closed = k->end_on;
		if (!covers || (own && r->case_id != INT_NULL))
			continue;
		if (mine || (r->case_id == INT_NULL && mandate_record(c, r->person_id, k->id, MANDATE_LOG) == OK)) {
			r->case_id = k->id;
			own = mine;
		}
	}
	if (r->case_id == INT_NULL && closed != CIVIL_NONE)
		(void)fault_add(c, "planned_on", ERR_INPUT, "この方への支援は%sに終わっています。それより後の日に訪問の予定は入れられません。支援を続けるときは、ケースの終了を取り消すか、"
			"新しいケースを作ってから入れてください。", era_text(c->arena, closed));
	return OK;
}

err visit_check(struct ctx *c, struct t_visit_plan *r, const struct t_visit_plan *old)
{
	check_day(c, r, old);
	check_times(c, r);
	if (str_blank(r->purpose))
		(void)fault_add(c, "purpose", ERR_REQUIRED, "「目的」を選んでください。");
	else if (!law_code_valid(c->house->law, "visit_purpose", r->purpose, c->today))
		(void)fault_add(c, "purpose", ERR_NOT_CHOICE, "「目的」は、一覧から選んでください。");
	gen_check_text(c, "place", "訪問先", r->place, false, PLACE_MAX);
	gen_check_text(c, "note", "持ち物・確認すること", r->note, false, NOTE_MAX);
	TRY(check_staff(c, r, old));
	if (r->planned_on != CIVIL_NONE)
		TRY(find_case(c, r));
	return c->n_faults ? ERR_INPUT : OK; /* those of the page, too */
}

/* ---- the deadline --------------------------------------------------------------------------------------------------------- */

/* The facts of the case as they will stand if every other planned visit is made. What is overdue today can not be mended by a
 * plan, so the period before this one is taken as done: then the end of this one counts. */
static err facts_ahead(struct ctx *c, const struct t_visit_plan *r, struct monitor_facts *f)
{
	struct t_care_case k;
	struct q_visit_plan_ahead_row *a;
	struct monitor_due now;
	size_t n;
	civil from, to;
	TRY(row_load(c, &T_care_case, r->case_id, &k));
	TRY(monitor_facts_of(c, &k, 0, f));
	TRY(q_visit_plan_ahead(c, &(struct q_visit_plan_ahead_in){.person_id = r->person_id, .from_on = c->today, .except_id = r->id}, &a, &n));
	struct monitor_act *acts = ARENA_ARRAY(c->arena, f->n_acts + n + 1, struct monitor_act);
	size_t used = 0;
	monitor_judge(c->house->law, c->arena, f, c->today, &now);
	while (used < f->n_acts) {
		acts[used] = f->acts[used];
		used++;
	}
	if (now.interview_due != CIVIL_NONE && now.interview_due < c->today && monitor_period(c->house->law, f, c->today, &from, &to))
		acts[used++] = (struct monitor_act){from - 1, MONITOR_VISIT};
	for (size_t i = 0; i < n; i++)
		acts[used++] = (struct monitor_act){a[i].planned_on, MONITOR_VISIT};
	f->acts = acts;
	f->n_acts = used;
	return OK;
}

/* The first duty that would have to be done before the day of the visit, and would not be. */
static err deadline(struct ctx *c, const struct t_visit_plan *r, const struct t_visit_plan *old, const struct monitor_duty **hit)
{
	bool monitoring = str_eq(r->purpose, "monitoring"), later = old && old->planned_on < r->planned_on;
	struct monitor_facts f;
	struct monitor_due *due = ARENA_NEW(c->arena, struct monitor_due);
	*hit = NULL;
	if (r->case_id == INT_NULL || (!monitoring && !later))
		return OK;
	if (old && old->planned_on == r->planned_on && str_eq(old->purpose, r->purpose))
		return OK; /* nothing of it changed */
	TRY(facts_ahead(c, r, &f));
	monitor_judge(c->house->law, c->arena, &f, r->planned_on, due);
	for (size_t i = 0; i < due->n && !*hit; i++)
		if (due->v[i].due_on < r->planned_on && due->v[i].due_on >= c->today && (monitoring || old->planned_on <= due->v[i].due_on))
			*hit = &due->v[i];
	return OK;
}

/* ---- warnings --------------------------------------------------------------------------------------------------------------- */

static const char *day_key(struct ctx *c, civil day)
{
	char text[CIVIL_TEXT];
	civil_text(day, text);
	return arena_str(c->arena, text);
}

static err meets(struct ctx *c, const struct t_visit_plan *r, const struct t_visit_plan *old, struct q_visit_plan_meets_row **v, size_t *n)
{
	*n = 0;
	if (r->from_min == INT_NULL)
		return OK;
	if (old && old->planned_on == r->planned_on && old->staff_id == r->staff_id && old->from_min == r->from_min && old->to_min == r->to_min)
		return OK;
	return q_visit_plan_meets(c, &(struct q_visit_plan_meets_in){.staff_id = r->staff_id, .on_day = r->planned_on, .from_min = r->from_min,
		.to_min = r->to_min == INT_NULL ? r->from_min + 1 : r->to_min, .except_id = r->id}, v, n);
}

err visit_warn(struct ctx *c, const struct t_visit_plan *r, const struct t_visit_plan *old, const char *accepted, struct visit_warning *out)
{
	const struct monitor_duty *late;
	struct q_visit_plan_meets_row *v;
	size_t n;
	const char *press = old && old->planned_on != r->planned_on ? "この日に動かす" : "この予定で入れる";
	TRY(deadline(c, r, old, &late));
	TRY(meets(c, r, old, &v, &n));
	const char *key = "";
	if (late)
		key = arena_fmt(c->arena, "due_%s_%s", day_key(c, late->due_on), day_key(c, r->planned_on));
	for (size_t i = 0; i < n; i++)
		key = arena_fmt(c->arena, "%s.meet_%s_%lld_%lld", key, v[i].pid, (long long)r->from_min, (long long)(r->to_min == INT_NULL ? 0 : r->to_min));
	out->key = key;
	if (!*key || str_eq(key, accepted))
		return OK;
	if (late)
		(void)fault_add(c, "planned_on", ERR_INPUT, "%sは、モニタリングの期限（%sまで）を過ぎます。%s期限までの日に直すか、それでもこの日にするときは「%s」を押してください。",
			era_text_week(c->arena, r->planned_on), era_text(c->arena, late->due_on), late->sentence, press);
	for (size_t i = 0; i < n; i++)
		(void)fault_add(c, "from_min", ERR_INPUT, "同じ職員に、%s %sさんの訪問の予定があり、時刻が重なります。時刻を直すか、それでもよいときは「%s」を押してください。",
			visit_clock(c, v[i].from_min, v[i].to_min), v[i].person_name, press);
	return ERR_INPUT;
}
