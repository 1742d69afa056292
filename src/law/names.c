#include "law/names.h"

#include "base/buf.h"
#include "base/str.h"
#include "law/codes.h"

static const char *name_of(const struct law_catalogue *law, const char *kind, const char *key)
{
	for (size_t i = 0; i < law->n_names; i++)
		if (str_eq(law->names[i].kind, kind) && str_eq(law->names[i].key, key))
			return law->names[i].label;
	return NULL;
}

const char *law_name_or(const struct law_catalogue *law, const char *kind, const char *key, const char *otherwise)
{
	return str_or(name_of(law, kind, key), otherwise);
}

const char *law_list_name(const struct law_catalogue *law, const char *list) { return str_or(name_of(law, "list", list), list); }
const char *law_table_name(const struct law_catalogue *law, const char *table) { return str_or(name_of(law, "table", table), table); }

static const char *list_label(const struct law_catalogue *law, const char *kind, const char *key, const char *code)
{
	const char *list = name_of(law, kind, key);
	return list ? law_code_label(law, list, code) : code;
}

static const char *value_name(const struct law_catalogue *law, struct arena *a, const char *input, const char *value)
{
	const char *own = name_of(law, "value", arena_fmt(a, "%s=%s", input, value));
	return own ? own : list_label(law, "values", input, value);
}

static void term_words(const struct law_catalogue *law, struct arena *a, const struct law_rule *rule, const struct law_term *t, struct buf *b)
{
	static const char *const tails[][2] = {{"=", ""}, {"!=", "ではない"}, {">=", "以上"}, {"<=", "以下"}, {">", "より大きい"}, {"<", "より小さい"}, {"in", "のどれか"}};
	const char *input = arena_fmt(a, "%s.%s", rule->table, t->name);
	buf_fmt(b, "%s: ", str_or(name_of(law, "input", input), t->name));
	for (size_t i = 0; i < t->n_values; i++)
		buf_fmt(b, "%s%s", i ? "・" : "", value_name(law, a, input, t->values[i]));
	for (size_t i = 0; i < sizeof tails / sizeof tails[0]; i++)
		if (str_eq(tails[i][0], t->op) && *tails[i][1])
			buf_fmt(b, " %s", tails[i][1]);
}

const char *law_condition_words(const struct law_catalogue *law, struct arena *a, const struct law_rule *rule)
{
	struct buf b = buf_new(a);
	for (size_t i = 0; i < rule->n_terms; i++) {
		if (i)
			buf_str(&b, "\n");
		term_words(law, a, rule, &rule->terms[i], &b);
	}
	return b.n ? b.p : "";
}

const char *law_outcome_name(const struct law_catalogue *law, const struct law_rule *rule)
{
	return list_label(law, "outcomes", rule->table, rule->outcome);
}

const char *law_handin_names(const struct law_catalogue *law, struct arena *a, const struct law_rule *rule)
{
	struct buf b = buf_new(a);
	size_t n = 0;
	char **v = str_blank(rule->handin) ? NULL : str_split(a, rule->handin, '|', &n);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s", i ? "、" : "", list_label(law, "handins", rule->table, v[i]));
	return b.n ? b.p : "";
}

const char *law_confidence_words(struct arena *a, const char *confidence)
{
	static const char *const words[][2] = {{"A", "法令・通知の原文で確かめたもの"}, {"B", "公的な資料、または本システムの区分"},
		{"C", "一般に知られていること。使う前に確かめてください"}, {"要確認", "保険者（市町村）に確かめてください"}};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_eq(words[i][0], confidence))
			return arena_fmt(a, "%s（%s）", confidence, words[i][1]);
	return confidence;
}

const char *law_names_missing(const struct law_catalogue *law, struct arena *a)
{
	for (size_t i = 0; i < law->n_codes; i++)
		if (!name_of(law, "list", law->codes[i].list))
			return law->codes[i].list;
	for (size_t i = 0; i < law->n_rules; i++) {
		const struct law_rule *r = &law->rules[i];
		if (!name_of(law, "table", r->table))
			return r->table;
		if (str_eq(law_outcome_name(law, r), r->outcome))
			return r->outcome;
		for (size_t k = 0; k < r->n_terms; k++) {
			const char *input = arena_fmt(a, "%s.%s", r->table, r->terms[k].name);
			if (!name_of(law, "input", input))
				return input;
			for (size_t v = 0; v < r->terms[k].n_values; v++)
				if (str_eq(value_name(law, a, input, r->terms[k].values[v]), r->terms[k].values[v]))
					return arena_fmt(a, "%s=%s", input, r->terms[k].values[v]);
		}
	}
	return NULL;
}
