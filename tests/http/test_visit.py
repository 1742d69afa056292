#!/usr/bin/env python3
"""支援経過, モニタリング, 評価 without script: entries and corrections that keep the old text, paper and CSV by period, interviews with
what the law asks of them, evaluations and the set of papers before a plan ends.
Usage: test_visit.py TSUNAGI"""
import re, subprocess, tempfile, pathlib

import care_walk
from care_walk import Walk


class Visit(Walk):
    def person(self):
        n = self.one("select count(*) from person")
        return self.make(name=f"訪問 {'一二三四五六七八九'[n % 9]}{n}", kana="ホウモン " + "アカサタナハマヤラ"[n % 9], birth=f"S{5 + n % 9}.{1 + n % 12}.{1 + n % 28}",
                         home_address=f"つなぎ市北町{n}")

    def case(self, pid, kind="prevention", start="R8.4.1"):
        c = self.browser("nurse")
        form = self.form(c, f"/persons/{pid}/cases/new", f"/persons/{pid}/cases")
        r = self.ok(c.submit(self.fill(form, kind=kind, referred_on="R8.3.1", expl_on="R8.3.1", expl_to="本人", contract_on="R8.3.2", start_on=start)))
        return re.search(r"/cases/([0-9a-z]{26})", r.url).group(1)

    def entry(self, pid, status=200, who="nurse", **fields):
        c = self.browser(who)
        form = self.form(c, f"/persons/{pid}/log/new", f"/persons/{pid}/log")
        return self.ok(c.submit(self.fill(form, **fields)), status)

    def text_of(self, pdf):
        with tempfile.NamedTemporaryFile(suffix=".pdf") as f:
            f.write(pdf)
            f.flush()
            return re.sub(r"\s+", "", subprocess.run(["pdftotext", "-layout", f.name, "-"], capture_output=True, check=True).stdout.decode())

    # ---- 支援経過 ----

    def test_entry_and_correction(self):
        pid = self.person()
        c = self.browser("nurse")
        r = self.entry(pid, 422, item="phone", content="", at_on="R8.11.19", at_time="14:05", partner="長女")
        self.assertIn('href="#f-content"', r.page.html)
        back = self.post_form(r, f"/persons/{pid}/log")
        self.assertEqual((back.get("partner"), back.get("at_time"), back.get("item")), ("長女", "14:05", "phone"))
        r = self.ok(c.submit(self.fill(back, content="転んだとの電話。けがはない。", next_on="R8.11.25", minutes="15")))
        self.assertIn("転んだとの電話", self.main(r))
        self.assertIn("14:05", self.main(r))
        r = self.entry(pid, 422, item="visit", content="あす行く", at_on="R8.12.24")
        self.assertIn("先の日付", r.text)
        entry = self.one("select pid from care_log where content like '転んだ%' and person_id = (select id from person where pid = ?)", pid)
        # a correction strikes the old text and keeps it; two who correct the same one: the second is told
        a, b = self.browser("nurse"), self.browser("social")
        fa, fb = (self.form(x, f"/log/{entry}/correct", f"/log/{entry}/correct") for x in (a, b))
        r = self.ok(a.submit(self.fill(fa, content="転んだとの電話。左手首が腫れている。", reason="")), 422)
        self.assertIn("訂正の理由", r.text)
        r = self.ok(a.submit(self.fill(self.post_form(r, f"/log/{entry}/correct"), reason="聞き違い")))
        self.assertIn("<del>転んだとの電話。けがはない。</del>", r.page.html)
        self.assertIn("左手首が腫れている", self.main(r))
        r = self.ok(b.submit(self.fill(fb, content="別の言葉", reason="別の理由")), 409)
        self.assertEqual(self.post_form(r, f"/log/{entry}/correct").get("content"), "別の言葉")
        self.assertIn("もう訂正されています", r.text)
        self.assertEqual(self.one("select count(*) from care_log where content = '別の言葉'"), 0)
        self.assertEqual(self.one("select count(*) from care_log where person_id = (select id from person where pid = ?)", pid), 2)
        r = self.ok(a.get(f"/log/{entry}"))
        self.assertIn("聞き違い", r.text)
        self.assertIn("/log/", "".join(r.page.links))
        self.assertNotIn("けがはない", self.main(self.ok(a.get(f"/persons/{pid}/log?live=1"))))
        # the time line says one valid entry; the day's list too
        self.assertIn("左手首", self.ok(a.get(f"/persons/{pid}/timeline")).text)
        self.assertIn(f"/persons/{pid}/log", "".join(self.ok(a.get("/visits?on=R8.11.25")).page.links))
        self.assertIn("15", self.main(self.ok(a.get("/visits?on=R8.11.19&who=all"))))

    def test_only_struck(self):
        pid = self.person()
        c = self.browser("nurse")
        self.entry(pid, item="visit", content="となりの人の記録")
        entry = self.one("select pid from care_log where person_id = (select id from person where pid = ?)", pid)
        form = self.form(c, f"/log/{entry}/correct", f"/log/{entry}/correct")
        r = self.ok(c.submit(self.fill(form, reason="人ちがい", only_strike="1")))
        self.assertIn("<del>となりの人の記録</del>", r.page.html)
        self.assertEqual(self.one("select count(*) from timeline where table_name = 'care_log' and is_hidden = 0 and person_id = (select id from person where pid = ?)", pid), 0)
        self.assertTrue(c.get(f"/log/{entry}/correct").url.endswith(f"/log/{entry}"))

    def test_paper_and_csv_by_period(self):
        pid = self.person()
        c = self.browser("nurse")
        self.case(pid, kind="home")
        self.entry(pid, item="phone", content="十月の電話。", at_on="R8.10.30")
        self.entry(pid, item="visit", content="十一月の訪問。\n薬を確かめた。", at_on="R8.11.2", partner="本人")
        self.entry(pid, item="other", item_text="救急", content="=SUM(1)", at_on="R8.11.3")
        r = self.ok(c.get(f"/persons/{pid}/log/pdf?from=R8.11.1&to=R8.11.30"))
        text = self.text_of(r.body)
        for word in ("居宅介護支援経過", "十一月の訪問", "薬を確かめた", "R8.11.2（月）", "訪問（本人）", "救急"):
            self.assertIn(word, text)
        self.assertNotIn("十月の電話", text)
        csv = self.ok(c.get(f"/persons/{pid}/log/csv?from=R8.11.1")).body.decode("utf-8-sig")
        self.assertIn("十一月の訪問", csv)
        self.assertIn("'=SUM(1)", csv)
        self.assertNotIn("十月の電話", csv)
        self.assertEqual(self.ok(c.get(f"/persons/{pid}/log/xlsx")).body[:2], b"PK")

    def test_from_the_caseload(self):
        pid = self.person()
        c = self.browser("nurse")
        form = self.form(c, f"/persons/{pid}/log/new?back=/caseload?staff=me", f"/persons/{pid}/log")
        r = self.ok(c.submit(self.fill(form, item="phone", content="一覧から。")))
        self.assertIn("/caseload?staff=me", r.url)
        form = self.form(c, f"/persons/{pid}/log/new?back=//evil.example/", f"/persons/{pid}/log")
        r = self.ok(c.submit(self.fill(form, item="phone", content="一覧から。")))
        self.assertIn(f"/persons/{pid}/log", r.url)

    def test_another_office_sees_nothing(self):
        pid = self.person()
        self.entry(pid, item="visit", content="秘密")
        entry = self.one("select pid from care_log where person_id = (select id from person where pid = ?)", pid)
        for who in ("cm2", "provider"):
            c = self.browser(who)
            for path in (f"/log/{entry}", f"/log/{entry}/correct", f"/persons/{pid}/log", f"/persons/{pid}/log/new", f"/persons/{pid}/log/pdf", f"/persons/{pid}/log/csv"):
                self.ok(c.get(path), 404)


if __name__ == "__main__":
    care_walk.main(__doc__)
