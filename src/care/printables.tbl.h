/* PRINTABLE(id of the form, "label", function) — the forms that the bulk print offers, in the order of its page. The function is
 * declared in care/printables_of.h and gives the documents of one person in a period, oldest first. */
PRINTABLE("riyosha-kihon-joho", "利用者基本情報", printables_basic_info)
PRINTABLE("kihon-checklist",    "基本チェックリスト", printables_checklist)
PRINTABLE("kyotaku-1",          "居宅サービス計画書 第1表", printables_kyotaku_1)
PRINTABLE("kyotaku-2",          "居宅サービス計画書 第2表", printables_kyotaku_2)
PRINTABLE("kyotaku-3",          "居宅サービス計画書 第3表（週間サービス計画表）", printables_kyotaku_3)
PRINTABLE("yobo-keikaku",       "介護予防サービス・支援計画書", printables_yobo_keikaku)
PRINTABLE("assessment",         "アセスメントシート", printables_assessment)
PRINTABLE("icf",                "生活機能の見取り図（ICF）", printables_icf)
PRINTABLE("kadai-seiri",        "課題整理総括表", printables_issue_sheet)
PRINTABLE("nyuin-joho",         "入院時情報提供書", printables_hospital_info)
PRINTABLE("taiin-joho",         "退院・退所情報記録書", printables_discharge)
PRINTABLE("jushin-joho",        "主治医等への情報提供書", printables_doctor_info)
