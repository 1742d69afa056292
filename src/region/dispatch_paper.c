#include "region/dispatch_paper.h"

#include "access/policy.h"
#include "base/buf.h"
#include "base/house.h"
#include "base/str.h"
#include "codec/pdf_table.h"
#include "jp/era.h"
#include "law/codes.h"
#include "region/dispatch.h"
#include "region/dispatch_figures.h"
#include "region/dispatch_report.h"
#include "register/org.h"
#include "register/staff.h"

enum { ITEMS = 24, FACTS = 6 };

struct sheet {
	struct ctx *c;
	const char *cells[ITEMS * 2];
	size_t n;
};

static void item(struct sheet *s, const char *label, const char *text)
{
	if (str_blank(text) || s->n == ITEMS)
		return;
	s->cells[s->n * 2] = label;
	s->cells[s->n * 2 + 1] = text;
	s->n++;
}

static err may_print(struct ctx *c)
{
	return c->actor.system || (c->may_own[ACTION_PRINT] & CLASS_STATISTICS) ? OK : ERR_DENIED;
}

static err draw(struct sheet *s, const char *title, const char *note, const char *const *facts, size_t n_facts, struct dispatch_paper *out)
{
	static const struct pdf_table_col cols[] = {{"項目", 460}, {"内容", 1340}};
	const char *bytes;
	struct pdf_table t = {.title = title, .facts = facts, .n_facts = n_facts, .note = note, .cols = cols, .n_cols = 2, .cells = s->cells, .n_rows = s->n,
		.empty = "記載はありません。", .foot = title, .now_ms = s->c->now_ms};
	TRY(pdf_table_write(s->c->arena, s->c->house->fonts, &t, &bytes, &out->n));
	out->bytes = bytes;
	return OK;
}

static const char *days_ja(struct ctx *c, const char *iso)
{
	size_t n;
	char **v = str_split(c->arena, str_or(iso, ""), '|', &n);
	struct buf b = buf_new(c->arena);
	for (size_t i = 0; i < n; i++) {
		civil day;
		if (civil_parse(v[i], &day))
			buf_fmt(&b, "%s%s", b.n ? "、" : "", era_text_week(c->arena, day));
	}
	return b.n ? b.p : "";
}

static const char *with_note(struct ctx *c, const char *labels, const char *note)
{
	return str_blank(note) ? labels : arena_fmt(c->arena, "%s（%s）", labels, note);
}

err dispatch_paper_request(struct ctx *c, const char *pid, struct dispatch_paper *out)
{
	struct dispatch_view v;
	TRY(dispatch_get(c, pid, &v));
	TRY(may_print(c));
	const struct t_dispatch *r = &v.row;
	struct sheet s = {.c = c};
	const char *facts[FACTS * 2] = {"依頼したセンター", v.org_name, "あて先", v.insurer_name, "状態", law_code_label(c->house->law, "dispatch_state", r->state),
		"依頼した日", r->requested_on == CIVIL_NONE ? "—" : era_text_both(c->arena, r->requested_on)};
	item(&s, "問い合わせた日", r->inquiry_on == CIVIL_NONE ? "" : arena_fmt(c->arena, "%s（%s）", era_text_both(c->arena, r->inquiry_on), law_code_label(c->house->law, "dispatch_how", r->inquiry_how)));
	item(&s, "聞きたいこと", r->inquiry_text);
	item(&s, "返事", r->inquiry_answer);
	item(&s, "連携の機会", with_note(c, dispatch_labels(c, "dispatch_occasion", r->occasion), dispatch_labels(c, "dispatch_conference", r->conference)));
	item(&s, "連携の時期", with_note(c, dispatch_labels(c, "dispatch_timing", r->timings), r->timing_note));
	item(&s, "連携の理由", with_note(c, dispatch_labels(c, "dispatch_reason", r->reasons), r->reason_note));
	item(&s, "事例のあらまし", r->case_label);
	item(&s, "専門職に望むこと", r->wish);
	item(&s, "希望する職種", *r->profession ? profession_label_ja(r->profession) : "問わない");
	item(&s, "圏域", v.area_name);
	item(&s, "希望日", days_ja(c, r->wished_days));
	item(&s, "急ぎの度合い", dispatch_labels(c, "dispatch_urgency", r->urgency));
	item(&s, "場所", r->place);
	item(&s, "派遣される専門職", *v.therapist_name ? arena_fmt(c->arena, "%s（%s）", v.therapist_name, v.rehab_org_name) : "");
	item(&s, "決まった日時", r->planned_on == CIVIL_NONE ? "" : arena_fmt(c->arena, "%s　%s〜%s", era_text_both(c->arena, r->planned_on), r->planned_from, r->planned_to));
	item(&s, "実施した日", r->held_on == CIVIL_NONE ? "" : era_text_both(c->arena, r->held_on));
	out->name = "haken-irai.pdf";
	return draw(&s, "リハビリ専門職の派遣　依頼書", "利用者の氏名は書いていません。", facts, 4, out);
}

err dispatch_paper_report(struct ctx *c, const char *pid, struct dispatch_paper *out)
{
	struct dispatch_view v;
	struct dispatch_report_view x;
	TRY(dispatch_get(c, pid, &v));
	TRY(dispatch_report_of(c, pid, &x));
	if (!x.found || !x.may_see)
		return ERR_NOTFOUND;
	TRY(x.row.person_id != INT_NULL ? policy_check_record(c, x.row.person_id, CLASS_CARE, ACTION_PRINT) : may_print(c));
	struct sheet s = {.c = c};
	const char *facts[FACTS * 2] = {"センター", v.org_name, "助言した人", x.row.author, "報告した機関", x.by_org_name, "利用者", *v.person_name ? v.person_name : "（記載なし）",
		"実施した日", v.row.held_on == CIVIL_NONE ? "—" : era_text_both(c->arena, v.row.held_on), "報告の日", era_text_both(c->arena, x.row.on_day)};
	item(&s, "連携の機会", dispatch_labels(c, "dispatch_occasion", v.row.occasion));
	item(&s, "見立て・確かめたこと", x.row.observed);
	item(&s, "助言", x.row.advice);
	item(&s, "できるようになること・なったこと", x.row.possible);
	item(&s, "助言の前の目標", x.row.goal_before);
	item(&s, "助言を受けた目標", x.row.goal_after);
	item(&s, "計画の目標", str_eq(x.row.goal_changed, "yes") ? "変わった" : str_eq(x.row.goal_changed, "no") ? "変わらない" : "");
	out->name = "jogen-hokoku.pdf";
	return draw(&s, "リハビリ専門職の助言　報告書", "", facts, 6, out);
}

err dispatch_paper_year(struct ctx *c, int64_t insurer_org_id, civil year_on, struct dispatch_paper *out)
{
	static const struct pdf_table_col cols[DISPATCH_SHEET] = {{"表", 230}, {"項目", 450}, {"第1", 80}, {"第2", 80}, {"第3", 80}, {"第4", 80}, {"年度計", 140}, {"割合・平均", 140}, {"分母", 520}};
	struct dispatch_year y;
	struct dispatch_sheet sheet;
	struct org o;
	const char *bytes;
	TRY(dispatch_year(c, insurer_org_id, year_on, &y));
	TRY(may_print(c));
	TRY(org_load(c, insurer_org_id, &o));
	dispatch_year_sheet(c, &y, &sheet);
	const char *facts[] = {"保険者", o.name, "期間", arena_fmt(c->arena, "%sから%sまで", era_text(c->arena, y.from), era_text(c->arena, y.to)),
		"対象", arena_fmt(c->arena, "%zuセンター", y.n_centres)};
	struct pdf_table t = {.title = arena_fmt(c->arena, "リハビリ専門職との連携　%sの集計", era_text_fiscal(c->arena, civil_fiscal_year(y.from))), .facts = facts, .n_facts = 3,
		.note = "実施した日の四半期で数えています（第1は4〜6月）。割合と平均は、分母に書いた数で割り、四捨五入しています。", .cols = cols, .n_cols = DISPATCH_SHEET, .cells = sheet.cells,
		.n_rows = sheet.n_rows, .empty = "記録がありません。", .foot = "リハビリ専門職との連携の集計", .now_ms = c->now_ms};
	TRY(pdf_table_write(c->arena, c->house->fonts, &t, &bytes, &out->n));
	out->bytes = bytes;
	out->name = "rehab-renkei-nendo.pdf";
	return OK;
}
