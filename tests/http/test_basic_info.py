#!/usr/bin/env python3
"""利用者基本情報 without script: what the register holds is marked, one per day, rows of the day, illnesses with the day as it is
known, paper, drafts, and who sees nothing of it. Usage: test_basic_info.py TSUNAGI"""
import re, subprocess

import care_walk
from care_walk import Walk


class BasicInfo(Walk):
    def person(self, **kw):
        n = self.one("select count(*) from person")
        return self.make(**{"name": f"基本 {'一二三四五六七八九'[n % 9]}{n}", "kana": "キホン " + "アカサタナハマヤラ"[n % 9], "sex": "2",
                            "birth": f"S{5 + n % 9}.{1 + n % 12}.{1 + n % 28}", "home_address": f"つなぎ市北町{n}", "phone": "03-5550-1212", **kw})

    def box(self, r, label):
        m = re.search(rf'<p class="fixed-label">{label} <span class="mark">([^<]*)</span></p>(.*?)</div>', r.page.html, re.S)
        self.assertTrue(m, label)
        return m.group(1), re.sub(r"<[^>]+>", "", m.group(2)).strip()

    def test_what_the_register_holds_is_marked(self):
        pid = self.person(birth="S15.3.2")
        r = self.ok(self.browser("nurse").get(f"/persons/{pid}/basic-info/new"))
        for label, text in (("フリガナ", "キホン"), ("本人氏名", "基本"), ("性別", "女"), ("生年月日", "昭和15年3月2日"), ("住所", "つなぎ市北町"), ("電話番号", "03-5550-1212")):
            mark, value = self.box(r, label)
            self.assertEqual(mark, "台帳から", label)
            self.assertIn(text, value, label)
        self.assertEqual(self.box(r, "被保険者番号")[0], "台帳に未入力")
        form = self.post_form(r, f"/persons/{pid}/basic-info")
        self.assertNotIn("name", form, "what the register owns is changed there")

    def test_one_a_day_and_rows_of_the_day(self):
        pid = self.person()
        c, action = self.browser("nurse"), f"/persons/{pid}/basic-info"
        form = self.form(c, action + "/new", action)
        key = form.get("draft")
        self.draft(c, key, {"hobby": "書きかけ"}, "利用者基本情報")
        self.assertIn(action + "/new", c.get("/drafts").page.links)
        rows = {"day_schedule.0.when": "6:00", "day_schedule.0.self": "起床・散歩", "day_schedule.1.when": "12:00", "day_schedule.1.carer": "昼食の用意"}
        r = self.ok(c.submit(self.fill(form, hobby="園芸\n将棋", econ_kokumin="Y", room_floor="2", consult_method="02", current_place="01", plan_kind="2", **rows)))
        for text in ("園芸", "起床・散歩", "昼食の用意", "介護予防ケアマネジメント"):
            self.assertIn(text, r.text)
        self.assertFalse(self.drafted(c, key)["found"])
        info = r.url.split("?")[0].split("/")[-1]
        pdf = c.get(f"{action}/{info}/pdf")
        words = re.sub(r"\s", "", subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf.body, capture_output=True, check=True).stdout.decode())
        for text in ("園芸", "起床・散歩", "昼食の用意", "キホン"):
            self.assertIn(text, words)
        # a second of the same day
        form = self.form(c, action + "/new", action)
        r = self.ok(c.submit(self.fill(form, hobby="消えては困る", econ_note="年金のみ", **rows)), 409)
        self.assertIn("同じ相談日の利用者基本情報がすでにあります", r.text)
        back = self.post_form(r, action)
        self.assertEqual((back.get("hobby"), back.get("econ_note"), back.get("day_schedule.1.carer")), ("消えては困る", "年金のみ", "昼食の用意"))
        self.ok(c.submit(back.set("consult_date", "R8.10.1")))
        self.assertEqual(self.one("select count(*) from basic_info b join person p on p.id = b.person_id where p.pid = ?", pid), 2)
        # bad input keeps all
        form = self.form(c, f"{action}/{info}/edit", f"{action}/{info}")
        r = self.ok(c.submit(self.fill(form, consult_date="R8.2.30", room_floor="二階", hobby="三つめ")), 422)
        back = self.post_form(r, f"{action}/{info}")
        self.assertEqual((back.get("consult_date"), back.get("room_floor"), back.get("hobby")), ("R8.2.30", "二階", "三つめ"))
        for name in ("consult_date", "room_floor"):
            self.assertIn(f'href="#f-{name}"', r.page.html)

    def test_two_at_once_every_item_can_be_picked(self):
        pid = self.person()
        a, b, action = self.browser("nurse"), self.browser("social"), f"/persons/{pid}/basic-info"
        rows = {"day_schedule.0.when": "6:00", "day_schedule.0.self": "起床", "day_schedule.1.when": "12:00", "day_schedule.1.carer": "昼食の用意"}
        r = self.ok(a.submit(self.fill(self.form(a, action + "/new", action), hobby="園芸", econ_note="年金", econ_kokumin="N", housing_type="01", consult_method="02", room_floor="1", **rows)))
        at = r.url.split("?")[0]
        fa, fb = self.form(a, at + "/edit", at), self.form(b, at + "/edit", at)
        theirs = {"day_schedule.0.self": "散歩", "day_schedule.2.when": "21:00", "day_schedule.2.self": "就寝"}
        mine = {"day_schedule.0.self": "体操", "day_schedule.1.carer": "昼食を届ける"}
        self.ok(a.submit(self.fill(fa, hobby="将棋", econ_note="年金と仕送り", econ_kokumin="Y", housing_type="02", consult_method="01", room_floor="2", life_history="農家", **theirs)))
        r = self.ok(b.submit(self.fill(fb, hobby="囲碁", econ_note="年金と恩給", econ_kokumin="", housing_type="03", consult_method="03", room_floor="3", **mine)), 409)
        html = r.page.html
        bare = re.sub(r'(name|id|value|for)="[^"]*"', "", html)
        for words in ("2", "3", "来所", "その他", "散歩", "体操", "就寝", "昼食を届ける", "年金と仕送り", "将棋", "囲碁"):
            self.assertIn(words, bare, words)
        for raw in ("econ_kokumin", "day_schedule", "[{", "consult_method", ">02<"):
            self.assertNotIn(raw, bare)
        form = self.post_form(r, at)
        # both sides of each can be picked: the radio buttons of the page
        sides = lambda name: re.findall(rf'<input type="radio" name="{name}" value="([^"]*)"', html)
        unescape = lambda t: __import__("html").unescape(t)
        for name, n in (("hobby", 3), ("econ_note", 3), ("housing_type", 2), ("consult_method", 2), ("room_floor", 2), ("day_schedule", 3)):
            self.assertEqual(len(sides(name)), n, name)
        form.set("hobby", unescape(sides("hobby")[2])).set("housing_type", sides("housing_type")[1])
        form.set("consult_method", sides("consult_method")[0]).set("room_floor", sides("room_floor")[1]).set("day_schedule", unescape(sides("day_schedule")[1]))
        r = self.ok(b.submit(form))
        after = self.form(b, at + "/edit", at)
        self.assertEqual([after.get(k) for k in ("hobby", "econ_note", "econ_kokumin", "housing_type", "consult_method", "room_floor", "life_history")],
                         ["将棋\n囲碁", "年金と恩給", "Y", "02", "03", "2", "農家"])
        self.assertEqual([after.get(f"day_schedule.{i}.{k}") for i, k in ((0, "when"), (0, "self"), (1, "carer"), (2, "self"))], ["6:00", "散歩", "昼食の用意", "就寝"])
        # both lists, one after the other
        fa, fb = self.form(a, at + "/edit", at), self.form(b, at + "/edit", at)
        self.ok(a.submit(self.fill(fa, **{"day_schedule.0.self": "ラジオ体操"})))
        r = self.ok(b.submit(self.fill(fb, **{"day_schedule.0.self": "畑"})), 409)
        html = r.page.html
        self.ok(b.submit(self.post_form(r, at).set("day_schedule", unescape(sides("day_schedule")[2]))))
        after = self.form(b, at + "/edit", at)
        self.assertEqual([after.get(f"day_schedule.{i}.self") for i in range(6)], ["ラジオ体操", "", "就寝", "畑", "", "就寝"])
        # a list that is none
        self.ok(b.submit(self.fill(self.form(b, at + "/edit", at), hobby="残る言葉"), button=("day_schedule", "x")), 400)

    def test_illnesses(self):
        pid = self.person()
        c, action = self.browser("nurse"), f"/persons/{pid}/illnesses"
        r = self.ok(c.submit(self.fill(self.form(c, action, action), disease="", treatment="通院中")), 422)
        self.assertEqual(self.post_form(r, action).get("treatment"), "通院中")
        self.ok(c.submit(self.fill(self.post_form(r, action), when_text="H12年10月", disease="高血圧症", doctor="北町医院", is_primary="1", course="01")))
        self.ok(c.submit(self.fill(self.form(c, action, action), when_text="昭和60年頃", disease="腰椎圧迫骨折", course="02")))
        r = c.get(action)
        for text in ("H12年10月", "昭和60年頃", "☆", "治療中"):
            self.assertIn(text, r.text)
        link = next(l for l in r.page.links if "edit=" in l)
        form = self.form(c, link, action)
        self.assertTrue(form.get("pid"))
        r = self.ok(c.submit(form.set("treatment", "月に一度の通院")))
        self.assertIn("月に一度の通院", r.text)
        self.assertEqual(self.one("select count(*) from illness i join person p on p.id = i.person_id where p.pid = ? and i.retired_ms is null", pid), 2)
        page = c.get(f"/persons/{pid}/basic-info/new").text
        self.assertIn("高血圧症", page)
        self.assertIn("H12年10月", page)

    def test_who_sees_nothing_of_it(self):
        pid = self.person()
        for who in ("nurse2", "cm1", "provider"):
            c = self.browser(who)
            for path in ("basic-info", "basic-info/new", "illnesses"):
                self.assertEqual(c.get(f"/persons/{pid}/{path}").status, c.get(f"/persons/{care_walk.NOBODY}/{path}").status, (who, path))
        # the office without the medical class: the item is there, its content is not
        c = self.browser("nurse")
        action = f"/persons/{pid}/illnesses"
        self.ok(c.submit(self.fill(self.form(c, action, action), when_text="H30年", disease="秘密の病名")))
        self.assertNotIn("秘密の病名", self.browser("clerk").get(f"/persons/{pid}/basic-info/new").text)
        self.assertNotIn("秘密の病名", self.browser("clerk").get(action).text)


if __name__ == "__main__":
    care_walk.main(__doc__)
