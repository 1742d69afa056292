/* cert_follow — what a renewed or changed certification asks of the cases in hand: a サービス担当者会議 (or, where it cannot be helped,
 * an inquiry) on whether the plan has to change.
 *
 * Legal source: 居宅基準13条15号 (R-CM-13-15-renewal), 予防基準30条17号 (R-YB-30-17). Due: the last day of the month in which it was
 * certified (運営基準減算 counts from that month), or the first day of the new period if that comes before; the day itself is marked 要確認.
 * The task "meeting" lies with whoever has the case in charge (the office that wrote the plan, where it is commissioned), and is settled by a meeting or inquiry on or
 * after the day of the decision. Only cases with a plan in use. Called inside the transaction of a certification or a meeting;
 * no gate of its own. Tests: tests/unit/test_care_plan_flow.c.
 */
#ifndef TSU_CARE_CERT_FOLLOW_H
#define TSU_CARE_CERT_FOLLOW_H

#include "base/ctx.h"

/* For care/start: a row of certification was saved, went to the bin or came back. */
MUST err cert_follow_row(struct ctx *c, const void *row, bool alive);
/* A meeting of the person was closed, opened again, or went to the bin. */
MUST err cert_follow_person(struct ctx *c, int64_t person_id);

#endif
