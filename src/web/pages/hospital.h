/* pages/hospital — 入退院・医療連携 of a person: stays with their clock, 入院時情報提供書, 退院・退所情報記録書, and the list of information for
 * doctors (pages/doctor_info). Ownership: arena of the request. Tests: tests/http/test_hospital.py. */
#ifndef TSU_WEB_PAGES_HOSPITAL_H
#define TSU_WEB_PAGES_HOSPITAL_H

#include "care/doctor_info.h"
#include "care/hospital_paper.h"
#include "web/pages/form_fields.h"

struct doctor_info_shown {
	const struct doctor_info *d;
	const char *state, *state_kind, *topics, *to_kind;
};
struct hospital_shown {
	const struct hospital_view *h;
	const char *kind, *told_how, *received_how; /* kind: of the tag */
};
struct hospital_list_view {
	const struct page_view *page;
	const char *person_pid;
	struct hospital_shown *rows;
	size_t n_rows;
	struct doctor_info_shown *infos;
	size_t n_infos;
	bool may_write, sees_medical, may_write_medical;
};
struct hospital_edit_view {
	const struct page_view *page;
	const char *action;
	const struct t_hospital_stay *row;
	bool sees_medical;
	struct ui_field org, told_how;
};
struct hospital_show_view {
	const struct page_view *page;
	struct hospital_shown s;
	const struct hospital_clock *clock;
};
struct hospital_paper_view {
	const struct page_view *page;
	const struct hospital_paper *p;
	const struct form_fields *ff;
	const char *action, *path, *what, *issue_label;
	bool is_new;
};
struct doctor_info_view {
	const struct page_view *page;
	const struct doctor_info *d;
	struct doctor_info_shown s;
	const struct form_fields *ff;
	const char *action;
	bool is_new, is_open;
	struct ui_field to_kind, to_org, consent_how, consent_topic, sent_how;
};

/* 409 of a form whose items are columns of a table: columns become items, lists are joined so that no row is lost. */
MUST err liaison_conflict(struct req *r, struct row_conflict *conflict, const struct form_def *def, const char *list_column, const char *cancel_path);
/* Hospitals, clinics and pharmacies of the register. */
MUST err liaison_org_field(struct req *r, const char *name, const char *label, const char *stored, struct ui_field *f);
struct doctor_info_shown doctor_info_shown(struct req *r, const struct doctor_info *d);
/* The form as a page: own items as fields, the others fixed; all fixed without the right to write. */
void liaison_fields(struct req *r, const struct fill *f, const char *const *fixed, size_t n_fixed, bool may_write, struct form_fields *out);

#endif
