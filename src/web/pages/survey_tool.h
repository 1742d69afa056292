/* pages/survey_tool — 使用調査: which sheet a survey asks about, what its users ask for, what the next version took over (C-191).
 * Ownership: arena of the request. Tests: tests/http/test_survey_ways.py. */
#ifndef TSU_WEB_PAGES_SURVEY_TOOL_H
#define TSU_WEB_PAGES_SURVEY_TOOL_H

#include "region/survey_tool.h"
#include "web/page.h"

struct survey_request_row {
	const struct t_survey_request *q;
	struct ui_field decision, reason; /* with what was typed, if this row was refused */
	const char *word, *kind;          /* tag */
	bool refused;
};
struct survey_tool_page_view {
	const struct page_view *page;
	const struct t_survey *s;
	const struct survey_tool_view *tool;
	struct survey_request_row *rows;
	size_t n_rows;
	bool may_write;
	struct ui_field sheet, content;
};

/* One survey about a version of a sheet, as the pages of the sheet show it. */
struct tool_use_view {
	const struct survey_tool_use *u;
	const char *what;       /* 前の版についての使用調査 … */
	const struct t_survey_request **taken, **not_taken;
	size_t n_taken, n_not_taken, n_open;
	bool is_before;         /* about the version before: what was taken is shown */
};
MUST err tool_uses_of_form(struct req *r, const struct t_survey_form *f, struct tool_use_view **v, size_t *n);
MUST err tool_uses_of_def(struct req *r, const struct form_def *def, struct tool_use_view **v, size_t *n);

#endif
