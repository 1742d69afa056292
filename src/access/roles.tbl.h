/* Roles of accounts: ROLE(NAME, number, code, role class, label).
 * The code is what account.role holds; number and class bits are never reused. A role class is a bit in
 * access_grant.role_classes: it says for which kind of workplace a grant counts. Source: the actors of the community
 * process (docs/glossary.md); 介護保険法施行規則140条の66 (三職種). */
ROLE(CENTRE_NURSE,    1, "centre_nurse",    CENTRE,     "保健師・看護師")
ROLE(CENTRE_SOCIAL,   2, "centre_social",   CENTRE,     "社会福祉士")
ROLE(CENTRE_CHIEF_CM, 3, "centre_chief_cm", CENTRE,     "主任介護支援専門員")
ROLE(CENTRE_HEAD,     4, "centre_head",     CENTRE,     "センター長")
ROLE(CENTRE_CLERK,    5, "centre_clerk",    CLERK,      "センター事務")
ROLE(BRANCH,          6, "branch",          BRANCH,     "ブランチ職員")
ROLE(CM,              7, "cm",              CM,         "介護支援専門員（居宅）")
ROLE(CM_MANAGER,      8, "cm_manager",      CM,         "居宅管理者")
ROLE(PROVIDER,        9, "provider",        PROVIDER,   "サービス事業所職員")
ROLE(REHAB,          10, "rehab",           REHAB,      "リハビリテーション専門職")
ROLE(HOSPITAL,       11, "hospital",        HOSPITAL,   "病院の相談員（MSW）")
ROLE(DISABILITY,     12, "disability",      DISABILITY, "相談支援専門員")
ROLE(INSURER,        13, "insurer",         INSURER,    "市町村職員（保険者）")
ROLE(INSURER_RIGHTS, 14, "insurer_rights",  INSURER,    "市町村の権利擁護担当")
ROLE(ADMIN,          15, "admin",           ADMIN,      "システム管理者")
