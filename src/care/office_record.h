/* office_record — 事業所の記録: what the standards ask an office to write down and no other record holds: 委員会・研修, 掲示, 苦情・事故,
 * 運営協議会, 届出 of the office; 届出・求め・引き継ぎ, 身体的拘束, 主治医の意見と指示, 割合の説明, 給付管理票 of a person.
 *
 * One table, one page, one set of acts for all kinds: what a kind is (fields, words, evidence, legal source and confidence) stands in
 * office_record.tbl.h. Each save writes the evidence row of its kind in its own transaction; the bin hides it, a way back shows it.
 * Gate: about a person — the kind's class (care and its mandate; medical; benefit); of the office itself — its own, class meeting.
 * Units: civil days; a month is its first day. Ownership: arena; kinds and fields static.
 * Errors: ERR_INPUT and other faults by column name, ERR_CONFLICT, of policy_check.
 * Tests: tests/unit/test_care_office_record.c, tests/http/test_office_record.py.
 */
#ifndef TSU_CARE_OFFICE_RECORD_H
#define TSU_CARE_OFFICE_RECORD_H

#include "sql/tables.h"
#include "store/revision.h"

enum office_whose { OFFICE_OFFICE, OFFICE_PERSON, OFFICE_EITHER };
struct office_kind {
	const char *code, *label, *evidence;
	enum office_whose whose;
	const char *orgs;     /* classes of organisations, "|" between */
	int record_class;     /* of a record about a person */
	const char *list, *what_label, *day_label, *what_as, *day_as, *constant, *source;
};
struct office_field {
	const char *kind, *column;
	char type;            /* t a d b c n m: office_record.tbl.h */
	const char *label;
	bool required;
	const char *as, *help;
};
const struct office_kind *office_kind_find(const char *code); /* NULL: none */
size_t office_kind_count(void);
const struct office_kind *office_kind_at(size_t i);
/* The fields of a kind, in the order of the form: v[0..n). */
const struct office_field *office_fields(const char *kind, size_t *n);
const struct office_field *office_field_at(const struct office_field *first, size_t i);
/* May the actor's organisation write records of the kind, about a person or of itself? */
bool office_kind_open(struct ctx *c, const struct office_kind *k, bool of_person);

struct office_record_view {
	struct t_office_record row;
	const struct office_kind *kind;
	const char *person_pid, *person_name; /* "" of the office */
	const char *org_pid, *org_name, *case_pid, *staff_name, *updated_by, *what_ja;
	bool may_write;
};

void office_record_init(struct ctx *c, const char *kind, struct t_office_record *row); /* of today, by the actor */
MUST err office_record_get(struct ctx *c, const char *pid, struct office_record_view *out);
/* Newest first; kind NULL = all. person_pid "": those of the actor's office itself, from offset on, at most limit (0: 100). */
MUST err office_record_list(struct ctx *c, const char *person_pid, const char *kind, int offset, int limit, struct office_record_view **v, size_t *n);
MUST err office_record_count(struct ctx *c, const char *kind, int64_t *n); /* of the actor's office itself */
/* row->id 0 = new, about the person or, person_pid "", of the actor's office; else the row as loaded and changed. */
MUST err office_record_save(struct ctx *c, const char *person_pid, struct t_office_record *row, struct row_conflict **conflict);
MUST err office_record_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);

/* Writer of the evidence from the record alone (register/evidence). Inside a transaction; no gate of its own. */
MUST err office_record_evidence(struct ctx *c, int64_t row_id);

#endif
