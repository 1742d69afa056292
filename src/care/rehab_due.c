#include "care/rehab_due.h"

/* Of those due before the course was recorded only the last one is asked for. */
static void mark_before(struct rehab_wanted *v, size_t n, civil known_on)
{
	size_t late = 0;
	while (late < n && v[late].due <= known_on)
		late++;
	for (size_t i = 0; i + 1 < late; i++)
		v[i].before = true;
}

size_t rehab_due_of(const struct rehab_course *k, const struct rehab_numbers *no, civil today, struct rehab_wanted *v)
{
	size_t n = 0;
	if (k->ended_on != CIVIL_NONE)
		return 0;
	civil from = civil_add_months(today, -REHAB_PAST_MONTHS);
	if (k->started_on != CIVIL_NONE && no->again_months > 0) {
		civil base = k->started_on > today ? k->started_on : today, to = civil_add_months(base, no->ahead_months);
		if (k->end_on != CIVIL_NONE && k->end_on < to)
			to = k->end_on;
		if (k->is_facility && k->started_on + no->first_days >= from)
			v[n++] = (struct rehab_wanted){"first", k->started_on + no->first_days, false};
		for (int m = no->again_months; civil_add_months(k->started_on, m) <= to && n < REHAB_WANTED - 1; m += no->again_months)
			if (civil_add_months(k->started_on, m) >= from)
				v[n++] = (struct rehab_wanted){"again", civil_add_months(k->started_on, m), false};
		mark_before(v, n, k->known_on);
	}
	if (k->end_on != CIVIL_NONE)
		v[n++] = (struct rehab_wanted){"end", civil_add_months(k->end_on, -no->end_months), false};
	return n;
}
