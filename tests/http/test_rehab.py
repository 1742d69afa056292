#!/usr/bin/env python3
"""リハビリ without script: a service without goal and end is listed and leaves the list, a conference closes only with reasons and reaches the
care manager, five items are sent after a question and read, scales stand over time and refuse what is out of range. Usage: test_rehab.py TSUNAGI"""
import re

import care_walk
from care_walk import Walk


class Rehab(Walk):
    def person(self):
        """Somebody whom the first care manager has in charge."""
        return self.one("select p.pid from care_case k join person p on p.id = k.person_id join account a on a.org_id = k.org_id and a.staff_id = k.staff_id where a.login = 'cm1' and k.status = 'active' "
                        "and p.retired_ms is null and k.end_on is null order by p.id limit 1")

    def pid(self, r, kind):
        return re.search(rf"/{kind}/([0-9a-z]{{26}})", r.url)[1]

    def test_goal_list_and_reviews(self):
        c, pid = self.browser("cm1"), self.person()
        base = f"/persons/{pid}/rehab"
        self.assertIn("/rehab", self.ok(c.get("/caseload")).page.links)
        r = self.ok(c.submit(self.fill(self.form(c, f"{base}/goals/new", f"{base}/goals"), type_code="14", provider="見本訪問リハ", started_on="R7.9.1", goal="", end_on="R7.1.1")), 422)
        self.assertIn("「終わりの予定日」が「始めた日」より前", r.text)
        self.assertIn("見本訪問リハ", r.page.html)
        r = self.ok(c.submit(self.fill(self.post_form(r, f"{base}/goals"), end_on="")))
        goal = self.pid(r, "rehab-goals")
        edit = f"/rehab-goals/{goal}/edit"
        r = self.ok(c.get("/rehab"))
        self.assertIn(edit, r.page.links)
        self.assertIn("（14か月）", r.text)
        r = self.ok(c.submit(self.fill(self.form(c, edit, f"/rehab-goals/{goal}"), goal="店まで一人で歩く", end_on="R9.3.1")))
        self.assertNotIn(edit, self.ok(c.get("/rehab")).page.links)
        self.assertIn("おおむね3か月ごとの見直し", r.text)
        done = next(f for f in r.page.forms if f.action.startswith("/rehab-reviews/"))
        r = self.ok(c.submit(self.fill(done, note="")), 422)
        r = self.ok(c.submit(self.fill(next(f for f in r.page.forms if f.action.startswith("/rehab-reviews/")), note="目標はそのまま")))
        self.assertIn("目標はそのまま", r.text)
        self.ok(self.browser("cm2").get(f"/rehab-goals/{goal}"), 404)

    def test_conference(self):
        c, pid = self.browser("cm1"), self.person()
        base = f"/persons/{pid}/rehab"
        form = self.form(c, f"{base}/meetings/new", f"{base}/meetings")
        for i, (role, name, attend) in enumerate([("self", "", "came"), ("pt", "見本 療法士", "came"), ("doctor", "見本 医師", "absent"), ("nurse", "見本 看護師", "came"),
                                                  ("provider", "見本 相談員", "online"), ("care_manager", "見本 ケアマネ", "came")]):
            self.fill(form, **{f"role_{i}": role, f"name_{i}": name, f"attend_{i}": attend})
        r = self.ok(c.submit(self.fill(form, held_on="R8.11.19", place="自宅", policy="歩く力を保つ", content="屋外の歩行", coordination="通所介護でも歩く")))
        meeting = self.pid(r, "rehab-meetings")
        at = f"/rehab-meetings/{meeting}"
        r = self.ok(c.submit(self.form(c, at, f"{at}/close")), 422)
        self.assertIn("見本 医師」は欠席ですが、理由が書かれていません", r.text)
        self.ok(c.submit(self.fill(self.form(c, f"{at}/edit", at), absent_reason_2="診療のため")))
        r = self.ok(c.submit(self.form(c, at, f"{at}/close")))
        self.assertEqual(self.one("select count(*) from task k join account a on a.staff_id = k.assignee_staff_id where a.login = 'cm1' and k.row_pid = ? and k.state = 'open'", meeting), 1)
        self.assertIn(at, self.ok(c.get("/work/week?who=me")).page.links)
        self.assertEqual(self.ok(c.get(f"{at}/print")).body[:4], b"%PDF")
        self.ok(c.submit(self.fill(self.post_form(r, f"{at}/take"), note="計画は変えない")))
        self.assertEqual(self.one("select count(*) from task where row_pid = ? and state = 'open'", meeting), 0)

    def test_information(self):
        c, pid = self.browser("cm1"), self.person()
        base = f"/persons/{pid}/rehab"
        r = self.ok(c.submit(self.fill(self.form(c, f"{base}/infos/new", f"{base}/infos"), author="見本 療法士", wishes="公園へ", abilities="500メートル", care_ways="待つ", surroundings="台")))
        at = f"/rehab-infos/{self.pid(r, 'rehab-infos')}"
        self.assertEqual(r.text.count("書かれていません"), 1)
        r = self.ok(c.submit(self.post_form(r, f"{at}/send")), 422)
        self.assertIn("書かれていない項目が1あります", r.text)
        r = self.ok(c.submit(self.fill(self.post_form(r, f"{at}/send"), accept="1")))
        for head in "①②③④⑤":
            self.assertIn(head, r.text)
        self.assertEqual(self.ok(c.get(f"{at}/print")).body[:4], b"%PDF")
        r = self.ok(c.submit(self.post_form(r, f"{at}/read")))
        self.assertIn("読んだ日", r.text)

    def test_scales(self):
        c, pid = self.browser("nurse"), self.make(who="nurse", name="評価 一子", kana="ヒョウカ イチコ", birth="S12.3.4", home_address="つなぎ市北町7-7")
        at = f"/persons/{pid}/measures"
        for form, worst, best, most in (("barthel", {"meal": "0"}, {}, "100点"), ("fai", {"work": "0"}, {}, "45点")):
            for day, more in (("R8.8.1", worst), ("R8.11.1", best)):
                page = self.form(c, f"{at}/{form}/new", f"{at}/{form}")
                top = {n: max(o) for n, o in page.options.items() if n != "period" and any(v.isdigit() for v in o)}
                r = self.ok(c.submit(self.fill(page, done_on=day, **{**top, **more})))
            self.assertIn(most, r.text)
            page = self.form(c, f"{at}/{form}/new", f"{at}/{form}")
            page.fields = [(n, "9" if n == next(iter(worst)) else v) for n, v in page.fields if n != next(iter(worst))] + [(next(iter(worst)), "9")]
            self.ok(c.submit(page), 422)
        r = self.ok(c.get(at))
        self.assertIn("+10点（上がった）", r.text)
        self.assertIn("+3点（上がった）", r.text)
        self.assertEqual(r.page.html.count("<svg"), 2)
        self.assertEqual(self.one("select count(*) from response t join person p on p.id = t.person_id where p.pid = ? and t.form_id in ('barthel', 'fai')", pid), 4)


if __name__ == "__main__":
    care_walk.main(__doc__)
