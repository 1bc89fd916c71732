#!/bin/sh
# The command line: what it takes, refuses and prints.
. "${srcdir:-.}/tests/lib.sh"
t=$(printf '\t')

run 0 new --form ogi-2021 --unit 青溪县教育局 --year 2025 && [ "$(cat "$dir/out")" = 1 ]
ok "new prints the id alone"
run 1 new --unit 青溪县教育局 --year 2025 && says 1
ok "new of an existing report is refused and names its id"
run 2 new --unit 甲 --year 2025a && says 2025a
ok "new refuses a year that is no number"
run 2 new --form nosuch --unit 甲 --year 2025 && says nosuch
ok "new refuses an unknown form"
[ "$(stat -c %a "$NIANBAO_DB")" = 600 ]
ok "the store is made with mode 0600"

run 0 set 1 requests.new.natural=12 requests.carried_in.natural=１ && run 0 get 1 requests.new.natural requests.carried_in.natural requests.accepted.natural &&
	[ "$(cat "$dir/out")" = "requests.new.natural${t}12
requests.carried_in.natural${t}1
requests.accepted.natural${t}13" ]
ok "set and get; full-width digits; group sums are readable"
for bad in 12a -3 1.5 / 十二 '1 2' 123456789; do
	run 1 set 1 requests.new.business=3 "requests.new.natural=$bad" && says "自然人" &&
		run 0 get 1 requests.new.natural requests.new.business &&
		[ "$(cat "$dir/out")" = "requests.new.natural${t}12
requests.new.business${t}" ]
	ok "set $bad in a count is refused with a sentence and changes nothing"
done
run 2 set 1 requests.nosuch.natural=1 && says requests.nosuch.natural
ok "set of an unknown path"
run 1 set 1 requests.new.total=5 && says 总计
ok "set of a sum cell is refused"
run 1 set 1 requests.refused.natural=5
ok "set of a group sum is refused"
run 0 set 1 --printed requests.new.total=15 && run 0 check 99 2>/dev/null
run 2 check 99 && says 99
ok "a report that is not there"
run 0 set 1 disclosure.fees.amount=59237.2449 && run 0 get 1 disclosure.fees.amount && prints 59237.2449
ok "four decimals are kept"
run 1 set 1 disclosure.fees.amount=1.23456
ok "five decimals are refused"
run 0 set 1 'overview.text=第一段\n第二段\t\\' && run 0 get 1 overview.text && prints '第一段\n第二段' && run 0 get 1 --text overview.text &&
	[ "$(wc -l <"$dir/out")" = 1 ]
ok "escapes of text, and the raw text"
printf 'requests.new.natural\t20\nrequests.new.business\tx\n' | run 1 set 1 --from - && run 0 get 1 requests.new.natural && prints "${t}12"
ok "a file is taken whole or not at all"
printf 'requests.new.natural\t20\n\377\376\n' >"$dir/bad.tsv" && run 2 set 1 --from "$dir/bad.tsv" && says UTF-8
ok "a file that is not UTF-8"
printf 'overview.text\t\033[31m红\n' >"$dir/esc.tsv" && ! run 0 set 1 --from "$dir/esc.tsv" && says "$dir/esc.tsv"
ok "escape sequences in a file are refused"
run 0 set 1 requests.new.natural= && run 0 get 1 requests.new.natural && [ "$(cat "$dir/out")" = "requests.new.natural$t" ] &&
	run 0 get 1 requests.new.total && [ "$(cat "$dir/out")" = "requests.new.total$t" ]
ok "blank is blank, and so is its sum"
"$n" set 1 "$(printf 'overview.text=\377')" >"$dir/out" 2>"$dir/err"; [ $? = 2 ] && says UTF-8
ok "an argument that is not UTF-8"

run 1 check 1 --format tsv && awk -F"$t" 'NF != 5 || $1 != 1 || $3 !~ /^(hard|soft|hint)$/ { exit 1 }' "$dir/out" && prints N7
ok "check prints five columns and exits 1 with hard findings"
run 1 check 1 --format json && /usr/bin/python3 -c 'import json, sys; d = json.load(open(sys.argv[1])); assert d[0]["id"] == 1 and d[0]["findings"][0]["rule"]' "$dir/out"
ok "check as json"
run 2 check 1 --format yaml && says yaml
ok "an unknown format"
run 0 explain N1A && prints N1A && run 2 explain NOSUCH && says NOSUCH
ok "explain"
run 0 explain && [ "$(wc -l <"$dir/out")" -ge 12 ]
ok "explain lists the rules"
run 0 checklist ogi-2021 && prints 主动公开
ok "checklist"
run 1 submit 1 && says 必须改正
ok "submit is refused while hard findings stand"
for c in new list show get set check explain checklist export import submit withdraw return sign approve publish reopen discard comment \
	explain-finding history user unit config demo backup restore doctor; do
	run 0 $c --help && prints "nianbao $c" && grep -q "[^ -~]" "$dir/out"
	ok "$c --help"
done
run 2 nosuch && says nosuch
ok "an unknown command"
run 2 set 1 --nosuch && says --nosuch
ok "an unknown option"
run 0 history 1 requests.new.natural && [ "$(wc -l <"$dir/out")" -ge 2 ] && cut -f3-6 "$dir/out" | grep -q "set${t}requests.new.natural${t}${t}12"
ok "history has old and new value"
run 0 list && [ "$(cut -f1-4 "$dir/out")" = "1${t}2025${t}青溪县教育局${t}draft" ]
ok "list"
run 0 show 1 && prints 青溪县教育局2025年政府信息公开工作年度报告
ok "show"
run 1 discard 1 && says 原因
ok "discard wants a reason"
run 0 discard 1 --reason 重复 && run 0 list && [ ! -s "$dir/out" ] && run 0 history 1 && prints 重复
ok "a discarded report keeps its history"

# ---- a store that cannot be used ----
mkdir "$dir/folder"
run 2 --db "$dir/folder" list && says "$dir/folder"
ok "a folder is no store"
echo hello >"$dir/text" && run 2 --db "$dir/text" list && says "$dir/text" && [ "$(cat "$dir/text")" = hello ]
ok "a text file is no store"
"$n" backup "$dir/whole.db" && head -c 20000 "$dir/whole.db" >"$dir/cut.db" && ! "$n" --db "$dir/cut.db" list >"$dir/out" 2>"$dir/err" && says "$dir/cut.db"
ok "a truncated store"
/usr/bin/python3 - "$dir/whole.db" "$dir/newer.db" <<'P'
import shutil, sqlite3, sys
shutil.copy(sys.argv[1], sys.argv[2])
d = sqlite3.connect(sys.argv[2]); d.execute("pragma user_version=99"); d.commit(); d.close()
P
run 2 --db "$dir/newer.db" list && says "$dir/newer.db"
ok "a store of a newer version is refused politely"
run 2 --db "$dir/none/at/all.db" list && [ ! -e "$dir/none" ]
ok "reading makes no store"
run 0 --db "$dir/made/deep/a.db" new --unit 甲县人民政府 --year 2025 && [ -f "$dir/made/deep/a.db" ]
ok "new makes the folders"
run 0 --db "$dir/whole.db" doctor && prints 好
ok "doctor finds a sound store sound"
run 2 backup "$dir/whole.db" && says "$dir/whole.db"
ok "backup never replaces a file"
"$n" --db "$dir/r.db" restore "$dir/whole.db" && run 0 --db "$dir/r.db" list --discarded && prints 青溪县教育局
ok "restore"

# ---- closed and full outputs ----
run 0 new --unit 青溪县民政局 --year 2025 && id=$(cat "$dir/out")
"$n" get "$id" >/dev/full 2>"$dir/err"; [ $? = 2 ] && says 输出
ok "a full output is no success"
run 2 export "$id" --format docx -o /dev/full && says /dev/full
ok "an export to a full disk"
run 2 export "$id" --format docx -o "$dir/none/x.docx" && says "$dir/none/x.docx"
ok "an export into a folder that is not there"
{ printf 'other.text\t'; head -c 300000 /dev/zero | tr '\0' x; } >"$dir/long.tsv" && run 0 set "$id" --from "$dir/long.tsv" &&
	echo old >"$dir/old.txt" && (ulimit -f 200; trap '' XFSZ; "$n" export "$id" --format text -o "$dir/old.txt" >"$dir/out" 2>"$dir/err"); [ "$(cat "$dir/old.txt")" = old ] && says "$dir/old.txt" && [ "$(ls "$dir" | grep -c old.txt)" = 1 ]
ok "a full disk leaves the old file and nothing beside it"
(ulimit -f 1; trap '' XFSZ; "$n" set "$id" overview.text="$(head -c 90000 /dev/zero | tr '\0' x)" >"$dir/out" 2>"$dir/err"); [ $? != 0 ] && says "" && run 0 get "$id" overview.text && [ "$(cat "$dir/out")" = "overview.text$t" ]
ok "a full disk under the store: one sentence, nothing half done"
run 2 export "$id" --format nosuch && says nosuch docx
ok "an unknown export format names the known ones"
if "$n" export "$id" --format xlsx -o "$dir/x.xlsx" >"$dir/out" 2>"$dir/err"; then
	[ ! -s "$dir/err" ] && "$n" export "$id" --format xlsx --blank -o "$dir/y.xlsx" >"$dir/out" && ! cmp -s "$dir/x.xlsx" "$dir/y.xlsx"
	ok "xlsx, and its empty form"
else
	[ $? = 2 ] && says libxlsxwriter
	ok "a build without xlsx says so"
fi

run 0 export "$id" --format html -o - && [ "$(head -n 1 "$dir/out")" = "<!DOCTYPE html>" ] && prints "</html>"
ok "a page"
run 0 export "$id" --format html --fragment -o - && prints 'border="1"' && ! grep -qE '<(html|head|style)| class=' "$dir/out"
ok "a fragment has no head and no classes"
run 0 checklist ogi-2021 --format html && prints "<!DOCTYPE html>" 主动公开
ok "a checklist as a page"

# ---- who ----
run 0 user add 张 clerk && run 0 user add 李 supervisor && run 0 user list && prints 张 supervisor
ok "users"
run 1 --as 李 set "$id" requests.new.natural=1 || run 2 --as 李 set "$id" requests.new.natural=1
says 填报
ok "a supervisor does not edit a clerk's draft"
! "$n" --as 王 list >"$dir/out" 2>"$dir/err" && says 王
ok "an unknown user is refused"
run 0 config set enter right && run 0 config get enter && [ "$(cat "$dir/out")" = right ] && run 2 config set nosuch 1
ok "config"
run 0 unit set 青溪县民政局 kind=department code=11 && run 0 unit list && prints code=11
ok "unit"
done_testing
