#!/usr/bin/env python3
"""相談の件数: once in the total, once in each class; by area and month; another organisation's are not counted; CSV (F024, C-013).
Usage: test_figures.py TSUNAGI PERSON_HOUSE"""
import csv, io, pathlib, re, sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from register_house import RegisterHouse, main


class Figures(RegisterHouse):
    def consult(self, who, **fields):
        c = self.browser(who)
        form = self.form(c, "/consults/new" + (f"?person={fields['person']}" if "person" in fields else ""), "/consults")
        form.set("source", "self").set("content", "集計の試験")
        for name, value in fields.items():
            form.set(name, value)
        r = c.submit(form)
        self.assertEqual(r.status, 200, r.text[:900])

    def test_counts(self):
        pid = self.make(name="件数 一子", kana="ケンスウ イチコ", birth="S10.1.1", home_address="見本市中央1-1")
        self.consult("hana", person=pid, classes=["health", "prevention"], channel="phone", received_on="R8.4.1")
        self.consult("hana", person_label="駅前の方", classes=["health"], channel="home_visit", received_on="R8.11.20")
        self.consult("jiro", person_label="前の年度の方", classes=["health"], channel="phone", received_on="R8.3.31")
        self.consult("kita", person_label="北の方", classes=["health"], channel="phone", received_on="R8.5.1")
        c = self.browser("hana")
        r = c.get("/consults/figures")
        self.assertEqual(r.status, 200, r.text[:600])
        self.assertIn("令和8年度に受けた相談は 2 件", r.text)
        self.assertIn("合計には1回", r.text)
        table = lambda title: dict((re.sub(r"<[^>]+>", "", a).strip(), int(b)) for a, b in re.findall(
            r'<th scope="row">(.*?)</th><td class="num">(\d+)</td>', re.search(f"<h2>{title}</h2>(.*?)</section>", r.page.html, re.S).group(1)))
        self.assertEqual(list(table("相談の分類").items()), [("健康・病気", 2), ("介護予防・総合事業", 1)], "the many first")
        self.assertEqual(sum(table("相談の方法").values()), 2)
        self.assertEqual(table("圏域（相談を受けたとき）"), {"中央圏域": 1, "圏域が分からない": 1})
        months = table("受付の月")
        self.assertEqual(len(months), 12)
        self.assertEqual((months["令和8年4月"], months["令和8年5月"], months["令和8年11月"], months["令和9年3月"]), (1, 0, 1, 0))
        self.assertEqual(r.page.html.count("<svg"), 5)
        self.assertIn("1 件", c.get("/consults/figures?year=2025").text)
        self.assertIn("令和8年度に受けた相談は 1 件", self.browser("kita").get("/consults/figures").text)

        r = c.get("/consults/figures.csv?year=2026")
        self.assertTrue(r.headers["content-type"].startswith("text/csv"))
        rows = list(csv.reader(io.StringIO(r.body.decode("utf-8-sig"))))
        self.assertEqual(rows[1], ["令和8年度", "合計（1件の相談を1回）", "", "2"])
        self.assertIn(["令和8年度", "相談の分類", "健康・病気", "2"], rows)
        self.assertEqual(self.browser("midori").get("/consults/figures").status, 403, "an office of care managers takes no consultations")


if __name__ == "__main__":
    main(__doc__)
