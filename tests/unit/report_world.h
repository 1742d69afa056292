/* What the tests of figures share: a table of a report by its id, a cell's text, a sentence. */
#ifndef TSU_TESTS_REPORT_WORLD_H
#define TSU_TESTS_REPORT_WORLD_H

#include "region/tab_report.h"

#include <string.h>

static inline const struct tab_table *report_table(const struct tab_report *r, const char *id)
{
	for (size_t i = 0; i < r->n_sections; i++)
		for (size_t k = 0; k < r->sections[i].n_tables; k++)
			if (str_eq(r->sections[i].tables[k]->id, id))
				return r->sections[i].tables[k];
	return NULL;
}

static inline const char *report_cell(const struct tab_report *r, const char *id, const char *code, size_t col)
{
	const struct tab_table *t = report_table(r, id);
	if (!t)
		fail_msg("no table %s", id);
	const struct tab_cell *c = tab_cell_of(t, code, col);
	if (!c)
		fail_msg("%s has no %s %zu", id, code, col);
	return c->text;
}

static inline bool report_says(const struct tab_report *r, const char *part)
{
	for (size_t i = 0; i < r->n_sections; i++)
		for (size_t k = 0; k < r->sections[i].n_words; k++)
			if (strstr(r->sections[i].words[k], part))
				return true;
	return false;
}

#endif
