#!/usr/bin/env python3
"""What a row of the list of persons says, and to whom; what holds 「今」 among the records of a person.
Usage: test_person_list.py TSUNAGI PERSON_HOUSE"""
import pathlib, re, sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import client
from register_house import PROGRAMS, RegisterHouse, main


class Rows(RegisterHouse):
    def row(self, c, pid, url="/persons?scope=everyone&sort=new"):
        html = c.get(url).page.html
        found = re.search(rf'<tr>\s*<th scope="row"><a href="/persons/{pid}">.*?</tr>', html, re.S)
        self.assertIsNotNone(found, "no row for the person")
        return re.sub(r"<[^>]+>", " ", found.group(0))

    def consent(self, head, pid, classes):
        head.submit(self.form(head, f"/persons/{pid}", f"/persons/{pid}/charges"))
        action = f"/persons/{pid}/consents"
        form = self.form(head, action + "/new", action)
        r = head.submit(form.set("org", self.ids["office"]).set("classes", classes).set("purpose", "care_plan").set("how", "paper").set("agreed_by", "self"))
        self.assertEqual(r.status, 200, r.text[:900])

    def test_certification_in_a_row(self):
        c = self.browser("hana")
        old = self.make(name="期限 切男", kana="キゲン キレオ", birth="S9.9.9", home_address="見本市中央2-2", mobile="090-5550-0001")
        self.assertIn("認定なし", self.row(c, old))
        self.assertIn("090-5550-0001", self.row(c, old), "the mobile number where there is no other")
        self.add(c, old, "certification", status="certified", apply_kind="new", applied_on="R7.4.1", decided_on="R7.4.25", level="s1",
                 from_on="R7.4.1", to_on="R7.9.30")
        row = self.row(c, old)
        self.assertIn("要支援1", row)
        self.assertIn("期限切れ", row)
        self.add(c, old, "certification", status="applying_new", apply_kind="new", applied_on="R8.11.1")
        self.assertIn("新規申請中", self.row(c, old), "an application is said where nothing holds")
        now = self.make(name="有効 中子", kana="ユウコウ ナカコ", birth="S9.9.10", home_address="見本市中央2-3", phone="03-5550-0002", mobile="090-5550-0002")
        self.add(c, now, "certification", status="certified", apply_kind="new", applied_on="R8.6.1", decided_on="R8.6.25", level="c2",
                 from_on="R8.6.1", to_on="R8.11.30")
        self.add(c, now, "certification", status="applying_renew", apply_kind="renew", applied_on="R8.11.2")
        row = self.row(c, now)
        self.assertIn("要介護2", row)
        self.assertIn("あと10日", row)
        self.assertNotIn("申請中", row)
        self.assertIn("03-5550-0002", row)
        self.assertNotIn("090-5550-0002", row)
        found = self.search(c, "ユウコウ ナカコ")
        self.assertIn("要介護2", found.text, "a search says the same")

    def test_a_row_says_nothing_of_a_closed_class(self):
        hana, head, cm = self.browser("hana"), self.browser("osa"), self.browser("midori")
        shut, seen = [self.make(name=n, kana=k, birth="S8.8.8", home_address="見本市中央5-5")
                      for n, k in (("閉じ 一子", "トジ イチコ"), ("開き 二子", "ヒラキ ニコ"))]
        for pid in (shut, seen):
            self.add(hana, pid, "certification", status="certified", apply_kind="new", applied_on="R8.6.1", decided_on="R8.6.25", level="c3",
                     from_on="R8.6.1", to_on="R9.5.31")
        self.consent(head, shut, ["family"])
        self.consent(head, seen, ["care"])
        self.assertIn("要介護3", self.row(cm, seen))
        row = self.row(cm, shut)
        self.assertIn("同意なし", row)
        self.assertNotIn("要介護", row)
        self.assertNotIn("令和9年", row)

    def test_more_than_one_batch(self):
        c = self.browser("jiro")
        pids = []
        for i in range(23):
            pids.append(self.make("hana", name=f"多数 {i}子", kana="タスウ " + "アイウエオカキクケコサシスセソタチツテトナニヌ"[i] + "コ", birth=f"S12.{i % 12 + 1}.{i + 1}",
                                  home_address="見本市中央7-7", phone=f"03-5550-11{i:02d}"))
        found = self.search(c, "タスウ")
        for i, pid in enumerate(pids):
            self.assertIn(f"03-5550-11{i:02d}", self.row(c, pid, found.url), f"row {i} of a search")

    def test_only_the_newest_rank_holds_now(self):
        c = self.browser("hana")
        pid = self.make(name="判定 三度", kana="ハンテイ サンド", birth="S6.6.6", home_address="見本市中央8-8")
        for kind, value, day in (("adl", "J1", "R6.4.1"), ("adl", "A2", "R8.4.1"), ("dementia", "1", "R7.4.1")):
            self.add(c, pid, "rank", kind=kind, value=value, judged_on=day, source="survey")
        html = c.get(f"/persons/{pid}/insurance").page.html
        card = re.search(r"<h2>日常生活自立度</h2>(.*?)</section>", html, re.S).group(1)
        rows = [re.sub(r"<[^>]+>", " ", x) for x in re.findall(r"<p>(.*?)</p>", card, re.S) if "判定を加える" not in x]
        now = [x for x in rows if " 今 " in f" {x} "]
        self.assertEqual(len(rows), 3, rows)
        self.assertEqual(len(now), 2, now)
        self.assertTrue(any("A2" in x for x in now), now)
        self.assertFalse(any("J1" in x for x in now), now)

    def test_a_line_of_time_leads_to_its_consultation(self):
        c = self.browser("hana")
        pid = self.make(name="経過 一男", kana="ケイカ カズオ", birth="S6.6.16", home_address="見本市中央8-9")
        form = self.form(c, f"/consults/new?person={pid}", "/consults")
        r = c.submit(form.set("source", [v for v in form.options["source"] if v][0]).set("content", "はじめの相談").set("person", pid))
        self.assertEqual(r.status, 200, r.text[:900])
        consult = re.search(r"/consults/([0-9a-z]{26})", r.url).group(1)
        r = c.submit(self.form(c, f"/consults/{consult}", f"/consults/{consult}/entries").set("content", "次の日の電話"))
        self.assertEqual(r.status, 200, r.text[:900])
        r = c.get(f"/persons/{pid}/timeline")
        row = next(x for x in re.findall(r"<tr>.*?</tr>", r.page.html, re.S) if "次の日の電話" in x)
        self.assertIn(f'href="/consults/{consult}"', row)
        self.assertIn(self.ids["centre"], r.page.form("/timeline").options["org"])
        self.assertNotIn(self.ids["north"], r.page.form("/timeline").options["org"], "only who has written something")

    def test_commands_give_their_memory_back(self):
        """A command that loads fonts and catalogues ends clean; with the sanitizers a leak ends it with another number."""
        done = client.run(PROGRAMS["tsunagi"], "person", "find", "ユウコウ", "--as", "hana", "--data", self.dir + "/data", check=False)
        self.assertEqual(done.returncode, 0, done.stderr.decode("utf-8", "replace")[-1500:])


if __name__ == "__main__":
    main(__doc__)
