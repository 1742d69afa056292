/* survey_round — when a survey is asked, about which period; opening and closing. */
#include "region/survey_round.h"

#include "base/house.h"
#include "base/str.h"
#include "jp/era.h"
#include "region/front.h"
#include "region/survey_seat.h"
#include "register/gen.h"
#include "register/org.h"
#include "sql/q_survey.h"
#include "store/tx.h"

enum { NAME_CHARS = 60, REMINDERS_MOST = 6, REMIND_DAYS_MOST = 60, ANSWER_DAYS = 14 };

void survey_round_init(const struct t_survey *s, struct t_survey_round *row)
{
	row_init(&T_survey_round, row);
	row->survey_id = s->id;
	row->remind_days = "7,2"; /* community-process §8: proposed default */
}

err survey_round_get(struct ctx *c, const char *pid, struct t_survey_round *out)
{
	struct t_survey s;
	TRY(row_find(c, &T_survey_round, pid, out));
	TRY(survey_load(c, out->survey_id, &s));
	return out->retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

err survey_round_by_id(struct ctx *c, int64_t id, struct t_survey_round *out)
{
	struct t_survey s;
	TRY(row_load(c, &T_survey_round, id, out));
	TRY(survey_load(c, out->survey_id, &s));
	return out->retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

err survey_round_for(struct ctx *c, const char *pid, enum action a, struct t_survey_round *r, struct t_survey *s)
{
	TRY(row_find(c, &T_survey_round, pid, r));
	TRY(survey_load(c, r->survey_id, s));
	if (r->retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	return survey_gate(c, s, a);
}

err survey_rounds(struct ctx *c, int64_t survey_id, struct t_survey_round **v, size_t *n)
{
	struct q_survey_round_ids_row *r;
	TRY(q_survey_round_ids(c, &(struct q_survey_round_ids_in){.survey_id = survey_id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct t_survey_round);
	for (size_t i = 0; i < *n; i++)
		TRY(row_load(c, &T_survey_round, r[i].id, &(*v)[i]));
	return OK;
}

bool survey_round_is_open(const struct t_survey_round *r, civil on) { return r->closed_on == CIVIL_NONE && r->opens_on <= on && on <= r->closes_on; }
bool survey_round_is_over(const struct t_survey_round *r, civil on) { return r->closed_on != CIVIL_NONE || r->closes_on < on; }
bool survey_round_is_early(const struct t_survey_round *r, civil on) { return on <= r->period_to; }

/* ---- saving --------------------------------------------------------------------------------------------------------------- */

static void check_day(struct ctx *c, const char *field, const char *label, civil day)
{
	if (day == CIVIL_NONE && !fault_of(c, field))
		(void)fault_add(c, field, ERR_REQUIRED, "「%s」を入力してください。", label);
}

static void check_reminders(struct ctx *c, const struct t_survey_round *r)
{
	size_t n;
	char **v = str_split(c->arena, r->remind_days, ',', &n);
	for (size_t i = 0; i < n && !str_blank(r->remind_days); i++) {
		int64_t days;
		if (n <= REMINDERS_MOST && str_int(str_trim(c->arena, v[i]), &days) && days >= 0 && days <= REMIND_DAYS_MOST)
			continue;
		(void)fault_add(c, "remind_days", ERR_INPUT, "「督促の日」は、締切の何日前かを半角の数字で、%dつまでコンマで区切って入力してください（例: 7,2）。", REMINDERS_MOST);
		return;
	}
}

static err check(struct ctx *c, const struct t_survey_round *r)
{
	size_t before = c->n_faults;
	gen_check_text(c, "name", "回の名前", r->name, true, NAME_CHARS);
	check_day(c, "period_from", "対象の期間の始まり", r->period_from);
	check_day(c, "period_to", "対象の期間の終わり", r->period_to);
	check_day(c, "opens_on", "依頼の日", r->opens_on);
	check_day(c, "closes_on", "締切", r->closes_on);
	if (r->period_from != CIVIL_NONE && r->period_to != CIVIL_NONE && r->period_to < r->period_from)
		(void)fault_add(c, "period_to", ERR_PERIOD_ORDER, "「対象の期間」の終わりが始まりより前です。日付を直してください。");
	if (r->opens_on != CIVIL_NONE && r->closes_on != CIVIL_NONE && r->closes_on < r->opens_on)
		(void)fault_add(c, "closes_on", ERR_PERIOD_ORDER, "「締切」が「依頼の日」より前です。日付を直してください。");
	check_reminders(c, r);
	return c->n_faults == before ? OK : ERR_INPUT;
}

static err newest_form(struct ctx *c, const struct t_survey *s, struct t_survey_round *r)
{
	struct t_survey_form *f;
	size_t n;
	TRY(survey_forms(c, s->id, &f, &n));
	if (n == 0)
		return fault_add(c, "form_id", ERR_REQUIRED, "質問の版がまだありません。先に「質問を確定する」を押してください。");
	for (size_t i = 0; i < n; i++)
		if (f[i].id == r->form_id)
			return OK;
	r->form_id = f[n - 1].id;
	return OK;
}

/* What has been asked stays: the questions of a round that has invitations cannot be exchanged. */
static err keeps(struct ctx *c, const struct t_survey_round *r)
{
	struct t_survey_round old;
	struct q_survey_seat_counts_row n;
	TRY(row_load(c, &T_survey_round, r->id, &old));
	TRY(q_survey_seat_counts(c, &(struct q_survey_seat_counts_in){.round_id = r->id}, &n));
	if (n.invited && (old.form_id != r->form_id || old.is_outside != r->is_outside))
		return fault_add(c, "form_id", ERR_SURVEY_FIXED, "依頼を始めた回の質問と回答の場所は変えられません。次の回で変えてください。");
	return OK;
}

struct saving {
	struct t_survey_round *row;
	struct row_conflict **conflict;
};

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_survey survey;
	struct t_survey_round *all;
	size_t n;
	TRY(survey_load(c, s->row->survey_id, &survey));
	TRY(survey_gate(c, &survey, ACTION_WRITE));
	TRY(newest_form(c, &survey, s->row));
	TRY(check(c, s->row));
	if (s->row->id) {
		TRY(keeps(c, s->row));
		TRY(row_save(c, &T_survey_round, s->row, s->conflict));
		return survey_round_show(c, &survey, s->row);
	}
	TRY(survey_rounds(c, survey.id, &all, &n));
	s->row->no = n ? all[n - 1].no + 1 : 1;
	return row_insert(c, &T_survey_round, s->row);
}

err survey_round_save(struct ctx *c, struct t_survey_round *row, struct row_conflict **conflict)
{
	return tx_run(c, save_tx, &(struct saving){row, conflict});
}

struct quartering {
	const char *survey_pid;
	int year;
	int64_t added;
};

/* Seed 000 asks in July, October, January and March: the fourth before its quarter is over. */
static err quarters_tx(struct ctx *c, void *arg)
{
	static const struct {
		int from_month, asked_month, years;
	} quarter[] = {{4, 7, 0}, {7, 10, 0}, {10, 1, 1}, {1, 3, 1}};
	struct quartering *q = arg;
	struct t_survey s;
	struct t_survey_round *all;
	size_t n;
	TRY(survey_get(c, q->survey_pid, &s));
	TRY(survey_gate(c, &s, ACTION_WRITE));
	TRY(survey_rounds(c, s.id, &all, &n));
	q->added = 0;
	for (int i = 0; i < 4; i++) {
		struct t_survey_round r;
		int year = q->year + (i == 3);
		bool there = false;
		survey_round_init(&s, &r);
		r.name = arena_fmt(c->arena, "第%d四半期", i + 1);
		r.period_from = civil_from(year, quarter[i].from_month, 1);
		r.period_to = civil_add_months(r.period_from, 3) - 1;
		r.opens_on = civil_from(q->year + quarter[i].years, quarter[i].asked_month, 1);
		r.closes_on = r.opens_on + ANSWER_DAYS;
		for (size_t k = 0; k < n; k++)
			there = there || all[k].period_from == r.period_from;
		if (there)
			continue;
		TRY(save_tx(c, &(struct saving){&r, NULL}));
		q->added++;
	}
	return OK;
}

err survey_rounds_quarters(struct ctx *c, const char *survey_pid, int fiscal_year, int64_t *added)
{
	struct quartering q = {.survey_pid = survey_pid, .year = fiscal_year};
	err e = tx_run(c, quarters_tx, &q);
	*added = q.added;
	return e;
}

/* ---- what the front is told ---------------------------------------------------------------------------------------------------- */

err survey_round_show(struct ctx *c, const struct t_survey *s, const struct t_survey_round *r)
{
	struct q_survey_seat_counts_row n;
	TRY(q_survey_seat_counts(c, &(struct q_survey_seat_counts_in){.round_id = r->id}, &n));
	return n.invited ? survey_round_front(c, s, r) : OK;
}

err survey_round_front(struct ctx *c, const struct t_survey *s, const struct t_survey_round *r)
{
	struct t_survey_form f;
	struct t_front_round front;
	struct org o;
	const struct form_def *def;
	TRY(row_load(c, &T_survey_form, r->form_id, &f));
	TRY(survey_form_def(c, &f, &def));
	TRY(org_load(c, s->org_id, &o));
	row_init(&T_front_round, &front);
	front.key = r->pid;
	front.title = s->title;
	front.round_name = r->name;
	front.sender = o.name;
	front.greeting = s->greeting;
	front.contact = s->contact;
	front.is_anonymous = s->is_anonymous;
	front.period_from = r->period_from;
	front.period_to = r->period_to;
	front.opens_on = r->opens_on;
	front.closes_on = r->closes_on;
	front.is_outside = r->is_outside;
	front.is_closed = r->closed_on != CIVIL_NONE;
	front.form_id = def->id;
	front.form_version = def->version;
	front.form = f.form;
	front.rules = f.rules;
	front.meta = f.meta;
	front.sha256 = f.sha256;
	TRY(survey_results_text(c, s, &front.results));
	return front_round_put(c, &front);
}

struct closing {
	const char *pid;
	bool close;
};

static err close_tx(struct ctx *c, void *arg)
{
	const struct closing *k = arg;
	struct t_survey_round r;
	struct t_survey s;
	int64_t n;
	TRY(survey_round_for(c, k->pid, ACTION_WRITE, &r, &s));
	if (k->close == (r.closed_on != CIVIL_NONE))
		return OK;
	r.closed_on = k->close ? c->today : CIVIL_NONE;
	TRY(row_save(c, &T_survey_round, &r, NULL));
	TRY(survey_round_show(c, &s, &r));
	return k->close ? survey_collect(c, k->pid, true, &n) : OK;
}

err survey_round_close(struct ctx *c, const char *pid) { return tx_run(c, close_tx, &(struct closing){pid, true}); }
err survey_round_reopen(struct ctx *c, const char *pid) { return tx_run(c, close_tx, &(struct closing){pid, false}); }
