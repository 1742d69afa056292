#!/bin/sh
# The command-line contract of `tsunagi form`: output, exit codes, sentences on stderr.
set -u
TSUNAGI=$1
bad=0
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
check() { # want-code want-in-stdout want-in-stderr stdin args…
	code=$1 out=$2 says=$3 in=$4
	shift 4
	got=$(printf '%s' "$in" | "$TSUNAGI" form "$@" 2>"$dir/err")
	rc=$?
	ok=yes
	[ "$rc" = "$code" ] || ok=no
	case $got in *"$out"*) ;; *) ok=no ;; esac
	if [ -n "$says" ]; then grep -qF -- "$says" "$dir/err" || ok=no; else [ ! -s "$dir/err" ] || ok=no; fi
	[ -n "$out" ] || [ -z "$got" ] || ok=no
	if [ $ok = no ]; then
		echo "form $*: code $rc, [$got], $(cat "$dir/err")"
		bad=1
	fi
}
Q='"resourceType":"QuestionnaireResponse"'
ans() { printf '{"linkId":"%s","answer":[{"%s":%s}]}' "$1" "$2" "$3"; }

check 0 '"result":{"code":"undetermined"}}' '' "{$Q}" score kihon-checklist
check 0 '"version":"2015-04-01"' '' "{$Q,\"authored\":\"2026-11-20T09:00:00+09:00\"}" score kihon-checklist
check 0 '"result":{"code":"eligible"}}' '' "{$Q,\"item\":[$(ans kcl16 valueBoolean false)]}" score kihon-checklist
check 0 '{"id":"5","met":true,"source":"' '' "{$Q,\"item\":[$(ans kcl16 valueBoolean false)]}" score kihon-checklist
check 0 '"nutrition":{"min":1,"max":2,"missing":["kcl11"]}' '' \
	"{$Q,\"item\":[$(ans height_cm valueDecimal 170.0),$(ans weight_kg valueDecimal 53.4)]}" score kihon-checklist
check 2 '' '1行目の2文字目' '{' score kihon-checklist
check 2 '' 'resourceType' '{}' score kihon-checklist
check 2 '' 'linkId「kcl26」' "{$Q,\"item\":[$(ans kcl26 valueBoolean true)]}" score kihon-checklist
check 2 '' 'valueBoolean' "{$Q,\"item\":[$(ans kcl01 valueString '"Y"')]}" score kihon-checklist
check 2 '' '身長は0.1〜999.9' "{$Q,\"item\":[$(ans height_cm valueDecimal 0)]}" score kihon-checklist
check 2 '' 'その日に有効な様式の版がありません' "{$Q,\"authored\":\"2010-01-01\"}" score kihon-checklist
check 2 '' 'authored' "{$Q,\"authored\":\"昨日\"}" score kihon-checklist
check 2 '' 'という様式はありません' "{$Q}" score kihon
check 2 '' '使い方' '' score
check 2 '' '使い方' '' score kihon-checklist --json
check 2 '' '使い方' ''
check 2 '' '使い方' '' guess
check 0 '利用者基本情報' '' '' list
check 0 '誤りはありません' '' '' check
check 0 '"linkId":"kcl25"' '' '' questionnaire kihon-checklist
check 1 '' '読めません' '' check "$dir/none"

# one bad line answers on its own line; the others are still answered; exit 2 at the end
printf '{%s}\n{bad\n\n{%s,"item":[%s]}' "$Q" "$Q" "$(ans kcl16 valueBoolean false)" >"$dir/in"
"$TSUNAGI" form score kihon-checklist --ndjson <"$dir/in" >"$dir/out" 2>"$dir/err"
rc=$?
if [ $rc != 2 ] || [ "$(wc -l <"$dir/out")" != 3 ] || [ -s "$dir/err" ] \
	|| ! sed -n 1p "$dir/out" | grep -q undetermined || ! sed -n 2p "$dir/out" | grep -q '^{"error":"' \
	|| ! sed -n 3p "$dir/out" | grep -q '"eligible"'; then
	echo "ndjson: code $rc"
	cat "$dir/out" "$dir/err"
	bad=1
fi

# a definition that is wrong, and a golden case that does not come out, fail the check
mkdir -p "$dir/forms/f/2020-01-01/cases"
f=$dir/forms/f/2020-01-01
cat >"$f/meta.json" <<'X'
{"name":"n","notice":"n","source":"s","kind":"answers","class":"care","retention_years":5,"retention_source":"s"}
X
cat >"$f/form.json" <<'X'
{"sections":[{"id":"s","label":"s","items":[{"id":"q","type":"bool","label":"q","points":[0,1],"source":"s","confidence":"A"}]}]}
X
cat >"$f/rules.json" <<'X'
{"rules":[{"id":"r","kind":"score","label":"r","expr":"points(q)","source":"s","confidence":"A"}]}
X
check 0 '様式 1 件' '' '' check "$dir/forms"
echo '{"about":"x","on":"2026-01-01","answers":{"q":true},"expect":{"scores":{"r":1}}}' >"$f/cases/a.json"
check 1 '' 'cases/a.json' '' check "$dir/forms"
sed -i 's/points(q)/points(p)/' "$f/rules.json"
check 1 '' '「p」という項目も式もありません' '' check "$dir/forms"
exit $bad
