#!/usr/bin/env python3
"""Anonymous answers stay anonymous (C-193, decision 017): forty seats answer in an order that is known here; an expert then has the whole
data folder, live and after closing, of the outside host and of the inside, with all tables and the raw bytes of all files, and finds
nothing that ties an answer to a seat.

Looked for: a value that an answer and a seat have in common; an instant of the days of answering (as a number in any column, as bytes, as
text); an order (of keys, of rows as they lie in the file, of seats) that goes with the order of answering; a second copy of an answer; a
word of an unfinished answer; a journal that tells what was written together. A control writes the same answers as a careless program
would, and each of the looks has to find it.
"""
import json, pathlib, random, shutil, sqlite3, sys, tempfile

from house import *
from front_house import Round, pid as new_pid  # noqa: E402

SEATS = 40
MOST = 0.75  # |rho| of 40 ranks: by chance beyond it once in half a million times; a real order gives 1


class Report:
    def __init__(self):
        self.faults, self.checks = [], 0

    def check(self, ok, what):
        self.checks += 1
        if not ok:
            self.faults.append(what)


def rho(a):
    """Spearman: a[i] is the rank that the i-th of the known order has in another order."""
    n = len(a)
    return 1 - 6 * sum((i - x) ** 2 for i, x in enumerate(a)) / (n * (n * n - 1))


def ranks(values):
    order = sorted(range(len(values)), key=lambda i: values[i])
    out = [0] * len(values)
    for place, i in enumerate(order):
        out[i] = place
    return out


def folder(data):
    return {p: p.read_bytes() for p in sorted(pathlib.Path(data).rglob("*")) if p.is_file()}


def numbers(db):
    for table in tables(db):
        names = [r[1] for r in db.execute(f"PRAGMA table_info({table})")]
        for row in db.execute(f"SELECT rowid, * FROM {table}"):
            yield from ((table, n, v) for n, v in zip(["rowid"] + names, tuple(row)) if isinstance(v, int))


def look(data, case, answers_table="front_pot"):
    """What the expert finds, as sentences. case: words by order of answering, seats by order of answering, instants (s), drafts."""
    found = []
    files = folder(data)
    everything = b"\0".join(files.values())
    main = next(b for p, b in files.items() if p.name == "tsunagi.db")
    db = sqlite3.connect(f"file:{data}/tsunagi.db?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    rows = {json.loads(r["answers"])["answers"]["q6"]: r for r in db.execute(f"SELECT * FROM {answers_table}")}
    if sorted(rows) != sorted(case.words):
        return [f"the answers are not all there: {len(rows)}"]
    # 1. something in common
    seats = {r["key"]: r for r in db.execute("SELECT * FROM front_seat")}
    tokens = {}
    for r in db.execute("SELECT hash, seat_id FROM front_token"):
        tokens.setdefault(r["seat_id"], []).append(r["hash"])
    of_seat = set()
    for s in seats.values():
        of_seat |= {s["key"], s["id"], *tokens.get(s["id"], [])}
    of_seat |= set(case.links) | set(case.draft_ids)
    for word, r in rows.items():
        text = " ".join(str(v) for v in tuple(r))
        for v in tuple(r):
            if v in of_seat and v not in (0, 1):
                found.append(f"an answer and a seat have {v!r} in common")
        if any(isinstance(v, str) and len(v) > 8 and v in text for v in of_seat):
            found.append("an answer names a seat")
    # 2. instants
    low, high = min(case.instants) - 3600, max(case.instants) + 3600
    for table, column, v in numbers(db):
        if low <= v <= high or low * 1000 <= v <= high * 1000:
            found.append(f"{table}.{column} tells when: {v}")
    for at in case.instants:
        if (at * 1000).to_bytes(6, "big") in everything or time.strftime("%Y-%m-%dT%H:%M", time.gmtime(at)).encode() in everything:
            found.append(f"the bytes tell of {at}")
    # 3. order: of keys, of rows in the file; and of the seats
    for what, got in (("the keys", [rows[w]["id"] for w in case.words]), ("the places in the file", [main.find(w.encode()) for w in case.words]),
                      ("the seats in the file", [main.find(s.encode()) for s in case.seats]),
                      ("the other places of the seats", [main.rfind(s.encode()) for s in case.seats])):
        if min(got) < 0:
            found.append(f"{what}: not found, so this proves nothing")
        elif abs(rho(ranks(got))) > MOST:
            found.append(f"{what} go with the order of answering (rho {rho(ranks(got)):.2f})")
    # 4. second copies, drafts, the journal
    for w in case.words:
        if everything.count(w.encode()) != 1:
            found.append(f"an answer stands {everything.count(w.encode())} times in the bytes of the folder")
            break
    if any(w.encode() in everything for w in case.drafts):
        found.append("a word of an unfinished answer can be read")
    if any(link.encode() in everything for link in case.links):
        found.append("a link can be read")
    if any(len(b) > 0 for p, b in files.items() if p.name.endswith("-wal")):
        found.append("the journal keeps what was written together")
    db.close()
    return found


class Case:
    def __init__(self, rnd):
        self.order = list(range(SEATS))
        rnd.shuffle(self.order)
        self.words, self.drafts, self.instants, self.seats, self.links, self.draft_ids = [], [], [], [], [], []


def play(server, clock, round_, case, rnd, rep, data):
    """The forty answer, half of them after keeping it unfinished for some hours."""
    waiting = []
    history = lambda: [round_.db().execute(f"SELECT COUNT(*) FROM {t}").fetchone()[0] for t in ("revision", "audit_entry", "form_token")]
    before = history()
    wal = pathlib.Path(data) / "tsunagi.db-wal"

    def save(seat, act, word):
        clock.go(rnd.randint(60, 4000))
        c = server.client()
        link = round_.links[seat]
        r = c.get(f"/a/{link}")
        form = r.page.form("/a/").set("q1", "2").set("q6", word).set("q4", "理由" * rnd.randint(1, 30))
        case.instants.append(int(clock.at))
        r = c.submit(form, ("act", act))
        rep.check(r.status == 200, f"{act}: {r.status} {r.text[:200]}")
        rep.check(not wal.exists() or wal.stat().st_size == 0, f"after {act} the journal holds {wal.stat().st_size} bytes")

    for seat in case.order:
        if rnd.random() < 0.5:
            word = f"draft-{new_pid()}"
            case.drafts.append(word)
            save(seat, "keep", word)
        waiting.append(seat)
        if len(waiting) > 5:
            hand_in(case, round_, waiting.pop(0), save)
    while waiting:
        hand_in(case, round_, waiting.pop(0), save)
    rep.check(history() == before, f"answering left history: {before} -> {history()}")


def hand_in(case, round_, seat, save):
    word = f"voice-{new_pid()}"
    case.words.append(word)
    case.seats.append(round_.seats[seat])
    case.links.append(round_.links[seat])
    case.draft_ids.append(round_.draft_id(round_.links[seat]))
    save(seat, "submit", word)


def careless(tmp, exe, clock, case, rnd):
    """The same as a program would do that thinks of nothing: one row after the other, with its time, drafts as text, the journal left."""
    data = tmp / "careless"
    run(exe, "init", data, "--outside", env=clock.env)
    r = Round(data, anonymous=True, seats=SEATS)
    db = sqlite3.connect(data / "tsunagi.db")
    db.execute("PRAGMA wal_autocheckpoint=0")
    db.execute("PRAGMA secure_delete=OFF")
    naive = Case(rnd)
    naive.order, naive.instants = case.order, case.instants
    for i, seat in enumerate(case.order):
        word, draft = f"voice-{new_pid()}", f"draft-{new_pid()}"
        naive.words.append(word)
        naive.drafts.append(draft)
        naive.seats.append(r.seats[seat])
        naive.links.append(r.links[seat])
        seat_id = db.execute("SELECT id FROM front_seat WHERE key = ?", (r.seats[seat],)).fetchone()[0]
        with db:
            db.execute("INSERT INTO front_draft (id, round_key, body) VALUES (?, ?, ?)", (i + 1, r.key, draft.encode()))
        with db:
            db.execute("DELETE FROM front_draft")
            db.execute("UPDATE front_seat SET is_spent = 1, prefill = ? WHERE id = ?", (r.links[seat], seat_id))
            db.execute("INSERT INTO front_pot (id, round_key, mode, batch, answers) VALUES (?, ?, 'web', ?, ?)",
                       (10**6 + i, r.seats[seat], case.instants[i] * 1000, json.dumps({"answers": {"q6": word}})))
        if i == SEATS // 2:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    keep = sqlite3.connect(data / "tsunagi.db")  # so that closing does not empty the journal
    keep.execute("SELECT COUNT(*) FROM front_pot").fetchone()
    live = look_copy(tmp, data, naive)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    keep.close()
    return live + look(data, naive)


def look_copy(tmp, data, case):
    """The folder as it lies there while somebody writes: a copy, so that looking changes nothing."""
    copy = tmp / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(data, copy)
    found = []
    files = folder(copy)
    if any(len(b) > 0 for p, b in files.items() if p.name.endswith("-wal")):
        found.append("the journal keeps what was written together")
        for p in files:
            if p.name.endswith("-wal") or p.name.endswith("-shm"):
                p.unlink()
    return found


def main():
    exe, rep, rnd = binary("fast"), Report(), random.Random(20261126)
    tmp = pathlib.Path(tempfile.mkdtemp(prefix="tsunagi-anonymous-"))
    try:
        clock = Clock(tmp / "clock", "2026-10-10T01:00:00Z")
        outside, inside = tmp / "outside", tmp / "inside"
        run(exe, "init", outside, "--outside", env=clock.env)
        run(exe, "init", inside, env=clock.env)
        keys = {d: run(exe, "outside", "key", "--data", d, env=clock.env).stdout.decode().splitlines()[0] for d in (outside, inside)}
        run(exe, "outside", "key", keys[inside], "--data", outside, env=clock.env)
        run(exe, "outside", "key", keys[outside], "--data", inside, env=clock.env)
        round_ = Round(inside, anonymous=True, seats=SEATS, outside=True, closes_on="2026-12-20", period_to="2026-12-31")
        carry = tmp / "file"
        run(exe, "outside", "out", carry, "--data", inside, env=clock.env)
        run(exe, "outside", "in", carry, "--data", outside, env=clock.env)
        clock.set("2026-11-13T01:00:00Z")  # what was made before lies weeks back
        case = Case(rnd)
        there = Round.__new__(Round)
        there.__dict__ = {**round_.__dict__, "data": outside}
        with Server(exe, outside, env=clock.env, log=str(tmp / "log"), more=["--outside"]) as server:
            play(server, clock, there, case, rnd, rep, outside)
            live = tmp / "live"
            shutil.copytree(outside, live)
        closed = look(outside, case)
        rep.check(not closed, f"outside, closed: {closed}")
        got = look(live, case)
        rep.check(not got, f"outside, live: {got}")
        log = (tmp / "log").read_text("utf-8", "replace")
        rep.check(not any(x in log for x in case.links + case.seats + case.words + case.drafts), "the log names a link, a seat or an answer")
        # to the inside, days later
        clock.go(3 * 86400)
        run(exe, "outside", "out", carry, "--data", outside, env=clock.env)
        run(exe, "outside", "in", carry, "--data", inside, env=clock.env)
        got = look(inside, case)
        rep.check(not got, f"inside: {got}")
        run(exe, "outside", "out", carry, "--data", inside, env=clock.env)
        run(exe, "outside", "in", carry, "--data", outside, env=clock.env)
        left = b"\0".join(folder(outside).values())
        rep.check(not any(w.encode() in left for w in case.words), "an answer that has arrived can still be read outside")
        # the control
        found = " | ".join(careless(tmp, exe, clock, case, rnd))
        for words in ("in common", "tells when", "the keys go with", "the places in the file go with", "a word of an unfinished answer", "a link can be read", "the journal keeps"):
            rep.check(words in found, f"the control was not found: {words} (only: {found[:600]})")
    finally:
        shutil.rmtree(tmp)
    for f in rep.faults:
        print("anonymous:", f)
    print(f"anonymous: {SEATS} seats, {rep.checks} checks, {len(rep.faults)} faults")
    return 1 if rep.faults else 0


if __name__ == "__main__":
    sys.exit(main())
