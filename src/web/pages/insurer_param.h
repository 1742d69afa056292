/* pages/insurer_param — 保険者の設定: what each insurer has set itself for the keys of law/params.tsv: in force on a day, default, bounds,
 * since when, ground; a new dated value, correcting, putting away, history. Everybody logged in may read; the administrator and the
 * officers of the insurer write (register/insurer_param). Tests: tests/http/test_law.py. */
#ifndef TSU_WEB_PAGES_INSURER_PARAM_H
#define TSU_WEB_PAGES_INSURER_PARAM_H

#include "register/insurer_param.h"
#include "register/org.h"
#include "web/page.h"

struct insurer_shown {
	const struct org *o;
	size_t n_set; /* keys with a value of its own today */
};
struct insurer_list_view {
	const struct page_view *page;
	const struct insurer_shown *rows;
	size_t n_rows;
};

struct insurer_param_shown {
	const struct law_param *def;
	const char *label, *value, *fallback, *bounds, *source, *confidence, *path;
	civil from, to; /* of the value in force; CIVIL_NONE: the default */
	size_t n_rows;
	bool open; /* the source is not sure: docs/open-questions.md */
};
struct insurer_view {
	const struct page_view *page;
	const struct org *o;
	const struct insurer_param_shown *rows;
	size_t n_rows;
	struct ui_field on;
	civil day;
	bool may_write;
};

struct insurer_version_shown {
	int64_t version, at_ms;
	const char *who, *what, *value, *ground, *note;
	civil from, to;
};
struct insurer_value_shown {
	const struct t_insurer_param *row;
	const char *value, *path;
	bool now;
};
struct insurer_param_view {
	const struct page_view *page;
	const struct org *o;
	const struct insurer_param_shown *p;
	const struct insurer_value_shown *values, *away;
	size_t n_values, n_away;
	const struct insurer_version_shown *versions; /* of the value of the page */
	size_t n_versions;
	const struct t_insurer_param *row; /* NULL: a new one */
	const char *action, *save_label;
	struct ui_field value;
	bool may_write, is_choice, is_days, ask_after;
};

#endif
