/* Who may call a route: RIGHT(NAME, bit, label). What a person may see inside is the policy's matter, not the route's.
 * PUBLIC needs no login; USER is anybody logged in; the others follow from the role (web/guard, rights_of). */
RIGHT(PUBLIC,  1,  "だれでも")
RIGHT(USER,    2,  "ログインした人")
RIGHT(CASE,    4,  "利用者の記録を扱う職員")
RIGHT(CONSULT, 8,  "相談を受ける職員")
RIGHT(LEAD,    16, "センター長・主任")
RIGHT(ADMIN,   32, "システム管理者")
RIGHT(INSURER, 64, "保険者の職員")
RIGHT(API,     128, "外部連携")
RIGHT(ACCOUNTS, 256, "利用者IDを管理する職員")
