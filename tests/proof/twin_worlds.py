#!/usr/bin/env python3
"""Twin worlds: two data folders alike but for records an actor may not see answer alike, byte by byte.

usage: twin_worlds.py [ROLE]…          without roles: every role

For every role there is a world B = world A + people, records, work and drafts which that role's account may not see (twin_town.py
works that out from policy.tbl.h by itself). Both are served; every GET route of `tsunagi serve --routes` is asked with ids
seen by the actor, with hidden ids of both worlds and with ids that exist in world B alone; every page is followed by its
links; every search is asked for hidden names, readings, numbers and telephones; the command line searches too. Status,
type, place of a redirect and body must be the same bytes. An id that exists in world B alone must answer exactly as a random id.

Masked, and nothing else: the values of the fields csrf and once, the attribute data-csrf, ids that a request of this walk
itself created (saved searches), and, for the comparison with a random id, the id asked for.
"""
import collections, concurrent.futures, multiprocessing, os, pathlib, queue, shutil, sys, tempfile, time

from twin_town import *

MASKS = [re.compile(rb'(name="(?:csrf|once)" value=")[^"]*'), re.compile(rb'(data-csrf=")[^"]*'),
         # what the disk holds, told to the administrator in whole megabytes: world B is bigger by what it is made of
         re.compile("(<dt>(?:データの大きさ|ディスクの空き)</dt><dd>)[^<]*".encode())]
TABLE_OF = {"persons": "person", "consults": "consult", "responses": "response", "routings": "routing", "jobs": "job", "issued": "issued_doc", "documents": "issued_doc",
            "tasks": "task", "bin": "bin_item", "illnesses": "illness", "attachments": "attachment", "consents": "consent", "relations": "relation", "certifications": "certification", "orgs": "org", "staff": "staff",
            "accounts": "account", "areas": "area", "plans": "plan", "meetings": "care_meeting", "cases": "care_case", "commissions": "commission", "snippets": "snippet", "log": "care_log", "visit-plans": "visit_plan", "monitorings": "monitoring", "evaluations": "evaluation", "assessments": "assessment", "issue-sheets": "issue_sheet",
            "office-records": "office_record", "waivers": "duty_waiver", "hospital-stays": "hospital_stay", "hospital-infos": "hospital_info", "discharge-records": "discharge_record", "doctor-infos": "doctor_info", "rehab-goals": "rehab_goal", "rehab-reviews": "rehab_review", "rehab-meetings": "rehab_meeting", "rehab-infos": "rehab_info", "prospects": "case_prospect", "files": "stored_file", "admin": "account", "insurers": "org", "insurer-params": "insurer_param", "law": "law_table",
            "surveys": "survey", "survey-questions": "survey_question", "survey-targets": "survey_target", "survey-rounds": "survey_round", "survey-invitations": "survey_invitation", "survey-answers": "survey_invitation",
            "dispatch": "dispatch", "dispatch-therapists": "dispatch_therapist", "dispatch-fees": "dispatch_fee", "dispatch-examples": "dispatch_example", "dispatch-nonuse": "dispatch_nonuse"}
SUB = {"basic-info": "basic_info", "merge": "merge_event", "names": "person_name", "charges": "person_charge", "consents": "consent", "relations": "relation", "inquiries": "care_inquiry"}
RANDOM = {"/settings/account/totp": "a new secret of the authenticator each time"}  # only the status is compared
# records of a person that share their pages, and their tables
KINDS = {"insured": "person_insurance", "certification": "certification", "burden": "burden", "public-aid": "public_aid", "rank": "person_rank",
         "disability-cert": "disability_cert", "disability-level": "disability_level", "household": "household", "consent": "consent", "carer": "carer", "nokind": "burden"}
MAX_LINKS = 150


class Twin:
    """The same requests to both worlds."""

    def __init__(self, rep, actor, cookies, a, b):
        self.rep, self.actor = rep, actor
        self.worlds = []
        for s in (a, b):
            c = s.client(keep=True)
            c.cookies = dict(cookies)
            self.worlds.append(c)
        self.pool = concurrent.futures.ThreadPoolExecutor(2)
        self.born = [{}, {}]  # ids that the walk's own requests created
        self.asked, self.pages, self.statuses = set(), [], collections.Counter()

    def mask(self, body, w):
        for m in MASKS:
            body = m.sub(rb"\1*", body)
        for id_, name in self.born[w].items():
            body = body.replace(id_.encode(), name.encode())
        return body

    def ask(self, what, do):
        """do(client, world) -> Response; True if both answered alike."""
        got = list(self.pool.map(lambda w: do(self.worlds[w], w), (0, 1)))
        self.statuses[got[0].status] += 1
        heads = [(r.status, r.headers.get("content-type"), r.headers.get("content-disposition"), self.mask(r.headers.get("location", "").encode(), w)) for w, r in enumerate(got)]
        bodies = [self.mask(r.body, w) if what[4:] not in RANDOM else b"" for w, r in enumerate(got)]
        ok = self.rep.check(heads[0] == heads[1] and bodies[0] == bodies[1], f"{what} as {self.actor.login}: {self.difference(heads, bodies)}")
        self.rep.check("競合した言葉".encode() not in got[0].body, f"{what} as {self.actor.login} shows the text of somebody else's conflict")
        self.rep.check(got[0].status < 500, f"{what} as {self.actor.login} answered {got[0].status}")
        return got if ok else None

    @staticmethod
    def difference(heads, bodies):
        if heads[0] != heads[1]:
            return f"{heads[0]} | {heads[1]}"
        n = next((i for i, (x, y) in enumerate(zip(*bodies)) if x != y), min(map(len, bodies)))
        cut = slice(max(0, n - 80), n + 120)
        return f"{len(bodies[0])} and {len(bodies[1])} bytes, at {n}: {bodies[0][cut].decode('utf-8', 'replace')!r} | {bodies[1][cut].decode('utf-8', 'replace')!r}"

    def get(self, url):
        if url in self.asked:
            return None
        self.asked.add(url)
        got = self.ask("GET " + url, lambda c, w: c.get(url, follow=False))
        if got and got[0].page:
            self.pages.append((url, got))
        return got

    def search(self, url, form_no, field, word):
        def do(c, w):
            page = dict(self.kept[url])[w]
            form = page.forms[form_no]
            fields = [(k, v) for k, v in form.fields if k != field] + [(field, word)]
            from urllib.parse import urlencode
            r = c.request("POST", form.search_at, urlencode(fields).encode(), {"Content-Type": "application/x-www-form-urlencoded"}, follow=False)
            for id_ in PID.findall(r.headers.get("location", "")):
                if id_ not in self.known:
                    self.born[w][id_] = f"<search {word}>"
            return r

        got = self.ask(f"search {word!r} at {url}", do)
        if got and got[0].status == 303:
            where = [r.headers["location"] for r in got]
            self.ask(f"found {word!r} from {url}", lambda c, w: c.get(where[w], follow=False))


def routes():
    out = run(binary(), "serve", "--routes").stdout.decode()
    return [tuple(line.split("\t")[:2]) for line in out.splitlines() if "\t" in line]


def ids_for(db_a, actor, added, table):
    """(seen by the actor, hidden in both, only in world B)"""
    cols = columns(db_a, table)
    seen, hidden = [], []
    if "pid" in cols:
        person = "id" if table == "person" else "person_id" if "person_id" in cols else None
        for r in db_a.execute(f"SELECT * FROM {table} ORDER BY id"):
            open_ = actor.sees(db_a, r[person]) if person and r[person] else 0
            (seen if open_ or not person else hidden).append(r["pid"])
    return seen, hidden, added.get(table, [])


def walk(rep, actor, cookies, a, b, data_a, added, words):
    t = Twin(rep, actor, cookies, a, b)
    db = open_db(data_a)
    t.known = {r[0] for tab in tables(db) if "pid" in columns(db, tab) for r in db.execute(f"SELECT pid FROM {tab}")} | {i for v in added.values() for i in v}
    persons = ids_for(db, actor, added, "person")
    boxes = set()
    for method, pattern in routes():
        if method != "GET" or "{" not in pattern:
            if method == "GET":
                t.get(pattern)
            continue
        parts = re.findall(r"\{(\w+)\}", pattern)
        table = TABLE_OF.get(pattern.split("/")[1])
        if pattern == "/work/{box}":
            boxes = {m for url, got in t.pages for m in re.findall(r"/work/(\w+)", got[0].body.decode())}
            for box in sorted(boxes) + ["nobox"]:
                for more in ("", "?who=me", "?page=2"):
                    t.get(f"/work/{box}{more}")
            continue
        if pattern == "/drafts/{key}":
            for key in ["consult:new"] + [f"person:{i}" for i in persons[0][:2] + persons[2][:2]] + [f"person%2F{i}%2Fbasic" for i in persons[2][:2]]:
                t.get(f"/drafts/{key}")
            continue
        rep.check(table or parts[0] not in ("pid",), f"{pattern}: tell TABLE_OF what this id is")
        seen, hidden, only = ids_for(db, actor, added, table or "person")
        n = 40 if pattern in ("/persons/{pid}", "/consults/{pid}") else 10
        rnd = pid()
        plain = t.get(fill_in(pattern, rnd, rnd))
        for i in spread(seen, n) + spread(hidden, 3) + spread(only, 60 if pattern.count("/") == 2 else 4):
            subs = [""]
            if "{kind}" in pattern:
                for kind, own in KINDS.items():
                    mine = [r[0] for r in db.execute(f"SELECT s.pid FROM {own} s JOIN person p ON p.id = s.person_id WHERE p.pid = ?", (i,))]
                    theirs = [r for r in added.get(own, []) if "{rpid}" in pattern]
                    for sub in [rnd] + mine[:2] + spread(theirs, 3):
                        t.get(pattern.replace("{pid}", i).replace("{kind}", kind).replace("{rpid}", sub))
                continue
            if len(parts) > 1:
                own = SUB.get(pattern.split("/")[3])
                subs = [rnd] + [r[0] for r in db.execute(f"SELECT s.pid FROM {own} s JOIN person p ON p.id = s.person_id WHERE p.pid = ?", (i,))][:2] if own else [rnd]
                subs += spread(added.get(own, []), 2) if own else []
            for sub in subs:
                got = t.get(fill_in(pattern, i, sub))
                if got and plain and i in only:
                    same = got[0].status == plain[0].status and t.mask(got[1].body, 1).replace(i.encode(), b"*").replace(sub.encode() or b"\0", b"*") == t.mask(plain[1].body, 1).replace(rnd.encode(), b"*")
                    rep.check(same, f"{pattern} as {actor.login}: an id of world B alone does not answer as a random one ({got[0].status}, {plain[0].status})")
    # a task is seen by exactly who sees its matter
    said = ""
    for n in range(1, 80):
        got = t.get(f"/work/today?n={n}&page={n}")
        rows = got[0].page.html.split("<tbody>")[1] if got and got[0].page and "<tbody>" in got[0].page.html else ""
        if not rows or rows in said:
            break
        said += rows
    mine, others = team_tasks(db, actor)
    for title in mine:
        rep.check(title in said, f"{actor.login} does not find the task {title} of a matter in the own team")
    for title in others:
        rep.check(title not in said, f"{actor.login} finds the task {title} of a matter of another team")
    # links of every page, as one would click
    at = 0
    clicked = 0
    while at < len(t.pages) and clicked < MAX_LINKS:
        for link in t.pages[at][1][0].page.links:
            link = link.split("#")[0]
            if link.startswith("/") and not link.startswith("/assets") and link not in t.asked and clicked < MAX_LINKS:
                clicked += 1
                t.get(link)
        at += 1
    # searches
    free = [re.compile("^" + re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(p)) + "$") for m, p in routes() if m == "POST_FREE" and ("search" in p or "find" in p)]
    t.kept, forms = {}, {}
    for url, got in t.pages:
        for n, form in enumerate(got[0].page.forms):
            field = "find" if "find" in form else "text"
            aside = re.findall(r'formaction="([^"]+)"', got[0].body.decode()) if field == "find" else []
            for where in [form.action] + aside:
                if any(p.match(where.split("?")[0]) for p in free) and field in form:
                    kind = re.sub(PID, "*", where)
                    if kind not in forms:
                        forms[kind] = (url, n, field)
                        t.kept[url] = [(w, got[w].page) for w in (0, 1)]
                        for w in (0, 1):
                            got[w].page.forms[n].search_at = where
    shared = [r["name"].split()[0] for r in db.execute("SELECT name FROM person LIMIT 4")]
    for url, n, field in forms.values():
        for word in words + shared + ["ア", "090", "隠"]:
            t.search(url, n, field, word)
    db.close()
    t.pool.shutdown()
    return t, forms


def fill_in(pattern, first, second):
    pattern = re.sub(r"\{\w+\}", first, pattern, count=1)
    return re.sub(r"\{\w+\}", second, pattern)


def spread(ids, n):
    return ids if len(ids) <= n else [ids[i * len(ids) // n] for i in range(n)]


def command_line(rep, actor, worlds, words, clock):
    for word in words[:6]:
        out = [run(binary(), "person", "find", word, "--as", actor.login, "--json", "--data", w, env=clock.env, check=False) for w in worlds]
        rep.check(out[0].returncode == out[1].returncode and out[0].stdout == out[1].stdout, f"person find {word} --as {actor.login}: {out[0].stdout[:200]} | {out[1].stdout[:200]}")


JOBS = []  # set before the processes are forked, which find it there


def one_role(n):
    """In a process of its own: (passed, failed, what to say)."""
    actor, cookies, model, town, tmp, clock = JOBS[n]
    rep = Report("twin_worlds")
    begun = time.monotonic()
    a, b = tmp / f"{actor.login}-a", tmp / f"{actor.login}-b"
    for w in (a, b):
        shutil.copytree(tmp / "a", w)
    added, words = add_hidden(b, actor, model, *town)
    # the sanitizers watch world B, which holds all that world A holds; A is served by the optimised build, so both say the same too
    with Server(binary("fast"), a, env=clock.env, log=tmp / f"{actor.login}-a.log") as sa, Server(binary(), b, env=clock.env, log=tmp / f"{actor.login}-b.log") as sb:
        t, forms = walk(rep, actor, cookies, sa, sb, a, added, words)
    command_line(rep, actor, (a, b), words, clock)
    if actor.org:
        rep.check(t.statuses[200] >= 40, f"{actor.login} saw only {t.statuses[200]} pages: this proves little")
    if not rep.failed:
        for w in (a, b):
            shutil.rmtree(w)
    return rep.passed, rep.failed, f"twin_worlds: {actor.role}: {sum(t.statuses.values())} requests to both worlds {dict(t.statuses)}, {len(forms)} searches, {time.monotonic() - begun:.0f} s"


def main():
    rep = Report("twin_worlds")
    begun = time.monotonic()
    tmp = pathlib.Path(tempfile.mkdtemp(prefix="tsunagi-twin-"))
    clock = Clock(tmp / "clock")
    actors, cookies, model, town = build(tmp / "a", clock)
    wanted = sys.argv[1:] or [a.role for a in actors.values()]
    JOBS.extend((actor, cookies[actor.login], model, town, tmp, clock) for actor in actors.values() if actor.role in wanted)
    # the longest walks first, as many at a time as there are cores; a role has its own two worlds, ports and processes
    JOBS.sort(key=lambda j: not j[0].role.startswith("centre"))
    with concurrent.futures.ProcessPoolExecutor(min(len(JOBS), max(1, os.cpu_count() or 1)), mp_context=multiprocessing.get_context("fork")) as pool:
        for passed, failed, line in pool.map(one_role, range(len(JOBS))):
            rep.passed += passed
            rep.failed += failed
            print(line, flush=True)
    print(f"twin_worlds: {time.monotonic() - begun:.0f} s", flush=True)
    if rep.failed:
        print(f"twin_worlds: kept in {tmp}")
    else:
        shutil.rmtree(tmp)
    rep.end()


main()
