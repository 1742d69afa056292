#!/usr/bin/env python3
"""務めと期限 without script: a case without papers, its lines with their reasons, the month that cannot be closed, a reason that stays,
a month that is closed and refuses a visit, another office that sees nothing; the same lines from the command line.
Usage: test_duty.py TSUNAGI"""
import json
import re

import care_walk
import client
from care_walk import Walk


class Duty(Walk):
    def person_with_case(self, who="cm1"):
        n = self.one("select count(*) from person")
        pid = self.make(name=f"務 {'一二三四五六七八九'[n % 9]}{n}", kana="ツトメ " + "アカサタナハマヤラ"[n % 9], birth=f"S{5 + n % 9}.{1 + n % 12}.{1 + n % 28}",
                        home_address=f"つなぎ市北町{n}")
        return pid

    def started(self, who="nurse"):
        pid = self.person_with_case()
        c = self.browser(who)
        r = self.ok(c.submit(self.fill(self.form(c, f"/persons/{pid}/cases/new", f"/persons/{pid}/cases"), kind="prevention", referred_on="R8.9.1", referred_by="family")))
        case = re.search(r"/cases/([0-9a-z]{26})", r.url).group(1)
        self.ok(c.submit(self.fill(self.form(c, f"/cases/{case}/edit", f"/cases/{case}"), expl_on="R8.9.2", expl_to="本人", contract_on="R8.9.2", start_on="R8.9.10", expl_items=["hospital"])))
        return pid, case

    def cli(self, *args, code=0):
        out = client.run(self.binary, "duty", "list", "--data", self.dir / "data", *args, env=self.env, check=False)
        self.assertEqual(out.returncode, code, out.stderr.decode())
        return out

    def test_lines_and_their_reasons(self):
        pid, _ = self.started()
        c = self.browser("nurse")
        card = self.ok(c.get(f"/persons/{pid}"))
        self.assertIn("務めと期限", self.main(card))
        r = self.ok(c.get(f"/persons/{pid}/duties?from=R8.9.1"))
        text = self.main(r)
        # 複数の事業所の紹介 is not among what was explained: late, with rule, article and computation
        self.assertIn("複数の事業所の紹介を求められることを、始める前に説明します", text)
        self.assertIn("R-YB-04-choice", text)
        self.assertIn("予防基準4条", text)
        # support has begun long ago and there is no plan: a row of the house's own, without law or money, and the way to the plan
        self.assertIn("支援を始めて、計画がまだありません", text)
        self.assertRegex(text, r"支援を始めて[0-9]+日")
        self.assertIn("法令の定めではありません", text)
        self.assertNotIn("することは、いまはありません", text)
        self.assertIn(f"/persons/{pid}/plans", "".join(r.page.links))
        self.assertIn("入院のとき担当者の氏名と連絡先を病院に伝えるよう求めます", text)
        lines = [json.loads(x) for x in self.cli("--person", pid, "--json", "--from", "R8.9.1").stdout.decode().splitlines()]
        of = {x["rule"]: x for x in lines}
        self.assertEqual((of["R-YB-04-choice"]["status"], of["R-YB-04-hosp"]["status"]), ("overdue", "done"))
        self.assertTrue(of["R-YB-04-choice"]["inputs"] and "→" in of["R-YB-04-choice"]["computation"])
        # the day before the start it was only due
        before = [json.loads(x) for x in self.cli("--person", pid, "--json", "--on", "R8.9.9", "--from", "R8.9.1").stdout.decode().splitlines()]
        self.assertEqual({x["rule"]: x["status"] for x in before}["R-YB-04-choice"], "due")
        # the office's list has it too, and prints
        listed = self.ok(c.get("/duties?state=overdue"))
        self.assertIn(f"/persons/{pid}", "".join(listed.page.links))
        pdf = self.ok(c.get("/duties/print?state=overdue"))
        self.assertTrue(pdf.body.startswith(b"%PDF"))

    def test_bad_questions(self):
        self.assertIn("--on", self.cli("--on", "きのう", code=2).stderr.decode())
        self.assertIn("状態の名前", self.cli("--status", "late", code=2).stderr.decode())
        self.assertEqual(client.run(self.binary, "duty", "nosuch", env=self.env, check=False).returncode, 2)
        self.cli("--person", "a" * 26, code=2)
        c = self.browser("nurse")
        self.ok(c.get("/persons/" + "a" * 26 + "/duties"), 404)
        # a day that cannot be read is dropped from the address, the page comes with today
        self.assertIn("務めと期限", self.ok(c.get("/duties?on=xyz")).text)
        self.assertIn("月の締め", self.ok(c.get("/duties/month?m=2026-99")).text)
        # a time before every table of the law
        cm = self.browser("cm1")
        for path in ("/duties?on=S60.1.1", "/duties/month?m=1985-01", "/duties/additions?m=1985-01", "/duties/calendar?m=1985-01"):
            self.ok(cm.get(path))
        self.assertIn("判定しません", self.main(self.ok(cm.get("/duties/concentration?d=H20.5.1"))))

    def test_the_whole_house_from_the_command_line(self):
        """Sorted as text, as a stream as JSON: the same lines; who was looked at stands in the record of looks before a line is out."""
        pid, _ = self.started()
        plain = [x.split("\t") for x in self.cli("--from", "R8.9.1").stdout.decode().splitlines()]
        streamed = [json.loads(x) for x in self.cli("--from", "R8.9.1", "--json").stdout.decode().splitlines()]
        self.assertGreater(len(plain), 10)
        self.assertEqual(sorted((x[1], x[2]) for x in plain), sorted((x["rule"], x["person"] or x["office"]) for x in streamed))
        order = ["違反", "予定", "適合"]
        ranks = [order.index(x[0]) for x in plain if x[0] in order]
        self.assertGreater(len(set(ranks)), 1)
        self.assertEqual(ranks, sorted(ranks))
        self.assertIn(pid, {x["person"] for x in streamed})
        told = client.run(self.binary, "audit", "looks", "--person", pid, "--data", self.dir / "data", env=self.env, check=False).stdout.decode()
        self.assertGreaterEqual(told.count("duty list"), 2, told)

    def test_another_office_sees_nothing(self):
        pid, _ = self.started()
        for who in ("cm2", "provider"):
            c = self.browser(who)
            self.ok(c.get(f"/persons/{pid}/duties"), 404)
            self.assertNotIn(pid, self.ok(c.get("/duties")).text)

    def test_what_the_fee_hangs_on(self):
        c = self.browser("cm1")
        r = self.ok(c.get("/duties/concentration?d=R8.5.1"))
        text = self.main(r)
        self.assertIn("令和8年3月1日から令和8年8月31日まで", text)
        self.assertIn("令和8年9月15日", text)
        for label in ("訪問介護", "通所介護", "福祉用具貸与", "地域密着型通所介護"):
            self.assertIn(label, text)
        self.assertTrue(self.ok(c.get("/duties/concentration/print?d=R8.5.1")).body.startswith(b"%PDF"))
        self.assertIn("加算の条件がそろうものは", self.main(self.ok(c.get("/duties/additions?m=2026-10"))))
        self.assertIn("期限が来るもの", self.main(self.ok(c.get("/duties/calendar?m=2026-12&staff=me"))))
        # each number of the first page is the number of rows behind it
        home = self.main(self.ok(c.get("/")))
        for state in ("money", "overdue", "soon"):
            said = int(re.search(r'state=' + state + r'"><span class="figure">([0-9,]+)', home).group(1).replace(",", ""))
            rows = re.search(r"([0-9]+)行です", self.main(self.ok(c.get(f"/duties?staff=me&state={state}")))).group(1)
            self.assertEqual(said, int(rows), state)

    def test_what_the_office_writes_down(self):
        """常勤換算 of a post, (Ⅱ), and a reason of the concentration: written on the pages, seen where the fee is judged; another office sees none."""
        c = self.browser("kanri01")
        own = self.one("select o.pid from account a join org o on o.id = a.org_id where a.login = 'kanri01'")
        before = self.main(self.ok(c.get("/caseload/summary")))
        self.assertIn("(Ⅰ)", before)
        self.assertIn("3.0人", before)
        page = self.ok(c.get(f"/orgs/{own}"))
        form = next(f for f in page.page.forms if f.action.endswith("/fte"))
        r = self.ok(c.submit(self.fill(form, fte="2", fte_from="R8.11.1")), 422)
        self.assertIn("0.01 から 1 まで", r.text)
        self.ok(c.submit(self.fill(next(f for f in self.ok(c.get(f"/orgs/{own}")).page.forms if f.action == form.action), fte="０.5", fte_from="R8.11.1")))
        self.assertIn("2.5人", self.main(self.ok(c.get("/caseload/summary"))))
        self.assertIn("3.0人", self.main(self.ok(c.get("/caseload/summary?on=R8.10.31"))))
        self.assertEqual(self.browser("kanri02").submit(self.fill(form, fte="0.1", fte_from="R8.11.1")).status, 403)
        # (Ⅱ) moves the border from its month on
        base = f"/orgs/{own}/records"
        self.ok(c.submit(self.fill(self.form(c, f"{base}/new?kind=fee_link", base), on_day="R8.10.10", partner="県", from_on="R8.11", content="連携システムを使い、事務職員を置いた")))
        self.assertIn("50件と60件", self.main(self.ok(c.get("/caseload/summary"))))
        self.assertIn("45件と60件", self.main(self.ok(c.get("/caseload/summary?on=R8.10.31"))))
        # a reason: from the table of the judgement, for a whole half-year
        form = self.form(c, f"{base}/new?kind=conc_5&what=15&from_on=2026-03-01&to_on=2026-08-31", base)
        self.assertEqual((form.get("what"), form.get("from_on")), ("15", "令和8年3月1日"))
        self.assertEqual(self.one("select count(*) from office_record where kind = 'conc_5'"), 0)
        r = self.ok(c.submit(self.fill(form, on_day="R8.9.5", partner="介護保険課", content="地域ケア会議の意見による", from_on="R8.4.1")), 422)
        self.assertIn("3月1日か9月1日", r.text)
        self.ok(c.submit(self.fill(self.post_form(r, base), from_on="R8.3.1")))
        text = self.main(self.ok(c.get("/duties/concentration?d=R8.5.1")))
        self.assertIn("地域ケア会議の意見による", text)
        self.assertNotIn("地域ケア会議の意見による", self.main(self.ok(self.browser("kanri02").get("/duties/concentration?d=R8.5.1"))))
        form = self.form(c, f"{base}/new?kind=conc_2&from_on=2026-03-01", base)
        self.ok(c.submit(self.fill(form, on_day="R8.2.20", partner="県", content="過疎地域にある")))
        text = self.main(self.ok(c.get("/duties/concentration?d=R8.5.1")))
        self.assertEqual(text.count("過疎地域にある"), 4)  # of the office, so of each of its services
        self.assertIn("理由②の記録", text)
        self.assertTrue(self.ok(c.get("/duties/concentration/print?d=R8.5.1")).body.startswith(b"%PDF"))

    def measure(self, c, base, kind, what, day, **fields):
        form = self.form(c, f"{base}/new?kind={kind}", base)
        return self.ok(c.submit(self.fill(form, what=what, on_day=day, **fields)))

    def test_what_the_office_lacks_costs_everybody(self):
        """R-FE-07 through the pages: the demo's office is whole; a measure that ends is named with its day and its months until there is another."""
        c = self.browser("kanri01")
        own = self.one("select o.pid from account a join org o on o.id = a.org_id where a.login = 'kanri01'")
        base = f"/orgs/{own}/records"
        lacks = lambda m: self.main(self.ok(c.get(f"/duties/month?m={m}"))).split('id="lacks"')[1].split("</section>")[0]
        kept = lambda what: self.one("select r.pid from office_record r join org o on o.id = r.org_id where o.pid = ? and r.what = ? order by r.on_day desc limit 1", own, what)
        none = "この月に、虐待防止・業務継続計画の減算はありません"
        for month in ("2025-04", "2026-10", "2026-11"):
            self.assertIn(none, lacks(month))
        self.assertNotIn("虐待防止", self.main(self.ok(c.get("/duties"))).split('<table class="list">')[0])
        # the person in charge left at the end of August: September is the month it arose, October the first that is reduced
        pid = kept("abuse_officer")
        self.ok(c.submit(self.fill(self.form(c, f"/office-records/{pid}/edit", f"/office-records/{pid}"), other_on="R8.8.31")))
        self.assertIn(none, lacks("2026-09"))
        text = lacks("2026-10")
        for words in ("虐待防止措置未実施減算", "虐待防止の担当者を置いておきます", "令和8年9月1日から、まだ整っていない", "令和8年10月から、直した月まで", "100分の1", "R-FE-07", "居宅基準27条の2"):
            self.assertIn(words, text)
        self.assertNotIn("虐待防止の指針", text)
        self.assertRegex(text, "[0-9]+人の基本の単位を合わせて [0-9]+単位 → [0-9]+単位（[1-9][0-9]*単位の減）")
        office = self.main(self.ok(c.get("/duties")))
        self.assertIn("虐待防止の担当者を置いておきます", office)
        self.assertIn(f"{base}/new?kind=measure", office)
        # the plan was there until 30 September: lacking on the first day of October, so October itself is reduced
        pid = kept("bcp_plan")
        self.ok(c.submit(self.fill(self.form(c, f"/office-records/{pid}/edit", f"/office-records/{pid}"), other_on="R8.9.30")))
        self.assertNotIn("業務継続計画未策定減算", lacks("2026-09"))
        self.assertIn("業務継続計画未策定減算", lacks("2026-10"))
        # another person in charge: with a name; the month in which it is mended is reduced still
        form = self.form(c, f"{base}/new?kind=measure", base)
        r = self.ok(c.submit(self.fill(form, what="abuse_officer", on_day="R8.11.1", other_on="R8.10.1")), 422)
        self.assertIn("虐待防止の担当者の氏名を入力してください", r.text)
        self.assertIn("「終わった日」が「作った日・定めた日」より前", r.text)
        self.measure(c, base, "measure", "abuse_officer", "R8.10.20", partner="森 英二")
        self.measure(c, base, "measure", "bcp_plan", "R8.10.21", partner="森 英二", doc_no="第2版")
        text = lacks("2026-10")
        self.assertIn("令和8年10月20日に整えた", text)
        self.assertIn("令和8年10月21日に整えた", text)
        self.assertIn(none, lacks("2026-11"))

    def test_a_duty_about_a_commission_names_the_person(self):
        """Fourteen lines alike name nobody: each says whose commission it is and leads to it."""
        rows = self.rows("""select a.login, p.name, m.pid from evidence e join commission_event v on v.id = e.row_id and e.table_name = 'commission_event'
            join commission m on m.id = v.commission_id join person p on p.id = m.person_id join account a on a.org_id = e.org_id and a.login like 'kanri%'
            where e.code = 'HOUSE-COMMISSION' and e.is_hidden = 0 and e.body like '%"load_checked_on":null%'""")
        self.assertTrue(rows, "the demo has no commission whose load was not looked at")
        login, name, pid = rows[0]
        own = self.main(self.ok(self.browser(login).get("/duties"))).split('<table class="list">')[0]
        self.assertIn(f"{name} さん", own)
        self.assertIn(f"/commissions/{pid}", own)
        self.assertNotIn('href="/commissions"', own)

    def test_a_transitional_measure_ends_with_the_law(self):
        c = self.browser("kanri01")
        own = self.one("select o.pid from account a join org o on o.id = a.org_id where a.login = 'kanri01'")
        base = f"/orgs/{own}/waivers"
        form = self.fill(self.form(c, f"{base}/new?rule=R-CM-03-mgr&kind=manager:transitional", base), ground="経過措置による", from_on="R8.11.1", to_on="R9.10.31")
        r = self.ok(c.submit(form), 422)
        self.assertIn("「管理者の経過措置」が使えるのは令和9年3月31日までです", r.text)
        r = self.ok(c.submit(self.fill(self.post_form(r, base), to_on="R9.3.31")))
        self.assertEqual(self.one("select to_on from duty_waiver where kind = 'manager:transitional'"), "2027-03-31")

    def test_a_month_is_closed(self):
        """An office of its own month: nothing open, closed, refused, opened again with a reason."""
        c = self.browser("cm1")
        m = "2024-01"
        page = self.ok(c.get(f"/duties/month?m={m}"))
        self.assertIn("開いている行が", self.main(page))
        r = self.ok(c.submit(self.form(c, f"/duties/month?m={m}", "/duties/month/close")))
        self.assertIn("に締めました", self.main(r))
        self.assertEqual(self.one("select is_closed from month_close where month_on = '2024-01-01'"), 1)
        form = self.form(c, f"/duties/month?m={m}", "/duties/month/reopen")
        r = self.ok(c.submit(self.fill(form, reason="")), 422)
        self.assertIn("理由を書いてください", r.text)
        r = self.ok(c.submit(self.fill(self.form(c, f"/duties/month?m={m}", "/duties/month/reopen"), reason="訪問の記録が見つかった")))
        self.assertIn("訪問の記録が見つかった", self.main(r))
        # a month that is not over
        now = self.ok(c.get("/duties/month?m=2099-01"))
        self.assertIn("月が終わると締められます", self.main(now))
        self.assertTrue(self.ok(c.get(f"/duties/month/print?m={m}")).body.startswith(b"%PDF"))


if __name__ == "__main__":
    care_walk.main(__doc__)
