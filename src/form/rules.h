/* rules — the named expressions of a form: values, scores, categories, the result, checks.
 *
 * A small total language without loops (docs/forms.md): every expression ends, none can fail at run time, and types
 * are checked when the form is loaded. A blank is not zero: an expression over blanks has a lower and an upper
 * bound, taken over ALL completions of the blanks (exact: interval arithmetic first, then branch and bound; if the
 * bound of work is ever reached the result stays sound and only less definite, `exact` says so). A category is
 * 該当 / 非該当 only if every completion agrees, else 判定不能.
 * Numbers are int64 in the smallest unit of their item (dec(4,1): tenths), saturating; no floats.
 * Ownership: rules are static with their definition; outcomes are arena. Tests: tests/unit/test_form_rules.c,
 * tests/unit/test_form_score.c (brute force over completions). */
#ifndef TSU_FORM_RULES_H
#define TSU_FORM_RULES_H

#include "form/answer.h"

enum rule_type { RT_INT, RT_BOOL, RT_DATE, RT_CODE, RT_SET, RT_LIST, RT_TEXT };

enum rule_op {
	OP_NUM,      /* num (INT, BOOL, DATE) */
	OP_ITEM, OP_RULE, OP_TODAY,
	OP_POINTS,   /* of the item */
	OP_ANSWERED, /* the item has a value now; never varies over completions */
	OP_IS,       /* code item = option num */
	OP_HAS,      /* codes item holds option num */
	OP_ROWS,     /* rows of a list */
	OP_SUM, OP_SUB, OP_MUL, OP_DIV, /* DIV rounds half up; by zero gives 0 */
	OP_MIN, OP_MAX, OP_COUNT,
	OP_AND, OP_OR, OP_NOT, OP_IF,
	OP_EQ, OP_LT, OP_LE,
	OP_AGE,      /* full years at a day by the birthday, base/civil */
	OP_AGE_LAW,  /* the same by law: attained on the day before the birthday */
	OP_DAYS      /* days from a to b */
};

struct rule_expr {
	enum rule_op op;
	enum rule_type type;
	int64_t num;
	const struct form_item *item;
	const struct rule *rule;
	size_t n;
	struct rule_expr **args;
};

enum rule_kind { RULE_VALUE, RULE_SCORE, RULE_CATEGORY, RULE_RESULT, RULE_CHECK };

struct rule {
	const char *id, *code;     /* code: the name outside ("1" for c1); equals id if none */
	enum rule_kind kind;
	const char *label, *meaning, *criterion; /* 「3点以上」; "" if none */
	const struct rule_expr *expr;
	const char *text;          /* the expression as written */
	const char *unit;
	int scale;                 /* VALUE: places */
	int64_t max;               /* SCORE: full marks */
	bool axis;                 /* SCORE: an axis of the radar, in order */
	const char *axis_label;
	const char *yes, *no, *unknown;                   /* RESULT: codes */
	const char *yes_label, *no_label, *unknown_label; /* CATEGORY, RESULT; 該当 … by default */
	const char *message;       /* CHECK: the sentence when the expression is false */
	const char *field;         /* CHECK: item it is shown at */
	bool warning;              /* CHECK: warns only */
	const char *source, *confidence;
};

struct form_rules {
	struct rule *rules;
	size_t n;
};

const struct rule *rule_find(const struct form_rules *r, const char *id);

/* Parse and type-check one expression; scope = the list whose columns may be named without prefix, or NULL.
 * NULL and *why (arena, Japanese) on error. rules holds those defined before. */
struct rule_expr *rule_parse(struct arena *a, const struct form_def *d, const struct form_item *scope,
	const struct form_rules *rules, const char *text, const char **why);

enum tri { TRI_NO, TRI_YES, TRI_MAYBE };
/* row: the row of the list an item condition belongs to, or NULL. */
enum tri rule_test(const struct answers *root, const struct answers *row, const struct rule_expr *e, civil today);

struct rule_outcome {
	const struct rule *rule;
	int64_t min, max;              /* BOOL: 0/1 */
	bool exact;                    /* the bounds are attained */
	const struct form_item **missing; /* blank items that could change it, in the order of the form */
	size_t n_missing;
	const struct form_item **inputs;  /* all items it looks at, in the order of the form */
	size_t n_inputs;
};
enum tri outcome_tri(const struct rule_outcome *o);
/* Only the bounds: missing and inputs stay empty. Cheaper where a rule is one part of another's explanation. */
void rule_bounds(const struct answers *as, const struct rule *r, civil today, struct rule_outcome *out);
void rule_eval(struct arena *a, const struct answers *as, const struct rule *r, civil today, struct rule_outcome *out);

/* Plain Japanese: how it was computed, with inputs, and what is missing. Arena. */
const char *rule_explain(struct arena *a, const struct answers *as, const struct rule_outcome *o, civil today);
/* 「3点」「2〜4点」「21.5」「該当」「判定不能」 */
const char *rule_show(struct arena *a, const struct rule_outcome *o);

#endif
