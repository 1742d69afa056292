/* pages/drawing — 家族構成図 (genogram, F034) and エコマップ (F035): the picture, a table of the same things, and plain
 * forms for every act; assets/drawing.js adds keys and clicks on the picture. One form at a time, chosen by the address:
 * ?add=person|tie|node, ?who=<key>, ?tie=<pid>.
 * Ownership: arena of the request. Tests: tests/http/test_drawing.py, tests/browser/drawing.mjs. */
#ifndef TSU_WEB_PAGES_DRAWING_H
#define TSU_WEB_PAGES_DRAWING_H

#include "care/ecomap.h"
#include "care/genogram.h"
#include "web/page.h"

enum drawing_mode { DRAW_NO_FORM, DRAW_ADD, DRAW_PERSON, DRAW_TIE };

struct genogram_row {
	const struct genogram_entry *e;
	const struct geno_person *p;
	const char *sex, *age, *state, *ties, *edit_path;
};
struct drawing_bar {
	const char *base;       /* /persons/<pid>/genogram */
	struct drawing_steps steps;
	bool may_write, may_print;
};
struct genogram_view {
	const struct page_view *page;
	const struct genogram *g;
	struct drawing_bar bar;
	const char *locked_word;
	bool is_locked;
	struct html_safe svg;
	struct genogram_row *rows;
	const char **undrawn;   /* ties without a line, in words */
	size_t n_undrawn;
	const char **loose;     /* names */
	size_t n_loose;
	enum drawing_mode mode;
	const struct genogram_entry *who; /* DRAW_PERSON */
	const struct geno_person *who_person;
	const struct genogram_tie *tie;   /* DRAW_TIE: NULL = a new one */
	const char *who_path;   /* page of a person of the register; "" */
	struct ui_field kind, sex, living, tie_kind, tie_to, a, b;
	struct ui_field tie_code;
	const struct genogram_tie *own_ties; /* of `who`, said by hand */
	size_t n_own_ties;
	const char **own_words;
};

struct ecomap_row {
	const struct ecomap_node *n;
	const char *period, *edit_path, *ties;
};
struct ecomap_tie_row {
	const struct ecomap_tie *t;
	const char *from, *to, *period, *edit_path;
};
struct ecomap_view {
	const struct page_view *page;
	const struct ecomap *e;
	struct drawing_bar bar;
	const char *locked_word;
	bool is_locked;
	struct html_safe svg, svg_with;
	civil on, with;
	const char *on_text, *with_text, *pdf_path;
	struct ecomap_row *rows;
	struct ecomap_tie_row *ties;
	enum drawing_mode mode;
	const struct ecomap_node *who;
	const struct ecomap_tie *tie;
	struct ui_field kind, relation, strength, flow, a, b;
	const struct org *hits;
	size_t n_hits;
};

#endif
