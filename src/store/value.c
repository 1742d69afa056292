#include "store/value.h"

#include "base/str.h"

#include <inttypes.h>
#include <string.h>

#define AT(type, row, col) (*(type *)((char *)(row) + (col)->offset))
#define CAT(type, row, col) (*(type const *)((const char *)(row) + (col)->offset))

typedef const char *text;

char value_type(enum col_kind k)
{
	return k == COL_TEXT || k == COL_PID || k == COL_DAY ? 't' : k == COL_BLOB ? 'b' : 'i';
}

bool value_absent(const struct col_desc *col, const void *row)
{
	switch (col->kind) {
	case COL_PID:
	case COL_TEXT:
		return CAT(text, row, col) == NULL;
	case COL_DAY:
		return CAT(civil, row, col) == CIVIL_NONE;
	case COL_BLOB:
		return CAT(struct blob, row, col).p == NULL;
	case COL_BOOL:
		return false;
	default:
		return CAT(int64_t, row, col) == INT_NULL;
	}
}

void value_set_absent(const struct col_desc *col, void *row)
{
	switch (col->kind) {
	case COL_PID:
	case COL_TEXT:
		AT(text, row, col) = col->nullable ? NULL : "";
		break;
	case COL_DAY:
		AT(civil, row, col) = CIVIL_NONE;
		break;
	case COL_BLOB:
		AT(struct blob, row, col) = (struct blob){NULL, 0};
		break;
	case COL_BOOL:
		AT(bool, row, col) = false;
		break;
	default:
		AT(int64_t, row, col) = col->nullable ? INT_NULL : 0;
	}
}

void row_init(const struct table_desc *t, void *row)
{
	memset(row, 0, t->size);
	for (size_t i = 0; i < t->n_cols; i++)
		value_set_absent(&t->cols[i], row);
}

void value_bind(struct arena *a, struct db_stmt *st, int i, const struct col_desc *col, const void *row)
{
	if (value_absent(col, row)) {
		if (!col->nullable && col->kind == COL_TEXT)
			db_bind_text(st, i, "");
		else
			db_bind_null(st, i);
		return;
	}
	switch (col->kind) {
	case COL_PID:
	case COL_TEXT:
		db_bind_text(st, i, CAT(text, row, col));
		break;
	case COL_DAY: {
		char *day = arena_alloc(a, CIVIL_TEXT);
		civil_text(CAT(civil, row, col), day);
		db_bind_text(st, i, day);
		break;
	}
	case COL_BLOB:
		db_bind_blob(st, i, CAT(struct blob, row, col));
		break;
	case COL_BOOL:
		db_bind_int(st, i, CAT(bool, row, col));
		break;
	default:
		db_bind_int(st, i, CAT(int64_t, row, col));
	}
}

err value_read(struct arena *a, struct db_stmt *st, int i, const struct col_desc *col, void *row)
{
	bool texts = col->kind == COL_PID || col->kind == COL_TEXT || col->kind == COL_DAY;
	bool whole = !texts && col->kind != COL_BLOB;
	const char *s = texts ? db_text(st, i) : NULL; /* NULL of an absent value too, and 0 of an absent number: one question fewer */
	int64_t number = whole ? db_int(st, i) : 0;
	if (texts ? !s : number == 0 && db_null(st, i)) {
		value_set_absent(col, row);
		return col->nullable ? OK : ERR_DB;
	}
	switch (col->kind) {
	case COL_PID:
	case COL_TEXT:
		AT(text, row, col) = arena_str(a, s);
		return OK;
	case COL_DAY:
		return civil_parse(s, &AT(civil, row, col)) ? OK : ERR_DB;
	case COL_BLOB: {
		struct blob b = db_blob(st, i);
		AT(struct blob, row, col) = (struct blob){arena_copy(a, b.p, b.n), b.n};
		return OK;
	}
	case COL_BOOL:
		AT(bool, row, col) = number != 0;
		return OK;
	default:
		AT(int64_t, row, col) = number;
		return OK;
	}
}

static const char *text_of(const struct col_desc *col, const void *row)
{
	const char *s = CAT(text, row, col);
	return s || col->nullable ? s : "";
}

bool value_equal(const struct col_desc *col, const void *x, const void *y)
{
	switch (col->kind) {
	case COL_PID:
	case COL_TEXT:
		return str_eq(text_of(col, x), text_of(col, y));
	case COL_DAY:
		return CAT(civil, x, col) == CAT(civil, y, col);
	case COL_BLOB: {
		struct blob a = CAT(struct blob, x, col), b = CAT(struct blob, y, col);
		return !a.p == !b.p && a.n == b.n && (!a.p || memcmp(a.p, b.p, a.n) == 0);
	}
	case COL_BOOL:
		return CAT(bool, x, col) == CAT(bool, y, col);
	default:
		return CAT(int64_t, x, col) == CAT(int64_t, y, col);
	}
}

void value_copy(const struct col_desc *col, void *to, const void *from)
{
	size_t n = col->kind == COL_PID || col->kind == COL_TEXT ? sizeof(text)
		: col->kind == COL_DAY ? sizeof(civil)
		: col->kind == COL_BLOB ? sizeof(struct blob)
		: col->kind == COL_BOOL ? sizeof(bool)
		: sizeof(int64_t);
	memcpy((char *)to + col->offset, (const char *)from + col->offset, n);
}

const char *value_show(struct arena *a, const struct col_desc *col, const void *row)
{
	if (value_absent(col, row))
		return "";
	switch (col->kind) {
	case COL_PID:
	case COL_TEXT:
		return CAT(text, row, col);
	case COL_DAY: {
		char *day = arena_alloc(a, CIVIL_TEXT);
		civil_text(CAT(civil, row, col), day);
		return day;
	}
	case COL_BLOB:
		return arena_fmt(a, "(%zu バイト)", CAT(struct blob, row, col).n);
	case COL_BOOL:
		return CAT(bool, row, col) ? "はい" : "いいえ";
	case COL_MS: {
		char *t = arena_alloc(a, CIVIL_TIME_TEXT);
		civil_time_text(CAT(int64_t, row, col), t);
		return t;
	}
	default:
		return arena_fmt(a, "%" PRId64, CAT(int64_t, row, col));
	}
}
