#include "care/basic_info_fill.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "care/illness.h"
#include "care/intake.h"
#include "codec/json.h"
#include "register/certification.h"
#include "register/disability.h"
#include "register/insurance.h"
#include "register/ranks.h"
#include "register/relation.h"
#include "store/table.h"

#include <string.h>

#define OWN "basic_info."

/* ---- own items: the column is named by the binding ----------------------------------------------------------- */

static const struct col_desc *column_of(const struct form_item *it)
{
	if (!str_starts(it->binding, OWN))
		return NULL;
	for (size_t i = 0; i < T_basic_info.n_cols; i++)
		if (str_eq(T_basic_info.cols[i].name, it->binding + strlen(OWN)))
			return &T_basic_info.cols[i];
	return NULL;
}

/* Rows of a list are kept as JSON objects of texts, keyed by the column ids of the form. */
static err list_in(struct ctx *c, struct answers *as, const struct form_item *it, const char *text)
{
	struct json *rows;
	if (str_blank(text)) /* a new record */
		return OK;
	TRY(json_parse(c->arena, text, strlen(text), NULL, &rows, NULL));
	for (size_t i = 0; i < rows->n; i++)
		for (size_t k = 0; k < it->n_children; k++) {
			const char *v = json_get_text(rows->items[i], it->children[k].id, "");
			if (*v)
				TRY(answers_set_text(as, arena_fmt(c->arena, "%s.%zu.%s", it->path, i, it->children[k].id), v));
		}
	return OK;
}

static const char *list_out(struct ctx *c, const struct answers *as, const struct form_item *it)
{
	struct json *rows = json_new(c->arena, JSON_ARRAY);
	const struct answer *list = answers_get(as, it->path);
	for (size_t i = 0; list && i < list->n_rows; i++) {
		struct json *o = json_new(c->arena, JSON_OBJECT);
		for (size_t k = 0; k < it->n_children; k++) {
			const struct answer *v = &list->rows[i]->a[k];
			json_set(c->arena, o, it->children[k].id, json_new_text(c->arena, v->blank == BLANK_NONE ? v->text : ""));
		}
		json_add(c->arena, rows, o);
	}
	return json_to_text(c->arena, rows, false);
}

bool basic_info_may(struct ctx *c, int64_t person_id, const struct form_item *it, enum action a)
{
	return it->class_bit == 0 || it->class_bit == CLASS_CARE || policy_check(c, person_id, it->class_bit, a) == OK;
}

static err item_in(struct ctx *c, struct answers *as, const struct form_item *it, const struct col_desc *col, const void *row)
{
	const char *at = (const char *)row + col->offset;
	switch (col->kind) {
	case COL_TEXT: {
		const char *v = *(const char *const *)(const void *)at;
		if (it->type == ITEM_LIST)
			return list_in(c, as, it, v);
		if (str_blank(v))
			return OK;
		return it->type == ITEM_CODE ? answers_set_code(as, it->path, v) : answers_set_text(as, it->path, v);
	}
	case COL_DAY: {
		civil d = *(const civil *)(const void *)at;
		return d == CIVIL_NONE ? OK : answers_set_date(as, it->path, d);
	}
	case COL_BOOL:
		return answers_set_int(as, it->path, *(const bool *)(const void *)at ? 1 : 0);
	case COL_INT: {
		int64_t v = *(const int64_t *)(const void *)at;
		return v == INT_NULL ? OK : answers_set_int(as, it->path, v);
	}
	default:
		return ERR_BUG;
	}
}

err basic_info_fill_own(struct ctx *c, const struct t_basic_info *row, struct basic_info_view *v)
{
	for (size_t i = 0; i < v->def->n_items; i++) {
		const struct form_item *it = &v->def->items[i];
		const struct col_desc *col = column_of(it);
		if (!col)
			continue;
		if (basic_info_may(c, v->person_id, it, ACTION_SEE))
			TRY(item_in(c, v->answers, it, col, row));
		else
			v->locked[v->n_locked++] = it->id;
	}
	return OK;
}

err basic_info_read_own(struct ctx *c, const struct answers *as, struct t_basic_info *row)
{
	for (size_t i = 0; i < as->def->n_items; i++) {
		const struct form_item *it = &as->def->items[i];
		const struct col_desc *col = column_of(it);
		if (!col || !basic_info_may(c, row->person_id, it, ACTION_WRITE)) /* what is locked stays as it was */
			continue;
		const struct answer *v = answers_get(as, it->path);
		bool has = v && v->blank == BLANK_NONE;
		char *at = (char *)row + col->offset;
		switch (col->kind) {
		case COL_TEXT:
			*(const char **)(void *)at = it->type == ITEM_LIST ? list_out(c, as, it) : has ? answer_field(c->arena, it, v) : "";
			break;
		case COL_DAY: *(civil *)(void *)at = has ? (civil)v->num : CIVIL_NONE; break;
		case COL_BOOL: *(bool *)(void *)at = has && v->num != 0; break;
		case COL_INT: *(int64_t *)(void *)at = has ? v->num : INT_NULL; break;
		default: return ERR_BUG;
		}
	}
	return OK;
}

/* ---- a conflict in the words of the form ------------------------------------------------------------------------ */

static const struct form_item *item_of(const struct form_def *def, const char *column)
{
	for (size_t i = 0; i < def->n_items; i++)
		if (str_starts(def->items[i].binding, OWN) && str_eq(def->items[i].binding + strlen(OWN), column))
			return &def->items[i];
	return NULL;
}

/* The store says a yes or no in words; the form sends it as a code. */
static const char *as_sent(const struct form_item *it, const char *stored)
{
	return it->type != ITEM_BOOL ? str_or(stored, "") : str_eq(stored, "はい") ? "Y" : str_eq(stored, "いいえ") ? "N" : "";
}

static size_t fields_of(struct ctx *c, const struct basic_info_view *v, const struct row_conflict_field *from, size_t n,
                        struct row_conflict_field *to)
{
	size_t k = 0;
	for (size_t i = 0; i < n; i++) {
		const struct form_item *it = item_of(v->def, from[i].column);
		if (it && basic_info_may(c, v->person_id, it, ACTION_WRITE))
			to[k++] = (struct row_conflict_field){it->path, as_sent(it, from[i].base), as_sent(it, from[i].theirs), as_sent(it, from[i].mine), false};
	}
	return k;
}

err basic_info_conflict(struct ctx *c, const struct basic_info_view *v, const struct row_conflict *of, struct row_conflict *out)
{
	*out = *of;
	out->fields = ARENA_ARRAY(c->arena, of->n + 1, struct row_conflict_field);
	out->carried = ARENA_ARRAY(c->arena, of->n_carried + 1, struct row_conflict_field);
	out->n = fields_of(c, v, of->fields, of->n, out->fields);
	out->n_carried = fields_of(c, v, of->carried, of->n_carried, out->carried);
	return OK;
}

const char *basic_info_family(struct ctx *c, const struct relation_view *v, size_t n)
{
	struct buf b = buf_new(c->arena);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s　%s%s%s%s", i ? "\n" : "", v[i].label, v[i].name, v[i].row.is_key_person ? "（キーパーソン）" : "",
		        v[i].row.is_main_carer ? "（主介護者）" : "", v[i].deceased ? "（故人）" : "");
	return b.p;
}

/* ---- items of the register: one function per owner ------------------------------------------------------------- */

struct filling {
	struct ctx *c;
	const struct person *p;
	civil on;
	struct basic_info_view *v;
};

static bool is_locked(const struct filling *f, const struct form_item *it)
{
	for (size_t i = 0; i < f->v->n_locked; i++)
		if (str_eq(f->v->locked[i], it->id))
			return true;
	return false;
}

/* The item of a binding; NULL if the form has none or the actor no right to its class. */
static const struct form_item *bound(const struct filling *f, const char *binding)
{
	for (size_t i = 0; i < f->v->def->n_items; i++)
		if (str_eq(f->v->def->items[i].binding, binding))
			return is_locked(f, &f->v->def->items[i]) ? NULL : &f->v->def->items[i];
	return NULL;
}

static void mark(struct filling *f, const struct form_item *it) { f->v->from_register[f->v->n_from_register++] = it->id; }

static err put_text(struct filling *f, const char *binding, const char *v)
{
	const struct form_item *it = bound(f, binding);
	if (!it || str_blank(v))
		return OK;
	mark(f, it);
	return it->type == ITEM_CODE ? answers_set_code(f->v->answers, it->path, v) : answers_set_text(f->v->answers, it->path, v);
}

static err put_day(struct filling *f, const char *binding, civil d)
{
	const struct form_item *it = bound(f, binding);
	if (!it || d == CIVIL_NONE || d == CIVIL_OPEN)
		return OK;
	mark(f, it);
	return answers_set_date(f->v->answers, it->path, d);
}

static err put_bool(struct filling *f, const char *binding, bool b)
{
	const struct form_item *it = bound(f, binding);
	if (!it)
		return OK;
	mark(f, it);
	return answers_set_int(f->v->answers, it->path, b ? 1 : 0);
}

/* Without the right to a class its items stay blank and are named, so that nobody takes the blank for a fact. */
static err lock(struct filling *f, const char *prefix)
{
	for (size_t i = 0; i < f->v->def->n_items; i++)
		if (str_starts(f->v->def->items[i].binding, prefix) && !is_locked(f, &f->v->def->items[i]))
			f->v->locked[f->v->n_locked++] = f->v->def->items[i].id;
	return OK;
}

static err fill_person(struct filling *f)
{
	const struct person *p = f->p;
	TRY(put_text(f, "person.name", p->name));
	TRY(put_text(f, "person.kana", p->kana));
	if (str_eq(p->sex, "1") || str_eq(p->sex, "2")) /* the form knows 男性 and 女性 only (S1) */
		TRY(put_text(f, "person.sex", p->sex));
	TRY(put_day(f, "person.birth_on", p->birth_on));
	TRY(put_text(f, "person.home_postal", p->home.postal));
	TRY(put_text(f, "person.home_address", p->home.address));
	TRY(put_text(f, "person.card_address", p->card.address));
	TRY(put_text(f, "person.phone", str_blank(p->phone) ? p->mobile : p->phone));
	return put_text(f, "person.fax", p->fax);
}

static err fill_insurance(struct filling *f)
{
	struct gen_asof asof = {f->on, CIVIL_NONE};
	struct t_person_insurance ins;
	bool found;
	err e = insurance_at(f->c, f->p->id, asof, &ins, &found);
	if (e == ERR_DENIED) {
		TRY(lock(f, "insurance."));
		TRY(lock(f, "certification."));
		return lock(f, "rank.");
	}
	TRY(e);
	if (found) {
		TRY(put_text(f, "insurance.insurer_no", ins.insurer_no));
		TRY(put_text(f, "insurance.insured_no", ins.insured_no));
	}
	struct certification_state st;
	TRY(certification_state(f->c, f->p->id, asof, &st));
	if (st.has_current) {
		TRY(put_text(f, "certification.level", ranks_code_out(CODE_LEVEL, CODE_BASIC, st.level)));
		TRY(put_day(f, "certification.from_on", st.current.from_on));
		TRY(put_day(f, "certification.to_on", st.current.to_on));
		TRY(put_text(f, "certification.previous_level", ranks_code_out(CODE_LEVEL, CODE_BASIC, st.prev_level)));
	}
	static const char *const kinds[][2] = {{"adl", "rank.adl"}, {"dementia", "rank.dementia"}};
	for (size_t i = 0; i < 2; i++) {
		struct t_person_rank rank;
		TRY(rank_newest(f->c, f->p->id, kinds[i][0], asof, &rank, &found));
		if (found)
			TRY(put_text(f, kinds[i][1], ranks_code_out(i == 0 ? CODE_ADL : CODE_DEMENTIA, CODE_BASIC, rank.value)));
	}
	return OK;
}

static err fill_checklist(struct filling *f)
{
	struct response_view r;
	bool found;
	TRY(response_latest(f->c, f->p->id, "kihon-checklist", f->on, &r, &found));
	if (!found || !r.result || str_eq(form_result_code(r.result), "undetermined"))
		return OK;
	TRY(put_text(f, "response.kcl_result", str_eq(form_result_code(r.result), "eligible") ? "1" : "2"));
	return put_day(f, "response.kcl_date", r.answered_on);
}

static err fill_disability(struct filling *f)
{
	struct disability_boxes b;
	err e = disability_boxes(f->c, f->p->id, (struct gen_asof){f->on, CIVIL_NONE}, &b);
	if (e == ERR_DENIED)
		return lock(f, "disability.");
	TRY(e);
	TRY(put_bool(f, "disability.physical", b.physical));
	TRY(put_bool(f, "disability.intellectual", b.intellectual));
	TRY(put_bool(f, "disability.mental", b.mental));
	return put_bool(f, "disability.intractable", b.intractable);
}

static err cell(struct filling *f, const struct form_item *list, size_t row, const char *id, const char *v)
{
	if (str_blank(v))
		return OK;
	return answers_set(f->v->answers, arena_fmt(f->c->arena, "%s.%zu.%s", list->path, row, id), v);
}

static err fill_emergency(struct filling *f)
{
	const struct form_item *it = bound(f, "contact.emergency");
	struct relation_view *v;
	size_t n;
	err e = relation_emergency(f->c, f->p->id, &v, &n);
	if (e == ERR_DENIED)
		return lock(f, "contact.");
	TRY(e);
	for (size_t i = 0; it && i < n && i < (size_t)it->max_rows; i++) {
		TRY(cell(f, it, i, "name", v[i].name));
		TRY(cell(f, it, i, "relation", v[i].label));
		TRY(cell(f, it, i, "address", v[i].address));
		TRY(cell(f, it, i, "phone", v[i].phone));
	}
	if (it && n)
		mark(f, it);
	return OK;
}

/* The box of the family is printed as a list until it is drawn; on the page it tells how many there are. */
static err fill_family(struct filling *f)
{
	struct relation_view *v;
	size_t n;
	err e = relation_list(f->c, f->p->id, &v, &n);
	if (e == ERR_DENIED)
		return lock(f, "family.");
	TRY(e);
	const struct form_item *it = bound(f, "family.diagram");
	if (!it || !n)
		return OK;
	mark(f, it);
	return answers_set_text(f->v->answers, it->path, basic_info_family(f->c, v, n));
}

static err fill_illness(struct filling *f)
{
	const struct form_item *it = bound(f, "illness");
	struct illness *v;
	size_t n;
	err e = illness_list(f->c, f->p->pid, &v, &n);
	if (e == ERR_DENIED)
		return lock(f, "illness");
	TRY(e);
	for (size_t i = 0; it && i < n && i < (size_t)it->max_rows; i++) {
		TRY(cell(f, it, i, "when", v[i].when_text));
		TRY(cell(f, it, i, "disease", v[i].disease));
		TRY(cell(f, it, i, "doctor", v[i].doctor));
		TRY(cell(f, it, i, "is_primary", v[i].is_primary));
		TRY(cell(f, it, i, "tel", v[i].tel));
		TRY(cell(f, it, i, "course", v[i].course));
		TRY(cell(f, it, i, "treatment", v[i].treatment));
	}
	if (it && n)
		mark(f, it);
	return OK;
}

err basic_info_fill_register(struct ctx *c, const struct person *p, civil on, struct basic_info_view *v)
{
	struct filling f = {c, p, on, v};
	for (size_t i = 0; i < v->def->n_items; i++)
		if (v->def->items[i].from_register && !basic_info_may(c, p->id, &v->def->items[i], ACTION_SEE))
			v->locked[v->n_locked++] = v->def->items[i].id;
	TRY(fill_person(&f));
	TRY(fill_insurance(&f));
	TRY(fill_checklist(&f));
	TRY(fill_disability(&f));
	TRY(fill_emergency(&f));
	TRY(fill_family(&f));
	return fill_illness(&f);
}
