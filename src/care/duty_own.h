/* duty_own — inside of care/duty*: one run over the records, and lists of values. For care/duty*.c only. */
#ifndef TSU_CARE_DUTY_OWN_H
#define TSU_CARE_DUTY_OWN_H

#include "care/duty_gather.h"
#include "register/insurer_param.h"

/* Symbols of names looked up before, by the address of the literal; of one run, as most of it asks for the same forty names. */
enum { DUTY_NAMES = 128 };
struct duty_names {
	const char *name[DUTY_NAMES];
	int symbol[DUTY_NAMES];
};

enum { DUTY_VALUES = 32 };
struct duty_values {
	const struct duty_table *t;
	struct arena *a;
	struct duty_names *names; /* NULL: nothing is kept */
	struct duty_value v[DUTY_VALUES];
	size_t n;
};
int duty_values_symbol(const struct duty_values *v, const char *name); /* < 0: no rule asks for it */
/* Adds a named value (name: static); names that no rule asks for are left out. An absent day or number adds nothing. */
void duty_values_add(struct duty_values *v, const char *name, const char *text);
void duty_values_day(struct duty_values *v, const char *name, civil day);
void duty_values_int(struct duty_values *v, const char *name, int64_t n);
void duty_values_keep(struct duty_values *v, const struct duty_value **out, size_t *n);

struct duty_run {
	const struct duty_query *q;
	unsigned subjects;
	duty_fn fn;
	void *arg;
	struct arena *scratch; /* everything of one range of cases or one organisation */
	struct arena_mark mark;
	struct insurer_settings settings; /* what insurers have set, as known then */
	struct duty_names names;
};
enum { DUTY_RANGE = 100, DUTY_LONG_RANGE = 1000 };
MUST err duty_run_settings(struct ctx *c, struct duty_run *r);
const char *duty_run_insurer(const struct duty_run *r, int64_t insurer_org_id);
const struct law_calendar *duty_run_calendar(const struct duty_run *r, int64_t insurer_org_id);
MUST err duty_run_judge(struct ctx *c, struct duty_run *r, const struct duty_about *about, const struct duty_subject *s);
/* Cases with ids above `after` up to `upto` (INT_NULL: all above), read `limit` at a time, more at a time once the run is long. */
MUST err duty_run_cases(struct ctx *c, struct duty_run *r, int64_t after, int64_t upto, int64_t limit);
MUST err duty_run_orgs(struct ctx *c, struct duty_run *r);
void duty_query_days(const struct ctx *c, struct duty_query *q); /* the days that were left open */

#endif
