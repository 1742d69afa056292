"""A small house with a clock that is moved by hand and a running server, for the tests beside this file."""
import json, pathlib, shutil, sys, tempfile  # noqa: F401
from urllib.parse import urlencode  # noqa: F401

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "proof")]
from house import *  # noqa: E402,F401,F403
import house  # noqa: E402


def post_form(page, action):
    """The POST form of exactly this address, where a GET form has a similar one."""
    return next(f for f in page.forms if f.method == "post" and f.action == action)


class Town:
    def __init__(self, persons=6, env=None):
        self.dir = pathlib.Path(tempfile.mkdtemp(prefix="tsunagi-http-"))
        self.data, self.log = self.dir / "data", self.dir / "log"
        self.clock = house.Clock(self.dir / "clock")
        self.secrets = house.small_house(self.data, self.clock, persons)
        self.clock.go(120)
        self.exe = house.binary("fast")
        self.server = house.Server(self.exe, self.data, env={**self.clock.env, **(env or {})}, log=str(self.log))

    def __enter__(self):
        self.server.start()
        return self

    def __exit__(self, *_):
        self.server.stop()
        shutil.rmtree(self.dir, ignore_errors=True)

    def client(self):
        return self.server.client()

    def log_in(self, login, password=house.PASSWORD):
        """A code is good once, so the clock goes on a little."""
        self.clock.go(31)
        c = self.client()
        house.log_in(c, login, self.secrets[login], self.clock.at, password)
        return c

    def rows(self, sql, *args):
        db = house.open_db(self.data)
        try:
            return [tuple(r) for r in db.execute(sql, args)]
        finally:
            db.close()

    def one(self, sql, *args):
        return self.rows(sql, *args)[0][0]

    def run(self, *args, **kw):
        return house.run(self.exe, *args, "--data", self.data, env=self.clock.env, **kw)
