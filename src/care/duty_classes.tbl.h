/* Evidence whose record is of another class than care: DUTY_CLASS(code, class bit). A rule that asks for it is judged only for those who
 * see that class. Held against the writers by tests/unit/test_care_duty.c. */
DUTY_CLASS("REC-SCM",    CLASS_MEETING)
DUTY_CLASS("REC-INQ",    CLASS_MEETING)
DUTY_CLASS("REC-MEDINFO", CLASS_MEDICAL)
DUTY_CLASS("REC-MEDOPN", CLASS_MEDICAL)
DUTY_CLASS("REC-MEDORD", CLASS_MEDICAL)
DUTY_CLASS("REC-BILL",   CLASS_BENEFIT)
DUTY_CLASS("REC-BILL",   CLASS_BENEFIT)
