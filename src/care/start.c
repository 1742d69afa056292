#include "care/start.h"

#include "care/case.h"
#include "care/cert_follow.h"
#include "care/assess_own.h"
#include "care/commission.h"
#include "care/consult_follow.h"
#include "care/evaluate.h"
#include "care/evidence_writers.h"
#include "care/hospital_paper.h"
#include "care/monitor.h"
#include "care/meeting.h"
#include "care/plan_follow.h"
#include "care/rehab_goal.h"
#include "register/bin.h"
#include "register/gen.h"

void care_start(void)
{
	evidence_writers_start();
	bin_on_follow("consult", consult_follow_bin);
	bin_on_follow("care_case", case_follow_bin);
	bin_on_follow("commission", commission_follow_bin);
	bin_on_follow("plan", plan_follow_bin);
	bin_on_follow("discharge_record", hospital_record_follow_bin);
	bin_on_follow("assessment", assess_bin);
	bin_on_follow("monitoring", monitor_follow_bin);
	bin_on_follow("evaluation", evaluate_follow_bin);
	bin_on_follow("care_meeting", meeting_follow_bin);
	bin_on_follow("rehab_goal", rehab_goal_follow_bin);
	gen_on_follow("certification", cert_follow_row);
}
