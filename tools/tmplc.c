/* tmplc — templates/<area>/<name>.html to C functions (build time). Usage: tmplc IN.html OUT.h OUT.c
 *
 * The language is described in docs/templates.md. What this program guarantees: every value is escaped for the place
 * where it stands; a value (or anything at all) where the content policy forbids it is an error here, not a hole
 * in a page; expressions are C, so a wrong type or a missing member is an error of the C compiler at the template's
 * own line. Faults are printed as "file:line: sentence" with exit code 1.
 * Tests: tests/unit/test_tmplc.c with tests/golden/tmplc. */
#include "tmplc.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- expressions ---- */

static bool word_char(char ch) { return isalnum((unsigned char)ch) || ch == '_'; }

/* Past a string or character literal; p stands on its quote. */
static const char *skip_quoted(const char *p)
{
	char q = *p++;
	while (*p && *p != q)
		p += *p == '\\' && p[1] ? 2 : 1;
	return *p ? p + 1 : p;
}

static bool is_var(const struct gen *g, const char *p, size_t n)
{
	for (int i = g->n_vars - 1; i >= 0; i--)
		if (strlen(g->vars[i]) == n && memcmp(g->vars[i], p, n) == 0)
			return true;
	return false;
}

/* v.name becomes v->name where v is a parameter or loop variable. */
static const char *c_expr(struct gen *g, const char *e, int line)
{
	struct buf out = buf_new(g->a);
	int depth = 0;
	if (str_blank(e))
		gen_die(g, line, "an expression is missing", NULL);
	for (const char *p = e; *p;) {
		if (*p == '"' || *p == '\'') {
			const char *q = skip_quoted(p);
			buf_add(&out, p, (size_t)(q - p));
			p = q;
			continue;
		}
		if (isalpha((unsigned char)*p) || *p == '_') {
			const char *q = p;
			while (word_char(*q))
				q++;
			bool member = p > e && (p[-1] == '.' || (p[-1] == '>' && p > e + 1 && p[-2] == '-'));
			buf_add(&out, p, (size_t)(q - p));
			if (*q == '.' && !member && is_var(g, p, (size_t)(q - p))) {
				buf_str(&out, "->");
				q++;
			}
			p = q;
			continue;
		}
		if (*p == ';' || (*p == '/' && (p[1] == '/' || p[1] == '*')))
			gen_die(g, line, "not allowed in an expression", e);
		depth += *p == '(' ? 1 : *p == ')' ? -1 : 0;
		if (depth < 0)
			gen_die(g, line, "unbalanced parenthesis", e);
		buf_char(&out, *p == '\n' ? ' ' : *p);
		p++;
	}
	if (depth != 0)
		gen_die(g, line, "unbalanced parenthesis", e);
	return out.p;
}

static bool url_prefix_safe(const struct html *h)
{
	const char *s = h->prefix;
	if (s[0] == '/')
		return s[1] != '/' && s[1] != '\\';
	return s[0] == '#' || s[0] == '?' || s[0] == '\2' || strncmp(s, "tel:", 4) == 0 || strncmp(s, "mailto:", 7) == 0;
}

static void value_place_check(struct gen *g, int line, const char *e)
{
	struct html *h = &g->html;
	if (strcmp(h->raw, "script") == 0)
		gen_die(g, line, "a value inside <script>", e);
	if (h->place == TEXT || html_in_value(h))
		return;
	if (h->place == BEFORE_VALUE || h->place == VALUE_BARE)
		gen_die(g, line, "quote the attribute value", h->attr);
	gen_die(g, line, "a value may not stand here (only text and quoted attribute values)", e);
}

static const char *const typed[] = {"int", "num", "date", "datew", "dates", "dateiso", "time", "timeiso", "clock", "raw", "url",
	NULL};

static void value(struct gen *g, const char *d, int line)
{
	struct html *h = &g->html;
	char word[16] = "";
	size_t n = 0;
	while (word_char(d[n]))
		n++;
	if (n > 0 && n < sizeof word && isspace((unsigned char)d[n])) {
		memcpy(word, d, n);
		word[n] = '\0';
	}
	const char *fn = gen_one_of(word, typed) ? word : "";
	const char *e = c_expr(g, *fn ? d + n + 1 : d, line);
	value_place_check(g, line, d);
	bool attr = html_in_value(h), url = attr && html_is_url_attr(h->attr);
	if (strcmp(fn, "raw") == 0 && h->place != TEXT)
		gen_die(g, line, "{{raw}} may stand only in element text", d);
	if (strcmp(fn, "url") == 0) {
		if (!url)
			gen_die(g, line, "{{url}} belongs in href, src, action", d);
		if (h->prefix[0] != '\0' || h->value_begun)
			gen_die(g, line, "{{url}} must be the beginning of the attribute value", d);
		h->prefix[0] = '\2'; /* the helper lets only safe addresses pass */
		h->prefix[1] = '\0';
	} else if (url && !url_prefix_safe(h)) {
		gen_die(g, line, "an address must begin with a static / or use {{url …}}", d);
	}
	gen_put_gap(g, 'x');
	gen_flush(g);
	gen_line_mark(g, line);
	buf_fmt(&g->c, "\thtml_%s(b, %s);\n", *fn ? fn : url ? "urlpart" : attr ? "attr" : "text", e);
	h->value_begun = attr || h->value_begun;
	g->last = 'x';
}

/* ---- blocks ---- */

static bool same_place(struct gen *g, struct html *a, const struct html *b)
{
	if (a->place != b->place || strcmp(a->raw, b->raw) != 0)
		return false;
	if (a->place == TEXT)
		return true;
	if (strcmp(a->tag, b->tag) != 0 || (html_in_value(a) && strcmp(a->attr, b->attr) != 0))
		return false;
	(void)g;
	if (html_in_value(a) && strcmp(a->prefix, b->prefix) != 0 && !(url_prefix_safe(a) && url_prefix_safe(b)))
		strcpy(a->prefix, "\1"); /* no expression may follow in an address */
	return true;
}

/* An attribute without a value ends where the branch ends: <option{{if x}} selected{{end}}>. */
static void settle(struct gen *g)
{
	if (g->html.place == ATTR_NAME || g->html.place == AFTER_NAME || g->html.place == TAG_NAME)
		g->html.place = IN_TAG;
}

static struct block *top(struct gen *g, int line, const char *what)
{
	if (g->n_blocks == 0)
		gen_die(g, line, "without {{if}} or {{for}}", what);
	return &g->blocks[g->n_blocks - 1];
}

static void code(struct gen *g, int line)
{
	if (g->gap == GAP_SPACE)
		gen_put_gap(g, 'x');
	gen_flush(g);
	gen_line_mark(g, line);
}

static struct block *block_open(struct gen *g, int line, bool is_for)
{
	if (g->n_blocks == MAX_BLOCKS)
		gen_die(g, line, "blocks nested too deep", NULL);
	settle(g);
	if (g->html.place != TEXT && g->html.place != IN_TAG && !html_in_value(&g->html))
		gen_die(g, line, "a block may not begin here", NULL);
	code(g, line);
	struct block *k = &g->blocks[g->n_blocks++];
	*k = (struct block){.is_for = is_for, .line = line, .start = g->html, .n_vars = g->n_vars};
	return k;
}

static void block_if(struct gen *g, const char *e, int line)
{
	block_open(g, line, false);
	buf_fmt(&g->c, "\tif (%s) {\n", c_expr(g, e, line));
}

static void branch_end(struct gen *g, struct block *k, int line)
{
	settle(g);
	if (k->has_end) {
		if (!same_place(g, &g->html, &k->end))
			gen_die(g, line, "the branches of {{if}} end in different places of the HTML", NULL);
	} else {
		k->end = g->html;
		k->has_end = true;
	}
	code(g, line);
}

static void block_else(struct gen *g, const char *e, int line)
{
	struct block *k = top(g, line, e ? "{{elif}}" : "{{else}}");
	if (k->is_for || k->has_else)
		gen_die(g, line, "{{else}} does not fit here", NULL);
	branch_end(g, k, line);
	g->html = k->start;
	k->has_else = e == NULL;
	if (e)
		buf_fmt(&g->c, "\t} else if (%s) {\n", c_expr(g, e, line));
	else
		buf_str(&g->c, "\t} else {\n");
}

static void block_end(struct gen *g, int line)
{
	struct block *k = top(g, line, "{{end}}");
	branch_end(g, k, line);
	if (!k->has_else && !same_place(g, &g->html, &k->start))
		gen_die(g, line, "the block ends in another place of the HTML than it began", NULL);
	g->n_vars = k->n_vars;
	g->n_blocks--;
	buf_str(&g->c, "\t}\n");
}

static void add_var(struct gen *g, const char *p, size_t n, int line)
{
	if (g->n_vars == MAX_VARS || n >= sizeof g->vars[0])
		gen_die(g, line, "too many or too long names", NULL);
	memcpy(g->vars[g->n_vars], p, n);
	g->vars[g->n_vars++][n] = '\0';
}

/* {{for r in LIST n COUNT}} */
static void block_for(struct gen *g, const char *d, int line)
{
	const char *usage = "write {{for row in list n count}}";
	size_t n = 0;
	while (word_char(d[n]))
		n++;
	const char *list = d + n;
	while (isspace((unsigned char)*list))
		list++;
	if (n == 0 || strncmp(list, "in ", 3) != 0)
		gen_die(g, line, usage, d);
	list += 3;
	const char *count = NULL;
	for (const char *p = list; (p = strstr(p, " n ")) != NULL; p++)
		count = p;
	if (!count)
		gen_die(g, line, usage, d);
	const char *list_c = c_expr(g, arena_strn(g->a, list, (size_t)(count - list)), line);
	const char *count_c = c_expr(g, count + 3, line);
	char *var = arena_strn(g->a, d, n);
	block_open(g, line, true);
	buf_fmt(&g->c, "\tfor (size_t %s_i = 0; %s_i < (size_t)(%s); %s_i++) {\n", var, var, count_c, var);
	buf_fmt(&g->c, "\tconst __typeof__((%s)[0]) *%s = &(%s)[%s_i];\n\t(void)%s;\n", list_c, var, list_c, var, var);
	add_var(g, d, n, line);
}

/* {{call part(args)}} */
static void call(struct gen *g, const char *d, int line)
{
	const char *paren = strchr(d, '(');
	size_t n = strlen(d);
	if (!paren || paren == d || d[n - 1] != ')')
		gen_die(g, line, "write {{call part(arguments)}}", d);
	if (g->html.place != TEXT || g->html.raw[0] != '\0')
		gen_die(g, line, "{{call}} may stand only between elements", d);
	const char *args = arena_strn(g->a, paren + 1, (size_t)(d + n - 1 - paren - 1));
	code(g, line);
	buf_fmt(&g->c, "\ttmpl_%.*s(b%s%s);\n", (int)(paren - d), d, str_blank(args) ? "" : ", ",
		str_blank(args) ? "" : c_expr(g, args, line));
	g->last = '\n';
}

/* From behind {{ to behind }}; the text between. Braces of compound literals and strings are skipped. */
static char *directive_read(struct gen *g, int line)
{
	const char *start = g->p + 2, *p = start;
	int depth = 0;
	for (; *p; p++) {
		if (*p == '"' && start[0] != '#') {
			p = skip_quoted(p) - 1;
			continue;
		}
		if (*p == '{')
			depth++;
		if (*p == '}' && depth > 0)
			depth--;
		else if (*p == '}' && p[1] == '}')
			break;
	}
	if (*p == '\0')
		gen_die(g, line, "{{ without }}", NULL);
	for (const char *q = start; q < p; q++)
		g->line += *q == '\n';
	g->p = p + 2;
	return str_trim(g->a, arena_strn(g->a, start, (size_t)(p - start)));
}

static bool word(const char *d, const char *w, const char **rest)
{
	size_t n = strlen(w);
	if (strncmp(d, w, n) != 0 || (d[n] != '\0' && !isspace((unsigned char)d[n])))
		return false;
	for (*rest = d + n; isspace((unsigned char)**rest);)
		++*rest;
	return true;
}

static void directive(struct gen *g)
{
	int line = g->line;
	const char *d = directive_read(g, line), *rest;
	if (d[0] == '#')
		return;
	if (!g->in_function)
		gen_die(g, line, "text before the first <!--tmpl …--> line", NULL);
	if (word(d, "if", &rest))
		block_if(g, rest, line);
	else if (word(d, "elif", &rest))
		block_else(g, rest, line);
	else if (word(d, "else", &rest))
		block_else(g, NULL, line);
	else if (word(d, "end", &rest))
		block_end(g, line);
	else if (word(d, "for", &rest))
		block_for(g, rest, line);
	else if (word(d, "call", &rest))
		call(g, rest, line);
	else
		value(g, d, line);
}

/* ---- functions ---- */

static void function_close(struct gen *g)
{
	if (!g->in_function)
		return;
	if (g->n_blocks > 0)
		gen_die(g, g->blocks[g->n_blocks - 1].line, "this block has no {{end}}", NULL);
	if (g->html.place != TEXT)
		gen_die(g, g->line, "the template ends inside a tag", NULL);
	g->gap = g->gap == GAP_SPACE ? GAP_NONE : g->gap;
	gen_put_gap(g, 'x');
	gen_flush(g);
	buf_str(&g->c, "}\n");
}

/* Remember the pointer parameters, and mark all as used. */
static void params(struct gen *g, const char *list, int line)
{
	size_t n;
	if (str_blank(list) || strcmp(list, "void") == 0)
		return;
	char **part = str_split(g->a, list, ',', &n);
	for (size_t i = 0; i < n; i++) {
		char *s = str_trim(g->a, part[i]);
		size_t end = strlen(s), start = end;
		while (start > 0 && word_char(s[start - 1]))
			start--;
		if (start == end)
			gen_die(g, line, "a parameter without a name", s);
		if (start > 0 && strchr(s, '*'))
			add_var(g, s + start, end - start, line);
		buf_fmt(&g->c, "\t(void)%s;\n", s + start);
	}
}

/* <!--tmpl name(params) include "x.h" …--> ; head is the text between. */
static void function_open(struct gen *g, const char *head, int line)
{
	function_close(g);
	const char *usage = "write <!--tmpl name(const struct x *v) include \"room/header.h\"-->";
	const char *open = strchr(head, '('), *close = open ? strchr(open, ')') : NULL;
	if (!close || open == head)
		gen_die(g, line, usage, head);
	for (const char *p = strstr(close, "include \""); p; p = strstr(p, "include \"")) {
		p += strlen("include \"");
		const char *q = strchr(p, '"');
		if (!q)
			gen_die(g, line, usage, head);
		buf_fmt(&g->h, "#include \"%.*s\"\n", (int)(q - p), p);
		p = q + 1;
	}
	char *name = str_trim(g->a, arena_strn(g->a, head, (size_t)(open - head)));
	char *list = str_trim(g->a, arena_strn(g->a, open + 1, (size_t)(close - open - 1)));
	bool none = str_blank(list) || strcmp(list, "void") == 0;
	buf_fmt(&g->h, "void tmpl_%s(struct buf *b%s%s);\n", name, none ? "" : ", ", none ? "" : list);
	buf_fmt(&g->c, "\nvoid tmpl_%s(struct buf *b%s%s)\n{\n", name, none ? "" : ", ", none ? "" : list);
	g->n_vars = 0;
	g->html = (struct html){.place = TEXT};
	g->gap = GAP_NONE;
	g->last = '\n';
	g->in_function = true;
	params(g, list, line);
}

static void comment(struct gen *g)
{
	int line = g->line;
	const char *start = g->p + 4, *end = strstr(start, "-->");
	if (!end)
		gen_die(g, line, "<!-- without -->", NULL);
	for (const char *q = start; q < end; q++)
		g->line += *q == '\n';
	char *text = str_trim(g->a, arena_strn(g->a, start, (size_t)(end - start)));
	g->p = end + 3;
	if (strncmp(text, "tmpl ", 5) == 0)
		function_open(g, str_trim(g->a, text + 5), line);
}

static void compile(struct gen *g)
{
	while (*g->p) {
		if (g->p[0] == '{' && g->p[1] == '{') {
			directive(g);
			continue;
		}
		if (g->html.place == TEXT && strncmp(g->p, "<!--", 4) == 0) {
			comment(g);
			continue;
		}
		char ch = *g->p;
		if (!g->in_function && !isspace((unsigned char)ch))
			gen_die(g, g->line, "text before the first <!--tmpl …--> line", NULL);
		if (g->in_function)
			html_char(g, ch);
		g->line += ch == '\n';
		g->p++;
	}
	function_close(g);
	if (!g->in_function)
		gen_die(g, 1, "no <!--tmpl …--> line", NULL);
}

/* ---- files ---- */

static char *slurp(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f) {
		perror(path);
		exit(1);
	}
	struct buf b = buf_new(a);
	char chunk[8192];
	for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) > 0;)
		buf_add(&b, chunk, n);
	fclose(f);
	if (!str_utf8_valid(b.p, b.n)) {
		fprintf(stderr, "%s:1: not UTF-8\n", path);
		exit(1);
	}
	return str_lf(a, b.p);
}

static void spit(const char *path, const char *head, const struct buf *body, const char *tail)
{
	FILE *f = fopen(path, "wb");
	if (!f || fputs(head, f) < 0 || fwrite(body->p, 1, body->n, f) != body->n || fputs(tail, f) < 0 || fclose(f) != 0) {
		perror(path);
		exit(1);
	}
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fputs("usage: tmplc IN.html OUT.h OUT.c\n", stderr);
		return 2;
	}
	struct arena *a = arena_new((size_t)64 << 20);
	struct gen *g = ARENA_NEW(a, struct gen);
	const char *shown = strstr(argv[1], "templates/"); /* the same text wherever the tree stands */
	shown = shown ? shown : strstr(argv[1], "tests/golden/");
	*g = (struct gen){.a = a, .path = shown ? shown : argv[1], .line = 1, .lit = buf_new(a), .c = buf_new(a), .h = buf_new(a)};
	g->p = slurp(a, argv[1]);
	compile(g);
	const char *base = strrchr(argv[2], '/') ? strrchr(argv[2], '/') + 1 : argv[2];
	char *guard = arena_fmt(a, "TMPL_%s", base);
	for (char *p = guard; *p; p++)
		*p = word_char(*p) ? (char)toupper((unsigned char)*p) : '_';
	spit(argv[2], arena_fmt(a, "/* made by tmplc from %s */\n#ifndef %s\n#define %s\n\n#include \"base/buf.h\"\n", g->path, guard, guard),
		&g->h, "\n#endif\n");
	spit(argv[3], arena_fmt(a, "/* made by tmplc from %s */\n#include \"tmpl/%s\"\n#include \"web/res_html.h\"\n", g->path, base), &g->c,
		"");
	arena_free(a);
	return 0;
}
