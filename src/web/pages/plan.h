/* pages/plan — views of the pages of a plan as a record: list, reading, the steps of its flow, versions, figures. */
#ifndef TSU_WEB_PAGES_PLAN_H
#define TSU_WEB_PAGES_PLAN_H

#include "base/str.h"
#include "care/plan_minor.h"
#include "care/plan_check.h"
#include "care/plan_create.h"
#include "care/plan_deliver.h"
#include "care/plan_diff.h"
#include "care/plan_ecomap.h"
#include "care/plan_flow.h"
#include "care/plan_report.h"
#include "register/ranks.h"
#include "web/page.h"

struct plan_list_view {
	const struct page_view *page;
	const char *person_pid;
	struct plan_list_row {
		const struct plan_row *row;
		const char *kind, *version, *state, *state_kind, *change;
		const char *compare_pid; /* the version before of the same kind; "" */
	} *rows;
	size_t n_rows;
	bool may_write;
	struct ui_field kase, assessment;
	size_t n_cases;
};

/* One need with all below it, as the page shows it. */
struct plan_show_service {
	const struct t_plan_service *s;
	const char *actor, *period, *freq;
};
struct plan_show_goal {
	const struct t_plan_goal *g;
	const char *long_period, *short_period;
	struct plan_show_service *services;
	size_t n_services;
};
struct plan_show_need {
	const struct t_plan_need *n;
	struct plan_show_goal *goals;
	size_t n_goals;
};
struct plan_show_slot {
	const char *day, *time, *name, *note;
	bool orphan;
};
struct plan_fact {
	const char *label, *value;
	bool untouched;
};
struct plan_link {
	const char *path, *label;
};

struct plan_show_view {
	const struct page_view *page;
	const struct plan_tree *t;
	bool prevention;
	const char *kind, *version, *state, *state_kind, *change;
	struct plan_step next;
	struct plan_fact *head, *texts;
	size_t n_head, n_texts;
	struct plan_show_need *needs;
	size_t n_needs;
	struct plan_show_slot *slots;
	size_t n_slots;
	const struct plan_problem *problems;
	size_t n_problems, n_blocks;
	struct plan_link *links, *papers;
	size_t n_links, n_papers;
	const char *area_labels[4];
	const char *cert_news, *centre_news; /* "" */
	struct plan_approval approval;
	const struct plan_offer *offers; /* what the ecomap does not show yet */
	size_t n_offers;
};

struct plan_flow_view {
	const struct page_view *page;
	const struct plan_tree *t;
	const char *action, *kind, *version;
	const struct plan_problem *problems;
	size_t n_problems, n_blocks;
	int untouched; /* per cent; -1 none */
	struct ui_field agreed_by, how, minor_code, change_kind, expected_level;
	civil until_most;
	const char *signature;
	const char *signature_js;
	struct plan_minor judged; /* minor change: what the notice says of it */
	const char *added_office; /* "" none */
};

struct plan_delivery_view {
	const struct page_view *page;
	const struct plan_tree *t;
	struct plan_delivery_row {
		const struct t_plan_delivery *d;
		const char *kind, *how;
		bool done;
	} *rows;
	size_t n_rows, n_open;
	struct ui_field kind, how, to;
	bool may_write;
};

struct plan_provider_view {
	const struct page_view *page;
	const struct plan_tree *t;
	struct plan_provider_row {
		const struct t_provider_plan *r;
		const char *state, *state_kind;
	} *rows;
	size_t n_rows;
	struct ui_field how, which;
	bool may_write;
};

struct plan_unsent_view {
	const struct page_view *page;
	const struct plan_unsent *rows;
	size_t n_rows;
};

struct plan_diff_view {
	const struct page_view *page;
	const char *before, *after, *pid;
	struct plan_diff_line {
		const char *what, *kind, *kind_class;
		const struct plan_diff_row *row;
	} *rows;
	size_t n_rows;
	struct ui_field with;
};

struct plan_talk_view {
	const struct page_view *page;
	const struct plan_tree *t;
	struct plan_talk_row {
		const struct t_plan_comment *k;
		const char *who, *kind;
	} *rows;
	size_t n_rows;
	struct ui_field kind;
	bool may_write, may_check;
	struct plan_approval approval;
	const char *sha;  /* of the contents the reader has before the eyes */
	const char *took; /* from the request to the approval, in words; "" */
};

struct plan_history_view {
	const struct page_view *page;
	const struct plan_tree *t;
	struct plan_history_row {
		int64_t at_ms, version;
		const char *what, *who, *action;
		bool is_state; /* the newest row of an earlier save: the plan can go back to it */
	} *rows;
	size_t n_rows;
};

struct plan_figures_view {
	const struct page_view *page;
	struct ui_field period;
	const char *csv_path, *period_word;
	struct plan_figures_month {
		const char *label;
		int64_t plans, informal;
		const char *percent;
	} *months;
	size_t n_months;
	const struct plan_share *shares;
	const char **share_percent; /* beside shares */
	size_t n_shares;
	struct html_safe bars_informal, bars_shares;
};

/* Opens the plan, reports the look, heads the page with person, state and the way back. */
MUST err plan_page(struct req *r, const char *title, struct page_view **page, struct plan_tree *t);
const char *plan_state_kind(const char *status); /* class of the tag */

#endif
