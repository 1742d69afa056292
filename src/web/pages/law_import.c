/* A newer table of the law: read and compared first, then taken; taken back. */
#include "base/house.h"
#include "base/str.h"
#include "tmpl/law_import.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/law.h"
#include "web/route.h"

#include <string.h>

void law_groups(struct req *r, const struct law_diff *d, const struct law_change_group **v, size_t *n)
{
	struct law_change_group *out = ARENA_ARRAY(r->arena, LAW_CHANGES, struct law_change_group);
	*n = 0;
	for (int how = 0; how < LAW_CHANGES; how++) {
		if (!d->n_of[how])
			continue;
		const struct law_row_diff **rows = ARENA_ARRAY(r->arena, d->n_of[how], const struct law_row_diff *);
		size_t k = 0;
		for (size_t i = 0; i < d->n; i++)
			if ((int)d->v[i].how == how)
				rows[k++] = &d->v[i];
		out[(*n)++] = (struct law_change_group){law_change_ja((enum law_change)how), rows, k, (enum law_change)how};
	}
	*v = out;
}

static err show(struct req *r, const struct law_trial *trial, const char *name, err e)
{
	struct page_view *page = page_view(r, "制度の表を取り込む");
	struct law_import_view v = {.page = page, .trial = trial, .text = trial ? trial->text : "", .name = name};
	struct law_table_view *stored;
	page->back_path = "/law";
	page->back_label = "制度の表";
	page->wide = true;
	TRY(law_files_shown(r, &v.files, &v.n_files));
	TRY(law_table_list(r->c, NULL, &stored, &v.n_stored));
	v.stored = stored;
	if (trial)
		law_groups(r, &trial->diff, &v.groups, &v.n_groups);
	tmpl_law_import(res_page_of(r, e), &v);
	return OK;
}

err page_law_import(struct req *r) { return show(r, NULL, "", OK); }

/* A table that is wrong is an input that is wrong. */
static bool is_wrong(err e) { return page_is_input(e) || e == ERR_FORM_DEF || e == ERR_NOT_UTF8 || e == ERR_LIMIT; }

static err answer_of(err e) { return e == OK || page_is_input(e) ? e : ERR_INPUT; }

err page_law_import_try(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "file", .label = "制度の表のファイル"}};
	const struct upload *f = NULL;
	struct law_trial t;
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK) {
		f = req_file(r, "file");
		e = f && f->n ? law_table_try(r->c, str_or(f->name, ""), f->bytes, f->n, &t) : fault_add(r->c, "file", ERR_REQUIRED, "制度の表のファイルを選んでください。");
	}
	if (is_wrong(e))
		return show(r, NULL, "", answer_of(e));
	TRY(e);
	return show(r, &t, f ? str_or(f->name, "") : "", OK);
}

err page_law_import_apply(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "text", .label = "表の内容", .kind = FORMIN_LINES, .max = LAW_TABLE_BYTES}, {.name = "name", .label = "ファイルの名前"},
		{.name = "ground", .label = "出典", .max = 200}};
	struct law_trial t;
	const char *text, *pid;
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (is_wrong(e))
		return show(r, NULL, "", answer_of(e));
	TRY(e);
	text = req_field(r, "text");
	e = law_table_import(r->c, req_field(r, "name"), text, strlen(text), req_field(r, "ground"), &t, &pid);
	if (is_wrong(e))
		return show(r, t.diff.n ? &t : NULL, req_field(r, "name"), answer_of(e));
	TRY(e);
	return res_done(r, "law_taken", "/law/imports/%s", pid);
}

err page_law_stored(struct req *r)
{
	struct law_table_view t;
	const char *text, *shipped;
	struct law_diff d;
	TRY(law_table_get(r->c, req_param(r, "pid"), &t, &text));
	TRY(law_table_text_shipped(r->c, t.file, &shipped));
	struct page_view *page = page_view(r, arena_fmt(r->arena, "取り込んだ%s", t.title));
	struct law_stored_view v = {.page = page, .t = &t};
	page->back_path = "/law/import";
	page->back_label = "制度の表を取り込む";
	page->wide = true;
	const struct law_file *f = law_file_find(t.file);
	if (f) {
		law_diff_texts(r->arena, f, shipped, text, &d);
		law_groups(r, &d, &v.groups, &v.n_groups);
		v.n_now = d.n_now;
		v.n_then = d.n_then;
	}
	tmpl_law_stored(res_page(r), &v);
	return OK;
}

err page_law_stored_text(struct req *r)
{
	struct law_table_view t;
	const char *text;
	TRY(law_table_get(r->c, req_param(r, "pid"), &t, &text));
	return res_file(r, "text/tab-separated-values; charset=utf-8", text, strlen(text), t.file);
}

err page_law_back(struct req *r)
{
	static const struct formin_field fields[] = {{.name = "reason", .label = "理由", .max = 200}};
	err e = formin_read(r, fields, FORMIN_N(fields));
	if (e == OK)
		e = law_table_take_back(r->c, req_param(r, "pid"), req_field(r, "reason"));
	if (page_is_input(e))
		return show(r, NULL, "", e);
	TRY(e);
	return res_done(r, "law_back", "/law/import");
}
