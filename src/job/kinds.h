/* kinds — the handlers named in jobs.tbl.h. */
#ifndef TSU_JOB_KINDS_H
#define TSU_JOB_KINDS_H

#include "job/job.h"

/* params of bulk_print_params; the result is one PDF. Tests: tests/unit/test_care_bulk_print.c. */
MUST err job_bulk_print(struct job_run *j);

#endif
