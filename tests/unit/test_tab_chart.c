/* Charts, paper and workbook of a survey's report (C-187, C-188, C-193): labels are cells of the table, hidden cells stay hidden, the PDF
 * holds every figure with its base and loses no glyph, the workbook has charts of Excel's own. */
#include "tab_world.h"

#include "print_help.h"
#include "region/tab_chart.h"
#include "region/tab_pdf.h"
#include "region/tab_report.h"
#include "region/tab_xlsx.h"

static const char *svg(struct arena *a, const struct tab_table *t, size_t i)
{
	struct tab_picture p[TAB_CHARTS_MAX];
	assert_true(tab_charts(a, t, "か所", p) > i);
	return drawing_svg(a, p[i].drawing, "c");
}

static struct tab_picture picture(struct arena *a, const struct tab_table *t, size_t i)
{
	struct tab_picture p[TAB_CHARTS_MAX];
	assert_true(tab_charts(a, t, "か所", p) > i);
	return p[i];
}

static struct tab_table *asked(struct arena *a, const struct tab_data *d, struct tab_ask ask)
{
	struct tab_table *x;
	assert_int_equal(tab_question_table(opened(a, d), &ask, &x), OK);
	return x;
}

/* Every text of the picture that is a number comes from a cell, and every cell shown is in the picture or in its words. */
static void labels_are_cells(struct arena *a, const struct tab_table *t, const char *picture)
{
	struct tab_plot plots[TAB_CHARTS_MAX];
	assert_true(tab_plots(a, t, plots) > 0);
	for (size_t r = 0; r < plots[0].n_rows; r++)
		for (size_t c = 0; c < plots[0].n_cols; c++) {
			const struct tab_row *row = &t->rows[plots[0].rows[r]];
			const struct tab_cell *x = &row->cells[plots[0].cols[c]];
			if (!strstr(picture, arena_fmt(a, "%s %s", row->label, x->text)))
				fail_msg("%s: %s %s is not in the text of the picture", t->id, row->label, x->text);
		}
}

static void c187_pie_has_count_and_share(void **state)
{
	struct arena *a = *state;
	struct tab_data d = rehab(a);
	struct tab_table *t = asked(a, &d, (struct tab_ask){.key = "effect"});
	struct tab_picture p = picture(a, t, 0);
	assert_int_equal(p.kind, TAB_CHART_PIE);
	assert_non_null(strstr(p.drawing->desc, "大変効果があった 48件 59%、効果があった 25件 31%、どちらとも言えない 7件 9%、効果がなかった 1件 1%"));
	assert_non_null(strstr(p.drawing->desc, "n=81"));
	const char *s = svg(a, t, 0);
	assert_non_null(strstr(s, ">48件 59%<"));
	assert_non_null(strstr(s, "<polyline")); /* hatches: told apart without colour */
	assert_null(strstr(s, "style="));
	labels_are_cells(a, t, s);
	/* counts of units carry their own word */
	struct tab_table *ever;
	assert_int_equal(tab_ever(opened(a, &d), &(struct tab_ask){.key = "did", .option = "yes"}, &ever), OK);
	assert_non_null(strstr(svg(a, ever, 0), ">39か所 64%<"));
}

static void c187_stacked_bar_and_line(void **state)
{
	struct arena *a = *state;
	struct tab_data d = rehab(a);
	struct tab_table *t = asked(a, &d, (struct tab_ask){.key = "occasion", .by_round = true});
	struct tab_picture p = picture(a, t, 0);
	assert_int_equal(p.kind, TAB_CHART_GROUPED); /* several may be ticked: the ticks are no whole, each share is of the answers */
	labels_are_cells(a, t, svg(a, t, 0));
	assert_non_null(strstr(svg(a, t, 0), ">47%<")); /* 8 of 17, not 8 of 20 ticks */
	struct tab_table *did = asked(a, &d, (struct tab_ask){.key = "effect", .by_round = true});
	struct tab_picture q4 = picture(a, did, 0);
	assert_int_equal(q4.kind, TAB_CHART_STACKED);
	assert_non_null(strstr(p.drawing->desc, "第1四半期（"));
	assert_null(strstr(p.drawing->desc, "合計（")); /* the year is no bar beside its quarters */
	/* a single choice over rounds is shown as a pie of the year too */
	t = asked(a, &d, (struct tab_ask){.key = "effect", .by_round = true});
	assert_int_equal(picture(a, t, 1).kind, TAB_CHART_PIE);
	assert_non_null(strstr(svg(a, t, 1), ">48件 59%<"));
	t = asked(a, &d, (struct tab_ask){.key = "timing"});
	assert_int_equal(picture(a, t, 0).kind, TAB_CHART_BAR);
	labels_are_cells(a, t, svg(a, t, 0));
	struct tab_table *x;
	assert_int_equal(tab_response(opened(a, &d), &(struct tab_filter){0}, &x), OK);
	assert_int_equal(picture(a, x, 0).kind, TAB_CHART_LINE);
	labels_are_cells(a, x, svg(a, x, 0));
	assert_int_equal(tab_mean_table(opened(a, &d), &(struct tab_ask){.key = "occasion"}, &x), OK);
	assert_non_null(strstr(svg(a, x, 0), ">1.4（n=41）<"));
	assert_non_null(strstr(svg(a, x, 0), ">2.5（n=43）<"));
	assert_int_equal(tab_compare(opened(a, &d), &(struct tab_ask){.key = "did"}, 0, 3, &x), OK);
	assert_non_null(strstr(svg(a, x, 0), "第4四半期"));
}

/* A part too narrow for its number has it below itself, not at the left end of the bar. */
static void c187_small_parts_are_labelled_at_their_place(void **state)
{
	struct arena *a = *state;
	struct tab_data d = rehab(a);
	struct tab_table *t = asked(a, &d, (struct tab_ask){.key = "effect", .by_round = true});
	const struct drawing *p = picture(a, t, 0).drawing;
	int edge = 0, small = -1; /* right end of the last bar; 効果がなかった 1 of the fourth quarter is its last part */
	for (size_t i = 0; i < p->n_shapes; i++) {
		const struct draw_shape *s = &p->shapes[i];
		if (s->kind == DRAW_RECT && s->x + s->w > edge && s->y > p->h - 140)
			edge = s->x + s->w;
		if (s->kind == DRAW_TEXT && str_eq(s->text, "1") && s->y > p->h - 140)
			small = s->x;
	}
	assert_true(edge > 500);
	assert_in_range(small, edge - 60, edge + 20);
}

/* C-193: neither drawn, nor named, nor to be measured: the bar of a hidden count has no length, a pie with one becomes bars. */
static void c193_hidden_cells_are_not_drawn(void **state)
{
	struct arena *a = *state;
	static const struct tab_question q[] = {{.key = "x", .no = "1", .label = "どれ", .kind = TAB_SINGLE, OPTS(ABC)}};
	static const char *const lines[] = {"1 1 web a", "2 1 web a", "3 1 web a", "4 1 web a", "5 1 web b", "6 1 web b", "7 1 web c", "8 1 web c", "9 1 web c", "10 1 web c", "11 1 web c"};
	struct tab_data d = survey(q, 1, 1);
	units_of(a, &d, 12);
	typed(a, &d, lines, COUNT_OF(lines));
	assert_int_equal(picture(a, asked(a, &d, (struct tab_ask){.key = "x"}), 0).kind, TAB_CHART_PIE);
	d.owner = false;
	struct tab_table *t = asked(a, &d, (struct tab_ask){.key = "x"});
	assert_true(t->secret);
	struct tab_picture p = picture(a, t, 0);
	assert_int_equal(p.kind, TAB_CHART_BAR);
	size_t bars = 0, hidden = 0;
	for (size_t i = 0; i < p.drawing->n_shapes; i++) {
		bars += p.drawing->shapes[i].kind == DRAW_RECT;
		hidden += p.drawing->shapes[i].kind == DRAW_TEXT && strstr(p.drawing->shapes[i].text, "x（伏せています）") != NULL;
	}
	size_t shown = 0, secret = 0;
	for (size_t r = 0; r < t->n_rows; r++) {
		const struct tab_cell *c = &t->rows[r].cells[0];
		shown += !t->rows[r].total && c->kind == TAB_CELL_COUNT && c->num > 0;
		secret += !t->rows[r].total && c->kind == TAB_CELL_SECRET;
	}
	assert_true(secret >= 2); /* the two and one that keeps it from being told by subtraction */
	assert_int_equal(bars, shown);
	assert_int_equal(hidden, secret);
	/* nothing to draw where nothing was answered */
	d.answers.n = 0;
	struct tab_picture none[TAB_CHARTS_MAX];
	assert_int_equal(tab_charts(a, asked(a, &d, (struct tab_ask){.key = "x"}), "か所", none), 0);
}

static struct tab_report *report(struct arena *a, const struct tab_data *d)
{
	struct tab_report *r;
	assert_int_equal(tab_report(opened(a, d), &(struct tab_report_ask){.say = {TAB_STYLE_DESU, true}}, &r), OK);
	return r;
}

static const char *without_blanks(struct arena *a, const char *s)
{
	struct buf b = buf_new(a);
	for (; *s; s++)
		if (*s != ' ' && *s != '\n' && *s != '\f' && *s != '\r')
			buf_char(&b, *s);
	return b.p;
}

static void c188_paper(void **state)
{
	struct arena *a = *state;
	struct tab_data d = rehab(a);
	struct tab_report *r = report(a, &d);
	const struct tab_paper paper = {.sender = "つなぎ市介護課", .counter = "か所", .round = "", .on = civil_from(2026, 4, 20), .now_ms = INT64_C(1776600000000)};
	const char *bytes, *again;
	size_t n, m;
	assert_int_equal(tab_pdf(a, help_fonts(), r, &paper, &bytes, &n), OK);
	assert_int_equal(tab_pdf(a, help_fonts(), r, &paper, &again, &m), OK);
	assert_int_equal(n, m);
	assert_memory_equal(bytes, again, n);
	struct help_file f = help_save(bytes, n, "pdf");
	const char *text = without_blanks(a, help_text(a, &f, "-layout"));
	static const char *const words[] = {"調査結果報告書", "つなぎ市介護課", "令和8年4月20日", "調査の概要", "調査方法", "回答数", "市内の地域包括支援センター（61か所）", "回答の状況", "まとめ", "1/"};
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (!strstr(text, words[i]))
			fail_msg("%s is not on the paper", words[i]);
	assert_null(strstr(text, "〓"));
	for (size_t i = 0; i < r->n_sections; i++)
		for (size_t k = 0; k < r->sections[i].n_tables; k++) {
			const struct tab_table *t = r->sections[i].tables[k];
			if (!strstr(text, without_blanks(a, tab_base_text(a, &t->base))))
				fail_msg("base of %s", t->id);
		}
	/* the charts are ink: below the table of the effect there is a pie; nothing runs over the edge of a page */
	size_t pages = 0;
	for (const char *p = help_run(a, "pdfinfo %s | grep Pages", f.path); *p; p++)
		if (*p >= '0' && *p <= '9')
			pages = pages * 10 + (size_t)(*p - '0');
	assert_true(pages >= 5 && pages < 60);
	for (size_t page = 1; page <= pages; page += 4) {
		struct help_image im = help_raster(a, &f, (int)page, 50);
		assert_true(help_ink(&im, 150, 130, 1800, 2650, PDF_A4_W) > 500);
		assert_int_equal(help_ink(&im, 0, 0, 120, PDF_A4_H, PDF_A4_W), 0);
		assert_int_equal(help_ink(&im, 1980, 0, 120, PDF_A4_H, PDF_A4_W), 0);
	}
}

static void c187_workbook_has_native_charts(void **state)
{
	struct arena *a = *state;
	struct tab_data d = rehab(a);
	struct tab_report *r = report(a, &d);
	const char *bytes;
	size_t n;
	assert_int_equal(tab_xlsx(a, r, INT64_C(1776600000000), &bytes, &n), OK);
	struct help_file f = help_save(bytes, n, "xlsx");
	const char *charts = help_run(a, "unzip -p %s 'xl/charts/chart*.xml'", f.path);
	assert_non_null(strstr(charts, "<c:pieChart>"));
	assert_non_null(strstr(charts, "<c:lineChart>"));
	assert_non_null(strstr(charts, "val=\"stacked\""));
	assert_non_null(strstr(charts, "val=\"clustered\""));
	assert_non_null(strstr(charts, "pattFill"));
	const char *sheets = help_run(a, "unzip -p %s 'xl/worksheets/sheet*.xml'", f.path);
	assert_non_null(strstr(sheets, "<v>0.59"));
	assert_non_null(strstr(sheets, "<v>1.4"));
	const char *names = help_run(a, "unzip -p %s xl/workbook.xml", f.path);
	assert_non_null(strstr(names, "概要とまとめ"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(c187_pie_has_count_and_share), UNIT(c187_stacked_bar_and_line), UNIT(c187_small_parts_are_labelled_at_their_place), UNIT(c193_hidden_cells_are_not_drawn), UNIT(c188_paper),
		UNIT(c187_workbook_has_native_charts)};
	return cmocka_run_group_tests(tests, help_start, help_stop);
}
