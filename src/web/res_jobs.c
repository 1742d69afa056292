#include "web/res_jobs.h"

#include "base/str.h"
#include "tmpl/layout_jobs.h"
#include "web/route.h"

#include <string.h>

static struct job_row row_of(const struct job *j)
{
	return (struct job_row){.pid = j->pid, .label = job_kind_label(j->kind), .state_label = job_state_label_ja(j->state),
		.message = str_or(j->message, ""), .state = j->state, .done = j->done, .total = j->total, .created_ms = j->created_ms,
		.ended_ms = j->ended_ms, .expires_ms = j->expires_ms, .has_result = j->state == JOB_DONE && j->result_sha256,
		.ended = j->state == JOB_DONE || j->state == JOB_FAILED || j->state == JOB_CANCELLED};
}

/* "120 / 200 件（残り およそ2分）" from what is done since the start. */
static const char *how_far(struct req *r, const struct job *j)
{
	if (j->state == JOB_WAITING)
		return "順番を待っています。";
	if (j->state != JOB_RUNNING)
		return job_state_label_ja(j->state);
	if (j->cancel_asked)
		return "取り消しています。";
	if (j->total <= 0)
		return "処理しています。";
	int64_t spent = r->c->now_ms - j->started_ms;
	int64_t left = j->done > 0 && j->started_ms != INT_NULL ? spent * (j->total - j->done) / j->done / 1000 : -1;
	const char *head = arena_fmt(r->arena, "%lld / %lld 件", (long long)j->done, (long long)j->total);
	if (left < 0)
		return head;
	return left < 60 ? arena_fmt(r->arena, "%s（残り およそ%lld秒）", head, (long long)left) :
		arena_fmt(r->arena, "%s（残り およそ%lld分）", head, (long long)left / 60 + 1);
}

err page_jobs(struct req *r)
{
	struct job *v;
	size_t n;
	TRY(job_list(r->c, &v, &n));
	struct job_row *rows = ARENA_ARRAY(r->arena, n + 1, struct job_row);
	for (size_t i = 0; i < n; i++)
		rows[i] = row_of(&v[i]);
	struct jobs_view view = {.page = page_view(r, "処理の一覧"), .rows = rows, .n_rows = n};
	tmpl_layout_jobs(res_page(r), &view);
	return OK;
}

static err as_json(struct req *r, const struct job *j)
{
	struct arena *a = r->arena;
	struct json *o = json_new(a, JSON_OBJECT);
	json_set(a, o, "done", json_new_int(a, j->done));
	json_set(a, o, "total", json_new_int(a, j->total));
	json_set(a, o, "ended", json_new_bool(a, row_of(j).ended));
	json_set(a, o, "text", json_new_text(a, how_far(r, j)));
	json_write(res_json(r, OK), o, false);
	return OK;
}

/* Where the work was asked for: the round of a survey, else the list of jobs. */
static void way_back(struct req *r, const struct job *j, struct page_view *page)
{
	struct json *o;
	page->back_path = "/jobs";
	page->back_label = "処理の一覧";
	if (!str_starts(j->kind, "survey_") || json_parse(r->arena, j->params, strlen(j->params), NULL, &o, NULL) != OK || !*json_get_text(o, "round", ""))
		return;
	page->back_path = arena_fmt(r->arena, "/survey-rounds/%s/send", json_get_text(o, "round", ""));
	page->back_label = "依頼・督促を送る";
	if (row_of(j).ended && !row_of(j).has_result) { /* a result is what is fetched first */
		page->next_path = arena_fmt(r->arena, "/survey-rounds/%s", json_get_text(o, "round", ""));
		page->next_label = "回答の状況を見る";
	}
}

err page_job(struct req *r)
{
	struct job j;
	TRY(job_get(r->c, req_param(r, "pid"), &j));
	if (r->fragment)
		return as_json(r, &j);
	struct job_row row = row_of(&j);
	struct jobs_view view = {.page = page_view(r, row.label), .rows = &row, .n_rows = 1, .text = how_far(r, &j),
		.cancel_path = arena_fmt(r->arena, "/jobs/%s/cancel", j.pid)};
	way_back(r, &j, view.page);
	tmpl_layout_job(res_page(r), &view);
	return OK;
}

err page_job_cancel(struct req *r)
{
	TRY(job_cancel(r->c, req_param(r, "pid")));
	return res_done(r, "cancelled", "/jobs/%s", req_param(r, "pid"));
}

err page_job_result(struct req *r)
{
	const void *bytes;
	const char *name;
	size_t n;
	TRY(job_bytes(r->c, req_param(r, "pid"), &bytes, &n, &name));
	if (str_ends(name, ".pdf"))
		return res_pdf(r, bytes, n, name);
	return res_file(r, "application/octet-stream", bytes, n, name);
}
