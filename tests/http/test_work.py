#!/usr/bin/env python3
"""今日の仕事: every number is a link to exactly its rows, over all pages, for several roles, for all and for one's own; a task ticked
off leaves the box. Usage: test_work.py TSUNAGI"""
import re

import care_walk
from care_walk import Walk


class Work(Walk):
    def boxes(self, c, url):
        """code → number, as the first page shows them."""
        html = self.ok(c.get(url)).page.html
        return {m.group(1): int(m.group(2).replace(",", "")) for m in
                re.finditer(r'<a href="(/work/[^"]+)"><span class="figure">([\d,]+)<', html)}

    def rows_of(self, c, url):
        """The rows of a list over all its pages."""
        rows, seen, page = [], set(), 1
        while True:
            r = self.ok(c.get(f"{url}{'&' if '?' in url else '?'}page={page}"))
            body = r.page.html.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in r.page.html else ""
            here = re.findall(r"<tr>.*?</tr>", body, re.S)
            key = re.sub(r'value="[^"]*"', "", body)
            if not here or key in seen:
                return rows
            seen.add(key)
            rows += here
            page += 1

    def test_every_number_is_its_rows(self):
        some = 0
        for who in ("nurse", "social", "chief", "head", "branch", "nurse2", "cm1", "city", "provider", "msw"):
            c = self.browser(who)
            for url in ("/", "/?who=me"):
                boxes = self.boxes(c, url)
                self.assertTrue(boxes, who)
                for path, n in boxes.items():
                    self.assertEqual(len(self.rows_of(c, path.replace("&amp;", "&"))), n, f"{who} {path}")
                    some += n
        self.assertGreater(some, 20, "the town has work")

    def test_many_rows_over_pages(self):
        c = self.browser("head")
        for i in range(60):
            form = self.form(c, "/consults/new", "/consults")
            r = c.submit(self.fill(form, source="family", person_label=f"名前の分からない方{i}", content=f"相談{i}"))
            self.assertEqual(r.status, 200)
        boxes = self.boxes(c, "/")
        big = max(boxes, key=boxes.get)
        self.assertGreaterEqual(boxes[big], 60)
        rows = self.rows_of(c, big)
        self.assertEqual(len(rows), boxes[big])
        self.assertEqual(len({re.sub(r'value="[^"]*"', "", x) for x in rows}), len(rows), "no row twice")

    def test_done_leaves_the_box(self):
        c = self.browser("nurse")
        for path in self.boxes(c, "/"):
            r = c.get(path)
            form = next((f for f in r.page.forms if f.action.endswith("/done")), None)
            if form:
                before = self.boxes(c, "/")[path]
                r = self.ok(c.submit(form))
                self.assertEqual(self.boxes(c, "/")[path], before - 1)
                self.assertNotIn(form.action, [f.action for f in r.page.forms])
                return
        self.fail("no task to tick off in the whole town")

    def test_no_box_of_this_name(self):
        self.assertEqual(self.browser("nurse").get("/work/nothing").status, 404)
        self.browser("nurse").get("/")


if __name__ == "__main__":
    care_walk.main(__doc__)
