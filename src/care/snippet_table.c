#include "care/snippet_table.h"

#include "base/house.h"
#include "base/str.h"
#include "care/snippet_fill.h"
#include "codec/csv.h"
#include "law/codes.h"
#include "store/tx.h"

#include <string.h>

enum column { COL_LEVEL, COL_WORD, COL_TITLE, COL_CATEGORY, COL_BODY, COLUMNS };
static const char *const headings[COLUMNS] = {"使う人", "呼び出し語", "名前", "分類", "本文"};

struct import {
	struct snippet_import *out;
	int at[COLUMNS];
	const char *level;
	int64_t org_id;
	struct snippet *have; /* the living ones at the beginning */
	size_t n_have;
	size_t cap_lines;
};

/* ---- one row ---------------------------------------------------------------------------------------------------- */

static void note_line(struct ctx *c, struct import *m, int line, bool is_bad, const char *text)
{
	struct snippet_import *o = m->out;
	if (o->n_lines == m->cap_lines) {
		size_t cap = m->cap_lines ? m->cap_lines * 2 : 64;
		struct snippet_import_line *v = ARENA_ARRAY(c->arena, cap, struct snippet_import_line);
		if (o->n_lines)
			memcpy(v, o->lines, o->n_lines * sizeof *v);
		o->lines = v;
		m->cap_lines = cap;
	}
	o->lines[o->n_lines++] = (struct snippet_import_line){line, is_bad, text};
}

static const char *cell(struct ctx *c, const struct import *m, const struct csv_row *row, enum column k)
{
	return m->at[k] < 0 ? "" : str_trim(c->arena, csv_cell(row, m->at[k]));
}

/* The code of a label (or the code itself); *found false: neither. */
static const char *code_of(struct ctx *c, const char *list, const char *text, const char *if_blank, bool *found)
{
	size_t n;
	const struct law_code **v = law_code_list(c->house->law, c->arena, list, c->today, &n);
	*found = true;
	if (!*text)
		return if_blank;
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i]->code, text) || str_eq(v[i]->label, text))
			return v[i]->code;
	*found = false;
	return "";
}

static const char *labels_of(struct ctx *c, const char *list)
{
	size_t n;
	const char *all = "";
	const struct law_code **v = law_code_list(c->house->law, c->arena, list, c->today, &n);
	for (size_t i = 0; i < n; i++)
		all = arena_fmt(c->arena, "%s%s%s", all, *all ? "・" : "", v[i]->label);
	return all;
}

struct row_job {
	struct import *m;
	const struct csv_row *row;
	enum { ROW_ADDED, ROW_CHANGED, ROW_SAME } done;
	const char *title;
};

/* Whose a row of the table would be, seen from the actor. */
static bool same_owner(const struct ctx *c, const struct import *m, const struct t_snippet *have, const char *level)
{
	if (!str_eq(have->level, level))
		return false;
	return !c->actor.system || have->org_id == m->org_id;
}

static struct t_snippet *known(struct ctx *c, struct import *m, const char *level, const char *word, const char *title)
{
	const char *key = snippet_key(c, word);
	for (size_t i = 0; i < m->n_have; i++) {
		struct t_snippet *r = &m->have[i].row;
		if (same_owner(c, m, r, level) && str_eq(r->word_fold, key) && str_eq(r->title, title))
			return r;
	}
	return NULL;
}

static err codes_of_row(struct ctx *c, struct row_job *j, const char **level, const char **category)
{
	bool has_level, has_category;
	const char *level_text = cell(c, j->m, j->row, COL_LEVEL), *category_text = cell(c, j->m, j->row, COL_CATEGORY);
	*level = code_of(c, "snippet_level", level_text, j->m->level, &has_level);
	*category = code_of(c, "snippet_category", category_text, "free", &has_category);
	if (!has_level)
		(void)fault_add(c, headings[COL_LEVEL], ERR_NOT_CHOICE, "「使う人」の「%s」が分かりません。%sのどれかを書いてください。", level_text, labels_of(c, "snippet_level"));
	if (!has_category)
		(void)fault_add(c, headings[COL_CATEGORY], ERR_NOT_CHOICE, "「分類」の「%s」が分かりません。%sのどれかを書いてください。", category_text, labels_of(c, "snippet_category"));
	return has_level && has_category ? OK : ERR_INPUT;
}

/* The apostrophe that keeps a spreadsheet from running a cell is not part of the sentence. */
static const char *body_of(struct ctx *c, const struct row_job *j)
{
	static const char *const signs[] = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};
	const char *text = csv_cell(j->row, j->m->at[COL_BODY]);
	for (size_t i = 0; *text == '\'' && i < sizeof signs / sizeof signs[0]; i++)
		if (str_starts(text + 1, signs[i]))
			text++;
	return snippet_body(c->arena, text);
}

static err row_tx(struct ctx *c, void *arg)
{
	struct row_job *j = arg;
	const char *level, *category;
	TRY(codes_of_row(c, j, &level, &category));
	const char *word = cell(c, j->m, j->row, COL_WORD), *title = cell(c, j->m, j->row, COL_TITLE), *body = body_of(c, j);
	struct t_snippet *have = known(c, j->m, level, word, title), row;
	j->title = title;
	if (have && str_eq(have->body, body) && str_eq(have->category, category)) {
		j->done = ROW_SAME;
		return OK;
	}
	snippet_init(&row);
	if (have)
		row = *have;
	row.level = level;
	row.word = have ? have->word : word;
	row.title = title;
	row.category = category;
	row.body = body;
	if (!have && c->actor.system)
		row.org_id = j->m->org_id;
	j->done = have ? ROW_CHANGED : ROW_ADDED;
	return snippet_save(c, &row, NULL);
}

/* The faults of the row in one text; they are taken off the list, for they belong to no field of a page. */
static const char *faults_off(struct ctx *c, size_t before, err e)
{
	const char *text = "";
	for (size_t i = before; i < c->n_faults; i++)
		text = arena_fmt(c->arena, "%s%s", text, c->faults[i].message);
	c->n_faults = before;
	return *text ? text : arena_fmt(c->arena, "%s%s", err_sentence_ja(e), err_mend_ja(e));
}

static err one_row(struct ctx *c, struct import *m, const struct csv_row *row)
{
	static const char *const did[] = {"登録", "変更", "そのまま"};
	struct row_job j = {.m = m, .row = row};
	size_t before = c->n_faults;
	if (row->bad != OK) {
		m->out->bad++;
		note_line(c, m, row->line, true, row->why);
		return OK;
	}
	err e = tx_run(c, row_tx, &j);
	enum err_class k = err_class_of(e);
	if (e != OK && k != ERR_CLASS_INPUT && k != ERR_CLASS_NOTFOUND && k != ERR_CLASS_CONFLICT && k != ERR_CLASS_DENIED)
		return e; /* disk, store: the import ends */
	if (e != OK) {
		m->out->bad++;
		note_line(c, m, row->line, true, faults_off(c, before, e));
		return OK;
	}
	*(j.done == ROW_ADDED ? &m->out->added : j.done == ROW_CHANGED ? &m->out->changed : &m->out->same) += 1;
	note_line(c, m, row->line, false, arena_fmt(c->arena, "%s：%s", j.title, did[j.done]));
	return OK;
}

/* ---- the file --------------------------------------------------------------------------------------------------- */

static err head(struct ctx *c, struct import *m, struct csv *f)
{
	struct csv_row row;
	if (!csv_next(f, c->arena, &row) || row.bad != OK)
		return fault_add(c, "file", ERR_CSV, "1行目に列の名前がありません。「書き出す」で保存したファイルの1行目をそのまま使ってください。");
	for (int k = 0; k < COLUMNS; k++)
		m->at[k] = csv_column(&row, headings[k]);
	for (size_t i = 0; i < row.n; i++) {
		const char *name = str_trim(c->arena, row.cells[i]);
		bool is_known = !*name;
		for (int k = 0; k < COLUMNS; k++)
			is_known = is_known || str_eq(name, headings[k]);
		if (!is_known)
			m->out->unread = *m->out->unread ? arena_fmt(c->arena, "%s、%s", m->out->unread, name) : name;
	}
	if (m->at[COL_WORD] < 0 || m->at[COL_TITLE] < 0 || m->at[COL_BODY] < 0)
		return fault_add(c, "file", ERR_CSV, "「呼び出し語」「名前」「本文」の列が必要です。1行目の列の名前を確かめてください。");
	return OK;
}

struct file_job {
	struct import m;
	const void *bytes;
	size_t n;
	bool ran;
};

/* May run again in a trial's transaction: begins from nothing each time. */
static err rows(struct ctx *c, struct file_job *j)
{
	struct csv f = csv_open(j->bytes, j->n, ',', CSV_AUTO);
	struct csv_row row;
	int64_t n = 0;
	*j->m.out = (struct snippet_import){.unread = ""};
	j->m.cap_lines = 0;
	TRY(head(c, &j->m, &f));
	TRY(snippet_list(c, &(struct snippet_filter){.text = NULL}, &j->m.have, &j->m.n_have));
	while (csv_next(&f, c->arena, &row)) {
		if (++n > SNIPPET_IMPORT_ROWS)
			return fault_add(c, "file", ERR_CSV, "行が多すぎます（%d行まで）。ファイルを分けてください。", SNIPPET_IMPORT_ROWS);
		TRY(one_row(c, &j->m, &row));
	}
	return n ? OK : fault_add(c, "file", ERR_CSV, "定型文の行がありません。2行目から1行に1つの定型文を書いてください。");
}

static err trial_tx(struct ctx *c, void *arg)
{
	struct file_job *j = arg;
	j->ran = false;
	TRY(rows(c, j));
	j->ran = true;
	return ERR_INPUT; /* takes everything back */
}

err snippet_import_csv(struct ctx *c, const void *bytes, size_t n_bytes, const char *level, int64_t org_id, bool trial, struct snippet_import *out)
{
	struct file_job j = {.m = {.out = out, .level = level, .org_id = org_id}, .bytes = bytes, .n = n_bytes};
	*out = (struct snippet_import){.unread = ""};
	if (c->tx_depth > 0)
		return ERR_BUG; /* one bad row would take back the good ones */
	if (n_bytes > SNIPPET_IMPORT_BYTES)
		return fault_add(c, "file", ERR_CSV, "ファイルが大きすぎます（2 MBまで）。分けてください。");
	if (!trial)
		return rows(c, &j);
	err e = tx_run(c, trial_tx, &j);
	return j.ran && e == ERR_INPUT ? OK : e;
}

err snippet_export_csv(struct ctx *c, const struct snippet_filter *f, bool cp932, const char **bytes, size_t *n, struct cp932_report *report)
{
	struct snippet *v;
	size_t n_v;
	struct csv_writer w = csv_writer_new(c->arena, (unsigned)CSV_EXCEL | (cp932 ? CSV_TO_CP932 : CSV_BOM)); /* body_of takes the apostrophe off */
	TRY(snippet_list(c, f, &v, &n_v));
	for (int k = 0; k < COLUMNS; k++)
		csv_put(&w, headings[k]);
	csv_end(&w);
	for (size_t i = 0; i < n_v; i++) {
		const struct t_snippet *r = &v[i].row;
		csv_put(&w, law_code_label(c->house->law, "snippet_level", r->level));
		csv_put(&w, r->word);
		csv_put(&w, r->title);
		csv_put(&w, law_code_label(c->house->law, "snippet_category", r->category));
		csv_put(&w, r->body);
		csv_end(&w);
	}
	return csv_finish(&w, c->house->fold, bytes, n, report);
}
