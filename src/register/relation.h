/* relation — 家族・関係者 (F012): who is what to whom, key person, main carer, order of emergency calls. Class family.
 *
 * The related one is a person of the register or a contact. A contact is typed once and related to as many clients as
 * need be; it is seen and changed only through a relation whose client the actor may see or write. A related person of
 * the register whom the reader may not see makes the whole row invisible. relation_list also gives the other side:
 * the daughter's own page shows her mother (row->is_back).
 * One key person and one main carer may stand together; two key persons give advice, no fault.
 * Ownership: arena. Errors: ERR_REQUIRED, ERR_NOT_CHOICE, ERR_CONFLICT, of policy_check.
 * Tests: tests/unit/test_register_b_family.c.
 */
#ifndef TSU_REGISTER_RELATION_H
#define TSU_REGISTER_RELATION_H

#include "register/gen.h"

extern const struct gen_kind GEN_RELATION;

const char *relation_kin_label_ja(const char *kind); /* static; "" if unknown: kin.tbl.h */
const char *relation_kin_inverse(const char *kind);  /* child → parent …; static */
size_t relation_kin_count(void);
const char *relation_kin_code(size_t i);

void relation_init(struct t_relation *row);
void contact_init(struct t_contact *row);

/* A new contact and its relation in one act, or (contact->id set) an existing contact: pass the row as loaded if it is
 * edited too, NULL to leave it. relation->contact_id is filled. */
MUST err relation_save_contact(struct ctx *c, struct t_relation *row, struct t_contact *contact, struct row_conflict **conflict);
/* A relation to a person of the register (other_person_id), or a change of the relation alone. */
MUST err relation_save(struct ctx *c, struct t_relation *row, struct row_conflict **conflict);
MUST err contact_save(struct ctx *c, struct t_contact *row, struct row_conflict **conflict);
/* Back to an older version; gate as contact_save. */
MUST err contact_revert(struct ctx *c, const char *pid, int64_t to_version);
MUST err contact_find(struct ctx *c, const char *pid, struct t_contact *row);
MUST err relation_find(struct ctx *c, const char *pid, struct t_relation *row);
MUST err relation_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);
MUST err relation_undo(struct ctx *c, const char *pid);

struct relation_view {
	struct t_relation row;
	bool is_back;             /* seen from the other side: `label` is the inverse */
	const char *label;        /* 続柄, never "" */
	const char *name, *kana, *phone, *phone2, *postal, *address, *note;
	bool deceased;
	int64_t shown_person_id;  /* the one shown, if in the register; 0 = a contact */
	const char *shown_pid;    /* pid of that person or contact */
};
/* In the order of the emergency list, then key person. */
MUST err relation_list(struct ctx *c, int64_t person_id, struct relation_view **v, size_t *n);
/* Only those with an emergency order and alive; for the forms (at most 4 there) and the emergency sheet. */
MUST err relation_emergency(struct ctx *c, int64_t person_id, struct relation_view **v, size_t *n);
/* New order of the emergency list: pids in their order; all others lose theirs. */
MUST err relation_set_emergency(struct ctx *c, int64_t person_id, const char *const *pids, size_t n);

/* Contacts to choose from, by the beginning of the kana or a phone number; only such as the actor may see. */
MUST err contact_search(struct ctx *c, const char *typed, struct t_contact **v, size_t *n);
struct contact_client {
	int64_t person_id;
	const char *person_pid, *person_name;
};
MUST err contact_clients(struct ctx *c, const char *pid, struct contact_client **v, size_t *n);

GEN_CHOICES(relation_living_choices);

#endif
