/* csv — comma separated tables as Excel, municipal systems and people write them (RFC 4180), in and out.
 *
 * Reader: rows one at a time over a borrowed span of bytes; UTF-8 with or without BOM, or CP932, found out by itself;
 * CRLF, LF or CR; line ends inside quotes. One bad row never blocks the good ones: it comes back with `bad` set, its
 * line and a plain reason, and reading goes on with the next physical line (so a forgotten quotation mark costs one
 * row, not the rest of the file).
 * Writer: into a buf; CRLF; quotes only where needed; leading zeros stay as they are. CSV_EXCEL puts an apostrophe
 * before cells beginning with = + - @ TAB CR (and their wide forms), so that a cell is never run as a formula; never
 * use it for files that machines read. Numbers written with csv_int are not touched.
 * Units: lines from 1. Ownership: rows are arena of the call; bytes borrowed. Errors: ERR_CSV only through row->bad;
 * ERR_CP932 from csv_finish with the text and the report set. Tests: tests/unit/test_codec_text.c, tests/fuzz/fuzz_csv.c.
 */
#ifndef TSU_CODEC_CSV_H
#define TSU_CODEC_CSV_H

#include "base/buf.h"
#include "base/err.h"
#include "jp/cp932.h"

enum csv_charset { CSV_AUTO, CSV_UTF8, CSV_CP932 };
enum { CSV_CELLS_MAX = 1024, CSV_ROW_BYTES_MAX = 1 << 20, CSV_ROW_LINES_MAX = 256 };

struct csv {
	const char *p, *end;
	char sep;
	enum csv_charset charset; /* CSV_AUTO until the first row that is not plain ASCII */
	int line;                 /* of the next row */
};

struct csv_row {
	int line;            /* physical line where it begins */
	size_t n;
	const char **cells;  /* UTF-8; not trimmed */
	err bad;             /* OK, or why this row cannot be used */
	const char *why;     /* plain Japanese, names the line; NULL if good */
};

/* sep: ',' or '\t'. */
struct csv csv_open(const char *bytes, size_t n, char sep, enum csv_charset charset);
/* The next row that is not empty; false at the end. */
bool csv_next(struct csv *r, struct arena *a, struct csv_row *row);
/* The column with that heading (spaces at the ends apart), or -1. */
int csv_column(const struct csv_row *head, const char *name);
/* The cell, or "" beyond the end of a short row. */
const char *csv_cell(const struct csv_row *row, int column);

enum csv_write_options { CSV_BOM = 1, CSV_TO_CP932 = 2, CSV_EXCEL = 4, CSV_QUOTE_ALL = 8, CSV_TAB = 16 };

struct csv_writer {
	struct buf b;
	unsigned options;
	bool row_begun;
};

struct csv_writer csv_writer_new(struct arena *a, unsigned options);
void csv_put(struct csv_writer *w, const char *text); /* NULL is an empty cell */
void csv_put_int(struct csv_writer *w, int64_t v);    /* INT64_MIN (no value) is an empty cell */
void csv_end(struct csv_writer *w);                   /* ends the row */
/* The finished file. offers (may be NULL) and report (may be NULL) as in jp/cp932. */
MUST err csv_finish(struct csv_writer *w, const struct fold_table *offers, const char **bytes, size_t *n,
	struct cp932_report *report);

#endif
