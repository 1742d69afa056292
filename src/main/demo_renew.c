/* What comes later in the demo: 評価 (some overdue), what follows from one, plans that do not fit together, and scans on consents.
 * All texts, the picture and the paper are invented. */
#include "base/house.h"
#include "base/str.h"
#include "care/evaluate.h"
#include "care/plan_create.h"
#include "care/plan_flow.h"
#include "codec/pdf.h"
#include "main/demo_acts.h"
#include "register/attach.h"
#include "register/consent.h"

#include <string.h>

static int mix(const struct demo_person *p, int salt, int n)
{
	uint64_t z = (uint64_t)(uint32_t)p->birth_on * 0x9FB21C651E98DF25u + (uint64_t)(p->block * 883 + p->house * 59 + salt * 2741 + p->sex);
	z = (z ^ z >> 32) * 0xA24BAED4963EE407u;
	return (int)((z ^ z >> 32) % (uint64_t)n);
}

/* --- 評価 --- */

static void say_home(const struct demo_person *p, struct t_evaluation_row *r, int i)
{
	static const struct { const char *result, *comment; } said[] = {
		{"A2", "目標のとおりできるようになり、本人も自信がついたと話す。"}, {"A1", "思ったより早く目標に届き、次にやってみたいことが出てきた。"},
		{"B", "休むことがあり、あと三か月続ければ届く見込み。"}, {"A2", "休まずに続けられ、目標に届いた。"}, {"C1", "体調をくずし、目標を見直す必要がある。"}};
	int k = mix(p, 40 + i, 9);
	k = k > 4 ? k % 2 ? 0 : 2 : k;
	r->result = said[k].result;
	r->comment = said[k].comment;
}

static void say_prevention(const struct demo_person *p, struct t_evaluation_row *r, int i)
{
	bool met = mix(p, 50 + i, 3) > 0;
	if (str_blank(r->status))
		r->status = met ? "続けられた日が多く、目標に届いた。" : "体調のよくない日が続き、目標に届かなかった。";
	r->achieved = met ? "1" : "0";
	r->cause_user = met ? "" : "疲れが出て、無理をしたくなかった。";
	r->cause_author = met ? "" : "体調に合わせて内容を変える相談が遅れた。";
	r->next = met ? "同じ内容を続け、地域の集まりへつなぐ。" : "専門職と内容を見直し、無理なくできる形に変える。";
}

err demo_evaluate(struct ctx *c, const struct demo_person *p, const char *plan_pid, struct evaluate_tree *t)
{
	TRY(evaluate_new(c, p->pid, plan_pid, "", t));
	bool prevention = str_eq(t->row.form, "yobo-hyoka");
	for (size_t i = 0; i < t->n_rows; i++) {
		if (prevention)
			say_prevention(p, &t->rows[i], (int)i);
		else
			say_home(p, &t->rows[i], (int)i);
	}
	t->row.overall = "できることが増えている。無理のない回数で続け、地域の集まりにもつなげていく。";
	if (prevention)
		t->row.next_service = "prevention|general";
	return evaluate_save(c, t, NULL);
}

/* 目標期間の延長 as a 軽微な変更. */
static err extend(struct ctx *c, const struct evaluate_tree *ev)
{
	struct plan_tree t;
	struct plan_conflicts conflicts;
	const char *pid;
	TRY(plan_change(c, ev->plan_pid, &(struct plan_change){.kind = "minor", .minor_code = "minor_goal_ext", .reason = "課題と目標は変わらず、目標の期間だけを延ばすため。",
		.no_meeting = "サービスの内容に変わりがなく、担当者には電話で確かめた。", .judged_on = c->today, .agreed_on = c->today, .plan_on = CIVIL_NONE}, &pid));
	TRY(plan_get(c, pid, &t));
	struct plan_child *v = ARENA_ARRAY(c->arena, t.n_goals + 1, struct plan_child);
	for (size_t i = 0; i < t.n_goals; i++) {
		struct t_plan_goal *g = &t.goals[i];
		if (g->short_to_on != CIVIL_NONE)
			g->short_to_on = t.plan.to_on == CIVIL_NONE || civil_add_months(g->short_to_on, 3) < t.plan.to_on ? civil_add_months(g->short_to_on, 3) : t.plan.to_on;
		v[i] = (struct plan_child){.part = PLAN_GOAL, .key = g->pid, .parent_key = "", .row = g};
	}
	TRY(plan_save(c, &(struct plan_edit){.pid = pid, .children = v, .n_children = t.n_goals}, NULL, &conflicts));
	TRY(plan_minor_settle(c, pid, c->today));
	return demo_hand_over(c, pid, true);
}

err demo_act_evaluate(struct demo *d, struct ctx *c, struct demo_event *e)
{
	struct demo_person *p = e->person;
	struct evaluate_tree ev;
	struct plan_tree plan;
	bool found, open;
	if (!*p->case_pid || *p->commission_pid)
		return OK;
	demo_as(d, c, p->case_login);
	TRY(plan_current(c, p->id, NULL, c->today, &plan, &found));
	if (!found || plan.plan.plan_on > c->today - 90)
		return OK;
	TRY(demo_evaluate(c, p, plan.plan.pid, &ev));
	TRY(demo_plan_open(c, p, NULL, &open));
	if (open || str_eq(plan.plan.status, "provisional"))
		return OK; /* a new version is being written, or the consent comes first */
	if (str_eq(evaluate_next(&ev), "minor"))
		return mix(p, 61, 3) ? OK : extend(c, &ev); /* the others are still to be written */
	if (str_eq(evaluate_next(&ev), "") && mix(p, 60, 3) == 0)
		return plan_end(c, plan.plan.pid, c->today, "目標に届き、通いの場と家族の手助けで暮らせるようになったため。");
	return OK;
}

/* --- what does not fit --- */

/* n: 0 two 原案 of both kinds, 1 a slot of 第3表 without a service of 第2表, 2 a period beyond the certification */
err demo_act_knot(struct demo *d, struct ctx *c, struct demo_event *e)
{
	struct demo_person *p = e->person;
	struct plan_conflicts conflicts;
	struct plan_tree t;
	const char *pid, *other;
	bool open;
	if (!*p->case_pid || *p->commission_pid)
		return OK;
	demo_as(d, c, p->case_login);
	const char *kind = p->office >= 0 ? "home" : "prevention";
	TRY(demo_plan_open(c, p, NULL, &open));
	if (open)
		return OK;
	TRY(plan_create(c, p->case_pid, kind, "", &pid));
	TRY(demo_write_plan(d, c, p, pid));
	if (e->n == 0)
		return plan_create(c, p->case_pid, p->office >= 0 ? "prevention" : "home", "", &other);
	TRY(plan_get(c, pid, &t));
	if (e->n == 2 || p->office < 0) {
		t.plan.to_on = (t.plan.cert_to_on == CIVIL_NONE ? t.plan.to_on : t.plan.cert_to_on) + 90;
		return plan_save(c, &(struct plan_edit){.pid = pid, .head = &t.plan}, NULL, &conflicts);
	}
	struct t_plan_slot slot;
	row_init(&T_plan_slot, &slot);
	slot.dow = 6;
	slot.from_min = 540;
	slot.to_min = 600;
	slot.service = "訪問看護";
	struct plan_child v = {.part = PLAN_SLOT, .key = "left", .parent_key = "", .row = &slot};
	return plan_save(c, &(struct plan_edit){.pid = pid, .children = &v, .n_children = 1}, NULL, &conflicts);
}

/* --- scans --- */

/* A picture of nothing: 96 × 64 grey dots in the shape of a step. */
static const unsigned char PICTURE[] = {
	0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00, 0x60, 0x00, 0x00, 0x00, 0x40, 0x08,
	0x00, 0x00, 0x00, 0x00, 0xc0, 0x5f, 0x2d, 0xd2, 0x00, 0x00, 0x00, 0x6c, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0xed, 0xd8, 0xb1, 0x11, 0xc0, 0x30, 0x08,
	0x04, 0xc1, 0xaf, 0x93, 0xc2, 0x5c, 0x8e, 0x1a, 0x72, 0x13, 0x0a, 0x9c, 0x0a, 0xac, 0xe0, 0x35, 0xb2, 0x35, 0x77, 0x05, 0xb0, 0x11, 0x04, 0xe8, 0x5e,
	0x9c, 0x00, 0x00, 0x00, 0x8e, 0x04, 0xe2, 0x69, 0x19, 0x10, 0xe1, 0x15, 0x94, 0xcd, 0x77, 0x09, 0x4a, 0xe7, 0x9b, 0x04, 0xe5, 0xf3, 0x3d, 0x02, 0xc0,
	0xcf, 0x80, 0x36, 0xdb, 0x3e, 0xe0, 0x65, 0x0f, 0x0c, 0x40, 0xbd, 0xc9, 0x0e, 0xa0, 0xbc, 0x45, 0x16, 0xa0, 0xba, 0xa6, 0x1e, 0xa0, 0x08, 0x00, 0x00,
	0x00, 0x00, 0x60, 0x06, 0xb8, 0x5c, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x7c, 0x1b, 0xe0, 0x29, 0x38, 0xaa, 0x03, 0x36, 0x49, 0x13, 0x30, 0x27,
	0xd9, 0xea, 0xf9, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};

static err paper(struct ctx *c, const char *name, struct blob *out)
{
	const struct pdf_style title = {.face = PDF_GOTHIC, .size_pt10 = 160, .align = PDF_CENTER}, text = {.face = PDF_GOTHIC, .size_pt10 = 110};
	struct pdf *pdf = pdf_new(c->arena, c->house->fonts, &(struct pdf_info){.title = "同意書（見本）", .now_ms = c->now_ms});
	const char *bytes;
	pdf_page_add(pdf, PDF_A4_W, PDF_A4_H);
	int y = 300;
	y += pdf_text_put(pdf, "個人情報の使用に係る同意書（見本）", &title, 200, y, 1700, 100) + 80;
	(void)pdf_text_put(pdf, arena_fmt(c->arena, "支援に必要な範囲で、関係する機関と情報を共有することに同意します。\n\n氏名　%s（署名の写し・架空）", name), &text, 250, y, 1600, 600);
	TRY(pdf_write(pdf, &bytes, &out->n));
	out->p = (const unsigned char *)bytes;
	return OK;
}

err demo_act_scan(struct demo *d, struct ctx *c, struct demo_event *e)
{
	struct demo_person *p = e->person;
	struct t_consent *v;
	struct attach_owner o;
	struct blob bytes = {PICTURE, sizeof PICTURE};
	size_t n;
	if (!*p->case_pid)
		return OK;
	demo_as(d, c, p->case_login);
	TRY(consent_list(c, p->id, GEN_ALL, &v, &n));
	if (n == 0)
		return OK;
	err found = attach_owner_find(c, "consent", v[0].pid, ACTION_WRITE, &o);
	if (found == ERR_NOTFOUND || found == ERR_DENIED)
		return OK;
	TRY(found);
	if (e->n)
		TRY(paper(c, p->name, &bytes));
	return attach_add(c, &o, &(struct attach_new){.kind = e->n ? "consent" : "photo", .title = e->n ? "" : "玄関の段差", .note = e->n ? "原本は支援ファイルに保管" : "",
		.name = e->n ? "同意書.pdf" : "玄関.png", .taken_on = c->today, .bytes = bytes}, NULL);
}

/* --- plans --- */

void demo_plan_renewals(struct demo *d)
{
	size_t n = d->n_events;
	int knots = 0, scans = 0;
	for (size_t i = 0; i < n; i++) {
		if (d->events[i].run != demo_act_plan)
			continue;
		struct demo_person *p = d->events[i].person;
		civil written = civil_of_instant(d->events[i].at_ms);
		int age = d->today - written;
		if (age > 160 && mix(p, 1, 3)) /* the others are overdue */
			demo_plan(d, demo_instant(d, written + 120 + mix(p, 2, 35)), 0, p, demo_act_evaluate);
		if (age > 60 && p->end_on == CIVIL_NONE && mix(p, 3, 7) == 0)
			demo_plan(d, demo_instant(d, d->today - 3 - mix(p, 4, 5)), 0, p, demo_act_knot)->n = knots++ % 3;
		if (age > 20 && mix(p, 5, 9) == 0)
			demo_plan(d, demo_instant(d, written + 9), 0, p, demo_act_scan)->n = scans++ % 2;
	}
}
