#!/bin/sh
# Honest reports of units that do not exist, of all kinds and registers: what a
# careful colleague would not object to gives no finding above a hint.
. "${srcdir:-.}/tests/lib.sh"
t=$(printf '\t')
all=$src/tests/cases/honest

while IFS="$t" read -r key year unit options; do
	set --
	IFS=$t
	for o in $options; do [ -n "${o#*=}" ] && set -- "$@" "$o"; done
	unset IFS
	"$n" unit add "$unit" "$@" >/dev/null 2>&1 # its second year: it is there
	id=$("$n" new --unit "$unit" --year "$year") && "$n" set "$id" --from "$all/${key}_$year.tsv" >/dev/null &&
		"$n" check "$id" --format tsv >"$dir/all"
	# a unit where nothing happened confirms it
	grep -v "${t}hint$t" "$dir/all" | grep -v "^[0-9]*${t}N23$t" >"$dir/out"
	[ -f "$dir/all" ] && [ ! -s "$dir/out" ]
	ok "$unit $year"
	rm -f "$dir/all"
done <"$all/index.tsv"
done_testing
