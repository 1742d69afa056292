/* tsunagi form: list, check, score, questionnaire. No database is opened. */
#include "base/clock.h"
#include "base/ctx.h"
#include "base/str.h"
#include "form/cases.h"
#include "form/fhirmap.h"
#include "form/print.h"
#include "form/score.h"
#include "form/sheet.h"
#include "main/commands.h"
#include "main/share_dir.h"

#include <stdio.h>
#include <string.h>

enum { CATALOGUE_BYTES = 256 << 20, INPUT_BYTES = 8 << 20, WORK_BYTES = 256 << 20 };

static int usage(void)
{
	fputs("使い方:\n"
	      "  tsunagi form list                        様式の一覧\n"
	      "  tsunagi form check [フォルダ]            様式の定義を確かめる\n"
	      "  tsunagi form score ID [--ndjson]         QuestionnaireResponse を標準入力から読み、得点と判定を出す\n"
	      "  tsunagi form print ID 回答.json 出力.pdf|.xlsx  様式を印刷する（回答は cases/*.json の形。{} なら白紙）\n"
	      "  tsunagi form questionnaire ID            FHIR R4 の Questionnaire を出す\n",
		stderr);
	return 2;
}

static const char *forms_dir(struct arena *a)
{
	const char *share = share_dir(a);
	if (!share)
		fputs("tsunagi: 様式のフォルダ（forms）が見つかりません。TSUNAGI_SHARE で場所を教えてください。\n", stderr);
	return share ? arena_fmt(a, "%s/forms", share) : NULL;
}

static struct form_catalogue *load(struct arena *a, const char *dir)
{
	struct form_problems p = {0};
	struct form_catalogue *c = NULL;
	err e = form_load(a, dir, &c, &p);
	for (size_t i = 0; i < p.n; i++)
		fprintf(stderr, "%s\n", p.lines[i]);
	if (e)
		fprintf(stderr, "tsunagi: %s（%s）\n", e == ERR_IO ? "様式のファイルを読めません。" : err_sentence_ja(e), dir);
	return e ? NULL : c;
}

static int list(struct arena *a, struct form_catalogue *c)
{
	for (size_t i = 0; i < c->n_defs; i++) {
		const struct form_def *d = c->defs[i];
		char to[CIVIL_TEXT] = "";
		if (d->to != CIVIL_OPEN)
			civil_text(d->to, to);
		printf("%s\t%s\t%s\t%s\t%s\t%.12s\n", d->id, d->version, to, d->kind == FORM_VIEW ? "view" : "answers", d->name, d->sha256);
	}
	(void)a;
	return 0;
}

static int check(struct arena *a, const char *dir)
{
	struct form_catalogue *c = load(a, dir);
	if (!c)
		return 1;
	struct form_problems p = {0};
	size_t cases = 0;
	err first = OK;
	for (size_t i = 0; i < c->n_defs; i++) {
		size_t n;
		err e = form_check_cases(a, c->defs[i], &p, &n);
		first = first ? first : e;
		cases += n;
	}
	for (size_t i = 0; i < p.n; i++)
		fprintf(stderr, "%s\n", p.lines[i]);
	if (first)
		return 1;
	printf("様式 %zu 件、検算 %zu 件を確かめました。誤りはありません。\n", c->n_defs, cases);
	return 0;
}

/* One response → one line. *why is set when it could not be judged. */
static const char *score_text(struct arena *a, const struct form_catalogue *c, const char *id, const char *text, size_t n,
	const char **why)
{
	struct json *v;
	struct answers *as;
	civil day;
	*why = NULL;
	if (json_parse(a, text, n, NULL, &v, why) != OK || fhir_authored(a, v, &day, why) != OK)
		return NULL;
	if (day == CIVIL_NONE)
		day = civil_of_instant(clock_now_ms());
	const struct form_def *d = form_find(c, id, day);
	if (!d) {
		*why = arena_fmt(a, "%s%s", err_sentence_ja(ERR_FORM_DATE), err_mend_ja(ERR_FORM_DATE));
		return NULL;
	}
	if (fhir_answers(a, d, v, &as, why) != OK)
		return NULL;
	struct form_result r;
	form_score(a, as, day, &r);
	return json_to_text(a, form_result_json(a, &r), false);
}

static const char *score_guarded(struct arena *a, const struct form_catalogue *c, const char *id, const char *text,
	size_t n, const char **why)
{
	jmp_buf full;
	const char *out = NULL;
	arena_reset(a);
	if (setjmp(full)) {
		*why = "大きすぎて処理できません。";
		arena_set_escape(a, NULL);
		return NULL;
	}
	arena_set_escape(a, &full);
	out = score_text(a, c, id, text, n, why);
	arena_set_escape(a, NULL);
	return out;
}

static bool blank_line(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (p[i] != ' ' && p[i] != '\t' && p[i] != '\r')
			return false;
	return true;
}

static void print_error(const char *why)
{
	struct arena *a = arena_new(1 << 20);
	struct json *o = json_new(a, JSON_OBJECT);
	json_set(a, o, "error", json_new_text(a, why));
	puts(json_to_text(a, o, false));
	arena_free(a);
}

static int score_line(struct arena *work, const struct form_catalogue *c, const char *id, const char *line, size_t n, bool too_long)
{
	const char *why = "1行が長すぎます。";
	const char *out = NULL;
	if (!too_long && blank_line(line, n))
		return 0;
	if (!too_long)
		out = score_guarded(work, c, id, line, n, &why);
	if (out)
		puts(out);
	else
		print_error(why);
	return out ? 0 : 2;
}

/* Line by line, so that a million responses need the memory of one. */
static int score_lines(struct arena *work, const struct form_catalogue *c, const char *id, char *buffer)
{
	int status = 0;
	size_t n = 0;
	bool too_long = false;
	for (int ch; (ch = getc(stdin)) != EOF;) {
		if (ch != '\n') {
			too_long = too_long || n == INPUT_BYTES;
			if (!too_long)
				buffer[n++] = (char)ch;
			continue;
		}
		int s = score_line(work, c, id, buffer, n, too_long);
		status = s ? s : status;
		n = 0;
		too_long = false;
	}
	if (n || too_long) {
		int s = score_line(work, c, id, buffer, n, too_long);
		status = s ? s : status;
	}
	return status;
}

static int score(struct arena *a, const struct form_catalogue *c, const char *id, bool ndjson)
{
	char *buffer = arena_alloc(a, INPUT_BYTES + 1);
	struct arena *work = arena_new(WORK_BYTES);
	int status = 0;
	if (ndjson) {
		status = score_lines(work, c, id, buffer);
	} else {
		size_t n = fread(buffer, 1, INPUT_BYTES + 1, stdin);
		const char *why = "大きすぎて処理できません。";
		size_t skip = n >= 3 && memcmp(buffer, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
		const char *out = n > INPUT_BYTES ? NULL : score_guarded(work, c, id, buffer + skip, n - skip, &why);
		if (out)
			puts(out);
		else
			fprintf(stderr, "tsunagi: QuestionnaireResponse を読めません。%s\n", why);
		status = out ? 0 : 2;
	}
	arena_free(work);
	if (ferror(stdin) || fflush(stdout) != 0) {
		fputs("tsunagi: 読み書きの途中で失敗しました。\n", stderr);
		return 1;
	}
	return status;
}

static int with_form(struct arena *a, int argc, char **argv)
{
	const char *verb = argv[1], *id = NULL;
	bool ndjson = false;
	for (int i = 2; i < argc; i++) {
		if (str_eq(argv[i], "--ndjson") && str_eq(verb, "score"))
			ndjson = true;
		else if (argv[i][0] != '-' && !id)
			id = argv[i];
		else
			return usage();
	}
	if (!id)
		return usage();
	const char *dir = forms_dir(a);
	struct form_catalogue *c = dir ? load(a, dir) : NULL;
	if (!c)
		return 1;
	if (!form_known(c, id)) {
		fprintf(stderr, "tsunagi: 「%s」という様式はありません。tsunagi form list で一覧が出ます。\n", id);
		return 2;
	}
	if (str_eq(verb, "score"))
		return score(a, c, id, ndjson);
	const struct form_def *d = form_find(c, id, civil_of_instant(clock_now_ms()));
	if (!d) {
		fprintf(stderr, "tsunagi: %s\n", err_sentence_ja(ERR_FORM_DATE));
		return 2;
	}
	puts(json_to_text(a, fhir_questionnaire(a, d), false));
	return 0;
}

static const char *stand_in(void *arg, const struct form_item *item, const char *key)
{
	(void)arg;
	(void)item;
	return key;
}

static err write_file(const char *path, const char *bytes, size_t n)
{
	FILE *f = fopen(path, "wb");
	bool good = f && fwrite(bytes, 1, n, f) == n;
	return f && fclose(f) == 0 && good ? OK : ERR_IO;
}

/* A form with the answers of a file on paper or as a sheet: to see a layout, or a blank form. */
static int print_one(struct arena *a, const char *id, const char *in, const char *out)
{
	const char *dir = forms_dir(a), *text, *why = "", *bytes;
	struct form_catalogue *c = dir ? load(a, dir) : NULL;
	struct json *v;
	struct answers *as;
	struct pdf_fonts *fonts;
	size_t n;
	if (!c)
		return 1;
	int64_t now = clock_now_ms();
	civil on = civil_of_instant(now);
	if (form_text_file(a, in, &text) != OK || json_parse(a, text, strlen(text), NULL, &v, &why) != OK) {
		fprintf(stderr, "tsunagi: %s を読めません。%s\n", in, why);
		return 2;
	}
	if (json_get(v, "on") && !civil_parse(json_get_text(v, "on", ""), &on))
		on = civil_of_instant(now);
	const struct form_def *d = form_find(c, id, on);
	if (!d || answers_from_json(a, d, v, &as, &why) != OK) {
		fprintf(stderr, "tsunagi: %s\n", d ? why : err_sentence_ja(ERR_FORM_UNKNOWN));
		return 2;
	}
	err e = pdf_fonts_open(a, NULL, &fonts);
	if (e) {
		fprintf(stderr, "tsunagi: %s\n", err_sentence_ja(e));
		return 1;
	}
	struct print_job job = {.as = as, .name = answers_text(as, "name"), .insured_no = answers_text(as, "insured_no"), .ref_name = stand_in,
	                        .now_ms = now, .today = on};
	e = str_ends(out, ".xlsx") ? sheet_write(a, fonts, &job, &bytes, &n) : print_pdf(a, fonts, &job, &bytes, &n);
	if (!e)
		e = write_file(out, bytes, n);
	pdf_fonts_close(fonts);
	if (e)
		fprintf(stderr, "tsunagi: %s\n", err_sentence_ja(e));
	return e ? 1 : 0;
}

static int run(struct arena *a, int argc, char **argv)
{
	const char *verb = argc > 1 ? argv[1] : "";
	if (str_eq(verb, "print"))
		return argc == 5 ? print_one(a, argv[2], argv[3], argv[4]) : usage();
	if (str_eq(verb, "score") || str_eq(verb, "questionnaire"))
		return with_form(a, argc, argv);
	if ((str_eq(verb, "list") && argc == 2) || (str_eq(verb, "check") && argc <= 3)) {
		const char *dir = argc == 3 ? argv[2] : forms_dir(a);
		if (!dir)
			return 1;
		if (str_eq(verb, "check"))
			return check(a, dir);
		struct form_catalogue *c = load(a, dir);
		return c ? list(a, c) : 1;
	}
	return usage();
}

int cmd_form(int argc, char **argv)
{
	struct arena *a = arena_new(CATALOGUE_BYTES);
	int status = run(a, argc, argv);
	arena_free(a);
	return status;
}
