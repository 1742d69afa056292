/* tsunagi demo [--data DIR] [--people N] [--seed S] — makes a data folder marked demo and fills it with the invented town
 * つなぎ市. --logins prints the accounts, --code LOGIN the present confirmation code. */
#include "access/account.h"
#include "access/demo_secret.h"
#include "access/door.h"
#include "access/policy.h"
#include "base/clock.h"
#include "base/str.h"
#include "main/commands.h"
#include "main/demo_world.h"
#include "main/session_ctx.h"
#include "register/org.h"
#include "store/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLAN_MEMORY ((size_t)1 << 30)
enum { PEOPLE = 2000, PEOPLE_LEAST = 20, PEOPLE_MOST = 50000 };

static int usage(void)
{
	fputs("使い方: tsunagi demo [--data フォルダー] [--people 人数] [--seed 数]   架空の町を作る\n"
	      "        tsunagi demo --logins [--data フォルダー]                 デモの利用者の一覧\n"
	      "        tsunagi demo --code 利用者ID [--data フォルダー]          いまの確認コード\n", stderr);
	return 2;
}

static int not_demo(const char *dir)
{
	fprintf(stderr, "「%s」はデモのデータフォルダーではありません。tsunagi demo で作ったフォルダーを指定してください。\n", dir);
	return 1;
}

/* Width on a terminal: kanji and kana take two columns. */
static int columns(const char *s)
{
	int n = 0;
	for (uint32_t ch; (ch = str_next(&s)) != 0;)
		n += ch < 0x1100 ? 1 : 2;
	return n;
}

static void cell(const char *s, int width)
{
	printf("%s%*s", s, width > columns(s) ? width - columns(s) : 1, "");
}

static err print_logins(struct session_ctx *s, bool *none)
{
	struct demo d = {.arena = s->arena};
	char code[7];
	*none = true;
	TRY(demo_secret_code(&s->ctx, code));
	demo_logins_fill(&d);
	for (size_t i = 0; i < d.n_logins; i++) {
		struct account a;
		struct org o = {.name = ""};
		if (!d.login[i].shown)
			continue;
		err e = account_find_login(&s->ctx, d.login[i].login, &a);
		if (e == ERR_NOTFOUND)
			continue;
		TRY(e);
		if (a.org_id > 0)
			TRY(org_load(&s->ctx, a.org_id, &o));
		if (*none) {
			cell("利用者ID", 12);
			cell("パスワード", 20);
			cell("確認コード", 12);
			cell("役割", 28);
			puts("機関");
		}
		*none = false;
		cell(a.login, 12);
		cell(DEMO_PASSWORD, 20);
		cell(code, 12);
		cell(role_label_ja(a.role), 28);
		puts(o.name);
	}
	return OK;
}

static int logins(struct session_ctx *s, const char *dir)
{
	bool none;
	err e = print_logins(s, &none);
	if (e == ERR_DENIED || (e == OK && none))
		return not_demo(dir);
	if (e != OK)
		return session_ctx_fail(s, e);
	printf("\n確認コードは30秒ごとに変わります。いまのコードは、デモではログインの画面にも出ます。\n"
	       "もう一度調べる: tsunagi demo --code nurse --data %s\n"
	       "認証アプリに登録するときの鍵（デモ専用）: " DEMO_TOTP "\n", dir);
	return 0;
}

static int code_of(struct session_ctx *s, const char *dir, const char *login)
{
	char code[7];
	struct account a;
	err e = demo_secret_code(&s->ctx, code);
	if (e == ERR_DENIED)
		return not_demo(dir);
	if (e == OK)
		e = account_find_login(&s->ctx, login, &a);
	if (e == ERR_NOTFOUND) {
		fprintf(stderr, "利用者ID「%s」はありません。tsunagi demo --logins で確かめてください。\n", login);
		return 2;
	}
	if (e != OK)
		return session_ctx_fail(s, e);
	puts(code);
	return 0;
}

static int fill(struct session_ctx *s, const char *dir, size_t people, uint64_t seed)
{
	int64_t began = clock_monotonic_us();
	struct arena *plan = arena_new(PLAN_MEMORY);
	if (!plan)
		return cli_fail(ERR_NOMEM);
	struct demo d = {.arena = plan, .n_people = people};
	err e = demo_run(&d, &s->ctx, s->house.share_dir, seed);
	int rc = 0;
	if (e == OK) {
		int64_t ms = (clock_monotonic_us() - began) / 1000;
		printf("%s に架空の町「" DEMO_CITY "」を作りました（%zu人、%zuの出来事、%lld.%lld秒）。\n\n", dir, people, d.n_events, (long long)(ms / 1000),
			(long long)(ms % 1000 / 100));
		rc = logins(s, dir);
	} else {
		rc = session_ctx_fail(s, e);
		if (d.failed)
			fprintf(stderr, "（%s の記録で止まりました。フォルダー「%s」は作りかけです。消してからやり直してください。）\n",
				demo_iso(&s->ctx, civil_of_instant(d.failed->at_ms)), dir);
	}
	arena_free(plan);
	return rc;
}

int demo_open_new(struct session_ctx *s, const char *dir, const char *purpose)
{
	err e = door_make(dir, true);
	if (e == ERR_UNIQUE) {
		fprintf(stderr, "「%s」にはすでにデータがあります。別のフォルダーを指定してください。\n", dir);
		return 1;
	}
	if (e != OK)
		return cli_fail(e);
	int rc = session_ctx_open_migrating(s, dir, purpose);
	if (rc)
		return rc;
	e = migrate_run(&s->ctx, NULL, TSUNAGI_VERSION, NULL);
	rc = e == OK ? 0 : session_ctx_fail(s, e);
	session_ctx_close(s);
	return rc ? rc : session_ctx_open(s, dir, NULL, purpose);
}

static int make(const char *dir, size_t people, uint64_t seed)
{
	struct session_ctx s = {0};
	int rc = demo_open_new(&s, dir, "cli:demo");
	if (rc)
		return rc;
	rc = fill(&s, dir, people, seed);
	session_ctx_close(&s);
	return rc;
}

int cmd_demo(int argc, char **argv)
{
	const char *dir = session_ctx_data(&argc, argv), *people = cli_option(&argc, argv, "--people"), *seed = cli_option(&argc, argv, "--seed"),
		*code = cli_option(&argc, argv, "--code");
	bool list = cli_flag(&argc, argv, "--logins");
	int64_t n = PEOPLE, number = 1;
	int rc = cli_rest(argc, argv);
	if (rc)
		return rc;
	if (argc > 1 || (people && (!str_int(people, &n) || n < PEOPLE_LEAST || n > PEOPLE_MOST)) || (seed && !str_int(seed, &number)))
		return usage();
	if (!list && !code)
		return make(dir, (size_t)n, (uint64_t)number);
	struct session_ctx s;
	rc = session_ctx_open(&s, dir, NULL, "cli:demo");
	if (rc)
		return rc;
	rc = code ? code_of(&s, dir, code) : logins(&s, dir);
	session_ctx_close(&s);
	return rc;
}
