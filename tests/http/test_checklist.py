#!/usr/bin/env python3
"""The 基本チェックリスト without script: what the register knows, 25 answers, blanks and what they could change, two dates side by
side, two who write at once, paper, Excel, FHIR out and in, issuing, the warning about age. Usage: test_checklist.py TSUNAGI"""
import io, re, shutil, subprocess, tempfile, zipfile
from xml.parsers import expat

import care_walk
from care_walk import Walk

NO_IS_A_POINT = {1, 2, 3, 4, 5, 6, 7, 8, 16, 19}
QUESTIONS = [n for n in range(1, 26) if n != 12]


def name(n):
    return "kcl12_stated" if n == 12 else f"kcl{n:02d}"


def answers(points=(), blank=()):
    """One point for each number in points, the other answer elsewhere."""
    return {name(n): "N" if (n in points) == (n in NO_IS_A_POINT) else "Y" for n in QUESTIONS if n not in blank}


class Checklist(Walk):
    def person(self, **kw):
        n = self.one("select count(*) from person")
        fields = {"name": f"点検 {'一二三四五六七八九'[n % 9]}{n}", "kana": "テンケン " + "アカサタナハマヤラ"[n % 9], "birth": f"S{5 + n % 9}.{1 + n % 12}.{1 + n % 28}",
                  "home_address": f"つなぎ市北町{n}", **kw}
        return self.make(**fields), fields["name"]

    def new(self, pid, status=200, who="nurse", **fields):
        c = self.browser(who)
        form = self.form(c, f"/persons/{pid}/checklists/new", f"/persons/{pid}/checklists")
        r = self.ok(c.submit(self.fill(form, **{"height_cm": "160", "weight_kg": "55", **fields})), status)
        return r.url.split("?")[0].split("/")[-1], r

    def result(self, r):
        return re.search(r'class="result">(.*?)</p>', r.page.html, re.S).group(1)

    # ---- entry ----

    def test_new_is_filled_from_the_register_and_marked(self):
        pid, who = self.person(phone="03-5550-7777", birth="S15.3.2")
        c = self.browser("nurse")
        r = self.ok(c.get(f"/persons/{pid}/checklists/new"))
        form = self.post_form(r, f"/persons/{pid}/checklists")
        self.assertEqual([form.get(n) for n in ("name", "phone", "birth_date", "kcl_date")],
                         [who, "03-5550-7777", "昭和15年3月2日", "令和8年11月20日"])
        marked = lambda r, n: re.search(rf'<label for="f-{n}">[^<]*(<span class="need">[^<]*</span>)?\s*<span class="mark">台帳から</span>', r.page.html)
        for n in ("name", "phone", "birth_date", "address"):
            self.assertTrue(marked(r, n), f"{n} says that it comes from the register")
        for n in ("height_cm", "kcl_date", "desired_service"):
            self.assertFalse(marked(r, n), f"{n} does not come from the register")
        # what was typed over is no longer what the register says
        r = self.ok(c.submit(self.fill(form, phone="090-5550-0000", height_cm="百六十")), 422)
        self.assertFalse(marked(r, "phone"))
        self.assertTrue(marked(r, "name"))
        self.assertEqual(self.one("select count(*) from response r join person p on p.id = r.person_id where p.pid = ?", pid), 0)

    def test_wrong_height_keeps_what_was_typed(self):
        pid, _ = self.person()
        _, r = self.new(pid, 422, height_cm="ひゃくろくじゅう", weight_kg="abc", desired_service="体操に行きたい", respondent="family",
                        respondent_relation="長女", **answers({1, 9}))
        back = self.post_form(r, f"/persons/{pid}/checklists")
        self.assertEqual([back.get(n) for n in ("height_cm", "weight_kg", "desired_service", "respondent", "respondent_relation")],
                         ["ひゃくろくじゅう", "abc", "体操に行きたい", "family", "長女"])
        self.assertEqual({n: v for n, v in back.fields if n.startswith("kcl") and n != "kcl_date"}, answers({1, 9}))
        for n in ("height_cm", "weight_kg"):
            self.assertIn(f'href="#f-{n}"', r.page.html)
            self.assertIn(f'id="e-{n}"', r.page.html)
        r = self.ok(self.browser("nurse").submit(self.fill(back, height_cm="１６０", weight_kg="５５．５")))
        self.assertIn("非該当", self.result(r))

    def test_answers_are_judged(self):
        pid, _ = self.person()
        for points, says in (((), "非該当"), (range(1, 11), "該当"), ((1, 2, 3), "非該当"), ((6, 7, 8), "該当"), ((13, 14), "該当"), ((18,), "該当"), ((16, 17), "該当")):
            pid, _ = self.person()
            _, r = self.new(pid, **answers(points))
            tag = re.search(r'class="tag (\w+)">([^<]*)<', self.result(r))
            self.assertEqual((tag.group(2).startswith("該当"), tag.group(2).startswith("非該当")), (says == "該当", says == "非該当"), points)

    def test_blanks_are_named_and_filled(self):
        pid, _ = self.person()
        # two points of 運動器 given, two of it open: three would do
        rid, r = self.new(pid, **answers({6, 7}, blank={8, 9}))
        self.assertIn("判定不能", self.result(r))
        missing = r.page.html.split("次の未回答によって")[1].split("</ul>")[0]
        self.assertEqual(re.findall(r"<li>(\d+) ", missing), ["8", "9"])
        c = self.browser("nurse")
        self.assertIn("判定不能", c.get(f"/persons/{pid}/checklists").text)
        boxes = {l for l in c.get("/").page.links if l.startswith("/work/")}
        found = [b for b in boxes if pid in "".join(c.get(b).page.links) and "未回答" in c.get(b).text]
        self.assertTrue(found, "the work of today asks for the rest")
        form = self.form(c, f"/responses/{rid}/edit", f"/responses/{rid}")
        key = form.get("draft")
        self.draft(c, key, {"kcl08": ["N"]})
        self.assertIn(f"/responses/{rid}/edit", c.get("/drafts").page.links)
        r = self.ok(c.submit(self.fill(form, kcl08="N", kcl09="N")))
        self.assertIn("該当", self.result(r))
        self.assertNotIn("判定不能", self.main(r))
        self.assertFalse(self.drafted(c, key)["found"], "what was saved is no draft any more")
        self.assertFalse([b for b in boxes if pid in "".join(c.get(b).page.links) and "未回答" in c.get(b).text])

    def test_person_of_sixty_is_warned_about(self):
        pid, _ = self.person(birth="S41.5.5")
        rid, r = self.new(pid, **answers({6, 7, 8}))
        self.assertIn("65歳になっていません", self.main(r))
        self.assertIn("要介護・要支援認定の申請", self.main(r))
        self.assertIn("65歳になっていません", self.main(self.browser("nurse").get(f"/responses/{rid}/edit")))
        old, _ = self.person(birth="S10.5.5")
        rid, r = self.new(old, height_cm="16", **answers())
        self.assertNotIn("65歳になっていません", self.main(r))
        self.assertIn("身長が100〜220cmの外です", self.main(r))

    # ---- two dates, two who write ----

    def test_two_dates_side_by_side(self):
        pid, _ = self.person()
        one, _ = self.new(pid, kcl_date="R8.5.1", **answers({1, 2, 9, 13}))
        two, _ = self.new(pid, kcl_date="R8.11.1", weight_kg="54", **answers({2, 3, 13, 18}, blank={20}))
        r = self.ok(self.browser("nurse").get(f"/responses/{two}?with={one}"))
        moved = re.findall(r'<tr class="moved"><td class="num">(\d+)</td>', r.page.html)
        self.assertEqual(moved, ["1", "3", "9", "12", "18", "20"], "12: the weight")
        self.assertEqual(r.page.html.count("変わった"), 6)
        self.assertIn(f"/responses/{two}?with={one}", self.browser("nurse").get(f"/persons/{pid}/checklists").page.links)
        other, _ = self.person()
        foreign, _ = self.new(other, **answers())
        self.assertEqual(self.browser("nurse").get(f"/responses/{two}?with={foreign}").status, 404, "never with another person's")

    def test_two_writers(self):
        pid, _ = self.person()
        rid, _ = self.new(pid, **answers())
        a, b = self.browser("nurse"), self.browser("social")
        fa, fb = (self.form(c, f"/responses/{rid}/edit", f"/responses/{rid}") for c in (a, b))
        self.ok(a.submit(self.fill(fa, kcl01="N", kcl02="N", desired_service="看護師の書いた希望")))
        r = self.ok(b.submit(self.fill(fb, kcl03="N", desired_service="社会福祉士の書いた希望")), 409)
        self.assertNotIn("{", r.text, "answers in words, not as they are stored")
        back = self.post_form(r, f"/responses/{rid}")
        self.assertEqual(set(back.options), {"desired_service"}, "only what both changed is asked about")
        theirs = "看護師の書いた希望"
        r = self.ok(b.submit(back.set("desired_service", theirs)))
        form = self.form(b, f"/responses/{rid}/edit", f"/responses/{rid}")
        self.assertEqual([form.get(n) for n in ("kcl01", "kcl02", "kcl03", "desired_service")], ["N", "N", "N", theirs])
        # the same question, answered by both: yes or no, in words
        fa, fb = (self.form(c, f"/responses/{rid}/edit", f"/responses/{rid}") for c in (a, b))
        self.ok(a.submit(self.fill(fa, respondent="self")))
        r = self.ok(b.submit(self.fill(fb, respondent="family")), 409)
        back = self.post_form(r, f"/responses/{rid}")
        self.assertEqual(back.options["respondent"], ["family", "self"])
        self.assertIn("家族", r.text)

    # ---- out of the house and back ----

    def test_paper_sheet_and_fhir(self):
        pid, who = self.person()
        rid, _ = self.new(pid, **answers({6, 7, 8, 18}))
        c = self.browser("nurse")
        pdf = c.get(f"/responses/{rid}/pdf")
        self.assertEqual(pdf.headers["content-type"], "application/pdf")
        words = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf.body, capture_output=True, check=True).stdout.decode()
        self.assertIn(who.replace(" ", ""), re.sub(r"\s", "", words))
        self.assertIn("該当", words)
        sheet = c.get(f"/responses/{rid}/xlsx")
        with zipfile.ZipFile(io.BytesIO(sheet.body)) as z:
            self.assertIsNone(z.testzip())
            text = ""
            for part in z.namelist():
                if part.endswith((".xml", ".rels")):
                    expat.ParserCreate().Parse(z.read(part), True)
                    text += z.read(part).decode()
        self.assertIn(who, text)
        self.assertNotIn(f"/responses/{rid}/fhir", c.get(f"/responses/{rid}").page.links, "no link to what one may not do")
        c.submit(self.form(c, f"/persons/{pid}", f"/persons/{pid}/charges"))
        self.assertIn(f"/responses/{rid}/fhir", c.get(f"/responses/{rid}").page.links)
        fhir = c.get(f"/responses/{rid}/fhir")
        self.ok(fhir)
        self.assertIn("fhir+json", fhir.headers["content-type"])
        self.ok(self.upload(c, pid, fhir.body))  # back to the same person: nobody is asked
        other, other_name = self.person()
        r = self.upload(c, other, fhir.body)
        r = self.other_person(c, r, other, who, other_name)
        self.ok(r)
        shown = lambda r: re.findall(r'<td class="num">(\d+)</td><td>[^<]*</td><td>(.*?)</td>', r.page.html)
        self.assertEqual(shown(r), shown(c.get(f"/responses/{rid}")))
        self.assertEqual(len(shown(r)), 27, "25 questions, height and weight")
        # a file that is none keeps the list on the page and says so
        r = self.ok(self.upload(c, other, b"{\"resourceType\": \"Patient\"}"), 422)
        self.assertTrue(r.page.html.split('id="faults"')[1])
        self.assertTrue([l for l in r.page.links if l.startswith("/responses/")], "the list is still there")
        self.assertEqual(self.upload(c, other, b"\xff\xfe").status, 422)

    def other_person(self, c, r, pid, file_name, here):
        """The file says somebody else: nothing is written until somebody says it is this one. The answer after that."""
        count = lambda: self.one("select count(*) from response r join person p on p.id = r.person_id where p.pid = ?", pid)
        self.assertEqual((r.status, count()), (422, 0))
        self.assertIn("ファイルの氏名・生年月日と違います", r.text)
        for words in (file_name, here, "別の方のファイルかもしれません"):
            self.assertIn(words, r.text)
        action = f"/persons/{pid}/checklists/import"
        form = self.post_form(r, action)
        self.assertFalse(form.get("same"), "nothing is chosen beforehand")
        r = c.submit(form)
        self.assertEqual((r.status, count()), (422, 0), "no answer, nothing written")
        r = self.ok(c.submit(self.post_form(r, action).set("same", "other")))
        self.assertEqual(count(), 0)
        self.assertIn("何も書きこんでいません", r.text)
        form = self.post_form(r, action)
        r = c.submit(self.post_form(self.upload(c, pid, self.file), action).set("same", "same"))
        self.assertEqual(count(), 1)
        said = self.one("select answers from response r join person p on p.id = r.person_id where p.pid = ?", pid)
        self.assertIn(here, said)
        self.assertNotIn(file_name, said, "the name of the register stays")
        return r

    def test_file_that_differs_a_little(self):
        pid, who = self.person()
        rid, _ = self.new(pid, **answers())
        c = self.browser("nurse")
        c.submit(self.form(c, f"/persons/{pid}", f"/persons/{pid}/charges"))
        body = c.get(f"/responses/{rid}/fhir").body.decode()
        count = lambda: self.one("select count(*) from response r join person p on p.id = r.person_id where p.pid = ?", pid)
        # width and spaces are no difference
        self.ok(self.upload(c, pid, body.replace(who, who.replace(" ", "　")).encode()))
        self.assertEqual(count(), 2)
        # a birth date alone: asked, with one button to go on
        born = re.search(r'"valueDate": ?"(19[0-9-]+)"', body).group(1)
        r = self.upload(c, pid, body.replace(born, "1925-01-02").encode())
        self.assertEqual((r.status, count()), (422, 2))
        self.assertIn("ファイルの生年月日と違います", r.text)
        self.assertIn("大正14年1月2日", r.text)
        self.assertNotIn("別の方のファイルかもしれません", r.text)
        form = self.post_form(r, f"/persons/{pid}/checklists/import")
        r = self.ok(c.submit(form, button=("same", "same")))
        self.assertEqual(count(), 3)
        self.assertEqual(self.one("select count(*) from response where answers like '%1925-01-02%'"), 0)

    def upload(self, c, pid, body):
        self.file = body
        form = self.form(c, f"/persons/{pid}/checklists", f"/persons/{pid}/checklists/import")
        edge = "x" * 30
        parts = b"".join(f'--{edge}\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in form.fields)
        parts += f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="q.json"\r\nContent-Type: application/json\r\n\r\n'.encode() + body + f"\r\n--{edge}--\r\n".encode()
        return c.request("POST", form.action, parts, {"Content-Type": f"multipart/form-data; boundary={edge}"})

    def test_issued_stays_as_it_was(self):
        pid, who = self.person()
        rid, _ = self.new(pid, **answers({6, 7, 8}))
        c = self.browser("nurse")
        c.submit(self.form(c, f"/persons/{pid}", f"/persons/{pid}/charges"))
        r = self.ok(c.submit(self.form(c, f"/responses/{rid}", f"/responses/{rid}/issue").set("recipient", "長女 はな")))
        self.assertIn("/documents", r.url)
        self.assertIn("長女 はな", r.text)
        link = next(l for l in r.page.links if l.startswith("/documents/"))
        first = c.get(link).body
        self.assertTrue(first.startswith(b"%PDF"))
        self.ok(c.submit(self.fill(self.form(c, f"/responses/{rid}/edit", f"/responses/{rid}"), kcl06="Y", kcl07="Y", kcl08="Y")))
        self.assertIn("非該当", self.result(c.get(f"/responses/{rid}")))
        self.assertEqual(c.get(link).body, first, "a reprint is the bytes as issued")
        self.assertEqual(self.browser("nurse2").get(link).status, 404)

    def test_bin_asks_why(self):
        pid, _ = self.person()
        rid, _ = self.new(pid, **answers())
        c = self.browser("nurse")
        r = self.ok(c.submit(self.form(c, f"/responses/{rid}", f"/responses/{rid}/retire")), 422)
        self.ok(c.submit(self.post_form(r, f"/responses/{rid}/retire").set("reason", "別の方のもの")))
        self.assertEqual(c.get(f"/responses/{rid}").status, 404)
        self.assertEqual(self.browser("nurse2").get(f"/persons/{pid}/checklists").status, 404)


if __name__ == "__main__":
    care_walk.main(__doc__)
