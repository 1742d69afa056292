/* print_flow — a form's print.json together with answers, as boxes in rows of known height; not yet on pages.
 *
 * Inside the form room only: form/print puts it on pages, form/sheet into a workbook. docs/print-layout.md describes
 * print.json. Every text is measured with the fonts that will print it; a box whose text does not fit is made one step
 * smaller if it may shrink, and then its row grows: nothing is ever cut.
 *
 * A row ("slice") is a strip over the whole width. A box covers the slices from..to. Units: 0.1 mm, x from the left
 * edge of the paper. Ownership: arena of the pdf. Errors: ERR_FORM_DEF (print_check tells what is wrong).
 */
#ifndef TSU_FORM_PRINT_FLOW_H
#define TSU_FORM_PRINT_FLOW_H

#include "codec/qr.h"
#include "form/print.h"
#include "form/radar.h"

enum print_mark { MARK_NONE, MARK_CIRCLE, MARK_CHECK };
enum { PRINT_TOP = 1, PRINT_RIGHT = 2, PRINT_BOTTOM = 4, PRINT_LEFT = 8 };

/* One option of a question: its label and whether it is chosen. x, y from the corner of the box's inside. */
struct print_chip {
	const struct pdf_text *text;
	const char *label;
	bool on;
	int x, y, w, h;
};

struct print_box {
	int x, w, from, to;
	int h;                       /* as laid out, before growing */
	struct pdf_style style;
	const char *string;          /* what the text says; "" if nothing */
	const struct pdf_text *text; /* NULL: chips or nothing */
	struct print_chip *chips;
	size_t n_chips;
	enum print_mark mark;
	bool value;                  /* comes from the answers: goes on where it stopped; a label is drawn on every page */
	const struct drawing *drawing; /* takes the place of the text; NULL = none */
	const struct qr *qr;         /* a code drawn in the box; the text stands beside it in another box */
	bool radar, shrink;
	bool shown;                  /* a heading over several rows has been drawn once */
	unsigned border;
	int border_pt100;
	int fill;                    /* gray or PDF_NO_FILL */
	int pad;                     /* left and right */
	size_t cursor;               /* lines already drawn */
};

struct print_slice {
	int h, min_h;            /* after and before growing */
	int own_h;               /* grown for the boxes that stand in this slice alone */
	bool page_before;        /* begins a new page, and a new set of repeated heads */
	bool repeat;             /* page head: drawn again on the pages that follow */
	int head_from, head_to;  /* slices of the table head to draw again; -1 = none */
	int keep_to;             /* last slice that should stand on the same page; -1 = none */
	int cols, col_step;      /* of a columns block: how many, and how far apart; 0 = none */
	bool cols_end;           /* the last row of a columns block */
	int filler;              /* the slice that fills what is left of the columns; -1 = none */
	bool is_filler;
};

struct print_flow {
	struct pdf *pdf;
	const struct print_job *job;
	int paper_w, paper_h, left, right, top, bottom; /* left..right and top..bottom are used */
	struct pdf_style style;
	struct print_box *boxes;
	size_t n_boxes, cap_boxes;
	struct print_slice *slices;
	size_t n_slices, cap_slices;
	const struct radar *radar;
	const struct week_grid *week; /* 第3表, when first asked for */
	struct rule_outcome *outcomes; /* by rule, worked out when first asked for */
	const char *why;         /* the first thing wrong with print.json; NULL if none */
	struct arena *arena;
};

enum { PRINT_VPAD = 4, PRINT_PICTURE_PAD = 10, PRINT_PICTURE_LEAST_PT10 = 45 };

/* print: print.json of the form, or NULL for the plain layout in the order of the definition. */
MUST err print_flow_make(struct pdf *p, const struct print_job *job, struct print_flow **out);

/* ---- print_value.c: what a box says ---- */
struct print_scope {
	const struct answers *as;      /* root */
	const struct answers *row;     /* row of the list being drawn, or NULL (also for empty rows) */
	size_t row_no;                 /* 1 = the first row of the list, also for empty rows; 0 = no list */
	const struct form_item *list;  /* the list being drawn */
	const struct form_item *each;  /* the item of an "each" row */
	const struct rule *rule;       /* the rule of an "each_rule" row */
	civil today;
	struct print_flow *flow;       /* for why */
};
/* The text of a box or part; *value is set if it comes from the answers. */
const char *print_value_text(const struct print_scope *s, const struct json *box, bool *value);
/* The options of a box with "mark"; labels and which are on. n = 0 if the box has none. */
struct print_chip *print_value_chips(const struct print_scope *s, const struct json *box, size_t *n);
/* False where all that a block's "if" names is blank, no, or a list without rows, or its "on" the other kind of output. */
bool print_value_if(const struct print_scope *s, const struct json *block);
/* Do the row in hand and the row before it agree in the columns that "span_by" names? Never where the first of
 * them is blank. */
bool print_value_same(const struct print_scope *s, const struct json *span_by, const struct answers *before);
/* ---- print_week.c: 第3表 ---- */
/* {"week_rows": {"slots": "…", "activities": "…"}}: the week in rows of half an hour, for a workbook: 区分, times, seven days (stays that
 * meet side by side) and 主な日常生活上の活動, over the whole width. What has neither day nor time is said in a row below. */
void print_week_rows(struct print_flow *f, const struct json *week, const struct print_scope *s);
/* The week that a box {"week": {"slots": "…", "activities": "…"}} draws, w × h; made once. */
const struct week_grid *print_value_week(const struct print_scope *s, const struct json *week, int w, int h);
/* The words that stand in place of the picture of a box {"drawing": "item"}; *d the picture, NULL if none was given. */
const char *print_value_picture(const struct print_scope *s, const char *item, const struct drawing **d);
enum print_mark print_value_mark(const struct json *box);
void print_wrong(struct print_flow *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* For the modules that make rows themselves. A new slice is h high; the text of a box is set when all else in it stands. */
struct print_box *print_box_new(struct print_flow *f);
int print_slice_new(struct print_flow *f, int h);
void print_box_set_text(struct print_flow *f, struct print_box *b);

/* ---- print_auto.c ---- */
const struct json *print_auto(struct arena *a, const struct form_def *d);

#endif
