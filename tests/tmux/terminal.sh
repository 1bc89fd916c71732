#!/bin/sh
# Small, plain and resized terminals, signals, languages.
. "${srcdir:-.}/tests/lib.sh"
. "$src/tests/tmux/lib.sh"

"$n" demo --no-screen --db "$NIANBAO_DB" >/dev/null 2>&1 || "$n" demo --no-screen >"$dir/out" 2>"$dir/err"
ok "the demo store"
open 80 24 --
see 演示数据 && see 青溪县人民政府
ok "a demo store says so on the screen"
keys Enter && see 总体
t resize-window -x 20 -y 5 && see 放大
ok "20 columns by 5 rows: one line asks for a larger window"
t resize-window -x 200 -y 50 && see 监督保障
ok "200 by 50: the list at the left"
t resize-window -x 80 -y 24 && see F1
ok "back to 80 by 24"
keys C-Home
id=$("$n" list | awk 'NR == 1 { print $1 }')
text 测 && see 测 && kill -TERM "$(program)" && see "ended 0" &&
	"$n" get "$id" --text overview.text | head -c 30 | grep -q 测
ok "SIGTERM: what was typed is there"
open 80 24 --
see 青溪县人民政府 && keys Enter && see 总体 && keys C-Home && text 试 && see 试
pid=$(program)
t kill-session
for i in $(seq 200); do kill -0 "$pid" 2>/dev/null || break; sleep 0.02; done
! kill -0 "$pid" 2>/dev/null && "$n" get "$id" --text overview.text | head -c 60 | grep -q 试
ok "SIGHUP: what was typed is there"
open 80 24 TERM=vt220 --
see 青溪县人民政府 && keys Enter && see 总体
ok "a terminal without colours"
open 80 24 NO_COLOR=1 --
see 青溪县人民政府 && ! t capture-pane -pe | grep -q "$(printf '\033')\[[0-9;]*3[1-7]"
ok "NO_COLOR: no colours"
# Alt-! and a foreign SIGTSTP give the shell back; fg brings the same screen.
start 80 24 "env TERM=screen-256color PS1='shell>' bash --norc -i" && see 'shell>' && text "$n" && keys Enter &&
	see 青溪县人民政府 && keys Enter && see 一、总体情况 && keys M-! && see Stopped && text fg && keys Enter && see 一、总体情况
ok "Alt-!: the shell, and back"
keys C-l; child=$(cat /proc/"$(t display -p '#{pane_pid}')"/task/*/children | tr -d ' ')
kill -TSTP "$child" && see Stopped && text fg && keys Enter && see 一、总体情况 && text 妙 && see 妙 && keys F10 && see 'shell>'
ok "SIGTSTP: the shell, and back"
open 80 24 LC_ALL=POSIX --
see 青溪县人民政府
ok "a locale that is not UTF-8 still shows Chinese"
open 80 24 LC_ALL= LANG=en_US.UTF-8 NIANBAO_LOCALE="${NIANBAO_LOCALE:-po}" --
see Help
ok "English by LANG"
open 80 24 -- --ascii
see 青溪县人民政府 && keys Enter && see 总体 && ! screen | grep -q '[✓◐○✗]'
ok "--ascii draws no signs of unsure width"
# bytes that are not UTF-8 between keys: dropped, the keys after them live
keys C-Home && t send-keys -H ff fe && text 好 && see 好
ok "stray bytes do not make it deaf"
done_testing
