/* One dispatch: what is known, what is next, and the acts of each side. */
#include "web/pages/dispatch.h"

#include "access/policy.h"
#include "base/str.h"
#include "jp/era.h"
#include "region/dispatch_paper.h"
#include "register/consent.h"
#include "register/staff.h"
#include "tmpl/dispatch_show.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/pages/dispatch_parts.h"
#include "web/pages/record.h"
#include "web/route.h"

static const char *base_of(struct req *r, const char *pid) { return arena_fmt(r->arena, "/dispatch/%s", pid); }

static bool any(const char *state, const char *a, const char *b, const char *c, const char *d)
{
	return str_eq(state, a) || str_eq(state, b) || str_eq(state, c) || str_eq(state, d);
}

/* ---- words --------------------------------------------------------------------------------------------------------- */

static const char *wished_ja(struct req *r, const char *iso)
{
	size_t n;
	char **v = str_split(r->arena, iso, '|', &n);
	struct buf b = buf_new(r->arena);
	for (size_t i = 0; i < n; i++) {
		civil day;
		if (civil_parse(v[i], &day))
			buf_fmt(&b, "%s%s", b.n ? "、" : "", era_text_week(r->arena, day));
	}
	return b.n ? b.p : "";
}

static const char *with_note(struct req *r, const char *list, const char *codes, const char *note)
{
	const char *labels = codes_labels(r, list, codes);
	return *note ? arena_fmt(r->arena, "%s（%s）", labels, note) : labels;
}

static void words(struct req *r, struct dispatch_show_view *v)
{
	const struct t_dispatch *d = &v->d->row;
	v->state = code_label(r, "dispatch_state", d->state);
	v->tag = dispatch_tag(d->state);
	v->how = *d->inquiry_how ? code_label(r, "dispatch_how", d->inquiry_how) : "";
	v->occasion = *d->occasion ? code_label(r, "dispatch_occasion", d->occasion) : "";
	v->conference = *d->conference ? code_label(r, "dispatch_conference", d->conference) : "";
	v->timings = with_note(r, "dispatch_timing", d->timings, d->timing_note);
	v->reasons = with_note(r, "dispatch_reason", d->reasons, d->reason_note);
	v->urgency = *d->urgency ? code_label(r, "dispatch_urgency", d->urgency) : "";
	v->profession = *d->profession ? profession_label_ja(d->profession) : "問わない";
	v->wished = wished_ja(r, d->wished_days);
	v->partner = *d->partner_kind ? arena_fmt(r->arena, "%s%s%s", code_label(r, "dispatch_partner", d->partner_kind), *d->partner ? "　" : "", d->partner) : "";
	v->planned = d->planned_on == CIVIL_NONE ? "" : arena_fmt(r->arena, "%s　%s〜%s", era_text_week(r->arena, d->planned_on), d->planned_from, d->planned_to);
}

static err offers(struct req *r, struct dispatch_show_view *v, bool may_write)
{
	struct dispatch_offer_view *o;
	TRY(dispatch_offers(r->c, v->d->row.id, &o, &v->n_offers));
	v->offers = ARENA_ARRAY(r->arena, v->n_offers + 1, struct dispatch_offer_shown);
	for (size_t i = 0; i < v->n_offers; i++) {
		bool open = str_eq(o[i].row.state, "offered"), town = v->d->sides & DISPATCH_TOWN;
		v->offers[i] = (struct dispatch_offer_shown){.o = &o[i], .profession = profession_label_ja(o[i].profession), .base = arena_fmt(r->arena, "%s/offers/%s", v->base, o[i].row.pid),
			.state = open ? "返事待ち" : str_eq(o[i].row.state, "accepted") ? "引き受け" : str_eq(o[i].row.state, "declined") ? "断り" : "取り下げ",
			.tag = open ? "warn" : str_eq(o[i].row.state, "accepted") ? "ok" : "note",
			.reason = *o[i].row.decline_reason ? code_label(r, "dispatch_decline", o[i].row.decline_reason) : "",
			.may_answer = open && may_write && (town || o[i].row.org_id == r->c->actor.org_id), .may_withdraw = open && may_write && town};
	}
	return OK;
}

static void rights(struct dispatch_show_view *v)
{
	const char *state = v->d->row.state;
	bool write = v->self->may_write, centre = write && (v->d->sides & DISPATCH_CENTRE), town = write && (v->d->sides & DISPATCH_TOWN), rehab = write && (v->d->sides & DISPATCH_REHAB);
	bool over = any(state, "held", "done", "", "");
	v->may_answer = town && v->d->row.inquiry_on != CIVIL_NONE && str_eq(state, "inquiry");
	v->may_edit = centre && !str_eq(state, "cancelled");
	v->may_turn = centre && str_eq(state, "inquiry");
	v->may_match = town && any(state, "requested", "offered", "", "");
	v->may_hold = (centre || rehab) && str_eq(state, "accepted");
	v->may_cancel = (centre || town) && any(state, "inquiry", "requested", "offered", "accepted");
	v->may_end = centre && str_eq(state, "held") && !v->follow.found;
	v->may_effect = centre && over;
	v->may_tie = centre && !v->d->case_id && !any(state, "done", "cancelled", "", "");
	v->may_withdraw = centre && v->d->case_id;
	v->may_print = v->self->may_print;
	v->may_example = (centre || town) && over;
}

/* Held: the report, the effect, the follow-up, in this order. */
static const char *next_after(const struct dispatch_show_view *v)
{
	int sides = v->d->sides;
	if (!v->report.found)
		return v->report.may_write && !(sides & DISPATCH_CENTRE) ? "助言の報告を書いてください。" : sides & DISPATCH_CENTRE ? "専門職の助言の報告を待っています。連携の効果は、いつでも書けます。" : "専門職の助言の報告を待っています。";
	if (v->may_effect && !v->has_effect)
		return "助言の報告が届きました。連携の効果を書いてください。";
	return v->follow.found && v->follow.row.done_on == CIVIL_NONE && sides & DISPATCH_CENTRE ? "フォローの約束の日に、利用者がどうなったかを確かめてください。" : "";
}

static const char *next_of(struct req *r, const struct dispatch_show_view *v)
{
	const struct t_dispatch *d = &v->d->row;
	int sides = v->d->sides;
	bool answered = *d->inquiry_answer != '\0';
	if (str_eq(d->state, "inquiry") && sides & DISPATCH_CENTRE)
		return answered ? "返事が届きました。派遣を頼むときは「依頼に進む」を押してください。" : "調整する人の返事を待っています。";
	if (str_eq(d->state, "inquiry"))
		return answered ? "返事をしました。センターが依頼に進むのを待っています。" : "問い合わせに返事をしてください。";
	if (str_eq(d->state, "requested"))
		return sides & DISPATCH_TOWN ? "専門職を決めて、打診してください。" : "調整する人が、派遣する専門職を探しています。";
	if (str_eq(d->state, "offered"))
		return sides & DISPATCH_REHAB ? "引き受けるか断るかを、返事してください。" : "専門職に打診して、返事を待っています。";
	if (str_eq(d->state, "accepted"))
		return arena_fmt(r->arena, v->may_hold ? "派遣の日は %s です。済んだら、下の「実施を記録する」に書いてください。" : "派遣の日は %s です。", v->planned);
	return str_eq(d->state, "held") ? next_after(v) : "";
}

static err results(struct req *r, struct dispatch_show_view *v)
{
	struct dispatch_programme_view p;
	const struct t_dispatch *d = &v->d->row;
	TRY(dispatch_report_of(r->c, d->pid, &v->report));
	TRY(dispatch_follow_of(r->c, d->pid, &v->follow));
	TRY(dispatch_effect_get(r->c, d->pid, CIVIL_NONE, &v->effect, &v->has_effect));
	TRY(dispatch_programme_get(r->c, &p));
	v->follow_day = (d->planned_on == CIVIL_NONE ? r->c->today : d->planned_on) + 7 * (civil)p.row.follow_weeks;
	v->effect_ja = v->has_effect ? code_label(r, "dispatch_effect", v->effect.rating) : "";
	v->aspects_ja = codes_labels(r, "dispatch_aspect", v->effect.aspects);
	v->result_ja = *v->follow.row.result ? code_label(r, "dispatch_result", v->follow.row.result) : "";
	v->decline_reason = choice_field(r, "decline_reason", "断る理由", "dispatch_decline", "");
	v->decline_reason.optional_blank = true;
	v->rating = choice_field(r, "rating", "連携の効果", "dispatch_effect", v->effect.rating);
	v->rating.required = true;
	v->aspects = codes_field(r, "aspects", "効果があったところ（いくつでも）", "dispatch_aspect", v->effect.aspects);
	v->result = choice_field(r, "result", "利用者の結果", "dispatch_result", v->follow.row.result);
	v->result.required = true;
	return OK;
}

static err show(struct req *r, const char *pid, err e)
{
	struct dispatch_view d;
	struct dispatch_self self;
	TRY(dispatch_get(r->c, pid, &d));
	struct page_view *page = page_view(r, d.row.in_programme ? "リハビリ専門職の派遣" : "派遣事業のほかの連携");
	struct dispatch_show_view v = {.page = page, .d = &d, .self = &self, .base = base_of(r, d.row.pid)};
	TRY(dispatch_self(r, &self));
	if (d.person_id)
		look_person(r, d.person_id);
	words(r, &v);
	TRY(offers(r, &v, self.may_write));
	TRY(results(r, &v));
	rights(&v);
	v.next = next_of(r, &v);
	record_shown(r, page, d.row.updated_ms, d.updated_by, "/dispatch", "リハビリ専門職");
	tmpl_dispatch_show(res_page_of(r, e), &v);
	return OK;
}

err page_dispatch_show(struct req *r) { return show(r, req_param(r, "pid"), OK); }

/* The end of an act: shown again with its faults, or done. */
static err end(struct req *r, err e)
{
	const char *pid = req_param(r, "pid");
	if (page_is_input(e))
		return show(r, pid, e);
	TRY(e);
	return res_done(r, "saved", "/dispatch/%s", pid);
}

/* ---- acts ---------------------------------------------------------------------------------------------------------- */

static const struct formin_field ANSWER[] = {{.name = "answer", .label = "返事", .kind = FORMIN_LINES, .max = 4000}, {.name = "answered_on", .label = "返事をした日", .kind = FORMIN_DAY}};

err page_dispatch_answer(struct req *r)
{
	err e = formin_read(r, ANSWER, FORMIN_N(ANSWER));
	return end(r, e == OK ? dispatch_answer(r->c, req_param(r, "pid"), req_field(r, "answer"), formin_day(r, "answered_on")) : e);
}

static const struct formin_field HOLD[] = {
	{.name = "held_on", .label = "実施した日", .kind = FORMIN_DAY},
	{.name = "minutes", .label = "かかった時間", .kind = FORMIN_INT, .lo = 1, .hi = 1440},
	{.name = "held_note", .label = "実施のメモ", .kind = FORMIN_LINES, .max = 4000},
	{.name = "follow_due_on", .label = "フォローの予定日", .kind = FORMIN_DAY},
};

err page_dispatch_hold(struct req *r)
{
	err e = formin_read(r, HOLD, FORMIN_N(HOLD));
	if (e == OK)
		e = dispatch_hold(r->c, req_param(r, "pid"), formin_day(r, "held_on"), formin_int(r, "minutes"), req_field(r, "held_note"), formin_day(r, "follow_due_on"));
	return end(r, e);
}

static const struct formin_field REASON[] = {{.name = "end_reason", .label = "理由", .kind = FORMIN_LINES, .max = 4000}};

err page_dispatch_cancel(struct req *r)
{
	err e = formin_read(r, REASON, FORMIN_N(REASON));
	return end(r, e == OK ? dispatch_cancel(r->c, req_param(r, "pid"), req_field(r, "end_reason")) : e);
}

err page_dispatch_end(struct req *r)
{
	err e = formin_read(r, REASON, FORMIN_N(REASON));
	return end(r, e == OK ? dispatch_end(r->c, req_param(r, "pid"), req_field(r, "end_reason")) : e);
}

static const struct formin_field EFFECT[] = {
	{.name = "rating", .label = "連携の効果", .kind = FORMIN_CODE, .max = 20},
	{.name = "aspects", .label = "効果があったところ", .kind = FORMIN_CODE, .max = 20, .repeat = true},
	{.name = "comment", .label = "意見（自由記載）", .kind = FORMIN_LINES, .max = 4000},
	{.name = "seen", .label = "版", .kind = FORMIN_INT},
};

err page_dispatch_effect(struct req *r)
{
	struct t_dispatch_effect x;
	bool found;
	const char *pid = req_param(r, "pid");
	err e = formin_read(r, EFFECT, FORMIN_N(EFFECT));
	if (e == OK) {
		TRY(dispatch_effect_get(r->c, pid, CIVIL_NONE, &x, &found));
		x.rating = req_field(r, "rating");
		x.aspects = codes_joined(r, "aspects");
		x.comment = req_field(r, "comment");
		if (found)
			x.version = formin_int(r, "seen");
		e = dispatch_effect_save(r->c, pid, &x, NULL);
	}
	return end(r, e);
}

static const struct formin_field FOLLOW[] = {
	{.name = "done_on", .label = "確かめた日", .kind = FORMIN_DAY},
	{.name = "result", .label = "利用者の結果", .kind = FORMIN_CODE, .max = 20},
	{.name = "result_note", .label = "結果のようす", .kind = FORMIN_LINES, .max = 4000},
	{.name = "seen", .label = "版", .kind = FORMIN_INT},
};

err page_dispatch_follow(struct req *r)
{
	struct dispatch_follow_view f;
	const char *pid = req_param(r, "pid");
	TRY(dispatch_follow_of(r->c, pid, &f));
	if (!f.found)
		return ERR_NOTFOUND;
	if (!f.may_write)
		return ERR_DENIED;
	err e = formin_read(r, FOLLOW, FORMIN_N(FOLLOW));
	if (e == OK) {
		f.row.done_on = formin_day(r, "done_on");
		f.row.result = req_field(r, "result");
		f.row.result_note = req_field(r, "result_note");
		f.row.version = formin_int(r, "seen");
		e = dispatch_follow_save(r->c, pid, &f.row, NULL);
	}
	return end(r, e);
}

static const struct formin_field DECLINE[] = {{.name = "decline_reason", .label = "断る理由", .kind = FORMIN_CODE, .max = 20}, {.name = "note", .label = "メモ", .kind = FORMIN_TEXT, .max = 200}};

err page_dispatch_accept(struct req *r)
{
	err e = formin_read(r, NULL, 0);
	return end(r, e == OK ? dispatch_offer_accept(r->c, req_param(r, "pid"), req_param(r, "opid")) : e);
}

err page_dispatch_decline(struct req *r)
{
	const char *next = "";
	err e = formin_read(r, DECLINE, FORMIN_N(DECLINE));
	if (e == OK)
		e = dispatch_offer_decline(r->c, req_param(r, "pid"), req_param(r, "opid"), req_field(r, "decline_reason"), req_field(r, "note"), &next);
	if (page_is_input(e))
		return show(r, req_param(r, "pid"), e);
	TRY(e);
	/* who declined is no side of it any more, unless asked again */
	struct dispatch_view d;
	e = dispatch_get(r->c, req_param(r, "pid"), &d);
	if (e == ERR_NOTFOUND)
		return res_done(r, "declined", "/dispatch");
	TRY(e);
	return *next ? res_done(r, "offered_next", "/dispatch/%s", d.row.pid) : res_done(r, "declined", "/dispatch/%s", d.row.pid);
}

err page_dispatch_withdraw(struct req *r)
{
	err e = formin_read(r, DECLINE, FORMIN_N(DECLINE));
	return end(r, e == OK ? dispatch_offer_withdraw(r->c, req_param(r, "pid"), req_param(r, "opid"), req_field(r, "note")) : e);
}

/* ---- the person ------------------------------------------------------------------------------------------------------ */

static const struct formin_field CASE[] = {
	{.name = "text", .label = "利用者を探す", .kind = FORMIN_TEXT, .max = 100},
	{.name = "person", .label = "利用者", .kind = FORMIN_PID},
	{.name = "agreed_on", .label = "同意日", .kind = FORMIN_DAY},
	{.name = "agreed_by", .label = "同意した人", .kind = FORMIN_CODE, .max = 20},
	{.name = "how", .label = "同意の方法", .kind = FORMIN_CODE, .max = 20},
};

static struct ui_field gen_field(struct req *r, const char *name, const char *label, const struct gen_code *t, size_t n)
{
	struct ui_choice *c = ARENA_ARRAY(r->arena, n + 1, struct ui_choice);
	for (size_t i = 0; i < n; i++)
		c[i] = (struct ui_choice){.value = t[i].code, .label = t[i].label};
	return (struct ui_field){.name = name, .label = label, .choices = c, .n_choices = n, .required = true};
}

static err case_page(struct req *r, const struct dispatch_view *d, const char *text, err e)
{
	struct page_view *page = page_view(r, "利用者を結び付ける");
	struct dispatch_case_view v = {.page = page, .base = base_of(r, d->row.pid), .text = text, .chosen = req_field(r, "person")};
	size_t n;
	const struct gen_code *t = consent_agreed_by_choices(&n);
	v.agreed_by = gen_field(r, "agreed_by", "同意した人", t, n);
	t = consent_how_choices(&n);
	v.how = gen_field(r, "how", "同意の方法", t, n);
	page->back_path = v.base;
	page->back_label = "連携の記録";
	TRY(person_hits(r, text, &v.hits, &v.n_hits, &v.searched));
	tmpl_dispatch_case(res_page_of(r, e), &v);
	return OK;
}

static err open_case(struct req *r, struct dispatch_view *d)
{
	TRY(dispatch_get(r->c, req_param(r, "pid"), d));
	return d->may_write ? OK : ERR_DENIED;
}

err page_dispatch_case(struct req *r)
{
	struct dispatch_view d;
	TRY(open_case(r, &d));
	return case_page(r, &d, "", OK);
}

err page_dispatch_case_find(struct req *r)
{
	struct dispatch_view d;
	TRY(open_case(r, &d));
	err e = formin_read(r, CASE, FORMIN_N(CASE));
	return case_page(r, &d, e == OK ? req_field(r, "text") : "", e);
}

err page_dispatch_case_save(struct req *r)
{
	struct dispatch_view d;
	TRY(open_case(r, &d));
	err e = formin_read(r, CASE, FORMIN_N(CASE));
	if (e == OK)
		e = dispatch_case_tie(r->c, d.row.pid, req_field(r, "person"), formin_day(r, "agreed_on"), req_field(r, "agreed_by"), req_field(r, "how"));
	if (page_is_input(e))
		return case_page(r, &d, req_field(r, "text"), e);
	TRY(e);
	return res_done(r, "saved", "/dispatch/%s", d.row.pid);
}

static const struct formin_field WITHDRAW[] = {{.name = "withdrawn_on", .label = "撤回日", .kind = FORMIN_DAY}, {.name = "withdrawn_note", .label = "撤回の理由", .kind = FORMIN_TEXT, .max = 200}};

err page_dispatch_case_withdraw(struct req *r)
{
	err e = formin_read(r, WITHDRAW, FORMIN_N(WITHDRAW));
	return end(r, e == OK ? dispatch_case_withdraw(r->c, req_param(r, "pid"), formin_day(r, "withdrawn_on"), req_field(r, "withdrawn_note")) : e);
}

/* ---- paper and bin ----------------------------------------------------------------------------------------------------- */

err page_dispatch_print(struct req *r)
{
	struct dispatch_paper p;
	look_as(r, ACTION_PRINT);
	TRY(dispatch_paper_request(r->c, req_param(r, "pid"), &p));
	return res_pdf(r, p.bytes, p.n, p.name);
}

err page_dispatch_report_print(struct req *r)
{
	struct dispatch_paper p;
	struct dispatch_view d;
	look_as(r, ACTION_PRINT);
	TRY(dispatch_get(r->c, req_param(r, "pid"), &d));
	if (d.person_id)
		look_person(r, d.person_id);
	TRY(dispatch_paper_report(r->c, d.row.pid, &p));
	return res_pdf(r, p.bytes, p.n, p.name);
}

static err bin_of(struct req *r, struct dispatch_view *d, struct record_bin *b)
{
	TRY(open_case(r, d));
	*b = (struct record_bin){.title = "記録をごみ箱へ移す", .person_pid = "", .path = base_of(r, d->row.pid), .back_path = "/dispatch",
		.sentence = "この連携の記録をごみ箱へ移します。", .more = "集計にも数えなくなります。30日のあいだは元に戻せます。"};
	return OK;
}

err page_dispatch_retire_ask(struct req *r)
{
	struct dispatch_view d;
	struct record_bin b;
	TRY(bin_of(r, &d, &b));
	return record_bin_ask(r, &b, OK);
}

err page_dispatch_retire(struct req *r)
{
	struct dispatch_view d;
	struct record_bin b;
	TRY(bin_of(r, &d, &b));
	return record_bin_put(r, &b, d.row.pid, dispatch_retire);
}
