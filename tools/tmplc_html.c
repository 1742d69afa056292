/* The static half of a template: places, white space, and what the content policy forbids. */
#include "tmplc.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void gen_die(const struct gen *g, int line, const char *sentence, const char *what)
{
	fprintf(stderr, "%s:%d: %s%s%s\n", g->path, line, sentence, what ? ": " : "", what ? what : "");
	exit(1);
}

bool gen_one_of(const char *s, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(s, *list) == 0)
			return true;
	return false;
}

bool html_is_url_attr(const char *attr)
{
	return gen_one_of(attr, (const char *const[]){"href", "src", "action", "formaction", "poster", "data", "cite", NULL});
}

bool html_in_value(const struct html *h) { return h->place == VALUE_DQ || h->place == VALUE_SQ; }

/* ---- writing C ---- */

static void c_literal(struct buf *out, const char *p, size_t n)
{
	buf_str(out, "\tbuf_add(b, \"");
	for (size_t i = 0; i < n; i++) {
		char ch = p[i];
		if (ch == '\n')
			buf_str(out, i + 1 < n ? "\\n\"\n\t\t\"" : "\\n");
		else if (ch == '\t')
			buf_str(out, "\\t");
		else if (ch == '"' || ch == '\\' || ch == '?')
			buf_fmt(out, "\\%c", ch);
		else
			buf_char(out, ch);
	}
	buf_fmt(out, "\", %zu);\n", n);
}

void gen_flush(struct gen *g)
{
	if (g->lit.n > 0)
		c_literal(&g->c, g->lit.p, g->lit.n);
	g->lit = buf_new(g->a);
}

void gen_line_mark(struct gen *g, int line) { buf_fmt(&g->c, "#line %d \"%s\"\n", line, g->path); }

static void put(struct gen *g, char ch)
{
	buf_char(&g->lit, ch);
	g->last = (unsigned char)ch;
}

void gen_put_gap(struct gen *g, unsigned char next)
{
	if (g->gap == GAP_SPACE)
		put(g, ' ');
	/* A line break between two Japanese characters is no space. */
	else if (g->gap == GAP_LINE && !(g->last >= 0x80 && next >= 0x80) && g->last != '\n')
		put(g, '\n');
	g->gap = GAP_NONE;
}

/* ---- HTML places ---- */

static void attr_begin_value(struct gen *g, enum place place)
{
	struct html *h = &g->html;
	h->place = place;
	h->prefix[0] = '\0';
	h->value_begun = false;
	if (strcmp(h->attr, "style") == 0)
		gen_die(g, g->line, "style= is blocked by the content policy; use a class", NULL);
	if (strncmp(h->attr, "on", 2) == 0)
		gen_die(g, g->line, "an event attribute is blocked by the content policy; use assets/app.js", h->attr);
	if (strcmp(h->attr, "srcdoc") == 0 || strcmp(h->attr, "srcset") == 0)
		gen_die(g, g->line, "this attribute is not allowed in templates", h->attr);
	if (strcmp(h->tag, "script") == 0 && strcmp(h->attr, "src") == 0)
		h->has_src = true;
}

static void tag_end(struct gen *g)
{
	struct html *h = &g->html;
	h->place = TEXT;
	if (h->closing) {
		if (strcmp(h->raw, h->tag) == 0)
			h->raw[0] = '\0';
		return;
	}
	if (strcmp(h->tag, "style") == 0)
		gen_die(g, g->line, "<style> is blocked by the content policy; use assets/app.css", NULL);
	if (strcmp(h->tag, "script") == 0 && !h->has_src)
		gen_die(g, g->line, "inline <script> is blocked by the content policy; use assets/app.js", NULL);
	if (gen_one_of(h->tag, (const char *const[]){"script", "textarea", "pre", "title", NULL}))
		snprintf(h->raw, sizeof h->raw, "%s", h->tag);
	/* A browser drops the first line break inside these: give it one, so that a text beginning with one keeps it. */
	if ((strcmp(h->tag, "textarea") == 0 || strcmp(h->tag, "pre") == 0) && g->p[1] != '\n')
		put(g, '\n');
}

static void name_add(struct gen *g, char *name, size_t size, char ch)
{
	size_t n = strlen(name);
	if (n + 1 >= size)
		gen_die(g, g->line, "name too long", name);
	name[n] = (char)tolower((unsigned char)ch);
	name[n + 1] = '\0';
}

static void attr_name_begin(struct html *h, char ch)
{
	h->place = ATTR_NAME;
	h->attr[0] = (char)tolower((unsigned char)ch);
	h->attr[1] = '\0';
}

/* One character inside a tag, already known not to begin a directive. */
static void tag_char(struct gen *g, char ch)
{
	struct html *h = &g->html;
	bool space = isspace((unsigned char)ch) != 0;
	switch (h->place) {
	case TAG_NAME:
		if (space)
			h->place = IN_TAG;
		else if (ch != '>' && ch != '/')
			name_add(g, h->tag, sizeof h->tag, ch);
		break;
	case ATTR_NAME:
		if (ch == '=')
			h->place = BEFORE_VALUE;
		else if (space)
			h->place = AFTER_NAME;
		else if (ch != '>' && ch != '/')
			name_add(g, h->attr, sizeof h->attr, ch);
		break;
	case AFTER_NAME:
		if (ch == '=')
			h->place = BEFORE_VALUE;
		else if (!space && ch != '>' && ch != '/')
			attr_name_begin(h, ch);
		break;
	case IN_TAG:
		if (!space && ch != '>' && ch != '/')
			attr_name_begin(h, ch);
		break;
	case BEFORE_VALUE:
		if (ch == '"' || ch == '\'')
			attr_begin_value(g, ch == '"' ? VALUE_DQ : VALUE_SQ);
		else if (!space)
			attr_begin_value(g, VALUE_BARE);
		break;
	case VALUE_BARE:
		if (space)
			h->place = IN_TAG;
		break;
	default:
		break;
	}
	if (ch == '>' && h->place != VALUE_DQ && h->place != VALUE_SQ)
		tag_end(g);
}

static void value_char(struct gen *g, char ch)
{
	struct html *h = &g->html;
	if (ch == (h->place == VALUE_DQ ? '"' : '\'')) {
		h->place = IN_TAG;
		return;
	}
	size_t n = strlen(h->prefix);
	if (!h->value_begun && n + 1 < sizeof h->prefix) {
		h->prefix[n] = ch;
		h->prefix[n + 1] = '\0';
	}
}

static bool raw_space(const struct html *h)
{
	return strcmp(h->raw, "textarea") == 0 || strcmp(h->raw, "pre") == 0;
}

static void text_char(struct gen *g, char ch)
{
	struct html *h = &g->html;
	if (ch == '<' && (isalpha((unsigned char)g->p[1]) || g->p[1] == '/' || g->p[1] == '!')) {
		gen_put_gap(g, '<');
		put(g, ch);
		if (g->p[1] == '!') {
			h->place = DECLARATION;
			return;
		}
		h->closing = g->p[1] == '/';
		h->place = TAG_NAME;
		h->tag[0] = '\0';
		h->attr[0] = '\0';
		h->has_src = false;
		if (h->closing) {
			g->p++;
			put(g, '/');
		}
		return;
	}
	if (ch == '<')
		gen_die(g, g->line, "write &lt; for a bare <", NULL);
	if (isspace((unsigned char)ch) && !raw_space(h)) {
		if (ch == '\n')
			g->gap = GAP_LINE;
		else if (g->gap == GAP_NONE)
			g->gap = GAP_SPACE;
		return;
	}
	if (strcmp(h->raw, "script") == 0)
		gen_die(g, g->line, "inline <script> is blocked by the content policy; use assets/app.js", NULL);
	gen_put_gap(g, (unsigned char)ch);
	put(g, ch);
}

void html_char(struct gen *g, char ch)
{
	struct html *h = &g->html;
	if (h->place == TEXT) {
		text_char(g, ch);
		return;
	}
	if (h->place == DECLARATION) {
		put(g, ch);
		if (ch == '>')
			h->place = TEXT;
		return;
	}
	bool value = html_in_value(h);
	if (isspace((unsigned char)ch)) { /* runs of white space with a line break become one space */
		char out = ch == '\n' || ch == '\t' || ch == '\r' ? ' ' : ch;
		if (!(out == ' ' && g->last == ' '))
			put(g, out);
		if (value)
			value_char(g, out);
		else
			tag_char(g, out);
		return;
	}
	put(g, ch);
	if (value)
		value_char(g, ch);
	else
		tag_char(g, ch);
}
