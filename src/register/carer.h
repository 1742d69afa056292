/* carer — 家族介護者 and their work: occupation, hours, 介護休業 and what is left of it, strain, a possibly young carer (F012;
 * rules §6). One row per state of a carer; the carer is a relation of the client. Class family.
 * 介護休業: 93 days in all for one 対象家族 (育児・介護休業法11条・15条), dated in carer.tbl.h.
 * Errors: ERR_NOT_CHOICE, ERR_RANGE, ERR_PERIOD_*. Tests: tests/unit/test_register_b_family.c. */
#ifndef TSU_REGISTER_CARER_H
#define TSU_REGISTER_CARER_H

#include "register/gen.h"

extern const struct gen_kind GEN_CARER;
GEN_FACE(carer, t_carer);

const char *carer_works_label_ja(const char *works);
/* Days of 介護休業 that are left by the law of the day, INT_NULL if the used ones are not known. */
int64_t carer_leave_days_left(const struct t_carer *row, civil on);

/* The carers of the people whom the actor's organisation supports (running cases, 担当), as they are today (F036). */
struct carer_filter {
	int64_t staff_id;        /* INT_NULL: all; else of the people in this person's charge */
	const char *works;       /* a code; "working" = in work or on leave; "" = all */
	bool is_export;          /* only people whose family records may leave the house */
	int64_t offset, limit;   /* limit 0 = 5000 */
};
struct carer_row {
	struct t_carer row;
	int64_t person_id;
	const char *person_pid, *person_name, *person_kana;
	const char *name;        /* of the carer; "" if the reader may not see that person */
	const char *relation;    /* 長男の妻 */
	const char *living;      /* 同居 / 別居 */
	bool is_main;
};
MUST err carer_roster(struct ctx *c, const struct carer_filter *f, struct carer_row **v, size_t *n);
MUST err carer_roster_count(struct ctx *c, const struct carer_filter *f, int64_t *n);
const char *carer_employment_label_ja(const char *code);

GEN_CHOICES(carer_works_choices);
GEN_CHOICES(carer_employment_choices);

#endif
