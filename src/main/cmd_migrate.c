#include "base/clock.h"
#include "main/commands.h"
#include "main/store_args.h"
#include "store/open.h"

#include <stdio.h>

int cmd_migrate(int argc, char **argv)
{
	struct arena *a = arena_new((size_t)256 << 20);
	if (!a)
		return store_args_fail(ERR_NOMEM);
	struct store_args args;
	struct ctx c;
	size_t applied = 0;
	int rc = store_args_read(a, argc, argv, &args);
	if (rc == 0 && args.n_words > 0) {
		fputs("使い方: tsunagi migrate [--data フォルダー]\n", stderr);
		rc = 2;
	}
	if (rc == 0) {
		ctx_init(&c, a, clock_now_ms());
		err e = store_migrate(&c, args.data_dir, TSUNAGI_VERSION, &applied);
		store_close(&c);
		if (e != OK)
			rc = store_args_fail(e);
		else if (applied)
			printf("データを新しい版にしました（%zu段階）。\n", applied);
		else
			puts("データはすでに最新の版です。");
	}
	arena_free(a);
	return rc;
}
