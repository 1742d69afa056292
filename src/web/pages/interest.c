#include "web/pages/interest.h"

#include "access/policy.h"
#include "base/str.h"
#include "jp/era.h"
#include "tmpl/rehab_interest.h"
#include "web/pages/common.h"
#include "web/route.h"

#include <string.h>

static const char *marks(struct req *r, const bool set[INTEREST_STATES])
{
	struct buf b = buf_new(r->arena);
	for (int s = 0; s < INTEREST_STATES; s++)
		if (set[s])
			buf_fmt(&b, "%s%s", b.n ? "・" : "", interest_state_label((enum interest_state)s));
	return b.n ? b.p : "";
}

/* Wanted or of interest, and not done: it may become a goal. */
static bool is_wish(const struct interest_line *l) { return !l->now[INTEREST_DOING] && (l->now[INTEREST_WANT] || l->now[INTEREST_CURIOUS]); }

static struct interest_line_shown shown_of(struct req *r, const char *person_pid, const struct interest_line *l, bool may_write)
{
	struct interest_line_shown x = {.l = l, .then = marks(r, l->then), .now = marks(r, l->now), .word = "", .tag = "note", .goal_path = ""};
	if (l->began || l->stopped) {
		x.word = l->began ? "「している」になりました" : "「している」でなくなりました";
		x.tag = l->began ? "ok" : "warn";
	}
	if (may_write && is_wish(l))
		x.goal_path = arena_fmt(r->arena, "/persons/%s/rehab/goals/new?wish=%s", person_pid, l->id);
	return x;
}

/* ---- the sheets by date, then and now ---------------------------------------------------------------------------------- */

static const struct interest_sheet *sheet_at(const struct interest_list_view *v, const char *pid, size_t otherwise)
{
	for (size_t i = 0; i < v->n_sheets; i++)
		if (str_eq(v->sheets[i].pid, str_or(pid, "")))
			return &v->sheets[i];
	return &v->sheets[otherwise];
}

static struct ui_field day_field(struct req *r, const struct interest_list_view *v, const char *name, const char *label, const struct interest_sheet *chosen)
{
	struct ui_choice *o = ARENA_ARRAY(r->arena, v->n_sheets + 1, struct ui_choice);
	for (size_t i = 0; i < v->n_sheets; i++)
		o[i] = (struct ui_choice){.value = v->sheets[i].pid, .label = era_text(r->arena, v->sheets[i].on)};
	return (struct ui_field){.name = name, .label = label, .choices = o, .n_choices = v->n_sheets, .value = chosen->pid};
}

static void compare(struct req *r, struct interest_list_view *v)
{
	struct interest_line *l;
	v->now = sheet_at(v, req_query(r, "now"), 0);
	v->then = sheet_at(v, req_query(r, "then"), 1);
	if (v->then->on > v->now->on) {
		const struct interest_sheet *k = v->then;
		v->then = v->now;
		v->now = k;
	}
	v->then_field = day_field(r, v, "then", "前", v->then);
	v->now_field = day_field(r, v, "now", "あと", v->now);
	size_t n = interest_lines(r->arena, v->then->answers, v->now->answers, &l);
	v->lines = ARENA_ARRAY(r->arena, n + 1, struct interest_line_shown);
	for (size_t i = 0; i < n; i++) {
		v->n_began += l[i].began;
		v->n_stopped += l[i].stopped;
		if (l[i].moved)
			v->lines[v->n_lines++] = shown_of(r, v->person_pid, &l[i], false);
	}
}

err page_interests(struct req *r)
{
	struct page_view *page = page_view(r, "興味・関心チェックシート");
	struct person_card card;
	struct interest_sheet *sheets;
	TRY(person_page(r, page, req_param(r, "pid"), &card));
	person_tab(page, "/rehab");
	page->back_path = arena_fmt(r->arena, "/persons/%s/rehab", card.p.pid);
	page->back_label = "リハビリ";
	struct interest_list_view v = {.page = page, .person_pid = card.p.pid, .base = arena_fmt(r->arena, "/persons/%s/interests", card.p.pid),
		.may_write = card.view.may[ACTION_WRITE] & CLASS_CARE};
	TRY(interest_list(r->c, card.p.pid, &sheets, &v.n_sheets));
	v.sheets = sheets;
	if (v.n_sheets > 1)
		compare(r, &v);
	tmpl_interest_list(res_page(r), &v);
	return OK;
}

/* ---- one --------------------------------------------------------------------------------------------------------------- */

err interest_show(struct req *r, const struct response_view *rv, err e)
{
	struct page_view *page = page_view(r, rv->def->name);
	struct interest_line *l;
	struct form_warnings w = {0};
	TRY(person_page_head(r, page, rv->person_pid));
	page->state = STATE_SAVED;
	page->state_note = saved_note(r, rv->updated_ms, rv->updated_by);
	page->back_path = arena_fmt(r->arena, "/persons/%s/interests", rv->person_pid);
	page->back_label = "興味・関心の一覧";
	struct interest_show_view v = {.page = page, .r = rv, .how = answers_text(rv->answers, "filled_by"), .job = answers_text(rv->answers, "recorder_job"),
		.may_print = policy_check(r->c, rv->person_id, rv->def->class_bit, ACTION_PRINT) == OK, .may_export = policy_check(r->c, rv->person_id, rv->def->class_bit, ACTION_EXPORT) == OK};
	v.n_lines = interest_lines(r->arena, NULL, rv->answers, &l);
	v.lines = ARENA_ARRAY(r->arena, v.n_lines + 1, struct interest_line_shown);
	for (size_t i = 0; i < v.n_lines; i++)
		v.lines[i] = shown_of(r, rv->person_pid, &l[i], rv->may_write);
	for (int s = 0; s < INTEREST_STATES; s++) {
		const struct rule_outcome *o = form_outcome(rv->result, interest_state_code((enum interest_state)s));
		v.counts[s] = o ? rule_show(r->arena, o) : "";
	}
	if (!page->posted) { /* what to look at although it could be saved */
		size_t faults = r->c->n_faults;
		(void)!answers_validate(r->c, rv->answers, true, &w);
		r->c->n_faults = faults;
		v.warnings = w.w;
		v.n_warnings = w.n;
	}
	tmpl_interest_show(res_page_of(r, e), &v);
	return OK;
}

/* ---- in the client's own hands ------------------------------------------------------------------------------------------- */

void interest_hand_over(struct page_view *page)
{
	page->handed = true;
	page->title = page->person ? arena_fmt(page->r->arena, "%s様の興味・関心チェックシート", page->person->name) : "興味・関心チェックシート";
	page->person = NULL;
	page->state = STATE_NONE;
	page->n_tabs = page->n_tab_groups = 0;
	page->snippet_js = "";
}

err page_interest_thanks(struct req *r)
{
	struct page_view *page = page_view(r, "ありがとうございました");
	TRY(person_page_head(r, page, req_param(r, "pid")));
	interest_hand_over(page);
	page->title = "ありがとうございました";
	page->flash = page->flash_undo = "";
	tmpl_interest_thanks(res_page(r), &(struct interest_thanks_view){page, arena_fmt(r->arena, "/persons/%s/interests", req_param(r, "pid"))});
	return OK;
}

/* ---- candidates for a goal ----------------------------------------------------------------------------------------------- */

err interest_wish_field(struct req *r, const char *person_pid, struct ui_field *f)
{
	struct interest_line *l;
	size_t n;
	civil on;
	*f = (struct ui_field){.name = "wish"};
	TRY(interest_wishes(r->c, person_pid, &l, &n, &on));
	struct ui_choice *o = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		o[i] = (struct ui_choice){.value = l[i].id, .label = arena_fmt(r->arena, "%s（%s）", l[i].label, marks(r, l[i].now))};
	f->choices = o;
	f->n_choices = n;
	f->label = n ? arena_fmt(r->arena, "興味・関心チェックシート（%s）から目標に加える", era_text(r->arena, on)) : "";
	f->help = "選んだものは、保存すると目標の終わりに一行ずつ加わります。文は、あとで直せます。";
	return OK;
}

static bool has_line(const char *text, const char *line)
{
	size_t n = strlen(line);
	for (const char *p = strstr(text, line); p; p = strstr(p + 1, line))
		if ((p == text || p[-1] == '\n') && (p[n] == '\0' || p[n] == '\n'))
			return true;
	return false;
}

err interest_goal_with(struct req *r, const char *person_pid, const char *goal, const char *codes, const char **out)
{
	struct interest_line *l;
	size_t n, n_codes;
	civil on;
	*out = goal;
	if (str_blank(codes))
		return OK;
	TRY(interest_wishes(r->c, person_pid, &l, &n, &on));
	char **v = str_split(r->arena, codes, '|', &n_codes);
	for (size_t k = 0; k < n_codes; k++)
		for (size_t i = 0; i < n; i++)
			if (str_eq(l[i].id, v[k]) && !has_line(*out, l[i].label))
				*out = str_blank(*out) ? l[i].label : arena_fmt(r->arena, "%s\n%s", *out, l[i].label);
	return OK;
}
