#!/usr/bin/env python3
"""`tsunagi audit verify` on a lived-in folder: clean before and after more work, and every tampering is found from the
command line, with the day's head kept outside (--anchor). The thousand single tamperings are tests/unit/test_access_audit."""
import pathlib, shutil, tempfile

from house import *


def verify(exe, data, clock, *args):
    return run(exe, "audit", "verify", "--data", data, *args, env=clock.env, check=False)


def work(exe, data, clock, secret, n):
    """Somebody logs in, looks and saves: the chain grows."""
    with Server(exe, data, env=clock.env) as s:
        c = s.client()
        log_in(c, "social", secret, clock.at)
        db = open_db(data)
        who = db.execute("SELECT p.pid FROM person p JOIN access_grant g ON g.cluster_id = p.cluster_id JOIN account a ON a.org_id = g.org_id WHERE a.login = 'social' AND g.relation = 1 LIMIT 1").fetchone()[0]
        db.close()
        for i in range(n):
            c.get(f"/persons/{who}")
            r = c.submit(fill(c.get(f"/consults/new?person={who}").page, "/consults", content=f"相談 {i}", source="self", classes=["life"], next_action="電話", next_on="令和9年12月1日"), follow=False)
            if r.status != 303:
                raise RuntimeError(f"save: {r.status} {r.text[-300:]}")


def tamperings(data):
    def sql(text, *args, file="tsunagi.db"):
        db = sqlite3.connect(pathlib.Path(data) / file)
        with db:
            db.execute(text, args)
        db.close()

    def one(text, file="tsunagi.db"):
        db = sqlite3.connect(pathlib.Path(data) / file)
        row = db.execute(text).fetchone()
        db.close()
        return row

    last = one("SELECT max(id) FROM audit_entry")[0]
    looks = sorted(p.name for p in pathlib.Path(data).glob("access-*.db"))[-1]
    mid = last // 2

    def drop_tail():
        sql("DELETE FROM audit_entry WHERE id > ?", last - 3)
        sql("UPDATE audit_head SET seq = ?, hash = (SELECT hash FROM audit_entry WHERE id = ?)", last - 3, last - 3)

    def swap():
        sql("UPDATE audit_entry SET id = -1 WHERE id = ?", mid)
        sql("UPDATE audit_entry SET id = ? WHERE id = ?", mid, mid + 1)
        sql("UPDATE audit_entry SET id = ? WHERE id = -1", mid + 1)

    yield "an entry changed", lambda: sql("UPDATE audit_entry SET person_id = person_id + 1 WHERE id = ?", mid)
    yield "its time changed", lambda: sql("UPDATE audit_entry SET at_ms = at_ms + 1 WHERE id = ?", 1)
    yield "an entry deleted", lambda: sql("DELETE FROM audit_entry WHERE id = ?", mid)
    yield "the first deleted", lambda: sql("DELETE FROM audit_entry WHERE id = 1")
    yield "the end cut off, the head put back", drop_tail
    yield "two swapped", swap
    yield "one inserted at the end", lambda: sql("INSERT INTO audit_entry SELECT max(id) + 1, at_ms, account_id, org_id, action, table_name, row_id, person_id, purpose, request_id, hash FROM audit_entry")
    yield "the head changed", lambda: sql("UPDATE audit_head SET seq = seq - 1")
    yield "everything deleted", lambda: (sql("DELETE FROM audit_entry"), sql("UPDATE audit_head SET seq = 0"))
    yield "a look changed", lambda: sql("UPDATE look_entry SET account_id = account_id + 1 WHERE id = (SELECT max(id) / 2 FROM look_entry)", file=looks)
    yield "a look deleted", lambda: sql("DELETE FROM look_entry WHERE id = (SELECT max(id) / 2 FROM look_entry)", file=looks)
    yield "a person taken out of a look", lambda: sql("DELETE FROM look_person WHERE id = (SELECT min(id) FROM look_person)", file=looks)
    yield "the looks of a month deleted", lambda: [p.unlink() for p in pathlib.Path(data).glob(looks + "*")]
    yield "another key", lambda: (pathlib.Path(data) / "house.key").write_bytes(bytes(32))


def main():
    rep = Report("audit_cli")
    tmp = pathlib.Path(tempfile.mkdtemp(prefix="tsunagi-audit-"))
    clock = Clock(tmp / "clock", "2027-03-01T01:00:00Z")
    exe = binary("fast")
    data = tmp / "data"
    run(exe, "demo", "--data", data, "--people", "60", env=clock.env)
    secret = re.search(r"\b[A-Z2-7]{32,}\b", run(exe, "demo", "--logins", "--data", data, env=clock.env).stdout.decode())[0]
    r = verify(exe, data, clock)
    rep.check(r.returncode == 0, f"a fresh demo folder: {r.stderr.decode()[-400:]}")
    clock.go(60)
    work(exe, data, clock, secret, 5)
    early = tmp / "before"
    shutil.copytree(data, early)
    clock.go(60)
    work(exe, data, clock, secret, 5)
    anchor = tmp / "anchor"
    anchor.write_bytes(run(exe, "audit", "head", "--data", data, env=clock.env).stdout)
    for args in ((), ("--anchor", anchor)):
        r = verify(exe, data, clock, *args)
        rep.check(r.returncode == 0, f"after work, {args}: {r.stderr.decode()[-400:]}")
    clock.go(60)
    work(exe, data, clock, secret, 3)
    r = verify(exe, data, clock, "--anchor", anchor)
    rep.check(r.returncode == 0, f"the chain has grown since the anchor: {r.stderr.decode()[-400:]}")
    before = list(tamperings(data))
    for n, (what, _) in enumerate(before):
        copy = tmp / "copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(data, copy)
        list(tamperings(copy))[n][1]()
        r = verify(exe, copy, clock, "--anchor", anchor)
        rep.check(r.returncode != 0 and r.stderr, f"{what}: not found, {r.stdout.decode()}")
    r = verify(exe, early, clock, "--anchor", anchor)
    rep.check(r.returncode != 0, "an older copy of the whole folder passes against a newer anchor")
    other = tmp / "other"
    run(exe, "demo", "--data", other, "--people", "20", env=clock.env)
    r = verify(exe, other, clock, "--anchor", anchor)
    rep.check(r.returncode != 0, "the anchor of another house passes")
    print(f"audit_cli: {len(before) + 2} tamperings", flush=True)
    if rep.failed:
        print(f"audit_cli: kept in {tmp}")
    else:
        shutil.rmtree(tmp)
    rep.end()


main()
