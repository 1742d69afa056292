#include "main/session_ctx.h"

#include "register/import_lines.h"

#include "access/door.h"
#include "access/session.h"
#include "base/clock.h"
#include "base/pid.h"
#include "base/str.h"
#include "main/house_open.h"
#include "store/migrate.h"

#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MEMORY ((size_t)1 << 30) /* taken only as it is needed; the sorted duties of 100,000 cases need half of it */

static jmp_buf no_memory; /* filled by main before the command begins, and good as long as main runs */
static bool guarded;

jmp_buf *cli_no_memory(void)
{
	guarded = true;
	return &no_memory;
}

const char *cli_option(int *argc, char **argv, const char *name)
{
	size_t n = strlen(name);
	for (int i = 1; i < *argc; i++) {
		if (strncmp(argv[i], name, n) != 0 || (argv[i][n] != '\0' && argv[i][n] != '='))
			continue;
		bool joined = argv[i][n] == '=';
		const char *value = joined ? argv[i] + n + 1 : i + 1 < *argc ? argv[i + 1] : "";
		int taken = joined || i + 1 >= *argc ? 1 : 2;
		memmove(argv + i, argv + i + taken, (size_t)(*argc - i - taken) * sizeof *argv);
		*argc -= taken;
		return value;
	}
	return NULL;
}

bool cli_flag(int *argc, char **argv, const char *name)
{
	for (int i = 1; i < *argc; i++)
		if (strcmp(argv[i], name) == 0) {
			memmove(argv + i, argv + i + 1, (size_t)(*argc - i - 1) * sizeof *argv);
			(*argc)--;
			return true;
		}
	return false;
}

int cli_rest(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (!str_utf8_valid(argv[i], strlen(argv[i])))
			return cli_fail(ERR_NOT_UTF8);
		if (strncmp(argv[i], "--", 2) == 0) {
			fprintf(stderr, "「%s」という指定はありません。tsunagi help で書き方を確かめてください。\n", argv[i]);
			return 2;
		}
	}
	return 0;
}

const char *session_ctx_data(int *argc, char **argv)
{
	const char *given = cli_option(argc, argv, "--data"), *env = getenv("TSUNAGI_DATA");
	return given ? given : env && *env ? env : "data";
}

static int exit_code(err e)
{
	enum err_class cls = err_class_of(e);
	return cls == ERR_CLASS_INPUT || cls == ERR_CLASS_NOTFOUND ? 2 : 1;
}

int cli_fail(err e)
{
	fprintf(stderr, "%s%s（番号 %d）\n", err_sentence_ja(e), err_mend_ja(e), (int)e);
	return exit_code(e);
}

int session_ctx_fail(struct session_ctx *s, err e)
{
	if (s->ctx.n_faults == 0)
		return cli_fail(e);
	for (size_t i = 0; i < s->ctx.n_faults; i++)
		fprintf(stderr, "%s\n", s->ctx.faults[i].message);
	return exit_code(e);
}

/* What makes sense on a host without register: no record can come there by any other command. */
static const char *const outside_may[] = {"cli:init", "cli:outside", "cli:audit", "cli:account"};

static int open_all(struct session_ctx *s, const char *data_dir, const char *purpose, bool bare)
{
	memset(s, 0, sizeof *s);
	s->arena = arena_new(MEMORY);
	if (!s->arena)
		return cli_fail(ERR_NOMEM);
	if (guarded)
		arena_set_escape(s->arena, &no_memory);
	if (!str_utf8_valid(data_dir, strlen(data_dir)))
		return cli_fail(ERR_NOT_UTF8);
	if (access(data_dir, X_OK) != 0) {
		fprintf(stderr, "データフォルダー「%s」を開けません。tsunagi init で作るか、--data で場所を指定してください。\n", data_dir);
		return 1;
	}
	bool may_outside = false;
	for (size_t i = 0; i < sizeof outside_may / sizeof outside_may[0]; i++)
		may_outside |= str_eq(outside_may[i], purpose);
	err e = bare ? door_house(s->arena, data_dir, &s->house) : house_open(s->arena, data_dir, &s->house);
	if (e == OK && s->house.outside && !may_outside) {
		fprintf(stderr, "「%s」は、調査の回答を受け付けるだけのデータフォルダーです（外側）。ここでは tsunagi serve --outside と tsunagi outside を使います。\n", data_dir);
		return 1;
	}
	if (e == OK)
		e = door_db(&s->house, &s->db);
	if (e != OK)
		return cli_fail(e);
	ctx_init(&s->ctx, s->arena, clock_now_ms());
	s->ctx.db = s->db;
	s->ctx.house = &s->house;
	law_now_init(&s->law, &s->house);
	char id[PID_TEXT];
	pid_make(id);
	s->ctx.request_id = arena_str(s->arena, id);
	struct passwd *pw = getpwuid(getuid());
	session_act_as_console(&s->ctx, arena_str(s->arena, pw ? pw->pw_name : "uid"), purpose);
	return 0;
}

int session_ctx_open_migrating(struct session_ctx *s, const char *data_dir, const char *purpose)
{
	int rc = open_all(s, data_dir, purpose, true);
	if (rc)
		session_ctx_close(s);
	return rc;
}

static int open_current(struct session_ctx *s, const char *data_dir, const char *as, const char *purpose, bool bare)
{
	int rc = open_all(s, data_dir, purpose, bare);
	if (rc)
		return rc;
	size_t pending;
	err e = migrate_pending(&s->ctx, &pending);
	if (e != OK)
		return cli_fail(e);
	if (pending) {
		fprintf(stderr, "データの版が古いため開けません。先に tsunagi migrate を実行してください。\n");
		return 1;
	}
	if (!bare)
		law_now_look(&s->law, &s->ctx);
	if (!as)
		return 0;
	struct account a;
	if (!str_utf8_valid(as, strlen(as)))
		return cli_fail(ERR_NOT_UTF8);
	e = account_find_login(&s->ctx, as, &a);
	if (e == OK)
		e = session_act_as(&s->ctx, a.id, purpose);
	if (e == ERR_NOTFOUND || e == ERR_DENIED) {
		fprintf(stderr, "--as の利用者IDがないか、使えない状態です。tsunagi account list で確かめてください。\n");
		return 2;
	}
	return e == OK ? 0 : cli_fail(e);
}

static int open_or_close(struct session_ctx *s, const char *data_dir, const char *as, const char *purpose, bool bare)
{
	int rc = open_current(s, data_dir, as, purpose, bare);
	if (rc)
		session_ctx_close(s);
	return rc;
}

int session_ctx_open(struct session_ctx *s, const char *data_dir, const char *as, const char *purpose)
{
	return open_or_close(s, data_dir, as, purpose, false);
}

int session_ctx_open_bare(struct session_ctx *s, const char *data_dir, const char *as, const char *purpose)
{
	return open_or_close(s, data_dir, as, purpose, true);
}

void session_ctx_close(struct session_ctx *s)
{
	if (!s->arena)
		return;
	door_close(s->house.looks ? &s->house : NULL, s->db);
	law_now_close(&s->law);
	house_close(&s->house);
	arena_free(s->arena);
	memset(s, 0, sizeof *s);
}

char *cli_read_file(struct arena *a, const char *path, size_t most, size_t *n)
{
	FILE *f = fopen(path, "rb");
	if (!f) {
		fprintf(stderr, "tsunagi: ファイルを開けません: %s\n", path);
		return NULL;
	}
	char *p = NULL;
	long size = fseek(f, 0, SEEK_END) == 0 ? ftell(f) : -1;
	if (size < 0 || (size_t)size > most || fseek(f, 0, SEEK_SET) != 0) {
		fprintf(stderr, "tsunagi: ファイルを読めないか、大きすぎます（%zu MBまで）。\n", most >> 20);
	} else {
		p = arena_alloc(a, (size_t)size + 1);
		*n = fread(p, 1, (size_t)size, f);
		if (*n != (size_t)size) {
			fputs("tsunagi: ファイルを最後まで読めませんでした。\n", stderr);
			p = NULL;
		}
	}
	fclose(f);
	return p;
}

void cli_import_lines(const struct import_lines *said)
{
	for (size_t i = 0; i < said->n; i++)
		if (said->v[i].is_bad)
			fprintf(stderr, "%d行目: %s\n", said->v[i].line, said->v[i].text);
	if (*said->unread)
		fprintf(stderr, "読まなかった列: %s\n", said->unread);
}
