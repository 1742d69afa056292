/* The commands init, account and audit as a person at the console meets them: exit codes, words, files. */
#include "access_world.h"

#include <sys/stat.h>
#include <sys/wait.h>

static char dir[64];

/* Runs the program; the text of stdout and stderr together, arena. */
static int cli(struct arena *a, const char **out, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static int cli(struct arena *a, const char **out, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	const char *args = arena_vfmt(a, fmt, ap);
	va_end(ap);
	FILE *p = popen(arena_fmt(a, "'%s' %s 2>&1", TSUNAGI, args), "r");
	assert_non_null(p);
	char *text = arena_alloc(a, 65536);
	size_t n = fread(text, 1, 65535, p);
	text[n] = '\0';
	int status = pclose(p);
	assert_true(WIFEXITED(status));
	if (out)
		*out = text;
	return WEXITSTATUS(status);
}

static const char *after(struct arena *a, const char *text, const char *label)
{
	const char *p = strstr(text, label);
	assert_non_null(p);
	p += strlen(label);
	return arena_strn(a, p, strcspn(p, "\n"));
}

static int folder(void **state)
{
	strcpy(dir, "/tmp/tsunagi-cli-XXXXXX");
	return unit_arena(state) || !mkdtemp(dir);
}

static int folder_gone(void **state)
{
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	int rc = system(command);
	return unit_arena_free(state) || rc;
}

static void from_init_to_verify(void **state)
{
	struct arena *a = *state;
	const char *out, *d = arena_fmt(a, "%s/data", dir);
	struct stat st;
	assert_int_equal(cli(a, &out, "account list --data %s", d), 1);
	assert_non_null(strstr(out, "tsunagi init"));
	assert_int_equal(cli(a, &out, "init %s", d), 0);
	const char *first = after(a, out, "初期設定コード: ");
	assert_int_equal(strlen(first), 24);
	assert_int_equal(cli(a, &out, "init --data %s", d), 0); /* lost the code: a new one */
	assert_string_not_equal(after(a, out, "初期設定コード: "), first);
	assert_int_equal(stat(d, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	static const char *const files[] = {"tsunagi.db", "house.key", "audit.head"};
	for (int i = 0; i < 3; i++) {
		assert_int_equal(stat(arena_fmt(a, "%s/%s", d, files[i]), &st), 0);
		assert_int_equal(st.st_mode & 07777, 0600);
	}
	/* the code itself stands nowhere */
	assert_int_not_equal(system(arena_fmt(a, "grep -raq '%s' %s", first, d)), 0);
	assert_int_equal(cli(a, &out, "account add kanri --name '見本 管理' --role admin --data %s", d), 0);
	assert_int_equal(strlen(after(a, out, "登録コード: ")), 24);
	assert_int_equal(cli(a, &out, "account add kanri --name '見本 管理' --role admin --data %s", d), 1);
	assert_non_null(strstr(out, "すでに使われています"));
	assert_null(strstr(out, "見本")); /* no name in a message or the log */
	assert_int_equal(cli(a, &out, "account add K --name '' --role admin --data %s", d), 2);
	assert_non_null(strstr(out, "利用者IDは"));
	assert_non_null(strstr(out, "氏名を入力"));
	assert_int_equal(cli(a, &out, "account add nurse --name x --role centre_nurse --data %s", d), 2); /* an organisation is needed */
	assert_int_equal(cli(a, &out, "account add nurse --name x --role centre_nurse --org nowhere --data %s", d), 2);
	assert_int_equal(cli(a, &out, "account add nurse --name x --role boss --data %s", d), 2);
	assert_int_equal(cli(a, &out, "account add guest --name x --role admin --until 2026-02-30 --data %s", d), 2);
	assert_int_equal(cli(a, &out, "account list --data %s", d), 0);
	assert_non_null(strstr(out, "kanri\t見本 管理\tadmin\t登録待ち"));
	assert_int_equal(cli(a, &out, "account list --as kanri --data %s", d), 2); /* not active yet */
	assert_int_equal(cli(a, &out, "account paper-codes kanri --data %s", d), 0);
	assert_non_null(strstr(out, "10  "));
	assert_int_equal(cli(a, &out, "account stop kanri --data %s", d), 0);
	assert_int_equal(cli(a, &out, "account resume kanri --data=%s", d), 0);
	assert_int_equal(cli(a, &out, "account reset-totp kanri --data %s", d), 0);
	assert_int_equal(cli(a, &out, "account stop nobody --data %s", d), 2);
	assert_int_equal(cli(a, &out, "account sweep --data %s", d), 0);
	assert_int_equal(cli(a, &out, "init %s", d), 1); /* done already */
	assert_non_null(strstr(out, "済んでいます"));
	assert_int_equal(cli(a, &out, "audit head --syslog --data %s", d), 0);
	struct audit_head h;
	assert_true(audit_anchor_parse(out, &h));
	assert_int_equal(system(arena_fmt(a, "printf '%%s' '%s' > %s/anchor", out, dir)), 0);
	assert_int_equal(cli(a, &out, "audit verify --data %s --anchor %s/anchor", d, dir), 0);
	assert_int_equal(cli(a, &out, "audit verify --data %s --anchor %s/none", d, dir), 1);
	assert_int_equal(cli(a, &out, "audit verify --data %s --anchor %s", d, d), 1); /* a folder is no file */
	assert_int_equal(cli(a, &out, "audit looks --person nobody --data %s", d), 2);
	assert_int_equal(cli(a, &out, "audit looks --data %s", d), 2);
	assert_int_equal(cli(a, &out, "audit verify --wrong --data %s", d), 2);
	assert_int_equal(cli(a, &out, "audit"), 2);
	assert_int_equal(cli(a, &out, "account"), 2);
	assert_int_equal(chmod(arena_fmt(a, "%s/house.key", d), 0640), 0);
	assert_int_equal(cli(a, &out, "audit verify --data %s", d), 1);
	assert_non_null(strstr(out, "house.key"));
	assert_int_equal(chmod(arena_fmt(a, "%s/house.key", d), 0600), 0);
	struct db *db;
	assert_int_equal(db_open(arena_fmt(a, "%s/tsunagi.db", d), DB_WRITE, &db), OK);
	assert_int_equal(db_exec(db, "UPDATE audit_entry SET row_id = 99 WHERE id = 3"), OK);
	db_close(db);
	assert_int_equal(cli(a, &out, "audit verify --data %s", d), 1);
	assert_non_null(strstr(out, "番号 3 の内容"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(from_init_to_verify, folder, folder_gone)};
	return cmocka_run_group_tests_name("access_cli", tests, NULL, NULL);
}
