/* ROUTE(METHOD, pattern, handler, RIGHT_x, body_kB, "audit.name", "ページ名") — one line per route, one block per area;
 * add your lines at the end of your block. `tsunagi serve --routes` prints the table. See docs/pages.md. */
/* web: the house's own */
ROUTE(GET,       "/health",               page_health,        RIGHT_PUBLIC, 0,   "house.health",   "動作の確認")
ROUTE(GET,       "/parts/date",           page_part_date,     RIGHT_USER,   0,   "part.date",      "日付の読みとり")
ROUTE(GET,       "/parts/postal",         page_part_postal,   RIGHT_USER,   0,   "part.postal",    "郵便番号から住所")
ROUTE(GET,       "/drafts/{key}",         page_draft,         RIGHT_USER,   0,   "draft.view",     "下書きの読み出し")
ROUTE(POST_FREE, "/drafts/{key}",         page_draft_save,    RIGHT_USER,   256, "draft.save",     "下書きの保存")
ROUTE(POST_FREE, "/drafts/{key}/discard", page_draft_discard, RIGHT_USER,   16,  "draft.discard",  "下書きの破棄")
ROUTE(GET,       "/settings/display",     page_display,       RIGHT_USER,   0,   "display.view",   "表示の設定")
ROUTE(POST,      "/settings/display",     page_display_save,  RIGHT_USER,   16,  "display.save",   "表示の設定の保存")
ROUTE(GET,       "/about",                page_about,         RIGHT_USER,   0,   "about.view",     "このシステムについて")
/* login and account */
ROUTE(GET,       "/login",                page_login,         RIGHT_PUBLIC, 0,   "login.view",     "ログイン")
ROUTE(POST_FREE, "/login",                page_login_post,    RIGHT_PUBLIC, 16,  "login.password", "ログイン")
ROUTE(GET,       "/login/code",           page_code,          RIGHT_PUBLIC, 0,   "login.code",     "確認コード")
ROUTE(POST_FREE, "/login/code",           page_code_post,     RIGHT_PUBLIC, 16,  "login.code",     "確認コード")
ROUTE(GET,       "/again",                page_again_state,   RIGHT_PUBLIC, 0,   "login.state",    "ログインの状態")
ROUTE(POST_FREE, "/again",                page_again,         RIGHT_PUBLIC, 16,  "login.again",    "ログインし直し")
ROUTE(POST_FREE, "/logout",               page_logout,        RIGHT_USER,   16,  "logout",         "ログアウト")
ROUTE(GET,       "/setup",                page_setup,         RIGHT_PUBLIC, 0,   "setup.view",     "利用者の登録")
ROUTE(POST_FREE, "/setup",                page_setup_code,    RIGHT_PUBLIC, 16,  "setup.code",     "利用者の登録")
ROUTE(POST_FREE, "/setup/finish",         page_setup_finish,  RIGHT_PUBLIC, 16,  "setup.finish",   "利用者の登録")
/* home */
/* persons */
/* consultation */
/* checklist and forms */
/* jobs */
/* settings */
