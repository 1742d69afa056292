#!/bin/sh
# The command-line contract of `tsunagi duty`: an empty house agrees with itself; a wrong call says how.
set -u
TSUNAGI=$1
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bad=0
check() { # want-code want-in-output args…
	code=$1 says=$2
	shift 2
	"$TSUNAGI" "$@" --data "$dir/data" >"$dir/out" 2>&1
	rc=$?
	if [ "$rc" != "$code" ] || ! grep -qF -- "$says" "$dir/out"; then
		echo "$*: code $rc, $(cat "$dir/out")"
		bad=1
	fi
}
"$TSUNAGI" init --data "$dir/data" >/dev/null 2>&1 || exit 1
check 0 '足りない 0・余っている 0・違っている 0' duty rebuild --check
check 0 '足りない 0' duty rebuild
check 2 '使い方' duty
check 2 '使い方' duty rebuild now
check 2 '--foo' duty rebuild --foo
exit $bad
