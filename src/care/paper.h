/* care/paper — the forms of care/ on paper and as a sheet: filled forms (with an earlier one to compare) and
 * 利用者基本情報 (with the family as a picture), as PDF and Excel; and issuing, which freezes bytes and answers (design §4).
 * Gate: PRINT of the form's class. Ownership: arena. Errors: of policy_check, form/print, register/issued.
 * Tests: tests/unit/test_care_paper.c. */
#ifndef TSU_CARE_PAPER_H
#define TSU_CARE_PAPER_H

#include "base/ctx.h"

enum paper_kind { PAPER_PDF, PAPER_SHEET };

/* earlier_pid: another response of the same form and person for the radar; NULL or "" = none. */
MUST err paper_response(struct ctx *c, const char *pid, const char *earlier_pid, enum paper_kind kind, const char **bytes, size_t *n);
MUST err paper_basic_info(struct ctx *c, const char *person_pid, const char *pid, enum paper_kind kind, const char **bytes, size_t *n);
/* Freeze what paper_* would print now. recipient: printed name of whom it is given to; "" = 本人. */
MUST err paper_issue_response(struct ctx *c, const char *pid, const char *recipient, const char **issued_pid);
MUST err paper_issue_basic_info(struct ctx *c, const char *person_pid, const char *pid, const char *recipient, const char **issued_pid);

#endif
