"""What the proofs share: the built program, a small house of its own, logging in, rows of the data file.

The small house is made of rows (orgs, areas, staff, people, grants) and of real accounts (`tsunagi account add`, the
enrolment page); everything the proofs look at afterwards goes through the program. Standard library only.
"""
import os, pathlib, re, secrets, shutil, sqlite3, subprocess, sys, tempfile, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "http"))
from client import Client, Page, Response, Server, run, totp  # noqa: E402

os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "detect_leaks=0")  # leaks at the end are the unit tests' matter
PASSWORD = "tsunagi-demo-2026"
START = "2026-11-20T01:00:00Z"  # 10:00 in Japan, a Friday
PID = re.compile(r"(?<![0-9a-z])[0-9a-hjkmnp-tv-z]{26}(?![0-9a-z])")


def binary(kind="test"):
    """kind "test": the build with sanitizers; "fast": the optimised one. Either serves if the other is not there. PROOF=fast takes the
    optimised one for all: half the time, so `script/test` does; a proof run by itself and script/soak look with sanitizers."""
    kind = os.environ.get("PROOF", kind)
    given = os.environ.get("TSUNAGI")
    order = ["build-test", "build"] if kind == "test" else ["build", "build-test"]
    for path in ([given] if given else []) + [ROOT / d / "tsunagi" for d in order]:
        if pathlib.Path(path).exists():
            return str(path)
    sys.exit("no tsunagi: run script/build --test first")


def pid():
    return "".join(secrets.choice("0123456789abcdefghjkmnpqrstvwxyz") for _ in range(26))


class Clock:
    """A clock in a file: the server reads it at each request (TSUNAGI_NOW=@FILE)."""

    def __init__(self, path, at=START):
        self.path = str(path)
        self.set(at)

    def set(self, at):
        self.at = at if isinstance(at, (int, float)) else unix(at)
        text = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.at))
        with open(self.path + ".new", "w") as f:
            f.write(text + "\n")
        os.replace(self.path + ".new", self.path)

    def go(self, seconds):
        self.set(self.at + seconds)

    @property
    def env(self):
        return {"TSUNAGI_NOW": "@" + self.path}


def unix(text):
    import calendar
    return calendar.timegm(time.strptime(text[:19], "%Y-%m-%dT%H:%M:%S"))


def open_db(data):
    db = sqlite3.connect(pathlib.Path(data) / "tsunagi.db", timeout=20)
    db.row_factory = sqlite3.Row
    return db


def columns(db, table):
    return {r["name"]: r for r in db.execute(f"PRAGMA table_info({table})")}


def tables(db):
    return [r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1")]


def insert(db, table, **v):
    """A row as the program would have written it; what is not given gets its default."""
    usual = {"pid": None, "version": 1, "created_ms": 0, "created_by": 0, "updated_ms": 0, "updated_by": 0}
    for name, col in columns(db, table).items():
        if name in usual and name not in v:
            v[name] = pid() if name == "pid" else usual[name]
    names = ", ".join(v)
    return db.execute(f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(v))})", list(v.values())).lastrowid


def fill(page, action, **values):
    form = page.form(action)
    for k, v in values.items():
        form.set(k, v)
    return form


def enrol(server, code, at, login=None, name=None, password=PASSWORD):
    """Register a password and an authenticator with a code, as the page asks it; the secret of the authenticator."""
    c = server.client()
    form = fill(c.get("/setup").page, "/setup", setup_code=code)
    if login:
        form.set("login", login)
    r = c.submit(form)
    secret = re.sub(r"\s", "", re.search(r"<code>([A-Z2-7 ]{16,})</code>", r.body.decode()).group(1))
    form = fill(r.page, "/setup/finish", password=password, password2=password, code=totp(secret, at))
    if name and "name" in form:
        form.set("name", name)
    r = c.submit(form)
    if r.status != 200 or "登録が終わりました" not in r.text:
        raise RuntimeError(f"enrolment of {login}: {r.status} {r.text[-600:]}")
    return secret


def log_in(client, login, secret, at, password=PASSWORD):
    r = client.submit(fill(client.get("/login").page, "/login", login=login, password=password))
    if r.page and any("/login/code" in f.action for f in r.page.forms):
        r = client.submit(fill(r.page, "/login/code", code=totp(secret, at)))
    if "tsunagi" not in "".join(client.cookies) or any("/login" in f.action for f in r.page.forms if f.action != "/logout"):
        raise RuntimeError(f"{login} cannot log in: {r.status} {r.text[-600:]}")
    return r


SURNAMES = [("高橋", "タカハシ"), ("渡邉", "ワタナベ"), ("伊藤", "イトウ"), ("山本", "ヤマモト"), ("中村", "ナカムラ"), ("小林", "コバヤシ"),
            ("加藤", "カトウ"), ("吉田", "ヨシダ"), ("山田", "ヤマダ"), ("佐々木", "ササキ"), ("松本", "マツモト"), ("井上", "イノウエ")]
NAMES = [("花子", "ハナコ", "2"), ("一郎", "イチロウ", "1"), ("和子", "カズコ", "2"), ("茂", "シゲル", "1"), ("幸子", "サチコ", "2")]


def small_house(data, clock, n_persons=12):
    """Two centres, an office, their staff and accounts, people in two areas. Returns {login: secret}."""
    exe = binary("fast")
    code = re.search(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){3,}", run(exe, "init", data, env=clock.env).stdout.decode()).group(0)
    db = open_db(data)
    day = "2020-04-01"
    with db:
        town = insert(db, "org", kind="insurer", name="青葉市", municipality="青葉市", insurer_no="139999")
        orgs = {"north": insert(db, "org", kind="centre", name="青葉市北地域包括支援センター", form="direct", insurer_org_id=town),
                "south": insert(db, "org", kind="centre", name="青葉市南地域包括支援センター", form="commissioned", insurer_org_id=town),
                "town": town}
        areas = {k: insert(db, "area", insurer_org_id=town, code=k, name=n, level="zone") for k, n in (("north", "北圏域"), ("south", "南圏域"))}
        for k in areas:
            insert(db, "org_area", org_id=orgs[k], area_id=areas[k], from_on=day)
        for i in range(n_persons):
            (family, fk), (given, gk, sex) = SURNAMES[i % len(SURNAMES)], NAMES[i % len(NAMES)]
            side = "north" if i % 3 else "south"
            person = insert(db, "person", cluster_id=0, name=f"{family} {given}", kana=f"{fk} {gk}", sex=sex, birth_on=f"{1935 + i % 20}-0{1 + i % 9}-1{i % 9}",
                            home_address=f"青葉市緑町{i + 1}", area_id=areas[side], is_area_manual=1, own_org_id=orgs[side], insurer_org_id=town)
            db.execute("UPDATE person SET cluster_id = id WHERE id = ?", (person,))
            for org, relation, classes in ((orgs[side], 1, 0x7EF), (orgs[side], 4, 0x7EF), (town, 64, 0x7EF)):
                insert(db, "access_grant", org_id=org, role_classes=1023, cluster_id=person, classes=classes, relation=relation, from_on=day, via_table="person",
                       via_id=person)
    accounts = [("nurse", "centre_nurse", "north"), ("social", "centre_social", "north"), ("head", "centre_head", "north"), ("nurse2", "centre_nurse", "south")]
    given = {}
    with Server(exe, data, env=clock.env, workers=2) as s:
        given["admin"] = enrol(s, code, clock.at, "admin", "管理 太郎")
        for login, role, org in accounts:
            org_pid = db.execute("SELECT pid FROM org WHERE id = ?", (orgs[org],)).fetchone()[0]
            out = run(exe, "account", "add", login, "--name", f"職員 {login}", "--role", role, "--org", org_pid, "--data", data, env=clock.env)
            given[login] = enrol(s, re.search(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){3,}", out.stdout.decode()).group(0), clock.at)
    with db:
        for login, _, org in accounts:
            staff = insert(db, "staff", name=f"職員 {login}", name_fold=login)
            insert(db, "staff_post", staff_id=staff, org_id=orgs[org], from_on=day)
            db.execute("UPDATE account SET staff_id = ? WHERE login = ?", (staff, login))
    db.close()
    return given


class Report:
    """Counts what was looked at; a proof prints its failures at once and its numbers at the end."""

    def __init__(self, name):
        self.name, self.passed, self.failed = name, 0, 0

    def check(self, ok, what):
        if ok:
            self.passed += 1
        else:
            self.failed += 1
            if self.failed <= 40:
                print(f"FAIL {self.name}: {what}", flush=True)
        return ok

    def end(self):
        print(f"{self.name}: {self.passed} passed, {self.failed} failed", flush=True)
        sys.exit(1 if self.failed else 0)
