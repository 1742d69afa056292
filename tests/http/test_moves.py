#!/usr/bin/env python3
"""Where people go on to when rehabilitation ends (C-207) and people likely to improve (C-211), over HTTP without script: the end of a course asks for the
next place and leaves the list, figures are the same on page, CSV and JSON, who may see nobody gets numbers alone; a judgement is written, corrected,
taken back, and moves the indicator. Usage: test_moves.py TSUNAGI"""
import json, re

import care_walk
from care_walk import Walk


def table(report, key):
    return next(t for s in report["sections"] for t in s["tables"] if t["id"] == key)


def cells(t, code):
    return [c["text"] for c in next(r for r in t["rows"] if r["code"] == code)["cells"]]


class Moves(Walk):
    def report(self, who, at):
        return json.loads(self.ok(self.browser(who).get(at)).body)

    def names(self, who, at="/rehab/moves"):
        return set(re.findall(r"/persons/([0-9a-z]{26})", "\n".join(self.ok(self.browser(who).get(at)).page.links)))

    def said(self, c):
        """The base and those with a next place, as the page's sentence tells."""
        m = re.search(r"(\d+)件のうち、「次の場あり」は(\d+)件", self.ok(c.get("/rehab/moves?y=2026")).text)
        return int(m[1]), int(m[2])

    def test_c207_the_end_leads_on(self):
        c = self.browser("cm1")
        pid = self.one("select p.pid from care_case k join person p on p.id = k.person_id join account a on a.org_id = k.org_id and a.staff_id = k.staff_id where a.login = 'cm1' and k.status = 'active' "
                       "and p.retired_ms is null and k.end_on is null order by p.id desc limit 1")
        base = f"/persons/{pid}/rehab"
        r = self.ok(c.submit(self.fill(self.form(c, f"{base}/goals/new", f"{base}/goals"), type_code="c", provider="見本教室", started_on="R8.7.1", goal="店まで歩く", end_on="R8.9.30")))
        at = "/rehab-goals/" + re.search(r"/rehab-goals/([0-9a-z]{26})", r.url)[1]
        r = self.ok(c.submit(self.fill(self.form(c, f"{at}/edit", at), ended_on="R8.9.30", next_note="北町体操の会")), 422)
        self.assertIn("「終わりかた」を選んでください", r.text)
        self.assertIn("北町体操の会", r.page.html)
        self.ok(c.submit(self.fill(self.post_form(r, at), ended_how="done", next_note="")))
        self.assertIn(at, self.ok(c.get("/rehab/moves")).page.links)
        before = self.said(c)
        self.ok(c.submit(self.fill(self.form(c, f"{at}/edit", at), next_places=["kayoi", "day_care"], next_note="北町体操の会", next_seen_on="R8.10.20")))
        self.assertNotIn(at, self.ok(c.get("/rehab/moves")).page.links)
        self.assertEqual(self.said(c), (before[0], before[1] + 1))
        self.ok(c.get("/rehab/moves.csv"), 403)  # the role takes no statistics along
        self.assertIn("通いの場、通所介護 北町体操の会", re.sub(r"\s+", " ", self.ok(c.get(at)).text))

    def test_c207_page_csv_and_json_agree(self):
        city = self.browser("city")
        r = self.ok(city.get("/rehab/moves?y=2026"))
        report = self.report("city", "/rehab/moves.json?y=2026")
        csv = self.ok(city.get("/rehab/moves.csv?y=2026")).body.decode("utf-8-sig")
        t = table(report, "q.has")
        yes, total = cells(t, "yes"), cells(t, "total")
        self.assertGreater(int(total[0]), 10)
        self.assertIn(f"{total[0]}件のうち、「次の場あり」は{yes[0]}件（{yes[1]}）です。", r.text)
        self.assertIn(f"次の場あり,{yes[0]},{yes[1]}", csv.replace('"', ""))
        self.assertIn("<svg", r.page.html)
        want = self.one("select count(*) from rehab_goal where retired_ms is null and ended_on between '2026-04-01' and '2027-03-31'")
        self.assertEqual(int(cells(table(report, "q.how"), "total")[0]), want)
        quarters = [self.report("city", f"/rehab/moves.json?y=2026&q={q}") for q in (1, 2, 3, 4)]
        self.assertEqual(sum(int(cells(table(x, "q.how"), "total")[0]) for x in quarters), want)
        self.assertIn("該当なし", self.ok(city.get("/rehab/moves?y=2015")).text)
        one = self.ok(city.get("/rehab/moves.csv?y=2026&table=cross.has.centre")).body.decode("utf-8-sig")
        self.assertIn("北部地域包括支援センター", one)
        self.assertNotIn("終わりかた", one)
        self.ok(city.get("/rehab/moves.csv?table=nothing"), 404)
        self.assertEqual(self.ok(city.get("/rehab/moves.pdf?y=2026")).body[:4], b"%PDF")

    def test_c207_who_sees_whom(self):
        left = ("select distinct p.pid from rehab_goal k join person p on p.id = k.person_id where k.retired_ms is null and k.ended_on >= '2026-04-01' and k.next_places = '' "
                "and k.ended_how not in ('hospital', 'facility', 'death', 'moved')")
        town = {r[0] for r in self.rows(left)}
        self.assertGreater(len(town), 1)
        self.assertEqual(self.names("city"), town)
        centres = []
        for who in ("nurse", "nurse2", "nurse3"):
            own = {r[0] for r in self.rows(left + " and p.area_id in (select z.area_id from org_area z join account a on a.org_id = z.org_id where a.login = ? and z.role = 'charge')", who)}
            self.assertEqual(self.names(who), own)
            self.assertTrue(own <= town)
            centres.append(own)
        self.assertTrue(any(centres) and any(own != town for own in centres))
        # the body that coordinates the programme of the town gets its numbers alone
        city = self.browser("city")
        body = self.one("select o.pid from account a join org o on o.id = a.org_id where a.login = 'pt1'")
        self.ok(city.submit(self.fill(self.form(city, "/dispatch/about/edit", "/dispatch/about"), runner=body)))
        r = self.ok(self.browser("pt1").get("/rehab/moves"))
        self.assertEqual(self.names("pt1"), set())
        self.assertIn("数だけ", r.text)
        self.assertNotIn("次の場の記録がない人", r.text)
        self.ok(self.browser("pt1").get("/rehab/moves.json"), 403)  # the role takes nothing along
        texts = re.findall(r"<td class=\"num\">([^<]*)</td>", r.page.html)
        self.assertIn("x", texts)
        self.assertFalse({"1", "2"} & set(texts))

    def test_c211_a_judgement_and_the_indicator(self):
        c = self.browser("nurse")
        case, kind = self.rows("select k.pid, k.kind from care_case k join account a on a.org_id = k.org_id where a.login = 'nurse' and k.kind in ('prevention', 'prev_a') and k.start_on is not null "
                               "and k.end_on is null and k.retired_ms is null and not exists (select 1 from case_prospect x where x.case_id = k.id) order by k.id limit 1")[0]
        at = f"/cases/{case}/prospects"
        self.assertIn(at, self.ok(c.get(f"/cases/{case}")).page.links)
        r = self.ok(c.submit(self.fill(self.form(c, at, at), prospect="likely", reason="")), 422)
        self.assertIn("そう考えた理由を入力してください", r.text)
        before = self.report("nurse", "/rehab/reable.json")
        r = self.ok(c.submit(self.fill(self.post_form(r, at), prospect="likely", on_day="R8.11.1", reason="杖で外に出られる", aim="店まで歩きたい")))
        self.assertIn("いまの見立て", r.text)
        after = self.report("nurse", "/rehab/reable.json")
        self.assertEqual(int(cells(table(after, "q.regained"), "total")[0]), int(cells(table(before, "q.regained"), "total")[0]) + 1)
        self.assertEqual(cells(table(after, "q.prospect"), "total"), cells(table(before, "q.prospect"), "total"))
        page = self.ok(c.get("/rehab/reable"))
        self.assertIn(at, page.page.links)
        n, of = cells(table(after, "q.regained"), "yes"), cells(table(after, "q.regained"), "total")[0]
        self.assertIn(f"「改善の見込みあり」とした利用者{of}人のうち、「自立してサービスを終えた」は{n[0]}人（{n[1]}）です。", page.text)
        self.assertIn("改善の見込みあり（", self.ok(c.get(f"/cases/{case}")).text)
        mark = self.one("select x.pid from case_prospect x join care_case k on k.id = x.case_id where k.pid = ?", case)
        self.ok(self.browser("nurse3").get(f"/prospects/{mark}"), 404)
        r = self.ok(c.submit(self.fill(self.form(c, f"/prospects/{mark}", f"/prospects/{mark}"), reason="杖で一人で外に出られる")))
        self.assertIn("杖で一人で外に出られる", r.text)
        self.assertIn("杖で外に出られる", self.ok(c.get(f"/prospects/{mark}")).text)  # the history
        r = self.ok(c.submit(self.fill(self.form(c, f"/prospects/{mark}/retire", f"/prospects/{mark}/retire"), reason="まちがい")))
        self.assertEqual(cells(table(self.report("nurse", "/rehab/reable.json"), "q.regained"), "total"), cells(table(before, "q.regained"), "total"))
        self.assertEqual(self.ok(c.get("/rehab/reable.pdf")).body[:4], b"%PDF")
        self.assertIn("北部", self.ok(self.browser("city").get("/rehab/reable.csv?table=cross.regained.org")).body.decode("utf-8-sig"))


if __name__ == "__main__":
    care_walk.main(__doc__)
