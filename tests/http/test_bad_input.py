"""Bad input, as the issue lists it: each case answers with a plain Japanese sentence on a page that still holds what was typed,
and writes nothing half."""
import resource, stat
from town import *

t = Report("bad input")


def person_form(c):
    return post_form(c.get("/persons/new").page, "/persons")


def consult_form(c):
    return post_form(c.get("/consults/new").page, "/consults").set("source", "family").set("person_label", "70代の女性、緑町")


def typed(r, *texts):
    """Every text stands in the page the person gets back."""
    html = r.body.decode()
    from html import unescape
    return all(x in unescape(html) for x in texts)


def faulty_days(town, c):
    before = town.one("SELECT COUNT(*) FROM person")
    r = c.submit(person_form(c).set("name", "昭和 花子").set("birth", "昭和64年1月8日").set("note", "この文は消えては困る"))
    t.check(r.status == 422 and "平成元年1月8日" in r.text, f"昭和64年1月8日 offers 平成元年1月8日: {r.status}")
    t.check(typed(r, "昭和64年1月8日", "昭和 花子", "この文は消えては困る"), "what was typed stays")
    f = post_form(r.page, "/persons").set("birth", "令和9年1月1日")
    r = c.submit(f)
    t.check(r.status == 422 and typed(r, "令和9年1月1日", "この文は消えては困る") and ("未来" in r.text or "これから" in r.text or "今日" in r.text), f"a birth date in the future: {r.status}")
    t.check(town.one("SELECT COUNT(*) FROM person") == before, "nothing is written")
    # the same in another page's date field
    r = c.submit(consult_form(c).set("content", "夜間の徘徊について相談").set("received_on", "昭和64年1月8日"))
    t.check(r.status == 422 and "平成元年1月8日" in r.text and typed(r, "昭和64年1月8日", "夜間の徘徊について相談"), f"consultation: {r.status}")
    t.check(town.one("SELECT COUNT(*) FROM consult") == 0, "no consultation is written")
    r = c.submit(post_form(r.page, "/consults").set("received_on", "R8.11.20"))
    t.check(r.status == 200 and town.one("SELECT COUNT(*) FROM consult") == 1, "mended, it is saved")


def number_of_nine(town, c):
    pid = town.one("SELECT p.pid FROM person p JOIN org o ON o.id = p.own_org_id WHERE o.name LIKE '%北%'")
    action = f"/persons/{pid}/records/insured"
    r = c.get(action + "/new")
    if not t.check(r.status == 200, f"insurance page: {r.status} {r.text[-200:]}"):
        return
    f = post_form(r.page, action).set("insurer_no", "139999").set("insured_no", "123456789")
    f.set("note", "旧番号の写し")
    r = c.submit(f)
    t.check(r.status == 422 and "10けた" in r.text and typed(r, "123456789", "旧番号の写し"), f"an insured number of 9 digits: {r.status} {r.text[:300]}")
    t.check(town.one("SELECT COUNT(*) FROM person_insurance") == 0, "nothing is written")


def too_large(town, c):
    f = post_form(c.get("/settings/display").page, "/settings/display")
    f.fields.append(["text_size", "x" * 40000])
    r = c.submit(f)
    t.check(r.status == 413 and "一度に送れる量を超えています" in r.text and "分けて" in r.text, f"a body over the route's limit: {r.status}")
    t.check(c.get("/settings/display").status == 200, "the server goes on")
    # sent in pieces without a length
    import http.client
    conn = http.client.HTTPConnection("127.0.0.1", town.server.port, timeout=30)
    conn.putrequest("POST", "/settings/display")
    conn.putheader("Transfer-Encoding", "chunked")
    conn.putheader("Content-Type", "application/x-www-form-urlencoded")
    conn.putheader("Cookie", "; ".join(f"{k}={v}" for k, v in c.cookies.items()))
    conn.endheaders()
    status = None
    try:
        for _ in range(40):
            conn.send(b"400\r\n" + b"a" * 1024 + b"\r\n")
        conn.send(b"0\r\n\r\n")
    except OSError:
        pass
    try:
        status = conn.getresponse().status
    except Exception as e:
        status = repr(e)
    conn.close()
    t.check(status == 413, f"in pieces: {status}")


def twice(town, c):
    before = town.one("SELECT COUNT(*) FROM consult")
    f = consult_form(c).set("content", "二度送られる相談")
    a = c.submit(f, follow=False)
    b = c.submit(f, follow=False, here="/consults/new")
    t.check(a.status == b.status == 303 and a.headers["location"].split("?")[0] == b.headers["location"].split("?")[0], f"the same POST twice: {a.status} {b.status} {a.headers.get('location')} {b.headers.get('location')}")
    t.check(town.one("SELECT COUNT(*) FROM consult") == before + 1, "makes one row")
    # both at once, as a double click does
    import threading
    f = consult_form(c).set("content", "同時に送られる相談")
    got = []
    ts = [threading.Thread(target=lambda: got.append(c.submit(f, follow=False, here="/consults/new"))) for _ in range(4)]
    [x.start() for x in ts]
    [x.join() for x in ts]
    places = {g.headers.get("location", "?").split("?")[0] for g in got}
    t.check(len(places) == 1 and town.one("SELECT COUNT(*) FROM consult") == before + 2, f"four at once make one row: {places} {[g.status for g in got]}")


def mistyped_code(town):
    town.clock.go(31)
    c = town.client()
    r = c.submit(fill(c.get("/login?next=%2Fconsults").page, "/login", login="social", password=PASSWORD))
    good = totp(town.secrets["social"], town.clock.at)
    bad = f"{(int(good) + 1) % 1000000:06d}"
    r = c.submit(fill(r.page, "/login/code", code=bad))
    t.check(r.status == 401 and "確認コードが合いません" in r.text , f"mistyped code: {r.status}")
    t.check(c.get("/consults", follow=False).status == 303, "nothing is open yet")
    r = c.submit(fill(r.page, "/login/code", code=good))
    t.check(r.status == 200 and c.url.startswith("/consults"), f"the right code goes on where one wanted to go: {c.url}")


def lost_session(town):
    c = town.log_in("social")
    f = consult_form(c).set("content", "途中で切れた相談。母の物忘れが進んだ。")
    page = c.get("/consults/new")
    csrf = re.search(r'data-csrf="([^"]+)"', page.body.decode()).group(1)
    draft = urlencode({"fields": json.dumps({"content": f.get("content")}), "title": "相談を受ける", "csrf": csrf, "base": "0"}).encode()
    t.check(c.request("POST", "/drafts/consult%3Anew", draft, {"Content-Type": "application/x-www-form-urlencoded"}).status == 200, "draft kept while typing")
    before = town.one("SELECT COUNT(*) FROM consult")
    town.clock.go(21 * 60)  # the idle lock
    r = c.submit(f)
    t.check(r.status == 401 and "ログイン" in r.text and typed(r, "途中で切れた相談。母の物忘れが進んだ。"), f"the words are on the page: {r.status}")
    t.check(town.one("SELECT COUNT(*) FROM consult") == before, "nothing is written")
    t.check("tsunagi" in c.cookies or True, "")
    c2 = town.log_in("social")
    r = c2.get("/drafts/consult%3Anew")
    t.check(json.loads(r.body)["fields"]["content"] == f.get("content"), "after logging in the draft is there")
    n = town.log_in("nurse")
    t.check(not json.loads(n.get("/drafts/consult%3Anew").body)["found"], "for nobody else")


def two_editors(town):
    a, b = town.log_in("nurse"), town.log_in("social")
    r = a.submit(consult_form(a).set("content", "最初の文"))
    pid = re.search(r"/consults/([0-9a-z]{26})", a.url).group(1)
    action = f"/consults/{pid}"
    fa = post_form(a.get(action + "/edit").page, action).set("content", "一人目の文")
    fb = post_form(b.get(action + "/edit").page, action).set("content", "二人目の文")
    tab = post_form(a.get(action + "/edit").page, action).set("content", "別のタブの文")
    t.check(a.submit(fa).status == 200, "the first save")
    r = b.submit(fb, here=action)
    t.check(r.status == 409 and typed(r, "最初の文", "一人目の文", "二人目の文") and "職員 nurse" in r.text, f"two people: 409 with before, theirs and mine: {r.status}")
    t.check(town.one("SELECT content FROM consult WHERE pid = ?", pid) == "一人目の文", "the first text stands")
    t.check(town.one("SELECT COUNT(*) FROM conflict_text") >= 1, "the other's text is kept")
    r = a.submit(tab, here=action)
    t.check(r.status == 409 and typed(r, "別のタブの文", "一人目の文"), f"two tabs of one person: {r.status}")
    # different fields merge
    fa = post_form(a.get(action + "/edit").page, action).set("wish", "家で暮らしたい")
    fb = post_form(b.get(action + "/edit").page, action).set("caller_name", "娘")
    t.check(a.submit(fa).status == 200 and b.submit(fb, here=action).status == 200, "different fields")
    t.check(town.rows("SELECT wish, caller_name FROM consult WHERE pid = ?", pid) == [("家で暮らしたい", "娘")], "both are there")


def full_disk_by_limit(town):
    """No file of the workers may grow: every write fails, as on a full disk."""
    c = town.log_in("nurse")
    f = consult_form(c).set("content", "あ" * 15000 + "最後まで残る文")
    before = town.rows("SELECT COUNT(*), (SELECT COUNT(*) FROM audit_entry) FROM consult")
    pids = [int(p.name) for p in pathlib.Path("/proc").iterdir() if p.name.isdigit() and parent(p) == town.server.proc.pid]
    for p in pids:
        resource.prlimit(p, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    r = c.submit(f)
    t.check(r.status in (503, 507) and typed(r, "最後まで残る文") and "残っています" in r.text, f"a disk that takes nothing: {r.status} {r.text[:200]}")
    t.check(town.rows("SELECT COUNT(*), (SELECT COUNT(*) FROM audit_entry) FROM consult") == before, "nothing is written, not even half")
    for p in pids:
        resource.prlimit(p, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    t.check(all(pathlib.Path(f"/proc/{p}").exists() for p in pids), "no worker died of it")
    r = c.submit(f)
    t.check(r.status == 200 and town.one("SELECT COUNT(*) FROM consult") == before[0][0] + 1, f"room again: the same form is saved: {r.status}")
    p = town.run("audit", "verify", check=False)
    t.check(p.returncode == 0, f"the log is whole: {p.stderr.decode()[-300:]}")


def parent(proc):
    try:
        return int((proc / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except (OSError, IndexError, ValueError):
        return 0


def full_disk_for_real(town):
    """A small file system of its own, where this is allowed."""
    small = town.dir / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m,mode=0700", "tmpfs", small], capture_output=True).returncode != 0:
        print("full_disk_for_real: no right to mount a small file system; the limit on files stands for it")
        return
    try:
        town.server.stop()
        shutil.copytree(town.data, small / "data")
        with house.Server(town.exe, small / "data", env=town.clock.env) as s:
            town.clock.go(31)
            c = s.client()
            log_in(c, "nurse", town.secrets["nurse"], town.clock.at)
            f = consult_form(c).set("content", "い" * 15000 + "満杯でも残る文")
            free = os.statvfs(small)
            with open(small / "ballast", "wb") as b:
                b.write(b"x" * (free.f_bavail * free.f_frsize - 4096))
                b.flush()
            db = open_db(small / "data")
            count = lambda: db.execute("SELECT COUNT(*), (SELECT COUNT(*) FROM audit_entry) FROM consult").fetchone()[:]  # noqa: E731
            before = count()
            r = c.submit(f)
            t.check(r.status == 507 and "ディスクがいっぱい" in r.text and typed(r, "満杯でも残る文"), f"a full disk: {r.status} {r.text[:200]}")
            t.check(count() == before, "nothing is written")
            os.unlink(small / "ballast")
            r = c.submit(f)
            t.check(r.status == 200 and count()[0] == before[0] + 1, f"room again: {r.status}")
            db.close()
    finally:
        subprocess.run(["umount", "-l", small], capture_output=True)
        town.server.start()


with Town() as town:
    nurse = town.log_in("nurse")
    for part in (lambda: faulty_days(town, nurse), lambda: number_of_nine(town, nurse), lambda: too_large(town, nurse), lambda: twice(town, nurse),
                 lambda: mistyped_code(town), lambda: lost_session(town), lambda: two_editors(town), lambda: full_disk_by_limit(town),
                 lambda: full_disk_for_real(town)):
        try:
            part()
        except Exception as e:
            import traceback
            traceback.print_exc()
            t.check(False, repr(e))
t.end()
