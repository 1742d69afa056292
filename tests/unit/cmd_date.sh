#!/bin/sh
# The command-line contract of `tsunagi date`: output, exit codes, the sentence with the offer on stderr.
set -u
bad=0
check() { # want-code want-stdout want-in-stderr args…
	code=$1 out=$2 says=$3
	shift 3
	got=$("$TSUNAGI" date "$@" 2>"$err")
	rc=$?
	said=yes
	if [ -z "$says" ]; then [ ! -s "$err" ] || said=no; else grep -qF -- "$says" "$err" || said=no; fi
	if [ "$rc" != "$code" ] || [ "$got" != "$out" ] || [ $said = no ]; then
		echo "date $*: code $rc, [$got], $(cat "$err")"
		bad=1
	fi
}
TSUNAGI=$1
err=$(mktemp)
trap 'rm -f "$err"' EXIT
check 0 '2022-12-03 令和4年12月3日' '' R4.12.3
check 0 '2022-12-03 令和4年12月3日' '' 令和4年 12月 3日
check 0 '1940-03-02 昭和15年3月2日' '' S150302
check 0 '2019-05-01 令和元年5月1日' '' 20190501
check 2 '' '「昭和64年1月8日」は昭和にない日付です。平成元年1月8日ではありませんか。' 昭和64年1月8日
check 2 '' '28日まで' 令和5年2月29日
check 2 '' '日付として読めません' あした
check 2 '' '年・月・日をすべて' 昭和20年頃
check 2 '' '文字として読めない' "$(printf '\377')"
check 2 '' '使い方'
exit $bad
