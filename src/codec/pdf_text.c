/* Typesetting for codec/pdf: clusters, line breaking, alignment. See codec/pdf.h. */
#include "base/str.h"
#include "codec/pdf.h"

#include <string.h>

/* 行頭禁則: what may not begin a line; 行末禁則: what may not end one (JIS X 4051, the common subset). */
static const char no_start[] = "、。，．・：；？！゛゜ヽヾゝゞ々ー）〕］｝〉》」』】〙〗〟’”｠»‐–〜～ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"
                               "…‥％℃,.:;?!)]}%｡､｣･ｧｨｩｪｫｬｭｮｯｰﾞﾟ";
static const char no_end[] = "（〔［｛〈《「『【〘〖〝‘“｟«([{｢￥＄№";

static bool in_set(const char *set, uint32_t c)
{
	uint32_t k;
	while ((k = str_next(&set)))
		if (k == c)
			return true;
	return false;
}

enum { STRIKE_BEGIN = 0xFDD0, STRIKE_END = 0xFDD1 };
enum kind { K_FREE, K_SPACE, K_WORD, K_NO_START, K_NO_END };

static enum kind kind_of(uint32_t c)
{
	if (c == ' ' || c == 0x3000 || c == 0x200B)
		return K_SPACE;
	if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c < 0x250))
		return K_WORD;
	if (c == '-' || c == '/' || c == '@' || c == '_' || c == '#' || c == '&' || c == '+' || c == '=' || c == '\'' || c == '~')
		return K_WORD;
	if (c < 0x3400 || c > 0xFAFF) {
		if (in_set(no_start, c))
			return K_NO_START;
		if (in_set(no_end, c))
			return K_NO_END;
	}
	return K_FREE;
}

static bool may_break(uint32_t before, enum kind b, uint32_t after, enum kind a)
{
	if (a == K_SPACE)
		return false; /* spaces stay at the end of the line */
	if (b == K_SPACE)
		return true;
	if (b == K_NO_END || a == K_NO_START)
		/* inside a number or an address . , : are no sentence marks, and elsewhere they cling to what stands before */
		return false;
	if ((b == K_WORD || (b == K_NO_START && before < 0x80)) && a == K_WORD)
		return false;
	if (a == K_NO_END && after < 0x80 && b == K_WORD)
		return false;
	return true;
}

struct setter {
	struct pdf_fonts *fonts;
	struct pdf_glyph *g;
	enum kind *kind;   /* of the cluster the glyph begins; K_FREE for followers */
	bool *start;       /* glyph begins a cluster */
	size_t n;
	struct pdf_line *lines;
	size_t n_lines;
	int size_pt10;
	bool missing;
	bool struck;       /* the letters that follow */
};

/* 1/1000 em at size/10 pt = size/10 mpt. */
static int64_t adv(const struct setter *s, size_t i) { return (int64_t)s->g[i].advance * s->size_pt10 / 10; }

static void add_line(struct setter *s, size_t from, size_t to)
{
	int64_t w = 0, ink = 0;
	for (size_t i = from; i < to; i++) {
		w += adv(s, i);
		if (s->kind[i] != K_SPACE)
			ink = w;
	}
	s->lines[s->n_lines++] = (struct pdf_line){.from = from, .n = to - from, .width_mpt = ink};
}

/* One paragraph (no line feed inside): greedy lines. */
static void break_paragraph(struct setter *s, size_t from, size_t to, int64_t width)
{
	size_t line = from, good = from; /* good: the last place where a break is allowed */
	int64_t used = 0;
	size_t i = from;
	while (i < to) {
		size_t next = i + 1;
		int64_t w = adv(s, i);
		while (next < to && !s->start[next])
			w += adv(s, next++);
		if (i > line && may_break(s->g[i - 1].text[0], s->kind[i - 1], s->g[i].text[0], s->kind[i]))
			good = i;
		if (width > 0 && used + w > width && i > line && s->kind[i] != K_SPACE) {
			size_t cut = good > line ? good : i;
			add_line(s, line, cut);
			line = good = cut;
			used = 0;
			for (size_t k = cut; k < i; k++)
				used += adv(s, k);
			continue; /* look at this cluster again on the new line */
		}
		used += w;
		i = next;
	}
	add_line(s, line, to);
}

static size_t add_cluster(struct setter *s, enum pdf_face face, const uint32_t *cp, size_t n)
{
	struct pdf_glyph out[8];
	size_t m = pdf_font_cluster(s->fonts, face, cp, n, out);
	enum kind k = kind_of(cp[0]);
	for (size_t i = 0; i < m; i++) {
		s->g[s->n] = out[i];
		s->g[s->n].struck = s->struck;
		s->kind[s->n] = k;
		s->start[s->n] = i == 0;
		s->missing |= out[i].missing;
		s->n++;
	}
	return m;
}

const struct pdf_text *pdf_text_set(struct pdf *p, const char *utf8, const struct pdf_style *style, int w_mm10)
{
	struct arena *a = pdf_scratch(p);
	size_t max = str_count(utf8) + 1; /* a cluster gives at most as many glyphs as it has letters */
	for (const char *t = utf8; *t; t++)
		max += *t == '\t' ? 3 : 0; /* a tab becomes four spaces */
	struct setter s = {.fonts = pdf_fonts_of(p), .size_pt10 = style->size_pt10};
	s.g = ARENA_ARRAY(a, max, struct pdf_glyph);
	s.kind = ARENA_ARRAY(a, max, enum kind);
	s.start = ARENA_ARRAY(a, max, bool);
	s.lines = ARENA_ARRAY(a, max + 1, struct pdf_line);
	int64_t width = w_mm10 > 0 ? pdf_mpt(w_mm10) : 0;
	size_t from = 0;
	const char *r = utf8;
	uint32_t c = str_next(&r);
	while (c) {
		if (c == '\n' || c == '\r') {
			if (c == '\r' && *r == '\n')
				str_next(&r);
			break_paragraph(&s, from, s.n, width);
			from = s.n;
			c = str_next(&r);
			continue;
		}
		if (style->marks && (c == STRIKE_BEGIN || c == STRIKE_END)) {
			s.struck = c == STRIKE_BEGIN;
			c = str_next(&r);
			continue;
		}
		if (c == '\t') {
			for (int i = 0; i < 4; i++)
				add_cluster(&s, style->face, &(uint32_t){' '}, 1);
			c = str_next(&r);
			continue;
		}
		uint32_t cp[8] = {c};
		size_t n = 1;
		while ((c = str_next(&r)) && n < 8 && pdf_font_joins(c))
			cp[n++] = c;
		add_cluster(&s, style->face, cp, n);
		if (style->stacked) {
			break_paragraph(&s, from, s.n, 0);
			from = s.n;
		}
	}
	if (!style->stacked || s.n_lines == 0)
		break_paragraph(&s, from, s.n, width);
	struct pdf_text *t = ARENA_NEW(a, struct pdf_text);
	t->style = *style;
	t->glyphs = s.g;
	t->n_glyphs = s.n;
	t->lines = s.lines;
	t->n_lines = s.n_lines;
	t->missing = s.missing;
	int leading = style->leading_pct ? style->leading_pct : style->stacked ? 105 : 130;
	t->line_mpt = (int64_t)style->size_pt10 * leading; /* 0.1 pt × percent = 1/1000 pt */
	return t;
}

static int mm10_up(int64_t mpt) { return (int)((mpt * 254 + 71999) / 72000); }

int pdf_text_width(const struct pdf_text *t)
{
	int64_t w = 0;
	for (size_t i = 0; i < t->n_lines; i++)
		if (t->lines[i].width_mpt > w)
			w = t->lines[i].width_mpt;
	return mm10_up(w);
}

int pdf_text_height(const struct pdf_text *t, size_t n) { return mm10_up(t->line_mpt * (int64_t)n); }

size_t pdf_text_fit(const struct pdf_text *t, int h) { return h <= 0 ? 0 : (size_t)(pdf_mpt(h) / t->line_mpt); }

/* The lines through the struck letters of one line of text. */
static void strike(struct pdf *p, const struct pdf_text *t, const struct pdf_line *l, int64_t x, int64_t y)
{
	if (!t->style.marks)
		return;
	int64_t from = x;
	bool on = false;
	for (size_t i = l->from; i <= l->from + l->n; i++) {
		bool here = i < l->from + l->n && t->glyphs[i].struck;
		if (on && !here)
			pdf_line(p, mm10_up(from), mm10_up(y), mm10_up(x), mm10_up(y), (struct pdf_pen){.width_pt100 = 60});
		if (!on && here)
			from = x;
		on = here;
		if (i < l->from + l->n)
			x += (int64_t)t->glyphs[i].advance * t->style.size_pt10 / 10;
	}
}

void pdf_text_draw(struct pdf *p, const struct pdf_text *t, size_t from, size_t n, int x, int y, int w, int h)
{
	if (from >= t->n_lines)
		return;
	if (n > t->n_lines - from)
		n = t->n_lines - from;
	int64_t size = (int64_t)t->style.size_pt10 * 100, top = pdf_mpt(y), room = pdf_mpt(h) - t->line_mpt * (int64_t)n;
	if (t->style.valign == PDF_MIDDLE)
		top += room / 2;
	else if (t->style.valign == PDF_BOTTOM)
		top += room;
	for (size_t i = 0; i < n; i++) {
		const struct pdf_line *l = &t->lines[from + i];
		int64_t left = pdf_mpt(x), free_w = pdf_mpt(w) - l->width_mpt;
		if (t->style.align == PDF_CENTER)
			left += free_w / 2;
		else if (t->style.align == PDF_RIGHT)
			left += free_w;
		/* The Japanese em box is 880 above and 120 below the base line. */
		int64_t base = top + t->line_mpt * (int64_t)i + (t->line_mpt - size) / 2 + size * 88 / 100;
		pdf_glyphs_emit(p, t->glyphs + l->from, l->n, left, base, t->style.size_pt10, t->style.gray);
		strike(p, t, l, left, base - size * 33 / 100);
	}
}

int pdf_text_put(struct pdf *p, const char *utf8, const struct pdf_style *style, int x, int y, int w, int h)
{
	const struct pdf_text *t = pdf_text_set(p, utf8, style, w);
	pdf_text_draw(p, t, 0, t->n_lines, x, y, w, h);
	return pdf_text_height(t, t->n_lines);
}

int pdf_text_flow(struct pdf *p, const char *utf8, const struct pdf_style *style, struct pdf_column c, int y)
{
	const struct pdf_text *t = pdf_text_set(p, utf8, style, c.w);
	for (size_t from = 0; from < t->n_lines;) {
		size_t n = pdf_text_fit(t, c.bottom - y);
		if (n == 0) {
			pdf_page_add(p, PDF_A4_W, PDF_A4_H);
			y = c.top;
			continue;
		}
		n = n < t->n_lines - from ? n : t->n_lines - from;
		int h = pdf_text_height(t, n);
		pdf_text_draw(p, t, from, n, c.x, y, c.w, h);
		y += h;
		from += n;
	}
	return y;
}
