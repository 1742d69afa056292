/* rehab_info — 介護支援専門員への情報提供 in five items (C-205): wishes and social participation, abilities and prospect, ways of care, environment
 * and tools, other. Source: Vol.1217 Ⅱ-3(2).
 *
 * Sending with an empty item is asked once (a fault on "accept") and then goes, marked. Sent, the sheet is frozen and the person's care manager has
 * a task until it is marked as read. Gate: class care of the person. Ownership: arena.
 * Errors: ERR_INPUT with faults by column name, ERR_CONFLICT, of policy_check. Tests: tests/unit/test_care_rehab.c.
 */
#ifndef TSU_CARE_REHAB_INFO_H
#define TSU_CARE_REHAB_INFO_H

#include "care/rehab_goal.h"

enum { REHAB_INFO_ITEMS = 5 };

struct rehab_info_item {
	const char *column, *label, *text;
};

struct rehab_info_view {
	struct t_rehab_info row;
	const char *person_pid, *person_name, *org_name, *staff_name, *goal_pid, *goal_label, *updated_by, *to_org_name, *to_staff_name, *read_by; /* "" if none */
	struct rehab_manager manager;
	struct rehab_info_item items[REHAB_INFO_ITEMS];
	size_t n_empty;
	bool may_write, is_sent, may_read;
};

const char *rehab_info_label(size_t i);  /* the five headings, in order */
const char *rehab_info_column(size_t i);
MUST err rehab_info_init(struct ctx *c, const char *person_pid, const char *goal_pid, struct t_rehab_info *row);
MUST err rehab_info_get(struct ctx *c, const char *pid, struct rehab_info_view *out);
MUST err rehab_info_list(struct ctx *c, const char *person_pid, struct rehab_info_view **v, size_t *n);
MUST err rehab_info_save(struct ctx *c, const char *person_pid, struct t_rehab_info *row, struct row_conflict **conflict);
MUST err rehab_info_send(struct ctx *c, const char *pid, bool accept);
MUST err rehab_info_read(struct ctx *c, const char *pid);
MUST err rehab_info_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);

#endif
