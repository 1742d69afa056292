/* The quarterly survey of the demo (seed 000): last fiscal year asked of 61 centres in four rounds, with answers (demo/survey/rehab_quarter.csv), and
 * this year's, whose newest round is open: the centres of the house find it filled in from their records. All names but theirs are invented. */
#include "base/str.h"
#include "exchange/transfer.h"
#include "main/demo_acts.h"
#include "region/survey_round.h"
#include "register/org.h"

#include <string.h>

enum { CENTRES = 61, OWN = 3, OPEN_DAYS = 10 };
static const int OWN_PLACES[OWN] = {PLACE_CENTRE1, PLACE_CENTRE2, PLACE_CENTRE3};

struct surveying {
	struct demo *d;
	char *csv;
	const char *survey_pid;
	const char *name[CENTRES], *own[OWN]; /* own: names of the house's centres */
	size_t n;
};

static err names(struct ctx *c, struct surveying *s)
{
	size_t n;
	char **line = str_split(c->arena, s->csv, '\n', &n);
	for (size_t i = 1; i < n && *line[i]; i++) {
		const char *comma = strchr(line[i], ','), *name = comma ? arena_strn(c->arena, line[i], (size_t)(comma - line[i])) : "";
		if (s->n && str_eq(s->name[s->n - 1], name))
			continue;
		if (s->n == CENTRES)
			return ERR_BUG; /* the file asks more centres than its town has */
		s->name[s->n++] = name;
	}
	return s->n == CENTRES ? OK : ERR_BUG;
}

/* The file with the names of the house's own centres in the place of the first ones; only_round "" = all. */
static const char *answers(struct ctx *c, const struct surveying *s, const char *only_round)
{
	size_t n;
	char **line = str_split(c->arena, s->csv, '\n', &n);
	struct buf b = buf_new(c->arena);
	for (size_t i = 0; i < n && *line[i]; i++) {
		const char *rest = strchr(line[i], ',');
		if (i && *only_round && !str_starts(rest, arena_fmt(c->arena, ",%s,", only_round)))
			continue;
		const char *name = arena_strn(c->arena, line[i], (size_t)(rest - line[i]));
		for (int k = 0; k < OWN; k++)
			if (str_eq(name, s->name[k]))
				name = s->own[k];
		buf_fmt(&b, "%s%s\n", name, rest);
	}
	return b.p;
}

static err frame(struct ctx *c, const struct surveying *s, const struct t_survey *survey)
{
	static const char *const zones[] = {"北部", "中央", "南部", "東部"};
	for (int i = 0; i < CENTRES; i++) {
		struct t_survey_target t;
		survey_target_init(survey, &t);
		t.code = arena_fmt(c->arena, "%03d", i + 1);
		t.label = i < OWN ? s->own[i] : s->name[i];
		t.org_id = i < OWN ? s->d->place[OWN_PLACES[i]].id : INT_NULL;
		t.email = arena_fmt(c->arena, "houkatsu%02d@example.jp", i + 1);
		t.address = arena_fmt(c->arena, "つなぎ市見本町%d丁目1番", i + 1);
		t.traits = arena_fmt(c->arena, "区域=%s\n運営=%s", zones[i % 4], i % 5 == 0 ? "直営" : "委託");
		TRY(survey_target_save(c, &t, NULL));
	}
	return OK;
}

static err last_year(struct ctx *c, struct surveying *s, int year)
{
	struct t_survey survey;
	struct t_survey_form f;
	struct import_lines said = {0};
	const char **problems;
	int64_t n;
	size_t n_problems;
	TRY(survey_from_template(c, "rehab-quarter", &s->survey_pid));
	TRY(survey_get(c, s->survey_pid, &survey));
	survey.title = arena_fmt(c->arena, "リハビリ専門職と連携したケアマネジメントの実施状況についての調査（令和%d年度）", year - 2018);
	survey.target_words = "市内の地域包括支援センター（61か所）";
	survey.frame_words = "ブランチを含まない地域包括支援センター";
	survey.frame_on = civil_from(year, 4, 1);
	survey.period_from = civil_from(year, 4, 1);
	survey.period_to = civil_from(year + 1, 3, 31);
	survey.contact = "つなぎ市 介護保険課";
	TRY(survey_save(c, &survey, NULL));
	TRY(survey_publish(c, s->survey_pid, "", &f, &problems, &n_problems));
	TRY(frame(c, s, &survey));
	TRY(survey_rounds_quarters(c, s->survey_pid, year, &n));
	const char *text = answers(c, s, "");
	return survey_raw_take(c, s->survey_pid, text, strlen(text), &said);
}

/* The newest round that has been asked is open for some days yet. */
static err open_round(struct ctx *c, const struct t_survey *survey)
{
	struct t_survey_round *r, *last = NULL;
	size_t n;
	int64_t added;
	TRY(survey_rounds(c, survey->id, &r, &n));
	for (size_t i = 0; i < n; i++)
		if (r[i].opens_on <= c->today)
			last = &r[i];
	if (!last)
		return OK;
	last->closes_on = c->today + OPEN_DAYS;
	TRY(survey_round_save(c, last, NULL));
	return survey_invite(c, last->pid, &added);
}

static err this_year(struct ctx *c, const struct surveying *s, int year)
{
	struct t_survey survey;
	struct t_survey_form f;
	const char *pid, **problems;
	size_t n_problems;
	int64_t n;
	TRY(survey_copy(c, s->survey_pid, arena_fmt(c->arena, "リハビリ専門職と連携したケアマネジメントの実施状況についての調査（令和%d年度）", year - 2018), &pid));
	TRY(survey_get(c, pid, &survey));
	survey.frame_on = civil_from(year, 4, 1);
	survey.period_from = civil_from(year, 4, 1);
	survey.period_to = civil_from(year + 1, 3, 31);
	TRY(survey_save(c, &survey, NULL));
	TRY(survey_publish(c, pid, "", &f, &problems, &n_problems));
	TRY(survey_rounds_quarters(c, pid, year, &n));
	return open_round(c, &survey);
}

/* An anonymous one (seed 004): nobody has answered yet. */
static err anonymous(struct ctx *c)
{
	static const char *const who[] = {"相談支援事業所みほん 相談員1", "相談支援事業所みほん 相談員2", "つなぎ居宅介護支援事業所 ケアマネジャー1", "つなぎ居宅介護支援事業所 ケアマネジャー2"};
	struct t_survey survey;
	struct t_survey_form f;
	struct t_survey_round r;
	const char *pid, **problems;
	size_t n_problems;
	int64_t n;
	TRY(survey_from_template(c, "planner-check", &pid));
	TRY(survey_get(c, pid, &survey));
	TRY(survey_publish(c, pid, "", &f, &problems, &n_problems));
	for (size_t i = 0; i < sizeof who / sizeof who[0]; i++) {
		struct t_survey_target t;
		survey_target_init(&survey, &t);
		t.code = arena_fmt(c->arena, "%03zu", i + 1);
		t.label = who[i];
		t.traits = i < 2 ? "職種=相談支援専門員" : "職種=介護支援専門員";
		TRY(survey_target_save(c, &t, NULL));
	}
	survey_round_init(&survey, &r);
	r.name = "今年度";
	r.period_from = civil_add_months(c->today, -12);
	r.period_to = c->today - 1;
	r.opens_on = c->today;
	r.closes_on = c->today + 2 * OPEN_DAYS;
	TRY(survey_round_save(c, &r, NULL));
	return survey_invite(c, r.pid, &n);
}

static err make(struct ctx *c, void *arg)
{
	struct surveying *s = arg;
	struct ymd d = civil_ymd(c->today);
	int year = d.m >= 4 ? d.y : d.y - 1;
	demo_as(s->d, c, demo_who(s->d, "city"));
	for (int i = 0; i < OWN; i++) {
		struct org o;
		TRY(org_load(c, s->d->place[OWN_PLACES[i]].id, &o));
		s->own[i] = o.name;
	}
	TRY(anonymous(c));
	TRY(last_year(c, s, year - 1));
	return this_year(c, s, year);
}

err demo_make_survey(struct demo *d, struct ctx *c, const char *share_dir)
{
	struct surveying s = {.d = d};
	TRY(demo_read_text(c->arena, arena_fmt(c->arena, "%s/demo/survey/rehab_quarter.csv", share_dir), &s.csv));
	TRY(names(c, &s));
	return transfer_batch(c, make, &s);
}
