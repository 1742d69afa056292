/* pages/insurance — values of a person that hold for a period: 被保険者資格, 認定, 負担割合, 公費, 自立度, 手帳, 受給者証, 支給決定, 障害支援区分,
 * and (under 家族) 世帯, 介護者 (F010–F012). What differs between them stands in one table of fields (insurance_kinds.c); the
 * form, its save, conflict, history, bin and undo are written once (insurance_form.c), and so is the list with its
 * "as of a day, as known on a day" (insurance.c). Field names are the names of the columns, so a conflict names fields.
 * Ownership: arena of the request. Tests: tests/unit/test_web_pages_person.c, tests/http/test_person.py. */
#ifndef TSU_WEB_PAGES_INSURANCE_H
#define TSU_WEB_PAGES_INSURANCE_H

#include "register/gen.h"
#include "register/insurance.h"
#include "web/pages/person.h"

enum { REC_RADIO_MAX = 5 }; /* more choices than that are a list to open */
enum record_kind { REC_TEXT, REC_LINES, REC_DAY, REC_OPEN_DAY /* blank = no end */, REC_INT, REC_BOOL, REC_CODE, REC_NUMBER_CODE, REC_REF };

struct record_field {
	const char *name, *label, *help;
	enum record_kind kind;
	bool required;
	int max;
	const char *unit, *width;
	const struct gen_code *(*choices)(size_t *n); /* REC_CODE; REC_NUMBER_CODE holds the code as a number */
	/* Choices made for the request; REC_REF: rows of the person, value = public id, and ref_id gives the id behind it */
	err (*refs)(struct req *r, int64_t person_id, int64_t stored, struct ui_field *f);
	err (*ref_id)(struct req *r, const char *pid, int64_t person_id, int64_t *id);
};

struct record_page {
	const char *slug, *label, *add_label;
	const struct gen_kind *kind;
	const struct record_field *fields;
	size_t n_fields;
	const char *back;      /* "insurance" or "family" */
	bool disability;       /* the right-hand side of F011 */
	void (*fresh)(struct req *r, void *row); /* first values of a new row; may be NULL */
};
const struct record_page *record_pages(size_t *n);
const struct record_page *record_page_of(const char *slug); /* NULL if unknown */

/* ---- the form ---- */
struct record_input {
	struct ui_field f;
	enum record_kind kind;
};
struct record_form_view {
	const struct page_view *page;
	const struct record_page *p;
	const char *action, *propose_action, *retire_path;
	bool is_new, is_cert, is_household;
	struct record_input *inputs;
	size_t n_inputs;
	const char *rule;         /* what the law says about the period, "" if not asked */
	const char **advice;
	size_t n_advice;
	struct ui_field members;  /* household: who lives there */
	struct history_view history;
};

/* ---- the lists ---- */
struct record_row_shown {
	const char *pid, *period, *text;
	bool is_now, show_period; /* false: the text says the period itself */
	const char *until_word, *until_kind;
	const char **advice;
	size_t n_advice;
};
struct record_section {
	const struct record_page *p;
	const char *add_path, *row_path; /* row_path + "/" + pid */
	bool is_locked, may_write;
	const char *class_label;
	struct record_row_shown *rows;
	size_t n_rows;
};
struct record_line { /* one line of the common time line */
	civil from;
	const char *period, *label, *text;
	bool disability;
};
struct insurance_view {
	const struct page_view *page;
	const char *pid, *on, *known, *ask;
	civil on_day, known_day;
	struct record_section *sections;
	size_t n_sections;
	struct record_line *lines;
	size_t n_lines;
};
/* One section of a person's page; a locked class gives is_locked. */
MUST err record_section_fill(struct req *r, const struct record_page *p, const struct person_card *card, struct gen_asof asof, struct record_section *out);
/* Marks the tab whose address ends so ("family"). */
void record_tab(struct page_view *page, const char *back);
/* Row and person behind a public id of that kind; gated by gen_find. */
MUST err record_ids(struct req *r, const struct record_page *p, const char *rpid, int64_t *id, int64_t *person_id);

#endif
