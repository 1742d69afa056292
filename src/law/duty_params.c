/* law/duty: the parameters of a rule, "k=v;k=v". One table says which parameter a kind takes and how it is read. */
#include "base/str.h"
#include "law/duty_own.h"

#include <stddef.h>
#include <string.h>

enum param_type { T_WORD, T_REF, T_ANCHORS, T_FACT_COND, T_EVENT_COND, T_COND, T_CODE, T_COUNT, T_UNIT, T_YES, T_LINKS, T_FIELDS, T_SHIFT, T_PARAM, T_EXC, T_BOUNDS, T_PER, T_OP };

#define K(name) (1u << DUTY_KIND_##name)
#define ALL 0xffffffffu
#define ACTS (K(order) | K(due) | K(each_target) | K(on_event) | K(half_year))
#define MONTHS (K(monthly) | K(periods) | K(visit_within))
#define AT(field) offsetof(struct duty_param_set, field)
static const struct {
	const char *name;
	enum param_type type;
	size_t at;
	uint32_t kinds;
} table[] = {
	{"each", T_WORD, AT(each), ALL & ~K(age)},
	{"event", T_CODE, AT(event), ALL & ~(MONTHS | K(age) | K(since_last) | K(standing))},
	{"event_if", T_EVENT_COND, AT(event_if), ALL & ~(MONTHS | K(age) | K(since_last) | K(standing))},
	{"skip", T_COND, AT(skip), ALL},
	{"anchor", T_ANCHORS, 0, ALL},
	{"since", T_REF, AT(since), ACTS | K(threshold)},
	{"n", T_COUNT, AT(n), ALL & ~(K(order) | K(fields) | K(holds) | K(covers))},
	{"unit", T_UNIT, AT(unit), ALL},
	{"shift", T_SHIFT, 0, K(due) | K(threshold) | K(each_target)},
	{"early", T_YES, AT(early), K(due) | K(each_target) | K(on_event)},
	{"per", T_PER, AT(per_month), ACTS},
	{"fee_from", T_REF, AT(fee_from), ACTS},
	{"need", T_FACT_COND, AT(need), ALL & ~K(age)},
	{"count", T_COUNT, AT(count), MONTHS | ACTS},
	{"by", T_WORD, AT(by), ALL},
	{"written", T_WORD, AT(written), K(monthly)},
	{"grace", T_COUNT, AT(grace), K(monthly)},
	{"month_field", T_WORD, AT(month_field), K(monthly)},
	{"span", T_WORD, AT(span), MONTHS},
	{"tv", T_YES, AT(tv), MONTHS | ACTS},
	{"by_periods", T_YES, AT(by_periods), K(visit_within)},
	{"number", T_COUNT, AT(number), K(visit_within) | K(windows)},
	{"link", T_LINKS, 0, ALL},
	{"alt", T_CODE, AT(alt), ACTS},
	{"alt_need", T_FACT_COND, AT(alt_need), ACTS},
	{"exc_if", T_FACT_COND, AT(exc_if), ALL},
	{"exc_with", T_CODE, AT(exc_with), MONTHS | ACTS},
	{"exc_notify", T_PARAM, AT(exc_notify), MONTHS | ACTS},
	{"exc_warn", T_EXC, 0, MONTHS | ACTS},
	{"exc_act", T_YES, AT(exc_act), ACTS},
	{"fields", T_FIELDS, 0, K(fields)},
	{"from_field", T_WORD, AT(from_field), K(covers)},
	{"to_field", T_WORD, AT(to_field), K(covers) | K(standing)},
	{"revoked", T_WORD, AT(revoked), K(covers) | ACTS},
	{"value", T_REF, AT(value), K(threshold)},
	{"of", T_REF, AT(of), K(threshold)},
	{"bound", T_COUNT, AT(bound), K(threshold)},
	{"den", T_COUNT, AT(den), K(threshold)},
	{"value2", T_REF, AT(value2), K(threshold)},
	{"of2", T_REF, AT(of2), K(threshold)},
	{"bound2", T_COUNT, AT(bound2), K(threshold)},
	{"den2", T_COUNT, AT(den2), K(threshold)},
	{"op", T_OP, AT(least), K(threshold)},
	{"bounds", T_BOUNDS, 0, K(threshold)},
	{"bound_by", T_REF, AT(bound_by), K(threshold)},
	{"notice", T_COUNT, AT(notice), K(age) | K(since_last) | K(standing) | K(windows) | K(order)},
};

/* The rows of law/numbers.tsv of one name, by date. */
static void rows_of(struct duty_table *t, const char *id, struct duty_count *out)
{
	size_t n = 0;
	for (size_t i = 0; i < t->law->n_numbers; i++)
		n += str_eq(t->law->numbers[i].id, id);
	const struct law_number **rows = ARENA_ARRAY(t->keep, n + 1, const struct law_number *);
	for (size_t i = 0; i < t->law->n_numbers; i++)
		if (str_eq(t->law->numbers[i].id, id))
			rows[out->n_rows++] = &t->law->numbers[i];
	out->rows = rows;
}

const char *duty_count_parse(struct duty_table *t, const char *text, struct duty_count *out)
{
	*out = (struct duty_count){.set = true};
	if (str_int(text, &out->literal))
		return NULL;
	if (str_starts(text, "param.")) {
		out->param = law_param_find(t->law, text + 6);
		return !out->param ? "law/params.tsv にない名前です。" : !str_eq(out->param->type, "int") ? "数ではないパラメーターです。" : NULL;
	}
	rows_of(t, text, out);
	return out->n_rows ? NULL : "整数でも、law/numbers.tsv にある名前でもありません。";
}

static const char *bounds_parse(struct duty_table *t, const char *prefix, struct duty_param_set *p)
{
	size_t len = strlen(prefix);
	p->bound_prefix = prefix;
	for (size_t i = 0; i < t->law->n_numbers; i++) {
		const char *id = t->law->numbers[i].id;
		bool seen = !str_starts(id, prefix);
		for (size_t k = 0; k < p->n_bounds && !seen; k++)
			seen = str_eq(p->bounds[k].suffix, id + len);
		if (seen)
			continue;
		if (p->n_bounds == DUTY_BY)
			return "同じ始まりの数が多すぎます。";
		p->bounds[p->n_bounds].suffix = id + len;
		p->bounds[p->n_bounds].n.set = true;
		rows_of(t, id, &p->bounds[p->n_bounds++].n);
	}
	return p->n_bounds ? NULL : "law/numbers.tsv に、この始まりの名前がありません。";
}

/* field:ref or field^ref, with constant text before and after the value: target^plan:{plan.id}: */
static const char *link_parse(struct duty_table *t, const char *text, struct duty_link *l)
{
	size_t at = strcspn(text, ":^");
	const char *open = strchr(text, '{'), *close = strchr(text, '}');
	if (!text[at] || !open || !close || close < open || open < text + at)
		return "結びつけ（link）が「項目:{値}」の形ではありません。";
	l->field = duty_intern(t, arena_strn(t->keep, text, at));
	l->prefix = text[at] == '^';
	l->before = arena_strn(t->keep, text + at + 1, (size_t)(open - text - 1) - at);
	l->after = arena_str(t->keep, close + 1);
	return duty_ref_parse(t, arena_strn(t->keep, open + 1, (size_t)(close - open - 1)), REF_PART, &l->ref);
}

static const char *list_parse(struct duty_table *t, const char *text, enum param_type type, struct duty_param_set *p)
{
	size_t n;
	char **v = str_split(t->keep, text, type == T_LINKS ? ',' : '|', &n);
	size_t most = type == T_LINKS ? DUTY_LINKS : type == T_FIELDS ? DUTY_FIELDS : type == T_EXC ? DUTY_EXC : DUTY_ANCHORS;
	const char *why = n > most ? "並べたものが多すぎます。" : NULL;
	for (size_t i = 0; i < n && !why; i++)
		switch (type) {
		case T_LINKS: why = link_parse(t, v[i], &p->links[p->n_links++]); break;
		case T_FIELDS: p->fields[p->n_fields++] = duty_intern(t, v[i]); break;
		case T_EXC: p->exc_warn[p->n_exc_warn++] = duty_intern(t, v[i]); break;
		default: why = duty_ref_parse(t, v[i], REF_SUBJECT, &p->anchor[p->n_anchors++]);
		}
	return why;
}

static const char *unit_parse(const char *text, enum duty_unit *out)
{
	static const char *const units[] = {"day", "month", "year", "eom", "open"};
	for (int i = 0; i < 5; i++)
		if (str_eq(units[i], text)) {
			*out = (enum duty_unit)i;
			return NULL;
		}
	return "単位は day・month・year・eom・open のどれかです。";
}

static const char *shift_parse(struct duty_table *t, const char *text, struct duty_param_set *p)
{
	if (!str_starts(text, "param."))
		return law_shift_parse(text, &p->shift_fixed) ? NULL : "閉庁日の扱いは none・prev・next のどれかです。";
	p->shift = law_param_find(t->law, text + 6);
	return p->shift && str_eq(p->shift->type, "choice") ? NULL : "law/params.tsv にない名前です。";
}

static const char *yes_parse(const char *text, const char *yes, const char *no, bool *out)
{
	*out = str_eq(text, yes);
	return *out || str_eq(text, no) ? NULL : "決められた言葉ではありません。";
}

static const char *read_one(struct ctx *c, struct duty_table *t, size_t i, const char *text, struct duty_param_set *p)
{
	void *to = (char *)p + table[i].at;
	switch (table[i].type) {
	case T_WORD: *(int *)to = duty_intern(t, text); return NULL;
	case T_REF: return duty_ref_parse(t, text, REF_SUBJECT, to);
	case T_COND: return duty_cond_parse(c, t, text, REF_SUBJECT, to);
	case T_FACT_COND: return duty_cond_parse(c, t, text, REF_FACT, to);
	case T_EVENT_COND: return duty_cond_parse(c, t, text, REF_EVENT, to);
	case T_CODE: return (*(int *)to = duty_code(t, text)) < 0 ? "codes.tsv の evidence にない記録のコードです。" : NULL;
	case T_COUNT: return duty_count_parse(t, text, to);
	case T_UNIT: return unit_parse(text, to);
	case T_YES: return yes_parse(text, "yes", "no", to);
	case T_PER: return yes_parse(text, "month", "once", to);
	case T_OP: return yes_parse(text, "ge", "gt", to);
	case T_SHIFT: return shift_parse(t, text, p);
	case T_BOUNDS: return bounds_parse(t, text, p);
	case T_PARAM: return (*(const struct law_param **)to = law_param_find(t->law, text)) ? NULL : "law/params.tsv にない名前です。";
	default: return list_parse(t, text, table[i].type, p);
	}
}

/* What each kind cannot do without. */
static const char *lacks(const struct duty_rule *r)
{
	const struct duty_param_set *p = &r->p;
	switch (r->kind) {
	case DUTY_KIND_due: case DUTY_KIND_since_last: case DUTY_KIND_windows: case DUTY_KIND_age: case DUTY_KIND_retention: case DUTY_KIND_periods:
	case DUTY_KIND_visit_within:
		if (!p->n.set)
			return "パラメーター n がありません。";
		break;
	case DUTY_KIND_each_target:
		return p->each != W_plan && p->each >= 0 && p->n_links ? NULL : "パラメーター each か link がありません。";
	case DUTY_KIND_on_event: return p->event >= 0 || p->n_anchors ? NULL : "パラメーター event がありません。";
	case DUTY_KIND_fields: return p->event >= 0 && p->n_fields ? NULL : "パラメーター event か fields がありません。";
	case DUTY_KIND_threshold:
		return p->value.set && (p->bound.set || p->n_bounds) && !p->bound_by.set == !p->n_bounds ? NULL : "パラメーター value か bound がありません。";
	case DUTY_KIND_covers: return p->from_field >= 0 ? NULL : "パラメーター from_field がありません。";
	case DUTY_KIND_holds: return p->need.n ? NULL : "パラメーター need がありません。";
	default: break;
	}
	bool anchored = p->n_anchors || p->event >= 0 || r->kind == DUTY_KIND_monthly;
	return anchored || r->kind == DUTY_KIND_visit_within ? NULL : "パラメーター anchor がありません。";
}

const char *duty_params_parse(struct ctx *c, struct duty_table *t, struct duty_rule *r)
{
	struct duty_param_set *p = &r->p;
	p->each = p->written = p->from_field = p->to_field = p->revoked = p->month_field = p->event = p->alt = p->exc_with = -1;
	p->span = W_active;
	p->by = W_day;
	size_t n = 0;
	uint64_t seen = 0;
	_Static_assert(sizeof table / sizeof table[0] <= 64, "one bit for each parameter");
	char **v = str_blank(r->view.params) ? NULL : str_split(t->keep, r->view.params, ';', &n);
	for (size_t k = 0; k < n; k++) {
		char *eq = strchr(v[k], '=');
		if (!eq || !eq[1])
			return arena_fmt(c->arena, "パラメーター「%s」が「名前=値」の形ではありません。", v[k]);
		*eq = '\0';
		size_t i = 0;
		while (i < sizeof table / sizeof table[0] && !str_eq(table[i].name, v[k]))
			i++;
		if (i == sizeof table / sizeof table[0])
			return arena_fmt(c->arena, "パラメーター「%s」は知られていません。", v[k]);
		if (seen & (uint64_t)1 << i)
			return arena_fmt(c->arena, "パラメーター「%s」が2つあります。", v[k]);
		seen |= (uint64_t)1 << i;
		if (!(table[i].kinds & (1u << r->kind)))
			return arena_fmt(c->arena, "パラメーター「%s」は、種類 %s では使えません。", v[k], r->view.kind);
		const char *why = read_one(c, t, i, eq + 1, p);
		if (why)
			return arena_fmt(c->arena, "パラメーター「%s」: %s", v[k], why);
	}
	return lacks(r);
}
