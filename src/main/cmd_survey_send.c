/* tsunagi survey send|remind ROUND — the mails of a round as the page 依頼・督促を送る sends them, here and now, --as an account whose
 * organisation's survey it is, or as the audited console user. Ended with ^C it goes on where it stopped. Tests: tests/http/test_survey_mail.py. */
#include "base/str.h"
#include "main/commands.h"
#include "main/session_ctx.h"
#include "region/survey_mail.h"

#include <stdio.h>

static int usage(void)
{
	fputs("使い方: tsunagi survey send 回の公開ID     （まだ依頼していない相手に、依頼のメールを送る）\n"
	      "        tsunagi survey remind 回の公開ID   （まだ提出していない相手に、督促のメールを送る）\n"
	      "共通の指定: --data フォルダー  --as 利用者ID\n終わりの番号: 0 済んだ、1 失敗（途中でやめたときも）、2 書き方の誤り\n", stderr);
	return 2;
}

int survey_send(int argc, char **argv)
{
	struct session_ctx s = {0};
	struct survey_sent r;
	const char *data = session_ctx_data(&argc, argv), *as = cli_option(&argc, argv, "--as");
	if (cli_rest(argc, argv) != 0)
		return 2;
	if (argc != 3)
		return usage();
	enum survey_post what = str_eq(argv[1], "remind") ? SURVEY_REMINDER : SURVEY_REQUEST;
	int code = session_ctx_open(&s, data, as, "cli:survey");
	if (code)
		return code;
	err e = what == SURVEY_REMINDER ? survey_mail_remind(&s.ctx, argv[2], NULL, NULL, &r) : survey_mail_send(&s.ctx, argv[2], "", NULL, NULL, &r);
	if (e != OK) {
		code = session_ctx_fail(&s, e);
	} else {
		puts(survey_sent_words(s.arena, what, &r));
		code = *r.stopped ? 1 : 0;
	}
	session_ctx_close(&s);
	return code;
}
