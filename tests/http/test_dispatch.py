#!/usr/bin/env python3
"""リハビリ専門職派遣事業 over the pages, without script, each side at its own screen: C-194 (question, request, visit: one chain), C-196 (offer, decline, the next),
C-197, C-198 (report under consent), C-199, C-200 (follow-up on both dashboards), C-201 (year, CSV, PDF), C-202, C-212. Usage: test_dispatch.py TSUNAGI"""
import re

import care_walk
from care_walk import Walk

ID = re.compile(r"/dispatch(?:-\w+)?/([0-9a-z]{26})")


class Dispatch(Walk):
    def chain(self, pid, *columns):
        return self.db_row(f"select {', '.join(columns)} from dispatch where pid = ?", pid)

    def db_row(self, sql, *args):
        import sqlite3
        with sqlite3.connect(f"file:{self.dir}/data/tsunagi.db?mode=ro", uri=True) as db:
            return db.execute(sql, args).fetchone()

    def act(self, c, pid, act, **fields):
        return c.submit(self.fill(self.form(c, f"/dispatch/{pid}", f"/dispatch/{pid}/{act}"), **fields))

    def test_one_chain(self):
        c, city, pt = self.browser("nurse"), self.browser("city"), self.browser("pt1")
        # the outline is one link away from every request form (C-212)
        form = self.form(c, "/dispatch/new?mode=inquiry", "/dispatch")
        self.assertIn("/dispatch/about", "".join(self.ok(c.get("/dispatch/new?mode=request")).page.links))
        self.assertIn("より遠い店まで", self.ok(c.get("/dispatch/about")).text)
        r = self.ok(c.submit(self.fill(form, inquiry_text="階段の手すりについて聞きたい")), 422)
        self.assertIn("問い合わせの方法", r.text)
        self.assertIn("階段の手すりについて聞きたい", r.page.html)
        r = self.ok(c.submit(self.fill(self.post_form(r, "/dispatch"), inquiry_how="phone")))
        pid = ID.search(r.url)[1]
        self.ok(self.act(city, pid, "answer", answer="はい、見に行けます"))
        self.ok(self.browser("nurse2").get(f"/dispatch/{pid}"), 404)
        self.ok(pt.get(f"/dispatch/{pid}"), 404)
        # C-197
        form = self.fill(self.form(c, f"/dispatch/{pid}/turn", f"/dispatch/{pid}/turn"), occasion="case_conf", conference="service_meeting", timings=["first"], reasons=["independence"],
                         case_label="80代女性", profession="pt")
        r = self.ok(c.submit(form), 422)
        self.assertIn("サービス担当者会議は、事例検討会に数えません", r.text)
        self.assertIn("行ける専門職", r.text)  # F080
        r = self.ok(c.submit(self.fill(self.post_form(r, f"/dispatch/{pid}/turn"), occasion="visit", conference="")))
        self.assertEqual(self.chain(pid, "state", "inquiry_on is not null", "requested_on is not null"), ("requested", 1, 1))
        # the person, under consent
        hits = self.ok(c.submit(self.fill(self.form(c, f"/dispatch/{pid}/case", f"/dispatch/{pid}/case/find"), text=self.somebody())))
        form = self.post_form(hits, f"/dispatch/{pid}/case")
        who = form.options["person"][0] if hasattr(form, "options") else re.search(r'name="person" value="([0-9a-z]{26})"', hits.page.html)[1]
        self.ok(c.submit(self.fill(form, person=who, agreed_by="self", how="paper")))
        # matched, declined, offered to the next (C-196)
        name = self.db_row("select name from person where pid = ?", who)[0]
        page = self.ok(city.get(f"/dispatch/{pid}"))
        self.assertNotIn(name, page.text)
        self.ok(pt.get(f"/persons/{who}"), 404)
        match = self.ok(city.get(f"/dispatch/{pid}/match"))
        self.assertIn("希望の職種に合う", match.text)
        form = self.post_form(match, f"/dispatch/{pid}/offers")
        self.ok(city.submit(self.fill(form, therapist="")), 422)
        therapists = re.findall(r'<option value="([0-9a-z]{26})"', match.page.html)
        # who is chosen in the table stands in the form, with a day of his own and no other's
        self.assertEqual(form.get("on_day"), "")
        match = self.ok(city.get(f"/dispatch/{pid}/match?who={therapists[1]}"))
        self.assertIn(f'value="{therapists[1]}" selected', match.page.html)
        own = self.post_form(match, f"/dispatch/{pid}/offers")
        self.assertTrue(own.get("on_day") and own.get("time_from"))
        r = self.ok(city.submit(self.post_form(self.ok(city.get(f"/dispatch/{pid}/match?who={therapists[0]}")), f"/dispatch/{pid}/offers")))
        self.assertIn("返事を待っています", r.text)
        offer = re.search(rf"/dispatch/{pid}/offers/([0-9a-z]{{26}})/decline", self.ok(pt.get(f"/dispatch/{pid}")).page.html)[1]
        self.ok(self.act(pt, pid, f"offers/{offer}/decline"), 422)
        r = self.ok(self.act(pt, pid, f"offers/{offer}/decline", decline_reason="load"))
        self.assertIn("次の候補に打診しました", r.text)
        offer = re.findall(rf"/dispatch/{pid}/offers/([0-9a-z]{{26}})/accept", r.page.html)[-1]
        self.ok(self.act(pt, pid, f"offers/{offer}/accept"))
        self.assertIn(name, self.ok(pt.get(f"/persons/{who}")).text)  # seen from now on
        # the day comes
        day = self.db_row("select planned_on from dispatch where pid = ?", pid)[0]
        self.new_day(f"{day}T06:00:00Z")
        c, city, pt = self.browser("nurse"), self.browser("city"), self.browser("pt1")
        self.ok(self.act(c, pid, "hold", minutes="60"))
        self.assertEqual(self.chain(pid, "state", "held_on", "fee_yen"), ("held", day, 8000))
        form = self.form(pt, f"/dispatch/{pid}/report", f"/dispatch/{pid}/report")
        r = self.ok(pt.submit(self.fill(form, observed="つたい歩き", advice="外を歩く練習", goal_changed="yes")), 422)
        self.assertIn("助言を受けた目標", r.text)
        self.ok(pt.submit(self.fill(self.post_form(r, f"/dispatch/{pid}/report"), goal_before="家の中を歩く", goal_after="店まで歩く")))
        self.ok(pt.get(f"/dispatch/{pid}/report/print"), 403)
        self.assertEqual(self.ok(c.get(f"/dispatch/{pid}/report/print")).body[:4], b"%PDF")
        self.assertEqual(self.ok(city.get(f"/dispatch/{pid}/print")).body[:4], b"%PDF")
        self.assertNotIn("外を歩く練習", self.ok(city.get(f"/dispatch/{pid}")).text)
        self.assertIn("外を歩く練習", self.ok(c.get(f"/persons/{who}/timeline")).text)
        self.ok(self.act(c, pid, "effect"), 422)  # C-199: no level, no rating
        self.ok(self.act(c, pid, "effect", rating="very", aspects=["motivation"]))
        # C-200: both see it when the time has come; the result clears it
        due = self.db_row("select due_on from dispatch_follow f join dispatch d on d.id = f.dispatch_id where d.pid = ?", pid)[0]
        self.new_day(f"{due}T01:00:00Z")
        c, city, pt = self.browser("nurse"), self.browser("city"), self.browser("pt1")
        for who_works in (c, city):
            self.assertIn(f"/dispatch/{pid}", "".join(self.ok(who_works.get("/work/today")).page.links) + "".join(self.ok(who_works.get("/work/overdue")).page.links))
        self.ok(self.act(c, pid, "follow", result="better", result_note="店まで歩いている"))
        self.assertEqual(self.db_row("select count(*) from task where table_name = 'dispatch' and row_id = (select id from dispatch where pid = ?) and state = 'open'", pid)[0], 0)
        self.ok(pt.get(f"/persons/{who}"), 404)

    def somebody(self):
        """Somebody whose case the nurse's centre has."""
        return self.db_row("select p.name from care_case k join person p on p.id = k.person_id where k.org_id = (select org_id from account where login = 'nurse') and k.end_on is null "
                           "and k.retired_ms is null and p.retired_ms is null order by k.id limit 1")[0]

    def test_figures_and_lists(self):
        city, head3 = self.browser("city"), self.browser("head3")
        page = self.ok(city.get("/dispatch/year"))
        self.assertIn("事例検討会の平均回数（四半期ごと）", page.text)
        self.assertIn("分母", page.text)
        csv = self.ok(city.get("/dispatch/year/csv"))
        self.assertTrue(csv.body.startswith(b"\xef\xbb\xbf"))
        self.assertIn("派遣事業の活用あり".encode(), csv.body)
        self.assertEqual(self.ok(city.get("/dispatch/year/print")).body[:4], b"%PDF")
        self.ok(self.browser("pt1").get("/dispatch/year"), 404)
        # §5.2: what is paid, line by line; the town alone
        page = self.ok(city.get(next(l for l in page.page.links if l.startswith("/dispatch/pay"))))
        n, yen = self.db_row("select count(*), sum(fee_yen) from dispatch where in_programme = 1 and rehab_org_id is not null and retired_ms is null and held_on between ? and ?",
                             *re.search(r"from=([0-9-]+)&amp;to=([0-9-]+)", page.page.html).groups())
        self.assertGreater(n, 0)
        self.assertIn(f"{n:,}回、謝金は合計 {yen:,}円", page.text)
        self.assertIn("小計", page.text)
        csv = self.ok(city.get(next(l for l in page.page.links if l.startswith("/dispatch/pay/csv")))).body.decode("utf-8-sig").splitlines()
        self.assertEqual(len(csv), n + 1)
        self.assertEqual(sum(int(line.rsplit(",", 1)[1] or 0) for line in csv[1:]), yen)
        self.assertEqual(self.ok(city.get(next(l for l in page.page.links if l.startswith("/dispatch/pay/print")))).body[:4], b"%PDF")
        self.assertIn("「いつから」より前", self.ok(city.get("/dispatch/pay?from=2026-05-01&to=2026-04-01"), 422).text)
        for who in ("head", "pt1"):
            for path in ("", "/csv", "/print"):
                self.ok(self.browser(who).get(f"/dispatch/pay{path}"), 404)
        # C-202
        page = self.ok(city.get("/dispatch-nonuse"))
        self.assertIn("南部地域包括支援センター", page.text)
        nonuse = re.search(r"/dispatch-nonuse/([0-9a-z]{26})", page.page.html)[1]
        self.ok(head3.get(f"/dispatch-nonuse/{nonuse}"))
        self.ok(self.browser("head").get(f"/dispatch-nonuse/{nonuse}"), 404)
        self.ok(city.submit(self.fill(self.form(city, f"/dispatch-nonuse/{nonuse}", f"/dispatch-nonuse/{nonuse}/contact"), contact_note="")), 422)
        self.ok(city.submit(self.fill(self.form(city, f"/dispatch-nonuse/{nonuse}", f"/dispatch-nonuse/{nonuse}/contact"), contact_note="説明に行く")))
        # a fee that overlaps is refused, joint work outside the programme is recorded (C-195) and thrown away with a way back
        r = self.ok(city.submit(self.fill(self.form(city, "/dispatch-fees", "/dispatch-fees"), yen="9000", ground="改正")), 422)
        self.assertIn("重なっています", r.text)
        c = self.browser("head")
        form = self.fill(self.form(c, "/dispatch/new?mode=joint", "/dispatch"), partner_kind="hospital", occasion="visit", timings=["return_home"], reasons=["return_home"], case_label="70代")
        r = self.ok(c.submit(form))
        pid = ID.search(r.url)[1]
        self.assertEqual(self.chain(pid, "state", "in_programme"), ("held", 0))
        r = self.ok(c.submit(self.fill(self.form(c, f"/dispatch/{pid}/retire", f"/dispatch/{pid}/retire"), reason="まちがい")))
        self.ok(c.get(f"/dispatch/{pid}"), 404)
        self.ok(c.submit(next(f for f in r.page.forms if "/undo/trash/" in f.action)))
        self.ok(c.get(f"/dispatch/{pid}"))

    def test_therapists(self):
        pt, c = self.browser("pt1"), self.browser("nurse")
        form = self.fill(self.form(pt, "/dispatch-therapists/new", "/dispatch-therapists"), name="見本 新", profession="ot", w2_from="13:00")
        r = self.ok(pt.submit(form), 422)
        self.assertIn("火曜の時間", r.text)
        r = self.ok(pt.submit(self.fill(self.post_form(r, "/dispatch-therapists"), w2_to="1700")))
        t = ID.search(r.url)[1]
        self.ok(pt.submit(self.fill(self.form(pt, f"/dispatch-therapists/{t}", f"/dispatch-therapists/{t}/times"), kind="off", on_day="R9.6.1")))
        self.assertIn("見本 新", self.ok(c.get("/dispatch/free?profession=ot")).text)
        self.assertNotIn("見本 新", self.ok(c.get("/dispatch/free?profession=st")).text)
        self.ok(c.get("/dispatch-therapists/new"), 403)
        self.ok(self.browser("cm1").get(f"/dispatch-therapists/{t}/retire"), 403)


if __name__ == "__main__":
    care_walk.main(__doc__)
