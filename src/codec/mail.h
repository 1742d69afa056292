/* mail — one mail as the bytes that are handed to a mail server: UTF-8 plain text in base64, headers by RFC 2047.
 *
 * Pure: the same mail gives the same bytes; the instant and the id are given. Nobody can slip a header in: addresses are held against
 * a narrow form, every other header value is written as encoded words, in which a line break cannot stand.
 * Sources: RFC 5322 (form), 2045 and 2047 (MIME), 3834 (Auto-Submitted: nobody's out-of-office answers to it).
 * Ownership: arena; everything given is borrowed. Errors: ERR_MAIL_ADDRESS. Tests: tests/unit/test_codec_mail.c. */
#ifndef TSU_CODEC_MAIL_H
#define TSU_CODEC_MAIL_H

#include "base/arena.h"
#include "base/err.h"

enum { MAIL_ADDRESS_MAX = 254 };

struct mail {
	const char *from, *from_name; /* name may be "" */
	const char *to, *to_name;
	const char *subject, *body;   /* body: lines end in LF */
	const char *id;               /* letters and digits, different for each mail (base/pid) */
	int64_t now_ms;
};

/* name@host.example in ASCII letters, digits and the few signs that need no quotes; at most MAIL_ADDRESS_MAX bytes. */
bool mail_address_ok(const char *address);
/* The bytes, lines ending in CRLF: those of the body 76 long at most, those of the head 78 where no long address stands in them. */
MUST err mail_compose(struct arena *a, const struct mail *m, const char **bytes, size_t *n);

#endif
