/* 主治医などへの情報提供: refused without consent for what is told, copy and evidence when sent, what waits is a task, rights. */
#include "care_world.h"

#include "care/doctor_info.h"
#include "register/consent.h"
#include "sql/tables.h"

static struct doctor_info_input typed(struct world *w, const struct doctor_info *d)
{
	return (struct doctor_info_input){.typed = d->fill.as, .to_kind = "doctor", .to_org_pid = "", .from_office = "訪問看護 見本", .consent_how = d->row.consent_how,
	                                  .consent_topic = d->row.consent_topic, .received_on = w->c.today - 1, .version = d->row.version};
}

static const char *received(struct world *w, struct doctor_info *d)
{
	ok(doctor_info_new(&w->c, prs(w, 1), d));
	ok(answers_set(d->fill.as, "to_office", "見本内科"));
	ok(answers_set(d->fill.as, "topic", "medication,oral"));
	ok(answers_set(d->fill.as, "medication", "飲み忘れが週に2回ある"));
	struct doctor_info_input in = typed(w, d);
	ok(doctor_info_save(&w->c, d, &in, NULL));
	return d->row.pid;
}

static void consent_comes_first(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct doctor_info d;
	const char *issued = NULL, *bin;
	int64_t before = open_tasks(w);
	const char *pid = received(w, &d);
	assert_int_equal(open_tasks(w), before + 1);
	is_err(doctor_info_send(c, pid, c->today, "fax", &issued), ERR_INPUT);
	assert_non_null(strstr(fault_text(c, "sent_on"), "服薬・口腔"));
	fault_clear(c);
	/* a consent that covers only one of the two topics, then one given after the day of sending */
	ok(doctor_info_get(c, pid, &d));
	ok(answers_set(d.fill.as, "consent_date", "2026-11-18"));
	ok(answers_set(d.fill.as, "consent_by", "本人"));
	struct doctor_info_input in = typed(w, &d);
	in.consent_how = "oral";
	in.consent_topic = "medication";
	ok(doctor_info_save(c, &d, &in, NULL));
	is_err(doctor_info_send(c, pid, c->today, "fax", &issued), ERR_INPUT);
	fault_clear(c);
	ok(doctor_info_get(c, pid, &d));
	in = typed(w, &d);
	in.consent_topic = "medication|oral";
	ok(doctor_info_save(c, &d, &in, NULL));
	is_err(doctor_info_send(c, pid, c->today + 1, "fax", &issued), ERR_INPUT);
	fault_clear(c);
	assert_int_equal(count_of(w, "issued_doc", "1 = 1") + count_of(w, "evidence", "code = 'REC-MEDINFO'"), 0);
	ok(doctor_info_send(c, pid, c->today, "fax", &issued));
	assert_int_equal(count_of(w, "issued_doc", "table_name = 'doctor_info' AND record_class = 4"), 1);
	assert_int_equal(count_of(w, "evidence", "code = 'REC-MEDINFO' AND record_class = 4"), 1);
	assert_int_equal(open_tasks(w), before);
	/* what was sent stands; the answer is still written down */
	ok(doctor_info_get(c, pid, &d));
	ok(answers_set(d.fill.as, "medication", "書きかえ"));
	ok(answers_set(d.fill.as, "reply", "一包化しました"));
	in = typed(w, &d);
	in.from_office = "別の事業所";
	ok(doctor_info_save(c, &d, &in, NULL));
	ok(doctor_info_get(c, pid, &d));
	assert_string_equal(d.row.medication, "飲み忘れが週に2回ある");
	assert_string_equal(d.row.reply, "一包化しました");
	assert_string_equal(d.row.from_office, "訪問看護 見本");
	is_err(doctor_info_send(c, pid, c->today, "fax", &issued), ERR_INPUT);
	fault_clear(c);
	ok(doctor_info_retire(c, pid, "まちがい", &bin));
	is_err(doctor_info_get(c, pid, &d), ERR_NOTFOUND);
	ok(bin_restore(c, bin));
	ok(doctor_info_get(c, pid, &d));
}

static void consent_of_the_register(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct doctor_info d;
	const char *issued;
	struct t_consent k;
	world_sql(w, "INSERT INTO org (id, pid, version, kind, name, valid_from, created_ms, created_by, updated_ms, updated_by)"
		" VALUES (77, 'org00000000000000000000077', 1, 'clinic', '見本診療所', '2000-01-01', 0, 0, 0, 0)");
	const char *pid = received(w, &d);
	struct doctor_info_input in = typed(w, &d);
	in.to_org_pid = "org00000000000000000000077";
	ok(doctor_info_save(c, &d, &in, NULL));
	is_err(doctor_info_send(c, pid, c->today, "visit", &issued), ERR_INPUT);
	fault_clear(c);
	consent_init(&k);
	k.agreed_name = "見本 花子";
	k.target = "個人情報使用同意書";
	k.person_id = 1;
	k.org_id = 77;
	k.classes = CLASS_NAMECARD | CLASS_MEDICAL;
	k.purpose = "care_plan";
	k.from_on = k.agreed_on = c->today - 5;
	k.how = "paper";
	k.agreed_by = "self";
	ok(consent_save(c, &k, NULL));
	ok(doctor_info_send(c, pid, c->today, "visit", &issued));
	assert_int_equal(count_of(w, "issued_recipient", "org_id = 77"), 1);
}

static void not_needed_and_rights(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct doctor_info d, *v;
	size_t n;
	int64_t before = open_tasks(w);
	const char *pid = received(w, &d), *issued;
	is_err(doctor_info_not_needed(c, pid, ""), ERR_INPUT);
	fault_clear(c);
	stranger(w);
	is_err(doctor_info_get(c, pid, &d), ERR_NOTFOUND);
	is_err(doctor_info_list(c, prs(w, 1), &v, &n), ERR_NOTFOUND);
	is_err(doctor_info_send(c, pid, c->today, "fax", &issued), ERR_NOTFOUND);
	nurse(w);
	ok(doctor_info_list(c, prs(w, 1), &v, &n));
	assert_int_equal(n, 1);
	ok(doctor_info_not_needed(c, pid, "主治医がすでに知っている"));
	assert_int_equal(open_tasks(w), before);
	ok(doctor_info_new(c, prs(w, 1), &d));
	struct doctor_info_input in = typed(w, &d);
	in.from_office = "";
	is_err(doctor_info_save(c, &d, &in, NULL), ERR_INPUT);
	assert_true(*fault_text(c, "from_office") && *fault_text(c, "topic"));
}

#define FONTS(f) CARE_PRINT(f)

int main(void)
{
	const struct CMUnitTest tests[] = {FONTS(consent_comes_first), FONTS(consent_of_the_register), FONTS(not_needed_and_rights)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
