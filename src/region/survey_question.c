/* survey_question — the questions of a survey while it is designed: rows with stable keys, in order. */
#include "base/str.h"
#include "jp/fold.h"
#include "region/survey_own.h"
#include "register/gen.h"
#include "sql/q_survey.h"
#include "store/tx.h"

#include <string.h>

enum { KEY_MAX = 16, CODE_MAX = 16, LABEL_MAX = 300, OPTION_MAX = 120, MOST_OPTIONS = 60, MOST_QUESTIONS = 200, STEP = 10 };

err survey_questions(struct ctx *c, int64_t survey_id, struct t_survey_question **v, size_t *n)
{
	struct q_survey_question_ids_row *r;
	TRY(q_survey_question_ids(c, &(struct q_survey_question_ids_in){.survey_id = survey_id}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct t_survey_question);
	for (size_t i = 0; i < *n; i++)
		TRY(row_load(c, &T_survey_question, r[i].id, &(*v)[i]));
	return OK;
}

err survey_question_get(struct ctx *c, const char *pid, struct t_survey_question *out)
{
	struct t_survey s;
	TRY(row_find(c, &T_survey_question, pid, out));
	TRY(survey_load(c, out->survey_id, &s));
	return out->retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

void survey_question_init(const struct t_survey *s, struct t_survey_question *row)
{
	row_init(&T_survey_question, row);
	row->survey_id = s->id;
	row->kind = "single";
}

const char *survey_item(struct arena *a, const char *key, const char *suffix)
{
	return *suffix ? arena_fmt(a, "%s_%s", key, suffix) : key;
}

/* ---- options as lines ---------------------------------------------------------------------------------------------------- */

static bool is_word(const char *s, size_t n, size_t most)
{
	if (n == 0 || n > most)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!((s[i] >= 'a' && s[i] <= 'z') || (s[i] >= '0' && s[i] <= '9') || s[i] == '_'))
			return false;
	return true;
}

/* Bytes of the blank that begins at s: a space, a tab or a wide space; 0 if none. */
static size_t blank_at(const char *s) { return *s == ' ' || *s == '\t' ? 1 : strncmp(s, "　", 3) == 0 ? 3 : 0; }

static struct survey_choice choice_of(struct arena *a, const char *line)
{
	size_t n = 0;
	while (line[n] && !blank_at(line + n))
		n++;
	if (line[n] && is_word(line, n, CODE_MAX))
		return (struct survey_choice){arena_strn(a, line, n), str_trim(a, line + n)};
	return (struct survey_choice){"", line};
}

static bool code_taken(const struct survey_choice *v, size_t n, const char *code)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].code, code))
			return true;
	return false;
}

err survey_choices(struct ctx *c, const char *field, const char *lines, struct survey_choice **v, size_t *n)
{
	size_t n_lines;
	char **line = str_split(c->arena, str_lf(c->arena, lines), '\n', &n_lines);
	*v = ARENA_ARRAY(c->arena, n_lines + 1, struct survey_choice);
	*n = 0;
	for (size_t i = 0; i < n_lines; i++) {
		const char *text = str_trim(c->arena, line[i]);
		if (!*text)
			continue;
		struct survey_choice x = choice_of(c->arena, text);
		if (*x.code && code_taken(*v, *n, x.code))
			return fault_add(c, field, ERR_INPUT, "記号「%s」が2つの行にあります。行ごとに別の記号にしてください。", x.code);
		if (str_count(x.label) > OPTION_MAX)
			return fault_add(c, field, ERR_TOO_LONG, "%zu行目が長すぎます。%d文字までにしてください。", i + 1, OPTION_MAX);
		(*v)[(*n)++] = x;
	}
	int next = 1;
	for (size_t i = 0; i < *n; i++) {
		if (*(*v)[i].code)
			continue;
		const char *code;
		do
			code = arena_fmt(c->arena, "%d", next++);
		while (code_taken(*v, *n, code));
		(*v)[i].code = code;
	}
	if (*n > MOST_OPTIONS)
		return fault_add(c, field, ERR_LIMIT, "選択肢は%dまでです。", MOST_OPTIONS);
	return OK;
}

const char *survey_choices_text(struct arena *a, const struct survey_choice *v, size_t n)
{
	struct buf b = buf_new(a);
	for (size_t i = 0; i < n; i++)
		buf_fmt(&b, "%s%s %s", i ? "\n" : "", v[i].code, v[i].label);
	return b.n ? b.p : "";
}

/* ---- checks ---------------------------------------------------------------------------------------------------------------- */

static bool has_options(int kind) { return kind == SURVEY_SINGLE || kind == SURVEY_MULTI || kind == SURVEY_COUNTS || kind == SURVEY_MATRIX; }

static err check_lines(struct ctx *c, const char *field, const char *label, bool needed, const char **lines)
{
	struct survey_choice *v;
	size_t n;
	TRY(survey_choices(c, field, *lines, &v, &n));
	if (needed && n == 0)
		return fault_add(c, field, ERR_REQUIRED, "「%s」を1行に1つずつ入力してください。", label);
	if (!needed && n > 0)
		return fault_add(c, field, ERR_INPUT, "この形の質問には「%s」がありません。消すか、質問の形を変えてください。", label);
	*lines = survey_choices_text(c->arena, v, n);
	return OK;
}

/* A code as it was meant: the code, or the words of the option, wide letters or not; NULL = no such option. */
static const char *meant(struct ctx *c, const struct survey_choice *v, size_t n, const char *word)
{
	const char *t = str_trim(c->arena, word), *folded = fold_name(NULL, c->arena, t);
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].code, t) || str_eq(v[i].label, t))
			return v[i].code;
	for (size_t i = 0; *folded && i < n; i++)
		if (str_eq(fold_name(NULL, c->arena, v[i].code), folded) || str_eq(fold_name(NULL, c->arena, v[i].label), folded))
			return v[i].code;
	return NULL;
}

static const char *with_commas(struct ctx *c, const char *text)
{
	struct buf b = buf_new(c->arena);
	for (const char *s = text; *s;) {
		bool comma = str_starts(s, "、") || str_starts(s, "，") || str_starts(s, "\n");
		buf_char(&b, comma ? ',' : *s);
		s += comma && *s != '\n' ? strlen("、") : 1;
	}
	return b.n ? b.p : "";
}

/* 「、」 parts them too, unless it stands in the words of an option. */
static err check_code_of(struct ctx *c, const char *field, const char *label, const char *lines, const char **codes)
{
	struct survey_choice *v;
	size_t n, n_words;
	struct buf b = buf_new(c->arena);
	TRY(survey_choices(c, field, lines, &v, &n));
	const char *whole = meant(c, v, n, *codes);
	if (whole) {
		*codes = whole;
		return OK;
	}
	char **word = str_split(c->arena, with_commas(c, *codes), ',', &n_words);
	for (size_t i = 0; i < n_words; i++) {
		const char *code = meant(c, v, n, word[i]);
		if (!code)
			return fault_add(c, field, ERR_NOT_CHOICE, "「%s」の「%s」は、選択肢にありません。選択肢の言葉か、その行の初めの記号を書いてください。", label, str_trim(c->arena, word[i]));
		buf_fmt(&b, "%s%s", i ? "," : "", code);
	}
	*codes = b.p;
	return OK;
}

static err check_condition(struct ctx *c, struct t_survey_question *q)
{
	struct t_survey_question *all;
	size_t n;
	if (str_blank(q->shown_key)) {
		q->shown_codes = "";
		return OK;
	}
	TRY(survey_questions(c, q->survey_id, &all, &n));
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(all[i].key, q->shown_key))
			continue;
		if (all[i].id == q->id || (q->id && all[i].sort >= q->sort))
			return fault_add(c, "shown_key", ERR_INPUT, "「表示する条件」の質問は、この質問より前に置いてください。");
		if (!has_options(survey_kind_of(all[i].kind)) || str_eq(all[i].kind, "matrix"))
			return fault_add(c, "shown_key", ERR_INPUT, "「表示する条件」には、選択肢のある質問を選んでください。");
		if (str_blank(q->shown_codes))
			return fault_add(c, "shown_codes", ERR_REQUIRED, "どの答えのときに聞くかを入力してください（例: はい）。");
		return check_code_of(c, "shown_codes", "表示する条件", all[i].options, &q->shown_codes);
	}
	return fault_add(c, "shown_key", ERR_NOT_CHOICE, "「表示する条件」の質問が見つかりません。一覧から選んでください。");
}

static void check_bounds(struct ctx *c, const struct t_survey_question *q, int kind)
{
	if (q->lowest != INT_NULL && q->highest != INT_NULL && q->highest < q->lowest)
		(void)fault_add(c, "highest", ERR_RANGE, "「いちばん大きい数」が「いちばん小さい数」より小さくなっています。");
	if ((q->lowest != INT_NULL || q->highest != INT_NULL) && kind != SURVEY_NUMBER && kind != SURVEY_COUNTS)
		(void)fault_add(c, "lowest", ERR_INPUT, "数の範囲は、数か回数を書く質問だけに付けられます。");
}

err survey_question_check(struct ctx *c, struct t_survey_question *q)
{
	size_t before = c->n_faults;
	int kind = survey_kind_of(q->kind);
	gen_check_text(c, "label", "質問", q->label, true, LABEL_MAX);
	gen_check_text(c, "section", "見出し", q->section, false, OPTION_MAX);
	gen_check_text(c, "printed_no", "印刷する番号", q->printed_no, false, CODE_MAX);
	gen_check_text(c, "help", "答え方", q->help, false, LABEL_MAX);
	gen_check_text(c, "unit_word", "単位", q->unit_word, false, CODE_MAX);
	if (!is_word(q->key, strlen(q->key), KEY_MAX) || !(q->key[0] >= 'a' && q->key[0] <= 'z'))
		(void)fault_add(c, "key", ERR_INPUT, "「項目名」は、小文字の英字で始め、英字・数字・_ で %d文字までにしてください（例: effect）。", KEY_MAX);
	if (kind < 0)
		return fault_add(c, "kind", ERR_NOT_CHOICE, "「質問の形」は、一覧から選んでください。");
	(void)check_lines(c, "options", "選択肢", has_options(kind), &q->options);
	(void)check_lines(c, "parts", "表の行", kind == SURVEY_MATRIX, &q->parts);
	if (*q->other_code && kind != SURVEY_SINGLE && kind != SURVEY_MULTI && kind != SURVEY_COUNTS)
		(void)fault_add(c, "other_code", ERR_INPUT, "「その他の記入欄」は、選択肢から選ぶ質問だけに付けられます。");
	else if (*q->other_code)
		(void)check_code_of(c, "other_code", "その他の記入欄", q->options, &q->other_code);
	if (q->asks_detail && kind != SURVEY_MULTI && kind != SURVEY_COUNTS)
		(void)fault_add(c, "asks_detail", ERR_INPUT, "選んだものごとの記入欄は、いくつでも選ぶ質問だけに付けられます。");
	if (*q->role && !*survey_label(SURVEY_ROLES, q->role))
		(void)fault_add(c, "role", ERR_NOT_CHOICE, "「報告書での役割」は、一覧から選んでください。");
	check_bounds(c, q, kind);
	TRY(check_condition(c, q));
	return c->n_faults == before ? OK : ERR_INPUT;
}

/* ---- saving ---------------------------------------------------------------------------------------------------------------- */

struct saving {
	struct t_survey_question *row;
	struct row_conflict **conflict;
};

static err own_key(struct ctx *c, struct t_survey_question *q)
{
	struct t_survey_question *all;
	size_t n;
	int next = 1;
	TRY(survey_questions(c, q->survey_id, &all, &n));
	if (!q->id && n >= MOST_QUESTIONS)
		return fault_add(c, "label", ERR_LIMIT, "質問は%dまでです。", MOST_QUESTIONS);
	while (str_blank(q->key)) {
		const char *key = arena_fmt(c->arena, "q%d", next++);
		bool taken = false;
		for (size_t i = 0; i < n; i++)
			taken = taken || str_eq(all[i].key, key);
		if (!taken)
			q->key = key;
	}
	for (size_t i = 0; i < n; i++)
		if (all[i].id != q->id && str_eq(all[i].key, q->key))
			return fault_add(c, "key", ERR_INPUT, "項目名「%s」は、ほかの質問で使われています。別の名前にしてください。", q->key);
	if (!q->id)
		q->sort = n ? all[n - 1].sort + STEP : STEP;
	return OK;
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_survey survey;
	TRY(survey_load(c, s->row->survey_id, &survey));
	TRY(survey_gate(c, &survey, ACTION_WRITE));
	TRY(own_key(c, s->row));
	TRY(survey_question_check(c, s->row));
	return s->row->id ? row_save(c, &T_survey_question, s->row, s->conflict) : row_insert(c, &T_survey_question, s->row);
}

err survey_question_save(struct ctx *c, struct t_survey_question *row, struct row_conflict **conflict)
{
	return tx_run(c, save_tx, &(struct saving){row, conflict});
}

static err retire_tx(struct ctx *c, void *arg)
{
	struct t_survey_question q, *all;
	struct t_survey s;
	size_t n;
	TRY(survey_question_get(c, arg, &q));
	TRY(survey_load(c, q.survey_id, &s));
	TRY(survey_gate(c, &s, ACTION_WRITE));
	TRY(survey_questions(c, q.survey_id, &all, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(all[i].shown_key, q.key))
			return fault_add(c, "key", ERR_INPUT, "質問「%s」が、この質問の答えによって表示されます。先に、その条件を外してください。", all[i].label);
	return row_retire(c, &T_survey_question, q.id, "質問を外す");
}

err survey_question_retire(struct ctx *c, const char *pid) { return tx_run(c, retire_tx, (void *)pid); }

struct moving {
	const char *pid;
	int steps;
};

/* The places are given anew in the order that comes out, so that equal ones cannot arise. */
static err move_tx(struct ctx *c, void *arg)
{
	const struct moving *m = arg;
	struct t_survey_question q, *all;
	struct t_survey s;
	size_t n, at = 0;
	TRY(survey_question_get(c, m->pid, &q));
	TRY(survey_load(c, q.survey_id, &s));
	TRY(survey_gate(c, &s, ACTION_WRITE));
	TRY(survey_questions(c, q.survey_id, &all, &n));
	for (size_t i = 0; i < n; i++)
		if (all[i].id == q.id)
			at = i;
	size_t to = m->steps < 0 ? (at > 0 ? at - 1 : 0) : (at + 1 < n ? at + 1 : at);
	if (to == at)
		return OK;
	const struct t_survey_question *first = &all[at < to ? at : to], *second = &all[at < to ? to : at];
	if (str_eq(second->shown_key, first->key))
		return fault_add(c, "key", ERR_INPUT, "「%s」は、「%s」の答えによって表示される質問なので、その前には置けません。", second->label, first->label);
	struct t_survey_question moved = all[at];
	all[at] = all[to];
	all[to] = moved;
	for (size_t i = 0; i < n; i++) {
		int64_t sort = (int64_t)(i + 1) * STEP;
		if (all[i].sort == sort)
			continue;
		all[i].sort = sort;
		TRY(row_save(c, &T_survey_question, &all[i], NULL));
	}
	return OK;
}

err survey_question_move(struct ctx *c, const char *pid, int steps) { return tx_run(c, move_tx, &(struct moving){pid, steps}); }
