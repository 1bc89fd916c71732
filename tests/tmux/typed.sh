#!/bin/sh
# A whole report is typed key by key, as a clerk would, and every cell of the
# exported DOCX compared: a real published one where the samples are at hand,
# else last year's report of the demo.
. "${srcdir:-.}/tests/lib.sh"
. "$src/tests/tmux/lib.sh"
t=$(printf '\t')
real=$src/../shared/samples/real
unit=宿迁市人民政府 year=2024
figures=$real/suqian_city_2024.tsv
before=$real/suqian_city_2023.tsv
if [ ! -f "$figures" ]; then
	unit=青溪县人民政府
	figures=$src/demo/2024.tsv
	before=
fi
value() { sed -n "s/^$1$t//p" "${2:-$figures}"; }

# The digits of these cells, an Enter behind each.
type_cells() { # paths
	typed=
	for path; do
		typed="$typed $(value "$path") Enter"
	done
	keys $typed
}

# Enter goes down a column, then to the top of the next.
table_two="regulations.issued normative.issued licensing.decisions penalties.decisions coercion.decisions fees.amount
regulations.repealed normative.repealed regulations.in_force normative.in_force"

open 80 24 --
see 还没有报告 && keys IC && see 单位全称 && text "$unit" && keys Enter && see 人民政府 && keys Enter &&
	see 哪一年度 && keys C-u && text $year && keys Enter && see 现在填
ok "a new report by keys"
keys Enter && see 现行有效件数
for path in disclosure.regulations.in_force disclosure.normative.in_force requests.carried_out.natural requests.carried_out.business \
	requests.carried_out.research requests.carried_out.nonprofit requests.carried_out.legal requests.carried_out.other; do
	if [ -n "$before" ]; then
		keys "$(value $path "$before")" Enter
	else
		in=$(echo $path | sed 's/carried_out/carried_in/')
		keys "$(value $in)" Enter
	fi
done
see 一、总体情况
ok "opening figures"
text 本年度，我市主动公开各类政府信息，办理依申请公开，做好政府信息管理、平台建设和监督保障。 && see 监督保障。 &&
	keys Enter && text 工作考核、社会评议、责任追究均按规定进行。 && see 按规定进行
ok "section one"
keys F4 && see 规章 && type_cells $(printf 'disclosure.%s ' $table_two) && see "$(value disclosure.normative.in_force)"
ok "section two"
keys F4 && see 本年新收
for c in natural business research nonprofit legal other; do
	type_cells requests.new.$c
	keys Enter # what was carried over stands there already
	type_cells $(sed -n "s/^\(requests\.[a-z_]*\.$c\)$t.*/\1/p" "$figures" | grep -vE '\.(new|carried_in|concluded)\.')
done
see "四、结转下年度" && keys C-Home && see "$(value requests.new.natural)"
ok "section three: six columns, sums skipped"
keys F4 && see 复议后起诉 && keys C-Home
for c in upheld corrected other pending; do
	type_cells disputes.review.$c disputes.direct.$c disputes.reviewed.$c
done
see "$(value disputes.review.upheld)"
ok "section four"
keys F4 && see 主要问题 && text 一是部分单位答复不够规范。二是平台检索不便。改进：开展培训，改版栏目。 && see 改版栏目。
ok "section five"
keys F4 && see 发出收费通知 && keys 3 Enter 3 Enter && text 2230 && keys Enter && see 2230
ok "section six"
keys F10 && see ended
cut -f1 "$figures" | grep -E '^(disclosure|requests|disputes)' | xargs "$n" get 1 >"$dir/got" &&
	grep -E '^(disclosure|requests|disputes)' "$figures" | diff - "$dir/got" >"$dir/out"
ok "every cell came back by get"
"$n" export 1 --format docx -o "$dir/a.docx" >"$dir/out" 2>&1 && /usr/bin/python3 "$src/tests/read_docx.py" "$dir/a.docx" >"$dir/read" &&
	[ "$(wc -l <"$dir/read")" = 200 ] && cut -f1 "$dir/read" | xargs "$n" get 1 | diff - "$dir/read" >"$dir/out" &&
	! grep -q "$t\$" "$dir/read"
ok "all 200 cells of the DOCX are the ones typed"
"$n" check 1 --format tsv >"$dir/out"
! grep -q "${t}hard$t" "$dir/out"
ok "and no hard finding"
done_testing
