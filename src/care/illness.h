/* care/illness — 現病歴・既往歴と経過 of a person (forms-careplan §2.1): kept once per person, shown in 利用者基本情報 and later
 * in every plan; newest first. Class medical. The date may be partial (「H12年10月」, 昭和20年頃) and prints as typed.
 * Errors: ERR_INPUT with faults, ERR_CONFLICT, of policy_check. Ownership: arena. Tests: tests/unit/test_care_basic_info.c. */
#ifndef TSU_CARE_ILLNESS_H
#define TSU_CARE_ILLNESS_H

#include "register/gen.h"

struct illness {
	int64_t id, version;
	const char *pid, *when_text, *disease, *doctor, *is_primary, *tel, *course, *treatment;
};

MUST err illness_list(struct ctx *c, const char *person_pid, struct illness **v, size_t *n);
MUST err illness_get(struct ctx *c, const char *pid, struct illness *out, int64_t *person_id);
/* in->pid "" = new. */
MUST err illness_save(struct ctx *c, const char *person_pid, const struct illness *in, const char **pid,
                      struct row_conflict **conflict);
MUST err illness_retire(struct ctx *c, const char *pid, const char *reason);

#endif
