#!/usr/bin/env python3
"""Yesterday's house still opens: every fixture of tests/fixtures is filled into a fresh folder, migrated by this program,
verified, and shows and reprints what it did when it was made (tests/fixtures/make)."""
import gzip, hashlib, json, pathlib, shutil, tempfile

from house import *


def fill_in(fixture, data):
    """The data folder as the old program left it."""
    data.mkdir(mode=0o700)
    for p in fixture.iterdir():
        if p.name.endswith(".sql.gz"):
            db = sqlite3.connect(data / (p.name.removesuffix(".sql.gz") + ".db"))
            db.executescript(gzip.decompress(p.read_bytes()).decode())
            db.close()
            os.chmod(data / (p.name.removesuffix(".sql.gz") + ".db"), 0o600)
        elif p.is_dir():
            shutil.copytree(p, data / p.name)
        elif p.name != "expected.json":
            shutil.copy(p, data / p.name)
            os.chmod(data / p.name, 0o600)


def main():
    rep = Report("old_house")
    fixtures = sorted((ROOT / "tests" / "fixtures").glob("house-*"))
    rep.check(fixtures, "there is no fixture")
    exe = binary()
    for fixture in fixtures:
        want = json.loads((fixture / "expected.json").read_text())
        tmp = pathlib.Path(tempfile.mkdtemp(prefix="tsunagi-old-"))
        clock, data = Clock(tmp / "clock", unix(want["now"]) + 120), tmp / "data"
        fill_in(fixture, data)
        p = run(exe, "migrate", "--data", data, env=clock.env, check=False)
        if not rep.check(p.returncode == 0, f"{fixture.name}: migrate: {p.stdout.decode()[-300:]}{p.stderr.decode()[-500:]}"):
            continue
        p = run(exe, "audit", "verify", "--data", data, env=clock.env, check=False)
        rep.check(p.returncode == 0, f"{fixture.name}: audit verify: {p.stderr.decode()[-500:]}")
        db = open_db(data)
        for table, n in want["rows"].items():
            got = db.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
            rep.check(got >= n if table == "audit_entry" else got == n, f"{fixture.name}: {table} has {got} rows, had {n}")
        db.close()
        with Server(exe, data, env=clock.env, workers=1, log=tmp / "log") as s:
            c = s.client()
            log_in(c, want["login"], want["totp"], clock.at)
            for url, words in want["pages"].items():
                r = c.get(url)
                rep.check(r.status == 200 and all(w in r.text for w in words), f"{fixture.name}: {url} answers {r.status} without {[w for w in words if w not in r.text]}")
            for url, sha in want["documents"].items():
                r = c.get(url)
                rep.check(r.status == 200 and hashlib.sha256(r.body).hexdigest() == sha, f"{fixture.name}: {url} is not the document that was issued ({r.status}, {len(r.body)} bytes)")
            rep.check(len(want["documents"]) >= 2, f"{fixture.name}: too few documents")
        shutil.rmtree(tmp)
    rep.end()


main()
