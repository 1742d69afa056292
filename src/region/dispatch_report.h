/* dispatch_report — what came of it: 助言の報告, 効果, フォロー (C-198, C-199, C-200).
 *
 * With the person's consent (dispatch_case) report and follow-up are written into the person's record, class care, with an entry on the time
 * line; without, they stay with the dispatch, seen by the centre and the therapist's organisation alone (the town sees that there is a report,
 * whether the goal changed, and the result, never the text). The effect is of the centre, class statistics: of one dispatch or of a quarter.
 * A follow-up is a task of the centre and of the coordinator until the result is entered; with the result the dispatch is done and the
 * therapist's organisation sees the person no more. Units: civil days. Ownership: arena.
 * Errors: faults by column name, ERR_CONFLICT, ERR_NOTFOUND, ERR_DENIED. Tests: tests/unit/test_region_dispatch.c.
 */
#ifndef TSU_REGION_DISPATCH_REPORT_H
#define TSU_REGION_DISPATCH_REPORT_H

#include "sql/tables.h"
#include "store/revision.h"

struct dispatch_report_view {
	struct t_dispatch_report row;
	bool found, may_see, may_write; /* found without may_see: there is one */
	bool may_retire;                /* one about nobody: only by who wrote it */
	const char *by_org_name;
};
MUST err dispatch_report_of(struct ctx *c, const char *dispatch_pid, struct dispatch_report_view *out);
/* New (row.id 0: init it) or changed. The dispatch must be accepted or later. */
MUST err dispatch_report_init(struct ctx *c, const char *dispatch_pid, struct t_dispatch_report *row);
MUST err dispatch_report_save(struct ctx *c, const char *dispatch_pid, struct t_dispatch_report *row, struct row_conflict **conflict);
MUST err dispatch_report_retire(struct ctx *c, const char *dispatch_pid, const char *reason, const char **bin_pid);
/* The reports in a person's record, newest first; class care. */
MUST err dispatch_reports_of_person(struct ctx *c, int64_t person_id, struct t_dispatch_report **v, size_t *n);

/* Rating of one dispatch (dispatch_pid) or, dispatch_pid "", of the quarter of the actor's centre in which quarter_on lies. */
MUST err dispatch_effect_get(struct ctx *c, const char *dispatch_pid, civil quarter_on, struct t_dispatch_effect *out, bool *found);
MUST err dispatch_effect_save(struct ctx *c, const char *dispatch_pid, struct t_dispatch_effect *row, struct row_conflict **conflict);

struct dispatch_follow_view {
	struct t_dispatch_follow row;
	bool found, may_see, may_write; /* found without may_see: due_on, done_on and result alone */
};
MUST err dispatch_follow_of(struct ctx *c, const char *dispatch_pid, struct dispatch_follow_view *out);
MUST err dispatch_follow_save(struct ctx *c, const char *dispatch_pid, struct t_dispatch_follow *row, struct row_conflict **conflict);

#endif
