#include "base/clock.h"
#include "main/commands.h"
#include "main/store_args.h"
#include "store/backup.h"

#include <inttypes.h>
#include <stdio.h>

/* restore FILE DIR: into a fresh folder, always checked. restore FILE --verify: the file alone. */
int cmd_restore(int argc, char **argv)
{
	struct arena *a = arena_new((size_t)512 << 20);
	if (!a)
		return store_args_fail(ERR_NOMEM);
	struct store_args args;
	struct backup_report r;
	struct ctx c;
	int rc = store_args_read(a, argc, argv, &args);
	if (rc == 0 && (args.n_words < 1 || (args.n_words == 1 && !args.verify))) {
		fputs("使い方: tsunagi restore 控えのファイル 新しいフォルダー [--verify] [--password-file ファイル]\n"
			"        tsunagi restore 控えのファイル --verify   （中身を確かめるだけ）\n", stderr);
		rc = 2;
	}
	if (rc == 0) {
		ctx_init(&c, a, clock_now_ms());
		err e = backup_restore(&c, args.words[0], args.password, args.words[1], &r);
		if (e != OK)
			rc = store_args_fail(e);
		else if (args.words[1])
			printf("控えを「%s」に戻し、すべて確かめました：%" PRId64 "件の記録、%" PRId64 "個のファイル。\n", args.words[1], r.rows, r.files);
		else
			printf("控えは壊れていません：%" PRId64 "個のファイル、%" PRId64 "バイト。\n", r.files, r.bytes);
	}
	arena_free(a);
	return rc;
}
