/* pages/record — the frames that pages of records share: edit, saved, paper, bin, and a repeated choice.
 *
 * What differs between records (fields, rights, words) stays with their pages. Ownership: arena of the request.
 * Errors: ERR_INPUT and what the record's own function returns. Tests: tests/http/test_case.py, test_commission.py, test_visit.py. */
#ifndef TSU_WEB_PAGES_RECORD_H
#define TSU_WEB_PAGES_RECORD_H

#include "care/paper.h"
#include "web/page.h"

/* The codes of a repeated field as they are stored ("a|b"), and their labels as they are read (「A、B」). */
const char *codes_joined(struct req *r, const char *field);
const char *codes_labels(struct req *r, const char *list, const char *codes);
/* A repeated field: several choices, those stored ticked. */
struct ui_field codes_field(struct req *r, const char *name, const char *label, const char *list, const char *codes);

/* Minutes of the day as a field shows them ("14:05", ""), and as they are typed (14:05, 1405, 14時5分); a fault names the field. */
const char *record_clock(struct req *r, int64_t min);
int64_t record_minutes(struct req *r, const char *field, const char *label);

/* A record on its form: where it came from, its draft, the version it was filled from. pid NULL or "" = a new one. */
struct record_frame {
	const char *person_pid;
	const char *pid;
	const char *what;       /* draft key: "monitoring" gives person/…/monitoring/new and monitoring/… */
	const char *list, *one; /* path of the list below the person, of one record: "monitorings", "/monitorings" */
	const char *label;      /* of the way back */
	const char *draft_class;
	int64_t version;
};
/* Fills page and gives the address of the form. */
const char *record_form(struct req *r, struct page_view *page, const struct record_frame *f);
/* The draft of such a form has become the record. */
MUST err record_draft_done(struct req *r, const char *person_pid, const char *pid, const char *what, bool was_new);
/* State line and way back of a record that is read. */
void record_shown(struct req *r, struct page_view *page, int64_t updated_ms, const char *updated_by, const char *back_path, const char *back_label);

/* A printed record: <name>.pdf or <name>.xlsx. The caller has told the access log of the print. */
MUST err record_paper(struct req *r, enum paper_kind kind, const char *bytes, size_t n, const char *name);

/* The question why a record goes to the bin, and the act. */
struct record_bin {
	const char *title, *person_pid, *path; /* person_pid "": about nobody; path of the record */
	const char *back_path;                 /* where its absence is seen, with the way to undo it */
	const char *sentence, *more;
};
typedef err record_retire_fn(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);
MUST err record_bin_ask(struct req *r, const struct record_bin *b, err e);
MUST err record_bin_put(struct req *r, const struct record_bin *b, const char *pid, record_retire_fn *retire);

#endif
