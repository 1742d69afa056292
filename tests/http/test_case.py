#!/usr/bin/env python3
"""ケース without script: request, explanation, contract, start, end; faults that keep what was typed; two people; another's office.
Usage: test_case.py TSUNAGI"""
import re

import care_walk
from care_walk import Walk


class Case(Walk):
    def person(self):
        n = self.one("select count(*) from person")
        return self.make(name=f"支援 {'一二三四五六七八九'[n % 9]}{n}", kana="シエン " + "アカサタナハマヤラ"[n % 9], birth=f"S{5 + n % 9}.{1 + n % 12}.{1 + n % 28}",
                         home_address=f"つなぎ市北町{n}")

    def start(self, pid, status=200, who="nurse", **fields):
        c = self.browser(who)
        form = self.form(c, f"/persons/{pid}/cases/new", f"/persons/{pid}/cases")
        return self.ok(c.submit(self.fill(form, **fields)), status)

    def case_of(self, r):
        return re.search(r"/cases/([0-9a-z]{26})", r.url).group(1)

    def test_from_request_to_end(self):
        pid = self.person()
        c = self.browser("nurse")
        r = self.start(pid, kind="prevention", referred_on="R8.11.1", referred_by="family", referred_note="退院後が心配")
        case = self.case_of(r)
        self.assertIn("依頼", self.main(r))
        self.assertIn(f"/cases/{case}", "".join(self.ok(c.get(f"/persons/{pid}/cases")).page.links))
        # support before contract: refused, typed text stays
        form = self.form(c, f"/cases/{case}/edit", f"/cases/{case}")
        r = self.ok(c.submit(self.fill(form, start_on="R8.11.10", note="書きかけ")), 422)
        self.assertIn('href="#f-contract_on"', r.page.html)
        back = self.post_form(r, f"/cases/{case}")
        self.assertEqual((back.get("start_on"), back.get("note")), ("R8.11.10", "書きかけ"))
        r = self.ok(c.submit(self.fill(back, expl_on="R8.11.2", expl_to="本人・長女", contract_on="R8.11.2", expl_items=["choice", "hospital"])))
        self.assertIn("支援中", self.main(r))
        self.assertIn("複数の事業所の紹介", self.main(r))
        self.assertEqual(self.one("select count(*) from evidence where code = 'REC-EXPL' and row_id = (select id from care_case where pid = ?)", case), 1)
        # a second one of the same kind is refused with a sentence
        r = self.start(pid, 422, kind="prevention")
        self.assertIn("もう動いています", r.text)
        # the end
        form = self.form(c, f"/cases/{case}/close", f"/cases/{case}/close")
        r = self.ok(c.submit(self.fill(form, end_on="R9.1.1", end_reason="moved", end_note="長女の家へ")), 422)
        r = self.ok(c.submit(self.fill(self.post_form(r, f"/cases/{case}/close"), end_on="R8.11.19")))
        self.assertIn("終了", self.main(r))
        self.assertIn("長女の家へ", r.text)

    def test_two_people_and_the_bin(self):
        pid = self.person()
        case = self.case_of(self.start(pid, kind="prevention"))
        a, b = self.browser("nurse"), self.browser("social")
        fa, fb = self.form(a, f"/cases/{case}/edit", f"/cases/{case}"), self.form(b, f"/cases/{case}/edit", f"/cases/{case}")
        self.ok(a.submit(self.fill(fa, note="鍵は隣家")))
        r = self.ok(b.submit(self.fill(fb, referred_note="デイを希望")))
        self.assertIn("鍵は隣家", r.text)
        fa, fb = self.form(a, f"/cases/{case}/edit", f"/cases/{case}"), self.form(b, f"/cases/{case}/edit", f"/cases/{case}")
        self.ok(a.submit(self.fill(fa, note="鍵は長男")))
        r = self.ok(b.submit(self.fill(fb, note="鍵は管理人")), 409)
        self.assertIn("鍵は長男", r.text)
        self.assertIn("鍵は管理人", r.text)
        form = self.form(a, f"/cases/{case}/retire", f"/cases/{case}/retire")
        self.ok(a.submit(self.fill(form, reason="まちがい")))
        self.ok(a.get(f"/cases/{case}"), 404)
        self.assertIn("ケース", self.ok(a.get("/bin")).text)

    def test_another_office_sees_nothing(self):
        pid = self.person()
        case = self.case_of(self.start(pid, kind="prevention"))
        for who in ("cm2", "provider"):
            c = self.browser(who)
            for path in (f"/cases/{case}", f"/cases/{case}/edit", f"/cases/{case}/close", f"/cases/{case}/retire", f"/persons/{pid}/cases"):
                self.ok(c.get(path), 404)

    def test_handed_to_an_office(self):
        pid = self.person()
        c = self.browser("chief")
        org = self.one("select o.pid from account a join org o on o.id = a.org_id where a.login = 'cm1'")
        self.ok(self.browser("cm1").get(f"/persons/{pid}"), 404)
        self.ok(c.submit(self.form(c, f"/persons/{pid}", f"/persons/{pid}/charges")))  # who has the case may pass it on
        r = self.start(pid, who="chief", kind="home", org=org, referred_note="要介護1の認定が出た")
        case = self.case_of(r)
        r = self.ok(self.browser("cm1").get(f"/cases/{case}"))
        self.assertIn("要介護1の認定が出た", r.text)
        self.ok(self.browser("cm2").get(f"/cases/{case}"), 404)

    def test_an_end_that_is_approved(self):
        pid = self.person()
        case = self.case_of(self.start(pid, kind="prevention", expl_on="R8.10.1", expl_to="本人", contract_on="R8.10.1", start_on="R8.10.2"))
        org = self.one("select o.pid from account a join org o on o.id = a.org_id where a.login = 'nurse'")
        admin = self.browser("admin")
        self.ok(admin.submit(self.fill(self.form(admin, f"/orgs/{org}/edit", f"/orgs/{org}"), wants_close_approval="1")))
        try:
            self.approve_an_end(pid, case)
        finally:
            form = self.form(admin, f"/orgs/{org}/edit", f"/orgs/{org}")
            form.fields = [(k, v) for k, v in form.fields if k != "wants_close_approval"]
            self.ok(admin.submit(form))
        self.assertEqual(self.one("select wants_close_approval from org where pid = ?", org), 0)

    def approve_an_end(self, pid, case):
        c, boss = self.browser("nurse"), self.browser("head")
        self.assertIn("承認が要ります", self.ok(c.get(f"/cases/{case}/close")).text)
        form = self.form(c, f"/cases/{case}/close", f"/cases/{case}/close/ask")
        # straight past the approval
        straight = self.form(c, f"/cases/{case}/close", f"/cases/{case}/close/ask")
        straight.action = f"/cases/{case}/close"
        r = self.ok(c.submit(self.fill(straight, end_on="R8.11.19", end_reason="moved")), 422)
        self.assertIn("承認が要ります", r.text)
        # a fault keeps what was typed
        r = self.ok(c.submit(self.fill(form, end_on="いつか", end_reason="moved", end_note="長女の家へ")), 422)
        back = self.post_form(r, f"/cases/{case}/close/ask")
        self.assertEqual((back.get("end_on"), back.get("end_note")), ("いつか", "長女の家へ"))
        r = self.ok(c.submit(self.fill(back, end_on="R8.11.19")))
        self.assertIn("/talk", r.url)
        self.assertIn("長女の家へ", self.main(r))
        self.assertNotIn('value="approve"', r.page.html)  # not one's own
        # the supervisor finds it, reads it, returns it
        r = self.ok(boss.get("/caseload/summary"))
        self.assertIn("承認を待っているもの", r.text)
        self.assertIn(f"/cases/{case}/talk", "".join(r.page.links))
        answer = lambda: self.form(boss, f"/cases/{case}/talk", f"/cases/{case}/comments")
        r = self.ok(boss.submit(self.fill(answer(), kind="return")), 422)
        self.assertIn("コメント", r.text)
        old = answer()
        self.ok(boss.submit(self.fill(answer(), kind="return", body="引き継ぎ先は")))
        self.assertIn("差し戻されました", self.ok(c.get(f"/cases/{case}")).text)
        form = self.form(c, f"/cases/{case}/close", f"/cases/{case}/close/ask")
        self.assertEqual(form.get("end_note"), "長女の家へ")
        self.ok(c.submit(self.fill(form, end_note="長女の家へ\r\n市外の事業所に引き継ぎ")))
        r = self.ok(boss.submit(self.fill(old, kind="approve")), 422)
        self.assertIn("出し直されました", r.text)
        r = self.ok(boss.submit(self.fill(answer(), kind="approve")))
        self.assertIn("かかった時間", self.main(r))
        # ended with what was approved, in one press
        form = self.form(c, f"/cases/{case}/close", f"/cases/{case}/close")
        self.assertIsNone(form.get("end_on"))
        r = self.ok(c.submit(form))
        self.assertIn("市外の事業所に引き継ぎ", r.text)
        self.assertEqual(self.one("select end_on from care_case where pid = ?", case), "2026-11-19")
        r = self.ok(boss.get("/caseload/summary"))
        self.assertNotIn(f"/cases/{case}/talk", "".join(r.page.links))
        # another office
        for who in ("cm2", "provider"):
            self.ok(self.browser(who).get(f"/cases/{case}/talk"), 404)

    def test_caseload(self):
        pid = self.person()
        c = self.browser("nurse")
        self.start(pid, kind="prevention", referred_on="R8.10.1", expl_on="R8.10.1", expl_to="本人", contract_on="R8.10.1", start_on="R8.10.2")
        for only in ("", "noplan", "monitoring", "idle", "ending", "overdue"):
            r = self.ok(c.get(f"/caseload?only={only}"))
            n = int(re.search(r"<p>([0-9,]+) 件", r.page.html).group(1).replace(",", ""))
            rows = re.findall(r'<th scope="row"><a href="/persons/', r.page.html)
            self.assertEqual(len(rows), min(n, 20), only)
        self.assertIn(pid, "".join(self.ok(c.get("/caseload?only=noplan")).page.links))
        r = self.ok(c.get("/caseload/summary?on=R8.11.1"))
        self.assertIn("取扱件数", r.text)
        self.assertIn("契約だけの人は数えません", r.text)  # the person just begun has no plan: one of the contracts, none of those managed
        self.assertIn("<svg", r.page.html)
        before = self.ok(c.get("/caseload/summary?on=R8.9.1")).page.html
        self.assertNotEqual(re.findall(r'class="num">([^<]*)<', r.page.html), re.findall(r'class="num">([^<]*)<', before))
        csv = self.ok(c.get("/caseload/summary.csv?on=2026-11-01")).body.decode("utf-8-sig")
        self.assertIn("担当者", csv.splitlines()[0])
        head, row = csv.splitlines()[0].split(","), [x.split(",") for x in csv.splitlines()[1:]]
        own = next(x for x in row if int(x[head.index("介護予防支援")]) > int(x[head.index("給付管理する人")]))
        self.assertLess(float(own[head.index("給付管理する人")]), int(own[head.index("介護予防支援")]))
        r = self.ok(c.get(f"/persons/{pid}/cases"))
        case = re.search(r"/cases/([0-9a-z]{26})", r.page.html).group(1)
        self.assertIn(f"/persons/{pid}/assessments/new", "".join(self.ok(c.get(f"/cases/{case}")).page.links))


if __name__ == "__main__":
    care_walk.main(__doc__)
