/* err — errors are values.
 *
 * Every fallible function returns `err` and is marked MUST, so that the compiler refuses a forgotten check;
 * results come back in out-parameters, which are untouched on error unless the header says otherwise.
 * The classes decide what the server does: INPUT shows the page again with what was typed, DENIED and
 * NOTFOUND show a plain page, CONFLICT the side-by-side page, RETRY is tried again by tx_run, LIMIT and IO
 * keep the text and say so, BUG stops the worker after the answer.
 * Ownership: every string here is static. Tests: tests/unit/test_base.c.
 */
#ifndef TSU_BASE_ERR_H
#define TSU_BASE_ERR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum err_class {
	ERR_CLASS_NONE, ERR_CLASS_INPUT, ERR_CLASS_DENIED, ERR_CLASS_NOTFOUND, ERR_CLASS_CONFLICT,
	ERR_CLASS_RETRY, ERR_CLASS_LIMIT, ERR_CLASS_IO, ERR_CLASS_BUG
};

typedef enum err {
	OK = 0,
#define ERR(name, number, cls, http, ja, mend) ERR_##name = (number),
#include "base/errors.tbl.h"
#undef ERR
} err;

#define MUST __attribute__((warn_unused_result))

/* Pass an error on. */
#define TRY(expr)                                                                                                   \
	do {                                                                                                        \
		err try_err_ = (expr);                                                                              \
		if (try_err_ != OK)                                                                                 \
			return try_err_;                                                                            \
	} while (0)

enum err_class err_class_of(err e);
int err_http_status(err e);
const char *err_name(err e);      /* static, e.g. "DATE_ERA"; "OK" for OK */
const char *err_sentence_ja(err e); /* static; what happened */
const char *err_mend_ja(err e);     /* static; what to do */

#endif
