/* tools/sqlc against tests/golden/sqlc: ok/sql gives ok/expect byte for byte (UPDATE_GOLDEN=1 writes it anew); each file
 * of bad/ must be refused with the message its first line names. q_*.sql is a query file, m_*.sql a migration. */
#include "base/str.h"
#include "unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *golden(struct arena *a, const char *rest)
{
	const char *root = getenv("TSUNAGI_ROOT");
	return arena_fmt(a, "%s/tests/golden/sqlc/%s", root ? root : ".", rest);
}

static char *slurp(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return arena_str(a, "(missing)");
	char *text = arena_alloc(a, 100000);
	size_t n = fread(text, 1, 99999, f);
	text[n] = '\0';
	fclose(f);
	return text;
}

static void spit(const char *path, const char *text)
{
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0 && fclose(f) == 0);
}

/* The exit code; *says gets what it wrote on stderr. */
static int sqlc(struct arena *a, const char *sql, const char *out, char **says)
{
	const char *log = arena_fmt(a, "%s/log", out);
	int rc = system(arena_fmt(a, "'%s' '%s' '%s' 2>'%s'", SQLC, sql, out, log));
	*says = slurp(a, log);
	unlink(log);
	return WIFEXITED(rc) ? WEXITSTATUS(rc) : -1;
}

static void sweep(struct arena *a, const char *dir)
{
	assert_int_equal(system(arena_fmt(a, "rm -rf '%s'", dir)), 0);
}

static void generates(void **state)
{
	struct arena *a = *state;
	char dir[] = "/tmp/tsu-sqlc-XXXXXX", *says;
	assert_non_null(mkdtemp(dir));
	int rc = sqlc(a, golden(a, "ok/sql"), dir, &says);
	assert_string_equal(says, "");
	assert_int_equal(rc, 0);
	static const char *const files[] = {"tables.h", "tables.c", "q_small.h", "q_small.c"};
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		char *got = slurp(a, arena_fmt(a, "%s/%s", dir, files[i]));
		const char *want = golden(a, arena_fmt(a, "ok/expect/%s", files[i]));
		if (getenv("UPDATE_GOLDEN"))
			spit(want, got);
		assert_string_equal(got, slurp(a, want));
	}
	/* a second run changes no file, so nothing is compiled anew */
	struct stat before, after;
	const char *one = arena_fmt(a, "%s/q_small.c", dir);
	assert_int_equal(stat(one, &before), 0);
	usleep(20000);
	assert_int_equal(sqlc(a, golden(a, "ok/sql"), dir, &says), 0);
	assert_int_equal(stat(one, &after), 0);
	assert_true(before.st_mtim.tv_nsec == after.st_mtim.tv_nsec && before.st_mtim.tv_sec == after.st_mtim.tv_sec);
	sweep(a, dir);
}

static int refuse(struct arena *a, const char *name)
{
	char dir[] = "/tmp/tsu-sqlc-XXXXXX", *says;
	assert_non_null(mkdtemp(dir));
	const char *sql = slurp(a, golden(a, arena_fmt(a, "bad/%s", name)));
	bool query = name[0] == 'q';
	assert_int_equal(system(arena_fmt(a, "cd %s && mkdir -p migrate query out migrate/0002_x && cp -r '%s/'* migrate/", dir,
		golden(a, "ok/sql/migrate"))), 0);
	spit(arena_fmt(a, query ? "%s/query/x.sql" : "%s/migrate/0002_x/01_x.sql", dir), sql);
	int rc = sqlc(a, dir, arena_fmt(a, "%s/out", dir), &says);
	sweep(a, dir);
	assert_true(str_starts(sql, "-- expect: "));
	const char *want = arena_strn(a, sql + 11, strcspn(sql, "\n") - 11);
	if (rc == 1 && str_starts(says, want))
		return 0;
	print_error("%s: exit %d\n  want %s\n  got  %s\n", name, rc, want, says);
	return 1;
}

static void refuses(void **state)
{
	struct arena *a = *state;
	DIR *d = opendir(golden(a, "bad"));
	assert_non_null(d);
	struct dirent *e;
	int n = 0, bad = 0;
	while ((e = readdir(d)) != NULL)
		if (str_ends(e->d_name, ".sql")) {
			n++;
			bad += refuse(a, e->d_name);
		}
	closedir(d);
	assert_int_equal(bad, 0);
	assert_in_range(n, 30, 500);
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(generates), UNIT(refuses)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
