/* tsunagi duty rebuild [--check] — the evidence of all records, recomputed from the records (care/evidence_rebuild). --check only tells what is
 * missing, extra or different (table, public id, code; nothing personal); without it the rows are mended in transactions, with audit.
 * Codes: 0 all equal (or mended), 1 differences found by --check, or failed, 2 the call was wrong. */
#include "care/evidence_rebuild.h"
#include "main/commands.h"
#include "main/session_ctx.h"

#include <stdio.h>

enum { LINES_MAX = 200 };

static int usage(void)
{
	fputs("使い方: tsunagi duty rebuild [--check]   （証拠記録を、もとの記録から計算しなおす）\n"
	      "--check は、足りない・余っている・違っている証拠記録を表示するだけで、書き込みません。\n"
	      "共通の指定: --data フォルダー\n終わりの番号: 0 すべて合っている（直した）、1 --check で違いがあった・失敗、2 書き方の誤り\n", stderr);
	return 2;
}

static void tell(const struct evidence_diff *d, void *arg)
{
	int *lines = arg;
	if (++*lines <= LINES_MAX)
		printf("%s\t%s\t%s\t%s\n", evidence_diff_ja(d->kind), d->table, *d->pid ? d->pid : "-", *d->code ? d->code : "-");
}

static int run(struct session_ctx *s, bool check)
{
	struct evidence_count n;
	int lines = 0;
	err e = evidence_rebuild(&s->ctx, check, tell, &lines, &n);
	if (e != OK)
		return session_ctx_fail(s, e);
	if (lines > LINES_MAX)
		printf("（ほかに %d 行）\n", lines - LINES_MAX);
	bool differs = n.missing + n.extra + n.different + n.broken > 0;
	printf("記録 %lld・証拠 %lld・足りない %lld・余っている %lld・違っている %lld・読めない %lld%s\n", (long long)n.records, (long long)n.rows,
		(long long)n.missing, (long long)n.extra, (long long)n.different, (long long)n.broken, check ? "（書き込んでいません）" : differs ? "（直しました）" : "");
	return (check && differs) || n.broken ? 1 : 0;
}

int duty_rebuild(int argc, char **argv)
{
	struct session_ctx s = {0};
	const char *data = session_ctx_data(&argc, argv);
	bool check = cli_flag(&argc, argv, "--check");
	if (cli_rest(argc, argv) != 0)
		return 2;
	if (argc != 2)
		return usage();
	int code = session_ctx_open(&s, data, NULL, "cli:duty");
	if (code != 0)
		return code;
	code = run(&s, check);
	session_ctx_close(&s);
	return code;
}
