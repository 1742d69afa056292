#include "fuzz.h"
#include "codec/csv.h"

/* Byte 0 chooses character set and separator; the rest is the file. Good rows are written and read back. */
FUZZ(a, data, n)
{
	if (!n)
		return;
	char sep = data[0] & 4 ? '\t' : ',';
	struct csv r = csv_open((const char *)data + 1, n - 1, sep, data[0] % 3);
	struct csv_row row, back;
	int last = 0;
	while (csv_next(&r, a, &row)) {
		MUST_HOLD(row.line > last && (row.bad == OK) == (row.why == NULL));
		last = row.line;
		if (row.bad != OK)
			continue;
		struct csv_writer w = csv_writer_new(a, sep == '\t' ? CSV_TAB : 0);
		size_t cells = 0;
		for (size_t i = 0; i < row.n; i++) {
			MUST_HOLD(str_utf8_valid(row.cells[i], strlen(row.cells[i])));
			csv_put(&w, row.cells[i]);
			cells += strlen(row.cells[i]);
		}
		const char *bytes;
		size_t len;
		MUST_HOLD(csv_finish(&w, NULL, &bytes, &len, NULL) == OK);
		struct csv again = csv_open(bytes, len, sep, CSV_UTF8);
		if (row.n == 1 && (!cells || strcmp(row.cells[0], "\x1A") == 0 || str_starts(row.cells[0], "\xEF\xBB\xBF")))
			continue; /* an empty row is no row */
		if (str_starts(row.cells[0], "\xEF\xBB\xBF"))
			continue;
		MUST_HOLD(csv_next(&again, a, &back) && back.bad == OK && back.n == row.n);
		for (size_t i = 0; i < row.n; i++)
			MUST_HOLD(str_eq(row.cells[i], back.cells[i]));
	}
}
