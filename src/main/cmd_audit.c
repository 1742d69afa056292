/* tsunagi audit verify [--anchor FILE] | head [--place WORD] [--syslog] | looks --person ID [--from DAY] [--to DAY]. */
#include "access/audit.h"
#include "access/policy.h"
#include "base/str.h"
#include "main/commands.h"
#include "main/session_ctx.h"

#include <stdio.h>
#include <syslog.h>

struct request {
	struct session_ctx s;
	const char *anchor, *place, *person, *from, *to;
	bool syslog;
};

static int usage(void)
{
	fputs("使い方: tsunagi audit verify [--anchor 控えのファイル]     記録が書きかえられていないか調べる\n"
		"        tsunagi audit head [--place 印刷] [--syslog]     今日の控えを1行で出す（印刷・別の場所に保管する）\n"
		"        tsunagi audit looks --person ID [--from 2026-04-01] [--to 2026-11-20]   だれがその人の記録を見たか\n"
		"共通の指定: --data フォルダー  --as 利用者ID\n", stderr);
	return 2;
}

static int verify(struct request *r)
{
	struct audit_report report;
	if (!policy_may_administer(&r->s.ctx))
		return session_ctx_fail(&r->s, ERR_DENIED);
	err e = audit_verify(&r->s.ctx, r->anchor, &report);
	if (e != OK)
		return session_ctx_fail(&r->s, e);
	for (size_t i = 0; i < report.n_faults; i++)
		fprintf(stderr, "%s\n", report.faults[i]);
	printf("変更の記録 %lld件、閲覧の記録 %lld件（%lldか月分）を調べました。\n", (long long)report.entries, (long long)report.looks,
		(long long)report.files);
	if (report.n_faults) {
		fprintf(stderr, "食い違いが%zu件あります。データに触れず、管理者と、必要なら専門家に知らせてください。\n", report.n_faults);
		return 1;
	}
	puts(r->anchor ? "食い違いはありません。" :
		"食い違いはありません（別の場所に保管した控えと照らし合わせるには --anchor を付けてください）。");
	return 0;
}

static int head(struct request *r)
{
	const char *line;
	if (!policy_may_administer(&r->s.ctx))
		return session_ctx_fail(&r->s, ERR_DENIED);
	err e = audit_anchor_make(&r->s.ctx, r->place ? r->place : r->syslog ? "syslog" : "console", &line);
	if (e != OK)
		return session_ctx_fail(&r->s, e);
	puts(line);
	if (r->syslog) {
		openlog("tsunagi", 0, LOG_AUTHPRIV);
		syslog(LOG_NOTICE, "%s", line);
		closelog();
	}
	return 0;
}

static int looks(struct request *r)
{
	struct ctx *c = &r->s.ctx;
	civil from = c->today - 365 * 5, to = c->today;
	int64_t *ids;
	size_t n, k;
	struct audit_look_row *v;
	if ((r->from && !civil_parse(r->from, &from)) || (r->to && !civil_parse(r->to, &to)))
		return cli_fail(ERR_DATE_FORM);
	if (from > to)
		return cli_fail(ERR_PERIOD_ORDER);
	err e = audit_person_ids(c, r->person, &ids, &n);
	if (e == OK)
		e = audit_looks_of(c, ids, n, from, to, &v, &k);
	if (e == OK)
		e = audit_look(c, "export", "audit.looks", ids, n); /* to ask who looked is to look */
	if (e != OK)
		return session_ctx_fail(&r->s, e);
	for (size_t i = 0; i < k; i++) {
		char at[CIVIL_TIME_TEXT];
		civil_time_text(v[i].at_ms, at);
		printf("%s\t%s\t%s\t%s\t%s\t%s\t%lld\n", at, v[i].login, v[i].name, v[i].action, v[i].what, v[i].purpose, (long long)v[i].n_persons);
	}
	return 0;
}

int cmd_audit(int argc, char **argv)
{
	struct request r = {0};
	const char *dir = session_ctx_data(&argc, argv), *as = cli_option(&argc, argv, "--as");
	r.anchor = cli_option(&argc, argv, "--anchor");
	r.syslog = cli_flag(&argc, argv, "--syslog");
	r.place = cli_option(&argc, argv, "--place");
	r.person = cli_option(&argc, argv, "--person");
	r.from = cli_option(&argc, argv, "--from");
	r.to = cli_option(&argc, argv, "--to");
	int rc = cli_rest(argc, argv);
	if (rc)
		return rc;
	int (*run)(struct request *) = NULL;
	if (argc == 2 && str_eq(argv[1], "verify"))
		run = verify;
	else if (argc == 2 && str_eq(argv[1], "head"))
		run = head;
	else if (argc == 2 && str_eq(argv[1], "looks") && r.person)
		run = looks;
	if (!run)
		return usage();
	rc = session_ctx_open_bare(&r.s, dir, as, "cli:audit");
	if (rc)
		return rc;
	rc = run(&r);
	session_ctx_close(&r.s);
	return rc;
}
