/* Where a survey stands and what comes next: the steps of its first page, and the one button every page of it shows. */
#include "base/str.h"
#include "web/pages/survey.h"

enum { STEPS = 6 };

struct standing {
	struct req *r;
	const struct t_survey *s;
	struct survey_steps *out;
};

/* A step that is not done yet is the next one unless an earlier one is. act: what its button says. */
static void step(struct standing *x, struct survey_step s, bool done)
{
	struct survey_step *at = &x->out->v[x->out->n++];
	*at = s;
	if (!done && !x->out->next)
		x->out->next = at;
}

static const char *under(const struct standing *x, const char *tab) { return arena_fmt(x->r->arena, "/surveys/%s%s", x->s->pid, tab); }

static void basics(struct standing *x)
{
	bool done = !str_blank(x->s->purpose) && !str_blank(x->s->contact);
	step(x, (struct survey_step){"① 目的・依頼文・問い合わせ先を書く", under(x, "/edit"), done ? "書きました" : str_blank(x->s->purpose) ? "調査目的がまだです" : "問い合わせ先がまだです",
		done ? "済み" : "これから", done ? "ok" : "warn", "目的・依頼文・問い合わせ先を書く"}, done);
}

static err questions(struct standing *x)
{
	struct t_survey_question *q;
	struct t_survey_form *f;
	size_t n_q, n_f;
	TRY(survey_questions(x->r->c, x->s->id, &q, &n_q));
	TRY(survey_forms(x->r->c, x->s->id, &f, &n_f));
	step(x, (struct survey_step){"② 質問を作り、確定する", under(x, "/questions"),
		arena_fmt(x->r->arena, n_f ? "質問 %zu、確定した版 %zu" : "質問 %zu、まだ確定していません", n_q, n_f), n_f ? "済み" : "これから", n_f ? "ok" : "warn",
		n_q ? "質問を見直し、確定する" : "質問を作る"}, n_f > 0);
	return OK;
}

static err frame(struct standing *x)
{
	struct t_survey_target *t;
	size_t n;
	TRY(survey_targets(x->r->c, x->s->id, &t, &n));
	step(x, (struct survey_step){"③ 名簿を作る", under(x, "/targets"), arena_fmt(x->r->arena, "%zu %s", n, survey_unit_counter(x->s->unit)), n ? "済み" : "これから", n ? "ok" : "warn",
		"名簿を作る"}, n > 0);
	return OK;
}

/* *over: there were rounds, and none is open or to come. */
static err rounds(struct standing *x, bool *over)
{
	struct t_survey_round *v;
	size_t n, open = 0, at = 0, waiting = 0;
	TRY(survey_rounds(x->r->c, x->s->id, &v, &n));
	for (size_t i = 0; i < n; i++) {
		bool is_open = survey_round_is_open(&v[i], x->r->c->today);
		open += is_open;
		waiting += !is_open && v[i].closed_on == CIVIL_NONE && v[i].opens_on > x->r->c->today;
		if (is_open)
			at = i;
	}
	*over = n > 0 && open + waiting == 0;
	const char *path = open == 1 || n == 1 ? arena_fmt(x->r->arena, "/survey-rounds/%s", v[at].pid) : under(x, "/rounds");
	step(x, (struct survey_step){"④ 回を決め、依頼し、督促し、締め切る", n ? path : under(x, "/rounds"),
		n ? arena_fmt(x->r->arena, "%zu 回（受付中 %zu 回）", n, open) : "回はまだありません", !n ? "これから" : open ? "受付中" : waiting ? "予定" : "済み", n ? "ok" : "warn",
		n ? "依頼し、督促し、締め切る" : "回を加える"}, *over);
	return OK;
}

static err outcomes(struct standing *x, bool over)
{
	struct t_survey_outcome *o;
	size_t n, told = 0;
	TRY(survey_outcomes(x->r->c, x->s->id, &o, &n));
	for (size_t i = 0; i < n; i++)
		told += o[i].told_on != CIVIL_NONE;
	step(x, (struct survey_step){"⑤ 集計し、報告書を読む", under(x, "/report"), "質問ごとの表と図、クロス集計、報告書のPDF・Excel", "いつでも", "note", "集計と報告書を読む"}, !over || n > 0);
	step(x, (struct survey_step){"⑥ 変えることを書き、答えた方へ知らせる", under(x, "#s-out"), n ? arena_fmt(x->r->arena, "%zu 行（知らせた %zu 行）", n, told) : "まだ書かれていません",
		n && told == n ? "済み" : "これから", n && told == n ? "ok" : over ? "warn" : "note", "変えることを、答えた方へ知らせる"}, !over || told == n);
	return OK;
}

err survey_steps_of(struct req *r, const struct t_survey *s, struct survey_steps *out)
{
	struct standing x = {r, s, out};
	bool over;
	*out = (struct survey_steps){.v = ARENA_ARRAY(r->arena, STEPS, struct survey_step)};
	basics(&x);
	TRY(questions(&x));
	TRY(frame(&x));
	TRY(rounds(&x, &over));
	return outcomes(&x, over);
}
