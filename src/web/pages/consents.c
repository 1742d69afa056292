#include "web/pages/consents.h"

#include "base/str.h"
#include "care/mandate.h"
#include "jp/era.h"
#include "register/draft.h"
#include "register/org.h"
#include "tmpl/person_consents.h"
#include "tmpl/person_reason.h"
#include "web/formin.h"
#include "web/guard.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/person.h"
#include "web/route.h"

static const char *classes_words(struct req *r, int64_t mask)
{
	struct buf b = buf_new(r->arena);
	for (int bit = 1; bit <= CLASS_STATISTICS; bit <<= 1)
		if (mask & bit)
			buf_fmt(&b, "%s%s", b.n ? "、" : "", class_label_ja(bit));
	return b.p;
}

static void fill_row(struct req *r, const struct t_consent *c, bool may_write, struct consent_shown *s)
{
	civil today = r->c->today;
	*s = (struct consent_shown){.c = c, .org = org_word(r, c->org_id), .classes = classes_words(r, c->classes), .how = consent_how_label_ja(c->how),
		.purpose = consent_purpose_label_ja(c->purpose), .by = consent_agreed_by_label_ja(c->agreed_by), .period = gen_period_ja(r->c, c->from_on, c->to_on)};
	bool withdrawn = c->withdrawn_on != CIVIL_NONE;
	s->state = withdrawn ? "撤回" : c->from_on > today ? "これから" : c->to_on < today ? "期限切れ" : "有効";
	s->state_kind = withdrawn || c->to_on < today ? "bad" : c->from_on > today ? "note" : "ok";
	s->may_withdraw = may_write && !withdrawn && c->to_on >= today;
}

/* 「だれが見られるか」: of the grants themselves, so it cannot say anything else than the gate does. */
static err fill_grants(struct req *r, struct consents_view *v, int64_t id)
{
	struct grant_row *g;
	err e = grant_list(r->c, id, &g, &v->n_grants);
	if (e == ERR_DENIED || e == ERR_NOTFOUND)
		return OK;
	TRY(e);
	v->may_give = true;
	v->grants = ARENA_ARRAY(r->arena, v->n_grants + 1, struct grant_shown);
	for (size_t i = 0; i < v->n_grants; i++)
		v->grants[i] = (struct grant_shown){.org = org_word(r, g[i].org_id), .relation = relation_label_ja(g[i].relation),
			.classes = classes_words(r, g[i].classes), .period = gen_period_ja(r->c, g[i].from_on, g[i].to_on), .is_account = g[i].account_id != 0};
	return OK;
}

err page_consents(struct req *r)
{
	struct page_view *page = page_view(r, "同意");
	struct person_card card;
	struct t_consent *c;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	struct consents_view v = {.page = page, .pid = card.p.pid, .locked_ja = card.view.locked_ja, .ask = card.view.ask,
	                          .may_write = mandate_person(r->c, card.p.id) == OK};
	err e = consent_list(r->c, card.p.id, GEN_ALL, &c, &v.n_rows);
	if (e == ERR_DENIED || e == ERR_NOTFOUND) {
		v.is_locked = true;
		v.n_rows = 0;
		e = OK;
	}
	TRY(e);
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct consent_shown);
	for (size_t i = 0; i < v.n_rows; i++)
		fill_row(r, &c[i], v.may_write, &v.rows[i]);
	TRY(fill_grants(r, &v, card.p.id));
	tmpl_person_consents(res_page(r), &v);
	return OK;
}

/* ---- one consent: new = edit ---- */

struct one {
	struct person_card card;
	struct t_consent row;
	bool is_new;
};

/* The consent of the address; another person's answers as if it did not exist. */
static err open_one(struct req *r, struct page_view *page, struct one *o)
{
	*o = (struct one){.is_new = !*req_param(r, "cpid")};
	if (page)
		TRY(person_page(r, page, req_param(r, "pid"), &o->card));
	else {
		TRY(person_open(r->c, req_param(r, "pid"), &o->card));
		look_person(r, o->card.p.id);
	}
	if (o->is_new) {
		TRY(mandate_person(r->c, o->card.p.id));
		consent_init(&o->row);
		o->row.person_id = o->card.p.id;
		o->row.agreed_name = o->card.p.name;
		o->row.from_on = o->row.agreed_on = r->c->today;
		return OK;
	}
	TRY(consent_find(r->c, req_param(r, "cpid"), &o->row));
	for (size_t i = 0; i < o->card.n_cluster; i++)
		if (o->card.cluster_ids[i] == o->row.person_id)
			return mandate_person(r->c, o->row.person_id);
	return ERR_NOTFOUND;
}

static struct ui_field code_field(struct req *r, const char *name, const char *label, const struct gen_code *(*choices)(size_t *n), const char *value)
{
	size_t n;
	const struct gen_code *v = choices(&n);
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		c[i] = (struct ui_choice){.value = v[i].code, .label = v[i].label};
	return (struct ui_field){.name = name, .label = label, .choices = c, .n_choices = n, .value = value, .required = true};
}

/* The organisations there are today, and the one of the record even if it has closed since. */
static err org_field(struct req *r, int64_t chosen, struct ui_field *f)
{
	struct org_filter q = ORG_ALL();
	struct org *o, old;
	size_t n, k = 0;
	const char *value = "";
	q.on = r->c->today;
	q.limit = 1000;
	TRY(org_list(r->c, &q, &o, &n));
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 2, struct ui_choice);
	for (size_t i = 0; i < n; i++) {
		c[k++] = (struct ui_choice){.value = o[i].pid, .label = o[i].name};
		if (o[i].id == chosen)
			value = o[i].pid;
	}
	if (chosen > 0 && !*value) {
		TRY(org_load(r->c, chosen, &old));
		value = old.pid;
		c[k++] = (struct ui_choice){.value = old.pid, .label = old.name};
	}
	*f = (struct ui_field){.name = "org", .label = "情報を見せる機関", .choices = c, .n_choices = k, .value = value, .optional_blank = true, .required = true};
	return OK;
}

/* What the actor may give, and what the record gives already: that may stay or be taken away. */
static struct ui_field classes_field(struct req *r, const struct one *o)
{
	struct ui_choice *c = ARENA_ARRAY(r->arena, CLASS_COUNT, struct ui_choice);
	const char **values = ARENA_ARRAY(r->arena, CLASS_COUNT, const char *);
	uint32_t has = o->is_new ? 0 : (uint32_t)o->row.classes, offer = has | o->card.view.may[ACTION_GIVE];
	size_t n = 0, k = 0;
	for (int bit = 1; bit <= CLASS_STATISTICS; bit <<= 1) {
		if (!(offer & (uint32_t)bit) || bit == CLASS_RIGHTS || bit == CLASS_STATISTICS || bit == CLASS_NAMECARD)
			continue;
		c[n++] = (struct ui_choice){.value = class_code(bit), .label = class_label_ja(bit)};
		if (has & (uint32_t)bit)
			values[k++] = class_code(bit);
	}
	return (struct ui_field){.name = "classes", .label = "見せる情報の種類", .choices = c, .n_choices = n, .values = values, .n_values = k, .required = true,
		.help = n ? "氏名・連絡先は、いつも一緒に見せます" : "情報を見せる権限がありません。担当している職員か、センター長が記録できます"};
}

static err fill_history(struct req *r, struct consent_form_view *v, const struct t_consent *c)
{
	struct row_version *rows;
	size_t n;
	v->history = (struct history_view){.page = v->page, .revert_action = arena_fmt(r->arena, "%s/revert", v->action),
	                                   .take_action = arena_fmt(r->arena, "%s/conflicts", v->action)};
	TRY(gen_history(r->c, &GEN_CONSENT, c->pid, &rows, &n));
	return history_fill(r, &v->history, rows, n, &T_consent, c->id, c->person_id, CLASS_CARE);
}

static const char *draft_of(struct req *r, const struct one *o)
{
	return arena_fmt(r->arena, "person/%s/consent/%s", o->card.p.pid, o->is_new ? "new" : o->row.pid);
}

static err show_one(struct req *r, err e)
{
	struct page_view *page = page_view(r, *req_param(r, "cpid") ? "同意を直す" : "同意を記録する");
	struct one o;
	TRY(open_one(r, page, &o));
	const char *list = arena_fmt(r->arena, "/persons/%s/consents", o.card.p.pid);
	struct consent_form_view v = {.page = page, .c = &o.row, .is_new = o.is_new, .action = list, .retire_path = "", .withdraw_path = ""};
	v.classes = classes_field(r, &o);
	v.purpose = code_field(r, "purpose", "目的", consent_purpose_choices, o.row.purpose);
	v.how = code_field(r, "how", "同意の方法", consent_how_choices, o.row.how);
	v.by = code_field(r, "agreed_by", "同意した人", consent_agreed_by_choices, o.row.agreed_by);
	TRY(org_field(r, o.is_new ? 0 : o.row.org_id, &v.org));
	page->state = o.is_new ? STATE_NEW : STATE_SAVED;
	page->base_version = o.is_new ? 0 : page->posted && formin_int(r, "base") != INT_NULL ? formin_int(r, "base") : o.row.version;
	page->draft_key = draft_of(r, &o);
	page->draft_class = "care";
	page->back_path = list;
	page->back_label = "同意の一覧";
	if (!o.is_new) {
		v.action = arena_fmt(r->arena, "%s/%s", list, o.row.pid);
		v.retire_path = arena_fmt(r->arena, "%s/retire", v.action);
		if (o.row.withdrawn_on == CIVIL_NONE)
			v.withdraw_path = arena_fmt(r->arena, "%s/withdraw", v.action);
		struct attach_owner owner;
		TRY(attach_owner_find(r->c, "consent", o.row.pid, ACTION_SEE, &owner));
		TRY(attach_list_fill(r, page, o.card.p.pid, &owner, &v.files));
		TRY(fill_history(r, &v, &o.row));
	}
	tmpl_person_consent_form(res_page_of(r, e), &v);
	return OK;
}

err page_consent_new(struct req *r) { return show_one(r, OK); }
err page_consent_edit(struct req *r) { return show_one(r, OK); }

static const struct formin_field FIELDS[] = {
	{.name = "org", .label = "情報を見せる機関", .kind = FORMIN_PID, .required = true}, {.name = "classes", .label = "見せる情報の種類", .kind = FORMIN_CODE, .repeat = true},
	{.name = "purpose", .label = "目的", .kind = FORMIN_CODE, .required = true},         {.name = "purpose_note", .label = "目的の内容", .kind = FORMIN_TEXT, .max = 500},
	{.name = "from_on", .label = "見せ始める日", .kind = FORMIN_DAY, .required = true},  {.name = "to_on", .label = "見せ終わる日", .kind = FORMIN_DAY},
	{.name = "how", .label = "同意の方法", .kind = FORMIN_CODE, .required = true},       {.name = "electronic_ok_on", .label = "電磁的方法の承諾を得た日", .kind = FORMIN_DAY},
	{.name = "agreed_on", .label = "同意日", .kind = FORMIN_DAY, .required = true},      {.name = "agreed_by", .label = "同意した人", .kind = FORMIN_CODE, .required = true},
	{.name = "agreed_name", .label = "同意した人の氏名", .kind = FORMIN_TEXT, .max = 60}, {.name = "agreed_relation", .label = "続柄", .kind = FORMIN_TEXT, .max = 40},
	{.name = "target", .label = "説明した文書", .kind = FORMIN_TEXT, .max = 200},         {.name = "note", .label = "備考", .kind = FORMIN_LINES, .max = 2000},
};

static int64_t classes_mask(struct req *r)
{
	const char **codes;
	size_t n = req_all(r, "classes", &codes);
	int64_t mask = 0;
	for (size_t i = 0; i < n; i++)
		for (int bit = 1; bit <= CLASS_STATISTICS; bit <<= 1)
			if (str_eq(codes[i], class_code(bit)))
				mask |= bit;
	return mask;
}

static err take(struct req *r, struct one *o)
{
	struct t_consent *row = &o->row;
	struct org org;
	TRY(org_get(r->c, req_field(r, "org"), &org));
	row->org_id = org.id;
	row->classes = classes_mask(r);
	row->purpose = req_field(r, "purpose");
	row->purpose_note = req_field(r, "purpose_note");
	row->from_on = formin_day(r, "from_on");
	row->to_on = formin_day(r, "to_on") == CIVIL_NONE ? CIVIL_OPEN : formin_day(r, "to_on");
	row->how = req_field(r, "how");
	row->electronic_ok_on = formin_day(r, "electronic_ok_on");
	row->agreed_on = formin_day(r, "agreed_on");
	row->agreed_by = req_field(r, "agreed_by");
	row->agreed_name = req_field(r, "agreed_name");
	row->agreed_relation = req_field(r, "agreed_relation");
	row->target = req_field(r, "target");
	row->note = req_field(r, "note");
	if (o->is_new)
		row->explained_by_staff_id = r->c->actor.staff_id > 0 ? r->c->actor.staff_id : INT_NULL;
	else if (formin_int(r, "base") != INT_NULL)
		row->version = formin_int(r, "base");
	return OK;
}

static err save(struct req *r)
{
	struct one o;
	struct row_conflict *conflict = NULL;
	TRY(open_one(r, NULL, &o));
	const char *list = arena_fmt(r->arena, "/persons/%s/consents", o.card.p.pid), *draft = draft_of(r, &o);
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	if (e == OK)
		e = take(r, &o);
	if (e == OK)
		e = consent_save(r->c, &o.row, &conflict);
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, list);
	if (page_is_input(e) || (e == ERR_DENIED && r->c->n_faults))
		return show_one(r, e);
	TRY(e);
	TRY(draft_discard(r->c, draft));
	if (o.is_new)
		return res_done(r, "saved", "%s", list);
	return res_done(r, "saved", "%s?%s", list, guard_undo(r, arena_fmt(r->arena, "/undo/consent/%s", o.row.pid)));
}

err page_consent_create(struct req *r) { return save(r); }
err page_consent_save(struct req *r) { return save(r); }

/* ---- history and undo: the grants follow ---- */

err page_consent_revert(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "version", .label = "版", .kind = FORMIN_INT, .lo = 1, .hi = 1000000, .required = true}};
	struct one o;
	TRY(open_one(r, NULL, &o));
	TRY(formin_read(r, fields, 1));
	err e = gen_revert(r->c, &GEN_CONSENT, o.row.pid, formin_int(r, "version"));
	if (e == ERR_DENIED && r->c->n_faults)
		return show_one(r, e);
	TRY(e);
	return res_done(r, "restored", "/persons/%s/consents/%s", o.card.p.pid, o.row.pid);
}

err page_undo_consent(struct req *r)
{
	struct t_consent row;
	struct person who;
	TRY(consent_find(r->c, req_param(r, "cpid"), &row));
	TRY(person_load(r->c, row.person_id, &who));
	TRY(consent_undo(r->c, row.pid));
	return res_done(r, "restored", "/persons/%s/consents", who.pid);
}

/* ---- withdrawal ---- */

static err show_end(struct req *r, err e)
{
	struct page_view *page = page_view(r, "同意を撤回する");
	struct one o;
	TRY(open_one(r, page, &o));
	const struct t_consent c = o.row;
	const char *list = arena_fmt(r->arena, "/persons/%s/consents", o.card.p.pid);
	struct consent_end_view v = {.page = page, .action = arena_fmt(r->arena, "%s/%s/withdraw", list, c.pid), .cancel_path = list,
		.sentence = arena_fmt(r->arena, "%sに%sを見せる同意を撤回します。撤回した日から見られなくなります。", org_word(r, c.org_id), classes_words(r, c.classes)),
		.how = code_field(r, "how", "撤回の方法", consent_how_choices, "")};
	tmpl_person_consent_end(res_page_of(r, e), &v);
	return OK;
}

err page_consent_end(struct req *r) { return show_end(r, OK); }

err page_consent_withdraw(struct req *r)
{
	static const struct formin_field fields[] = {
		{.name = "on", .label = "撤回日", .kind = FORMIN_DAY, .required = true}, {.name = "how", .label = "撤回の方法", .kind = FORMIN_CODE, .required = true},
		{.name = "note", .label = "撤回の理由・聞き取り", .kind = FORMIN_LINES, .max = 1000, .required = true}};
	struct one o;
	TRY(open_one(r, NULL, &o));
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = consent_withdraw(r->c, req_param(r, "cpid"), formin_day(r, "on"), req_field(r, "how"), req_field(r, "note"));
	if (page_is_input(e))
		return show_end(r, e);
	TRY(e);
	return res_done(r, "saved", "/persons/%s/consents?%s", req_param(r, "pid"), guard_undo(r, arena_fmt(r->arena, "/undo/consent/%s", o.row.pid)));
}

/* ---- to the bin: what was never said, unlike a withdrawal ---- */

static err show_retire(struct req *r, err e)
{
	struct page_view *page = page_view(r, "同意をごみ箱へ移す");
	struct one o;
	TRY(open_one(r, page, &o));
	const struct t_consent c = o.row;
	const char *list = arena_fmt(r->arena, "/persons/%s/consents", o.card.p.pid);
	struct reason_view v = {.page = page, .action = arena_fmt(r->arena, "%s/%s/retire", list, c.pid), .cancel_path = list, .label = "移す理由",
		.button = "ごみ箱へ移す", .more = "本人が同意をやめるときは、ごみ箱ではなく「撤回する」を使ってください。30日のあいだは、ごみ箱から元に戻せます。",
		.sentence = arena_fmt(r->arena, "%sに%sを見せる同意の記録を、まちがいとしてごみ箱へ移します。", org_word(r, c.org_id), classes_words(r, c.classes))};
	tmpl_person_reason(res_page_of(r, e), &v);
	return OK;
}

err page_consent_retire_ask(struct req *r) { return show_retire(r, OK); }

err page_consent_retire(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "reason", .label = "移す理由", .kind = FORMIN_TEXT, .max = 500, .required = true}};
	const char *bin = "";
	struct one o;
	TRY(open_one(r, NULL, &o));
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = consent_retire(r->c, req_param(r, "cpid"), req_field(r, "reason"), &bin);
	if (page_is_input(e))
		return show_retire(r, e);
	TRY(e);
	return res_done(r, "deleted", "/persons/%s/consents?%s", req_param(r, "pid"), guard_undo(r, arena_fmt(r->arena, "/undo/trash/%s", bin)));
}
