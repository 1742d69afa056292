/* caseload — the working lists over the running cases of an organisation (F122–F123): what each client stands at, filters whose
 * number is exactly their rows, and the supervisor's view with the 逓減 counter.
 *
 * 取扱件数 (R-FE-05; 平12厚告20号 注, 老企36 第3の7) and the borders of 逓減 are judged by law/caseload_count, for the office as the law counts
 * it and for each care manager as a help in dealing out work: of the people whose benefits are managed in the month of the day (R-FE-01: a plan
 * in use in it, or its 給付管理票 on record; a contract alone does not count), 要介護 + 介護予防支援 (own and taken on by commission) ÷ divisor, per 常勤換算.
 * 介護予防ケアマネジメント does not count. (Ⅱ): care/office_terms. The office's 常勤換算 is that of its care managers by licence; where no
 * licence is written down, of those in charge of a case.
 * Gate: class care of each person (scope), own organisation. Ownership: arena. Errors: ERR_NOTFOUND (no such filter).
 * Tests: tests/unit/test_care_caseload.c (count equals rows for every filter), tests/http/test_case.py.
 */
#ifndef TSU_CARE_CASELOAD_H
#define TSU_CARE_CASELOAD_H

#include "base/ctx.h"
#include "law/caseload_count.h"

enum caseload_sort { CASELOAD_BY_KANA, CASELOAD_BY_DUE, CASELOAD_BY_START };
struct caseload_filter {
	const char *staff; /* NULL or "" all; "me"; a staff pid */
	const char *kind;  /* NULL or "" all */
	const char *only;  /* NULL or "" all; noplan ending monitoring overdue idle */
	enum caseload_sort sort;
	int64_t offset, limit;
};
struct caseload_row {
	int64_t cluster_id, n_new;                  /* lines of others since the actor looked last (register/seen) */
	const char *pid, *person_pid, *name, *kana, *kind, *status, *staff_name, *plan_pid, *plan_status, *level; /* "" if none */
	int64_t person_id;
	civil start_on, plan_to_on, mon_on, next_due_on, cert_to_on; /* CIVIL_NONE if none */
};
MUST err caseload_list(struct ctx *c, const struct caseload_filter *f, struct caseload_row **rows, size_t *n);
MUST err caseload_count(struct ctx *c, const struct caseload_filter *f, int64_t *n);

enum { CASELOAD_LEVELS = 10 };
struct caseload_person { /* one care manager */
	const char *staff_pid, *staff_name; /* "" = nobody in charge */
	int64_t home, prevention, other;    /* cases: 居宅介護支援, 介護予防支援, 介護予防ケアマネジメント */
	int64_t taken;                      /* 介護予防支援 taken on by commission, not in `prevention` */
	int64_t managed_home, managed_prevention; /* of home; of prevention and taken: benefits are managed in the month */
	int64_t staff_id, fte_100;          /* INT_NULL: nobody in charge; 常勤換算 × 100 */
	int64_t parts;                      /* 取扱件数 in 1/divisor */
	int64_t by_level[CASELOAD_LEVELS];  /* in the order of caseload_level */
	bool at_step, near_step;            /* at or above the first threshold; within five below */
};
struct caseload_summary {
	struct caseload_person *v;
	size_t n;
	int64_t divisor, step; /* of that day; step 0: unknown */
	const char *step_source;
	bool link;                     /* (Ⅱ) */
	int64_t fte_100, home, prevention; /* of the office; prevention with what was taken on */
	int64_t managed_home, managed_prevention; /* of these: what 取扱件数 counts */
	struct law_caseload office;    /* how the fee steps fall; divisor 0: not judged */
};
MUST err caseload_summary(struct ctx *c, civil on, struct caseload_summary *out);
const char *caseload_level(size_t i); /* level code of a column; "" = without certification; static */
/* 「41と2/3」 */
const char *caseload_parts_ja(struct arena *a, int64_t parts, int64_t divisor);

#endif
