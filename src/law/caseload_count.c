#include "law/caseload_count.h"

/* (ⅰ) goes to the first step−1 cases of one care manager; of more than one, to floor(step × FTE − 1). */
static int64_t first_of(int64_t step, int64_t fte_100)
{
	return fte_100 <= 100 ? step - 1 : (step * fte_100 - 100) / 100;
}

static int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }

err law_caseload(const struct law_catalogue *law, civil month, const struct law_caseload_in *in, struct law_caseload *out)
{
	*out = (struct law_caseload){0};
	TRY(law_number(law, "cm_prevention_divisor", month, &out->divisor));
	TRY(law_number(law, in->link ? "cm_step_link_1" : "cm_step_1", month, &out->step_1));
	TRY(law_number(law, "cm_step_2", month, &out->step_2));
	out->parts = in->home * out->divisor + in->prevention;
	out->over_1 = out->parts * 100 >= out->step_1 * out->divisor * in->fte_100;
	out->over_2 = out->parts * 100 >= out->step_2 * out->divisor * in->fte_100;
	out->full = in->home;
	if (out->over_1)
		out->full = smaller(in->home, first_of(out->step_1, in->fte_100));
	int64_t rest = in->home - out->full;
	out->second = rest;
	if (out->over_2)
		out->second = smaller(rest, first_of(out->step_2, in->fte_100) - out->full);
	out->third = rest - out->second;
	return OK;
}

const struct law_number *law_home_fee(const struct law_catalogue *law, civil month, bool link, int step, const char *level)
{
	static const char *const ids[2][3][2] = {{{"fee_home_1_low", "fee_home_1_high"}, {"fee_home_2_low", "fee_home_2_high"}, {"fee_home_3_low", "fee_home_3_high"}},
	                                         {{"fee_link_1_low", "fee_link_1_high"}, {"fee_link_2_low", "fee_link_2_high"}, {"fee_link_3_low", "fee_link_3_high"}}};
	if (step < 1 || step > 3 || level[0] != 'c' || level[1] < '1' || level[1] > '5' || level[2])
		return NULL;
	return law_number_find(law, ids[link][step - 1][level[1] >= '3'], month);
}

err law_cm_needed(const struct law_catalogue *law, civil month, int64_t home, int64_t prevention, bool link, int64_t *need)
{
	int64_t divisor, per;
	TRY(law_number(law, "cm_prevention_divisor", month, &divisor));
	TRY(law_number(law, link ? "cm_per_yes" : "cm_per_no", month, &per));
	int64_t parts = home * divisor + prevention, whole = per * divisor;
	*need = (parts + whole - 1) / whole;
	if (*need < 1)
		*need = 1;
	return OK;
}
