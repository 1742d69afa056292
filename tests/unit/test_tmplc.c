/* tmplc against tests/golden/tmplc: ok_* must give exactly the .c beside it; bad_* must be refused with the sentence in
 * the .txt beside it; cc_* must pass tmplc and be refused by the C compiler. TMPLC is the program's path. */
#include "unit.h"

#include "base/buf.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

static const char *golden_dir(struct arena *a)
{
	return arena_fmt(a, "%s/tests/golden/tmplc", getenv("TSUNAGI_ROOT"));
}

static char *slurp(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		fail_msg("cannot read %s", path);
	struct buf b = buf_new(a);
	char chunk[4096];
	for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) > 0;)
		buf_add(&b, chunk, n);
	fclose(f);
	return b.p;
}

/* Exit code; what it said on both outputs in *said. */
static int run(struct arena *a, const char *command, char **said)
{
	FILE *f = popen(arena_fmt(a, "%s 2>&1", command), "r");
	assert_non_null(f);
	struct buf b = buf_new(a);
	char chunk[4096];
	for (size_t n; (n = fread(chunk, 1, sizeof chunk, f)) > 0;)
		buf_add(&b, chunk, n);
	int status = pclose(f);
	*said = b.p;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void each(struct arena *a, const char *prefix, int least, void (*fn)(struct arena *, const char *base, const char *out))
{
	char out[] = "/tmp/test_tmplc_XXXXXX";
	assert_non_null(mkdtemp(out));
	assert_int_equal(mkdir(arena_fmt(a, "%s/tmpl", out), 0700), 0);
	DIR *d = opendir(golden_dir(a));
	assert_non_null(d);
	int seen = 0;
	for (struct dirent *e; (e = readdir(d)) != NULL;) {
		size_t n = strlen(e->d_name);
		if (strncmp(e->d_name, prefix, strlen(prefix)) != 0 || n < 5 || strcmp(e->d_name + n - 5, ".html") != 0)
			continue;
		fn(a, arena_fmt(a, "%s/%.*s", golden_dir(a), (int)(n - 5), e->d_name), out);
		seen++;
	}
	closedir(d);
	char *said;
	assert_int_equal(run(a, arena_fmt(a, "rm -r %s", out), &said), 0);
	if (seen < least)
		fail_msg("only %d files %s*.html", seen, prefix);
}

static int compile(struct arena *a, const char *base, const char *out, char **said)
{
	const char *name = strrchr(base, '/') + 1;
	return run(a, arena_fmt(a, "%s %s.html %s/tmpl/%s.h %s/%s.c", TMPLC, base, out, name, out, name), said);
}

static int cc(struct arena *a, const char *base, const char *out, char **said)
{
	const char *root = getenv("TSUNAGI_ROOT");
	return run(a, arena_fmt(a, "cc -std=c17 -D_DEFAULT_SOURCE -Wall -Wextra -Werror -fsyntax-only -I%s/src -I%s -I%s %s/%s.c", root,
		golden_dir(a), out, out, strrchr(base, '/') + 1), said);
}

static void check_ok(struct arena *a, const char *base, const char *out)
{
	char *said;
	if (compile(a, base, out, &said) != 0)
		fail_msg("%s: %s", base, said);
	const char *made = arena_fmt(a, "%s/%s.c", out, strrchr(base, '/') + 1);
	if (getenv("GOLDEN_WRITE"))
		assert_int_equal(run(a, arena_fmt(a, "cp %s %s.golden", made, base), &said), 0);
	assert_string_equal(slurp(a, made), slurp(a, arena_fmt(a, "%s.golden", base)));
	if (cc(a, base, out, &said) != 0)
		fail_msg("%s: %s", base, said);
}

static void check_bad(struct arena *a, const char *base, const char *out)
{
	char *said, *want = slurp(a, arena_fmt(a, "%s.txt", base));
	want[strcspn(want, "\n")] = '\0';
	if (compile(a, base, out, &said) != 1 || !strstr(said, want))
		fail_msg("%s: wanted \"%s\", got \"%s\"", base, want, said);
}

static void check_cc(struct arena *a, const char *base, const char *out)
{
	char *said;
	if (compile(a, base, out, &said) != 0)
		fail_msg("%s: %s", base, said);
	if (cc(a, base, out, &said) == 0)
		fail_msg("%s: the C compiler let it pass", base);
	/* the complaint names the template's own line */
	if (!strstr(said, arena_fmt(a, "%s.html:2", strstr(base, "tests/golden") ? strrchr(base, '/') + 1 : base)))
		fail_msg("%s: the complaint does not name line 2 of the template: %s", base, said);
}

static void test_golden(void **state) { each(*state, "ok_", 1, check_ok); }
static void test_refused(void **state) { each(*state, "bad_", 35, check_bad); }
static void test_refused_by_cc(void **state) { each(*state, "cc_", 3, check_cc); }

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(test_golden), UNIT(test_refused), UNIT(test_refused_by_cc)};
	return cmocka_run_group_tests_name("tmplc", tests, NULL, NULL);
}
