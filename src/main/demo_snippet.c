/* 定型文 of the demo town from demo/snippets.csv: the heads and managers keep those of their offices, the city its own. */
#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/snippet.h"
#include "codec/csv.h"
#include "exchange/transfer.h"
#include "law/codes.h"
#include "main/demo_acts.h"

#include <string.h>

enum { FOR, MADE, LEVEL, WORD, TITLE, CATEGORY, BODY, COLUMNS };

/* The rows that account keeps; NULL: none. */
static const char *part_of(const struct demo_login *l)
{
	switch (l->role) {
	case ROLE_CENTRE_HEAD: return "centre";
	case ROLE_CM_MANAGER: return "office";
	case ROLE_INSURER: return "town";
	case ROLE_CM: return "own";
	default: return NULL;
	}
}

static const char *code_of(struct ctx *c, const char *list, const char *label)
{
	size_t n;
	const struct law_code **v = law_code_list(c->house->law, c->arena, list, c->today, &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i]->label, label))
			return v[i]->code;
	return "";
}

static err save_row(struct ctx *c, const struct csv_row *row)
{
	struct t_snippet s;
	snippet_init(&s);
	s.level = code_of(c, "snippet_level", csv_cell(row, LEVEL));
	s.word = csv_cell(row, WORD);
	s.title = csv_cell(row, TITLE);
	s.category = code_of(c, "snippet_category", csv_cell(row, CATEGORY));
	s.body = csv_cell(row, BODY);
	return snippet_save(c, &s, NULL);
}

static err of_login(struct demo *d, struct ctx *c, int who, const char *text)
{
	const char *part = part_of(&d->login[who]);
	struct csv f = csv_open(text, strlen(text), ',', CSV_UTF8);
	struct csv_row row;
	if (!part)
		return OK;
	demo_as(d, c, who);
	while (csv_next(&f, c->arena, &row)) {
		if (row.bad != OK || row.n != COLUMNS)
			return ERR_IO;
		if (str_eq(csv_cell(&row, FOR), part))
			TRY(save_row(c, &row));
	}
	return OK;
}

struct making {
	struct demo *d;
	const char *text;
};

static err all(struct ctx *c, void *arg)
{
	struct making *m = arg;
	for (size_t i = 0; i < m->d->n_logins; i++)
		TRY(of_login(m->d, c, (int)i, m->text));
	return OK;
}

err demo_make_snippets(struct demo *d, struct ctx *c, const char *share_dir)
{
	char *text;
	TRY(demo_read_text(c->arena, arena_fmt(c->arena, "%s/demo/snippets.csv", share_dir), &text));
	return demo_as_others(d, c, all, &(struct making){d, text});
}
