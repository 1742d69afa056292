#include "main/register_open.h"

#include "jp/fold.h"
#include "main/share_dir.h"

#include <stdio.h>

int register_open(struct session_ctx *s, const char *data_dir, const char *as, const char *purpose)
{
	struct fold_table *fold = NULL;
	int code = session_ctx_open_bare(s, data_dir, as, purpose);
	if (code != 0)
		return code;
	const char *share = share_dir(s->arena);
	err e = share ? fold_open(s->arena, arena_fmt(s->arena, "%s/share/jp/itaiji.tsv", share), &fold, NULL) : ERR_IO;
	if (e != OK) {
		fputs("tsunagi: 異体字の表（share/jp/itaiji.tsv）を読めません。TSUNAGI_SHARE で場所を指定してください。\n", stderr);
		session_ctx_close(s);
		return 1;
	}
	s->house.share_dir = share;
	s->house.fold = fold;
	return 0;
}
