/* pages/columns — what a column of a record is called and how its value is said to people: for the page of a conflict and the
 * list of versions (F143). One table (columns.tbl.h); the period records bring their own words (pages/insurance.h).
 * Values are as store/value_show writes them: codes, ids, days as 2026-04-01, はい/いいえ.
 * Ownership: arena of the request or static. Tests: tests/unit/test_web_pages_person.c, tests/http/test_conflict.py. */
#ifndef TSU_WEB_PAGES_COLUMNS_H
#define TSU_WEB_PAGES_COLUMNS_H

#include "web/page.h"

enum column_pick {
	PICK_NONE,  /* only shown */
	PICK_ONE,   /* mine or theirs */
	PICK_JOIN,  /* text of people: mine, theirs, or both */
	PICK_MANY,  /* several codes: each can be kept */
};

/* "" if nobody needs to hear of it (derived columns); static. A column the table does not know is 「その他の項目」. */
const char *column_label(const char *table, const char *column);
const char *column_field(const char *table, const char *column); /* what the form calls it; static or the column itself */
enum column_pick column_pick(const char *table, const char *column);
const char *column_words(struct req *r, const char *table, const char *column, const char *stored); /* 「（空欄）」 if empty */
/* What the form sends for the stored value: a public id for an id, "1" or "" for yes and no. */
const char *column_value(struct req *r, const char *table, const char *column, const char *stored);
/* PICK_MANY: the single codes of a value, and the word of one. */
const char **column_codes(struct req *r, const char *stored, size_t *n);
const char *column_code_word(struct req *r, const char *table, const char *column, const char *code);

#endif
