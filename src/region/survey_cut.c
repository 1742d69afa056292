/* survey_cut — 集計の指定: tables of the report beyond the usual ones, kept so that they come out the same again. */
#include "base/str.h"
#include "region/survey_data.h"
#include "region/survey_report.h"
#include "register/gen.h"
#include "sql/q_survey.h"
#include "store/tx.h"

#include <string.h>

enum { CASE_CHARS = 2000 };

void survey_cut_init(const struct t_survey *s, struct t_survey_cut *row)
{
	row_init(&T_survey_cut, row);
	row->survey_id = s->id;
	row->what = "cross";
}

err survey_cuts(struct ctx *c, int64_t survey_id, struct t_survey_cut **v, size_t *n)
{
	struct q_survey_cut_ids_row *r;
	TRY(q_survey_cut_ids(c, &(struct q_survey_cut_ids_in){.survey_id = survey_id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct t_survey_cut);
	for (size_t i = 0; i < *n; i++)
		TRY(row_load(c, &T_survey_cut, r[i].id, &(*v)[i]));
	return OK;
}

struct saving {
	struct t_survey_cut *row;
	struct row_conflict **conflict;
};

static bool one_of(const char *code, const char *const *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(code, v[i]))
			return true;
	return false;
}

/* 事例紹介 (C-189): a target that was asked by name; what it did and what came of it in words that may be printed. */
static void check_case(struct ctx *c, const struct tab_data *d, const struct t_survey_cut *x)
{
	bool known = false;
	for (size_t u = 0; u < d->n_units; u++)
		known = known || str_eq(d->units[u].id, x->row_key);
	if (d->anonymous)
		(void)fault_add(c, "what", ERR_TAB_UNIT, "無記名の調査では、事例紹介は作れません。");
	else if (!known)
		(void)fault_add(c, "row_key", ERR_NOT_CHOICE, "「紹介する回答者」は、名簿から選んでください。");
	gen_check_text(c, "content", "連携内容", x->content, true, CASE_CHARS);
	gen_check_text(c, "effect", "効果", x->effect, false, CASE_CHARS);
	for (size_t u = 0; u < d->n_units; u++)
		if (strstr(x->content, d->units[u].label) || strstr(x->effect, d->units[u].label)) {
			(void)fault_add(c, "content", ERR_NOT_CHOICE, "「連携内容」か「効果」に、回答者の名前「%s」が入っています。A、B のように置きかえて印刷するので、名前は書かないでください。", d->units[u].label);
			return;
		}
}

/* 考察: words of the owner under a section. They go into what is published too: no names of those who answered. */
static void check_note(struct ctx *c, const struct tab_data *d, const struct t_survey_cut *x)
{
	if (!tab_question_find(d, x->row_key) && !str_eq(x->row_key, SURVEY_NOTE_RESPONSE) && !str_eq(x->row_key, SURVEY_NOTE_EVER) && !str_eq(x->row_key, SURVEY_NOTE_WHOLE))
		(void)fault_add(c, "row_key", ERR_NOT_CHOICE, "「考察」を書くところが、この調査にありません。画面を開きなおしてください。");
	gen_check_text(c, "content", "考察", x->content, true, CASE_CHARS);
	for (size_t u = 0; u < d->n_units; u++)
		if (!str_blank(d->units[u].label) && strstr(x->content, d->units[u].label)) {
			(void)fault_add(c, "content", ERR_NOT_CHOICE, "「考察」に、回答者の名前「%s」が入っています。公表用の報告書にも印刷するので、名前は書かないでください。", d->units[u].label);
			return;
		}
}

static void check_table(struct ctx *c, const struct tab_data *d, const struct t_survey_cut *x)
{
	static const char *const rules[] = {"latest", "last", "first", "any", "all"};
	static const char *const means[] = {"ticked", "either", "answering", "all", "units", "frame", "every"};
	bool trait = false;
	const struct tab_question *row = tab_question_find(d, x->row_key);
	for (size_t i = 0; i < d->n_traits; i++)
		trait = trait || str_eq(d->traits[i].key, x->col_key);
	if (!row)
		(void)fault_add(c, "row_key", ERR_NOT_CHOICE, "「行にする質問」は、一覧から選んでください。");
	if (str_eq(x->what, "cross") && (!tab_question_find(d, x->col_key) || str_eq(x->row_key, x->col_key)))
		(void)fault_add(c, "col_key", ERR_NOT_CHOICE, "「列にする質問」は、行とは別の質問を選んでください。");
	if (str_eq(x->what, "trait") && !trait)
		(void)fault_add(c, "col_key", ERR_NOT_CHOICE, "「列にする属性」は、名簿にある属性から選んでください。");
	if (str_eq(x->what, "rule") && !one_of(x->base, rules, sizeof rules / sizeof rules[0]))
		(void)fault_add(c, "base", ERR_NOT_CHOICE, "「回のまとめかた」は、一覧から選んでください。");
	if (str_eq(x->what, "mean") && !one_of(x->base, means, sizeof means / sizeof means[0]))
		(void)fault_add(c, "base", ERR_NOT_CHOICE, "「平均の母数」は、一覧から選んでください。");
	if (str_eq(x->what, "rule") && d->anonymous)
		(void)fault_add(c, "what", ERR_TAB_UNIT, "無記名の調査では、回答者ごとにまとめた集計はできません。");
}

static err check(struct ctx *c, const struct t_survey *s, const struct t_survey_cut *x)
{
	static const char *const whats[] = {"cross", "trait", "rule", "mean", "case", "note"};
	struct tab_data *d;
	size_t before = c->n_faults;
	if (!one_of(x->what, whats, sizeof whats / sizeof whats[0]))
		return fault_add(c, "what", ERR_NOT_CHOICE, "「集計の種類」は、一覧から選んでください。");
	TRY(survey_data_load(c, s->pid, "", &d));
	(str_eq(x->what, "note") ? check_note : str_eq(x->what, "case") ? check_case : check_table)(c, d, x);
	return c->n_faults > before ? ERR_INPUT : OK;
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_survey survey;
	struct t_survey_cut *all;
	size_t n;
	TRY(survey_load(c, s->row->survey_id, &survey));
	TRY(survey_gate(c, &survey, ACTION_WRITE));
	TRY(check(c, &survey, s->row));
	if (s->row->id)
		return row_save(c, &T_survey_cut, s->row, s->conflict);
	TRY(survey_cuts(c, survey.id, &all, &n));
	s->row->sort = n ? all[n - 1].sort + 1 : 1;
	return row_insert(c, &T_survey_cut, s->row);
}

err survey_cut_save(struct ctx *c, struct t_survey_cut *row, struct row_conflict **conflict) { return tx_run(c, save_tx, &(struct saving){row, conflict}); }

static err retire_tx(struct ctx *c, void *arg)
{
	struct t_survey_cut x;
	struct t_survey s;
	TRY(row_find(c, &T_survey_cut, arg, &x));
	TRY(survey_load(c, x.survey_id, &s));
	TRY(survey_gate(c, &s, ACTION_WRITE));
	return row_retire(c, &T_survey_cut, x.id, "集計の指定を外す");
}

err survey_cut_retire(struct ctx *c, const char *pid) { return tx_run(c, retire_tx, (void *)pid); }
