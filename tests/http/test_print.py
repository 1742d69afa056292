#!/usr/bin/env python3
"""まとめ印刷: choose people and forms on a page, one job makes one file, its owner alone gets it.
Usage: test_print.py TSUNAGI PERSON_HOUSE"""
import pathlib, subprocess, sys, tempfile, time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import client
from register_house import RegisterHouse, main


class Print(RegisterHouse):
    def wait(self, c, url):
        for _ in range(120):
            r = c.get(url)
            if "完了" in r.text or "データなし" in r.text or "結果を受け取る" in r.text or "失敗" in r.text or "取り消" in r.text.replace("取り消す", ""):
                return r
            time.sleep(0.25)
        self.fail("the job does not end: " + r.text[:600])

    def order(self, c, **values):
        form = self.form(c, "/print", "/print")
        for k, v in values.items():
            form.set(k, v)
        return c.submit(form)

    def text(self, pdf):
        with tempfile.NamedTemporaryFile(suffix=".pdf") as f:
            f.write(pdf)
            f.flush()
            return subprocess.run(["pdftotext", f.name, "-"], capture_output=True, text=True, check=True).stdout

    def test_people_and_forms_in_one_file(self):
        c = self.browser("hana")
        pid = self.make(name="印刷 一子", kana="インサツ イチコ", birth="S9.9.9", home_address="見本市中央2-2")
        form = self.form(c, f"/persons/{pid}/checklists/new", f"/persons/{pid}/checklists")
        self.assertEqual(c.submit(form.set("desired_service", "印刷される希望").set("kcl_date", "R8.11.1")).status, 200)
        page = c.get("/print")
        self.assertEqual(page.status, 200)
        self.assertIn("基本チェックリスト", page.text)
        r = self.order(c, who="everyone", form=["riyosha-kihon-joho", "kihon-checklist"], both_sides="1")
        self.assertEqual(r.status, 200, r.text[:900])
        self.assertIn("処理を受け付けました", r.text)
        job = r.url.split("?")[0]
        done = self.wait(c, job)
        self.assertRegex(done.text, r"\d+人、2様式：印刷済 \d+件、データなし \d+件、権限なし 0件")
        self.assertNotIn("印刷 一子", done.text, "no name where jobs are listed")
        self.assertIn("印刷済 1件", done.text)
        got = c.get(job.split("?")[0] + "/result")
        self.assertEqual(got.headers["content-type"].split(";")[0], "application/pdf")
        paper = self.text(got.body)
        self.assertIn("印刷 一子", paper)
        self.assertIn("印刷される希望", paper)
        self.assertIn("基本チェックリスト：印刷済", paper)
        self.assertIn("利用者基本情報：データなし", paper)
        # nobody else sees the job or its file
        other = self.browser("osa")
        self.assertEqual(other.get(job).status, 404)
        self.assertEqual(other.get(job + "/result").status, 404)

    def test_the_people_of_a_search(self):
        c = self.browser("hana")
        for i in range(3):
            self.make(name=f"探索 {i}子", kana="タンサク コ", birth=f"S9.9.{i + 1}", home_address="見本市中央2-2")
        found = self.search(c, "タンサク")
        form = self.form(c, next(l for l in found.page.html.split('"') if l.startswith("/print?search=")), "/print")
        self.assertEqual(form.get("who"), "search")
        r = c.submit(form.set("form", ["riyosha-kihon-joho"]))
        done = self.wait(c, r.url.split("?")[0])
        self.assertIn("3人、1様式：印刷済 0件、データなし 3件", done.text)
        self.assertNotIn("結果を受け取る", done.text, "nothing to print, no file")

    def test_people_ticked_one_by_one(self):
        c = self.browser("hana")
        pids = [self.make(name=f"選択 {n}", kana=f"センタク {k}", birth="S9.9.9", home_address="見本市中央2-2") for n, k in (("一郎", "イチロウ"), ("二郎", "ジロウ"))]
        form = self.form(c, f"/persons/{pids[0]}/checklists/new", f"/persons/{pids[0]}/checklists")
        self.assertEqual(c.submit(form.set("kcl_date", "R8.11.1")).status, 200)
        # one is found and ticked, then another: the first tick, the forms and the period stay
        form = self.form(c, "/print", "/print")
        r = c.submit(form.press("act", "find").set("text", "センタク イチロウ").set("form", ["kihon-checklist"]).set("from", "R8.5.1"))
        self.assertNotIn("センタク", r.url, "nothing typed stands in the address")
        self.assertIn("選択 一郎", r.text)
        self.assertNotIn("選択 二郎", r.text)
        form = next(f for f in r.page.forms if f.action == "/print")
        r = c.submit(form.set("person", [pids[0]]).press("act", "find").set("text", "センタク ジロウ"))
        self.assertIn("選択 一郎", r.text)
        self.assertIn("選択 二郎", r.text)
        form = next(f for f in r.page.forms if f.action == "/print")
        self.assertEqual((form.get("who"), form.get("from")), ("chosen", "R8.5.1"))
        self.assertEqual(form.fields.count(["person", pids[0]]), 1)
        self.assertEqual(form.fields.count(["person", pids[1]]), 0)
        # nobody ticked is said
        again = self.form(c, r.url, "/print")
        refused = c.submit(again.set("person", []))
        self.assertEqual(refused.status, 422)
        self.assertIn("印刷する人に印を付けてください", refused.text)
        # two ticked are printed; nobody else opens what was ticked
        kept = r.url
        done = c.submit(form.set("person", pids))
        self.assertEqual(done.status, 200, done.text[:900])
        job = done.url.split("?")[0]
        self.assertIn("2人、1様式：印刷済 1件、データなし 1件", self.wait(c, job).text)
        self.assertIn("選択 一郎", self.text(c.get(job + "/result").body))
        self.assertEqual(self.browser("osa").get(kept).status, 404)

    def test_what_is_missing_is_said(self):
        c = self.browser("hana")
        r = self.order(c, who="everyone")
        self.assertEqual(r.status, 422)
        self.assertIn("印刷する様式を1つ以上選んでください。", r.text)
        r = self.order(c, who="everyone", form=["kihon-checklist"], **{"from": "R8.5.2", "to": "R8.5.1"})
        self.assertEqual(r.status, 422)
        self.assertIn("期間の終わりは、始まりより後の日にしてください。", r.text)
        self.assertIn("R8.5.2", r.page.html, "what was typed stays")


if __name__ == "__main__":
    main(__doc__)
