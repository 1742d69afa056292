/* hospital_paper — 入院時情報提供書 (form nyuin-joho) and 退院・退所情報記録書 (form taiin-joho) of a hospital stay (F058): kind view, columns as
 * forms/bindings.tsv binds them. A new 入院時情報提供書 comes filled from register, assessment, plan and 利用者基本情報; what was filled
 * may be typed over and is the paper's own from then on. Several of each may stand in a stay (one 記録書 per conference or one with several
 * rows of 聞き取り). Class medical; items of class family need that right too. Saving a 記録書 tells the stay when the hospital spoke last
 * (R-FE-13). Ownership: arena. Errors: ERR_INPUT with faults by item id, ERR_CONFLICT, of policy_check, of care/view_paper.
 * Tests: tests/unit/test_care_hospital.c, tests/http/test_hospital.py. */
#ifndef TSU_CARE_HOSPITAL_PAPER_H
#define TSU_CARE_HOSPITAL_PAPER_H

#include "care/hospital.h"
#include "care/view_paper.h"

enum hospital_form { HOSPITAL_INFO, HOSPITAL_RECORD };

struct hospital_paper {
	enum hospital_form form;
	struct hospital_view stay;
	void *row;                     /* t_hospital_info or t_discharge_record */
	int64_t id, version, updated_ms;
	const char *pid, *updated_by;  /* pid "" = new */
	struct fill fill;
	bool may_write;
	const char *const *fixed;      /* item ids shown, not typed here */
	size_t n_fixed;
};
MUST err hospital_paper_new(struct ctx *c, enum hospital_form form, const char *stay_pid, struct hospital_paper *out); /* writes nothing */
MUST err hospital_paper_get(struct ctx *c, enum hospital_form form, const char *pid, struct hospital_paper *out);
/* p: as got from _new or _get; version: what the editor started from. *pid: the paper's. */
MUST err hospital_paper_save(struct ctx *c, const struct hospital_paper *p, int64_t version, const struct answers *typed, const char **pid,
                             struct row_conflict **conflict);
/* What was changed since it was made, newest first, without items of classes the reader may not see. */
MUST err hospital_paper_history(struct ctx *c, const struct hospital_paper *p, struct history_act **v, size_t *n);
MUST err hospital_paper_retire(struct ctx *c, enum hospital_form form, const char *pid, const char *reason, const char **bin_pid);
MUST err hospital_paper_print(struct ctx *c, const struct hospital_paper *p, enum paper_kind kind, const char **bytes, size_t *n);
/* 提供した・受けた文書として控える. The recipient is the hospital. */
MUST err hospital_paper_issue(struct ctx *c, const struct hospital_paper *p, const char **issued_pid);
/* Called by care/start for the bin. */
MUST err hospital_record_follow_bin(struct ctx *c, int64_t row_id, bool alive);

/* How often the hospital gave information, and how often in a conference (R-FE-13), from the rows of 聞き取り. */
MUST err hospital_hearings(struct ctx *c, const char *hearing, int *n, int *conferences, civil *last, bool *last_is_conference);

#endif
