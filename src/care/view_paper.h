/* view_paper — any form of kind `view` on paper, as a sheet, and issued: what paper_* does for the first forms, for every record
 * that fills its answers with care/fill. Gate: PRINT of the form's class. Ownership: arena.
 * Errors: of policy_check, form/print, register/issued. Tests: tests/unit/test_care_children.c. */
#ifndef TSU_CARE_VIEW_PAPER_H
#define TSU_CARE_VIEW_PAPER_H

#include "care/fill.h"
#include "care/paper.h"
#include "register/issued.h"

struct view_source {
	const struct fill *f;
	const char *table_name; /* the record behind it */
	int64_t row_id, row_version;
	const char *notice;     /* 控え, 原案 …; NULL = none; what is locked is said by itself */
};

MUST err view_paper(struct ctx *c, const struct view_source *s, enum paper_kind kind, const char **bytes, size_t *n);
/* Freezes what view_paper would print now (PDF). purpose: agreed delivered sent kept. */
MUST err view_issue(struct ctx *c, const struct view_source *s, const char *purpose, const struct issued_recipient *to, size_t n_to,
                    const char **issued_pid);

#endif
