/* org — organisations: insurers, centres (直営/委託; 基幹 is another attribute, C-003), branches, offices, hospitals, bodies.
 *
 * Every organisation may hold several spellings; search and the check before saving use all of them in one folded form
 * (full/half width, circled and Roman numerals, kanji and Arabic digits, long vowels, old-form characters; C-004).
 * Nothing is erased: an organisation that ends gets its last day (org_close) or goes to the bin.
 * Gate: read — anybody logged in; write — the administrator, the insurer's staff, the head of a centre for the own one.
 * Kinds: register/org_kinds.tbl.h. Days inclusive; CIVIL_NONE = unknown start, CIVIL_OPEN = no end. Ownership: arena.
 * Errors: ERR_INPUT with faults ("name", "kind", "form", "insurer_no", "office_no", "valid_to" …), ERR_CONFLICT, ERR_DENIED,
 * ERR_NOTFOUND. Check digits only warn (org_number_warning). Tests: tests/unit/test_register_org.c. */
#ifndef TSU_REGISTER_ORG_H
#define TSU_REGISTER_ORG_H

#include "store/revision.h"

struct org {
	int64_t id, version;
	const char *pid;          /* NULL or "": a new one */
	const char *kind;         /* code of org_kinds.tbl.h */
	const char *name, *short_name, *kana;
	const char *form;         /* centres: "direct" "commissioned" ""; */
	bool is_core;
	bool wants_approval;      /* a plan is explained only after somebody else has approved it (F124) */
	bool wants_close_approval; /* a case is ended only after somebody else has approved it (F124) */
	int64_t operator_org_id, branch_of_org_id, parent_org_id, merged_into_org_id, insurer_org_id; /* INT_NULL = none */
	const char *municipality, *municipality_code;
	const char *insurer_no;   /* kind insurer: 6 digits */
	const char *office_no;    /* 10 characters */
	const char *phone, *fax, *email, *postal, *address;
	int64_t capacity;         /* INT_NULL = unknown */
	civil valid_from, valid_to;
	const char *closed_reason, *note;
	bool is_retired;          /* read only: in the bin */
};
void org_init(struct org *o); /* every text "", every reference INT_NULL, open period */

MUST err org_create(struct ctx *c, struct org *o);  /* fills id, pid, version */
MUST err org_get(struct ctx *c, const char *pid, struct org *out);
MUST err org_load(struct ctx *c, int64_t id, struct org *out);
MUST err org_save(struct ctx *c, struct org *o, struct row_conflict **conflict); /* o->version: what the editor started from */
MUST err org_close(struct ctx *c, const char *pid, civil last_day, const char *reason, const char *successor_pid /* NULL */);
MUST err org_retire(struct ctx *c, const char *pid, const char *reason);
MUST err org_restore(struct ctx *c, const char *pid);

struct org_filter {
	const char *text;         /* NULL or "": all; matches name, aliases, kana, numbers */
	const char *kind;         /* NULL = all */
	const char *kind_class;   /* NULL = all; "centre", "cm" … */
	const char *form;         /* NULL = all */
	int is_core;              /* -1 = all, 0, 1 */
	int64_t insurer_org_id;   /* INT_NULL = all */
	int64_t branch_of_org_id; /* INT_NULL = all */
	int64_t area_id;          /* serves it on `on`; INT_NULL = all */
	civil on;                 /* at work on that day; CIVIL_NONE = any */
	int limit, offset;        /* limit 0 = 100 */
};
#define ORG_ALL() {.is_core = -1, .insurer_org_id = INT_NULL, .branch_of_org_id = INT_NULL, .area_id = INT_NULL, .on = CIVIL_NONE}
MUST err org_list(struct ctx *c, const struct org_filter *f, struct org **v, size_t *n);
/* The best matches for a text, aliases included; each organisation once. */
MUST err org_find(struct ctx *c, const char *text, int limit, struct org **v, size_t *n);
/* Same name in any spelling or same number: what a new entry would double. */
MUST err org_duplicates(struct ctx *c, const struct org *o, struct org **v, size_t *n);
/* The one organisation with exactly this name, other spelling or number, or this public id. Else a fault on the field. */
MUST err org_named(struct ctx *c, const char *field, const char *text, int64_t *id);
/* The insurer by its number; ERR_NOTFOUND. */
MUST err org_insurer_by_no(struct ctx *c, const char *insurer_no, struct org *out);

struct org_alias {
	int64_t id;
	const char *pid, *name;
};
MUST err org_alias_list(struct ctx *c, int64_t org_id, struct org_alias **v, size_t *n);
MUST err org_alias_add(struct ctx *c, int64_t org_id, const char *name); /* a spelling that is there already is no error */
MUST err org_alias_remove(struct ctx *c, const char *alias_pid);

/* The centre page (C-001, C-003): counts on a day. */
struct org_counts {
	int64_t areas, branches, staff, persons;
};
MUST err org_count_parts(struct ctx *c, int64_t org_id, civil on, struct org_counts *out);

/* NULL if the number looks right; else one Japanese sentence to show as a warning (never refused; forms-careplan §7.4, §7.6). */
const char *org_number_warning(struct ctx *c, const char *kind, const char *number);

size_t org_kind_count(void);
const char *org_kind_code(size_t i);            /* static */
const char *org_kind_label_ja(const char *code);/* static; "" if unknown */
const char *org_kind_class(const char *code);   /* static; "" if unknown */
const char *org_form_label_ja(const char *form);/* 直営, 委託, "" */

/* The municipality's own word for a key, else if_none. */
MUST err org_label(struct ctx *c, int64_t insurer_org_id, const char *key, const char *if_none, const char **out);
MUST err org_label_save(struct ctx *c, int64_t insurer_org_id, const char *key, const char *text);

#endif
