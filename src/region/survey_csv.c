/* survey_csv — raw answers of a survey as one table, out and in, with its code book (C-192). */
#include "base/map.h"
#include "base/str.h"
#include "codec/csv.h"
#include "jp/era.h"
#include "region/front.h"
#include "region/survey_seat.h"
#include "sql/q_survey.h"
#include "store/tx.h"

#include <string.h>

enum { FILE_MOST = 64 << 20, OWN_COLUMNS = 4 };
static const char *const OWN[OWN_COLUMNS] = {"target", "round", "mode", "submitted_on"};

/* ---- columns: the items of all versions, newest words first --------------------------------------------------------------------- */

struct sheet {
	struct t_survey survey;
	struct t_survey_round *rounds;
	size_t n_rounds;
	struct t_survey_form *forms;
	const struct form_def **defs;
	size_t n_forms;
	const char **keys;
	const struct form_item **items; /* of the newest version that has it */
	size_t n;
};

static bool has_key(const struct sheet *s, const char *key)
{
	for (size_t i = 0; i < s->n; i++)
		if (str_eq(s->keys[i], key))
			return true;
	return false;
}

static err open_sheet(struct ctx *c, const char *survey_pid, enum action a, struct sheet *s)
{
	size_t most = 0;
	TRY(survey_get(c, survey_pid, &s->survey));
	TRY(survey_gate(c, &s->survey, a));
	TRY(survey_rounds(c, s->survey.id, &s->rounds, &s->n_rounds));
	TRY(survey_forms(c, s->survey.id, &s->forms, &s->n_forms));
	s->defs = ARENA_ARRAY(c->arena, s->n_forms + 1, const struct form_def *);
	for (size_t f = 0; f < s->n_forms; f++) {
		TRY(survey_form_def(c, &s->forms[f], &s->defs[f]));
		most += s->defs[f]->n_items;
	}
	s->keys = ARENA_ARRAY(c->arena, most + 1, const char *);
	s->items = ARENA_ARRAY(c->arena, most + 1, const struct form_item *);
	for (size_t f = s->n_forms; f-- > 0;)
		for (size_t i = 0; i < s->defs[f]->n_items; i++) {
			const struct form_item *it = &s->defs[f]->items[i];
			if (it->type == ITEM_DISPLAY || has_key(s, it->path))
				continue;
			s->keys[s->n] = it->path;
			s->items[s->n++] = it;
		}
	return OK;
}

static const struct form_def *def_of(const struct sheet *s, const struct t_survey_round *r)
{
	for (size_t f = 0; f < s->n_forms; f++)
		if (s->forms[f].id == r->form_id)
			return s->defs[f];
	return NULL;
}

/* ---- out ---------------------------------------------------------------------------------------------------------------------------- */

/* A value as answers_set reads it; a kind of blank as blank:…, so that 「不明」 comes back as such. */
static const char *cell_of(struct ctx *c, const struct form_item *it, const struct answer *v)
{
	if (v->blank == BLANK_UNANSWERED)
		return "";
	if (v->blank != BLANK_NONE)
		return arena_fmt(c->arena, "blank:%s", blank_code(v->blank));
	if (it->type != ITEM_CODES)
		return answer_field(c->arena, it, v);
	struct buf b = buf_new(c->arena);
	for (size_t i = 0; i < it->n_options; i++)
		if (v->set >> i & 1)
			buf_fmt(&b, "%s%s", b.n ? "," : "", it->options[i].code);
	return b.n ? b.p : "";
}

static err put_row(struct ctx *c, struct csv_writer *w, const struct sheet *s, const struct t_survey_round *r, const char *target, const char *mode, civil day, const char *json)
{
	struct answers *as;
	char text[CIVIL_TEXT] = "";
	TRY(survey_read_answers(c, def_of(s, r), json, &as));
	if (day != CIVIL_NONE)
		civil_text(day, text);
	csv_put(w, target);
	csv_put_int(w, r->no);
	csv_put(w, mode);
	csv_put(w, text);
	for (size_t i = 0; i < s->n; i++) {
		const struct answer *v = answers_get(as, s->keys[i]);
		csv_put(w, v ? cell_of(c, answers_item(as, s->keys[i]), v) : "");
	}
	csv_end(w);
	return OK;
}

static err put_round(struct ctx *c, struct csv_writer *w, const struct sheet *s, const struct t_survey_round *r, const struct map *code_of)
{
	struct q_survey_answer_list_row *a;
	struct q_survey_anon_list_row *anon;
	size_t n;
	if (s->survey.is_anonymous) {
		TRY(q_survey_anon_list(c, &(struct q_survey_anon_list_in){.round_id = r->id}, &anon, &n));
		for (size_t i = 0; i < n; i++)
			TRY(put_row(c, w, s, r, "", anon[i].mode, anon[i].received_on, anon[i].answers));
		return OK;
	}
	TRY(q_survey_answer_list(c, &(struct q_survey_answer_list_in){.round_id = r->id, .state = "submitted"}, &a, &n));
	for (size_t i = 0; i < n; i++) {
		const char *code = map_get(code_of, arena_fmt(c->arena, "%lld", (long long)a[i].target_id));
		if (code)
			TRY(put_row(c, w, s, r, code, a[i].mode, a[i].submitted_on, a[i].answers));
	}
	return OK;
}

err survey_raw_csv(struct ctx *c, const char *survey_pid, const char *round_pid, bool cp932, const char **bytes, size_t *n)
{
	struct sheet s = {0};
	struct t_survey_target *t;
	size_t n_t;
	bool found = str_blank(round_pid);
	TRY(open_sheet(c, survey_pid, ACTION_EXPORT, &s));
	TRY(survey_targets(c, s.survey.id, &t, &n_t));
	struct map code_of = map_new(c->arena);
	for (size_t i = 0; i < n_t; i++)
		map_set(&code_of, arena_fmt(c->arena, "%lld", (long long)t[i].id), (void *)t[i].code);
	struct csv_writer w = csv_writer_new(c->arena, cp932 ? CSV_TO_CP932 : CSV_BOM);
	for (size_t i = 0; i < OWN_COLUMNS; i++)
		csv_put(&w, OWN[i]);
	for (size_t i = 0; i < s.n; i++)
		csv_put(&w, s.keys[i]);
	csv_end(&w);
	for (size_t i = 0; i < s.n_rounds; i++) {
		if (!str_blank(round_pid) && !str_eq(s.rounds[i].pid, round_pid))
			continue;
		found = true;
		TRY(put_round(c, &w, &s, &s.rounds[i], &code_of));
	}
	return found ? csv_finish(&w, NULL, bytes, n, NULL) : ERR_NOTFOUND;
}

err survey_codebook_csv(struct ctx *c, const char *survey_pid, bool cp932, const char **bytes, size_t *n)
{
	static const char *const heads[] = {"列", "番号つきの質問", "形", "記号", "選択肢"};
	struct sheet s = {0};
	TRY(open_sheet(c, survey_pid, ACTION_EXPORT, &s));
	struct csv_writer w = csv_writer_new(c->arena, cp932 ? CSV_TO_CP932 : CSV_BOM);
	for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++)
		csv_put(&w, heads[i]);
	csv_end(&w);
	for (size_t i = 0; i < s.n; i++) {
		const struct form_item *it = s.items[i];
		for (size_t k = 0; k == 0 || k < it->n_options; k++) {
			csv_put(&w, s.keys[i]);
			csv_put(&w, it->label);
			csv_put(&w, item_type_name(it->type));
			csv_put(&w, it->n_options ? it->options[k].code : "");
			csv_put(&w, it->n_options ? it->options[k].label : "");
			csv_end(&w);
		}
	}
	return csv_finish(&w, NULL, bytes, n, NULL);
}

/* ---- in ------------------------------------------------------------------------------------------------------------------------------- */

struct reading {
	struct sheet s;
	struct t_survey_target *targets;
	size_t n_targets;
	bool inside; /* one transaction around all rows */
	const char *bytes;
	size_t n;
	struct import_lines *out;
	int at[OWN_COLUMNS], *at_key;
	struct csv_row *row;
	struct map seen;
	bool *asked_before, *touched; /* per round */
};

static const char *cell(struct ctx *c, const struct reading *r, int at) { return at < 0 ? "" : str_trim(c->arena, csv_cell(r->row, at)); }

static err round_of(struct ctx *c, const struct reading *r, struct t_survey_round *out)
{
	int64_t no;
	const char *text = cell(c, r, r->at[1]);
	const char *digits = text[0] == 'q' ? text + 1 : text;
	for (size_t i = 0; i < r->s.n_rounds; i++)
		if (str_eq(r->s.rounds[i].name, text) || (str_int(digits, &no) && r->s.rounds[i].no == no)) {
			*out = r->s.rounds[i];
			return OK;
		}
	return fault_add(c, "round", ERR_SURVEY_FILE, "「round」の「%s」という回は、この調査にありません。回の番号（1、2…）か名前を書いてください。", text);
}

/* Several codes in a cell: commas, or | as other programs write them. */
static const char *with_commas(struct ctx *c, const char *text)
{
	char *s = arena_str(c->arena, text);
	for (char *p = s; *p; p++)
		if (*p == '|')
			*p = ',';
	return s;
}

static err read_answers(struct ctx *c, const struct reading *r, const struct t_survey_round *round, struct answers **out)
{
	size_t before = c->n_faults;
	*out = answers_new(c->arena, def_of(&r->s, round));
	for (size_t i = 0; i < r->s.n; i++) {
		const char *text = cell(c, r, r->at_key[i]);
		if (!*text)
			continue;
		const struct form_item *it = answers_item(*out, r->s.keys[i]);
		if (it && it->type == ITEM_CODES)
			text = with_commas(c, text);
		if (!it)
			(void)fault_add(c, r->s.keys[i], ERR_SURVEY_FILE, "「%s」は、この回では聞いていません。空けてください。", r->s.keys[i]);
		else if (answers_set(*out, r->s.keys[i], text) != OK)
			(void)fault_add(c, r->s.keys[i], ERR_SURVEY_FILE, "「%s」の「%s」が読めません。コード表の記号か、数・日付を書いてください。", r->s.keys[i], text);
	}
	return c->n_faults > before ? ERR_INPUT : OK;
}

static const struct t_survey_target *target_of(const struct reading *r, const char *text)
{
	for (size_t i = 0; i < r->n_targets; i++)
		if (str_eq(r->targets[i].code, text))
			return &r->targets[i];
	for (size_t i = 0; i < r->n_targets; i++)
		if (str_eq(r->targets[i].label, text))
			return &r->targets[i];
	return NULL;
}

static err invite(struct ctx *c, int64_t round_id, int64_t target_id, int64_t serial, struct t_survey_invitation *i)
{
	row_init(&T_survey_invitation, i);
	i->round_id = round_id;
	i->target_id = target_id;
	i->serial = serial;
	i->way = "other";
	return row_insert(c, &T_survey_invitation, i);
}

static err invitation_of(struct ctx *c, const struct reading *r, const struct t_survey_round *round, struct t_survey_invitation *i)
{
	struct q_survey_invitation_of_row have;
	struct q_survey_serial_last_row last;
	bool found;
	const struct t_survey_target *t = target_of(r, cell(c, r, r->at[0]));
	if (!t)
		return fault_add(c, "target", ERR_SURVEY_FILE, "「target」の「%s」という番号か名前の回答者は、名簿にありません。確かめるか、先に名簿へ加えてください。", cell(c, r, r->at[0]));
	TRY(q_survey_invitation_of(c, &(struct q_survey_invitation_of_in){.round_id = round->id, .target_id = t->id}, &have, &found));
	if (found)
		return row_load(c, &T_survey_invitation, have.id, i);
	TRY(q_survey_serial_last(c, &(struct q_survey_serial_last_in){.round_id = round->id}, &last));
	return invite(c, round->id, t->id, last.serial + 1, i);
}

static err put_named(struct ctx *c, const struct reading *r, const struct t_survey_round *round, const char *mode, civil day, const char *json)
{
	struct t_survey_invitation i = {0};
	struct q_survey_answer_of_row have = {0};
	struct t_survey_answer a = {0};
	bool found;
	TRY(invitation_of(c, r, round, &i));
	TRY(q_survey_answer_of(c, &(struct q_survey_answer_of_in){.invitation_id = i.id}, &have, &found));
	row_init(&T_survey_answer, &a);
	if (found)
		TRY(row_load(c, &T_survey_answer, have.id, &a));
	struct t_survey_answer was = a;
	a.round_id = round->id;
	a.invitation_id = i.id;
	a.mode = mode;
	a.state = "submitted";
	a.submitted_on = day;
	a.answers = json;
	if (found && row_same(&T_survey_answer, &was, &a)) {
		import_note(c, r->out, r->row->line, false, "変わりありません。");
		return OK;
	}
	TRY(found ? row_save(c, &T_survey_answer, &a, NULL) : row_insert(c, &T_survey_answer, &a));
	import_note(c, r->out, r->row->line, false, found ? "回答を直しました。" : "回答を加えました。");
	return OK;
}

static err row_tx(struct ctx *c, void *arg)
{
	struct reading *r = arg;
	struct t_survey_round round = {0};
	struct answers *as = NULL;
	const char *json = "", *mode = cell(c, r, r->at[2]);
	TRY(round_of(c, r, &round));
	for (size_t i = 0; i < r->s.n_rounds; i++)
		r->touched[i] = r->touched[i] || r->s.rounds[i].id == round.id;
	civil day = round.closes_on < c->today ? round.closes_on : c->today;
	if (*cell(c, r, r->at[3]) && !era_guess(cell(c, r, r->at[3]), &day))
		return fault_add(c, "submitted_on", ERR_DATE_FORM, "「submitted_on」の「%s」が日付として読めません。", cell(c, r, r->at[3]));
	if (!*mode)
		mode = "file";
	if (!*survey_label(SURVEY_MODES, mode))
		return fault_add(c, "mode", ERR_NOT_CHOICE, "「mode」の「%s」は、web・inside・mail・fax・paper・email・phone・file のどれかにしてください。", mode);
	TRY(read_answers(c, r, &round, &as));
	if (r->s.survey.is_anonymous) {
		TRY(survey_round_front(c, &r->s.survey, &round));
		TRY(front_pot_add(c, round.pid, str_eq(mode, "inside") ? "web" : mode, as));
		import_note(c, r->out, r->row->line, false, "無記名の回答として加えました。");
		return OK;
	}
	TRY(survey_store_answers(c, as, &json));
	return put_named(c, r, &round, mode, day, json);
}

/* Two rows for one target and round: the second is told, the first stands. */
static bool twice(struct ctx *c, struct reading *r)
{
	if (r->s.survey.is_anonymous)
		return false;
	const char *key = arena_fmt(c->arena, "%s\t%s", cell(c, r, r->at[0]), cell(c, r, r->at[1]));
	if (map_get(&r->seen, key))
		return true;
	map_set(&r->seen, key, (void *)(uintptr_t)1);
	return false;
}

/* A round whose answers all came by file asked the whole frame: those without a row are silent, not unasked (C-175). */
static err ask_the_rest(struct ctx *c, void *arg)
{
	struct reading *r = arg;
	for (size_t i = 0; i < r->s.n_rounds; i++) {
		struct q_survey_uninvited_row *t;
		struct q_survey_serial_last_row last;
		size_t n;
		if (!r->touched[i] || r->asked_before[i] || r->s.survey.is_anonymous)
			continue;
		TRY(q_survey_uninvited(c, &(struct q_survey_uninvited_in){.survey_id = r->s.survey.id, .round_id = r->s.rounds[i].id}, &t, &n));
		TRY(q_survey_serial_last(c, &(struct q_survey_serial_last_in){.round_id = r->s.rounds[i].id}, &last));
		for (size_t k = 0; k < n; k++)
			TRY(invite(c, r->s.rounds[i].id, t[k].id, last.serial + (int64_t)k + 1, &(struct t_survey_invitation){0}));
	}
	return OK;
}

static err begin_rounds(struct ctx *c, struct reading *r)
{
	r->asked_before = ARENA_ARRAY(c->arena, r->s.n_rounds + 1, bool);
	r->touched = ARENA_ARRAY(c->arena, r->s.n_rounds + 1, bool);
	for (size_t i = 0; i < r->s.n_rounds; i++) {
		struct q_survey_seat_counts_row k;
		TRY(q_survey_seat_counts(c, &(struct q_survey_seat_counts_in){.round_id = r->s.rounds[i].id}, &k));
		r->asked_before[i] = k.invited > 0;
	}
	return OK;
}

static err rows(struct ctx *c, void *arg)
{
	struct reading *r = arg;
	struct csv f = csv_open(r->bytes, r->n, ',', CSV_AUTO);
	struct csv_row *row = ARENA_NEW(c->arena, struct csv_row);
	size_t n_heads = OWN_COLUMNS + r->s.n;
	const char **heads = ARENA_ARRAY(c->arena, n_heads + 1, const char *);
	int *at = ARENA_ARRAY(c->arena, n_heads + 1, int);
	memcpy(heads, OWN, sizeof OWN);
	memcpy(heads + OWN_COLUMNS, r->s.keys, r->s.n * sizeof *heads);
	r->out->n = 0;
	r->seen = map_new(c->arena);
	TRY(import_head(c, r->out, &f, heads, (int)n_heads, at, "回答の表の見出しが読めません。1行目に target、round と質問の項目名を置いてください。"));
	memcpy(r->at, at, sizeof r->at);
	r->at_key = at + OWN_COLUMNS;
	if (*r->out->unread)
		return fault_add(c, "file", ERR_SURVEY_FILE, "この調査にない列があります: %s。列の名前をコード表と見くらべて直してください。何も読み込んでいません。", r->out->unread);
	if (r->at[1] < 0 || (r->at[0] < 0 && !r->s.survey.is_anonymous))
		return fault_add(c, "file", ERR_SURVEY_FILE, "回答の表に「target」と「round」の列が要ります。");
	TRY(begin_rounds(c, r));
	while (csv_next(&f, c->arena, row)) {
		size_t before = c->n_faults;
		r->row = row;
		if (row->bad != OK || twice(c, r)) {
			import_note(c, r->out, row->line, true, row->bad != OK ? row->why : "同じ回答者・同じ回の行が、前にもあります。この行は読み込んでいません。どちらか1行にしてください。");
			continue;
		}
		err e = tx_run(c, row_tx, r);
		if (r->inside)
			TRY(e);
		if (e != OK && err_class_of(e) != ERR_CLASS_INPUT && err_class_of(e) != ERR_CLASS_CONFLICT)
			return e;
		if (e != OK)
			import_note(c, r->out, row->line, true, import_faults(c, before, e));
	}
	return tx_run(c, ask_the_rest, r);
}

err survey_raw_import(struct ctx *c, const char *survey_pid, const char *bytes, size_t n, bool trial, struct import_lines *out)
{
	struct reading r = {.bytes = bytes, .n = n, .out = out};
	TRY(open_sheet(c, survey_pid, ACTION_WRITE, &r.s));
	TRY(survey_targets(c, r.s.survey.id, &r.targets, &r.n_targets));
	return import_run(c, &(struct import_file){.n_bytes = n, .most_bytes = FILE_MOST, .trial = trial, .rows = rows, .arg = &r});
}

err survey_raw_take(struct ctx *c, const char *survey_pid, const char *bytes, size_t n, struct import_lines *out)
{
	struct reading r = {.bytes = bytes, .n = n, .out = out, .inside = true};
	TRY(open_sheet(c, survey_pid, ACTION_WRITE, &r.s));
	TRY(survey_targets(c, r.s.survey.id, &r.targets, &r.n_targets));
	return rows(c, &r);
}
