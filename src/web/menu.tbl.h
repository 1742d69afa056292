/* MENU(path, label, RIGHT_x) — the main menu, at most 12 lines. An item is current if the page's path begins with it. */
MENU("/",         "今日の仕事",   RIGHT_CASE)
MENU("/persons",  "利用者",       RIGHT_CASE)
MENU("/consults", "相談",         RIGHT_CONSULT)
MENU("/caseload", "ケース",       RIGHT_CASE)
MENU("/duties",   "務めと期限",   RIGHT_CASE)
MENU("/orgs",     "機関",         RIGHT_USER)
MENU("/admin/accounts", "利用者ID", RIGHT_ACCOUNTS)
MENU("/admin/audit", "監査",     RIGHT_ADMIN)
