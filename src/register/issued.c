#include "register/issued.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/pid.h"
#include "base/str.h"
#include "codec/json.h"
#include "register/evidence.h"
#include "register/gen.h"
#include "register/timeline.h"
#include "sql/q_record.h"
#include "store/file.h"
#include "store/revision.h"
#include "store/tx.h"

#include <string.h>

static const struct gen_code purposes[] = {{"agreed", "同意を得た"}, {"delivered", "交付した"}, {"sent", "送った"}, {"kept", "控え"}};
static const struct gen_code kinds[] = {
	{"self", "利用者"}, {"family", "家族"}, {"office", "担当者・事業所"}, {"doctor", "主治医"}, {"insurer", "保険者"}, {"other", "その他"},
};
static const struct gen_code hows[] = {{"hand", "手渡し"}, {"post", "郵送"}, {"fax", "FAX"}, {"electronic", "電磁的方法"}};

static void check_recipient(struct ctx *c, const struct issued_recipient *r)
{
	GEN_CHECK_CODE(c, "recipient_kind", "渡す相手の種類", kinds, r->kind, true);
	gen_check_text(c, "recipient_name", "渡す相手の名前", r->name, true, 100);
	GEN_CHECK_CODE(c, "how", "渡し方", hows, r->how, true);
	if (r->on_day != CIVIL_NONE && r->on_day > c->today)
		(void)fault_add(c, "on_day", ERR_DATE_FUTURE, "渡した日がこれから先の日付です。確かめてください。");
}

/* One act of delivery: its row and its evidence (REC-DELIV: 交付日、相手、版). */
static err add_recipient(struct ctx *c, const struct t_issued_doc *d, const struct issued_recipient *r)
{
	civil on = r->on_day == CIVIL_NONE ? c->today : r->on_day;
	struct q_record_recipient_insert_row row;
	TRY(q_record_recipient_insert(c, &(struct q_record_recipient_insert_in){.issued_id = d->id, .kind = r->kind, .name = r->name,
		.org_id = r->org_id ? r->org_id : INT_NULL, .how = r->how, .on_day = on}, &row));
	return issued_recipient_evidence(c, row.id);
}

err issued_recipient_evidence(struct ctx *c, int64_t row_id)
{
	struct q_record_recipient_of_row r;
	struct t_issued_doc d;
	TRY(q_record_recipient_of(c, &(struct q_record_recipient_of_in){.id = row_id}, &r));
	TRY(row_load(c, &T_issued_doc, r.issued_id, &d));
	const struct evidence_field f[] = {
		{"delivered_on", 'd', .day = r.on_day}, {"to", 't', .text = r.kind},
		{"version", 't', .text = arena_fmt(c->arena, "%s %s", d.form_id, d.form_version)}, {"how", 't', .text = r.how},
		{"issued_id", 'n', .number = d.id}, {"source_table", 't', .text = d.table_name}, {"source_id", 'n', .number = d.row_id},
		{"source_version", 'n', .number = d.row_version},
	};
	const struct evidence_new v = {.code = "REC-DELIV", .person_id = d.person_id, .org_id = d.org_id, .record_class = (int)d.record_class,
		.on_day = r.on_day, .body = evidence_body(c, f, sizeof f / sizeof f[0])};
	return evidence_set(c, "issued_recipient", row_id, &v, 1, d.retired_ms == INT_NULL);
}

static err note(struct ctx *c, const struct t_issued_doc *d, const char *kind, const char *title)
{
	return timeline_add(c, &(struct timeline_new){.person_id = d->person_id, .at_ms = c->now_ms, .kind = kind,
		.record_class = (int)d->record_class, .org_id = d->org_id, .title = title, .table_name = "issued_doc", .row_id = d->id,
		.row_pid = d->pid});
}

struct issuing {
	const struct issued_new *in;
	struct t_issued_doc doc;
};

static err issue_tx(struct ctx *c, void *arg)
{
	struct issuing *g = arg;
	const struct issued_new *in = g->in;
	struct t_stored_file f;
	row_init(&T_stored_file, &f);
	f.name = arena_fmt(c->arena, "%s.pdf", in->title);
	f.record_class = in->record_class;
	f.person_id = in->person_id;
	f.org_id = c->actor.org_id;
	f.owner_table = "issued_doc";
	TRY(file_put(c, (struct blob){in->pdf, in->n_pdf}, &f));
	struct t_issued_doc *d = &g->doc;
	row_init(&T_issued_doc, d);
	d->person_id = in->person_id;
	d->record_class = in->record_class;
	d->org_id = c->actor.org_id;
	d->form_id = in->form_id;
	d->form_version = in->form_version;
	d->form_sha = in->form_sha;
	d->title = in->title;
	d->file_sha = f.sha256;
	d->file_bytes = f.size;
	d->answers = in->answers;
	d->table_name = str_or(in->table_name, "");
	d->row_id = in->row_id;
	d->row_version = in->row_version;
	d->issued_ms = c->now_ms;
	d->issued_on = c->today;
	d->issued_by = c->actor.account_id;
	d->purpose = str_or(in->purpose, "kept");
	TRY(row_insert(c, &T_issued_doc, d));
	f.owner_id = d->id;
	TRY(row_save(c, &T_stored_file, &f, NULL));
	for (size_t i = 0; i < in->n_recipients; i++)
		TRY(add_recipient(c, d, &in->recipients[i]));
	return note(c, d, "document", arena_fmt(c->arena, "%sを発行（%s）", d->title, GEN_LABEL(purposes, d->purpose)));
}

err issued_add(struct ctx *c, const struct issued_new *in, const char **pid)
{
	if (class_index(in->record_class) < 0)
		return ERR_BUG;
	TRY(policy_check(c, in->person_id, in->record_class, ACTION_PRINT));
	struct json *answers;
	if (str_blank(in->form_id) || str_blank(in->form_version) || str_blank(in->form_sha) || !in->answers ||
	    json_parse(c->arena, in->answers, strlen(in->answers), NULL, &answers, NULL) != OK ||
	    strcmp(file_sniff((struct blob){in->pdf, in->n_pdf}), "application/pdf") != 0)
		return ERR_BUG; /* the print room always gives these */
	size_t n = c->n_faults;
	gen_check_text(c, "title", "文書の名前", in->title, true, 200);
	GEN_CHECK_CODE(c, "purpose", "発行の目的", purposes, str_or(in->purpose, "kept"), true);
	for (size_t i = 0; i < in->n_recipients; i++)
		check_recipient(c, &in->recipients[i]);
	if ((str_eq(in->purpose, "delivered") || str_eq(in->purpose, "sent")) && !in->n_recipients)
		(void)fault_add(c, "recipient_name", ERR_REQUIRED, "渡した相手を1人以上入力してください。");
	if (c->n_faults > n)
		return c->faults[n].code;
	struct issuing g = {.in = in};
	TRY(tx_run(c, issue_tx, &g));
	if (pid)
		*pid = g.doc.pid;
	return OK;
}

/* --- reading --- */

static err load_view(struct ctx *c, int64_t id, struct issued_view *v)
{
	TRY(row_load(c, &T_issued_doc, id, &v->row));
	struct q_record_recipient_list_row *rows;
	TRY(q_record_recipient_list(c, &(struct q_record_recipient_list_in){.issued_id = id}, &rows, &v->n_recipients));
	v->recipients = ARENA_ARRAY(c->arena, v->n_recipients + 1, struct issued_recipient);
	for (size_t i = 0; i < v->n_recipients; i++)
		v->recipients[i] = (struct issued_recipient){rows[i].kind, rows[i].name, rows[i].org_id == INT_NULL ? 0 : rows[i].org_id,
			rows[i].how, rows[i].on_day};
	return OK;
}

static err find(struct ctx *c, const char *pid, enum action a, struct t_issued_doc *d)
{
	if (!pid || !pid_valid(pid))
		return ERR_NOTFOUND;
	TRY(row_find(c, &T_issued_doc, pid, d));
	return policy_check_record(c, d->person_id, (int)d->record_class, a);
}

err issued_list(struct ctx *c, int64_t person_id, const char *table_name, int64_t row_id, struct issued_view **v, size_t *n)
{
	TRY(policy_check(c, person_id, CLASS_NAMECARD, ACTION_SEE));
	struct q_record_issued_list_row *rows;
	TRY(q_record_issued_list(c, &(struct q_record_issued_list_in){.person_id = person_id, .table_name = table_name,
		.row_id = row_id ? row_id : INT_NULL}, &rows, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct issued_view);
	for (size_t i = 0; i < *n; i++)
		TRY(load_view(c, rows[i].id, &(*v)[i]));
	return OK;
}

err issued_find(struct ctx *c, const char *pid, struct issued_view *out)
{
	struct t_issued_doc d;
	TRY(find(c, pid, ACTION_SEE, &d));
	return load_view(c, d.id, out);
}

err issued_read(struct ctx *c, const char *pid, const void **pdf, size_t *n_pdf, struct t_issued_doc *row)
{
	struct t_issued_doc d;
	TRY(find(c, pid, ACTION_PRINT, &d));
	struct blob bytes;
	TRY(file_bytes_get(c, d.file_sha, &bytes)); /* checks the sum */
	if ((int64_t)bytes.n != d.file_bytes)
		return ERR_FILE_DAMAGED;
	*pdf = bytes.p;
	*n_pdf = bytes.n;
	if (row)
		*row = d;
	return OK;
}

/* --- later acts --- */

struct later {
	int64_t id;
	const struct issued_recipient *recipient; /* NULL: withdraw */
	const char *reason;
};

static err later_tx(struct ctx *c, void *arg)
{
	const struct later *l = arg;
	struct t_issued_doc d;
	TRY(row_load(c, &T_issued_doc, l->id, &d));
	if (l->recipient)
		return add_recipient(c, &d, l->recipient);
	d.withdrawn_on = c->today;
	d.withdrawn_by = c->actor.account_id;
	d.withdrawn_reason = l->reason;
	TRY(row_save(c, &T_issued_doc, &d, NULL));
	return note(c, &d, "document_end", arena_fmt(c->arena, "%sを取り消し", d.title));
}

err issued_add_recipient(struct ctx *c, const char *pid, const struct issued_recipient *r)
{
	struct t_issued_doc d;
	TRY(find(c, pid, ACTION_WRITE, &d));
	size_t n = c->n_faults;
	check_recipient(c, r);
	if (d.withdrawn_on != CIVIL_NONE)
		(void)fault_add(c, "recipient_name", ERR_INPUT, "この文書は取り消されているので、渡した記録を加えられません。");
	if (c->n_faults > n)
		return c->faults[n].code;
	return tx_run(c, later_tx, &(struct later){d.id, r, NULL});
}

err issued_withdraw(struct ctx *c, const char *pid, const char *reason)
{
	struct t_issued_doc d;
	TRY(find(c, pid, ACTION_WRITE, &d));
	if (d.withdrawn_on != CIVIL_NONE)
		return fault_add(c, "", ERR_INPUT, "この文書はすでに取り消されています。");
	size_t n = c->n_faults;
	gen_check_text(c, "reason", "取り消す理由", reason, true, 500);
	if (c->n_faults > n)
		return c->faults[n].code;
	return tx_run(c, later_tx, &(struct later){d.id, NULL, reason});
}

GEN_CHOICES_C(issued_purpose_choices, purposes);
GEN_CHOICES_C(issued_recipient_kind_choices, kinds);
GEN_CHOICES_C(issued_how_choices, hows);
