/* pages/meeting — サービス担当者会議 of a person: call, members, 要点, inquiries and their one-time link. Ownership: arena of the request.
 * Tests: tests/http/test_meeting.py. */
#ifndef TSU_WEB_PAGES_MEETING_H
#define TSU_WEB_PAGES_MEETING_H

#include "care/inquiry.h"
#include "web/page.h"

struct meeting_shown {
	const struct meeting_view *m;
	const char *name, *status, *status_kind, *reason, *no; /* no: 第3回, "" if none */
};
struct meeting_list_view {
	const struct page_view *page;
	const char *person_pid;
	struct meeting_shown *rows;
	size_t n_rows;
	bool may_write, is_locked;
	const char *locked_ja, *ask;
};
struct meeting_edit_view {
	const struct page_view *page;
	const char *action;
	const struct t_care_meeting *row;
	bool is_new;
	const char *plan_pid, *from_pid;     /* from_pid: a new one copied from it; "" */
	const char *place_note, *topics_note; /* 前回から; NULL */
	struct ui_field reason, unheld_reason;
};
struct meeting_member_line {
	const struct t_care_meeting_member *m;
	const char *kind, *attend, *attend_kind;
	bool untouched; /* as in the meeting it was copied from */
};
struct meeting_inquiry_line {
	const struct t_care_inquiry *q;
	const char *how, *state, *state_kind;
};
struct meeting_show_view {
	const struct page_view *page;
	struct meeting_shown s;
	const char *unheld_reason, *path;
	struct meeting_member_line *members;
	struct meeting_inquiry_line *inquiries;
	size_t n_members, n_inquiries;
	bool place_untouched, topics_untouched, ask_accept;
	bool plan_open, may_print; /* the actor may open the plan; may print the forms */
};
struct meeting_row_fields {
	struct t_care_meeting_member row;
	const char *title;
	bool untouched;
	struct ui_field kind, org_role, name, phone, fax, attend, absent_reason, gone;
	const char *no_name, *pid_name, *v_name;
};
struct meeting_members_view {
	const struct page_view *page;
	const char *action, *invite;
	struct meeting_row_fields *rows;
	size_t n_rows;
	struct ui_field org;
};
struct meeting_inquiry_view {
	const struct page_view *page;
	const struct meeting_view *m;
	const struct t_care_inquiry *q;
	const char *path, *link; /* link: the whole address, told once; "" */
	struct ui_field how;
	bool may_link, link_open;
};
struct meeting_answer_view {
	const struct page_view *page;
	const char *action, *sentence; /* sentence: what is shown instead of the form; "" = the form */
	struct inquiry_question q;
};

/* Shared by meeting.c and meeting_parts.c. */
MUST err meeting_page(struct req *r, const char *title, struct page_view **page, struct meeting_view *m);
#endif
