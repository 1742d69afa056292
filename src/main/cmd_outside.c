/* tsunagi outside key|out|in — the keys and the exchange files between the inside and the outside of surveys (exchange/front_file).
 * Codes: 0 done, 1 failed, 2 the call or the file was wrong. Tests: tests/http/test_front.py. */
#include "base/str.h"
#include "exchange/front_file.h"
#include "main/commands.h"
#include "main/session_ctx.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int usage(void)
{
	fputs("使い方: tsunagi outside key                （こちらの公開鍵と照合番号を表示する）\n"
	      "        tsunagi outside key 相手の公開鍵   （相手の公開鍵を登録する。1行を引用符で囲む）\n"
	      "        tsunagi outside out ファイル       （相手に渡すファイルを作る）\n"
	      "        tsunagi outside in ファイル        （相手から届いたファイルを取り込む）\n"
	      "共通の指定: --data フォルダー  --as 利用者ID\n終わりの番号: 0 済んだ、1 失敗、2 書き方かファイルの誤り\n", stderr);
	return 2;
}

static int key(struct session_ctx *s, const char *line)
{
	struct front_peer_view v;
	err e = line ? front_peer_set(&s->ctx, line) : OK;
	if (e == OK)
		e = front_peer_of(&s->ctx, &v);
	if (e != OK)
		return session_ctx_fail(s, e);
	if (!line) {
		puts(v.own_line);
		printf("照合番号: %s\n", v.own_check);
	}
	if (v.is_known)
		printf("相手の照合番号: %s（電話などで、相手の画面の番号と同じか確かめてください）\n", v.peer_check);
	else
		puts("相手の公開鍵は、まだ登録していません。");
	return 0;
}

/* The whole file or none: written beside it and put in its place. */
static bool save(struct arena *a, const char *path, const char *bytes, size_t n)
{
	const char *beside = arena_fmt(a, "%s.new", path);
	int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	size_t done = 0;
	while (done < n) {
		ssize_t w = write(fd, bytes + done, n - done);
		if (w <= 0)
			break;
		done += (size_t)w;
	}
	bool ok = done == n && fsync(fd) == 0;
	ok = close(fd) == 0 && ok && rename(beside, path) == 0;
	if (!ok)
		unlink(beside);
	return ok;
}

static int out(struct session_ctx *s, const char *path)
{
	struct front_file_report r;
	const char *bytes;
	size_t n;
	err e = front_file_write(&s->ctx, &bytes, &n, &r);
	if (e != OK)
		return session_ctx_fail(s, e);
	if (!save(s->arena, path, bytes, n)) {
		fprintf(stderr, "tsunagi: ファイルを書けません: %s\n", path);
		return 1;
	}
	printf("%s を作りました（番号 %lld）。調査の回 %lld、回答者 %lld、リンク %lld、開封 %lld、回答 %lld、無記名の「使用済み」 %lld、無記名の回答 %lld\n", path,
		(long long)r.no, (long long)r.rounds, (long long)r.seats, (long long)r.links, (long long)r.opened, (long long)r.given, (long long)r.spent,
		(long long)r.pot);
	return 0;
}

static int in(struct session_ctx *s, const char *path)
{
	struct front_file_report r;
	size_t n;
	const char *bytes = cli_read_file(s->arena, path, FRONT_FILE_MAX, &n);
	if (!bytes)
		return 2;
	err e = front_file_read(&s->ctx, bytes, n, &r);
	if (e != OK)
		return session_ctx_fail(s, e);
	if (r.is_old)
		puts(r.why_old);
	else
		printf("取り込みました（番号 %lld）。調査の回 %lld、回答者 %lld、新しいリンク %lld、新しい開封 %lld、新しい回答 %lld、"
		       "新しい「使用済み」 %lld、無記名の回答 %lld\n", (long long)r.no, (long long)r.rounds, (long long)r.seats, (long long)r.links,
			(long long)r.opened, (long long)r.given, (long long)r.spent, (long long)r.pot);
	return 0;
}

int cmd_outside(int argc, char **argv)
{
	const char *data = session_ctx_data(&argc, argv), *as = cli_option(&argc, argv, "--as");
	struct session_ctx s;
	int rc = cli_rest(argc, argv);
	if (rc)
		return rc;
	const char *verb = argc > 1 ? argv[1] : "", *word = argc > 2 ? argv[2] : NULL;
	bool is_key = strcmp(verb, "key") == 0, is_out = strcmp(verb, "out") == 0;
	if (argc > 3 || (!is_key && !is_out && strcmp(verb, "in") != 0) || (!is_key && !word))
		return usage();
	if ((rc = session_ctx_open(&s, data, as, "cli:outside")) != 0)
		return rc;
	rc = is_key ? key(&s, word) : is_out ? out(&s, word) : in(&s, word);
	session_ctx_close(&s);
	return rc;
}
