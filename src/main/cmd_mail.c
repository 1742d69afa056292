/* tsunagi mail set | show | test — the mail server of the house (codec/smtp: mail.ini in the data folder). */
#include "base/pid.h"
#include "base/str.h"
#include "codec/smtp.h"
#include "main/commands.h"
#include "main/session_ctx.h"

#include <stdio.h>
#include <string.h>

static int usage(void)
{
	fputs("使い方: tsunagi mail set [--host 名前] [--port 番号] [--security starttls|tls|none] [--user 名前 --password-file ファイル]\n"
	      "                         [--from アドレス] [--from-name 差出人の名前] [--front-url https://…] [--ca-file ファイル]\n"
	      "        tsunagi mail show\n        tsunagi mail test --to アドレス   （試しのメールを1通送る）\n"
	      "  set は、書いた項目だけを変えます。設定はデータフォルダーの mail.ini（権限 600）に入ります。消すと、メールは送られなくなります。\n"
	      "  --password-file は、パスワードだけを1行で書いた権限 600 のファイルです（データフォルダーの中の名前でもかまいません）。\n"
	      "  --front-url は、調査に答える人が開くアドレスです。依頼のメールと手紙に入ります。\n"
	      "共通の指定: --data フォルダー\n終わりの番号: 0 済んだ、1 失敗、2 書き方の誤り\n", stderr);
	return 2;
}

struct wish {
	const char *host, *port, *security, *user, *password_file, *from, *from_name, *front_url, *ca_file, *to;
};

static int say(const char *why)
{
	fprintf(stderr, "tsunagi mail: %s\n", why);
	return 2;
}

static int apply(struct session_ctx *s, const struct wish *w)
{
	const struct {
		const char *given;
		size_t at;
	} texts[] = {{w->host, offsetof(struct smtp_setting, host)}, {w->user, offsetof(struct smtp_setting, user)}, {w->password_file, offsetof(struct smtp_setting, password_file)},
		{w->from, offsetof(struct smtp_setting, from)}, {w->from_name, offsetof(struct smtp_setting, from_name)}, {w->front_url, offsetof(struct smtp_setting, front_url)},
		{w->ca_file, offsetof(struct smtp_setting, ca_file)}};
	struct smtp_setting set;
	const char *why;
	err e = smtp_setting_read(s->arena, s->house.data_dir, &set, &why);
	if (e != OK && e != ERR_MAIL_NONE && e != ERR_MAIL_SETTING)
		return session_ctx_fail(s, e);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		if (texts[i].given)
			*(const char **)((char *)&set + texts[i].at) = texts[i].given;
	if (w->security && !smtp_security_of(w->security, &set.security))
		return say("--security は、starttls、tls、none のどれかです。");
	if (w->port && !str_int(w->port, &set.port))
		return say("--port は、数字で書いてください。");
	if (!set.port && *set.host)
		set.port = set.security == SMTP_TLS ? 465 : set.security == SMTP_STARTTLS ? 587 : 25;
	e = smtp_setting_write(s->arena, s->house.data_dir, &set, &why);
	if (e == ERR_MAIL_SETTING)
		return say(why);
	if (e != OK)
		return session_ctx_fail(s, e);
	puts("メールの設定を書きました。tsunagi mail test --to アドレス で、届くことを確かめてください。");
	return 0;
}

static int read_it(struct session_ctx *s, struct smtp_setting *set)
{
	const char *why;
	err e = smtp_setting_read(s->arena, s->house.data_dir, set, &why);
	if (e == ERR_MAIL_SETTING)
		return say(why);
	return e == OK ? 0 : session_ctx_fail(s, e);
}

static int show(struct session_ctx *s)
{
	struct smtp_setting set;
	int code = read_it(s, &set);
	if (code != 0)
		return code;
	if (*set.host)
		printf("メールサーバー\t%s:%lld（%s）%s%s\n差出人\t%s <%s>\n", set.host, (long long)set.port, smtp_security_label(set.security), *set.user ? " 利用者 " : "", set.user,
			set.from_name, set.from);
	else
		puts("メールサーバー\tなし（メールは送りません）");
	printf("回答用ページ\t%s\n", *set.front_url ? set.front_url : "なし");
	return 0;
}

static int try_one(struct session_ctx *s, const char *to)
{
	struct smtp_setting set;
	struct smtp_result r;
	struct smtp *smtp;
	char id[PID_TEXT];
	const char *bytes;
	size_t n;
	int code = read_it(s, &set);
	if (code != 0)
		return code;
	if (!*set.host)
		return session_ctx_fail(s, ERR_MAIL_NONE);
	pid_make(id);
	err e = mail_compose(s->arena, &(struct mail){.from = set.from, .from_name = set.from_name, .to = to, .to_name = "", .id = id, .now_ms = s->ctx.now_ms,
		.subject = "つなぎ：メールの試し", .body = "つなぎから送った、試しのメールです。これが読めれば、メールの設定はできています。\nこのメールに返信しても届きません。\n"}, &bytes, &n);
	if (e == OK)
		e = smtp_open(s->arena, &set, &smtp);
	if (e != OK)
		return session_ctx_fail(s, e);
	smtp_send(smtp, to, bytes, n, &r);
	smtp_close(smtp);
	if (r.verdict == SMTP_SENT) {
		puts("メールサーバーが受け取りました。届いたかどうかを、宛先で確かめてください。");
		return 0;
	}
	fprintf(stderr, "tsunagi mail: 送れませんでした。%s\n", r.why);
	return 1;
}

int cmd_mail(int argc, char **argv)
{
	struct session_ctx s = {0};
	struct wish w = {cli_option(&argc, argv, "--host"), cli_option(&argc, argv, "--port"), cli_option(&argc, argv, "--security"), cli_option(&argc, argv, "--user"),
		cli_option(&argc, argv, "--password-file"), cli_option(&argc, argv, "--from"), cli_option(&argc, argv, "--from-name"), cli_option(&argc, argv, "--front-url"),
		cli_option(&argc, argv, "--ca-file"), cli_option(&argc, argv, "--to")};
	const char *data = session_ctx_data(&argc, argv);
	if (cli_rest(argc, argv) != 0)
		return 2;
	const char *verb = argc == 2 ? argv[1] : "";
	if (!(str_eq(verb, "set") || str_eq(verb, "show") || (str_eq(verb, "test") && w.to && *w.to)))
		return usage();
	int code = session_ctx_open_bare(&s, data, NULL, "cli:mail");
	if (code != 0)
		return code;
	code = str_eq(verb, "set") ? apply(&s, &w) : str_eq(verb, "show") ? show(&s) : try_one(&s, w.to);
	session_ctx_close(&s);
	return code;
}
