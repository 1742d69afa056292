/* The compact text syntax of expressions; grammar in docs/forms.md. */
#include "base/str.h"
#include "form/rules.h"

#include <string.h>

enum token { T_END, T_NUM, T_TEXT, T_NAME, T_OP, T_BAD };

struct parser {
	struct arena *a;
	const struct form_def *d;
	const struct form_item *scope;
	const struct form_rules *rules;
	const char *p;
	enum token tok;
	int64_t num;
	char text[160]; /* name, operator or quoted text */
	int depth;
	const char *why;
};

static void *fail(struct parser *x, const char *fmt, ...)
{
	if (!x->why) {
		va_list ap;
		va_start(ap, fmt);
		x->why = arena_vfmt(x->a, fmt, ap);
		va_end(ap);
	}
	x->tok = T_BAD;
	return NULL;
}

static bool name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

static void take(struct parser *x, enum token t, const char *from, size_t n)
{
	if (n >= sizeof x->text) {
		fail(x, "名前が長すぎます");
		return;
	}
	memcpy(x->text, from, n);
	x->text[n] = 0;
	x->tok = t;
}

static void next(struct parser *x)
{
	if (x->why)
		return;
	while (*x->p == ' ' || *x->p == '\n' || *x->p == '\t')
		x->p++;
	const char *from = x->p;
	if (!*from) {
		x->tok = T_END;
		x->text[0] = 0;
	} else if (*from >= '0' && *from <= '9') {
		while (*x->p >= '0' && *x->p <= '9')
			x->p++;
		take(x, T_NUM, from, (size_t)(x->p - from));
		if (!x->why && !str_int(x->text, &x->num))
			fail(x, "数「%s」が大きすぎます", x->text);
		if (name_char(*x->p))
			fail(x, "数のあとに文字があります");
	} else if (*from >= 'a' && *from <= 'z') {
		/* one point joins a list and its column; two make a range */
		while (name_char(*x->p) || (*x->p == '.' && x->p[1] >= 'a' && x->p[1] <= 'z'))
			x->p++;
		take(x, T_NAME, from, (size_t)(x->p - from));
	} else if (*from == '\'') {
		const char *end = strchr(from + 1, '\'');
		if (!end) {
			fail(x, "「'」が閉じられていません");
			return;
		}
		x->p = end + 1;
		take(x, T_TEXT, from + 1, (size_t)(end - from - 1));
	} else {
		static const char *const ops[] = {"..", "<=", ">=", "!=", "<", ">", "=", "+", "-", "*", "(", ")", ","};
		for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++)
			if (str_starts(from, ops[i])) {
				x->p += strlen(ops[i]);
				take(x, T_OP, ops[i], strlen(ops[i]));
				return;
			}
		fail(x, "読めない文字があります: %.12s", from);
	}
}

static bool is(const struct parser *x, const char *text)
{
	return (x->tok == T_OP || x->tok == T_NAME) && str_eq(x->text, text);
}

static bool accept(struct parser *x, const char *text)
{
	if (!is(x, text))
		return false;
	next(x);
	return true;
}

static bool expect(struct parser *x, const char *text)
{
	if (accept(x, text))
		return true;
	fail(x, "「%s」があるはずの所に「%s」があります", text, x->tok == T_END ? "終わり" : x->text);
	return false;
}

static struct rule_expr *node(struct parser *x, enum rule_op op, enum rule_type type)
{
	struct rule_expr *e = ARENA_NEW(x->a, struct rule_expr);
	e->op = op;
	e->type = type;
	return e;
}

static struct rule_expr *with(struct parser *x, enum rule_op op, enum rule_type type, struct rule_expr *l,
	struct rule_expr *r)
{
	struct rule_expr *e = node(x, op, type);
	e->n = r ? 2 : 1;
	e->args = ARENA_ARRAY(x->a, 2, struct rule_expr *);
	e->args[0] = l;
	e->args[1] = r;
	return e;
}

static const char *type_ja(enum rule_type t)
{
	static const char *const ja[] = {"数", "真偽", "日付", "選択肢", "複数選択", "一覧", "文章"};
	return ja[t];
}

static bool want(struct parser *x, const struct rule_expr *e, enum rule_type t)
{
	if (!e)
		return false;
	if (e->type == t)
		return true;
	fail(x, "%sが要る所に%sがあります", type_ja(t), type_ja(e->type));
	return false;
}

static const struct form_item *find_item(struct parser *x, const char *name)
{
	if (x->scope)
		for (size_t i = 0; i < x->scope->n_children; i++)
			if (str_eq(x->scope->children[i].id, name))
				return &x->scope->children[i];
	const struct form_item *it = form_item_find(x->d, name);
	if (it && it->parent && it->parent != x->scope)
		return NULL; /* a column has a value only inside its row */
	return it;
}

static enum rule_type item_rule_type(const struct form_item *it)
{
	switch (it->type) {
	case ITEM_INT: case ITEM_DEC: case ITEM_YM: case ITEM_TIME: return RT_INT;
	case ITEM_BOOL: return RT_BOOL;
	case ITEM_DATE: case ITEM_PARTIAL_DATE: return RT_DATE;
	case ITEM_CODE: return RT_CODE;
	case ITEM_CODES: return RT_SET;
	case ITEM_LIST: return RT_LIST;
	default: return RT_TEXT;
	}
}

static struct rule_expr *of_item(struct parser *x, const struct form_item *it)
{
	if (it->type == ITEM_DERIVED) {
		const struct rule *r = rule_find(x->rules, it->derive);
		if (!r)
			return fail(x, "「%s」の式がこれより前にありません", it->id);
		struct rule_expr *e = node(x, OP_RULE, r->expr->type);
		e->rule = r;
		return e;
	}
	struct rule_expr *e = node(x, OP_ITEM, item_rule_type(it));
	e->item = it;
	return e;
}

static struct rule_expr *of_name(struct parser *x, const char *name)
{
	const struct rule *r = rule_find(x->rules, name);
	if (r) {
		struct rule_expr *e = node(x, OP_RULE, r->expr->type);
		e->rule = r;
		return e;
	}
	const struct form_item *it = find_item(x, name);
	if (!it)
		return fail(x, "「%s」という項目も式もありません", name);
	return of_item(x, it);
}

static struct rule_expr *expression(struct parser *x);

struct args {
	struct rule_expr **e;
	size_t n, cap;
};

static void push(struct parser *x, struct args *g, struct rule_expr *e)
{
	if (!e)
		return;
	if (g->n == g->cap) {
		size_t cap = g->cap ? g->cap * 2 : 8;
		struct rule_expr **to = ARENA_ARRAY(x->a, cap, struct rule_expr *);
		if (g->n)
			memcpy(to, g->e, g->n * sizeof *to);
		g->e = to;
		g->cap = cap;
	}
	g->e[g->n++] = e;
}

/* "kcl01..kcl20": the items between, in the order of the form. */
static void range(struct parser *x, struct args *g, const char *from)
{
	const struct form_item *a = find_item(x, from);
	const struct form_item *b = x->tok == T_NAME ? find_item(x, x->text) : NULL;
	if (!a || !b || a->parent != b->parent || a->index > b->index) {
		fail(x, "「%s..%s」の範囲が正しくありません", from, x->text);
		return;
	}
	next(x);
	for (const struct form_item *it = a; it <= b; it++)
		if (it->type != ITEM_DISPLAY)
			push(x, g, of_item(x, it));
}

static struct args arguments(struct parser *x)
{
	struct args g = {0};
	if (accept(x, ")"))
		return g;
	do {
		const char *back = x->p;
		char name[sizeof x->text];
		enum token t = x->tok;
		memcpy(name, x->text, sizeof name);
		if (t == T_NAME) {
			next(x);
			if (accept(x, "..")) {
				range(x, &g, name);
				continue;
			}
			if (x->why)
				return g;
			x->p = back;
			x->tok = t;
			memcpy(x->text, name, sizeof name);
		}
		push(x, &g, expression(x));
	} while (!x->why && accept(x, ","));
	expect(x, ")");
	return g;
}

static struct rule_expr *all_of(struct parser *x, enum rule_op op, enum rule_type out, enum rule_type in, struct args *g)
{
	if (!g->n)
		return fail(x, "中身のない関数があります");
	for (size_t i = 0; i < g->n; i++)
		if (!want(x, g->e[i], in))
			return NULL;
	struct rule_expr *e = node(x, op, out);
	e->n = g->n;
	e->args = g->e;
	return e;
}

static struct rule_expr *points(struct parser *x, struct args *g)
{
	for (size_t i = 0; i < g->n; i++) {
		struct rule_expr *e = g->e[i];
		if (e->op == OP_ITEM && (e->type == RT_BOOL || e->type == RT_CODE || e->type == RT_SET)) {
			struct rule_expr *p = node(x, OP_POINTS, RT_INT);
			p->item = e->item;
			g->e[i] = p;
		} else if (e->type == RT_BOOL) { /* a judgement counts one point */
			g->e[i] = with(x, OP_COUNT, RT_INT, e, NULL);
		} else if (e->op != OP_RULE || e->type != RT_INT) {
			return fail(x, "points には点のある項目を書いてください");
		}
	}
	return all_of(x, OP_SUM, RT_INT, RT_INT, g);
}

static int64_t option_index(struct parser *x, const struct form_item *it, const char *code)
{
	const struct form_option *o = form_option_find(it, code);
	if (o)
		return o - it->options;
	fail(x, "「%s」に「%s」という選択肢はありません", it->id, code);
	return 0;
}

/* has(item, 'a'), answered(item), rows(list), date('2015-04-01'): their arguments are not expressions. */
static struct rule_expr *special(struct parser *x, const char *f)
{
	if (str_eq(f, "date")) {
		civil day;
		if (x->tok != T_TEXT || !civil_parse(x->text, &day))
			return fail(x, "date('2015-04-01') のように書いてください");
		struct rule_expr *e = node(x, OP_NUM, RT_DATE);
		e->num = day;
		next(x);
		return expect(x, ")") ? e : NULL;
	}
	const struct form_item *it = x->tok == T_NAME ? find_item(x, x->text) : NULL;
	if (!it || it->type == ITEM_DERIVED || it->type == ITEM_DISPLAY)
		return fail(x, "%s には項目の名前を書いてください（「%s」）", f, x->text);
	next(x);
	enum rule_op op = str_eq(f, "has") ? OP_HAS : str_eq(f, "rows") ? OP_ROWS : OP_ANSWERED;
	if ((op == OP_HAS && it->type != ITEM_CODES) || (op == OP_ROWS && it->type != ITEM_LIST))
		return fail(x, "%s の項目「%s」の型が違います", f, it->id);
	struct rule_expr *e = node(x, op, op == OP_ROWS ? RT_INT : RT_BOOL);
	e->item = it;
	if (op == OP_HAS) {
		if (!expect(x, ","))
			return NULL;
		if (x->tok != T_TEXT)
			return fail(x, "has の選択肢は '…' で書いてください");
		e->num = option_index(x, it, x->text);
		next(x);
	}
	return expect(x, ")") ? e : NULL;
}

static struct rule_expr *call(struct parser *x, const char *f)
{
	if (str_eq(f, "date") || str_eq(f, "has") || str_eq(f, "answered") || str_eq(f, "rows"))
		return special(x, f);
	struct args g = arguments(x);
	if (x->why)
		return NULL;
	static const struct {
		const char *name;
		enum rule_op op;
		enum rule_type out, in;
		size_t n; /* 0 = any number */
	} table[] = {
		{"sum", OP_SUM, RT_INT, RT_INT, 0}, {"min", OP_MIN, RT_INT, RT_INT, 0}, {"max", OP_MAX, RT_INT, RT_INT, 0},
		{"count", OP_COUNT, RT_INT, RT_BOOL, 0}, {"any", OP_OR, RT_BOOL, RT_BOOL, 0},
		{"all", OP_AND, RT_BOOL, RT_BOOL, 0}, {"div", OP_DIV, RT_INT, RT_INT, 2},
		{"age", OP_AGE, RT_INT, RT_DATE, 2}, {"age_law", OP_AGE_LAW, RT_INT, RT_DATE, 2}, {"days", OP_DAYS, RT_INT, RT_DATE, 2},
	};
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (str_eq(table[i].name, f)) {
			if (table[i].n && g.n != table[i].n)
				return fail(x, "%s の中の数が違います", f);
			return all_of(x, table[i].op, table[i].out, table[i].in, &g);
		}
	if (str_eq(f, "points"))
		return points(x, &g);
	if (str_eq(f, "if")) {
		if (g.n != 3)
			return fail(x, "if は if(条件, 値, 値) と書いてください");
		if (!want(x, g.e[0], RT_BOOL) || !want(x, g.e[2], g.e[1]->type))
			return NULL;
		if (g.e[1]->type != RT_INT && g.e[1]->type != RT_BOOL && g.e[1]->type != RT_DATE)
			return fail(x, "if の値に%sは使えません", type_ja(g.e[1]->type));
		struct rule_expr *e = node(x, OP_IF, g.e[1]->type);
		e->n = 3;
		e->args = g.e;
		return e;
	}
	return fail(x, "「%s」という関数はありません", f);
}

static struct rule_expr *primary(struct parser *x)
{
	if (x->tok == T_NUM) {
		struct rule_expr *e = node(x, OP_NUM, RT_INT);
		e->num = x->num;
		next(x);
		return e;
	}
	if (accept(x, "(")) {
		struct rule_expr *e = expression(x);
		return e && expect(x, ")") ? e : NULL;
	}
	if (accept(x, "-")) {
		struct rule_expr *zero = node(x, OP_NUM, RT_INT), *e = primary(x);
		return want(x, e, RT_INT) ? with(x, OP_SUB, RT_INT, zero, e) : NULL;
	}
	if (x->tok != T_NAME)
		return fail(x, "値があるはずの所に「%s」があります", x->tok == T_END ? "終わり" : x->text);
	char name[sizeof x->text];
	memcpy(name, x->text, sizeof name);
	next(x);
	if (accept(x, "("))
		return call(x, name);
	if (str_eq(name, "true") || str_eq(name, "false")) {
		struct rule_expr *e = node(x, OP_NUM, RT_BOOL);
		e->num = name[0] == 't';
		return e;
	}
	if (str_eq(name, "today"))
		return node(x, OP_TODAY, RT_DATE);
	return of_name(x, name);
}

static struct rule_expr *product(struct parser *x)
{
	struct rule_expr *e = primary(x);
	while (e && accept(x, "*")) {
		struct rule_expr *r = primary(x);
		if (!want(x, e, RT_INT) || !want(x, r, RT_INT))
			return NULL;
		e = with(x, OP_MUL, RT_INT, e, r);
	}
	return e;
}

static struct rule_expr *arithmetic(struct parser *x)
{
	struct rule_expr *e = product(x);
	while (e && (is(x, "+") || is(x, "-"))) {
		enum rule_op op = is(x, "+") ? OP_SUM : OP_SUB;
		next(x);
		struct rule_expr *r = product(x);
		if (!want(x, e, RT_INT) || !want(x, r, RT_INT))
			return NULL;
		e = with(x, op, RT_INT, e, r);
	}
	return e;
}

static struct rule_expr *is_code(struct parser *x, struct rule_expr *l)
{
	if (x->tok != T_TEXT || l->op != OP_ITEM)
		return fail(x, "選択肢は '…' とくらべてください");
	struct rule_expr *e = node(x, OP_IS, RT_BOOL);
	e->item = l->item;
	e->num = option_index(x, l->item, x->text);
	next(x);
	return e;
}

static struct rule_expr *in_codes(struct parser *x, struct rule_expr *l)
{
	struct args g = {0};
	if (!want(x, l, RT_CODE) || !expect(x, "("))
		return NULL;
	do
		push(x, &g, is_code(x, l));
	while (!x->why && accept(x, ","));
	return expect(x, ")") ? all_of(x, OP_OR, RT_BOOL, RT_BOOL, &g) : NULL;
}

static struct rule_expr *comparison(struct parser *x)
{
	struct rule_expr *l = arithmetic(x);
	if (!l)
		return NULL;
	if (accept(x, "in"))
		return in_codes(x, l);
	if (accept(x, "between")) {
		struct rule_expr *lo = arithmetic(x);
		if (!lo || !expect(x, "and"))
			return NULL;
		struct rule_expr *hi = arithmetic(x);
		if (!want(x, lo, l->type) || !want(x, hi, l->type))
			return NULL;
		if (l->type != RT_INT && l->type != RT_DATE)
			return fail(x, "between は数か日付に使います");
		return with(x, OP_AND, RT_BOOL, with(x, OP_LE, RT_BOOL, lo, l), with(x, OP_LE, RT_BOOL, l, hi));
	}
	static const char *const ops[] = {"=", "!=", "<", "<=", ">", ">="};
	size_t k = 0;
	while (k < 6 && !is(x, ops[k]))
		k++;
	if (k == 6)
		return l;
	next(x);
	if (l->type == RT_CODE) {
		if (k > 1)
			return fail(x, "選択肢に大小はありません");
		struct rule_expr *e = is_code(x, l);
		return e && k == 1 ? with(x, OP_NOT, RT_BOOL, e, NULL) : e;
	}
	struct rule_expr *r = arithmetic(x);
	if (!want(x, r, l->type))
		return NULL;
	if (l->type != RT_INT && l->type != RT_DATE && !(l->type == RT_BOOL && k < 2))
		return fail(x, "%sはくらべられません", type_ja(l->type));
	switch (k) {
	case 0: return with(x, OP_EQ, RT_BOOL, l, r);
	case 1: return with(x, OP_NOT, RT_BOOL, with(x, OP_EQ, RT_BOOL, l, r), NULL);
	case 2: return with(x, OP_LT, RT_BOOL, l, r);
	case 3: return with(x, OP_LE, RT_BOOL, l, r);
	case 4: return with(x, OP_LT, RT_BOOL, r, l);
	default: return with(x, OP_LE, RT_BOOL, r, l);
	}
}

static struct rule_expr *negation(struct parser *x)
{
	if (!accept(x, "not"))
		return comparison(x);
	struct rule_expr *e = comparison(x);
	return want(x, e, RT_BOOL) ? with(x, OP_NOT, RT_BOOL, e, NULL) : NULL;
}

static struct rule_expr *conjunction(struct parser *x)
{
	struct rule_expr *e = negation(x);
	while (e && accept(x, "and")) {
		struct rule_expr *r = negation(x);
		if (!want(x, e, RT_BOOL) || !want(x, r, RT_BOOL))
			return NULL;
		e = with(x, OP_AND, RT_BOOL, e, r);
	}
	return e;
}

static struct rule_expr *expression(struct parser *x)
{
	if (++x->depth > 40)
		return fail(x, "式の入れ子が深すぎます");
	struct rule_expr *e = conjunction(x);
	while (e && accept(x, "or")) {
		struct rule_expr *r = conjunction(x);
		if (!want(x, e, RT_BOOL) || !want(x, r, RT_BOOL))
			return NULL;
		e = with(x, OP_OR, RT_BOOL, e, r);
	}
	x->depth--;
	return x->why ? NULL : e;
}

struct rule_expr *rule_parse(struct arena *a, const struct form_def *d, const struct form_item *scope,
	const struct form_rules *rules, const char *text, const char **why)
{
	struct parser x = {.a = a, .d = d, .scope = scope, .rules = rules, .p = text};
	next(&x);
	struct rule_expr *e = x.why ? NULL : expression(&x);
	if (e && x.tok != T_END)
		e = fail(&x, "式のあとに「%s」が残っています", x.text);
	if (!e && why)
		*why = x.why ? x.why : "式として読めません";
	return e;
}

const struct rule *rule_find(const struct form_rules *r, const char *id)
{
	for (size_t i = 0; r && i < r->n; i++)
		if (str_eq(r->rules[i].id, id))
			return &r->rules[i];
	return NULL;
}
