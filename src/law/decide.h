/* law/decide — the evaluator kind "decision table": ordered rows, each a conjunction of comparisons on named
 * inputs and an outcome. Used by 振り分け (law/routing.tsv).
 *
 * Logic is three-valued: an input may be unknown (NULL or ""). A row is true, false or open (an unknown input could
 * make it true). The decision is the first true row, provided that no open row stands before it; otherwise the
 * decision is open and names the inputs that would settle it. So a blank never counts as "no".
 * Grammar of a condition: term (" & " term)*, term = name op value; op one of = != in has >= <= > < ; `in` takes
 * values joined by "|", `has` asks whether a value that is such a list holds the word; >= <= > < compare integers. An empty condition is true.
 * Tests: tests/unit/test_law.c (against brute force over completions).
 */
#ifndef TSU_LAW_DECIDE_H
#define TSU_LAW_DECIDE_H

#include "law/tables.h"

enum law_truth { LAW_FALSE, LAW_TRUE, LAW_OPEN };

struct law_term {
	const char *name, *op;
	const char **values;
	size_t n_values;
	int64_t number;
};

struct law_rule {
	const char *table, *id, *condition, *outcome, *reason, *handin, *source, *confidence;
	const struct law_term *terms;
	size_t n_terms;
	civil from, to;
};

struct law_input {
	const char *name;  /* as in the conditions */
	const char *label; /* official words, for the explanation */
	const char *value; /* NULL or "" = unknown */
	const char *shown; /* the value in words */
};

struct law_rule_result {
	const struct law_rule *rule;
	enum law_truth truth;
	const char **missing; /* labels of unknown inputs that keep it open; arena */
	size_t n_missing;
};

struct law_decision {
	const struct law_rule *rule;       /* the deciding row, NULL when open or when no row fits */
	struct law_rule_result *rows;      /* every row valid that day, in order; arena */
	size_t n_rows;
	const char **missing;              /* labels of what would settle it, when rule is NULL; arena */
	size_t n_missing;
};

MUST err law_decide(struct ctx *c, const struct law_catalogue *law, const char *table, civil on,
                    const struct law_input *in, size_t n_in, struct law_decision *out);

/* Parse a condition into terms (used by law_load). */
MUST err law_condition_parse(struct ctx *c, struct arena *keep, const char *text, struct law_term **terms, size_t *n);

/* Does a list "a|b|c" hold the word? */
bool law_list_has(const char *list, const char *word);

#endif
