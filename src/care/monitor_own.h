/* What the parts of care/monitor share: checks, what follows a save. For care/monitor*.c alone. */
#ifndef TSU_CARE_MONITOR_OWN_H
#define TSU_CARE_MONITOR_OWN_H

#include "care/monitor.h"

/* All faults of the record and its rows at once. */
MUST err monitor_check(struct ctx *c, const struct t_care_case *k, const struct monitor_tree *t);
/* The agreement behind a テレビ電話; had_typed: a day typed before meetings were chosen still counts. */
MUST err monitor_check_agreement(struct ctx *c, const struct t_monitoring *r, bool had_typed);
/* Evidence, time line, 支援経過, tasks. Inside the save's transaction. */
MUST err monitor_follow(struct ctx *c, const struct monitor_tree *t);
/* The planned visit of that day is made by it, or no more. */
MUST err monitor_visited(struct ctx *c, const struct t_monitoring *r, bool alive);
bool monitor_info_blank(const struct t_monitoring_info *r);
bool monitor_share_blank(const struct t_monitoring_share *r);

#endif
