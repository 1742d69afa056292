/* care/assess_own — inside of care/assess: opening, details, checks. Used by care/assess* and care/issue_sheet only.
 * Ownership: arena. Tests: tests/unit/test_care_assess.c. */
#ifndef TSU_CARE_ASSESS_OWN_H
#define TSU_CARE_ASSESS_OWN_H

#include "care/assess.h"
#include "register/person.h"

/* A living assessment behind the gate of its class. */
MUST err assess_open(struct ctx *c, const char *pid, enum action a, struct t_assessment *row);
MUST err assess_view_of(struct ctx *c, const struct t_assessment *row, bool is_new, struct assess_view *out);
MUST err assess_known(struct ctx *c, const struct person *p, struct assess_view *v);
MUST err assess_carers(struct ctx *c, const struct person *p, struct assess_view *v);
struct assess_item *assess_item_of(struct assess_view *v, const char *code);

/* ---- detail: a JSON object of texts, written with its keys in order ---- */
const char *assess_detail_put(struct ctx *c, const char *detail, const struct assess_pair *pairs, size_t n);
/* Three ways by key. *clash: some key was changed on both sides to different values. */
const char *assess_detail_merge(struct ctx *c, const char *base, const char *theirs, const char *mine, bool *clash);
/* Keys that stand in any of them. */
size_t assess_detail_keys(struct ctx *c, const char *const *details, size_t n_details, const char ***keys);

/* ---- input ---- */
/* Checks what was typed and puts it into the stored rows; all faults are collected. */
MUST err assess_input_head(struct ctx *c, const struct t_assessment *in, struct t_assessment *row);
MUST err assess_input_item(struct ctx *c, const struct law_assess_item *def, const struct assess_item_input *in, struct t_assessment_item *row);
MUST err assess_input_area(struct ctx *c, const struct t_assessment_area *in, struct t_assessment_area *row);
bool assess_value_ok(struct ctx *c, const struct law_assess_item *part, const char *value);

/* The fields of one row that two people changed, under the names of the page: "<prefix>.<column>". k->versions has room. */
void assess_clash_row(struct ctx *c, struct assess_clashes *k, const char *prefix, const char *label, const struct row_conflict *r);
/* Back from the bin: a draft has no evidence. For care_start. */
MUST err assess_bin(struct ctx *c, int64_t row_id, bool alive);
MUST err assess_follow(struct ctx *c, const struct t_assessment *row);
/* A new row of the actor's organisation, not yet written; gate WRITE. */
MUST err assess_head_new(struct ctx *c, const char *person_pid, struct t_assessment *row);
/* Its blank items and areas. */
MUST err assess_children_make(struct ctx *c, const struct t_assessment *head);
/* After every change: a confirmed one must still be complete; then what follows it. */
MUST err assess_settle(struct ctx *c, const struct t_assessment *row);
/* ERR_INPUT with a fault for each gap. */
MUST err assess_complete(struct ctx *c, const struct t_assessment *row);

#endif
