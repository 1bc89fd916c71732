#!/bin/sh
# Keys the terminal's description does not know, refused numbers, opening
# figures: what reaches the store, also after kill -9.
. "${srcdir:-.}/tests/lib.sh"
. "$src/tests/tmux/lib.sh"

id=$("$n" new --unit 青溪县教育局 --year 2025)
unknown='S-Down C-Down S-F6 S-Up C-Up M-Up S-F5 C-PPage C-DC S-Home S-End M-Left M-F3'
mouse='1b 5b 3c 30 3b 31 30 3b 35 4d'
for term in screen-256color vt220 xterm-256color; do
	open 80 24 "TERM=$term" --
	see 青溪县教育局 && keys Enter && see 总体情况 && text 甲 && see 甲
	for key in $unknown; do
		keys "$key" || break
	done
	t send-keys -H $mouse && keys M-Up && see 没有用处
	text 乙 && see 乙 && [ "$("$n" get "$id" --text overview.text)" = 甲乙 ]
	ok "$term: keys nobody knows type nothing"
	printf 丙丁 | t load-buffer - && t paste-buffer -p && see 乙丙丁
	ok "$term: a paste is one"
	keys C-u && gone 甲 && keys Escape && see "草稿库 1 份报告"
	ok "$term: a lone Esc goes back"
	keys F10 && see ended
done
open 80 24 --
see 青溪县教育局 && keys Enter && see 总体情况 && keys C-g && see 跳到 && text requests.new.natural && keys Enter && see 本年新收 &&
	keys 8 Enter && keys Up && text 1e5 && see '[1e5]' && keys Enter && see 没有填入
ok "a number that is none is not left"
[ "$("$n" get "$id" requests.new.natural | cut -f2)" = 8 ]
ok "the value is the old one"
kill -9 "$(program)" && see "ended 137"
open 80 24 --
see 青溪县教育局 && keys Enter && see '[1e5]' && keys Escape && see '[8]' && [ "$("$n" get "$id" requests.new.natural | cut -f2)" = 8 ]
ok "killed with it, it stands there again; Esc takes the old value"
keys F9 && see 菜单 && keys End Up Up Up Up Up Enter && see 离开一格即存好 && keys 5 Enter && see "第 2 格" && text 61 && keys Enter && see "第 3 格" &&
	kill -9 "$(program)" && see "ended 137"
open 80 24 --
see 青溪县教育局 && keys Enter && see '[8]' && keys F9 && see 菜单 && keys End Up Up Up Up Up Enter && see 离开一格即存好 && see 61
ok "opening figures outlive kill -9, and are in the menu"
done_testing
