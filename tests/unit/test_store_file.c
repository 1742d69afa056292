#include "base/ctx.h"
#include "base/house.h"
#include "base/str.h"
#include "sql/tables.h"
#include "store/db.h"
#include "store/file.h"
#include "store/image.h"
#include "store/migrate.h"
#include "store/queue.h"
#include "store/revision.h"
#include "store/tx.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define AOK(e) assert_string_equal(err_name(e), "OK")
#define AERR(e, name) assert_string_equal(err_name(e), #name)

static const int64_t NOW = 1795248000000;

struct world {
	struct ctx c;
	struct house house;
	char dir[40];
};

static void begin(struct world *w, struct arena *a)
{
	strcpy(w->dir, "/tmp/tsu-file-XXXXXX");
	assert_non_null(mkdtemp(w->dir));
	memset(&w->house, 0, sizeof w->house);
	ctx_init(&w->c, a, NOW);
	w->c.actor.account_id = 7;
	w->c.actor.org_id = 3;
	w->c.house = &w->house;
	AOK(file_store_open(a, w->dir, &w->house.files));
	AOK(db_open(arena_fmt(a, "%s/tsunagi.db", w->dir), DB_CREATE, &w->c.db));
	AOK(migrate_run(&w->c, NULL, "test", NULL));
	store_set_change_hook(NULL);
}

static void finish(struct world *w)
{
	db_close(w->c.db);
	assert_int_equal(system(arena_fmt(w->c.arena, "rm -rf '%s'", w->dir)), 0);
}

struct put {
	struct blob bytes;
	struct t_stored_file f;
	bool fail;
};

static err put(struct ctx *c, void *arg)
{
	struct put *p = arg;
	TRY(file_put(c, p->bytes, &p->f));
	return p->fail ? ERR_INPUT : OK;
}

static struct put put_of(const char *text)
{
	struct put p = {.bytes = {text, strlen(text)}};
	row_init(&T_stored_file, &p.f);
	p.f.record_class = CLASS_CARE;
	p.f.org_id = 3;
	p.f.name = "メモ.txt";
	return p;
}

static const char *place(struct world *w, const char *sha)
{
	return arena_fmt(w->c.arena, "%s/files/%.2s/%.2s/%s", w->dir, sha, sha + 2, sha);
}

static err drop_fn(struct ctx *c, void *arg)
{
	struct { const char *sha; int64_t own; bool dropped; } *p = arg;
	return file_bytes_drop(c, p->sha, p->own, &p->dropped);
}

static void put_get_damage(void **state)
{
	struct world w;
	struct blob b;
	struct stat st;
	begin(&w, *state);
	struct put p = put_of("訪問の記録");
	AOK(tx_run(&w.c, put, &p));
	/* sha256sum of the bytes */
	assert_int_equal(strlen(p.f.sha256), 64);
	assert_string_equal(p.f.type, "text/plain");
	AOK(file_get(&w.c, &p.f, &b));
	assert_int_equal(b.n, strlen("訪問の記録"));
	assert_memory_equal(b.p, "訪問の記録", b.n);
	assert_int_equal(stat(place(&w, p.f.sha256), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(stat(arena_fmt(w.c.arena, "%s/files", w.dir), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	/* the same bytes of another record lie there once */
	struct put q = put_of("訪問の記録");
	AOK(tx_run(&w.c, put, &q));
	assert_string_equal(q.f.sha256, p.f.sha256);
	assert_true(q.f.id != p.f.id);
	/* one byte changed on the disk */
	const char *path = place(&w, p.f.sha256);
	FILE *f = fopen(path, "r+b");
	assert_non_null(f);
	fputc('X', f);
	fclose(f);
	AERR(file_get(&w.c, &p.f, &b), FILE_DAMAGED);
	int64_t n, bad;
	AOK(file_check_all(&w.c, &n, &bad));
	assert_true(n == 2 && bad == 2);
	q = put_of("訪問の記録");
	AOK(tx_run(&w.c, put, &q)); /* the right bytes come again: mended */
	AOK(file_get(&w.c, &p.f, &b));
	assert_int_equal(truncate(path, 3), 0);
	AERR(file_get(&w.c, &p.f, &b), FILE_DAMAGED);
	unlink(path);
	AERR(file_get(&w.c, &p.f, &b), FILE_DAMAGED);
	AERR(file_bytes_get(&w.c, "../../../etc/passwd", &b), NOTFOUND);
	/* held bytes are not dropped; bytes of a transaction that failed are */
	struct { const char *sha; int64_t own; bool dropped; } d = {p.f.sha256, 0, true};
	AOK(tx_run(&w.c, drop_fn, &d));
	assert_false(d.dropped);
	struct put lost = put_of("取り消された");
	lost.fail = true;
	AERR(tx_run(&w.c, put, &lost), INPUT);
	d.sha = "";
	AERR(tx_run(&w.c, drop_fn, &d), NOTFOUND);
	struct put again = put_of("取り消された");
	AOK(tx_run(&w.c, put, &again));
	d.sha = again.f.sha256;
	d.own = 1;
	AOK(tx_run(&w.c, drop_fn, &d));
	assert_true(d.dropped);
	assert_int_not_equal(access(place(&w, d.sha), F_OK), 0);
	struct put none = put_of("");
	AERR(tx_run(&w.c, put, &none), LIMIT);
	AERR(file_put(&w.c, p.bytes, &p.f), BUG); /* outside a transaction */
	finish(&w);
}

static void sniffs(void **state)
{
	(void)state;
	static const struct {
		const char *bytes;
		size_t n;
		const char *type;
	} cases[] = {
		{"%PDF-1.7\n", 9, "application/pdf"},
		{"\xFF\xD8\xFF\xE0", 4, "image/jpeg"},
		{"\x89PNG\r\n\x1a\n", 8, "image/png"},
		{"PK\x03\x04....[Content_Types].xml..xl/workbook.xml", 44, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
		{"PK\x03\x04....word/document.xml [Content_Types].xml", 46, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
		{"PK\x03\x04xyz", 7, "application/zip"},
		{"<html><script>alert(1)</script>", 31, "text/plain"},
		{"<svg xmlns=\"http://www.w3.org/2000/svg\"/>", 41, "text/plain"},
		{"\x82\xA0", 2, "application/octet-stream"},
		{"RIFF1234WEBPVP8 ", 16, "image/webp"},
		{"a\0b", 3, "application/octet-stream"},
		{"", 0, "application/octet-stream"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		assert_string_equal(file_sniff((struct blob){cases[i].bytes, cases[i].n}), cases[i].type);
}

#define BYTES(...) {(const unsigned char[]){__VA_ARGS__}, sizeof((const unsigned char[]){__VA_ARGS__})}

static void jpeg_loses_its_place(void **state)
{
	struct arena *a = *state;
	struct blob out;
	/* JFIF, Exif (turn 6, little endian, with a word that must go), a comment, tables, scan with a stuffed FF and a
	 * restart, second scan, end, and a tail behind the end */
	const struct blob in = BYTES(0xFF, 0xD8,
		0xFF, 0xE0, 0, 7, 'J', 'F', 'I', 'F', 0,
		0xFF, 0xE1, 0, 38, 'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0,
		'G', 'P', 'S', '!', '!', '!', '!', '!',
		0xFF, 0xFE, 0, 5, 'G', 'P', 'S',
		0xFF, 0xED, 0, 5, 'G', 'P', 'S',
		0xFF, 0xDB, 0, 3, 1,
		0xFF, 0xDA, 0, 3, 9, 1, 2, 0xFF, 0, 3, 0xFF, 0xD0, 4,
		0xFF, 0xC4, 0, 3, 7,
		0xFF, 0xDA, 0, 3, 8, 5, 5,
		0xFF, 0xD9, 'G', 'P', 'S');
	AOK(image_strip_jpeg(a, in, &out));
	for (size_t i = 0; i + 3 <= out.n; i++)
		assert_memory_not_equal((const char *)out.p + i, "GPS", 3);
	const unsigned char *p = out.p;
	assert_memory_equal(p, "\xFF\xD8\xFF\xE1", 4);
	assert_int_equal(p[31], 6); /* the turn alone is kept */
	assert_memory_equal(p + out.n - 2, "\xFF\xD9", 2);
	struct blob twice;
	AOK(image_strip_jpeg(a, out, &twice)); /* what we write we can read; nothing more goes */
	assert_int_equal(twice.n, out.n);
	assert_memory_equal(twice.p, out.p, out.n);
	/* every cut is refused, none reads beyond the end (ASan) */
	for (size_t n = 0; n < in.n - 4; n++) {
		struct blob cut = {arena_copy(a, in.p, n), n};
		AERR(image_strip_jpeg(a, cut, &out), INPUT);
	}
}

static void png_loses_its_words(void **state)
{
	struct arena *a = *state;
	struct blob out;
	const struct blob in = BYTES(0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n',
		0, 0, 0, 1, 'I', 'H', 'D', 'R', 5, 1, 2, 3, 4,
		0, 0, 0, 3, 't', 'E', 'X', 't', 'G', 'P', 'S', 1, 2, 3, 4,
		0, 0, 0, 3, 'e', 'X', 'I', 'f', 'G', 'P', 'S', 1, 2, 3, 4,
		0, 0, 0, 2, 'I', 'D', 'A', 'T', 8, 9, 1, 2, 3, 4,
		0, 0, 0, 0, 'I', 'E', 'N', 'D', 1, 2, 3, 4, 'G', 'P', 'S');
	AOK(image_strip_png(a, in, &out));
	assert_int_equal(out.n, 8 + 13 + 14 + 12);
	for (size_t n = 0; n < in.n - 3; n++)
		AERR(image_strip_png(a, (struct blob){arena_copy(a, in.p, n), n}, &out), INPUT);
}

/* --- the queue --- */

static void a_job_from_end_to_end(void **state)
{
	struct world w;
	struct job j, k;
	bool found, cancelled;
	const void *bytes;
	const char *name;
	size_t n;
	begin(&w, *state);
	AOK(queue_take(&w.c, &j, &found));
	assert_false(found);
	AOK(queue_add(&w.c, "print", "{\"ids\":[1,2]}", CLASS_CARE, NULL, &j));
	assert_true(j.state == JOB_WAITING && j.account_id == 7 && j.org_id == 3 && j.started_ms == INT_NULL);
	AOK(queue_take(&w.c, &k, &found));
	assert_true(found && k.id == j.id && k.state == JOB_RUNNING && k.attempts == 1);
	assert_string_equal(k.params, "{\"ids\":[1,2]}");
	struct job other;
	AOK(queue_take(&w.c, &other, &found));
	assert_false(found);
	AOK(queue_progress(&w.c, j.id, 1, 2, &cancelled));
	assert_false(cancelled);
	AERR(queue_result(&w.c, j.pid, &bytes, &n, &name), NOTFOUND);
	AOK(queue_end(&w.c, j.id, OK, "2件を印刷しました。", "%PDF-", 5, "print.pdf"));
	AERR(queue_end(&w.c, j.id, OK, NULL, NULL, 0, NULL), NOTFOUND); /* ended is ended */
	AERR(queue_progress(&w.c, j.id, 1, 2, &cancelled), NOTFOUND);
	AOK(queue_result(&w.c, j.pid, &bytes, &n, &name));
	assert_int_equal(n, 5);
	assert_string_equal(name, "print.pdf");
	AOK(queue_get(&w.c, j.pid, &k));
	assert_true(k.state == JOB_DONE && k.done == 1 && k.total == 2 && k.ended_ms == NOW && k.expires_ms == NOW + 86400000);
	const char *path = place(&w, k.result_sha256);
	/* nobody but the owner */
	w.c.actor.account_id = 8;
	AERR(queue_get(&w.c, j.pid, &k), NOTFOUND);
	AERR(queue_result(&w.c, j.pid, &bytes, &n, &name), NOTFOUND);
	AERR(queue_cancel(&w.c, j.pid), NOTFOUND);
	struct job *v;
	AOK(queue_list(&w.c, 10, &v, &n));
	assert_int_equal(n, 0);
	w.c.actor.account_id = 7;
	AOK(queue_list(&w.c, 10, &v, &n));
	assert_int_equal(n, 1);
	/* wiped after 24 hours, not a moment before */
	int64_t revived, wiped;
	w.c.now_ms = NOW + 86400000 - 1;
	AOK(queue_tidy(&w.c, &revived, &wiped));
	assert_true(wiped == 0 && access(path, F_OK) == 0);
	w.c.now_ms++;
	AERR(queue_result(&w.c, j.pid, &bytes, &n, &name), NOTFOUND);
	AOK(queue_tidy(&w.c, &revived, &wiped));
	assert_int_equal(wiped, 1);
	assert_int_not_equal(access(path, F_OK), 0);
	AERR(queue_get(&w.c, j.pid, &k), NOTFOUND);
	finish(&w);
}

static void cancel_and_dead_workers(void **state)
{
	struct world w;
	struct job j, k;
	bool found, cancelled;
	int64_t revived, wiped;
	begin(&w, *state);
	AOK(queue_add(&w.c, "export", "{}", 0, "imp1", &j));
	AOK(queue_cancel(&w.c, j.pid)); /* waiting: ends at once */
	AOK(queue_get(&w.c, j.pid, &k));
	assert_true(k.state == JOB_CANCELLED && k.ended_ms == NOW);
	assert_string_equal(k.import_id, "imp1");
	AOK(queue_take(&w.c, &k, &found));
	assert_false(found);
	AOK(queue_add(&w.c, "export", "{}", 0, NULL, &j));
	AOK(queue_take(&w.c, &k, &found));
	AOK(queue_cancel(&w.c, j.pid)); /* running: asked */
	AOK(queue_progress(&w.c, j.id, 5, 10, &cancelled));
	assert_true(cancelled);
	AOK(queue_end(&w.c, j.id, ERR_CANCELLED, NULL, NULL, 0, NULL));
	AOK(queue_get(&w.c, j.pid, &k));
	assert_true(k.state == JOB_CANCELLED && k.error == ERR_CANCELLED && !str_blank(k.message));
	/* a worker dies: twice again, then failed */
	AOK(queue_add(&w.c, "export", "{}", 0, NULL, &j));
	for (int i = 1; i <= QUEUE_ATTEMPTS; i++) {
		AOK(queue_take(&w.c, &k, &found));
		assert_true(found && k.attempts == i);
		w.c.now_ms += QUEUE_STALE_MS;
		AOK(queue_tidy(&w.c, &revived, &wiped));
		assert_int_equal(revived, 0);
		w.c.now_ms++;
		AOK(queue_tidy(&w.c, &revived, &wiped));
		assert_int_equal(revived, 1);
	}
	AOK(queue_get(&w.c, j.pid, &k));
	assert_true(k.state == JOB_FAILED);
	finish(&w);
}

/* Several processes take from one queue: each job runs once. */
static void several_takers(void **state)
{
	enum { TAKERS = 4, JOBS = 40 };
	struct world w;
	struct job j;
	begin(&w, *state);
	for (int i = 0; i < JOBS; i++)
		AOK(queue_add(&w.c, "k", "{}", 0, NULL, &j));
	db_close(w.c.db);
	const char *path = arena_fmt(w.c.arena, "%s/tsunagi.db", w.dir);
	for (int t = 0; t < TAKERS; t++)
		if (fork() == 0) {
			int n = 0;
			bool found = true;
			if (db_open(path, DB_WRITE, &w.c.db) != OK)
				_exit(99);
			while (queue_take(&w.c, &j, &found) == OK && found)
				n += queue_end(&w.c, j.id, OK, "", NULL, 0, NULL) == OK && j.attempts == 1;
			db_close(w.c.db);
			_exit(n);
		}
	int total = 0, status;
	for (int t = 0; t < TAKERS; t++) {
		wait(&status);
		assert_true(WIFEXITED(status));
		total += WEXITSTATUS(status);
	}
	assert_int_equal(total, JOBS);
	AOK(db_open(path, DB_WRITE, &w.c.db));
	finish(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(put_get_damage), UNIT(sniffs), UNIT(jpeg_loses_its_place), UNIT(png_loses_its_words), UNIT(a_job_from_end_to_end),
		UNIT(cancel_and_dead_workers), UNIT(several_takers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
