/* rehab_goal — リハビリの目標と終わり of a person's service, and the reviews that follow from it (C-203, C-206, C-208).
 *
 * Source: Vol.1217 (リハビリテーション・個別機能訓練 … の実施及び一体的取組について), community-process §4.16. A rehabilitation service needs a goal and an end
 * before it starts; rehab_unset lists, over all people the actor may see, services of agreed plans (plan_service of a kind in the code list
 * rehab_service) and recorded ones that lack either, longest first. Each save reckons the reviews anew (law/numbers.tsv): the first plan of a
 * facility (code list rehab_facility) within rehab_first_days, then every rehab_again_months, and a conference rehab_end_months before the
 * end (care/rehab_due). Open reviews are tasks 「リハビリ」 of the organisation that set the goal; done ones stay.
 * Those due before the course was recorded are shown, and no tasks, but for the last of them.
 * Gate: class care of the person, so a therapist writes while a dispatch is under way (relation DISPATCH). Units: civil days, whole months.
 * Ownership: arena. Errors: ERR_INPUT with faults by column name, ERR_CONFLICT, of policy_check. Tests: tests/unit/test_care_rehab.c.
 */
#ifndef TSU_CARE_REHAB_GOAL_H
#define TSU_CARE_REHAB_GOAL_H

#include "care/rehab_due.h"
#include "sql/tables.h"
#include "store/revision.h"

struct rehab_goal_view {
	struct t_rehab_goal row;
	const char *person_pid, *person_name, *type_label, *provider_name, *org_name, *staff_name, *updated_by; /* "" if none */
	struct t_rehab_review *reviews; /* by day */
	bool *before; /* beside reviews: open, and due before the course was recorded */
	size_t n_reviews;
	bool may_write, is_open, is_ended; /* is_open: goal or end is missing */
};

/* A new one of today; service_pid ("" = none) is a plan_service of the person: kind, office, first day and goal come from it. */
MUST err rehab_goal_init(struct ctx *c, const char *person_pid, const char *service_pid, struct t_rehab_goal *row);
MUST err rehab_goal_get(struct ctx *c, const char *pid, struct rehab_goal_view *out);
/* Running ones first, then the newest. */
MUST err rehab_goal_list(struct ctx *c, const char *person_pid, struct rehab_goal_view **v, size_t *n);
/* id 0 = new; otherwise the row as loaded and changed, with the version the editor started from. */
MUST err rehab_goal_save(struct ctx *c, const char *person_pid, struct t_rehab_goal *row, struct row_conflict **conflict);
MUST err rehab_goal_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);
MUST err rehab_goal_follow_bin(struct ctx *c, int64_t row_id, bool alive); /* called by care/start for the bin */

/* What was set before, newest first. */
struct rehab_goal_version {
	struct t_rehab_goal row;
	int64_t at_ms, by; /* account */
};
MUST err rehab_goal_history(struct ctx *c, const char *pid, struct rehab_goal_version **v, size_t *n);

/* The course a review belongs to. */
MUST err rehab_goal_of_review(struct ctx *c, const char *review_pid, struct rehab_goal_view *out);
/* A review is done on a day, with what was found. */
MUST err rehab_review_done(struct ctx *c, const char *review_pid, civil on_day, const char *note);
/* A closed conference (kind of rehab_meeting_kind) does the review it stands for. Inside a transaction, gate passed. */
MUST err rehab_review_by_meeting(struct ctx *c, const struct t_rehab_meeting *m);

struct rehab_unset_row {
	int64_t person_id;
	const char *person_pid, *person_name, *type_label, *office, *goal_pid, *service_pid; /* one of the two pids is "" */
	civil since; /* CIVIL_NONE: not known */
	int months;  /* whole months the service has run; -1 not known */
	bool no_goal, no_end, is_long; /* is_long: rehab_long_months and more */
};
enum { REHAB_UNSET_MOST = 300 };
/* *more: there are more than are shown. */
MUST err rehab_unset_list(struct ctx *c, struct rehab_unset_row **v, size_t *n, bool *more);
/* The same of one person. */
MUST err rehab_unset_of(struct ctx *c, const char *person_pid, struct rehab_unset_row **v, size_t *n);

/* Who has the person in charge: the running case, or the office a commission gave it to. The caller has passed the gate. */
struct rehab_manager {
	bool found;
	int64_t org_id, staff_id; /* staff 0: nobody yet */
	const char *org_name, *staff_name;
};
MUST err rehab_manager_of(struct ctx *c, int64_t person_id, struct rehab_manager *out);

#endif
