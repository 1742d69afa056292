/* tsunagi account list|add|stop|resume|reset-totp|paper-codes|sweep — accounts from the console (or --as an administrator).
 * Codes and paper codes go to stdout once and are kept nowhere in clear. */
#include "access/account.h"
#include "access/policy.h"
#include "base/str.h"
#include "main/commands.h"
#include "main/session_ctx.h"

#include <stdio.h>
#include <string.h>

struct request {
	struct session_ctx s;
	int argc;
	char **argv; /* argv[1] is the verb */
	const char *name, *role, *org, *until;
};

static int usage(void)
{
	fputs("使い方: tsunagi account list\n"
		"        tsunagi account add 利用者ID --name 氏名 --role 役割 [--org 機関のID] [--until 2027-03-31]\n"
		"        tsunagi account stop|resume|reset-totp|paper-codes 利用者ID\n"
		"        tsunagi account sweep        （90日使われていない利用者IDを停止する）\n"
		"共通の指定: --data フォルダー  --as 利用者ID\n役割:", stderr);
	for (int r = 1; r < ROLE_COUNT; r++)
		fprintf(stderr, " %s（%s）", role_code(r), role_label_ja(r));
	fputc('\n', stderr);
	return 2;
}

static const char *state_ja(const struct account *a)
{
	static const char *const words[][2] = {{"invited", "登録待ち"}, {"active", "利用中"}, {"unused", "停止（90日利用なし）"},
		{"org_left", "停止（機関の離脱）"}, {"by_hand", "停止"}, {"expired", "停止（期限切れ）"}};
	const char *key = str_eq(a->state, "stopped") ? a->stopped_reason : a->state;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_eq(words[i][0], key))
			return words[i][1];
	return "停止";
}

static int list(struct request *r)
{
	struct account *v;
	size_t n;
	err e = account_list(&r->s.ctx, INT_NULL, &v, &n);
	if (e != OK)
		return session_ctx_fail(&r->s, e);
	for (size_t i = 0; i < n; i++) {
		char used[CIVIL_TEXT];
		civil_text(v[i].used_on, used);
		printf("%s\t%s\t%s\t%s\t%s\n", v[i].login, v[i].name, role_code(v[i].role), state_ja(&v[i]), used);
	}
	return 0;
}

static int add(struct request *r)
{
	struct ctx *c = &r->s.ctx;
	struct account_new in = {.login = r->argv[2], .name = r->name, .role = role_of_code(r->role), .staff_id = INT_NULL,
		.until_on = CIVIL_NONE};
	if (!in.role)
		return usage();
	if (r->until && !civil_parse(r->until, &in.until_on))
		return cli_fail(ERR_DATE_FORM);
	if (r->org) {
		err e = account_org_id(c, r->org, &in.org_id);
		if (e == ERR_NOTFOUND) {
			fputs("--org の機関が見つかりません。\n", stderr);
			return 2;
		}
		if (e != OK)
			return session_ctx_fail(&r->s, e);
	}
	int64_t id;
	const char *code;
	err e = account_invite(c, &in, &id, &code);
	if (e != OK)
		return session_ctx_fail(&r->s, e);
	printf("登録コード: %s\n", code);
	fprintf(stderr, "本人に渡してください。%d日間、一度だけ使えます。\n", ACCOUNT_CODE_DAYS);
	return 0;
}

static int change(struct request *r, const struct account *a)
{
	struct ctx *c = &r->s.ctx;
	const char *verb = r->argv[1], *code = NULL, *paper[CREDENTIAL_PAPER_CODES] = {0};
	err e = ERR_BUG;
	if (str_eq(verb, "stop"))
		e = account_stop(c, a->id, "by_hand");
	else if (str_eq(verb, "resume"))
		e = account_resume(c, a->id);
	else if (str_eq(verb, "reset-totp"))
		e = account_reset(c, a->id, &code);
	else if (str_eq(verb, "paper-codes"))
		e = account_paper_codes(c, a->id, paper);
	if (e != OK)
		return session_ctx_fail(&r->s, e);
	if (code) {
		printf("登録コード: %s\n", code);
		fprintf(stderr, "古いパスワードと確認コードは使えなくなりました。%d日のうちに、このコードで登録し直してもらってください。\n", ACCOUNT_CODE_DAYS);
	}
	for (int i = 0; i < CREDENTIAL_PAPER_CODES && paper[i]; i++)
		printf("%2d  %s\n", i + 1, paper[i]);
	return 0;
}

static int act(struct request *r)
{
	const char *verb = r->argc > 1 ? r->argv[1] : "";
	static const char *const on_one[] = {"stop", "resume", "reset-totp", "paper-codes"};
	if (str_eq(verb, "list") && r->argc == 2)
		return list(r);
	if (str_eq(verb, "add") && r->argc == 3 && r->name && r->role)
		return add(r);
	if (str_eq(verb, "sweep") && r->argc == 2) {
		int64_t n;
		err e = account_stop_unused(&r->s.ctx, &n);
		if (e != OK)
			return session_ctx_fail(&r->s, e);
		printf("%lld\n", (long long)n);
		return 0;
	}
	for (size_t i = 0; i < sizeof on_one / sizeof on_one[0]; i++)
		if (str_eq(verb, on_one[i]) && r->argc == 3) {
			struct account a;
			err e = account_find_login(&r->s.ctx, r->argv[2], &a);
			if (e == ERR_NOTFOUND) {
				fputs("その利用者IDはありません。tsunagi account list で確かめてください。\n", stderr);
				return 2;
			}
			return e == OK ? change(r, &a) : session_ctx_fail(&r->s, e);
		}
	return usage();
}

int cmd_account(int argc, char **argv)
{
	struct request r = {0};
	const char *dir = session_ctx_data(&argc, argv), *as = cli_option(&argc, argv, "--as");
	r.name = cli_option(&argc, argv, "--name");
	r.role = cli_option(&argc, argv, "--role");
	r.org = cli_option(&argc, argv, "--org");
	r.until = cli_option(&argc, argv, "--until");
	r.argc = argc;
	r.argv = argv;
	int rc = cli_rest(argc, argv);
	if (rc)
		return rc;
	if (r.name && !str_utf8_valid(r.name, strlen(r.name)))
		return cli_fail(ERR_NOT_UTF8);
	if (argc < 2)
		return usage();
	rc = session_ctx_open_bare(&r.s, dir, as, "cli:account");
	if (rc)
		return rc;
	rc = act(&r);
	session_ctx_close(&r.s);
	return rc;
}
