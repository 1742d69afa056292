#include "codec/pdf.h"

#include "base/buf.h"
#include "base/civil.h"
#include "base/str.h"

#include <string.h>
#include <zlib.h>

struct page {
	int w, h;
	struct buf content;
};

/* A character as the file knows it: a glyph together with the text it stands for, so that two letters drawn alike
 * (or both as 〓) are still told apart when the text is copied. */
struct cid {
	uint32_t gid, text[2];
	int32_t advance;
};
struct cid_slot {
	uint64_t key;
	uint32_t cid_plus1;
};
struct font_use {
	struct cid *cids; /* cids[0] is .notdef */
	size_t n, cap;
	struct cid_slot *slots;
	size_t slot_cap;
};

struct pdf {
	struct arena *arena, *scratch;
	struct pdf_fonts *fonts;
	struct pdf_info info;
	struct page *pages;
	size_t n_pages, cap_pages, cur;
	struct font_use use[PDF_FONT_COUNT];
};

int64_t pdf_mpt(int64_t mm10) { return mm10 * 72000 / 254; }
struct arena *pdf_arena(const struct pdf *p) { return p->arena; }
struct arena *pdf_scratch(const struct pdf *p) { return p->scratch ? p->scratch : p->arena; }
void pdf_scratch_set(struct pdf *p, struct arena *scratch) { p->scratch = scratch; }
struct pdf_fonts *pdf_fonts_of(const struct pdf *p) { return p->fonts; }
size_t pdf_page_count(const struct pdf *p) { return p->n_pages; }

struct pdf *pdf_new(struct arena *a, struct pdf_fonts *fonts, const struct pdf_info *info)
{
	struct pdf *p = ARENA_NEW(a, struct pdf);
	p->arena = a;
	p->fonts = fonts;
	p->info = *info;
	return p;
}

size_t pdf_page_add(struct pdf *p, int w, int h)
{
	if (p->n_pages == p->cap_pages) {
		size_t cap = p->cap_pages ? p->cap_pages * 2 : 4;
		struct page *v = ARENA_ARRAY(p->arena, cap, struct page);
		if (p->n_pages)
			memcpy(v, p->pages, p->n_pages * sizeof *v);
		p->pages = v;
		p->cap_pages = cap;
	}
	p->pages[p->n_pages] = (struct page){.w = w, .h = h, .content = buf_new(p->arena)};
	return p->cur = p->n_pages++;
}

void pdf_pages_to_front(struct pdf *p, size_t n)
{
	if (n == 0 || n >= p->n_pages)
		return;
	struct page *v = ARENA_ARRAY(p->arena, p->n_pages, struct page);
	memcpy(v, p->pages + (p->n_pages - n), n * sizeof *v);
	memcpy(v + n, p->pages, (p->n_pages - n) * sizeof *v);
	p->pages = v;
	p->cap_pages = p->n_pages;
}

void pdf_page_turn(struct pdf *p, size_t page)
{
	if (page < p->n_pages)
		p->cur = page;
}

/* ---- numbers ---- */

/* 1/1000 pt as points with at most three decimals. Written by hand: printf is a third of the time of a page. */
static void num(struct buf *b, int64_t mpt)
{
	char t[24];
	size_t n = sizeof t;
	bool neg = mpt < 0;
	uint64_t v = neg ? (uint64_t)-mpt : (uint64_t)mpt;
	unsigned frac = (unsigned)(v % 1000);
	v /= 1000;
	t[--n] = ' ';
	if (frac) {
		int digits = 3;
		while (frac % 10 == 0) {
			frac /= 10;
			digits--;
		}
		for (; digits; digits--, frac /= 10)
			t[--n] = (char)('0' + frac % 10);
		t[--n] = '.';
	}
	do
		t[--n] = (char)('0' + v % 10);
	while (v /= 10);
	if (neg)
		t[--n] = '-';
	buf_add(b, t + n, sizeof t - n);
}

static void hex4(struct buf *b, uint32_t v)
{
	static const char d[] = "0123456789ABCDEF";
	char t[4] = {d[v >> 12 & 15], d[v >> 8 & 15], d[v >> 4 & 15], d[v & 15]};
	buf_add(b, t, 4);
}

static void utf16(struct buf *b, uint32_t c)
{
	if (c >= 0x10000) {
		hex4(b, 0xD800 + ((c - 0x10000) >> 10));
		hex4(b, 0xDC00 + ((c - 0x10000) & 0x3FF));
	} else {
		hex4(b, c);
	}
}

/* ---- drawing ---- */

static struct page *cur(struct pdf *p) { return &p->pages[p->cur]; }
static void px(struct pdf *p, int64_t x_mpt) { num(&cur(p)->content, x_mpt); }
/* PDF counts y from the bottom. */
static void py(struct pdf *p, int64_t y_mpt) { num(&cur(p)->content, pdf_mpt(cur(p)->h) - y_mpt); }
static void op(struct pdf *p, const char *s) { buf_str(&cur(p)->content, s); }
static void gray(struct pdf *p, int g, const char *how)
{
	num(&cur(p)->content, (int64_t)g * 1000 / 255);
	op(p, how);
}

static void set_pen(struct pdf *p, struct pdf_pen pen)
{
	if (pen.width_pt100 <= 0)
		return;
	num(&cur(p)->content, (int64_t)pen.width_pt100 * 10);
	op(p, "w ");
	gray(p, pen.gray, "G ");
	static const char *const dash[] = {"[] 0 d ", "[3 2] 0 d ", "[0.8 1.6] 0 d "};
	op(p, dash[pen.dash]);
}

static void paint(struct pdf *p, struct pdf_pen pen, int fill, bool closed)
{
	if (closed)
		op(p, "h ");
	if (pen.width_pt100 > 0)
		op(p, fill >= 0 ? "B\n" : "S\n");
	else
		op(p, fill >= 0 ? "f\n" : "n\n");
}

void pdf_line(struct pdf *p, int x1, int y1, int x2, int y2, struct pdf_pen pen)
{
	pdf_polygon(p, (int[]){x1, y1, x2, y2}, 2, false, pen, PDF_NO_FILL);
}

void pdf_rect(struct pdf *p, int x, int y, int w, int h, struct pdf_pen pen, int fill)
{
	set_pen(p, pen);
	if (fill >= 0)
		gray(p, fill, "g ");
	px(p, pdf_mpt(x));
	py(p, pdf_mpt(y + h));
	px(p, pdf_mpt(w));
	num(&cur(p)->content, pdf_mpt(h));
	op(p, "re ");
	paint(p, pen, fill, false);
}

void pdf_ellipse(struct pdf *p, int cx, int cy, int rx, int ry, struct pdf_pen pen, int fill)
{
	/* Four Bézier quarters; 0.5523 makes them round to 0.03 %. */
	int64_t x = pdf_mpt(cx), y = pdf_mpt(cy), a = pdf_mpt(rx), b = pdf_mpt(ry), ka = a * 5523 / 10000, kb = b * 5523 / 10000;
	const int64_t q[12][2] = {{a, kb}, {ka, b}, {0, b}, {-ka, b}, {-a, kb}, {-a, 0}, {-a, -kb}, {-ka, -b}, {0, -b}, {ka, -b}, {a, -kb}, {a, 0}};
	set_pen(p, pen);
	if (fill >= 0)
		gray(p, fill, "g ");
	px(p, x + a);
	py(p, y);
	op(p, "m ");
	for (int i = 0; i < 12; i++) {
		px(p, x + q[i][0]);
		py(p, y + q[i][1]);
		if (i % 3 == 2)
			op(p, "c ");
	}
	paint(p, pen, fill, true);
}

static void curve(struct pdf *p, int64_t x1, int64_t y1, int64_t x2, int64_t y2, int64_t x3, int64_t y3)
{
	const int64_t v[6] = {x1, y1, x2, y2, x3, y3};
	for (int i = 0; i < 6; i += 2) {
		px(p, v[i]);
		py(p, v[i + 1]);
	}
	op(p, "c ");
}

/* Corners are quarters of a circle of radius r. */
static void round_rect(struct pdf *p, int x10, int y10, int w, int h, int64_t r, struct pdf_pen pen, int fill)
{
	int64_t x = pdf_mpt(x10), y = pdf_mpt(y10), x2 = pdf_mpt(x10 + w), y2 = pdf_mpt(y10 + h), k = r * 5523 / 10000;
	int64_t l = x + r, e = x2 - r, t = y + r, u = y2 - r;
	set_pen(p, pen);
	if (fill >= 0)
		gray(p, fill, "g ");
	px(p, l);
	py(p, y);
	op(p, "m ");
	px(p, e);
	py(p, y);
	op(p, "l ");
	curve(p, e + k, y, x2, t - k, x2, t);
	px(p, x2);
	py(p, u);
	op(p, "l ");
	curve(p, x2, u + k, e + k, y2, e, y2);
	px(p, l);
	py(p, y2);
	op(p, "l ");
	curve(p, l - k, y2, x, u + k, x, u);
	px(p, x);
	py(p, t);
	op(p, "l ");
	curve(p, x, t - k, l - k, y, l, y);
	paint(p, pen, fill, true);
}

void pdf_capsule(struct pdf *p, int x, int y, int w, int h, struct pdf_pen pen)
{
	round_rect(p, x, y, w, h, (pdf_mpt(y + h) - pdf_mpt(y)) / 2, pen, PDF_NO_FILL);
}

void pdf_round_rect(struct pdf *p, int x, int y, int w, int h, int r, struct pdf_pen pen, int fill)
{
	int least = w < h ? w / 2 : h / 2;
	round_rect(p, x, y, w, h, pdf_mpt(r < least ? r : least), pen, fill);
}

static void path(struct pdf *p, const int *xy, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		px(p, pdf_mpt(xy[2 * i]));
		py(p, pdf_mpt(xy[2 * i + 1]));
		op(p, i ? "l " : "m ");
	}
}

void pdf_polygon(struct pdf *p, const int *xy, size_t n, bool closed, struct pdf_pen pen, int fill)
{
	set_pen(p, pen);
	if (fill >= 0)
		gray(p, fill, "g ");
	path(p, xy, n);
	paint(p, pen, fill, closed);
}

void pdf_band(struct pdf *p, const int *outer, const int *inner, size_t n, int fill)
{
	gray(p, fill, "g ");
	path(p, outer, n);
	op(p, "h ");
	path(p, inner, n);
	op(p, "h f*\n");
}

void pdf_check(struct pdf *p, int x, int y, int side, bool on)
{
	struct pdf_pen thin = {.width_pt100 = 60}, thick = {.width_pt100 = 120};
	pdf_rect(p, x, y, side, side, thin, PDF_NO_FILL);
	if (on)
		pdf_polygon(p, (int[]){x + side * 18 / 100, y + side * 50 / 100, x + side * 42 / 100, y + side * 78 / 100,
		                       x + side * 84 / 100, y + side * 18 / 100}, 3, false, thick, PDF_NO_FILL);
}

/* ---- characters ---- */

static struct cid_slot *slot_of(struct cid_slot *slots, size_t cap, uint64_t key)
{
	size_t i = (size_t)((key * 0x9E3779B97F4A7C15u) >> 32) & (cap - 1);
	while (slots[i].cid_plus1 && slots[i].key != key)
		i = (i + 1) & (cap - 1);
	return &slots[i];
}

static void grow_use(struct pdf *p, struct font_use *u)
{
	size_t cap = u->cap ? u->cap * 2 : 256, slot_cap = cap * 2;
	struct cid *v = ARENA_ARRAY(p->arena, cap, struct cid);
	if (u->n)
		memcpy(v, u->cids, u->n * sizeof *v);
	else
		u->n = 1; /* .notdef */
	struct cid_slot *s = ARENA_ARRAY(p->arena, slot_cap, struct cid_slot);
	for (size_t i = 0; i < u->slot_cap; i++)
		if (u->slots[i].cid_plus1)
			*slot_of(s, slot_cap, u->slots[i].key) = u->slots[i];
	u->cids = v;
	u->cap = cap;
	u->slots = s;
	u->slot_cap = slot_cap;
}

/* The code to write for a glyph. CFF fonts are addressed by their own numbers, so one glyph has one text there. */
static uint32_t code_of(struct pdf *p, const struct pdf_glyph *g)
{
	struct font_use *u = &p->use[g->font];
	if (u->n >= u->cap)
		grow_use(p, u);
	bool cff = pdf_font_is_cff(p->fonts, g->font);
	uint64_t key = (uint64_t)g->gid << 42 | (cff ? 0 : (uint64_t)g->text[0] << 21 | g->text[1]);
	struct cid_slot *s = slot_of(u->slots, u->slot_cap, key);
	if (!s->cid_plus1) {
		if (u->n >= 65535)
			return 0;
		s->key = key;
		s->cid_plus1 = (uint32_t)u->n + 1;
		u->cids[u->n++] = (struct cid){.gid = g->gid, .text = {g->text[0], g->text[1]}, .advance = g->advance};
	}
	return cff ? g->gid : s->cid_plus1 - 1;
}

void pdf_glyphs_emit(struct pdf *p, const struct pdf_glyph *g, size_t n, int64_t x, int64_t y, int size_pt10, int ink)
{
	struct buf *b = &cur(p)->content;
	if (n == 0)
		return;
	buf_str(b, "BT ");
	gray(p, ink, "g ");
	int font = -1;
	bool open = false;
	for (size_t i = 0; i < n; i++) {
		bool moved = g[i].dx || g[i].dy;
		bool silent = g[i].advance == 0 && !moved;
		if (g[i].font != font || moved || !open || silent) {
			if (open)
				buf_str(b, "> Tj\n");
			if (g[i].font != font) {
				font = g[i].font;
				buf_fmt(b, "/F%d ", font);
				num(b, (int64_t)size_pt10 * 100);
				buf_str(b, "Tf ");
			}
			buf_str(b, "1 0 0 1 ");
			num(b, x + (int64_t)g[i].dx * size_pt10 / 10);
			py(p, y - (int64_t)g[i].dy * size_pt10 / 10);
			buf_str(b, "Tm <");
			open = true;
		}
		hex4(b, code_of(p, &g[i]));
		x += (int64_t)g[i].advance * size_pt10 / 10;
		if (moved || silent) { /* the next glyph stands where the text, not this mark, goes on */
			buf_str(b, "> Tj\n");
			open = false;
		}
	}
	buf_str(b, open ? "> Tj ET\n" : "ET\n");
}

/* ---- the file ---- */

struct out {
	struct pdf *p;
	struct buf b;
	size_t *at; /* offset of each object */
	size_t n_objects;
};

static void begin(struct out *o, size_t id)
{
	o->at[id] = o->b.n;
	buf_fmt(&o->b, "%zu 0 obj\n", id);
}

static void end(struct out *o) { buf_str(&o->b, "endobj\n"); }

/* A stream, deflated. Level 1: a page is waiting for this, and level 6 costs three times as much for a tenth. */
MUST static err stream(struct out *o, size_t id, const char *dict, const void *data, size_t n)
{
	uLongf len = compressBound((uLong)n);
	char *z = arena_alloc(o->p->arena, len);
	if (compress2((Bytef *)z, &len, data, (uLong)n, 1) != Z_OK)
		return ERR_NOMEM;
	begin(o, id);
	buf_fmt(&o->b, "<</Length %lu/Filter/FlateDecode%s>>stream\n", (unsigned long)len, dict);
	buf_add(&o->b, z, len);
	buf_str(&o->b, "\nendstream\n");
	end(o);
	return OK;
}

static void text_string(struct buf *b, const char *s)
{
	buf_str(b, "<FEFF");
	for (uint32_t c; (c = str_next(&s));)
		utf16(b, c);
	buf_char(b, '>');
}

static const char *to_unicode(struct pdf *p, const struct font_use *u, bool cff, size_t *n)
{
	struct buf b = buf_new(p->arena);
	buf_str(&b, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
	            "/CIDSystemInfo <</Registry (Adobe)/Ordering (UCS)/Supplement 0>> def\n"
	            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
	            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
	for (size_t i = 1; i < u->n;) {
		size_t k = u->n - i < 100 ? u->n - i : 100;
		buf_fmt(&b, "%zu beginbfchar\n", k);
		for (; k; k--, i++) {
			buf_char(&b, '<');
			hex4(&b, cff ? u->cids[i].gid : (uint32_t)i);
			buf_str(&b, "> <");
			utf16(&b, u->cids[i].text[0]);
			if (u->cids[i].text[1])
				utf16(&b, u->cids[i].text[1]);
			buf_str(&b, ">\n");
		}
		buf_str(&b, "endbfchar\n");
	}
	buf_str(&b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
	*n = b.n;
	return b.p;
}

/* A font is six objects from `id` on: Type0, CIDFont, descriptor, file, ToUnicode, CIDToGIDMap. */
enum { FONT_OBJECTS = 6 };

MUST static err write_font(struct out *o, int font, size_t id)
{
	struct pdf *p = o->p;
	const struct font_use *u = &p->use[font];
	bool cff = pdf_font_is_cff(p->fonts, font);
	uint32_t *gids = ARENA_ARRAY(p->arena, u->n, uint32_t), *to = ARENA_ARRAY(p->arena, u->n, uint32_t);
	for (size_t i = 0; i < u->n; i++)
		gids[i] = u->cids[i].gid;
	const char *bytes;
	size_t n;
	TRY(pdf_font_subset(p->fonts, font, gids, u->n, &bytes, &n, to));
	/* The six letters of a subset's name come from what is in it. */
	uint64_t h = 1469598103934665603u;
	for (size_t i = 0; i < n; i++)
		h = (h ^ (unsigned char)bytes[i]) * 1099511628211u;
	char tag[7] = "";
	for (int i = 0; i < 6; i++, h /= 26)
		tag[i] = (char)('A' + h % 26);
	const char *name = pdf_font_name(p->fonts, font);
	struct buf *b = &o->b;
	begin(o, id);
	buf_fmt(b, "<</Type/Font/Subtype/Type0/BaseFont/%s+%s/Encoding/Identity-H/DescendantFonts[%zu 0 R]/ToUnicode %zu 0 R>>\n",
	        tag, name, id + 1, id + 4);
	end(o);
	begin(o, id + 1);
	buf_fmt(b, "<</Type/Font/Subtype/%s/BaseFont/%s+%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
	           "/FontDescriptor %zu 0 R/DW 1000",
	        cff ? "CIDFontType0" : "CIDFontType2", tag, name, id + 2);
	if (!cff)
		buf_fmt(b, "/CIDToGIDMap %zu 0 R", id + 5);
	buf_str(b, "/W[");
	for (size_t i = 1; i < u->n; i++)
		if (u->cids[i].advance != 1000)
			buf_fmt(b, "%zu[%d]", cff ? (size_t)u->cids[i].gid : i, (int)u->cids[i].advance);
	buf_str(b, "]>>\n");
	end(o);
	begin(o, id + 2);
	buf_fmt(b, "<</Type/FontDescriptor/FontName/%s+%s/Flags 4/FontBBox[-200 -300 1200 1000]/ItalicAngle 0/Ascent 880"
	           "/Descent -120/CapHeight 730/StemV 80/%s %zu 0 R>>\n",
	        tag, name, cff ? "FontFile3" : "FontFile2", id + 3);
	end(o);
	TRY(stream(o, id + 3, cff ? "/Subtype/CIDFontType0C" : arena_fmt(p->arena, "/Length1 %zu", n), bytes, n));
	size_t cn;
	const char *cmap = to_unicode(p, u, cff, &cn);
	TRY(stream(o, id + 4, "", cmap, cn));
	unsigned char *map = arena_alloc(p->arena, u->n * 2);
	for (size_t i = 0; i < u->n; i++) {
		map[2 * i] = (unsigned char)(to[i] >> 8);
		map[2 * i + 1] = (unsigned char)to[i];
	}
	return stream(o, id + 5, "", map, u->n * 2);
}

static void write_info(struct out *o, size_t id)
{
	char t[CIVIL_TIME_TEXT];
	int64_t ms = o->p->info.now_ms;
	civil_time_text(ms, t); /* YYYY-MM-DD HH:MM, JST */
	int sec = (int)((ms - civil_instant_start(civil_of_instant(ms))) / 1000 % 60);
	begin(o, id);
	buf_str(&o->b, "<</Title ");
	text_string(&o->b, str_or(o->p->info.title, ""));
	buf_str(&o->b, "/Subject ");
	text_string(&o->b, str_or(o->p->info.subject, ""));
	buf_fmt(&o->b, "/Producer(tsunagi)/Creator(tsunagi)/CreationDate(D:%.4s%.2s%.2s%.2s%.2s%02d+09'00')>>\n", t, t + 5, t + 8,
	        t + 11, t + 14, sec);
	end(o);
}

/* A mark of the content, not of the moment: equal files have equal ids. */
static void write_id(struct buf *b)
{
	uint64_t h1 = 1469598103934665603u, h2 = 0x9AE16A3B2F90404Fu;
	for (size_t i = 0; i < b->n; i++) {
		h1 = (h1 ^ (unsigned char)b->p[i]) * 1099511628211u;
		h2 = (h2 + (unsigned char)b->p[i]) * 0xD6E8FEB86659FD93u;
	}
	buf_fmt(b, "/ID[<%016llX%016llX><%016llX%016llX>]", (unsigned long long)h1, (unsigned long long)h2,
	        (unsigned long long)h1, (unsigned long long)h2);
}

err pdf_write(struct pdf *p, const char **bytes, size_t *n)
{
	struct out o = {.p = p, .b = buf_new(p->arena)};
	size_t max = 4 + p->n_pages * 2 + PDF_FONT_COUNT * FONT_OBJECTS, page_id = 4;
	o.at = ARENA_ARRAY(p->arena, max, size_t);
	size_t font_id = page_id + p->n_pages * 2, next = font_id;
	struct buf *b = &o.b;
	buf_str(b, "%PDF-1.6\n%\xE3\x81\xA4\n");
	begin(&o, 1);
	buf_str(b, "<</Type/Catalog/Pages 2 0 R/Lang(ja-JP)/ViewerPreferences<</DisplayDocTitle true>>>>\n");
	end(&o);
	begin(&o, 2);
	buf_str(b, "<</Type/Pages/Kids[");
	for (size_t i = 0; i < p->n_pages; i++)
		buf_fmt(b, "%zu 0 R ", page_id + i * 2);
	buf_fmt(b, "]/Count %zu/Resources<</ProcSet[/PDF/Text]/Font<<", p->n_pages);
	for (int i = 0; i < PDF_FONT_COUNT; i++)
		if (p->use[i].n) {
			buf_fmt(b, "/F%d %zu 0 R", i, next);
			next += FONT_OBJECTS;
		}
	buf_str(b, ">>>>>>\n");
	end(&o);
	write_info(&o, 3);
	for (size_t i = 0; i < p->n_pages; i++) {
		begin(&o, page_id + i * 2);
		buf_str(b, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 ");
		num(b, pdf_mpt(p->pages[i].w));
		num(b, pdf_mpt(p->pages[i].h));
		buf_fmt(b, "]/Contents %zu 0 R>>\n", page_id + i * 2 + 1);
		end(&o);
		TRY(stream(&o, page_id + i * 2 + 1, "", p->pages[i].content.p, p->pages[i].content.n));
	}
	for (int i = 0; i < PDF_FONT_COUNT; i++)
		if (p->use[i].n) {
			TRY(write_font(&o, i, font_id));
			font_id += FONT_OBJECTS;
		}
	size_t xref = b->n;
	buf_fmt(b, "xref\n0 %zu\n0000000000 65535 f \n", next);
	for (size_t i = 1; i < next; i++)
		buf_fmt(b, "%010zu 00000 n \n", o.at[i]);
	buf_fmt(b, "trailer\n<</Size %zu/Root 1 0 R/Info 3 0 R", next);
	write_id(b);
	buf_fmt(b, ">>\nstartxref\n%zu\n%%%%EOF\n", xref);
	*bytes = b->p;
	*n = b->n;
	return OK;
}
