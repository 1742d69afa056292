#include "care/work.h"

#include "base/house.h"
#include "base/str.h"
#include "care/assess.h"
#include "care/consult.h"
#include "care/visit_plan.h"
#include "jp/era.h"
#include "law/codes.h"
#include "law/numbers.h"
#include "register/certification.h"
#include "register/ranks.h"
#include "register/seen.h"
#include "register/task.h"
#include "sql/q_care.h"

/* One row per box: what it counts, and how. A box is a filter; number and rows come from the same one (F122). */
enum box_kind { BOX_TASK, BOX_TASK_KIND, BOX_TASK_LATE, BOX_TASK_MONTH, BOX_TASK_SOON, BOX_CONSULT, BOX_CHECKLIST, BOX_ENDING, BOX_ROUTED, BOX_ASSESS, BOX_ASSESS_AGAIN, BOX_CHANGED, BOX_NO_VISIT };

static const struct box {
	enum work_group group;
	const char *code, *label, *help;
	enum box_kind kind;
	const char *arg; /* task_number_filter's code, consult_filter.only, result code, task kind */
	bool urgent;
} BOXES[] = {
	{WORK_DUE, "overdue", "期限を過ぎた仕事", "期限の日を過ぎて、まだ終わっていない仕事です。", BOX_TASK, "overdue", true},
	{WORK_DUE, "today", "今日が期限の仕事", "今日のうちに終える仕事です。", BOX_TASK, "today", false},
	{WORK_DUE, "week", "7日以内の仕事", "これから7日のうちに期限が来る仕事です。", BOX_TASK, "week", false},
	{WORK_CARE, "monitoring_late", "遅れているモニタリング", "期限の日を過ぎたモニタリングです。", BOX_TASK_LATE, "monitoring", true},
	{WORK_CARE, "monitoring_month", "今月のモニタリング", "今月のうちに面接して記録する人です。", BOX_TASK_MONTH, "monitoring", false},
	{WORK_CARE, "monitoring_unplanned", "訪問の予定がないモニタリング", "今月のうちか期限を過ぎたモニタリングで、訪問の予定がまだ入っていない人です。", BOX_NO_VISIT, "", false},
	{WORK_CARE, "evaluation_soon", "評価と更新の準備", "計画の終わりまで30日以内で、まだ評価していない人です。", BOX_TASK_SOON, "evaluation", false},
	{WORK_CARE, "cert_ending", "認定がもうすぐ終わる人", "満了日まで60日以内（更新申請ができる期間）で、更新の申請も次の認定もない人です。", BOX_ENDING, "", false},
	{WORK_CARE, "assess_draft", "確定していないアセスメント", "作成中のアセスメントです。必要なことがそろったら確定してください。", BOX_ASSESS, "", false},
	{WORK_CARE, "assess_again", "アセスメントをもう一度する人", "認定の更新や区分変更のあと、まだアセスメントをしていない人です。", BOX_ASSESS_AGAIN, "", false},
	{WORK_CARE, "changed", "前に見たあとに変更のあった人", "前に経過を読んだあとに、ほかの人が記録を加えたり直したりした人です。読むと一覧から消えます。", BOX_CHANGED, "", false},
	{WORK_CONSULT, "consult_overdue", "次の対応が遅れている相談", "「いつまでに」の日を過ぎた相談です。", BOX_CONSULT, "overdue", true},
	{WORK_CONSULT, "consult_idle", "次の対応が決まっていない相談", "終結しておらず、次にすることの日が決まっていない相談です。", BOX_CONSULT, "idle", true},
	{WORK_CONSULT, "consult_unlinked", "本人がまだ分からない相談", "名前が分からないまま受けた相談です。分かったら本人を付けてください。", BOX_CONSULT, "unlinked", false},
	{WORK_CONSULT, "consult_open", "対応中の相談", "終結していない相談のすべてです。", BOX_CONSULT, "open", false},
	{WORK_CONSULT, "checklist_open", "判定できないチェックリスト", "未回答があって判定できない基本チェックリストです。", BOX_CHECKLIST, "undetermined", false},
	{WORK_CONSULT, "handin_open", "提出がまだの書類", "振り分けで必要になった書類のうち、まだ出ていないものがある人です。", BOX_TASK_KIND, "routing_handin", false},
	{WORK_CONSULT, "routed", "きのうから今日の振り分け", "きのうと今日に振り分けた人です。", BOX_ROUTED, "", false},
};
enum { N_BOXES = sizeof BOXES / sizeof BOXES[0], PAGE_MAX = 200 };

static int64_t charge(const struct ctx *c, bool mine)
{
	return !mine ? INT_NULL : c->actor.staff_id > 0 ? c->actor.staff_id : -1; /* -1: who has no staff record has no work */
}

static civil month_end(const struct ctx *c)
{
	struct ymd d = civil_ymd(c->today);
	return civil_eom(d.y, d.m);
}

/* The last day whose renewal may be asked for today (R-NT-RENEW-WIN); the window itself stands in register/certification. */
static civil ending_by(const struct ctx *c)
{
	civil from, to;
	certification_renew_window(c->today, &from, &to);
	return c->today + (c->today - from);
}

static err task_box(struct ctx *c, const struct box *b, bool mine, struct task_filter *f)
{
	if (b->kind != BOX_TASK) {
		int64_t days = 0;
		*f = (struct task_filter)TASK_OPEN();
		f->kind = b->arg;
		if (b->kind == BOX_TASK_LATE)
			f->due_to = c->today - 1;
		if (b->kind == BOX_TASK_MONTH) {
			f->due_from = c->today;
			f->due_to = month_end(c);
		}
		if (b->kind == BOX_TASK_SOON) {
			TRY(law_number(c->house->law, "renewal_days", c->today, &days));
			f->due_to = (civil)(c->today + days);
		}
	} else {
		TRY(task_number_filter(c, b->arg, f));
	}
	if (mine)
		f->assignee_staff_id = charge(c, true);
	return OK;
}

static struct consult_filter consult_box(const struct box *b, bool mine)
{
	return (struct consult_filter){.only = b->arg, .assignee = mine ? "me" : NULL, .from_on = CIVIL_NONE,
	                               .to_on = CIVIL_NONE, .sort = CONSULT_BY_NEXT, .limit = 1};
}

static err count_of(struct ctx *c, const struct box *b, bool mine, int64_t *n)
{
	switch (b->kind) {
	case BOX_TASK:
	case BOX_TASK_KIND:
	case BOX_TASK_LATE:
	case BOX_TASK_MONTH:
	case BOX_TASK_SOON: {
		struct task_filter f;
		TRY(task_box(c, b, mine, &f));
		return task_count(c, &f, n);
	}
	case BOX_CONSULT: {
		struct consult_filter f = consult_box(b, mine);
		return consult_count(c, &f, n);
	}
	case BOX_CHECKLIST: {
		struct q_response_result_count_row r;
		TRY(q_response_result_count(c, &(struct q_response_result_count_in){.form_id = "kihon-checklist", .result_code = b->arg,
		                                                                    .staff_id = charge(c, mine)}, &r));
		*n = r.n;
		return OK;
	}
	case BOX_ENDING: {
		struct q_cert_ending_count_row r;
		TRY(q_cert_ending_count(c, &(struct q_cert_ending_count_in){.from_on = c->today, .to_on = ending_by(c),
		                                                            .staff_id = charge(c, mine)}, &r));
		*n = r.n;
		return OK;
	}
	case BOX_ROUTED: {
		struct q_routing_since_count_row r;
		TRY(q_routing_since_count(c, &(struct q_routing_since_count_in){.from_on = c->today - 1, .staff_id = charge(c, mine)}, &r));
		*n = r.n;
		return OK;
	}
	case BOX_NO_VISIT: return visit_due_count(c, charge(c, mine), month_end(c), n);
	case BOX_CHANGED: return seen_people_count(c, &(struct seen_filter){.staff_id = charge(c, mine)}, n);
	case BOX_ASSESS:
	case BOX_ASSESS_AGAIN: return assess_work_count(c, b->kind == BOX_ASSESS_AGAIN, charge(c, mine), n);
	}
	return ERR_BUG;
}

/* The figure of a box among those counted together; NULL: it is counted by itself. */
static const int64_t *counted(const struct box *b, const struct consult_open_figures *f)
{
	if (b->kind != BOX_CONSULT)
		return NULL;
	return str_eq(b->arg, "open") ? &f->open : str_eq(b->arg, "idle") ? &f->idle : str_eq(b->arg, "overdue") ? &f->overdue : NULL;
}

err work_boxes(struct ctx *c, bool mine, struct work_box **boxes, size_t *n)
{
	struct consult_open_figures open;
	TRY(consult_open_count(c, mine ? "me" : NULL, &open));
	*n = N_BOXES;
	*boxes = ARENA_ARRAY(c->arena, N_BOXES, struct work_box);
	for (size_t i = 0; i < N_BOXES; i++) {
		const struct box *b = &BOXES[i];
		(*boxes)[i] = (struct work_box){b->group, b->code, b->label, b->help, 0, b->urgent};
		const int64_t *known = counted(b, &open);
		if (known)
			(*boxes)[i].count = *known;
		else
			TRY(count_of(c, b, mine, &(*boxes)[i].count));
	}
	return OK;
}

bool work_box_is_past(const char *code) { return str_eq(code, "routed") || str_eq(code, "changed"); }

/* ---- rows -------------------------------------------------------------------------------------------------- */

static const char *task_url(struct ctx *c, const struct task_row *t)
{
	if (str_blank(t->row_pid))
		return *t->person_pid ? arena_fmt(c->arena, "/persons/%s", t->person_pid) : "";
	if (str_eq(t->table_name, "consult"))
		return arena_fmt(c->arena, "/consults/%s", t->row_pid);
	if (str_eq(t->table_name, "routing"))
		return arena_fmt(c->arena, "/routings/%s", t->row_pid);
	if (str_eq(t->table_name, "assessment"))
		return arena_fmt(c->arena, "/assessments/%s", t->row_pid);
	if (str_eq(t->kind, "monitoring") && *t->person_pid)
		return arena_fmt(c->arena, "/persons/%s/monitorings/new", t->person_pid);
	if (str_eq(t->table_name, "plan") && str_eq(t->kind, "evaluation") && *t->person_pid)
		return arena_fmt(c->arena, "/persons/%s/renewal", t->person_pid);
	if (str_eq(t->table_name, "monitoring") || str_eq(t->table_name, "evaluation"))
		return arena_fmt(c->arena, "/%ss/%s", t->table_name, t->row_pid);
	if (str_eq(t->table_name, "care_case"))
		return arena_fmt(c->arena, "/cases/%s", t->row_pid);
	if (str_eq(t->table_name, "response"))
		return arena_fmt(c->arena, "/responses/%s", t->row_pid);
	if (str_eq(t->table_name, "survey_round"))
		return arena_fmt(c->arena, "/survey-rounds/%s/send", t->row_pid);
	if (str_eq(t->table_name, "survey"))
		return arena_fmt(c->arena, "/surveys/%s", t->row_pid);
	if (str_eq(t->table_name, "rehab_review")) /* the course it belongs to */
		return arena_fmt(c->arena, "/rehab-goals/%s", t->row_pid);
	if (str_eq(t->table_name, "rehab_meeting"))
		return arena_fmt(c->arena, "/rehab-meetings/%s", t->row_pid);
	if (str_eq(t->table_name, "rehab_info"))
		return arena_fmt(c->arena, "/rehab-infos/%s", t->row_pid);
	if (str_eq(t->table_name, "dispatch"))
		return arena_fmt(c->arena, "/dispatch/%s", t->row_pid);
	if (str_eq(t->table_name, "dispatch_nonuse"))
		return arena_fmt(c->arena, "/dispatch-nonuse/%s", t->row_pid);
	if (str_eq(t->table_name, "care_meeting") || str_eq(t->table_name, "care_inquiry")) /* an inquiry is read in its meeting */
		return arena_fmt(c->arena, "/meetings/%s", t->row_pid);
	return *t->person_pid ? arena_fmt(c->arena, "/persons/%s", t->person_pid) : "";
}

static err staff_name(struct ctx *c, int64_t staff_id, const char **name)
{
	struct q_care_staff_name_row r;
	bool found = false;
	*name = "";
	if (staff_id)
		TRY(q_care_staff_name(c, &(struct q_care_staff_name_in){.staff_id = staff_id}, &r, &found));
	if (found)
		*name = r.name;
	return OK;
}

static err task_rows(struct ctx *c, const struct box *b, bool mine, int64_t offset, int64_t limit, struct work_row **rows,
                     size_t *n)
{
	struct task_filter f;
	TRY(task_box(c, b, mine, &f));
	f.limit = (int)limit;
	f.offset = (int)offset;
	struct task_row *t;
	TRY(task_list(c, &f, &t, n));
	*rows = ARENA_ARRAY(c->arena, *n + 1, struct work_row);
	for (size_t i = 0; i < *n; i++) {
		const char *who;
		TRY(staff_name(c, t[i].assignee_staff_id, &who));
		(*rows)[i] = (struct work_row){.kind_label = task_kind_label_ja(t[i].kind), .title = t[i].title,
		                               .person_pid = t[i].person_pid, .person_name = t[i].person_name,
		                               .person_id = t[i].person_id ? t[i].person_id : INT_NULL, .task_pid = t[i].pid,
		                               .url = task_url(c, &t[i]), .assignee_name = who, .due_on = t[i].due_on,
		                               .note = t[i].reason};
	}
	return OK;
}

static err consult_rows(struct ctx *c, const struct box *b, bool mine, int64_t offset, int64_t limit,
                        struct work_row **rows, size_t *n)
{
	struct consult_filter f = consult_box(b, mine);
	f.offset = offset;
	f.limit = limit;
	struct consult_row *r;
	TRY(consult_list(c, &f, &r, n, NULL));
	*rows = ARENA_ARRAY(c->arena, *n + 1, struct work_row);
	for (size_t i = 0; i < *n; i++)
		(*rows)[i] = (struct work_row){
			.kind_label = arena_fmt(c->arena, "相談・%s", law_code_label(c->house->law, "consult_status", r[i].status)),
			.title = str_blank(r[i].next_action) ? r[i].content : r[i].next_action, .person_pid = r[i].person_pid,
			.person_name = *r[i].person_name ? r[i].person_name : r[i].person_label, .person_id = r[i].person_id,
			.url = arena_fmt(c->arena, "/consults/%s", r[i].pid), .assignee_name = r[i].assignee_name,
			.due_on = r[i].next_on, .task_pid = "",
			.note = arena_fmt(c->arena, "%s 受付", era_text_short(c->arena, civil_of_instant(r[i].received_ms)))};
	return OK;
}

static err checklist_rows(struct ctx *c, const struct box *b, bool mine, int64_t offset, int64_t limit,
                          struct work_row **rows, size_t *n)
{
	struct q_response_result_list_row *r;
	TRY(q_response_result_list(c, &(struct q_response_result_list_in){.form_id = "kihon-checklist", .result_code = b->arg,
	                                                                  .staff_id = charge(c, mine), .offset = offset,
	                                                                  .limit = limit}, &r, n));
	*rows = ARENA_ARRAY(c->arena, *n + 1, struct work_row);
	for (size_t i = 0; i < *n; i++)
		(*rows)[i] = (struct work_row){
			.kind_label = "基本チェックリスト", .title = "未回答を聞き取る", .person_pid = r[i].person_pid,
			.person_name = r[i].person_name, .person_id = r[i].person_id, .task_pid = "",
			.url = arena_fmt(c->arena, "/responses/%s", r[i].pid), .assignee_name = str_or(r[i].staff_name, ""),
			.due_on = CIVIL_NONE, .note = arena_fmt(c->arena, "%s 記入", era_text_short(c->arena, r[i].answered_on))};
	return OK;
}

static err ending_rows(struct ctx *c, bool mine, int64_t offset, int64_t limit, struct work_row **rows, size_t *n)
{
	struct q_cert_ending_row *r;
	TRY(q_cert_ending(c, &(struct q_cert_ending_in){.from_on = c->today, .to_on = ending_by(c), .staff_id = charge(c, mine),
	                                                .offset = offset, .limit = limit}, &r, n));
	*rows = ARENA_ARRAY(c->arena, *n + 1, struct work_row);
	for (size_t i = 0; i < *n; i++)
		(*rows)[i] = (struct work_row){
			.kind_label = "認定の満了", .title = arena_fmt(c->arena, "更新申請を確かめる（%s）", ranks_label_ja(CODE_LEVEL, str_or(r[i].level, ""))),
			.person_pid = r[i].person_pid, .person_name = r[i].person_name, .person_id = r[i].person_id, .task_pid = "",
			.url = arena_fmt(c->arena, "/persons/%s/insurance", r[i].person_pid), .assignee_name = "", .due_on = r[i].to_on,
			.note = ""};
	return OK;
}

static err routed_rows(struct ctx *c, bool mine, int64_t offset, int64_t limit, struct work_row **rows, size_t *n)
{
	struct q_routing_since_row *r;
	TRY(q_routing_since(c, &(struct q_routing_since_in){.from_on = c->today - 1, .staff_id = charge(c, mine),
	                                                    .offset = offset, .limit = limit}, &r, n));
	*rows = ARENA_ARRAY(c->arena, *n + 1, struct work_row);
	for (size_t i = 0; i < *n; i++)
		(*rows)[i] = (struct work_row){
			.kind_label = "振り分け", .title = law_code_label(c->house->law, "routing_route", r[i].route),
			.person_pid = r[i].person_pid, .person_name = r[i].person_name, .person_id = r[i].person_id, .task_pid = "",
			.url = arena_fmt(c->arena, "/routings/%s", r[i].pid), .assignee_name = str_or(r[i].staff_name, ""),
			.due_on = r[i].decided_on, .note = ""};
	return OK;
}

static err unplanned_rows(struct ctx *c, bool mine, int64_t offset, int64_t limit, struct work_row **rows, size_t *n)
{
	struct visit_due *r;
	TRY(visit_due_list(c, &(struct visit_due_filter){.staff_id = charge(c, mine), .from_on = CIVIL_NONE, .to_on = month_end(c), .unplanned = true, .offset = offset,
		.limit = limit}, &r, n));
	*rows = ARENA_ARRAY(c->arena, *n + 1, struct work_row);
	for (size_t i = 0; i < *n; i++)
		(*rows)[i] = (struct work_row){.kind_label = "訪問の予定", .title = arena_fmt(c->arena, "%s: 予定を入れる", r[i].title), .person_pid = r[i].person_pid,
			.person_name = r[i].name, .person_id = r[i].person_id, .task_pid = "", .assignee_name = r[i].staff_name, .due_on = r[i].due_on,
			.url = arena_fmt(c->arena, "/persons/%s/visits/new", r[i].person_pid), .note = r[i].reason};
	return OK;
}

static err changed_rows(struct ctx *c, bool mine, int64_t offset, int64_t limit, struct work_row **rows, size_t *n)
{
	struct seen_person *r;
	TRY(seen_people(c, &(struct seen_filter){.staff_id = charge(c, mine), .offset = offset, .limit = limit}, &r, n));
	*rows = ARENA_ARRAY(c->arena, *n + 1, struct work_row);
	for (size_t i = 0; i < *n; i++)
		(*rows)[i] = (struct work_row){.kind_label = "経過", .title = arena_fmt(c->arena, "%lld件の変更", (long long)r[i].n), .person_pid = r[i].pid,
			.person_name = r[i].name, .person_id = r[i].cluster_id, .task_pid = "", .assignee_name = "", .due_on = civil_of_instant(r[i].newest_ms),
			.url = arena_fmt(c->arena, "/persons/%s/timeline?fresh=1", r[i].pid), .note = ""};
	return OK;
}

static err assess_rows(struct ctx *c, bool again, bool mine, int64_t offset, int64_t limit, struct work_row **rows, size_t *n)
{
	struct assess_work *r;
	TRY(assess_work(c, again, charge(c, mine), offset, limit, &r, n));
	*rows = ARENA_ARRAY(c->arena, *n + 1, struct work_row);
	for (size_t i = 0; i < *n; i++)
		(*rows)[i] = (struct work_row){
			.kind_label = "アセスメント", .title = again ? "認定が変わったあとのアセスメントをする" : "アセスメントを書き終えて確定する", .person_pid = r[i].person_pid,
			.person_name = r[i].person_name, .person_id = r[i].person_id, .task_pid = "", .assignee_name = r[i].staff_name, .due_on = CIVIL_NONE,
			.url = again ? arena_fmt(c->arena, "/persons/%s/assessments", r[i].person_pid) : arena_fmt(c->arena, "/assessments/%s", r[i].pid),
			.note = again ? arena_fmt(c->arena, "前回 %s、認定 %s から", era_text_short(c->arena, r[i].done_on), era_text_short(c->arena, r[i].from_on))
			              : arena_fmt(c->arena, "%s 実施 %s", era_text_short(c->arena, r[i].done_on), str_blank(r[i].reason) ? "" : law_code_label(c->house->law, "assess_reason", r[i].reason))};
	return OK;
}

err work_rows(struct ctx *c, const char *code, bool mine, int64_t offset, int64_t limit, struct work_box *box,
              struct work_row **rows, size_t *n)
{
	for (size_t i = 0; i < N_BOXES; i++) {
		const struct box *b = &BOXES[i];
		if (!str_eq(b->code, code))
			continue;
		if (limit <= 0 || limit > PAGE_MAX)
			limit = 50;
		*box = (struct work_box){b->group, b->code, b->label, b->help, 0, b->urgent};
		TRY(count_of(c, b, mine, &box->count));
		switch (b->kind) {
		case BOX_TASK:
		case BOX_TASK_KIND:
		case BOX_TASK_LATE:
		case BOX_TASK_MONTH:
		case BOX_TASK_SOON: return task_rows(c, b, mine, offset, limit, rows, n);
		case BOX_CONSULT: return consult_rows(c, b, mine, offset, limit, rows, n);
		case BOX_CHECKLIST: return checklist_rows(c, b, mine, offset, limit, rows, n);
		case BOX_ENDING: return ending_rows(c, mine, offset, limit, rows, n);
		case BOX_ROUTED: return routed_rows(c, mine, offset, limit, rows, n);
		case BOX_NO_VISIT: return unplanned_rows(c, mine, offset, limit, rows, n);
		case BOX_CHANGED: return changed_rows(c, mine, offset, limit, rows, n);
		case BOX_ASSESS:
		case BOX_ASSESS_AGAIN: return assess_rows(c, b->kind == BOX_ASSESS_AGAIN, mine, offset, limit, rows, n);
		}
	}
	return ERR_NOTFOUND;
}
