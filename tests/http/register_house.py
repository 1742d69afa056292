"""The small house of person_house.c with browsers for its accounts: what the tests of the register stand on."""
import base64, datetime, json, os, pathlib, re, shutil, sys, tempfile, unittest

import client

SECRET = base64.b32encode(b"12345678901234567890").decode()
PASSWORD = "shiroi-neko-ga-hashiru-2026"
AT = datetime.datetime.fromisoformat(client.NOW.replace("Z", "+00:00")).timestamp()
PROGRAMS = {}


class RegisterHouse(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.dir = tempfile.mkdtemp(prefix="tsunagi-person-")
        made = client.run(PROGRAMS["house"], cls.dir + "/data")
        cls.ids = json.loads(made.stdout)
        cls.server = client.Server(PROGRAMS["tsunagi"], cls.dir + "/data", log=cls.dir + "/log").start()
        cls.browsers = {}

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        if os.environ.get("TSUNAGI_TEST_KEEP"):
            print("kept:", cls.dir)
        else:
            shutil.rmtree(cls.dir)

    def browser(self, who):
        """One log-in per account: a code counts once in its half minute."""
        if who not in self.browsers:
            c = self.server.client()
            form = c.get("/login").page.form("/login")
            page = c.submit(form.set("login", who).set("password", PASSWORD)).page
            r = c.submit(page.form("/login/code").set("code", client.totp(SECRET, AT)))
            self.assertEqual(r.status, 200, r.text[:300])
            self.browsers[who] = c
        return self.browsers[who]

    def form(self, c, url, action):
        r = c.get(url)
        self.assertEqual(r.status, 200, f"{url}: {r.text[:400]}")
        return next(f for f in r.page.forms if f.action.split("?")[0] == action)

    def make(self, who="hana", **fields):
        c = self.browser(who)
        form = self.form(c, "/persons/new", "/persons")
        for name, value in fields.items():
            form.set(name, value)
        r = c.submit(form)
        self.assertEqual(r.status, 200, r.text[:600])
        return re.search(r"/persons/([0-9a-z]{26})", r.url).group(1)

    def search(self, c, text):
        form = self.form(c, "/bin", "/persons/search")
        return c.submit(form.set("text", text))

    def add(self, c, pid, slug, expect=200, /, **fields):
        form = self.form(c, f"/persons/{pid}/records/{slug}/new", f"/persons/{pid}/records/{slug}")
        for name, value in fields.items():
            form.set(name, value)
        r = c.submit(form)
        self.assertEqual(r.status, expect, r.text[:900])
        return r


def main(doc):
    if len(sys.argv) < 2:
        sys.exit(doc)
    PROGRAMS["tsunagi"] = sys.argv[1]
    house = sys.argv[2] if len(sys.argv) > 2 and not sys.argv[2].startswith("-") else str(pathlib.Path(sys.argv[1]).parent / "tests/unit/person_house")
    PROGRAMS["house"] = house
    unittest.main(module="__main__", argv=[sys.argv[0]] + [a for a in sys.argv[2:] if a != house], verbosity=1)
