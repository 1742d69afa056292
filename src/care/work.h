/* care/work — 今日の仕事: the first page. Every box is a number and the filter that gives exactly its rows (F122).
 * Boxes: overdue and due tasks, consultations without a next action (F018), overdue next actions, unlinked
 * consultations, undetermined checklists, hand-ins open, certifications ending soon, routed yesterday and today.
 * Tests: tests/unit/test_care_work.c (count equals rows for every box). */
#ifndef TSU_CARE_WORK_H
#define TSU_CARE_WORK_H

#include "base/ctx.h"

struct work_box {
	const char *code, *label, *help; /* static or catalogue */
	int64_t count;
	bool urgent;       /* drawn with a word and an icon, not by colour alone */
};
struct work_row {
	const char *kind_label, *title, *person_pid, *person_name, *url, *assignee_name;
	civil due_on;
	const char *note;
};
/* mine: only what the actor is in charge of; else the whole organisation. */
MUST err work_boxes(struct ctx *c, bool mine, struct work_box **boxes, size_t *n);
MUST err work_rows(struct ctx *c, const char *box, bool mine, int64_t offset, int64_t limit, struct work_row **rows, size_t *n, int64_t *total);

#endif
