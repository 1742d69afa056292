/* care/consult_input — from what was typed on the intake screen to a row: all faults at once, each naming its field
 * and the mend (design §8; U55). Used by care/consult only. Ownership: arena. Tests: tests/unit/test_care_consult.c. */
#ifndef TSU_CARE_CONSULT_INPUT_H
#define TSU_CARE_CONSULT_INPUT_H

#include "care/consult.h"
#include "sql/tables.h"

/* Fill `row` (already row_init-ed or loaded) from the input. ERR_INPUT with faults in ctx. */
MUST err consult_input_read(struct ctx *c, const struct consult_input *in, struct t_consult *row);
/* The next step (status, next action, day, reason of closing), shared by the intake and the entries. */
MUST err consult_step_read(struct ctx *c, const char *status, const char *next_action, const char *next_on,
                           const char *close_reason, struct t_consult *row);
/* Typed day and time of day (JST); both empty = now. Not after now. */
MUST err consult_time_read(struct ctx *c, const char *day_field, const char *on, const char *time_field, const char *time,
                           int64_t *ms);
/* Minutes typed; empty = INT_NULL. */
MUST err consult_minutes_read(struct ctx *c, const char *field, const char *text, int64_t *out);
/* A code of a law list, else a fault naming `label`. */
MUST err consult_code_read(struct ctx *c, const char *field, const char *label, const char *list, const char *code,
                           const char **out);
/* The class a consultation of these classes belongs to: RIGHTS for abuse, guardian, fraud. */
int consult_class_of(const char *const *classes, size_t n);

#endif
