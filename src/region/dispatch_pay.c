#include "region/dispatch_pay.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "codec/csv.h"
#include "codec/pdf_table.h"
#include "jp/era.h"
#include "law/codes.h"
#include "region/dispatch_own.h"
#include "register/org.h"
#include "register/staff.h"
#include "sql/q_dispatch.h"

#include <stdlib.h>
#include <string.h>

static const char *const HEAD[DISPATCH_PAY_COLS] = {"支払先", "実施した日", "センター", "派遣した専門職", "機会", "謝金（円）"};

const char *const *dispatch_pay_head(void) { return HEAD; }

/* ---- lines --------------------------------------------------------------------------------------------------------------- */

static int by_org(const void *x, const void *y)
{
	const struct dispatch_pay_line *a = x, *b = y;
	int names = strcmp(a->org, b->org);
	if (names || a->org_id != b->org_id)
		return names ? names : a->org_id < b->org_id ? -1 : 1;
	return a->held_on != b->held_on ? (a->held_on < b->held_on ? -1 : 1) : strcmp(a->pid, b->pid);
}

static err line_of(struct ctx *c, const struct q_dispatch_counted_row *r, struct dispatch_pay_line *l)
{
	struct t_dispatch d;
	struct t_dispatch_therapist t;
	struct org centre, org;
	TRY(row_load(c, &T_dispatch, r->id, &d));
	TRY(org_load(c, r->org_id, &centre));
	TRY(org_load(c, r->rehab_org_id, &org));
	*l = (struct dispatch_pay_line){.org_id = org.id, .org = org.name, .org_pid = org.pid, .pid = d.pid, .centre = centre.name, .therapist = "",
		.occasion = str_or(law_code_label(c->house->law, "dispatch_occasion", r->occasion), ""), .held_on = r->held_on, .yen = r->fee_yen};
	if (d.therapist_id == INT_NULL)
		return OK;
	TRY(row_load(c, &T_dispatch_therapist, d.therapist_id, &t));
	l->therapist = arena_fmt(c->arena, "%s（%s）", t.name, profession_label_ja(t.profession));
	return OK;
}

err dispatch_pay(struct ctx *c, int64_t insurer_org_id, const char *org_pid, civil from, civil to, struct dispatch_pay *out)
{
	struct q_dispatch_counted_row *r;
	size_t n;
	*out = (struct dispatch_pay){.from = from, .to = to};
	TRY(dispatch_town_gate(c, insurer_org_id, ACTION_SEE));
	if (to < from)
		return fault_add(c, "to", ERR_PERIOD_ORDER, "「いつまで」が「いつから」より前です。日付を直してください。");
	TRY(q_dispatch_counted(c, &(struct q_dispatch_counted_in){.insurer_org_id = insurer_org_id, .org_id = INT_NULL, .from_on = from, .to_on = to}, &r, &n));
	out->lines = ARENA_ARRAY(c->arena, n + 1, struct dispatch_pay_line);
	for (size_t i = 0; i < n; i++) {
		struct dispatch_pay_line *l = &out->lines[out->n];
		if (r[i].held_on == CIVIL_NONE || r[i].held_on < from || r[i].held_on > to || !r[i].in_programme || r[i].rehab_org_id == INT_NULL)
			continue;
		TRY(line_of(c, &r[i], l));
		if (!str_blank(org_pid) && !str_eq(l->org_pid, org_pid))
			continue;
		out->n++;
		out->without_fee += l->yen == INT_NULL;
		out->yen += l->yen == INT_NULL ? 0 : l->yen;
	}
	if (out->n)
		qsort(out->lines, out->n, sizeof *out->lines, by_org);
	return OK;
}

/* ---- for people ------------------------------------------------------------------------------------------------------------ */

static const char *yen_text(struct ctx *c, int64_t yen)
{
	struct buf b = buf_new(c->arena);
	const char *plain = arena_fmt(c->arena, "%lld", (long long)yen);
	for (size_t len = strlen(plain), i = 0; i < len; i++)
		buf_fmt(&b, "%s%c", i && (len - i) % 3 == 0 ? "," : "", plain[i]);
	return b.p;
}

static void sum_row(struct ctx *c, const char **row, const char *label, int64_t times, int64_t yen, int64_t without)
{
	row[0] = label;
	row[1] = row[2] = row[4] = "";
	row[3] = arena_fmt(c->arena, "%lld回%s", (long long)times, without ? arena_fmt(c->arena, "、うち謝金の定めがない回 %lld", (long long)without) : "");
	row[5] = yen_text(c, yen);
}

const char *const *dispatch_pay_cells(struct ctx *c, const struct dispatch_pay *p, size_t *n_rows)
{
	const char **cells = ARENA_ARRAY(c->arena, (2 * p->n + 2) * DISPATCH_PAY_COLS, const char *);
	int64_t yen = 0, times = 0, without = 0;
	*n_rows = 0;
	for (size_t i = 0; i < p->n; i++) {
		const struct dispatch_pay_line *l = &p->lines[i];
		const char **row = cells + (*n_rows)++ * DISPATCH_PAY_COLS;
		row[0] = l->org;
		row[1] = era_text_week(c->arena, l->held_on);
		row[2] = l->centre;
		row[3] = l->therapist;
		row[4] = l->occasion;
		row[5] = l->yen == INT_NULL ? "定めがない" : yen_text(c, l->yen);
		times++;
		without += l->yen == INT_NULL;
		yen += l->yen == INT_NULL ? 0 : l->yen;
		if (i + 1 < p->n && p->lines[i + 1].org_id == l->org_id)
			continue;
		sum_row(c, cells + (*n_rows)++ * DISPATCH_PAY_COLS, arena_fmt(c->arena, "%s　小計", l->org), times, yen, without);
		yen = times = without = 0;
	}
	if (p->n)
		sum_row(c, cells + (*n_rows)++ * DISPATCH_PAY_COLS, "合計", (int64_t)p->n, p->yen, p->without_fee);
	return (const char *const *)cells;
}

err dispatch_paper_pay(struct ctx *c, int64_t insurer_org_id, const char *org_pid, civil from, civil to, struct dispatch_paper *out)
{
	static const struct pdf_table_col cols[DISPATCH_PAY_COLS] = {{"支払先", 400}, {"実施した日", 330}, {"センター", 370}, {"派遣した専門職", 310}, {"機会", 200}, {"謝金（円）", 190}};
	struct dispatch_pay p;
	struct org o;
	const char *bytes;
	TRY(dispatch_pay(c, insurer_org_id, org_pid, from, to, &p));
	if (!c->actor.system && !(c->may_own[ACTION_PRINT] & CLASS_STATISTICS))
		return ERR_DENIED;
	TRY(org_load(c, insurer_org_id, &o));
	const char *facts[] = {"保険者", o.name, "実施した日", arena_fmt(c->arena, "%sから%sまで", era_text(c->arena, from), era_text(c->arena, to)),
		"合計", arena_fmt(c->arena, "%zu回　%s円", p.n, yen_text(c, p.yen))};
	struct pdf_table t = {.title = "リハビリ専門職の派遣　謝金明細", .facts = facts, .n_facts = 3, .note = "派遣事業で実施した派遣です。金額は、実施した日の謝金の定めによります。", .cols = cols,
		.n_cols = DISPATCH_PAY_COLS, .empty = "この期間に実施した派遣はありません。", .foot = "リハビリ専門職の派遣　謝金明細", .now_ms = c->now_ms};
	t.cells = dispatch_pay_cells(c, &p, &t.n_rows);
	TRY(pdf_table_write(c->arena, c->house->fonts, &t, &bytes, &out->n));
	out->bytes = bytes;
	out->name = "haken-shakin.pdf";
	return OK;
}

/* ---- the file ---------------------------------------------------------------------------------------------------------------- */

err dispatch_pay_csv(struct ctx *c, int64_t insurer_org_id, const char *org_pid, civil from, civil to, const char **bytes, size_t *n)
{
	struct dispatch_pay p;
	TRY(dispatch_pay(c, insurer_org_id, org_pid, from, to, &p));
	if (!c->actor.system && !(c->may_own[ACTION_EXPORT] & CLASS_STATISTICS))
		return ERR_DENIED;
	struct csv_writer w = csv_writer_new(c->arena, CSV_BOM | CSV_EXCEL);
	for (size_t i = 0; i < DISPATCH_PAY_COLS; i++)
		csv_put(&w, HEAD[i]);
	csv_end(&w);
	for (size_t i = 0; i < p.n; i++) {
		const struct dispatch_pay_line *l = &p.lines[i];
		char day[CIVIL_TEXT];
		civil_text(l->held_on, day);
		csv_put(&w, l->org);
		csv_put(&w, day);
		csv_put(&w, l->centre);
		csv_put(&w, l->therapist);
		csv_put(&w, l->occasion);
		csv_put(&w, l->yen == INT_NULL ? "" : arena_fmt(c->arena, "%lld", (long long)l->yen));
		csv_end(&w);
	}
	return csv_finish(&w, NULL, bytes, n, NULL);
}
