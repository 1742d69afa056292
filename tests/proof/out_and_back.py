#!/usr/bin/env python3
"""Everything out and back: demo town -> export -> init -> import -> export, and backup -> restore -> export, compared file by
file. usage: out_and_back.py [PROGRAM] Compared: data/*.ndjson, files/*, schema.txt. Not compared, each for its reason: log/ (the
export itself is written there; sealed with the key of its house) and manifest.json (time of the export)."""
import pathlib, subprocess, sys, tempfile

PROGRAM = str(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2] / "build/tsunagi").resolve())

def run(*words):
    done = subprocess.run([PROGRAM, *words], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(words)}: {done.returncode}\n{done.stdout}{done.stderr}")

def content(folder):
    names = [p for p in folder.rglob("*") if p.is_file()]
    return {str(p.relative_to(folder)): p.read_bytes() for p in names
            if p.relative_to(folder).parts[0] in ("data", "files", "schema.txt")}

def compare(what, one, two):
    a, b = content(one), content(two)
    if not a or sum(map(len, a.values())) < 100000:
        sys.exit(f"{what}: the export is empty")
    bad = sorted(n for n in a.keys() | b.keys() if a.get(n) != b.get(n))
    print(f"{what}: {len(a)} files, {len(bad)} differ {bad}")
    return len(bad)

with tempfile.TemporaryDirectory() as tmp:
    t = pathlib.Path(tmp)
    p = {n: str(t / n) for n in ("town", "x1", "all.tar", "back", "x2", "copy.tar", "copy", "x3", "pw")}
    (t / "pw").write_text("合言葉は青い自転車でした\n")
    run("demo", "--data", p["town"], "--people", "200")
    run("export", p["x1"], "--folder", "--data", p["town"])
    run("export", p["all.tar"], "--data", p["town"], "--password-file", p["pw"])
    run("init", "--data", p["back"])
    run("import", p["all.tar"], "--data", p["back"], "--password-file", p["pw"])
    run("export", p["x2"], "--folder", "--data", p["back"])
    bad = compare("export and import", t / "x1", t / "x2")
    run("backup", p["copy.tar"], "--data", p["town"])
    run("restore", p["copy.tar"], p["copy"])
    run("export", p["x3"], "--folder", "--data", p["copy"])
    bad += compare("backup and restore", t / "x1", t / "x3")
    run("audit", "verify", "--data", p["back"])
    run("audit", "verify", "--data", p["copy"])
sys.exit(1 if bad else 0)
