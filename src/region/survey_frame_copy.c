/* survey_frame_copy — the frame of an earlier survey of this organisation once more: who was asked before is asked again. */
#include "base/str.h"
#include "region/survey_round.h"
#include "sql/q_survey.h"
#include "store/tx.h"

struct copying {
	const char *to_pid, *from_pid;
	int64_t added;
	struct t_survey to;
	struct t_survey_target *have;
	size_t n_have, serial;
};

static bool same_seat(const struct t_survey_target *x, const struct t_survey_target *y)
{
	if (y->org_id != INT_NULL || y->staff_id != INT_NULL || y->person_id != INT_NULL)
		return x->org_id == y->org_id && x->staff_id == y->staff_id && x->person_id == y->person_id;
	return x->org_id == INT_NULL && x->staff_id == INT_NULL && x->person_id == INT_NULL && str_eq(x->label, y->label) && str_eq(x->email, y->email);
}

static bool has(const struct copying *k, const struct t_survey_target *t)
{
	for (size_t i = 0; i < k->n_have; i++)
		if (same_seat(&k->have[i], t))
			return true;
	return false;
}

/* Its own number if nobody has it, else the next one that is free. */
static err number(struct ctx *c, struct copying *k, struct t_survey_target *t)
{
	struct q_survey_target_by_code_row r;
	bool taken;
	TRY(q_survey_target_by_code(c, &(struct q_survey_target_by_code_in){.survey_id = k->to.id, .code = t->code}, &r, &taken));
	while (taken) {
		t->code = arena_fmt(c->arena, "%03zu", ++k->serial);
		TRY(q_survey_target_by_code(c, &(struct q_survey_target_by_code_in){.survey_id = k->to.id, .code = t->code}, &r, &taken));
	}
	return OK;
}

static err copy_tx(struct ctx *c, void *arg)
{
	struct copying *k = arg;
	struct t_survey from;
	struct t_survey_target *v;
	size_t n;
	k->added = 0;
	TRY(survey_get(c, k->to_pid, &k->to));
	TRY(survey_gate(c, &k->to, ACTION_WRITE));
	if (!*k->from_pid || str_eq(k->from_pid, k->to_pid))
		return fault_add(c, "from", ERR_NOT_CHOICE, "名簿を写す調査を、一覧から選んでください。");
	TRY(survey_get(c, k->from_pid, &from));
	TRY(survey_targets(c, k->to.id, &k->have, &k->n_have));
	TRY(survey_targets(c, from.id, &v, &n));
	k->serial = k->n_have;
	for (size_t i = 0; i < n; i++) {
		if (has(k, &v[i]))
			continue;
		struct t_survey_target t = v[i];
		t.id = t.version = 0;
		t.pid = "";
		t.survey_id = k->to.id;
		TRY(number(c, k, &t));
		TRY(survey_target_save(c, &t, NULL));
		k->added++;
	}
	return OK;
}

err survey_frame_copy(struct ctx *c, const char *survey_pid, const char *from_pid, int64_t *added)
{
	struct copying k = {.to_pid = survey_pid, .from_pid = from_pid};
	TRY(tx_run(c, copy_tx, &k));
	*added = k.added;
	return OK;
}
