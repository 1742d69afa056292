/* tsunagi snippet list|import|export — 定型文 as tables. Acts --as an account (what it may use and write), or as the audited console,
 * which sees all and writes those of the --org it names. Codes: 0 done, 1 failed, 2 the call or the input was wrong, 3 an import left
 * bad rows out. */
#include "access/account.h"
#include "base/str.h"
#include "care/snippet_table.h"
#include "main/commands.h"
#include "main/session_ctx.h"

#include <stdio.h>
#include <string.h>

enum { EXIT_BAD_ROWS = 3 };

struct request {
	struct session_ctx s;
	const char *level, *category, *org, *text, *path;
	bool check, cp932;
};

static int usage(void)
{
	fputs("使い方: tsunagi snippet list [--text 言葉] [--level own|office|town] [--category 分類]\n"
	      "        tsunagi snippet export ファイル.csv [--cp932] [--level …] [--category …]\n"
	      "        tsunagi snippet import ファイル.csv [--level own|office|town] [--org 機関のID] [--check]   （UTF-8 か CP932）\n"
	      "--level は、import では「使う人」の列がない行に使います。--org は、--as なしで取り込むときに要ります。\n"
	      "--check は、何が起きるかを表示するだけで、書き込みません。\n"
	      "共通の指定: --data フォルダー  --as 利用者ID\n終わりの番号: 0 済んだ、1 失敗、2 書き方の誤り、3 取り込めない行があった\n", stderr);
	return 2;
}

static struct snippet_filter filter(const struct request *r)
{
	return (struct snippet_filter){.level = r->level, .category = r->category, .text = r->text};
}

static int list(struct request *r)
{
	struct ctx *c = &r->s.ctx;
	struct snippet_filter f = filter(r);
	struct snippet *v;
	size_t n;
	err e = snippet_list(c, &f, &v, &n);
	if (e != OK)
		return session_ctx_fail(&r->s, e);
	for (size_t i = 0; i < n; i++)
		printf("%s\t%s\t%s\t%s\t%s\t%s\n", v[i].row.pid, v[i].row.level, v[i].owner, v[i].row.word, v[i].row.category, v[i].row.title);
	return 0;
}

static int export(struct request *r)
{
	struct ctx *c = &r->s.ctx;
	struct snippet_filter f = filter(r);
	struct cp932_report report;
	const char *bytes;
	size_t n;
	err e = snippet_export_csv(c, &f, r->cp932, &bytes, &n, &report);
	if (e == ERR_CP932)
		fprintf(stderr, "%s\n", cp932_sentence(c->arena, &report));
	if (e != OK)
		return session_ctx_fail(&r->s, e);
	FILE *out = fopen(r->path, "wbx"); /* nothing is written over */
	if (!out) {
		fprintf(stderr, "tsunagi: ファイルを作れません（同じ名前のファイルがあるか、書けない場所です）: %s\n", r->path);
		return 1;
	}
	bool good = fwrite(bytes, 1, n, out) == n;
	good = fclose(out) == 0 && good;
	if (!good)
		fputs("tsunagi: ファイルに最後まで書けませんでした。\n", stderr);
	return good ? 0 : 1;
}

static int import(struct request *r)
{
	struct ctx *c = &r->s.ctx;
	struct snippet_import t;
	int64_t org = INT_NULL;
	if (r->org) {
		err e = account_org_id(c, r->org, &org);
		if (e != OK)
			return session_ctx_fail(&r->s, e);
	}
	size_t n;
	char *bytes = cli_read_file(c->arena, r->path, SNIPPET_IMPORT_BYTES, &n);
	if (!bytes)
		return 1;
	err e = snippet_import_csv(c, bytes, n, r->level ? r->level : c->actor.system ? "office" : "own", org, r->check, &t);
	if (e != OK)
		return session_ctx_fail(&r->s, e);
	cli_import_lines(&t.said);
	printf("登録 %lld・変更 %lld・そのまま %lld・取り込めない行 %lld%s\n", (long long)t.added, (long long)t.changed, (long long)t.same, (long long)t.bad,
		r->check ? "（まだ書き込んでいません）" : "");
	return t.bad ? EXIT_BAD_ROWS : 0;
}

int cmd_snippet(int argc, char **argv)
{
	struct request r = {0};
	const char *data = session_ctx_data(&argc, argv), *as = cli_option(&argc, argv, "--as");
	r.level = cli_option(&argc, argv, "--level");
	r.category = cli_option(&argc, argv, "--category");
	r.org = cli_option(&argc, argv, "--org");
	r.text = cli_option(&argc, argv, "--text");
	r.check = cli_flag(&argc, argv, "--check");
	r.cp932 = cli_flag(&argc, argv, "--cp932");
	const char *typed[] = {r.level, r.category, r.org, r.text};
	if (cli_rest(argc, argv) != 0)
		return 2;
	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++)
		if (typed[i] && !str_utf8_valid(typed[i], strlen(typed[i])))
			return cli_fail(ERR_NOT_UTF8);
	bool is_list = argc == 2 && strcmp(argv[1], "list") == 0;
	bool is_file = argc == 3 && (strcmp(argv[1], "import") == 0 || strcmp(argv[1], "export") == 0);
	if ((!is_list && !is_file) || (r.level && !str_eq(r.level, "own") && !str_eq(r.level, "office") && !str_eq(r.level, "town")))
		return usage();
	r.path = is_file ? argv[2] : NULL;
	int code = session_ctx_open(&r.s, data, as, "cli:snippet");
	if (code != 0)
		return code;
	code = is_list ? list(&r) : strcmp(argv[1], "import") == 0 ? import(&r) : export(&r);
	session_ctx_close(&r.s);
	return code;
}
