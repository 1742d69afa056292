#!/usr/bin/env python3
"""振り分け without script: what is missing, the proposal and its reason, another way with a reason, the four paths (C-022), papers to
hand in, tasks, and the next day. Usage: test_routing.py TSUNAGI"""
import re

import care_walk
from care_walk import Walk
from test_checklist import answers


class Routing(Walk):
    def person(self):
        n = self.one("select count(*) from person")
        return self.make(name=f"経路 {'一二三四五六七八九'[n % 9]}{n}", kana="ケイロ " + "アカサタナハマヤラ"[n % 9], birth=f"S{5 + n % 9}.{1 + n % 12}.{1 + n % 28}",
                         home_address=f"つなぎ市北町{n}")

    def checklist(self, pid, points):
        c = self.browser("nurse")
        form = self.form(c, f"/persons/{pid}/checklists/new", f"/persons/{pid}/checklists")
        self.ok(c.submit(self.fill(form, height_cm="160", weight_kg="55", **answers(points))))

    def certified(self, pid, level):
        c = self.browser("nurse")
        c.submit(self.form(c, f"/persons/{pid}", f"/persons/{pid}/charges"))
        form = self.form(c, f"/persons/{pid}/records/certification/new", f"/persons/{pid}/records/certification")
        self.ok(c.submit(self.fill(form, status="certified", apply_kind="new", applied_on="R8.9.1", decided_on="R8.9.25", level=level, from_on="R8.9.1",
                                   to_on="R9.8.31")))

    def route(self, pid, status=200, **fields):
        c = self.browser("nurse")
        form = self.form(c, f"/persons/{pid}/routings/new", f"/persons/{pid}/routings")
        return self.ok(c.submit(self.fill(form, **fields)), status)

    def test_proposal_names_what_is_missing(self):
        pid = self.person()
        c = self.browser("nurse")
        r = self.ok(c.get(f"/persons/{pid}/routings/new"))
        self.assertIn("まだ決められません", r.text)
        self.assertIn("希望", r.page.html.split("次のことが分かると決まります。")[1].split("</ul>")[0])
        form = self.fill(self.post_form(r, f"/persons/{pid}/routings"), wish="general", note="書きかけのメモ", decided_on="R8.11.19")
        r = self.ok(self.button(c, form, f"/persons/{pid}/routings/propose"))
        back = self.post_form(r, f"/persons/{pid}/routings")
        self.assertEqual((back.get("wish"), back.get("note"), back.get("decided_on")), ("general", "書きかけのメモ", "R8.11.19"))
        self.assertEqual(self.one("select count(*) from routing r join person p on p.id = r.person_id where p.pid = ?", pid), 0)
        # neither answers nor a choice: nothing is saved; another way without a reason neither
        self.route(pid, 422, note="残る")
        r = self.route(pid, 422, wish="general", needs_cert="no", route="apply", note="残る")
        back = self.post_form(r, f"/persons/{pid}/routings")
        self.assertEqual((back.get("route"), back.get("note")), ("apply", "残る"))
        self.assertIn('href="#f-override_reason"', r.page.html)
        r = self.ok(c.submit(back.set("override_reason", "本人が申請を望んだ")))
        self.assertIn("本人が申請を望んだ", r.text)

    def test_four_paths(self):
        # 一般介護予防のみ
        pid = self.person()
        r = self.route(pid, wish="general", needs_cert="no")
        self.assertIn("一般介護予防", self.main(r))
        # 事業対象者
        pid = self.person()
        self.checklist(pid, {6, 7, 8})
        r = self.route(pid, wish="service", needs_cert="no", services=["designated"])
        self.assertIn("ケアマネジメントA", self.main(r))
        papers = [f for f in r.page.forms if f.action.endswith("/handin")]
        self.assertTrue(papers)
        c = self.browser("nurse")
        here = "/work/routed"
        self.assertIn(pid, "".join(c.get(here).page.links), "the work of today shows it")
        tasks = self.one("select count(*) from task t join person p on p.id = t.person_id where p.pid = ? and t.state = 'open'", pid)
        self.assertGreater(tasks, 0)
        for _ in papers:
            r = self.ok(c.submit(next(f for f in r.page.forms if f.action.endswith("/handin"))))
        self.assertFalse([f for f in r.page.forms if f.action.endswith("/handin")], "all handed in")
        self.assertIn("令和8年11月", r.page.html.split('id="s-handin"')[1])
        # 要支援, 予防給付を使う
        pid = self.person()
        self.certified(pid, "s1")
        r = self.route(pid, wish="benefit", needs_cert="no", use_benefit="yes")
        self.assertIn("介護予防支援", self.main(r))
        # 非該当
        pid = self.person()
        self.checklist(pid, set())
        r = self.route(pid, wish="service", needs_cert="no")
        self.assertIn("一般介護予防", self.main(r))
        self.assertIn("当たりませんでした", self.main(r))

    def test_z_next_day(self):
        pid = self.person()
        self.checklist(pid, {6, 7, 8})
        self.route(pid, wish="service", needs_cert="no", services=["designated"])
        self.new_day("2026-11-21T01:00:00Z")
        c = self.browser("nurse")
        found = [l for l in set(c.get("/").page.links) if l.startswith("/work/") and pid in "".join(c.get(l).page.links)]
        self.assertIn("/work/routed", found, "routed yesterday is seen today")
        self.assertGreater(len(found), 1, "and so is what is to be done next")


if __name__ == "__main__":
    care_walk.main(__doc__)
