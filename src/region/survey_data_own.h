/* survey_data_own — inside of region/survey_data*: what is gathered while a survey is made into columns. For survey_data*.c only. */
#ifndef TSU_REGION_SURVEY_DATA_OWN_H
#define TSU_REGION_SURVEY_DATA_OWN_H

#include "base/map.h"
#include "region/survey_data.h"
#include "region/survey_round.h"

enum { SURVEY_MOST_QUESTIONS = 512 };

/* One form item as a column. */
struct survey_column {
	struct tab_question *q;
	const char *path;                       /* of the form item */
	const char *other_path;                 /* その他の内容; NULL none */
	const char *parent;                     /* key of the question it depends on; NULL always asked */
	uint64_t parent_bits;                   /* asked if one of these was chosen */
	int of;                                 /* column whose option it counts or details; -1 none */
	int of_option;
};

struct survey_loading {
	struct ctx *c;
	struct arena *a;
	struct t_survey survey;
	struct t_survey_round *rounds;
	size_t n_rounds;
	struct t_survey_form *forms;
	size_t n_forms;
	struct t_survey_target *targets;
	struct map unit_of;                     /* target id as text → index + 1 */
	struct tab_data *d;
	struct tab_question *questions;
	struct survey_column *columns;
	size_t n;
	struct q_survey_invited_ids_row **invited; /* [n_rounds] */
	size_t *n_invited;
	/* answers */
	uint32_t *unit;
	uint8_t *round, *mode;
	civil *day;
	int64_t *row_id;
	size_t n_answers;
};

/* l->forms into l->questions and l->columns, and l->d's questions. */
MUST err survey_data_questions(struct survey_loading *l);
int survey_column_find(const struct survey_loading *l, const char *key); /* -1: none */
int survey_option_find(const struct tab_question *q, const char *code);  /* -1: none */

#endif
