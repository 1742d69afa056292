#include "fuzz.h"
#include "store/file.h"
#include "store/image.h"
#include "store/rowjson.h"

/* Pictures people send: what is written back is again such a picture, and nothing more goes the second time. The same
 * bytes also as the body of a revision. */
FUZZ(a, data, n)
{
	static const struct col_desc cols[] = {{"id", COL_ID, false, 0}, {"note", COL_TEXT, true, 8}, {"day", COL_DAY, true, 16},
		{"done", COL_BOOL, false, 20}, {"bytes", COL_BLOB, true, 24}};
	static const struct table_desc t = {.name = "t", .size = 40, .cols = cols, .n_cols = 5};
	struct blob in = {arena_copy(a, data, n), n}, once, twice;
	const char *type = file_sniff(in);
	if (strcmp(type, "image/jpeg") == 0 && image_strip_jpeg(a, in, &once) == OK) {
		MUST_HOLD(image_strip_jpeg(a, once, &twice) == OK);
		MUST_HOLD(twice.n == once.n && memcmp(twice.p, once.p, once.n) == 0);
	} else if (strcmp(type, "image/png") == 0 && image_strip_png(a, in, &once) == OK) {
		MUST_HOLD(once.n <= n && image_strip_png(a, once, &twice) == OK && twice.n == once.n);
	} else if (str_utf8_valid((const char *)data, n)) {
		int64_t row[5], back[5];
		row_init(&t, row);
		row_init(&t, back);
		if (rowjson_read(a, &t, arena_strn(a, (const char *)data, n), row) == OK) {
			const char *json = rowjson_write(a, &t, row);
			MUST_HOLD(rowjson_read(a, &t, json, back) == OK && strcmp(rowjson_write(a, &t, back), json) == 0);
		}
	}
}
