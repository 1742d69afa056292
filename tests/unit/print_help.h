/* What the tests of print share: one set of fonts, files in a scratch folder, and other people's programs to read
 * back what was written (pdftotext, pdftoppm, unzip). */
#ifndef TSU_TESTS_PRINT_HELP_H
#define TSU_TESTS_PRINT_HELP_H

#include "codec/pdf.h"

int help_start(void **state); /* group setup: opens the fonts, makes the scratch folder */
int help_stop(void **state);
struct pdf_fonts *help_fonts(void);

struct help_file {
	const char *bytes;
	size_t n;
	char path[160];
};
struct help_file help_save(const char *bytes, size_t n, const char *ext);
struct help_file help_write(struct pdf *p);
/* Output of a command; fails the test if the command fails. */
const char *help_run(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
const char *help_text(struct arena *a, const struct help_file *f, const char *options); /* pdftotext */

struct help_image {
	int w, h;
	const unsigned char *gray;
};
struct help_image help_raster(struct arena *a, const struct help_file *f, int page, int dpi);
/* Dark pixels inside a box given in 0.1 mm of a page page_w wide. */
size_t help_ink(const struct help_image *im, int x, int y, int w, int h, int page_w);
size_t help_differs(const struct help_image *x, const struct help_image *y);

#endif
