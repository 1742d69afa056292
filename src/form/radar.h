/* radar — the radar of a form's scores, one drawing for the page (inline SVG) and the same one for paper.
 *
 * N axes with different full marks; the share of the full mark goes outwards, so outside means more items apply. Up to
 * two dates lie over one another and differ in line and marker, not only in colour (black-and-white paper): the
 * earlier one dashed with round markers, the later one solid with square markers. Where items are blank a score has a
 * lower and an upper bound and is drawn as a hatched band between them. A short cross line on an axis marks the limit
 * from which a category applies.
 *
 * Geometry is whole numbers (0.1 mm), from a table of sines: the same on every machine. Ownership: arena; texts are
 * borrowed. Tests: tests/unit/test_print.c.
 */
#ifndef TSU_FORM_RADAR_H
#define TSU_FORM_RADAR_H

#include "codec/pdf.h"
#include "form/rules.h"

enum { RADAR_SERIES_MAX = 2, RADAR_AXES_MAX = 24, RADAR_W = 1200, RADAR_H = 940 };

struct radar_axis {
	const char *label;
	int64_t max;   /* full marks, > 0 */
	int64_t limit; /* applies from here on; 0 = no mark */
};

struct radar_series {
	const char *name; /* e.g. the day, 令和8年4月1日 */
	int64_t min[RADAR_AXES_MAX], max[RADAR_AXES_MAX]; /* equal when nothing is missing */
};

struct radar {
	const char *title;
	struct radar_axis axes[RADAR_AXES_MAX];
	size_t n_axes;
	struct radar_series series[RADAR_SERIES_MAX]; /* the earlier one first */
	size_t n_series;
};

/* The scores marked "axis" in the rules, for one or two answers of the same form (the earlier one first). */
MUST err radar_of_answers(struct arena *a, const struct answers *const *as, const char *const *names, size_t n, civil today,
                          struct radar **out);

/* The same; known (one per rule of the last answers' form, zero where not yet worked out) is used and filled, so that
 * bounds over many blanks are worked out once. */
MUST err radar_of_outcomes(struct arena *a, const struct answers *const *as, const char *const *names, size_t n, civil today,
                           struct rule_outcome *known, struct radar **out);

/* 「3点（5点中）」「2〜4点（5点中）」 */
const char *radar_value(struct arena *a, const struct radar *r, size_t series, size_t axis);

/* Inline SVG; id unique on the page. Each axis is a group whose <title> names it with all its values. */
const char *radar_svg(struct arena *a, const struct radar *r, const char *id);
/* The same drawing fitted into a box on the current page. */
void radar_pdf(struct pdf *p, const struct radar *r, int x, int y, int w, int h);

#endif
