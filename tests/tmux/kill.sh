#!/bin/sh
# kill -9 at random moments of typing in a real terminal: no character that had
# been painted is missing after a restart.  NIANBAO_KILLS: how often (6).
. "${srcdir:-.}/tests/lib.sh"
. "$src/tests/tmux/lib.sh"

for where in prose grid; do
	/usr/bin/python3 "$src/tests/tmux/kill.py" "$n" "$dir/$where" "$src/forms/ogi-2021.xml" "$where" "${NIANBAO_KILLS:-6}" >"$dir/out" 2>"$dir/err"
	ok "$where: everything painted is there after kill -9"
	sed 's/^/# /' "$dir/out"
done
done_testing
