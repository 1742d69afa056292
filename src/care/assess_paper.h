/* care/assess_paper — assessment, ICF view and 課題整理総括表 as forms (assessment, icf, kadai-seiri; all kind view): answers filled from
 * the tables, on paper and as a sheet. Items of a class the reader may not see stay blank, and the paper says so.
 * Gate: SEE of the record, PRINT of the form's class. Ownership: arena. Errors: of care/view_paper.
 * Tests: tests/unit/test_care_assess.c, tests/http/test_assess.py. */
#ifndef TSU_CARE_ASSESS_PAPER_H
#define TSU_CARE_ASSESS_PAPER_H

#include "care/view_paper.h"

/* For issuing; *row_id, *row_version of the record. */
MUST err assess_fill(struct ctx *c, const char *pid, struct fill *f, int64_t *row_id, int64_t *row_version);
MUST err assess_icf_fill(struct ctx *c, const char *pid, struct fill *f, int64_t *row_id, int64_t *row_version);
MUST err issue_sheet_fill(struct ctx *c, const char *pid, struct fill *f, int64_t *row_id, int64_t *row_version);

enum assess_form { ASSESS_FORM, ASSESS_FORM_ICF, ASSESS_FORM_ISSUE };
MUST err assess_paper(struct ctx *c, enum assess_form form, const char *pid, enum paper_kind kind, const char **bytes, size_t *n);
/* Frozen as issued document (交付, 会議に出した …). */
MUST err assess_issue(struct ctx *c, enum assess_form form, const char *pid, const char *purpose, const char **issued_pid);

#endif
