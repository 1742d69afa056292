/* care/work — 今日の仕事: the first page. Every box is a number and the filter that gives exactly its rows (F122).
 * Boxes: overdue and due tasks, consultations without a next action (F018), overdue next actions, unlinked
 * consultations, undetermined checklists, hand-ins open, certifications ending soon, routed yesterday and today.
 * They stand in groups, one beside the other in the array; the order of groups is the page's.
 * Tests: tests/unit/test_care_work.c (count equals rows for every box). */
#ifndef TSU_CARE_WORK_H
#define TSU_CARE_WORK_H

#include "base/ctx.h"

enum work_group { WORK_DUE, WORK_CARE, WORK_CONSULT };
struct work_box {
	enum work_group group;
	const char *code, *label, *help; /* static or catalogue */
	int64_t count;
	bool urgent;       /* drawn with a word and an icon, not by colour alone */
};
struct work_row {
	const char *kind_label, *title, *person_pid, *person_name, *url, *assignee_name, *note; /* never NULL */
	const char *task_pid; /* "" unless it is a task that can be ticked off here */
	int64_t person_id;    /* INT_NULL if nobody; for the log of looks */
	civil due_on;
};
/* mine: only what the actor is in charge of; else the whole organisation. */
MUST err work_boxes(struct ctx *c, bool mine, struct work_box **boxes, size_t *n);
/* The rows of the box bear the day something happened, not one by which something is due. */
bool work_box_is_past(const char *code);
/* The rows behind a number, with the box itself (its count = all rows). ERR_NOTFOUND: no such box. limit 0 = 50. */
MUST err work_rows(struct ctx *c, const char *code, bool mine, int64_t offset, int64_t limit, struct work_box *box,
                   struct work_row **rows, size_t *n);

#endif
