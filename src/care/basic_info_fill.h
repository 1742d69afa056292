/* care/basic_info_fill — the bindings of 利用者基本情報: item ↔ column of basic_info, item ← register (forms/bindings.tsv).
 * Used by care/basic_info only. Ownership: arena. Tests: tests/unit/test_care_basic_info.c. */
#ifndef TSU_CARE_BASIC_INFO_FILL_H
#define TSU_CARE_BASIC_INFO_FILL_H

#include "care/basic_info.h"
#include "register/person.h"
#include "sql/tables.h"

struct relation_view;

/* May the actor do this with an item? Items of another class than the form's ask for the right to that class. */
bool basic_info_may(struct ctx *c, int64_t person_id, const struct form_item *it, enum action a);
/* The family as lines of text, for the box that a drawing will fill. */
const char *basic_info_family(struct ctx *c, const struct relation_view *v, size_t n);
/* Own items: from the row into the answers, and from the answers into the row. */
MUST err basic_info_fill_own(struct ctx *c, const struct t_basic_info *row, struct basic_info_view *v);
MUST err basic_info_read_own(struct ctx *c, const struct answers *as, struct t_basic_info *row);
/* Items of the register as they hold on the day; items without a right go to v->locked. */
MUST err basic_info_fill_register(struct ctx *c, const struct person *p, civil on, struct basic_info_view *v);

#endif
