#include "web/pages/duty.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/cert_notice.h"
#include "codec/pdf_table.h"
#include "codec/svg.h"
#include "care/duty_waiver.h"
#include "jp/era.h"
#include "register/evidence.h"
#include "tmpl/duty_conc.h"
#include "tmpl/duty_duty.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/person.h"
#include "web/route.h"

#include <stdlib.h>
#include <string.h>

/* ---- one line ----------------------------------------------------------------------------------------------------------------------------- */

static const struct {
	const char *key, *label, *path;
} MENDS[] = {
#define DUTY_MEND(key, label, path) {key, label, path},
#include "care/duty_mends.tbl.h"
#undef DUTY_MEND
};

static const char *tag_of(const struct duty_item *i)
{
	switch (i->status) {
	case DUTY_BLOCKED:
		return str_eq(i->rule->kind, "retention") ? "note" : "bad";
	case DUTY_OVERDUE:
		return i->open ? "bad" : "note";
	case DUTY_DUE:
	case DUTY_WARNED:
		return "warn";
	case DUTY_DONE:
		return "ok";
	default:
		return "note";
	}
}

static void mend_of(struct req *r, struct duty_shown *x)
{
	const struct duty_item *i = x->i;
	x->mend_label = x->mend_path = "";
	for (size_t k = 0; i->open && k < FORMIN_N(MENDS); k++) {
		const char *at = strstr(MENDS[k].path, "%s");
		const char *pid = str_starts(MENDS[k].path, "/orgs") ? i->about->org_pid : i->about->person_pid;
		if (!str_eq(MENDS[k].key, i->rule->mend) || (at && !*pid))
			continue;
		x->mend_label = MENDS[k].label;
		x->mend_path = at ? arena_fmt(r->arena, "%.*s%s%s", (int)(at - MENDS[k].path), MENDS[k].path, pid, at + 2) : MENDS[k].path;
	}
}

/* The record that kept it: what it is, its day and the way there. */
static err record_of(struct req *r, struct duty_shown *x)
{
	const struct duty_item *i = x->i;
	const char *pid;
	x->record_label = x->record_path = "";
	if (!i->fact_row)
		return OK;
	x->record_label = arena_fmt(r->arena, "%s（%s）", evidence_label_ja(i->fact_code), era_text(r->arena, i->fact_on));
	TRY(duty_record_pid(r->c, i, &pid));
	x->record_path = timeline_record_path(r, i->fact_table, pid, i->about->person_pid);
	return OK;
}

/* The way to write down why it was not done, where the rule accepts a reason and it is the actor's to write. */
static void waiver_of(struct req *r, struct duty_shown *x)
{
	const struct duty_item *i = x->i;
	bool of_person = *i->about->person_pid != '\0';
	if (!i->open || str_blank(str_or(i->rule->exceptions, "")) || (of_person ? policy_check(r->c, i->about->person_id, CLASS_CARE, ACTION_WRITE) != OK : i->about->org_id != r->c->actor.org_id))
		return;
	if (of_person && str_starts(i->rule->exceptions, "monitoring:")) { /* 特段の事情 counts only together with the record of how the person was */
		x->waiver_path = arena_fmt(r->arena, "/persons/%s/monitorings/new", i->about->person_pid);
		x->waiver_label = "特段の事情の月として記録する";
		return;
	}
	x->waiver_path = duty_waiver_path(r->arena, of_person ? i->about->person_pid : "", i->about->org_pid, i->rule->id, "", of_person ? i->about->case_pid : "");
	x->waiver_label = "例外の理由を書く";
}

/* A duty of the office that a record about somebody raised (a commission): whose it is, and the way to that record. */
static err raised_by(struct req *r, struct duty_shown *x)
{
	struct duty_event e;
	if (*x->i->about->person_pid || *x->i->target || !x->i->event_row)
		return OK;
	TRY(duty_event_of(r->c, x->i, &e));
	if (!e.person_id)
		return OK;
	struct duty_item *own = ARENA_NEW(r->arena, struct duty_item);
	*own = *x->i;
	own->target = arena_fmt(r->arena, "%s さん", e.name);
	x->i = own;
	look_person(r, e.person_id);
	const char *path = timeline_record_path(r, own->event_table, e.pid, "");
	if (*x->mend_path && *path)
		x->mend_path = path;
	return OK;
}

err duty_shown_of(struct req *r, const struct duty_item *i, struct duty_shown *x)
{
	char day[CIVIL_TEXT] = "";
	if (i->anchor != CIVIL_NONE)
		civil_text(i->anchor, day);
	*x = (struct duty_shown){.i = i, .since_told = i->rule->from > civil_from(1900, 1, 1), .state = duty_state_ja(i), .tag = tag_of(i), .when = duty_when_ja(r->arena, i), .waiver_path = "", .waiver_label = "", .notify_path = "",
		.consequence = i->strength == DUTY_MUST || i->strength == DUTY_BLOCK ? code_label(r, "duty_consequence", i->rule->consequence) : "",
		.anchor_id = arena_fmt(r->arena, "%s-%s", i->rule->id, day)};
	x->person_path = arena_fmt(r->arena, "/persons/%s/duties#%s", i->about->person_pid, x->anchor_id);
	mend_of(r, x);
	TRY(raised_by(r, x));
	waiver_of(r, x);
	if (i->why && i->why->untold && *i->about->person_pid && policy_check(r->c, i->about->person_id, CLASS_CARE, ACTION_WRITE) == OK)
		x->notify_path = arena_fmt(r->arena, "/persons/%s/office-records/new?kind=notify&what=tokudan", i->about->person_pid);
	return i->why ? record_of(r, x) : OK;
}

/* ids of one page must differ: two plans may share rule and day. */
static void ids_differ(struct req *r, struct duty_shown *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int same = 0;
		for (size_t k = 0; k < i; k++)
			same += str_eq(v[k].i->rule->id, v[i].i->rule->id) && v[k].i->anchor == v[i].i->anchor;
		if (same)
			v[i].anchor_id = arena_fmt(r->arena, "%s-%d", v[i].anchor_id, same + 1);
	}
}

static err shown_list(struct req *r, const struct duty_item *v, size_t n, struct duty_shown **out)
{
	*out = ARENA_ARRAY(r->arena, n + 1, struct duty_shown);
	for (size_t i = 0; i < n; i++)
		TRY(duty_shown_of(r, &v[i], &(*out)[i]));
	ids_differ(r, *out, n);
	return OK;
}

/* ---- the person --------------------------------------------------------------------------------------------------------------------------- */

static const struct formin_field QUERY[] = {{.name = "on", .label = "いつの時点", .kind = FORMIN_DAY}, {.name = "from", .label = "いつから", .kind = FORMIN_DAY},
	{.name = "staff", .label = "担当者", .kind = FORMIN_CODE, .max = 40}, {.name = "state", .label = "状態", .kind = FORMIN_CODE, .max = 12},
	{.name = "m", .label = "月", .kind = FORMIN_CODE, .max = 7}};

static civil day_asked(struct req *r, const char *name, civil otherwise)
{
	struct era_date d;
	const char *text = str_or(req_query(r, name), "");
	return *text && era_parse(r->c, name, text, &d) == OK ? d.day : otherwise;
}

static const char *blind_ja(struct req *r, unsigned blind)
{
	static const int classes[] = {CLASS_MEETING, CLASS_MEDICAL, CLASS_BENEFIT};
	const char *text = "";
	for (size_t i = 0; i < FORMIN_N(classes); i++)
		if (blind & (unsigned)classes[i])
			text = arena_fmt(r->arena, "%s%s%s", text, *text ? "、" : "", class_label_ja(classes[i]));
	return text;
}

static const struct {
	const char *title, *help;
	unsigned statuses;
	int open; /* 1 open ones, 0 the others, -1 both */
	bool house; /* rows of the house, and only they */
} GROUPS[] = {
	{"先に進めません", "これがそろうまで、保存や請求ができません。", DUTY_SEES(DUTY_BLOCKED), 1, false},
	{"計画がありません", "法令が期限を定めるものではなく、本システムの案内です。計画がないあいだ、毎月のモニタリングと給付管理の務めは数えません。", DUTY_SEES(DUTY_DUE) | DUTY_SEES(DUTY_WARNED), -1, true},
	{"期限を過ぎたもの", "守られていません。記録を入れるか、例外にあたるときは理由を書いてください。", DUTY_SEES(DUTY_OVERDUE), 1, false},
	{"これからするもの", "期限内です。", DUTY_SEES(DUTY_DUE), -1, false},
	{"努めること", "義務ではありませんが、するよう努めるものです。", DUTY_SEES(DUTY_WARNED), -1, false},
	{"例外を記録したもの", "規定が認める理由が書かれています。", DUTY_SEES(DUTY_WAIVED), -1, false},
	{"済んだもの・記録の保存", "守られたもの、遅れて済んだもの、保存の期間です。", DUTY_SEES(DUTY_DONE) | DUTY_SEES(DUTY_OVERDUE) | DUTY_SEES(DUTY_BLOCKED) | DUTY_SEES(DUTY_FUTURE), 0, false},
};

static void group(struct req *r, struct duty_person_view *v, const struct duty_shown *all)
{
	for (size_t g = 0; g < FORMIN_N(GROUPS); g++) {
		struct duty_shown *own = ARENA_ARRAY(r->arena, v->list.n + 1, struct duty_shown);
		size_t n = 0;
		for (size_t i = 0; i < v->list.n; i++)
			if (duty_is_house(all[i].i->rule) == GROUPS[g].house && (GROUPS[g].statuses & DUTY_SEES(all[i].i->status)) && (GROUPS[g].open < 0 || all[i].i->open == GROUPS[g].open))
				own[n++] = all[i];
		v->groups[v->n_groups++] = (struct duty_group){GROUPS[g].title, GROUPS[g].help, own, n};
	}
}

static int64_t org_of(const struct req *r) { return r->c->actor.org_id; }

err page_duty_person(struct req *r)
{
	formin_read_query(r, QUERY, FORMIN_N(QUERY));
	struct page_view *page = page_view(r, "務めと期限");
	struct duty_person_view v = {.page = page};
	struct duty_shown *all;
	TRY(person_page(r, page, req_param(r, "pid"), &v.card));
	TRY(policy_check(r->c, v.card.p.id, CLASS_CARE, ACTION_SEE));
	civil on = day_asked(r, "on", r->c->today), from = day_asked(r, "from", duty_default_from(on));
	v.on = (struct ui_field){.name = "on", .label = "いつの時点", .day = on, .has_day = true};
	v.from = (struct ui_field){.name = "from", .label = "どこから見るか", .day = from, .has_day = true};
	TRY(duty_list(r->c, &(struct duty_list_query){.why = true, .q = {.on = on, .from = from, .person_id = v.card.p.id, .org_id = org_of(r)}}, &v.list));
	TRY(shown_list(r, v.list.v, v.list.n, &all));
	group(r, &v, all);
	v.blind = blind_ja(r, v.list.blind);
	tmpl_duty_person(res_page(r), &v);
	return OK;
}

err duty_strip_of(struct req *r, const struct person_card *card, struct duty_strip *out)
{
	struct duty_list l;
	*out = (struct duty_strip){.path = ""};
	if (card->view.of[CLASS_I_CARE] != VISIBILITY_OPEN || card->p.is_retired)
		return OK;
	TRY(duty_list(r->c, &(struct duty_list_query){.q = {.on = r->c->today, .from = duty_default_from(r->c->today), .person_id = card->p.id, .org_id = org_of(r)}}, &l));
	for (size_t i = 0; i < l.n; i++) {
		out->overdue += l.v[i].status == DUTY_OVERDUE && l.v[i].open;
		out->blocked += l.v[i].status == DUTY_BLOCKED && l.v[i].open;
		out->due += l.v[i].status == DUTY_DUE;
		out->waived += l.v[i].status == DUTY_WAIVED;
		out->done += l.v[i].status == DUTY_DONE;
	}
	out->shown = l.n_subjects > 0;
	out->path = arena_fmt(r->arena, "/persons/%s/duties", card->p.pid);
	return OK;
}

/* ---- the office --------------------------------------------------------------------------------------------------------------------------- */

static const struct ui_choice STATES[] = {{.value = "open", .label = "することがあるもの"}, {.value = "overdue", .label = "期限を過ぎたもの"},
	{.value = "money", .label = "減算・請求にかかわるもの"}, {.value = "soon", .label = "30日以内に期限が来るもの"}, {.value = "waived", .label = "例外を記録したもの"},
	{.value = "late", .label = "遅れて済んだもの"}};

static void state_into(const char *state, struct duty_list_query *q)
{
	q->statuses = DUTY_SEES(DUTY_BLOCKED) | DUTY_SEES(DUTY_OVERDUE) | DUTY_SEES(DUTY_DUE);
	q->only_open = !str_eq(state, "waived") && !str_eq(state, "late");
	if (str_eq(state, "overdue"))
		q->statuses = DUTY_SEES(DUTY_OVERDUE);
	else if (str_eq(state, "money"))
		q->only_money = true;
	else if (str_eq(state, "soon"))
		q->statuses = DUTY_SEES(DUTY_DUE);
	else if (str_eq(state, "waived"))
		q->statuses = DUTY_SEES(DUTY_WAIVED);
	else if (str_eq(state, "late"))
		q->statuses = DUTY_SEES(DUTY_OVERDUE);
	q->soon_days = 30;
}

static err office_query(struct req *r, struct duty_list_query *q, const char **staff, const char **state)
{
	formin_read_query(r, QUERY, FORMIN_N(QUERY));
	*staff = str_or(req_query(r, "staff"), "");
	*state = str_or(req_query(r, "state"), "");
	if (!**state)
		*state = "open";
	*q = (struct duty_list_query){.q = {.on = day_asked(r, "on", r->c->today), .org_id = org_of(r), .subjects = DUTY_OF_CASE | DUTY_OF_PERSON}};
	q->q.from = duty_default_from(q->q.on);
	state_into(*state, q);
	return staff_filter_id(r, *staff, &q->q.staff_id);
}

enum { BAR_LEFT = 330, BAR_MOST = 700, BAR_STEP = 34, WIDTH = 1160, LETTER = 18, BARS = 8 };

/* How many of the lines go with what consequence. */
static const char *bars(struct req *r, const struct duty_list *l)
{
	const char *code[BARS];
	int64_t count[BARS] = {0}, most = 1;
	size_t n = 0;
	for (size_t i = 0; i < l->n; i++) {
		size_t k = 0;
		while (k < n && !str_eq(code[k], l->v[i].rule->consequence))
			k++;
		if (k == BARS)
			continue;
		if (k == n)
			code[n++] = l->v[i].rule->consequence;
		count[k]++;
		most = count[k] > most ? count[k] : most;
	}
	struct svg g = svg_begin(r->arena, WIDTH, (int)n * BAR_STEP + 12, "bars-duty", "守らないときの帰結ごとの件数", "帰結ごとの行の数を横の棒で表した図です。同じ行が下の表にあります。");
	for (size_t k = 0; k < n; k++) {
		int y = (int)k * BAR_STEP + 6, w = (int)(count[k] * BAR_MOST / most);
		svg_text(&g, BAR_LEFT - 12, y + 18, LETTER, "end", code_label(r, "duty_consequence", code[k]));
		svg_rect(&g, BAR_LEFT, y, w > 2 ? w : 2, BAR_STEP - 12, (struct svg_paint){.fill = "#006069"});
		svg_text(&g, BAR_LEFT + w + 10, y + 18, LETTER, "start", arena_fmt(r->arena, "%lld件", (long long)count[k]));
	}
	return svg_end(&g);
}

err page_duties(struct req *r)
{
	struct duty_list_query q;
	const char *staff, *state;
	struct duty_office_view v = {.page = page_view(r, "務めと期限")};
	struct duty_list own;
	struct duty_shown *own_shown;
	TRY(office_query(r, &q, &staff, &state));
	TRY(duty_list(r->c, &q, &v.list));
	TRY(duty_list(r->c, &(struct duty_list_query){.why = true, .only_open = true, .statuses = DUTY_SEES(DUTY_BLOCKED) | DUTY_SEES(DUTY_OVERDUE) | DUTY_SEES(DUTY_DUE),
		.soon_days = 60, .q = {.on = q.q.on, .org_id = org_of(r), .subjects = DUTY_OF_OFFICE | DUTY_OF_INSURER}}, &own));
	TRY(shown_list(r, own.v, own.n, &own_shown));
	v.own = own_shown;
	v.n_own = *staff ? 0 : own.n;
	TRY(staff_filter_field(r, staff, &v.staff));
	v.state = (struct ui_field){.name = "state", .label = "しぼりこみ", .value = state, .choices = STATES, .n_choices = FORMIN_N(STATES)};
	v.on = (struct ui_field){.name = "on", .label = "いつの時点", .day = q.q.on, .has_day = true};
	v.pager = pager_of(r, (int64_t)v.list.n);
	char on[CIVIL_TEXT];
	civil_text(q.q.on, on);
	v.pager.path = arena_fmt(r->arena, "/duties?staff=%s&state=%s&on=%s", staff, state, on);
	v.print_path = arena_fmt(r->arena, "/duties/print?staff=%s&state=%s&on=%s", staff, state, on);
	v.month_path = "/duties/month";
	v.lead = arena_fmt(r->arena, "%sの時点で、利用者とケースを合わせて%lld件調べました。下の表は%zu行です。", era_text(r->arena, q.q.on), (long long)v.list.n_subjects, v.list.n);
	v.svg = (struct html_safe){bars(r, &v.list)};
	size_t first = (size_t)((v.pager.page - 1) * v.pager.per_page), n = v.list.n > first ? v.list.n - first : 0;
	n = n > (size_t)v.pager.per_page ? (size_t)v.pager.per_page : n;
	struct duty_shown *rows = ARENA_ARRAY(r->arena, n + 1, struct duty_shown);
	for (size_t i = 0; i < n; i++) {
		TRY(duty_shown_of(r, &v.list.v[first + i], &rows[i]));
		look_person(r, rows[i].i->about->person_id);
	}
	v.rows = rows;
	v.n_rows = n;
	tmpl_duty_office(res_page(r), &v);
	return OK;
}

err duty_figures_mine(struct req *r, struct duty_figures *out)
{
	struct duty_list_query q = {.q = {.on = r->c->today, .from = duty_default_from(r->c->today), .org_id = org_of(r), .staff_id = r->c->actor.staff_id}};
	struct duty_list l;
	*out = (struct duty_figures){0};
	if (r->c->actor.staff_id <= 0)
		return OK;
	state_into("open", &q);
	TRY(duty_list(r->c, &q, &l));
	out->shown = l.n_subjects > 0;
	for (size_t i = 0; i < l.n; i++) {
		out->overdue += l.v[i].status == DUTY_OVERDUE;
		out->soon += l.v[i].status == DUTY_DUE;
		out->money += str_eq(l.v[i].rule->consequence, "unten_gensan") || str_eq(l.v[i].rule->consequence, "no_claim");
	}
	return OK;
}

err duty_overdue_by_staff(struct req *r, civil on, const char *const *staff_pids, size_t n, int64_t *counts)
{
	struct duty_list_query q = {.q = {.on = on, .from = duty_default_from(on), .org_id = org_of(r), .subjects = DUTY_OF_CASE | DUTY_OF_PERSON}};
	struct duty_list l;
	state_into("overdue", &q);
	TRY(duty_list(r->c, &q, &l));
	for (size_t i = 0; i < l.n; i++)
		for (size_t k = 0; k < n; k++)
			counts[k] += str_eq(l.v[i].about->staff_pid, staff_pids[k]);
	return OK;
}

/* ---- paper -------------------------------------------------------------------------------------------------------------------------------- */

err duty_paper(struct req *r, const char *title, civil on, const struct duty_item *v, size_t n, const char *const *notes, const char *file_name)
{
	static const struct pdf_table_col cols[] = {{"状態", 130}, {"利用者", 200}, {"務め", 460}, {"期限・済んだ日", 280}, {"根拠", 280}, {"理由・担当", 450}};
	enum { N = sizeof cols / sizeof cols[0] };
	struct arena *a = r->arena;
	const char *bytes, **cells = ARENA_ARRAY(a, n * N + 1, const char *);
	size_t n_bytes;
	look_as(r, ACTION_PRINT);
	for (size_t i = 0; i < n; i++) {
		const char *note = notes && *notes[i] ? notes[i] : v[i].about->staff_name;
		const char *row[N] = {duty_state_ja(&v[i]), v[i].about->name, *v[i].target ? arena_fmt(a, "%s（%s）", v[i].rule->title, v[i].target) : v[i].rule->title,
			duty_when_ja(a, &v[i]), v[i].rule->source, note};
		memcpy(cells + i * N, row, sizeof row);
		if (v[i].about->person_id)
			look_person(r, v[i].about->person_id);
	}
	const char *facts[] = {"事業所", r->who.org_name, "いつの時点", era_text_both(a, on), "件数", arena_fmt(a, "%zu件", n), "作成",
		arena_fmt(a, "%s　%s", era_text(a, r->c->today), r->who.user_name)};
	struct pdf_table t = {.title = title, .facts = facts, .n_facts = FORMIN_N(facts) / 2, .cols = cols, .n_cols = N, .cells = cells, .n_rows = n,
		.empty = "当てはまる行はありません。", .now_ms = r->c->now_ms, .note = "記録から計算したものです。判定の理由は画面で行を開くと出ます。", .foot = title};
	TRY(pdf_table_write(a, r->c->house->fonts, &t, &bytes, &n_bytes));
	return res_pdf(r, bytes, n_bytes, file_name);
}

err page_duties_print(struct req *r)
{
	struct duty_list_query q;
	struct duty_list l;
	const char *staff, *state, *word = "";
	TRY(office_query(r, &q, &staff, &state));
	TRY(duty_list(r->c, &q, &l));
	for (size_t i = 0; i < FORMIN_N(STATES); i++)
		word = str_eq(STATES[i].value, state) ? STATES[i].label : word;
	return duty_paper(r, arena_fmt(r->arena, "務めの一覧（%s）", word), q.q.on, l.v, l.n, NULL, "duties.pdf");
}

/* ---- the calendar ------------------------------------------------------------------------------------------------------------------------- */

static int by_due(const void *x, const void *y)
{
	const struct duty_item *a = x, *b = y;
	if (a->due_on != b->due_on)
		return a->due_on < b->due_on ? -1 : 1;
	return strcmp(a->about->kana, b->about->kana);
}

static err days_of(struct req *r, struct duty_item *v, size_t n, struct duty_calendar_view *out)
{
	const struct law_catalogue *law = r->c->house->law;
	struct law_calendar national = law_calendar_of(law, NULL, 0);
	struct duty_day *days = ARENA_ARRAY(r->arena, n + 1, struct duty_day);
	struct duty_shown *shown;
	TRY(shown_list(r, v, n, &shown));
	for (size_t i = 0; i < n;) {
		size_t k = i;
		while (k < n && v[k].due_on == v[i].due_on) {
			look_person(r, v[k].about->person_id);
			k++;
		}
		const struct law_holiday *h = law_holiday_find(&national, v[i].due_on);
		days[out->n_days++] = (struct duty_day){v[i].due_on, era_text_week(r->arena, v[i].due_on), h ? h->name : law_open_day(&national, v[i].due_on) ? "" : "閉庁日", shown + i, k - i};
		i = k;
	}
	out->days = days;
	return OK;
}

err page_duty_calendar(struct req *r)
{
	struct duty_list_query q;
	struct duty_list l;
	const char *staff, *state;
	struct page_view *page = page_view(r, "期限の暦");
	struct duty_calendar_view v = {.page = page};
	TRY(office_query(r, &q, &staff, &state));
	civil first = !str_blank(req_query(r, "m")) ? duty_month_asked(r, req_query(r, "m")) : civil_from(civil_ymd(r->c->today).y, civil_ymd(r->c->today).m, 1);
	civil last = civil_eom(civil_ymd(first).y, civil_ymd(first).m);
	state_into("open", &q);
	q.soon_days = 0;
	TRY(duty_list(r->c, &q, &l));
	size_t n = 0;
	for (size_t i = 0; i < l.n; i++)
		if (l.v[i].due_on >= first && l.v[i].due_on <= last)
			l.v[n++] = l.v[i];
	if (n)
		qsort(l.v, n, sizeof l.v[0], by_due);
	TRY(days_of(r, l.v, n, &v));
	TRY(staff_filter_field(r, staff, &v.staff));
	v.total = (int64_t)n;
	v.month_ja = duty_month_ja(r->arena, first);
	v.prev = arena_fmt(r->arena, "/duties/calendar?m=%s&staff=%s", duty_month_key(r->arena, civil_add_months(first, -1)), staff);
	v.next = arena_fmt(r->arena, "/duties/calendar?m=%s&staff=%s", duty_month_key(r->arena, civil_add_months(first, 1)), staff);
	page->back_path = "/duties";
	page->back_label = "務めと期限";
	tmpl_duty_calendar(res_page(r), &v);
	return OK;
}

/* ---- certifications and ages --------------------------------------------------------------------------------------------------------------- */

enum { CERT_DAYS = 180 };

err page_duty_certs(struct req *r)
{
	struct page_view *page = page_view(r, "認定の更新・申請・年齢");
	struct certs_view v = {.page = page, .days = CERT_DAYS};
	struct duty_list l;
	struct duty_shown *shown;
	int64_t staff_id;
	formin_read_query(r, QUERY, FORMIN_N(QUERY));
	const char *staff = str_or(req_query(r, "staff"), "");
	TRY(staff_filter_id(r, staff, &staff_id));
	TRY(cert_notice_lines(r->c, r->c->today, staff_id, CERT_DAYS, &l));
	TRY(staff_filter_field(r, staff, &v.staff));
	TRY(shown_list(r, l.v, l.n, &shown));
	for (size_t i = 0; i < l.n; i++) {
		shown[i].anchor_id = arena_fmt(r->arena, "c%zu", i);
		v.n_letters += cert_notice_has_letter(&l.v[i]);
		look_person(r, l.v[i].about->person_id);
	}
	v.v = shown;
	v.n = l.n;
	v.letters_path = arena_fmt(r->arena, "/duties/certs/letters?staff=%s", staff);
	page->back_path = "/duties";
	page->back_label = "務めと期限";
	tmpl_duty_certs(res_page(r), &v);
	return OK;
}

err page_duty_letters(struct req *r)
{
	struct duty_list l;
	const char *bytes;
	size_t n, letters;
	int64_t staff_id;
	formin_read_query(r, QUERY, FORMIN_N(QUERY));
	TRY(staff_filter_id(r, str_or(req_query(r, "staff"), ""), &staff_id));
	TRY(cert_notice_lines(r->c, r->c->today, staff_id, CERT_DAYS, &l));
	TRY(cert_notice_letters(r->c, &l, 0, &bytes, &n, &letters));
	if (!letters)
		return ERR_NOTFOUND;
	look_as(r, ACTION_PRINT);
	for (size_t i = 0; i < l.n; i++)
		if (cert_notice_has_letter(&l.v[i]))
			look_person(r, l.v[i].about->person_id);
	return res_pdf(r, bytes, n, "nintei-oshirase.pdf");
}
