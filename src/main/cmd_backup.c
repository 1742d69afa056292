#include "base/clock.h"
#include "main/commands.h"
#include "main/store_args.h"
#include "store/backup.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

/* Its time is what 「このシステムについて」 shows; that it cannot be left there harms nothing. */
static void note_done(struct arena *a, const char *data_dir)
{
	int fd = open(arena_fmt(a, "%s/backup.last", data_dir), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd >= 0) {
		if (write(fd, "ok\n", 3) != 3)
			fputs("控えを取った日時を残せませんでした。\n", stderr);
		close(fd);
	}
}

int cmd_backup(int argc, char **argv)
{
	struct arena *a = arena_new((size_t)512 << 20);
	if (!a)
		return store_args_fail(ERR_NOMEM);
	struct store_args args;
	struct backup_report r;
	struct ctx c;
	int rc = store_args_read(a, argc, argv, &args);
	if (rc == 0 && (args.n_words != 1 || args.verify)) {
		fputs("使い方: tsunagi backup ファイル [--data フォルダー] [--password-file ファイル]\n", stderr);
		rc = 2;
	}
	if (rc == 0) {
		ctx_init(&c, a, clock_now_ms());
		err e = backup_write(&c, args.data_dir, args.words[0], args.password, &r);
		if (e != OK) {
			rc = store_args_fail(e);
		} else {
			note_done(a, args.data_dir);
			printf("控えを作り、読み返して確かめました：%" PRId64 "件の記録、%" PRId64 "個のファイル、%" PRId64 "バイト。\n", r.rows, r.files,
				r.bytes);
			if (!args.password)
				puts("この控えには個人情報と鍵がそのまま入っています。鍵のかかる場所に置くか、--password-file で封をしてください。");
		}
	}
	arena_free(a);
	return rc;
}
