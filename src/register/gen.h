/* gen — generations: values of a person that hold for a period and are kept with their history (F010, F011).
 *
 * 被保険者資格, 認定, 負担割合, 公費, 自立度, 手帳, 受給者証, 支給決定, 障害支援区分, 世帯, 介護者 and 同意 differ in their columns
 * and checks but not in how they are read, saved, asked "as of D, as known on D2", put into the bin and undone. So each
 * is one struct gen_kind (a table of functions) and the acts are written once here.
 *
 * Two times: a row holds from its first to its last day; the revision says what was known when. A list with known_on
 * reads the last version recorded on or before that day, so a correction of yesterday does not change what a
 * judgement of last year could know.
 * Save: faults are collected (all at once) before anything is written; a row whose period overlaps another of the same
 * series is refused with both rows in the sentence; the time line, the evidence and the grants follow in the same
 * transaction. On any error *row is as the caller gave it.
 * Rows are the structs of sql/tables.h; a new one starts with gen_init. Ownership: arena.
 * Errors: of policy_check, ERR_PERIOD_ORDER, ERR_PERIOD_OVERLAP (certification: ERR_CERT_OVERLAP), ERR_CONFLICT (with the
 * list of fields), and the INPUT codes of the checks. Tests: tests/unit/test_register_b.c, test_register_b_cert.c.
 */
#ifndef TSU_REGISTER_GEN_H
#define TSU_REGISTER_GEN_H

#include "access/policy.h"
#include "sql/tables.h"
#include "store/revision.h"

struct gen_kind {
	const char *label;                 /* 認定, for sentences */
	const struct table_desc *table;
	int class_bit;
	const char *timeline;              /* code of timeline.tbl.h */
	bool refuse_overlap;
	err overlap_code;                  /* used when refuse_overlap */
	err (*ids)(struct ctx *c, int64_t person_id, bool with_retired, int64_t **ids, size_t *n);
	void (*check)(struct ctx *c, void *row);             /* adds faults; may put the row into its normal form */
	bool (*same_series)(const void *a, const void *b);   /* NULL: every row of the person is of one series */
	void (*period)(const void *row, civil *from, civil *to); /* CIVIL_NONE both: no period (an application) */
	civil (*day)(const void *row);     /* the day on the time line; NULL: the first day of the period, else of writing */
	const char *(*text)(struct ctx *c, const void *row); /* one line without the name; arena */
	err (*after)(struct ctx *c, const void *row, bool alive); /* evidence, grants, tasks; inside the transaction; may be NULL */
	bool opens;                        /* after() writes grants */
	/* May the actor open what the row opens beyond the old one (NULL: a new row)? Inside the transaction, after the write and
	 * its merge with another's save, so nobody gives by a save, an undo or a text put back what they may not give. May be NULL */
	err (*gives)(struct ctx *c, const void *old, const void *row);
	err (*before)(struct ctx *c, void *row, void *arg);  /* inside the transaction, before the write; may be NULL */
};
/* Kind by the name of its table; NULL if the table is none. */
const struct gen_kind *gen_kind_of(const char *table_name);

void gen_init(const struct gen_kind *k, void *row);
/* id 0 = new; else a row got from gen_find with `version` the one the editor started from. */
MUST err gen_save(struct ctx *c, const struct gen_kind *k, void *row, struct row_conflict **conflict);
MUST err gen_save_with(struct ctx *c, const struct gen_kind *k, void *row, void *arg, struct row_conflict **conflict);
MUST err gen_find(struct ctx *c, const struct gen_kind *k, const char *pid, void *row);

struct gen_asof {
	civil on;       /* only rows whose period holds that day; CIVIL_NONE = all */
	civil known_on; /* as known at the end of that day; CIVIL_NONE = as known now */
};
#define GEN_ALL (struct gen_asof){CIVIL_NONE, CIVIL_NONE}
/* Newest first; *rows is an array of the kind's struct. */
MUST err gen_list(struct ctx *c, const struct gen_kind *k, int64_t person_id, struct gen_asof asof, void **rows, size_t *n);
/* The newest row that holds on the day; *found false = none. */
MUST err gen_at(struct ctx *c, const struct gen_kind *k, int64_t person_id, struct gen_asof asof, void *row, bool *found);

/* To the 30-day bin; gate WRITE. *bin_pid (may be NULL) is what 「元に戻す」 needs. */
MUST err gen_retire(struct ctx *c, const struct gen_kind *k, const char *pid, const char *reason, const char **bin_pid);
/* Undo the last change: a new version equal to the one before. ERR_NOTFOUND if there is none. */
MUST err gen_undo(struct ctx *c, const struct gen_kind *k, const char *pid);
/* 「元の版に戻す」: any older version. */
MUST err gen_revert(struct ctx *c, const struct gen_kind *k, const char *pid, int64_t to_version);
MUST err gen_history(struct ctx *c, const struct gen_kind *k, const char *pid, struct row_version **v, size_t *n);

/* For start-up: called in the transaction of every save, undo, retirement and return of a row of the table, after the kind's own after(). */
void gen_on_follow(const char *table, err (*fn)(struct ctx *c, const void *row, bool alive));

/* Inside a transaction, after a row came back or was changed beside gen_save: overlap, evidence, grants, time line. */
MUST err gen_follow(struct ctx *c, const struct gen_kind *k, int64_t row_id, bool alive);
/* Out of the bin: nothing of the row has changed, so only what its way there ended (grants) is written again. */
MUST err gen_back(struct ctx *c, const struct gen_kind *k, int64_t row_id);

/* Inside a transaction, for a change beside gen_save: the kind's gives(), if it has one. */
MUST err gen_gives(struct ctx *c, const struct gen_kind *k, const void *old, const void *row);

/* Inside a kind's functions */
const char *gen_period_ja(struct ctx *c, civil from, civil to); /* 「令和8年4月1日〜令和8年9月30日」; arena */
/* A fault if to is before from, or from is empty where it must not be. */
void gen_check_period(struct ctx *c, const char *from_field, civil from, const char *to_field, civil to);
void gen_check_text(struct ctx *c, const char *field, const char *label, const char *text, bool required, size_t max_chars);

/* A code, its label and where it is valid: the small tables of this room. */
struct gen_code {
	const char *code, *label;
};
const char *gen_label(const struct gen_code *t, size_t n, const char *code); /* static; "" if unknown */
/* A fault naming the field if the code is not in the table; "" passes unless required. */
void gen_check_code(struct ctx *c, const char *field, const char *label, const struct gen_code *t, size_t n, const char *code,
	bool required);
#define GEN_LABEL(table, code) gen_label((table), sizeof(table) / sizeof((table)[0]), (code))
#define GEN_CHECK_CODE(c, field, label, table, code, required)                                                       \
	gen_check_code((c), (field), (label), (table), sizeof(table) / sizeof((table)[0]), (code), (required))

/* The choices of a table, for selects: `const struct gen_code *f(size_t *n)`, static, in the order to show. */
#define GEN_CHOICES(fn) const struct gen_code *fn(size_t *n)
#define GEN_CHOICES_C(fn, table)                                                                                     \
	const struct gen_code *fn(size_t *n)                                                                         \
	{                                                                                                            \
		*n = sizeof(table) / sizeof((table)[0]);                                                             \
		return (table);                                                                                      \
	}                                                                                                            \
	_Static_assert(sizeof(table) > 0, #table)

/* The typed face of a kind: <name>_save, _find, _list, _at, _retire, _undo; made by GEN_FACE (header) and GEN_FACE_C. */
#define GEN_FACE(name, type)                                                                                         \
	void name##_init(struct type *row);                                                                          \
	MUST err name##_save(struct ctx *c, struct type *row, struct row_conflict **conflict);                       \
	MUST err name##_find(struct ctx *c, const char *pid, struct type *row);                                      \
	MUST err name##_list(struct ctx *c, int64_t person_id, struct gen_asof asof, struct type **rows, size_t *n); \
	MUST err name##_at(struct ctx *c, int64_t person_id, struct gen_asof asof, struct type *row, bool *found);   \
	MUST err name##_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);            \
	MUST err name##_undo(struct ctx *c, const char *pid)
#define GEN_FACE_C(name, type, kind)                                                                                 \
	void name##_init(struct type *row) { gen_init(&(kind), row); }                                               \
	err name##_save(struct ctx *c, struct type *row, struct row_conflict **conflict)                             \
	{                                                                                                            \
		return gen_save(c, &(kind), row, conflict);                                                          \
	}                                                                                                            \
	err name##_find(struct ctx *c, const char *pid, struct type *row) { return gen_find(c, &(kind), pid, row); } \
	err name##_list(struct ctx *c, int64_t person_id, struct gen_asof asof, struct type **rows, size_t *n)       \
	{                                                                                                            \
		void *p = NULL;                                                                                      \
		TRY(gen_list(c, &(kind), person_id, asof, &p, n));                                                   \
		*rows = p;                                                                                           \
		return OK;                                                                                           \
	}                                                                                                            \
	err name##_at(struct ctx *c, int64_t person_id, struct gen_asof asof, struct type *row, bool *found)         \
	{                                                                                                            \
		return gen_at(c, &(kind), person_id, asof, row, found);                                              \
	}                                                                                                            \
	err name##_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid)                  \
	{                                                                                                            \
		return gen_retire(c, &(kind), pid, reason, bin_pid);                                                 \
	}                                                                                                            \
	err name##_undo(struct ctx *c, const char *pid) { return gen_undo(c, &(kind), pid); }                        \
	_Static_assert(sizeof(struct type) > 0, #type)

#endif
