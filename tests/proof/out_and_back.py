#!/usr/bin/env python3
"""Everything out and back, with the complete export as the differ. usage: out_and_back.py [PROGRAM]

1. demo town -> export -> init -> import -> export, and backup -> restore -> export, compared file by file. Compared:
   data/*.ndjson, files/*, schema.txt. Not compared, each for its reason: log/ (the export itself is written there; sealed
   with the key of its house) and manifest.json (time of the export).
2. delete -> restore of each kind of record, and merge -> un-merge of two people, over the pages as a person works. The
   two exports are compared row by row and column by column with the whole list of what may differ: one difference more
   fails, and one less too (then the list is out of date, or nothing was deleted at all).
"""
import collections, json, pathlib, re, sqlite3, sys, tempfile

from house import ROOT, Clock, Report, Server, binary, log_in, open_db, run

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
        self.rep, self.folder, self.data, self.server, self.clock, self.n, self.last = rep, folder, data, server, clock, 0, None
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

    def act(self, url, action, button=None, sent_to="", **values):
        """Open a page, fill its form, send it; the page that follows."""
        r = self.client.get(url)
        if r.status != 200:
            raise RuntimeError(f"{url}: {r.status} {r.text[-300:]}")
        form = next((f for f in r.page.forms if f.method == "post" and f.action.endswith(action)), None)
        if not form:
            raise RuntimeError(f"{url} has no form {action}: {[f.action for f in r.page.forms]}")
        for k, v in values.items():
            form.set(k, v)
        form.action = sent_to or form.action
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
    "office record": ("office_record", ROWS.format("office_record", ""), "/office-records/{r}/retire", "/office-records/{r}/retire"),
    "exception of a duty": ("duty_waiver", ROWS.format("duty_waiver", ""), "/waivers/{r}/retire", "/waivers/{r}/retire"),
    "issue sheet": ("issue_sheet", ROWS.format("issue_sheet", ""), "/issue-sheets/{r}", "/issue-sheets/{r}/retire"),
    "planned visit": ("visit_plan", ROWS.format("visit_plan", ""), "/visit-plans/{r}/retire", "/visit-plans/{r}/retire"),
    "consent": ("consent", ROWS.format("consent", "AND EXISTS (SELECT 1 FROM access_grant g WHERE g.via_table = 'consent' AND g.via_id = t.id)"),
                OWN.replace("{k}", "consents"), OWN.replace("{k}", "consents")),
    "case": ("care_case", ROWS.format("care_case", "AND NOT EXISTS (SELECT 1 FROM plan x WHERE x.case_id = t.id)"), "/cases/{r}/retire", "/cases/{r}/retire"),
    "commission": ("commission", ROWS.format("commission", ""), "/commissions/{r}/retire", "/commissions/{r}/retire"),
    "plan": ("plan", ROWS.format("plan", "AND t.status = 'draft'"), "/plans/{r}/close", "/plans/{r}/cancel"),
    "monitoring": ("monitoring", ROWS.format("monitoring", ""), "/monitorings/{r}/retire", "/monitorings/{r}/retire"),
    "meeting": ("care_meeting", ROWS.format("care_meeting", ""), "/meetings/{r}/retire", "/meetings/{r}/retire"),
    "inquiry": ("care_inquiry", "SELECT t.id, t.pid, m.pid FROM care_inquiry t JOIN care_meeting m ON m.id = t.meeting_id WHERE t.retired_ms IS NULL", "/meetings/{p}/inquiries/{r}", "/meetings/{p}/inquiries/{r}/retire"),
    "hospital letter": ("hospital_info", ROWS.format("hospital_info", ""), "/hospital-infos/{r}", "/hospital-infos/{r}/retire"),
    "discharge record": ("discharge_record", ROWS.format("discharge_record", ""), "/discharge-records/{r}", "/discharge-records/{r}/retire"),
    "hospital stay": ("hospital_stay", ROWS.format("hospital_stay", "AND NOT EXISTS (SELECT 1 FROM hospital_info x WHERE x.stay_id = t.id)"), "/hospital-stays/{r}/retire", "/hospital-stays/{r}/retire"),
    "letter to a doctor": ("doctor_info", ROWS.format("doctor_info", ""), "/doctor-infos/{r}", "/doctor-infos/{r}/retire"),
    "rehabilitation goal": ("rehab_goal", ROWS.format("rehab_goal", ""), "/rehab-goals/{r}/retire", "/rehab-goals/{r}/retire"),
    "rehabilitation conference": ("rehab_meeting", ROWS.format("rehab_meeting", ""), "/rehab-meetings/{r}/retire", "/rehab-meetings/{r}/retire"),
    "information on rehabilitation": ("rehab_info", ROWS.format("rehab_info", ""), "/rehab-infos/{r}/retire", "/rehab-infos/{r}/retire"),
    "prospect of a case": ("case_prospect", ROWS.format("case_prospect", ""), "/prospects/{r}/retire", "/prospects/{r}/retire"),
    "evaluation": ("evaluation", ROWS.format("evaluation", ""), "/evaluations/{r}/retire", "/evaluations/{r}/retire"),
    "advice of a therapist": ("dispatch_report", "SELECT t.id, t.pid, d.pid FROM dispatch_report t JOIN dispatch d ON d.id = t.dispatch_id WHERE t.retired_ms IS NULL AND t.person_id IS NOT NULL ORDER BY t.id DESC",
                              "/dispatch/{p}/report/retire", "/dispatch/{p}/report/retire"),
    "attachment": ("attachment", ROWS.format("attachment", ""), "/attachments/{r}/retire", "/attachments/{r}/retire"),
}
# who does it, where it is not the nurse of the first centre
WHO = {"rehabilitation goal": "cm1", "rehabilitation conference": "cm1", "information on rehabilitation": "cm1", "consult, rights": "social", "illness": "nurse2", "commission": "chief", "office record": "cm1", "exception of a duty": "cm1"}
# Open tasks that are worked out anew from what stands, here the next モニタリング of the case and the evaluation of the plan: they are
# the same tasks afterwards, whose sentence of the reason may have moved with the day.
KEPT = {"monitoring": {"reason"}, "evaluation": {"reason"}}
KEPT_TASKS = "SELECT k.id FROM task k JOIN {0} t ON t.id = ? WHERE (k.table_name = 'care_case' AND k.row_id = t.case_id) OR (k.table_name = 'plan' AND k.row_id = t.plan_id)"
# a button of the form that sends it elsewhere
SENT_TO = {"plan": "/plans/{r}/retire"}
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


def care(h):
    """The records of care management that the demo town has none of, made over the pages, for somebody whose plan is in force."""
    for person, plan in h.rows("SELECT p.pid, t.pid FROM plan t JOIN person p ON p.id = t.person_id WHERE t.status IN ('delivered', 'consented') AND t.retired_ms IS NULL AND p.retired_ms IS NULL "
                               "AND t.org_id = (SELECT org_id FROM account WHERE login = ?) ORDER BY t.id", h.login):
        if h.client.get(f"/persons/{person}/meetings/new").status == 200 and "現在使っている計画がない" not in h.client.get(f"/persons/{person}/evaluations/new").text:
            break
    else:
        return h.rep.check(False, f"care: nobody with a plan in force for {h.login}")
    pid = lambda r, kind: re.search(rf"/{kind}/([0-9a-z]{{26}})", r.url)[1]
    at = f"/persons/{person}"
    meeting = pid(h.act(f"{at}/meetings/new", "/meetings", reason="renew"), "meetings")
    member = h.rows("SELECT pid FROM care_meeting_member WHERE meeting_id = (SELECT id FROM care_meeting WHERE pid = ?) AND retired_ms IS NULL", meeting)
    if not member:
        h.act(f"/meetings/{meeting}/members", f"/meetings/{meeting}/members", org_role_0="みほん内科")
        member = h.rows("SELECT pid FROM care_meeting_member WHERE meeting_id = (SELECT id FROM care_meeting WHERE pid = ?)", meeting)
    h.act(f"/meetings/{meeting}", f"/members/{member[0][0]}/ask")
    h.act(f"{at}/hospital/new", "/hospital", hospital="見本市民病院", reason="肺炎", admitted_on="R8.10.1", discharged_on="R8.10.9")
    stay = pid(h.act(f"{at}/hospital/new", "/hospital", hospital="見本市民病院", reason="骨折"), "hospital-stays")
    h.act(f"/hospital-stays/{stay}/info/new", "/info", carer="見本 花子")
    h.act(f"/hospital-stays/{stay}/record/new", "/record", disease_1="骨折")
    h.act(f"{at}/doctor-infos/new", "/doctor-infos", to_kind="doctor", from_office="訪問看護 見本", to_office="見本内科", topic=["medication"])
    goals = [n[:-9] for n in next(f for f in h.client.get(f"{at}/evaluations/new").page.forms if f.action.endswith("/evaluations")).options if n.endswith(".achieved")]
    h.act(f"{at}/evaluations/new", "/evaluations", overall="続ける", **{f"{g}.achieved": "1" for g in goals}, **{f"{g}.next": "続ける" for g in goals})


def commission(h):
    """A draft handed to an office that has not answered: only such a commission can be deleted."""
    office = h.rows("SELECT o.pid FROM account a JOIN org o ON o.id = a.org_id WHERE a.login = 'cm1'")[0][0]
    for person, case in h.rows("SELECT p.pid, t.pid FROM care_case t JOIN person p ON p.id = t.person_id WHERE t.kind = 'prevention' AND t.retired_ms IS NULL "
                               "AND t.org_id = (SELECT org_id FROM account WHERE login = ?) ORDER BY t.id", h.login):
        at = f"/persons/{person}/commissions"
        if any(f.action == at for f in h.client.get(f"{at}/new?case={case}").page.forms):
            return h.act(f"{at}/new?case={case}", at, office=office, council_on="R8.10.1", until_on="R9.10.31")
    return h.rep.check(False, f"commission: no case of {h.login} to hand to an office")


def history(data, since):
    """(table, row) of each revision written since, one entry for each."""
    rows = [json.loads(line) for line in data["data/revision.ndjson"].splitlines()]
    return collections.Counter((r["table_name"], r["row_id"]) for r in rows if r["id"] in since)


# What can be retired and is not tried by itself. A part lies with the record whose row it names and is not seen without it.
PARTS = {"consult_entry": "consult", "assessment_item": "assessment", "assessment_area": "assessment", "issue_sheet_row": "issue_sheet",
         "issue_sheet_need": "issue_sheet", "plan_area": "plan", "plan_need": "plan", "plan_goal": "plan", "plan_service": "plan", "plan_slot": "plan",
         "plan_activity": "plan", "plan_consent": "plan", "plan_delivery": "plan", "provider_plan": "plan", "plan_comment": "plan",
         "monitoring_service": "monitoring", "monitoring_goal": "monitoring", "monitoring_info": "monitoring", "monitoring_share": "monitoring",
         "evaluation_row": "evaluation", "care_meeting_member": "care_meeting", "commission_event": "commission", "person_name": "person",
         "rehab_review": "rehab_goal", "rehab_meeting_member": "rehab_meeting", "kin_place": "relation", "household_member": "household", "case_comment": "care_case"}
AS_A_CERTIFICATION = ("person_insurance", "burden", "public_aid", "person_rank", "disability_cert", "disability_benefit", "disability_decision",
                      "disability_level", "carer", "household")
UNTRIED = {**{t: "the page and the function of a certification" for t in AS_A_CERTIFICATION}, "care_log": "an entry is corrected by another, never deleted",
           "routing": "no page takes it out", "ecomap_node": "the page and the function of an ecomap tie", "task": "goes with its record",
           "stored_file": "goes with its scan", "person_charge": "ends, and is not deleted", "merge_event": "is undone, see below",
           "issued_doc": "what was issued stays", "dispatch_case": "a consent is taken back on the page of the dispatch, and the row stays",
           "dispatch_follow": "goes with its dispatch, which names nobody", "bin_item": "the bin itself",
           "survey_target": "a line of a survey's frame is taken out on its page, and its answers stay", "month_reason": "is written over or taken away on the page of the month; its history stays"}
# Routes that take something out otherwise than by the bin, or by the function of another.
NOT_THE_BIN = {"/persons/{pid}/names/{npid}/retire": "a spelling more or less of a person", "/persons/{pid}/genogram/people/remove": "the relation, as by its own page",
               "/orgs/{pid}/aliases/{apid}/remove": "no record of a person", "/areas/{pid}/aliases/{apid}/remove": "no record of a person",
               "/plans/{pid}/activities/{apid}/remove": "a part of the plan", "/snippets/{pid}/retire": "no record of a person",
               "/dispatch/{pid}/retire": "no record of a person", "/dispatch-therapists/{pid}/retire": "no record of a person",
               "/dispatch-therapists/{pid}/times/{tpid}/remove": "no record of a person", "/dispatch-fees/{pid}/retire": "no record of a person",
               "/dispatch-examples/{pid}/retire": "no record of a person",
               "/surveys/{pid}/retire": "no record of a person", "/surveys/{pid}/outcomes/{opid}/retire": "no record of a person", "/survey-questions/{pid}/retire": "no record of a person", "/surveys/{pid}/cuts/{xpid}/retire": "no record of a person",
               "/surveys/{pid}/tool/requests/{qpid}/retire": "no record of a person",
               "/survey-targets/{pid}/retire": "a line of a frame; reading it in again brings it back",
               "/insurer-params/{pid}/retire": "no record of a person; its own page brings it back"}


def every_kind(h):
    """No record of a person that goes to the bin is forgotten: by the tables of the schema and by the routes of the program."""
    tried = {k[0] for k in KINDS.values()}
    tables = {n: sql for n, sql in h.rows("SELECT name, sql FROM sqlite_master WHERE type = 'table'")}
    can = {n for n, sql in tables.items() if re.search(r"^  retired_ms INTEGER", sql, re.M) and re.search(r"^  (person_id|consult_id) INTEGER", sql, re.M)} | {"person"}
    h.rep.check(len(can) > 50, f"only {sorted(can)} can be retired: the list is read wrongly")
    h.rep.check(can == tried | PARTS.keys() | UNTRIED.keys(), f"of the tables that can be retired {sorted(can - tried - PARTS.keys() - UNTRIED.keys())} are neither tried nor explained; "
                f"{sorted((tried | PARTS.keys() | UNTRIED.keys()) - can)} are none")
    h.rep.check(not tried & (PARTS.keys() | UNTRIED.keys()), "a table is tried and called untried")
    for part, of in PARTS.items():
        chain, names = part, set()
        while chain and chain not in names:  # a part of a part too
            names.add(chain)
            chain = next((x for x in re.findall(r"REFERENCES (\w+)", tables.get(chain, "")) if x == of or PARTS.get(x) == of), None)
        h.rep.check(of in names and (of in tried or of in UNTRIED), f"{part} names no row of {of}")
    routes = [line.split("\t")[:2] for line in run(PROGRAM, "serve", "--routes").stdout.decode().splitlines()]
    plain = lambda address: re.sub(r"\{\w+\}", "{}", address)
    takes = {address for method, address in routes if method == "POST" and address.rsplit("/", 1)[-1] in ("retire", "remove", "delete")}
    known = {plain(a.replace("{k}", k)) for t, _, _, a, in KINDS.values() for k in (t, "{}")} | {plain(a) for a in SENT_TO.values()} | {plain(a) for a in NOT_THE_BIN}
    h.rep.check(len(takes) > 20, f"only {sorted(takes)} take something out")
    h.rep.check({plain(a) for a in takes} <= known, f"nothing tries {sorted(a for a in takes if plain(a) not in known)}")


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
    if table == "rehab_goal":  # the reviews are its parts, and have the tasks
        tasks |= {i for i, in h.rows("SELECT k.id FROM task k JOIN rehab_review r ON k.table_name = 'rehab_review' AND k.row_id = r.id WHERE r.goal_id = ? AND k.state = 'open'", row_id)}
    grants = h.rows("SELECT count(*) FROM access_grant WHERE via_table = ? AND via_id = ?", table, row_id)[0][0]
    visits = {i for i, in h.rows("SELECT id FROM visit_plan WHERE done_table = ? AND done_id = ?", table, row_id)}  # planned again meanwhile
    kept = {i for i, in h.rows(KEPT_TASKS.format(table), row_id)} if name in KEPT else set()
    before = h.last or h.export()
    h.days(1)
    asks = "reason" in next(f for f in h.client.get(page.format(**where)).page.forms if f.action.endswith(action.format(**where)))
    h.act(page.format(**where), action.format(**where), sent_to=SENT_TO.get(name, "").format(**where), **({"reason": "入力のまちがい"} if asks else {}))
    gone = differ(before, h.export())
    h.rep.check(gone.get((table, "retired_ms")) == {row_id}, f"{name} {row_id} is not in the bin: {gone}")
    h.rep.check(gone.get(("task", "retired_ms"), set()) == tasks, f"{name} {row_id}: its open tasks {tasks} do not go along: {gone}")
    if table in ("consent", "consult") and grants:
        h.rep.check(("access_grant", "to_on") in gone, f"{name} {row_id}: its grants do not end: {gone}")
    h.days(2)
    item = h.rows("SELECT pid FROM bin_item WHERE table_name = ? AND row_id = ? ORDER BY id DESC", table, row_id)[0][0]
    h.act("/bin", f"/bin/{item}/restore")
    after = h.last = h.export()
    left = differ(before, after)
    said_again(h, name, after, left)
    touched = {table: {row_id}, **({"task": tasks} if tasks else {}), **({"visit_plan": visits} if visits else {})}
    may = collections.defaultdict(set)
    for t, ids, more in [(t, ids, set()) for t, ids in touched.items()] + [("task", kept, KEPT.get(name, set()))]:
        for c in TOUCHED | more:
            may[t, c] |= ids
    for key, ids in left.items():
        h.rep.check(key in BIN or (may.get(key) or set()) >= ids, f"{name} {row_id}: {key} of {sorted(ids)} is not what it was")
    need = BIN | {(t, c) for t in touched for c in ("version", "updated_ms")}
    h.rep.check(need <= left.keys(), f"{name} {row_id}: nothing was touched: {need - left.keys()}")
    h.rep.check(len(left.get(("bin_item", "+"), ())) == 1, f"{name} {row_id}: one item of the bin")
    want = collections.Counter({(t, i): 2 for t, ids in touched.items() for i in ids})
    steps = history(after, left.get(("revision", "+"), ()))
    h.rep.check({k: n for k, n in steps.items() if k[0] != "task" or k[1] not in kept - tasks} == want, f"{name} {row_id}: two steps of history each")


def said_again(h, name, after, left):
    """Evidence that went with its record and came back says the same from then on, and what it said before stands beside it."""
    def sayings(table, ids):
        all_rows = rows_of(next((b for n, b in after.items() if pathlib.Path(n).name == f"{table}.ndjson"), b""))
        return collections.Counter(tuple(str(all_rows[i].get(k)) for k in ("table_name", "row_id", "code", "on_day", "person_id", "body")) for i in ids)
    again, past = left.pop(("evidence", "recorded_ms"), set()), left.pop(("evidence_past", "+"), set())
    h.rep.check(sayings("evidence", again) == sayings("evidence_past", past), f"{name}: {len(again)} rows of evidence came back, {len(past)} are kept as they were")


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
    with sqlite3.connect(f"{data}/tsunagi.db") as db:  # surveys remind by themselves from day to day, and write a task where no mail can go: not of any record here
        db.execute("UPDATE survey_round SET remind_days = ''")
    clock.go(600)
    with Server(PROGRAM, data, env=clock.env, workers=1, log=str(t / "log")) as server:
        h = House(rep, t, data, server, clock)
        h.log_in("nurse")
        every_kind(h)
        attach(h)
        care(h)
        h.log_in("chief")
        commission(h)
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
# What the export leaves out stands with its reason in one table of the program; drawing_step and drawing_write, for example, are
# acts on a picture that their account can undo for a day, while what was drawn (kin_tie, ecomap_tie …) travels.
LEFT_OUT = re.compile(r'^TRANSFER\((\w+), +(?:SKIP|LOG), +"(.{10,})"\)', re.M)
NOT_IN_EXPORT = dict(LEFT_OUT.findall((ROOT / "src" / "exchange" / "transfer.tbl.h").read_text()))
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
    bare = {n for n in tables if not (p["x1"] / "data" / f"{n}.ndjson").is_file() or not (p["x1"] / "data" / f"{n}.ndjson").stat().st_size}
    left_out = NOT_IN_EXPORT.keys() & tables
    rep.check(bare == left_out, f"no row of {sorted(bare - left_out)} is in the export, {sorted(left_out - bare)} are though they are to stay")
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
