/* doctor_info — information to 主治医・歯科医師・薬剤師: what a provider or the care manager noticed (服薬, 口腔, 心身, 生活), passed on with the
 * person's consent (F059).
 *
 * Legal source: 居宅基準13条13号の2 (R-CM-13-13-2-medinfo), 予防基準30条14号の2 (R-YB-30-14-2): 同意日 ≦ 提供日; information received and
 * not passed on is shown as a task until it is sent or judged not needed (with the reason). States: received → sent | not_needed.
 * Sending is refused unless every topic of the information is covered: by the consent typed here (day, who, how, topics) or by a
 * consent of the register for class medical to that very organisation on the day. Sent, the copy is kept (issued document), evidence
 * REC-MEDINFO and time line are written; from then on only the reply is open. Class medical. Form jushin-joho (kind view).
 * Ownership: arena. Errors: ERR_INPUT with faults by item id or column, ERR_CONFLICT, of policy_check, of care/view_paper.
 * Tests: tests/unit/test_care_doctor_info.c, tests/http/test_hospital.py. */
#ifndef TSU_CARE_DOCTOR_INFO_H
#define TSU_CARE_DOCTOR_INFO_H

#include "care/view_paper.h"
#include "sql/tables.h"
#include "store/revision.h"

struct doctor_info {
	struct t_doctor_info row;
	const char *person_pid, *staff_name, *to_org_pid, *to_office, *updated_by; /* to_office: of the register or as typed */
	struct fill fill;
	bool may_write;
	const char *const *fixed;      /* item ids that are shown, not typed now */
	size_t n_fixed;
};
MUST err doctor_info_new(struct ctx *c, const char *person_pid, struct doctor_info *out); /* writes nothing */
MUST err doctor_info_get(struct ctx *c, const char *pid, struct doctor_info *out);
MUST err doctor_info_list(struct ctx *c, const char *person_pid, struct doctor_info **v, size_t *n); /* waiting ones first; without answers */

struct doctor_info_input {
	const struct answers *typed;   /* the items of the form */
	const char *to_kind, *to_org_pid, *from_office, *consent_how;
	const char *consent_topic;     /* codes with "|" between */
	civil received_on;
	int64_t version;
};
/* d: as got from _new or _get. */
MUST err doctor_info_save(struct ctx *c, struct doctor_info *d, const struct doctor_info_input *in, struct row_conflict **conflict);
MUST err doctor_info_send(struct ctx *c, const char *pid, civil on, const char *how, const char **issued_pid);
MUST err doctor_info_not_needed(struct ctx *c, const char *pid, const char *reason);
MUST err doctor_info_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);
MUST err doctor_info_print(struct ctx *c, const struct doctor_info *d, enum paper_kind kind, const char **bytes, size_t *n);

#endif
