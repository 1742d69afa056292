/* reable_figures — 再自立（リエイブルメント）: people in preventive care with a prospect of improvement, and how many of them finish services (C-211).
 *
 * Counted: everybody whose support in a preventive case (介護予防支援, 介護予防ケアマネジメント A・B・C) ran in the fiscal year, once per organisation, with
 * the last of its cases in the year. 「改善の見込みあり」 is who was ever judged so by the end of the year (care/prospect): nobody leaves the base by
 * being judged anew. Regained: the case ended in the year with the reason improved (自立・サービスの利用なし, code list case_end).
 * The indicator is regained ÷ likely, with both printed; half-up: 5/8 = 63%.
 *
 * Whose: the insurer all organisations of its municipality, others the cases of their own; only people the actor may see are counted. The
 * list holds whom the actor may see, of other organisations too (原案委託).
 * Gate: class statistics, and class care of each person. Ownership: arena. Errors: of the gate, ERR_TAB_*.
 * Source: 京都市の調査（令和6年度） まとめ. Tests: tests/unit/test_region_reable.c, tests/http/test_moves.py.
 */
#ifndef TSU_REGION_REABLE_FIGURES_H
#define TSU_REGION_REABLE_FIGURES_H

#include "base/ctx.h"
#include "region/tab_report.h"

enum { REABLE_LIST_MOST = 300 };

/* Somebody judged likely to improve, in the year. */
struct reable_person {
	int64_t person_id;
	const char *person_pid, *person_name, *case_pid, *kind_label, *org_name, *now_label, *reason, *aim, *judge; /* now_label: the newest judgement */
	civil on_day, likely_on, start_on, end_on;
	const char *outcome;             /* in words: 続いている, or how the case ended */
	bool regained;
};
struct reable_figures {
	const char *period, *whose;
	civil from, to;
	const struct tab_data *data;
	const struct tab_report *report;
	struct reable_person *list;      /* those whose case runs first, then by name of the organisation */
	size_t n_list;
	bool more;
};
/* year_on: any day of the fiscal year. */
MUST err reable_figures(struct ctx *c, civil year_on, enum action action, struct reable_figures *out);

#endif
