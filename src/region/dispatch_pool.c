/* Therapists of an organisation: their row, areas, week and single days. Who is free: dispatch_free.c. */
#include "region/dispatch_pool.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/str.h"
#include "region/dispatch.h"
#include "region/dispatch_own.h"
#include "register/bin.h"
#include "register/gen.h"
#include "register/org.h"
#include "register/territory.h"
#include "sql/q_dispatch.h"
#include "store/tx.h"

static bool may_write(struct ctx *c, int64_t org_id) { return policy_check_own(c, org_id, CLASS_STATISTICS, ACTION_WRITE) == OK; }

/* The municipality for which the actor asks, coordinates or is sent; INT_NULL: none. */
static err town_of(struct ctx *c, int64_t *insurer)
{
	TRY(dispatch_town_of(c, insurer));
	if (*insurer == INT_NULL)
		TRY(territory_insurer(c, insurer));
	return OK;
}

/* ---- read -------------------------------------------------------------------------------------------------------- */

static err fill(struct ctx *c, struct dispatch_therapist_view *v)
{
	struct q_dispatch_areas_of_row *a;
	struct q_dispatch_times_of_row *t;
	size_t n;
	struct buf b = buf_new(c->arena);
	TRY(q_dispatch_areas_of(c, &(struct q_dispatch_areas_of_in){.therapist_id = v->row.id}, &a, &n));
	for (size_t i = 0; i < n && v->n_areas < DISPATCH_AREAS; i++) {
		v->areas[v->n_areas++] = a[i].area_id;
		buf_fmt(&b, "%s%s", i ? "、" : "", a[i].name);
	}
	v->area_names = b.n ? b.p : "";
	for (int d = 0; d < DISPATCH_WEEK; d++)
		v->week[d] = (struct dispatch_hours){"", ""};
	TRY(q_dispatch_times_of(c, &(struct q_dispatch_times_of_in){.therapist_id = v->row.id, .from_on = c->today}, &t, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(t[i].kind, "weekly") && t[i].weekday >= 1 && t[i].weekday <= DISPATCH_WEEK)
			v->week[t[i].weekday - 1] = (struct dispatch_hours){t[i].time_from, t[i].time_to};
	v->may_write = may_write(c, v->row.org_id);
	return OK;
}

void dispatch_therapist_init(struct ctx *c, struct dispatch_therapist_view *v)
{
	*v = (struct dispatch_therapist_view){.org_pid = "", .org_name = "", .staff_pid = "", .staff_name = "", .area_names = "", .may_write = true};
	row_init(&T_dispatch_therapist, &v->row);
	v->row.org_id = c->actor.org_id;
	v->row.from_on = c->today;
	for (int d = 0; d < DISPATCH_WEEK; d++)
		v->week[d] = (struct dispatch_hours){"", ""};
}

/* Seen by the own organisation and by those of its municipality. */
static err see(struct ctx *c, const struct t_dispatch_therapist *t, struct q_dispatch_therapist_one_row *n)
{
	int64_t insurer;
	TRY(q_dispatch_therapist_one(c, &(struct q_dispatch_therapist_one_in){.id = t->id}, n));
	if (policy_check_own(c, t->org_id, CLASS_STATISTICS, ACTION_SEE) == OK)
		return OK;
	TRY(policy_check_own(c, c->actor.org_id, CLASS_STATISTICS, ACTION_SEE));
	TRY(town_of(c, &insurer));
	return n->insurer_org_id == INT_NULL || n->insurer_org_id == insurer ? OK : ERR_NOTFOUND;
}

err dispatch_therapist_get(struct ctx *c, const char *pid, struct dispatch_therapist_view *out)
{
	struct q_dispatch_therapist_one_row n;
	*out = (struct dispatch_therapist_view){0};
	TRY(row_find(c, &T_dispatch_therapist, pid, &out->row));
	TRY(see(c, &out->row, &n));
	if (out->row.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	out->org_pid = n.org_pid;
	out->org_name = n.org_name;
	out->staff_pid = str_or(n.staff_pid, "");
	out->staff_name = str_or(n.staff_name, "");
	return fill(c, out);
}

err dispatch_therapist_list(struct ctx *c, int64_t org_id, struct dispatch_therapist_view **v, size_t *n)
{
	struct q_dispatch_therapists_row *r;
	struct q_dispatch_therapists_in in = Q_DISPATCH_THERAPISTS_NONE;
	in.org_id = org_id;
	if (org_id != INT_NULL) {
		TRY(policy_check_own(c, org_id, CLASS_STATISTICS, ACTION_SEE));
	} else {
		TRY(policy_check_own(c, c->actor.org_id, CLASS_STATISTICS, ACTION_SEE));
		TRY(town_of(c, &in.insurer_org_id));
	}
	TRY(q_dispatch_therapists(c, &in, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct dispatch_therapist_view);
	for (size_t i = 0; i < *n; i++) {
		struct dispatch_therapist_view *x = &(*v)[i];
		*x = (struct dispatch_therapist_view){.org_pid = r[i].org_pid, .org_name = r[i].org_name, .staff_pid = str_or(r[i].staff_pid, ""), .staff_name = str_or(r[i].staff_name, "")};
		TRY(row_load(c, &T_dispatch_therapist, r[i].id, &x->row));
		TRY(fill(c, x));
	}
	return OK;
}

/* ---- save -------------------------------------------------------------------------------------------------------- */

struct saving {
	struct dispatch_therapist_view *v;
	struct row_conflict **conflict;
};

static const char *weekday_field(struct ctx *c, int day, const char *end) { return arena_fmt(c->arena, "w%d_%s", day + 1, end); }

static err check(struct ctx *c, struct dispatch_therapist_view *v)
{
	static const char *const DAYS[] = {"月曜", "火曜", "水曜", "木曜", "金曜", "土曜", "日曜"};
	struct t_dispatch_therapist *t = &v->row;
	size_t before = c->n_faults;
	gen_check_text(c, "name", "氏名", t->name, true, DISPATCH_LINE);
	gen_check_text(c, "kana", "フリガナ", t->kana, false, DISPATCH_LINE);
	gen_check_text(c, "specialty", "得意な分野", t->specialty, false, DISPATCH_LINE);
	if (!dispatch_has("pt|ot|st", t->profession))
		(void)fault_add(c, "profession", ERR_REQUIRED, "「職種」は、理学療法士・作業療法士・言語聴覚士から選んでください。");
	if (t->to_on == CIVIL_NONE)
		t->to_on = CIVIL_OPEN;
	if (t->from_on != CIVIL_NONE && t->to_on < t->from_on)
		(void)fault_add(c, "to_on", ERR_PERIOD_ORDER, "「派遣できる終わりの日」が始まりの日より前になっています。");
	for (int d = 0; d < DISPATCH_WEEK; d++) {
		struct dispatch_hours *h = &v->week[d];
		const char *label = arena_fmt(c->arena, "%sの時間", DAYS[d]);
		h->from = dispatch_clock(c, weekday_field(c, d, "from"), label, h->from);
		h->to = dispatch_clock(c, weekday_field(c, d, "to"), label, h->to);
		if (!*h->from != !*h->to)
			(void)fault_add(c, weekday_field(c, d, "to"), ERR_INPUT, "「%s」は、始まりと終わりの両方を入力してください。", label);
	}
	return c->n_faults == before ? OK : ERR_INPUT;
}

static err save_areas(struct ctx *c, const struct dispatch_therapist_view *v)
{
	struct q_dispatch_areas_of_row *old;
	size_t n;
	TRY(q_dispatch_areas_of(c, &(struct q_dispatch_areas_of_in){.therapist_id = v->row.id}, &old, &n));
	for (size_t i = 0; i < n; i++) {
		bool wanted = false;
		for (size_t k = 0; k < v->n_areas; k++)
			wanted |= v->areas[k] == old[i].area_id;
		if (!wanted)
			TRY(row_retire(c, &T_dispatch_area, old[i].id, "record"));
	}
	for (size_t k = 0; k < v->n_areas; k++) {
		struct t_dispatch_area a;
		bool there = false;
		for (size_t i = 0; i < n; i++)
			there |= v->areas[k] == old[i].area_id;
		if (there)
			continue;
		row_init(&T_dispatch_area, &a);
		a.org_id = v->row.org_id;
		a.therapist_id = v->row.id;
		a.area_id = v->areas[k];
		TRY(row_insert(c, &T_dispatch_area, &a));
	}
	return OK;
}

/* One row per day of the week at most; only what changed is written. */
static err save_day(struct ctx *c, const struct dispatch_therapist_view *v, int day, int64_t old_id)
{
	const struct dispatch_hours *h = &v->week[day];
	struct t_dispatch_time t;
	if (old_id && !*h->from)
		return row_retire(c, &T_dispatch_time, old_id, "record");
	if (old_id) {
		TRY(row_load(c, &T_dispatch_time, old_id, &t));
		if (str_eq(t.time_from, h->from) && str_eq(t.time_to, h->to))
			return OK;
	} else if (!*h->from) {
		return OK;
	} else {
		row_init(&T_dispatch_time, &t);
	}
	t.org_id = v->row.org_id;
	t.therapist_id = v->row.id;
	t.kind = "weekly";
	t.weekday = day + 1;
	t.time_from = h->from;
	t.time_to = h->to;
	return old_id ? row_save(c, &T_dispatch_time, &t, NULL) : row_insert(c, &T_dispatch_time, &t);
}

static err save_week(struct ctx *c, const struct dispatch_therapist_view *v)
{
	struct q_dispatch_times_of_row *t;
	size_t n;
	int64_t old[DISPATCH_WEEK] = {0};
	TRY(q_dispatch_times_of(c, &(struct q_dispatch_times_of_in){.therapist_id = v->row.id, .from_on = c->today}, &t, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(t[i].kind, "weekly") && t[i].weekday >= 1 && t[i].weekday <= DISPATCH_WEEK)
			old[t[i].weekday - 1] = t[i].id;
	for (int d = 0; d < DISPATCH_WEEK; d++)
		TRY(save_day(c, v, d, old[d]));
	return OK;
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct dispatch_therapist_view *v = s->v;
	struct t_dispatch_therapist old;
	if (v->row.id) {
		TRY(row_load(c, &T_dispatch_therapist, v->row.id, &old));
		v->row.org_id = old.org_id;
	} else {
		struct org o;
		TRY(org_load(c, v->row.org_id, &o));
		if (str_eq(org_kind_class(o.kind), "centre") || str_eq(org_kind_class(o.kind), "insurer"))
			return fault_add(c, "name", ERR_INPUT, "専門職は、専門職の所属する団体・病院・事業所で登録してください。");
	}
	TRY(policy_check_own(c, v->row.org_id, CLASS_STATISTICS, ACTION_WRITE));
	TRY(check(c, v));
	TRY(v->row.id ? row_save(c, &T_dispatch_therapist, &v->row, s->conflict) : row_insert(c, &T_dispatch_therapist, &v->row));
	TRY(save_areas(c, v));
	return save_week(c, v);
}

err dispatch_therapist_save(struct ctx *c, struct dispatch_therapist_view *v, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	return tx_run(c, save_tx, &(struct saving){v, conflict ? conflict : &none});
}

static err retire_tx(struct ctx *c, void *arg)
{
	const char **in = arg;
	struct t_dispatch_therapist t;
	TRY(row_find(c, &T_dispatch_therapist, in[0], &t));
	TRY(policy_check_own(c, t.org_id, CLASS_STATISTICS, ACTION_WRITE));
	if (t.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	if (str_blank(in[1]))
		return fault_add(c, "reason", ERR_REQUIRED, "ごみ箱に移す理由を書いてください。");
	return bin_put(c, &(struct bin_put){.table = &T_dispatch_therapist, .row_id = t.id, .row_pid = t.pid, .org_id = t.org_id, .record_class = CLASS_STATISTICS,
		.title = "派遣できるリハビリ専門職", .reason = in[1]}, &in[2]);
}

err dispatch_therapist_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	const char *in[] = {pid, reason, NULL};
	TRY(tx_run(c, retire_tx, in));
	if (bin_pid)
		*bin_pid = in[2];
	return OK;
}

/* ---- single days --------------------------------------------------------------------------------------------------- */

static err own_therapist(struct ctx *c, const char *pid, struct t_dispatch_therapist *t)
{
	TRY(row_find(c, &T_dispatch_therapist, pid, t));
	TRY(policy_check_own(c, t->org_id, CLASS_STATISTICS, ACTION_WRITE));
	return t->retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

err dispatch_time_list(struct ctx *c, const char *therapist_pid, civil from, struct t_dispatch_time **v, size_t *n)
{
	struct dispatch_therapist_view t;
	struct q_dispatch_times_of_row *r;
	size_t rows;
	TRY(dispatch_therapist_get(c, therapist_pid, &t));
	TRY(q_dispatch_times_of(c, &(struct q_dispatch_times_of_in){.therapist_id = t.row.id, .from_on = from}, &r, &rows));
	*v = ARENA_ARRAY(c->arena, rows + 1, struct t_dispatch_time);
	*n = 0;
	for (size_t i = 0; i < rows; i++)
		if (!str_eq(r[i].kind, "weekly"))
			TRY(row_load(c, &T_dispatch_time, r[i].id, &(*v)[(*n)++]));
	return OK;
}

static err add_tx(struct ctx *c, void *arg)
{
	struct t_dispatch_time *t = arg;
	size_t before = c->n_faults;
	if (t->on_day == CIVIL_NONE)
		(void)fault_add(c, "on_day", ERR_REQUIRED, "「日」を入力してください。");
	else if (t->on_day < c->today)
		(void)fault_add(c, "on_day", ERR_INPUT, "「日」は、今日からあとの日付にしてください。");
	if (!str_eq(t->kind, "slot") && !str_eq(t->kind, "off"))
		(void)fault_add(c, "kind", ERR_REQUIRED, "「行ける日」か「行けない日」を選んでください。");
	t->time_from = dispatch_clock(c, "time_from", "始まりの時刻", t->time_from);
	t->time_to = dispatch_clock(c, "time_to", "終わりの時刻", t->time_to);
	if (str_eq(t->kind, "slot") && (!*t->time_from || !*t->time_to))
		(void)fault_add(c, "time_to", ERR_REQUIRED, "行ける日には、始まりと終わりの時刻を入力してください。");
	gen_check_text(c, "note", "メモ", t->note, false, DISPATCH_LINE);
	return c->n_faults == before ? row_insert(c, &T_dispatch_time, t) : ERR_INPUT;
}

err dispatch_time_add(struct ctx *c, const char *therapist_pid, const char *kind, civil on, const char *from, const char *to, const char *note)
{
	struct t_dispatch_therapist owner;
	struct t_dispatch_time t;
	TRY(own_therapist(c, therapist_pid, &owner));
	row_init(&T_dispatch_time, &t);
	t.org_id = owner.org_id;
	t.therapist_id = owner.id;
	t.kind = str_or(kind, "");
	t.on_day = on;
	t.time_from = str_or(from, "");
	t.time_to = str_or(to, "");
	t.note = str_or(note, "");
	return tx_run(c, add_tx, &t);
}

static err remove_tx(struct ctx *c, void *arg) { return row_retire(c, &T_dispatch_time, *(int64_t *)arg, "record"); }

err dispatch_time_remove(struct ctx *c, const char *therapist_pid, const char *pid)
{
	struct t_dispatch_therapist owner;
	struct t_dispatch_time t;
	TRY(own_therapist(c, therapist_pid, &owner));
	TRY(row_find(c, &T_dispatch_time, pid, &t));
	if (t.therapist_id != owner.id || t.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	return tx_run(c, remove_tx, &t.id);
}
