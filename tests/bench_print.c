/* How long one form takes as PDF and as Excel. usage: bench_print [FORMS_DIR] [RUNS]
 * Prints a line per form: form, what, median and worst milliseconds of CPU, bytes. The aim is 8 ms per form PDF (design §11);
 * measure with a build without sanitizers: meson setup build-bench -Dbuildtype=release. */
#include "base/clock.h"
#include "base/str.h"
#include "form/print.h"
#include "form/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* Something in every item, so that the page is as full as an ordinary one. */
static void fill(struct answers *as, struct arena *a)
{
	for (size_t i = 0; i < as->n; i++) {
		const struct form_item *it = &as->items[i];
		const char *path = it->path;
		err e = OK;
		if (it->type == ITEM_MEMO)
			e = answers_set_text(as, path, "朝は6時に起きて庭に水をやり、午後は近所の人と話をして過ごすことが多い。膝の痛みがあるため、"
			                               "買い物は長女と一緒に週に2回出かけている。体操の教室に通うことを楽しみにしている。");
		else if (it->type == ITEM_TEXT)
			e = answers_set_text(as, path, "見本 花江");
		else if (it->type == ITEM_DATE)
			e = answers_set(as, path, "1950-04-01");
		else if (it->type == ITEM_BOOL || it->type == ITEM_CODE)
			e = answers_set(as, path, it->options[i % it->n_options].code);
		else if (it->type == ITEM_DEC || it->type == ITEM_INT)
			e = answers_set(as, path, "50");
		else if (it->type == ITEM_LIST)
			for (int r = 0; e == OK && r < 3 && r < it->max_rows; r++)
				for (size_t c = 0; c < it->n_children; c++)
					if (it->children[c].type == ITEM_TEXT || it->children[c].type == ITEM_MEMO)
						e = answers_set_text(as, arena_fmt(a, "%s.%d.%s", path, r, it->children[c].id), "変形性膝関節症、通院中");
		if (e != OK)
			printf("%s: %s\n", path, err_name(e));
	}
}

/* Work of this process, whatever else the machine does. */
static int64_t cpu_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int by_time(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
	return a < b ? -1 : a > b;
}

static void measure(struct pdf_fonts *fonts, const struct form_def *d, bool sheet, bool blank, int runs)
{
	struct arena *a = arena_new((size_t)64 << 20), *once = arena_new((size_t)64 << 20);
	struct answers *as = answers_new(once, d);
	if (!blank)
		fill(as, once);
	struct print_job j = {.as = as, .name = "見本 花江", .insured_no = "0000012345", .now_ms = INT64_C(1792976400000),
	                      .today = civil_of_instant(INT64_C(1792976400000))};
	int64_t *t = ARENA_ARRAY(once, (size_t)runs, int64_t);
	size_t n = 0;
	for (int i = 0; i < runs; i++) {
		const char *bytes;
		int64_t from = cpu_us();
		err e = sheet ? sheet_write(a, fonts, &j, &bytes, &n) : print_pdf(a, fonts, &j, &bytes, &n);
		t[i] = cpu_us() - from;
		if (e != OK) {
			printf("%s: %s\n", d->id, err_name(e));
			exit(1);
		}
		arena_reset(a);
	}
	qsort(t, (size_t)runs, sizeof *t, by_time);
	printf("%-20s %-6s %-4s median %.2f ms  worst %.2f ms  %zu bytes\n", d->id, blank ? "blank" : "filled", sheet ? "xlsx" : "pdf", (double)t[runs / 2] / 1000,
	       (double)t[runs - 1] / 1000, n);
	arena_free(a);
	arena_free(once);
}

/* 200 people × 4 forms in one file, as care/bulk_print makes it (design §11: at most 20 s). */
static void bulk(struct pdf_fonts *fonts, const struct form_catalogue *forms)
{
	static const char *const ids[] = {"kyotaku-1", "kyotaku-2", "kyotaku-3", "kihon-checklist"};
	struct arena *file = arena_new((size_t)1 << 30), *work = arena_new((size_t)256 << 20);
	struct pdf *p = pdf_new(file, fonts, &(struct pdf_info){.title = "まとめ印刷"});
	int64_t from = cpu_us();
	const char *bytes;
	size_t n = 0;
	err e = OK;
	for (int i = 0; i < 200 && e == OK; i++) {
		pdf_scratch_set(p, work);
		for (size_t k = 0; k < 4 && e == OK; k++) {
			struct answers *as = answers_new(work, form_find(forms, ids[k], civil_from(2026, 11, 20)));
			fill(as, work);
			e = print_add(p, &(struct print_job){.as = as, .name = "見本 花江", .insured_no = "0000012345", .now_ms = INT64_C(1792976400000),
			                                     .today = civil_from(2026, 11, 20)}, false);
		}
		arena_reset(work);
	}
	pdf_scratch_set(p, NULL);
	if (e == OK)
		e = pdf_write(p, &bytes, &n);
	printf("bulk 200 people x 4 forms: %s, %zu pages, %.2f s, %zu bytes, file arena %zu MiB\n", err_name(e), pdf_page_count(p),
	       (double)(cpu_us() - from) / 1e6, n, arena_used(file) >> 20);
	arena_free(file);
	arena_free(work);
}

int main(int argc, char **argv)
{
	struct arena *house = arena_new((size_t)64 << 20);
	struct pdf_fonts *fonts;
	struct form_catalogue *forms;
	struct form_problems p = {0};
	int64_t from = clock_monotonic_us();
	if (pdf_fonts_open(house, NULL, &fonts) != OK || form_load(house, argc > 1 ? argv[1] : "forms", &forms, &p) != OK)
		return 1;
	printf("fonts and forms opened in %.2f ms\n", (double)(clock_monotonic_us() - from) / 1000);
	for (size_t i = 0; i < forms->n_defs; i++) {
		for (int k = 0; k < 3; k++) /* filled as PDF and as Excel, blank as PDF */
			measure(fonts, forms->defs[i], k == 1, k == 2, argc > 2 ? atoi(argv[2]) : 200);
	}
	bulk(fonts, forms);
	pdf_fonts_close(fonts);
	arena_free(house);
	return 0;
}
