"""clang-tidy over the files named on standard input, as many at a time as there are cores; clean ones are remembered by the sum of all
that clang-tidy could see. Usage: lint-cached.py FOLDER-OF-COMPILE_COMMANDS < names. Called by script/lint."""
import concurrent.futures, hashlib, json, os, pathlib, shlex, subprocess, sys

db = pathlib.Path(sys.argv[1])
keep = pathlib.Path("build-test/tidy")
commands = {}
for entry in json.loads((db / "compile_commands.json").read_text()):
    commands[os.path.relpath(os.path.join(entry["directory"], entry["file"]))] = entry
# The analyzer follows fewer paths per function than it could (a quarter of the time); LINT_DEEP=1, as in script/soak, lets it follow all.
extra = [] if os.environ.get("LINT_DEEP") else ["--extra-arg=" + x for x in ("-Xclang", "-analyzer-config", "-Xclang", "mode=shallow")]
tool = "".join(extra).encode() + subprocess.run(["clang-tidy", "--version"], capture_output=True, check=True).stdout + pathlib.Path(".clang-tidy").read_bytes()


def sum_of(name):
    """None: the file has no command or cannot be preprocessed; then it is looked at each time."""
    entry = commands.get(name)
    if not entry:
        return None
    args, words = [], shlex.split(entry["command"])
    skip = False
    for w in words:
        if skip or w in ("-c", "-MD", "ccache"):
            skip = False
        elif w in ("-o", "-MQ", "-MF"):
            skip = True
        else:
            args.append(w)
    p = subprocess.run(args + ["-E", "-C", "-o", "-"], capture_output=True, cwd=entry["directory"])
    if p.returncode != 0:
        return None
    return hashlib.sha256(b"\0".join([tool, entry["command"].encode(), p.stdout])).hexdigest()


def look(name):
    key = sum_of(name)
    if key and (keep / key).exists() and not os.environ.get("LINT_ALL"):
        os.utime(keep / key)
        return name, 0, b"", True
    p = subprocess.run(["clang-tidy", "-p", str(db), "--quiet", *extra, name], capture_output=True)
    said = p.stdout + b"".join(l for l in p.stderr.splitlines(True) if b"warnings generated" not in l and b"warning generated" not in l)
    if p.returncode == 0 and not p.stdout.strip() and key:
        (keep / key).touch()
    return name, p.returncode, said, False


with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
    done = list(pool.map(look, sys.stdin.read().split()))
bad = 0
for name, code, said, _ in done:
    if code or said.strip():
        print(f"{name}:")
        sys.stdout.flush()
        sys.stdout.buffer.write(said)
    bad += code != 0
print(f"lint: {len(done) - sum(d[3] for d in done)} files looked at, {sum(d[3] for d in done)} known to be clean, {bad} with faults")
sys.exit(1 if bad else 0)
