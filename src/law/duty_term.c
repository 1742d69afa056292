/* law/duty: words, references and conditions — reading them at load, answering them while judging. */
#include "base/str.h"
#include "law/duty_own.h"

#include <string.h>

static const char *const words[] = {
#define X(name) #name,
	DUTY_WORDS(X)
#undef X
	"true",
};

/* Most texts of records are no words of the rules: their first byte and their length say so. */
static uint64_t length_bit(size_t n) { return (uint64_t)1 << (n < 63 ? n : 63); }

int duty_intern(struct duty_table *t, const char *word)
{
	if (t->n_symbols == 0) /* the words of the evaluators come first, so that W_… is their number */
		for (int i = 0; i < W_COUNT; i++) {
			map_set(&t->symbols, words[i], (void *)(intptr_t)(i + 1));
			t->symbol_text[t->n_symbols++] = words[i];
			t->lengths[(unsigned char)*words[i]] |= length_bit(strlen(words[i]));
		}
	intptr_t have = (intptr_t)map_get(&t->symbols, word);
	if (have)
		return (int)have - 1;
	if (t->n_symbols == t->cap_symbols) {
		const char **more = ARENA_ARRAY(t->keep, (size_t)t->cap_symbols * 2, const char *);
		memcpy(more, t->symbol_text, (size_t)t->n_symbols * sizeof *more);
		t->symbol_text = more;
		t->cap_symbols *= 2;
	}
	const char *own = arena_str(t->keep, word);
	t->symbol_text[t->n_symbols++] = own;
	t->lengths[(unsigned char)*own] |= length_bit(strlen(own));
	map_set(&t->symbols, own, (void *)(intptr_t)t->n_symbols);
	return t->n_symbols - 1;
}

int duty_symbol(const struct duty_table *t, const char *word)
{
	uint64_t lengths = t->lengths[(unsigned char)*word];
	return lengths && (lengths & length_bit(strlen(word))) ? (int)(intptr_t)map_get(&t->symbols, word) - 1 : -1;
}

int duty_code(const struct duty_table *t, const char *code) { return (int)(intptr_t)map_get(&t->codes, code) - 1; }

const char *duty_ref_parse(struct duty_table *t, const char *text, enum duty_scope plain, struct duty_ref *out)
{
	const char *dot = strchr(text, '.');
	if (!*text || strpbrk(text, " &|=<>;,"))
		return "項目の名前が読めません。";
	*out = (struct duty_ref){.set = true, .scope = plain, .part = W_COUNT, .name = duty_intern(t, dot ? dot + 1 : text)};
	if (!dot)
		return NULL;
	const char *scope = arena_strn(t->keep, text, (size_t)(dot - text));
	if (!*scope || !dot[1])
		return "項目の名前が読めません。";
	if (str_eq(scope, "case"))
		out->scope = REF_SUBJECT;
	else if (str_eq(scope, "event"))
		out->scope = REF_EVENT;
	else if (str_eq(scope, "fact"))
		out->scope = REF_FACT;
	else {
		out->scope = REF_PART;
		out->part = duty_intern(t, scope);
	}
	return NULL;
}

static enum duty_op op_of(const char *op)
{
	static const char *const ops[] = {"in", "!=", "has", ">=", "<=", ">", "<"};
	for (int i = 0; i < 7; i++)
		if (str_eq(ops[i], op))
			return (enum duty_op)i;
	return OP_IS;
}

const char *duty_cond_parse(struct ctx *c, struct duty_table *t, const char *text, enum duty_scope plain, struct duty_cond *out)
{
	struct law_term *terms;
	size_t n;
	if (law_condition_parse(c, t->keep, text, &terms, &n) != OK)
		return "条件が読めません。";
	struct duty_term *v = ARENA_ARRAY(t->keep, n + 1, struct duty_term);
	for (size_t i = 0; i < n; i++) {
		const char *why = duty_ref_parse(t, terms[i].name, plain, &v[i].ref);
		if (why)
			return why;
		v[i].op = op_of(terms[i].op);
		v[i].number = terms[i].number;
		v[i].n = terms[i].n_values;
		v[i].texts = terms[i].values;
		int *symbols = ARENA_ARRAY(t->keep, v[i].n + 1, int);
		for (size_t k = 0; k < v[i].n && v[i].op <= OP_HAS; k++)
			symbols[k] = duty_intern(t, terms[i].values[k]);
		v[i].symbols = symbols;
	}
	*out = (struct duty_cond){v, n};
	return NULL;
}

/* ---- values ---------------------------------------------------------------------------------------------------------------------- */

static const struct duty_value NOTHING = {.text = "", .number = INT_NULL, .name = -1, .symbol = -1, .day = CIVIL_NONE, .from = INT32_MIN, .to = CIVIL_OPEN};

const char *duty_code_text(const struct duty_table *t, int code) { return code >= 0 && code < t->n_codes ? t->code_text[code] : ""; }

struct duty_value duty_value_named(const struct duty_table *t, int name, const char *text)
{
	struct duty_value v = NOTHING;
	v.name = name;
	v.text = str_or(text, "");
	if (!*v.text)
		return v;
	v.symbol = duty_symbol(t, v.text);
	bool digit = *v.text >= '0' && *v.text <= '9';
	if ((!digit && *v.text != '-' && *v.text != '+') || !str_int(v.text, &v.number))
		v.number = INT_NULL;
	char first[CIVIL_TEXT] = "0000-00-01"; /* a month, "2026-10", is known by its first day */
	bool month = digit && strlen(v.text) == 7;
	if (month)
		memcpy(first, v.text, 7);
	if (!digit || !civil_parse(month ? first : v.text, &v.day))
		v.day = CIVIL_NONE;
	return v;
}

struct duty_value duty_value_dated(const struct duty_table *t, const char *name, const char *text, civil from, civil to)
{
	struct duty_value v = duty_value_named(t, duty_symbol(t, name), text);
	v.from = from;
	v.to = to;
	return v;
}

struct duty_value duty_value(const struct duty_table *t, const char *name, const char *text)
{
	return duty_value_named(t, duty_symbol(t, name), text);
}

struct duty_value duty_value_day(const struct duty_table *t, struct arena *a, int name, civil day)
{
	char text[CIVIL_TEXT];
	civil_text(day, text);
	struct duty_value v = NOTHING;
	v.name = name;
	v.text = arena_str(a, text);
	v.symbol = duty_symbol(t, text);
	v.day = day;
	return v;
}

static const struct duty_value *find(const struct duty_value *v, size_t n, int name, civil on)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].name == name && (on == CIVIL_NONE || (v[i].from <= on && on <= v[i].to)))
			return &v[i];
	return NULL;
}

const struct duty_value *duty_field(const struct duty_fact *f, int name) { return find(f->v, f->n, name, CIVIL_NONE); }

civil duty_field_day(const struct duty_fact *f, int name)
{
	if (name == W_day)
		return f->on_day;
	const struct duty_value *v = duty_field(f, name);
	return v ? v->day : CIVIL_NONE;
}

static bool day_value(civil day, struct duty_value *out)
{
	*out = NOTHING;
	out->day = day;
	out->text = day == CIVIL_NONE ? "" : "day";
	return day != CIVIL_NONE;
}

static bool part_value(const struct duty_part *p, int name, civil on, struct duty_value *out)
{
	if (name == W_from || name == W_to)
		return day_value(name == W_from ? p->from : p->to, out);
	if (name == W_id) {
		*out = NOTHING;
		out->text = str_or(p->id, "");
		return *out->text != '\0';
	}
	const struct duty_value *v = find(p->v, p->n, name, on);
	*out = v ? *v : NOTHING;
	return v && *v->text;
}

static bool fact_value(const struct duty_fact *f, int name, struct duty_value *out)
{
	if (name == W_day)
		return day_value(f->on_day, out);
	const struct duty_value *v = duty_field(f, name);
	*out = v ? *v : NOTHING;
	return v && *v->text;
}

/* False: blank or unknown; *out is then a blank value. */
bool duty_ref_value(const struct duty_env *e, const struct duty_ref *r, const struct duty_fact *fact, civil on, struct duty_value *out)
{
	*out = NOTHING;
	if (!r->set)
		return false;
	if (r->scope == REF_PART) {
		for (const struct duty_part *p = e->part; p; p = p->parent)
			if (p->kind == r->part)
				return part_value(p, r->name, on, out);
		return false;
	}
	if (r->scope != REF_SUBJECT) {
		const struct duty_fact *f = r->scope == REF_EVENT ? e->event : fact;
		return f && fact_value(f, r->name, out);
	}
	const struct duty_value *v = find(e->s->attrs, e->s->n_attrs, r->name, on);
	if (v)
		*out = *v;
	return v && *v->text;
}

civil duty_ref_day(const struct duty_env *e, const struct duty_ref *r, civil on)
{
	struct duty_value v;
	return duty_ref_value(e, r, NULL, on, &v) ? v.day : CIVIL_NONE;
}

static bool is_one(const struct duty_term *t, const struct duty_value *v)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->symbols[i] == W_blank ? str_blank(v->text) : v->symbol >= 0 && t->symbols[i] == v->symbol)
			return true;
	return false;
}

static bool term_holds(const struct duty_term *t, const struct duty_value *v)
{
	switch (t->op) {
	case OP_IS: return is_one(t, v);
	case OP_IS_NOT: return !is_one(t, v);
	case OP_HAS: return law_list_has(v->text, t->texts[0]);
	case OP_GE: return v->number != INT_NULL && v->number >= t->number;
	case OP_LE: return v->number != INT_NULL && v->number <= t->number;
	case OP_GT: return v->number != INT_NULL && v->number > t->number;
	default: return v->number != INT_NULL && v->number < t->number;
	}
}

bool duty_cond_holds(const struct duty_env *e, const struct duty_cond *k, const struct duty_fact *fact, civil on)
{
	for (size_t i = 0; i < k->n; i++) {
		struct duty_value v;
		(void)duty_ref_value(e, &k->v[i].ref, fact, on, &v);
		if (!term_holds(&k->v[i], &v))
			return false;
	}
	return true;
}
