#!/usr/bin/env python3
"""支援経過, モニタリング, 評価 without script: entries and corrections that keep the old text, paper and CSV by period, interviews with
what the law asks of them, evaluations and the set of papers before a plan ends.
Usage: test_visit.py TSUNAGI"""
import random, re, sqlite3, subprocess, tempfile

import care_walk
from care_walk import Walk


class Visit(Walk):
    def person(self):
        n = self.one("select count(*) from person")
        return self.make(name=f"訪問 {'一二三四五六七八九'[n % 9]}{n}", kana="ホウモン " + "アカサタナハマヤラ"[n % 9], birth=f"S{5 + n % 9}.{1 + n % 12}.{1 + n % 28}",
                         home_address=f"つなぎ市北町{n}")

    def case(self, pid, kind="prevention", start="R8.4.1"):
        c = self.browser("nurse")
        form = self.form(c, f"/persons/{pid}/cases/new", f"/persons/{pid}/cases")
        r = self.ok(c.submit(self.fill(form, kind=kind, referred_on="R8.3.1", expl_on="R8.3.1", expl_to="本人", contract_on="R8.3.2", start_on=start)))
        return re.search(r"/cases/([0-9a-z]{26})", r.url).group(1)

    def entry(self, pid, status=200, who="nurse", **fields):
        c = self.browser(who)
        form = self.form(c, f"/persons/{pid}/log/new", f"/persons/{pid}/log")
        return self.ok(c.submit(self.fill(form, **fields)), status)

    def text_of(self, pdf):
        with tempfile.NamedTemporaryFile(suffix=".pdf") as f:
            f.write(pdf)
            f.flush()
            return re.sub(r"\s+", "", subprocess.run(["pdftotext", "-layout", f.name, "-"], capture_output=True, check=True).stdout.decode())

    # ---- 支援経過 ----

    def test_entry_and_correction(self):
        pid = self.person()
        c = self.browser("nurse")
        r = self.entry(pid, 422, item="phone", content="", at_on="R8.11.19", at_time="14:05", partner="長女")
        self.assertIn('href="#f-content"', r.page.html)
        back = self.post_form(r, f"/persons/{pid}/log")
        self.assertEqual((back.get("partner"), back.get("at_time"), back.get("item")), ("長女", "14:05", "phone"))
        r = self.ok(c.submit(self.fill(back, content="転んだとの電話。けがはない。", next_on="R8.11.25", minutes="15")))
        self.assertIn("転んだとの電話", self.main(r))
        self.assertIn("14:05", self.main(r))
        r = self.entry(pid, 422, item="visit", content="あす行く", at_on="R8.12.24")
        self.assertIn("先の日付", r.text)
        entry = self.one("select pid from care_log where content like '転んだ%' and person_id = (select id from person where pid = ?)", pid)
        # a correction strikes the old text and keeps it; two who correct the same one: the second is told
        a, b = self.browser("nurse"), self.browser("social")
        fa, fb = (self.form(x, f"/log/{entry}/correct", f"/log/{entry}/correct") for x in (a, b))
        r = self.ok(a.submit(self.fill(fa, content="転んだとの電話。左手首が腫れている。", reason="")), 422)
        self.assertIn("訂正の理由", r.text)
        r = self.ok(a.submit(self.fill(self.post_form(r, f"/log/{entry}/correct"), reason="聞き違い")))
        self.assertIn("<del>転んだとの電話。けがはない。</del>", r.page.html)
        self.assertIn("左手首が腫れている", self.main(r))
        r = self.ok(b.submit(self.fill(fb, content="別の言葉", reason="別の理由")), 409)
        self.assertEqual(self.post_form(r, f"/log/{entry}/correct").get("content"), "別の言葉")
        self.assertIn("もう訂正されています", r.text)
        self.assertEqual(self.one("select count(*) from care_log where content = '別の言葉'"), 0)
        self.assertEqual(self.one("select count(*) from care_log where person_id = (select id from person where pid = ?)", pid), 2)
        r = self.ok(a.get(f"/log/{entry}"))
        self.assertIn("聞き違い", r.text)
        self.assertIn("/log/", "".join(r.page.links))
        self.assertNotIn("けがはない", self.main(self.ok(a.get(f"/persons/{pid}/log?live=1"))))
        # the time line says one valid entry; the day's list too
        self.assertIn("左手首", self.ok(a.get(f"/persons/{pid}/timeline")).text)
        self.assertIn(f"/persons/{pid}/log", "".join(self.ok(a.get("/visits?day=R8.11.25")).page.links))
        self.assertIn("15", self.main(self.ok(a.get("/visits?day=R8.11.19&who=all"))))

    def test_only_struck(self):
        pid = self.person()
        c = self.browser("nurse")
        self.entry(pid, item="visit", content="となりの人の記録")
        entry = self.one("select pid from care_log where person_id = (select id from person where pid = ?)", pid)
        form = self.form(c, f"/log/{entry}/correct", f"/log/{entry}/correct")
        r = self.ok(c.submit(self.fill(form, reason="人ちがい", only_strike="1")))
        self.assertIn("<del>となりの人の記録</del>", r.page.html)
        self.assertEqual(self.one("select count(*) from timeline where table_name = 'care_log' and is_hidden = 0 and person_id = (select id from person where pid = ?)", pid), 0)
        self.assertTrue(c.get(f"/log/{entry}/correct").url.endswith(f"/log/{entry}"))

    def test_paper_and_csv_by_period(self):
        pid = self.person()
        c = self.browser("nurse")
        self.case(pid, kind="home")
        self.entry(pid, item="phone", content="十月の電話。", at_on="R8.10.30")
        self.entry(pid, item="visit", content="十一月の訪問。\n薬を確かめた。", at_on="R8.11.2", partner="本人")
        self.entry(pid, item="other", item_text="救急", content="=SUM(1)", at_on="R8.11.3")
        r = self.ok(c.get(f"/persons/{pid}/log/pdf?from=R8.11.1&to=R8.11.30"))
        text = self.text_of(r.body)
        for word in ("居宅介護支援経過", "十一月の訪問", "薬を確かめた", "R8.11.2（月）", "訪問（本人）", "救急"):
            self.assertIn(word, text)
        self.assertNotIn("十月の電話", text)
        csv = self.ok(c.get(f"/persons/{pid}/log/csv?from=R8.11.1")).body.decode("utf-8-sig")
        self.assertIn("十一月の訪問", csv)
        self.assertIn("'=SUM(1)", csv)
        self.assertNotIn("十月の電話", csv)
        self.assertEqual(self.ok(c.get(f"/persons/{pid}/log/xlsx")).body[:2], b"PK")

    def test_from_the_caseload(self):
        pid = self.person()
        c = self.browser("nurse")
        form = self.form(c, f"/persons/{pid}/log/new?back=/caseload?staff=me", f"/persons/{pid}/log")
        r = self.ok(c.submit(self.fill(form, item="phone", content="一覧から。")))
        self.assertIn("/caseload?staff=me", r.url)
        form = self.form(c, f"/persons/{pid}/log/new?back=//evil.example/", f"/persons/{pid}/log")
        r = self.ok(c.submit(self.fill(form, item="phone", content="一覧から。")))
        self.assertIn(f"/persons/{pid}/log", r.url)

    def test_another_office_sees_nothing(self):
        pid = self.person()
        self.entry(pid, item="visit", content="秘密")
        entry = self.one("select pid from care_log where person_id = (select id from person where pid = ?)", pid)
        for who in ("cm2", "provider"):
            c = self.browser(who)
            for path in (f"/log/{entry}", f"/log/{entry}/correct", f"/persons/{pid}/log", f"/persons/{pid}/log/new", f"/persons/{pid}/log/pdf", f"/persons/{pid}/log/csv"):
                self.ok(c.get(path), 404)


    # ---- モニタリング and 評価 ----

    def insert(self, db, table, **values):
        cols = {r[1] for r in db.execute(f"pragma table_info({table})")}
        base = {"pid": "".join(random.choice("0123456789abcdefghjkmnpqrstvwxyz") for _ in range(26)), "version": 1, "created_ms": 1, "created_by": 1, "updated_ms": 1, "updated_by": 1}
        values = {**{k: v for k, v in base.items() if k in cols}, **values}
        return db.execute(f"insert into {table} ({', '.join(values)}) values ({', '.join('?' * len(values))})", list(values.values())).lastrowid

    def plan(self, pid, kind="home", to="2027-03-31"):
        """A plan in use, straight into the data file: the pages of plans have their own walk."""
        self.case(pid, kind=kind, start="R8.10.1")
        db = sqlite3.connect(f"{self.dir}/data/tsunagi.db", timeout=20)
        with db:
            person, = db.execute("select id from person where pid = ?", (pid,)).fetchone()
            case, org = db.execute("select id, org_id from care_case where person_id = ?", (person,)).fetchone()
            own = {"person_id": person}
            plan = self.insert(db, "plan", **own, org_id=org, case_id=case, kind="home" if kind == "home" else "prevention", status="delivered", version_no=1, revision_no=0,
                               create_on="2026-10-01", plan_on="2026-10-01", from_on="2026-10-01", to_on=to, author_name="高橋 由美")
            need = self.insert(db, "plan_need", **own, plan_id=plan, no=1, text="歩行が不安定", goal="庭を歩ける")
            goal = self.insert(db, "plan_goal", **own, plan_id=plan, need_id=need, no=1, long_text="畑に行く", short_text="庭を歩ける", short_period="3か月")
            self.insert(db, "plan_service", **own, plan_id=plan, goal_id=goal, no=1, actor="formal", type="通所介護", content="歩行の練習", office="東デイサービス", freq="週1回")
        db.close()

    GOOD = {"mon_on": "R8.11.20", "mon_from": "14:00", "mon_to": "14:40", "method": "visit", "place": "居宅", "interviewee": ["self"], "svc.0.executed": "done", "goal.0.status": "better",
            "goal.0.note": "50m歩けた", "user_wish": "続けたい", "condition": "変わりない", "new_issue": "2", "plan_change": "none"}

    def monitoring(self, pid, status=200, who="nurse", **fields):
        c = self.browser(who)
        form = self.form(c, f"/persons/{pid}/monitorings/new", f"/persons/{pid}/monitorings")
        return self.ok(c.submit(self.fill(form, **{**self.GOOD, **fields})), status)

    def id_of(self, r):
        return re.search(r"/(?:monitorings|evaluations)/([0-9a-z]{26})", r.url).group(1)

    def test_monitoring(self):
        pid = self.person()
        c = self.browser("nurse")
        r = self.ok(c.get(f"/persons/{pid}/monitorings/new"), 409)
        self.assertIn("使っている計画がない", r.text)
        self.plan(pid)
        r = self.ok(c.get(f"/persons/{pid}/monitorings"))
        self.assertIn("期限切れ", self.main(r))  # October had none
        # all that is missing is said, what was typed stays, a day to come is refused
        r = self.monitoring(pid, 422, mon_on="R8.12.24", user_wish="", **{"svc.0.executed": "part", "svc.0.reason": ""})
        for field in ("mon_on", "user_wish", "svc.0.reason"):
            self.assertIn(f'href="#f-{field}"', r.page.html)
        back = self.post_form(r, f"/persons/{pid}/monitorings")
        self.assertEqual((back.get("goal.0.note"), back.get("goal.0.status"), back.get("svc.0.executed")), ("50m歩けた", "better", "part"))
        r = self.ok(c.submit(self.fill(back, mon_on="R8.11.20", user_wish="もっと歩きたい", wants_assess="1", plan_change="minor", plan_change_reason="曜日を変える", next_on="R8.12.18",
                                       **{"svc.0.reason": "雨で1回休み"})))
        m = self.id_of(r)
        self.assertIn("雨で1回休み", r.text)
        change = next(x for x in r.page.links if "/change?kind=minor" in x)
        form = self.form(self.browser("nurse"), change, change.split("?")[0])
        self.assertEqual((form.get("change_kind"), form.get("minor_code")), ("minor", ""))
        self.assertEqual(self.one("select due_on from task where kind = 'monitoring' and state = 'open' and person_id = (select id from person where pid = ?)", pid), "2026-12-31")
        r = self.ok(c.get(f"/persons/{pid}/log"))
        self.assertIn("もっと歩きたい", self.main(r))
        self.assertTrue(any(f"/monitorings/{m}" in x for x in r.page.links))
        r = self.ok(c.get(f"/persons/{pid}/monitorings"))
        self.assertIn("<svg", r.page.html)
        self.assertIn("50m歩けた", self.main(r))
        self.assertNotIn("期限切れ", self.main(r))
        text = self.text_of(self.ok(c.get(f"/monitorings/{m}/pdf")).body)
        for word in ("モニタリング記録", "庭を歩ける", "改善", "50m歩けた", "もっと歩きたい", "雨で1回休み", "通所介護"):
            self.assertIn(word, text)
        self.assertEqual(self.ok(c.get(f"/monitorings/{m}/xlsx")).body[:2], b"PK")
        self.assertIn(f"/persons/{pid}/log", "".join(self.ok(c.get("/visits?day=R8.12.18&who=all")).page.links))
        # the story: who changed which words, and what of a row
        self.assertIn(f"/monitorings/{m}/history", self.ok(c.get(f"/monitorings/{m}")).page.links)
        self.clock.go(60)
        form = self.form(c, f"/monitorings/{m}/edit", f"/monitorings/{m}")
        self.ok(c.submit(self.fill(form, user_wish="もっと遠くまで歩きたい", **{"goal.0.status": "same"})))
        r = self.ok(c.get(f"/monitorings/{m}/history"))
        self.assertEqual(re.findall(r"<ins><span class=\"sr\">［追加］</span>(.*?)<span", r.page.html), ["遠くまで"])
        for word in ("利用者の意向・満足度", "目標「庭を歩ける」", "改善 → 維持", "登録", "高橋 由美"):
            self.assertIn(word, r.text)
        self.assertNotIn("その他の項目", r.text)
        self.clock.go(60)
        back = [f for f in r.page.forms if f.action == f"/monitorings/{m}/revert"]
        self.assertEqual(len(back), 1, "what stands now is nothing to turn back to")
        r = self.ok(c.submit(back[0]))
        self.assertIn("維持 → 改善", r.text)
        r = self.ok(c.get(f"/monitorings/{m}"))
        self.assertIn("もっと歩きたい", self.main(r))
        self.assertIn("改善", self.main(r))
        self.ok(self.browser("cm2").get(f"/monitorings/{m}/history"), 404)
        # two people: another field joins, the same is asked, a row in dispute says whose word it is
        a, b = self.browser("nurse"), self.browser("social")
        fa, fb = (self.form(x, f"/monitorings/{m}/edit", f"/monitorings/{m}") for x in (a, b))
        self.ok(a.submit(self.fill(fa, condition="膝が痛い", **{"goal.0.status": "same"})))
        r = self.ok(b.submit(self.fill(fb, condition="腰が痛い", **{"goal.0.status": "worse"})), 409)
        self.assertIn("膝が痛い", r.text)
        fb = self.form(b, f"/monitorings/{m}/edit", f"/monitorings/{m}")
        fa = self.form(a, f"/monitorings/{m}/edit", f"/monitorings/{m}")
        self.ok(a.submit(self.fill(fa, **{"goal.0.status": "done"})))
        r = self.ok(b.submit(self.fill(fb, **{"goal.0.status": "worse"})), 409)
        self.assertIn("「達成」", r.text)
        r = self.ok(b.submit(self.post_form(r, f"/monitorings/{m}")))
        self.assertIn("悪化", self.main(r))
        # the bin and back
        form = self.form(a, f"/monitorings/{m}/retire", f"/monitorings/{m}/retire")
        r = self.ok(a.submit(self.fill(form, reason="まちがい")))
        self.ok(a.get(f"/monitorings/{m}"), 404)
        self.assertNotIn("もっと歩きたい", self.main(self.ok(a.get(f"/persons/{pid}/log"))))
        self.assertIn("モニタリング", self.ok(a.get("/bin")).text)
        self.ok(a.submit(next(f for f in r.page.forms if f.action.startswith("/undo/"))))
        self.ok(a.get(f"/monitorings/{m}"))

    def test_video(self):
        pid = self.person()
        self.plan(pid)
        self.monitoring(pid, mon_on="R8.10.15")
        r = self.monitoring(pid, 422, method="video")
        for words in ("文書による利用者の同意", "サービス担当者会議などでの合意", "合意した会議", "担当者から聞いて"):
            self.assertIn(words, r.text)
        form = self.post_form(r, f"/persons/{pid}/monitorings")
        self.assertEqual([x for x in form.options["agree_meeting"] if x], [])
        db = sqlite3.connect(f"{self.dir}/data/tsunagi.db", timeout=20)
        with db:
            person, = db.execute("select id from person where pid = ?", (pid,)).fetchone()
            org, = db.execute("select org_id from care_case where person_id = ?", (person,)).fetchone()
            own = dict(person_id=person, org_id=org, status="closed", reason="renew", called_on="2026-09-20", closed_on="2026-10-01", topics="テレビ電話")
            self.insert(db, "care_meeting", **own, held_on="2026-09-01", held_no=1)
            self.insert(db, "care_meeting", **own, held_on="2026-10-01", held_no=2, tv_stable=1, tv_able=1, tv_informed=1, tv_doctor="出席")
            self.insert(db, "care_meeting", **{**own, "status": "called"}, held_on="2026-10-02")
        db.close()
        none, good, called = (self.one("select pid from care_meeting where held_on = ? and person_id = (select id from person where pid = ?)", d, pid)
                              for d in ("2026-09-01", "2026-10-01", "2026-10-02"))
        form = self.form(self.browser("nurse"), f"/persons/{pid}/monitorings/new", f"/persons/{pid}/monitorings")
        self.assertEqual(sorted(x for x in form.options["agree_meeting"] if x), sorted([none, good]))
        video = {**self.GOOD, "method": "video", "consent_on": "R8.10.1", "consent_text": "重要事項説明書", "info.0.office": "東デイ", "info.0.content": "よく食べる"}
        for meeting, word in (("", "「合意した会議」を選ぶか"), (none, "三つのこと")):
            r = self.ok(self.browser("nurse").submit(self.fill(form, **{**video, "agree_meeting": meeting})), 422)
            self.assertIn(word, r.text)
            form = self.post_form(r, f"/persons/{pid}/monitorings")
        r = self.ok(self.browser("nurse").submit(self.fill(form, **{**video, "agree_meeting": good})))
        self.assertIn(f"/meetings/{good}", "".join(r.page.links))
        self.assertIn("第2回（主治医: 出席）", self.main(r))
        self.assertIn("テレビ電話", self.main(r))
        self.assertEqual(self.one("select count(*) from evidence where code = 'REC-TVOK' and person_id = (select id from person where pid = ?)", pid), 1)
        r = self.ok(self.browser("nurse").get(f"/persons/{pid}/monitorings/new"))
        self.assertEqual(self.post_form(r, f"/persons/{pid}/monitorings").get("consent_text"), "重要事項説明書")
        self.assertNotIn("device", self.post_form(r, f"/persons/{pid}/monitorings").options["special_code"])
        self.assertIn("機器の不具合", r.text)
        r = self.monitoring(pid, 422, method="other", special_code="", special_reason="画面が映らない")
        self.assertIn("「特段の事情」を選んで", r.text)

    def test_evaluation(self):
        pid = self.person()
        c = self.browser("nurse")
        self.plan(pid, kind="prevention", to="2026-12-10")
        self.monitoring(pid)
        r = self.ok(c.get(f"/persons/{pid}/renewal"))
        self.assertIn("もうすぐ終わります", self.main(r))
        self.assertIn(f"/persons/{pid}/evaluations/new", "".join(r.page.links))
        self.assertIn(pid, "".join(self.ok(c.get("/work/evaluation_soon")).page.links))
        form = self.form(c, f"/persons/{pid}/evaluations/new", f"/persons/{pid}/evaluations")
        self.assertIn("改善", form.get("row.0.status"))
        r = self.ok(c.submit(self.fill(form, overall="続ける", **{"row.0.achieved": "0", "row.0.next": "練習", "row.0.cause_user": "暑かった"})), 422)
        self.assertIn('href="#f-row.0.cause_author"', r.page.html)
        r = self.ok(c.submit(self.fill(self.post_form(r, f"/persons/{pid}/evaluations"), **{"row.0.cause_author": "目標が高い"})))
        e = self.id_of(r)
        self.assertIn("計画の変更に進む", r.text)
        text = self.text_of(self.ok(c.get(f"/evaluations/{e}/pdf")).body)
        for word in ("サービス評価表", "庭を歩ける", "目標が高い", "暑かった"):
            self.assertIn(word, text)
        self.assertNotIn(pid, "".join(self.ok(c.get("/work/evaluation_soon")).page.links))
        self.assertIn(f"/evaluations/{e}", "".join(self.ok(c.get(f"/persons/{pid}/renewal")).page.links))
        self.assertIn("評価", self.ok(c.get(f"/persons/{pid}/timeline")).text)
        a, b = self.browser("nurse"), self.browser("social")
        fa, fb = (self.form(x, f"/evaluations/{e}/edit", f"/evaluations/{e}") for x in (a, b))
        self.ok(a.submit(self.fill(fa, **{"row.0.next": "週2回にする"})))
        r = self.ok(b.submit(self.fill(fb, **{"row.0.next": "続ける"})), 409)
        self.assertIn("週2回にする", r.text)
        form = self.form(a, f"/evaluations/{e}/retire", f"/evaluations/{e}/retire")
        self.ok(a.submit(self.fill(form, reason="まちがい")))
        self.ok(a.get(f"/evaluations/{e}"), 404)

    def test_home_evaluation(self):
        pid = self.person()
        c = self.browser("nurse")
        self.plan(pid, kind="home")
        form = self.form(c, f"/persons/{pid}/evaluations/new", f"/persons/{pid}/evaluations")
        r = self.ok(c.submit(self.fill(form, **{"row.0.result": "B", "row.0.comment": "あと少し"})))
        self.assertTrue(any("code=minor_goal_ext" in x for x in r.page.links))
        text = self.text_of(self.ok(c.get(f"/evaluations/{self.id_of(r)}/pdf")).body)
        for word in ("評価表", "庭を歩ける", "東デイサービス", "△", "あと少し"):
            self.assertIn(word, text)

    def test_records_are_closed_to_others(self):
        pid = self.person()
        self.plan(pid, kind="prevention")
        m = self.id_of(self.monitoring(pid))
        c = self.browser("nurse")
        form = self.form(c, f"/persons/{pid}/evaluations/new", f"/persons/{pid}/evaluations")
        e = self.id_of(self.ok(c.submit(self.fill(form, overall="続ける", **{"row.0.achieved": "1", "row.0.next": "続ける"}))))
        for who in ("cm2", "provider"):
            c = self.browser(who)
            for path in (f"/monitorings/{m}", f"/monitorings/{m}/edit", f"/monitorings/{m}/pdf", f"/monitorings/{m}/retire", f"/evaluations/{e}", f"/evaluations/{e}/edit", f"/evaluations/{e}/pdf",
                         f"/persons/{pid}/monitorings", f"/persons/{pid}/monitorings/new", f"/persons/{pid}/evaluations", f"/persons/{pid}/renewal"):
                self.ok(c.get(path), 404)


if __name__ == "__main__":
    care_walk.main(__doc__)
