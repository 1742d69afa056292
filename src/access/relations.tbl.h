/* How an organisation (or one account) stands to a person: RELATION(NAME, bit, letter, code, usual classes, label).
 * The bit is what access_grant.relation holds; never renumber. The letter is used in policy.tbl.h. "Usual classes" is
 * what the writer of such a grant puts into access_grant.classes unless it knows better (a consent names its own).
 * RIGHTS stands only where the relation is bound to accounts. */
RELATION(AREA,       1,   'A', "area",       POLICY_ALL_BUT_RIGHTS,  "担当圏域")
RELATION(CASE,       2,   'K', "case",       POLICY_ALL_BUT_RIGHTS,  "担当しているケース")
RELATION(REGISTRAR,  4,   'R', "registrar",  POLICY_ALL_BUT_RIGHTS,  "この人を登録した機関")
RELATION(CONSENT,    8,   'C', "consent",    CLASS_NAMECARD,         "本人の同意")
RELATION(DISPATCH,   16,  'D', "dispatch",   POLICY_DISPATCH,        "専門職の派遣")
RELATION(MEETING,    32,  'M', "meeting",    POLICY_MEETING,         "会議への出席")
RELATION(INSURER,    64,  'I', "insurer",    POLICY_ALL_BUT_RIGHTS,  "保険者")
RELATION(BRANCH,     128, 'B', "branch",     POLICY_ALL_BUT_RIGHTS,  "ブランチの担当区域")
RELATION(GROUP,      256, 'G', "group",      POLICY_ALL,             "権利擁護の対応チーム")
RELATION(COMMISSION, 512, 'O', "commission", POLICY_COMMISSION,      "委託された原案作成")
RELATION(RECORDS,    1024, 'P', "records",  POLICY_RECORDS,  "終了したケースの記録の保存")
