#include "unit.h"

#include "base/buf.h"
#include "print_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct arena *arena;
static struct pdf_fonts *fonts;
static char folder[64];
static int serial;

int help_start(void **state)
{
	(void)state;
	arena = arena_new((size_t)1 << 20);
	if (pdf_fonts_open(arena, NULL, &fonts) != OK)
		return -1;
	snprintf(folder, sizeof folder, "/tmp/print-test-XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

int help_stop(void **state)
{
	(void)state;
	pdf_fonts_close(fonts);
	arena_free(arena);
	char cmd[96];
	const char *keep = getenv("PRINT_TEST_KEEP");
	if (keep) {
		printf("kept: %s\n", folder);
		return 0;
	}
	snprintf(cmd, sizeof cmd, "rm -r '%s'", folder);
	return system(cmd) == 0 ? 0 : -1;
}

struct pdf_fonts *help_fonts(void) { return fonts; }

struct help_file help_save(const char *bytes, size_t n, const char *ext)
{
	struct help_file f = {.bytes = bytes, .n = n};
	snprintf(f.path, sizeof f.path, "%s/%d.%s", folder, ++serial, ext);
	FILE *o = fopen(f.path, "wb");
	assert_non_null(o);
	assert_int_equal(fwrite(bytes, 1, n, o), n);
	assert_int_equal(fclose(o), 0);
	return f;
}

struct help_file help_write(struct pdf *p)
{
	const char *bytes;
	size_t n;
	assert_int_equal(pdf_write(p, &bytes, &n), OK);
	return help_save(bytes, n, "pdf");
}

const char *help_run(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	char *cmd = arena_vfmt(a, fmt, ap);
	va_end(ap);
	FILE *p = popen(cmd, "r");
	assert_non_null(p);
	struct buf b = buf_new(a);
	char part[65536];
	size_t n;
	while ((n = fread(part, 1, sizeof part, p)) > 0)
		buf_add(&b, part, n);
	int rc = pclose(p);
	if (!WIFEXITED(rc) || WEXITSTATUS(rc) != 0)
		fail_msg("failed: %s", cmd);
	return b.p;
}

const char *help_text(struct arena *a, const struct help_file *f, const char *options)
{
	return help_run(a, "pdftotext %s -enc UTF-8 %s -", options, f->path);
}

struct help_image help_raster(struct arena *a, const struct help_file *f, int page, int dpi)
{
	char out[200];
	snprintf(out, sizeof out, "%s.pgm", f->path);
	help_run(a, "pdftoppm -gray -r %d -f %d -l %d -singlefile %s %s 2>&1", dpi, page, page, f->path, f->path);
	FILE *in = fopen(out, "rb");
	assert_non_null(in);
	struct help_image im;
	int max;
	assert_int_equal(fscanf(in, "P5 %d %d %d", &im.w, &im.h, &max), 3);
	fgetc(in);
	size_t n = (size_t)im.w * (size_t)im.h;
	unsigned char *px = arena_alloc(a, n);
	assert_int_equal(fread(px, 1, n, in), n);
	fclose(in);
	im.gray = px;
	return im;
}

size_t help_ink(const struct help_image *im, int x, int y, int w, int h, int page_w)
{
	size_t n = 0;
	for (int j = y * im->w / page_w; j < (y + h) * im->w / page_w && j < im->h; j++)
		for (int i = x * im->w / page_w; i < (x + w) * im->w / page_w && i < im->w; i++)
			n += im->gray[(size_t)j * (size_t)im->w + (size_t)i] < 160;
	return n;
}

size_t help_differs(const struct help_image *x, const struct help_image *y)
{
	assert_int_equal(x->w, y->w);
	assert_int_equal(x->h, y->h);
	size_t n = 0;
	for (size_t i = 0; i < (size_t)x->w * (size_t)x->h; i++)
		n += abs(x->gray[i] - y->gray[i]) > 64;
	return n;
}
