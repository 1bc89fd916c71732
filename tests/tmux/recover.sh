#!/bin/sh
# Typed, killed, started again: nothing that was painted is missing.
. "${srcdir:-.}/tests/lib.sh"
. "$src/tests/tmux/lib.sh"

id=$("$n" new --unit 青溪县教育局 --year 2025)
open 80 24 --
see 青溪县教育局 && keys Enter && see 总体情况
ok "the start screen opens the report"
text 本年度我局主动公开各类信息 && see 本年度我局主动公开各类信息
ok "Chinese text is typed"
kill -9 "$(program)" && see "ended 137" && [ "$("$n" get "$id" --text overview.text)" = 本年度我局主动公开各类信息 ]
ok "after kill -9 the command line reads every character"
"$n" list | grep -q "$(printf '\t')1/172$(printf '\t')"
ok "and the list counts them"
open 80 24 --
see 青溪县教育局 && keys Enter && see 本年度我局主动公开各类信息
ok "after a restart it stands on the screen"
text 126 && text 件。 && see 126件。
keys C-z && gone 126件。
ok "undo takes the run of typing back"
keys C-y && see 126件。
ok "redo brings it again"
keys F10
see ended
[ "$("$n" get "$id" --text overview.text)" = 本年度我局主动公开各类信息126件。 ]
ok "leaving keeps it"
open 80 24 --
see 青溪县教育局 && keys Enter && see 126件。 && keys C-z && gone 126件。 && see 本年度我局
ok "undo survives a restart"
done_testing
