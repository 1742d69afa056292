#include "care/care_log.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "care/case.h"
#include "care/printables_of.h"
#include "care/consult_follow.h"
#include "care/evidence_writers.h"
#include "care/mandate.h"
#include "care/view_paper.h"
#include "care/visit_plan.h"
#include "codec/csv.h"
#include "jp/era.h"
#include "law/codes.h"
#include "register/gen.h"
#include "register/person.h"
#include "register/staff.h"
#include "register/timeline.h"
#include "sql/q_visit.h"
#include "store/tx.h"

enum { CONTENT_MAX = 10000, FORM_ROWS = 5000, SUMMARY_MAX = 60, MINUTES_MAX = 1440 };

void care_log_init(struct ctx *c, struct t_care_log *row)
{
	row_init(&T_care_log, row);
	row->org_id = c->actor.org_id;
	row->staff_id = c->actor.staff_id > 0 ? c->actor.staff_id : INT_NULL;
	row->at_on = c->today;
	row->item = "visit";
}

static const char *item_ja(struct ctx *c, const struct t_care_log *r)
{
	if (str_eq(r->item, "other") && *r->item_text)
		return r->item_text;
	return law_code_label(c->house->law, "care_log_item", r->item);
}

const char *care_log_at(struct ctx *c, civil on, int64_t minute)
{
	static const char *const days[] = {"月", "火", "水", "木", "金", "土", "日"};
	const char *day = arena_fmt(c->arena, "%s（%s）", era_text_short(c->arena, on), days[civil_weekday(on) - 1]);
	return minute == INT_NULL ? day : arena_fmt(c->arena, "%s %lld:%02lld", day, (long long)(minute / 60), (long long)(minute % 60));
}

/* ---- read ------------------------------------------------------------------------------------------------------------- */

static const char *source_path(struct ctx *c, const struct t_care_log *r, const char *pid)
{
	if (str_blank(pid) || str_blank(r->source_table))
		return "";
	return arena_fmt(c->arena, "/%ss/%s", r->source_table, pid);
}

err care_log_get(struct ctx *c, const char *pid, struct care_log_view *out)
{
	struct q_care_log_names_row n;
	*out = (struct care_log_view){0};
	TRY(row_find(c, &T_care_log, pid, &out->row));
	TRY(policy_check_record(c, out->row.person_id, CLASS_CARE, ACTION_SEE));
	TRY(q_care_log_names(c, &(struct q_care_log_names_in){.id = out->row.id}, &n));
	out->item_ja = item_ja(c, &out->row);
	out->staff_name = str_or(n.staff_name, "");
	out->struck_name = str_or(n.struck_name, "");
	out->corrects_pid = "";
	out->corrected_pid = str_or(n.corrected_pid, "");
	out->source_path = source_path(c, &out->row, n.source_pid);
	out->person_pid = n.person_pid;
	out->person_name = n.person_name;
	out->may_write = !*out->source_path && out->row.struck_ms == INT_NULL &&
	                 mandate_record(c, out->row.person_id, out->row.case_id, MANDATE_LOG) == OK;
	return OK;
}

err care_log_list(struct ctx *c, const char *person_pid, const struct care_log_filter *f, struct care_log_view **v, size_t *n)
{
	int64_t person;
	struct q_care_log_list_row *r;
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_SEE));
	bool may_write = mandate_record(c, person, INT_NULL, MANDATE_LOG) == OK;
	TRY(q_care_log_list(c, &(struct q_care_log_list_in){.person_id = person, .from_on = f->from_on, .to_on = f->to_on, .live = f->live,
		.sort = f->oldest_first ? Q_CARE_LOG_LIST_SORT_UP : Q_CARE_LOG_LIST_SORT_DOWN, .offset = f->offset, .limit = f->limit ? f->limit : FORM_ROWS}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct care_log_view);
	for (size_t i = 0; i < *n; i++) {
		struct care_log_view *o = &(*v)[i];
		TRY(row_load(c, &T_care_log, r[i].id, &o->row));
		o->item_ja = item_ja(c, &o->row);
		o->staff_name = str_or(r[i].staff_name, "");
		o->struck_name = str_or(r[i].struck_name, "");
		o->corrects_pid = str_or(r[i].corrects_pid, "");
		o->corrected_pid = "";
		o->source_path = source_path(c, &o->row, r[i].source_pid);
		o->may_write = may_write && !*o->source_path && o->row.struck_ms == INT_NULL;
	}
	return OK;
}

err care_log_count(struct ctx *c, const char *person_pid, const struct care_log_filter *f, int64_t *n)
{
	int64_t person;
	struct q_care_log_count_row r;
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_SEE));
	TRY(q_care_log_count(c, &(struct q_care_log_count_in){.person_id = person, .from_on = f->from_on, .to_on = f->to_on, .live = f->live}, &r));
	*n = r.n;
	return OK;
}

/* ---- write ------------------------------------------------------------------------------------------------------------- */

static bool has_code(struct ctx *c, const char *codes, const char *code);

/* What the duties ask of an entry. */
static void check_law(struct ctx *c, const struct t_care_log *r)
{
	size_t n;
	civil on = r->at_on == CIVIL_NONE ? c->today : r->at_on;
	char **v = str_split(c->arena, r->about, '|', &n);
	for (size_t i = 0; i < n; i++)
		if (!str_blank(v[i]) && !law_code_valid(c->house->law, "care_log_about", v[i], on))
			(void)fault_add(c, "about", ERR_NOT_CHOICE, "「行ったこと」は、一覧から選んでください。");
	if (*r->info_kind && !law_code_valid(c->house->law, "care_log_info", r->info_kind, on))
		(void)fault_add(c, "info_kind", ERR_NOT_CHOICE, "「受けた情報」は、一覧から選んでください。");
	if (str_blank(r->office) && has_code(c, r->about, "hearing"))
		(void)fault_add(c, "office", ERR_REQUIRED, "提供の状況を聞き取った「事業所」を、計画に書いたとおりに入力してください。");
	else if (str_blank(r->office) && *r->info_kind)
		(void)fault_add(c, "office", ERR_REQUIRED, "情報を受けた「事業所」を入力してください。");
}

static err check(struct ctx *c, const struct t_care_log *r)
{
	size_t before = c->n_faults;
	if (r->at_on == CIVIL_NONE)
		(void)fault_add(c, "at_on", ERR_REQUIRED, "「年月日」を入力してください。");
	else if (r->at_on > c->today)
		(void)fault_add(c, "at_on", ERR_INPUT, "「年月日」が今日より後になっています。行った日を入力してください。予定は「次の予定」に入力します。");
	if (r->at_min != INT_NULL && (r->at_min < 0 || r->at_min > 1439))
		(void)fault_add(c, "at_min", ERR_INPUT, "「時刻」は 14:05 のように入力してください。");
	if (str_blank(r->item))
		(void)fault_add(c, "item", ERR_REQUIRED, "「項目」を選んでください。");
	else if (!law_code_valid(c->house->law, "care_log_item", r->item, r->at_on == CIVIL_NONE ? c->today : r->at_on))
		(void)fault_add(c, "item", ERR_NOT_CHOICE, "「項目」は、一覧から選んでください。");
	gen_check_text(c, "item_text", "項目の内容", r->item_text, false, 40);
	gen_check_text(c, "partner", "相手", r->partner, false, 80);
	gen_check_text(c, "office", "事業所", r->office, false, 80);
	check_law(c, r);
	gen_check_text(c, "content", "内容", r->content, true, CONTENT_MAX);
	if (r->minutes != INT_NULL && (r->minutes < 0 || r->minutes > MINUTES_MAX))
		(void)fault_add(c, "minutes", ERR_INPUT, "「時間」は 0 から 1440 までの分で入力してください。");
	if (r->next_on != CIVIL_NONE && r->at_on != CIVIL_NONE && r->next_on < r->at_on)
		(void)fault_add(c, "next_on", ERR_INPUT, "「次の予定」が「年月日」より前になっています。日付を確かめてください。");
	return c->n_faults == before ? OK : ERR_INPUT;
}

static const char *timeline_kind(const char *item)
{
	return str_eq(item, "visit") ? "visit" : str_eq(item, "phone") ? "phone" : str_eq(item, "meeting") ? "meeting" : "progress";
}

/* A visit that was planned is made. */
static err visited(struct ctx *c, const struct t_care_log *r, bool stands)
{
	return visit_plan_follow(c, &(struct visit_record){"care_log", r->id, r->person_id, r->staff_id, r->at_on}, stands && str_eq(r->item, "visit"));
}

/* ---- evidence ---------------------------------------------------------------------------------------------------------- */

static bool has_code(struct ctx *c, const char *codes, const char *code)
{
	size_t n;
	char **v = str_split(c->arena, codes, '|', &n);
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i], code))
			return true;
	return false;
}

static const char *how_of(const char *item)
{
	return str_eq(item, "visit") ? "home" : str_eq(item, "phone") ? "phone" : str_eq(item, "office") || str_eq(item, "meeting") ? "face"
	     : str_eq(item, "video") ? "tv" : "letter";
}

/* HOUSE-CONTACT: every entry that stands (電話・面接・訪問 and what was done in it); HOUSE-HEARING: what a provider told of its service;
 * HOUSE-INFO-IN: what was received of medication, mouth and state (13条13号の2). An entry of another record leaves that to the record. */
err care_log_evidence(struct ctx *c, int64_t row_id)
{
	struct t_care_log row, *r = &row;
	struct evidence_new v[3];
	size_t n = 0;
	TRY(row_load(c, &T_care_log, row_id, r));
	struct evidence_new base = {.person_id = r->person_id, .org_id = r->org_id, .record_class = CLASS_CARE, .on_day = r->at_on};
	const struct evidence_field contact[] = {{.name = "done_on", .type = 'd', .day = r->at_on}, {.name = "how", .type = 't', .text = how_of(r->item)},
		{.name = "office", .type = 't', .text = r->office}, {.name = "with", .type = 't', .text = r->about},
		{.name = "content", .type = 'b', .yes = r->is_monitoring}};
	v[n] = base;
	v[n].code = "HOUSE-CONTACT";
	v[n++].body = evidence_body(c, contact, sizeof contact / sizeof contact[0]);
	if (has_code(c, r->about, "hearing")) {
		const struct evidence_field f[] = {{.name = "done_on", .type = 'd', .day = r->at_on}, {.name = "office", .type = 't', .text = r->office},
			{.name = "content", .type = 'b', .yes = true}};
		v[n] = base;
		v[n].code = "HOUSE-HEARING";
		v[n++].body = evidence_body(c, f, 3);
	}
	if (*r->info_kind) {
		const struct evidence_field f[] = {{.name = "from", .type = 't', .text = r->office}, {.name = "kind", .type = 't', .text = r->info_kind}};
		v[n] = base;
		v[n].code = "HOUSE-INFO-IN";
		v[n++].body = evidence_body(c, f, 2);
	}
	return evidence_set(c, "care_log", r->id, v, *r->source_table ? 0 : n, r->retired_ms == INT_NULL && r->struck_ms == INT_NULL);
}

/* An entry of another record has that record's own line on the time line. */
static err follow(struct ctx *c, const struct t_care_log *r)
{
	if (*r->source_table)
		return OK;
	TRY(care_log_evidence(c, r->id));
	return timeline_add(c, &(struct timeline_new){.person_id = r->person_id, .at_on = r->at_min == INT_NULL ? r->at_on : CIVIL_NONE,
		.at_ms = r->at_min == INT_NULL ? 0 : civil_instant_start(r->at_on) + r->at_min * 60000, .kind = timeline_kind(r->item),
		.record_class = CLASS_CARE, .org_id = r->org_id,
		.title = *r->partner ? arena_fmt(c->arena, "支援経過: %s（%s）", item_ja(c, r), r->partner) : arena_fmt(c->arena, "支援経過: %s", item_ja(c, r)),
		.summary = consult_one_line(c->arena, r->content, SUMMARY_MAX), .table_name = "care_log", .row_id = r->id, .row_pid = r->pid});
}

static err case_id_of(struct ctx *c, struct t_care_log *r)
{
	struct t_care_case k;
	bool found;
	if (r->case_id != INT_NULL && r->case_id)
		return OK;
	TRY(case_running(c, r->person_id, r->org_id, "", &k, &found));
	r->case_id = found ? k.id : INT_NULL;
	return OK;
}

struct adding {
	const char *person_pid;
	struct t_care_log *row;
};

static err add_tx(struct ctx *c, void *arg)
{
	const struct adding *in = arg;
	TRY(person_id(c, in->person_pid, &in->row->person_id));
	TRY(policy_check(c, in->row->person_id, CLASS_CARE, ACTION_WRITE));
	TRY(check(c, in->row));
	TRY(case_id_of(c, in->row));
	TRY(mandate_record(c, in->row->person_id, in->row->case_id, MANDATE_LOG));
	TRY(row_insert(c, &T_care_log, in->row));
	TRY(visited(c, in->row, true));
	return follow(c, in->row);
}

err care_log_add(struct ctx *c, const char *person_pid, struct t_care_log *row)
{
	struct adding in = {person_pid, row};
	return tx_run(c, add_tx, &in);
}

static err strike(struct ctx *c, struct t_care_log *r, const char *reason, struct row_conflict **conflict)
{
	r->struck_ms = c->now_ms;
	r->struck_by = c->actor.account_id;
	r->struck_reason = reason;
	TRY(row_save(c, &T_care_log, r, conflict));
	TRY(care_log_evidence(c, r->id));
	return timeline_hide(c, "care_log", r->id, true);
}

struct correcting {
	const char *pid, *reason;
	int64_t version;
	struct t_care_log *with;
	struct row_conflict **conflict;
};

static err correct_tx(struct ctx *c, void *arg)
{
	const struct correcting *in = arg;
	struct t_care_log old;
	TRY(row_find(c, &T_care_log, in->pid, &old));
	TRY(mandate_record(c, old.person_id, old.case_id, MANDATE_LOG));
	if (old.retired_ms != INT_NULL)
		return ERR_NOTFOUND;
	if (*old.source_table)
		return fault_add(c, "", ERR_INPUT, "この記録は、もとの記録（モニタリングなど）を直すと変わります。もとの記録を開いて直してください。");
	if (old.struck_ms != INT_NULL)
		return fault_add(c, "", ERR_CONFLICT, "この記録は、もう訂正されています。一覧で新しい記録を確かめてから、必要ならその記録を訂正してください。");
	size_t before = c->n_faults;
	gen_check_text(c, "reason", "訂正の理由", in->reason, true, 200);
	if (in->with && check(c, in->with) != OK)
		return ERR_INPUT;
	if (c->n_faults > before)
		return ERR_INPUT;
	old.version = in->version;
	TRY(strike(c, &old, in->reason, in->conflict));
	TRY(visited(c, &old, false));
	if (!in->with)
		return OK;
	in->with->person_id = old.person_id;
	in->with->case_id = old.case_id;
	in->with->corrects_id = old.id;
	TRY(row_insert(c, &T_care_log, in->with));
	TRY(visited(c, in->with, true));
	return follow(c, in->with);
}

err care_log_correct(struct ctx *c, const char *pid, int64_t version, struct t_care_log *with, const char *reason,
                     struct row_conflict **conflict)
{
	struct row_conflict *none = NULL;
	struct correcting in = {pid, reason, version, with, conflict ? conflict : &none};
	return tx_run(c, correct_tx, &in);
}

err care_log_put(struct ctx *c, struct t_care_log *row)
{
	struct q_care_log_of_source_row was;
	bool found;
	struct t_care_log old;
	TRY(q_care_log_of_source(c, &(struct q_care_log_of_source_in){.source_table = row->source_table, .source_id = row->source_id}, &was, &found));
	if (found) {
		TRY(row_load(c, &T_care_log, was.id, &old));
		if (old.at_on == row->at_on && old.at_min == row->at_min && str_eq(old.item, row->item) && str_eq(old.content, row->content) &&
		    str_eq(old.partner, row->partner) && old.next_on == row->next_on)
			return OK;
		TRY(strike(c, &old, "もとの記録を直した", NULL));
		row->corrects_id = old.id;
	}
	return row_insert(c, &T_care_log, row);
}

/* ---- on paper ----------------------------------------------------------------------------------------------------------- */

err care_log_form(struct ctx *c, const char *person_pid, const char **form_id)
{
	struct case_view *v;
	size_t n;
	TRY(case_list(c, person_pid, true, &v, &n));
	*form_id = n && case_is_prevention(v[0].row.kind) ? "keika-kiroku" : "kyotaku-5";
	return OK;
}

static const char *struck_note(struct ctx *c, const struct care_log_view *v)
{
	return arena_fmt(c->arena, "（%s %s が訂正。理由: %s）", era_text_short(c->arena, civil_of_instant(v->row.struck_ms)), v->struck_name,
	                 v->row.struck_reason);
}

static err fill_entry(struct fill *f, size_t i, const struct care_log_view *v)
{
	struct ctx *c = f->c;
	TRY(fill_cell(f, "care_log", i, "at", care_log_at(c, v->row.at_on, v->row.at_min)));
	TRY(fill_cell(f, "care_log", i, "item", *v->row.partner ? arena_fmt(c->arena, "%s（%s）", v->item_ja, v->row.partner) : v->item_ja));
	if (v->row.struck_ms == INT_NULL)
		return fill_cell(f, "care_log", i, "content", v->row.content);
	const struct mark_step steps[] = {{v->row.content, true}, {struck_note(c, v), false}};
	return fill_marked(f, "care_log", i, "content", steps, 2);
}

err care_log_fill(struct ctx *c, const char *person_pid, const char *form_id, const struct care_log_filter *f, struct fill *out)
{
	struct care_log_view *v;
	size_t n;
	int64_t person;
	struct care_log_filter up = *f;
	struct staff s;
	TRY(person_id(c, person_pid, &person));
	up.oldest_first = true;
	TRY(care_log_list(c, person_pid, &up, &v, &n));
	TRY(fill_begin(c, form_id, c->today, person, out));
	TRY(fill_register(out, c->today));
	TRY(fill_day(out, "care_log.create_on", c->today));
	int64_t author = INT_NULL;
	for (size_t i = n; i-- > 0 && author == INT_NULL;)
		author = v[i].row.staff_id;
	if (author != INT_NULL && staff_load(c, author, &s) == OK)
		TRY(fill_text(out, "care_log.author_name", s.name));
	for (size_t i = 0; i < n; i++)
		TRY(fill_entry(out, i, &v[i]));
	return OK;
}

err care_log_paper(struct ctx *c, const char *person_pid, const char *form_id, const struct care_log_filter *f, enum paper_kind kind,
                   const char **bytes, size_t *n)
{
	struct fill fill;
	TRY(care_log_fill(c, person_pid, form_id, f, &fill));
	return view_paper(c, &(struct view_source){.f = &fill, .table_name = "care_log"}, kind, bytes, n);
}

/* The entries of the period on one document, on the form of the person's case; `newest` means nothing for a record that goes on. */
static err of_form(struct ctx *c, const struct person *p, const char *form, const struct printable_period *period, struct printable_docs *out)
{
	const struct care_log_filter f = {.from_on = period->from, .to_on = period->to == CIVIL_OPEN ? CIVIL_NONE : period->to};
	const char *own;
	struct fill fill;
	int64_t n;
	TRY(policy_check(c, p->id, CLASS_CARE, ACTION_PRINT));
	TRY(care_log_form(c, p->pid, &own));
	TRY(care_log_count(c, p->pid, &f, &n));
	if (n == 0 || !str_eq(own, form))
		return OK;
	TRY(care_log_fill(c, p->pid, form, &f, &fill));
	printable_add_fill(c, out, &fill, NULL);
	return OK;
}

err printables_kyotaku_5(struct ctx *c, const struct person *p, const struct printable_period *period, struct printable_docs *out)
{
	return of_form(c, p, "kyotaku-5", period, out);
}

err printables_keika(struct ctx *c, const struct person *p, const struct printable_period *period, struct printable_docs *out)
{
	return of_form(c, p, "keika-kiroku", period, out);
}

err care_log_csv(struct ctx *c, const char *person_pid, const struct care_log_filter *f, const char **bytes, size_t *n)
{
	static const char *const head[] = {"年月日", "時刻", "項目", "相手", "内容", "時間（分）", "会議", "モニタリング", "次の予定", "記録した人", "訂正"};
	struct care_log_view *v;
	size_t k;
	int64_t person;
	struct care_log_filter up = *f;
	TRY(person_id(c, person_pid, &person));
	TRY(policy_check(c, person, CLASS_CARE, ACTION_EXPORT));
	up.oldest_first = true;
	TRY(care_log_list(c, person_pid, &up, &v, &k));
	struct csv_writer w = csv_writer_new(c->arena, CSV_BOM | CSV_EXCEL);
	for (size_t i = 0; i < sizeof head / sizeof head[0]; i++)
		csv_put(&w, head[i]);
	csv_end(&w);
	for (size_t i = 0; i < k; i++) {
		const struct t_care_log *r = &v[i].row;
		char day[CIVIL_TEXT], next[CIVIL_TEXT];
		civil_text(r->at_on, day);
		civil_text(r->next_on, next);
		csv_put(&w, day);
		csv_put(&w, r->at_min == INT_NULL ? "" : arena_fmt(c->arena, "%02lld:%02lld", (long long)(r->at_min / 60), (long long)(r->at_min % 60)));
		csv_put(&w, v[i].item_ja);
		csv_put(&w, r->partner);
		csv_put(&w, r->content);
		csv_put_int(&w, r->minutes);
		csv_put(&w, r->is_meeting ? "○" : "");
		csv_put(&w, r->is_monitoring ? "○" : "");
		csv_put(&w, next);
		csv_put(&w, v[i].staff_name);
		csv_put(&w, r->struck_ms == INT_NULL ? "" : struck_note(c, &v[i]));
		csv_end(&w);
	}
	return csv_finish(&w, NULL, bytes, n, NULL);
}

/* ---- a day --------------------------------------------------------------------------------------------------------------- */

static const char *planned_ja(const char *source)
{
	return str_eq(source, "monitoring") ? "次回のモニタリング" : str_eq(source, "evaluation") ? "次回" : "次の予定";
}

err care_log_day(struct ctx *c, int64_t staff_id, civil on, struct care_day *out)
{
	struct q_care_log_day_row *d;
	struct q_care_log_next_row *p;
	TRY(q_care_log_day(c, &(struct q_care_log_day_in){.staff_id = staff_id, .on_day = on}, &d, &out->n_done));
	TRY(q_care_log_next(c, &(struct q_care_log_next_in){.staff_id = staff_id, .on_day = on}, &p, &out->n_planned));
	out->done = ARENA_ARRAY(c->arena, out->n_done + 1, struct care_day_row);
	out->planned = ARENA_ARRAY(c->arena, out->n_planned + 1, struct care_day_row);
	for (size_t i = 0; i < out->n_done; i++) {
		struct t_care_log r = {.item = d[i].item, .item_text = d[i].item_text};
		out->done[i] = (struct care_day_row){.pid = d[i].pid, .person_pid = d[i].person_pid, .person_name = d[i].person_name, .address = d[i].address,
			.phone = d[i].phone, .item_ja = item_ja(c, &r), .partner = d[i].partner, .staff_name = str_or(d[i].staff_name, ""), .person_id = d[i].person_id,
			.at_min = d[i].at_min, .minutes = d[i].minutes};
	}
	for (size_t i = 0; i < out->n_planned; i++)
		out->planned[i] = (struct care_day_row){.pid = p[i].pid, .person_pid = p[i].person_pid, .person_name = p[i].person_name, .address = p[i].address,
			.phone = p[i].phone, .item_ja = planned_ja(p[i].what), .partner = "", .staff_name = str_or(p[i].staff_name, ""), .person_id = p[i].person_id,
			.at_min = INT_NULL, .minutes = INT_NULL};
	return OK;
}
