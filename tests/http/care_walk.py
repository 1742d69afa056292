"""A demo town with a running server, and people who use it without script: what the walks through the care room share.
Every page they see is also read for words no user should meet: codes, ids, English."""
import json, os, pathlib, re, shutil, sqlite3, sys, tempfile, unittest
from urllib.parse import quote, urlencode

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "proof")]
import client  # noqa: E402
from house import Clock  # noqa: E402

SECRET, PASSWORD, NOBODY = "TSUNAGIDEMOTSUNAGIDEMOTSUNAGIDEM", "tsunagi-demo-2026", "0" * 26
PEOPLE = 100
# names a user knows, and the numbers of sources and rules that are printed as they are published
KNOWN = re.compile(r"https?://\S+|\bR-[A-Z]+-[0-9A-Za-z-]+|\b(FHIR|QuestionnaireResponse|resourceType|Excel|JSON|Backspace|tsunagi|seed|forms-careplan|Ctrl|Shift|Enter)\b")
RAW = re.compile(r"[a-z_]{4,}|(?<![0-9a-z])[0-9a-hjkmnp-tv-z]{26}(?![0-9a-z])|%[sd]|\bNULL\b|\bINT_|[｛{]{2}")


def raw_words(text):
    return [m.group(0) for m in RAW.finditer(KNOWN.sub(" ", text))]


class Walk(unittest.TestCase):
    binary = None

    @classmethod
    def setUpClass(cls):
        cls.dir = pathlib.Path(tempfile.mkdtemp(prefix="tsunagi-care-"))
        cls.clock = Clock(cls.dir / "clock")
        cls.env = {**cls.clock.env, "ASAN_OPTIONS": "detect_leaks=0"}
        client.run(cls.binary, "demo", "--data", cls.dir / "data", "--people", PEOPLE, env=cls.env)
        cls.server = client.Server(cls.binary, cls.dir / "data", log=str(cls.dir / "log"), env=cls.env).start()
        cls.browsers, cls.raw = {}, {}

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        if os.environ.get("TSUNAGI_TEST_KEEP"):
            print("kept:", cls.dir)
        else:
            shutil.rmtree(cls.dir)

    def setUp(self):
        self.raw.clear()

    def tearDown(self):
        self.assertEqual(self.raw, {}, "words a user should not meet")

    # ---- people and their browsers ----

    def log_in(self, who):
        """A browser of its own; a code counts once, so the clock goes on half a minute."""
        self.clock.go(31)
        c = self.server.client()
        page = c.submit(c.get("/login").page.form("/login").set("login", who).set("password", PASSWORD)).page
        r = c.submit(page.form("/login/code").set("code", client.totp(SECRET, self.clock.at)))
        self.assertEqual(r.status, 200, r.text[:300])
        plain = c.request

        def reading(method, url, *a, **kw):
            r = plain(method, url, *a, **kw)
            if r.page:
                words = raw_words(r.page.text)
                if words:
                    self.raw.setdefault(re.sub(r"[0-9a-z]{26}", "…", r.url), words[:8])
            return r
        c.request = reading
        return c

    def browser(self, who):
        if who not in self.browsers:
            self.browsers[who] = self.log_in(who)
        return self.browsers[who]

    def new_day(self, at):
        """Another day: whoever was logged in has been logged out by then."""
        self.clock.set(at)
        self.browsers.clear()

    # ---- pages and forms ----

    def ok(self, r, status=200):
        self.assertEqual(r.status, status, f"{r.url}: {r.text[:900]}")
        return r

    def post_form(self, r, action):
        for f in r.page.forms:
            if f.method == "post" and f.action.split("?")[0] == action:
                return f
        self.fail(f"no form {action} on {r.url}: {[f.action for f in r.page.forms]} {r.text[:600]}")

    def form(self, c, url, action):
        return self.post_form(self.ok(c.get(url)), action)

    def fill(self, form, **fields):
        for name, value in fields.items():
            form.set(name, value)
        return form

    def button(self, c, form, formaction):
        """A button that sends the same form elsewhere."""
        form.action = formaction
        return c.submit(form)

    def main(self, r):
        """What stands in the page itself, without menu and search box."""
        return r.page.html.split("<main")[1].split("</main>")[0]

    def make(self, who="nurse", **fields):
        c = self.browser(who)
        fields.setdefault("home_address", "つなぎ市北町1-1-1")
        r = self.ok(c.submit(self.fill(self.form(c, "/persons/new", "/persons"), **fields)))
        return re.search(r"/persons/([0-9a-z]{26})", r.url).group(1)

    def draft(self, c, key, fields, title="相談", base=0):
        """What the page's script sends five seconds after the last key."""
        token = c.get("/bin").page.form("/logout").get("csrf")
        body = urlencode({"title": title, "fields": json.dumps(fields), "base": base, "focus": "", "class": ""}).encode()
        r = c.request("POST", "/drafts/" + quote(key, safe=""), body, {"Content-Type": "application/x-www-form-urlencoded", "X-Tsunagi": "1",
                                                                    "X-Tsunagi-Csrf": token})
        self.assertEqual(r.status, 200, r.text[:300])

    def drafted(self, c, key):
        return json.loads(c.get("/drafts/" + quote(key, safe="")).body)

    # ---- what the data file says ----

    def rows(self, sql, *args):
        db = sqlite3.connect(f"file:{self.dir}/data/tsunagi.db?mode=ro", uri=True, timeout=20)
        try:
            return db.execute(sql, args).fetchall()
        finally:
            db.close()

    def one(self, sql, *args):
        return self.rows(sql, *args)[0][0]


def main(doc):
    if len(sys.argv) < 2:
        sys.exit(doc)
    Walk.binary = sys.argv[1]
    names = [a for a in sys.argv[2:] if not pathlib.Path(a).is_file()]
    unittest.main(module="__main__", argv=[sys.argv[0]] + names, verbosity=1)
