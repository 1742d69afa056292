/* pages/office_record — 事業所の記録 and 届出・引き継ぎなどの記録 of a person (care/office_record), 例外の記録 (care/duty_waiver).
 * One form for all kinds: its fields stand in care/office_record.tbl.h. Of a person under /persons/{pid}/, of the actor's own office
 * under /orgs/{pid}/. Ownership: arena of the request. Tests: tests/http/test_office_record.py. */
#ifndef TSU_WEB_PAGES_OFFICE_RECORD_H
#define TSU_WEB_PAGES_OFFICE_RECORD_H

#include "care/duty_waiver.h"
#include "care/office_record.h"
#include "web/page.h"

/* Whom a record is about: a person, or the office of the actor. */
struct office_subject {
	const char *person_pid, *org_pid; /* one of them "" */
	const char *base;                 /* "/persons/{pid}" or "/orgs/{pid}" */
	const char *list, *waivers;       /* addresses of the two lists */
	const char *label;                /* of the list, for the way back */
	bool may_write;
};
/* Opens it: the person's head and tabs, or the own office (ERR_NOTFOUND: another's). person_pid "" = office; pid of the address. */
MUST err office_subject_open(struct req *r, struct page_view *page, const char *person_pid, const char *org_pid, struct office_subject *s);

struct office_row_shown {
	const char *path, *label, *what, *who, *text;
	civil on_day;
};
struct office_kind_shown {
	const char *path, *label, *source;
};
struct office_list_view {
	const struct page_view *page;
	struct office_subject s;
	struct office_row_shown *rows;
	size_t n_rows;
	struct office_kind_shown *kinds;
	size_t n_kinds;
	int64_t total;
	struct pager pager;
	struct ui_field kind;
	bool of_person, with_pager;
};
struct office_field_shown {
	struct ui_field f;
	bool is_text, is_area, is_day, is_tick;
};
struct office_edit_view {
	const struct page_view *page;
	const char *action, *kind, *source, *day_label;
	const struct t_office_record *row;
	struct ui_field what;
	bool has_what;
	struct office_field_shown *fields;
	size_t n_fields;
};
struct office_fact {
	const char *label, *text;
};
struct office_show_view {
	const struct page_view *page;
	const struct office_record_view *v;
	struct office_fact *facts;
	size_t n_facts;
};

struct waiver_list_view {
	const struct page_view *page;
	struct office_subject s;
	const struct duty_waiver_view *rows;
	size_t n_rows;
	bool of_person;
};
struct waiver_edit_view {
	const struct page_view *page;
	const char *action, *case_pid, *rule_title, *limit;
	const struct t_duty_waiver *row;
	struct ui_field rule, kind;
	bool is_new, chooses_rule; /* chooses_rule: no rule came with the address; the first step */
};
struct waiver_show_view {
	const struct page_view *page;
	const struct duty_waiver_view *v;
};

#endif
