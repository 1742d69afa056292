#!/usr/bin/env python3
"""Writing a plan without script: rows added and taken out, faults that keep every word, two people on one plan, the week by typing,
from 第2表 and by copying. Usage: test_plan_edit.py TSUNAGI"""
import re

import care_walk
from care_walk import Walk


class Edit(Walk):
    n = 0

    def plan(self, kind="home", who="nurse"):
        c = self.browser(who)
        Edit.n += 1
        pid = self.make(name=f"書込 {'一二三四五六七八九'[Edit.n % 9]}{Edit.n}", kana="カキコミ " + "アカサタナハマヤラ"[Edit.n % 9], birth=f"S{5 + Edit.n}.{1 + Edit.n % 12}.3",
                        home_address=f"つなぎ市北町{Edit.n}")
        form = self.form(c, f"/persons/{pid}/cases/new", f"/persons/{pid}/cases")
        self.ok(c.submit(self.fill(form, kind=kind, expl_on="R8.11.1", expl_to="本人", contract_on="R8.11.1", start_on="R8.11.1")))
        form = self.form(c, f"/persons/{pid}/plans", f"/persons/{pid}/plans")
        choices = [v for v in form.options["case"] if v] if "case" in form.options else []
        r = self.ok(c.submit(form.set("case", choices[0]) if choices else form))
        return c, re.search(r"/plans/([0-9a-z]{26})", r.url).group(1)

    def more(self, c, form, plan, add):
        form.action = f"/plans/{plan}/edit/more"
        form.press("add", add)
        return self.post_form(self.ok(c.submit(form)), f"/plans/{plan}/edit")

    def names(self, form, part, column):
        return [n for n in form.names() if re.fullmatch(rf"{part}\.[0-9a-z]+\.{column}", n)]

    def key(self, name):
        return name.split(".")[1]

    def chain(self, c, plan, need="外を歩くのが不安", **service):
        """A need with a goal and a service, row by row."""
        form = self.form(c, f"/plans/{plan}/edit", f"/plans/{plan}/edit")
        form = self.more(c, form, plan, "need")
        k = self.key(self.names(form, "need", "text")[-1])
        form.set(f"need.{k}.text", need)
        form = self.more(c, form, plan, f"goal:{k}")
        self.assertEqual(form.get(f"need.{k}.text"), need, "what was typed stays")
        g = self.key(self.names(form, "goal", "short_text")[-1])
        self.fill(form, **{f"goal.{g}.long_text": "畑まで歩く", f"goal.{g}.long_from_on": "R8.12.1", f"goal.{g}.long_to_on": "R9.5.31",
                           f"goal.{g}.short_text": "庭を歩く", f"goal.{g}.short_from_on": "R8.12.1", f"goal.{g}.short_to_on": "R9.2.28"})
        form = self.more(c, form, plan, f"service:{g}")
        s = self.key(self.names(form, "service", "content")[-1])
        self.fill(form, **{f"service.{s}.content": "歩行の練習", f"service.{s}.type_code": "15", f"service.{s}.days": ["1", "4"], f"service.{s}.time_from": "9時半",
                           f"service.{s}.time_to": "16:00", f"service.{s}.from_on": "R8.12.1", f"service.{s}.to_on": "R9.2.28", **{f"service.{s}.{k}": v for k, v in service.items()}})
        return form

    def test_an_earlier_state_comes_back_whole(self):
        c, plan = self.plan()
        self.clock.go(60)
        self.ok(c.submit(self.chain(c, plan)))
        alive = "select count(*) from plan_service s join plan p on p.id = s.plan_id where p.pid = ? and s.retired_ms is null"
        services = self.one("select group_concat(s.id) from plan_service s join plan p on p.id = s.plan_id where p.pid = ?", plan)
        self.clock.go(60)
        form = self.form(c, f"/plans/{plan}/edit", f"/plans/{plan}/edit")
        need = self.key(self.names(form, "need", "text")[0])
        self.ok(c.submit(self.fill(form, wish_person="書き損じ", **{f"need.{need}.gone": "1"})))
        self.assertEqual(self.one(alive, plan), 0)
        self.clock.go(60)
        back = [f for f in self.ok(c.get(f"/plans/{plan}/history")).page.forms if f.action == f"/plans/{plan}/revert"]
        self.assertEqual(len(back), 2, "one for each earlier save")
        self.ok(c.submit(back[0]))
        r = self.ok(c.get(f"/plans/{plan}"))
        self.assertIn("歩行の練習", r.text)
        self.assertNotIn("書き損じ", r.text)
        self.assertEqual(self.one("select group_concat(s.id) from plan_service s join plan p on p.id = s.plan_id where p.pid = ? and s.retired_ms is null", plan), services)
        self.ok(self.browser("cm2").get(f"/plans/{plan}/history"), 404)

    def test_rows_are_added_saved_and_taken_out(self):
        c, plan = self.plan()
        before = self.one("select count(*) from plan_need")
        form = self.chain(c, plan)
        self.assertEqual(self.one("select count(*) from plan_need"), before, "adding a row saves nothing")
        self.fill(form, analysis="膝の痛みで閉じこもりがち。\n歩く力を取り戻したい。", wish_person="また畑に行きたい")
        r = self.ok(c.submit(form))
        for word in ("外を歩くのが不安", "庭を歩く", "歩行の練習", "また畑に行きたい", "週2回（月・木）"):
            self.assertIn(word, r.text)
        row = self.rows("select type, freq, times_week, time_from, time_to, days, covered, actor from plan_service s join plan p on p.id = s.plan_id where p.pid = ?", plan)[0]
        self.assertEqual(row, ("通所介護", "週2回（月・木）", 2, 570, 960, "1001000", "Y", "formal"))
        # what is there comes back into the fields; a second save changes nothing
        form = self.form(c, f"/plans/{plan}/edit", f"/plans/{plan}/edit")
        service = self.key(self.names(form, "service", "content")[0])
        self.assertEqual(form.get(f"service.{service}.time_from"), "9:30")
        self.ok(c.submit(form))
        self.assertEqual(self.rows("select s.version from plan_service s join plan p on p.id = s.plan_id where p.pid = ?", plan), [(1,)])
        # taken out: the need takes goals and services along
        form = self.form(c, f"/plans/{plan}/edit", f"/plans/{plan}/edit")
        need = self.key(self.names(form, "need", "text")[0])
        self.ok(c.submit(self.fill(form, **{f"need.{need}.gone": "1"})))
        self.assertEqual(self.rows("select count(*) from plan_service s join plan p on p.id = s.plan_id where p.pid = ? and s.retired_ms is null", plan), [(0,)])

    def test_faults_keep_every_word(self):
        c, plan = self.plan()
        form = self.chain(c, plan, time_to="いつか", to_on="昭和64年1月8日", times_month="たくさん")
        form.set("to_on", "R6.1.1").set("from_on", "R8.12.1").set("overall_policy", "転倒を防ぐ")
        r = self.ok(c.submit(form), 422)
        back = self.post_form(r, f"/plans/{plan}/edit")
        s = self.key(self.names(back, "service", "content")[0])
        self.assertEqual([back.get(f"service.{s}.{k}") for k in ("time_to", "to_on", "times_month", "content")], ["いつか", "昭和64年1月8日", "たくさん", "歩行の練習"])
        self.assertEqual(back.get("overall_policy"), "転倒を防ぐ")
        for field in (f"service.{s}.time_to", f"service.{s}.to_on", f"service.{s}.times_month"):
            self.assertIn(f'href="#f-{field}"', r.page.html)
        self.fill(back, **{f"service.{s}.time_to": "翌6:00", f"service.{s}.to_on": "R9.2.28", f"service.{s}.times_month": "８"})
        r = self.ok(c.submit(back), 422)  # only now the order of the days is looked at
        self.assertIn('href="#f-to_on"', r.page.html)
        self.ok(c.submit(self.post_form(r, f"/plans/{plan}/edit").set("to_on", "R9.5.31")))

    def test_two_people(self):
        a, plan = self.plan()
        b = self.browser("social")
        self.ok(a.submit(self.chain(a, plan)))
        fa, fb = self.form(a, f"/plans/{plan}/edit", f"/plans/{plan}/edit"), self.form(b, f"/plans/{plan}/edit", f"/plans/{plan}/edit")
        need, goal = self.key(self.names(fa, "need", "text")[0]), self.key(self.names(fa, "goal", "short_text")[0])
        # different rows merge
        self.ok(a.submit(self.fill(fa, **{f"need.{need}.text": "買い物に行けない"})))
        r = self.ok(b.submit(self.fill(fb, **{f"goal.{goal}.short_text": "店まで歩く"})))
        self.assertIn("買い物に行けない", r.text)
        # the same field of the same row asks, and nothing is lost
        fa, fb = self.form(a, f"/plans/{plan}/edit", f"/plans/{plan}/edit"), self.form(b, f"/plans/{plan}/edit", f"/plans/{plan}/edit")
        self.ok(a.submit(self.fill(fa, **{f"need.{need}.text": "甲の書いた課題", f"goal.{goal}.long_text": "甲の長期目標"})))
        r = self.ok(b.submit(self.fill(fb, **{f"need.{need}.text": "乙の書いた課題", "overall_policy": "乙の方針"})), 409)
        for word in ("甲の書いた課題", "乙の書いた課題", "課題（ニーズ）"):
            self.assertIn(word, r.text)
        r = self.ok(b.submit(self.post_form(r, f"/plans/{plan}/edit")))
        for word in ("乙の書いた課題", "乙の方針", "甲の長期目標"):
            self.assertIn(word, r.text)

    def test_prevention(self):
        c, plan = self.plan(kind="prevention")
        form = self.form(c, f"/plans/{plan}/edit", f"/plans/{plan}/edit")
        self.assertNotIn("analysis", form.names())
        self.assertIn("goal_day", form.names())
        form = self.more(c, form, plan, "need")
        k = self.key(self.names(form, "need", "proposal")[-1])
        self.fill(form, goal_day="毎日10分歩く", **{f"need.{k}.text": "閉じこもり", f"need.{k}.proposal": "通いの場へ", f"need.{k}.intent": "友人と行きたい", f"need.{k}.goal": "週1回出かける"})
        form = self.more(c, form, plan, f"goal:{k}")
        g = self.key(self.names(form, "goal", "point")[-1])
        r = self.ok(c.submit(self.fill(form, **{f"goal.{g}.selfcare": "散歩を続ける", f"goal.{g}.point": "膝の痛みに注意"})))
        for word in ("毎日10分歩く", "通いの場へ", "散歩を続ける"):
            self.assertIn(word, r.text)
        self.ok(c.get(f"/plans/{plan}/week"), 404)  # 予防 has no 第3表

    def test_the_week(self):
        c, plan = self.plan()
        self.ok(c.submit(self.chain(c, plan)))
        week, here = f"/plans/{plan}/week", f"/plans/{plan}/week"

        def slots():
            return self.rows("select s.dow, s.from_min, s.to_min, s.service, s.service_id is not null from plan_slot s join plan p on p.id = s.plan_id "
                             "where p.pid = ? and s.retired_ms is null order by 1, 2", plan)
        def to(form, action):
            form.action = f"/plans/{plan}/{action}"
            return form

        def week_form():
            return self.post_form(self.ok(c.get(week)), here)
        # from 第2表
        r = self.ok(c.get(week))
        self.assertIn("2件がまだ", r.text)
        self.ok(c.submit(to(self.post_form(r, here), "week/fill")))
        self.assertEqual(slots(), [(1, 570, 960, "通所介護", 1), (4, 570, 960, "通所介護", 1)])
        # by typing; faults keep the words
        r = self.ok(c.submit(week_form().set("entry", "月水金 訪問")), 422)
        self.assertIn("時間が読み取れません", r.text)
        self.assertEqual(self.post_form(r, here).get("entry"), "月水金 訪問")
        self.ok(c.submit(self.post_form(r, here).set("entry", "火 第2・4 14-15時半 訪問看護")))
        self.ok(c.submit(week_form().set("entry", "毎日 22-翌6 家族の見守り")))
        self.assertEqual(len(slots()), 10)
        r = self.ok(c.get(week))
        self.assertIn("第2表にない", r.text)
        self.assertIn("<svg", r.page.html)
        # one stay: its box of the picture leads to its page; changed, then taken out
        link = next(x for x in r.page.links if re.fullmatch(rf"{here}/[0-9a-z]{{26}}", x))
        k = link.rsplit("/", 1)[1]
        form = self.form(c, link, link)
        r = self.ok(c.submit(self.fill(form, **{f"slot.{k}.from_min": "10:00", f"slot.{k}.to_min": "朝"})), 422)
        self.assertEqual(self.post_form(r, link).get(f"slot.{k}.to_min"), "朝")
        self.ok(c.submit(self.fill(self.post_form(r, link), **{f"slot.{k}.to_min": "15:00"})))
        self.assertIn((600, 900), [s[1:3] for s in slots()])
        n = len(slots())
        self.ok(c.submit(self.fill(self.form(c, link, link), **{f"slot.{k}.gone": "1"})))
        self.assertEqual(len(slots()), n - 1)
        # a day copied
        before = len([s for s in slots() if s[0] == 4])
        self.ok(c.submit(to(self.fill(week_form(), copy_from="4", copy_to=["6", "7"]), "week/copy")))
        self.assertEqual(len([s for s in slots() if s[0] == 6]), 1 + before)
        r = self.ok(c.submit(to(week_form(), "week/copy")), 422)
        self.assertIn("写し先の曜日を選んでください", r.text)
        # activities
        self.ok(c.submit(self.fill(week_form(), activity="起床", activity_from="6時半")))
        self.assertIn("6:30 起床", self.ok(c.get(week)).text)
        remove = self.one("select a.pid from plan_activity a join plan p on p.id = a.plan_id where p.pid = ?", plan)
        self.ok(c.submit(to(week_form(), f"activities/{remove}/remove")))
        self.assertNotIn("6:30 起床", self.ok(c.get(week)).text)

    def test_the_week_is_one_form(self):
        """Whatever button is pressed, every word of the page goes along; new stays and faults come back as typed."""
        c, plan = self.plan()
        self.ok(c.submit(self.chain(c, plan)))
        week = f"/plans/{plan}/week"

        def slots():
            return self.rows("select s.dow, s.from_min, s.to_min, s.service, s.service_id is not null, s.version from plan_slot s join plan p on p.id = s.plan_id "
                             "where p.pid = ? and s.retired_ms is null order by 1, 2", plan)

        def stay(key, **v):
            data = {"version": "0", "dow": "2", "from_min": "9:00", "to_min": "10:00", "service": "訪問介護", "note": "", "parent": "", **v}
            return {f"slot.{key}.{k}": x for k, x in data.items()}

        def send(form, more, action="week", code=200):
            form.action = f"/plans/{plan}/{action}"
            form.fields += [[k, v] for k, v in more.items()]
            return self.ok(c.submit(form), code)
        form = self.post_form(self.ok(c.get(week)), week)
        r = send(form, {**stay("n1", to_min="いつか"), **stay("n2", service="", dow="3")}, code=422)
        back = self.post_form(r, week)
        self.assertEqual([back.get(f"slot.n1.{k}") for k in ("dow", "from_min", "to_min", "service")], ["2", "9:00", "いつか", "訪問介護"])
        self.assertEqual(back.get("slot.n2.dow"), "3")
        for field in ("slot.n1.to_min", "slot.n2.service"):
            self.assertIn(f'href="#f-{field}"', r.page.html)
        self.assertEqual(slots(), [])
        # a typed line, a new stay and 第2表 in one go
        self.ok(c.submit(self.fill(back, **{"slot.n1.to_min": "10:15", "slot.n2.service": "通所介護", "slot.n2.from_min": "22:00", "slot.n2.to_min": "6:00", "entry": "土 13-14 配食"})))
        self.assertEqual(slots(), [(2, 540, 615, "訪問介護", 0, 1), (3, 1320, 1800, "通所介護", 1, 1), (6, 780, 840, "配食", 0, 1)])
        form = self.post_form(self.ok(c.get(week)), week)
        k = next(n.split(".")[1] for n in form.names() if n.endswith(".service") and form.get(n) == "配食")
        form.action = f"{week}/fill"
        self.ok(c.submit(self.fill(form, **{f"slot.{k}.note": "弁当", f"slot.{k}.dow": "7"})))
        self.assertEqual([s[:1] + s[3:] for s in slots()], [(1, "通所介護", 1, 1), (2, "訪問介護", 0, 1), (3, "通所介護", 1, 1), (4, "通所介護", 1, 1), (7, "配食", 0, 2)])
        # saved once more, nothing gets a new version
        self.ok(c.submit(self.post_form(self.ok(c.get(week)), week)))
        self.assertEqual([s[5] for s in slots()], [1, 1, 1, 1, 2])

    def test_the_week_of_two(self):
        a, plan = self.plan()
        b = self.browser("social")
        week = f"/plans/{plan}/week"
        self.ok(a.submit(self.form(a, week, week).set("entry", "月火 9-10 訪問介護")))
        self.ok(a.submit(self.form(a, week, week).set("entry", "水 9-10 配食")))
        key = {}
        for n in self.form(a, week, week).names():
            if n.startswith("slot.") and n.endswith(".dow"):
                f = self.form(a, week, week)
                key[f.get(n)] = n.split(".")[1]
        mon, tue, wed = (key[x] for x in "123")
        # different stays and different fields merge
        fa, fb = self.form(a, week, week), self.form(b, week, week)
        self.ok(a.submit(self.fill(fa, **{f"slot.{mon}.to_min": "11:00"})))
        self.ok(b.submit(self.fill(fb, **{f"slot.{mon}.note": "第2・4", f"slot.{tue}.from_min": "8:00"})))
        f = self.form(a, week, week)
        self.assertEqual([f.get(f"slot.{mon}.to_min"), f.get(f"slot.{mon}.note"), f.get(f"slot.{tue}.from_min")], ["11:00", "第2・4", "8:00"])
        # the same field of one stay asks, with everything else of the page
        fa, fb = self.form(a, week, week), self.form(b, week, week)
        self.ok(a.submit(self.fill(fa, **{f"slot.{mon}.service": "甲の訪問介護"})))
        r = self.ok(b.submit(self.fill(fb, **{f"slot.{mon}.service": "乙の訪問介護", f"slot.{tue}.note": "乙の注記", "entry": "日 9-10 乙の予定"})), 409)
        for word in ("甲の訪問介護", "乙の訪問介護", "介護サービス内容"):
            self.assertIn(word, r.text)
        self.ok(b.submit(self.post_form(r, week)))
        f = self.form(b, week, week)
        self.assertEqual(f.get(f"slot.{mon}.service"), "乙の訪問介護")
        self.assertEqual(f.get(f"slot.{tue}.note"), "乙の注記")
        self.assertIn("乙の予定", self.ok(b.get(week)).text)
        # a stay taken out by one stays away if the other left it alone, and comes back if the other wrote in it
        fa, fb, fc = (self.form(x, week, week) for x in (a, b, b))
        self.ok(a.submit(self.fill(fa, **{f"slot.{wed}.gone": "1"})))
        self.ok(b.submit(fb))
        self.assertNotIn("配食", self.ok(b.get(week)).text)
        self.ok(b.submit(self.fill(fc, **{f"slot.{wed}.service": "配食（温かいもの）"})))
        self.assertIn("配食（温かいもの）", self.ok(b.get(week)).text)

    def test_the_ecomap_is_offered_what_the_plan_took_up(self):
        c, plan = self.plan()
        r = self.ok(c.submit(self.chain(c, plan, office="見本デイサービス")))
        self.assertIn("エコマップに加えますか", r.text)
        act = f"/plans/{plan}/ecomap"
        form = self.post_form(r, act)
        self.assertEqual(len(form.options["service"]), 1)
        person = self.one("select p.pid from person p join plan x on x.person_id = p.id where x.pid = ?", plan)
        again = self.post_form(self.ok(c.get(f"/plans/{plan}")), act)
        self.assertNotIn("エコマップに加えますか", self.ok(c.submit(form)).text)
        self.ok(c.submit(again))  # the same offer taken once more: never twice
        count = "select count(*) from ecomap_node n join person p on p.id = n.person_id where p.pid = ? and n.retired_ms is null"
        self.assertEqual(self.one(count, person), 1)
        self.assertEqual(self.one("select count(*) from ecomap_tie n join person p on p.id = n.person_id where p.pid = ? and n.retired_ms is null", person), 1)
        self.assertIn("見本デイサービス", self.ok(c.get(f"/persons/{person}/ecomap")).text)
        # informal support too; the family has its own picture
        form = self.form(c, f"/plans/{plan}/edit", f"/plans/{plan}/edit")
        goal = self.key(self.names(form, "goal", "short_text")[0])
        for office, actor in (("ひまわり体操会", "informal"), ("長女", "family")):
            form = self.more(c, form, plan, f"service:{goal}")
            s = self.key(self.names(form, "service", "content")[-1])
            self.fill(form, **{f"service.{s}.content": "見守り", f"service.{s}.office": office, f"service.{s}.actor": actor})
        r = self.ok(c.submit(form))
        form = self.post_form(r, act)
        self.assertIn("ひまわり体操会", r.text)
        self.assertEqual(len(form.options["service"]), 1)
        self.ok(c.submit(form))
        self.assertEqual(self.one(count, person), 2)

    def test_the_month_of_the_heading(self):
        c, plan = self.plan()
        for day, words in (("R9.4.1", "令和9年4月分より"), ("R9.12.31", "令和9年12月分より")):
            form = self.form(c, f"/plans/{plan}/edit", f"/plans/{plan}/edit")
            self.ok(c.submit(self.fill(form, from_on=day, to_on="")))
            self.assertIn(words, self.ok(c.get(f"/plans/{plan}/week")).text)
        form = self.form(c, f"/plans/{plan}/edit", f"/plans/{plan}/edit")
        self.ok(c.submit(self.fill(form, from_on="", plan_on="R9.2.3")))
        self.assertIn("令和9年2月分より", self.ok(c.get(f"/plans/{plan}/week")).text)

    def test_others(self):
        _, plan = self.plan()
        for who in ("cm2", "provider"):
            b = self.browser(who)
            for path in (f"/plans/{plan}/edit", f"/plans/{plan}/week"):
                self.ok(b.get(path), 404)


if __name__ == "__main__":
    care_walk.main(__doc__)
