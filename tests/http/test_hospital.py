#!/usr/bin/env python3
"""入退院・医療連携 without script: admission with its clock, papers prefilled and issued, hearings, two people, information to the doctor.
Usage: test_hospital.py TSUNAGI"""
import re
import time

import care_walk
from care_walk import Walk


class Hospital(Walk):
    def person(self):
        n = self.one("select count(*) from person")
        return self.make(name=f"入院 {'一二三四五六七八九'[n % 9]}{n}", kana="ニュウイン " + "アカサタナハマヤラ"[n % 9], birth=f"S{5 + n % 9}.{1 + n % 12}.{1 + n % 28}",
                         home_address=f"つなぎ市北町{n}")

    def client_of(self):
        """Somebody whose case the centre has: only then medical papers may be printed."""
        pid = self.person()
        c = self.browser("nurse")
        self.ok(c.submit(self.fill(self.form(c, f"/persons/{pid}/cases/new", f"/persons/{pid}/cases"), kind="prevention")))
        return pid

    def admit(self, pid, status=200, who="nurse", **fields):
        fields = {"admitted_on": "R8.11.20", "admitted_time": "14:30", "hospital": "見本市民病院", "reason": "骨折", **fields}
        c = self.browser(who)
        return self.ok(c.submit(self.fill(self.form(c, f"/persons/{pid}/hospital/new", f"/persons/{pid}/hospital"), **fields)), status)

    def id_of(self, r, kind):
        return re.search(rf"/{kind}/([0-9a-z]{{26}})", r.url).group(1)

    def test_stay_and_clock(self):
        pid = self.person()
        c = self.browser("nurse")
        r = self.admit(pid, 422, hospital="", admitted_time="25時", note="書きかけ")
        self.assertIn('href="#f-hospital"', r.page.html)
        self.assertIn('href="#f-admitted_time"', r.page.html)
        self.assertEqual(self.post_form(r, f"/persons/{pid}/hospital").get("note"), "書きかけ")
        r = self.admit(pid)
        stay = self.id_of(r, "hospital-stays")
        self.assertIn("情報提供がまだです", self.main(r))
        self.assertIn("令和8年11月22日", self.main(r))  # (Ⅱ): the day after next
        self.assertIn("入院してから", self.main(r))
        self.assertEqual(self.one("select count(*) from task where table_name = 'hospital_stay' and state = 'open' and kind = 'document' and row_pid = ?", stay), 1)
        form = self.form(c, f"/hospital-stays/{stay}/edit", f"/hospital-stays/{stay}")
        r = self.ok(c.submit(self.fill(form, told_on="R8.11.20", told_how="fax")), 422)
        self.assertIn('href="#f-told_to"', r.page.html)
        r = self.ok(c.submit(self.fill(self.post_form(r, f"/hospital-stays/{stay}"), told_to="地域連携室 見本")))
        self.assertIn("(Ⅰ)の期限内に提供しました", self.main(r))
        self.assertEqual(self.one("select count(*) from task where table_name = 'hospital_stay' and state = 'open' and row_pid = ?", stay), 0)
        self.assertEqual(self.one("select count(*) from evidence where code = 'REC-HOSP' and row_id = (select id from hospital_stay where pid = ?)", stay), 1)
        self.assertIn(f"/hospital-stays/{stay}", "".join(self.ok(c.get(f"/persons/{pid}/hospital")).page.links))
        # the story; the cause of the stay is no word of it for who may not see medical records
        self.assertIn(f"/hospital-stays/{stay}/history", self.ok(c.get(f"/hospital-stays/{stay}")).page.links)
        self.clock.go(60)
        self.ok(c.submit(self.fill(self.form(c, f"/hospital-stays/{stay}/edit", f"/hospital-stays/{stay}"), reason="大腿骨の骨折", note="長女が付き添う")))
        r = self.ok(c.get(f"/hospital-stays/{stay}/history"))
        for word in ("情報を提供した相手", "地域連携室 見本", "大腿骨の", "長女が付き添う", "登録"):
            self.assertIn(word, r.text)
        self.assertNotIn("その他の項目", r.text)
        self.assertIn("入院（見本市民病院）", self.ok(c.get(f"/persons/{pid}/timeline")).text)

    def test_two_people_and_the_bin(self):
        pid = self.person()
        stay = self.id_of(self.admit(pid), "hospital-stays")
        a, b = self.browser("nurse"), self.browser("social")
        url = f"/hospital-stays/{stay}"
        fa, fb = self.form(a, url + "/edit", url), self.form(b, url + "/edit", url)
        self.ok(a.submit(self.fill(fa, ward="3階東")))
        r = self.ok(b.submit(self.fill(fb, ward="4階西", note="面会は午後")), 409)
        self.assertIn("3階東", r.text)
        self.assertIn("4階西", r.text)
        form = self.form(a, url + "/retire", url + "/retire")
        r = self.ok(a.submit(self.fill(form, reason="まちがい")))
        self.ok(a.get(url), 404)
        self.ok(a.submit(self.post_form(r, next(f.action for f in r.page.forms if f.action.startswith("/undo/trash/")))))
        self.ok(a.get(url))

    def test_papers(self):
        pid = self.client_of()
        c = self.browser("nurse")
        self.ok(c.submit(self.fill(self.form(c, f"/persons/{pid}/illnesses", f"/persons/{pid}/illnesses"), when_text="R5", disease="高血圧症", doctor="見本内科", is_primary="1")))
        stay = self.id_of(self.admit(pid), "hospital-stays")
        start = time.monotonic()
        form = self.form(c, f"/hospital-stays/{stay}/info/new", f"/hospital-stays/{stay}/info")
        self.assertEqual(form.get("doc_office"), "見本内科")  # prefilled
        r = self.ok(c.submit(self.fill(form, adl_bath="part", move_in=["stick", "chair"], carer="見本 花子")))
        info = self.id_of(r, "hospital-infos")
        self.assertEqual(self.ok(c.get(f"/hospital-infos/{info}/pdf")).body[:4], b"%PDF")
        self.assertLess(time.monotonic() - start, 20)
        self.assertEqual(self.ok(c.get(f"/hospital-infos/{info}/xlsx")).body[:2], b"PK")
        form = self.form(c, f"/hospital-infos/{info}", f"/hospital-infos/{info}")
        self.assertEqual((form.get("adl_bath"), form.get("carer")), ("part", "見本 花子"))
        r = self.ok(c.submit(self.fill(form, made_date="")), 422)
        self.assertIn('href="#f-made_date"', r.page.html)
        r = self.ok(c.submit(self.form(c, f"/hospital-infos/{info}", f"/hospital-infos/{info}/issue")))
        self.assertIn("入院時情報提供書", self.main(r))
        # two people on one paper: different items merge, the same one is asked
        a, b = self.browser("nurse"), self.browser("social")
        url = f"/hospital-infos/{info}"
        fa, fb = self.form(a, url, url), self.form(b, url, url)
        self.ok(a.submit(self.fill(fa, carer="見本 一郎", move_in=["walker"])))
        r = self.ok(b.submit(self.fill(fb, carer="見本 二郎")), 409)
        self.assertIn("見本 一郎", r.text)
        self.assertIn("見本 二郎", r.text)
        # the story in the words of the form
        self.assertIn(f"/hospital-infos/{info}/history", "".join(a.get(url).page.links))
        r = self.ok(a.get(f"{url}/history"))
        for word in ("一郎", "花子", "登録", "歩行器"):
            self.assertIn(word, r.text)
        self.assertNotIn("その他の項目", r.text)
        self.ok(self.browser("cm2").get(f"{url}/history"), 404)
        # several hearings; the stay tells the newest
        form = self.form(c, f"/hospital-stays/{stay}/record/new", f"/hospital-stays/{stay}/record")
        r = self.ok(c.submit(self.fill(form, **{"disease_1": "骨折", "hearing.0.on": "R8.11.20", "hearing.0.by": "看護師 見本", "hearing.0.conference": "no",
                                               "hearing.1.on": "R8.11.20", "hearing.1.by": "医師 見本", "hearing.1.conference": "yes"})))
        record = self.id_of(r, "discharge-records")
        self.assertIn("カンファレンス", self.main(self.ok(c.get(f"/hospital-stays/{stay}"))))
        self.assertEqual(self.ok(c.get(f"/discharge-records/{record}/pdf")).body[:4], b"%PDF")
        url = f"/discharge-records/{record}"
        fa, fb = self.form(a, url, url), self.form(b, url, url)
        self.ok(a.submit(self.fill(fa, **{"hearing.2.on": "R8.11.19", "hearing.2.by": "薬剤師 見本"}, disease_1="大腿骨骨折")))
        r = self.ok(b.submit(self.fill(fb, disease_1="頸部骨折")), 409)
        self.assertIn("大腿骨骨折", r.text)
        self.ok(b.submit(self.post_form(r, url)))
        self.assertIn("薬剤師 見本", self.one("select hearing from discharge_record where pid = ?", record))
        self.ok(c.submit(self.fill(self.form(c, url, url + "/retire"), reason="まちがい")))
        self.ok(c.get(url), 404)

    def test_information_to_the_doctor(self):
        pid = self.client_of()
        c = self.browser("nurse")
        form = self.form(c, f"/persons/{pid}/doctor-infos/new", f"/persons/{pid}/doctor-infos")
        r = self.ok(c.submit(self.fill(form, medication="飲み忘れ")), 422)
        self.assertIn('href="#f-from_office"', r.page.html)
        back = self.post_form(r, f"/persons/{pid}/doctor-infos")
        self.assertEqual(back.get("medication"), "飲み忘れ")
        r = self.ok(c.submit(self.fill(back, to_kind="doctor", from_office="訪問看護 見本", received_on="R8.11.19", to_office="見本内科", topic=["medication"])))
        info = self.id_of(r, "doctor-infos")
        url = f"/doctor-infos/{info}"
        self.assertEqual(self.one("select count(*) from task where table_name = 'doctor_info' and state = 'open' and row_pid = ?", info), 1)
        r = self.ok(c.submit(self.fill(self.form(c, url, url + "/send"), sent_on="R8.11.20", sent_how="fax")), 422)
        self.assertIn("同意が記録されていません", r.text)
        self.assertEqual(self.one("select count(*) from issued_doc where table_name = 'doctor_info' and row_id = (select id from doctor_info where pid = ?)", info), 0)
        r = self.ok(c.submit(self.fill(self.form(c, url, url), consent_date="R8.11.19", consent_by="本人", consent_how="oral", consent_topic=["medication"])))
        r = self.ok(c.submit(self.fill(self.form(c, url, url + "/send"), sent_on="R8.11.20", sent_how="fax")))
        self.assertIn("提供した", self.main(r))
        self.assertEqual(self.one("select count(*) from issued_doc where table_name = 'doctor_info' and row_id = (select id from doctor_info where pid = ?)", info), 1)
        self.assertEqual(self.one("select count(*) from evidence where code = 'REC-MEDINFO' and row_id = (select id from doctor_info where pid = ?)", info), 1)
        r = self.ok(c.submit(self.fill(self.form(c, url, url), reply="一包化しました")))
        self.assertIn("一包化しました", r.page.html)
        self.assertEqual(self.ok(c.get(url + "/pdf")).body[:4], b"%PDF")

    def test_another_office_sees_nothing(self):
        pid = self.person()
        c = self.browser("nurse")
        stay = self.id_of(self.admit(pid), "hospital-stays")
        info = self.id_of(self.ok(c.submit(self.form(c, f"/hospital-stays/{stay}/info/new", f"/hospital-stays/{stay}/info"))), "hospital-infos")
        for who in ("cm2", "provider"):
            other = self.browser(who)
            for path in (f"/hospital-stays/{stay}", f"/hospital-stays/{stay}/edit", f"/hospital-stays/{stay}/info/new", f"/hospital-infos/{info}", f"/hospital-infos/{info}/pdf",
                         f"/persons/{pid}/hospital", f"/persons/{pid}/doctor-infos/new"):
                self.ok(other.get(path), 404)


if __name__ == "__main__":
    care_walk.main(__doc__)
