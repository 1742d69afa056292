/* meeting_fill — サービス担当者会議の要点 (第4表, kyotaku-4) and 照会書 with its answer sheet (shokai) on paper and as a sheet.
 * Gate: PRINT of the form's class by view_paper; SEE of the meeting. Ownership: arena. Tests: tests/unit/test_care_meeting.c. */
#ifndef TSU_CARE_MEETING_FILL_H
#define TSU_CARE_MEETING_FILL_H

#include "care/meeting.h"
#include "care/view_paper.h"

MUST err meeting_source(struct ctx *c, const struct meeting_view *v, struct view_source *s);
MUST err meeting_inquiry_source(struct ctx *c, const struct meeting_view *v, const struct t_care_inquiry *q, struct view_source *s);
MUST err meeting_paper(struct ctx *c, const char *pid, enum paper_kind kind, const char **bytes, size_t *n);
MUST err meeting_inquiry_paper(struct ctx *c, const char *pid, const char *inquiry_pid, enum paper_kind kind, const char **bytes, size_t *n);

#endif
