/* rehab_people — whom the register knows for a リハビリテーション会議: the person, family and contacts, the doctor, the staff and the offices that care
 * for the person (C-204). A choice fills role, 所属 and 氏名 as they are printed and keeps who it is; the words stay as they were written that
 * day. Free text stays possible: words changed by hand are nobody of the register.
 * Offered are the organisations of the conference, of the actor, of the care manager in charge, of the course and of the plan in force; what the
 * actor may not see (family, illness) is left out. Gate: class care of the person, write. Ownership: arena. Errors: of policy_check; a choice
 * that is not on the list is a fault "pick_<i>". Tests: tests/unit/test_care_interest.c, tests/http/test_interest.py. */
#ifndef TSU_CARE_REHAB_PEOPLE_H
#define TSU_CARE_REHAB_PEOPLE_H

#include "care/rehab_meeting.h"

struct rehab_candidate {
	const char *key;   /* self, kin-…, doctor, staff-…, org-…, kept-… (chosen earlier, not on the list any more) */
	const char *label; /* as it is offered */
	const char *role, *org_name, *name; /* role "": to be chosen; name "": of an office */
	int64_t staff_id, org_id, relation_id; /* INT_NULL: none */
};
/* members: those stored; they can always be kept. */
MUST err rehab_people(struct ctx *c, const struct t_rehab_meeting *row, const struct t_rehab_meeting_member *members, size_t n_members, struct rehab_candidate **v, size_t *n);
/* The choice that stands for a stored member; "" as written. */
const char *rehab_people_key(const struct rehab_candidate *v, size_t n, const struct t_rehab_meeting_member *m);
/* x: the member as typed, with ids as stored; was: as stored, NULL new; i: number of the row for faults. */
MUST err rehab_people_pick(struct ctx *c, const struct rehab_candidate *v, size_t n, const char *key, const struct t_rehab_meeting_member *was, size_t i, struct t_rehab_meeting_member *x);

#endif
