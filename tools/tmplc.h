/* tmplc's two halves: tmplc.c reads directives and writes C, tmplc_html.c follows where in the HTML we stand. */
#ifndef TSU_TOOLS_TMPLC_H
#define TSU_TOOLS_TMPLC_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

enum place { TEXT, TAG_NAME, IN_TAG, ATTR_NAME, AFTER_NAME, BEFORE_VALUE, VALUE_DQ, VALUE_SQ, VALUE_BARE, MARKUP_COMMENT,
	DECLARATION };

/* Where in the HTML we stand. Compared at the ends of branches. */
struct html {
	enum place place;
	bool closing;      /* inside </tag> */
	char tag[32];      /* of the tag being read */
	char attr[48];
	char raw[16];      /* inside this element white space or content is special: script, textarea, pre, title */
	char prefix[16];   /* the static start of the attribute value */
	bool value_begun;  /* an expression already stands in the value */
	bool has_src;      /* the <script> tag being read has src */
};

struct block {
	bool is_for, has_else, has_end;
	int line;
	struct html start, end; /* end: of the first branch */
	int n_vars;
};

enum { MAX_BLOCKS = 32, MAX_VARS = 64 };
/* White space seen and not yet written. */
enum gap { GAP_NONE, GAP_SPACE, GAP_LINE };

struct gen {
	struct arena *a;
	const char *path, *p;
	int line;
	struct buf lit, c, h;
	int lit_line;
	struct html html;
	enum gap gap;
	unsigned char last; /* the last literal byte written; 0 after code */
	struct block blocks[MAX_BLOCKS];
	int n_blocks;
	char vars[MAX_VARS][48]; /* pointer names: v. becomes v-> */
	int n_vars;
	bool in_function;
};

_Noreturn void gen_die(const struct gen *g, int line, const char *sentence, const char *what);
bool gen_one_of(const char *s, const char *const *list);
void gen_flush(struct gen *g);               /* the literal so far becomes code */
void gen_line_mark(struct gen *g, int line); /* #line: the C compiler's complaints name the template */
void gen_put_gap(struct gen *g, unsigned char next);

bool html_is_url_attr(const char *attr);
bool html_in_value(const struct html *h);
void html_char(struct gen *g, char ch); /* one character of static HTML; may take g->p one further */

#endif
