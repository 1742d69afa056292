#!/usr/bin/env python3
"""Taking a call, without script: every fault at once, finding, linking at once and later, what follows, two who write at
once, the bin, rights protection unseen, drafts. Usage: test_consult.py TSUNAGI"""
import json, re
from urllib.parse import quote

import care_walk
from care_walk import NOBODY, Walk


class Consult(Walk):
    def intake(self, who="nurse", person=None, **fields):
        c = self.browser(who)
        form = self.form(c, "/consults/new" + (f"?person={person}" if person else ""), "/consults")
        fields = {"source": "family", "person_label": "" if person else "駅前の方", "content": "足が弱って買い物に行けない。", **fields}
        r = self.ok(c.submit(self.fill(form, **{k: v for k, v in fields.items() if k in form})))
        found = re.search(r"/consults/([0-9a-z]{26})", r.url)
        return found and found.group(1), r

    def find(self, c, form, text):
        return self.ok(self.button(c, form.set("find", text), "/consults/find"))

    # ---- one screen: faults and finding ----

    def test_all_faults_at_once_keep_every_field(self):
        c = self.browser("nurse")
        typed = {"find": "やまだ", "person_label": "駅前の団地の方", "received_on": "昭和64年1月8日", "received_time": "25:99",
                 "channel": "home_visit", "source": "", "caller_name": "相談 花江", "caller_relation": "めい", "caller_phone": "03-5550-1111",
                 "content": "", "wish": "家で\n暮らしたい", "classes": ["dementia", "money"], "responses": ["listen", "visit"], "urgency": "soon",
                 "response_text": "話を聞いた。", "minutes": "二十", "status": "closed", "next_action": "電話する", "next_on": "R8.13.40",
                 "close_reason": ""}
        form = self.fill(self.form(c, "/consults/new", "/consults"), **typed)
        other = form.options["assignee"][2]
        form.set("assignee", other)
        before = self.one("select count(*) from consult")
        r = self.ok(c.submit(form), 422)
        self.assertEqual(self.one("select count(*) from consult"), before, "nothing is written half")
        back = self.post_form(r, "/consults")
        for name, value in {**typed, "assignee": other}.items():
            values = [v.replace("\r\n", "\n") for n, v in back.fields if n == name]
            self.assertEqual(values, value if isinstance(value, list) else [value], name)
        summary = r.page.html.split('id="faults"')[1].split("</ul>")[0]
        for name in ("received_on", "received_time", "source", "content", "minutes", "next_on", "close_reason"):
            self.assertIn(f'href="#f-{name}"', summary, f"{name} is named")
            self.assertIn(f'id="e-{name}"', r.page.html, f"and the sentence stands beside {name}")
            self.assertIn(f'id="f-{name}"', r.page.html, "what is named can be jumped to")
        self.assertIn("平成元年1月8日", r.text, "the day that is meant is offered")
        mended = self.fill(back, received_on="R8.11.19", received_time="9:30", source="family", content="買い物に行けない。", minutes="20",
                           next_on="R8.12.1", status="active", find="")
        r = self.ok(c.submit(mended))
        for text in ("買い物に行けない。", "相談 花江", "めい", "03-5550-1111", "駅前の団地の方", "話を聞いた。", "20分", "電話する", "令和8年12月1日"):
            self.assertIn(text, r.text)

    def test_find_keeps_what_was_typed(self):
        self.make(name="探索 まつ", kana="タンサク マツ", birth="S10.4.4")
        c = self.browser("nurse")
        form = self.fill(self.form(c, "/consults/new", "/consults"), content="まだ\n途中の文", classes=["fraud", "money"], channel="desk",
                         urgency="emergency", next_on="R8.11.2", source="minsei", wish="ひとこと", next_action="訪問する")
        r = self.find(c, form, "たんさく")
        self.assertIn("探索 まつ", r.text)
        self.assertNotIn("探索", r.url)
        back = self.post_form(r, "/consults")
        self.assertEqual(back.get("content").replace("\r\n", "\n"), "まだ\n途中の文")
        self.assertEqual([v for n, v in back.fields if n == "classes"], ["money", "fraud"])
        for name, value in (("channel", "desk"), ("urgency", "emergency"), ("next_on", "R8.11.2"), ("source", "minsei"), ("wish", "ひとこと"),
                            ("find", "たんさく")):
            self.assertEqual(back.get(name), value, name)
        pid = next(v for v in back.options["person"] if len(v) == 26)
        r = self.ok(c.submit(back.set("person", pid).set("next_on", "R8.12.2")))
        self.assertIn("探索 まつ", r.page.html.split("</section>")[0] + r.text)
        consult = re.search(r"/consults/([0-9a-z]{26})", r.url).group(1)
        self.assertIn(f"/consults/{consult}", c.get(f"/persons/{pid}/consults").page.links)
        # a fault after a person was chosen keeps the choice
        form = self.post_form(self.find(c, self.form(c, "/consults/new", "/consults"), "たんさく"), "/consults")
        r = self.ok(c.submit(form.set("person", pid).set("content", "")), 422)
        back = self.post_form(r, "/consults")
        self.assertEqual(back.get("person"), pid, "who was chosen stays chosen")
        self.assertIn("探索 まつ", r.text, "and is still named")

    def test_not_among_them_registers_and_links(self):
        c = self.browser("nurse")
        form = self.fill(self.form(c, "/consults/new", "/consults"), source="self", content="新しい方の相談")
        r = self.find(c, form, "シンキ タロウ")
        r = self.ok(c.submit(self.post_form(r, "/consults").set("person", "new")))
        self.assertIn("/persons/new?consult=", r.url)
        r = self.ok(c.submit(self.fill(self.post_form(r, "/persons"), name="新規 太郎", kana="シンキ タロウ", birth="S11.1.1",
                                       home_address="つなぎ市北町3-3-3")))
        pid = self.one("select pid from person where name = '新規 太郎'")
        consult = self.one("select c.pid from consult c join person p on p.id = c.person_id where p.pid = ?", pid)
        self.assertIn("新規 太郎", c.get(f"/consults/{consult}").text)
        self.assertIn("新しい方の相談", c.get(f"/persons/{pid}/consults").text)

    def test_unknown_is_linked_later_and_moved_with_a_reason(self):
        one = self.make(name="後付け 梅", kana="アトヅケ ウメ", birth="S9.1.2")
        two = self.make(name="後付け 桜", kana="アトヅケ サクラ", birth="S9.3.4")
        consult, r = self.intake(person_label="商店街の80代の女性", content="道に迷っていた。")
        self.assertIn("本人がまだ分からない相談です。", r.text)
        c = self.browser("nurse")
        self.assertIn(consult, "".join(c.get("/consults?only=unlinked").page.links))
        # changing an unlinked one never makes a second
        count = self.one("select count(*) from consult")
        r = self.ok(c.get(f"/consults/{consult}/edit"))
        self.assertNotIn("/consults/find", r.page.html, "on this page a search would start a new consultation")
        self.assertIn(f"/consults/{consult}/link", r.page.links)
        self.ok(c.submit(self.post_form(r, f"/consults/{consult}").set("wish", "家に帰りたい")))
        self.assertEqual(self.one("select count(*) from consult"), count)
        self.assertIn("商店街の80代の女性", c.get(f"/consults/{consult}").text)
        # link
        r = self.ok(c.submit(self.form(c, f"/consults/{consult}/link", f"/consults/{consult}/link/find").set("text", "アトヅケ")))
        form = self.post_form(r, f"/consults/{consult}/link")
        self.assertEqual({one, two} - set(form.options["person"]), set())
        r = self.ok(c.submit(form.set("person", one)))
        self.assertIn("後付け 梅", r.text)
        self.assertIn("本人を付けた日時", r.text)
        self.assertIn(consult, "".join(c.get(f"/persons/{one}/timeline").page.links))
        # to another: the reason is asked for, and then given
        r = c.submit(self.form(c, f"/consults/{consult}/link", f"/consults/{consult}/link/find").set("text", "アトヅケ サクラ"))
        form = self.post_form(r, f"/consults/{consult}/link").set("person", two)
        r = self.ok(c.submit(form), 422)
        self.assertIn("理由", r.page.html.split('id="faults"')[1].split("</ul>")[0])
        back = self.post_form(r, f"/consults/{consult}/link")
        self.assertEqual(back.get("person"), two, "the choice made is still there")
        self.ok(c.submit(back.set("reason", "人ちがいだった")))
        self.assertIn(consult, "".join(c.get(f"/persons/{two}/consults").page.links))
        self.assertNotIn(consult, "".join(c.get(f"/persons/{one}/consults").page.links))
        self.assertNotIn(consult, "".join(c.get(f"/persons/{one}/timeline").page.links))

    # ---- what follows ----

    def test_entries_next_step_and_closing(self):
        pid = self.make(name="経過 菊", kana="ケイカ キク", birth="S8.2.2")
        consult, _ = self.intake(person=pid)
        c, here = self.browser("nurse"), f"/consults/{consult}"
        form = self.form(c, here, here + "/entries")
        key = form.get("draft")
        r = self.ok(c.submit(self.fill(form, content="", minutes="長い", next_on="いつか", counterpart="長男", channel="letter")), 422)
        back = self.post_form(r, here + "/entries")
        self.assertEqual([back.get(n) for n in ("minutes", "next_on", "counterpart", "channel")], ["長い", "いつか", "長男", "letter"])
        for name in ("content", "minutes", "next_on"):
            self.assertIn(f'id="e-{name}"', r.page.html, name)
        self.draft(c, key, {"content": "書きかけの経過"})
        r = self.ok(c.submit(self.fill(back, content="不在だった。", missed="1", minutes="5", next_action="もう一度電話する", next_on="R8.11.24", status="active")))
        self.assertIn("不在だった。", r.text)
        self.assertIn("つながらず", r.text)
        self.assertIn("長男", r.text)
        self.assertIn("もう一度電話する", r.text)
        self.assertEqual(self.one("select count(*) from draft where draft_key = ?", key), 0, "what was saved is no draft any more")
        # to be seen in the work of today and not among those without a next step
        self.assertNotIn(consult, "".join(c.get("/consults?only=idle").page.links))
        # somebody else decides the next step while an entry is being written: asked about once, then saved
        b = self.browser("social")
        mine, theirs = self.form(c, here, here + "/entries"), self.form(b, here, here + "/entries")
        self.ok(b.submit(self.fill(theirs, content="会えた。", next_action="訪ねる", next_on="R8.11.26")))
        r = self.ok(c.submit(self.fill(mine, content="電話に出た。", next_action="手紙を書く", next_on="R8.11.27")), 422)
        self.assertIn("訪ねる", self.main(r))
        back = self.post_form(r, here + "/entries")
        self.assertEqual((back.get("content"), back.get("next_action")), ("電話に出た。", "手紙を書く"))
        r = self.ok(c.submit(back))
        for text in ("会えた。", "電話に出た。", "手紙を書く"):
            self.assertIn(text, r.text)
        # closing asks why
        form = self.form(c, here, here + "/entries")
        r = self.ok(c.submit(self.fill(form, content="つながった。", status="closed", close_reason="")), 422)
        self.assertIn('id="e-close_reason"', r.page.html)
        back = self.post_form(r, here + "/entries")
        self.assertEqual(back.get("content"), "つながった。")
        r = self.ok(c.submit(back.set("close_reason", "家族が支えることになった")))
        self.assertIn("終結", r.text)
        self.assertIn("家族が支えることになった", r.text)
        self.assertIn("令和8年11月20日", r.text)
        self.assertIn(consult, "".join(c.get("/consults?status=closed").page.links))
        self.assertNotIn(consult, "".join(c.get("/consults?only=open").page.links))

    # ---- two who write at once ----

    def dispute(self, **both):
        """Two open the same record, the first saves; the form of the second, and what it is filled with."""
        n = self.one("select count(*) from person")
        pid = self.make(name=f"二人 藤{n}", kana="フタリ フジ" + "アイウエオカキクケコ"[n % 10], birth=f"S{7 + n % 5}.7.{1 + n % 28}", home_address=f"つなぎ市北町{n}")
        consult, _ = self.intake(person=pid, content="はじめの内容", wish="はじめの希望")
        a, b = self.browser("nurse"), self.browser("social")
        here = f"/consults/{consult}"
        fa, fb = self.form(a, here + "/edit", here), self.form(b, here + "/edit", here)
        self.ok(a.submit(self.fill(fa, **{k: v[0] for k, v in both.items()})))
        return consult, b, fb, self.fill(fb, **{k: v[1] for k, v in both.items()})

    def test_different_fields_merge(self):
        consult, b, form, _ = self.dispute(wish=("看護師の書いた希望", "はじめの希望"))
        r = self.ok(b.submit(form.set("response_text", "社会福祉士の対応")))
        self.assertIn("看護師の書いた希望", r.text)
        self.assertIn("社会福祉士の対応", r.text)

    # ---- the list ----

    def test_pages_of_the_list(self):
        for i in range(23):
            self.intake(content=f"頁を送る相談 {i}。")
        c = self.browser("nurse")
        rows = lambda r: re.findall(r'href="/consults/([0-9a-z]{26})"', r.page.html.split("<tbody>")[1])
        first, second = self.ok(c.get("/consults")), self.ok(c.get("/consults?page=2"))
        self.assertEqual(len(rows(first)), 20)
        self.assertTrue(rows(second) and not set(rows(first)) & set(rows(second)), "the second page goes on where the first ended")
        n = int(re.search(r"([\d,]+) 件のうち 1〜20 件目", first.text).group(1).replace(",", ""))
        self.assertIn(f"{n:,} 件のうち 21〜{min(40, n)} 件目", second.text)
        self.assertIn('rel="next"', first.page.html)
        self.assertIn('rel="prev"', second.page.html)
        last = self.ok(c.get("/consults?page=99999"))
        self.assertEqual(len(rows(last)), n - (n - 1) // 20 * 20, "a page beyond the end is the last one")

    def test_same_field_mine_theirs_both(self):
        for choice, holds, lost in (("mine", ["わたしの内容"], ["あちらの内容"]), ("theirs", ["あちらの内容"], ["わたしの内容"]),
                                    ("both", ["あちらの内容", "わたしの内容"], [])):
            consult, b, form, _ = self.dispute(content=("あちらの内容", "わたしの内容"), status=("active", "watching"),
                                               response_text=("あちらだけの対応", ""), classes=(["prevention"], []))
            r = self.ok(b.submit(form.set("classes", ["dementia"]).set("caller_name", "競合 花")), 409)
            self.assertIn("高橋 由美", r.text, "by whom")
            for text in ("あちらの内容", "わたしの内容", "はじめの内容"):
                self.assertIn(text, r.page.html)
            back = self.post_form(r, f"/consults/{consult}")
            self.assertEqual(len(back.options["content"]), 3)
            self.assertEqual(len(back.options["status"]), 2, "two states cannot be written one after the other")
            value = {"mine": "わたしの内容", "theirs": "あちらの内容"}.get(choice) or next(v for v in back.options["content"] if "\n" in v)
            r = self.ok(b.submit(back.set("content", value).set("status", "watching")))
            for text in holds:
                self.assertIn(text, self.main(r))
            for text in lost:
                self.assertNotIn(text, self.main(r))
            self.assertIn("競合 花", r.text, "the rest of what was typed is saved too")
            self.assertIn("認知症", r.text)
            self.assertIn("あちらだけの対応", r.text, "what only the other one wrote is not taken back")
            self.assertEqual(self.one("select classes from consult where pid = ?", consult), "prevention|dementia")
            kept = [row[0] for row in self.rows("select mine from conflict_text")] if choice == "theirs" else []
            if choice == "theirs":
                self.assertTrue(any("わたしの内容" in k for k in kept), "what was not taken is kept")

    # ---- the bin ----

    def test_bin_and_back(self):
        pid = self.make(name="戻す 蓮", kana="モドス レン", birth="S6.6.1")
        consult, _ = self.intake(person=pid, content="ごみ箱に入れる相談")
        c, here = self.browser("nurse"), f"/consults/{consult}"
        r = self.ok(c.submit(self.form(c, here, here + "/retire")), 422)
        self.assertIn("理由", r.page.html.split('id="faults"')[1].split("</ul>")[0])
        self.ok(c.submit(self.form(c, here, here + "/retire").set("reason", "二重に書いた")))
        self.assertEqual(c.get(here).status, 404)
        self.assertNotIn("ごみ箱に入れる相談", c.get("/consults").text)
        self.assertNotIn(consult, "".join(c.get(f"/persons/{pid}/timeline").page.links))
        r = self.ok(c.get("/bin"))
        self.assertIn("二重に書いた", r.text)
        row = next(f for f in r.page.forms if f.action.endswith("/restore") and f.action.split("/")[2] in
                   [x[0] for x in self.rows("select pid from bin_item where reason = '二重に書いた'")])
        self.ok(c.submit(row))
        self.assertIn("ごみ箱に入れる相談", self.ok(c.get(here)).text)
        self.assertIn(consult, "".join(c.get(f"/persons/{pid}/timeline").page.links))

    # ---- rights protection ----

    def test_rights_call_taken_by_one_outside_the_team(self):
        c = self.browser("clerk")
        form = c.get("/consults/new").page.form("/consults")
        form.set("person_label", "窓口で聞いた方").set("source", "neighbor").set("content", "どなり声が聞こえる").set("classes", ["abuse"])
        r = c.submit(form)
        self.assertEqual(r.status, 200)
        self.assertIn("担当のチームだけが見られます", r.text)
        self.assertNotIn("どなり声が聞こえる", r.text)
        self.assertIn("どなり声が聞こえる", self.browser("social").get("/consults?only=unlinked").text)

    def test_rights_protection_leaves_no_trace(self):
        pid = self.make(name="権利 守", kana="ケンリ マモル", birth="S5.5.5")
        secret = "なぐられたと話している"
        outside = ("clerk", "nurse2", "cm1", "city", "branch")
        before = {w: self.browser(w).get("/").text for w in outside}
        counts = {w: re.findall(r"([\d,]+)\s*件(?:のうち)?\s", self.browser(w).get("/consults").text) for w in outside}
        pages = {w: [self.page_seen(w, u) for u in (f"/persons/{pid}", f"/persons/{pid}/timeline", f"/persons/{pid}/consults", "/consults?class=abuse")]
                 for w in outside}
        consult, r = self.intake("social", person=pid, content=secret, classes=["abuse"], next_action="虐待の会議", next_on="R8.11.20", status="active")
        self.assertIn("権利擁護の記録です。", r.text)
        for w in outside:
            c = self.browser(w)
            for path in ("", "/edit", "/link"):
                unseen, none = c.get(f"/consults/{consult}{path}"), c.get(f"/consults/{NOBODY}{path}")
                self.assertEqual(unseen.status, none.status, (w, path))
                self.assertIn(unseen.status, (403, 404), (w, path))
                self.assertEqual(self.clean(unseen), self.clean(none), f"{w} {path}: as one that does not exist")
            self.assertEqual(pages[w], [self.page_seen(w, u) for u in (f"/persons/{pid}", f"/persons/{pid}/timeline", f"/persons/{pid}/consults",
                                                                     "/consults?class=abuse")], f"{w}: the same pages as before")
            self.assertEqual(before[w], c.get("/").text, f"{w}: the same figures as before")
            self.assertEqual(counts[w], re.findall(r"([\d,]+)\s*件(?:のうち)?\s", c.get("/consults").text))
        self.assertIn(secret, self.browser("head").get(f"/consults/{consult}").text, "the head sees it")
        self.assertIn(consult, "".join(self.browser("head").get("/consults?class=abuse").page.links))
        # taking the class away opens nothing: what was said in confidence stays with the team
        c = self.browser("social")
        here = f"/consults/{consult}"
        self.ok(c.submit(self.form(c, here + "/edit", here).set("classes", ["life"])))
        self.assertEqual(self.browser("nurse").get(here).status, 404)

    def clean(self, r):
        return re.sub(r'value="[^"]*"|data-csrf="[^"]*"|[0-9a-z]{26}', "", r.page.html)

    def page_seen(self, who, url):
        r = self.browser(who).get(url)
        return r.status, self.clean(r)

    # ---- drafts ----

    def test_draft_is_offered_and_discarded_on_saving(self):
        c = self.browser("head")
        key = self.form(c, "/consults/new", "/consults").get("draft")
        self.draft(c, key, {"content": "消えては困る書きかけ", "classes": ["dementia"]})
        kept = json.loads(c.get("/drafts/" + quote(key, safe="")).body)
        self.assertIn("消えては困る書きかけ", json.dumps(kept, ensure_ascii=False))
        r = c.get("/drafts")
        self.assertIn("/consults/new", r.page.links, "the list leads back to the page")
        self.intake("head")
        self.assertNotIn("消えては困る書きかけ", c.get("/drafts/" + quote(key, safe="")).text)
        # calls about two different people are two drafts
        one, two = self.make(name="下書 一", kana="シタガキ イチ", birth="S4.1.1"), self.make(name="下書 二", kana="シタガキ ニ", birth="S4.1.2")
        keys = {self.form(c, f"/consults/new?person={p}", "/consults").get("draft") for p in (one, two)}
        self.assertEqual(len(keys), 2)
        for k in keys:
            self.draft(c, k, {"content": "下書"})
        self.assertIn(f"/consults/new?person={one}", c.get("/drafts").page.links)
        self.intake("head", person=one)
        self.assertEqual(self.one("select count(*) from draft where draft_key like 'person/%/consult/new'"), 1, "the other one stays")


if __name__ == "__main__":
    care_walk.main(__doc__)
