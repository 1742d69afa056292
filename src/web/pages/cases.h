/* pages/cases — ケース of a person: request, explanation, contract, start, end. Ownership: arena of the request.
 * Tests: tests/http/test_case.py. */
#ifndef TSU_WEB_PAGES_CASES_H
#define TSU_WEB_PAGES_CASES_H

#include "care/case_talk.h"
#include "care/commission.h"
#include "care/next_step.h"
#include "web/page.h"

struct case_shown {
	const struct case_view *c;
	const char *kind, *status, *status_kind, *end_reason;
};
struct case_list_view {
	const struct page_view *page;
	const char *person_pid;
	struct case_shown *rows;
	size_t n_rows;
	bool may_write, is_locked;
	const char *locked_ja, *ask;
};
struct case_edit_view {
	const struct page_view *page;
	const char *action;
	const struct t_care_case *row;
	bool is_new, paused;
	struct ui_field kind, org, staff, referred_by, expl_items, expl_by;
};
/* Where the approval of the end stands, in a sentence; "" if there is nothing to say. */
struct case_talk_state {
	const char *sentence, *kind; /* kind: of the banner */
};
struct case_talk_state case_talk_state(struct req *r, const struct case_talk *t);

struct case_show_view {
	const struct page_view *page;
	struct case_shown s;
	const char *referred_by, *expl_items;
	struct next_step next;
	struct commission_row *commissions; /* status: in words */
	size_t n_commissions;
	bool may_commission, wants_approval, prevention, may_judge; /* prevention: 改善の見込み is judged */
	const char *prospect; /* the judgement that holds; "" none */
	civil prospect_on;
	struct case_talk_state talk;
	size_t n_talk;
};
enum case_end_step { CASE_END_NOW, CASE_END_ASK, CASE_END_WAITS, CASE_END_APPROVED };
struct case_end_view {
	const struct page_view *page;
	enum case_end_step step;
	const char *pid, *action, *cancel_path, *sentence, *asked_reason;
	const struct t_case_comment *asked, *answer; /* NULL if none */
	civil end_on;
	bool may_end; /* the approved day has come */
	struct ui_field reason;
};
struct case_talk_view {
	const struct page_view *page;
	const struct case_talk *t;
	const char *kind_label, *took; /* from the request to the approval, in words; "" */
	struct case_talk_state state;
	struct case_talk_row {
		const struct t_case_comment *m;
		const char *kind, *who, *reason;
		bool asks;
	} *rows;
	size_t n_rows;
	struct ui_field kind;
	bool may_answer, can_ask;
};

#endif
