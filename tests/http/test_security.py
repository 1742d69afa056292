"""The doors: CSRF on every change, fixation, cookies, hosts, headers, where a login leads, back-off, log lines."""
from town import *

t = Report("security")


def routes(town):
    """(method, path with every {…} filled, right, kB) of the table."""
    lines = subprocess.run([town.exe, "serve", "--routes"], capture_output=True, text=True, env={**os.environ, "TSUNAGI_SHARE": str(ROOT)}).stdout.splitlines()
    out = []
    for line in lines:
        method, pattern, handler, right, kb, audit, title = line.split("\t")
        path = re.sub(r"\{[a-z]*pid\}", pid(), pattern)
        path = re.sub(r"\{[a-z_]+\}", "x", path)
        out.append((method, path, right, int(kb), pattern))
    return out


def post(c, path, fields, headers=None, follow=False):
    return c.request("POST", path, urlencode(fields).encode(), {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}, follow=follow)


def token(c):
    return re.search(r'name="csrf" value="([^"]+)"', c.get("/help").body.decode()).group(1)


def csrf(town):
    """Every POST of the table without a token, with a wrong one, with another session's, from another site: refused."""
    people = {"nurse": town.log_in("nurse"), "head": town.log_in("head"), "admin": town.log_in("admin")}
    other = token(town.log_in("social"))
    state = lambda: town.rows("SELECT (SELECT COUNT(*) FROM revision), (SELECT COUNT(*) FROM draft), (SELECT COUNT(*) FROM session WHERE is_open = 1), (SELECT COUNT(*) FROM form_token)")  # noqa: E731
    before = state()
    n = 0
    for method, path, right, kb, pattern in routes(town):
        if method == "GET":
            t.check(kb == 0, f"{pattern}: a GET takes no body")
            continue
        for who, c in people.items():
            for fields, headers in (({}, None), ({"csrf": "wrong"}, None), ({"csrf": other}, None), ({"csrf": token(c)}, {"Sec-Fetch-Site": "cross-site"}),
                                    ({"csrf": token(c)}, {"Sec-Fetch-Site": "same-site"})):
                r = post(c, path, fields, headers)
                n += 1
                t.check(r.status == 403, f"{pattern} as {who} {fields} {headers}: {r.status}")
                if r.status != 403:
                    break
    t.check(n > 400, f"{n} forged posts")
    t.check(state() == before, "nothing was written by any of them")
    # before login: the login form has its own token, bound to a cookie
    c = town.client()
    c.get("/login")
    r = post(c, "/login", {"login": "nurse", "password": PASSWORD})
    t.check(r.status == 403, f"login without a token: {r.status}")
    form = town.client().get("/login").page.form("/login")
    r = post(c, "/login", {"login": "nurse", "password": PASSWORD, "csrf": form.get("csrf")})
    t.check(r.status == 403, f"login with another browser's token: {r.status}")


def admit(town):
    """Who has no right gets 403 (or 404 for what is hidden), who is not logged in goes to the login; never 200, never 500."""
    rights = {"nurse": {"だれでも", "ログインした人", "利用者の記録を扱う職員", "相談を受ける職員"},
              "admin": {"だれでも", "ログインした人", "システム管理者", "利用者IDを管理する職員"}}
    for who, have in rights.items():
        c = town.log_in(who)
        for method, path, right, _, pattern in routes(town):
            if method != "GET" or pattern == "/logout":
                continue
            r = c.get(path, follow=False)
            t.check(r.status < 500 and (right in have or r.status == 403), f"{who} {pattern} ({right}): {r.status}")
    anyone = town.client()
    for method, path, right, _, pattern in routes(town):
        if method == "GET" and right != "だれでも":
            r = anyone.get(path, follow=False)
            t.check(r.status == 303 and r.headers["location"].startswith("/login?next="), f"nobody {pattern}: {r.status}")


def fixation_and_cookies(town):
    c = town.client()
    c.cookies["tsunagi"] = "a" * 64  # planted
    r = c.request("GET", "/login")
    r = c.submit(fill(r.page, "/login", login="head", password=PASSWORD), follow=False)
    half = c.cookies.get("tsunagi_half")
    t.check(c.cookies.get("tsunagi") == "a" * 64 and half, "after the password only a half session")
    t.check(c.get("/help", follow=False).status == 303, "a half session opens nothing")
    c.cookies["tsunagi"] = half
    t.check(c.get("/help", follow=False).status == 303, "the half token is no session")
    town.clock.go(31)
    r = post_raw(c, town, half)
    sets = [v for k, v in r if k.lower() == "set-cookie"]
    mine = next(v for v in sets if v.startswith("tsunagi="))
    t.check(not mine.startswith("tsunagi=" + "a" * 64) and not mine.startswith("tsunagi=" + half), "the open session has a token nobody has seen")
    for v in sets:
        t.check("HttpOnly" in v and "SameSite=Lax" in v and "Path=/" in v and "Domain" not in v, f"cookie flags: {v.split('=')[0]}")
    t.check(any(v.startswith("tsunagi_half=;") and "Max-Age=0" in v for v in sets), "the half session's cookie goes")
    value = mine.split("=", 1)[1].split(";")[0]
    db = open_db(town.data)
    stored = b"".join(bytes(x[0]) for x in db.execute("SELECT token_hash FROM session"))
    t.check(bytes.fromhex(value) not in stored and value.encode() not in pathlib.Path(town.data, "tsunagi.db").read_bytes(), "the store has no token in clear")
    db.close()
    # behind TLS
    with house.Server(town.exe, town.data, env=town.clock.env) as s:
        pass
    # log out ends it on the server
    c.cookies["tsunagi"] = value
    t.check(c.get("/help", follow=False).status == 200, "the session is open")
    post(c, "/logout", {"csrf": token(c)})
    c.cookies["tsunagi"] = value
    t.check(c.get("/help", follow=False).status == 303, "after logging out the same cookie opens nothing")


def post_raw(c, town, half):
    """The second step, with all headers of the answer."""
    import http.client
    c.cookies["tsunagi_half"] = half
    page = c.get("/login/code").page
    conn = http.client.HTTPConnection("127.0.0.1", town.server.port, timeout=30)
    body = urlencode({"csrf": page.form("/login/code").get("csrf"), "code": totp(town.secrets["head"], town.clock.at), "next": "/"})
    conn.request("POST", "/login/code", body, {"Content-Type": "application/x-www-form-urlencoded", "Cookie": "; ".join(f"{k}={v}" for k, v in c.cookies.items())})
    r = conn.getresponse()
    r.read()
    head = r.getheaders()
    conn.close()
    t.check(r.status == 303, f"logged in: {r.status}")
    return head


def headers_and_hosts(town):
    c = town.log_in("nurse")
    for path in ("/", "/login", "/help", "/persons/" + pid(), "/no-such-page", "/settings/account"):
        h = c.get(path, follow=False).headers
        csp = h.get("content-security-policy", "")
        t.check("default-src 'self'" in csp and "unsafe" not in csp and "frame-ancestors 'none'" in csp and "form-action 'self'" in csp and "base-uri 'none'" in csp, f"{path}: {csp}")
        t.check(h.get("x-content-type-options") == "nosniff" and h.get("x-frame-options") == "DENY" and h.get("referrer-policy") == "no-referrer", f"{path}: headers")
        t.check(h.get("cache-control") == "no-store", f"{path}: {h.get('cache-control')}")
        t.check("server" not in h and "x-powered-by" not in h, f"{path}: tells no program")
    import http.client
    for host, want in (("127.0.0.1", 200), (f"127.0.0.1:{town.server.port}", 200), ("localhost", 200), ("evil.example", 421), ("127.0.0.1.evil.example", 421),
                       ("evil.example:127.0.0.1", 421), ("", 421), ("127.0.0.1@evil.example", 421)):
        conn = http.client.HTTPConnection("127.0.0.1", town.server.port, timeout=30)
        conn.putrequest("GET", "/login", skip_host=True)
        conn.putheader("Host", host)
        conn.endheaders()
        r = conn.getresponse()
        body = r.read().decode("utf-8", "replace")
        conn.close()
        t.check(r.status == want or (want == 421 and r.status == 400), f"Host {host!r}: {r.status}")
        t.check("evil.example" not in body, f"Host {host!r} is not repeated")
    # who is not our proxy is not believed
    r = c.request("GET", "/help", headers={"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"})
    t.check("strict-transport-security" not in r.headers, "X-Forwarded-Proto of a stranger counts for nothing")


def tls(town):
    """Behind TLS every cookie is Secure and the browser is told to stay."""
    import http.client
    help_text = subprocess.run([town.exe, "serve", "--help"], capture_output=True, text=True)
    option = "--https" if "--https" in help_text.stdout + help_text.stderr else None
    if not t.check(option is not None, "serve has an option for TLS in front"):
        return
    s = house.Server(town.exe, town.data, env=town.clock.env)
    s.proc = subprocess.Popen([town.exe, "serve", "--data", str(town.data), "--listen", f"127.0.0.1:{s.port}", "--workers", "1", option], env=s.env,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        for _ in range(100):
            try:
                conn = http.client.HTTPConnection("127.0.0.1", s.port, timeout=5)
                conn.request("GET", "/login")
                r = conn.getresponse()
                break
            except OSError:
                time.sleep(0.1)
        sets = [v for k, v in r.getheaders() if k.lower() == "set-cookie"]
        t.check(sets and all("; Secure" in v for v in sets) and r.getheader("Strict-Transport-Security"), f"Secure cookies and HSTS: {sets}")
    finally:
        s.stop()


def open_redirect(town):
    for bad in ("//evil.example/", "https://evil.example/", "/\\evil.example", "/%09/evil.example", "javascript:alert(1)", "\\\\evil.example", "/\t/evil.example", "/login"):
        town.clock.go(31)
        c = town.client()
        r = c.get("/login?" + urlencode({"next": bad}))
        r = c.submit(fill(r.page, "/login", login="nurse", password=PASSWORD))
        form = r.page.form("/login/code")
        form.set("next", bad).set("code", totp(town.secrets["nurse"], town.clock.at))  # and once more as a forged field
        r = c.submit(form, follow=False)
        where = r.headers.get("location", "")
        if r.status == 422 and "\t" in bad:
            continue  # not even read as one line
        t.check(r.status == 303 and where.startswith("/") and not where.startswith("//") and "\\" not in where and "\t" not in where, f"next={bad!r} leads to {where!r}")
    c = town.log_in("nurse")
    r = c.get("/login?next=%2F%2Fevil.example", follow=False)
    t.check(r.headers.get("location", "") == "/", f"already in: {r.headers.get('location')}")


def backing_off(town):
    def fail(c, login, n, password="wrong-wrong-wrong"):
        status = None
        for _ in range(n):
            r = c.submit(fill(c.get("/login").page, "/login", login=login, password=password))
            status = r.status
        return status, r
    social = town.log_in("social")  # this browser is known
    thief = town.client()
    status, r = fail(thief, "social", 7)
    t.check(status == 429 and re.search(r"あと約\d+(秒|分)待って", r.text), f"after some failures one waits: {status}")
    # the words and the status are the same for a login nobody has
    a = fail(town.client(), "nobody-here", 1)[1]
    b = fail(town.client(), "head", 1)[1]
    strip = lambda r: re.sub(r"nobody-here|head|value=\"[^\"]*\"", "", r.text)  # noqa: E731
    t.check(a.status == b.status and strip(a) == strip(b), "an unknown login answers like a known one")
    # the owner, on the browser known to the house, is not locked out
    town.clock.go(31)
    c = town.client()
    c.cookies = {k: v for k, v in social.cookies.items() if k == "tsunagi_device"}
    try:
        log_in(c, "social", town.secrets["social"], town.clock.at)
        t.check(True, "")
    except RuntimeError as e:
        t.check(False, f"locked out by a stranger: {e}")
    t.check(social.get("/help").status == 200, "an open session is untouched")
    # after the wait the thief's line is free again (two hours of quiet)
    town.clock.go(2 * 3600 + 60)
    t.check(fail(town.client(), "social", 1)[0] == 401, "two hours later it counts anew")
    # codes cannot be guessed in numbers
    c = town.client()
    r = c.submit(fill(c.get("/login").page, "/login", login="head", password=PASSWORD))
    seen = []
    for i in range(12):
        form = next((f for f in r.page.forms if f.action == "/login/code"), None)
        if not form:
            break
        r = c.submit(form.set("code", f"{i:06d}"))
        seen.append(r.status)
    t.check(len(seen) <= 6, f"after a few wrong codes the password is asked again: {seen}")
    town.clock.go(2 * 3600 + 60)


def log_lines(town):
    """Nothing of a person, of a password or of a session stands in the server's log."""
    c = town.log_in("nurse")
    f = post_form(c.get("/persons/new").page, "/persons")
    f.set("name", "秘密 守子").set("kana", "ヒミツ モリコ").set("birth", "S10.1.1").set("phone", "0312349876").set("home_address", "青葉市緑町九丁目")
    r = c.submit(f)
    t.check(r.status == 200, f"person made: {r.status}")
    c.submit(c.get("/help").page.form("/persons/search").set("text", "ヒミツ"))
    c.get("/persons/" + pid())
    c.get("/login?next=" + "%E7%A7%98%E5%AF%86")
    log = pathlib.Path(town.log).read_text(errors="replace")
    t.check("request" in log, "there is a log")
    db = open_db(town.data)
    p = db.execute("SELECT pid FROM person WHERE name = '秘密 守子'").fetchone()[0]
    db.close()
    for word in ("秘密", "守子", "ヒミツ", "0312349876", "緑町", PASSWORD, "wrong-wrong", p, c.cookies["tsunagi"], "nobody-here", "%E7%A7%98"):
        t.check(word not in log, f"the log holds {word[:12]!r}")
    t.check(not re.search(r"tsunagi=|csrf", log), "no cookie, no token")


with Town() as town:
    for part in (csrf, admit, fixation_and_cookies, headers_and_hosts, tls, open_redirect, backing_off, log_lines):
        try:
            part(town)
        except Exception as e:
            import traceback
            traceback.print_exc()
            t.check(False, f"{part.__name__}: {e!r}")
t.end()
