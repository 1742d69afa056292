#!/usr/bin/env python3
"""家族構成図 and エコマップ without script: the same people as the register, ties, order, household, twenty steps back and forth, two
desks at once, paper, who sees nothing of it. Usage: test_drawing.py TSUNAGI"""
import re, subprocess

import care_walk
from care_walk import NOBODY, Walk


class Drawing(Walk):
    def person(self, **kw):
        """In the nurse's own area: who only registered somebody may not print the family."""
        kw.setdefault("home_address", self.one("select p.home_address from person p join access_grant g on g.cluster_id = p.cluster_id join account a on a.org_id = g.org_id "
                                               "where a.login = 'nurse' and g.via_table = 'person_area' and p.home_address <> '' limit 1"))
        n = self.one("select count(*) from person")
        return self.make(**{"name": f"図形 {'一二三四五六七八九'[n % 9]}{n}", "kana": "ズケイ " + "アカサタナハマヤラ"[n % 9], "sex": "2",
                            "birth": f"S{5 + n % 9}.{1 + n % 12}.{1 + n % 28}", **kw})

    def add(self, c, pid, kind, label, name, **more):
        base = f"/persons/{pid}/genogram"
        form = self.form(c, base + "?add=person", base + "/people")
        return self.ok(c.submit(self.fill(form, kind=kind, label=label, name=name, **more)))

    def key(self, pid, name):
        return self.one("select r.pid from relation r join contact k on k.id = r.contact_id join person p on p.id = r.person_id where p.pid = ? and k.name = ?", pid, name)

    def svg(self, r):
        return re.search(r"<svg.*?</svg>", r.page.html, re.S).group(0)

    def at(self, svg, key):
        """Middle of a person's shape."""
        g = re.search(rf'<g data-key="{key}".*?</g>', svg, re.S).group(0)
        m = re.search(r'<ellipse cx="(\d+)" cy="(\d+)"', g)
        if m:
            return int(m.group(1)), int(m.group(2))
        m = re.search(r'<rect x="(\d+)" y="(\d+)" width="(\d+)"', g)
        return int(m.group(1)) + int(m.group(3)) // 2, int(m.group(2)) + int(m.group(3)) // 2

    def words(self, pdf):
        return re.sub(r"\s", "", subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf.body, capture_output=True, check=True).stdout.decode())

    def test_the_picture_is_the_register(self):
        pid, c = self.person(), self.browser("nurse")
        base = f"/persons/{pid}/genogram"
        self.add(c, pid, "spouse", "夫", "見本 正", is_deceased="1", deceased_on="H30.4.1", birth_year="1938")
        self.add(c, pid, "child", "長男", "見本 一郎", living="together", is_key_person="1", birth_year="1965")
        self.add(c, pid, "child_in_law", "長男の妻", "見本 真理", living="together", is_main_carer="1")
        r = self.add(c, pid, "child", "長女", "架空 和子", birth_year="1968")
        svg = self.svg(r)
        for words in ("見本 正（夫）、男性、死亡、享年80歳", "見本 一郎（長男）、男性、61歳、同居、キーパーソン", "見本 真理（長男の妻）、女性、同居、主な介護者"):
            self.assertIn(words, svg)
        self.assertNotIn("style=", svg)
        son, wife, daughter = (self.key(pid, n) for n in ("見本 一郎", "見本 真理", "架空 和子"))
        me, boy, girl = self.at(svg, "me"), self.at(svg, son), self.at(svg, daughter)
        self.assertTrue(me[1] < boy[1] == girl[1] and boy[0] < girl[0], "generations, the older to the left")
        self.assertEqual(self.at(svg, wife)[1], boy[1])
        # the same people on the page of the family, and what is changed there changes here
        r = self.ok(c.get(f"/persons/{pid}/family"))
        for n in ("見本 正", "見本 一郎", "見本 真理", "架空 和子"):
            self.assertIn(n, r.text)
        form = self.form(c, f"/persons/{pid}/relations/{daughter}", f"/persons/{pid}/relations/{daughter}")
        self.ok(c.submit(self.fill(form, name="架空 和枝", sex="2")))
        self.assertIn("架空 和枝", self.svg(self.ok(c.get(base))))
        # paper: a sheet of its own, and the box of 利用者基本情報
        self.assertIn("架空和枝", self.words(self.ok(c.get(base + "/pdf"))))
        form = self.form(c, f"/persons/{pid}/basic-info/new", f"/persons/{pid}/basic-info")
        r = self.ok(c.submit(form))
        self.assertIn("家族構成図", r.page.text)
        text = self.words(c.get(r.url.split("?")[0] + "/pdf"))
        self.assertIn("長男の妻", text)
        self.assertNotIn("見本真理", text)  # the picture, not the list with names

    def test_ties_order_and_what_is_not_known(self):
        pid, c = self.person(), self.browser("nurse")
        base = f"/persons/{pid}/genogram"
        for kind, label, name in (("child", "長男", "子 一"), ("child", "次男", "子 二"), ("child_in_law", "嫁", "嫁 花"), ("grandchild", "孫", "孫 太")):
            r = self.add(c, pid, kind, label, name)
        self.assertIn("線で結ぶ相手がまだ分からない方がいます", r.text)
        one, two, wife, child = (self.key(pid, n) for n in ("子 一", "子 二", "嫁 花", "孫 太"))
        tie = lambda a, kind, b, **kw: self.ok(c.submit(self.fill(self.form(c, base + "?add=tie", base + "/ties"), a=a, b=b, kind=kind, **kw)))
        tie(two, "couple", wife, from_on="H2.5.1")
        r = tie(two, "parent_child", child)
        self.assertNotIn("線で結ぶ相手がまだ分からない", r.text)
        self.assertEqual(self.one("select count(*) from kin_tie t join person p on p.id = t.person_id where p.pid = ?", pid), 2)
        r = tie(wife, "ex_couple", two, to_on="H20.5.1")  # the marriage ends: no second row
        self.assertEqual(self.one("select count(*) from kin_tie t join person p on p.id = t.person_id where p.pid = ?", pid), 2)
        self.assertIn("離婚", self.svg(r))
        svg = self.svg(r)
        self.assertLess(self.at(svg, one)[0], self.at(svg, two)[0])
        move = lambda key, d: c.submit(self.post_form(self.ok(c.get(f"{base}?who={key}")), base + "/move"), ("dir", d))
        svg = self.svg(self.ok(move(two, "left")))
        self.assertLess(self.at(svg, two)[0], self.at(svg, one)[0])
        r = self.ok(move(two, "left"), 422)
        self.assertIn("これより左には動かせません", r.text)
        # bad input: said beside the field, kept
        r = self.ok(c.submit(self.fill(self.form(c, base + "?add=tie", base + "/ties"), a=one, b="", kind="")), 422)
        self.assertIn("つなぐ相手を選んでください", r.text)
        r = self.ok(c.submit(self.fill(self.form(c, base + "?add=person", base + "/people"), name="", kind="", deceased_on="R8.2.30")), 422)
        self.assertIn("亡くなった日", r.text)
        self.assertEqual(self.post_form(r, base + "/people").get("deceased_on"), "R8.2.30")

    def test_twenty_steps_back_and_forth(self):
        pid, c = self.person(), self.browser("nurse")
        base = f"/persons/{pid}/genogram"
        seen = [self.svg(self.ok(c.get(base)))]
        for i in range(20):
            seen.append(self.svg(self.add(c, pid, "sibling" if i % 2 else "child", f"親族{i}", f"段 {i}", birth_year=str(1930 + i))))
        go = lambda act: c.submit(self.post_form(self.ok(c.get(base)), f"{base}/{act}"))
        for i in range(19, -1, -1):
            self.assertEqual(self.svg(self.ok(go("undo"))), seen[i], f"back to {i}")
        self.assertEqual(self.one("select count(*) from relation r join person p on p.id = r.person_id where p.pid = ? and r.retired_ms is null", pid), 0)
        self.ok(go("undo"), 404)
        for i in range(1, 21):
            self.assertEqual(self.svg(self.ok(go("redo"))), seen[i], f"forth to {i}")
        self.ok(go("redo"), 404)
        # a removal is in the bin like any other, and comes back by undo
        key = self.key(pid, "段 3")
        self.ok(c.submit(self.fill(self.post_form(self.ok(c.get(f"{base}?who={key}")), base + "/people/remove"), reason="別の人の家族でした")))
        self.assertIn("親族3", self.one("select group_concat(title) from bin_item where state = 'in' and row_pid = ?", key))
        self.assertEqual(self.svg(self.ok(go("undo"))), seen[20])

    def test_two_desks(self):
        pid, a = self.person(), self.browser("nurse")
        base = f"/persons/{pid}/genogram"
        self.add(a, pid, "child", "長男", "二 机")
        key = self.key(pid, "二 机")
        b = self.browser("social")
        mine = self.form(a, f"{base}?who={key}", base + "/people")
        theirs = self.form(b, f"{base}?who={key}", base + "/people")
        self.ok(b.submit(self.fill(theirs, living="apart")))
        r = self.ok(a.submit(self.fill(mine, living="together")), 409)
        self.assertIn("同居", r.text)
        self.assertEqual(self.one("select living from relation where pid = ?", key), "apart")
        r = a.submit(self.post_form(self.ok(a.get(base)), base + "/undo"))  # the other has changed what I made
        self.ok(r, 409)
        self.assertIn("ほかの人がその後で変えた", r.text)
        self.assertIn("disabled", self.main(self.ok(b.get(f"/persons/{self.person()}/genogram"))))

    def test_ecomap(self):
        pid, c = self.person(), self.browser("nurse")
        base = f"/persons/{pid}/ecomap"
        self.add(c, pid, "child", "長女", "架空 道子")
        add = lambda **kw: c.submit(self.fill(self.form(c, base + "?add=node", base + "/nodes"), **kw))
        self.ok(add(relation=self.key(pid, "架空 道子"), kind="family", strength="strong", flow="both"))
        self.ok(add(label="老人クラブ", kind="community", strength="weak", flow="out", from_on="R7.4.1", to_on="R8.3.31"))
        r = self.ok(add(org_text="つなぎ市", kind="official", strength="normal", flow="in"))  # an exact name
        self.ok(add(org_text="デイサービスあおば", kind="care", strength="normal", is_stress="1", flow="in", from_on="R8.5.1"))
        r = self.ok(add(org_text="デイサービス", kind="care"), 422)
        self.assertIn("下から選んでください", r.text)
        org = re.search(r'name="org" value="([0-9a-z]{26})"> <span><b>デイサービス桜の丘', r.page.html).group(1)
        self.ok(c.submit(self.post_form(r, base + "/nodes").set("org", org)))
        r = self.ok(add(org_text="どこにもない事業所", kind="care"), 422)
        self.assertIn("登録されていません", r.text)
        r = self.ok(c.get(base + "?on=R8.6.1&with=R8.2.1"))
        pictures = re.findall(r"<svg.*?</svg>", r.page.html, re.S)
        self.assertEqual(len(pictures), 2)
        self.assertIn("デイサービスあおば", pictures[0])
        self.assertNotIn("老人クラブ", pictures[0])
        self.assertIn("老人クラブ", pictures[1])
        self.assertNotIn("デイサービスあおば", pictures[1])
        self.assertIn("stroke-dasharray", pictures[1])  # a weak tie differs in shape
        href = re.search(r'href="([^"]*/ecomap/pdf[^"]*)"', r.page.html).group(1).replace("&amp;", "&")
        text = self.words(c.get(href))
        self.assertIn("老人クラブ", text)
        self.assertIn("令和8年2月1日現在", text)
        node = self.one("select n.pid from ecomap_node n join person p on p.id = n.person_id where p.pid = ? and n.label = '老人クラブ'", pid)
        ties = lambda: self.one("select count(*) from ecomap_tie t join person p on p.id = t.person_id where p.pid = ? and t.retired_ms is null", pid)
        n = ties()
        self.ok(c.submit(self.fill(self.post_form(self.ok(c.get(f"{base}?who={node}")), base + "/remove"), reason="退会")))
        self.assertEqual(ties(), n - 1)
        self.ok(c.submit(self.post_form(self.ok(c.get(base)), base + "/undo")))
        self.assertEqual(ties(), n)
        # the line of the picture opens the tie
        tie = self.one("select t.pid from ecomap_tie t join ecomap_node n on n.id = t.b_node_id where n.pid = ?", node)
        r = self.ok(c.get(f"{base}?who={tie}"))
        self.assertIn("つながりを直す", r.page.text)

    def test_who_sees_it(self):
        pid = self.person()
        self.add(self.browser("nurse"), pid, "child", "長男", "秘 密子")
        for url in ("genogram", "ecomap", "genogram/pdf", "ecomap/pdf"):
            self.ok(self.browser("nurse").get(f"/persons/{NOBODY}/{url}"), 404)
            r = self.browser("cm1").get(f"/persons/{pid}/{url}")
            self.assertEqual(r.status, 404)
            self.assertNotIn("秘 密子", r.text)


if __name__ == "__main__":
    care_walk.main(__doc__)
