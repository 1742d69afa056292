/* 自由記載の分類: the code book of a free text and the marks of two coders (C-183). */
#include "base/str.h"
#include "tmpl/survey_coding.h"
#include "web/pages/survey.h"
#include "web/pages/survey_report.h"
#include "web/route.h"

static const char *coding_path(struct req *r) { return arena_fmt(r->arena, "/surveys/%s/coding/%s", req_param(r, "pid"), req_param(r, "key")); }

err page_survey_codings(struct req *r)
{
	struct t_survey s;
	struct page_view *page;
	struct survey_coding_question *q;
	struct survey_other_words *o;
	struct survey_codings_view v = {0};
	TRY(survey_page(r, "自由記載の分類", &s, &page));
	TRY(survey_coding_questions(r->c, s.pid, &q, &v.n_rows));
	TRY(survey_other_list(r->c, s.pid, &o, &v.n_others));
	v.others = o;
	survey_report_tab(r, page);
	page->back_path = arena_fmt(r->arena, "/surveys/%s/report", s.pid);
	page->back_label = "集計と報告書";
	v.page = page;
	v.s = &s;
	v.rows = q;
	tmpl_survey_codings(res_page(r), &v);
	return OK;
}

/* ---- one question ---------------------------------------------------------------------------------------------------------- */

static int coder_of(const char *text) { return str_eq(text, "1") ? 1 : str_eq(text, "2") ? 2 : 0; }

static const char *chosen_words(struct req *r, const struct survey_coding_view *k, uint64_t bits)
{
	struct buf b = buf_new(r->arena);
	for (size_t g = 0; g < k->n_groups; g++)
		if (bits >> g & 1)
			buf_fmt(&b, "%s%s", b.n ? "、" : "", k->groups[g].label);
	return b.n ? b.p : "";
}

/* What was typed stands again when the form comes back. */
static bool ticked(struct req *r, const struct coding_text_row *x, const char *group, bool stored)
{
	const char **v;
	if (r->method == METHOD_GET)
		return stored;
	size_t n = req_all(r, x->name, &v);
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], group))
			return true;
	return false;
}

static void text_row(struct req *r, const struct survey_coding_view *k, const struct survey_coding_text *t, int coder, struct coding_text_row *x)
{
	int me = coder == 2, other = !me;
	*x = (struct coding_text_row){.t = t, .name = arena_fmt(r->arena, "g%s", t->token), .quote_name = arena_fmt(r->arena, "q%s", t->token), .n_groups = k->n_groups, .other = ""};
	x->quote = r->method == METHOD_GET ? t->quote : req_field(r, x->quote_name);
	x->groups = ARENA_ARRAY(r->arena, k->n_groups + 1, struct ui_choice);
	x->chosen = ARENA_ARRAY(r->arena, k->n_groups + 1, bool);
	for (size_t g = 0; g < k->n_groups; g++) {
		x->groups[g] = (struct ui_choice){.value = k->groups[g].pid, .label = k->groups[g].label};
		x->chosen[g] = ticked(r, x, k->groups[g].pid, coder && t->chosen[me] >> g & 1);
	}
	x->done = coder && t->done[me];
	/* the other's marks are shown only after one's own, so that the two stay independent */
	if (x->done && t->done[other])
		x->other = chosen_words(r, k, t->chosen[other]);
}

static err show(struct req *r, err e)
{
	struct survey_coding_view k;
	struct page_view *page;
	struct t_survey s;
	TRY(survey_page(r, "自由記載の分類", &s, &page));
	TRY(survey_coding_open(r->c, s.pid, req_param(r, "key"), &k));
	struct survey_coding_view_page v = {.page = page, .k = &k, .action = coding_path(r), .agreement = "", .coder = coder_of(r->method == METHOD_GET ? req_query(r, "coder") : req_field(r, "coder"))};
	if (k.mine)
		v.coder = k.mine;
	v.takes = v.coder && !k.mine ? k.holder[v.coder - 1] : "";
	survey_report_tab(r, page);
	page->back_path = arena_fmt(r->arena, "/surveys/%s/coding", s.pid);
	page->back_label = "自由記載の分類";
	v.groups = ARENA_ARRAY(r->arena, k.n_groups + 1, struct coding_group_row);
	for (size_t g = 0; g < k.n_groups; g++) {
		v.groups[g] = (struct coding_group_row){.g = &k.groups[g]};
		for (size_t i = 0; i < k.n_texts; i++)
			for (int who = 0; who < 2; who++)
				v.groups[g].n[who] += k.texts[i].chosen[who] >> g & 1;
	}
	v.n_groups = k.n_groups;
	v.texts = ARENA_ARRAY(r->arena, k.n_texts + 1, struct coding_text_row);
	for (size_t i = 0; i < k.n_texts; i++)
		text_row(r, &k, &k.texts[i], (int)v.coder, &v.texts[v.n_texts++]);
	if (k.both)
		v.agreement = arena_fmt(r->arena, "2人とも分類した%lld件のうち、%lld件（%lld%%）で分類がすべて一致しています。", (long long)k.both, (long long)k.same, (long long)((200 * k.same + k.both) / (2 * k.both)));
	tmpl_survey_coding(res_page_of(r, e), &v);
	return OK;
}

err page_survey_coding(struct req *r)
{
	static const struct formin_field query[] = {{.name = "coder", .label = "分類者", .kind = FORMIN_CODE, .max = 1}};
	formin_read_query(r, query, FORMIN_N(query));
	return show(r, OK);
}

/* ---- saving ------------------------------------------------------------------------------------------------------------------ */

static const struct formin_field FIELDS[] = {{.name = "act", .label = "操作", .kind = FORMIN_CODE, .max = 10, .required = true}, {.name = "coder", .label = "分類者", .kind = FORMIN_CODE, .max = 1},
	{.name = "take", .label = "引き継ぐ", .kind = FORMIN_BOOL}, {.name = "group", .label = "分類", .kind = FORMIN_PID}, {.name = "label", .label = "分類の名前", .max = 200}, {.name = "g*", .label = "分類の印", .kind = FORMIN_PID, .repeat = true},
	{.name = "q*", .label = "引用", .kind = FORMIN_LINES, .max = 1000}};

static uint64_t bits_of(struct req *r, const struct survey_coding_view *k, const char *name)
{
	const char **v;
	size_t n = req_all(r, name, &v);
	uint64_t bits = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t g = 0; g < k->n_groups; g++)
			if (str_eq(k->groups[g].pid, v[i]))
				bits |= (uint64_t)1 << g;
	return bits;
}

static err marks(struct req *r)
{
	struct survey_coding_view k;
	TRY(survey_coding_open(r->c, req_param(r, "pid"), req_param(r, "key"), &k));
	struct survey_coding_said *said = ARENA_ARRAY(r->arena, k.n_texts + 1, struct survey_coding_said);
	struct survey_coding_save save = {.survey_pid = req_param(r, "pid"), .key = req_param(r, "key"), .coder = coder_of(req_field(r, "coder")), .take_over = formin_bool(r, "take"), .said = said};
	for (size_t i = 0; i < k.n_texts; i++) {
		const char *quote = arena_fmt(r->arena, "q%s", k.texts[i].token);
		if (req_has(r, quote)) /* a text that came in while the page was open is not on it */
			said[save.n++] = (struct survey_coding_said){k.texts[i].token, bits_of(r, &k, arena_fmt(r->arena, "g%s", k.texts[i].token)), str_trim(r->arena, req_field(r, quote))};
	}
	return survey_coding_put(r->c, &save);
}

err page_survey_coding_save(struct req *r)
{
	const char *pid = req_param(r, "pid"), *key = req_param(r, "key");
	err e = formin_read(r, FIELDS, FORMIN_N(FIELDS));
	if (e == OK) {
		const char *act = req_field(r, "act");
		if (str_eq(act, "add"))
			e = survey_group_add(r->c, pid, key, req_field(r, "label"));
		else if (str_eq(act, "rename"))
			e = survey_group_rename(r->c, pid, key, req_field(r, "group"), req_field(r, "label"));
		else if (str_eq(act, "remove"))
			e = survey_group_remove(r->c, pid, key, req_field(r, "group"));
		else
			e = marks(r);
	}
	if (page_is_input(e) || e == ERR_SURVEY_FIXED)
		return show(r, e);
	TRY(e);
	int coder = coder_of(req_field(r, "coder"));
	return coder ? res_done(r, "saved", "/surveys/%s/coding/%s?coder=%d", pid, key, coder) : res_done(r, "saved", "/surveys/%s/coding/%s", pid, key);
}
