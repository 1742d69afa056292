/* pages/rehab — リハビリ of a person: goals and ends, conferences, information to the care manager, scales over time; and the list
 * 「目標か終わりのないリハビリ」 over all people (C-203 … C-210). Ownership: arena of the request. Tests: tests/http/test_rehab.py. */
#ifndef TSU_WEB_PAGES_REHAB_H
#define TSU_WEB_PAGES_REHAB_H

#include "care/interest.h"
#include "care/rehab_info.h"
#include "care/rehab_meeting.h"
#include "web/page.h"

struct rehab_unset_shown {
	const struct rehab_unset_row *r;
	const char *since, *path, *act, *lack; /* path: where goal and end are set, for who may only read, where they are shown */
};
struct rehab_home_view {
	const struct page_view *page;
	const char *base; /* /persons/…/rehab */
	const struct rehab_goal_view *goals;
	const struct rehab_unset_shown *unset;
	struct rehab_meeting_shown {
		const struct rehab_meeting_view *m;
		const char *kind, *state, *tag;
	} *meetings;
	const struct rehab_info_view *infos;
	const struct interest_sheet *interests; /* newest first */
	size_t n_interests;
	size_t n_goals, n_unset, n_meetings, n_infos;
	bool may_write;
};
struct rehab_list_view {
	const struct page_view *page;
	const struct rehab_unset_shown *rows;
	size_t n_rows;
	bool more;
	int64_t long_months, n_long;
};
struct rehab_goal_edit_view {
	const struct page_view *page;
	const char *action, *service; /* service: the plan's service it comes from; "" */
	const struct t_rehab_goal *row;
	struct ui_field type, ended_how, next_places, wish; /* wish: of the 興味・関心チェックシート */
};
struct rehab_review_shown {
	const struct t_rehab_review *r;
	const char *kind, *state, *tag, *action; /* action: where it is recorded; "" cannot be, here */
};
struct rehab_version_shown {
	const struct t_rehab_goal *row;
	int64_t at_ms;
	const char *who;
};
struct rehab_goal_show_view {
	const struct page_view *page;
	const struct rehab_goal_view *g;
	const char *base, *person_base, *ended_how, *next_places;
	struct rehab_review_shown *reviews;
	const struct rehab_review_shown *next; /* the earliest that is recorded here; NULL */
	struct rehab_version_shown *versions;
	size_t n_versions, n_before; /* n_before: reviews due before the course was recorded */
	civil end_from;  /* from when the conference before the end is held */
	bool end_open;
};
struct rehab_member_fields {
	const struct t_rehab_meeting_member *row;
	const char *title, *pid_name, *v_name, *no_name;
	struct ui_field pick, role, org_name, name, attend, absent_reason, gone; /* pick: from the register */
};
struct rehab_meeting_edit_view {
	const struct page_view *page;
	const char *action, *goal_pid, *goal_label;
	const struct t_rehab_meeting *row;
	struct ui_field kind, next_places;
	struct rehab_member_fields *members;
	size_t n_members;
};
struct rehab_member_line {
	const struct t_rehab_meeting_member *m;
	const char *role, *attend, *tag;
};
struct rehab_meeting_show_view {
	const struct page_view *page;
	const struct rehab_meeting_view *m;
	const char *base, *kind, *next_places;
	struct rehab_member_line *members;
	bool is_end, may_print;
};
struct rehab_info_edit_view {
	const struct page_view *page;
	const char *action, *goal_pid, *goal_label;
	const struct rehab_info_view *i;
	const struct t_rehab_info *row;
	struct ui_field items[REHAB_INFO_ITEMS];
};
struct rehab_info_show_view {
	const struct page_view *page;
	const struct rehab_info_view *i;
	const char *base;
	bool may_print, ask; /* ask: an item is empty, the confirmation is offered */
};
/* Head, tabs (リハビリ) and way back of a page about one record of the person. */
MUST err rehab_page(struct req *r, struct page_view *page, const char *person_pid);
struct rehab_unset_shown *rehab_unset_shown_of(struct req *r, const struct rehab_unset_row *v, size_t n);

#endif
