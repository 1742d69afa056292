/* Whom mails and letters of a round are for, their links on the way, and the marks they leave. */
#include "base/house.h"
#include "base/str.h"
#include "jp/era.h"
#include "region/front.h"
#include "region/survey_mail_own.h"
#include "region/survey_outcome.h"
#include "register/org.h"
#include "store/tx.h"

#include <string.h>

enum survey_reach survey_reach_of(const struct survey_seat *s)
{
	if (str_eq(s->inv.way, "mail") && !str_blank(s->email))
		return REACH_MAIL;
	return str_blank(s->address) ? REACH_NONE : REACH_LETTER;
}

err survey_round_in_of(struct ctx *c, const char *round_pid, enum action a, struct survey_round_in *out)
{
	struct org o;
	TRY(survey_round_for(c, round_pid, a, &out->round, &out->survey));
	TRY(org_load(c, out->survey.org_id, &o));
	out->sender = o.name;
	return OK;
}

err survey_post_open(struct ctx *c, const struct survey_round_in *in, bool by_letter)
{
	const struct t_survey_round *r = &in->round;
	if (r->closed_on != CIVIL_NONE || r->closes_on < c->today)
		return fault_add(c, "", ERR_SURVEY_CLOSED, "この回の受付は終わっています。依頼や督促を送るには、回の画面で受付を再び開くか、締切を延ばしてください。");
	if (!by_letter && c->today < r->opens_on)
		return fault_add(c, "", ERR_SURVEY_EARLY, "依頼の日（%s）より前なので、まだメールを送れません。この日から回答できるようになります。早めるときは、回の画面で日を直してください。",
			era_text(c->arena, r->opens_on));
	return OK;
}

err survey_mail_setting(struct ctx *c, bool with_server, bool with_link, struct smtp_setting *out)
{
	const char *why = "";
	err e = smtp_setting_read(c->arena, c->house->data_dir, out, &why);
	if (e == ERR_MAIL_SETTING)
		return fault_add(c, "", e, "%s", why);
	if (e != OK && e != ERR_MAIL_NONE)
		return e;
	if (with_server && !*out->host)
		return fault_add(c, "", ERR_MAIL_NONE, NULL);
	return with_link && !*out->front_url ? fault_add(c, "", ERR_MAIL_FRONT, NULL) : OK;
}

/* ---- whom ------------------------------------------------------------------------------------------------------------------ */

/* The first day on which the newest of what was told stood. CIVIL_NONE: nothing was. */
static err told_on(struct ctx *c, const struct t_survey *s, civil *day)
{
	struct t_survey_outcome *v;
	size_t n;
	*day = CIVIL_NONE;
	TRY(survey_outcomes(c, s->id, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].told_on != CIVIL_NONE && (*day == CIVIL_NONE || v[i].told_on > *day))
			*day = v[i].told_on;
	return OK;
}

struct unspent {
	const char **keys;
	size_t n;
};

static bool among(const struct unspent *u, const char *key)
{
	for (size_t i = 0; i < u->n; i++)
		if (str_eq(u->keys[i], key))
			return true;
	return false;
}

struct choosing {
	struct ctx *c;
	const struct survey_round_in *in;
	enum survey_post what;
	bool by_letter;
	civil told;
	struct unspent unspent;
	int64_t skipped;
};

static bool silent(const struct choosing *k, const struct survey_seat *s)
{
	if (!str_eq(s->inv.state, "sent"))
		return false;
	if (!k->in->survey.is_anonymous)
		return !str_eq(s->answer_state, "submitted");
	return k->by_letter || among(&k->unspent, s->inv.pid);
}

static bool wanted(struct choosing *k, const struct survey_seat *s)
{
	bool anonymous = k->in->survey.is_anonymous, again = false;
	if (str_eq(s->inv.state, "declined"))
		return false;
	switch (k->what) {
	case SURVEY_REQUEST:
		/* whoever answered unasked, from the own desk or on paper, needs no request */
		return str_eq(s->inv.state, "waiting") && (anonymous || !str_eq(s->answer_state, "submitted"));
	case SURVEY_REMINDER:
		if (!silent(k, s))
			return false;
		again = !anonymous && s->inv.reminded_on == k->c->today;
		break;
	default:
		if (anonymous ? !str_eq(s->inv.state, "sent") : !str_eq(s->answer_state, "submitted"))
			return false;
		again = s->inv.told_on != CIVIL_NONE && s->inv.told_on >= k->told;
	}
	k->skipped += again;
	return !again;
}

err survey_post_seats(struct ctx *c, const struct survey_round_in *in, enum survey_post what, bool by_letter, struct survey_seat **v, size_t *n, int64_t *skipped)
{
	struct choosing k = {.c = c, .in = in, .what = what, .by_letter = by_letter, .told = CIVIL_NONE};
	struct survey_seat *all;
	size_t n_all;
	*n = 0;
	TRY(survey_seats(c, in->round.pid, SURVEY_ALL, &all, &n_all));
	if (what == SURVEY_RESULTS)
		TRY(told_on(c, &in->survey, &k.told));
	if (what == SURVEY_REMINDER && in->survey.is_anonymous && !by_letter && n_all > 0)
		TRY(front_unspent(c, in->round.pid, &k.unspent.keys, &k.unspent.n));
	*v = ARENA_ARRAY(c->arena, n_all + 1, struct survey_seat);
	for (size_t i = 0; i < n_all; i++)
		if (wanted(&k, &all[i]))
			(*v)[(*n)++] = all[i];
	*skipped = k.skipped;
	return OK;
}

/* ---- a link on its way -------------------------------------------------------------------------------------------------------- */

struct offering {
	enum survey_post what;
	bool again;
	const char *pid, **link;
	bool *done;
};

static err offer_tx(struct ctx *c, void *arg)
{
	const struct offering *o = arg;
	struct t_survey_invitation i;
	struct t_survey_round r;
	struct t_survey s;
	TRY(survey_seat_for(c, o->pid, ACTION_WRITE, &i, &r, &s));
	bool had = o->what == SURVEY_REQUEST ? !str_eq(i.state, "waiting") : i.reminded_on == c->today;
	*o->done = str_eq(i.state, "declined") || (had && !o->again);
	if (!*o->done && o->what == SURVEY_REMINDER)
		TRY(front_seat_done(c, o->pid, o->done));
	return *o->done ? OK : front_link_offer(c, i.pid, o->link);
}

static err offer_anonymous_reminder(struct ctx *c, const char *pid, const char **link, bool *done)
{
	TRY(front_seat_done(c, pid, done));
	return *done ? OK : front_link_offer(c, pid, link);
}

err survey_post_offer(struct ctx *c, const struct survey_round_in *in, enum survey_post what, bool again, const char *seat_pid, const char **link, bool *done)
{
	*link = "";
	*done = false;
	if (in->survey.is_anonymous && what == SURVEY_REMINDER)
		return offer_anonymous_reminder(c, seat_pid, link, done);
	return tx_run(c, offer_tx, &(struct offering){what, again, seat_pid, link, done});
}

/* ---- the marks ----------------------------------------------------------------------------------------------------------------- */

static void mark_bounce(struct t_survey_invitation *i, const struct survey_posted *p)
{
	i->bounce = p->why;
	if (p->what != SURVEY_RESULTS)
		i->state = "bounced";
}

static void mark_arrival(struct ctx *c, struct t_survey_invitation *i, const struct survey_posted *p)
{
	i->bounce = "";
	i->links += p->link != NULL;
	if (p->what == SURVEY_RESULTS) {
		i->told_on = c->today;
		return;
	}
	i->state = "sent";
	if (i->sent_on == CIVIL_NONE)
		i->sent_on = c->today;
	if (p->by_letter)
		i->way = "letter";
	if (p->what == SURVEY_REMINDER) {
		i->reminders++;
		i->reminded_on = c->today;
	}
}

struct noting {
	const struct survey_round_in *in;
	const struct survey_posted *p;
};

static err note_tx(struct ctx *c, void *arg)
{
	const struct noting *k = arg;
	const struct survey_posted *p = k->p;
	struct t_survey_invitation i;
	struct t_survey_round r;
	struct t_survey s;
	TRY(survey_seat_for(c, p->seat_pid, ACTION_WRITE, &i, &r, &s));
	if (p->link)
		TRY(front_link_settle(c, p->seat_pid, p->link, p->arrived));
	/* a mark at the seat would tell who has not answered an anonymous survey (C-193) */
	if ((!p->arrived && !p->bounced) || (s.is_anonymous && p->what == SURVEY_REMINDER))
		return OK;
	if (p->arrived)
		mark_arrival(c, &i, p);
	else
		mark_bounce(&i, p);
	return row_save(c, &T_survey_invitation, &i, NULL);
}

err survey_post_note(struct ctx *c, const struct survey_round_in *in, const struct survey_posted *p)
{
	return tx_run(c, note_tx, &(struct noting){in, p});
}

static err reminded_tx(struct ctx *c, void *arg)
{
	const struct survey_round_in *in = arg;
	struct t_survey_round r;
	struct t_survey s;
	TRY(survey_round_for(c, in->round.pid, ACTION_WRITE, &r, &s));
	if (r.reminded_on == c->today)
		return OK;
	r.reminded_on = c->today;
	return row_save(c, &T_survey_round, &r, NULL);
}

err survey_post_reminded(struct ctx *c, const struct survey_round_in *in)
{
	return tx_run(c, reminded_tx, &(struct survey_round_in){.round = in->round, .survey = in->survey, .sender = in->sender});
}
