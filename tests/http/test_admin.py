"""Accounts, one's own account, the audit pages, drafts, about, law and help, as people would use them."""
import re, subprocess
from town import *

t = Report("admin")
CODE = re.compile(r"[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3,}")


def fill_post(page, action, **values):
    form = post_form(page, action)
    for k, v in values.items():
        form.set(k, v)
    return form


def own_account(town):
    c = town.log_in("nurse")
    r = c.get("/settings/account")
    t.check(r.status == 200 and "最近のログイン" in r.text and "ログイン" in r.text, "own page shows the logins")
    # wrong current password: nothing changes, it is counted
    f = fill(c.get("/settings/account/password").page, "/settings/account/password", current_password="wrong-wrong-wrong", password="aoi-sora-no-michi-77",
             password2="aoi-sora-no-michi-77")
    r = c.submit(f)
    t.check(r.status == 422 and "今のパスワードが違います" in r.text, f"wrong current password: {r.status}")
    f = fill(r.page, "/settings/account/password", current_password=PASSWORD, password="aoi-sora-no-michi-77", password2="aoi-sora-no-michi-78")
    r = c.submit(f)
    t.check(r.status == 422 and "違っています" in r.text, "two different new passwords")
    f = fill(r.page, "/settings/account/password", current_password=PASSWORD, password="password1234", password2="password1234")
    r = c.submit(f)
    t.check(r.status == 422, f"weak password: {r.status}")
    other = town.log_in("nurse")
    f = fill(r.page, "/settings/account/password", current_password=PASSWORD, password="aoi-sora-no-michi-77", password2="aoi-sora-no-michi-77")
    r = c.submit(f)
    t.check(r.status == 200 and "パスワードを変えました" in r.text, f"password changed: {r.status} {r.text[-200:]}")
    t.check(c.get("/settings/account", follow=False).status in (303, 401), "own session has ended")
    t.check(other.get("/settings/account", follow=False).status in (303, 401), "the other session has ended")
    try:
        town.log_in("nurse")
        t.check(False, "the old password still opens")
    except RuntimeError:
        t.check(True, "")
    c = town.log_in("nurse", "aoi-sora-no-michi-77")
    r = c.get("/settings/account")
    t.check("ログインの失敗" in r.text and "パスワードの変更" in r.text, "the own log tells of it")
    # authenticator
    r = c.get("/settings/account/totp")
    secret = re.sub(r"\s", "", re.search(r"<code>([A-Z2-7 ]{16,})</code>", r.body.decode()).group(1))
    t.check("<svg" in r.body.decode(), "QR code")
    f = fill(r.page, "/settings/account/totp", current_password="aoi-sora-no-michi-77", code="000000")
    r = c.submit(f)
    t.check(r.status == 401 and "確認コードが合いません" in r.text, f"mistyped code: {r.status}")
    again = re.sub(r"\s", "", re.search(r"<code>([A-Z2-7 ]{16,})</code>", r.body.decode()).group(1))
    t.check(again == secret, "the same secret is offered again")
    f = fill(r.page, "/settings/account/totp", current_password="aoi-sora-no-michi-77", code=totp(secret, town.clock.at))
    r = c.submit(f)
    t.check(r.status == 200 and "認証アプリを登録し直しました" in r.text, f"new authenticator: {r.status}")
    town.clock.go(31)
    old = town.secrets["nurse"]
    try:
        log_in(town.client(), "nurse", old, town.clock.at, "aoi-sora-no-michi-77")
        t.check(False, "the old authenticator still opens")
    except RuntimeError:
        t.check(True, "")
    town.secrets["nurse"] = secret
    c = town.log_in("nurse", "aoi-sora-no-michi-77")
    # an offer of another account counts for nothing
    theirs = c.get("/settings/account/totp").page.form("/settings/account/totp").get("offer_secret")
    d = town.log_in("social")
    f = fill(d.get("/settings/account/totp").page, "/settings/account/totp", current_password=PASSWORD, code="123456")
    f.set("offer_secret", theirs)
    r = d.submit(f)
    t.check(r.status == 422 and "図を新しくしました" in r.text, "an offer made for another account")
    # paper codes
    r = c.submit(fill(c.get("/settings/account/paper").page, "/settings/account/paper", current_password="aoi-sora-no-michi-77"))
    codes = re.findall(r"<li><code>([A-Z0-9-]+)</code>", r.body.decode())
    t.check(r.status == 200 and len(codes) == 10, f"ten paper codes: {len(codes)}")
    t.check(d.get(c.url).status == 404, "another account cannot open the page of the codes")
    url = c.url
    town.clock.go(11 * 60)
    t.check(c.get(url).status == 404, "after ten minutes the codes are gone")
    e = town.client()
    r = e.submit(fill(e.get("/login").page, "/login", login="nurse", password="aoi-sora-no-michi-77"))
    r = e.submit(fill(r.page, "/login/code", code=codes[3]))
    t.check(e.get("/settings/account").text.count("残り 9 個") == 1, "a paper code opens once and is spent")


def manage(town):
    a = town.log_in("admin")
    home = a.get("/")
    t.check(home.status == 200 and a.url == "/admin/accounts", f"an administrator begins at the accounts: {a.url}")
    t.check(all(x in home.text for x in ("nurse", "head", "利用中", "見直し")), "list with states and marks")
    for name, _ in SURNAMES:
        t.check(name not in home.text, "no client on the page")
    org = town.one("SELECT pid FROM org WHERE name LIKE '%北地域%'")
    r = a.get(f"/admin/accounts/new?org={org}")
    f = fill_post(r.page, "/admin/accounts", login="Guest.1", name="招待 一子", role="centre_nurse", until_on="昭和64年1月8日")
    r = a.submit(f)
    t.check(r.status == 422 and "昭和64年1月8日" in r.body.decode() and "平成元年1月8日" in r.text, f"wrong date keeps what was typed: {r.status}")
    t.check("招待 一子" in r.body.decode(), "the name is kept")
    t.check(town.one("SELECT COUNT(*) FROM account WHERE login = 'guest.1'") == 0, "nothing is written")
    f = fill_post(r.page, "/admin/accounts", until_on="令和9年3月31日")
    r = a.submit(f)
    code = CODE.search(r.text)
    t.check(r.status == 200 and code is not None and "登録コード" in r.text, f"invitation gives a code: {r.status} {r.text[-300:]}")
    first = a.url
    r2 = a.submit(f, here="/admin/accounts")
    t.check(r2.status == 200 and a.url == first, "the same POST twice leads to the same page")
    t.check(town.one("SELECT COUNT(*) FROM account WHERE login = 'guest.1'") == 1, "and makes one account")
    secret = enrol(town.server, code.group(0), town.clock.at)
    town.secrets["guest.1"] = secret
    g = town.log_in("guest.1")
    t.check(g.get("/settings/account").status == 200, "the guest is in")
    t.check(g.get("/admin/accounts").status == 403, "a nurse manages nobody")
    pid = town.one("SELECT pid FROM account WHERE login = 'guest.1'")
    page = f"/admin/accounts/{pid}"
    r = a.submit(a.get(page).page.form("/review"))
    t.check("年次の見直しを記録しました" in r.text and town.one("SELECT reviewed_on FROM account WHERE login='guest.1'") is not None, "review")
    r = a.submit(a.get(page).page.form("/stop"))
    t.check(r.status == 422, "stopping asks for a reason")
    r = a.submit(fill(a.get(page).page, "/stop", reason="left"))
    t.check("退職" in r.text and g.get("/settings/account", follow=False).status in (303, 401), "stopped at once")
    r = a.submit(a.get(page).page.form("/resume"))
    t.check("また使えるように" in r.text, "resumed")
    r = a.submit(a.get(page).page.form("/reset"))
    t.check(CODE.search(r.text) is not None, "a new code")
    try:
        town.log_in("guest.1")
        t.check(False, "the old secrets still open")
    except RuntimeError:
        t.check(True, "")
    mine = town.one("SELECT pid FROM account WHERE login = 'admin'")
    t.check(not any("/stop" in f.action for f in a.get(f"/admin/accounts/{mine}").page.forms), "nobody stops himself")
    # the head of a centre: own organisation only
    h = town.log_in("head")
    r = h.get("/admin/accounts")
    t.check(r.status == 200 and "nurse" in r.text and "nurse2" not in r.text and "admin" not in [x[0] for x in []], "the head sees the own staff")
    other = town.one("SELECT pid FROM account WHERE login = 'nurse2'")
    t.check(h.get(f"/admin/accounts/{other}").status == 404, "not another centre's account")
    t.check(h.get("/admin/leave").status == 403 and h.get("/admin/audit").status == 403, "nor the administrator's pages")
    roles = h.get("/admin/accounts/new").page and post_form(h.get("/admin/accounts/new").page, "/admin/accounts").options["role"]
    t.check("admin" not in roles and "insurer" not in roles and "centre_nurse" in roles, f"roles to give: {roles}")
    f = fill_post(h.get("/admin/accounts/new").page, "/admin/accounts", login="sneak", name="近道 進", role="centre_nurse")
    f.fields = [x for x in f.fields if x[0] != "role"] + [["role", "admin"]]
    r = h.submit(f)
    t.check(r.status == 403 and town.one("SELECT COUNT(*) FROM account WHERE login='sneak'") == 0, f"a forged role is refused: {r.status}")
    # an organisation leaves
    south = town.one("SELECT pid FROM org WHERE name LIKE '%南地域%'")
    f = fill(a.get("/admin/leave").page, "/admin/leave", org=south)
    r = a.submit(f)
    t.check(r.status == 422 and "確かめて" in r.text, "leaving asks to be sure")
    r = a.submit(fill(r.page, "/admin/leave", org=south, sure="1"))
    t.check("機関の離脱" in r.text and town.one("SELECT state FROM account WHERE login='nurse2'") == "stopped", "all accounts of it have stopped")
    # unused for 90 days
    town.clock.go(70 * 86400)
    a = town.log_in("admin")
    r = a.get("/admin/accounts?state=unused")
    t.check("に停止" in r.text and "social" in r.text, "soon unused for 90 days")


def audit(town):
    a = town.log_in("admin")
    r = a.get("/admin/audit")
    t.check(r.status == 200 and "ログインの失敗" in r.text, "audit page")
    r = a.submit(r.page.form("/admin/audit/verify"))
    t.check("食い違いはありません" in r.text, f"verified: {r.text[-300:]}")
    r = a.submit(a.get("/admin/audit").page.form("/admin/audit/anchor"))
    line = re.search(r"tsunagi-anchor 1 \d+ [0-9a-f]{64} \d{4}-\d\d-\d\d", r.body.decode())
    t.check(line is not None, "a head to print")
    anchor = town.dir / "anchor"
    anchor.write_text(line.group(0) + "\n")
    p = town.run("audit", "verify", "--anchor", anchor, check=False)
    t.check(p.returncode == 0, f"the printed line verifies: {p.stderr.decode()[-200:]}")
    db = open_db(town.data)
    with db:
        db.execute("UPDATE audit_entry SET row_id = row_id + 1 WHERE id = 3")
    db.close()
    r = a.submit(a.get("/admin/audit").page.form("/admin/audit/verify"))
    t.check("食い違いが" in r.text, "a changed entry is found and named")
    db = open_db(town.data)
    with db:
        db.execute("UPDATE audit_entry SET row_id = row_id - 1 WHERE id = 3")
    db.close()


def looks(town):
    person, name = town.rows("SELECT p.pid, p.name FROM person p JOIN org o ON o.id = p.own_org_id WHERE o.name LIKE '%北%' ORDER BY p.id")[0]
    n = town.log_in("social")
    t.check(n.get(f"/persons/{person}/consults").status == 200, "the social worker looks")
    h = town.log_in("head")
    r = h.get(f"/persons/{person}/looks")
    t.check(r.status == 200 and "職員 social" in r.text and "利用者の相談" in r.text, f"who looked: {r.status} {r.text[-400:]}")
    r = h.get(f"/persons/{person}/looks")
    t.check("閲覧の記録" in r.text and "書き出し" in r.text, "to ask who looked is in the list too")
    r = h.get(f"/persons/{person}/looks?from=2020-01-01&to=2020-02-01")
    t.check("職員 social" not in r.text and "見た人はいません" in r.text, "another period")
    r = h.get(f"/persons/{person}/looks?from=2026-12-01&to=2026-11-01")
    t.check("前の日にしてください" in r.text, "a period the wrong way round")
    link = next(l for l in h.get(f"/persons/{person}/looks").page.links if "/looks/pdf" in l)
    pdf = h.get(link)
    t.check(pdf.headers["content-type"] == "application/pdf", f"the list on paper: {pdf.status}")
    words = re.sub(r"\s", "", subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf.body, capture_output=True, check=True).stdout.decode())
    for part in (re.sub(r"\s", "", name), "職員social", "利用者の相談", "1/1ページ", "期間", "だれが見たか"):
        t.check(part in words, f"the paper says {part}")
    t.check("印刷" in h.get(f"/persons/{person}/looks").text, "the printing itself is in the list")
    t.check(h.get(f"/persons/{person}/looks/pdf?from=2026-12-01&to=2026-11-01").status == 422, "a period the wrong way round gives no paper")
    t.check(n.get(f"/persons/{person}/looks/pdf").status == n.get(f"/persons/{person}/looks").status, "who may not see the list gets no paper")
    a = town.log_in("admin")
    t.check(a.get(f"/persons/{person}/looks/pdf").status == 403, "nor an administrator")
    t.check(a.get(f"/persons/{person}/looks").status == 403, "an administrator has no such page")
    south = town.rows("SELECT p.pid FROM person p JOIN org o ON o.id = p.own_org_id WHERE o.name LIKE '%南%'")[0][0]
    t.check(h.get(f"/persons/{south}/looks").status == 404, "an invisible person is not there")


def drafts(town):
    n = town.log_in("social")
    page = n.get("/consults/new")
    csrf = re.search(r'data-csrf="([^"]+)"', page.body.decode()).group(1)
    body = urlencode({"fields": json.dumps({"content": "娘より電話。夜間の転倒が心配とのこと。"}), "title": "相談を受ける", "csrf": csrf, "base": "0"}).encode()
    r = n.request("POST", "/drafts/consult%3Anew", body, {"Content-Type": "application/x-www-form-urlencoded"})
    t.check(r.status == 200, f"draft saved: {r.status}")
    r = n.get("/drafts")
    t.check("相談を受ける" in r.text and "/consults/new" in r.page.links, "own draft with its way back")
    r = n.get("/drafts/consult%3Anew/text")
    t.check("夜間の転倒が心配" in r.text, "own words")
    h = town.log_in("head")
    r = h.get("/drafts")
    t.check("職員 social" in r.text and "夜間の転倒" not in r.body.decode(), "the head sees whose, not what")
    t.check(h.get("/drafts/consult%3Anew/text").status == 404, "nor by the address")
    to = town.one("SELECT pid FROM account WHERE login = 'head'")
    r = h.submit(fill(r.page, "/hand", to=to))
    t.check("下書きを渡しました" in r.text and "引き継ぎ" in r.text, f"handed over: {r.text[-300:]}")
    t.check("夜間の転倒が心配" in h.get("/drafts/consult%3Anew/text").text, "the heir reads it")
    t.check("下書きはありません" in n.get("/drafts").text, "it left the first one's list")
    r = h.submit(h.get("/drafts").page.form("/drop"))
    t.check("破棄しました" in r.text and town.one("SELECT COUNT(*) FROM draft") == 0, "discarded")


def house_pages(town):
    n = town.log_in("social")
    r = n.get("/about")
    t.check(all(x in r.text for x in ("プログラムの版", "制度の表の版", "基本チェックリスト", "IPAフォントライセンス", "Apache License 2.0")), "about")
    t.check("ディスクの空き" not in r.text, "the disk is the administrator's matter")
    shas = re.findall(r"<code>([0-9a-f]{64})</code>", r.body.decode())
    t.check(len(shas) >= 2, "forms with their sums")
    r = n.get("/law")
    t.check("選択肢の一覧" in r.text and "プログラムの表" in r.text and "新しい表を取り込む" not in r.text, "the tables")
    r = n.get("/law/tables/decisions.tsv")
    t.check("RT-01" in r.text and "介護保険法第8条" in r.text, "decision tables with sources")
    t.check(all(x in r.text for x in ("要介護状態区分: 要介護1", "居宅介護支援", "平成27年4月1日（2015年4月1日）", "公的な資料")), "words and both calendars")
    t.check(not re.search(r"consult_channel|kyotaku|level in|cert=", re.sub(r'href="[^"]*"', "", r.text)), "no codes where names should stand")
    t.check("相談の方法" in n.get("/law/tables/codes.tsv").text, "the lists by their names")
    r = n.get("/law?list=consult_channel")
    t.check("電話" in r.text and "来所" in r.text, "a code list")
    t.check(n.get("/law?list=nothing").status == 404, "no such list")
    t.check("Backspace" in n.get("/help").text, "help")
    a = town.log_in("admin")
    t.check("記録がありません" in a.get("/about").text, "no backup yet")
    house.run(town.exe, "backup", town.dir / "copy.tsunagi", "--data", town.data, env=town.clock.env)
    r = a.get("/about")
    t.check("記録がありません" not in r.text and "ディスクの空き" in r.text, "the last backup is known")


with Town() as town:
    for part in (house_pages, looks, drafts, own_account, audit, manage):
        try:
            part(town)
        except Exception as e:  # a part that breaks is one failure; the others still run
            import traceback
            traceback.print_exc()
            t.check(False, f"{part.__name__}: {e!r}")
t.end()
