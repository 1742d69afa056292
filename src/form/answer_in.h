/* answer_in — inside the form room: the one reader of a typed value, shared by POST, JSON and FHIR. */
#ifndef TSU_FORM_ANSWER_IN_H
#define TSU_FORM_ANSWER_IN_H

#include "form/answer.h"

/* text → value of the item's type; *out untouched on error. Dates may add a fault with its own sentence and offer. */
MUST err answer_parse(struct ctx *c, const char *path, const struct form_item *it, const char *text, struct answer *out);
/* Put a value of the right type at its place; rows come into being. */
MUST err answer_put(struct answers *as, const char *path, const struct answer *v);
/* A new row at the end of a list. ERR_LIMIT when max_rows stand already. */
MUST err answer_add_row(struct answers *as, const struct form_item *list, struct answers **row);
/* A number as written: item->places always, finer places only where they are not zero. */
struct json *answer_number(struct arena *a, const struct form_item *it, int64_t num);

#endif
