#include "law/decide.h"

#include "base/str.h"

#include <string.h>

static const char *const ops[] = {"!=", ">=", "<=", "=", ">", "<", " in ", " has "};

static bool is_number_op(const char *op) { return str_eq(op, ">=") || str_eq(op, "<=") || str_eq(op, ">") || str_eq(op, "<"); }

static bool parse_term(struct arena *keep, const char *text, struct law_term *t)
{
	for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++) {
		const char *p = strstr(text, ops[i]);
		if (!p || p == text)
			continue;
		const char *v = str_trim(keep, p + strlen(ops[i]));
		t->name = str_trim(keep, arena_strn(keep, text, (size_t)(p - text)));
		t->op = str_trim(keep, ops[i]);
		if (!*v || strpbrk(t->name, " |=<>!"))
			return false;
		char **parts = str_split(keep, v, '|', &t->n_values);
		t->values = (const char **)parts;
		if (t->n_values > 1 && !str_eq(t->op, "in"))
			return false;
		return !is_number_op(t->op) || str_int(v, &t->number);
	}
	return false;
}

err law_condition_parse(struct ctx *c, struct arena *keep, const char *text, struct law_term **terms, size_t *n)
{
	(void)c;
	*terms = NULL;
	*n = 0;
	if (str_blank(text))
		return OK;
	size_t parts_n;
	char **parts = str_split(keep, text, '&', &parts_n);
	struct law_term *v = ARENA_ARRAY(keep, parts_n, struct law_term);
	for (size_t i = 0; i < parts_n; i++)
		if (!parse_term(keep, str_trim(keep, parts[i]), &v[i]))
			return ERR_FORM_DEF;
	*terms = v;
	*n = parts_n;
	return OK;
}

static const struct law_input *input_of(const struct law_input *in, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(in[i].name, name))
			return &in[i];
	return NULL;
}

bool law_list_has(const char *list, const char *word)
{
	size_t len = strlen(word);
	for (const char *p = list; *p; p += strcspn(p, "|"), p += *p == '|')
		if (strcspn(p, "|") == len && strncmp(p, word, len) == 0)
			return true;
	return false;
}

static bool one_of(const struct law_term *t, const char *value)
{
	for (size_t i = 0; i < t->n_values; i++)
		if (str_eq(t->values[i], value))
			return true;
	return false;
}

static enum law_truth term_truth(const struct law_term *t, const char *value)
{
	if (!value || !*value)
		return LAW_OPEN;
	if (str_eq(t->op, "=") || str_eq(t->op, "in"))
		return one_of(t, value) ? LAW_TRUE : LAW_FALSE;
	if (str_eq(t->op, "!="))
		return one_of(t, value) ? LAW_FALSE : LAW_TRUE;
	if (str_eq(t->op, "has"))
		return law_list_has(value, t->values[0]) ? LAW_TRUE : LAW_FALSE;
	int64_t v;
	if (!str_int(value, &v))
		return LAW_OPEN;
	bool yes = str_eq(t->op, ">=")   ? v >= t->number
	           : str_eq(t->op, "<=") ? v <= t->number
	           : str_eq(t->op, ">")  ? v > t->number
	                                 : v < t->number;
	return yes ? LAW_TRUE : LAW_FALSE;
}

static void add_missing(const char **list, size_t *n, const char *label)
{
	for (size_t i = 0; i < *n; i++)
		if (str_eq(list[i], label))
			return;
	list[(*n)++] = label;
}

static err rule_truth(struct ctx *c, const struct law_rule *r, const struct law_input *in, size_t n_in,
                      struct law_rule_result *out)
{
	out->rule = r;
	out->truth = LAW_TRUE;
	out->missing = ARENA_ARRAY(c->arena, r->n_terms + 1, const char *);
	out->n_missing = 0;
	for (size_t i = 0; i < r->n_terms; i++) {
		const struct law_input *v = input_of(in, n_in, r->terms[i].name);
		if (!v) /* the table asks for an input that the caller does not know: the table or the caller is wrong */
			return fault_add(c, "", ERR_FORM_DEF, "規則 %s の条件「%s」に対応する項目がありません。", r->id,
			                 r->terms[i].name);
		enum law_truth t = term_truth(&r->terms[i], v->value);
		if (t == LAW_FALSE) {
			out->truth = LAW_FALSE;
			out->n_missing = 0;
			return OK;
		}
		if (t == LAW_OPEN) {
			out->truth = LAW_OPEN;
			add_missing(out->missing, &out->n_missing, v->label);
		}
	}
	return OK;
}

err law_decide(struct ctx *c, const struct law_catalogue *law, const char *table, civil on, const struct law_input *in,
               size_t n_in, struct law_decision *out)
{
	memset(out, 0, sizeof *out);
	out->rows = ARENA_ARRAY(c->arena, law->n_rules + 1, struct law_rule_result);
	out->missing = ARENA_ARRAY(c->arena, n_in + 1, const char *);
	const struct law_rule *first_true = NULL;
	bool open_before = false;
	for (size_t i = 0; i < law->n_rules; i++) {
		const struct law_rule *r = &law->rules[i];
		if (!str_eq(r->table, table) || on < r->from || on > r->to)
			continue;
		struct law_rule_result *row = &out->rows[out->n_rows++];
		TRY(rule_truth(c, r, in, n_in, row));
		if (first_true)
			continue;
		if (row->truth == LAW_TRUE)
			first_true = r;
		/* An open row with the same outcome as the later true one settles nothing new, but it is only known
		 * afterwards; so it is kept and looked at again below. */
		else if (row->truth == LAW_OPEN)
			open_before = true;
	}
	if (!first_true && !open_before)
		return OK;
	for (size_t i = 0; open_before && i < out->n_rows && out->rows[i].rule != first_true; i++) {
		if (out->rows[i].truth != LAW_OPEN || (first_true && str_eq(out->rows[i].rule->outcome, first_true->outcome)))
			continue;
		for (size_t k = 0; k < out->rows[i].n_missing; k++)
			add_missing(out->missing, &out->n_missing, out->rows[i].missing[k]);
	}
	if (out->n_missing == 0)
		out->rule = first_true;
	return OK;
}
