/* survey_tool — 使用調査: a survey about the use of a sheet leads to the sheet's next version (C-191).
 *
 * The sheet is a published version of another survey of the organisation, or a version of a form of the program. What its users ask for is
 * kept as requests, written by hand or taken over from the groups of the free texts; each is taken or not, with the reason. The page of the
 * version that follows the one asked about shows the survey and what was taken.
 * Gate: survey_gate of the survey that asks. Ownership: arena. Source: community-process C-191.
 * Errors: ERR_INPUT with faults, ERR_NOTFOUND, ERR_CONFLICT. Tests: tests/http/test_survey_ways.py. */
#ifndef TSU_REGION_SURVEY_TOOL_H
#define TSU_REGION_SURVEY_TOOL_H

#include "form/define.h"
#include "region/survey.h"

/* Sheets that can be asked about: code "survey-<pid of the version>" or "form-<id>@<version>". */
MUST err survey_tool_sheets(struct ctx *c, const struct t_survey *s, struct survey_word **v, size_t *n);

struct survey_tool_view {
	int64_t version;            /* 0 = nothing set yet */
	const char *code;           /* "" = about no sheet */
	const char *label;          /* 「○○」第1版 */
	const char *survey_pid;     /* of the sheet, if it is a survey; "" */
	const char *form_pid;       /* of its version; "" */
	const char *next_label, *next_pid; /* the version that followed; "" = none yet. next_pid "" for a form of the program */
};
MUST err survey_tool_of(struct ctx *c, const struct t_survey *s, struct survey_tool_view *out); /* the caller has passed the gate */
/* code "" = about no sheet. seen: the version that was shown; another by now is a fault on "sheet". */
MUST err survey_tool_set(struct ctx *c, const char *survey_pid, const char *code, int64_t seen);

MUST err survey_requests(struct ctx *c, int64_t survey_id, struct t_survey_request **v, size_t *n); /* the caller has passed the gate */
MUST err survey_request_add(struct ctx *c, const char *survey_pid, const char *content);
MUST err survey_request_groups(struct ctx *c, const char *survey_pid, int64_t *added); /* groups that are not among the requests yet */
/* seen: the request's version when it was shown; another by now is a fault on "reason", so that nobody's decision is written over unseen. */
MUST err survey_request_decide(struct ctx *c, const char *survey_pid, const char *request_pid, const char *decision, const char *reason, int64_t seen);
MUST err survey_request_retire(struct ctx *c, const char *survey_pid, const char *request_pid);

/* Surveys about one version of a sheet, with their requests. */
struct survey_tool_use {
	const char *survey_pid, *title;
	struct t_survey_request *requests;
	size_t n_requests;
};
MUST err survey_tool_uses(struct ctx *c, const struct t_survey_form *f, struct survey_tool_use **v, size_t *n);
/* The version before it; *found false: it is the first. The caller has passed the gate. */
MUST err survey_form_before(struct ctx *c, const struct t_survey_form *f, struct t_survey_form *out, bool *found);
/* The same of a form of the program; nothing for whoever may not see surveys. */
MUST err survey_tool_form_uses(struct ctx *c, const struct form_def *def, struct survey_tool_use **v, size_t *n);
const struct form_def *survey_tool_form_before(const struct form_catalogue *all, const struct form_def *def); /* NULL: it is the first */

#endif
