/* search — one box that finds a person (F001, F002, F005; U05, U06).
 *
 * It takes a name in any spelling (渡辺 = 渡邉 = 渡邊, IVS, spaces or none), a reading in any width and voicing, romaji,
 * a 被保険者番号, a birth date as people write it, a telephone number, or several of these. The rank is: whole name,
 * beginning, middle; the typed voicing before others. The 五十音 filter keeps one row of the table.
 * Only people whose name card the actor may see are found or counted. Merged records appear once, as the one in front.
 * How: every suffix of a folded name stands in person_key; one index range gives beginning and middle matches
 * (docs/decisions/006-person-search.md). Never LIKE.
 * What was typed is kept on the server (search_save), so a URL holds only a public id.
 * Ownership: arena. Errors: ERR_NOTFOUND (search_get: unknown or another account's). Tests: tests/unit/test_register_a.c. */
#ifndef TSU_REGISTER_SEARCH_H
#define TSU_REGISTER_SEARCH_H

#include "base/ctx.h"

enum hit_why { HIT_NAME, HIT_KANA, HIT_OTHER_NAME, HIT_INSURED, HIT_BIRTH, HIT_PHONE };

struct person_hit {
	int64_t id;                /* of the record in front */
	const char *pid, *name, *kana, *sex;
	civil birth_on;
	const char *birth_text;    /* partial dates */
	const char *home_address;
	int64_t area_id;           /* INT_NULL */
	const char *area_name;     /* "" */
	const char *lives_alone;
	bool is_unnamed, is_dead, is_moved_out;
	int score;                 /* 0..100, high first */
	enum hit_why why;
	const char *matched;       /* the other name that matched, "" if it is the name shown */
};

#define SEARCH_MAX 100
/* The best hits, at most limit (0 = 20, ≤ SEARCH_MAX). *more: there are others. Text without any letter: no hit. */
MUST err person_find(struct ctx *c, const char *text, int limit, struct person_hit **hits, size_t *n, bool *more);
/* row: index into あかさたなはまやらわ (0..9), by reading, keyset by the last reading and id ("" and 0 first). */
MUST err person_find_row(struct ctx *c, int row, int limit, const char *after_kana, int64_t after_id, struct person_hit **hits, size_t *n);

/* The typed text (and switches, "key=value" lines) under a public id; only the same account opens it. */
MUST err search_save(struct ctx *c, const char *params, const char **pid);
MUST err search_get(struct ctx *c, const char *pid, const char **params);
MUST err search_sweep(struct ctx *c, int64_t older_than_ms, int64_t *n); /* daily job */

const char *search_row_label(int row); /* "あ" … "わ" */

#endif
