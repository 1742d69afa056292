/* pages/about — 「このシステムについて」: versions of program, data, law and forms, licences, state of the house; the law's code
 * lists and decision tables to read; help with the keys. Shows nothing of any client.
 * Tests: tests/unit/test_web_pages_admin.c, tests/http/test_admin.py. */
#ifndef TSU_WEB_PAGES_ABOUT_H
#define TSU_WEB_PAGES_ABOUT_H

#include "form/define.h"
#include "law/decide.h"
#include "register/house_state.h"
#include "web/page.h"

struct about_view {
	const struct page_view *page;
	const char *program, *law_version;
	const struct law_catalogue *law;
	const struct form_catalogue *forms;
	struct house_state state;
	bool admin, backup_old;
	const char *data_size, *free_size;
};

struct law_list {
	const char *code, *name;
	size_t n;
};
struct law_code_shown {
	const struct law_code *k;
	const char *confidence;
	bool from_open;
};
struct law_rule_shown {
	const struct law_rule *k;
	const char *condition, *outcome, *handin, *confidence;
	bool from_open;
};
struct law_table_shown {
	const char *name;
	const struct law_rule_shown *rules;
	size_t n_rules;
};

struct law_view {
	const struct page_view *page;
	const char *version, *list, *list_name;
	const struct law_list *lists;
	size_t n_lists;
	const struct law_code_shown *codes;
	size_t n_codes;
	const struct law_table_shown *tables;
	size_t n_tables;
};

#endif
