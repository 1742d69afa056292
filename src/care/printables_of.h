/* printables_of — the functions named in printables.tbl.h, each in the module that owns the record. See care/printables.h. */
#ifndef TSU_CARE_PRINTABLES_OF_H
#define TSU_CARE_PRINTABLES_OF_H

#include "care/printables.h"

#define PRINTABLE(form_id, label, fn) \
	MUST err fn(struct ctx *c, const struct person *p, const struct printable_period *period, struct printable_docs *out);
#include "care/printables.tbl.h"
#undef PRINTABLE

#endif
