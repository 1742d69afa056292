/* disability — 障害者手帳・指定難病, 障害福祉サービス等の受給者証 and 支給決定, 障害支援区分, on the same person as the care insurance
 * (F011), so the move at 65 has one record. Class disability.
 * Sources: 身体障害者福祉法15条, 療育手帳制度要綱, 精神保健福祉法45条, 難病法7条, 障害者総合支援法20–22条.
 * Units: yen. Ownership: arena. Errors: ERR_PERIOD_*, ERR_NOT_CHOICE, ERR_REQUIRED. Tests: tests/unit/test_register_b.c.
 */
#ifndef TSU_REGISTER_DISABILITY_H
#define TSU_REGISTER_DISABILITY_H

#include "register/gen.h"

extern const struct gen_kind GEN_DISABILITY_CERT, GEN_DISABILITY_BENEFIT, GEN_DISABILITY_DECISION, GEN_DISABILITY_LEVEL;
GEN_FACE(disability_cert, t_disability_cert);
GEN_FACE(disability_benefit, t_disability_benefit);
GEN_FACE(disability_decision, t_disability_decision); /* benefit_id names the 受給者証; its period must lie inside */
GEN_FACE(disability_level, t_disability_level);

const char *disability_cert_kind_label_ja(const char *kind);
const char *disability_benefit_kind_label_ja(const char *kind);

/* The four boxes of 利用者基本情報 on a day, and the line for 特記事項. */
struct disability_boxes {
	bool physical, intellectual, mental, intractable;
	const char *note; /* 等級・病名, arena */
};
MUST err disability_boxes(struct ctx *c, int64_t person_id, struct gen_asof asof, struct disability_boxes *out);

GEN_CHOICES(disability_cert_kind_choices);
GEN_CHOICES(disability_benefit_kind_choices);

#endif
