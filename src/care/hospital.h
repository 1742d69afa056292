/* hospital — 入退院: admission, the information given to the hospital, what the hospital told, discharge (F058).
 *
 * Legal source: 居宅基準13条18号 (R-CM-13-18), 予防基準30条20号; 入院時情報連携加算 平27厚労告95号85号 (R-FE-12; day limits are data:
 * law/numbers.tsv hosp_info_*), 退院・退所加算 平27厚労告95号85号の2 (R-FE-13).
 * Each save writes evidence REC-HOSP and the time line; while nobody has told the hospital a task "document" stands, due on the day
 * of the limit. Class care; `reason` (入院原因疾患) is shown and written only with the right to medical records and stays as it was
 * otherwise. Days civil, times "HH:MM" or "". Ownership: arena. Errors: ERR_INPUT with faults by column name, ERR_CONFLICT, of
 * policy_check. Tests: tests/unit/test_care_hospital.c, tests/http/test_hospital.py.
 */
#ifndef TSU_CARE_HOSPITAL_H
#define TSU_CARE_HOSPITAL_H

#include "register/history.h"
#include "sql/tables.h"
#include "store/revision.h"

/* Where the information to the hospital stands against the limits of the 加算. */
enum hospital_told { HOSPITAL_WAITING, HOSPITAL_FIRST, HOSPITAL_SECOND, HOSPITAL_LATE };
struct hospital_clock {
	int64_t days;                  /* since the admission, 0 = the day itself; up to the discharge */
	civil first_until, second_until; /* (Ⅰ), (Ⅱ); CIVIL_NONE: no such rule on that day */
	enum hospital_told told;
	const char *label, *source;    /* 「(Ⅰ)の期限内に提供」 …; the source of the numbers */
};

struct hospital_paper_row {
	const char *pid, *staff_name;
	int64_t id;
	civil made_on;
};
struct hospital_view {
	struct t_hospital_stay row;
	const char *person_pid, *org_name, *staff_name, *hospital_org_pid, *hospital_name, *updated_by;
	bool may_write, sees_medical, may_write_medical;
	struct hospital_clock clock;
	struct hospital_paper_row *infos, *records; /* empty without the right to medical records */
	size_t n_infos, n_records;
};

void hospital_init(struct ctx *c, struct t_hospital_stay *row);
MUST err hospital_get(struct ctx *c, const char *pid, struct hospital_view *out);
MUST err hospital_list(struct ctx *c, const char *person_pid, struct hospital_view **v, size_t *n);
/* id 0 = new; hospital_org_pid "" = not in the register (then row->hospital names it). */
MUST err hospital_save(struct ctx *c, const char *person_pid, struct t_hospital_stay *row, const char *hospital_org_pid,
                       struct row_conflict **conflict);
/* What was changed since it was recorded, newest first; the cause only for who may see medical records. */
MUST err hospital_history(struct ctx *c, const char *pid, struct history_act **v, size_t *n);
MUST err hospital_retire(struct ctx *c, const char *pid, const char *reason, const char **bin_pid);
MUST err hospital_clock_of(struct ctx *c, const struct t_hospital_stay *row, struct hospital_clock *out);

/* Called by care/hospital_paper inside its transaction: what the hospital told last. CIVIL_NONE takes it away. */
MUST err hospital_received(struct ctx *c, int64_t stay_id, civil on, bool conference);

#endif
