/* pages/area — 担当区域: areas at every level with their names, who serves them and their towns; the table of towns; import from
 * CSV; areas that lie across others (C-001, C-002, F007). Everybody logged in may read; administrators and the insurer's staff
 * write (the register refuses the others). Numbers of people follow the reader's rights, but for the effect of a change, which
 * tells those who may make it how many get another area, never who.
 * Ownership: arena of the request. Tests: tests/http/test_territory.py, test_fresh_house.py. */
#ifndef TSU_WEB_PAGES_AREA_H
#define TSU_WEB_PAGES_AREA_H

#include "register/org.h"
#include "register/territory_import.h"
#include "register/town_map.h"
#include "web/page.h"

struct area_list_view {
	const struct page_view *page;
	struct ui_field on;
	bool may_write, with_ended;
	struct area_level_shown {
		const char *code, *word, *usual; /* usual: the law's word, where the municipality has its own; else "" */
		struct area_shown {
			const struct area *a;
			const char *parent, *aliases, *centres;
			int64_t towns;
		} *rows;
		size_t n_rows;
	} *levels;
	size_t n_levels, n_areas;
};
struct area_show_view {
	const struct page_view *page;
	const struct area *a;
	const char *word, *parent, *insurer;
	bool may_write, has_persons;
	int64_t persons;
	const struct area_alias *aliases;
	size_t n_aliases;
	struct area_served {
		const struct org_area *o;
		const char *org_pid, *role;
		bool may_end; /* goes on beyond today */
	} *served;
	size_t n_served;
	const struct town_area *towns;
	size_t n_towns;
	struct ui_field org;
	civil today;
};
struct area_edit_view {
	const struct page_view *page;
	const char *action;
	const struct area *a;
	struct ui_field level, parent, insurer;
	bool is_new;
};
/* What a change does, shown before it is saved (town: mapped to an area, ended; area: closed). */
struct area_effect_view {
	const struct page_view *page;
	const char *action, *save_label, *sentence;
	struct town_effect e;
	struct area_effect_move {
		const char *from, *to;
		int64_t persons;
	} *moves;
	size_t n_moves;
	const char *area_pid, *from_text, *last_text, *insurer_pid; /* "" where the form has no such field */
	const struct town_pick *towns;
	const char *const *values; /* of the towns, as the form sends them */
	size_t n_towns;
	civil today;
};
struct area_towns_view {
	const struct page_view *page;
	struct ui_field level, insurer, area, source;
	const char *word;
	bool may_write, is_gaps; /* towns without an area; else those of one area */
	struct town_gaps gaps;
	struct area_town_shown {
		const char *city, *town, *value, *note;
		int64_t persons; /* INT_NULL: not told */
		bool chosen;
	} *rows;
	size_t n_rows;
	bool ask_postal, ask_city, no_areas;
};
struct area_import_view {
	const struct page_view *page;
	bool has_result, was_trial;
	const char *text; /* the file, to be taken over after the trial */
	struct territory_import t;
};
struct area_mismatch_view {
	const struct page_view *page;
	struct ui_field on;
	civil day;
	const char *csv_path;
	struct area_mismatch_shown {
		const struct area_mismatch *m;
		const char *level;
		const char *area_pid, *zone_pid;
		bool first; /* the first line of this district */
		size_t span;
	} *rows;
	size_t n_rows, n_areas;
};
struct area_words_view {
	const struct page_view *page;
	bool may_write;
	struct area_word_shown {
		struct ui_field f;
	} *rows;
	size_t n_rows;
	const char *insurer;
};

/* Shared by the files of these pages. */
bool area_may_write(const struct req *r);
void area_tabs(struct page_view *page);
MUST err area_insurer_field(struct req *r, const char *stored_pid, struct ui_field *f, int64_t *id);
/* Areas of a level that hold today (level NULL: all of them, with the level's word). */
MUST err area_choices(struct req *r, const char *level, const char *name, const char *label, struct ui_field *f);
MUST err area_effect_show(struct req *r, const char *title, struct area_effect_view *v);
MUST err area_follow_later(struct req *r, const struct town_effect *e, const char *path);
MUST err area_show_again(struct req *r, err e);

#endif
