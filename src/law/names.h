/* law/names — what lists, tables, inputs and values are called, for people who read the tables (law/names.tsv).
 *
 * Names decide nothing: the codes do. What has no name is shown by its code, so a table somebody adds is readable at once,
 * only less prettily. Ownership: static or borrowed from the catalogue, made texts in the arena given. Tests: test_law.c.
 */
#ifndef TSU_LAW_NAMES_H
#define TSU_LAW_NAMES_H

#include "law/decide.h"

/* The label of a name, or `otherwise`. */
const char *law_name_or(const struct law_catalogue *law, const char *kind, const char *key, const char *otherwise);
const char *law_list_name(const struct law_catalogue *law, const char *list);
const char *law_table_name(const struct law_catalogue *law, const char *table);
/* 「要介護状態区分が 要支援1・要支援2 のどれか」, one condition per line; "" if the rule has none. */
const char *law_condition_words(const struct law_catalogue *law, struct arena *a, const struct law_rule *rule);
const char *law_outcome_name(const struct law_catalogue *law, const struct law_rule *rule);
/* The papers of a rule, 「、」 between. */
const char *law_handin_names(const struct law_catalogue *law, struct arena *a, const struct law_rule *rule);
/* 「B（公的な資料、または本システムの区分）」: how sure the source is, in words. */
const char *law_confidence_words(struct arena *a, const char *confidence);
/* Everything the folder uses has a name? The first code without one, or NULL. For the test of the shipped folder. */
const char *law_names_missing(const struct law_catalogue *law, struct arena *a);

#endif
