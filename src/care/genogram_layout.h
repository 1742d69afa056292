/* genogram_layout — where the people and lines of a family picture stand (F034, ux U42). Pure: no store, no clock.
 *
 * Japanese custom: □ man, ○ woman, ◇ unknown; generations from top to bottom, the older to the left, marriages of one
 * person from left to right in their order; those who live together inside one dashed outline.
 * How it is sure that no line crosses a shape: people stand in rows, each in a slot of its own. Lines across run beside
 * a row in the bands between rows (or straight between two neighbours), lines down run in the gutters between slots.
 * A tie that does not fit its generations (an uncle who marries his niece) is not drawn and counted in n_undrawn: the
 * table beside the picture names it.
 *
 * Units: 0.1 mm. Ownership: arena; the input is borrowed. Tests: tests/unit/test_care_genogram.c.
 */
#ifndef TSU_CARE_GENOGRAM_LAYOUT_H
#define TSU_CARE_GENOGRAM_LAYOUT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GENO_NOBODY = -1, GENO_PEOPLE_MAX = 120 };
enum geno_sex { GENO_UNKNOWN, GENO_MAN, GENO_WOMAN };

struct geno_person {
	const char *key;         /* for the picture and its forms; borrowed */
	const char *name, *kin;  /* 見本 花江, 長女 */
	enum geno_sex sex;
	int born;                /* year, 0 = unknown */
	int age;                 /* today or at death; -1 = unknown */
	int order;               /* among siblings, where it was set by hand; 0 = by birth */
	int generation;          /* hint for those without a tie: 0 = the client's, 1 = children … */
	bool deceased, is_client, is_key, is_carer, together;
};

enum geno_kind { GENO_COUPLE, GENO_SEPARATED, GENO_EX, GENO_PARTNER, GENO_PARENT, GENO_ADOPTED, GENO_SIBLING };
struct geno_tie {
	enum geno_kind kind;
	int a, b;                /* PARENT, ADOPTED: a is the parent of b */
	int order;               /* of marriages; 0 = as given */
	bool drawn;              /* out */
};

/* Sizes: the page and the sheet of its own; and the small box of a form (続柄 without names). */
struct geno_size {
	int slot, shape, text, lines, label_w, gap, min_w, margin; /* gap: least height of a band */
	bool names;
};
extern const struct geno_size GENO_SIZE_PAGE, GENO_SIZE_BOX;

struct geno_place {
	int x, y;                /* centre of the shape */
	int row;
	bool loose;              /* no line leads here */
};
struct geno_line {
	enum geno_kind kind;
	int tie;                 /* a tie it belongs to; -1: the bar of a sibship */
	const int *xy;
	size_t n_points;
	int mark_x, mark_y;      /* couples: where / or // stands */
};
struct geno_outline {
	const int *xy;           /* closed */
	size_t n_points;
};
struct geno_layout {
	const struct geno_size *size;
	struct geno_place *at;   /* as many as people */
	struct geno_line *lines;
	size_t n_lines;
	struct geno_outline *outlines;
	size_t n_outlines;
	size_t n_undrawn;
	int w, h, n_rows;
};

/* people[0..n), exactly one of them the client; ties may be in any order and are marked when drawn. */
struct geno_layout *geno_layout(struct arena *a, const struct geno_size *size, const struct geno_person *people, size_t n,
                                struct geno_tie *ties, size_t n_ties);

/* ---- shared by genogram_order, genogram_layout and genogram_outline ---- */
struct geno_union {
	int member[2];           /* GENO_NOBODY: a parent who is not known */
	int n_members;
	enum geno_kind kind;
	int tie;                 /* -1: known by a child or as siblings alone */
	int order;
	int *child;
	int n_children;
	int *child_tie;          /* beside child: its tie to one of the members, or -1 */
};
enum { GENO_ROWS_MAX = 16 };
struct geno_work {
	struct arena *a;
	const struct geno_size *size;
	const struct geno_person *p;
	struct geno_tie *ties;
	size_t n, n_ties;
	int *generation;
	bool *seen;
	int *parents;            /* union each one is a child of, or -1 */
	struct geno_union *u;
	int n_unions;
	int *row[GENO_ROWS_MAX]; /* people from left to right */
	int n_row[GENO_ROWS_MAX], n_rows;
	struct geno_layout *out;
	int row_y[GENO_ROWS_MAX + 1]; /* top of the shapes; [n_rows]: end */
};
void geno_order(struct geno_work *w);
void geno_outline_make(struct geno_work *w);
int geno_row_height(const struct geno_size *s);

#endif
