#!/usr/bin/env python3
"""Ways of surveys that the walks beside this file do not go: the exchange files with an outside host by pages, an altered file, one read twice,
an older one; people of the register in a frame, a letter, an answer, and who sees it; a survey about a sheet and the sheet's next version
(C-191); questions of a branch on the pages of the staff. Usage: test_survey_ways.py TSUNAGI"""
import json, re, sqlite3, subprocess, time

import care_walk, client
from care_walk import Walk
from front_house import derived, pid as new_pid

# words of the command line and of keys, which a page about them shows
SHOWN = {"outside", "mail", "hift_", "very", "other"}


class Ways(Walk):
    def tearDown(self):
        for page, words in list(self.raw.items()):
            if not [w for w in words if w not in SHOWN and len(w) != 128]:
                del self.raw[page]
        super().tearDown()

    def press(self, c, url, action, status=200, button=None, **fields):
        form = self.fill(self.form(c, url, action), **fields)
        return self.ok(c.submit(form, button) if button else c.submit(form), status)

    def survey(self, c, title, unit, questions, **basics):
        r = self.ok(c.submit(next(f for f in self.ok(c.get("/surveys")).page.forms if f.action == "/surveys" and "title" in f).set("title", title).set("unit", unit)))
        s = re.search(r"/surveys/([0-9a-z]{26})", r.url).group(1)
        if basics:
            self.press(c, f"/surveys/{s}/edit", f"/surveys/{s}", **basics)
        for q in questions:
            self.press(c, f"/surveys/{s}/questions/new", f"/surveys/{s}/questions", **q)
        self.publish(c, s)
        return s

    def publish(self, c, s):
        self.press(c, f"/surveys/{s}/questions", f"/surveys/{s}/publish")
        self.raw.clear()  # the page of the questions shows their keys
        return self.one("select f.pid from survey_form f join survey s on s.id = f.survey_id where s.pid = ? order by f.no desc", s)

    def round(self, c, s, **fields):
        fields = {"name": "第1回", "period_from": "R8.4.1", "period_to": "R8.9.30", "opens_on": "R8.11.1", "closes_on": "R8.12.10", **fields}
        r = self.press(c, f"/surveys/{s}/rounds/new", f"/surveys/{s}/rounds", **fields)
        rnd = re.search(r"/survey-rounds/([0-9a-z]{26})", r.url).group(1)
        self.press(c, f"/survey-rounds/{rnd}", f"/survey-rounds/{rnd}/invite")
        return rnd

    def cli(self, data, *words, code=0):
        p = client.run(self.binary, *words, "--data", data, env=self.env, check=False)
        self.assertEqual(p.returncode, code, (p.stdout + p.stderr).decode())
        return (p.stdout + p.stderr).decode()

    BRANCHED = [dict(key="did", printed_no="1", label="研修をしましたか", kind="single", options="1 はい\n2 いいえ", is_required="1"),
                dict(key="why", printed_no="2", label="しなかった理由", kind="memo", is_required="1", shown_key="did", shown_codes="2"),
                dict(key="more", printed_no="3", label="ご意見", kind="memo")]

    # ---- exchange files ----

    def link(self, rnd, serial):
        """A link of a seat, as a letter would bring it."""
        link = new_pid()
        with sqlite3.connect(self.dir / "data/tsunagi.db", timeout=20) as db:
            key, seat = db.execute("select r.link_key, s.id from front_seat s join front_round r on r.id = s.round_id where r.key = ? and s.serial = ?", (rnd, serial)).fetchone()
            db.execute("insert into front_token (hash, seat_id) values (?, ?)", (derived(key, "survey-link", link).hex(), seat))
        return link

    def upload(self, c, body, status=200):
        mark = "----tsunagi"
        token = self.form(c, "/outside", "/outside/in").get("csrf")
        data = f'--{mark}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{token}\r\n--{mark}\r\nContent-Disposition: form-data; name="file"; filename="f.tsunagi"\r\n'.encode()
        data += b"Content-Type: application/octet-stream\r\n\r\n" + body + f"\r\n--{mark}--\r\n".encode()
        return self.ok(c.request("POST", "/outside/in", data, {"Content-Type": f"multipart/form-data; boundary={mark}"}), status)

    def test_exchange_files_by_pages(self):
        outside, file = self.dir / "outside", self.dir / "file"
        admin, city, nurse = self.browser("admin"), self.browser("city"), self.browser("nurse")
        client.run(self.binary, "init", outside, "--outside", env=self.env)
        for who in (city, nurse):
            self.ok(who.get("/outside"), 403)
            self.assertNotIn("/outside", self.ok(who.get("/settings/account")).page.links)
        # keys: the administrator, both ways
        self.assertIn("/outside", self.ok(admin.get("/settings/account")).page.links)
        r = self.ok(admin.get("/outside"))
        self.assertFalse((self.dir / "data/outside.key").exists(), "looking at the page writes nothing")
        self.assertFalse([f for f in r.page.forms if f.action in ("/outside/out", "/outside/in")])
        r = self.press(admin, "/outside", "/outside/own-key")
        line = re.search(r"tsunagi-key-1 [0-9a-f]{128} [0-9a-f]+", r.page.html).group(0)
        self.assertIn("相手の公開鍵として読めません", self.press(admin, "/outside", "/outside/key", 422, key=line[:-3]).text)
        self.assertIn("これは、こちらの公開鍵です", self.press(admin, "/outside", "/outside/key", 422, key=line).text)
        self.cli(outside, "outside", "key", line)
        other, check = self.cli(outside, "outside", "key").splitlines()[:2]
        self.assertIn(check.split(": ")[1], self.press(admin, "/outside", "/outside/key", key=other).text)
        # a round that is answered outside lets its owner carry
        s = self.survey(city, "外で答える調査", "facility", self.BRANCHED)
        for i in (1, 2):
            self.press(city, f"/surveys/{s}/targets/new", f"/surveys/{s}/targets", code=f"{i}", label=f"第{i}施設")
        rnd = self.round(city, s, is_outside="1")
        self.assertIn("/outside", self.ok(city.get(f"/survey-rounds/{rnd}/send")).page.links)
        self.assertIn("/outside", self.ok(city.get("/surveys")).page.links)
        self.ok(nurse.get("/outside"), 403)
        r = self.ok(city.get("/outside"))
        self.assertIn("外で答える調査", r.text)
        self.assertNotIn("tsunagi-key-1 ", self.main(r))
        links = [self.link(rnd, i) for i in (1, 2)]
        made = self.ok(city.submit(self.form(city, "/outside", "/outside/out")))
        self.assertIn("attachment", made.headers["content-disposition"])
        for secret in [*links, "第1施設"]:
            self.assertNotIn(secret.encode(), made.body)
        self.assertIn("回答者 2、リンク 2", self.ok(city.get("/outside")).text)
        file.write_bytes(made.body)
        self.assertIn("調査の回 1、回答者 2、新しいリンク 2", self.cli(outside, "outside", "in", file))
        files = []
        with client.Server(self.binary, outside, log=str(self.dir / "outside.log"), env=self.env, more=["--outside"]) as server:
            for link in links:
                c = server.client()
                form = c.get(f"/a/{link}").page.form("/a/").set("did", "1").set("why", "隠れた質問への答え").set("more", "外からの声")
                self.assertIn("回答を提出しました", c.submit(form, ("act", "submit")).text)
                self.cli(outside, "outside", "out", file)
                files.append(file.read_bytes())
        answers = lambda: self.rows("select a.state, a.answers from survey_answer a join survey_round r on r.id = a.round_id where r.pid = ?", rnd)  # noqa: E731
        # one byte changed, cut short, our own file, nothing at all: refused with a sentence, nothing taken, nothing lost
        bad = bytearray(files[0])
        bad[len(bad) // 2] ^= 1
        for body in (bytes(bad), files[0][:-20], b"hello"):
            r = self.upload(city, body, 422)
            self.assertIn("途中で壊れたか、書きかえられたか", r.text)
            self.assertIn("何も取り込んでいません", r.text)
        self.assertIn("こちらで作った、相手に渡すファイルです", self.upload(city, made.body, 422).text)
        self.assertIn("選んでください", self.upload(city, b"", 422).text)
        self.assertEqual(answers(), [])
        self.assertEqual(self.main(self.ok(city.get("/outside"))).count("取り込みませんでした"), 4)
        # the newer file first: the older one is told from it, and the same one twice
        r = self.upload(city, files[1])
        self.assertIn("取り込みました", r.text)
        self.assertIn("新しい回答 2", r.text)
        self.assertEqual([a for a, _ in answers()], ["submitted", "submitted"])
        self.assertNotIn("隠れた質問", str(answers()))
        self.assertIn("もう取り込んであります。何も変えていません", self.upload(city, files[1]).text)
        self.assertRegex(self.upload(city, files[0]).text, r"より新しいファイル（番号 \d+）を、もう取り込んであります")
        self.assertEqual(len(answers()), 2)
        self.assertIn("外からの声", self.ok(city.get(f"/survey-invitations/" + self.one("select pid from survey_invitation i where i.serial = 1 and i.round_id = (select id from survey_round where pid = ?)", rnd))).page.html)
        r = self.ok(admin.get("/outside"))
        self.assertIn("外で答える調査", r.text)
        self.assertNotIn(f"/survey-rounds/{rnd}", r.page.links)
        self.assertEqual(self.cli(self.dir / "data", "audit", "verify").count("誤り"), 0)

    # ---- people of the register ----

    def rate(self, c, rnd):
        return int(re.search(r"聞く相手 (\d+)（", self.ok(c.get(f"/survey-rounds/{rnd}")).text)[1])

    def test_people_of_the_register(self):
        nurse = self.browser("nurse")
        mine = [self.make(name=n, kana=k, home_postal="5200801", home_address=f"つなぎ市北町{i}-2-3") for i, (n, k) in enumerate((("調べ 一郎", "シラベ イチロウ"), ("調べ 二郎", "シラベ ジロウ")))]
        hidden = self.one("select p.pid from person p where not exists (select 1 from access_grant g join account a on a.org_id = g.org_id and a.login = 'nurse' where g.cluster_id = p.cluster_id) limit 1")
        s = self.survey(nurse, "利用者への調査", "person", self.BRANCHED, greeting="お尋ねします。", contact="北包括 電話 000-0000")
        page = f"/surveys/{s}/targets/people"
        self.assertIn(page, self.ok(nurse.get(f"/surveys/{s}/targets")).page.links)
        self.press(nurse, page, page, 422, button=("act", "chosen"))
        r = self.press(nurse, page, page + "/find", text="しらべ")
        self.assertNotIn("しらべ", r.url)
        for name in ("調べ 一郎", "調べ 二郎"):
            self.assertIn(name, r.text)
        form = self.post_form(r, page).set("person", [mine[0]])
        r = self.ok(nurse.submit(form, ("act", "chosen")))
        self.assertIn("1人を名簿に加えました", r.text)
        self.assertIn("名簿にあります", r.text)
        # whoever the right does not cover is as if there were nobody
        form = self.post_form(r, page)
        form.fields.append(["person", hidden])
        self.ok(nurse.submit(form, ("act", "chosen")), 404)
        self.raw.clear()  # the page of an error shows all that was sent, here ids
        r = self.ok(nurse.submit(self.post_form(r, page), ("act", "all")))
        self.assertIn("1人を名簿に加えました", r.text)
        self.assertIn("1人は、もう名簿に入っていました", r.text)
        targets = lambda: self.rows("select t.code, t.label, t.address, t.retired_ms is null from survey_target t join survey s on s.id = t.survey_id where s.pid = ? order by t.code", s)  # noqa: E731
        self.assertEqual(targets(), [("001", "調べ 一郎", "つなぎ市北町0-2-3", 1), ("002", "調べ 二郎", "つなぎ市北町1-2-3", 1)])
        # taken out again before anything is sent; back with the old number
        two = self.one("select t.pid from survey_target t join survey s on s.id = t.survey_id where s.pid = ? and t.code = '002'", s)
        self.press(nurse, f"/surveys/{s}/targets", f"/survey-targets/{two}/retire")
        self.assertEqual([t[3] for t in targets()], [1, 0])
        r = self.press(nurse, page, page + "/find", text="調べ")
        form = self.post_form(r, page)
        form.fields += [["person", x] for x in mine]  # a page that was opened before the first of them was added
        r = self.ok(nurse.submit(form, ("act", "chosen")))
        self.assertIn("1人を名簿に加えました", r.text)
        self.assertIn("1人は、もう名簿に入っていました", r.text)
        self.assertEqual([t[3] for t in targets()], [1, 1])
        # a letter needs no mail address: its link leads to the answer
        self.cli(self.dir / "data", "mail", "set", "--front-url", f"http://127.0.0.1:{self.server.port}")
        rnd = self.round(nurse, s)
        r = self.press(nurse, f"/survey-rounds/{rnd}/send", f"/survey-rounds/{rnd}/letters", what="request")
        job = re.search(r"/jobs/[0-9a-z]{26}", r.url).group(0)
        for _ in range(300):
            r = self.ok(nurse.get(job))
            if "data-job=" not in r.page.html:
                break
            time.sleep(0.1)
        (self.dir / "letters.pdf").write_bytes(nurse.get(next(a for a in r.page.links if a.endswith("/result"))).body)
        text = subprocess.run(["pdftotext", "-layout", str(self.dir / "letters.pdf"), "-"], capture_output=True, check=True).stdout.decode()
        flat = re.sub(r"\s", "", text)
        for words in ("つなぎ市北町1-2-3", "調べ二郎様"):
            self.assertIn(words, flat)
        letters = re.findall(r"http://127\.0\.0\.1:\d+/a/([0-9a-z]{26})", text)
        self.assertEqual(len(letters), 2)
        web = self.server.client()
        form = web.get(f"/a/{letters[0]}").page.form("/a/").set("did", "2").set("why", "外に出られなかった")
        self.assertIn("回答を提出しました", web.submit(form, ("act", "submit")).text)
        r = self.ok(nurse.get(f"/survey-rounds/{rnd}"))
        self.assertIn("提出済み", r.text)
        self.assertIn("調べ 一郎", r.text)
        # whose right to the person has ended sees neither name nor number of him any more
        self.assertEqual(self.rate(nurse, rnd), 2)
        with sqlite3.connect(self.dir / "data/tsunagi.db", timeout=20) as db:
            db.execute("update access_grant set to_on = '2026-11-01' where cluster_id = (select cluster_id from person where pid = ?)", (mine[0],))
        self.assertNotIn("調べ 一郎", self.ok(nurse.get(f"/survey-rounds/{rnd}")).text)
        self.assertEqual(self.rate(nurse, rnd), 1)
        self.ok(nurse.get("/survey-invitations/" + self.one("select i.pid from survey_invitation i join survey_target t on t.id = i.target_id where t.label = '調べ 一郎'")), 404)
        self.ok(self.browser("city").get(f"/survey-rounds/{rnd}"), 404)

    # ---- C-191 ----

    def test_usage_survey_leads_to_next_version_C_191(self):
        """Survey on sheet v1 with 3 requests; v2 is published: its page links to the survey and lists which requests were taken."""
        city = self.browser("city")
        sheet = self.survey(city, "見守り連絡票", "facility", self.BRANCHED)
        v1 = self.one("select f.pid from survey_form f join survey s on s.id = f.survey_id where s.pid = ?", sheet)
        asks = self.survey(city, "見守り連絡票の使い勝手", "facility", [dict(key="wish", printed_no="1", label="直してほしいところ", kind="memo")])
        tool = f"/surveys/{asks}/tool"
        self.assertIn(tool, self.ok(city.get(f"/surveys/{asks}")).page.links)
        form = self.form(city, tool, tool)
        form.options.clear()
        self.ok(city.submit(form.set("sheet", "survey-" + new_pid())), 422)
        r = self.press(city, tool, tool, sheet=f"survey-{v1}")
        self.assertIn("見守り連絡票 第1版", r.text)
        self.assertIn("まだありません", r.text)
        # a colleague whose page is older
        self.assertIn("先に保存しています", self.press(city, tool, tool, 422, sheet="", seen="0").text)
        self.assertIn("見守り連絡票 第1版", self.ok(city.get(tool)).text)
        wishes = ("記入欄を広くしてほしい", "電話番号の欄がほしい", "カラーにしてほしい")
        for w in wishes:
            self.press(city, tool, tool + "/requests", content=w)
        asked = dict(self.rows("select q.content, q.pid from survey_request q join survey s on s.id = q.survey_id where s.pid = ?", asks))
        self.press(city, tool, f"{tool}/requests/{asked[wishes[0]]}", decision="taken", reason="問2を5行にした")
        self.press(city, tool, f"{tool}/requests/{asked[wishes[1]]}", decision="taken", reason="")
        self.assertIn("理由を入力してください", self.press(city, tool, f"{tool}/requests/{asked[wishes[2]]}", 422, decision="not_taken", reason="").text)
        self.press(city, tool, f"{tool}/requests/{asked[wishes[2]]}", decision="not_taken", reason="白黒で印刷する事業所が多い")
        # a colleague's page shows what it was before: what was typed stays, nothing is written over
        r = self.press(city, tool, f"{tool}/requests/{asked[wishes[2]]}", 422, decision="taken", reason="次の次の版で", seen="1")
        self.assertIn("先に保存しています", r.text)
        self.assertIn("次の次の版で", r.page.html)
        self.assertEqual(self.one("select decision from survey_request where pid = ?", asked[wishes[2]]), "not_taken")
        r = self.ok(city.get(f"/surveys/{sheet}/versions/{v1}"))
        self.assertIn("この版の使用調査", r.text)
        # the next version
        self.press(city, f"/surveys/{sheet}/questions/new", f"/surveys/{sheet}/questions", key="tel", printed_no="4", label="電話番号", kind="text")
        v2 = self.publish(city, sheet)
        self.assertNotEqual(v1, v2)
        r = self.ok(city.get(f"/surveys/{sheet}/versions/{v2}"))
        self.assertIn(f"/surveys/{asks}", r.page.links)
        taken, not_taken = self.main(r).split("取り入れなかった要望")
        for w in wishes[:2]:
            self.assertIn(w, taken)
        self.assertIn("問2を5行にした", taken)
        self.assertNotIn(wishes[2], taken)
        self.assertIn("白黒で印刷する事業所が多い", not_taken)
        r = self.ok(city.get(tool))
        self.assertIn(f"/surveys/{sheet}/versions/{v2}", r.page.links)
        # coded free texts become requests with their number, once
        self.press(city, f"/surveys/{asks}/targets/new", f"/surveys/{asks}/targets", code="1", label="第1施設")
        rnd = self.round(city, asks)
        seat = self.one("select i.pid from survey_invitation i join survey_round r on r.id = i.round_id where r.pid = ?", rnd)
        self.press(city, f"/survey-invitations/{seat}", f"/survey-invitations/{seat}", button=("_submit", "1"), wish="字が小さい")
        with sqlite3.connect(self.dir / "data/tsunagi.db", timeout=20) as db:
            survey, answer, rid = db.execute("select s.id, a.id, a.round_id from survey_answer a join survey_round r on r.id = a.round_id join survey s on s.id = r.survey_id where r.pid = ?", (rnd,)).fetchone()
            stamps = "created_ms, created_by, updated_ms, updated_by"
            group = db.execute(f"insert into survey_group (pid, version, survey_id, key, sort, label, {stamps}) values (?, 1, ?, 'wish', 1, '文字の大きさ', 0, 0, 0, 0)", (new_pid(), survey)).lastrowid
            db.execute(f"insert into survey_coding (pid, version, round_id, answer_id, key, group_id, coder, {stamps}) values (?, 1, ?, ?, 'wish', ?, 1, 0, 0, 0, 0)", (new_pid(), rid, answer, group))
        for _ in range(2):
            r = self.press(city, tool, tool + "/groups")
        self.assertEqual(self.rows("select content, n_texts from survey_request where group_id = ?", group), [("文字の大きさ", 1)])
        # a form of the program
        self.press(city, tool, tool, sheet=next(o for o in self.form(city, tool, tool).options["sheet"] if o.startswith("form-kihon-checklist@")))
        self.assertIn("見守り連絡票の使い勝手", self.ok(city.get("/about")).text)
        self.assertNotIn("見守り連絡票の使い勝手", self.ok(self.browser("nurse").get("/about")).text)
        self.raw.clear()  # sums of the forms
        self.ok(self.browser("nurse").get(tool), 404)
        self.press(city, tool, f"{tool}/requests/{asked[wishes[2]]}/retire")
        self.assertNotIn(wishes[2], self.ok(city.get(tool)).text)

    # ---- branches on the pages of the staff ----

    def test_branches_on_staff_pages(self):
        """Whom a question asks stands above it and in its condition for the script; without the script a hidden answer does not count."""
        city, nurse = self.browser("city"), self.browser("nurse")
        s = self.survey(city, "枝のある調査", "centre", self.BRANCHED)
        self.press(city, f"/surveys/{s}/targets", f"/surveys/{s}/targets/frame", org_kind="centre", on_day="R8.11.20")
        self.raw.clear()
        rnd = self.round(city, s)
        nurse_org = self.one("select org_id from account where login = 'nurse'")
        own, = [x for x, in self.rows("select i.pid from survey_invitation i join survey_round r on r.id = i.round_id join survey_target t on t.id = i.target_id where r.pid = ? and t.org_id = ?", rnd, nurse_org)]
        seat = self.one("select i.pid from survey_invitation i join survey_round r on r.id = i.round_id join survey_target t on t.id = i.target_id where r.pid = ? and t.org_id <> ? limit 1", rnd, nurse_org)
        pages = ((nurse, f"/survey-answers/{own}", own), (city, f"/survey-invitations/{seat}", seat))
        for c, url, inv in pages:
            r = self.ok(c.get(url))
            self.assertIn("「1 研修をしましたか」で「いいえ」と答えた方だけ", r.text)
            self.assertIn('data-q="why" data-cond="[&quot;or&quot;,[&quot;is&quot;,&quot;did&quot;,&quot;2&quot;]]"', r.page.html)
            self.assertRegex(r.page.html, r'<script[^>]+/assets/front[^"]*\.js')
            # required, asked and left open
            self.assertIn("しなかった理由", self.press(c, url, url, 422, button=("_submit", "1"), did="2").text)
            # required, but of a branch that was not taken; typed all the same
            self.press(c, url, url, button=("_submit", "1"), did="1", why="だれも読まない言葉")
            stored = self.one("select a.answers from survey_answer a join survey_invitation i on i.id = a.invitation_id where i.pid = ?", inv)
            self.assertEqual(set(json.loads(stored)["answers"]), {"did"}, stored)
        # an anonymous sheet of paper
        s = self.survey(city, "枝のある無記名の調査", "facility", self.BRANCHED, is_anonymous="1")
        self.press(city, f"/surveys/{s}/targets/new", f"/surveys/{s}/targets", code="1", label="第1施設")
        rnd = self.round(city, s)
        self.press(city, f"/survey-rounds/{rnd}/sheet", f"/survey-rounds/{rnd}/sheet", button=("_submit", "1"), did="1", why="だれも読まない言葉")
        self.assertEqual(set(json.loads(self.one("select answers from front_pot where round_key = ?", rnd))["answers"]), {"did"})


if __name__ == "__main__":
    care_walk.main(__doc__)
