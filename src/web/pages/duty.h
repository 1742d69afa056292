/* pages/duty — what the law asks: of one person, of the whole office, of one month. Ownership: arena of the request.
 * Tests: tests/http/test_duty.py, tests/browser/duty.mjs. */
#ifndef TSU_WEB_PAGES_DUTY_H
#define TSU_WEB_PAGES_DUTY_H

#include "care/additions.h"
#include "care/conc_report.h"
#include "care/duty_month.h"
#include "register/person.h"
#include "web/page.h"

struct duty_shown {
	const struct duty_item *i;
	const char *state, *tag, *when;      /* tag: class of the mark beside the word */
	const char *consequence;             /* "" if none */
	const char *mend_label, *mend_path;  /* "" if nothing is to be done */
	const char *record_label, *record_path; /* the record that satisfied it; path "" if it has no page */
	const char *waiver_path, *waiver_label; /* "" if the rule accepts no exception or nothing is to be excused */
	const char *notify_path;             /* to write down what the insurer asks for beside an exception; "" if nothing */
	const char *person_path;             /* to this line on the person's page */
	const char *anchor_id;               /* of the line in the page */
	bool since_told;                     /* the table says since when the version holds */
};
struct duty_group { /* the lines of a person's page under one head */
	const char *title, *help;
	const struct duty_shown *v;
	size_t n;
};
struct duty_person_view {
	const struct page_view *page;
	struct person_card card;
	struct ui_field on, from;
	struct duty_list list;
	struct duty_group groups[7];
	size_t n_groups;
	const char *blind; /* 「会議、医療」: what was not judged; "" */
};
struct duty_strip { /* on the card of a person */
	bool shown;
	int64_t overdue, blocked, due, waived, done;
	const char *path;
};
struct duty_office_view {
	const struct page_view *page;
	struct ui_field staff, state, on;
	struct duty_list list;
	const struct duty_shown *rows;
	size_t n_rows;
	const struct duty_shown *own; /* of the office itself */
	size_t n_own;
	struct pager pager;
	const char *print_path, *month_path;
	struct html_safe svg;
	const char *lead;
};
struct duty_month_shown {
	struct duty_shown s;
	const struct duty_month_line *l;
	const char *reason; /* as typed, if it came back */
	const char *field_id;
	bool bad;
	const char *key_rule, *key_anchor;
};
struct duty_month_view {
	const struct page_view *page;
	struct duty_month m;
	const char *month_ja, *month_key, *prev_key, *next_key, *print_path;
	const struct duty_month_shown *v;
	size_t n;
	const char *closed_note, *penalty_help;
	const char **rates; /* beside each case: 「100分の50（1か月目）」 */
	const char **units; /* 「(ⅰ)1411単位 → 706単位」; "" unknown */
	const char **spans;
	const char **lack_spans; /* of m.lacks.v */
	const char *lack_units;  /* 「36人で 42,000単位 → 41,580単位（420単位の減）」; "" unknown */
	struct ui_field reopen;
	bool may_write, is_over;
};

#define CONC_REASON_PATHS 4
struct conc_view {
	const struct page_view *page;
	struct conc_report r;
	const char *period_ja, *reduced_ja, *prev, *next, *print_path;
	const char **percent; /* of the first corporation; 「該当なし」 without a plan */
	const char **reason_paths; /* CONC_REASON_PATHS of each service: to write down reason ①, ②, ⑤, ⑥; NULL: the actor may not */
	struct html_safe svg;
};

struct certs_view {
	const struct page_view *page;
	struct ui_field staff;
	const struct duty_shown *v;
	size_t n;
	int64_t n_letters, days; /* days: how far the list looks */
	const char *letters_path;
};
struct addition_shown {
	const struct addition_row *x;
	const char *path;
};
struct additions_view {
	const struct page_view *page;
	const char *month_ja, *prev, *next;
	const struct addition_shown *v;
	size_t n;
	int64_t n_hold;
};
struct duty_day { /* a day of the calendar with what falls due on it */
	civil day;
	const char *day_ja, *holiday; /* 「12月1日（火）」; name of the holiday, 閉庁日, or "" */
	const struct duty_shown *v;
	size_t n;
};
struct duty_calendar_view {
	const struct page_view *page;
	struct ui_field staff;
	const char *month_ja, *prev, *next;
	const struct duty_day *days;
	size_t n_days;
	int64_t total;
};
/* The numbers of the actor's own cases on the first page; each is the number of rows of /duties?staff=me&state=… */
struct duty_figures {
	bool shown;
	int64_t overdue, money, soon;
};
MUST err duty_figures_mine(struct req *r, struct duty_figures *out);
/* Lines of the whole office that are overdue and open, by staff member: counts[i] belongs to staff_pids[i]. */
MUST err duty_overdue_by_staff(struct req *r, civil on, const char *const *staff_pids, size_t n, int64_t *counts);

/* "2026-10" to its first day; anything else: the month before today's. And back. */
civil duty_month_asked(struct req *r, const char *text);
const char *duty_month_key(struct arena *a, civil on);
const char *duty_month_ja(struct arena *a, civil on); /* 「令和8年10月」 */
/* One line as it is shown: words, the page that mends it, the record that satisfied it. */
MUST err duty_shown_of(struct req *r, const struct duty_item *i, struct duty_shown *x);
/* The list for an inspection: one line each, with the article, and the reason written for it where there is one (notes NULL: none). */
MUST err duty_paper(struct req *r, const char *title, civil on, const struct duty_item *v, size_t n, const char *const *notes, const char *file_name);
/* Fills the strip of the person's card; shown false where the actor sees no care record of the person. */
MUST err duty_strip_of(struct req *r, const struct person_card *card, struct duty_strip *out);

#endif
