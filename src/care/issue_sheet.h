/* care/issue_sheet — 課題整理総括表: made from an assessment, then edited (F033; forms-careplan §5.2, 平成26年の手引き, a free form).
 *
 * Proposed are: 阻害要因 ①–⑥ from the items that are issues, 現在 of each row from its sub-items (the heaviest one), 要因 by the item a
 * barrier came from, 改善／維持の可能性 from the assessment it was copied from (better, same, worse), ニーズ in the order of the items.
 * Only items of class care are carried over: what is medical or the family's own is typed by whoever decides to say it here.
 * Every cell somebody typed is marked (`edited`) and never overwritten by making it anew. Class care.
 * Ownership: arena. Errors: as care/assess. Tests: tests/unit/test_care_assess.c, tests/http/test_assess.py.
 */
#ifndef TSU_CARE_ISSUE_SHEET_H
#define TSU_CARE_ISSUE_SHEET_H

#include "care/assess.h"

enum { ISSUE_BARRIERS = 6 };

struct issue_sheet_line {
	const struct law_issue_row *def;
	struct t_issue_sheet_row row;
};
struct issue_sheet_view {
	struct t_issue_sheet row;
	const char *barrier[ISSUE_BARRIERS];
	const char *assessment_pid, *person_pid, *staff_name, *updated_by;
	civil assessed_on;
	bool may_write;
	struct issue_sheet_line *lines;
	size_t n_lines;
	struct t_issue_sheet_need *needs;
	size_t n_needs;
};
/* True if somebody typed the column of a row. */
bool issue_sheet_is_edited(const char *edited, const char *column);

MUST err issue_sheet_make(struct ctx *c, const char *assessment_pid, const char **pid);
MUST err issue_sheet_get(struct ctx *c, const char *pid, struct issue_sheet_view *out);
struct issue_sheet_row_in {
	struct t_issue_sheet_row row;   /* code, version (0 = not on the page), label now factor prospect note */
};
struct issue_sheet_need_in {
	struct t_issue_sheet_need row;  /* no, version (0 = new line), outlook need need_order */
};
struct issue_sheet_input {
	const char *pid;
	struct t_issue_sheet row;       /* version create_on wish */
	const char *barrier[ISSUE_BARRIERS];
	struct issue_sheet_row_in *rows;
	size_t n_rows;
	struct issue_sheet_need_in *needs;
	size_t n_needs;
};
MUST err issue_sheet_save(struct ctx *c, const struct issue_sheet_input *in, struct assess_clashes *clash);
/* Anew from the assessment as it is now; edited cells stay. */
MUST err issue_sheet_remake(struct ctx *c, const char *pid);
MUST err issue_sheet_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);

struct issue_sheet_row {
	const char *pid, *staff_name;
	civil create_on;
	int64_t id, updated_ms;
};
MUST err issue_sheet_list(struct ctx *c, const char *assessment_pid, struct issue_sheet_row **v, size_t *n);

#endif
