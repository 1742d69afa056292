/* tsunagi init [DIR] [--outside] — makes the data folder, the key and the database, and prints the one-time code with which the first
 * administrator is made in the browser. Run again before that, it prints a new code; afterwards it refuses.
 * With --outside the folder is one for the host that the world sees: the same schema, no accounts, no code (docs/outside.md). */
#include "access/account.h"
#include "access/door.h"
#include "main/commands.h"
#include "main/session_ctx.h"
#include "store/migrate.h"

#include <stdio.h>

static int code_for(struct session_ctx *s, const char *dir)
{
	const char *code;
	err e = account_setup_code(&s->ctx, &code);
	if (e == ERR_DENIED) {
		fprintf(stderr, "このフォルダー「%s」の初期設定は済んでいます。利用者の追加は tsunagi account add で行います。\n", dir);
		return 1;
	}
	if (e != OK)
		return session_ctx_fail(s, e);
	printf("データフォルダー: %s\n初期設定コード: %s\n", dir, code);
	fprintf(stderr,
		"tsunagi serve を始めてから、ブラウザーの初期設定の画面でこのコードを入力し、最初の管理者を登録してください。\n"
		"コードは%d日間、一度だけ使えます。なくしたときは、もう一度 tsunagi init を実行してください。\n"
		"house.key は監査記録と確認コードの鍵です。データとは別の場所にも控えを取ってください。\n", ACCOUNT_SETUP_DAYS);
	return 0;
}

static int outside_ready(const char *dir)
{
	printf("データフォルダー（外側）: %s\n", dir);
	fputs("つぎに tsunagi outside key で公開鍵を表示し、内側と交換してください。画面は tsunagi serve --outside で始めます。\n", stderr);
	return 0;
}

int cmd_init(int argc, char **argv)
{
	const char *dir = session_ctx_data(&argc, argv);
	bool outside = cli_flag(&argc, argv, "--outside");
	int rc = cli_rest(argc, argv);
	if (rc)
		return rc;
	if (argc > 2) {
		fputs("使い方: tsunagi init [フォルダー] [--outside]\n", stderr);
		return 2;
	}
	if (argc == 2)
		dir = argv[1];
	err e = outside ? door_make_outside(dir) : door_make(dir, false);
	if (e != OK && e != ERR_UNIQUE)
		return cli_fail(e);
	struct session_ctx s;
	rc = session_ctx_open_migrating(&s, dir, "cli:init");
	if (rc)
		return rc;
	/* A folder that is already in use is migrated by `tsunagi migrate`, with its backup first; here only a new one is. */
	size_t pending = 0;
	e = e == OK ? migrate_run(&s.ctx, NULL, TSUNAGI_VERSION, NULL) : migrate_pending(&s.ctx, &pending);
	if (e == OK && pending) {
		int64_t accounts;
		bool used = account_count(&s.ctx, &accounts) == OK && accounts > 0;
		if (!used)
			e = migrate_run(&s.ctx, NULL, TSUNAGI_VERSION, NULL);
	}
	if (e == OK && outside && !s.house.outside) {
		fprintf(stderr, "このフォルダー「%s」は、外側のデータフォルダーではありません。別のフォルダーを指定してください。\n", dir);
		rc = 1;
	} else if (e == OK && s.house.outside) {
		rc = outside_ready(dir);
	} else {
		rc = e == OK ? code_for(&s, dir) : session_ctx_fail(&s, e);
	}
	session_ctx_close(&s);
	return rc;
}
