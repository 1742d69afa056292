/* issued — documents that left the house (consented, delivered, sent): the PDF as bytes in store/file by sha256, the
 * answers it came from, form and version, to whom, when, by whom (design §4; REC-DELIV).
 *
 * A reprint is the stored bytes, checked against the sha256 (ERR_FILE_DAMAGED), never a new drawing. Withdrawal marks
 * the document with day and reason; the bytes stay until their retention ends.
 * Gate: PRINT to issue and to read the bytes, SEE to list, WRITE to add recipients and to withdraw; the class is that
 * of the document. Ownership: arena. Errors: ERR_REQUIRED, ERR_FILE_DAMAGED, of policy_check, of store/file.
 * Tests: tests/unit/test_register_b_issued.c.
 */
#ifndef TSU_REGISTER_ISSUED_H
#define TSU_REGISTER_ISSUED_H

#include "register/gen.h"

struct issued_recipient {
	const char *kind; /* self family office doctor insurer other */
	const char *name;
	int64_t org_id;   /* 0 = not in the register */
	const char *how;  /* hand post fax electronic */
	civil on_day;     /* CIVIL_NONE = today */
};
struct issued_new {
	int64_t person_id;
	int record_class;
	const char *form_id, *form_version, *form_sha;
	const char *title;
	const void *pdf;
	size_t n_pdf;
	const char *answers;    /* JSON snapshot */
	const char *purpose;    /* agreed delivered sent kept */
	const char *table_name; /* the record it was printed from; may be NULL */
	int64_t row_id, row_version;
	const struct issued_recipient *recipients;
	size_t n_recipients;
};
MUST err issued_add(struct ctx *c, const struct issued_new *in, const char **pid);

struct issued_view {
	struct t_issued_doc row;
	struct issued_recipient *recipients;
	size_t n_recipients;
};
/* Newest first; table_name NULL = all, row_id 0 = all of the table. */
MUST err issued_list(struct ctx *c, int64_t person_id, const char *table_name, int64_t row_id, struct issued_view **v, size_t *n);
MUST err issued_find(struct ctx *c, const char *pid, struct issued_view *out);
/* The bytes as issued. */
MUST err issued_read(struct ctx *c, const char *pid, const void **pdf, size_t *n_pdf, struct t_issued_doc *row);
MUST err issued_add_recipient(struct ctx *c, const char *pid, const struct issued_recipient *r);
MUST err issued_withdraw(struct ctx *c, const char *pid, const char *reason);

GEN_CHOICES(issued_purpose_choices);
GEN_CHOICES(issued_recipient_kind_choices);
GEN_CHOICES(issued_how_choices);

/* Writer of the evidence from the record alone (register/evidence). Inside a transaction; no gate of its own. */
MUST err issued_recipient_evidence(struct ctx *c, int64_t row_id);

#endif
