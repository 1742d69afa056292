/* week_grid — 第3表 週間サービス計画表 as a picture: the week from Monday, 0:00 to 24:00 in steps of two hours (forms-careplan §3.3),
 * and 主な日常生活上の活動 beside it. The page shows it as SVG, paper as PDF, from the same list of shapes.
 *
 * A stay over midnight is given as one (to_min over 1440) and drawn as two; Sunday night goes on in Monday's column.
 * Nothing is cut: a text is set smaller, then in several lines; what has no room in its box bears a number ①, and `rest`
 * says it in full. Units: 0.1 mm; minutes of the day. Pure. Ownership: arena; texts borrowed.
 * Tests: tests/unit/test_print_care.c. */
#ifndef TSU_FORM_WEEK_GRID_H
#define TSU_FORM_WEEK_GRID_H

#include "codec/draw.h"

struct week_slot {
	int dow;               /* 1 月 … 7 日; else it is said in `rest` only */
	int from_min, to_min;  /* to_min up to 2880; equal ends: a point in time; from_min < 0: unknown, said in `rest` only */
	const char *text;
	const char *key;       /* of the group in the SVG (public id); NULL on paper */
	const char *href;      /* where the box leads on the page; NULL on paper */
};
struct week_activity {
	int from_min, to_min;
	const char *text;
};
struct week_input {
	int w, h;
	struct week_slot *slots;
	size_t n_slots;
	struct week_activity *activities;
	size_t n_activities;
};
struct week_grid {
	const struct drawing *d;
	const char *rest; /* 「①月・水 9:00〜9:20 …」, a line for each; "" if all had room */
};

/* Sections of the day as the form names them: 深夜 早朝 午前 午後 夜間 深夜. */
struct week_section {
	const char *name;
	int from_min, to_min;
};
extern const struct week_section week_sections[6];

const struct week_grid *week_grid_make(struct arena *a, const struct week_input *in);
/* "9:00", "24:00", after midnight "翌6:00". Arena. */
const char *week_clock(struct arena *a, int min);

#endif
