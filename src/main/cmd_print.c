/* tsunagi print — the bulk print of the page /print from the command line, for the same actor with the same rights. */
#include "base/clock.h"
#include "base/str.h"
#include "care/bulk_print.h"
#include "main/commands.h"
#include "main/session_ctx.h"

#include <stdio.h>

static int usage(void)
{
	fputs("使い方: tsunagi print --forms 様式,様式 --persons mine|supported|everyone|公開ID,公開ID --as 利用者ID [--from 日] [--to 日]\n"
	      "                     [--all] [--both-sides] [--data フォルダー] 出力.pdf\n"
	      "  --all は期間のすべての記録、なければいちばん新しい1件を印刷します。様式の一覧:\n", stderr);
	size_t n;
	const struct printable *v = printables(&n);
	for (size_t i = 0; i < n; i++)
		fprintf(stderr, "  %s\t%s\n", v[i].form_id, v[i].label);
	return 2;
}

struct wish {
	const char *forms, *persons, *from, *to, *out;
	bool all, both_sides;
};

static err order_of(struct ctx *c, const struct wish *w, struct bulk_print_order *o)
{
	size_t n;
	char **v = str_split(c->arena, w->forms, ',', &n);
	for (size_t i = 0; i < n && i < BULK_PRINT_FORMS; i++)
		o->form_ids[o->n_forms++] = v[i];
	o->period = (struct printable_period){CIVIL_NONE, CIVIL_OPEN, !w->all};
	if (w->from && !civil_parse(w->from, &o->period.from))
		return fault_add(c, "from", ERR_DATE_FORM, NULL);
	if (w->to && !civil_parse(w->to, &o->period.to))
		return fault_add(c, "to", ERR_DATE_FORM, NULL);
	o->both_sides = w->both_sides;
	bool more;
	person_list_choice_init(&o->list);
	if (bulk_print_list_of(w->persons, &o->list.scope) && o->list.scope != LIST_SEARCH) {
		TRY(bulk_print_persons(c, o, &more));
		return more ? ERR_LIMIT : OK;
	}
	char **pids = str_split(c->arena, w->persons, ',', &o->n_persons);
	o->person_pids = ARENA_ARRAY(c->arena, o->n_persons + 1, const char *);
	for (size_t i = 0; i < o->n_persons; i++)
		o->person_pids[i] = pids[i];
	return OK;
}

static err save(const char *path, const char *bytes, size_t n)
{
	FILE *f = fopen(path, "wb");
	bool good = f && fwrite(bytes, 1, n, f) == n;
	return f && fclose(f) == 0 && good ? OK : ERR_IO;
}

static int run(struct session_ctx *s, const struct wish *w)
{
	struct bulk_print_order o = {0};
	struct bulk_print_result r;
	int64_t from = clock_monotonic_us();
	err e = order_of(&s->ctx, w, &o);
	if (e == OK)
		e = bulk_print(&s->ctx, &o, NULL, NULL, &r);
	if (e == OK && r.pdf)
		e = save(w->out, r.pdf, r.n_pdf);
	if (e != OK)
		return session_ctx_fail(s, e);
	printf("%s%s（%zuページ、%.1f秒）\n", bulk_print_summary(&s->ctx, &o, &r), r.pdf ? "" : "。印刷するものがないので、ファイルは作りませんでした",
	       r.pages, (double)(clock_monotonic_us() - from) / 1e6);
	return 0;
}

int cmd_print(int argc, char **argv)
{
	const char *data = session_ctx_data(&argc, argv), *as = cli_option(&argc, argv, "--as");
	struct wish w = {.forms = cli_option(&argc, argv, "--forms"), .persons = cli_option(&argc, argv, "--persons"),
	                 .from = cli_option(&argc, argv, "--from"), .to = cli_option(&argc, argv, "--to"), .all = cli_flag(&argc, argv, "--all"),
	                 .both_sides = cli_flag(&argc, argv, "--both-sides")};
	struct session_ctx s;
	if (cli_rest(argc, argv) || argc != 2 || !w.forms || !w.persons)
		return usage();
	w.out = argv[1];
	int rc = session_ctx_open(&s, data, as, "cli:print");
	if (rc)
		return rc;
	rc = run(&s, &w);
	session_ctx_close(&s);
	return rc;
}
