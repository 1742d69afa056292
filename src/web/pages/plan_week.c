#include "web/pages/plan_week.h"

#include "base/str.h"
#include "care/plan_assist.h"
#include "form/week_grid.h"
#include "jp/era.h"
#include "jp/week_text.h"
#include "register/draft.h"
#include "tmpl/plan_week.h"
#include "web/asset.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/plan_edit_spec.h"
#include "web/route.h"

#include <string.h>

enum { GRID_W = 2500, GRID_H = 1500, NEW_MAX = 200 };

static err open_plan(struct req *r, struct plan_tree *t)
{
	TRY(plan_get(r->c, req_param(r, "pid"), t));
	look_person(r, t->plan.person_id);
	TRY(policy_check_record(r->c, t->plan.person_id, CLASS_CARE, ACTION_WRITE));
	return str_eq(t->plan.kind, "home") ? OK : ERR_NOTFOUND;
}

/* ---- show --------------------------------------------------------------------------------------------------------- */

static const char *day_ja(int64_t dow)
{
	static const char *const v[] = {"", "月", "火", "水", "木", "金", "土", "日"};
	return dow >= 1 && dow <= 7 ? v[dow] : "";
}

static struct html_safe picture(struct req *r, const struct plan_tree *t, const char **rest)
{
	struct week_input in = {.w = GRID_W, .h = GRID_H, .slots = ARENA_ARRAY(r->arena, t->n_slots + 1, struct week_slot), .n_slots = t->n_slots,
		.activities = ARENA_ARRAY(r->arena, t->n_activities + 1, struct week_activity), .n_activities = t->n_activities};
	for (size_t i = 0; i < t->n_slots; i++) {
		const struct t_plan_slot *s = &t->slots[i];
		in.slots[i] = (struct week_slot){.dow = (int)s->dow, .from_min = (int)s->from_min, .to_min = (int)s->to_min, .key = s->pid,
			.href = arena_fmt(r->arena, "/plans/%s/week/%s", t->plan.pid, s->pid),
			.text = *s->note ? arena_fmt(r->arena, "%s（%s）", s->service, s->note) : s->service};
	}
	for (size_t i = 0; i < t->n_activities; i++)
		in.activities[i] = (struct week_activity){(int)t->activities[i].from_min, (int)t->activities[i].to_min, t->activities[i].text};
	const struct week_grid *g = week_grid_make(r->arena, &in);
	*rest = g->rest;
	return (struct html_safe){drawing_svg(r->arena, g->d, "week")};
}

static const char *time_ja(struct req *r, int64_t from, int64_t to)
{
	return from == to ? plan_clock_ja(r->arena, (int)from)
	                  : arena_fmt(r->arena, "%s〜%s", plan_clock_ja(r->arena, (int)from), plan_clock_ja(r->arena, (int)to));
}

static struct ui_field service_field(struct req *r, const struct plan_tree *t, const char *name, const char *stored)
{
	struct ui_choice *v = ARENA_ARRAY(r->arena, t->n_services + 1, struct ui_choice);
	for (size_t i = 0; i < t->n_services; i++)
		v[i] = (struct ui_choice){.value = t->services[i].pid, .label = arena_fmt(r->arena, "%s　%s", *t->services[i].type ? t->services[i].type : t->services[i].content,
			t->services[i].office)};
	return (struct ui_field){.name = name, .label = "第2表のサービス", .value = stored, .choices = v, .n_choices = t->n_services, .optional_blank = true};
}

static const char *service_pid(const struct plan_tree *t, int64_t id)
{
	for (size_t i = 0; i < t->n_services; i++)
		if (t->services[i].id == id)
			return t->services[i].pid;
	return "";
}

static int64_t service_id(const struct plan_tree *t, const char *pid)
{
	for (size_t i = 0; i < t->n_services; i++)
		if (str_eq(t->services[i].pid, pid))
			return t->services[i].id;
	return INT_NULL;
}

static struct ui_field day_field(struct req *r, const char *name, const char *label, int64_t dow)
{
	struct ui_field f = {.name = name, .label = label, .value = dow ? arena_fmt(r->arena, "%lld", (long long)dow) : "", .width = "s"};
	f.choices = pe_choices(PE_WEEK, &f.n_choices);
	f.optional_blank = !dow;
	return f;
}

static const struct t_plan_slot *slot_of(const struct plan_tree *t, const char *pid)
{
	for (size_t i = 0; i < t->n_slots; i++)
		if (str_eq(t->slots[i].pid, pid))
			return &t->slots[i];
	return NULL;
}

static const char *name_of(struct req *r, const char *key, const char *column) { return arena_fmt(r->arena, "slot.%s.%s", key, column); }

/* The fields of one stay. s NULL: a stay that is not stored (yet); what was typed stands in the form that came back. */
static struct week_row row_of(struct req *r, const struct plan_tree *t, const char *key, const struct t_plan_slot *s)
{
	struct week_row x = {.key = key, .legend = "新しい予定", .version_name = name_of(r, key, "version"), .version = s ? s->version : 0,
		.dow = day_field(r, name_of(r, key, "dow"), "曜日", s ? s->dow : 1),
		.from = {.name = name_of(r, key, "from_min"), .label = "開始時間", .value = s ? plan_clock_ja(r->arena, (int)s->from_min) : "", .width = "s"},
		.to = {.name = name_of(r, key, "to_min"), .label = "終了時間", .value = s ? plan_clock_ja(r->arena, (int)s->to_min) : "", .width = "s"},
		.text = {.name = name_of(r, key, "service"), .label = "内容", .value = s ? s->service : ""},
		.note = {.name = name_of(r, key, "note"), .label = "注記（第2・4など）", .value = s ? s->note : "", .width = "m"},
		.service = service_field(r, t, name_of(r, key, "parent"), s ? service_pid(t, s->service_id) : ""),
		.gone = {.name = name_of(r, key, "gone"), .label = "この予定を削除する"}};
	if (s) {
		x.legend = arena_fmt(r->arena, "%s %s %s", day_ja(s->dow), time_ja(r, s->from_min, s->to_min), s->service);
		x.orphan = s->service_id == INT_NULL;
	}
	return x;
}

/* The key of "slot.<key>.version"; NULL if the name is another. Every stay on the page has such a field. */
static const char *key_in(struct req *r, const char *name)
{
	const char *end = strrchr(name, '.');
	if (!str_starts(name, "slot.") || !end || !str_eq(end, ".version") || end - name <= 5 || end - name > 5 + 26)
		return NULL;
	return arena_strn(r->arena, name + 5, (size_t)(end - name - 5));
}

/* What is stored; when a form came back, what was on it, so that every word stays and nothing is set that was not there. */
static void rows(struct req *r, const struct plan_tree *t, struct plan_week_view *v)
{
	v->rows = ARENA_ARRAY(r->arena, t->n_slots + NEW_MAX + 1, struct week_row);
	for (size_t i = 0; i < t->n_slots; i++)
		if (!v->page->posted || req_has(r, name_of(r, t->slots[i].pid, "version")))
			v->rows[v->n_rows++] = row_of(r, t, t->slots[i].pid, &t->slots[i]);
	size_t stored = v->n_rows;
	for (size_t i = 0; v->page->posted && i < r->form.n && v->n_rows - stored < NEW_MAX; i++) {
		const char *key = key_in(r, r->form.v[i].name);
		int64_t version;
		if (!key || slot_of(t, key))
			continue;
		struct week_row x = row_of(r, t, key, NULL);
		x.version = str_int(r->form.v[i].value, &version) ? version : 0;
		v->rows[v->n_rows++] = x;
	}
}

static const char *month_ja(struct req *r, const struct t_plan *p)
{
	civil day = plan_month_on(p);
	return day == CIVIL_NONE ? "" : era_text_month(r->arena, civil_ymd(day).y, civil_ymd(day).m);
}

static err show(struct req *r, err e)
{
	struct plan_tree t;
	struct plan_slot_new *missing;
	size_t n_missing;
	TRY(open_plan(r, &t));
	if (t.is_frozen)
		return ERR_PLAN_FROZEN;
	struct page_view *page = page_view(r, "週間サービス計画表（第3表）");
	TRY(person_page_head(r, page, t.person_pid));
	page->wide = true;
	page->more_js = asset_path("week.js");
	page->state = STATE_DRAFT;
	page->draft_key = arena_fmt(r->arena, "plan-week/%s", t.plan.pid);
	page->draft_class = "care";
	page->base_version = t.plan.version;
	page->back_path = arena_fmt(r->arena, "/plans/%s", t.plan.pid);
	page->back_label = "計画";
	struct plan_week_view v = {.page = page, .t = &t, .pid = t.plan.pid, .action = arena_fmt(r->arena, "/plans/%s/week", t.plan.pid),
		.month = month_ja(r, &t.plan), .edit_path = arena_fmt(r->arena, "/plans/%s/edit", t.plan.pid),
		.service = service_field(r, &t, "service", ""), .copy_from = day_field(r, "copy_from", "この曜日を", 0), .copy_to = day_field(r, "copy_to", "この曜日にも写す", 0)};
	v.copy_to.optional_blank = false;
	v.svg = picture(r, &t, &v.rest);
	TRY(plan_week_missing(r->c, &t, &missing, &n_missing));
	v.missing = (int64_t)n_missing;
	rows(r, &t, &v);
	v.blank = row_of(r, &t, "NEW", NULL);
	v.n_activities = t.n_activities;
	v.activities = ARENA_ARRAY(r->arena, v.n_activities + 1, struct week_activity_row);
	for (size_t i = 0; i < t.n_activities; i++)
		v.activities[i] = (struct week_activity_row){&t.activities[i], time_ja(r, t.activities[i].from_min, t.activities[i].to_min),
			arena_fmt(r->arena, "/plans/%s/activities/%s/remove", t.plan.pid, t.activities[i].pid)};
	tmpl_plan_week(res_page_of(r, e), &v);
	return OK;
}

err page_plan_week(struct req *r) { return show(r, OK); }

/* ---- write: the stays of the page and what a button adds, in one save ------------------------------------------------------- */

struct writing {
	struct req *r;
	const struct plan_tree *t;
	struct plan_child *v;      /* for plan_save */
	size_t n, cap;
	struct t_plan_slot *stays; /* the week as typed, with service_id where it is known */
	size_t n_stays;
};

static void add_child(struct writing *w, enum plan_part part, const char *key, const char *parent_key, void *row, bool gone)
{
	if (w->n == w->cap) {
		size_t cap = w->cap ? 2 * w->cap : 32;
		struct plan_child *v = ARENA_ARRAY(w->r->arena, cap, struct plan_child);
		if (w->n)
			memcpy(v, w->v, w->n * sizeof *v);
		w->v = v;
		w->cap = cap;
	}
	w->v[w->n++] = (struct plan_child){.part = part, .key = key, .parent_key = parent_key, .row = row, .gone = gone};
}

static void add_stay(struct writing *w, const struct t_plan_slot *s, const char *parent_key)
{
	struct t_plan_slot *row = ARENA_NEW(w->r->arena, struct t_plan_slot);
	*row = *s;
	row->pid = "";
	add_child(w, PLAN_SLOT, arena_fmt(w->r->arena, "add%zu", w->n), parent_key, row, false);
}

/* A stay of a service that 第2表 has under the same word belongs to it, though nobody chose it. */
static const char *service_like(const struct plan_tree *t, const char *text)
{
	const char *found = "";
	for (size_t i = 0; i < t->n_services; i++) {
		const struct t_plan_service *s = &t->services[i];
		if (!*s->type || !str_starts(text, s->type))
			continue;
		if (*found)
			return ""; /* two of the same kind: the author chooses */
		found = s->pid;
	}
	return found;
}

static void clock_of(struct req *r, const char *field, const char *label, int64_t *min)
{
	int m;
	if (week_time_parse(req_field(r, field), &m))
		*min = m;
	else
		(void)fault_add(r->c, field, ERR_INPUT, "「%s」は「9:30」のように時刻で入力してください。翌日は「翌6:00」と書きます。", label);
}

static void read_stay(struct req *r, const char *key, struct t_plan_slot *row)
{
	int64_t dow, version;
	if (!str_int(req_field(r, name_of(r, key, "dow")), &dow) || dow < 1 || dow > 7)
		(void)fault_add(r->c, name_of(r, key, "dow"), ERR_NOT_CHOICE, "曜日を選んでください。");
	else
		row->dow = dow;
	clock_of(r, name_of(r, key, "from_min"), "開始時間", &row->from_min);
	clock_of(r, name_of(r, key, "to_min"), "終了時間", &row->to_min);
	if (row->to_min < row->from_min)
		row->to_min += 1440;
	row->service = str_trim(r->arena, req_field(r, name_of(r, key, "service")));
	row->note = str_trim(r->arena, req_field(r, name_of(r, key, "note")));
	if (str_blank(row->service))
		(void)fault_add(r->c, name_of(r, key, "service"), ERR_REQUIRED, "「内容」を入力してください。予定をやめるときは「この予定を削除する」に印を付けてください。");
	row->version = str_int(req_field(r, name_of(r, key, "version")), &version) ? version : 0;
}

/* One stay of the page: stored, new, or taken out by somebody else meanwhile (then what was changed is written anew, and what
 * was left alone stays away). */
static err take_stay(struct writing *w, const char *key)
{
	struct req *r = w->r;
	const struct t_plan_slot *s = slot_of(w->t, key);
	const char *parent = req_field(r, name_of(r, key, "parent"));
	bool gone = *req_field(r, name_of(r, key, "gone")) != '\0', is_new = key[0] == 'n' && strlen(key) < 10, changed = true;
	struct t_plan_slot *row = ARENA_NEW(r->arena, struct t_plan_slot);
	if (gone && !s)
		return OK;
	if (s)
		*row = *s;
	else
		row_init(&T_plan_slot, row);
	if (gone) {
		int64_t version;
		row->version = str_int(req_field(r, name_of(r, key, "version")), &version) ? version : s->version;
	} else {
		read_stay(r, key, row);
	}
	if (!s && !is_new)
		TRY(plan_slot_was_changed(r->c, w->t, key, row->version, row, &changed));
	if (!changed)
		return OK;
	if (str_blank(parent))
		parent = s ? service_pid(w->t, s->service_id) : service_like(w->t, row->service);
	if (!s)
		row->version = 0;
	add_child(w, PLAN_SLOT, key, parent, row, gone);
	if (!gone) {
		w->stays[w->n_stays] = *row;
		w->stays[w->n_stays++].service_id = service_id(w->t, parent);
	}
	return OK;
}

static err take_page(struct writing *w)
{
	struct req *r = w->r;
	w->stays = ARENA_ARRAY(r->arena, w->t->n_slots + r->form.n + 1, struct t_plan_slot);
	for (size_t i = 0; i < w->t->n_slots; i++)
		if (!req_has(r, name_of(r, w->t->slots[i].pid, "version"))) /* not on the page: left alone */
			w->stays[w->n_stays++] = w->t->slots[i];
	for (size_t i = 0; i < r->form.n; i++) {
		const char *key = key_in(r, r->form.v[i].name);
		if (key)
			TRY(take_stay(w, key));
	}
	return OK;
}

static err add_entry(struct writing *w)
{
	struct req *r = w->r;
	struct week_entry in;
	const char *why, *service = req_field(r, "service");
	if (str_blank(req_field(r, "entry")))
		return OK;
	if (!week_text_parse(r->arena, req_field(r, "entry"), &in, &why))
		return fault_add(r->c, "entry", ERR_INPUT, "%s", why);
	for (int d = 0; d < 7; d++) {
		struct t_plan_slot row;
		if (!(in.days & 1u << d))
			continue;
		row_init(&T_plan_slot, &row);
		row.dow = d + 1;
		row.from_min = in.from_min;
		row.to_min = in.to_min;
		row.service = in.text;
		row.note = in.note;
		add_stay(w, &row, *service ? service : service_like(w->t, in.text));
	}
	return OK;
}

static err add_activity(struct writing *w)
{
	struct req *r = w->r;
	if (str_blank(req_field(r, "activity")))
		return OK;
	struct t_plan_activity *a = ARENA_NEW(r->arena, struct t_plan_activity);
	row_init(&T_plan_activity, a);
	a->text = str_trim(r->arena, req_field(r, "activity"));
	clock_of(r, "activity_from", "時刻", &a->from_min);
	a->to_min = a->from_min;
	if (!str_blank(req_field(r, "activity_to")))
		clock_of(r, "activity_to", "終わり", &a->to_min);
	add_child(w, PLAN_ACTIVITY, "addact", "", a, false);
	return OK;
}

static err add_missing(struct writing *w)
{
	struct plan_tree typed = *w->t;
	struct plan_slot_new *m;
	size_t n;
	typed.slots = w->stays;
	typed.n_slots = w->n_stays;
	TRY(plan_week_missing(w->r->c, &typed, &m, &n));
	for (size_t i = 0; i < n; i++)
		add_stay(w, &m[i].row, m[i].service_key);
	return OK;
}

static err copy_day(struct writing *w)
{
	struct req *r = w->r;
	const char **to;
	size_t n_to = req_all(r, "copy_to", &to);
	int64_t from;
	if (!str_int(req_field(r, "copy_from"), &from) || !n_to)
		return fault_add(r->c, "copy_to", ERR_REQUIRED, "写す曜日と、写し先の曜日を選んでください。");
	for (size_t k = 0; k < n_to && k < 7; k++) {
		int64_t day;
		if (!str_int(to[k], &day) || day < 1 || day > 7 || day == from)
			continue;
		for (size_t i = 0; i < w->n_stays; i++) {
			struct t_plan_slot row = w->stays[i];
			if (row.dow != from)
				continue;
			row.dow = day;
			add_stay(w, &row, service_pid(w->t, row.service_id));
		}
	}
	return OK;
}

static err add_nothing(struct writing *w)
{
	(void)w;
	return OK;
}

static err drop_activity(struct writing *w)
{
	for (size_t i = 0; i < w->t->n_activities; i++)
		if (str_eq(w->t->activities[i].pid, req_param(w->r, "apid"))) {
			add_child(w, PLAN_ACTIVITY, w->t->activities[i].pid, "", &w->t->activities[i], true);
			return OK;
		}
	return ERR_NOTFOUND;
}

static err gather(struct writing *w, err (*more)(struct writing *w))
{
	size_t before = w->r->c->n_faults;
	TRY(take_page(w));
	err e = add_entry(w);
	e = page_is_input(e) || e == OK ? add_activity(w) : e; /* all faults at once */
	e = page_is_input(e) || e == OK ? more(w) : e;
	TRY(e);
	return w->r->c->n_faults > before ? ERR_INPUT : OK;
}

static err act(struct req *r, err (*more)(struct writing *w))
{
	struct plan_tree t;
	struct plan_conflicts conflicts = {0};
	const char *pid;
	TRY(open_plan(r, &t));
	struct writing w = {.r = r, .t = &t};
	err e = gather(&w, more);
	if (e == OK)
		e = plan_save(r->c, &(struct plan_edit){.pid = t.plan.pid, .children = w.v, .n_children = w.n}, &pid, &conflicts);
	if (e == ERR_CONFLICT && conflicts.n)
		return page_plan_conflict(r, &t, &conflicts, arena_fmt(r->arena, "/plans/%s/week", t.plan.pid));
	if (page_is_input(e))
		return show(r, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "plan-week/%s", t.plan.pid)));
	return res_done(r, "saved", "/plans/%s/week", t.plan.pid);
}

err page_plan_week_save(struct req *r) { return act(r, add_nothing); }
err page_plan_week_fill(struct req *r) { return act(r, add_missing); }
err page_plan_week_copy(struct req *r) { return act(r, copy_day); }
err page_plan_activity_remove(struct req *r) { return act(r, drop_activity); }

/* ---- one stay by itself, where a box of the picture leads ------------------------------------------------------------------- */

static err change_slot(struct req *r, const struct plan_tree *t, const char *key)
{
	const struct t_plan_slot *s = slot_of(t, key);
	struct plan_conflicts conflicts = {0};
	const char *pid;
	if (!s)
		return ERR_NOTFOUND;
	struct writing w = {.r = r, .t = t, .stays = ARENA_ARRAY(r->arena, 1, struct t_plan_slot)};
	size_t before = r->c->n_faults;
	TRY(take_stay(&w, key));
	if (r->c->n_faults > before)
		return ERR_INPUT;
	err e = plan_save(r->c, &(struct plan_edit){.pid = t->plan.pid, .children = w.v, .n_children = w.n}, &pid, &conflicts);
	if (e == ERR_CONFLICT && conflicts.n)
		return page_plan_conflict(r, t, &conflicts, arena_fmt(r->arena, "/plans/%s/week", t->plan.pid));
	TRY(e);
	return res_done(r, "saved", "/plans/%s/week", t->plan.pid);
}

static err show_slot(struct req *r, err e)
{
	struct plan_tree t;
	TRY(open_plan(r, &t));
	const struct t_plan_slot *s = slot_of(&t, req_param(r, "spid"));
	if (!s)
		return ERR_NOTFOUND;
	struct page_view *page = page_view(r, "週間の予定を直す");
	TRY(person_page_head(r, page, t.person_pid));
	page->back_path = arena_fmt(r->arena, "/plans/%s/week", t.plan.pid);
	page->back_label = "週間サービス計画表";
	struct week_row v = row_of(r, &t, s->pid, s);
	tmpl_plan_slot(res_page_of(r, e), page, &v, arena_fmt(r->arena, "/plans/%s/week/%s", t.plan.pid, s->pid));
	return OK;
}

err page_plan_slot(struct req *r) { return show_slot(r, OK); }

err page_plan_slot_save(struct req *r)
{
	struct plan_tree t;
	TRY(open_plan(r, &t));
	err e = change_slot(r, &t, req_param(r, "spid"));
	return page_is_input(e) ? show_slot(r, e) : e;
}
