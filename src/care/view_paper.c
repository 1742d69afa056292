#include "care/view_paper.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "codec/json.h"
#include "form/print.h"
#include "form/sheet.h"
#include "register/insurance.h"
#include "register/person.h"

static const char *ref_name(void *arg, const struct form_item *item, const char *key)
{
	(void)arg;
	(void)item;
	return key; /* a view's fill gives the words themselves */
}

static err insured_no(struct ctx *c, int64_t person_id, const char **no)
{
	struct t_person_insurance row;
	bool found = false;
	*no = "";
	err e = insurance_at(c, person_id, (struct gen_asof){c->today, CIVIL_NONE}, &row, &found);
	if (e == ERR_DENIED)
		return OK;
	TRY(e);
	if (found)
		*no = row.insured_no;
	return OK;
}

err view_paper(struct ctx *c, const struct view_source *s, enum paper_kind kind, const char **bytes, size_t *n)
{
	TRY(policy_check(c, s->f->person_id, s->f->def->class_bit, ACTION_PRINT));
	struct person p;
	TRY(person_load(c, s->f->person_id, &p));
	struct print_job job = {.as = s->f->as, .name = p.name, .ref_name = ref_name, .now_ms = c->now_ms, .today = c->today,
	                        .notice = s->notice ? s->notice : s->f->n_locked ? "閲覧の権限がない項目は空欄です" : NULL};
	TRY(insured_no(c, p.id, &job.insured_no));
	if (kind == PAPER_SHEET)
		return sheet_write(c->arena, c->house->fonts, &job, bytes, n);
	return print_pdf(c->arena, c->house->fonts, &job, bytes, n);
}

err view_issue(struct ctx *c, const struct view_source *s, const char *purpose, const struct issued_recipient *to, size_t n_to,
               const char **issued_pid)
{
	const char *bytes;
	size_t n;
	TRY(view_paper(c, s, PAPER_PDF, &bytes, &n));
	const struct form_def *def = s->f->def;
	struct issued_new in = {.person_id = s->f->person_id, .record_class = def->class_bit, .form_id = def->id,
	                        .form_version = def->version, .form_sha = def->sha256, .title = def->name, .pdf = bytes, .n_pdf = n,
	                        .answers = json_to_text(c->arena, answers_to_json(c->arena, s->f->as), true), .purpose = purpose,
	                        .table_name = s->table_name, .row_id = s->row_id, .row_version = s->row_version,
	                        .recipients = to, .n_recipients = n_to};
	return issued_add(c, &in, issued_pid);
}
