/* person — the one register of people: identity, names, three addresses, areas, who registered them (F001–F009, U05–U08).
 *
 * Names are kept exactly as typed (code points and IVS), readings as full-width katakana; the folded forms beside them
 * are derived. The areas come from the address table unless somebody set them by hand (F007). A new person gives the
 * creating organisation a registrar grant, the centres of the area an area grant, the insurer an insurer grant.
 * An address that changes ends the area grants and begins new ones; person_area keeps which area held when.
 * Reads and writes pass the gate of the name card. An invisible person answers ERR_NOTFOUND.
 * Ownership: arena. Errors: ERR_INPUT with faults (fields named as in struct person_input), ERR_PERSON_DUP (candidates in
 * *dup), ERR_CONFLICT, ERR_DENIED, ERR_NOTFOUND. Tests: tests/unit/test_register_a.c. */
#ifndef TSU_REGISTER_PERSON_H
#define TSU_REGISTER_PERSON_H

#include "access/policy.h"
#include "register/duplicate.h"
#include "register/territory.h"

struct person_address {
	const char *postal;   /* any spelling of 7 digits, or "" */
	const char *address;
};

/* What the page sends, as typed; NULL counts as "". */
struct person_input {
	bool is_unnamed;          /* 氏名不詳: the name may then be empty or a working name */
	const char *name, *kana;
	const char *sex;          /* "1" "2" "9" "" */
	const char *birth;        /* any spelling; a partial date is kept in words */
	struct person_address home, registered, card; /* 現住所, 住民票, 被保険者証 */
	bool is_area_manual;      /* areas below count; else they come from the address */
	const char *area_pid[AREA_SLOTS]; /* "" or NULL = none */
	const char *phone, *mobile, *fax, *email, *household_no;
	const char *lives_alone;  /* "1" 独居 "2" 高齢者のみ "3" 同居者あり "" */
	const char *insurer_pid;  /* organisation of kind insurer; "" or NULL = by the area, else none */
	const char *death, *moved_out; /* any spelling or "" */
	const char *note;
	const char *duplicate_reason; /* why it is saved although a candidate was named */
};

struct person {
	int64_t id, version, cluster_id, own_org_id, insurer_org_id /* INT_NULL */;
	const char *pid;
	const char *cluster_pid;  /* the record in front: = pid unless merged into another */
	bool is_unnamed, is_area_manual, is_retired;
	const char *name, *kana, *sex;
	civil birth_on;           /* CIVIL_NONE: see birth_text */
	const char *birth_text;
	struct person_address home, registered, card;
	int64_t area_id[AREA_SLOTS]; /* INT_NULL */
	const char *area_pid[AREA_SLOTS], *area_name[AREA_SLOTS]; /* "" if none */
	const char *phone, *mobile, *fax, *email, *household_no, *lives_alone, *note;
	civil death_on, moved_out_on;
	int64_t created_ms, updated_ms;
};

/* Creates. ERR_PERSON_DUP with *dup filled when candidates exist and duplicate_reason is blank. pid in arena. */
MUST err person_create(struct ctx *c, const struct person_input *in, struct duplicate_list *dup, const char **pid);
/* Only the checks of person_create and person_save, nothing written: all faults collected. */
MUST err person_check(struct ctx *c, const struct person_input *in);
MUST err person_get(struct ctx *c, const char *pid, struct person *out);
MUST err person_load(struct ctx *c, int64_t id, struct person *out);
/* What a page shows in the fields for editing; version to send back. */
void person_input_of(struct ctx *c, const struct person *p, struct person_input *out);
/* base_version: what the editor started from. ERR_CONFLICT: *conflict lists the fields; *version: the new one. */
MUST err person_save(struct ctx *c, const char *pid, int64_t base_version, const struct person_input *in,
	struct row_conflict **conflict, int64_t *version);
MUST err person_retire(struct ctx *c, const char *pid, const char *reason); /* to the bin; reason required */
MUST err person_restore(struct ctx *c, const char *pid);
MUST err person_revert(struct ctx *c, const char *pid, int64_t to_version);
MUST err person_history(struct ctx *c, const char *pid, struct row_version **v, size_t *n);

/* --- the card: what the head of every page about a person shows --- */
struct person_card {
	struct person p;              /* of the record in front of the cluster */
	struct policy_view view;      /* per class: invisible, known, open */
	const char *birth_text, *age_text; /* 昭和15年3月2日（1940年3月2日）, 86歳 */
	const char *own_org_name, *insurer_name;
	int64_t *cluster_ids;         /* all records of the cluster */
	size_t n_cluster;
	bool is_pinned;
};
MUST err person_open(struct ctx *c, const char *pid, struct person_card *out);
/* The id behind a pid, gated by the name card; for other modules and pages. */
MUST err person_id(struct ctx *c, const char *pid, int64_t *id);

/* --- other names --- */
struct person_name {
	int64_t id, version;
	const char *pid;
	const char *kind;             /* "former" 旧姓 "alias" 通称 "card" 被保険者証の表記 "other" */
	const char *name, *kana, *note;
	civil from_on, to_on;
};
MUST err person_name_list(struct ctx *c, int64_t person_id, struct person_name **v, size_t *n);
MUST err person_name_save(struct ctx *c, int64_t person_id, struct person_name *n); /* id 0: a new one */
MUST err person_name_retire(struct ctx *c, int64_t person_id, const char *pid, const char *reason);
const char *person_name_kind_ja(const char *kind);

/* --- areas over time --- */
struct person_area {
	const char *level, *area_name, *area_code;
	int64_t area_id;
	civil from_on, to_on;
	bool is_manual;
};
MUST err person_area_list(struct ctx *c, int64_t person_id, struct person_area **v, size_t *n);

const char *person_sex_ja(const char *sex);   /* static */
const char *person_living_ja(const char *lives_alone);

#endif
