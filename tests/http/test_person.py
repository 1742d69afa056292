#!/usr/bin/env python3
"""The register as people use it, without script: create → find by any spelling → edit → two editors → bin → restore →
certification and its overlap → family → consent → what a second office sees. Usage: test_person.py TSUNAGI PERSON_HOUSE"""
import base64, datetime, json, os, pathlib, re, shutil, subprocess, sys, tempfile, unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from urllib.parse import quote

import client
from register_house import AT, PASSWORD, PROGRAMS, SECRET, RegisterHouse, main


class Register(RegisterHouse):
    # ---- F001, F002, F005 ----

    def test_find_by_any_spelling(self):
        pid = self.make(name="渡邉 さと", kana="ワタナベ サト", birth="S15.3.2", home_address="見本市中央1-2-3", phone="03-5550-1234", sex="2")
        c = self.browser("hana")
        for text in ("渡辺", "渡邊さと", "わたなべ", "ワタナベ", "ﾜﾀﾅﾍﾞ", "watanabe", "S15.3.2", "昭和15年3月2日", "1940-03-02", "03-5550-1234", "0355501234"):
            r = self.search(c, text)
            self.assertEqual(r.status, 200, text)
            self.assertIn("渡邉 さと", r.text, f"not found by {text}")
            self.assertNotIn("渡", r.url, "nothing personal in an address")
        r = self.search(c, "存在しない名前")
        self.assertIn("あてはまる方がいません", r.text)
        page = c.get(f"/persons/{pid}").text
        self.assertIn("1940年3月2日", page)
        self.assertIn("中央圏域", page)

    def test_switches_are_kept_and_bookmarked(self):
        pid = self.make(name="伊藤 まき", kana="イトウ マキ", birth="S10.1.5", home_address="見本市中央4-5")
        c = self.browser("hana")
        form = self.form(c, "/persons", "/persons/choose")
        r = c.submit(form, button=("to_scope", "mine"))
        self.assertIn("scope=mine", r.url)
        self.assertNotIn("伊藤 まき", r.text)
        c.submit(self.form(c, f"/persons/{pid}", f"/persons/{pid}/pin"))
        self.assertIn("伊藤 まき", c.get("/persons?scope=mine").text)
        self.assertIn("伊藤 まき", c.get("/persons").text, "the choice is kept for the account")
        r = c.submit(self.form(c, "/persons", "/persons/choose"), button=("to_row", "9"))
        self.assertNotIn("伊藤 まき", r.text)
        r = c.submit(self.form(c, "/persons", "/persons/choose"), button=("to_row", "0"))
        self.assertIn("伊藤 まき", r.text)
        f = self.form(c, "/persons", "/persons/choose")
        c.submit(f, button=("to_row", "all"))
        c.submit(self.form(c, "/persons", "/persons/choose"), button=("to_scope", "everyone"))

    # ---- bad input, duplicates ----

    def test_bad_input_keeps_what_was_typed(self):
        c = self.browser("hana")
        form = self.form(c, "/persons/new", "/persons").set("name", "山田 誤").set("birth", "昭和64年1月8日").set("note", "消えては困る文")
        r = c.submit(form)
        self.assertEqual(r.status, 422)
        self.assertIn("平成元年1月8日", r.page.html)
        self.assertIn("消えては困る文", r.page.html)
        r = c.submit(next(f for f in r.page.forms if f.action == "/persons").set("birth", "2030-01-01"))
        self.assertEqual(r.status, 422)
        self.assertIn("これから先", r.text)
        self.assertNotIn("山田 誤", c.get("/persons?scope=everyone").text)

    def test_duplicate_needs_a_reason(self):
        self.make(name="鈴木 双子", kana="スズキ フタゴ", birth="S20.5.5", home_address="見本市中央9-9")
        c = self.browser("hana")
        form = self.form(c, "/persons/new", "/persons")
        form.set("name", "鈴木 ふたご").set("kana", "スズキ フタゴ").set("birth", "S20.5.5")
        r = c.submit(form)
        self.assertEqual(r.status, 409)
        self.assertIn("同じ方かもしれない記録があります", r.text)
        self.assertIn("鈴木 双子", r.text)
        form = next(f for f in r.page.forms if f.action == "/persons")
        r = c.submit(form.set("duplicate_reason", "保険証で別の方と確かめた"))
        self.assertEqual(r.status, 200)
        self.assertIn("鈴木 ふたご", r.text)

    def test_duplicate_of_an_unseen_person_says_nothing_of_them(self):
        self.make("kita", name="秘密 太郎", kana="ヒミツ タロウ", birth="S12.12.12", home_address="見本市北町1-1")
        c = self.browser("hana")
        form = self.form(c, "/persons/new", "/persons")
        r = c.submit(form.set("name", "秘密 太郎").set("kana", "ヒミツ タロウ").set("birth", "S12.12.12"))
        self.assertEqual(r.status, 409)
        self.assertIn("確認が必要です", r.text)
        self.assertNotIn("北町", r.page.html)
        self.assertNotIn("見本市北地域", r.text)

    # ---- F143 ----

    def test_two_editors(self):
        pid = self.make(name="競合 一郎", kana="キョウゴウ イチロウ", birth="S11.1.1", home_address="見本市中央2-2", phone="03-5550-0001")
        a, b = self.browser("hana"), self.browser("jiro")
        url, action = f"/persons/{pid}/edit", f"/persons/{pid}"
        fa, fb = self.form(a, url, action), self.form(b, url, action)
        self.assertEqual(a.submit(fa.set("phone", "03-5550-1111")).status, 200)
        self.assertEqual(b.submit(fb.set("email", "ichiro@example.jp")).status, 200)
        text = a.get(f"/persons/{pid}/edit").page.html
        self.assertIn("03-5550-1111", text)
        self.assertIn("ichiro@example.jp", text, "different fields merge")
        fa, fb = self.form(a, url, action), self.form(b, url, action)
        a.submit(fa.set("note", "花子のメモ"))
        r = b.submit(fb.set("note", "次郎のメモ"))
        self.assertEqual(r.status, 409)
        for word in ("花子のメモ", "次郎のメモ", "試験 花子"):
            self.assertIn(word, r.page.html)
        form = next(f for f in r.page.forms if f.action == action)
        r = b.submit(form.set("note", "花子のメモ"))
        self.assertEqual(r.status, 200)
        self.assertIn("花子のメモ", b.get(f"/persons/{pid}").text)
        r = b.get(f"/persons/{pid}/history")
        self.assertIn("次郎のメモ", r.text, "the losing text stays retrievable")
        self.assertNotIn("次郎のメモ", a.get(f"/persons/{pid}/history").text, "only for the one who typed it")
        b.submit(next(f for f in r.page.forms if f.action.endswith("/take")))
        self.assertIn("次郎のメモ", b.get(f"/persons/{pid}").text)

    def test_undo_and_history(self):
        pid = self.make(name="履歴 花", kana="リレキ ハナ", birth="S13.3.3", home_address="見本市中央7-7", phone="03-5550-7777")
        c = self.browser("hana")
        r = c.submit(self.form(c, f"/persons/{pid}/edit", f"/persons/{pid}").set("phone", "03-5550-8888"))
        self.assertIn("03-5550-8888", r.text)
        r = c.submit(next(f for f in r.page.forms if f.action.startswith("/undo/")))
        self.assertIn("03-5550-7777", r.text)
        r = c.get(f"/persons/{pid}/history")
        form = next(f for f in r.page.forms if f.action.endswith("/revert") and f.get("version") == "2")
        c.submit(form)
        self.assertIn("03-5550-8888", c.get(f"/persons/{pid}").text)

    # ---- F144 ----

    def test_bin_and_back(self):
        pid = self.make(name="戻る 人", kana="モドル ヒト", birth="S14.4.4", home_address="見本市中央8-8")
        c = self.browser("hana")
        before = c.get(f"/persons/{pid}/edit").page
        r = c.submit(self.form(c, f"/persons/{pid}/retire", f"/persons/{pid}/retire"))
        self.assertEqual(r.status, 422, "a reason is needed")
        r = c.submit(r.page.form("/retire").set("reason", "二重の登録"))
        self.assertEqual(r.status, 200)
        self.assertNotIn("戻る 人", c.get("/persons?scope=everyone").text)
        self.assertNotIn("戻る 人", self.search(c, "モドル").text)
        r = c.get("/bin")
        self.assertIn("戻る 人", r.text)
        self.assertIn("二重の登録", r.text)
        self.assertNotIn("戻る 人", self.browser("kita").get("/bin").text)
        row = next(f for f in r.page.forms if f.action.startswith("/bin/"))
        c.submit(row)
        after = c.get(f"/persons/{pid}/edit").page
        values = lambda p: [f for f in next(f for f in p.forms if f.action == f"/persons/{pid}").fields if f[0] not in ("once", "base", "csrf")]
        self.assertEqual(values(before), values(after))
        self.assertIn("戻る 人", c.get("/persons?scope=everyone").text)

    # ---- F010 ----

    def test_insurance_by_generation(self):
        pid = self.make(name="認定 花子", kana="ニンテイ ハナコ", birth="S10.6.6", home_address="見本市中央3-3")
        c = self.browser("hana")
        r = self.add(c, pid, "insured", 422, insurer_no="131016", insured_no="123456789", category="1", from_on="H12.6.5")
        self.assertIn("0123456789", r.page.html, "nine digits offer the zero")
        self.add(c, pid, "insured", insurer_no="131016", insured_no="0123456789", category="1", from_on="H12.6.5")
        self.assertIn("認定 花子", self.search(c, "0123456789").text)
        self.add(c, pid, "certification", status="certified", apply_kind="new", applied_on="R7.4.1", decided_on="R7.4.25", level="s1",
                 from_on="R7.4.1", to_on="R8.3.31")
        r = self.add(c, pid, "certification", 422, status="certified", apply_kind="renew", applied_on="R8.2.10", decided_on="R8.3.1", level="s2",
                     from_on="R8.3.1", to_on="R9.2.28")
        self.assertIn("重なって", r.text)
        self.assertIn("令和7年4月1日", r.text, "both rows are named")
        # the period by law: a renewal follows the last day of the one before
        form = next(f for f in r.page.forms if f.action.endswith("/records/certification"))
        form.action += "/propose"
        r = c.submit(form)
        form = next(f for f in r.page.forms if f.action.endswith("/records/certification"))
        self.assertEqual((form.get("from_on"), form.get("to_on")), ("令和8年4月1日", "令和9年3月31日"))
        self.assertEqual(c.submit(form).status, 200)
        self.assertEqual(c.get(f"/persons/{pid}/records/burden/new").status, 403, "benefit data is written by who has charge")
        c.submit(self.form(c, f"/persons/{pid}", f"/persons/{pid}/charges"))
        self.add(c, pid, "burden", ratio="2", from_on="R8.8.1", to_on="R9.7.31")
        main = lambda url: c.get(f"/persons/{pid}/insurance?{url}").page.html.split("<main")[1]
        self.assertIn("要支援1", main("on=2025-10-01"))
        self.assertNotIn("要支援2", main("on=2025-10-01"))
        self.assertIn("要支援2", main("on=2026-10-01"))
        self.assertNotIn("要支援2", main("known=2026-11-01"), "earlier in the month nobody knew")
        page = c.get(f"/persons/{pid}").text
        self.assertIn("要支援2", page)
        self.assertIn("2割", page)
        self.assertIn("要支援2", c.get("/persons?scope=everyone").text)
        self.assertIn("認定", c.get(f"/persons/{pid}/timeline?kind=certification").text)
        self.assertNotIn("負担割合", c.get(f"/persons/{pid}/timeline?kind=certification").page.html.split("<tbody>")[-1])

    def test_application_is_no_level(self):
        pid = self.make(name="申請 中", kana="シンセイ ナカ", birth="S16.6.6", home_address="見本市中央3-9")
        c = self.browser("hana")
        r = self.add(c, pid, "certification", 422, status="applying_new", apply_kind="new", applied_on="R8.11.1", level="c1")
        self.assertIn("申請中は状態であって区分ではありません", r.text)
        self.add(c, pid, "certification", status="applying_new", apply_kind="new", applied_on="R8.11.1")
        self.assertIn("新規申請中", c.get(f"/persons/{pid}").text)

    # ---- F012 ----

    def test_family(self):
        pid = self.make(name="母 とめ", kana="ハハ トメ", birth="S9.9.9", home_address="見本市中央6-6")
        other = self.make(name="母の妹 いと", kana="イモウト イト", birth="S12.2.9", home_address="見本市中央6-7")
        c = self.browser("hana")
        action = f"/persons/{pid}/relations"
        form = self.form(c, action + "/new", action)
        form.set("name", "長女 さき").set("kana", "チョウジョ サキ").set("phone", "090-5550-0001").set("kind", "child").set("label", "長女")
        r = c.submit(form.set("living", "together").set("is_key_person", "1").set("is_main_carer", "1").set("emergency_order", "1"))
        self.assertEqual(r.status, 200, r.text[:600])
        self.assertIn("キーパーソン", r.text)
        self.assertIn("長女 さき（長女）", c.get(f"/persons/{pid}").text)
        # the same daughter for another client, found and not typed again
        form = self.form(c, f"/persons/{other}/relations/new", f"/persons/{other}/relations").set("find", "チョウジョ").set("kind", "nephew_niece")
        form.action += "/find"
        r = c.submit(form)
        form = next(f for f in r.page.forms if f.action == f"/persons/{other}/relations")
        choice = next(v for v in form.options["other"] if v.startswith("c:"))
        r = c.submit(form.set("other", choice))
        self.assertEqual(r.status, 200, r.text[:600])
        self.assertIn("長女 さき", r.text)
        # a relation between two persons of the register is seen from both sides
        form = self.form(c, f"/persons/{pid}/relations/new", action).set("find", "イモウト").set("kind", "sibling")
        form.action += "/find"
        r = c.submit(form)
        form = next(f for f in r.page.forms if f.action == action)
        r = c.submit(form.set("other", "p:" + other))
        self.assertEqual(r.status, 200, r.text[:600])
        self.assertIn("母 とめ", c.get(f"/persons/{other}/family").text)
        # carer with work, household with members
        r = c.get(f"/persons/{pid}/records/carer/new")
        form = next(f for f in r.page.forms if f.action.endswith("/records/carer"))
        daughter = next(v for v in form.options["relation_id"] if v)
        r = c.submit(form.set("relation_id", daughter).set("works", "yes").set("work_hours", "8:30〜17:15").set("from_on", "R7.4.1"))
        self.assertEqual(r.status, 200, r.text[:600])
        r = self.add(c, pid, "household", kind="with_child", size="2", from_on="R7.4.1", members=[daughter])
        self.assertIn("子と同居", r.text)

    # ---- U56: consent and what a second office sees ----

    def test_consent_and_the_second_office(self):
        pid = self.make(name="同意 良子", kana="ドウイ ヨシコ", birth="S8.8.8", home_address="見本市中央5-5")
        nobody = "0" * 26
        cm, head, hana = self.browser("midori"), self.browser("osa"), self.browser("hana")
        for path in ("", "/edit", "/insurance", "/family", "/consents", "/timeline", "/history", "/records/certification/new"):
            unseen, none = cm.get(f"/persons/{pid}{path}"), cm.get(f"/persons/{nobody}{path}")
            self.assertEqual((unseen.status, none.status), (404, 404), path)
            clean = lambda r: re.sub(r'value="[^"]*"|data-csrf="[^"]*"', "", r.page.html)
            self.assertEqual(clean(unseen), clean(none), f"{path}: an unseen person answers as one who does not exist")
        self.assertNotIn("同意 良子", self.search(cm, "ドウイ").text)
        self.assertNotIn("同意 良子", cm.get("/persons?scope=everyone").text)
        self.add(hana, pid, "certification", status="certified", apply_kind="new", applied_on="R8.6.1", decided_on="R8.6.25", level="c1",
                 from_on="R8.6.1", to_on="R8.11.30")
        # who has charge of the case may give
        form = self.form(head, f"/persons/{pid}", f"/persons/{pid}/charges")
        head.submit(form)
        action = f"/persons/{pid}/consents"
        form = self.form(head, action + "/new", action)
        r = head.submit(form.set("org", self.ids["office"]).set("classes", ["care"]).set("purpose", "care_plan").set("how", "paper").set("agreed_by", "self"))
        self.assertEqual(r.status, 200, r.text[:900])
        self.assertIn("みどり居宅介護支援事業所", r.text)
        self.assertIn("だれが見られるか", r.text)
        r = cm.get(f"/persons/{pid}")
        self.assertEqual(r.status, 200)
        self.assertIn("要介護1", r.text)
        self.assertIn("同意なし", r.text, "what is not consented is named as locked")
        self.assertIn("見本市中央地域包括支援センター", r.text, "and whom to ask")
        self.assertIn("同意なし（家族・介護者）", cm.get(f"/persons/{pid}/family").text)
        self.assertEqual(cm.get(f"/persons/{pid}/edit").status, 403)
        r = head.get(action)
        link = next(l for l in r.page.links if l.endswith("/withdraw"))
        form = self.form(head, link, link)
        r = head.submit(form.set("how", "oral").set("note", "本人の希望"))
        self.assertEqual(r.status, 200, r.text[:600])
        self.assertIn("撤回", r.text)
        self.assertEqual(cm.get(f"/persons/{pid}").status, 404, "from the day of withdrawal on it is closed")
        r = head.submit(next(f for f in r.page.forms if f.action.startswith("/undo/consent/")))
        self.assertEqual(r.status, 200, r.text[:300])
        self.assertEqual(cm.get(f"/persons/{pid}").status, 200, "a withdrawal by mistake is taken back")

    def consent(self, name, kana):
        """A person in charge of the head of the centre with a consent for the office; the address of the consent."""
        pid = self.make(name=name, kana=kana, birth="S8.8.8", home_address="見本市中央5-5")
        head = self.browser("osa")
        head.submit(self.form(head, f"/persons/{pid}", f"/persons/{pid}/charges"))
        action = f"/persons/{pid}/consents"
        form = self.form(head, action + "/new", action)
        r = head.submit(form.set("org", self.ids["office"]).set("classes", ["care", "family"]).set("purpose", "care_plan").set("how", "paper").set("agreed_by", "self"))
        self.assertEqual(r.status, 200, r.text[:900])
        return pid, next(l for l in r.page.links if re.fullmatch(action + "/[0-9a-z]{26}", l))

    def test_consent_is_edited(self):
        pid, url = self.consent("変更 同意", "ヘンコウ ドウイ")
        head, cm = self.browser("osa"), self.browser("midori")
        self.assertNotIn("同意なし（家族", cm.get(f"/persons/{pid}/family").text)
        form = self.form(head, url, url)
        self.assertEqual(sorted(v for n, v in form.fields if n == "classes"), ["care", "family"], "the form shows what is stored")
        self.assertEqual(form.get("org"), self.ids["office"])
        # what is wrong stays typed, and nothing is written
        r = head.submit(form.set("to_on", "R1.5.1").set("note", "消えては困る"))
        self.assertEqual(r.status, 422)
        self.assertIn("消えては困る", r.page.html)
        self.assertEqual(cm.get(f"/persons/{pid}").status, 200)
        # fewer classes
        form = self.form(head, url, url)
        form.fields = [f for f in form.fields if f != ["classes", "family"]]
        r = head.submit(form)
        self.assertEqual(r.status, 200, r.text[:600])
        self.assertIn("同意なし（家族", cm.get(f"/persons/{pid}/family").text)
        # two tabs: the other's change of another field stays; of the same field both stand side by side
        one, two, three = (self.form(head, url, url) for _ in range(3))
        self.assertEqual(head.submit(one.set("note", "一つめの備考")).status, 200)
        self.assertEqual(head.submit(two.set("target", "同意書 第3版")).status, 200)
        form = self.form(head, url, url)
        self.assertEqual((form.get("note"), form.get("target")), ("一つめの備考", "同意書 第3版"))
        r = head.submit(three.set("note", "三つめの備考"))
        self.assertEqual(r.status, 409)
        self.assertIn("一つめの備考", r.page.html)
        self.assertIn("三つめの備考", r.page.html)
        r = head.submit(next(f for f in r.page.forms if f.action == url).set("note", "三つめの備考"))
        self.assertEqual(r.status, 200, r.text[:300])
        self.assertEqual(self.form(head, url, url).get("note"), "三つめの備考")
        # another office: the old one is out; undo brings it back; the history too
        other = next(v for v in self.form(head, url, url).options["org"] if v not in ("", self.ids["office"]))
        r = head.submit(self.form(head, url, url).set("org", other))
        self.assertEqual(r.status, 200)
        self.assertEqual(cm.get(f"/persons/{pid}").status, 404)
        undo = next(f for f in r.page.forms if f.action.startswith("/undo/consent/"))
        self.assertEqual(head.submit(undo).status, 200)
        self.assertEqual(cm.get(f"/persons/{pid}").status, 200)
        revert = next(f for f in head.get(url).page.forms if f.action.endswith("/revert") and f.get("version") == "1")
        self.assertEqual(head.submit(revert).status, 200)
        self.assertNotIn("同意なし（家族", cm.get(f"/persons/{pid}/family").text)
        # under another person's address it is not there, and the office may not change what it lives by
        elsewhere = self.make(name="別人 同意", kana="ベツジン ドウイ", birth="S9.9.9", home_address="見本市中央5-6")
        self.assertEqual(head.get(url.replace(pid, elsewhere)).status, 404)
        self.assertEqual(cm.get(url).status, 403)

    def test_bin_offers_only_what_one_may_write(self):
        pid, url = self.consent("戻せ ない人", "モドセ ナイヒト")
        head, cm = self.browser("osa"), self.browser("midori")
        self.add(head, pid, "rank", kind="adl", value="J1", judged_on="R8.6.1", source="own")
        link = next(l for l in head.get(f"/persons/{pid}/insurance").page.links if re.search("/records/rank/[0-9a-z]{26}$", l))
        head.submit(self.form(head, link + "/retire", link + "/retire").set("reason", "まちがい"))
        mine, theirs = head.get(f"/bin?person={pid}"), cm.get(f"/bin?person={pid}")
        offers = lambda r: [f for f in r.page.forms if re.match("/bin/.*/restore", f.action)]
        self.assertEqual(len(offers(mine)), 1)
        self.assertIn("まちがい", theirs.text, "the office with the consent sees that it is there")
        self.assertEqual(offers(theirs), [])
        self.assertIn("見本市中央地域包括支援センターの、この記録を書ける職員が戻せます", theirs.text)
        self.assertEqual(head.submit(offers(mine)[0]).status, 200)

    def test_withdrawal_needs_a_reason(self):
        pid, url = self.consent("撤回 理由", "テッカイ リユウ")
        head = self.browser("osa")
        form = self.form(head, url + "/withdraw", url + "/withdraw")
        r = head.submit(form.set("how", "oral").set("note", ""))
        self.assertEqual(r.status, 422)
        self.assertIn("撤回の理由", r.text)
        self.assertEqual(self.browser("midori").get(f"/persons/{pid}").status, 200)

    # ---- F009 ----

    def test_merge_and_unmerge(self):
        one = self.make(name="結合 一", kana="ケツゴウ イチ", birth="S7.7.7", home_address="見本市中央1-1")
        two = self.make(name="結合 壱", kana="ケツゴウ ハジメ", birth="S7.7.17", home_address="見本市中央1-19")
        c = self.browser("hana")
        action = f"/persons/{one}/merge"
        form = self.form(c, action, action).set("text", "ケツゴウ")
        form.action += "/find"
        r = c.submit(form)
        form = next(f for f in r.page.forms if f.action == action)
        r = c.submit(form.set("other", two).set("reason", "保険証で同じ方と確かめた"))
        self.assertEqual(r.status, 200, r.text[:600])
        self.assertIn("結合 一", c.get(f"/persons/{two}").text, "the record in front answers for both")
        r = c.get(f"/persons/{one}")
        link = next(l for l in r.page.links if "/merge/" in l)
        r = c.submit(self.form(c, link, link).set("reason", "別の方だった"))
        self.assertEqual(r.status, 200, r.text[:600])
        self.assertIn("結合 壱", c.get(f"/persons/{two}").page.html.split("<main")[1])

    def test_other_names(self):
        pid = self.make(name="新姓 ゆき", kana="シンセイ ユキ", birth="S17.7.1", home_address="見本市中央13-1")
        c = self.browser("hana")
        form = self.form(c, f"/persons/{pid}", f"/persons/{pid}/names").set("kind", "former").set("other_name", "旧姓 ゆき").set("other_kana", "キュウセイ ユキ")
        self.assertIn("旧姓 ゆき", c.submit(form).text)
        self.assertIn("新姓 ゆき", self.search(c, "キュウセイ").text, "found by the former name")
        r = c.get(f"/persons/{pid}")
        form = next(f for f in r.page.forms if "/names/" in f.action)
        self.assertEqual(c.submit(form).status, 422)
        self.assertEqual(c.submit(next(f for f in c.get(f"/persons/{pid}").page.forms if "/names/" in f.action).set("name_reason", "登録の誤り")).status, 200)
        self.assertIn("あてはまる方がいません", self.search(c, "キュウセイ").text)

    # ---- documents that left the house ----

    def test_issued_document(self):
        pid = self.make(name="文書 花", kana="ブンショ ハナ", birth="S15.12.2", home_address="見本市中央12-3")
        c = self.browser("hana")
        c.submit(self.form(c, f"/persons/{pid}", f"/persons/{pid}/charges"))
        r = c.submit(self.form(c, f"/persons/{pid}/basic-info/new", f"/persons/{pid}/basic-info"))
        self.assertEqual(r.status, 200, r.text[:600])
        form = next(f for f in r.page.forms if f.action.endswith("/issue"))
        r = c.submit(form.set("recipient", "文書 花"))
        self.assertEqual(r.status, 200, r.text[:600])
        self.assertTrue(r.url.startswith(f"/persons/{pid}/documents"), r.url)
        link = next(l for l in r.page.links if l.startswith("/documents/"))
        first = c.get(link)
        self.assertEqual(first.headers["content-type"], "application/pdf")
        self.assertTrue(first.body.startswith(b"%PDF"))
        c.submit(self.form(c, f"/persons/{pid}/edit", f"/persons/{pid}").set("phone", "03-5550-9999"))
        self.assertEqual(c.get(link).body, first.body, "a reprint is the bytes as issued")
        r = c.get(f"/persons/{pid}/documents")
        form = next(f for f in r.page.forms if f.action.endswith("/recipients"))
        r = c.submit(form.set("kind", "family").set("name", "長女 はなこ").set("how", "post"))
        self.assertIn("長女 はなこ", r.text)
        self.assertEqual(self.browser("kita").get(link).status, 404)
        ask = next(l for l in r.page.links if l.endswith("/withdraw"))
        r = c.submit(self.form(c, ask, ask).set("reason", "内容の誤り"))
        self.assertIn("取り消し", r.text)
        self.assertIn("内容の誤り", r.text)
        self.assertEqual(c.get(link).body, first.body)

    # ---- organisations: C-001, C-004 ----

    def test_organisations(self):
        insurer, hana = self.browser("hoken"), self.browser("hana")
        form = self.form(insurer, "/orgs/new", "/orgs").set("name", "デイサービスⅡ番館").set("kind", "day").set("phone", "03-5550-2222")
        r = insurer.submit(form)
        self.assertEqual(r.status, 200, r.text[:600])
        pid = re.search(r"/orgs/([0-9a-z]{26})", r.url).group(1)
        r = insurer.submit(self.form(insurer, f"/orgs/{pid}", f"/orgs/{pid}/aliases").set("alias", "二番館デイ"))
        self.assertIn("二番館デイ", r.text)
        for text in ("デイサービス2番館", "ﾃﾞｲｻｰﾋﾞｽ", "二番館デイ"):
            self.assertIn("デイサービスⅡ番館", hana.get("/orgs?text=" + quote(text)).text, text)
        r = insurer.submit(self.form(insurer, "/orgs/new", "/orgs").set("name", "デイサービス２番館").set("kind", "day"))
        self.assertEqual(r.status, 422)
        self.assertIn("同じ機関かもしれない", r.text)
        form = self.form(insurer, f"/orgs/{pid}/edit", f"/orgs/{pid}").set("address", "見本市中央10-1")
        self.assertIn("見本市中央10-1", insurer.submit(form).text)
        r = hana.submit(self.form(hana, f"/orgs/{pid}/edit", f"/orgs/{pid}").set("address", "だれかの住所"))
        self.assertEqual(r.status, 403)
        r = insurer.submit(self.form(insurer, f"/orgs/{pid}", f"/orgs/{pid}/staff").set("name", "職員 一").set("role", "provider"))
        self.assertIn("職員 一", r.text)
        # an area moves to the other centre: its residents move with it
        person = self.make("kita", name="移る 北子", kana="ウツル キタコ", birth="S6.6.6", home_address="見本市北町2-2")
        self.assertEqual(hana.get(f"/persons/{person}").status, 404)
        r = insurer.get(f"/orgs/{self.ids['north']}")
        form = next(f for f in r.page.forms if f.action.endswith("/move"))
        r = insurer.submit(form.set("to_org", self.ids["centre"]).set("move_from", "R8.11.20"))
        self.assertEqual(r.status, 200, r.text[:600])
        self.assertEqual(hana.get(f"/persons/{person}").status, 200)

    def test_unnamed_person_from_a_consultation(self):
        pid = self.make(is_unnamed="1", birth="昭和20年頃")
        page = self.browser("hana").get(f"/persons/{pid}").text
        self.assertIn("氏名不詳", page)
        self.assertIn("昭和20年", page)


if __name__ == "__main__":
    main(__doc__)
