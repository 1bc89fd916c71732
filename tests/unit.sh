#!/bin/sh
# Units: what may stand in them, on the command line and in files.
. "${srcdir:-.}/tests/lib.sh"
t=$(printf '\t')
units() { # all of them, as they are listed
	"$n" unit list 2>/dev/null | cut -f1 | tr '\n' ' '
}
name120=$(printf '甲%.0s' $(seq 120))

run 0 new --unit 青溪县人民政府 --year 2025
ok "a unit by way of its report"
run 1 new --unit ' 青溪县人民政府　' --year 2025 && says 1 && run 1 unit add '青溪县人民政府 ' && [ "$(units)" = "青溪县人民政府 " ]
ok "blanks around a name make no other unit"
run 0 unit add ' 青溪县教育局 ' code=' 11 ' && [ "$(units)" = "青溪县人民政府 青溪县教育局 " ] && run 0 unit list && prints "${t}code=11"
ok "blanks around what is given are dropped"
for name in "${name120}乙" "$(printf '甲\n乙')" '　' "$(printf '甲\342\200\213乙')" "$(printf '\357\273\277甲')"; do
	for command in "new --year 2025 --unit" "unit add"; do
		! "$n" $command "$name" >"$dir/out" 2>"$dir/err" && says 名称 && [ "$(units)" = "青溪县人民政府 青溪县教育局 " ]
		ok "$command: a bad name"
	done
done
run 0 unit add "$name120" && run 0 new --unit "$name120" --year 2025
ok "120 characters are not too many"
for bad in due_submit=13-45 due_submit=1-26 due_submit=2025-01-26 due_publish=02-29 due_publish=明天 powers=all "powers=fees;rules" layout=a4 lead=maybe signature=top kind=ministry \
	reports_to=青溪县教育局 counted_in=青溪县教育局 "counted_in=${name120}乙" "aliases=${name120}乙" nosuch=1 name= "code=$(printf '1\n2')" "contact=$(head -c 6000 /dev/zero | tr '\0' 1)"; do
	run 2 unit set 青溪县教育局 contact=新 "$bad" && says "${bad%%=*}" && run 0 unit list && prints "青溪县教育局${t}department${t}code=11" && ! grep -q 新 "$dir/out"
	ok "unit set: $(echo "$bad" | head -n 1 | cut -c1-40) is refused"
	run 2 unit add 青溪县水利局 "$(echo "$bad" | sed 's/青溪县教育局/青溪县水利局/')" && ! units | grep -q 水利局
	ok "unit add: the same"
done
run 2 unit set 青溪县教育局 code=1 code=2 && says code
ok "an item twice"
run 0 unit set 青溪县教育局 due_submit=01-20 due_publish=01-31 'powers= fees   penalties ' layout=template lead=yes signature=end kind=department counted_in=青溪县人民政府 reports_to=还没有的局 &&
	run 0 unit list && prints due_submit=01-20 'powers=fees penalties' layout=template lead=yes signature=end reports_to=还没有的局
ok "what is right is taken; a parent may come later"
run 0 unit set 青溪县教育局 due_submit= powers= layout= reports_to= && run 0 unit list && ! grep -q due_submit "$dir/out"
ok "and may be emptied"
run 2 unit set 青溪县人民政府 counted_in=青溪县教育局 && says counted_in 青溪县教育局
ok "counted in each other"
run 0 unit add 甲局 counted_in=乙局 && run 0 unit add 乙局 counted_in=丙局 aliases=乙办 && run 2 unit add 丙局 counted_in=甲局 && says counted_in && run 2 unit add 丙局 counted_in=丁局 aliases=丁局 && says counted_in &&
	run 0 unit add 丙局 && run 2 unit set 丙局 counted_in=乙办 && says counted_in
ok "a longer circle, also by names that come later or are aliases"

# ---- import ----
before=$(units)
tsv() { # NAME TAB …, in printf's writing
	printf "$1" >"$dir/u.tsv"
}
bad() { # what, the line that is named, words…; nothing is taken
	what=$1
	line=$2
	shift 2
	got=$("$n" unit import "$dir/u.tsv" >"$dir/out" 2>"$dir/err"; echo $?)
	[ "$got" != 0 ] && says "$dir/u.tsv" "第 $line 行" "$@" && [ "$(units)" = "$before" ]
	ok "import: $what"
}
tsv 'A局\tcode=1\n\377\376局\n' && bad "no UTF-8" 2 UTF-8
tsv 'A局\tcode=1\n\nB\033局\n' && bad "control characters" 3
tsv 'A局\tcode=1\nB\000局\n' && bad "a NUL" 2
tsv 'A局\tdue_submit=13-01\n' && bad "a day that is none" 1 due_submit
tsv 'A局\nB局\tpowers=all\n' && bad "a power that is none" 2 powers
tsv 'A局\nB局\tkind=none\n' && bad "a kind that is none" 2 kind
tsv 'A局\nB局\tx\n' && bad "no item" 2 “x”
tsv 'A局\n\tcode=1\n' && bad "no name" 2 名称
tsv 'A局\n A局\n' && bad "a name twice" 2 A局
tsv 'A局\n青溪县教育局\n' && bad "one that is there" 2 青溪县教育局
tsv 'A局\tcounted_in=B局\nB局\tcounted_in=A局\n' && bad "a circle" 2 counted_in
{ printf 'A局\n'; printf '%s乙\n' "$name120"; } >"$dir/u.tsv" && bad "a long name" 2 名称
{ printf 'A局'; for i in $(seq 40); do printf '\tcode=%s' "$i"; done; echo; } >"$dir/u.tsv" && bad "an item twice, in a line of 41 fields" 1 code
{ printf 'A局\tcontact='; head -c 100000 /dev/zero | tr '\0' 1; echo; } >"$dir/u.tsv" && bad "a field of 100,000 characters" 1 contact
printf '\357\273\277# 名册\r\n子局\tcounted_in=总局\tcode=1\t\r\n 总局 \tkind=government\r\n' >"$dir/u.tsv" && run 0 unit import "$dir/u.tsv" && [ "$(units)" = "$before子局 总局 " ]
ok "import: a mark, CRLF, a comment, empty fields, the child before the parent"
run 2 unit import "$dir/none.tsv" && says "$dir/none.tsv"
ok "import: no such file"

# ---- the same by an exchange file ----
run 0 export 1 --format xml -o "$dir/a.xml" && sed 's/青溪县人民政府/白石县人民政府/; s/<unit /<unit due_submit="13-45" /' "$dir/a.xml" >"$dir/b.xml"
grep -q 'due_submit="13-45"' "$dir/b.xml" && run 2 import "$dir/b.xml" && says due_submit && ! units | grep -q 白石县
ok "xml: a unit that is new here is looked at, too"
done_testing
