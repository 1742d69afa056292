/* law/codes — code lists with dates: the label of a code, the choices of a day.
 * A code that was valid when a record was written keeps its label for ever; only new choices follow the day. */
#ifndef TSU_LAW_CODES_H
#define TSU_LAW_CODES_H

#include "law/tables.h"

/* The label; the code itself if the list does not know it (an imported value is never hidden). Borrowed. */
const char *law_code_label(const struct law_catalogue *law, const char *list, const char *code);
/* Is it a choice on that day? */
bool law_code_valid(const struct law_catalogue *law, const char *list, const char *code, civil on);
/* The choices of a list on a day, in file order. Arena array of borrowed rows. */
const struct law_code **law_code_list(const struct law_catalogue *law, struct arena *a, const char *list, civil on, size_t *n);

#endif
