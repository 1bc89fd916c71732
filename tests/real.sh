#!/bin/sh
# Real published reports in and out: the same 200 numbers everywhere.
. "${srcdir:-.}/tests/lib.sh"
t=$(printf '\t')
real=$src/../shared/samples/real
tools=$src/../shared/tools
if [ ! -d "$real" ]; then
	echo "1..0 # SKIP ../shared/samples/real is not here"
	exit 0
fi
py=/usr/bin/python3
# A build without libxlsxwriter says so.
xlsx=xlsx:.xlsx
"$n" export 1 --format xlsx 2>&1 | grep -q libxlsxwriter && xlsx=
lxml=$($py -c 'import lxml' 2>/dev/null && echo yes)

enter() { # file, unit, year: prints the id
	"$n" new --unit "$2" --year "$3" >"$dir/id" && "$n" set "$(cat "$dir/id")" --from "$1" --printed &&
		cat "$dir/id"
}

# The 200 paths of the file, in its order, with what `get` says.
same_by_get() { # id, file
	cut -f1 "$2" | xargs "$n" get "$1" >"$dir/got" && diff "$2" "$dir/got" >"$dir/out"
}

same_in() { # id, format, ending, file
	"$n" export "$1" --format "$2" -o "$dir/x$3" >"$dir/out" 2>&1 &&
		"$n" export "$1" --format "$2" -o "$dir/y$3" >"$dir/out" 2>&1 && cmp "$dir/x$3" "$dir/y$3" &&
		$py "$src/tests/read_docx.py" "$dir/x$3" >"$dir/read" && sort "$dir/read" >"$dir/a" && sort "$4" | diff - "$dir/a" >"$dir/out"
}

while read -r file unit year; do
	id=$(enter "$real/$file.tsv" "$unit" "$year")
	[ "$(wc -l <"$real/$file.tsv")" = 200 ] && same_by_get "$id" "$real/$file.tsv"
	ok "$file: 200 cells by get; computed sums equal the printed ones"
	"$n" check "$id" --format tsv >"$dir/out"; ! grep -q "${t}N1[A-D]" "$dir/out"
	ok "$file: no identity gives a finding"
	for f in docx:.docx flatopc:.flat.xml text:.txt html:.html xml:.xml $xlsx; do
		same_in "$id" "${f%:*}" "${f#*:}" "$real/$file.tsv"
		ok "$file: the same 200 cells in ${f%:*}, twice the same bytes"
	done
	if [ -n "$lxml" ]; then
		$py "$tools/table_grid.py" "$dir/x.docx" --like "$src/../shared/samples/official-template-2021.docx" >"$dir/out" 2>&1
		ok "$file: the tables are the official template's"
		$py "$tools/validate_docx.py" "$dir/x.docx" "$dir/x.flat.xml" ${xlsx:+"$dir/x.xlsx"} >"$dir/out" 2>&1
		ok "$file: valid by the schemas"
	else
		skip "$file: the tables are the official template's" "python3-lxml is not installed"
		skip "$file: valid by the schemas" "python3-lxml is not installed"
	fi
done <<'EOF'
suqian_city_2023 宿迁市人民政府 2023
suqian_city_2024 宿迁市人民政府 2024
hongze_district_2024 淮安市洪泽区人民政府 2024
EOF

# Honest texts beside the real numbers: nothing to explain but what is true,
# a jump of 许可 from 550 to 9487 and the two wrong printed totals.
honest=$dir/honest.db
while read -r file unit year; do
	id=$(NIANBAO_DB=$honest enter "$real/$file.tsv" "$unit" "$year")
	NIANBAO_DB=$honest "$n" set "$id" --from "$src/tests/cases/honest_$file.tsv" >/dev/null &&
		NIANBAO_DB=$honest "$n" check "$id" --format tsv | cut -f2-4 | grep -v "${t}hint${t}" >"$dir/out"
	grep "^$file" <<'EOF' | cut -d' ' -f2- | tr ' ' '\t' >"$dir/expected"
hongze_district_2023 N1D hard disputes.review.total,disputes.review.upheld,disputes.review.corrected,disputes.review.other,disputes.review.pending
hongze_district_2023 N1D hard disputes.reviewed.total,disputes.reviewed.upheld,disputes.reviewed.corrected,disputes.reviewed.other,disputes.reviewed.pending
hongze_district_2024 N10 soft disclosure.licensing.decisions
EOF
	diff "$dir/expected" "$dir/out" >"$dir/diff"; code=$?; cat "$dir/diff" >>"$dir/out"; [ "$code" = 0 ]
	ok "$file: honest texts give no false finding"
done <<'EOF'
suqian_city_2023 宿迁市人民政府 2023
suqian_city_2024 宿迁市人民政府 2024
hongze_district_2023 淮安市洪泽区人民政府 2023
hongze_district_2024 淮安市洪泽区人民政府 2024
EOF

[ -n "$xlsx" ] || skip "the same 200 cells in xlsx" "built without libxlsxwriter"

id=$(enter "$real/hongze_district_2023.tsv" 淮安市洪泽区人民政府 2023)
"$n" check "$id" --format tsv >"$dir/out"
[ "$(grep -c "${t}N1[A-D]" "$dir/out")" = 2 ] && [ "$(grep -c "${t}N1D${t}hard${t}disputes" "$dir/out")" = 2 ] &&
	grep "disputes.review.total" "$dir/out" | grep 11 | grep -q 0 && grep "disputes.reviewed.total" "$dir/out" | grep 5 | grep -q 0
ok "hongze_district_2023: the two wrong printed totals, with both numbers, and nothing else"
sed "s/^disputes.review.total$t.*/disputes.review.total${t}11/; s/^disputes.reviewed.total$t.*/disputes.reviewed.total${t}5/" "$real/hongze_district_2023.tsv" >"$dir/right.tsv"
same_by_get "$id" "$dir/right.tsv"
ok "hongze_district_2023: get gives the computed totals"
for f in docx:.docx flatopc:.flat.xml text:.txt html:.html xml:.xml $xlsx; do
	same_in "$id" "${f%:*}" "${f#*:}" "$dir/right.tsv"
	ok "hongze_district_2023: ${f%:*} prints the computed totals"
done
"$n" set "$id" --printed disputes.review.total= disputes.reviewed.total= && "$n" check "$id" --format tsv >"$dir/out"; ! grep -q "${t}N1[A-D]" "$dir/out"
ok "the printed numbers dropped, the findings go"
done_testing
