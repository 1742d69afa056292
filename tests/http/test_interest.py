#!/usr/bin/env python3
"""興味・関心チェックシート without script (C-209, F031): filled in by the client in large letters with no way to other records, the same numbers for
the care manager and for the centre, old answers by date, then and now, wishes become a goal; members of a conference from the register (C-204).
Usage: test_interest.py TSUNAGI"""
import re

import care_walk
from care_walk import Walk


def tick(form, **marks):
    """Boxes that are not ticked on the page: item=("doing", …)."""
    form.fields = [(n, v) for n, v in form.fields if n not in marks] + [(n, v) for n, vs in marks.items() for v in vs]
    return form


class Interest(Walk):
    def shared(self):
        """Somebody the first care manager has in charge; a nurse of the centre of the area cares too."""
        return self.one("select p.pid from care_case k join person p on p.id = k.person_id join account a on a.org_id = k.org_id and a.staff_id = k.staff_id where a.login = 'cm1' and k.status = 'active' "
                        "and p.retired_ms is null and k.end_on is null and exists (select 1 from access_grant g join account n on n.org_id = g.org_id where n.login = 'nurse3' and g.cluster_id = p.cluster_id "
                        "and g.to_on >= '2026-11-20') order by p.id limit 1")

    def handed(self, c, base):
        r = self.ok(c.submit(self.form(c, base, f"{base}/hand")))
        self.assertTrue(r.url.endswith(f"{base}/new"), r.url)
        return r

    def taken_back(self, c, path):
        """The staff member's password opens the rest, and nothing else is asked."""
        r = self.ok(c.get(path))
        self.assertIn("/login?next=", r.url)
        form = next(f for f in r.page.forms if f.action == "/login")
        self.assertEqual([n for n, _ in form.fields if n not in ("csrf", "next", "account")], ["password"])
        r = self.ok(c.submit(form.set("password", "違うパスワード")), 401)
        self.assertIn("パスワード", r.text)
        r = self.ok(c.submit(next(f for f in r.page.forms if f.action == "/login").set("password", care_walk.PASSWORD)))
        self.assertTrue(r.url.endswith(path), r.url)

    def counts(self, r):
        return [int(re.search(rf"{s}\D*?(\d+)件", r.text)[1]) for s in ("している", "してみたい", "興味がある")]

    def test_c209_same_counts_and_a_goal(self):
        c, pid = self.browser("cm1"), self.shared()
        base = f"/persons/{pid}/interests"
        # asked and written down four months ago
        form = self.form(c, f"{base}/new", base)
        r = self.ok(c.submit(tick(self.fill(form, done_on="R8.7.20", filled_by="asked", recorder_job="理学療法士"), toilet=("doing",), shopping=("doing",), cooking=("want_to_try",), traveling=("interested",),
                                  other01=("want_to_try",))), 422)
        self.assertIn("何をすることか書かれていません", r.text)
        self.assertIn("理学療法士", r.page.html)
        r = self.ok(c.submit(self.fill(self.post_form(r, base), other01_name="金魚すくい")))
        old = re.search(r"/responses/([0-9a-z]{26})", r.url)[1]
        self.assertIn("金魚すくい", r.text)
        self.assertEqual(self.one("select count(*) from response where pid = ? and answers like '%金魚すくい%' and answers like '%birth_date%'", old), 1)
        # now the client, alone with the page
        page = self.handed(c, base)
        for away in ("/persons/search", "/logout", f"/persons/{pid}/edit", "/work", "/drafts", f"/persons/{pid}"):
            self.assertNotIn(away, page.page.links)
        self.assertNotIn("生年月日", page.text)
        # nor by an address typed, nor by a request made by hand: the session is the client's page and no more
        for typed in ("/", f"/persons/{pid}", base, "/drafts", "/caseload", f"/responses/{old}"):
            self.assertIn("/login?next=", self.ok(c.get(typed)).url, typed)
        self.assertIn("/login?next=", self.ok(c.get(f"/drafts/person%2F{pid}%2Fbasic")).url)
        self.assertIn("found", c.get(f"/drafts/person%2F{pid}%2Fkyomi-kanshin").text)
        sent = self.form(c, f"{base}/new", base)
        sent.action = f"/responses/{old}/retire"
        self.ok(c.submit(sent), 401)
        r = self.ok(c.submit(tick(self.form(c, f"{base}/new", base), toilet=("doing",), cooking=("doing",), traveling=("want_to_try",), exercise=("want_to_try",), knitting=("interested",))))
        self.assertTrue(r.url.endswith("/interests/thanks"), r.url)
        self.assertNotIn("/drafts", r.page.links)
        self.assertIn("お返しください", r.text)
        self.assertIn("/login?next=", self.ok(c.get(f"{base}/new")).url)  # one sheet for one handing over
        self.taken_back(c, f"{base}")
        new = self.one("select r.pid from response r join person p on p.id = r.person_id where p.pid = ? and r.form_id = 'kyomi-kanshin' order by r.id desc limit 1", pid)
        # the same numbers for both
        seen = []
        for who in ("cm1", "nurse3"):
            b = self.browser(who)
            r = self.ok(b.get(f"/persons/{pid}/rehab"))
            self.assertIn(f"/responses/{new}", r.page.links)
            seen.append([self.counts(self.ok(b.get(f"/responses/{x}"))) for x in (new, old)])
        self.assertEqual(seen, [[[2, 2, 1], [2, 2, 1]]] * 2)
        self.assertIn("本人が記入", self.ok(c.get(f"/responses/{new}")).text)
        self.ok(self.browser("cm2").get(f"/responses/{new}"), 404)
        # then and now
        r = self.ok(c.get(f"{base}?then={old}&now={new}"))
        self.assertIn("「している」になったもの 1 件、「している」でなくなったもの 1 件", r.text)
        self.assertIn("「している」でなくなりました", r.text)
        self.assertIn(f"/responses/{old}", r.page.links)
        self.assertEqual(self.ok(c.get(f"{base}?then={new}&now={old}")).text.count("「している」になりました"), 1)  # the earlier day stays the earlier one
        # a correction keeps what the page does not ask for
        form = self.form(c, f"/responses/{new}/edit", f"/responses/{new}")
        self.ok(c.submit(tick(form, knitting=("doing",))))
        self.assertEqual(self.counts(self.ok(self.browser("nurse3").get(f"/responses/{new}"))), [3, 2, 0])
        self.assertEqual(self.one("select count(*) from response where pid = ? and answers like '%birth_date%'", new), 1)
        # wishes become a goal
        r = self.ok(c.get(f"/responses/{new}"))
        wish = next(a for a in r.page.links if "wish=exercise" in a)
        r = self.ok(c.get(wish))
        form = self.post_form(r, f"/persons/{pid}/rehab/goals")
        self.assertEqual(dict(form.fields)["goal"].strip(), "体操・運動")
        self.assertNotIn("自分でトイレへ行く（", r.text)
        r = self.ok(c.submit(tick(self.fill(form, type_code="16", provider="見本通所リハ", started_on="R8.11.1", end_on="R9.4.1"), wish=("traveling", "exercise"))))
        goal = re.search(r"/rehab-goals/([0-9a-z]{26})", r.url)[1]
        self.assertEqual(self.one("select goal from rehab_goal where pid = ?", goal), "体操・運動\n旅行・温泉")
        # paper, sheet, exchange
        self.assertEqual(self.ok(c.get(f"/responses/{new}/pdf")).body[:4], b"%PDF")
        self.assertEqual(self.ok(c.get(f"/responses/{new}/xlsx")).body[:2], b"PK")
        self.assertIn(b"want_to_try", self.ok(c.get(f"/responses/{new}/fhir")).body)

    def test_c208_recorded_late(self):
        c, pid = self.browser("cm1"), self.shared()
        r = self.ok(c.submit(self.fill(self.form(c, f"/persons/{pid}/rehab/goals/new", f"/persons/{pid}/rehab/goals"), type_code="14", provider="見本訪問リハ", started_on="R7.9.20", goal="庭に出る")))
        self.assertEqual(r.text.count("記録する前"), 5)  # three rows, and the sentence about them (twice)
        self.assertEqual(r.text.count("期限を過ぎています"), 1)
        goal = re.search(r"/rehab-goals/([0-9a-z]{26})", r.url)[1]
        self.assertEqual(self.one("select min(t.due_on) from task t join rehab_review v on t.table_name = 'rehab_review' and t.row_id = v.id join rehab_goal g on g.id = v.goal_id where g.pid = ? and t.state = 'open'", goal), "2026-09-20")
        done = next(f for f in r.page.forms if f.action.startswith("/rehab-reviews/"))
        r = self.ok(c.submit(self.fill(done, note="いまの見直し")))
        self.assertEqual(self.one("select v.due_on from rehab_review v join rehab_goal g on g.id = v.goal_id where g.pid = ? and v.done_on is not null", goal), "2026-09-20")

    def test_c204_members_from_the_register(self):
        c, pid = self.browser("cm1"), self.shared()
        base = f"/persons/{pid}/rehab"
        form = self.form(c, f"{base}/meetings/new", f"{base}/meetings")
        mine = self.one("select 'staff-' || s.pid || '-' || o.pid from account a join staff s on s.id = a.staff_id join org o on o.id = a.org_id where a.login = 'cm1'")
        name = self.one("select s.name from account a join staff s on s.id = a.staff_id where a.login = 'cm1'")
        self.assertIn(mine, form.options["pick_0"])
        self.fill(form, pick_0="self", attend_0="came", pick_4=mine, attend_4="came", role_5="provider", name_5="名簿にない 相談員", attend_5="online")
        r = self.ok(c.submit(self.fill(form, held_on="R8.11.19", place="自宅", policy="歩く力を保つ", content="屋外の歩行", coordination="通所介護でも歩く")))
        self.assertIn(name, r.text)
        self.assertIn("名簿にない 相談員", r.text)
        at = re.search(r"/rehab-meetings/[0-9a-z]{26}", r.url)[0]
        who = "select count(*) from rehab_meeting_member x join rehab_meeting m on m.id = x.meeting_id where '/rehab-meetings/' || m.pid = ?"
        self.assertEqual([self.one(f"{who} and x.{k} is not null", at) for k in ("staff_id", "member_org_id", "relation_id")], [1, 1, 0])
        self.assertEqual(self.one(who, at), 3)
        # shown as chosen; a name written over it is nobody of the register
        form = self.form(c, f"{at}/edit", at)
        at_row = next(n for n, v in form.fields if v == mine)
        self.ok(c.submit(self.fill(form, **{at_row.replace("pick", "name"): "代わりの 職員"})))
        self.assertEqual(self.one(f"{who} and x.staff_id is not null", at), 0)
        self.assertEqual(self.one(f"{who} and x.name = '代わりの 職員'", at), 1)
        form = self.form(c, f"{at}/edit", at)
        form.fields = [(n, "staff-x" if n == "pick_1" else v) for n, v in form.fields]
        r = self.ok(c.submit(form), 422)
        self.assertIn("「名簿から選ぶ」を一覧から選び直してください", r.text)


if __name__ == "__main__":
    care_walk.main(__doc__)
