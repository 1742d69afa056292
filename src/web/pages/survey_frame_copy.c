/* The frame of an earlier survey, taken over: the same centres are asked about something else. */
#include "base/str.h"
#include "tmpl/survey_frame_copy.h"
#include "web/pages/survey.h"
#include "web/route.h"

static err ask(struct req *r, err e)
{
	struct t_survey s;
	struct page_view *page;
	struct survey_line *all;
	size_t n;
	TRY(survey_page(r, "前の調査の名簿を写す", &s, &page));
	TRY(survey_gate(r->c, &s, ACTION_WRITE));
	TRY(survey_list(r->c, &all, &n));
	struct ui_choice *v = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	struct survey_frame_copy_view view = {.page = page, .s = &s, .action = arena_fmt(r->arena, "/surveys/%s/targets/copy", s.pid)};
	view.from = (struct ui_field){.name = "from", .label = "名簿を写す調査", .choices = v, .required = true, .optional_blank = true};
	for (size_t i = 0; i < n; i++)
		if (!str_eq(all[i].pid, s.pid) && all[i].n_targets > 0)
			v[view.from.n_choices++] = (struct ui_choice){.value = all[i].pid,
				.label = arena_fmt(r->arena, "%s（%lld%s）", all[i].title, (long long)all[i].n_targets, survey_unit_counter(all[i].unit))};
	tmpl_survey_frame_copy(res_page_of(r, e), &view);
	return OK;
}

err page_survey_frame_copy(struct req *r) { return ask(r, OK); }

err page_survey_frame_copy_save(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "from", .label = "名簿を写す調査", .kind = FORMIN_PID}};
	int64_t added = 0;
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = survey_frame_copy(r->c, req_param(r, "pid"), req_field(r, "from"), &added);
	if (page_is_input(e))
		return ask(r, e);
	TRY(e);
	return res_done(r, added ? "created" : "survey_none_new", "/surveys/%s/targets", req_param(r, "pid"));
}
