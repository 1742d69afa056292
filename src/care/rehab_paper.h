/* rehab_paper — リハビリテーション会議録 and 介護支援専門員への情報提供 on paper (C-204, C-205), PDF. Gate: PRINT of class care. Ownership: arena.
 * Tests: tests/unit/test_care_rehab.c. */
#ifndef TSU_CARE_REHAB_PAPER_H
#define TSU_CARE_REHAB_PAPER_H

#include "base/ctx.h"

MUST err rehab_paper_meeting(struct ctx *c, const char *pid, const char **bytes, size_t *n);
MUST err rehab_paper_info(struct ctx *c, const char *pid, const char **bytes, size_t *n);

#endif
