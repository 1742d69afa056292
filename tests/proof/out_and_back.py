#!/usr/bin/env python3
"""Everything out and back, with the complete export as the differ. usage: out_and_back.py [PROGRAM]

1. demo town -> export -> init -> import -> export, and backup -> restore -> export, compared file by file. Compared:
   data/*.ndjson, files/*, schema.txt. Not compared, each for its reason: log/ (the export itself is written there; sealed
   with the key of its house) and manifest.json (time of the export).
2. delete -> restore of each kind of record, and merge -> un-merge of two people, over the pages as a person works. The
   two exports are compared row by row and column by column with the whole list of what may differ: one difference more
   fails, and one less too (then the list is out of date, or nothing was deleted at all).
"""
import collections, json, pathlib, re, sys, tempfile

from house import Clock, Report, Server, binary, fill, log_in, open_db, run

PROGRAM = str(pathlib.Path(sys.argv[1]).resolve()) if len(sys.argv) > 1 else binary()

# The whole list of what a delete and its restore leave behind, beside the log: the item of the bin, the history of both
# steps, and in the row itself (and its open tasks, which went with it) that it was touched.
BIN = {("bin_item", "+"), ("revision", "+")}
TOUCHED = {"version", "updated_ms", "updated_by"}
# And what a merge and its undoing leave behind: that they were. No person, no grant, no record.
MERGE = {("merge_event", "+"), ("merge_member", "+"), ("merge_grant", "+"), ("revision", "+")}


def content(folder):
    names = [p for p in folder.rglob("*") if p.is_file()]
    return {str(p.relative_to(folder)): p.read_bytes() for p in names
            if p.relative_to(folder).parts[0] in ("data", "files", "schema.txt")}


def compare(rep, what, one, two):
    a, b = content(one), content(two)
    bad = sorted(n for n in a.keys() | b.keys() if a.get(n) != b.get(n))
    rep.check(sum(map(len, a.values())) > 100000, f"{what}: the export is empty")
    rep.check(not bad, f"{what}: {bad} differ")
    print(f"{what}: {len(a)} files, {len(bad)} differ", flush=True)


def rows_of(data):
    """Rows of one table by their id; what has none is its own name."""
    rows = [json.loads(line) for line in data.splitlines()]
    return {(r["id"] if "id" in r else json.dumps(r, sort_keys=True)): r for r in rows}


def differ(one, two):
    """{(table, "+" | "-" | column): ids of the rows}; files and the schema under their names."""
    found = collections.defaultdict(set)
    for name in one.keys() | two.keys():
        a, b = one.get(name, b""), two.get(name, b"")
        if a == b:
            continue
        before = len(found)
        table = pathlib.Path(name).stem
        if name.endswith(".ndjson"):
            x, y = rows_of(a), rows_of(b)
            for i in y.keys() - x.keys():
                found[table, "+"].add(i)
            for i in x.keys() - y.keys():
                found[table, "-"].add(i)
            for i in x.keys() & y.keys():
                for col in x[i].keys() | y[i].keys():
                    if col not in x[i] or col not in y[i] or x[i][col] != y[i][col]:
                        found[table, col].add(i)
        if len(found) == before:
            found[table, "bytes"].add(0)
    return dict(found)


class House:
    """The demo town served, one person of a centre at work, and exports of it."""

    def __init__(self, rep, folder, data, server, clock):
        self.rep, self.folder, self.data, self.server, self.clock, self.n = rep, folder, data, server, clock, 0
        self.db = open_db(data)
        self.secret = re.search(r"\b[A-Z2-7]{32,}\b", run(PROGRAM, "demo", "--logins", "--data", data, env=clock.env).stdout.decode())[0]

    def log_in(self, login):
        self.clock.go(31)  # a code is good once
        self.client = self.server.client()
        log_in(self.client, login, self.secret, self.clock.at)
        self.login = login

    def days(self, n):
        """Days go by; who works then has to log in again."""
        self.clock.go(n * 86400)
        self.log_in(self.login)

    def export(self):
        self.n += 1
        to = self.folder / f"u{self.n}"
        run(PROGRAM, "export", to, "--folder", "--data", self.data, env=self.clock.env)
        return content(to)

    def act(self, url, action, button=None, **values):
        """Open a page, fill its form, send it; the page that follows."""
        r = self.client.get(url)
        if r.status != 200:
            raise RuntimeError(f"{url}: {r.status} {r.text[-300:]}")
        form = next((f for f in r.page.forms if f.method == "post" and f.action.endswith(action)), None)
        if not form:
            raise RuntimeError(f"{url} has no form {action}: {[f.action for f in r.page.forms]}")
        for k, v in values.items():
            form.set(k, v)
        r = self.client.submit(form, button)
        if r.status != 200:
            raise RuntimeError(f"{action}: {r.status} {r.text[-600:]}")
        return r

    def rows(self, sql, *args):
        return [tuple(r) for r in self.db.execute(sql, args)]


# name -> table, rows it is tried with (id, pid, the person's pid; the first whose page opens), the page with the form, its action
ROWS = "SELECT t.id, t.pid, p.pid FROM {0} t JOIN person p ON p.id = t.person_id WHERE t.retired_ms IS NULL {1} ORDER BY t.id DESC"
PERSONS = ("SELECT p.id, p.pid, p.pid FROM person p WHERE p.retired_ms IS NULL AND EXISTS (SELECT 1 FROM certification c WHERE c.person_id = p.id) "
           "AND EXISTS (SELECT 1 FROM relation c WHERE c.person_id = p.id) ORDER BY p.id DESC")
TASK = "AND EXISTS (SELECT 1 FROM task k WHERE k.table_name = '{0}' AND k.row_id = t.id AND k.state = 'open')"
RECORD, OWN = "/persons/{p}/records/{k}/{r}/retire", "/persons/{p}/{k}/{r}/retire"
KINDS = {
    "person": ("person", PERSONS, "/persons/{p}/retire", "/persons/{p}/retire"),
    "consult": ("consult", ROWS.format("consult", "AND t.record_class = 8"), "/consults/{r}", "/consults/{r}/retire"),
    "consult, rights": ("consult", ROWS.format("consult", "AND t.record_class = 16"), "/consults/{r}", "/consults/{r}/retire"),
    "checklist": ("response", ROWS.format("response", ""), "/responses/{r}", "/responses/{r}/retire"),
    "certification": ("certification", ROWS.format("certification", "AND t.status = 'certified'"), RECORD, RECORD),
    "certification, applied for": ("certification", ROWS.format("certification", TASK.format("certification")), RECORD, RECORD),
    "relation": ("relation", ROWS.format("relation", ""), OWN.replace("{k}", "relations"), OWN.replace("{k}", "relations")),
    "family tie": ("kin_tie", ROWS.format("kin_tie", ""), "/persons/{p}/genogram?tie={r}", "/persons/{p}/genogram/ties/remove"),
    "ecomap tie": ("ecomap_tie", ROWS.format("ecomap_tie", ""), "/persons/{p}/ecomap?tie={r}", "/persons/{p}/ecomap/remove"),
    "illness": ("illness", ROWS.format("illness", ""), "/persons/{p}/illnesses?edit={r}", "/illnesses/{r}/retire"),
    "basic info": ("basic_info", ROWS.format("basic_info", ""), "/persons/{p}/basic-info/{r}", OWN.replace("{k}", "basic-info")),
    "assessment": ("assessment", ROWS.format("assessment", ""), "/assessments/{r}", "/assessments/{r}/retire"),
    "issue sheet": ("issue_sheet", ROWS.format("issue_sheet", ""), "/issue-sheets/{r}", "/issue-sheets/{r}/retire"),
    "planned visit": ("visit_plan", ROWS.format("visit_plan", ""), "/visit-plans/{r}/retire", "/visit-plans/{r}/retire"),
    "consent": ("consent", ROWS.format("consent", "AND EXISTS (SELECT 1 FROM access_grant g WHERE g.via_table = 'consent' AND g.via_id = t.id)"),
                OWN.replace("{k}", "consents"), OWN.replace("{k}", "consents")),
    "attachment": ("attachment", ROWS.format("attachment", ""), "/attachments/{r}/retire", "/attachments/{r}/retire"),
}
# who does it, where it is not the nurse of the first centre
WHO = {"consult, rights": "social", "illness": "nurse2"}
SCAN = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nstartxref\n9\n%%EOF\n"


def attach(h):
    """A scan for the first consent that the one at work may write: the demo town has none."""
    for _, pid, person in h.rows(ROWS.format("consent", "")):
        url = f"/persons/{person}/attach/consent/{pid}"
        r = h.client.get(url)
        form = next((f for f in r.page.forms if f.action == url), None) if r.status == 200 else None
        if not form:
            continue
        edge = "x" * 30
        parts = b"".join(f'--{edge}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in form.set("kind", "consent").fields)
        parts += f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="scan.pdf"\r\n\r\n'.encode() + SCAN + f"\r\n--{edge}--\r\n".encode()
        r = h.client.request("POST", url, parts, {"Content-Type": f"multipart/form-data; boundary={edge}"})
        return h.rep.check(r.status == 200, f"attach: {r.status} {r.text[-300:]}")
    return h.rep.check(False, f"attach: no consent that {h.login} may write")


def history(data, since):
    """(table, row) of each revision written since, one entry for each."""
    rows = [json.loads(line) for line in data["data/revision.ndjson"].splitlines()]
    return collections.Counter((r["table_name"], r["row_id"]) for r in rows if r["id"] in since)


def delete_restore(h, name):
    table, sql, page, action = KINDS[name]
    for row_id, pid, person in h.rows(sql):
        where = {"r": pid, "p": person, "k": table}
        r = h.client.get(page.format(**where))
        if r.status == 200 and any(f.action.endswith(action.format(**where)) for f in r.page.forms):
            break
    else:
        return h.rep.check(False, f"{name}: none that {h.login} may delete")
    tasks = {i for i, in h.rows("SELECT id FROM task WHERE table_name = ? AND row_id = ? AND state = 'open'", table, row_id)}
    grants = h.rows("SELECT count(*) FROM access_grant WHERE via_table = ? AND via_id = ?", table, row_id)[0][0]
    before = h.export()
    h.days(1)
    h.act(page.format(**where), action.format(**where), reason="入力のまちがい")
    gone = differ(before, h.export())
    h.rep.check(gone.get((table, "retired_ms")) == {row_id}, f"{name} {row_id} is not in the bin: {gone}")
    h.rep.check(gone.get(("task", "retired_ms"), set()) == tasks, f"{name} {row_id}: its open tasks {tasks} do not go along: {gone}")
    if table in ("consent", "consult") and grants:
        h.rep.check(("access_grant", "to_on") in gone, f"{name} {row_id}: its grants do not end: {gone}")
    h.days(2)
    item = h.rows("SELECT pid FROM bin_item WHERE table_name = ? AND row_id = ? ORDER BY id DESC", table, row_id)[0][0]
    h.act("/bin", f"/bin/{item}/restore")
    after = h.export()
    left = differ(before, after)
    touched = {table: {row_id}, **({"task": tasks} if tasks else {})}
    may = {(t, c): ids for t, ids in touched.items() for c in TOUCHED}
    for key, ids in left.items():
        h.rep.check(key in BIN or (may.get(key) or set()) >= ids, f"{name} {row_id}: {key} of {sorted(ids)} is not what it was")
    need = BIN | {(t, c) for t in touched for c in ("version", "updated_ms")}
    h.rep.check(need <= left.keys(), f"{name} {row_id}: nothing was touched: {need - left.keys()}")
    h.rep.check(len(left.get(("bin_item", "+"), ())) == 1, f"{name} {row_id}: one item of the bin")
    want = collections.Counter({(t, i): 2 for t, ids in touched.items() for i in ids})
    h.rep.check(history(after, left.get(("revision", "+"), ())) == want, f"{name} {row_id}: two steps of history each")


def pair(h):
    """Two people the reader may see and join, each with records of several kinds, consents and grants among them."""
    kinds = ("consult", "response", "certification", "relation", "consent")
    score = " + ".join(f"MIN(1, (SELECT count(*) FROM {k} x WHERE x.person_id = p.id AND x.retired_ms IS NULL))" for k in kinds)
    found = []
    for pid, name, n in h.rows(f"SELECT p.pid, p.name, {score} AS n FROM person p WHERE p.retired_ms IS NULL ORDER BY n DESC, p.id"):
        if h.client.get(f"/persons/{pid}/merge").status == 200:
            found.append((pid, name, n))
        if len(found) == 2:
            return found


def merge(h, front, joins, name):
    page = h.client.get(f"/persons/{front}/merge")
    form = next(f for f in page.page.forms if f.method == "post" and f.action.endswith("/merge"))
    form.set("text", name).action += "/find"
    r = h.client.submit(form)
    form = next(f for f in r.page.forms if f.method == "post" and f.action.endswith("/merge"))
    r = h.client.submit(form.set("other", joins).set("reason", "保険証の番号が同じ"))
    if r.status != 200:
        raise RuntimeError(f"merge: {r.status} {r.text[-600:]}")


def merge_unmerge(h, back):
    people = pair(h)
    if not h.rep.check(people and min(p[2] for p in people) >= 2, f"no two people with records that {h.login} may join: {people}"):
        return
    (front, name, _), (joins, other, _) = reversed(people) if back else people
    before = h.export()
    h.days(1)
    merge(h, front, joins, other)
    joined = differ(before, h.export())
    ids = {pid: i for i, pid in h.rows("SELECT id, pid FROM person")}
    h.rep.check(joined.get(("person", "cluster_id")) == {ids[joins]}, f"{joins} is not joined: {joined}")
    h.rep.check(len(joined.get(("access_grant", "cluster_id"), ())) > 1, f"no grant stands for both: {joined}")
    h.rep.check(joined.keys() == MERGE | {("person", "cluster_id"), ("access_grant", "cluster_id")}, f"a merge moves more than that: {joined}")
    h.days(1)
    event = h.rows("SELECT pid FROM merge_event ORDER BY id DESC")[0][0]
    h.act(f"/persons/{front}/merge/{event}/undo", f"/merge/{event}/undo", reason="別の方だった")
    after = h.export()
    left = differ(before, after)
    h.rep.check(left.keys() == MERGE, f"after the un-merge: {left}, not just {MERGE}")
    for table in ("access_grant", "person"):
        h.rep.check(before[f"data/{table}.ndjson"] == after[f"data/{table}.ndjson"], f"{table} is not byte for byte what it was")
    h.rep.check(set(history(after, left.get(("revision", "+"), ()))) == {("merge_event", min(left["merge_event", "+"]))}, "history of the merge alone")


def undone(rep, t):
    clock, data = Clock(t / "clock"), t / "small"
    run(PROGRAM, "demo", "--data", data, "--people", "60", env=clock.env)
    clock.go(600)
    with Server(PROGRAM, data, env=clock.env, workers=1, log=str(t / "log")) as server:
        h = House(rep, t, data, server, clock)
        h.log_in("nurse")
        attach(h)
        for name in KINDS:
            h.log_in(WHO.get(name, "nurse"))
            delete_restore(h, name)
        h.log_in("nurse")
        for back in (False, True):
            merge_unmerge(h, back)
        h.db.close()
    run(PROGRAM, "audit", "verify", "--data", data, env=clock.env)
    # the scan travels too
    run(PROGRAM, "export", t / "scan.tar", "--data", data, "--password-file", t / "pw", env=clock.env)
    run(PROGRAM, "init", "--data", t / "scan", env=clock.env)
    run(PROGRAM, "import", t / "scan.tar", "--data", t / "scan", "--password-file", t / "pw", env=clock.env)
    run(PROGRAM, "export", t / "scan-1", "--folder", "--data", data, env=clock.env)
    run(PROGRAM, "export", t / "scan-2", "--folder", "--data", t / "scan", env=clock.env)
    compare(rep, "export and import with a scan", t / "scan-1", t / "scan-2")
    rep.check(SCAN in [f.read_bytes() for f in (t / "scan-2" / "files").rglob("*") if f.is_file()], "the scan is not in the export")
    print(f"delete and restore, merge and un-merge: {h.n} exports compared", flush=True)


# Tables that a house has no row of by itself and that are no records: codes of log-ins, jobs, logs with their own proof; a scan
# needs its file (attach() makes one).
NO_RECORDS = {"job", "paper_code", "setup_code", "login_attempt", "anchor", "look_entry", "look_person", "saved_search", "list_choice", "attachment"}
# kept by a house for itself: sealed logs, secrets, sessions, half-made drawings
NOT_IN_EXPORT = {"audit_entry", "audit_head", "credential", "drawing_step", "drawing_write", "form_token", "person_key", "schema_version", "session"}
FILLED = {"int": 7, "bool": 1, "ms": 1790000000123, "version": 3, "day": "2026-11-21", "blob": b"\x00\x01\xff"}


def fill_empty(rep, data):
    """Each table that the demo town leaves empty gets a row with something in every column: an empty table proves nothing."""
    db = open_db(data)
    tables = {n: sql for n, sql in db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")}
    made = []
    with db:
        for name, sql in sorted(tables.items(), key=lambda x: x[0] in ("evaluation_row", "plan_comment")):  # a parent before its rows
            if name in NO_RECORDS or db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]:
                continue
            row = {}
            for column, rest, kind in re.findall(r"^  (\w+) (.*?)-- \[(\w+)\]", sql, re.M):
                parent = re.search(r"REFERENCES (\w+)", rest)
                if column == "id" or column == "retired_ms" and "NOT NULL" not in rest:
                    continue
                if parent:
                    row[column] = db.execute(f"SELECT min(id) FROM {parent[1]}").fetchone()[0]
                elif kind == "pid":
                    row[column] = f"fi{len(made):024d}"
                else:
                    row[column] = FILLED.get(kind, f"{column} の「値」、\t二行目\n\\ \U00020BB7野家")
            db.execute(f"INSERT INTO {name} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))
            made.append(name)
    db.close()
    rep.check(len(made) > 10, f"only {made} were empty: the list is out of date")
    return set(tables) - NO_RECORDS


def out_and_back(rep, t):
    p = {n: t / n for n in ("town", "x1", "all.tar", "back", "x2", "copy.tar", "copy", "x3", "pw")}
    p["pw"].write_text("合言葉は青い自転車でした\n")
    run(PROGRAM, "demo", "--data", p["town"], "--people", "200")
    tables = fill_empty(rep, p["town"])
    run(PROGRAM, "export", p["x1"], "--folder", "--data", p["town"])
    bare = sorted(n for n in tables if not (p["x1"] / "data" / f"{n}.ndjson").is_file() or not (p["x1"] / "data" / f"{n}.ndjson").stat().st_size)
    rep.check(set(bare) <= NOT_IN_EXPORT, f"no row of {sorted(set(bare) - NOT_IN_EXPORT)} is in the export")
    print(f"export: {len(tables) - len(bare)} tables with rows", flush=True)
    run(PROGRAM, "export", p["all.tar"], "--data", p["town"], "--password-file", p["pw"])
    run(PROGRAM, "init", "--data", p["back"])
    run(PROGRAM, "import", p["all.tar"], "--data", p["back"], "--password-file", p["pw"])
    run(PROGRAM, "export", p["x2"], "--folder", "--data", p["back"])
    compare(rep, "export and import", p["x1"], p["x2"])
    run(PROGRAM, "backup", p["copy.tar"], "--data", p["town"])
    run(PROGRAM, "restore", p["copy.tar"], p["copy"])
    run(PROGRAM, "export", p["x3"], "--folder", "--data", p["copy"])
    compare(rep, "backup and restore", p["x1"], p["x3"])
    for name in ("back", "copy"):
        run(PROGRAM, "audit", "verify", "--data", p[name])


if __name__ == "__main__":
    rep = Report("out_and_back")
    with tempfile.TemporaryDirectory() as tmp:
        out_and_back(rep, pathlib.Path(tmp))
        undone(rep, pathlib.Path(tmp))
    rep.end()
