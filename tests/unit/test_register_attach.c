/* Scans of a record: the gate is that of the record, place data goes, what cannot be kept leaves nothing, bin and back, limits. */
#include "record_world.h"

#include "access/audit.h"
#include "register/attach.h"
#include "register/bin.h"
#include "register/consent.h"
#include "store/file.h"

static const char PDF[] = "%PDF-1.7\n1 0 obj\n<< >>\nendobj\nstartxref\n9\n%%EOF\n";

static struct attach_new scan(const char *kind)
{
	return (struct attach_new){.kind = kind, .title = "", .note = "", .name = "scan.pdf", .taken_on = CIVIL_NONE, .bytes = {PDF, sizeof PDF - 1}};
}

static void consent_of(struct world *w, int64_t org, struct t_consent *r, struct attach_owner *o)
{
	ok(file_store_open(w->arena, w->dir, &w->house.files));
	consent_init(r);
	r->person_id = 1;
	r->org_id = org;
	r->classes = CLASS_CARE;
	r->purpose = "care_plan";
	r->from_on = r->agreed_on = D(2026, 11, 1);
	r->how = "paper";
	r->agreed_by = "self";
	r->agreed_name = "見本 花子";
	ok(consent_save(&w->c, r, NULL));
	ok(attach_owner_find(&w->c, "consent", r->pid, ACTION_WRITE, o));
}

static void added_read_removed(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_consent r;
	struct attach_owner o;
	struct attach_row a, *v;
	struct blob b;
	const char *pid, *bin, *gone;
	size_t n;
	consent_of(w, 3, &r, &o);
	struct attach_new in = scan("consent");
	ok(attach_add(c, &o, &in, &pid));
	in.title = "写し";
	in.taken_on = c->today;
	ok(attach_add(c, &o, &in, NULL));
	ok(attach_list(c, &o, &v, &n));
	assert_int_equal(n, 2);
	assert_string_equal(v[0].row.title, "同意書"); /* without a title: the kind */
	assert_string_equal(v[1].row.title, "写し");
	assert_true(v[1].row.taken_on == c->today && v[0].size == sizeof PDF - 1);
	ok(attach_read(c, pid, ACTION_PRINT, &a, &b));
	assert_memory_equal(b.p, PDF, b.n);
	assert_int_equal(count_of(w, "stored_file", "owner_table='attachment' AND owner_id IN (SELECT id FROM attachment) AND person_id=1 AND record_class=2"), 2);
	ok(attach_retire(c, pid, "ちがう書類", &bin));
	is_err(attach_read(c, pid, ACTION_SEE, &a, &b), ERR_NOTFOUND);
	ok(attach_list(c, &o, &v, &n));
	assert_int_equal(n, 1);
	ok(bin_restore(c, bin));
	ok(attach_read(c, pid, ACTION_SEE, &a, &b));
	/* the record goes to the bin: its files are not to be had, and come back with it */
	ok(consent_retire(c, r.pid, "まちがい", &gone));
	is_err(attach_read(c, pid, ACTION_SEE, &a, &b), ERR_NOTFOUND);
	is_err(attach_owner_find(c, "consent", r.pid, ACTION_SEE, &o), ERR_NOTFOUND);
	ok(bin_restore(c, gone));
	ok(attach_read(c, pid, ACTION_SEE, &a, &b));
	struct audit_report report;
	world_console(w);
	ok(audit_verify(c, NULL, &report));
	assert_int_equal(report.n_faults, 0);
}

static void refused(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_consent r;
	struct attach_owner o;
	consent_of(w, 3, &r, &o);
	char *big = arena_alloc(w->arena, ATTACH_MAX_BYTES + 1);
	memset(big, ' ', ATTACH_MAX_BYTES + 1);
	memcpy(big, "%PDF-", 5);
	const struct {
		struct blob b;
		err e;
	} cases[] = {{{NULL, 0}, ERR_REQUIRED}, {{big, ATTACH_MAX_BYTES + 1}, ERR_FILE_BIG}, {{"ただの文", 12}, ERR_FILE_KIND}, {{"GIF89a......", 12}, ERR_FILE_KIND},
		{{PDF, 20}, ERR_FILE_BROKEN}, {{"\xFF\xD8\xFF\xE0", 4}, ERR_FILE_BROKEN}, {{"\x89PNG\r\n\x1a\n", 8}, ERR_FILE_BROKEN}};
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct attach_new in = scan("other");
		in.bytes = cases[i].b;
		is_err(attach_add(c, &o, &in, NULL), cases[i].e);
		assert_non_null(fault_of(c, "file"));
		fault_clear(c);
	}
	struct attach_new in = scan("nothing");
	in.taken_on = c->today + 1;
	is_err(attach_add(c, &o, &in, NULL), ERR_NOT_CHOICE);
	assert_non_null(fault_of(c, "taken_on"));
	fault_clear(c);
	assert_int_equal(count_of(w, "attachment", "1=1") + count_of(w, "stored_file", "1=1"), 0);
	in = scan("photo");
	for (int i = 0; i < ATTACH_MAX_FILES; i++)
		ok(attach_add(c, &o, &in, NULL));
	is_err(attach_add(c, &o, &in, NULL), ERR_FILE_MANY);
	assert_int_equal(count_of(w, "attachment", "1=1"), ATTACH_MAX_FILES);
	is_err(attach_owner_find(c, "person", r.pid, ACTION_SEE, &o), ERR_NOTFOUND);
}

static void as_the_record(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	struct t_consent r;
	struct attach_owner o;
	struct attach_row a;
	struct blob b;
	const char *pid;
	consent_of(w, 3, &r, &o);
	struct attach_new in = scan("consent");
	ok(attach_add(c, &o, &in, &pid));
	manager3(w); /* by the consent: sees, takes no copy, adds and removes nothing */
	ok(attach_read(c, pid, ACTION_SEE, &a, &b));
	is_err(attach_read(c, pid, ACTION_PRINT, &a, &b), ERR_DENIED);
	is_err(attach_add(c, &o, &in, NULL), ERR_DENIED);
	is_err(attach_retire(c, pid, "x", NULL), ERR_DENIED);
	stranger(w);
	is_err(attach_read(c, pid, ACTION_SEE, &a, &b), ERR_NOTFOUND);
	is_err(attach_read(c, "0", ACTION_SEE, &a, &b), ERR_NOTFOUND);
	is_err(attach_add(c, &o, &in, NULL), ERR_NOTFOUND);
	is_err(attach_retire(c, pid, "x", NULL), ERR_NOTFOUND);
	assert_int_equal(count_of(w, "attachment", "retired_ms IS NULL"), 1);
	nurse(w);
	ok(consent_withdraw(c, r.pid, c->today, "oral", "本人の希望"));
	manager3(w);
	is_err(attach_read(c, pid, ACTION_SEE, &a, &b), ERR_NOTFOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {RECORD(added_read_removed), RECORD(refused), RECORD(as_the_record)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
