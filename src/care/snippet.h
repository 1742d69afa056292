/* snippet — 定型文・文例 (F050; ux U16): ready sentences that are called by a word (;あん) in any long field.
 *
 * Three levels: own (one account), office (one organisation), town (one municipality). A reader finds the own ones, those of the
 * own office and of the own municipality, and no others; the console finds all. Who may write: own — oneself; office —
 * policy_may_lead; town — policy_may_speak_for_town. A snippet is about nobody: saving one that holds the name of somebody the
 * actor may see is refused (register/name_in), names go into the places ｛氏名｝ … of care/snippet_fill.
 * Words are compared folded: あん, アン, ｱﾝ and がん/かん are one; romaji (an) is read too.
 * Putting one away can be taken back for SNIPPET_KEEP_DAYS; an earlier version comes back by undo. Ownership: arena.
 * Errors: ERR_INPUT with faults ("level", "word", "title", "category", "body"), ERR_NOTFOUND (also: not for this reader),
 * ERR_DENIED (may read, not write), ERR_CONFLICT. Tests: tests/unit/test_care_snippet.c, tests/http/test_snippet.py.
 */
#ifndef TSU_CARE_SNIPPET_H
#define TSU_CARE_SNIPPET_H

#include "sql/tables.h"
#include "store/revision.h"

enum { SNIPPET_WORD_MAX = 20, SNIPPET_TITLE_MAX = 60, SNIPPET_BODY_MAX = 2000, SNIPPET_MOST = 500, SNIPPET_KEEP_DAYS = 30 };

struct snippet {
	struct t_snippet row;
	const char *owner;   /* name of the office or municipality; "" for the own */
	bool may_write;
	size_t category_at;  /* place of the category in its list */
};

struct snippet_filter {
	const char *level, *category; /* NULL or "" = all */
	const char *text;             /* NULL or "" = all; else word, title or body hold it, folded */
	bool put_away;                /* those put away in the last SNIPPET_KEEP_DAYS instead of the living */
};
/* Own ones first, then the office's, then the municipality's; by category and order. */
MUST err snippet_list(struct ctx *c, const struct snippet_filter *f, struct snippet **v, size_t *n);
/* Those whose word begins with what was typed (without the semicolon); a whole word before a beginning. */
MUST err snippet_find(struct ctx *c, const char *typed, struct snippet **v, size_t *n);
/* Also one that is put away: row.retired_ms tells. */
MUST err snippet_get(struct ctx *c, const char *pid, struct snippet *out);

/* May the actor write any of that level at all? org_id of the console: whose. */
MUST err snippet_may_write(struct ctx *c, const char *level, bool *may);
void snippet_init(struct t_snippet *row); /* an own one */
/* id 0 = new: the owner follows from the level and the actor (the console names row->org_id); else the row as loaded and
 * changed. The level of a stored one stays. word, title and the signs of places are put into their normal form. */
MUST err snippet_save(struct ctx *c, struct t_snippet *row, struct row_conflict **conflict);
MUST err snippet_retire(struct ctx *c, const char *pid);
MUST err snippet_restore(struct ctx *c, const char *pid);
/* The last act: back from being put away, else the version before. ERR_NOTFOUND if there is none. */
MUST err snippet_undo(struct ctx *c, const char *pid);

/* How a word is compared: the beginning of one key with another. Arena. */
const char *snippet_key(struct ctx *c, const char *word);

#endif
