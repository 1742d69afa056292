/* pages/plan_edit_spec — which column of a plan is which kind of field on the page, in the order of the official forms.
 * Labels come from care/plan_fields.tbl.h unless the field needs a shorter one. Static. */
#ifndef TSU_WEB_PAGES_PLAN_EDIT_SPEC_H
#define TSU_WEB_PAGES_PLAN_EDIT_SPEC_H

#include "web/pages/plan_edit.h"

enum pe_choices { PE_NONE, PE_ORGS, PE_TYPES, PE_LEVELS, PE_COVERED, PE_ACTOR, PE_WHOSE, PE_YES_NO, PE_CERT, PE_LIFE, PE_PLAN_KIND, PE_CONSIGN, PE_SUPPORT,
	PE_NEEDED, PE_WEEK };

struct pe_spec {
	enum plan_part part;
	const char *column;
	enum pe_kind kind;
	enum pe_choices choices;
	char form;          /* H 居宅, Y 予防, B both */
	bool more;          /* head: the facts on top; rows: behind 「くわしく」 */
	int rows;           /* of a text area */
	const char *width, *label, *help;
};
const struct pe_spec *pe_specs(size_t *n);
const struct ui_choice *pe_choices(enum pe_choices c, size_t *n);
const char *pe_area_label(const char *area);

struct req;
/* 409: every row in dispute, field by field; what was typed goes along. action: where the form was sent to. */
MUST err page_plan_conflict(struct req *r, const struct plan_tree *t, const struct plan_conflicts *conflicts, const char *action);

#endif
