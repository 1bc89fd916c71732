#!/bin/sh
# Two programs on one report: nothing is silently overwritten.
. "${srcdir:-.}/tests/lib.sh"
. "$src/tests/tmux/lib.sh"

id=$("$n" new --unit 青溪县教育局 --year 2025)
open 80 24 --
see 青溪县教育局 && keys Enter && see 总体情况 && text 甲 && see 甲
run 1 set "$id" requests.new.natural=1 && says "$(id -un)" --take-over
ok "set on a report open in a screen is refused and says who edits it"
for deed in submit discard; do
	run 1 $deed "$id" --reason 重复 && says "$(id -un)" 正在填写 && ! grep -q -e --take-over "$dir/err"
	ok "$deed does not advise an option it has not got"
done
run 0 new --unit 青溪县民政局 --year 2025 && run 0 export "$(cat "$dir/out")" --format xml -o "$dir/a.xml" &&
	run 1 import "$dir/a.xml" --into "$id" --unit 青溪县教育局 --year 2025 && grep -q -e --take-over "$dir/err"
ok "import --into has it"
run 0 get "$id" overview.text && prints 甲
ok "reading is always allowed and sees what is typed"
run 0 set "$id" requests.new.natural=7 --take-over
ok "set --take-over"
text 乙 && see 接手 || see 只读
ok "the screen says that it was taken over"
[ "$("$n" get "$id" --text overview.text)" = 甲 ] && run 0 get "$id" requests.new.natural && prints 7
ok "neither lost what it had"
keys Escape && keys F10 && see ended
open 80 24 --
see 青溪县教育局 && keys Enter && see 总体情况 && kill -9 "$(program)" && see ended
run 0 set "$id" requests.new.natural=8
ok "the lock of a dead process is no lock"
done_testing
