/* qr — a QR code as SVG, for the enrolment of one-time passwords. The text is a secret: the caller puts it on a page
 * that is never cached. Error correction level M; a quiet zone of 4 modules; black on white in every colour scheme.
 * The SVG has no script, style or event; its name for screen readers is given by the caller.
 * Ownership: written into b. Errors: ERR_TOO_LONG (more than a code of version 40 holds, or more than 2,000 bytes),
 * ERR_REQUIRED for empty text. Tests: tests/unit/test_codec_text.c. */
#ifndef TSU_CODEC_QR_H
#define TSU_CODEC_QR_H

#include "base/buf.h"
#include "base/err.h"

/* label: plain text for aria-label. size_px: side of the picture. */
MUST err qr_svg(struct buf *b, const char *text, const char *label, int size_px);

#endif
