#!/usr/bin/env python3
"""Two editors of one record: the page says both sides in words, and each side can be picked (F143).
Usage: test_conflict.py TSUNAGI PERSON_HOUSE"""
import pathlib, re, sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from register_house import RegisterHouse, main


class Conflict(RegisterHouse):
    def clash(self, url, action, first, second):
        """Both open the same form; hana saves first, jiro is told. The answer of the second save."""
        a, b = self.browser("hana"), self.browser("jiro")
        fa, fb = self.form(a, url, action), self.form(b, url, action)
        for name, value in first.items():
            fa.set(name, value)
        for name, value in second.items():
            fb.set(name, value)
        r = a.submit(fa)
        self.assertEqual(r.status, 200, r.text[:900])
        r = b.submit(fb)
        self.assertEqual(r.status, 409, r.text[:900])
        return b, r, next(f for f in r.page.forms if f.action == action)

    def side(self, html, name, whose):
        """The label of a choice of the field."""
        box = re.search(rf'<fieldset[^>]*id="f-{name}">(.*?)</fieldset>', html, re.S).group(1)
        return next(re.sub(r"<[^>]+>", " ", x) for x in re.findall(r"<label.*?</label>", box, re.S) if whose in x)

    def test_person_in_words(self):
        pid = self.make(name="競合 花", kana="キョウゴウ ハナ", birth="S13.3.3", home_address="見本市中央7-7", sex="2", lives_alone="1")
        b, r, form = self.clash(f"/persons/{pid}/edit", f"/persons/{pid}",
                                dict(sex="1", lives_alone="3", birth="S14.4.4", phone="03-5550-0001", is_area_manual="1", area_zone=self.ids["north_zone"]),
                                dict(sex="9", lives_alone="2", birth="S15.5.5", phone="03-5550-0002", is_area_manual="1", area_zone="", insurer=""))
        html = r.page.html
        self.assertIn("その他・答えない", self.side(html, "sex", "自分の内容"))
        self.assertIn("男性", self.side(html, "sex", "試験 花子さんの内容"))
        self.assertIn("高齢者のみの世帯", self.side(html, "lives_alone", "自分の内容"))
        self.assertIn("昭和15年5月5日", self.side(html, "birth", "自分の内容"))
        self.assertIn("昭和14年4月4日", self.side(html, "birth", "試験 花子さんの内容"))
        self.assertIn("北圏域", self.side(html, "area_zone", "試験 花子さんの内容"))
        self.assertIn("（空欄）", self.side(html, "area_zone", "自分の内容"))
        self.assertNotIn("両方", re.search(r'id="f-sex">(.*?)</fieldset>', html, re.S).group(1), "two sexes make no third")
        self.assertIn("両方", re.search(r'id="f-phone">(.*?)</fieldset>', html, re.S).group(1))
        for raw in ("_fold", "area_id", "birth_on", "lives_alone<", "1938-03-03"):
            self.assertNotIn(raw, re.sub(r'(name|id|value|for)="[^"]*"', "", html), raw)
        r = b.submit(form.set("sex", "1").set("area_zone", self.ids["north_zone"]).set("birth", "1939-04-04"))
        self.assertEqual(r.status, 200, r.text[:900])
        after = dict(map(tuple, self.form(b, f"/persons/{pid}/edit", f"/persons/{pid}").fields))
        self.assertEqual((after["sex"], after["area_zone"], after["phone"], after["lives_alone"]), ("1", self.ids["north_zone"], "03-5550-0002", "2"))
        self.assertIn("昭和14年4月4日", b.get(f"/persons/{pid}").text)
        history = b.get(f"/persons/{pid}/history").text
        self.assertIn("その他・答えない", history, "what lost is said in words in the list of conflicts too")

    def test_what_only_the_other_changed_stays(self):
        pid = self.make(name="競合 残", kana="キョウゴウ ザン", birth="S13.3.23", home_address="見本市中央7-9", phone="03-5550-1000", fax="03-5550-3000")
        b, r, form = self.clash(f"/persons/{pid}/edit", f"/persons/{pid}",
                                dict(note="花子のメモ", phone="03-5550-2000", sex="1", birth="昭和13年頃", fax="", is_area_manual="1", area_zone=self.ids["north_zone"]),
                                dict(note="次郎のメモ", mobile="090-5550-0003"))
        self.assertEqual(b.submit(form).status, 200)
        after = dict(map(tuple, self.form(b, f"/persons/{pid}/edit", f"/persons/{pid}").fields))
        self.assertEqual((after["note"], after["phone"], after["mobile"], after["sex"], after["fax"], after.get("is_area_manual"), after["area_zone"]),
                         ("次郎のメモ", "03-5550-2000", "090-5550-0003", "1", "", "1", self.ids["north_zone"]))
        self.assertIn("昭和13年頃", b.get(f"/persons/{pid}").text, "a date known in part stays too")

    def test_box_can_be_taken_away(self):
        pid = self.make(name="競合 箱", kana="キョウゴウ ハコ", birth="S13.3.13", home_address="見本市中央7-8")
        a = self.browser("hana")
        a.submit(self.form(a, f"/persons/{pid}/edit", f"/persons/{pid}").set("is_area_manual", "1").set("area_zone", self.ids["north_zone"]))
        b, r, form = self.clash(f"/persons/{pid}/edit", f"/persons/{pid}", dict(sex="1", is_area_manual=[]), dict(sex="2"))
        self.assertEqual(b.submit(form.set("sex", "1")).status, 200)

    def test_certification_in_words(self):
        pid = self.make(name="競合 認定", kana="キョウゴウ ニンテイ", birth="S10.10.10", home_address="見本市中央9-9")
        self.add(self.browser("hana"), pid, "certification", status="certified", apply_kind="new", applied_on="R8.6.1", decided_on="R8.6.25", level="s1",
                 from_on="R8.6.1", to_on="R8.11.30")
        r = self.browser("hana").get(f"/persons/{pid}/insurance")
        link = next(l for l in r.page.links if re.search(r"/records/certification/[0-9a-z]{26}$", l))
        b, r, form = self.clash(link, link, dict(level="c1", to_on="R8.12.31"), dict(level="c3", to_on="R9.5.31"))
        self.assertIn("要介護3", self.side(r.page.html, "level", "自分の内容"))
        self.assertIn("要介護1", self.side(r.page.html, "level", "試験 花子さんの内容"))
        self.assertIn("令和8年12月31日", self.side(r.page.html, "to_on", "試験 花子さんの内容"))
        self.assertIn("要介護状態区分", r.text)
        r = b.submit(form.set("level", "c1"))
        self.assertEqual(r.status, 200, r.text[:900])
        self.assertIn("要介護1", b.get(f"/persons/{pid}/insurance").text)

    def test_consultation_in_words_and_several_codes(self):
        hana = self.browser("hana")
        form = self.form(hana, "/consults/new", "/consults")
        many = form.options["classes"]
        safe = [c for c in many if "abuse" not in c and "guardian" not in c and "consumer" not in c][:3]
        source = [v for v in form.options["source"] if v]
        r = hana.submit(form.set("source", source[0]).set("person_label", "駅前の80代の女性").set("content", "はじめの内容").set("channel", "phone"))
        self.assertEqual(r.status, 200, r.text[:900])
        pid = re.search(r"/consults/([0-9a-z]{26})", r.url).group(1)
        b, r, form = self.clash(f"/consults/{pid}/edit", f"/consults/{pid}", dict(classes=[safe[0]], urgency="soon", next_action="電話する", next_on="R8.12.1"),
                                dict(classes=[safe[1], safe[2]], urgency="emergency", next_action="訪ねる", next_on="R8.12.2"))
        self.assertEqual(sorted(v for n, v in form.fields if n == "classes"), sorted(safe), "boxes are merged one by one, nobody is asked")
        self.assertNotIn("emergency", re.sub(r'value="[^"]*"', "", r.page.html))
        r = b.submit(form.set("classes", safe).set("urgency", "soon"))
        self.assertEqual(r.status, 200, r.text[:900])
        after = self.form(b, f"/consults/{pid}/edit", f"/consults/{pid}")
        self.assertEqual(sorted(v for n, v in after.fields if n == "classes"), sorted(safe))
        self.assertEqual(after.get("urgency"), "soon")

    def test_relation_in_words(self):
        pid = self.make(name="競合 家族", kana="キョウゴウ カゾク", birth="S10.10.11", home_address="見本市中央9-8")
        hana = self.browser("hana")
        action = f"/persons/{pid}/relations"
        form = self.form(hana, action + "/new", action)
        r = hana.submit(form.set("name", "娘 一子").set("kind", "child").set("living", "apart"))
        self.assertEqual(r.status, 200, r.text[:900])
        link = next(l for l in hana.get(f"/persons/{pid}/family").page.links if re.search(r"/relations/[0-9a-z]{26}$", l))
        b, r, form = self.clash(link, link, dict(kind="sibling", living="together", is_key_person="1"), dict(kind="parent", living="unknown"))
        self.assertIn("兄弟姉妹", self.side(r.page.html, "kind", "試験 花子さんの内容"))
        self.assertIn("親", self.side(r.page.html, "kind", "自分の内容"))
        self.assertIn("不明", self.side(r.page.html, "living", "自分の内容"))
        self.assertEqual(b.submit(form.set("kind", "sibling")).status, 200)


if __name__ == "__main__":
    main(__doc__)
