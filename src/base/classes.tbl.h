/* Record classes: what kind of matter a record is, for the policy gate (design §7).
 * CLASS(NAME, bit, code, label) — the bit is what the database stores in record_class and access_grant.classes;
 * never renumber. The order here is the index into ctx->may. */
CLASS(NAMECARD,     1,    "namecard",     "氏名・連絡先")
CLASS(CARE,         2,    "care",         "ケアマネジメント")
CLASS(MEDICAL,      4,    "medical",      "医療・服薬")
CLASS(CONSULTATION, 8,    "consultation", "相談")
CLASS(RIGHTS,       16,   "rights",       "権利擁護")
CLASS(FAMILY,       32,   "family",       "家族・介護者")
CLASS(YOUNG_CARER,  64,   "young_carer",  "ヤングケアラー")
CLASS(DISABILITY,   128,  "disability",   "障害福祉")
CLASS(MEETING,      256,  "meeting",      "会議")
CLASS(BENEFIT,      512,  "benefit",      "給付・請求")
CLASS(STATISTICS,   1024, "statistics",   "統計")
