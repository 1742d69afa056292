#include "care/bulk_print.h"

#include "base/str.h"
#include "job/job.h"

static err step(void *arg, int64_t done, int64_t total) { return job_step(arg, done, total); }

/* params of bulk_print_params; the result is one PDF. Tests: tests/unit/test_care_bulk_print.c. */
err job_bulk_print(struct job_run *j);

err job_bulk_print(struct job_run *j)
{
	struct bulk_print_order o;
	struct bulk_print_result r;
	TRY(bulk_print_of_params(j->c, j->params, &o));
	TRY(job_step(j, 0, (int64_t)o.n_persons));
	TRY(bulk_print(j->c, &o, step, j, &r));
	j->message = bulk_print_summary(j->c, &o, &r);
	if (r.pdf)
		job_result(j, r.pdf, r.n_pdf, "まとめ印刷.pdf");
	return OK;
}
