/* Every record writes its evidence: the new codes by their records (written, changed, withdrawn, restored), and the recomputation that proves
 * the table: nothing to mend after ordinary work, a row taken away, changed or left over is found and mended, a check writes nothing. */
#include "plan_world.h"

#include "access/audit.h"
#include "base/str.h"
#include "care/care_log.h"
#include "care/case.h"
#include "care/evidence_rebuild.h"
#include "care/evidence_writers.h"
#include "register/consent.h"
#include "sql/q_house_record.h"

#include <string.h>

static struct evidence_count rebuilt(struct world *w, bool check)
{
	struct evidence_count n;
	struct actor was = w->c.actor;
	w->c.actor.system = true;
	ok(evidence_rebuild(&w->c, check, NULL, NULL, &n));
	w->c.actor = was;
	return n;
}

static int diffs(const struct evidence_count *n) { return (int)(n->missing + n->extra + n->different + n->broken); }

static int64_t shown(struct world *w, const char *code, const char *like)
{
	return count_of(w, "evidence", arena_fmt(w->arena, "code = '%s' AND is_hidden = 0 AND body LIKE '%%%s%%'", code, like));
}

static void an_entry_of_the_log(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_care_log r, with;
	care_log_init(c, &r);
	r.item = "phone";
	r.content = "通所での様子を聞いた";
	r.about = "hearing";
	is_err(care_log_add(c, prs(w, 1), &r), ERR_INPUT); /* which provider? */
	assert_non_null(fault_of(c, "office"));
	fault_clear(c);
	r.office = "見本通所介護";
	r.info_kind = "medication";
	r.is_monitoring = true;
	ok(care_log_add(c, prs(w, 1), &r));
	assert_int_equal(shown(w, "HOUSE-CONTACT", "\"how\":\"phone\""), 1);
	assert_int_equal(shown(w, "HOUSE-CONTACT", "\"content\":true"), 1);
	assert_int_equal(shown(w, "HOUSE-HEARING", "見本通所介護"), 1);
	assert_int_equal(shown(w, "HOUSE-INFO-IN", "medication"), 1);
	care_log_init(c, &with);
	with.item = "visit";
	with.about = "facility|disability";
	with.content = "施設を紹介した";
	ok(care_log_correct(c, r.pid, r.version, &with, "書き間違い", NULL));
	assert_int_equal(shown(w, "HOUSE-CONTACT", ""), 1);
	assert_int_equal(shown(w, "HOUSE-CONTACT", "facility|disability"), 1);
	assert_int_equal(shown(w, "HOUSE-HEARING", ""), 0);
	assert_int_equal(shown(w, "HOUSE-INFO-IN", ""), 0);
	assert_int_equal(diffs(&(struct evidence_count){0}), 0);
	struct evidence_count n = rebuilt(w, true);
	assert_int_equal(diffs(&n), 0);
}

static void a_case_tells_three_things(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_care_case k;
	struct case_view v;
	const char *bin;
	case_init(c, &k);
	k.expl_on = k.contract_on = c->today;
	k.expl_to = "本人";
	k.expl_items = "important|choice|council|privacy_self|privacy_family";
	ok(case_save(c, prs(w, 1), &k, "", "", NULL));
	assert_int_equal(shown(w, "REC-EXPL", "council"), 1);
	assert_int_equal(shown(w, "REC-CONSENT", "\"privacy\":\"self|family\""), 1);
	assert_int_equal(shown(w, "REC-NOTIFY", ""), 0);
	ok(case_get(c, k.pid, &v));
	v.row.expl_items = "important";
	v.row.notice_on = c->today;
	ok(case_save(c, prs(w, 1), &v.row, "", "", NULL));
	assert_int_equal(shown(w, "REC-CONSENT", ""), 0);
	assert_int_equal(shown(w, "REC-NOTIFY", "kyotaku_request"), 1);
	ok(case_retire(c, k.pid, "まちがい", &bin));
	assert_int_equal(shown(w, "REC-EXPL", "") + shown(w, "REC-NOTIFY", ""), 0);
	ok(bin_restore(c, bin));
	assert_int_equal(shown(w, "REC-EXPL", ""), 1);
	assert_int_equal(shown(w, "REC-NOTIFY", ""), 1);
}

static void consults_and_what_followed(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct consult_input in = call("");
	const char *pid = saved(w, &in);
	assert_int_equal(count_of(w, "evidence", "code = 'HOUSE-CONSULT' AND person_id IS NULL AND org_id = 1"), 1);
	in = edit_of(w, pid);
	in.person_pid = prs(w, 1);
	in.received_on = "";
	ok(consult_save(c, &in, &pid, NULL));
	assert_int_equal(count_of(w, "evidence", "code = 'HOUSE-CONSULT' AND person_id = 1 AND record_class = 8"), 1);
	struct evidence_count n = rebuilt(w, true);
	assert_int_equal(diffs(&n), 0);
}

static void a_consent_for_meetings(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_consent r;
	consent_init(&r);
	r.person_id = 1;
	r.org_id = 2;
	r.classes = CLASS_NAMECARD | CLASS_CARE;
	r.purpose = "meeting";
	r.from_on = r.agreed_on = c->today;
	r.how = "paper";
	r.agreed_by = "self";
	r.agreed_name = "見本 花子";
	err e = consent_save(c, &r, NULL);
	for (size_t i = 0; e != OK && i < c->n_faults; i++)
		print_error("%s: %s\n", c->faults[i].field, c->faults[i].message);
	ok(e);
	assert_int_equal(shown(w, "REC-CONSENT", "\"privacy\":\"self\""), 1);
	assert_int_equal(count_of(w, "evidence", "code = 'REC-CONSENT' AND org_id = 0"), 1); /* of no organisation: it stands with the person */
}

/* The recomputation sees what somebody did to the table, tells it, and mends it as of the record. */
static void the_recomputation(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct evidence_count n;
	struct t_care_log r;
	is_err(evidence_rebuild(c, true, NULL, NULL, &n), ERR_DENIED); /* the house alone */
	for (int i = 0; i < 3; i++) {
		care_log_init(c, &r);
		r.item = "visit";
		r.content = arena_fmt(w->arena, "訪問 %d", i);
		ok(care_log_add(c, prs(w, 1), &r));
	}
	n = rebuilt(w, true);
	assert_int_equal(diffs(&n), 0);
	assert_int_equal(n.records >= 3, 1);
	int64_t written = r.updated_ms;
	world_sql(w, "DELETE FROM evidence WHERE table_name = 'care_log' AND row_id = %lld", (long long)r.id);
	world_sql(w, "UPDATE evidence SET on_day = '2020-01-01' WHERE table_name = 'care_log' AND row_id = %lld", (long long)r.id - 1);
	world_sql(w, "INSERT INTO evidence (code, person_id, org_id, record_class, on_day, recorded_ms, table_name, row_id, body, is_hidden)"
		" VALUES ('HOUSE-CONTACT', 1, 1, 2, '2026-01-01', 1, 'care_log', 9999, '{}', 0)");
	world_sql(w, "UPDATE evidence SET row_id = %lld WHERE row_id = 9999", (long long)r.id + 5);
	n = rebuilt(w, true);
	assert_int_equal(n.missing, 1);
	assert_int_equal(n.different, 1);
	assert_int_equal(n.extra, 1);
	n = rebuilt(w, true); /* a check leaves everything as it was */
	assert_int_equal(diffs(&n), 3);
	int64_t audits = count_of(w, "audit_entry", "action = 'evidence.rebuild'");
	c->now_ms += 86400000;
	n = rebuilt(w, false);
	assert_int_equal(diffs(&n), 3);
	n = rebuilt(w, true);
	assert_int_equal(diffs(&n), 0);
	assert_int_equal(count_of(w, "evidence", arena_fmt(w->arena, "table_name = 'care_log' AND row_id = %lld AND recorded_ms = %lld", (long long)r.id, (long long)written)), 1);
	assert_true(count_of(w, "audit_entry", "action = 'evidence.rebuild'") > audits);
	/* a record in the bin says nothing; its hidden rows are no difference */
	world_sql(w, "UPDATE care_log SET struck_ms = 1 WHERE id = %lld", (long long)r.id);
	n = rebuilt(w, true);
	assert_int_equal(n.extra, 1);
	world_sql(w, "UPDATE evidence SET is_hidden = 1 WHERE table_name = 'care_log' AND row_id = %lld", (long long)r.id);
	n = rebuilt(w, true);
	assert_int_equal(diffs(&n), 0);
}

/* Every table with a writer is among those that the recomputation walks. */
static void every_table_is_walked(void **state)
{
	struct world *w = *state;
	struct q_evidence_ends_row *v;
	size_t n;
	ok(q_evidence_ends(&w->c, &v, &n));
	for (size_t i = 0; i < evidence_writer_count(); i++) {
		evidence_writer *fn;
		bool walked = false;
		for (size_t j = 0; j < n; j++)
			walked = walked || str_eq(v[j].table_name, evidence_writer_at(i, &fn)->name);
		assert_true(walked);
	}
	assert_true(evidence_writer_count() >= 26);
}

int main(void)
{
	const struct CMUnitTest tests[] = {CARE(an_entry_of_the_log), CARE(a_case_tells_three_things), CARE(consults_and_what_followed), CARE(a_consent_for_meetings),
		CARE(the_recomputation), CARE(every_table_is_walked)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
