#!/bin/sh
# The commands migrate, backup and restore, as an administrator types them. $1: the program.
set -eu
t=$1
d=$(mktemp -d /tmp/tsu-cli-XXXXXX)
trap 'rm -rf "$d"' EXIT
say() { echo "FAIL: $*" >&2; exit 1; }
is() { # code command…
	want=$1
	shift
	rc=0
	"$@" >"$d/out" 2>"$d/err" || rc=$?
	[ "$rc" = "$want" ] || { cat "$d/out" "$d/err" >&2; say "exit $rc, not $want: $*"; }
}
is 1 "$t" migrate --data "$d/none"
grep -q NO_DATA "$d/err" || say "no reason"
mkdir -m 700 "$d/data"
: >"$d/data/tsunagi.db"
is 0 "$t" migrate --data "$d/data"
grep -q 段階 "$d/out" || say "migrated nothing"
is 0 env TSUNAGI_DATA="$d/data" "$t" migrate
grep -q 最新 "$d/out" || say "migrated twice"
is 2 "$t" backup
is 0 "$t" backup "$d/b.tar" --data "$d/data"
grep -q 封 "$d/out" || say "no warning about an open backup"
is 2 "$t" backup "$d/b.tar" --data "$d/data"
is 0 "$t" restore "$d/b.tar" --verify
is 0 "$t" restore "$d/b.tar" "$d/new" --verify
is 0 "$t" migrate --data "$d/new"
is 2 "$t" restore "$d/b.tar" "$d/new" --verify
echo short >"$d/pw"
is 2 "$t" backup "$d/s.tar" --data "$d/data" --password-file "$d/pw"
echo "とても長い合言葉 1234" >"$d/pw"
is 0 "$t" backup "$d/s.tar" --data "$d/data" --password-file "$d/pw"
is 2 "$t" restore "$d/s.tar" --verify
is 0 "$t" restore "$d/s.tar" --verify --password-file "$d/pw"
[ "$(stat -c %a "$d/s.tar")" = 600 ] || say "others may read the backup"
is 2 "$t" migrate extra
is 2 "$t" backup "$d/x" --unknown
