#!/bin/sh
# The manners of the command line: what is written twice, in another way, or
# with a slip.
. "${srcdir:-.}/tests/lib.sh"
t=$(printf '\t')
run 0 new --unit 青溪县教育局 --year 2025
ok "a report"

# ---- set ----
for bad in 1,2,3 1，23 1234,567 ,5 5,; do
	run 1 set 1 requests.new.legal=8 "requests.new.natural=$bad" && says 自然人 "$bad" 三位 && run 0 get 1 requests.new.natural requests.new.legal &&
		[ "$(cat "$dir/out")" = "requests.new.natural$t
requests.new.legal$t" ]
	ok "$bad is no number"
done
run 0 set 1 requests.new.natural=1,234 && run 0 get 1 requests.new.natural && prints "${t}1234"
ok "groups of three are"
run 1 set 1 requests.new.natural=5 requests.new.business=6 requests.new.natural=7 && says requests.new.natural && run 0 get 1 requests.new.natural requests.new.business &&
	[ "$(cat "$dir/out")" = "requests.new.natural${t}1234
requests.new.business$t" ]
ok "a path twice in one call is refused, named, and nothing changes"
printf 'requests.new.business\t3\n\nrequests.new.business\t3\n' >"$dir/twice.tsv" && run 1 set 1 --from "$dir/twice.tsv" && says requests.new.business
ok "a path twice in a file"
printf 'requests.new.business\t3\n' >"$dir/once.tsv" && run 1 set 1 --from "$dir/once.tsv" requests.new.business=4 && says requests.new.business
ok "a path in the file and as an argument"
printf '\357\273\277requests.new.business\t11\r\nrequests.new.research\t12\r\nother.text\t甲\r\n' >"$dir/bom.tsv" && run 0 set 1 --from "$dir/bom.tsv" &&
	run 0 get 1 requests.new.business requests.new.research other.text && [ "$(cat "$dir/out")" = "requests.new.business${t}11
requests.new.research${t}12
other.text${t}甲" ]
ok "a file with a byte order mark and CRLF"
printf '\357\273\277# 注\r\n' >"$dir/bom.tsv" && run 0 set 1 --from "$dir/bom.tsv"
ok "a mark before a comment"
printf '\357\273\277other.text\t乙' | run 0 set 1 --from - && run 0 get 1 --text other.text && [ "$(cat "$dir/out")" = 乙 ]
ok "standard input with a mark and no end of line"
printf 'other.text\t丙\nother.fee_cases\t1\r2\n' >"$dir/cr.tsv" && run 2 set 1 --from "$dir/cr.tsv" && says "第 2 行" "$dir/cr.tsv" && run 0 get 1 --text other.text && [ "$(cat "$dir/out")" = 乙 ]
ok "a control character: its line is named, nothing changes"
done_testing
