/* staff — people who act: professionals and resident helpers, their licences and dated posts (C-005, C-006, C-009, C-012).
 *
 * A person who moves keeps the history: a post ends, another begins. When a post ends, what hangs on it (担当 of
 * people) is listed for hand-over and given to a successor; closing it with links left open and no successor warns.
 * Gate: read — anybody logged in (contact data by contact_level); write — administrator, insurer's staff, head of the
 * centre for the own staff. Days inclusive. Ownership: arena.
 * Errors: ERR_INPUT with faults ("name", "kana", "org_id", "from_on", "fte" …), ERR_PERIOD_ORDER, ERR_CONFLICT, ERR_DENIED,
 * ERR_NOTFOUND. Tests: tests/unit/test_register_org.c. */
#ifndef TSU_REGISTER_STAFF_H
#define TSU_REGISTER_STAFF_H

#include "store/revision.h"

struct staff {
	int64_t id, version;
	const char *pid, *name, *kana, *phone, *email;
	bool is_representative, is_working_level;
	const char *contact_level;   /* "org" "region" "public" */
	const char *register_purpose, *register_source, *note;
	bool is_retired;
};
void staff_init(struct staff *s);
MUST err staff_create(struct ctx *c, struct staff *s, int64_t org_id /* of the first post; decides the gate */,
	const char *role, civil from_on, civil to_on);
MUST err staff_get(struct ctx *c, const char *pid, struct staff *out);
MUST err staff_load(struct ctx *c, int64_t id, struct staff *out);
MUST err staff_save(struct ctx *c, struct staff *s, struct row_conflict **conflict);
MUST err staff_retire(struct ctx *c, const char *pid, const char *reason);
MUST err staff_restore(struct ctx *c, const char *pid);

struct staff_row {
	int64_t id, org_id;
	const char *pid, *name, *kana, *org_name, *role, *title, *phone /* "" if not shared with the actor */;
	civil from_on, to_on;
};
struct staff_filter {
	const char *text;            /* name or kana; NULL = all */
	int64_t org_id;              /* INT_NULL = all */
	const char *role, *profession; /* NULL = all */
	civil on;                    /* in a post on that day */
	int limit, offset;           /* limit 0 = 100 */
};
MUST err staff_list(struct ctx *c, const struct staff_filter *f, struct staff_row **v, size_t *n);

struct staff_licence {
	int64_t id, version;
	const char *pid, *profession, *licence_no;
	civil from_on, expires_on;   /* CIVIL_NONE = unknown; does not expire */
};
MUST err staff_licence_list(struct ctx *c, int64_t staff_id, struct staff_licence **v, size_t *n);
MUST err staff_licence_save(struct ctx *c, int64_t staff_id, struct staff_licence *l); /* id 0: a new one */
MUST err staff_licence_retire(struct ctx *c, const char *pid);
/* Licences that run out by a day, for the renewal list. */
struct staff_expiry {
	int64_t staff_id;
	const char *staff_pid, *name, *profession;
	civil expires_on;
};
MUST err staff_expiring(struct ctx *c, int64_t org_id /* INT_NULL = all */, civil until, struct staff_expiry **v, size_t *n);

struct staff_post {
	int64_t id, version, staff_id, org_id, area_id /* INT_NULL */, home_org_id /* INT_NULL */, successor_staff_id /* INT_NULL */;
	const char *pid, *role, *title, *org_name, *end_note;
	bool is_main, is_full_time, is_secondment;
	civil from_on, to_on;
};
void staff_post_init(struct staff_post *p);
MUST err staff_post_list(struct ctx *c, int64_t staff_id, struct staff_post **v, size_t *n);
MUST err staff_post_add(struct ctx *c, struct staff_post *p);
MUST err staff_post_save(struct ctx *c, struct staff_post *p, struct row_conflict **conflict);

/* 常勤換算 (R-FE-05), in hundredths: of a post from a day on. A post without a value counts as one. */
enum { STAFF_FTE_ONE = 100 };
MUST err staff_post_fte(struct ctx *c, const char *post_pid, civil from_on, int64_t fte_100); /* 1–100; a second value of a day replaces the first */
/* "0.5", "１", "0.75" → 50, 100, 75; false: no number of at most two places. */
bool staff_fte_parse(const char *text, int64_t *fte_100);
const char *staff_fte_ja(struct arena *a, int64_t fte_100); /* 「0.5」 */
struct staff_fte {
	int64_t staff_id, fte_100;
	bool is_care_manager; /* 介護支援専門員 by a licence of that day */
};
/* Everybody with a post at the organisation on the day, once each: the sum of their posts there. */
MUST err staff_fte_on(struct ctx *c, int64_t org_id, civil on, struct staff_fte **v, size_t *n);

/* What hangs on a post: people in charge of, visible to the actor by name, the others only counted. */
struct staff_handover_row {
	int64_t charge_id, person_id;
	const char *person_pid, *person_name, *role;
	civil from_on;
};
MUST err staff_handover_list(struct ctx *c, const char *post_pid, civil on, struct staff_handover_row **v, size_t *n, int64_t *n_hidden);
/* Ends the post on its last day. With a successor every open charge of the post's organisation goes to the successor
 * from the next day. Without one and with charges open: ERR_INPUT with a fault on "successor" unless `note` says why. */
MUST err staff_post_end(struct ctx *c, const char *post_pid, civil last_day, int64_t successor_staff_id /* INT_NULL */, const char *note);

/* 担当 of a person. */
struct charge {
	int64_t id, person_id, org_id, staff_id;
	const char *pid, *role, *staff_name, *org_name;
	civil from_on, to_on;
};
MUST err charge_list(struct ctx *c, int64_t person_id, civil on /* CIVIL_NONE: ever */, struct charge **v, size_t *n);
/* role "main" ends the main charge of the same organisation the day before. Writes the case grant of the organisation. A
 * charge whose holder left without a successor is listed as long as the organisation has the case (to_on before `on`):
 * who begins takes the case over, and charge_end ends it. */
MUST err charge_begin(struct ctx *c, int64_t person_id, int64_t org_id, int64_t staff_id, const char *role, civil from_on, const char **pid);
MUST err charge_end(struct ctx *c, const char *pid, civil last_day, const char *reason);

/* Code lists: static texts, "" if unknown. */
size_t profession_count(void);
const char *profession_code(size_t i);
const char *profession_label_ja(const char *code);
size_t post_role_count(void);
const char *post_role_code(size_t i);
const char *post_role_label_ja(const char *code);
const char *charge_role_label_ja(const char *code);

#endif
