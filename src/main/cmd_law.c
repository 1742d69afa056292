/* tsunagi law list|check|import|back|text — the tables of the law: what they are and where they come from; a newer one tried (check shows
 * what would change and writes nothing) or read in (import --apply). Acts --as an account or as the audited console.
 * Codes: 0 done, 1 failed, 2 the call or the table was wrong. Tests: tests/http/test_law.py. */
#include "base/str.h"
#include "jp/era.h"
#include "main/commands.h"
#include "main/session_ctx.h"
#include "register/law_table.h"

#include <stdio.h>
#include <string.h>

static int usage(void)
{
	fputs("使い方: tsunagi law list                                   （制度の表と出どころの一覧）\n"
	      "        tsunagi law text 表の名前                          （いまの表を表示する。例 duties.tsv）\n"
	      "        tsunagi law check ファイル.tsv                     （確かめて、いまの表との違いを表示する）\n"
	      "        tsunagi law import ファイル.tsv --ground 出典 [--apply]  （--apply を付けると取り込む）\n"
	      "        tsunagi law back 表の名前                          （プログラムの表に戻す）\n"
	      "共通の指定: --data フォルダー  --as 利用者ID\n終わりの番号: 0 済んだ、1 失敗、2 書き方か表の誤り\n", stderr);
	return 2;
}

static int list(struct session_ctx *s)
{
	struct law_table_view *v;
	size_t n;
	err e = law_table_list(&s->ctx, NULL, &v, &n);
	if (e != OK)
		return session_ctx_fail(s, e);
	for (size_t i = 0; i < law_file_count(); i++) {
		const struct law_file *f = law_file_at(i);
		const struct law_table_view *t = NULL, *old = NULL;
		for (size_t k = 0; k < n; k++)
			if (str_eq(v[k].file, f->name) && v[k].retired_ms == INT_NULL)
				*(v[k].in_force ? &t : &old) = &v[k];
		printf("%s\t%s\t%s\n", f->name, f->title, t ? arena_fmt(s->arena, "取り込み %s %s（%s）", era_text(s->arena, civil_of_instant(t->created_ms)), t->by_name, t->ground)
			: old ? "プログラムの表（取り込んだ表は、プログラムの更新で使わなくなりました）" : "プログラムの表");
	}
	return 0;
}

static void show_diff(const struct law_trial *t)
{
	const struct law_diff *d = &t->diff;
	printf("%s（%s）: いま %zu 行、新しい表 %zu 行。増える行 %zu、終わる行 %zu、変わる行 %zu、なくなる行 %zu\n", t->file->title, t->file->name, d->n_now, d->n_then, d->n_of[LAW_ADDED],
		d->n_of[LAW_ENDED], d->n_of[LAW_CHANGED], d->n_of[LAW_GONE]);
	for (size_t i = 0; i < d->n; i++) {
		const struct law_row_diff *x = &d->v[i];
		printf("%s\t%s\t%s\n", law_change_ja(x->how), x->key, x->title);
		for (size_t k = 0; k < x->n; k++)
			printf("\t%s: 「%s」→「%s」\n", x->cells[k].column, x->cells[k].now, x->cells[k].then);
	}
	if (t->nameless)
		printf("日本語の呼び名がない言葉: %s（names.tsv に足せます）\n", t->nameless);
}

static int read_in(struct session_ctx *s, const char *path, bool apply, const char *ground)
{
	struct law_trial t;
	size_t n;
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	char *bytes = cli_read_file(s->arena, path, LAW_TABLE_BYTES, &n);
	if (!bytes)
		return 1;
	err e = apply ? law_table_import(&s->ctx, name, bytes, n, ground, &t, NULL) : law_table_try(&s->ctx, name, bytes, n, &t);
	if (e != OK) {
		int rc = session_ctx_fail(s, e);
		return e == ERR_FORM_DEF ? 2 : rc;
	}
	show_diff(&t);
	puts(apply ? "取り込みました。動いているサーバーも、次の画面からこの表を使います。" : "まだ取り込んでいません。取り込むときは tsunagi law import に --apply を付けてください。");
	return 0;
}

static int back(struct session_ctx *s, const char *file)
{
	struct law_table_view *v;
	size_t n;
	err e = law_table_list(&s->ctx, file, &v, &n);
	for (size_t i = 0; e == OK && i < n; i++)
		if (v[i].retired_ms == INT_NULL) {
			e = law_table_take_back(&s->ctx, v[i].pid, "");
			if (e == OK)
				puts("プログラムの表に戻しました。");
			return e == OK ? 0 : session_ctx_fail(s, e);
		}
	if (e != OK)
		return session_ctx_fail(s, e);
	fprintf(stderr, "「%s」は、取り込んだ表を使っていません。tsunagi law list で確かめてください。\n", file);
	return 2;
}

static int text(struct session_ctx *s, const char *file)
{
	const char *own;
	err e = law_table_text(&s->ctx, file, &own);
	if (e != OK)
		return session_ctx_fail(s, e);
	fputs(own, stdout);
	return 0;
}

int cmd_law(int argc, char **argv)
{
	struct session_ctx s;
	const char *data = session_ctx_data(&argc, argv), *as = cli_option(&argc, argv, "--as"), *ground = cli_option(&argc, argv, "--ground");
	bool apply = cli_flag(&argc, argv, "--apply");
	int rc = cli_rest(argc, argv);
	if (rc)
		return rc;
	const char *verb = argc > 1 ? argv[1] : "", *arg = argc > 2 ? argv[2] : NULL;
	bool is_list = str_eq(verb, "list") && argc == 2, known = str_eq(verb, "check") || str_eq(verb, "import") || str_eq(verb, "back") || str_eq(verb, "text");
	if (!is_list && (!known || argc != 3))
		return usage();
	if ((rc = session_ctx_open(&s, data, as, "cli:law")) != 0)
		return rc;
	if (is_list)
		rc = list(&s);
	else if (str_eq(verb, "back"))
		rc = back(&s, arg);
	else if (str_eq(verb, "text"))
		rc = text(&s, arg);
	else
		rc = read_in(&s, arg, str_eq(verb, "import") && apply, ground);
	session_ctx_close(&s);
	return rc;
}
