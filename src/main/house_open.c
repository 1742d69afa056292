#include "main/house_open.h"

#include "access/door.h"
#include "base/clock.h"
#include "care/start.h"
#include "region/start.h"
#include "codec/pdf_font.h"
#include "form/define.h"
#include "jp/fold.h"
#include "law/tables.h"
#include "main/share_dir.h"
#include "store/open.h"

#include <stdio.h>

static err open_forms(struct arena *a, struct house *h)
{
	struct form_problems p = {0};
	struct form_catalogue *forms = NULL;
	err e = form_load(a, arena_fmt(a, "%s/forms", h->share_dir), &forms, &p);
	for (size_t i = 0; i < p.n; i++)
		fprintf(stderr, "tsunagi: 様式の定義: %s\n", p.lines[i]);
	h->forms = forms;
	return e;
}

err house_open(struct arena *a, const char *data_dir, struct house *h)
{
	struct ctx c;
	struct fold_table *fold = NULL;
	int line = 0;
	h->share_dir = share_dir(a);
	if (!h->share_dir) {
		fputs("tsunagi: 共有ファイルの場所が分かりません。TSUNAGI_SHARE で指定してください。\n", stderr);
		return ERR_IO;
	}
	care_start();
	region_start();
	TRY(door_house(a, data_dir, h));
	TRY(store_files(a, data_dir, &h->files));
	TRY(fold_open(a, arena_fmt(a, "%s/share/jp/itaiji.tsv", h->share_dir), &fold, &line));
	h->fold = fold;
	TRY(open_forms(a, h));
	TRY(pdf_fonts_open(a, NULL, &h->fonts));
	ctx_init(&c, a, clock_now_ms());
	return law_load(&c, a, arena_fmt(a, "%s/law", h->share_dir), &h->law);
}

void house_close(struct house *h)
{
	pdf_fonts_close(h->fonts);
	h->fonts = NULL;
}
