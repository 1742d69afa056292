/* tsunagi export FILE — everything in open files (exchange/export), as one archive or with --folder as a folder. */
#include "exchange/export.h"
#include "main/commands.h"
#include "main/session_ctx.h"
#include "main/store_args.h"

#include <stdio.h>
#include <unistd.h>

static int run(const struct store_args *args, const char *as, bool folder)
{
	struct session_ctx s;
	struct export_report r;
	int rc = session_ctx_open(&s, args->data_dir, as, "cli:export");
	if (rc)
		return rc;
	err e = folder ? export_folder(&s.ctx, args->words[0], TSUNAGI_VERSION, &r)
		       : export_file(&s.ctx, args->words[0], args->password, TSUNAGI_VERSION, &r);
	if (e == OK) {
		printf("%s に書き出しました：%lld種類の表、%lld件の記録（%lld人）、%lld個のファイル。\n", args->words[0], (long long)r.tables,
			(long long)r.rows, (long long)r.persons, (long long)r.files);
		if (!args->password)
			fputs("個人情報がそのまま入っています。鍵のかかる場所に置くか、--password-file で封をしてください。\n", stderr);
	} else if (e == ERR_DENIED) {
		fputs("すべての書き出しは、サーバーを管理する人だけができます（--as を付けずに実行してください）。\n", stderr);
		rc = 1;
	} else {
		rc = session_ctx_fail(&s, e);
	}
	session_ctx_close(&s);
	return rc;
}

int cmd_export(int argc, char **argv)
{
	struct arena *a = arena_new(1 << 20);
	if (!a)
		return store_args_fail(ERR_NOMEM);
	struct store_args args;
	const char *as = cli_option(&argc, argv, "--as");
	bool folder = cli_flag(&argc, argv, "--folder");
	int rc = store_args_read(a, argc, argv, &args);
	if (rc == 0 && (args.n_words != 1 || args.verify || (folder && args.password))) {
		fputs("使い方: tsunagi export ファイル [--data フォルダー] [--password-file ファイル]\n"
		      "        tsunagi export フォルダー --folder [--data フォルダー]\n", stderr);
		rc = 2;
	}
	if (rc == 0)
		rc = run(&args, as, folder);
	arena_free(a);
	return rc;
}
