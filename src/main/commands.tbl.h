/* COMMAND(name, one line of help); the function is cmd_<name>. Keep the order of a newcomer's day. */
COMMAND(init, "データフォルダーを作り、初期設定コードを出す")
COMMAND(account, "利用者を管理する（account list, add, stop, resume, reset-totp, paper-codes, sweep）")
COMMAND(audit, "監査記録を調べる（audit verify, head, looks）")
COMMAND(version, "版を表示する")
COMMAND(date, "日付を西暦と和暦で表示する（例：tsunagi date S15.3.2）")
COMMAND(form, "様式を調べる・採点する（form list, check, score, questionnaire）")
COMMAND(serve, "画面を提供する（サーバーを起動する）")
