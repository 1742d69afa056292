/* res_jobs — views of /jobs (res_jobs.c): one's own long works, their bar and their results. Tests: test_web_server.c. */
#ifndef TSU_WEB_RES_JOBS_H
#define TSU_WEB_RES_JOBS_H

#include "job/job.h"
#include "web/page.h"

struct job_row {
	const char *pid, *label, *state_label, *message;
	enum job_state state;
	int64_t done, total, created_ms, ended_ms, expires_ms;
	bool has_result, ended;
};

struct jobs_view {
	struct page_view *page;
	const struct job_row *rows;
	size_t n_rows;
	const char *text; /* how far */
	const char *cancel_path;
};

#endif
