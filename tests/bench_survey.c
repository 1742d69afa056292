/* bench_survey DIR [TARGETS] [QUESTIONS] — a survey of a house from its data file to every cross table, as the report page and `survey tabulate`
 * do it: made once (questions, frame, raw answers read in as CSV) for the account "city" of a demo folder, then read, opened and crossed, and
 * read and reported. 10,000 targets and 40 questions of six options, every other one of several choices, by default; the aim is 1 s for all
 * crosses (issue of the surveys, design §11). Measure with a build without sanitizers. */
#include "access/account.h"
#include "access/door.h"
#include "access/session.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/str.h"
#include "region/survey_data.h"
#include "region/survey_report.h"
#include "region/survey_round.h"
#include "region/tab_ask.h"
#include "register/import_lines.h"
#include "store/db.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static const char TITLE[] = "計測用の調査";

static double seconds(clockid_t of)
{
	struct timespec t;
	clock_gettime(of, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double cpu, wall;
static void start(void)
{
	cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
	wall = seconds(CLOCK_MONOTONIC);
}

static void told(const char *what, size_t n)
{
	struct rusage r;
	getrusage(RUSAGE_SELF, &r);
	printf("%s\t%zu\t%.2f s of CPU\t%.2f s\t%ld MB\n", what, n, seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu, seconds(CLOCK_MONOTONIC) - wall, r.ru_maxrss / 1024);
}

static uint32_t seed = 1;
static uint32_t chance(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 12) % n;
}

static err question(struct ctx *c, const struct t_survey *s, size_t i)
{
	struct t_survey_question q;
	survey_question_init(s, &q);
	q.key = arena_fmt(c->arena, "q%zu", i);
	q.printed_no = arena_fmt(c->arena, "Q%zu", i);
	q.label = arena_fmt(c->arena, "設問%zuについて、あてはまるものを選んでください。", i);
	q.kind = i % 2 ? "multi" : "single";
	q.options = "1 よくある\n2 ときどきある\n3 あまりない\n4 ない\n5 分からない\n6 その他";
	return survey_question_save(c, &q, NULL);
}

/* One row of the raw file: a fifth of the questions left open. */
static void row(struct buf *b, size_t target, size_t questions)
{
	buf_fmt(b, "%zu,1,paper,2026-10-20", target);
	for (size_t i = 0; i < questions; i++) {
		buf_char(b, ',');
		if (chance(5) == 0)
			continue;
		if (i % 2 == 0) {
			buf_fmt(b, "%u", 1 + chance(6));
			continue;
		}
		uint32_t set = 1 + chance(63);
		bool first = true;
		buf_char(b, '"');
		for (uint32_t o = 0; o < 6; o++)
			if (set & 1U << o) {
				buf_fmt(b, first ? "%u" : ",%u", o + 1);
				first = false;
			}
		buf_char(b, '"');
	}
	buf_str(b, "\r\n");
}

static err answers(struct ctx *c, const struct t_survey *s, size_t targets, size_t questions)
{
	struct buf b = buf_new(c->arena);
	struct import_lines lines = {0};
	buf_str(&b, "target,round,mode,submitted_on");
	for (size_t i = 0; i < questions; i++)
		buf_fmt(&b, ",q%zu", i);
	buf_str(&b, "\r\n");
	for (size_t i = 0; i < targets; i++)
		row(&b, i + 1, questions);
	start();
	TRY(survey_raw_import(c, s->pid, b.p, b.n, false, &lines));
	told("raw answers read in", targets);
	return OK;
}

static err make(struct ctx *c, size_t targets, size_t questions, struct t_survey *s)
{
	const char **problems;
	struct t_survey_form f;
	struct t_survey_round r;
	size_t n;
	survey_init(c, s);
	s->title = TITLE;
	s->unit = "facility";
	TRY(survey_save(c, s, NULL));
	for (size_t i = 0; i < questions; i++)
		TRY(question(c, s, i));
	TRY(survey_publish(c, s->pid, "", &f, &problems, &n));
	start();
	for (size_t i = 0; i < targets; i++) {
		struct arena_mark m = arena_mark_get(c->arena);
		struct t_survey_target t;
		survey_target_init(s, &t);
		t.code = arena_fmt(c->arena, "%zu", i + 1);
		t.label = arena_fmt(c->arena, "施設%zu", i + 1);
		t.traits = i % 3 ? "区域=北" : "区域=南";
		TRY(survey_target_save(c, &t, NULL));
		arena_rewind(c->arena, m);
	}
	told("frame", targets);
	survey_round_init(s, &r);
	r.name = "第1回";
	r.period_from = civil_from(2026, 7, 1);
	r.period_to = civil_from(2026, 9, 30);
	r.opens_on = civil_from(2026, 10, 1);
	r.closes_on = civil_from(2026, 10, 31);
	TRY(survey_round_save(c, &r, NULL));
	return answers(c, s, targets, questions);
}

static err found_or_made(struct ctx *c, size_t targets, size_t questions, const char **pid)
{
	struct survey_line *v;
	struct t_survey s;
	size_t n;
	TRY(survey_list(c, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].title, TITLE)) {
			*pid = v[i].pid;
			return OK;
		}
	TRY(make(c, targets, questions, &s));
	*pid = s.pid;
	return OK;
}

static err crosses(struct ctx *c, const char *pid)
{
	struct tab_data *d;
	const struct tab *t;
	const char *why = "";
	size_t n = 0;
	start();
	double cpu0 = cpu, wall0 = wall;
	TRY(survey_data_load(c, pid, "", &d));
	told("answers loaded from the data file", d->answers.n);
	start();
	TRY(tab_open(c->arena, d, &t, &why));
	for (size_t i = 0; i < d->n_questions; i++)
		for (size_t k = 0; k < i; k++, n++) {
			struct arena_mark m = arena_mark_get(c->arena);
			struct tab_table *x;
			TRY(tab_cross(t, &(struct tab_cross_ask){.rows.key = d->questions[i].key, .by = TAB_BY_QUESTION, .by_key = d->questions[k].key}, &x));
			arena_rewind(c->arena, m);
		}
	told("opened, all crosses", n);
	cpu = cpu0;
	wall = wall0;
	told("together", n);
	return OK;
}

static err report(struct ctx *c, const char *pid)
{
	struct survey_report_ask ask;
	struct survey_report x;
	survey_report_ask_init(&ask);
	ask.action = ACTION_SEE;
	start();
	TRY(survey_report_make(c, pid, &ask, &x));
	told("whole report", strlen(tab_json(c->arena, x.report)));
	return OK;
}

int main(int argc, char **argv)
{
	static struct house house;
	static struct ctx c;
	struct arena *a = arena_new((size_t)1 << 30);
	struct account city;
	const char *pid = "";
	if (argc < 2 || !a)
		return 2;
	size_t targets = argc > 2 ? (size_t)strtol(argv[2], NULL, 10) : 10000, questions = argc > 3 ? (size_t)strtol(argv[3], NULL, 10) : 40;
	ctx_init(&c, a, clock_now_ms());
	if (door_house(a, argv[1], &house) != OK || door_db(&house, &c.db) != OK)
		return 1;
	house.share_dir = getenv("TSUNAGI_SHARE") ? getenv("TSUNAGI_SHARE") : ".";
	c.house = &house;
	session_act_as_console(&c, "bench", "bench");
	err e = account_find_login(&c, "city", &city);
	if (e == OK)
		e = session_act_as(&c, city.id, "bench");
	if (e == OK)
		e = found_or_made(&c, targets, questions, &pid);
	for (int i = 0; e == OK && i < 2; i++) {
		struct arena_mark m = arena_mark_get(a);
		e = crosses(&c, pid);
		if (e == OK)
			e = report(&c, pid);
		arena_rewind(a, m);
	}
	if (e != OK) {
		fprintf(stderr, "%s\n", err_name(e));
		for (size_t i = 0; i < c.n_faults; i++)
			fprintf(stderr, "%s\n", c.faults[i].message);
	}
	db_close(c.db);
	arena_free(a);
	return e == OK ? 0 : 1;
}
