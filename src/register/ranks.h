/* ranks — 障害高齢者・認知症高齢者の日常生活自立度 as judged on a day by a source, and the code systems of care levels and
 * ranks (forms-careplan §7.1–7.3).
 *
 * One idea has four code systems; 11 and 12 are care levels in one and ranks in another. Inside the house there are only
 * our own codes (none target s1 s2 c1–c5; self J1 … C2; self 1 2a … M); at every border a table converts (codes.tbl.h).
 * An empty result means: this system has no code for the value. Class care. Ownership: static or arena.
 * Tests: tests/unit/test_register_b.c.
 */
#ifndef TSU_REGISTER_RANKS_H
#define TSU_REGISTER_RANKS_H

#include "register/gen.h"

extern const struct gen_kind GEN_RANK;
GEN_FACE(rank, t_person_rank);

enum code_system {
	CODE_LINK,    /* ケアプランデータ連携標準仕様 */
	CODE_BASIC,   /* 利用者基本情報 */
	CODE_YOBO,    /* 介護予防サービス・支援計画書 の 要支援状態区分 */
	CODE_LIFE,    /* LIFE 外部インターフェース */
	CODE_OURS,    /* as stored here */
	CODE_SYSTEMS
};
enum code_kind { CODE_LEVEL, CODE_ADL, CODE_DEMENTIA };

/* Ours → theirs; "" = no such code there. Static. */
const char *ranks_code_out(enum code_kind kind, enum code_system system, const char *ours);
/* Theirs → ours; NULL = unknown code. 経過的要介護 (LIFE 11) comes back as "k0", which is history and no choice. Static. */
const char *ranks_code_in(enum code_kind kind, enum code_system system, const char *theirs);
const char *ranks_label_ja(enum code_kind kind, const char *ours); /* static; "" if unknown */
/* What people type (Ⅱａ, II a, 2A, ２ａ, Ｊ１, 自立) → ours; NULL = not readable. Static. */
const char *ranks_read(enum code_kind kind, const char *typed);
size_t ranks_count(enum code_kind kind);
const char *ranks_code(enum code_kind kind, size_t i); /* ours, in order; choices only; static */
/* 要支援状態 / 要介護状態: 0 none or target, 1 support, 2 care; -1 unknown. */
int ranks_level_group(const char *level);

/* Newest rank of a kind ("adl", "dementia") judged on or before the day. */
MUST err rank_newest(struct ctx *c, int64_t person_id, const char *kind, struct gen_asof asof, struct t_person_rank *row,
	bool *found);

GEN_CHOICES(rank_source_choices);

#endif
