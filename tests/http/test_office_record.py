#!/usr/bin/env python3
"""事業所の記録, 届出・引き継ぎなど and 例外の記録 over the pages, without script: what is missing is said and what was typed stays, a save is shown,
changed, thrown away and brought back, and another office sees none of it. Usage: test_office_record.py TSUNAGI"""
import re

import care_walk
from care_walk import Walk


class OfficeRecord(Walk):
    n = 0

    def person(self):
        OfficeRecord.n += 1
        return self.make(who="nurse", name=f"届出 {'一二三四五'[self.n]}子", kana=f"トドケデ {'アカサタナ'[self.n]}コ", birth=f"S{10 + self.n}.3.{self.n}", home_address=f"つなぎ市北町8-{self.n}")

    def org(self, login):
        return self.one("select o.pid from account a join org o on o.id = a.org_id where a.login = ?", login)

    def shown(self, table, pid):
        return self.one(f"select count(*) from evidence e join {table} r on r.id = e.row_id where e.table_name = '{table}' and r.pid = ? and e.is_hidden = 0", pid)

    def undo(self, c, r):
        return self.ok(c.submit(next(f for f in r.page.forms if "/undo/trash/" in f.action)))

    def test_person(self):
        pid, c = self.person(), self.browser("nurse")
        base = f"/persons/{pid}/office-records"
        page = self.ok(c.get(base))
        self.assertIn(f"{base}/new?kind=notify", "".join(page.page.links))
        self.assertNotIn("kind=committee", "".join(page.page.links))
        self.ok(c.get(f"{base}/new?kind=committee"), 404)
        self.ok(c.get(f"{base}/new?kind=nosuch"), 404)
        form = self.fill(self.form(c, f"{base}/new?kind=request", base), what="discharge", partner="長女", content="来週に退院の予定です", on_day="R8.11.2")
        r = self.ok(c.submit(form), 422)
        self.assertIn("退院・退所の予定日", r.text)
        self.assertIn("来週に退院の予定です", r.page.html)
        self.assertEqual(self.one("select count(*) from office_record where content = '来週に退院の予定です'"), 0)
        r = self.ok(c.submit(self.fill(self.post_form(r, base), other_on="R8.12.1")))
        rec = re.search(r"/office-records/([0-9a-z]{26})", r.url).group(1)
        self.assertIn("来週に退院の予定です", r.page.html)
        self.assertEqual(self.one("select count(*) from evidence where code = 'HOUSE-REQUEST' and body like '%discharge%2026-12-01%'"), 1)
        r = self.ok(c.submit(self.fill(self.form(c, f"/office-records/{rec}/edit", f"/office-records/{rec}"), partner="長男")))
        self.assertIn("長男", r.text)
        self.assertEqual(self.shown("office_record", rec), 1)
        self.assertEqual(self.one("select count(*) from evidence where code = 'HOUSE-REQUEST' and body like '%\"長男\"%'"), 1)
        self.ok(self.browser("nurse2").get(f"/office-records/{rec}"), 404)
        self.ok(c.submit(self.fill(self.form(c, f"/office-records/{rec}/retire", f"/office-records/{rec}/retire"), reason="")), 422)
        r = self.ok(c.submit(self.fill(self.form(c, f"/office-records/{rec}/retire", f"/office-records/{rec}/retire"), reason="まちがい")))
        self.ok(c.get(f"/office-records/{rec}"), 404)
        self.assertEqual(self.shown("office_record", rec), 0)
        self.undo(c, r)
        self.assertEqual(self.shown("office_record", rec), 1)

    def test_office(self):
        c, own = self.browser("chief"), self.org("chief")
        base = f"/orgs/{own}/records"
        self.assertIn(base, "".join(self.ok(c.get(f"/orgs/{own}")).page.links))
        r = self.ok(c.submit(self.fill(self.form(c, f"{base}/new?kind=committee", base), what="infection", on_day="R8.10.1", content="手指衛生を確かめた")), 422)
        self.assertIn("参加した人", r.text)
        self.assertIn("手指衛生を確かめた", r.page.html)
        r = self.ok(c.submit(self.fill(self.post_form(r, base), partner="全員")))
        rec = re.search(r"/office-records/([0-9a-z]{26})", r.url).group(1)
        self.assertEqual(self.one("select count(*) from evidence where code = 'REC-COMM' and person_id is null and body like '%手指衛生を確かめた%'"), 1)
        self.assertIn(rec, "".join(self.ok(c.get(base)).page.links))
        other = self.browser("cm2")
        self.ok(other.get(f"/office-records/{rec}"), 404)
        self.ok(other.get(base), 404)
        r = self.ok(c.submit(self.fill(self.form(c, f"/office-records/{rec}/retire", f"/office-records/{rec}/retire"), reason="まちがい")))
        self.undo(c, r)
        self.ok(c.get(f"/office-records/{rec}"))

    def test_asked_by_the_municipality(self):
        """13条18号の3: sums kept as text take digits of any width; what is no number is said, and the duty of the office follows."""
        c, own = self.browser("cm1"), self.org("cm1")
        base = f"/orgs/{own}/records"
        title = "市町村から求められたら、訪問介護の多い計画を届け出ます"
        before = self.ok(c.get("/duties?from=R8.11.1")).text.count(title)
        form = self.fill(self.form(c, f"{base}/new?kind=share", base), on_day="R8.11.2", partner="青葉市", other_on="R8.12.20", doc_no="7,000,000", hours="一千万", state="4200000")
        r = self.ok(c.submit(form), 422)
        self.assertIn('id="e-hours"', r.page.html)
        self.assertIn("一千万", r.page.html)
        self.assertIn("0 以上の数字", r.text)
        self.ok(c.submit(self.fill(self.post_form(r, base), hours="１０，０００，０００")))
        self.assertEqual(self.one("select count(*) from evidence where code = 'HOUSE-REQUEST' and person_id is null and body like '%\"share_limit\":10000000,%'"), 1)
        self.assertGreater(self.ok(c.get("/duties?from=R8.11.1")).text.count(title), before)

    def test_waiver(self):
        pid, c = self.person(), self.browser("nurse")
        base = f"/persons/{pid}/waivers"
        self.assertIn("どの決まり", self.ok(c.get(f"{base}/new")).text)
        form = self.fill(self.form(c, f"{base}/new?rule=R-YB-30-07", base), from_on="R8.11.1", to_on="R8.11.1", kind="assess:away")
        r = self.ok(c.submit(form), 422)
        self.assertIn("理由を書いてください。", r.text)
        r = self.ok(c.submit(self.fill(self.post_form(r, base), ground="入院中で、病棟で面接した")))
        rec = re.search(r"/waivers/([0-9a-z]{26})", r.url).group(1)
        self.assertIn("病棟で面接した", r.text)
        self.assertEqual(self.one("select count(*) from evidence where code = 'REC-EXC' and table_name = 'duty_waiver' and body like '%病棟で面接した%'"), 1)
        self.assertIn(rec, "".join(self.ok(c.get(base)).page.links))
        self.ok(self.browser("nurse2").get(f"/waivers/{rec}"), 404)
        r = self.ok(c.submit(self.fill(self.form(c, f"/waivers/{rec}/edit", f"/waivers/{rec}"), to_on="R9.12.31")), 422)
        self.assertIn("か月まで", r.text)
        r = self.ok(c.submit(self.fill(self.form(c, f"/waivers/{rec}/retire", f"/waivers/{rec}/retire"), reason="まちがい")))
        self.assertEqual(self.shown("duty_waiver", rec), 0)
        self.undo(c, r)
        self.assertEqual(self.shown("duty_waiver", rec), 1)


if __name__ == "__main__":
    care_walk.main(__doc__)
