#include "register/import_lines.h"

#include "base/str.h"
#include "store/tx.h"

#include <string.h>

void import_note(struct ctx *c, struct import_lines *o, int line, bool is_bad, const char *text)
{
	if (o->n == o->cap) {
		size_t cap = o->cap ? o->cap * 2 : 64;
		struct import_line *v = ARENA_ARRAY(c->arena, cap, struct import_line);
		if (o->n)
			memcpy(v, o->v, o->n * sizeof *v);
		o->v = v;
		o->cap = cap;
	}
	o->v[o->n++] = (struct import_line){line, is_bad, text};
}

err import_head(struct ctx *c, struct import_lines *o, struct csv *f, const char *const *headings, int n, int *at, const char *no_head)
{
	struct csv_row row;
	o->unread = "";
	if (!csv_next(f, c->arena, &row) || row.bad != OK)
		return fault_add(c, "file", ERR_CSV, "%s", no_head);
	for (int k = 0; k < n; k++)
		at[k] = csv_column(&row, headings[k]);
	for (size_t i = 0; i < row.n; i++) {
		const char *name = str_trim(c->arena, row.cells[i]);
		bool is_known = !*name;
		for (int k = 0; k < n; k++)
			is_known = is_known || str_eq(name, headings[k]);
		if (!is_known)
			o->unread = *o->unread ? arena_fmt(c->arena, "%s、%s", o->unread, name) : name;
	}
	return OK;
}

const char *import_faults(struct ctx *c, size_t before, err e)
{
	const char *text = "";
	for (size_t i = before; i < c->n_faults; i++)
		text = arena_fmt(c->arena, "%s%s", text, c->faults[i].message);
	c->n_faults = before;
	return *text ? text : arena_fmt(c->arena, "%s%s", err_sentence_ja(e), err_mend_ja(e));
}

struct trial {
	const struct import_file *f;
	bool ran;
};

static err trial_tx(struct ctx *c, void *arg)
{
	struct trial *t = arg;
	t->ran = false;
	TRY(t->f->rows(c, t->f->arg));
	t->ran = true;
	return ERR_INPUT; /* takes everything back */
}

err import_run(struct ctx *c, const struct import_file *f)
{
	struct trial t = {.f = f};
	if (c->tx_depth > 0)
		return ERR_BUG; /* one bad row would take back the good ones */
	if (f->n_bytes > f->most_bytes)
		return fault_add(c, "file", ERR_CSV, "ファイルが大きすぎます（%zu MBまで）。分けてください。", f->most_bytes >> 20);
	if (!f->trial)
		return f->rows(c, f->arg);
	err e = tx_run(c, trial_tx, &t);
	return t.ran && e == ERR_INPUT ? OK : e;
}
