#!/usr/bin/env python3
"""Requests, reminders, results and letters of surveys, with a mail server that stands in this file: 61 asked, one comes back, its address is
mended; a newer link replaces the older one; 40 answer, 21 are reminded by the rule, once; an anonymous survey reminds without a trace; no link
is left anywhere in the data; STARTTLS and TLS with login, and what may not go in the clear. C-170, C-172, C-190, C-193. Usage: test_survey_mail.py TSUNAGI"""
import base64, email, email.policy, os, pathlib, re, socketserver, ssl, subprocess, sys, tempfile, threading, time, unittest
from urllib.parse import urlencode

if len(sys.argv) > 1 and os.path.isfile(sys.argv[1]):
    os.environ["TSUNAGI"] = os.path.realpath(sys.argv[1])
from town import Town, post_form  # noqa: E402

LINK = re.compile(r"http://127\.0\.0\.1:\d+/a/([0-9a-z]{26})")


class Post:
    """A mail server that takes, refuses or puts off, by recipient. security: none, starttls, tls, or stripped (somebody on the way has taken
    STARTTLS out of what it offers); with a user it wants that login, and keeps every line it ever heard."""

    def __init__(self, security="none", cert=None, user=None):
        self.mails, self.refused, self.later, self.sessions, self.heard = [], set(), set(), 0, []
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if cert else None
        if cert:
            tls.load_cert_chain(cert)
        post = self

        class Line(socketserver.StreamRequestHandler):
            def say(self, text):
                self.wfile.write(text.encode() + b"\r\n")

            def under_tls(self):
                try:
                    self.connection = self.request = tls.wrap_socket(self.request, server_side=True)
                except (ssl.SSLError, OSError):  # the other side does not want this certificate
                    return False
                self.rfile, self.wfile, self.safe = self.request.makefile("rb", -1), self.request.makefile("wb", 0), True
                return True

            def finish(self):
                try:
                    super().finish()
                    self.request.close()
                except OSError:
                    pass

            def handle(self):
                post.sessions += 1
                self.safe, known = False, user is None
                if security == "tls" and not self.under_tls():
                    return
                self.say("220 sink")
                to = []
                for line in iter(lambda: self.rfile.readline(), b""):  # the file changes when TLS begins
                    word = line.decode("ascii").strip()
                    post.heard.append((self.safe, word))
                    verb = word[:4].upper()
                    if verb == "EHLO":
                        self.say("250-sink")
                        if security == "starttls" and not self.safe:
                            self.say("250-STARTTLS")
                        if user and (self.safe or security == "stripped"):
                            self.say("250-AUTH PLAIN")
                        self.say("250 8BITMIME")
                    elif verb == "STAR":
                        self.say("220 go on")
                        if not self.under_tls():
                            return
                    elif verb == "AUTH":
                        given = word.split(" ", 2)[2] if word.count(" ") > 1 else ""
                        if not given:
                            self.say("334 ")
                            given = self.rfile.readline().decode("ascii").strip()
                        known = base64.b64decode(given).decode().split("\0")[1:] == list(user)
                        self.say("235 in" if known else "535 5.7.8 no")
                    elif verb in ("MAIL", "RCPT", "DATA") and not known:
                        self.say("530 5.7.0 log in first")
                    elif verb == "MAIL":
                        to = []
                        self.say("250 ok")
                    elif verb == "RCPT":
                        who = re.search(r"<([^>]*)>", word).group(1)
                        if who in post.refused:
                            self.say(f"550 5.1.1 <{who}>: User unknown")
                        elif who in post.later:
                            self.say("451 4.7.1 try again")
                        else:
                            to.append(who)
                            self.say("250 ok")
                    elif verb == "DATA":
                        self.say("354 go on")
                        lines = []
                        for line in iter(self.rfile.readline, b".\r\n"):
                            lines.append(line[1:] if line.startswith(b"..") else line)
                        post.mails.append((to[0], email.message_from_bytes(b"".join(lines), policy=email.policy.default)))
                        self.say("250 taken")
                    elif verb == "QUIT":
                        self.say("221 bye")
                        return
                    else:
                        self.say("250 ok")

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Line)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.port = self.server.server_address[1]

    def take(self):
        """The mails since the last time, by recipient: (subject, text)."""
        got, self.mails = self.mails, []
        return {to: (m["subject"], m.get_content()) for to, m in got}

    def close(self):
        self.server.shutdown()
        self.server.server_close()


class SurveyMail(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.post = Post()
        cls.town = Town()
        cls.town.__enter__()
        cls.c = cls.town.log_in("head")

    @classmethod
    def tearDownClass(cls):
        cls.town.__exit__()
        cls.post.close()

    # ---- steps ----

    def ok(self, r, status=200):
        self.assertEqual(r.status, status, f"{r.url}: {r.text[:900]}")
        return r

    def press(self, url, action, status=200, **fields):
        form = post_form(self.ok(self.c.get(url)).page, action)
        for k, v in fields.items():
            form.set(k, v)
        return self.ok(self.c.submit(form), status)

    def send_page(self, rnd):
        return self.ok(self.c.get(f"/survey-rounds/{rnd}/send"))

    def job(self, r, state="終わりました"):
        """The job behind the page that follows: its last words."""
        url = re.search(r"/jobs/[0-9a-z]{26}", r.url).group(0)
        for _ in range(300):
            j = self.ok(self.c.get(url))
            if "data-job=" not in j.page.html:
                self.assertIn("tag ok" if state else "tag bad", j.page.html, j.text)
                return j
            time.sleep(0.1)
        self.fail("the job does not end")

    def cli(self, *args, code=0):
        out = self.town.run("mail", *args, check=False)
        self.assertEqual(out.returncode, code, out.stderr.decode())
        return (out.stdout + out.stderr).decode()

    def configure(self):
        self.cli("set", "--host", "127.0.0.1", "--port", str(self.post.port), "--security", "none", "--from", "chosa@city.example.jp", "--from-name", "青葉市の調査",
                 "--front-url", f"http://127.0.0.1:{self.town.server.port}")

    def survey(self, n, anonymous=False, opens="R8.11.15", closes="R8.11.30", letters=0):
        """A survey with one choice, n targets by mail and some by letter, a round they are in. Its and the round's public ids."""
        c = self.c
        r = self.ok(c.submit(next(f for f in self.ok(c.get("/surveys")).page.forms if f.action == "/surveys" and "title" in f).set("title", "研修の調査").set("unit", "centre")))
        s = re.search(r"/surveys/([0-9a-z]{26})", r.url).group(1)
        self.press(f"/surveys/{s}/edit", f"/surveys/{s}", is_anonymous="1" if anonymous else "0", greeting="毎年の調査です。", contact="青葉市 介護課 電話 000-0000")
        self.press(f"/surveys/{s}/questions/new", f"/surveys/{s}/questions", key="did", printed_no="1", label="研修をしましたか", kind="single", options="1 はい\n2 いいえ", is_required="1")
        self.press(f"/surveys/{s}/questions", f"/surveys/{s}/publish")
        csv = "番号,名前,メール,郵便番号,住所\n" + "".join(f"{i:03},第{i}包括,c{i:03}@example.jp,,\n" for i in range(1, n + 1))
        csv += "".join(f"L{i:02},山手{i}包括,,999-000{i},青葉市山手町{i}-2-3\n" for i in range(1, letters + 1))
        token = self.ok(c.get("/surveys")).page.form("/logout").get("csrf")
        self.ok(c.request("POST", f"/surveys/{s}/targets/import", urlencode({"csrf": token, "act": "take", "text": csv}).encode(),
                          {"Content-Type": "application/x-www-form-urlencoded"}))
        r = self.press(f"/surveys/{s}/rounds/new", f"/surveys/{s}/rounds", name="第2四半期", period_from="R8.7.1", period_to="R8.9.30", opens_on=opens, closes_on=closes, remind_days="7,2")
        rnd = re.search(r"/survey-rounds/([0-9a-z]{26})", r.url).group(1)
        self.press(f"/survey-rounds/{rnd}", f"/survey-rounds/{rnd}/invite")
        self.assertEqual(self.town.one("select count(*) from survey_invitation i join survey_round r on r.id = i.round_id where r.pid = ?", rnd), n + letters)
        return s, rnd

    def links(self, mails):
        return {to: LINK.search(text).group(1) for to, (_, text) in mails.items()}

    def answer(self, link, value="1"):
        web = self.town.client()
        form = post_form(self.ok(web.get(f"/a/{link}")).page, f"/a/{link}")
        button = next(b for b in form.buttons if "submit" in b[0] or b[1] in ("1", "submit"))
        self.ok(web.submit(form.set("did", value), button=button))

    def says(self, link, words):
        r = self.town.client().get(f"/a/{link}")
        self.assertIn(words, r.text)

    def nowhere(self, links):
        """No link in any file of the house, nor in its log."""
        for f in [p for p in self.town.data.rglob("*") if p.is_file()] + [self.town.log]:
            text = f.read_bytes()
            for link in links:
                self.assertNotIn(link.encode(), text, f)

    # ---- tests ----

    def words_of(self, pdf):
        self.assertEqual(pdf.body[:5], b"%PDF-")
        out = self.town.dir / "paper.pdf"
        out.write_bytes(pdf.body)
        return re.sub(r"\s", "", subprocess.run(["pdftotext", "-layout", str(out), "-"], capture_output=True, check=True).stdout.decode())

    def test_0_on_paper_alone(self):
        """No server and no address (C-171): letters carry the sheet one answers on and no link; who has answered gets none; mail and telephone are ways."""
        s, rnd = self.survey(0, letters=3, closes="R8.12.20")
        for url in (f"/surveys/{s}/questions.pdf", f"/survey-rounds/{rnd}/questions.pdf"):
            flat = self.words_of(self.ok(self.c.get(url)))
            for words in ("研修の調査", "研修をしましたか", "1．はい"):
                self.assertIn(words, flat)
            self.assertNotIn("受付番号", flat)
        self.assertIn(f"/surveys/{s}/questions.pdf", self.ok(self.c.get(f"/surveys/{s}/questions")).page.links)
        self.assertIn(f"/survey-rounds/{rnd}/questions.pdf", self.ok(self.c.get(f"/survey-rounds/{rnd}")).page.links)
        seat = self.town.one("select i.pid from survey_invitation i join survey_round r on r.id = i.round_id join survey_target t on t.id = i.target_id where r.pid = ? and t.code = 'L02'", rnd)
        form = post_form(self.ok(self.c.get(f"/survey-invitations/{seat}")).page, f"/survey-invitations/{seat}")
        self.assertLessEqual({"mail", "fax", "email", "phone"}, set(form.options["_mode"]))
        button = next(b for b in form.buttons if b[1] == "1")
        self.ok(self.c.submit(form.set("did", "1").set("_mode", "phone"), button=button))
        self.assertIn("電話 1", self.ok(self.c.get(f"/survey-rounds/{rnd}")).text)
        r = self.send_page(rnd)
        self.assertIn("依頼状を印刷する（2件）", r.page.html)
        self.assertNotIn("手紙も作れません", r.text)
        j = self.job(self.press(f"/survey-rounds/{rnd}/send", f"/survey-rounds/{rnd}/letters", what="request"))
        self.assertIn("2通を作り", j.text)
        flat = self.words_of(self.c.get(next(a for a in j.page.links if a.endswith("/result"))))
        for words in ("山手1包括御中", "同封の回答用紙に書いて", "研修をしましたか", "受付番号"):
            self.assertIn(words, flat)
        for words in ("山手2包括", "http", "二次元コード", "アドレス"):
            self.assertNotIn(words, flat)
        self.assertIn("送付済み 2", self.send_page(rnd).text)
        self.assertEqual(self.town.one("select sum(i.links) from survey_invitation i join survey_round r on r.id = i.round_id where r.pid = ?", rnd), 0)

    def test_1_nothing_leaves_without_a_server(self):
        _, rnd = self.survey(2)
        r = self.send_page(rnd)
        self.assertIn("メールの送り先（SMTP）が設定されていません", r.text)
        self.assertIn("tsunagi mail set", r.text)
        self.assertFalse([f for f in r.page.forms if f.action in (f"/survey-rounds/{rnd}/send", f"/survey-rounds/{rnd}/letters")])
        form = next(f for f in r.page.forms if f.action == f"/survey-rounds/{rnd}/bounce")
        form.action, form.fields = f"/survey-rounds/{rnd}/send", [f for f in form.fields if f[0] in ("csrf", "once")]
        self.ok(self.c.submit(form), 409)
        self.assertIn("tsunagi mail", self.cli("test", "--to", "a@example.jp", code=1))
        self.cli("set", "--host", "127.0.0.1", "--from", "not an address", code=2)
        self.cli("set", "--host", "127.0.0.1", "--port", str(self.post.port), "--security", "none", "--from", "chosa@city.example.jp")
        self.assertEqual((self.town.data / "mail.ini").stat().st_mode & 0o777, 0o600)
        self.assertIn("回答用ページのアドレスが設定されていません", self.send_page(rnd).text)
        self.configure()
        self.assertIn("127.0.0.1", self.cli("show"))
        self.cli("test", "--to", "a@example.jp")
        subject, text = self.post.take()["a@example.jp"]
        self.assertIn("試し", subject)
        self.assertIn("返信しても届きません", text)

    def test_2_sixty_one(self):
        self.configure()
        s, rnd = self.survey(61)
        self.post.refused = {"c061@example.jp"}
        r = self.send_page(rnd)
        self.assertIn("メールで依頼する（61件）", r.page.html)
        self.assertIn("研修の調査（第2四半期）", r.text)
        j = self.job(self.press(f"/survey-rounds/{rnd}/send", f"/survey-rounds/{rnd}/send"))
        self.assertIn("依頼を60件、メールで送りました。1件は相手に届きませんでした", j.text)
        self.assertIn(f"/survey-rounds/{rnd}/send", j.page.links)  # back to where it was begun, not to the list of all work
        self.assertIn(f"/survey-rounds/{rnd}", j.page.links)
        mails = self.post.take()
        self.assertEqual(len(mails), 60)
        subject, text = mails["c007@example.jp"]
        self.assertEqual(subject, "【ご回答のお願い】研修の調査（第2四半期）")
        for words in ("第7包括　御中", "毎年の調査です。", "令和8年11月30日（月）", "青葉市 介護課", "このメールに返信しても届きません"):
            self.assertIn(words, text)
        first = self.links(mails)
        self.assertEqual(len(set(first.values())), 60)
        self.nowhere(first.values())
        r = self.send_page(rnd)
        self.assertIn("送付済み 60、届かない 1", r.text)
        self.assertIn("User unknown", r.text)
        # nobody is asked twice
        self.assertNotIn("メールで依頼する", r.page.html)
        # the address is mended
        seat = self.town.one("select i.pid from survey_invitation i join survey_round r on r.id = i.round_id where r.pid = ? and i.state = 'bounced'", rnd)
        r = self.press(f"/survey-rounds/{rnd}/send", f"/survey-invitations/{seat}/resend", 422, email="c061 example.jp")
        self.assertIn("名前@example.jp のように", r.text)
        self.assertIn("c061 example.jp", r.page.html)
        self.job(self.press(f"/survey-rounds/{rnd}/send", f"/survey-invitations/{seat}/resend", email="new061@example.jp"))
        mails = self.post.take()
        self.assertEqual(list(mails), ["new061@example.jp"])
        first["new061@example.jp"] = self.links(mails)["new061@example.jp"]
        self.assertIn("送付済み 61、届かない 0", self.send_page(rnd).text)
        # one is found to have come back later: its new link kills the old one
        r = self.press(f"/survey-rounds/{rnd}/send", f"/survey-rounds/{rnd}/bounce", 422, serial="999", why="戻った")
        self.assertIn("999", r.text)
        self.press(f"/survey-rounds/{rnd}/send", f"/survey-rounds/{rnd}/bounce", serial="7", why="配達できませんでした")
        seat = self.town.one("select i.pid from survey_invitation i join survey_round r on r.id = i.round_id where r.pid = ? and i.serial = 7", rnd)
        self.job(self.press(f"/survey-rounds/{rnd}/send", f"/survey-invitations/{seat}/resend", email="c007@example.jp"))
        old, new = first["c007@example.jp"], self.links(self.post.take())["c007@example.jp"]
        self.says(old, "新しいリンクに置きかえられています")
        self.says(new, "研修をしましたか")
        first["c007@example.jp"] = new
        # 40 answer; a week before the end the other 21 are reminded, by the house itself, and once
        for i in range(1, 41):
            self.answer(first[f"c{i:03}@example.jp"])
        self.town.clock.set("2026-11-23T00:30:00Z")
        for _ in range(200):
            if len(self.post.mails) >= 21 and self.town.one("select reminded_on from survey_round where pid = ?", rnd):
                break
            time.sleep(0.1)
        time.sleep(0.3)
        mails = self.post.take()
        self.assertEqual(sorted(mails), sorted([f"c{i:03}@example.jp" for i in range(41, 61)] + ["new061@example.jp"]))
        self.assertIn("締切が近づいています", mails["c050@example.jp"][1])
        again = self.links(mails)
        self.says(first["c050@example.jp"], "新しいリンクに置きかえられています")
        self.says(again["c050@example.jp"], "研修をしましたか")
        self.nowhere(again.values())
        type(self).c = self.town.log_in("head")
        r = self.send_page(rnd)
        self.assertIn("きょうすでに督促したものが 21 件", r.text)
        self.assertEqual(self.town.rows("select reminders, count(*) from survey_invitation i join survey_round r on r.id = i.round_id where r.pid = ? group by 1", rnd), [(0, 40), (1, 21)])
        # results go to those who answered, with what will change
        for what in ("研修の日を年3回にする", "申込みをメールで受ける"):
            self.press(f"/surveys/{s}", f"/surveys/{s}/outcomes", content=what)
        self.press(f"/survey-rounds/{rnd}", f"/survey-rounds/{rnd}/close")
        self.assertIn("結果のお知らせを40件", self.job(self.press(f"/survey-rounds/{rnd}/send", f"/survey-rounds/{rnd}/results")).text)
        mails = self.post.take()
        self.assertEqual(sorted(mails), [f"c{i:03}@example.jp" for i in range(1, 41)])
        for _, text in mails.values():
            self.assertIn("研修の日を年3回にする", text)
            self.assertIn("申込みをメールで受ける", text)
        self.assertEqual(self.town.one("select count(*) from task where kind = 'meeting' and title like '%研修の調査%'"), 1)
        self.assertIn("すでに送ってある", self.job(self.press(f"/survey-rounds/{rnd}/send", f"/survey-rounds/{rnd}/results")).text)
        self.assertEqual(self.post.take(), {})

    def test_3_anonymous(self):
        self.configure()
        _, rnd = self.survey(6, anonymous=True, closes="R8.12.10")
        self.post.refused = set()
        self.job(self.press(f"/survey-rounds/{rnd}/send", f"/survey-rounds/{rnd}/send"))
        links = self.links(self.post.take())
        for i in (1, 3, 5):
            self.answer(links[f"c{i:03}@example.jp"])
        seats = "select i.way, i.state, i.sent_on, i.bounce, i.reminders, i.reminded_on, i.links, i.version from survey_invitation i join survey_round r on r.id = i.round_id where r.pid = ?"
        before = self.town.rows(seats, rnd)
        audits = self.town.one("select count(*) from audit where table_name = 'survey_invitation'") if self.audits() else 0
        self.post.refused = {"c006@example.jp"}
        r = self.send_page(rnd)
        self.assertIn("メール 3 件", r.text)
        self.job(self.press(f"/survey-rounds/{rnd}/send", f"/survey-rounds/{rnd}/remind"))
        mails = self.post.take()
        self.assertEqual(sorted(mails), ["c002@example.jp", "c004@example.jp"])
        self.assertIn("無記名", mails["c002@example.jp"][1])
        self.says(links["c002@example.jp"], "新しいリンクに置きかえられています")
        self.says(links["c001@example.jp"], "すでに受け付けています")
        self.says(links["c006@example.jp"], "研修をしましたか")  # the new one came back: the old one still works
        # no seat differs from another: neither a count nor a day, nor a bounce
        self.assertEqual(self.town.rows(seats, rnd), before)
        self.assertEqual(len({row for row in before}), 1)
        if self.audits():
            self.assertEqual(self.town.one("select count(*) from audit where table_name = 'survey_invitation'"), audits)
        # a second time on the same day would send two to the same people
        self.assertIn("きょうの督促は、すでに送りました", self.job(self.press(f"/survey-rounds/{rnd}/send", f"/survey-rounds/{rnd}/remind"), None).text)
        self.assertEqual(self.post.take(), {})

    def audits(self):
        return self.town.one("select count(*) from sqlite_master where name = 'audit'")

    def test_4_put_off_and_broken(self):
        self.configure()
        _, rnd = self.survey(4, closes="R8.12.20")
        self.post.refused, self.post.later = set(), {"c002@example.jp"}
        j = self.job(self.press(f"/survey-rounds/{rnd}/send", f"/survey-rounds/{rnd}/send"))
        self.assertIn("依頼を3件", j.text)
        self.assertIn("1件は今は送れませんでした", j.text)
        self.post.take()
        self.post.later = set()
        self.cli("set", "--port", "1")
        self.assertIn("メールサーバーにつながりません", self.job(self.press(f"/survey-rounds/{rnd}/send", f"/survey-rounds/{rnd}/send")).text)
        self.configure()
        out = self.town.run("survey", "send", rnd, "--as", "nurse2", check=False)  # another organisation's account
        self.assertNotEqual(out.returncode, 0)
        self.assertEqual(self.post.take(), {})
        self.assertIn("依頼を1件", self.town.run("survey", "send", rnd, "--as", "head").stdout.decode())
        self.assertEqual(list(self.post.take()), ["c002@example.jp"])
        self.assertIn("督促を4件", self.town.run("survey", "remind", rnd, "--as", "head").stdout.decode())
        self.assertEqual(len(self.post.take()), 4)

    def test_5_letters(self):
        self.configure()
        _, rnd = self.survey(1, letters=3, closes="R8.12.20")
        j = self.job(self.press(f"/survey-rounds/{rnd}/send", f"/survey-rounds/{rnd}/letters", what="request", paper=["1"]))
        self.assertIn("3通を作り", j.text)
        pdf = self.c.get(next(a for a in j.page.links if a.endswith("/result")))
        self.assertEqual(pdf.body[:5], b"%PDF-")
        out = self.town.dir / "letters.pdf"
        out.write_bytes(pdf.body)
        text = subprocess.run(["pdftotext", "-layout", str(out), "-"], capture_output=True, check=True).stdout.decode()
        flat = re.sub(r"\s", "", text)
        for words in ("〒999-0002", "青葉市山手町2-2-3", "山手2包括御中", "ご回答のお願い", "記", "令和8年12月20日（日）", "以上", "お問い合わせ", "研修をしましたか", "1．はい"):
            self.assertIn(words, flat)
        links = re.findall(r"http://127\.0\.0\.1:\d+/a/([0-9a-z]{26})", text)
        self.assertEqual(len(set(links)), 3)
        for link in links:
            self.says(link, "研修をしましたか")
        self.assertIn("送付済み 3", self.send_page(rnd).text)
        # printed anew for one: the first letter's link is replaced
        seat = self.town.one("select i.pid from survey_invitation i join survey_round r on r.id = i.round_id join survey_target t on t.id = i.target_id where r.pid = ? and t.code = 'L02'", rnd)
        serial = self.town.one("select serial from survey_invitation where pid = ?", seat)
        self.press(f"/survey-rounds/{rnd}/send", f"/survey-rounds/{rnd}/bounce", serial=str(serial), why="あて所に尋ねあたりません")
        self.job(self.press(f"/survey-rounds/{rnd}/send", f"/survey-invitations/{seat}/letter"))
        replaced = [link for link in links if "置きかえられています" in self.town.client().get(f"/a/{link}").text]
        self.assertEqual(len(replaced), 1)

    def test_6_by_tls(self):
        """STARTTLS and TLS with a certificate of the house's own, with login; and what must not go: an unknown certificate, a wrong password, a
        server (or somebody on the way) that offers no STARTTLS. No password is ever said in the clear."""
        with tempfile.TemporaryDirectory() as d:
            cert, secret = os.path.join(d, "cert.pem"), os.path.join(d, "secret")
            subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", cert + ".key", "-out", cert + ".pub"], check=True, capture_output=True)
            pathlib.Path(cert).write_text("".join(pathlib.Path(cert + end).read_text() for end in (".key", ".pub")))
            pathlib.Path(secret).write_text("合い言葉の代わり\n")
            os.chmod(secret, 0o600)
            for security in ("starttls", "tls", "stripped"):
                post = Post(security, cert, ("chosa", "合い言葉の代わり"))
                self.addCleanup(post.close)
                asked = "starttls" if security == "stripped" else security

                def configure(*more):
                    self.cli("set", "--host", "127.0.0.1", "--port", str(post.port), "--security", asked, "--user", "chosa", "--password-file", secret,
                             "--from", "chosa@city.example.jp", *more)

                def refused():
                    out = self.cli("test", "--to", "c@example.jp", code=1)
                    self.assertEqual(post.mails, [])
                    self.assertNotIn("合い言葉", out)
                    return out
                configure("--ca-file", "")  # the machine does not know this certificate
                refused()
                configure("--ca-file", cert + ".pub")
                if security == "stripped":
                    refused()
                else:
                    self.cli("test", "--to", "c@example.jp")
                    self.assertEqual([to for to, _ in post.mails], ["c@example.jp"])
                    post.mails = []
                    os.rename(secret, secret + ".right")
                    pathlib.Path(secret).write_text("ちがう\n")
                    os.chmod(secret, 0o600)
                    refused()
                    os.rename(secret + ".right", secret)
                clear = [w for safe, w in post.heard if not safe]
                self.assertFalse([w for w in clear if w[:4].upper() in ("AUTH", "MAIL", "RCPT")], clear)
        self.cli("set", "--security", "none", "--user", "", "--password-file", "", "--ca-file", "")
        self.configure()


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0]] + [a for a in sys.argv[2:] if "/" not in a], verbosity=1)
