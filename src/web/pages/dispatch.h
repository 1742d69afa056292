/* pages/dispatch — リハビリ専門職派遣事業 (region/dispatch*): lists, one chain, matching, report, effect, follow-up, therapists, fees, programme
 * and examples, centres without joint work, the year. Each page shows what the actor's side of a dispatch may see and do; the gates are region's.
 * Ownership: arena of the request. Tests: tests/http/test_dispatch.py. */
#ifndef TSU_WEB_PAGES_DISPATCH_H
#define TSU_WEB_PAGES_DISPATCH_H

#include "region/dispatch.h"
#include "region/dispatch_figures.h"
#include "region/dispatch_match.h"
#include "region/dispatch_pay.h"
#include "region/dispatch_pool.h"
#include "region/dispatch_report.h"
#include "region/dispatch_town.h"
#include "register/search.h"
#include "web/page.h"

/* Where the actor stands in the programme. */
struct dispatch_self {
	bool centre, town, rehab, may_write, may_print;
	int64_t insurer_org_id;       /* of the town it coordinates; INT_NULL */
	int64_t examples;             /* released ones, for the link to the outline */
	const char *programme;        /* its name; "" none written */
};
MUST err dispatch_self(struct req *r, struct dispatch_self *out);

struct dispatch_row_shown {
	const char *path, *what, *state, *tag, *who, *label;
	civil on_day;
	const char *day_ja;
	bool urgent;
};
struct dispatch_home_view {
	const struct page_view *page;
	struct dispatch_self self;
	const char *which, *lead;
	struct dispatch_row_shown *rows;
	size_t n_rows;
	int64_t n_open, n_over, n_inquiry;
	struct pager pager;
};

/* Who can go in the next 14 days, as a table. */
struct dispatch_free_shown {
	const struct dispatch_free *f;
	const char *profession, *areas;
	const char *days; /* 「11/27（金）13:00–17:00、…」; "" none */
};
struct dispatch_free_table {
	struct dispatch_free_shown *rows;
	size_t n_rows;
};
MUST err dispatch_free_fill(struct req *r, int64_t area_id, const char *profession, struct dispatch_free_table *out);
struct dispatch_free_view {
	const struct page_view *page;
	struct dispatch_free_table table;
	struct ui_field area, profession;
};

struct dispatch_edit_view {
	const struct page_view *page;
	const struct dispatch_self *self;
	const char *action, *mode;    /* "inquiry" "request" "joint" */
	const struct t_dispatch *row;
	bool is_new, turning, with_inquiry, with_request, in_programme;
	struct ui_field how, occasion, conference, timings, reasons, urgency, profession, area, partner_kind;
	const char *minutes;
	civil wished[3];
	struct dispatch_free_table free;
};

struct dispatch_offer_shown {
	const struct dispatch_offer_view *o;
	const char *state, *tag, *reason, *profession, *base;
	bool may_answer, may_withdraw;
};
struct dispatch_show_view {
	const struct page_view *page;
	const struct dispatch_view *d;
	const struct dispatch_self *self;
	const char *base;
	const char *state, *tag, *how, *occasion, *conference, *timings, *reasons, *urgency, *profession, *wished, *partner, *planned;
	struct dispatch_offer_shown *offers;
	size_t n_offers;
	struct dispatch_report_view report;
	struct t_dispatch_effect effect;
	struct dispatch_follow_view follow;
	bool has_effect, may_effect, may_answer, may_edit, may_turn, may_match, may_hold, may_cancel, may_end, may_tie, may_withdraw, may_print, may_example;
	const char *effect_ja, *aspects_ja, *result_ja;
	const char *next; /* what this side does, or waits for; "" = nothing more */
	struct ui_field decline_reason, rating, aspects, result;
	civil follow_day;             /* offered for the follow-up */
};

struct dispatch_case_view {
	const struct page_view *page;
	const char *base, *text, *chosen;
	const struct person_hit *hits;
	size_t n_hits;
	bool searched;
	struct ui_field agreed_by, how;
};

struct dispatch_suggest_shown {
	const struct dispatch_suggestion *s;
	const char *profession, *day, *hours, *iso;
};
struct dispatch_match_view {
	const struct page_view *page;
	const struct dispatch_view *d;
	const char *base, *what, *place, *urgency; /* place: area the request is matched by; "" not known */
	civil latest;             /* last day the urgency allows */
	const struct dispatch_suggestion *chosen; /* whom the form is filled in for */
	struct dispatch_suggest_shown *rows;
	size_t n_rows;
	struct ui_field therapist;
};

struct dispatch_report_edit_view {
	const struct page_view *page;
	const char *action;
	const struct t_dispatch_report *row;
	bool with_person;
	struct ui_field changed;
};
struct dispatch_quarter_view {
	const struct page_view *page;
	struct dispatch_quarter q;
	struct t_dispatch_effect effect;
	struct ui_field quarter, rating, aspects;
	const char *quarter_iso, *title, *timings, *reasons, *by_dispatch;
	bool may_write;
};

struct dispatch_therapists_view {
	const struct page_view *page;
	const struct dispatch_therapist_view *rows;
	const char **professions;
	size_t n_rows;
	bool may_add;
};
struct dispatch_week_shown {
	const char *day, *from_name, *to_name, *from, *to;
};
struct dispatch_time_shown {
	const struct t_dispatch_time *t;
	const char *remove_path;
};
struct dispatch_therapist_edit_view {
	const struct page_view *page;
	const char *action, *base;
	const struct dispatch_therapist_view *t;
	struct ui_field profession, staff, areas, kind;
	struct dispatch_week_shown week[DISPATCH_WEEK];
	size_t n_week;
	struct dispatch_time_shown *times;
	size_t n_times;
	bool may_write;
};

struct dispatch_pay_view {
	const struct page_view *page;
	const struct dispatch_pay *p;
	const char *const *head;
	struct dispatch_sheet_row *rows;
	size_t n_rows;
	struct ui_field org;
	const char *print_path, *csv_path;
	bool may_print, may_export;
};
struct dispatch_fees_view {
	const struct page_view *page;
	const struct dispatch_fee_view *rows;
	size_t n_rows;
	bool may_write;
	const char *action;
	const struct t_dispatch_fee *row; /* in the form */
	const char *yen;
	struct ui_field org;
};

struct dispatch_about_view {
	const struct page_view *page;
	const struct dispatch_programme_view *p;
	const struct dispatch_example_view *examples;
	size_t n_examples, n_released;
	char **links;
	size_t n_links;
	bool may_ask, may_example;
};
struct dispatch_about_edit_view {
	const struct page_view *page;
	const struct dispatch_programme_view *p;
	const char *weeks;
	struct ui_field runner;
};
struct dispatch_example_show_view {
	const struct page_view *page;
	const struct dispatch_example_view *x;
	const char *occasion, *profession;
};
struct dispatch_example_edit_view {
	const struct page_view *page;
	const char *action;
	const struct t_dispatch_example *row;
	struct ui_field occasion, profession;
};

struct dispatch_nonuse_shown {
	const struct dispatch_nonuse_view *x;
	const char *reasons, *joint, *use;
};
struct dispatch_nonuses_view {
	const struct page_view *page;
	struct dispatch_nonuse_shown *rows;
	size_t n_rows;
	const char *period;
	int64_t plans_joint, plans_use;
	struct dispatch_share groups[8];
	size_t n_groups;
	bool town, may_write;
};
struct dispatch_nonuse_edit_view {
	const struct page_view *page;
	const char *action, *org_name, *org_pid;
	const struct t_dispatch_nonuse *row;
	struct ui_field reasons, joint, use;
	bool may_contact;             /* the coordinator's part below */
	const char *contact_path;
};

struct dispatch_sheet_row {
	const char *const *cell, *const *numbers; /* all; those from the third on */
};
struct dispatch_year_view {
	const struct page_view *page;
	const struct dispatch_year *y;
	struct dispatch_sheet sheet;
	struct dispatch_sheet_row *rows;
	const char *const *head;
	const char *title, *prev, *next, *print_path, *csv_path, *pay_path; /* pay_path: the town alone; "" else */
	bool may_print, may_export;
};

#endif
