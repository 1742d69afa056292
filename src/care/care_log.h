/* care_log — 支援経過: 第5表 (kyotaku-5) and the record of 介護予防支援・介護予防ケアマネジメント (keika-kiroku).
 *
 * Append-only: what was written stays. A correction strikes the old entry through, with who, when and why, and may put a new
 * one in its place; both are shown and printed (forms-careplan §3.5, §2.4; 居宅基準29条, 予防基準28条: the record is kept). There is
 * no way to delete an entry. A record that stands elsewhere (モニタリング, 評価) writes its entry itself with care_log_put, so
 * nobody types it twice; such an entry is there as long as the record lives, and is corrected by correcting the record.
 * Units: at_min and minutes in minutes. Gate: class care of the person. Ownership: arena.
 * Errors: ERR_INPUT with faults by column name, ERR_CONFLICT (somebody struck it meanwhile), ERR_NOTFOUND, of policy_check.
 * Tests: tests/unit/test_care_visit.c, tests/http/test_visit.py.
 */
#ifndef TSU_CARE_CARE_LOG_H
#define TSU_CARE_CARE_LOG_H

#include "care/fill.h"
#include "care/paper.h"
#include "sql/tables.h"
#include "store/revision.h"

struct care_log_view {
	struct t_care_log row;
	const char *item_ja, *staff_name, *struck_name; /* "" if none */
	const char *corrects_pid, *corrected_pid;       /* "" if none; corrected_pid: only of care_log_get */
	const char *source_path;                        /* the record that wrote it; "" */
	const char *person_pid, *person_name;           /* only of care_log_get */
	bool may_write;                                 /* may be corrected by hand */
};

struct care_log_filter {
	civil from_on, to_on; /* CIVIL_NONE = open; inclusive */
	bool live;            /* without struck entries */
	bool oldest_first;
	int64_t offset, limit; /* limit 0 = 5000, the most a form takes */
};
#define CARE_LOG_ALL() {.from_on = CIVIL_NONE, .to_on = CIVIL_NONE}

/* A new entry of now by the actor. */
void care_log_init(struct ctx *c, struct t_care_log *row);
MUST err care_log_add(struct ctx *c, const char *person_pid, struct t_care_log *row);
MUST err care_log_get(struct ctx *c, const char *pid, struct care_log_view *out);
MUST err care_log_list(struct ctx *c, const char *person_pid, const struct care_log_filter *f, struct care_log_view **v, size_t *n);
MUST err care_log_count(struct ctx *c, const char *person_pid, const struct care_log_filter *f, int64_t *n);

/* Strikes the entry; with: the entry that takes its place, NULL = only struck. version: the one the editor saw. */
MUST err care_log_correct(struct ctx *c, const char *pid, int64_t version, struct t_care_log *with, const char *reason,
                          struct row_conflict **conflict);

/* For the writer of another record, inside its transaction and past its gate: the entry of that record. A second time with
 * the same words changes nothing; with other words the entry before is struck. row: person, case, day, item, content, source. */
MUST err care_log_put(struct ctx *c, struct t_care_log *row);

/* The period on the official form: kyotaku-5 for a 居宅介護支援, else keika-kiroku. */
MUST err care_log_fill(struct ctx *c, const char *person_pid, const char *form_id, const struct care_log_filter *f, struct fill *out);
MUST err care_log_paper(struct ctx *c, const char *person_pid, const char *form_id, const struct care_log_filter *f, enum paper_kind kind,
                        const char **bytes, size_t *n);
/* The form of the person's running case; kyotaku-5 if there is none. Static. */
MUST err care_log_form(struct ctx *c, const char *person_pid, const char **form_id);
/* CSV for Excel, struck entries with their mark. */
MUST err care_log_csv(struct ctx *c, const char *person_pid, const struct care_log_filter *f, const char **bytes, size_t *n);

/* ---- one day of the organisation: what was done, and what was meant for it (F060) ---- */
struct care_day_row {
	const char *pid, *person_pid, *person_name, *address, *phone, *item_ja, *partner, *staff_name;
	int64_t person_id, at_min, minutes; /* INT_NULL unknown */
};
struct care_day {
	struct care_day_row *done, *planned;
	size_t n_done, n_planned;
};
/* staff_id INT_NULL: everybody. Planned: next dates of entries and monitorings. */
MUST err care_log_day(struct ctx *c, int64_t staff_id, civil on, struct care_day *out);

/* 「R8.11.20（金） 14:05」 as printed. Arena. */
const char *care_log_at(struct ctx *c, civil on, int64_t minute);

#endif
