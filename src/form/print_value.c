/* What a box of print.json says, given the answers. */
#include "base/buf.h"
#include "base/str.h"
#include "form/print_flow.h"
#include "form/week_grid.h"
#include "form/rules.h"

void print_wrong(struct print_flow *f, const char *fmt, ...)
{
	if (f->why)
		return;
	va_list ap;
	va_start(ap, fmt);
	f->why = arena_vfmt(f->arena, fmt, ap);
	va_end(ap);
}

/* The item a box names, and its answer in the root or in the row being drawn; *v NULL if the row is empty. */
static const struct form_item *item_of(const struct print_scope *s, const struct json *box, const struct answer **v)
{
	const char *path = json_get_text(box, "item", NULL);
	const struct form_item *it = path ? form_item_find(s->as->def, path) : s->each;
	*v = NULL;
	if (!it) {
		print_wrong(s->flow, "項目「%s」がありません", str_or(path, "each"));
		return NULL;
	}
	if (!it->parent) {
		*v = &s->as->a[it->index];
	} else if (it->parent == s->list) {
		*v = s->row ? &s->row->a[it->index] : NULL;
	} else {
		print_wrong(s->flow, "項目「%s」は一覧の行の外にあります", it->path);
	}
	return it;
}

/* 「No.1〜11、No.13、氏名」: numbers that follow each other as a range, each number once. */
static const char *missing_text(struct arena *a, const struct rule_outcome *o)
{
	struct buf b = buf_new(a);
	int64_t from = 0, to = 0, no;
	for (size_t i = 0; i <= o->n_missing; i++) {
		bool number = i < o->n_missing && str_int(o->missing[i]->no, &no);
		if (number && from && (no == to || no == to + 1)) {
			to = no;
			continue;
		}
		if (from && to > from)
			buf_fmt(&b, to == from + 1 ? "、No.%lld" : "〜%lld", (long long)to);
		from = to = number ? no : 0;
		if (i == o->n_missing)
			break;
		buf_str(&b, b.n ? "、" : "");
		if (number)
			buf_fmt(&b, "No.%lld", (long long)no);
		else
			buf_str(&b, o->missing[i]->short_label);
	}
	return b.p;
}

/* Bounds over all completions take their time: each rule is worked out once per print. */
static const struct rule_outcome *outcome_of(const struct print_scope *s, const struct rule *r)
{
	struct print_flow *f = s->flow;
	const struct form_rules *all = s->as->def->rules;
	struct rule_outcome *o = &f->outcomes[r - all->rules];
	if (!o->rule)
		rule_eval(f->arena, s->as, r, s->today, o);
	return o;
}

static const char *rule_text(const struct print_scope *s, const struct rule *r, const char *show)
{
	struct arena *a = s->flow->arena;
	if (str_eq(show, "label"))
		return r->label;
	if (str_eq(show, "criterion"))
		return r->criterion;
	if (str_eq(show, "meaning"))
		return r->meaning;
	if (str_eq(show, "source"))
		return r->source;
	if (str_eq(show, "max"))
		return r->max ? arena_fmt(a, "%lld%s", (long long)r->max, r->unit) : "";
	const struct rule_outcome *o = outcome_of(s, r);
	if (str_eq(show, "missing"))
		return missing_text(a, o);
	if (!str_eq(show, "value"))
		print_wrong(s->flow, "show「%s」は式にはありません", show);
	/* A value of blanks stays blank; a score or a category says what is known of it. */
	if (r->kind == RULE_VALUE && o->n_missing)
		return "";
	return rule_show(a, o);
}

/* "show": "rows": a list as lines, its columns side by side. */
static const char *rows_text(struct arena *a, const struct form_item *list, const struct answer *v)
{
	struct buf b = buf_new(a);
	for (size_t r = 0; v && r < v->n_rows; r++) {
		bool first = true;
		for (size_t i = 0; i < list->n_children; i++) {
			const char *t = mark_clean(a, answer_show(a, &list->children[i], &v->rows[r]->a[i]));
			if (!*t)
				continue;
			buf_fmt(&b, "%s%s", first ? (b.n ? "\n" : "") : "　", t);
			first = false;
		}
	}
	return str_or(b.p, "");
}

static const char *picture_words(const struct print_scope *s, const struct form_item *it, const struct answer *v)
{
	const struct print_job *j = s->flow->job;
	return j->ref_name ? str_or(j->ref_name(j->ref_arg, it, v ? str_or(v->text, "") : ""), "") : "";
}

static const char *item_text(const struct print_scope *s, const struct json *box, const struct form_item *it,
                             const struct answer *v)
{
	const char *show = json_get_text(box, "show", "value");
	struct arena *a = s->flow->arena;
	if (str_eq(show, "no"))
		return it->no;
	if (str_eq(show, "label"))
		return it->label;
	if (str_eq(show, "short"))
		return it->short_label;
	if (str_eq(show, "rows") && it->type == ITEM_LIST)
		return rows_text(a, it, v);
	const struct json *map = json_get(box, "map"); /* other words for the codes */
	if (map)
		return v && v->blank == BLANK_NONE && v->text ? json_get_text(map, v->text, "") : "";
	if (!str_eq(show, "value"))
		print_wrong(s->flow, "show「%s」は項目にはありません", show);
	if (it->type == ITEM_DERIVED) {
		const struct rule *r = rule_find(s->as->def->rules, it->derive);
		return r ? rule_text(s, r, "value") : "";
	}
	if (it->type == ITEM_DISPLAY)
		return it->label;
	if (it->type == ITEM_IMG)
		return picture_words(s, it, v);
	if (it->type == ITEM_REF && v && v->blank == BLANK_NONE) {
		const struct print_job *j = s->flow->job;
		return j->ref_name ? str_or(j->ref_name(j->ref_arg, it, v->text), "") : "";
	}
	if (!v)
		return "";
	const char *as = json_get_text(box, "as", "");
	if (*as && !(str_eq(as, "ym") && it->type == ITEM_DATE) && !(str_eq(as, "clock") && it->type == ITEM_INT))
		print_wrong(s->flow, "as「%s」は項目「%s」には使えません", as, it->path);
	if (str_eq(as, "ym"))
		return v->blank == BLANK_NONE ? era_text_month(a, civil_ymd((civil)v->num).y, civil_ymd((civil)v->num).m) : "";
	if (str_eq(as, "clock"))
		return v->blank == BLANK_NONE ? week_clock(a, (int)v->num) : "";
	if (v->marked && !s->flow->job->words)
		return v->marked;
	return mark_clean(a, answer_show(a, it, v));
}

/* One piece: {"text"} or {"item"/"rule"/each, "show", "prefix", "suffix", "before", "after", "blank"}. */
static const char *piece(const struct print_scope *s, const struct json *box, bool *value)
{
	struct arena *a = s->flow->arena;
	const char *rule = json_get_text(box, "rule", NULL), *t;
	bool each = json_get(box, "show") != NULL;
	if (rule || (each && s->rule && !json_get(box, "item"))) {
		const struct rule *r = rule ? rule_find(s->as->def->rules, rule) : s->rule;
		if (!r) {
			print_wrong(s->flow, "式「%s」がありません", rule);
			return "";
		}
		const char *show = json_get_text(box, "show", "value");
		t = rule_text(s, r, show);
		*value |= str_eq(show, "value") || str_eq(show, "missing");
	} else if (json_get(box, "item") || each) {
		const struct answer *v;
		const struct form_item *it = item_of(s, box, &v);
		if (!it)
			return "";
		t = item_text(s, box, it, v);
		const char *show = json_get_text(box, "show", "value");
		*value |= (str_eq(show, "value") && it->type != ITEM_DISPLAY) || str_eq(show, "rows");
	} else if (json_get(box, "row_no")) {
		return s->row_no ? arena_fmt(a, "%zu", s->row_no) : "";
	} else {
		return json_get_text(box, "text", "");
	}
	if (*t)
		t = arena_fmt(a, "%s%s%s", json_get_text(box, "prefix", ""), t, json_get_text(box, "suffix", ""));
	else
		t = json_get_text(box, "blank", "");
	return arena_fmt(a, "%s%s%s", json_get_text(box, "before", ""), t, json_get_text(box, "after", ""));
}

const char *print_value_text(const struct print_scope *s, const struct json *box, bool *value)
{
	*value = false;
	const struct json *parts = json_get(box, "parts");
	if (!parts)
		return piece(s, box, value);
	struct buf b = buf_new(s->flow->arena);
	for (size_t i = 0; i < parts->n; i++)
		buf_str(&b, piece(s, json_at(parts, i), value));
	return b.p;
}

const char *print_value_picture(const struct print_scope *s, const char *item, const struct drawing **d)
{
	const struct print_job *j = s->flow->job;
	const struct form_item *it = form_item_find(s->as->def, item);
	*d = NULL;
	if (!it || it->parent || it->type != ITEM_IMG) {
		print_wrong(s->flow, "drawing「%s」は図の項目ではありません", item);
		return "";
	}
	for (size_t i = 0; i < j->n_pictures; i++)
		if (str_eq(j->pictures[i].item, item))
			*d = j->pictures[i].d;
	return picture_words(s, it, &s->as->a[it->index]);
}

static bool present(const struct print_scope *s, const char *id)
{
	const struct form_item *it = form_item_find(s->as->def, id);
	if (!it || it->parent) {
		print_wrong(s->flow, "if の項目「%s」がありません", id);
		return false;
	}
	const struct answer *v = &s->as->a[it->index];
	if (it->type == ITEM_LIST)
		return v->n_rows > 0;
	return v->blank == BLANK_NONE && (it->type != ITEM_BOOL || v->num != 0);
}

bool print_value_if(const struct print_scope *s, const struct json *block)
{
	const struct json *ids = json_get(block, "if");
	const char *on = json_get_text(block, "on", NULL);
	if (on && !str_eq(on, "paper") && !str_eq(on, "sheet"))
		print_wrong(s->flow, "on は paper か sheet です");
	if (on && str_eq(on, "sheet") != s->flow->job->words)
		return false;
	if (!ids)
		return true;
	if (ids->type != JSON_ARRAY)
		return present(s, json_text(ids, ""));
	for (size_t i = 0; i < ids->n; i++)
		if (present(s, json_text(json_at(ids, i), "")))
			return true;
	return false;
}

bool print_value_same(const struct print_scope *s, const struct json *span_by, const struct answers *before)
{
	if (!s->row || !before || !s->list)
		return false;
	size_t n = span_by->type == JSON_ARRAY ? span_by->n : 1;
	for (size_t i = 0; i < n; i++) {
		const char *id = json_text(span_by->type == JSON_ARRAY ? json_at(span_by, i) : span_by, "");
		size_t k = 0;
		while (k < s->list->n_children && !str_eq(s->list->children[k].id, id))
			k++;
		if (k == s->list->n_children) {
			print_wrong(s->flow, "span_by の列「%s」がありません", id);
			return false;
		}
		const struct answer *a = &before->a[k], *b = &s->row->a[k];
		if (a->blank != b->blank || (i == 0 && a->blank != BLANK_NONE) || a->num != b->num ||
		    !str_eq(str_or(a->marked, str_or(a->text, "")), str_or(b->marked, str_or(b->text, ""))))
			return false;
	}
	return true;
}

enum print_mark print_value_mark(const struct json *box)
{
	const char *m = json_get_text(box, "mark", "");
	return str_eq(m, "circle") ? MARK_CIRCLE : str_eq(m, "check") ? MARK_CHECK : MARK_NONE;
}

static bool chosen(const struct form_item *it, const struct answer *v, size_t option)
{
	if (!v || v->blank != BLANK_NONE)
		return false;
	switch (it->type) {
	case ITEM_BOOL:
		return (v->num != 0) == (option == 0);
	case ITEM_CODE:
		return str_eq(v->text, it->options[option].code);
	case ITEM_CODES:
		return v->set >> option & 1;
	default:
		return false;
	}
}

/* "by": which of yes and no a rule has worked out, as index of the option; -1 while it is open. */
static int64_t told_by(const struct print_scope *s, const struct form_item *it, const char *by)
{
	const struct rule *r = rule_find(s->as->def->rules, by);
	if (!r || it->type != ITEM_BOOL) {
		print_wrong(s->flow, "by「%s」: はい・いいえの項目と、条件の式の名前を書いてください", by);
		return -1;
	}
	enum tri t = outcome_tri(outcome_of(s, r));
	return t == TRI_YES ? 0 : t == TRI_NO ? 1 : -1;
}

/* "option": one code, or "options": some codes, or all of the item. "points": true puts "0." before はい. */
struct print_chip *print_value_chips(const struct print_scope *s, const struct json *box, size_t *n)
{
	*n = 0;
	const struct answer *v;
	const struct form_item *it = item_of(s, box, &v);
	if (!it)
		return NULL;
	if (it->type != ITEM_BOOL && it->type != ITEM_CODE && it->type != ITEM_CODES) {
		print_wrong(s->flow, "項目「%s」には選択肢がないので mark は使えません", it->path);
		return NULL;
	}
	struct arena *a = s->flow->arena;
	const char *by = json_get_text(box, "by", NULL);
	int64_t told = by ? told_by(s, it, by) : -1;
	const char *one = json_get_text(box, "option", NULL);
	const struct json *some = json_get(box, "options");
	struct print_chip *chips = ARENA_ARRAY(a, it->n_options + 1, struct print_chip);
	for (size_t i = 0; i < it->n_options; i++) {
		const struct form_option *o = &it->options[i];
		bool wanted = !one || str_eq(one, o->code);
		for (size_t k = 0; some && k < some->n; k++) {
			wanted = str_eq(json_text(json_at(some, k), ""), o->code);
			if (wanted)
				break;
		}
		if (!wanted)
			continue;
		const char *label = json_get_text(box, "text", o->label);
		if (json_bool(json_get(box, "points"), false))
			label = arena_fmt(a, "%lld.%s", (long long)o->points, label);
		chips[(*n)++] = (struct print_chip){.label = label, .on = by ? told == (int64_t)i : chosen(it, v, i)};
	}
	/* "その他（…）" and the like: free words after the options. */
	if (*n == 0)
		print_wrong(s->flow, "項目「%s」に選択肢「%s」がありません", it->path, str_or(one, ""));
	return chips;
}
