#!/usr/bin/env python3
"""A survey made on its pages by somebody who has never seen them: what comes next, options by their words, the head that goes on, the frame of an
earlier survey, whom a question asks, an answer by post in the report (C-167, C-171, C-176). Usage: test_survey_pages.py TSUNAGI"""
import re

import care_walk
from care_walk import Walk


class SurveyPages(Walk):
    def tearDown(self):
        for where in [w for w in self.raw if w.endswith("/send") or "/targets" in w]:  # the command that sets up mail; addresses
            del self.raw[where]
        super().tearDown()

    def next_of(self, r):
        """The one button that says what comes next: its words and where it leads."""
        m = re.search(r'<p class="next-step no-print">.*?href="([^"]*)">([^<]*)<', r.page.html, re.S)
        return (m[2], m[1]) if m else ("", "")

    def test_from_a_blank_page(self):
        c = self.browser("city")
        form = next(f for f in self.ok(c.get("/surveys")).page.forms if f.action == "/surveys" and "title" in f)
        r = self.ok(c.submit(self.fill(form, title="会議の調査", unit="centre")))
        s = re.search(r"/surveys/[0-9a-z]{26}", r.url)[0]
        self.assertEqual(self.next_of(r), ("目的・依頼文・問い合わせ先を書く", f"{s}/edit"))
        r = self.ok(c.submit(self.fill(self.form(c, f"{s}/edit", s), purpose="知るため", contact="市 介護保険課")))
        self.assertEqual(self.next_of(r), ("質問を作る", f"{s}/questions"))
        # a question, the next one under the same head
        form = self.fill(self.form(c, f"{s}/questions/new", f"{s}/questions"), label="会議を開きましたか。", options="はい\nいいえ", section="1 会議", printed_no="問1", is_required="1")
        r = self.ok(c.submit(form, button=("next", "1")))
        form = self.post_form(r, f"{s}/questions")
        self.assertEqual(form.get("section"), "1 会議")
        self.assertIn("「はい」 「いいえ」", r.text)
        r = self.ok(c.submit(self.fill(form, label="何回開きましたか。", kind="number", printed_no="問2", shown_key="q1", shown_codes="たぶん", is_required="1")), 422)
        self.assertIn("「表示する条件」の「たぶん」は、選択肢にありません", r.text)
        form = self.post_form(r, f"{s}/questions")
        self.assertEqual(form.get("shown_codes"), "たぶん")
        r = self.ok(c.submit(self.fill(form, shown_codes="はい")))
        self.assertIn("問1で「はい」と答えた方だけ", r.text)
        r = self.ok(c.get(f"{s}/preview"))
        self.assertIn("「問1 会議を開きましたか。」で「はい」と答えた方だけ", r.text)
        self.assertIn('data-cond="', r.page.html)
        r = self.ok(c.submit(self.form(c, f"{s}/questions", f"{s}/publish")))
        self.assertEqual(self.next_of(r)[0], "名簿を作る")
        # the frame of an earlier survey: whole, and nobody twice
        r = self.ok(c.submit(self.form(c, f"{s}/targets/copy", f"{s}/targets/copy")), 422)
        self.assertIn("名簿を写す調査を、一覧から選んでください", r.text)
        form = self.post_form(r, f"{s}/targets/copy")
        other = re.search(r'value="([0-9a-z]{26})">[^<]*（61か所）', r.page.html)[1]
        r = self.ok(c.submit(self.fill(form, **{"from": other})))
        self.assertIn("61 件", r.text)
        self.assertEqual(self.next_of(r)[0], "回を加える")
        self.ok(c.submit(self.fill(self.form(c, f"{s}/targets/copy", f"{s}/targets/copy"), **{"from": other})))
        pid = s.split("/")[-1]
        self.assertEqual(self.one("select count(*) from survey_target t join survey s on s.id = t.survey_id where s.pid = ? and t.retired_ms is null", pid), 61)
        self.assertEqual(self.rows("select t.code, t.label, t.org_id, t.email, t.traits from survey_target t join survey s on s.id = t.survey_id where s.pid = ? order by t.code", pid),
                         self.rows("select t.code, t.label, t.org_id, t.email, t.traits from survey_target t join survey s on s.id = t.survey_id where s.pid = ? order by t.code", other))
        self.ok(self.browser("cm1").get(f"{s}/targets/copy"), 404)
        # a round: nothing can be sent before somebody is in it, and both pages say so
        r = self.ok(c.submit(self.fill(self.form(c, f"{s}/rounds/new", f"{s}/rounds"), name="上半期", period_from="R8.4.1", period_to="R8.9.30", opens_on="R8.11.1", closes_on="R9.1.31")))
        rnd = re.search(r"/survey-rounds/[0-9a-z]{26}", r.url)[0]
        self.assertIn("名簿の 61 件を、この回に加える", r.text)
        self.assertNotIn(f"{rnd}/send", r.page.html)
        r = self.ok(c.get(f"{rnd}/send"))
        self.assertIn("名簿の 61 件が、まだこの回に加わっていません", r.text)
        r = self.ok(c.submit(self.post_form(r, f"{rnd}/invite")))
        self.assertIn(f"{rnd}/send", r.page.html)
        # the asked centre: the period, whom a question asks, and that it has to be answered there; a sentence in brackets is named
        nurse = self.browser("nurse")
        own = next(x for x in re.findall(r"/survey-answers/[0-9a-z]{26}", self.ok(nurse.get("/surveys")).page.html) if "会議の調査" in self.ok(nurse.get(x)).text)
        r = self.ok(nurse.get(own))
        self.assertIn("令和8年4月1日から令和8年9月30日まで", r.text)
        self.assertIn("で「はい」と答えた方だけ", r.text)
        self.assertRegex(r.page.html, r'<label for="f-q2">問2 何回開きましたか。 <span class="need">必須</span>')
        form = self.fill(self.post_form(r, own), q1="1", q2="三")
        r = self.ok(nurse.submit(form, button=("_submit", "1")), 422)
        self.assertIn("「問2 何回開きましたか。」は数字で入力してください。", r.text)
        r = self.ok(nurse.submit(self.fill(self.post_form(r, own), q2="3"), button=("_submit", "1")))
        self.assertIn(own, r.url)
        self.assertIn("提出済み", r.text)
        # one by post, in the report as post
        seat = self.one("select i.pid from survey_invitation i join survey_round r on r.id = i.round_id where r.pid = ? and i.serial = 61", rnd.split("/")[-1])
        form = self.fill(self.form(c, f"/survey-invitations/{seat}", f"/survey-invitations/{seat}"), q1="2", _mode="mail")
        self.ok(c.submit(form, button=("_submit", "1")))
        text = re.sub(r"\s+", "", self.ok(c.get(f"{s}/report")).text)
        self.assertIn("郵送150%", text)
        self.assertNotIn("メール1", text)
        # closed: what comes next, until what will change has been told
        r = self.ok(c.submit(self.form(c, rnd, f"{rnd}/close")))
        self.assertIn("集計を読み、変えることを書いて", r.text)
        self.assertEqual(self.next_of(self.ok(c.get(s)))[0], "集計と報告書を読む")
        r = self.ok(c.submit(self.fill(self.form(c, s, f"{s}/outcomes"), content="研修を開く")))
        self.assertEqual(self.next_of(r)[0], "変えることを、答えた方へ知らせる")
        self.assertEqual(self.next_of(self.ok(c.submit(self.form(c, s, f"{s}/tell"))))[0], "")


if __name__ == "__main__":
    care_walk.main(__doc__)
