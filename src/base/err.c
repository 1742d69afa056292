#include "base/err.h"

struct err_row {
	err code;
	enum err_class cls;
	int http;
	const char *name, *ja, *mend;
};

static const struct err_row rows[] = {
#define ERR(n, number, c, h, j, m) {ERR_##n, ERR_CLASS_##c, h, #n, j, m},
#include "base/errors.tbl.h"
#undef ERR
};

static const struct err_row ok_row = {OK, ERR_CLASS_NONE, 200, "OK", "", ""};

static const struct err_row *find(err e)
{
	if (e == OK)
		return &ok_row;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (rows[i].code == e)
			return &rows[i];
	return find(ERR_BUG);
}

enum err_class err_class_of(err e) { return find(e)->cls; }
int err_http_status(err e) { return find(e)->http; }
const char *err_name(err e) { return find(e)->name; }
const char *err_sentence_ja(err e) { return find(e)->ja; }
const char *err_mend_ja(err e) { return find(e)->mend; }
