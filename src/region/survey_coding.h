/* survey_coding — free texts of a survey put into groups by two coders (C-183).
 *
 * The code book are the groups of a question, in order. Each of two coders puts a text into as many groups as fit; a text in no group
 * stays 未分類. A quote is what may be printed of a text: written by the coder, names left out; names of targets are refused.
 * The seat of a coder belongs to an account: whoever has put the first mark of a question as coder 1 stays coder 1 there and is refused as
 * coder 2, so that the agreement is one of two people. Another account sits down in a taken seat only by saying that it takes over; what was
 * coded stays, with its account and history. A seat is told by the marks that stand, so one without marks is free.
 * Named and anonymous surveys alike (survey_coding.answer_id / anon_id). A group in use cannot be removed.
 * Gate: survey_gate of the survey (write). Ownership: arena. Errors: ERR_INPUT with faults, ERR_NOTFOUND, those of the gate.
 * Tests: tests/http/test_survey_report.py, tests/unit/test_region_survey.c. */
#ifndef TSU_REGION_SURVEY_CODING_H
#define TSU_REGION_SURVEY_CODING_H

#include "region/survey.h"

/* The texts that can be coded: questions of free text, by key. */
struct survey_coding_question {
	const char *key, *no, *label;
	int64_t n_texts, n_coded[2]; /* by coder */
	size_t n_groups;
};
MUST err survey_coding_questions(struct ctx *c, const char *survey_pid, struct survey_coding_question **v, size_t *n);

/* What was written beside an option such as その他. who "" in an anonymous survey. */
struct survey_other_words {
	const char *no, *label, *round, *who, *text;
};
MUST err survey_other_list(struct ctx *c, const char *survey_pid, struct survey_other_words **v, size_t *n);

struct survey_coding_text {
	const char *token;      /* names the text on the page; another one when the text is changed */
	const char *round, *who;/* who: "" in an anonymous survey */
	const char *text, *quote;
	uint64_t chosen[2];     /* bit g: group g of the list, by coder */
	bool done[2];
};
struct survey_coding_view {
	struct t_survey survey;
	const char *key, *label;
	struct t_survey_group *groups;
	size_t n_groups;
	struct survey_coding_text *texts;
	size_t n_texts;
	int64_t both, same;     /* texts coded by both; those where both say the same */
	const char *holder[2];  /* name of the account in the seat of coder 1 and 2; "" free */
	int mine;               /* the actor's own seat, 1 or 2; 0 none yet */
};
MUST err survey_coding_open(struct ctx *c, const char *survey_pid, const char *key, struct survey_coding_view *out);

enum { SURVEY_GROUPS_MAX = 60 };
MUST err survey_group_add(struct ctx *c, const char *survey_pid, const char *key, const char *label);
MUST err survey_group_rename(struct ctx *c, const char *survey_pid, const char *key, const char *group_pid, const char *label);
MUST err survey_group_remove(struct ctx *c, const char *survey_pid, const char *key, const char *group_pid);

/* What one coder says of one text. groups: bits in the order of the list; quote: "" none. coder 1 or 2. */
struct survey_coding_save {
	const char *survey_pid, *key;
	int coder;
	bool take_over;         /* from the account in the seat */
	const struct survey_coding_said {
		const char *token;
		uint64_t groups;
		const char *quote;
	} *said;
	size_t n;
};
MUST err survey_coding_put(struct ctx *c, const struct survey_coding_save *s);

#endif
