#!/bin/sh
# check --all, --siblings, --feedback; what is switched off; what explain says.
. "${srcdir:-.}/tests/lib.sh"
t=$(printf '\t')

# Three offices with the county's figures and words, one with nothing.
for unit in 青溪县教育局 青溪县民政局 青溪县水利局; do
	run 0 new --unit $unit --year 2024 && run 0 set "$(cat "$dir/out")" --from "$src/demo/2024.tsv"
done
"$n" new --unit 青溪县林业局 --year 2024 >"$dir/out"
"$n" set 2 "overview.text=$(printf '本局全年办理各项事务，情况如下。%.0s第%s件事由专人办理并按时告知当事人结果。' 1 2 3)" problems.text=上年的问题已经解决，人手仍有不足，下一步加强培训。 requests.new.natural=79 >"$dir/out"

run 1 check --all --year 2024 && [ "$(grep -c '^ *[1-4]  青溪县' "$dir/out")" = 4 ] && prints "共 4 份报告" N7 没有填完 && [ ! -s "$dir/err" ]
ok "a line a report and the totals"
run 1 check --all --year 2024 --format tsv && [ "$(wc -l <"$dir/out")" = 5 ] &&
	awk -F"$t" -v rules="$("$n" explain | wc -l)" 'NF != 8 + rules { exit 1 } NR > 1 && $0 !~ /^[0-9]+\t[^\t]+\t2024\t[a-z]+(\t[0-9]+)+$/ { exit 1 }' "$dir/out"
ok "tsv: a column a rule"
"$n" explain | cut -f1 >"$dir/ids" && head -n 1 "$dir/out" | tr '\t' '\n' | tail -n +9 | cmp -s - "$dir/ids"
ok "all of them, in the order of explain"
run 1 check --all --year 2024 --format json -o "$dir/a.json" && [ ! -s "$dir/out" ] &&
	/usr/bin/python3 - "$dir/a.json" <<'P'
import json, sys
d = json.load(open(sys.argv[1]))
assert d["count"] == 4 and len(d["reports"]) == 4
for r in d["rules"]:
    assert r["findings"] == sum(x["rules"].get(r["rule"], 0) for x in d["reports"])
    assert r["reports"] == sum(r["rule"] in x["rules"] for x in d["reports"])
assert sum(x["hard"] > 0 for x in d["reports"]) == d["hard"]
P
ok "json, into a file: the totals are those of the lines"
if "$n" check --all --year 2024 --format xlsx -o "$dir/a.xlsx" >"$dir/out" 2>"$dir/err" || [ $? = 1 ]; then
	/usr/bin/python3 - "$dir/a.xlsx" <<'P'
import re, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
book = z.read("xl/workbook.xml").decode()
assert re.findall('<sheet name="([^"]*)"', book) == ["单位", "规则", "问题"], book
assert "青溪县教育局" in z.read("xl/sharedStrings.xml").decode()
P
	ok "xlsx: units, rules, findings"
	run 2 check --all --year 2024 --format xlsx && says -o
	ok "a workbook wants a file"
else
	says libxlsxwriter
	ok "a build without xlsx says so"
	skip "a workbook wants a file" "no libxlsxwriter"
fi
run 0 check --all --year 2019 && prints "共 0 份报告"
ok "a year without reports"
run 0 check --all --year 2024 --state published && run 2 check --all --year 2024 --state nosuch && says nosuch
ok "only those of a state"
for words in "--all" "1 --year 2024" "--all --year 2024 1" "--all --year x" "--all --year 2024 --format yaml" "1 -o $dir/x" "--all --year 2024 --siblings" "1 --no-siblings" "1 --deadline 2025-01-20"; do
	run 2 check $words && says ""
	ok "refused: check $words"
done
run 2 check --all --year 2024 -o "$dir/none/x" && says "$dir/none/x"
ok "a file that cannot be written"

# ---- one that cannot be read does not stop the others ----
mkdir "$dir/forms" && cp "$src/tests/forms/small.xml" "$src/forms/form.rng" "$dir/forms"
NIANBAO_FORMS="$dir/forms:$NIANBAO_FORMS" "$n" new --form small --unit 青溪果园 --year 2024 >"$dir/out" && run 2 check --all --year 2024 && prints "共 5 份报告" "读不出、没有检查的 1 份" &&
	grep -q "^5${t}青溪果园${t}" "$dir/err" && [ "$(wc -l <"$dir/err")" = 1 ]
ok "one that cannot be read: told, the others go on, exit 2"
NIANBAO_FORMS="$dir/forms:$NIANBAO_FORMS" "$n" discard 5 --reason 试

# ---- beside other units ----
"$n" check --all --year 2024 --format tsv >"$dir/with"; "$n" check --all --year 2024 --format tsv --no-siblings >"$dir/without"
column() { # of a rule, the ids that have it
	awk -F"$t" -v rule="$1" 'NR == 1 { for (i = 9; i <= NF; i++) if ($i == rule) c = i; next } $c > 0 { printf "%s ", $1 }' "$2"
}
[ "$(column Q2 "$dir/with")" = "1 3 " ] && [ -z "$(column Q2 "$dir/without")" ]
ok "the copied texts are found, in the whole year only"
[ "$(column N26 "$dir/with")" = "1 3 " ]
ok "and the same tables"
run 0 check 1 --format tsv || run 1 check 1 --format tsv
! grep -qE "${t}(Q2|N26)${t}" "$dir/out"
ok "not when one report is checked alone"
"$n" check 1 --siblings >"$dir/out"; prints "100%与青溪县水利局的相同或相近" 本单位： 对方： 三张表里的数与青溪县水利局的完全相同
ok "but on request, with the sentences side by side"
run 0 explain-finding 1 Q2 overview.text 两局合署办公 && "$n" check 1 --siblings >"$dir/out"; prints 两局合署办公
ok "an explanation of it is kept"
"$n" check --all --year 2024 --format json >"$dir/out"; /usr/bin/python3 -c 'import json, sys
d = {x["id"]: x for x in json.load(open(sys.argv[1]))["reports"]}
assert d[1]["soft"] - d[1]["unexplained"] == 1, d[1]' "$dir/out"
ok "and counted as explained"
run 0 unit set 青溪县水利局 reports_to=青溪县教育局 && "$n" check --all --year 2024 --format tsv >"$dir/with"; [ -z "$(column Q2 "$dir/with")" ]
ok "a unit and the one above it are not compared"

# ---- 审核意见反馈单 ----
run 1 check 4 --feedback --deadline 2025-1-20 && prints 青溪县林业局审核意见反馈单 2025-01-20 一、必须改正的问题 没有填完 怎么办： 整改情况 单位负责人
ok "a feedback sheet as text"
run 1 check 4 --feedback -o "$dir/f.docx" && /usr/bin/python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read("word/document.xml"))' "$dir/f.docx" >"$dir/out" && prints 审核意见反馈单 整改回复
ok "as docx, by the name of the file"
run 1 check --all --year 2024 --feedback -o "$dir/letters" && [ "$(ls "$dir/letters" | wc -l)" = 4 ] && [ -s "$dir/letters/2024-青溪县林业局.docx" ] && [ "$(wc -l <"$dir/out")" = 4 ]
ok "one a unit"
run 1 check --all --year 2024 --feedback -o "$dir/letters" && says "$dir/letters" --force && run 1 check --all --year 2024 --feedback -o "$dir/letters" --force --format text && [ "$(ls "$dir/letters" | wc -l)" = 8 ]
ok "a folder with other files wants --force"
run 2 check 4 --feedback --deadline 明天 && says 明天
ok "a deadline that is no day"
run 2 check 4 --feedback --format csv && says csv
ok "a format that is none of words"
prints_explained() {
	"$n" check 1 --feedback --siblings >"$dir/out"
	tr -d '\n' <"$dir/out" >"$dir/flat" && grep -q "$1" "$dir/flat"
}
run 0 unit set 青溪县水利局 reports_to= && prints_explained "单位的说明（$(id -un)）：两局合署办公"
ok "what the unit said stands in it, with who"

# ---- switched off ----
run 0 config set rules.off "N26 Q2" && "$n" check 1 --siblings >"$dir/out"; ! grep -qE "^[^ ]+  (Q2|N26)  " "$dir/out"
ok "a rule that is off is not judged"
run 0 show 1 && prints "关闭的规则${t}Q2" "关闭的规则${t}N26" && run 0 history 0 && prints "config${t}rules.off${t}${t}N26 Q2"
ok "show and the history say so"
run 0 export 1 --format text --sheet-only -o - && prints 没有检查的规则 "N26 与别的单位数完全相同" 两局合署办公 "（$(id -un)，"
ok "the sign-off sheet does, with the explanations and who wrote them"
run 1 config set rules.off N1A && says N1A && run 2 config set rules.off "Q2 Q99" && says Q99 && run 0 config get rules.off && prints "N26 Q2"
ok "a hard rule and an unknown one are refused"
run 0 config set rules.off "" && run 0 show 1 && ! grep -q 关闭的规则 "$dir/out"
ok "on again"

# ---- settings ----
for bad in "check.phones 12ab5678" "check.words 攻" "check.words 政府=政府" "check.names 县" "fonts nosuch"; do
	run 2 config set ${bad% *} "${bad#* }" && says "${bad#* }"
	ok "refused: config set $bad"
done
run 2 config set check.sibling.least 2 && says check.sibling.least && run 2 config set check.sibling.likeness 101 && says check.sibling.likeness && run 2 config set check.lapsed x && says check.lapsed
ok "refused: settings out of range"
run 0 config --help && for key in $("$n" config get | cut -f1); do grep -q "^  $key\$" "$dir/out" || { echo "# $key"; false; }; done
ok "config --help lists every setting"
run 0 unit --help && prints powers reports_to due_publish kind
ok "unit --help lists every item"
run 0 config caliber disclosure.normative 只数以县政府名义制发的 && run 0 config caliber && [ "$(wc -l <"$dir/out")" = 3 ] && run 0 config caliber disclosure.normative.issued "" && run 0 config caliber && [ "$(wc -l <"$dir/out")" = 2 ] && run 2 config caliber nosuch x && says nosuch
ok "口径 of a row, of a cell, taken away"

# ---- explain ----
for id in $(cat "$dir/ids"); do
	"$n" explain "$id" >"$dir/out" && prints 为什么： 依据： 怎么办： 正确的例子： 错误的例子： 怎样不再提示： || echo "$id" >>"$dir/short"
done
[ ! -e "$dir/short" ]
ok "every rule: why, basis, remedy, right, wrong, how to silence it"
page=${builddir:-.}/man/man7/nianbao-rules.7
for id in $(cat "$dir/ids"); do
	grep -q "^\.SS \"$id　" "$page" || { echo "# $id"; false; }
done
[ "$(grep -c '^\.SS' "$page")" = "$(wc -l <"$dir/ids")" ]
ok "every rule stands in the manual page"
for page in "${builddir:-.}/man/man1/nianbao.1" "${builddir:-.}/man/man7/nianbao-rules.7"; do
	if command -v groff >/dev/null && command -v preconv >/dev/null; then
		groff -k -man -Tutf8 -wall "$page" 2>"$dir/err" >"$dir/out"; [ ! -s "$dir/err" ]
		ok "groff reads ${page##*/} without a warning"
	else
		skip "groff reads ${page##*/} without a warning" "no groff"
	fi
	if command -v mandoc >/dev/null; then
		mandoc -W warning -T lint "$page" 2>&1 | grep -v ': STYLE: ' >"$dir/err"; [ ! -s "$dir/err" ]
		ok "mandoc reads ${page##*/} without a warning"
	else
		skip "mandoc reads ${page##*/} without a warning" "no mandoc"
	fi
done

# ---- one that cannot be read ----
/usr/bin/python3 - "$NIANBAO_DB" <<'P'
import sqlite3, sys
d = sqlite3.connect(sys.argv[1]); d.execute("update report set form='nosuch' where id=4"); d.commit()
P
"$n" check --all --year 2024 >"$dir/out" 2>"$dir/err"; [ $? = 2 ] && prints "共 4 份报告" "读不出、没有检查的 1 份" && grep -q "^4	青溪县林业局	" "$dir/err"
ok "check --all counts it and names it"
"$n" check --all --year 2024 --format json 2>/dev/null >"$dir/out"; prints '"unread": 1'
ok "in json, too"
"$n" check --all --year 2024 --feedback -o "$dir/again" >"$dir/out" 2>"$dir/err"; [ $? = 2 ] && grep -q "写出 3 份" "$dir/err" && grep -q "没有写出 1 份" "$dir/err" && grep -q "^4	青溪县林业局	" "$dir/err" && [ "$(ls "$dir/again" | wc -l)" = 3 ]
ok "check --all --feedback counts what it wrote and names the other"
done_testing
