/* The form of an assessment: its fields from the items' data, and what is sent back. */
#include "base/house.h"
#include "base/str.h"
#include "law/codes.h"
#include "register/draft.h"
#include "register/ranks.h"
#include "tmpl/assess_edit.h"
#include "web/formin.h"
#include "web/pages/assess.h"
#include "web/pages/common.h"
#include "web/route.h"

#include <string.h>

static const char *name_of(struct req *r, const char *code, const char *column) { return arena_fmt(r->arena, "%s.%s", code, column); }

static const char *ints(struct req *r, int64_t v) { return arena_fmt(r->arena, "%lld", (long long)v); }

/* ---- fields ------------------------------------------------------------------------------------------------ */

static const struct ui_choice *rank_choices(struct req *r, enum code_kind kind, size_t *n)
{
	*n = ranks_count(kind);
	struct ui_choice *v = ARENA_ARRAY(r->arena, *n, struct ui_choice);
	for (size_t i = 0; i < *n; i++)
		v[i] = (struct ui_choice){.value = ranks_code(kind, i), .label = ranks_label_ja(kind, ranks_code(kind, i))};
	return v;
}

static void part_of(struct req *r, struct assess_item_box *b, const struct assess_part *p)
{
	const struct law_assess_item *d = p->def;
	struct assess_part_field x = {.f = {.name = arena_fmt(r->arena, "%s.d.%s", d->code, d->part), .label = d->label, .value = p->value}};
	if (str_starts(d->kind, "assess_")) {
		x.kind = ASSESS_PART_ROW;
		x.f.choices = choices_of(r, d->kind, p->value, &x.f.n_choices);
		x.number = "";
		b->rows[b->n_rows++] = x;
		return;
	}
	if (str_eq(d->kind, "rank_adl") || str_eq(d->kind, "rank_dementia")) {
		x.kind = ASSESS_PART_SELECT;
		x.f.choices = rank_choices(r, str_eq(d->kind, "rank_adl") ? CODE_ADL : CODE_DEMENTIA, &x.f.n_choices);
		x.f.optional_blank = true;
	} else if (str_eq(d->kind, "num")) {
		x.kind = ASSESS_PART_NUMBER;
		x.f.mode = "decimal";
		x.f.width = "s";
	} else {
		x.kind = ASSESS_PART_TEXT;
		x.f.rows = 2;
	}
	b->others[b->n_others++] = x;
}

static void item_box(struct req *r, const struct assess_item *it, bool is_new, struct assess_item_box *b)
{
	const char *k = it->def->code;
	const struct t_assessment_item *row = &it->row;
	size_t n;
	*b = (struct assess_item_box){.it = it, .code = k, .title = arena_fmt(r->arena, "%d %s", it->def->no, it->def->label),
		.state_words = code_label(r, "assess_state", row->state), .icf_words = code_label(r, "assess_icf", str_blank(row->icf) ? it->def->icf : row->icf),
		.part_words = assess_part_words(r->c, it, true), .untouched = row->is_untouched,
		.shown_base = *req_field(r, name_of(r, k, "version")) ? req_field(r, name_of(r, k, "version")) : ints(r, is_new ? 0 : row->version)};
	const char *note = row->is_untouched ? "前回から" : NULL;
	b->state = choice_field(r, name_of(r, k, "state"), "状態", "assess_state", row->state);
	b->state.optional_blank = true;
	b->state.required = true;
	b->fact = (struct ui_field){.name = name_of(r, k, "fact"), .label = "事実（聞いたこと・見たこと）", .value = row->fact, .rows = 2, .note = note};
	b->judgement = (struct ui_field){.name = name_of(r, k, "judgement"), .label = "見立て", .value = row->judgement, .rows = 2, .note = note};
	b->is_issue = (struct ui_field){.name = name_of(r, k, "is_issue"), .label = "課題に挙げる", .value = row->is_issue ? "1" : ""};
	b->source = choice_field(r, name_of(r, k, "source"), "情報の出どころ", "assess_source", NULL);
	char **chosen = str_split(r->arena, row->source, '|', &n);
	b->source.values = (const char *const *)chosen;
	b->source.n_values = str_blank(row->source) ? 0 : n;
	struct buf words = buf_new(r->arena);
	for (size_t i = 0; i < b->source.n_values; i++)
		buf_fmt(&words, "%s%s", i ? "・" : "", code_label(r, "assess_source", chosen[i]));
	b->source_words = words.n ? words.p : "";
	b->as_of = (struct ui_field){.name = name_of(r, k, "as_of"), .label = "確認日", .day = row->as_of, .has_day = true};
	b->icf = choice_field(r, name_of(r, k, "icf"), "ICFの区分", "assess_icf", str_blank(row->icf) ? it->def->icf : row->icf);
	b->seen = (struct ui_field){.name = name_of(r, k, "seen"), .label = "前回からの内容を確かめた（このままでよい）", .value = ""};
	b->rows = ARENA_ARRAY(r->arena, it->n_parts + 1, struct assess_part_field);
	b->others = ARENA_ARRAY(r->arena, it->n_parts + 1, struct assess_part_field);
	for (size_t i = 0; i < it->n_parts; i++)
		part_of(r, b, &it->parts[i]);
}

static void area_box(struct req *r, const struct t_assessment_area *a, bool is_new, struct assess_area_box *b)
{
	const char *k = a->area, *note = a->is_untouched ? "前回から" : NULL;
	bool posted = *req_field(r, name_of(r, k, "version")); /* shown again: still the version the typing started from */
	*b = (struct assess_area_box){.a = a, .title = code_label(r, "assess_area", k), .has_issue_words = code_label(r, "assess_has_issue", a->has_issue),
		.shown_base = posted ? req_field(r, name_of(r, k, "version")) : ints(r, is_new ? 0 : a->version)};
	b->status_text = (struct ui_field){.name = name_of(r, k, "status_text"), .label = "現在の状況", .value = a->status_text, .rows = 3, .note = note};
	b->intent = (struct ui_field){.name = name_of(r, k, "intent"), .label = "本人・家族の意欲・意向", .value = a->intent, .rows = 2, .note = note};
	b->has_issue = choice_field(r, name_of(r, k, "has_issue"), "領域における課題", "assess_has_issue", a->has_issue);
	b->has_issue.optional_blank = true;
	b->issue = (struct ui_field){.name = name_of(r, k, "issue"), .label = "課題（背景・原因）", .value = a->issue, .rows = 2, .note = note};
}

void assess_boxes(struct req *r, const struct assess_view *v, struct assess_item_box **items, struct assess_area_box areas[ASSESS_AREAS])
{
	*items = ARENA_ARRAY(r->arena, v->n_items + 1, struct assess_item_box);
	for (size_t i = 0; i < v->n_items; i++)
		item_box(r, &v->items[i], v->is_new, &(*items)[i]);
	for (size_t i = 0; i < ASSESS_AREAS; i++)
		area_box(r, &v->areas[i], v->is_new, &areas[i]);
}

static void carers(struct req *r, const struct assess_view *v, struct assess_edit_view *e)
{
	e->carers = ARENA_ARRAY(r->arena, v->n_carers + 1, struct assess_carer_field);
	for (size_t i = 0; i < v->n_carers; i++) {
		struct assess_carer_field *x = &e->carers[e->n_carers++];
		x->c = &v->carers[i];
		for (size_t f = 0; f < ASSESS_CARER_FIELDS; f++)
			x->f[f] = (struct ui_field){.name = arena_fmt(r->arena, "a21_family.d.%s", assess_carer_key(r->c, v->carers[i].pid, ASSESS_CARER_FIELD[f])),
				.label = code_label(r, "assess_carer", ASSESS_CARER_FIELD[f]), .value = v->carers[i].value[f], .rows = 2};
	}
}

/* ---- the page ---------------------------------------------------------------------------------------------- */

static const char *key_of(struct req *r, const struct assess_view *v)
{
	return arena_fmt(r->arena, "person/%s/assessment/%s", v->person_pid, v->is_new ? "new" : v->row.pid);
}

static err edit(struct req *r, struct assess_view *v, err e)
{
	struct page_view *page = page_view(r, "アセスメント");
	TRY(person_page_head(r, page, v->person_pid));
	page->wide = true;
	page->state = v->is_new ? STATE_NEW : str_eq(v->row.status, "confirmed") ? STATE_FINAL : STATE_SAVED;
	if (!v->is_new)
		page->state_note = saved_note(r, v->row.updated_ms, v->updated_by);
	page->base_version = v->is_new ? 0 : v->row.version;
	if (page->posted && formin_int(r, "base") != INT_NULL)
		page->base_version = formin_int(r, "base");
	page->draft_key = key_of(r, v);
	page->draft_class = "care";
	page->back_path = v->is_new ? arena_fmt(r->arena, "/persons/%s/assessments", v->person_pid) : arena_fmt(r->arena, "/assessments/%s", v->row.pid);
	page->back_label = v->is_new ? "アセスメントの一覧" : "アセスメント";
	struct assess_edit_view ev = {.page = page, .v = v, .is_new = v->is_new, .opened = !v->is_new || page->posted,
		.areas_first = str_eq(v->row.view, "prevention"), .n_items = v->n_items,
		.action = v->is_new ? arena_fmt(r->arena, "/persons/%s/assessments", v->person_pid) : arena_fmt(r->arena, "/assessments/%s", v->row.pid)};
	ev.reason = choice_field(r, "reason", "アセスメントの理由", "assess_reason", v->row.reason);
	ev.reason.required = ev.reason.optional_blank = true;
	ev.place = choice_field(r, "place", "実施した場所", "assess_place", v->row.place);
	ev.place.required = true;
	ev.view = choice_field(r, "view", "前に出す様式", "assess_view", v->row.view);
	ev.view.help = "どちらに切りかえても、書いた内容は両方とも残ります。";
	assess_boxes(r, v, &ev.items, ev.areas);
	for (size_t i = 0; i < v->n_items; i++)
		ev.n_stated += !str_blank(v->items[i].row.state);
	carers(r, v, &ev);
	tmpl_assess_edit(res_page_of(r, e), &ev);
	return OK;
}

err page_assess_new(struct req *r)
{
	struct assess_view v;
	TRY(assess_new(r->c, req_param(r, "pid"), &v));
	return edit(r, &v, OK);
}

err page_assess_edit(struct req *r)
{
	struct assess_view v;
	TRY(assess_get(r->c, req_param(r, "pid"), &v));
	if (!v.may_write)
		return ERR_DENIED;
	return edit(r, &v, OK);
}

/* ---- what is sent ------------------------------------------------------------------------------------------ */

static const struct formin_field HEAD[] = {
	{.name = "done_on", .label = "実施日", .kind = FORMIN_DAY, .required = true},
	{.name = "view", .label = "前に出す様式", .kind = FORMIN_CODE},
	{.name = "reason", .label = "アセスメントの理由", .kind = FORMIN_CODE},
	{.name = "reason_note", .label = "理由の説明", .kind = FORMIN_TEXT, .max = 4000},
	{.name = "place", .label = "実施した場所", .kind = FORMIN_CODE},
	{.name = "place_reason", .label = "居宅でない理由", .kind = FORMIN_TEXT, .max = 4000},
	{.name = "interviewee", .label = "面接した相手", .kind = FORMIN_TEXT},
	{.name = "met_person", .label = "本人に面接した", .kind = FORMIN_BOOL},
	{.name = "met_family", .label = "家族に面接した", .kind = FORMIN_BOOL},
	{.name = "purpose_told", .label = "面接の趣旨を説明し、理解を得た", .kind = FORMIN_BOOL},
	{.name = "plan_first", .label = "計画の作成は初回", .kind = FORMIN_BOOL},
	{.name = "own_words", .label = "本人の言葉", .kind = FORMIN_LINES, .max = 4000},
	{.name = "told", .label = "説明した内容", .kind = FORMIN_LINES, .max = 4000},
	{.name = "understood", .label = "本人の理解・反応", .kind = FORMIN_LINES, .max = 4000},
	{.name = "advocate", .label = "意思決定を支える人", .kind = FORMIN_TEXT},
	{.name = "wish_person", .label = "本人の主訴・意向", .kind = FORMIN_LINES, .max = 4000},
	{.name = "wish_family", .label = "家族等の主訴・意向", .kind = FORMIN_LINES, .max = 4000},
	{.name = "overall", .label = "総合所見", .kind = FORMIN_LINES, .max = 4000},
	{.name = "act", .label = "操作", .kind = FORMIN_CODE, .max = 60},
};
enum { ITEM_FIELDS = 9, AREA_FIELDS = 5 };

struct declared {
	struct formin_field *v;
	size_t n;
};

static void declare(struct req *r, struct declared *d, const char *code, const char *column, const char *label, enum formin_kind kind, int max, bool repeat)
{
	d->v[d->n++] = (struct formin_field){.name = name_of(r, code, column), .label = label, .kind = kind, .max = max, .repeat = repeat};
}

static err read_fields(struct req *r, const struct assess_view *v)
{
	size_t max = FORMIN_N(HEAD) + v->n_items * ITEM_FIELDS + ASSESS_AREAS * AREA_FIELDS + v->n_carers * ASSESS_CARER_FIELDS;
	for (size_t i = 0; i < v->n_items; i++)
		max += v->items[i].n_parts;
	struct declared d = {.v = ARENA_ARRAY(r->arena, max, struct formin_field)};
	for (size_t i = 0; i < FORMIN_N(HEAD); i++)
		d.v[d.n++] = HEAD[i];
	for (size_t i = 0; i < v->n_items; i++) {
		const struct assess_item *it = &v->items[i];
		const char *k = it->def->code;
		if (!it->may_write)
			continue;
		declare(r, &d, k, "version", it->def->label, FORMIN_INT, 0, false);
		declare(r, &d, k, "state", it->def->label, FORMIN_CODE, 0, false);
		declare(r, &d, k, "fact", it->def->label, FORMIN_LINES, 4000, false);
		declare(r, &d, k, "judgement", "見立て", FORMIN_LINES, 4000, false);
		declare(r, &d, k, "is_issue", "課題に挙げる", FORMIN_BOOL, 0, false);
		declare(r, &d, k, "source", "情報の出どころ", FORMIN_TEXT, 100, true);
		declare(r, &d, k, "as_of", "確認日", FORMIN_DAY, 0, false);
		declare(r, &d, k, "icf", "ICFの区分", FORMIN_CODE, 0, false);
		declare(r, &d, k, "seen", "前回からの内容を確かめた", FORMIN_BOOL, 0, false);
		for (size_t p = 0; p < it->n_parts; p++)
			d.v[d.n++] = (struct formin_field){.name = arena_fmt(r->arena, "%s.d.%s", k, it->parts[p].def->part), .label = it->parts[p].def->label,
			                                   .kind = FORMIN_LINES, .max = 500};
	}
	for (size_t i = 0; i < ASSESS_AREAS; i++) {
		const char *k = ASSESS_AREA[i];
		declare(r, &d, k, "version", "領域", FORMIN_INT, 0, false);
		declare(r, &d, k, "status_text", "現在の状況", FORMIN_LINES, 4000, false);
		declare(r, &d, k, "intent", "本人・家族の意欲・意向", FORMIN_LINES, 4000, false);
		declare(r, &d, k, "has_issue", "領域における課題", FORMIN_CODE, 0, false);
		declare(r, &d, k, "issue", "課題（背景・原因）", FORMIN_LINES, 4000, false);
	}
	for (size_t i = 0; i < v->n_carers; i++)
		for (size_t f = 0; f < ASSESS_CARER_FIELDS; f++)
			d.v[d.n++] = (struct formin_field){.name = arena_fmt(r->arena, "a21_family.d.%s", assess_carer_key(r->c, v->carers[i].pid, ASSESS_CARER_FIELD[f])),
			                                   .label = "家族・介護者", .kind = FORMIN_LINES, .max = 4000};
	return formin_read(r, d.v, d.n);
}

static void head_input(struct req *r, struct t_assessment *row)
{
	row->version = formin_int(r, "base") == INT_NULL ? 0 : formin_int(r, "base");
	row->done_on = formin_day(r, "done_on");
	row->view = req_field(r, "view");
	row->reason = req_field(r, "reason");
	row->reason_note = req_field(r, "reason_note");
	row->place = req_field(r, "place");
	row->place_reason = req_field(r, "place_reason");
	row->interviewee = req_field(r, "interviewee");
	row->met_person = formin_bool(r, "met_person");
	row->met_family = formin_bool(r, "met_family");
	row->purpose_told = formin_bool(r, "purpose_told");
	row->plan_first = formin_bool(r, "plan_first");
	row->own_words = req_field(r, "own_words");
	row->told = req_field(r, "told");
	row->understood = req_field(r, "understood");
	row->advocate = req_field(r, "advocate");
	row->wish_person = req_field(r, "wish_person");
	row->wish_family = req_field(r, "wish_family");
	row->overall = req_field(r, "overall");
}

static const char *joined(struct req *r, const char *name)
{
	const char **v;
	struct buf b = buf_new(r->arena);
	size_t n = req_all(r, name, &v);
	for (size_t i = 0; i < n; i++)
		if (!str_blank(v[i]))
			buf_fmt(&b, "%s%s", b.n ? "|" : "", v[i]);
	return b.n ? b.p : "";
}

static void put_part(struct req *r, struct assess_item_input *x, const char *code, const char *key)
{
	const char *name = arena_fmt(r->arena, "%s.d.%s", code, key);
	x->parts[x->n_parts++] = (struct assess_pair){key, req_field(r, name)};
}

static void item_input(struct req *r, const struct assess_view *v, const struct assess_item *it, struct assess_item_input *x)
{
	const char *k = it->def->code;
	int64_t version = formin_int(r, name_of(r, k, "version"));
	*x = (struct assess_item_input){.code = k, .row = it->row, .seen = formin_bool(r, name_of(r, k, "seen"))};
	x->row.version = version == INT_NULL ? 0 : version;
	x->row.state = req_field(r, name_of(r, k, "state"));
	x->row.fact = req_field(r, name_of(r, k, "fact"));
	x->row.judgement = req_field(r, name_of(r, k, "judgement"));
	x->row.is_issue = formin_bool(r, name_of(r, k, "is_issue"));
	x->row.source = joined(r, name_of(r, k, "source"));
	x->row.as_of = formin_day(r, name_of(r, k, "as_of"));
	x->row.icf = req_field(r, name_of(r, k, "icf"));
	x->parts = ARENA_ARRAY(r->arena, it->n_parts + v->n_carers * ASSESS_CARER_FIELDS + 1, struct assess_pair);
	for (size_t p = 0; p < it->n_parts; p++)
		put_part(r, x, k, it->parts[p].def->part);
	for (size_t i = 0; i < v->n_carers && str_eq(k, "a21_family"); i++)
		for (size_t f = 0; f < ASSESS_CARER_FIELDS; f++)
			put_part(r, x, k, assess_carer_key(r->c, v->carers[i].pid, ASSESS_CARER_FIELD[f]));
}

static void input_of(struct req *r, const struct assess_view *v, struct assess_input *in)
{
	*in = (struct assess_input){.person_pid = v->person_pid, .pid = v->is_new ? "" : v->row.pid, .row = v->row};
	head_input(r, &in->row);
	in->items = ARENA_ARRAY(r->arena, v->n_items + 1, struct assess_item_input);
	for (size_t i = 0; i < v->n_items; i++)
		if (v->items[i].may_write && req_has(r, name_of(r, v->items[i].def->code, "version")))
			item_input(r, v, &v->items[i], &in->items[in->n_items++]);
	for (size_t i = 0; i < ASSESS_AREAS; i++) {
		const char *k = ASSESS_AREA[i];
		int64_t version = formin_int(r, name_of(r, k, "version"));
		in->areas[i] = v->areas[i];
		in->areas[i].version = version == INT_NULL ? 0 : version;
		in->areas[i].status_text = req_field(r, name_of(r, k, "status_text"));
		in->areas[i].intent = req_field(r, name_of(r, k, "intent"));
		in->areas[i].has_issue = req_field(r, name_of(r, k, "has_issue"));
		in->areas[i].issue = req_field(r, name_of(r, k, "issue"));
	}
}

/* Buttons inside the form save what is typed and then do their own act. */
static err then(struct req *r, const char *pid, const char *act)
{
	size_t n = 0;
	if (str_eq(act, "propose")) {
		TRY(assess_propose_areas(r->c, pid, &n));
		return res_done(r, n ? "proposed" : "nothing_new", "/assessments/%s/edit#s-areas", pid);
	}
	if (str_starts(act, "known.")) {
		TRY(assess_take_known(r->c, pid, act + strlen("known.")));
		return res_done(r, "saved", "/assessments/%s/edit#i-%s", pid, act + strlen("known."));
	}
	return res_done(r, "saved", "/assessments/%s", pid);
}

static err save(struct req *r, struct assess_view *v)
{
	struct assess_input in;
	struct assess_clashes clash = {0};
	const char *pid = v->row.pid;
	err e = read_fields(r, v);
	if (e == OK) {
		input_of(r, v, &in);
		e = assess_save(r->c, &in, &pid, &clash);
	}
	if (page_is_input(e))
		return edit(r, v, e);
	if (e == ERR_CONFLICT && clash.n_versions)
		return assess_conflict_page(r, &clash, arena_fmt(r->arena, "/assessments/%s", v->row.pid));
	TRY(e);
	TRY(draft_discard(r->c, key_of(r, v)));
	e = then(r, pid, req_field(r, "act"));
	if (page_is_input(e))
		return edit(r, v, e);
	return e;
}

err page_assess_create(struct req *r)
{
	struct assess_view v;
	TRY(assess_new(r->c, req_param(r, "pid"), &v));
	return save(r, &v);
}

err page_assess_save(struct req *r)
{
	struct assess_view v;
	TRY(assess_get(r->c, req_param(r, "pid"), &v));
	if (!v.may_write)
		return ERR_DENIED;
	return save(r, &v);
}
