#!/usr/bin/env python3
"""What changed since I last looked: marks on the person's page and the time line, the button that clears them, the numbers on the list of
cases and on today's work. Usage: test_seen.py TSUNAGI"""
import re

import care_walk
from care_walk import Walk


class Seen(Walk):
    def person(self, n):
        return self.make(name=f"変更 {'一二三四五'[n]}郎", kana="ヘンコウ " + "アカサタナ"[n], birth=f"S{5 + n}.{1 + n}.3", home_address=f"つなぎ市北町{n}-2")

    def write(self, who, pid, text):
        self.clock.go(5)
        c = self.browser(who)
        form = self.form(c, f"/persons/{pid}/log/new", f"/persons/{pid}/log")
        self.ok(c.submit(self.fill(form, item="phone", content=text)))

    def fresh(self, c, pid):
        return len(re.findall(r"<tr><td>.*?</tr>", self.main(self.ok(c.get(f"/persons/{pid}/timeline?fresh=1"))), re.S))

    def marks(self, r):
        return re.findall(r'<strong class="tag note">(新|変更)</strong>', self.main(r))

    def test_marks(self):
        pid = self.person(0)
        a = self.browser("nurse")
        before = self.one("select count(*) from person_seen")
        r = self.ok(a.get(f"/persons/{pid}"))
        self.assertEqual(self.one("select count(*) from person_seen"), before, "opening a page wrote a mark")
        self.write("social", pid, "一つ目の電話")
        self.assertEqual(self.marks(self.ok(a.get(f"/persons/{pid}"))), [], "who never read is told of nothing")
        audit = self.one("select count(*) from audit_entry")
        r = self.ok(a.submit(self.form(a, f"/persons/{pid}/timeline", f"/persons/{pid}/seen")))
        self.assertTrue(r.url.split("?")[0].endswith("/timeline"))
        self.assertIn("読んだ印を付けました", r.text)
        self.assertEqual(self.one("select count(*) from audit_entry"), audit)
        self.assertEqual(self.fresh(a, pid), 0)
        self.write("social", pid, "二つ目の電話")
        self.write("social", pid, "三つ目の電話")
        self.write("nurse", pid, "自分の電話")
        r = self.ok(a.get(f"/persons/{pid}"))
        self.assertIn("前に見たあとの変更", self.main(r))
        box = self.main(r).split('id="c-seen"')[1].split("</section>")[0]
        self.assertEqual(box.count("<li>"), 2)
        self.assertIn("三つ目の電話", box)
        self.assertNotIn("自分の電話", box)
        self.assertRegex(box, r"令和8年11月20日 \d\d:\d\d [^<]+ 記録</small>")
        self.assertIn("data-seen", box)
        self.assertEqual(self.fresh(a, pid), 2)
        line = self.ok(a.get(f"/persons/{pid}/timeline"))
        self.assertEqual(self.marks(line), ["新", "新"])
        # what comes in while the page is being read stays new
        form = self.post_form(r, f"/persons/{pid}/seen")
        self.write("social", pid, "四つ目の電話")
        self.ok(a.submit(form))
        self.assertEqual(self.fresh(a, pid), 1)
        # the other one has marks of her own
        self.assertEqual(self.marks(self.ok(self.browser("social").get(f"/persons/{pid}/timeline"))), [])
        # as the script says it
        r = self.ok(a.get(f"/persons/{pid}"))
        form = self.post_form(r, f"/persons/{pid}/seen")
        r = a.request("POST", f"/persons/{pid}/seen", f"upto={form.get('upto')}".encode(), {"Content-Type": "application/x-www-form-urlencoded",
                      "X-Tsunagi": "1", "X-Tsunagi-Csrf": form.get("csrf")})
        self.assertEqual((r.status, r.body), (200, b"{}"))
        self.assertEqual(self.fresh(a, pid), 0)
        # a person edited by somebody else: the line says so, though its words are the same
        s = self.browser("social")
        self.clock.go(5)
        self.ok(s.submit(self.fill(self.form(s, f"/persons/{pid}/edit", f"/persons/{pid}"), phone="045-111-2222")))
        self.assertEqual(self.marks(self.ok(a.get(f"/persons/{pid}/timeline"))), ["変更"])

    def test_bad_input(self):
        pid = self.person(1)
        a = self.browser("nurse")
        form = self.form(a, f"/persons/{pid}/timeline", f"/persons/{pid}/seen")
        r = a.submit(self.fill(form, upto="きのう"))
        self.assertEqual(r.status, 422)
        self.assertEqual(self.one("select count(*) from person_seen where person_id = (select id from person where pid = ?)", pid), 0)
        cm = self.browser("cm1")
        token = cm.get("/bin").page.form("/logout").get("csrf")
        r = cm.request("POST", f"/persons/{pid}/seen", b"upto=5", {"Content-Type": "application/x-www-form-urlencoded", "X-Tsunagi": "1", "X-Tsunagi-Csrf": token})
        self.assertEqual(r.status, 404)

    def test_lists(self):
        pid = self.person(2)
        a = self.browser("nurse")
        form = self.form(a, f"/persons/{pid}/cases/new", f"/persons/{pid}/cases")
        self.ok(a.submit(self.fill(form, kind="prevention", referred_on="R8.3.1", expl_on="R8.3.1", expl_to="本人", contract_on="R8.3.2", start_on="R8.4.1")))
        self.ok(a.submit(self.form(a, f"/persons/{pid}/timeline", f"/persons/{pid}/seen")))
        none = self.main(self.ok(a.get("/work/changed")))
        self.assertNotIn("変更 三郎", none)
        for text in ("一", "二", "三"):
            self.write("social", pid, f"電話{text}")
        rows, page = [], 0
        while True:
            page += 1
            r = self.ok(a.get(f"/caseload?page={page}"))
            rows += re.findall(r"<tr data-quick.*?</tr>", self.main(r), re.S)
            if f"page={page + 1}" not in r.page.html:
                break
        row = next(x for x in rows if f"/persons/{pid}" in x)
        self.assertRegex(row, r"3件の変更")
        link = re.search(r'href="(/persons/[0-9a-z]{26}/timeline\?fresh=1)"', row).group(1)
        self.assertEqual(len(re.findall(r"<tr><td>", self.main(self.ok(a.get(link))))), 3)
        self.assertEqual(sum("件の変更" in x for x in rows), 1)
        box = self.main(self.ok(a.get("/work/changed")))
        self.assertIn("3件の変更", box)
        home = self.main(self.ok(a.get("/")))
        n = int(re.search(r'href="/work/changed"><span class="figure">(\d+)', home).group(1))
        self.assertEqual(n, len(re.findall(r"件の変更", box)))
        self.ok(a.submit(self.form(a, f"/persons/{pid}", f"/persons/{pid}/seen")))
        self.assertNotIn("変更 三郎", self.main(self.ok(a.get("/work/changed"))))


if __name__ == "__main__":
    care_walk.main(__doc__)
