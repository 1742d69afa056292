#include "access/policy.h"
#include "base/str.h"
#include "care/consult.h"
#include "main/demo_acts.h"
#include "register/carer.h"
#include "register/certification.h"
#include "register/consent.h"
#include "register/disability.h"
#include "register/household.h"
#include "register/insurance.h"
#include "register/person.h"
#include "register/ranks.h"
#include "register/staff.h"
#include "register/task.h"

#include <stdio.h>
#include <string.h>

void demo_as(struct demo *d, struct ctx *c, int who)
{
	c->actor = d->login[who].actor;
	policy_load(c);
}

/* A digit of the person that does not change: the acts draw nothing themselves, so that a retried batch is the same. */
static int mix(const struct demo_person *p, int salt, int n)
{
	uint64_t z = (uint64_t)(uint32_t)p->birth_on * 0x9E3779B97F4A7C15u + (uint64_t)(p->block * 1009 + p->house * 31 + salt * 7919 + p->sex);
	z = (z ^ z >> 31) * 0xBF58476D1CE4E5B9u;
	return (int)((z ^ z >> 29) % (uint64_t)n);
}

/* --- the card --- */

static void input_of(struct demo *d, struct ctx *c, const struct demo_person *p, struct person_input *in)
{
	*in = (struct person_input){.name = p->name, .kana = p->kana, .sex = p->sex == 1 ? "1" : "2", .birth = demo_iso(c, p->birth_on),
		.home = {demo_postal(p), demo_address(c, p)}, .phone = p->phone, .lives_alone = p->alone ? "1" : p->spouse ? "2" : "3",
		.insurer_pid = d->place[PLACE_CITY].pid, .duplicate_reason = "住所と家族から、別の方と確かめました。"};
	if (mix(p, 1, 4) == 0)
		in->mobile = arena_fmt(c->arena, "090-0000-%04d", mix(p, 2, 10000));
	if (p->spouse)
		in->household_no = arena_fmt(c->arena, "%02d%03d%03d", p->town, p->block, p->house);
	if (mix(p, 3, 60) == 0)
		in->registered = (struct person_address){"", "つなぎ県隣町本町1番地1"};
}

err demo_act_register(struct demo *d, struct ctx *c, struct demo_event *e)
{
	struct demo_person *p = e->person;
	struct person_input in;
	struct duplicate_list dup;
	const char *pid;
	input_of(d, c, p, &in);
	TRY(person_create(c, &in, &dup, &pid));
	snprintf(p->pid, PID_TEXT, "%s", pid);
	return person_id(c, pid, &p->id);
}

/* With 65 a second insured becomes a first insured: another row, and a number of ten digits in place of one with H. */
static err end_second(struct ctx *c, const struct demo_person *p, civil last_day)
{
	struct t_person_insurance old;
	struct row_conflict *conflict = NULL;
	bool found;
	TRY(insurance_at(c, p->id, (struct gen_asof){last_day, CIVIL_NONE}, &old, &found));
	if (!found)
		return OK;
	old.to_on = last_day;
	return insurance_save(c, &old, &conflict);
}

err demo_act_insurance(struct demo *d, struct ctx *c, struct demo_event *e)
{
	(void)d;
	struct demo_person *p = e->person;
	struct t_person_insurance r;
	struct row_conflict *conflict = NULL;
	civil first = civil_attain_age(p->birth_on, 65), law = civil_from(2000, 4, 1);
	bool second = c->today < first;
	if (second && (p->n_certs == 0 || p->cert[0].applied_on > c->today))
		return OK; /* 第2号 get a number when they apply */
	if (e->n == 1 && !second)
		TRY(end_second(c, p, first - 1));
	insurance_init(&r);
	r.person_id = p->id;
	r.insurer_no = DEMO_INSURER_NO;
	r.insured_no = !second && p->insured_no[0] == 'H' ? arena_fmt(c->arena, "0%s", p->insured_no + 1) : p->insured_no;
	r.category = r.insured_no[0] == 'H' ? "h" : second ? "2" : "1";
	r.from_on = second ? p->cert[0].applied_on : first < law ? law : first;
	return insurance_save(c, &r, &conflict);
}

/* --- certification and what hangs on it --- */

static void cert_row(const struct demo_person *p, const struct demo_cert *k, struct t_certification *r)
{
	certification_init(r);
	r->person_id = p->id;
	r->apply_kind = k->kind;
	r->applied_on = k->applied_on;
	r->insurer_no = DEMO_INSURER_NO;
	r->disease_code = certification_insured_class(p->birth_on, k->applied_on)[0] == 's' ? (mix(p, 4, 2) ? "13" : "06") : "";
}

err demo_act_apply(struct demo *d, struct ctx *c, struct demo_event *e)
{
	(void)d;
	struct demo_person *p = e->person;
	struct demo_cert *k = &p->cert[e->n];
	struct t_certification r;
	struct row_conflict *conflict = NULL;
	cert_row(p, k, &r);
	r.status = arena_fmt(c->arena, "applying_%s", k->kind);
	TRY(certification_save(c, &r, &conflict));
	snprintf(k->pid, PID_TEXT, "%s", r.pid);
	return OK;
}

static err rank_add(struct ctx *c, const struct demo_person *p, const char *kind, const char *value, civil on)
{
	struct t_person_rank r;
	struct row_conflict *conflict = NULL;
	rank_init(&r);
	r.person_id = p->id;
	r.kind = kind;
	r.value = value;
	r.judged_on = on;
	r.source = "survey";
	r.judged_by = "認定調査員";
	return rank_save(c, &r, &conflict);
}

static err ranks_add(struct ctx *c, const struct demo_person *p, const struct demo_cert *k)
{
	static const char *const adl[] = {"J1", "J2", "A1", "A2", "B1", "B2", "C1", "C2"}, *const dementia[] = {"self", "1", "2a", "2b", "3a", "3b", "4"};
	int level = k->level[0] == 's' ? k->level[1] - '1' : k->level[1] - '1' + 2;
	int a = level + mix(p, 5, 2), m = mix(p, 6, 3) == 0 ? level : level / 2;
	TRY(rank_add(c, p, "adl", adl[a > 7 ? 7 : a], k->applied_on + 9 > c->today ? c->today : k->applied_on + 9));
	return rank_add(c, p, "dementia", dementia[m > 6 ? 6 : m], k->applied_on + 9 > c->today ? c->today : k->applied_on + 9);
}

err demo_centre_charge(struct demo *d, struct ctx *c, struct demo_person *p)
{
	const char *pid;
	if (p->has_charge || p->office >= 0)
		return OK;
	static const int roles[] = {ROLE_CENTRE_NURSE, ROLE_CENTRE_SOCIAL, ROLE_CENTRE_CHIEF_CM};
	int login = demo_who_zone(d, p->zone, roles[mix(p, 7, 3)]);
	TRY(charge_begin(c, p->id, d->place[PLACE_CENTRE1 + p->zone].id, d->login[login].actor.staff_id, "main", c->today, &pid));
	p->has_charge = true;
	return demo_case_begin(d, c, p, login, p->target ? "prev_a" : "prevention");
}

static err consent_add(struct ctx *c, const struct demo_person *p, int64_t org_id, int classes, const char *purpose)
{
	struct t_consent r;
	struct row_conflict *conflict = NULL;
	consent_init(&r);
	r.person_id = p->id;
	r.org_id = org_id;
	r.classes = classes;
	r.purpose = purpose;
	r.from_on = r.agreed_on = c->today;
	r.to_on = civil_add_months(c->today, 36);
	r.how = "paper";
	bool family = mix(p, 8, 5) == 0;
	r.agreed_by = family ? "family" : "self";
	r.agreed_relation = family ? "長女" : "";
	r.agreed_name = family ? arena_fmt(c->arena, "%s 明美", p->surname) : p->name;
	r.explained_by_staff_id = c->actor.staff_id;
	r.target = "個人情報の使用に係る同意書";
	return consent_save(c, &r, &conflict);
}

int demo_office_of(const struct demo_person *p) { return PLACE_OFFICE1 + mix(p, 9, 12); }

/* 居宅介護支援 begins: the head of the centre hands the person over with a consent; then the office asks for consents to
 * the services and the hospital. */
static err office_begins(struct demo *d, struct ctx *c, struct demo_person *p)
{
	const char *pid;
	p->office = demo_office_of(p);
	int manager = demo_who(d, arena_fmt(c->arena, "kanri%02d", p->office - PLACE_OFFICE1 + 1)), cm = manager;
	if (p->office <= PLACE_OFFICE2 && mix(p, 10, 3))
		cm = demo_who(d, p->office == PLACE_OFFICE1 ? "cm1" : "cm2");
	demo_as(d, c, demo_who_zone(d, p->zone, ROLE_CENTRE_HEAD));
	TRY(consent_add(c, p, d->place[p->office].id, CLASS_NAMECARD | CLASS_CARE, "handover"));
	TRY(charge_begin(c, p->id, d->place[p->office].id, d->login[cm].actor.staff_id, "main", c->today, &pid));
	TRY(demo_case_end(d, c, p, c->today, "level_change"));
	p->has_charge = false; /* the end of the centre's case ended its charge */
	TRY(demo_case_begin(d, c, p, cm, "home"));
	demo_as(d, c, manager);
	static const int services[] = {PLACE_HELP1, PLACE_HELP2, PLACE_DAY1, PLACE_DAY2, PLACE_DAY3, PLACE_NURSING, PLACE_HELP1};
	int classes = CLASS_NAMECARD | CLASS_CARE | CLASS_MEDICAL | CLASS_FAMILY;
	TRY(consent_add(c, p, d->place[services[mix(p, 11, 7)]].id, classes, "care_plan"));
	if (mix(p, 12, 3) == 0)
		TRY(consent_add(c, p, d->place[mix(p, 13, 3) ? PLACE_HOSPITAL1 : PLACE_HOSPITAL2].id, classes, "hospital"));
	if (mix(p, 14, 12) == 0)
		TRY(consent_add(c, p, d->place[PLACE_REHAB].id, CLASS_NAMECARD | CLASS_CARE | CLASS_MEDICAL, "dispatch"));
	return OK;
}

static err charges_end(struct demo *d, struct ctx *c, struct demo_person *p, bool all, civil last_day, const char *why)
{
	struct charge *v;
	size_t n;
	demo_as(d, c, demo_who_zone(d, p->zone, ROLE_CENTRE_HEAD));
	TRY(charge_list(c, p->id, last_day, &v, &n));
	for (size_t i = 0; i < n; i++)
		if (all || (p->office >= 0 && v[i].org_id == d->place[p->office].id))
			TRY(charge_end(c, v[i].pid, last_day, why));
	return OK;
}

static err hand_to_office(struct demo *d, struct ctx *c, struct demo_person *p, const struct demo_cert *k)
{
	if (k->to_on < c->today || str_eq(k->level, "none"))
		return OK;
	if (k->level[0] == 'c')
		return p->office < 0 ? office_begins(d, c, p) : OK;
	if (p->office >= 0) {
		TRY(demo_case_end(d, c, p, c->today - 1, "level_change"));
		TRY(charges_end(d, c, p, false, c->today - 1, "要支援になったため"));
		p->office = -1;
		p->has_charge = false;
	}
	demo_as(d, c, demo_who_zone(d, p->zone, ROLE_CENTRE_NURSE));
	return demo_centre_charge(d, c, p);
}

err demo_act_certify(struct demo *d, struct ctx *c, struct demo_event *e)
{
	struct demo_person *p = e->person;
	struct demo_cert *k = &p->cert[e->n];
	struct t_certification r;
	struct row_conflict *conflict = NULL;
	if (*k->pid)
		TRY(certification_find(c, k->pid, &r));
	else
		cert_row(p, k, &r);
	r.status = "certified";
	r.apply_kind = k->kind;
	r.level = k->level;
	r.decided_on = k->decided_on;
	r.survey_on = k->applied_on + 9;
	r.opinion_on = k->applied_on + 12;
	bool none = str_eq(k->level, "none");
	r.from_on = none ? CIVIL_NONE : k->from_on;
	r.to_on = none ? CIVIL_NONE : k->to_on;
	TRY(str_eq(k->kind, "change") ? certification_save_closing(c, &r, &conflict) : certification_save(c, &r, &conflict));
	snprintf(k->pid, PID_TEXT, "%s", r.pid);
	if (none)
		return OK;
	TRY(ranks_add(c, p, k));
	return hand_to_office(d, c, p, k);
}

err demo_act_burden(struct demo *d, struct ctx *c, struct demo_event *e)
{
	(void)d;
	struct demo_person *p = e->person;
	struct t_burden r;
	struct row_conflict *conflict = NULL;
	struct ymd t = civil_ymd(c->today);
	burden_init(&r);
	r.person_id = p->id;
	r.ratio = mix(p, 15, 20) == 0 ? 3 : mix(p, 15, 10) == 0 ? 2 : 1;
	/* The cards of the next year are sent out in July. */
	burden_year(t.m == 7 && t.d >= 15 ? civil_from(t.y, 8, 1) : c->today, &r.from_on, &r.to_on);
	r.reason = "yearly";
	bool found;
	struct t_burden old;
	TRY(burden_at(c, p->id, (struct gen_asof){r.from_on, CIVIL_NONE}, &old, &found));
	return found ? OK : burden_save(c, &r, &conflict);
}

/* --- family --- */

static err relative(struct ctx *c, const struct demo_person *p, int k, bool key, bool carer, int64_t *relation_id)
{
	static const struct {
		const char *kind, *label, *given, *kana;
		int age_less;
	} kin[] = {{"child", "長女", "裕子", "ユウコ", 27}, {"child", "長男", "健太", "ケンタ", 29}, {"child", "次女", "香織", "カオリ", 30},
		{"child", "次男", "直樹", "ナオキ", 31}, {"child_in_law", "長男の妻", "真理子", "マリコ", 30}, {"nephew_niece", "甥", "達也", "タツヤ", 30},
		{"sibling", "妹", "幸子", "サチコ", 4}};
	struct t_relation r;
	struct t_contact t;
	struct row_conflict *conflict = NULL;
	relation_init(&r);
	contact_init(&t);
	t.name = arena_fmt(c->arena, "%s %s", p->surname, kin[k].given);
	t.kana = arena_fmt(c->arena, "%s %s", p->surname_kana, kin[k].kana);
	t.phone = arena_fmt(c->arena, "090-0000-%04d", mix(p, 20 + k, 10000));
	t.birth_year = civil_ymd(p->birth_on).y + kin[k].age_less;
	bool together = !p->alone && carer && mix(p, 30, 2);
	t.address = together ? demo_address(c, p) : mix(p, 31 + k, 2) ? "つなぎ県隣町" : "となり県遠見市";
	r.person_id = p->id;
	r.kind = kin[k].kind;
	r.label = kin[k].label;
	r.living = together ? "together" : "apart";
	r.is_key_person = key;
	r.is_main_carer = carer;
	r.emergency_order = key ? 1 : INT_NULL;
	TRY(relation_save_contact(c, &r, &t, &conflict));
	*relation_id = r.id;
	return OK;
}

static err carer_add(struct ctx *c, const struct demo_person *p, int64_t relation_id)
{
	static const char *const jobs[] = {"事務職", "販売", "看護助手", "製造業", "自営業"};
	struct t_carer r;
	struct row_conflict *conflict = NULL;
	carer_init(&r);
	r.person_id = p->id;
	r.relation_id = relation_id;
	r.from_on = c->today;
	int w = mix(p, 40, 10);
	r.works = w < 6 ? "yes" : w < 8 ? "no" : w == 8 ? "on_leave" : "left";
	if (w < 6 || w == 8) {
		r.employment = w < 3 ? "full" : w < 5 ? "part" : "self";
		r.occupation = jobs[mix(p, 41, 5)];
		r.work_days = "月〜金";
		r.work_hours = w < 3 ? "8:30〜17:15" : "9:00〜14:00";
	}
	if (w == 8) {
		r.leave_kind = "介護休業";
		r.leave_from_on = c->today;
		r.leave_to_on = c->today + 30;
		r.leave_days_used = 31;
	}
	r.care_hours_week = 5 + mix(p, 42, 25);
	r.strain = mix(p, 43, 3) == 0 ? "夜間の見守りで眠れない日がある。" : "";
	return carer_save(c, &r, &conflict);
}

static err household_add(struct ctx *c, const struct demo_person *p)
{
	struct t_household r;
	struct row_conflict *conflict = NULL;
	household_init(&r);
	r.person_id = p->id;
	r.from_on = c->today;
	r.kind = p->alone ? "alone" : p->spouse ? "couple_old" : "with_child";
	r.size = p->alone ? 1 : p->spouse ? 2 : 2 + mix(p, 44, 3);
	return household_save(c, &r, &conflict);
}

err demo_act_family(struct demo *d, struct ctx *c, struct demo_event *e)
{
	(void)d;
	struct demo_person *p = e->person;
	int64_t id;
	int n = 1 + mix(p, 45, 3), first = mix(p, 46, 7);
	bool cared = p->n_certs > 0 && p->frailty > 30;
	TRY(household_add(c, p));
	if (p->spouse && *p->spouse->pid && p < p->spouse) {
		struct t_relation r;
		struct row_conflict *conflict = NULL;
		relation_init(&r);
		r.person_id = p->id;
		r.other_person_id = p->spouse->id;
		r.kind = "spouse";
		r.label = p->sex == 1 ? "妻" : "夫";
		r.living = "together";
		TRY(relation_save(c, &r, &conflict));
	}
	for (int i = 0; i < n; i++) {
		TRY(relative(c, p, (first + i) % 7, i == 0, i == 0 && cared, &id));
		if (i == 0 && cared)
			TRY(carer_add(c, p, id));
	}
	return OK;
}

/* --- disability --- */

static err plan_of_service(struct demo *d, struct ctx *c, struct demo_person *p)
{
	struct t_disability_benefit b;
	struct t_disability_decision s;
	struct t_disability_level l;
	struct row_conflict *conflict = NULL;
	const char *pid;
	disability_benefit_init(&b);
	b.person_id = p->id;
	b.kind = "service";
	b.number = arena_fmt(c->arena, "%010d", 200000 + mix(p, 50, 90000));
	b.city_no = "992016";
	b.from_on = c->today - 30;
	b.to_on = civil_add_months(b.from_on, 12) - 1;
	b.limit_yen = mix(p, 51, 3) ? 0 : 9300;
	b.provider_org_id = d->place[PLACE_SOUDAN].id;
	TRY(disability_benefit_save(c, &b, &conflict));
	disability_decision_init(&s);
	s.person_id = p->id;
	s.benefit_id = b.id;
	s.service = "居宅介護（身体介護）";
	s.amount = "20時間/月";
	s.from_on = b.from_on;
	s.to_on = b.to_on;
	TRY(disability_decision_save(c, &s, &conflict));
	disability_level_init(&l);
	l.person_id = p->id;
	l.level = 2 + mix(p, 52, 4);
	l.decided_on = l.from_on = c->today - 40;
	l.to_on = civil_add_months(l.from_on, 36) - 1;
	TRY(disability_level_save(c, &l, &conflict));
	demo_as(d, c, demo_who_zone(d, p->zone, ROLE_CENTRE_HEAD));
	return charge_begin(c, p->id, d->place[PLACE_SOUDAN].id, d->login[demo_who(d, "soudan")].actor.staff_id, "main", c->today, &pid);
}

err demo_act_disability(struct demo *d, struct ctx *c, struct demo_event *e)
{
	struct demo_person *p = e->person;
	struct t_disability_cert r;
	struct row_conflict *conflict = NULL;
	static const struct {
		const char *kind, *grade, *part;
	} kinds[] = {{"physical", "2", "上肢・下肢の障害"}, {"physical", "4", "心臓機能障害"}, {"mental", "2", "統合失調症"},
		{"intellectual", "B", "知的障害"}, {"intractable", "", "パーキンソン病"}, {"physical", "3", "聴覚障害"}};
	int k = mix(p, 53, 6);
	disability_cert_init(&r);
	r.person_id = p->id;
	r.kind = kinds[k].kind;
	r.grade = kinds[k].grade;
	r.part = kinds[k].part;
	r.issuer = "つなぎ県";
	r.number = arena_fmt(c->arena, "デモ%06d", mix(p, 54, 1000000));
	r.from_on = c->today - 400 - mix(p, 55, 3000);
	if (r.from_on < p->birth_on)
		r.from_on = p->birth_on;
	TRY(disability_cert_save(c, &r, &conflict));
	return mix(p, 56, 3) == 0 ? plan_of_service(d, c, p) : OK;
}

/* --- the end --- */

static err close_consults(struct demo *d, struct ctx *c, const struct demo_person *p, const char *why)
{
	(void)d;
	struct consult_row *rows;
	size_t n;
	int64_t total;
	TRY(consult_list(c, &(struct consult_filter){.person_pid = p->pid, .only = "open", .from_on = CIVIL_NONE, .to_on = CIVIL_NONE,
		.limit = 100}, &rows, &n, &total));
	for (size_t i = 0; i < n; i++) {
		struct consult_view v;
		TRY(consult_get(c, rows[i].pid, &v));
		TRY(consult_entry_add(c, &(struct consult_entry_input){.consult_pid = rows[i].pid, .channel = "phone", .counterpart = "家族",
			.content = why, .reached = true, .status = "closed", .close_reason = why, .consult_version = v.version}));
	}
	return OK;
}

err demo_act_end(struct demo *d, struct ctx *c, struct demo_event *e)
{
	struct demo_person *p = e->person;
	struct person now;
	struct person_input in;
	struct task_row *tasks;
	size_t n;
	int64_t version;
	const char *why = p->dies ? "亡くなったため" : "転出したため";
	TRY(close_consults(d, c, p, why));
	struct task_filter f = TASK_OPEN();
	f.person_id = p->id;
	f.limit = 200;
	TRY(task_list(c, &f, &tasks, &n));
	for (size_t i = 0; i < n; i++)
		TRY(task_waive(c, tasks[i].pid, why));
	TRY(demo_case_end(d, c, p, p->end_on, p->dies ? "death" : "moved"));
	TRY(charges_end(d, c, p, true, p->end_on, why));
	TRY(person_get(c, p->pid, &now));
	person_input_of(c, &now, &in);
	in.insurer_pid = d->place[PLACE_CITY].pid;
	if (p->dies)
		in.death = demo_iso(c, p->end_on);
	else
		in.moved_out = demo_iso(c, p->end_on);
	return person_save(c, p->pid, now.version, &in, NULL, &version);
}
