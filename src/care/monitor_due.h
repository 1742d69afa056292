/* monitor_due — when the next interview and record of a case are due, as a pure judgement that explains itself.
 *
 * 居宅介護支援 (居宅基準13条14号; R-CM-13-14-monthly, -home, -record): each calendar month an interview and its record; the home is
 * visited in one of every mon_home_visit_months months, the months between may be a テレビ電話.
 * 介護予防支援 (予防基準30条16号; R-YB-30-16-3m, -home, -must, -off, -rec): from the month after the start, every mon_prevention_months
 * months one interview; of mon_prevention_visit_periods such periods one at home; the month in which the evaluation period ends and
 * a marked change ask for a visit; in a month without one, contact and a record. 介護予防ケアマネジメントA follows it, B has an interval
 * of the insurer (default of this program), C has none (R-CMY-A, -B, -C).
 * All numbers are dated (law/numbers.tsv) and taken on the day judged. 特段の事情 excuses the month or period it is written for.
 * Pure: no store. Days civil. Ownership: arena. Tests: tests/unit/test_monitor_due.c.
 */
#ifndef TSU_CARE_MONITOR_DUE_H
#define TSU_CARE_MONITOR_DUE_H

#include "law/numbers.h"

enum monitor_method { MONITOR_VISIT, MONITOR_VIDEO, MONITOR_EXCUSED, MONITOR_CONTACT /* only the log: a call, a look-in */, MONITOR_RECORD /* log with a result */ };

struct monitor_act {
	civil on;
	enum monitor_method method;
};
struct monitor_facts {
	const char *kind;            /* case_kind */
	civil start_on;              /* first day of a plan in use */
	civil eval_end_on;           /* end of the evaluation period (of the plan in use); CIVIL_NONE unknown */
	civil changed_on;            /* last marked change nobody has visited for yet; CIVIL_NONE none */
	const struct monitor_act *acts; /* by day */
	size_t n_acts;
};

struct monitor_duty {
	const char *rule, *label, *source; /* rule id of the reference; static */
	const char *sentence;              /* what, until when and why, in plain words */
	const char *inputs;                /* from what it follows */
	civil from_on, due_on;             /* the period in which it is to be done; due_on its last day */
	bool at_home;                      /* only a visit fulfils it */
	bool overdue;
};
struct monitor_due {
	struct monitor_duty *v;  /* open ones, the earliest first */
	size_t n;
	civil interview_due;     /* of the next interview; CIVIL_NONE: none is asked for */
	civil interview_from;
	bool must_visit;         /* the next interview must be a visit */
	const char *why;         /* sentence of the first duty, or why there is none */
};

/* "on": the day judged. */
void monitor_judge(const struct law_catalogue *law, struct arena *a, const struct monitor_facts *f, civil on, struct monitor_due *out);

/* May an interview on that day be a テレビ電話, as far as visits go? NULL: yes; else the reason in plain words. The facts do not
 * hold the interview itself. */
const char *monitor_video_refused(const struct law_catalogue *law, struct arena *a, const struct monitor_facts *f, civil on);

/* The period of the rule that holds the day (a month, or the three months of 予防); false: no rule for this kind. */
bool monitor_period(const struct law_catalogue *law, const struct monitor_facts *f, civil day, civil *from, civil *to);

#endif
