#!/usr/bin/env python3
"""アセスメント without script: short form, register beside the items, gaps that link to their field, confirming and taking back, both
views, two editors, copying, versions, the bin, ICF and 課題整理総括表, paper, and who sees what. Usage: test_assess.py TSUNAGI"""
import re, subprocess

import care_walk
from care_walk import Walk


class Assess(Walk):
    def person(self, **kw):
        n = self.one("select count(*) from person")
        return self.make(**{"name": f"評価 {'一二三四五六七八九'[n % 9]}{n}", "kana": "ヒョウカ " + "アカサタナハマヤラ"[n % 9], "sex": "2",
                            "birth": f"S{5 + n % 9}.{1 + n % 12}.{1 + n % 28}", "home_address": f"つなぎ市北町{n}", "phone": "03-5550-2121", **kw})

    def press(self, c, form, act, **fields):
        """A button inside the form: what is typed is saved first."""
        self.fill(form, **fields)
        form.fields.append(["act", act])
        return self.ok(c.submit(form))

    def new(self, who="nurse", pid=None, **fields):
        """A saved assessment; its pid and the page after."""
        pid = pid or self.person()
        c, action = self.browser(who), f"/persons/{pid}/assessments"
        r = self.ok(c.submit(self.fill(self.form(c, action + "/new", action), **{"a11_adl.fact": "つえで歩く", "a11_adl.d.bath": "part", "own_words": "家にいたい", **fields})))
        return pid, re.search(r"/assessments/([0-9a-z]{26})", r.url).group(1), r

    def complete(self, c, a, **fields):
        form = self.form(c, f"/assessments/{a}/edit", f"/assessments/{a}")
        for n, v in list(form.fields):
            if n.endswith(".version") and n[0] == "a" and f"{n[:-8]}.state" in form:
                form.set(n[:-8] + ".state", "filled")
        return self.ok(c.submit(self.fill(form, place="home", reason="first", interviewee="本人", met_person="1", purpose_told="1", **fields)))

    def confirm(self, c, a, status=200, **fields):
        return self.ok(c.submit(self.fill(self.form(c, f"/assessments/{a}", f"/assessments/{a}/confirm"), **fields)), status)

    def confirm_again(self, c, a):
        """Taken back by its button, then confirmed once more."""
        self.ok(c.submit(self.form(c, f"/assessments/{a}", f"/assessments/{a}/reopen")))
        return self.confirm(c, a)

    def test_from_the_first_words_to_the_plan(self):
        pid = self.person()
        c = self.browser("nurse")
        before = self.one("select count(*) from assessment")
        r = self.ok(c.get(f"/persons/{pid}/assessments/new"))
        self.assertEqual(self.one("select count(*) from assessment"), before, "opening writes nothing")
        self.assertIn("台帳から", r.text)
        self.assertIn("03-5550-2121", r.text, "the register is shown beside item 1")
        pid, a, r = self.new(pid=pid)
        self.assertIn("家にいたい", r.text)
        self.assertIn("一部介助: 入浴", r.text)
        gaps = re.findall(rf'href="/assessments/{a}/edit#f-([\w.]+)"', r.page.html)
        for field in ("place", "interviewee", "met_person", "purpose_told", "a12_iadl.state", "a23_other.state"):
            self.assertIn(field, gaps)
        self.assertNotIn("a11_adl.state", gaps, "what was written about counts as stated")
        edit = self.ok(c.get(f"/assessments/{a}/edit")).page.html
        for field in gaps:
            self.assertIn(f'id="f-{field}"', edit, f"the link to {field} leads nowhere")
        r = self.confirm(c, a, 422)
        self.assertIn("本人に面接", r.text)
        self.complete(c, a)
        r = self.confirm(c, a)
        self.assertIn(f'href="/persons/{pid}/plans?assessment={a}"', r.page.html)
        self.assertEqual(self.one("select count(*) from task where table_name = 'assessment' and kind = 'plan_due' and state = 'open' and row_pid = ?", a), 1)
        self.assertEqual(self.one("select count(*) from evidence e join assessment a on a.id = e.row_id and e.table_name = 'assessment' where a.pid = ? and e.is_hidden = 0", a), 1)
        self.assertIn(f"/assessments/{a}", self.ok(c.get(f"/persons/{pid}/timeline")).page.links)
        # a confirmed one stays complete
        form = self.form(c, f"/assessments/{a}/edit", f"/assessments/{a}")
        r = self.ok(c.submit(self.fill(form, **{"a20_social.state": "", "overall": "消えては困る"})), 422)
        back = self.post_form(r, f"/assessments/{a}")
        self.assertEqual(back.get("overall"), "消えては困る")
        # taken back at once
        r = self.confirm_again(c, a)
        self.ok(c.submit(next(f for f in r.page.forms if f.action == f"/undo/assessment/{a}")))
        self.assertEqual(self.one("select status from assessment where pid = ?", a), "draft")
        self.assertEqual(self.one("select count(*) from evidence e join assessment a on a.id = e.row_id and e.table_name = 'assessment' where a.pid = ? and e.is_hidden = 0", a), 0)
        self.assertEqual(self.one("select count(*) from task where row_pid = ? and kind = 'plan_due' and state = 'open'", a), 0)
        self.assertIn(f"/assessments/{a}", self.ok(c.get("/work/assess_draft?page=1")).page.html + "".join(self.ok(c.get(f"/work/assess_draft?page={i}")).page.html for i in (2, 3)))

    def test_values_of_the_register_come_in_by_their_button(self):
        pid, a, _ = self.new()
        c = self.browser("nurse")
        form = self.form(c, f"/assessments/{a}/edit", f"/assessments/{a}")
        self.press(c, form, "known.a01_basic", **{"a22_home.fact": "書きかけ"})
        fact = self.one("select fact from assessment_item i join assessment a on a.id = i.assessment_id where a.pid = ? and code = 'a01_basic'", a)
        self.assertRegex(fact, r"03-5550-2121（基本情報、R8\.")
        self.assertEqual(self.one("select fact from assessment_item i join assessment a on a.id = i.assessment_id where a.pid = ? and code = 'a22_home'", a), "書きかけ")

    def test_two_views_of_one_record(self):
        pid, a, _ = self.new(**{"a12_iadl.is_issue": "1", "a12_iadl.judgement": "買い物が負担", "home.status_text": "", "health.status_text": "毎朝血圧をはかる"})
        c = self.browser("nurse")
        r = self.ok(c.submit(self.form(c, f"/assessments/{a}", f"/assessments/{a}/view")))
        self.assertLess(r.page.html.index("h-areas"), r.page.html.index("h-items"))
        form = self.form(c, f"/assessments/{a}/edit", f"/assessments/{a}")
        self.press(c, form, "propose")
        areas = dict(self.rows("select area, status_text || '|' || issue || '|' || has_issue from assessment_area r join assessment a on a.id = r.assessment_id where a.pid = ?", a))
        self.assertEqual(areas["health"].split("|")[0], "毎朝血圧をはかる")
        self.assertEqual(areas["move"].split("|")[0], "ADL: つえで歩く 一部介助: 入浴")
        self.assertEqual(areas["home"], "|IADL: 買い物が負担|1")
        r = self.ok(c.submit(self.form(c, f"/assessments/{a}", f"/assessments/{a}/view")))
        for text in ("毎朝血圧をはかる", "つえで歩く"):
            self.assertIn(text, r.text)

    def test_bad_input_keeps_everything(self):
        pid = self.person()
        c, action = self.browser("nurse"), f"/persons/{pid}/assessments"
        form = self.form(c, action + "/new", action)
        typed = {"done_on": "R8.2.30", "a10_health.d.height": "高い", "a11_adl.fact": "長い話\n二行目", "own_words": "ことば", "move.status_text": "領域の話"}
        r = self.ok(c.submit(self.fill(form, **typed)), 422)
        back = self.post_form(r, action)
        for k, v in typed.items():
            self.assertEqual(back.get(k), v)
        self.assertIn('href="#f-done_on"', r.page.html)
        r = self.ok(c.submit(back.set("done_on", "R9.1.1")), 422)
        self.assertIn("これから先の日付", r.text)
        self.assertIn('href="#f-a10_health.d.height"', r.page.html)
        self.assertEqual(self.one("select count(*) from assessment a join person p on p.id = a.person_id where p.pid = ?", pid), 0)

    def test_two_editors(self):
        pid, a, _ = self.new()
        one, two, url = self.browser("nurse"), self.browser("chief"), f"/assessments/{a}"
        f1, f2 = self.form(one, url + "/edit", url), self.form(two, url + "/edit", url)
        self.ok(one.submit(self.fill(f1, **{"a11_adl.fact": "歩行器で歩く", "a11_adl.d.dress": "watch", "a11_adl.d.bath": "full", "a12_iadl.fact": "買物は長女", "own_words": "まだ歩ける"})))
        r = self.ok(two.submit(self.fill(f2, **{"a11_adl.fact": "伝い歩き", "a11_adl.d.eat": "self", "a11_adl.d.bath": "watch", "a20_social.fact": "通いの場", "own_words": "もう歩けない"})), 409)
        for text in ("11 ADL：事実", "歩行器で歩く", "伝い歩き", "11 ADL：入浴", "全介助", "見守り", "本人の言葉"):
            self.assertIn(text, r.text)
        self.assertNotIn("買物は長女", self.main(r).split("fieldset")[1])
        form = self.post_form(r, url)
        self.ok(two.submit(self.fill(form, **{"a11_adl.d.bath": "full", "own_words": "まだ歩ける\nもう歩けない"})))
        got = {c: (f, d) for c, f, d in self.rows("select code, fact, detail from assessment_item i join assessment a on a.id = i.assessment_id where a.pid = ?", a)}
        self.assertEqual(got["a11_adl"][0], "伝い歩き")
        self.assertEqual(got["a11_adl"][1], '{"bath":"full","dress":"watch","eat":"self"}')
        self.assertEqual((got["a12_iadl"][0], got["a20_social"][0]), ("買物は長女", "通いの場"))
        self.assertEqual(self.one("select own_words from assessment where pid = ?", a), "まだ歩ける\nもう歩けない")
        # what lost is in the list of conflicts, and goes back in one act
        r = self.ok(two.get(url + "/history"))
        self.assertIn("自分が入力した内容を記録に入れる", r.text)
        self.ok(two.submit(next(f for f in r.page.forms if f.action.endswith("/take"))))

    def test_copy_versions_and_bin(self):
        pid, a, _ = self.new()
        c = self.browser("nurse")
        self.complete(c, a)
        self.confirm(c, a)
        r = self.ok(c.submit(self.form(c, f"/persons/{pid}/assessments", f"/persons/{pid}/assessments/copy")))
        b = re.search(r"/assessments/([0-9a-z]{26})", r.url).group(1)
        self.assertIn("前回から", r.text)
        self.complete(c, b)
        r = self.confirm(c, b, 422)
        self.assertIn("見直しました", r.text)
        form = self.form(c, f"/assessments/{b}/edit", f"/assessments/{b}")
        self.ok(c.submit(self.fill(form, **{"a11_adl.fact": "歩行器で歩く", "a12_iadl.seen": "1"})))
        marks = dict(self.rows("select code, is_untouched from assessment_item i join assessment a on a.id = i.assessment_id where a.pid = ?", b))
        self.assertEqual((marks["a11_adl"], marks["a12_iadl"], marks["a13_cognition"]), (0, 0, 1))
        r = self.ok(c.get(f"/assessments/{b}/compare?with={a}"))
        self.assertEqual(re.findall(r"<del><span class=\"sr\">［削除］</span>(.*?)<span", r.page.html), ["つえで"])  # word by word
        self.assertEqual(re.findall(r"<ins><span class=\"sr\">［追加］</span>(.*?)<span", r.page.html), ["歩行器で"])
        self.confirm(c, b, accept="1")
        r = self.ok(c.get(f"/assessments/{b}/history"))
        back = [f for f in r.page.forms if f.action.endswith("/revert") and f.get("code") == "a11_adl"]
        self.ok(c.submit(back[0]))
        self.assertIn("つえで歩く", self.ok(c.get(f"/assessments/{b}")).text)
        r = self.ok(c.submit(self.fill(self.form(c, f"/assessments/{b}", f"/assessments/{b}/retire"), reason="")), 422)
        self.assertIn("理由を書いてください", r.text)
        self.ok(c.submit(self.post_form(r, f"/assessments/{b}/retire").set("reason", "二重に作った")))
        self.ok(c.get(f"/assessments/{b}"), 404)
        self.assertEqual(self.one("select count(*) from task where row_pid = ? and state = 'open' and retired_ms is null", b), 0)
        item = self.one("select pid from bin_item where row_pid = ?", b)
        self.ok(c.submit(self.form(c, "/bin", f"/bin/{item}/restore")))
        self.ok(c.get(f"/assessments/{b}"))

    def test_issue_sheet_and_paper(self):
        pid, a, _ = self.new(**{"a11_adl.is_issue": "1", "a11_adl.judgement": "入浴に手助けがいる", "wish_person": "家で暮らしたい"})
        c = self.browser("nurse")
        r = self.ok(c.submit(self.form(c, f"/assessments/{a}", f"/assessments/{a}/issue-sheets")))
        s = re.search(r"/issue-sheets/([0-9a-z]{26})", r.url).group(1)
        url = f"/issue-sheets/{s}"
        form = self.post_form(r, url)
        self.assertEqual((form.get("bathing.now"), form.get("barrier_1"), form.get("need1.need")), ("part", "入浴に手助けがいる", "入浴に手助けがいる"))
        self.assertEqual(form.get("bathing.factor"), "1")
        r = self.ok(c.submit(self.fill(form, **{"need1.need_order": "百", "bathing.note": "手すり", "free1.label": "外食"})), 422)
        form = self.post_form(r, url)
        self.assertEqual(form.get("need1.need_order"), "百")
        r = self.ok(c.submit(self.fill(form, **{"need1.need_order": "-", "bathing.prospect": "improve"})))
        edit = self.form(c, f"/assessments/{a}/edit", f"/assessments/{a}")
        self.ok(c.submit(self.fill(edit, **{"a11_adl.d.bath": "full", "a11_adl.judgement": "入浴は二人で"})))
        r = self.press(c, self.form(c, url, url), "remake")
        form = self.post_form(r, url)
        self.assertEqual([form.get(k) for k in ("bathing.now", "bathing.prospect", "bathing.note", "barrier_1", "need1.need_order", "free1.label")],
                         ["full", "improve", "手すり", "入浴は二人で", "−", "外食"])
        for path, words in ((url + "/pdf", ("入浴は二人で", "外食", "手すり")), (f"/assessments/{a}/pdf", ("つえで歩く", "全介助:入浴")), (f"/assessments/{a}/icf/pdf", ("つえで歩く", "環境因子", "家で暮らしたい"))):
            got = self.ok(c.get(path))
            text = re.sub(r"\s", "", subprocess.run(["pdftotext", "-layout", "-", "-"], input=got.body, capture_output=True, check=True).stdout.decode())
            for w in words:
                self.assertIn(w, text, path)
        for path in (url + "/xlsx", f"/assessments/{a}/xlsx"):
            self.assertTrue(self.ok(c.get(path)).body.startswith(b"PK"))
        self.assertIn("家で暮らしたい", self.ok(c.get(f"/assessments/{a}/icf")).text)
        f1, f2 = self.form(c, url, url), self.form(self.browser("chief"), url, url)
        self.ok(c.submit(self.fill(f1, **{"indoor.note": "つえ", "outdoor.now": "watch"})))
        r = self.ok(self.browser("chief").submit(self.fill(f2, **{"indoor.note": "手すり", "barrier_2": "段差"})), 409)
        self.assertIn("室内移動：備考", r.text)
        self.ok(self.browser("chief").submit(self.post_form(r, url)))
        self.assertEqual(self.one("select r.now from issue_sheet_row r join issue_sheet t on t.id = r.issue_sheet_id where t.pid = ? and code = 'outdoor'", s), "watch")
        self.ok(c.submit(self.fill(self.form(c, url, url + "/retire"), reason="まちがい")))
        self.ok(c.get(url), 404)

    def test_who_sees_what(self):
        pid, a, _ = self.new(**{"a10_health.fact": "秘密の病状", "a21_family.fact": "秘密の事情"})
        for who in ("nurse2", "cm1", "provider", "clerk"):
            c = self.browser(who)
            for path in ("", "/edit", "/icf", "/pdf", "/history", "/compare?with=" + a):
                self.assertEqual(c.get(f"/assessments/{a}{path}").status, c.get(f"/assessments/{care_walk.NOBODY}{path}").status, (who, path))
        r = self.ok(self.browser("nurse").get(f"/assessments/{a}"))
        self.assertIn("秘密の事情", r.text)

    def test_locked_items_say_so(self):
        """The town's officer sees the care record of the insured, not what is medical or the family's own."""
        pid, a, _ = self.new(**{"a10_health.fact": "秘密の病状", "a21_family.fact": "秘密の事情", "a20_social.fact": "体操の会"})
        c = self.browser("city")
        r = self.ok(c.get(f"/assessments/{a}"))
        self.assertIn("同意なし", r.text)
        self.assertIn("体操の会", r.text)
        for path in ("", "/icf", "/history", "/pdf"):
            got = self.ok(c.get(f"/assessments/{a}{path}"))
            text = got.text if got.page else subprocess.run(["pdftotext", "-layout", "-", "-"], input=got.body, capture_output=True, check=True).stdout.decode()
            for secret in ("秘密の病状", "秘密の事情"):
                self.assertNotIn(secret, text, path)
        self.assertEqual(c.get(f"/assessments/{a}/edit").status, 403)


if __name__ == "__main__":
    care_walk.main(__doc__)
