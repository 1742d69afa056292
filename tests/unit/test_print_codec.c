/* codec/pdf, codec/pdf_font, codec/svg, codec/xlsx: what comes out, read back by other programs. */
#include "unit.h"

#include "base/buf.h"
#include "base/str.h"
#include "codec/draw.h"
#include "codec/pdf.h"
#include "codec/svg.h"
#include "codec/xlsx.h"
#include "print_help.h"

#include <expat.h>
#include <string.h>

static const struct pdf_style mincho = {.face = PDF_MINCHO, .size_pt10 = 105};
static const int64_t now_ms = INT64_C(1792976400000);

static struct pdf *doc(struct arena *a)
{
	return pdf_new(a, help_fonts(), &(struct pdf_info){.title = "試し", .now_ms = now_ms});
}

static void text_is_found_and_fonts_embedded(void **state)
{
	struct arena *a = *state;
	struct pdf *p = doc(a);
	pdf_page_add(p, PDF_A4_W, PDF_A4_H);
	pdf_text_put(p, "基本チェックリスト（ABC 123）", &mincho, 200, 200, 1500, 80);
	pdf_text_put(p, "𠮷田 髙橋 山﨑 渡邉󠄂 か゚ 汉字 한글", &mincho, 200, 300, 1500, 80);
	struct help_file f = help_write(p);
	const char *t = help_text(a, &f, "-layout");
	const char *const want[] = {"基本チェックリスト（ABC 123）", "𠮷田", "髙橋", "山﨑", "渡邉󠄂", "か゚", "汉字", "한글"};
	for (size_t i = 0; i < sizeof want / sizeof want[0]; i++)
		if (!strstr(t, want[i]))
			fail_msg("not in the PDF: %s\n%s", want[i], t);
	const char *fonts = help_run(a, "pdffonts %s", f.path);
	char **lines;
	size_t n;
	lines = str_split(a, fonts, '\n', &n);
	int rows = 0;
	for (size_t i = 2; i < n; i++)
		if (*lines[i]) {
			rows++;
			if (!strstr(lines[i], " yes yes yes "))
				fail_msg("not embedded, subset and with text: %s", lines[i]);
		}
	assert_true(rows >= 2);
}

static void same_input_same_bytes(void **state)
{
	struct arena *a = *state;
	struct help_file f[2];
	for (int i = 0; i < 2; i++) {
		struct pdf *p = doc(a);
		pdf_page_add(p, PDF_A4_W, PDF_A4_H);
		pdf_text_put(p, "同じ内容は同じファイルになります。", &mincho, 200, 200, 800, 80);
		pdf_ellipse(p, 500, 500, 40, 20, (struct pdf_pen){.width_pt100 = 80}, PDF_NO_FILL);
		f[i] = help_write(p);
	}
	assert_int_equal(f[0].n, f[1].n);
	assert_memory_equal(f[0].bytes, f[1].bytes, f[0].n);
	assert_non_null(strstr(help_run(a, "pdfinfo %s", f[0].path), "tsunagi"));
}

/* The ink of a letter, at 200 dpi, against the same glyph drawn alone from the font that must have drawn it. */
static void rare_names_are_drawn_with_the_right_letters(void **state)
{
	struct arena *a = *state;
	/* 邉 with selector 2 is Adobe-Japan1's and known to Noto Serif, with selector 15 文字情報基盤's and in IPAmj. */
	static const struct {
		const char *text;
		int font;
	} names[] = {
		{"𠮷", 2}, {"髙", 0}, {"﨑", 0}, {"邉󠄂", 3}, {"辻󠄂", 2}, {"𪚲", 0}, {"邉󠄏", 2},
	};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const char *r = names[i].text;
		uint32_t cp[2] = {str_next(&r), 0};
		cp[1] = str_next(&r);
		struct pdf_glyph g[8];
		assert_int_equal(pdf_font_cluster(help_fonts(), PDF_MINCHO, cp, cp[1] ? 2 : 1, g), 1);
		assert_false(g[0].missing);
		if (g[0].font != names[i].font)
			fail_msg("%s comes from font %d", names[i].text, g[0].font);
		if (cp[1]) {
			struct pdf_glyph plain[8];
			pdf_font_cluster(help_fonts(), PDF_MINCHO, cp, 1, plain);
			/* the variant is another drawing than the plain letter, or comes from the font of names */
			assert_true(plain[0].gid != g[0].gid || plain[0].font != g[0].font);
			assert_int_equal(g[0].text[1], cp[1]);
		}
		struct pdf *p = doc(a);
		pdf_page_add(p, 600, 600);
		struct pdf_style big = {.face = PDF_MINCHO, .size_pt10 = 1000};
		const struct pdf_text *t = pdf_text_set(p, names[i].text, &big, 0);
		pdf_text_draw(p, t, 0, 1, 50, 50, 500, 500);
		struct help_file f = help_write(p);
		struct help_image im = help_raster(a, &f, 1, 100);
		size_t ink = help_ink(&im, 0, 0, 600, 600, 600);
		assert_true(ink > 300); /* a real letter, not an empty place */
		/* 〓 and □ have no ink in the middle of the letter's lines: compare with them */
		struct pdf *q = doc(a);
		pdf_page_add(q, 600, 600);
		pdf_text_draw(q, pdf_text_set(q, "〓", &big, 0), 0, 1, 50, 50, 500, 500);
		struct help_file gf = help_write(q);
		struct help_image gi = help_raster(a, &gf, 1, 100);
		assert_true(help_differs(&im, &gi) > 300);
	}
	/* What no font has is shown as 〓 and keeps its text. */
	struct pdf_glyph g[8];
	pdf_font_cluster(help_fonts(), PDF_MINCHO, &(uint32_t){0x10FFFD}, 1, g);
	assert_true(g[0].missing);
	assert_int_equal(g[0].text[0], 0x10FFFD);
}

static const char *line_text(struct arena *a, const struct pdf_text *t, size_t i)
{
	struct buf b = buf_new(a);
	for (size_t k = 0; k < t->lines[i].n; k++)
		for (int j = 0; j < 2; j++)
			if (t->glyphs[t->lines[i].from + k].text[j])
				buf_utf8(&b, t->glyphs[t->lines[i].from + k].text[j]);
	return b.p;
}

static void lines_break_by_the_japanese_rules(void **state)
{
	struct arena *a = *state;
	struct pdf *p = doc(a);
	pdf_page_add(p, PDF_A4_W, PDF_A4_H);
	struct pdf_style ten = {.face = PDF_MINCHO, .size_pt10 = 100};
	static const struct {
		const char *text;
		int letters; /* width in full letters */
		const char *lines[4];
	} t[] = {
		{"あいうえお", 3, {"あいう", "えお"}},
		{"あいう。えお", 3, {"あい", "う。え", "お"}},
		{"あい「うえ」お", 3, {"あい", "「うえ」", "お"}},
		{"あい\nう", 5, {"あい", "う"}},
		{"\n", 5, {"", ""}},
		{"", 5, {""}},
		{"あい Barthel", 5, {"あい ", "Barthel"}},
		{"ABCDEFGHIJKLMNOP", 2, {"ABC", "DEF"}},
		{"びょういん", 1, {"びょ", "う", "い", "ん"}},
	};
	for (size_t i = 0; i < sizeof t / sizeof t[0]; i++) {
		const struct pdf_text *s = pdf_text_set(p, t[i].text, &ten, t[i].letters * 100 * 254 / 720 + 3);
		size_t total = 0;
		for (size_t k = 0; k < s->n_lines; k++)
			total += s->lines[k].n;
		assert_int_equal(total, s->n_glyphs); /* nothing lost, whatever the width */
		for (size_t k = 0; k < 4 && t[i].lines[k] && i != 2 && i != 7 && i != 8; k++)
			assert_string_equal(line_text(a, s, k), t[i].lines[k]);
		for (size_t k = 1; k < s->n_lines && i < 3; k++) {
			assert_false(str_starts(line_text(a, s, k), "。"));
			assert_false(str_starts(line_text(a, s, k), "」"));
			assert_false(str_ends(line_text(a, s, k - 1), "「"));
		}
	}
}

static void pages_can_be_turned_back(void **state)
{
	struct arena *a = *state;
	struct pdf *p = doc(a);
	for (int i = 0; i < 3; i++)
		pdf_page_add(p, PDF_A4_W, PDF_A4_H);
	for (size_t i = 0; i < 3; i++) {
		pdf_page_turn(p, i);
		pdf_text_put(p, arena_fmt(a, "%zu/%zu", i + 1, pdf_page_count(p)), &mincho, 100, 2800, 500, 60);
	}
	struct help_file f = help_write(p);
	for (int i = 1; i <= 3; i++)
		assert_non_null(strstr(help_text(a, &f, arena_fmt(a, "-f %d -l %d", i, i)), arena_fmt(a, "%d/3", i)));
}

static void shapes_leave_ink_where_they_should(void **state)
{
	struct arena *a = *state;
	struct pdf *p = doc(a);
	pdf_page_add(p, 1000, 1000);
	struct pdf_pen pen = {.width_pt100 = 100};
	pdf_line(p, 100, 100, 400, 100, pen);
	pdf_rect(p, 500, 100, 200, 100, pen, PDF_NO_FILL);
	pdf_ellipse(p, 200, 400, 100, 50, pen, PDF_NO_FILL);
	pdf_check(p, 500, 400, 60, true);
	pdf_rect(p, 100, 700, 100, 100, (struct pdf_pen){0}, 0);
	struct help_file f = help_write(p);
	struct help_image im = help_raster(a, &f, 1, 100);
	assert_true(help_ink(&im, 90, 90, 320, 20, 1000) > 50);
	assert_true(help_ink(&im, 490, 90, 220, 120, 1000) > 100);
	assert_int_equal(help_ink(&im, 520, 120, 160, 60, 1000), 0); /* the box is empty inside */
	assert_true(help_ink(&im, 90, 340, 220, 120, 1000) > 50);
	assert_int_equal(help_ink(&im, 150, 380, 100, 40, 1000), 0);
	assert_true(help_ink(&im, 510, 410, 40, 40, 1000) > 5); /* the tick */
	assert_true(help_ink(&im, 110, 710, 80, 80, 1000) > 800);
}

static void XMLCALL count_element(void *user, const XML_Char *name, const XML_Char **atts)
{
	(void)atts;
	if (strcmp(name, "title") == 0)
		(*(int *)user)++;
}

static bool xml_ok(const char *xml, int *titles)
{
	XML_Parser parser = XML_ParserCreate("UTF-8");
	XML_SetUserData(parser, titles);
	XML_SetElementHandler(parser, count_element, NULL);
	bool ok = XML_Parse(parser, xml, (int)strlen(xml), 1) == XML_STATUS_OK;
	XML_ParserFree(parser);
	return ok;
}

static void svg_is_well_formed_and_escaped(void **state)
{
	struct arena *a = *state;
	struct svg s = svg_begin(a, 100, 100, "x\"1", "A<B & 'C'", "説明");
	svg_text(&s, 1, 2, 10, "middle", "</text><script>alert(1)</script>");
	svg_line(&s, 0, 0, 1, 1, (struct svg_paint){.stroke = "\"/><script>", .title = "<t>"});
	svg_polygon(&s, (int[]){0, 0, 1, 1, 2, 0}, 3, (struct svg_paint){.fill = svg_hatch(&s, "h", "black", 8)});
	const char *xml = svg_end(&s);
	int titles = 0;
	assert_true(xml_ok(xml, &titles));
	assert_int_equal(titles, 2);
	assert_null(strstr(xml, "<script"));
	assert_null(strstr(xml, "style="));
}

/* Every kind of line and fill once, and a text that has no room in one line. */
static struct drawing *picture(struct arena *a)
{
	struct drawing *d = drawing_new(a, 1000, 800, "家系図", "説明 & <文>");
	for (int i = DRAW_SOLID; i <= DRAW_NO_LINE; i++)
		draw_line(d, 50, 50 + i * 50, 450, 50 + i * 50, (struct draw_pen){.line = (enum draw_line)i, .width = 4});
	for (int i = DRAW_EMPTY; i <= DRAW_HATCH; i++) {
		draw_rect(d, 50 + i * 100, 400, 80, 80, 0, (struct draw_pen){.width = 4}, (enum draw_fill)i);
		draw_ellipse(d, 590 + i * 90, 440, 40, 40, (struct draw_pen){.width = 4}, (enum draw_fill)i);
	}
	draw_rect(d, 600, 50, 200, 100, 30, (struct draw_pen){.line = DRAW_DASHED}, DRAW_EMPTY);
	draw_arrow(d, 500, 250, 900, 250, 40);
	draw_group(d, "k\"1", "person", "長男 <本人>");
	draw_text(d, 500, 600, 30, DRAW_MIDDLE, 260, 1, "とても長い名前のために一行では入りきらない人の名前");
	draw_text(d, 900, 520, 30, DRAW_START, 0, 1, "");
	draw_group_end(d);
	return d;
}

static void drawing_is_the_same_on_page_and_paper(void **state)
{
	struct arena *a = *state;
	struct drawing *d = picture(a);
	const char *xml = drawing_svg(a, d, "g1");
	int titles = 0;
	assert_true(xml_ok(xml, &titles));
	assert_int_equal(titles, 2);
	assert_non_null(strstr(xml, "data-key=\"k&quot;1\""));
	assert_null(strstr(xml, "style="));
	const char *words = strstr(xml, "とても長い");
	assert_non_null(words);
	assert_true(strstr(words, "<text") != NULL); /* goes on in a second line */

	struct pdf *p = doc(a);
	pdf_page_add(p, PDF_A4_W, PDF_A4_H);
	drawing_pdf(p, d, 100, 100, 1000, 800);
	drawing_pdf(p, d, 1200, 1000, 500, 500); /* half as large, in the middle */
	struct help_file f = help_write(p);
	struct help_image im = help_raster(a, &f, 1, 100);
	for (int i = DRAW_SOLID; i < DRAW_NO_LINE; i++) /* the lines differ in shape: each has its own ink */
		assert_true(help_ink(&im, 150, 100 + 50 + i * 50 - 20, 400, 40, PDF_A4_W) > 20);
	assert_int_equal(help_ink(&im, 150, 100 + 50 + DRAW_NO_LINE * 50 - 20, 400, 40, PDF_A4_W), 0);
	size_t zigzag = help_ink(&im, 150, 100 + 50 + DRAW_ZIGZAG * 50 + 6, 400, 14, PDF_A4_W);
	assert_true(zigzag > 20); /* away from the middle of the line */
	assert_int_equal(help_ink(&im, 150, 100 + 50 + DRAW_SOLID * 50 + 6, 400, 14, PDF_A4_W), 0);
	size_t fills[5];
	for (int i = 0; i < 5; i++)
		fills[i] = help_ink(&im, 150 + i * 100 + 12, 512, 56, 56, PDF_A4_W);
	assert_true(fills[DRAW_EMPTY] == 0 && fills[DRAW_PAPER] == 0 && fills[DRAW_HATCH] > 20 && fills[DRAW_BLACK] > fills[DRAW_HATCH]);
	assert_int_equal(help_ink(&im, 1180, 980, 520, 40, PDF_A4_W), 0); /* nothing above: it stands in the middle */
	const char *t = help_text(a, &f, "-raw");
	assert_non_null(strstr(t, "とても長い"));
	assert_non_null(strstr(t, "名前"));
	/* 260 wide: 14 letters of 18 in a line, never smaller than that, never cut */
	assert_int_equal(drawing_least_pt10(d, 1000, 800), 51);
	assert_int_equal(drawing_least_pt10(d, 500, 400), 25);
}

static void xlsx_keeps_text_as_text(void **state)
{
	struct arena *a = *state;
	struct help_file f[2];
	for (int i = 0; i < 2; i++) {
		struct xlsx *x = xlsx_new(a, "試し", now_ms);
		size_t s = xlsx_sheet_add(x, "基本/チェック", false);
		struct xlsx_style st = {.border = XLSX_BORDER_ALL, .align = XLSX_CENTER};
		xlsx_col_width(x, s, 0, 300);
		xlsx_row_height(x, s, 0, 80);
		xlsx_text(x, s, 0, 0, 0, 0, "0000012345", &st);
		xlsx_text(x, s, 1, 0, 2, 3, "結合 & <重ね>", &st);
		xlsx_text(x, s, 3, 0, 3, 0, "=1+1", &st);
		xlsx_foot(x, s, "A&B");
		xlsx_page_break(x, s, 3);
		const char *bytes;
		size_t n;
		assert_int_equal(xlsx_write(x, &bytes, &n), OK);
		f[i] = help_save(bytes, n, "xlsx");
	}
	assert_int_equal(f[0].n, f[1].n);
	assert_memory_equal(f[0].bytes, f[1].bytes, f[0].n);
	const char *sheet = help_run(a, "unzip -p %s xl/worksheets/sheet1.xml", f[0].path);
	const char *strings = help_run(a, "unzip -p %s xl/sharedStrings.xml", f[0].path);
	int titles = 0;
	assert_true(xml_ok(sheet, &titles));
	assert_true(xml_ok(strings, &titles));
	assert_non_null(strstr(strings, "<t>0000012345</t>"));
	assert_non_null(strstr(strings, "<t>=1+1</t>"));
	assert_non_null(strstr(strings, "結合 &amp; &lt;重ね&gt;"));
	assert_non_null(strstr(sheet, "<c r=\"A1\" s=\"1\" t=\"s\">"));
	assert_null(strstr(sheet, "<f>"));
	assert_non_null(strstr(sheet, "<mergeCell ref=\"A2:D3\"/>"));
	assert_non_null(strstr(sheet, "paperSize=\"9\""));
	assert_non_null(strstr(sheet, "<brk id=\"3\""));
	assert_non_null(strstr(sheet, "A&amp;&amp;B"));
	assert_non_null(strstr(help_run(a, "unzip -p %s xl/workbook.xml", f[0].path), "Print_Area"));
}

static void xlsx_refuses_what_excel_cannot_hold(void **state)
{
	struct arena *a = *state;
	struct buf b = buf_new(a);
	for (int i = 0; i <= XLSX_TEXT_MAX; i++)
		buf_str(&b, "長");
	struct xlsx *x = xlsx_new(a, "", now_ms);
	size_t s = xlsx_sheet_add(x, "a", false);
	xlsx_text(x, s, 0, 0, 0, 0, b.p, NULL);
	const char *bytes;
	size_t n;
	assert_int_equal(xlsx_write(x, &bytes, &n), ERR_LIMIT);
	x = xlsx_new(a, "", now_ms);
	s = xlsx_sheet_add(x, "a", false);
	xlsx_text(x, s, 0, 0, 2, 2, "x", NULL);
	xlsx_text(x, s, 1, 1, 3, 3, "y", NULL);
	assert_int_equal(xlsx_write(x, &bytes, &n), ERR_LIMIT);
}

static void fonts_missing_is_an_error(void **state)
{
	struct pdf_fonts *f;
	assert_int_equal(pdf_fonts_open(*state, "/nonexistent", &f), ERR_FONT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(text_is_found_and_fonts_embedded), UNIT(same_input_same_bytes),
		UNIT(rare_names_are_drawn_with_the_right_letters), UNIT(lines_break_by_the_japanese_rules),
		UNIT(pages_can_be_turned_back), UNIT(shapes_leave_ink_where_they_should), UNIT(svg_is_well_formed_and_escaped),
		UNIT(drawing_is_the_same_on_page_and_paper),
		UNIT(xlsx_keeps_text_as_text), UNIT(xlsx_refuses_what_excel_cannot_hold), UNIT(fonts_missing_is_an_error),
	};
	return cmocka_run_group_tests_name("print_codec", tests, help_start, help_stop);
}
