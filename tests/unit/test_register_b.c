/* The record of a person: numbers, generations, disability, consents, bin, undo, merge and conflict by field, three levels
 * of visibility, two times. */
#include "record_world.h"

#include "access/audit.h"
#include "register/bin.h"
#include "register/certification.h"
#include "register/conflict.h"
#include "register/consent.h"
#include "register/disability.h"
#include "register/insurance.h"
#include "register/ranks.h"
#include "register/timeline.h"

static void numbers(void **state)
{
	struct ctx c;
	ctx_init(&c, *state, NOW);
	static const struct {
		const char *typed, *says, *offer;
	} insured[] = {
		{"1234567890", NULL, NULL}, {"H123456789", NULL, NULL}, {"ｈ１２３４５６７８９", NULL, NULL}, {"0000-123 456", NULL, NULL},
		{"123456789", "あと1けた足りません", "0123456789"}, {"12345", "あと5けた足りません", NULL}, {"12345678901", "1けた多く", NULL},
		{"H12345678", "H と数字8けた", NULL}, {"12345A7890", "数字のほかの文字", NULL}, {"", "入力してください", NULL},
	};
	for (size_t i = 0; i < sizeof insured / sizeof insured[0]; i++) {
		fault_clear(&c);
		err e = insurance_check_insured_no(&c, "insured_no", insurance_fold_number(&c, insured[i].typed));
		if (!insured[i].says) {
			ok(e);
			continue;
		}
		assert_int_equal(err_class_of(e), ERR_CLASS_INPUT);
		assert_non_null(strstr(fault_of(&c, "insured_no")->message, insured[i].says));
		if (insured[i].offer)
			assert_string_equal(fault_of(&c, "insured_no")->offer, insured[i].offer);
		else
			assert_null(fault_of(&c, "insured_no")->offer);
	}
	fault_clear(&c);
	is_err(insurance_check_insurer_no(&c, "insurer_no", "11007"), ERR_INSURER_NO);
	assert_string_equal(fault_of(&c, "insurer_no")->offer, "011007");
	ok(insurance_check_insurer_no(&c, "insurer_no", "123456")); /* the official sample fails its check digit: never refused */
	civil from, to;
	burden_year(D(2026, 7, 31), &from, &to);
	assert_true(from == D(2025, 8, 1) && to == D(2026, 7, 31));
	burden_year(D(2026, 8, 1), &from, &to);
	assert_true(from == D(2026, 8, 1) && to == D(2027, 7, 31));
}

static struct t_person_insurance insured(int64_t person, civil from, civil to)
{
	struct t_person_insurance r;
	insurance_init(&r);
	assert_int_equal(r.to_on, CIVIL_OPEN);
	r.person_id = person;
	r.insurer_no = "131011";
	r.insured_no = "0000012345";
	r.category = "1";
	r.from_on = from;
	r.to_on = to;
	return r;
}

static void insurance_generations(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_person_insurance a = insured(1, D(2015, 4, 1), D(2024, 3, 31)), b = insured(1, D(2024, 3, 31), CIVIL_OPEN), found;
	ok(insurance_save(c, &a, NULL));
	is_err(insurance_save(c, &b, NULL), ERR_PERIOD_OVERLAP);
	assert_non_null(strstr(c->faults[0].message, "平成27年4月1日〜令和6年3月31日"));
	assert_non_null(strstr(c->faults[0].message, "令和6年3月31日〜）」"));
	fault_clear(c);
	b.from_on = D(2024, 4, 1);
	b.insurer_no = "２７１００７";
	ok(insurance_save(c, &b, NULL));
	assert_string_equal(b.insurer_no, "271007");
	bool there;
	ok(insurance_at(c, 1, (struct gen_asof){D(2024, 3, 31), CIVIL_NONE}, &found, &there));
	assert_true(there && found.id == a.id);
	ok(insurance_at(c, 1, (struct gen_asof){D(2024, 4, 1), CIVIL_NONE}, &found, &there));
	assert_true(there && found.id == b.id);
	ok(insurance_at(c, 1, (struct gen_asof){D(2015, 3, 31), CIVIL_NONE}, &found, &there));
	assert_false(there);
	struct advice *v;
	size_t n;
	ok(insurance_advice(c, &b, &v, &n));
	assert_int_equal(n, 0);
	b.insurer_no = "271008";
	ok(insurance_advice(c, &b, &v, &n));
	assert_int_equal(n, 1);
	assert_string_equal(v[0].field, "insurer_no");
	ok(insurance_save(c, &b, NULL)); /* advice never stops */
	/* the same number with a person we see, and with one we do not */
	struct t_person_insurance d = insured(2, D(2015, 4, 1), CIVIL_OPEN);
	ok(insurance_advice(c, &d, &v, &n));
	assert_int_equal(n, 1);
	assert_non_null(strstr(v[0].message, "ほかにも登録"));
	stranger(w);
	give(w, 2, 3, 0, RELATION_CASE);
	struct t_person_insurance e = insured(3, D(2015, 4, 1), CIVIL_OPEN);
	ok(insurance_advice(c, &e, &v, &n));
	assert_int_equal(n, 1);
	assert_null(strstr(v[0].message, "登録"));
	assert_non_null(strstr(v[0].message, "確認が必要です"));
}

static void burden_and_rank(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_burden r;
	burden_init(&r);
	r.person_id = 1;
	r.ratio = 2;
	r.from_on = D(2025, 8, 1);
	r.to_on = D(2026, 8, 31);
	is_err(burden_save(c, &r, NULL), ERR_RANGE);
	assert_string_equal(fault_of(c, "to_on")->offer, "2026-07-31");
	fault_clear(c);
	r.to_on = D(2026, 7, 31);
	ok(burden_save(c, &r, NULL));
	assert_int_equal(burden_benefit_percent(&r), 80);
	int ratio;
	ok(burden_ratio(c, 1, D(2026, 7, 31), &ratio));
	assert_int_equal(ratio, 2);
	ok(burden_ratio(c, 1, D(2025, 8, 20), &ratio)); /* the first day of the month counts */
	assert_int_equal(ratio, 2);
	ok(burden_ratio(c, 1, D(2026, 8, 1), &ratio));
	assert_int_equal(ratio, 0);
	struct t_person_rank k, got;
	rank_init(&k);
	k.person_id = 1;
	k.kind = "dementia";
	k.value = "Ⅱａ";
	k.judged_on = D(2026, 5, 1);
	k.source = "opinion";
	ok(rank_save(c, &k, NULL));
	assert_string_equal(k.value, "2a");
	struct t_person_rank newer = k;
	newer.id = 0;
	newer.pid = "";
	newer.value = "3a";
	newer.judged_on = D(2026, 9, 1);
	ok(rank_save(c, &newer, NULL));
	bool found;
	ok(rank_newest(c, 1, "dementia", (struct gen_asof){D(2026, 8, 31), CIVIL_NONE}, &got, &found));
	assert_true(found && got.id == k.id);
	ok(rank_newest(c, 1, "dementia", GEN_ALL, &got, &found));
	assert_true(found && got.id == newer.id);
	ok(rank_newest(c, 1, "adl", GEN_ALL, &got, &found));
	assert_false(found);
	k.value = "J1";
	is_err(rank_save(c, &k, NULL), ERR_NOT_CHOICE);
}

static void disability_beside_care(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_disability_cert h;
	disability_cert_init(&h);
	h.person_id = 1;
	h.kind = "physical";
	h.grade = "2級";
	h.part = "左上下肢";
	h.from_on = D(2010, 6, 1);
	ok(disability_cert_save(c, &h, NULL));
	struct disability_boxes boxes;
	ok(disability_boxes(c, 1, GEN_ALL, &boxes));
	assert_true(boxes.physical && !boxes.intellectual && !boxes.mental && !boxes.intractable);
	assert_string_equal(boxes.note, "身体障害者手帳 2級 左上下肢");
	struct t_disability_benefit b;
	disability_benefit_init(&b);
	b.person_id = 1;
	b.kind = "service";
	b.number = "0123456789";
	b.from_on = D(2026, 4, 1);
	b.to_on = D(2027, 3, 31);
	ok(disability_benefit_save(c, &b, NULL));
	struct t_disability_decision d;
	disability_decision_init(&d);
	d.person_id = 1;
	d.benefit_id = b.id;
	d.service = "居宅介護（身体介護）";
	d.amount = "20時間/月";
	d.from_on = D(2026, 4, 1);
	d.to_on = D(2027, 4, 30);
	is_err(disability_decision_save(c, &d, NULL), ERR_RANGE);
	fault_clear(c);
	d.to_on = D(2027, 3, 31);
	ok(disability_decision_save(c, &d, NULL));
	struct t_disability_level l;
	disability_level_init(&l);
	l.person_id = 1;
	l.level = 4;
	l.from_on = D(2024, 4, 1);
	l.to_on = D(2027, 3, 31);
	ok(disability_level_save(c, &l, NULL));
	struct t_disability_level l2 = l;
	l2.id = 0;
	l2.pid = "";
	is_err(disability_level_save(c, &l2, NULL), ERR_PERIOD_OVERLAP);
	/* one time line, disability and care together */
	struct t_person_insurance i = insured(1, D(2025, 4, 1), CIVIL_OPEN);
	fault_clear(c);
	ok(insurance_save(c, &i, NULL));
	struct timeline_entry *v;
	size_t n;
	bool more;
	ok(timeline_list(c, &(struct timeline_filter)TIMELINE_ALL(1), &v, &n, &more));
	assert_int_equal(n, 5);
	assert_string_equal(v[n - 1].kind, "disability");
	/* the care office with a consent for care alone sees one of the five */
	give(w, 3, 1, CLASS_NAMECARD | CLASS_CARE, RELATION_CONSENT);
	manager3(w);
	ok(timeline_list(c, &(struct timeline_filter)TIMELINE_ALL(1), &v, &n, &more));
	assert_int_equal(n, 1);
	assert_string_equal(v[0].kind, "insurance");
	is_err(disability_boxes(c, 1, GEN_ALL, &boxes), ERR_DENIED);
}

/* Invisible, known, open: the same calls by three actors. */
static void three_levels(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_person_insurance i = insured(1, D(2015, 4, 1), CIVIL_OPEN), got, *rows;
	ok(insurance_save(c, &i, NULL));
	size_t n;
	ok(insurance_list(c, 1, GEN_ALL, &rows, &n));
	assert_int_equal(n, 1);
	stranger(w); /* invisible: as if the person and the record did not exist */
	is_err(insurance_list(c, 1, GEN_ALL, &rows, &n), ERR_NOTFOUND);
	is_err(insurance_list(c, 999, GEN_ALL, &rows, &n), ERR_NOTFOUND);
	is_err(insurance_find(c, i.pid, &got), ERR_NOTFOUND);
	is_err(insurance_find(c, "00000000000000000000000000", &got), ERR_NOTFOUND);
	is_err(insurance_retire(c, i.pid, "x", NULL), ERR_NOTFOUND);
	is_err(insurance_undo(c, i.pid), ERR_NOTFOUND);
	struct t_person_insurance mine = i;
	is_err(insurance_save(c, &mine, NULL), ERR_NOTFOUND);
	struct timeline_entry *v;
	bool more;
	is_err(timeline_list(c, &(struct timeline_filter)TIMELINE_ALL(1), &v, &n, &more), ERR_NOTFOUND);
	/* known to exist: the name card by consent */
	give(w, 2, 1, CLASS_NAMECARD, RELATION_CONSENT);
	is_err(insurance_list(c, 1, GEN_ALL, &rows, &n), ERR_DENIED);
	is_err(insurance_find(c, i.pid, &got), ERR_NOTFOUND);
	ok(timeline_list(c, &(struct timeline_filter)TIMELINE_ALL(1), &v, &n, &more));
	assert_int_equal(n, 0);
	/* open to see, not to write */
	give(w, 2, 1, CLASS_NAMECARD | CLASS_CARE, RELATION_CONSENT);
	ok(insurance_find(c, i.pid, &got));
	got.note = "書けない";
	is_err(insurance_save(c, &got, NULL), ERR_DENIED);
	is_err(insurance_retire(c, i.pid, "x", NULL), ERR_DENIED);
	/* a row cannot be pulled over to a person one may write */
	give(w, 2, 3, 0, RELATION_CASE);
	got.person_id = 3;
	is_err(insurance_save(c, &got, NULL), ERR_NOTFOUND);
	assert_int_equal(count_of(w, "person_insurance", "person_id <> 1 OR note <> ''"), 0);
}

static struct t_consent agreed(int64_t person, int64_t org, int classes)
{
	struct t_consent r;
	consent_init(&r);
	r.person_id = person;
	r.org_id = org;
	r.classes = classes;
	r.purpose = "care_plan";
	r.from_on = D(2026, 11, 1);
	r.how = "paper";
	r.agreed_on = D(2026, 11, 1);
	r.agreed_by = "self";
	r.agreed_name = "見本 花子";
	r.target = "個人情報使用同意書 第2版";
	return r;
}

static void consent_opens_and_closes(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_certification cert;
	certification_init(&cert);
	cert.person_id = 1;
	cert.status = "certified";
	cert.apply_kind = "new";
	cert.level = "s1";
	cert.applied_on = cert.from_on = D(2026, 6, 1);
	cert.to_on = D(2026, 11, 30);
	ok(certification_save(c, &cert, NULL));
	struct certification_state s;
	manager3(w);
	is_err(certification_state(c, 1, GEN_ALL, &s), ERR_NOTFOUND);
	nurse(w);
	struct t_consent r = agreed(1, 3, CLASS_CARE);
	ok(consent_save(c, &r, NULL));
	assert_true(r.classes & CLASS_NAMECARD);
	bool holds;
	ok(consent_holds(c, 1, 3, CLASS_CARE, CIVIL_NONE, &holds));
	assert_true(holds);
	manager3(w);
	ok(certification_state(c, 1, GEN_ALL, &s));
	assert_string_equal(s.level, "s1");
	be(w, 32, 3, ROLE_PROVIDER); /* the whole organisation, unless role classes are named */
	ok(certification_state(c, 1, GEN_ALL, &s));
	nurse(w);
	r.role_classes = ROLE_CLASS_CM;
	ok(consent_save(c, &r, NULL));
	assert_int_equal(count_of(w, "access_grant", "via_table='consent'"), 1);
	be(w, 32, 3, ROLE_PROVIDER);
	is_err(certification_state(c, 1, GEN_ALL, &s), ERR_NOTFOUND);
	/* withdrawn: closed from that day, the record and its evidence stay */
	nurse(w);
	ok(consent_withdraw(c, r.pid, c->today, "電話", "事業所を変えるため"));
	manager3(w);
	is_err(certification_state(c, 1, GEN_ALL, &s), ERR_NOTFOUND);
	nurse(w);
	ok(consent_holds(c, 1, 3, CLASS_CARE, CIVIL_NONE, &holds));
	assert_false(holds);
	ok(consent_holds(c, 1, 3, CLASS_CARE, c->today - 1, &holds));
	assert_true(holds);
	assert_int_equal(count_of(w, "evidence", "code='REC-CONSENT' AND body LIKE '%\"withdrawn_on\":\"2026%'"), 1);
	assert_int_equal(count_of(w, "timeline", "kind IN ('consent','consent_end')"), 2);
	is_err(consent_withdraw(c, r.pid, c->today, "", ""), ERR_INPUT);
}

/* One word per day and class: what an office sees of person 1. */
static bool office_sees(struct world *w, int64_t org, int class_bit)
{
	struct actor was = w->c.actor;
	be(w, org * 10 + 1, org, ROLE_CM);
	bool sees = policy_check(&w->c, 1, class_bit, ACTION_SEE) == OK;
	w->c.actor = was;
	policy_load(&w->c);
	return sees;
}

static const char *iso(struct world *w, civil day)
{
	char *out = arena_alloc(w->arena, CIVIL_TEXT);
	civil_text(day, out);
	return out;
}

static int64_t in_force(struct world *w)
{
	return count_of(w, "access_grant", arena_fmt(w->arena, "via_table='consent' AND from_on <= '%s' AND to_on >= '%s'",
		iso(w, w->c.today), iso(w, w->c.today)));
}

static void consent_edited(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_consent r = agreed(1, 3, CLASS_CARE | CLASS_MEDICAL), a, b;
	struct row_conflict *conflict = NULL;
	ok(consent_save(c, &r, NULL));
	assert_true(office_sees(w, 3, CLASS_CARE) && office_sees(w, 3, CLASS_MEDICAL));
	/* a class taken away is closed at once */
	r.classes = CLASS_CARE;
	ok(consent_save(c, &r, NULL));
	assert_true(office_sees(w, 3, CLASS_CARE));
	assert_false(office_sees(w, 3, CLASS_MEDICAL));
	/* another organisation: the old one keeps nothing */
	r.org_id = 2;
	ok(consent_save(c, &r, NULL));
	assert_false(office_sees(w, 3, CLASS_NAMECARD) || office_sees(w, 3, CLASS_CARE));
	assert_true(office_sees(w, 2, CLASS_CARE));
	assert_int_equal(in_force(w), 1);
	/* undo: the other way round */
	ok(consent_undo(c, r.pid));
	assert_true(office_sees(w, 3, CLASS_CARE));
	assert_false(office_sees(w, 2, CLASS_NAMECARD));
	assert_int_equal(in_force(w), 1);
	/* ended in the past, then extended */
	ok(consent_find(c, r.pid, &r));
	r.to_on = c->today - 1;
	ok(consent_save(c, &r, NULL));
	assert_false(office_sees(w, 3, CLASS_CARE));
	r.to_on = c->today + 30;
	ok(consent_save(c, &r, NULL));
	assert_true(office_sees(w, 3, CLASS_CARE));
	r.from_on = c->today + 1;
	ok(consent_save(c, &r, NULL));
	assert_false(office_sees(w, 3, CLASS_NAMECARD));
	r.from_on = r.agreed_on;
	ok(consent_save(c, &r, NULL));
	/* two editors: different fields merge, the grant is that of the merged record; the same field is a conflict */
	a = b = r;
	a.classes |= CLASS_MEDICAL;
	ok(consent_save(c, &a, NULL));
	b.org_id = 2;
	ok(consent_save(c, &b, NULL));
	assert_true(office_sees(w, 2, CLASS_MEDICAL));
	assert_false(office_sees(w, 3, CLASS_NAMECARD));
	a = b;
	a.to_on = c->today + 60;
	ok(consent_save(c, &a, NULL));
	b.to_on = c->today + 90;
	is_err(consent_save(c, &b, &conflict), ERR_CONFLICT);
	assert_non_null(conflict);
	assert_int_equal(count_of(w, "access_grant", arena_fmt(w->arena, "via_table='consent' AND to_on='%s'", iso(w, c->today + 60))), 1);
	/* withdrawn, and the withdrawal taken back: the line of it goes too */
	ok(consent_find(c, r.pid, &r));
	is_err(consent_withdraw(c, r.pid, c->today, "oral", " "), ERR_REQUIRED);
	fault_clear(c);
	ok(consent_withdraw(c, r.pid, c->today - 3, "oral", "本人の希望"));
	assert_int_equal(in_force(w), 0);
	assert_false(office_sees(w, 2, CLASS_NAMECARD));
	assert_int_equal(count_of(w, "timeline", "kind='consent_end' AND is_hidden=0"), 1);
	ok(consent_undo(c, r.pid));
	assert_true(office_sees(w, 2, CLASS_CARE));
	assert_int_equal(count_of(w, "timeline", "kind='consent_end' AND is_hidden=0"), 0);
	struct audit_report report;
	world_console(w);
	ok(audit_verify(c, NULL, &report));
	assert_int_equal(report.n_faults, 0);
}

/* Who may write the record but not pass it on may narrow it, never open more: not by a save, not by an undo. */
static void consent_gives(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_consent r = agreed(1, 3, CLASS_CARE | CLASS_FAMILY);
	ok(consent_save(c, &r, NULL));
	give(w, 2, 1, 0, RELATION_AREA);
	stranger(w); /* org 2: the resident of the area, without the case */
	is_err(policy_check(c, 1, CLASS_CARE, ACTION_GIVE), ERR_DENIED);
	ok(consent_find(c, r.pid, &r));
	struct t_consent more = r;
	more.classes |= CLASS_MEDICAL;
	is_err(consent_save(c, &more, NULL), ERR_DENIED);
	assert_non_null(fault_of(c, "classes"));
	fault_clear(c);
	more = r;
	more.org_id = 2;
	is_err(consent_save(c, &more, NULL), ERR_DENIED);
	fault_clear(c);
	more = r;
	more.from_on = more.agreed_on = D(2026, 10, 1);
	is_err(consent_save(c, &more, NULL), ERR_DENIED);
	fault_clear(c);
	assert_int_equal(count_of(w, "access_grant", "via_table='consent' AND org_id=3 AND from_on='2026-11-01' AND to_on='9999-12-31'"), 1);
	r.note = "控えあり";
	ok(consent_save(c, &r, NULL)); /* nothing opens: writing is enough */
	r.classes = CLASS_CARE;
	ok(consent_save(c, &r, NULL));
	assert_false(office_sees(w, 3, CLASS_FAMILY));
	is_err(consent_undo(c, r.pid), ERR_DENIED);
	fault_clear(c);
	assert_false(office_sees(w, 3, CLASS_FAMILY));
	ok(consent_withdraw(c, r.pid, c->today, "oral", "本人の希望"));
	is_err(consent_undo(c, r.pid), ERR_DENIED);
	fault_clear(c);
	assert_int_equal(in_force(w), 0);
	nurse(w);
	ok(consent_undo(c, r.pid));
	assert_int_equal(in_force(w), 1);
}

static void consent_limits(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_consent r = agreed(1, 3, CLASS_RIGHTS | CLASS_CARE);
	is_err(consent_save(c, &r, NULL), ERR_NOT_CHOICE);
	assert_non_null(strstr(fault_of(c, "classes")->message, "権利擁護"));
	fault_clear(c);
	/* nobody gives what they may not give: the same nurse without a case */
	world_person(w, 9, 9);
	give(w, 1, 9, 0, RELATION_AREA);
	struct t_consent far = agreed(9, 3, CLASS_CARE);
	is_err(consent_save(c, &far, NULL), ERR_DENIED);
	assert_int_equal(count_of(w, "access_grant", "via_table='consent'"), 0);
	assert_int_equal(count_of(w, "consent", "1=1"), 0);
	fault_clear(c);
	struct t_consent e = agreed(1, 3, CLASS_CARE);
	e.how = "electronic";
	e.agreed_by = "family";
	e.agreed_on = D(2026, 11, 5);
	is_err(consent_save(c, &e, NULL), ERR_REQUIRED);
	assert_true(fault_of(c, "electronic_ok_on") && fault_of(c, "agreed_relation") && fault_of(c, "from_on"));
	/* bin and back: the grant goes and comes */
	fault_clear(c);
	struct t_consent k = agreed(1, 3, CLASS_CARE);
	ok(consent_save(c, &k, NULL));
	const char *bin;
	ok(consent_retire(c, k.pid, "まちがい", &bin));
	assert_int_equal(count_of(w, "access_grant", "via_table='consent' AND to_on >= '2026-11-18'"), 0);
	ok(bin_restore(c, bin));
	assert_int_equal(count_of(w, "access_grant", "via_table='consent' AND to_on = '9999-12-31'"), 1);
}

/* Every choice a page offers has a label and passes the check of its field. */
static void choices(void **state)
{
	(void)state;
	static const struct gen_code *(*const lists[])(size_t *) = {
		insurance_category_choices, burden_reason_choices, certification_status_choices, certification_apply_choices,
		certification_disease_choices, rank_source_choices, disability_cert_kind_choices, disability_benefit_kind_choices,
		consent_how_choices, consent_purpose_choices, consent_agreed_by_choices,
	};
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
		size_t n;
		const struct gen_code *v = lists[i](&n);
		assert_true(n >= 3);
		for (size_t k = 0; k < n; k++) {
			assert_true(*v[k].code && *v[k].label);
			for (size_t j = 0; j < k; j++)
				assert_string_not_equal(v[k].code, v[j].code);
		}
	}
	assert_string_equal(certification_status_label_ja("expired"), "期限切れ");
	assert_string_equal(certification_status_label_ja("applying_change"), "区分変更申請中");
	assert_string_equal(certification_status_label_ja("x"), "");
}

static void merge_and_conflict_by_field(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_certification r, a, b;
	certification_init(&r);
	r.person_id = 1;
	r.status = "applying_new";
	r.applied_on = D(2026, 11, 2);
	ok(certification_save(c, &r, NULL));
	ok(certification_find(c, r.pid, &a));
	ok(certification_find(c, r.pid, &b));
	/* different fields merge */
	a.note = "調査は自宅で";
	ok(certification_save(c, &a, NULL));
	nurse2(w);
	b.council_opinion = "入浴の見守り";
	struct row_conflict *conflict = NULL;
	ok(certification_save(c, &b, &conflict));
	assert_null(conflict);
	assert_string_equal(b.note, "調査は自宅で");
	/* the same field: refused, both texts told, nothing lost */
	nurse(w);
	a = b;
	struct t_certification mine = b;
	a.note = "調査は病院で";
	ok(certification_save(c, &a, NULL));
	nurse2(w);
	mine.note = "調査は娘の家で";
	is_err(certification_save(c, &mine, &conflict), ERR_CONFLICT);
	assert_non_null(conflict);
	assert_int_equal(conflict->n, 1);
	assert_string_equal(conflict->fields[0].theirs, "調査は病院で");
	assert_string_equal(conflict->fields[0].mine, "調査は娘の家で");
	assert_string_equal(conflict->fields[0].base, "調査は自宅で");
	struct conflict_row *rows;
	size_t n;
	ok(conflict_list(c, &T_certification, r.id, 1, CLASS_CARE, &rows, &n));
	assert_int_equal(n, 1);
	assert_true(rows[0].is_own);
	struct conflict_field *f;
	ok(conflict_text_mine(c, &T_certification, rows[0].pid, &f, &n));
	assert_int_equal(n, 1);
	assert_string_equal(f[0].text, "調査は娘の家で");
	nurse(w);
	is_err(conflict_text_mine(c, &T_certification, rows[0].pid, &f, &n), ERR_NOTFOUND);
	is_err(conflict_take_mine(c, &T_certification, r.id, 1, CLASS_CARE, rows[0].pid), ERR_NOTFOUND);
	nurse2(w);
	ok(conflict_take_mine(c, &T_certification, r.id, 1, CLASS_CARE, rows[0].pid));
	ok(certification_find(c, r.pid, &a));
	assert_string_equal(a.note, "調査は娘の家で");
	assert_string_equal(a.council_opinion, "入浴の見守り");
	/* undo brings the other text back */
	ok(certification_undo(c, r.pid));
	ok(certification_find(c, r.pid, &a));
	assert_string_equal(a.note, "調査は病院で");
	struct row_version *h;
	ok(gen_history(c, &GEN_CERTIFICATION, r.pid, &h, &n));
	assert_true(n >= 5 && h[0].version == a.version);
	/* naming a person one sees does not open another's row */
	is_err(conflict_list(c, &T_certification, r.id, 2, CLASS_CARE, &rows, &n), ERR_NOTFOUND);
	is_err(bin_undo(c, &T_certification, r.id, 2, CLASS_CARE), ERR_NOTFOUND);
	is_err(bin_put(c, &(struct bin_put){.table = &T_certification, .row_id = r.id, .person_id = 2, .record_class = CLASS_CARE, .title = "x"},
		NULL), ERR_NOTFOUND);
	stranger(w);
	is_err(conflict_list(c, &T_certification, r.id, 1, CLASS_CARE, &rows, &n), ERR_NOTFOUND);
	is_err(gen_history(c, &GEN_CERTIFICATION, r.pid, &h, &n), ERR_NOTFOUND);
}

/* Two saves, each without an overlap, that overlap together after the merge. */
static void merged_rows_are_checked_again(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_person_insurance a = insured(1, D(2015, 4, 1), D(2020, 3, 31)), b = insured(1, D(2021, 4, 1), CIVIL_OPEN), c1, c2;
	ok(insurance_save(c, &a, NULL));
	ok(insurance_save(c, &b, NULL));
	ok(insurance_find(c, b.pid, &c1));
	ok(insurance_find(c, a.pid, &c2));
	c1.from_on = D(2020, 6, 1);
	ok(insurance_save(c, &c1, NULL));
	c2.to_on = D(2020, 12, 31);
	is_err(insurance_save(c, &c2, NULL), ERR_PERIOD_OVERLAP);
	ok(insurance_find(c, a.pid, &c2));
	assert_int_equal(c2.to_on, D(2020, 3, 31));
}

static void bin_and_back(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_certification r, was, now;
	certification_init(&r);
	r.person_id = 1;
	r.status = "applying_new";
	r.applied_on = D(2026, 11, 2);
	r.note = "消してみる";
	ok(certification_save(c, &r, NULL));
	ok(certification_find(c, r.pid, &was));
	const char *bin;
	ok(certification_retire(c, r.pid, "入力まちがい", &bin));
	is_err(certification_find(c, r.pid, &now), ERR_NOTFOUND);
	is_err(certification_save(c, &was, NULL), ERR_NOTFOUND);
	assert_int_equal(count_of(w, "timeline", "is_hidden=0"), 0);
	assert_int_equal(count_of(w, "evidence", "is_hidden=0"), 0);
	assert_int_equal(count_of(w, "task", "retired_ms IS NULL"), 0);
	struct bin_row *v;
	size_t n;
	ok(bin_list(c, 0, 0, 0, &v, &n));
	assert_int_equal(n, 1);
	assert_int_equal(v[0].days_left, 30);
	assert_string_equal(v[0].reason, "入力まちがい");
	stranger(w);
	ok(bin_list(c, 0, 0, 0, &v, &n));
	assert_int_equal(n, 0);
	is_err(bin_restore(c, bin), ERR_NOTFOUND);
	nurse(w);
	world_clock(w, NOW + 30LL * 86400000);
	ok(bin_restore(c, bin));
	ok(certification_find(c, r.pid, &now));
	was.version = now.version;
	was.updated_ms = now.updated_ms;
	was.updated_by = now.updated_by;
	for (size_t i = 0; i < T_certification.n_cols; i++) {
		const struct col_desc *col = &T_certification.cols[i];
		const char *p = (const char *)&was + col->offset, *q = (const char *)&now + col->offset;
		if (col->kind == COL_TEXT || col->kind == COL_PID)
			assert_string_equal(str_or(*(const char *const *)(const void *)p, "-"), str_or(*(const char *const *)(const void *)q, "-"));
		else
			assert_memory_equal(p, q, col->kind == COL_DAY ? 4 : col->kind == COL_BOOL ? 1 : 8);
	}
	assert_int_equal(count_of(w, "timeline", "is_hidden=0"), 1);
	assert_int_equal(count_of(w, "evidence", "is_hidden=0"), 1);
	assert_int_equal(count_of(w, "task", "retired_ms IS NULL AND state='open'"), 1);
	is_err(bin_restore(c, bin), ERR_NOTFOUND);
	/* 31 days: for good, but the row stays */
	ok(certification_retire(c, r.pid, "", &bin));
	world_clock(w, c->now_ms + 31LL * 86400000);
	is_err(bin_restore(c, bin), ERR_BIN_FINAL);
	int64_t swept;
	is_err(bin_sweep(c, &swept), ERR_DENIED);
	world_console(w);
	ok(bin_sweep(c, &swept));
	assert_int_equal(swept, 1);
	nurse(w);
	is_err(bin_restore(c, bin), ERR_BIN_FINAL);
	ok(bin_list(c, 0, 0, 0, &v, &n));
	assert_int_equal(n, 0);
	assert_int_equal(count_of(w, "certification", "1=1"), 1);
}

static void merged_persons_are_one(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_person_insurance a = insured(1, D(2015, 4, 1), D(2020, 3, 31)), b = insured(2, D(2019, 4, 1), CIVIL_OPEN), *rows;
	ok(insurance_save(c, &a, NULL));
	ok(insurance_save(c, &b, NULL));
	size_t n;
	ok(insurance_list(c, 1, GEN_ALL, &rows, &n));
	assert_int_equal(n, 1);
	world_sql(w, "UPDATE person SET cluster_id = 1 WHERE id = 2");
	ok(insurance_list(c, 1, GEN_ALL, &rows, &n));
	assert_int_equal(n, 2);
	ok(insurance_list(c, 2, GEN_ALL, &rows, &n));
	assert_int_equal(n, 2);
	struct timeline_entry *v;
	bool more;
	ok(timeline_list(c, &(struct timeline_filter)TIMELINE_ALL(2), &v, &n, &more));
	assert_int_equal(n, 2);
}

static void retired_then_known(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_person_insurance a = insured(1, D(2015, 4, 1), CIVIL_OPEN), *rows;
	ok(insurance_save(c, &a, NULL));
	world_clock(w, NOW + 5 * 86400000LL);
	a.insured_no = "0000099999";
	ok(insurance_save(c, &a, NULL));
	world_clock(w, NOW + 10 * 86400000LL);
	ok(insurance_retire(c, a.pid, "二重", NULL));
	size_t n;
	ok(insurance_list(c, 1, GEN_ALL, &rows, &n));
	assert_int_equal(n, 0);
	civil day = civil_of_instant(NOW);
	static const struct {
		int after;
		const char *no;
	} known[] = {{-1, NULL}, {0, "0000012345"}, {4, "0000012345"}, {5, "0000099999"}, {9, "0000099999"}, {10, NULL}};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
		ok(insurance_list(c, 1, (struct gen_asof){D(2020, 1, 1), day + known[i].after}, &rows, &n));
		assert_int_equal(n, known[i].no ? 1 : 0);
		if (n)
			assert_string_equal(rows[0].insured_no, known[i].no);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		UNIT(numbers), cmocka_unit_test(choices), RECORD(insurance_generations), RECORD(burden_and_rank),
		RECORD(disability_beside_care), RECORD(three_levels), RECORD(consent_opens_and_closes), RECORD(consent_edited), RECORD(consent_gives), RECORD(consent_limits),
		RECORD(merge_and_conflict_by_field), RECORD(merged_rows_are_checked_again), RECORD(bin_and_back),
		RECORD(merged_persons_are_one), RECORD(retired_then_known),
	};
	return cmocka_run_group_tests_name("register_b", tests, NULL, NULL);
}
