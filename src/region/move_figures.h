/* move_figures — where people go on to when rehabilitation or a short intensive service (サービスC) ends (C-207).
 *
 * A course (rehab_goal) counts on ended_on, once. Its next places are those said with the end, else those of the closed conference before the end
 * (C-206). Ways of ending in the code list rehab_ended_away (入院, 施設, 死亡, 転居) are shown, and are not in the base of the share with a next
 * place. Area: where the person lived on that day; centre: who had that area in charge on that day.
 * For 移行支援加算 the numbers of the code lists rehab_move_service × rehab_move_place are shown; nothing is claimed (docs/open-questions.md).
 *
 * Whose: the insurer its municipality, a centre the areas it has in charge, any other organisation its own records: people the actor may see are
 * counted, all numbers are shown, and those without a next place are listed. The body that runs the dispatch programme of the municipality
 * gets its numbers alone, for a whole year, small cells hidden (number move_small_cell).
 * Gate: class statistics, and class care of each person where people are counted. Ownership: arena. Errors: of the gate, ERR_TAB_*.
 * Source: 移行支援加算 (Vol.1217); case 9 (短期集中C修了者 北39人・南12人). Tests: tests/unit/test_region_move.c, tests/http/test_moves.py.
 */
#ifndef TSU_REGION_MOVE_FIGURES_H
#define TSU_REGION_MOVE_FIGURES_H

#include "base/ctx.h"
#include "region/tab_report.h"

enum move_span { MOVE_TOWN, MOVE_AREAS, MOVE_OWN, MOVE_NUMBERS };
enum { MOVE_LEFT_MOST = 300 };

struct move_ask {
	civil year_on;       /* any day of the fiscal year */
	int quarter;         /* 1 … 4; 0 the whole year. MOVE_NUMBERS: always the whole year */
	enum action action;  /* ACTION_SEE, ACTION_PRINT, ACTION_EXPORT */
};
/* A course that ended without a next place. */
struct move_left {
	int64_t person_id;
	const char *person_pid, *person_name, *goal_pid, *type_label, *how_label, *area_name, *org_name; /* "" if not known */
	civil ended_on;
};
struct move_figures {
	enum move_span span;
	const char *period, *whose;      /* 令和8年度第3四半期; whose figures, in words */
	civil from, to;
	int quarter;
	const struct tab_data *data;
	const struct tab_report *report;
	struct move_left *left;          /* newest first, at most MOVE_LEFT_MOST; none for MOVE_NUMBERS */
	size_t n_left;
	bool more_left;
};
MUST err move_figures(struct ctx *c, const struct move_ask *ask, struct move_figures *out);

/* The period of a fiscal year or a quarter of it, and its name. */
const char *figures_period(struct ctx *c, civil year_on, int quarter, civil *from, civil *to);

#endif
