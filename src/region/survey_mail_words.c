/* What the mails of a survey say. */
#include "base/buf.h"
#include "base/str.h"
#include "jp/era.h"
#include "region/survey_mail_own.h"

#include <string.h>

const char *survey_link_url(struct arena *a, const char *front_url, const char *link) { return arena_fmt(a, "%s/a/%s", front_url, link); }

const char *survey_addressee(struct arena *a, const struct t_survey *s, const char *label)
{
	bool house = str_eq(s->unit, "centre") || str_eq(s->unit, "office") || str_eq(s->unit, "facility");
	const char *open = NULL;
	size_t n = strlen(label), close = strlen("）");
	/* 「森本 明美（えのき居宅介護支援事業所）」 as the frame writes those who work in an office (survey_frame_staff) */
	if (str_eq(s->unit, "care_manager") || str_eq(s->unit, "planner"))
		for (const char *p = label; n > close && str_eq(label + n - close, "）") && (p = strstr(p, "（")); p++)
			open = p;
	if (open && open > label) {
		const char *office = arena_strn(a, open + strlen("（"), n - close - (size_t)(open - label) - strlen("（"));
		return arena_fmt(a, "%s\n%s　様", office, arena_strn(a, label, (size_t)(open - label)));
	}
	return arena_fmt(a, "%s　%s", label, house ? "御中" : "様");
}

static const char *subject(struct arena *a, const struct survey_words_in *in)
{
	static const char *const form[] = {[SURVEY_REQUEST] = "【ご回答のお願い】%s（%s）", [SURVEY_REMINDER] = "【締切のお知らせ・再度のお願い】%s（%s）",
		[SURVEY_RESULTS] = "【結果のお知らせ】%s（%s）"};
	return arena_fmt(a, form[in->what], in->survey->title, in->round->name);
}

/* Above: who writes and why. */
static void opening(struct ctx *c, struct buf *b, const struct survey_words_in *in)
{
	buf_fmt(b, "%s\n\n%sから、調査についてのご連絡です。\n\n", survey_addressee(c->arena, in->survey, in->label), in->sender);
	switch (in->what) {
	case SURVEY_REQUEST:
		if (!str_blank(in->survey->greeting))
			buf_fmt(b, "%s\n\n", in->survey->greeting);
		buf_str(b, "下の調査にご回答くださいますよう、お願いいたします。\n\n");
		return;
	case SURVEY_REMINDER:
		buf_fmt(b, "さきにお願いした調査の締切が近づいています。\nお忙しいところ恐れ入りますが、%sまでにご回答くださいますよう、お願いいたします。\n", era_text_week(c->arena, in->round->closes_on));
		buf_str(b, "行き違いで、すでにご回答くださっているときは、ご容赦ください。\n\n");
		return;
	default:
		buf_str(b, "調査へのご協力をありがとうございました。\nいただいた回答をもとに、次のことを変えることにしました。\n\n");
	}
}

static void facts(struct ctx *c, struct buf *b, const struct survey_words_in *in)
{
	const struct t_survey_round *r = in->round;
	buf_fmt(b, "■ 調査　　　　%s（%s）\n", in->survey->title, r->name);
	buf_fmt(b, "■ 対象の期間　%sから%sまで\n", era_text(c->arena, r->period_from), era_text(c->arena, r->period_to));
	if (in->what != SURVEY_RESULTS && survey_round_is_early(r, c->today))
		buf_str(b, "　　　　　　　（期間の終わる前にお願いしています。あとで変わったところは、締切までに直せます）\n");
	if (in->what != SURVEY_RESULTS)
		buf_fmt(b, "■ 締切　　　　%s\n", era_text_week(c->arena, r->closes_on));
}

static void link_part(struct buf *b, const struct survey_words_in *in)
{
	buf_fmt(b, "■ 回答用のページ（パソコンでもスマートフォンでも開けます）\n%s\n\n", *in->link ? in->link : "（ここに、宛先ごとに違うリンクが入ります）");
	buf_str(b, "・リンクは、この宛先だけのものです。ほかの方に転送しないでください。\n");
	if (in->survey->is_anonymous)
		buf_str(b, "・無記名の調査です。だれがどう回答したかは、調査する側にもわかりません。提出したあとで直すことはできません。\n");
	else
		buf_str(b, "・途中で保存して、あとで続けられます。締切までは、提出したあとも直せます。\n");
	buf_str(b, "・前に届いたリンクがあるときは、使えなくなります。こちらの新しいほうを開いてください。\n");
	if (in->what == SURVEY_REMINDER && in->survey->is_anonymous)
		buf_str(b, "・無記名のため、前のリンクで途中まで入力したものは引きつげません。お手数ですが、はじめから入力してください。\n"
			"・このお知らせは、まだ使われていないリンクあてに自動で送っています。宛先の一覧はだれにも表示していません。\n");
	buf_str(b, "\n");
}

err survey_mail_words(struct ctx *c, const struct survey_words_in *in, struct survey_words *out)
{
	struct buf b = buf_new(c->arena);
	opening(c, &b, in);
	if (in->what == SURVEY_RESULTS)
		buf_fmt(&b, "%s\n", in->results);
	facts(c, &b, in);
	if (in->what != SURVEY_RESULTS)
		link_part(&b, in);
	else
		buf_str(&b, "\n");
	if (!str_blank(in->survey->contact))
		buf_fmt(&b, "■ お問い合わせ\n%s\n\n", in->survey->contact);
	buf_fmt(&b, "このメールに返信しても届きません。%s\n%s\n", str_blank(in->survey->contact) ? "" : "ご質問は、上のお問い合わせ先へお願いします。", in->sender);
	out->subject = subject(c->arena, in);
	out->body = b.p;
	return OK;
}
