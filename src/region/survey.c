#include "region/survey.h"

#include "access/policy.h"
#include "base/str.h"
#include "region/survey_own.h"
#include "region/survey_round.h"
#include "register/bin.h"
#include "register/gen.h"
#include "sql/q_survey.h"
#include "store/tx.h"

enum { TITLE_MAX = 120, WORDS_MAX = 200, AREA_MAX = 4000, SMALL_CELL_MAX = 20 };

/* ---- lists of codes ---------------------------------------------------------------------------------------------------- */

static const struct survey_word UNITS[] = {
#define SURVEY_UNIT(code, label, counter, brief) {code, label},
#include "region/survey_units.tbl.h"
#undef SURVEY_UNIT
};
static const struct survey_word COUNTERS[] = {
#define SURVEY_UNIT(code, label, counter, brief) {code, counter},
#include "region/survey_units.tbl.h"
#undef SURVEY_UNIT
};
static const struct survey_word SHORTS[] = {
#define SURVEY_UNIT(code, label, counter, brief) {code, brief},
#include "region/survey_units.tbl.h"
#undef SURVEY_UNIT
};
static const struct survey_word KINDS[] = {
#define SURVEY_KIND(code, name, label, options) {code, label},
#include "region/survey_kinds.tbl.h"
#undef SURVEY_KIND
};
static const struct survey_word MODES[] = {
#define SURVEY_MODE(code, label) {code, label},
#include "region/survey_modes.tbl.h"
#undef SURVEY_MODE
};
static const struct survey_word ROLES[] = {
#define SURVEY_ROLE(code, label) {code, label},
#include "region/survey_roles.tbl.h"
#undef SURVEY_ROLE
};
#define N(v) (sizeof(v) / sizeof((v)[0]))

const struct survey_word *survey_words(enum survey_list which, size_t *n)
{
	static const struct {
		const struct survey_word *v;
		size_t n;
	} lists[] = {[SURVEY_UNITS] = {UNITS, N(UNITS)}, [SURVEY_KINDS] = {KINDS, N(KINDS)}, [SURVEY_MODES] = {MODES, N(MODES)},
		[SURVEY_ROLES] = {ROLES, N(ROLES)}};
	*n = lists[which].n;
	return lists[which].v;
}

static const char *word_of(const struct survey_word *v, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].code, code))
			return v[i].label;
	return "";
}

const char *survey_label(enum survey_list which, const char *code)
{
	size_t n;
	const struct survey_word *v = survey_words(which, &n);
	return word_of(v, n, code);
}

const char *survey_unit_counter(const char *unit) { return word_of(COUNTERS, N(COUNTERS), unit); }
const char *survey_unit_short(const char *unit) { return word_of(SHORTS, N(SHORTS), unit); }

int survey_kind_of(const char *code)
{
	for (size_t i = 0; i < N(KINDS); i++)
		if (str_eq(KINDS[i].code, code))
			return (int)i;
	return -1;
}

/* ---- reading ------------------------------------------------------------------------------------------------------------- */

void survey_init(struct ctx *c, struct t_survey *row)
{
	row_init(&T_survey, row);
	row->org_id = c->actor.org_id;
	row->unit = "centre";
	row->small_cell = 3; /* community-process §8: proposed default */
}

err survey_gate(struct ctx *c, const struct t_survey *row, enum action a) { return policy_check_own(c, row->org_id, CLASS_STATISTICS, a); }

static err opened(struct ctx *c, const struct t_survey *row)
{
	TRY(survey_gate(c, row, ACTION_SEE));
	return row->retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

err survey_get(struct ctx *c, const char *pid, struct t_survey *out)
{
	TRY(row_find(c, &T_survey, pid, out));
	return opened(c, out);
}

err survey_load(struct ctx *c, int64_t id, struct t_survey *out)
{
	TRY(row_load(c, &T_survey, id, out));
	return opened(c, out);
}

err survey_list(struct ctx *c, struct survey_line **v, size_t *n)
{
	struct q_survey_list_row *r;
	TRY(q_survey_list(c, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct survey_line);
	for (size_t i = 0; i < *n; i++)
		(*v)[i] = (struct survey_line){.pid = r[i].pid, .title = r[i].title, .unit = r[i].unit, .is_anonymous = r[i].is_anonymous,
			.n_rounds = r[i].n_rounds, .n_targets = r[i].n_targets, .opens_on = r[i].opens_on, .closes_on = r[i].closes_on};
	return OK;
}

err survey_has_rounds(struct ctx *c, int64_t survey_id, bool *yes)
{
	struct q_survey_round_ids_row *r;
	size_t n;
	TRY(q_survey_round_ids(c, &(struct q_survey_round_ids_in){.survey_id = survey_id}, &r, &n));
	*yes = n > 0;
	return OK;
}

/* ---- saving --------------------------------------------------------------------------------------------------------------- */

static err check(struct ctx *c, const struct t_survey *s)
{
	size_t before = c->n_faults;
	gen_check_text(c, "title", "調査名", s->title, true, TITLE_MAX);
	gen_check_text(c, "purpose", "調査目的", s->purpose, false, AREA_MAX);
	gen_check_text(c, "target_words", "調査対象", s->target_words, false, WORDS_MAX);
	gen_check_text(c, "frame_words", "名簿の数え方", s->frame_words, false, WORDS_MAX);
	gen_check_text(c, "greeting", "依頼文", s->greeting, false, AREA_MAX);
	gen_check_text(c, "contact", "問い合わせ先", s->contact, false, WORDS_MAX);
	gen_check_text(c, "note", "メモ", s->note, false, AREA_MAX);
	if (!*survey_label(SURVEY_UNITS, s->unit))
		(void)fault_add(c, "unit", ERR_NOT_CHOICE, "「調査の単位」は、一覧から選んでください。");
	if (s->small_cell < 0 || s->small_cell > SMALL_CELL_MAX)
		(void)fault_add(c, "small_cell", ERR_RANGE, "「伏せる人数」は 0〜%d で入力してください。", SMALL_CELL_MAX);
	if (s->period_from != CIVIL_NONE && s->period_to != CIVIL_NONE && s->period_to < s->period_from)
		(void)fault_add(c, "period_to", ERR_PERIOD_ORDER, "「調査期間」の終わりが始まりより前です。日付を直してください。");
	if (*s->prefill && !str_eq(s->prefill, "dispatch"))
		(void)fault_add(c, "prefill", ERR_NOT_CHOICE, "「記録からの前もっての記入」は、一覧から選んでください。");
	if (*s->prefill && s->is_anonymous)
		(void)fault_add(c, "prefill", ERR_INPUT, "無記名の調査では、記録から前もって記入することはできません。「しない」を選んでください。");
	return c->n_faults == before ? OK : ERR_INPUT;
}

struct saving {
	struct t_survey *row;
	struct row_conflict **conflict;
};

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_survey old;
	bool begun;
	TRY(survey_gate(c, s->row, ACTION_WRITE));
	TRY(check(c, s->row));
	if (!s->row->id)
		return row_insert(c, &T_survey, s->row);
	TRY(survey_load(c, s->row->id, &old));
	TRY(survey_has_rounds(c, old.id, &begun));
	if (begun && old.is_anonymous != s->row->is_anonymous)
		return fault_add(c, "is_anonymous", ERR_SURVEY_FIXED, "回を作ったあとは、記名と無記名を入れかえられません。入れかえるときは、この調査を写して新しい調査を作ってください。");
	s->row->org_id = old.org_id;
	return row_save(c, &T_survey, s->row, s->conflict);
}

err survey_save(struct ctx *c, struct t_survey *row, struct row_conflict **conflict)
{
	return tx_run(c, save_tx, &(struct saving){row, conflict});
}

err survey_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)
{
	struct t_survey s;
	TRY(survey_get(c, pid, &s));
	TRY(survey_gate(c, &s, ACTION_WRITE));
	return bin_put(c, &(struct bin_put){.table = &T_survey, .row_id = s.id, .row_pid = s.pid, .org_id = s.org_id, .record_class = CLASS_STATISTICS,
		.title = s.title, .reason = reason}, bin_pid);
}

/* ---- copying --------------------------------------------------------------------------------------------------------------- */

struct copying {
	const char *pid, *title, **new_pid;
};

static err copy_tx(struct ctx *c, void *arg)
{
	struct copying *k = arg;
	struct t_survey s;
	struct t_survey_question *q;
	struct q_survey_group_ids_row *g;
	struct t_survey_target *t;
	size_t n, n_groups, n_targets;
	TRY(survey_get(c, k->pid, &s));
	TRY(survey_questions(c, s.id, &q, &n));
	TRY(survey_targets(c, s.id, &t, &n_targets));
	TRY(q_survey_group_ids(c, &(struct q_survey_group_ids_in){.survey_id = s.id}, &g, &n_groups));
	s.id = 0;
	s.pid = "";
	s.title = k->title;
	s.org_id = c->actor.org_id;
	TRY(save_tx(c, &(struct saving){&s, NULL}));
	for (size_t i = 0; i < n; i++) {
		q[i].id = 0;
		q[i].pid = "";
		q[i].survey_id = s.id;
		TRY(row_insert(c, &T_survey_question, &q[i]));
	}
	for (size_t i = 0; i < n_groups; i++) {
		struct t_survey_group row;
		TRY(row_load(c, &T_survey_group, g[i].id, &row));
		row.id = 0;
		row.pid = "";
		row.survey_id = s.id;
		TRY(row_insert(c, &T_survey_group, &row));
	}
	for (size_t i = 0; i < n_targets; i++) {
		t[i].id = 0;
		t[i].pid = "";
		t[i].survey_id = s.id;
		TRY(row_insert(c, &T_survey_target, &t[i]));
	}
	*k->new_pid = s.pid;
	return OK;
}

err survey_copy(struct ctx *c, const char *pid, const char *title, const char **new_pid)
{
	return tx_run(c, copy_tx, &(struct copying){pid, title, new_pid});
}
