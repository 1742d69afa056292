/* region/tab_words — sentences from tables (C-185, C-186): what the figures say, in official plain Japanese.
 *
 * Each sentence takes its figures from the table it is made from and names base and question, so it can neither cite another question
 * (seed 000 put the effect share under the plan) nor say more than the table prints: a hidden cell gives a sentence without the figure.
 * Ownership: arena. Errors: as in tab_ask. Tests: tests/unit/test_tab_words.c.
 */
#ifndef TSU_REGION_TAB_WORDS_H
#define TSU_REGION_TAB_WORDS_H

#include "region/tab_ask.h"

enum tab_style { TAB_STYLE_DESU, TAB_STYLE_NOUN }; /* …39か所（64%）です。 / …39か所（64%） */
struct tab_say {
	enum tab_style style;
	bool rounded;           /* put the round word beside the exact figure: 39か所（64%、約6割） */
};

/* 約半数 (45 % and more, under 55 %), 約N割 (nearest ten, half-up, never truncated), すべて, ほぼすべて (95 % and more), ごく一部 (under 5 %),
 * なし; 該当なし without a base. */
const char *tab_word_share(struct arena *a, int64_t num, int64_t den);
/* §5.6: "one in N", N = floor(1 / rate): 17人に1人. "" when num is 0. */
const char *tab_word_one_in(struct arena *a, int64_t num, int64_t den, const char *counter);

/* 市内61か所のうち、一度でも「実施あり」と回答した地域包括支援センターは39か所（64%）です。 / …一度も「実施あり」と回答していない…; where some
 * never answered, 「回答はあり、一度も…」: say them beside it (tab_say_silent). */
MUST err tab_say_ever(const struct tab *t, const struct tab_ask *ask, const struct tab_say *say, bool never, const char **out);
/* 市内61か所のうち、どの回にもこの設問への回答がない地域包括支援センターは60か所（98%）です。 "" if there is none, or it was folded into "never". */
MUST err tab_say_silent(const struct tab *t, const struct tab_ask *ask, const struct tab_say *say, const char **out);
/* 「実施あり」とした回答（延べ）81件のうち、効果について「大変効果があった」「効果があった」と回答したのは、あわせて73件（90%）です。 */
MUST err tab_say_options(const struct tab *t, const struct tab_ask *ask, const char *const *codes, size_t n, const struct tab_say *say, const char **out);
/* The same for the first `top` options of the question with that role: the effect share asks for role "effect" (C-185). */
MUST err tab_say_top(const struct tab *t, const char *role, size_t top, const struct tab_filter *f, const struct tab_say *say, const char **out);
/* 最も多いのは「…」（40件、49%）で、次いで「…」（30件、37%）です。 Ties are named together. */
MUST err tab_say_rank(const struct tab *t, const struct tab_ask *ask, const struct tab_say *say, const char **out);
/* 事例検討会の平均は1.4回（57回÷41、母数は「事例検討会」を選んだ回答）です。 One per option of the mean table. */
MUST err tab_say_means(const struct tab *t, const struct tab_ask *ask, const struct tab_say *say, const char ***out, size_t *n);
/* 依頼した4,452か所のうち1,148か所から回答があり、回答率は25.8%です。 */
MUST err tab_say_response(const struct tab *t, const struct tab_filter *f, const struct tab_say *say, const char **out);
/* 「実施あり」と回答した割合は、第1四半期が33%（回答 n=60）、第4四半期が38%（回答 n=58）で、5ポイント増えています。 */
MUST err tab_say_change(const struct tab *t, const struct tab_ask *ask, const char *code, size_t from_round, size_t to_round, const struct tab_say *say,
	const char **out);
/* The same from a table of tab_compare or tab_compare_sides. ERR_TAB_QUESTION: no such row. */
MUST err tab_say_moved(struct arena *a, const struct tab_table *x, const char *code, const char *from, const char *to, const struct tab_say *say, const char **out);

#endif
