#!/usr/bin/env python3
"""サービス担当者会議 without script: call, attendance, refusals, closing, the inquiry with its one-time link, another office, two people.
Usage: test_meeting.py TSUNAGI"""
import re

import care_walk
from care_walk import Walk


class Meeting(Walk):
    def person(self):
        n = self.one("select count(*) from person")
        pid = self.make(name=f"会議 {'一二三四五六七八九'[n % 9]}{n}", kana="カイギ " + "アカサタナハマヤラ"[n % 9], birth=f"S{5 + n % 9}.{1 + n % 12}.{1 + n % 28}",
                        home_address=f"つなぎ市北町{n}")
        c = self.browser("nurse")
        self.ok(c.submit(self.fill(self.form(c, f"/persons/{pid}/cases/new", f"/persons/{pid}/cases"), kind="prevention")))
        return pid

    def call(self, pid, status=200, who="nurse", **fields):
        c = self.browser(who)
        form = self.form(c, f"/persons/{pid}/meetings/new", f"/persons/{pid}/meetings")
        fields.setdefault("reason", "renew")
        fields.setdefault("held_on", "R8.11.19")
        r = self.ok(c.submit(self.fill(form, **fields)), status)
        return re.search(r"/meetings/([0-9a-z]{26})", r.url).group(1) if status == 200 else r

    def member(self, c, meeting, row=None, **fields):
        """The first empty row, or the named one."""
        form = self.form(c, f"/meetings/{meeting}/members", f"/meetings/{meeting}/members")
        n = int(form.get("rows"))
        row = next(i for i in range(n) if not form.get(f"pid_{i}")) if row is None else row
        return c.submit(self.fill(form, **{f"{k}_{row}": v for k, v in fields.items()}))

    def write(self, c, meeting, **more):
        form = self.form(c, f"/meetings/{meeting}/edit", f"/meetings/{meeting}")
        return self.ok(c.submit(self.fill(form, **{**dict(place="本人の自宅", held_from="9:30", held_to="10:30", user_attend="○", family_attend="×", topics="更新後の原案",
                                                          discussion="入浴の方法", conclusion="原案のとおり", remaining="配食の事業所が近くにない", is_unmet="1"), **more})))

    def press(self, c, url, action, status=200):
        return self.ok(c.submit(self.form(c, url, action)), status)

    def clear(self, c, meeting):
        form = self.form(c, f"/meetings/{meeting}/members", f"/meetings/{meeting}/members")
        for i in range(int(form.get("rows"))):
            if form.get(f"pid_{i}"):
                form.set(f"gone_{i}", "1")
        self.ok(c.submit(form))

    def test_copied_from_the_meeting_before(self):
        pid, c = self.person(), self.browser("nurse")
        first = self.call(pid)
        self.clear(c, first)
        self.ok(self.member(c, first, org_role="みほん訪問介護", name="試験 一子", kind="provider", attend="came"))
        self.write(c, first)
        self.press(c, f"/meetings/{first}", f"/meetings/{first}/close")
        r = self.ok(c.get(f"/persons/{pid}/meetings"))
        self.assertIn(f"/persons/{pid}/meetings/new?from={first}", r.page.links)
        before = self.one("select count(*) from care_meeting")
        r = self.ok(c.get(f"/persons/{pid}/meetings/new?from={first}"))
        form = self.post_form(r, f"/persons/{pid}/meetings")
        self.assertEqual((form.get("place"), form.get("topics"), form.get("discussion")), ("本人の自宅", "更新後の原案", ""))
        self.assertEqual(r.page.html.count('class="mark">前回から'), 2)
        self.assertEqual(self.one("select count(*) from care_meeting"), before, "looking writes nothing")
        # a fault keeps what was typed, and the marks tell what is still the old text
        r = self.ok(c.submit(self.fill(form, reason="renew", held_on="R8.11.20", held_from="25:00")), 422)
        form = self.post_form(r, f"/persons/{pid}/meetings")
        self.assertEqual(form.get("from"), first)
        r = self.ok(c.submit(self.fill(form, held_from="14:00", held_to="15:00")))
        next_ = re.search(r"/meetings/([0-9a-z]{26})", r.url).group(1)
        url = f"/meetings/{next_}"
        self.assertIn("みほん訪問介護", r.text)
        self.assertIn('class="mark">前回から', r.page.html)
        self.ok(self.member(c, next_, row=0, attend="came"))
        form = self.form(c, url + "/members", url + "/members")
        for i in range(1, int(form.get("rows"))):
            if form.get(f"pid_{i}"):
                form.set(f"gone_{i}", "1")
        self.ok(c.submit(form))
        self.write(c, next_)
        r = self.press(c, url, url + "/close", 422)
        self.assertIn("見直しました", r.text)
        form = self.post_form(r, url + "/close")
        r = self.ok(c.submit(self.fill(form, accept="1")))
        self.assertIn("確定", self.main(r))
        # another person's meeting is not copied
        other = self.person()
        self.ok(c.get(f"/persons/{other}/meetings/new?from={first}"), 404)

    def test_from_call_to_closed(self):
        pid, c = self.person(), self.browser("nurse")
        r = self.call(pid, 422, held_from="25:00")
        self.assertIn('href="#f-held_from"', r.page.html)
        meeting = self.call(pid)
        url = f"/meetings/{meeting}"
        self.assertIn(url, "".join(self.ok(c.get(f"/persons/{pid}/meetings")).page.links))
        r = self.press(c, url, url + "/close", 422)
        self.assertIn("検討内容", r.text)
        self.clear(c, meeting)
        self.ok(self.member(c, meeting, org_role="みほん訪問介護（サービス提供責任者）", name="試験 一子", kind="provider", attend="came"))
        self.ok(self.member(c, meeting, org_role="みほん内科（主治医）", kind="doctor", attend="absent"))
        self.write(c, meeting)
        r = self.press(c, url, url + "/close", 422)
        self.assertIn("みほん内科（主治医）」は欠席ですが、理由が書かれていません", r.text)
        self.ok(self.member(c, meeting, row=1, absent_reason="診療のため"))
        # tomorrow's meeting cannot be closed
        self.write(c, meeting, held_on="R9.1.1")
        self.assertIn("まだ来ていません", self.press(c, url, url + "/close", 422).text)
        self.write(c, meeting, held_on="R8.11.19")
        r = self.press(c, url, url + "/close")
        self.assertIn("第1回", self.main(r))
        self.assertIn("満たせないニーズ", self.main(r))
        self.assertIn("確定", self.main(r))
        self.assertEqual(self.one("select count(*) from evidence where code = 'REC-SCM' and row_id = (select id from care_meeting where pid = ?)", meeting), 1)
        pdf = self.ok(c.get(url + "/pdf"))
        self.assertTrue(pdf.body.startswith(b"%PDF"))
        self.assertTrue(self.ok(c.get(url + "/xlsx")).body.startswith(b"PK"))
        # frozen, opened again, binned
        self.ok(c.get(url + "/edit"), 409)
        self.press(c, url, url + "/reopen")
        self.write(c, meeting, conclusion="原案を少し直す")
        form = self.form(c, url + "/retire", url + "/retire")
        self.ok(c.submit(self.fill(form, reason="まちがい")))
        self.ok(c.get(url), 404)

    def inquiry(self, c, meeting, **fields):
        url = f"/meetings/{meeting}"
        mpid = self.one("select m.pid from care_meeting_member m join care_meeting k on k.id = m.meeting_id where k.pid = ? and m.attend = 'absent' and m.retired_ms is null", meeting)
        r = self.press(c, url, f"{url}/members/{mpid}/ask")
        ask = re.search(r"/meetings/[0-9a-z]{26}/inquiries/[0-9a-z]{26}", r.url).group(0)
        self.ok(c.submit(self.fill(self.post_form(r, ask), **{**dict(question="運動の範囲を教えてください", client_label="M様", due_on="R8.11.30"), **fields})))
        return ask

    def link(self, c, ask):
        r = self.press(c, ask, ask + "/link")
        return re.search(r"https?://[^/]+(/answer/[0-9a-z]{26})", r.text).group(1)

    def test_answer_through_the_link_once(self):
        pid, c = self.person(), self.browser("nurse")
        name = self.one("select name from person where pid = ?", pid)
        meeting = self.call(pid)
        self.clear(c, meeting)
        self.ok(self.member(c, meeting, org_role="みほん内科", attend="absent", absent_reason="診療のため"))
        ask = self.inquiry(c, meeting)
        old, token = self.link(c, ask), self.link(c, ask)
        nobody = self.server.client()
        self.ok(nobody.get(old), 404)
        self.ok(nobody.get("/answer/" + care_walk.NOBODY), 404)
        r = self.ok(nobody.get(token))
        self.assertIn("運動の範囲を教えてください", r.text)
        self.assertIn("M様", r.text)
        for secret in (name, name.replace(" ", ""), "つなぎ市北町", "診療のため"):
            self.assertNotIn(secret, r.page.html)
        self.assertIn("no-store", r.headers.get("cache-control", ""))
        form = self.post_form(r, token)
        r = self.ok(nobody.submit(self.fill(form, answered_by="試験 医師")), 422)
        self.assertIn("ご回答・ご意見", r.text)
        form = self.post_form(r, token)
        self.assertEqual(form.get("answered_by"), "試験 医師")
        # without the token of the page nothing is taken
        forged = self.server.client()
        self.assertIn(forged.request("POST", token, b"answer=x&answered_by=y", {"Content-Type": "application/x-www-form-urlencoded"}).status, (400, 403))
        self.ok(nobody.submit(self.fill(form, answer="痛みのない範囲で歩いてよい")))
        self.ok(nobody.get(token), 404)
        self.assertIn(nobody.submit(self.fill(form, answer="ふたつめ")).status, (404,))
        r = self.ok(c.get(f"/meetings/{meeting}"))
        self.assertIn("痛みのない範囲で歩いてよい", r.text)
        self.assertNotIn("ふたつめ", r.text)
        self.press(c, f"/meetings/{meeting}", f"/meetings/{meeting}/absent")
        self.assertIn("みほん内科（理由：診療のため）", self.form(c, f"/meetings/{meeting}/edit", f"/meetings/{meeting}").get("topics"))
        self.assertTrue(self.ok(c.get(ask + "/pdf")).body.startswith(b"%PDF"))
        self.assertTrue(self.ok(c.get(ask + "/xlsx")).body.startswith(b"PK"))

    def test_link_refused_and_late(self):
        pid, c = self.person(), self.browser("nurse")
        name = self.one("select name from person where pid = ?", pid)
        meeting = self.call(pid)
        self.clear(c, meeting)
        self.ok(self.member(c, meeting, org_role="みほん薬局", attend="absent", absent_reason="店を空けられない"))
        ask = self.inquiry(c, meeting, question=f"{name}様の薬について")
        self.assertIn("氏名があります", self.press(c, ask, ask + "/link", 422).text)
        self.ok(c.submit(self.fill(self.form(c, ask, ask), question="薬の飲み忘れについて")))
        token = self.link(c, ask)
        self.clock.go(15 * 86400)
        self.browsers.clear()
        self.ok(self.server.client().get(token), 404)
        c = self.browser("nurse")
        # typed in from the FAX
        form = self.form(c, ask, ask)
        self.ok(c.submit(self.fill(form, answer="一包化する")), 422)
        form = self.form(c, ask, ask)
        self.ok(c.submit(self.fill(form, how="fax", answer="一包化する", answered_on="R8.11.25", answered_by="試験 三枝")))
        # no meeting, but a reason and an answer
        url = f"/meetings/{meeting}"
        self.write(c, meeting, is_unheld="1", unheld_reason="schedule", unheld_note="三度調整したが、全員の日程が合わなかった")
        self.press(c, url, url + "/close")
        self.assertEqual(self.one("select count(*) from evidence where code in ('REC-INQ', 'REC-EXC') and person_id = (select id from person where pid = ?)", pid), 2)

    def test_two_people(self):
        pid = self.person()
        a, b = self.browser("nurse"), self.browser("social")
        meeting = self.call(pid)
        url = f"/meetings/{meeting}"
        self.clear(a, meeting)
        self.ok(self.member(a, meeting, org_role="みほん訪問看護", attend=""))
        fa, fb = self.form(a, url + "/edit", url), self.form(b, url + "/edit", url)
        self.ok(a.submit(self.fill(fa, conclusion="二人で行う")))
        r = self.ok(b.submit(self.fill(fb, conclusion="機械浴にする")), 409)
        self.assertIn("二人で行う", r.text)
        self.assertIn("機械浴にする", r.text)
        fa, fb = self.form(a, url + "/members", url + "/members"), self.form(b, url + "/members", url + "/members")
        self.ok(a.submit(self.fill(fa, attend_0="came")))
        r = self.ok(b.submit(self.fill(fb, attend_0="absent", absent_reason_0="急な用事")), 409)
        self.assertIn("ほかの人が同じところを「出席」にしました", r.text)
        form = self.post_form(r, url + "/members")
        self.assertEqual(form.get("attend_0"), "absent")
        self.assertIn("急な用事", self.ok(b.submit(form)).text)

    def test_invited_office_sees_it(self):
        pid, c = self.person(), self.browser("nurse")
        meeting = self.call(pid)
        url = f"/meetings/{meeting}"
        self.clear(c, meeting)
        for path in (url, url + "/edit", url + "/members", url + "/retire", url + "/pdf", f"/persons/{pid}/meetings"):
            self.ok(self.browser("provider").get(path), 404)
        org = self.one("select o.pid from account a join org o on o.id = a.org_id where a.login = 'provider'")
        self.ok(c.submit(self.fill(self.form(c, url + "/members", url + "/invite"), org=org)))
        r = self.ok(self.browser("provider").get(url))
        self.assertNotIn(url + "/edit", "".join(r.page.links))
        self.assertNotEqual(self.browser("provider").get(url + "/members").status, 200)
        self.clear(c, meeting)
        self.ok(self.browser("provider").get(url), 404)


if __name__ == "__main__":
    care_walk.main(__doc__)
