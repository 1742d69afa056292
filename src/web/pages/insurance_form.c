/* One form for every kind of period record: new = edit, save with conflict, proposal of the period by law, bin, history, undo. */
#include "web/pages/insurance.h"

#include "base/str.h"
#include "jp/era.h"
#include "register/draft.h"
#include "register/household.h"
#include "register/relation.h"
#include "tmpl/person_reason.h"
#include "tmpl/person_record.h"
#include "web/formin.h"
#include "web/guard.h"
#include "web/pages/common.h"
#include "web/pages/conflict.h"
#include "web/route.h"

/* ---- columns by name ---- */

static const struct col_desc *column(const struct table_desc *t, const char *name)
{
	for (size_t i = 0; i < t->n_cols; i++)
		if (str_eq(t->cols[i].name, name))
			return &t->cols[i];
	return NULL;
}

static void *cell(const struct table_desc *t, void *row, const char *name)
{
	const struct col_desc *d = column(t, name);
	return d ? (char *)row + d->offset : NULL;
}

static int64_t *number_cell(const struct table_desc *t, void *row, const char *name) { return cell(t, row, name); }
static int64_t row_version_of(const struct table_desc *t, void *row) { return *number_cell(t, row, "version"); }
static const char *row_pid_of(const struct table_desc *t, void *row) { return *(const char **)cell(t, row, "pid"); }

/* ---- the record asked for ---- */

struct work {
	const struct record_page *p;
	const struct table_desc *t;
	struct person_card card;
	void *row;
	bool is_new;
};

static err open_work(struct req *r, struct page_view *page, struct work *w)
{
	*w = (struct work){.p = record_page_of(req_param(r, "kind"))};
	if (!w->p)
		return ERR_NOTFOUND;
	w->t = w->p->kind->table;
	if (page)
		TRY(person_page(r, page, req_param(r, "pid"), &w->card));
	else {
		TRY(person_open(r->c, req_param(r, "pid"), &w->card));
		look_person(r, w->card.p.id);
	}
	TRY(policy_check(r->c, w->card.p.id, w->p->kind->class_bit, ACTION_WRITE));
	w->row = arena_alloc(r->arena, w->t->size);
	const char *rpid = req_param(r, "rpid");
	w->is_new = !*rpid;
	if (w->is_new) {
		gen_init(w->p->kind, w->row);
		*number_cell(w->t, w->row, "person_id") = w->card.p.id;
		if (w->p->fresh)
			w->p->fresh(r, w->row);
		return OK;
	}
	TRY(gen_find(r->c, w->p->kind, rpid, w->row));
	int64_t owner = *number_cell(w->t, w->row, "person_id");
	for (size_t i = 0; i < w->card.n_cluster; i++)
		if (w->card.cluster_ids[i] == owner)
			return OK;
	return ERR_NOTFOUND; /* another person's record under this person's address */
}

/* The tab under which a record stands, which its address does not say. */
void record_tab(struct page_view *page, const char *back)
{
	struct tab *v = ARENA_ARRAY(page->r->arena, page->n_tabs + 1, struct tab);
	for (size_t i = 0; i < page->n_tabs; i++) {
		v[i] = page->tabs[i];
		v[i].current = str_ends(v[i].path, back);
	}
	page->tabs = v;
}

/* ---- what the form shows ---- */

static err input_of(struct req *r, const struct record_field *d, struct work *w, struct record_input *out)
{
	void *at = cell(w->t, w->row, d->name);
	struct ui_field f = {.name = d->name, .label = d->label, .help = d->help, .required = d->required, .unit = d->unit, .width = d->width,
	                     .max_chars = d->kind == REC_LINES ? d->max : 0, .rows = 3};
	out->kind = d->kind;
	if (d->kind == REC_TEXT || d->kind == REC_LINES || d->kind == REC_CODE)
		f.value = str_or(*(const char **)at, "");
	else if (d->kind == REC_DAY || d->kind == REC_OPEN_DAY) {
		f.day = *(civil *)at == CIVIL_OPEN ? CIVIL_NONE : *(civil *)at;
		f.has_day = true;
	} else if (d->kind == REC_BOOL)
		f.value = *(bool *)at ? "1" : "";
	else if (d->kind != REC_REF && *(int64_t *)at != INT_NULL && !(w->is_new && *(int64_t *)at == 0))
		f.value = arena_fmt(r->arena, "%lld", (long long)*(int64_t *)at);
	if (d->choices) {
		size_t n;
		const struct gen_code *codes = d->choices(&n);
		struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
		for (size_t i = 0; i < n; i++)
			c[i] = (struct ui_choice){.value = codes[i].code, .label = codes[i].label};
		f.choices = c;
		f.n_choices = n;
		f.optional_blank = n > REC_RADIO_MAX || !d->required;
	}
	if (d->refs)
		TRY(d->refs(r, w->card.p.id, d->kind == REC_REF ? *(int64_t *)at : 0, &f));
	out->f = f;
	return OK;
}

/* Members of a household: a check box per related person. */
static err members_field(struct req *r, struct work *w, struct ui_field *f)
{
	struct relation_view *rel;
	int64_t *have = NULL;
	size_t n, n_have = 0, k = 0, chosen = 0;
	TRY(relation_list(r->c, w->card.p.id, &rel, &n));
	if (!w->is_new)
		TRY(household_members(r->c, row_pid_of(w->t, w->row), &have, &n_have));
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	const char **values = ARENA_ARRAY(r->arena, n + 1, const char *);
	for (size_t i = 0; i < n; i++) {
		if (rel[i].is_back)
			continue;
		c[k++] = (struct ui_choice){.value = rel[i].row.pid, .label = arena_fmt(r->arena, "%s（%s）", rel[i].name, rel[i].label)};
		for (size_t j = 0; j < n_have; j++)
			if (have[j] == rel[i].row.id)
				values[chosen++] = rel[i].row.pid;
	}
	*f = (struct ui_field){.name = "members", .label = "いっしょに住んでいる方", .choices = c, .n_choices = k, .values = values, .n_values = chosen};
	return OK;
}

static err show(struct req *r, struct page_view *page, struct work *w, const char *rule, err e)
{
	const struct record_page *p = w->p;
	const char *base = arena_fmt(r->arena, "/persons/%s/records/%s", w->card.p.pid, p->slug);
	struct record_form_view v = {.page = page, .p = p, .is_new = w->is_new, .is_cert = p->kind == &GEN_CERTIFICATION,
	                             .is_household = p->kind == &GEN_HOUSEHOLD, .n_inputs = p->n_fields, .rule = rule, .retire_path = ""};
	const char *rpid = w->is_new ? "" : row_pid_of(w->t, w->row);
	v.action = w->is_new ? base : arena_fmt(r->arena, "%s/%s", base, rpid);
	v.propose_action = w->is_new ? arena_fmt(r->arena, "%s/propose", base) : arena_fmt(r->arena, "%s/%s/propose", base, rpid);
	v.inputs = ARENA_ARRAY(r->arena, p->n_fields, struct record_input);
	for (size_t i = 0; i < p->n_fields; i++)
		TRY(input_of(r, &p->fields[i], w, &v.inputs[i]));
	if (v.is_household)
		TRY(members_field(r, w, &v.members));
	page->title = p->label;
	page->state = w->is_new ? STATE_NEW : STATE_SAVED;
	page->base_version = w->is_new ? 0 : row_version_of(w->t, w->row);
	if (page->posted && formin_int(r, "base") != INT_NULL)
		page->base_version = formin_int(r, "base");
	page->draft_key = arena_fmt(r->arena, "person/%s/%s/%s", w->card.p.pid, p->slug, w->is_new ? "new" : rpid);
	page->draft_class = class_code(p->kind->class_bit);
	page->back_path = arena_fmt(r->arena, "/persons/%s/%s", w->card.p.pid, p->back);
	record_tab(page, p->back);
	page->back_label = str_eq(p->back, "family") ? "家族・関係者" : "保険・認定";
	if (!w->is_new) {
		struct row_version *rows;
		size_t n;
		v.retire_path = arena_fmt(r->arena, "%s/retire", v.action);
		v.history = (struct history_view){.page = page, .revert_action = arena_fmt(r->arena, "%s/revert", v.action),
		                                  .take_action = arena_fmt(r->arena, "%s/conflicts", v.action)};
		TRY(gen_history(r->c, p->kind, rpid, &rows, &n));
		TRY(history_fill(r, &v.history, rows, n, w->t, *number_cell(w->t, w->row, "id"), *number_cell(w->t, w->row, "person_id"),
			p->kind->class_bit));
	}
	tmpl_person_record(res_page_of(r, e), &v);
	return OK;
}

static err open_page(struct req *r)
{
	struct page_view *page = page_view(r, "記録");
	struct work w;
	TRY(open_work(r, page, &w));
	return show(r, page, &w, "", OK);
}

err page_record_new(struct req *r) { return open_page(r); }
err page_record_edit(struct req *r) { return open_page(r); }

/* ---- from the form into the row ---- */

static enum formin_kind formin_kind_of(enum record_kind k)
{
	return k == REC_LINES ? FORMIN_LINES : k == REC_DAY || k == REC_OPEN_DAY ? FORMIN_DAY : k == REC_INT ? FORMIN_INT : k == REC_BOOL ? FORMIN_BOOL
		: k == REC_REF ? FORMIN_PID : k == REC_TEXT ? FORMIN_TEXT : FORMIN_CODE;
}

static err read_form(struct req *r, const struct record_page *p)
{
	static const struct formin_field more[] = {
		{.name = "close_older", .label = "前の認定を終える", .kind = FORMIN_BOOL}, {.name = "months", .label = "月数", .kind = FORMIN_INT, .lo = 0, .hi = 60},
		{.name = "members", .label = "いっしょに住んでいる方", .kind = FORMIN_PID, .repeat = true},
	};
	struct formin_field *f = ARENA_ARRAY(r->arena, p->n_fields + 3, struct formin_field);
	for (size_t i = 0; i < p->n_fields; i++)
		f[i] = (struct formin_field){.name = p->fields[i].name, .label = p->fields[i].label, .kind = formin_kind_of(p->fields[i].kind),
		                             .max = p->fields[i].max, .required = p->fields[i].required};
	for (size_t i = 0; i < 3; i++)
		f[p->n_fields + i] = more[i];
	return formin_read(r, f, p->n_fields + 3);
}

static err take(struct req *r, const struct record_field *d, struct work *w)
{
	void *at = cell(w->t, w->row, d->name);
	const char *typed = req_field(r, d->name);
	switch (d->kind) {
	case REC_TEXT:
	case REC_LINES:
	case REC_CODE:
		*(const char **)at = column(w->t, d->name)->nullable && !*typed ? NULL : typed;
		return OK;
	case REC_DAY:
		*(civil *)at = formin_day(r, d->name);
		return OK;
	case REC_OPEN_DAY:
		*(civil *)at = formin_day(r, d->name);
		if (*(civil *)at == CIVIL_NONE && !column(w->t, d->name)->nullable)
			*(civil *)at = CIVIL_OPEN;
		return OK;
	case REC_BOOL:
		*(bool *)at = formin_bool(r, d->name);
		return OK;
	case REC_INT:
		*(int64_t *)at = formin_int(r, d->name);
		return OK;
	case REC_NUMBER_CODE:
		if (!str_int(typed, at))
			*(int64_t *)at = column(w->t, d->name)->nullable ? INT_NULL : -1; /* -1 is no choice: the check of the record says so */
		return OK;
	case REC_REF: {
		err e = *typed ? d->ref_id(r, typed, w->card.p.id, at) : ERR_NOTFOUND;
		return e == ERR_NOTFOUND ? fault_add(r->c, d->name, ERR_NOT_CHOICE, "%sを選び直してください。", d->label) : e;
	}
	}
	return ERR_BUG;
}

static err read_row(struct req *r, struct work *w)
{
	err e = read_form(r, w->p);
	if (e != OK)
		return e;
	for (size_t i = 0; i < w->p->n_fields; i++) {
		err one = take(r, &w->p->fields[i], w);
		if (one != OK && !page_is_input(one))
			return one;
		e = e == OK ? one : e;
	}
	if (!w->is_new && formin_int(r, "base") != INT_NULL)
		*number_cell(w->t, w->row, "version") = formin_int(r, "base");
	return e;
}

static err save_members(struct req *r, struct work *w)
{
	const char **pids;
	size_t n = req_all(r, "members", &pids);
	int64_t *ids = ARENA_ARRAY(r->arena, n + 1, int64_t);
	for (size_t i = 0; i < n; i++) {
		struct t_relation rel;
		TRY(relation_find(r->c, pids[i], &rel));
		ids[i] = rel.id;
	}
	return household_set_members(r->c, row_pid_of(w->t, w->row), ids, n);
}

static err save(struct req *r)
{
	struct work w;
	struct row_conflict *conflict = NULL;
	TRY(open_work(r, NULL, &w));
	const char *back = arena_fmt(r->arena, "/persons/%s/%s", w.card.p.pid, w.p->back);
	const char *draft = arena_fmt(r->arena, "person/%s/%s/%s", w.card.p.pid, w.p->slug, w.is_new ? "new" : req_param(r, "rpid"));
	err e = read_row(r, &w);
	if (e == OK)
		e = w.p->kind == &GEN_CERTIFICATION && formin_bool(r, "close_older") ? certification_save_closing(r->c, w.row, &conflict)
		                                                                     : gen_save(r->c, w.p->kind, w.row, &conflict);
	if (e == OK && w.p->kind == &GEN_HOUSEHOLD)
		e = save_members(r, &w);
	if (e == ERR_CONFLICT && conflict)
		return page_conflict(r, conflict, back);
	if (page_is_input(e)) {
		struct page_view *page = page_view(r, "記録");
		TRY(open_work(r, page, &w));
		return show(r, page, &w, "", e);
	}
	TRY(e);
	TRY(draft_discard(r->c, draft));
	if (w.is_new)
		return res_done(r, "saved", "%s", back);
	const char *undo = arena_fmt(r->arena, "/undo/record/%s/%s", w.p->slug, row_pid_of(w.t, w.row));
	return res_done(r, "saved", "%s?%s", back, guard_undo(r, undo));
}

err page_record_create(struct req *r) { return save(r); }
err page_record_save(struct req *r) { return save(r); }

/* ---- the period that follows from the law ---- */

static void put(struct req *r, const char *name, const char *value)
{
	for (size_t i = 0; i < r->form.n; i++)
		if (str_eq(r->form.v[i].name, name)) {
			r->form.v[i].value = value;
			return;
		}
	pairs_add(r->arena, &r->form, name, value);
}

/* The decided row whose end a renewal follows: the newest one that is not the row in hand. */
static err previous(struct req *r, struct work *w, struct t_certification *out, bool *found)
{
	struct t_certification *v;
	size_t n;
	*out = (struct t_certification){.to_on = CIVIL_NONE};
	*found = false;
	TRY(certification_list(r->c, w->card.p.id, GEN_ALL, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].status, "certified") && v[i].to_on != CIVIL_NONE && v[i].to_on != CIVIL_OPEN && v[i].id != *number_cell(w->t, w->row, "id") &&
		    (!*found || v[i].to_on > out->to_on)) {
			*out = v[i];
			*found = true;
		}
	return OK;
}

static err propose(struct req *r)
{
	struct work w;
	struct page_view *page;
	struct t_certification prev;
	struct certification_period out;
	bool found;
	TRY(open_work(r, NULL, &w));
	if (w.p->kind != &GEN_CERTIFICATION)
		return ERR_NOTFOUND;
	const char *rule = "";
	err e = read_row(r, &w);
	const struct t_certification *row = w.row;
	if (e == OK) {
		TRY(previous(r, &w, &prev, &found));
		int64_t months = formin_int(r, "months");
		e = certification_propose(r->c, &(struct certification_propose){.apply_kind = row->apply_kind, .applied_on = row->applied_on,
			.prev_to_on = found ? prev.to_on : CIVIL_NONE, .level = str_or(row->level, ""), .prev_level = found ? str_or(prev.level, "") : "",
			.months = months == INT_NULL ? 0 : (int)months}, &out);
	}
	if (e == OK) {
		put(r, "from_on", era_text(r->arena, out.from_on));
		put(r, "to_on", era_text(r->arena, out.to_on));
		rule = arena_fmt(r->arena, "%sから%sまでの%dか月を入れました。決められた範囲は%dか月から%dか月までです（%s）。", era_text(r->arena, out.from_on),
			era_text(r->arena, out.to_on), out.months, out.least_months, out.most_months, out.rule.source);
	}
	if (e != OK && !page_is_input(e))
		return e;
	page = page_view(r, "記録");
	TRY(open_work(r, page, &w));
	return show(r, page, &w, rule, e);
}

err page_record_propose(struct req *r) { return propose(r); }
err page_record_propose_old(struct req *r) { return propose(r); }

/* ---- bin, history, undo ---- */

static err show_retire(struct req *r, err e)
{
	struct page_view *page = page_view(r, "ごみ箱へ移す");
	struct work w;
	TRY(open_work(r, page, &w));
	const char *path = arena_fmt(r->arena, "/persons/%s/records/%s/%s", w.card.p.pid, w.p->slug, req_param(r, "rpid"));
	struct reason_view v = {.page = page, .action = arena_fmt(r->arena, "%s/retire", path), .cancel_path = path, .label = "移す理由", .button = "ごみ箱へ移す",
	                        .sentence = arena_fmt(r->arena, "「%s」の記録をごみ箱へ移します。", w.p->kind->text(r->c, w.row)),
	                        .more = "30日のあいだは、ごみ箱から元に戻せます。"};
	tmpl_person_reason(res_page_of(r, e), &v);
	return OK;
}

err page_record_retire_ask(struct req *r) { return show_retire(r, OK); }

err page_record_retire(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "reason", .label = "移す理由", .kind = FORMIN_TEXT, .max = 500, .required = true}};
	struct work w;
	const char *bin = "";
	TRY(open_work(r, NULL, &w));
	err e = formin_read(r, fields, 1);
	if (e == OK)
		e = gen_retire(r->c, w.p->kind, req_param(r, "rpid"), req_field(r, "reason"), &bin);
	if (page_is_input(e))
		return show_retire(r, e);
	TRY(e);
	return res_done(r, "deleted", "/persons/%s/%s?%s", w.card.p.pid, w.p->back, guard_undo(r, arena_fmt(r->arena, "/undo/trash/%s", bin)));
}

err page_record_revert(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "version", .label = "版", .kind = FORMIN_INT, .lo = 1, .hi = 1000000, .required = true}};
	struct work w;
	TRY(open_work(r, NULL, &w));
	TRY(formin_read(r, fields, 1));
	TRY(gen_revert(r->c, w.p->kind, req_param(r, "rpid"), formin_int(r, "version")));
	return res_done(r, "restored", "/persons/%s/records/%s/%s", w.card.p.pid, w.p->slug, req_param(r, "rpid"));
}

err record_ids(struct req *r, const struct record_page *p, const char *rpid, int64_t *id, int64_t *person_id)
{
	void *row = arena_alloc(r->arena, p->kind->table->size);
	TRY(gen_find(r->c, p->kind, rpid, row));
	*id = *number_cell(p->kind->table, row, "id");
	*person_id = *number_cell(p->kind->table, row, "person_id");
	return OK;
}

err page_undo_record(struct req *r)
{
	const struct record_page *p = record_page_of(req_param(r, "kind"));
	struct person who;
	int64_t id, owner;
	if (!p)
		return ERR_NOTFOUND;
	TRY(record_ids(r, p, req_param(r, "rpid"), &id, &owner));
	TRY(person_load(r->c, owner, &who));
	TRY(gen_undo(r->c, p->kind, req_param(r, "rpid")));
	return res_done(r, "restored", "/persons/%s/%s", who.pid, p->back);
}

/* 「元に戻す」 right after a record went to the bin. */
err page_undo_trash(struct req *r)
{
	TRY(bin_restore(r->c, req_param(r, "bpid")));
	return res_done(r, "restored", "/bin");
}
