#!/usr/bin/env python3
"""A plan as a record, without script: a new 原案, what stands against it, explained, agreed (signature, scan), frozen, delivered,
個別サービス計画, changed (full and minor), compared, provisional, ended, the bin; and the mistakes of every step.
Usage: test_plan.py TSUNAGI"""
import base64, re, sqlite3, time

import care_walk
from care_walk import Walk

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


class Plan(Walk):
    n = 0

    def write(self, sql, *args):
        db = sqlite3.connect(f"{self.dir}/data/tsunagi.db", timeout=20)
        try:
            cur = db.execute(sql, args)
            db.commit()
            return cur.lastrowid
        finally:
            db.close()

    def row(self, table, **v):
        """A row of another page's record; the columns that every table has are filled."""
        Plan.n += 1
        v = {"pid": f"tst{Plan.n:023d}", "version": 1, "created_ms": 0, "created_by": 1, "updated_ms": 0, "updated_by": 1, **v}
        return self.write(f"INSERT INTO {table} ({', '.join(v)}) VALUES ({', '.join('?' * len(v))})", *v.values()), v["pid"]

    def person_with_case(self, kind="home"):
        pid = self.make(name="計画 花", kana=f"ケイカク ハナ{chr(0x30A2 + 2 * (Plan.n % 5))}", birth=f"S15.{1 + Plan.n % 12}.{1 + Plan.n % 27}",
                        home_address=f"つなぎ市北町{Plan.n}-{Plan.n}")
        person = self.one("select id from person where pid = ?", pid)
        org = self.one("select org_id from account where login = 'nurse'")
        case, case_pid = self.row("care_case", person_id=person, org_id=org, kind=kind, status="preparing")
        return pid, person, case_pid

    def draft_plan(self, kind="home"):
        """A 原案 made by the page, its contents put there."""
        c = self.browser("nurse")
        person, person_id, case = self.person_with_case(kind)
        form = self.form(c, f"/persons/{person}/plans", f"/persons/{person}/plans")
        r = self.ok(c.submit(form.set("case", case)))
        plan = re.search(r"/plans/([0-9a-z]{26})", r.url).group(1)
        plan_id, start, end = self.rows("select id, plan_on, date(plan_on, '+180 day') from plan where pid = ?", plan)[0]
        self.write("update plan set from_on = ?, to_on = ?, analysis = '歩く力を取り戻す', overall_policy = '転倒を防ぐ', goal_year = '花見に行く' where id = ?", start, end, plan_id)
        need, _ = self.row("plan_need", person_id=person_id, plan_id=plan_id, no=1, text="外を歩くのが不安", goal="畑まで歩く")
        goal, _ = self.row("plan_goal", person_id=person_id, plan_id=plan_id, need_id=need, no=1, long_text="畑まで歩く", short_text="庭を歩く", long_from_on=start,
                           long_to_on=end, short_from_on=start, short_to_on=end)
        svc, _ = self.row("plan_service", person_id=person_id, plan_id=plan_id, goal_id=goal, no=1, actor="formal", content="歩行の練習", covered="Y", type="通所介護",
                          type_code="15", office="見本デイサービス", freq="週1回", days="1000000", from_on=start, to_on=end, choice_reason="近いから", office_no="1370000001")
        slot, _ = self.row("plan_slot", person_id=person_id, plan_id=plan_id, service_id=svc, service="通所介護", dow=1, from_min=540, to_min=960)
        return c, person, plan, {"plan": plan_id, "need": need, "goal": goal, "service": svc, "slot": slot}

    def explain(self, c, plan):
        form = self.form(c, f"/plans/{plan}/explain", f"/plans/{plan}/explain")
        for name in ("warnings_ok", "untouched_ok"):
            if name in form:
                form.set(name, "1")
        return self.ok(c.submit(form))

    def agree(self, c, plan, **fields):
        self.explain(c, plan)
        form = self.form(c, f"/plans/{plan}/consent", f"/plans/{plan}/consent")
        return self.ok(c.submit(self.fill(form, told_benefit="1", **fields)))

    # ---- new ----

    def test_a_new_plan_and_its_checks(self):
        c = self.browser("nurse")
        person, _, case = self.person_with_case()
        page = self.ok(c.get(f"/persons/{person}/plans"))
        self.assertIn("計画はまだありません。", page.text)
        before = self.one("select count(*) from plan")
        self.ok(c.get(f"/persons/{person}/plans"))
        self.assertEqual(self.one("select count(*) from plan"), before, "looking writes nothing")
        r = self.ok(c.submit(self.post_form(page, f"/persons/{person}/plans").set("case", case)))
        plan = re.search(r"/plans/([0-9a-z]{26})", r.url).group(1)
        self.assertIn("原案", r.text)
        self.assertIn("課題（ニーズ）が1つもありません。", r.text)
        self.assertIn("よりどころ", r.text)
        # no second one beside it; what was chosen stays
        r = c.submit(self.form(c, f"/persons/{person}/plans", f"/persons/{person}/plans").set("case", case))
        self.assertIn("作りかけの原案がすでにあります", self.ok(r, 409).text)
        # explained although something blocks: named, nothing written
        form = self.form(c, f"/plans/{plan}/explain", f"/plans/{plan}/explain")
        r = self.ok(c.submit(form.set("explained_on", "R8.11.1")), 422)
        self.assertEqual(self.post_form(r, f"/plans/{plan}/explain").get("explained_on"), "R8.11.1")
        self.assertEqual(self.one("select status from plan where pid = ?", plan), "draft")

    # ---- the way to consent ----

    def test_no_consent_without_explanation(self):
        c, person, plan, ids = self.draft_plan()
        r = c.submit(self.fill(self.form(c, f"/plans/{plan}/consent", f"/plans/{plan}/consent"), told_benefit="1", note="紙で受け取った"))
        self.ok(r, 409)
        self.assertIn("まだ説明が記録されていません", r.text)
        self.assertEqual(self.post_form(r, f"/plans/{plan}/consent").get("note"), "紙で受け取った", "what was typed stays")
        self.assertEqual(self.one("select count(*) from plan_consent where plan_id = ?", ids["plan"]), 0)

    def test_outside_the_periods(self):
        c, person, plan, ids = self.draft_plan()
        self.write("update plan set cert_from_on = from_on, cert_to_on = to_on, cert_status = '2', level = 'c1' where id = ?", ids["plan"])
        self.write("update plan_service set to_on = date(to_on, '+30 day') where id = ?", ids["service"])
        self.write("update plan_goal set short_to_on = date(short_to_on, '+30 day'), long_to_on = date(long_to_on, '+60 day') where id = ?", ids["goal"])
        form = self.form(c, f"/plans/{plan}/explain", f"/plans/{plan}/explain")
        r = self.ok(c.submit(form.set("warnings_ok", "1")), 422)
        self.assertIn("サービス1「通所介護」の期間が、認定の有効期間", r.text)
        self.assertIn("短期目標の期間", r.text)
        self.assertIn("計画期間（", r.text)
        self.assertEqual(self.one("select status from plan where pid = ?", plan), "draft")

    def test_consent_signature_and_freeze(self):
        c, person, plan, ids = self.draft_plan()
        self.explain(c, plan)
        form = self.form(c, f"/plans/{plan}/consent", f"/plans/{plan}/consent")
        r = self.ok(c.submit(self.fill(form, how="electronic", agreed_by="family", signature="data:image/png;base64," + PNG)), 422)
        for name in ("told_benefit", "agreed_name", "agreed_relation", "electronic_ok_on"):
            self.assertIn(f'id="e-{name}"', r.page.html, name)
        back = self.post_form(r, f"/plans/{plan}/consent")
        self.assertIn(PNG[:40], back.get("signature"), "the drawing stays")
        r = self.ok(c.submit(self.fill(back, told_benefit="1", how="sign", agreed_name="計画 一郎", agreed_relation="長男")))
        self.assertIn("/delivery", r.url)
        consent = self.rows("select agreed_by, agreed_name, how, length(signature_sha), length(content_sha) from plan_consent where plan_id = ?", ids["plan"])[0]
        self.assertEqual(consent, ("family", "計画 一郎", "sign", 64, 64))
        page = self.ok(c.get(f"/plans/{plan}"))
        self.assertIn("同意済", page.text)
        self.assertNotIn("内容を書く・直す", page.text)
        self.assertIn("計画を変更する", page.text)
        self.assertEqual(self.one("select count(*) from issued_doc where table_name = 'plan' and row_id = ? and purpose = 'agreed'", ids["plan"]), 3)
        # sent twice is one consent
        self.ok(c.submit(self.fill(self.form(c, f"/plans/{plan}/consent", f"/plans/{plan}/consent"), told_benefit="1")), 409)
        self.assertEqual(self.one("select count(*) from plan_consent where plan_id = ?", ids["plan"]), 1)
        # the papers
        for url in (f"/plans/{plan}/forms/kyotaku-1", f"/plans/{plan}/forms/kyotaku-2", f"/plans/{plan}/forms/kyotaku-3"):
            self.assertEqual(c.get(url).body[:5], b"%PDF-", url)
            self.assertEqual(c.get(url + "/xlsx").body[:2], b"PK", url)
        self.assertEqual(c.get(f"/plans/{plan}/forms/yobo-keikaku").status, 404)

    def test_delivery_and_provider_plans(self):
        c, person, plan, ids = self.draft_plan()
        self.agree(c, plan)
        self.assertIn("見本デイサービス", self.ok(c.get("/plans/unsent")).text)
        form = self.form(c, f"/plans/{plan}/delivery", f"/plans/{plan}/delivery")
        r = self.ok(c.submit(self.fill(form, how="")), 422)
        self.assertIn('id="e-how"', r.page.html)
        for _ in range(2):
            form = self.form(c, f"/plans/{plan}/delivery", f"/plans/{plan}/delivery")
            r = self.ok(c.submit(self.fill(form, how="hand")))
        self.assertIn("全員に渡しました", r.text)
        self.assertEqual(self.one("select status from plan where pid = ?", plan), "delivered")
        page = self.ok(c.get(f"/plans/{plan}"))
        self.assertIn("確定（交付済）", page.text)
        self.assertIn("個別サービス計画を確かめる", page.text, "the next step")
        form = self.form(c, f"/plans/{plan}/providers", f"/plans/{plan}/providers")
        r = self.ok(c.submit(self.fill(form, asked_on="R8.11.1", received_on="R8.11.2", asked_how="fax")))
        self.assertIn("受け取った", r.text)
        self.assertEqual(self.one("select count(*) from task where table_name = 'provider_plan' and state = 'open' and row_pid = ?", plan), 0)
        # one more recipient, without a name: told
        form = self.form(c, f"/plans/{plan}/delivery", f"/plans/{plan}/delivery")
        r = self.ok(c.submit(self.fill(form, to="new", kind="family", how="post")), 422)
        self.assertIn('id="e-name"', r.page.html)

    # ---- change, compare ----

    def test_full_change_and_difference(self):
        c, person, plan, ids = self.draft_plan()
        self.agree(c, plan)
        form = self.form(c, f"/plans/{plan}/change", f"/plans/{plan}/change")
        self.ok(c.submit(form), 422)
        r = self.ok(c.submit(self.fill(self.form(c, f"/plans/{plan}/change", f"/plans/{plan}/change"), reason="退院して状態が変わった")))
        new = re.search(r"/plans/([0-9a-z]{26})", r.url).group(1)
        self.assertIn("第2版", r.text)
        self.assertIn("前回から", r.text, "copied text is marked")
        self.write("update plan set to_on = date(plan_on, '+180 day') where pid = ?", new)
        self.write("update plan_need set text = '外を杖で歩くのが不安' where plan_id = (select id from plan where pid = ?)", new)
        r = self.ok(c.get(f"/plans/{new}/diff?with={plan}"))
        self.assertRegex(r.page.html, r"<ins><span class=\"sr\">［追加］</span>杖で")
        self.assertIn("変わった", r.text)
        # untouched text is asked about once
        form = self.form(c, f"/plans/{new}/explain", f"/plans/{new}/explain")
        r = self.ok(c.submit(form.set("warnings_ok", "1")), 422)
        self.assertIn('id="e-untouched_ok"', r.page.html)
        self.agree(c, new)
        self.assertEqual(self.one("select status from plan where pid = ?", plan), "replaced")

    def test_minor_change(self):
        c, person, plan, ids = self.draft_plan()
        self.agree(c, plan)
        form = self.fill(self.form(c, f"/plans/{plan}/change", f"/plans/{plan}/change"), change_kind="minor", reason="家族の都合で曜日を変える")
        r = self.ok(c.submit(form), 422)
        self.assertIn('id="e-minor_code"', r.page.html)
        r = self.ok(c.submit(self.post_form(r, f"/plans/{plan}/change").set("minor_code", "add_office")), 422)
        self.assertIn("別の事業所を足す", r.text)
        self.assertIn("Vol.959", r.text)
        self.assertIn("通常の変更", r.text)
        r = self.ok(c.submit(self.post_form(r, f"/plans/{plan}/change").set("minor_code", "minor_day")))
        new = re.search(r"/plans/([0-9a-z]{26})", r.url).group(1)
        self.assertIn("軽微な変更 1", r.text)
        r = self.ok(c.submit(self.form(c, f"/plans/{new}/minor", f"/plans/{new}/minor")), 422)
        self.assertIn("本人の了解を得た日", r.text)
        self.assertIn("軽微な変更にあたるか", r.text)
        self.assertIn("MC-03", r.text)
        self.assertIn("家族の都合で曜日を変える", r.text)
        today = self.one("select plan_on from plan where pid = ?", new)
        self.ok(c.submit(self.post_form(r, f"/plans/{new}/minor").set("agreed_on", today)))
        self.assertEqual(self.rows("select status, revision_no, version_no from plan where pid = ?", new)[0], ("consented", 1, 1))

    def test_provisional(self):
        c, person, plan, ids = self.draft_plan()
        form = self.form(c, f"/plans/{plan}/provisional", f"/plans/{plan}/provisional")
        r = self.ok(c.submit(self.fill(form, reason="退院が早まった")), 422)
        self.assertIn('id="e-until"', r.page.html)
        until = self.one("select date(plan_on, '+14 day') from plan where pid = ?", plan)
        r = self.ok(c.submit(self.post_form(r, f"/plans/{plan}/provisional").set("until", until)))
        self.assertIn("暫定（同意待ち）", r.text)
        self.assertEqual(self.one("select due_on from task where kind = 'plan_due' and row_pid = ?", plan), until)

    # ---- talk, history, end, bin ----

    def test_talk_history_end(self):
        c, person, plan, ids = self.draft_plan()
        form = self.form(c, f"/plans/{plan}/talk", f"/plans/{plan}/comments")
        r = self.ok(c.submit(form), 422)
        r = self.ok(c.submit(self.fill(self.post_form(r, f"/plans/{plan}/comments"), body="目標をもう少し具体的に")))
        self.assertIn("目標をもう少し具体的に", r.text)
        self.assertIn("計画の全体", self.ok(c.get(f"/plans/{plan}/history")).text)
        form = self.form(c, f"/plans/{plan}/close", f"/plans/{plan}/cancel")
        r = self.ok(self.button(c, form, f"/plans/{plan}/retire"), 422)
        r = self.ok(self.button(c, self.post_form(r, f"/plans/{plan}/cancel").set("reason", "作り直すため"), f"/plans/{plan}/retire"))
        self.assertEqual(c.get(f"/plans/{plan}").status, 404)
        bin_pid = self.one("select pid from bin_item where row_pid = ?", plan)
        self.ok(c.submit(self.form(c, "/bin", f"/bin/{bin_pid}/restore")))
        self.ok(c.get(f"/plans/{plan}"))
        self.agree(c, plan)
        r = self.ok(c.submit(self.form(c, f"/plans/{plan}/close", f"/plans/{plan}/end")), 422)
        r = self.ok(c.submit(self.post_form(r, f"/plans/{plan}/end").set("reason", "転居")))
        self.assertIn("終了", r.text)

    def test_a_change_voids_the_approval(self):
        c, person, plan, ids = self.draft_plan()
        boss = self.browser("head")
        org = self.one("select org_id from account where login = 'nurse'")
        talk = lambda who: self.form(who, f"/plans/{plan}/talk", f"/plans/{plan}/comments")
        self.write("update org set wants_approval = 1 where id = ?", org)
        try:
            r = self.ok(c.get(f"/plans/{plan}"))
            self.assertIn("承認を受ける", r.text)
            unread = talk(boss)
            edit = lambda words: self.write("update plan set analysis = ? where id = ?", words, ids["plan"])
            edit("歩く力を取り戻したい")
            r = self.ok(boss.submit(self.fill(unread, kind="approve")), 422)
            self.assertIn("いまの計画を読み直してから", r.text)
            self.ok(boss.submit(self.fill(talk(boss), kind="approve", body="進めてください")))
            self.assertNotIn("無効", self.ok(c.get(f"/plans/{plan}")).text)
            edit("庭を歩く力を取り戻したい")
            for path in (f"/plans/{plan}", f"/plans/{plan}/talk"):
                self.assertIn("承認のあとで計画が直されたため、承認は無効です。", self.ok(c.get(path)).text)
            form = self.form(c, f"/plans/{plan}/explain", f"/plans/{plan}/explain")
            r = self.ok(c.submit(self.fill(form, warnings_ok="1")), 409)
            self.assertIn("もう一度承認を頼み", r.text)
            self.ok(boss.submit(self.fill(talk(boss), kind="approve")))
            self.agree(c, plan)
        finally:
            self.write("update org set wants_approval = 0 where id = ?", org)

    def test_figures(self):
        c, person, plan, ids = self.draft_plan()
        self.agree(c, plan)
        r = self.ok(c.get("/plans/figures"))
        self.assertIn("通所介護", r.text)
        self.assertIn("<svg", r.page.html)
        csv = c.get("/plans/figures.csv").body.decode("utf-8-sig")
        self.assertIn("サービスごとの法人の割合", csv)

    def test_others_find_nothing(self):
        c, person, plan, ids = self.draft_plan()
        other = self.browser("provider")
        for path in ("", "/explain", "/consent", "/delivery", "/providers", "/diff", "/talk", "/history", "/change", "/close", "/forms/kyotaku-1"):
            self.assertEqual(other.get(f"/plans/{plan}{path}").status, 404, path)


if __name__ == "__main__":
    care_walk.main(__doc__)
