/* duplicate — is this person here already? Looked at before a new person is saved (F008).
 *
 * It looks at everybody, also at people the actor may not see; of those it says only 「確認が必要です」 (design §7), gives no
 * name, no count of them and no id, and the insurer gets a task. Scores: same 被保険者番号 100; same reading and birth date
 * 90 (with the same name or address 95); same birth date and name fold 85; same name and similar address 70; same
 * reading and address 65; partial birth dates that agree add 5. From 60 on a candidate is shown.
 * Ownership: arena. Tests: tests/unit/test_register_a.c. */
#ifndef TSU_REGISTER_DUPLICATE_H
#define TSU_REGISTER_DUPLICATE_H

#include "base/ctx.h"

enum duplicate_reason {
	DUP_INSURED = 1, DUP_KANA_BIRTH = 2, DUP_NAME_BIRTH = 4, DUP_NAME_ADDRESS = 8, DUP_KANA_ADDRESS = 16, DUP_PHONE = 32
};
#define DUPLICATE_SHOWN 60

struct duplicate_candidate {
	const char *pid, *name, *kana, *address; /* visible candidates only */
	civil birth_on;
	int score, reasons;
	const char *reasons_ja;   /* フリガナと生年月日が同じ … */
};
struct duplicate_list {
	struct duplicate_candidate *v;
	size_t n;
	bool unseen;              /* somebody the actor may not see: say only 確認が必要です */
};

struct duplicate_probe {
	int64_t not_person_id;    /* 0 = a new person */
	const char *name, *kana;
	civil birth_on;           /* CIVIL_NONE */
	const char *address, *phone;
	const char *insured_no;   /* "" or NULL */
};
MUST err duplicate_check(struct ctx *c, const struct duplicate_probe *p, struct duplicate_list *out);
/* In the transaction of the new record: keeps the reason and sends the insurer a task where a candidate is unseen. */
MUST err duplicate_keep(struct ctx *c, int64_t person_id, const struct duplicate_probe *p, const char *why);
const char *duplicate_reasons_ja(struct ctx *c, int reasons); /* arena */

#endif
