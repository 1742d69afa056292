#include "region/dispatch_match.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "jp/era.h"
#include "law/numbers.h"
#include "region/dispatch.h"
#include "region/dispatch_own.h"
#include "register/gen.h"
#include "register/staff.h"
#include "register/task.h"
#include "register/territory.h"
#include "sql/q_dispatch.h"
#include "store/tx.h"

#include <stdlib.h>

/* A day beyond the urgency costs more than a day gains: of those who fit alike, whoever comes in time stands first. */
enum { FOR_PROFESSION = 1000, FOR_AREA = 500, FOR_WISHED = 300, FOR_ANY_DAY = 100, FOR_TOO_LATE = -400, LOAD_MOST = 20, ANSWER_DAYS = 3 };

/* ---- the area and the last day of a request ---------------------------------------------------------------------------- */

/* The zone an area lies in; INT_NULL: in none. */
static err zone_of(struct ctx *c, int64_t area_id, int64_t *zone_id)
{
	enum { LEVELS_MOST = 8 };
	struct area a;
	*zone_id = INT_NULL;
	for (int i = 0; i < LEVELS_MOST && area_id != INT_NULL; i++) {
		TRY(area_load(c, area_id, &a));
		if (str_eq(a.level, area_slot_level(AREA_SLOT_ZONE))) {
			*zone_id = a.id;
			return OK;
		}
		area_id = a.parent_area_id;
	}
	return OK;
}

err dispatch_area_of(struct ctx *c, int64_t org_id, civil on, int64_t *area_id)
{
	struct org_area *a;
	size_t n;
	int64_t zone;
	*area_id = INT_NULL;
	TRY(territory_of_org(c, org_id, on, &a, &n));
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(a[i].role, "charge") && !str_eq(a[i].role, "branch"))
			continue;
		TRY(zone_of(c, a[i].area_id, &zone));
		if (zone == INT_NULL || zone == *area_id)
			continue;
		if (*area_id != INT_NULL) {
			*area_id = INT_NULL; /* several: only the centre knows which */
			return OK;
		}
		*area_id = zone;
	}
	return OK;
}

/* What was said, else what the centre serves. name "" = not known. */
struct place {
	int64_t id;
	const char *name;
};

static err place_of(struct ctx *c, const struct t_dispatch *r, struct place *p)
{
	struct area a;
	*p = (struct place){r->area_id, ""};
	if (p->id == INT_NULL)
		TRY(dispatch_area_of(c, r->org_id, c->today, &p->id));
	if (p->id == INT_NULL)
		return OK;
	TRY(area_load(c, p->id, &a));
	p->name = a.name;
	return OK;
}

civil dispatch_latest(struct ctx *c, const struct t_dispatch *r)
{
	if (r->requested_on == CIVIL_NONE)
		return CIVIL_NONE;
	const struct law_number *days = law_number_find(c->house->law, arena_fmt(c->arena, "dispatch_days_%s", r->urgency), r->requested_on);
	return days ? r->requested_on + (civil)days->value : CIVIL_NONE;
}

/* ---- suggestions ----------------------------------------------------------------------------------------------------- */

/* The first wished day that is free; else the first free one. */
static void choose_day(const struct t_dispatch *r, civil first, struct dispatch_suggestion *s)
{
	s->on_day = CIVIL_NONE;
	for (int i = 0; i < DISPATCH_DAYS; i++) {
		const struct dispatch_hours *h = &s->who->day[i];
		char day[CIVIL_TEXT];
		if (!*h->from)
			continue;
		civil_text(first + i, day);
		bool wished = dispatch_has(r->wished_days, day);
		if (s->on_day == CIVIL_NONE || (wished && !s->day_wished)) {
			s->on_day = first + i;
			s->hours = *h;
			s->day_wished = wished;
		}
	}
}

static void why_day(struct ctx *c, const struct t_dispatch *r, const struct dispatch_suggestion *s, struct buf *b)
{
	if (s->on_day == CIVIL_NONE) {
		buf_fmt(b, "・%d日のうちに空きがない", (int)DISPATCH_DAYS);
		return;
	}
	const char *day = era_text_week(c->arena, s->on_day);
	if (s->day_wished)
		buf_fmt(b, "・希望日の%sに空きがある", day);
	else if (*r->wished_days)
		buf_fmt(b, "・希望日に空きがなく、最も早い空きは%s", day);
	else
		buf_fmt(b, "・最も早い空きは%s", day);
	if (s->too_late)
		buf_fmt(b, "・急ぎの期限（%s）に間に合わない", era_text(c->arena, dispatch_latest(c, r)));
}

static const char *why(struct ctx *c, const struct t_dispatch *r, const struct place *p, const struct dispatch_suggestion *s)
{
	struct buf b = buf_new(c->arena);
	if (*r->profession)
		buf_fmt(&b, "希望の職種%s", s->profession_fits ? "に合う" : "とは違う");
	else
		buf_str(&b, "職種の希望なし");
	if (p->id == INT_NULL)
		buf_str(&b, "・圏域が決まっていない");
	else
		buf_fmt(&b, "・%sを%s", p->name, s->area_fits ? "担当している" : "担当していない");
	why_day(c, r, s, &b);
	buf_fmt(&b, "・前後28日の派遣%lld件", (long long)s->who->load);
	if (s->asked)
		buf_str(&b, "・この依頼には打診済み");
	return b.p;
}

static int by_points(const void *x, const void *y)
{
	const struct dispatch_suggestion *a = x, *b = y;
	if (a->points != b->points)
		return a->points > b->points ? -1 : 1;
	return a->who->therapist_id < b->who->therapist_id ? -1 : a->who->therapist_id > b->who->therapist_id;
}

static err serves(struct ctx *c, int64_t therapist_id, int64_t area_id, bool *yes)
{
	struct q_dispatch_areas_of_row *a;
	size_t n;
	TRY(q_dispatch_areas_of(c, &(struct q_dispatch_areas_of_in){.therapist_id = therapist_id}, &a, &n));
	*yes = n == 0; /* no area named: goes everywhere */
	for (size_t i = 0; area_id != INT_NULL && i < n; i++)
		*yes |= a[i].area_id == area_id;
	return OK;
}

static err suggest(struct ctx *c, const struct t_dispatch *r, struct dispatch_suggestion **v, size_t *n)
{
	struct dispatch_free *f;
	struct q_dispatch_offers_row *o;
	struct place p;
	size_t n_offers;
	civil latest = dispatch_latest(c, r);
	TRY(place_of(c, r, &p));
	TRY(dispatch_free_in(c, r->insurer_org_id, INT_NULL, NULL, c->today + 1, &f, n));
	TRY(q_dispatch_offers(c, &(struct q_dispatch_offers_in){.dispatch_id = r->id}, &o, &n_offers));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct dispatch_suggestion);
	for (size_t i = 0; i < *n; i++) {
		struct dispatch_suggestion *s = &(*v)[i];
		*s = (struct dispatch_suggestion){.who = &f[i], .hours = {"", ""}, .profession_fits = !*r->profession || str_eq(r->profession, f[i].profession)};
		TRY(serves(c, f[i].therapist_id, p.id, &s->area_fits));
		s->area_open = p.id == INT_NULL;
		choose_day(r, c->today + 1, s);
		s->too_late = !s->day_wished && latest != CIVIL_NONE && s->on_day != CIVIL_NONE && s->on_day > latest;
		for (size_t k = 0; k < n_offers; k++)
			s->asked |= str_eq(o[k].therapist_pid, f[i].therapist_pid);
		int64_t load = f[i].load < LOAD_MOST ? f[i].load : LOAD_MOST;
		s->points = (s->profession_fits ? FOR_PROFESSION : 0) + (s->area_fits ? FOR_AREA : 0) + (s->day_wished ? FOR_WISHED : 0) +
			(s->on_day != CIVIL_NONE ? FOR_ANY_DAY - (s->on_day - c->today) : 0) + (s->too_late ? FOR_TOO_LATE : 0) - 2 * load;
		s->why = why(c, r, &p, s);
	}
	qsort(*v, *n, sizeof **v, by_points);
	return OK;
}

err dispatch_place(struct ctx *c, const char *dispatch_pid, const char **name)
{
	struct t_dispatch r;
	struct place p;
	TRY(dispatch_open(c, dispatch_pid, DISPATCH_TOWN, &r, NULL));
	TRY(place_of(c, &r, &p));
	*name = p.name;
	return OK;
}

err dispatch_suggest(struct ctx *c, const char *dispatch_pid, struct dispatch_suggestion **v, size_t *n)
{
	struct t_dispatch r;
	TRY(dispatch_open(c, dispatch_pid, DISPATCH_TOWN, &r, NULL));
	return suggest(c, &r, v, n);
}

/* ---- offers ---------------------------------------------------------------------------------------------------------- */

err dispatch_offers(struct ctx *c, int64_t dispatch_id, struct dispatch_offer_view **v, size_t *n)
{
	struct q_dispatch_offers_row *o;
	struct t_dispatch r;
	size_t rows;
	int sides;
	TRY(row_load(c, &T_dispatch, dispatch_id, &r));
	TRY(dispatch_gate(c, &r, 0, &sides));
	TRY(q_dispatch_offers(c, &(struct q_dispatch_offers_in){.dispatch_id = dispatch_id}, &o, &rows));
	*v = ARENA_ARRAY(c->arena, rows + 1, struct dispatch_offer_view);
	*n = 0;
	for (size_t i = 0; i < rows; i++) {
		struct dispatch_offer_view *x = &(*v)[*n];
		*x = (struct dispatch_offer_view){.therapist_pid = o[i].therapist_pid, .therapist_name = o[i].therapist_name, .profession = o[i].profession, .org_name = o[i].org_name};
		TRY(row_load(c, &T_dispatch_offer, o[i].id, &x->row));
		/* the therapist's organisation sees its own alone */
		if ((sides & (DISPATCH_CENTRE | DISPATCH_TOWN)) || x->row.org_id == c->actor.org_id)
			++*n;
	}
	return OK;
}

struct offering {
	const char *pid, *therapist_pid, *from, *to;
	civil on;
};

/* Writes the offer; the request waits for the answer of that organisation. */
static err offer(struct ctx *c, struct t_dispatch *r, const struct t_dispatch_therapist *t, civil on, const struct dispatch_hours *h)
{
	struct q_dispatch_offers_row *o;
	struct t_dispatch_offer f;
	size_t n;
	TRY(q_dispatch_offers(c, &(struct q_dispatch_offers_in){.dispatch_id = r->id}, &o, &n));
	row_init(&T_dispatch_offer, &f);
	f.dispatch_id = r->id;
	f.therapist_id = t->id;
	f.org_id = t->org_id;
	f.no = (int64_t)n + 1;
	f.state = "offered";
	f.on_day = on;
	f.time_from = h->from;
	f.time_to = h->to;
	f.offered_on = c->today;
	TRY(row_insert(c, &T_dispatch_offer, &f));
	TRY(dispatch_move(c, r, "offered"));
	return task_put(c, &(struct task_new){.kind = "dispatch", .record_class = CLASS_STATISTICS, .org_id = t->org_id, .due_on = c->today + ANSWER_DAYS,
		.title = "派遣の打診に返事をする", .reason = arena_fmt(c->arena, "%sの派遣を打診されています。", era_text(c->arena, on)), .table_name = "dispatch", .row_id = r->id,
		.row_pid = r->pid}, NULL);
}

static err offer_tx(struct ctx *c, void *arg)
{
	const struct offering *in = arg;
	struct t_dispatch r;
	struct dispatch_therapist_view t;
	TRY(dispatch_open(c, in->pid, DISPATCH_TOWN, &r, NULL));
	size_t before = c->n_faults;
	if (!str_eq(r.state, "requested"))
		return fault_add(c, "therapist", ERR_INPUT, str_eq(r.state, "offered") ? "すでにほかの専門職へ打診中です。先に打診を取り下げてください。" : "打診できるのは、調整待ちの依頼です。");
	err e = dispatch_therapist_get(c, str_or(in->therapist_pid, ""), &t);
	if (e == ERR_NOTFOUND)
		return fault_add(c, "therapist", ERR_REQUIRED, "「派遣する専門職」を選んでください。");
	TRY(e);
	struct dispatch_hours h = {dispatch_clock(c, "time_from", "始まりの時刻", in->from), dispatch_clock(c, "time_to", "終わりの時刻", in->to)};
	if (in->on == CIVIL_NONE)
		(void)fault_add(c, "on_day", ERR_REQUIRED, "「派遣する日」を入力してください。");
	else if (in->on < c->today)
		(void)fault_add(c, "on_day", ERR_INPUT, "「派遣する日」は、今日からあとの日付にしてください。");
	return c->n_faults > before ? ERR_INPUT : offer(c, &r, &t.row, in->on, &h);
}

err dispatch_offer_make(struct ctx *c, const char *dispatch_pid, const char *therapist_pid, civil on, const char *from, const char *to)
{
	return tx_run(c, offer_tx, &(struct offering){dispatch_pid, therapist_pid, str_or(from, ""), str_or(to, ""), on});
}

struct answering {
	const char *pid, *offer_pid, *reason, *note, *next;
};

/* The open offer of the dispatch, for whoever may answer it: its organisation, or the town, to which it is told by phone. */
static err open_offer(struct ctx *c, const struct answering *in, bool by_town, struct t_dispatch *r, struct t_dispatch_offer *f)
{
	int sides;
	TRY(dispatch_open(c, in->pid, DISPATCH_TOWN | (by_town ? 0 : DISPATCH_REHAB), r, &sides));
	TRY(row_find(c, &T_dispatch_offer, in->offer_pid, f));
	if (f->dispatch_id != r->id || (!(sides & DISPATCH_TOWN) && f->org_id != c->actor.org_id))
		return ERR_NOTFOUND;
	if (!str_eq(f->state, "offered"))
		return fault_add(c, "", ERR_CONFLICT, "この打診には、もう返事がされています。");
	return OK;
}

static err accept_tx(struct ctx *c, void *arg)
{
	const struct answering *in = arg;
	struct t_dispatch r;
	struct t_dispatch_offer f;
	TRY(open_offer(c, in, false, &r, &f));
	f.state = "accepted";
	f.answered_on = c->today;
	TRY(row_save(c, &T_dispatch_offer, &f, NULL));
	r.rehab_org_id = f.org_id;
	r.therapist_id = f.therapist_id;
	r.planned_on = f.on_day;
	r.planned_from = f.time_from;
	r.planned_to = f.time_to;
	return dispatch_move(c, &r, "accepted");
}

err dispatch_offer_accept(struct ctx *c, const char *dispatch_pid, const char *offer_pid)
{
	return tx_run(c, accept_tx, &(struct answering){.pid = dispatch_pid, .offer_pid = offer_pid});
}

/* The best suggestion that was not asked yet, has a free day in time and fits profession and area. Where no area is known nobody fits it: the
 * request goes back to the coordinator, whose task it is. */
static err offer_next(struct ctx *c, struct t_dispatch *r, const char **name)
{
	struct dispatch_suggestion *s;
	struct t_dispatch_therapist t;
	size_t n;
	*name = "";
	TRY(suggest(c, r, &s, &n));
	for (size_t i = 0; i < n; i++) {
		if (s[i].asked || s[i].on_day == CIVIL_NONE || !s[i].profession_fits || s[i].area_open || !s[i].area_fits || s[i].too_late)
			continue;
		TRY(row_load(c, &T_dispatch_therapist, s[i].who->therapist_id, &t));
		*name = arena_fmt(c->arena, "%s（%s）", t.name, profession_label_ja(t.profession));
		return offer(c, r, &t, s[i].on_day, &s[i].hours);
	}
	return OK;
}

static err decline_tx(struct ctx *c, void *arg)
{
	struct answering *in = arg;
	struct t_dispatch r;
	struct t_dispatch_offer f;
	TRY(open_offer(c, in, false, &r, &f));
	size_t before = c->n_faults;
	dispatch_check_code(c, "decline_reason", "断る理由", "dispatch_decline", in->reason, true);
	gen_check_text(c, "note", "断る理由のメモ", in->note, str_eq(in->reason, "other"), DISPATCH_LINE);
	if (c->n_faults > before)
		return ERR_INPUT;
	f.state = "declined";
	f.answered_on = c->today;
	f.decline_reason = in->reason;
	f.note = in->note;
	TRY(row_save(c, &T_dispatch_offer, &f, NULL));
	TRY(dispatch_move(c, &r, "requested"));
	return offer_next(c, &r, &in->next);
}

err dispatch_offer_decline(struct ctx *c, const char *dispatch_pid, const char *offer_pid, const char *reason, const char *note, const char **next)
{
	struct answering in = {.pid = dispatch_pid, .offer_pid = offer_pid, .reason = reason, .note = str_or(note, ""), .next = ""};
	TRY(tx_run(c, decline_tx, &in));
	if (next)
		*next = in.next;
	return OK;
}

static err withdraw_tx(struct ctx *c, void *arg)
{
	const struct answering *in = arg;
	struct t_dispatch r;
	struct t_dispatch_offer f;
	TRY(open_offer(c, in, true, &r, &f));
	f.state = "withdrawn";
	f.answered_on = c->today;
	f.note = in->note;
	TRY(row_save(c, &T_dispatch_offer, &f, NULL));
	return dispatch_move(c, &r, "requested");
}

err dispatch_offer_withdraw(struct ctx *c, const char *dispatch_pid, const char *offer_pid, const char *note)
{
	return tx_run(c, withdraw_tx, &(struct answering){.pid = dispatch_pid, .offer_pid = offer_pid, .note = str_or(note, "")});
}
