/* 主治医・歯科医師・薬剤師への情報提供: writing, sending with consent, judging not needed (F059). */
#include "base/str.h"
#include "register/draft.h"
#include "tmpl/liaison_doctor_info.h"
#include "web/formin.h"
#include "web/guard.h"
#include "web/pages/common.h"
#include "web/pages/hospital.h"
#include "web/route.h"

static const struct form_item *topic_item(const struct form_def *def)
{
	for (size_t i = 0; i < def->n_items; i++)
		if (str_eq(def->items[i].binding, "doctor_info.topic"))
			return &def->items[i];
	return NULL;
}

struct doctor_info_shown doctor_info_shown(struct req *r, const struct doctor_info *d)
{
	const struct t_doctor_info *t = &d->row;
	return (struct doctor_info_shown){.d = d, .state = code_label(r, "doctor_info_state", t->state), .to_kind = *t->to_kind ? code_label(r, "doctor_kind", t->to_kind) : "",
		.state_kind = str_eq(t->state, "received") ? "warn" : str_eq(t->state, "sent") ? "ok" : "note"};
}

static const char *key_of(struct req *r, const struct doctor_info *d)
{
	return d->row.id ? arena_fmt(r->arena, "doctor-info/%s", d->row.pid) : arena_fmt(r->arena, "person/%s/doctor-info/new", d->person_pid);
}

static void topics_field(struct req *r, const struct doctor_info *d, struct ui_field *f)
{
	const struct form_item *it = topic_item(d->fill.def);
	struct ui_choice *v = ARENA_ARRAY(r->arena, it->n_options + 1, struct ui_choice);
	for (size_t i = 0; i < it->n_options; i++)
		v[i] = (struct ui_choice){.value = it->options[i].code, .label = it->options[i].label};
	*f = (struct ui_field){.name = "consent_topic", .label = "同意した内容", .choices = v, .n_choices = it->n_options,
		.help = "本人が、この相手に伝えてよいとした内容です"};
	f->values = (const char *const *)str_split(r->arena, d->row.consent_topic, '|', &f->n_values);
}

static err show(struct req *r, struct doctor_info *d, err e)
{
	struct page_view *page = page_view(r, "主治医などへの情報提供");
	struct form_fields ff;
	bool is_new = !d->row.id;
	TRY(person_page_head(r, page, d->person_pid));
	page->back_path = arena_fmt(r->arena, "/persons/%s/hospital", d->person_pid);
	page->back_label = "入退院・医療連携";
	page->state = is_new ? STATE_NEW : STATE_SAVED;
	if (!is_new)
		page->state_note = saved_note(r, d->row.updated_ms, d->updated_by);
	page->base_version = d->row.version;
	if (page->posted && formin_int(r, "base") != INT_NULL)
		page->base_version = formin_int(r, "base");
	if (d->may_write) {
		page->draft_key = key_of(r, d);
		page->draft_class = "medical";
	}
	liaison_fields(r, &d->fill, d->fixed, d->n_fixed, d->may_write, &ff);
	struct doctor_info_view v = {.page = page, .d = d, .s = doctor_info_shown(r, d), .ff = &ff, .is_new = is_new, .is_open = str_eq(d->row.state, "received"),
		.action = is_new ? arena_fmt(r->arena, "/persons/%s/doctor-infos", d->person_pid) : arena_fmt(r->arena, "/doctor-infos/%s", d->row.pid),
		.to_kind = choice_field(r, "to_kind", "伝える相手", "doctor_kind", d->row.to_kind),
		.consent_how = choice_field(r, "consent_how", "同意の記録のしかた", "consent_record_how", d->row.consent_how),
		.sent_how = choice_field(r, "sent_how", "提供した方法", "hospital_told_how", "")};
	v.to_kind.required = v.sent_how.required = true;
	v.consent_how.optional_blank = true;
	topics_field(r, d, &v.consent_topic);
	TRY(liaison_org_field(r, "to_org", "登録されている医療機関・薬局", d->to_org_pid, &v.to_org));
	v.to_org.help = "登録されていないときは、下の「医療機関・薬局」に書きます";
	tmpl_doctor_info(res_page_of(r, e), &v);
	return OK;
}

err page_doctor_info_new(struct req *r)
{
	struct doctor_info d;
	TRY(doctor_info_new(r->c, req_param(r, "pid"), &d));
	look_person(r, d.row.person_id);
	return show(r, &d, OK);
}

static err open_info(struct req *r, struct doctor_info *d)
{
	TRY(doctor_info_get(r->c, req_param(r, "pid"), d));
	look_person(r, d->row.person_id);
	return OK;
}

err page_doctor_info(struct req *r)
{
	struct doctor_info d;
	TRY(open_info(r, &d));
	return show(r, &d, OK);
}

static const char *const BESIDE[] = {"to_kind", "to_org", "from_office", "received_on", "consent_how", "consent_topic"};

static const char *topics_typed(struct req *r)
{
	const char **v;
	size_t n = req_all(r, "consent_topic", &v);
	struct buf b = buf_new(r->arena);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s", i ? "|" : "", v[i]);
	return b.p ? b.p : "";
}

static err save(struct req *r, struct doctor_info *d)
{
	struct answers *as = d->fill.as;
	struct form_typed typed = {0};
	struct row_conflict *conflict = NULL;
	const char *key = key_of(r, d);
	err e = form_fields_read(r, d->fill.def, BESIDE, sizeof BESIDE / sizeof BESIDE[0], &as, &typed);
	if (e == OK)
		e = doctor_info_save(r->c, d, &(struct doctor_info_input){.typed = as, .to_kind = req_field(r, "to_kind"), .to_org_pid = req_field(r, "to_org"),
			.from_office = req_field(r, "from_office"), .received_on = formin_day(r, "received_on"), .consent_how = req_field(r, "consent_how"),
			.consent_topic = topics_typed(r), .version = formin_int(r, "base")}, &conflict);
	if (page_is_input(e))
		return show(r, d, e);
	if (e == ERR_CONFLICT && conflict)
		return liaison_conflict(r, conflict, d->fill.def, NULL, arena_fmt(r->arena, "/doctor-infos/%s", d->row.pid));
	TRY(e);
	TRY(draft_discard(r->c, key));
	return res_done(r, "saved", "/doctor-infos/%s", d->row.pid);
}

err page_doctor_info_create(struct req *r)
{
	struct doctor_info d;
	TRY(doctor_info_new(r->c, req_param(r, "pid"), &d));
	look_person(r, d.row.person_id);
	return save(r, &d);
}

err page_doctor_info_save(struct req *r)
{
	struct doctor_info d;
	TRY(open_info(r, &d));
	return save(r, &d);
}

err page_doctor_info_send(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "sent_on", .label = "提供した日", .kind = FORMIN_DAY, .required = true},
		{.name = "sent_how", .label = "提供した方法", .kind = FORMIN_CODE, .required = true}};
	struct doctor_info d;
	const char *issued;
	TRY(open_info(r, &d));
	look_as(r, ACTION_PRINT);
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = doctor_info_send(r->c, d.row.pid, formin_day(r, "sent_on"), req_field(r, "sent_how"), &issued);
	if (page_is_input(e))
		return show(r, &d, e);
	TRY(e);
	return res_done(r, "finished", "/doctor-infos/%s", d.row.pid);
}

err page_doctor_info_not_needed(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "not_needed", .label = "提供しないと判断した理由", .kind = FORMIN_LINES, .max = 4000, .required = true}};
	struct doctor_info d;
	TRY(open_info(r, &d));
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = doctor_info_not_needed(r->c, d.row.pid, req_field(r, "not_needed"));
	if (page_is_input(e))
		return show(r, &d, e);
	TRY(e);
	return res_done(r, "saved", "/doctor-infos/%s", d.row.pid);
}

err page_doctor_info_retire(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "reason", .label = "移す理由", .kind = FORMIN_TEXT, .max = 500}};
	struct doctor_info d;
	const char *bin = "";
	TRY(open_info(r, &d));
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = doctor_info_retire(r->c, d.row.pid, req_field(r, "reason"), &bin);
	if (page_is_input(e))
		return show(r, &d, e);
	TRY(e);
	return res_done(r, "deleted", "/persons/%s/hospital?%s", d.person_pid, guard_undo(r, arena_fmt(r->arena, "/undo/trash/%s", bin)));
}

static err paper(struct req *r, enum paper_kind kind)
{
	struct doctor_info d;
	const char *bytes;
	size_t n;
	TRY(open_info(r, &d));
	look_as(r, ACTION_PRINT);
	TRY(doctor_info_print(r->c, &d, kind, &bytes, &n));
	if (kind == PAPER_PDF)
		return res_pdf(r, bytes, n, "jushin-joho.pdf");
	return res_file(r, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes, n, "jushin-joho.xlsx");
}

err page_doctor_info_pdf(struct req *r) { return paper(r, PAPER_PDF); }
err page_doctor_info_sheet(struct req *r) { return paper(r, PAPER_SHEET); }
