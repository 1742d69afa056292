/* pages/front — what a respondent of a survey sees: a page behind a personal link, without account, for a phone first.
 *
 * Works without JavaScript: questions that hang on another answer are all shown with a line that says whom they ask, and what is typed
 * under a branch that is not taken does not count; assets/front.js hides them. Nothing of the house (menu, login) is on these pages.
 * Legal and other source: community-process C-167, C-169, C-170, C-173, C-193. Tests: tests/http/test_front.py. */
#ifndef TSU_WEB_PAGES_FRONT_H
#define TSU_WEB_PAGES_FRONT_H

#include "region/front.h"
#include "web/pages/form_fields.h"

struct front_q {
	const struct ff_field *field;
	const char *path;
	const char *only;  /* 問2で「あり」と答えた方だけ; "" = everybody */
	const char *cond;  /* the condition for the script, JSON; "" = always shown */
};
struct front_section {
	const char *id, *label;
	struct front_q *qs;
	size_t n;
};
/* A question and its answer in words: what was answered, what was typed, what both sides of a conflict say. */
struct front_line {
	const char *label, *value, *theirs;
};

struct front_page_view {
	struct page_view *page;
	const char *action, *script, *css;
	const struct front_view *v;
	int64_t base;
	struct front_section *sections;
	size_t n_sections;
	bool any_branch, any_prefill, kept;
	const struct front_line *conflict;
	size_t n_conflict;
};

/* Everything that is no form: thanks, closed, wrong link, what was answered. */
struct front_said_view {
	struct page_view *page;
	const char *css, *script;
	const char *kind, *sentence, *mend; /* of the banner: ok, note, warn, bad */
	const struct front_view *v;         /* NULL: the link is unknown */
	const char *again, *again_label;    /* a link onwards; "" = none */
	const char *lines_head;             /* what the lines are */
	const struct front_line *lines;
	size_t n_lines;
	bool handed_in, show_results, printable;
};

/* front_questions.c */
void front_questions(struct req *r, const struct front_view *v, struct front_page_view *out);
struct front_line *front_lines(struct req *r, const struct front_view *v, const struct answers *as, bool all, size_t *n);
struct front_line *front_typed(struct req *r, const struct front_view *v, size_t *n);
struct front_line *front_differ(struct req *r, const struct answers *mine, const struct answers *theirs, size_t *n);

#endif
