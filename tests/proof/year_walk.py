#!/usr/bin/env python3
"""A year in one run: the clock walks 400 days over a demo town, the server keeps running under a foreign TZ.

usage: year_walk.py [all]        all = every day; without: a week's steps, and every day near a border

On each day two people of two organisations open 今日の仕事, its lists and the pages of some clients. What must stand there is
worked out here from the rows of the data file: tasks and consultations become due, 「今日」 and overdue exactly on their day,
certifications hold until their last day (「あとN日」 from 60 days on), ages turn on the birthday, and today's date is written
in its era; 29 February 2028 and the ends of months are among the days. Japan's midnight is asked from both sides: at
23:59:59 and at 00:00:00. Times of the server: America/New_York, Pacific/Kiritimati and Asia/Kolkata in turn.
"""
import datetime, pathlib, shutil, sys, tempfile

from twin_town import CLASSES, Actor
import twin_town
from house import *

FIRST = datetime.date(2027, 2, 1)
DAYS = 400
ZONES = ["America/New_York", "Pacific/Kiritimati", "Asia/Kolkata"]
LEVELS = {"target": "事業対象者", "s1": "要支援1", "s2": "要支援2", **{f"c{i}": f"要介護{i}" for i in range(1, 6)}}
ERAS = [(datetime.date(2019, 5, 1), "令和"), (datetime.date(1989, 1, 8), "平成"), (datetime.date(1926, 12, 25), "昭和"), (datetime.date(1912, 7, 30), "大正")]
D = datetime.date.fromisoformat


def era(day):
    start, name = next(e for e in ERAS if day >= e[0])
    n = day.year - start.year + 1
    return f"{name}{'元' if n == 1 else n}年{day.month}月{day.day}日"


def age(birth, day):
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def instant(day, last_second=False):
    """The UTC instant of the first (or last) second of a day in Japan."""
    t = unix(day.isoformat() + "T00:00:00Z") - 9 * 3600
    return t + 86399 if last_second else t


def add_borders(db, orgs):
    """Tasks, consultations, births and certifications at the borders of the calendar, for both organisations."""
    due = [D(d) for d in ("2027-02-28", "2027-03-01", "2027-03-31", "2027-04-01", "2027-04-30", "2027-05-31", "2027-06-30", "2027-07-31", "2027-08-31", "2027-09-30", "2027-10-31",
                          "2027-11-30", "2027-12-31", "2028-01-01", "2028-01-31", "2028-02-28", "2028-02-29", "2028-03-01")]
    births = ["1932-02-29", "1940-02-29", "1952-02-28", "1938-03-01", "1945-12-31", "1946-01-01", "1926-12-25", "1926-12-24", "1948-02-29", "1936-10-31"]
    ends = ["2027-02-28", "2027-03-31", "2027-04-30", "2027-08-31", "2027-12-31", "2028-01-31", "2028-02-28", "2028-02-29", "2027-09-30", "2027-11-30"]
    people = []
    for n, (birth, end) in enumerate(zip(births, ends)):
        org = orgs[n % 2]
        p = insert(db, "person", cluster_id=0, name=f"暦 {n}郎", kana="コヨミ", sex="1", birth_on=birth, own_org_id=org[0])
        db.execute("UPDATE person SET cluster_id = id WHERE id = ?", (p,))
        for o in orgs:
            insert(db, "access_grant", org_id=o[0], role_classes=1023, cluster_id=p, classes=0x7EF, relation=2, from_on="2020-01-01", via_table="person", via_id=p)
        insert(db, "certification", person_id=p, status="certified", apply_kind="renew", level="s1", from_on="2025-03-01", to_on=end)
        if n % 3 == 0:  # the next period follows at once
            insert(db, "certification", person_id=p, status="certified", apply_kind="renew", level="c2", from_on=(D(end) + datetime.timedelta(1)).isoformat(), to_on="2030-03-31")
        people.append(p)
    for n, day in enumerate(due):
        for k, (org, staff) in enumerate(orgs):
            p = people[(n + k) % len(people)]
            insert(db, "task", kind="visit", person_id=p, record_class=CLASSES["CARE"], org_id=org, assignee_staff_id=staff if n % 2 else None, due_on=day.isoformat(), state="open", title=f"暦の仕事{n}")
            if k == 0:
                insert(db, "consult", person_id=p, org_id=org, record_class=CLASSES["CONSULTATION"], received_ms=instant(FIRST) * 1000, received_on=FIRST.isoformat(), channel="phone", source="self", content=f"暦の相談{n}",
                       urgency="normal", status="active", next_action=f"暦の対応{n}", next_on=day.isoformat(), assignee_staff_id=staff)
    return people


class Walker:
    def __init__(self, rep, db, server, clock, actor, secret):
        self.rep, self.db, self.server, self.clock, self.actor, self.secret = rep, db, server, clock, actor, secret
        self.client, self.seen = server.client(), {}

    def log_in(self):
        self.client = self.server.client()
        log_in(self.client, self.actor.login, self.secret, self.clock.at)
        self.stay()

    def stay(self):
        """The day's session stands in for a login a day (argon2 400 times proves nothing); a real one comes each month."""
        with self.db:
            self.db.execute("UPDATE session SET ends_ms = ?, seen_ms = ?, is_locked = 0 WHERE account_id = ? AND is_open = 1", ((self.clock.at + 86400) * 1000, self.clock.at * 1000, self.actor.account))

    def may(self, person_id, cls):
        if not person_id and cls == CLASSES["STATISTICS"]:  # about nobody: the organisation's own
            return True
        return bool(person_id) and bool(self.actor.sees(self.db, person_id) & cls)

    def rows(self, table, where):
        return [r for r in self.db.execute(f"SELECT * FROM {table} WHERE org_id = ? AND retired_ms IS NULL AND {where}", (self.actor.org,)) if self.may(r["person_id"], r["record_class"])]

    def expected(self, day):
        tasks = [D(r["due_on"]) for r in self.rows("task", "state = 'open' AND due_on IS NOT NULL")]
        next_on = [D(r["next_on"]) for r in self.rows("consult", "status <> 'closed' AND next_on IS NOT NULL")]
        boxes = {"overdue": sum(d < day for d in tasks), "today": sum(d == day for d in tasks), "week": sum(day <= d <= day + datetime.timedelta(7) for d in tasks)}
        if CLASSES["CONSULTATION"] and "K" in twin_town.SEE.get((self.actor.name, "CONSULTATION"), ""):
            boxes["consult_overdue"] = sum(d < day for d in next_on)
        return boxes

    def day(self, day, people, when):
        twin_town.TODAY = day.isoformat()
        self.stay()
        where = f"{day} {when} as {self.actor.login}"
        r = self.client.get("/")
        if not self.rep.check(r.status == 200 and "今日の仕事" in r.text, f"{where}: {r.status} {r.text[:200]}"):
            return
        html = r.body.decode()
        for box, n in self.expected(day).items():
            m = re.search(rf'href="/work/{box}"><span class="figure">([\d,]+)', html)
            self.rep.check(m and int(m[1].replace(",", "")) == n, f"{where}: box {box} says {m and m[1]}, the rows say {n}")
            if n and box == "today":
                listed = self.client.get("/work/today").body.decode()
                self.rep.check(listed.count('<span class="tag warn">今日</span>') == min(n, 50), f"{where}: {listed.count('今日</span>')} rows are marked 今日 of {n}")
        if self.actor.name.startswith("CENTRE"):
            form = self.client.get("/consults/new").page.form("/consults")
            self.rep.check(form.get("received_on") == era(day), f"{where}: the form says {form.get('received_on')}, today is {era(day)}")
        for p in people:
            self.person(p, day, where)

    def person(self, p, day, where):
        row = self.db.execute("SELECT * FROM person WHERE id = ?", (p,)).fetchone()
        head = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", re.search(r'<dl class="person-facts">(.*?)</dl>', self.client.get(f"/persons/{row['pid']}").body.decode(), re.S)[1]))
        head = re.sub(r"\s*（[月火水木金土日]）", "", head)
        if row["birth_on"]:
            want = f"{age(D(row['birth_on']), day)}歳"
            self.rep.check(want in head and era(D(row["birth_on"])) in head, f"{where}: {row['name']} born {row['birth_on']} is {want}; the page says {head}")
        certs = [c for c in self.db.execute("SELECT * FROM certification WHERE person_id = ? AND status = 'certified' AND retired_ms IS NULL", (p,)) if c["from_on"] <= day.isoformat() <= c["to_on"]]
        if certs:
            c = certs[-1]
            self.rep.check(LEVELS.get(c["level"], "") in head, f"{where}: {row['name']} holds {LEVELS.get(c['level'])}; the page says {head}")
            left = (D(c["to_on"]) - day).days if c["to_on"] != "9999-12-31" else 999
            says = re.search(r"あと\s*(\d+)\s*日", head)
            self.rep.check((int(says[1]) if says else None) == (left if left <= 60 else None), f"{where}: {row['name']} has {left} days until {c['to_on']}; the page says {head}")
        else:
            self.rep.check("あと" not in head, f"{where}: {row['name']} holds nothing; the page says {head}")


def main():
    rep = Report("year_walk")
    tmp = pathlib.Path(tempfile.mkdtemp(prefix="tsunagi-year-"))
    clock = Clock(tmp / "clock", instant(FIRST))
    data = tmp / "data"
    exe = binary("fast")
    run(exe, "demo", "--data", data, "--people", "100", env={**clock.env, "TZ": ZONES[0]})
    secret = re.search(r"\b[A-Z2-7]{32,}\b", run(exe, "demo", "--logins", "--data", data, env=clock.env).stdout.decode())[0]
    db = open_db(data)
    actors = []
    for login in ("nurse", "cm1"):
        a = db.execute("SELECT * FROM account WHERE login = ?", (login,)).fetchone()
        actors.append(Actor(login, a["role"], a["org_id"], a["id"], a["staff_id"]))
    with db:
        people = add_borders(db, [(a.org, a.staff) for a in actors])
    some = [r[0] for r in db.execute("SELECT DISTINCT person_id FROM certification WHERE status = 'certified' ORDER BY 1")]
    shown = {a.login: people + [p for p in some if p not in people and a.sees(db, p) & CLASSES["CARE"]][:6] for a in actors}
    borders = {D(r[0]) for t, c in (("task", "due_on"), ("certification", "to_on"), ("consult", "next_on")) for r in db.execute(f"SELECT DISTINCT {c} FROM {t} WHERE {c} BETWEEN ? AND ?",
               (FIRST.isoformat(), (FIRST + datetime.timedelta(DAYS)).isoformat()))}
    near = {b + datetime.timedelta(k) for b in borders for k in (0, 1)} | {D("2028-02-28") + datetime.timedelta(k) for k in range(4)}
    days = [FIRST + datetime.timedelta(n) for n in range(DAYS)]
    walked, month, zone = 0, None, -1
    server = None
    for day in days:
        if not (sys.argv[1:] == ["all"] or day in near or (day - FIRST).days % 7 == 0):
            continue
        turn = (day - FIRST).days // 134
        if turn != zone:
            zone = turn
            clock.set(instant(day))
            if server:
                server.stop()
            server = Server(exe, data, env={**clock.env, "TZ": ZONES[zone]}, log=tmp / "log").start()
            month = None
        for last in (False, True):
            clock.set(instant(day, last))
            if month != day.month:
                month = day.month
                walkers = [Walker(rep, db, server, clock, a, secret) for a in actors]
                for w in walkers:
                    w.log_in()
            for w in walkers:
                w.day(day, shown[w.actor.login] if not last or day in near else shown[w.actor.login][:2], "23:59:59" if last else "00:00:00")
        walked += 1
    server.stop()
    print(f"year_walk: {walked} of {DAYS} days, {FIRST} to {day}, {len(borders)} borders, zones {', '.join(ZONES[:zone + 1])}", flush=True)
    rep.check(walked >= 60, f"only {walked} days")
    verified = run(exe, "audit", "verify", "--data", data, env=clock.env, check=False)
    rep.check(verified.returncode == 0, f"audit verify after a year: {verified.stdout.decode()[-400:]}{verified.stderr.decode()[-400:]}")
    db.close()
    if rep.failed:
        print(f"year_walk: kept in {tmp}")
    else:
        shutil.rmtree(tmp)
    rep.end()


main()
