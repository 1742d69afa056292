/* 基本チェックリスト: list, entry, judgement, comparison, paper, FHIR. */
#include "base/house.h"
#include "base/str.h"
#include "codec/json.h"
#include "care/interest.h"
#include "care/paper.h"
#include "form/radar.h"
#include "jp/era.h"
#include "register/draft.h"
#include "tmpl/forms_checklist.h"
#include "access/policy.h"
#include "access/session.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/pages/forms.h"
#include "web/pages/interest.h"
#include "web/pages/measure.h"
#include "web/route.h"

#include <string.h>

#define CHECKLIST "kihon-checklist"

static const char *kind_of(const char *code)
{
	return str_eq(code, "eligible") ? "warn" : str_eq(code, "not-eligible") ? "ok" : "bad";
}
static const char *label_of(const char *code)
{
	return str_eq(code, "eligible") ? "該当（事業対象者の基準）" : str_eq(code, "not-eligible") ? "非該当" : "判定不能（未回答あり）";
}

/* ---- list ------------------------------------------------------------------------------------------------------ */

static err list(struct req *r, err e)
{
	struct page_view *page = page_view(r, "基本チェックリスト");
	struct person_card card;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	struct checklist_list_view v = {.page = page, .person_pid = card.p.pid};
	struct response_row *rows;
	TRY(response_list(r->c, card.p.pid, CHECKLIST, &rows, &v.n_rows));
	v.may_write = policy_check(r->c, card.p.id, CLASS_CARE, ACTION_WRITE) == OK;
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct checklist_list_row);
	for (size_t i = 0; i < v.n_rows; i++)
		v.rows[i] = (struct checklist_list_row){&rows[i], label_of(rows[i].result_code), kind_of(rows[i].result_code)};
	tmpl_checklist_list(res_page_of(r, e), &v);
	return OK;
}

err page_checklist_list(struct req *r) { return list(r, OK); }

/* ---- entry ----------------------------------------------------------------------------------------------------- */

struct editing {
	const char *person_pid, *pid, *consult_pid;
	int64_t version;
	const struct answers *answers;
	bool by_self; /* in the client's own hands */
};

/* What to look at although it may be saved: the age, units. */
static struct form_warnings warnings_of(struct req *r, const struct answers *as)
{
	struct form_warnings w = {0};
	size_t faults = r->c->n_faults;
	(void)!answers_validate(r->c, as, true, &w);
	r->c->n_faults = faults;
	return w;
}

/* Items still as the register has them. */
static err filled_in(struct req *r, const char *person_pid, const struct answers *as, const char ***ids, size_t *n)
{
	struct answers *known = answers_new(r->arena, as->def);
	TRY(response_prefill(r->c, person_pid, as->def, known));
	*ids = ARENA_ARRAY(r->arena, as->def->n_items + 1, const char *);
	*n = 0;
	for (size_t i = 0; i < as->def->n_items; i++) {
		const struct form_item *it = &as->def->items[i];
		if (it->type == ITEM_DERIVED || it->type == ITEM_LIST || str_eq(it->id, as->def->date_item))
			continue;
		const char *was = answers_text(known, it->path), *typed = req_has(r, it->path) ? req_field(r, it->path) : NULL;
		if (!str_blank(was) && str_eq(was, typed ? typed : answers_text(as, it->path)))
			(*ids)[(*n)++] = it->id;
	}
	return OK;
}

/* Where a filled form stands: the checklist and the interests by themselves, scales (care/measure) together. */
struct place {
	const char *title, *list, *create, *back, *intro, *save;
};

static bool is_interest(const struct form_def *def) { return str_eq(def->id, INTEREST_FORM); }

static struct place place_of(struct req *r, const struct form_def *def, const char *person_pid)
{
	if (str_eq(def->id, CHECKLIST)) {
		const char *list = arena_fmt(r->arena, "/persons/%s/checklists", person_pid);
		return (struct place){"基本チェックリスト", list, list, "チェックリストの一覧",
			"数字キーで答えると次の質問に進みます（1 はい、2 いいえ）。Backspace でひとつ戻ります。分からない質問は空けておけます。", "保存して判定を見る"};
	}
	if (is_interest(def)) {
		const char *list = arena_fmt(r->arena, "/persons/%s/interests", person_pid);
		return (struct place){def->name, list, list, "興味・関心の一覧",
			"日常で実際にしているものは「している」、していないがしてみたいものは「してみたい」、してみたいとまでは思わないが興味があるものは「興味がある」に印を付けます。あてはまらないものは空けておきます。", "保存して結果を見る"};
	}
	return (struct place){def->name, arena_fmt(r->arena, "/persons/%s/measures", person_pid), arena_fmt(r->arena, "/persons/%s/measures/%s", person_pid, def->id), "ADL・IADLの評価",
		"ふだん「している」ようすで答えます。すべての項目に答えたときだけ、合計が出ます。", "保存して合計を見る"};
}

static const char *key_of(struct req *r, const struct form_def *def, const char *person_pid, const char *pid)
{
	return str_blank(pid) ? arena_fmt(r->arena, "person/%s/%s", person_pid, str_eq(def->id, CHECKLIST) ? "checklist" : def->id) : arena_fmt(r->arena, "person/%s/response/%s", person_pid, pid);
}

/* Items the page does not ask for; of the interests they are carried over (carry). */
static void hide(const struct editing *x, struct form_fields_marks *m)
{
	static const char *const staff[] = {"staff"}, *const head[] = {"name", "birth_date", "done_on", "filled_by", "recorder_job"};
	m->hidden = is_interest(x->answers->def) ? head : staff;
	m->n_hidden = !is_interest(x->answers->def) ? 1 : x->by_self ? sizeof head / sizeof head[0] : 2;
}

static err edit(struct req *r, const struct editing *x, err e)
{
	bool is_new = str_blank(x->pid);
	struct place at = place_of(r, x->answers->def, x->person_pid);
	struct page_view *page = page_view(r, at.title);
	TRY(person_page_head(r, page, x->person_pid));
	page->state = is_new ? STATE_NEW : STATE_SAVED;
	if (x->by_self)
		interest_hand_over(page);
	page->base_version = x->version;
	if (page->posted && formin_int(r, "base") != INT_NULL)
		page->base_version = formin_int(r, "base"); /* shown again: still the version the typing started from */
	page->draft_class = class_code(x->answers->def->class_bit);
	page->draft_key = key_of(r, x->answers->def, x->person_pid, x->pid);
	page->back_path = x->by_self ? "" : at.list;
	page->back_label = at.back;
	struct form_fields ff;
	struct form_fields_marks marks = {0};
	hide(x, &marks);
	if (is_new) {
		const char **ids;
		TRY(filled_in(r, x->person_pid, x->answers, &ids, &marks.n_noted));
		marks.noted = (const char *const *)ids;
	}
	form_fields_of(r, x->answers, &marks, &ff);
	struct form_warnings w = is_new ? (struct form_warnings){0} : warnings_of(r, x->answers);
	struct form_edit_view v = {
		.page = page, .consult_pid = str_or(x->consult_pid, ""), .keys = str_eq(x->answers->def->id, CHECKLIST), .grid = is_interest(x->answers->def), .by_self = x->by_self, .list = at.list, .ff = &ff,
		.save_label = x->by_self ? "終わりました" : at.save, .intro = at.intro,
		.action = is_new ? at.create : arena_fmt(r->arena, "/responses/%s", x->pid),
		.aside_path = "", .aside_label = "", .warnings = w.w, .n_warnings = w.n};
	tmpl_form_edit(res_page_of(r, e), &v);
	return OK;
}

static err new_of(struct req *r, const char *form_id)
{
	const char *pid = req_param(r, "pid");
	const struct form_def *def = form_find(r->c->house->forms, form_id, r->c->today);
	if (!def)
		return ERR_FORM_DATE;
	struct answers *as = answers_new(r->arena, def);
	bool by_self = is_interest(def) && r->who.handed;
	TRY(response_prefill(r->c, pid, def, as));
	return edit(r, &(struct editing){.person_pid = pid, .consult_pid = req_query(r, "consult"), .answers = as, .by_self = by_self}, OK);
}

err page_checklist_new(struct req *r) { return new_of(r, CHECKLIST); }
err page_interest_new(struct req *r) { return new_of(r, INTEREST_FORM); }

/* The device goes into the client's hands: from here the session opens the sheet, keeps its draft, saves it, and thanks (decision 021). */
err page_interest_hand(struct req *r)
{
	const char *pid = req_param(r, "pid"), *base = arena_fmt(r->arena, "/persons/%s/interests", pid);
	const struct form_def *def = form_find(r->c->house->forms, INTEREST_FORM, r->c->today);
	struct person_card card;
	if (!def)
		return ERR_FORM_DATE;
	TRY(person_open(r->c, pid, &card));
	TRY(policy_check(r->c, card.p.id, def->class_bit, ACTION_WRITE));
	const char *key = key_of(r, def, pid, "");
	TRY(session_hand(r->c, r->session, arena_fmt(r->arena, "GET %s/new\nPOST %s\nGET %s/thanks\nGET /drafts/%s\nPOST /drafts/%s\nPOST /drafts/%s/discard", base, base, base, key, key, key)));
	return res_redirect(r, "%s/new", base);
}

err page_measure_new(struct req *r) { return measure_find(req_param(r, "form")) ? new_of(r, req_param(r, "form")) : ERR_NOTFOUND; }

static err read_answers(struct req *r, const struct form_def *def, struct answers **as)
{
	static const char *const skip[] = {"consult"};
	struct form_typed typed = {0};
	return form_fields_read(r, def, skip, 1, as, &typed);
}

/* What the page of the interests did not ask for stays as the register or the stored sheet has it. */
static void carry(struct req *r, const struct answers *from, struct answers *as)
{
	if (!is_interest(as->def) || as->def != from->def)
		return;
	for (size_t i = 0; i < as->def->n_items; i++)
		if (as->def->items[i].type != ITEM_CODES && !req_has(r, as->def->items[i].path))
			as->a[i] = from->a[i];
}

static err create_of(struct req *r, const char *form_id)
{
	const char *pid = req_param(r, "pid"), *response = NULL;
	const struct form_def *def = form_find(r->c->house->forms, form_id, r->c->today);
	if (!def)
		return ERR_FORM_DATE;
	struct answers *as = answers_new(r->arena, def), *known = answers_new(r->arena, def);
	bool by_self = is_interest(def) && r->who.handed;
	if (is_interest(def))
		TRY(response_prefill(r->c, pid, def, known));
	if (by_self)
		TRY(answers_set_code(known, "filled_by", "self"));
	err e = read_answers(r, def, &as);
	carry(r, known, as);
	const char *consult = req_field(r, "consult");
	if (e == OK)
		e = response_save(r->c, &(struct response_input){.person_pid = pid, .form_id = form_id, .consult_pid = consult,
		                                                 .answers = as}, &response, NULL);
	if (page_is_input(e))
		return edit(r, &(struct editing){.person_pid = pid, .consult_pid = consult, .answers = as, .by_self = by_self}, e);
	TRY(e);
	TRY(draft_discard(r->c, key_of(r, def, pid, "")));
	if (by_self) { /* one sheet for one handing over; the second of two clicks is answered like the first */
		TRY(session_hand(r->c, r->session, arena_fmt(r->arena, "POST /persons/%s/interests\nGET /persons/%s/interests/thanks", pid, pid)));
		return res_redirect(r, "/persons/%s/interests/thanks", pid);
	}
	return res_done(r, "saved", "/responses/%s", response);
}

err page_checklist_create(struct req *r) { return create_of(r, CHECKLIST); }
err page_interest_create(struct req *r) { return create_of(r, INTEREST_FORM); }
err page_measure_create(struct req *r) { return measure_find(req_param(r, "form")) ? create_of(r, req_param(r, "form")) : ERR_NOTFOUND; }

err page_response_edit(struct req *r)
{
	struct response_view v;
	TRY(response_get(r->c, req_param(r, "pid"), &v));
	if (!v.may_write)
		return ERR_DENIED;
	return edit(r, &(struct editing){.person_pid = v.person_pid, .pid = v.pid, .version = v.version, .answers = v.answers,
	                                 .consult_pid = v.consult_pid}, OK);
}

static err answers_of_text(struct req *r, const struct form_def *def, const char *text, struct answers **as)
{
	struct json *j;
	TRY(json_parse(r->arena, text, strlen(text), NULL, &j, NULL));
	return answers_from_json(r->arena, def, j, as, NULL);
}

static const char *held(struct req *r, const struct answers *as, const struct form_item *it)
{
	const struct answer *v = answers_get(as, it->path);
	return v ? answer_field(r->arena, it, v) : "";
}

/* The row holds all answers in one column: for people they are taken apart, question by question. */
static err disputed(struct req *r, const struct row_conflict *c, const struct response_view *v)
{
	const char *back = arena_fmt(r->arena, "/responses/%s", v->pid);
	const struct row_conflict_field *all = NULL;
	struct answers *base, *theirs, *mine;
	for (size_t i = 0; i < c->n; i++)
		if (str_eq(c->fields[i].column, "answers"))
			all = &c->fields[i];
	if (!all || answers_of_text(r, v->def, all->base, &base) != OK || answers_of_text(r, v->def, all->theirs, &theirs) != OK ||
	    answers_of_text(r, v->def, all->mine, &mine) != OK)
		return page_conflict(r, c, back);
	struct row_conflict k = *c;
	k.fields = ARENA_ARRAY(r->arena, v->def->n_items + 1, struct row_conflict_field);
	k.carried = ARENA_ARRAY(r->arena, v->def->n_items + 1, struct row_conflict_field);
	k.n = k.n_carried = 0;
	for (size_t i = 0; i < v->def->n_items; i++) {
		const struct form_item *it = &v->def->items[i];
		if (it->type == ITEM_DERIVED || it->type == ITEM_DISPLAY || it->type == ITEM_LIST)
			continue;
		struct row_conflict_field f = {it->path, held(r, base, it), held(r, theirs, it), held(r, mine, it), false};
		if (str_eq(f.theirs, f.base) || str_eq(f.theirs, f.mine))
			continue;
		if (str_eq(f.mine, f.base))
			k.carried[k.n_carried++] = f;
		else
			k.fields[k.n++] = f;
	}
	return page_conflict_form(r, &k, v->def, back);
}

err page_response_save(struct req *r)
{
	struct response_view v;
	TRY(response_get(r->c, req_param(r, "pid"), &v));
	struct answers *as = v.answers;
	const char *pid = NULL;
	struct row_conflict *conflict = NULL;
	err e = read_answers(r, v.def, &as);
	carry(r, v.answers, as);
	if (e == OK)
		e = response_save(r->c, &(struct response_input){.pid = v.pid, .version = formin_int(r, "base"), .person_pid = v.person_pid,
		                                                 .form_id = v.def->id, .answers = as}, &pid, &conflict);
	if (page_is_input(e))
		return edit(r, &(struct editing){.person_pid = v.person_pid, .pid = v.pid, .version = v.version, .answers = as}, e);
	if (e == ERR_CONFLICT && conflict)
		return disputed(r, conflict, &v);
	TRY(e);
	TRY(draft_discard(r->c, key_of(r, v.def, v.person_pid, v.pid)));
	return res_done(r, "saved", "/responses/%s", v.pid);
}

/* ---- the judgement ----------------------------------------------------------------------------------------------- */

static void scores_of(struct req *r, struct response_show_view *v)
{
	const struct form_result *res = v->r->result;
	v->scores = ARENA_ARRAY(r->arena, res->n + 1, struct score_row);
	v->criteria = ARENA_ARRAY(r->arena, res->n + 1, struct criterion_row);
	for (size_t i = 0; i < res->n; i++) {
		const struct rule_outcome *o = &res->outcomes[i];
		const struct rule *k = o->rule;
		if (k->kind == RULE_SCORE) {
			const struct rule_outcome *was = v->earlier ? form_outcome(v->earlier->result, k->id) : NULL;
			v->scores[v->n_scores++] = (struct score_row){
				k->label, rule_show(r->arena, o), was ? rule_show(r->arena, was) : "", res->explained[i], k->source,
				arena_fmt(r->arena, "%lld点", (long long)k->max)};
		} else if (k->kind == RULE_CATEGORY) {
			enum tri t = outcome_tri(o);
			v->criteria[v->n_criteria++] = (struct criterion_row){
				k->label, k->meaning, k->criterion, rule_show(r->arena, o), res->explained[i], k->source,
				t == TRI_YES ? "warn" : t == TRI_NO ? "ok" : "bad"};
		}
	}
	if (res->result) {
		v->result_label = form_result_label(res);
		v->result_kind = kind_of(form_result_code(res));
		v->result_explained = form_explained(res, res->result->rule->id);
		v->result_source = res->result->rule->source;
		v->missing = ARENA_ARRAY(r->arena, res->result->n_missing + 1, const char *);
		for (size_t i = 0; i < res->result->n_missing; i++)
			v->missing[v->n_missing++] = arena_fmt(r->arena, "%s%s%s", res->result->missing[i]->no,
			                                       *res->result->missing[i]->no ? " " : "", res->result->missing[i]->label);
	}
}

static void answers_of(struct req *r, struct response_show_view *v)
{
	const struct form_def *d = v->r->def;
	v->answers = ARENA_ARRAY(r->arena, d->n_items + 1, struct answer_row);
	for (size_t i = 0; i < d->n_items; i++) {
		const struct form_item *it = &d->items[i];
		if (str_blank(it->no) || it->type == ITEM_DERIVED)
			continue;
		const char *now = answers_text(v->r->answers, it->path);
		const char *was = v->earlier ? answers_text(v->earlier->answers, it->path) : "";
		v->answers[v->n_answers++] = (struct answer_row){it->no, it->label, now, was, v->earlier && !str_eq(now, was)};
	}
}

static err radar_of(struct req *r, struct response_show_view *v)
{
	const struct answers *as[2] = {v->r->answers, NULL};
	const char *names[2] = {era_text(r->arena, v->r->answered_on), NULL};
	size_t n = 1;
	if (v->earlier) {
		as[1] = as[0], names[1] = names[0];
		as[0] = v->earlier->answers, names[0] = era_text(r->arena, v->earlier->answered_on);
		n = 2;
	}
	struct radar *radar;
	TRY(radar_of_answers(r->arena, as, names, n, v->r->answered_on, &radar));
	v->radar = (struct html_safe){radar_svg(r->arena, radar, "radar")};
	return OK;
}

static err show(struct req *r, struct response_view *rv, const char *with, err e)
{
	if (measure_find(rv->def->id))
		return measure_show(r, rv, e);
	if (is_interest(rv->def))
		return interest_show(r, rv, e);
	struct page_view *page = page_view(r, "基本チェックリストの判定");
	TRY(person_page_head(r, page, rv->person_pid));
	page->state = STATE_SAVED;
	page->state_note = saved_note(r, rv->updated_ms, rv->updated_by);
	page->back_path = arena_fmt(r->arena, "/persons/%s/checklists", rv->person_pid);
	page->back_label = "チェックリストの一覧";
	struct response_show_view v = {.page = page, .r = rv, .result_label = "", .result_kind = "note", .result_explained = "", .result_source = ""};
	struct response_row *others;
	size_t n;
	TRY(response_list(r->c, rv->person_pid, rv->def->id, &others, &n));
	struct response_row *rest = ARENA_ARRAY(r->arena, n + 1, struct response_row);
	for (size_t i = 0; i < n; i++)
		if (!str_eq(others[i].pid, rv->pid))
			rest[v.n_others++] = others[i];
	v.others = rest;
	struct response_view earlier;
	if (!str_blank(with)) {
		TRY(response_get(r->c, with, &earlier));
		if (earlier.person_id != rv->person_id)
			return ERR_NOTFOUND;
		v.earlier = &earlier;
	}
	struct form_warnings w = warnings_of(r, rv->answers);
	v.may_export = policy_check(r->c, rv->person_id, rv->def->class_bit, ACTION_EXPORT) == OK;
	v.warnings = w.w;
	v.n_warnings = w.n;
	scores_of(r, &v);
	answers_of(r, &v);
	TRY(radar_of(r, &v));
	tmpl_response_show(res_page_of(r, e), &v);
	return OK;
}

err page_response_show(struct req *r)
{
	struct response_view v;
	TRY(response_get(r->c, req_param(r, "pid"), &v));
	return show(r, &v, req_query(r, "with"), OK);
}

/* ---- paper, Excel, FHIR, bin ------------------------------------------------------------------------------------- */

static err paper(struct req *r, enum paper_kind kind)
{
	struct response_view v;
	const char *bytes;
	size_t n;
	TRY(response_get(r->c, req_param(r, "pid"), &v));
	look_person(r, v.person_id);
	look_as(r, ACTION_PRINT);
	TRY(paper_response(r->c, v.pid, req_query(r, "with"), kind, &bytes, &n));
	if (kind == PAPER_PDF)
		return res_pdf(r, bytes, n, arena_fmt(r->arena, "%s.pdf", v.def->id));
	return res_file(r, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes, n, arena_fmt(r->arena, "%s.xlsx", v.def->id));
}

err page_response_pdf(struct req *r) { return paper(r, PAPER_PDF); }
err page_response_sheet(struct req *r) { return paper(r, PAPER_SHEET); }

err page_response_fhir(struct req *r)
{
	struct response_view v;
	const char *json;
	TRY(response_get(r->c, req_param(r, "pid"), &v));
	look_person(r, v.person_id);
	look_as(r, ACTION_EXPORT);
	TRY(response_to_fhir(r->c, v.pid, &json));
	return res_file(r, "application/fhir+json", json, strlen(json), "questionnaire-response.json");
}

enum { FILE_MAX = 1 << 20 };
static const struct formin_field IMPORT[] = {
	{.name = "file", .label = "JSON ファイル"},
	{.name = "json", .label = "ファイルの内容", .kind = FORMIN_LINES, .max = FILE_MAX},
	{.name = "same", .label = "だれのファイルか", .kind = FORMIN_CODE},
};

/* The file says somebody else: both side by side, nothing written yet. What was read goes along, so no file is chosen twice. */
static err ask_whose(struct req *r, const char *json, const struct identity *who, err e)
{
	static const struct ui_choice choices[] = {{.value = "same", .label = "この方のファイルです（読みこむ）"}, {.value = "other", .label = "別の方のファイルです（読みこまない）"}};
	struct buf b = buf_new(r->arena);
	for (int i = 0; i < IDENTITY_COUNT; i++)
		if (who->lines[i].differs)
			buf_fmt(&b, "%s%s", b.n ? "・" : "", who->lines[i].label);
	struct page_view *page = page_view(r, arena_fmt(r->arena, "ファイルの%sと違います", b.p));
	TRY(person_page_head(r, page, req_param(r, "pid")));
	page->back_path = arena_fmt(r->arena, "/persons/%s/checklists", req_param(r, "pid"));
	page->back_label = "チェックリストの一覧";
	struct import_view v = {.page = page, .person_pid = req_param(r, "pid"), .json = json, .who = who,
		.same = {.name = "same", .label = "だれのファイルですか", .choices = choices, .n_choices = 2, .required = true}};
	tmpl_checklist_import(res_page_of(r, e), &v);
	return OK;
}

static err import_text(struct req *r, const char **json)
{
	const struct upload *file = req_file(r, "file");
	TRY(formin_read(r, IMPORT, FORMIN_N(IMPORT)));
	*json = req_field(r, "json");
	if (!str_blank(*json))
		return OK;
	if (!file)
		return fault_add(r->c, "file", ERR_REQUIRED, "読みこむファイルを選んでください。");
	if (!str_utf8_valid(file->bytes, file->n))
		return fault_add(r->c, "file", ERR_NOT_UTF8, "ファイルが UTF-8 ではありません。FHIR の JSON ファイルを選んでください。");
	*json = arena_strn(r->arena, file->bytes, file->n);
	return OK;
}

err page_checklist_import(struct req *r)
{
	const char *pid = req_param(r, "pid"), *response = NULL, *json = "", *answer;
	struct identity who = {0};
	err e = import_text(r, &json);
	answer = e == OK ? req_field(r, "same") : "";
	if (str_eq(answer, "other"))
		return res_done(r, "not_imported", "/persons/%s/checklists", pid);
	if (e == OK)
		e = response_from_fhir(r->c, pid, json, str_eq(answer, "same") ? IMPORT_SAME : IMPORT_UNASKED, &who, &response);
	if (page_is_input(e))
		return who.differs && !str_eq(answer, "same") ? ask_whose(r, json, &who, e) : list(r, e);
	TRY(e);
	return res_done(r, "saved", "/responses/%s", response);
}

static const struct formin_field ISSUE[] = {{.name = "recipient", .label = "渡す相手", .kind = FORMIN_TEXT}};

err page_response_issue(struct req *r)
{
	struct response_view v;
	const char *pid = NULL;
	TRY(response_get(r->c, req_param(r, "pid"), &v));
	TRY(formin_read(r, ISSUE, FORMIN_N(ISSUE)));
	look_person(r, v.person_id);
	look_as(r, ACTION_PRINT);
	TRY(paper_issue_response(r->c, v.pid, req_field(r, "recipient"), &pid));
	return res_done(r, "finished", "/persons/%s/documents", v.person_pid);
}

static const struct formin_field RETIRE[] = {{.name = "reason", .label = "理由", .kind = FORMIN_TEXT, .required = true}};

err page_response_retire(struct req *r)
{
	struct response_view v;
	TRY(response_get(r->c, req_param(r, "pid"), &v));
	err e = formin_read(r, RETIRE, FORMIN_N(RETIRE));
	if (page_is_input(e))
		return show(r, &v, "", e);
	TRY(e);
	TRY(response_retire(r->c, v.pid, req_field(r, "reason")));
	return res_done(r, "deleted", "%s", place_of(r, v.def, v.person_pid).list);
}
