/* New person and basic data of a person: one form for both (U15). Candidates for the same person stand above the form
 * (F008); what two people change at once goes to pages/conflict (F143); the bin and undo are here too (F144). */
#include "web/pages/person.h"

#include "base/str.h"
#include "care/consult.h"
#include "register/draft.h"
#include "register/org.h"
#include "tmpl/person_edit.h"
#include "tmpl/person_reason.h"
#include "web/formin.h"
#include "web/guard.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/route.h"

static const struct ui_choice SEXES[] = {{.value = "1", .label = "男性"}, {.value = "2", .label = "女性"}, {.value = "9", .label = "その他・答えない"}};
static const struct ui_choice LIVINGS[] = {{.value = "1", .label = "独居"}, {.value = "2", .label = "高齢者のみの世帯"}, {.value = "3", .label = "同居者あり"}};

#define TEXT(n, l) {.name = (n), .label = (l), .kind = FORMIN_TEXT}
static const struct formin_field FIELDS[] = {
	{.name = "is_unnamed", .label = "氏名不詳", .kind = FORMIN_BOOL},
	TEXT("name", "氏名"), TEXT("kana", "フリガナ"), TEXT("sex", "性別"), TEXT("birth", "生年月日"),
	TEXT("home_postal", "現住所の郵便番号"), TEXT("home_address", "現住所"), TEXT("registered_postal", "住民票の郵便番号"),
	TEXT("registered_address", "住民票の住所"), TEXT("card_postal", "被保険者証の郵便番号"), TEXT("card_address", "被保険者証の住所"),
	{.name = "is_area_manual", .label = "区域を手で決める", .kind = FORMIN_BOOL},
	TEXT("area_zone", "日常生活圏域"), TEXT("area_elementary", "小学校区"), TEXT("area_junior", "中学校区"), TEXT("area_minsei", "民生委員区"),
	TEXT("area_district", "地区"),
	TEXT("phone", "電話番号"), TEXT("mobile", "携帯電話"), TEXT("fax", "ファクス"), {.name = "email", .label = "メールアドレス", .kind = FORMIN_TEXT, .max = 254},
	TEXT("household_no", "世帯番号"), TEXT("lives_alone", "世帯の状況"), TEXT("insurer", "保険者"), TEXT("death", "亡くなった日"),
	TEXT("moved_out", "転出日"), {.name = "note", .label = "メモ", .kind = FORMIN_LINES, .max = 4000},
	{.name = "duplicate_reason", .label = "それでも登録する理由", .kind = FORMIN_TEXT, .max = 500},
	{.name = "consult", .label = "相談", .kind = FORMIN_PID},
};
static const struct formin_field RETIRE[] = {{.name = "reason", .label = "理由", .kind = FORMIN_TEXT, .max = 500, .required = true}};

static struct person_input typed(struct req *r)
{
	struct person_input in = {
		.is_unnamed = formin_bool(r, "is_unnamed"), .name = req_field(r, "name"), .kana = req_field(r, "kana"), .sex = req_field(r, "sex"),
		.birth = req_field(r, "birth"), .home = {req_field(r, "home_postal"), req_field(r, "home_address")},
		.registered = {req_field(r, "registered_postal"), req_field(r, "registered_address")},
		.card = {req_field(r, "card_postal"), req_field(r, "card_address")}, .is_area_manual = formin_bool(r, "is_area_manual"),
		.phone = req_field(r, "phone"), .mobile = req_field(r, "mobile"), .fax = req_field(r, "fax"), .email = req_field(r, "email"),
		.household_no = req_field(r, "household_no"), .lives_alone = req_field(r, "lives_alone"), .insurer_pid = req_field(r, "insurer"),
		.death = req_field(r, "death"), .moved_out = req_field(r, "moved_out"), .note = req_field(r, "note"),
		.duplicate_reason = req_field(r, "duplicate_reason"),
	};
	for (int s = 0; s < AREA_SLOTS; s++)
		in.area_pid[s] = req_field(r, arena_fmt(r->arena, "area_%s", area_slot_level((enum area_slot)s)));
	return in;
}

static err area_field(struct req *r, enum area_slot slot, const char *stored, struct ui_field *f)
{
	struct area *areas;
	size_t n;
	const char *level = area_slot_level(slot), *word;
	TRY(area_level_word(r->c, level, &word));
	TRY(area_list(r->c, level, r->c->today, &areas, &n));
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	c[0] = (struct ui_choice){.value = "", .label = "（なし）"};
	for (size_t i = 0; i < n; i++)
		c[i + 1] = (struct ui_choice){.value = areas[i].pid, .label = areas[i].name};
	*f = (struct ui_field){.name = arena_fmt(r->arena, "area_%s", level), .label = word, .value = stored, .choices = c,
	                       .n_choices = n + 1};
	return OK;
}

static err insurer_field(struct req *r, const char *stored, struct ui_field *f)
{
	struct org_filter q = ORG_ALL();
	struct org *o;
	size_t n;
	q.kind = "insurer";
	TRY(org_list(r->c, &q, &o, &n));
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	c[0] = (struct ui_choice){.value = "", .label = "圏域から自動で決める"};
	for (size_t i = 0; i < n; i++)
		c[i + 1] = (struct ui_choice){.value = o[i].pid, .label = o[i].name};
	*f = (struct ui_field){.name = "insurer", .label = "保険者", .value = stored, .choices = c, .n_choices = n + 1, .width = "l"};
	return OK;
}

static err show(struct req *r, struct person_edit_view *v, struct page_view *page, err e)
{
	const struct person_input *in = v->in;
	v->page = page;
	v->sex = (struct ui_field){.name = "sex", .label = "性別", .value = in->sex, .choices = SEXES, .n_choices = 3, .optional_blank = true};
	v->living = (struct ui_field){.name = "lives_alone", .label = "世帯の状況", .value = in->lives_alone, .choices = LIVINGS, .n_choices = 3,
	                              .optional_blank = true};
	TRY(insurer_field(r, in->insurer_pid, &v->insurer));
	for (int s = 0; s < AREA_SLOTS; s++)
		TRY(area_field(r, (enum area_slot)s, in->area_pid[s], &v->area[s]));
	if (v->dup)
		for (size_t i = 0; i < v->dup->n; i++) {
			int64_t id;
			TRY(person_id(r->c, v->dup->v[i].pid, &id));
			look_person(r, id);
		}
	tmpl_person_edit(res_page_of(r, e), v);
	return OK;
}

/* ---- new ---- */

static err show_new(struct req *r, const struct person_input *in, const char *consult, const struct duplicate_list *dup, err e)
{
	struct person_edit_view v = {.action = "/persons", .is_new = true, .in = in, .consult_pid = consult, .dup = dup, .retire_action = "", .history_path = ""};
	struct page_view *page = page_view(r, "新しい利用者の登録");
	page->draft_key = "person/new";
	page->draft_class = "namecard";
	page->state = STATE_NEW;
	page->back_path = *consult ? arena_fmt(r->arena, "/consults/%s", consult) : "/persons";
	page->back_label = *consult ? "相談の記録" : "利用者の一覧";
	return show(r, &v, page, e);
}

err page_person_new(struct req *r)
{
	static const struct formin_field QUERY[] = {{.name = "consult", .label = "相談", .kind = FORMIN_PID}};
	struct person_input in = {.name = ""};
	formin_read_query(r, QUERY, 1);
	return show_new(r, &in, req_query(r, "consult"), NULL, OK);
}

err page_person_create(struct req *r)
{
	struct duplicate_list dup = {0};
	const char *pid;
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	struct person_input in = typed(r);
	const char *consult = req_field(r, "consult");
	if (e == OK)
		e = person_create(r->c, &in, &dup, &pid);
	if (page_is_input(e))
		return show_new(r, &in, consult, e == ERR_PERSON_DUP ? &dup : NULL, e);
	TRY(e);
	TRY(draft_discard(r->c, "person/new"));
	if (!*consult)
		return res_done(r, "created", "/persons/%s", pid);
	TRY(consult_link_person(r->c, consult, pid, ""));
	return res_done(r, "created", "/consults/%s", consult);
}

/* ---- edit ---- */

static err show_edit(struct req *r, const char *pid, const struct person_input *in, err e)
{
	struct person_edit_view v = {.in = in, .consult_pid = ""};
	struct page_view *page = page_view(r, "基本情報を直す");
	struct person_card card;
	TRY(person_page(r, page, pid, &card));
	struct person_input stored;
	pid = card.p.pid; /* of a merged person the record in front is edited */
	v.action = arena_fmt(r->arena, "/persons/%s", pid);
	v.retire_action = arena_fmt(r->arena, "/persons/%s/retire", pid);
	v.history_path = arena_fmt(r->arena, "/persons/%s/history", pid);
	person_input_of(r->c, &card.p, &stored);
	if (!v.in)
		v.in = &stored;
	v.may_retire = card.view.may[ACTION_WRITE] & CLASS_NAMECARD;
	page->base_version = card.p.version;
	if (page->posted && formin_int(r, "base") != INT_NULL)
		page->base_version = formin_int(r, "base");
	page->draft_key = arena_fmt(r->arena, "person/%s/basic", pid);
	page->draft_class = "namecard";
	page->state = STATE_SAVED;
	page->state_note = saved_note(r, card.p.updated_ms, "");
	return show(r, &v, page, e);
}

err page_person_edit(struct req *r)
{
	const char *pid = req_param(r, "pid");
	int64_t id;
	TRY(person_id(r->c, pid, &id));
	TRY(policy_check(r->c, id, CLASS_NAMECARD, ACTION_WRITE));
	return show_edit(r, pid, NULL, OK);
}

err page_person_save(struct req *r)
{
	const char *pid = req_param(r, "pid");
	struct row_conflict *conflict = NULL;
	int64_t version = 0, id;
	TRY(person_id(r->c, pid, &id));
	look_person(r, id);
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	struct person_input in = typed(r);
	int64_t base = formin_int(r, "base");
	if (e == OK)
		e = person_save(r->c, pid, base == INT_NULL ? 0 : base, &in, &conflict, &version);
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/persons/%s/edit", pid));
	if (page_is_input(e))
		return show_edit(r, pid, &in, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "person/%s/basic", pid)));
	const char *undo = arena_fmt(r->arena, "/undo/person/%s/%lld", pid, (long long)version);
	return res_done(r, "saved", "/persons/%s?%s", pid, guard_undo(r, undo));
}

/* ---- bin and undo ---- */

static err show_retire(struct req *r, err e)
{
	struct person_card card;
	struct page_view *page = page_view(r, "ごみ箱へ移す");
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	TRY(policy_check(r->c, card.p.id, CLASS_NAMECARD, ACTION_WRITE));
	struct reason_view v = {.page = page, .action = arena_fmt(r->arena, "/persons/%s/retire", card.p.pid),
	                        .sentence = arena_fmt(r->arena, "%sさんの登録をごみ箱へ移します。", card.p.name),
	                        .more = "30日のあいだは、ごみ箱から元に戻せます。相談や認定などの記録は消えません。", .label = "移す理由",
	                        .button = "ごみ箱へ移す", .cancel_path = arena_fmt(r->arena, "/persons/%s", card.p.pid)};
	tmpl_person_reason(res_page_of(r, e), &v);
	return OK;
}

err page_person_retire_ask(struct req *r) { return show_retire(r, OK); }

err page_person_retire(struct req *r)
{
	const char *pid = req_param(r, "pid");
	err e = formin_read(r, RETIRE, FORMIN_N(RETIRE));
	if (e == OK)
		e = person_retire(r->c, pid, req_field(r, "reason"));
	if (page_is_input(e))
		return show_retire(r, e);
	TRY(e);
	return res_done(r, "deleted", "/persons?%s", guard_undo(r, arena_fmt(r->arena, "/undo/bin/%s", pid)));
}

err page_person_restore(struct req *r)
{
	const char *pid = req_param(r, "pid");
	TRY(person_restore(r->c, pid));
	return res_done(r, "restored", "/persons/%s", pid);
}

/* Only the change just made: if somebody saved meanwhile, the history shows what there is to choose from. */
err page_undo_person(struct req *r)
{
	const char *pid = req_param(r, "pid");
	int64_t version;
	struct row_version *v;
	size_t n;
	TRY(person_history(r->c, pid, &v, &n));
	if (!str_int(req_param(r, "version"), &version) || n < 2 || v[0].version != version)
		return res_redirect(r, "/persons/%s/history", pid);
	TRY(person_revert(r->c, pid, v[1].version));
	return res_done(r, "restored", "/persons/%s", pid);
}
