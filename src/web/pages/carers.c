#include "web/pages/carers.h"

#include "base/str.h"
#include "codec/csv.h"
#include "jp/era.h"
#include "tmpl/person_carers.h"
#include "web/formin.h"
#include "web/pages/common.h"
#include "web/route.h"

static const struct formin_field FILTER[] = {{.name = "staff", .label = "担当者", .kind = FORMIN_CODE, .max = 40},
	{.name = "works", .label = "就労", .kind = FORMIN_CODE}};

static err filter_of(struct req *r, struct carer_filter *f)
{
	int64_t id;
	formin_read_query(r, FILTER, FORMIN_N(FILTER));
	const char *staff = str_or(req_query(r, "staff"), ""), *works = req_query(r, "works");
	*f = (struct carer_filter){.staff_id = INT_NULL, .works = str_blank(works) ? "working" : str_eq(works, "all") ? "" : works};
	TRY(staff_filter_id(r, staff, &id));
	f->staff_id = id ? id : INT_NULL;
	return OK;
}

static err choices(struct req *r, struct carer_list_view *v)
{
	const struct gen_code *w;
	size_t n_works;
	TRY(staff_filter_field(r, str_or(req_query(r, "staff"), ""), &v->staff));
	w = carer_works_choices(&n_works);
	struct ui_choice *k = ARENA_ARRAY(r->arena, n_works + 2, struct ui_choice);
	k[0] = (struct ui_choice){.value = "", .label = "働いている（休業中を含む）"};
	k[1] = (struct ui_choice){.value = "all", .label = "すべての介護者"};
	for (size_t i = 0; i < n_works; i++)
		k[i + 2] = (struct ui_choice){.value = w[i].code, .label = w[i].label};
	v->works = (struct ui_field){.name = "works", .label = "就労", .value = req_query(r, "works"), .choices = k, .n_choices = n_works + 2};
	return OK;
}

static struct carer_shown shown(struct req *r, const struct carer_row *x)
{
	int64_t left = carer_leave_days_left(&x->row, r->c->today);
	return (struct carer_shown){.r = x, .works = carer_works_label_ja(x->row.works), .employment = carer_employment_label_ja(x->row.employment),
		.leave_left = left == INT_NULL ? "" : arena_fmt(r->arena, "%lld日", (long long)left)};
}

err page_carers(struct req *r)
{
	struct carer_filter f;
	struct carer_row *rows;
	struct carer_list_view v = {.page = page_view(r, "介護者の一覧")};
	TRY(filter_of(r, &f));
	TRY(choices(r, &v));
	const char *q = arena_fmt(r->arena, "staff=%s&works=%s", req_query(r, "staff"), req_query(r, "works"));
	v.csv_path = arena_fmt(r->arena, "/carers/csv?%s", q);
	TRY(carer_roster_count(r->c, &f, &v.total));
	v.pager = pager_of(r, v.total);
	v.pager.path = arena_fmt(r->arena, "/carers?%s", q);
	f.offset = (v.pager.page - 1) * v.pager.per_page;
	f.limit = v.pager.per_page;
	TRY(carer_roster(r->c, &f, &rows, &v.n_rows));
	v.rows = ARENA_ARRAY(r->arena, v.n_rows + 1, struct carer_shown);
	for (size_t i = 0; i < v.n_rows; i++) {
		v.rows[i] = shown(r, &rows[i]);
		look_person(r, rows[i].person_id);
	}
	tmpl_person_carers(res_page(r), &v);
	return OK;
}

static void put_int(struct csv_writer *w, int64_t n)
{
	if (n == INT_NULL)
		csv_put(w, "");
	else
		csv_put_int(w, n);
}

err page_carers_csv(struct req *r)
{
	static const char *const head[] = {"利用者", "フリガナ", "介護者", "続柄", "主な介護者", "同居・別居", "就労", "働き方", "職業・勤め先", "勤務日", "勤務時間帯",
		"使っている制度", "介護休業の使った日数", "介護休業の残り", "介護の時間（週）", "健康", "負担・困りごと", "いつから"};
	struct carer_filter f;
	struct carer_row *rows;
	const char *bytes;
	size_t n, len;
	char day[CIVIL_TEXT];
	look_as(r, ACTION_EXPORT);
	TRY(filter_of(r, &f));
	f.is_export = true;
	TRY(carer_roster(r->c, &f, &rows, &n));
	struct csv_writer w = csv_writer_new(r->arena, CSV_BOM | CSV_EXCEL);
	for (size_t i = 0; i < FORMIN_N(head); i++)
		csv_put(&w, head[i]);
	csv_end(&w);
	for (size_t i = 0; i < n; i++) {
		const struct t_carer *t = &rows[i].row;
		struct carer_shown s = shown(r, &rows[i]);
		civil_text(t->from_on, day);
		const char *text[] = {rows[i].person_name, rows[i].person_kana, rows[i].name, rows[i].relation, rows[i].is_main ? "はい" : "", rows[i].living,
			s.works, s.employment, t->occupation, t->work_days, t->work_hours, t->leave_kind};
		look_person(r, rows[i].person_id);
		for (size_t k = 0; k < FORMIN_N(text); k++)
			csv_put(&w, text[k]);
		put_int(&w, t->leave_days_used);
		csv_put(&w, s.leave_left);
		put_int(&w, t->care_hours_week);
		csv_put(&w, t->health);
		csv_put(&w, t->strain);
		csv_put(&w, day);
		csv_end(&w);
	}
	TRY(csv_finish(&w, NULL, &bytes, &len, NULL));
	return res_file(r, "text/csv; charset=utf-8", bytes, len, "kaigosha.csv");
}
