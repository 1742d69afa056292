/* Therapists who can be sent, their days, and the fees. */
#include "web/pages/dispatch.h"

#include "access/policy.h"
#include "base/str.h"
#include "jp/era.h"
#include "register/draft.h"
#include "register/org.h"
#include "register/staff.h"
#include "register/territory.h"
#include "tmpl/dispatch_pool.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/dispatch_parts.h"
#include "web/pages/record.h"
#include "web/route.h"

/* ---- list ---------------------------------------------------------------------------------------------------------- */

static err may_add(struct req *r, bool *yes)
{
	struct org o;
	TRY(org_load(r->c, r->c->actor.org_id, &o));
	const char *cls = org_kind_class(o.kind);
	*yes = (r->c->may_own[ACTION_WRITE] & CLASS_STATISTICS) && !str_eq(cls, "centre") && !str_eq(cls, "insurer");
	return OK;
}

err page_dispatch_therapists(struct req *r)
{
	struct page_view *page = page_view(r, "派遣できる専門職");
	struct dispatch_therapists_view v = {.page = page};
	struct dispatch_therapist_view *rows;
	TRY(may_add(r, &v.may_add));
	TRY(dispatch_therapist_list(r->c, INT_NULL, &rows, &v.n_rows));
	v.rows = rows;
	v.professions = ARENA_ARRAY(r->arena, v.n_rows + 1, const char *);
	for (size_t i = 0; i < v.n_rows; i++)
		v.professions[i] = profession_label_ja(rows[i].row.profession);
	page->back_path = "/dispatch";
	page->back_label = "リハビリ専門職";
	tmpl_dispatch_therapists(res_page(r), &v);
	return OK;
}

/* ---- one ----------------------------------------------------------------------------------------------------------- */

static const char *const DAYS[DISPATCH_WEEK] = {"月曜", "火曜", "水曜", "木曜", "金曜", "土曜", "日曜"};

static err areas_field(struct req *r, const struct dispatch_therapist_view *t, struct ui_field *out)
{
	struct area *a;
	size_t n;
	TRY(area_list(r->c, "zone", r->c->today, &a, &n));
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	const char **chosen = ARENA_ARRAY(r->arena, n + 1, const char *);
	*out = (struct ui_field){.name = "areas", .label = "担当できる圏域", .choices = c, .n_choices = n, .values = chosen, .help = "一つも選ばないと、すべての圏域に行けるものとして扱います。"};
	for (size_t i = 0; i < n; i++) {
		c[i] = (struct ui_choice){.value = a[i].pid, .label = a[i].name};
		for (size_t k = 0; k < t->n_areas; k++)
			if (t->areas[k] == a[i].id)
				chosen[out->n_values++] = a[i].pid;
	}
	return OK;
}

static err staff_field(struct req *r, const struct dispatch_therapist_view *t, struct ui_field *out)
{
	const struct ui_choice *own;
	size_t n;
	TRY(choices_staff(r, &own, &n));
	*out = (struct ui_field){.name = "staff", .label = "職員の登録", .choices = own, .n_choices = n, .optional_blank = true, .value = t->staff_pid, .help = "この機関の職員として登録されているときに選びます。"};
	return OK;
}

static err times_of(struct req *r, struct dispatch_therapist_edit_view *v)
{
	struct t_dispatch_time *t;
	if (!v->t->row.id)
		return OK;
	TRY(dispatch_time_list(r->c, v->t->row.pid, r->c->today, &t, &v->n_times));
	v->times = ARENA_ARRAY(r->arena, v->n_times + 1, struct dispatch_time_shown);
	for (size_t i = 0; i < v->n_times; i++)
		v->times[i] = (struct dispatch_time_shown){&t[i], arena_fmt(r->arena, "%s/times/%s/remove", v->base, t[i].pid)};
	return OK;
}

static err edit(struct req *r, const struct dispatch_therapist_view *t, err e)
{
	static const struct ui_choice kinds[] = {{.value = "slot", .label = "行ける日"}, {.value = "off", .label = "行けない日"}};
	bool is_new = !t->row.id;
	struct page_view *page = page_view(r, is_new ? "派遣できる専門職を登録する" : arena_fmt(r->arena, "%s（%s）", t->row.name, profession_label_ja(t->row.profession)));
	struct dispatch_therapist_edit_view v = {.page = page, .t = t, .n_week = DISPATCH_WEEK, .may_write = t->may_write,
		.base = is_new ? "/dispatch-therapists" : arena_fmt(r->arena, "/dispatch-therapists/%s", t->row.pid)};
	v.action = v.base;
	v.profession = dispatch_profession_field(r, "職種", t->row.profession);
	v.profession.required = true;
	v.kind = (struct ui_field){.name = "kind", .label = "行ける日か、行けない日か", .choices = kinds, .n_choices = 2, .required = true};
	TRY(areas_field(r, t, &v.areas));
	TRY(staff_field(r, t, &v.staff));
	for (size_t i = 0; i < DISPATCH_WEEK; i++)
		v.week[i] = (struct dispatch_week_shown){DAYS[i], arena_fmt(r->arena, "w%zu_from", i + 1), arena_fmt(r->arena, "w%zu_to", i + 1), t->week[i].from, t->week[i].to};
	TRY(times_of(r, &v));
	page->back_path = "/dispatch-therapists";
	page->back_label = "派遣できる専門職";
	page->state = is_new ? STATE_NEW : STATE_SAVED;
	if (t->may_write) {
		page->draft_key = is_new ? "dispatch-therapist/new" : arena_fmt(r->arena, "dispatch-therapist/%s", t->row.pid);
		page->draft_class = "statistics";
		page->base_version = t->row.version;
	}
	tmpl_dispatch_therapist(res_page_of(r, e), &v);
	return OK;
}

static const struct formin_field THERAPIST[] = {
	{.name = "name", .label = "氏名", .kind = FORMIN_TEXT, .max = 100},
	{.name = "kana", .label = "フリガナ", .kind = FORMIN_TEXT, .max = 100},
	{.name = "profession", .label = "職種", .kind = FORMIN_CODE, .max = 10},
	{.name = "specialty", .label = "得意な分野", .kind = FORMIN_TEXT, .max = 200},
	{.name = "staff", .label = "職員の登録", .kind = FORMIN_PID},
	{.name = "from_on", .label = "派遣できる始まりの日", .kind = FORMIN_DAY},
	{.name = "to_on", .label = "派遣できる終わりの日", .kind = FORMIN_DAY},
	{.name = "note", .label = "メモ", .kind = FORMIN_LINES, .max = 2000},
	{.name = "areas", .label = "担当できる圏域", .kind = FORMIN_PID, .repeat = true},
	{.name = "w*", .label = "曜日ごとの時間", .kind = FORMIN_TEXT, .max = 20},
};

static err read_areas(struct req *r, struct dispatch_therapist_view *t)
{
	const char **pid;
	size_t n = req_all(r, "areas", &pid);
	t->n_areas = 0;
	for (size_t i = 0; i < n && t->n_areas < DISPATCH_AREAS; i++) {
		struct area a;
		err e = area_get(r->c, pid[i], &a);
		if (e == ERR_NOTFOUND)
			return fault_add(r->c, "areas", ERR_NOT_CHOICE, "「担当できる圏域」は、一覧から選んでください。");
		TRY(e);
		t->areas[t->n_areas++] = a.id;
	}
	return OK;
}

static err read(struct req *r, struct dispatch_therapist_view *t)
{
	TRY(formin_read(r, THERAPIST, FORMIN_N(THERAPIST)));
	t->row.name = req_field(r, "name");
	t->row.kana = req_field(r, "kana");
	t->row.profession = req_field(r, "profession");
	t->row.specialty = req_field(r, "specialty");
	t->row.from_on = formin_day(r, "from_on");
	t->row.to_on = formin_day(r, "to_on");
	t->row.note = req_field(r, "note");
	for (size_t i = 0; i < DISPATCH_WEEK; i++)
		t->week[i] = (struct dispatch_hours){req_field(r, arena_fmt(r->arena, "w%zu_from", i + 1)), req_field(r, arena_fmt(r->arena, "w%zu_to", i + 1))};
	t->row.staff_id = INT_NULL;
	if (*req_field(r, "staff")) {
		struct staff s;
		TRY(staff_get(r->c, req_field(r, "staff"), &s));
		t->row.staff_id = s.id;
	}
	return read_areas(r, t);
}

err page_dispatch_therapist_new(struct req *r)
{
	struct dispatch_therapist_view t;
	bool yes;
	TRY(may_add(r, &yes));
	if (!yes)
		return ERR_DENIED;
	dispatch_therapist_init(r->c, &t);
	return edit(r, &t, OK);
}

err page_dispatch_therapist_create(struct req *r)
{
	struct dispatch_therapist_view t;
	dispatch_therapist_init(r->c, &t);
	err e = read(r, &t);
	if (e == OK)
		e = dispatch_therapist_save(r->c, &t, NULL);
	if (page_is_input(e))
		return edit(r, &t, e);
	TRY(e);
	TRY(draft_discard(r->c, "dispatch-therapist/new"));
	return res_done(r, "created", "/dispatch-therapists/%s", t.row.pid);
}

err page_dispatch_therapist(struct req *r)
{
	struct dispatch_therapist_view t;
	TRY(dispatch_therapist_get(r->c, req_param(r, "pid"), &t));
	return edit(r, &t, OK);
}

err page_dispatch_therapist_save(struct req *r)
{
	struct dispatch_therapist_view t;
	struct row_conflict *conflict = NULL;
	TRY(dispatch_therapist_get(r->c, req_param(r, "pid"), &t));
	const char *path = arena_fmt(r->arena, "/dispatch-therapists/%s", t.row.pid);
	if (!t.may_write)
		return ERR_DENIED;
	err e = read(r, &t);
	if (e == OK) {
		t.row.version = formin_int(r, "base");
		e = dispatch_therapist_save(r->c, &t, &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, path);
	if (page_is_input(e))
		return edit(r, &t, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "dispatch-therapist/%s", t.row.pid)));
	return res_done(r, "saved", "%s", path);
}

static err bin_of(struct req *r, struct dispatch_therapist_view *t, struct record_bin *b)
{
	TRY(dispatch_therapist_get(r->c, req_param(r, "pid"), t));
	if (!t->may_write)
		return ERR_DENIED;
	*b = (struct record_bin){.title = "専門職の登録をごみ箱へ移す", .person_pid = "", .path = arena_fmt(r->arena, "/dispatch-therapists/%s", t->row.pid), .back_path = "/dispatch-therapists",
		.sentence = "この専門職の登録をごみ箱へ移します。", .more = "派遣の候補に出なくなります。これまでの派遣の記録は残ります。30日のあいだは元に戻せます。"};
	return OK;
}

err page_dispatch_therapist_retire_ask(struct req *r)
{
	struct dispatch_therapist_view t;
	struct record_bin b;
	TRY(bin_of(r, &t, &b));
	return record_bin_ask(r, &b, OK);
}

err page_dispatch_therapist_retire(struct req *r)
{
	struct dispatch_therapist_view t;
	struct record_bin b;
	TRY(bin_of(r, &t, &b));
	return record_bin_put(r, &b, t.row.pid, dispatch_therapist_retire);
}

static const struct formin_field TIME[] = {
	{.name = "kind", .label = "行ける日か、行けない日か", .kind = FORMIN_CODE, .max = 10},
	{.name = "on_day", .label = "日", .kind = FORMIN_DAY},
	{.name = "time_from", .label = "始まりの時刻", .kind = FORMIN_TEXT, .max = 20},
	{.name = "time_to", .label = "終わりの時刻", .kind = FORMIN_TEXT, .max = 20},
	{.name = "time_note", .label = "メモ", .kind = FORMIN_TEXT, .max = 200},
};

err page_dispatch_time_add(struct req *r)
{
	struct dispatch_therapist_view t;
	TRY(dispatch_therapist_get(r->c, req_param(r, "pid"), &t));
	if (!t.may_write)
		return ERR_DENIED;
	err e = formin_read(r, TIME, FORMIN_N(TIME));
	if (e == OK)
		e = dispatch_time_add(r->c, t.row.pid, req_field(r, "kind"), formin_day(r, "on_day"), req_field(r, "time_from"), req_field(r, "time_to"), req_field(r, "time_note"));
	if (page_is_input(e))
		return edit(r, &t, e);
	TRY(e);
	return res_done(r, "saved", "/dispatch-therapists/%s", t.row.pid);
}

err page_dispatch_time_remove(struct req *r)
{
	TRY(formin_read(r, NULL, 0));
	TRY(dispatch_time_remove(r->c, req_param(r, "pid"), req_param(r, "tpid")));
	return res_done(r, "saved", "/dispatch-therapists/%s", req_param(r, "pid"));
}

/* ---- organisations of therapists --------------------------------------------------------------------------------------- */

err dispatch_org_field(struct req *r, const char *name, const char *label, int64_t org_id, struct ui_field *out)
{
	static const char *const kinds[] = {"rehab_body", "hospital", "clinic", "roken", "home_rehab", "day_rehab", "association", "council"};
	struct ui_choice *c = NULL;
	size_t n = 0;
	*out = (struct ui_field){.name = name, .label = label, .optional_blank = true, .value = ""};
	for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
		struct org_filter f = ORG_ALL();
		struct org *o;
		size_t m;
		f.kind = kinds[k];
		f.on = r->c->today;
		TRY(org_list(r->c, &f, &o, &m));
		struct ui_choice *more = ARENA_ARRAY(r->arena, n + m + 1, struct ui_choice);
		for (size_t i = 0; i < n; i++)
			more[i] = c[i];
		for (size_t i = 0; i < m; i++) {
			more[n++] = (struct ui_choice){.value = o[i].pid, .label = o[i].name};
			if (o[i].id == org_id)
				out->value = o[i].pid;
		}
		c = more;
	}
	out->choices = c;
	out->n_choices = n;
	return OK;
}

err dispatch_org_read(struct req *r, const char *name, const char *label, int64_t *id)
{
	struct org o;
	*id = INT_NULL;
	if (str_blank(req_field(r, name)))
		return OK;
	err e = org_get(r->c, req_field(r, name), &o);
	if (e == ERR_NOTFOUND)
		return fault_add(r->c, name, ERR_NOT_CHOICE, "「%s」は、一覧から選んでください。", label);
	TRY(e);
	*id = o.id;
	return OK;
}

/* ---- fees ------------------------------------------------------------------------------------------------------------ */

static const struct formin_field FEE[] = {
	{.name = "org", .label = "専門職の所属", .kind = FORMIN_PID},
	{.name = "yen", .label = "1回の謝金", .kind = FORMIN_INT, .lo = 0, .hi = 1000000},
	{.name = "valid_from", .label = "始まりの日", .kind = FORMIN_DAY},
	{.name = "valid_to", .label = "終わりの日", .kind = FORMIN_DAY},
	{.name = "ground", .label = "根拠", .kind = FORMIN_TEXT, .max = 200},
	{.name = "note", .label = "メモ", .kind = FORMIN_TEXT, .max = 200},
	{.name = "seen", .label = "版", .kind = FORMIN_INT},
};

static err fees(struct req *r, const struct t_dispatch_fee *row, err e)
{
	int64_t insurer;
	struct dispatch_fee_view *rows;
	TRY(dispatch_town_of(r->c, &insurer));
	if (insurer == INT_NULL)
		return ERR_NOTFOUND;
	struct page_view *page = page_view(r, row->id ? "謝金を直す" : "派遣の謝金");
	struct dispatch_fees_view v = {.page = page, .row = row, .may_write = policy_may_speak_for_town(r->c, insurer),
		.action = row->id ? arena_fmt(r->arena, "/dispatch-fees/%s", row->pid) : "/dispatch-fees", .yen = row->yen == INT_NULL || (!row->id && !row->yen) ? "" : arena_fmt(r->arena, "%lld", (long long)row->yen)};
	TRY(dispatch_fee_list(r->c, insurer, &rows, &v.n_rows));
	v.rows = rows;
	TRY(dispatch_org_field(r, "org", "専門職の所属", row->org_id, &v.org));
	v.org.help = "空けておくと、ほかに定めのないすべての機関の額になります。";
	page->back_path = row->id ? "/dispatch-fees" : "/dispatch";
	page->back_label = row->id ? "派遣の謝金" : "リハビリ専門職";
	tmpl_dispatch_fees(res_page_of(r, e), &v);
	return OK;
}

static err fee_new(struct req *r, struct t_dispatch_fee *row)
{
	row_init(&T_dispatch_fee, row);
	TRY(dispatch_town_of(r->c, &row->insurer_org_id));
	row->valid_from = r->c->today;
	return row->insurer_org_id == INT_NULL ? ERR_NOTFOUND : OK;
}

err page_dispatch_fees(struct req *r)
{
	struct t_dispatch_fee row;
	TRY(fee_new(r, &row));
	return fees(r, &row, OK);
}

static err fee_save(struct req *r, struct t_dispatch_fee *row)
{
	err e = formin_read(r, FEE, FORMIN_N(FEE));
	if (e == OK)
		e = dispatch_org_read(r, "org", "専門職の所属", &row->org_id);
	if (e == OK) {
		row->yen = formin_int(r, "yen");
		row->valid_from = formin_day(r, "valid_from");
		row->valid_to = formin_day(r, "valid_to");
		row->ground = req_field(r, "ground");
		row->note = req_field(r, "note");
		if (row->id)
			row->version = formin_int(r, "seen");
		e = dispatch_fee_save(r->c, row, NULL);
	}
	if (page_is_input(e))
		return fees(r, row, e);
	TRY(e);
	return res_done(r, "saved", "/dispatch-fees");
}

err page_dispatch_fee_create(struct req *r)
{
	struct t_dispatch_fee row;
	TRY(fee_new(r, &row));
	return fee_save(r, &row);
}

err page_dispatch_fee(struct req *r)
{
	struct t_dispatch_fee row;
	TRY(dispatch_fee_get(r->c, req_param(r, "pid"), &row));
	return fees(r, &row, OK);
}

err page_dispatch_fee_save(struct req *r)
{
	struct t_dispatch_fee row;
	TRY(dispatch_fee_get(r->c, req_param(r, "pid"), &row));
	return fee_save(r, &row);
}

static const struct formin_field FEE_RETIRE[] = {{.name = "reason", .label = "取り消す理由", .kind = FORMIN_TEXT, .max = 200}};

err page_dispatch_fee_retire(struct req *r)
{
	struct t_dispatch_fee row;
	TRY(dispatch_fee_get(r->c, req_param(r, "pid"), &row));
	err e = formin_read(r, FEE_RETIRE, FORMIN_N(FEE_RETIRE));
	if (e == OK)
		e = dispatch_fee_retire(r->c, row.pid, req_field(r, "reason"));
	if (page_is_input(e))
		return fees(r, &row, e);
	TRY(e);
	return res_done(r, "saved", "/dispatch-fees");
}
