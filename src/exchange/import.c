#include "exchange/import.h"

#include "access/audit.h"
#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "codec/json.h"
#include "exchange/transfer.h"
#include "exchange/transfer_dir.h"
#include "register/keys.h"
#include "sql/all.h"
#include "sql/q_access.h"
#include "sql/tables.h"
#include "store/archive.h"
#include "store/dump.h"
#include "store/file.h"
#include "store/rowjson.h"
#include "store/tx.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct reading {
	const char *dir;
	const struct json *manifest;
	struct import_report *report;
	const struct table_desc *t;
	int64_t rows;
};

static err bad(struct ctx *c, const char *what, const char *why)
{
	return fault_add(c, "file", ERR_BACKUP_BAD, "書き出しの「%s」%s。別の書き出しを使ってください。何も読み込んでいません。", what, why);
}

/* --- checks --- */

static const struct json *entry_of(const struct json *list, const char *name)
{
	for (size_t i = 0; list && i < list->n; i++)
		if (str_eq(json_get_text(list->items[i], "name", ""), name))
			return list->items[i];
	return NULL;
}

static err check_sum(struct ctx *c, const char *dir, const char *file, const char *want)
{
	char got[65];
	err e = transfer_dir_sum(c->arena, arena_fmt(c->arena, "%s/%s", dir, file), got);
	if (e == ERR_NOTFOUND)
		return bad(c, file, "がありません");
	TRY(e);
	return str_eq(got, want) ? OK : bad(c, file, "は書き出したときと内容が違います");
}

static err schema_line(struct ctx *c, const void *row, void *arg)
{
	(void)c;
	const struct t_schema_version *v = row;
	struct buf *b = arg;
	buf_fmt(b, "%s %s\n", v->name, v->sha256);
	return OK;
}

/* dump_each takes back what a row allocated, so the text grows in an arena of its own. */
static err same_schema(struct ctx *c, const char *dir, bool *same)
{
	const char *theirs;
	size_t n;
	struct arena *own = arena_new(1 << 20);
	if (!own)
		return ERR_NOMEM;
	struct buf b = buf_new(own);
	err e = dump_each(c, &T_schema_version, schema_line, &b);
	if (e == OK)
		e = transfer_dir_read(c->arena, arena_fmt(c->arena, "%s/schema.txt", dir), &theirs, &n);
	*same = e == OK && n == b.n && memcmp(theirs, b.p, n) == 0;
	arena_free(own);
	return e;
}

static err check_tables(struct ctx *c, const struct reading *r)
{
	const struct json *list = json_get(r->manifest, "tables");
	for (size_t i = 0; i < table_all_n; i++) {
		const char *name = table_all[i]->name;
		if (transfer_kind_of(name) != TRANSFER_DATA)
			continue;
		const struct json *o = entry_of(list, name);
		if (!o)
			return bad(c, name, "が目録にありません");
		TRY(check_sum(c, r->dir, arena_fmt(c->arena, "data/%s.ndjson", name), json_get_text(o, "sha256", "")));
		int64_t n;
		TRY(dump_count(c, table_all[i], &n));
		if (n)
			return fault_add(c, "data", ERR_NOT_EMPTY, "読み込む先にすでに記録（%s）があります。tsunagi init で作ったばかりのフォルダーを指定してください。", name);
	}
	return OK;
}

static err check_all(struct ctx *c, struct reading *r)
{
	const char *text;
	size_t n;
	struct json *m = NULL;
	bool same = false;
	err e = transfer_dir_read(c->arena, arena_fmt(c->arena, "%s/manifest.json", r->dir), &text, &n);
	if (e == ERR_NOTFOUND || (e == OK && json_parse(c->arena, text, n, NULL, &m, NULL) != OK))
		return bad(c, "manifest.json", "を読めません");
	TRY(e);
	int64_t version = 0;
	if (!str_eq(json_get_text(m, "format", ""), TRANSFER_FORMAT) || !json_int(json_get(m, "format_version"), &version) || version != TRANSFER_VERSION)
		return bad(c, "manifest.json", "は、このプログラムの書き出しではありません");
	r->manifest = m;
	TRY(check_sum(c, r->dir, "schema.txt", json_get_text(m, "schema_sha256", "")));
	TRY(same_schema(c, r->dir, &same));
	if (!same)
		return fault_add(c, "file", ERR_SCHEMA_DIFF, "書き出したプログラムと、データの版が違います。同じ版の tsunagi で読み込み、それから tsunagi migrate を実行してください。");
	return check_tables(c, r);
}

/* --- rows --- */

static err row_in(struct ctx *c, const char *line, void *arg)
{
	struct reading *r = arg;
	void *row = arena_alloc(c->arena, r->t->size);
	row_init(r->t, row);
	if (rowjson_read(c->arena, r->t, line, row) != OK)
		return bad(c, r->t->name, arena_fmt(c->arena, "の%lld行目を読めません", (long long)r->rows + 1));
	r->rows++;
	return dump_load(c, r->t, row);
}

static err table_in(struct ctx *c, struct reading *r, const struct table_desc *t)
{
	int64_t want = -1;
	r->t = t;
	r->rows = 0;
	TRY(transfer_dir_lines(c, arena_fmt(c->arena, "%s/data/%s.ndjson", r->dir, t->name), row_in, r));
	if (!json_int(json_get(entry_of(json_get(r->manifest, "tables"), t->name), "rows"), &want) || want != r->rows)
		return bad(c, t->name, "の件数が目録と違います");
	r->report->tables++;
	r->report->rows += r->rows;
	return OK;
}

/* --- what is worked out anew --- */

struct ids {
	int64_t *v;
	size_t n;
};

static err person_id_in(struct ctx *c, const void *row, void *arg)
{
	(void)c;
	struct ids *l = arg;
	l->v[l->n++] = ((const struct t_person *)row)->id;
	return OK;
}

static err account_id_in(struct ctx *c, const void *row, void *arg)
{
	(void)c;
	struct ids *l = arg;
	l->v[l->n++] = ((const struct t_account *)row)->id;
	return OK;
}

static err derive(struct ctx *c, struct reading *r)
{
	struct ids l = {0};
	TRY(dump_count(c, &T_person, &r->report->persons));
	TRY(dump_count(c, &T_account, &r->report->accounts));
	l.v = ARENA_ARRAY(c->arena, (size_t)(r->report->persons + r->report->accounts) + 1, int64_t);
	TRY(dump_each(c, &T_person, person_id_in, &l));
	for (size_t i = 0; i < l.n; i++) {
		struct arena_mark m = arena_mark_get(c->arena);
		TRY(keys_rebuild(c, l.v[i]));
		arena_rewind(c->arena, m);
	}
	l.n = 0;
	TRY(dump_each(c, &T_account, account_id_in, &l));
	for (size_t i = 0; i < l.n; i++)
		TRY(q_credential_insert(c, &(struct q_credential_insert_in){.account_id = l.v[i]}, NULL));
	return OK;
}

/* --- bytes and logs --- */

static err bytes_in(struct ctx *c, const struct reading *r, const char *name)
{
	const char *sha = name + strlen("files/"), *p;
	char got[FILE_SHA_TEXT];
	size_t n;
	TRY(check_sum(c, r->dir, name, sha));
	TRY(transfer_dir_read(c->arena, arena_fmt(c->arena, "%s/%s", r->dir, name), &p, &n));
	TRY(file_bytes_put(c, (struct blob){p, n}, got));
	return str_eq(got, sha) ? OK : ERR_FILE_DAMAGED;
}

static err log_in(struct ctx *c, const struct reading *r, const char *name)
{
	char *chunk = arena_alloc(c->arena, 1 << 16), sha[65];
	FILE *f = fopen(arena_fmt(c->arena, "%s/%s", r->dir, name), "rb");
	if (!f)
		return ERR_IO;
	struct out_file out;
	err e = out_file_open(c, &out, c->house->data_dir, "imported", name + strlen("log/"));
	for (size_t n; e == OK && (n = fread(chunk, 1, 1 << 16, f)) > 0;)
		e = out_file_put(&out, chunk, n);
	fclose(f);
	err closed = out_file_close(&out, sha);
	return e != OK ? e : closed;
}

static err rest_in(struct ctx *c, struct reading *r)
{
	const char **names;
	size_t n;
	TRY(transfer_dir_list(c->arena, r->dir, &names, &n));
	for (size_t i = 0; i < n; i++) {
		struct arena_mark m = arena_mark_get(c->arena);
		if (str_starts(names[i], "files/")) {
			TRY(bytes_in(c, r, names[i]));
			r->report->files++;
		} else if (str_starts(names[i], "log/")) {
			TRY(log_in(c, r, names[i]));
		}
		arena_rewind(c->arena, m);
	}
	int64_t want;
	if (!json_int(json_get(r->manifest, "files"), &want) || want != r->report->files)
		return bad(c, "files", "の数が目録と違います");
	return OK;
}

/* --- the whole --- */

static err import_tx(struct ctx *c, void *arg)
{
	struct reading *r = arg;
	*r->report = (struct import_report){0};
	TRY(dump_defer(c));
	for (size_t i = 0; i < table_all_n; i++)
		if (transfer_kind_of(table_all[i]->name) == TRANSFER_DATA)
			TRY(table_in(c, r, table_all[i]));
	TRY(derive(c, r));
	TRY(rest_in(c, r));
	return audit_change(c, "import", "*", 0, 0);
}

/* A demo house stays one wherever it goes: the frame on every page says so. */
static err mark_demo(struct ctx *c, const struct reading *r)
{
	r->report->demo = json_bool(json_get(r->manifest, "demo"), false);
	if (!r->report->demo || c->house->demo)
		return OK;
	int fd = open(arena_fmt(c->arena, "%s/demo", c->house->data_dir), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	return fd >= 0 && close(fd) == 0 ? OK : ERR_IO;
}

err import_folder(struct ctx *c, const char *dir, struct import_report *out)
{
	struct reading r = {.dir = dir, .report = out};
	*out = (struct import_report){0};
	if (!c->actor.system)
		return ERR_DENIED;
	TRY(check_all(c, &r));
	TRY(tx_run(c, import_tx, &r));
	return mark_demo(c, &r);
}

err import_path(struct ctx *c, const char *path, const char *password, struct import_report *out)
{
	struct stat st;
	if (!c->actor.system)
		return ERR_DENIED;
	if (stat(path, &st) != 0)
		return fault_add(c, "file", ERR_IO, "「%s」を開けません。場所を確かめてください。", path);
	if (S_ISDIR(st.st_mode))
		return import_folder(c, path, out);
	const char *dir = arena_fmt(c->arena, "%s/import.reading", c->house->data_dir);
	struct archive_entry *v;
	size_t n;
	transfer_dir_remove(c->arena, dir); /* left by one that was cut off */
	err e = archive_read(c->arena, path, password, dir, &v, &n);
	if (e == OK)
		e = import_folder(c, dir, out);
	transfer_dir_remove(c->arena, dir);
	return e;
}
