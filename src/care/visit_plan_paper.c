/* The day of the visits on paper: what one needs in the car. */
#include "care/visit_plan.h"

#include "access/policy.h"
#include "base/house.h"
#include "base/str.h"
#include "codec/pdf_table.h"
#include "jp/era.h"
#include "law/calendar.h"
#include "register/org.h"


enum { N = 6 };
static const struct pdf_table_col COLS[N] = {{"順番", 100}, {"時刻", 180}, {"氏名（フリガナ）", 330}, {"住所・電話", 460}, {"目的", 330}, {"持ち物・確認すること", 400}};

/* 「モニタリングの期限 R8.11.30」 for who has one open up to the end of the month of the visit. */
static const char *due_of(struct ctx *c, const struct visit_due *v, size_t n, int64_t person_id)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].person_id == person_id)
			return arena_fmt(c->arena, "\nモニタリングの期限 %s%s", era_text_short(c->arena, v[i].due_on), v[i].due_on < c->today ? "（期限切れ）" : "");
	return "";
}

static void cells_of(struct ctx *c, const struct visit_line *x, bool all, const char *due, const char *out[static N])
{
	out[0] = all ? arena_fmt(c->arena, "%d\n%s", x->no, x->staff_name) : arena_fmt(c->arena, "%d", x->no);
	out[1] = *x->clock ? x->clock : "";
	out[2] = arena_fmt(c->arena, "%s\n（%s）", x->name, x->kana);
	out[3] = arena_fmt(c->arena, "%s%s%s%s%s", *x->place ? arena_fmt(c->arena, "訪問先: %s\n", x->place) : "", x->address, *x->phone ? "\n電話 " : "", x->phone,
		*x->area ? arena_fmt(c->arena, "\n%s", x->area) : "");
	out[4] = arena_fmt(c->arena, "%s%s%s", x->purpose_ja, str_eq(x->state, "done") ? "（済み）" : "", due);
	out[5] = x->note;
}

static const char *day_ja(struct ctx *c, civil on)
{
	struct law_calendar k = law_calendar_of(c->house->law, NULL, 0);
	const struct law_holiday *h = law_holiday_find(&k, on);
	return h ? arena_fmt(c->arena, "%s　%s", era_text_week(c->arena, on), h->name) : era_text_week(c->arena, on);
}

err visit_plan_paper(struct ctx *c, int64_t staff_id, const char *staff_name, civil on, const char **bytes, size_t *n)
{
	struct arena *a = c->arena;
	struct visit_line *v;
	struct visit_due *d;
	struct org org;
	size_t n_v, n_d, n_rows = 0, left_out = 0;
	struct ymd day = civil_ymd(on);
	bool all = staff_id == INT_NULL;
	TRY(visit_plan_list(c, &(struct visit_filter){staff_id, on, on}, &v, &n_v));
	TRY(visit_due_list(c, &(struct visit_due_filter){.staff_id = INT_NULL, .from_on = CIVIL_NONE, .to_on = civil_eom(day.y, day.m), .limit = 5000}, &d, &n_d));
	TRY(org_load(c, c->actor.org_id, &org));
	const char **cells = ARENA_ARRAY(a, n_v * N + 1, const char *);
	for (size_t i = 0; i < n_v; i++) {
		if (str_eq(v[i].state, "cancelled"))
			continue;
		if (policy_check(c, v[i].person_id, CLASS_CARE, ACTION_PRINT) != OK) {
			left_out++;
			continue;
		}
		cells_of(c, &v[i], all, due_of(c, d, n_d, v[i].person_id), cells + N * n_rows++);
	}
	const char *facts[] = {"訪問する日", day_ja(c, on), "職員", staff_name, "件数", arena_fmt(a, "%zu件", n_rows), "作成",
		arena_fmt(a, "%s　%s", era_text(a, c->today), org.name)};
	struct pdf_table t = {.title = "1日の訪問の予定", .facts = facts, .n_facts = sizeof facts / sizeof facts[0] / 2, .cols = COLS, .n_cols = N, .cells = cells,
		.n_rows = n_rows, .empty = "この日の訪問の予定はありません。", .now_ms = c->now_ms,
		.note = left_out ? arena_fmt(a, "印刷の権限がない利用者 %zu件を除いています。", left_out) : "",
		.foot = arena_fmt(a, "%s　1日の訪問の予定　%s", staff_name, era_text_short(a, on))};
	return pdf_table_write(a, c->house->fonts, &t, bytes, n);
}
