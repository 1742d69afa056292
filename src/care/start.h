/* care/start — tells the rooms below what care/ needs from them; once per process, before the first request (main, tests):
 * what follows a record of care/ into the bin and back. Tests: tests/unit/test_care_consult.c. */
#ifndef TSU_CARE_START_H
#define TSU_CARE_START_H

void care_start(void);

#endif
