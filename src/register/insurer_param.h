/* insurer_param — what an insurer (保険者) has set itself: dated values of the keys of law/params.tsv, with their ground.
 *
 * Judging reads all of it at once: insurer_settings_load gives `params` for duty_ask.params and, per insurer, the calendar for
 * duty_ask.calendar and the word that duty_subject.insurer must hold. A key without a value on a day has the default of the table.
 * Between the first and the last day that an insurer has set for a key there is no gap and no overlap:
 *  - a new value from day X ends the one that holds on X on the day before X, and holds as long as that one would have (or, before the
 *    first one, until the day before it begins), unless it says its own end, which may not leave a gap;
 *  - putting one away lets the value before it hold again until the end of the one put away.
 * Values outside the bounds of law/params.tsv are refused (law_param_refused), so are days of closed_days outside their period.
 * Gate: read — anybody logged in (insurer_settings_load also the house's own jobs); write — the administrator and the console, officers
 * of the insurer for their own. Units: civil days inclusive, CIVIL_OPEN = no end; instants ms UTC. Ownership: arena.
 * Errors: ERR_INPUT with faults ("key", "value", "valid_from", "valid_to", "ground"), ERR_CONFLICT, ERR_DENIED, ERR_NOTFOUND.
 * Sources: docs/decisions/014-duties.md, law/params.tsv. Tests: tests/unit/test_register_insurer_param.c, tests/http/test_law.py.
 */
#ifndef TSU_REGISTER_INSURER_PARAM_H
#define TSU_REGISTER_INSURER_PARAM_H

#include "law/calendar.h"
#include "law/params.h"
#include "sql/tables.h"
#include "store/revision.h"

/* ---- for judging ------------------------------------------------------------------------------------------------------------ */

/* An insurer that has set anything. Those that are not here have the defaults and the national calendar. */
struct insurer_setting {
	int64_t org_id;
	const char *name;             /* for duty_subject.insurer: the public id of the organisation */
	struct law_calendar calendar; /* with its own closed days */
};
struct insurer_settings {
	struct duty_params params;    /* of all insurers */
	struct law_calendar national; /* without closed days */
	const struct insurer_setting *v;
	size_t n;
};
/* All values of all insurers as they were known at known_ms (0: as they stand now). One query when known_ms is 0. */
MUST err insurer_settings_load(struct ctx *c, struct arena *keep, int64_t known_ms, struct insurer_settings *out);
/* What to put into duty_subject.insurer for the people (or office) of that insurer; "" if it has set nothing. INT_NULL: none. */
const char *insurer_settings_name(const struct insurer_settings *s, int64_t insurer_org_id);
/* Never NULL. The same pointer for the same insurer as long as `keep` lives. */
const struct law_calendar *insurer_settings_calendar(const struct insurer_settings *s, int64_t insurer_org_id);

/* ---- for the page ----------------------------------------------------------------------------------------------------------- */

/* One key of one insurer on a day. */
struct insurer_param_now {
	const struct law_param *def;
	const struct t_insurer_param *set; /* the row in force; NULL: the default */
	const char *value;                 /* in force */
	size_t n_rows;                     /* dated values of this key, alive */
};
/* Every key of law/params.tsv in its order. */
MUST err insurer_param_now(struct ctx *c, int64_t insurer_org_id, civil on, struct insurer_param_now **v, size_t *n);
/* The dated values of a key, newest first. put_away: those put away instead. */
MUST err insurer_param_list(struct ctx *c, int64_t insurer_org_id, const char *key, bool put_away, struct t_insurer_param **v, size_t *n);
MUST err insurer_param_get(struct ctx *c, const char *pid, struct t_insurer_param *out); /* also one put away: retired_ms tells */
/* The versions of one value, newest first, each whole. */
struct insurer_param_version {
	int64_t version, at_ms, by;
	const char *action; /* insert save retire restore revert */
	struct t_insurer_param row;
};
MUST err insurer_param_versions(struct ctx *c, const char *pid, struct insurer_param_version **v, size_t *n);

/* What holds on the day after the end that a value about to be saved has itself: *next another value of the insurer (NULL: none); *falls:
 * the default of the table from then on, though nobody has said so — the value that held before does not come back. */
MUST err insurer_param_after(struct ctx *c, const struct t_insurer_param *row, const struct t_insurer_param **next, bool *falls);
bool insurer_param_may_write(const struct ctx *c, int64_t insurer_org_id);
void insurer_param_init(struct t_insurer_param *row);
/* id 0 = a new one (see above); else the row as loaded and changed: insurer and key stay, its neighbours must still fit to the day.
 * valid_to CIVIL_NONE: as long as possible. The value is put into its normal form (width of digits, order of days). */
MUST err insurer_param_save(struct ctx *c, struct t_insurer_param *row, struct row_conflict **conflict);
MUST err insurer_param_retire(struct ctx *c, const char *pid, const char *reason);
MUST err insurer_param_restore(struct ctx *c, const char *pid); /* refused if its days have been given to another value meanwhile */

/* The value in words: 「2年」, 「事前に連絡」, 「2026年12月29日…」 (days by day_text; NULL: ISO). Arena. */
const char *insurer_param_words(struct arena *a, const struct law_param *p, const char *value, const char *(*day_text)(struct arena *, civil));
/* The word of a choice without its code: 「契約などの終わり」; the code itself if the meaning does not say. Arena. */
const char *insurer_param_choice_word(struct arena *a, const struct law_param *p, const char *code);
/* What the key means, without the list of its choices: 「記録の保存の起点（完結の日）」. Arena. */
const char *insurer_param_label(struct arena *a, const struct law_param *p);

#endif
