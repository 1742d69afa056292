/* drawing — acts on a family picture or ecomap that can be undone and redone, 20 of them, while one works on it (ux U24).
 *
 * Every act is one transaction that notes which rows it wrote; undoing reverts, retires or restores exactly these rows
 * through the same functions as everybody (new versions, nothing is erased). A row that somebody else changed since is
 * left alone: ERR_DRAWING_CHANGED and nothing is undone. Acts belong to the account and last twelve hours.
 * Gate: WRITE of class family. Ownership: arena. Tests: tests/unit/test_care_drawing.c. */
#ifndef TSU_CARE_DRAWING_H
#define TSU_CARE_DRAWING_H

#include "register/gen.h"

#define DRAWING_GENOGRAM "genogram"
#define DRAWING_ECOMAP "ecomap"
enum { DRAWING_STEPS = 20 };

struct drawing_act {
	int64_t step_id;
};
/* Inside tx_run. title: what is done, in a few words without a name. What was undone before cannot be redone after this. */
MUST err drawing_begin(struct ctx *c, int64_t person_id, const char *drawing, const char *title, struct drawing_act *act);
/* from 0 = the row is new. Writing nothing (from == to) is no write. */
MUST err drawing_wrote(struct ctx *c, const struct drawing_act *act, const struct table_desc *t, int64_t row_id, int64_t from, int64_t to);
MUST err drawing_removed(struct ctx *c, const struct drawing_act *act, const struct gen_kind *k, const char *pid, const char *reason);
/* Save a row of a kind as part of the act. */
MUST err drawing_save(struct ctx *c, const struct drawing_act *act, const struct gen_kind *k, void *row, struct row_conflict **conflict);

struct drawing_steps {
	size_t n_undo, n_redo;
	const char *undo_title, *redo_title; /* "" if none */
};
MUST err drawing_steps(struct ctx *c, int64_t person_id, const char *drawing, struct drawing_steps *out);
MUST err drawing_undo(struct ctx *c, int64_t person_id, const char *drawing); /* ERR_NOTFOUND: nothing to undo */
MUST err drawing_redo(struct ctx *c, int64_t person_id, const char *drawing);

#endif
