"""A small browser without script: cookies, forms as a person would fill them, TOTP. Standard library only.

Used by tests/http and tests/proof. Every request stays on 127.0.0.1.
"""
import functools, base64, hashlib, hmac, http.client, json, os, pathlib, re, shutil, signal, socket, struct, subprocess, sys, tempfile, time
from html.parser import HTMLParser
from urllib.parse import urlencode, urljoin, urlsplit

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOW = "2026-11-20T01:00:00Z"  # 10:00 in Japan, a Friday


def totp(secret: str, at: float) -> str:
    key = base64.b32decode(secret.upper() + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(at) // 30), hashlib.sha1).digest()
    o = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[o:o + 4])[0] & 0x7FFFFFFF) % 1000000:06d}"


class Form:
    def __init__(self, attrs):
        self.action = attrs.get("action", "")
        self.method = attrs.get("method", "get").lower()
        self.id = attrs.get("id", "")
        self.fields = []  # [name, value] as a browser would send them
        self.options = {}  # name -> values one can choose
        self.buttons = []  # (name, value)
        self.labels = {}

    def __contains__(self, name):
        return any(n == name for n, _ in self.fields) or name in self.options

    def get(self, name):
        return next((v for n, v in self.fields if n == name), None)

    def set(self, name, value):
        """Fill a field; a list sets several of the same name (checkboxes)."""
        if name not in self:
            raise KeyError(f"the form {self.action} has no field {name}")
        values = value if isinstance(value, list) else [value]
        if name in self.options:
            for v in values:
                if v not in self.options[name]:
                    raise ValueError(f"{name} has no choice {v!r}: {self.options[name]}")
        self.fields = [f for f in self.fields if f[0] != name] + [[name, v] for v in values]
        return self


    def names(self):
        return list(dict.fromkeys([n for n, _ in self.fields] + list(self.options)))

    def press(self, name, value):
        """A button with a name sends it along."""
        self.fields = [f for f in self.fields if f[0] != name] + [[name, value]]
        return self


class Page(HTMLParser):
    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.html, self.forms, self.links, self.text_parts = html, [], [], []
        self._form = self._select = self._area = None
        self._skip = self._template = 0
        self.feed(html)
        self.text = re.sub(r"[ \t\r\n]+", " ", " ".join(self.text_parts))

    def handle_starttag(self, tag, attrs):
        a = {k: (v if v is not None else "") for k, v in attrs}
        if tag == "template":  # what a script makes rows from: no part of the page
            self._template += 1
        if self._template:
            return
        if tag in ("script", "style"):
            self._skip += 1
        if tag == "a" and "href" in a:
            self.links.append(a["href"])
        if tag == "form":
            self._form = Form(a)
            self.forms.append(self._form)
        form = self._form
        if "form" in a:
            form = next((f for f in self.forms if f.id == a["form"]), form)
        if not form or "disabled" in a:
            return
        name = a.get("name")
        if tag == "input" and name:
            kind = a.get("type", "text")
            if kind in ("radio", "checkbox"):
                form.options.setdefault(name, []).append(a.get("value", "on"))
                if "checked" in a:
                    form.fields.append([name, a.get("value", "on")])
            elif kind in ("submit", "button", "image"):
                form.buttons.append((name, a.get("value", "")))
            elif kind != "file":
                form.fields.append([name, a.get("value", "")])
        elif tag == "button" and name:
            form.buttons.append((name, a.get("value", "")))
        elif tag == "select" and name:
            self._select = [name, None, None]
            form.options.setdefault(name, [])
        elif tag == "option" and self._select:
            value = a.get("value", "")
            form.options[self._select[0]].append(value)
            if self._select[1] is None:
                self._select[1] = value
            if "selected" in a:
                self._select[2] = value
        elif tag == "textarea" and name:
            self._area = [name, ""]

    def handle_endtag(self, tag):
        if tag == "template":
            self._template -= 1
        if self._template:
            return
        if tag in ("script", "style"):
            self._skip -= 1
        if tag == "select" and self._select and self._form:
            name, first, chosen = self._select
            self._form.fields.append([name, chosen if chosen is not None else (first or "")])
            self._select = None
        if tag == "textarea" and self._area and self._form:
            value = self._area[1]
            self._form.fields.append([self._area[0], value[1:] if value.startswith("\n") else value])
            self._area = None
        if tag == "form":
            self._form = None

    def handle_data(self, data):
        if self._area is not None:
            self._area[1] += data
        elif not self._skip and not self._template:
            self.text_parts.append(data)

    def form(self, action_part):
        for f in self.forms:
            if action_part in f.action:
                return f
        raise KeyError(f"no form for {action_part}; there are {[f.action for f in self.forms]}")


class Response:
    def __init__(self, status, headers, body, url):
        self.status, self.headers, self.body, self.url = status, headers, body, url

    @functools.cached_property
    def page(self):
        """Read only when asked for: comparing bytes needs no parser."""
        return Page(self.body.decode("utf-8")) if self.headers.get("content-type", "").startswith("text/html") else None

    @property
    def text(self):
        return self.page.text if self.page else self.body.decode("utf-8", "replace")


class Client:
    """keep: one connection for all requests; only for walks that change nothing, since a request may be sent again."""

    def __init__(self, host, port, keep=False):
        self.host, self.port, self.cookies, self.url, self.keep, self.conn = host, port, {}, "/", keep, None

    def _exchange(self, method, url, body, headers):
        for again in (True, False):
            fresh = self.conn is None
            conn = self.conn or http.client.HTTPConnection(self.host, self.port, timeout=60)
            self.conn = None
            try:
                conn.request(method, url, body=body, headers=headers)
                raw = conn.getresponse()
                data = raw.read()
                if self.keep and not raw.will_close:
                    self.conn = conn
                return raw, data
            except (http.client.BadStatusLine, ConnectionError):
                if fresh or not again:  # a kept connection may have been closed meanwhile
                    raise
            finally:
                if self.conn is not conn:
                    conn.close()

    def request(self, method, url, body=None, headers=None, follow=True):
        headers = dict(headers or {})
        headers["Host"] = f"{self.host}:{self.port}"
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        raw, data = self._exchange(method, url, body, headers)
        head = {}
        for k, v in raw.getheaders():
            if k.lower() == "set-cookie":
                name, _, rest = v.partition("=")
                value = rest.split(";")[0]
                if "max-age=0" in rest.lower() or value == "":
                    self.cookies.pop(name, None)
                else:
                    self.cookies[name] = value
            head[k.lower()] = v
        if follow and raw.status in (301, 302, 303, 307) and "location" in head:
            target = urlsplit(urljoin(url, head["location"]))
            return self.request("GET", target.path + ("?" + target.query if target.query else ""))
        self.url = url
        return Response(raw.status, head, data, url)

    def get(self, url, **kw):
        return self.request("GET", url, **kw)

    def submit(self, form, button=None, follow=True, here=None):
        fields = [tuple(f) for f in form.fields]
        if button:
            fields.append(button)
        url = urljoin(here or self.url, form.action or self.url)
        if form.method == "get":
            return self.get(url + "?" + urlencode(fields), follow=follow)
        return self.request("POST", url, urlencode(fields).encode(), {"Content-Type": "application/x-www-form-urlencoded"},
                            follow=follow)


class Server:
    """A server on its own data folder and port; the clock stands at NOW unless told otherwise."""

    def __init__(self, binary, data, env=None, workers=2, log=None, more=()):
        self.binary, self.data, self.log = str(binary), str(data), log
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.env = {**os.environ, "TSUNAGI_NOW": NOW, "TSUNAGI_SHARE": str(ROOT), **(env or {})}
        self.workers, self.more = workers, list(more)
        self.proc = None

    def start(self):
        err = open(self.log, "ab") if self.log else subprocess.DEVNULL
        self.proc = subprocess.Popen([self.binary, "serve", "--data", self.data, "--listen", f"127.0.0.1:{self.port}",
                                      "--workers", str(self.workers), *self.more], env=self.env, stdout=err, stderr=err,
                                     start_new_session=True)
        for _ in range(600):
            if self.proc.poll() is not None:
                raise RuntimeError(f"the server ended at once, code {self.proc.returncode}")
            try:
                with socket.create_connection(("127.0.0.1", self.port), 0.2):
                    return self
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("the server did not open its port")

    def stop(self):
        if self.proc and self.proc.poll() is None:
            self.proc.send_signal(signal.SIGTERM)
            try:
                self.proc.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(self.proc.pid, signal.SIGKILL)
                self.proc.wait()
                raise RuntimeError("the server did not end within 20 seconds")
            if self.proc.returncode != 0:  # the sanitizers say so here too: memory nobody gave back ends with 23
                raise RuntimeError(f"the server ended with {self.proc.returncode}: {self.last_words()}")
        self.proc = None

    def last_words(self):
        return pathlib.Path(self.log).read_text("utf-8", "replace")[-3000:] if self.log else "no log was kept"

    def client(self, keep=False):
        return Client("127.0.0.1", self.port, keep)

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()


def run(binary, *args, env=None, stdin=None, check=True):
    e = {**os.environ, "TSUNAGI_NOW": NOW, "TSUNAGI_SHARE": str(ROOT), **(env or {})}
    p = subprocess.run([str(binary), *map(str, args)], input=stdin, capture_output=True, env=e)
    if check and p.returncode != 0:
        raise RuntimeError(f"{args} ended with {p.returncode}: {p.stderr.decode('utf-8', 'replace')[-2000:]}")
    return p
