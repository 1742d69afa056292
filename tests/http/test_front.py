#!/usr/bin/env python3
"""Answering a survey by a personal link without account and without script: saved and continued, wrong input, branches, two tabs, closing,
anonymous, replaced links; what `serve --outside` shows and what it does not; the files between inside and outside.
Usage: test_front.py TSUNAGI"""
import json, pathlib, re, shutil, sys, tempfile, unittest

import client
from front_house import Round, pid

TSUNAGI = sys.argv[1] if len(sys.argv) > 1 else "build/tsunagi"


class Outside(unittest.TestCase):
    """A host that has nothing but links."""

    @classmethod
    def setUpClass(cls):
        cls.dir = pathlib.Path(tempfile.mkdtemp(prefix="tsunagi-front-"))
        cls.data = cls.dir / "data"
        client.run(TSUNAGI, "init", cls.data, "--outside")
        cls.named = Round(cls.data, seats=12)
        cls.anon = Round(cls.data, anonymous=True, seats=4)
        cls.clock = cls.dir / "clock"
        cls.at("2026-11-20T01:00:00Z")
        cls.server = client.Server(TSUNAGI, cls.data, env={"TSUNAGI_NOW": f"@{cls.clock}"}, log=str(cls.dir / "log"), more=["--outside"]).start()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        log = (cls.dir / "log").read_text("utf-8", "replace")
        for link in cls.named.links + cls.anon.links:
            assert link not in log, "a link stands in the log"
        shutil.rmtree(cls.dir)

    @classmethod
    def at(cls, when):
        (cls.dir / "clock.new").write_text(when + "\n")
        (cls.dir / "clock.new").replace(cls.clock)

    def setUp(self):
        self.at("2026-11-20T01:00:00Z")

    def open(self, link, status=200, c=None):
        c = c or self.server.client()
        r = c.get(f"/a/{link}")
        self.assertEqual(r.status, status, r.text[:500])
        return c, r

    def send(self, c, r, act, status=200, **values):
        form = r.page.form("/a/")
        for k, v in values.items():
            form.set(k, v)
        r = c.submit(form, ("act", act))
        self.assertEqual(r.status, status, r.text[:800])
        return r

    def rows(self, sql, *args):
        with self.named.db() as db:
            return db.execute(sql, args).fetchall()

    # ---- named ----

    def test_saved_continued_handed_in_and_changed(self):
        link = self.named.links[0]
        c, r = self.open(link)
        for words in ("研修についての調査", "第1地域包括支援センター", "対象の期間は、まだ終わっていません", "問1で「した」と答えた方だけ", "回答に数えません", "00-0000-0000"):
            self.assertIn(words, r.text)
        for words in ("ログイン", "メインメニュー", "/login", "担当"):
            self.assertNotIn(words, r.body.decode().replace("第1地域包括支援センター", ""))
        self.assertEqual(r.headers["referrer-policy"], "no-referrer")
        self.assertEqual(r.headers["cache-control"], "no-store")
        self.assertIn("width=device-width", r.body.decode())
        self.assertEqual(self.rows("SELECT is_opened FROM front_seat WHERE key = ?", self.named.seats[0]), [(1,)])
        r = self.send(c, r, "keep", q6="途中の言葉")
        self.assertIn("まだ提出していません", r.text)
        # another browser goes on
        c, r = self.open(link)
        self.assertEqual(r.page.form("/a/").get("q6"), "途中の言葉")
        r = self.send(c, r, "submit", q1="1", q2=["1", "9"], q2_other="家族", q3="３", q5="令和9年2月1日")
        self.assertIn("回答を提出しました", r.text)
        self.assertIn("令和8年11月30日", r.text)
        self.assertIn("家族", r.text)
        # changed until closing
        c, r = self.open(link)
        self.assertIn("提出済みです", r.text)
        self.assertNotIn("途中で保存", r.text)
        r = self.send(c, r, "submit", q3="4")
        self.assertIn("回答を提出しました", r.text)
        # after closing: shown, and no form
        self.at("2026-12-01T01:00:00Z")
        c, r = self.open(link)
        self.assertIn("受付は終わっています", r.text)
        self.assertIn("事業所の職員", r.text)
        self.assertFalse(r.page.forms)
        answers = json.loads(self.rows("SELECT a.answers FROM front_answer a JOIN front_seat s ON s.id = a.seat_id WHERE s.key = ?", self.named.seats[0])[0][0])
        self.assertEqual(answers["answers"]["q3"], 4)

    def test_wrong_input_keeps_what_was_typed(self):
        c, r = self.open(self.named.links[1])
        r = self.send(c, r, "submit", 422, q3="さんかい", q6="長い意見" * 200)
        for words in ("問1", "選んでください", "数字で入力", "400文字まで", "まだ保存していません"):
            self.assertIn(words, r.text)
        form = r.page.form("/a/")
        self.assertEqual(form.get("q3"), "さんかい")
        self.assertEqual(form.get("q6"), "長い意見" * 200)
        r = self.send(c, r, "submit", q1="1", q2=["2"], q3="3", q6="短い意見")
        self.assertIn("回答を提出しました", r.text)
        # a blank form is no answer
        c, r = self.open(self.named.links[2])
        r = self.send(c, r, "submit", 422)
        self.assertEqual(self.rows("SELECT COUNT(*) FROM front_answer a JOIN front_seat s ON s.id = a.seat_id WHERE s.key = ?", self.named.seats[2]), [(0,)])

    def test_branches_without_script(self):
        c, r = self.open(self.named.links[3])
        r = self.send(c, r, "submit", q1="2", q4="人手が足りない", q2=["1"], q3="5")
        self.assertIn("人手が足りない", r.text)
        self.assertNotIn("事業所の職員", r.text)  # typed under a branch that was not taken
        answers = json.loads(self.rows("SELECT a.answers FROM front_answer a JOIN front_seat s ON s.id = a.seat_id WHERE s.key = ?", self.named.seats[3])[0][0])["answers"]
        self.assertEqual(set(answers), {"q1", "q4"})
        # the question before is blank: asked after, by its number
        c, r = self.open(self.named.links[4])
        r = self.send(c, r, "submit", 422, q4="理由だけ")
        self.assertIn("問4に入力がありますが、問1の答えがまだです", r.text)

    def test_two_tabs(self):
        link = self.named.links[5]
        a, ra = self.open(link)
        b, rb = self.open(link)
        self.send(a, ra, "submit", q1="2", q6="一つめ")
        r = self.send(b, rb, "submit", 409, q1="2", q6="二つめ")
        self.assertIn("別の画面で、先に回答が保存されています", r.text)
        self.assertIn("先に保存された回答: 一つめ", r.text)
        self.assertEqual(r.page.form("/a/").get("q6"), "二つめ")
        r = self.send(b, r, "submit")
        self.assertIn("二つめ", r.text)

    def test_closed_while_typing(self):
        c, r = self.open(self.named.links[6])
        self.at("2026-12-01T01:00:00Z")
        r = self.send(c, r, "submit", 409, q1="1", q2=["1"], q6="間に合わなかった言葉")
        self.assertIn("受付は終わっています", r.text)
        self.assertIn("間に合わなかった言葉", r.text)
        self.assertIn("事業所の職員", r.text)
        self.assertIn("保存していません", r.text)
        self.assertEqual(self.rows("SELECT COUNT(*) FROM front_answer a JOIN front_seat s ON s.id = a.seat_id WHERE s.key = ?", self.named.seats[6]), [(0,)])
        self.at("2026-11-09T01:00:00Z")
        _, r = self.open(self.named.links[6])
        self.assertIn("まだ始まっていません", r.text)

    def test_a_page_of_another_target(self):
        c, r = self.open(self.named.links[7])
        form = r.page.form("/a/").set("q1", "2").set("q6", "よその用紙").set("seat", self.named.seats[8])
        r = c.submit(form, ("act", "submit"))
        self.assertEqual(r.status, 409)
        self.assertIn("ほかの回答者あての用紙です", r.text)
        self.assertIn("よその用紙", r.text)
        for i in (7, 8):
            self.assertEqual(self.rows("SELECT COUNT(*) FROM front_answer a JOIN front_seat s ON s.id = a.seat_id WHERE s.key = ?", self.named.seats[i]), [(0,)])

    def test_links_that_do_not_work(self):
        old = self.named.links[9]
        new = self.named.link(9)
        _, r = self.open(old)
        self.assertIn("新しいリンクに置きかえられています", r.text)
        self.assertFalse(r.page.forms)
        self.open(new)
        _, r = self.open(pid(), 404)
        self.assertIn("このリンクでは、回答のページを開けません", r.text)
        self.open("short", 404)
        with self.named.db() as db:
            db.execute("UPDATE front_seat SET is_revoked = 1 WHERE key = ?", (self.named.seats[9],))
        _, r = self.open(new)
        self.assertIn("取り消されています", r.text)

    def test_filled_in_advance(self):
        known = json.dumps({"form": "survey-test", "version": "2026-11-01", "answers": {"q3": 7}}, ensure_ascii=False)
        c, r = self.open(self.named.links[10])
        # as region/survey_round writes it: the JSON of the program itself
        self.send(c, r, "keep", q1="1", q3="7")
        stored = self.rows("SELECT a.answers FROM front_answer a JOIN front_seat s ON s.id = a.seat_id WHERE s.key = ?", self.named.seats[10])[0][0]
        with self.named.db() as db:
            db.execute("UPDATE front_seat SET prefill = ? WHERE key = ?", (stored, self.named.seats[11]))
        c, r = self.open(self.named.links[11])
        self.assertEqual(r.page.form("/a/").get("q3"), "7")
        self.assertIn("記録から", r.text)
        r = self.send(c, r, "keep", q3="8")
        self.assertIn("記録では「7」", r.text)
        self.assertTrue(known)

    # ---- anonymous ----

    def test_anonymous(self):
        link = self.anon.links[0]
        c, r = self.open(link)
        for words in ("無記名の調査です", "提出したあとは直せません", "このリンクがないと開けない形"):
            self.assertIn(words, r.text)
        self.assertNotIn("地域包括支援センター", r.text)
        r = self.send(c, r, "keep", q6="まだ下書き")
        c, r = self.open(link)
        self.assertEqual(r.page.form("/a/").get("q6"), "まだ下書き")
        r = self.send(c, r, "submit", q1="2", q6="無記名の声")
        self.assertIn("回答を提出しました", r.text)
        self.assertIn("見ることも直すこともできません", r.text)
        self.assertNotIn("無記名の声", r.text)
        _, r = self.open(link)
        self.assertIn("すでに受け付けています", r.text)
        self.assertFalse(r.page.forms)
        # a tab that was open before hands in again: nothing is taken twice, what was typed is shown
        other = self.anon.links[1]
        a, ra = self.open(other)
        b, rb = self.open(other)
        self.send(a, ra, "submit", q1="1", q2=["1"])
        r = self.send(b, rb, "submit", 409, q1="2", q4="二度め")
        self.assertIn("すでに受け付けています", r.text)
        self.assertIn("二度め", r.text)
        self.assertEqual(self.rows("SELECT COUNT(*) FROM front_pot"), [(2,)])

    # ---- what this host is not ----

    def test_nothing_else_is_here(self):
        c = self.server.client()
        for line in client.run(TSUNAGI, "serve", "--routes").stdout.decode().splitlines():
            method, pattern = line.split("\t")[:2]
            url = re.sub(r"\{\w*pid\}", pid(), pattern)
            url = re.sub(r"\{\w+\}", "x", url)
            if pattern in ("/", "/a", "/health"):
                self.assertEqual(c.get(url).status, 200, url)
            elif not pattern.startswith("/a/"):
                r = c.request("GET" if method == "GET" else "POST", url, follow=False)
                self.assertEqual(r.status, 404, f"{method} {url}")
        self.assertIn("リンクを開いてください", c.get("/").text)
        css = re.search(r'href="(/assets/front[^"]+)"', c.get("/").body.decode())[1]
        self.assertEqual(c.get(css).status, 200)

    def test_a_form_of_another_site_is_refused(self):
        c, r = self.open(self.named.links[8])
        form = r.page.form("/a/").set("q1", "2").set("csrf", "0" * 64)
        r = c.submit(form, ("act", "submit"))
        self.assertEqual(r.status, 403)
        self.assertEqual(self.rows("SELECT COUNT(*) FROM front_answer a JOIN front_seat s ON s.id = a.seat_id WHERE s.key = ?", self.named.seats[8]), [(0,)])


class Files(unittest.TestCase):
    """The command line of both houses, and the doors that stay shut."""

    def setUp(self):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="tsunagi-front-"))
        self.inside, self.outside = self.dir / "inside", self.dir / "outside"
        client.run(TSUNAGI, "init", self.inside)
        client.run(TSUNAGI, "init", self.outside, "--outside")

    def tearDown(self):
        shutil.rmtree(self.dir)

    def cli(self, data, *words, code=0):
        p = client.run(TSUNAGI, *words, "--data", data, check=False)
        self.assertEqual(p.returncode, code, (p.stdout + p.stderr).decode())
        return (p.stdout + p.stderr).decode()

    def exchange_keys(self):
        lines = {d: self.cli(d, "outside", "key").splitlines()[0] for d in (self.inside, self.outside)}
        self.cli(self.inside, "outside", "key", lines[self.outside])
        self.cli(self.outside, "outside", "key", lines[self.inside])

    def test_to_and_fro(self):
        file = self.dir / "file"
        self.assertIn("公開鍵が、まだ登録されていません", self.cli(self.inside, "outside", "out", file, code=1))
        self.exchange_keys()
        named, anon = Round(self.inside, seats=2, outside=True), Round(self.inside, seats=6, anonymous=True, outside=True)
        self.cli(self.inside, "outside", "out", file)
        said = self.cli(self.outside, "outside", "in", file)
        self.assertIn("調査の回 2、回答者 8、新しいリンク 8", said)
        raw = bytearray(file.read_bytes())
        for secret in [*named.links, *named.seats, "研修"]:
            self.assertNotIn(secret.encode(), raw)
        with client.Server(TSUNAGI, self.outside, log=str(self.dir / "log"), more=["--outside"]) as server:
            for link in [named.links[0], *anon.links]:
                c = server.client()
                r = c.get(f"/a/{link}")
                r = c.submit(r.page.form("/a/").set("q1", "2").set("q6", f"声 {link[:4]}"), ("act", "submit"))
                self.assertIn("回答を提出しました", r.text)
            self.cli(self.outside, "outside", "out", file)  # while it serves
        raw = bytearray(file.read_bytes())
        raw[len(raw) // 2] ^= 1
        (self.dir / "bad").write_bytes(raw)
        self.assertIn("何も取り込んでいません", self.cli(self.inside, "outside", "in", self.dir / "bad", code=2))
        self.assertIn("新しい回答 1、新しい「使用済み」 6、無記名の回答 6", self.cli(self.inside, "outside", "in", file))
        self.assertIn("もう取り込んであります", self.cli(self.inside, "outside", "in", file))
        with named.db() as db:
            self.assertEqual(db.execute("SELECT COUNT(*) FROM front_pot").fetchone(), (6,))
        # the inside says that they have arrived: the outside keeps them no longer
        self.cli(self.inside, "outside", "out", file)
        self.cli(self.outside, "outside", "in", file)
        self.assertEqual((self.outside / "outside.key").stat().st_mode & 0o777, 0o600)
        import sqlite3
        with sqlite3.connect(self.outside / "tsunagi.db") as db:
            self.assertEqual(db.execute("SELECT COUNT(*) FROM front_pot").fetchone(), (0,))

    def test_doors_that_stay_shut(self):
        self.assertIn("利用者は登録できません", self.cli(self.outside, "account", "add", "hana", "--name", "見本 花子", "--role", "admin", code=1))
        self.assertIn("外側", self.cli(self.outside, "area", "list", code=1))
        for data, words in ((self.outside, []), (self.inside, ["--outside"])):
            p = client.run(TSUNAGI, "serve", "--data", data, "--listen", "127.0.0.1:1", *words, check=False)
            self.assertEqual(p.returncode, 2, p.stderr.decode())
        self.assertIn("外側のデータフォルダーではありません", self.cli(self.inside, "init", self.inside, "--outside", code=1))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]] + [a for a in sys.argv[2:] if a.startswith("-") or "." in a and "/" not in a])
