/* Writes the generated C. A file that would not change is left alone, so that nothing is compiled anew for nothing.
 * See tools/sqlc.h. */
#include "tools/sqlc.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char *const kind_names[] = {"COL_ID", "COL_PID", "COL_VERSION", "COL_INT", "COL_BOOL", "COL_TEXT", "COL_DAY",
	"COL_MS", "COL_BLOB"};

static void put_file(struct sqlc *s, const char *dir, const char *name, const struct buf *b)
{
	const char *path = arena_fmt(s->a, "%s/%s", dir, name);
	FILE *f = fopen(path, "rb");
	if (f) {
		char *old = arena_alloc(s->a, b->n + 2);
		size_t n = fread(old, 1, b->n + 1, f);
		fclose(f);
		if (n == b->n && memcmp(old, b->p, n) == 0)
			return;
	}
	f = fopen(path, "wb");
	if (!f || fwrite(b->p, 1, b->n, f) != b->n || fclose(f) != 0)
		die(path, 0, "cannot write: %s", strerror(errno));
}

static void put_string(struct buf *b, const char *text)
{
	buf_char(b, '"');
	for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
		if (*p == '"' || *p == '\\')
			buf_fmt(b, "\\%c", *p);
		else if (*p == '\n')
			buf_str(b, p[1] ? "\\n\"\n\t\t\"" : "\\n");
		else if (*p == '?' && p[1] == '?')
			buf_str(b, "\\?");
		else if (*p < 0x20)
			buf_fmt(b, "\\%03o", *p);
		else
			buf_char(b, (char)*p);
	}
	buf_char(b, '"');
}

static void put_nullable(struct buf *b, const char *text)
{
	if (text)
		put_string(b, text);
	else
		buf_str(b, "NULL");
}

static const char *upper(struct sqlc *s, const char *name)
{
	char *u = arena_str(s->a, name);
	for (char *p = u; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	return u;
}

static const char *c_type(enum col_kind k)
{
	switch (k) {
	case COL_PID:
	case COL_TEXT:
		return "const char *";
	case COL_DAY:
		return "civil ";
	case COL_BOOL:
		return "bool ";
	case COL_BLOB:
		return "struct blob ";
	default:
		return "int64_t ";
	}
}

static void put_struct(struct buf *b, const struct field *f, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_fmt(b, "\t%s%s;%s\n", c_type(f[i].kind), f[i].name, f[i].nullable ? " /* may be absent */" : "");
}

static void put_cols(struct buf *b, const char *array, const char *type, const struct field *f, size_t n)
{
	if (n == 0)
		return;
	buf_fmt(b, "static const struct col_desc %s[] = {\n", array);
	for (size_t i = 0; i < n; i++)
		buf_fmt(b, "\t{\"%s\", %s, %s, offsetof(struct %s, %s)},\n", f[i].name, kind_names[f[i].kind],
			f[i].nullable ? "true" : "false", type, f[i].name);
	buf_str(b, "};\n");
}

static int col(const struct table *t, const char *name, int kind)
{
	for (size_t i = 0; i < t->n; i++)
		if (kind >= 0 ? (int)t->cols[i].kind == kind : strcmp(t->cols[i].name, name) == 0)
			return (int)i;
	return -1;
}

static void col_list(struct buf *b, const struct table *t, bool with_id)
{
	bool first = true;
	for (size_t i = 0; i < t->n; i++) {
		if (!with_id && t->cols[i].kind == COL_ID)
			continue;
		buf_fmt(b, "%s%s", first ? "" : ", ", t->cols[i].name);
		first = false;
	}
}

static void table_sql(struct sqlc *s, struct buf *b, const struct table *t)
{
	int id = col(t, "", COL_ID), pid = col(t, "", COL_PID), version = col(t, "", COL_VERSION), k = 1;
	struct buf q = buf_new(s->a);
	buf_fmt(&q, "INSERT INTO %s (", t->name);
	col_list(&q, t, false);
	buf_str(&q, ") VALUES (");
	for (size_t i = 0; i < t->n; i++)
		if ((int)i != id) {
			buf_fmt(&q, "%s?%d", k > 1 ? ", " : "", k);
			k++;
		}
	buf_str(&q, ")");
	if (id >= 0)
		buf_fmt(&q, " RETURNING %s", t->cols[id].name);
	buf_str(b, "\t.sql_insert = ");
	put_string(b, q.p);
	buf_str(b, ",\n");
	for (int by_pid = 0; by_pid < 2; by_pid++) {
		int key = by_pid ? pid : id;
		if (key < 0)
			continue;
		q = buf_new(s->a);
		buf_str(&q, "SELECT ");
		col_list(&q, t, true);
		buf_fmt(&q, " FROM %s WHERE %s = ?1", t->name, t->cols[key].name);
		buf_fmt(b, "\t.sql_by_%s = ", by_pid ? "pid" : "id");
		put_string(b, q.p);
		buf_str(b, ",\n");
	}
	buf_fmt(b, "\t.sql_count = \"SELECT count(*) FROM %s\",\n", t->name);
	q = buf_new(s->a);
	buf_str(&q, "SELECT ");
	col_list(&q, t, true);
	buf_fmt(&q, " FROM %s ORDER BY ", t->name);
	if (id >= 0)
		buf_str(&q, t->cols[id].name);
	else
		col_list(&q, t, true);
	buf_str(b, "\t.sql_dump = ");
	put_string(b, q.p);
	buf_str(b, ",\n");
	q = buf_new(s->a);
	buf_fmt(&q, "INSERT INTO %s (", t->name);
	col_list(&q, t, true);
	buf_str(&q, ") VALUES (");
	for (size_t i = 0; i < t->n; i++)
		buf_fmt(&q, "%s?%zu", i ? ", " : "", i + 1);
	buf_str(&q, ")");
	buf_str(b, "\t.sql_load = ");
	put_string(b, q.p);
	buf_str(b, ",\n");
	if (version < 0)
		return;
	q = buf_new(s->a);
	buf_fmt(&q, "UPDATE %s SET ", t->name);
	k = 1;
	for (size_t i = 0; i < t->n; i++)
		if ((int)i != id) {
			buf_fmt(&q, "%s%s = ?%d", k > 1 ? ", " : "", t->cols[i].name, k);
			k++;
		}
	buf_fmt(&q, " WHERE %s = ?%d AND %s = ?%d", t->cols[id].name, k, t->cols[version].name, k + 1);
	buf_str(b, "\t.sql_update = ");
	put_string(b, q.p);
	buf_str(b, ",\n");
}

static void emit_tables(struct sqlc *s, const char *dir)
{
	struct buf h = buf_new(s->a), c = buf_new(s->a);
	buf_str(&h, "/* Generated by tools/sqlc from sql/migrate. Do not edit. */\n#ifndef TSU_SQL_TABLES_H\n#define TSU_SQL_TABLES_H\n\n"
		"#include \"store/table.h\"\n\n");
	buf_str(&c, "/* Generated by tools/sqlc from sql/migrate. Do not edit. */\n#include \"sql/tables.h\"\n\n#include \"sql/all.h\"\n\n");
	for (size_t i = 0; i < s->n_tables; i++) {
		const struct table *t = s->tables[i];
		buf_fmt(&h, "struct t_%s { /* %s:%d */\n", t->name, t->file, t->line);
		put_struct(&h, t->cols, t->n);
		buf_fmt(&h, "};\nextern const struct table_desc T_%s;\n\n", t->name);
		put_cols(&c, arena_fmt(s->a, "%s_cols", t->name), arena_fmt(s->a, "t_%s", t->name), t->cols, t->n);
		buf_fmt(&c, "const struct table_desc T_%s = {\n\t.name = \"%s\", .size = sizeof(struct t_%s), .cols = %s_cols, .n_cols = %zu,\n",
			t->name, t->name, t->name, t->name, t->n);
		buf_fmt(&c, "\t.id = %d, .pid = %d, .version = %d, .person_id = %d,\n", col(t, "", COL_ID), col(t, "", COL_PID),
			col(t, "", COL_VERSION), strcmp(t->name, "person") == 0 ? col(t, "", COL_ID) : col(t, "person_id", -1));
		buf_fmt(&c, "\t.created_ms = %d, .created_by = %d, .updated_ms = %d, .updated_by = %d, .retired_ms = %d, .growing = %s,\n",
			col(t, "created_ms", -1), col(t, "created_by", -1), col(t, "updated_ms", -1), col(t, "updated_by", -1),
			col(t, "retired_ms", -1), t->small ? "false" : "true");
		table_sql(s, &c, t);
		buf_str(&c, "};\n\n");
	}
	buf_str(&h, "#endif\n");
	buf_str(&c, "const struct table_desc *const table_all[] = {");
	for (size_t i = 0; i < s->n_tables; i++)
		buf_fmt(&c, "&T_%s, ", s->tables[i]->name);
	buf_fmt(&c, "NULL};\nconst size_t table_all_n = %zu;\n", s->n_tables);
	put_file(s, dir, "tables.h", &h);
	put_file(s, dir, "tables.c", &c);
}

static void emit_migrations(struct sqlc *s, const char *dir)
{
	struct buf c = buf_new(s->a);
	buf_str(&c, "/* Generated by tools/sqlc from sql/migrate. Do not edit. */\n#include \"sql/all.h\"\n\nconst struct migration_file migration_all[] = {\n");
	for (size_t i = 0; i < s->n_migrations; i++) {
		buf_fmt(&c, "\t{\"%s\", \"%s\",\n\t\t", s->migrations[i].version, s->migrations[i].file);
		put_string(&c, s->migrations[i].sql);
		buf_str(&c, "},\n");
	}
	buf_fmt(&c, "\t{NULL, NULL, NULL}\n};\nconst size_t migration_all_n = %zu;\n", s->n_migrations);
	put_file(s, dir, "migrations.c", &c);
}

static void signature(struct buf *b, const struct stmt *q)
{
	bool in = q->n_in || q->n_sorts;
	buf_fmt(b, "err q_%s(struct ctx *c", q->name);
	if (in)
		buf_fmt(b, ", const struct q_%s_in *in", q->name);
	switch (q->kind) {
	case QUERY_ONE: buf_fmt(b, ", struct q_%s_row *row)", q->name); break;
	case QUERY_OPT: buf_fmt(b, ", struct q_%s_row *row, bool *found)", q->name); break;
	case QUERY_MANY: buf_fmt(b, ", struct q_%s_row **rows, size_t *n)", q->name); break;
	case QUERY_EACH: buf_fmt(b, ",\n\terr (*fn)(struct ctx *, const struct q_%s_row *, void *arg), void *arg)", q->name); break;
	case QUERY_EXEC: buf_fmt(b, ", int64_t *changed)"); break;
	}
}

static void none_macro(struct sqlc *s, struct buf *h, const struct stmt *q)
{
	buf_fmt(h, "#define Q_%s_NONE {", upper(s, q->name));
	bool any = false;
	for (size_t i = 0; i < q->n_in; i++) {
		const struct field *f = &q->in[i];
		if (!f->nullable || f->kind == COL_TEXT || f->kind == COL_BLOB)
			continue;
		buf_fmt(h, "%s.%s = %s", any ? ", " : "", f->name, f->kind == COL_DAY ? "CIVIL_NONE" : "INT_NULL");
		any = true;
	}
	buf_str(h, any ? "}\n" : "0}\n");
}

static void stmt_header(struct sqlc *s, struct buf *h, const struct stmt *q)
{
	buf_fmt(h, "/* %s:%d%s%s", q->file, q->line, q->doc ? " — " : "", q->doc ? q->doc : "");
	if (q->unscoped)
		buf_fmt(h, "\n * NOT SCOPED: %s", q->unscoped);
	buf_str(h, " */\n");
	if (q->n_sorts) {
		buf_fmt(h, "enum q_%s_sort {", q->name);
		for (size_t i = 0; i < q->n_sorts; i++)
			buf_fmt(h, "%sQ_%s_SORT_%s", i ? ", " : "", upper(s, q->name), upper(s, q->sorts[i]));
		buf_str(h, "};\n");
	}
	if (q->n_in || q->n_sorts) {
		buf_fmt(h, "struct q_%s_in {\n", q->name);
		put_struct(h, q->in, q->n_in);
		if (q->n_sorts)
			buf_fmt(h, "\tenum q_%s_sort sort;\n", q->name);
		buf_str(h, "};\n");
		if (q->n_in)
			none_macro(s, h, q);
	}
	if (q->n_out) {
		buf_fmt(h, "struct q_%s_row {\n", q->name);
		put_struct(h, q->out, q->n_out);
		buf_str(h, "};\n");
	}
	buf_fmt(h, "extern const struct query_desc Q_DESC_%s;\nMUST ", q->name);
	signature(h, q);
	buf_str(h, ";\n\n");
}

static void stmt_desc(struct sqlc *s, struct buf *c, const struct stmt *q)
{
	static const char *const sources[] = {"PARAM_IN", "PARAM_ORG", "PARAM_ACCOUNT", "PARAM_TODAY", "PARAM_NOW", "PARAM_ALL",
		"PARAM_ROLE_CLASS", "PARAM_MAY", "PARAM_OWN"};
	static const char *const kinds[] = {"QUERY_ONE", "QUERY_OPT", "QUERY_MANY", "QUERY_EACH", "QUERY_EXEC"};
	put_cols(c, arena_fmt(s->a, "%s_in", q->name), arena_fmt(s->a, "q_%s_in", q->name), q->in, q->n_in);
	put_cols(c, arena_fmt(s->a, "%s_out", q->name), arena_fmt(s->a, "q_%s_row", q->name), q->out, q->n_out);
	buf_fmt(c, "static const struct query_part %s_parts[] = {\n", q->name);
	for (size_t i = 0; i < q->n_parts; i++) {
		buf_fmt(c, "\t{%d, %d, ", q->parts[i].filter, q->parts[i].sort);
		put_string(c, q->parts[i].text);
		buf_str(c, "},\n");
	}
	buf_str(c, "};\n");
	if (q->n_params) {
		buf_fmt(c, "static const struct query_param %s_params[] = {", q->name);
		for (size_t i = 0; i < q->n_params; i++)
			buf_fmt(c, "%s{%s, %d}", i ? ", " : "", sources[q->params[i].source], q->params[i].arg);
		buf_str(c, "};\n");
	}
	if (q->n_reads) {
		buf_fmt(c, "static const struct query_read %s_reads[] = {", q->name);
		for (size_t i = 0; i < q->n_reads; i++)
			buf_fmt(c, "%s{\"%s\", \"%s\"}", i ? ", " : "", q->reads[i].alias, q->reads[i].table);
		buf_str(c, "};\n");
	}
	buf_fmt(c, "const struct query_desc Q_DESC_%s = {\n\t.name = \"%s\", .file = \"%s\", .line = %d, .kind = %s,\n", q->name, q->name,
		q->file, q->line, kinds[q->kind]);
	buf_fmt(c, "\t.parts = %s_parts, .n_parts = %zu,\n", q->name, q->n_parts);
	if (q->n_params)
		buf_fmt(c, "\t.params = %s_params, .n_params = %zu,\n", q->name, q->n_params);
	if (q->n_in)
		buf_fmt(c, "\t.in = %s_in, .n_in = %zu,\n", q->name, q->n_in);
	if (q->n_out)
		buf_fmt(c, "\t.out = %s_out, .n_out = %zu, .row_size = sizeof(struct q_%s_row),\n", q->name, q->n_out, q->name);
	if (q->n_sorts)
		buf_fmt(c, "\t.sort_offset = offsetof(struct q_%s_in, sort), .n_sorts = %zu,\n", q->name, q->n_sorts);
	if (q->n_reads)
		buf_fmt(c, "\t.reads = %s_reads, .n_reads = %zu,\n", q->name, q->n_reads);
	buf_str(c, "\t.unscoped = ");
	put_nullable(c, q->unscoped);
	buf_str(c, ", .scan = ");
	put_nullable(c, q->scan);
	buf_str(c, "\n};\n");
}

static void stmt_body(struct buf *c, const struct stmt *q)
{
	const char *in = q->n_in || q->n_sorts ? "in" : "NULL";
	if (q->kind == QUERY_EACH) {
		buf_fmt(c, "struct %s_call {\n\terr (*fn)(struct ctx *, const struct q_%s_row *, void *arg);\n\tvoid *arg;\n};\n", q->name, q->name);
		buf_fmt(c, "static err %s_row(struct ctx *c, const void *row, void *arg)\n{\n\tconst struct %s_call *call = arg;\n"
			"\treturn call->fn(c, row, call->arg);\n}\n", q->name, q->name);
	}
	signature(c, q);
	buf_str(c, "\n{\n");
	switch (q->kind) {
	case QUERY_ONE: buf_fmt(c, "\treturn query_one(c, &Q_DESC_%s, %s, row);\n", q->name, in); break;
	case QUERY_OPT: buf_fmt(c, "\treturn query_opt(c, &Q_DESC_%s, %s, row, found);\n", q->name, in); break;
	case QUERY_MANY:
		buf_fmt(c, "\tvoid *v = NULL;\n\terr e = query_many(c, &Q_DESC_%s, %s, &v, n);\n\tif (e == OK)\n\t\t*rows = v;\n\treturn e;\n", q->name, in);
		break;
	case QUERY_EACH:
		buf_fmt(c, "\tstruct %s_call call = {fn, arg};\n\treturn query_each(c, &Q_DESC_%s, %s, %s_row, &call);\n", q->name, q->name, in, q->name);
		break;
	case QUERY_EXEC: buf_fmt(c, "\treturn query_exec(c, &Q_DESC_%s, %s, changed);\n", q->name, in); break;
	}
	buf_str(c, "}\n\n");
}

static void emit_context(struct sqlc *s, const char *dir, const char *context)
{
	struct buf h = buf_new(s->a), c = buf_new(s->a);
	const char *guard = upper(s, context);
	buf_fmt(&h, "/* Generated by tools/sqlc from sql/query/%s.sql. Do not edit. */\n#ifndef TSU_SQL_Q_%s_H\n#define TSU_SQL_Q_%s_H\n\n"
		"#include \"store/query.h\"\n\n", context, guard, guard);
	buf_fmt(&c, "/* Generated by tools/sqlc from sql/query/%s.sql. Do not edit. */\n#include \"sql/q_%s.h\"\n\n", context, context);
	for (size_t i = 0; i < s->n_stmts; i++)
		if (strcmp(s->stmts[i]->context, context) == 0) {
			stmt_header(s, &h, s->stmts[i]);
			stmt_desc(s, &c, s->stmts[i]);
			stmt_body(&c, s->stmts[i]);
		}
	buf_str(&h, "#endif\n");
	put_file(s, dir, arena_fmt(s->a, "q_%s.h", context), &h);
	put_file(s, dir, arena_fmt(s->a, "q_%s.c", context), &c);
}

void emit_all(struct sqlc *s, const char *dir)
{
	emit_tables(s, dir);
	emit_migrations(s, dir);
	struct buf h = buf_new(s->a), c = buf_new(s->a);
	buf_str(&h, "/* Generated by tools/sqlc: every table, migration and statement. Do not edit. */\n#ifndef TSU_SQL_ALL_H\n#define TSU_SQL_ALL_H\n\n"
		"#include \"store/query.h\"\n\nstruct migration_file {\n\tconst char *version, *file, *sql;\n};\n"
		"extern const struct migration_file migration_all[];\nextern const size_t migration_all_n;\n"
		"extern const struct table_desc *const table_all[];\nextern const size_t table_all_n;\n"
		"extern const struct query_desc *const query_all[];\nextern const size_t query_all_n;\n\n#endif\n");
	buf_str(&c, "/* Generated by tools/sqlc. Do not edit. */\n#include \"sql/all.h\"\n\n");
	for (size_t i = 0; i < s->n_contexts; i++)
		emit_context(s, dir, s->contexts[i]);
	for (size_t i = 0; i < s->n_stmts; i++)
		buf_fmt(&c, "extern const struct query_desc Q_DESC_%s;\n", s->stmts[i]->name);
	buf_str(&c, "const struct query_desc *const query_all[] = {\n");
	for (size_t i = 0; i < s->n_stmts; i++)
		buf_fmt(&c, "\t&Q_DESC_%s,\n", s->stmts[i]->name);
	buf_fmt(&c, "\tNULL\n};\nconst size_t query_all_n = %zu;\n", s->n_stmts);
	put_file(s, dir, "all.h", &h);
	put_file(s, dir, "all.c", &c);
}
