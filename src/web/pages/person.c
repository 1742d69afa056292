/* The page of one person: card, key data of every class the reader may see, what is locked and whom to ask, tasks, the
 * last entries of the time line, quick acts, pin, 担当, other names. */
#include "web/pages/person.h"

#include "access/account.h"
#include "base/str.h"
#include "jp/era.h"
#include "register/insurance.h"
#include "register/org.h"
#include "register/ranks.h"
#include "register/relation.h"
#include "tmpl/person_show.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/route.h"

const char *account_word(struct req *r, int64_t account_id)
{
	const char *name = "";
	if (account_id > 0 && account_name(r->c, account_id, &name) == OK && !str_blank(name))
		return name;
	return "（システム）";
}

const char *org_word(struct req *r, int64_t org_id)
{
	struct org o;
	return org_id > 0 && org_load(r->c, org_id, &o) == OK ? o.name : "";
}

/* What is locked is no fault of the page: it is left out, and the list of classes says why. */
static err locked(err e) { return e == ERR_DENIED || e == ERR_NOTFOUND ? OK : e; }

static err fill_cert(struct req *r, struct person_show_view *v, int64_t id)
{
	struct certification_state st;
	TRY(certification_state(r->c, id, (struct gen_asof){r->c->today, CIVIL_NONE}, &st));
	const struct t_certification *row = st.has_current ? &st.current : st.has_last ? &st.last : NULL;
	v->care_open = true;
	v->cert_status = certification_status_label_ja(st.status);
	if (row) {
		v->cert_level = ranks_label_ja(CODE_LEVEL, str_or(row->level, ""));
		v->cert_from = row->from_on;
		v->cert_to = row->to_on;
	}
	if (st.has_application)
		v->cert_application = arena_fmt(r->arena, "%s（申請日 %s）", certification_status_label_ja(st.application.status),
			era_text(r->arena, st.application.applied_on));
	return OK;
}

static const char *rank_text(struct req *r, const struct t_person_rank *k, enum code_kind kind)
{
	return arena_fmt(r->arena, "%s（%s 判定）", ranks_label_ja(kind, k->value), era_text(r->arena, k->judged_on));
}

static err fill_care(struct req *r, struct person_show_view *v, int64_t id)
{
	const struct gen_asof now = {r->c->today, CIVIL_NONE};
	struct t_person_insurance ins;
	struct t_person_rank k;
	bool found;
	TRY(fill_cert(r, v, id));
	TRY(insurance_at(r->c, id, now, &ins, &found));
	if (found) {
		v->insured_no = ins.insured_no;
		v->insurer_no = ins.insurer_no;
	}
	TRY(rank_newest(r->c, id, "adl", now, &k, &found));
	if (found)
		v->rank_adl = rank_text(r, &k, CODE_ADL);
	TRY(rank_newest(r->c, id, "dementia", now, &k, &found));
	if (found)
		v->rank_dementia = rank_text(r, &k, CODE_DEMENTIA);
	return OK;
}

static err fill_burden(struct req *r, struct person_show_view *v, int64_t id)
{
	int ratio = 0;
	TRY(burden_ratio(r->c, id, r->c->today, &ratio));
	v->burden = ratio ? arena_fmt(r->arena, "%d割", ratio) : "";
	return OK;
}

static err fill_family(struct req *r, struct person_show_view *v, int64_t id)
{
	struct relation_view *rel;
	size_t n;
	TRY(relation_list(r->c, id, &rel, &n));
	v->family_open = true;
	for (size_t i = 0; i < n; i++) {
		if (rel[i].is_back)
			continue;
		if (rel[i].row.is_key_person && !*v->key_person) {
			v->key_person = arena_fmt(r->arena, "%s（%s）", rel[i].name, rel[i].label);
			v->key_phone = rel[i].phone;
		}
		if (rel[i].row.is_main_carer && !*v->main_carer)
			v->main_carer = arena_fmt(r->arena, "%s（%s）", rel[i].name, rel[i].label);
		if (rel[i].shown_person_id)
			look_person(r, rel[i].shown_person_id);
	}
	return OK;
}

static void fill_classes(struct req *r, struct person_show_view *v)
{
	v->classes = ARENA_ARRAY(r->arena, CLASS_COUNT, struct person_class_row);
	for (int bit = 1, i = 0; i < CLASS_COUNT; bit <<= 1, i++) {
		enum visibility vis = v->card->view.of[i];
		if (bit == CLASS_STATISTICS || vis == VISIBILITY_INVISIBLE)
			continue;
		bool open = vis == VISIBILITY_OPEN;
		v->classes[v->n_classes++] = (struct person_class_row){
			class_label_ja(bit), !open ? "同意なし" : v->card->view.may[ACTION_WRITE] & (uint32_t)bit ? "見る・書く" : "見る",
			open ? "ok" : "warn"};
	}
}

static const char *task_path(struct req *r, const struct task_row *t)
{
	if (!*t->row_pid)
		return arena_fmt(r->arena, "/persons/%s", t->person_pid);
	if (str_eq(t->table_name, "consult"))
		return arena_fmt(r->arena, "/consults/%s", t->row_pid);
	if (str_eq(t->table_name, "care_meeting") || str_eq(t->table_name, "care_inquiry"))
		return arena_fmt(r->arena, "/meetings/%s", t->row_pid);
	if (str_starts(t->table_name, "rehab_"))
		return timeline_record_path(r, t->table_name, t->row_pid, t->person_pid);
	if (str_eq(t->table_name, "consent"))
		return arena_fmt(r->arena, "/persons/%s/consents", t->person_pid);
	if (str_eq(t->table_name, "certification"))
		return arena_fmt(r->arena, "/persons/%s/insurance", t->person_pid);
	return arena_fmt(r->arena, "/persons/%s/timeline", t->person_pid);
}

static err fill_tasks(struct req *r, struct person_show_view *v, int64_t id)
{
	struct task_filter f = TASK_OPEN();
	struct task_row *t;
	f.person_id = id;
	f.limit = 10;
	TRY(task_list(r->c, &f, &t, &v->n_tasks));
	v->tasks = ARENA_ARRAY(r->arena, v->n_tasks + 1, struct person_task_shown);
	for (size_t i = 0; i < v->n_tasks; i++)
		v->tasks[i] = (struct person_task_shown){&t[i], task_kind_label_ja(t[i].kind), task_path(r, &t[i])};
	return OK;
}

static err fill_entries(struct req *r, struct person_show_view *v, int64_t id)
{
	struct timeline_filter f = TIMELINE_ALL(id);
	struct timeline_entry *e;
	bool more;
	f.limit = 6;
	TRY(timeline_list(r->c, &f, &e, &v->n_entries, &more));
	TRY(seen_fill(r, v->card, &v->seen));
	return timeline_shown_of(r, &v->seen.marks, e, v->n_entries, &v->entries);
}

static err fill_charges(struct req *r, struct person_show_view *v, int64_t id)
{
	static const struct ui_choice roles[] = {{.value = "main", .label = "主担当"}, {.value = "sub", .label = "副担当"}};
	struct charge *ch;
	v->today = r->c->today;
	TRY(charge_list(r->c, id, r->c->today, &ch, &v->n_charges));
	v->charges = ARENA_ARRAY(r->arena, v->n_charges + 1, struct person_charge_shown);
	for (size_t i = 0; i < v->n_charges; i++)
		v->charges[i] = (struct person_charge_shown){&ch[i], charge_role_label_ja(ch[i].role)};
	v->charge_staff = (struct ui_field){.name = "staff", .label = "職員"};
	TRY(choices_staff(r, &v->charge_staff.choices, &v->charge_staff.n_choices));
	v->charge_role = (struct ui_field){.name = "role", .label = "担当の種類", .value = "main", .choices = roles, .n_choices = 2};
	return OK;
}

static err fill_merges(struct req *r, struct person_show_view *v)
{
	struct merge_row *m;
	TRY(cluster_history(r->c, v->card->p.pid, &m, &v->n_merges));
	v->merges = ARENA_ARRAY(r->arena, v->n_merges + 1, struct person_merge_shown);
	for (size_t i = 0; i < v->n_merges; i++)
		v->merges[i] = (struct person_merge_shown){&m[i], m[i].undone_ms == INT_NULL && v->may_write};
	return OK;
}

static err show(struct req *r, err e)
{
	static const struct ui_choice kinds[] = {{.value = "former", .label = "旧姓"}, {.value = "alias", .label = "通称"},
		{.value = "card", .label = "被保険者証の表記"}, {.value = "other", .label = "そのほか"}};
	struct page_view *page = page_view(r, "基本情報");
	struct person_card card;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	struct person_show_view v = {.page = page, .card = &card, .cert_status = "", .cert_level = "", .cert_from = CIVIL_NONE, .cert_to = CIVIL_NONE,
	                             .cert_application = "", .insured_no = "", .insurer_no = "", .burden = "", .rank_adl = "", .rank_dementia = "",
	                             .key_person = "", .key_phone = "", .main_carer = ""};
	int64_t id = card.p.id;
	uint32_t may = card.view.may[ACTION_WRITE];
	v.may_write = may & CLASS_NAMECARD;
	v.may_care = may & CLASS_CARE;
	v.may_looks = card.view.may[ACTION_EXPORT] & CLASS_NAMECARD;
	v.may_consult = (may & CLASS_CONSULTATION) && (r->who.rights & RIGHT_CONSULT);
	page->state = STATE_SAVED;
	page->state_note = saved_note(r, card.p.updated_ms, "");
	page->back_path = "/persons";
	page->back_label = "利用者の一覧";
	TRY(locked(fill_care(r, &v, id)));
	TRY(locked(fill_burden(r, &v, id)));
	TRY(locked(fill_family(r, &v, id)));
	fill_classes(r, &v);
	TRY(duty_strip_of(r, &card, &v.duty));
	TRY(fill_tasks(r, &v, id));
	TRY(fill_entries(r, &v, id));
	TRY(fill_charges(r, &v, id));
	TRY(person_name_list(r->c, id, &v.names, &v.n_names));
	TRY(person_area_list(r->c, id, &v.areas, &v.n_areas));
	TRY(fill_merges(r, &v));
	v.name_kind = (struct ui_field){.name = "kind", .label = "種類", .value = "former", .choices = kinds, .n_choices = 4};
	tmpl_person_show(res_page_of(r, e), &v);
	return OK;
}

err page_person_show(struct req *r) { return show(r, OK); }

/* ---- pin, 担当, other names ---- */

static const struct formin_field PIN[] = {{.name = "on", .label = "印", .kind = FORMIN_BOOL}};

err page_person_pin(struct req *r)
{
	TRY(formin_read(r, PIN, FORMIN_N(PIN)));
	TRY(person_pin(r->c, req_param(r, "pid"), formin_bool(r, "on")));
	return res_done(r, "saved", "/persons/%s", req_param(r, "pid"));
}

static const struct formin_field CHARGE[] = {
	{.name = "staff", .label = "職員", .kind = FORMIN_PID, .required = true}, {.name = "role", .label = "担当の種類", .kind = FORMIN_CODE, .required = true},
	{.name = "charge_from", .label = "いつから", .kind = FORMIN_DAY},
};

err page_person_charge(struct req *r)
{
	int64_t id;
	const char *pid;
	struct staff s;
	TRY(person_id(r->c, req_param(r, "pid"), &id));
	err e = formin_read(r, CHARGE, FORMIN_N(CHARGE));
	if (e == OK)
		e = staff_get(r->c, req_field(r, "staff"), &s);
	if (e == OK) {
		civil from = formin_day(r, "charge_from");
		e = charge_begin(r->c, id, r->c->actor.org_id, s.id, req_field(r, "role"), from == CIVIL_NONE ? r->c->today : from, &pid);
	}
	if (page_is_input(e))
		return show(r, e);
	TRY(e);
	return res_done(r, "saved", "/persons/%s", req_param(r, "pid"));
}

static const struct formin_field CHARGE_END[] = {
	{.name = "last_day", .label = "最後の日", .kind = FORMIN_DAY}, {.name = "end_reason", .label = "理由", .kind = FORMIN_TEXT},
};

err page_person_charge_end(struct req *r)
{
	err e = formin_read(r, CHARGE_END, FORMIN_N(CHARGE_END));
	civil last = e == OK ? formin_day(r, "last_day") : CIVIL_NONE;
	if (e == OK)
		e = charge_end(r->c, req_param(r, "cpid"), last == CIVIL_NONE ? r->c->today : last, req_field(r, "end_reason"));
	if (page_is_input(e))
		return show(r, e);
	TRY(e);
	return res_done(r, "saved", "/persons/%s", req_param(r, "pid"));
}

static const struct formin_field NAME[] = {
	{.name = "kind", .label = "種類", .kind = FORMIN_CODE, .required = true}, {.name = "other_name", .label = "氏名", .kind = FORMIN_TEXT},
	{.name = "other_kana", .label = "フリガナ", .kind = FORMIN_TEXT},          {.name = "name_note", .label = "メモ", .kind = FORMIN_TEXT},
};

err page_person_name(struct req *r)
{
	int64_t id;
	TRY(person_id(r->c, req_param(r, "pid"), &id));
	err e = formin_read(r, NAME, FORMIN_N(NAME));
	struct person_name n = {.pid = "", .kind = req_field(r, "kind"), .name = req_field(r, "other_name"), .kana = req_field(r, "other_kana"),
	                        .note = req_field(r, "name_note"), .from_on = CIVIL_NONE, .to_on = CIVIL_OPEN};
	if (e == OK)
		e = person_name_save(r->c, id, &n);
	if (page_is_input(e))
		return show(r, e);
	TRY(e);
	return res_done(r, "saved", "/persons/%s", req_param(r, "pid"));
}

static const struct formin_field NAME_END[] = {{.name = "name_reason", .label = "外す理由", .kind = FORMIN_TEXT, .max = 500, .required = true}};

err page_person_name_retire(struct req *r)
{
	int64_t id;
	TRY(person_id(r->c, req_param(r, "pid"), &id));
	err e = formin_read(r, NAME_END, FORMIN_N(NAME_END));
	if (e == OK)
		e = person_name_retire(r->c, id, req_param(r, "npid"), req_field(r, "name_reason"));
	if (page_is_input(e))
		return show(r, e);
	TRY(e);
	return res_done(r, "deleted", "/persons/%s", req_param(r, "pid"));
}
