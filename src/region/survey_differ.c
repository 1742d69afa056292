#include "region/survey_differ.h"

#include "base/str.h"
#include "codec/csv.h"
#include "region/survey_seat.h"
#include "sql/q_survey.h"

static const char *nothing(struct arena *a, const struct form_item *it)
{
	return it->type == ITEM_INT ? answer_show(a, it, &(struct answer){.blank = BLANK_NONE, .num = 0}) : "なし";
}

static const char *shown(struct arena *a, const struct answer_diff *d, const struct answer *v) { return v ? answer_show(a, d->item, v) : ""; }

err survey_differences(struct ctx *c, const struct answers *known, const struct answers *given, struct survey_difference **v, size_t *n)
{
	struct answer_diff *d;
	*n = 0;
	*v = NULL;
	if (!known)
		return OK;
	size_t n_diff = answers_diff(c->arena, known, given, &d);
	*v = ARENA_ARRAY(c->arena, n_diff + 1, struct survey_difference);
	for (size_t i = 0; i < n_diff; i++) {
		const struct form_item *it = d[i].item;
		const char *was = shown(c->arena, &d[i], d[i].before), *now = shown(c->arena, &d[i], d[i].after);
		if (survey_prefill_covers(it->path)) {
			was = *was ? was : nothing(c->arena, it);
			/* a blank nobody was asked for says the same as the records' none; one that was left open says nothing */
			now = *now || answers_shown(given, it, c->today) ? now : nothing(c->arena, it);
		}
		/* what the records never say (opinions) is no difference from them */
		if (*was && !str_eq(was, now))
			(*v)[(*n)++] = (struct survey_difference){it->label, was, now};
	}
	return OK;
}

/* ---- a round ---------------------------------------------------------------------------------------------------------------- */

struct compared {
	struct t_survey survey;
	struct q_survey_answer_list_row *rows;
	struct survey_difference **v;
	size_t *n; /* of each row */
	size_t n_rows;
};

static err compare(struct ctx *c, const char *round_pid, enum action a, struct compared *k)
{
	struct t_survey_round r;
	struct t_survey_form f;
	const struct form_def *def;
	struct answers *known, *given;
	*k = (struct compared){0};
	TRY(survey_round_for(c, round_pid, a, &r, &k->survey));
	if (str_blank(k->survey.prefill) || k->survey.is_anonymous)
		return OK;
	TRY(row_load(c, &T_survey_form, r.form_id, &f));
	TRY(survey_form_def(c, &f, &def));
	TRY(q_survey_answer_list(c, &(struct q_survey_answer_list_in){.round_id = r.id, .state = "submitted"}, &k->rows, &k->n_rows));
	k->v = ARENA_ARRAY(c->arena, k->n_rows + 1, struct survey_difference *);
	k->n = ARENA_ARRAY(c->arena, k->n_rows + 1, size_t);
	for (size_t i = 0; i < k->n_rows; i++) {
		k->n[i] = 0;
		if (!*k->rows[i].prefill)
			continue;
		TRY(survey_read_answers(c, def, k->rows[i].prefill, &known));
		TRY(survey_read_answers(c, def, k->rows[i].answers, &given));
		TRY(survey_differences(c, known, given, &k->v[i], &k->n[i]));
	}
	return OK;
}

err survey_differing(struct ctx *c, const char *round_pid, const struct survey_seat *seats, size_t n, int64_t **counts)
{
	struct compared k;
	TRY(compare(c, round_pid, ACTION_SEE, &k));
	*counts = ARENA_ARRAY(c->arena, n + 1, int64_t);
	for (size_t i = 0; i < n; i++) {
		(*counts)[i] = INT_NULL;
		for (size_t r = 0; r < k.n_rows; r++)
			if (k.rows[r].target_id == seats[i].inv.target_id && *k.rows[r].prefill)
				(*counts)[i] = (int64_t)k.n[r];
	}
	return OK;
}

err survey_differing_csv(struct ctx *c, const char *round_pid, const char **bytes, size_t *n)
{
	static const char *const heads[] = {"受付番号", "番号", "回答者", "質問", "記録では", "回答では"};
	struct compared k;
	struct survey_seat *seats;
	size_t n_seats;
	TRY(compare(c, round_pid, ACTION_EXPORT, &k));
	TRY(survey_seats(c, round_pid, SURVEY_ALL, &seats, &n_seats));
	struct csv_writer w = csv_writer_new(c->arena, CSV_BOM | CSV_EXCEL);
	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
		csv_put(&w, heads[i]);
	csv_end(&w);
	for (size_t s = 0; s < n_seats; s++)
		for (size_t r = 0; r < k.n_rows; r++)
			for (size_t d = 0; k.rows[r].target_id == seats[s].inv.target_id && d < k.n[r]; d++) {
				csv_put(&w, arena_fmt(c->arena, "%lld", (long long)seats[s].inv.serial));
				csv_put(&w, seats[s].target_code);
				csv_put(&w, seats[s].label);
				csv_put(&w, k.v[r][d].label);
				csv_put(&w, k.v[r][d].was);
				csv_put(&w, *k.v[r][d].now ? k.v[r][d].now : "（空欄）");
				csv_end(&w);
			}
	return csv_finish(&w, NULL, bytes, n, NULL);
}
