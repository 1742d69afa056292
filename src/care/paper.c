#include "care/paper.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/basic_info.h"
#include "care/genogram.h"
#include "care/intake.h"
#include "care/printables_of.h"
#include "codec/json.h"
#include "form/print.h"
#include "form/sheet.h"
#include "register/insurance.h"
#include "register/issued.h"
#include "register/person.h"

/* What stands behind the keys on the form. */
struct names {
	struct ctx *c;
	int64_t person_id;
	const char *staff; /* 担当者 */
};

static const char *ref_name(void *arg, const struct form_item *item, const char *key)
{
	struct names *n = arg;
	if (item->type == ITEM_IMG)
		return key; /* the family as a list: care/basic_info_fill, which knows the rights */
	if (str_eq(item->ref, "staff"))
		return str_blank(key) ? n->staff : key;
	return "";
}

static const char *insured_no(struct ctx *c, int64_t person_id, civil on)
{
	struct t_person_insurance row;
	bool found;
	if (insurance_at(c, person_id, (struct gen_asof){on, CIVIL_NONE}, &row, &found) != OK || !found)
		return "";
	return row.insured_no;
}

static err draw(struct ctx *c, struct print_job *job, enum paper_kind kind, const char **bytes, size_t *n)
{
	job->now_ms = c->now_ms;
	job->today = c->today;
	if (kind == PAPER_SHEET)
		return sheet_write(c->arena, c->house->fonts, job, bytes, n);
	return print_pdf(c->arena, c->house->fonts, job, bytes, n);
}

static err response(struct ctx *c, const char *pid, const char *earlier_pid, enum paper_kind kind, struct response_view *v,
                    const char **bytes, size_t *n)
{
	TRY(response_get(c, pid, v));
	TRY(policy_check(c, v->person_id, v->def->class_bit, ACTION_PRINT));
	struct person p;
	TRY(person_load(c, v->person_id, &p));
	struct names names = {c, v->person_id, v->staff_name};
	struct print_job job = {.as = v->answers, .name = p.name, .insured_no = insured_no(c, p.id, v->answered_on),
	                        .ref_name = ref_name, .ref_arg = &names};
	struct response_view earlier;
	if (!str_blank(earlier_pid)) {
		TRY(response_get(c, earlier_pid, &earlier));
		if (earlier.person_id != v->person_id || earlier.def->id != v->def->id)
			return ERR_NOTFOUND;
		job.earlier = earlier.answers;
	}
	return draw(c, &job, kind, bytes, n);
}

err paper_response(struct ctx *c, const char *pid, const char *earlier_pid, enum paper_kind kind, const char **bytes, size_t *n)
{
	struct response_view v;
	return response(c, pid, earlier_pid, kind, &v, bytes, n);
}

/* The family as a picture, where the actor may see the family and there is one. */
static err family_picture(struct ctx *c, const char *person_pid, struct print_picture *p, struct print_job *job)
{
	struct genogram g;
	err e = genogram_get(c, person_pid, &g);
	if (e == ERR_DENIED)
		return OK;
	TRY(e);
	if (g.n < 2)
		return OK;
	*p = (struct print_picture){"family_diagram", genogram_drawing(c, &g, &GENO_SIZE_BOX)};
	job->pictures = p;
	job->n_pictures = 1;
	return OK;
}

static err basic_info(struct ctx *c, const char *person_pid, const char *pid, enum paper_kind kind, struct basic_info_view *v,
                      const char **bytes, size_t *n)
{
	TRY(basic_info_get(c, person_pid, pid, v));
	TRY(policy_check(c, v->person_id, CLASS_CARE, ACTION_PRINT));
	struct person p;
	TRY(person_load(c, v->person_id, &p));
	struct names names = {c, v->person_id, ""};
	struct print_job job = {.as = v->answers, .name = p.name, .insured_no = answers_text(v->answers, "insured_no"),
	                        .ref_name = ref_name, .ref_arg = &names,
	                        .notice = v->n_locked ? "閲覧の権限がない項目は空欄です" : NULL};
	struct print_picture family;
	TRY(family_picture(c, v->person_pid, &family, &job));
	return draw(c, &job, kind, bytes, n);
}

err paper_basic_info(struct ctx *c, const char *person_pid, const char *pid, enum paper_kind kind, const char **bytes, size_t *n)
{
	struct basic_info_view v;
	return basic_info(c, person_pid, pid, kind, &v, bytes, n);
}

static err issue(struct ctx *c, struct issued_new in, const struct form_def *def, const struct answers *as,
                 const char *recipient, const char **issued_pid)
{
	struct issued_recipient to = {.kind = str_blank(recipient) ? "self" : "other", .name = str_blank(recipient) ? "本人" : recipient,
	                              .how = "hand", .on_day = CIVIL_NONE};
	in.record_class = def->class_bit;
	in.form_id = def->id;
	in.form_version = def->version;
	in.form_sha = def->sha256;
	in.title = def->name;
	in.answers = json_to_text(c->arena, answers_to_json(c->arena, as), true);
	in.purpose = "delivered";
	in.recipients = &to;
	in.n_recipients = 1;
	return issued_add(c, &in, issued_pid);
}

err paper_issue_response(struct ctx *c, const char *pid, const char *recipient, const char **issued_pid)
{
	struct response_view v;
	const char *bytes;
	size_t n;
	TRY(response(c, pid, NULL, PAPER_PDF, &v, &bytes, &n));
	struct issued_new in = {.person_id = v.person_id, .pdf = bytes, .n_pdf = n, .table_name = "response", .row_id = v.id,
	                        .row_version = v.version};
	return issue(c, in, v.def, v.answers, recipient, issued_pid);
}

err paper_issue_basic_info(struct ctx *c, const char *person_pid, const char *pid, const char *recipient, const char **issued_pid)
{
	struct basic_info_view v;
	const char *bytes;
	size_t n;
	TRY(basic_info(c, person_pid, pid, PAPER_PDF, &v, &bytes, &n));
	if (str_blank(v.pid))
		return fault_add(c, "", ERR_REQUIRED, "まだ保存していない利用者基本情報は交付できません。先に保存してください。");
	struct issued_new in = {.person_id = v.person_id, .pdf = bytes, .n_pdf = n, .table_name = "basic_info", .row_id = v.id,
	                        .row_version = v.version};
	return issue(c, in, v.def, v.answers, recipient, issued_pid);
}

/* ---- for many people (care/printables) ---- */

static struct names *names_of(struct ctx *c, int64_t person_id, const char *staff)
{
	struct names *n = ARENA_NEW(c->arena, struct names);
	*n = (struct names){c, person_id, staff};
	return n;
}

err printables_basic_info(struct ctx *c, const struct person *p, const struct printable_period *period, struct printable_docs *out)
{
	struct basic_info_row *rows;
	size_t n;
	TRY(policy_check(c, p->id, CLASS_CARE, ACTION_PRINT));
	TRY(basic_info_list(c, p->pid, &rows, &n));
	for (size_t i = n; i-- > 0;) { /* the list has the newest first */
		struct basic_info_view v;
		if (!printable_in(period, rows[i].consult_on) || (period->newest && i > 0 && printable_in(period, rows[i - 1].consult_on)))
			continue;
		TRY(basic_info_get(c, p->pid, rows[i].pid, &v));
		printable_add(c, out, &(struct print_job){.as = v.answers, .ref_name = ref_name, .ref_arg = names_of(c, p->id, ""),
		                                          .notice = v.n_locked ? "閲覧の権限がない項目は空欄です" : NULL});
	}
	return OK;
}

err printables_checklist(struct ctx *c, const struct person *p, const struct printable_period *period, struct printable_docs *out)
{
	struct response_row *rows;
	size_t n;
	TRY(policy_check(c, p->id, CLASS_CARE, ACTION_PRINT));
	TRY(response_list(c, p->pid, "kihon-checklist", &rows, &n));
	for (size_t i = n; i-- > 0;) {
		struct response_view v;
		if (!printable_in(period, rows[i].answered_on) || (period->newest && i > 0 && printable_in(period, rows[i - 1].answered_on)))
			continue;
		TRY(response_get(c, rows[i].pid, &v));
		TRY(policy_check(c, p->id, v.def->class_bit, ACTION_PRINT));
		printable_add(c, out, &(struct print_job){.as = v.answers, .ref_name = ref_name, .ref_arg = names_of(c, p->id, v.staff_name)});
	}
	return OK;
}
