#!/usr/bin/env python3
"""The list of family carers: working ones, by who is in charge, only of people supported here; the same rows as CSV.
Usage: test_carers.py TSUNAGI"""
import csv, io, re

import care_walk
from care_walk import Walk


class Carers(Walk):
    def carer(self, n, works, case=True, **more):
        pid = self.make(name=f"介護 {'一二三四五'[n]}郎", kana="カイゴ " + "アカサタナ"[n], birth=f"S{5 + n}.{1 + n}.3", home_address=f"つなぎ市北町{n}-2")
        c = self.browser("nurse")
        if case:
            form = self.form(c, f"/persons/{pid}/cases/new", f"/persons/{pid}/cases")
            self.ok(c.submit(self.fill(form, kind="prevention", referred_on="R8.3.1", expl_on="R8.3.1", expl_to="本人", contract_on="R8.3.2", start_on="R8.4.1")))
        form = self.form(c, f"/persons/{pid}/relations/new", f"/persons/{pid}/relations")
        self.ok(c.submit(self.fill(form, name=f"家族 {n}子", kind="child", label="長女")))
        form = self.form(c, f"/persons/{pid}/records/carer/new", f"/persons/{pid}/records/carer")
        rel = self.one("select pid from relation where person_id = (select id from person where pid = ?)", pid)
        self.ok(c.submit(self.fill(form, relation_id=rel, from_on="R8.4.1", works=works, **more)))
        return pid

    def test_list(self):
        c = self.browser("nurse")
        yes = self.carer(0, "yes", occupation="市内のスーパー", work_hours="9:00–15:00", strain="夜に起こされる")
        leave = self.carer(1, "on_leave", leave_kind="介護休業", leave_days_used="30")
        no = self.carer(2, "no")
        other = self.carer(3, "yes", case=False)  # nobody's case: not supported here
        main = self.main(self.ok(c.get("/carers")))
        rows = re.findall(r'<tr><th scope="row">.*?</tr>', main, re.S)
        of = lambda pid: [x for x in rows if pid in x]
        self.assertEqual([len(of(p)) for p in (yes, leave, no, other)], [1, 1, 0, 0])
        for word in ("市内のスーパー", "9:00–15:00", "夜に起こされる", "家族 0子", "長女"):
            self.assertIn(word, of(yes)[0])
        self.assertIn("63日", of(leave)[0])
        main = self.main(self.ok(c.get("/carers?works=all")))
        self.assertIn(no, main)
        main = self.main(self.ok(c.get("/carers?works=no")))
        self.assertIn(no, main)
        self.assertNotIn(yes, main)
        r = self.ok(c.get("/carers/csv"))
        table = list(csv.DictReader(io.StringIO(r.body.decode("utf-8-sig"))))
        self.assertEqual(len(table), len(rows))
        mine = next(x for x in table if x["利用者"] == "介護 二郎")
        self.assertEqual((mine["就労"], mine["介護休業の残り"], mine["続柄"]), ("休業中", "63日", "長女"))
        self.assertIn("/carers", self.ok(c.get("/caseload")).page.html)
        # another house sees its own people alone
        for who in ("nurse2", "cm1"):
            for path in ("/carers?works=all", "/carers/csv?works=all"):
                self.assertNotIn("介護 一郎", self.ok(self.browser(who).get(path)).body.decode("utf-8-sig"))


if __name__ == "__main__":
    care_walk.main(__doc__)
