/* attach — scans and photos of a record: 同意書, 交付控え, 主治医意見書, 写真 (issue 2; design §4).
 *
 * One piece for every kind of record: a room names its table once (attach_on_owner; consent is there from the start) and
 * its pages link to /persons/{pid}/attach/{slug}/{rpid}. Nothing else of a record can have a file.
 * Gate: that of the record the file belongs to, asked of the record itself each time (a consultation that became rights
 * protection takes its files along): SEE to list and to look, PRINT to take a copy away, WRITE to add and to remove. A record in
 * the bin shows none; they are there again when it comes back.
 * Files: PDF, JPEG, PNG, by their content; at most ATTACH_MAX_BYTES each and ATTACH_MAX_FILES per record; place and camera data
 * of pictures are removed by store/file. Everything is checked before anything is written.
 * Ownership: arena. Errors: ERR_NOTFOUND (also for a kind that is none), ERR_REQUIRED, ERR_NOT_CHOICE, ERR_TOO_LONG,
 * ERR_DATE_FUTURE, ERR_FILE_KIND, ERR_FILE_BIG, ERR_FILE_BROKEN, ERR_FILE_MANY, ERR_FILE_DAMAGED, ERR_DISK_FULL, of
 * policy_check_record. Tests: tests/unit/test_register_attach.c, tests/http/test_attach.py.
 */
#ifndef TSU_REGISTER_ATTACH_H
#define TSU_REGISTER_ATTACH_H

#include "register/gen.h"
#include "register/history.h"

enum { ATTACH_MAX_BYTES = 8 << 20, ATTACH_MAX_FILES = 30 };

/* A kind of record that may have files. */
struct attach_kind {
	const char *slug;  /* in addresses: small letters and "-" */
	const char *label; /* 同意 */
	const struct table_desc *table; /* with person_id, retired_ms */
	int class_bit;     /* 0: the class stands in the row (record_class) */
	const char *back;  /* a page of the record that every reader of it may open; %s: the person's public id, then the record's if the address has it */
};
/* Rooms above, once per process before the first request; borrowed for ever. */
void attach_on_owner(const struct attach_kind *k);

/* A record that has files. */
struct attach_owner {
	const struct attach_kind *kind;
	int64_t row_id, person_id;
	const char *pid;
	int record_class;
};
/* The record of this kind and public id, if the actor may do `a` with it. */
MUST err attach_owner_find(struct ctx *c, const char *slug, const char *pid, enum action a, struct attach_owner *out);

struct attach_row {
	struct t_attachment row;
	const char *type; /* media type of the content */
	int64_t size;     /* bytes */
	const char *sha256;
};
/* Oldest first. The owner was got from attach_owner_find: that is the gate. */
MUST err attach_list(struct ctx *c, const struct attach_owner *o, struct attach_row **v, size_t *n);

struct attach_new {
	const char *kind, *title, *note, *name; /* title "" = the label of the kind; name: as the file was sent */
	civil taken_on;                         /* CIVIL_NONE = not known */
	struct blob bytes;
};
/* Gate WRITE once more. *pid may be NULL. */
MUST err attach_add(struct ctx *c, const struct attach_owner *o, const struct attach_new *in, const char **pid);

MUST err attach_find(struct ctx *c, const char *pid, enum action a, struct attach_row *out, struct attach_owner *owner);
/* The bytes. Gate: `a` is ACTION_SEE to look, ACTION_PRINT to take a copy away. */
MUST err attach_read(struct ctx *c, const char *pid, enum action a, struct attach_row *out, struct blob *bytes);
/* Name, kind, day and note; the file itself is never changed. in->bytes and in->name are not looked at; version: what the editor started
 * from. ERR_CONFLICT: *conflict. */
MUST err attach_save(struct ctx *c, const char *pid, int64_t version, const struct attach_new *in, struct row_conflict **conflict);
MUST err attach_history(struct ctx *c, const char *pid, struct history_act **v, size_t *n); /* newest first */
MUST err attach_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);

/* 「3.4 MB」; arena. */
const char *attach_size_ja(struct ctx *c, int64_t bytes);
const char *attach_kind_label_ja(const char *kind);
GEN_CHOICES(attach_kind_choices);

#endif
