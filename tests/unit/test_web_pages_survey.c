/* The report of a survey as HTML: every table with its base in words, its cells, its chart and its notes (C-179, C-187, C-193). */
#include "tab_world.h"

#include "region/tab_report.h"

#define tab web_tab /* the tabs of a page and the inside of the tabulation (tab_own.h) bear one name; nothing else includes both */
#include "tmpl/survey_report.h"
#include "web/pages/survey_report.h"
#undef tab

static const char *escaped(struct arena *a, const char *s)
{
	struct buf b = buf_new(a);
	for (; *s; s++) {
		if (*s == '&')
			buf_str(&b, "&amp;");
		else if (*s == '<')
			buf_str(&b, "&lt;");
		else if (*s == '>')
			buf_str(&b, "&gt;");
		else
			buf_char(&b, *s);
	}
	return b.p ? b.p : "";
}

static struct survey_report_view filled(struct arena *a, const struct tab_data *d, const char *query)
{
	struct tab_report *r;
	assert_int_equal(tab_report(opened(a, d), &(struct tab_report_ask){.say = {TAB_STYLE_DESU, true}}, &r), OK);
	struct survey_report x = {.data = d, .report = r, .counter = "か所"};
	struct survey_report_view v = {.why_empty = ""};
	x.survey.pid = "00000000000000000000000001";
	report_view_fill(a, &x, "/surveys/x/report", query, &v);
	return v;
}

static const char *html(struct arena *a, const struct report_table *t)
{
	struct buf b = buf_new(a);
	tmpl_survey_report_table(&b, t);
	return b.p;
}

static void c179_every_table_states_its_base(void **state)
{
	struct arena *a = *state;
	struct tab_data d = rehab(a);
	struct survey_report_view v = filled(a, &d, "?mean=all");
	size_t tables = 0, pictures = 0;
	for (size_t i = 0; i < v.n_sections; i++)
		for (size_t k = 0; k < v.sections[i].n_tables; k++) {
			const struct report_table *t = &v.sections[i].tables[k];
			const char *h = html(a, t);
			tables++;
			pictures += t->n_pictures;
			assert_non_null(strstr(h, escaped(a, tab_base_text(a, &t->t->base))));
			assert_non_null(strstr(h, escaped(a, t->title)));
			assert_non_null(strstr(h, arena_fmt(a, "report.csv?mean=all&amp;table=%s", t->t->id)));
			for (size_t r = 0; r < t->t->n_rows; r++)
				for (size_t c = 0; c < t->t->n_cols; c++)
					if (!strstr(h, arena_fmt(a, ">%s</td>", escaped(a, t->t->rows[r].cells[c].text))))
						fail_msg("%s: %s is not on the page", t->t->id, t->t->rows[r].cells[c].text);
			for (size_t n = 0; n < t->t->n_notes; n++)
				assert_non_null(strstr(h, escaped(a, t->t->notes[n])));
			for (size_t c = 0; c < t->t->n_cols; c++) /* a column over another number says so in its head */
				if (t->t->cols[c].kind != TAB_CELL_TEXT && t->t->cols[c].base.n != t->t->base.n)
					assert_non_null(strstr(t->heads[c], "n="));
		}
	assert_true(tables > 15);
	assert_true(pictures > 10);
}

static void c193_hidden_cells_reach_no_page(void **state)
{
	struct arena *a = *state;
	struct tab_data d = rehab(a);
	d.owner = false;
	d.small_cell = 10;
	struct survey_report_view v = filled(a, &d, "");
	bool hidden = false;
	for (size_t i = 0; i < v.n_sections; i++)
		for (size_t k = 0; k < v.sections[i].n_tables; k++) {
			const struct report_table *t = &v.sections[i].tables[k];
			hidden = hidden || t->t->secret;
			assert_true(!t->t->secret || strstr(html(a, t), ">x</td>"));
			/* a pie that would need a hidden cell is none */
			for (size_t p = 0; t->t->secret && t->t->n_cols == 2 && p < t->n_pictures; p++)
				assert_null(strstr(t->pictures[p].s, "円グラフ"));
			assert_string_equal(v.sections[i].coding, "");
		}
	assert_true(hidden);
}

int main(void)
{
	const struct CMUnitTest tests[] = {UNIT(c179_every_table_states_its_base), UNIT(c193_hidden_cells_reach_no_page)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
