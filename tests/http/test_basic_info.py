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

    def test_illness_draft(self):
        pid = self.person()
        c, action = self.browser("nurse"), f"/persons/{pid}/illnesses"
        form = self.form(c, action, action)
        key = form.get("draft")
        self.assertEqual(key, f"person/{pid}/illness/new")
        r = c.get(action)
        self.assertIn(f'data-draft="{key}"', r.page.html)
        self.assertIn('data-class="medical"', r.page.html)
        self.draft(c, key, {"disease": "下書きの病名"})
        self.assertTrue(self.drafted(c, key)["found"])
        self.assertIn(action, c.get("/drafts").page.links)
        self.ok(c.submit(self.fill(form, disease="保存した病名")))
        self.assertFalse(self.drafted(c, key)["found"], "a save discards the draft")
        link = next(l for l in c.get(action).page.links if "edit=" in l)
        self.assertEqual(self.form(c, link, action).get("draft"), f"person/{pid}/illness/{link.split('edit=')[1]}")
        self.assertEqual(self.form(c, link, action).get("base"), "1")

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
