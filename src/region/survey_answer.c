/* survey_answer — answers of a round: read, entered by staff, by the target's own organisation, fetched from the front. */
#include "access/policy.h"
#include "base/pid.h"
#include "base/str.h"
#include "region/front.h"
#include "region/survey_seat.h"
#include "register/gen.h"
#include "register/org.h"
#include "register/staff.h"
#include "sql/q_survey.h"
#include "store/tx.h"

#include <string.h>

enum { NOTE_CHARS = 200 };

err survey_store_answers(struct ctx *c, const struct answers *as, const char **json)
{
	*json = json_to_text(c->arena, answers_to_json(c->arena, front_visible(c, as)), false);
	return OK;
}

err survey_read_answers(struct ctx *c, const struct form_def *def, const char *json, struct answers **out)
{
	struct json *v;
	const char *why;
	TRY(json_parse(c->arena, json, strlen(json), NULL, &v, &why));
	return answers_from_json(c->arena, def, v, out, &why);
}

static err def_of(struct ctx *c, const struct t_survey_round *r, const struct form_def **def)
{
	struct t_survey_form f;
	TRY(row_load(c, &T_survey_form, r->form_id, &f));
	return survey_form_def(c, &f, def);
}

/* ---- reading --------------------------------------------------------------------------------------------------------------- */

static err view_of(struct ctx *c, const struct t_survey_invitation *i, const struct t_survey_round *r, struct survey_answer_view *out)
{
	struct q_survey_answer_of_row a;
	struct t_survey_target t;
	struct answers *as, *known;
	bool found;
	*out = (struct survey_answer_view){.invitation_pid = i->pid, .serial = i->serial, .staff_name = ""};
	TRY(def_of(c, r, &out->def));
	TRY(row_load(c, &T_survey_target, i->target_id, &t));
	out->target_label = t.label;
	out->target_pid = t.pid;
	TRY(q_survey_answer_of(c, &(struct q_survey_answer_of_in){.invitation_id = i->id}, &a, &found));
	if (!found) {
		row_init(&T_survey_answer, &out->row);
		out->answers = answers_new(c->arena, out->def);
		return OK;
	}
	TRY(row_load(c, &T_survey_answer, a.id, &out->row));
	TRY(survey_read_answers(c, out->def, out->row.answers, &as));
	out->answers = as;
	if (*out->row.prefill) {
		TRY(survey_read_answers(c, out->def, out->row.prefill, &known));
		out->prefill = known;
	}
	if (out->row.staff_id != INT_NULL) {
		struct staff s;
		TRY(staff_load(c, out->row.staff_id, &s));
		out->staff_name = s.name;
	}
	return OK;
}

/* Nothing saved yet: what the records say now stands in the fields. */
static err fill_in(struct ctx *c, const struct t_survey *s, const struct t_survey_round *r, const struct t_survey_invitation *i, struct survey_answer_view *v)
{
	struct t_survey_target t;
	struct answers *known = NULL;
	if (v->row.id)
		return OK;
	TRY(row_load(c, &T_survey_target, i->target_id, &t));
	if (t.org_id == INT_NULL || t.staff_id != INT_NULL)
		return OK;
	TRY(survey_prefill(c, s, r, v->def, t.org_id, &known));
	if (!known)
		return OK;
	v->prefill = known;
	v->answers = answers_copy(c->arena, known);
	return OK;
}

err survey_answer_get(struct ctx *c, const char *invitation_pid, struct survey_answer_view *out)
{
	struct t_survey_invitation i;
	struct t_survey_round r;
	struct t_survey s;
	TRY(survey_seat_for(c, invitation_pid, ACTION_SEE, &i, &r, &s));
	if (s.is_anonymous)
		return ERR_NOTFOUND;
	TRY(view_of(c, &i, &r, out));
	return fill_in(c, &s, &r, &i, out);
}

/* ---- writing ------------------------------------------------------------------------------------------------------------------ */

struct entering {
	const char *invitation_pid, *round_pid, *mode, *note;
	int64_t serial, base;
	const struct answers *as;
	bool submit;
};

static err put(struct ctx *c, const struct t_survey_round *r, const struct t_survey_invitation *i, const struct t_survey *s, const struct entering *e, int64_t staff_id)
{
	struct survey_answer_view v;
	TRY(view_of(c, i, r, &v));
	if (v.row.id && e->base && e->base != v.row.version)
		return ERR_CONFLICT;
	if (!v.row.id) {
		v.row.round_id = r->id;
		v.row.invitation_id = i->id;
		TRY(fill_in(c, s, r, i, &v));
		if (v.prefill)
			TRY(survey_store_answers(c, v.prefill, &v.row.prefill));
	}
	v.row.mode = e->mode;
	v.row.staff_id = staff_id;
	v.row.entry_note = e->note;
	v.row.state = e->submit || str_eq(v.row.state, "submitted") ? "submitted" : "partial";
	if (e->submit)
		v.row.submitted_on = c->today;
	TRY(survey_store_answers(c, e->as, &v.row.answers));
	return v.row.id ? row_save(c, &T_survey_answer, &v.row, NULL) : row_insert(c, &T_survey_answer, &v.row);
}

static err check_mode(struct ctx *c, const char *mode)
{
	if (!*survey_label(SURVEY_MODES, mode) || str_eq(mode, "web") || str_eq(mode, "inside"))
		return fault_add(c, "_mode", ERR_NOT_CHOICE, "「回答の届き方」は、郵送・ファクスなどから選んでください。");
	return OK;
}

static err enter_tx(struct ctx *c, void *arg)
{
	const struct entering *e = arg;
	struct t_survey_invitation i;
	struct t_survey_round r;
	struct t_survey s;
	TRY(survey_seat_for(c, e->invitation_pid, ACTION_WRITE, &i, &r, &s));
	if (s.is_anonymous)
		return ERR_NOTFOUND;
	TRY(check_mode(c, e->mode));
	if (e->serial != INT_NULL && e->serial != i.serial)
		return fault_add(c, "_serial", ERR_SURVEY_OTHER, "受付番号 %lld は、この回答者のものではありません（この回答者は %lld）。用紙と回答者を確かめてください。", (long long)e->serial, (long long)i.serial);
	gen_check_text(c, "_note", "代わりに入力した理由", e->note, !survey_round_is_open(&r, c->today), NOTE_CHARS);
	if (fault_of(c, "_note"))
		return ERR_INPUT;
	TRY(answers_validate(c, e->as, !e->submit, NULL));
	return put(c, &r, &i, &s, e, c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL);
}

err survey_answer_enter(struct ctx *c, const char *invitation_pid, int64_t serial, const struct answers *as, const char *mode, const char *note, bool submit, int64_t base)
{
	return tx_run(c, enter_tx, &(struct entering){.invitation_pid = invitation_pid, .serial = serial, .as = as, .mode = mode, .note = str_or(note, ""), .submit = submit, .base = base});
}

static int64_t random_id(void)
{
	uint64_t v = 0;
	while (v == 0) {
		rand_bytes(&v, sizeof v);
		v &= INT64_MAX;
	}
	return (int64_t)v;
}

/* A sheet of paper has no seat: it goes into the pot among the others. */
static err anon_tx(struct ctx *c, void *arg)
{
	const struct entering *e = arg;
	struct t_survey_round r;
	struct t_survey s;
	TRY(survey_round_for(c, e->round_pid, ACTION_WRITE, &r, &s));
	if (!s.is_anonymous)
		return ERR_NOTFOUND;
	TRY(check_mode(c, e->mode));
	TRY(answers_validate(c, e->as, false, NULL));
	TRY(survey_round_front(c, &s, &r));
	return front_pot_add(c, r.pid, e->mode, front_visible(c, e->as));
}

err survey_anon_enter(struct ctx *c, const char *round_pid, const struct answers *as, const char *mode)
{
	return tx_run(c, anon_tx, &(struct entering){.round_pid = round_pid, .as = as, .mode = mode});
}

/* ---- from the front -------------------------------------------------------------------------------------------------------------- */

static err anon_put(struct ctx *c, const struct t_survey_round *r, const char *mode, const char *answers)
{
	return q_survey_anon_put(c, &(struct q_survey_anon_put_in){.id = random_id(), .round_id = r->id, .mode = mode, .received_on = c->today, .answers = answers}, NULL);
}

struct collecting {
	const char *round_pid;
	bool pot;
	int64_t n;
};

static err take_one(struct ctx *c, const struct t_survey_round *r, const struct front_given *g, int64_t *n)
{
	struct q_survey_invitation_by_pid_row f;
	struct t_survey_invitation i;
	struct survey_answer_view v;
	struct t_survey_answer was;
	bool found;
	TRY(q_survey_invitation_by_pid(c, &(struct q_survey_invitation_by_pid_in){.pid = g->seat_key}, &f, &found));
	if (!found || f.round_id != r->id || !*g->answers)
		return OK;
	TRY(row_load(c, &T_survey_invitation, f.id, &i));
	TRY(view_of(c, &i, r, &v));
	was = v.row;
	/* what came on paper or from the own desk later than the link's last word stays */
	if (v.row.id && !str_eq(v.row.mode, "web") && (g->submitted_on == CIVIL_NONE || (v.row.submitted_on != CIVIL_NONE && v.row.submitted_on >= g->submitted_on)))
		return OK;
	if (!v.row.id) {
		v.row.round_id = r->id;
		v.row.invitation_id = i.id;
		v.row.prefill = g->prefill;
	}
	v.row.mode = "web";
	v.row.staff_id = INT_NULL;
	v.row.entry_note = "";
	v.row.state = g->state;
	v.row.submitted_on = g->submitted_on;
	v.row.answers = g->answers;
	if (was.id && row_same(&T_survey_answer, &was, &v.row))
		return OK;
	++*n;
	return was.id ? row_save(c, &T_survey_answer, &v.row, NULL) : row_insert(c, &T_survey_answer, &v.row);
}

static err collect_tx(struct ctx *c, void *arg)
{
	struct collecting *k = arg;
	struct t_survey_round r;
	struct t_survey s;
	struct front_given *g;
	struct front_cast *pot;
	size_t n;
	TRY(survey_round_for(c, k->round_pid, ACTION_WRITE, &r, &s));
	k->n = 0;
	if (!s.is_anonymous) {
		TRY(front_given_list(c, r.pid, NULL, &g, &n));
		for (size_t i = 0; i < n; i++)
			TRY(take_one(c, &r, &g[i], &k->n));
		return OK;
	}
	if (!k->pot)
		return OK;
	TRY(front_pot_take(c, r.pid, &pot, &n));
	for (size_t i = 0; i < n; i++)
		TRY(anon_put(c, &r, pot[i].mode, pot[i].answers));
	k->n = (int64_t)n;
	return OK;
}

err survey_collect(struct ctx *c, const char *round_pid, bool pot, int64_t *n)
{
	struct collecting k = {.round_pid = round_pid, .pot = pot};
	err e = tx_run(c, collect_tx, &k);
	*n = k.n;
	return e;
}

static err gathered_tx(struct ctx *c, void *arg)
{
	const char *seat_key = arg;
	struct q_survey_invitation_by_pid_row f;
	struct t_survey_round r;
	struct t_survey s;
	struct front_given *g;
	bool found;
	int64_t n_new = 0;
	size_t n;
	TRY(q_survey_invitation_by_pid(c, &(struct q_survey_invitation_by_pid_in){.pid = seat_key}, &f, &found));
	if (!found)
		return OK; /* the outside house: its file brings the answer */
	TRY(row_load(c, &T_survey_round, f.round_id, &r));
	TRY(row_load(c, &T_survey, r.survey_id, &s));
	if (s.is_anonymous)
		return OK;
	TRY(front_given_list(c, r.pid, seat_key, &g, &n));
	return n ? take_one(c, &r, &g[0], &n_new) : OK;
}

err survey_gathered(struct ctx *c, const char *seat_key) { return tx_run(c, gathered_tx, (void *)seat_key); }

/* ---- the target's own organisation ------------------------------------------------------------------------------------------------- */

err survey_own_list(struct ctx *c, struct survey_own **v, size_t *n)
{
	struct q_survey_own_list_row *r;
	TRY(policy_check_own(c, c->actor.org_id, CLASS_STATISTICS, ACTION_SEE));
	TRY(q_survey_own_list(c, &(struct q_survey_own_list_in){.org_id = c->actor.org_id, .today = c->today}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct survey_own);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct survey_own){.invitation_pid = r[i].invitation_pid, .title = r[i].title, .round_name = r[i].round_name, .sender = r[i].sender,
			.state = str_or(r[i].answer_state, ""), .opens_on = r[i].opens_on, .closes_on = r[i].closes_on,
			.is_open = r[i].closed_on == CIVIL_NONE && r[i].closes_on >= c->today};
	return OK;
}

/* The invitation must be that of the actor's own organisation as such. */
static err own_for(struct ctx *c, const char *pid, enum action a, struct t_survey_invitation *i, struct t_survey_round *r, struct t_survey *s)
{
	struct q_survey_invitation_by_pid_row f;
	struct t_survey_target t;
	bool found;
	TRY(q_survey_invitation_by_pid(c, &(struct q_survey_invitation_by_pid_in){.pid = pid}, &f, &found));
	if (!found)
		return ERR_NOTFOUND;
	TRY(row_load(c, &T_survey_invitation, f.id, i));
	TRY(row_load(c, &T_survey_target, i->target_id, &t));
	if (t.org_id != c->actor.org_id || t.staff_id != INT_NULL || t.person_id != INT_NULL || t.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	TRY(policy_check_own(c, t.org_id, CLASS_STATISTICS, a));
	TRY(row_load(c, &T_survey_round, i->round_id, r));
	TRY(row_load(c, &T_survey, r->survey_id, s));
	return s->is_anonymous || r->is_outside || r->opens_on > c->today || s->retired_ms != INT_NULL || r->retired_ms != INT_NULL ? ERR_NOTFOUND : OK;
}

err survey_own_get(struct ctx *c, const char *invitation_pid, struct survey_answer_view *out, struct t_survey_round *round, struct t_survey *survey)
{
	struct t_survey_invitation i;
	TRY(own_for(c, invitation_pid, ACTION_SEE, &i, round, survey));
	TRY(view_of(c, &i, round, out));
	return fill_in(c, survey, round, &i, out);
}

static err own_tx(struct ctx *c, void *arg)
{
	const struct entering *e = arg;
	struct t_survey_invitation i;
	struct t_survey_round r;
	struct t_survey s;
	TRY(own_for(c, e->invitation_pid, ACTION_WRITE, &i, &r, &s));
	if (!survey_round_is_open(&r, c->today))
		return fault_add(c, "closes_on", ERR_SURVEY_CLOSED, "回答の受付は終わっています。直したいときは、調査をした機関へご連絡ください。");
	TRY(answers_validate(c, e->as, !e->submit, NULL));
	return put(c, &r, &i, &s, e, c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL);
}

err survey_own_save(struct ctx *c, const char *invitation_pid, const struct answers *as, bool submit, int64_t base)
{
	return tx_run(c, own_tx, &(struct entering){.invitation_pid = invitation_pid, .as = as, .mode = "inside", .note = "", .submit = submit, .base = base});
}
