/* tsunagi import FILE — reads a complete export into a folder that tsunagi init has just made (exchange/import). */
#include "exchange/import.h"
#include "main/commands.h"
#include "main/session_ctx.h"
#include "main/store_args.h"

#include <stdio.h>

static int run(const struct store_args *args)
{
	struct session_ctx s;
	struct import_report r;
	int rc = session_ctx_open(&s, args->data_dir, NULL, "cli:import");
	if (rc)
		return rc;
	err e = import_path(&s.ctx, args->words[0], args->password, &r);
	if (e == OK)
		printf("%s に読み込みました：%lld種類の表、%lld件の記録（%lld人）、%lld個のファイル。\n"
		       "パスワードと確認コードは移りません。%lld個の利用者IDは、tsunagi account reset-totp で登録し直してください。\n", args->data_dir,
			(long long)r.tables, (long long)r.rows, (long long)r.persons, (long long)r.files, (long long)r.accounts);
	else
		rc = session_ctx_fail(&s, e);
	session_ctx_close(&s);
	return rc;
}

int cmd_import(int argc, char **argv)
{
	struct arena *a = arena_new(1 << 20);
	if (!a)
		return store_args_fail(ERR_NOMEM);
	struct store_args args;
	int rc = store_args_read(a, argc, argv, &args);
	if (rc == 0 && (args.n_words != 1 || args.verify)) {
		fputs("使い方: tsunagi import ファイルまたはフォルダー [--data フォルダー] [--password-file ファイル]\n", stderr);
		rc = 2;
	}
	if (rc == 0)
		rc = run(&args);
	arena_free(a);
	return rc;
}
