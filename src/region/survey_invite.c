/* survey_invite — invitations of a round, their seats at the front, personal links, how far the round has come. */
#include "access/policy.h"
#include "base/str.h"
#include "region/front.h"
#include "region/survey_seat.h"
#include "register/gen.h"
#include "sql/q_survey.h"
#include "store/tx.h"

enum { WHY_CHARS = 200 };

err survey_seat_for(struct ctx *c, const char *invitation_pid, enum action a, struct t_survey_invitation *i, struct t_survey_round *r, struct t_survey *s)
{
	struct q_survey_invitation_by_pid_row f;
	bool found;
	TRY(q_survey_invitation_by_pid(c, &(struct q_survey_invitation_by_pid_in){.pid = invitation_pid}, &f, &found));
	if (!found)
		return ERR_NOTFOUND;
	struct t_survey_target t;
	TRY(row_load(c, &T_survey_invitation, f.id, i));
	TRY(row_load(c, &T_survey_round, f.round_id, r));
	TRY(survey_load(c, r->survey_id, s));
	TRY(row_load(c, &T_survey_target, i->target_id, &t));
	if (t.person_id != INT_NULL)
		TRY(policy_check_record(c, t.person_id, CLASS_NAMECARD, ACTION_SEE));
	return survey_gate(c, s, a);
}

struct inviting {
	const char *round_pid;
	int64_t added;
};

static err invite_one(struct ctx *c, const struct t_survey *s, const struct t_survey_round *r, const struct form_def *def, int64_t serial,
	const struct q_survey_uninvited_row *t)
{
	struct t_survey_invitation i;
	struct answers *known = NULL;
	const char *prefill = "";
	row_init(&T_survey_invitation, &i);
	i.round_id = r->id;
	i.target_id = t->id;
	i.serial = serial;
	i.way = *t->email ? "mail" : "letter";
	i.state = "waiting";
	TRY(row_insert(c, &T_survey_invitation, &i));
	if (!s->is_anonymous && t->org_id != INT_NULL)
		TRY(survey_prefill(c, s, r, def, t->org_id, &known));
	if (known)
		TRY(survey_store_answers(c, known, &prefill));
	return front_seat_put(c, r->pid, &(struct front_seat_new){.key = i.pid, .serial = serial, .label = s->is_anonymous ? "" : t->label, .prefill = prefill});
}

static err invite_tx(struct ctx *c, void *arg)
{
	struct inviting *v = arg;
	struct t_survey_round r;
	struct t_survey s;
	struct t_survey_form f;
	const struct form_def *def;
	struct q_survey_uninvited_row *t;
	struct q_survey_serial_last_row last;
	size_t n;
	TRY(survey_round_for(c, v->round_pid, ACTION_WRITE, &r, &s));
	v->added = 0;
	if (r.closed_on != CIVIL_NONE || r.closes_on < c->today)
		return fault_add(c, "closes_on", ERR_SURVEY_CLOSED, "締切を過ぎた回には依頼できません。締切を延ばすか、次の回を作ってください。");
	TRY(row_load(c, &T_survey_form, r.form_id, &f));
	TRY(survey_form_def(c, &f, &def));
	TRY(q_survey_uninvited(c, &(struct q_survey_uninvited_in){.survey_id = s.id, .round_id = r.id}, &t, &n));
	TRY(q_survey_serial_last(c, &(struct q_survey_serial_last_in){.round_id = r.id}, &last));
	TRY(survey_round_front(c, &s, &r));
	for (size_t i = 0; i < n; i++)
		TRY(invite_one(c, &s, &r, def, last.serial + (int64_t)i + 1, &t[i]));
	v->added = (int64_t)n;
	return OK;
}

err survey_invite(struct ctx *c, const char *round_pid, int64_t *added)
{
	struct inviting v = {.round_pid = round_pid};
	err e = tx_run(c, invite_tx, &v);
	*added = v.added;
	return e;
}

/* ---- reading --------------------------------------------------------------------------------------------------------------- */

static struct survey_seat seat_of(const struct q_survey_seat_list_row *r, bool is_anonymous)
{
	struct survey_seat s = {.target_pid = r->target_pid, .target_code = r->code, .label = r->label, .email = r->email, .postal = r->postal, .address = r->address,
		.answer_state = "", .mode = "", .submitted_on = CIVIL_NONE};
	row_init(&T_survey_invitation, &s.inv);
	s.inv = (struct t_survey_invitation){.id = r->id, .pid = r->pid, .version = r->version, .round_id = r->round_id, .target_id = r->target_id, .serial = r->serial,
		.way = r->way, .state = r->state, .sent_on = r->sent_on, .bounce = r->bounce, .reminders = r->reminders, .reminded_on = r->reminded_on, .told_on = r->told_on, .links = r->links, .note = r->note, .retired_ms = INT_NULL};
	if (is_anonymous)
		return s;
	s.answer_state = r->answer_state ? r->answer_state : r->is_opened ? "opened" : "";
	s.mode = str_or(r->mode, "");
	s.submitted_on = r->submitted_on;
	return s;
}

static bool wanted(const struct survey_seat *s, enum survey_whom whom)
{
	bool answered = str_eq(s->answer_state, "submitted");
	switch (whom) {
	case SURVEY_SILENT:
		return !answered && !str_eq(s->inv.state, "declined");
	case SURVEY_ANSWERED:
		return answered;
	case SURVEY_BOUNCED:
		return str_eq(s->inv.state, "bounced");
	case SURVEY_UNSENT:
		return str_eq(s->inv.state, "waiting");
	default:
		return true;
	}
}

err survey_seats(struct ctx *c, const char *round_pid, enum survey_whom whom, struct survey_seat **v, size_t *n)
{
	struct t_survey_round r;
	struct t_survey s;
	struct q_survey_seat_list_row *rows;
	size_t n_rows;
	TRY(survey_round_for(c, round_pid, ACTION_SEE, &r, &s));
	if (s.is_anonymous && (whom == SURVEY_SILENT || whom == SURVEY_ANSWERED))
		return ERR_DENIED;
	TRY(q_survey_seat_list(c, &(struct q_survey_seat_list_in){.round_id = r.id, .pid = NULL}, &rows, &n_rows));
	*v = ARENA_ARRAY(c->arena, n_rows + 1, struct survey_seat);
	*n = 0;
	for (size_t i = 0; i < n_rows; i++) {
		const struct survey_seat seat = seat_of(&rows[i], s.is_anonymous);
		if (wanted(&seat, whom))
			(*v)[(*n)++] = seat;
	}
	return OK;
}

err survey_seat_get(struct ctx *c, const char *pid, struct survey_seat *out)
{
	struct t_survey_invitation i;
	struct t_survey_round r;
	struct t_survey s;
	struct q_survey_seat_list_row *rows;
	size_t n;
	TRY(survey_seat_for(c, pid, ACTION_SEE, &i, &r, &s));
	TRY(q_survey_seat_list(c, &(struct q_survey_seat_list_in){.round_id = r.id, .pid = pid}, &rows, &n));
	if (n != 1)
		return ERR_NOTFOUND;
	*out = seat_of(&rows[0], s.is_anonymous);
	return OK;
}

/* ---- links and marks ---------------------------------------------------------------------------------------------------------- */

struct linking {
	const char *pid, *state, *why, **link;
};

static err link_tx(struct ctx *c, void *arg)
{
	const struct linking *l = arg;
	struct t_survey_invitation i;
	struct t_survey_round r;
	struct t_survey s;
	TRY(survey_seat_for(c, l->pid, ACTION_WRITE, &i, &r, &s));
	i.links++;
	TRY(row_save(c, &T_survey_invitation, &i, NULL));
	return front_link_make(c, i.pid, l->link);
}

err survey_link(struct ctx *c, const char *invitation_pid, const char **link) { return tx_run(c, link_tx, &(struct linking){.pid = invitation_pid, .link = link}); }

static err mark_tx(struct ctx *c, void *arg)
{
	const struct linking *l = arg;
	struct t_survey_invitation i;
	struct t_survey_round r;
	struct t_survey s;
	struct survey_seat seat;
	TRY(survey_seat_for(c, l->pid, ACTION_WRITE, &i, &r, &s));
	TRY(survey_seat_get(c, l->pid, &seat));
	if (!str_eq(l->state, "bounced") && !str_eq(l->state, "declined") && !str_eq(l->state, "waiting") && !str_eq(l->state, "sent"))
		return fault_add(c, "state", ERR_NOT_CHOICE, "「状態」は、一覧から選んでください。");
	gen_check_text(c, "bounce", "理由", l->why, str_eq(l->state, "bounced"), WHY_CHARS);
	if (fault_of(c, "bounce"))
		return ERR_INPUT;
	i.state = l->state;
	i.bounce = str_eq(l->state, "bounced") ? l->why : "";
	if (str_eq(l->state, "sent") && i.sent_on == CIVIL_NONE)
		i.sent_on = c->today;
	TRY(row_save(c, &T_survey_invitation, &i, NULL));
	return front_seat_put(c, r.pid, &(struct front_seat_new){.key = i.pid, .serial = i.serial, .label = s.is_anonymous ? "" : seat.label, .prefill = NULL,
		.is_revoked = str_eq(i.state, "declined")});
}

err survey_seat_mark(struct ctx *c, const char *invitation_pid, const char *state, const char *why)
{
	return tx_run(c, mark_tx, &(struct linking){.pid = invitation_pid, .state = state, .why = str_or(why, "")});
}

/* ---- how far ------------------------------------------------------------------------------------------------------------------ */

static err modes_of(struct ctx *c, const struct t_survey *s, const struct t_survey_round *r, struct survey_rate *out)
{
	enum { MOST = sizeof out->modes / sizeof out->modes[0] };
	struct q_survey_mode_counts_row *m;
	struct q_survey_anon_mode_counts_row *am;
	size_t n;
	if (s->is_anonymous) {
		TRY(q_survey_anon_mode_counts(c, &(struct q_survey_anon_mode_counts_in){.round_id = r->id}, &am, &n));
		for (size_t i = 0; i < n && out->n_modes < MOST; i++) {
			out->modes[out->n_modes].mode = am[i].mode;
			out->modes[out->n_modes++].n = am[i].n;
			out->submitted += am[i].n;
		}
		int64_t spent, seats;
		return front_pot_count(c, r->pid, &out->in_pot, &spent, &seats);
	}
	TRY(q_survey_mode_counts(c, &(struct q_survey_mode_counts_in){.round_id = r->id}, &m, &n));
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(m[i].state, "submitted")) {
			out->partial += m[i].n;
			continue;
		}
		out->submitted += m[i].n;
		if (out->n_modes < MOST) {
			out->modes[out->n_modes].mode = m[i].mode;
			out->modes[out->n_modes++].n = m[i].n;
		}
	}
	struct q_survey_opened_count_row o;
	TRY(q_survey_opened_count(c, &(struct q_survey_opened_count_in){.round_id = r->id}, &o));
	out->opened = o.n;
	return OK;
}

err survey_rate_of(struct ctx *c, const char *round_pid, struct survey_rate *out)
{
	struct t_survey_round r;
	struct t_survey s;
	struct t_survey_target *t;
	struct q_survey_seat_counts_row k;
	size_t n;
	*out = (struct survey_rate){0};
	TRY(survey_round_for(c, round_pid, ACTION_SEE, &r, &s));
	TRY(survey_targets(c, s.id, &t, &n));
	TRY(q_survey_seat_counts(c, &(struct q_survey_seat_counts_in){.round_id = r.id}, &k));
	out->frame = (int64_t)n;
	out->invited = k.invited;
	out->sent = k.sent;
	out->bounced = k.bounced;
	out->declined = k.declined;
	if (!k.invited)
		return OK;
	return modes_of(c, &s, &r, out);
}
