#include "register/carer.h"

#include "base/str.h"
#include "register/relation.h"
#include "sql/q_record.h"

static const struct gen_code works[] = {
	{"yes", "働いている"}, {"no", "働いていない"}, {"on_leave", "休業中"}, {"left", "介護のため離職"}, {"unknown", "不明"},
};
static const struct gen_code employments[] = {{"full", "正社員"}, {"part", "パート・契約"}, {"self", "自営"}, {"other", "その他"}};
static const struct {
	int y, m, d, days;
} leaves[] = {
#define CARE_LEAVE(y, m, d, days, source, confidence) {y, m, d, days},
#include "register/carer.tbl.h"
#undef CARE_LEAVE
};

const char *carer_works_label_ja(const char *code) { return GEN_LABEL(works, code); }
const char *carer_employment_label_ja(const char *code) { return GEN_LABEL(employments, code); }

/* INT_NULL: no rule is known for the day. */
static int64_t leave_days(civil on)
{
	int64_t days = INT_NULL;
	for (size_t i = 0; i < sizeof leaves / sizeof leaves[0]; i++)
		if (civil_from(leaves[i].y, leaves[i].m, leaves[i].d) <= on)
			days = leaves[i].days;
	return days;
}

int64_t carer_leave_days_left(const struct t_carer *row, civil on)
{
	int64_t all = leave_days(on);
	if (row->leave_days_used == INT_NULL || all == INT_NULL)
		return INT_NULL;
	return row->leave_days_used >= all ? 0 : all - row->leave_days_used;
}

static err ids(struct ctx *c, int64_t person_id, bool with_retired, int64_t **out, size_t *n)
{
	struct q_record_carer_ids_row *rows;
	TRY(q_record_carer_ids(c, &(struct q_record_carer_ids_in){.person_id = person_id, .with_retired = with_retired}, &rows, n));
	*out = (int64_t *)rows;
	return OK;
}

static void check(struct ctx *c, void *row)
{
	struct t_carer *r = row;
	GEN_CHECK_CODE(c, "works", "介護者の就労", works, r->works, true);
	GEN_CHECK_CODE(c, "employment", "働き方", employments, r->employment, false);
	gen_check_text(c, "occupation", "職業・勤め先", r->occupation, false, 100);
	gen_check_text(c, "work_days", "勤務日", r->work_days, false, 100);
	gen_check_text(c, "work_hours", "勤務時間帯", r->work_hours, false, 100);
	gen_check_text(c, "leave_kind", "使っている制度", r->leave_kind, false, 200);
	gen_check_text(c, "health", "介護者の健康", r->health, false, 1000);
	gen_check_text(c, "strain", "負担・困りごと", r->strain, false, 2000);
	gen_check_period(c, "from_on", r->from_on, "to_on", r->to_on);
	if (r->leave_to_on != CIVIL_NONE)
		gen_check_period(c, "leave_from_on", r->leave_from_on, "leave_to_on", r->leave_to_on);
	int64_t all = leave_days(r->from_on == CIVIL_NONE ? c->today : r->from_on);
	if (r->leave_days_used != INT_NULL && (r->leave_days_used < 0 || (all != INT_NULL && r->leave_days_used > all)))
		(void)fault_add(c, "leave_days_used", ERR_RANGE, "介護休業の使った日数は0日から%lld日までです。", (long long)(all == INT_NULL ? 0 : all));
	if (r->care_hours_week != INT_NULL && (r->care_hours_week < 0 || r->care_hours_week > 168))
		(void)fault_add(c, "care_hours_week", ERR_RANGE, "1週間に介護にあてている時間は0時間から168時間までです。");
}

static err before(struct ctx *c, void *row, void *arg)
{
	(void)arg;
	const struct t_carer *r = row;
	struct t_relation rel;
	if (r->relation_id <= 0)
		return fault_add(c, "relation", ERR_REQUIRED, "介護をしている家族を選んでください。");
	TRY(row_load(c, &T_relation, r->relation_id, &rel));
	return rel.person_id == r->person_id && rel.retired_ms == INT_NULL ? OK : ERR_NOTFOUND;
}

static bool same_series(const void *a, const void *b)
{
	return ((const struct t_carer *)a)->relation_id == ((const struct t_carer *)b)->relation_id;
}

static void period(const void *row, civil *from, civil *to)
{
	*from = ((const struct t_carer *)row)->from_on;
	*to = ((const struct t_carer *)row)->to_on;
}

static const char *text(struct ctx *c, const void *row)
{
	const struct t_carer *r = row;
	return arena_fmt(c->arena, "介護者 %s（%s）", carer_works_label_ja(r->works), gen_period_ja(c, r->from_on, r->to_on));
}

const struct gen_kind GEN_CARER = {.label = "介護者の状況", .table = &T_carer, .class_bit = CLASS_FAMILY, .timeline = "family",
	.refuse_overlap = true, .overlap_code = ERR_PERIOD_OVERLAP, .ids = ids, .check = check, .same_series = same_series,
	.period = period, .text = text, .before = before};
GEN_FACE_C(carer, t_carer, GEN_CARER);

GEN_CHOICES_C(carer_works_choices, works);
GEN_CHOICES_C(carer_employment_choices, employments);

/* ---- the list of carers ---- */

enum { LIST_MAX = 5000 };

static struct q_record_carer_list_count_in inputs(const struct carer_filter *f)
{
	bool working = str_eq(f->works, "working");
	return (struct q_record_carer_list_count_in){.staff_id = f->staff_id, .working = working,
		.works = working || str_blank(f->works) ? NULL : f->works, .export = f->is_export};
}

err carer_roster_count(struct ctx *c, const struct carer_filter *f, int64_t *n)
{
	struct q_record_carer_list_count_in in = inputs(f);
	struct q_record_carer_list_count_row r;
	TRY(q_record_carer_list_count(c, &in, &r));
	*n = r.n;
	return OK;
}

err carer_roster(struct ctx *c, const struct carer_filter *f, struct carer_row **v, size_t *n)
{
	struct q_record_carer_list_count_in in = inputs(f);
	struct q_record_carer_list_row *r;
	TRY(q_record_carer_list(c, &(struct q_record_carer_list_in){.staff_id = in.staff_id, .working = in.working, .works = in.works,
		.export = in.export, .offset = f->offset, .limit = f->limit ? f->limit : LIST_MAX}, &r, n));
	*v = ARENA_ARRAY(c->arena, *n + 1, struct carer_row);
	for (size_t i = 0; i < *n; i++) {
		struct carer_row *x = &(*v)[i];
		*x = (struct carer_row){.person_id = r[i].person_id, .person_pid = r[i].person_pid, .person_name = r[i].person_name,
			.person_kana = r[i].person_kana, .name = str_or(r[i].carer_name, ""), .is_main = r[i].is_main,
			.relation = str_blank(r[i].label) ? relation_kin_label_ja(r[i].relation_kind) : r[i].label,
			.living = str_eq(r[i].living, "together") ? "同居" : str_eq(r[i].living, "apart") ? "別居" : ""};
		TRY(row_load(c, &T_carer, r[i].id, &x->row));
	}
	return OK;
}
