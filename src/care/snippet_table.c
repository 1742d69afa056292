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
};

/* ---- one row ---------------------------------------------------------------------------------------------------- */

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

static err one_row(struct ctx *c, struct import *m, const struct csv_row *row)
{
	static const char *const did[] = {"登録", "変更", "そのまま"};
	struct row_job j = {.m = m, .row = row};
	size_t before = c->n_faults;
	if (row->bad != OK) {
		m->out->bad++;
		import_note(c, &m->out->said, row->line, true, row->why);
		return OK;
	}
	err e = tx_run(c, row_tx, &j);
	enum err_class k = err_class_of(e);
	if (e != OK && k != ERR_CLASS_INPUT && k != ERR_CLASS_NOTFOUND && k != ERR_CLASS_CONFLICT && k != ERR_CLASS_DENIED)
		return e; /* disk, store: the import ends */
	if (e != OK) {
		m->out->bad++;
		import_note(c, &m->out->said, row->line, true, import_faults(c, before, e));
		return OK;
	}
	*(j.done == ROW_ADDED ? &m->out->added : j.done == ROW_CHANGED ? &m->out->changed : &m->out->same) += 1;
	import_note(c, &m->out->said, row->line, false, arena_fmt(c->arena, "%s：%s", j.title, did[j.done]));
	return OK;
}

/* ---- the file --------------------------------------------------------------------------------------------------- */

static err head(struct ctx *c, struct import *m, struct csv *f)
{
	TRY(import_head(c, &m->out->said, f, headings, COLUMNS, m->at, "1行目に列の名前がありません。「書き出す」で保存したファイルの1行目をそのまま使ってください。"));
	if (m->at[COL_WORD] < 0 || m->at[COL_TITLE] < 0 || m->at[COL_BODY] < 0)
		return fault_add(c, "file", ERR_CSV, "「呼び出し語」「名前」「本文」の列が必要です。1行目の列の名前を確かめてください。");
	return OK;
}

struct file_job {
	struct import m;
	const void *bytes;
	size_t n;
};

/* May run again in a trial's transaction: begins from nothing each time. */
static err rows(struct ctx *c, void *arg)
{
	struct file_job *j = arg;
	struct csv f = csv_open(j->bytes, j->n, ',', CSV_AUTO);
	struct csv_row row;
	int64_t n = 0;
	*j->m.out = (struct snippet_import){.said.unread = ""};
	TRY(head(c, &j->m, &f));
	TRY(snippet_list(c, &(struct snippet_filter){.text = NULL}, &j->m.have, &j->m.n_have));
	while (csv_next(&f, c->arena, &row)) {
		if (++n > SNIPPET_IMPORT_ROWS)
			return fault_add(c, "file", ERR_CSV, "行が多すぎます（%d行まで）。ファイルを分けてください。", SNIPPET_IMPORT_ROWS);
		TRY(one_row(c, &j->m, &row));
	}
	return n ? OK : fault_add(c, "file", ERR_CSV, "定型文の行がありません。2行目から1行に1つの定型文を書いてください。");
}

err snippet_import_csv(struct ctx *c, const void *bytes, size_t n_bytes, const char *level, int64_t org_id, bool trial, struct snippet_import *out)
{
	struct file_job j = {.m = {.out = out, .level = level, .org_id = org_id}, .bytes = bytes, .n = n_bytes};
	*out = (struct snippet_import){.said.unread = ""};
	return import_run(c, &(struct import_file){n_bytes, SNIPPET_IMPORT_BYTES, trial, rows, &j});
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
