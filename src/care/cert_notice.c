#include "care/cert_notice.h"

#include "base/house.h"
#include "base/str.h"
#include "codec/pdf.h"
#include "jp/era.h"
#include "register/org.h"
#include "register/person.h"

#include <string.h>

static const char *const LETTERS[][2] = {
	{"R-NT-RENEW-WIN", "要介護認定・要支援認定の更新のお知らせ"},
	{"R-NT-65", "65歳になられる方へ　介護保険のお知らせ"},
};

static const char *letter_title(const struct duty_item *i)
{
	for (size_t k = 0; k < sizeof LETTERS / sizeof LETTERS[0]; k++)
		if (str_eq(LETTERS[k][0], i->rule->id) && (i->status == DUTY_DUE || i->status == DUTY_FUTURE))
			return LETTERS[k][1];
	return NULL;
}

bool cert_notice_has_letter(const struct duty_item *i) { return letter_title(i) != NULL; }

err cert_notice_lines(struct ctx *c, civil on, int64_t staff_id, int64_t days, struct duty_list *out)
{
	TRY(duty_list(c, &(struct duty_list_query){.why = true, .family = "R-NT-", .soon_days = days,
		.statuses = DUTY_SEES(DUTY_BLOCKED) | DUTY_SEES(DUTY_OVERDUE) | DUTY_SEES(DUTY_DUE) | DUTY_SEES(DUTY_FUTURE),
		.q = {.on = on, .from = duty_default_from(on), .org_id = c->actor.org_id, .staff_id = staff_id, .subjects = DUTY_OF_CASE | DUTY_OF_PERSON}}, out));
	size_t kept = 0;
	for (size_t i = 0; i < out->n; i++) /* a birthday lies ahead, the others are things to do */
		if (out->v[i].open || (out->v[i].status == DUTY_FUTURE && str_eq(out->v[i].rule->kind, "age")))
			out->v[kept++] = out->v[i];
	out->n = kept;
	return OK;
}

/* ---- paper -------------------------------------------------------------------------------------------------------------------------------- */

enum { LEFT = 250, WIDTH = 1600, TOP = 220 };

static const char *body_of(struct arena *a, const struct duty_item *i)
{
	if (str_eq(i->rule->id, "R-NT-RENEW-WIN"))
		return arena_fmt(a,
			"いまの認定の有効期間は、%sまでです。\n\n引き続き介護保険のサービスを利用するときは、更新の申請が必要です。申請は、%sから%sまでにしてください。\n\n"
			"申請は、市区町村の窓口のほか、わたしたちがお手伝いすることもできます。有効期間が過ぎると、サービスの費用が介護保険から支払われなくなることがあります。"
			"ご心配なことがありましたら、下の連絡先にお電話ください。", era_text_both(a, i->hi), era_text(a, i->lo), era_text(a, i->hi));
	return arena_fmt(a,
		"%sに65歳になられ、介護保険の第1号被保険者になります。\n\n介護保険の被保険者証は、市区町村から届きます。40歳から64歳までの間に認定を受けている方は、被保険者の区分が変わります。"
		"障害福祉サービスを利用している方は、介護保険のサービスに移るものがありますので、早めにご相談ください。\n\n"
		"ご心配なことがありましたら、下の連絡先にお電話ください。", era_text_both(a, i->due_on != CIVIL_NONE ? i->due_on : i->anchor));
}

static void letter(struct pdf *pdf, struct ctx *c, const struct duty_item *i, const struct person *p, const struct org *o)
{
	const struct pdf_style text = {.face = PDF_GOTHIC, .size_pt10 = 120, .leading_pct = 170}, right = {.face = PDF_GOTHIC, .size_pt10 = 110, .align = PDF_RIGHT, .leading_pct = 150},
	                       title = {.face = PDF_GOTHIC, .size_pt10 = 160, .align = PDF_CENTER}, small = {.face = PDF_GOTHIC, .size_pt10 = 90, .gray = 60};
	struct arena *a = c->arena;
	pdf_page_add(pdf, PDF_A4_W, PDF_A4_H);
	int y = TOP;
	y += pdf_text_put(pdf, era_text(a, c->today), &right, LEFT, y, WIDTH, 60) + 20;
	const char *postal = str_eq(p->home.postal, "") ? "" : arena_fmt(a, "〒%.3s-%s\n", p->home.postal, p->home.postal + (strlen(p->home.postal) > 3 ? 3 : strlen(p->home.postal)));
	y += pdf_text_put(pdf, arena_fmt(a, "%s%s\n%s　様", postal, p->home.address, p->name), &text, LEFT, y, WIDTH, 60) + 40;
	y += pdf_text_put(pdf, arena_fmt(a, "%s\n%s\n電話 %s", o->name, o->address, o->phone), &right, LEFT, y, WIDTH, 60) + 100;
	y += pdf_text_put(pdf, letter_title(i), &title, LEFT, y, WIDTH, 80) + 80;
	y += pdf_text_put(pdf, body_of(a, i), &text, LEFT, y, WIDTH, 400) + 120;
	y += pdf_text_put(pdf, arena_fmt(a, "連絡先　%s\n　　　　電話 %s%s%s", o->name, o->phone, *i->about->staff_name ? "　　担当 " : "", i->about->staff_name), &text, LEFT, y, WIDTH, 60) + 60;
	(void)pdf_text_put(pdf, arena_fmt(a, "根拠: %s", i->rule->source), &small, LEFT, y, WIDTH, 60);
}

err cert_notice_letters(struct ctx *c, const struct duty_list *lines, int64_t person_id, const char **bytes, size_t *n, size_t *n_letters)
{
	struct pdf *pdf = pdf_new(c->arena, c->house->fonts, &(struct pdf_info){.title = "認定のお知らせ", .now_ms = c->now_ms});
	struct org o;
	*bytes = NULL;
	*n = *n_letters = 0;
	TRY(org_load(c, c->actor.org_id, &o));
	for (size_t i = 0; i < lines->n; i++) {
		struct person p;
		if (!cert_notice_has_letter(&lines->v[i]) || (person_id && lines->v[i].about->person_id != person_id))
			continue;
		TRY(person_load(c, lines->v[i].about->person_id, &p));
		if (p.death_on != CIVIL_NONE || p.moved_out_on != CIVIL_NONE)
			continue;
		letter(pdf, c, &lines->v[i], &p, &o);
		(*n_letters)++;
	}
	return *n_letters ? pdf_write(pdf, bytes, n) : OK;
}
