#include "codec/qr.h"

#include "base/str.h"

#include <qrencode.h>
#include <string.h>

enum { QUIET = QR_QUIET, TEXT_MAX = 2000, WIDEST = 177 };

static void escaped(struct buf *b, const char *s)
{
	for (; *s; s++)
		switch (*s) {
		case '&': buf_str(b, "&amp;"); break;
		case '<': buf_str(b, "&lt;"); break;
		case '>': buf_str(b, "&gt;"); break;
		case '"': buf_str(b, "&quot;"); break;
		case '\'': buf_str(b, "&#39;"); break;
		default: buf_char(b, *s);
		}
}

err qr_cells(struct arena *a, const char *text, const struct qr **out)
{
	if (!text || !*text)
		return ERR_REQUIRED;
	if (strlen(text) > TEXT_MAX)
		return ERR_TOO_LONG;
	unsigned char dark[WIDEST * WIDEST]; /* copied out, so that the library's memory is free before ours is asked */
	QRcode *q = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
	if (!q)
		return ERR_TOO_LONG;
	int w = q->width;
	bool fits = w <= WIDEST;
	for (int i = 0; fits && i < w * w; i++)
		dark[i] = q->data[i] & 1;
	QRcode_free(q);
	if (!fits)
		return ERR_TOO_LONG;
	struct qr *v = ARENA_NEW(a, struct qr);
	v->side = w;
	v->dark = arena_copy(a, dark, (size_t)w * (size_t)w);
	*out = v;
	return OK;
}

err qr_svg(struct buf *b, const char *text, const char *label, int size_px)
{
	const struct qr *q;
	TRY(qr_cells(b->arena, text, &q));
	int w = q->side;
	buf_fmt(b, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" "
		   "role=\"img\" shape-rendering=\"crispEdges\" aria-label=\"", size_px, size_px, w + 2 * QUIET, w + 2 * QUIET);
	escaped(b, str_or(label, ""));
	buf_fmt(b, "\"><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path fill=\"#000\" d=\"", w + 2 * QUIET, w + 2 * QUIET);
	for (int y = 0; y < w; y++)
		for (int x = 0, run; x < w; x += run) {
			for (run = 1; x + run < w && qr_dark(q, y, x + run) == qr_dark(q, y, x); run++)
				;
			if (qr_dark(q, y, x))
				buf_fmt(b, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, run, run);
		}
	buf_str(b, "\"/></svg>");
	return OK;
}
