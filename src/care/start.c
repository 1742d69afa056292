#include "care/start.h"

#include "care/case.h"
#include "care/assess_own.h"
#include "care/commission.h"
#include "care/consult_follow.h"
#include "care/plan_follow.h"
#include "register/bin.h"

void care_start(void)
{
	bin_on_follow("consult", consult_follow_bin);
	bin_on_follow("care_case", case_follow_bin);
	bin_on_follow("commission", commission_follow_bin);
	bin_on_follow("plan", plan_follow_bin);
	bin_on_follow("assessment", assess_bin);
}
