/* survey_outcome — what will change because of a survey, told to those who answered (C-190). */
#include "base/str.h"
#include "jp/era.h"
#include "region/survey_outcome.h"
#include "region/survey_seat.h"
#include "register/gen.h"
#include "register/task.h"
#include "sql/q_survey.h"
#include "store/tx.h"

enum { CONTENT_CHARS = 400, WHO_CHARS = 80 };

err survey_outcomes(struct ctx *c, int64_t survey_id, struct t_survey_outcome **v, size_t *n)
{
	struct q_survey_outcome_ids_row *r;
	TRY(q_survey_outcome_ids(c, &(struct q_survey_outcome_ids_in){.survey_id = survey_id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct t_survey_outcome);
	for (size_t i = 0; i < *n; i++)
		TRY(row_load(c, &T_survey_outcome, r[i].id, &(*v)[i]));
	return OK;
}

err survey_results_text(struct ctx *c, const struct t_survey *s, const char **text)
{
	struct t_survey_outcome *v;
	size_t n;
	struct buf b = buf_new(c->arena);
	TRY(survey_outcomes(c, s->id, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (v[i].told_on != CIVIL_NONE)
			buf_fmt(&b, "・%s%s%s%s%s%s\n", v[i].content, *v[i].who || v[i].due_on != CIVIL_NONE ? "（" : "", v[i].who, *v[i].who && v[i].due_on != CIVIL_NONE ? "、" : "",
				v[i].due_on != CIVIL_NONE ? era_text(c->arena, v[i].due_on) : "", *v[i].who || v[i].due_on != CIVIL_NONE ? "）" : "");
	*text = b.n ? b.p : "";
	return OK;
}

void survey_outcome_init(const struct t_survey *s, struct t_survey_outcome *row)
{
	row_init(&T_survey_outcome, row);
	row->survey_id = s->id;
}

struct saving {
	struct t_survey_outcome *row;
	struct row_conflict **conflict;
};

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_survey survey;
	struct t_survey_outcome *all;
	size_t before = c->n_faults, n;
	TRY(survey_load(c, s->row->survey_id, &survey));
	TRY(survey_gate(c, &survey, ACTION_WRITE));
	gen_check_text(c, "content", "変えること", s->row->content, true, CONTENT_CHARS);
	gen_check_text(c, "who", "担当", s->row->who, false, WHO_CHARS);
	if (c->n_faults > before)
		return ERR_INPUT;
	if (s->row->id)
		return row_save(c, &T_survey_outcome, s->row, s->conflict);
	TRY(survey_outcomes(c, survey.id, &all, &n));
	s->row->sort = n ? all[n - 1].sort + 1 : 1;
	return row_insert(c, &T_survey_outcome, s->row);
}

err survey_outcome_save(struct ctx *c, struct t_survey_outcome *row, struct row_conflict **conflict) { return tx_run(c, save_tx, &(struct saving){row, conflict}); }

static err retire_tx(struct ctx *c, void *arg)
{
	struct t_survey_outcome o;
	struct t_survey s;
	TRY(row_find(c, &T_survey_outcome, arg, &o));
	TRY(survey_load(c, o.survey_id, &s));
	TRY(survey_gate(c, &s, ACTION_WRITE));
	return row_retire(c, &T_survey_outcome, o.id, "変えることを外す");
}

err survey_outcome_retire(struct ctx *c, const char *pid) { return tx_run(c, retire_tx, (void *)pid); }

static err tell_tx(struct ctx *c, void *arg)
{
	struct t_survey s;
	struct t_survey_outcome *v;
	struct t_survey_round *r;
	size_t n, n_rounds;
	TRY(survey_get(c, arg, &s));
	TRY(survey_gate(c, &s, ACTION_WRITE));
	TRY(survey_outcomes(c, s.id, &v, &n));
	if (n == 0)
		return fault_add(c, "content", ERR_REQUIRED, "知らせる内容がまだありません。先に「変えること」を書いてください。");
	for (size_t i = 0; i < n; i++) {
		if (v[i].told_on != CIVIL_NONE)
			continue;
		v[i].told_on = c->today;
		TRY(row_save(c, &T_survey_outcome, &v[i], NULL));
	}
	TRY(survey_rounds(c, s.id, &r, &n_rounds));
	for (size_t i = 0; i < n_rounds; i++)
		TRY(survey_round_show(c, &s, &r[i]));
	return task_put(c, &(struct task_new){.kind = "meeting", .record_class = CLASS_STATISTICS, .org_id = s.org_id, .due_on = CIVIL_NONE,
		.title = arena_fmt(c->arena, "調査「%s」の結果と変えることを運営協議会などの議題にする", s.title),
		.reason = "調査の結果を回答した方へ知らせたので、話し合いの場でも報告します。", .table_name = "survey", .row_id = s.id, .row_pid = s.pid}, NULL);
}

err survey_outcome_tell(struct ctx *c, const char *survey_pid) { return tx_run(c, tell_tx, (void *)survey_pid); }
