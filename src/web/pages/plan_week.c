#include "web/pages/plan_week.h"

#include "base/str.h"
#include "care/plan_assist.h"
#include "form/week_grid.h"
#include "jp/week_text.h"
#include "tmpl/plan_week.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/plan_edit_spec.h"
#include "web/route.h"

enum { GRID_W = 2500, GRID_H = 1500 };

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

static struct ui_field day_field(struct req *r, const char *name, const char *label, int64_t dow)
{
	struct ui_field f = {.name = name, .label = label, .value = dow ? arena_fmt(r->arena, "%lld", (long long)dow) : "", .width = "s"};
	f.choices = pe_choices(PE_WEEK, &f.n_choices);
	f.optional_blank = !dow;
	return f;
}

static err show(struct req *r, err e)
{
	struct plan_tree t;
	struct plan_slot_new *missing;
	size_t n_missing;
	TRY(open_plan(r, &t));
	struct page_view *page = page_view(r, "週間サービス計画表（第3表）");
	TRY(person_page_head(r, page, t.person_pid));
	page->wide = true;
	page->back_path = arena_fmt(r->arena, "/plans/%s/edit", t.plan.pid);
	page->back_label = "第1表・第2表を書く";
	struct plan_week_view v = {.page = page, .t = &t, .pid = t.plan.pid, .action = arena_fmt(r->arena, "/plans/%s/week", t.plan.pid),
		.service = service_field(r, &t, "service", ""), .copy_from = day_field(r, "copy_from", "この曜日を", 0), .copy_to = day_field(r, "copy_to", "この曜日にも写す", 0)};
	v.copy_to.optional_blank = false;
	v.svg = picture(r, &t, &v.rest);
	TRY(plan_week_missing(r->c, &t, &missing, &n_missing));
	v.missing = (int64_t)n_missing;
	v.n_rows = t.n_slots;
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct week_row);
	for (size_t i = 0; i < t.n_slots; i++) {
		const struct t_plan_slot *s = &t.slots[i];
		v.rows[i] = (struct week_row){.s = s, .day = day_ja(s->dow), .time = time_ja(r, s->from_min, s->to_min), .name = s->service, .note = s->note,
			.from = plan_clock_ja(r->arena, (int)s->from_min), .to = plan_clock_ja(r->arena, (int)s->to_min), .orphan = s->service_id == INT_NULL,
			.action = arena_fmt(r->arena, "/plans/%s/week/%s", t.plan.pid, s->pid)};
	}
	v.n_activities = t.n_activities;
	v.activities = ARENA_ARRAY(r->arena, v.n_activities + 1, struct week_activity_row);
	for (size_t i = 0; i < t.n_activities; i++)
		v.activities[i] = (struct week_activity_row){&t.activities[i], time_ja(r, t.activities[i].from_min, t.activities[i].to_min),
			arena_fmt(r->arena, "/plans/%s/activities/%s/remove", t.plan.pid, t.activities[i].pid)};
	tmpl_plan_week(res_page_of(r, e), &v);
	return OK;
}

err page_plan_week(struct req *r) { return show(r, OK); }

/* ---- write ------------------------------------------------------------------------------------------------------------ */

static err save(struct req *r, const struct plan_tree *t, struct plan_child *v, size_t n)
{
	struct plan_conflicts conflicts = {0};
	const char *pid;
	err e = plan_save(r->c, &(struct plan_edit){.pid = t->plan.pid, .children = v, .n_children = n}, &pid, &conflicts);
	if (e == ERR_CONFLICT && conflicts.n) /* one stay changed by two: nothing is written, and the page says so */
		return fault_add(r->c, "entry", ERR_INPUT, "ほかの人が同じ予定を直したため、保存していません。下の表は今の内容です。確かめて、もう一度入力してください。");
	return e;
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

static const struct formin_field ENTRY[] = {{.name = "entry", .label = "予定", .kind = FORMIN_TEXT, .max = 300, .required = true},
	{.name = "service", .label = "第2表のサービス", .kind = FORMIN_CODE, .max = 40}};

static err add_entry(struct req *r, const struct plan_tree *t)
{
	struct week_entry w;
	const char *why;
	TRY(formin_read(r, ENTRY, FORMIN_N(ENTRY)));
	if (!week_text_parse(r->arena, req_field(r, "entry"), &w, &why))
		return fault_add(r->c, "entry", ERR_INPUT, "%s", why);
	const char *service = req_field(r, "service");
	struct plan_child v[7];
	struct t_plan_slot rows[7];
	size_t n = 0;
	for (int d = 0; d < 7; d++) {
		if (!(w.days & 1u << d))
			continue;
		row_init(&T_plan_slot, &rows[n]);
		rows[n].dow = d + 1;
		rows[n].from_min = w.from_min;
		rows[n].to_min = w.to_min;
		rows[n].service = w.text;
		rows[n].note = w.note;
		v[n] = (struct plan_child){.part = PLAN_SLOT, .key = arena_fmt(r->arena, "n%d", d), .parent_key = *service ? service : service_like(t, w.text), .row = &rows[n]};
		n++;
	}
	return save(r, t, v, n);
}

static err add_missing(struct req *r, const struct plan_tree *t)
{
	struct plan_slot_new *m;
	size_t n;
	TRY(formin_read(r, NULL, 0));
	TRY(plan_week_missing(r->c, t, &m, &n));
	struct plan_child *v = ARENA_ARRAY(r->arena, n + 1, struct plan_child);
	for (size_t i = 0; i < n; i++)
		v[i] = (struct plan_child){.part = PLAN_SLOT, .key = arena_fmt(r->arena, "n%zu", i), .parent_key = m[i].service_key, .row = &m[i].row};
	return save(r, t, v, n);
}

static const struct formin_field COPY[] = {{.name = "copy_from", .label = "写す曜日", .kind = FORMIN_CODE, .required = true},
	{.name = "copy_to", .label = "写し先の曜日", .kind = FORMIN_CODE, .repeat = true}};

static err copy_day(struct req *r, const struct plan_tree *t)
{
	const char **to;
	TRY(formin_read(r, COPY, FORMIN_N(COPY)));
	size_t n_to = req_all(r, "copy_to", &to), n = 0;
	int64_t from;
	if (!str_int(req_field(r, "copy_from"), &from) || !n_to)
		return fault_add(r->c, "copy_to", ERR_REQUIRED, "写す曜日と、写し先の曜日を選んでください。");
	struct plan_child *v = ARENA_ARRAY(r->arena, 7 * t->n_slots + 1, struct plan_child);
	struct t_plan_slot *rows = ARENA_ARRAY(r->arena, 7 * t->n_slots + 1, struct t_plan_slot);
	for (size_t k = 0; k < n_to && k < 7; k++) {
		int64_t day;
		if (!str_int(to[k], &day) || day < 1 || day > 7 || day == from)
			continue;
		for (size_t i = 0; i < t->n_slots; i++) {
			if (t->slots[i].dow != from)
				continue;
			rows[n] = t->slots[i];
			rows[n].pid = "";
			rows[n].dow = day;
			v[n] = (struct plan_child){.part = PLAN_SLOT, .key = arena_fmt(r->arena, "n%zu", n), .parent_key = service_pid(t, t->slots[i].service_id), .row = &rows[n]};
			n++;
		}
	}
	return save(r, t, v, n);
}

static const struct formin_field ACTIVITY[] = {{.name = "activity", .label = "主な日常生活上の活動", .kind = FORMIN_TEXT, .max = 200, .required = true},
	{.name = "activity_from", .label = "時刻", .kind = FORMIN_TEXT, .max = 20, .required = true}, {.name = "activity_to", .label = "終わり", .kind = FORMIN_TEXT, .max = 20}};

static err clock_field(struct req *r, const char *field, int64_t *min)
{
	int m;
	if (!week_time_parse(req_field(r, field), &m))
		return fault_add(r->c, field, ERR_INPUT, "時刻は「9:30」のように入力してください。翌日は「翌6:00」と書きます。");
	*min = m;
	return OK;
}

static err add_activity(struct req *r, const struct plan_tree *t)
{
	struct t_plan_activity a;
	TRY(formin_read(r, ACTIVITY, FORMIN_N(ACTIVITY)));
	row_init(&T_plan_activity, &a);
	a.text = req_field(r, "activity");
	TRY(clock_field(r, "activity_from", &a.from_min));
	a.to_min = a.from_min;
	if (!str_blank(req_field(r, "activity_to")))
		TRY(clock_field(r, "activity_to", &a.to_min));
	struct plan_child v = {.part = PLAN_ACTIVITY, .key = "n1", .parent_key = "", .row = &a};
	return save(r, t, &v, 1);
}

static err act(struct req *r, err (*fn)(struct req *r, const struct plan_tree *t))
{
	struct plan_tree t;
	TRY(open_plan(r, &t));
	err e = fn(r, &t);
	if (page_is_input(e))
		return show(r, e);
	TRY(e);
	return res_done(r, "saved", "/plans/%s/week", t.plan.pid);
}

err page_plan_week_add(struct req *r) { return act(r, add_entry); }
err page_plan_week_fill(struct req *r) { return act(r, add_missing); }
err page_plan_week_copy(struct req *r) { return act(r, copy_day); }
err page_plan_activity_add(struct req *r) { return act(r, add_activity); }

/* ---- one stay ------------------------------------------------------------------------------------------------------------- */

static const struct formin_field SLOT[] = {{.name = "dow", .label = "曜日", .kind = FORMIN_CODE, .required = true}, {.name = "from", .label = "開始時間", .kind = FORMIN_TEXT, .max = 20, .required = true},
	{.name = "to", .label = "終了時間", .kind = FORMIN_TEXT, .max = 20, .required = true}, {.name = "text", .label = "内容", .kind = FORMIN_TEXT, .max = 300, .required = true},
	{.name = "note", .label = "注記", .kind = FORMIN_TEXT, .max = 60}, {.name = "service", .label = "第2表のサービス", .kind = FORMIN_CODE, .max = 40},
	{.name = "version", .label = "版", .kind = FORMIN_INT, .lo = 0, .hi = INT32_MAX}, {.name = "remove", .label = "削除", .kind = FORMIN_CODE}};

static const struct t_plan_slot *slot_of(const struct plan_tree *t, const char *pid)
{
	for (size_t i = 0; i < t->n_slots; i++)
		if (str_eq(t->slots[i].pid, pid))
			return &t->slots[i];
	return NULL;
}

static err change_slot(struct req *r, const struct plan_tree *t)
{
	const struct t_plan_slot *s = slot_of(t, req_param(r, "spid"));
	int64_t dow;
	if (!s)
		return ERR_NOTFOUND;
	TRY(formin_read(r, SLOT, FORMIN_N(SLOT)));
	struct t_plan_slot row = *s;
	if (!str_int(req_field(r, "dow"), &dow) || dow < 1 || dow > 7)
		return fault_add(r->c, "dow", ERR_NOT_CHOICE, "曜日を選んでください。");
	row.dow = dow;
	row.version = formin_int(r, "version") == INT_NULL ? s->version : formin_int(r, "version");
	TRY(clock_field(r, "from", &row.from_min));
	TRY(clock_field(r, "to", &row.to_min));
	if (row.to_min < row.from_min)
		row.to_min += 1440;
	row.service = req_field(r, "text");
	row.note = req_field(r, "note");
	struct plan_child v = {.part = PLAN_SLOT, .key = s->pid, .row = &row, .gone = *req_field(r, "remove") != '\0',
		.parent_key = req_has(r, "service") && *req_field(r, "service") ? req_field(r, "service") : service_pid(t, s->service_id)};
	return save(r, t, &v, 1);
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
	struct week_row v = {.s = s, .dow = day_field(r, "dow", "曜日", s->dow), .service = service_field(r, &t, "service", service_pid(&t, s->service_id)),
		.from = plan_clock_ja(r->arena, (int)s->from_min), .to = plan_clock_ja(r->arena, (int)s->to_min),
		.action = arena_fmt(r->arena, "/plans/%s/week/%s", t.plan.pid, s->pid)};
	tmpl_plan_slot(res_page_of(r, e), page, &v);
	return OK;
}

err page_plan_slot(struct req *r) { return show_slot(r, OK); }

err page_plan_slot_save(struct req *r)
{
	struct plan_tree t;
	TRY(open_plan(r, &t));
	err e = change_slot(r, &t);
	if (page_is_input(e))
		return show_slot(r, e);
	TRY(e);
	return res_done(r, "saved", "/plans/%s/week", t.plan.pid);
}

err page_plan_activity_remove(struct req *r)
{
	struct plan_tree t;
	TRY(open_plan(r, &t));
	TRY(formin_read(r, NULL, 0));
	for (size_t i = 0; i < t.n_activities; i++) {
		if (!str_eq(t.activities[i].pid, req_param(r, "apid")))
			continue;
		struct t_plan_activity row = t.activities[i];
		struct plan_child v = {.part = PLAN_ACTIVITY, .key = row.pid, .parent_key = "", .row = &row, .gone = true};
		TRY(save(r, &t, &v, 1));
		return res_done(r, "saved", "/plans/%s/week", t.plan.pid);
	}
	return ERR_NOTFOUND;
}
