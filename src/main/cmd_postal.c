/* tsunagi postal import FILE | postal find CODE — the table of postal codes from Japan Post's file, kept in the house, so
 * that the look-up works with the network cut. */
#include "main/commands.h"
#include "main/register_open.h"
#include "register/address.h"

#include <stdio.h>
#include <string.h>

enum { FILE_BYTES = 64 << 20 };

static int usage(void)
{
	fputs("使い方: tsunagi postal import ファイル    日本郵便の郵便番号データ（KEN_ALL.CSV または utf_ken_all.csv）\n"
	      "        tsunagi postal find 郵便番号\n共通の指定: --data フォルダー  --as 利用者ID\n", stderr);
	return 2;
}

static int import(struct session_ctx *s, const char *path)
{
	struct postal_done done;
	size_t n;
	struct arena *a = arena_new((size_t)FILE_BYTES + (1 << 20));
	if (!a)
		return cli_fail(ERR_NOMEM);
	char *bytes = cli_read_file(a, path, FILE_BYTES, &n);
	err e = bytes ? postal_import(&s->ctx, bytes, n, &done) : OK;
	arena_free(a);
	if (!bytes)
		return 1;
	if (e != OK)
		return session_ctx_fail(s, e);
	printf("%lld件の郵便番号を取り込みました。\n", (long long)done.n_rows);
	if (done.n_bad)
		fprintf(stderr, "読めない行が%lld行ありました（最初は%d行目）。その行は取り込んでいません。\n", (long long)done.n_bad, done.first_bad_line);
	return 0;
}

static int find(struct session_ctx *s, const char *code)
{
	struct postal_fill *v;
	size_t n;
	err e = postal_fill(&s->ctx, code, &v, &n);
	if (e != OK)
		return session_ctx_fail(s, e);
	for (size_t i = 0; i < n; i++)
		printf("%s\t%s\n", v[i].address, v[i].area_name[AREA_SLOT_ZONE]);
	if (!n)
		fputs("その郵便番号はありません。7けたの数字か、取り込み済みかを確かめてください。\n", stderr);
	return n ? 0 : 1;
}

int cmd_postal(int argc, char **argv)
{
	struct session_ctx s = {0};
	const char *as = cli_option(&argc, argv, "--as"), *data = session_ctx_data(&argc, argv);
	if (cli_rest(argc, argv) != 0)
		return 2;
	bool is_import = argc == 3 && strcmp(argv[1], "import") == 0;
	if (!is_import && !(argc == 3 && strcmp(argv[1], "find") == 0))
		return usage();
	int code = register_open(&s, data, as, "cli:postal");
	if (code != 0)
		return code;
	code = is_import ? import(&s, argv[2]) : find(&s, argv[2]);
	session_ctx_close(&s);
	return code;
}
