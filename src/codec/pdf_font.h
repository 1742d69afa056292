/* pdf_font — the fonts that print, and which of them draws which character.
 *
 * Five files, always in this order, whatever the machine's font settings are: IPAex Mincho or Gothic (what the form
 * asks for), IPAmj Mincho (rare letters of names, 異体字 chosen by a variation selector), Noto Serif or Sans CJK
 * (everything else). A character that none of them has is drawn as 〓 and keeps its text, so that it is still found.
 * A letter with a variation selector (IVS) goes to the first font that knows just that sequence.
 *
 * The files are mapped and their tables read once per process; `struct pdf_fonts` is owned by its maker (the memory is
 * the arena's, pdf_fonts_close gives back what the library holds). One process uses it from one thread at a time.
 * IPA Font License permits embedding; subsets only are embedded. Tests: tests/unit/test_print.c.
 */
#ifndef TSU_CODEC_PDF_FONT_H
#define TSU_CODEC_PDF_FONT_H

#include "base/arena.h"
#include "base/err.h"

enum pdf_face { PDF_MINCHO, PDF_GOTHIC };
enum { PDF_FONT_COUNT = 5 };

struct pdf_fonts;

/* dir: the folder that holds the font files below it as Debian lays them out; NULL = /usr/share/fonts.
 * ERR_FONT when one of the IPA fonts is missing; without Noto the last step is left out. */
MUST err pdf_fonts_open(struct arena *a, const char *dir, struct pdf_fonts **out);
void pdf_fonts_close(struct pdf_fonts *f); /* NULL is allowed */

/* One drawn glyph. Lengths in 1/1000 of the em. */
struct pdf_glyph {
	uint32_t gid;
	uint32_t text[2];  /* the code points it stands for; text[1] = 0 for one */
	int32_t advance, dx, dy;
	uint8_t font;      /* index of the file */
	bool missing;      /* no font has it; 〓 is drawn */
	bool struck;       /* a line goes through it */
};

/* The glyphs of one cluster (a letter with its selectors and marks). out has room for 8; returns how many. */
size_t pdf_font_cluster(struct pdf_fonts *f, enum pdf_face face, const uint32_t *cp, size_t n, struct pdf_glyph out[8]);
/* True for what joins the letter before it: variation selectors, combining marks, 半濁点 as a mark. */
bool pdf_font_joins(uint32_t cp);

const char *pdf_font_name(const struct pdf_fonts *f, int font); /* PostScript name; static */
bool pdf_font_is_cff(const struct pdf_fonts *f, int font);

/* The subset of a font with the given glyphs. *bytes is borrowed until the next call on f; new_gid[i] is where gids[i]
 * went. ERR_FONT if the file is damaged. */
MUST err pdf_font_subset(struct pdf_fonts *f, int font, const uint32_t *gids, size_t n, const char **bytes, size_t *n_bytes,
                         uint32_t *new_gid);

#endif
