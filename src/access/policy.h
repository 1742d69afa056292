/* policy — who may do what with whose record. The one definition is policy.tbl.h: role × record class × relation.
 *
 * A right exists when (a) a grant in access_grant ties the actor's organisation (or the actor's own account) to the
 * person today, for the actor's role class, with the record class in its mask, and (b) policy.tbl.h lets the actor's
 * role do the action by that relation. {{scope}} in SQL and policy_check for one record ask the same two questions.
 *
 * Three levels: open; known to exist (the name card is open, the class is not: "同意なし" and whom to ask); invisible
 * (404 as if there were nothing). Rights protection is never "known": not open is invisible. A system administrator
 * has no row in the table and so sees no person at all. actor.system (the audited console user, a house job) passes.
 *
 * Sources: 個人情報の保護に関する法律 27条・69条 (目的外提供の制限), 介護保険法115条の46 (包括的支援事業の守秘),
 * 高齢者虐待防止法 8条・17条 (通報者・当事者の秘密). Units: bit masks. Ownership: static texts, arena lists.
 * Tests: tests/unit/test_access_policy.c. */
#ifndef TSU_ACCESS_POLICY_H
#define TSU_ACCESS_POLICY_H

#include "base/ctx.h"

#define POLICY_ALL 0x7FF
#define POLICY_ALL_BUT_RIGHTS (POLICY_ALL & ~CLASS_RIGHTS)
#define POLICY_DISPATCH (CLASS_NAMECARD | CLASS_CARE | CLASS_MEDICAL | CLASS_FAMILY | CLASS_MEETING)
#define POLICY_MEETING (CLASS_NAMECARD | CLASS_CARE | CLASS_MEETING)
#define POLICY_RECORDS (CLASS_NAMECARD | CLASS_CARE | CLASS_MEDICAL | CLASS_FAMILY | CLASS_MEETING | CLASS_BENEFIT)
#define POLICY_COMMISSION (CLASS_NAMECARD | CLASS_CARE | CLASS_MEDICAL | CLASS_FAMILY | CLASS_MEETING | CLASS_BENEFIT)

enum role {
	ROLE_NONE = 0,
#define ROLE(name, number, code, cls, label) ROLE_##name = (number),
#include "access/roles.tbl.h"
#undef ROLE
	ROLE_COUNT
};
enum role_class {
#define ROLE_CLASS(name, bit, label) ROLE_CLASS_##name = (bit),
#include "access/role_classes.tbl.h"
#undef ROLE_CLASS
	ROLE_CLASS_ALL = 0x3FF
};
enum relation {
#define RELATION(name, bit, letter, code, classes, label) RELATION_##name = (bit),
#include "access/relations.tbl.h"
#undef RELATION
	RELATION_OWN = 1 << 30 /* only in policy.tbl.h ('W'): a record without a person that the organisation owns */
};

int role_of_code(const char *code); /* ROLE_NONE if unknown */
const char *role_code(int role);    /* static; "" if unknown */
const char *role_label_ja(int role);
uint32_t role_class_of(int role);   /* one bit; 0 if unknown */
int relation_of_code(const char *code); /* the bit; 0 if unknown */
const char *relation_code(int relation);
const char *relation_label_ja(int relation);
uint32_t relation_usual_classes(int relation);

/* The relations by which `role` may do `action` with a record of the class (index); the table itself. */
uint32_t policy_relations(int role, int class_index, enum action a);

/* Fill c->may, c->may_own and c->actor.role_class from c->actor.role. Call whenever the actor changes. */
void policy_load(struct ctx *c);

/* OK; ERR_NOTFOUND = invisible; ERR_DENIED = known to exist but not allowed. A person id that does not exist and an
 * invisible person give the same answer. `class_bit` is one bit. */
MUST err policy_check(struct ctx *c, int64_t person_id, int class_bit, enum action a);

/* The same for a record found by its own public id: a class that is closed to the actor answers ERR_NOTFOUND even if the
 * person is known, so that an id tells nobody that there is such a record. ERR_DENIED: open to look at, this action is not. */
MUST err policy_check_record(struct ctx *c, int64_t person_id, int class_bit, enum action a);

/* As policy_check_record, but only what the actor holds by one of the relations (bits of enum relation) counts for the action: for
 * records that a relation lets the actor see and not write, though it opens other records of the class. */
MUST err policy_check_by(struct ctx *c, int64_t person_id, int class_bit, enum action a, uint32_t relations);

/* A record without a person: OK when the actor's organisation owns it and the role may; else ERR_NOTFOUND (other
 * organisation's) or ERR_DENIED (own, action not allowed). */
MUST err policy_check_own(struct ctx *c, int64_t org_id, int class_bit, enum action a);

/* The actor and the rights-protection records of the own organisation that are about nobody yet. There is no person a grant
 * could hang on, so the record itself tells who is in its team: 0 no member, 1 of those the actor took or is in charge of,
 * 2 of all (the group of the organisation: 社会福祉士, センター長). */
int policy_rights_team(const struct ctx *c, enum action a);

/* Managing accounts, areas, code lists: the administrator and the console; the head of a centre for own staff. */
bool policy_may_administer(const struct ctx *c);
bool policy_may_manage_accounts_of(const struct ctx *c, int64_t org_id);
/* What an office keeps for all its people (定型文): the head and the 主任 of a centre, the manager of an office, for the own one;
 * officers of the insurer for theirs. */
bool policy_may_lead(const struct ctx *c, int64_t org_id);
/* What a municipality keeps for all who work in it: its officers. */
bool policy_may_speak_for_town(const struct ctx *c, int64_t insurer_org_id);

enum visibility { VISIBILITY_INVISIBLE, VISIBILITY_KNOWN, VISIBILITY_OPEN };

struct policy_view {
	enum visibility namecard;             /* INVISIBLE: answer 404 and use nothing else of this */
	enum visibility of[CLASS_COUNT];      /* by class index */
	uint32_t may[ACTION_COUNT];           /* class bits the actor may do the action with, for this person */
	const char *ask;                      /* arena; whom to ask about locked classes: names of organisations that hold the person's record, "" if none */
	const char *locked_ja;                /* arena; e.g. "同意なし（医療・服薬、障害福祉）"; "" if nothing is locked */
};
/* What of this person the actor sees. Never an error for an invisible person: namecard says so. */
MUST err policy_visibility(struct ctx *c, int64_t person_id, struct policy_view *out);

#endif
