/* Issued documents: byte-equal reprint, damage found, recipients with evidence, withdrawal, three levels. */
#include "record_world.h"

#include "register/issued.h"
#include "register/timeline.h"
#include "store/file.h"

static const char PDF[] = "%PDF-1.7\n1 0 obj\n<< >>\nendobj\n\x80\xff\n%%EOF\n";

static void files(struct world *w) { ok(file_store_open(w->arena, w->dir, &w->house.files)); }

static struct issued_new document(const struct issued_recipient *to, size_t n)
{
	return (struct issued_new){.person_id = 1, .record_class = CLASS_CARE, .form_id = "riyosha-kihon", .form_version = "2022-04-01",
		.form_sha = "ab12", .title = "利用者基本情報", .pdf = PDF, .n_pdf = sizeof PDF - 1, .answers = "{\"name\":\"見本 花子\"}",
		.purpose = "delivered", .table_name = "basic_info", .row_id = 5, .row_version = 2, .recipients = to, .n_recipients = n};
}

static void reprint_is_byte_equal(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	files(w);
	struct issued_recipient to[] = {{"self", "見本 花子", 0, "hand", CIVIL_NONE}, {"office", "東ケアプラン", 3, "fax", D(2026, 11, 17)}};
	struct issued_new in = document(to, 2);
	const char *pid;
	ok(issued_add(c, &in, &pid));
	const void *pdf;
	size_t n;
	struct t_issued_doc row;
	nurse2(w);
	ok(issued_read(c, pid, &pdf, &n, &row));
	assert_int_equal(n, sizeof PDF - 1);
	assert_memory_equal(pdf, PDF, n);
	assert_string_equal(row.answers, "{\"name\":\"見本 花子\"}");
	assert_true(row.issued_by == 11 && row.org_id == 1 && row.issued_ms == NOW && row.row_version == 2);
	struct issued_view *v;
	ok(issued_list(c, 1, NULL, 0, &v, &n));
	assert_int_equal(n, 1);
	assert_int_equal(v[0].n_recipients, 2);
	assert_string_equal(v[0].recipients[0].name, "東ケアプラン");
	assert_int_equal(v[0].recipients[1].on_day, c->today);
	ok(issued_list(c, 1, "basic_info", 6, &v, &n));
	assert_int_equal(n, 0);
	ok(issued_list(c, 1, "basic_info", 5, &v, &n));
	assert_int_equal(n, 1);
	assert_int_equal(count_of(w, "evidence", "code='REC-DELIV' AND on_day='2026-11-17' AND body LIKE '%riyosha-kihon 2022-04-01%'"), 1);
	assert_int_equal(count_of(w, "evidence", "code='REC-DELIV'"), 2);
	assert_int_equal(count_of(w, "timeline", "kind='document' AND record_class=2"), 1);
	/* one changed byte is found */
	world_sql(w, "UPDATE issued_doc SET file_bytes = file_bytes + 1");
	is_err(issued_read(c, pid, &pdf, &n, NULL), ERR_FILE_DAMAGED);
	world_sql(w, "UPDATE issued_doc SET file_bytes = file_bytes - 1");
	char command[200];
	snprintf(command, sizeof command, "f=$(find '%s/files' -type f) && chmod 600 $f && printf X | dd of=$f bs=1 seek=20 conv=notrunc 2>/dev/null",
		w->dir);
	assert_int_equal(system(command), 0);
	is_err(issued_read(c, pid, &pdf, &n, NULL), ERR_FILE_DAMAGED);
}

static void withdrawal_marks(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	files(w);
	struct issued_recipient to = {"self", "見本 花子", 0, "hand", CIVIL_NONE};
	struct issued_new in = document(&to, 1);
	const char *pid;
	ok(issued_add(c, &in, &pid));
	is_err(issued_withdraw(c, pid, " "), ERR_REQUIRED);
	ok(issued_withdraw(c, pid, "氏名の漢字のまちがい"));
	is_err(issued_withdraw(c, pid, "もう一度"), ERR_INPUT);
	struct issued_view v;
	ok(issued_find(c, pid, &v));
	assert_int_equal(v.row.withdrawn_on, c->today);
	const void *pdf;
	size_t n;
	ok(issued_read(c, pid, &pdf, &n, NULL)); /* marked, never gone */
	assert_memory_equal(pdf, PDF, sizeof PDF - 1);
	fault_clear(c);
	is_err(issued_add_recipient(c, pid, &to), ERR_INPUT);
	assert_int_equal(count_of(w, "timeline", "kind='document_end'"), 1);
}

static void gates_and_faults(void **state)
{
	struct world *w = *state;
	struct ctx *c = &w->c;
	files(w);
	struct issued_new in = document(NULL, 0);
	const char *pid;
	is_err(issued_add(c, &in, &pid), ERR_REQUIRED); /* delivered to nobody */
	fault_clear(c);
	struct issued_recipient bad = {"friend", "", 0, "pigeon", c->today + 1};
	in = document(&bad, 1);
	assert_int_not_equal(issued_add(c, &in, &pid), OK);
	assert_true(fault_of(c, "recipient_kind") && fault_of(c, "recipient_name") && fault_of(c, "how") && fault_of(c, "on_day"));
	fault_clear(c);
	in.purpose = "kept";
	in.n_recipients = 0;
	in.pdf = "no pdf";
	in.n_pdf = 6;
	is_err(issued_add(c, &in, &pid), ERR_BUG);
	assert_int_equal(count_of(w, "issued_doc", "1=1"), 0);
	assert_int_equal(count_of(w, "stored_file", "1=1"), 0);
	in.pdf = PDF;
	in.n_pdf = sizeof PDF - 1;
	ok(issued_add(c, &in, &pid));
	const void *pdf;
	size_t n;
	struct issued_view *v, one;
	stranger(w);
	is_err(issued_read(c, pid, &pdf, &n, NULL), ERR_NOTFOUND);
	is_err(issued_find(c, pid, &one), ERR_NOTFOUND);
	is_err(issued_list(c, 1, NULL, 0, &v, &n), ERR_NOTFOUND);
	is_err(issued_withdraw(c, pid, "x"), ERR_NOTFOUND);
	give(w, 2, 1, CLASS_NAMECARD, RELATION_CONSENT);
	ok(issued_list(c, 1, NULL, 0, &v, &n)); /* known: the list is empty, the document is locked */
	assert_int_equal(n, 0);
	is_err(issued_read(c, pid, &pdf, &n, NULL), ERR_NOTFOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {RECORD(reprint_is_byte_equal), RECORD(withdrawal_marks), RECORD(gates_and_faults)};
	return cmocka_run_group_tests_name("register_b_issued", tests, NULL, NULL);
}
