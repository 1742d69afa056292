#include "base/clock.h"
#include "base/ctx.h"
#include "base/str.h"
#include "jp/era.h"
#include "main/commands.h"

#include <stdio.h>
#include <string.h>

/* tsunagi date TEXT… — a date in any spelling as ISO and 和暦. Several arguments are one
 * text ("令和4年 12月 3日" needs no quotes). */
int cmd_date(int argc, char **argv)
{
	if (argc < 2) {
		fputs("使い方: tsunagi date 日付　（例：tsunagi date 令和4年12月3日）\n", stderr);
		return 2;
	}
	struct arena *a = arena_new((size_t)1 << 20);
	if (!a)
		return 1;
	struct ctx c;
	ctx_init(&c, a, clock_now_ms());
	int rc = 0;
	const char *text = "";
	size_t n = 0;
	for (int i = 1; i < argc; i++)
		n += strlen(argv[i]);
	for (int i = 1; i < argc && n < 4096; i++)
		text = arena_fmt(a, "%s%s%s", text, i > 1 ? " " : "", argv[i]);
	struct era_date d;
	if (era_parse(&c, "date", text, &d) == OK) {
		char iso[CIVIL_TEXT];
		civil_text(d.day, iso);
		printf("%s %s\n", iso, era_text(a, d.day));
	} else {
		fprintf(stderr, "%s\n", c.faults[0].message);
		rc = 2;
	}
	arena_free(a);
	return rc;
}
