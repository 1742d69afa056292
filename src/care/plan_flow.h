/* plan_flow — the life of a plan: explained, agreed, in use as 暫定, replaced, ended; and the change to a new version.
 *
 *   plan_explain  draft → explained: plan_check must have no block; the day and who explained
 *   plan_consent  explained or provisional → consented: who agreed, when, how; a signature drawn or scanned goes to
 *                 store/file; the sum of the contents is kept; the forms are issued (PDF frozen); recipients of delivery and
 *                 requests of 個別サービス計画 are prepared; the version before it becomes replaced
 *   plan_provisional  draft or explained → provisional: without consent only with reason and deadline (F045)
 *   plan_change   a new 原案 from a version in use: full (all of 3–12号 again) or minor (Vol.959: 9例, judged and agreed)
 *   plan_end, plan_cancel, plan_back (説明済 → 原案)
 * Sources: 居宅基準13条10・11・16号・31条, 予防基準30条10・11・18号・33条; 介護保険最新情報 Vol.959; forms-careplan §6.
 * Gate: WRITE of class care. Each is one transaction. Ownership: arena. Errors: ERR_PLAN_STATE, ERR_PLAN_BLOCKED (faults tell
 * what), ERR_REQUIRED …, ERR_PLAN_FROZEN. Tests: tests/unit/test_care_plan_flow.c.
 */
#ifndef TSU_CARE_PLAN_FLOW_H
#define TSU_CARE_PLAN_FLOW_H

#include "care/plan.h"

/* Days of a term of plan_terms.tbl.h that holds on the day; 0 if there is none. Its source for explanations. */
int plan_term_days(const char *code, civil on);
const char *plan_term_source(const char *code, civil on); /* static; "" */

struct plan_explain {
	civil on;
	int64_t by_staff_id;    /* 0 = the actor's staff */
	bool untouched_ok;      /* asked once: more than 80 % is text of the version before (F051) */
	bool warnings_ok;       /* the warnings were read */
};
MUST err plan_explain(struct ctx *c, const char *pid, const struct plan_explain *in);

struct plan_consent_new {
	civil explained_on;     /* CIVIL_NONE: that of plan_explain */
	bool told_benefit;      /* 保険給付の対象かを区分して説明した; must be true */
	civil agreed_on;
	const char *agreed_by;  /* self agent family guardian */
	const char *agreed_name, *agreed_relation;
	const char *how;        /* sign seal electronic proxy_sign */
	civil electronic_ok_on; /* required for electronic */
	const char *signature;  /* "data:image/png;base64,…" or "" */
	struct blob scan;       /* an uploaded picture or PDF; p NULL: none */
	const char *scan_name;
	const char *note;
};
MUST err plan_consent(struct ctx *c, const char *pid, const struct plan_consent_new *in);

struct plan_provisional {
	const char *reason;
	civil until;
	const char *expected_level; /* "" unknown */
};
MUST err plan_provisional(struct ctx *c, const char *pid, const struct plan_provisional *in);

struct plan_change {
	const char *kind;        /* full minor */
	const char *minor_code;  /* list plan_minor; minor only */
	const char *reason;      /* always */
	const char *no_meeting;  /* minor: why no meeting; may be "" */
	civil judged_on, agreed_on; /* minor: who judged is the actor; the client's 了解 */
	civil plan_on;           /* 計画作成（変更）日 of the new version; CIVIL_NONE = today */
};
/* *new_pid: the 原案 of the new version. Only from a version in use that has no open 原案 after it. */
MUST err plan_change(struct ctx *c, const char *pid, const struct plan_change *in, const char **new_pid);

/* 軽微な変更 agreed by word: 原案 → 同意済 without a new document of consent (13条16号 lets 3–12号 go); needs change_agreed_on. */
MUST err plan_minor_settle(struct ctx *c, const char *pid, civil agreed_on);

MUST err plan_end(struct ctx *c, const char *pid, civil on, const char *reason);
MUST err plan_cancel(struct ctx *c, const char *pid, const char *reason); /* an 原案 or 説明済 that is given up */
MUST err plan_back(struct ctx *c, const char *pid, const char *reason);   /* 説明済 → 原案 */

const char *plan_how_ja(const char *how);             /* 署名 … ; static */
const char *plan_agreed_by_ja(const char *agreed_by); /* 本人 … ; static */

/* The next step of a plan, for the main button (F125): path below /plans/{pid}, "" if nothing is left. Static. */
struct plan_step {
	const char *path, *label, *why;
};
struct plan_step plan_next(const struct plan_tree *t);

/* ---- confirmation and approval (F124; plan_comment) ---- */
/* An approval speaks of the contents it was given to (plan_comment.content_sha): any change of them afterwards voids it. Where the
 * office asks for approval (org.wants_approval, of the office that writes the plan) and none is valid, explanation, consent, 暫定 and
 * 軽微な変更 are refused (ERR_PLAN_STATE). */
struct plan_approval {
	bool wants;                              /* the office asks for it */
	bool lacks;                              /* and there is none that is valid */
	const struct t_plan_comment *approved;   /* the newest answer, if it was an approval; NULL */
	bool voided;                             /* approved, but the contents are no longer those; told whether the office asks or not */
};
MUST err plan_approval_of(struct ctx *c, const struct plan_tree *t, struct plan_approval *out);
/* seen_sha: plan_content_sha of what the writer had before the eyes; an approval of other contents is refused. NULL: not asked. */
MUST err plan_comment_add(struct ctx *c, const char *pid, const char *kind /* comment ask_approval approve return */, const char *seen_sha,
                          const char *body);
/* 包括の確認（【確認印】）of a commissioned plan; may be written after consent too, it is no content of the plan. */
MUST err plan_center_check(struct ctx *c, const char *pid, const char *opinion, civil on);

#endif
