#include "law/rule_words.h"

#include "base/buf.h"
#include "base/str.h"
#include "law/codes.h"
#include "law/names.h"
#include "law/numbers.h"

#include <string.h>

/* A value or a field, by whatever it is called. */
static const char *word_of(const struct law_catalogue *law, struct arena *a, const char *field, const char *word)
{
	static const char *const kinds[] = {"duty_field", "duty_word", "duty_part"};
	const char *own = *field ? law_name_or(law, "duty_word", arena_fmt(a, "%s=%s", field, word), NULL) : NULL;
	if (own)
		return own;
	if (str_eq(word, "blank"))
		return "空欄";
	if (str_eq(word, "day"))
		return "その日";
	for (size_t i = *field ? 1 : 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if ((own = law_name_or(law, kinds[i], word, NULL)))
			return own;
	for (size_t i = 0; i < law->n_codes; i++)
		if (str_eq(law->codes[i].code, word) && (str_eq(law->codes[i].list, "evidence") || str_eq(law->codes[i].list, "exc_kind")))
			return law->codes[i].label;
	return word;
}

/* 「計画の原案の日」: a field, with the part before a point. */
static const char *ref_words(const struct law_catalogue *law, struct arena *a, const char *ref)
{
	const char *dot = strchr(ref, '.');
	if (!dot)
		return word_of(law, a, "", ref);
	const char *part = arena_strn(a, ref, (size_t)(dot - ref));
	return arena_fmt(a, "%sの%s", str_eq(part, "event") ? "きっかけ" : law_name_or(law, "duty_part", part, part), word_of(law, a, "", dot + 1));
}

static const char *values_words(const struct law_catalogue *law, struct arena *a, const char *field, const char *values)
{
	struct buf b = buf_new(a);
	size_t n;
	const char *dot = strchr(field, '.');
	char **v = str_split(a, values, '|', &n);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s", i ? "・" : "", word_of(law, a, dot ? dot + 1 : field, str_trim(a, v[i])));
	return b.n ? b.p : "";
}

static const char *term_words(const struct law_catalogue *law, struct arena *a, const char *term)
{
	static const char *const ops[][3] = {{" in ", "が", " のどれか"}, {" has ", "に", " がある"}, {"!=", "が", " でない"}, {">=", "が", " 以上"}, {"<=", "が", " 以下"},
		{">", "が", " より大きい"}, {"<", "が", " より小さい"}, {"=", "が", ""}};
	for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++) {
		const char *at = strstr(term, ops[i][0]);
		if (!at)
			continue;
		const char *field = str_trim(a, arena_strn(a, term, (size_t)(at - term)));
		return arena_fmt(a, "%s%s %s%s", ref_words(law, a, field), ops[i][1], values_words(law, a, field, str_trim(a, at + strlen(ops[i][0]))), ops[i][2]);
	}
	return term;
}

const char *law_rule_condition(const struct law_catalogue *law, struct arena *a, const char *condition)
{
	struct buf b = buf_new(a);
	size_t n = 0;
	char **v = str_blank(condition) ? NULL : str_split(a, condition, '&', &n);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s", i ? "\n" : "", term_words(law, a, str_trim(a, v[i])));
	return b.n ? b.p : "";
}

static const char *number_words(const struct law_catalogue *law, struct arena *a, const char *text, civil on, const char **key)
{
	const struct law_number *k = law_number_find(law, text, on);
	if (k)
		return arena_fmt(a, "%lld%s（%s。%s）", (long long)k->value, law_unit_ja(k->unit), k->meaning, k->source);
	const struct law_param *p = str_starts(text, "param.") ? law_param_find(law, text + 6) : NULL;
	if (!p)
		return text;
	*key = p->key;
	const char *list = strstr(p->meaning, ": "), *unset = p->fallback; /* 「意味: code=言葉、…」 */
	const char *at = list ? strstr(list, arena_fmt(a, "%s=", p->fallback)) : NULL;
	if (at)
		unset = arena_strn(a, at + strlen(p->fallback) + 1, strstr(at, "、") ? (size_t)(strstr(at, "、") - at) - strlen(p->fallback) - 1 : strlen(at) - strlen(p->fallback) - 1);
	return arena_fmt(a, "保険者が決める値: %.*s（決めないとき %s%s）", list ? (int)(list - p->meaning) : (int)strlen(p->meaning), p->meaning, unset, law_unit_ja(p->unit));
}

/* All numbers whose name begins so. */
static const char *bounds_words(const struct law_catalogue *law, struct arena *a, const char *prefix, civil on)
{
	struct buf b = buf_new(a);
	for (size_t i = 0; i < law->n_numbers; i++) {
		const struct law_number *k = &law->numbers[i];
		if (str_starts(k->id, prefix) && k->from <= on && on <= k->to)
			buf_fmt(&b, "%s%s %lld%s", b.n ? "\n" : "", k->meaning, (long long)k->value, law_unit_ja(k->unit));
	}
	return b.n ? b.p : prefix;
}

static const char *list_words(const struct law_catalogue *law, struct arena *a, const char *text)
{
	struct buf b = buf_new(a);
	size_t n;
	char **v = str_split(a, text, '|', &n);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s", i ? "、" : "", ref_words(law, a, str_trim(a, v[i])));
	return b.n ? b.p : "";
}

static bool among(const char *const *list, const char *word)
{
	for (; *list; list++)
		if (str_eq(*list, word))
			return true;
	return false;
}

static const char *param_words(const struct law_catalogue *law, struct arena *a, const char *name, const char *text, civil on, const char **key)
{
	static const char *const conditions[] = {"event_if", "skip", "need", "alt_need", "exc_if", NULL};
	static const char *const numbers[] = {"n", "count", "grace", "number", "bound", "bound2", "den", "den2", "notice", "shift", "exc_notify", NULL};
	static const char *const lists[][2] = {{"unit", "duty_unit"}, {"per", "duty_per"}, {"op", "duty_op"}, {"early", "duty_yes"}, {"tv", "duty_yes"}, {"by_periods", "duty_yes"}, {"exc_act", "duty_yes"}};
	if (among(conditions, name))
		return law_rule_condition(law, a, text);
	if (str_eq(name, "exc_notify"))
		text = arena_fmt(a, "param.%s", text);
	if (among(numbers, name))
		return number_words(law, a, text, on, key);
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
		if (str_eq(lists[i][0], name))
			return law_name_or(law, lists[i][1], text, text);
	if (str_eq(name, "bounds"))
		return bounds_words(law, a, text, on);
	if (str_eq(name, "link"))
		return "同じ計画・同じ相手の記録だけを数えます";
	return list_words(law, a, text);
}

struct law_rule_param *law_rule_params(const struct law_catalogue *law, struct arena *a, const struct duty_rule_view *r, civil on, size_t *n)
{
	char **v = str_blank(r->params) ? NULL : str_split(a, r->params, ';', n);
	if (!v)
		*n = 0;
	struct law_rule_param *out = ARENA_ARRAY(a, *n + 1, struct law_rule_param);
	for (size_t i = 0; i < *n; i++) {
		size_t len = strcspn(v[i], "=");
		const char *name = arena_strn(a, v[i], len), *text = v[i][len] ? v[i] + len + 1 : "";
		out[i] = (struct law_rule_param){.name = name, .label = law_name_or(law, "duty_param", name, name), .key = ""};
		out[i].words = param_words(law, a, name, text, on, &out[i].key);
	}
	return out;
}

const char *law_rule_codes(const struct law_catalogue *law, struct arena *a, const char *list, const char *codes)
{
	struct buf b = buf_new(a);
	size_t n = 0;
	char **v = str_blank(codes) ? NULL : str_split(a, codes, '|', &n);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s", i ? "、" : "", law_code_label(law, list, v[i]));
	return b.n ? b.p : "";
}
