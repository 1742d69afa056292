/* PRINTABLE(id of the form, "label", function) — the forms that the bulk print offers, in the order of its page. The function is
 * declared in care/printables_of.h and gives the documents of one person in a period, oldest first. */
PRINTABLE("riyosha-kihon-joho", "利用者基本情報", printables_basic_info)
PRINTABLE("kihon-checklist",    "基本チェックリスト", printables_checklist)
PRINTABLE("assessment",         "アセスメントシート", printables_assessment)
PRINTABLE("icf",                "生活機能の見取り図（ICF）", printables_icf)
PRINTABLE("kadai-seiri",        "課題整理総括表", printables_issue_sheet)
