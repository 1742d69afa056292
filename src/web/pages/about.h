/* pages/about — 「このシステムについて」: versions of program, data, law and forms, licences, state of the
 * house; help with the keys. Shows nothing of any client.
 * Tests: tests/unit/test_web_pages_admin.c, tests/http/test_admin.py. */
#ifndef TSU_WEB_PAGES_ABOUT_H
#define TSU_WEB_PAGES_ABOUT_H

#include "form/define.h"
#include "law/decide.h"
#include "register/house_state.h"
#include "web/page.h"

struct tool_use_view;

/* 使用調査 of a version of a form, for those who may see surveys (pages/survey_tool). */
struct about_use {
	const struct form_def *def;
	struct tool_use_view *uses;
	size_t n_uses;
};

struct about_view {
	const struct page_view *page;
	const char *program, *law_version;
	const struct law_catalogue *law;
	const struct form_catalogue *forms;
	struct house_state state;
	bool admin, backup_old;
	const char *data_size, *free_size;
	struct about_use *uses;
	size_t n_uses;
};

#endif
