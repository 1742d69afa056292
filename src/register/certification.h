/* certification — 要介護・要支援認定, its applications, and 事業対象者 (F010). Class care, evidence REC-CERT.
 *
 * Status and level are two things: 申請中 is never a level. Decided rows never overlap for one person (ERR_CERT_OVERLAP
 * shows both rows); a 区分変更 cuts the older period on request, in the same transaction, and history keeps what it was.
 * Periods and limits are dated numbers of law/numbers.tsv (cert_*): chosen by the day of the application.
 * Sources: 介護保険法27条–33条の2, 施行規則38・41・52・55条; forms-careplan §7.1, §7.7; rules §3 (R-NT-*).
 * Days are civil. Ownership: arena. Errors: ERR_CERT_OVERLAP, ERR_CERT_PERIOD, ERR_CERT_OPEN, ERR_PERIOD_ORDER,
 * ERR_NOT_CHOICE, ERR_REQUIRED. Tests: tests/unit/test_register_b_cert.c (T-NT-01 … T-NT-14).
 */
#ifndef TSU_REGISTER_CERTIFICATION_H
#define TSU_REGISTER_CERTIFICATION_H

#include "register/insurance.h"

extern const struct gen_kind GEN_CERTIFICATION;
GEN_FACE(certification, t_certification);

/* Save, and where a decided older row still runs, end it the day before this one begins (区分変更, 事業対象者 → 認定). */
MUST err certification_save_closing(struct ctx *c, struct t_certification *row, struct row_conflict **conflict);

const char *certification_status_label_ja(const char *status); /* static; "" if unknown */
const char *certification_apply_label_ja(const char *apply_kind);
bool certification_is_applying(const char *status);

/* What holds on a day. */
struct certification_state {
	const char *status;   /* none applying_new applying_renew applying_change certified expired; static */
	const char *level;    /* of the row that holds that day; "" if none holds; static */
	const char *prev_level; /* of the decided row before it; "" if none; static */
	bool has_current, has_application, has_last;
	struct t_certification current;     /* holds that day */
	struct t_certification application; /* still open that day */
	struct t_certification last;        /* newest that has ended */
};
MUST err certification_state(struct ctx *c, int64_t person_id, struct gen_asof asof, struct certification_state *out);

/* What to look at before or after a save; never stops it: an end that is no month's end, a first day that does not
 * follow from the application or the older period, a renewal outside its window, a second insured person without one of
 * the 16 diseases. Gate SEE care. */
MUST err certification_advice(struct ctx *c, const struct t_certification *row, struct advice **v, size_t *n);

/* The bounds of one kind of application on a day, out of law/numbers.tsv. */
struct certification_rule {
	const char *apply_kind;
	int usual_months, least_months, most_months, most_same_months;
	const char *rule_id, *source, *confidence;
};
/* False: no rule that somebody has confirmed for this kind and day. */
bool certification_rule(const struct ctx *c, const char *apply_kind, civil applied_on, struct certification_rule *out);

struct certification_propose {
	const char *apply_kind;
	civil applied_on;
	civil prev_to_on;       /* renewals: the last day of the period before */
	const char *level, *prev_level;
	int months;             /* 0 = the usual */
};
struct certification_period {
	civil from_on, to_on;
	int months, least_months, most_months;
	struct certification_rule rule;
};
/* The period that follows from the law; ERR_CERT_PERIOD with a fault on "months" that names the limit. */
MUST err certification_propose(struct ctx *c, const struct certification_propose *in, struct certification_period *out);

/* Last day of a period of n months from a day: to the month's end; a broken first month comes on top. */
civil certification_end(civil from_on, int months);
/* 更新申請 window: 60 days before the last day … the last day (R-NT-RENEW-WIN). */
void certification_renew_window(civil to_on, civil *from, civil *to);
/* Day by which the insurer decides or postpones (R-NT-30D). */
civil certification_decision_due(civil applied_on);

/* 第2号 needs one of the 16 diseases (R-NT-2-DIS): first, second, none. By the age reached, not the birthday. Static. */
const char *certification_insured_class(civil birth, civil on);
const char *certification_disease_label_ja(const char *code); /* static; "" if none of the 16 */
/* May a person born then be certified for this cause? disease_code "" = no listed disease. */
bool certification_cause_ok(civil birth, civil applied_on, const char *disease_code);

GEN_CHOICES(certification_apply_choices);
GEN_CHOICES(certification_disease_choices);

/* What can be typed: without "none" and "expired", which follow from the dates. */
GEN_CHOICES(certification_status_choices);

/* Writer of the evidence from the record alone (register/evidence). Inside a transaction; no gate of its own. */
MUST err certification_evidence(struct ctx *c, int64_t row_id);

#endif
