/* qr — a QR code as SVG, for the enrolment of one-time passwords, and as cells, for paper. The text of an enrolment is a
 * secret: the caller puts it on a page that is never cached. Error correction level M; a quiet zone of 4 modules; black on white in every colour scheme.
 * The SVG has no script, style or event; its name for screen readers is given by the caller.
 * Ownership: written into b. Errors: ERR_TOO_LONG (more than a code of version 40 holds, or more than 2,000 bytes),
 * ERR_REQUIRED for empty text. Tests: tests/unit/test_codec_text.c. */
#ifndef TSU_CODEC_QR_H
#define TSU_CODEC_QR_H

#include "base/buf.h"
#include "base/err.h"

enum { QR_QUIET = 4 }; /* cells of white around the code */

struct qr {
	int side; /* cells */
	const unsigned char *dark; /* side × side, 0 or 1 */
};
static inline bool qr_dark(const struct qr *q, int row, int col) { return q->dark[row * q->side + col] != 0; }

/* The cells of a code; arena. */
MUST err qr_cells(struct arena *a, const char *text, const struct qr **out);
/* label: plain text for aria-label. size_px: side of the picture. */
MUST err qr_svg(struct buf *b, const char *text, const char *label, int size_px);

#endif
