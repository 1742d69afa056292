#include "exchange/export.h"

#include "access/audit.h"
#include "access/key.h"
#include "base/house.h"
#include "base/str.h"
#include "codec/json.h"
#include "exchange/transfer.h"
#include "exchange/transfer_dir.h"
#include "sql/all.h"
#include "sql/tables.h"
#include "store/archive.h"
#include "store/backup.h"
#include "store/db.h"
#include "store/dump.h"
#include "store/file.h"
#include "store/rowjson.h"
#include "store/tx.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LOOKS_AT_ONCE = 1000 };

struct writing {
	const char *dir;
	struct export_report *report;
	struct json *tables, *files, *logs;
	const struct table_desc *t;
	struct out_file f;
	struct json *list; /* of the file in hand */
	int64_t rows;
	int64_t *persons;
	size_t n_persons, cap_persons;
};

/* --- one table --- */

static err row_out(struct ctx *c, const void *row, void *arg)
{
	struct writing *w = arg;
	const char *line = rowjson_write(c->arena, w->t, row);
	TRY(out_file_put(&w->f, line, strlen(line)));
	w->rows++;
	return out_file_put(&w->f, "\n", 1);
}

static err table_out(struct ctx *c, struct writing *w, const struct table_desc *t, const char *sub, const char *name, struct json *list)
{
	w->t = t;
	w->rows = 0;
	TRY(out_file_open(c, &w->f, w->dir, sub, name));
	err e = dump_each(c, t, row_out, w);
	char sha[65];
	err closed = out_file_close(&w->f, sha);
	TRY(e);
	TRY(closed);
	struct json *o = json_new(c->arena, JSON_OBJECT);
	json_set(c->arena, o, "name", json_new_text(c->arena, name));
	json_set(c->arena, o, "rows", json_new_int(c->arena, w->rows));
	json_set(c->arena, o, "sha256", json_new_text(c->arena, sha));
	json_add(c->arena, list, o);
	return OK;
}

/* --- stored bytes --- */

struct column_of {
	struct writing *w;
	const struct table_desc *t;
	size_t col;
	struct ctx *live;
};

static err bytes_out(struct ctx *c, const void *row, void *arg)
{
	struct column_of *k = arg;
	const char *sha = *(const char *const *)(const void *)((const char *)row + k->t->cols[k->col].offset);
	char got[65];
	struct stat st;
	struct blob b;
	if (!sha || !*sha || stat(arena_fmt(c->arena, "%s/files/%s", k->w->dir, sha), &st) == 0)
		return OK;
	struct out_file f;
	TRY(file_bytes_get(c, sha, &b));
	TRY(out_file_open(c, &f, k->w->dir, "files", sha));
	err e = out_file_put(&f, b.p, b.n);
	err closed = out_file_close(&f, got);
	TRY(e);
	k->w->report->files++;
	return closed;
}

static err files_out(struct ctx *c, struct writing *w)
{
	for (size_t i = 0; i < table_all_n; i++)
		for (size_t k = 0; k < table_all[i]->n_cols; k++)
			if (transfer_is_file(table_all[i], k) == 1 && transfer_kind_of(table_all[i]->name) == TRANSFER_DATA)
				TRY(dump_each(c, table_all[i], bytes_out, &(struct column_of){w, table_all[i], k, c}));
	return OK;
}

/* --- the logs of looks: a file of its own per month --- */

static err looks_out(struct ctx *c, struct writing *w)
{
	const char **months;
	size_t n;
	TRY(audit_look_months(c, &months, &n));
	static const struct table_desc *const both[] = {&T_look_entry, &T_look_person};
	for (size_t i = 0; i < n; i++) {
		struct ctx month = *c;
		TRY(db_open(arena_fmt(c->arena, "%s/access-%s.db", c->house->data_dir, months[i]), DB_READ, &month.db));
		err e = OK;
		for (size_t k = 0; k < 2 && e == OK; k++)
			e = table_out(&month, w, both[k], "log", arena_fmt(c->arena, "%s-%s", both[k]->name, months[i]), w->logs);
		db_close(month.db);
		TRY(e);
	}
	return OK;
}

/* --- the manifest --- */

static err schema_row(struct ctx *c, const void *row, void *arg)
{
	const struct t_schema_version *v = row;
	return out_file_put(arg, arena_fmt(c->arena, "%s %s\n", v->name, v->sha256), strlen(v->name) + strlen(v->sha256) + 2);
}

static err manifest_out(struct ctx *c, struct writing *w, const char *program)
{
	char at[CIVIL_TIME_TEXT], sha[65];
	struct json *o = json_new(c->arena, JSON_OBJECT);
	civil_time_text(c->now_ms, at);
	json_set(c->arena, o, "format", json_new_text(c->arena, TRANSFER_FORMAT));
	json_set(c->arena, o, "format_version", json_new_int(c->arena, TRANSFER_VERSION));
	json_set(c->arena, o, "exported_at", json_new_text(c->arena, at));
	json_set(c->arena, o, "program", json_new_text(c->arena, program));
	json_set(c->arena, o, "demo", json_new_bool(c->arena, c->house->demo));
	json_set(c->arena, o, "tables", w->tables);
	json_set(c->arena, o, "logs", w->logs);
	json_set(c->arena, o, "files", json_new_int(c->arena, w->report->files));
	struct out_file f;
	TRY(out_file_open(c, &f, w->dir, "", "schema.txt"));
	err e = dump_each(c, &T_schema_version, schema_row, &f);
	err closed = out_file_close(&f, sha);
	TRY(e);
	TRY(closed);
	json_set(c->arena, o, "schema_sha256", json_new_text(c->arena, sha));
	const char *text = json_to_text(c->arena, o, false);
	TRY(out_file_open(c, &f, w->dir, "", "manifest.json"));
	e = out_file_put(&f, text, strlen(text));
	closed = out_file_close(&f, sha);
	return e != OK ? e : closed;
}

/* --- the whole --- */

static err person_id_of(struct ctx *c, const void *row, void *arg)
{
	(void)c;
	struct writing *w = arg;
	if (w->n_persons < w->cap_persons)
		w->persons[w->n_persons++] = ((const struct t_person *)row)->id;
	return OK;
}

static err tables_out(struct ctx *c, struct writing *w)
{
	for (size_t i = 0; i < table_all_n; i++) {
		const struct table_desc *t = table_all[i];
		enum transfer_kind kind = transfer_kind_of(t->name);
		if (kind == TRANSFER_SKIP || t == &T_look_entry || t == &T_look_person)
			continue;
		TRY(table_out(c, w, t, kind == TRANSFER_DATA ? "data" : "log", t->name, kind == TRANSFER_DATA ? w->tables : w->logs));
		w->report->tables += kind == TRANSFER_DATA;
		w->report->rows += kind == TRANSFER_DATA ? w->rows : 0;
	}
	return OK;
}

static err note_tx(struct ctx *c, void *arg)
{
	(void)arg;
	return audit_change(c, "export", "*", 0, 0);
}

/* Audit and log of looks come before the data: an export that broke off is told too. */
static err note(struct ctx *c, struct writing *w)
{
	TRY(dump_count(c, &T_person, &w->report->persons));
	w->cap_persons = (size_t)w->report->persons;
	w->persons = ARENA_ARRAY(c->arena, w->cap_persons + 1, int64_t);
	TRY(dump_each(c, &T_person, person_id_of, w));
	TRY(tx_run(c, note_tx, NULL));
	for (size_t i = 0; i < w->n_persons; i += LOOKS_AT_ONCE)
		TRY(audit_look(c, "export", "export", w->persons + i, w->n_persons - i < LOOKS_AT_ONCE ? w->n_persons - i : LOOKS_AT_ONCE));
	return OK;
}

static err from_copy(struct ctx *c, struct writing *w, const char *program)
{
	const char *copy = arena_fmt(c->arena, "%s/copy.db", w->dir);
	struct ctx of = *c;
	of.db = NULL;
	err e = backup_database(c, copy);
	if (e == OK)
		e = db_open(copy, DB_READ, &of.db);
	if (e == OK)
		e = tables_out(&of, w);
	if (e == OK)
		e = files_out(&of, w);
	if (e == OK)
		e = looks_out(&of, w);
	if (e == OK)
		e = manifest_out(&of, w, program);
	db_close(of.db);
	static const char *const ends[] = {"", "-wal", "-shm"};
	for (size_t i = 0; i < 3; i++)
		unlink(arena_fmt(c->arena, "%s%s", copy, ends[i]));
	return e;
}

err export_folder(struct ctx *c, const char *dir, const char *program, struct export_report *out)
{
	*out = (struct export_report){0};
	if (!c->actor.system)
		return ERR_DENIED;
	if (mkdir(dir, 0700) != 0)
		return errno == EEXIST ? ERR_NOT_EMPTY : ERR_IO;
	struct writing w = {.dir = dir, .report = out, .tables = json_new(c->arena, JSON_ARRAY), .files = NULL,
		.logs = json_new(c->arena, JSON_ARRAY)};
	err e = note(c, &w);
	if (e == OK)
		e = from_copy(c, &w, program);
	if (e != OK)
		transfer_dir_remove(c->arena, dir);
	return e;
}

static err pack(struct ctx *c, const char *dir, const char *path, const char *password)
{
	struct archive *w;
	const char **names;
	size_t n;
	TRY(transfer_dir_list(c->arena, dir, &names, &n));
	TRY(archive_create(c->arena, path, password, &w));
	err e = OK;
	for (size_t i = 0; i < n && e == OK; i++)
		e = archive_add_file(w, names[i], arena_fmt(c->arena, "%s/%s", dir, names[i]));
	if (e == OK)
		e = archive_finish(w);
	archive_abandon(w);
	return e;
}

err export_file(struct ctx *c, const char *path, const char *password, const char *program, struct export_report *out)
{
	struct stat st;
	const char *dir = arena_fmt(c->arena, "%s.writing", path);
	if (!c->actor.system)
		return ERR_DENIED;
	if (stat(path, &st) == 0)
		return ERR_NOT_EMPTY;
	TRY(export_folder(c, dir, program, out));
	err e = pack(c, dir, path, password);
	transfer_dir_remove(c->arena, dir);
	return e;
}
