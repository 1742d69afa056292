/* care/basic_info — 利用者基本情報 (form riyosha-kihon-joho, kind `view`): tables are the truth, each item is bound to a
 * getter or setter; items the register holds are filled and marked (F028). An issued document freezes the answers.
 *
 * Official form: 介護予防支援業務に係る関連様式例; fields and codes forms-careplan §2.1 (S1–S3). One per person and 相談日.
 * Items of other record classes (現病歴: medical; 家族: family; 障害: disability) stay blank with the word 「閲覧の権限がありません」
 * for an actor without that right, and cannot be issued incomplete without saying so.
 * Errors: as care/consult. Tests: tests/unit/test_care_basic_info.c.
 */
#ifndef TSU_CARE_BASIC_INFO_H
#define TSU_CARE_BASIC_INFO_H

#include "base/ctx.h"
#include "form/answer.h"
#include "form/define.h"

struct row_conflict;

struct basic_info_view {
	int64_t id, version, person_id;
	const char *pid, *person_pid; /* pid "" = not yet made */
	const struct form_def *def;
	struct answers *answers;      /* every item, from the register and from basic_info */
	const char **from_register;   /* item ids that come from the register (marked on the page); arena */
	size_t n_from_register;
	const char **locked;          /* item ids left blank for want of a right */
	size_t n_locked;
	int64_t updated_ms;
	const char *updated_by;
	bool may_write;
};

/* pid "" opens a new one filled from the register; opening writes nothing. */
MUST err basic_info_get(struct ctx *c, const char *person_pid, const char *pid, struct basic_info_view *out);
struct basic_info_input {
	const char *person_pid, *pid;
	int64_t version;
	const struct answers *answers; /* own items only are written; changes to register items are refused with the page that owns them */
};
MUST err basic_info_save(struct ctx *c, const struct basic_info_input *in, const char **pid, struct row_conflict **conflict);
struct basic_info_row {
	const char *pid, *author_name;
	civil consult_on;
	int64_t version;
};
MUST err basic_info_list(struct ctx *c, const char *person_pid, struct basic_info_row **rows, size_t *n);/* To the 30-day bin; issued documents stay. A reason is required. */
MUST err basic_info_retire(struct ctx *c, const char *person_pid, const char *pid, const char *reason);

/* A conflict of the stored row told as one of the form, so that each side can be picked: column = path of the item, values as
 * the fields of the form hold them, a list as its rows in JSON ([{column id: text}]). Left out: what is no item of the form
 * and what stands in a class closed to the actor (it stays as stored). */
MUST err basic_info_conflict(struct ctx *c, const struct basic_info_view *v, const struct row_conflict *of, struct row_conflict *out);

#endif
