/* The year as one sheet: the same lines for paper and CSV. */
#include "region/dispatch_figures.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/str.h"
#include "codec/csv.h"
#include "region/dispatch.h"
#include "region/dispatch_own.h"

#include <string.h>

static const char *const HEAD[DISPATCH_SHEET] = {"表", "項目", "第1四半期", "第2四半期", "第3四半期", "第4四半期", "年度計", "割合・平均", "分母"};

const char *const *dispatch_sheet_head(void) { return HEAD; }

struct sheet {
	struct ctx *c;
	const char **cells;
	size_t n, cap;
};

static const char **next(struct sheet *s)
{
	if (s->n == s->cap) {
		size_t cap = s->cap ? s->cap * 2 : 128;
		const char **more = ARENA_ARRAY(s->c->arena, cap * DISPATCH_SHEET, const char *);
		for (size_t i = 0; i < s->n * DISPATCH_SHEET; i++)
			more[i] = s->cells[i];
		s->cells = more;
		s->cap = cap;
	}
	const char **row = &s->cells[s->n++ * DISPATCH_SHEET];
	for (size_t i = 0; i < DISPATCH_SHEET; i++)
		row[i] = "";
	return row;
}

/* 32,000; the file leaves the commas away. */
static const char *num(struct sheet *s, int64_t n)
{
	struct buf b = buf_new(s->c->arena);
	const char *plain = arena_fmt(s->c->arena, "%lld", (long long)n);
	for (size_t len = strlen(plain), i = 0; i < len; i++)
		buf_fmt(&b, "%s%c", i && (len - i) % 3 == 0 && plain[i - 1] != '-' ? "," : "", plain[i]);
	return b.p;
}

static const char *percent(struct sheet *s, int64_t n, int64_t of) { return of ? arena_fmt(s->c->arena, "%lld%%", (long long)((200 * n + of) / (2 * of))) : ""; }

static const char **total(struct sheet *s, const char *table, const char *item, int64_t n, const char *base)
{
	const char **row = next(s);
	row[0] = table;
	row[1] = item;
	row[6] = num(s, n);
	row[8] = base;
	return row;
}

/* of 0: a count that is no share of anything. */
static void by_quarter(struct sheet *s, const char *table, const char *item, const int64_t n[DISPATCH_QUARTERS], int64_t all, int64_t of, const char *base)
{
	const char **row = total(s, table, item, all, base);
	for (size_t q = 0; q < DISPATCH_QUARTERS; q++)
		row[2 + q] = num(s, n[q]);
	row[7] = percent(s, all, of);
}

static void lines(struct sheet *s, const char *table, const struct dispatch_line *l, size_t n, int64_t of, const char *base)
{
	for (size_t i = 0; i < n; i++)
		by_quarter(s, table, l[i].label, l[i].n, l[i].all, of, base);
}

static void shares(struct sheet *s, const char *table, const struct dispatch_share *l, size_t n, const char *base)
{
	for (size_t i = 0; i < n; i++) {
		const char **row = next(s);
		row[0] = table;
		row[1] = l[i].label;
		row[6] = num(s, l[i].n);
		row[7] = l[i].of ? arena_fmt(s->c->arena, "%s%%", l[i].percent) : "";
		row[8] = arena_fmt(s->c->arena, "%s（%lld）", base, (long long)l[i].of);
	}
}

static void counts(struct sheet *s, const struct dispatch_year *y, const char *activities)
{
	const char *centres = arena_fmt(s->c->arena, "対象のすべてのセンター（%zu）", y->n_centres);
	int64_t all[DISPATCH_QUARTERS];
	const int64_t *in = y->programme[0].n, *out = y->programme[1].n;
	for (size_t q = 0; q < DISPATCH_QUARTERS; q++)
		all[q] = in[q] + out[q];
	by_quarter(s, "総数", "連携の回数（実施日で数える）", all, y->activities, 0, "割合なし（回数）");
	by_quarter(s, "総数", "うち派遣事業の活用あり", in, y->in_programme, y->activities, activities);
	by_quarter(s, "総数", "うち派遣事業の活用なし", out, y->outside, y->activities, activities);
	by_quarter(s, "総数", "派遣の依頼", y->requests_q, y->requests, 0, "割合なし（依頼日で数える）");
	by_quarter(s, "総数", "問い合わせだけで終わったもの", y->inquiries_q, y->inquiries, 0, "割合なし（問い合わせた日で数える）");
	by_quarter(s, "総数", "取りやめた依頼", y->cancelled_q, y->cancelled, 0, "割合なし（取りやめた日で数える）");
	by_quarter(s, "センター", "連携したセンター（年度計は一度でも）", y->did_q, y->centres_did, (int64_t)y->n_centres, centres);
	by_quarter(s, "センター", "派遣事業を活用したセンター（年度計は一度でも）", y->used_q, y->centres_used, (int64_t)y->n_centres, centres);
	by_quarter(s, "センター", "連携したセンターと四半期の組", y->did_q, y->answers_did, y->pairs, arena_fmt(s->c->arena, "センター×始まった四半期（%lld）", (long long)y->pairs));
	by_quarter(s, "センター", "うち派遣事業を活用した組", y->used_q, y->answers_used, y->answers_did,
		arena_fmt(s->c->arena, "連携したセンターと四半期の組（%lld）", (long long)y->answers_did));
}

static void by_centre(struct sheet *s, const struct dispatch_year *y, const char *activities)
{
	for (size_t i = 0; i < y->n_centres; i++) {
		const struct dispatch_centre_year *o = &y->centres[i];
		by_quarter(s, "センター別", o->org_name, o->n, o->all, y->activities,
			arena_fmt(s->c->arena, "%s。事例検討会%lld・訪問%lld・その他%lld（活用あり%lld・なし%lld）", activities, (long long)o->case_conf, (long long)o->visit,
				(long long)o->other, (long long)o->in_programme, (long long)o->outside));
	}
}

/* Tags of one kind of rating over the ratings of that kind. */
static void aspects(struct sheet *s, const char *table, const struct dispatch_line *v, size_t n, int64_t of, const char *base)
{
	for (size_t i = 0; i < n; i++) {
		const struct dispatch_line *l = &v[i];
		const char **row = total(s, table, l->label, l->all, arena_fmt(s->c->arena, "%s（%lld）・複数回答。大変効果%lld・効果%lld・どちらとも%lld・なし%lld",
			base, (long long)of, (long long)l->n[0], (long long)l->n[1], (long long)l->n[2], (long long)l->n[3]));
		row[7] = percent(s, l->all, of);
	}
}

static void money(struct sheet *s, const struct dispatch_year *y)
{
	for (size_t i = 0; i < y->n_payees; i++) {
		const struct dispatch_payee *p = &y->payees[i];
		total(s, "謝金（円）", p->org_name, p->yen, arena_fmt(s->c->arena, "派遣%lld回%s", (long long)p->dispatches,
			p->without_fee ? arena_fmt(s->c->arena, "、うち謝金の定めがない回%lld", (long long)p->without_fee) : ""));
	}
	total(s, "謝金（円）", "計", y->yen, "すべての派遣");
}

void dispatch_year_sheet(struct ctx *c, const struct dispatch_year *y, struct dispatch_sheet *out)
{
	struct sheet s = {.c = c};
	const char *activities = arena_fmt(c->arena, "すべての連携（%lld）", (long long)y->activities);
	const char *multiple = arena_fmt(c->arena, "すべての連携（%lld）・複数回答", (long long)y->activities);
	counts(&s, y, activities);
	by_centre(&s, y, activities);
	lines(&s, "機会", y->occasions, y->n_occasions, y->activities, activities);
	lines(&s, "活用", y->programme, y->n_programme, y->activities, activities);
	lines(&s, "時期", y->timings, y->n_timings, y->activities, multiple);
	lines(&s, "理由", y->reasons, y->n_reasons, y->activities, multiple);
	lines(&s, "派遣事業のほかの相手", y->partners, y->n_partners, y->outside, arena_fmt(c->arena, "活用なしの連携（%lld）", (long long)y->outside));
	for (size_t i = 0; i < y->n_means; i++) {
		const char **row = next(&s);
		row[0] = "平均";
		row[1] = y->means[i].label;
		row[6] = num(&s, y->means[i].sum);
		row[7] = y->means[i].mean;
		row[8] = arena_fmt(c->arena, "%s（%lld）", y->means[i].base_ja, (long long)y->means[i].of);
	}
	shares(&s, "効果（1回ごと）", y->effects, y->n_effects, "効果を入れた連携");
	shares(&s, "効果（四半期ごと）", y->effects_quarter, y->n_effects_quarter, "効果を入れたセンターと四半期の組");
	aspects(&s, "効果があったところ（1回ごと）", y->aspects, y->n_aspects, y->n_effects ? y->effects[0].of : 0, "効果を入れた連携");
	aspects(&s, "効果があったところ（四半期ごと）", y->aspects_quarter, y->n_aspects, y->n_effects_quarter ? y->effects_quarter[0].of : 0, "効果を入れたセンターと四半期の組");
	shares(&s, "目標の見直し", &y->goal, 1, "助言の報告がある連携");
	shares(&s, "フォローの結果", y->results, y->n_results, "フォローが済んだ連携");
	shares(&s, "断りの理由", y->declines, y->n_declines, "断られた打診");
	shares(&s, "連携していない理由", y->nonuse, y->n_nonuse, "連携していないセンター・複数回答");
	total(&s, "連携していないセンター", "今後、連携を予定", y->plans_joint, arena_fmt(c->arena, "連携していないセンター（%lld）", (long long)y->nonuse_centres))[7] = percent(&s, y->plans_joint, y->nonuse_centres);
	total(&s, "連携していないセンター", "今後、派遣事業の活用を予定", y->plans_use, arena_fmt(c->arena, "連携していないセンター（%lld）", (long long)y->nonuse_centres))[7] = percent(&s, y->plans_use, y->nonuse_centres);
	money(&s, y);
	*out = (struct dispatch_sheet){s.cells, s.n};
}

static const char *plain(struct ctx *c, const char *number)
{
	struct buf b = buf_new(c->arena);
	for (; *number; number++)
		if (*number != ',')
			buf_char(&b, *number);
	return b.n ? b.p : "";
}

err dispatch_year_csv(struct ctx *c, int64_t insurer_org_id, civil year_on, const char **bytes, size_t *n)
{
	struct dispatch_year y;
	struct dispatch_sheet sheet;
	TRY(dispatch_year(c, insurer_org_id, year_on, &y));
	if (!c->actor.system && !(c->may_own[ACTION_EXPORT] & CLASS_STATISTICS))
		return ERR_DENIED;
	dispatch_year_sheet(c, &y, &sheet);
	struct csv_writer w = csv_writer_new(c->arena, CSV_BOM | CSV_EXCEL);
	for (size_t i = 0; i < DISPATCH_SHEET; i++)
		csv_put(&w, HEAD[i]);
	csv_end(&w);
	for (size_t i = 0; i < sheet.n_rows; i++) {
		for (size_t k = 0; k < DISPATCH_SHEET; k++)
			csv_put(&w, k > 1 && k < 7 ? plain(c, sheet.cells[i * DISPATCH_SHEET + k]) : sheet.cells[i * DISPATCH_SHEET + k]);
		csv_end(&w);
	}
	return csv_finish(&w, NULL, bytes, n, NULL);
}
