#!/usr/bin/env python3
"""定型文 without script: list, new, edit, put away and undo, the rights of nurse, head, city and another office, names refused, the texts
filled for a person as a page and as JSON, CSV there and back in both charsets, the command line. Usage: test_snippet.py TSUNAGI"""
import json, re

import care_walk, client
from care_walk import Walk


class Snippet(Walk):
    def new(self, who="nurse", status=200, **fields):
        c = self.browser(who)
        fields = {"level": "own", "word": "あんぴ", "title": "安否", "category": "log", "body": "｛氏名｝様に電話する。", **fields}
        return self.ok(c.submit(self.fill(self.form(c, "/snippets/new", "/snippets"), **fields)), status)

    def id_of(self, title):
        return self.one("select pid from snippet where title = ? order by id desc limit 1", title)

    def count(self, title):
        return self.one("select count(*) from snippet where title = ? and retired_ms is null", title)

    def test_new_edit_away_undo(self):
        r = self.new(title="往復")
        self.assertIn("登録しました", self.main(r))
        pid = self.id_of("往復")
        c = self.browser("nurse")
        self.assertIn("往復", self.main(r))
        self.assertIn("/snippets", self.ok(c.get("/settings/account")).page.links)
        self.raw.pop("/settings/account")  # shows the login
        form = self.fill(self.form(c, f"/snippets/{pid}", f"/snippets/{pid}"), body="直した｛主治医｝")
        r = self.ok(c.submit(form))
        self.assertIn("直した", self.main(r))
        undo = next(f for f in r.page.forms if f.action.startswith("/undo/snippet/"))
        r = self.ok(c.submit(undo))
        self.assertNotIn("直した", self.main(r))
        r = self.ok(c.submit(self.form(c, f"/snippets/{pid}", f"/snippets/{pid}/retire")))
        self.assertEqual(self.count("往復"), 0)
        self.ok(c.get(f"/snippets/{pid}"), 404)
        r = self.ok(c.submit(next(f for f in self.ok(c.get("/snippets")).page.forms if f.action == f"/snippets/{pid}/restore")))
        self.assertEqual(self.count("往復"), 1)
        self.assertEqual(self.one("select count(*) from revision where table_name = 'snippet' and row_id = (select id from snippet where pid = ?)", pid), 5)

    def test_faults_keep_what_was_typed(self):
        r = self.new(status=422, title="誤り", word="あ い", body="｛お名前｝さま")
        for text in ("空白", "｛お名前｝は、差しこみの言葉にありません", "あ い", "｛お名前｝さま"):
            self.assertIn(text, r.page.html)
        r = self.new(status=422, title="", word="", body="")
        for text in ("「呼び出し語」を入力", "「名前」を入力", "「本文」を入力"):
            self.assertIn(text, r.text)
        self.assertEqual(self.count("誤り"), 0)

    def test_names_are_refused_and_tell_nothing(self):
        seen, hidden = "定型　文江", "隠居　見代"
        self.make(name=seen, kana="テイケイ フミエ", birth="S10.1.2", home_address="つなぎ市北町8-1")
        self.make(who="nurse2", name=hidden, kana="インキョ ミヨ", birth="S11.1.2", home_address="つなぎ市南町8-1")
        for body in ("定型文江様に電話", "ていけい ふみえ様", "これは定型　文江の分"):
            r = self.new(status=422, title="名入り", body=body)
            self.assertIn("利用者のお名前が含まれています", r.text)
            self.assertIn(body, r.page.html)
        told = re.search(r'id="e-body">(.*?)</p>', r.page.html).group(1)
        self.assertNotIn("文江", told)
        self.assertEqual(self.count("名入り"), 0)
        # somebody of another area answers as a name that nobody has
        self.assertEqual(self.ok(self.new(title="他圏域", body="隠居見代様")).url, self.ok(self.new(title="他圏域2", body="無居見代様")).url)

    def test_rights(self):
        self.new(who="head", level="office", word="みん", title="みんなの文")
        self.new(who="city", level="town", word="まち", title="市の文")
        self.new(who="nurse", title="看護の文")
        office, town, own = (self.id_of(t) for t in ("みんなの文", "市の文", "看護の文"))
        self.assertIn("「事業所のみんな」の定型文は", self.post_level("nurse", "office").text)
        self.assertIn("市区町村の職員", self.post_level("head", "town").text)
        for who, sees in (("social", (office, town)), ("cm1", (town,)), ("nurse2", (town,)), ("city", (town,))):
            c = self.browser(who)
            links = self.ok(c.get("/snippets")).page.links
            for pid in (office, town, own):
                self.assertEqual(f"/snippets/{pid}" in links, pid in sees, (who, pid))
                self.ok(c.get(f"/snippets/{pid}"), 200 if pid in sees else 404)
                if pid not in sees:
                    self.ok(c.get(f"/snippets/new?from={pid}"), 404)
        c = self.browser("social")
        r = self.ok(c.get(f"/snippets/{office}"))
        self.assertFalse([f for f in r.page.forms if "/snippets" in f.action])
        self.assertIn("写して自分の", self.main(r))
        form = self.form(c, f"/snippets/new?from={office}", "/snippets")
        self.ok(c.submit(form.set("level", "own")))
        self.assertEqual(self.one("select count(*) from snippet where title = 'みんなの文' and level = 'own'"), 1)
        for path, status in ((f"/snippets/{office}", 403), (f"/snippets/{own}", 404), (f"/snippets/{office}/retire", 403), (f"/snippets/{own}/retire", 404), (f"/undo/snippet/{own}", 404)):
            form = self.form(c, "/snippets/new", "/snippets")
            form.action = path
            if path.count("/") > 2:
                form.fields = [(k, v) for k, v in form.fields if k in ("csrf", "once")]
            else:
                form = self.fill(form, word="よこ", title="横取り", category="free", body="本文")
                form.fields = [(k, v) for k, v in form.fields if k != "level"] + [("level", "office")]
            self.ok(c.submit(form), status)
        self.assertEqual(self.count("横取り"), 0)
        self.raw.pop("/snippets/…", None)  # the page of an error shows what was sent
        self.ok(self.browser("admin").get("/snippets"), 403)

    def post_level(self, who, level):
        c = self.browser(who)
        form = self.fill(self.form(c, "/snippets/new", "/snippets"), word="だめ", title="だめ", category="free", body="本文")
        form.fields = [(k, v) for k, v in form.fields if k != "level"] + [("level", level)]
        return self.ok(c.submit(form), 422)

    def test_filled_for_a_person(self):
        pid = self.make(name="差込　花江", kana="サシコミ ハナエ", birth="S15.3.2", home_address="つなぎ市北町8-2")
        self.new(title="差しこみ", word="さし", body="｛氏名｝様（｛年齢｝）主治医｛主治医｝")
        c = self.browser("nurse")
        want = "差込　花江様（86歳）主治医＿＿"
        r = self.ok(c.get(f"/persons/{pid}/snippets"))
        self.assertIn(want, r.text)
        self.assertIn("まだ入っていないところ: 主治医", self.main(r))
        got = json.loads(self.ok(c.get(f"/persons/{pid}/snippets/fill")).text)
        mine = next(i for i in got["items"] if i["title"] == "差しこみ")
        self.assertEqual((mine["text"], mine["open"], mine["key"], got["blank"]), (want, ["主治医"], "サシ", "＿＿"))
        plain = json.loads(self.ok(c.get("/snippets/fill")).text)
        self.assertIn("＿＿様", next(i for i in plain["items"] if i["title"] == "差しこみ")["text"])
        self.assertNotIn("花江", json.dumps(plain, ensure_ascii=False))
        for path in (f"/persons/{pid}/snippets", f"/persons/{pid}/snippets/fill"):
            self.ok(self.browser("nurse2").get(path), 404)
        looks = self.ok(self.browser("head").get(f"/persons/{pid}/looks")).text
        self.assertIn("この方の定型文の読み出し", looks)
        # the link of a long field leads there, without script
        page = self.ok(c.get(f"/persons/{pid}/log/new"))
        self.assertIn(f"/persons/{pid}/snippets", page.page.links)

    def test_search_keeps_what_is_typed_out_of_the_address(self):
        self.new(title="さがし物", word="さが", body="雨の日の連絡")
        c = self.browser("nurse")
        r = self.ok(c.submit(self.form(c, "/snippets", "/snippets/search").set("text", "ｱﾒ")))
        self.assertNotIn("さがし物", self.main(r))  # kanji are not read
        r = self.ok(c.submit(self.form(c, "/snippets", "/snippets/search").set("text", "雨の日")))
        self.assertEqual(r.url.split("?")[0].rsplit("/", 1)[1], "search")
        self.assertIn("さがし物", self.main(r))
        r = self.ok(c.submit(self.form(c, "/snippets", "/snippets/search").set("text", "どこにもない")))
        self.assertNotIn("さがし物", self.main(r))
        self.assertIn("当てはまる定型文はありません", self.main(r))

    def upload(self, c, text, charset="utf-8"):
        form = self.form(c, "/snippets/import", "/snippets/import")
        fields = [(k, v) for k, v in form.fields if k != "file"]
        mark = "----tsunagi"
        body = b"".join(f'--{mark}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields)
        body += f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'.encode() + text.encode(charset) + f"\r\n--{mark}--\r\n".encode()
        return self.ok(c.request("POST", "/snippets/import", body, {"Content-Type": f"multipart/form-data; boundary={mark}"}))

    def test_csv_there_and_back(self):
        c = self.browser("cm1")
        text = "使う人,呼び出し語,名前,分類,本文\n自分だけ,かな,取りこみ,支援経過,\"一行目\n二行目｛氏名｝\"\n自分だけ,だめ,だめ,支援経過,｛知らない｝\n"
        for charset in ("utf-8", "cp932"):
            r = self.upload(c, text, charset)
            self.assertIn("取り込めない行が 1 行", self.main(r))
            self.assertEqual(self.count("取りこみ"), 0 if charset == "utf-8" else 1)
            again = [f for f in r.page.forms if f.action == "/snippets/import" and any(k == "act" and v == "take" for k, v in f.fields)]
            if charset == "utf-8":
                self.assertIn("登録 1 件", self.main(self.ok(c.submit(again[0]))))
            else:
                self.assertIn("そのまま 1 件", self.main(r))
                self.assertFalse(again)
        self.assertEqual(self.one("select body from snippet where title = '取りこみ'"), "一行目\n二行目｛氏名｝")
        for query, charset in (("", "utf-8-sig"), ("?charset=cp932", "cp932")):
            out = c.get("/snippets/export.csv" + query).body.decode(charset)
            self.assertIn("取りこみ", out)
            self.assertIn("登録 0 件・変更 0 件", self.main(self.upload(c, out.replace("\r\n", "\n"))))

    def test_command_line(self):
        data, env = self.dir / "data", self.env
        out = client.run(self.binary, "snippet", "list", "--as", "cm1", "--data", data, env=env).stdout.decode()
        self.assertIn("利用票の交付", out)
        self.assertNotIn("通いの場", out)
        csv = self.dir / "t.csv"
        client.run(self.binary, "snippet", "export", csv, "--as", "cm1", "--data", data, env=env)
        changed = self.dir / "u.csv"
        changed.write_text(csv.read_text("utf-8-sig").replace("暑い日", "寒い日"))
        got = client.run(self.binary, "snippet", "import", changed, "--as", "kanri01", "--check", "--data", data, env=env, check=False)
        self.assertEqual(got.returncode, 3)  # the town's own is not the manager's to write
        self.assertIn("そのまま", got.stdout.decode())
        got = client.run(self.binary, "snippet", "export", csv, "--as", "cm1", "--data", data, env=env, check=False)
        self.assertEqual(got.returncode, 1)  # nothing is written over
        self.assertEqual(client.run(self.binary, "snippet", "nonsense", "--data", data, env=env, check=False).returncode, 2)


if __name__ == "__main__":
    care_walk.main(__doc__)
