/* pages/form_branch — a question that hangs on the answer to another one: the line that says whom it asks, and its condition for
 * assets/front.js. Ownership: arena of the request. Tests: tests/http/test_front.py, tests/browser/survey_walk.mjs. */
#ifndef TSU_WEB_PAGES_FORM_BRANCH_H
#define TSU_WEB_PAGES_FORM_BRANCH_H

#include "form/define.h"
#include "web/req.h"

const char *form_branch_only(struct req *r, const struct form_item *it); /* 問2で「あり」と答えた方だけ; "" = everybody */
const char *form_branch_cond(struct req *r, const struct form_item *it); /* JSON; "" = always shown, or the script cannot judge it */

#endif
