#!/usr/bin/env python3
"""Nothing calls out: the server and every command run under strace; no socket reaches another host.

Every connect, sendto, sendmsg and bind is read: allowed are unix sockets inside the machine (the table of users of the system, nothing that resolves host names) and
127.0.0.1 / ::1. Pages are also read: no reference to another host in any page, style or script, and the policy header
(CSP) that forbids it is on every page. A control shows that a call outwards would be seen.
"""
import pathlib, shutil, subprocess, sys, tempfile
from urllib.parse import urlsplit

from house import *

CALLS = "trace=connect,sendto,sendmsg,sendmmsg,bind"
LOCAL = re.compile(r'sin_addr=inet_addr\("127\.0\.0\.1"\)|inet_pton\(AF_INET6, "::1"')
OUT = re.compile(r"AF_INET6?\b")
NAMES = re.compile(r"resolve|sin6?_port=htons\(53\)")
FOREIGN = re.compile(r"""(?:src|href|action|formaction|data|poster|srcset)\s*=\s*["'](?:https?:)?//([^"'/\s]+)|url\(\s*["']?(?:https?:)?//([^"')/\s]+)|@import\s+["'](?:https?:)?//""")


def traced(path, *command):
    return ["strace", "-f", "-qq", "-e", CALLS, "-o", str(path), *map(str, command)]


def calls_out(path):
    return [line for line in pathlib.Path(path).read_text(errors="replace").splitlines() if (OUT.search(line) and not LOCAL.search(line)) or NAMES.search(line)]


def commands(exe, tmp, data):
    answers = '{"resourceType":"QuestionnaireResponse","item":[{"linkId":"kcl01","answer":[{"valueBoolean":true}]}]}'
    return [("version",), ("date", "S15.3.2"), ("init", tmp / "fresh"), ("demo", "--data", tmp / "demo", "--people", "20"), ("demo", "--logins", "--data", data), ("account", "list", "--data", data),
            ("account", "sweep", "--data", data), ("audit", "verify", "--data", data), ("audit", "head", "--data", data), ("form", "list"), ("form", "check"), ("form", "score", "kihon-checklist", answers),
            ("migrate", "--data", data), ("backup", tmp / "copy.tar", "--data", data), ("restore", tmp / "copy.tar", tmp / "back"), ("person", "find", "山", "--as", "nurse", "--json", "--data", data),
            ("outside", "key", "--data", data), ("init", tmp / "outside", "--outside"), ("outside", "key", "--data", tmp / "outside"), ("serve", "--routes")]


def read_pages(rep, server, secret, clock):
    """Everything two people can click or open."""
    kinds = {}
    for login in ("nurse", "admin"):
        c = server.client()
        rep.check("Content-Security-Policy".lower() in c.get("/login").headers, "the login page has no policy header")
        log_in(c, login, secret, clock.at)
        queue, seen = ["/"], set()
        queue += [line.split("\t")[1] for line in run(server.binary, "serve", "--routes").stdout.decode().splitlines() if line.startswith("GET\t") and "{" not in line]
        while queue and len(seen) < 400:
            url = queue.pop(0).split("#")[0]
            shape = re.sub(PID, "*", url)
            if not url.startswith("/") or url in seen or kinds.get((login, shape), 0) >= 3:
                continue
            kinds[login, shape] = kinds.get((login, shape), 0) + 1
            seen.add(url)
            r = c.get(url, follow=False)
            rep.check(r.status < 500, f"GET {url} answered {r.status}")
            if r.page:
                rep.check("default-src 'self'" in r.headers.get("content-security-policy", ""), f"{url}: the policy is {r.headers.get('content-security-policy')}")
                found = FOREIGN.search(r.body.decode())
                rep.check(not found, f"{url} refers to another host: {found and found[0]}")
                queue += r.page.links + re.findall(r'(?:src|href)="(/assets/[^"]+)"', r.body.decode())
            elif url.startswith("/assets/") and re.search(r"\.(css|js)", url):
                found = FOREIGN.search(r.body.decode("utf-8", "replace"))
                rep.check(not found, f"{url} refers to another host: {found and found[0]}")
        if login == "nurse":
            who = next(re.search(PID, u)[0] for u in seen if u.startswith("/persons/") and PID.search(u))
            r = c.submit(fill(c.get(f"/consults/new?person={who}").page, "/consults", content="相談 https://example.com/", source="self", classes=["life"], next_action="電話", next_on="令和9年12月1日"))
            rep.check(r.status == 200, f"save: {r.status}")
            form = c.get(f"/persons/{who}/checklists/new").page.form(f"/persons/{who}/checklists")
            for i in range(1, 26):
                if i != 12:
                    form.set(f"kcl{i:02}", "Y")
            r = c.submit(form.set("height_cm", "150").set("weight_kg", "40"))
            for part in ("/pdf", "/xlsx", "/fhir"):
                got = c.get(urlsplit(r.url).path + part)
                rep.check(got.status == 200 and len(got.body) > 500, f"{part}: {got.status}")
            c.submit(r.page.form("/issue"))
    return sum(kinds.values())


def main():
    rep = Report("no_network")
    if not shutil.which("strace"):
        rep.check(False, "strace is missing: script/bootstrap installs it")
        rep.end()
    tmp = pathlib.Path(tempfile.mkdtemp(prefix="tsunagi-net-"))
    clock = Clock(tmp / "clock", "2027-03-01T01:00:00Z")
    exe = binary("fast")
    subprocess.run(traced(tmp / "control", sys.executable, "-c", "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(('192.0.2.1', 9))"), check=False)
    rep.check(len(calls_out(tmp / "control")) == 1, "a call outwards is not seen: this proves nothing")
    data = tmp / "data"
    run(exe, "demo", "--data", data, "--people", "40", env=clock.env)
    secret = re.search(r"\b[A-Z2-7]{32,}\b", run(exe, "demo", "--logins", "--data", data, env=clock.env).stdout.decode())[0]
    for n, args in enumerate(commands(exe, tmp, data)):
        stdin = args[3].encode() if args[:2] == ("form", "score") else b""
        p = subprocess.run(traced(tmp / f"c{n}", exe, *(args[:3] if stdin else args)), input=stdin, capture_output=True, env={**os.environ, **clock.env, "TSUNAGI_SHARE": str(ROOT)})
        rep.check(p.returncode in (0, 1), f"{args[:2]} ended with {p.returncode}: {p.stderr.decode('utf-8', 'replace')[-300:]}")
        rep.check(not calls_out(tmp / f"c{n}"), f"tsunagi {' '.join(map(str, args[:2]))} calls out: {calls_out(tmp / f'c{n}')[:2]}")
    wrapper = tmp / "traced"
    wrapper.write_text("#!/bin/sh\n" + " ".join(traced(tmp / "serve", exe)) + ' "$@"\n')
    wrapper.chmod(0o700)
    clock.go(60)
    server = Server(wrapper, data, env=clock.env, workers=2, log=tmp / "log").start()
    server.binary = exe
    try:
        n = read_pages(rep, server, secret, clock)
    finally:
        for pid_ in (int(x) for x in open(f"/proc/{server.proc.pid}/task/{server.proc.pid}/children").read().split()):
            tracee = open(f"/proc/{pid_}/task/{pid_}/children").read().split() if "strace" in open(f"/proc/{pid_}/comm").read() else []
            for t in [int(x) for x in tracee] or [pid_]:
                os.kill(t, 15)
        rep.check(server.proc.wait(30) == 0, f"the server ended with {server.proc.returncode}")  # strace ends as what it traces
        server.stop()
    calls = pathlib.Path(tmp / "serve").read_text(errors="replace")
    rep.check("bind(" in calls and 'inet_addr("127.0.0.1")' in calls, "the trace of the server is empty")
    rep.check(not calls_out(tmp / "serve"), f"the server calls out: {calls_out(tmp / 'serve')[:3]}")
    rep.check(n >= 60, f"only {n} pages were opened")
    print(f"no_network: {n} pages and {len(commands(exe, tmp, data))} commands under strace", flush=True)
    if rep.failed:
        print(f"no_network: kept in {tmp}")
    else:
        shutil.rmtree(tmp)
    rep.end()


main()
