/* week_text — what people type for a stay in the week: 「月水金 10-11 訪問介護」「平日 9:30〜16:00 デイサービス」「毎日 22-翌6 見守り」
 * 「第2・4火 14時-15時半 訪問看護」 (U44). Full and half width, ・、, between days, ~ 〜 ー - between times.
 *
 * Days: 月…日 (月曜・月曜日 too), 毎日, 平日 (月–金), 土日, and spans 月〜金. Nothing before the days but 第n(・n): kept as a note.
 * Times: 9, 9:30, 0930, 9時, 9時半, 9時30分; 翌 or an end before the start means the next day. One time alone is a point.
 * Units: minutes of the day, to_min up to 2880; days bit 0 = Monday. Ownership: arena. Pure.
 * Errors: false with *why, a plain sentence naming the mend. Tests: tests/unit/test_week_text.c, tests/fuzz/fuzz_week_text.c. */
#ifndef TSU_JP_WEEK_TEXT_H
#define TSU_JP_WEEK_TEXT_H

#include "base/arena.h"

#include <stdbool.h>

struct week_entry {
	unsigned days;
	int from_min, to_min;
	const char *text, *note; /* 訪問介護; 第2・4 or "" */
};
bool week_text_parse(struct arena *a, const char *typed, struct week_entry *out, const char **why);
/* A time alone, of the day: 「9:30」「9時半」「翌6」 → minutes up to 2880; false if it is none. */
bool week_time_parse(const char *typed, int *min);
/* 「月・水・金」「毎日」「平日」; arena. */
const char *week_days_ja(struct arena *a, unsigned days);
/* "1010100" from Monday, as tables keep it, and back; blank = 0. */
const char *week_days_code(struct arena *a, unsigned days);
unsigned week_days_of_code(const char *code);

#endif
