/* tsunagi survey list|tabulate|raw|import — surveys as tables: what the page 集計と報告書 shows (region/survey_report), and raw answers out
 * and in. Acts --as an account, whose organisation's surveys they are. Codes: 0 done, 1 failed, 2 the call or the input was wrong, 3 an
 * import left bad rows out. Tests: tests/http/test_survey_report.py. */
#include "base/house.h"
#include "base/str.h"
#include "main/commands.h"
#include "main/session_ctx.h"
#include "region/survey_report.h"
#include "region/tab_pdf.h"
#include "region/tab_xlsx.h"
#include "register/org.h"

#include <stdio.h>
#include <string.h>

enum { EXIT_BAD_ROWS = 3, IMPORT_MOST = 64 << 20 };

static int usage(void)
{
	fputs("使い方: tsunagi survey list\n"
	      "        tsunagi survey tabulate 調査の公開ID [--round 回の公開ID] [--unit 回答者の公開ID] [--rule まとめかた] [--mean 母数]\n"
	      "                                [--year 年度（西暦）] [--from 比べるもと] [--to 比べる先] [--public]\n"
	      "                                [--json] [--csv ファイル] [--pdf ファイル] [--xlsx ファイル]\n"
	      "        tsunagi survey raw 調査の公開ID ファイル.csv [--round 回の公開ID] [--cp932]\n"
	      "        tsunagi survey import 調査の公開ID ファイル.csv [--check]\n"
	      "        tsunagi survey send 回の公開ID、survey remind 回の公開ID   （依頼・督促のメールを送る）\n"
	      "  --from と --to は、回の公開ID、y2025（2025年度）、ほかの調査の公開IDかその回の公開ID。--public は公表用（少ない数と回答者の名前を伏せる）。\n"
	      "  --rule は last, latest, first, any, all、--mean は ticked, either, answering, all, units, frame, every。\n"
	      "  ファイルも --json も指定しないと、CSVを表示します。--check は確かめるだけで、書き込みません。\n"
	      "共通の指定: --data フォルダー  --as 利用者ID\n終わりの番号: 0 済んだ、1 失敗、2 書き方の誤り、3 取り込めない行があった\n", stderr);
	return 2;
}

struct request {
	struct session_ctx s;
	const char *round, *unit, *rule, *mean, *from, *to, *csv, *pdf, *xlsx, *pid, *path;
	int64_t year;
	bool json, check, cp932, publish;
};

static int list(struct request *r)
{
	struct survey_line *v;
	size_t n;
	err e = survey_list(&r->s.ctx, &v, &n);
	if (e != OK)
		return session_ctx_fail(&r->s, e);
	for (size_t i = 0; i < n; i++)
		printf("%s\t%s\t%s\t回 %lld\t名簿 %lld\t%s\n", v[i].pid, v[i].is_anonymous ? "無記名" : "記名", survey_label(SURVEY_UNITS, v[i].unit), (long long)v[i].n_rounds,
			(long long)v[i].n_targets, v[i].title);
	return 0;
}

static int put_file(const char *path, const char *bytes, size_t n)
{
	FILE *out = fopen(path, "wbx"); /* nothing is written over */
	if (!out) {
		fprintf(stderr, "tsunagi: ファイルを作れません（同じ名前のファイルがあるか、書けない場所です）: %s\n", path);
		return 1;
	}
	bool good = fwrite(bytes, 1, n, out) == n;
	good = fclose(out) == 0 && good;
	if (!good)
		fputs("tsunagi: ファイルに最後まで書けませんでした。\n", stderr);
	return good ? 0 : 1;
}

static err paper(struct request *r, const struct survey_report *x, const char **bytes, size_t *n)
{
	struct ctx *c = &r->s.ctx;
	struct org o;
	TRY(org_load(c, x->survey.org_id, &o));
	return tab_pdf(c->arena, c->house->fonts, x->report, &(struct tab_paper){.sender = o.name, .counter = x->counter, .round = x->round_name, .on = c->today, .now_ms = c->now_ms}, bytes, n);
}

static int tabulate(struct request *r)
{
	struct ctx *c = &r->s.ctx;
	struct survey_report_ask ask;
	struct survey_report x;
	const char *bytes;
	size_t n;
	int code = 0;
	survey_report_ask_init(&ask);
	ask.round = str_or(r->round, "");
	ask.unit = str_or(r->unit, "");
	ask.rule = str_or(r->rule, "");
	ask.mean = str_or(r->mean, "");
	ask.year = (int)r->year;
	ask.from = str_or(r->from, "");
	ask.to = str_or(r->to, "");
	ask.publish = r->publish;
	ask.action = ACTION_EXPORT;
	err e = survey_report_make(c, r->pid, &ask, &x);
	if (e == OK && r->csv) {
		e = tab_csv(c->arena, x.report, &bytes, &n);
		code = e == OK ? put_file(r->csv, bytes, n) : code;
	}
	if (e == OK && !code && r->pdf) {
		e = paper(r, &x, &bytes, &n);
		code = e == OK ? put_file(r->pdf, bytes, n) : code;
	}
	if (e == OK && !code && r->xlsx) {
		e = tab_xlsx(c->arena, x.report, c->now_ms, &bytes, &n);
		code = e == OK ? put_file(r->xlsx, bytes, n) : code;
	}
	if (e == OK && !code && r->json) {
		puts(tab_json(c->arena, x.report));
	} else if (e == OK && !code && !r->csv && !r->pdf && !r->xlsx) {
		e = tab_csv(c->arena, x.report, &bytes, &n);
		if (e == OK)
			fwrite(bytes, 1, n, stdout);
	}
	return e == OK ? code : session_ctx_fail(&r->s, e);
}

static int raw(struct request *r)
{
	const char *bytes;
	size_t n;
	err e = survey_raw_csv(&r->s.ctx, r->pid, str_or(r->round, ""), r->cp932, &bytes, &n);
	return e == OK ? put_file(r->path, bytes, n) : session_ctx_fail(&r->s, e);
}

static int import(struct request *r)
{
	struct import_lines said = {0};
	size_t n, bad = 0;
	char *bytes = cli_read_file(r->s.arena, r->path, IMPORT_MOST, &n);
	if (!bytes)
		return 1;
	err e = survey_raw_import(&r->s.ctx, r->pid, bytes, n, r->check, &said);
	if (e != OK)
		return session_ctx_fail(&r->s, e);
	cli_import_lines(&said);
	for (size_t i = 0; i < said.n; i++)
		bad += said.v[i].is_bad;
	printf("よい行 %zu・取り込めない行 %zu%s\n", said.n - bad, bad, r->check ? "（まだ書き込んでいません）" : "");
	return bad ? EXIT_BAD_ROWS : 0;
}

int cmd_survey(int argc, char **argv)
{
	struct request r = {0};
	if (argc > 1 && (str_eq(argv[1], "send") || str_eq(argv[1], "remind")))
		return survey_send(argc, argv);
	const char *data = session_ctx_data(&argc, argv), *as = cli_option(&argc, argv, "--as");
	r.round = cli_option(&argc, argv, "--round");
	r.unit = cli_option(&argc, argv, "--unit");
	r.rule = cli_option(&argc, argv, "--rule");
	r.mean = cli_option(&argc, argv, "--mean");
	const char *year = cli_option(&argc, argv, "--year");
	r.from = cli_option(&argc, argv, "--from");
	r.to = cli_option(&argc, argv, "--to");
	r.publish = cli_flag(&argc, argv, "--public");
	if (year && (!str_int(year, &r.year) || r.year < 1990 || r.year > 2200))
		return usage();
	r.csv = cli_option(&argc, argv, "--csv");
	r.pdf = cli_option(&argc, argv, "--pdf");
	r.xlsx = cli_option(&argc, argv, "--xlsx");
	r.json = cli_flag(&argc, argv, "--json");
	r.check = cli_flag(&argc, argv, "--check");
	r.cp932 = cli_flag(&argc, argv, "--cp932");
	if (cli_rest(argc, argv) != 0)
		return 2;
	const char *what = argc > 1 ? argv[1] : "";
	bool files = str_eq(what, "raw") || str_eq(what, "import");
	if (!(str_eq(what, "list") && argc == 2) && !(str_eq(what, "tabulate") && argc == 3) && !(files && argc == 4))
		return usage();
	if ((r.rule && !*survey_pick_label(SURVEY_PICK_RULE, r.rule)) || (r.mean && !*survey_pick_label(SURVEY_PICK_MEAN, r.mean)))
		return usage();
	r.pid = argc > 2 ? argv[2] : "";
	r.path = argc > 3 ? argv[3] : "";
	int code = session_ctx_open(&r.s, data, as, "cli:survey");
	if (code)
		return code;
	code = str_eq(what, "list") ? list(&r) : str_eq(what, "tabulate") ? tabulate(&r) : str_eq(what, "raw") ? raw(&r) : import(&r);
	session_ctx_close(&r.s);
	return code;
}
