#!/usr/bin/env python3
"""A real house from nothing: init, the first administrator, insurer, centre, office, areas, towns, staff and their accounts by
pages alone; then the first nurse logs in, takes a call and registers a person whose area is found by the town. And the same
areas from the command line. Usage: test_fresh_house.py TSUNAGI"""
import csv, io, pathlib, re, shutil, sys, tempfile, time, unittest

import client
HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "proof"))
import house

CODE = re.compile(r"[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3,}")
PID = r"[0-9a-z]{26}"
TSUNAGI = sys.argv[1] if len(sys.argv) > 1 else "build/tsunagi"


def post_form(page, action):
    return next(f for f in page.forms if f.method == "post" and f.action == action)


def upload(c, page, action, **values):
    """A multipart form; a value of bytes is the file."""
    form = next(f for f in page.forms if f.action == action and f.get("act") == values.get("act", f.get("act")))
    edge = "x" * 30
    parts = b""
    for n, v in [(n, v) for n, v in form.fields if n not in values] + list(values.items()):
        name = f'name="{n}"; filename="a.csv"\r\nContent-Type: text/csv' if isinstance(v, bytes) else f'name="{n}"'
        parts += f"--{edge}\r\nContent-Disposition: form-data; {name}\r\n\r\n".encode() + (v if isinstance(v, bytes) else v.encode()) + b"\r\n"
    return c.request("POST", action, parts + f"--{edge}--\r\n".encode(), {"Content-Type": f"multipart/form-data; boundary={edge}"})


class FreshHouse(unittest.TestCase):
    def setUp(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="tsunagi-fresh-"))
        self.data = self.dir / "data"
        self.clock = house.Clock(self.dir / "clock")
        self.secrets = {}
        out = client.run(TSUNAGI, "init", self.data, env=self.clock.env).stdout.decode()
        self.setup_code = CODE.search(out).group(0)
        self.server = client.Server(TSUNAGI, self.data, env=self.clock.env, log=str(self.dir / "log")).start()

    def tearDown(self):
        self.server.stop()
        shutil.rmtree(self.dir)

    # ---- what a person does ----

    def ok(self, r, status=200):
        self.assertEqual(r.status, status, f"{r.url}: {r.text[:700]}")
        return r

    def enrol(self, code, login, name=None):
        self.secrets[login] = house.enrol(self.server, code, self.clock.at, login if name else None, name)

    def log_in(self, login):
        self.clock.go(31)
        c = self.server.client()
        house.log_in(c, login, self.secrets[login], self.clock.at)
        return c

    def send(self, c, url, action, status=200, **values):
        form = post_form(self.ok(c.get(url)).page, action)
        for k, v in values.items():
            form.set(k, v)
        return self.ok(c.submit(form), status)

    def make(self, c, url, action, **values):
        r = self.send(c, url, action, **values)
        found = re.search(rf"/(?:orgs|areas)/({PID})", r.url)
        self.assertTrue(found, f"{r.url}: {r.text[:500]}")
        return found.group(1)

    def org(self, c, **values):
        return self.make(c, "/orgs/new", "/orgs", **values)

    def area(self, c, **values):
        return self.make(c, "/areas/new", "/areas", **values)

    def staff_and_account(self, c, org, login, name, post, role):
        self.send(c, f"/orgs/{org}", f"/orgs/{org}/staff", name=name, role=post, from_on="2026-11-01")
        r = self.ok(c.get(f"/orgs/{org}"))
        way = f"/admin/accounts/new?org={org}"
        self.assertIn(way, r.page.links, "an account can be made from the organisation")
        form = post_form(self.ok(c.get(way)).page, "/admin/accounts")
        staff = next(v for v in form.options["staff"] if v)
        for v in form.options["staff"]:
            if v:
                staff = v
        for k, v in dict(login=login, name=name, role=role, staff=staff).items():
            form.set(k, v)
        return CODE.search(self.ok(c.submit(form)).text).group(0)

    def rows(self, sql, *args):
        db = house.open_db(self.data)
        try:
            return [tuple(r) for r in db.execute(sql, args)]
        finally:
            db.close()

    def cli(self, *args, code=0):
        p = client.run(TSUNAGI, *args, "--data", self.data, env=self.clock.env, check=False)
        self.assertEqual(p.returncode, code, f"{args}: {p.stdout.decode()} {p.stderr.decode()}")
        return p.stdout.decode(), p.stderr.decode()

    # ---- the day ----

    def test_a_house_by_pages(self):
        self.enrol(self.setup_code, "kanri", "管理 太郎")
        a = self.log_in("kanri")
        for word in ("機関", "利用者ID"):
            self.assertIn(word, a.get("/orgs").text)
        self.assertIn("はじめに保険者", a.get("/orgs").text)
        self.assertIn("区域はまだ登録されていません", self.ok(a.get("/areas")).text)
        insurer = self.org(a, name="見本市", kind="insurer", municipality="見本市", insurer_no="139998")
        north = self.org(a, name="見本市北地域包括支援センター", kind="centre", form="direct", insurer=insurer)
        south = self.org(a, name="見本市南地域包括支援センター", kind="centre", form="commissioned", insurer=insurer)
        office = self.org(a, name="みどり居宅介護支援事業所", kind="home_cm", insurer=insurer)
        zone_n = self.area(a, level="zone", name="北圏域", code="①")
        zone_s = self.area(a, level="zone", name="南圏域", code="②")
        r = self.send(a, f"/areas/{zone_n}", f"/areas/{zone_n}/orgs", org=north)
        self.assertIn("見本市北地域包括支援センター", r.text)
        self.send(a, f"/orgs/{south}", f"/orgs/{south}/areas", area=zone_s, area_from="2026-11-01")
        self.assertIn("南圏域", self.ok(a.get(f"/orgs/{south}")).text)
        self.send(a, f"/areas/{zone_n}", f"/areas/{zone_n}/aliases", alias="きた")
        self.assertIn("きた", a.get("/areas").text)

        # towns: by hand, since no postal table was read in; the number of people first, then saved
        form = post_form(self.ok(a.get("/areas/towns?level=zone")).page, "/areas/towns/try")
        form.set("other", "緑町一丁目\n緑町二丁目").set("area", zone_n)
        r = self.ok(a.submit(form))
        self.assertIn("区域が変わる方はいません", r.text)
        self.assertEqual(self.rows("SELECT COUNT(*) FROM town_area"), [(0,)], "a look writes nothing")
        self.ok(a.submit(post_form(r.page, "/areas/towns")))
        self.assertEqual(self.rows("SELECT town FROM town_area ORDER BY town"), [("緑町一丁目",), ("緑町二丁目",)])

        # accounts: a nurse, an officer of the insurer, a care manager
        nurse = self.staff_and_account(a, north, "hana", "看護 花子", "phn", "centre_nurse")
        officer = self.staff_and_account(a, insurer, "shiyaku", "市役 所子", "insurer", "insurer")
        cm = self.staff_and_account(a, office, "midori", "見取 緑", "cm", "cm")
        self.enrol(nurse, "hana")
        self.enrol(officer, "shiyaku")
        self.enrol(cm, "midori")

        # the nurse's first call
        n = self.log_in("hana")
        self.assertIn("今日の仕事", n.get("/").text)
        form = self.filled(n, "/consults/new", "/consults", find="みほん")
        form.action = "/consults/find"
        form = post_form(self.ok(n.submit(form)).page, "/consults")
        r = self.ok(n.submit(form.set("person", "new").set("source", "family").set("content", "母が転びやすい。")))
        self.assertIn("/persons/new", r.url)
        form = post_form(r.page, "/persons")
        form.set("name", "見本 まつ").set("kana", "ミホン マツ").set("birth", "S10.3.3").set("home_address", "緑町1丁目2-3")
        r = self.ok(n.submit(form))
        self.assertRegex(r.url, rf"/consults/{PID}")
        self.assertEqual(self.rows("SELECT a.name FROM person p JOIN area a ON a.id = p.area_id"), [("北圏域",)], "found by the town")
        person = self.rows("SELECT pid FROM person")[0][0]
        self.assertIn("北圏域", n.get(f"/persons/{person}").text)
        r = self.make_person(n, "南 うめ", "ミナミ ウメ", "S11.4.4", "見本市浜町5")
        ume = re.search(PID, r.url).group(0)
        self.assertEqual(self.rows("SELECT area_id FROM person WHERE pid = ?", ume), [(None,)])

        # the nurse may look, not draw
        r = self.ok(n.get("/areas"))
        self.assertNotIn("/areas/new", r.page.links)
        form = client.Form({"action": "/areas", "method": "post"})
        page = n.get("/consults/new").page
        form.fields = [[k, page.forms[-1].get(k)] for k in ("csrf", "once")] + [["level", "zone"], ["name", "勝手"]]
        self.assertEqual(n.submit(form).status, 403)
        self.assertIn("浜町", n.get("/areas/towns").text, "she sees which towns are missing")

        # the officer maps what the addresses show; one person gets an area
        o = self.log_in("shiyaku")
        r = self.ok(o.get("/areas/towns"))
        self.assertIn("浜町", r.text)
        form = post_form(r.page, "/areas/towns/try").set("town", "見本市|浜町").set("area", zone_s)
        r = self.ok(o.submit(form))
        self.assertRegex(r.text, r"1 人\s*の区域が")
        self.ok(o.submit(post_form(r.page, "/areas/towns")))
        self.assertEqual(self.rows("SELECT a.name FROM person p JOIN area a ON a.id = p.area_id WHERE p.pid = ?", ume), [("南圏域",)])
        self.assertNotIn("浜町", o.get("/areas/towns").text)

        # 緑町二丁目 goes to the south: nobody lives there; 一丁目 does: one person, and what was stays
        form = post_form(self.ok(o.get(f"/areas/towns?source={zone_n}")).page, "/areas/towns/try")
        form.set("town", ["見本市|緑町一丁目", "見本市|緑町二丁目"]).set("area", zone_s).set("from_on", "2026-11-20")
        r = self.ok(o.submit(form))
        self.assertIn("北圏域 南圏域 1", r.text)
        self.ok(o.submit(post_form(r.page, "/areas/towns")))
        self.assertEqual(self.rows("SELECT a.name FROM person p JOIN area a ON a.id = p.area_id WHERE p.pid = ?", person), [("南圏域",)])
        self.assertEqual(self.rows("SELECT COUNT(*) FROM town_area WHERE retired_ms IS NULL AND to_on = '2026-11-19'"), [(2,)])

        # out again, with the number first; then the area ends
        r = self.ok(o.get(f"/areas/{zone_s}"))
        form = next(f for f in r.page.forms if "/towns/" in f.action and f.action.endswith("/try"))
        r = self.ok(o.submit(form.set("last_day", "2026-11-20")))
        self.ok(o.submit(next(f for f in r.page.forms if f.action.endswith("/end"))))
        r = self.ok(o.submit(post_form(o.get(f"/areas/{zone_n}").page, f"/areas/{zone_n}/end/try")), 422)
        self.assertIn("最後の日", r.text)
        r = self.ok(o.submit(post_form(r.page, f"/areas/{zone_n}/end/try").set("last_day", "R8.12.31")))
        self.ok(o.submit(post_form(r.page, f"/areas/{zone_n}/end")))
        self.assertEqual(self.rows("SELECT valid_to FROM area WHERE name = '北圏域'"), [("2026-12-31",)])

        form = post_form(o.get(f"/areas/{zone_n}/edit").page, f"/areas/{zone_n}")
        self.assertIn("早くできません", self.ok(o.submit(form.set("valid_to", "2026-12-01")), 422).text)
        self.send(o, f"/areas/{zone_n}/edit", f"/areas/{zone_n}", valid_to="")
        self.assertEqual(self.rows("SELECT valid_to FROM area WHERE name = '北圏域'"), [("9999-12-31",)], "an end by mistake is taken back")

        # the municipality's own word reaches the person's page
        self.send(o, "/areas/words", "/areas/words", word_zone="暮らしの圏域")
        self.assertIn("暮らしの圏域", o.get("/areas").text)
        self.assertIn("暮らしの圏域", n.get("/persons/new").text)

        # a care manager of the office sees nothing of them, and reads the areas
        m = self.log_in("midori")
        self.assertEqual(m.get(f"/persons/{person}").status, 404)
        self.assertIn("南圏域", self.ok(m.get("/areas")).text)

    def filled(self, c, url, action, **values):
        form = post_form(self.ok(c.get(url)).page, action)
        for k, v in values.items():
            form.set(k, v)
        return form

    def make_person(self, c, name, kana, birth, address):
        return self.send(c, "/persons/new", "/persons", name=name, kana=kana, birth=birth, home_address=address)

    CSV = ("種類,番号,名前,別の呼び名,担当の機関,市区町村,町域\r\n"
           "日常生活圏域,①,北圏域,きた,見本市北地域包括支援センター,見本市,緑町一丁目\r\n"
           "日常生活圏域,①,北圏域,,,,緑町二丁目\r\n"
           "日常生活圏域,②,南圏域,,無いセンター,,浜町\r\n"
           "日常生活圏域,②,南圏域,,,,浜町\r\n"
           "民生委員区,,緑町民生委員区,,,,緑町一丁目\r\n"
           "民生委員区,,緑町民生委員区,,,,浜町\r\n")

    def test_by_upload_with_a_look_first(self):
        self.enrol(self.setup_code, "kanri", "管理 太郎")
        a = self.log_in("kanri")
        insurer = self.org(a, name="見本市", kind="insurer", municipality="見本市")
        self.org(a, name="見本市北地域包括支援センター", kind="centre", insurer=insurer)
        page = self.ok(a.get("/areas/import")).page
        r = self.ok(upload(a, page, "/areas/import", file=b""), 422)
        self.assertIn("CSVファイルを選んでください", r.text)
        r = self.ok(upload(a, page, "/areas/import", file="あ,い\n1,2\n".encode()), 422)
        self.assertIn("「種類」と「名前」の列が必要です", r.text)
        r = self.ok(upload(a, page, "/areas/import", file=self.CSV.encode("cp932")))
        self.assertIn("まだ取り込んでいません", r.text)
        self.assertRegex(r.text, r"4 取り込めない 機関「無いセンター」が登録されていません")
        self.assertEqual(self.rows("SELECT COUNT(*) FROM area"), [(0,)])
        r = self.ok(upload(a, r.page, "/areas/import", act="take"))
        self.assertIn("取り込んだ結果", r.text)
        self.assertEqual(self.rows("SELECT level, name FROM area ORDER BY id"), [("zone", "北圏域"), ("zone", "南圏域"), ("minsei", "緑町民生委員区")])
        self.assertEqual(self.rows("SELECT COUNT(*) FROM town_area"), [(5,)])

        # C-002: the district lies across both; with both zones, to print and as CSV
        r = self.ok(a.get("/areas/mismatch"))
        for word in ("緑町民生委員区", "北圏域", "南圏域", "見本市北地域包括支援センター", "民生委員区"):
            self.assertIn(word, r.text)
        r = self.ok(a.get(next(l for l in r.page.links if "mismatch.csv" in l)))
        table = list(csv.DictReader(io.StringIO(r.body.decode("utf-8-sig"))))
        self.assertEqual([(x["区域"], x["またがる圏域"], x["担当するセンター"], x["町域の数"]) for x in table],
                         [("緑町民生委員区", "北圏域", "見本市北地域包括支援センター", "1"), ("緑町民生委員区", "南圏域", "", "1")])

    def test_a_house_by_command_line(self):
        self.enrol(self.setup_code, "kanri", "管理 太郎")
        a = self.log_in("kanri")
        insurer = self.org(a, name="見本市", kind="insurer", municipality="見本市")
        north = self.org(a, name="見本市北地域包括支援センター", kind="centre", insurer=insurer)
        file = self.dir / "area.csv"
        file.write_bytes(self.CSV.encode("cp932"))
        out, err = self.cli("area", "import", file, "--check", code=3)
        self.assertIn("4行目: 機関「無いセンター」が登録されていません", err)
        self.assertEqual(self.rows("SELECT COUNT(*) FROM area"), [(0,)])
        out, err = self.cli("area", "import", file, code=3)
        self.assertIn("読めた行 5・取り込めない行 1", out)
        out, err = self.cli("area", "import", file, code=3)
        self.assertIn("区域 0・別の呼び名 0・担当 0・町域 0", out, "twice does nothing")
        file.write_text("あ,い\n1,2\n", "utf-8")
        self.cli("area", "import", file, code=2)
        self.cli("area", "import", self.dir / "absent.csv", code=1)
        pid = self.cli("area", "add", "西圏域", "--level", "日常生活圏域", "--code", "③")[0].strip()
        self.assertRegex(pid, f"^{PID}$")
        self.cli("area", "alias", "西圏域", "にし")
        self.cli("area", "assign", "にし", "見本市北地域包括支援センター", "--from", "R8.11.1")
        out, _ = self.cli("area", "map", "③", "西町", "沢町", "--check")
        self.assertIn("加えた 2", out)
        self.assertEqual(self.cli("area", "towns", pid)[0], "")
        self.cli("area", "map", "③", "西町", "沢町")
        towns = [l.split("\t") for l in self.cli("area", "towns", pid)[0].splitlines()]
        self.assertEqual([t[2] for t in towns], ["沢町", "西町"])
        self.cli("area", "unmap", towns[0][0], "2026-11-30")
        self.assertIn("2026-11-30", self.cli("area", "towns", pid)[0])
        out, _ = self.cli("area", "list", "--level", "zone")
        self.assertEqual([l.split("\t")[3] for l in out.splitlines()], ["西圏域", "北圏域", "南圏域"])
        self.assertIn("見本市北地域包括支援センター", out)
        self.assertIn("緑町民生委員区\t北圏域", self.cli("area", "mismatch")[0])
        self.cli("area", "end", "西圏域", "令和8年12月31日")
        self.assertIn("2026-12-31", self.cli("area", "list", "--level", "zone")[0])
        self.assertEqual(self.cli("area", "list", "--level", "zone", "--on", "2027-01-01")[0].count("\n"), 2)
        self.assertEqual(self.cli("area", "follow")[0], "0\n")
        # refusals: the words say what is wrong, the codes tell a script
        self.assertIn("ありません", self.cli("area", "alias", "無い区域", "x", code=2)[1])
        self.assertIn("分かりません", self.cli("area", "add", "あ", "--level", "変な種類", code=2)[1])
        self.assertIn("使い方", self.cli("area", "map", "③", code=2)[1])
        self.cli("area", "end", "西圏域", "2026-99-99", code=2)
        # acting as a nurse: she may read, not write
        code = CODE.search(self.cli("account", "add", "hana", "--name", "看護 花子", "--role", "centre_nurse", "--org", north)[0]).group(0)
        self.enrol(code, "hana")
        self.assertIn("北圏域", self.cli("area", "list", "--as", "hana")[0])
        self.cli("area", "add", "勝手", "--level", "zone", "--as", "hana", code=1)

    def town_house(self):
        """An administrator, an insurer, a centre and two areas."""
        self.enrol(self.setup_code, "kanri", "管理 太郎")
        a = self.log_in("kanri")
        insurer = self.org(a, name="見本市", kind="insurer", municipality="見本市")
        north = self.org(a, name="見本市北地域包括支援センター", kind="centre", insurer=insurer)
        return a, north, self.area(a, level="zone", name="北圏域"), self.area(a, level="zone", name="南圏域")

    def map(self, c, area, query="level=zone", **values):
        form = post_form(self.ok(c.get(f"/areas/towns?{query}")).page, "/areas/towns/try").set("area", area)
        for k, v in values.items():
            form.set(k, v)
        r = self.ok(c.submit(form))
        return self.ok(c.submit(post_form(r.page, "/areas/towns")))

    def test_what_is_wrong_is_said_and_kept(self):
        a, north, zone_n, zone_s = self.town_house()
        form = post_form(self.ok(a.get("/areas/new")).page, "/areas")
        r = self.ok(a.submit(form.set("code", "①").set("valid_from", "R8.13.1")), 422)
        self.assertEqual(post_form(r.page, "/areas").get("code"), "①", "what was typed stays")
        r = self.ok(a.submit(post_form(a.get("/areas/new").page, "/areas").set("code", "①")), 422)
        for word in ("区域の名前を入力してください", "区域の種類を選んでください"):
            self.assertIn(word, r.text)
        form = post_form(a.get("/areas/towns").page, "/areas/towns/try")
        r = self.ok(a.submit(form.set("other", "谷町")), 422)
        self.assertEqual(post_form(r.page, "/areas/towns/try").get("other"), "谷町")
        r = self.ok(a.submit(post_form(r.page, "/areas/towns/try").set("other", "").set("area", zone_n)), 422)
        self.assertIn("町域を1つ以上選んでください", r.text)
        r = self.ok(a.submit(post_form(r.page, "/areas/towns/try").set("other", "谷町\n沢町").set("block_from", "3")), 422)
        self.assertIn("町域を1つだけ選んだとき", r.text)
        r = self.ok(a.submit(post_form(a.get(f"/areas/{zone_n}").page, f"/areas/{zone_n}/orgs").set("assign_from", "2026-11-01")), 422)
        self.assertIn("機関", r.text)
        self.send(a, f"/areas/{zone_n}", f"/areas/{zone_n}/orgs", org=north)
        r = self.send(a, f"/areas/{zone_n}", f"/areas/{zone_n}/orgs", 422, org=north)
        self.assertIn("すでに同じ機関が担当しています", r.text)
        form = next(f for f in r.page.forms if f.action.endswith("/end"))
        self.ok(a.submit(form.set("last_day", "2026-11-30")))
        self.assertEqual(self.rows("SELECT to_on FROM org_area"), [("2026-11-30",)])
        # two who edit at once
        first, second = (post_form(a.get(f"/areas/{zone_n}/edit").page, f"/areas/{zone_n}") for _ in range(2))
        self.ok(a.submit(first.set("name", "北部圏域")))
        r = self.ok(a.submit(second.set("name", "きた圏域")), 409)
        self.assertIn("北部圏域", r.text)
        self.assertIn("きた圏域", r.text)

    def test_blocks_move_as_blocks(self):
        a, _, zone_n, zone_s = self.town_house()
        self.map(a, zone_n, other="谷町", block_from="10", block_to="20")
        self.map(a, zone_n, other="谷町")
        r = self.ok(a.get(f"/areas/towns?source={zone_n}"))
        self.assertIn("10〜20番地", r.text)
        self.map(a, zone_s, f"source={zone_n}", town="見本市|谷町|10-20", from_on="2026-12-01")
        self.assertEqual(self.rows("SELECT a.name, t.block_from, t.block_to, t.from_on, t.to_on FROM town_area t JOIN area a ON a.id = t.area_id ORDER BY t.id"),
                         [("北圏域", 10, 20, None, "2026-11-30"), ("北圏域", 0, 999999, None, "9999-12-31"), ("南圏域", 10, 20, "2026-12-01", "9999-12-31")])

    def test_who_may_not_write_changes_nothing(self):
        a, north, zone_n, zone_s = self.town_house()
        self.map(a, zone_n, other="谷町")
        code = CODE.search(self.cli("account", "add", "hana", "--name", "看護 花子", "--role", "centre_nurse", "--org", north)[0]).group(0)
        self.enrol(code, "hana")
        n = self.log_in("hana")
        tokens = [(k, v) for k, v in post_form(self.ok(n.get("/settings/display")).page, "/settings/display").fields if k in ("csrf", "once")]
        town = self.rows("SELECT pid FROM town_area")[0][0]
        self.send(a, f"/areas/{zone_n}", f"/areas/{zone_n}/orgs", org=north)
        served = self.rows("SELECT pid FROM org_area")[0][0]
        state = lambda: [self.rows(f"SELECT * FROM {t} ORDER BY id") for t in ("area", "area_alias", "org_area", "town_area", "label", "job")]
        before = state()
        for way, fields in [("/areas", {"level": "zone", "name": "勝手"}), (f"/areas/{zone_n}", {"name": "勝手"}), (f"/areas/{zone_n}/aliases", {"alias": "勝手"}),
                            (f"/areas/{zone_n}/orgs", {"org": north, "assign_from": "2026-12-01"}), (f"/areas/{zone_n}/orgs/{served}/end", {"last_day": "2026-12-01"}),
                            (f"/areas/{zone_n}/end/try", {"last_day": "2026-12-01"}), (f"/areas/{zone_n}/end", {"last_day": "2026-12-01"}),
                            (f"/areas/{zone_n}/towns/{town}/try", {"last_day": "2026-12-01"}), (f"/areas/{zone_n}/towns/{town}/end", {"last_day": "2026-12-01"}),
                            ("/areas/towns/try", {"town": "見本市|沢町", "area": zone_n}), ("/areas/towns", {"town": "見本市|沢町", "area": zone_n}),
                            ("/areas/import", {"text": self.CSV, "act": "take"}), ("/areas/words", {"word_zone": "勝手"}), ("/areas/follow", {})]:
            form = client.Form({"action": way, "method": "post"})
            tokens[1] = ("once", post_form(n.get("/settings/display").page, "/settings/display").get("once"))
            form.fields = [list(x) for x in tokens] + [[k, v] for k, v in fields.items()]
            self.assertEqual(n.submit(form).status, 403, way)
        self.assertEqual(state(), before)

    def test_many_people_follow_in_a_job(self):
        """More than can be changed while one waits: the demo town, as its own officer."""
        self.server.stop()
        shutil.rmtree(self.data)
        client.run(TSUNAGI, "demo", "--data", self.data, env=self.clock.env)
        self.server.start()
        c = self.server.client()
        self.clock.go(31)
        r = c.submit(house.fill(c.get("/login").page, "/login", login="city", password="tsunagi-demo-2026"))
        code = re.search(r"\b\d{6}\b", self.cli("demo", "--code", "city")[0]).group(0)
        self.ok(c.submit(house.fill(r.page, "/login/code", code=code)))
        zone = {name: pid for name, pid in self.rows("SELECT name, pid FROM area WHERE level = 'zone'")}
        towns = [v for v in post_form(c.get(f"/areas/towns?source={zone['北部圏域']}").page, "/areas/towns/try").options["town"]]
        count = "SELECT COUNT(*) FROM person p JOIN area a ON a.id = p.area_id WHERE a.name = '北部圏域' AND p.is_area_manual = 0"
        self.assertGreater(self.rows(count)[0][0], 500)
        r = self.map(c, zone["中央圏域"], f"source={zone['北部圏域']}", town=towns)
        self.assertRegex(r.url, f"/jobs/{PID}")
        for _ in range(240):
            if "人の区域を変えました" in r.text:
                break
            time.sleep(0.5)
            r = self.ok(c.get(r.url.split("?")[0]))
        self.assertIn("人の区域を変えました", r.text)
        self.assertEqual(self.rows(count), [(0,)])
        self.assertEqual(self.rows("SELECT COUNT(*) FROM person_area x JOIN area a ON a.id = x.area_id JOIN person p ON p.id = x.person_id WHERE a.name = '北部圏域' "
                                   "AND x.to_on = '9999-12-31' AND p.is_area_manual = 0"), [(0,)])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]], verbosity=1)
