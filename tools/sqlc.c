/* sqlc SQL_DIR OUT_DIR [--depfile FILE] [--contexts a,b,c] [--touch MESON_BUILD]
 * See tools/sqlc.h. --contexts is the list the build was configured with: if the query files differ, the build must
 * be configured again, so the named meson.build is touched and the build asked to run once more. */
#include "tools/sqlc.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static struct buf depends;

_Noreturn void die(const char *file, int line, const char *fmt, ...)
{
	va_list ap;
	fprintf(stderr, "%s:%d: ", file, line);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

static char *read_file(struct sqlc *s, const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		die(path, 0, "cannot read: %s", strerror(errno));
	struct buf b = buf_new(s->a);
	char chunk[8192];
	size_t n;
	while ((n = fread(chunk, 1, sizeof chunk, f)) > 0)
		buf_add(&b, chunk, n);
	fclose(f);
	buf_str(&b, "");
	if (!str_utf8_valid(b.p ? b.p : "", b.n))
		die(path, 0, "not UTF-8");
	buf_fmt(&depends, " %s", path);
	return b.n ? b.p : arena_str(s->a, "");
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in a folder, sorted, without hidden ones. A missing folder is empty. */
static char **list_dir(struct sqlc *s, const char *dir, size_t *n)
{
	char **v = ARENA_ARRAY(s->a, 2000, char *);
	*n = 0;
	DIR *d = opendir(dir);
	if (!d)
		return v;
	buf_fmt(&depends, " %s", dir);
	struct dirent *e;
	while ((e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		if (*n == 2000)
			die(dir, 0, "too many files");
		v[(*n)++] = arena_str(s->a, e->d_name);
	}
	closedir(d);
	qsort(v, *n, sizeof *v, by_name);
	return v;
}

bool name_ok(const char *name)
{
	static const char *const words[] = {"auto", "break", "case", "char", "const", "continue", "default", "do", "double",
		"else", "enum", "extern", "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict", "return",
		"short", "signed", "sizeof", "static", "struct", "switch", "typedef", "union", "unsigned", "void", "volatile",
		"while", "bool", "true", "false"};
	if (!islower((unsigned char)name[0]))
		return false;
	for (const char *p = name; *p; p++)
		if (!islower((unsigned char)*p) && !isdigit((unsigned char)*p) && *p != '_')
			return false;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(words[i], name) == 0)
			return false;
	return true;
}

struct table *table_find(struct sqlc *s, const char *name)
{
	for (size_t i = 0; i < s->n_tables; i++)
		if (strcmp(s->tables[i]->name, name) == 0)
			return s->tables[i];
	return NULL;
}

static bool starts_ci(const char *s, const char *word)
{
	size_t n = strlen(word);
	return strncasecmp(s, word, n) == 0 && !isalnum((unsigned char)s[n]) && s[n] != '_';
}

static const char *skip(const char *s)
{
	while (*s == ' ' || *s == '\t')
		s++;
	return s;
}

static const char *word(struct sqlc *s, const char **p)
{
	*p = skip(*p);
	const char *from = *p;
	while (isalnum((unsigned char)**p) || **p == '_')
		(*p)++;
	return arena_strn(s->a, from, (size_t)(*p - from));
}

static const struct {
	const char *kind, *type;
	enum col_kind k;
} kinds[] = {{"id", "INTEGER", COL_ID}, {"pid", "TEXT", COL_PID}, {"version", "INTEGER", COL_VERSION},
	{"int", "INTEGER", COL_INT}, {"bool", "INTEGER", COL_BOOL}, {"text", "TEXT", COL_TEXT}, {"day", "TEXT", COL_DAY},
	{"ms", "INTEGER", COL_MS}, {"blob", "BLOB", COL_BLOB}};
enum { N_KINDS = sizeof kinds / sizeof kinds[0] };

/* One column: "name TYPE … , -- [kind] meaning". */
static void read_column(struct sqlc *s, struct table *t, const char *line, const char *file, int no)
{
	const char *p = line, *mark = strstr(line, "-- [");
	const char *name = word(s, &p), *type = word(s, &p);
	if (!mark)
		die(file, no, "column %s needs its kind in a comment: -- [text] meaning", name);
	const char *end = strchr(mark, ']');
	if (!end)
		die(file, no, "column %s: the kind has no closing bracket", name);
	const char *kind = arena_strn(s->a, mark + 4, (size_t)(end - mark - 4));
	int k = -1;
	for (int i = 0; i < N_KINDS; i++)
		if (strcmp(kinds[i].kind, kind) == 0)
			k = i;
	if (k < 0)
		die(file, no, "column %s: [%s] is no kind (id pid version int bool text day ms blob)", name, kind);
	if (strcmp(kinds[k].type, type) != 0)
		die(file, no, "column %s: a [%s] is %s, not %s", name, kind, kinds[k].type, type);
	if (!name_ok(name))
		die(file, no, "column %s: not a snake_case name, or a word of C", name);
	for (size_t i = 0; i < t->n; i++)
		if (strcmp(t->cols[i].name, name) == 0)
			die(file, no, "column %s stands twice in %s", name, t->name);
	if (t->n == MAX_COLS)
		die(file, no, "more than %d columns", MAX_COLS);
	const char *def = arena_strn(s->a, line, (size_t)(mark - line));
	bool not_null = strstr(def, "NOT NULL") != NULL || strstr(def, "PRIMARY KEY") != NULL;
	if (kinds[k].k == COL_ID && !strstr(def, "PRIMARY KEY"))
		die(file, no, "column %s: an [id] is INTEGER PRIMARY KEY", name);
	if (!not_null && (kinds[k].k == COL_BOOL || kinds[k].k == COL_PID || kinds[k].k == COL_VERSION))
		die(file, no, "column %s: a [%s] is never NULL: write NOT NULL", name, kind);
	t->cols[t->n++] = (struct field){name, kinds[k].k, !not_null};
	if (strcmp(name, "person_id") == 0)
		t->person = true;
}

static struct table *new_table(struct sqlc *s, const char *name, const char *file, int no, bool small)
{
	if (!name_ok(name))
		die(file, no, "table %s: not a snake_case name, or a word of C", name);
	struct table *old = table_find(s, name);
	if (old)
		die(file, no, "table %s is already made in %s:%d", name, old->file, old->line);
	if (s->n_tables == sizeof s->tables / sizeof s->tables[0])
		die(file, no, "too many tables");
	struct table *t = ARENA_NEW(s->a, struct table);
	t->name = name;
	t->file = file;
	t->line = no;
	t->small = small;
	t->person = strcmp(name, "person") == 0;
	s->tables[s->n_tables++] = t;
	return t;
}

static bool constraint(const char *line)
{
	static const char *const w[] = {"CHECK", "UNIQUE", "PRIMARY", "FOREIGN", "CONSTRAINT", "REFERENCES", "ON", "AND", "OR"};
	for (size_t i = 0; i < sizeof w / sizeof w[0]; i++)
		if (starts_ci(line, w[i]))
			return true;
	return line[0] == '(' || line[0] == '\'';
}

static void forbid(const char *line, const char *file, int no)
{
	static const char *const bad[] = {"CREATE TRIGGER", "CREATE VIEW", "CREATE VIRTUAL", "CREATE TEMP", "WITHOUT ROWID",
		"AUTOINCREMENT", "RENAME", "DROP COLUMN"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		const char *c = strstr(line, "--"), *hit = strstr(line, bad[i]);
		if (hit && (!c || hit < c))
			die(file, no, "%s is not allowed in a migration", bad[i]);
	}
}

static void table_done(struct table *t)
{
	bool id = false, version = false;
	for (size_t i = 0; i < t->n; i++) {
		id |= t->cols[i].kind == COL_ID;
		version |= t->cols[i].kind == COL_VERSION;
	}
	if (version && !id)
		die(t->file, t->line, "table %s has a version but no [id]", t->name);
	if (t->n == 0)
		die(t->file, t->line, "table %s has no columns", t->name);
}

static void read_migration(struct sqlc *s, const char *file, const char *sql)
{
	struct table *in = NULL;
	bool small = false;
	size_t n;
	char **lines = str_split(s->a, sql, '\n', &n);
	for (size_t i = 0; i < n; i++) {
		int no = (int)i + 1;
		const char *p = skip(lines[i]);
		forbid(p, file, no);
		if (str_starts(p, "-- small:"))
			small = true;
		if (p[0] == '\0' || str_starts(p, "--"))
			continue;
		if (in) {
			if (p[0] == ')' && !strchr(p, '(')) {
				if (!str_starts(p, ") STRICT;"))
					die(file, no, "a table ends with the line: ) STRICT;");
				table_done(in);
				in = NULL;
				small = false;
			} else if (!constraint(p)) {
				read_column(s, in, p, file, no);
			}
		} else if (starts_ci(p, "CREATE TABLE")) {
			p += strlen("CREATE TABLE");
			in = new_table(s, word(s, &p), file, no, small);
			if (*skip(p) != '(')
				die(file, no, "write: CREATE TABLE name (");
		} else if (starts_ci(p, "ALTER TABLE")) {
			p += strlen("ALTER TABLE");
			const char *name = word(s, &p);
			struct table *t = table_find(s, name);
			if (!t)
				die(file, no, "no table %s", name);
			if (!starts_ci(skip(p), "ADD COLUMN"))
				die(file, no, "only ALTER TABLE … ADD COLUMN is understood");
			read_column(s, t, skip(p) + strlen("ADD COLUMN"), file, no);
		}
	}
	if (in)
		die(file, (int)n, "table %s is not closed with: ) STRICT;", in->name);
}

static void read_migrations(struct sqlc *s, const char *root)
{
	const char *dir = arena_fmt(s->a, "%s/migrate", root);
	size_t n, m;
	char **versions = list_dir(s, dir, &n);
	for (size_t i = 0; i < n; i++) {
		const char *v = versions[i], *vdir = arena_fmt(s->a, "%s/%s", dir, v);
		if (strlen(v) < 6 || strspn(v, "0123456789") != 4 || v[4] != '_')
			die(vdir, 0, "a version is a folder NNNN_context");
		if (i && strncmp(v, versions[i - 1], 4) == 0)
			die(vdir, 0, "the number %.4s is already taken by %s", v, versions[i - 1]);
		char **files = list_dir(s, vdir, &m);
		for (size_t k = 0; k < m; k++) {
			const char *path = arena_fmt(s->a, "%s/%s", vdir, files[k]);
			if (!str_ends(files[k], ".sql"))
				die(path, 0, "only .sql files belong here");
			if (s->n_migrations == sizeof s->migrations / sizeof s->migrations[0])
				die(path, 0, "too many migrations");
			const char *sql = read_file(s, path), *shown = arena_fmt(s->a, "sql/migrate/%s/%s", v, files[k]);
			s->migrations[s->n_migrations++] = (struct migration){v, shown, sql};
			read_migration(s, shown, sql);
		}
	}
}

/* "a int, b text?" */
static size_t read_fields(struct sqlc *s, const struct stmt *q, const char *list, bool in, struct field *out)
{
	size_t n, k = 0;
	char **items = str_split(s->a, list, ',', &n);
	for (size_t i = 0; i < n; i++) {
		const char *p = str_trim(s->a, items[i]), *item = p;
		if (!*p)
			continue;
		const char *name = word(s, &p), *type = word(s, &p);
		bool nullable = *p == '?';
		int kind = -1;
		static const struct {
			const char *t;
			enum col_kind k;
		} types[] = {{"int", COL_INT}, {"text", COL_TEXT}, {"day", COL_DAY}, {"ms", COL_MS}, {"bool", COL_BOOL}, {"blob", COL_BLOB}};
		for (size_t t = 0; t < 6; t++)
			if (strcmp(types[t].t, type) == 0)
				kind = (int)types[t].k;
		if (kind < 0 || *skip(p + nullable))
			die(q->file, q->line, "%s: \"%s\" is no field; write: name type, type one of int text day ms bool blob, ? for NULL",
				q->name, item);
		if (!name_ok(name) || strcmp(name, "sort") == 0)
			die(q->file, q->line, "%s: field \"%s\": not a snake_case name, or a reserved word", q->name, name);
		/* An input bool? is a plain bool: as a filter it is there when true. */
		if (kind == COL_BOOL && in)
			nullable = false;
		if (kind == COL_BOOL && nullable)
			die(q->file, q->line, "%s: %s: a bool is never NULL; take int", q->name, name);
		for (size_t j = 0; j < k; j++)
			if (strcmp(out[j].name, name) == 0)
				die(q->file, q->line, "%s: field %s stands twice", q->name, name);
		if (k == MAX_IN)
			die(q->file, q->line, "%s: more than %d fields", q->name, MAX_IN);
		out[k++] = (struct field){name, (enum col_kind)kind, nullable};
	}
	return k;
}

struct header {
	struct buf doc, in, out, sort, unscoped, scan;
	struct buf *last;
};

static struct buf *header_key(struct header *h, const char *p, const char **rest)
{
	const struct {
		const char *key;
		struct buf *b;
	} keys[] = {{"doc:", &h->doc}, {"in:", &h->in}, {"out:", &h->out}, {"sort:", &h->sort}, {"unscoped:", &h->unscoped},
		{"scan:", &h->scan}};
	for (size_t i = 0; i < 6; i++)
		if (str_starts(p, keys[i].key)) {
			*rest = p + strlen(keys[i].key);
			return keys[i].b;
		}
	*rest = p;
	return NULL;
}

static const char *text_or_null(struct sqlc *s, const struct buf *b)
{
	const char *t = str_trim(s->a, b->n ? b->p : "");
	return *t ? t : NULL;
}

static struct stmt *stmt_start(struct sqlc *s, const char *line, const char *file, const char *context, int no)
{
	struct stmt *q = ARENA_NEW(s->a, struct stmt);
	const char *p = line;
	q->name = word(s, &p);
	q->file = file;
	q->line = no;
	q->context = context;
	p = skip(p);
	static const char *const names[] = {":one", ":opt", ":many", ":each", ":exec"};
	int k = -1;
	const char *kind = str_trim(s->a, p);
	for (int i = 0; i < 5; i++)
		if (strcmp(names[i], kind) == 0)
			k = i;
	if (!name_ok(q->name))
		die(file, no, "\"%s\" is no name for a statement", q->name);
	if (k < 0)
		die(file, no, "%s: \"%s\" is no kind (:one :opt :many :each :exec)", q->name, kind);
	q->kind = (enum query_kind)k;
	for (size_t i = 0; i < s->n_stmts; i++)
		if (strcmp(s->stmts[i]->name, q->name) == 0)
			die(file, no, "%s is already in %s:%d", q->name, s->stmts[i]->file, s->stmts[i]->line);
	if (s->n_stmts == sizeof s->stmts / sizeof s->stmts[0])
		die(file, no, "too many statements");
	s->stmts[s->n_stmts++] = q;
	return q;
}

static void header_done(struct sqlc *s, struct stmt *q, struct header *h)
{
	q->doc = text_or_null(s, &h->doc);
	q->unscoped = text_or_null(s, &h->unscoped);
	q->scan = text_or_null(s, &h->scan);
	q->n_in = read_fields(s, q, h->in.n ? h->in.p : "", true, q->in);
	q->n_out = read_fields(s, q, h->out.n ? h->out.p : "", false, q->out);
	if (h->sort.n) {
		size_t n;
		char **v = str_split(s->a, h->sort.p, '|', &n);
		for (size_t i = 0; i < n; i++) {
			const char *name = str_trim(s->a, v[i]);
			if (!name_ok(name) || q->n_sorts == MAX_SORTS)
				die(q->file, q->line, "%s: \"%s\" is no name for a sort, or too many", q->name, name);
			q->sorts[q->n_sorts++] = name;
		}
	}
	if ((q->kind == QUERY_EXEC) != (q->n_out == 0))
		die(q->file, q->line, q->kind == QUERY_EXEC ? "%s: an :exec has no \"-- out\"" : "%s: \"-- out\" is missing", q->name);
}

/* A line of SQL: "?x …" belongs to filter x, "@x …" to sort x. */
static void add_line(struct sqlc *s, struct stmt *q, const char *line, int no)
{
	const char *p = skip(line);
	struct part part = {-1, -1, no, NULL, NULL};
	if (*p == '?' || *p == '@') {
		bool sort = *p == '@';
		p++;
		const char *name = word(s, &p);
		for (size_t i = 0; sort && i < q->n_sorts; i++)
			if (strcmp(q->sorts[i], name) == 0)
				part.sort = (int)i;
		for (size_t i = 0; !sort && i < q->n_in; i++)
			if (strcmp(q->in[i].name, name) == 0)
				part.filter = (int)i;
		if (part.sort < 0 && part.filter < 0)
			die(q->file, no, "%s: %s %s is not declared in the header", q->name, sort ? "sort" : "input", name);
		if (part.filter >= 0 && !q->in[part.filter].nullable && q->in[part.filter].kind != COL_BOOL)
			die(q->file, no, "%s: filter %s must be declared with ? (or be a bool)", q->name, name);
		if (part.filter >= 0)
			q->used[part.filter] = true;
	}
	if (q->n_parts == MAX_PARTS)
		die(q->file, no, "%s: too many filter lines", q->name);
	struct part *last = q->n_parts ? &q->parts[q->n_parts - 1] : NULL;
	if (last && last->filter == part.filter && last->sort == part.sort) {
		last->raw = arena_fmt(s->a, "%s\n%s", last->raw, p);
	} else {
		part.raw = p;
		q->parts[q->n_parts++] = part;
	}
}

/* Cut a comment at the end of the line; text in quotes may hold dashes. */
static char *cut_comment(struct sqlc *s, const char *line)
{
	bool quoted = false;
	for (const char *p = line; *p; p++) {
		if (*p == '\'')
			quoted = !quoted;
		else if (!quoted && p[0] == '-' && p[1] == '-')
			return str_trim(s->a, arena_strn(s->a, line, (size_t)(p - line)));
	}
	return str_trim(s->a, line);
}

static void read_queries(struct sqlc *s, const char *file, const char *context, const char *sql)
{
	size_t n;
	char **lines = str_split(s->a, sql, '\n', &n);
	struct stmt *q = NULL;
	struct header h = {0};
	bool header = false;
	for (size_t i = 0; i < n; i++) {
		int no = (int)i + 1;
		const char *p = skip(lines[i]), *rest;
		if (str_starts(p, "-- name:")) {
			if (q)
				die(file, no, "%s (line %d) is not closed with ;", q->name, q->line);
			q = stmt_start(s, p + strlen("-- name:"), file, context, no);
			h = (struct header){buf_new(s->a), buf_new(s->a), buf_new(s->a), buf_new(s->a), buf_new(s->a), buf_new(s->a), NULL};
			header = true;
		} else if (q && header && str_starts(p, "--")) {
			struct buf *b = header_key(&h, skip(p + 2), &rest);
			if (b)
				h.last = b;
			if (!h.last)
				die(file, no, "%s: a header line is doc: in: out: sort: unscoped: or scan:", q->name);
			buf_fmt(h.last, "%s ", rest);
		} else if (q) {
			if (header)
				header_done(s, q, &h);
			header = false;
			char *line = cut_comment(s, lines[i]);
			size_t len = strlen(line);
			bool end = len && line[len - 1] == ';';
			if (end)
				line[len - 1] = '\0';
			if (*skip(line))
				add_line(s, q, line, no);
			if (end) {
				stmt_compile(s, q);
				q = NULL;
			}
		} else if (*p && !str_starts(p, "--")) {
			die(file, no, "SQL before a \"-- name:\" line");
		}
	}
	if (q)
		die(file, (int)n, "%s (line %d) is not closed with ;", q->name, q->line);
}

static void check_contexts(struct sqlc *s, const char *list, const char *touch)
{
	struct buf have = buf_new(s->a);
	for (size_t i = 0; i < s->n_contexts; i++)
		buf_fmt(&have, "%s%s", i ? "," : "", s->contexts[i]);
	if (strcmp(have.n ? have.p : "", list) == 0)
		return;
	if (touch)
		utimensat(AT_FDCWD, touch, NULL, 0);
	die("sql/query", 0, "the query files changed (%s; configured with %s): run ninja once more", have.n ? have.p : "", list);
}

int main(int argc, char **argv)
{
	const char *depfile = NULL, *contexts = NULL, *touch = NULL;
	if (argc < 3 || argc % 2 == 0) {
		fputs("usage: sqlc SQL_DIR OUT_DIR [--depfile FILE] [--contexts LIST] [--touch FILE]\n", stderr);
		return 2;
	}
	for (int i = 3; i + 1 < argc; i += 2) {
		if (strcmp(argv[i], "--depfile") == 0)
			depfile = argv[i + 1];
		else if (strcmp(argv[i], "--contexts") == 0)
			contexts = argv[i + 1];
		else if (strcmp(argv[i], "--touch") == 0)
			touch = argv[i + 1];
		else
			die(argv[i], 0, "unknown option");
	}
	struct arena *a = arena_new((size_t)512 << 20);
	if (!a)
		return 1;
	struct sqlc *s = ARENA_NEW(a, struct sqlc);
	s->a = a;
	depends = buf_new(a);
	read_migrations(s, argv[1]);
	const char *dir = arena_fmt(a, "%s/query", argv[1]);
	size_t n;
	char **files = list_dir(s, dir, &n);
	for (size_t i = 0; i < n; i++) {
		if (!str_ends(files[i], ".sql"))
			continue;
		const char *ctx = arena_strn(a, files[i], strlen(files[i]) - 4);
		if (!name_ok(ctx) && strcmp(ctx, "register") != 0)
			die(files[i], 0, "not a snake_case name");
		if (s->n_contexts == sizeof s->contexts / sizeof s->contexts[0])
			die(files[i], 0, "too many query files");
		s->contexts[s->n_contexts++] = ctx;
		read_queries(s, arena_fmt(a, "sql/query/%s", files[i]), ctx, read_file(s, arena_fmt(a, "%s/%s", dir, files[i])));
	}
	if (contexts)
		check_contexts(s, contexts, touch);
	emit_all(s, argv[2]);
	if (depfile) {
		FILE *f = fopen(depfile, "wb");
		if (!f)
			die(depfile, 0, "cannot write: %s", strerror(errno));
		fprintf(f, "%s/tables.h:%s\n", argv[2], depends.n ? depends.p : "");
		fclose(f);
	}
	arena_free(a);
	return 0;
}
