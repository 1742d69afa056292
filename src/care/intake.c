#include "care/intake.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "care/evidence_writers.h"
#include "care/consult_follow.h"
#include "codec/json.h"
#include "form/fhirmap.h"
#include "jp/era.h"
#include "register/bin.h"
#include "register/insurance.h"
#include "register/person.h"
#include "register/task.h"
#include "register/timeline.h"
#include "sql/q_care.h"
#include "store/revision.h"
#include "store/tx.h"

#include <string.h>

#define CHECKLIST "kihon-checklist"

/* ---- save -------------------------------------------------------------------------------------------------- */

struct saving {
	const struct response_input *in;
	struct answers *as; /* what is saved: read with the version of the day, merged with what another saved meanwhile */
	const char *pid;
	struct row_conflict **conflict;
};

static err day_of(struct ctx *c, const struct answers *as, civil *on)
{
	const struct answer *a = answers_get(as, as->def->date_item);
	if (!a || a->blank != BLANK_NONE)
		return fault_add(c, as->def->date_item, ERR_REQUIRED, "「記入日」を入力してください。");
	*on = (civil)a->num;
	return OK;
}

/* A checklist that could be judged settles what asked for the rest: of this one, and of the older ones of the person. */
static err settle_asked(struct ctx *c, const struct t_response *row)
{
	struct q_response_of_person_row *r;
	size_t n;
	TRY(q_response_of_person(c, &(struct q_response_of_person_in){.person_id = row->person_id, .form_id = CHECKLIST}, &r, &n));
	for (size_t i = 0; i < n; i++)
		if (r[i].id == row->id || r[i].answered_on <= row->answered_on)
			TRY(task_settle(c, "response", r[i].id, "checklist_again", "基本チェックリストで判定できました。"));
	return OK;
}

/* A checklist done settles the routings that asked for one. */
static err settle_requests(struct ctx *c, const struct t_response *row)
{
	struct q_routing_of_person_row *r;
	size_t n;
	TRY(q_routing_of_person(c, &(struct q_routing_of_person_in){.person_id = row->person_id}, &r, &n));
	for (size_t i = 0; i < n; i++)
		TRY(task_settle(c, "routing", r[i].id, "checklist_again", "基本チェックリストを行いました。"));
	return OK;
}

/* The day of the form decides its version (law of the day): answers typed into another version move over by name. */
static err version_of_day(struct ctx *c, const struct answers *as, struct answers **out)
{
	civil on = CIVIL_NONE;
	TRY(day_of(c, as, &on));
	const struct form_def *def = form_find(c->house->forms, as->def->id, on);
	if (!def)
		return fault_add(c, as->def->date_item, ERR_FORM_DATE, "その記入日に有効な「%s」の様式がありません。記入日を確かめてください。", as->def->short_name);
	if (def == as->def) {
		*out = answers_copy(c->arena, as);
		return OK;
	}
	*out = answers_new(c->arena, def);
	for (size_t i = 0; i < as->n; i++) {
		const struct form_item *it = answers_item(*out, as->items[i].id);
		if (it && it->type == as->items[i].type && it->type != ITEM_DERIVED && it->type != ITEM_DISPLAY)
			(*out)->a[it->index] = as->a[i];
	}
	return OK;
}

/* Two people filled in the same form: what each of them changed stands. The same item changed to different values is for
 * people to decide; then *both stays false and the save of the row shows the conflict. */
static err merge(struct ctx *c, const struct t_response *stored, int64_t base_version, struct answers *mine, bool *both)
{
	struct t_response base_row;
	struct json *j;
	struct answers *base, *theirs;
	struct answer_diff *d, *clash;
	*both = false;
	TRY(row_at_version(c, &T_response, stored->id, base_version, &base_row));
	if (!str_eq(base_row.form_sha, stored->form_sha) || !str_eq(mine->def->sha256, stored->form_sha))
		return OK;
	TRY(json_parse(c->arena, base_row.answers, strlen(base_row.answers), NULL, &j, NULL));
	TRY(answers_from_json(c->arena, mine->def, j, &base, NULL));
	TRY(json_parse(c->arena, stored->answers, strlen(stored->answers), NULL, &j, NULL));
	TRY(answers_from_json(c->arena, mine->def, j, &theirs, NULL));
	bool *moved = ARENA_ARRAY(c->arena, mine->n + 1, bool);
	size_t n = answers_diff(c->arena, base, theirs, &d);
	for (size_t i = 0; i < n; i++)
		moved[(d[i].item->parent ? d[i].item->parent : d[i].item)->index] = true;
	bool *by_me = ARENA_ARRAY(c->arena, mine->n + 1, bool);
	n = answers_diff(c->arena, base, mine, &d);
	for (size_t i = 0; i < n; i++)
		by_me[(d[i].item->parent ? d[i].item->parent : d[i].item)->index] = true;
	size_t n_clash = answers_diff(c->arena, theirs, mine, &clash);
	for (size_t i = 0; i < n_clash; i++) {
		int k = (clash[i].item->parent ? clash[i].item->parent : clash[i].item)->index;
		if (moved[k] && by_me[k])
			return OK;
	}
	for (size_t i = 0; i < mine->n; i++)
		if (!by_me[i])
			mine->a[i] = theirs->a[i];
	*both = true;
	return OK;
}

static const char *missing_ja(struct ctx *c, const struct form_result *res)
{
	struct buf b = buf_new(c->arena);
	for (size_t i = 0; res->result && i < res->result->n_missing; i++) {
		const struct form_item *it = res->result->missing[i];
		buf_fmt(&b, "%s%s%s", i ? "、" : "", *it->no ? "No." : "", *it->no ? it->no : it->label);
	}
	return b.p;
}

/* HOUSE-CHECKLIST: the day and the result of a 基本チェックリスト (its validity: the insurer's own interval). */
err response_evidence(struct ctx *c, int64_t row_id)
{
	struct t_response r;
	TRY(row_load(c, &T_response, row_id, &r));
	const struct evidence_field f[] = {{.name = "done_on", .type = 'd', .day = r.answered_on}, {.name = "result", .type = 't', .text = r.result_code}};
	const struct evidence_new v = {.code = "HOUSE-CHECKLIST", .person_id = r.person_id, .org_id = r.org_id, .record_class = (int)r.record_class,
		.on_day = r.answered_on, .body = evidence_body(c, f, 2)};
	return evidence_set(c, "response", r.id, &v, str_eq(r.form_id, CHECKLIST), r.retired_ms == INT_NULL);
}

/* The result; of a scale without one its sum; of a form that only counts (興味・関心) each of its scores. */
static const char *words_of(struct ctx *c, const struct form_result *res)
{
	const struct rule_outcome *total = form_outcome(res, "total");
	struct buf b = buf_new(c->arena);
	if (res->result)
		return form_result_label(res);
	if (total)
		return rule_show(c->arena, total);
	for (size_t i = 0; i < res->n; i++)
		if (res->outcomes[i].rule->kind == RULE_SCORE)
			buf_fmt(&b, "%s%s %s", b.n ? "・" : "", res->outcomes[i].rule->label, rule_show(c->arena, &res->outcomes[i]));
	return b.n ? b.p : "";
}

/* The result is what the day's definition says of these answers; the words of it go on the time line and into a task. */
static err follow(struct ctx *c, const struct t_response *row, const struct form_def *def, const struct form_result *res)
{
	bool checklist = str_eq(row->form_id, CHECKLIST);
	const char *label = words_of(c, res);
	TRY(response_evidence(c, row->id));
	TRY(timeline_add(c, &(struct timeline_new){
		.person_id = row->person_id, .at_on = row->answered_on, .kind = checklist ? "checklist" : "rehab", .record_class = (int)row->record_class,
		.org_id = row->org_id, .title = arena_fmt(c->arena, "%s: %s", def->short_name, label),
		.summary = res->result ? form_explained(res, res->result->rule->id) : "", .table_name = "response",
		.row_id = row->id, .row_pid = row->pid}));
	if (!checklist)
		return OK;
	if (!str_eq(row->result_code, "undetermined"))
		return settle_asked(c, row);
	civil due = row->answered_on + 14;
	return task_put(c, &(struct task_new){
		.kind = "checklist_again", .person_id = row->person_id, .record_class = (int)row->record_class,
		.org_id = row->org_id, .assignee_staff_id = row->staff_id == INT_NULL ? 0 : row->staff_id,
		.due_on = due < c->today ? c->today : due, .title = "基本チェックリストの未回答を聞き取る",
		.reason = arena_fmt(c->arena, "未回答（%s）があり、事業対象者の基準に当たるか判定できません。", missing_ja(c, res)),
		.table_name = "response", .row_id = row->id, .row_pid = row->pid}, NULL);
}

static err fill(struct ctx *c, const struct answers *as, struct form_warnings *warnings, struct t_response *row,
                struct form_result *res)
{
	TRY(day_of(c, as, &row->answered_on));
	if (warnings)
		warnings->n = 0; /* a transaction may be tried again */
	TRY(answers_validate(c, as, false, warnings));
	row->form_id = as->def->id;
	row->form_version = as->def->version;
	row->form_sha = as->def->sha256;
	row->record_class = as->def->class_bit;
	row->answers = json_to_text(c->arena, answers_to_json(c->arena, as), true);
	form_score(c->arena, as, row->answered_on, res);
	row->result_code = form_result_code(res);
	row->scores = json_to_text(c->arena, form_result_snapshot(c->arena, res), true);
	return OK;
}

static err save_old(struct ctx *c, struct saving *s, const struct t_person *person, struct t_response *row,
                    struct form_result *res)
{
	const struct response_input *in = s->in;
	struct t_person owner;
	TRY(row_find(c, &T_response, in->pid, row));
	TRY(policy_check_record(c, row->person_id, (int)row->record_class, ACTION_WRITE));
	TRY(row_load(c, &T_person, row->person_id, &owner));
	if (owner.cluster_id != person->cluster_id || !str_eq(row->form_id, in->answers->def->id))
		return ERR_NOTFOUND;
	int64_t base = in->version;
	if (base != row->version && row->retired_ms == INT_NULL) {
		bool both;
		TRY(merge(c, row, base, s->as, &both));
		if (both)
			base = row->version;
	}
	TRY(fill(c, s->as, in->warnings, row, res));
	row->version = base;
	return row_save(c, &T_response, row, s->conflict);
}

static err save_new(struct ctx *c, struct saving *s, const struct t_person *person, struct t_response *row,
                    struct form_result *res)
{
	const struct response_input *in = s->in;
	row->person_id = person->id;
	row->org_id = c->actor.org_id;
	row->staff_id = c->actor.staff_id ? c->actor.staff_id : INT_NULL;
	if (!str_blank(in->consult_pid)) {
		struct t_consult consult;
		TRY(consult_origin(c, in->consult_pid, person->id, &consult));
		row->consult_id = consult.id;
	}
	TRY(fill(c, s->as, in->warnings, row, res));
	TRY(row_insert(c, &T_response, row));
	return str_eq(row->form_id, CHECKLIST) ? settle_requests(c, row) : OK;
}

static err save_tx(struct ctx *c, void *arg)
{
	struct saving *s = arg;
	struct t_response row;
	struct form_result res;
	struct t_person person;
	row_init(&T_response, &row);
	TRY(row_find(c, &T_person, s->in->person_pid, &person));
	TRY(policy_check(c, person.id, s->in->answers->def->class_bit, ACTION_WRITE));
	TRY(version_of_day(c, s->in->answers, &s->as));
	if (str_blank(s->in->pid))
		TRY(save_new(c, s, &person, &row, &res));
	else
		TRY(save_old(c, s, &person, &row, &res));
	TRY(follow(c, &row, s->as->def, &res));
	s->pid = row.pid;
	return OK;
}

err response_save(struct ctx *c, const struct response_input *in, const char **pid, struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	struct saving s = {.in = in, .conflict = conflict ? conflict : &none};
	TRY(tx_run(c, save_tx, &s));
	*pid = s.pid;
	return OK;
}

/* ---- read -------------------------------------------------------------------------------------------------- */

static err view_of(struct ctx *c, const struct t_response *row, struct response_view *v)
{
	const struct form_def *def = form_find_version(c->house->forms, row->form_id, row->form_version);
	if (!def)
		return fault_add(c, "", ERR_FORM_UNKNOWN, "様式「%s」の%s版が見つかりません。", row->form_id, row->form_version);
	struct q_response_names_row names;
	TRY(q_response_names(c, &(struct q_response_names_in){.id = row->id}, &names));
	*v = (struct response_view){.id = row->id, .version = row->version, .person_id = row->person_id, .pid = row->pid,
	                            .person_pid = names.person_pid, .consult_pid = str_or(names.consult_pid, ""),
	                            .org_name = names.org_name, .staff_name = str_or(names.staff_name, ""), .def = def,
	                            .answered_on = row->answered_on, .updated_ms = row->updated_ms,
	                            .updated_by = str_or(names.updated_by, ""),
	                            .may_write = policy_check(c, row->person_id, (int)row->record_class, ACTION_WRITE) == OK};
	struct json *j;
	TRY(json_parse(c->arena, row->answers, strlen(row->answers), NULL, &j, NULL));
	TRY(answers_from_json(c->arena, def, j, &v->answers, NULL));
	TRY(json_parse(c->arena, row->scores, strlen(row->scores), NULL, &j, NULL));
	v->result = ARENA_NEW(c->arena, struct form_result);
	return form_result_restore(c->arena, def, j, v->result);
}

err response_get(struct ctx *c, const char *pid, struct response_view *out)
{
	struct t_response row;
	TRY(row_find(c, &T_response, pid, &row));
	TRY(policy_check_record(c, row.person_id, (int)row.record_class, ACTION_SEE));
	if (row.retired_ms != INT_NULL)
		return ERR_NOTFOUND; /* it lies in the bin */
	return view_of(c, &row, out);
}

static err rows_of(struct ctx *c, int64_t person_id, const char *form_id, struct q_response_of_person_row **rows, size_t *n)
{
	return q_response_of_person(c, &(struct q_response_of_person_in){.person_id = person_id, .form_id = form_id}, rows, n);
}

err response_list(struct ctx *c, const char *person_pid, const char *form_id, struct response_row **rows, size_t *n)
{
	int64_t id;
	TRY(person_id(c, person_pid, &id));
	struct q_response_of_person_row *r;
	TRY(rows_of(c, id, form_id, &r, n));
	*rows = ARENA_ARRAY(c->arena, *n + 1, struct response_row);
	for (size_t i = 0; i < *n; i++)
		(*rows)[i] = (struct response_row){.pid = r[i].pid, .form_id = form_id, .result_code = r[i].result_code,
		                                   .org_name = r[i].org_name, .staff_name = str_or(r[i].staff_name, ""),
		                                   .answered_on = r[i].answered_on, .version = r[i].version};
	return OK;
}

err response_latest(struct ctx *c, int64_t person_id, const char *form_id, civil on, struct response_view *out, bool *found)
{
	struct q_response_of_person_row *r;
	size_t n;
	*found = false;
	TRY(rows_of(c, person_id, form_id, &r, &n));
	for (size_t i = 0; i < n && !*found; i++) {
		if (r[i].answered_on > on)
			continue;
		struct t_response row;
		TRY(row_load(c, &T_response, r[i].id, &row));
		TRY(view_of(c, &row, out));
		*found = true;
	}
	return OK;
}

/* ---- a new one: what the register knows ---------------------------------------------------------------------- */

static err set(struct answers *as, const char *item, const char *text)
{
	if (str_blank(text) || !answers_item(as, item))
		return OK;
	return answers_set_text(as, item, text);
}

err response_prefill(struct ctx *c, const char *person_pid, const struct form_def *def, struct answers *out)
{
	struct person p;
	TRY(person_get(c, person_pid, &p));
	TRY(set(out, "name", p.name));
	TRY(set(out, "address", p.home.address));
	TRY(set(out, "phone", str_blank(p.phone) ? p.mobile : p.phone));
	if (p.birth_on != CIVIL_NONE && answers_item(out, "birth_date"))
		TRY(answers_set_date(out, "birth_date", p.birth_on));
	if (def->date_item)
		TRY(answers_set_date(out, def->date_item, c->today));
	struct t_person_insurance ins;
	bool found = false;
	err e = insurance_at(c, p.id, (struct gen_asof){c->today, CIVIL_NONE}, &ins, &found);
	if (e != OK && e != ERR_DENIED)
		return e;
	return e == OK && found ? set(out, "insured_no", ins.insured_no) : OK;
}

/* ---- bin, FHIR ------------------------------------------------------------------------------------------------ */

static err retire_tx(struct ctx *c, void *arg)
{
	const char *const *a = arg;
	struct t_response row;
	TRY(row_find(c, &T_response, a[0], &row));
	TRY(policy_check_record(c, row.person_id, (int)row.record_class, ACTION_WRITE));
	if (row.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	if (str_blank(a[1]))
		return fault_add(c, "reason", ERR_REQUIRED, "ごみ箱に移す理由を書いてください。");
	const struct form_def *def = form_find_version(c->house->forms, row.form_id, row.form_version);
	return bin_put(c, &(struct bin_put){
		.table = &T_response, .row_id = row.id, .row_pid = row.pid, .person_id = row.person_id, .org_id = row.org_id,
		.record_class = (int)row.record_class, .reason = a[1],
		.title = arena_fmt(c->arena, "%s（%s記入）", def ? def->short_name : row.form_id, era_text(c->arena, row.answered_on))}, NULL);
}

err response_retire(struct ctx *c, const char *pid, const char *reason)
{
	const char *a[2] = {pid, reason};
	return tx_run(c, retire_tx, a);
}

err response_to_fhir(struct ctx *c, const char *pid, const char **json)
{
	struct t_response row;
	TRY(row_find(c, &T_response, pid, &row));
	TRY(policy_check_record(c, row.person_id, (int)row.record_class, ACTION_EXPORT));
	struct response_view v = {0};
	TRY(view_of(c, &row, &v));
	char day[CIVIL_TEXT];
	civil_text(v.answered_on, day);
	*json = json_to_text(c->arena, fhir_response(c->arena, v.answers, day, arena_fmt(c->arena, "Patient/%s", v.person_pid)), false);
	return OK;
}

/* The form is named by the canonical URL: …/Questionnaire/<id>|<version>, or a URN that ends in the id. */
static const struct form_def *def_of(struct ctx *c, const struct json *j, civil on)
{
	const char *url = json_get_text(j, "questionnaire", CHECKLIST);
	const char *id = url;
	for (const char *p = url; *p && *p != '|'; p++)
		if (*p == '/' || *p == ':')
			id = p + 1;
	const char *bar = strchr(id, '|');
	return form_find(c->house->forms, bar ? arena_strn(c->arena, id, (size_t)(bar - id)) : id, on);
}

/* The head of the form says who it is about, and so may the resource around it. */
static err who_is_it(struct ctx *c, const char *person_pid, const struct json *j, const struct answers *as, struct identity *who)
{
	struct identity_said said = {.birth_on = CIVIL_NONE};
	if (answers_item(as, "name") && answers_has(as, "name"))
		said.name = answers_text(as, "name");
	if (answers_item(as, "insured_no") && answers_has(as, "insured_no"))
		said.insured_no = answers_text(as, "insured_no");
	if (answers_item(as, "birth_date") && answers_has(as, "birth_date"))
		said.birth_on = (civil)answers_num(as, "birth_date", CIVIL_NONE);
	identity_of_fhir(c->arena, j, &said);
	return identity_compare(c, person_pid, &said, who);
}

static err other_person(struct ctx *c, const struct identity *who)
{
	struct buf b = buf_new(c->arena);
	for (int i = 0; i < IDENTITY_COUNT; i++)
		if (who->lines[i].differs)
			buf_fmt(&b, "%s%s", b.n ? "・" : "", who->lines[i].label);
	return fault_add(c, "same", ERR_REQUIRED, "ファイルの%sと違います。まだ何も読みこんでいません。下の表で、この方のファイルかどうかを確かめてください。", b.p);
}

static err response_of_fhir(struct ctx *c, const char *json, struct json **j, struct answers **as)
{
	const char *why = "";
	civil on;
	if (json_parse(c->arena, json, strlen(json), NULL, j, &why) != OK)
		return fault_add(c, "file", ERR_FHIR, "JSON として読めません。%s", why);
	if (fhir_authored(c->arena, *j, &on, &why) != OK)
		return fault_add(c, "file", ERR_FHIR, "%s", why);
	if (on == CIVIL_NONE)
		on = c->today;
	const struct form_def *def = def_of(c, *j, on);
	if (!def)
		return fault_add(c, "file", ERR_FORM_UNKNOWN, "このファイルの様式は登録されていません。");
	if (fhir_answers(c->arena, def, *j, as, &why) != OK)
		return fault_add(c, "file", ERR_FHIR, "%s", why);
	return answers_has(*as, def->date_item) ? OK : answers_set_date(*as, def->date_item, on);
}

/* Names and addresses are the register's: a response may leave them out, and what differs is not taken from a file. */
static err head_of_register(struct ctx *c, const char *person_pid, const struct identity *who, struct answers *as)
{
	static const struct {
		const char *item;
		int what; /* enum identity_what, or -1 */
	} head[] = {{"name", IDENTITY_NAME}, {"address", -1}, {"phone", -1}, {"birth_date", IDENTITY_BIRTH}, {"insured_no", IDENTITY_INSURED}};
	struct answers *known = answers_new(c->arena, as->def);
	TRY(response_prefill(c, person_pid, as->def, known));
	for (size_t i = 0; i < sizeof head / sizeof head[0]; i++) {
		const char *item = head[i].item;
		bool wanted = answers_item(as, item) && (!answers_has(as, item) || (head[i].what >= 0 && who->lines[head[i].what].differs));
		if (wanted && answers_has(known, item))
			TRY(answers_set(as, item, answer_field(c->arena, answers_item(known, item), answers_get(known, item))));
	}
	return OK;
}

err response_from_fhir(struct ctx *c, const char *person_pid, const char *json, enum import_same same, struct identity *who, const char **pid)
{
	struct identity found;
	struct answers *as = NULL;
	struct json *j = NULL;
	if (!who)
		who = &found;
	*who = (struct identity){0};
	TRY(response_of_fhir(c, json, &j, &as));
	if (!as || !j)
		return ERR_BUG;
	TRY(who_is_it(c, person_pid, j, as, who));
	if (who->differs && same != IMPORT_SAME)
		return other_person(c, who);
	TRY(head_of_register(c, person_pid, who, as));
	return response_save(c, &(struct response_input){.person_pid = person_pid, .form_id = as->def->id, .answers = as}, pid, NULL);
}
