/* The frame of a survey, and its files: raw answers out and in. */
#include "base/str.h"
#include "jp/era.h"
#include "register/draft.h"
#include "register/org.h"
#include "tmpl/survey_frame.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/survey.h"
#include "web/route.h"

/* ---- the frame ---------------------------------------------------------------------------------------------------------------- */

struct shown {
	const struct import_lines *said;
	bool trial;
	const char *text;
};

static struct ui_field org_kinds(struct req *r)
{
	struct ui_choice *v = ARENA_ARRAY(r->arena, org_kind_count() + 2, struct ui_choice);
	struct ui_field f = {.name = "org_kind", .label = "機関の種類", .choices = v, .value = "centre"};
	v[f.n_choices++] = (struct ui_choice){.value = "cm_staff", .label = "居宅介護支援事業所などの介護支援専門員（一人ずつ）"};
	for (size_t i = 0; i < org_kind_count(); i++)
		v[f.n_choices++] = (struct ui_choice){.value = org_kind_code(i), .label = org_kind_label_ja(org_kind_code(i))};
	return f;
}

static err frame(struct req *r, const struct shown *x, err e)
{
	struct t_survey s;
	struct page_view *page;
	struct t_survey_target *t;
	struct survey_frame_view v = {0};
	TRY(survey_page(r, "名簿", &s, &page));
	TRY(survey_targets(r->c, s.id, &t, &v.n_rows));
	v.page = page;
	v.s = &s;
	v.rows = t;
	v.may_write = survey_may(r, &s, ACTION_WRITE);
	v.asks_people = str_eq(s.unit, "person");
	v.org_kind = org_kinds(r);
	v.on_day = (struct ui_field){.name = "on_day", .label = "いつの時点の機関か", .has_day = true, .day = s.frame_on == CIVIL_NONE ? r->c->today : s.frame_on, .help = "この日に動いている機関を、名簿にないものだけ加えます。"};
	if (x) {
		v.has_result = true;
		v.was_trial = x->trial;
		v.said = x->said;
		v.text = x->text;
		survey_count_lines(x->said, &v.good, &v.bad);
	}
	tmpl_survey_frame(res_page_of(r, e), &v);
	return OK;
}

err page_survey_targets(struct req *r) { return frame(r, NULL, OK); }

err page_survey_frame_add(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "org_kind", .label = "機関の種類", .kind = FORMIN_CODE, .max = 40, .required = true}, {.name = "on_day", .label = "いつの時点の機関か", .kind = FORMIN_DAY, .required = true}};
	int64_t added = 0;
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK && str_eq(req_field(r, "org_kind"), "cm_staff"))
		e = survey_frame_staff(r->c, req_param(r, "pid"), formin_day(r, "on_day"), &added);
	else if (e == OK)
		e = survey_frame_orgs(r->c, req_param(r, "pid"), req_field(r, "org_kind"), formin_day(r, "on_day"), &added);
	if (page_is_input(e))
		return frame(r, NULL, e);
	TRY(e);
	return res_done(r, added ? "created" : "survey_none_new", "/surveys/%s/targets", req_param(r, "pid"));
}

static const struct formin_field FILE_FIELDS[] = {{.name = "file", .label = "CSVファイル"}, {.name = "act", .label = "すること", .kind = FORMIN_CODE, .max = 8}, {.name = "text", .label = "CSVの内容", .kind = FORMIN_LINES, .max = 8 << 20}};

typedef err reading_fn(struct ctx *c, const char *survey_pid, const char *bytes, size_t n, bool trial, struct import_lines *out);
typedef err showing_fn(struct req *r, const struct shown *x, err e);

/* Two steps, as everywhere: read and tell, then take what was read. */
static err read_file(struct req *r, reading_fn *read, showing_fn *show)
{
	const char *bytes = "";
	size_t n = 0;
	struct import_lines *said = ARENA_NEW(r->arena, struct import_lines);
	err e = formin_read(r, FILE_FIELDS, FORMIN_N(FILE_FIELDS));
	bool trial = !str_eq(req_field(r, "act"), "take");
	if (e == OK)
		e = csv_upload_bytes(r, &bytes, &n);
	if (e == OK)
		e = read(r->c, req_param(r, "pid"), bytes, n, trial, said);
	if (page_is_input(e))
		return show(r, NULL, e);
	TRY(e);
	return show(r, &(struct shown){said, trial, csv_upload_text(r, bytes, n)}, OK);
}

err page_survey_frame_import(struct req *r) { return read_file(r, survey_frame_import, frame); }

/* ---- one target ------------------------------------------------------------------------------------------------------------------ */

static err edit(struct req *r, const struct t_survey *s, const struct t_survey_target *t, err e)
{
	struct page_view *page = page_view(r, t->id ? "回答者を直す" : "回答者を加える");
	struct survey_target_view v = {.page = page, .s = s, .t = t, .action = t->id ? arena_fmt(r->arena, "/survey-targets/%s", t->pid) : arena_fmt(r->arena, "/surveys/%s/targets", s->pid)};
	page->back_path = arena_fmt(r->arena, "/surveys/%s/targets", s->pid);
	page->back_label = "名簿";
	page->draft_key = t->id ? arena_fmt(r->arena, "survey-target/%s", t->pid) : arena_fmt(r->arena, "survey/%s/target", s->pid);
	page->draft_class = "statistics";
	page->base_version = t->version;
	tmpl_survey_target(res_page_of(r, e), &v);
	return OK;
}

static err read(struct req *r, struct t_survey_target *t)
{
	static const struct formin_field fields[] = {{.name = "code", .label = "番号", .max = 60}, {.name = "label", .label = "名前", .max = 300}, {.name = "email", .label = "メールアドレス", .max = 254},
		{.name = "postal", .label = "郵便番号", .max = 12}, {.name = "address", .label = "住所", .max = 300}, {.name = "traits", .label = "属性", .kind = FORMIN_LINES, .max = 4000}, {.name = "note", .label = "メモ", .kind = FORMIN_LINES, .max = 4000}};
	TRY(formin_read(r, fields, FORMIN_N(fields)));
	t->code = req_field(r, "code");
	t->label = req_field(r, "label");
	t->email = req_field(r, "email");
	t->postal = req_field(r, "postal");
	t->address = req_field(r, "address");
	t->traits = req_field(r, "traits");
	t->note = req_field(r, "note");
	return OK;
}

err page_survey_target_new(struct req *r)
{
	struct t_survey s;
	struct t_survey_target t;
	TRY(survey_get(r->c, req_param(r, "pid"), &s));
	TRY(survey_gate(r->c, &s, ACTION_WRITE));
	survey_target_init(&s, &t);
	return edit(r, &s, &t, OK);
}

err page_survey_target_create(struct req *r)
{
	struct t_survey s;
	struct t_survey_target t;
	TRY(survey_get(r->c, req_param(r, "pid"), &s));
	survey_target_init(&s, &t);
	err e = read(r, &t);
	if (e == OK)
		e = survey_target_save(r->c, &t, NULL);
	if (page_is_input(e)) {
		t.id = 0;
		return edit(r, &s, &t, e);
	}
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "survey/%s/target", s.pid)));
	return res_done(r, "saved", "/surveys/%s/targets", s.pid);
}

static err open_one(struct req *r, struct t_survey_target *t, struct t_survey *s)
{
	TRY(survey_target_get(r->c, req_param(r, "pid"), t));
	return survey_load(r->c, t->survey_id, s);
}

err page_survey_target(struct req *r)
{
	struct t_survey s;
	struct t_survey_target t;
	TRY(open_one(r, &t, &s));
	TRY(survey_gate(r->c, &s, ACTION_WRITE));
	return edit(r, &s, &t, OK);
}

err page_survey_target_save(struct req *r)
{
	struct t_survey s;
	struct t_survey_target t;
	struct row_conflict *conflict = NULL;
	TRY(open_one(r, &t, &s));
	err e = read(r, &t);
	if (e == OK) {
		t.version = formin_int(r, "base");
		e = survey_target_save(r->c, &t, &conflict);
	}
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, arena_fmt(r->arena, "/survey-targets/%s", t.pid));
	if (page_is_input(e))
		return edit(r, &s, &t, e);
	TRY(e);
	TRY(draft_discard(r->c, arena_fmt(r->arena, "survey-target/%s", t.pid)));
	return res_done(r, "saved", "/surveys/%s/targets", s.pid);
}

err page_survey_target_retire(struct req *r)
{
	struct t_survey s;
	struct t_survey_target t;
	TRY(open_one(r, &t, &s));
	TRY(survey_target_retire(r->c, t.pid));
	return res_done(r, "survey_out", "/surveys/%s/targets", s.pid);
}

/* ---- files ------------------------------------------------------------------------------------------------------------------------ */

static err files(struct req *r, const struct shown *x, err e)
{
	struct t_survey s;
	struct page_view *page;
	struct survey_files_view v = {0};
	TRY(survey_page(r, "ファイル", &s, &page));
	v.page = page;
	v.s = &s;
	v.may_write = survey_may(r, &s, ACTION_WRITE);
	v.may_export = survey_may(r, &s, ACTION_EXPORT);
	if (x) {
		v.has_result = true;
		v.was_trial = x->trial;
		v.said = x->said;
		v.text = x->text;
		survey_count_lines(x->said, &v.good, &v.bad);
	}
	tmpl_survey_files(res_page_of(r, e), &v);
	return OK;
}

err page_survey_files(struct req *r) { return files(r, NULL, OK); }
err page_survey_import(struct req *r) { return read_file(r, survey_raw_import, files); }

static err csv(struct req *r, bool book)
{
	static const struct formin_field query[] = {{.name = "charset", .label = "文字コード", .kind = FORMIN_CODE, .max = 8}, {.name = "round", .label = "回", .kind = FORMIN_PID}};
	const char *bytes;
	size_t n;
	formin_read_query(r, query, FORMIN_N(query));
	bool cp932 = str_eq(req_query(r, "charset"), "cp932");
	look_as(r, ACTION_EXPORT);
	TRY(book ? survey_codebook_csv(r->c, req_param(r, "pid"), cp932, &bytes, &n) : survey_raw_csv(r->c, req_param(r, "pid"), req_query(r, "round"), cp932, &bytes, &n));
	return res_file(r, cp932 ? "text/csv; charset=Shift_JIS" : "text/csv; charset=utf-8", bytes, n, book ? "調査_コード表.csv" : "調査_回答.csv");
}

err page_survey_raw(struct req *r) { return csv(r, false); }
err page_survey_codebook(struct req *r) { return csv(r, true); }
