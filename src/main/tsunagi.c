/* tsunagi — one program: the command line, and through `serve` the web. Commands stand in commands.tbl.h; each
 * is one file cmd_<name>.c with `int cmd_<name>(int argc, char **argv)`; argv[0] is the command's own name.
 * Exit codes: 0 done, 1 failed (message on stderr), 2 the call or the input was wrong. */
#include "access/harden.h"
#include "main/commands.h"
#include "main/session_ctx.h"

#include <setjmp.h>
#include <stdio.h>
#include <string.h>

static const struct command {
	const char *name, *help_ja;
	int (*run)(int argc, char **argv);
} commands[] = {
#define COMMAND(name, help) {#name, help, cmd_##name},
#include "main/commands.tbl.h"
#undef COMMAND
};

static void usage(FILE *f)
{
	fputs("使い方: tsunagi コマンド [引数 …]\n\n", f);
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		fprintf(f, "  %-10s %s\n", commands[i].name, commands[i].help_ja);
}

int main(int argc, char **argv)
{
	if (harden_process() != OK) {
		fputs("tsunagi: 安全のための準備（コアダンプの禁止など）ができませんでした。\n", stderr);
		return 1;
	}
	if (argc < 2) {
		usage(stderr);
		return 2;
	}
	if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0) {
		usage(stdout);
		return 0;
	}
	if (setjmp(*cli_no_memory()))
		return cli_fail(ERR_NOMEM); /* what was not committed goes with the process */
	for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++)
		if (strcmp(argv[1], commands[i].name) == 0)
			return commands[i].run(argc - 1, argv + 1);
	fprintf(stderr, "tsunagi: 「%s」というコマンドはありません。tsunagi help で一覧が出ます。\n", argv[1]);
	return 2;
}
