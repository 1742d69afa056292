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
ROUTE(GET,  "/",                        page_work,              RIGHT_CASE,    0,   "work.home",       "今日の仕事")
ROUTE(GET,  "/work/{box}",              page_work_list,         RIGHT_CASE,    0,   "work.list",       "今日の仕事の一覧")
ROUTE(POST, "/tasks/{pid}/done",        page_task_done,         RIGHT_CASE,    8,   "task.done",       "仕事を済みにする")
/* persons */
/* consultation */
ROUTE(GET,  "/consults",                page_consult_list,      RIGHT_CONSULT, 0,   "consult.list",    "相談の一覧")
ROUTE(GET,  "/consults/new",            page_consult_new,       RIGHT_CONSULT, 0,   "consult.new",     "相談を受ける")
ROUTE(POST_FREE, "/consults/find",      page_consult_find,      RIGHT_CONSULT, 256, "consult.find",    "相談の本人を探す")
ROUTE(POST, "/consults",                page_consult_create,    RIGHT_CONSULT, 256, "consult.create",  "相談の保存")
ROUTE(GET,  "/consults/{pid}",          page_consult_show,      RIGHT_CASE,    0,   "consult.show",    "相談の記録")
ROUTE(GET,  "/consults/{pid}/edit",     page_consult_edit,      RIGHT_CONSULT, 0,   "consult.edit",    "相談の記録を直す")
ROUTE(POST, "/consults/{pid}",          page_consult_save,      RIGHT_CONSULT, 256, "consult.save",    "相談の保存")
ROUTE(POST, "/consults/{pid}/entries",  page_consult_entry,     RIGHT_CONSULT, 128, "consult.entry",   "相談の経過の保存")
ROUTE(GET,  "/consults/{pid}/link",     page_consult_link,      RIGHT_CONSULT, 0,   "consult.link",    "相談の本人を付ける")
ROUTE(POST_FREE, "/consults/{pid}/link/find", page_consult_link_find, RIGHT_CONSULT, 8, "consult.linkfind", "相談の本人を探す")
ROUTE(POST, "/consults/{pid}/link",     page_consult_link_save, RIGHT_CONSULT, 8,   "consult.linksave", "相談の本人を付ける")
ROUTE(POST, "/consults/{pid}/retire",   page_consult_retire,    RIGHT_CONSULT, 8,   "consult.retire",  "相談をごみ箱へ移す")
ROUTE(GET,  "/persons/{pid}/consults",  page_person_consults,   RIGHT_CASE,    0,   "consult.person",  "利用者の相談")
ROUTE(GET,  "/persons/{pid}/routings",  page_person_routings,   RIGHT_CASE,    0,   "routing.list",    "振り分けの一覧")
ROUTE(GET,  "/persons/{pid}/routings/new", page_routing_new,    RIGHT_CONSULT, 0,   "routing.new",     "振り分け")
ROUTE(POST_FREE, "/persons/{pid}/routings/propose", page_routing_propose, RIGHT_CONSULT, 32, "routing.propose", "振り分けの提案")
ROUTE(POST, "/persons/{pid}/routings",  page_routing_create,    RIGHT_CONSULT, 32,  "routing.create",  "振り分けの保存")
ROUTE(GET,  "/routings/{pid}",          page_routing_show,      RIGHT_CASE,    0,   "routing.show",    "振り分けの記録")
ROUTE(POST, "/routings/{pid}/handin",   page_routing_handin,    RIGHT_CONSULT, 8,   "routing.handin",  "書類の提出")
/* checklist and forms */
/* jobs */
/* settings */
