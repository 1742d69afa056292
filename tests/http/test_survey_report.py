#!/usr/bin/env python3
"""集計と報告書 without script: the invented year of demo/survey/rehab_quarter.csv goes in by the pages, and every figure of the published
summary of seed 000 is found with its base, the same in page, CSV, PDF, Excel and JSON and on the command line (C-171, C-175 … C-189, C-192;
X-01 … X-07); tables added and taken away; free texts coded by two (C-183); case pages (C-189); what an asked centre sees (C-193).
Usage: test_survey_report.py TSUNAGI"""
import csv, io, json, pathlib, re, subprocess, tempfile, zipfile
from urllib.parse import urlencode

import care_walk, client
from care_walk import Walk

ROUNDS = {"q1": "1", "q2": "2", "q3": "3", "q4": "4"}


def upload(walk, c, page, action, text):
    form = walk.form(c, page, action)
    fields = [(k, v) for k, v in form.fields if k != "file"]
    mark = "----tsunagi"
    body = b"".join(f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields)
    body += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'.encode() + text.encode() + f"\r\n--{mark}--\r\n".encode()
    r = walk.ok(c.request("POST", action, body, {"Content-Type": f"multipart/form-data; boundary={mark}"}))
    take = next(f for f in r.page.forms if any(k == "act" and v == "take" for k, v in f.fields))
    return walk.ok(c.submit(take))


def the_year(name_of):
    """Frame and answers of the invented year, as the files an officer would bring."""
    rows = list(csv.DictReader((client.ROOT / "demo/survey/rehab_quarter.csv").open(encoding="utf-8-sig")))
    labels = list(dict.fromkeys(r["target"] for r in rows))
    code = {label: f"c{i + 1:03}" for i, label in enumerate(labels)}
    frame = io.StringIO()
    w = csv.writer(frame)
    w.writerow(["番号", "名前", "運営"])
    for i, label in enumerate(labels):
        w.writerow([code[label], name_of(i, label), "直営" if i % 5 == 0 else "委託"])
    answers = io.StringIO()
    w = csv.writer(answers)
    w.writerow(rows[0].keys())
    for r in rows:
        w.writerow([code[r["target"]], ROUNDS[r["round"]], *(v.replace("|", ",") for k, v in r.items() if k not in ("target", "round"))])
    return frame.getvalue(), answers.getvalue(), labels


class SurveyReport(Walk):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        me = cls("test_figures_C_177_C_182_X_01_to_X_07")
        c = me.browser("city")
        r = me.ok(c.get("/surveys"))
        r = me.ok(c.submit(next(f for f in r.page.forms if f.get("template") == "rehab-quarter")))
        cls.pid = re.search(r"/surveys/([0-9a-z]{26})", r.url).group(1)
        r = me.ok(c.get(f"/surveys/{cls.pid}/report"))
        assert "まだ回がありません" in r.text, r.text
        me.ok(c.submit(me.form(c, f"/surveys/{cls.pid}/questions", f"/surveys/{cls.pid}/publish")))
        cls.centre = "北"
        frame, answers, cls.labels = the_year(lambda i, label: label)
        upload(me, c, f"/surveys/{cls.pid}/targets", f"/surveys/{cls.pid}/targets/import", frame)
        form = me.form(c, f"/surveys/{cls.pid}/rounds", f"/surveys/{cls.pid}/quarters")
        me.ok(c.submit(form.set("year", "2025")))
        cls.rounds = [x for x, in me.rows("select r.pid from survey_round r join survey s on s.id = r.survey_id where s.pid = ? order by r.no", cls.pid)]
        for x in cls.rounds:  # whoever is asked is invited, whether an answer comes or not
            me.ok(c.submit(me.form(c, f"/survey-rounds/{x}/edit", f"/survey-rounds/{x}").set("closes_on", "R8.12.28")))
            me.ok(c.submit(me.form(c, f"/survey-rounds/{x}", f"/survey-rounds/{x}/invite")))
        upload(me, c, f"/surveys/{cls.pid}/files", f"/surveys/{cls.pid}/import", answers)
        cls.answers = answers
        assert me.one("select count(*) from survey_answer a join survey_round r on r.id = a.round_id join survey s on s.id = r.survey_id where s.pid = ? and a.state = 'submitted'", cls.pid) == 231

    def cli(self, *args, code=0):
        r = subprocess.run([str(self.binary), *map(str, args), "--as", "city", "--data", str(self.dir / "data")], env={**__import__("os").environ, **self.env}, capture_output=True)
        self.assertEqual(r.returncode, code, r.stderr.decode())
        return r.stdout.decode()

    def report(self, query=""):
        return self.ok(self.browser("city").get(f"/surveys/{self.pid}/report{query}"))

    def json_of(self, query=""):
        return json.loads(self.ok(self.browser("city").get(f"/surveys/{self.pid}/report.json{query}")).body)

    def table(self, data, id):
        return next(t for s in data["sections"] for t in s["tables"] if t["id"] == id)

    def cell(self, t, code, col):
        return next(r for r in t["rows"] if r["code"] == code)["cells"][col]["text"]

    def pdf_text(self, body):
        self.assertTrue(body.startswith(b"%PDF"))
        f = self.dir / "report.pdf"
        f.write_bytes(body)
        text = subprocess.run(["pdftotext", "-layout", str(f), "-"], capture_output=True, check=True).stdout.decode()
        fonts = subprocess.run(["pdffonts", str(f)], capture_output=True, check=True).stdout.decode().splitlines()[2:]
        self.assertTrue(fonts and all(re.search(r"yes\s+yes\s+yes", x) for x in fonts), fonts)  # embedded, subset, with text
        return text

    # each figure of the summary: words around it that hold figure and base together
    SAYS = ["一度でも「実施あり」と回答した地域包括支援センターは39か所（64%", "一度も「実施あり」と回答していない地域包括支援センターは22か所（36%",
            "73件（90%", "平均は1.4回（57回÷41", "平均は2.5回（107回÷43"]
    FIGURES = [("ever.did", "ever", 0, "39"), ("ever.did", "ever", 1, "64%"), ("ever.did", "never", 0, "22"), ("ever.did", "never", 1, "36%"),
               ("q.programme.round", "used", -2, "40"), ("q.programme.round", "unused", -2, "41"),
               ("q.effect.round", "very", -2, "48"), ("q.effect.round", "very", -1, "59%"), ("q.effect.round", "good", -2, "25"), ("q.effect.round", "good", -1, "31%"),
               ("q.effect.round", "neither", -2, "7"), ("q.effect.round", "neither", -1, "9%"), ("q.effect.round", "none", -2, "1"), ("q.effect.round", "none", -1, "1%"),
               ("q.plan.unit.ever", "yes", 0, "38"), ("q.plan.unit.ever", "no", 0, "1"), ("q.plan_programme.unit.ever", "yes", 0, "31"), ("q.plan_programme.unit.ever", "no", 0, "8"),
               ("q.plan.unit.never", "yes", 0, "17"), ("q.plan.unit.never", "no", 0, "5"), ("q.plan_programme.unit.never", "yes", 0, "15"), ("q.plan_programme.unit.never", "no", 0, "7")]

    def test_figures_C_177_C_182_X_01_to_X_07(self):
        data = self.json_of()
        for id, code, col, want in self.FIGURES:
            self.assertEqual(self.cell(self.table(data, id), code, col), want, (id, code, col))
        self.assertEqual(self.table(data, "q.effect.round")["base"]["n"], 81)
        self.assertEqual(self.table(data, "ever.did")["base"]["n"], 61)
        self.assertEqual(self.table(data, "q.plan.unit.ever")["base"]["n"], 39)
        self.assertEqual(self.table(data, "q.plan.unit.never")["base"]["n"], 22)
        mean = self.table(data, "mean.occasion")
        for code, (total, n, value) in {"case_conf": ("57", "41", "1.4"), "visit": ("107", "43", "2.5")}.items():
            self.assertEqual([self.cell(mean, code, c) for c in (-3, -2, -1)], [total, n, value])
        page = self.report()
        html = self.main(page)
        text = re.sub(r"\s+", "", page.text)
        out = self.ok(self.browser("city").get(f"/surveys/{self.pid}/report.csv")).body.decode("utf-8-sig")
        pdf = self.pdf_text(self.ok(self.browser("city").get(f"/surveys/{self.pid}/report.pdf")).body)
        flat = re.sub(r"\s+", "", pdf)
        for s in self.SAYS:  # C-185: the caption of the top two cites the effect question
            for where, name in ((text, "page"), (out, "CSV"), (flat, "PDF"), (json.dumps(data, ensure_ascii=False), "JSON")):
                self.assertIn(s, where, name)
        # every table of the JSON stands in the page, the CSV and the PDF, cell by cell, with its base
        for s in data["sections"]:
            for t in s["tables"]:
                n = "x" if t["base"]["n"] is None else f"{t['base']['n']:,}"
                base = f"{t['base']['words']} n={n}"
                self.assertIn(base, page.text.replace("&amp;", "&"), t["id"])
                self.assertIn(base, out, t["id"])
                self.assertIn(re.sub(r"\s+", "", base), flat, t["id"])
        rows = list(csv.reader(io.StringIO(out)))
        for id, code, col, want in self.FIGURES:
            t = self.table(data, id)
            at = next(i for i, r in enumerate(rows) if r and r[0].endswith(t["title"]) and rows[i + 1][0].startswith(t["base"]["words"]))
            label = next(r["label"] for r in t["rows"] if r["code"] == code)
            self.assertEqual(next(r for r in rows[at:] if r and r[0] == label)[1:][col], want, (id, code))
        # C-188: method with target, mode, period and n on paper; every page numbered
        for word in ("調査目的", "調査対象", "（61か所）", "調査方法", "調査期間", "令和7年4月1日", "令和8年3月31日", "延べ231件", "調査結果報告書"):
            self.assertIn(word, flat)
        pages = int(re.search(r"Pages:\s+(\d+)", subprocess.run(["pdfinfo", str(self.dir / "report.pdf")], capture_output=True).stdout.decode()).group(1))
        self.assertIn(f"{pages}/{pages}ページ", flat)
        # C-187: labels of the chart are cells of the table, and its text reads category, count, share
        self.assertIn("大変効果があった 48件 59%", html)
        self.assertIn("円グラフ", html)
        self.assertIn("積み上げ棒グラフ", html)
        self.assertIn("折れ線グラフ", html)
        self.assertNotIn("style=", html)
        # C-175, C-173, X-06
        self.assertIn("94.7%", html)
        self.assertIn("終わる前", html)
        self.assertIn("ポイント", html)

    def test_choices_C_178_C_180(self):
        data = self.json_of("?mean=all&rule=latest")
        self.assertEqual(self.cell(self.table(data, "mean.occasion"), "case_conf", -1), "0.7")
        self.assertIn("57回 ÷ 81", json.dumps(data, ensure_ascii=False))
        every = self.report("?mean=every").text
        for base in ("を選んだ回答 n=41", "のどれかを選んだ回答 n=81", "この設問に答えた回答 n=81", "（実数） n=61"):
            self.assertIn(base, every)
        one = self.json_of(f"?round={self.rounds[0]}")
        self.assertEqual(self.cell(self.table(one, "q.did"), "yes", 0), "17")
        self.assertNotIn("compare.did", [t["id"] for s in one["sections"] for t in s["tables"]])
        compared = self.table(self.json_of(), "compare.did")
        self.assertEqual(compared["columns"][-1]["head"], "差（ポイント）")
        only = self.ok(self.browser("city").get(f"/surveys/{self.pid}/report.csv?table=ever.did")).body.decode("utf-8-sig")
        self.assertIn("39", only)
        self.assertNotIn("【調査の概要】", only)
        self.ok(self.browser("city").get(f"/surveys/{self.pid}/report.csv?table=nothing"), 404)

    def test_excel(self):
        body = self.ok(self.browser("city").get(f"/surveys/{self.pid}/report.xlsx")).body
        with zipfile.ZipFile(io.BytesIO(body)) as z:
            names = z.namelist()
            charts = [z.read(n).decode() for n in names if re.match(r"xl/charts/chart\d+\.xml", n)]
            for kind in ("<c:pieChart>", '<c:grouping val="stacked"/>', "<c:lineChart>", '<c:grouping val="clustered"/>'):
                self.assertTrue(any(kind in x for x in charts), kind)
            n_tables = sum(len(s["tables"]) for s in self.json_of()["sections"])
            self.assertEqual(len([n for n in names if re.match(r"xl/worksheets/sheet\d+\.xml", n)]), n_tables + 2)  # words, and the figures of the charts
            self.assertIn("<v>0.59", "".join(z.read(n).decode() for n in names if n.startswith("xl/worksheets/")))
            # bars in the order of the table from the top, growing to the right from a scale at the foot that reads as the labels do
            bars = [x for x in charts if "<c:barChart>" in x]
            for x in bars:
                lines, scale = (re.search(f"<c:{axis}>.*?</c:{axis}>", x)[0] for axis in ("catAx", "valAx"))
                self.assertIn('<c:orientation val="maxMin"/>', lines)
                self.assertIn('<c:orientation val="minMax"/>', scale)
                self.assertIn('<c:crosses val="max"/>', scale)
            self.assertTrue(any('formatCode="0%"' in re.search("<c:valAx>.*?</c:valAx>", x)[0] for x in bars))
            self.printed_whole(z)

    def printed_whole(self, z):
        """What the sheets hold is on their paper: every row is as high as its text, lines run over the whole width, charts lie within the print area and across no page end."""
        book = z.read("xl/workbook.xml").decode()
        areas = {int(i): (col, int(row)) for i, col, row in re.findall(r'<definedName name="_xlnm.Print_Area" localSheetId="(\d+)">[^<]*!\$A\$1:\$([A-Z]+)\$(\d+)<', book)}
        drawn = 0
        for i, (last_col, last_row) in areas.items():
            sheet = z.read(f"xl/worksheets/sheet{i + 1}.xml").decode()
            for row in re.findall(r"<row [^>]*>", sheet):
                self.assertIn('customHeight="1"', row)
            if i:
                self.assertRegex(sheet, f'<mergeCell ref="A1:{last_col}1"/>')
            rels = f"xl/worksheets/_rels/sheet{i + 1}.xml.rels"
            if rels not in z.namelist():
                continue
            drawing = re.search(r"drawings/(drawing\d+\.xml)", z.read(rels).decode())[1]
            anchors = re.findall(r"<xdr:from>.*?<xdr:row>(\d+)</xdr:row>.*?<xdr:to><xdr:col>(\d+)</xdr:col>.*?<xdr:row>(\d+)</xdr:row>", z.read("xl/drawings/" + drawing).decode())
            self.assertTrue(anchors)
            at = -1
            for first, col, last in sorted((int(a), int(b), int(c)) for a, b, c in anchors):
                self.assertLess(last, last_row)
                self.assertLessEqual(col, ord(last_col) - ord("A"))
                self.assertGreater(first, at, "two charts over one another")
                breaks = [int(b) for b in re.findall(r'<brk id="(\d+)"', sheet)]
                self.assertFalse([b for b in breaks if first < b <= last])
                at, drawn = last, drawn + 1
        self.assertGreater(drawn, 5)

    def cut(self, what, status=200, **fields):
        c = self.browser("city")
        r = self.ok(c.get(f"/surveys/{self.pid}/cuts"))
        form = next(f for f in r.page.forms if f.get("what") == what)
        return self.ok(c.submit(self.fill(form, **fields)), status)

    def test_cuts_C_184_C_189(self):
        self.cut("cross", cross_row="programme", cross_col="effect")
        self.cut("trait", trait_row="did", trait_col="運営")
        self.cut("rule", rule_row="plan", rule_base="any")
        self.cut("mean", mean_row="occasion", mean_base="either")
        self.cut("cross", 422, cross_row="did", cross_col="did")
        units = dict(self.rows("select t.label, t.pid from survey_target t join survey s on s.id = t.survey_id where s.pid = ?", self.pid))
        name = self.labels[3]
        r = self.cut("case", 422, case_row=units[name], content=f"{name}の取り組み")
        self.assertIn("名前は書かないでください", r.text)
        self.cut("case", case_row=units[name], content="アセスメント訪問で歩き方を見てもらった。", effect="目標を計画に反映できた。")
        data = self.json_of()
        cuts = [t for s in data["sections"] for t in s["tables"] if t["id"].startswith("cut.")]
        self.assertEqual(len(cuts), 4)
        both = sum(c["num"] for r in cuts[0]["rows"] if not r["total"] for k, c in enumerate(r["cells"]) if cuts[0]["columns"][k]["kind"] == "count" and cuts[0]["columns"][k]["group"] != "合計")
        self.assertEqual(both, 81)
        case = next(s for s in data["sections"] if s["title"] == "事例紹介")
        said = {i["head"]: i["text"] for i in case["items"]}
        self.assertRegex(said["事例1"], "^A包括")
        want = [sum(int(r[k] or 0) for r in csv.DictReader((client.ROOT / "demo/survey/rehab_quarter.csv").open(encoding="utf-8-sig")) if r["target"] == name)
                for k in ("occasion_case_conf_n", "occasion_visit_n", "occasion_other_n")]
        self.assertEqual([int(x) for x in re.findall(r"(\d+)回", said["連携回数"])], want)
        pdf = re.sub(r"\s+", "", self.pdf_text(self.ok(self.browser("city").get(f"/surveys/{self.pid}/report.pdf")).body))
        self.assertIn("事例紹介", pdf)
        self.assertIn("目標を計画に反映できた。", pdf)
        r = self.ok(self.browser("city").get(f"/surveys/{self.pid}/cuts"))
        while away := [f for f in r.page.forms if f.action.endswith("/retire")]:
            r = self.ok(self.browser("city").submit(away[0]))
        self.assertIn("加えた表はまだありません", r.text)

    def test_coding_C_183(self):
        c, path = self.browser("city"), f"/surveys/{self.pid}/coding/no_reason_text"
        self.ok(c.get(f"/surveys/{self.pid}/coding"))
        r = self.ok(c.get(path))
        self.assertIn("体制面についての課題", r.text)
        add = next(f for f in r.page.forms if f.get("act") == "add")
        r = self.ok(c.submit(add.set("label", "そのほかの課題")))
        rename = [f for f in r.page.forms if f.get("act") == "rename"][-1]
        r = self.ok(c.submit(rename.set("label", "ほかの課題")))
        self.assertIn("ほかの課題", r.text)
        for coder, who in (("1", c), ("2", self.browser("cityrights"))):
            r = self.ok(who.get(f"{path}?coder={coder}"))
            form = next(f for f in r.page.forms if f.get("act") == "mark")
            marks = [n for n in form.names() if n.startswith("g") and len(n) == 17]
            self.assertGreater(len(marks), 5)
            groups = form.options[marks[0]]
            for i, n in enumerate(marks[:10]):
                pick = i % 3 if coder == "1" or i > 1 else 2  # the second coder sees the first two otherwise
                form.set(n, [groups[pick]])
            form.set("q" + marks[0][1:], "準備の時間がとれない。")
            r = self.ok(who.submit(form))
            self.assertIn(f"あなたは、この質問の分類者{coder}です", r.text)
        # one person is one coder: the other seat is refused, what stands there stays (C-183)
        r = self.ok(c.get(f"{path}?coder=2"))
        self.assertIn("あなたは、この質問の分類者1です", r.text)
        form = next(f for f in r.page.forms if f.get("act") == "mark")
        self.assertEqual(form.get("coder"), "1")
        r = self.ok(c.submit(form.set("coder", "2")), 422)
        self.assertIn("1人で2人分の分類はできません", r.text)
        r = self.ok(c.get(path))
        self.assertIn("2人とも分類した10件のうち、8件（80%）", r.text)
        bad = next(f for f in r.page.forms if f.get("act") == "mark")
        r = self.ok(c.submit(bad.set("q" + marks[1][1:], f"{self.labels[0]}の意見")), 422)
        self.assertIn("名前を書かないでください", r.text)
        used = next(f for f in self.ok(c.get(path)).page.forms if f.get("act") == "remove")
        self.assertIn("外せません", self.ok(c.submit(used), 409).text)
        data = self.json_of()
        coded, agree = self.table(data, "text.no_reason_text"), self.table(data, "agree.no_reason_text")
        self.assertEqual(agree["base"]["n"], 10)
        self.assertEqual(sum(int(self.cell(coded, str(k), 0 if len(coded["rows"][0]["cells"]) <= 3 else -3)) for k in (1, 2, 3)), 10)
        self.assertEqual(self.cell(agree, "all", 0), "8")
        self.assertIn("準備の時間がとれない。", json.dumps(coded, ensure_ascii=False))
        self.assertIn("準備の時間がとれない。", self.report().text)
        r = self.ok(c.get(path))
        last = [f for f in r.page.forms if f.get("act") == "remove"][-1]
        self.assertNotIn("ほかの課題", self.main(self.ok(c.submit(last))))

    def another(self, year, keep=lambda r: True):
        """A second survey from the same template with its own year, whose rounds are over."""
        c = self.browser("city")
        r = self.ok(c.get("/surveys"))
        r = self.ok(c.submit(next(f for f in r.page.forms if f.get("template") == "rehab-quarter")))
        pid = re.search(r"/surveys/([0-9a-z]{26})", r.url).group(1)
        self.ok(c.submit(self.form(c, f"/surveys/{pid}/questions", f"/surveys/{pid}/publish")))
        frame, answers, labels = the_year(lambda i, label: label)
        rows = list(csv.DictReader(io.StringIO(answers)))
        out = io.StringIO()
        w = csv.DictWriter(out, rows[0].keys())
        w.writeheader()
        w.writerows(r for r in rows if keep(r))
        upload(self, c, f"/surveys/{pid}/targets", f"/surveys/{pid}/targets/import", frame)
        self.ok(c.submit(self.form(c, f"/surveys/{pid}/rounds", f"/surveys/{pid}/quarters").set("year", str(year))))
        upload(self, c, f"/surveys/{pid}/files", f"/surveys/{pid}/import", out.getvalue())
        self.raw.clear()
        return pid, labels

    def test_last_year_F094(self):
        old, _ = self.another(2023, lambda r: r["round"] == "1")
        for query, args in ((f"?from={old}", ("--from", old)), ("?year=2025", ("--year", "2025")), (f"?from={self.rounds[0]}&to={self.rounds[3]}", ("--from", self.rounds[0], "--to", self.rounds[3]))):
            self.assertEqual(json.loads(self.cli("survey", "tabulate", self.pid, *args, "--json")), self.json_of(query), query)
        data = self.json_of(f"?from={old}")
        t = self.table(data, "compare.did")
        self.assertEqual([self.cell(t, "yes", c) for c in (0, 2)], ["17", "81"])  # 17 of 60 in one quarter; 81 of 231 in the year
        self.assertEqual(self.cell(t, "yes", 1), self.cell(self.table(self.json_of(f"?round={self.rounds[0]}"), "q.did"), "yes", 1))
        self.assertRegex(self.cell(t, "yes", 4), r"^[+-]\d+$")
        section = next(s for s in data["sections"] if any(x["id"] == "compare.did" for x in s["tables"]))
        self.assertIn("ポイント", section["words"][0])
        page, out = self.report(f"?from={old}").text, self.ok(self.browser("city").get(f"/surveys/{self.pid}/report.csv?from={old}")).body.decode("utf-8-sig")
        pdf = re.sub(r"\s+", "", self.pdf_text(self.ok(self.browser("city").get(f"/surveys/{self.pid}/report.pdf?from={old}")).body))
        for where in (page, out):
            self.assertIn(section["title"], where)
        self.assertIn(re.sub(r"\s+", "", section["title"]), pdf)
        two = self.table(self.json_of(f"?from={self.rounds[0]}&to={self.rounds[3]}"), "compare.did")
        self.assertEqual([self.cell(two, "yes", c) for c in (0, 2)], ["17", "24"])
        self.assertIn("同じ回が入っている", self.report(f"?from={self.rounds[0]}&to=y2025").text)
        self.ok(self.browser("city").get(f"/surveys/{self.pid}/report?year=2001"), 404)
        self.ok(self.browser("city").get(f"/surveys/{self.pid}/report?from=00000000000000000000000000"), 404)
        # a second year in the same survey: it can be chosen alone and compared
        c = self.browser("city")
        self.ok(c.submit(self.form(c, f"/surveys/{old}/rounds", f"/surveys/{old}/quarters").set("year", "2024")))
        self.raw.clear()
        n = list(csv.reader(io.StringIO(self.answers)))
        later = "\n".join([",".join(n[0])] + [",".join(f'"{v}"' for v in [r[0], "6", *r[2:]]) for r in n[1:] if r[1] == "2"])
        upload(self, c, f"/surveys/{old}/files", f"/surveys/{old}/import", later)
        self.raw.clear()
        html = self.main(self.ok(c.get(f"/surveys/{old}/report")))
        self.assertIn("令和6年度（全部の回）", html)
        only = json.loads(self.ok(c.get(f"/surveys/{old}/report.json?year=2024")).body)
        self.assertEqual(self.cell(self.table(only, "q.did.round"), "yes", -2), "19")
        both = json.loads(self.ok(c.get(f"/surveys/{old}/report.json?from=y2023&to=y2024")).body)
        t = self.table(both, "compare.did")
        self.assertEqual([self.cell(t, "yes", k) for k in (0, 2)], ["17", "19"])
        self.assertEqual([t["columns"][0]["group"], t["columns"][2]["group"][:5]], ["令和5年度", "令和6年度"])

    def test_for_publication_C_193(self):
        pid, labels = self.another(2022)
        c = self.browser("city")
        shown = self.ok(c.get(f"/surveys/{pid}/report?public=1"))
        html = self.main(shown)
        data = json.loads(self.ok(c.get(f"/surveys/{pid}/report.json?public=1")).body)
        self.assertEqual(data, json.loads(self.cli("survey", "tabulate", pid, "--public", "--json")))
        self.assertEqual(data["mark"], "公表用")
        pdf = self.pdf_text(self.ok(c.get(f"/surveys/{pid}/report.pdf?public=1")).body)
        pages = pdf.rstrip("\f").split("\f")
        self.assertTrue(all("公表用" in p for p in pages))
        out = self.ok(c.get(f"/surveys/{pid}/report.csv?public=1")).body.decode("utf-8-sig")
        with zipfile.ZipFile(io.BytesIO(self.ok(c.get(f"/surveys/{pid}/report.xlsx?public=1")).body)) as z:
            book = "".join(z.read(n).decode() for n in z.namelist() if n.endswith(".xml"))
        tables = [t for s in data["sections"] for t in s["tables"] if s["kind"] not in ("response",)]
        small = [(t["id"], r["code"], x["text"]) for t in tables if not t["id"].startswith("mean.") for r in t["rows"] for x in r["cells"] if x["kind"] == "count" and 0 < x["num"] < 3]
        self.assertEqual(small, [])
        self.assertTrue(any(x["kind"] == "secret" for t in tables for r in t["rows"] for x in r["cells"]))
        named = json.dumps(json.loads(self.ok(c.get(f"/surveys/{pid}/report.json")).body), ensure_ascii=False)
        self.assertIn("回答のない回がある回答者", named)
        for what in (html, json.dumps(data, ensure_ascii=False), pdf, out, book):
            self.assertIn("公表用", what)
            self.assertNotIn("回答のない回がある回答者", what)
        for label in labels:
            for what in (json.dumps(data, ensure_ascii=False), pdf, out, book):
                self.assertNotIn(label, what)
        self.assertIn("まだ終わった回がありません", self.report("?public=1").text)  # all its rounds are open

    def test_remarks_and_changes_C_188_C_190(self):
        c = self.browser("city")
        def note(key, status=200, **fields):
            r = self.report()
            form = next(f for f in r.page.forms if f.get("note_row") == key)
            for k, v in fields.items():
                form.set(k, v)
            return self.ok(c.submit(form), status)
        self.assertTrue(re.search(r"実施が増えた。\s*背景に研修がある。", note("did", content="実施が増えた。\n背景に研修がある。").text))
        note("@whole", content="全体として広がっている。")
        r = note("did", 422, content=f"{self.labels[3]}の実施が目立つ。")
        self.assertIn("名前は書かないでください", r.text)
        self.assertIn(f"{self.labels[3]}の実施が目立つ。", r.body.decode())
        self.assertIn("先に書きかえました", note("did", 422, content="古い画面から", note_version="0").text)
        note("did", content="実施が増えた。")
        row, version = self.rows("select x.id, x.version from survey_cut x join survey s on s.id = x.survey_id where s.pid = ? and x.what = 'note' and x.row_key = 'did' and x.retired_ms is null", self.pid)[0]
        self.assertEqual(version, 2)
        data = self.json_of()
        self.assertEqual([s["note"] for s in data["sections"] if s["note"]], ["実施が増えた。", "全体として広がっている。"])
        self.assertEqual(data["sections"][-1]["note"], "全体として広がっている。")
        form = self.form(c, f"/surveys/{self.pid}", f"/surveys/{self.pid}/outcomes")
        self.ok(c.submit(self.fill(form, content="相談の窓口を一つにする。", who="高齢福祉課")))
        pdf = re.sub(r"\s+", "", self.pdf_text(self.ok(c.get(f"/surveys/{self.pid}/report.pdf")).body))
        out = self.ok(c.get(f"/surveys/{self.pid}/report.csv")).body.decode("utf-8-sig")
        for word in ("考察", "実施が増えた。", "全体として広がっている。", "相談の窓口を一つにする。"):
            self.assertIn(word, pdf)
            self.assertIn(word, out)
        self.assertNotIn("考察", self.main(self.ok(c.get(f"/surveys/{self.pid}/cuts"))))
        note("did", content="")
        self.assertEqual([s["note"] for s in self.json_of()["sections"] if s["note"]], ["全体として広がっている。"])
        note("@whole", content="")

    def test_only_the_owner(self):
        for who in ("nurse", "cm1"):
            for path in ("report", "report.csv", "report.pdf", "cuts", "coding", "coding/effect_text"):
                self.ok(self.browser(who).get(f"/surveys/{self.pid}/{path}"), 404)

    def test_asked_centre_C_193(self):
        """A centre that was asked: its own answer beside the town, small counts hidden; nobody else's."""
        c, nurse = self.browser("city"), self.browser("nurse")
        r = self.ok(c.get("/surveys"))
        r = self.ok(c.submit(next(f for f in r.page.forms if f.get("template") == "rehab-quarter")))
        pid = re.search(r"/surveys/([0-9a-z]{26})", r.url).group(1)
        self.ok(c.submit(self.form(c, f"/surveys/{pid}/questions", f"/surveys/{pid}/publish")))
        self.ok(c.submit(self.form(c, f"/surveys/{pid}/targets", f"/surveys/{pid}/targets/frame").set("org_kind", "centre").set("on_day", "R8.11.20")))
        self.raw.clear()  # the page of the questions shows their keys, that of the frame names Shift_JIS
        form = self.form(c, f"/surveys/{pid}/rounds/new", f"/surveys/{pid}/rounds")
        r = self.ok(c.submit(self.fill(form, name="第2四半期", period_from="R8.7.1", period_to="R8.9.30", opens_on="R8.11.1", closes_on="R8.12.10")))
        rpid = self.one("select r.pid from survey_round r join survey s on s.id = r.survey_id where s.pid = ?", pid)
        self.ok(c.submit(self.form(c, f"/survey-rounds/{rpid}", f"/survey-rounds/{rpid}/invite")))
        asked = {x for x, in self.rows("select i.pid from survey_invitation i join survey_round r on r.id = i.round_id where r.pid = ?", rpid)}
        own = next(x for x in re.findall(r"/survey-answers/([0-9a-z]{26})", self.ok(nurse.get("/surveys")).page.html) if x in asked)
        form = self.form(nurse, f"/survey-answers/{own}", f"/survey-answers/{own}")
        answer = self.fill(form, did="no", plan="yes").press("_submit", "1")
        self.ok(nurse.submit(answer))
        # while the round is open the figures of all are the owner's alone: nobody else sees an answer arrive
        r = self.ok(nurse.get(f"/survey-answers/{own}"))
        self.assertNotIn(f"/survey-answers/{own}/report", r.page.links)
        self.assertIn("令和8年12月11日", r.text)
        self.assertIn("この回の受付が終わったあと", self.ok(nurse.get(f"/survey-answers/{own}/report")).text)
        for more in ("csv", "pdf", "xlsx", "json"):
            self.ok(nurse.get(f"/survey-answers/{own}/report.{more}"), 409)
        self.assertEqual(self.cell(self.table(json.loads(self.ok(c.get(f"/surveys/{pid}/report.json")).body), "q.did"), "no", 0), "1")
        self.ok(c.submit(self.form(c, f"/survey-rounds/{rpid}", f"/survey-rounds/{rpid}/close")))
        self.assertIn(f"/survey-answers/{own}/report", self.ok(nurse.get(f"/survey-answers/{own}")).page.links)
        r = self.ok(nurse.get(f"/survey-answers/{own}/report"))
        self.assertIn("◯", r.text)
        self.assertIn("伏せ", r.text)
        data = json.loads(self.ok(nurse.get(f"/survey-answers/{own}/report.json")).body)
        did = self.table(data, "own.did")
        self.assertEqual(self.cell(did, "no", 0), "x")
        self.assertEqual(self.cell(did, "no", -1), "◯")
        mine = self.table(json.loads(self.ok(c.get(f"/surveys/{pid}/report.json")).body), "q.did")
        self.assertEqual(self.cell(mine, "no", 0), "1")
        for more in ("csv", "pdf", "xlsx"):
            self.ok(nurse.get(f"/survey-answers/{own}/report.{more}"))
            self.ok(self.browser("nurse2").get(f"/survey-answers/{own}/report.{more}"), 404)
        self.ok(nurse.get(f"/surveys/{pid}/report"), 404)
        # another round that is still open: not in what the centre reads, though it has answered there
        form = self.form(c, f"/surveys/{pid}/rounds/new", f"/surveys/{pid}/rounds")
        self.ok(c.submit(self.fill(form, name="第3四半期", period_from="R8.10.1", period_to="R8.12.31", opens_on="R8.11.1", closes_on="R8.12.31")))
        self.assertNotIn("第3四半期", self.ok(nurse.get(f"/survey-answers/{own}/report")).text)
        self.assertIn("第3四半期", self.ok(c.get(f"/surveys/{pid}/report")).text)
        self.ok(c.submit(self.form(c, f"/survey-rounds/{rpid}", f"/survey-rounds/{rpid}/reopen")))
        self.ok(nurse.get(f"/survey-answers/{own}/report.json"), 409)

    def test_command_line_C_192(self):
        self.assertIn(self.pid, self.cli("survey", "list"))
        out = self.dir / "all.csv"
        self.cli("survey", "raw", self.pid, out)
        self.cli("survey", "raw", self.pid, out, code=1)  # nothing is written over
        shown = json.loads(self.cli("survey", "tabulate", self.pid, "--json"))
        self.assertEqual(shown, self.json_of())
        unit = self.one("select t.pid from survey_target t join survey s on s.id = t.survey_id where s.pid = ? and t.label = ?", self.pid, self.labels[3])
        own = json.loads(self.cli("survey", "tabulate", self.pid, "--unit", unit, "--json"))
        self.assertEqual(own["unit"], self.labels[3])
        self.assertIn(self.labels[3], self.report(f"?unit={unit}").text)
        self.cli("survey", "tabulate", self.pid, "--csv", self.dir / "t.csv", "--pdf", self.dir / "t.pdf", "--xlsx", self.dir / "t.xlsx")
        self.assertIn("39", (self.dir / "t.csv").read_text(encoding="utf-8-sig"))
        self.assertIn("よい行 231", self.cli("survey", "import", self.pid, out, "--check"))
        self.cli("survey", "tabulate", "x" * 26, code=2)


if __name__ == "__main__":
    care_walk.main(__doc__)
