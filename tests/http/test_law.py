#!/usr/bin/env python3
"""制度の表 and 保険者の設定 without script: what holds on a day, rules with their versions, values of an insurer (bounds, gaps, history, rights),
a newer table tried, taken and taken back while the server runs, the command line. Usage: test_law.py TSUNAGI"""
import re
from urllib.parse import quote, urlencode

import care_walk, client
from care_walk import Walk

# the numbers of rules are printed as they are published; the pages of the administrator name files and columns
care_walk.KNOWN = re.compile(care_walk.KNOWN.pattern + r"|R-[A-Za-z0-9-]+|\b\w+\.tsv\b|SHA-256|valid_to|valid_from|[0-9a-f]{64}")
CODES = ("/law/tables/", "/law/import", "/law?list")


class Law(Walk):
    def tearDown(self):
        for url in list(self.raw):
            if url.startswith(CODES):
                del self.raw[url]
        super().tearDown()

    def insurer(self):
        return self.one("select pid from org where kind = 'insurer' order by id limit 1")

    def set(self, who, key, status=200, **fields):
        c, o = self.browser(who), self.insurer()
        url = f"/insurers/{o}/params/{key}"
        fields = {"valid_from": "令和8年4月1日", "ground": "見本市要綱 第5条", **fields}
        return self.ok(c.submit(self.fill(self.form(c, url, url), **fields)), status)

    # ---- what insurers set ----

    def test_insurer_values(self):
        c, o = self.browser("admin"), self.insurer()
        self.assertIn(f"/insurers/{o}", self.ok(c.get("/insurers")).page.links)
        self.assertIn(f"/insurers/{o}", self.ok(c.get(f"/orgs/{o}")).page.links)
        page = self.main(self.ok(c.get(f"/insurers/{o}")))
        for text in ("記録を保存する年数", "2年から10年", "決めていない", "そのまま（動かさない）", "要確認"):
            self.assertIn(text, page)
        r = self.set("admin", "retention_years", value="５")
        self.assertIn("登録しました", r.text)
        self.assertIn("令和8年4月1日から", self.main(r))
        self.assertIn("<strong>5年</strong>", self.main(self.ok(c.get(f"/insurers/{o}"))))
        self.assertNotIn("<strong>5年</strong>", self.main(self.ok(c.get(f"/insurers/{o}?on=2026-03-31"))))
        # what cannot be right says so, and what was typed stays
        for fields, says in (({"value": "11"}, "2 から 10 までの整数"), ({"value": "七"}, "整数"), ({"value": "7", "ground": ""}, "根拠"), ({"value": "7"}, "から始まる値がもうあります"),
                             ({"value": "7", "valid_from": "令和7年4月1日", "valid_to": "令和7年9月30日"}, "すき間"), ({"value": "7", "valid_from": "令和7年4月1日", "valid_to": "令和9年3月31日"}, "重なります")):
            r = self.set("admin", "retention_years", status=422, **fields)
            self.assertIn(says, r.text)
            self.assertIn(f'value="{fields["value"]}"', r.page.html)
        self.assertEqual(self.one("select count(*) from insurer_param where key = 'retention_years'"), 1)
        r = self.set("admin", "retention_years", value="7", valid_from="令和8年10月1日")
        self.assertEqual(self.rows("select value, valid_from, valid_to from insurer_param where key = 'retention_years' order by valid_from"),
                         [("5", "2026-04-01", "2026-09-30"), ("7", "2026-10-01", "9999-12-31")])
        # correct, with the neighbour; history; put away and back
        pid = self.one("select pid from insurer_param where value = '7'")
        form = self.fill(self.form(c, f"/insurer-params/{pid}", f"/insurer-params/{pid}"), value="8", valid_from="R8.11.1")
        self.assertIn("保存しました", self.ok(c.submit(form)).text)
        self.assertEqual(self.one("select valid_to from insurer_param where value = '5'"), "2026-10-31")
        page = self.main(self.ok(c.get(f"/insurer-params/{pid}")))
        self.assertIn("この値の変更の履歴", page)
        self.assertIn("7年", page)
        self.ok(c.submit(self.fill(self.form(c, f"/insurer-params/{pid}", f"/insurer-params/{pid}/retire"), reason="誤り")))
        self.assertEqual(self.one("select valid_to from insurer_param where value = '5'"), "9999-12-31")
        url = f"/insurers/{o}/params/retention_years"
        self.ok(c.submit(self.form(c, url, f"/insurer-params/{pid}/restore")))
        self.assertEqual(self.one("select valid_to from insurer_param where value = '5'"), "2026-10-31")
        # two at once: the second hears of the first
        one, two = (self.form(self.browser(w), f"/insurer-params/{pid}", f"/insurer-params/{pid}") for w in ("admin", "city"))
        self.ok(c.submit(self.fill(one, value="9")))
        r = self.browser("city").submit(self.fill(two, value="6"))
        self.assertEqual(r.status, 409, r.text[:300])
        self.assertIn("値", self.main(r))

    def test_insurer_choice_and_days(self):
        o = self.insurer()
        self.set("city", "tokudan_mode", value="notify")  # officers of the insurer set their own
        self.set("city", "closed_days", value="令和8年12月29日\nR8.12.30", valid_from="R8.4.1")
        self.assertEqual(self.one("select value from insurer_param where key = 'closed_days'"), "2026-12-29|2026-12-30")
        r = self.set("city", "closed_days", status=422, value="年末")
        self.assertIn("「年末」が日付として読めません", r.text)
        page = self.main(self.ok(self.browser("nurse").get(f"/insurers/{o}")))
        self.assertIn("事前に連絡", page)
        self.assertIn("令和8年12月29日、令和8年12月30日", page)
        # others read only
        n = self.browser("nurse")
        r = self.ok(n.get(f"/insurers/{o}/params/tokudan_mode"))
        self.assertFalse([f for f in r.page.forms if "params" in f.action and f.method == "post"])
        own = self.form(n, "/snippets/new", "/snippets")
        value = self.one("select pid from insurer_param where key = 'tokudan_mode'")
        typed = "&value=apply&valid_from=2027-01-01&ground=x"
        for url, fields in ((f"/insurers/{o}/params/tokudan_mode", typed), (f"/insurer-params/{value}", "&base=1" + typed), (f"/insurer-params/{value}/retire", "&reason=x"), (f"/insurer-params/{value}/restore", "")):
            got = n.request("POST", url, f"{urlencode({k: own.get(k) for k in ('csrf', 'once')})}{fields}".encode(), {"Content-Type": "application/x-www-form-urlencoded"})
            self.assertEqual(got.status, 403, f"{url} {got.text[:200]}")
        self.assertEqual(self.one("select count(*) from insurer_param where key = 'tokudan_mode' and value = 'apply'"), 0)
        self.ok(n.get(f"/insurers/{self.one('select pid from org where kind <> ? limit 1', 'insurer')}"), 404)
        self.ok(n.get(f"/insurers/{o}/params/nothing"), 404)
        self.raw.clear()

    def test_a_limited_value_says_what_follows(self):
        """申請 for a time, while 事前に連絡 runs without end: the day after its end nothing is set. Said, and asked, before it is saved."""
        c, o = self.browser("admin"), self.insurer()
        key = "b_interval"
        self.set("admin", key, value="13", valid_from="R8.4.1")
        r = self.set("admin", key, status=422, value="14か月", valid_from="R8.12.1", valid_to="R9.5.31")
        for words in ("令和9年6月1日からは「決めないとき」の値「6か月」になります", "今の「13か月」は令和8年11月30日で終わり", "その後の値を確かめた"):
            self.assertIn(words, r.text)
        self.assertEqual(self.one("select count(*) from insurer_param where key = 'b_interval'"), 1)
        url = f"/insurers/{o}/params/{key}"
        form = self.post_form(r, url)
        self.assertEqual((form.get("valid_to"), form.get("value")), ("R9.5.31", "14か月"))
        self.ok(c.submit(self.fill(form, after_ok="1")))
        self.assertEqual(self.rows("select value, valid_from, valid_to from insurer_param where key = 'b_interval' order by valid_from"),
                         [("13", "2026-04-01", "2026-11-30"), ("14", "2026-12-01", "2027-05-31")])
        # to shorten it asks again; a value that follows is an answer
        pid = self.one("select pid from insurer_param where key = 'b_interval' and value = '14'")
        r = self.ok(c.submit(self.fill(self.form(c, f"/insurer-params/{pid}", f"/insurer-params/{pid}"), valid_to="R9.4.30")), 422)
        self.assertIn("令和9年5月1日からは「決めないとき」の値", r.text)
        self.set("admin", key, value="15", valid_from="R9.6.1")
        self.ok(c.submit(self.fill(self.form(c, f"/insurer-params/{pid}", f"/insurer-params/{pid}"), valid_to="R9.4.30")))
        self.assertEqual(self.one("select valid_from from insurer_param where key = 'b_interval' and value = '15'"), "2027-05-01")

    # ---- the tables ----

    def test_tables_on_a_day(self):
        n = self.browser("nurse")
        r = self.ok(n.get("/law"))
        for text in ("義務の表", "祝日の表", "選択肢の一覧", "プログラムの表"):
            self.assertIn(text, self.main(r))
        self.assertNotIn("/law/import", r.page.links)
        page = self.main(self.ok(n.get("/law/tables/numbers.tsv?on=2024-03-31&q=" + quote("居宅介護支援費(Ⅰ)の逓減が始まる"))))
        self.assertIn("<td>40</td>", page)
        self.assertNotIn("<td>45</td>", page)
        self.assertIn("<td>45</td>", self.main(self.ok(n.get("/law/tables/numbers.tsv?on=2024-04-01&q=" + quote("居宅介護支援費(Ⅰ)の逓減が始まる")))))
        self.assertIn("令和6年1月1日", self.main(self.ok(n.get("/law/tables/holidays.tsv"))))
        for f in ("params.tsv", "names.tsv", "assess_items.tsv", "issue_rows.tsv", "codes.tsv", "decisions.tsv"):
            self.ok(n.get("/law/tables/" + f))
        for f in ("secrets.tsv", "VERSION", "..%2Fhouse.key"):
            self.ok(n.get("/law/tables/" + f), 404)
            self.ok(n.get(f"/law/tables/{f}/text"), 404)
        text = n.get("/law/tables/duties.tsv/text").body.decode()
        self.assertEqual(text, (client.ROOT / "law" / "duties.tsv").read_text())

    def test_duties(self):
        n = self.browser("nurse")
        page = self.main(self.ok(n.get("/law/duties?q=" + quote("事業所 理由"))))
        self.assertIn("R-CM-04-2-reason", page)
        self.assertNotIn("R-CM-13-18-2-lifeaid", page)
        self.assertNotIn("R-CM-04-2-reason", self.main(self.ok(n.get("/law/duties?on=2024-03-31"))))
        self.assertIn("当てはまる規則はありません", self.main(self.ok(n.get("/law/duties?q=" + quote("どこにもない")))))
        self.assertNotIn(">A<", self.main(self.ok(n.get("/law/duties?open=1"))))
        page = self.main(self.ok(n.get("/law/duties/R-CM-04-2-choice")))
        for text in ("第2版", "第1版", "今日の版", "令和6年3月31日まで", "種類が 居宅介護支援", "説明・記入した項目に", "開始時説明", "居宅基準4条2項"):
            self.assertIn(text, page)
        page = self.main(self.ok(n.get("/law/duties/R-CM-CONC-2")))
        self.assertIn("保険者の設定", page)
        self.ok(n.get("/law/duties/R-NO"), 404)

    # ---- a newer table ----

    def upload(self, name, text, status=200):
        c = self.browser("admin")
        form, mark = self.form(c, "/law/import", "/law/import"), "x7b3"
        body = b"".join(f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in form.fields if k != "file")
        body += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\nContent-Type: text/plain\r\n\r\n'.encode() + text.encode() + f"\r\n--{mark}--\r\n".encode()
        return self.ok(c.request("POST", "/law/import", body, {"Content-Type": f"multipart/form-data; boundary={mark}"}), status)

    def test_import(self):
        duties = (client.ROOT / "law" / "duties.tsv").read_text()
        bad = duties + "X-1\t1\t名\tcase\t\tduty\tmagic\tanchor=start_on\tREC-SCM\t\tguidance\tcase\tact\t\t\t出典\tA\n" + \
            "X-2\t1\t名\tcase\t\tduty\torder\tanchor=start_on\tREC-NONE\t\tguidance\tcase\tact\t\t\t出典\tA\nX-3\n"
        r = self.upload("duties.tsv", bad, 422)
        n = len(duties.splitlines())
        for text in (f"duties.tsv の {n + 1} 行目「kind」の列", f"{n + 2} 行目「evidence」の列", f"{n + 3} 行目"):
            self.assertIn(text, r.text)
        self.assertEqual(self.one("select count(*) from law_table where file = 'duties.tsv'"), 0)
        self.assertIn("見出しの行", self.upload("x.tsv", "abc\n", 422).text)
        line = next(x for x in duties.splitlines() if x.startswith("R-CM-04-4-hosp\t1\t"))
        cells = line.split("\t")
        ended = "\t".join(cells[:14] + ["2026-10-31"] + cells[15:])
        after = "\t".join([cells[0], "2", "入院のときの連絡先を、前もって伝えるよう求めます"] + cells[3:13] + ["2026-11-01", ""] + cells[15:])
        newer = duties.replace(line, ended + "\n" + after)
        r = self.upload("newer.tsv", newer)
        page = self.main(r)
        for text in ("終わる行 1", "増える行 1", "変わる行 0", "2026-10-31", "前もって伝えるよう求めます", f"いま {n - 3} 行"):
            self.assertIn(text, page)
        c = self.browser("admin")
        form = self.post_form(r, "/law/import/apply")
        r = c.submit(self.fill(form, ground=""))
        self.assertEqual(r.status, 422)
        self.assertIn("出典", r.text)
        self.assertEqual(self.one("select count(*) from law_table where file = 'duties.tsv'"), 0)
        r = self.ok(c.submit(self.fill(self.post_form(r, "/law/import/apply"), ground="見本の通知 第1号")))
        self.assertIn("取り込みました", r.text)
        pid = self.one("select pid from law_table where file = 'duties.tsv' and retired_ms is null")
        self.assertEqual(self.one("select text from law_table where pid = ?", pid), newer)
        self.assertEqual(self.one("select count(*) from audit_entry where table_name = 'law_table' and row_id = (select id from law_table where pid = ?)", pid), 1)
        # every worker of the running server uses it at once
        for _ in range(12):
            self.assertIn("前もって伝えるよう求めます", self.main(self.ok(self.server_page("nurse", "/law/duties?q=" + quote("R-CM-04-4-hosp")))))
        self.assertIn("取り込み", self.main(self.ok(self.browser("nurse").get("/law"))))
        self.ok(self.browser("nurse").get(f"/law/imports/{pid}"), 403)
        self.raw.clear()
        # the command line sees the same
        out = client.run(self.binary, "law", "list", "--data", self.dir / "data", env=self.env).stdout.decode()
        self.assertIn("見本の通知 第1号", out)
        # back; the history stays
        r = self.ok(c.submit(self.fill(self.form(c, f"/law/imports/{pid}", f"/law/imports/{pid}/back"), reason="見本なので")))
        self.assertIn("プログラムの表に戻しました", r.text)
        for _ in range(12):
            self.assertNotIn("前もって伝えるよう求めます", self.main(self.ok(self.server_page("nurse", "/law/duties?q=" + quote("R-CM-04-4-hosp")))))
        self.assertIn("元に戻した", self.main(self.ok(c.get(f"/law/imports/{pid}"))))
        self.assertEqual(c.get(f"/law/imports/{pid}/text").body.decode(), newer)

    def server_page(self, who, url):
        return self.browser(who).get(url)

    def test_only_the_administrator_imports(self):
        for who in ("nurse", "city"):
            self.ok(self.browser(who).get("/law/import"), 403)
        self.raw.clear()

    def test_command_line(self):
        data, env, law = self.dir / "data", self.env, client.ROOT / "law"
        run = lambda *a: client.run(self.binary, "law", *a, "--data", data, env=env, check=False)  # noqa: E731
        self.assertIn("義務の表\tプログラムの表", run("list").stdout.decode())
        self.assertEqual(run("text", "numbers.tsv").stdout.decode(), (law / "numbers.tsv").read_text())
        f = self.dir / "holidays.tsv"
        f.write_text((law / "holidays.tsv").read_text() + "2029-01-01\t元日\t見本\tB\n")
        got = run("check", f)
        self.assertEqual(got.returncode, 0)
        self.assertIn("増える行 1", got.stdout.decode())
        self.assertEqual(run("import", f, "--ground", "見本").returncode, 0)
        self.assertEqual(self.one("select count(*) from law_table where file = 'holidays.tsv'"), 0)
        self.assertEqual(run("import", f, "--apply").returncode, 2)  # without a ground
        got = run("import", f, "--apply", "--ground", "見本")
        self.assertEqual(got.returncode, 0, got.stderr)
        self.assertIn("令和11年1月1日", self.main(self.ok(self.browser("nurse").get("/law/tables/holidays.tsv"))))
        self.assertEqual(run("back", "holidays.tsv").returncode, 0)
        self.assertEqual(run("back", "holidays.tsv").returncode, 2)
        f.write_text((law / "holidays.tsv").read_text().replace("2024-01-08", "2024-01-32"))
        got = run("check", f)
        self.assertEqual((got.returncode, got.stdout), (2, b""))
        self.assertIn("「day」の列", got.stderr.decode())
        self.assertEqual(run("check", self.dir / "none.tsv").returncode, 1)
        self.assertEqual(run("nonsense").returncode, 2)
        self.assertEqual(run("list", "--as", "nurse").returncode, 0)
        self.assertNotEqual(run("import", f, "--apply", "--ground", "x", "--as", "nurse").returncode, 0)


if __name__ == "__main__":
    care_walk.main(__doc__)
