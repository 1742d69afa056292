#!/bin/sh
# The command-line contract of `tsunagi person` and `tsunagi postal`: output and exit codes on an empty house.
set -u
TSUNAGI=$1
ROOT=$2
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bad=0
check() { # want-code want-stdout want-in-stderr args…
	code=$1 out=$2 says=$3
	shift 3
	got=$("$TSUNAGI" "$@" --data "$dir/data" 2>"$dir/err")
	rc=$?
	said=yes
	[ -z "$says" ] || grep -qF -- "$says" "$dir/err" || said=no
	if [ "$rc" != "$code" ] || [ "$got" != "$out" ] || [ $said = no ]; then
		echo "$*: code $rc, [$got], $(cat "$dir/err")"
		bad=1
	fi
}
"$TSUNAGI" init --data "$dir/data" >/dev/null 2>&1 || exit 1
check 0 '[]' '' person find やまだ --json
check 0 '' '当てはまる人はいません' person find やまだ
check 2 '' '使い方' person find
check 2 '' '使い方' person find やまだ --limit 0
check 2 '' '利用者ID' person find やまだ --as nobody
check 2 '' '--foo' person find やまだ --foo
check 2 '' '見つかりません' person show 00000000000000000000000000
check 1 '' '郵便番号はありません' postal find 604-8571
check 0 '14件の郵便番号を取り込みました。' '' postal import "$ROOT/share/jp/postal-demo.csv"
check 0 "$(printf '京都府京都市中京区上本能寺前町\t')" '' postal find '〒６０４-８５７１'
printf 'a,b,c\n' >"$dir/wrong.csv"
check 2 '' '郵便番号として読める行がありません' postal import "$dir/wrong.csv"
check 0 "$(printf '京都府京都市中京区上本能寺前町\t')" '' postal find 6048571
check 1 '' '開けません' postal import "$dir/absent.csv"
exit $bad
