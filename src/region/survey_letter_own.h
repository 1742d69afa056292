/* survey_letter_own — the drawing of letters and of questions on paper. For region/survey_letter* and survey_sheet alone. */
#ifndef TSU_REGION_SURVEY_LETTER_OWN_H
#define TSU_REGION_SURVEY_LETTER_OWN_H

#include "codec/pdf.h"
#include "region/survey_letter.h"
#include "region/survey_mail_own.h"
#include "register/org.h"

struct survey_letter_in {
	const struct survey_round_in *in;
	const struct org *sender;
	enum survey_post what;
	const struct survey_seat *seat;
	const char *url;               /* the whole address of the link; "" = none: the paper is what one answers on */
	bool paper;                    /* the questions follow */
	civil today;
};
/* One letter on pages of its own. ERR_TOO_LONG: the link makes no QR code. */
MUST err survey_letter_draw(struct pdf *p, const struct survey_letter_in *l);
/* The questions on paper, pages counted. seat NULL or an anonymous survey: neither name nor number, so that a sheet that comes back tells
 * nothing of its sender. */
MUST err survey_sheet_draw(struct ctx *c, struct pdf *p, const struct survey_letter_in *l, const struct t_survey_question *q, size_t n);

#endif
