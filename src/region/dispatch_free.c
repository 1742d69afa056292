/* Who can go when (F080), and what a dispatch costs on a day. */
#include "region/dispatch_pool.h"

#include "access/policy.h"
#include "base/str.h"
#include "jp/era.h"
#include "region/dispatch.h"
#include "region/dispatch_own.h"
#include "register/gen.h"
#include "register/org.h"
#include "register/territory.h"
#include "sql/q_dispatch.h"
#include "store/tx.h"

#include <string.h>

enum { LOAD_DAYS = 28, YEN_MOST = 1000000 };

/* ---- free days ----------------------------------------------------------------------------------------------------- */

/* What is left of the hours without [from, to); "" = all day. Times compare as text: HH:MM. */
static void cut(struct dispatch_hours *h, const char *from, const char *to)
{
	if (!*h->from)
		return;
	if (!*from || !*to) {
		*h = (struct dispatch_hours){"", ""};
		return;
	}
	if (strcmp(to, h->from) <= 0 || strcmp(from, h->to) >= 0)
		return;
	if (strcmp(from, h->from) <= 0)
		h->from = to;
	else
		h->to = from;
	if (strcmp(h->from, h->to) >= 0)
		*h = (struct dispatch_hours){"", ""};
}

static void by_pattern(struct dispatch_free *f, const struct t_dispatch_therapist *t, const struct q_dispatch_times_of_row *r, size_t n, civil first)
{
	for (int i = 0; i < DISPATCH_DAYS; i++) {
		civil day = first + i;
		struct dispatch_hours *h = &f->day[i];
		*h = (struct dispatch_hours){"", ""};
		if ((t->from_on != CIVIL_NONE && day < t->from_on) || day > t->to_on)
			continue;
		for (size_t k = 0; k < n; k++)
			if (str_eq(r[k].kind, "weekly") && r[k].weekday == civil_weekday(day))
				*h = (struct dispatch_hours){r[k].time_from, r[k].time_to};
		for (size_t k = 0; k < n; k++)
			if (str_eq(r[k].kind, "slot") && r[k].on_day == day)
				*h = (struct dispatch_hours){r[k].time_from, r[k].time_to};
		for (size_t k = 0; k < n; k++)
			if (str_eq(r[k].kind, "off") && r[k].on_day == day)
				cut(h, r[k].time_from, r[k].time_to);
	}
}

static err one(struct ctx *c, int64_t id, civil first, struct dispatch_free *f)
{
	struct t_dispatch_therapist t;
	struct q_dispatch_times_of_row *times;
	struct q_dispatch_busy_row *busy;
	struct q_dispatch_areas_of_row *a;
	size_t n;
	TRY(row_load(c, &T_dispatch_therapist, id, &t));
	f->therapist_id = t.id;
	f->org_id = t.org_id;
	f->therapist_pid = t.pid;
	f->name = t.name;
	f->profession = t.profession;
	TRY(q_dispatch_times_of(c, &(struct q_dispatch_times_of_in){.therapist_id = id, .from_on = first}, &times, &n));
	by_pattern(f, &t, times, n, first);
	TRY(q_dispatch_busy(c, &(struct q_dispatch_busy_in){.therapist_id = id, .from_on = first - LOAD_DAYS, .to_on = first + LOAD_DAYS}, &busy, &n));
	f->load = (int64_t)n;
	for (size_t i = 0; i < n; i++)
		if (busy[i].on_day >= first && busy[i].on_day < first + DISPATCH_DAYS)
			cut(&f->day[busy[i].on_day - first], busy[i].time_from, busy[i].time_to);
	for (int i = 0; i < DISPATCH_DAYS; i++)
		f->any |= *f->day[i].from != '\0';
	f->area_names = "";
	TRY(q_dispatch_areas_of(c, &(struct q_dispatch_areas_of_in){.therapist_id = id}, &a, &n));
	for (size_t i = 0; i < n; i++)
		f->area_names = arena_fmt(c->arena, "%s%s%s", f->area_names, i ? "、" : "", a[i].name);
	return OK;
}

err dispatch_free_list(struct ctx *c, int64_t area_id, const char *profession, civil from, struct dispatch_free **v, size_t *n)
{
	int64_t insurer;
	if (!c->actor.system)
		TRY(policy_check_own(c, c->actor.org_id, CLASS_STATISTICS, ACTION_SEE));
	TRY(dispatch_town_of(c, &insurer));
	if (insurer == INT_NULL)
		TRY(territory_insurer(c, &insurer));
	return dispatch_free_in(c, insurer, area_id, profession, from, v, n);
}

err dispatch_free_in(struct ctx *c, int64_t insurer_org_id, int64_t area_id, const char *profession, civil from, struct dispatch_free **v, size_t *n)
{
	struct q_dispatch_therapists_row *r;
	struct q_dispatch_therapists_in in = Q_DISPATCH_THERAPISTS_NONE;
	in.insurer_org_id = insurer_org_id;
	in.area_id = area_id;
	in.profession = str_blank(profession) ? NULL : profession;
	TRY(q_dispatch_therapists(c, &in, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct dispatch_free);
	for (size_t i = 0; i < *n; i++) {
		(*v)[i] = (struct dispatch_free){.org_name = r[i].org_name};
		TRY(one(c, r[i].id, from, &(*v)[i]));
	}
	return OK;
}

/* ---- fees ---------------------------------------------------------------------------------------------------------- */

err dispatch_fee_on(struct ctx *c, int64_t insurer_org_id, int64_t org_id, civil on, int64_t *yen)
{
	struct q_dispatch_fees_row *r;
	size_t n;
	*yen = INT_NULL;
	TRY(q_dispatch_fees(c, &(struct q_dispatch_fees_in){.insurer_org_id = insurer_org_id, .on_day = on}, &r, &n));
	for (size_t i = 0; i < n; i++) /* the organisation's own stands before that of all others */
		if (r[i].org_id == org_id || r[i].org_id == INT_NULL) {
			*yen = r[i].yen;
			return OK;
		}
	return OK;
}

err dispatch_fee_list(struct ctx *c, int64_t insurer_org_id, struct dispatch_fee_view **v, size_t *n)
{
	struct q_dispatch_fees_row *r;
	TRY(dispatch_town_gate(c, insurer_org_id, ACTION_SEE));
	TRY(q_dispatch_fees(c, &(struct q_dispatch_fees_in){.insurer_org_id = insurer_org_id, .on_day = CIVIL_NONE}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct dispatch_fee_view);
	for (size_t i = 0; i < *n; i++) {
		(*v)[i] = (struct dispatch_fee_view){.org_name = str_or(r[i].org_name, "")};
		TRY(row_load(c, &T_dispatch_fee, r[i].id, &(*v)[i].row));
	}
	return OK;
}

/* The insurer sets what it pays, not the body that runs the programme. */
static err fee_gate(struct ctx *c, int64_t insurer_org_id)
{
	if (policy_may_administer(c) || policy_may_speak_for_town(c, insurer_org_id))
		return OK;
	err e = dispatch_town_gate(c, insurer_org_id, ACTION_SEE);
	return e == OK ? ERR_DENIED : e;
}

err dispatch_fee_get(struct ctx *c, const char *pid, struct t_dispatch_fee *out)
{
	TRY(row_find(c, &T_dispatch_fee, pid, out));
	TRY(dispatch_town_gate(c, out->insurer_org_id, ACTION_SEE));
	return out->retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

static err check_overlap(struct ctx *c, const struct t_dispatch_fee *r)
{
	struct q_dispatch_fees_row *v;
	size_t n;
	TRY(q_dispatch_fees(c, &(struct q_dispatch_fees_in){.insurer_org_id = r->insurer_org_id, .on_day = CIVIL_NONE}, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].id != r->id && v[i].org_id == r->org_id && v[i].valid_from <= r->valid_to && v[i].valid_to >= r->valid_from)
			return fault_add(c, "valid_from", ERR_PERIOD_OVERLAP, "%s〜%sの謝金と期間が重なっています。先にそちらの終わりの日を入れてください。",
				era_text(c->arena, v[i].valid_from), era_text(c->arena, v[i].valid_to));
	return OK;
}

struct fee_saving {
	struct t_dispatch_fee *row;
	struct row_conflict **conflict;
};

static err fee_tx(struct ctx *c, void *arg)
{
	struct fee_saving *s = arg;
	struct t_dispatch_fee *r = s->row, old;
	if (r->id) {
		TRY(row_load(c, &T_dispatch_fee, r->id, &old));
		r->insurer_org_id = old.insurer_org_id;
	}
	TRY(fee_gate(c, r->insurer_org_id));
	size_t before = c->n_faults;
	if (r->yen == INT_NULL || r->yen < 0 || r->yen > YEN_MOST)
		(void)fault_add(c, "yen", ERR_RANGE, "「1回の謝金」は 0 円から %d 円までの数で入力してください。", YEN_MOST);
	if (r->valid_from == CIVIL_NONE)
		(void)fault_add(c, "valid_from", ERR_REQUIRED, "「始まりの日」を入力してください。");
	if (r->valid_to == CIVIL_NONE)
		r->valid_to = CIVIL_OPEN;
	if (r->valid_from != CIVIL_NONE && r->valid_to < r->valid_from)
		(void)fault_add(c, "valid_to", ERR_PERIOD_ORDER, "「終わりの日」が始まりの日より前になっています。");
	gen_check_text(c, "ground", "根拠", r->ground, true, DISPATCH_LINE);
	if (c->n_faults > before)
		return ERR_INPUT;
	TRY(check_overlap(c, r));
	return r->id ? row_save(c, &T_dispatch_fee, r, s->conflict) : row_insert(c, &T_dispatch_fee, r);
}

err dispatch_fee_save(struct ctx *c, struct t_dispatch_fee *row, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	return tx_run(c, fee_tx, &(struct fee_saving){row, conflict ? conflict : &none});
}

static err fee_retire_tx(struct ctx *c, void *arg)
{
	const char *const *in = arg;
	struct t_dispatch_fee r;
	TRY(dispatch_fee_get(c, in[0], &r));
	TRY(fee_gate(c, r.insurer_org_id));
	if (str_blank(in[1]))
		return fault_add(c, "reason", ERR_REQUIRED, "取り消す理由を書いてください。");
	return row_retire(c, &T_dispatch_fee, r.id, in[1]);
}

err dispatch_fee_retire(struct ctx *c, const char *pid, const char *reason)
{
	const char *in[] = {pid, reason};
	return tx_run(c, fee_retire_tx, in);
}
