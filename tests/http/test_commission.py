#!/usr/bin/env python3
"""原案委託 between a centre (chief) and an office (cm1), without script, step by step; another office (cm2) sees nothing at any of them and
the office nothing after the end. Usage: test_commission.py TSUNAGI"""
import re, sqlite3

import care_walk
from care_walk import Walk


class Commission(Walk):
    n = 0

    def person_with_case(self, kind="prevention"):
        Commission.n += 1
        n = Commission.n
        pid = self.make(who="chief", name=f"委託 {'一二三四五六七'[n]}子", kana=f"イタク {'アカサタナハマ'[n]}コ", birth=f"S{8 + n}.{n}.{10 + n}", home_address=f"つなぎ市北町9-{n}")
        c = self.browser("chief")
        r = self.ok(c.submit(self.fill(self.form(c, f"/persons/{pid}/cases/new", f"/persons/{pid}/cases"), kind=kind, referred_on="R8.11.1")))
        return pid, re.search(r"/cases/([0-9a-z]{26})", r.url).group(1)

    def office(self, login="cm1"):
        return self.one("select o.pid from account a join org o on o.id = a.org_id where a.login = ?", login)

    def ask(self, pid, case, status=200, **fields):
        c = self.browser("chief")
        fields = {"office": self.office(), "council_on": "R8.10.1", "until_on": "R9.10.31", "note": "週1回の通所を希望", "documents": "基本情報の写し", **fields}
        form = self.form(c, f"/persons/{pid}/commissions/new?case={case}", f"/persons/{pid}/commissions")
        return self.ok(c.submit(self.fill(form, **fields)), status)

    def id_of(self, r):
        return re.search(r"/commissions/([0-9a-z]{26})", r.url).group(1)

    def step(self, who, m, event, body="", status=200):
        c = self.browser(who)
        form = self.form(c, f"/commissions/{m}", f"/commissions/{m}/step")
        r = self.ok(c.submit(self.fill(form, body=body).press("event", event)), status)
        self.closed_to("cm2")
        return r

    def closed_to(self, who):
        c = self.browser(who)
        for path in self.secret:
            self.ok(c.get(path), 404)
        page = self.ok(c.get("/commissions?all=1"))
        self.assertNotIn(self.name, page.text)
        self.assertFalse([x for x in page.page.links for m in self.secret if m in x])

    def watch(self, pid, m):
        self.secret = [f"/persons/{pid}", f"/commissions/{m}", f"/commissions/{m}/edit", f"/commissions/{m}/retire", f"/persons/{pid}/commissions/new"]
        self.name = self.one("select name from person where pid = ?", pid)

    def evaluate(self, pid, plan, m):
        """The plan put into use with one goal, straight into the data file; then its evaluation on the office's page."""
        db = sqlite3.connect(f"{self.dir}/data/tsunagi.db", timeout=20)
        with db:
            person, plan_id = db.execute("select person_id, id from plan where pid = ?", (plan,)).fetchone()
            db.execute("update plan set status = 'delivered', from_on = '2026-10-01', to_on = '2027-03-31' where id = ?", (plan_id,))
            stamp = "1, 1, 1, 1, 1"
            need = db.execute(f"insert into plan_need (pid, version, created_ms, created_by, updated_ms, updated_by, person_id, plan_id, no, goal) values ('needofthecommissionedplan0', {stamp}, ?, ?, 1, '庭を歩ける')", (person, plan_id)).lastrowid
            db.execute(f"insert into plan_goal (pid, version, created_ms, created_by, updated_ms, updated_by, person_id, plan_id, need_id, no) values ('goalofthecommissionedplan0', {stamp}, ?, ?, ?, 1)", (person, plan_id, need))
        db.close()
        c = self.browser("cm1")
        self.assertIn(f"/persons/{pid}/evaluations/new", "".join(self.ok(c.get(f"/commissions/{m}")).page.links))
        form = self.form(c, f"/persons/{pid}/evaluations/new", f"/persons/{pid}/evaluations")
        r = self.ok(c.submit(self.fill(form, overall="続ける", **{"row.0.status": "庭を一周した", "row.0.achieved": "1", "row.0.next": "続ける"})))
        self.assertIn("センターに提出する", self.main(r))
        return re.search(r"/evaluations/([0-9a-z]{26})", r.url).group(1)

    def sheet(self, c, sheet):
        return self.fill(self.form(c, f"/evaluations/{sheet}/edit", f"/evaluations/{sheet}"), overall="続ける。歩数も増えた")

    def test_the_whole_exchange(self):
        pid, case = self.person_with_case()
        chief, cm1 = self.browser("chief"), self.browser("cm1")
        self.assertIn(f"/persons/{pid}/commissions/new?case={case}", "".join(self.ok(chief.get(f"/cases/{case}")).page.links))
        self.assertIn("/commissions", self.ok(chief.get("/caseload")).page.links)
        self.ok(cm1.get(f"/persons/{pid}"), 404)
        m = self.id_of(self.ask(pid, case))
        self.watch(pid, m)
        self.closed_to("cm2")
        # asked: the office has the request and the name card, not the record
        r = self.ok(cm1.get("/commissions"))
        self.assertIn(f"/commissions/{m}", r.page.links)
        self.assertIn("こちら", self.main(r))
        self.assertIn("週1回の通所を希望", self.ok(cm1.get(f"/commissions/{m}")).text)
        self.ok(cm1.get(f"/persons/{pid}"))
        self.ok(cm1.get(f"/cases/{case}"), 404)
        self.ok(cm1.get(f"/commissions/{m}/edit"), 404)
        self.assertEqual(self.one("select count(*) from task t join org o on o.id = t.org_id where t.kind = 'commission' and t.state = 'open' and t.row_pid = ? and o.pid = ?", m, self.office()), 1)
        # the centre waits; its page has no step of the office's
        self.assertNotIn('value="accept"', self.ok(chief.get(f"/commissions/{m}")).page.html)
        r = self.step("cm1", m, "refuse", "", 422)
        self.assertIn('href="#f-body"', r.page.html)
        r = self.step("cm1", m, "accept", "木村が担当します")
        self.assertIn("原案の作成中", self.main(r))
        self.assertIn("木村 智子", self.main(r))
        r = self.step("cm1", m, "submit", "できました", 422)
        self.assertIn("提出する原案がありません", r.text)
        self.assertIn("できました", self.main(r), "what was typed stays")
        # the centre's case is open to look at, and closed to writing: no button, no page, no POST
        r = self.ok(cm1.get(f"/cases/{case}"))
        self.assertIn("依頼を受けた日", r.text)
        for act in ("edit", "close", "retire", "reopen"):
            self.assertNotIn(f"/cases/{case}/{act}", r.page.html)
        for act in ("edit", "close", "retire"):
            self.assertIn(f"/cases/{case}/{act}", self.ok(chief.get(f"/cases/{case}")).page.html)
            self.ok(cm1.get(f"/cases/{case}/{act}"), 403)
            action = f"/cases/{case}" + ("" if act == "edit" else f"/{act}")
            theirs, mine = self.form(chief, f"/cases/{case}/{act}", action), self.form(cm1, f"/persons/{pid}/log/new", f"/persons/{pid}/log")
            for token in ("csrf", "once"):
                theirs.set(token, mine.get(token))
            words = {"edit": {"note": "書き換え"}, "close": {"end_on": "R8.11.19", "end_reason": "moved"}, "retire": {"reason": "理由"}}[act]
            self.ok(cm1.submit(self.fill(theirs, **words)), 403)
            self.raw.clear()  # a refused POST gives back what was sent, codes too
        self.assertEqual(self.one("select count(*) from care_case where pid = ? and (note <> '' or end_on is not null or retired_ms is not null)", case), 0)
        self.assertNotIn(f"/persons/{pid}/cases/new", self.ok(cm1.get(f"/persons/{pid}/cases")).page.html)
        self.ok(cm1.get(f"/persons/{pid}/cases/new"), 403)
        self.ok(cm1.get(f"/persons/{pid}/consents/new"), 403)
        self.ok(cm1.get(f"/persons/{pid}/edit"), 403)
        # what it has taken on it writes: the log here, the draft below
        self.ok(cm1.submit(self.fill(self.form(cm1, f"/persons/{pid}/log/new", f"/persons/{pid}/log"), item="phone", content="様子を聞いた")))
        # the draft, in the centre's case
        form = self.form(cm1, f"/persons/{pid}/plans", f"/persons/{pid}/plans")
        plan = re.search(r"/plans/([0-9a-z]{26})", self.ok(cm1.submit(form.set("case", case))).url).group(1)
        self.secret.append(f"/plans/{plan}")
        self.assertEqual(self.rows("select consignment, author_org_id = (select id from org where pid = ?) from plan where pid = ?", self.office(), plan), [("2", 1)])
        self.step("cm1", m, "submit")
        self.assertIn("こちら", self.main(self.ok(chief.get("/commissions"))))
        self.step("chief", m, "return", "", 422)
        self.step("chief", m, "return", "目標を本人の言葉で")
        self.assertIn("目標を本人の言葉で", self.ok(cm1.get(f"/commissions/{m}")).text)
        self.step("cm1", m, "submit", "直しました")
        r = self.step("chief", m, "approve", "この計画でよい")
        self.assertIn("確認済み", self.main(r))
        self.assertEqual(self.one("select center_opinion from plan where pid = ?", plan), "この計画でよい")
        self.assertIn("提出する評価表がありません", self.step("cm1", m, "eval_submit", "目標を達した", 422).text)
        sheet = self.evaluate(pid, plan, m)
        self.secret.append(f"/evaluations/{sheet}")
        left_open = self.sheet(cm1, sheet)
        self.step("cm1", m, "eval_submit", "目標を達した")
        self.ok(cm1.submit(left_open), 422)
        self.ok(cm1.get(f"/evaluations/{sheet}/edit"), 403)
        self.assertIn(f"/evaluations/{sheet}", "".join(self.ok(chief.get(f"/commissions/{m}")).page.links))
        self.step("chief", m, "eval_return", "根拠を書き足して")
        self.ok(cm1.submit(self.sheet(cm1, sheet)))
        self.step("cm1", m, "eval_submit", "歩数が増えた")
        r = self.step("chief", m, "eval_approve", "", 422)
        self.assertIn('href="#f-decision"', r.page.html)
        form = self.fill(self.post_form(r, f"/commissions/{m}/step"), decision="continue", body="続けてよい")
        r = self.ok(chief.submit(form.press("event", "eval_approve")))
        self.assertEqual(self.rows("select center_decision, center_opinion from evaluation where pid = ?", sheet), [("continue", "続けてよい")])
        self.assertIn("評価の確認済み", self.main(self.ok(cm1.get(f"/evaluations/{sheet}"))))
        for word in ("委託を依頼", "引き受け", "原案を差し戻し", "原案を確認", "評価を差し戻し", "評価を確認"):
            self.assertIn(word, self.main(r))
        self.assertIn("原案委託", self.ok(cm1.get(f"/persons/{pid}/timeline")).text)
        r = self.step("chief", m, "end", "自立した")
        self.assertIn("終了", self.main(r))
        self.secret.append(f"/cases/{case}")
        self.closed_to("cm1")
        self.assertIn(f"/commissions/{m}", self.ok(chief.get("/commissions?all=1")).page.links)
        self.assertNotIn(f"/commissions/{m}", self.ok(chief.get("/commissions")).page.links)

    def test_faults_and_refusal(self):
        pid, case = self.person_with_case("prev_a")
        r = self.ask(pid, case, 422, council_on="", until_on="R8.1.1")
        self.assertIn("運営協議会の議を経た日", r.text)
        back = self.post_form(r, f"/persons/{pid}/commissions")
        self.assertEqual((back.get("until_on"), back.get("note")), ("R8.1.1", "週1回の通所を希望"))
        m = self.id_of(self.ok(self.browser("chief").submit(self.fill(back, council_on="R8.10.1", until_on="R9.10.31"))))
        self.watch(pid, m)
        self.assertIn("もう委託しています", self.ask(pid, case, 422).text)
        r = self.step("cm1", m, "refuse", "手いっぱいです")
        self.assertTrue(r.url.split("?")[0].endswith("/commissions"), r.url)
        self.closed_to("cm1")
        self.assertIn("手いっぱいです", self.ok(self.browser("chief").get(f"/commissions/{m}")).text)

    def test_two_people_and_the_bin(self):
        pid, case = self.person_with_case()
        m = self.id_of(self.ask(pid, case))
        self.watch(pid, m)
        a, b = self.browser("chief"), self.browser("head")
        fa, fb = (self.form(x, f"/commissions/{m}/edit", f"/commissions/{m}") for x in (a, b))
        self.ok(a.submit(self.fill(fa, note="週2回")))
        r = self.ok(b.submit(self.fill(fb, note="週3回")), 409)
        self.assertIn("週2回", r.text)
        self.assertIn("週3回", r.text)
        self.ok(a.submit(self.fill(self.form(a, f"/commissions/{m}/retire", f"/commissions/{m}/retire"), reason="")), 422)
        self.ok(a.submit(self.fill(self.form(a, f"/commissions/{m}/retire", f"/commissions/{m}/retire"), reason="まちがい")))
        self.ok(a.get(f"/commissions/{m}"), 404)
        self.closed_to("cm1")


if __name__ == "__main__":
    care_walk.main(__doc__)
