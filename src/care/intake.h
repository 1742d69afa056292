/* care/intake — filled forms of kind `answers` about a person: 基本チェックリスト first of all.
 *
 * The response is the truth: answers as typed with the definition's id, version and sha256; scores are judged when
 * saved and kept as a snapshot. Legal source of the judgement: 平成27年厚労省告示第197号 様式1・2 (forms-careplan §1.4).
 * The day of the form decides its version: answers typed into another version are moved over by name. Two who change
 * different items are merged; the same item gives ERR_CONFLICT with the losing text kept.
 * A saved checklist writes the time line; 判定不能 writes a task that names what is missing, filling it in settles it.
 * Errors: as care/consult. Tests: tests/unit/test_care_intake.c.
 */
#ifndef TSU_CARE_INTAKE_H
#define TSU_CARE_INTAKE_H

#include "base/ctx.h"
#include "care/identity.h"
#include "form/answer.h"
#include "form/define.h"
#include "form/score.h"

struct row_conflict;

struct response_input {
	const char *pid;        /* NULL or "" = new */
	int64_t version;        /* base version; 0 = new */
	const char *person_pid, *form_id, *consult_pid;
	const struct answers *answers; /* read from the POST by form/answer; faults of it already in ctx */
	struct form_warnings *warnings; /* what to look at although it was saved (age, units); may be NULL */
};

struct response_view {
	int64_t id, version, person_id;
	const char *pid, *person_pid, *consult_pid, *org_name, *staff_name;
	const struct form_def *def;
	struct answers *answers;
	struct form_result *result; /* as judged when saved */
	civil answered_on;
	int64_t updated_ms;
	const char *updated_by;
	bool may_write;
};

struct response_row {
	const char *pid, *form_id, *result_code, *org_name, *staff_name;
	civil answered_on;
	int64_t version;
};

MUST err response_save(struct ctx *c, const struct response_input *in, const char **pid, struct row_conflict **conflict);
MUST err response_get(struct ctx *c, const char *pid, struct response_view *out);
MUST err response_list(struct ctx *c, const char *person_pid, const char *form_id, struct response_row **rows, size_t *n);
/* To the 30-day bin with its tasks; a reason is required. */
MUST err response_retire(struct ctx *c, const char *pid, const char *reason);
/* The newest response of a person on or before a day; *found false if none. */
MUST err response_latest(struct ctx *c, int64_t person_id, const char *form_id, civil on, struct response_view *out, bool *found);
/* Head items that the register knows (氏名, 住所, 生年月日 …) filled in for a new response. */
MUST err response_prefill(struct ctx *c, const char *person_pid, const struct form_def *def, struct answers *out);

/* FHIR R4 QuestionnaireResponse text in and out of one response. */
MUST err response_to_fhir(struct ctx *c, const char *pid, const char **json);
/* Who the file says it is about is compared with the person first (care/identity). If something differs and `same` is not
 * IMPORT_SAME: ERR_INPUT with a fault on "same", *who filled, nothing written. Read in all the same, the response holds the
 * register's name, birth date and 被保険者番号 where the file's differ. who may be NULL. */
enum import_same { IMPORT_UNASKED, IMPORT_SAME };
MUST err response_from_fhir(struct ctx *c, const char *person_pid, const char *json, enum import_same same, struct identity *who,
                            const char **pid);

#endif
