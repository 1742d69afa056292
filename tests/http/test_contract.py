"""The command-line contract that others script: `form score`, `date`, `person find`, on the built program."""
from town import *

t = Report("contract")
EXE = house.binary("fast")

# The 15 worked examples: answers of No. 1–25 (Y はい, N いいえ; No. 12 is worked out from height and weight), height, weight,
# points of 運動 栄養 口腔 閉じこもり 認知 うつ and of No. 1–20, criteria met.
E1 = "YYYYYYYYNNN-NNNYNNYNNNNNN"
E3 = "YYYYYYYYNNY-NNNYNNYNNNNNN"
EXAMPLES = [
    ("E1", E1, "160", "55.0", (0, 0, 0, 0, 0, 0), 0, ""),
    ("E2", "YYYYYNYYYYN-NNNYNNYNNNNNN", "160", "55.0", (3, 0, 0, 0, 0, 0), 3, "2"),
    ("E3", E3, "150", "41.5", (0, 2, 0, 0, 0, 0), 2, "3"),
    ("E4", E3, "150", "41.7", (0, 1, 0, 0, 0, 0), 1, ""),
    ("E5", "YYYYYYYYNNN-YYNYNNYNNNNNN", "160", "55.0", (0, 0, 2, 0, 0, 0), 2, "4"),
    ("E6", "YYYYYYYYNNN-NNNYYNYNNNNNN", "160", "55.0", (0, 0, 0, 1, 0, 0), 1, ""),
    ("E7", "YYYYYYYYNNN-NNNNNNYNNNNNN", "160", "55.0", (0, 0, 0, 1, 0, 0), 1, "5"),
    ("E8", "YYYYYYYYNNN-NNNYNNYYNNNNN", "160", "55.0", (0, 0, 0, 0, 1, 0), 1, "6"),
    ("E9", "YYYYYYYYNNN-NNNYNNYNYNNNY", "160", "55.0", (0, 0, 0, 0, 0, 2), 0, "7"),
    ("E10", "NNNNNNNYNNY-YNNYYNYNNNNNN", "160", "55.0", (2, 1, 1, 1, 0, 0), 10, "1"),
    ("E11", "NNNNNNNYNNY-YNNYNNYNNNNNN", "160", "55.0", (2, 1, 1, 0, 0, 0), 9, ""),
    ("E12", "YYYYYNNNYYY-YYNNNYYNYYNNN", "148", "40.0", (5, 2, 2, 1, 1, 2), 11, "1234567"),
    ("E13", "YYYYYYYYNNN-NNNYNNYNYNNNN", "170", "53.4", (0, 1, 0, 0, 0, 1), 1, ""),
    ("E14", E1, "170", "53.5", (0, 0, 0, 0, 0, 0), 0, ""),
    ("E15", E1, "170", "53.4", (0, 1, 0, 0, 0, 0), 1, ""),
]
SCORES = ("motor", "nutrition", "oral", "homebound", "cognition", "depression")


def response(answers, height=None, weight=None):
    """JSON text by hand, so that 55.0 stays 55.0."""
    items = [f'{{"linkId":"kcl{i + 1:02}","answer":[{{"valueBoolean":{"true" if a == "Y" else "false"}}}]}}' for i, a in enumerate(answers) if a in "YN"]
    for name, v in (("height_cm", height), ("weight_kg", weight)):
        if v:
            items.append(f'{{"linkId":"{name}","answer":[{{"valueDecimal":{v}}}]}}')
    return '{"resourceType":"QuestionnaireResponse","status":"completed","item":[' + ",".join(items) + "]}"


def command(*args, stdin="", env=None):
    p = subprocess.run([EXE, *map(str, args)], input=stdin.encode(), capture_output=True, env={**os.environ, "TSUNAGI_NOW": START, "TSUNAGI_SHARE": str(ROOT),
                                                                                            **(env or {})})
    return p.returncode, p.stdout.decode(), p.stderr.decode()


def judged(out, name, scores, total, met):
    t.check(out["form"] == "kihon-checklist" and re.fullmatch(r"\d{4}-\d\d-\d\d", out["version"]), f"{name}: form and version")
    got = tuple((out["scores"][s]["min"], out["scores"][s]["max"]) for s in SCORES)
    t.check(got == tuple((n, n) for n in scores), f"{name}: scores {got}")
    t.check(out["scores"]["total20"] == {"min": total, "max": total, "missing": []}, f"{name}: total {out['scores']['total20']}")
    t.check("life" in out["scores"], f"{name}: life")
    ids = "".join(c["id"] for c in out["criteria"] if c["met"] is True)
    t.check([c["id"] for c in out["criteria"]] == list("1234567") and ids == met, f"{name}: criteria {ids}")
    t.check(all(c["met"] in (True, False) and c["source"] for c in out["criteria"]), f"{name}: each criterion is decided and names its source")
    t.check(out["result"]["code"] == ("eligible" if met else "not-eligible"), f"{name}: {out['result']}")


def score():
    for name, answers, h, w, scores, total, met in EXAMPLES:
        rc, out, err = command("form", "score", "kihon-checklist", stdin=response(answers, h, w))
        if t.check(rc == 0 and err == "", f"{name}: code {rc} {err}"):
            judged(json.loads(out), name, scores, total, met)
    lines = "\n".join(response(a, h, w) for _, a, h, w, *_ in EXAMPLES) + "\n"
    rc, out, err = command("form", "score", "kihon-checklist", "--ndjson", stdin=lines)
    rows = out.splitlines()
    t.check(rc == 0 and len(rows) == 15, f"ndjson: code {rc}, {len(rows)} lines")
    for row, (name, _, _, _, scores, total, met) in zip(rows, EXAMPLES):
        judged(json.loads(row), name + " (ndjson)", scores, total, met)
    # blanks: undetermined if they could change it, decided if they cannot
    out = json.loads(command("form", "score", "kihon-checklist", stdin=response(""))[1])
    t.check(out["result"]["code"] == "undetermined" and all(c["met"] is None for c in out["criteria"]), "all blank")
    t.check(out["scores"]["total20"]["min"] == 0 and out["scores"]["total20"]["max"] == 20 and len(out["scores"]["total20"]["missing"]) > 0, f"bounds {out['scores']['total20']}")
    out = json.loads(command("form", "score", "kihon-checklist", stdin=response("---------------N"))[1])
    t.check(out["result"]["code"] == "eligible" and [c["met"] for c in out["criteria"]][4] is True, "No. 16 alone decides, whatever the blanks are")
    out = json.loads(command("form", "score", "kihon-checklist", stdin=response(E1[:24], "160", "55.0"))[1])
    t.check(out["result"]["code"] == "not-eligible" and out["scores"]["depression"] == {"min": 0, "max": 1, "missing": ["kcl25"]}, f"one blank that cannot change it: {out['scores']['depression']}")
    rc, out, err = command("form", "score", "kihon-checklist", stdin="{")
    t.check(rc == 2 and out == "" and err, "no JSON")
    rc, out, err = command("form", "score", "kihon-checklist", "--ndjson", stdin=response(E1, "160", "55.0") + "\n{bad\n" + response(E3, "150", "41.5") + "\n")
    rows = out.splitlines()
    t.check(rc == 2 and len(rows) == 3 and "error" in json.loads(rows[1]) and json.loads(rows[2])["result"]["code"] == "eligible", "a bad line answers on its own line")


def date():
    for text in ("令和8年4月1日", "R8.4.1", "2026-04-01", "Ｒ８．４．１"):
        rc, out, _ = command("date", text)
        t.check(rc == 0 and out == "2026-04-01 令和8年4月1日\n", f"date {text}: {rc} {out!r}")
    rc, out, err = command("date", "昭和64年1月8日")
    t.check(rc == 2 and out == "" and "平成元年1月8日" in err, f"date that is in no era: {rc} {out!r} {err!r}")
    t.check(command("date", "昭和64年1月7日")[:2] == (0, "1989-01-07 昭和64年1月7日\n"), "the last day of 昭和")
    t.check(command("date", "平成31年4月30日")[0] == 0 and command("date", "令和5年2月29日")[0] == 2, "ends of eras and months")


def find():
    with Town() as town:
        c = town.log_in("nurse")
        f = post_form(c.get("/persons/new").page, "/persons")
        r = c.submit(f.set("name", "試験 太郎").set("kana", "シケン タロウ").set("birth", "S150302").set("sex", "1"))
        t.check(r.status == 200, f"person made: {r.status}")
        for text in ("シケン", "しけん", "試験　太郎", "ｼｹﾝ"):
            p = town.run("person", "find", text, "--as", "nurse", "--json", check=False)
            rows = json.loads(p.stdout or b"[]")
            t.check(p.returncode == 0 and len(rows) == 1 and rows[0]["name"] == "試験 太郎" and rows[0]["birth"] == "1940-03-02", f"find {text}: {p.stdout[:200]} {p.stderr[:200]}")
        p = town.run("person", "find", "シケン", "--as", "nurse2", "--json", check=False)
        t.check(json.loads(p.stdout) == [], "another centre finds nothing")
        p = town.run("person", "find", "シケン", "--as", "admin", "--json", check=False)
        t.check(not json.loads(p.stdout or b"[]"), "an administrator finds nobody")
        p = town.run("person", "find", "シケン", "--as", "nobody", "--json", check=False)
        t.check(p.returncode == 2 and p.stdout == b"", "no such account")
        looks = [x for m in town.data.glob("access-*.db") for x in sqlite3.connect(m).execute("SELECT purpose FROM look_entry WHERE purpose LIKE 'cli%'")]
        t.check(len(looks) >= 4, f"what the command line showed is in the log of looks: {len(looks)}")


for part in (score, date, find):
    try:
        part()
    except Exception as e:
        import traceback
        traceback.print_exc()
        t.check(False, f"{part.__name__}: {e!r}")
t.end()
