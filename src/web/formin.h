/* formin — from the bytes of a body to declared fields.
 *
 * Parsing (urlencoded and multipart/form-data) is our own and fuzzed: strict UTF-8, no NUL, at most FORMIN_MAX_FIELDS
 * fields, names of at most 100 bytes, CRLF and CR become LF. Fields that the page has not declared are refused
 * (ERR_FORM_FIELD); all faults of the declared ones are collected at once in ctx, each a Japanese sentence naming the
 * field. Lengths count characters. Sources: WHATWG URL §5.1, RFC 7578.
 * Ownership: arena. Errors: ERR_INPUT (see faults), ERR_FORM_FIELD, ERR_NOT_UTF8, ERR_LIMIT, ERR_BODY_TYPE.
 * Tests: tests/unit/test_web_formin.c, tests/fuzz/fuzz_formin.c. */
#ifndef TSU_WEB_FORMIN_H
#define TSU_WEB_FORMIN_H

#include "web/req.h"

enum { FORMIN_MAX_FIELDS = 5000, FORMIN_MAX_NAME = 100, FORMIN_DEFAULT_MAX = 200, FORMIN_LINES_MAX = 20000 };

enum formin_kind {
	FORMIN_TEXT,   /* one line; trimmed */
	FORMIN_LINES,  /* a text of many lines; as typed */
	FORMIN_INT,    /* ASCII or full-width digits; lo ≤ n ≤ hi if lo < hi */
	FORMIN_DAY,    /* a whole day in any spelling of jp/era */
	FORMIN_PARTIAL,/* a day or a partial date; read the words with req_field, the bounds with era_parse_partial */
	FORMIN_CODE,   /* one of choices (if given), else letters, digits and _.:- */
	FORMIN_PID,    /* a public id */
	FORMIN_BOOL,   /* "1" or absent */
	FORMIN_SECRET, /* as typed, never shown again, never in a draft */
};

struct ui_choice;

struct formin_field {
	const char *name;   /* may end in '*': any name with this beginning */
	const char *label;  /* Japanese name in the sentences */
	enum formin_kind kind;
	int max;            /* characters; 0: FORMIN_DEFAULT_MAX, for LINES FORMIN_LINES_MAX */
	bool required, repeat, past;
	int64_t lo, hi;
	const struct ui_choice *choices;
	size_t n_choices;
};
#define FORMIN_N(table) (sizeof(table) / sizeof((table)[0]))

/* Check r->form against the table. Lets the layout's own fields pass: csrf once base draft. After OK the values in
 * r->form are trimmed and checked. ERR_INPUT if any fault was collected. */
MUST err formin_read(struct req *r, const struct formin_field *fields, size_t n);
/* The same for the query of a GET; unknown names are ignored (old bookmarks), faulty values are dropped. */
void formin_read_query(struct req *r, const struct formin_field *fields, size_t n);

/* After formin_read == OK. Blank or absent: INT64_MIN (INT_NULL), CIVIL_NONE, false. */
int64_t formin_int(const struct req *r, const char *name);
civil formin_day(const struct req *r, const char *name);
bool formin_bool(const struct req *r, const char *name);

/* ---- parsing, for the server, the tests and the fuzz target ---- */
MUST err formin_urlencoded(struct arena *a, const char *p, size_t n, struct pairs *out);
/* type is the Content-Type header with its boundary. */
MUST err formin_multipart(struct arena *a, const char *type, const char *p, size_t n, struct pairs *out,
	struct upload **files, size_t *n_files);
/* The body of r by its type into r->form and r->files. */
MUST err formin_body(struct req *r);
/* %XX and + ; false if a percent sign is followed by no two hex digits, or the result is not UTF-8. */
bool formin_decode(struct arena *a, const char *p, size_t n, bool plus, const char **out);

#endif
