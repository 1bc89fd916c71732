#!/bin/sh
# A clerk makes a report without open findings, at 80x24 and by keys alone: a
# placeholder, wrong numbers in the text, a column that does not balance, blanks,
# and a stock of documents that wants a word.
. "${srcdir:-.}/tests/lib.sh"
. "$src/tests/tmux/lib.sh"
t=$(printf '\t')

# Ctrl-N until the text is seen.
upto() { # text
	for n_th in $(seq 12); do
		screen | grep -qF -- "$1" && return
		was=$(screen | tail -n 1)
		keys C-n
		for wait in $(seq 100); do
			[ "$(screen | tail -n 1)" = "$was" ] || break
			sleep 0.02
		done
	done
	see "$1"
}
go() { # path number: Ctrl-G there, and wait for its number
	keys C-g && see 跳到 && text "$1" && keys Enter && see "[$2]"
}
findings() { # severity: how many of it there are
	"$n" check "$id" --format tsv 2>/dev/null | cut -f3 | grep -c "$1"
}

"$n" demo --no-screen --db "$NIANBAO_DB" >"$dir/ids" 2>/dev/null || "$n" demo --no-screen >"$dir/ids"
id=$(tail -n 1 "$dir/ids")
"$n" set "$id" "overview.text=2025年，全县做好主动公开、政府信息管理、平台建设和监督保障，工作考核、社会评议、责任追究均按规定进行。
全年新收政府信息公开申请105件，上年结转4件。
待补充XX县的做法。" "other.text=没有其他需要报告的事项。" requests.carried_out.legal=2 requests.carried_out.other=1 >"$dir/out" 2>"$dir/err" && "$n" check "$id" --format tsv >"$dir/checked"
for rule in N4 N1A N3 N7 Q9; do grep -q "$t$rule$t" "$dir/checked" || echo "# $rule is not found"; done
! "$n" submit "$id" >"$dir/out" 2>"$dir/err"
ok "a report with findings of each kind cannot be handed in"

open 80 24 --
see 青溪县人民政府 && keys F5 && see 条，按报表顺序 && see 必须改正
ok "F5: all of them, in the form's order"
keys Tab && see 只看必须改正的 && keys F4 && see '一、总体：' && see '>须改' && see XX
ok "Tab and F4: one kind, one section"
keys F1 && see 要求： && see 对的例子 && keys Escape && gone 对的例子 && see 只看必须改正的
ok "F1: what the rule asks, and back"
keys Enter && see 'Esc 回到列表' && see 待补充XX县的做法 && keys End C-u && gone 待补充XX县 && keys BSpace Escape && see 已改
ok "Enter: at the very words; mended, back with one key, it is 已改"
keys Escape && see "草稿库 2 份报告" && keys Enter && see 一、总体情况 && keys C-Home && upto '申请105件”，表中'
ok "Ctrl-N: from one to the next, the wrong number in the text"
keys C-k && see 文中数字 && see '>不符' && keys Enter && see '101  本年新收' && keys Enter && see 已对应到 && see '>引用'
ok "Ctrl-K: bound to its cell"
keys Down && see '>相符' && see '4  上年结转' && keys Enter && see '已对应到“上年结转'
ok "two keys where one cell fits"
keys C-z && see 已撤销 && keys Space && see 已记住 && see '>另指' && keys Space && see 已取消
ok "undone; set aside and taken back"
keys Escape && see 一、总体情况 && see requests.new.total && gone '件”，表中' &&
	"$n" get "$id" --text overview.text | grep -q '申请{requests.new.total}件，上年结转4件'
ok "the reference is in the text"
upto 自然人列： && see 相差1 && go requests.disclosed.natural 33 && keys 3 2 Enter && gone 自然人列：
ok "the column balances: the finding is gone at once"
keys M-0 && see 将把 && keys Left Enter && gone '_ ' && keys F4 && see 复议后起诉 && keys M-0 && see 将把 && keys Left Enter && gone '_ ' &&
	keys F4 F4 && see 发出收费通知 && keys M-0 && see 将把 && keys Left Enter && see '空 0'
ok "blanks are filled with zeros"
[ "$(findings hard)" = 0 ]
ok "nothing that must be corrected"
go disclosure.normative.in_force 66 && see '现行有效66' && keys M-n && see 随报告送审的情况说明 &&
	text 有一件到期失效。 && keys Enter && see 已说明：有一件到期失效
ok "what may stand is explained"
keys 6 5 Enter && go disclosure.normative.in_force 65 && see '现行有效65' && keys F5 && see '>再说明' && see '是 66，现在是 65' && keys Escape && see '! 说明'
ok "with another number it is asked again, and says what changed"
go disclosure.normative.in_force 65 && keys 6 6 Enter && go disclosure.normative.in_force 66 && see 已说明：有一件到期失效 && keys C-n && see '- 提示 没有成文日期'
ok "with the number it was given for it counts"
[ "$(findings hard)" = 0 ] && keys F5 && see '必须改正 0' && keys Tab && see 只看需作说明的 && see '>已说明'
ok "no open finding"
keys Escape && see 成文日期 && keys M-s && see 将把 && keys Left Enter && see 待审核
ok "handed in"
keys F10 && see ended
done_testing
