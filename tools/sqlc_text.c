/* The text of one statement: {{…}} expansion, parameters to ?N, and the refusal of unscoped reads. See tools/sqlc.h.
 *
 * The scope check works per SELECT block: a block that reads a table about a person must hold a {{scope}},
 * {{scope_row}} or {{own}} itself, or stand inside a block that does. Arms of a UNION are blocks of their own, so no
 * arm hides behind another. A scope in an optional line does not count. */
#include "tools/sqlc.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const actions[ACTION_COUNT] = {"see", "write", "print", "export", "give"};

static int class_by_code(const char *code)
{
	for (int bit = 1; bit < 1 << CLASS_COUNT; bit <<= 1)
		if (strcmp(class_code(bit), code) == 0)
			return bit;
	return 0;
}

static int param(struct stmt *q, int line, enum query_source source, int arg)
{
	for (size_t i = 0; i < q->n_params; i++)
		if (q->params[i].source == source && q->params[i].arg == arg)
			return (int)i + 1;
	if (q->n_params == MAX_PARAMS)
		die(q->file, line, "%s: more than %d parameters", q->name, MAX_PARAMS);
	q->params[q->n_params++] = (struct query_param){source, arg};
	return (int)q->n_params;
}

static int may(struct stmt *q, int line, int class_i, int action)
{
	return param(q, line, PARAM_MAY, class_i * ACTION_COUNT + action);
}

/* A column cluster_id asks the grants at once; any other names a person, whose cluster is looked up first. */
static void scope_head(struct stmt *q, struct buf *b, int line, const char *person)
{
	/* one after the other: the order of arguments is the compiler's, the order of parameters is ours */
	int all = param(q, line, PARAM_ALL, 0), org = param(q, line, PARAM_ORG, 0), account = param(q, line, PARAM_ACCOUNT, 0);
	int role = param(q, line, PARAM_ROLE_CLASS, 0);
	const char *from = str_ends(person, ".cluster_id") ? "access_grant sg WHERE sg.cluster_id"
		: "person sp JOIN access_grant sg ON sg.cluster_id = sp.cluster_id WHERE sp.id";
	buf_fmt(b, "(?%d = 1 OR EXISTS (SELECT 1 FROM %s = %s AND sg.org_id = ?%d AND (sg.account_id = 0 OR sg.account_id = ?%d)"
		" AND (sg.role_classes & ?%d) <> 0", all, from, person, org, account, role);
}

static void scope_tail(struct stmt *q, struct buf *b, int line)
{
	int today = param(q, line, PARAM_TODAY, 0);
	buf_fmt(b, " AND sg.from_on <= ?%d AND sg.to_on >= ?%d))", today, today);
}

/* macro: the words between {{ and }}. */
static void expand(struct sqlc *s, struct stmt *q, struct buf *b, int line, const char *macro)
{
	char *v[3] = {0};
	size_t n = 0;
	for (const char *p = macro; *p;) {
		p += strspn(p, " \t\n");
		size_t len = strcspn(p, " \t\n");
		if (len && n == 3)
			die(q->file, line, "%s: {{%s}}: too many words", q->name, macro);
		if (len)
			v[n++] = arena_strn(s->a, p, len);
		p += len;
	}
	if (n != 3)
		die(q->file, line, "%s: {{%s}}: write {{scope class column}}, {{scope_row column column}} or {{own class column}}", q->name, macro);
	char *colon = strchr(v[1], ':');
	int action = ACTION_SEE;
	if (colon) {
		*colon = '\0';
		for (action = 0; action < ACTION_COUNT && strcmp(actions[action], colon + 1) != 0; action++)
			;
		if (action == ACTION_COUNT)
			die(q->file, line, "%s: {{%s}}: no action \"%s\" (see write print export give)", q->name, macro, colon + 1);
	}
	bool row = strcmp(v[0], "scope_row") == 0;
	int bit = row ? 0 : class_by_code(v[1]);
	if (!row && !bit)
		die(q->file, line, "%s: {{%s}}: \"%s\" is no record class", q->name, macro, v[1]);
	if (row) {
		scope_head(q, b, line, v[2]);
		buf_fmt(b, " AND (sg.classes & %s) <> 0 AND (sg.relation & CASE %s", v[1], v[1]);
		for (int i = 0; i < CLASS_COUNT; i++)
			buf_fmt(b, " WHEN %d THEN ?%d", 1 << i, may(q, line, i, action));
		buf_str(b, " ELSE 0 END) <> 0");
		scope_tail(q, b, line);
	} else if (strcmp(v[0], "scope") == 0) {
		scope_head(q, b, line, v[2]);
		buf_fmt(b, " AND (sg.classes & %d) <> 0 AND (sg.relation & ?%d) <> 0", bit, may(q, line, class_index(bit), action));
		scope_tail(q, b, line);
	} else if (strcmp(v[0], "own") == 0) {
		int all = param(q, line, PARAM_ALL, 0), org = param(q, line, PARAM_ORG, 0);
		int own = param(q, line, PARAM_OWN, class_index(bit) * ACTION_COUNT + action);
		buf_fmt(b, "(?%d = 1 OR (%s = ?%d AND ?%d = 1))", all, v[2], org, own);
	} else {
		die(q->file, line, "%s: {{%s}} is unknown", q->name, v[0]);
	}
}

static int auto_param(struct stmt *q, int line, const char *name)
{
	static const struct {
		const char *name;
		enum query_source source;
	} autos[] = {{"org", PARAM_ORG}, {"account", PARAM_ACCOUNT}, {"today", PARAM_TODAY}, {"now", PARAM_NOW}, {"all", PARAM_ALL},
		{"role_class", PARAM_ROLE_CLASS}};
	for (size_t i = 0; i < sizeof autos / sizeof autos[0]; i++)
		if (strcmp(autos[i].name, name) == 0)
			return param(q, line, autos[i].source, 0);
	die(q->file, line, "%s: :@%s is not bound by itself (org account today now all role_class)", q->name, name);
}

static int in_param(struct stmt *q, int line, const char *name)
{
	for (size_t i = 0; i < q->n_in; i++)
		if (strcmp(q->in[i].name, name) == 0) {
			q->used[i] = true;
			return param(q, line, PARAM_IN, (int)i);
		}
	die(q->file, line, "%s: :%s is not declared in \"-- in\"", q->name, name);
}

static void compile_part(struct sqlc *s, struct stmt *q, struct part *part)
{
	struct buf b = buf_new(s->a);
	bool quoted = false;
	int line = part->line;
	for (const char *p = part->raw; *p; p++) {
		if (*p == '\n')
			line++;
		if (*p == '\'') {
			quoted = !quoted;
			buf_char(&b, *p);
		} else if (quoted) {
			buf_char(&b, *p);
		} else if (p[0] == '{' && p[1] == '{') {
			const char *end = strstr(p, "}}");
			if (!end)
				die(q->file, line, "%s: {{ without }}", q->name);
			expand(s, q, &b, line, arena_strn(s->a, p + 2, (size_t)(end - p - 2)));
			p = end + 1;
		} else if (*p == ':') {
			bool self = p[1] == '@';
			const char *from = p + 1 + self, *to = from;
			while (isalnum((unsigned char)*to) || *to == '_')
				to++;
			if (to == from)
				die(q->file, line, "%s: a colon without a name (casts with :: are not portable)", q->name);
			const char *name = arena_strn(s->a, from, (size_t)(to - from));
			buf_fmt(&b, "?%d", self ? auto_param(q, line, name) : in_param(q, line, name));
			p = to - 1;
		} else if (*p == '"' || *p == '`' || *p == '[' || *p == '{' || *p == '}' || *p == '?' || *p == '$' || *p == ';') {
			die(q->file, line, "%s: the sign %c is not allowed in a statement", q->name, *p);
		} else {
			buf_char(&b, *p == '\t' ? ' ' : *p);
		}
	}
	if (quoted)
		die(q->file, line, "%s: a text is not closed", q->name);
	part->text = b.n ? b.p : "";
}

/* --- the words of a statement --- */

struct tokens {
	struct stmt *q;
	size_t part;
	const char *p;
	int line;
	char text[128];
	bool word, always; /* always: not in an optional line */
};

static bool next_token(struct tokens *t)
{
	for (;;) {
		if (!t->p) {
			if (t->part == t->q->n_parts)
				return false;
			t->p = t->q->parts[t->part].raw;
			t->line = t->q->parts[t->part].line;
			t->always = t->q->parts[t->part].filter < 0 && t->q->parts[t->part].sort < 0;
		}
		while (isspace((unsigned char)*t->p))
			t->line += *t->p++ == '\n';
		if (*t->p)
			break;
		t->p = NULL;
		t->part++;
	}
	size_t n = 0;
	const char *from = t->p;
	t->word = false;
	if (*t->p == '\'') {
		do
			t->p++;
		while (*t->p && *t->p != '\'');
		t->p += *t->p != '\0';
		strcpy(t->text, "''");
		return true;
	}
	if (from[0] == '{' && from[1] == '{') {
		const char *end = strstr(from, "}}");
		t->p = end ? end + 2 : from + strlen(from);
		strcpy(t->text, "{{");
		return true;
	}
	if (isalpha((unsigned char)*from) || *from == '_') {
		while (isalnum((unsigned char)*t->p) || *t->p == '_')
			t->p++;
		t->word = true;
	} else if (*from == ':') {
		t->p += 1 + (from[1] == '@');
		while (isalnum((unsigned char)*t->p) || *t->p == '_')
			t->p++;
	} else {
		t->p++;
	}
	n = (size_t)(t->p - from);
	if (n >= sizeof t->text)
		die(t->q->file, t->line, "%s: a word is too long", t->q->name);
	memcpy(t->text, from, n);
	t->text[n] = '\0';
	return true;
}

static bool is(const char *text, const char *keyword) { return strcasecmp(text, keyword) == 0; }

static bool is_any(const char *text, const char *const *list)
{
	for (; *list; list++)
		if (is(text, *list))
			return true;
	return false;
}

struct block {
	int parent, line;
	bool scope;
	const char *person; /* the table about a person it reads */
};

struct walk {
	struct sqlc *s;
	struct stmt *q;
	struct block blocks[200];
	int n_blocks;
	struct {
		int block;
		bool own;
		int from; /* 0 nothing, 1 a table comes, 2 in the list of tables */
	} frames[60];
	int depth;
	int alias_of; /* index in reads of a table whose alias may follow, or -1 */
};

static int open_block(struct walk *w, int parent, int line)
{
	if (w->n_blocks == 200)
		die(w->q->file, line, "%s: too many SELECTs", w->q->name);
	w->blocks[w->n_blocks] = (struct block){parent, line, false, NULL};
	return w->n_blocks++;
}

static void note_table(struct walk *w, const struct tokens *t, bool reads)
{
	struct table *table = table_find(w->s, t->text);
	w->alias_of = -1;
	if (!table || !reads)
		return;
	if (w->q->n_reads == MAX_READS)
		die(w->q->file, t->line, "%s: reads too many tables", w->q->name);
	w->alias_of = (int)w->q->n_reads;
	w->q->reads[w->q->n_reads++] = (struct query_read){table->name, table->name};
	struct block *b = &w->blocks[w->frames[w->depth].block];
	if (table->person && !b->person) {
		b->person = table->name;
		b->line = t->line;
	}
}

static void walk_word(struct walk *w, const struct tokens *t, const char *before)
{
	static const char *const ends[] = {"WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "SET", "VALUES", "RETURNING", "WINDOW", NULL};
	static const char *const joins[] = {"JOIN", NULL};
	static const char *const noise[] = {"ON", "LEFT", "INNER", "CROSS", "OUTER", "FULL", "RIGHT", "NATURAL", "USING", "AS", NULL};
	static const char *const unions[] = {"UNION", "EXCEPT", "INTERSECT", NULL};
	int *from = &w->frames[w->depth].from;
	int up = w->depth ? w->frames[w->depth - 1].block : -1;
	if (is(t->text, "SELECT")) {
		if (!w->frames[w->depth].own) {
			w->frames[w->depth].block = open_block(w, up, t->line);
			w->frames[w->depth].own = true;
		}
		*from = 0;
	} else if (is_any(t->text, unions)) {
		w->frames[w->depth].block = open_block(w, up, t->line);
		*from = 0;
	} else if (is(t->text, "FROM") && !is(before, "DISTINCT")) {
		*from = 1;
	} else if (is_any(t->text, joins) || (is(t->text, "UPDATE") && !is(before, "DO"))) {
		*from = 1;
	} else if (is(t->text, "INTO")) {
		*from = 3;
	} else if (is_any(t->text, ends)) {
		*from = 0;
		w->alias_of = -1;
	} else if (is_any(t->text, noise)) {
		if (!is(t->text, "AS"))
			w->alias_of = -1;
	} else if (*from == 1 || *from == 3) {
		note_table(w, t, *from == 1);
		*from = *from == 1 ? 2 : 0;
	} else if (w->alias_of >= 0 && strcmp(before, ".") != 0) {
		w->q->reads[w->alias_of].alias = arena_str(w->s->a, t->text);
		w->alias_of = -1;
	}
}

static void check_star(const struct tokens *t, const char *before)
{
	if (is(before, "SELECT") || is(before, "DISTINCT") || is(before, ",") || is(before, "."))
		die(t->q->file, t->line, "%s: name the columns instead of *", t->q->name);
}

static void check_scope(struct sqlc *s, struct stmt *q)
{
	struct walk *w = ARENA_NEW(s->a, struct walk);
	w->s = s;
	w->q = q;
	w->alias_of = -1;
	w->frames[0].block = open_block(w, -1, q->line);
	w->frames[0].own = true;
	struct tokens t = {.q = q};
	char before[128] = "";
	while (next_token(&t)) {
		if (strcmp(t.text, "(") == 0) {
			if (w->depth + 1 == 60)
				die(q->file, t.line, "%s: too many brackets", q->name);
			if (w->frames[w->depth].from == 1)
				w->frames[w->depth].from = 2;
			w->depth++;
			w->frames[w->depth].block = w->frames[w->depth - 1].block;
			w->frames[w->depth].own = false;
			w->frames[w->depth].from = 0;
			w->alias_of = -1;
		} else if (strcmp(t.text, ")") == 0) {
			if (w->depth-- == 0)
				die(q->file, t.line, "%s: one ) too many", q->name);
		} else if (strcmp(t.text, "{{") == 0) {
			if (t.always)
				w->blocks[w->frames[w->depth].block].scope = true;
		} else if (strcmp(t.text, ",") == 0) {
			if (w->frames[w->depth].from == 2)
				w->frames[w->depth].from = 1;
			w->alias_of = -1;
		} else if (strcmp(t.text, "*") == 0) {
			check_star(&t, before);
		} else if (t.word) {
			walk_word(w, &t, before);
		}
		snprintf(before, sizeof before, "%s", t.text);
	}
	if (w->depth)
		die(q->file, t.line, "%s: a ( is not closed", q->name);
	if (q->unscoped)
		return;
	for (int i = 0; i < w->n_blocks; i++) {
		bool ok = w->blocks[i].person == NULL;
		for (int b = i; b >= 0 && !ok; b = w->blocks[b].parent)
			ok = w->blocks[b].scope;
		if (!ok)
			die(q->file, w->blocks[i].line, "%s reads %s, which is about persons, without {{scope …}}; add it, or \"-- unscoped: reason\"",
				q->name, w->blocks[i].person);
	}
}

void stmt_compile(struct sqlc *s, struct stmt *q)
{
	if (q->n_parts == 0)
		die(q->file, q->line, "%s has no SQL", q->name);
	for (size_t i = 0; i < q->n_parts; i++)
		compile_part(s, q, &q->parts[i]);
	size_t filters = 0;
	for (size_t i = 0; i < q->n_in; i++) {
		bool filter = false;
		for (size_t k = 0; k < q->n_parts; k++)
			filter |= q->parts[k].filter == (int)i;
		filters += filter;
		if (!q->used[i])
			die(q->file, q->line, "%s: input %s is not used", q->name, q->in[i].name);
	}
	if (filters > MAX_FILTERS)
		die(q->file, q->line, "%s: more than %d filters", q->name, MAX_FILTERS);
	for (size_t i = 0; i < q->n_sorts; i++) {
		bool there = false;
		for (size_t k = 0; k < q->n_parts; k++)
			there |= q->parts[k].sort == (int)i;
		if (!there)
			die(q->file, q->line, "%s: sort %s has no line", q->name, q->sorts[i]);
	}
	check_scope(s, q);
}
