#!/usr/bin/env python3
"""Nothing lost: a server is killed at random while people save; every acknowledged save is there exactly once.

usage: nothing_lost.py [KILLS] [SECONDS] [SEED]      ends at the first of the two; the default is what script/test runs

Clients write consultations, what followed, checklists, changes and drafts, each with a word of its own. Meanwhile children
of the server (workers, password helpers, the job supervisor) and the server itself are killed with SIGKILL, connections
are cut in the middle of a body, sessions end, and the same POST is sent twice, also at the same time. Afterwards:
- every save answered with 303 is there exactly once, with all its child rows, time line, revisions and audit entries;
- a save whose answer never came is there once or not at all, never in half; what was cut or refused is not there;
- the second sending of a POST led where the first one led;
- every draft is the one last acknowledged (or a later one on its way);
- the last revision of every row is that row; the chain of the audit verifies; the data file is sound.
"""
import collections, http.client, json, os, pathlib, random, shutil, signal, socket, sys, tempfile, threading, time
from urllib.parse import urlencode, urlsplit

from house import *

KILLS = int(sys.argv[1]) if len(sys.argv) > 1 else 200
SECONDS = float(sys.argv[2]) if len(sys.argv) > 2 else 210
SEED = int(sys.argv[3]) if len(sys.argv) > 3 else random.SystemRandom().randrange(10**6)
CLIENTS = 6
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
LOST = (OSError, http.client.HTTPException)


class Save:
    """One thing typed: its word, what it should have become, and how the house answered."""

    def __init__(self, kind, word, expect=None):
        self.kind, self.word, self.expect = kind, word, expect
        self.locations, self.state = set(), "sent"  # sent, saved, refused, cut


class Person(threading.Thread):
    """Somebody at a desk: one session, her own records."""

    def __init__(self, n, server, cookies, persons, log):
        super().__init__(daemon=True)
        self.n, self.server, self.cookies, self.persons, self.log = n, server, cookies, persons, log
        self.rnd = random.Random(SEED * 1000 + n)
        self.saves, self.consults, self.checklists, self.drafts = [], [], [], {}
        self.latest = {}  # (table, pid, column) -> words in the order sent, and the last acknowledged
        self.serial, self.stop, self.retries, self.faults = 0, False, 0, []

    def word(self):
        self.serial += 1
        return f"言{SEED}x{self.n}x{self.serial}終"

    def client(self):
        c = Client("127.0.0.1", self.server.port)
        c.cookies = dict(self.cookies)
        return c

    def get(self, url):
        while not self.stop:
            try:
                r = self.client().get(url, follow=False)
                if r.status == 200 and r.page:
                    return r
                self.fault(f"GET {url} answered {r.status}: {r.text[-300:]}")
                return None
            except LOST:
                self.retries += 1
                time.sleep(0.03)
        return None

    def fault(self, what):
        self.faults.append(what)

    def post_once(self, url, fields):
        return self.client().request("POST", url, urlencode(fields).encode(), FORM, follow=False)

    def post(self, url, fields, save, insist=True):
        """Send until answered; `insist` False: once, and never know."""
        self.saves.append(save)
        while True:
            try:
                r = self.post_once(url, fields)
            except LOST:
                self.retries += 1
                if not insist or self.stop:
                    return False
                time.sleep(0.03)
                continue
            if r.status == 303:
                save.state = "saved"
                save.locations.add(r.headers["location"])
                return True
            if r.status in (500, 503):  # said so, and nothing written: try again as the page tells
                self.retries += 1
                if self.stop:
                    return False
                time.sleep(0.05)
                continue
            save.state = "refused"
            self.fault(f"POST {url} answered {r.status}: {r.text[-400:]}")
            return False

    # --- what people do -------------------------------------------------------------------------------------------

    def consult_fields(self, word):
        person = self.rnd.choice(self.persons)
        r = self.get(f"/consults/new?person={person}")
        if not r:
            return None
        classes = self.rnd.sample(["ltci", "prevention", "health", "life", "housing", "abuse"], self.rnd.randint(1, 3))
        form = fill(r.page, "/consults", content=f"{word} 転んでから外に出ない。", source="family", caller_name="長女", classes=classes,
                    responses=["listen", "visit"], next_action=f"訪問する {word}", next_on="令和8年12月1日", status="active", minutes="20")
        return [tuple(f) for f in form.fields], {"classes": sorted(classes), "responses": ["listen", "visit"], "person": person}

    def create(self, insist=True, twice=False):
        word = self.word()
        got = self.consult_fields(word)
        if not got:
            return
        fields, expect = got
        save = Save("consult", word, expect)
        if twice:  # the double click: two at the same time
            other = threading.Thread(target=lambda: self.quiet_post("/consults", fields, save))
            other.start()
        if self.post("/consults", fields, save, insist):
            if self.rnd.random() < 0.3:  # F5 on the answer
                self.quiet_post("/consults", fields, save)
            self.consults.append(save)
        if twice:
            other.join()

    def quiet_post(self, url, fields, save):
        try:
            r = self.post_once(url, fields)
            if r.status == 303:
                save.state = "saved"
                save.locations.add(r.headers["location"])
        except LOST:
            pass

    def change(self):
        if not self.consults:
            return
        of = self.rnd.choice(self.consults)
        path = next(iter(of.locations)).split("?")[0]
        r = self.get(path + "/edit")
        if not r:
            return
        word = self.word()
        form = fill(r.page, path, wish=f"{word} 家で暮らしたい。")
        self.changed("consult", path, "wish", word, lambda save: self.post(path, [tuple(f) for f in form.fields], save))

    def changed(self, table, path, column, word, send):
        sent = self.latest.setdefault((table, path, column), {"sent": [], "acked": -1})
        sent["sent"].append(word)
        save = Save("change of " + table, word)
        if send(save):
            sent["acked"] = len(sent["sent"]) - 1

    def person(self):
        """Her own person: two people at one field are another proof's matter (409)."""
        path = f"/persons/{self.persons[self.n]}"
        r = self.get(path + "/edit")
        if not r:
            return
        word = self.word()
        form = next(f for f in r.page.forms if urlsplit(f.action).path == path)
        form.set("note", f"{word} 杖を使う。")
        self.changed("person", path, "note", word, lambda save: self.post(path, [tuple(f) for f in form.fields], save))

    def entry(self):
        if not self.consults:
            return
        of = self.rnd.choice(self.consults)
        path = next(iter(of.locations)).split("?")[0]
        r = self.get(path)
        if not r:
            return
        word = self.word()
        form = fill(r.page, path + "/entries", content=f"{word} 電話した。")
        self.post(path + "/entries", [tuple(f) for f in form.fields], Save("entry", word, {"consult": path}))

    def checklist(self):
        person = self.rnd.choice(self.persons)
        r = self.get(f"/persons/{person}/checklists/new")
        if not r:
            return
        word = self.word()
        form = r.page.form(f"/persons/{person}/checklists")
        for i in range(1, 26):
            if i != 12:  # worked out from height and weight
                form.set(f"kcl{i:02}", self.rnd.choice("YN"))
        form.set("height_cm", "150").set("weight_kg", "48")
        form.set("address", word)
        save = Save("checklist", word, {"person": person})
        if self.post(f"/persons/{person}/checklists", [tuple(f) for f in form.fields], save):
            self.checklists.append(save)

    def draft(self):
        key = f"consult:new#{self.n}x{self.rnd.randint(1, 5)}"
        r = self.get("/consults/new")
        if not r:
            return
        csrf = next(f.get("csrf") for f in r.page.forms if f.get("csrf"))
        word = self.word()
        d = self.drafts.setdefault(key, {"sent": [], "acked": -1})
        d["sent"].append(word)
        try:
            r = self.post_once("/drafts/" + key.replace("#", "%23"), [("csrf", csrf), ("fields", json.dumps({"content": word})), ("title", "相談")])
            if r.status == 200:
                d["acked"] = len(d["sent"]) - 1
            elif r.status not in (500, 503):
                self.fault(f"draft answered {r.status}: {r.text[-300:]}")
        except LOST:
            pass

    def cut(self):
        """Half a body, then the cable is out."""
        word = self.word()
        got = self.consult_fields(word)
        if not got:
            return
        body = urlencode(got[0]).encode()
        cookie = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        head = (f"POST /consults HTTP/1.1\r\nHost: 127.0.0.1:{self.server.port}\r\nCookie: {cookie}\r\n"
                f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n").encode()
        self.saves.append(Save("consult", word, got[1]))
        self.saves[-1].state = "cut"
        try:
            with socket.create_connection(("127.0.0.1", self.server.port), 5) as s:
                s.sendall(head + body[:self.rnd.randint(1, len(body) - 1)])
                if self.rnd.random() < 0.5:
                    time.sleep(0.02)
        except OSError:
            pass

    def ended(self):
        """The session has ended: nothing is written, and the answer still holds what was typed."""
        word = self.word()
        got = self.consult_fields(word)
        if not got:
            return
        save = Save("consult", word, got[1])
        self.saves.append(save)
        save.state = "refused"
        c = self.client()
        c.cookies["tsunagi"] = "0" * 64
        try:
            r = c.request("POST", "/consults", urlencode(got[0]).encode(), FORM, follow=False)
            if r.status in (500, 503):
                return
            if r.status == 303 or word not in r.body.decode():
                self.fault(f"a POST of an ended session answered {r.status} without the words typed")
        except LOST:
            pass

    def run(self):
        acts = [(self.create, 5), (lambda: self.create(twice=True), 1), (lambda: self.create(insist=False), 1), (self.change, 3), (self.entry, 3), (self.person, 2), (self.checklist, 2),
                (self.draft, 3), (self.cut, 1), (self.ended, 1)]
        while not self.stop:
            try:
                self.rnd.choices([a for a, _ in acts], [w for _, w in acts])[0]()
            except Exception as e:  # a page without its form, a thread that ends: the proof must say so
                self.fault(f"{type(e).__name__}: {e}"[:600])
                time.sleep(0.1)


def alive(process):
    try:
        with open(f"/proc/{process}/stat") as f:
            return f.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


class Killer(threading.Thread):
    def __init__(self, server):
        super().__init__(daemon=True)
        self.server, self.rnd = server, random.Random(SEED)
        self.kills = collections.Counter()
        self.stop, self.trouble, self.linger = False, None, 0.0

    def children(self):
        try:
            with open(f"/proc/{self.server.proc.pid}/task/{self.server.proc.pid}/children") as f:
                return [int(x) for x in f.read().split()]
        except OSError:
            return []

    def run(self):
        end = time.monotonic() + SECONDS
        try:
            while not self.stop and sum(self.kills.values()) < KILLS and time.monotonic() < end:
                time.sleep(self.rnd.uniform(0.01, 2 * min(0.5, SECONDS / max(KILLS, 1)) * 0.8))
                kids = self.children()
                if self.rnd.random() < 0.05:
                    self.server.proc.kill()
                    self.server.proc.wait()
                    self.kills["server"] += 1
                    self.start_again(kids)
                elif kids:
                    os.kill(self.rnd.choice(kids), signal.SIGKILL)
                    self.kills["child"] += 1
        except Exception as e:  # the proof must fail, not hang
            self.trouble = e

    def start_again(self, kids):
        begun = time.monotonic()
        while any(map(alive, kids)):  # the children end with their server; the port must be free
            if time.monotonic() - begun > 15:
                raise RuntimeError("children outlive their server")
            time.sleep(0.01)
        self.linger = max(self.linger, time.monotonic() - begun)
        self.server.start()


# --- afterwards -----------------------------------------------------------------------------------------------------

def same(row, body):
    for k, v in body.items():
        if k in row.keys() and row[k] != v and not (isinstance(v, bool) and row[k] == int(v)):
            return f"{k}: row {row[k]!r}, revision {v!r}"
    return ""


def check_store(rep, db):
    """Whatever was written: rows, revisions, audit entries and time lines belong together."""
    rep.check([r[0] for r in db.execute("PRAGMA integrity_check")] == ["ok"], "integrity_check")
    rep.check(not list(db.execute("PRAGMA foreign_key_check")), "foreign keys")
    has = {t: columns(db, t) for t in tables(db)}
    for t in (t for t in has if "version" in has[t] and t != "revision"):
        for row in db.execute(f"SELECT * FROM {t} WHERE created_ms > 0"):
            revs = list(db.execute("SELECT version, body FROM revision WHERE table_name = ? AND row_id = ? ORDER BY version", (t, row["id"])))
            rep.check([r["version"] for r in revs] == list(range(1, row["version"] + 1)), f"{t} {row['id']} is at version {row['version']}, revisions are {[r['version'] for r in revs]}")
            if revs and t != "account":
                rep.check(not same(row, json.loads(revs[-1]["body"])), f"{t} {row['id']}: the last revision differs: {same(row, json.loads(revs[-1]['body']))}")
    for r in db.execute("SELECT table_name, row_id, COUNT(*) n FROM revision WHERE at_ms > 0 GROUP BY 1, 2"):
        n = db.execute("SELECT COUNT(*) FROM audit_entry WHERE table_name = ? AND row_id = ? AND action IN ('insert','save','retire','restore','revert')", (r["table_name"], r["row_id"])).fetchone()[0]
        rep.check(n == r["n"], f"{r['table_name']} {r['row_id']} has {r['n']} revisions and {n} entries in the audit")
        rep.check(db.execute(f"SELECT COUNT(*) FROM {r['table_name']} WHERE id = ?", (r["row_id"],)).fetchone()[0] == 1, f"revision of a row that is not there: {r['table_name']} {r['row_id']}")
    for t in ("timeline", "task", "evidence"):
        for r in db.execute(f"SELECT * FROM {t} WHERE table_name <> ''"):
            rep.check(db.execute(f"SELECT COUNT(*) FROM {r['table_name']} WHERE id = ?", (r["row_id"],)).fetchone()[0] == 1, f"{t} {r['id']} names a row that is not there")
    for r in db.execute("SELECT * FROM form_token"):
        rep.check(r["location"] != "", f"a form token without an answer: {r['token']}")
    seqs = [r[0] for r in db.execute("SELECT id FROM audit_entry ORDER BY id")]
    rep.check(seqs == list(range(1, len(seqs) + 1)), "the audit has gaps")


def check_consult(rep, db, save, rows):
    what = f"consultation {save.word} ({save.state})"
    if not rep.check(len(rows) == 1, f"{what} is there {len(rows)} times"):
        return
    row = rows[0]
    codes = collections.defaultdict(list)
    for k in db.execute("SELECT kind, code FROM consult_class WHERE consult_id = ? ORDER BY code", (row["id"],)):
        codes[k["kind"]].append(k["code"])
    rep.check(codes["class"] == save.expect["classes"] and codes["response"] == save.expect["responses"], f"{what} has the codes {dict(codes)}")
    rep.check(row["next_action"] == f"訪問する {save.word}" and row["next_on"] == "2026-12-01", f"{what}: the next step is {row['next_action']} {row['next_on']}")
    who = db.execute("SELECT pid FROM person WHERE id = ?", (row["person_id"],)).fetchone()[0]
    rep.check(who == save.expect["person"], f"{what} is about another person")
    n = db.execute("SELECT COUNT(*) FROM timeline WHERE table_name = 'consult' AND row_id = ?", (row["id"],)).fetchone()[0]
    rep.check(n == 1, f"{what} stands in the time line {n} times")
    n = db.execute("SELECT COUNT(*) FROM task WHERE table_name = 'consult' AND row_id = ? AND state = 'open'", (row["id"],)).fetchone()[0]
    rep.check(n == 1, f"{what} has {n} open tasks for its next step")
    for where in save.locations:
        rep.check(where.split("?")[0].endswith(row["pid"]), f"{what} was answered with {where}, the record is {row['pid']}")


def check_saves(rep, db, people):
    index = collections.defaultdict(list)
    for table, column in (("consult", "content"), ("consult_entry", "content"), ("response", "answers")):
        for row in db.execute(f"SELECT * FROM {table}"):
            for w in re.findall(r"言\d+x\d+x\d+終", row[column]):
                index[table, w].append(row)
    for p in people:
        for s in p.saves:
            table = {"consult": "consult", "entry": "consult_entry", "checklist": "response"}.get(s.kind)
            rows = index[table, s.word] if table else []
            if s.state in ("cut", "refused"):
                rep.check(not rows, f"{s.kind} {s.word} was {s.state} and is there")
            elif s.state == "saved" or rows:
                rep.check(len(s.locations) <= 1, f"{s.kind} {s.word} was answered with {s.locations}")
                if s.kind == "consult":
                    check_consult(rep, db, s, rows)
                elif table:
                    rep.check(len(rows) == 1, f"{s.kind} {s.word} is there {len(rows)} times")
                    if s.kind == "checklist" and rows:
                        n = db.execute("SELECT COUNT(*) FROM timeline WHERE table_name = 'response' AND row_id = ?", (rows[0]["id"],)).fetchone()[0]
                        rep.check(n == 1, f"checklist {s.word} stands in the time line {n} times")
        for (table, path, column), sent in p.latest.items():
            value = db.execute(f"SELECT {column} FROM {table} WHERE pid = ?", (path.split("/")[-1],)).fetchone()[0]
            good = sent["sent"][max(sent["acked"], 0):] if sent["acked"] >= 0 else sent["sent"] + [""]
            rep.check(any(w in value for w in good if w) or ("" in good and not value), f"{table}.{column} of {path} is {value!r}, acknowledged was {good[0]}")
        for key, sent in p.drafts.items():
            row = db.execute("SELECT fields FROM draft WHERE draft_key = ?", (key,)).fetchone()
            value = json.loads(row[0])["content"] if row else ""
            good = sent["sent"][sent["acked"]:] if sent["acked"] >= 0 else sent["sent"] + [""]
            rep.check(value in good, f"draft {key} is {value!r}, acknowledged was {good[0]}")
        for f in p.faults:
            rep.check(False, f)


def main():
    rep = Report("nothing_lost")
    tmp = pathlib.Path(tempfile.mkdtemp(prefix="tsunagi-lost-"))
    clock = Clock(tmp / "clock")
    data = tmp / "data"
    secrets_of = small_house(data, clock)
    exe = binary("fast")
    server = Server(exe, data, env=clock.env, workers=4, log=tmp / "log")
    db = open_db(data)
    persons = [r[0] for r in db.execute("SELECT pid FROM person WHERE area_id = (SELECT id FROM area WHERE code = 'north')")]
    server.start()
    desks = []
    for n in range(CLIENTS):
        clock.go(60)
        login = ["social", "head"][n % 2]
        c = server.client()
        log_in(c, login, secrets_of[login], clock.at)
        desks.append(Person(n, server, c.cookies, persons, rep))
    killer = Killer(server)
    start = time.monotonic()
    for d in desks:
        d.start()
    killer.start()
    killer.join()
    for d in desks:
        d.stop = True
    for d in desks:
        d.join(90)
        rep.check(not d.is_alive(), "a client hangs")
    server.stop()
    rep.check(killer.trouble is None, f"the killer: {killer.trouble!r}")
    kills = sum(killer.kills.values())
    states = collections.Counter((s.kind, s.state) for d in desks for s in d.saves)
    print(f"nothing_lost: seed {SEED}, {kills} kills {dict(killer.kills)}, {time.monotonic() - start:.0f} s, children outlived their server by {killer.linger:.1f} s at most, {sum(d.retries for d in desks)} sent again, "
          + ", ".join(f"{k} {s} {n}" for (k, s), n in sorted(states.items())), flush=True)
    rep.check(killer.linger < 5, f"children outlived their server by {killer.linger:.1f} s")
    rep.check(kills >= min(KILLS, SECONDS), f"only {kills} kills")
    for kind in ("consult", "change of consult", "change of person", "entry", "checklist"):
        rep.check(states[kind, "saved"] >= 5, f"only {states[kind, 'saved']} of {kind} were saved: this proves little")
    check_store(rep, db)
    check_saves(rep, db, desks)
    db.close()
    verified = run(exe, "audit", "verify", "--data", data, env=clock.env, check=False)
    rep.check(verified.returncode == 0, f"audit verify: {verified.stdout.decode()[-500:]} {verified.stderr.decode()[-500:]}")
    if rep.failed:
        print(f"nothing_lost: kept in {tmp}")
    else:
        shutil.rmtree(tmp)
    rep.end()


main()
