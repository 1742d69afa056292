#!/usr/bin/env python3
"""訪問の予定 without script: the month with holidays and deadlines, the day with its order and its paper, a visit put in, moved past a
deadline (asked twice), called off, thrown away; records make it done.
Usage: test_visit_plan.py TSUNAGI"""
import re

import care_walk
import test_visit
from care_walk import Walk


class VisitPlan(Walk):
    person, case, plan, insert, entry, text_of = (getattr(test_visit.Visit, n) for n in ("person", "case", "plan", "insert", "entry", "text_of"))

    def put(self, pid, status=200, who="nurse", **fields):
        c = self.browser(who)
        form = self.form(c, f"/persons/{pid}/visits/new", f"/persons/{pid}/visits")
        return self.ok(c.submit(self.fill(form, **fields)), status)

    def visit(self, pid, on):
        return self.one("select v.pid from visit_plan v join person p on p.id = v.person_id where p.pid = ? and v.planned_on = ? and v.retired_ms is null", pid, on)

    def name(self, pid):
        return self.one("select name from person where pid = ?", pid)

    def order(self, day):
        html = self.main(self.ok(self.browser("nurse").get(f"/visits?day={day}")))
        return re.findall(r'<th scope="row"><a href="/persons/([0-9a-z]{26})"', html)

    def test_month_and_day(self):
        pid = self.person()
        c = self.browser("nurse")
        self.plan(pid)
        self.put(pid, planned_on="R8.11.26", from_min="1330", to_min="14:30", purpose="monitoring", place="", note="保険証を見せてもらう。\n犬がいる。")
        month = self.ok(c.get("/visits"))
        for word in ("令和8年11月", "勤労感謝の日", "文化の日", "今日", "13:30", self.name(pid)):
            self.assertIn(word, self.main(month))
        self.assertNotIn("勤労感謝の日", self.main(self.ok(c.get("/visits?month=2026-12&who=all"))))
        self.assertIn("令和8年12月", self.main(self.ok(c.get("/visits?month=2026-12"))))
        self.assertIn("令和8年11月", self.main(self.ok(c.get("/visits?month=2026-13"))))  # no month: this one
        day = next(x for x in month.page.links if x.startswith("/visits?day=2026-11-26"))
        r = self.ok(c.get(day))
        for word in ("令和8年11月26日（木）", "13:30〜14:30", self.name(pid), "つなぎ市北町", "保険証を見せてもらう", "予定"):
            self.assertIn(word, self.main(r))
        pdf = next(x for x in r.page.links if x.startswith("/visits/pdf"))
        text = self.text_of(self.ok(c.get(pdf)).body)
        for word in ("1日の訪問の予定", "令和8年11月26日（木）", "13:30〜", self.name(pid).replace(" ", ""), "つなぎ市北町", "モニタリング", "犬がいる", "高橋由美", "1/1ページ"):
            self.assertIn(word, text)
        self.assertEqual(self.one("select count(*) from visit_plan where from_min = 810 and to_min = 870 and case_id is not null"), 1)
        # who has nothing to do there
        self.assertIn("予定はありません", self.text_of(self.ok(c.get("/visits/pdf?day=2027-01-01")).body))
        self.assertIn("元日", self.main(self.ok(c.get("/visits?day=R9.1.1"))))

    def test_bad_input_stays(self):
        pid = self.person()
        r = self.put(pid, 422, planned_on="R8.11.2", from_min="25:00", to_min="9:00", purpose="consultation", note="書いた言葉")
        for field in ("planned_on", "from_min"):
            self.assertIn(f'href="#f-{field}"', r.page.html)
        back = self.post_form(r, f"/persons/{pid}/visits")
        self.assertEqual((back.get("note"), back.get("purpose"), back.get("planned_on"), back.get("from_min")), ("書いた言葉", "consultation", "R8.11.2", "25:00"))
        self.assertEqual(self.one("select count(*) from visit_plan v join person p on p.id = v.person_id where p.pid = ?", pid), 0)

    def test_past_the_deadline(self):
        pid = self.person()
        c = self.browser("nurse")
        self.plan(pid)
        r = self.ok(c.get(f"/persons/{pid}/visits/new"))
        self.assertIn("期限切れ", self.main(r))  # October
        r = self.put(pid, 422, planned_on="R8.12.3", purpose="monitoring")
        self.assertIn("令和8年11月30日", self.main(r))
        self.assertIn("居宅基準13条14号", self.main(r))
        self.assertIn(">この予定で入れる</button>", r.page.html)
        r = self.ok(c.submit(self.post_form(r, f"/persons/{pid}/visits")))
        self.assertIn("/visits?day=2026-12-03", r.url)
        v = self.visit(pid, "2026-12-03")
        # moved back: nothing is asked; and past the end of the month again: asked, each day anew
        form = self.form(c, f"/visit-plans/{v}/move", f"/visit-plans/{v}/move")
        self.ok(c.submit(self.fill(form, planned_on="R8.11.27")))
        form = self.form(c, f"/visit-plans/{v}/move", f"/visit-plans/{v}/move")
        r = self.ok(c.submit(self.fill(form, planned_on="R8.12.1")), 422)
        self.assertIn(">この日に動かす</button>", r.page.html)
        self.assertEqual(self.one("select planned_on from visit_plan where pid = ?", v), "2026-11-27")
        r = self.ok(c.submit(self.fill(self.post_form(r, f"/visit-plans/{v}/move"), planned_on="R8.12.2")), 422)
        r = self.ok(c.submit(self.post_form(r, f"/visit-plans/{v}/move")))
        self.assertEqual(self.one("select planned_on from visit_plan where pid = ?", v), "2026-12-02")
        self.assertIn("動かしました", r.text)

    def test_two_at_one_time(self):
        a, b = self.person(), self.person()
        self.put(a, planned_on="R8.12.15", from_min="10:00", to_min="11:00", purpose="consultation")
        r = self.put(b, 422, planned_on="R8.12.15", from_min="10:30", purpose="consultation")
        self.assertIn("時刻が重なります", self.main(r))
        self.assertIn(self.name(a), self.main(r))
        self.ok(self.browser("nurse").submit(self.post_form(r, f"/persons/{b}/visits")))
        self.assertEqual(self.order("2026-12-15"), [a, b])

    def test_order_of_the_day(self):
        people = [self.person() for _ in range(3)]
        c = self.browser("nurse")
        for pid, address in zip(people, ("つなぎ市南町9", "つなぎ市北町1", "つなぎ市北町2")):
            form = self.form(c, f"/persons/{pid}/edit", f"/persons/{pid}")
            self.ok(c.submit(self.fill(form, home_address=address)))
            self.put(pid, planned_on="R8.12.16", purpose="consultation")
        self.assertEqual(self.order("2026-12-16"), people)
        v = self.visit(people[2], "2026-12-16")
        r = self.ok(c.get("/visits?day=2026-12-16"))
        r = self.ok(c.submit(self.post_form(r, f"/visit-plans/{v}/up")))
        self.assertEqual(self.order("2026-12-16"), [people[0], people[2], people[1]])
        self.assertFalse(any(f.action == f"/visit-plans/{self.visit(people[0], '2026-12-16')}/up" for f in r.page.forms))
        form = self.post_form(self.ok(c.get("/visits?day=2026-12-16")), "/visits/arrange")
        self.ok(c.submit(form, ("how", "town")))
        self.assertEqual(self.order("2026-12-16"), [people[1], people[2], people[0]])
        r = self.ok(c.get("/visits?day=2026-12-16&who=all"))
        self.assertNotIn("上へ", self.main(r))
        self.assertIn("順番は職員ごと", self.main(r))

    def test_a_record_makes_it_done(self):
        pid = self.person()
        c = self.browser("nurse")
        self.put(pid, planned_on="R8.11.20", purpose="consultation")
        v = self.visit(pid, "2026-11-20")
        self.assertIn("日を動かす", self.main(self.ok(c.get(f"/visit-plans/{v}"))))
        self.entry(pid, item="visit", content="会えた。", at_on="R8.11.20")
        r = self.ok(c.get(f"/visit-plans/{v}"))
        self.assertIn("済み", self.main(r))
        self.assertNotIn("日を動かす", self.main(r))
        self.assertTrue(any(x.startswith("/log/") for x in r.page.links))
        self.assertTrue(c.get(f"/visit-plans/{v}/move").url.endswith(f"/visit-plans/{v}"))

    def test_called_off_thrown_away_and_two_editors(self):
        pid = self.person()
        a, b = self.browser("nurse"), self.browser("social")
        self.put(pid, planned_on="R8.12.21", purpose="consultation")
        v = self.visit(pid, "2026-12-21")
        fa, fb = (self.form(x, f"/visit-plans/{v}/edit", f"/visit-plans/{v}") for x in (a, b))
        self.ok(a.submit(self.fill(fa, note="印かん")))
        r = self.ok(b.submit(self.fill(fb, note="保険証")), 409)
        self.assertIn("印かん", r.text)
        form = self.form(a, f"/visit-plans/{v}/cancel", f"/visit-plans/{v}/cancel")
        r = self.ok(a.submit(self.fill(form, reason="")), 422)
        self.ok(a.submit(self.fill(self.post_form(r, f"/visit-plans/{v}/cancel"), reason="本人が旅行")))
        self.assertIn("取りやめ", self.main(self.ok(a.get("/visits?day=2026-12-21"))))
        self.assertIn("予定はありません", self.text_of(self.ok(a.get("/visits/pdf?day=2026-12-21")).body))
        r = self.ok(a.get(f"/visit-plans/{v}"))
        self.assertIn("本人が旅行", self.main(r))
        self.ok(a.submit(self.post_form(r, f"/visit-plans/{v}/resume")))
        form = self.form(a, f"/visit-plans/{v}/retire", f"/visit-plans/{v}/retire")
        r = self.ok(a.submit(self.fill(form, reason="二重に入れた")))
        self.ok(a.get(f"/visit-plans/{v}"), 404)
        self.assertIn("訪問の予定", self.main(self.ok(a.get("/bin"))))
        self.ok(a.submit(next(f for f in r.page.forms if f.action.startswith("/undo/"))))
        self.assertIn("印かん", self.main(self.ok(a.get(f"/persons/{pid}/visits"))))

    def test_closed_case(self):
        pid = self.person()
        c = self.browser("nurse")
        k = self.case(pid)
        form = self.form(c, f"/cases/{k}/close", f"/cases/{k}/close")
        self.ok(c.submit(self.fill(form, end_on="R8.11.20", end_reason="moved")))
        r = self.put(pid, 422, planned_on="R8.12.1", purpose="consultation")
        self.assertIn("令和8年11月20日に終わっています", self.main(r))

    def test_offered_from_work(self):
        pid = self.person()
        c = self.browser("nurse")
        self.plan(pid)
        # the task comes with a monitoring of October: the next one is of November
        form = self.form(c, f"/persons/{pid}/monitorings/new", f"/persons/{pid}/monitorings")
        self.ok(c.submit(self.fill(form, **{**test_visit.Visit.GOOD, "mon_on": "R8.10.20"})))
        box = "/work/monitoring_unplanned"
        self.assertIn(f"/persons/{pid}/visits/new", self.ok(c.get(box)).page.links)
        self.assertIn(self.name(pid), self.main(self.ok(c.get("/visits?day=2026-11-30&who=all"))))
        self.assertIn("予定なし", self.main(self.ok(c.get("/visits?who=all"))))
        r = self.ok(c.get(f"/persons/{pid}/monitorings"))
        self.assertIn(f"/persons/{pid}/visits/new", r.page.links)
        # by hand, from the day
        r = self.ok(c.get("/visits/new?day=2026-11-27"))
        form = next(f for f in r.page.forms if f.action == "/visits/new")
        r = self.ok(c.submit(form.set("person", pid)))
        self.assertEqual(self.post_form(r, f"/persons/{pid}/visits").get("planned_on"), "令和8年11月27日")
        self.ok(c.submit(self.post_form(r, f"/persons/{pid}/visits")))
        self.assertNotIn(f"/persons/{pid}/visits/new", self.ok(c.get(box)).page.links)
        self.assertIn("期限R8.11.30", self.text_of(self.ok(c.get("/visits/pdf?day=2026-11-27")).body))

    def test_others_see_nothing(self):
        pid = self.person()
        self.put(pid, planned_on="R8.12.22", purpose="consultation", note="秘密の言葉")
        v = self.visit(pid, "2026-12-22")
        for who in ("cm2", "provider"):
            c = self.browser(who)
            for path in (f"/visit-plans/{v}", f"/visit-plans/{v}/edit", f"/visit-plans/{v}/move", f"/visit-plans/{v}/cancel", f"/visit-plans/{v}/retire",
                         f"/persons/{pid}/visits", f"/persons/{pid}/visits/new"):
                self.ok(c.get(path), 404)
            self.assertNotIn("秘密の言葉", self.ok(c.get("/visits?day=2026-12-22&who=all")).text)
            self.assertIn("予定はありません", self.text_of(self.ok(c.get("/visits/pdf?day=2026-12-22&who=all")).body))


if __name__ == "__main__":
    care_walk.main(__doc__)
